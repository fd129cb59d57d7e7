"""The order of rows: the same for the same seed, and little padding within an update.

An update's rows are those of a plain shuffle. Within the update they are sorted by length, so
that the rows that share a part in memory are about as long as each other. The update's gradient
is a sum over its rows, so this changes how fast it is made, not what it is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence


def order_of(lengths: Sequence[int], batch: int, seed: int, epoch: int) -> list[int]:
    """Row numbers, an update after the other; each of an epoch's rows is there once.

    Args:
        lengths: tokens of each row.
        batch: rows an update, over all processes.
        seed: of the shuffle.
        epoch: from 0; each has its own order.
    """
    rows = list(range(len(lengths)))
    random.Random(f"{seed}/{epoch}").shuffle(rows)
    ordered: list[int] = []
    for start in range(0, len(rows), batch):
        # The row's number breaks ties: equal lengths must not come in an accidental order.
        ordered += sorted(rows[start : start + batch], key=lambda at: (-lengths[at], at))
    return ordered


class UpdateOrder:
    """A sampler for torch's data loaders; ``set_epoch`` chooses the epoch, as they expect."""

    def __init__(self, lengths: Sequence[int], batch: int, seed: int) -> None:
        self._lengths, self._batch, self._seed = lengths, batch, seed
        self._epoch = 0

    def set_epoch(self, epoch: int) -> None:
        """The order of that epoch comes next."""
        self._epoch = epoch

    def __len__(self) -> int:
        return len(self._lengths)

    def __iter__(self) -> Iterator[int]:
        return iter(order_of(self._lengths, self._batch, self._seed, self._epoch))
