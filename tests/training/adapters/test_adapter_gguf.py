"""peft's LoRA as a GGUF file: against transformers, in the real llama.cpp server."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_bases import build_adapter, build_tiny, write_base_gguf

from storypainter.cli import main
from storypainter.errors import BadInput, MissingExtra
from storypainter.models import llama, transformers
from storypainter.models.contract import ChatReply, ChatRequest, Message, ModelOptions
from storypainter.models.gguf_metadata import read_metadata
from storypainter.models.plain_template import PLAIN_TEMPLATE
from storypainter.training.adapters import gguf as conversion
from storypainter.training.adapters.gguf import convert_adapter, interleaved
from storypainter.training.adapters.shapes import BaseShapes, base_file, read_shapes
from storypainter.training.adapters.template import self_contained

ASKED = ChatRequest(
    (Message("user", "Write a story about a kitten."),), temperature=0.0, max_tokens=24, logprobs=3
)
#: What half precision in llama.cpp's own arithmetic costs, in natural-log probability.
TOLERANCE = 0.1


@pytest.fixture(scope="session", params=["llama", "qwen2", "gemma3"])
def tiny(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``base``, ``base.gguf`` and ``adapter`` of one architecture."""
    return made(request.param, tmp_path_factory)


@pytest.fixture(scope="session")
def tiny_llama(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made("llama", tmp_path_factory)


_MADE: dict[str, Path] = {}


def made(kind: str, factory: pytest.TempPathFactory) -> Path:
    if kind not in _MADE:
        folder = factory.mktemp(kind)
        build_tiny(kind, folder / "base")
        write_base_gguf(folder / "base", folder / "base.gguf")
        build_adapter(folder / "adapter", folder / "base")
        _MADE[kind] = folder
    return _MADE[kind]


def ask(model: Any) -> ChatReply:
    async def once() -> ChatReply:
        try:
            return await model.chat(ASKED)
        finally:
            await model.aclose()

    return asyncio.run(once())


def ask_llama(folder: Path, adapter: Path | str | None) -> ChatReply:
    options = ModelOptions(adapter=str(adapter) if adapter else None)
    return ask(llama.create(str(folder / "base.gguf"), options))


def ask_transformers(folder: Path, adapter: Path | None) -> ChatReply:
    options = ModelOptions(adapter=str(adapter) if adapter else None)
    return ask(transformers.create(str(folder / "base"), options))


def shapes_of(name: str) -> BaseShapes:
    return read_shapes(base_file(name))


def tokens(reply: ChatReply) -> list[str]:
    return [row.token for row in reply.logprobs]


def assert_same(ours: ChatReply, theirs: ChatReply) -> None:
    """The same greedy tokens at the same odds; where two are as good as each other, until there."""
    assert ours.usage.input_tokens == theirs.usage.input_tokens
    agreed = 0
    for a, b in zip(ours.logprobs, theirs.logprobs, strict=True):
        assert abs(a.logprob - b.logprob) < TOLERANCE
        if a.token != b.token:
            assert b.logprob - dict(b.top)[a.token] < TOLERANCE
            break
        agreed += 1
    assert agreed >= 10


# ------------------------------------------------------------- the same as transformers


@pytest.mark.slow
def test_base_and_adapter_in_llama_cpp_write_what_transformers_writes(
    tiny: Path, tmp_path: Path
) -> None:
    done = convert_adapter(tiny / "adapter", tmp_path / "a.gguf")
    assert (done.pairs, done.ranks, done.alpha) == (14, (4,), 6.0)  # 2 blocks of 7 layers
    base, adapted = ask_llama(tiny, None), ask_llama(tiny, tmp_path / "a.gguf")
    assert_same(base, ask_transformers(tiny, None))
    assert_same(adapted, ask_transformers(tiny, tiny / "adapter"))
    assert tokens(adapted) != tokens(base)


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        {"use_rslora": True},
        {"rank_pattern": {"q_proj": 2, "down_proj": 6}},
        {"target_modules": ["k_proj"], "layers_to_transform": [1], "lora_alpha": 40},
        {"dtype": "bfloat16"},
    ],
    ids=["rslora", "ranks", "one layer", "bfloat16"],
)
def test_what_peft_can_say_otherwise_means_the_same(
    tiny_llama: Path, tmp_path: Path, changes: dict[str, Any]
) -> None:
    import torch

    if "dtype" in changes:
        changes = {"dtype": torch.bfloat16}
    build_adapter(tmp_path / "adapter", tiny_llama / "base", **changes)
    convert_adapter(tmp_path / "adapter", tmp_path / "a.gguf", number_type="f32")
    adapted = ask_llama(tiny_llama, tmp_path / "a.gguf")
    assert_same(adapted, ask_transformers(tiny_llama, tmp_path / "adapter"))
    assert tokens(adapted) != tokens(ask_llama(tiny_llama, None))


