from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from storypainter import ink
from storypainter.errors import BadInput
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


def test_a_thing_that_nobody_can_see_is_reported():
    """Twelve people, each with a bicycle, cannot all be seen: the painter says so."""
    people = [
        {"id": f"p{i}", "role": "guest", "clues": ["c"], "place": {"depth": "back"}}
        for i in range(12)
    ]
    props = [
        {"id": f"b{i}", "kind": "ice cream cart", "place": {"depth": "front"}} for i in range(6)
    ]
    scene = Scene.model_validate({"setting": {"kind": "park"}, "people": people, "props": props})
    drawing = ink.paint_scene(scene, width=256, height=700)
    assert drawing.reports
    assert all(
        ("\n" not in report and "%" in report) or "cannot" in report for report in drawing.reports
    )
