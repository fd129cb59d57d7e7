"""Potato's annotations: version 1's ``annotated_instances`` and version 2's exports.

Version 1 writes ``annotated_instances.jsonl``, one object an item with ``label_annotations``, in
a folder of each user's name, or one CSV with columns ``schema:::label``. Version 2 exports JSONL
with ``labels`` and CSV with columns ``schema.label``
(https://potatoannotator.readthedocs.io/en/latest/data-export/export_formats/) or, in an older
page, ``annotations`` and ``annotator``
(https://www.potatoannotator.com/docs/features/export-formats). A likert scale is stored as
``{"3": "3"}`` or ``{"scale_3": "3"}``, a slider as ``{"slider": "3"}``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput
from storypainter.ratings.scale import number_in

Found = tuple[str, str, str, str]
_SPARE = frozenset(
    [
        "user",
        "user_id",
        "annotator",
        "id",
        "instance_id",
        "item",
        "displayed_text",
        "text",
        "timestamp",
        "annotator_origin",
        "annotator_origin_detail",
        "phase",
        "page",
    ]
)
#: An answer that says the item can't be rated.
_UNRATED = frozenset({"bad_text", "free_response"})


def potato_json_ratings(
    row: Mapping[str, Any], where: str, path: Path, rater: str = ""
) -> Iterator[Found]:
    """The ratings of one JSON object as (item, rater, name, value).

    Raises:
        BadInput: no item, nobody who rated it, or not one of Potato's shapes.
    """
    where = f"{path.name}, {where}"
    labels = next(
        (
            row[name]
            for name in ("label_annotations", "labels", "annotations")
            if isinstance(row.get(name), dict)
        ),
        None,
    )
    if labels is None:
        hint = "export it from Potato as jsonl or csv"
        if "instance_id_to_label_to_value" in row:
            raise BadInput(f"{where}: this is Potato's working state, not an export", hint)
        raise BadInput(f"{where}: not one of Potato's annotations", hint)
    item = _item(row, where)
    who = _rater(row, where, rater or _folder_of(path))
    for schema, answers in labels.items():
        if not isinstance(answers, dict):
            answers = {"": answers}
        for name, value in _answers(str(schema), answers, where):
            yield item, who, name, value


def potato_row_ratings(row: Mapping[str, str], where: str, rater: str = "") -> Iterator[Found]:
    """The ratings of one CSV row; columns ``schema``, ``schema.label`` or ``schema:::label``."""
    item, who = _item(row, where), _rater(row, where, rater)
    schemas: dict[str, dict[str, str]] = {}
    for column, cell in row.items():
        mark = ":::" if ":::" in column else "."
        schema, _, label = column.partition(mark)
        if column in _SPARE or schema == "span_annotation" or label.startswith("_") or not cell:
            continue
        schemas.setdefault(schema, {})[label] = cell
    for schema, answers in schemas.items():
        for name, value in _answers(schema, answers, where):
            yield item, who, name, value


def _answers(schema: str, answers: Mapping[str, Any], where: str) -> Iterator[tuple[str, str]]:
    """The numbers in one schema's answers as (name, value)."""
    numbered = {}
    for label, answer in answers.items():
        label = str(label)
        text = "" if answer is None else str(answer).strip()
        if label in _UNRATED or text.lower() in ("", "nan", "none", "null", "false"):
            continue
        point = number_in(label.removeprefix("scale_"))
        if point is not None:  # a point of a scale, ticked
            numbered[point] = label.removeprefix("scale_")
        elif number_in(text) is not None:
            plain = label in ("", "scale_", "slider", "number", "text_box", schema)
            yield schema if plain else f"{schema}.{label}", text
    if len(numbered) > 1:
        points = ", ".join(sorted(numbered.values()))
        raise BadInput(
            f"{where}: {schema} has several answers ({points})",
            "keep one; Potato's repair-annotations mends such rows",
        )
    yield from ((schema, text) for text in numbered.values())


def _item(row: Mapping[str, Any], where: str) -> str:
    for name in ("instance_id", "id"):
        if isinstance(row.get(name), str | int) and str(row[name]):
            return str(row[name])
    raise BadInput(f"{where}: no instance_id", "export it from Potato as jsonl or csv")


def _rater(row: Mapping[str, Any], where: str, otherwise: str) -> str:
    for name in ("user_id", "user", "annotator"):
        if isinstance(row.get(name), str | int) and str(row[name]):
            return str(row[name])
    if otherwise:
        return otherwise
    raise BadInput(
        f"{where}: nobody is named who rated",
        "keep the file in its folder of the user's name, or name them with --rater",
    )


def _folder_of(path: Path) -> str:
    """Version 1 keeps each user's file in a folder of their name."""
    return path.resolve().parent.name if path.stem == "annotated_instances" else ""
