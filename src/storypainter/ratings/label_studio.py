"""Label Studio's JSON export: tasks with annotations, each of results (Rating, Number, Choices).

The shape is that of https://labelstud.io/guide/task_format.html; the tags that hold a number are
https://labelstud.io/tags/rating.html, /number.html and /choices.html. Predictions are a model's
and are never read; an annotation that was cancelled is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from storypainter.errors import BadInput

_ITEM_FIELDS = ("item", "item_id", "story_id", "id")


def label_studio_ratings(
    task: dict[str, Any], where: str, item_field: str = ""
) -> Iterator[tuple[str, str, str, str]]:
    """The ratings of one task as (item, rater, name, value).

    Args:
        task: one object of the export.
        where: file and record, for errors.
        item_field: the field of ``data`` with the item's id, or ``task`` for the task's own id;
            without it item, item_id, story_id and id are tried.

    Raises:
        BadInput: no item, or not the shape of an export.
    """
    annotations = task.get("annotations")
    if not isinstance(annotations, list):
        raise BadInput(f"{where}: no annotations", "export the project as JSON (not JSON-MIN)")
    item = _item(task, where, item_field)
    for annotation in annotations:
        if not isinstance(annotation, dict) or annotation.get("was_cancelled"):
            continue
        rater = _rater(annotation.get("completed_by"), where)
        results = annotation.get("result")
        for result in results if isinstance(results, list) else ():
            if not isinstance(result, dict) or not isinstance(result.get("value"), dict):
                continue
            value = _value(result["value"])
            if value is not None:
                yield item, rater, str(result.get("from_name") or "rating"), value


def _item(task: dict[str, Any], where: str, item_field: str) -> str:
    data = task.get("data")
    fields = data if isinstance(data, dict) else {}
    if item_field == "task":
        return str(task.get("id", ""))
    for name in (item_field,) if item_field else _ITEM_FIELDS:
        if isinstance(fields.get(name), str | int):
            return str(fields[name])
    raise BadInput(
        f"{where}: no field of its data names the item (found: {', '.join(map(str, fields))[:200]})",
        "name the field with --item-field, or --item-field task for the task's own id",
    )


def _rater(completed_by: Any, where: str) -> str:
    """A number, or an object with id and email (the newer exports)."""
    if isinstance(completed_by, dict):
        completed_by = completed_by.get("email") or completed_by.get("id")
    if isinstance(completed_by, bool) or not isinstance(completed_by, str | int):
        raise BadInput(f"{where}: no completed_by: whose rating is it?", "export it again")
    return str(completed_by)


def _value(value: dict[str, Any]) -> str | None:
    """The number in a result, as text; ``None`` for results that hold none (a box, a comment)."""
    for kind in ("rating", "number"):
        if isinstance(value.get(kind), int | float) and not isinstance(value[kind], bool):
            return repr(value[kind])
    choices = value.get("choices")
    if isinstance(choices, list) and len(choices) == 1 and isinstance(choices[0], str | int):
        return str(choices[0])
    return None
