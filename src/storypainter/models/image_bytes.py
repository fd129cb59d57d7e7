"""Recognising a picture by its bytes, cheaply.

A PNG is checked chunk by chunk with its CRCs, a JPEG by its markers, a WebP by its RIFF
header: enough to refuse an error page, an empty or a cut file, at a fraction of the cost of
decoding its pixels.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Literal

MAX_SIDE = 65_535

MediaType = Literal["image/png", "image/jpeg", "image/webp"]
EXTENSIONS: dict[str, str] = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What a picture's bytes say of themselves; sides in pixels."""

    media_type: MediaType
    width: int
    height: int


class NotAPicture(ValueError):
    """Bytes that are no whole PNG, JPEG or WebP; the message says why."""


def recognise(data: bytes) -> ImageFacts:
    """The media type and size of a whole picture.

    Raises:
        NotAPicture: empty, cut short, damaged, or something else.
    """
    if not data:
        raise NotAPicture("the picture is empty")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        facts = _png(data)
    elif data.startswith(b"\xff\xd8"):
        facts = _jpeg(data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        facts = _webp(data)
    elif data[:64].lstrip()[:1] == b"<":
        raise NotAPicture("the bytes are markup, not a picture")
    else:
        raise NotAPicture("the bytes are no PNG, JPEG or WebP")
    if not (0 < facts.width <= MAX_SIDE and 0 < facts.height <= MAX_SIDE):
        raise NotAPicture(f"a picture of {facts.width} by {facts.height} pixels")
    return facts


def _png(data: bytes) -> ImageFacts:
    view = memoryview(data)
    at, end = 8, len(data)
    size: tuple[int, int] | None = None
    has_pixels = False
    while at + 12 <= end:
        (length,) = struct.unpack_from(">I", data, at)
        stop = at + 8 + length
        if stop + 4 > end:
            raise NotAPicture("the PNG is cut short")
        name = data[at + 4 : at + 8]
        (crc,) = struct.unpack_from(">I", data, stop)
        if zlib.crc32(view[at + 4 : stop]) != crc:
            raise NotAPicture(f"the PNG is damaged in its {name.decode('latin-1')} chunk")
        if size is None:
            if name != b"IHDR" or length != 13:
                raise NotAPicture("the PNG has no header")
            size = struct.unpack_from(">II", data, at + 8)
        elif name == b"IDAT":
            has_pixels = has_pixels or length > 0
        elif name == b"IEND":
            if not has_pixels:
                raise NotAPicture("the PNG holds no pixels")
            return ImageFacts("image/png", *size)
        at = stop + 4
    raise NotAPicture("the PNG is cut short")


def _jpeg(data: bytes) -> ImageFacts:
    at, end = 2, len(data)
    size: tuple[int, int] | None = None
    while at + 4 <= end:
        if data[at] != 0xFF:
            raise NotAPicture("the JPEG is damaged")
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if length < 2 or at + 2 + length > end:
            raise NotAPicture("the JPEG is cut short")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            if length < 8:
                raise NotAPicture("the JPEG is damaged")
            height, width = struct.unpack_from(">HH", data, at + 5)
            size = (width, height)
        if marker == 0xDA:  # start of scan: the rest is entropy-coded up to the end marker
            if size is None:
                raise NotAPicture("the JPEG has no header")
            if b"\xff\xd9" not in data[-64:]:
                raise NotAPicture("the JPEG is cut short")
            return ImageFacts("image/jpeg", *size)
        at += 2 + length
    raise NotAPicture("the JPEG is cut short")


def _has_frame(data: bytes) -> bool:
    """Whether a chunk of an extended WebP is a still picture or a frame of an animation."""
    at = 12
    while at + 8 <= len(data):
        if data[at : at + 4] in (b"VP8 ", b"VP8L", b"ANMF"):
            return True
        (length,) = struct.unpack_from("<I", data, at + 4)
        at += 8 + length + length % 2
    return False


def _webp(data: bytes) -> ImageFacts:
    if len(data) < 30:
        raise NotAPicture("the WebP is cut short")
    (length,) = struct.unpack_from("<I", data, 4)
    if not 22 <= length <= len(data) - 8:
        raise NotAPicture("the WebP is cut short")
    kind = data[12:16]
    if kind == b"VP8X":
        if not _has_frame(data):
            raise NotAPicture("the WebP holds no pixels")
        width = 1 + int.from_bytes(data[24:27], "little")
        height = 1 + int.from_bytes(data[27:30], "little")
    elif kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif kind == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    else:
        raise NotAPicture("the WebP is damaged")
    return ImageFacts("image/webp", width, height)
