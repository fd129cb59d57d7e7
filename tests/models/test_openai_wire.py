"""Request bodies against the vendor's published schema, and replies of every kind."""

from __future__ import annotations

import base64
import functools
import inspect
import json
import re
import typing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import openai.types as vendor
import orjson
import pybase64
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from local_server import chat_payload, png
from openai.types import embedding_create_params, image_edit_params, image_generate_params
from openai.types.chat import completion_create_params
from openai.types.shared.chat_model import ChatModel
from pydantic import ConfigDict, TypeAdapter, with_config

from storypainter.models import openai_wire as wire
from storypainter.models.catalog import KNOWN
from storypainter.models.contract import (
    CallFailed,
    ChatRequest,
    EmbedRequest,
    ImagePart,
    ImageReply,
    ImageRequest,
    Message,
    Usage,
    Verdict,
)

CHAT = completion_create_params.CompletionCreateParamsNonStreaming
IMAGE = image_generate_params.ImageGenerateParamsNonStreaming
EDIT = image_edit_params.ImageEditParamsNonStreaming
EMBED = embedding_create_params.EmbeddingCreateParams


def checked(kind: type, body: dict[str, object]) -> None:
    """The body holds no field that the vendor's schema lacks, and each has the right type."""
    known, adapter = schema_of(kind)
    assert body.keys() <= known, body.keys() - known
    adapter.validate_python(body)


@functools.cache
def schema_of(kind: type) -> tuple[frozenset[str], TypeAdapter[object]]:
    """The names of the fields, and a validator that knows no others."""
    names = frozenset(typing.get_type_hints(kind, include_extras=True))
    return names, TypeAdapter(
        with_config(ConfigDict(extra="forbid", arbitrary_types_allowed=True))(kind)
    )


CHAT_MODELS = ["gpt-4o", "gpt-4.1-mini", "gpt-4-turbo", "o1", "o3", "o4-mini", "gpt-5", "gpt-5.5",
               "gpt-5.4-mini", "gpt-5.3-chat-latest", "gpt-6-astra"]  # fmt: skip
REASONING = ["o1", "o3", "o4-mini", "gpt-5", "gpt-5.5", "gpt-5.4-mini", "gpt-6-astra"]
GPT_IMAGE = ["gpt-image-1", "gpt-image-1-mini", "gpt-image-1.5", "gpt-image-2",
             "gpt-image-2-2026-04-21", "gpt-image-2.5-sunburst", "gpt-image-2.5-flare",
             "gpt-image-2.5-flare-2026-09-08", "chatgpt-image-latest"]  # fmt: skip
MADE_UP = ["some/other-painter"]
IMAGE_MODELS = [*GPT_IMAGE, "dall-e-2", "dall-e-3", *MADE_UP]

