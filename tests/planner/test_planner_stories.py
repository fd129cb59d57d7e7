"""The stories that come with the planner, checked without the planner's own reader."""

import re
import tomllib
from importlib import resources
from itertools import combinations

import pytest

from storypainter.scene import Scene
from storypainter.story import Dimension

PARK = tomllib.loads(
    (resources.files("storypainter.planner") / "worlds" / "park.toml").read_text("utf-8")
)
STORIES = PARK["story"]
MARK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")

each_story = pytest.mark.parametrize("story", STORIES, ids=[story["id"] for story in STORIES])


def plain(story):
    return " ".join(MARK.sub(r"\1", story["text"]).split())


def clues_of(chain):
    return chain.get("clues", []) + chain.get("because", []) + chain.get("therefore", [])


def causes(story):
    return [c for c in story["chains"] if c["dimension"] == "event_causal_relationship"]


def test_there_are_six_with_ids_and_titles_of_their_own():
    assert len(STORIES) == 6
    assert len({story["id"] for story in STORIES}) == 6
    assert len({story["title"] for story in STORIES}) == 6


@each_story
def test_the_text_is_one_short_moment_without_dialogue(story):
    text = plain(story)
    assert 110 <= len(text.split()) <= 165
    assert not re.search(r"[“”\"\[\]]", text)
    assert not re.search(
        r"\b(then|suddenly|meanwhile|afterwards|later|finally|nearby|said|was|were|had)\b",
        text,
        re.I,
    )


@each_story
def test_every_clue_is_told_seen_and_explains_something(story):
    clues = set(story["clues"])
    elements = [
        e for kind in ("people", "animals", "props", "signs") for e in story["scene"].get(kind, [])
    ]
    assert 8 <= len(clues) <= 12
    assert {match[1] for match in MARK.findall(story["text"])} == clues
    assert {clue for element in elements for clue in element.get("clues", [])} == clues
    assert {clue for chain in story["chains"] for clue in clues_of(chain)} == clues


@each_story
def test_chains_cover_all_dimensions_and_mostly_join_clues(story):
    chains = story["chains"]
    assert 6 <= len(chains) <= 10
    assert {chain["dimension"] for chain in chains} == {each.value for each in Dimension}
    assert sum(len(clues_of(chain)) > 1 for chain in chains) > len(chains) / 2
    assert len(causes(story)) >= 2


@each_story
def test_no_clue_causes_itself(story):
    reaches = {}
    for chain in causes(story):
        for clue in chain["because"]:
            reaches.setdefault(clue, set()).update(chain["therefore"])
    for start in reaches:
        seen, pending = set(), list(reaches[start])
        while pending:
            clue = pending.pop()
            if clue not in seen:
                seen.add(clue)
                pending += reaches.get(clue, ())
        assert start not in seen


@each_story
def test_the_chains_hang_together(story):
    groups = [set(clues_of(chain)) for chain in story["chains"]]
    joined = groups.pop(0)
    while touching := [group for group in groups if group & joined]:
        joined = joined.union(*touching)
        groups = [group for group in groups if group not in touching]
    assert not groups


@each_story
def test_the_scene_is_small_and_everybody_looks_at_what_concerns_them(story):
    scene = Scene.model_validate(story["scene"])
    assert 3 <= len(scene.people) <= 5
    assert len(scene.animals) <= 2
    assert 3 <= len(scene.props) <= 8
    for person in scene.people:
        assert person.gaze not in (None, "viewer")
        assert person.clues
        assert len(person.holds) <= 2
    held = [hold.what for each in (*scene.people, *scene.animals) for hold in each.holds]
    assert len(held) == len(set(held))


@each_story
def test_what_is_lettered_is_told(story):
    for sign in story["scene"]["signs"]:
        assert sign.get("text", "") in plain(story)


def test_the_settings_vary():
    settings = [Scene.model_validate(story["scene"]).setting for story in STORIES]
    assert len({each.time_of_day for each in settings}) >= 5
    assert len({each.season for each in settings}) == 4
    assert {each.weather for each in settings} >= {"clear", "rain", "wind"}


def test_no_two_stories_share_a_turn_of_phrase():
    def five_words(story):
        words = re.findall(r"[\w'-]+", plain(story).lower())
        return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}

    for one, other in combinations(STORIES, 2):
        assert not five_words(one) & five_words(other)
