"""GGUF models by llama.cpp: the real server, and SmolLM2, which is pulled once and kept."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from tiny_models import build_tiny_gguf_adapter

from storypainter.errors import BadInput, MissingExtra
from storypainter.models import llama
from storypainter.models.contract import (
    CallFailed,
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
from storypainter.models.llama import LlamaModel, create
from storypainter.models.local_files import KNOWN
from storypainter.models.pull import pull

TASK = "Write a very short story about a girl who finds a lost kitten in the rain."


@pytest.fixture(scope="session")
def smollm2() -> Path:
    """SmolLM2 in the user's own folder of models; fetched if it is not there (93 MB)."""
    return pull("smollm2-135m")


def asked(**changes: Any) -> ChatRequest:
    plain: dict[str, Any] = {
        "messages": (Message("user", TASK),),
        "temperature": 0.0,
        "max_tokens": 24,
    }
    return ChatRequest(**plain | changes)


async def failure(model: LlamaModel, request: ChatRequest) -> CallFailed:
    try:
        with pytest.raises(CallFailed) as caught:
            await model.chat(request)
    finally:
        await model.aclose()
    assert "\n" not in str(caught.value)
    return caught.value


def child_of(model: LlamaModel) -> subprocess.Popen[str]:
    return server_of(model)._process


def server_of(model: LlamaModel) -> llama._Server:
    assert model._host is not None
    assert model._host.server is not None
    return model._host.server


def what_others_may_read(pid: int) -> bytes:
    """A process's command line and environment."""
    return Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()


# --------------------------------------------------------------- before any call


def test_it_is_a_writer_and_nothing_else(smollm2: Path) -> None:
    make: Factory = create
    model = make("smollm2-135m", ModelOptions())
    assert isinstance(model, Writer)
    assert not isinstance(model, (Seer, Illustrator, Embedder))
    assert model.address == "llama/smollm2-135m"


def test_the_identity_is_that_of_the_file(smollm2: Path, tmp_path: Path) -> None:
    known = create("smollm2-135m", ModelOptions()).identity
    by_path = create(str(smollm2), ModelOptions(timeout=1)).identity
    assert known == {
        "provider": "llama",
        "model": "smollm2-135m",
        "sha256": KNOWN["smollm2-135m"].sha256,
    }
    assert by_path == known
    adapter = build_tiny_gguf_adapter(tmp_path / "a.gguf", {"blk.3.ffn_down.weight": (1536, 576)})
    options = ModelOptions(adapter=str(adapter), seed=3)
    assert set(create("smollm2-135m", options).identity) - set(known) == {"adapter_sha256", "seed"}


def test_the_identity_of_a_split_file_covers_all_parts(tmp_path: Path) -> None:
    first, second = (tmp_path / f"m[1]-0000{n}-of-00002.gguf" for n in (1, 2))
    first.write_bytes(b"GGUF one")
    second.write_bytes(b"GGUF two")
    before = create(str(first), ModelOptions()).identity["sha256"]
    second.write_bytes(b"GGUF three")
    assert create(str(first), ModelOptions()).identity["sha256"] != before


def test_a_model_not_pulled_yet_says_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path))
    with pytest.raises(BadInput, match="not on this machine yet") as caught:
        create("smollm2-135m", ModelOptions())
    assert caught.value.hint == "run: storypainter models pull smollm2-135m"


def test_a_damaged_pulled_model_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path))
    (tmp_path / "smollm2-135m.gguf").write_bytes(b"GGUF cut short")
    with pytest.raises(BadInput, match="is damaged") as caught:
        _ = create("smollm2-135m", ModelOptions()).identity
    assert "models pull smollm2-135m" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nothing.gguf", "there is no GGUF file"),
        ("smollm3", "there is no GGUF file"),
        ("text.gguf", "is no GGUF file"),
        ("empty.gguf", "is no GGUF file"),
        (".", "is a folder"),
    ],
)
def test_files_that_are_no_gguf_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.gguf").write_text("hello")
    Path("empty.gguf").touch()
    with pytest.raises(BadInput, match=message) as caught:
        create(name, ModelOptions())
    assert caught.value.hint


def test_adapters_that_are_none_are_one_line(smollm2: Path, tmp_path: Path) -> None:
    (tmp_path / "adapter_model.safetensors").write_bytes(b"{}")
    for adapter, message in (
        (tmp_path / "nothing", "there is no adapter file"),
        (tmp_path, "holds 0 .gguf files"),
        (tmp_path / "adapter_model.safetensors", "is no GGUF file"),
    ):
        with pytest.raises(BadInput, match=message):
            create("smollm2-135m", ModelOptions(adapter=str(adapter)))


