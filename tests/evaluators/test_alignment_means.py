"""The Scores of a Pair: known answers for every mean, and what is absent."""

from __future__ import annotations

import math

import pytest

from storypainter.evaluators.alignment_asking import Answer, Given
from storypainter.evaluators.alignment_means import (
    FLOOR,
    OF_ANSWERS,
    OF_SCORES,
    Labelled,
    geometric_mean,
    scores_of_answers,
    scores_of_given,
)
from storypainter.evaluators.key_points import Point
from storypainter.story import Dimension, KeyPoint

WHO = Labelled("openai/seer", "1")
EVENT, CAUSE = Dimension.EVENT, Dimension.EVENT_CAUSAL_RELATIONSHIP


def point(dimension: Dimension, *, clue: bool = True, ancestors: tuple[int, ...] = ()) -> Point:
    return Point(KeyPoint(dimension=dimension, sentence="X is Y."), clue, (), ancestors)


def yes(p: float | None = None) -> Answer:
    return Answer(True, p)


def no(p: float | None = None) -> Answer:
    return Answer(False, p)


NONE = Answer(None, absent="low mass")
POINTS = (
    point(EVENT),
    point(EVENT),
    point(EVENT, clue=False),
    point(Dimension.TIME, clue=False),
    point(CAUSE, clue=False, ancestors=(0, 2)),
    point(CAUSE, clue=False, ancestors=(1, 2)),
)


def scored(points, answers):
    found = scores_of_answers(points, answers, WHO)
    assert tuple(each.name for each in found) == OF_ANSWERS
    assert all(each.judge == "openai/seer" and each.version == "1" for each in found)
    return {each.name: each for each in found}


def test_means_over_points_and_over_dimensions():
    found = scored(POINTS, (yes(), no(), yes(), NONE, yes(), yes()))
    assert found["alignment"].value == pytest.approx(4 / 5)
    assert found["alignment"].n == 5
    assert found["alignment"].parts == {"points": 6, "absent": 1}
    assert found["alignment_event"].value == pytest.approx(2 / 3)
    assert found["alignment_event_causal_relationship"].value == 1.0
    assert found["alignment_time"].value is None  # its only point has no answer: never a zero
    assert found["alignment_location"].absent == "the story has no key point in Location"
    assert found["alignment_by_dimension"].value == pytest.approx((2 / 3 + 1) / 2)
    assert found["alignment_by_dimension"].n == 2
    assert found["alignment_by_dimension"].parts == {"dimensions": 2, "absent": 1}
    assert found["alignment_clues"].value == 0.5
    assert found["alignment_conclusions"].value == 1.0
    assert found["alignment_conclusions"].n == 3


def test_a_cause_counts_only_if_all_ancestors_hold():
    found = scored(POINTS, (yes(), no(), yes(), yes(), yes(), yes()))
    assert found["alignment"].value == pytest.approx(5 / 6)
    assert found["alignment_dependent"].value == pytest.approx(4 / 6)


def test_a_cause_with_an_unanswered_ancestor_is_absent_unless_another_fails():
    unknown = scored(POINTS, (NONE, yes(), yes(), yes(), yes(), yes()))["alignment_dependent"]
    assert unknown.value == 1.0
    assert unknown.parts == {"points": 6, "absent": 2}
    failed = scored(POINTS, (NONE, yes(), no(), yes(), yes(), yes()))["alignment_dependent"]
    assert failed.value == pytest.approx(2 / 5)
    assert failed.parts["absent"] == 1


def test_soft_and_geometric_means():
    points = (point(EVENT), point(EVENT), point(CAUSE, clue=False, ancestors=(0, 1)))
    found = scored(points, (yes(0.9), no(0.4), yes(0.6)))
    assert found["alignment"].value == pytest.approx(2 / 3)
    assert found["alignment_soft"].value == pytest.approx(1.9 / 3)
    assert found["alignment_soft_dependent"].value == pytest.approx(1.3 / 3)
    assert found["alignment_geometric"].value == pytest.approx((0.9 * 0.4 * 0.6) ** (1 / 3))
    assert found["alignment_geometric_dependent"].value == pytest.approx(
        (0.9 * 0.4 * FLOOR) ** (1 / 3)
    )


def test_a_zero_counts_as_the_floor_in_a_geometric_mean():
    assert geometric_mean([0.0, 1.0]) == pytest.approx(math.sqrt(FLOOR))
    assert geometric_mean([0.25, 1.0]) == pytest.approx(0.5)
    with pytest.raises(ValueError, match="nothing"):
        geometric_mean([])


def test_without_degrees_soft_means_are_absent():
    found = scored(POINTS[:2], (yes(0.9), no()))
    for name in OF_ANSWERS[-4:]:
        assert "no probabilities" in found[name].absent


def test_without_any_answer_all_is_absent():
    found = scored(POINTS[:2], (NONE, NONE))
    assert all(each.value is None for each in found.values())
    assert found["alignment"].absent == "no answer to any of 2 key points"
    assert found["alignment"].parts == {"points": 2, "absent": 2}


def test_scores_that_a_seer_gives_itself():
    plain: dict[Dimension, float | None] = dict.fromkeys(Dimension)
    given = Given({**plain, EVENT: 0.8, CAUSE: 0.2}, 0.9)
    found = {each.name: each for each in scores_of_given(POINTS, given, WHO)}
    assert tuple(found) == OF_SCORES
    assert found["alignment_holistic"].value == 0.9
    assert found["alignment_by_dimension"].value == pytest.approx(0.5)
    assert found["alignment_by_dimension"].parts == {"dimensions": 2, "absent": 1}
    assert found["alignment_event"].n == 3
    assert found["alignment_time"].absent == "the Seer gave it no score"
    assert found["alignment_location"].absent == "the story has no key point in Location"
