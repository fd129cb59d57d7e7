"""A mean of counts as cards say it: with n, and with an interval or why there is none."""

from __future__ import annotations

import math
from collections.abc import Sequence

from storypainter.intervals import bounded_t_interval

#: Of fewer values Student's interval is wider than three of their standard deviations, and one
#: from resampling them is known to be too narrow: neither says anything of the mean.
FEWEST = 5


def said_mean(counts: Sequence[int], *, least: int = 1) -> str:
    """``31.5 [28.0, 35.0] (95 %, n = 40)``, or ``28.0 (no interval: n = 2, fewer than 5)``.

    Args:
        counts: at least one.
        least: the smallest count that there can be; the interval ends there, since no mean lies
            below it.
    """
    n = len(counts)
    mean = f"{sum(counts) / n:.1f}"
    if n < FEWEST:
        return f"{mean} (no interval: n = {n}, fewer than {FEWEST})"
    between = bounded_t_interval(counts, least=least, most=math.inf)
    if between is None:
        return f"{mean} (no interval: all {n} are equal)"
    return f"{mean} [{between[0]:.1f}, {between[1]:.1f}] (95 %, n = {n})"
