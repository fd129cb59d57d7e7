"""Rewards put together: one number for each completion, as trl's trainers ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Sequence as Many
from typing import Any

from storypainter.errors import BadInput
from storypainter.sequences.training.rewards.contract import RewardPart, Target

#: Updates in a row without a single reward, after which something is wrong.
MOST_WITHOUT = 10


class Reward:
    """The weighted sum of its parts; none where any part has none.

    trl adds up what is there and takes a missing part for 0; a completion without a judge's number
    would then be held against its group by the rest alone. So trl gets one function, and None for
    the whole: it leaves that completion out of the group's mean and spread, and gives it the
    advantage 0.

    Args:
        parts: with their weights.
        targets: by a row's number.
    """

    __name__ = "reward"

    def __init__(
        self, parts: Many[tuple[RewardPart, float]], targets: Mapping[int, Target]
    ) -> None:
        self._parts, self._targets = tuple(parts), targets
        self._without = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names, in order."""
        return tuple(part.name for part, _ in self._parts)

    def __call__(
        self,
        *,
        completions: Many[Any],
        row: Many[int],
        log_metric: Callable[[str, float], None] | None = None,
        **_: Any,
    ) -> list[float | None]:
        """Called by trl with the completions and the columns of their rows.

        Raises:
            BadInput: nothing has had a reward for :data:`MOST_WITHOUT` calls in a row.
        """
        texts = [said(each) for each in completions]
        targets = [self._targets[number] for number in row]
        found = [part.scores(texts, targets) for part, _ in self._parts]
        total = [
            None
            if any(score is None for score in scores)
            else sum(w * s for (_, w), s in zip(self._parts, scores, strict=True) if s is not None)
            for scores in zip(*found, strict=True)
        ]
        if log_metric is not None:
            for (part, _weight), scores in zip(self._parts, found, strict=True):
                there = [score for score in scores if score is not None]
                if there:
                    log_metric(f"reward_{part.name}", sum(there) / len(there))
            log_metric("unscored", sum(each is None for each in total) / len(total))
        self._without = 0 if any(each is not None for each in total) else self._without + 1
        if self._without >= MOST_WITHOUT:
            raise BadInput(
                f"no completion has had a reward {self._without} times in a row",
                "see whether the judge answers (storypainter models probe), and whether the "
                "sequences are annotated",
            )
        return total


def said(completion: Any) -> str:
    """The text of a completion: a string, or messages whose content is a text or parts."""
    if isinstance(completion, str):
        return completion
    contents = [message["content"] for message in completion]
    return "\n".join(
        text if isinstance(text, str) else "".join(part.get("text", "") for part in text)
        for text in contents
    )
