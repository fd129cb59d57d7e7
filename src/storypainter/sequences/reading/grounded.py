"""StoryReasoning-style rows: pictures, a story with grounding tags, and tables of what is shown.

A row (of JSON, JSONL or Parquet) has ``images`` (names of files, or objects with ``path`` or
``bytes``, base64 in JSON), ``story``, and perhaps ``story_id``, ``title``, ``source`` and ``chain_of_thought`` (see ``scene_tables``).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from storypainter.errors import MissingExtra
from storypainter.sequence import Character, Depiction
from storypainter.sequences.reading.archives import leads_out
from storypainter.sequences.reading.folders import Pictures
from storypainter.sequences.reading.found import Found, FoundFrame
from storypainter.sequences.reading.grounding_tags import Grounded, read_tags, without_tags
from storypainter.sequences.reading.pictures import MAX_BYTES, SUFFIXES, Checked, checked
from storypainter.sequences.reading.refusals import Refusal, Refused
from storypainter.sequences.reading.scene_tables import Row, read_tables
from storypainter.sequences.reading.texts import plain
from storypainter.sequences.reading.wishes import Wishes

_COLUMNS = frozenset({"images", "story", "story_id", "id", "title", "source", "movie",
                      "chain_of_thought"})  # fmt: skip
_MAX_STORY = 200_000
_MAX_ANALYSIS = 1_000_000
_MAX_IMAGES = 1000


def is_grounded(row: object) -> bool:
    """Whether a parsed row has pictures and a story."""
    return isinstance(row, dict) and "images" in row and "story" in row


def parquet_rows(path: Path) -> Iterator[tuple[str, Any]]:
    """The rows of a Parquet file, as data set hubs store them: pictures are in the rows.

    Raises:
        MissingExtra: pyarrow isn't installed.
        Refused: not a Parquet file, a damaged one, or one without images and story.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("reading Parquet files", "analysis") from None
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            columns = [each for each in file.schema_arrow.names if each in _COLUMNS]
            if not {"images", "story"} <= set(columns):
                raise Refused("annotation", "it has no columns images and story")
            for batch in file.iter_batches(batch_size=4, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield f"row {number}", row
    except (pyarrow.ArrowException, OSError, ValueError):
        raise Refused(
            "unreadable", "not a Parquet file, or a damaged one", f"row {number + 1}"
        ) from None


def read_grounded(
    rows: Iterator[tuple[str, Any]], name: str, wishes: Wishes, images: Path
) -> Iterator[Found | Refusal]:
    """A sequence for each row.

    Args:
        rows: (``line 3``, parsed row).
        name: what the file is called in messages.
        wishes: what is asked.
        images: the folder with the pictures that rows name.

    Yields:
        Sequences; a Refusal for each row that can't be understood.

    Raises:
        Refused: more than half a million files in the folder.
    """
    pictures = Pictures(images, SUFFIXES)
    for place, row in rows:
        where = f"{name}, {place}"
        try:
            yield _sequence(row, name, where, pictures)
        except Refused as fault:
            yield Refusal(
                level="sequence", reason=fault.reason, where=where, said=fault.said,
                done="the sequence was refused", hint=fault.hint,
            )  # fmt: skip


def _sequence(row: Any, name: str, where: str, pictures: Pictures) -> Found:
    if not is_grounded(row):
        raise Refused("annotation", "a row needs images and story")
    images, story = row["images"], row["story"]
    analysis = row.get("chain_of_thought") or ""
    if not isinstance(images, list) or not isinstance(story, str) or not isinstance(analysis, str):
        raise Refused("annotation", "images must be a list, story and chain_of_thought texts")
    if len(story) > _MAX_STORY or len(analysis) > _MAX_ANALYSIS or len(images) > _MAX_IMAGES:
        raise Refused("too large", "more than 200,000 characters of story, or 1,000 pictures")
    tags = read_tags(story)
    beyond = max(tags.parts, default=0)
    if beyond > len(images):
        raise Refused("annotation", f"the story tells of picture {beyond} of {len(images)}")
    tables = [each for each in read_tables(analysis) if each.image <= len(images)]
    called = plain(str(row.get("story_id") or row.get("id") or ""), 60)
    people = _characters(tags, tables)
    told = tuple(
        FoundFrame(
            at=_at(each, number), load=partial(_load, each, pictures), part=tags.parts.get(number, ""),
            place=_place(number, tags, tables), time=_setting(number, tables, "time"),
            shown=_shown(number, tags, tables, people),
        )
        for number, each in enumerate(images, start=1)
    )  # fmt: skip
    refusals = (
        (
            Refusal(
                level="text", reason="annotation", where=where, done="the text was kept",
                said=f"{len(tags.faults)} faults in its tags, the first: {tags.faults[0]}",
            ),
        )
        if tags.faults
        else ()
    )  # fmt: skip
    title = row.get("title")
    source = row.get("source") or row.get("movie")
    return Found(
        name=where,
        source=plain(source, 200) if isinstance(source, str) and source.strip()
        else f"{name}, story {called}" if called else where,
        kind="video",
        title=plain(title, 500) if isinstance(title, str) else "",
        frames=told,
        characters=tuple(people.values()),
        story="" if tags.parts else without_tags(story),
        refusals=refusals,
    )  # fmt: skip


def _characters(tags: Grounded, tables: list[Row]) -> dict[str, Character]:
    found: dict[str, Character] = {}
    for row in tables:
        who = row.get("character id")
        if row.table == "characters" and who.startswith("char") and who.isalnum():
            name = row.get("name") or tags.name(who)
            found.setdefault(who, Character(id=who, name=name, look=row.get("description")))
    for who in sorted(tags.names):
        found.setdefault(who, Character(id=who, name=tags.name(who)))
    for doing in tags.doing.values():
        for who in doing:
            found.setdefault(who, Character(id=who, name=tags.name(who)))
    return found


def _shown(
    image: int, tags: Grounded, tables: list[Row], people: dict[str, Character]
) -> tuple[Depiction, ...]:
    """Who is in a picture: by its table of people if it has one, or else by its part's tags."""
    rows = {
        row.get("character id"): row
        for row in tables
        if row.image == image and row.table == "characters" and row.get("character id") in people
    }
    doing = tags.doing.get(image, {})
    who = list(rows) or list(dict.fromkeys((*tags.present.get(image, ()), *doing)))
    return tuple(
        Depiction(
            character=each,
            action=_lowered(rows[each].get("actions")) if each in rows and rows[each].get("actions")
            else ", ".join(doing.get(each, ())),
            emotion=rows[each].get("emotions").split(",")[0].strip().lower() if each in rows else "",
        )
        for each in who
    )  # fmt: skip


def _place(image: int, tags: Grounded, tables: list[Row]) -> str:
    for element in ("location", "environment"):
        for row in tables:
            if row.image == image and row.get("setting element").casefold() == element:
                return row.get("description")
    return next(iter(tags.places.get(image, ())), "")


def _setting(image: int, tables: list[Row], column: str) -> str:
    return next(
        (row.get(column) for row in tables
         if row.image == image and row.table.startswith("setting") and row.get(column)), "",
    )  # fmt: skip


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _at(image: Any, number: int) -> str:
    name = image.get("path") if isinstance(image, dict) else image
    return plain(name, 200) if isinstance(name, str) and name.strip() else f"image {number}"


def _load(image: Any, pictures: Pictures) -> Checked:
    if isinstance(image, dict) and isinstance(image.get("bytes"), bytes):
        return checked(image["bytes"])
    if isinstance(image, dict) and isinstance(image.get("bytes"), str):
        if len(image["bytes"]) > MAX_BYTES * 4 // 3 + 4:
            raise Refused("too large", f"more than {MAX_BYTES >> 20} MB")
        try:
            return checked(base64.b64decode(image["bytes"], validate=True))
        except binascii.Error:
            raise Refused("unreadable", "its bytes are not base64") from None
    name = image.get("path") or image.get("file_name") if isinstance(image, dict) else image
    if not isinstance(name, str) or not name:
        raise Refused("annotation", "it is neither the name of a file nor bytes")
    if leads_out(name):
        raise Refused("not safe", f"{plain(name, 100)!r} leads out of the folder of pictures")
    return pictures.load(name)
