"""Mental states: they differ, blend, own up to aliases, and keep comic marks for comic style."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.palette import Style
from storypainter.ink.people.bodies.poses import POSES
from storypainter.ink.people.faces.expressions import (
    ALIASES,
    EXPRESSIONS,
    POSE_FACES,
    STATES,
    at_intensity,
    face_of,
)
from storypainter.ink.people.faces.state import Expression, blend
from storypainter.ink.people.figure import Placement, draw_person
from storypainter.scene import Person

WORDS_KEPT = [
    "content",
    "smiling",
    "worried",
    "scared",
    "determined",
    "hopeful",
    "lonely",
    "nostalgic",
    "jealous",
    "shy",
    "impatient",
    "focused",
]


def _svg(style: Style, profile: bool = False, **fields: object) -> str:
    who = Person.model_validate({"id": "p", "role": "man", **fields})
    canvas = Canvas(500, 620, style, 1)
    with canvas.layer("p", 0):
        draw_person(canvas, who, Placement(250.0, 600.0, 3.0, profile=profile))
    return canvas.to_svg()


def _features(look: Expression) -> list[float]:
    """What a viewer sees of a state, each feature scaled to about 0 to 1."""
    shut = {None: 0.0, "smile": 3.0, "rest": 4.5, "squeeze": 6.0}[look.closed]
    gaze = look.gaze or (0.3, 0.0)
    kinds = ("line", "press", "smirk", "wavy", "tongue", "open", "o", "grit", "snarl", "yuck")
    return [
        shut,
        *(2 * lid for lid in (*look.upper, *look.lower)),
        look.slant,
        2 * look.pupil,
        3 * look.eye,
        *gaze,
        *(height / 6 for height in look.brow),
        *look.brow_tilt,
        1.5 * kinds.index(look.mouth),
        look.wide / 6,
        2 * look.open,
        2 * look.corners,
        look.skew / 2,
        look.blush,
        float(look.tears),
        0.5 * look.sweat,
        look.tilt / 8,
        look.pitch,
        1.0 * look.bags + look.nose_wrinkle + 0.5 * look.furrow,
    ]


def test_at_least_32_states_are_distinct() -> None:
    assert len(STATES) >= 32
    for (one, first), (other, second) in combinations(STATES.items(), 2):
        pairs = zip(_features(first), _features(second), strict=True)
        apart = sum(abs(a - b) for a, b in pairs)
        assert apart > 2.5, (one, other, apart)


def test_aliases_say_whose_face_they_share() -> None:
    assert not set(ALIASES) & set(STATES)
    assert set(ALIASES.values()) <= set(STATES)
    for word, state in ALIASES.items():
        assert EXPRESSIONS[word] is STATES[state]


@pytest.mark.parametrize("word", WORDS_KEPT)
def test_older_words_stay_valid(word: str) -> None:
    assert word in EXPRESSIONS


@given(st.sampled_from(sorted(STATES)), st.sampled_from(sorted(STATES)), st.floats(-0.5, 1.5))
def test_a_blend_lies_between(one: str, other: str, share: float) -> None:
    first, second = STATES[one], STATES[other]
    mixed = blend(first, second, share)
    for name in ("slant", "pupil", "wide", "open", "corners", "tilt", "pitch", "blush"):
        low, high = sorted((getattr(first, name), getattr(second, name)))
        assert low - 1e-9 <= getattr(mixed, name) <= high + 1e-9
    assert mixed.tears in (first.tears, second.tears)
    assert mixed.mouth in (first.mouth, second.mouth)


def test_intensity_runs_from_neutral_to_the_full_state() -> None:
    assert at_intensity("sad", 0.0) == STATES["neutral"]
    assert at_intensity("sad", 1.0).corners == STATES["sad"].corners
    assert STATES["sad"].corners < at_intensity("sad", 0.5).corners < STATES["neutral"].corners
    with pytest.raises(KeyError):
        at_intensity("flabbergasted", 0.5)


@pytest.mark.parametrize("word", sorted(w for w, look in STATES.items() if look.mark))
def test_marks_outside_the_head_belong_to_comic_style(word: str) -> None:
    assert 'data-part="mark"' not in _svg(Style(), expression=word)
    assert 'data-part="mark"' in _svg(Style(comic=True), expression=word)


def test_comic_marks_are_no_part_of_the_person() -> None:
    who = Person.model_validate({"id": "p", "role": "man", "expression": "furious"})
    heights = []
    for comic in (False, True):
        canvas = Canvas(500, 620, Style(comic=comic), 1)
        with canvas.layer("p", 0):
            result = draw_person(canvas, who, Placement(250.0, 600.0, 3.0))
        heights.append(result.silhouette.area)
    assert heights[0] == pytest.approx(heights[1])


@pytest.mark.parametrize("word", ["disgusted", "furious", "afraid"])
def test_strong_tints_of_the_skin_belong_to_comic_style(word: str) -> None:
    skin = "#f2cba8"  # the light skin, which tinted faces do not show
    plain, comic = _svg(Style(), expression=word), _svg(Style(comic=True), expression=word)
    assert plain.count(skin) > comic.count(skin)


@pytest.mark.parametrize("style", ["flat", "mono", "line"])
@pytest.mark.parametrize("profile", [False, True])
def test_states_differ_in_every_style_and_view(style: str, profile: bool) -> None:
    words = ("neutral", "happy", "sad", "angry", "afraid", "surprised", "tired", "shy")
    drawn = {_svg(Style(style), profile, expression=word) for word in words}  # type: ignore[arg-type]
    assert len(drawn) == len(words)


def test_a_blush_shows_without_colour() -> None:
    """Line style has no tints: strokes stand for the blush."""
    strokes = [_svg(Style("line"), expression=word).count("<path") for word in ("shy", "content")]
    assert strokes[0] >= strokes[1] + 4


@pytest.mark.parametrize("word", ["neutral", "happy", "furious", "in pain", "shy"])
def test_a_head_turns_to_the_viewer(word: str) -> None:
    who = Person.model_validate({"id": "p", "role": "man", "gaze": "viewer", "expression": word})
    canvas = Canvas(500, 620, Style(), 1)
    with canvas.layer("p", 0):
        result = draw_person(canvas, who, Placement(250.0, 600.0, 3.0))
    middle = (result.face.bounds[0] + result.face.bounds[2]) / 2
    width = result.face.bounds[2] - result.face.bounds[0]
    assert abs(result.mouth[0] - middle) < 0.15 * width
    if STATES[word].closed is None:
        near, far = sorted(result.pupils)
        assert near[0] < middle < far[0]


@pytest.mark.parametrize("profile", [False, True])
@pytest.mark.parametrize("facing", ["left", "right"])
def test_pupils_turn_to_what_is_looked_at(facing: str, profile: bool) -> None:
    who = Person.model_validate({"id": "p", "role": "man"})
    heights = []
    for away in (-400.0, 400.0):
        canvas = Canvas(500, 620, Style(), 1)
        ahead = 250.0 + (300.0 if facing == "right" else -300.0)
        with canvas.layer("p", 0):
            at = Placement(
                250.0,
                600.0,
                3.0,
                facing=facing,  # type: ignore[arg-type]
                profile=profile,
                gaze_target=(ahead, 100.0 + away),
            )
            result = draw_person(canvas, who, at)
        heights.append(result.pupils[0][1])
    assert heights[0] < heights[1]


@pytest.mark.parametrize("pose", sorted(POSE_FACES))
def test_a_pose_may_imply_a_face_where_the_scene_leaves_it_neutral(pose: str) -> None:
    assert pose in POSES
    assert face_of("neutral", pose) == POSE_FACES[pose] != STATES["neutral"]
    assert face_of("happy", pose) == STATES["happy"]


def test_sleepers_eyes_are_closed_and_those_who_only_lie_look() -> None:
    for pose in ("sleep", "sleep sitting"):
        assert face_of("neutral", pose).closed is not None
        assert face_of("afraid", pose).closed is None
    assert face_of("neutral", "lie").closed is None
    assert face_of("neutral", "cry").tears > 0
    with pytest.raises(KeyError):
        face_of("no such state", "sleep")
