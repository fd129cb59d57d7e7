"""What a server can do, asked with small requests."""

from __future__ import annotations

import io

import pybase64
import pytest
from aiohttp import web
from local_server import chat_payload, png, replying, serving
from PIL import Image

from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    ImageReply,
    ImageRequest,
    ModelOptions,
    Verdict,
)
from storypainter.models.image_bytes import recognise
from storypainter.models.openai import OpenAIModel
from storypainter.models.probing import _RED, Ability, probe
from storypainter.models.rehearsal import Rehearsal

NAMES = ["chat", "JSON schema", "log-probabilities", "picture input", "pictures", "embeddings"]


async def probed(handler) -> dict[str, Ability]:
    async with serving(handler) as server:
        model = OpenAIModel("openai/m", "m", ModelOptions(base_url=server.base_url, timeout=20))
        try:
            found = await probe(model)
        finally:
            await model.aclose()
    assert [ability.name for ability in found] == NAMES
    return {ability.name: ability for ability in found}


def able(**broken: object):
    """A server that can do everything, but for what is overridden by path or question."""

    async def handler(request: web.Request) -> web.Response:
        body = await request.json()
        if request.path.endswith("/images/generations"):
            entry = {"b64_json": pybase64.b64encode(png(64, 32)).decode()}
            return web.json_response(broken.get("pictures", {"data": [entry]}))
        if request.path.endswith("/embeddings"):
            rows = [{"index": i, "embedding": [0.5] * 12} for i in range(len(body["input"]))]
            return web.json_response(broken.get("embeddings", {"data": rows}))
        if "response_format" in body:
            return web.json_response(broken.get("schema", chat_payload('{"count": 4}')))
        if "logprobs" in body:
            payload = chat_payload("yes")
            top = [{"token": t, "logprob": -1.0} for t in "abcde"]
            payload["choices"][0]["logprobs"] = {
                "content": [{"token": "yes", "logprob": -0.1, "top_logprobs": top}]
            }
            return web.json_response(broken.get("logprobs", payload))
        if isinstance(body["messages"][0]["content"], list):
            return web.json_response(broken.get("sees", chat_payload("It is red.")))
        return web.json_response(broken.get("chat", chat_payload("Green")))

    return handler


async def test_a_server_that_can_do_everything():
    found = await probed(able())
    assert all(ability.works for ability in found.values()), found
    assert found["pictures"].detail == "image/png, 64x32"
    assert found["embeddings"].detail == "12 dimensions"
    assert found["log-probabilities"].detail == "5 alternatives a token"


async def test_what_is_ignored_does_not_work():
    found = await probed(
        able(
            schema=chat_payload("A dog has four legs."),
            logprobs=chat_payload("yes"),
            sees=chat_payload("I see nothing\x07 " + "at all " * 20),
            pictures={"data": [{"b64_json": pybase64.b64encode(b"GIF89a").decode()}]},
        )
    )
    assert [found[name].works for name in NAMES] == [True, False, False, None, False, True]
    assert "no JSON" in found["JSON schema"].detail
    assert found["picture input"].detail.endswith("…")
    assert found["picture input"].detail.isprintable()
    found = await probed(able(schema=chat_payload('{"count": "four"}')))
    assert found["JSON schema"].works is False
    assert "ignored" in found["JSON schema"].detail


@pytest.mark.parametrize(
    ("status", "works"), [(404, False), (400, False), (500, None), (429, None)]
)
async def test_failures_by_kind(status, works):
    found = await probed(replying({"error": {"message": "no"}}, status))
    assert {ability.works for ability in found.values()} == {works}
    assert "no" in found["chat"].detail


async def test_a_server_that_runs_out_of_tokens_is_unclear():
    payload = chat_payload("")
    payload["choices"][0]["finish_reason"] = "length"
    assert (await probed(able(chat=payload)))["chat"].works is None


async def test_a_wrong_key_stops_the_probe():
    with pytest.raises(CallFailed) as caught:
        await probed(replying({"error": {"message": "no"}}, 401))
    assert caught.value.verdict is Verdict.AUTH


async def test_the_scripted_model_answers_but_keeps_no_schema():
    found = {ability.name: ability.works for ability in await probe(Rehearsal())}
    assert found["chat"]
    assert found["pictures"]
    assert found["embeddings"]
    assert found["JSON schema"] is False


async def test_what_a_provider_lacks_is_said():
    class OnlyPaints:
        address, identity = "x/y", {"provider": "x"}

        async def illustrate(self, request: ImageRequest) -> ImageReply:
            return ImageReply(png())

        async def aclose(self) -> None: ...

    found = {ability.name: ability for ability in await probe(OnlyPaints())}
    assert found["pictures"].works
    assert found["chat"].works is False
    assert "no such call" in found["embeddings"].detail

    class OnlyWrites(OnlyPaints):
        sees = False
        illustrate = None  # type: ignore[assignment]

        async def chat(self, request: ChatRequest) -> ChatReply:
            return ChatReply("ok")

    found = {ability.name: ability for ability in await probe(OnlyWrites())}
    assert found["picture input"].works is False


def test_the_red_square_is_red():
    assert recognise(_RED).width == 32
    with Image.open(io.BytesIO(_RED)) as picture:
        assert picture.convert("RGB").getcolors() == [(32 * 32, (255, 0, 0))]
