"""Does a judge favour some sources? Mean (automatic − people) by source, and what it does to ranks.

The paper's own table shows why this is asked: over its rows the automatic Semantic Score lies
about 5 of 100 points above people's for distilled storytellers, and 1 below for prompted ones.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storypainter.evaluators.contract import Findings, Table
from storypainter.intervals import t_interval, t_quantile
from storypainter.ratings.judged import Judged, rated
from storypainter.score import Score

VERSION = "1"
_ORDERS = 9999
NEVER = (
    "never rank trained against untrained systems by this score alone: train a system and its "
    "bias changes with it"
)


@dataclass(frozen=True, slots=True)
class SourceBias:
    """One source: how many items, of them rated, its means, its bias and what remains without it.

    ``bias`` is mean (automatic − people) over the rated items, with its t interval.
    ``corrected`` is the mean automatic score of all items minus the bias, with an interval that
    carries the bias's uncertainty.
    """

    source: str
    trained: bool | None
    n: int
    rated: int
    automatic: float
    human: float | None
    bias: float | None
    interval: tuple[float, float] | None
    corrected: float | None
    corrected_interval: tuple[float, float] | None


def bias_by_source(judged: Sequence[Judged]) -> tuple[SourceBias, ...]:
    """Each source's bias, sources by name."""
    by_source: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        by_source[each.source].append(each)
    return tuple(_bias(source, items) for source, items in sorted(by_source.items()))


def _bias(source: str, items: Sequence[Judged]) -> SourceBias:
    both = rated(items)
    gaps = [each.automatic - each.human for each in both]
    trained = items[0].trained if len({each.trained for each in items}) == 1 else None
    automatic = _mean([each.automatic for each in items])
    if not both:
        return SourceBias(source, trained, len(items), 0, automatic, *([None] * 5))
    bias = _mean(gaps)
    return SourceBias(
        source, trained, len(items), len(both), automatic, _mean([each.human for each in both]),
        bias, t_interval(gaps), automatic - bias, _corrected_interval(items, automatic - bias),
    )  # fmt: skip


def _corrected_interval(items: Sequence[Judged], centre: float) -> tuple[float, float] | None:
    """The t interval of mean automatic (all) − mean bias (rated), the rated being part of all.

    The estimate is a sum of independent items: an unrated one adds a/N, a rated one
    a/N − (a − h)/n (the rectifier of prediction-powered inference, doi 10.1126/science.adi6000).
    """
    both, size = rated(items), len(items)
    n = len(both)
    if n < 2:
        return None
    of_rated = [each.automatic / size - (each.automatic - each.human) / n for each in both]
    rest = [each.automatic / size for each in items if not each.raters]
    variance = n * float(np.var(of_rated, ddof=1))
    if len(rest) > 1:
        variance += len(rest) * float(np.var(rest, ddof=1))
    half = t_quantile(n - 1) * math.sqrt(variance)
    return centre - half, centre + half


def sources_differ(judged: Sequence[Judged], *, seed: int = 0) -> float | None:
    """The p-value of equal bias in all sources; ``None`` below two sources of two rated items.

    A permutation test: the share of 9,999 random deals of the (automatic − people) differences
    to the sources, the dealt one counted along, whose variance between the sources is as large.
    """
    groups: dict[str, list[float]] = defaultdict(list)
    for each in rated(judged):
        groups[each.source].append(each.automatic - each.human)
    known = [gaps for gaps in groups.values() if len(gaps) > 1]
    if len(known) < 2:
        return None
    values = np.array([gap for gaps in known for gap in gaps])
    if np.ptp(values) < 1e-12:
        return 1.0
    sizes = np.array([len(gaps) for gaps in known])
    random = np.random.default_rng(seed)
    found = _between(values[None], sizes)[0]
    deals = _between(random.permuted(np.tile(values, (_ORDERS, 1)), axis=1), sizes)
    return (int((deals >= found - 1e-12).sum()) + 1) / (_ORDERS + 1)


