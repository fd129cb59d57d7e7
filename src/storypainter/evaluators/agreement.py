"""How far two judges agree on yes or no: raw agreement and Cohen's kappa."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from storypainter.intervals import wilson

_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Agreement:
    """``raw`` and ``kappa`` with their 95 % intervals over ``n`` items.

    ``absent`` says why there is no kappa. The interval of raw agreement is Wilson's; that of
    kappa rests on its large-sample standard error (Fleiss, Cohen and Everitt, Psychological
    Bulletin 72, 1969, pages 323-327, equation 13), cut to -1 and 1.
    """

    n: int
    raw: float
    raw_interval: tuple[float, float]
    kappa: float | None = None
    kappa_interval: tuple[float, float] | None = None
    absent: str = ""


def agreement(first: Sequence[bool], second: Sequence[bool]) -> Agreement:
    """The agreement of two judges' answers to the same items, at least one.

    Raises:
        ValueError: no items, or not one answer each.
    """
    n = len(first)
    if not n or n != len(second):
        raise ValueError("two judges' answers to the same items are needed")
    both = list(zip(first, second, strict=True))
    same = sum(a == b for a, b in both)
    raw = same / n
    constant = [
        name for name, said in (("first", first), ("second", second)) if len(set(said)) == 1
    ]
    if constant:
        who = "both judges give" if len(constant) == 2 else f"the {constant[0]} judge gives"
        reason = f"{who} every story the same verdict"
        return Agreement(n, raw, wilson(same, n), absent=reason)
    cells = {(a, b): both.count((a, b)) / n for a in (True, False) for b in (True, False)}
    rows = {a: cells[a, True] + cells[a, False] for a in (True, False)}
    columns = {b: cells[True, b] + cells[False, b] for b in (True, False)}
    chance = sum(rows[a] * columns[a] for a in rows)
    kappa = (raw - chance) / (1 - chance)
    half = _Z * _standard_error(cells, rows, columns, chance, kappa, n)
    return Agreement(
        n, raw, wilson(same, n), kappa, (max(-1.0, kappa - half), min(1.0, kappa + half))
    )


def _standard_error(
    cells: dict[tuple[bool, bool], float],
    rows: dict[bool, float],
    columns: dict[bool, float],
    chance: float,
    kappa: float,
    n: int,
) -> float:
    rest = 1 - kappa
    diagonal = sum(cells[a, a] * (1 - (rows[a] + columns[a]) * rest) ** 2 for a in rows)
    others = sum(
        share * (columns[a] + rows[b]) ** 2 for (a, b), share in cells.items() if a is not b
    )
    variance = diagonal + rest**2 * others - (kappa - chance * rest) ** 2
    return math.sqrt(max(variance, 0.0) / n) / (1 - chance)
