"""Files of bounded size: read whole, or refused in one line."""

from __future__ import annotations

from pathlib import Path

from storypainter.errors import BadInput


def file_bytes(path: Path, most: int, hint: str = "give another file") -> bytes:
    """A file of at most so many bytes; no more than these are read.

    Args:
        path: the file.
        most: bytes; a multiple of 2^20.
        hint: what to do where it can't be taken.

    Raises:
        BadInput: it is larger, or can't be read.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "the path is not valid").lower()
        raise BadInput(f"{path} can't be read: {reason}", hint) from None
    if len(data) > most:
        raise BadInput(f"{path} is larger than {most >> 20} MB", hint)
    return data
