"""Rated features to learn from: ISA's files, and the user's own ratings.

ISA's format (arXiv 2501.01982): a CSV with ``file_name, entity_score, semantic_score`` and a
JSONL that adds ``model_output``, the features that a Seer wrote of the picture. Here: a CSV with
scores, JSONL files with features (and the scores, or without them), in one folder or each given.
A JSONL whose name holds ``naive`` has Naive features, every other one CoT features.

The user's own ratings: JSONL or CSV with ``text`` or ``features``, and ``score`` (or
``semantic_score``) and, where it is known, ``entity_score``; ``id`` or ``file_name`` where there
is one. Scores lie in [0, 1], or ``scale_min`` and ``scale_max`` in the same row say between what.

The text of features is what the Seer said, as it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from storypainter.errors import BadInput
from storypainter.pools.reading import read_text
from storypainter.pools.tables import json_rows, table_rows
from storypainter.training.variants import Variant
from storypainter.value import content_hash

Kind = Literal["cot", "naive"]
_SCORES = {"semantic": ("semantic_score", "score"), "entity": ("entity_score",)}
_TEXTS = ("model_output", "features", "text")
_IDS = ("file_name", "id")
MOST_ROWS = 200_000
MOST_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Item:
    """A rated picture: its features by kind, and its scores in [0, 1] by head."""

    id: str
    texts: Mapping[Kind, str]
    scores: Mapping[str, float]
    where: str


@dataclass(frozen=True, slots=True)
class Data:
    """All items with a text and a score, by id; and what was left out, in words."""

    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """Over ids, texts and scores, whatever files they came from."""
        return content_hash([[i.id, dict(i.texts), dict(i.scores)] for i in self.items])

    def having(self, variant: Variant) -> bool:
        """Whether any item has the features that ``variant`` is made of."""
        return any(variant.kind in item.texts for item in self.items)


@dataclass(slots=True)
class _Found:
    """What the files say of one picture so far."""

    texts: dict[Kind, str] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    where: str = ""


def read_data(paths: Iterable[Path], heads: tuple[str, ...]) -> Data:
    """Read files, or folders with files, of rated features.

    Args:
        paths: ``.jsonl`` and ``.csv`` files, or folders that hold some.
        heads: which scores every item must have.

    Raises:
        BadInput: a file that can't be read, a row that is wrong (with file and line), two rows
            that say different things of one picture, or no item with both text and scores.
    """
    found: dict[str, _Found] = {}
    for path in _files(paths):
        for where, row in _rows(path):
            _take(found, row, path, where)
    items, silent, unrated = [], 0, 0
    for name in sorted(found):
        one = found[name]
        if not one.texts:
            silent += 1
        elif not one.scores:
            unrated += 1
        elif missing := [head for head in heads if head not in one.scores]:
            raise BadInput(
                f"{one.where}: {name} has no {_SCORES[missing[0]][0]}",
                f"add it, or train without --head {missing[0]}",
            )
        else:
            scores = {head: one.scores[head] for head in heads}
            items.append(Item(name, one.texts, scores, one.where))
    if not items:
        raise BadInput(
            f"no row has both a text and a score ({silent} without a text, {unrated} without score)",
            "give the annotation CSV and the feature JSONL, or rows with text and score",
        )
    notes = []
    if silent:
        notes.append(f"{silent} rated pictures have no features and are left out")
    if unrated:
        notes.append(f"{unrated} features have no score and are left out")
    return Data(tuple(items), tuple(notes))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            if path.suffix.lower() not in (".jsonl", ".csv"):
                raise BadInput(f"{path}: neither a folder nor .jsonl or .csv", "check the path")
            yield path
            continue
        inside = sorted(p for p in path.iterdir() if p.suffix.lower() in (".jsonl", ".csv"))
        if not inside:
            raise BadInput(f"{path} holds no .jsonl or .csv file", "give the folder of the data")
        yield from inside


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row with where it stands, ``file, line 3``."""
    text = read_text(path)
    rows = _csv_rows(path, text) if path.suffix.lower() == ".csv" else _json_rows(path, text)
    for count, (where, row) in enumerate(rows):
        if count >= MOST_ROWS:
            raise BadInput(f"{path.name}: more than {MOST_ROWS:,} rows", "use a part of the file")
        yield f"{path.name}, {where}", row


def _json_rows(path: Path, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from json_rows(text, path.name, "write one object a line")


def _csv_rows(path: Path, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    rows = table_rows(text, path.name)
    where, header = next(rows)
    known = {*_TEXTS, *(name for some in _SCORES.values() for name in some)}
    if not known & set(header):
        raise BadInput(
            f"{path.name}, {where}: no column with text or score",
            "name columns file_name, entity_score, semantic_score, or text, score",
        )
    for where, row in rows:
        yield where, {key: value for key, value in row.items() if value}


def _take(found: dict[str, _Found], row: dict[str, Any], path: Path, where: str) -> None:
    text = _text(row, where)
    scores = _scores(row, where)
    if text is None and not scores:
        raise BadInput(
            f"{where}: neither text nor score",
            "name them model_output, text, score, semantic_score",
        )
    name = next((str(row[key]) for key in _IDS if row.get(key) not in (None, "")), "")
    if not name:
        if text is None:
            raise BadInput(f"{where}: no file_name", "say which picture the scores belong to")
        name = content_hash(text)
    one = found.setdefault(name, _Found())
    one.where = one.where or where
    if text is not None:
        kind: Kind = "naive" if "naive" in path.stem.lower() else "cot"
        if kind in one.texts:
            raise BadInput(
                f"{where}: {name[:60]} has {kind} features already (before: {one.where})",
                "keep one row a picture; average the scores of several raters first",
            )
        one.texts[kind] = text
    for head, score in scores.items():
        if abs(one.scores.setdefault(head, score) - score) > 1e-9:
            raise BadInput(
                f"{where}: another {head} score for {name[:60]} than before ({one.where})",
                "keep one score a picture; average several raters first",
            )


def _text(row: Mapping[str, Any], where: str) -> str | None:
    for key in _TEXTS:
        if key in row:
            text = row[key]
            if not isinstance(text, str) or not text.strip():
                raise BadInput(f"{where}: {key} is empty or no text", "remove the row, or fill it")
            if len(text) > MOST_CHARACTERS:
                raise BadInput(
                    f"{where}: {key} has more than {MOST_CHARACTERS:,} characters", "shorten it"
                )
            return text
    return None


def _scores(row: Mapping[str, Any], where: str) -> dict[str, float]:
    low = _number(row["scale_min"], "scale_min", where) if "scale_min" in row else 0.0
    high = _number(row["scale_max"], "scale_max", where) if "scale_max" in row else 1.0
    if not low < high:
        raise BadInput(f"{where}: a scale from {low:g} to {high:g}", "scale_min is the lower end")
    found: dict[str, float] = {}
    for head, keys in _SCORES.items():
        key = next((key for key in keys if key in row), None)
        if key is None:
            continue
        value = _number(row[key], key, where)
        if not low <= value <= high:
            raise BadInput(
                f"{where}: {key} {value:g} lies outside {low:g} to {high:g}",
                "declare the scale in the columns scale_min and scale_max",
            )
        found[head] = (value - low) / (high - low)
    return found


def _number(value: Any, key: str, where: str) -> float:
    try:
        if isinstance(value, bool):
            raise TypeError
        number = float(value)
    except (TypeError, ValueError):
        raise BadInput(f"{where}: {key} {str(value)[:40]!r} is no number", "correct it") from None
    if not math.isfinite(number):
        raise BadInput(f"{where}: {key} is not finite", "correct it")
    return number
