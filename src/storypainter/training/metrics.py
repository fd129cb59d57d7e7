"""How far predicted scores are from people's: RMSE, RMAE, PCC and SRCC, as ISA reports them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from storypainter.evaluators.correlation import ranks
from storypainter.value import Value

Array = NDArray[np.float64]
#: A coefficient needs two columns that vary; fewer resamples than this with one are no interval.
_LEAST_USABLE = 0.9


class Estimate(Value):
    """A number with its 95 % interval; or no number, where it is not defined."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    absent: str = ""


class Metrics(Value):
    """ISA's four metrics over ``n`` items (arXiv 2501.01982).

    ``rmse`` and ``rmae`` are at least 0 and smaller is better: the root of the mean squared and
    of the mean absolute difference, sqrt(mean |x − y|). ``pcc`` (Pearson) and ``srcc`` (Spearman,
    ties share their mean rank) lie in [-1, 1].
    """

    n: int
    rmse: Estimate
    rmae: Estimate
    pcc: Estimate
    srcc: Estimate


NAMES = ("rmse", "rmae", "pcc", "srcc")


def rmse(x: Array, y: Array) -> Array:
    """The root of the mean squared difference, over the last axis."""
    found: Array = np.sqrt(np.mean((x - y) ** 2, axis=-1))
    return found


def rmae(x: Array, y: Array) -> Array:
    """The root of the mean absolute difference: ISA's definition, larger than the mean itself."""
    found: Array = np.sqrt(np.mean(np.abs(x - y), axis=-1))
    return found


def pcc(x: Array, y: Array) -> Array:
    """Pearson's coefficient over the last axis; not a number where one of the two is constant."""
    a, b = x - x.mean(axis=-1, keepdims=True), y - y.mean(axis=-1, keepdims=True)
    scale = np.sqrt((a * a).sum(axis=-1) * (b * b).sum(axis=-1))
    flat = (np.ptp(x, axis=-1) == 0) | (np.ptp(y, axis=-1) == 0)
    found: Array = np.clip((a * b).sum(axis=-1) / np.where(flat, np.nan, scale), -1.0, 1.0)
    return found


def measure(
    predicted: Sequence[float], rated: Sequence[float], *, draws: int = 1000, seed: int = 0
) -> Metrics:
    """The four metrics with percentile bootstrap intervals over items.

    Args:
        predicted: scores of the scorer.
        rated: people's, in the same order.
        draws: resamples of the items, with replacement.
        seed: of the resamples.

    Raises:
        ValueError: lengths differ, or there is nothing.
    """
    x, y = np.asarray(predicted, dtype=np.float64), np.asarray(rated, dtype=np.float64)
    if x.shape != y.shape or not len(x):
        raise ValueError(f"{len(x)} predictions for {len(y)} ratings")
    picked = np.random.default_rng(seed).integers(0, len(x), (draws, len(x)))
    drawn_ranks = _ranks_of_draws(x, picked), _ranks_of_draws(y, picked)
    rank_x, rank_y = ranks(x.tolist()), ranks(y.tolist())
    return Metrics(
        n=len(x),
        rmse=_estimate(rmse(x, y), rmse(x[picked], y[picked]), len(x)),
        rmae=_estimate(rmae(x, y), rmae(x[picked], y[picked]), len(x)),
        pcc=_estimate(pcc(x, y), pcc(x[picked], y[picked]), len(x)),
        srcc=_estimate(pcc(rank_x, rank_y), pcc(*drawn_ranks), len(x)),
    )


def _ranks_of_draws(values: Array, picked: NDArray[np.int64]) -> Array:
    """The ranks within each resample, ties sharing their mean rank; one row a resample."""
    codes = np.unique(values, return_inverse=True)[1]
    kinds, draws = int(codes.max()) + 1, len(picked)
    own = codes[picked]
    cells = own + np.arange(draws)[:, None] * kinds
    counts = np.bincount(cells.ravel(), minlength=draws * kinds).reshape(draws, kinds)
    mean: Array = np.cumsum(counts, axis=1) - (counts - 1) / 2
    return np.take_along_axis(mean, own, axis=1)


def _estimate(value: Array, drawn: Array, n: int) -> Estimate:
    if np.isnan(value):
        return Estimate(absent="one of the two is constant")
    usable = drawn[~np.isnan(drawn)]
    if n < 3 or len(usable) < _LEAST_USABLE * len(drawn):
        return Estimate(value=float(value))
    low, high = np.percentile(usable, [2.5, 97.5])
    return Estimate(value=float(value), low=float(low), high=float(high))
