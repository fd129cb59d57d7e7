"""Correlations against scipy and against hand-made answers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from storypainter.evaluators.correlation import pearson, ranks, spearman

PAIRS = st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), min_size=3, max_size=7).map(
    lambda rows: ([float(a) for a, _ in rows], [float(b) for _, b in rows])
)


@given(PAIRS)
def test_coefficients_agree_with_scipy(pairs: tuple[list[float], list[float]]) -> None:
    x, y = pairs
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert pearson(x, y).value is None
        assert spearman(x, y).absent == "one of the two is constant"
        return
    assert pearson(x, y).value == pytest.approx(stats.pearsonr(x, y).statistic, abs=1e-9)
    assert spearman(x, y).value == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-9)
    assert list(ranks(x)) == list(stats.rankdata(x))


def test_spearman_by_hand() -> None:
    # One swap among eight: 1 - 6 sum(d^2) / (n (n^2 - 1)), sum(d^2) = 2.
    order = [1, 2, 3, 4, 5, 6, 8, 7]
    found = spearman(range(8), order)
    assert found.value == pytest.approx(1 - 6 * 2 / (8 * 63))
    assert found.interval is not None
    assert found.interval[0] == pytest.approx(0.84, abs=0.03)
    assert found.interval[1] < 1


def test_exact_p_value_counts_all_orders() -> None:
    found = spearman([1, 2, 3, 4], [1, 2, 3, 4])
    assert found.p == pytest.approx(2 / 24)  # the order itself and its reverse
    assert found.interval is None  # a coefficient of 1 has no Fisher interval


def test_drawn_p_value_is_near_the_t_test() -> None:
    random = np.random.default_rng(3)
    x = list(random.normal(size=20))
    y = [a + 1.5 * b for a, b in zip(x, random.normal(size=20), strict=True)]
    found = pearson(x, y)
    assert found.p == pytest.approx(stats.pearsonr(x, y).pvalue, abs=0.01)
    low, high = stats.pearsonr(x, y).confidence_interval()
    assert found.interval == pytest.approx((low, high), abs=1e-6)


def test_too_few_pairs_have_a_reason() -> None:
    assert pearson([1, 2], [1, 2]).absent == "needs 3 pairs: 2 given"
    with pytest.raises(ValueError, match="3 values against 2"):
        pearson([1, 2, 3], [1, 2])


def test_interval_of_spearman_is_wider_than_of_pearson() -> None:
    x, y = list(range(8)), [0, 2, 1, 3, 5, 4, 7, 6]
    ours = spearman(x, y).interval
    other = pearson(x, y).interval
    assert ours is not None
    assert other is not None
    assert math.atanh(ours[1]) - math.atanh(ours[0]) > math.atanh(other[1]) - math.atanh(other[0])
