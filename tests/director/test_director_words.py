"""The gazetteer and what is counted with it."""

from __future__ import annotations

import json
import re

import pytest

from storypainter.director.direction import direct_for
from storypainter.director.drawable import vanished
from storypainter.director.gazetteer import KINDS, gazetteer
from storypainter.director.inscriptions import inscriptions, time_in, writable
from storypainter.director.measuring import completed, coverage, half_of_pool
from storypainter.director.needs import as_markdown, ranking, situations, stories
from storypainter.ink import vocabulary
from storypainter.vocabulary import painter_vocabulary

_WORD = re.compile(r"^[a-z][a-z0-9]*([ -][a-z0-9]+)*$")


def test_every_word_that_a_scene_may_get_is_a_word_of_scenes() -> None:
    groups = [g for g in gazetteer().groups if g.kind != "relation"]
    assert [g.word for g in groups if not _WORD.match(g.word)] == []


def test_every_word_is_drawable_or_listed_as_not_drawable_yet() -> None:
    assert vanished(painter_vocabulary()) == []


def test_a_group_is_drawn_by_whichever_word_the_painter_has() -> None:
    words = painter_vocabulary()
    bench = gazetteer().group("ball", "prop")
    assert bench is not None
    assert bench.drawn_as("golf ball", words) == "ball"
    fitting = [g for kind in KINDS for g in gazetteer().groups if g.kind == kind]
    assert {g.drawn_as(g.word, words) is None for g in fitting} == {True, False}


def test_situations_are_two_hundred_single_lines() -> None:
    rows = situations()
    assert (
        len(rows) == len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == 200
    )
    assert all("\n" not in row["text"] and row["setting"] for row in rows)


def test_needs_are_counted_in_texts_and_ranked() -> None:
    lists = ranking()
    things = lists["things"]
    assert len(things) == 250
    totals = [row["pool"] + row["situations"] for row in things]
    assert totals == sorted(totals, reverse=True)
    assert all(row["pool"] <= len(stories()) and row["situations"] <= 200 for row in things)
    drawn = {row["word"]: row["drawn_as"] for row in lists["roles"]}
    assert drawn["boy"] == "boy"
    assert json.dumps(lists)
    assert "| 1 | " in as_markdown(lists)


def test_the_painters_own_words_are_read_from_its_file() -> None:
    assert set(painter_vocabulary().props) <= set(vocabulary()["props"])


@pytest.mark.parametrize("half", ["development", "held-out"])
def test_the_halves_of_the_pool_do_not_overlap(half: str) -> None:
    ids = (
        {s["id"] for s in half_of_pool("development")},
        {s["id"] for s in half_of_pool("held-out")},
    )
    assert not ids[0] & ids[1]
    assert len(ids[0] | ids[1]) == len(stories())


def test_coverage_counts_entities_that_became_visible() -> None:
    text = "A boy in a coat holds a ball. There is no dog."
    story = {"id": "x", "text": text, "entities": ["boy", "ball", "dog", "coat"]}
    found = coverage(story, direct_for(completed(painter_vocabulary()), text))
    assert (found.visible, found.hidden) == (("boy", "ball", "coat"), ("dog",))
    assert found.share == 0.75


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("at 12.30", "12:30"),
        ("quarter to one", "12:45"),
        ("twenty past eleven", "11:20"),
        ("half to nine", None),
        ("25:70", None),
        ("nothing", None),
    ],
)
def test_times(text: str, time: str | None) -> None:
    assert time_in(text) == time


def test_capitals_are_written_but_an_i_or_a_tv_is_not() -> None:
    text = "I see a TV and a door marked EXIT ONLY."
    assert [words for _, _, words in inscriptions(text)] == ["EXIT ONLY"]


def test_letters_that_no_pen_has_are_left_out() -> None:
    assert writable("CAFÉ \x00\U0001f600 №5") == "CAFÉ №5"
