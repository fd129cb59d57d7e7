"""Judges against people: known answers, ties, and the bias of sources."""

from __future__ import annotations

import math

import numpy as np
import pytest

from storypainter.ratings.bias import (
    bias_by_source,
    bias_findings,
    sources_differ,
    trained_against_untrained,
)
from storypainter.ratings.judged import Judged
from storypainter.ratings.judging import against_people, correlations_with_people, ordering


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """p-values are not looked at here, and their 100,000 draws take two seconds each."""
    monkeypatch.setattr("storypainter.evaluators.correlation._DRAWS", 200)


def judged(automatic, human, source="", trained=None) -> list[Judged]:
    return [
        Judged(f"{source}{at}", a, math.nan if h is None else h, 0 if h is None else 3, source, trained)
        for at, (a, h) in enumerate(zip(automatic, human, strict=True))
    ]  # fmt: skip


def test_kendall_with_ties_agrees_with_scipy():
    stats = pytest.importorskip("scipy.stats")
    random = np.random.default_rng(5)
    for _ in range(20):
        x, y = random.integers(0, 6, 25) / 5, random.integers(0, 4, 25) / 3
        assert ordering(x, y).tau_b == pytest.approx(stats.kendalltau(x, y).statistic)


def test_pairwise_accuracy_counts_common_ties():
    # Pairs of (0, 0, 1, 1) by the judge against (0, 0, 0, 1) by people: one tied by both
    # (0-1), two ordered alike (0-3, 1-3); the others are tied by one side only.
    found = ordering([0, 0, 1, 1], [0, 0, 0, 1])
    assert found.n == 6
    assert found.accuracy == pytest.approx(3 / 6)
    assert found.ties == (2, 3)


def test_calibration_finds_the_threshold_that_fits_best():
    # People tie the first three; the judge never ties. With differences to 0.02 as ties it is
    # right about all six pairs, without them about the three with the last item.
    found = ordering([0.50, 0.51, 0.52, 0.90], [0.5, 0.5, 0.5, 1.0])
    assert found.accuracy == pytest.approx(3 / 6)
    assert found.calibrated == 1
    assert found.epsilon == pytest.approx(0.02)


def test_calibration_agrees_with_trying_every_threshold():
    random = np.random.default_rng(1)
    x, y = random.integers(0, 9, 15) / 10, random.integers(0, 4, 15) / 3
    upper = np.triu_indices(15, 1)
    dx, dy = (x[:, None] - x)[upper], (y[:, None] - y)[upper]

    def accuracy(epsilon):
        signs = np.where(np.abs(dx) <= epsilon + 1e-9, 0, np.sign(dx))
        return np.mean(signs == np.sign(dy))

    best = max(accuracy(e) for e in (0, *np.abs(dx)))
    found = ordering(x, y)
    assert found.calibrated == pytest.approx(best)
    assert accuracy(found.epsilon) == pytest.approx(best)


def test_correlations_and_their_intervals():
    random = np.random.default_rng(0)
    human = random.integers(0, 9, 40) / 8
    automatic = np.clip(0.2 + 0.6 * human + random.normal(0, 0.1, 40), 0, 1)
    scores = {s.name: s for s in correlations_with_people(judged(automatic, human), judge="j")}
    assert list(scores) == ["Spearman", "Pearson", "Kendall tau-b", "pairwise accuracy"]
    for score in scores.values():
        assert score.n == 40
        assert score.judge == "j"
        low, high = score.interval
        assert low < score.value < high
    bootstrap = scores["Pearson"].parts
    assert bootstrap["bootstrap_low"] == pytest.approx(scores["Pearson"].interval[0], abs=0.1)
    assert scores["pairwise accuracy"].parts["calibrated"] >= scores["pairwise accuracy"].value


def test_a_pair_of_an_item_with_itself_is_no_tie_in_a_resample():
    # A judge that is always wrong about strict orders: resampled items tie with their own
    # copies on both sides, and the interval would leave 0 if these counted.
    values = list(np.linspace(0, 1, 12))
    scores = correlations_with_people(judged(values, values[::-1]), judge="j")
    accuracy = next(s for s in scores if s.name == "pairwise accuracy")
    assert accuracy.value == 0
    assert accuracy.interval == (0, 0)


