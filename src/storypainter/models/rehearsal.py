"""A provider that follows a script: for tests, documentation and rehearsals of a run.

``rehearsal`` alone answers everything at once: a short made-up story that differs by prompt
and call, a small flat picture, a vector. ``rehearsal/path/to/script.jsonl`` plays its lines in
order, one a call, and then falls back to those answers. A line is one of::

    {"text": "The story to reply with.", "finish": "stop"}
    {"picture": "#88aacc"}
    {"fail": "rate_limit", "message": "slow down", "retry_after": 2}
    {"seconds": 0.5, "text": "…"}                       (waits first)

Every request is kept in ``history``, so that a test can look at what was sent.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import math
import re
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from storypainter.errors import BadInput
from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    EmbedReply,
    EmbedRequest,
    ImageReply,
    ImageRequest,
    Model,
    ModelOptions,
    Usage,
    Verdict,
)

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LARGEST_SIDE = 4096
_WHO = (
    "A baker",
    "A young bus driver",
    "An old fisher",
    "A schoolgirl",
    "A tired nurse",
    "A clown",
)
_DOES = (
    "holds a dripping umbrella over a cardboard box of kittens",
    "stares at a clock that stands at one minute to nine",
    "leans over a chessboard on which one king already lies flat",
    "balances a birthday cake on one hand above a sleeping dog",
    "presses a hand to the window of a departing tram",
    "clutches two tickets behind a broad back",
)
_WHILE = (
    "while a boy in a raincoat bites his lip and hides a lead behind his back.",
    "while a waiter with a tray of glasses has seen nothing of the wet floor.",
    "while a woman in the doorway covers her smile with a newspaper.",
    "while two children whisper behind a curtain too short to hide their shoes.",
)


def create(name: str, options: ModelOptions) -> Model:
    """A rehearsal model; ``name`` is empty or the path of a script."""
    return Rehearsal(name, load_script(Path(name)) if name else ())


def load_script(path: Path) -> tuple[Mapping[str, Any], ...]:
    """The lines of a script.

    Raises:
        BadInput: the file can't be read, or a line is no script line (which one).
    """
    try:
        rows = path.read_bytes().splitlines()
    except OSError as error:
        raise BadInput(f"rehearsal script {path}: {error.strerror}", "check the path") from None
    lines: list[Mapping[str, Any]] = []
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        try:
            line = orjson.loads(row)
            _check_line(line)
        except ValueError:
            raise BadInput(
                f"rehearsal script {path}, line {number}: not a script line",
                'each line is {"text": …}, {"picture": …} or {"fail": VERDICT}',
            ) from None
        lines.append(line)
    return tuple(lines)


def _check_line(line: Any) -> None:
    if not isinstance(line, dict) or not {"text", "picture", "fail"} & line.keys():
        raise ValueError("says nothing")
    if not all(isinstance(line.get(name, ""), str) for name in ("text", "finish", "message")):
        raise ValueError("not a text")
    if not _COLOUR.fullmatch(str(line.get("picture", "#000000"))):
        raise ValueError("not a colour")
    for name in ("seconds", "retry_after"):
        value = line.get(name, 0)
        if type(value) not in (int, float) or value < 0:
            raise ValueError("not a number of seconds")
    if "fail" in line:
        Verdict(line["fail"])


class Rehearsal:
    """The scripted model; Writer, Seer, Illustrator and Embedder in one."""

    sees = True

    def __init__(self, name: str = "", script: tuple[Mapping[str, Any], ...] = ()) -> None:
        self.address = f"rehearsal/{name}" if name else "rehearsal"
        digest = hashlib.sha256(orjson.dumps(list(script))).hexdigest()[:16]
        self.identity: Mapping[str, str] = {
            "provider": "rehearsal",
            "model": name,
            "revision": digest,
        }
        self.history: list[ChatRequest | ImageRequest | EmbedRequest] = []
        self._script = iter(script)
        self._count = itertools.count()

    async def chat(self, request: ChatRequest) -> ChatReply:
        """The script's next line, or a made-up story."""
        self.history.append(request)
        line = await self._next()
        prompt = "".join(str(message.content) for message in request.messages)
        text = line["text"] if "text" in line else _story(f"{prompt}{next(self._count)}")
        usage = Usage(len(prompt) // 4, len(text) // 4)
        return ChatReply(text, str(line.get("finish", "stop")), usage, self.address)

    async def illustrate(self, request: ImageRequest) -> ImageReply:
        """A flat picture in the script's colour, or in one that the prompt decides."""
        self.history.append(request)
        line = await self._next()
        digest = hashlib.sha256(request.prompt.encode()).hexdigest()
        colour = str(line.get("picture") or "#" + digest[:6])
        return ImageReply(
            _flat_png(*_sides(request.size), colour, digest), "image/png", "", Usage(), self.address
        )

    async def embed(self, request: EmbedRequest) -> EmbedReply:
        """A unit vector of 16 numbers a text, decided by its words."""
        self.history.append(request)
        await self._next()
        return EmbedReply(tuple(_vector(text) for text in request.texts), Usage(), self.address)

    async def aclose(self) -> None:
        """Nothing to close."""

    async def _next(self) -> Mapping[str, Any]:
        line = next(self._script, {})
        if line.get("seconds"):
            await asyncio.sleep(float(line["seconds"]))
        if "fail" in line:
            raise CallFailed(
                Verdict(line["fail"]),
                str(line.get("message", f"rehearsed {line['fail']}")),
                retry_after=line.get("retry_after"),
            )
        return line


def _story(seed: str) -> str:
    digest = hashlib.sha256(seed.encode()).digest()
    who, does, meanwhile = (
        part[digest[i] % len(part)] for i, part in enumerate((_WHO, _DOES, _WHILE))
    )
    return f"{who} {does} {meanwhile}"


def _sides(size: str) -> tuple[int, int]:
    width, _, height = size.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        return 256, 256
    if max(int(width), int(height)) > _LARGEST_SIDE:
        raise CallFailed(
            Verdict.INVALID, f"rehearsal paints no larger than {_LARGEST_SIDE} pixels a side"
        )
    return int(width), int(height)


def _flat_png(width: int, height: int, colour: str, note: str) -> bytes:
    """A one-colour PNG with a text chunk, so that each prompt gives other bytes."""
    rgb = bytes.fromhex(colour.lstrip("#"))
    rows = (b"\0" + rgb * width) * height

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"tEXt", b"prompt\0" + note.encode())
        + chunk(b"IDAT", zlib.compress(rows, 1))
        + chunk(b"IEND", b"")
    )


def _vector(text: str) -> tuple[float, ...]:
    sums = [0.0] * 16
    for word in text.casefold().split() or [text]:  # no text has a zero vector
        digest = hashlib.sha256(word.encode()).digest()
        for i in range(16):
            sums[i] += digest[i] / 127.5 - 1.0
    length = math.sqrt(sum(x * x for x in sums)) or 1.0
    return tuple(x / length for x in sums)
