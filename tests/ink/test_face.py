"""Heads: states differ, hair and hats leave the eyes free, gaze and lids behave."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import get_args

import pytest
import shapely

from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.palette import Style, luminance
from storypainter.ink.people.attire import HATS
from storypainter.ink.people.faces.expressions import EXPRESSIONS
from storypainter.ink.people.faces.face import SKINS, face_shape, skull
from storypainter.ink.people.faces.hair import HAIR_STYLES, hair_shape
from storypainter.ink.people.figure import FigureResult, Placement, draw_person
from storypainter.ink.people.vocabulary import FIGURE_VOCABULARY
from storypainter.scene import Age, Garment, Hair, Person

AGES = get_args(Age)
_WORDS = (
    "neutral happy amused laughing proud relieved loving excited curious surprised shocked afraid "
    "anxious sad crying disappointed embarrassed guilty angry furious disgusted disapproving bored "
    "tired asleep daydreaming concentrating sly confused"
)
WANTED = tuple(_WORDS.split())


def draw(who: Person, cm: float = 4.0, **place: object) -> tuple[FigureResult, Canvas]:
    canvas = Canvas(800, 900, Style(), 1)
    with canvas.layer(who.id, 0):
        at = Placement(400.0, 860.0, cm, **place)  # type: ignore[arg-type]
        result = draw_person(canvas, who, at)
    return result, canvas


def person(**fields: object) -> Person:
    return Person.model_validate({"id": "p", "role": "man", **fields})


def test_all_promised_states_are_there() -> None:
    assert {*WANTED, "in pain"} <= set(FIGURE_VOCABULARY["expressions"])


def test_every_state_looks_different() -> None:
    seen: dict[str, str] = {}
    for word in (*WANTED, "in pain"):
        _, canvas = draw(person(expression=word))
        ET.fromstring(canvas.to_svg())
        twin = seen.setdefault(canvas.to_svg(), word)
        assert twin == word


@pytest.mark.parametrize("word", ["asleep", "laughing", "crying"])
def test_closed_eyes_show_no_pupils(word: str) -> None:
    assert draw(person(expression=word))[0].pupils == []


@pytest.mark.parametrize("age", ["toddler", "adult"])
@pytest.mark.parametrize("style", HAIR_STYLES)
def test_hair_leaves_the_eyes_free(style: str, age: Age) -> None:
    result, canvas = draw(person(age=age, hair=Hair(style=style), attire=(Garment(kind="shirt"),)))
    assert len(result.pupils) == 2
    face = next(i for i, part in enumerate(canvas.layers[0].parts) if part.label == "face")
    over = canvas.layers[0].parts[face + 1 :]
    for x, y in result.pupils:
        eye = shapely.Point(x, y).buffer(2.5)
        for part in over:
            if part.label == "hair":
                assert not part.geometry.intersects(eye), (style, age, part.label)


#: These cover the face and leave holes for the eyes, which are drawn tight around them.
_HOODS = ("balaclava", "ghost sheet")


@pytest.mark.parametrize("hat", [hat for hat in HATS if hat not in _HOODS])
@pytest.mark.parametrize(("style", "age"), [("curly", "toddler"), ("long", "adult")])
def test_hats_leave_the_eyes_free(hat: str, style: str, age: Age) -> None:
    wearer = person(age=age, hair=Hair(style=style), attire=(Garment(kind=hat),))
    result, canvas = draw(wearer)
    hats = canvas.layers[0].silhouette(label="hat")
    assert not hats.is_empty
    for x, y in result.pupils:
        assert not hats.intersects(shapely.Point(x, y).buffer(1.5)), (hat, age)


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("profile", [False, True])
def test_face_lies_ahead_of_the_head(facing: str, profile: bool) -> None:
    result, _ = draw(person(), facing=facing, profile=profile)
    middle = (result.head_box[0] + result.head_box[2]) / 2
    sign = 1 if facing == "right" else -1
    assert (result.eyes[0] - middle) * sign > 0
    assert len(result.pupils) == (1 if profile else 2)


def test_the_neck_meets_head_and_trunk() -> None:
    for age in AGES:
        _, canvas = draw(person(age=age))
        layer = canvas.layers[0]
        whole = layer.silhouette()
        assert whole.geom_type == "Polygon", age  # one connected figure


def test_skins_run_from_light_to_dark() -> None:
    levels = [luminance(SKINS[word]) for word in ("pale", "light", "tan", "brown", "dark")]
    assert levels == sorted(levels, reverse=True)


def test_small_heads_get_larger_eyes() -> None:
    def share(cm: float) -> float:
        result, _ = draw(person(), cm=cm)
        near, far = result.pupils
        return abs(far[0] - near[0]) / (result.head_box[2] - result.head_box[0])

    assert share(1.2) == pytest.approx(share(4.0), rel=0.05)  # they grow in place


@pytest.mark.parametrize("view", ["three-quarter", "profile", "back", "front"])
@pytest.mark.parametrize("style", HAIR_STYLES)
def test_hair_shapes_are_valid(style: str, view: str) -> None:
    bare = skull(view, 0.5, 0.0, 0.0)
    hair = hair_shape(style, view, bare, face_shape("child"))  # type: ignore[arg-type]
    for part in (hair.cap, *hair.back, *hair.front):
        assert part.is_valid
    if style != "bald":
        assert hair.cap.area > (400 if view != "front" else 60)


def test_states_stay_in_range() -> None:
    for word, look in EXPRESSIONS.items():
        assert all(0 <= lid <= 1 for lid in (*look.upper, *look.lower)), word
        assert abs(look.tilt) <= 20, word
        assert 0 <= look.open <= 1.3, word
