"""Setting kits: what a setting has, how a Scene's own things take its place, where signs hang."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from storypainter import ink
from storypainter.errors import BadInput
from storypainter.ink.catalogue import PROPS
from storypainter.ink.composition.casting import cast
from storypainter.ink.composition.furnish import furnish, needed_wall
from storypainter.ink.composition.layout import solve
from storypainter.ink.composition.planning import plan_scene
from storypainter.ink.settings import KITS
from storypainter.ink.style_words import read_style
from storypainter.scene import Scene


def scene(kind="kitchen", **parts):
    return Scene.model_validate({"setting": {"kind": kind}, **parts})


def plan(given, width=1024, height=1024):
    return plan_scene(given, KITS[given.setting.kind], width, height)


def kinds(made):
    return [prop.kind for prop in made.scene.props]


@pytest.mark.parametrize("word", sorted(KITS))
def test_all_that_a_kit_has_can_be_drawn(word):
    kit = KITS[word]
    assert kit.word == word
    for name, kind in kit.furniture.items():
        assert kind in PROPS, name
    assert not kit.seat or PROPS[kit.seat].seats or PROPS[kit.seat].surface


def _hours():
    """Each setting by day or by night, in turns; in the soak, each by the other as well."""
    for index, word in enumerate(sorted(KITS)):
        hours = ("noon", "night") if index % 2 else ("night", "noon")
        yield word, hours[0]
        yield pytest.param(word, hours[1], marks=pytest.mark.soak)


@pytest.mark.parametrize(("word", "hour"), list(_hours()))
def test_an_empty_setting_paints(word, hour):
    setting = {"kind": word, "time_of_day": hour}
    drawing = ink.paint_scene(Scene.model_validate({"setting": setting}), width=300, height=256)
    ET.fromstring(drawing.svg)
    assert drawing.regions == ()
    assert drawing.reports == ()


def test_a_scenes_own_fridge_takes_the_place_of_the_kitchens():
    usual = plan(scene())
    assert kinds(usual).count("fridge") == 1
    own = plan(scene(props=[{"id": "f", "kind": "fridge", "state": "open"}]))
    assert kinds(own).count("fridge") == 1
    assert own.anchors["fridge"] == "f"
    assert own.units[own.where["f"][0]].fixed is not None
    assert "f" not in own.room


def test_a_second_fridge_gets_a_place_of_its_own():
    two = plan(scene(props=[{"id": name, "kind": "fridge"} for name in "ab"]))
    assert kinds(two).count("fridge") == 2
    places = {two.units[two.where[name][0]].fixed for name in "ab"}
    assert len(places) == 2


def test_furniture_comes_when_its_anchor_is_named():
    girl = {"id": "girl", "role": "girl", "place": {"anchor": "washing machine"}}
    assert "washing machine" not in kinds(plan(scene()))
    assert "washing machine" in kinds(plan(scene(people=[girl])))


def test_a_wall_that_needs_much_room_makes_everything_smaller():
    many = [{"id": f"d{i}", "kind": "door"} for i in range(5)]
    kit = KITS["kitchen"]
    crowded = scene(props=many)
    assert needed_wall(furnish(crowded, kit), kit) > needed_wall(furnish(scene(), kit), kit)
    assert plan(crowded).stage.front_cm < plan(scene()).stage.front_cm


def test_who_sits_on_nothing_gets_the_settings_seat_and_turns_it():
    girl = {"id": "girl", "role": "girl", "pose": "sit", "clues": ["c"]}
    made = plan(scene(people=[girl]))
    (chair,) = [prop for prop in made.scene.props if prop.kind == "chair"]
    assert made.scene.people[0].sits_on == chair.id
    assert chair.id in made.room


def test_who_lies_on_something_lies():
    given = scene(
        "bedroom",
        people=[{"id": "man", "role": "man", "lies_on": "bed", "expression": "asleep"}],
        props=[{"id": "bed", "kind": "bed"}],
    )
    assert plan(given).scene.people[0].pose == "sleep"
    drawing = ink.paint_scene(given, width=400, height=400)
    box = next(region.box for region in drawing.regions if region.element == "man")
    assert box[2] - box[0] > box[3] - box[1]


def test_seeds_mirror_the_setting():
    made = plan(scene())
    assert {solve(made, made.stage, seed).flipped for seed in range(8)} == {True, False}


@pytest.mark.parametrize(
    ("kind", "sign", "mount"),
    [
        ("kitchen", {"kind": "notice", "text": "WASH UP"}, "wall"),
        ("park", {"kind": "notice", "text": "NO DOGS"}, "post"),
        ("kitchen", {"kind": "wall clock", "time": "8:10"}, "wall"),
        ("park", {"kind": "banner", "text": "FETE", "place": {"side": "above"}}, "post"),
    ],
)
def test_signs_hang_on_walls_indoors_and_stand_outdoors(kind, sign, mount):
    made = plan(scene(kind, signs=[{"id": "s", **sign}]))
    assert made.boards["s"].mount == mount


def test_a_placard_is_held_and_a_letter_lies_on_the_table():
    given = scene(
        people=[{"id": "man", "role": "man", "holds": [{"what": "placard"}], "clues": ["c"]}],
        props=[{"id": "table", "kind": "kitchen table"}],
        signs=[
            {"id": "placard", "kind": "placard", "text": "SAVE US", "clues": ["d"]},
            {"id": "letter", "kind": "letter", "text": "DEAR EVA", "place": {"on": "table"}},
        ],
    )
    made = plan(given)
    assert (made.boards["placard"].mount, made.boards["letter"].mount) == ("held", "table")
    drawing = ink.paint_scene(given, width=700, height=700)
    assert drawing.reports == ()
    box = {region.element: region.box for region in drawing.regions}
    assert box["placard"][3] > box["man"][1]
    assert box["table"][0] < box["letter"][0] < box["table"][2]


def test_what_only_decorates_the_wall_gives_way_to_a_sign():
    drawing = ink.paint_scene(
        scene(signs=[{"id": f"s{i}", "kind": "poster", "text": "A FAIR"} for i in range(4)]),
        width=512,
        height=512,
    )
    assert drawing.reports == ()


def test_two_people_hold_one_thing_and_it_is_drawn_once():
    given = scene(
        people=[
            {"id": name, "role": "man", "holds": [{"what": "broom"}], "pose": "pull"}
            for name in ("a", "b")
        ],
        props=[{"id": "broom", "kind": "broom", "clues": ["c"]}],
    )
    drawing = ink.paint_scene(given, width=600, height=600)
    root = ET.fromstring(drawing.svg)
    assert sum(node.get("id") == "broom" for node in root.iter()) == 1
    box = {region.element: region.box for region in drawing.regions}
    gap = max(box["a"][0] - box["b"][2], box["b"][0] - box["a"][2])
    assert gap < 60


def test_nothing_stands_on_what_is_in_a_hand():
    given = scene(
        people=[{"id": "man", "role": "man", "holds": [{"what": "tray"}]}],
        props=[
            {"id": "tray", "kind": "chopping board"},
            {"id": "cup", "kind": "cup", "place": {"on": "tray"}},
        ],
    )
    with pytest.raises(BadInput, match=r"in a hand|nothing can be on"):
        ink.check_scene(given)


def test_ids_are_used_once_in_the_svg():
    given = scene(
        "bedroom",
        people=[{"id": "man", "role": "man", "lies_on": "bed"}],
        props=[{"id": "bed", "kind": "bed"}],
    )
    root = ET.fromstring(ink.paint_scene(given, width=300, height=300).svg)
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))


def test_the_role_dresses_who_has_no_attire_and_the_scene_wins():
    people = [
        {"id": "a", "role": "nurse"},
        {"id": "b", "role": "nurse", "attire": [{"kind": "dress", "colour": "red"}]},
        {"id": "c", "role": "chef", "attire": [{"kind": "glasses"}]},
    ]
    found = cast(scene(people=people)).scene.people
    assert "nurse tunic" in {garment.kind for garment in found[0].attire}
    assert [garment.kind for garment in found[1].attire] == ["dress"]
    assert {"chef hat", "glasses"} <= {garment.kind for garment in found[2].attire}


def test_what_tells_a_role_is_held_only_by_free_hands():
    doing = {"relations": [{"kind": "points_at", "target": "cup"}]}
    people = [{"id": "a", "role": "detective"}, {"id": "b", "role": "detective", **doing}]
    told = cast(scene(people=people, props=[{"id": "cup", "kind": "cup"}]))
    assert [len(person.holds) for person in told.scene.people] == [1, 0]
    assert told.added == {"held-by-a"}


def test_the_place_gives_its_people_their_skin_and_hair_unless_the_scene_does():
    setting = {"kind": "street", "locale": "Japan"}
    people = [{"id": "a", "role": "woman"}, {"id": "b", "role": "woman", "skin": "dark"}]
    told = Scene.model_validate({"setting": setting, "people": people})
    first, second = cast(told).scene.people
    assert first.hair.colour in ("black", "dark brown", "brown", "grey")
    assert second.skin == "dark"


@pytest.mark.parametrize("carry", ["stand", "hold"])
def test_a_phone_goes_to_the_ear(carry):
    given = scene(
        people=[{"id": "a", "role": "man", "pose": carry, "holds": [{"what": "p"}]}],
        props=[{"id": "p", "kind": "phone"}],
    )
    assert cast(given).scene.people[0].pose == "phone"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", {"name": "flat"}),
        ("line, hatching", {"name": "line", "hatching": True}),
        ("mono,ink 1.4", {"name": "mono", "ink_width": 1.4}),
        ("safe, comic, wobble=0", {"palette": "safe", "comic": True, "wobble": 0.0}),
    ],
)
def test_styles_are_read_from_words(words, expected):
    style = read_style(words)
    assert {name: getattr(style, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("words", "message"),
    [("lime", 'did you mean "line"'), ("ink 9", "ink width"), ("oil", "no style 'oil'")],
)
def test_wrong_styles_are_named(words, message):
    with pytest.raises(BadInput, match=message):
        read_style(words)


@pytest.mark.parametrize(("pose", "tool"), [("photograph", "camera"), ("sweep", "broom")])
def test_a_deed_comes_with_its_tool_unless_something_else_is_held(pose, tool):
    empty = {"id": "a", "role": "man", "pose": pose}
    busy = {**empty, "id": "b", "holds": [{"what": "cup"}]}
    told = cast(scene(people=[empty, busy], props=[{"id": "cup", "kind": "cup"}]))
    assert [prop.kind for prop in told.scene.props] == ["cup", tool]
    drawing = ink.paint_scene(scene(people=[empty]), width=300, height=300)
    assert {region.element for region in drawing.regions} == {"a"}
