"""The nearest neighbours of every item by cosine distance, exact and approximate.

An item's own index is excluded, not its value: a copy of an item is its neighbour at distance 0.
The cosine distance of two vectors is ``1 - cos``, from 0 to 2.

Both ways only *choose* the neighbours in reduced precision. Distances are always computed
afterwards in float64 from the given vectors, as half the squared distance of the two unit
vectors: that is the same number as ``1 - cos``, without its cancellation near 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from storypainter.errors import BadInput, MissingExtra

Floats = NDArray[np.floating[Any]]
Doubles = NDArray[np.float64]
Indices = NDArray[np.int64]
Method = Literal["auto", "exact", "approximate"]
Progress = Callable[[int, int], None]
"""Called with the number of steps done and the number of all steps."""

EXACT_UP_TO = 150_000
"""``auto`` is exact up to this number of items: on two cores a few minutes at 256 dimensions."""
DOUBLE_UP_TO = 4_096
"""Up to this number of items the neighbours are chosen in float64, above in float32."""
BYTE_BUDGET = 256 * 2**20
"""Bytes that one block of similarities may take."""

_GROUP = 32
_SLACK = 3
_GATHER_BYTES = 64 * 2**20

# HNSW: links an item (twice that on the lowest level), and how many candidates are kept while
# adding and while searching. docs/measured/diversity.json has what they give at 1,000,000 items.
_CONNECTIVITY = 16
_EXPANSION_ADD = 128
_EXPANSION_SEARCH = 64
_EXPANSION_AGAIN = 512
_BATCH = 20_000
_QUERIES = 2_000
# At most one of so many items is searched again, and compared with all.
_ASKED_AGAIN = 25
_COMPARED = 200


@dataclass(frozen=True)
class Recall:
    """How good approximate neighbours are, measured on a random sample of the items.

    Attributes:
        value: the share of the true k nearest neighbours that were found, 0 to 1. A neighbour
            that is as near as the true k-th one counts as found.
        k: the number of neighbours looked at.
        queries: the number of items in the sample.
        bias: mean of (approximate - exact) of the mean distance to the k neighbours: what the
            approximation adds to a score that is the mean of those. Below 0 by rounding only.
        bias_error: the standard error of ``bias``.
    """

    value: float
    k: int
    queries: int
    bias: float
    bias_error: float


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The nearest neighbours of N items, nearest first (of equals, the lower index first).

    Attributes:
        indices: (N, K) int64, the neighbours' row numbers; never the item's own.
        distances: (N, K) float64, cosine distances, 0 to 2, ascending in each row.
        method: how the neighbours were found.
        recall: measured for ``approximate``, None for ``exact``.
    """

    indices: Indices
    distances: Doubles
    method: Literal["exact", "approximate"]
    recall: Recall | None = None


def nearest(
    embeddings: ArrayLike,
    k: int,
    *,
    spare: int = 0,
    method: Method = "auto",
    seed: int = 0,
    recall_queries: int = 500,
    threads: int = 0,
    byte_budget: int = BYTE_BUDGET,
    progress: Progress | None = None,
) -> Neighbours:
    """Find the k nearest neighbours of each of N items.

    Args:
        embeddings: (N, d), one vector an item, of any real type and length; a numpy memmap
            of float16 or float32 is read in blocks.
        k: how many neighbours, 1 to N - 1.
        spare: how many more to list where there are that many; recall is measured at ``k``.
        method: ``exact`` compares all pairs: time grows with N², memory is a float32 copy of
            the vectors and ``byte_budget``. ``approximate`` searches a graph (HNSW, by usearch,
            extra [analysis]) of float16 vectors. ``auto``: exact up to ``EXACT_UP_TO`` items.
        seed: of the order in which the graph is built, and of the sample for recall.
        recall_queries: the size of that sample.
        threads: of building and searching the graph, 0 for all cores. With more than one, the
            graph depends on their timing, and so do a few neighbours. The exact way uses BLAS' own threads.
        byte_budget: bytes of a block of similarities.
        progress: called after every block.

    Returns:
        Lists of ``min(k + spare, N - 1)`` neighbours. Exact ones above ``DOUBLE_UP_TO`` items may
        take a neighbour for another one that is less than about 1e-6 nearer.

    Raises:
        BadInput: not a matrix, a row that is zero or not finite, or k out of range.
        MissingExtra: approximate neighbours without the extra [analysis].
    """
    rows = as_matrix(embeddings)
    n = len(rows)
    if not 1 <= k < n:
        raise BadInput(
            f"{k} nearest neighbours of {n} items: there are at most {max(n - 1, 0)}",
            f"give more than {k} items, or a k from 1",
        )
    listed = min(k + spare, n - 1)
    if method == "exact" or (method == "auto" and n <= EXACT_UP_TO):
        indices, distances = _exact(rows, listed, byte_budget, progress)
        return Neighbours(indices, distances, "exact")
    indices, distances = _approximate(rows, listed, seed, threads, progress)
    recall = _recall(rows, distances, k, seed, recall_queries)
    return Neighbours(indices, distances, "approximate", recall)


