"""Two rows held against each other, on the same items where they share them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
_FEWEST = 3
_ALL_EQUAL = "no interval: all are equal"


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of ``one`` less that of ``other`` in a column, with a 95 % bootstrap interval.

    ``on`` says on what: ``the same stories``, ``the same prompts``, ``the same plans``, or
    ``different items``, where ``n`` is the smaller of the two numbers of items. Intervals are not
    adjusted for how many differences are listed.
    """

    column: str
    one: str
    other: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    on: str
    reason: str = ""


def paired(
    column: str, one: str, other: str, a: Mapping[str, float], b: Mapping[str, float], on: str
) -> Difference:
    """The mean difference over shared items: items are resampled, each with both its values.

    Percentile bootstrap (B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, 1993,
    chapter 13), 10,000 resamples from a fixed seed.
    """
    shared = sorted(a.keys() & b.keys())
    if len(shared) < _FEWEST:
        reason = f"{len(shared)} shared items have both scores: too few"
        return Difference(column, one, other, None, None, None, len(shared), on, reason)
    gaps = np.array([a[key] - b[key] for key in shared])
    if gaps.min() == gaps.max():
        return Difference(
            column, one, other, float(gaps[0]), None, None, len(shared), on, _ALL_EQUAL
        )
    means = _resampled(gaps, seed=len(shared))
    low, high = np.percentile(means, (2.5, 97.5))
    return Difference(
        column, one, other, float(gaps.mean()), float(low), float(high), len(shared), on
    )


def unpaired(
    column: str, one: str, other: str, a: Mapping[str, float], b: Mapping[str, float]
) -> Difference:
    """The difference of the means of two sets of items, each resampled by itself."""
    n = min(len(a), len(b))
    if n < _FEWEST:
        reason = f"{n} items have a score: too few"
        return Difference(column, one, other, None, None, None, n, "different items", reason)
    first, second = np.array(list(a.values())), np.array(list(b.values()))
    if first.min() == first.max() and second.min() == second.max():
        gap = float(first[0] - second[0])
        return Difference(column, one, other, gap, None, None, n, "different items", _ALL_EQUAL)
    means = _resampled(first, seed=1) - _resampled(second, seed=2)
    low, high = np.percentile(means, (2.5, 97.5))
    value = float(first.mean() - second.mean())
    return Difference(column, one, other, value, float(low), float(high), n, "different items")


def _resampled(values: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    chance = np.random.default_rng(seed)
    found = np.empty(RESAMPLES)
    step = max(1, 2_000_000 // len(values))
    for start in range(0, RESAMPLES, step):
        stop = min(start + step, RESAMPLES)
        found[start:stop] = values[
            chance.integers(0, len(values), (stop - start, len(values)))
        ].mean(axis=1)
    return found
