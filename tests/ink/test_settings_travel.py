"""Settings of health and travel: they paint in every format, by day and by night, nothing hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from storypainter.ink.catalogue import PROPS
from storypainter.ink.painter import paint_scene
from storypainter.ink.settings import KITS
from storypainter.scene import Scene

SETTINGS = ("hospital room", "waiting room", "station platform", "bus")
SCENES = Path(__file__).parent / "scenes"
FORMATS = ((384, 384), (576, 384), (384, 512))


def scenes_of(setting: str) -> list[Path]:
    return [
        path
        for path in sorted(SCENES.glob(f"{setting.replace(' ', '_')}_*.json"))
        if read(path).setting.kind == setting
    ]


def read(path: Path) -> Scene:
    return Scene.model_validate_json(path.read_text(encoding="utf-8"))


def at(scene: Scene, hour: str) -> Scene:
    setting = scene.setting.model_copy(update={"time_of_day": hour})
    return scene.model_copy(update={"setting": setting})


PATHS = [path for setting in SETTINGS for path in scenes_of(setting)]


@pytest.mark.parametrize("setting", SETTINGS)
def test_setting_has_three_scenes_of_its_own(setting: str) -> None:
    scenes = [read(path) for path in scenes_of(setting)]
    assert len(scenes) >= 3
    assert {scene.setting.kind for scene in scenes} == {setting}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
@pytest.mark.soak
def test_scene_shows_all_its_clues_by_night(path: Path) -> None:
    assert paint_scene(at(read(path), "night"), width=384, height=384, seed=1).reports == ()


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("size", FORMATS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.soak
def test_setting_paints_in_every_format(setting: str, size: tuple[int, int]) -> None:
    scene = at(read(scenes_of(setting)[0]), "noon")
    drawing = paint_scene(scene, width=size[0], height=size[1], seed=1)
    assert drawing.png.startswith(b"\x89PNG")
    assert drawing.reports == ()


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("weather", ["clear", "cloudy", "rain", "snow", "fog", "wind"])
@pytest.mark.soak
def test_empty_setting_paints_in_all_weathers(setting: str, weather: str) -> None:
    scene = Scene.model_validate({"setting": {"kind": setting, "weather": weather}})
    assert paint_scene(scene, width=256, height=256).reports == ()


@pytest.mark.parametrize("setting", SETTINGS)
def test_all_furniture_of_a_setting_can_be_drawn(setting: str) -> None:
    kit = KITS[setting]
    unknown = {word for word in (*kit.furniture.values(), kit.seat) if word and word not in PROPS}
    assert not unknown


def test_who_lies_in_a_hospital_bed_is_under_its_blanket_and_shows_the_face() -> None:
    scene = read(SCENES / "hospital_room_visitor.json")
    drawing = paint_scene(scene, width=384, height=384, seed=1)
    bed = drawing.svg.index('data-element="bed"')
    patient = drawing.svg.index('data-element="grandfather"')
    front = drawing.svg.index('data-part="front"', patient)
    assert bed < patient < front
    assert not any("face" in report for report in drawing.reports)
