"""Raw agreement and Cohen's kappa, with known answers."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.evaluators.agreement import agreement
from storypainter.intervals import wilson


def answers(both: int, first: int, second: int, neither: int) -> tuple[list[bool], list[bool]]:
    pairs = [(True, True)] * both + [(True, False)] * first
    pairs += [(False, True)] * second + [(False, False)] * neither
    return [a for a, _ in pairs], [b for _, b in pairs]


def test_a_table_worked_by_hand():
    # 20 and 15 agree, 5 and 10 don't: raw 0.7, chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5, kappa 0.4.
    found = agreement(*answers(20, 5, 10, 15))
    assert found.n == 50
    assert found.raw == pytest.approx(0.7)
    assert found.raw_interval == wilson(35, 50)
    assert found.kappa == pytest.approx(0.4)
    assert found.absent == ""


def test_the_interval_covers_what_resampling_gives():
    first, second = answers(80, 25, 35, 60)
    found = agreement(first, second)
    chance = random.Random(0)
    drawn = []
    for _ in range(2000):
        chosen = [chance.randrange(200) for _ in range(200)]
        again = agreement([first[i] for i in chosen], [second[i] for i in chosen])
        assert again.kappa is not None
        drawn.append(again.kappa)
    drawn.sort()
    low, high = found.kappa_interval or (0.0, 0.0)
    assert low == pytest.approx(drawn[50], abs=0.02)
    assert high == pytest.approx(drawn[1949], abs=0.02)


def test_full_agreement_and_full_disagreement():
    assert agreement([True, False, True], [True, False, True]).kappa == pytest.approx(1.0)
    opposed = agreement([True, False], [False, True])
    assert opposed.raw == 0.0
    assert opposed.kappa == pytest.approx(-1.0)


@pytest.mark.parametrize(
    ("first", "second", "who"),
    [
        ([True, True], [True, False], "first judge gives"),
        ([True, False], [False, False], "second judge gives"),
        ([True, True], [True, True], "both judges give"),
    ],
)
def test_a_constant_judge_has_no_kappa(first, second, who):
    found = agreement(first, second)
    assert found.kappa is None
    assert found.kappa_interval is None
    assert who in found.absent


@pytest.mark.parametrize(("first", "second"), [([], []), ([True], [])])
def test_no_answers_have_no_agreement(first, second):
    with pytest.raises(ValueError, match="same items"):
        agreement(first, second)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_bounds_and_symmetry(pairs):
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    found, other = agreement(first, second), agreement(second, first)
    assert 0 <= found.raw_interval[0] <= found.raw <= found.raw_interval[1] <= 1
    assert (found.kappa is None) == (other.kappa is None)
    if found.kappa is not None and found.kappa_interval is not None:
        assert found.kappa == pytest.approx(other.kappa)
        assert -1 <= found.kappa_interval[0] <= found.kappa <= found.kappa_interval[1] <= 1
