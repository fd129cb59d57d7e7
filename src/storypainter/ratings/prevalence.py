"""What a yes/no judge's share would be without its errors, from a small labelled sample.

A judge that says yes to a share p of the items, to a share q1 of those that deserve it
(sensitivity) and no to a share q0 of those that don't (specificity) has seen a true share of
θ = (p + q0 − 1) / (q0 + q1 − 1) (Rogan and Gladen 1978, doi 10.1093/oxfordjournals.aje.a112510;
for model judges arXiv 2511.21140).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

from storypainter.score import Score

VERSION = "1"
NAME = "corrected share"
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A judge's answers to items that people labelled.

    ``yes`` items deserve a yes, of which the judge said yes to ``yes_found``; ``no`` items
    deserve a no, of which it said no to ``no_found``.
    """

    yes: int
    yes_found: int
    no: int
    no_found: int

    @classmethod
    def count(cls, pairs: Iterable[tuple[bool, bool]]) -> Labelled:
        """Count (what the judge said, what is true)."""
        both = list(pairs)
        yes = [said for said, true in both if true]
        no = [said for said, true in both if not true]
        return cls(len(yes), sum(yes), len(no), sum(not said for said in no))


def corrected(said_yes: int, n: int, labelled: Labelled, *, judge: str) -> Score:
    """The share of the ``n`` items that deserve a yes, where the judge said yes to ``said_yes``.

    The labelled items must be others than the ``n``, and labelled by kind alone: nobody may have
    chosen them by what the judge said. The interval is that of Lang and Reiczigel (2014,
    doi 10.1016/j.prevetmed.2013.09.015, equations of their section 2): a Wald interval around
    shares with pseudo-counts, z²/2 for p and 1 for q0 and q1, with a shift of the centre; it
    carries the uncertainty of the judged and of the labelled sample. Value and interval are cut
    to [0, 1], and the reason says so.

    ``parts`` holds p, q0, q1 and the value before it was cut. Absent when no item of one kind is
    labelled or when q0 + q1 ≤ 1: a judge no better than chance can't be corrected.

    Raises:
        ValueError: counts that can't be.
    """
    if not 0 <= said_yes <= n or n < 1:
        raise ValueError(f"{said_yes} of {n} is no share")
    if not 0 <= labelled.yes_found <= labelled.yes or not 0 <= labelled.no_found <= labelled.no:
        raise ValueError("more answers found than labelled")
    if not labelled.yes or not labelled.no:
        kind = "yes" if not labelled.yes else "no"
        return _absent(judge, n, f"no labelled item deserves a {kind}")
    p = said_yes / n
    q1 = labelled.yes_found / labelled.yes
    q0 = labelled.no_found / labelled.no
    parts = {"p": p, "q0": q0, "q1": q1}
    if q0 + q1 <= 1:
        why = f"the judge is no better than chance on the labelled items (q0 + q1 = {q0 + q1:.2f})"
        return _absent(judge, n, why, parts)
    raw = (p + q0 - 1) / (q0 + q1 - 1)
    value = min(1.0, max(0.0, raw))
    interval, cut = _interval(p, n, labelled)
    notes = [
        f"the judge said yes to {p:.3f} of {n}; {labelled.yes + labelled.no} labelled: "
        f"q1 = {q1:.3f} of {labelled.yes}, q0 = {q0:.3f} of {labelled.no}"
    ]
    if value != raw:
        notes.append(f"cut from {raw:.3f} to {value:.0f}")
    if interval is None:
        notes.append("no interval: with so few labels the judge may be no better than chance")
    elif cut:
        notes.append("interval cut to 0 and 1")
    return Score(
        name=NAME, judge=judge, version=VERSION, value=value, n=n, interval=interval,
        reason="; ".join(notes), parts={**parts, "uncut": raw},
    )  # fmt: skip


def _interval(p: float, n: int, labelled: Labelled) -> tuple[tuple[float, float] | None, bool]:
    """The interval, and whether it was cut; ``None`` when the pseudo-counts leave a coin."""
    size, yes, no = n + _Z**2, labelled.yes + 2, labelled.no + 2
    p = (n * p + _Z**2 / 2) / size
    q1, q0 = (labelled.yes_found + 1) / yes, (labelled.no_found + 1) / no
    better = q0 + q1 - 1
    if better <= 0:
        return None, False
    share = (p + q0 - 1) / better
    of_yes, of_no = q1 * (1 - q1) / yes, q0 * (1 - q0) / no
    shift = 2 * _Z**2 * (share * of_yes - (1 - share) * of_no)
    error = math.sqrt(p * (1 - p) / size + share**2 * of_yes + (1 - share) ** 2 * of_no) / better
    low, high = share + shift - _Z * error, share + shift + _Z * error
    kept = min(1.0, max(0.0, low)), max(0.0, min(1.0, high))
    return kept, kept != (low, high)


def _absent(judge: str, n: int, why: str, parts: dict[str, float] | None = None) -> Score:
    return Score(name=NAME, judge=judge, version=VERSION, absent=why, n=n, parts=parts or {})
