"""Scene: JSON, references, words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from json_values import scenes
from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.scene import (
    GAZE_WORDS,
    Animal,
    Hold,
    Person,
    Place,
    Prop,
    Relation,
    Scene,
    Setting,
    Sign,
)

PARK = Setting(kind="park")


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(scenes())
def test_a_scene_comes_back_from_its_json(scene):
    again = Scene.from_json(scene.to_json())
    assert again == scene
    assert [e.id for e in again.elements] == [e.id for e in scene.elements]
    assert Scene.model_validate(scene.to_plain()) == scene


def person(**fields: object) -> Person:
    return Person(id="boy", role="boy", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"place": Place(near="nobody")}, "people[0].place.near"),
        ({"place": Place(on="nobody")}, "people[0].place.on"),
        ({"sits_on": "nobody"}, "people[0].sits_on"),
        ({"stands_on": "nobody"}, "people[0].stands_on"),
        ({"gaze": "nobody"}, "people[0].gaze"),
        ({"holds": (Hold(what="ball"), Hold(what="nobody"))}, "people[0].holds[1]"),
        ({"relations": (Relation(kind="hugs", target="nobody"),)}, "people[0].relations[0]"),
    ],
)
def test_a_reference_to_nobody_is_named(fields, place):
    ball = Prop(id="ball", kind="ball")
    with pytest.raises(ValidationError, match="no element 'nobody'") as caught:
        Scene(setting=PARK, people=(person(**fields),), props=(ball,))
    assert place in str(caught.value)


@pytest.mark.parametrize(
    "fields", [{"gaze": "boy"}, {"sits_on": "boy"}, {"holds": (Hold(what="boy"),)}]
)
def test_nobody_refers_to_themselves(fields):
    with pytest.raises(ValidationError, match="refers to itself"):
        Scene(setting=PARK, people=(person(**fields),))


@pytest.mark.parametrize("word", sorted(GAZE_WORDS))
def test_directions_of_gaze_are_no_references(word):
    assert Scene(setting=PARK, people=(person(gaze=word),)).people[0].gaze == word


def test_animals_are_checked_too():
    dog = Animal(id="dog", species="dog", gaze="ghost")
    with pytest.raises(ValidationError, match=r"animals\[0\].gaze"):
        Scene(setting=PARK, animals=(dog,))


def test_ids_are_unique_over_all_kinds():
    with pytest.raises(ValidationError, match="used twice"):
        Scene(setting=PARK, people=(person(),), props=(Prop(id="boy", kind="ball"),))


def test_an_empty_scene_is_a_scene():
    assert Scene(setting=PARK).elements == ()


@pytest.mark.parametrize("word", ["", "Bench", "two  words", "a_b", "-a", "x" * 61, "bänk", "a\n"])
def test_words_of_the_vocabulary_are_plain(word):
    with pytest.raises(ValidationError):
        Setting(kind=word)


@pytest.mark.parametrize(
    ("colour", "fine"), [("#a0b1c2", True), ("dark red", True), ("#FFF", False)]
)
def test_colours(colour, fine):
    if fine:
        assert Prop(id="p", kind="ball", colour=colour).colour == colour
    else:
        with pytest.raises(ValidationError):
            Prop(id="p", kind="ball", colour=colour)


def test_a_sign_says_something():
    with pytest.raises(ValidationError, match="a text, a time or a date"):
        Sign(id="s", text="  ")
    assert Sign(id="s", time="8:59").time == "8:59"
    for time in ("24:00", "12:60", "noon"):
        with pytest.raises(ValidationError):
            Sign(id="s", time=time)


@pytest.mark.parametrize("importance", [-0.1, 1.1, float("nan")])
def test_importance_is_a_share(importance):
    with pytest.raises(ValidationError):
        Prop(id="p", kind="ball", importance=importance)


def test_bad_json():
    with pytest.raises(BadInput, match="not a valid Scene: setting: Field required"):
        Scene.from_json("{}")
    with pytest.raises(BadInput, match="coordinates"):
        Scene.from_json('{"setting": {"kind": "park"}, "coordinates": [1]}')
