"""The language of tellings: what it reads, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.planner.markup import (
    Either,
    Gendered,
    Mention,
    Seen,
    Words,
    names,
    phrase,
    telling,
)


def test_a_phrase_is_read_into_its_parts() -> None:
    assert phrase("{imp} (slips|creeps) [deed: {imp.his} hand in] {jar.s} lid") == (
        Mention("imp"),
        Words(" "),
        Either(((Words("slips"),), (Words("creeps"),))),
        Words(" "),
        Seen("deed", (Mention("imp", "his"), Words(" hand in"))),
        Words(" "),
        Mention("jar", "s"),
        Words(" lid"),
    )


def test_one_wording_for_a_man_and_one_for_a_woman() -> None:
    assert phrase("{a:his tie|her scarf}") == (Gendered("a", "his tie", "her scarf"),)


def test_brackets_without_a_bar_are_only_brackets() -> None:
    assert phrase("a board (LOT 41) hangs") == (Words("a board (LOT 41) hangs"),)


def test_marks_may_stand_inside_a_choice() -> None:
    (either,) = phrase("(at {a.s} feet|down there)")
    assert isinstance(either, Either)
    assert names((either,)) == {"a"}


def test_lines_are_sentences_of_three_kinds() -> None:
    found = telling("{a} waits [w: with a hat].\n? [x: The hat] is wet.\n> One second more.\n")
    assert [each.kind for each in found] == ["core", "optional", "closing"]
    assert [each.clues for each in found] == [("w",), ("x",), ()]


def test_a_sentence_may_have_other_wordings_with_the_same_clues() -> None:
    (each,) = telling("[w: Rain] falls. || Down comes [w: the rain].")
    assert len(each.wordings) == 2
    with pytest.raises(BadInput, match="different clues"):
        telling("[w: Rain] falls. || Down comes [x: the rain].")


def test_the_length_counts_a_mention_as_two_words_and_a_pronoun_as_one() -> None:
    (each,) = telling("{a} ties {a.his} own (left|left and right) shoe")
    assert each.length == 2 + 1 + 1 + 1 + 3 + 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a {boy", "unclosed '{'"),
        ("a {Boy}", "is no mention"),
        ("a {boy.xs}", "is no mention"),
        ("a [boy here", "without a clue's name"),
        ("a [b: here", "unclosed '['"),
        ("a [b: ]", "is empty"),
        ("a [b: one [c: two]]", "holds another clue"),
        ("a } b", "a stray '}'"),
        ("a (b|c", "unclosed '('"),
    ],
)
def test_a_broken_mark_is_refused_and_quoted(text: str, what: str) -> None:
    with pytest.raises(BadInput, match="in 'a ") as error:
        phrase(text)
    assert what in str(error.value)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    try:
        nodes = phrase(text)
    except BadInput:
        return
    assert names(nodes) <= set(
        text.replace("{", " ").replace("}", " ").replace(".", " ").replace(":", " ").split()
    )


@given(st.text(alphabet="abc ,.", max_size=40))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert "".join(node.text for node in phrase(text) if isinstance(node, Words)) == text
