"""Exports of a run: JSONL, CSV, Parquet, CogBench's JSON and the paper's file layout.

An export is a copy for others to read; the run folder stays the store. Every file is written
whole or not at all, and pictures are copied beside it.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from storypainter.errors import BadInput, MissingExtra, RunFolderError
from storypainter.runs.folder import RunFolder, write_atomically
from storypainter.runs.items import Item, items
from storypainter.story import Chain, Dimension

COGBENCH_KINDS: tuple[tuple[str, Dimension | None], ...] = (
    ("Special Time Reasoning", Dimension.TIME),
    ("Location Reasoning", Dimension.LOCATION),
    ("Character Reasoning", Dimension.CHARACTER_ROLE),
    ("Character Relationship Reasoning", Dimension.CHARACTER_RELATIONSHIP),
    ("Event Reasoning", Dimension.EVENT),
    ("Event Relationship Reasoning", Dimension.EVENT_CAUSAL_RELATIONSHIP),
    ("Next Moment Event Reasoning", None),  # CogBench's eighth kind; a Story has none
    ("Mental State Reasoning", Dimension.MENTAL_STATE),
)


def export(folder: RunFolder, form: str, target: Path) -> Path:
    """Write the run to a folder; returns the main file.

    Args:
        folder: the run.
        form: ``jsonl``, ``csv``, ``parquet``, ``cogbench`` or ``paper``.
        target: made when missing.

    Raises:
        BadInput: an unknown form. MissingExtra: Parquet without pyarrow.
        RunFolderError: the target can't be written.
    """
    try:
        writer = FORMS[form]
    except KeyError:
        raise BadInput(f"unknown format {form!r}", f"use --format {' or '.join(FORMS)}") from None
    if target.resolve() == folder.path.resolve():
        raise BadInput("the export would go into the run folder itself", "name another folder")
    try:
        target.mkdir(parents=True, exist_ok=True)
        return writer(folder, target)
    except OSError as error:
        raise RunFolderError(
            f"{target} can't be written: {(error.strerror or '').lower()}",
            "choose another folder, or free some space",
        ) from None


def row_of(item: Item, picture: str | None) -> dict[str, Any]:
    """An item as one JSONL row; ``picture`` is a relative path or ``None``."""
    story = item.story
    origin = story.origin if story is not None else None
    return {
        "id": item.id,
        "story": story.text if story is not None else "",
        "picture": picture,
        "storyteller": origin.storyteller if origin else "",
        "painter": item.picture.painter if item.picture else "",
        "mode": origin.mode if origin else "",
        "chains": [chain.to_plain() for chain in story.chains] if story else [],
        "status": item.status,
        "reason": item.reason,
        "reason_kind": item.reason_kind,
        "title": story.title if story else "",
        "gist": story.gist if story else "",
        "entities": list(story.entities) if story else [],
        "notes": list(story.notes) if story else [],
        "origin": origin.to_plain() if origin else None,
        "scene": item.scene.to_plain() if item.scene else None,
        "prompt": item.picture.prompt if item.picture else "",
        "revised_prompt": item.picture.revised_prompt if item.picture else "",
        "regions": [region.to_plain() for region in item.picture.regions] if item.picture else [],
        "reports": list(item.picture.reports) if item.picture else [],
        "themes": dict(story.themes) if story else {},
        "scores": [score.to_plain() for score in item.scores],
    }


def _rows(folder: RunFolder, target: Path) -> Iterator[dict[str, Any]]:
    for item in items(folder):
        yield row_of(item, _copy_picture(folder, item, target, f"pictures/{item.id}"))


def _copy_picture(folder: RunFolder, item: Item, target: Path, stem: str) -> str | None:
    """Copy an item's picture (and its SVG); returns the relative path of the picture."""
    if item.picture is None:
        return None
    relative = stem + Path(item.picture.file).suffix
    _copy(folder.path / item.picture.file, target / relative)
    if item.picture.svg is not None:
        _copy(folder.path / item.picture.svg, target / f"{stem}.svg")
    return relative


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise RunFolderError(
            f"{source} is missing", f"run: storypainter runs verify {source.parent.parent}"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    shutil.copyfile(source, part)  # never a hard link: editing the export must not edit the run
    part.replace(target)


def _jsonl(folder: RunFolder, target: Path) -> Path:
    path = target / "stories.jsonl"
    write_atomically(path, _lines(_rows(folder, target)))
    return path


def _lines(rows: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)


_CSV_COLUMNS = (
    "id", "story", "picture", "storyteller", "painter", "mode", "chains", "status", "reason",
    "reason_kind", "prompt", "revised_prompt",
)  # fmt: skip


def _csv(folder: RunFolder, target: Path) -> Path:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_CSV_COLUMNS)
    for item in items(folder):
        picture = _copy_picture(folder, item, target, f"pictures/{item.id}")
        row = row_of(item, picture)
        chains = item.story.chains if item.story else ()
        row["chains"] = "\n".join(f"{c.dimension.value}: {c.notation}" for c in chains)
        writer.writerow([safe_cell(row[column]) for column in _CSV_COLUMNS])
    path = target / "stories.csv"
    write_atomically(path, text.getvalue().encode())
    return path


