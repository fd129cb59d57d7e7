"""The tables that the paper printed, from ``published.toml``: text, as printed, with what to doubt."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A printed table: rows of a system's name and texts in the order of ``columns``."""

    source: str
    judge: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]

    def value(self, row: tuple[str, ...], column: str) -> str:
        """What a row prints in a column; empty where the table has no such column."""
        return row[self.columns.index(column)] if column in self.columns else ""


@cache
def published(name: str) -> PublishedTable | None:
    """A printed table by its name (``table1`` to ``table4``); ``None`` for any other."""
    text = (files("storypainter.sequences.judging") / "published.toml").read_text("utf-8")
    plain = tomllib.loads(text)
    table = plain.get(name)
    if not isinstance(table, dict):
        return None
    return PublishedTable(
        source=f"{plain['source']}, {table['place']}",
        judge=str(table.get("judge", plain["judge"])),
        columns=tuple(table["columns"]),
        rows=tuple((row[0], tuple(row[1:])) for row in table["rows"]),
        notes=tuple(table["notes"]),
    )
