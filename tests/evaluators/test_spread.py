"""The three scores against their definitions, and what the intervals promise."""

import math
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.evaluators import neighbours, spread
from storypainter.evaluators.spread import average_distance, knn_distance, vendi


def cosine_distance(one, other):
    dot = math.fsum(a * b for a, b in zip(one, other, strict=True))
    return 1 - dot / math.sqrt(math.fsum(a * a for a in one) * math.fsum(b * b for b in other))


def plain_knn(rows, k):
    """Equation 2 of the paper as a double loop."""
    total = 0.0
    for i, one in enumerate(rows):
        distances = sorted(cosine_distance(one, other) for j, other in enumerate(rows) if j != i)
        total += sum(distances[:k]) / k
    return total / len(rows)


def plain_average(rows):
    n = len(rows)
    pairs = [cosine_distance(rows[i], rows[j]) for i in range(n) for j in range(i)]
    return math.fsum(pairs) / len(pairs)


def themes(n, seed, count=12, d=32, within=0.5):
    """Stories of ``count`` themes that are the same for every seed."""
    centres = np.random.default_rng(99).standard_normal((count, d))
    generator = np.random.default_rng(seed)
    return centres[generator.integers(0, count, n)] + within * generator.standard_normal((n, d))


def without(rows, j):
    return np.delete(np.asarray(rows), j, axis=0)


@st.composite
def sets_of_vectors(draw, least=2):
    """Few directions on a coarse grid, so that ties, copies and opposites are common."""
    d = draw(st.integers(1, 4))
    grid = st.lists(st.integers(-2, 2), min_size=d, max_size=d).filter(any)
    fine = st.lists(st.floats(-3, 3), min_size=d, max_size=d).filter(
        lambda row: max(map(abs, row)) > 1e-3
    )
    return draw(st.lists(grid | fine, min_size=least, max_size=20))


@settings(deadline=None)
@given(sets_of_vectors(), st.integers(1, 6))
def test_knn_distance_is_the_equation(rows, k):
    k = min(k, len(rows) - 1)
    found = knn_distance(rows, k)
    assert found.value == pytest.approx(plain_knn(rows, k), abs=1e-9)
    assert found.value == pytest.approx(found.per_item.mean(), abs=1e-12)
    assert found.per_item.shape == (len(rows),)
    assert found.absent is None
    assert found.parts["k"] == k


@settings(deadline=None)
@given(sets_of_vectors())
def test_average_distance_is_the_mean_of_all_pairs(rows):
    found = average_distance(rows)
    assert found.value == pytest.approx(plain_average(rows), abs=1e-9)
    assert found.value == pytest.approx(found.per_item.mean(), abs=1e-12)


@settings(deadline=None)
@given(sets_of_vectors(least=6), st.randoms(use_true_random=False))
def test_order_and_length_do_not_matter(rows, random):
    moved = [[x * scale for x in row] for row in rows for scale in [random.uniform(0.01, 99)]]
    random.shuffle(moved)
    for score in (knn_distance, average_distance):
        there, here = score(moved), score(rows)
        assert there.value == pytest.approx(here.value, abs=1e-9)
        if here.interval:
            assert there.interval.low == pytest.approx(here.interval.low, abs=1e-7)
            assert there.interval.high == pytest.approx(here.interval.high, abs=1e-7)


def test_copies_count_and_the_item_itself_does_not():
    # Two copies of each of four orthogonal directions: one neighbour at 0, then all at 1.
    rows = np.repeat(np.eye(4), 2, axis=0)
    assert knn_distance(rows, 1).value == 0
    assert knn_distance(rows, 5).value == pytest.approx(4 / 5, abs=1e-12)
    assert average_distance(rows).value == pytest.approx(24 / 28, abs=1e-12)


@pytest.mark.parametrize("n", [0, 1, 5])
def test_too_few_stories_have_no_score(n):
    rows = themes(n, 0)
    found = knn_distance(rows, 5)
    assert found.value is None
    assert found.interval is None
    assert found.absent == f"needs K + 1 stories: {n} given, 6 needed"
    score = found.score("wordllama", "1")
    assert score.value is None
    assert score.absent == found.absent
    assert knn_distance(themes(6, 0), 5).absent is None


def test_too_few_for_the_others():
    assert average_distance([[1.0, 2]]).absent == "needs 2 stories: 1 given, 2 needed"
    assert average_distance([]).absent == "needs 2 stories: 0 given, 2 needed"
    assert vendi([]).absent == "needs 1 story: 0 given, 1 needed"


def test_too_few_for_an_interval():
    found = knn_distance(themes(6, 0), 5)
    assert found.interval is None
    assert found.no_interval == "an interval needs K + 2 stories: 6 given, 7 needed"
    assert "standard_error" not in found.parts
    assert knn_distance(themes(7, 0), 5).interval is not None
    assert "2K + 2" in knn_distance(themes(11, 0), 5, interval="subsampling").no_interval
    assert knn_distance(themes(12, 0), 5, interval="subsampling").interval is not None
    assert average_distance(themes(2, 0)).interval is None
    assert average_distance(themes(3, 0)).interval is not None


@pytest.mark.parametrize("score", [knn_distance, average_distance, vendi])
@pytest.mark.parametrize("n", [1, 3, 30])
def test_a_row_without_direction_is_an_error_in_any_set(score, n):
    rows = themes(n, 0)
    rows[n - 1] = 0
    with pytest.raises(BadInput, match=f"row {n - 1} .* is zero"):
        score(rows)
    rows[n - 1, 3] = math.nan
    with pytest.raises(BadInput, match=f"row {n - 1} .* is not finite"):
        score(rows)


