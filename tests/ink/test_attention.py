"""Whoever is told to look at nothing looks at what matters."""

from __future__ import annotations

import pytest

from storypainter.ink.composition.attention import attend
from storypainter.scene import Animal, Person, Place, Prop, Relation, Scene, Setting


def scene(*elements: Person | Animal | Prop) -> Scene:
    return Scene(
        setting=Setting(kind="park"),
        people=tuple(e for e in elements if isinstance(e, Person)),
        animals=tuple(e for e in elements if isinstance(e, Animal)),
        props=tuple(e for e in elements if isinstance(e, Prop)),
    )


def gazes(made: Scene) -> dict[str, str | None]:
    return {person.id: person.gaze for person in attend(made).people}


def test_bystanders_look_at_whoever_falls() -> None:
    found = gazes(
        scene(
            Person(id="aunt", role="aunt"),
            Person(id="runner", role="man", pose="slip", expression="shocked"),
            Person(id="child", role="girl", age="child"),
        )
    )
    assert found == {"aunt": "runner", "runner": None, "child": "runner"}


def test_a_told_gaze_and_a_deed_that_aims_are_left_alone() -> None:
    found = gazes(
        scene(
            Person(id="a", role="man", gaze="b"),
            Person(id="b", role="woman", relations=(Relation(kind="points_at", target="kite"),)),
            Person(id="c", role="man", pose="dance"),
            Prop(id="kite", kind="kite"),
        )
    )
    assert found["a"] == "b"
    assert found["b"] is None  # the pointing arm says where the eyes go


@pytest.mark.parametrize(
    "busy",
    [
        {"pose": "read"},
        {"pose": "sleep"},
        {"pose": "cover eyes"},
        {"facing": "away"},
        {"expression": "daydreaming"},
        {"expression": "asleep", "pose": "sit"},
    ],
)
def test_who_is_busy_asleep_or_turned_away_looks_at_nobody(busy: dict[str, str]) -> None:
    idle = Person.model_validate({"id": "a", "role": "man", **busy})
    dancer = Person(id="b", role="woman", pose="dance", expression="laughing")
    assert gazes(scene(idle, dancer))["a"] is None


def test_all_follow_the_eyes_of_the_others() -> None:
    people = [Person(id=f"p{n}", role="man", gaze="parcel") for n in range(2)]
    found = gazes(scene(*people, Person(id="new", role="woman"), Prop(id="parcel", kind="parcel")))
    assert found["new"] == "parcel"


def test_a_thing_in_an_unusual_state_draws_the_eyes() -> None:
    found = gazes(
        scene(
            Person(id="a", role="man", importance=0.3),
            Person(id="b", role="woman", importance=0.3),
            Prop(id="vase", kind="vase", state="broken", importance=0.9),
        )
    )
    assert set(found.values()) == {"vase"}


def test_where_nothing_happens_people_look_at_each_other_and_the_lonely_ahead() -> None:
    pair = [Person(id=name, role="man", importance=0.3) for name in ("a", "b")]
    assert gazes(scene(*pair)) == {"a": "b", "b": "a"}
    assert gazes(scene(Person(id="a", role="man"))) == {"a": None}


def test_nobody_looks_at_what_carries_or_fills_their_own_hands() -> None:
    made = scene(
        Person(id="a", role="man", sits_on="bench"),
        Prop(id="bench", kind="bench", importance=1.0, place=Place()),
    )
    assert gazes(made) == {"a": None}