parts = st.builds(
    ImagePart,
    st.binary(max_size=20),
    st.sampled_from(["image/png", "image/jpeg"]),
    st.sampled_from(["auto", "low", "high"]),
)
plain_messages = st.builds(
    Message, st.sampled_from(["system", "user", "assistant"]), st.text(max_size=20)
)
seeing_messages = st.builds(
    Message,
    st.just("user"),
    st.lists(st.text(max_size=9) | parts, min_size=1, max_size=3).map(tuple),
)
schemas = st.none() | st.just({"type": "object", "properties": {}, "additionalProperties": False})
chats = st.builds(
    ChatRequest,
    messages=st.lists(plain_messages | seeing_messages, min_size=1, max_size=3).map(tuple),
    temperature=st.sampled_from([0.0, 0.5, 1.0]),
    top_p=st.sampled_from([0.3, 1.0]),
    max_tokens=st.integers(1, 4096),
    frequency_penalty=st.sampled_from([0.0, 0.7]),
    presence_penalty=st.sampled_from([0.0, -0.7]),
    seed=st.none() | st.integers(0, 2**31),
    stop=st.lists(st.text(min_size=1, max_size=5), max_size=4).map(tuple),
    schema=schemas,
    schema_name=st.sampled_from(["reply", "story_scene"]),
    logprobs=st.none() | st.integers(0, 20),
)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(CHAT_MODELS), chats, st.sampled_from(["official", "compatible"]))
def test_every_chat_body_fits_the_vendors_schema(model, request, dialect):
    try:
        body = wire.chat_body(model, request, dialect)
    except CallFailed as failure:
        refused = failure
    else:
        refused = None
    if refused is not None:
        assert refused.verdict is Verdict.INVALID
        assert model in REASONING
        assert dialect == "official"
        return
    checked(CHAT, body)
    assert ("max_completion_tokens" in body) == (dialect == "official")
    assert ("max_tokens" in body) == (dialect == "compatible")
    sampling = {"temperature", "top_p", "frequency_penalty", "presence_penalty"}
    if dialect == "official" and model in REASONING:
        assert not body.keys() & (sampling | {"logprobs", "top_logprobs"})
    else:
        assert body.keys() >= sampling
    if "top_logprobs" in body:
        assert body["logprobs"] is True
    assert body["stream"] is False


@pytest.mark.parametrize("model", REASONING)
@pytest.mark.parametrize("field", [{"temperature": 0.2}, {"top_p": 0.5}, {"logprobs": 3}])
def test_reasoning_models_are_asked_for_nothing_that_they_refuse(model, field):
    request = ChatRequest((Message("user", "hi"),), **field)
    with pytest.raises(CallFailed, match=model) as caught:
        wire.chat_body(model, request, "official")
    assert caught.value.verdict is Verdict.INVALID
    assert caught.value.hint
    wire.chat_body(model, request, "compatible")


def test_o3_and_o4_take_no_stop_sequences():
    request = ChatRequest((Message("user", "hi"),), stop=("END",))
    for model in ("o3", "o4-mini"):
        with pytest.raises(CallFailed, match="stop"):
            wire.chat_body(model, request, "official")
    assert wire.chat_body("gpt-5.5", request, "official")["stop"] == ["END"]


edits = st.lists(parts, max_size=2).map(tuple)
pictures = st.builds(
    ImageRequest,
    prompt=st.text(min_size=1, max_size=30),
    size=st.sampled_from(["auto", "1024x1024", "1536x1024", "256x256", "1792x1024", "1536x864"]),
    quality=st.sampled_from(["", "auto", "low", "high", "xhigh", "max", "standard", "hd"]),
    background=st.sampled_from(["", "transparent", "opaque"]),
    output_format=st.sampled_from(["", "png", "webp", "jpeg"]),
    images=edits,
    mask=st.none() | parts,
    settings=st.sampled_from([{}, {"response_format": "url"}]),
)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(IMAGE_MODELS), pictures)
def test_every_image_body_fits_the_vendors_schema(model, request):
    try:
        body = wire.image_body(model, request)
    except CallFailed as failure:
        refused = failure
    else:
        refused = None
    if refused is not None:
        assert refused.verdict is Verdict.INVALID
        return
    if request.images:
        files = {"image": b"x"} if request.mask is None else {"image": [b"x"], "mask": b"x"}
        if model in MADE_UP:
            assert body.pop("quality", "") == request.quality
        checked(EDIT, {**body, **files})
    else:
        checked(IMAGE, body)
        assert request.mask is None
    if model in GPT_IMAGE:
        assert "response_format" not in body
        assert body.get("quality") not in ("standard", "hd")
    if model.startswith("dall-e"):
        assert not body.keys() & {"background", "output_format"}
        assert body.get("quality") in (None, "standard", "hd")
    assert not (body.get("background") == "transparent" and body.get("output_format") == "jpeg")


def test_every_vendor_model_is_in_a_family():
    from openai.types.image_model import ImageModel

    for model in typing.get_args(ImageModel):
        assert wire.image_family(model).pattern != ".*", model
    assert wire.image_family("flux-schnell").response_format


