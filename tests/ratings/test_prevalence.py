"""The share of yes without the judge's errors: formula, coverage, and what can't be corrected."""

from __future__ import annotations

import asyncio
import random

import pytest

from storypainter.ratings.prevalence import Labelled, corrected


def test_the_formula():
    # p = .6, q1 = .9, q0 = .8: (.6 + .8 − 1) / (.9 + .8 − 1) = .4 / .7
    score = corrected(60, 100, Labelled(50, 45, 50, 40), judge="seer")
    assert score.value == pytest.approx(0.4 / 0.7)
    assert score.interval[0] < 0.4 / 0.7 < score.interval[1]
    assert score.parts == pytest.approx({"p": 0.6, "q0": 0.8, "q1": 0.9, "uncut": 0.4 / 0.7})


def test_a_perfect_judge_changes_nothing():
    score = corrected(30, 100, Labelled(500, 500, 500, 500), judge="seer")
    assert score.value == pytest.approx(0.3)
    assert score.interval == pytest.approx((0.22, 0.40), abs=0.02)  # about Wilson's of 30 in 100


def test_the_interval_carries_both_samples():
    few, many = Labelled(20, 17, 20, 17), Labelled(2000, 1700, 2000, 1700)

    def width(n, labelled):
        low, high = corrected(round(0.5 * n), n, labelled, judge="seer").interval
        return high - low

    assert width(10_000, few) > 4 * width(10_000, many)  # labels limit it
    assert width(50, many) > 4 * width(10_000, many)  # judged items limit it


def test_what_is_cut_is_told():
    score = corrected(2, 100, Labelled(50, 45, 50, 40), judge="seer")
    assert score.value == 0
    assert "cut from -0.257 to 0" in score.reason
    assert score.interval[0] == 0
    assert score.parts["uncut"] < 0


@pytest.mark.parametrize(
    ("labelled", "why"),
    [
        (Labelled(10, 5, 10, 5), "no better than chance"),
        (Labelled(10, 2, 10, 3), "no better than chance"),
        (Labelled(0, 0, 10, 9), "deserves a yes"),
        (Labelled(10, 9, 0, 0), "deserves a no"),
    ],
)
def test_what_cannot_be_corrected_is_absent(labelled, why):
    score = corrected(60, 100, labelled, judge="seer")
    assert score.value is None
    assert score.interval is None
    assert why in score.absent


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="no share"):
        corrected(11, 10, Labelled(5, 5, 5, 5), judge="seer")
    with pytest.raises(ValueError, match="more answers"):
        corrected(1, 10, Labelled(5, 6, 5, 5), judge="seer")


class FlawedSeer:
    """Answers yes or no in words, wrongly at known rates."""

    def __init__(self, sensitivity: float, specificity: float, seed: int) -> None:
        self._rates = {True: sensitivity, False: 1 - specificity}
        self._random = random.Random(seed)

    async def look(self, shown: bool) -> str:
        return "YES" if self._random.random() < self._rates[shown] else "NO"


async def _judge(seed: int, truth: float, n: int, m: int, rates: tuple[float, float]):
    """A Seer asked about n unlabelled items and m labelled ones of each kind."""
    seer = FlawedSeer(*rates, seed=seed)
    chance = random.Random(1_000_000 + seed)
    said = [await seer.look(chance.random() < truth) for _ in range(n)]
    pairs = [(await seer.look(true) == "YES", true) for true in (True, False) for _ in range(m)]
    return said.count("YES"), Labelled.count(pairs)


@pytest.mark.parametrize(
    ("truth", "rates"), [(0.3, (0.9, 0.8)), (0.74, (0.85, 0.7)), (0.95, (0.95, 0.9))]
)
def test_a_seer_with_known_errors_is_corrected_to_the_truth(truth, rates):
    """Over 300 seeded draws the interval holds the truth about as often as it says."""
    held, naive, errors = 0, 0, []

    async def draw_all():
        return [await _judge(seed, truth, 200, 50, rates) for seed in range(300)]

    for said, labelled in asyncio.run(draw_all()):
        score = corrected(said, 200, labelled, judge="seer")
        held += score.interval[0] <= truth <= score.interval[1]
        errors.append(score.parts["uncut"] - truth)
        naive += abs(said / 200 - truth) < abs(score.value - truth)
    assert held / 300 >= 0.92  # 95 % nominal; 0.92 is 2.4 standard errors below
    assert abs(sum(errors) / 300) < 0.02  # hardly any bias is left
    expected_bias = rates[0] * truth + (1 - rates[1]) * (1 - truth) - truth
    if abs(expected_bias) > 0.08:
        assert naive / 300 < 0.4  # the correction is nearer to the truth, most of the time
