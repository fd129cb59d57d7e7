"""Features: real answers in every manner, the printed form read back, what is unreadable."""

from __future__ import annotations

import pytest
from feature_answers import ANSWERS
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from storypainter.evaluators.feature_reading import Unreadable, read_features
from storypainter.evaluators.feature_words import flat, heading_of, plain, says_nothing
from storypainter.evaluators.features import Features, Inference, as_printed, of_chains
from storypainter.story import Chain, Clue, Dimension, Story

READABLE = {name: answer for name, answer in ANSWERS.items() if answer.chains is not None}


def inference(dimension: str, clues: list[str], conclusion: str) -> Inference:
    return Inference(
        dimension=Dimension(dimension),
        clues=tuple(Clue(text=clue) for clue in clues),
        conclusion=conclusion,
    )


# ------------------------------------------------------------------------ real answers


@pytest.mark.parametrize("name", READABLE)
def test_an_answer_is_read(name):
    answer = READABLE[name]
    found = read_features(answer.text, "cot")
    read = [(e.dimension.value, [c.text for c in e.clues], e.conclusion) for e in found.inferences]
    assert read == answer.chains
    assert found.description == answer.description
    left_out = [note for note in found.notes if "leaves out" in note]
    assert left_out == ([f"the answer leaves out: {answer.left_out}"] if answer.left_out else [])
    assert ("the answer has no description" in found.notes) == (not answer.description)


@pytest.mark.parametrize("name", sorted(set(ANSWERS) - set(READABLE)))
def test_an_answer_without_features_is_unreadable(name):
    with pytest.raises(Unreadable) as caught:
        read_features(ANSWERS[name].text, "cot")
    assert caught.value.refused == ANSWERS[name].refused


@pytest.mark.parametrize("name", READABLE)
def test_what_was_read_prints_and_reads_back_the_same(name):
    found = read_features(READABLE[name].text, "cot")
    again = read_features(found.text, "cot")
    assert again == found.model_copy(update={"notes": ()}) or again.notes == (
        "the answer has no description",
    )
    assert (again.inferences, again.description) == (found.inferences, found.description)
    assert again.text == found.text


def test_a_naive_answer_is_its_description():
    found = read_features("**Description:**\n- A *man* at a desk.\n\n- He sleeps.", "naive")
    assert found.description == found.text == "A man at a desk. He sleeps."
    assert found.inferences == ()
    found = read_features("Time: it is late.\nLocation: a pub.", "naive")
    assert found.text == "Time: it is late. Location: a pub."


@pytest.mark.parametrize("text", ["", "  ", "None.", "N/A"])
def test_an_empty_naive_answer_is_unreadable(text):
    with pytest.raises(Unreadable, match="empty"):
        read_features(text, "naive")


def test_a_refusal_to_describe_is_one():
    with pytest.raises(Unreadable, match="refuses") as caught:
        read_features("I’m sorry, I can’t help with identifying this.", "naive")
    assert caught.value.refused


@pytest.mark.parametrize(
    "text",
    [
        "None", "none.", "NONE!", "**None**", "N/A", "n/a.", "-", "…", "Nothing", "Unknown",
        "There is no special time", "There is no special time.", "no obvious relationship",
        "do not have obvious special location", "There are no people in the image.",
        "Does not have any obvious mental state.", "The picture doesn't show a specific location.",
        "No special location is shown.", "None, as only one person is there.", "Not specified.",
        "The character role is not clear.", "Cannot be determined from the image.",
        "There is no clear indication of a special time.", "(None)", "No event causal relationship",
        "It is unclear.", "Not evident", "not applicable here",
    ],
)  # fmt: skip
def test_ways_to_say_that_there_is_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "There is no light in the house.", "None of them looks up.", "No dogs may come in.",
        "She does not know that he is there.", "It is night.", "Nothing is left of the cake.",
        "He can't find his keys.", "The exit is not clear.", "There is no time to lose.",
        "The man does not see the dog.", "Nobody is hurt.", "Unknown to her, he has seen it.",
    ],
)  # fmt: skip
def test_what_says_something(text):
    assert not says_nothing(text)


@pytest.mark.parametrize(
    ("label", "heading"),
    [
        ("Special Time", "time"),
        ("1. Special Location", "location"),
        ("Character Roles", "character_role"),
        ("Relationships between Characters", "character_relationship"),
        ("High-level Events", "event"),
        ("High Level Event", "event"),
        ("Event Causal Relationship (cause and effect)", "event_causal_relationship"),
        ("Event Relationship Reasoning", "event_causal_relationship"),
        ("Causal Relationships between Events", "event_causal_relationship"),
        ("Characters' Mental States", "mental_state"),
        ("Category 7: Mental State", "mental_state"),
        ("Detailed Description of the Image", "description"),
        ("Next Moment Event Reasoning", "other"),
        ("The time on the clock", None),
        ("A man", None),
        ("", None),
    ],
)
def test_headings(label, heading):
    assert heading_of(label) == heading


