from __future__ import annotations

import numpy as np
import pytest

from storypainter.sequences.small_seer.encoder import UNKNOWN
from storypainter.sequences.small_seer.measuring import macro_f1, row

WORDS = ("girl", "boy", "dog")


def array(*values: int) -> np.ndarray:
    return np.array(values, np.int64)


def test_macro_f1_by_hand() -> None:
    truth, guess = array(0, 0, 0, 1, 2), array(0, 0, 1, 1, 0)
    # girl: 2 of 3 found, 2 of 3 told right; boy: 1 of 1 found, 1 of 2 right; dog: none
    expected = (2 * 2 / 6 + 2 * 1 / 3 + 0) / 3
    assert macro_f1(truth, guess, array(0, 1, 2)) == pytest.approx(expected)


def test_a_perfect_guess_is_1_and_its_interval_too() -> None:
    truth = array(*([0] * 6 + [1] * 6))
    found = row(truth, truth, np.arange(12), truth, WORDS)
    assert found is not None
    assert (found["macro_f1"], found["accuracy"], found["interval"]) == (1.0, 1.0, [1.0, 1.0])
    assert found["classes"] == 2


def test_the_blind_guess_is_the_better_of_two() -> None:
    truth = array(*([0] * 10 + [1] * 10))
    found = row(truth, array(*([0] * 20)), np.arange(20), truth, WORDS)
    assert found is not None
    # always girl: F1 of 2/3 and 0; by shares: 1/2 each
    assert found["macro_f1"] == pytest.approx(1 / 3, abs=1e-4)
    assert found["blind_macro_f1"] == pytest.approx(0.5)
    low, high = found["interval"]
    assert low < found["macro_f1"] < high


def test_unknown_cases_do_not_count_and_rare_classes_say_nothing() -> None:
    truth = array(*([0] * 5 + [1] * 5 + [2] * 4 + [UNKNOWN] * 9))
    found = row(truth, np.zeros_like(truth), np.arange(len(truth)), truth, WORDS)
    assert found is not None
    assert (found["cases"], found["classes"]) == (14, 2)


def test_too_few_cases_give_no_number() -> None:
    truth = array(0, 0, 0, 0, 0, 1)
    assert row(truth, truth, np.arange(6), truth, WORDS) is None
