"""People who do something together: gazes, targets of deeds, and where small things are."""

from __future__ import annotations

import pytest
from staged import kinds, person, scene_of

from storypainter.director import direct


def test_everybody_looks_at_somebody_or_something() -> None:
    scene = scene_of("A dog runs in the park. A boy and a girl stand there. A man waits.")
    assert {p.gaze for p in scene.people} == {"dog"}
    assert "neutral" not in {p.expression for p in scene.people}


def test_who_acts_on_somebody_looks_there() -> None:
    scene = scene_of("A cat sleeps. A woman in the street follows a boy.")
    assert person(scene, "woman").gaze == "boy"


def test_eyes_on_something_are_a_gaze() -> None:
    scene = scene_of("A woman holds a kite. A boy waits, his eyes on the kite.")
    assert ("looks_at", "kite") in [(r.kind, r.target) for r in person(scene, "boy").relations]


@pytest.mark.parametrize("verb", ["pulls", "pushes", "lifts", "hugs", "reaches for"])
def test_a_deed_without_anything_to_do_it_to_is_no_pose(verb: str) -> None:
    pose = scene_of(f"In the street a man {verb} with all his might.").people[0].pose
    assert pose not in ("pull", "push", "lift", "hug", "reach up")


def test_a_deed_has_its_target() -> None:
    scene = scene_of("In the street a man pushes a car.")
    assert person(scene, "man").pose == "push"
    assert [(r.kind, r.target) for r in person(scene, "man").relations] == [("pushes", "car")]


def test_hands_are_pushed_by_nobody() -> None:
    assert scene_of("A boy pushes his hands into the water.").people[0].pose != "push"


def test_two_pull_at_one_rope() -> None:
    scene = scene_of("Two scouts pull at the same rope.")
    assert [p.pose for p in scene.people] == ["pull", "pull"]
    assert [[h.what for h in p.holds] for p in scene.people] == [["rope"], []]
    assert ("pulls", "rope") in [(r.kind, r.target) for r in scene.people[1].relations]


def test_what_is_somebodys_is_in_the_hand_or_worn() -> None:
    scene = scene_of("In the street a woman waits, and her book is red. A boy with a satchel runs.")
    assert [h.what for h in person(scene, "woman").holds] == ["book"]
    assert "school bag" in [g.kind for g in person(scene, "boy").attire]
    assert kinds(scene) == ["book"]


def test_a_small_thing_of_which_no_place_is_told_lies_on_no_table() -> None:
    scene = scene_of("In the kitchen there are scissors. A woman claps.")
    scissors = next(p for p in scene.props if p.kind == "scissors")
    assert scissors.place.on is None
    assert kinds(scene) == ["scissors"]


def test_few_small_things_stand_on_the_ground() -> None:
    text = "In the street there are an egg, a cup, a plate, a jar, a key, a candle and a fork."
    direction = direct(text)
    loose = [p for p in direction.scene.props if p.place.on is None and p.kind != "park bench"]
    assert len(loose) <= 6
    left = {m.text for m in direction.missed}
    assert len(loose) + len([p for p in direction.scene.props if p.place.on]) + len(left) == 7


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("At the harbour a man waits by the stairs.", "stairs"),
        ("In the park a plane with two wings stands behind a girl.", "plane"),
        ("In the kitchen a woman sees a car.", "car"),
        ("On the pier a sofa stands beside a man.", "sofa"),
    ],
)
def test_what_belongs_elsewhere_is_left_out_and_said(text: str, kind: str) -> None:
    direction = direct(text)
    assert kind not in kinds(direction.scene)
    assert any("belongs elsewhere" in m.reason for m in direction.missed)


def test_a_door_in_the_street_is_that_of_a_house() -> None:
    direction = direct("In the street a man knocks at a door.")
    assert kinds(direction.scene) == ["house front"]
    assert ("door", "house-front") in [(m.text, m.element) for m in direction.understood]


def test_by_day_only_a_lamp_that_is_told_to_be_lit_is() -> None:
    day = scene_of("In the morning a man holds a lantern.")
    lit = scene_of("In the morning a man holds a lit lantern.")
    assert [p.state for p in day.props] == ["off"]
    assert [p.state for p in lit.props] == ["lit"]


def test_nobody_stands_on_a_fence_but_in_a_chair_one_sits() -> None:
    scene = scene_of("In the garden a girl is on the fence. In a chair, a woman waits.")
    assert {p.stands_on for p in scene.people} == {None}
    assert person(scene, "woman").sits_on == "garden-chair"


def test_members_of_a_group_differ() -> None:
    scene = scene_of("Three boys are in the park. A dog barks.")
    assert len({p.hair.style for p in scene.people}) == 3


def test_of_a_crowd_only_some_are_drawn() -> None:
    scene = scene_of("Men, women, boys, girls and nurses watch a dog in the park.")
    assert len(scene.people) <= 10
    assert {p.role for p in scene.people} == {"man", "woman", "boy", "girl", "nurse"}


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("Under glass in the museum hall lies a bone.", "museum"),
        ("The park lamps are lit, and a man waits.", "park"),
        ("Between the balconies of a narrow street hangs a basket.", "street"),
        ("As big as an armchair, a pumpkin lies in the market.", "market"),
        ("In the sleeping car a man sleeps in his berth.", "anywhere"),
        ("In the snow a man stands in the garden.", "snowy yard"),
    ],
)
def test_settings(text: str, setting: str) -> None:
    assert direct(text).scene.setting.kind == setting


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("A boy in the bow of a boat waves.", "ribbon"),
        ("Yellow plane leaves lie in the street.", "plane"),
    ],
)
def test_words_mean_what_stands_beside_them(text: str, absent: str) -> None:
    assert absent not in kinds(scene_of(text))


def test_a_queen_of_chess_is_nobody() -> None:
    assert scene_of("At the chess tables a man moves his queen.").people[1:] == ()
