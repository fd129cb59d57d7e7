"""Checking pools, our own one first."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from storypainter.pools import Finding, Pool, check_pool, load_pool, mentions
from storypainter.pools.wording import words_of
from storypainter.story import Chain, Dimension, Story

OWN = load_pool("own").stories
WORDY = "A goat stands in the lift and eats half a hat while its owner, a thin man, holds the door."
THEMES = ("place", "locale", "time", "season", "mood", "event", "relation", "ages")


def pool_of(*stories: Story) -> Pool:
    return Pool.of("p", stories, "here")


def test_our_pool_has_nothing_to_find() -> None:
    report = check_pool("own")
    assert report.findings == ()
    assert report.ok
    assert report.stories == len(OWN) >= 120
    assert all(report.dimensions[dimension] >= 10 for dimension in Dimension)


@pytest.mark.parametrize("story", OWN, ids=lambda story: story.id)
def test_our_stories_keep_to_their_form(story: Story) -> None:
    assert 90 <= story.words <= 170
    assert story.gist
    assert story.title
    assert 6 <= len(story.chains) <= 10
    assert len({chain.dimension for chain in story.chains}) >= 6
    assert set(story.themes) == set(THEMES)
    assert len(story.entities) >= 8
    rich = [chain for chain in story.chains if len(chain.clues) > 1]
    assert len(rich) > len(story.chains) / 2
    assert story.origin is None
    assert ":" not in story.id
    assert "\n" not in story.text
    assert not re.search(
        r"\b(says?|asks?|shouts?|whispers?|replies|cries out)\s*[,:]?\s*[\"“]", story.text
    )
    assert not re.search(r"tipping stool|cookie|biscuit jar|park bench", story.text)


def test_our_pool_is_varied() -> None:
    values = {theme: {story.themes[theme].casefold() for story in OWN} for theme in THEMES}
    assert len(values["place"]) >= 40
    assert len(values["locale"]) >= 12
    assert len(values["mood"]) >= 8
    assert {"winter", "spring", "summer", "autumn"} <= values["season"]
    assert max(Counter(s.themes["event"] for s in OWN).values()) <= len(OWN) / 4
    assert max(Counter(s.themes["locale"] for s in OWN).values()) <= 5


def test_our_stories_are_far_apart() -> None:
    for one, other in combinations(OWN, 2):
        first, second = (set(words_of(story.text)) for story in (one, other))
        assert len(first & second) / len(first | second) < 0.35, (one.id, other.id)
        assert one.text.split()[:5] != other.text.split()[:5], (one.id, other.id)
    openings = Counter(" ".join(story.text.split()[:2]) for story in OWN)
    assert max(openings.values()) <= len(OWN) / 10, openings.most_common(3)


def test_findings_on_one_story() -> None:
    story = Story(
        id="a",
        text=WORDY,
        entities=("goat", "half a hat", "umbrella"),
        chains=(
            Chain.from_notation("goat + hat -> The goat eats a hat.", Dimension.EVENT),
            Chain.from_notation("lanterns -> It is evening.", Dimension.TIME),
        ),
        notes=("a chain was left out",),
    )
    messages = [f.message for f in check_pool(pool_of(story)).findings if f.story_id == "a"]
    assert messages == [
        "20 words, outside 40 to 260",
        "a chain was left out",
        "entity 'umbrella' is not in the text",
        "clue 'lanterns' shares no word with the text",
    ]


def test_findings_on_the_whole_pool() -> None:
    report = check_pool(
        pool_of(
            Story(id="a", text=WORDY * 3),
            Story(
                id="b",
                text="  " + (WORDY * 3).upper().replace(" ", "\n "),
                chains=(Chain.from_notation("goat -> It is hungry.", Dimension.MENTAL_STATE),),
            ),
        )
    )
    assert Finding("warning", "b", "the same text as story 'a'") in report.findings
    assert any("shows 3 examples" in finding.message for finding in report.findings)
    uncovered = [f.message for f in report.findings if "no story has a Chain" in f.message]
    assert len(uncovered) == 6
    assert report.ok
    assert (report.stories, report.chains) == (2, 1)
    assert report.words is not None


def test_every_bad_row_of_a_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("img_id,story\n1,One\n1,Two\n,Three\n4,\n5,Five\n")
    report = check_pool(path)
    errors = [f for f in report.findings if f.severity == "error"]
    assert [f.message.partition(":")[0] for f in errors] == ["line 3", "line 4", "line 5"]
    assert report.stories == 2


@pytest.mark.parametrize(
    ("text", "phrase", "gap", "found"),
    [
        ("Two Foxes wait.", "fox", 0, True),
        ("A fox waits.", "foxes", 0, True),
        ("The knives lie there.", "a knife", 0, True),
        ("Cherries!", "cherry", 0, True),
        ("The children sit.", "child", 0, True),
        ("The dog's bowl.", "dog", 0, True),
        ("a red, dripping umbrella", "red umbrella", 1, True),
        ("a red, dripping umbrella", "red umbrella", 0, False),
        ("an umbrella, red", "red umbrella", 2, False),
        ("a catalogue", "cat", 0, False),
        ("glass", "gla", 0, False),
        ("STRASSE", "Straße", 0, True),
        ("cafe\u0301", "café", 0, True),
        ("少年が傘を二本持つ", "傘", 0, True),
        ("少年が立つ", "傘", 0, False),
        ("nothing", "!", 0, False),
        ("", "a dog", 0, False),
        ("a", "a", 0, True),
        ("the tailor’s chalk", "tailor's chalk", 0, True),
    ],
)
def test_mentions(text: str, phrase: str, gap: int, found: bool) -> None:
    assert mentions(text, phrase, gap=gap) is found