def test_an_adapters_scale_stands_behind_its_path(smollm2: Path, tmp_path: Path) -> None:
    file = build_tiny_gguf_adapter(tmp_path / "a.gguf", {"blk.3.ffn_down.weight": (1536, 576)})

    def identity(adapter: str) -> dict[str, str]:
        return create("smollm2-135m", ModelOptions(adapter=adapter)).identity

    whole = identity(str(file))
    assert identity(f"{file}@1") == identity(f"{tmp_path}@1.0") == whole
    assert identity(f"{file}@0") == identity(f"{file}@-0") == {**whole, "adapter_scale": "0"}
    assert identity(f"{file}@0.25") == {**whole, "adapter_scale": "0.25"}
    for scale in ("", "x", "nan", "inf", "11", "-11"):
        with pytest.raises(BadInput, match="is no scale for an adapter"):
            identity(f"{file}@{scale}")
    with pytest.raises(BadInput, match="there is no adapter file"):
        identity(f"{tmp_path}/no@such/a.gguf")
    named = file.rename(tmp_path / "a@2")  # a file's own name goes first
    assert identity(str(named)) == whole


def test_a_known_base_model_speaks_by_our_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path))
    content = b"GGUF" + bytes([3, 0, 0, 0]) + bytes(16)  # no facts: no template of its own
    (tmp_path / "gemma3-270m.gguf").write_bytes(content)
    known = replace(
        KNOWN["gemma3-270m"],
        sha256=hashlib.sha256(content).hexdigest(),
        parts=(replace(KNOWN["gemma3-270m"].parts[0], size=len(content)),),
    )
    monkeypatch.setitem(KNOWN, "gemma3-270m", known)
    model = create("gemma3-270m", ModelOptions())
    template = known.chat_template
    assert model._settings(1).template == template
    assert model.identity["template_sha256"] == hashlib.sha256(template.encode()).hexdigest()


def test_without_xllamacpp_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(MissingExtra, match=r"storypainter\[local\]"):
        create("smollm2-135m", ModelOptions())


# ------------------------------------------------------------------------- asking


@pytest.mark.slow
async def test_smollm2_writes_a_story(smollm2: Path, capfd: pytest.CaptureFixture[str]) -> None:
    model = create("smollm2-135m", ModelOptions())
    reply = await model.chat(asked(max_tokens=90))
    words = reply.text.split()
    assert len(words) > 40
    assert {"kitten", "rain", "girl"} & {word.strip(".,!").lower() for word in words}
    assert reply.usage.input_tokens
    assert 40 < (reply.usage.output_tokens or 0) <= 90
    assert reply.model == "smollm2-135m"
    await model.aclose()
    assert capfd.readouterr() == ("", "")  # llama.cpp's log is not ours to show


@pytest.mark.slow
async def test_requests_are_honoured_field_by_field(smollm2: Path) -> None:
    model = create("smollm2-135m", ModelOptions(seed=5))
    best, again, hot, hotter, option, cut, likely = await asyncio.gather(
        *[
            model.chat(request)
            for request in (
                asked(),
                asked(top_p=0.0, temperature=2.0),
                asked(temperature=1.0, seed=1),
                asked(temperature=1.0, seed=2),
                asked(temperature=1.0),
                asked(max_tokens=3, logprobs=0),
                asked(max_tokens=3, logprobs=2),
            )
        ]
    )
    assert again.text == best.text
    assert len({best.text, hot.text, hotter.text, option.text}) == 4
    assert (cut.finish, cut.usage.output_tokens) == ("length", 3)
    assert "".join(row.token for row in likely.logprobs) == likely.text
    assert [len(row.top) for row in likely.logprobs] == [2, 2, 2]
    assert [row.top for row in cut.logprobs] == [(), (), ()]
    assert (await model.chat(asked(temperature=1.0, seed=5))).text == option.text
    word = best.text.split()[5]
    stopped = await model.chat(asked(stop=(word,)))
    assert (stopped.text, stopped.finish) == (best.text[: best.text.index(word)], "stop")
    await model.aclose()


@pytest.mark.slow
async def test_llama_cpps_own_sampling_defaults_are_off(smollm2: Path) -> None:
    """Its min-p of 0.05 and top-k of 40 would never let these unlikely tokens through."""
    model = create("smollm2-135m", ModelOptions())
    replies = await asyncio.gather(
        *[
            model.chat(asked(temperature=2.0, seed=seed, max_tokens=8, logprobs=40))
            for seed in range(6)
        ]
    )
    outside = [
        row
        for reply in replies
        for row in reply.logprobs
        if row.token not in {token for token, _ in row.top}
    ]
    assert outside
    await model.aclose()