@pytest.mark.parametrize(
    ("model", "quality", "works"),
    [
        ("gpt-image-2.5-sunburst", "xhigh", True),
        ("gpt-image-2.5-flare-2026-09-08", "max", True),
        ("gpt-image-2", "xhigh", False),
        ("gpt-image-1", "max", False),
        ("gpt-image-1", "hd", False),
        ("dall-e-3", "hd", True),
        ("dall-e-3", "medium", False),
        ("dall-e-2", "hd", False),
    ],
)
def test_qualities_by_model(model, quality, works):
    size = "1024x1024"
    if works:
        assert wire.image_body(model, ImageRequest("x", size, quality))["quality"] == quality
    else:
        with pytest.raises(CallFailed, match=f"knows no quality '{quality}'") as caught:
            wire.image_body(model, ImageRequest("x", size, quality))
        assert "use --quality" in caught.value.hint


@pytest.mark.parametrize(
    ("model", "size", "works"),
    [
        ("dall-e-3", "1792x1024", True),
        ("dall-e-3", "1536x1024", False),
        ("dall-e-3", "auto", False),
        ("dall-e-2", "256x256", True),
        ("gpt-image-1", "1792x1024", False),
        ("gpt-image-2", "1536x864", True),
        ("gpt-image-2.5-flare", "3840x2160", True),
    ],
)
def test_sizes_by_model(model, size, works):
    if works:
        assert wire.image_body(model, ImageRequest("x", size))["size"] == size
    else:
        with pytest.raises(CallFailed, match="knows no size"):
            wire.image_body(model, ImageRequest("x", size))


def test_dall_e_3_edits_no_pictures():
    request = ImageRequest("x", images=(ImagePart(b"x", "image/png"),))
    with pytest.raises(CallFailed, match="can't edit"):
        wire.image_body("dall-e-3", request)
    assert wire.image_body("dall-e-2", request)["model"] == "dall-e-2"


def test_a_mask_needs_its_picture_and_settings_pass():
    mask = ImagePart(b"m", "image/png")
    with pytest.raises(CallFailed, match="mask"):
        wire.image_body("gpt-image-2", ImageRequest("x", mask=mask))
    body = wire.image_body("local", ImageRequest("x", settings={"steps": 4}))
    assert body["steps"] == 4
    assert body["response_format"] == "b64_json"


@given(st.lists(st.text(min_size=1, max_size=9), min_size=1, max_size=4).map(tuple))
def test_every_embedding_body_fits_the_vendors_schema(texts):
    checked(EMBED, wire.embed_body("text-embedding-3-small", EmbedRequest(texts)))


# What the vendor says in its generated docstrings. When one of these fails, the vendor has
# changed its mind: read the new text and correct openai_wire.FAMILIES and catalog.KNOWN.


def documented(kind: type, name: str) -> str:
    """The docstring of one field, on one line."""
    source = inspect.getsource(typing.cast(typing.Any, inspect.getmodule(kind)))
    text = source.split(f"    {name}: ", 1)[1].split('"""', 2)[1]
    return " ".join(text.split())


def test_the_vendor_still_says_what_the_families_are_built_on():
    assert "Unsupported for GPT image models, which always return base64" in documented(
        IMAGE, "response_format"
    )
    assert "only supported for the GPT image models" in documented(IMAGE, "output_format")
    quality = documented(IMAGE, "quality")
    assert "`gpt-image-2.5-sunburst` and `gpt-image-2.5-flare`" in quality
    assert "also support `xhigh` and `max`" in quality
    assert "only supported by retired DALL·E models" in quality
    assert "arbitrary resolutions" in documented(IMAGE, "size")
    assert "set the output format to `png` or `webp`" in documented(IMAGE, "background")
    assert "deprecated in favor of `max_completion_tokens`" in documented(CHAT, "max_tokens")
    assert "not compatible with [o-series models]" in documented(CHAT, "max_tokens")
    assert "Not supported with latest reasoning models `o3` and `o4-mini`" in documented(
        CHAT, "stop"
    )
    assert "between 0 and 20" in documented(CHAT, "top_logprobs")


