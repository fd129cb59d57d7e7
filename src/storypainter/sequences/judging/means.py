"""Means of Scores over narratives and paired differences between systems, with intervals."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from storypainter.intervals import bounded_t_interval, t_interval
from storypainter.score import Score

FEWEST = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of ``one`` less that of ``other`` in a column, over the sequences of both.

    ``low`` and ``high`` are Student's interval of the paired differences at 95 %, absent where all
    are equal or below three; ``reason`` then says so.
    """

    column: str
    judge: str
    one: str
    other: str
    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""


def mean_of(
    scores: Mapping[str, Score],
    name: str,
    *,
    least: float = 0.0,
    most: float = 1.0,
    missing: int = 0,
) -> Score:
    """The mean of Scores by sequence, with n, interval, and why others are absent.

    Args:
        scores: of one name and judge, by sequence.
        name: of the mean.
        least: the lowest value that there can be.
        most: the highest.
        missing: sequences that were to be told and weren't.
    """
    known = [each for each in scores.values() if each.value is not None]
    values = [each.value for each in known if each.value is not None]
    reasons = Counter(each.absent for each in scores.values() if each.absent)
    if missing:
        reasons["not told"] += missing
    left_out = "; ".join(f"{count} absent: {why}" for why, count in reasons.most_common())
    judges = dict.fromkeys(each.judge for each in scores.values())
    versions = dict.fromkeys(each.version for each in scores.values())
    judge, version = "; ".join(judges) or "nobody", ", ".join(versions) or "0"
    if not values:
        only = next(iter(reasons), "nothing was told")
        return Score(
            name=name, judge=judge, version=version, n=0,
            absent=left_out if len(reasons) > 1 else only,
        )  # fmt: skip
    return Score(
        name=name, judge=judge, version=version, value=math.fsum(values) / len(values),
        n=len(values), interval=bounded_t_interval(values, least=least, most=most),
        reason=left_out, parts={"absent": float(sum(reasons.values()))},
    )  # fmt: skip


def difference(
    column: str, one: str, other: str, a: Mapping[str, Score], b: Mapping[str, Score]
) -> Difference:
    """The paired difference of two systems on the sequences that both have a value for."""
    first = {key: each.value for key, each in a.items() if each.value is not None}
    second = {key: each.value for key, each in b.items() if each.value is not None}
    shared = sorted(first.keys() & second.keys())
    judge = "; ".join(dict.fromkeys(each.judge for each in a.values()))
    if len(shared) < FEWEST:
        why = f"{len(shared)} shared sequences have both values: too few"
        return Difference(column, judge, one, other, len(shared), reason=why)
    gaps = [first[key] - second[key] for key in shared]
    mean = math.fsum(gaps) / len(gaps)
    if min(gaps) == max(gaps):
        why = "no interval: all differences are equal"
        return Difference(column, judge, one, other, len(gaps), mean, reason=why)
    found = t_interval(gaps)
    assert found is not None  # two values and more have one
    return Difference(column, judge, one, other, len(gaps), mean, *found)
