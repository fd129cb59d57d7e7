from __future__ import annotations

import json
from pathlib import Path

import pytest

from storypainter.ink.animals.home import KINDS as ANIMALS
from storypainter.ink.catalogue import PROPS
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import Style
from storypainter.ink.kits import Kit, ground_of
from storypainter.ink.painter import paint_scene
from storypainter.ink.props.home import KINDS
from storypainter.ink.props.home_living import burns
from storypainter.ink.props.prop import Look, look_of
from storypainter.ink.settings import bathroom, bedroom, hallway, living_room
from storypainter.scene import Scene, Setting

SCENES = Path(__file__).parent / "scenes"
KITS: dict[str, Kit] = {
    kit.word: kit for kit in (living_room.KIT, bedroom.KIT, bathroom.KIT, hallway.KIT)
}
FILES = sorted(path for word in KITS for path in SCENES.glob(f"{word.replace(' ', '_')}_*.json"))
SIZES = ((384, 384), (576, 384), (288, 384))
STATES = [(kind, state) for kind in KINDS for state in kind.states]
CM, X, GROUND = 2.0, 500.0, 600.0


def scene_of(path: Path) -> Scene:
    return Scene.model_validate(json.loads(path.read_text(encoding="utf-8")))


def drawn(word: str, look: Look, style: str = "flat") -> Canvas:
    canvas = Canvas(1000, 800, Style(style))  # type: ignore[arg-type]
    kind = PROPS[word]
    with canvas.layer("thing", 1):
        pen = canvas.pen(Frame(X, GROUND, CM * kind.scale))
        kind.draw(pen, look)
        if kind.front is not None:
            kind.front(pen, look)
    return canvas


def test_every_setting_has_three_scenes():
    for word in KITS:
        assert sum(scene_of(path).setting.kind == word for path in FILES) == 3


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("hour", ["morning", "night"])
@pytest.mark.soak
def test_scenes_are_painted_without_a_report(path, hour):
    scene = scene_of(path)
    setting = scene.setting.model_copy(update={"time_of_day": hour})
    width, height = SIZES[FILES.index(path) % len(SIZES)]
    drawing = paint_scene(scene.model_copy(update={"setting": setting}), width=width, height=height)
    assert drawing.reports == ()
    shown = {region.element for region in drawing.regions}
    assert {each.id for each in scene.elements if each.clues} <= shown


@pytest.mark.parametrize("word", sorted(KITS))
def test_all_furniture_of_a_kit_can_be_drawn(word):
    assert set(KITS[word].furniture.values()) <= set(PROPS)
    assert KITS[word].seat in PROPS


@pytest.mark.parametrize("word", sorted(KITS))
@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.soak
def test_an_empty_room_is_painted(word, width, height):
    scene = Scene(setting=Setting(kind=word, time_of_day="night", weather="snow"))
    assert paint_scene(scene, width=width, height=height).svg.count('data-kind="scenery"') > 4


@pytest.mark.parametrize(("kind", "state"), STATES, ids=lambda each: getattr(each, "word", each))
@pytest.mark.parametrize("style", ["flat", "line", "mono"])
@pytest.mark.soak
def test_every_state_stays_within_its_size(kind, state, style):
    canvas = drawn(kind.word, look_of(kind, state, None, "", 0), style)
    left, top, right, bottom = canvas.layers[0].silhouette().bounds
    width, height = kind.extent(state)
    assert (right - left) / CM <= 1.1 * width + 4
    assert (GROUND - top) / CM <= 1.08 * height + 4
    assert (bottom - GROUND) / CM <= (0.6 * height if kind.flat else 18)
    assert width <= 1.75 * (right - left) / CM + 4, "its size is too large"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.word)
def test_states_look_different(kind):
    pictures = {
        drawn(kind.word, look_of(kind, state, None, "", 0)).to_svg() for state in kind.states
    }
    season_decides = kind.word == "fireplace"
    assert len(pictures) == len(kind.states) - season_decides


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.word)
def test_hands_take_hold_of_the_thing_itself(kind):
    shape = drawn(kind.word, look_of(kind, None, None, "", 0)).layers[0].silhouette()
    left, top, right, bottom = shape.bounds
    for x, y in kind.grips:
        px, py = X + x * CM * kind.scale, GROUND + y * CM * kind.scale
        assert left - 4 <= px <= right + 4
        assert top - 4 <= py <= bottom + 4


def test_a_fire_burns_in_winter_and_by_night_only():
    summer = ground_of(Setting(kind="living room", season="summer"), 0)
    winter = ground_of(Setting(kind="living room", season="winter"), 0)
    night = ground_of(Setting(kind="living room", season="summer", time_of_day="night"), 0)
    assert [burns(Look("plain", ground=each)) for each in (summer, winter, night)] == [
        False,
        True,
        True,
    ]
    assert burns(Look("lit", ground=summer))
    assert not burns(Look("off", ground=winter))


def test_a_quilt_covers_only_who_lies_under_it():
    made, occupied = (
        drawn("bed", look_of(PROPS["bed"], state, None, "", 0)) for state in ("made", "occupied")
    )
    assert made.to_svg() != occupied.to_svg()
    bed = PROPS["bed"]
    assert bed.front is not None
    canvas = Canvas(1000, 800, Style("flat"))
    with canvas.layer("bed", 1):
        bed.front(canvas.pen(Frame(X, GROUND, CM)), look_of(bed, "made", None, "", 0))
    assert not canvas.layers[0].parts


@pytest.mark.parametrize("kind", ANIMALS, ids=lambda kind: kind.word)
def test_pets_stay_within_their_size_with_the_head_on_the_body(kind):
    for pose, (width, height) in kind.sizes.items():
        canvas = Canvas(1000, 800, Style("flat"))
        with canvas.layer("pet", 1):
            kind.draw(canvas.pen(Frame(X, GROUND, CM)), pose, kind.colour)
        left, top, right, bottom = canvas.layers[0].silhouette().bounds
        assert (right - left) / CM <= 1.1 * width + 4
        assert (GROUND - top) / CM <= 1.1 * height + 4
        assert bottom <= GROUND + 4 * CM
        x, y = kind.head[pose]
        assert left < X + x * CM < right
        assert top < GROUND + y * CM < bottom
