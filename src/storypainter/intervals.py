"""Intervals at 95 %: Wilson's for a share, Student's for a mean. Exact, without SciPy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

_TAIL = 0.975
_Z = NormalDist().inv_cdf(_TAIL)
#: From here on the expansion in 1/df is closer than 1e-11 to the exact quantile.
_LARGE_DF = 200


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson's score interval of a share, 0 to 1 (E. B. Wilson, JASA 22, 1927, pages 209-212).

    Args:
        successes: 0 to ``n``.
        n: at least 1.

    Raises:
        ValueError: counts outside these ranges.
    """
    if not 0 <= successes <= n or n < 1:
        raise ValueError(f"{successes} of {n} is no share")
    share = successes / n
    weight = 1 + _Z**2 / n
    centre = share + _Z**2 / (2 * n)
    half = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    # At 0 and at n the bound is 0 or 1 exactly; rounding must not push it outside.
    low = 0.0 if successes == 0 else (centre - half) / weight
    high = 1.0 if successes == n else (centre + half) / weight
    return low, high


def t_quantile(df: int) -> float:
    """The 97.5 % quantile of Student's t with ``df`` degrees of freedom (at least 1).

    Up to 200 by bisection of the finite series of the distribution (Abramowitz and Stegun,
    26.7.3 and 26.7.4), above by its expansion in 1/df (26.7.5).
    """
    if df < 1:
        raise ValueError("the t distribution needs at least one degree of freedom")
    if df > _LARGE_DF:
        return _expanded(df)
    low, high = 1.0, 16.0  # the quantile falls from 12.71 (df = 1) to 1.96
    while high - low > 1e-13 * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _two_sided(middle, df) < 2 * _TAIL - 1:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _two_sided(t: float, df: int) -> float:
    """P(−t < T < t)."""
    angle = math.atan2(t, math.sqrt(df))
    cosine = math.cos(angle)
    odd = df % 2
    term = cosine if odd else 1.0
    total = term if df > 1 else 0.0
    for k in range(2 + odd, df - 1, 2):
        term *= cosine**2 * (k - 1) / k
        total += term
    if odd:
        return 2 / math.pi * (angle + math.sin(angle) * total)
    return math.sin(angle) * total


def _expanded(df: int) -> float:
    z = _Z
    g1 = (z**3 + z) / 4
    g2 = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    g3 = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    g4 = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + g1 / df + g2 / df**2 + g3 / df**3 + g4 / df**4


@dataclass(slots=True)
class RunningMean:
    """Count, mean and sum of squared deviations, one value at a time (Welford 1962)."""

    n: int = 0
    mean: float = 0.0
    squares: float = 0.0

    def add(self, value: float) -> None:
        """Take one more value in."""
        self.n += 1
        delta = value - self.mean
        self.mean += delta / self.n
        self.squares += delta * (value - self.mean)

    def interval(self) -> tuple[float, float] | None:
        """The t interval of the mean; ``None`` below two values."""
        if self.n < 2:
            return None
        error = math.sqrt(self.squares / (self.n - 1) / self.n)
        half = t_quantile(self.n - 1) * error
        return self.mean - half, self.mean + half


def t_interval(values: Iterable[float]) -> tuple[float, float] | None:
    """The t interval of a mean; ``None`` below two values."""
    mean = RunningMean()
    for value in values:
        mean.add(value)
    return mean.interval()


def bounded_t_interval(
    values: Sequence[float], *, least: float = 0.0, most: float = 1.0
) -> tuple[float, float] | None:
    """The t interval of a mean, without the part where no mean can lie; that costs no coverage.

    ``None`` below two values, and where all are equal: their spread is unknown then, not nothing.
    """
    found = t_interval(values)
    if found is None or min(values) == max(values):
        return None
    return max(least, found[0]), min(most, found[1])
