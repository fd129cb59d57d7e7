"""What the fault server says: pictures, stories, vectors and the vendor's kinds of error.

Pictures are valid PNGs of 1024 x 1024 pixels and about 270 KB. All share their pixels; a text
chunk before the end holds the SHA-256 of the prompt, so every prompt has a file of its own.
The shared part is a multiple of three bytes long, hence its base64 is made once.
"""

from __future__ import annotations

import base64
import hashlib
import random
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

SIDE = 1024
SIGNATURE = b"\x89PNG\r\n\x1a\n"
END = b"IEND"

#: A story carries this mark, so that whatever is made of it can be traced back to its call.
MARK = re.compile(r"tale (\d+)-([0-9a-f]{12})")
MARK_BYTES = re.compile(rb"tale (\d+)-([0-9a-f]{12})")


def digest(data: bytes) -> str:
    """The SHA-256 of ``data`` as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


# --- pictures ----------------------------------------------------------------------------------


def chunk(kind: bytes, data: bytes) -> bytes:
    """One PNG chunk: length, kind, data, CRC."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each (kind, data) of a PNG; raises ValueError at a bad signature, length or CRC."""
    if not png.startswith(SIGNATURE):
        raise ValueError("not a PNG signature")
    at = len(SIGNATURE)
    while at < len(png):
        if at + 12 > len(png):
            raise ValueError("the PNG ends inside a chunk")
        (length,) = struct.unpack_from(">I", png, at)
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        if at + 12 + length > len(png):
            raise ValueError("the PNG ends inside a chunk")
        (crc,) = struct.unpack_from(">I", png, at + 8 + length)
        if crc != zlib.crc32(kind + data):
            raise ValueError(f"a wrong CRC in chunk {kind!r}")
        yield kind, data
        at += 12 + length
        if kind == END:
            break
    else:
        raise ValueError("the PNG has no end")
    if at != len(png):
        raise ValueError("bytes behind the end of the PNG")


def notes(png: bytes) -> dict[str, str]:
    """The text chunks of a PNG: ``prompt`` (SHA-256) and ``tale`` (the story's mark, or "")."""
    pairs = (data.split(b"\0", 1) for kind, data in chunks(png) if kind == b"tEXt")
    return {key.decode("latin-1"): value.decode("latin-1") for key, value in pairs}