def _between(values: NDArray[np.float64], sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """The sum of squares between groups, for each row of ``values``; it orders as F does."""
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    means = np.add.reduceat(values, starts, axis=1) / sizes
    total: NDArray[np.float64] = (sizes * (means - values.mean(axis=1, keepdims=True)) ** 2).sum(
        axis=1
    )
    return total


def trained_against_untrained(
    judged: Sequence[Judged],
) -> tuple[float, tuple[float, float], int, int] | None:
    """Bias of trained minus untrained sources with Welch's t interval, and both n.

    ``None`` where one of the two has fewer than two rated items. Degrees of freedom are rounded
    down, which widens the interval.
    """
    gaps: dict[bool, list[float]] = {True: [], False: []}
    for each in rated(judged):
        if each.trained is not None:
            gaps[each.trained].append(each.automatic - each.human)
    one, other = gaps[True], gaps[False]
    if len(one) < 2 or len(other) < 2:
        return None
    difference = _mean(one) - _mean(other)
    a, b = (float(np.var(each, ddof=1)) / len(each) for each in (one, other))
    if a + b == 0:
        return difference, (difference, difference), len(one), len(other)
    freedom = (a + b) ** 2 / (a**2 / (len(one) - 1) + b**2 / (len(other) - 1))
    half = t_quantile(max(1, int(freedom))) * math.sqrt(a + b)
    return difference, (difference - half, difference + half), len(one), len(other)


def bias_findings(judged: Sequence[Judged], *, judge: str, seed: int = 0) -> Findings:
    """The table of sources, the test whether they differ, and the warning where it matters."""
    sources = bias_by_source(judged)
    if len(sources) < 2:
        return Findings()
    p = sources_differ(judged, seed=seed)
    size = len(rated(judged))
    test = Score(
        name="p that all sources have one bias", judge=judge, version=VERSION, value=p, n=size,
        absent=None if p is not None else "needs two sources with two rated items each",
        reason="" if p is None else "permutation test, 9,999 deals",
    )  # fmt: skip
    by_score = _ranks({each.source: each.automatic for each in sources})
    known = {each.source: each.corrected for each in sources if each.corrected is not None}
    by_corrected = _ranks(known)
    rows = tuple(
        (
            each.source or "-", {True: "yes", False: "no", None: "?"}[each.trained], each.n,
            each.rated, _points(each.automatic), _points(each.human), _points(each.bias),
            _span(each.interval), by_score[each.source], by_corrected.get(each.source),
            _points(each.corrected), _span(each.corrected_interval),
        )
        for each in sources
    )  # fmt: skip
    table = Table(
        title="bias of each source, in points of 100",
        columns=(
            "source", "trained", "items", "rated", "automatic", "people", "bias", "95 %",
            "rank", "rank without bias", "without bias", "95 %",
        ),
        rows=rows,
        note="bias = mean (automatic − people); without bias = automatic mean of all items − bias",
    )  # fmt: skip
    warnings = _warnings(judged, p, by_score, by_corrected)
    return Findings(scores=(test,), tables=(table,), warnings=warnings)


def _warnings(
    judged: Sequence[Judged],
    p: float | None,
    by_score: Mapping[str, int],
    by_corrected: Mapping[str, int],
) -> tuple[str, ...]:
    found = []
    biased = p is not None and p < 0.05
    if p is not None and biased:
        found.append(f"the judge does not treat all sources alike (p = {p:.2g})")
    kinds = trained_against_untrained(judged)
    if kinds is not None:
        difference, (low, high), one, other = kinds
        text = (
            f"trained sources are overrated by {100 * difference:+.1f} points against untrained "
            f"ones (95 % {100 * low:+.1f} to {100 * high:+.1f}; n = {one} and {other})"
        )
        if low <= 0 <= high:
            text += ", which these items don't tell from 0"
        found.append(f"{text}: {NEVER}")
    both = [source for source in by_score if source in by_corrected]
    if biased and len(both) == len(by_score) and any(by_score[s] != by_corrected[s] for s in both):
        found.append("the ranking of the sources changes when each one's bias is taken off")
    return tuple(found)


def _ranks(values: Mapping[str, float]) -> dict[str, int]:
    """1 for the highest; equal ones share the better rank."""
    return {
        name: 1 + sum(other > value + 1e-12 for other in values.values())
        for name, value in values.items()
    }


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _points(value: float | None) -> str | None:
    return None if value is None else f"{100 * value:.1f}"


def _span(interval: tuple[float, float] | None) -> str | None:
    return None if interval is None else f"{100 * interval[0]:.1f} to {100 * interval[1]:.1f}"
