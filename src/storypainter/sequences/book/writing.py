"""The books of a run folder: one for each told sequence, and a page that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from storypainter.picture import Picture
from storypainter.runs.folder import RunFolder, write_atomically
from storypainter.sequences.book.html import book_html
from storypainter.sequences.book.markdown import book_markdown
from storypainter.sequences.book.pages import book_of
from storypainter.sequences.telling.working import ToldSequence

#: All told sequences, one a line; and who told them how.
SEQUENCES, FACTS = "told.jsonl", "told.json"


@dataclass(frozen=True, slots=True)
class Written:
    """A book's files, relative to the run folder, and its title."""

    item: int
    title: str
    html: str


def write_books(
    folder: RunFolder, told: Iterable[ToldSequence], total: int, facts: Mapping[str, Any]
) -> tuple[Written, ...]:
    """Write ``book.html``, ``book.md``, ``book.json`` of each sequence, and what holds for all.

    One sequence is called ``book``, several ``book-0001`` and so on, with an ``index.html``.

    Args:
        folder: where the pictures of the sequences lie.
        told: in any order.
        total: how many sequences were to be told.
        facts: who told them, and what was asked, for ``told.json``.

    Raises:
        RunFolderError: a picture is gone, or the folder can't be written.
    """
    rows = sorted(told, key=lambda each: each.item)
    if not rows:
        return ()
    written = []
    for each in rows:
        name = "book" if total == 1 else f"book-{each.item + 1:04d}"
        book = book_of(each.sequence, each.told)
        _write(folder, f"{name}.html", book_html(book, lambda p: _bytes(folder, p)))
        _write(folder, f"{name}.md", book_markdown(book))
        _write(folder, f"{name}.json", _json(each.sequence.to_plain()))
        written.append(Written(each.item, book.title, f"{name}.html"))
    lines = [each.sequence.to_json() + "\n" for each in rows]
    _write(folder, SEQUENCES, "".join(lines))
    _write(folder, FACTS, _json({**facts, "sequences": [_facts(each) for each in rows]}))
    if total > 1:
        from storypainter.sequences.book.shelf import shelf_html

        _write(folder, "index.html", shelf_html(rows, written, lambda p: _bytes(folder, p)))
    return tuple(written)


def _facts(each: ToldSequence) -> dict[str, Any]:
    told = each.told
    return {
        "item": each.item,
        "sequence": each.sequence.id,
        "pictures": len(told.parts),
        "missing": list(told.missing),
        "reasons": list(told.reasons),
        "notes": list(told.notes),
        "answered": told.answered,
        "at": told.at,
    }


def _json(plain: Any) -> str:
    return orjson.dumps(plain, option=orjson.OPT_INDENT_2).decode() + "\n"


def _bytes(folder: RunFolder, picture: Picture) -> bytes:
    return folder.read_file(picture.file)


def _write(folder: RunFolder, name: str, text: str) -> None:
    write_atomically(folder.path / name, text.encode("utf-8", "replace"))
