"""Tables of people and settings, picture by picture, as StoryReasoning's analyses write them.

Markdown: ``## Image 2``, below it ``### Characters`` with columns Character ID, Name, Description,
Emotions, Actions, and ``### Setting`` with Setting Element, Description, Mood, Time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storypainter.sequences.reading.texts import plain

_IMAGE = re.compile(r"^##\s*Image\s+(\d{1,4})\b", re.IGNORECASE)
_RULE = re.compile(r"^[\s|:-]+$")
_NOTHING = frozenset({"", "-", "--", "none", "n/a", "na", "unknown", "not specified"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: which picture it is about (from 1), which table, cells by column."""

    image: int
    table: str
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """A cell; empty where the column is absent or says that nothing is known."""
        cell = self.cells.get(column, "")
        return "" if cell.casefold() in _NOTHING else cell


def read_tables(text: str) -> Iterator[Row]:
    """The rows of all tables below a picture's heading; anything else is passed over."""
    image, table = 0, ""
    columns: list[str] = []
    for line in text.splitlines():
        line = line.strip()
        if heading := _IMAGE.match(line):
            image, table, columns = int(heading[1]), "", []
        elif line.startswith("###"):
            table, columns = line.lstrip("# ").casefold(), []
        elif line.startswith("##"):
            image, table, columns = 0, "", []
        elif line.startswith("|") and image and table:
            cells = [plain(each, 300) for each in line.strip("|").split("|")]
            if not columns:
                columns = [each.casefold() for each in cells]
            elif not _RULE.match(line):
                yield Row(image, table, dict(zip(columns, cells, strict=False)))
