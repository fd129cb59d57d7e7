"""One item with a judge's score and people's mean rating."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judged:
    """``automatic`` and ``human`` are in [0, 1]; ``human`` is NaN where nobody rated the item.

    ``source`` is the system or collection that made it; ``trained`` says whether that system was
    trained on the judge's or a teacher's taste, ``None`` where nobody said.
    """

    item: str
    automatic: float
    human: float = math.nan
    raters: int = 0
    source: str = ""
    trained: bool | None = None


def rated(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """Those that people rated."""
    return tuple(each for each in judged if each.raters)
