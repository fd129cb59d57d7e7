"""Nearest neighbours against a plain double loop, and the approximate ones against the exact."""

import math
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput, MissingExtra
from storypainter.evaluators import neighbours
from storypainter.evaluators.neighbours import nearest


def plain_distances(rows):
    """All cosine distances by the definition, in Python numbers; an item's own is infinite."""
    lengths = [math.sqrt(math.fsum(x * x for x in row)) for row in rows]
    return [
        [
            math.inf
            if i == j
            else 1
            - math.fsum(a * b for a, b in zip(one, other, strict=True)) / lengths[i] / lengths[j]
            for j, other in enumerate(rows)
        ]
        for i, one in enumerate(rows)
    ]


def clustered(n, d=16, seed=0, clusters=10, within=0.4):
    generator = np.random.default_rng(seed)
    centres = generator.standard_normal((clusters, d))
    return centres[generator.integers(0, clusters, n)] + within * generator.standard_normal((n, d))


def double_distances(rows):
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    distances = 1 - unit @ unit.T
    np.fill_diagonal(distances, np.inf)
    return distances


def assert_close(found, expected, within):
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() <= within


@st.composite
def sets_of_vectors(draw):
    """Few directions on a coarse grid, so that ties, copies and opposites are common."""
    d = draw(st.integers(1, 4))
    grid = st.lists(st.integers(-2, 2), min_size=d, max_size=d).filter(any)
    fine = st.lists(st.floats(-3, 3), min_size=d, max_size=d).filter(
        lambda row: max(map(abs, row)) > 1e-3
    )
    return draw(st.lists(grid | fine, min_size=2, max_size=24))


@settings(deadline=None)
@given(sets_of_vectors(), st.integers(1, 8))
def test_as_the_plain_loop(rows, k):
    k = min(k, len(rows) - 1)
    found = nearest(rows, k)
    plain = plain_distances(rows)
    for i, (indices, distances) in enumerate(zip(found.indices, found.distances, strict=True)):
        assert distances == pytest.approx(sorted(plain[i])[:k], abs=1e-9)
        assert distances == pytest.approx([plain[i][j] for j in indices], abs=1e-9)
        assert len(set(indices)) == k
        assert i not in indices
        assert (np.diff(distances) >= 0).all()


@settings(deadline=None)
@given(sets_of_vectors(), st.randoms(use_true_random=False))
def test_order_and_length_do_not_matter(rows, random):
    k = min(5, len(rows) - 1)
    order = random.sample(range(len(rows)), len(rows))
    scaled = [[x * scale for x in rows[i]] for i in order for scale in [random.uniform(0.01, 99)]]
    there, here = nearest(scaled, k).distances, nearest(rows, k).distances
    assert there == pytest.approx(here[order], abs=1e-9)


def test_a_copy_is_a_neighbour_at_exactly_zero():
    rows = clustered(20)
    rows[7] = 3 * rows[2]
    found = nearest(rows, 1)
    assert found.indices[7, 0] == 2
    assert found.indices[2, 0] == 7
    assert found.distances[[2, 7], 0] == pytest.approx(0, abs=1e-15)
    rows[7] = rows[2]
    assert nearest(rows, 1).distances[7, 0] == 0


def test_near_copies_keep_their_digits():
    one = np.zeros(8)
    one[0] = 1
    other = one.copy()
    other[1] = 1e-9
    assert nearest([one, other], 1).distances[0, 0] == pytest.approx(5e-19, rel=1e-6)


@pytest.mark.parametrize("scale", [1e-300, 1e-30, 1.0, 1e30, 1e300])
def test_any_scale(scale):
    rows = clustered(12)
    assert nearest(rows * scale, 3).distances == pytest.approx(
        nearest(rows, 3).distances, abs=1e-12
    )


def test_opposite_and_orthogonal():
    found = nearest([[1, 0], [-1, 0], [0, 2]], 2)
    assert found.distances.tolist() == [[1, 2], [1, 2], [1, 1]]


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int32, np.longdouble])
def test_any_type(dtype):
    rows = (clustered(30) * 100).astype(dtype)
    expected = np.sort(double_distances(rows.astype(float)), axis=1)[:, :4]
    assert nearest(rows, 4).distances == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("method", ["exact", "approximate"])
