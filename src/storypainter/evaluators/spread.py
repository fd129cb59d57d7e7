"""How far apart a set of embedded stories lies: three scores, two of them with intervals.

``knn_distance`` is the Diversity Score of the Storytelling Image paper (equation 2);
``average_distance`` is what the paper compares it with (table 3); ``vendi`` is the effective
number of different stories (Friedman and Dieng 2023, arXiv 2210.02410).

All three depend on the number of items N: with more stories of the same kind the nearest ones
come nearer. Scores of different N are not comparable, and an interval speaks of the expected
score of sets of the same N from the same source.

Intervals
---------
Never by drawing with replacement (the bootstrap): an item drawn twice is its own neighbour at
distance 0, and the score of such a set says nothing about real sets.

Nor by the deviation of the items' own means over √N ("by item" below): items share neighbours,
so their means are not independent. Two ways are offered. Both give a standard error for a t
interval with N - 1 degrees of freedom:

- ``jackknife``: leave out one item at a time. For any score that doesn't depend on the order of
  the items, its variance is not too small on average (Efron and Stein 1981).
- ``subsampling``: halves drawn without replacement, their variance scaled to N.

Coverage in % of 95 % intervals for ``knn_distance`` at K = 5, and of the jackknife for
``average_distance``; N = 30 / N = 200; simulated sources with 64 dimensions, 2,000 / 1,000 sets
each (``benchmarks/diversity.py coverage``, docs/measured/diversity.json):

=======================  =============  =============  =============  ================
source                   jackknife      subsampling    by item        average distance
=======================  =============  =============  =============  ================
one cloud                96.0 / 95.8    97.4 / 96.6    82.0 / 84.2    96.0 / 95.1
12 even themes           98.0 / 96.3    99.1 / 99.0    90.8 / 93.2    95.0 / 95.0
12 uneven themes         96.2 / 97.7    99.0 / 99.9    94.1 / 96.9    95.5 / 94.5
40 tight themes, uneven  96.1 / 99.3    95.0 / 99.9    88.1 / 98.1    94.1 / 95.4
12 near copies, uneven   95.7 / 92.1    98.9 / 100.0   94.6 / 74.1    94.6 / 94.2
=======================  =============  =============  =============  ================

So the jackknife is the default: nearest to 95 % in nine of ten rows, and by far the cheapest. Its
standard errors are right for loose sources and up to 1.7 times too large for very tight themes.
Where a rare theme decides (near copies, N = 200) scores are so skewed that 92 % hold.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from storypainter.errors import BadInput, MissingExtra
from storypainter.evaluators.neighbours import (
    EXACT_UP_TO,
    Doubles,
    Floats,
    Method,
    Neighbours,
    Progress,
    as_matrix,
    nearest,
    unit_blocks,
    unit_matrix,
)
from storypainter.intervals import t_quantile
from storypainter.score import Score

IntervalMethod = Literal["jackknife", "subsampling"]
LEVEL = 0.95
DRAWS = 200
"""Sets that ``subsampling`` draws."""


@dataclass(frozen=True)
class Interval:
    """Where the expected score of sets of this size from the same source lies.

    Attributes:
        low, high: the bounds, cut to the range of the score.
        standard_error: of the score, from set to set.
        method: how the standard error was found.
        level: the share of such intervals that should hold the expected score.
    """

    low: float
    high: float
    standard_error: float
    method: IntervalMethod
    level: float = LEVEL


@dataclass(frozen=True, eq=False)
class Spread:
    """A score of a whole set, or the reason why there is none.

    Attributes:
        name: ``knn_distance``, ``average_distance`` or ``vendi``.
        n: the number of items.
        value: the score, None if absent.
        absent: the reason why there is no value, None if there is one.
        per_item: (N,) float64; the value is their mean. None for ``vendi``.
        interval: None where there is none; ``no_interval`` says why.
        neighbours: what ``knn_distance`` was computed from.
        parts: numbers that belong to the score. ``knn_distance``: ``k``; with approximate
            neighbours also ``recall`` (0 to 1), ``recall_queries``, ``bias`` (what the
            approximation adds to the value, estimated) and ``bias_error``. Where there is an
            interval, ``standard_error``.
    """

    name: str
    n: int
    value: float | None = None
    absent: str | None = None
    per_item: Doubles | None = None
    interval: Interval | None = None
    no_interval: str = ""
    neighbours: Neighbours | None = None
    parts: dict[str, float] = field(default_factory=dict)

    def score(self, judge: str, version: str, reason: str = "", *, name: str = "") -> Score:
        """This as a Score; ``judge`` is what made the embeddings."""
        return Score(
            name=name or self.name,
            judge=judge,
            version=version,
            value=self.value,
            absent=self.absent,
            reason=reason,
            n=self.n,
            interval=(self.interval.low, self.interval.high) if self.interval else None,
            parts=self.parts,
        )


def knn_distance(
    embeddings: ArrayLike,
    k: int = 5,
    *,
    interval: IntervalMethod = "jackknife",
    method: Method = "auto",
    seed: int = 0,
    threads: int = 0,
    progress: Progress | None = None,
) -> Spread:
    """The mean cosine distance of the items to their k nearest neighbours, 0 to 2.

    Args:
        embeddings: (N, d) real numbers; the length of the vectors doesn't matter.
        k: the number of neighbours; an item is none of its own, its copies are.
        interval: see the module; ``subsampling`` needs exact neighbours and 2K + 2 items.
        method: ``exact``, ``approximate`` or ``auto``, as in ``neighbours.nearest``.
        seed: of subsampling, and of the approximate search.
        threads: of the approximate search, 0 for all cores.
        progress: called after every block.

    Returns:
        Absent with fewer than k + 1 items. The interval needs one item more.

    Raises:
        BadInput: not a matrix, a row that is zero or not finite (the message has its number),
            k below 1, or subsampling with approximate neighbours.
        MissingExtra: approximate neighbours without the extra [analysis].
    """
    rows = as_matrix(embeddings)
    n = len(rows)
    if k < 1:
        raise BadInput(f"the number of neighbours is {k}", "give a k from 1")
    if interval == "subsampling" and (
        method == "approximate" or (method == "auto" and n > EXACT_UP_TO)
    ):
        raise BadInput(
            f"an interval by subsampling needs exact neighbours, not approximate ones of {n} items",
            "ask for the jackknife, or for exact neighbours",
        )
    if n <= k:
        _check(rows)
        return Spread("knn_distance", n, absent=f"needs K + 1 stories: {n} given, {k + 1} needed")
    # The jackknife looks one neighbour further; half a set may miss many of the nearest.
    spare = 1 if interval == "jackknife" else max(15 * k, 64)
    found = nearest(
        rows, k, spare=spare, method=method, seed=seed, threads=threads, progress=progress
    )
    per_item = found.distances[:, :k].mean(axis=1)
    value = float(per_item.mean())
    bounds, no_interval = _knn_interval(found, k, value, interval, seed)
    parts: dict[str, float] = {"k": k}
    if found.recall:
        parts |= {
            "recall": found.recall.value,
            "recall_queries": found.recall.queries,
            "bias": found.recall.bias,
            "bias_error": found.recall.bias_error,
        }
    return Spread(
        "knn_distance",
        n,
        value,
        per_item=per_item,
        interval=bounds,
        no_interval=no_interval,
        neighbours=found,
        parts=parts | _error_part(bounds),
    )


def average_distance(embeddings: ArrayLike) -> Spread:
    """The mean cosine distance of all pairs of items, 0 to 2, in O(N d).

    The sum of all cosines is the squared length of the sum of the unit vectors. The interval is
    a jackknife; it needs 3 items. Absent with fewer than 2 items.

    Args:
        embeddings: (N, d) real numbers; the length of the vectors doesn't matter.

    Raises:
        BadInput: not a matrix, or a row that is zero or not finite (the message has its number).
    """
    rows = as_matrix(embeddings)
    n = len(rows)
    total = np.zeros(rows.shape[1])
    for _, block in unit_blocks(rows):
        total += block.sum(axis=0)
    if n < 2:
        return Spread("average_distance", n, absent=f"needs 2 stories: {n} given, 2 needed")
    per_item = np.empty(n)
    for start, block in unit_blocks(rows):
        # An item's cosine with itself is 1, so it adds nothing to n - sum of its cosines.
        per_item[start : start + len(block)] = (n - block @ total) / (n - 1)
    per_item = np.clip(per_item, 0.0, 2.0)
    value = float(per_item.mean())
    if n < 3:
        bounds, no_interval = None, f"an interval needs 3 stories: {n} given"
    else:
        # Leaving out an item takes its pairs away, from its own sum and from the others'.
        left_out = (value * n - 2 * per_item) / (n - 2)
        bounds, no_interval = _t_interval(value, _jackknife(left_out), n, "jackknife"), ""
    return Spread(
        "average_distance",
        n,
        value,
        per_item=per_item,
        interval=bounds,
        no_interval=no_interval,
        parts=_error_part(bounds),
    )


def vendi(embeddings: ArrayLike) -> Spread:
    """The Vendi score: the effective number of different items, 1 (all equal) to N (orthogonal).

    The exponential of the entropy of the eigenvalues of the matrix of cosines over N, by the
    library vendi-score (extra [analysis]). That matrix is N by N, but has the same eigenvalues
    other than 0 as the d by d matrix of the dual form; the smaller one is used, so 100,000
    stories need little memory. Opposite items count as different, as in the library.

    Args:
        embeddings: (N, d) real numbers; the length of the vectors doesn't matter.

    Returns:
        Absent with no item, or (with the command to run) without the extra. No interval: the
        score grows with N, and its jackknife would take N times as long.

    Raises:
        BadInput: not a matrix, or a row that is zero or not finite (the message has its number).
    """
    rows = as_matrix(embeddings)
    n, d = rows.shape
    if n == 0:
        return Spread("vendi", n, absent="needs 1 story: 0 given, 1 needed")
    try:
        from vendi_score import vendi as library
    except ImportError:
        _check(rows)
        return Spread("vendi", n, absent=str(MissingExtra("the Vendi score", "analysis")))
    # The library's `score_dual` takes a factor A of m rows and uses the eigenvalues of A'A / m.
    # (Its `score_K` relies on a part of SciPy that goes away.) All factors here have d rows.
    factor = _triangle(rows) if n > d else unit_matrix(rows, np.float64).T
    value = float(library.score_dual(factor * math.sqrt(d / n), normalize=False))
    return Spread(
        "vendi", n, min(max(value, 1.0), float(n)), no_interval="none is computed for Vendi scores"
    )


def _check(rows: Floats) -> None:
    """Raise BadInput for a row without direction."""
    for _ in unit_blocks(rows):
        pass


def _triangle(rows: Floats) -> Doubles:
    """A (d, d) matrix R with R'R = U'U, where U are the N > d unit vectors: QR block by block."""
    triangle = np.zeros((rows.shape[1], rows.shape[1]))
    for _, block in unit_blocks(rows):
        triangle = np.asarray(np.linalg.qr(np.concatenate((triangle, block)), mode="r"))
    return triangle


def _error_part(bounds: Interval | None) -> dict[str, float]:
    return {"standard_error": bounds.standard_error} if bounds else {}


def _knn_interval(
    found: Neighbours, k: int, value: float, method: IntervalMethod, seed: int
) -> tuple[Interval | None, str]:
    n = len(found.indices)
    if method == "jackknife":
        if n < k + 2:
            return None, f"an interval needs K + 2 stories: {n} given, {k + 2} needed"
        return _t_interval(value, _jackknife(_knn_left_out(found, k)), n, method), ""
    if n < 2 * (k + 1):
        return None, f"subsampling needs 2K + 2 stories: {n} given, {2 * k + 2} needed"
    return _t_interval(value, _subsampled(found, k, seed), n, method), ""


def _knn_left_out(found: Neighbours, k: int) -> Doubles:
    """(N,) the score without each of the items, from lists of at least k + 1 neighbours.

    An item that loses one of its k neighbours gets its (k + 1)-th instead.
    """
    n = len(found.indices)
    distances = found.distances
    own = distances[:, :k].mean(axis=1)
    gains = (distances[:, k : k + 1] - distances[:, :k]) / k
    gained = np.bincount(found.indices[:, :k].ravel(), gains.ravel(), minlength=n)
    left_out: Doubles = (own.sum() - own + gained) / (n - 1)
    return left_out


def _jackknife(left_out: Doubles) -> float:
    """The standard error from the scores without each item."""
    n = len(left_out)
    return math.sqrt((n - 1) * float(left_out.var()))


def _subsampled(found: Neighbours, k: int, seed: int) -> float:
    """The standard error from the scores of random halves, drawn without replacement.

    An item's neighbours in a half are those of its list that are in it: with 64 or more listed,
    fewer than k of them is less likely than 1e-9, and impossible if all others are listed.
    """
    n = len(found.indices)
    m = n // 2
    generator = np.random.default_rng(seed)
    scores = np.empty(DRAWS)
    for draw in range(DRAWS):
        half = np.sort(generator.choice(n, m, replace=False))
        drawn = np.zeros(n, np.bool_)
        drawn[half] = True
        near = drawn[found.indices[half]]
        near &= near.cumsum(axis=1) <= k
        scores[draw] = (found.distances[half] * near).sum() / near.sum()
    # The variance of a mean of m out of n without replacement is (1/m - 1/n) s², that of n is s²/n.
    return math.sqrt(m / (n - m) * float(scores.var(ddof=1)))


def _t_interval(value: float, error: float, n: int, method: IntervalMethod) -> Interval:
    reach = t_quantile(n - 1) * error
    return Interval(max(value - reach, 0.0), min(value + reach, 2.0), error, method)