def test_the_catalogs_dates_are_the_vendors():
    text = documented(CHAT, "model").split("Deprecated values:")[1]
    announced = {
        name: date
        for names, date in re.findall(
            r'((?:"[^"]+"(?:, )?)+): Announced shutdown date: ([\d-]{10})', text
        )
        for name in re.findall(r'"([^"]+)"', names)
    }
    pictures = documented(IMAGE, "model")
    assert "shut down on October 23, 2026" in pictures
    assert "retired on May 12, 2026" in pictures
    retired = {known.address.split("/")[-1]: known.retired for known in KNOWN if known.retired}
    assert retired["gpt-image-1"] == "2026-10-23"
    assert retired["dall-e-3"] == "2026-05-12"
    for model in ("gpt-4o", "gpt-4.1", "gpt-4.1-mini"):
        assert announced[model] == retired[model]
    for known in KNOWN:
        assert bool(known.retired) == (known.address.split("/")[-1] in {*announced, *retired})
    known_models = {*typing.get_args(ChatModel), *typing.get_args(vendor.ImageModel)}
    for known in KNOWN:
        provider, _, name = known.address.partition("/")
        if provider == "openai" and "embed" not in known.does:
            assert name in known_models, name


# ------------------------------------------------------------------------ replies


def test_a_chat_reply():
    reply = wire.read_chat(chat_payload("Once."))
    assert (reply.text, reply.finish, reply.model) == ("Once.", "stop", "served-model")
    assert reply.usage == Usage(11, 7, None)


def test_a_chat_reply_in_parts():
    payload = chat_payload()
    payload["choices"][0]["message"]["content"] = [{"type": "text", "text": "A"}, {"text": "B"}, 3]
    assert wire.read_chat(payload).text == "AB"


def finished(reason: str, content: object = "") -> dict[str, object]:
    payload = chat_payload()
    payload["choices"][0].update(finish_reason=reason)
    payload["choices"][0]["message"]["content"] = content
    return payload


@pytest.mark.parametrize(
    ("payload", "verdict"),
    [
        ([], Verdict.MALFORMED),
        (None, Verdict.MALFORMED),
        ("text", Verdict.MALFORMED),
        ({"choices": []}, Verdict.MALFORMED),
        ({"choices": "x"}, Verdict.MALFORMED),
        ({"choices": [None]}, Verdict.MALFORMED),
        ({"choices": [{"message": "x"}]}, Verdict.MALFORMED),
        (chat_payload("  \n"), Verdict.MALFORMED),
        (finished("stop", None), Verdict.MALFORMED),
        (finished("stop", 7), Verdict.MALFORMED),
        (chat_payload("x", refusal="I can't help with that."), Verdict.REFUSED),
        (finished("content_filter"), Verdict.REFUSED),
        (finished("length"), Verdict.TOO_LONG),
    ],
)
def test_useless_chat_replies(payload, verdict):
    with pytest.raises(CallFailed) as caught:
        wire.read_chat(payload)
    assert caught.value.verdict is verdict
    assert caught.value.usage is not None
    if isinstance(payload, dict) and "usage" in payload:
        assert caught.value.usage == Usage(11, 7, None)


def logged(rows: object) -> tuple[object, ...]:
    payload = chat_payload("Yes")
    payload["choices"][0]["logprobs"] = {"content": rows}
    return wire.read_chat(payload).logprobs


def test_log_probabilities():
    row = {"token": "Yes", "logprob": -0.1, "top_logprobs": [{"token": "No", "logprob": -2}]}
    (found,) = logged([row])
    assert (found.token, found.logprob, found.top) == ("Yes", -0.1, (("No", -2.0),))