def safe_cell(value: object) -> str:
    """A CSV cell that no spreadsheet runs as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _parquet(folder: RunFolder, target: Path) -> Path:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("the Parquet export", "analysis") from None
    rows = list(_rows(folder, target))
    nested = ("chains", "origin", "scene", "regions", "themes", "scores")
    for row in rows:
        for name in nested:  # nested fields differ from row to row: kept as JSON text
            row[name] = orjson.dumps(row[name]).decode()
    path = target / "stories.parquet"
    part = target / f".stories.parquet.{os.getpid()}.part"
    parquet.write_table(pyarrow.Table.from_pylist(rows), part)
    part.replace(path)
    return path


def _cogbench(folder: RunFolder, target: Path) -> Path:
    described: dict[str, Any] = {}
    for item in items(folder):
        if item.story is None:
            continue
        picture = _copy_picture(folder, item, target, f"pictures/{item.id}")
        described[item.id] = {
            "Image Name": Path(picture).name if picture else f"{item.id}.png",
            "Entities": list(item.story.entities),
            **{name: _reasonings(item.story.chains, kind) for name, kind in COGBENCH_KINDS},
            "Description": [item.story.text],
        }
    path = target / "descriptions.json"
    write_atomically(path, orjson.dumps(described, option=orjson.OPT_INDENT_2) + b"\n")
    return path


def _reasonings(chains: Iterable[Chain], kind: Dimension | None) -> list[str]:
    """``clue. + clue. -> conclusion.``, or ``["None"]``."""
    found = [
        " + ".join(_stopped(clue.text) for clue in chain.clues)
        + " -> "
        + _stopped(chain.conclusion)
        for chain in chains
        if chain.dimension is kind
    ]
    return found or ["None"]


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _paper(folder: RunFolder, target: Path) -> Path:
    """The layout of the paper's released pipeline.

    Row k of ``story_output_<llm>.jsonl`` names its own picture, ``image_<llm>_<painter>/<i>.png``
    with i the item's number: story and picture can't fall out of step, whatever failed.
    """
    spec = folder.spec()
    llm = _file_word(str(spec.get("storyteller", "")))
    painter = _file_word(str(spec.get("painter", "") or "none"))
    stories: list[dict[str, Any]] = []
    prompts: list[dict[str, Any]] = []
    for item in items(folder):
        if item.story is None:
            continue
        relative = _copy_picture(folder, item, target, f"image_{llm}_{painter}/{item.index}")
        name = Path(relative).name if relative else None
        row: dict[str, Any] = {}
        shown = item.story.origin.examples if item.story.origin else ()
        for number, example in enumerate(shown, 1):
            row[f"example{number}_id"] = example.id
            row[f"example{number}"] = example.text
        stories.append({**row, "model_output": item.story.text, "img_file_name": name})
        if item.picture is not None:
            prompts.append(
                {
                    "file_name": name,
                    "original_prompt": item.picture.prompt,
                    "revised_prompt": item.picture.revised_prompt,
                    "image_url": None,
                }
            )
    path = target / f"story_output_{llm}.jsonl"
    write_atomically(path, _lines(stories))
    if prompts:
        write_atomically(target / f"img_output_{llm}_{painter}.jsonl", _lines(prompts))
    return path


def _file_word(address: str) -> str:
    """The model's own name as part of a file name (``openai/gpt-4o`` -> ``gpt-4o``)."""
    name = address.partition("/")[2] or address
    name = "dalle3" if name == "dall-e-3" else name
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("._") or "model"


FORMS: dict[str, Callable[[RunFolder, Path], Path]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
    "cogbench": _cogbench,
    "paper": _paper,
}
