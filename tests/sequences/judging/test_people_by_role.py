"""People by role: what the pictures' people get by words that could not be said of anybody."""

from __future__ import annotations

import pytest
from told_sequences import sequence

from storypainter.sequence import Character, Sequence
from storypainter.sequences.judging.measuring import PEOPLE_BY_ROLE, grounding_scores

NURSE = Character(id="girl", name="Mia", look="in a white coat", role="nurse")


def nurse(parts: tuple[str, str, str], story: str = "") -> Sequence:
    """The girl of the usual sequence as a nurse; she is in the first and the third picture."""
    one = sequence(parts=parts, story=story)
    return one.model_copy(update={"characters": (NURSE, *one.characters[1:])})


def values(one: Sequence) -> dict[str, float | None]:
    return {score.name: score.value for score in grounding_scores(one)}


def test_a_word_for_anybody_names_people_and_no_role():
    found = values(nurse(("The woman climbs.", "", "The woman swims.")))
    assert found["people_recall"] == pytest.approx(2 / 3)
    assert found[PEOPLE_BY_ROLE] == 0.0


def test_a_role_and_a_name_count():
    # Two of three people (recall 2/3), none made up (precision 1): 2 · 2/3 / (1 + 2/3).
    found = values(nurse(("The nurse climbs.", "", "Mia swims.")))
    assert found[PEOPLE_BY_ROLE] == pytest.approx(0.8)


def test_a_narrative_in_one_piece_is_held_against_all_pictures():
    # Of two people, over all pictures one is named: recall 1/2, precision 1.
    found = values(nurse(("", "", ""), story="The nurse climbs and swims."))
    assert found[PEOPLE_BY_ROLE] == pytest.approx(2 / 3)


def test_nothing_told_is_absent():
    (score,) = [s for s in grounding_scores(nurse(("", "", ""))) if s.name == PEOPLE_BY_ROLE]
    assert score.value is None
    assert score.absent == "nothing was told"
