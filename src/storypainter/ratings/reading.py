"""Ratings from files: CSV in two forms, Label Studio's JSON, Potato's JSONL and CSV.

Files are hostile until read: at most 64 MB and 500,000 ratings, UTF-8, cells are data. Every
error names the file and the line or record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import orjson
from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.pools.reading import read_text
from storypainter.pools.tables import json_rows, table_rows
from storypainter.ratings.label_studio import label_studio_ratings
from storypainter.ratings.potato import potato_json_ratings, potato_row_ratings
from storypainter.ratings.scale import Imported, Scale, number_in
from storypainter.score import Rating
from storypainter.value import first_problem

Form = Literal["auto", "long", "wide", "label-studio", "potato"]
MOST_RATINGS = 500_000
_LONGEST = 256  # characters of an item's, a rater's or a rating's name
_SPARE = ("source", "system", "occasion", "position", "sheet", "comment", "note")


class Raw(NamedTuple):
    """One rating as a file has it: the value is checked against the scale later."""

    where: str
    item: str
    rater: str
    name: str
    value: str
    scale: Scale | None = None
    occasion: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says of a file that the file doesn't say itself.

    Args:
        form: the kind of file; ``auto`` looks at it.
        scale: the scale, for files without columns scale_min and scale_max.
        name: what is rated, for files that don't name it.
        item_field: Label Studio: the field of a task's data that holds the item's id.
        rater: the rater, for files of one person that don't say whose they are.
    """

    form: Form = "auto"
    scale: Scale | None = None
    name: str = "semantic"
    item_field: str = ""
    rater: str = ""


def read_ratings(path: Path, asked: Asked | None = None) -> tuple[Imported, ...]:
    """The ratings of one file.

    A value off its scale is an error. Two ratings of one item by one rater under one name are
    occasions 1 and 2, in the order of the file, unless a column ``occasion`` tells.

    Raises:
        BadInput: what is wrong, with the file and the line.
    """
    asked = asked or Asked()
    found: dict[tuple[str, str, str, int], Imported] = {}
    seen: dict[tuple[str, str, str], int] = {}
    for raw in _raw(path, asked):
        if len(found) >= MOST_RATINGS:
            raise BadInput(f"{path.name}: more than {MOST_RATINGS:,} ratings", "split the file")
        rating = _rating(raw, asked, path.name)
        key = (rating.item, rating.rater, rating.name)
        occasion = raw.occasion or seen.get(key, 0) + 1
        seen[key] = occasion
        try:
            each = Imported(rating=rating, occasion=occasion, source=path.name)
        except ValidationError as error:
            raise BadInput(
                f"{path.name}, {raw.where}: {first_problem(error)}", "correct that line"
            ) from None
        if each.slot in found:
            raise BadInput(
                f"{path.name}, {raw.where}: {rating.rater!r} rated {rating.item!r} "
                f"({rating.name}, occasion {occasion}) before",
                "keep one of the two, or number them in a column occasion",
            )
        found[each.slot] = each
    if not found:
        raise BadInput(f"{path.name} holds no rating", "see: storypainter ratings import --help")
    return tuple(found.values())


def _rating(raw: Raw, asked: Asked, name: str) -> Rating:
    where = f"{name}, {raw.where}"
    scale = raw.scale or asked.scale
    if scale is None:
        raise BadInput(f"{where}: on which scale?", "declare it, such as --scale 1:5:0.5")
    value = number_in(raw.value)
    if value is None:
        raise BadInput(f"{where}: {raw.value[:40]!r} is no number", "write a number, such as 3.5")
    refusal = scale.refusal(value)
    if not refusal and raw.scale and asked.scale:
        if (raw.scale.low, raw.scale.high) != (asked.scale.low, asked.scale.high):
            refusal = f"the file's scale is {raw.scale}, the declared one {asked.scale}"
        else:
            refusal = asked.scale.refusal(value)
    if refusal:
        raise BadInput(f"{where}: {refusal}", "correct the value, or declare the right --scale")
    for what, text in (("item", raw.item), ("rater", raw.rater), ("name", raw.name)):
        if not text or len(text) > _LONGEST or not text.isprintable():
            problem = "is missing" if not text else "is no short line of text"
            raise BadInput(f"{where}: the {what} {problem}", f"name the {what}")
    return Rating(
        item=raw.item, rater=raw.rater, name=raw.name, value=value, scale_min=scale.low,
        scale_max=scale.high,
    )  # fmt: skip


# ------------------------------------------------------------------------ kinds of file


def _raw(path: Path, asked: Asked) -> Iterator[Raw]:
    text = read_text(path)
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv"):
        yield from _table(text, path.name, "\t" if suffix == ".tsv" else ",", asked)
    elif suffix == ".jsonl":
        for where, row in json_rows(text, path.name, "export it again"):
            for each in potato_json_ratings(row, where, path, asked.rater):
                yield Raw(where, *each)
    elif suffix == ".json":
        yield from _json(text, path, asked)
    else:
        raise BadInput(
            f"{path.name}: unknown kind of file {suffix or '(no suffix)'!r}",
            "give .csv, .tsv, Label Studio's .json, or Potato's .jsonl",
        )


