from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import Style
from storypainter.ink.painter import paint_scene
from storypainter.ink.props.prop import Ground, Look, look_of
from storypainter.ink.props.shop_goods import shelf_row
from storypainter.ink.props.work import KINDS
from storypainter.ink.settings import KITS
from storypainter.scene import Scene

SCENES = Path(__file__).parent / "scenes"
SETTINGS = ("supermarket", "cafe", "office", "restaurant")
FILES = sorted(path for word in SETTINGS for path in SCENES.glob(f"{word}_*.json"))
SIZES = ((384, 384), (576, 384), (288, 384))
WORDS = {kind.word: kind for kind in KINDS}
STATES = [(word, state) for word, kind in WORDS.items() for state in kind.states]
CM, X, GROUND = 2.0, 500.0, 600.0
SVG = "{http://www.w3.org/2000/svg}"


def scene_of(path: Path) -> Scene:
    return Scene.model_validate_json(path.read_text(encoding="utf-8"))


def drawn(word: str, look: Look, style: str = "flat") -> Canvas:
    canvas, kind = Canvas(1000, 800, Style(style)), WORDS[word]  # type: ignore[arg-type]
    with canvas.layer("thing", 1):
        pen = canvas.pen(Frame(X, GROUND, CM * kind.scale))
        kind.draw(pen, look)
        if kind.front is not None:
            kind.front(pen, look)
    return canvas


def usual(word: str, state: str | None = None, text: str = "", *, dark: bool = False) -> Look:
    return look_of(WORDS[word], state, None, text, 0, Ground(dark=dark))


@pytest.mark.parametrize("word", SETTINGS)
def test_every_setting_has_three_scenes(word):
    assert sum(scene_of(path).setting.kind == word for path in FILES) >= 3


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.soak
def test_scenes_are_painted_without_a_report_by_day_or_by_night(path):
    scene, index = scene_of(path), FILES.index(path)
    setting = scene.setting.model_copy(update={"time_of_day": ("noon", "night")[index % 2]})
    width, height = SIZES[index % len(SIZES)]
    drawing = paint_scene(scene.model_copy(update={"setting": setting}), width=width, height=height)
    assert drawing.reports == ()


@pytest.mark.parametrize("word", SETTINGS)
def test_bare_settings_are_painted_with_furniture(word):
    kit = KITS[word]
    drawing = paint_scene(Scene.model_validate({"setting": {"kind": word}}), width=384, height=384)
    names = {group.get("data-element", "") for group in ET.fromstring(drawing.svg).iter(f"{SVG}g")}
    first = max(kit.bays, key=lambda bay: bay.priority).pieces[0].word
    assert f"room-{first.replace(' ', '-')}" in names


@pytest.mark.parametrize(("word", "state"), STATES)
def test_every_state_draws_around_its_foot_within_its_size(word, state):
    width, height = WORDS[word].extent(state)
    left, top, right, bottom = drawn(word, usual(word, state)).layers[0].silhouette().bounds
    left, right = (left - X) / CM, (right - X) / CM
    assert left < 0 < right
    assert right - left <= 1.2 * width + 6
    assert (GROUND - top) / CM <= 1.12 * height + 5
    assert (bottom - GROUND) / CM <= 25


@pytest.mark.parametrize(
    "word", sorted(word for word, kind in WORDS.items() if len(kind.states) > 1)
)
def test_states_look_different_even_without_colour(word):
    pictures = {drawn(word, usual(word, state), "line").to_svg() for state in WORDS[word].states}
    assert len(pictures) == len(WORDS[word].states)


@pytest.mark.parametrize("word", ["sliding door", "shop door", "cafe window", "office window"])
def test_windows_and_doors_show_the_night(word):
    state = "open" if "open" in WORDS[word].states else None
    day, night = (drawn(word, usual(word, state, dark=dark)).to_svg() for dark in (False, True))
    assert day != night


@pytest.mark.parametrize(
    "word", ["till", "checkout", "tin", "packet", "card", "paper", "envelope", "laptop", "computer"]
)
def test_what_the_scene_writes_on_a_thing_is_written(word):
    state = "open" if word == "card" else None
    plain = drawn(word, usual(word, state))
    written = drawn(word, usual(word, state, "42"))
    assert not written.layers[0].silhouette(label="text").is_empty
    assert plain.to_svg() != written.to_svg()


def test_a_half_empty_shelf_holds_less_than_a_full_one():
    counts = []
    for fullness in (0.0, 0.45, 1.0):
        canvas = Canvas(800, 200, Style("flat"))
        with canvas.layer("shelf", 1) as layer:
            pen = canvas.pen(Frame(400, 150, 3.0))
            shelf_row(pen, (-90, 90), 0, 30, 4, fullness)
        counts.append(len(layer.parts))
    assert counts[0] == 0
    assert counts[0] < counts[1] < counts[2]
