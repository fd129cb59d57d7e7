"""The settings classroom, library, museum and theatre: they paint, and furnish as told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storypainter.ink import paint_scene
from storypainter.ink.catalogue import PROPS
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import Style
from storypainter.ink.props.learning import KINDS
from storypainter.ink.props.prop import Ground, look_of
from storypainter.ink.settings import KITS
from storypainter.scene import Person, Place, Prop, Scene, Setting

SCENES = Path(__file__).parent / "scenes"
SETTINGS = ("classroom", "library", "museum", "theatre")
#: As 1024 x 1024, 1536 x 1024 and 768 x 1024; each Scene is painted at two of them.
SIZES = ((384, 384), (576, 384), (384, 512))
#: The id of what nobody need ask for.
_EVIDENT = {
    "classroom": 'id="room-chalkboard"',
    "library": 'id="room-bookshelf"',
    "museum": 'id="room-painting"',
    "theatre": 'id="_audience"',
}
FILES = tuple(sorted(path for word in SETTINGS for path in SCENES.glob(f"{word}_*.json")))


def _scene(path: Path) -> Scene:
    return Scene.model_validate(json.loads(path.read_text(encoding="utf-8")))


def _at(scene: Scene, time_of_day: str) -> Scene:
    setting = scene.setting.model_copy(update={"time_of_day": time_of_day})
    return scene.model_copy(update={"setting": setting})


@pytest.mark.parametrize("word", SETTINGS)
def test_every_setting_has_three_scenes(word):
    assert len([path for path in FILES if path.name.startswith(f"{word}_")]) == 3


@pytest.mark.parametrize("time_of_day", ["noon", "night"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.soak
def test_every_scene_paints_without_a_report(path, time_of_day):
    turn = FILES.index(path) + (time_of_day == "night")
    width, height = SIZES[turn % len(SIZES)]
    drawing = paint_scene(_at(_scene(path), time_of_day), width=width, height=height, seed=1)
    assert drawing.reports == ()
    assert drawing.png.startswith(b"\x89PNG")


@pytest.mark.parametrize("word", ["classroom", "library"])
def test_the_windows_show_the_night(word):
    empty = Scene(setting=Setting(kind=word))
    noon, night = (
        paint_scene(_at(empty, time), width=384, height=384, seed=1) for time in ("noon", "night")
    )
    assert noon.svg != night.svg


@pytest.mark.parametrize("word", SETTINGS)
def test_all_furniture_is_drawable(word):
    kit = KITS[word]
    assert set(kit.furniture.values()) <= set(PROPS)
    for bay in kit.bays:
        for piece in bay.pieces:
            assert piece.state is None or piece.state in PROPS[piece.word].states


@pytest.mark.parametrize("word", SETTINGS)
def test_an_empty_setting_is_furnished(word):
    drawing = paint_scene(Scene(setting=Setting(kind=word)), width=384, height=384)
    assert _EVIDENT[word] in drawing.svg


def test_a_prop_of_the_scene_takes_the_place_of_the_painting():
    scene = Scene(
        setting=Setting(kind="museum"),
        props=(Prop(id="masterpiece", kind="painting", state="empty"),),
    )
    drawing = paint_scene(scene, width=384, height=384)
    assert 'id="masterpiece"' in drawing.svg
    assert 'id="room-painting-2"' not in drawing.svg


def test_a_pupil_who_sits_on_nothing_gets_a_school_desk():
    scene = Scene(
        setting=Setting(kind="classroom"),
        people=(Person(id="pupil", role="student", age="child", pose="sit"),),
    )
    drawing = paint_scene(scene, width=384, height=384)
    assert "room-school-desk-of-pupil" in drawing.svg


@pytest.mark.parametrize("word", ["school desk", "school table", "reading table", "throne"])
def test_what_is_before_the_sitter_is_drawn_after_them(word):
    kind = PROPS[word]
    assert kind.seats is not None
    assert kind.front is not None
    setting = {"reading table": "library", "throne": "theatre"}.get(word, "classroom")
    scene = Scene(
        setting=Setting(kind=setting),
        people=(Person(id="sitter", role="girl", age="child", pose="sit", sits_on="seat"),),
        props=(Prop(id="seat", kind=word),),
    )
    svg = paint_scene(scene, width=384, height=384).svg
    assert svg.index('id="seat"') < svg.index('id="sitter"') < svg.index('id="_seat-front"')


def test_people_on_the_stage_stay_between_the_curtains():
    people = tuple(
        Person(id=f"actor{index}", role="actor", place=Place(anchor="stage")) for index in range(3)
    )
    scene = Scene(setting=Setting(kind="theatre"), people=people)
    drawing = paint_scene(scene, width=384, height=384, seed=3)
    for region in drawing.regions:
        if region.element.startswith("actor"):
            left, _top, right, _bottom = region.box
            assert 0.08 * 384 <= (left + right) / 2 <= 0.92 * 384


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if len(kind.states) > 1], ids=lambda k: k.word
)
def test_states_look_different(kind):
    drawn = set()
    for state in kind.states:
        canvas = Canvas(800, 700, Style("flat"))
        with canvas.layer("thing", 1):
            pen = canvas.pen(Frame(400, 650, 2.0))
            kind.draw(pen, look_of(kind, state, None, "", 0, Ground(seed=2)))
        drawn.add(canvas.to_svg())
    assert len(drawn) == len(kind.states)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.carry], ids=lambda k: k.word)
def test_what_is_carried_is_gripped_on_the_thing_itself(kind):
    width, height = kind.extent(kind.states[0])
    assert kind.grips
    for index in range(len(kind.grips)):
        x, y = kind.grip(index)
        assert abs(x) <= width / 2 + 2
        assert -height - 2 <= y <= 0