def as_matrix(embeddings: ArrayLike) -> Floats:
    """The embeddings as an (N, d) array of real numbers, without a copy where possible.

    Nothing at all (``[]``) is a matrix of 0 items.

    Raises:
        BadInput: another shape, or numbers that are not real.
    """
    try:
        rows = np.asarray(embeddings)
    except ValueError:
        raise BadInput(
            "the embeddings are not a matrix: their rows differ in length",
            "give one vector of the same length for every item",
        ) from None
    if rows.size == 0 and rows.ndim == 1:
        rows = rows.reshape(0, 1)
    if rows.ndim != 2 or rows.shape[1] == 0:
        raise BadInput(
            f"the embeddings have the shape {rows.shape}, not (items, dimensions)",
            "give one vector of the same length for every item",
        )
    if not np.issubdtype(rows.dtype, np.floating):
        if not np.issubdtype(rows.dtype, np.integer):
            raise BadInput(
                f"the embeddings are of type {rows.dtype}, not real numbers", "give floats"
            )
        rows = rows.astype(np.float64)
    return rows


def unit_rows(rows: Floats, first: int = 0) -> Doubles:
    """The rows as float64 vectors of length 1.

    Args:
        rows: (n, d), real numbers.
        first: the number of the first row, for the message.

    Raises:
        BadInput: a row that is zero or not finite; the message has its number, from 0.
    """
    unit = rows.astype(np.float64)
    # By the largest component first: the squares of 1e200 or 1e-200 are no numbers.
    largest = np.abs(unit).max(axis=1, keepdims=True)
    bad = np.flatnonzero(~(np.isfinite(largest) & (largest > 0))[:, 0])
    if bad.size:
        what = "is zero" if largest[bad[0], 0] == 0 else "is not finite"
        raise BadInput(
            f"row {first + bad[0]} of the embeddings (counted from 0) {what}: it has no direction",
            "embed that item again, or leave it out",
        )
    unit /= largest
    unit /= np.sqrt(np.einsum("ij,ij->i", unit, unit))[:, None]
    return unit


