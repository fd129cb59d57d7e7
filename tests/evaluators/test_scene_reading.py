"""The structural judge: what is read of a Scene, and which sentences it bears out."""

from __future__ import annotations

import pytest

from storypainter.evaluators.scene_reading import SEEN, letters, read_scene
from storypainter.evaluators.scene_reading_judge import shows
from storypainter.evaluators.scene_reading_lexicon import lexicon, singular
from storypainter.evaluators.scene_reading_sentence import ask
from storypainter.picture import Region
from storypainter.scene import (
    Animal,
    Garment,
    Hold,
    Person,
    Place,
    Prop,
    Scene,
    Setting,
    Sign,
)
from storypainter.vocabulary import painter_vocabulary

SCENE = Scene(
    setting=Setting(kind="park", time_of_day="night", weather="rain", season="autumn"),
    people=(
        Person(
            id="e1",
            role="girl",
            age="child",
            gender="female",
            attire=(Garment(kind="wellington boots", colour="crimson"),),
            pose="shush",
            expression="laughing",
            holds=(Hold(what="e3"),),
            gaze="e2",
        ),
        Person(
            id="e2",
            role="old man",
            age="elder",
            gender="male",
            attire=(Garment(kind="suit jacket", colour="slate"),),
            pose="sit",
            expression="sad",
            sits_on="e4",
        ),
    ),
    animals=(Animal(id="e6", species="parrot", pose="fly"),),
    props=(
        Prop(id="e3", kind="gift box"),
        Prop(id="e4", kind="park bench"),
        Prop(id="e5", kind="umbrella", state="open", colour="red"),
        Prop(id="e8", kind="chair", place=Place(near="e4")),
    ),
    signs=(Sign(id="e7", kind="poster", text="Great show at 8"),),
)


def regions(**free: float) -> list[Region]:
    return [
        Region(
            element=each.id,
            kind="thing",
            box=(0, 0, 10, 10),
            visible=free.get(each.id, 1.0),
            side="left",
            quadrant="top left",
        )
        for each in SCENE.elements
        if free.get(each.id, 1.0) >= 0
    ]


def holds(sentence: str, **free: float) -> bool | None:
    return shows(read_scene(SCENE, regions(**free)), sentence).holds


@pytest.mark.parametrize(
    "sentence",
    [
        "The girl holds a parcel.",
        "The girl keeps a forefinger on the lips.",
        "The girl smiles with every tooth.",
        "The girl looks at the old man.",
        "The girl wears red wellingtons.",
        "The picture shows a grey suit.",
        "The old man sits on a bench.",
        "The corners of the old man's mouth have dropped.",
        "A parrot beats its wings.",
        "A bird flies.",
        "A red umbrella stands open.",
        "A poster promises GREAT SHOW AT 8.",
        'A poster says "Great show at 8".',
        "It is night in the park.",
    ],
)
def test_what_is_there_holds(sentence):
    assert holds(sentence) is True


@pytest.mark.parametrize(
    "sentence",
    [
        "The boy holds a parcel.",
        "The girl holds a watering can.",
        "The girl sits on a bench and weeps.",
        "The girl wears green wellingtons.",
        "The old woman sits on a bench.",
        "A dog barks at the girl.",
        "A blue umbrella stands open.",
        "A poster promises FREE ICE CREAM.",
        "The old man wears red wellingtons.",
        "The old man looks at the girl.",
        "The parrot holds a parcel.",
    ],
)
def test_what_is_not_there_does_not_hold(sentence):
    assert holds(sentence) is False


def test_what_is_hidden_is_not_there():
    assert holds("A parrot beats its wings.", e6=SEEN) is True
    assert holds("A parrot beats its wings.", e6=SEEN - 0.01) is False
    assert holds("A parrot beats its wings.", e6=-1) is False  # no Region at all


def test_what_carries_somebody_may_be_covered_further():
    assert holds("The old man sits on a bench.", e4=0.3) is True
    assert holds("The old man sits on a bench.", e4=0.1) is False
    assert holds("A chair stands there.", e8=0.3) is False  # nobody sits on it


def test_ids_and_clues_are_not_looked_at():
    renamed = SCENE.to_json()
    for number in range(1, 9):
        renamed = renamed.replace(f'"e{number}"', f'"z{number}.umbrella"')
    other = Scene.from_json(renamed)
    marked = [
        each.model_copy(update={"element": f"z{each.element[1:]}.umbrella", "clues": ("x",)})
        for each in regions()
    ]
    assert read_scene(other, marked) == read_scene(SCENE, regions())


def test_a_degree_says_how_much_is_told():
    reading = read_scene(SCENE, regions())
    assert shows(reading, "The girl holds a parcel.").degree == 1.0
    missing = shows(reading, "The girl holds a watering can.")
    assert missing.degree == pytest.approx(0.25)
    assert missing.missing == ("can",)


def test_an_unknown_thing_gets_no_answer_unless_something_known_is_missing():
    reading = read_scene(SCENE, regions())
    unknown = shows(reading, "A unicorn stands beside the bench.")
    assert unknown.holds is None
    assert "unicorn" in unknown.absent
    assert shows(reading, "A unicorn stands beside the dog.").holds is False


def test_a_sentence_of_which_nothing_is_known_gets_no_answer():
    assert shows(read_scene(SCENE, regions()), "Hope prevails.").absent == "no word of it is known"


def test_an_empty_picture_shows_nothing():
    reading = read_scene(Scene(setting=Setting(kind="park")), ())
    assert shows(reading, "The girl holds a parcel.").holds is False
    assert shows(reading, "Somebody smiles.").holds is False


def test_what_a_sentence_asks():
    asked = ask("The old woman's note says TWINS! ROOM 7 beside a red tie.")
    assert asked.read == ("TWINS ROOM 7",)
    assert [(each.noun, each.colours) for each in asked.named] == [
        ("woman", frozenset()),
        ("note", frozenset()),
        ("tie", frozenset({"red"})),
    ]
    assert ask("The clock says 9:30.").read == ("9 30",)


@pytest.mark.parametrize(
    ("word", "one"),
    [("boxes", "box"), ("glass", "glass"), ("teeth", "tooth"), ("cherries", "cherry"),
     ("Balloons", "balloon"), ("bus", "bus"), ("loaves", "loaf"), ("gas", "gas")],
)  # fmt: skip
def test_singular(word, one):
    assert singular(word) == one


def test_letters_are_compared_without_marks():
    assert letters("Twins! Room 7.") == "TWINS ROOM 7"


def test_the_lexicon_speaks_of_the_painter_s_words():
    vocabulary, known = painter_vocabulary(), lexicon()
    kinds = {
        word
        for kind in ("prop", "animal", "sign", "role", "garment")
        for word in vocabulary.words(kind)
    }
    assert not set(known.names) - kinds
    assert not set(vocabulary.expressions) - set(known.looks) - {"neutral"}
    assert not set(vocabulary.poses) - set(known.looks)
    assert {known.colours[each] for each in known.colours} <= vocabulary.colours