def test_a_memmap(tmp_path, method):
    rows = clustered(400).astype(np.float16)
    rows.tofile(tmp_path / "rows")
    mapped = np.memmap(tmp_path / "rows", np.float16, "r", shape=rows.shape)
    there, here = nearest(mapped, 3, method=method, threads=1), nearest(rows, 3)
    assert there.distances == pytest.approx(here.distances, abs=1e-6)


@pytest.mark.parametrize(
    ("budget", "k"), [(4_096, 5), (4_096, 50), (100_000, 5), (100_000_000, 5), (100_000_000, 250)]
)
@pytest.mark.parametrize("double", [True, False])
def test_blocks_of_any_size(monkeypatch, budget, k, double):
    monkeypatch.setattr(neighbours, "DOUBLE_UP_TO", 10_000 if double else 0)
    rows = clustered(301)
    rows[40:60] = rows[3]
    rows[200:203] = -rows[3]
    found = nearest(rows, k, byte_budget=budget)
    distances = double_distances(rows)
    assert_close(found.distances, np.sort(distances, axis=1)[:, :k], 1e-6)
    assert_close(found.distances, np.take_along_axis(distances, found.indices, 1), 1e-12)
    assert (found.indices != np.arange(301)[:, None]).all()


def test_spare_neighbours_where_there_are_some():
    rows = clustered(8)
    assert nearest(rows, 5, spare=1).indices.shape == (8, 6)
    assert nearest(rows, 7, spare=3).indices.shape == (8, 7)


def test_progress_reaches_its_end():
    for method in ("exact", "approximate"):
        steps = []
        nearest(
            clustered(400),
            3,
            method=method,
            byte_budget=100_000,
            progress=lambda done, total, steps=steps: steps.append((done, total)),
        )
        assert steps[-1][0] == steps[-1][1]
        assert [done for done, _ in steps] == sorted(done for done, _ in steps)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[1.0, 2], [0, 0], [1, 1]], r"row 1 .* is zero"),
        ([[1.0, 2], [1, 1], [1, math.nan]], r"row 2 .* is not finite"),
        ([[math.inf, 2], [1, 1], [1, 2]], r"row 0 .* is not finite"),
        ([[1.0, 2], [1], [1, 2]], "differ in length"),
        ([1.0, 2, 3], r"shape \(3,\)"),
        ([[], []], r"shape \(2, 0\)"),
        ([["a"], ["b"]], "not real numbers"),
        ([[1j], [2j]], "not real numbers"),
        ([[True], [False]], "not real numbers"),
    ],
)
@pytest.mark.parametrize("method", ["exact", "approximate"])
def test_rows_that_cannot_be_used(rows, message, method):
    with pytest.raises(BadInput, match=message) as caught:
        nearest(rows, 1, method=method)
    assert caught.value.hint


def test_a_bad_row_far_down_has_its_number(monkeypatch):
    monkeypatch.setattr(neighbours, "_GATHER_BYTES", 1_000)
    rows = clustered(100)
    rows[77] = 0
    with pytest.raises(BadInput, match="row 77 "):
        nearest(rows, 2)


@pytest.mark.parametrize(("n", "k"), [(0, 1), (1, 1), (5, 0), (5, 5), (5, -1)])
def test_k_out_of_range(n, k):
    with pytest.raises(BadInput, match="nearest neighbours"):
        nearest(clustered(n) if n else [], k)


def test_approximate_neighbours_are_nearly_the_exact_ones():
    rows = clustered(3_000, d=32, clusters=60)
    found = nearest(rows, 5, spare=1, method="approximate", seed=3)
    exact = nearest(rows, 5, spare=1)
    assert found.method == "approximate"
    assert exact.recall is None
    assert found.distances.shape == (3_000, 6)
    assert (found.distances >= exact.distances - 1e-12).all()
    assert (found.indices != np.arange(3_000)[:, None]).all()
    assert_close(
        found.distances, np.take_along_axis(double_distances(rows), found.indices, 1), 1e-12
    )
    assert found.recall.queries == 500
    assert found.recall.value > 0.97
    assert found.recall.bias < 0.001


