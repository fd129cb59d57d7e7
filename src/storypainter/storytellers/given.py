"""Stories that are already there: a JSONL or CSV file of anybody's, texts, or one text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.pools.reading import MAX_STORIES, MAX_STORY_CHARACTERS, read_text
from storypainter.pools.tables import json_rows, table_rows
from storypainter.scene import Scene
from storypainter.story import ExampleUsed, Story, StoryOrigin
from storypainter.value import first_problem

#: Where a row's text may stand; the last two are the paper's and its pools' names.
TEXT_COLUMNS = ("story", "text", "model_output", "description")
ID_COLUMNS = ("id", "img_id", "img_file_name")


class Given(NamedTuple):
    """A story from a file, and its Scene where the row has one."""

    story: Story
    scene: Scene | None


def read_stories(source: str) -> tuple[Given, ...]:
    """The stories of a ``.jsonl``, ``.csv`` or ``.txt`` file, or ``source`` itself as one story.

    A ``.json`` file is one Scene. JSONL rows are Stories, rows of an export, or objects with one of ``TEXT_COLUMNS``; an empty
    story (a failed row of an export) is skipped when the row says so by ``status``. Columns
    ``example1``, ``example2``… (the paper's layout) are kept as the story's in-context examples.
    Lines of three or more dashes separate the stories of a ``.txt`` file. A folder's ``.txt``
    files are a story each, by the file's name.

    Raises:
        BadInput: a broken line (which one), a missing column, no story at all.
    """
    path = Path(source) if "\n" not in source and len(source) < 1024 else None
    suffix = path.suffix.lower() if path is not None else ""
    if path is not None and path.is_dir():
        return _unique(path.name, _folder_rows(path))
    if path is not None and suffix == ".json":
        return (_given_scene(path),)
    if path is None or (suffix not in (".jsonl", ".csv", ".txt") and not path.is_file()):
        if " " not in source.strip():
            raise BadInput(f"no file {source!r}", "give a .jsonl, .csv or .txt file, or a story")
        return (_given("line 1", {"text": source}, 0),)
    text = read_text(path)
    if suffix == ".csv":
        rows = _csv_rows(text, path.name)
    elif suffix == ".jsonl":
        rows = json_rows(text, path.name, 'write {"id": "…", "story": "…"}')
    else:
        rows = _text_rows(text)
    return _unique(path.name, rows)


def _given_scene(path: Path) -> Given:
    """A Scene by itself; its story only lists who and what is in it."""
    try:
        scene = Scene.model_validate_json(read_text(path))
    except ValidationError as error:
        raise BadInput(f"{path.name}: {first_problem(error)}", "correct the Scene") from None
    shown = [person.role for person in scene.people] + [animal.species for animal in scene.animals]
    shown += [prop.kind for prop in scene.props]
    text = f"A Scene ({scene.setting.kind}): {', '.join(shown) or 'nobody'}."
    name = re.sub(r"[^A-Za-z0-9_.:-]+", "-", path.stem).strip("-.:_") or "scene"
    origin = StoryOrigin(storyteller="given", mode="written")
    return Given(Story(id=name[:120], text=text, origin=origin), scene)


def _unique(name: str, rows: Iterator[tuple[str, dict[str, Any]]]) -> tuple[Given, ...]:
    found: dict[str, Given] = {}
    for where, row in rows:
        if row.get("status") == "failed" and not _text_of(row):
            continue
        given = _given(f"{name}, {where}", row, len(found))
        if given.story.id in found:
            raise BadInput(
                f"{name}, {where}: the id {given.story.id!r} is used twice",
                "give every story its own id",
            )
        if len(found) >= MAX_STORIES:
            raise BadInput(f"{name}: more than {MAX_STORIES:,} stories", "split the file")
        found[given.story.id] = given
    if not found:
        raise BadInput(f"{name} holds no story", "write one story a line, or a .txt file each")
    return tuple(found.values())


def _given(where: str, row: dict[str, Any], index: int) -> Given:
    text = _text_of(row)
    if text is None:
        raise BadInput(
            f"{where}: no story in it (found: {', '.join(row) or 'nothing'})",
            f"name the column one of {', '.join(TEXT_COLUMNS)}",
        )
    if len(text) > MAX_STORY_CHARACTERS:
        raise BadInput(
            f"{where}: the story has {len(text):,} characters",
            f"a story may have at most {MAX_STORY_CHARACTERS:,}",
        )
    plain: dict[str, Any] = {"id": f"given-{index + 1:05d}", "text": text}
    for name in ID_COLUMNS:
        if isinstance(row.get(name), str | int) and str(row[name]).strip():
            plain["id"] = str(row[name]).strip()
            break
    for name in ("chains", "entities", "gist", "title", "notes", "themes"):
        if row.get(name) and not isinstance(row[name], str):
            plain[name] = row[name]
    for name in ("gist", "title"):
        if isinstance(row.get(name), str):
            plain[name] = row[name]
    scene = row.get("scene")
    try:
        origin = row.get("origin")
        if isinstance(origin, dict):
            plain["origin"] = origin
        story = Story.model_validate_json(orjson.dumps(plain))
        if story.origin is None:
            given = StoryOrigin(storyteller="given", mode="written", examples=_examples(row))
            story = story.model_copy(update={"origin": given})
        return Given(story, Scene.model_validate_json(orjson.dumps(scene)) if scene else None)
    except ValidationError as error:
        raise BadInput(f"{where}: {first_problem(error)}", "correct that line") from None


def _examples(row: dict[str, Any]) -> tuple[ExampleUsed, ...]:
    """In-context examples in the paper's columns: ``example1`` and ``example1_id``, and so on."""
    found = []
    for number in range(1, 21):
        text = row.get(f"example{number}")
        if isinstance(text, str) and text.strip():
            named = str(row.get(f"example{number}_id") or f"example{number}")
            found.append(ExampleUsed(id=named, text=text.strip()))
    return tuple(found)


def _folder_rows(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(folder.glob("*.txt")):
        yield (
            path.name,
            {"id": re.sub(r"[^A-Za-z0-9_.:-]+", "-", path.stem), "text": read_text(path)},
        )


def _text_rows(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    line = 1
    for part in re.split(r"(?m)^(-{3,}[ \t]*)$", text):
        if part.strip() and not part.startswith("---"):
            yield f"line {line}", {"text": part}
        line += part.count("\n")


def _text_of(row: dict[str, Any]) -> str | None:
    for name in TEXT_COLUMNS:
        if isinstance(row.get(name), str) and row[name].strip():
            return str(row[name]).strip()
    return None


def _csv_rows(text: str, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    named = f"name the column one of {', '.join(TEXT_COLUMNS)}"
    rows = table_rows(text, name, hint=named)
    where, header = next(rows)
    if not set(header) & set(TEXT_COLUMNS):
        raise BadInput(
            f"{name}, {where}: no column with stories; found: {', '.join(header) or 'nothing'}",
            named,
        )
    yield from rows