def _pixels(seed: int) -> bytes:
    """Rows of coloured runs, four pixels each: what compresses to about 270 KB.

    Sixteen rows are drawn and repeated: further apart than the window in which deflate looks.
    """
    draw = random.Random(seed)
    colours = [bytes(draw.randrange(256) for _ in range(3)) * 4 for _ in range(18)]
    rows = [b"\0" + b"".join(draw.choices(colours, k=SIDE // 4)) for _ in range(16)]
    return b"".join(rows) * (SIDE // len(rows))


def _shared_part(seed: int) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0))
    start = SIGNATURE + header + chunk(b"IDAT", zlib.compress(_pixels(seed), 6))
    spare = -(len(start) + 12 + len(b"Comment\0")) % 3
    return start + chunk(b"tEXt", b"Comment\0" + b"." * spare)


class Gallery:
    """Makes pictures, and the base64 of pictures, that differ only in their last chunks."""

    def __init__(self, seed: int = 0) -> None:
        self._shared = _shared_part(seed)
        self._shared_b64 = base64.b64encode(self._shared)

    @staticmethod
    def _tail(prompt: str) -> bytes:
        mark = MARK.search(prompt)
        texts = {
            b"prompt": digest(prompt.encode()).encode(),
            b"tale": mark.group(0).encode() if mark else b"",
        }
        parts = [chunk(b"tEXt", key + b"\0" + value) for key, value in texts.items()]
        return b"".join(parts) + chunk(END, b"")

    def png(self, prompt: str) -> bytes:
        return self._shared + self._tail(prompt)

    def png_b64(self, prompt: str) -> tuple[bytes, bytes]:
        """The base64 of :meth:`png` in two pieces; the first is shared, never copied."""
        return self._shared_b64, base64.b64encode(self._tail(prompt))

    def spoilt_b64(self, prompt: str, how: str) -> bytes:
        """Good base64 of a bad picture: ``bad_png``, ``cut_png`` or ``not_a_picture``."""
        png = bytearray(self.png(prompt))
        if how == "bad_png":
            png[len(png) // 2] ^= 0xFF
        elif how == "cut_png":
            del png[len(png) * 2 // 3 :]
        else:
            png = bytearray(b"<html><body>Service temporarily unavailable</body></html>")
        return base64.b64encode(png)


# --- text --------------------------------------------------------------------------------------

_STORY = (
    "In a small railway station at dusk, under a clock that stands at ten to six (tale {n}-{d}), "
    "a woman in a soaked coat kneels beside an open suitcase and counts a handful of coins. "
    "Behind her a boy presses his face to the window of the ticket office, where the blind is "
    "half down and the clerk is already putting on his hat. A train waits with its doors open "
    "and steam round its wheels; the guard holds a green flag, yet he looks back over his "
    "shoulder at the boy. On the bench lie two sandwiches in paper, one of them untouched, and "
    "a letter with a black border sticks out of the woman's pocket."
)


def story(number: int, prompt_digest: str) -> str:
    """A story that names its call: a counter and the first digits of the prompt's digest."""
    return _STORY.format(n=number, d=prompt_digest[:12])


def content_of(messages: Any) -> str:
    """All the text of a chat request's messages, in order; pictures count by their address."""
    found: list[str] = []
    for message in messages:
        content = message.get("content") or ""
        if isinstance(content, str):
            found.append(content)
            continue
        for part in content:
            image = part.get("image_url") or {}
            found.append(part.get("text") or image.get("url") or "")
    return "\n".join(found)


def shows_picture(messages: Any) -> bool:
    """Whether a message holds a picture."""
    return any(
        part.get("type") == "image_url"
        for message in messages
        if isinstance(message.get("content"), list)
        for part in message["content"]
    )


def instance_of(schema: Mapping[str, Any], text: str, root: Mapping[str, Any] | None = None) -> Any:
    """The smallest value that a JSON schema allows, with ``text`` as its free strings."""
    root = schema if root is None else root
    if "$ref" in schema:
        target: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        return instance_of(target, text, root)
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    if "enum" in schema:
        return schema["enum"][0]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return instance_of(schema[key][0], text, root)
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        wanted = schema.get("required", schema.get("properties", {}))
        return {key: instance_of(schema["properties"][key], text, root) for key in wanted}
    if kind == "array":
        count = max(1, schema.get("minItems", 0)) if schema.get("maxItems", 1) else 0
        return [instance_of(schema.get("items", {}), text, root) for _ in range(count)]
    if kind in ("integer", "number"):
        return schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
    return {"boolean": True, "null": None}.get(kind, text[: schema.get("maxLength")])


def _words(text: str) -> int:
    """A plausible count of tokens."""
    return 1 + len(text) * 10 // 43


def _logprobs(text: str, alternatives: int) -> dict[str, Any]:
    tokens = re.findall(r"\s*\S+", text)
    top = [{"token": f"alt{i}", "logprob": -1.5 - i, "bytes": None} for i in range(alternatives)]
    return {
        "content": [
            {"token": token, "logprob": -0.25, "bytes": list(token.encode()), "top_logprobs": top}
            for token in tokens
        ],
        "refusal": None,
    }


def chat_body(
    number: int,
    request: Mapping[str, Any],
    prompt: str,
    prompt_digest: str,
    how: str = "",
) -> bytes:
    """A chat completion; ``how`` may be a fault that is answered with status 200."""
    text: str | None = story(number, prompt_digest)
    shape = request.get("response_format") or {}
    if shape.get("type") == "json_schema":
        text = orjson.dumps(instance_of(shape["json_schema"]["schema"], text or "")).decode()
    elif shape.get("type") == "json_object":
        text = orjson.dumps({"story": text}).decode()
    finish, refusal = "stop", None
    if how == "refused":
        text, refusal = None, "I'm sorry, but I can't help with that request."
    elif how == "content_filter":
        text, finish = "", "content_filter"
    elif how == "cut_short":
        text, finish = (text or "")[:80], "length"
    elif how == "empty_text":
        text = ""
    choice: dict[str, Any] = {
        "index": 0,
        "message": {"role": "assistant", "content": text, "refusal": refusal, "annotations": []},
        "logprobs": None,
        "finish_reason": finish,
    }
    if request.get("logprobs") and text:
        choice["logprobs"] = _logprobs(text, request.get("top_logprobs") or 0)
    asked, said = _words(prompt), _words(text or "")
    return orjson.dumps(
        {
            "id": f"chatcmpl-{number:08d}",
            "object": "chat.completion",
            "created": 1_760_000_000 + number,
            "model": request.get("model", ""),
            "choices": [] if how == "empty_choices" else [choice],
            "usage": {
                "prompt_tokens": asked,
                "completion_tokens": said,
                "total_tokens": asked + said,
                "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            },
            "service_tier": "default",
            "system_fingerprint": "fp_fault_server",
        }
    )


def image_body(model: str, prompt: str, picture: tuple[bytes, ...] | str | None) -> bytes:
    """An Images API reply: base64 in pieces, or the address of a file, or no data at all."""
    usage = b""
    if not model.startswith("dall-e"):
        asked = _words(prompt)
        usage = (
            b',"usage":{"total_tokens":%d,"input_tokens":%d,"output_tokens":1056,'
            b'"input_tokens_details":{"text_tokens":%d,"image_tokens":0}}'
            % (asked + 1056, asked, asked)
        )
    revised = b""
    if model.startswith("dall-e"):
        revised = b',"revised_prompt":' + orjson.dumps(f"A detailed picture. {prompt}")
    if picture is None:
        return b'{"created":1760000000,"data":[]' + usage + b"}"
    if isinstance(picture, str):
        field: tuple[bytes, ...] = (b'"url":"', picture.encode())
    else:
        field = (b'"b64_json":"', *picture)
    return b"".join((b'{"created":1760000000,"data":[{', *field, b'"', revised, b"}]", usage, b"}"))


def embeddings_body(model: str, texts: list[str], as_base64: bool) -> bytes:
    """One vector of 64 numbers a text, made of the text's digest; equal texts are equal."""
    data = []
    for index, text in enumerate(texts):
        raw = hashlib.sha512(text.encode()).digest()
        vector = [byte / 127.5 - 1 for byte in raw]
        packed = base64.b64encode(struct.pack("<64f", *vector)).decode()
        data.append(
            {"object": "embedding", "index": index, "embedding": packed if as_base64 else vector}
        )
    asked = sum(map(_words, texts))
    usage = {"prompt_tokens": asked, "total_tokens": asked}
    return orjson.dumps({"object": "list", "data": data, "model": model, "usage": usage})


# --- errors ------------------------------------------------------------------------------------

HTML_PAGE = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    b"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n"
    b"</body>\r\n</html>\r\n"
)

#: kind -> (status, message, type, param, code), as the vendor words them in spirit.
ERRORS: dict[str, tuple[int, str, str, str | None, str | None]] = {
    "429": (429, "Rate limit reached for requests.", "requests", None, "rate_limit_exceeded"),
    "quota": (
        429,
        "You exceeded your current quota, please check your plan and billing details.",
        "insufficient_quota",
        None,
        "insufficient_quota",
    ),
    "500": (500, "The server had an error while processing.", "server_error", None, None),
    "503": (503, "The engine is currently overloaded.", "server_error", None, "overloaded"),
    "auth": (
        401,
        "Incorrect API key provided.",
        "invalid_request_error",
        None,
        "invalid_api_key",
    ),
    "refused": (
        400,
        "Your request was rejected by the safety system.",
        "image_generation_user_error",
        None,
        "moderation_blocked",
    ),
    "too_long": (
        400,
        "This model's maximum context length is 8192 tokens.",
        "invalid_request_error",
        "messages",
        "context_length_exceeded",
    ),
    "invalid": (400, "Invalid value.", "invalid_request_error", "size", "invalid_value"),
    "model": (
        404,
        "The model does not exist or you do not have access to it.",
        "invalid_request_error",
        "model",
        "model_not_found",
    ),
}


def error_body(
    message: str, kind: str = "invalid_request_error", param: str | None = None, code: Any = None
) -> bytes:
    """The vendor's shape of an error."""
    return orjson.dumps({"error": {"message": message, "type": kind, "param": param, "code": code}})
