"""Means over stories with their intervals, and the clues of each Dimension (paper, Figure 5)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from storypainter.evaluators.clue_counts import ClueCounts
from storypainter.evaluators.contract import Marks, Subject, Table
from storypainter.intervals import t_interval
from storypainter.score import Score
from storypainter.story import Dimension

Marked = Sequence[tuple[Subject, Marks]]


def mean_score(
    marked: Marked, name: str, judge: str, version: str, told: str, *, most: float = math.inf
) -> Score:
    """The mean of a Score over stories, with n, Student's interval, and how many are absent.

    The interval ends where the Score does: at 0, and at ``most``.

    Args:
        marked: stories with their marks.
        name: of the Scores that are averaged, and of this one.
        judge: of this Score.
        version: of this Score.
        told: what the number is, for its reason.
        most: the highest value that the Score can have; 0 is the lowest.
    """
    scores = [score for _, marks in marked if (score := marks.score(name)) is not None]
    values = [score.value for score in scores if score.value is not None]
    absent = len(marked) - len(values)
    if not values:
        reason = next((score.absent for score in scores if score.absent), "no story was marked")
        return Score(name=name, judge=judge, version=version, absent=reason, n=0)
    return Score(
        name=name,
        judge=judge,
        version=version,
        value=sum(values) / len(values),
        n=len(values),
        interval=_within(t_interval(values), most),
        reason=told + (f"; {absent} absent" if absent else ""),
        parts=_mean_parts(marked, name),
    )


def _within(interval: tuple[float, float] | None, most: float) -> tuple[float, float] | None:
    """An interval without the part where no mean can lie; that costs no coverage."""
    return None if interval is None else (max(interval[0], 0.0), min(interval[1], most))


def _mean_parts(marked: Marked, name: str) -> dict[str, float]:
    """The means of the parts that every score of that name has."""
    found = [s.parts for _, m in marked if (s := m.score(name)) is not None and s.value is not None]
    shared = [part for part in found[0] if all(part in each for each in found)]
    return {part: sum(each[part] for each in found) / len(found) for part in shared}


def dimension_table(counted: Iterable[ClueCounts], what: str) -> Table:
    """Clues and Chains by Dimension: means with intervals, and the share that has any.

    Args:
        counted: the counts of each story or picture.
        what: what a count belongs to, in the singular (``picture``).
    """
    counts = list(counted)
    rows = tuple(_row(dimension, counts) for dimension in Dimension) if counts else ()
    return Table(
        title=f"Visual clues by Dimension, means a {what}",
        columns=("dimension", "clues", "low", "high", "chains", "n with a chain"),
        rows=rows,
        note=f"n = {len(counts)}; low and high: 95 % t interval of the mean of clues",
    )


def _row(dimension: Dimension, counts: list[ClueCounts]) -> tuple[str | float | int | None, ...]:
    clues = [float(each.by_dimension[dimension]) for each in counts]
    chains = [each.chains_by_dimension[dimension] for each in counts]
    low, high = _within(t_interval(clues), math.inf) or (None, None)
    n = len(counts)
    having = sum(count > 0 for count in chains)
    return dimension.label, sum(clues) / n, low, high, sum(chains) / n, having


def absences(
    marked: Marked, missing: int, names: Sequence[str], what: Callable[[str], str] = str
) -> Iterator[str]:
    """Warnings on stories without marks or without a score that others have; the first reason."""
    if missing:
        yield f"{missing} of {missing + len(marked)} stories could not be marked"
    for name in names:
        scores = [score for _, marks in marked if (score := marks.score(name)) is not None]
        reasons = [score.absent for score in scores if score.absent]
        if 0 < len(reasons) < len(scores):
            yield f"{len(reasons)} of {len(scores)} stories have no {what(name)}: {reasons[0]}"
