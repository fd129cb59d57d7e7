"""A Brief in hindsight asks for nothing that its story doesn't tell."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.evaluators.summaries import lexicon_groups
from storypainter.pools import load_pool
from storypainter.pools.wording import mentions
from storypainter.scene import Scene, Setting
from storypainter.story import Brief, Story
from storypainter.training.distilling.drawing import Draw
from storypainter.training.distilling.hindsight import (
    MOST_THINGS,
    brief_in_hindsight,
    is_plural,
    setting_of,
    things_of,
)

STORIES = load_pool("own_train").stories
PIER = Story(
    id="pier",
    text="A tourist turns out an empty ring box on the pier. Beside an old sailor, asleep like a "
    "tired cow, sparkles a ring. Paper lanterns hang over two girls with apples in their hands, "
    "and bread lies on an umbrella.",
    entities=(
        "tourist",
        "sailor",
        "ring box",
        "ring",
        "paper lantern",
        "apple",
        "bread",
        "umbrella",
    ),
    themes={"place": "pier", "event": "mishap", "season": "unknown"},
)


@given(at=st.integers(0, len(STORIES) - 1), seed=st.integers(0, 10**6))
def test_what_is_asked_for_occurs_in_the_text(at: int, seed: int) -> None:
    story = STORIES[at]
    brief = brief_in_hindsight(story, None, Draw(seed, story.id))
    assert len(brief.required) <= MOST_THINGS
    assert all(mentions(story.text, thing) for thing in brief.required)
    assert brief.setting in ("", story.themes["place"])
    assert brief.theme in ("", story.themes["event"])
    assert brief == brief_in_hindsight(story, None, Draw(seed, story.id))
    people = lexicon_groups()["people"]
    assert not any(thing.rpartition(" ")[2] in people for thing in brief.required)


def test_things_are_named_as_the_text_names_them() -> None:
    assert things_of(PIER) == [
        "a ring box", "a ring", "paper lanterns", "apples", "bread", "an umbrella",
    ]  # fmt: skip
    assert [each for each in things_of(PIER) if is_plural(each)] == ["paper lanterns", "apples"]


def test_an_adjective_comes_from_the_text() -> None:
    named = {thing for seed in range(40) for thing in things_of(PIER, Draw(seed, "pier"))}
    assert {"a ring box", "an empty ring box"} <= named
    assert not any("tired" in each for each in named)


def test_some_rows_ask_for_nothing_and_some_for_the_setting_alone() -> None:
    briefs = [brief_in_hindsight(PIER, None, Draw(seed, "pier")) for seed in range(2000)]
    kinds = Counter(
        "nothing" if each == Brief() else "setting" if each == Brief(setting="pier") else "things"
        for each in briefs
    )
    assert 150 < kinds["nothing"] < 250
    assert 330 < kinds["setting"] < 470
    assert Counter(len(each.required) for each in briefs if each.required).keys() == {1, 2, 3}
    assert any(each.theme for each in briefs)


@pytest.mark.parametrize(
    ("themes", "scene", "setting"),
    [
        ({"place": "pier"}, None, "pier"),
        ({"place": "unknown"}, None, ""),
        ({}, None, ""),
        ({"place": "pier"}, Scene(setting=Setting(kind="kitchen")), "kitchen"),
    ],
)
def test_the_setting_is_the_scenes_or_the_themes_or_unknown(
    themes: dict[str, str], scene: Scene | None, setting: str
) -> None:
    assert setting_of(Story(id="a", text="A dog sleeps.", themes=themes), scene) == setting


def test_a_story_that_names_nothing_asks_for_nothing_it_lacks() -> None:
    story = Story(id="a", text="Nobody is there.")
    assert {brief_in_hindsight(story, None, Draw(seed, "a")) for seed in range(50)} == {Brief()}
