from __future__ import annotations

from storypainter.director.looks import varied
from storypainter.scene import Hair, Person, Scene, Setting


def test_strangers_differ_relatives_are_alike_and_what_is_told_stays():
    people = tuple(Person(id=f"p{i}", role="passer-by") for i in range(8))
    kin = tuple(Person(id=role, role=role) for role in ("mother", "son"))
    told = Person(id="told", role="man", skin="dark", hair=Hair(style="bald", colour="black"))
    scene = Scene(setting=Setting(kind="park"), people=(*people, *kin, told))
    found = {person.id: person for person in varied(scene).people}
    assert len({person.skin for person in found.values()}) > 2
    assert len({person.hair.style for person in found.values()}) > 2
    assert found["mother"].skin == found["son"].skin
    assert found["told"] == told
    assert varied(scene) == varied(scene)
