"""What a column of a table is: which evaluator's score, and how a set of stories sums it up."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from storypainter.evaluators.contract import Marks
from storypainter.intervals import bounded_t_interval, wilson
from storypainter.score import Score
from storypainter.story import Dimension, Story
from storypainter.storytellers.reading import ended_by_itself


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its head, and where its numbers come from.

    Args:
        key: its name in experiment files.
        label: its head.
        evaluator: whose scores; empty for what the run itself knows.
        scores: names of the score, the first that an evaluator gives counts.
        kind: ``mean`` of a score over stories, ``share`` of stories where it holds, or ``set``: one
            score over all stories.
        scale: values are shown times this (100 for percent).
        digits: digits after the point.
        by_dimension: how the seven scores by Dimension are named, ``{}`` standing for it.
        bounds: the ends of the score's own range, as shown, where it has any: an interval of a
            mean can't reach beyond.
    """

    key: str
    label: str
    evaluator: str = ""
    scores: tuple[str, ...] = ()
    kind: str = "mean"
    scale: float = 1.0
    digits: int = 3
    by_dimension: str = ""
    bounds: tuple[float, float] = (-math.inf, math.inf)

    def of_story(self, value: float) -> float:
        """One story's value as it is shown; a share counts a story wholly or not at all."""
        return (float(value > 0) if self.kind == "share" else value) * self.scale


def _column(key: str, label: str, evaluator: str, *scores: str, **more: object) -> Column:
    return Column(key, label, evaluator, scores, **more)  # type: ignore[arg-type]


_COUNT = (0.0, math.inf)
_PERCENT = {"scale": 100.0, "digits": 1, "bounds": (0.0, 100.0)}
#: The columns by name: those of the paper first, then what stands beside them here.
BUILT_IN: Mapping[str, Column] = {
    column.key: column
    for column in (
        Column("success_rate", "Success Rate (%)", kind="share", scale=100.0, digits=1),
        Column("words", "# Word", digits=2, bounds=_COUNT),
        _column("fit_length", "90 to 180 words (%)", "", kind="share", **_PERCENT),
        _column("ended", "Ended by itself (%)", "", kind="share", **_PERCENT),
        _column(
            "visual_clues", "# Visual Clue", "complexity", "visual_clues", digits=2,
            by_dimension="visual_clues_{}", bounds=_COUNT,
        ),
        _column("diversity", "Diversity", "diversity", "diversity", kind="set"),
        _column("semantic_score", "Semantic Score (%)", "complexity", "semantic_score", **_PERCENT),
        _column("rubric", "Rubric score (%)", "complexity", "rubric", **_PERCENT),
        Column("human", "Human (%)", scale=100.0, digits=1, bounds=(0.0, 100.0)),
        _column(
            "alignment", "Alignment (%)", "alignment",
            "alignment", "alignment_holistic", by_dimension="alignment_{}", **_PERCENT,
        ),
        _column(
            "alignment_by_dimension", "Alignment, mean of Dimensions (%)", "alignment",
            "alignment_by_dimension", by_dimension="alignment_{}", **_PERCENT,
        ),
        _column("moment", "One moment (%)", "moment", "moment", kind="share", **_PERCENT),
        _column("copies", "Copies (%)", "copying", "copying_share", kind="set", **_PERCENT),
        _column(
            "structure_clues", "Clues (structure)", "structure", "clues", digits=2,
            by_dimension="clues_{}", bounds=_COUNT,
        ),
        _column("chains", "Chains", "structure", "chains", digits=2, bounds=_COUNT),
        _column("causal_links", "Causal links", "structure", "causal_links", digits=2, bounds=_COUNT),
        _column("legible", "Signs legible (%)", "lettering", "legible", **_PERCENT),
    )
}  # fmt: skip

#: Columns that a story's own text and record answer, without any judge.
OF_STORIES: Mapping[str, Callable[[Story], float]] = {
    "words": lambda story: float(story.words),
    "fit_length": lambda story: float(90 <= story.words <= 180),
    "ended": lambda story: float(ended_by_itself(story)),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with all that it rests on, or why there is none.

    ``low`` and ``high`` are its 95 % interval where there is one; ``n`` what the value rests on,
    ``absent`` how many stories have no score. Values are on the column's scale already.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    absent: int = 0
    judge: str = ""
    reason: str = ""
    warnings: tuple[str, ...] = ()


def mean_cell(column: Column, values: Sequence[float | None], judge: str, reason: str) -> Cell:
    """The mean over stories with its interval (:func:`mean_interval`), or a share with Wilson's.

    Args:
        column: scale and kind.
        values: one for each story; ``None`` where the score is absent.
        judge: who scored.
        reason: what to say when no story has a score.
    """
    known = [value for value in values if value is not None]
    absent = len(values) - len(known)
    if not known:
        return Cell(n=0, absent=absent, judge=judge, reason=reason or "no story has this score")
    mean, interval = sum(known) / len(known), mean_interval(known, column)
    if column.kind == "share":
        true = sum(value > 0 for value in known)
        mean, interval = true / len(known), wilson(true, len(known))
    low, high = (None, None) if interval is None else (x * column.scale for x in interval)
    return Cell(mean * column.scale, low, high, len(known), absent, judge)


def mean_interval(values: Sequence[float], column: Column) -> tuple[float, float] | None:
    """Student's interval of a mean, no wider than the score's range, before the column's scale.

    ``None`` below three values, and where all are equal: then they can't say how sure it is.
    """
    least, most = (end / column.scale for end in column.bounds)
    return bounded_t_interval(values, least=least, most=most) if len(values) > 2 else None


def set_cell(column: Column, score: Score | None) -> Cell:
    """A score over the whole set, as its evaluator gives it."""
    if score is None:
        return Cell(reason=f"{column.evaluator} gives no score {column.scores[0]!r}")
    if score.value is None:
        return Cell(n=score.n or 0, judge=score.judge, reason=score.absent or "")
    low, high = score.interval if score.interval is not None else (None, None)
    return Cell(
        score.value * column.scale,
        None if low is None else low * column.scale,
        None if high is None else high * column.scale,
        score.n or 0,
        0,
        score.judge,
    )


def score_of(marks: Marks, column: Column, judge: str) -> Score | None:
    """The column's score of one story: by this judge where several judged, else the first."""
    for name in column.scores:
        named = [score for score in marks.scores if score.name == name]
        if named:
            return next((s for s in named if s.judge == judge), named[0])
    return None


def dimension_score(marks: Marks, column: Column, dimension: Dimension) -> float | None:
    """A story's score in one Dimension, on the column's scale; ``None`` where there is none."""
    if not column.by_dimension:
        return None
    name = column.by_dimension.format(dimension.value)
    found = next((score for score in marks.scores if score.name == name), None)
    if found is None:
        whole = next((s for s in marks.scores if s.name in column.scores), None)
        value = None if whole is None else whole.parts.get(dimension.value)
    else:
        value = found.value
    return None if value is None else value * column.scale
