"""Overlaps of content: answers worked out by hand, and properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from storypainter.evaluators.overlap import (
    best_mean,
    events,
    in_order,
    in_order_both_ways,
    nouns,
    soft_overlap,
    without_direction,
)
from storypainter.evaluators.tagging import sentences

SIMILAR = np.array([[0.9, 0.1, 0.2], [0.3, 0.2, 0.8]])


def test_best_mean_takes_each_rows_best():
    assert best_mean(SIMILAR) == pytest.approx((0.9 + 0.8) / 2)


def test_soft_overlap_is_the_mean_of_both_ways():
    there, back = (0.9 + 0.8) / 2, (0.9 + 0.2 + 0.8) / 3
    assert soft_overlap(SIMILAR) == pytest.approx((there + back) / 2)


def test_in_order_is_free_where_the_best_come_in_order():
    assert in_order(SIMILAR, np.ones(2)) == pytest.approx(best_mean(SIMILAR))


def test_in_order_never_steps_back():
    # Upside down the best would be column 2, then column 0. In order: 0.3 + 0.9, or 0.8 + 0.2.
    assert in_order(SIMILAR[::-1], np.ones(2)) == pytest.approx((0.3 + 0.9) / 2)


def test_in_order_weighs_sentences_by_their_length():
    assert in_order(SIMILAR, np.array([3.0, 1.0])) == pytest.approx((3 * 0.9 + 0.8) / 4)


def test_in_order_both_ways_averages_story_and_source():
    # The source's three sentences in the story: 0.9 (first), 0.2 and 0.8 (both second).
    there, back = (0.9 + 0.8) / 2, (0.9 + 0.2 + 0.8) / 3
    both = in_order_both_ways(SIMILAR, np.ones(2), np.ones(3))
    assert both == pytest.approx((there + back) / 2)


def test_without_a_direction_what_is_left_has_length_one():
    rows = np.array([[0.6, 0.8], [0.6, -0.8]])
    assert without_direction(rows, np.array([1.0, 0.0])) == pytest.approx(
        np.array([[0.0, 1.0], [0.0, -1.0]])
    )


def test_a_vector_that_is_the_direction_has_nothing_left():
    left = without_direction(np.array([[1.0, 0.0]]), np.array([1.0, 0.0]))
    assert left == pytest.approx(np.zeros((1, 2)))


def test_nouns_are_lemmas_without_repetition():
    told = sentences("Two bakers carry a basket. The baker has a dog.")
    assert nouns(told) == ("baker", "basket", "dog")


def test_events_are_verbs_with_what_they_are_done_to():
    told = sentences("A woman opens the door. The boy holds two red apples. The dog sleeps.")
    assert events(told) == ("open door", "hold apple", "sleep")


def test_a_light_verb_leaves_its_noun():
    assert events(sentences("The man makes a bed.")) == ("bed",)


def test_no_verb_no_event():
    assert events(sentences("A grey morning by the sea.")) == ()


# ---------------------------------------------------------------------- properties

cosines = st.integers(1, 6).flatmap(
    lambda n: st.integers(1, 6).flatmap(
        lambda m: arrays(np.float64, (n, m), elements=st.floats(-1, 1, width=32))
    )
)


@given(cosines)
def test_order_only_takes_away(similarities):
    weights = np.ones(len(similarities))
    ordered = in_order(similarities, weights)
    assert ordered <= best_mean(similarities) + 1e-9
    # One source sentence for all story sentences is an order too.
    assert ordered >= similarities.mean(axis=0).max() - 1e-9


@given(cosines)
def test_soft_overlap_is_symmetric(similarities):
    assert soft_overlap(similarities) == pytest.approx(soft_overlap(similarities.T))


@given(st.integers(1, 8), st.integers(0, 2**32 - 1))
def test_a_text_against_itself_overlaps_fully(n, seed):
    random = np.random.default_rng(seed)
    rows = random.normal(size=(n, 5))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    weights = random.uniform(1, 20, size=n)
    assert soft_overlap(rows @ rows.T) == pytest.approx(1)
    assert in_order_both_ways(rows @ rows.T, weights, weights) == pytest.approx(1)
