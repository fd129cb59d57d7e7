"""What a reward gets, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass
from typing import Any, Protocol

from storypainter.sequence import Sequence
from storypainter.sequences.tasks.rows import TaskRow


@dataclass(frozen=True, slots=True)
class Target:
    """What a narrative was told of: the row with its true answer, and the annotations.

    ``sequence`` is None where the set of tasks doesn't hold it.
    """

    row: TaskRow
    sequence: Sequence | None


class RewardPart(Protocol):
    """One reward.

    Attributes:
        name: one word, as curves and flags have it.
        identity: all that decides its numbers; part of the question that a training answers.
    """

    name: str

    @property
    def identity(self) -> dict[str, Any]: ...

    def scores(self, narratives: Many[str], targets: Many[Target]) -> list[float | None]:
        """A number for each narrative, larger for a better one; None where there is none."""
        ...