def test_too_few_or_constant_is_absent_with_a_reason():
    for scores in (
        correlations_with_people(judged([0.1, 0.2], [0.3, 0.4]), judge="j"),
        correlations_with_people(judged([0.5] * 6, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]), judge="j")[:3],
    ):
        assert all(score.value is None and score.absent for score in scores)


def sources(seed: int = 0, shift: float = 0.05, n: int = 40) -> list[Judged]:
    """Two prompted systems that are judged fairly and a distilled one that is overrated."""
    random = np.random.default_rng(seed)
    found = []
    for name, trained, level, bias in (
        ("prompted-a", False, 0.60, 0), ("prompted-b", False, 0.45, 0), ("mini", True, 0.57, shift)
    ):  # fmt: skip
        human = np.clip(random.normal(level, 0.1, n), 0, 1)
        automatic = np.clip(human + bias + random.normal(0, 0.03, n), 0, 1)
        found += judged(automatic, human, name, trained)
    return found


def test_the_bias_of_a_distilled_source_is_found_and_told():
    items = sources()
    by_name = {each.source: each for each in bias_by_source(items)}
    low, high = by_name["mini"].interval
    assert low < 0.05 < high
    assert low > 0
    assert sources_differ(items) == pytest.approx(1 / 10_000)
    found = against_people(items, judge="j")
    text = " ".join(found.warnings)
    assert "trained sources are overrated by +" in text
    assert "never rank trained against untrained systems" in text
    table = found.tables[-1]
    ranks = {row[0]: (row[8], row[9]) for row in table.rows}
    assert ranks["mini"] == (1, 2)  # first by the judge, second without its bias
    assert ranks["prompted-a"] == (2, 1)
    assert "ranking of the sources changes" in text


def test_without_a_bias_the_sources_do_not_differ(monkeypatch):
    monkeypatch.setattr("storypainter.ratings.bias._ORDERS", 999)
    p_values = [sources_differ(sources(seed, shift=0, n=12), seed=seed) for seed in range(40)]
    assert sum(p < 0.05 for p in p_values) <= 6  # 2 expected
    assert 0.3 < float(np.mean(p_values)) < 0.7


def test_a_bias_that_is_not_shown_is_not_denied():
    found = bias_findings(sources(1, shift=0.0, n=8), judge="j")
    text = " ".join(found.warnings)
    assert "don't tell from 0" in text
    assert "never rank" in text


def test_unrated_items_are_corrected_by_the_bias_of_the_rated_ones():
    items = judged([0.5, 0.7, 0.6, 0.8], [0.4, 0.6, None, None], "x")
    only = bias_by_source(items)[0]
    assert (only.n, only.rated) == (4, 2)
    assert only.bias == pytest.approx(0.1)
    assert only.automatic == pytest.approx(0.65)
    assert only.corrected == pytest.approx(0.55)


def test_the_corrected_interval_holds_the_truth():
    """Over 400 draws of 60 items, 20 of them rated, with a bias of 0.1."""
    random = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        human = random.normal(0.5, 0.1, 60)
        automatic = human + 0.1 + random.normal(0, 0.05, 60)
        people = [h if at < 20 else None for at, h in enumerate(human)]
        low, high = bias_by_source(judged(automatic, people, "x"))[0].corrected_interval
        held += low <= 0.5 <= high
    assert 0.92 <= held / 400 <= 0.99


def test_welch_against_scipy():
    stats = pytest.importorskip("scipy.stats")
    items = sources(4)
    difference, (low, high), one, other = trained_against_untrained(items)
    gaps = {True: [], False: []}
    for each in items:
        gaps[each.trained].append(each.automatic - each.human)
    expected = stats.ttest_ind(gaps[True], gaps[False], equal_var=False).confidence_interval()
    assert (one, other) == (40, 80)
    assert difference == pytest.approx((low + high) / 2)
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=2e-4)


def test_one_source_has_no_table_of_sources():
    assert not bias_findings(judged([0.1, 0.2], [0.1, 0.3], "x"), judge="j").tables
    assert sources_differ(judged([0.1, 0.2], [0.1, 0.3], "x")) is None
    assert trained_against_untrained(judged([0.1], [0.1], "x", True)) is None