async def test_a_schema_is_kept_to(smollm2: Path) -> None:
    schema = {
        "type": "object",
        "properties": {
            "name": {"type": "string", "maxLength": 12},
            "age": {"enum": [3, 4, 5]},
        },
        "required": ["name", "age"],
        "additionalProperties": False,
    }
    model = create("smollm2-135m", ModelOptions())
    reply = await model.chat(asked(schema=schema, schema_name="child", max_tokens=60))
    found = json.loads(reply.text)
    assert set(found) == {"name", "age"}
    assert found["age"] in (3, 4, 5)
    await model.aclose()


async def test_what_it_cannot_do_is_refused(smollm2: Path) -> None:
    model = create("smollm2-135m", ModelOptions())
    seen = Message("user", ("What is this?", ImagePart(b"\x89PNG", "image/png")))
    with pytest.raises(CallFailed) as caught:
        await model.chat(asked(messages=(seen,)))
    assert caught.value.verdict is Verdict.INVALID
    assert model._host is None  # nothing was loaded for it
    found = await failure(model, asked(messages=(Message("user", "rain " * llama.CONTEXT),)))
    assert found.verdict is Verdict.TOO_LONG


@pytest.mark.slow
async def test_an_adapter_changes_what_is_written(smollm2: Path, tmp_path: Path) -> None:
    (tmp_path / "adapter").mkdir()
    build_tiny_gguf_adapter(
        tmp_path / "adapter" / "a.gguf",
        {f"blk.{n}.ffn_down.weight": (1536, 576) for n in range(30)},
    )
    plain = create("smollm2-135m", ModelOptions())
    adapted = create("smollm2-135m", ModelOptions(adapter=str(tmp_path / "adapter")))
    one, other = await plain.chat(asked()), await adapted.chat(asked())
    assert one.text != other.text
    await plain.aclose()
    await adapted.aclose()


# ------------------------------------------------------------------ loading fails


@pytest.fixture
def damaged(smollm2: Path, tmp_path: Path) -> Path:
    """A folder of GGUF files with something wrong in each."""
    whole = smollm2.read_bytes()
    (tmp_path / "cut.gguf").write_bytes(whole[:50_000_000])
    at = whole.index(b"llama.attention.head_count") + len(b"llama.attention.head_count") + 4
    (tmp_path / "wrong.gguf").write_bytes(whole[:at] + bytes(4) + whole[at + 4 :])
    name = b"tokenizer.chat_template"
    (tmp_path / "base.gguf").write_bytes(whole.replace(name, b"tokenizer.chat_templaty"))
    (tmp_path / "junk.gguf").write_bytes(b"GGUF" + bytes(range(256)))
    return tmp_path


async def test_files_that_cannot_be_loaded_are_one_line(damaged: Path) -> None:
    for file, cause in (
        ("cut", "corrupted or incomplete"),
        ("wrong", "wrong shape"),
        ("base", "no chat template"),
        ("junk", "is damaged"),
    ):
        found = await failure(create(str(damaged / f"{file}.gguf"), ModelOptions()), asked())
        assert found.verdict is Verdict.NOT_FOUND
        assert cause in found.message
        assert f"{file}.gguf" in found.message
        assert found.hint


async def test_an_adapter_that_is_a_model_is_one_line(smollm2: Path) -> None:
    found = await failure(create("smollm2-135m", ModelOptions(adapter=str(smollm2))), asked())
    assert found.verdict is Verdict.NOT_FOUND
    assert "adapter" in found.message


async def test_a_device_that_is_not_there_is_one_line(smollm2: Path) -> None:
    with pytest.raises(BadInput, match="no device 'banana'"):
        create("smollm2-135m", ModelOptions(device="banana"))
    found = await failure(create("smollm2-135m", ModelOptions(device="cuda:99")), asked())
    assert found.verdict is Verdict.NOT_FOUND
    assert "cuda:99" in found.message


