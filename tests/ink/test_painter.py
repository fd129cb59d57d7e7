from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
import shapely

from storypainter import ink
from storypainter.errors import BadInput
from storypainter.ink import painter
from storypainter.ink.composition.audit import audit
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.palette import Style
from storypainter.ink.painter import findings
from storypainter.scene import Scene

SVG = "{http://www.w3.org/2000/svg}"


def test_the_park_stories_paint_with_no_report_and_a_region_for_every_clue(park_scene):
    drawing = ink.paint_scene(park_scene, width=640, height=640)
    assert drawing.reports == ()
    shown = {region.element: region for region in drawing.regions}
    for element in park_scene.elements:
        if element.clues:
            region = shown[element.id]
            assert region.clues == element.clues
            assert region.visible >= 0.6
            assert region.area > 0
    for region in drawing.regions:
        left, top, right, bottom = region.box
        assert 0 <= left <= right <= 640
        assert 0 <= top <= bottom <= 640


def test_same_scene_same_bytes_and_another_seed_another_arrangement(small_scene):
    first, second = (ink.paint_scene(small_scene, width=400, height=300) for _ in range(2))
    assert (first.svg, first.png) == (second.svg, second.png)
    other = ink.paint_scene(small_scene, width=400, height=300, seed=5)
    assert other.svg != first.svg


def test_the_svg_is_well_formed_has_a_group_for_every_element_and_text_is_escaped(small_scene):
    drawing = ink.paint_scene(small_scene, width=400, height=400)
    root = ET.fromstring(drawing.svg)
    names = {group.get("id") for group in root.iter(f"{SVG}g")}
    assert {"girl", "balloon", "sign"} <= names
    assert not list(root.iter(f"{SVG}text"))
    assert not list(root.iter(f"{SVG}image"))


def test_the_png_has_the_asked_size(small_scene):
    png = ink.paint_scene(small_scene, width=320, height=260).png
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == 320
    assert int.from_bytes(png[20:24], "big") == 260


@pytest.mark.parametrize("style", ["line", "mono"])
def test_other_styles_use_no_colour(small_scene, style):
    drawing = ink.paint_scene(small_scene, width=300, height=300, style=style)
    root = ET.fromstring(drawing.svg)
    for path in root.iter(f"{SVG}path"):
        fill = path.get("fill", "")
        if fill.startswith("#") and len(fill) == 7:
            red, green, blue = (int(fill[i : i + 2], 16) for i in (1, 3, 5))
            assert max(red, green, blue) - min(red, green, blue) < 24, fill


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"width": 100}, "width is 100 pixels"),
        ({"height": 9000}, "height is 9000 pixels"),
        ({"style": "oil"}, "no style 'oil'"),
    ],
)
def test_bad_formats_are_refused(small_scene, options, message):
    with pytest.raises(BadInput, match=message):
        ink.paint_scene(small_scene, **options)


@pytest.mark.parametrize("hour", ["dawn", "noon", "evening", "night"])
@pytest.mark.parametrize("weather", ["clear", "cloudy", "rain", "snow", "fog", "wind"])
def test_every_light_and_weather_paints(hour, weather):
    season = {"snow": "winter", "wind": "autumn", "rain": "spring"}.get(weather, "summer")
    setting = {"kind": "park", "time_of_day": hour, "weather": weather, "season": season}
    drawing = ink.paint_scene(Scene.model_validate({"setting": setting}), width=256, height=256)
    assert drawing.regions == ()
    ET.fromstring(drawing.svg)


def test_giver_reaches_taker_and_leash_joins_hand_and_dog():
    scene = Scene.model_validate(
        {
            "setting": {"kind": "park"},
            "people": [
                {
                    "id": "aunt",
                    "role": "aunt",
                    "pose": "hand over",
                    "holds": [{"what": "gift"}],
                    "relations": [{"kind": "hands_to", "target": "boy"}],
                },
                {"id": "boy", "role": "boy", "age": "child"},
                {
                    "id": "man",
                    "role": "man",
                    "pose": "walk",
                    "holds": [{"what": "leash", "hand": "right"}],
                    "relations": [{"kind": "leads", "target": "dog"}],
                },
            ],
            "animals": [{"id": "dog", "species": "dog"}],
            "props": [
                {"id": "gift", "kind": "ball", "clues": ["c1"]},
                {"id": "leash", "kind": "dog leash", "clues": ["c2"]},
            ],
        }
    )
    shown = {r.element: r for r in ink.paint_scene(scene, width=900, height=700).regions}
    gift, boy = shown["gift"].box, shown["boy"].box
    gap = max(gift[0] - boy[2], boy[0] - gift[2], 0)
    assert gap < 60, "the ball is out of the boy's reach"
    leash, dog, man = shown["leash"].box, shown["dog"].box, shown["man"].box
    assert leash[0] < dog[2]
    assert leash[2] > dog[0]
    assert leash[0] < man[2]
    assert leash[2] > man[0]