def test_recall_and_bias_are_measured(monkeypatch):
    # A graph so thin that it loses many: the sample of all items must say exactly how many.
    monkeypatch.setattr(neighbours, "_CONNECTIVITY", 2)
    monkeypatch.setattr(neighbours, "_EXPANSION_ADD", 2)
    monkeypatch.setattr(neighbours, "_EXPANSION_SEARCH", 2)
    rows = clustered(1_500, d=32, clusters=60)
    found = nearest(rows, 5, method="approximate", recall_queries=5_000, threads=1)
    exact = nearest(rows, 5).distances
    right = (found.distances <= exact[:, 4:] + 1e-9).mean()
    gap = (found.distances - exact).mean(axis=1)
    assert found.recall.queries == 1_500
    assert right < 0.9
    assert found.recall.value == pytest.approx(right, abs=1e-12)
    assert found.recall.bias == pytest.approx(gap.mean(), abs=1e-9)
    assert found.recall.bias >= 0
    assert found.recall.bias_error == pytest.approx(gap.std(ddof=1) / math.sqrt(1_500), abs=1e-9)


def test_one_thread_repeats_itself():
    rows = clustered(1_000, d=32, clusters=60)
    first, second = (
        nearest(rows, 5, method="approximate", seed=4, threads=1).indices for _ in range(2)
    )
    assert (first == second).all()


def test_copies_do_not_hide_the_other_items():
    rows = clustered(2_000, d=32, clusters=40)
    rows[np.random.default_rng(1).permutation(2_000)[:1_000]] = rows[0]
    found = nearest(rows, 5, method="approximate", recall_queries=2_000)
    assert found.recall.value > 0.97
    assert (nearest(np.ones((500, 3)), 5, method="approximate").distances == 0).all()


@pytest.mark.parametrize("n", [2, 3, 9, 12])
def test_approximate_search_in_few_items(n):
    rows = clustered(n)
    k = min(5, n - 1)
    found = nearest(rows, k, spare=1, method="approximate")
    assert found.distances == pytest.approx(nearest(rows, k, spare=1).distances, abs=1e-9)


def test_a_last_batch_of_one(monkeypatch):
    monkeypatch.setattr(neighbours, "_BATCH", 100)
    rows = clustered(301)
    found = nearest(rows, 4, method="approximate")
    assert_close(found.distances, nearest(rows, 4).distances, 1e-9)


def test_items_that_a_search_loses_are_found_after_all(monkeypatch):
    # Twenty far islands of eight in a graph that is built with too little care.
    monkeypatch.setattr(neighbours, "_CONNECTIVITY", 4)
    monkeypatch.setattr(neighbours, "_EXPANSION_ADD", 8)
    monkeypatch.setattr(neighbours, "_EXPANSION_SEARCH", 10)
    generator = np.random.default_rng(5)
    islands = np.repeat(generator.standard_normal((20, 32)) * 9, 8, axis=0)
    rows = np.concatenate((clustered(3_000, d=32), islands + generator.standard_normal((160, 32))))
    mended = nearest(rows, 5, method="approximate", recall_queries=4_000, threads=1).recall
    monkeypatch.setattr(neighbours._Search, "farthest", lambda *_: np.empty(0, np.int64))
    plain = nearest(rows, 5, method="approximate", recall_queries=4_000, threads=1).recall
    assert mended.value > plain.value
    assert mended.bias < 0.7 * plain.bias


def test_auto_is_approximate_above_its_limit(monkeypatch):
    monkeypatch.setattr(neighbours, "EXACT_UP_TO", 200)
    assert nearest(clustered(200), 5).method == "exact"
    assert nearest(clustered(201), 5).method == "approximate"
    assert nearest(clustered(201), 5, method="exact").method == "exact"


def test_without_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "usearch.index", None)
    with pytest.raises(MissingExtra, match=r"pip install 'storypainter\[analysis\]'"):
        nearest(clustered(50), 5, method="approximate")


@settings(max_examples=20, deadline=None)
@given(sets_of_vectors())
def test_approximate_lists_are_well_formed(rows):
    k = min(3, len(rows) - 1)
    found = nearest(rows, k, method="approximate")
    for i, indices in enumerate(found.indices):
        assert len(set(indices)) == k
        assert i not in indices