def test_k_below_one():
    with pytest.raises(BadInput, match="number of neighbours is 0"):
        knn_distance(themes(9, 0), 0)


def test_as_a_score():
    found = knn_distance(themes(30, 0), 5)
    score = found.score("wordllama", "2", "a note", name="diversity")
    assert (score.name, score.judge, score.version) == ("diversity", "wordllama", "2")
    assert score.reason == "a note"
    assert (score.value, score.n) == (found.value, 30)
    assert score.interval == (found.interval.low, found.interval.high)
    assert score.parts == {"k": 5, "standard_error": found.interval.standard_error}


def test_approximate_neighbours_show_their_recall():
    rows = themes(2_000, 0, count=50)
    found = knn_distance(rows, 5, method="approximate")
    exact = knn_distance(rows, 5)
    assert found.neighbours.method == "approximate"
    assert found.parts["recall"] == found.neighbours.recall.value > 0.95
    assert found.parts["recall_queries"] == 500
    assert found.value - found.parts["bias"] == pytest.approx(exact.value, abs=1e-3)
    assert found.interval.standard_error == pytest.approx(exact.interval.standard_error, rel=0.05)
    assert "recall" not in exact.parts


def test_subsampling_refuses_approximate_neighbours(monkeypatch):
    with pytest.raises(BadInput, match="needs exact neighbours"):
        knn_distance(themes(50, 0), 5, interval="subsampling", method="approximate")
    monkeypatch.setattr(spread, "EXACT_UP_TO", 40)
    with pytest.raises(BadInput, match="needs exact neighbours"):
        knn_distance(themes(50, 0), 5, interval="subsampling")


@settings(deadline=None, max_examples=50)
@given(sets_of_vectors(least=4))
def test_the_jackknife_leaves_out_every_item_once(rows):
    k, n = min(3, len(rows) - 2), len(rows)
    for found, score in (
        (knn_distance(rows, k), lambda rest: knn_distance(rest, k).value),
        (average_distance(rows), lambda rest: average_distance(rest).value),
    ):
        left_out = np.array([score(without(rows, j)) for j in range(n)])
        error = math.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum())
        assert found.interval.standard_error == pytest.approx(error, abs=1e-9)
        assert found.interval.method == "jackknife"


def test_the_jackknife_with_many_copies():
    rows = themes(60, 1)
    rows[10:40] = rows[3]
    found = knn_distance(rows, 5)
    left_out = np.array([knn_distance(without(rows, j), 5).value for j in range(60)])
    assert found.interval.standard_error == pytest.approx(math.sqrt(59 * left_out.var()), abs=1e-12)


@pytest.mark.parametrize("n", [12, 31, 150])
def test_subsampling_scores_halves_without_replacement(n):
    rows = themes(n, 2)
    found = knn_distance(rows, 5, interval="subsampling", seed=8)
    generator = np.random.default_rng(8)
    m = n // 2
    halves = [generator.choice(n, m, replace=False) for _ in range(spread.DRAWS)]
    scores = [knn_distance(rows[np.sort(half)], 5).value for half in halves]
    error = math.sqrt(m / (n - m) * np.var(scores, ddof=1))
    assert found.interval.standard_error == pytest.approx(error, rel=1e-9)
    assert found.interval.method == "subsampling"
    assert found.value == knn_distance(rows, 5).value


def test_intervals_are_t_intervals_within_the_range():
    found = average_distance(themes(10, 3))
    reach = 2.262157 * found.interval.standard_error
    assert found.interval.high == pytest.approx(found.value + reach, rel=1e-6)
    assert found.interval.low == pytest.approx(found.value - reach, rel=1e-6)
    opposite = average_distance([[1.0, 0], [-1, 0], [-1, 0.01]])
    assert opposite.interval.high == 2
    assert opposite.interval.low == 0


@pytest.mark.parametrize(("score", "least"), [(knn_distance, 0.92), (average_distance, 0.92)])
def test_intervals_hold_the_expected_score(score, least):
    """300 sets of 30 from one source: at least 92 % (95 % less three standard errors, nearly)."""
    expected = np.mean([score(themes(30, seed)).value for seed in range(1_000, 2_000)])
    intervals = [score(themes(30, seed)).interval for seed in range(300)]
    held = np.mean([each.low <= expected <= each.high for each in intervals])
    assert held >= least


@pytest.mark.parametrize("n", [1, 2, 7, 40])
def test_vendi_of_equal_and_of_orthogonal_items(n):
    assert vendi(np.tile([1.0, -2, 0.5], (n, 1))).value == pytest.approx(1, abs=1e-9)
    assert vendi(np.eye(n) * 7).value == pytest.approx(n, rel=1e-9)
    assert vendi(np.repeat(np.eye(3), n, axis=0)).value == pytest.approx(3, rel=1e-9)


@pytest.mark.parametrize(("n", "d"), [(20, 50), (50, 20), (30, 30), (31, 30)])
def test_vendi_is_the_entropy_of_the_normalised_kernel(monkeypatch, n, d):
    monkeypatch.setattr(neighbours, "_GATHER_BYTES", 2_000)  # several blocks
    rows = themes(n, 4, d=d) * np.random.default_rng(5).uniform(0.1, 10, (n, 1))
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    weights = np.linalg.eigvalsh(unit @ unit.T / n)
    weights = weights[weights > 1e-14]
    found = vendi(rows)
    assert found.value == pytest.approx(math.exp(-(weights * np.log(weights)).sum()), rel=1e-9)
    assert found.interval is None
    assert found.no_interval


def test_vendi_without_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "vendi_score", None)
    found = vendi(themes(9, 0))
    assert found.value is None
    assert "pip install 'storypainter[analysis]'" in found.absent
