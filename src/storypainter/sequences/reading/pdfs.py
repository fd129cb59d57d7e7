"""PDF picture books: every page a picture, its text beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from storypainter.sequences.reading.apart import read_apart
from storypainter.sequences.reading.found import Found, FoundFrame
from storypainter.sequences.reading.pictures import MAX_BYTES, Checked, checked
from storypainter.sequences.reading.refusals import Refused
from storypainter.sequences.reading.texts import file_bytes
from storypainter.sequences.reading.wishes import MAX_ARCHIVE_BYTES, Wishes


def read_pdf(path: Path, name: str, wishes: Wishes) -> Iterator[Found]:
    """The sequence of a PDF: its pages, rendered so that the longer side has ``wishes.side`` pixels.

    Args:
        path: the file.
        name: what it is called in messages; becomes ``Sequence.source``.
        wishes: what is asked.

    Raises:
        MissingExtra: pypdfium2 isn't installed.
        Refused: no PDF, locked, too many pages, or reading took too long.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Refused("unreadable", (error.strerror or "can't be read").lower()) from None
    if size > MAX_ARCHIVE_BYTES:
        raise Refused("too large", f"more than {MAX_ARCHIVE_BYTES >> 30} GB")
    with tempfile.TemporaryDirectory(prefix="storypainter-") as made:
        folder = Path(made)
        told = read_apart("pdf", path, folder, wishes.seconds, wishes=wishes.to_plain())
        yield Found(
            name=name, source=name, kind="illustrated book", title=told["title"],
            frames=tuple(
                FoundFrame(
                    at=f"page {each['number']}", text=each["text"],
                    load=partial(_load, folder, each["file"], each.get("why", "")),
                )
                for each in told["pages"]
            ),
        )  # fmt: skip


def _load(folder: Path, file: str | None, why: str) -> Checked:
    if file is None:
        raise Refused("unreadable", why)
    return checked(file_bytes(folder / file, "", MAX_BYTES))
