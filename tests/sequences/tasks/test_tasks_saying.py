"""Annotations as sentences."""

from __future__ import annotations

import pytest
from small_sequences import COOK, DOG, GIRL

from storypainter.sequence import Character, Depiction
from storypainter.sequences.tasks import saying


@pytest.mark.parametrize(("who", "called", "described"), [
    (GIRL, "the girl in a red coat", "a girl in a red coat"),
    (DOG, "the brown dog", "a brown dog"),
    (Character(id="m", name="Mia", look="in a red coat", role="girl"),
     "Mia (in a red coat)", "a girl in a red coat"),
    (Character(id="m", name="Mia"), "Mia", ""),
    (Character(id="m", name="the owl", look="grey"), "the grey owl", "a grey owl"),
    (Character(id="m", name="the old man", look="old", role="old man"), "the old man", "an old man"),
    (Character(id="m", name="the boy", look="tall, with a cap", role="boy"),
     "the boy (tall, with a cap)", "a boy (tall, with a cap)"),
    (Character(id="m", name="the children", look="in yellow", role="children"),
     "the children in yellow", "children in yellow"),
])  # fmt: skip
def test_people_are_called_by_name_and_look_and_described_without_a_name(who, called, described):
    assert (saying.called(who), saying.described(who)) == (called, described)


@pytest.mark.parametrize(("name", "verb"), [
    ("the girl in a striped shirt and a cap", "is"), ("the man with two dogs", "is"),
    ("the princess", "is"), ("Mia and Tom", "are"), ("the children in red", "are"),
    ("two boys", "are"), ("the dogs", "are"), ("Thomas", "is"), ("the vicar with a cross", "is"),
])  # fmt: skip
def test_a_name_takes_a_verb(name, verb):
    assert saying.be(name) == verb


@pytest.mark.parametrize(("place", "said"), [
    ("the park", "in the park"), ("park", "in the park"), ("on the beach", "on the beach"),
    ("the beach", "on the beach"), ("The bus stop", "at the bus stop"), ("a bus", "on a bus"),
    ("the bridge of a ship", "on the bridge of a ship"), ("Paris", "in Paris"), ("", ""),
])  # fmt: skip
def test_a_place_has_its_preposition(place, said):
    assert saying.where(place) == said


@pytest.mark.parametrize(("time", "said"), [
    ("morning", "in the morning"), ("noon in summer", "at noon in summer"), ("night", "at night"),
    ("evening in autumn", "in the evening in autumn"), ("winter", "in winter"), ("", ""),
    ("a rainy day", "on a rainy day"), ("summer evening", "on a summer evening"),
    ("early morning", "in the early morning"), ("at dusk", "at dusk"), ("1920", "in 1920"),
    ("Monday", "on Monday"), ("golden hour", "time: golden hour"),
])  # fmt: skip
def test_a_time_has_its_preposition(time, said):
    assert saying.when(time) == said


@pytest.mark.parametrize(("emotion", "said"), [
    ("happy", "happy"), ("Joy", "joyful"), ("neutral", ""), ("", ""), ("love.", "full of love"),
])  # fmt: skip
def test_a_feeling_is_said_as_an_adjective(emotion, said):
    assert saying.feeling(Depiction(character="girl", emotion=emotion)) == said


def test_an_action_without_its_verb_gets_one():
    climbing = Depiction(character="girl", action="climbing the tree.")
    assert saying.doing("the girl", climbing) == "is climbing the tree"
    assert saying.doing("the twins", climbing) == "are climbing the tree"
    sings = Depiction(character="girl", action="sings")
    assert saying.doing("the girl", sings) == "sings"


def test_a_phrase_is_said_where_all_its_words_are():
    assert saying.said_in("climbs the tree", "The girl climbed a tall tree.")
    assert not saying.said_in("climbs the tree", "The girl climbs.")
    assert saying.said_in("", "Anything.")


def test_lists_and_sentences():
    assert saying.listed([]) == ""
    assert saying.listed(["a"]) == "a"
    assert saying.listed(["a", "b", "c"]) == "a, b and c"
    assert saying.sentence(" the  hat,\nred ") == "The hat, red."
    assert saying.sentence("Who?") == "Who?"
    assert saying.sentence("") == ""


def test_two_who_are_called_the_same_cannot_be_told_apart():
    from small_sequences import bare

    twin = GIRL.model_copy(update={"id": "twin"})
    sequence = bare(characters=(GIRL, twin, COOK))
    assert saying.told_apart(sequence) == {"cook": "the cook in a white apron"}
