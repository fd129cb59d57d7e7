"""What became of each item of a run: its Story, Scene and Picture, or why they are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

import orjson

from storypainter.picture import Picture
from storypainter.runs.database import StepRow
from storypainter.runs.folder import RunFolder
from storypainter.scene import Scene
from storypainter.score import Score
from storypainter.story import Story
from storypainter.value import Value

Status = Literal["done", "failed", "pending"]
V = TypeVar("V", bound=Value)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a run under its current question.

    ``status`` is that of the whole item; ``step`` says which step failed, with its reason.
    ``scores`` are what evaluators gave the item, each with its judge.
    """

    index: int
    story: Story | None
    scene: Scene | None
    picture: Picture | None
    status: Status
    step: str = ""
    reason_kind: str = ""
    reason: str = ""
    scores: tuple[Score, ...] = ()

    @property
    def id(self) -> str:
        """The Story's id, or one made from the item's number."""
        return self.story.id if self.story is not None else f"story-{self.index + 1:05d}"


@dataclass(frozen=True, slots=True)
class Totals:
    """A run in numbers. ``success_rate`` = pictures painted / stories written (paper, Table 1)."""

    asked: int
    stories: int
    stories_failed: int
    pictures: int
    pictures_failed: int
    paints: bool
    calls: int
    input_tokens: int
    output_tokens: int
    cost: float
    unpriced_calls: int

    @property
    def success_rate(self) -> float | None:
        """In percent; ``None`` without stories, or while a written story's picture is untried."""
        tried = self.pictures + self.pictures_failed
        if not self.paints or not self.stories or tried < self.stories:
            return None
        return 100.0 * self.pictures / self.stories


def items(folder: RunFolder) -> Iterator[Item]:
    """The items of the current question, in order, one at a time."""
    asked = asked_items(folder)
    painting = paints(folder)
    last = folder.db.value("SELECT MAX(item) FROM items WHERE spec = ?", folder.spec_id)
    for index in range(max(asked, -1 if last is None else int(last) + 1)):
        yield _item(folder, index, painting)


def asked_items(folder: RunFolder) -> int:
    """How many items the current question asks for."""
    return int(folder.spec().get("n", 0))


def paints(folder: RunFolder) -> bool:
    """Whether the current question asks for pictures."""
    return bool(folder.spec().get("painter"))


def _item(folder: RunFolder, index: int, painting: bool) -> Item:
    rows: dict[str, StepRow] = {}
    for step, key in folder.db.rows(
        "SELECT step, key FROM items WHERE spec = ? AND item = ?", folder.spec_id, index
    ):
        row = folder.step(key)
        if row is not None:
            rows[step] = row
    story = _value(rows.get("story"), Story)
    scene = _value(rows.get("scene"), Scene)
    picture = _value(rows.get("picture"), Picture)
    scores = tuple(score for step, row in rows.items() if ":" in step for score in _scores(row))
    for step in ("story", "scene", "picture"):
        row = rows.get(step)
        if row is not None and not row.done:
            return Item(
                index, story, scene, picture, "failed", step, row.reason_kind, row.reason, scores
            )
    is_done = story is not None and (picture is not None or not painting)
    status: Status = "done" if is_done else "pending"
    return Item(index, story, scene, picture, status, scores=scores)


def _scores(row: StepRow) -> Iterator[Score]:
    """The Scores in an evaluator's marks (their step is named ``evaluator:judge``)."""
    if row.done and row.result:
        for plain in orjson.loads(row.result).get("scores", ()):
            yield Score.model_validate(plain)


def _value(row: StepRow | None, kind: type[V]) -> V | None:
    return kind.from_json(row.result) if row is not None and row.done and row.result else None


def totals(folder: RunFolder) -> Totals:
    """The run's numbers under its current question; money and tokens over its whole life."""
    counts = {
        (step, status): int(n)
        for step, status, n in folder.db.rows(
            "SELECT i.step, s.status, COUNT(*) FROM items i JOIN steps s ON s.key = i.key "
            "WHERE i.spec = ? GROUP BY 1, 2",
            folder.spec_id,
        )
    }
    painting = paints(folder)
    calls, tokens_in, tokens_out, cost, unpriced = next(
        folder.db.rows(
            "SELECT COUNT(*), COALESCE(SUM(input_tokens), 0), COALESCE(SUM(output_tokens), 0), "
            "COALESCE(SUM(cost), 0), COALESCE(SUM(cost IS NULL), 0) FROM "
            "(SELECT input_tokens, output_tokens, cost FROM calls UNION ALL "
            "SELECT input_tokens, output_tokens, cost FROM charges)"
        )
    )
    return Totals(
        asked=asked_items(folder),
        stories=counts.get(("story", "done"), 0),
        stories_failed=counts.get(("story", "failed"), 0),
        pictures=counts.get(("picture", "done"), 0),
        # a story that can't be directed has no picture either
        pictures_failed=painting * sum(counts.get((s, "failed"), 0) for s in ("scene", "picture")),
        paints=painting,
        calls=int(calls),
        input_tokens=int(tokens_in),
        output_tokens=int(tokens_out),
        cost=float(cost),
        unpriced_calls=int(unpriced),
    )


def failures(folder: RunFolder, most: int = 3) -> list[tuple[str, str, int]]:
    """Why items of the current question failed: (step, reason, how many), the commonest first."""
    return [
        (str(step), str(reason), int(count))
        for step, reason, count in folder.db.rows(
            "SELECT i.step, s.reason, COUNT(*) FROM items i JOIN steps s ON s.key = i.key "
            "WHERE i.spec = ? AND s.status = 'failed' AND i.step IN ('story', 'scene', 'picture') "
            "GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?",
            folder.spec_id,
            most,
        )
    ]
