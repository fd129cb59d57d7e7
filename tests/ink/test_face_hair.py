"""Hair and beards: styles differ, fit all views, survive hats, and leave mouths readable."""

from __future__ import annotations

from typing import get_args

import pytest
import shapely

from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.palette import Style
from storypainter.ink.people.faces.beards import BEARDS, beard_shapes
from storypainter.ink.people.faces.expressions import STATES
from storypainter.ink.people.faces.face import View, face_shape, skull
from storypainter.ink.people.faces.hair import HAIR_STYLES, hair_shape, worn_hair
from storypainter.ink.people.figure import Placement, draw_person
from storypainter.scene import Garment, Hair, Person

VIEWS = get_args(View)
WANTED = [
    "fringe",
    "side parting",
    "long",
    "braids",
    "cornrows",
    "afro puffs",
    "mohawk",
    "receding",
    "balding",
    "bun",
    "high ponytail",
    "undercut",
    "curly bob",
    "pixie",
]


def _svg(style: str, hair: Hair, *attire: str) -> str:
    who = Person(id="p", role="man", hair=hair, attire=tuple(Garment(kind=each) for each in attire))
    canvas = Canvas(500, 620, Style(style), 1)  # type: ignore[arg-type]
    with canvas.layer("p", 0):
        draw_person(canvas, who, Placement(250.0, 600.0, 3.0))
    return canvas.to_svg()


def test_there_are_many_styles() -> None:
    assert len(HAIR_STYLES) >= 24
    assert set(WANTED) <= set(HAIR_STYLES)


@pytest.mark.parametrize("view", VIEWS)
def test_styles_differ(view: View) -> None:
    bare, shape = skull(view, 0.1, 0.0, 0.0), face_shape("adult")
    areas = {}
    for style in HAIR_STYLES:
        hair = hair_shape(style, view, bare, shape)
        whole = shapely.union_all([*hair.masses, hair.shaved])
        areas[style] = whole.wkb + hair.cap.wkb + str(hair.strands).encode()
    twins = len(areas) - len(set(areas.values()))
    assert twins <= (1 if view == "back" else 0)  # a fringe does not show from behind


def test_cached_hair_is_not_changed_by_a_hat() -> None:
    before = worn_hair("ponytail", "three-quarter", "adult", 0.0)
    bare = [part.area for part in before.masses]
    _svg("flat", Hair(style="ponytail"), "cap", "shirt")
    again = worn_hair("ponytail", "three-quarter", "adult", 0.0)
    assert [part.area for part in again.masses] == bare
    assert again.ties


def test_black_hair_keeps_light_strands_in_line_style() -> None:
    black = _svg("line", Hair(style="long", colour="black"), "shirt", "trousers")
    bald = _svg("line", Hair(style="bald", colour="black"), "shirt", "trousers")
    assert black.count('fill="#ffffff"') > bald.count('fill="#ffffff"') + 3


@pytest.mark.parametrize("state", ["neutral", "happy", "sad", "surprised", "afraid", "disgusted"])
@pytest.mark.parametrize("view", ["three-quarter", "profile", "front"])
def test_beards_leave_the_mouth_free(view: View, state: str) -> None:
    look, shape = STATES[state], face_shape("adult")
    bare = skull(view, shape.full, 0.0, look.jaw)
    down = -look.pitch * 6.0
    mouth_y = shape.mouth_y + (-look.pitch * 3 if view == "profile" else down * 0.9)
    middle = {"three-quarter": 16.0, "front": 0.0}.get(view, 32.0)
    for kind in BEARDS:
        beard = beard_shapes(kind, view, bare, shape, look, down)
        mouth = shapely.Point(middle, mouth_y).buffer(2.5)
        assert not beard.under.intersects(mouth), (kind, state)
        assert not beard.whiskers.intersects(shapely.Point(middle, mouth_y + 1).buffer(1.5))


def test_no_beard_from_behind() -> None:
    bare, shape = skull("back", 0.1, 0.0, 0.0), face_shape("adult")
    beard = beard_shapes("full", "back", bare, shape, STATES["neutral"], 0.0)
    assert beard.under.is_empty
    assert beard.whiskers.is_empty
