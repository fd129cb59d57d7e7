"""Chat models in this process, on a two-layer model that is saved and loaded for real."""

from __future__ import annotations

import asyncio
import json
import math
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_models import (
    CONTEXT,
    build_tiny_adapter,
    build_tiny_chat_model,
)

from storypainter.errors import BadInput, MissingExtra
from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    Embedder,
    Factory,
    Illustrator,
    ImagePart,
    Message,
    ModelOptions,
    Seer,
    Verdict,
    Writer,
)
from storypainter.models.local_files import dequantised_path
from storypainter.models.transformers import create, lora_folder
from storypainter.models.transformers_writing import Choice, nucleus

QUESTION = (Message("system", "You write."), Message("user", "Tell me what the picture shows."))


@pytest.fixture(scope="module")
def chat_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_chat_model(tmp_path_factory.mktemp("tiny") / "chat")


@pytest.fixture(scope="module")
def adapter_folder(chat_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_adapter(tmp_path_factory.mktemp("tiny") / "adapter", chat_folder)


@pytest.fixture(autouse=True)
def own_models_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path / "models"))


@pytest.fixture
def copy(chat_folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(chat_folder, tmp_path / "copy")


def asked(**changes: Any) -> ChatRequest:
    plain: dict[str, Any] = {"messages": QUESTION, "temperature": 0.0, "max_tokens": 12}
    return ChatRequest(**plain | changes)


async def ask(folder: Path | str, request: ChatRequest, **options: Any) -> ChatReply:
    model = create(str(folder), ModelOptions(**options))
    try:
        return await model.chat(request)
    finally:
        await model.aclose()


async def failure(folder: Path | str, request: ChatRequest, **options: Any) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        await ask(folder, request, **options)
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    return caught.value


def change(folder: Path, name: str, **fields: Any) -> None:
    path = folder / name
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


# --------------------------------------------------------------------- writing


async def test_temperature_0_takes_the_best_token_each_time(chat_folder: Path) -> None:
    """Against the plainest decoding there is: the whole text through the model every time."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(chat_folder)
    model = AutoModelForCausalLM.from_pretrained(chat_folder).eval()
    plain = [{"role": m.role, "content": m.content} for m in QUESTION]
    tokens = tokenizer.apply_chat_template(plain, add_generation_prompt=True)["input_ids"]
    length = len(tokens)
    with torch.no_grad():
        for _ in range(12):
            tokens.append(int(model(torch.tensor([tokens])).logits[0, -1].argmax()))

    reply = await ask(chat_folder, asked())
    assert reply.text == tokenizer.decode(tokens[length:])
    assert (reply.finish, reply.usage.input_tokens, reply.usage.output_tokens) == (
        "length",
        length,
        12,
    )


async def test_the_same_seed_writes_the_same_and_other_models_do_not_disturb_it(
    chat_folder: Path, adapter_folder: Path
) -> None:
    model = create(str(chat_folder), ModelOptions())
    other = create(str(chat_folder), ModelOptions(adapter=str(adapter_folder)))
    hot = [asked(temperature=1.0, seed=seed) for seed in range(6)]
    alone = [(await model.chat(request)).text for request in hot]
    torch.manual_seed(99)
    beside = await asyncio.gather(*[m.chat(r) for r in hot for m in (model, other)])
    assert [reply.text for reply in beside[::2]] == alone
    assert len(set(alone)) == len(alone)
    await model.aclose()
    await other.aclose()


async def test_the_options_seed_counts_where_the_request_has_none(chat_folder: Path) -> None:
    hot = asked(temperature=1.0)
    one = await ask(chat_folder, hot, seed=5)
    assert one.text == (await ask(chat_folder, asked(temperature=1.0, seed=5))).text
    assert one.text != (await ask(chat_folder, asked(temperature=1.0, seed=6), seed=5)).text
    texts = {(await ask(chat_folder, hot)).text for _ in range(3)}
    assert len(texts) == 3  # no seed at all: each call is new


async def test_a_models_own_sampling_defaults_change_nothing(copy: Path) -> None:
    before = await ask(copy, asked(temperature=1.0, seed=3))
    change(
        copy,
        "generation_config.json",
        do_sample=True,
        top_k=1,
        repetition_penalty=9.0,
        no_repeat_ngram_size=1,
        min_new_tokens=11,
        suppress_tokens=list(range(2, 200)),
    )
    assert (await ask(copy, asked(temperature=1.0, seed=3))).text == before.text


async def test_logprobs_are_those_of_the_model(chat_folder: Path) -> None:
    reply = await ask(chat_folder, asked(logprobs=3))
    assert len(reply.logprobs) == 12
    for row in reply.logprobs:
        assert row.top[0] == (row.token, row.logprob)  # temperature 0 took the best
        assert len(row.top) == 3
        assert [value for _, value in row.top] == sorted((v for _, v in row.top), reverse=True)
        assert sum(math.exp(value) for _, value in row.top) <= 1.0
    bare = await ask(chat_folder, asked(logprobs=0))
    assert [(r.token, r.logprob) for r in bare.logprobs] == [
        (r.token, r.logprob) for r in reply.logprobs
    ]
    assert all(row.top == () for row in bare.logprobs)


async def test_a_stop_string_ends_the_reply_before_itself(chat_folder: Path) -> None:
    whole = (await ask(chat_folder, asked())).text
    stop = whole[len(whole) // 2 :][:2]
    place = whole.index(stop)
    reply = await ask(chat_folder, asked(stop=("never there", stop), logprobs=1))
    assert reply.text == whole[:place]
    assert reply.finish == "stop"
    assert len(reply.logprobs) < 12


async def test_an_end_token_ends_the_reply_and_is_not_in_it(copy: Path) -> None:
    reply = await ask(copy, asked(logprobs=0))
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(copy)
    tokens = tokenizer(reply.text, add_special_tokens=False)["input_ids"]
    end = next(t for t in tokens if reply.text.count(tokenizer.decode([t])) == 1)
    change(copy, "generation_config.json", eos_token_id=[end])
    ended = await ask(copy, asked(logprobs=0))
    assert ended.finish == "stop"
    assert reply.text.startswith(ended.text)
    assert tokenizer.decode([end]) not in ended.text
    assert ended.usage.output_tokens == len(ended.logprobs) + 1


@pytest.mark.parametrize("extra", [0, 200])
async def test_max_tokens_beyond_the_context_end_at_the_context(
    chat_folder: Path, extra: int
) -> None:
    reply = await ask(chat_folder, asked(max_tokens=CONTEXT + extra))
    assert reply.finish == "length"
    assert (reply.usage.input_tokens or 0) + (reply.usage.output_tokens or 0) == CONTEXT


async def test_a_prompt_beyond_the_context_is_too_long(chat_folder: Path) -> None:
    long = (Message("user", "carousel " * CONTEXT),)
    found = await failure(chat_folder, asked(messages=long))
    assert found.verdict is Verdict.TOO_LONG
    assert str(CONTEXT) in found.message


async def test_text_parts_are_read_in_order(chat_folder: Path) -> None:
    whole = await ask(chat_folder, asked(messages=(Message("user", "A\nB"),)))
    parts = await ask(chat_folder, asked(messages=(Message("user", ("A", "B")),)))
    assert parts.text == whole.text


PICTURE = ImagePart(b"\x89PNG", "image/png")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("schema", {"type": "object"}),
        ("frequency_penalty", 0.5),
        ("presence_penalty", -0.5),
        ("temperature", -0.1),
        ("top_p", 1.5),
        ("max_tokens", 0),
        ("logprobs", -1),
        ("messages", ()),
        ("messages", (Message("user", ("What is this?", PICTURE)),)),
    ],
)
async def test_what_cannot_be_honoured_is_refused_by_name(
    chat_folder: Path, field: str, value: Any
) -> None:
    with pytest.raises(CallFailed) as caught:
        await ask(chat_folder, asked(**{field: value}))
    assert caught.value.verdict is Verdict.INVALID
    assert field in caught.value.message


async def test_what_the_chat_template_refuses_is_invalid(copy: Path) -> None:
    (copy / "chat_template.jinja").write_text("{{ raise_exception('no system role here') }}")
    with pytest.raises(CallFailed, match="no system role here") as caught:
        await ask(copy, asked())
    assert caught.value.verdict is Verdict.INVALID


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.floats(0.001, 1.0), min_size=1, max_size=12), st.floats(0.0, 1.0, exclude_max=True)
)
def test_the_nucleus_is_the_smallest_set_that_reaches_top_p(
    weights: list[float], top_p: float
) -> None:
    odds = torch.tensor(weights, dtype=torch.float64) / sum(weights)
    kept = nucleus(odds, top_p)
    inside = kept > 0
    assert inside.any()
    assert torch.equal(kept[inside], odds[inside])
    reached = float(odds[inside].sum())
    assert reached >= top_p - 1e-9
    if int(inside.sum()) > 1:
        assert reached - float(odds[inside].min()) < top_p + 1e-9
    if not inside.all():
        assert float(odds[~inside].max()) <= float(odds[inside].min())


def test_tokens_come_as_often_as_temperature_and_top_p_say() -> None:
    logits = torch.log(torch.tensor([[0.5, 0.3, 0.15, 0.05]]))
    choose = Choice(asked(temperature=0.5, top_p=0.95), seed=1)
    count = Counter(int(choose(None, logits).argmax()) for _ in range(4000))
    squares = [0.25, 0.09, 0.0225]  # temperature 0.5 squares; the last is outside the nucleus
    for token, square in enumerate(squares):
        assert count[token] / 4000 == pytest.approx(square / sum(squares), abs=0.03)
    assert count[3] == 0


# -------------------------------------------------------------------- adapters


async def test_an_adapter_changes_what_is_written(chat_folder: Path, adapter_folder: Path) -> None:
    base = await ask(chat_folder, asked())
    adapted = await ask(chat_folder, asked(), adapter=str(adapter_folder))
    assert adapted.text != base.text
    assert adapted.text == (await ask(chat_folder, asked(), adapter=str(adapter_folder))).text


@pytest.mark.parametrize(
    "fields", [{"peft_type": "VERA"}, {"megatron_config": {"a": 1}, "megatron_core": "antigravity"}]
)
def test_other_adapters_are_refused(
    chat_folder: Path, adapter_folder: Path, tmp_path: Path, fields: dict[str, Any]
) -> None:
    wrong = shutil.copytree(adapter_folder, tmp_path / "wrong")
    change(wrong, "adapter_config.json", **fields)
    with pytest.raises(BadInput, match="adapter of another kind"):
        create(str(chat_folder), ModelOptions(adapter=str(wrong)))


def test_pickled_and_missing_adapters_are_refused(
    chat_folder: Path, adapter_folder: Path, tmp_path: Path
) -> None:
    wrong = shutil.copytree(adapter_folder, tmp_path / "wrong")
    (wrong / "adapter_model.safetensors").rename(wrong / "adapter_model.bin")
    with pytest.raises(BadInput, match=r"holds no adapter_model\.safetensors"):
        create(str(chat_folder), ModelOptions(adapter=str(wrong)))
    with pytest.raises(BadInput, match=r"no readable adapter_config\.json"):
        create(str(chat_folder), ModelOptions(adapter=str(tmp_path / "nothing")))


async def test_another_models_adapter_is_one_line(copy: Path, adapter_folder: Path) -> None:
    import safetensors.torch

    wrong = shutil.copytree(adapter_folder, copy.parent / "wrong")
    path = wrong / "adapter_model.safetensors"
    tensors = safetensors.torch.load_file(path)
    safetensors.torch.save_file({name: t[:, :1].contiguous() for name, t in tensors.items()}, path)
    found = await failure(copy, asked(), adapter=str(wrong))
    assert found.verdict is Verdict.NOT_FOUND
    assert found.message.startswith(f"the adapter {wrong} does not fit {copy}: layers.0.")
    assert "is made for 1 inputs" in found.message
    assert "give the base" in found.hint


async def test_an_adapter_of_layers_that_are_not_there(copy: Path, adapter_folder: Path) -> None:
    import safetensors.torch

    wrong = shutil.copytree(adapter_folder, copy.parent / "wrong")
    path = wrong / "adapter_model.safetensors"
    tensors = safetensors.torch.load_file(path)
    safetensors.torch.save_file(
        {name.replace("layers.1.", "layers.7."): t for name, t in tensors.items()}, path
    )
    found = await failure(copy, asked(), adapter=str(wrong))
    assert "it adapts layers.7." in found.message
    path.write_bytes(b"nothing")
    found = await failure(copy, asked(), adapter=str(wrong))
    assert "its adapter_model.safetensors is damaged" in found.message


def test_a_trainings_folder_stands_for_its_adapter(adapter_folder: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    (run / "checkpoints").mkdir(parents=True)
    with pytest.raises(BadInput, match="has no adapter yet"):
        lora_folder(str(run))
    shutil.copytree(adapter_folder, run / "adapter")
    assert lora_folder(str(run)) == run / "adapter" == lora_folder(str(run / "adapter"))


# --------------------------------------------------------------------- loading


def test_a_pulled_models_name_is_the_folder_that_training_made(
    chat_folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match="models pull smollm2-135m"):
        create("llama/smollm2-135m", ModelOptions())
    models = tmp_path / "models"
    models.mkdir()
    (models / "smollm2-135m.gguf").write_bytes(b"GGUF one")
    with pytest.raises(BadInput, match=r"train sft DATA --base llama/smollm2-135m"):
        create("llama/smollm2-135m", ModelOptions())
    made = dequantised_path(models / "smollm2-135m.gguf")
    shutil.copytree(chat_folder, made)
    named = create("llama/smollm2-135m", ModelOptions())
    path = create(f"llama/{models / 'smollm2-135m.gguf'}", ModelOptions())
    assert named.identity["sha256"] == path.identity["sha256"]
    assert named.identity["sha256"] == create(str(made), ModelOptions()).identity["sha256"]
    assert named.identity["model"] == made.name
    with pytest.raises(BadInput, match="there is no GGUF file"):
        create("llama/nowhere.gguf", ModelOptions())
    # A hub id of an owner of that name stays one.
    assert create("llama/some-model", ModelOptions()).identity["model"] == "llama/some-model"


def test_it_is_a_writer_and_nothing_else(chat_folder: Path) -> None:
    make: Factory = create
    model = make(str(chat_folder), ModelOptions())
    assert isinstance(model, Writer)
    assert not isinstance(model, (Seer, Illustrator, Embedder))
    assert model.address == f"transformers/{chat_folder}"


def test_making_a_model_loads_no_torch() -> None:
    import subprocess

    code = (
        "import sys; from storypainter.models.transformers import create\n"
        "from storypainter.models.contract import ModelOptions\n"
        "create('Qwen/Qwen2.5-7B-Instruct', ModelOptions())\n"
        "print([n for n in ('torch', 'transformers', 'peft') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("package", ["torch", "transformers", "peft"])
def test_a_missing_package_names_the_extra(
    chat_folder: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=r"storypainter\[torch\]"):
        create(str(chat_folder), ModelOptions())


def test_folders_that_are_no_model_are_told_apart(copy: Path, adapter_folder: Path) -> None:
    with pytest.raises(BadInput, match="it is a LoRA adapter"):
        create(str(adapter_folder), ModelOptions())
    with pytest.raises(BadInput, match="there is no model folder"):
        create(str(copy / "nothing"), ModelOptions())
    (copy / "model.safetensors").rename(copy / "pytorch_model.bin")
    with pytest.raises(BadInput, match="only safetensors are read"):
        create(str(copy), ModelOptions())


async def test_pickled_weights_are_not_opened(copy: Path) -> None:
    """Not even honest ones, which torch would load, beside a decoy."""
    import safetensors.torch

    weights = copy / "model.safetensors"
    torch.save(safetensors.torch.load_file(weights), copy / "pytorch_model.bin")
    weights.rename(copy / "decoy.safetensors")
    found = await failure(copy, asked())
    assert found.verdict is Verdict.NOT_FOUND


async def test_code_in_a_models_folder_is_not_run(copy: Path) -> None:
    trace = copy / "was-run"
    (copy / "evil.py").write_text(f"open({str(trace)!r}, 'w')\nclass Evil: ...\n")
    change(copy, "tokenizer_config.json", auto_map={"AutoTokenizer": ["evil.Evil", None]})
    change(
        copy,
        "config.json",
        model_type="evil",
        auto_map={"AutoConfig": "evil.Evil", "AutoModelForCausalLM": "evil.Evil"},
    )
    found = await failure(copy, asked())
    assert found.verdict is Verdict.NOT_FOUND
    assert not trace.exists()


async def test_a_chat_template_cannot_reach_out(copy: Path) -> None:
    trace = copy / "was-run"
    (copy / "chat_template.jinja").write_text(
        "{{ messages.__class__.__mro__[1].__subclasses__() }}"
        f"{{{{ cycler.__init__.__globals__.os.system('touch {trace}') }}}}"
    )
    found = await failure_of_any_hint(copy)
    assert found.verdict is Verdict.INVALID
    assert not trace.exists()


async def failure_of_any_hint(folder: Path) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        await ask(folder, asked())
    return caught.value


async def test_no_chat_template_is_one_line(tmp_path: Path) -> None:
    folder = build_tiny_chat_model(tmp_path / "base", template=None)
    found = await failure(folder, asked())
    assert found.verdict is Verdict.NOT_FOUND
    assert "no chat template" in found.message


@pytest.mark.parametrize("damage", ["truncate", "config", "tokenizer"])
async def test_a_damaged_folder_is_one_line(copy: Path, damage: str) -> None:
    if damage == "truncate":
        weights = copy / "model.safetensors"
        weights.write_bytes(weights.read_bytes()[:5000])
    elif damage == "config":
        (copy / "config.json").write_text("{")
    else:
        (copy / "tokenizer.json").write_text("{}")
    found = await failure(copy, asked())
    assert found.verdict is Verdict.NOT_FOUND
    assert "copy can't be loaded" in found.message


@pytest.mark.parametrize("device", ["cuda:99", "meta", "banana"])
async def test_a_device_that_is_not_there_is_one_line(chat_folder: Path, device: str) -> None:
    found = await failure(chat_folder, asked(), device=device)
    assert found.verdict is Verdict.NOT_FOUND
    assert device in found.message


async def test_nothing_is_printed_or_warned(
    chat_folder: Path,
    adapter_folder: Path,
    capfd: pytest.CaptureFixture[str],
    recwarn: pytest.WarningsRecorder,
) -> None:
    await ask(chat_folder, asked(temperature=1.0, seed=1), adapter=str(adapter_folder))
    assert capfd.readouterr() == ("", "")
    assert [str(warning.message) for warning in recwarn] == []


# ---------------------------------------------------------------------- hub ids


@pytest.fixture
def offline_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


async def test_a_hub_id_without_network_is_one_line(offline_hub: Path) -> None:
    assert create("tiny/chat", ModelOptions()).identity["revision"] == "main"
    found = await failure("tiny/chat", asked())
    assert found.verdict is Verdict.NOT_FOUND
    assert "the hub can't be reached" in found.message
    assert "tiny/chat" in found.message


async def test_a_cached_hub_id_answers_as_its_folder_does(
    offline_hub: Path, chat_folder: Path
) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    cached = offline_hub / "models--tiny--chat"
    shutil.copytree(chat_folder, cached / "snapshots" / commit)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text(commit)
    assert create("tiny/chat", ModelOptions()).identity == {
        "provider": "transformers",
        "model": "tiny/chat",
        "revision": commit,
    }
    assert (await ask("tiny/chat", asked())).text == (await ask(chat_folder, asked())).text
    assert create(f"tiny/chat@{commit}", ModelOptions()).identity["revision"] == commit


# ---------------------------------------------------------------------- identity


def test_the_identity_is_that_of_the_weights(
    chat_folder: Path, adapter_folder: Path, copy: Path
) -> None:
    def identity(folder: Path, **options: Any) -> dict[str, str]:
        found = dict(create(str(folder), ModelOptions(**options)).identity)
        found.pop("model")
        return found

    assert identity(copy) == identity(chat_folder)  # wherever it lies
    assert identity(copy, adapter=str(adapter_folder)) != identity(copy)
    assert identity(copy, seed=1) != identity(copy)
    assert identity(copy, device="cpu", timeout=1) == identity(copy)
    before = identity(copy)
    weights = copy / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1  # same names, same sizes, same header: other weights
    weights.write_bytes(data)
    assert identity(copy) != before


def test_files_that_do_not_answer_are_not_in_the_identity(copy: Path) -> None:
    before = create(str(copy), ModelOptions()).identity
    (copy / "README.md").write_text("hello")
    (copy / "checkpoint-1").mkdir()
    (copy / "checkpoint-1" / "model.safetensors").write_text("x")
    (copy / ".cache.json").write_text("{}")
    assert create(str(copy), ModelOptions()).identity == before


# ----------------------------------------------------------------------- running


async def test_asyncio_stays_alive_while_it_writes(chat_folder: Path) -> None:
    model = create(str(chat_folder), ModelOptions())
    await model.chat(asked())
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.001)
            ticks += 1

    ticking = asyncio.create_task(tick())
    await asyncio.gather(*[model.chat(asked(max_tokens=100)) for _ in range(3)])
    ticking.cancel()
    assert ticks > 20
    await model.aclose()


async def test_a_call_out_of_time_stops(chat_folder: Path) -> None:
    found = await failure(chat_folder, asked(max_tokens=100), timeout=0.0)
    assert found.verdict is Verdict.TIMEOUT


async def test_a_cancelled_call_leaves_the_model_usable(chat_folder: Path) -> None:
    model = create(str(chat_folder), ModelOptions())
    expected = await model.chat(asked())
    calls = [asyncio.create_task(model.chat(asked(max_tokens=100))) for _ in range(3)]
    await asyncio.sleep(0.01)
    for call in calls:
        call.cancel()
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(result, asyncio.CancelledError) for result in results)
    assert await model.chat(asked()) == expected
    await model.aclose()


async def test_a_closed_model_frees_its_weights_and_can_be_asked_again(chat_folder: Path) -> None:
    model = create(str(chat_folder), ModelOptions())
    await model.aclose()  # nothing to close yet
    before = await model.chat(asked())
    await model.aclose()
    assert model._loaded is None
    assert await model.chat(asked()) == before
    await model.aclose()