@pytest.mark.parametrize(
    "broken",
    [
        {"token": "Yes"},
        {"token": "Yes", "logprob": None, "top_logprobs": []},
        {"token": "Yes", "logprob": "NaN", "top_logprobs": []},
        {"token": "Yes", "logprob": float("-inf"), "top_logprobs": []},
        {"token": "Yes", "logprob": -1, "top_logprobs": [3]},
        7,
    ],
)
def test_half_readable_log_probabilities_are_none(broken):
    good = {"token": "a", "logprob": -1.0, "top_logprobs": []}
    assert logged([good, broken]) == ()
    assert logged("x") == ()


@pytest.mark.parametrize(
    ("plain", "usage"),
    [
        ({"input_tokens": 3, "output_tokens": 4}, Usage(3, 4)),
        ({"prompt_tokens": True, "completion_tokens": -1}, Usage()),
        ({"prompt_tokens": 2**63, "completion_tokens": "4"}, Usage()),
        (
            {"prompt_tokens": 9, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": 4}},
            Usage(9, 1, 4),
        ),
        ({"prompt_tokens_details": {"cached_tokens": -4}}, Usage()),
        ("many", Usage()),
    ],
)  # fmt: skip
def test_usage(plain, usage):
    assert wire.read_usage({"usage": plain}) == usage


def test_a_picture_in_base64():
    data = png()
    usage = {"input_tokens": 5, "output_tokens": 6}
    entry = {"b64_json": pybase64.b64encode(data).decode(), "revised_prompt": "A better prompt"}
    reply = wire.read_image({"data": [entry], "usage": usage}, "m")
    assert reply == ImageReply(data, "", "A better prompt", Usage(5, 6), "m")


def test_a_picture_in_a_data_url_keeps_its_usage_and_prompt():
    url = "data:image/png;base64," + pybase64.b64encode(png()).decode()
    payload = {"data": [{"url": url, "revised_prompt": "p"}], "usage": {"input_tokens": 5}}
    reply = wire.read_image(payload, "m")
    assert reply == ImageReply(png(), "", "p", Usage(5), "m")


def test_a_picture_at_a_url():
    found = wire.read_image({"data": [{"url": "https://x.example/p.png"}]}, "m")
    assert found == wire.PictureAt("https://x.example/p.png", "", Usage(), "m")


@pytest.mark.parametrize(
    "payload",
    [
        None,
        {},
        {"data": []},
        {"data": ["x"]},
        {"data": [{}]},
        {"data": [{"b64_json": ""}]},
        {"data": [{"b64_json": None, "url": ""}]},
        {"data": [{"b64_json": "%%%"}]},
        {"data": [{"b64_json": "é"}]},
        {"data": [{"b64_json": 5}]},
        {"data": [{"url": "data:image/png;base64,@@"}]},
    ],
)
def test_pictures_that_are_none(payload):
    with pytest.raises(CallFailed) as caught:
        wire.read_image(payload, "m")
    assert caught.value.verdict is Verdict.MALFORMED
    assert caught.value.usage is not None


def test_embeddings_in_the_order_of_the_texts():
    rows = [{"index": 1, "embedding": [3, 4]}, {"index": 0, "embedding": [1, 2]}]
    reply = wire.read_embeddings({"data": rows, "usage": {"prompt_tokens": 6}, "model": "e"}, 2)
    assert reply.vectors == ((1.0, 2.0), (3.0, 4.0))
    assert reply.usage == Usage(6, 0)


@pytest.mark.parametrize(
    "rows",
    [
        None,
        [],
        [{"index": 0, "embedding": [1]}],
        [{"index": 0, "embedding": [1]}, {"index": 0, "embedding": [1]}],
        [{"index": 0, "embedding": [1]}, {"index": -1, "embedding": [1]}],
        [{"index": 0, "embedding": [1]}, {"index": 7, "embedding": [1]}],
        [{"embedding": [1]}, {"embedding": [1, 2]}],
        [{"embedding": [1]}, {"embedding": []}],
        [{"embedding": [1]}, {"embedding": ["nan"]}],
        [{"embedding": [1]}, {"embedding": "x"}],
        [{"embedding": [1]}, 3],
    ],
)
def test_embeddings_that_are_not_whole(rows):
    with pytest.raises(CallFailed, match="2 equal vectors") as caught:
        wire.read_embeddings({"data": rows}, 2)
    assert caught.value.verdict is Verdict.MALFORMED


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["choices", "message", "content", "data", "embedding", "index", "usage",
                         "error", "url", "b64_json", "logprobs", "top_logprobs", "refusal"]),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(json_values)
