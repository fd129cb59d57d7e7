"""Palette, geometry and canvas: colours stay apart, bones bend, layers are kept apart."""

from __future__ import annotations

import itertools
import math
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.ink.canvas import Canvas
from storypainter.ink.geometry import Frame, box, circle, resample, tube, two_bones
from storypainter.ink.palette import INK, NAMED, Style, colour, luminance, mix
from storypainter.ink.strokes import Nib, smooth_path, stroke_path

SVG = "{http://www.w3.org/2000/svg}"
LABEL = "{http://www.inkscape.org/namespaces/inkscape}label"
finite = st.floats(-500, 500)


def deuteranope(hex_colour: str) -> np.ndarray:
    """A colour as a person without green cones sees it (Viénot, Brettel and Mollon 1999)."""
    rgb = np.array([int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]) ** 2.2
    matrix = np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]])
    return np.clip(matrix @ rgb, 0, 1) ** (1 / 2.2)


def test_main_colours_stay_apart_without_green_cones() -> None:
    main = ("black", "brown", "red", "orange", "yellow", "green", "blue", "pink", "white", "navy")
    for one, other in itertools.combinations(main, 2):
        apart = np.linalg.norm(deuteranope(colour(one)) - deuteranope(colour(other)))
        assert apart > 0.09, (one, other, apart)


def test_colour_words() -> None:
    assert colour("#a1b2c3") == "#a1b2c3"
    assert colour("mustard") == NAMED["mustard"]
    assert luminance(colour("dark blue")) < luminance(colour("blue"))
    assert luminance(colour("pale blue")) > luminance(colour("light blue"))
    assert colour("gray") == colour("grey")


@pytest.mark.parametrize("word", ["", "blurple", "dark", "#12345", "red; fill:url(x)"])
def test_unknown_colour_is_an_error(word: str) -> None:
    with pytest.raises(BadInput, match="knows no colour"):
        colour(word)


def test_mix_runs_from_one_colour_to_the_other() -> None:
    assert mix("#000000", "#ffffff", 0.0) == "#000000"
    assert mix("#000000", "#ffffff", 1.0) == "#ffffff"
    assert luminance(mix("#000000", "#ffffff", 0.5)) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("hex_colour", [colour(word) for word in ("cream", "red", "navy", "black")])
def test_line_style_is_black_on_white(hex_colour: str) -> None:
    assert Style("line").fill(hex_colour) in ("#ffffff", INK)
    grey = Style("mono").fill(hex_colour)
    assert len({grey[1:3], grey[3:5], grey[5:7]}) == 1


@given(
    letters=st.sampled_from(sorted(NAMED)),
    ground=st.sampled_from(sorted(NAMED)),
    name=st.sampled_from(["flat", "line", "mono"]),
)
def test_letters_never_vanish_on_their_ground(letters: str, ground: str, name: str) -> None:
    style = Style(name)  # type: ignore[arg-type]
    paint = style.text(colour(letters), on=colour(ground))
    assert abs(luminance(paint) - luminance(style.fill(colour(ground)))) >= 0.34


def test_two_bones_known_answers() -> None:
    joint, end = two_bones((0, 0), (0, 5), 3, 4, 1)
    assert end == pytest.approx((0, 5))
    assert np.hypot(*joint) == pytest.approx(3)
    assert joint == pytest.approx((-2.4, 1.8))  # the 3-4-5 triangle, bent to the left
    mirrored, _ = two_bones((0, 0), (0, 5), 3, 4, -1)
    assert mirrored == pytest.approx((2.4, 1.8))


def test_two_bones_stretch_towards_what_they_cannot_reach() -> None:
    joint, end = two_bones((10, 10), (110, 10), 30, 20, 1)
    assert end[0] == pytest.approx(60, abs=0.1)
    assert end[1] == pytest.approx(10)
    assert joint[1] == pytest.approx(10, abs=2)


@given(finite, finite, st.floats(1, 90), st.floats(1, 90), st.sampled_from([1, -1]))
def test_two_bones_keep_their_lengths(
    x: float, y: float, first: float, second: float, bend: int
) -> None:
    joint, end = two_bones((0, 0), (x, y), first, second, bend)
    assert np.hypot(*joint) == pytest.approx(first, rel=1e-3)
    assert np.hypot(*(end - joint)) == pytest.approx(second, rel=1e-2, abs=1e-2)
    reach = math.hypot(x, y)
    if abs(first - second) + 0.1 < reach < (first + second) * 0.999:
        assert end == pytest.approx((x, y), abs=1e-6)


@given(finite, finite, st.floats(0.1, 9), st.floats(-180, 180), st.booleans(), finite, finite)
def test_frame_goes_there_and_back(
    x: float, y: float, scale: float, degrees: float, mirror: bool, px: float, py: float
) -> None:
    frame = Frame(x, y, scale, degrees, mirror)
    assert frame.local(frame.point(px, py)) == pytest.approx((px, py), abs=1e-6)


def test_frame_mirrors_after_turning() -> None:
    assert Frame(0, 0, 1, 90).point(1, 0) == pytest.approx((0, 1))
    assert Frame(0, 0, 1, 30, mirror=True).point(1, 0) == pytest.approx(
        (-math.cos(math.pi / 6), 0.5)
    )


def test_resample_is_even_and_keeps_ends() -> None:
    points = resample([(0, 0), (10, 0), (10, 10)], 1.0)
    steps = np.hypot(*np.diff(points, axis=0).T)
    assert points[0] == pytest.approx((0, 0))
    assert points[-1] == pytest.approx((10, 10))
    assert steps.max() == pytest.approx(1.0, abs=0.01)


