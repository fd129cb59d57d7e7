"""Sports ground, wedding, birthday party and airport: their Scenes, in all shapes and hours."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from storypainter.ink import paint_scene
from storypainter.ink.catalogue import PROPS
from storypainter.ink.settings import KITS
from storypainter.scene import Scene

SCENES = Path(__file__).parent / "scenes"
NAMES = (
    "sports_ground_penalty",
    "sports_ground_finish",
    "sports_ground_podium",
    "wedding_ring",
    "wedding_cake",
    "wedding_rain",
    "birthday_party_dog",
    "birthday_party_pinata",
    "birthday_party_surprise",
    "airport_late",
    "airport_alarm",
    "airport_belt",
)
#: One shape and hour for each Scene of a setting, so that every setting meets all of them.
SHAPES = ((384, 384), (576, 384), (288, 384))
HOURS = ("noon", "night")
CASES = [
    (name, *SHAPES[(index + turn) % 3], hour)
    for turn, hour in enumerate(HOURS)
    for index, name in enumerate(NAMES)
]


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


@pytest.mark.parametrize(("name", "weather"), list(zip(NAMES[:6], itertools.cycle(("rain", "snow", "fog", "wind")), strict=False)))  # fmt: skip
@pytest.mark.soak
def test_weather_changes_the_picture(name: str, weather: str) -> None:
    scene = load(name)
    other = "clear" if scene.setting.weather == weather else weather
    season = "winter" if other == "snow" else scene.setting.season
    plain = paint_scene(scene, width=320, height=320).svg
    changed = paint_scene(with_setting(scene, weather=other, season=season), width=320, height=320)
    assert changed.svg != plain


def bare(kind: str, *props: str) -> Scene:
    things = [{"id": f"thing-{index}", "kind": word} for index, word in enumerate(props)]
    return Scene.model_validate({"setting": {"kind": kind}, "props": things})


@pytest.mark.parametrize("word", ["tennis net", "basketball hoop", "hurdle", "goal"])
def test_what_is_played_decides_the_ground(word: str) -> None:
    def lawn(scene: Scene) -> str:
        svg = paint_scene(scene, width=320, height=320).svg
        start = svg.index('id="_lawn"')
        return svg[start : svg.index("</g>", start)]

    assert lawn(bare("sports ground", word)) != lawn(bare("sports ground"))


def test_a_near_church_takes_the_place_of_the_lights() -> None:
    far = paint_scene(bare("wedding"), width=320, height=320).svg
    near = paint_scene(bare("wedding", "church"), width=320, height=320).svg
    assert 'id="_lights"' in far
    assert 'id="_lights"' not in near


@pytest.mark.parametrize("kind", ["sports ground", "wedding", "birthday party", "airport"])
def test_all_furniture_is_drawable(kind: str) -> None:
    kit = KITS[kind]
    assert set(kit.furniture.values()) <= set(PROPS)
    assert not kit.seat or PROPS[kit.seat].seats is not None


def test_a_plane_of_the_scene_replaces_the_one_at_the_gate() -> None:
    parked = paint_scene(bare("airport"), width=320, height=320).svg
    flying = paint_scene(bare("airport", "plane"), width=320, height=320).svg

    def apron(svg: str) -> str:
        return svg[svg.index('id="_apron"') : svg.index('id="_glazing"')]

    assert len(apron(flying)) < len(apron(parked))


def test_the_party_table_stands_there_uninvited() -> None:
    drawing = paint_scene(bare("birthday party"), width=320, height=320)
    assert 'id="room-table"' in drawing.svg


def test_winners_stand_on_their_podium() -> None:
    scene = load("sports_ground_podium")
    drawing = paint_scene(scene, width=384, height=384, seed=1)
    boxes = {region.element: region.box for region in drawing.regions}
    middle = boxes["podium"]
    for winner in ("winner", "second", "third"):
        left, _, right, bottom = boxes[winner]
        assert middle[0] <= (left + right) / 2 <= middle[2]
        assert middle[1] < bottom < middle[3]
