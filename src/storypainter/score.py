"""Score and Rating: a number with its judge, or the reason why there is none."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from storypainter.value import Value


class Score(Value):
    """A number with its judge, version and reason, or the reason why there is none.

    Exactly one of ``value`` and ``absent`` is set: a failure never becomes a zero.
    ``interval`` is (low, high) at 95 % where one was computed; ``n`` the number of items.
    """

    name: str
    judge: str
    version: str
    value: float | None = None
    absent: str | None = None
    reason: str = ""
    n: int | None = None
    interval: tuple[float, float] | None = None
    parts: dict[str, float] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _value_or_absent(self) -> Self:
        if (self.value is None) == (not self.absent):
            raise ValueError("a Score has either a value or the reason why it is absent")
        return self


class Rating(Value):
    """A person's Score of one item, on a stated scale (``scale_min`` < ``scale_max``)."""

    item: str
    rater: str
    name: str
    value: float
    scale_min: float
    scale_max: float

    @model_validator(mode="after")
    def _on_scale(self) -> Self:
        if not self.scale_min < self.scale_max:
            raise ValueError("scale_min must be below scale_max")
        if not self.scale_min <= self.value <= self.scale_max:
            raise ValueError(f"{self.value} is outside {self.scale_min} to {self.scale_max}")
        return self

    @property
    def normalised(self) -> float:
        """The value mapped to [0, 1] by (x − min) / (max − min), as (x − 1)/4 on a 1-to-5 scale."""
        return (self.value - self.scale_min) / (self.scale_max - self.scale_min)
