"""The settings beach, pier, campsite and snowy yard: their Scenes, in all shapes and hours."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from storypainter.ink import paint_scene
from storypainter.ink.catalogue import PROPS
from storypainter.ink.drawing.canvas import Canvas, Pen
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import Style, luminance
from storypainter.ink.props.on_water import hues_of, wade, wade_deep
from storypainter.ink.props.prop import Ground
from storypainter.ink.settings import KITS
from storypainter.scene import Scene

SCENES = Path(__file__).parent / "scenes"
STORIES = {
    "beach": ("gull", "rescue", "bottle"),
    "pier": ("catch", "farewell", "wedding"),
    "campsite": ("bear", "rain", "lake"),
    "snowy yard": ("snowball", "night", "thaw"),
}
NAMES = tuple(f"{kind.replace(' ', '_')}_{story}" for kind in STORIES for story in STORIES[kind])
#: One shape and hour for each Scene of a setting, so that every setting meets all of them.
SHAPES = ((384, 384), (576, 384), (288, 384))
CASES = [
    (name, *SHAPES[(index + turn) % 3], hour)
    for turn, hour in enumerate(("noon", "night"))
    for index, name in enumerate(NAMES)
]
WEATHERS = ("rain", "snow", "fog", "wind")


def load(name: str) -> Scene:
    return Scene.model_validate(json.loads((SCENES / f"{name}.json").read_text("utf-8")))


def with_setting(scene: Scene, **changes: str) -> Scene:
    setting = scene.setting.model_copy(update=changes)
    return scene.model_copy(update={"setting": setting})


@pytest.mark.parametrize(("name", "width", "height", "hour"), CASES)
@pytest.mark.soak
def test_every_clue_and_face_can_be_seen(name: str, width: int, height: int, hour: str) -> None:
    scene = with_setting(load(name), time_of_day=hour)
    drawing = paint_scene(scene, width=width, height=height, seed=1)
    assert drawing.reports == ()
    assert {region.element for region in drawing.regions} >= {each.id for each in scene.people}


@pytest.mark.parametrize(
    ("kind", "weather"), list(itertools.product(("beach", "snowy yard"), WEATHERS))
)
@pytest.mark.soak
def test_weather_changes_the_picture(kind: str, weather: str) -> None:
    bare = Scene.model_validate({"setting": {"kind": kind}})
    plain = paint_scene(bare, width=320, height=320).svg
    assert paint_scene(with_setting(bare, weather=weather), width=320, height=320).svg != plain


@pytest.mark.parametrize("kind", sorted(STORIES))
def test_all_furniture_is_drawable(kind: str) -> None:
    assert set(KITS[kind].furniture.values()) <= set(PROPS)


def test_water_is_darker_by_night_and_keeps_its_strokes_visible() -> None:
    day, night = hues_of(Ground()), hues_of(Ground(dark=True, sky="#1d2748"))
    for by_day, by_night in zip(day.bands[:3], night.bands, strict=True):
        assert luminance(by_night) < luminance(by_day)
    for hues in (day, night):
        assert luminance(hues.light) > luminance(hues.shallow) > luminance(hues.dark)


class Recorder(Pen):
    """A pen that keeps what it fills."""

    def fill(self, area, colour, opacity=1.0, *, solid=False):
        self.filled = area
        super().fill(area, colour, opacity, solid=solid)


@pytest.mark.parametrize(("cover", "least", "most"), [(wade, 20, 36), (wade_deep, 60, 90)])
def test_wading_hides_legs_but_nobody_counts_as_covered(cover, least, most) -> None:
    canvas = Canvas(400, 400, Style())
    with canvas.layer("depths", 1, kind="scenery"):
        pen = Recorder(canvas, Frame(200, 200, 1.0))
        cover(pen, Ground())
    assert canvas.layers[0].parts == []
    left, top, right, bottom = pen.filled.bounds
    assert least <= -top <= most
    assert left < -30 < 30 < right
    assert bottom > 0


def test_whoever_wades_stands_in_the_water_and_boats_float_there() -> None:
    scene = Scene.model_validate(
        {
            "setting": {"kind": "beach"},
            "people": [
                {"id": "wader", "role": "girl", "age": "child", "place": {"anchor": "sea"}},
                {"id": "sitter", "role": "woman", "pose": "sit ground"},
            ],
            "props": [{"id": "boat", "kind": "rowing boat"}],
        }
    )
    drawing = paint_scene(scene, width=384, height=384)
    assert 'id="_wader-depths"' in drawing.svg
    assert 'id="_sitter-depths"' not in drawing.svg
    lowest = {region.element: region.box[3] for region in drawing.regions}
    assert lowest["boat"] < 0.69 * 384
    assert lowest["wader"] < lowest["sitter"]


def test_a_rower_sits_behind_the_near_side_of_the_boat() -> None:
    drawing = paint_scene(load("beach_bottle"), width=384, height=384, seed=1)
    order = [drawing.svg.index(f'id="{name}"') for name in ("boat", "sailor", "_boat-front")]
    assert order == sorted(order)


def test_a_campfire_lights_the_ground_only_when_it_is_dark() -> None:
    def hearth(hour: str) -> int:
        scene = with_setting(load("campsite_bear"), time_of_day=hour)
        svg = paint_scene(scene, width=320, height=320).svg
        start = svg.index('id="_hearth"')
        return svg[start : svg.index("</g>", start)].count("<path")

    assert hearth("night") > hearth("noon")
