"""What a report reads of a run, however damaged the run is.

A run folder may come from anywhere. A value that can't be read makes its own item a failure
with the reason ``damaged``; it never stops the page, and never counts as done.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

import orjson

from storypainter.errors import BadInput, RunFolderError
from storypainter.picture import Picture
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import Item
from storypainter.scene import Scene
from storypainter.story import Story
from storypainter.value import Value

V = TypeVar("V", bound=Value)

#: A larger result than this is no Story, Scene or Picture of ours.
MAX_RESULT = 16 * 1024 * 1024
DAMAGED = "damaged"

_STEPS: dict[str, type[Value]] = {"story": Story, "scene": Scene, "picture": Picture}
_ROWS = f"""
    SELECT i.item, i.step, s.status, length(s.result),
           CASE WHEN length(s.result) <= {MAX_RESULT} THEN s.result END,
           substr(s.reason_kind, 1, 60), substr(s.reason, 1, 2000)
    FROM items i JOIN steps s ON s.key = i.key
    WHERE i.spec = ? AND typeof(i.item) = 'integer' AND i.item >= 0
    ORDER BY i.item
"""  # noqa: S608 - the one thing put in is a constant


@dataclass(frozen=True, slots=True)
class Question:
    """What the run's current question asks for, and when; ``settings`` is the record as it is.

    ``origins`` says where a setting came from (``flag``, ``default``); ``started`` is UTC.
    ``earlier`` counts the questions that were asked in this folder before.
    """

    settings: Mapping[str, Any]
    origins: Mapping[str, Any]
    version: str
    command: str
    started: datetime | None
    finished: bool
    earlier: int

    @property
    def n(self) -> int:
        """How many items were asked for."""
        return int(self.settings["n"])

    @property
    def paints(self) -> bool:
        """Whether pictures were asked for."""
        return bool(self.text("painter"))

    @property
    def brief(self) -> Mapping[str, Any]:
        """The Brief's fields."""
        brief = self.settings.get("brief")
        return brief if isinstance(brief, dict) else {}

    def text(self, name: str) -> str:
        """A setting as text, empty when it is not there."""
        return _text(self.settings.get(name))

    def brief_text(self, name: str) -> str:
        """A field of the Brief as text, empty when it is not there."""
        return _text(self.brief.get(name))

    def origin(self, name: str) -> str:
        """Where a setting came from, ``default`` where nothing says."""
        return _text(self.origins.get(name))[:20] or "default"


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was used over the run's whole life.

    ``calls`` counts stored replies and failed calls that were charged; tokens and ``cost`` (US
    dollars) are sums over the calls that told, ``untold_…`` how many did not.
    """

    calls: int
    input_tokens: int
    output_tokens: int
    untold_tokens: int
    cost: float
    unpriced: int

    @property
    def tokens_known(self) -> bool:
        """Whether any call told its tokens, or there was none to tell."""
        return not self.calls or self.untold_tokens < self.calls

    @property
    def cost_known(self) -> bool:
        """Whether any call's price is known, or there was none to pay; never NaN or infinite."""
        return math.isfinite(self.cost) and (not self.calls or self.unpriced < self.calls)


def question(folder: RunFolder) -> Question:
    """The run's current question.

    Raises:
        RunFolderError: nothing was ever asked here, or the record is damaged.
    """
    rows = list(
        folder.db.rows(
            "SELECT spec, origins, version, command, started, finished IS NOT NULL, "
            "(SELECT COUNT(*) FROM specs) - 1 FROM specs WHERE id = ?",
            folder.spec_id,
        )
    )
    if not rows:
        raise RunFolderError(
            f"{folder.path} has no record of what was asked", "generate something into it first"
        )
    row = rows[0]
    settings = _table(row[0])
    n = settings.get("n") if settings is not None else None
    if settings is None or isinstance(n, bool) or not isinstance(n, int) or n < 0:
        raise RunFolderError(
            f"{folder.path}: the record of what was asked is damaged",
            "run the command that made it again, or restore run.db from a copy",
        )
    return Question(
        settings=settings,
        origins=_table(row[1]) or {},
        version=str(row[2]),
        command=str(row[3]),
        started=_moment(row[4]),
        finished=bool(row[5]),
        earlier=int(row[6]),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _table(text: object) -> dict[str, Any] | None:
    try:
        plain = orjson.loads(text)  # type: ignore[arg-type]  # of a hostile database: anything
    except (orjson.JSONDecodeError, TypeError):
        return None
    return plain if isinstance(plain, dict) else None


def _moment(seconds: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(seconds), UTC)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def entries(folder: RunFolder, *, paints: bool) -> Generator[Item, None, None]:
    """The items that the current question has begun, in order, one at a time.

    Items that nothing has been recorded for are not among them. ``paints``: pictures were
    asked for, so that an item is not done without one.
    """
    rows = folder.db.rows(_ROWS, folder.spec_id)
    for index, steps in groupby(rows, key=itemgetter(0)):
        yield _entry(int(index), {row[1]: row[2:] for row in steps}, paints)


def _entry(index: int, rows: Mapping[str, tuple[Any, ...]], paints: bool) -> Item:
    values: dict[str, Value] = {}
    problem: tuple[str, str, str] | None = None
    for step, kind in _STEPS.items():
        if step not in rows:
            continue
        status, size, result, reason_kind, reason = rows[step]
        if status == "done":
            value, damage = _value(result, size, kind)
            if value is not None:
                values[step] = value
                continue
            found = (step, DAMAGED, damage)
        else:
            found = (step, str(reason_kind or "unknown"), str(reason or "no reason was recorded"))
        problem = problem or found
    story, scene, picture = values.get("story"), values.get("scene"), values.get("picture")
    assert story is None or isinstance(story, Story)
    assert scene is None or isinstance(scene, Scene)
    assert picture is None or isinstance(picture, Picture)
    if problem is not None:
        return Item(index, story, scene, picture, "failed", *problem)
    done = story is not None and (picture is not None or not paints)
    return Item(index, story, scene, picture, "done" if done else "pending")


def _value(result: object, size: object, kind: type[V]) -> tuple[V | None, str]:
    """A stored value, or what is wrong with it."""
    if isinstance(size, int) and size > MAX_RESULT:
        return None, f"the stored {kind.__name__} is {size:,} bytes long"
    if not isinstance(result, bytes | str):
        return None, f"no {kind.__name__} is stored"
    try:
        return kind.from_json(result), ""
    except (BadInput, UnicodeEncodeError) as error:
        return None, f"the stored record is {getattr(error, 'message', 'no text')}"


def ledger(folder: RunFolder) -> Ledger:
    """Calls, tokens and money over the run's whole life."""
    (row,) = folder.db.rows(
        "SELECT COUNT(*), COALESCE(SUM(input_tokens), 0), COALESCE(SUM(output_tokens), 0), "
        "COALESCE(SUM(input_tokens IS NULL OR output_tokens IS NULL), 0), "
        "COALESCE(SUM(cost), 0), COALESCE(SUM(cost IS NULL), 0) FROM "
        "(SELECT input_tokens, output_tokens, cost FROM calls "
        "UNION ALL SELECT input_tokens, output_tokens, cost FROM charges)"
    )
    calls, tokens_in, tokens_out, untold, cost, unpriced = row
    return Ledger(
        int(calls), int(tokens_in), int(tokens_out), int(untold), float(cost), int(unpriced)
    )
