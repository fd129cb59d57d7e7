"""Articles, nouns and pronouns."""

from __future__ import annotations

import random

import pytest

from storypainter.planner.markup import phrase
from storypainter.planner.mentions import (
    Memory,
    Pair,
    Referent,
    possessive,
    sentence,
    stated,
    told,
    with_article,
)

BOY = Referent("boy", "boy", "boy", "male", phrase("in a cap"))
MAN = Referent("man", "old man", "old man", "male")
GIRL = Referent("girl", "girl", "girl", "female")
DOG = Referent("dog", "spotted terrier", "terrier", "thing")
DUCKS = Referent("ducks", "ducks", "ducks", "things")
CAST = {"b": BOY, "m": MAN, "g": GIRL, "dog": DOG, "ducks": DUCKS}


def say(*lines: str, memory: Memory | None = None) -> list[str]:
    memory = memory or Memory(random.Random(0))
    found = []
    for line in lines:
        found.append(told(phrase(line), CAST, memory))
        memory.next_sentence()
    return found


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("boy", "a boy"),
        ("old man", "an old man"),
        ("uniform", "a uniform"),
        ("umbrella", "an umbrella"),
        ("hour", "an hour"),
        ("one-eyed cat", "a one-eyed cat"),
        ("ice cream seller", "an ice cream seller"),
    ],
)
def test_the_article_goes_by_sound(noun: str, expected: str) -> None:
    assert with_article(noun) == expected


def test_the_first_mention_has_the_look_and_later_ones_a_pronoun() -> None:
    assert say("{b} waits", "{b} yawns") == ["a boy in a cap waits", "he yawns"]


def test_there_is_no_pronoun_where_two_could_be_meant() -> None:
    assert say("{b} watches {m.o}", "{b} yawns")[1] == "the boy yawns"
    assert say("{b} watches {g.o}", "{b} yawns")[1] == "he yawns"


def test_after_two_sentences_the_noun_comes_back() -> None:
    assert say("{b} waits", "Rain falls", "Wind blows", "{b} yawns")[3] == "the boy yawns"


def test_after_a_preposition_the_pronoun_is_an_object() -> None:
    assert say("{b} waits", "the sun is on {b}") == ["a boy in a cap waits", "the sun is on him"]


def test_between_two_people_both_are_objects() -> None:
    found = say("{b} waits for {g}", "(Right|Right) between {b} and {g} stands a cake")[1]
    assert found == "Right between him and her stands a cake"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("bees came flying at {b} and {g}", "bees came flying at him and the girl"),
        (
            "the end came, and {b.the} and {g} hugged",
            "the end came, and the boy and the girl hugged",
        ),
        ("{b} and {g} danced", "he and she danced"),
        ("the dog looked at {b}, and {g} laughed", "the dog looked at him, and she laughed"),
        ("the dog looked at {b} and so did {g}", "the dog looked at him and so did the girl"),
    ],
)
def test_of_two_who_are_joined_the_second_is_a_pronoun_only_after_a_subjects_pronoun(
    line: str, expected: str
) -> None:
    assert say("{b} meets {g}", line)[1] == expected


def test_possessives() -> None:
    assert say("{g.s} hat is as red as {b.hers}") == ["a girl's hat is as red as a boy's"]
    assert say("{g} waits", "{g.s} hat is red, and so is {g.hers}")[1] == (
        "her hat is red, and so is hers"
    )
    assert possessive("ducks", plural=True) == "ducks'"
    assert possessive("boss") == "boss's"


def test_a_look_with_clues_is_told_later_if_somebody_came_in_as_a_possessive() -> None:
    keeper = Referent("k", "keeper", "keeper", "female", phrase("in [hat: a green hat]"))
    memory = Memory(random.Random(0))
    cast = {**CAST, "k": keeper}
    first = told(phrase("at {k.s} feet {b} kneels"), cast, memory)
    memory.next_sentence()
    second = told(phrase("{k} snores"), cast, memory)
    assert first == "at a keeper's feet a boy in a cap kneels"
    assert second == "the keeper, in a green hat, snores"


def test_things_keep_their_nouns_and_plurals_have_no_article() -> None:
    assert say("{dog} barks at {ducks}", "{dog} has {dog.his} lead", "{ducks} turn") == [
        "a spotted terrier barks at ducks",
        "the terrier has its lead",
        "the ducks turn",
    ]


def test_of_two_who_are_joined_the_one_who_is_told_first_opens() -> None:
    pair = Pair(phrase("in a red scarf"), phrase("in a scarf of the same red"))
    memory = Memory(random.Random(0), pairs={"girl": pair, "man": pair})
    assert say("{g} waits for {m}", memory=memory) == [
        "a girl in a red scarf waits for an old man in a scarf of the same red"
    ]


def test_a_clue_reads_by_itself() -> None:
    assert stated(phrase("[x: {b.his} hand] is on {b.his} hat"), CAST) == (
        "the boy's hand is on his hat"
    )
    assert stated(phrase("{b} hurts {b.himself}"), CAST) == "the boy hurts himself"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the  boy , it seems,, waits", "The boy, it seems, waits."),
        ("what now?", "What now?"),
        ("'SOLD OUT' it says", "'SOLD OUT' it says."),
    ],
)
def test_a_sentence_has_a_capital_and_one_stop(text: str, expected: str) -> None:
    assert sentence(text) == expected