def test_what_is_not_visible_enough_is_reported_by_element_and_share(small_scene):
    canvas = Canvas(1024, 1024, Style("flat"))
    with canvas.layer("girl", 1, clues=("c1",)):
        canvas.shape(shapely.box(100, 100, 300, 500), "#aa0000")
        with canvas.part("face"):
            canvas.shape(shapely.box(150, 100, 250, 200), "#ffcc99")
    with canvas.layer("sign", 2):
        canvas.shape(shapely.box(100, 100, 300, 400), "#ffffff")
    reports = findings(small_scene, audit(canvas))
    assert "girl: only 25% can be seen (a clue needs 60%)" in reports
    assert "girl: only 0% of the face can be seen (needs 90%)" in reports
    assert "balloon: cannot be seen" in reports


def test_reports_are_never_silent(small_scene, monkeypatch):
    monkeypatch.setattr(painter, "CLUE_SHARE", 1.5)
    drawing = ink.paint_scene(small_scene, width=256, height=256)
    assert {report.split(":")[0] for report in drawing.reports} == {"girl", "balloon"}


def test_elements_that_carry_each_other_are_refused():
    table = {"kind": "chess table"}
    props = [
        {"id": "a", **table, "place": {"on": "b"}},
        {"id": "b", **table, "place": {"on": "a"}},
    ]
    scene = Scene.model_validate({"setting": {"kind": "park"}, "props": props})
    with pytest.raises(BadInput, match="carry each other"):
        ink.paint_scene(scene, width=256, height=256)


def test_a_cake_on_a_table_stands_on_the_table():
    props = [
        {"id": "cake", "kind": "birthday cake", "clues": ["c"], "place": {"on": "table"}},
        {"id": "table", "kind": "chess table", "state": "empty", "place": {"depth": "middle"}},
    ]
    scene = Scene.model_validate({"setting": {"kind": "park"}, "props": props})
    shown = {r.element: r.box for r in ink.paint_scene(scene, width=500, height=500).regions}
    cake, table = shown["cake"], shown["table"]
    assert table[0] < cake[0] < cake[2] < table[2] + 4
    assert cake[3] < table[3]
    assert cake[3] > table[1]


def test_who_sits_on_nothing_sits_on_the_ground():
    person = {"id": "girl", "role": "girl", "pose": "sit", "clues": ["c"]}
    scene = Scene.model_validate({"setting": {"kind": "park"}, "people": [person]})
    (region,) = ink.paint_scene(scene, width=500, height=500).regions
    left, top, right, bottom = region.box
    assert right - left > 0.7 * (bottom - top)


def test_ids_that_the_painter_uses_itself_may_be_anybodys():
    scene = Scene.model_validate(
        {
            "setting": {"kind": "kitchen"},
            "people": [
                {"id": "weather", "role": "chef"},
                {"id": "room-sink", "role": "boy"},
                {"id": "wall", "role": "girl"},
            ],
            "props": [
                {"id": "room-fridge", "kind": "cup"},
                {"id": "held-by-weather", "kind": "plate"},
                {"id": "shadows", "kind": "bowl"},
            ],
        }
    )
    drawing = ink.paint_scene(scene, width=400, height=400)
    assert {element.id for element in scene.elements} <= {r.element for r in drawing.regions}


def test_a_thing_whose_text_is_blank_has_none():
    told = {"setting": {"kind": "street"}, "props": [{"id": "van", "kind": "van", "text": " "}]}
    blank = ink.paint_scene(Scene.model_validate(told), width=300, height=300)
    told["props"][0]["text"] = ""
    assert blank.svg == ink.paint_scene(Scene.model_validate(told), width=300, height=300).svg
