"""Correlation of paired values: Pearson, Spearman, their p-values and intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

#: Up to this many pairs a p-value counts all orders; above, it is drawn from random ones.
EXACT_UP_TO = 8
_DRAWS = 100_000


@dataclass(frozen=True, slots=True)
class Correlation:
    """A coefficient, -1 to 1, with n pairs; or why there is none.

    ``p`` is two-sided, by permutation. ``interval`` is at 95 %, by Fisher's z; for Spearman with
    the standard error of Bonett and Wright (2000, doi 10.1007/BF02294183). It is absent for
    fewer than 4 pairs and at a coefficient of exactly 1 or -1, where it has no width to give.
    """

    kind: Literal["pearson", "spearman"]
    n: int
    value: float | None = None
    p: float | None = None
    interval: tuple[float, float] | None = None
    absent: str = ""


def pearson(x: Sequence[float], y: Sequence[float], *, seed: int = 0) -> Correlation:
    """The product-moment correlation of two sequences of equal length."""
    return _correlation("pearson", _as_array(x), _as_array(y), seed)


def spearman(x: Sequence[float], y: Sequence[float], *, seed: int = 0) -> Correlation:
    """The rank correlation: Pearson's of the ranks, ties sharing their mean rank."""
    return _correlation("spearman", ranks(x), ranks(y), seed)


def ranks(values: Sequence[float]) -> NDArray[np.float64]:
    """Ranks from 1; equal values share the mean of theirs."""
    array = _as_array(values)
    _, where, counts = np.unique(array, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    mean: NDArray[np.float64] = last - (counts - 1) / 2
    return mean[where]


def _correlation(
    kind: Literal["pearson", "spearman"],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    seed: int,
) -> Correlation:
    if x.shape != y.shape:
        raise ValueError(f"{len(x)} values against {len(y)}")
    n = len(x)
    if n < 3:
        return Correlation(kind, n, absent=f"needs 3 pairs: {n} given")
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return Correlation(kind, n, absent="one of the two is constant")
    value = _coefficient(x, y)
    return Correlation(kind, n, value, _p_value(x, y, value, seed), _interval(kind, value, n))


def _coefficient(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    a, b = x - x.mean(), y - y.mean()
    return float(np.clip(a @ b / math.sqrt((a @ a) * (b @ b)), -1.0, 1.0))


def _p_value(x: NDArray[np.float64], y: NDArray[np.float64], value: float, seed: int) -> float:
    """The share of orders of ``y`` whose correlation is at least as far from 0."""
    a, b = x - x.mean(), y - y.mean()
    scale = math.sqrt((a @ a) * (b @ b))
    if len(x) <= EXACT_UP_TO:
        orders = np.array(list(permutations(range(len(x)))))
        found = b[orders] @ a / scale
        return float(np.mean(np.abs(found) >= abs(value) - 1e-12))
    random = np.random.default_rng(seed)
    found = np.array([random.permutation(b) @ a for _ in range(_DRAWS)]) / scale
    extreme = int(np.sum(np.abs(found) >= abs(value) - 1e-12))
    return (extreme + 1) / (_DRAWS + 1)  # never 0: the order as it is counts as drawn


def _interval(kind: str, value: float, n: int) -> tuple[float, float] | None:
    if n < 4 or abs(value) >= 1:
        return None
    error = math.sqrt(1 / (n - 3))
    if kind == "spearman":
        error = math.sqrt((1 + value * value / 2) / (n - 3))
    half = NormalDist().inv_cdf(0.975) * error
    z = math.atanh(value)
    return math.tanh(z - half), math.tanh(z + half)


def _as_array(values: Sequence[float]) -> NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)
