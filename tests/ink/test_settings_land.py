from __future__ import annotations

from pathlib import Path

import pytest

from storypainter.ink import paint_scene
from storypainter.ink.animals.farm import KINDS as FARM_ANIMALS
from storypainter.ink.catalogue import ANIMALS, PROPS
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import Style
from storypainter.ink.drawing.stage import SEASONS
from storypainter.ink.props.land import KINDS
from storypainter.ink.props.prop import Ground, look_of
from storypainter.ink.settings import KITS
from storypainter.scene import Scene

SCENES = Path(__file__).parent / "scenes"
SETTINGS = ("garden", "farm", "playground", "building site")
STORIES = sorted(
    path.stem for setting in SETTINGS for path in SCENES.glob(f"{setting.replace(' ', '_')}_*.json")
)


def _scene(story: str, **setting: str) -> Scene:
    scene = Scene.model_validate_json((SCENES / f"{story}.json").read_text(encoding="utf-8"))
    return scene.model_copy(update={"setting": scene.setting.model_copy(update=setting)})


def test_every_setting_has_three_stories():
    for setting in SETTINGS:
        own = [story for story in STORIES if story.startswith(setting.replace(" ", "_"))]
        assert len(own) >= 3, setting


@pytest.mark.parametrize("size", [(384, 384), (576, 384), (384, 512)], ids=str)
@pytest.mark.parametrize("story", STORIES)
@pytest.mark.soak
def test_every_story_can_be_seen_whole_in_every_format(story, size):
    width, height = size
    drawing = paint_scene(_scene(story), width=width, height=height, seed=1)
    assert drawing.reports == ()
    assert drawing.svg.count("<g ") > 10


@pytest.mark.parametrize("weather", ["clear", "rain", "snow"])
@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.soak
def test_every_setting_paints_an_empty_night_in_any_weather(setting, weather):
    season = "winter" if weather == "snow" else "autumn"
    night = {"kind": setting, "time_of_day": "night", "weather": weather, "season": season}
    day = night | {"time_of_day": "noon"}
    pictures = {
        paint_scene(Scene.model_validate({"setting": each}), width=384, height=384).png
        for each in (night, day)
    }
    assert len(pictures) == 2


@pytest.mark.parametrize("setting", SETTINGS)
def test_all_that_a_setting_names_can_be_drawn(setting):
    kit = KITS[setting]
    assert set(kit.furniture.values()) <= set(PROPS)
    assert not kit.seat or PROPS[kit.seat].seats or PROPS[kit.seat].surface


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.word)
def test_no_two_states_of_a_thing_look_alike(kind):
    drawn = set()
    for state in kind.states:
        canvas = Canvas(900, 900, Style("flat"), seed=2)
        with canvas.layer("thing", 1):
            kind.draw(canvas.pen(Frame(450, 800, 2.0)), look_of(kind, state, None, "", 0))
            if kind.front is not None:
                kind.front(canvas.pen(Frame(450, 800, 2.0)), look_of(kind, state, None, "", 0))
        drawn.add(canvas.to_svg())
    assert len(drawn) == len(kind.states)


@pytest.mark.parametrize("kind", FARM_ANIMALS, ids=lambda kind: kind.word)
def test_no_two_poses_of_an_animal_look_alike_and_fit_their_size(kind):
    drawn = set()
    for pose, (width, height) in kind.sizes.items():
        canvas = Canvas(900, 700, Style("line"), seed=2)
        with canvas.layer("animal", 1):
            kind.draw(canvas.pen(Frame(450, 600, 2.0)), pose, kind.colour)
        left, top, right, _ = canvas.layers[0].silhouette().bounds
        assert 0.7 * width <= (right - left) / 2.0 <= 1.3 * width, pose
        assert 0.7 * height <= (600 - top) / 2.0 <= 1.3 * height, pose
        drawn.add(canvas.to_svg())
    assert len(drawn) == len(kind.poses)
    assert ANIMALS[kind.word] is kind


def test_fruit_trees_follow_the_season():
    kind, drawn = PROPS["apple tree"], set()
    for season in SEASONS.values():
        canvas = Canvas(700, 700, Style("flat"), seed=2)
        with canvas.layer("tree", 1):
            look = look_of(kind, None, None, "", 0, Ground(season=season))
            kind.draw(canvas.pen(Frame(350, 650, 2.0)), look)
        drawn.add(canvas.to_svg())
    assert len(drawn) == len(SEASONS)
