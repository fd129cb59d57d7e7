"""Means on cards: never an interval that reaches where no mean can lie."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from storypainter.sequences.card_means import FEWEST, said_mean

COUNTS = st.lists(st.integers(1, 400), min_size=1, max_size=40)


def test_a_mean_has_n_and_an_interval_or_a_reason() -> None:
    assert said_mean([26, 30]) == "28.0 (no interval: n = 2, fewer than 5)"
    assert said_mean([2, 3, 4]) == "3.0 (no interval: n = 3, fewer than 5)"
    assert said_mean([5] * 12) == "5.0 (no interval: all 12 are equal)"
    assert said_mean([1, 1, 1, 1, 90]) == "18.8 [1.0, 68.2] (95 %, n = 5)"
    assert said_mean([10, 12, 14, 16, 18, 20]) == "15.0 [11.1, 18.9] (95 %, n = 6)"


@given(COUNTS)
def test_an_interval_holds_the_mean_and_nothing_impossible(counts: list[int]) -> None:
    said = said_mean(counts)
    assert f"n = {len(counts)}" in said or "no interval: all" in said
    found = re.fullmatch(r"([\d.]+) \[([\d.]+), ([\d.]+)\] \(95 %, n = \d+\)", said)
    assert (found is not None) == (len(counts) >= FEWEST and len(set(counts)) > 1)
    if found:
        mean, low, high = map(float, found.groups())
        assert 1 <= low <= mean <= high
