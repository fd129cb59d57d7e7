"""ISA's metrics against hand-made answers and scipy."""

import math

import numpy as np
import pytest
from scipy import stats

from storypainter.training.metrics import _ranks_of_draws, measure


def test_known_answers() -> None:
    # Differences 0.1, -0.3, 0.2, 0: squares 0.14, absolutes 0.6.
    found = measure([0.2, 0.4, 0.6, 0.8], [0.1, 0.7, 0.4, 0.8])
    assert found.n == 4
    assert found.rmse.value == pytest.approx(math.sqrt(0.14 / 4))
    assert found.rmae.value == pytest.approx(math.sqrt(0.6 / 4))
    # Deviations (-.3, -.1, .1, .3) and (-.4, .2, -.1, .3): 0.18 / sqrt(0.2 * 0.3).
    assert found.pcc.value == pytest.approx(0.18 / math.sqrt(0.2 * 0.3))
    # Ranks 1 2 3 4 and 1 3 2 4: 1 - 6 * 2 / (4 * 15).
    assert found.srcc.value == pytest.approx(0.8)


def test_rmae_is_the_root_of_the_mean_and_no_mean() -> None:
    assert measure([0.5, 0.5], [0.25, 0.75]).rmae.value == pytest.approx(0.5)


def test_ties_share_their_rank() -> None:
    x, y = [0.1, 0.5, 0.5, 0.9, 0.9, 0.2], [0.25, 0.5, 0.25, 0.75, 1.0, 0.25]
    found = measure(x, y)
    assert found.srcc.value == pytest.approx(stats.spearmanr(x, y).statistic)
    assert found.pcc.value == pytest.approx(stats.pearsonr(x, y).statistic)


def test_what_is_not_defined_is_absent() -> None:
    found = measure([0.5, 0.5, 0.5, 0.5], [0.1, 0.2, 0.3, 0.4])
    assert found.pcc.value is None
    assert found.srcc.absent == "one of the two is constant"
    assert found.rmse.value is not None
    with pytest.raises(ValueError, match="2 predictions for 1"):
        measure([0.1, 0.2], [0.1])
    with pytest.raises(ValueError, match="0 predictions"):
        measure([], [])


def test_intervals_are_of_the_right_width() -> None:
    random = np.random.default_rng(1)
    y = random.uniform(size=200)
    x = np.clip(y + random.normal(scale=0.1, size=200), 0, 1)
    found = measure(x.tolist(), y.tolist())
    expected = stats.pearsonr(x, y).confidence_interval()
    assert found.pcc.low == pytest.approx(expected.low, abs=0.02)
    assert found.pcc.high == pytest.approx(expected.high, abs=0.02)
    assert found.rmse.low is not None
    assert found.rmse.low < (found.rmse.value or 0) < (found.rmse.high or 0)
    assert found == measure(x.tolist(), y.tolist())


def test_ranks_within_resamples() -> None:
    values = np.array([0.3, 0.1, 0.3, 0.7])
    picked = np.array([[0, 2, 1, 3], [1, 1, 3, 0], [0, 0, 0, 0]])
    assert _ranks_of_draws(values, picked).tolist() == [
        stats.rankdata(values[row]).tolist() for row in picked
    ]
