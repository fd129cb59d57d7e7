"""What a picture must not show: what a text denies, leaves open, or tells of somebody else."""

from __future__ import annotations

import pytest
from staged import kinds, person, scene_of


@pytest.mark.parametrize(
    ("text", "pose"),
    [
        ("Before the gate kneels a man.", "kneel"),
        ("In front of her sit two boys.", "sit"),
        ("On his knees among the apples, a boy waves to nobody.", "kneel"),
        ("A boy in the pear tree sings.", "climb"),
        ("Under one quilt two boys whisper.", "lie"),
        ("A man hangs over the rail.", "lean forward"),
        ("A man slides a plate over the counter.", "stand"),
        ("A man runs a finger along the wall.", "stand"),
        ("A woman, hugged by nobody, waits.", "stand"),
        ("A woman takes a seat.", "sit"),
    ],
)
def test_a_pose_is_what_the_clause_tells(text: str, pose: str) -> None:
    poses = {p.pose for p in scene_of(text).people}
    assert poses == {pose}


def test_nobody_looks_at_what_the_text_does_not_tell() -> None:
    scene = scene_of("A dog runs past. A woman gazes at the ceiling. A man peers through a pipe.")
    assert {p.gaze for p in scene.people} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "A woman waits. A cup stands beside her.",
        "A woman waits next to a lantern and a cup.",
        "A woman reads. Flowers with little flags stand before her.",
        "A woman waits with a whistle round her neck.",
    ],
)
def test_nothing_is_held_that_is_only_near(text: str) -> None:
    assert person(scene_of(text), "woman").holds == ()


def test_who_holds_something_in_the_passive_has_it() -> None:
    scene = scene_of("A nurse sleeps. The umbrella over her is held by a man.")
    assert [h.what for h in person(scene, "man").holds] == ["umbrella"]
    assert person(scene, "nurse").holds == ()


def test_a_thing_whose_place_is_told_lies_on_no_other_table() -> None:
    scene = scene_of("In the kitchen a key hangs from a nail.")
    assert [p.place.on for p in scene.props if p.kind == "key"] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "On the screen a horse jumps over a fence.",
        "A telephone leans on a jar: a girl with a horse waves.",
        "His canvas shows a horse.",
        "A child draws a horse.",
        "On the wall hang two portraits, a boy on a horse and a girl.",
        "A chair is painted with horses. On the horses sits a man.",
        "She turns a page covered with suns, horses and a boat.",
        "A man trots like a horse.",
        "A dog taller than any horse sleeps.",
        "A horse stands on the wall. It is the shadow of a man.",
    ],
)
def test_what_is_only_a_picture_a_shadow_or_a_comparison_is_not_drawn(text: str) -> None:
    assert "horse" not in [a.species for a in scene_of(text).animals]


def test_who_casts_the_shadow_is_there() -> None:
    scene = scene_of("A bear stands on the wall. It is the shadow of a man who squats there.")
    assert [(p.role, p.pose) for p in scene.people] == [("man", "crouch")]


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("A man lifts a trial lens.", "camera"),
        ("A woman ticks a box on the form.", "box"),
        ("A boy pulls her by her apron strings.", "string"),
        ("A man grips the steering wheel.", "tyre"),
        ("She rolls rice paper over the filling.", "paper"),
        ("A cleaner wipes the glass of a window pane.", "glass"),
        ("A kiln stands open in the yard.", "cooker"),
        ("He ties the lace of a trainer on her foot.", "whistle"),
    ],
)
def test_a_compound_or_a_homonym_is_not_another_thing(text: str, absent: str) -> None:
    assert absent not in kinds(scene_of(text))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Four cooks kneel. One cook has put down his pan.", 4),
        ("Two women pull. The buyer smiles. The seller frowns.", 2),
        ("A road sweeper in a cape waits.", 1),
        ("A woman stands on the floor with a plate. A woman stands on the floor.", 1),
        ("Her father passed away. A girl waits.", 1),
        ("Two tourists pose. In the woman's rucksack is a map.", 2),
        ("A judge is no older than she is.", 1),
    ],
)
def test_nobody_is_drawn_twice_or_without_being_there(text: str, people: int) -> None:
    assert len(scene_of(text).people) == people


def test_what_somebody_else_wears_is_not_lent() -> None:
    scene = scene_of("A man waits. In her slippers, a woman runs to the door.")
    assert person(scene, "man").attire == ()
    assert [g.kind for g in person(scene, "woman").attire] == ["slippers"]


def test_ages_behind_people() -> None:
    scene = scene_of("A woman of seventy waits. A girl of fifteen waves. Her old aunt naps.")
    assert person(scene, "woman").age == "elder"
    assert person(scene, "girl").age == "teen"


def test_a_phrase_behind_a_comma_is_about_the_subject() -> None:
    scene = scene_of("A tailor holds out a shirt to a nurse, head bowed.")
    assert person(scene, "nurse").expression != "sad"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A man with a bathroom scale waits.", "anywhere"),
        ("A woman with a hospital band on her wrist waits.", "anywhere"),
        ("Through the window he sees the street.", "anywhere"),
        ("A woman stands on her balcony.", "anywhere"),
        ("A factory hums. A man waits.", "anywhere"),
        ("In the kitchen a man waits.", "kitchen"),
        ("On the school corridor floor lies a coat. A boy waits in the corridor.", "hallway"),
    ],
)
def test_a_place_is_told_or_left_open(text: str, kind: str) -> None:
    assert scene_of(text).setting.kind == kind


@pytest.mark.parametrize(
    ("text", "time", "weather"),
    [
        ("The cooker shows 23:10. A man waits.", "night", "clear"),
        ("A man with a lantern waits.", "night", "clear"),
        ("Under a black cloud a man waits.", "afternoon", "cloudy"),
        ("On the screen snow falls at dawn. A man waits.", "afternoon", "clear"),
        ("The night before, a man left. A man waits.", "afternoon", "clear"),
    ],
)
def test_time_and_weather_are_those_of_the_moment(text: str, time: str, weather: str) -> None:
    setting = scene_of(text).setting
    assert (setting.time_of_day, setting.weather) == (time, weather)


def test_a_calendar_with_words_gets_no_other_date() -> None:
    scene = scene_of("On the wall hangs a calendar that says JUNE 2024. A girl waits.")
    assert [(s.text, s.date) for s in scene.signs] == [("JUNE 2024", None)]


def test_minutes_to_the_hour() -> None:
    scene = scene_of("Under the clock, at four minutes to five, a man waits.")
    assert [s.time for s in scene.signs] == ["4:56"]
