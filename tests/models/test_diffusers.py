"""Text-to-image pipelines in this process, on a tiny one that is saved and loaded for real."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tiny_models import build_tiny_diffusion_pipeline, build_tiny_pipeline_adapter

from storypainter.errors import BadInput, MissingExtra
from storypainter.models import diffusers as provider
from storypainter.models.contract import (
    CallFailed,
    Factory,
    Illustrator,
    ImagePart,
    ImageReply,
    ImageRequest,
    ModelOptions,
    Verdict,
    Writer,
)
from storypainter.models.diffusers import create
from storypainter.models.image_bytes import recognise

PROMPT = "a girl in a yellow coat"


@pytest.fixture(scope="module")
def pipeline_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_diffusion_pipeline(tmp_path_factory.mktemp("tiny") / "painter")


@pytest.fixture(scope="module")
def careful_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny") / "careful"
    return build_tiny_diffusion_pipeline(folder, safety_checker=True)


@pytest.fixture(autouse=True)
def own_models_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path / "models"))


@pytest.fixture
def copy(pipeline_folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(pipeline_folder, tmp_path / "copy")


def asked(**changes: Any) -> ImageRequest:
    settings = {"steps": 2, "seed": 4} | changes.pop("settings", {})
    settings = {name: value for name, value in settings.items() if value is not None}
    plain: dict[str, Any] = {"prompt": PROMPT, "size": "auto", "settings": settings}
    return ImageRequest(**plain | changes)


async def paint(folder: Path | str, request: ImageRequest, **options: Any) -> ImageReply:
    model = create(str(folder), ModelOptions(**options))
    try:
        return await model.illustrate(request)
    finally:
        await model.aclose()


async def failure(folder: Path | str, request: ImageRequest, **options: Any) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        await paint(folder, request, **options)
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    return caught.value


# -------------------------------------------------------------------- painting


@pytest.mark.parametrize(
    ("size", "sides"), [("auto", (16, 16)), ("32x24", (32, 24)), ("8x40", (8, 40))]
)
async def test_a_png_of_the_asked_size(
    pipeline_folder: Path, size: str, sides: tuple[int, int]
) -> None:
    reply = await paint(pipeline_folder, asked(size=size))
    facts = recognise(reply.data)
    assert (facts.media_type, (facts.width, facts.height)) == ("image/png", sides)
    assert reply.media_type == "image/png"
    assert reply.revised_prompt == ""


async def test_it_is_what_the_pipeline_itself_paints(pipeline_folder: Path) -> None:
    import torch
    from diffusers import StableDiffusionPipeline

    pipeline = StableDiffusionPipeline.from_pretrained(pipeline_folder)
    generator = torch.Generator("cpu").manual_seed(4)
    expected = pipeline(
        PROMPT, num_inference_steps=3, guidance_scale=5.0, generator=generator
    ).images[0]
    reply = await paint(pipeline_folder, asked(settings={"steps": 3, "guidance": 5}))
    assert np.array_equal(np.asarray(Image.open(_stream(reply))), np.asarray(expected))


def _stream(reply: ImageReply) -> Any:
    import io

    return io.BytesIO(reply.data)


async def test_settings_prompt_and_seed_all_count(pipeline_folder: Path) -> None:
    model = create(str(pipeline_folder), ModelOptions(seed=4))
    same = [
        asked(),
        asked(),
        asked(settings={"seed": None}),  # the option's seed
        asked(quality="auto", background="opaque", output_format="png"),
    ]
    assert len({(await model.illustrate(request)).data for request in same}) == 1
    other = [
        asked(),
        asked(settings={"seed": 5}),
        asked(settings={"steps": 3}),
        asked(settings={"guidance": 1.5}),
        asked(settings={"negative_prompt": "zigzag"}),
        asked(prompt="zzz"),
    ]
    pictures = [(await model.illustrate(request)).data for request in other]
    assert len(set(pictures)) == len(other)
    await model.aclose()


async def test_without_any_seed_each_picture_is_new(pipeline_folder: Path) -> None:
    model = create(str(pipeline_folder), ModelOptions())
    new = {(await model.illustrate(asked(settings={"seed": None}))).data for _ in range(3)}
    assert len(new) == 3
    await model.aclose()


async def test_a_prompt_that_is_read_in_part_is_given_back_as_read(pipeline_folder: Path) -> None:
    long = "a girl in a yellow coat waves at the old ferry. " * 6
    reply = await paint(pipeline_folder, asked(prompt=long))
    assert 0 < len(reply.revised_prompt) < len(long)
    assert long.startswith(reply.revised_prompt)
    again = await paint(pipeline_folder, asked(prompt=reply.revised_prompt))
    assert again.data == reply.data  # it is all that was read


PICTURE = ImagePart(b"\x89PNG", "image/png")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("images", {"images": (PICTURE,)}),
        ("images", {"mask": PICTURE}),
        ("quality", {"quality": "high"}),
        ("background", {"background": "transparent"}),
        ("output_format", {"output_format": "webp"}),
        ("prompt", {"prompt": "  "}),
        ("size", {"size": "big"}),
        ("size", {"size": "17x16"}),
        ("size", {"size": "0x16"}),
        ("size", {"size": "99999x16"}),
        ("steps", {"settings": {"steps": 0}}),
        ("steps", {"settings": {"steps": 2.5}}),
        ("steps", {"settings": {"steps": True}}),
        ("guidance", {"settings": {"guidance": -1}}),
        ("guidance", {"settings": {"guidance": "high"}}),
        ("guidance", {"settings": {"guidance": float("nan")}}),
        ("seed", {"settings": {"seed": -1}}),
        ("negative_prompt", {"settings": {"negative_prompt": 3}}),
        ("callback", {"settings": {"callback": "print"}}),
    ],
)
async def test_what_cannot_be_honoured_is_refused_by_name(
    pipeline_folder: Path, field: str, changes: dict[str, Any]
) -> None:
    found = await failure(pipeline_folder, asked(**changes))
    assert found.verdict is Verdict.INVALID
    assert field in found.message


async def test_a_setting_that_this_pipeline_lacks_is_invalid(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = provider.Setting("strength_of_line", float, 0, 1)
    monkeypatch.setitem(provider.SETTINGS, "line", odd)
    found = await failure(copy, asked(settings={"line": 0.5}))
    assert found.verdict is Verdict.INVALID
    assert "strength_of_line" in found.message


async def test_what_a_part_cannot_compute_fails_this_picture_only(pipeline_folder: Path) -> None:
    model = create(str(pipeline_folder), ModelOptions())
    with pytest.raises(CallFailed, match="IndexError") as caught:
        await model.illustrate(asked(settings={"steps": 1000}))  # beyond this scheduler's grid
    assert caught.value.verdict is Verdict.INVALID
    assert (await model.illustrate(asked())).data
    await model.aclose()


# --------------------------------------------------------------------- refusals


async def test_what_the_safety_checker_holds_back_is_a_refusal(careful_folder: Path) -> None:
    found = await failure(careful_folder, asked())
    assert found.verdict is Verdict.REFUSED
    assert "safety checker" in found.message


async def test_an_all_black_picture_is_a_refusal(copy: Path) -> None:
    import safetensors.torch

    path = copy / "vae" / "diffusion_pytorch_model.safetensors"
    tensors = safetensors.torch.load_file(path)
    tensors["decoder.conv_out.weight"].zero_()
    tensors["decoder.conv_out.bias"].fill_(-1.0)  # the darkest value
    safetensors.torch.save_file(tensors, path, metadata={"format": "pt"})
    found = await failure(copy, asked())
    assert found.verdict is Verdict.REFUSED
    assert "black" in found.message


# ---------------------------------------------------------------------- loading


def test_it_is_an_illustrator_and_nothing_else(pipeline_folder: Path) -> None:
    make: Factory = create
    model = make(str(pipeline_folder), ModelOptions())
    assert isinstance(model, Illustrator)
    assert not isinstance(model, Writer)
    assert model.address == f"diffusers/{pipeline_folder}"


def test_making_a_model_loads_no_torch() -> None:
    code = (
        "import sys; from storypainter.models.diffusers import create\n"
        "from storypainter.models.contract import ModelOptions\n"
        "create('stabilityai/sdxl-turbo', ModelOptions())\n"
        "print([n for n in ('torch', 'diffusers', 'transformers', 'PIL') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_painting_prints_nothing_from_the_first_import_on(pipeline_folder: Path) -> None:
    code = (
        "import asyncio; from storypainter.models.diffusers import create\n"
        "from storypainter.models.contract import ImageRequest, ModelOptions\n"
        f"model = create({str(pipeline_folder)!r}, ModelOptions())\n"
        "request = ImageRequest('a fox' * 99, size='auto', settings={'steps': 1})\n"
        "asyncio.run(model.illustrate(request))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("package", ["torch", "diffusers", "PIL"])
def test_a_missing_package_names_the_extra(
    pipeline_folder: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=r"storypainter\[diffusers\]"):
        create(str(pipeline_folder), ModelOptions())


def test_folders_that_are_no_pipeline_are_told_apart(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "chat").mkdir()
    (tmp_path / "chat" / "config.json").write_text("{}")
    with pytest.raises(BadInput, match="use transformers/"):
        create(str(tmp_path / "chat"), ModelOptions())
    for path in copy.glob("*/*.safetensors"):
        path.rename(path.with_suffix(".bin"))
    with pytest.raises(BadInput, match="only safetensors are read"):
        create(str(copy), ModelOptions())


@pytest.mark.parametrize("part", ["unet", "text_encoder"])
async def test_pickled_weights_are_not_opened(copy: Path, part: str) -> None:
    """Not even honest ones, which torch would load."""
    import safetensors.torch
    import torch

    (weights,) = (copy / part).glob("*.safetensors")
    name = "pytorch_model.bin" if part == "text_encoder" else "diffusion_pytorch_model.bin"
    torch.save(safetensors.torch.load_file(weights), copy / part / name)
    weights.unlink()
    found = await failure(copy, asked())
    assert found.verdict is Verdict.NOT_FOUND


def _change_index(folder: Path, **fields: Any) -> None:
    path = folder / "model_index.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


@pytest.mark.parametrize(
    ("fields", "cause"),
    [
        ({"_class_name": ["evil", "Evil"]}, "names no pipeline class"),
        ({"unet": ["evil", "Evil"]}, "wants the part unet"),
        ({"unet": ["os", "system"]}, "wants the part unet"),
        ({"scheduler": ["antigravity", "x"]}, "wants the part scheduler"),
        ({"unet": [["evil"], "Evil"]}, "wants the part unet"),
        ({}, "contains custom code"),  # None.py is what diffusers tries when no code is named
    ],
)
async def test_code_in_a_pipelines_folder_is_not_run(
    copy: Path, fields: dict[str, Any], cause: str
) -> None:
    trace = copy / "was-run"
    code = f"open({str(trace)!r}, 'w')\nclass Evil: ...\n"
    for place in ("evil.py", "unet/evil.py", "None.py", "pipeline.py"):
        (copy / place).write_text(code)
    _change_index(copy, **fields)
    found = await failure(copy, asked())
    assert found.verdict is Verdict.NOT_FOUND
    assert not trace.exists()
    assert cause in found.message


async def test_an_index_that_is_no_json_object_is_one_line(copy: Path) -> None:
    (copy / "model_index.json").write_text("[1]")
    assert (await failure(copy, asked())).verdict is Verdict.NOT_FOUND


async def test_a_pipeline_that_does_not_paint_from_text_is_one_line(tmp_path: Path) -> None:
    from diffusers import DDPMPipeline, DDPMScheduler, UNet2DModel

    unet = UNet2DModel(
        sample_size=8,
        block_out_channels=(4,),
        down_block_types=("DownBlock2D",),
        up_block_types=("UpBlock2D",),
        norm_num_groups=2,
    )
    DDPMPipeline(unet, DDPMScheduler()).save_pretrained(tmp_path / "noise")
    found = await failure(tmp_path / "noise", asked())
    assert found.verdict is Verdict.NOT_FOUND
    assert "DDPMPipeline" in found.message


async def test_a_device_that_is_not_there_is_one_line(pipeline_folder: Path) -> None:
    found = await failure(pipeline_folder, asked(), device="cuda:99")
    assert (found.verdict, "cuda:99" in found.message) == (Verdict.NOT_FOUND, True)


async def test_a_hub_id_without_network_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    found = await failure("tiny/painter", asked())
    assert found.verdict is Verdict.NOT_FOUND
    assert "the hub can't be reached" in found.message


async def test_a_cached_hub_id_paints_as_its_folder_does(
    tmp_path: Path, pipeline_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    commit = "0123456789abcdef0123456789abcdef01234567"
    cached = tmp_path / "hub" / "models--tiny--painter"
    shutil.copytree(pipeline_folder, cached / "snapshots" / commit)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text(commit)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    assert create("tiny/painter", ModelOptions()).identity["revision"] == commit
    one, other = await paint("tiny/painter", asked()), await paint(pipeline_folder, asked())
    assert one.data == other.data


# --------------------------------------------------------- adapters and identity


async def test_an_adapter_changes_the_picture_and_the_identity(
    pipeline_folder: Path, tmp_path: Path
) -> None:
    adapter = build_tiny_pipeline_adapter(tmp_path / "lora", pipeline_folder)
    plain, adapted = (
        await paint(pipeline_folder, asked()),
        await paint(pipeline_folder, asked(), adapter=str(adapter)),
    )
    assert plain.data != adapted.data
    with_it = create(str(pipeline_folder), ModelOptions(adapter=str(adapter))).identity
    without = create(str(pipeline_folder), ModelOptions()).identity
    assert set(with_it) - set(without) == {"adapter_sha256"}
    with pytest.raises(BadInput, match="no LoRA adapter"):
        create(str(pipeline_folder), ModelOptions(adapter=str(tmp_path)))


def test_the_identity_is_that_of_all_parts_weights(copy: Path) -> None:
    before = create(str(copy), ModelOptions()).identity
    (copy / "README.md").write_text("hello")
    assert create(str(copy), ModelOptions()).identity == before
    weights = copy / "vae" / "diffusion_pytorch_model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert create(str(copy), ModelOptions()).identity["sha256"] != before["sha256"]


# ----------------------------------------------------------------------- running


async def test_a_call_out_of_time_stops_at_the_next_step(pipeline_folder: Path) -> None:
    found = await failure(pipeline_folder, asked(settings={"steps": 500}), timeout=0.01)
    assert found.verdict is Verdict.TIMEOUT


async def test_a_cancelled_call_leaves_the_pipeline_usable(pipeline_folder: Path) -> None:
    model = create(str(pipeline_folder), ModelOptions())
    expected = await model.illustrate(asked())
    call = asyncio.create_task(model.illustrate(asked(settings={"steps": 500})))
    await asyncio.sleep(0.1)
    assert not call.done()  # asyncio is alive meanwhile
    call.cancel()
    async with asyncio.timeout(5):
        again = await model.illustrate(asked())
    assert again.data == expected.data
    await model.aclose()
    assert model._pipeline is None