def _json(text: str, path: Path, asked: Asked) -> Iterator[Raw]:
    try:
        plain = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        # Potato 1 writes one object a line under .json as well.
        if asked.form != "potato" and '"label_annotations"' not in text[:10_000]:
            line = text.count("\n", 0, error.pos) + 1
            raise BadInput(
                f"{path.name}, line {line}: not valid JSON ({error.msg})", "export it again"
            ) from None
        for where, row in json_rows(text, path.name, "export it again"):
            for each in potato_json_ratings(row, where, path, asked.rater):
                yield Raw(where, *each)
        return
    records = plain if isinstance(plain, list) else [plain]
    for number, record in enumerate(records, start=1):
        where = f"record {number}"
        if not isinstance(record, dict):
            raise BadInput(f"{path.name}, {where}: not a JSON object", "export it again")
        tasks = asked.form == "label-studio" or (
            asked.form == "auto" and "data" in record and "annotations" in record
        )
        found = (
            label_studio_ratings(record, f"{path.name}, {where}", asked.item_field)
            if tasks
            else potato_json_ratings(record, where, path, asked.rater)
        )
        for each in found:
            yield Raw(where, *each)


# ---------------------------------------------------------------------------------- CSV


def _table(text: str, name: str, delimiter: str, asked: Asked) -> Iterator[Raw]:
    rows = table_rows(text, name, delimiter)
    _, header = next(rows)
    columns = list(header.values())
    form = asked.form if asked.form != "auto" else _form_of(columns)
    if form == "long":
        reader = _long
    elif form == "potato":
        reader = _potato
    else:
        reader = _wide
    yield from reader(columns, rows, name, asked)


def _form_of(columns: list[str]) -> Form:
    if {"item", "rater", "value"} <= set(columns):
        return "long"
    users = {"user", "user_id", "annotator"} & set(columns)
    return "potato" if users and {"instance_id", "id"} & set(columns) else "wide"


def _long(
    columns: list[str], rows: Iterator[tuple[str, dict[str, str]]], name: str, asked: Asked
) -> Iterator[Raw]:
    for needed in ("item", "rater", "value"):
        if needed not in columns:
            raise BadInput(
                f"{name}, line 1: no column {needed!r}",
                "name the columns item,rater,name,value,scale_min,scale_max",
            )
    for where, row in rows:
        if not row["value"]:
            continue  # a gap
        occasion = row.get("occasion", "")
        if occasion and not (occasion.isascii() and occasion.isdigit() and 0 < int(occasion) < 100):
            raise BadInput(f"{name}, {where}: occasion {occasion[:20]!r}", "number them from 1")
        yield Raw(
            where, row["item"], row["rater"], row.get("name") or asked.name, row["value"],
            _scale_of(row, f"{name}, {where}"), int(occasion) if occasion else None,
        )  # fmt: skip


def _scale_of(row: Mapping[str, str], where: str) -> Scale | None:
    low, high, step = (row.get(each, "") for each in ("scale_min", "scale_max", "scale_step"))
    if not low and not high:
        return None
    numbers = number_in(low), number_in(high), number_in(step) if step else None
    if numbers[0] is None or numbers[1] is None or (step and numbers[2] is None):
        raise BadInput(f"{where}: scale_min, scale_max and scale_step are no numbers", "correct it")
    scale = Scale(numbers[0], numbers[1], numbers[2])
    if scale.problem():
        raise BadInput(f"{where}: its scale: {scale.problem()}", "correct that line")
    return scale


def _wide(
    columns: list[str], rows: Iterator[tuple[str, dict[str, str]]], name: str, asked: Asked
) -> Iterator[Raw]:
    if "item" not in columns:
        raise BadInput(
            f"{name}, line 1: no column 'item' (found: {', '.join(columns)[:200]})",
            "write item,rater,name,value,scale_min,scale_max, or item and one column a rater",
        )
    if asked.scale is None:
        raise BadInput(
            f"{name}: one column a rater, but on which scale?", "declare it: --scale 1:5:0.5"
        )
    raters = [column for column in columns if column != "item" and column not in _SPARE]
    for where, row in rows:
        for rater in raters:
            if row[rater]:
                yield Raw(where, row["item"], rater, asked.name, row[rater])


def _potato(
    columns: list[str], rows: Iterator[tuple[str, dict[str, str]]], name: str, asked: Asked
) -> Iterator[Raw]:
    for where, row in rows:
        for each in potato_row_ratings(row, f"{name}, {where}", asked.rater):
            yield Raw(where, *each)