@pytest.mark.parametrize(
    ("script", "cause"),
    [
        ("read settings; kill -ABRT $$", "SIGABRT"),
        ("read settings; echo 'GGML E assert failed' >&2; kill -KILL $$", "assert failed"),
        ("exit 3", "exit code 3"),
        ("read settings; echo nonsense", "exit code 0"),
    ],
)
async def test_a_crash_while_loading_is_one_line_and_not_ours(
    smollm2: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, cause: str
) -> None:
    crashing = tmp_path / "crashing"
    crashing.write_text(f"#!/bin/sh\n{script}\n")
    crashing.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(crashing))
    found = await failure(create("smollm2-135m", ModelOptions()), asked())
    assert found.verdict is Verdict.NOT_FOUND
    assert cause in found.message


# -------------------------------------------------------------------- the process


@pytest.mark.slow
async def test_first_calls_at_once_start_one_server(
    smollm2: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    real = subprocess.Popen

    class Counting(real):  # type: ignore[misc,valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            started.append(self.pid)

    monkeypatch.setattr(llama.subprocess, "Popen", Counting)
    model = create("smollm2-135m", ModelOptions())
    replies = await asyncio.gather(*[model.chat(asked(max_tokens=2)) for _ in range(6)])
    assert len({reply.text for reply in replies}) == 1
    assert len(started) == 1
    await model.aclose()


async def test_the_server_answers_on_loopback_to_its_token_only(smollm2: Path) -> None:
    model = create("smollm2-135m", ModelOptions())
    await model.chat(asked(max_tokens=1))
    base = server_of(model).base_url
    assert base.startswith("http://127.0.0.1:")
    body = {"messages": [{"role": "user", "content": "Hi"}], "max_tokens": 1}
    async with aiohttp.ClientSession() as session:
        for headers in ({}, {"Authorization": "Bearer guess"}):
            async with session.post(f"{base}/chat/completions", json=body, headers=headers) as got:
                assert got.status == 401
    assert server_of(model).key.encode() not in what_others_may_read(child_of(model).pid)
    await model.aclose()


@pytest.mark.slow
async def test_closing_ends_the_server_and_a_later_call_starts_one(smollm2: Path) -> None:
    model = create("smollm2-135m", ModelOptions())
    await model.aclose()  # nothing to close yet
    before = await model.chat(asked(max_tokens=4))
    child = child_of(model)
    await model.aclose()
    assert child.poll() is not None
    assert (await model.chat(asked(max_tokens=4))).text == before.text
    await model.aclose()


async def test_closing_while_it_loads_does_not_wait(smollm2: Path) -> None:
    model = create("smollm2-135m", ModelOptions())
    call = asyncio.create_task(model.chat(asked()))
    async with asyncio.timeout(10):
        while model._host is None or model._host.server is None:  # noqa: ASYNC110 - set in the starting thread
            await asyncio.sleep(0.005)
    child = child_of(model)
    async with asyncio.timeout(5):
        await model.aclose()
        with pytest.raises(CallFailed):
            await call
    assert child.poll() is not None


@pytest.mark.slow
async def test_a_crash_while_answering_is_tried_again_with_a_new_server(smollm2: Path) -> None:
    model = create("smollm2-135m", ModelOptions())
    await model.chat(asked(max_tokens=1))
    call = asyncio.create_task(model.chat(asked(max_tokens=3000, temperature=1.0)))
    await asyncio.sleep(0.5)
    child_of(model).kill()
    with pytest.raises(CallFailed, match="was killed") as caught:
        await call
    assert caught.value.verdict is Verdict.TRANSIENT
    assert (await model.chat(asked(max_tokens=1))).text
    await model.aclose()


def test_the_server_ends_when_we_are_killed(smollm2: Path) -> None:
    code = (
        "import asyncio\n"
        "from storypainter.models.llama import create\n"
        "from storypainter.models.contract import ChatRequest, Message, ModelOptions\n"
        "async def main():\n"
        "    model = create('smollm2-135m', ModelOptions())\n"
        "    await model.chat(ChatRequest((Message('user', 'Hi'),), max_tokens=1))\n"
        "    print(model._host.server._process.pid, flush=True)\n"
        "    await asyncio.sleep(600)\n"
        "asyncio.run(main())"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    os.kill(child, 0)  # it is there
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while _is_alive(child):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_code_in_the_current_folder_is_not_run_in_the_server(
    smollm2: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "xllamacpp", "storypainter"):
        (tmp_path / f"{name}.py").write_text("open('was-run', 'w')")
    monkeypatch.chdir(tmp_path)

    async def one() -> str:
        model = create("smollm2-135m", ModelOptions())
        reply = await model.chat(asked(max_tokens=2))
        await model.aclose()
        return reply.text

    assert asyncio.run(one())
    assert not (tmp_path / "was-run").exists()
