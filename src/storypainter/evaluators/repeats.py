"""Items that nearly repeat another one: pairs above a cosine, and the groups that they form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from storypainter.errors import BadInput
from storypainter.evaluators.neighbours import (
    BYTE_BUDGET,
    DOUBLE_UP_TO,
    Doubles,
    Floats,
    Indices,
    Progress,
    as_matrix,
    unit_matrix,
    unit_rows,
)

MOST_PAIRS = 10_000
MOST_GROUPS = 1_000
_CHUNK = 2**21


@dataclass(frozen=True)
class Repeat:
    """Two items, by row number, ``one`` below ``other``, and the cosine of their vectors."""

    one: int
    other: int
    cosine: float


@dataclass(frozen=True)
class Repeats:
    """The near duplicates of a set.

    Attributes:
        threshold: the lowest cosine that counts.
        count: the number of pairs found, listed or not.
        pairs: the most alike pairs, most alike first, then by row number. Which of those that
            float32 can't tell from the last one are listed depends on the blocks.
        group_count: the number of groups found, listed or not.
        items: the number of items in any group.
        groups: the largest groups, largest first, each as its row numbers in order. A group is a
            connected component: each item is alike to some other of it, not to every other.
    """

    threshold: float
    count: int
    pairs: tuple[Repeat, ...]
    group_count: int
    items: int
    groups: tuple[tuple[int, ...], ...]


def near_duplicates(
    embeddings: ArrayLike,
    threshold: float,
    *,
    most_pairs: int = MOST_PAIRS,
    most_groups: int = MOST_GROUPS,
    byte_budget: int = BYTE_BUDGET,
    progress: Progress | None = None,
) -> Repeats:
    """Find all pairs of items whose cosine is ``threshold`` or more, and their groups.

    Compares all pairs in blocks: time grows with N² (100,000 items of 256 dimensions take about
    as long as their exact neighbours), memory is a float32 copy of the vectors, ``byte_budget``
    and what is listed. Cosines that float32 can't tell from the threshold are computed in
    float64, so count and groups are exact.

    Args:
        embeddings: (N, d) real numbers; the length of the vectors doesn't matter.
        threshold: a cosine, -1 to 1. At 1 only vectors of the same direction count.
        most_pairs: how many pairs to list at most.
        most_groups: how many groups to list at most.
        byte_budget: bytes of a block of cosines.
        progress: called after every block.

    Raises:
        BadInput: not a matrix, a row that is zero or not finite (the message has its number), or
            a threshold out of range.
    """
    if not -1 <= threshold <= 1:
        raise BadInput(f"the threshold is {threshold}, not a cosine", "give one from -1 to 1")
    rows = as_matrix(embeddings)
    n = len(rows)
    found = _Found(n, most_pairs)
    for one, other, cosine in _alike(rows, threshold, byte_budget, progress):
        found.add(one, other, cosine)
    groups = found.groups()
    return Repeats(
        threshold=threshold,
        count=found.count,
        pairs=_listed(rows, *found.best()),
        group_count=len(groups),
        items=sum(len(group) for group in groups),
        groups=tuple(tuple(group.tolist()) for group in groups[:most_groups]),
    )


def _alike(
    rows: Floats, threshold: float, byte_budget: int, progress: Progress | None
) -> Iterator[tuple[Indices, Indices, Floats]]:
    """All pairs that count, in portions: row numbers, higher row numbers, rough cosines."""
    n = len(rows)
    dtype = np.float64 if n <= DOUBLE_UP_TO else np.float32
    unit = unit_matrix(rows, dtype)
    # The bound of a dot product's rounding, for unit vectors that are rounded themselves.
    doubt = (rows.shape[1] + 4) * float(np.finfo(dtype).eps) / 2
    edge = max(1, min(n, int((byte_budget / unit.itemsize) ** 0.5)))
    room: Floats = np.empty(edge * edge, dtype)
    tiles, done = -(-n // edge), 0
    for row in range(0, n, edge):
        for column in range(row, n, edge):
            a, b = unit[row : row + edge], unit[column : column + edge]
            tile = room[: len(a) * len(b)].reshape(len(a), len(b))
            np.matmul(a, b.T, out=tile)
            for one, other, cosine in _at_least(tile, threshold - doubt, row, column):
                unsure = np.flatnonzero(cosine < threshold + doubt)
                below = unsure[_cosines(rows, one[unsure], other[unsure]) < threshold]
                yield np.delete(one, below), np.delete(other, below), np.delete(cosine, below)
            done += 1
            if progress:
                progress(done, tiles * (tiles + 1) // 2)


def _at_least(
    tile: Floats, bound: float, row: int, column: int
) -> Iterator[tuple[Indices, Indices, Floats]]:
    """The pairs of a tile above the diagonal that reach the bound, in portions of bounded size."""
    if row == column:
        np.fill_diagonal(tile, -np.inf)
    full = np.flatnonzero(tile.max(axis=1) >= bound)
    size = max(1, _CHUNK // tile.shape[1])
    for start in range(0, len(full), size):
        part = full[start : start + size]
        values = tile[part]
        one, other = np.nonzero(values >= bound)
        cosine = values[one, other]
        one, other = part[one] + row, other + column
        upper = one < other
        if upper.any():
            yield one[upper], other[upper], cosine[upper]


def _cosines(rows: Floats, one: Indices, other: Indices) -> Doubles:
    """The cosines of pairs in float64; exactly 1 for equal vectors."""
    cosines = np.empty(len(one))
    size = max(1, _CHUNK // rows.shape[1])
    for start in range(0, len(one), size):
        part = slice(start, start + size)
        gap = unit_rows(rows[one[part]]) - unit_rows(rows[other[part]])
        cosines[part] = 1 - np.einsum("ij,ij->i", gap, gap) / 2
    return cosines


def _listed(rows: Floats, one: Indices, other: Indices) -> tuple[Repeat, ...]:
    cosines = np.maximum(_cosines(rows, one, other), -1.0)
    order = np.lexsort((other, one, -cosines))
    return tuple(Repeat(int(one[i]), int(other[i]), float(cosines[i])) for i in order)


class _Found:
    """The pairs seen so far: their number, the most alike of them, and who hangs together."""

    def __init__(self, n: int, most: int) -> None:
        self.count = 0
        self._most = most
        self._held = 0
        self._bar = -np.inf
        self._portions: list[tuple[Indices, Indices, Floats]] = []
        # Each item points to a lower one of its group, the lowest to itself.
        self._lower = np.arange(n)

    def add(self, one: Indices, other: Indices, cosine: Floats) -> None:
        self.count += len(one)
        self._join(one, other)
        better = cosine > self._bar
        self._portions.append((one[better], other[better], cosine[better]))
        self._held += int(better.sum())
        if self._held > 2 * self._most + _CHUNK:
            self._shorten()

    def best(self) -> tuple[Indices, Indices]:
        """The most alike pairs, at most as many as are listed."""
        self._shorten()
        if not self._portions:
            none = np.empty(0, np.int64)
            return none, none
        return self._portions[0][:2]

    def groups(self) -> list[Indices]:
        """The groups of two and more, the largest first, then by their first item."""
        lowest = self._lowest(np.arange(len(self._lower)))
        order = np.argsort(lowest, kind="stable")
        cuts = np.flatnonzero(np.diff(lowest[order])) + 1
        groups = [group for group in np.split(order, cuts) if len(group) > 1]
        return sorted(groups, key=lambda group: (-len(group), int(group[0])))

    def _shorten(self) -> None:
        if not self._portions:
            return
        one, other, cosine = (np.concatenate(part) for part in zip(*self._portions, strict=True))
        if len(one) > self._most:
            kept = np.sort(np.argsort(-cosine, kind="stable")[: self._most])
            one, other, cosine = one[kept], other[kept], cosine[kept]
            self._bar = float(cosine.min(initial=np.inf))
        self._portions, self._held = [(one, other, cosine)], len(one)

    def _join(self, one: Indices, other: Indices) -> None:
        while True:
            a, b = self._lowest(one), self._lowest(other)
            apart = a != b
            if not apart.any():
                return
            one, other = one[apart], other[apart]
            a, b = a[apart], b[apart]
            # Where several want to lower the same item, the lowest wins and the rest come again.
            np.minimum.at(self._lower, np.maximum(a, b), np.minimum(a, b))

    def _lowest(self, items: Indices) -> Indices:
        lowest = self._lower[items]
        while True:
            lower = self._lower[lowest]
            if (lower == lowest).all():
                break
            lowest = lower
        self._lower[items] = lowest
        return lowest
