"""Coloured stories: which words are marked, which are not, and how it is told apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_reading import read_html

from storypainter.evaluators.contract import Passage
from storypainter.report.markup import Stylesheet
from storypainter.report.story_colours import (
    STORY_CSS,
    coloured_story,
    coloured_text,
    spans_of,
)
from storypainter.report.story_colours_matching import Text
from storypainter.story import Chain, Clue, Dimension, Story

LACES = (
    "Three clocks show noon above the platform. On the bench an old man has nodded off, his chin "
    "on his chest, two empty cups at his side. Below, a girl ties the laces of his shoes together."
)


def chain(dimension: Dimension, *clues: str) -> Chain:
    return Chain(
        dimension=dimension, clues=tuple(Clue(text=c) for c in clues), conclusion="so it is"
    )


def story(text: str, *chains: Chain) -> Story:
    return Story(id="s", text=text, chains=chains)


@pytest.mark.parametrize(
    ("text", "clue", "words"),
    [
        (LACES, "two empty cups", "two empty cups"),
        (LACES, "TWO EMPTY  CUPS", "two empty cups"),
        (LACES, "the clocks on the wall show noon", "clocks show noon"),
        (LACES, "the man's chin rests on his chest", "man has nodded off, his chin on his chest"),
        (LACES, "the girl is tying the shoe laces", "girl ties the laces of his shoes"),
        (LACES, "a dog barks at a cat", None),
        (LACES, "an empty street", None),
        (LACES, "the", None),
        (LACES, "it is on his", None),
        ("Die Katze schläft. Der Hund bellt laut.", "ein bellender Hund", "Hund bellt"),
        (
            "Ein alter Mann ist auf der Bank eingeschlafen, das Kinn auf der Brust.",
            "der alte Mann, Kinn auf der Brust",
            "alter Mann ist auf der Bank eingeschlafen, das Kinn auf der Brust",
        ),
        ("白いドレスの女が走り、少年が花束を持つ。", "白いドレスの女が走る", "白いドレスの女が走"),
        ("白いドレスの女が走り、少年が花束を持つ。", "駅員の帽子", None),
    ],
)
def test_the_words_of_a_clue_are_found_or_nothing_is(text, clue, words) -> None:
    place = Text(text).place(clue)
    assert (text[place.start : place.end] if place else None) == words


def test_half_of_the_words_are_not_enough_in_two_sentences() -> None:
    text = "A red balloon flies. Somebody holds a string."
    assert Text(text).place("the child holds a red umbrella high") is None


def test_the_sentence_with_most_of_the_words_is_taken() -> None:
    text = "A girl waits. A girl with a red umbrella waits. A girl has a red coat."
    place = Text(text).place("the girl holds a red umbrella")
    assert place is not None
    assert text[place.start : place.end].endswith("girl with a red umbrella")


def test_a_clue_is_no_paragraph() -> None:
    text = f"a red {'very ' * 100} umbrella"
    assert Text(text).place("a red umbrella") is None


def test_each_dimension_of_a_clue_is_marked_and_named() -> None:
    told = story(
        LACES,
        chain(Dimension.EVENT, "two empty cups"),
        chain(Dimension.EVENT_CAUSAL_RELATIONSHIP, "two empty cups"),
        chain(Dimension.TIME, "three clocks show noon"),
    )
    seen = read_html(coloured_story(told))
    _, event = seen.of_class("l0")
    assert "d-event" in str(event["class"])
    (cause,) = seen.of_class("l1")
    assert "d-event-causal-relationship" in str(cause["class"])
    codes = [str(each["title"]) for each in seen.of_class("codes")]
    assert codes == [
        "Time: three clocks show noon",
        "Event, Event Causal Relationship: two empty cups",
    ]
    assert "two empty cupsE·EC at his side" in seen.text


def test_nothing_of_the_text_is_lost_and_nothing_added() -> None:
    told = story(LACES, chain(Dimension.EVENT, "old man nodded off", "chin on his chest"))
    shown = re.sub(r"<small.*?</small>", "", coloured_story(told).split('class="keys"')[0])
    assert LACES in re.sub(r"<[^>]+>", "", shown)


def test_overlapping_clues_nest_and_keep_their_line() -> None:
    text = "An old man in a red coat sleeps on the bench."
    told = story(
        text,
        chain(Dimension.EVENT, "an old man in a red coat"),
        chain(Dimension.CHARACTER_ROLE, "a red coat sleeps on the bench"),
    )
    a, b = spans_of(told).found
    assert a.start < b.start < a.end < b.end
    seen = read_html(coloured_story(told))
    lines = [
        str(each["class"])
        for each in seen.of_class("hit")
        if re.search(r"\bl\d", str(each["class"]))
    ]
    assert lines == [
        "hit l0 first d-event",
        "hit l0 first d-event",
        "hit l1 d-character-role",
        "hit l0 first d-character-role",
    ]


def test_a_clue_that_is_not_told_is_listed_and_not_marked() -> None:
    told = story(LACES, chain(Dimension.MENTAL_STATE, "a wicked smile", "two empty cups"))
    seen = read_html(coloured_story(told))
    assert "Not found in the words of the text: 1" in seen.text
    assert "Mental State 1 of 2" in seen.text


def test_a_sequence_is_marked_where_it_stands() -> None:
    text = "He sleeps. Then he wakes up and falls."
    at = text.index("Then")
    end = len(text)
    there = Passage(kind="sequence", text=text[at:end], start=at, end=end)
    moved = Passage(kind="sequence", text="Then he wakes", start=0, end=4)
    gone = Passage(kind="sequence", text="Later on", start=3, end=9)
    other = Passage(kind="dialogue", text="He sleeps", start=0, end=9)
    spans = spans_of(story(text), [there, moved, gone, other])
    assert [text[s.start : s.end] for s in spans.found] == [text[at:end], "Then he wakes"]
    assert [s.words for s in spans.lost] == ["Later on"]
    seen = read_html(coloured_story(story(text), [there]))
    assert len(seen.of_class("later")) == 2  # in the text and in the legend
    assert "Time sequence 1" in seen.text


def test_paragraphs_stay_and_a_passage_may_run_over_them() -> None:
    text = "One moment.\n\n  Another, later.  \nThe end."
    over = Passage(kind="sequence", text=text[4:24], start=4, end=24)
    seen = read_html(coloured_story(story(text), [over]))
    assert len([p for p in seen.all("p") if p.get("dir") == "auto"]) == 3
    assert len(seen.of_class("later")) == 3
    assert seen.text.count("TS") == 2


def test_a_story_without_chains_is_plain_and_says_so() -> None:
    seen = read_html(coloured_story(story(LACES)))
    assert LACES in seen.text
    assert "nothing is marked" in seen.text
    assert not seen.of_class("hit")


def test_texts_are_escaped_and_carry_no_style_attribute() -> None:
    evil = '<script>x</script> "red" & <b style="x">coat</b>'
    made = coloured_story(story(evil, chain(Dimension.TIME, '"red" & <b', "<i>gone</i>")))
    seen = read_html(made)
    assert not {"script", "b", "i"} & {tag for tag, _ in seen.elements}
    assert not [a for _, a in seen.elements if "style" in a]
    assert seen.of_class("hit")


def test_the_language_is_named() -> None:
    assert 'lang="de"' in coloured_story(story("Ein Satz."), language="de")
    assert "lang" not in coloured_story(story("Ein Satz."), language="plain German")


def test_the_terminal_gets_no_escapes_of_the_story() -> None:
    told = story("\x1b[2J a red coat\x07 hangs.", chain(Dimension.TIME, "a red coat"))
    plain = coloured_text(told, colour=False)
    assert plain == "[2J [a red coat]{T} hangs."
    assert set(re.findall(r"\x1b\[[^m]*m", coloured_text(told))) == {
        "\x1b[38;2;116;71;0;48;2;251;239;214m",
        "\x1b[0m",
    }


@given(
    st.text("ab c.\n和の", min_size=1, max_size=80).filter(str.strip),
    st.lists(st.text("abc 和", min_size=1, max_size=12).filter(str.strip), max_size=5),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=3),
)
@settings(deadline=None, max_examples=80)
def test_any_text_comes_back_whole(text, clues, ends) -> None:
    told = story(text, *(chain(each, c) for each, c in zip(Dimension, clues, strict=False)))
    passages = [
        Passage(kind="sequence", text=told.text[a:b], start=a, end=b) for a, b in ends if a < b
    ]
    made = coloured_story(told, passages)
    read_html(made)
    body = re.sub(r"(?s)<small.*?</small>", "", made.split('<ul class="keys"')[0])
    body = body.split('<p class="unseen"')[0].replace("</p>", " ")
    assert re.sub(r"<[^>]+>", "", body).split() == told.text.split()
    for span in spans_of(told, passages).found:
        assert 0 <= span.start < span.end <= len(told.text)


def test_the_style_can_be_part_of_a_page() -> None:
    Stylesheet(STORY_CSS)