def test_any_json_is_a_reply_or_a_typed_failure(payload):
    for read in (
        wire.read_chat,
        lambda plain: wire.read_image(plain, "m"),
        lambda plain: wire.read_embeddings(plain, 1),
        wire.read_error,
    ):
        message = ""
        try:
            read(payload)
        except CallFailed as failure:
            message = failure.message
        assert "\n" not in message


# ----------------------------------------------------------------------- failures


def error(message: str = "m", code: object = None, kind: str = "") -> bytes:
    return orjson.dumps({"error": {"message": message, "code": code, "type": kind}})


@pytest.mark.parametrize(
    ("status", "body", "verdict"),
    [
        (401, error("no"), Verdict.AUTH),
        (403, error("no"), Verdict.AUTH),
        (403, error("flagged", "content_filter"), Verdict.REFUSED),
        (403, error("Blocked by our content policy"), Verdict.REFUSED),
        (404, error("no such model"), Verdict.NOT_FOUND),
        (405, b"", Verdict.NOT_FOUND),
        (301, b"<html>moved</html>", Verdict.NOT_FOUND),
        (429, error("slow"), Verdict.RATE_LIMIT),
        (429, error("quota", "insufficient_quota"), Verdict.OUT_OF_BUDGET),
        (400, error("limit", "billing_hard_limit_reached"), Verdict.OUT_OF_BUDGET),
        (402, b"{}", Verdict.OUT_OF_BUDGET),
        (400, error("x", "content_policy_violation"), Verdict.REFUSED),
        (400, error("x", "moderation_blocked", "image_generation_user_error"), Verdict.REFUSED),
        (400, error("Your request was rejected by our safety system."), Verdict.REFUSED),
        (400, error("x", "context_length_exceeded"), Verdict.TOO_LONG),
        (400, error("exceeds the available context size"), Verdict.TOO_LONG),
        (413, b"", Verdict.TOO_LONG),
        (400, error("Unknown parameter"), Verdict.INVALID),
        (422, orjson.dumps({"detail": [{"loc": ["body"]}]}), Verdict.INVALID),
        (408, b"", Verdict.TRANSIENT),
        (409, b"", Verdict.TRANSIENT),
        (500, error("oops"), Verdict.TRANSIENT),
        (502, b"<!DOCTYPE html><p>bad gateway", Verdict.TRANSIENT),
        (503, b"\xff\xfe not text", Verdict.TRANSIENT),
        (500, b'{"error": "a string"}', Verdict.TRANSIENT),
        (500, b'{"error": null, "message": "top"}', Verdict.TRANSIENT),
        (500, b"[1, 2]", Verdict.TRANSIENT),
        (500, b'{"error": [1]}', Verdict.TRANSIENT),
    ],
)
def test_verdicts(status, body, verdict):
    failure = wire.read_failure(status, {}, body)
    assert failure.verdict is verdict
    assert failure.message.startswith(f"HTTP {status}")
    assert "<html" not in failure.message.lower()
    assert "<!doctype" not in failure.message.lower()


