"""The OpenAI wire format: request bodies out, replies and failures in. Pure functions.

Field names and types follow the vendor's published API schema; a test checks every body that
can be built here against the schema's generated types. What a model family accepts is data
(``FAMILIES``), first match wins; an unknown model on a compatible server gets the plain,
widely understood fields.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from time import time
from typing import Any, Literal

import orjson
import pybase64

from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    EmbedReply,
    EmbedRequest,
    ImagePart,
    ImageReply,
    ImageRequest,
    Message,
    TokenLogprob,
    Usage,
    Verdict,
    empty_reply,
)

Dialect = Literal["official", "compatible"]


@dataclass(frozen=True, slots=True)
class ImageFamily:
    """What an image model accepts; empty tuples mean "not checked here"."""

    pattern: str
    response_format: bool
    qualities: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    backgrounds: bool = True
    formats: bool = True
    edits: bool = True


_GPT_SIZES = ("auto", "1024x1024", "1536x1024", "1024x1536")
#: From the vendor's schema: GPT image models always return base64 and refuse
#: ``response_format``; DALL·E models know neither background nor output format.
FAMILIES: tuple[ImageFamily, ...] = (
    ImageFamily(r"gpt-image-1(-mini|\.5)?", False, ("auto", "low", "medium", "high"), _GPT_SIZES),
    ImageFamily(r"gpt-image-2(-\d.*)?", False, ("auto", "low", "medium", "high")),
    ImageFamily(
        r"(gpt-image-.+|chatgpt-image-.+)",
        False,
        ("auto", "low", "medium", "high", "xhigh", "max"),
    ),
    ImageFamily(
        r"dall-e-3",
        True,
        ("standard", "hd"),
        ("1024x1024", "1792x1024", "1024x1792"),
        False,
        False,
        False,
    ),
    ImageFamily(
        r"dall-e-2", True, ("standard",), ("256x256", "512x512", "1024x1024"), False, False
    ),
)
_ANY_IMAGE_MODEL = ImageFamily(r".*", True)

#: Models that reason before they answer refuse sampling fields other than their defaults.
_REASONING = re.compile(r"(o\d|gpt-([5-9]|\d\d)(?!.*chat))")
_NO_STOP = re.compile(r"o[34]")
_PENALTIES = ("temperature", "top_p", "frequency_penalty", "presence_penalty")
_DEFAULTS = {"temperature": 1.0, "top_p": 1.0, "frequency_penalty": 0.0, "presence_penalty": 0.0}


def chat_body(model: str, request: ChatRequest, dialect: Dialect) -> dict[str, Any]:
    """The body of POST /chat/completions.

    Raises:
        CallFailed: INVALID, naming a field that this model is known to refuse.
    """
    body: dict[str, Any] = {
        "model": model,
        "messages": [_message(message) for message in request.messages],
        "n": 1,
        "stream": False,
    }
    reasoning = dialect == "official" and _REASONING.match(model) is not None
    for name in _PENALTIES:
        value = getattr(request, name)
        if not reasoning:
            body[name] = value
        elif value != _DEFAULTS[name]:
            raise CallFailed(
                Verdict.INVALID,
                f"{model} takes no {name} other than {_DEFAULTS[name]:g}",
                f"leave --{name.replace('_', '-')} at its default, or choose another model",
            )
    if reasoning:
        _refuse_while_reasoning(model, request)
    if dialect == "official":
        body["max_completion_tokens"] = request.max_tokens
    else:
        body["max_tokens"] = request.max_tokens
    if request.seed is not None and not reasoning:
        body["seed"] = request.seed
    if request.stop:
        body["stop"] = list(request.stop)
    if request.schema is not None:
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {
                "name": request.schema_name,
                "schema": dict(request.schema),
                "strict": True,
            },
        }
    if request.logprobs is not None:
        body["logprobs"] = True
        body["top_logprobs"] = request.logprobs
    return body


def _refuse_while_reasoning(model: str, request: ChatRequest) -> None:
    for name, given in (
        ("stop sequences", bool(request.stop) and _NO_STOP.match(model) is not None),
        ("log-probabilities", request.logprobs is not None),
    ):
        if given:
            raise CallFailed(Verdict.INVALID, f"{model} knows no {name}", "choose another model")


def _message(message: Message) -> dict[str, Any]:
    if isinstance(message.content, str):
        return {"role": message.role, "content": message.content}
    parts: list[dict[str, Any]] = []
    for part in message.content:
        if isinstance(part, str):
            parts.append({"type": "text", "text": part})
        else:
            url = {"url": data_url(part), "detail": part.detail}
            parts.append({"type": "image_url", "image_url": url})
    return {"role": message.role, "content": parts}


def data_url(part: ImagePart) -> str:
    """A picture as a ``data:`` URL."""
    return f"data:{part.media_type};base64," + pybase64.b64encode_as_string(part.data)


def image_family(model: str) -> ImageFamily:
    """What is known of an image model; anything goes for unknown ones."""
    for family in FAMILIES:
        if re.fullmatch(family.pattern, model):
            return family
    return _ANY_IMAGE_MODEL


def image_body(model: str, request: ImageRequest) -> dict[str, Any]:
    """The fields of POST /images/generations, and of /images/edits beside its files.

    Raises:
        CallFailed: INVALID, naming a value that this model is known to refuse.
    """
    family = image_family(model)
    body: dict[str, Any] = {"model": model, "prompt": request.prompt, "n": 1, "size": request.size}
    _must_be_one_of(model, "size", request.size, family.sizes)
    if request.quality:
        _must_be_one_of(model, "quality", request.quality, family.qualities)
        body["quality"] = request.quality
    for name, value, allowed in (
        ("background", request.background, family.backgrounds),
        ("output_format", request.output_format, family.formats),
    ):
        if value and not allowed:
            raise CallFailed(
                Verdict.INVALID, f"{model} takes no {name}", f"drop --{name.replace('_', '-')}"
            )
        if value:
            body[name] = value
    if request.background == "transparent" and request.output_format == "jpeg":
        raise CallFailed(
            Verdict.INVALID, "a JPEG can't be transparent", "use --output-format png or webp"
        )
    if request.images and not family.edits:
        raise CallFailed(Verdict.INVALID, f"{model} can't edit pictures")
    if request.mask is not None and not request.images:
        raise CallFailed(Verdict.INVALID, "a mask needs the picture that it belongs to")
    if family.response_format and not request.images:
        body["response_format"] = str(request.settings.get("response_format", "b64_json"))
    for name, value in request.settings.items():
        if name != "response_format":
            body[name] = value
    return body


def _must_be_one_of(model: str, name: str, value: str, allowed: tuple[str, ...]) -> None:
    if allowed and value not in allowed:
        raise CallFailed(
            Verdict.INVALID,
            f"{model} knows no {name} {value!r}",
            f"use --{name} {' or '.join(allowed)}",
        )


def embed_body(model: str, request: EmbedRequest) -> dict[str, Any]:
    """The body of POST /embeddings: all texts in one call, and numbers instead of base64."""
    return {"model": model, "input": list(request.texts), "encoding_format": "float"}


# -------------------------------------------------------------------- replies


def read_chat(payload: Any) -> ChatReply:
    """A chat reply.

    Raises:
        CallFailed: MALFORMED or REFUSED, with the usage that was paid.
    """
    usage = read_usage(payload)
    choices = payload.get("choices") if isinstance(payload, dict) else None
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise CallFailed(Verdict.MALFORMED, "the reply holds no choice", usage=usage)
    choice = choices[0]
    message = choice.get("message")
    if not isinstance(message, dict):
        raise CallFailed(Verdict.MALFORMED, "the reply holds no message", usage=usage)
    finish = str(choice.get("finish_reason") or "stop")
    if message.get("refusal"):
        raise CallFailed(
            Verdict.REFUSED, f"the model refused: {one_line(message['refusal'])}", usage=usage
        )
    text = _text_of(message.get("content"))
    if not text.strip():
        if finish == "content_filter":
            raise CallFailed(
                Verdict.REFUSED, "the server's content filter held the reply back", usage=usage
            )
        raise empty_reply(finish, usage)
    return ChatReply(
        text=text,
        finish=finish,
        usage=usage,
        model=str(payload.get("model") or ""),
        logprobs=_logprobs(choice.get("logprobs")),
    )


def _text_of(content: Any) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list):  # some servers answer in parts
        parts = (p.get("text") for p in content if isinstance(p, dict))
        return "".join(part for part in parts if isinstance(part, str))
    return ""


def _logprobs(plain: Any) -> tuple[TokenLogprob, ...]:
    rows = plain.get("content") if isinstance(plain, dict) else None
    found: list[TokenLogprob] = []
    for row in rows if isinstance(rows, list) else ():
        try:
            top = tuple((str(t["token"]), _finite(t["logprob"])) for t in row["top_logprobs"])
            found.append(TokenLogprob(str(row["token"]), _finite(row["logprob"]), top))
        except (KeyError, TypeError, ValueError):
            return ()  # a half-readable row would shift the others: better none
    return tuple(found)


def _finite(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


#: More tokens than any call can use: a count beyond is no count.
_MOST_TOKENS = 10**12


def read_usage(payload: Any) -> Usage:
    """Token counts under either of the two names in use; ``None`` where absent."""
    plain = payload.get("usage") if isinstance(payload, dict) else None
    if not isinstance(plain, dict):
        return Usage()

    def count(where: dict[str, Any], *names: str) -> int | None:
        for name in names:
            value = where.get(name)
            if type(value) is int and 0 <= value <= _MOST_TOKENS:
                return value
        return None

    details = plain.get("prompt_tokens_details")
    return Usage(
        count(plain, "prompt_tokens", "input_tokens"),
        count(plain, "completion_tokens", "output_tokens"),
        count(details, "cached_tokens") if isinstance(details, dict) else None,
    )


@dataclass(frozen=True, slots=True)
class PictureAt:
    """A picture that the server offers at a URL instead of sending its bytes."""

    url: str
    revised_prompt: str
    usage: Usage
    model: str


_PICTURE_KEY = b'"b64_json"'


def parse(content: bytes) -> Any:
    """The JSON of a reply; a picture in it stays undecoded, a ``memoryview`` of ``content``.

    A picture is nearly all of its reply: making a string of it first would cost several times
    as much as decoding it where it lies.

    Raises:
        orjson.JSONDecodeError: no JSON.
    """
    at = content.find(_PICTURE_KEY)
    plain = _cut(content, at) if at >= 0 else None
    return orjson.loads(content) if plain is None else plain


def _cut(content: bytes, at: int) -> Any:
    """The JSON around the only picture, if it can be cut out safely, else ``None``."""
    opening = content.find(b'"', at + len(_PICTURE_KEY))
    closing = content.find(b'"', opening + 1)
    if opening < 0 or closing < 0 or content[at + len(_PICTURE_KEY) : opening].strip() != b":":
        return None
    if content.find(_PICTURE_KEY, closing) >= 0:
        return None
    plain = orjson.loads(content[: opening + 1] + content[closing:])
    try:
        first = plain["data"][0]
        if first["b64_json"] != "":
            return None
    except (KeyError, IndexError, TypeError):
        return None
    if closing > opening + 1:
        first["b64_json"] = memoryview(content)[opening + 1 : closing]
    return plain


def read_image(payload: Any, model: str) -> ImageReply | PictureAt:
    """An Images API reply: bytes, or the URL where they are.

    Raises:
        CallFailed: MALFORMED for an empty or missing picture, or one that is no base64.
    """
    usage = read_usage(payload)
    data = payload.get("data") if isinstance(payload, dict) else None
    if not isinstance(data, list) or not data or not isinstance(data[0], dict):
        raise CallFailed(Verdict.MALFORMED, "the reply holds no picture", usage=usage)
    first = data[0]
    revised = str(first.get("revised_prompt") or "")
    encoded, url = first.get("b64_json"), first.get("url")
    if isinstance(url, str) and url.startswith("data:") and ";base64," in url[:100]:
        encoded = url.split(",", 1)[1]
    if isinstance(encoded, str | memoryview) and len(encoded):
        try:
            picture = pybase64.b64decode(encoded, validate=True)
        except ValueError:
            if isinstance(encoded, memoryview):  # escapes in it, perhaps: read it as JSON text
                return read_image(orjson.loads(bytes(encoded.obj)), model)
            raise CallFailed(
                Verdict.MALFORMED, "the picture is not valid base64", usage=usage
            ) from None
        return ImageReply(picture, "", revised, usage, model)
    if isinstance(url, str) and url:
        return PictureAt(url, revised, usage, model)
    raise CallFailed(Verdict.MALFORMED, "the server sent an empty picture", usage=usage)


def read_embeddings(payload: Any, count: int) -> EmbedReply:
    """Vectors in the order of the texts (the reply's ``index`` decides), as the server scaled them.

    Raises:
        CallFailed: MALFORMED for a missing, doubled, uneven, non-numeric or zero vector.
    """
    rows = payload.get("data") if isinstance(payload, dict) else None
    usage = read_usage(payload)
    usage = replace(usage, output_tokens=usage.output_tokens or 0)  # nothing is written
    vectors: list[tuple[float, ...] | None] = [None] * count
    try:
        for position, row in enumerate(rows if isinstance(rows, list) else ()):
            index = row.get("index", position)
            if type(index) is not int or not 0 <= index < count or vectors[index] is not None:
                raise ValueError("no such text, or one that has its vector")
            vectors[index] = _vector(row["embedding"])
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
        vectors = [None] * count
    whole = [vector for vector in vectors if vector]
    if len(whole) != count or len({len(vector) for vector in whole}) > 1:
        raise CallFailed(
            Verdict.MALFORMED, f"the reply does not hold {count} equal vectors", usage=usage
        )
    for place, vector in enumerate(whole, 1):
        # Also false where the sum is no number, or none that a computer holds.
        if not 0.0 < sum(x * x for x in vector) < math.inf:
            raise CallFailed(
                Verdict.MALFORMED,
                f"the vector of text {place} of {count} has no direction: it is zero or endless",
                "see whether this model is made for embedding",
                usage=usage,
            )
    return EmbedReply(tuple(whole), usage, str(payload.get("model") or ""))


def _vector(plain: Any) -> tuple[float, ...]:
    """A list of finite numbers; text isn't read as numbers, nor base64 that nobody asked for."""
    if not isinstance(plain, list) or not all(type(x) in (int, float) for x in plain):
        raise ValueError("no list of numbers")
    return tuple(map(_finite, plain))


# ------------------------------------------------------------------- failures

_POLICY = {"content_policy_violation", "moderation_blocked", "content_filter", "safety_violation"}
_QUOTA = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
_LONG = {"context_length_exceeded", "string_above_max_length"}
_LONG_TEXT = re.compile(
    r"maximum context|context (length|size|window)|too (many tokens|long|large to process)", re.I
)
_HIDDEN = "[hidden]"
_POLICY_TEXT = re.compile(r"safety system|content (management )?policy|content filter", re.I)
_SECRET = re.compile(r"\b(sk|key|tok|pk|rk|org|proj)-[A-Za-z0-9_*.\-]{6,}|(?<=//)[^/@\s]+@")


def read_failure(status: int, headers: Mapping[str, str], body: bytes) -> CallFailed:
    """What a reply with a status other than 200 means. The message never holds a key."""
    return _judged(status, headers, *_error_fields(body))


def _judged(
    status: int, headers: Mapping[str, str], code: str, kind: str, message: str
) -> CallFailed:
    text = f"HTTP {status}" + (f": {one_line(message)}" if message else "")
    names = {code, kind}
    if names & _QUOTA or status == 402:
        return CallFailed(
            Verdict.OUT_OF_BUDGET, text, "check the account's quota, then run the same command"
        )
    if status == 429:
        return CallFailed(Verdict.RATE_LIMIT, text, retry_after=retry_after(headers))
    if names & _POLICY or (status in (400, 403) and _POLICY_TEXT.search(message)):
        return CallFailed(Verdict.REFUSED, text)
    if status in (401, 403):
        return CallFailed(Verdict.AUTH, text, "check the key for this server")
    if 300 <= status < 400:
        return CallFailed(
            Verdict.NOT_FOUND, f"{text} (a redirect, not followed)", "correct --base-url"
        )
    said_so = status in (400, 500) and _LONG_TEXT.search(message)  # llama.cpp says it with 500
    if names & _LONG or status == 413 or said_so:
        return CallFailed(Verdict.TOO_LONG, text)
    if status in (404, 405, 501):
        return CallFailed(
            Verdict.NOT_FOUND, text, "see what the server offers: storypainter models probe"
        )
    if status in (408, 409, 425) or status >= 500:
        return CallFailed(Verdict.TRANSIENT, text, retry_after=retry_after(headers))
    return CallFailed(Verdict.INVALID, text)


def read_error(payload: Any) -> CallFailed | None:
    """The failure that some servers send with status 200: an ``error`` in place of a reply."""
    error = payload.get("error") if isinstance(payload, dict) else None
    if not error or payload.get("choices") or payload.get("data"):
        return None
    code = error.get("code") if isinstance(error, dict) else None
    status = code if type(code) is int and 400 <= code < 600 else 500
    failure = _judged(status, {}, *_named_fields(payload))
    failure.usage = read_usage(payload) if "usage" in payload else None
    return failure


def _error_fields(body: bytes) -> tuple[str, str, str]:
    """(code, type, message) of an error body; HTML and plain text give a message only."""
    try:
        plain = orjson.loads(body)
    except orjson.JSONDecodeError:
        start = body[:200].lstrip().lower()
        if start.startswith((b"<!doctype", b"<html")):
            return "", "", "the server sent an HTML page"
        return "", "", body[:200].decode("utf-8", "replace")
    return _named_fields(plain)


def _named_fields(plain: Any) -> tuple[str, str, str]:
    error = (plain.get("error") or plain) if isinstance(plain, dict) else {}
    if isinstance(error, str):
        return "", "", error
    if not isinstance(error, dict):
        return "", "", ""
    message = error.get("message") or error.get("detail") or ""
    return str(error.get("code") or ""), str(error.get("type") or ""), str(message)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait by ``retry-after-ms`` or ``Retry-After`` (seconds or a date)."""
    for name, factor in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        value = headers.get(name)
        if value is None:
            continue
        try:
            return max(0.0, float(value) * factor)
        except ValueError:
            pass
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - time())
        except (TypeError, ValueError, OverflowError):
            continue
    return None


def one_line(text: object, limit: int = 300) -> str:
    """Server text made safe to print: one line, short, secrets masked, no control characters."""
    line = " ".join(str(text).split())
    line = "".join(c if c.isprintable() else "?" for c in line)
    line = _SECRET.sub(_HIDDEN, line)
    return line if len(line) <= limit else line[: limit - 1] + "…"


def hide(text: str, secrets: Iterable[str]) -> str:
    """A text without these secrets, nor the beginning of one where the text was cut short."""
    for secret in secrets:
        text = text.replace(secret, _HIDDEN)
        body = text.removesuffix("…")
        for length in range(min(len(secret) - 1, len(body)), 3, -1):
            if body.endswith(secret[:length]):
                text = body[:-length] + _HIDDEN
                break
    return text
