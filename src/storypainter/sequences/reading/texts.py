"""Text from a hostile file: decoded, without control characters, of bounded length."""

from __future__ import annotations

import re
from pathlib import Path

from storypainter.sequences.reading.refusals import Refused
from storypainter.sequences.reading.wishes import MAX_TEXT_BYTES, MAX_TEXT_CHARACTERS

# Also the marks that reorder text: they hide what a line says.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_DIGITS = re.compile(r"(\d{1,18})")


def plain(text: str, most: int = MAX_TEXT_CHARACTERS) -> str:
    """Text on one line with single spaces, no control characters, at most ``most`` characters."""
    text = _SPACES.sub(" ", _CONTROL.sub(" ", text.replace("\u00ad", ""))).strip()
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def decoded(data: bytes, where: str) -> str:
    """UTF-8, or UTF-16 with its mark; nothing is guessed.

    Raises:
        Refused: it is neither, or more than 8 MB.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise Refused("too large", f"more than {MAX_TEXT_BYTES >> 20} MB of text", where)
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(
            "unreadable", f"line {line} is not UTF-8 text", where, "save the file as UTF-8"
        ) from None


def file_text(path: Path, where: str, most: int = MAX_TEXT_BYTES) -> str:
    """A text file's content.

    Raises:
        Refused: it can't be read, is too large, or isn't UTF-8.
    """
    return decoded(file_bytes(path, where, most), where)


def file_bytes(path: Path, where: str, most: int) -> bytes:
    """A regular file's bytes, ``most`` at most.

    Raises:
        Refused: it is missing, no regular file, can't be read, or too large.
    """
    try:
        if not path.is_file():
            raise Refused("missing", "no such file" if not path.exists() else "not a file", where)
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "the path is not valid").lower()
        raise Refused("unreadable", reason, where) from None
    if len(data) > most:
        raise Refused("too large", f"more than {most >> 20} MB", where)
    return data


def natural(name: str) -> tuple[tuple[tuple[bool, int, str], ...], str]:
    """A key that sorts ``page 2`` before ``page 10``, and upper and lower case alike."""
    parts = tuple(
        (not part.isdecimal(), int(part) if part.isdecimal() else 0, part.casefold())
        for part in _DIGITS.split(name)
        if part
    )
    return parts, name


def clock(seconds: float) -> str:
    """``0:12.40``, ``1:02:03.00``: a moment of a video."""
    hundredths = round(seconds * 100)
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    shown = f"{rest // 100:02}.{rest % 100:02}"
    return f"{hours}:{minutes:02}:{shown}" if hours else f"{minutes}:{shown}"
