"""Length control: a penalty for narratives that are too short or too long."""

from __future__ import annotations

import re
from collections.abc import Sequence as Many
from typing import Any

from storypainter.sequences.training.rewards.contract import Target

#: Raise it when equal texts get another number.
VERSION = "1"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class LengthReward:
    """0 inside a band around the true narrative's length, and down to −1 outside it.

    With w words where the true narrative has t, and the band from ``shortest`` · t to ``longest``
    · t: below it w / (shortest · t) − 1, above it longest · t / w − 1. Both are continuous at the
    band's ends; an empty narrative gets −1.

    Args:
        shortest: the band's lower end, as a share of the true length, above 0.
        longest: its upper end, at least ``shortest``.
    """

    name = "length"

    def __init__(self, shortest: float = 0.6, longest: float = 1.5) -> None:
        assert 0 < shortest <= longest
        self._shortest, self._longest = shortest, longest

    @property
    def identity(self) -> dict[str, Any]:
        """The version and the band."""
        return {"version": VERSION, "shortest": self._shortest, "longest": self._longest}

    def scores(self, narratives: Many[str], targets: Many[Target]) -> list[float | None]:
        """One for each narrative, from −1 to 0; never None."""
        pairs = zip(narratives, targets, strict=True)
        return [self.score(words(text), words(target.row.text)) for text, target in pairs]

    def score(self, found: int, true: int) -> float:
        """By the numbers of words."""
        low, high = self._shortest * true, self._longest * true
        if found < low:
            return found / low - 1
        return high / found - 1 if found > high else 0.0


def words(text: str) -> int:
    """How many words a text has; numbers are none."""
    return len(_WORD.findall(text))