@pytest.mark.parametrize("dimension", Dimension)
def test_our_own_names_are_headings(dimension):
    assert heading_of(dimension.label) is dimension


# --------------------------------------------------------------------------- the text


def test_the_text_has_a_line_for_each_inference_and_for_each_empty_dimension():
    found = Features(
        source="cot",
        inferences=(
            inference("mental_state", ["tears"], "She is sad."),
            inference("time", ["low sun", "long shadows"], "It is evening."),
            inference("time", [], "It is autumn."),
        ),
        description="A woman\nin a field.",
    )
    assert found.text == (
        "Time: low sun + long shadows -> It is evening.\n"
        "Time: -> It is autumn.\n"
        "Location: None\n"
        "Character Role: None\n"
        "Character Relationship: None\n"
        "Event: None\n"
        "Event Causal Relationship: None\n"
        "Mental State: tears -> She is sad.\n"
        "Description: A woman in a field."
    )
    assert found.text_of(chains=False) == "Description: A woman in a field."
    assert found.text_of(description=False) == found.text.rpartition("\n")[0]
    assert found.text_of(chains=False, description=False) == ""


def test_separators_and_markdown_in_a_text_become_words():
    found = inference("event", ["a `dog` => barks"], "They → run + **hide**")
    assert found.clues[0].text == "a dog; barks"
    assert found.conclusion == "They; run and hide"


@pytest.mark.parametrize("conclusion", ["None", "There is no special time."])
def test_an_inference_says_something(conclusion):
    with pytest.raises(ValidationError, match="nothing"):
        inference("time", ["a clock"], conclusion)
    with pytest.raises(ValidationError, match="neither"):
        inference("time", [], "")


def test_a_story_s_own_chains_are_features():
    chain = Chain.from_notation("wet coat + puddle -> It rains.", Dimension.TIME)
    story = Story(id="s", text="A man in a wet coat.", chains=(chain,))
    found = of_chains(story)
    assert found.source == "chains"
    assert found.text.startswith("Time: wet coat + puddle -> It rains.\nLocation: None")
    assert found.text.endswith("Description: A man in a wet coat.")
    assert of_chains(Story(id="s", text="A man.")) is None


def test_features_survive_json():
    found = read_features(ANSWERS["as asked"].text, "cot")
    assert Features.from_json(found.to_json()) == found
    assert Features.model_validate(found.to_plain()) == found


# ------------------------------------------------------------------------- properties

VOCABULARY = (
    "a the and or both between + ; : , . -> => → - -- * ** __ ` None no special time event "
    "Because suggests Clues: Conclusion: Time: Event: Description: Mental State: dog cat runs "
    "wet 10:05 (a) 1. | # > [ ] { } \" ' indicated by there is not clear"
)
WORDS = st.sampled_from(VOCABULARY.split())
PIECES = st.one_of(
    st.lists(WORDS, max_size=12).map(" ".join),
    st.text(max_size=40),
    st.text("+->*_` ;\n.", max_size=9),
)
HEADS = st.sampled_from(
    [f"{mark}{name}{end}" for name in ("Special Time", "Location", "Event", "Mental State", "Role")
     for mark in ("", "1. **", "### ", "- ") for end in (":", ":** ", "", " - ")]
)  # fmt: skip
MESS = st.lists(st.one_of(HEADS, PIECES, st.tuples(HEADS, PIECES).map(" ".join)), max_size=24).map(
    "\n".join
)


@settings(max_examples=60)
@given(MESS)
def test_no_answer_makes_it_crash_and_what_is_read_reads_back(answer):
    for source in ("cot", "naive"):
        try:
            found = read_features(answer, source)
        except Unreadable:
            continue
        again = read_features(found.text, source)
        assert (again.inferences, again.description) == (found.inferences, found.description)


@st.composite
def inferences(draw):
    clues = [text for text in map(plain, draw(st.lists(PIECES, max_size=3))) if text]
    conclusion = plain(draw(PIECES))
    if says_nothing(conclusion):
        conclusion = ""
    assume(clues or conclusion)
    return inference(draw(st.sampled_from(list(Dimension))).value, clues, conclusion)


@settings(max_examples=40)
@given(st.lists(inferences(), max_size=6), PIECES)
def test_any_features_print_and_read_back(made, description):
    found = Features(source="cot", inferences=tuple(made), description=description)
    printed = as_printed(found.text)
    assert printed == found
    again = read_features(found.text, "cot")
    assert (again.inferences, again.description) == (found.inferences, found.description)


@given(PIECES)
def test_plain_texts_stay_as_they_are(text):
    assert plain(plain(text)) == plain(text)
    assert flat(flat(text)) == flat(text)
    assert plain(text) == flat(plain(text))
