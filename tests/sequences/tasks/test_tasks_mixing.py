"""Weights are met within one row, and a task that runs out is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.sequences.tasks.asked import WEIGHTS, parsed_weights
from storypainter.sequences.tasks.mixing import mixed
from storypainter.sequences.tasks.rows import TASKS

weights = st.dictionaries(st.sampled_from(TASKS), st.floats(0.01, 100), min_size=1)
counts = st.fixed_dictionaries({task: st.integers(0, 500) for task in TASKS})


@given(weights, counts, st.integers(1, 2000))
def test_rows_that_are_asked_for_come_by_their_weights(weighed, available, n):
    mix = mixed(weighed, available, n)
    total = sum(mix.rows.values())
    assert total == min(n, sum(available[task] for task in weighed))
    assert all(0 <= mix.rows[task] <= available[task] for task in weighed)
    assert all(mix.rows[task] == available[task] for task in mix.ran_out)
    going = [task for task in weighed if task not in (*mix.ran_out, *mix.none)]
    left = total - sum(mix.rows[task] for task in mix.ran_out)
    whole = sum(weighed[task] for task in going)
    for task in going:
        assert abs(mix.rows[task] - left * weighed[task] / whole) <= 1 + 1e-6


@given(weights, counts)
def test_without_a_number_all_weights_are_met(weighed, available):
    mix = mixed(weighed, available)
    going = [task for task in weighed if available[task]]
    assert set(mix.none) == set(weighed) - set(going)
    total, whole = sum(mix.rows.values()), sum(weighed[task] for task in going)
    for task in going:
        assert mix.rows[task] <= available[task]
        assert abs(mix.rows[task] - total * weighed[task] / whole) <= 1 + 1e-6
    if going:
        # One row of the scarcest more, and it would run out.
        least = min(available[task] / weighed[task] for task in going)
        assert total == pytest.approx(least * whole, abs=1)
        assert mix.ran_out


def test_known_mixes():
    plenty = dict.fromkeys(TASKS, 100)
    assert mixed(WEIGHTS, plenty, 60).rows == {
        "caption": 10, "continuation": 10, "consistency": 10, "emotion": 10, "telling": 20,
    }  # fmt: skip
    assert mixed(WEIGHTS, plenty).rows["telling"] == 100
    assert mixed(WEIGHTS, plenty).ran_out == ("telling",)
    short = mixed({"caption": 1, "telling": 1}, {"caption": 100, "telling": 5}, 40)
    assert (short.rows, short.ran_out) == ({"caption": 35, "telling": 5}, ("telling",))
    none = mixed({"caption": 1, "telling": 1}, {"caption": 10, "telling": 0}, 4)
    assert (none.rows, none.none, none.ran_out) == ({"caption": 4, "telling": 0}, ("telling",), ())


def test_weights_are_read():
    assert parsed_weights("") == WEIGHTS
    assert parsed_weights("telling=2, caption=0.5,emotion=0") == {"telling": 2, "caption": 0.5}


@pytest.mark.parametrize(("text", "message"), [
    ("singing=1", "there is no task 'singing'"), ("caption", "is no weight"),
    ("caption=-1", "is no weight"), ("caption=nan", "is no weight"), ("caption=x", "is no weight"),
    ("caption=1,caption=2", "caption is there twice"), ("caption=0", "every task has the weight 0"),
    ("caption=inf", "is no weight"), (",", "there is no task"),
])  # fmt: skip
def test_weights_that_are_none_are_refused(text, message):
    with pytest.raises(BadInput, match=message):
        parsed_weights(text)
