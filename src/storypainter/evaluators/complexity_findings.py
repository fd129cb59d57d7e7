"""The clues of each Dimension over stories (paper, Figure 5), and warnings on what is absent."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from storypainter.evaluators.clue_counts import ClueCounts
from storypainter.evaluators.contract import Table
from storypainter.evaluators.means import Marked
from storypainter.intervals import bounded_t_interval
from storypainter.story import Dimension


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
    low, high = bounded_t_interval(clues, most=math.inf) or (None, None)
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
