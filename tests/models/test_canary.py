"""A canary key, and one in the base URL's user part, go through every failure and leave no trace."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import orjson
import pybase64
import pytest
from aiohttp import web
from local_server import Handler, chat_payload, raw_serving, replying, serving
from memory_store import MemoryStore

from storypainter.errors import StorypainterError
from storypainter.models import calling
from storypainter.models import openai as client
from storypainter.models.calling import Caller
from storypainter.models.catalog import connect
from storypainter.models.contract import (
    ChatRequest,
    EmbedRequest,
    ImageRequest,
    Message,
    ModelOptions,
)
from storypainter.models.openai import OpenAIModel
from storypainter.models.probing import probe

KEY = "canary-7f3a-KEY-91bc"
USER, WORD = "canary-7f3a-USER-44d0", "canary-7f3a/WORD@0e"
BASIC = pybase64.b64encode(f"{USER}:{WORD}".encode()).decode()
#: Whole secrets, and any piece of one that is long enough to be of use.
TRACES = ("canary-7f3a", BASIC, BASIC[:12], "WORD@0e", "KEY-91bc", "USER-44d0")


def with_user_part(base_url: str) -> str:
    return base_url.replace("//", f"//{USER}:{WORD.replace('/', '%2F').replace('@', '%40')}@", 1)


def assert_no_trace(text: str) -> None:
    for trace in TRACES:
        assert trace not in text, text


def everything_about(error: BaseException) -> Iterator[str]:
    """What could be printed of an error: its texts, its causes, its traceback."""
    seen: list[BaseException] = []
    while error not in seen:
        seen.append(error)
        yield str(error)
        yield repr(error)
        yield repr(error.args)
        yield repr({k: v for k, v in vars(error).items() if not isinstance(v, BaseException)})
        inner = error.__cause__ or error.__context__
        if inner is None:
            break
        error = inner
    yield "".join(traceback.format_exception(seen[0]))


ECHO = f"you sent Bearer {KEY} or Basic {BASIC}, that is {USER}:{WORD}, to http://{USER}@h/v1"
CUT = "x" * 270 + " wrong key: " + KEY  # the message is cut inside the key


def error(text: str, code: str = "") -> dict[str, object]:
    return {"error": {"message": text, "code": code}}


async def hang(request: web.Request) -> web.Response:
    await asyncio.sleep(30)
    raise AssertionError


async def move(request: web.Request) -> web.Response:
    raise web.HTTPFound(f"http://{USER}:x@elsewhere.invalid/{KEY}")


def picture_at(url: str) -> Handler:
    return replying({"data": [{"url": url}]})


FAILURES: dict[str, Handler] = {
    "401": replying(error(ECHO), 401),
    "401, cut in the key": replying(error(CUT), 401),
    "401, plain text": replying(("y" * 190 + " " + KEY).encode(), 401),
    "403": replying(error(ECHO), 403),
    "404": replying(error(ECHO), 404),
    "400": replying(error(ECHO), 400),
    "400, in another field": replying(orjson.dumps({"detail": [{"input": ECHO}]}), 400),
    "policy": replying(error(ECHO, "content_policy_violation"), 400),
    "too long": replying(error(ECHO, "context_length_exceeded"), 400),
    "quota": replying(error(ECHO, "insufficient_quota"), 429),
    "429": replying(error(ECHO), 429),
    "500": replying(f"<p>{ECHO}".encode(), 500),
    "500, HTML": replying(f"<!doctype html>{ECHO}".encode(), 500),
    "200 with an error": replying(error(ECHO)),
    "refusal": replying(chat_payload("", refusal=ECHO)),
    "refusal, cut in the key": replying(chat_payload("", refusal=CUT)),
    "malformed": replying(ECHO.encode()),
    "no choice": replying({"choices": [], "note": ECHO}),
    "redirect": move,
    "timeout": hang,
    "picture URL with a key": picture_at(f"http://127.0.0.1:1/{KEY}"),
    "picture URL that is none": picture_at(f"ftp://{USER}:{KEY}@h/p.png"),
    "picture URL elsewhere": picture_at(f"http://{KEY}.invalid/p.png"),
}


async def all_calls(base_url: str, key: str | None, timeout: float = 0.5) -> str:
    """Every kind of call through the calling path; all that is left behind, as text."""
    store = MemoryStore()
    left: list[str] = []

    async def at_once(_: float) -> None: ...

    try:
        model = connect("openai/m", ModelOptions(base_url=base_url, api_key=key, timeout=timeout))
    except StorypainterError as failure:
        return "\n".join(everything_about(failure))
    assert isinstance(model, OpenAIModel)
    caller = Caller(store, sleep=at_once)
    ask = ChatRequest((Message("user", "Tell."),))
    for send in (
        lambda: caller.chat(model, ask, step="s", sample=""),
        lambda: caller.illustrate(model, ImageRequest("x"), step="s", sample=""),
        lambda: caller.embed(model, EmbedRequest(("x",)), step="s"),
        model.list_models,
        lambda: probe(model),
    ):
        try:
            left.append(repr(await send()))
        except StorypainterError as failure:
            left += everything_about(failure)
            left.append(repr(failure.hint))
    left += [repr(model), repr(model.identity), model.address, model.base_url]
    left += [repr(model._options), repr(caller), repr(caller.counts), store.everything()]
    await model.aclose()
    return "\n".join(left)


@pytest.fixture(autouse=True)
def _few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "TRIES", dict.fromkeys(calling.TRIES, 2))
    monkeypatch.setattr(client, "DOWNLOAD_TRIES", 1)


@pytest.fixture
def logs(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize("place", ["key", "user part"])
async def test_no_failure_tells_the_key(name, place, logs, capfd):
    timeout = 0.15 if name == "timeout" else 20.0
    async with serving(FAILURES[name]) as server:
        if place == "key":
            left = await all_calls(server.base_url, KEY, timeout)
        else:
            left = await all_calls(with_user_part(server.base_url), None, timeout)
        sent = server.seen[0][1]["Authorization"]
        assert sent == (f"Bearer {KEY}" if place == "key" else f"Basic {BASIC}")
    gc.collect()
    out = "".join(capfd.readouterr())
    # Only the other secret may be named by a server that was never sent it.
    mine = (KEY, "KEY-91bc") if place == "key" else (USER, WORD, BASIC, "USER-44d0", "WORD@0e")
    for text in (left, logs.text, out):
        for trace in mine:
            assert trace not in text, text
        for end in range(9, len(mine[0])):
            assert mine[0][:end] + "…" not in text


@pytest.mark.parametrize("place", ["key", "user part"])
async def test_no_broken_connection_tells_the_key(place, logs, capfd):
    async with serving(hang) as server:
        gone = server.base_url
    addresses = [gone, "http://nowhere.invalid/v1", "http://a..b/v1", gone.replace("http", "https")]
    async with (
        raw_serving(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{") as cut,
        raw_serving(b"SSH-2.0-OpenSSH_9.2\r\n") as alien,
    ):
        for base_url in (*addresses, cut, alien):
            if place == "key":
                assert_no_trace(await all_calls(base_url, KEY, 20.0))
            else:
                assert_no_trace(await all_calls(with_user_part(base_url), None, 20.0))
    gc.collect()
    assert_no_trace(logs.text)
    assert_no_trace("".join(capfd.readouterr()))


@pytest.mark.parametrize(
    "url",
    [
        f"http://{USER}:{KEY}@",
        f"ftp://{USER}:{KEY}@host/v1",
        f"http://{USER}:{KEY}@host:port/v1",
        f"http://{USER}:{KEY}@host:99999/v1",
        f"http://{USER}@[::1",
        f"http://host/v1?api_key={KEY}",
        f"{USER}:{KEY}@host",
        KEY,
    ],
)
async def test_no_bad_url_tells_the_key(url):
    assert_no_trace(await all_calls(url, None))


@pytest.mark.parametrize("key", [KEY + "\n", "é" + KEY, KEY + "\0"])
async def test_no_unusable_key_is_told(key):
    assert_no_trace(await all_calls("http://127.0.0.1:1/v1", key))


async def storypainter(tmp_path: Path, base_url: str, key: str | None) -> str:
    """Run the command; all that it prints and every byte that it leaves on disk."""
    environment = {**os.environ, "OPENAI_BASE_URL": base_url}
    if key is not None:
        environment["OPENAI_API_KEY"] = key
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "storypainter.cli.main", "tell", "-n", "2",
        "--storyteller", "openai/m", "--mode", "naive", "--out", str(tmp_path / "run"),
        cwd=tmp_path, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await process.communicate()
    assert process.returncode != 0, out.decode()
    return out.decode() + bytes_under(tmp_path).decode("utf-8", "replace")


def bytes_under(folder: Path) -> bytes:
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return b"".join(file.read_bytes() for file in files)


@pytest.mark.parametrize(("name", "place"), [("401", "key"), ("policy", "user part")])
async def test_no_run_tells_the_key(name, place, tmp_path):
    async with serving(FAILURES[name]) as server:
        url, key = (server.base_url, KEY) if place == "key" else (
            with_user_part(server.base_url), None
        )  # fmt: skip
        left = await storypainter(tmp_path, url, key)
        assert server.seen
    mine = (KEY, "KEY-91bc") if place == "key" else (USER, WORD, BASIC, "USER-44d0", "WORD@0e")
    for trace in mine:
        assert trace not in left
