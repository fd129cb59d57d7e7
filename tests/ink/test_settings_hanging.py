"""Where signs hang: on wall that is really bare, on cords, or on posts; and the light they hang in."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET

import pytest

from storypainter import ink
from storypainter.ink.composition.planning import plan_scene
from storypainter.ink.kits import ON_CORDS, ON_POST, ON_WALL
from storypainter.ink.settings import KITS
from storypainter.scene import Scene

INDOORS = sorted(word for word, kit in KITS.items() if kit.indoors)
WITH_WALL = [word for word in INDOORS if KITS[word].hung == "wall"]
SIGNS = (
    {"id": "poster", "kind": "poster", "text": "SUMMER FAIR"},
    {"id": "board", "kind": "whiteboard", "text": "40 TODAY!"},
    {"id": "calendar", "kind": "calendar", "date": "2024-02-14"},
)
SIZES = ((1024, 1024), (1536, 1024), (768, 1024))


def planned(kind, size=(1024, 1024), **parts):
    setting = {"kind": kind, "time_of_day": parts.pop("hour", "noon")}
    scene = Scene.model_validate({"setting": setting, **parts})
    return plan_scene(scene, KITS[kind], *size)


def fixed_box(made, name):
    """(left, top, right, bottom) in pixels of a unit that has its place at the wall."""
    unit = made.units[made.where[name][0]]
    assert unit.fixed is not None
    x, y = unit.fixed[0] * made.stage.width, unit.fixed[1] * made.stage.height
    cm, box = made.stage.cm(y), unit.boxes[0]
    return x + box.left * cm, y + box.top * cm, x + box.right * cm, y + box.bottom * cm


def overlap(a, b):
    wide = min(a[2], b[2]) - max(a[0], b[0])
    tall = min(a[3], b[3]) - max(a[1], b[1])
    return max(0.0, wide) * max(0.0, tall)


def at_wall(made):
    """All units that are fixed."""
    return [unit.id for unit in made.units if unit.fixed is not None]


def hung(made, way):
    return [name for word, name in made.anchors.items() if word.startswith(way)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", INDOORS)
def test_a_sign_hangs_on_nothing_else_and_inside_the_picture(kind, size):
    for sign in SIGNS:
        made = planned(kind, size, signs=[sign])
        own = fixed_box(made, sign["id"])
        assert own[0] >= 0
        assert own[2] <= size[0]
        assert own[1] >= 0
        for other in at_wall(made):
            if other != sign["id"]:
                assert overlap(own, fixed_box(made, other)) == 0, other


@pytest.mark.parametrize("paper", ["letter", "note", "label"])
@pytest.mark.parametrize("kind", INDOORS)
def test_paper_in_front_of_somebody_stands_on_the_floor(kind, paper):
    """``depth = front`` is no wall; without it the same paper is on the wall."""
    boy = {"id": "boy", "role": "boy", "age": "child", "pose": "stand"}
    front = {"near": "boy", "side": "left", "depth": "front"}
    sign = {"id": "paper", "kind": paper, "text": "GUESS WHO"}
    on_floor = planned(kind, people=[boy], signs=[{**sign, "place": front}])
    assert "paper" not in at_wall(on_floor)
    assert "paper" in at_wall(planned(kind, people=[boy], signs=[sign]))


@pytest.mark.parametrize("kind", WITH_WALL)
def test_three_signs_hang_side_by_side(kind):
    made = planned(kind, signs=SIGNS)
    boxes = [fixed_box(made, sign["id"]) for sign in SIGNS]
    assert all(overlap(a, b) == 0 for a, b in itertools.combinations(boxes, 2))
    for name in hung(made, ON_WALL):
        others = (fixed_box(made, each) for each in at_wall(made) if each != name)
        assert all(overlap(fixed_box(made, name), other) == 0 for other in others)


def test_signs_before_glass_hang_from_two_cords():
    made = planned("airport", signs=[SIGNS[0]])
    assert hung(made, ON_CORDS) == ["poster"]
    setting = {"kind": "airport"}
    drawing = ink.paint_scene(
        Scene.model_validate({"setting": setting, "signs": [SIGNS[0]]}), width=400, height=400
    )
    assert "_mounts" in {node.get("id") for node in ET.fromstring(drawing.svg).iter()}
    assert drawing.reports == ()


def test_a_wall_too_full_lets_signs_hang_before_it():
    doors = [{"id": f"d{i}", "kind": "door"} for i in range(7)]
    made = planned("kitchen", props=doors, signs=SIGNS)
    assert hung(made, ON_CORDS)
    behind = max(made.units[made.where[door["id"]][0]].fixed[1] for door in doors)
    for name in hung(made, ON_CORDS):
        assert made.units[made.where[name][0]].fixed[1] > behind


def test_a_notice_wider_than_the_leaf_of_a_door_hangs_beside_the_door():
    sign = {"id": "n", "kind": "notice", "text": "NO DOGS", "place": {"anchor": "sliding door"}}
    made = planned("supermarket", signs=[sign])
    assert "n" not in made.riders
    assert overlap(fixed_box(made, "n"), fixed_box(made, made.anchors["sliding door"])) == 0


def test_a_small_notice_stays_on_the_fridge():
    sign = {"id": "n", "kind": "notice", "text": "MILK", "place": {"anchor": "fridge"}}
    assert "n" in planned("kitchen", signs=[sign]).riders


def test_outdoors_what_hangs_has_a_post():
    sign = {"id": "s", "kind": "wall clock", "time": "8:10"}
    assert hung(planned("park", signs=[sign]), ON_POST) == ["s"]
    assert hung(planned("park", signs=[SIGNS[0]]), ON_POST) == []


def test_a_sign_hangs_near_what_it_belongs_to():
    for anchor in ("fridge", "sink"):
        sign = {"id": "s", "kind": "note", "text": "HOT", "place": {"anchor": anchor}}
        made = planned("kitchen", signs=[sign])
        own, thing = fixed_box(made, "s"), fixed_box(made, made.anchors[anchor])
        apart = abs((own[0] + own[2]) / 2 - (thing[0] + thing[2]) / 2)
        assert apart < 130 * made.stage.cm(made.stage.far_line)


def test_furniture_of_another_room_gets_wall_of_its_own():
    props = [{"id": name, "kind": "door"} for name in "abc"] + [{"id": "w", "kind": "washbasin"}]
    made = planned("hallway", props=props)
    own = fixed_box(made, "w")
    assert all(overlap(own, fixed_box(made, name)) == 0 for name in "abc")


@pytest.mark.parametrize("hour", ["noon", "night"])
def test_the_rooms_own_lamp_is_lit_by_night_and_hangs_clear_of_what_is_tall(hour):
    made = planned("living room", hour=hour, signs=[SIGNS[2]])
    (lamp,) = [prop for prop in made.scene.props if prop.kind == "pendant lamp"]
    assert lamp.state == ("lit" if hour == "night" else None)
    unit = made.units[made.where[lamp.id][0]]
    half = unit.width / 2 * made.stage.cm(made.stage.far_line)
    middle = sum(unit.x_span) / 2 * made.stage.width
    for name in at_wall(made):
        left, top, right, _ = fixed_box(made, name)
        tall = made.stage.far_line - top > 190 * made.stage.cm(made.stage.far_line)
        assert not tall or right <= middle - half or left >= middle + half, name


@pytest.mark.parametrize(
    ("kind", "hour", "dim"),
    [("kitchen", "noon", False), ("kitchen", "night", True), ("theatre", "night", False),
     ("park", "night", False)],
)  # fmt: skip
def test_rooms_are_dim_by_night_but_no_stage_is(kind, hour, dim):
    scene = Scene.model_validate({"setting": {"kind": kind, "time_of_day": hour}})
    svg = ink.paint_scene(scene, width=300, height=300).svg
    assert ("_lamplight" in {node.get("id") for node in ET.fromstring(svg).iter()}) == dim


def test_a_finish_and_its_banner_stand_at_one_place():
    made = planned(
        "sports ground",
        props=[{"id": "tape", "kind": "finish ribbon"}],
        signs=[{"id": "arch", "kind": "banner", "text": "FINISH"}],
    )
    tape, arch = (made.units[made.where[name][0]].fixed for name in ("tape", "arch"))
    assert tape[0] == arch[0]
    assert abs(tape[1] - arch[1]) < 0.01
