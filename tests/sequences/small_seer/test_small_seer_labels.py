from __future__ import annotations

from storypainter.picture import Picture, Region
from storypainter.scene import Animal, Garment, Hair, Person, Prop, Scene, Setting, Sign
from storypainter.sequence import Character, Depiction, Frame, Sequence
from storypainter.sequences.small_seer.labels import LONGEST, labels_of_frame, labels_of_scene


def region(element: str, kind: str) -> Region:
    return Region(
        element=element, kind=kind, box=(0, 0, 4, 4), visible=1, side="left", quadrant="top left"
    )


def sequence(*shown: Depiction, regions: tuple[Region, ...] = (), place: str = "the park"):
    picture = Picture(
        file="pictures/a.png", sha256="0" * 64, media_type="image/png", width=8, height=8,
        painter="ink", regions=regions,
    )  # fmt: skip
    return Sequence(
        id="s",
        kind="generated",
        source="s",
        characters=(Character(id="ann", name="the girl", look="in a red coat", role="girl"),),
        frames=(Frame(picture=picture, place=place, shown=shown),),
    )


def test_a_scene_names_its_elements_and_its_place() -> None:
    person = Person(
        id="ann", role="girl", age="child", gender="female", pose="climb", expression="happy",
        attire=(Garment(kind="boots"), Garment(kind="coat", colour="red")), hair=Hair(),
    )  # fmt: skip
    scene = Scene(
        setting=Setting(kind="park", time_of_day="evening", weather="rain"),
        people=(person, Person(id="bob", role="man")),
        animals=(Animal(id="rex", species="dog", pose="sit"),),
        props=(Prop(id="tree", kind="apple tree"),),
        signs=(Sign(id="note", kind="notice", text="STOP"),),
    )
    found = labels_of_scene(scene)
    assert found.whole == {"setting": "park", "time of day": "evening", "weather": "rain"}
    assert found.elements["ann"] == {
        "kind": "person", "what": "girl", "age": "child", "gender": "female", "pose": "climb",
        "expression": "happy", "look": "red coat",
    }  # fmt: skip
    assert "gender" not in found.elements["bob"]
    assert "look" not in found.elements["bob"]
    assert found.elements["rex"] == {"kind": "animal", "what": "dog", "pose": "sit"}
    assert found.elements["tree"] == {"kind": "thing", "what": "apple tree"}
    assert found.elements["note"] == {"kind": "thing", "what": "notice"}


def test_a_frame_names_who_its_regions_are_and_what_they_do() -> None:
    given = sequence(
        Depiction(character="ann", action="Climbs the tree.", emotion="Proud"),
        regions=(region("ann", "person"), region("x", "person"), region("tree", "apple tree")),
    )
    found = labels_of_frame(given, given.frames[0])
    assert found.whole == {"place": "the park"}
    assert found.elements["ann"] == {
        "kind": "person", "what": "girl", "look": "in a red coat", "verb": "climbs",
        "action": "climbs the tree", "emotion": "proud",
    }  # fmt: skip
    assert found.elements["x"] == {"kind": "person"}
    assert found.elements["tree"] == {"kind": "thing", "what": "apple tree"}


def test_what_is_not_known_is_absent_and_a_narrative_is_no_class() -> None:
    given = sequence(
        Depiction(character="ann", action="runs " * 200),
        regions=(region("ann", "person"),),
        place="",
    )
    found = labels_of_frame(given, given.frames[0])
    assert found.whole == {}
    assert "emotion" not in found.elements["ann"]
    assert len(found.elements["ann"]["action"]) == LONGEST


def test_a_frame_without_regions_has_no_elements() -> None:
    given = sequence(Depiction(character="ann", action="runs"))
    assert labels_of_frame(given, given.frames[0]).elements == {}
