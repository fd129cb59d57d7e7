"""The client against real servers in this process: every status, body and way to break."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

import aiohttp
import orjson
import pybase64
import pytest
from aiohttp import web
from aiohttp.client_reqrep import ConnectionKey
from local_server import (
    Handler,
    chat_payload,
    in_turn,
    png,
    raw_serving,
    replying,
    serving,
)

from storypainter.errors import BadInput
from storypainter.models import openai as client
from storypainter.models.catalog import connect
from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    EmbedRequest,
    ImagePart,
    ImageRequest,
    Message,
    ModelOptions,
    Usage,
    Verdict,
)
from storypainter.models.openai import OpenAIModel, _may_be_public

ASK = ChatRequest((Message("user", "Tell."),))
PAINT = ImageRequest("A red ball.")


def model_at(base_url: str, name: str = "m", timeout: float = 20.0, **more: Any) -> OpenAIModel:
    options = ModelOptions(base_url=base_url, timeout=timeout, **more)
    return OpenAIModel(f"openai/{name}", name, options)


async def sent_to(base_url: str, send: Callable[[OpenAIModel], Awaitable[Any]], **more: Any) -> Any:
    model = model_at(base_url, **more)
    try:
        return await send(model)
    finally:
        await model.aclose()


async def failure_of(
    base_url: str, send: Callable[[OpenAIModel], Awaitable[Any]], **more: Any
) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        await sent_to(base_url, send, **more)
    assert "\n" not in str(caught.value)
    return caught.value


async def chat_failure(handler: Handler, **more: Any) -> CallFailed:
    async with serving(handler) as server:
        return await failure_of(server.base_url, lambda m: m.chat(ASK), **more)


async def paint_failure(handler: Handler, **more: Any) -> CallFailed:
    async with serving(handler) as server:
        return await failure_of(server.base_url, lambda m: m.illustrate(PAINT), **more)


def error(message: str, code: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": "x", "code": code}}


# -------------------------------------------------------------------------- good replies


async def test_a_chat():
    async with serving(replying(chat_payload("Once."))) as server:
        reply = await sent_to(server.base_url, lambda m: m.chat(ASK), api_key="a-key")
        assert reply == ChatReply("Once.", "stop", Usage(11, 7), "served-model")
        path, headers, _ = server.seen[0]
        assert path == "/v1/chat/completions"
        assert headers["Authorization"] == "Bearer a-key"
        assert headers["Content-Type"] == "application/json"
        assert server.body()["messages"] == [{"role": "user", "content": "Tell."}]


async def test_no_key_no_authorization_and_a_user_part_before_a_key():
    async with serving(replying(chat_payload())) as server:
        await sent_to(server.base_url, lambda m: m.chat(ASK))
        assert "Authorization" not in server.seen[0][1]
        own = server.base_url.replace("//", "//me:p%C3%A4ss@")
        await sent_to(own, lambda m: m.chat(ASK), api_key="key-of-another-server")
        basic = pybase64.b64encode("me:päss".encode()).decode()
        assert server.seen[1][1]["Authorization"] == f"Basic {basic}"


async def test_a_picture_is_sent_to_a_seer():
    async with serving(replying(chat_payload("red"))) as server:
        request = ChatRequest((Message("user", ("What?", ImagePart(b"abc", "image/png"))),))
        await sent_to(server.base_url, lambda m: m.chat(request))
        text, picture = server.body()["messages"][0]["content"]
        assert text == {"type": "text", "text": "What?"}
        assert picture["image_url"]["url"] == "data:image/png;base64,YWJj"


async def test_a_gzipped_reply():
    body = gzip.compress(orjson.dumps(chat_payload("Packed.")))
    handler = replying(body, headers={"Content-Encoding": "gzip"})
    async with serving(handler) as server:
        assert (await sent_to(server.base_url, lambda m: m.chat(ASK))).text == "Packed."


async def test_a_picture_in_base64():
    usage = {"input_tokens": 3, "output_tokens": 4}
    entry = {"b64_json": pybase64.b64encode(png()).decode(), "revised_prompt": "better"}
    async with serving(replying({"data": [entry], "usage": usage})) as server:
        reply = await sent_to(server.base_url, lambda m: m.illustrate(PAINT))
        assert (reply.data, reply.revised_prompt, reply.usage) == (png(), "better", Usage(3, 4))
        assert server.seen[0][0] == "/v1/images/generations"


async def test_an_edit_is_a_form_with_files():
    entry = {"b64_json": pybase64.b64encode(png()).decode()}
    part = ImagePart(png(), "image/png")
    async with serving(replying({"data": [entry]})) as server:
        one = ImageRequest("x", images=(part,), mask=part)
        await sent_to(server.base_url, lambda m: m.illustrate(one), name="gpt-image-2")
        path, headers, body = server.seen[0]
        assert path == "/v1/images/edits"
        assert headers["Content-Type"].startswith("multipart/form-data")
        assert b'name="image"; filename="image0.png"' in body
        assert b'name="mask"; filename="mask.png"' in body
        assert b'name="prompt"' in body
        two = ImageRequest("x", images=(part, part))
        await sent_to(server.base_url, lambda m: m.illustrate(two), name="gpt-image-2")
        assert server.seen[1][2].count(b'name="image[]"') == 2


async def test_embeddings_and_the_list_of_models():
    vectors = {"data": [{"index": 0, "embedding": [1, 2]}]}
    async with serving(replying(vectors)) as server:
        reply = await sent_to(server.base_url, lambda m: m.embed(EmbedRequest(("a",))))
        assert reply.vectors == ((1.0, 2.0),)
    rows = {"data": [{"id": "a"}, {"id": 3}, "x", {"id": "b"}]}
    async with serving(replying(rows)) as server:
        assert await sent_to(server.base_url, lambda m: m.list_models()) == ("a", "b")
        assert server.seen[0][0] == "/v1/models"
    async with serving(replying([1])) as server:
        assert await sent_to(server.base_url, lambda m: m.list_models()) == ()


def test_where_the_official_api_is():
    model = OpenAIModel("openai/gpt-4o", "gpt-4o", ModelOptions())
    assert model.identity["base_url"] == "https://api.openai.com/v1"
    assert model._dialect == "official"
    other = OpenAIModel(
        "openai/x", "x", ModelOptions(base_url="https://api.openai.com.evil.example")
    )
    assert other._dialect == "compatible"


async def test_closing_twice_and_never_opened():
    model = model_at("http://127.0.0.1:1")
    await model.aclose()
    await model.aclose()


# --------------------------------------------------------------------- statuses and bodies


@pytest.mark.parametrize(
    ("status", "payload", "verdict", "says"),
    [
        (401, error("no such key"), Verdict.AUTH, "no such key"),
        (403, error("not yours"), Verdict.AUTH, "not yours"),
        (404, error("model m does not exist"), Verdict.NOT_FOUND, "does not exist"),
        (429, error("slow down"), Verdict.RATE_LIMIT, "slow down"),
        (429, error("pay", "insufficient_quota"), Verdict.OUT_OF_BUDGET, "pay"),
        (400, error("no", "content_policy_violation"), Verdict.REFUSED, "no"),
        (400, error("long", "context_length_exceeded"), Verdict.TOO_LONG, "long"),
        (400, error("bad field"), Verdict.INVALID, "bad field"),
        (500, error("oops"), Verdict.TRANSIENT, "oops"),
        (502, b"<html><body>Bad gateway", Verdict.TRANSIENT, "HTML page"),
        (307, b"", Verdict.NOT_FOUND, "redirect"),
        (200, b"<!DOCTYPE html><p>login", Verdict.MALFORMED, "HTML page"),
        (200, b"{not json", Verdict.MALFORMED, "no valid JSON"),
        (200, b"", Verdict.MALFORMED, "no valid JSON"),
        (200, {"choices": []}, Verdict.MALFORMED, "no choice"),
        (200, chat_payload("", refusal="I won't."), Verdict.REFUSED, "I won't"),
        (200, error("upstream broke"), Verdict.TRANSIENT, "upstream broke"),
        (200, error("x", "content_filter"), Verdict.REFUSED, "x"),
    ],
)
async def test_every_kind_of_failure(status, payload, verdict, says):
    failure = await chat_failure(replying(payload, status))
    assert failure.verdict is verdict
    assert says in failure.message
    assert "<" not in failure.message


@pytest.mark.parametrize(
    ("headers", "low", "high"),
    [
        ({"Retry-After": "3"}, 3, 3),
        ({"retry-after-ms": "1500"}, 1.5, 1.5),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0, 0),
        ({}, None, None),
    ],
)
async def test_how_long_to_wait(headers, low, high):
    failure = await chat_failure(replying(error("slow"), 429, headers=headers))
    assert failure.verdict is Verdict.RATE_LIMIT
    assert failure.retry_after == low == high


async def test_the_hint_of_a_wrong_key_names_the_variable():
    assert "is not set" in (await chat_failure(replying(error("x"), 401))).hint
    assert (
        "is not accepted" in (await chat_failure(replying(error("x"), 401), api_key="abcdef")).hint
    )


async def test_a_redirect_is_not_followed():
    async def elsewhere(request: web.Request) -> web.Response:
        raise web.HTTPFound("/v1/elsewhere")

    async with serving(elsewhere) as server:
        failure = await failure_of(server.base_url, lambda m: m.chat(ASK))
        assert failure.verdict is Verdict.NOT_FOUND
        assert failure.hint == "correct --base-url"
        assert len(server.seen) == 1


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("answer", "reset"),
    [
        (HEAD + b'Content-Length: 500\r\n\r\n{"choices": [', False),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", False),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", False),
        (HEAD + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope", False),
        (b"", False),
        (b"", True),
        (HEAD + b'Content-Length: 500\r\n\r\n{"cho', True),
        (b"SSH-2.0-OpenSSH_9.2\r\n", False),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", False),
    ],
)
async def test_connections_that_break(answer, reset):
    async with raw_serving(answer, reset=reset) as base_url:
        failure = await failure_of(base_url, lambda m: m.chat(ASK))
    assert failure.verdict is Verdict.TRANSIENT
    assert "127.0.0.1" in failure.message


async def test_a_hung_call_times_out():
    async def hang(_: web.Request) -> web.Response:
        await asyncio.sleep(30)
        raise AssertionError

    failure = await chat_failure(hang, timeout=0.2)
    assert failure.verdict is Verdict.TIMEOUT
    assert "within 0.2 s" in failure.message


async def test_a_body_that_never_ends_times_out():
    async def drip(request: web.Request) -> web.StreamResponse:
        reply = web.StreamResponse()
        await reply.prepare(request)
        while True:
            await reply.write(b" ")
            await asyncio.sleep(0.02)

    assert (await chat_failure(drip, timeout=0.3)).verdict is Verdict.TIMEOUT


async def test_no_server_there():
    async with serving(replying({})) as server:
        gone = server.base_url
    failure = await failure_of(gone, lambda m: m.chat(ASK))
    assert failure.verdict is Verdict.UNREACHABLE
    assert "refused" in failure.message
    assert "start the server" in failure.hint


@pytest.mark.parametrize(
    "address", ["http://nowhere.invalid/v1", f"http://{'a' * 70}.invalid", "http://a..b/v1"]
)
async def test_names_that_lead_nowhere(address):
    failure = await failure_of(address, lambda m: m.chat(ASK))
    assert failure.verdict is Verdict.UNREACHABLE


@pytest.mark.parametrize("key", [None, "sk-some"])
async def test_nobody_is_told_to_start_the_official_server(key):
    gone = aiohttp.ClientConnectorDNSError(
        ConnectionKey("api.openai.com", 443, True, True, None, None, None), OSError(-2, "unknown")
    )
    model = model_at("https://api.openai.com/v1", api_key=key)
    failure = model._unreachable(gone)
    assert failure.verdict is Verdict.UNREACHABLE
    assert "name can't be resolved" in failure.message
    assert "check your network" in failure.hint
    assert "start" not in failure.hint
    assert ("OPENAI_API_KEY" in failure.hint) is (key is None)


async def test_a_certificate_that_is_not_accepted():
    key = ConnectionKey("h", 443, True, True, None, None, None)
    for error_ in (
        aiohttp.ClientConnectorCertificateError(key, ssl.SSLCertVerificationError("self-signed")),
        aiohttp.ClientConnectorSSLError(key, ssl.SSLError("wrong version")),
    ):
        failure = model_at("https://h/v1")._unreachable(error_)
        assert failure.verdict is Verdict.UNREACHABLE
        assert "certificate" in failure.message


async def test_a_plain_server_behind_https():
    async with serving(replying({})) as server:
        address = server.base_url.replace("http:", "https:")
        failure = await failure_of(address, lambda m: m.chat(ASK))
    assert failure.verdict is Verdict.UNREACHABLE


@pytest.mark.parametrize(
    "url",
    ["ftp://host/v1", "host:80", "", "http://", "http://h:99999/v1", "http://h/v1?key=s3cret"],
)
def test_bad_base_urls(url):
    with pytest.raises(BadInput) as caught:
        connect("openai/m", ModelOptions(base_url=url or "x"))
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("key", ["line\nbreak-key", "schlüssel-key", "nul\0-key"])
async def test_keys_that_no_header_can_hold(key):
    failure = await failure_of("http://127.0.0.1:1/v1", lambda m: m.chat(ASK), api_key=key)
    assert failure.verdict is Verdict.AUTH
    assert key not in str(failure)


# ----------------------------------------------------------------------------- sizes


async def test_huge_replies_are_cut_off(monkeypatch):
    monkeypatch.setattr(client, "MAX_BYTES", 1 << 20)

    async def streamed(request: web.Request) -> web.StreamResponse:
        reply = web.StreamResponse()
        await reply.prepare(request)
        for _ in range(64):
            await reply.write(b" " * (1 << 16))
        return reply

    for handler in (streamed, replying(b" " * (2 << 20))):
        failure = await chat_failure(handler)
        assert failure.verdict is Verdict.MALFORMED
        assert "larger than 1 MB" in failure.message


async def test_a_small_reply_that_unpacks_to_a_huge_one(monkeypatch):
    monkeypatch.setattr(client, "MAX_BYTES", 1 << 20)
    bomb = gzip.compress(b"\0" * (64 << 20))
    failure = await chat_failure(replying(bomb, headers={"Content-Encoding": "gzip"}))
    assert failure.verdict in (Verdict.MALFORMED, Verdict.TRANSIENT)


# -------------------------------------------------------------------------- pictures


@pytest.mark.parametrize(
    "payload",
    [{"data": []}, {"data": [{"b64_json": ""}]}, {"data": [{"b64_json": "%%"}]}, {"data": None}],
)
async def test_pictures_that_are_none(payload):
    failure = await paint_failure(replying(payload))
    assert failure.verdict is Verdict.MALFORMED
    assert failure.usage == Usage()


def picture_at(url: str, **more: Any) -> Handler:
    return replying({"data": [{"url": url, "revised_prompt": "r"}], **more})


async def with_picture_url(
    path_answer: Handler, monkeypatch: pytest.MonkeyPatch | None = None
) -> tuple[Any, list[tuple[str, dict[str, str], bytes]]]:
    """Ask a server that offers its picture at its own host, which then answers so."""

    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path.startswith("/files"):
            return await path_answer(request)
        url = f"http://{request.host}/files/p.png?sig=1"
        return await picture_at(url, usage={"input_tokens": 2})(request)

    async with serving(handler) as server:
        try:
            found = await sent_to(server.base_url, lambda m: m.illustrate(PAINT), api_key="a-key")
        except CallFailed as failure:
            found = failure
        return found, server.seen


async def test_a_picture_at_the_servers_own_host_is_fetched_without_the_key():
    reply, seen = await with_picture_url(replying(png(), content_type="image/png"))
    assert (reply.data, reply.revised_prompt, reply.usage) == (png(), "r", Usage(2))
    assert "Authorization" in seen[0][1]
    assert seen[1][0] == "/files/p.png"
    assert "Authorization" not in seen[1][1]


async def test_a_redirected_picture_is_not_followed():
    async def moved(_: web.Request) -> web.Response:
        raise web.HTTPFound("http://127.0.0.1:1/secret")

    failure, seen = await with_picture_url(moved)
    assert failure.verdict is Verdict.INVALID
    assert "redirect" in failure.message
    assert len(seen) == 2
    assert failure.usage == Usage(2)


async def test_a_missing_picture_was_paid_all_the_same():
    failure, seen = await with_picture_url(replying(b"", 404))
    assert (failure.verdict, failure.usage) == (Verdict.MALFORMED, Usage(2))
    assert len(seen) == 2


async def test_a_picture_that_comes_at_the_second_try_is_painted_once():
    answer = in_turn(replying(b"", 503), replying(png(), content_type="image/png"))
    reply, seen = await with_picture_url(answer)
    assert reply.data == png()
    assert [path for path, _, _ in seen].count("/v1/images/generations") == 1


async def test_a_picture_that_never_comes():
    failure, seen = await with_picture_url(replying(b"", 500))
    assert failure.verdict is Verdict.TRANSIENT
    assert len(seen) == 1 + client.DOWNLOAD_TRIES


async def test_an_oversized_picture(monkeypatch):
    monkeypatch.setattr(client, "MAX_BYTES", 1 << 16)
    failure, _ = await with_picture_url(replying(b"x" * (1 << 17)))
    assert failure.verdict is Verdict.MALFORMED
    assert "larger than" in failure.message


async def test_a_picture_url_that_hangs():
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path.startswith("/files"):
            await asyncio.sleep(30)
        return await picture_at(f"http://{request.host}/files/p.png")(request)

    assert (await paint_failure(handler, timeout=0.3)).verdict is Verdict.TIMEOUT


@pytest.mark.parametrize(
    "url", ["ftp://x.example/p.png", "file:///etc/passwd", "p.png", "http:///p.png", "http://[::1"]
)
async def test_urls_that_are_not_http(url):
    failure = await paint_failure(picture_at(url))
    assert failure.verdict is Verdict.MALFORMED


PRIVATE_HOSTS = [
    "127.0.0.1", "10.1.2.3", "192.168.0.9", "172.16.0.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "224.0.0.1", "[::1]", "[fe80::1]", "[fc00::1]", "[fec0::1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    "2130706433", "127.1", "0177.0.0.1", "0x7f000001", "0x7f.1", "127.0.0.1.", "00.00.00.00",
    "１２７.0.0.1", "127。0。0。1",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE_HOSTS)
async def test_private_addresses_are_never_fetched(host):
    async with serving(replying(png())) as inside:
        port = inside.root.rsplit(":", 1)[1]
        failure = await paint_failure(picture_at(f"http://{host}:{port}/p.png"))
        assert failure.verdict is Verdict.INVALID, failure
        assert "private address" in failure.message
        assert failure.usage == Usage()
        assert inside.seen == []


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST"])
async def test_names_of_private_addresses_are_never_fetched(name):
    async with serving(replying(png())) as inside:
        port = inside.root.rsplit(":", 1)[1]
        failure = await paint_failure(picture_at(f"http://{name}:{port}/p.png"))
        assert failure.verdict is Verdict.INVALID
        assert inside.seen == []


@pytest.mark.parametrize("host", ["8.8.8.8", "2606:4700::1111", "pictures.example.com", "a1.b2c"])
def test_public_hosts_may_be_asked(host):
    assert _may_be_public(host)


class ScriptedResolver:
    """Answers look-ups from a list, one answer a look-up."""

    answers: ClassVar[list[list[str]]] = []

    async def resolve(self, host: str, port: int = 0, family: int = 2) -> list[dict[str, Any]]:
        addresses = self.answers.pop(0)
        return [
            {"hostname": host, "host": a, "port": port, "family": 2, "proto": 0, "flags": 0}
            for a in addresses
        ]

    async def close(self) -> None: ...


async def test_a_name_that_changes_its_mind_is_checked_when_it_is_used(monkeypatch):
    """DNS rebinding: the address that is connected to is the one that was checked."""
    monkeypatch.setattr(client, "ThreadedResolver", ScriptedResolver)
    monkeypatch.setattr(ScriptedResolver, "answers", [["127.0.0.1"], ["127.0.0.1", "10.0.0.1"]])
    async with serving(replying(png())) as inside:
        port = inside.root.rsplit(":", 1)[1]
        for _ in range(2):
            failure = await paint_failure(picture_at(f"http://rebound.example:{port}/p.png"))
            assert failure.verdict is Verdict.INVALID
        assert inside.seen == []
    resolver = client._PublicOnly()
    monkeypatch.setattr(ScriptedResolver, "answers", [["127.0.0.1", "8.8.8.8"]])
    assert [entry["host"] for entry in await resolver.resolve("mixed.example")] == ["8.8.8.8"]


async def test_an_unknown_picture_host():
    failure = await paint_failure(picture_at("http://nowhere.invalid/p.png"))
    assert failure.verdict is Verdict.TRANSIENT
    assert "can't be reached" in failure.message
