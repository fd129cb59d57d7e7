"""Story, Chain, Brief and their JSON; the chain notation."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from json_values import briefs, chains, clue_texts, key_points, origins, stories
from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.story import Brief, Chain, Clue, Dimension, KeyPoint, Story, StoryOrigin
from storypainter.value import canonical_json, content_hash

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(st.one_of(stories, briefs, chains, key_points, origins))
def test_a_value_comes_back_from_its_json(value):
    again = type(value).from_json(value.to_json())
    assert again == value
    assert again.to_json() == value.to_json()
    assert type(value).model_validate(value.to_plain()) == value
    assert content_hash(value.to_plain()) == content_hash(again.to_plain())


@given(chains)
def test_a_chain_comes_back_from_its_notation(chain):
    again = Chain.from_notation(chain.notation, chain.dimension)
    assert [clue.text for clue in again.clues] == [clue.text for clue in chain.clues]
    assert again.conclusion == chain.conclusion
    assert again.notation == chain.notation


@given(st.lists(clue_texts, min_size=1, max_size=4), clue_texts)
def test_notation_is_read_with_any_spacing(clues, conclusion):
    text = "  " + "\n +\t".join(clues) + "->" + conclusion + " "
    chain = Chain.from_notation(text, Dimension.EVENT)
    assert [clue.text for clue in chain.clues] == clues
    assert chain.conclusion == conclusion


def test_cogbench_notation():
    text = "A clock shows nine. + Curtains are drawn. -> It is evening."
    chain = Chain.from_notation(text, Dimension.TIME)
    assert [clue.text for clue in chain.clues] == ["A clock shows nine.", "Curtains are drawn."]
    assert chain.notation == text


@pytest.mark.parametrize("text", ["a C++ book -> x", "a+b -> x", "1 +2 -> x"])
def test_a_plus_inside_a_word_is_no_separator(text):
    assert len(Chain.from_notation(text, Dimension.EVENT).clues) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no '->'"),
        ("a + b", "no '->'"),
        ("a -> b -> c", "more than one '->'"),
        ("-> b", "empty clue or conclusion"),
        ("a ->", "empty clue or conclusion"),
        ("a + -> b", "empty clue or conclusion"),
        ("+ a -> b", "empty clue or conclusion"),
        ("a + + b -> c", "empty clue or conclusion"),
        ("x" * 500, "…"),
    ],
)
def test_bad_notation(text, says):
    with pytest.raises(BadInput) as caught:
        Chain.from_notation(text, Dimension.EVENT)
    assert says in str(caught.value)
    assert "clue + clue -> conclusion" in caught.value.hint
    assert len(caught.value.message) < 150


@given(st.text(max_size=30))
def test_any_text_is_a_chain_or_a_clear_error(text):
    try:
        chain = Chain.from_notation(text, Dimension.EVENT)
    except (BadInput, ValidationError):
        return
    assert chain.notation


@pytest.mark.parametrize("text", ["", "  ", "a + b", "+", "a -> b", "a\nb", "a\r", "+ a"])
def test_what_no_clue_can_be(text):
    if text.strip() == "a":
        assert Clue(text=text).text == "a"
        return
    with pytest.raises(ValidationError):
        Clue(text=text)
    with pytest.raises(ValidationError):
        Chain(dimension=Dimension.EVENT, clues=(Clue(text="a"),), conclusion=text)


def test_a_chain_needs_a_clue():
    with pytest.raises(ValidationError):
        Chain(dimension=Dimension.EVENT, clues=(), conclusion="b")


def test_the_seven_dimensions_and_their_labels():
    assert len(Dimension) == 7
    assert Dimension.EVENT_CAUSAL_RELATIONSHIP.label == "Event Causal Relationship"


def test_values_are_frozen_and_closed():
    story = Story(id="s1", text="A cat sleeps.")
    with pytest.raises(ValidationError):
        story.text = "x"
    with pytest.raises(ValidationError):
        Story(id="s1", text="x", colour="red")  # type: ignore[call-arg]
    assert story.words == 3


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        (Story, "", "not a valid Story"),
        (Story, "[]", "not a valid Story"),
        (Story, '{"id": "s"}', "text: Field required"),
        (Story, '{"id": "a b", "text": "x"}', "id: "),
        (Story, '{"id": "s\\n", "text": "x"}', "id: "),
        (Story, '{"id": "s", "text": " "}', "text: "),
        (Story, '{"id": "s", "text": "x", "extra": 1}', "extra: "),
        (Story, '{"id": "s", "text": "x", "chains": [{"dimension": "smell"}]}', "chains[0]"),
        (KeyPoint, '{"dimension": "time", "sentence": ""}', "sentence: "),
        (StoryOrigin, '{"storyteller": "x", "mode": "free"}', "mode: "),
        (Brief, '{"required": ["A Dog"], "forbidden": ["a dog"]}', "both required and forbidden"),
    ],
)
def test_bad_json_names_the_field_and_never_the_input(kind, text, says):
    with pytest.raises(BadInput) as caught:
        kind.from_json(text)
    assert says in str(caught.value)
    assert "input_value" not in str(caught.value)


def test_json_that_is_no_utf8():
    with pytest.raises(BadInput):
        Story.from_json(b'{"id": "s", "text": "\xff"}')


def test_canonical_json_is_one_byte_string():
    assert canonical_json({"b": 1, "a": [1.5, None]}) == b'{"a":[1.5,null],"b":1}'
    assert content_hash({"a": 1, "b": 2}) == content_hash({"b": 2, "a": 1})
    assert content_hash({"a": 1}) != content_hash({"a": "1"})
    assert len(content_hash(None)) == 32