def unit_blocks(rows: Floats) -> Iterator[tuple[int, Doubles]]:
    """The rows as float64 vectors of length 1, in blocks, each with the number of its first row.

    Raises:
        BadInput: as ``unit_rows``.
    """
    size = max(1, _GATHER_BYTES // (8 * rows.shape[1]))
    for start in range(0, len(rows), size):
        yield start, unit_rows(rows[start : start + size], start)


def unit_matrix(rows: Floats, dtype: type[np.floating[Any]], height: int | None = None) -> Floats:
    """All rows at length 1 as one contiguous matrix, with zero rows below up to ``height``.

    Raises:
        BadInput: as ``unit_rows``.
    """
    matrix = np.zeros((height or len(rows), rows.shape[1]), dtype)
    for start, block in unit_blocks(rows):
        matrix[start : start + len(block)] = block
    return matrix


def _exact(
    rows: Floats, k: int, byte_budget: int, progress: Progress | None
) -> tuple[Indices, Doubles]:
    n = len(rows)
    dtype = np.float64 if n <= DOUBLE_UP_TO else np.float32
    edge = _tile_edge(n, np.dtype(dtype).itemsize, byte_budget)
    tiles = -(-n // edge)
    unit = unit_matrix(rows, dtype, tiles * edge)
    best = _Best(n, min(k + _SLACK, n - 1), dtype)
    room = np.empty((edge, edge), dtype)
    done = 0
    for i in range(tiles):
        for j in range(i, tiles):
            _compare(unit, i * edge, j * edge, room, best)
            done += 1
            if progress:
                progress(done, tiles * (tiles + 1) // 2)
    return _measured(rows, np.arange(n), best.index, k)


def _tile_edge(n: int, itemsize: int, byte_budget: int) -> int:
    """The edge of square tiles that cover n items evenly: a multiple of _GROUP."""
    most = max(_GROUP, int((byte_budget / itemsize) ** 0.5) // _GROUP * _GROUP)
    tiles = -(-n // most)
    return -(-n // (tiles * _GROUP)) * _GROUP


class _Best:
    """The highest similarities that each of n items has seen so far, and to whom."""

    def __init__(self, n: int, k: int, dtype: type[np.floating[Any]]) -> None:
        self.similarity = np.full((n, k), -np.inf, dtype)
        self.index = np.zeros((n, k), np.int64)

    def see(self, tile: Floats, peaks: Floats, first_item: int, first_other: int) -> None:
        """Look at the similarities of the items ``first_item + row`` to ``first_other + column``.

        ``peaks[row, h]`` is the highest of ``tile[row, h::width]``, where width is the number of
        peaks of a row. The k highest of a row are in the k groups with the highest peaks: sorting
        the peaks costs a _GROUP-th of sorting the row.
        """
        n, k = self.similarity.shape
        width = peaks.shape[1]
        items = np.arange(first_item, min(first_item + len(tile), n))
        peaks = peaks[: len(items)]
        better = np.flatnonzero(peaks.max(axis=1) > self.similarity[items].min(axis=1))
        if not better.size:
            return
        groups = _highest(peaks[better], k)
        columns = (groups[:, :, None] + width * np.arange(_GROUP)).reshape(len(better), -1)
        values = tile[better[:, None], columns]
        top = _highest(values, k)
        self.keep(
            items[better],
            np.take_along_axis(values, top, 1),
            np.take_along_axis(columns, top, 1) + first_other,
        )

    def keep(self, items: Indices, similarity: Floats, index: Indices) -> None:
        """Offer each of the items (m,) some others (m, c) with their similarities."""
        both = np.concatenate((self.similarity[items], similarity), axis=1)
        index = np.concatenate((self.index[items], index), axis=1)
        top = _highest(both, self.similarity.shape[1])
        self.similarity[items] = np.take_along_axis(both, top, 1)
        self.index[items] = np.take_along_axis(index, top, 1)


def _highest(values: Floats, k: int) -> Indices:
    """The columns of the k highest values of each row (all, if there are fewer), unordered."""
    width = values.shape[1]
    if width <= k:
        return np.broadcast_to(np.arange(width), values.shape)
    return np.argpartition(values, width - k, axis=1)[:, width - k :]


def _compare(unit: Floats, row: int, column: int, room: Floats, best: _Best) -> None:
    """Compute the tile of similarities that begins at (row, column), and let both sides see it.

    A tile off the diagonal serves the items of its rows and of its columns, so each pair is
    multiplied once: 40,000 items took 0.5 to 0.8 of the time of computing all tiles.
    """
    edge, n = len(room), len(best.index)
    tile = np.matmul(unit[row : row + edge], unit[column : column + edge].T, out=room)
    tile[max(0, n - row) :] = -np.inf
    tile[:, max(0, n - column) :] = -np.inf
    if row == column:
        np.fill_diagonal(tile, -np.inf)
    best.see(tile, tile.reshape(edge, _GROUP, -1).max(axis=1), row, column)
    if row != column:
        peaks = tile.reshape(_GROUP, -1, edge).max(axis=0)
        best.see(tile.T, np.ascontiguousarray(peaks.T), column, row)


def _measured(rows: Floats, items: Indices, candidates: Indices, k: int) -> tuple[Indices, Doubles]:
    """The k nearest of each item's candidates (n, c), by distances computed in float64."""
    n, width = candidates.shape
    indices, distances = np.empty((n, k), np.int64), np.empty((n, k))
    size = max(1, _GATHER_BYTES // (8 * rows.shape[1] * (width + 1)))
    for start in range(0, n, size):
        part = slice(start, start + size)
        others = candidates[part]
        unit = unit_rows(rows[others.ravel()]).reshape(*others.shape, -1)
        unit -= unit_rows(rows[items[part]])[:, None, :]
        half_squares = np.minimum(np.einsum("ijk,ijk->ij", unit, unit) / 2, 2.0)
        order = np.lexsort((others, half_squares), axis=1)[:, :k]
        indices[part] = np.take_along_axis(others, order, 1)
        distances[part] = np.take_along_axis(half_squares, order, 1)
    return indices, distances


def _approximate(
    rows: Floats, k: int, seed: int, threads: int, progress: Progress | None
) -> tuple[Indices, Doubles]:
    """The k nearest neighbours by a graph, and by comparing with all where that went wrong.

    An item of the graph that does not find itself has been looked for in the wrong place. Those
    are few (0.4 % of 300,000), but they are three quarters of what the approximation adds to a
    mean distance. So they are searched again with more care, and who is still lost is compared.
    """
    n = len(rows)
    # One more than wanted, because items find themselves, and some for float16's rounding.
    wanted = min(k + 1 + _SLACK, n)
    kept = _few_copies(rows, wanted)
    search = _Search(rows, _graph(rows, kept, seed, threads, progress), wanted, k, threads)
    for start in range(0, n, _BATCH):
        search.ask(np.arange(start, min(start + _BATCH, n)))
        if progress:
            progress(n + min(start + _BATCH, n), 2 * n)
    inside = np.isin(np.arange(n), kept)
    again = search.farthest(search.lost & inside, _ASKED_AGAIN)
    for start in range(0, len(again), _BATCH):
        search.ask(again[start : start + _BATCH], _EXPANSION_AGAIN)
    search.compare(search.farthest(search.lost & inside, _COMPARED))
    search.compare(np.flatnonzero(search.few))
    return search.indices, search.distances


class _Search:
    """What searches in a graph have found for each of N items.

    Attributes:
        indices, distances: (N, k), the nearest so far.
        few: (N,) who found fewer than wanted.
        lost: (N,) who did not find itself.
    """

    def __init__(self, rows: Floats, graph: Any, wanted: int, k: int, threads: int) -> None:
        n = len(rows)
        self.indices, self.distances = np.zeros((n, k), np.int64), np.full((n, k), np.inf)
        self.few, self.lost = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
        self._rows, self._graph, self._wanted, self._threads = rows, graph, wanted, threads

    def ask(self, items: Indices, expansion: int = _EXPANSION_SEARCH) -> None:
        """Search the graph for some items, at most one batch of them."""
        if not items.size:
            return
        if len(items) == 1:  # usearch answers a single query in another form
            items = np.repeat(items, 2)
        self._graph.expansion_search = expansion
        found = self._graph.search(_half(self._rows, items), self._wanted, threads=self._threads)
        keys = found.keys.astype(np.int64)
        empty = np.arange(self._wanted) >= found.counts.astype(np.int64)[:, None]
        self.few[items] = empty.any(axis=1)
        self.lost[items] = ~(keys == items[:, None]).any(axis=1)
        others = _without_self(np.where(empty, 0, keys), items)
        width = self.indices.shape[1]
        self.indices[items], self.distances[items] = _measured(self._rows, items, others, width)

    def farthest(self, which: NDArray[np.bool_], one_of: int) -> Indices:
        """Of those items, the farthest from what they found: at most one of so many of all."""
        items = np.flatnonzero(which)
        order = np.argsort(-self.distances[items].mean(axis=1), kind="stable")
        return np.sort(items[order[: -(-len(which) // one_of)]])

    def compare(self, items: Indices) -> None:
        """Compare some items with all others."""
        if items.size:
            width = self.indices.shape[1]
            self.indices[items], self.distances[items] = _exact_of(self._rows, items, width)
            self.few[items] = self.lost[items] = False


def _half(rows: Floats, items: Indices) -> NDArray[np.float16]:
    return unit_rows(rows[items]).astype(np.float16)


def _graph(rows: Floats, kept: Indices, seed: int, threads: int, progress: Progress | None) -> Any:
    """A usearch index of the kept rows as float16 vectors, by row number."""
    try:
        from usearch.index import Index
    except ImportError:
        raise MissingExtra("the approximate search for neighbours", "analysis") from None
    graph = Index(
        ndim=rows.shape[1],
        metric="cos",
        dtype="f16",
        connectivity=_CONNECTIVITY,
        expansion_add=_EXPANSION_ADD,
        expansion_search=_EXPANSION_SEARCH,
    )
    # In random order: a graph that is built one cluster after the other links clusters badly.
    order = np.random.default_rng(seed).permutation(kept)
    for start in range(0, len(order), _BATCH):
        keys = order[start : start + _BATCH]
        by_row = np.sort(keys)  # read in the order of the file
        vectors = _half(rows, by_row)[np.searchsorted(by_row, keys)]
        graph.add(keys, vectors, threads=threads)
        if progress:
            progress(start + len(keys), 2 * len(rows))
    return graph


def _few_copies(rows: Floats, copies: int) -> Indices:
    """The items without those that have ``copies`` equals before them, as float16 vectors.

    Any ``copies`` of many equal vectors do as neighbours. With all of them in the graph, a search
    can't leave the knot that their zero distances tie: with half the items equal, recall fell
    to 0.5. Equal means an equal 64-bit hash. Two different vectors among 1,000,000 share
    one with a probability of 3e-8; that would only keep an item from being found by others.
    """
    words = -(-rows.shape[1] // 4)
    factors = np.random.default_rng(0).integers(0, 2**64, words, np.uint64) | np.uint64(1)
    hashes = np.empty(len(rows), np.uint64)
    for start, block in unit_blocks(rows):
        half = np.zeros((len(block), words * 4), np.float16)
        half[:, : rows.shape[1]] = block
        half += np.float16(0)  # -0.0 becomes 0.0
        hashes[start : start + len(block)] = (half.view(np.uint64) * factors).sum(axis=1)
    order = np.argsort(hashes, kind="stable")
    ordered = hashes[order]
    ahead = np.arange(len(rows)) - np.searchsorted(ordered, ordered)
    kept: Indices = np.sort(order[ahead < copies])
    return kept


def _without_self(keys: Indices, items: Indices) -> Indices:
    """The found items (n, c) without the searching item itself, or else the last: (n, c - 1)."""
    own = keys == items[:, None]
    own[:, -1] |= ~own.any(axis=1)
    stays = np.ones(keys.shape, np.bool_)
    np.put_along_axis(stays, own.argmax(axis=1)[:, None], False, axis=1)
    return keys[stays].reshape(len(keys), -1)


def _exact_of(rows: Floats, items: Indices, k: int) -> tuple[Indices, Doubles]:
    """The k nearest neighbours, among all, of some items only."""
    candidates = np.empty((len(items), min(k + _SLACK, len(rows) - 1)), np.int64)
    for first in range(0, len(items), _QUERIES):
        asked = items[first : first + _QUERIES]
        query = unit_rows(rows[asked]).astype(np.float32)
        places = np.arange(len(asked))
        best = _Best(len(asked), candidates.shape[1], np.float32)
        for start, block in unit_blocks(rows):
            similarity = query @ block.astype(np.float32).T
            inside = (asked >= start) & (asked < start + len(block))
            similarity[places[inside], asked[inside] - start] = -np.inf
            top = _highest(similarity, candidates.shape[1])
            best.keep(places, np.take_along_axis(similarity, top, 1), top + start)
        candidates[first : first + _QUERIES] = best.index
    return _measured(rows, items, candidates, k)


def _recall(rows: Floats, distances: Doubles, k: int, seed: int, queries: int) -> Recall:
    n = len(rows)
    sample = np.sort(np.random.default_rng(seed).choice(n, min(queries, n), replace=False))
    found = distances[sample, :k]
    _, exact = _exact_of(rows, sample, k)
    gap = (found - exact).mean(axis=1)
    return Recall(
        # Equally near neighbours are equally right; their distances differ by rounding.
        value=float((found <= exact[:, -1:] + 1e-9).mean()),
        k=k,
        queries=len(sample),
        bias=float(gap.mean()),
        bias_error=float(gap.std(ddof=1) / len(sample) ** 0.5),
    )
