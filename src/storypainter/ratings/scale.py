"""A rating scale as it is declared, and the ratings of people on it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from storypainter.errors import BadInput
from storypainter.score import Rating
from storypainter.value import Value

_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Scale:
    """From ``low`` to ``high`` in steps of ``step``; without a step every value between counts."""

    low: float
    high: float
    step: float | None = None

    @classmethod
    def parse(cls, text: str) -> Scale:
        """Read ``1:5:0.5`` (low, high, step) or ``0:1`` (any value between).

        Raises:
            BadInput: anything else, or steps that don't reach from low to high.
        """
        parts = text.split(":")
        try:
            numbers = [float(part) for part in parts]
        except ValueError:
            numbers = []
        if len(numbers) not in (2, 3) or not all(math.isfinite(each) for each in numbers):
            raise BadInput(
                f"{text!r} is no scale", "write LOW:HIGH:STEP, such as 1:5:0.5 or 1:10:1"
            )
        scale = cls(*numbers)
        problem = scale.problem()
        if problem:
            raise BadInput(f"the scale {text!r}: {problem}", "write LOW:HIGH:STEP, such as 1:5:0.5")
        return scale

    def problem(self) -> str:
        """What is wrong with the scale itself; empty when nothing is."""
        if not self.low < self.high:
            return "its low end must be below its high end"
        if self.step is not None:
            if self.step <= 0:
                return "its step must be above 0"
            if not _whole((self.high - self.low) / self.step):
                return f"steps of {self.step:g} don't reach from {self.low:g} to {self.high:g}"
        return ""

    def refusal(self, value: float) -> str:
        """Why a value can't stand on this scale; empty when it can."""
        if not math.isfinite(value) or not self.low <= value <= self.high:
            return f"{value:g} is outside the scale {self.low:g} to {self.high:g}"
        if self.step is not None and not _whole((value - self.low) / self.step):
            return f"{value:g} is off the scale {self}"
        return ""

    def __str__(self) -> str:
        steps = "" if self.step is None else f" in steps of {self.step:g}"
        return f"{self.low:g} to {self.high:g}{steps}"


class Imported(Value):
    """A person's Rating as it was imported.

    ``occasion`` counts a rater's ratings of one item under one name, from 1: a second one is a
    repeat, kept apart to see how far the rater agrees with themselves. ``source`` is the name of
    the file.
    """

    rating: Rating
    occasion: Annotated[int, Field(ge=1, le=99)] = 1
    source: str

    @property
    def slot(self) -> tuple[str, str, str, int]:
        """What can hold one value only: item, rater, name, occasion."""
        return self.rating.item, self.rating.rater, self.rating.name, self.occasion


def number_in(cell: str) -> float | None:
    """The number that a cell holds, with a point or a comma; ``None`` where it is none.

    Only plain decimal numbers count: a cell is data, never a formula, a date or a share.
    """
    text = cell.strip()
    if not re.fullmatch(r"[+-]?\d{1,12}(?:[.,]\d{1,12})?", text, flags=re.ASCII):
        return None
    return float(text.replace(",", "."))


def _whole(ratio: float) -> bool:
    return abs(ratio - round(ratio)) < _CLOSE
