"""The rows that the paper printed, read from ``published.toml``: text, exactly as printed."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from storypainter.errors import BadInput


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A printed row; ``values`` are texts in the order of the table's columns."""

    id: str
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A printed table, with its source and the keys of its columns."""

    source: str
    columns: tuple[str, ...]
    rows: tuple[PublishedRow, ...]

    def row(self, name: str) -> PublishedRow | None:
        """The row of that id."""
        return next((row for row in self.rows if row.id == name), None)

    def value(self, row: PublishedRow, column: str) -> str:
        """What the row prints in a column; empty where the table has no such column."""
        return row.values[self.columns.index(column)] if column in self.columns else ""


def published_table(name: str, where: str) -> PublishedTable | None:
    """A printed table by its name (``table1``); ``None`` for no name.

    Raises:
        BadInput: there is none of that name.
    """
    if not name:
        return None
    text = (files("storypainter.experiments") / "published.toml").read_text("utf-8")
    plain = tomllib.loads(text)
    known = tuple(key for key, value in plain.items() if isinstance(value, dict))
    if name not in known:
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are: {', '.join(known)}"
        raise BadInput(f"{where}: no published table {name!r}", hint)
    table = plain[name]
    rows = tuple(
        PublishedRow(row["id"], row["label"], tuple(row["values"])) for row in table["rows"]
    )
    return PublishedTable(f"{plain['source']}, {table['place']}", tuple(table["columns"]), rows)
