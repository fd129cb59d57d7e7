from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.intervals import RunningMean, t_quantile, wilson

# The 97.5 % column of the printed t tables (three decimals), e.g. NIST's handbook 1.3.6.7.2.
TABLE = {
    1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262,
    10: 2.228, 15: 2.131, 20: 2.086, 29: 2.045, 30: 2.042, 40: 2.021, 60: 2.000, 100: 1.984,
}  # fmt: skip


@pytest.mark.parametrize(("df", "value"), TABLE.items())
def test_t_quantiles_agree_with_the_printed_table(df, value):
    assert round(t_quantile(df), 3) == value


def test_t_quantiles_with_a_closed_form():
    assert t_quantile(1) == pytest.approx(math.tan(math.pi * 0.475), rel=1e-12)
    assert t_quantile(2) == pytest.approx(0.95 * math.sqrt(2 / (1 - 0.95**2)), rel=1e-12)


def test_the_series_and_the_expansion_meet():
    inside, outside = t_quantile(200), t_quantile(201)
    assert 0 < inside - outside < 1e-4
    steps = [t_quantile(df) - t_quantile(df + 1) for df in range(198, 204)]
    assert steps == sorted(steps, reverse=True)
    assert t_quantile(10**9) == pytest.approx(statistics.NormalDist().inv_cdf(0.975), abs=1e-8)


@pytest.mark.parametrize("df", [0, -1])
def test_t_needs_a_degree_of_freedom(df):
    with pytest.raises(ValueError, match="degree of freedom"):
        t_quantile(df)


# Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (score without correction).
@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_the_published_examples(successes, n, low, high):
    found = wilson(successes, n)
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_mirrors(counts):
    successes, n = counts
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1
    mirrored = wilson(n - successes, n)
    assert (low, high) == pytest.approx((1 - mirrored[1], 1 - mirrored[0]), abs=1e-12)


@pytest.mark.parametrize(("successes", "n"), [(1, 0), (0, 0), (-1, 5), (6, 5)])
def test_wilson_refuses_what_is_no_share(successes, n):
    with pytest.raises(ValueError, match="no share"):
        wilson(successes, n)


def test_the_mean_s_interval_is_the_known_one():
    # mean 30, s = sqrt(250) = 15.811388, t(4) = 2.776445: 30 ± 19.63243
    mean = RunningMean()
    for value in (10, 20, 30, 40, 50):
        mean.add(value)
    interval = mean.interval()
    assert mean.mean == 30
    assert interval is not None
    assert interval == pytest.approx((10.36757, 49.63243), abs=1e-5)


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=60))
def test_the_running_mean_agrees_with_the_standard_library(values):
    mean = RunningMean()
    for value in values:
        mean.add(value)
    interval = mean.interval()
    assert interval is not None
    half = t_quantile(len(values) - 1) * statistics.stdev(values) / math.sqrt(len(values))
    centre = statistics.fmean(values)
    assert interval == pytest.approx((centre - half, centre + half), abs=1e-6)


def test_one_value_has_no_interval():
    mean = RunningMean()
    mean.add(40)
    assert mean.interval() is None