@pytest.mark.slow
def test_without_its_reordering_a_llama_adapter_would_write_something_else(
    tiny_llama: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the comparison above is known to see it."""
    monkeypatch.setattr(conversion, "interleaved", lambda rows, heads: rows)
    convert_adapter(tiny_llama / "adapter", tmp_path / "a.gguf")
    wrong = ask_llama(tiny_llama, tmp_path / "a.gguf")
    assert tokens(wrong) != tokens(ask_transformers(tiny_llama, tiny_llama / "adapter"))


# ------------------------------------------------------------------ one server for both


@pytest.mark.slow
def test_one_server_gives_base_and_adapter(tiny_llama: Path, tmp_path: Path) -> None:
    from storypainter.models.sessions import Sessions

    file = tmp_path / "a.gguf"
    convert_adapter(tiny_llama / "adapter", file)
    base, adapted = ask_llama(tiny_llama, None), ask_llama(tiny_llama, file)

    async def together() -> tuple[list[ChatReply], set[int]]:
        options = ModelOptions(sessions=Sessions(), connections=2)
        models = [
            llama.create(
                str(tiny_llama / "base.gguf"),
                ModelOptions(adapter=f"{file}{scale}", sessions=options.sessions, connections=2),
            )
            for scale in ("", "@0", "@0.5")
        ]
        assert len({json.dumps(model.identity) for model in models}) == 3
        # the same prompt in turn and at once: a prompt kept from one must not serve the other
        replies = [await models[n].chat(ASKED) for n in (0, 1, 0, 1, 2)]
        replies += await asyncio.gather(*(models[n].chat(ASKED) for n in (0, 1, 0, 1)))
        served = {model._host.server._process.pid for model in models}  # type: ignore[union-attr]
        await models[0].aclose()
        replies.append(await models[1].chat(ASKED))  # it still has its server
        served.add(models[1]._host.server._process.pid)  # type: ignore[union-attr]
        process = models[1]._host.server._process  # type: ignore[union-attr]
        for model in models[1:]:
            await model.aclose()
        assert process.poll() is not None
        return replies, served

    replies, served = asyncio.run(together())
    assert len(served) == 1
    for n in (0, 2, 5, 7):
        assert tokens(replies[n]) == tokens(adapted)
    for n in (1, 3, 6, 8, 9):
        assert tokens(replies[n]) == tokens(base)
    assert tokens(replies[4]) not in (tokens(base), tokens(adapted))


# -------------------------------------------------------------------- templates


@pytest.mark.slow
def test_a_base_without_template_speaks_by_its_adapters(tiny_llama: Path, tmp_path: Path) -> None:
    """Trained on a base model with the plain template, as transformers writes with it."""
    folder = tmp_path / "bare"
    build_tiny("llama", folder / "base", template=PLAIN_TEMPLATE)
    write_base_gguf(folder / "base", folder / "base.gguf", with_template=False)
    build_adapter(folder / "adapter", folder / "base", chat_template=PLAIN_TEMPLATE)
    done = convert_adapter(folder / "adapter", folder / "a.gguf")
    assert done.has_template
    assert_same(ask_llama(folder, folder / "a.gguf"), ask_transformers(folder, folder / "adapter"))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"bos_token": "<s>", "eos_token": {"content": '"</s>"'}}, '<s>|"</s>"'),
        ({"bos_token": None, "eos_token": "<e>"}, "|<e>"),
        ({"tokenizer_class": "TokenizersBackend", "eos_token": "<e>"}, "|<e>"),
        ({"tokenizer_class": "LlamaTokenizer", "eos_token": "<e>"}, "own|<e>"),
        (None, "own|own"),
    ],
)
def test_a_template_keeps_the_tokens_that_it_was_trained_with(
    tmp_path: Path, facts: dict[str, Any] | None, expected: str
) -> None:
    import jinja2

    if facts is not None:
        (tmp_path / "tokenizer_config.json").write_text(json.dumps(facts))
    template = self_contained("{{ bos_token or '' }}|{{ eos_token }}", tmp_path / "config.json")
    found = jinja2.Template(template).render(bos_token="own", eos_token="own")
    assert found == expected
    assert self_contained("{{ messages }}", tmp_path / "config.json") == "{{ messages }}"


def test_the_plain_template_is_the_one_that_training_gives() -> None:
    from storypainter.training.tuning import templates

    assert templates.PLAIN_TEMPLATE == PLAIN_TEMPLATE


# ------------------------------------------------------------------------ the file


def test_the_file_says_what_it_is_and_is_the_same_each_time(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "adapter").symlink_to(tiny / "adapter")
    one = convert_adapter(tiny / "adapter", tmp_path / "1.gguf", licence="Apache-2.0")
    convert_adapter(tmp_path / "run", tmp_path / "2.gguf", licence="Apache-2.0")
    assert (tmp_path / "1.gguf").read_bytes() == (tmp_path / "2.gguf").read_bytes()
    assert one.size == (tmp_path / "1.gguf").stat().st_size
    assert read_metadata(tmp_path / "1.gguf") == {
        "general.architecture": shapes_of(str(tiny / "base")).architecture,
        "general.type": "adapter",
        "adapter.type": "lora",
        "adapter.lora.alpha": 6.0,
        "general.license": "Apache-2.0",
    }
    convert_adapter(tiny / "adapter", tmp_path / "4.gguf", number_type="f32")
    assert (tmp_path / "4.gguf").stat().st_size > one.size * 1.5


def test_a_base_is_the_same_by_folder_and_by_gguf(tiny: Path) -> None:
    shapes = shapes_of(str(tiny / "base"))
    assert shapes == shapes_of(str(tiny / "base.gguf"))
    assert shapes.kv_heads == 2 != shapes.heads


def test_a_base_in_the_hubs_cache_is_found(
    tiny_llama: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    folder = tmp_path / "models--some--base"
    (folder / "refs").mkdir(parents=True)
    (folder / "refs" / "main").write_text("c0ffee")
    (folder / "snapshots" / "c0ffee").mkdir(parents=True)
    config = (tiny_llama / "base" / "config.json").read_bytes()
    (folder / "snapshots" / "c0ffee" / "config.json").write_bytes(config)
    found = shapes_of("some/base")
    assert found == shapes_of(str(tiny_llama / "base"))
    assert shapes_of("some/base@c0ffee") == found
    with pytest.raises(BadInput, match="is not on this machine"):
        shapes_of("some/other")


def test_rows_are_interleaved_head_by_head() -> None:
    rows = np.arange(8, dtype=np.float32).reshape(8, 1)
    assert interleaved(rows, 2)[:, 0].tolist() == [0, 2, 1, 3, 4, 6, 5, 7]
    assert interleaved(rows, 1)[:, 0].tolist() == [0, 4, 1, 5, 2, 6, 3, 7]


@given(st.integers(1, 6), st.integers(1, 8), st.integers(1, 4))
def test_interleaving_keeps_each_row_in_its_head(heads: int, half: int, width: int) -> None:
    rows = np.arange(heads * 2 * half * width, dtype=np.float32).reshape(heads * 2 * half, width)
    found = interleaved(rows, heads)
    for head in range(heads):
        span = slice(head * 2 * half, (head + 1) * 2 * half)
        assert found[span][0::2].tolist() == rows[span][:half].tolist()
        assert found[span][1::2].tolist() == rows[span][half:].tolist()


def test_converting_needs_no_torch_and_no_transformers(tiny_llama: Path, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "sys.modules |= dict.fromkeys(['torch', 'transformers', 'peft'])\n"
        "from pathlib import Path\n"
        "from storypainter.training.adapters.gguf import convert_adapter\n"
        f"convert_adapter({str(tiny_llama / 'adapter')!r}, Path('a.gguf'))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.gguf").is_file()


def test_without_gguf_the_extra_is_named(
    tiny_llama: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "gguf", None)
    with pytest.raises(MissingExtra, match=r"storypainter\[local\]"):
        convert_adapter(tiny_llama / "adapter", tmp_path / "a.gguf")


# ------------------------------------------------------------------- what is refused


@pytest.fixture
def copy(tiny_llama: Path, tmp_path: Path) -> Path:
    """A copy of the adapter, to be spoilt."""
    folder = tmp_path / "adapter"
    folder.mkdir()
    for file in (tiny_llama / "adapter").iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
    return folder


def configure(folder: Path, **changes: Any) -> None:
    path = folder / "adapter_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def retensor(folder: Path, change: Any) -> None:
    """Rewrite the weights: ``change`` gets and returns names and values."""
    from safetensors.numpy import load_file, save_file

    path = folder / "adapter_model.safetensors"
    save_file(change(load_file(path)), path)


def refused(folder: Path, *words: str, **options: Any) -> None:
    out = folder.parent / "out" / "a.gguf"
    out.parent.mkdir(exist_ok=True)
    with pytest.raises(BadInput) as caught:
        convert_adapter(folder, out, **options)
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    for word in words:
        assert word in str(caught.value)
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"use_dora": True}, "use_dora = true"),
        ({"modules_to_save": ["lm_head"]}, 'modules_to_save = ["lm_head"]'),
        ({"bias": "lora_only"}, "bias"),
        ({"lora_bias": True}, "lora_bias"),
        ({"alpha_pattern": {"q_proj": 3}}, "alpha_pattern"),
        ({"layer_replication": [[0, 2]]}, "layer_replication"),
        ({"trainable_token_indices": [1, 2]}, "trainable_token_indices"),
        ({"invented_next_year": {"x": 1}}, "invented_next_year"),
        ({"init_lora_weights": "pissa_niter_4"}, "pissa_niter_4"),
        ({"lora_alpha": 0}, "lora_alpha"),
        ({"lora_alpha": "many"}, "lora_alpha"),
        ({"r": 8}, "rank 4"),
        ({"peft_type": "IA3"}, "another kind (IA3)"),
        ({"base_model_name_or_path": None}, "which base model"),
        ({"base_model_name_or_path": "some/where"}, "'some/where' is not on this machine"),
    ],
)
def test_what_is_more_than_lora_is_refused_by_name(
    copy: Path, changes: dict[str, Any], word: str
) -> None:
    configure(copy, **changes)
    refused(copy, word)


QUERY = "base_model.model.model.layers.0.self_attn.q_proj.lora_"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (
            lambda t: t | {"base_model.model.lm_head.lora_A.weight": t[QUERY + "A.weight"]},
            "lm_head",
        ),
        (
            lambda t: t | {"base_model.model.model.embed_tokens.lora_embedding_A": np.ones((2, 2))},
            "embed_tokens",
        ),
        (
            lambda t: t | {QUERY.replace("lora_", "lora_magnitude_vector"): np.ones(3)},
            "lora_magnitude_vector",
        ),
        (lambda t: {k: v for k, v in t.items() if k != QUERY + "B.weight"}, "has lora_A only"),
        (lambda t: t | {QUERY + "A.weight": np.ones((3, 32))}, "no LoRA pair"),
        (lambda t: t | {QUERY + "A.weight": np.ones((4, 31))}, "31 inputs"),
        (lambda t: {k.replace("layers.1", "layers.2"): v for k, v in t.items()}, "layers.2"),
        (lambda t: {k.replace("q_proj", "w_proj"): v for k, v in t.items()}, "w_proj"),
        (lambda t: t | {QUERY + "A.weight": np.full((4, 32), np.nan)}, "not finite"),
        (lambda t: t | {QUERY + "A.weight": np.full((4, 32), 1e5)}, "too large for f16"),
        (lambda t: t | {QUERY + "A.weight": np.ones((4, 32), np.int8)}, "is in I8"),
        (lambda t: {}, "no LoRA weights"),
    ],
    ids=range(12),
)
def test_weights_that_do_not_fit_are_refused_by_name(copy: Path, change: Any, word: str) -> None:
    retensor(copy, change)
    refused(copy, word)


def test_numbers_too_large_for_f16_fit_f32(copy: Path, tmp_path: Path) -> None:
    retensor(copy, lambda t: t | {QUERY + "A.weight": np.full((4, 32), 1e5)})
    assert convert_adapter(copy, tmp_path / "a.gguf", number_type="f32").pairs == 14


def test_damaged_files_are_one_line(copy: Path) -> None:
    weights = (copy / "adapter_model.safetensors").read_bytes()
    (copy / "adapter_model.safetensors").write_bytes(weights[:-8])
    refused(copy, "adapter_model.safetensors is damaged")
    (copy / "adapter_model.safetensors").unlink()
    refused(copy, "no adapter_model.safetensors")
    (copy / "adapter_config.json").write_text("{")
    refused(copy, "adapter_config.json")


def test_another_base_is_refused(copy: Path, tmp_path: Path, tiny_llama: Path) -> None:
    config = json.loads((tiny_llama / "base" / "config.json").read_text())
    for changes, word in (
        ({"model_type": "mistral"}, "'mistral'"),
        ({"num_hidden_layers": 1}, "layers.1"),
        ({"hidden_size": 64}, "64"),
        ({"num_attention_heads": None}, "num_attention_heads"),
    ):
        (tmp_path / "config.json").write_text(json.dumps(config | changes))
        refused(copy, word, base=str(tmp_path))
    (tmp_path / "config.json").write_text("[]")
    refused(copy, "None", base=str(tmp_path))
    (tmp_path / "config.json").write_text("{")
    refused(copy, "no readable JSON", base=str(tmp_path))


def test_a_base_not_pulled_yet_says_how(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path))
    for base in ("smollm2-135m", "llama/smollm2-135m"):
        refused(copy, "run: storypainter models pull smollm2-135m", base=base)


def test_places_that_cannot_be_written_are_refused(copy: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"does not end with \.gguf"):
        convert_adapter(copy, tmp_path / "a.bin")
    with pytest.raises(BadInput, match="there is no folder"):
        convert_adapter(copy, tmp_path / "nowhere" / "a.gguf")


# ------------------------------------------------------------------------- commands


def test_the_command_converts_and_says_what(
    tiny_llama: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["models", "adapter", str(tiny_llama / "adapter"), "--out", str(tmp_path / "a.gguf")]
    assert (
        main.run(main.cli, [*words, "--type", "f32", "--base", str(tiny_llama / "base.gguf")]) == 0
    )
    told = capsys.readouterr().out
    assert "14 layers of a llama base, rank 4, alpha 6" in told
    (tmp_path / "b.gguf").write_bytes(b"")
    assert main.run(main.cli, ["models", "adapter", str(tmp_path), "--out", "b.gguf"]) == 2
    err = capsys.readouterr().err
    assert "is no LoRA adapter" in err
    assert "Traceback" not in err