def test_tube_has_its_widths() -> None:
    limb = tube([(0, 0), (0, 100)], [(0, 10), (1, 4)], flat_end=True)
    assert limb.bounds[3] == pytest.approx(100, abs=0.01)
    across = limb.intersection(shapely.LineString([(-50, 50), (50, 50)])).length
    assert across == pytest.approx(14, rel=0.05)


def test_closed_stroke_is_heavier_at_the_lower_right() -> None:
    ring = resample(circle((100, 100), 50).exterior.coords, 4, closed=True)
    nib = Nib(width=6, step=4, wobble=0, unit=1, seed=3)
    _, outer = stroke_path(ring, nib, closed=True, taper=1)
    reach = np.hypot(*(outer - 100).T)
    angle = np.degrees(np.arctan2(outer[:, 1] - 100, outer[:, 0] - 100))
    lower_right = np.abs(reach[np.abs(angle - 50) < 25] - 50).mean()
    upper_left = np.abs(reach[np.abs(angle + 130) < 25] - 50).mean()
    assert lower_right > upper_left * 1.3


def test_smooth_path_sits_on_a_tenth_of_a_pixel() -> None:
    data = smooth_path(np.array([(0.04, 0), (10.26, 0), (10, 9.96)]))
    numbers = data.replace("M", " ").replace("q", " ").replace("z", "").split()
    assert all(len(number.partition(".")[2]) <= 1 for number in numbers)


def scene(extra: bool = False, seed: int = 4) -> Canvas:
    canvas = Canvas(400, 300, Style(), seed)
    if extra:
        with canvas.layer("extra", 1):
            canvas.shape(circle((50, 50), 20), colour("red"))
    with canvas.layer("ball", 5, clues=("c1", "c2"), kind="football"):
        canvas.shape(circle((200, 150), 40), colour("white"))
        with canvas.part("held", element="kite", kind="kite", clues=("c3",)):
            canvas.shape(box(300, 20, 340, 60), colour("blue"))
    with canvas.layer("far", -5):
        canvas.shape(box(0, 200, 400, 300), colour("green"), shade=0)
        canvas.ink([(0, 0), (50, 80), (90, 10)], 0.5, solid=True)
    return canvas


def test_same_calls_same_bytes() -> None:
    assert scene().to_svg() == scene().to_svg()
    assert scene().to_svg() != scene(seed=5).to_svg()


def test_an_added_layer_changes_no_other() -> None:
    plain = {layer.id: layer.svg for layer in scene().layers}
    more = {layer.id: layer.svg for layer in scene(extra=True).layers}
    assert all(more[name] == svg for name, svg in plain.items())


def test_svg_has_named_layers_in_painting_order() -> None:
    root = ET.fromstring(scene(extra=True).to_svg())
    groups = root.findall(f"{SVG}g")
    assert [group.get("id") for group in groups] == ["far", "extra", "ball"]
    assert groups[2].get(LABEL) == "ball"
    assert groups[2].get("data-clues") == "c1 c2"
    held = groups[2].find(f"{SVG}g")
    assert held is not None
    assert held.get("data-element") == "kite"
    assert held.get("data-part") == "held"


def test_layers_know_whose_parts_are_whose() -> None:
    far, ball = scene().layers
    assert [part.element for part in ball.parts] == ["ball", "kite"]
    assert ball.members["kite"] == ("kite", ("c3",))
    assert ball.silhouette().area == pytest.approx(math.pi * 1600, rel=0.01)
    assert ball.silhouette("kite", "held").area == pytest.approx(1600)
    assert len(far.parts) == 2  # the meadow and the solid stroke


def test_clip_cuts_for_the_audit_too() -> None:
    canvas = Canvas(100, 100, Style())
    with canvas.layer("a", 0), canvas.clip(box(0, 0, 50, 100)):
        canvas.shape(box(20, 20, 80, 80), colour("red"))
    assert canvas.layers[0].silhouette().bounds == (20, 20, 50, 80)
    root = ET.fromstring(canvas.to_svg())
    assert root.find(f"{SVG}defs/{SVG}clipPath") is not None


def test_hostile_ids_are_escaped() -> None:
    canvas = Canvas(100, 100, Style())
    hostile = '"><script>alert(1)</script>'
    with canvas.layer(hostile, 0, clues=('"x',), kind="<b>"):
        canvas.path("M0 0z", colour("red"), '"/><a')
    root = ET.fromstring(canvas.to_svg())
    assert root.findall(f".//{SVG}script") == []
    assert root.find(f"{SVG}g").get("id") == hostile  # type: ignore[union-attr]


def test_misuse_is_told() -> None:
    canvas = Canvas(100, 100, Style())
    with pytest.raises(BadInput, match="outside of a layer"):
        canvas.shape(circle((5, 5), 3), colour("red"))
    inside = pytest.raises(BadInput, match="inside layer 'a'")
    with canvas.layer("a", 0), inside, canvas.layer("b", 1):
        pass
    with pytest.raises(BadInput, match="two layers"), canvas.layer("a", 2):
        pass


def test_empty_and_tiny_shapes_draw_nothing_and_break_nothing() -> None:
    canvas = Canvas(100, 100, Style())
    with canvas.layer("a", 0):
        canvas.shape(shapely.Polygon(), colour("red"))
        canvas.fill(shapely.Polygon(), colour("red"))
        canvas.ink([(5, 5), (5, 5)])
        canvas.shape(circle((50, 50), 0.05), colour("red"))
    ET.fromstring(canvas.to_svg())


def test_pen_draws_in_local_coordinates() -> None:
    canvas = Canvas(200, 200, Style())
    with canvas.layer("a", 0):
        pen = canvas.pen(Frame(100, 180, scale=2, mirror=True))
        pen.shape(box(10, -40, 20, 0), colour("red"))
    assert canvas.layers[0].silhouette().bounds == pytest.approx((60, 100, 80, 180))
