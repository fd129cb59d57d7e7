"""Causes in the form "Because X, Y": X is a clue where the answer names it as seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.evaluators.clue_counts import count_features
from storypainter.evaluators.feature_causes import with_causes
from storypainter.evaluators.feature_reading import read_features
from storypainter.evaluators.features import Inference
from storypainter.story import Clue, Dimension

ANSWER = """Time: None
Location: sink + cupboard -> This is a kitchen.
Character Role: None
Character Relationship: None
Event: stool tipping over + boy's hand in the jar -> Cookies are being stolen.
Event Causal Relationship: {cause}
Mental State: None
Description: A boy stands on a stool that tips. Water runs over the edge of the sink while a woman \
dries a plate and looks out of the window."""


def clues_of(cause: str) -> list[str]:
    found = read_features(ANSWER.format(cause=cause), "cot")
    (each,) = found.of(Dimension.EVENT_CAUSAL_RELATIONSHIP)
    assert each.conclusion == cause
    return [clue.text for clue in each.clues]


@pytest.mark.parametrize(
    ("cause", "clues"),
    [
        # another category's clue, word for word or in other forms
        ("Because the stool is tipping over, the boy is about to fall.", ["stool tipping over"]),
        ("Because his stool tips over, he will fall.", ["stool tipping over"]),
        ("The boy is about to fall because the stool is tipping over.", ["stool tipping over"]),
        (
            "Because the boy has a hand in the jar, there will be trouble.",
            ["boy's hand in the jar"],
        ),
        # what the description tells
        (
            "Because the woman looks out of the window, the floor gets wet.",
            ["the woman looks out of the window"],
        ),
        ("Because water runs over the edge, the floor is wet.", ["water runs over the edge"]),
    ],
)
def test_a_cause_that_the_answer_names_as_seen_is_a_clue(cause, clues):
    assert clues_of(cause) == clues


@pytest.mark.parametrize(
    "cause",
    [
        "Because the mother is distracted, the sink overflows.",  # an interpretation
        "Because nobody looks at the boy, he can take the cookies.",  # what isn't there
        "Because the woman doesn't look, the water runs over.",
        "Because of the water, the floor is wet.",  # no clause
        "Because the boy wanted a cookie, he climbed on the stool.",
        "The sink overflows.",
    ],
)
def test_what_is_only_thought_is_no_clue(cause):
    assert clues_of(cause) == []


def test_a_cause_with_clues_of_its_own_keeps_them():
    text = ANSWER.format(cause="open tap -> Because the stool is tipping over, the boy falls.")
    (each,) = read_features(text, "cot").of(Dimension.EVENT_CAUSAL_RELATIONSHIP)
    assert [clue.text for clue in each.clues] == ["open tap"]


def test_a_clue_that_is_named_again_counts_once():
    without = count_features(read_features(ANSWER.format(cause="None"), "cot"))
    with_it = count_features(
        read_features(ANSWER.format(cause="Because the stool is tipping over, he falls."), "cot")
    )
    assert with_it.clues == without.clues
    assert (with_it.chains, with_it.causal) == (without.chains + 1, 1)


def test_what_was_read_prints_and_reads_back_the_same():
    cause = "Because the stool is tipping over, the boy is about to fall."
    found = read_features(ANSWER.format(cause=cause), "cot")
    assert read_features(found.text, "cot") == found


def test_other_categories_are_left_alone():
    line = "Because the stool is tipping over, the boy falls."
    found = with_causes(
        [
            Inference(dimension=Dimension.EVENT, conclusion=line),
            Inference(dimension=Dimension.TIME, clues=(Clue(text="stool tipping over"),)),
        ],
        "",
    )
    assert found[0].clues == ()


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_clues_come_from_the_cause_or_the_other_clues(cause, effect, description):
    line = f"Because {cause}, {effect}"
    try:
        causal = Inference(dimension=Dimension.EVENT_CAUSAL_RELATIONSHIP, conclusion=line)
    except ValueError:
        return
    seen = Inference(dimension=Dimension.EVENT, clues=(Clue(text="red kite"),))
    found = with_causes([seen, causal], description)
    assert found[0] == seen
    for clue in found[1].clues:
        assert clue.text == "red kite" or clue.text in causal.conclusion
