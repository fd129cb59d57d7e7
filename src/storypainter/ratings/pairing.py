"""A judge's scores beside people's ratings: from one table, from two files, from a run."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput
from storypainter.pools.reading import read_text
from storypainter.pools.tables import json_rows, table_rows
from storypainter.ratings.judged import Judged
from storypainter.ratings.raters import mean_ratings
from storypainter.ratings.scale import Imported, Scale, number_in

MOST_ROWS = 100_000
_OWN = ("item", "source", "automatic", "trained")
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def read_judged(path: Path, scale: Scale) -> tuple[Judged, ...]:
    """The items of a table with ``item``, ``automatic`` (0 to 1), ``source``, ``trained``, ratings.

    In CSV every further column is a rater, an empty cell a gap. In JSONL ``ratings`` is an object
    (rater: value) or a list of values.

    Args:
        path: ``.csv`` or ``.jsonl``.
        scale: the people's scale.

    Raises:
        BadInput: what is wrong, with the file and the line.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv":
        rows = _csv(path)
    elif suffix == ".jsonl":
        rows = _jsonl(path)
    else:
        raise BadInput(f"{path} is no run folder, .csv or .jsonl", "give one of these")
    found: dict[str, Judged] = {}
    for where, row, ratings in rows:
        each = _judged(where, row, ratings, scale)
        if each.item in found:
            raise BadInput(f"{where}: {each.item!r} is there twice", "keep one row an item")
        if len(found) >= MOST_ROWS:
            raise BadInput(f"{path.name}: more than {MOST_ROWS:,} items", "split the file")
        found[each.item] = each
    if not found:
        raise BadInput(f"{path.name} holds no item", "write one a line")
    return tuple(found.values())


_Rows = Iterable[tuple[str, dict[str, str], list[str]]]


def _csv(path: Path) -> _Rows:
    rows = iter(table_rows(read_text(path), path.name))
    _, header = next(rows)
    for needed in ("item", "automatic"):
        if needed not in header:
            raise BadInput(
                f"{path.name}, line 1: no column {needed!r}",
                "name the columns item,source,automatic and one a rater",
            )
    raters = [column for column in header if column not in _OWN]
    for where, row in rows:
        yield f"{path.name}, {where}", row, [row[rater] for rater in raters]


def _jsonl(path: Path) -> _Rows:
    for line, plain in json_rows(read_text(path), path.name, "write one object a line"):
        where = f"{path.name}, {line}"
        given: Any = plain.get("ratings", [])
        if not isinstance(given, dict | list):
            raise BadInput(f"{where}: ratings is neither an object nor a list", "correct that line")
        values = list(given.values()) if isinstance(given, dict) else given
        row = {name: _text(plain.get(name)) for name in _OWN}
        yield where, row, [_text(value) for value in values]


def _text(value: Any) -> str:
    """A JSON value as the text of a cell; what is neither text nor number can't be one."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.12f}"
    return "" if value is None else str(value)


def _judged(where: str, row: dict[str, str], ratings: Sequence[str], scale: Scale) -> Judged:
    if not row["item"]:
        raise BadInput(f"{where}: no item", "give every row its item")
    automatic = number_in(row["automatic"])
    if automatic is None or not 0 <= automatic <= 1:
        raise BadInput(
            f"{where}: automatic is {row['automatic'][:40]!r}, not a number from 0 to 1",
            "map the judge's scale to 0 to 1, as (x − 1)/4 maps 1 to 5",
        )
    trained = row.get("trained", "").casefold()
    if trained and trained not in _YES_NO:
        raise BadInput(
            f"{where}: trained is {trained[:20]!r}", "write yes or no, or leave it empty"
        )
    values = []
    for cell in ratings:
        if not cell:
            continue
        value = number_in(cell)
        refusal = f"{cell[:40]!r} is no number" if value is None else scale.refusal(value)
        if value is None or refusal:
            raise BadInput(f"{where}: a rating: {refusal}", "correct it, or declare the --scale")
        values.append((value - scale.low) / (scale.high - scale.low))
    return Judged(
        item=row["item"], automatic=automatic, raters=len(values),
        human=math.fsum(values) / len(values) if values else math.nan,
        source=row.get("source", ""), trained=_YES_NO.get(trained),
    )  # fmt: skip


def with_ratings(judged: Iterable[Judged], ratings: Sequence[Imported]) -> tuple[Judged, ...]:
    """The same items with the means of these ratings; an item that nobody rated stays without.

    Raises:
        BadInput: ratings under several names.
    """
    names = sorted({each.rating.name for each in ratings})
    if len(names) > 1:
        raise BadInput(f"ratings of several things: {', '.join(names)}", "choose one with --name")
    means = mean_ratings(ratings)
    found = []
    for each in judged:
        human, raters = means.get(each.item, (math.nan, 0))
        found.append(Judged(each.item, each.automatic, human, raters, each.source, each.trained))
    return tuple(found)


def read_labelled_answers(path: Path) -> tuple[list[bool], list[tuple[bool, bool]]]:
    """A CSV with ``judge`` and ``person`` (yes or no, ``person`` empty where nobody labelled).

    Returns:
        What the judge said of the unlabelled rows, and (judge, person) of the labelled ones.

    Raises:
        BadInput: another answer, a missing column, no unlabelled row.
    """
    rows = iter(table_rows(read_text(path), path.name))
    _, header = next(rows)
    for needed in ("judge", "person"):
        if needed not in header:
            raise BadInput(
                f"{path.name}, line 1: no column {needed!r}", "name the columns judge,person"
            )
    said, pairs = [], []
    for where, row in rows:
        answers = [_YES_NO.get(row[name].casefold()) for name in ("judge", "person")]
        if answers[0] is None or (answers[1] is None and row["person"]):
            raise BadInput(f"{path.name}, {where}: neither yes nor no", "write yes or no")
        if answers[1] is None:
            said.append(answers[0])
        else:
            pairs.append((answers[0], answers[1]))
    if not said:
        raise BadInput(
            f"{path.name}: every row is labelled, there is nothing to correct",
            "leave person empty in the rows that only the judge answered",
        )
    return said, pairs
