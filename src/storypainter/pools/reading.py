"""Reading story files: JSONL of Story, CSV with ``img_id,story``, CogBench's description JSON.

Files are hostile until read. A file that can't be read at all raises; a bad row is a
:class:`Problem`, so that loading can stop at the first one and checking can name them all.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.pools.cogbench import read_cogbench
from storypainter.pools.problem import Problem, problem_of
from storypainter.story import Story

MAX_BYTES = 64 * 1024 * 1024
MAX_STORIES = 100_000
#: A story is a paragraph; a longer "story" would only burn the budget of every prompt it enters.
MAX_STORY_CHARACTERS = 20_000

CSV_COLUMNS = ("img_id", "story")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: where it stands (``line 7``) and the Story or what is wrong with it."""

    where: str
    content: Story | Problem


def read_story_rows(path: Path) -> Iterator[Row]:
    """Every row of a story file, in file order.

    The suffix decides the format: ``.jsonl`` (one Story a line), ``.csv`` (columns ``img_id``
    and ``story``, others ignored), ``.json`` (CogBench's descriptions).

    Raises:
        BadInput: no such file, not a regular file, over 64 MB, over 100,000 stories, not UTF-8,
            an unknown suffix, a missing column, broken JSON or CSV syntax. The message names
            the file and, where there is one, the line.
    """
    readers: dict[str, Callable[[str, str], Iterator[Row]]] = {
        ".jsonl": _jsonl_rows,
        ".csv": _csv_rows,
        ".json": _cogbench_rows,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise BadInput(
            f"{path.name}: unknown kind of pool file {path.suffix or '(no suffix)'!r}",
            "use .jsonl (one Story a line), .csv (img_id,story) or .json (CogBench descriptions)",
        )
    text = read_text(path)
    seen: dict[str, str] = {}
    for count, row in enumerate(reader(text, path.name), start=1):
        if count > MAX_STORIES:
            raise BadInput(
                f"{path.name}: more than {MAX_STORIES:,} stories", "use a part of the file"
            )
        yield _checked(row, seen)


def read_text(path: Path) -> str:
    """A file's text as strict UTF-8 (a byte order mark is dropped), at most 64 MB.

    Raises:
        BadInput: see :func:`read_story_rows`.
    """
    try:
        if not path.is_file():
            kind = "is not a regular file" if path.exists() else "does not exist"
            raise BadInput(f"{path} {kind}", "check the path")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not valid"
        raise BadInput(f"{path!s:.200}: can't be read: {reason}", "check the path") from None
    if len(data) > MAX_BYTES:
        raise BadInput(f"{path.name}: larger than 64 MB", "use a part of the file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"{path.name}, line {line}: not UTF-8 text", "save the file as UTF-8"
        ) from None


def _checked(row: Row, seen: dict[str, str]) -> Row:
    """The row, or the problem that only shows beside other rows or in the text itself."""
    story = row.content
    if isinstance(story, Problem):
        return row
    if story.id in seen:
        return Row(
            row.where,
            Problem(
                story.id,
                f"the id {story.id!r} was used before, at {seen[story.id]}",
                f"give it its own id, for example {story.id}:2 for another story of that picture",
            ),
        )
    seen[story.id] = row.where
    if len(story.text) > MAX_STORY_CHARACTERS:
        return Row(
            row.where,
            Problem(
                story.id,
                f"the story has {len(story.text):,} characters",
                f"a story may have at most {MAX_STORY_CHARACTERS:,}",
            ),
        )
    if _CONTROL.search(story.text):
        return Row(
            row.where,
            Problem(story.id, "the story holds a control character", "remove it from the text"),
        )
    return row


def _jsonl_rows(text: str, name: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield Row(f"line {number}", Story.from_json(line))
        except BadInput as error:
            hint = 'write one Story a line, at least {"id": "...", "text": "..."}'
            yield Row(f"line {number}", Problem("", error.message, hint))


def _csv_rows(text: str, name: str) -> Iterator[Row]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    line = 1
    try:
        header = [column.strip() for column in next(reader, [])]
        missing = [column for column in CSV_COLUMNS if column not in header]
        if missing:
            found = ", ".join(header)[:200] or "nothing"
            raise BadInput(
                f"{name}, line 1: no column {missing[0]!r}; found: {found}",
                "the first line must name the columns img_id and story",
            )
        id_at, story_at = header.index("img_id"), header.index("story")
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                yield Row(f"line {line}", _csv_story(cells, len(header), id_at, story_at))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(
            f"{name}, line {line}: broken CSV: {error}", "check the quotes of that row"
        ) from None


def _csv_story(cells: list[str], columns: int, id_at: int, story_at: int) -> Story | Problem:
    if len(cells) != columns:
        return Problem(
            "",
            f"the row has {len(cells)} cells, but the header names {columns} columns",
            "put a story that holds commas or line breaks in double quotes",
        )
    story_id = cells[id_at].strip()
    try:
        return Story(id=story_id, text=cells[story_at])
    except ValidationError as error:
        return problem_of(error, story_id)


def _cogbench_rows(text: str, name: str) -> Iterator[Row]:
    for where, content in read_cogbench(text, name):
        yield Row(where, content)