def test_messages_say_what_the_server_said():
    assert "top" in wire.read_failure(500, {}, b'{"error": null, "message": "top"}').message
    assert "HTML page" in wire.read_failure(500, {}, b" <html>").message


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after-ms": "x", "retry-after": "9"}, 9.0),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"retry-after": "Wed, 99 Oct 20151 07:28:00 GMT"}, None),
    ],
)
def test_retry_after(headers, seconds):
    assert wire.retry_after(headers) == seconds


def test_retry_after_a_date():
    then = datetime.now(UTC) + timedelta(seconds=60)
    found = wire.retry_after({"retry-after": format_datetime(then, usegmt=True)})
    assert found is not None
    assert 50 < found <= 60


@given(st.text(max_size=40))
def test_retry_after_anything(value):
    found = wire.retry_after({"retry-after": value})
    assert found is None or found >= 0


def test_an_error_inside_a_200():
    for payload in ({}, {"choices": [1], "error": {"message": "x"}}, [], {"error": None}):
        assert wire.read_error(payload) is None
    found = wire.read_error({"error": {"code": 429, "message": "slow"}, "usage": {}})
    assert found is not None
    assert found.verdict is Verdict.RATE_LIMIT
    assert found.usage == Usage()
    found = wire.read_error({"error": "broken"})
    assert found is not None
    assert (found.verdict, found.usage) == (Verdict.TRANSIENT, None)
    found = wire.read_error({"error": {"code": "content_filter"}})
    assert found is not None
    assert found.verdict is Verdict.REFUSED


@given(st.text())
def test_one_line_is_one_short_printable_line(text):
    line = wire.one_line(text)
    assert len(line) <= 300
    assert line.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "Incorrect API key provided: sk-abcdefghij123456.",
        "key sk-proj-****************wxyz is wrong",
        "see https://user:pass@host/v1",
    ],
)
def test_one_line_masks_what_looks_like_a_secret(text):
    line = wire.one_line(text)
    assert "[hidden]" in line
    assert "abcdef" not in line
    assert "wxyz" not in line
    assert "pass" not in line


def test_hide_masks_whole_and_cut_secrets():
    secret = "correct-horse-battery"
    assert wire.hide(f"a {secret} b", [secret]) == "a [hidden] b"
    for cut in range(4, len(secret)):
        assert secret[:cut] not in wire.hide(f"wrong key {secret[:cut]}…", [secret])
    assert wire.hide("nothing to see", [secret, ""][:1]) == "nothing to see"


def test_a_picture_is_read_where_it_lies_and_with_json_escapes_as_well():
    picture = bytes(range(256)) * 8  # its base64 holds slashes
    encoded = base64.b64encode(picture).decode()
    plain = json.dumps({"data": [{"b64_json": encoded, "revised_prompt": "r"}]})
    for content in (plain, plain.replace("/", "\\/")):
        payload = wire.parse(content.encode())
        reply = wire.read_image(payload, "m")
        assert (reply.data, reply.revised_prompt) == (picture, "r")
    assert isinstance(wire.parse(plain.encode())["data"][0]["b64_json"], memoryview)


@pytest.mark.parametrize(
    "content",
    [
        '{"data": [{"b64_json": ""}]}',
        '{"data": [{"b64_json": null, "url": "http://x/y"}]}',
        '{"data": [{"b64_json": "QUJD"}, {"b64_json": "REVG"}]}',
        '{"b64_json": "QUJD"}',
        '{"note": "\\"b64_json\\"", "data": []}',
        '[{"b64_json": "QUJD"}]',
    ],
)
def test_cutting_a_picture_out_changes_nothing_else(content):
    whole, parsed = json.loads(content), wire.parse(content.encode())
    if isinstance(parsed, dict) and parsed.get("data"):
        first = parsed["data"][0]
        if isinstance(first.get("b64_json"), memoryview):
            first["b64_json"] = bytes(first["b64_json"]).decode()
    assert parsed == whole
