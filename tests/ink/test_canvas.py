"""Palette, geometry and canvas: colours stay apart, bones bend, layers are kept apart."""

from __future__ import annotations

import itertools
import math
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame, box, circle, resample, tube, two_bones
from storypainter.ink.drawing.hatching import hatch_lines
from storypainter.ink.drawing.palette import INK, NAMED, Style, colour, luminance, mix
from storypainter.ink.drawing.strokes import Nib, sampled, smooth_path, stroke_path

SVG = "{http://www.w3.org/2000/svg}"
MODE = "{http://www.inkscape.org/namespaces/inkscape}groupmode"
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
    numbers = re.findall(r"-?\d*\.?\d+", data)
    assert len(numbers) == 2 * 5  # a start, one curve in full, two mirrored ones
    assert all(len(number.partition(".")[2]) <= 1 for number in numbers)


def _outline(data: str) -> np.ndarray:
    """The end points of a smooth path's curves, by adding up its relative moves."""
    commands = re.fullmatch(r"M(.*)q(.*)t(.*)z", data)
    assert commands is not None
    start, first, rest = (
        np.array(re.findall(r"-?\d*\.?\d+", each), dtype=float).reshape(-1, 2)
        for each in commands.groups()
    )
    return start[0] + np.cumsum(np.vstack([first[1:], rest]), axis=0)


@given(st.integers(0, 99), st.integers(12, 120), st.floats(20, 300))
def test_smooth_path_stays_with_its_points_and_closes(seed: int, count: int, size: float) -> None:
    rng = np.random.default_rng(seed)
    turns = np.linspace(0, 2 * np.pi, count, endpoint=False)
    radius = size * (1 + 0.2 * np.sin(3 * turns + rng.uniform(0, 6)))
    points = 500 + np.column_stack([np.cos(turns), np.sin(turns)]) * radius[:, None]
    middles = (points + np.roll(points, -1, axis=0)) / 2
    ends = _outline(smooth_path(points))
    far = shapely.distance(shapely.points(ends), shapely.LinearRing(middles))
    assert far.max() < 1.0 + size / count
    missed = shapely.distance(shapely.points(points), shapely.LinearRing(ends))
    bend = np.abs(np.roll(points, 1, axis=0) + np.roll(points, -1, axis=0) - 2 * points).max()
    assert missed.max() < 0.3 + bend
    start = np.array(re.findall(r"-?\d*\.?\d+", data := smooth_path(points))[:2], dtype=float)
    assert ends[-1] == pytest.approx(start, abs=1e-6), data


def test_straight_runs_cost_little() -> None:
    side = np.linspace(0, 400, 101)[:-1]
    square = np.vstack(
        [
            np.column_stack([side, side * 0]),
            np.column_stack([side * 0 + 400, side]),
            np.column_stack([400 - side, side * 0 + 400]),
            np.column_stack([side * 0, 400 - side]),
        ]
    )
    assert len(_outline(smooth_path(square))) < 0.4 * len(square)


@given(st.integers(0, 50), st.sampled_from([False, True]))
def test_sampled_is_even_and_within_its_limits(seed: int, closed: bool) -> None:
    points = np.random.default_rng(seed).uniform(0, 300, (6, 2))
    line, step = sampled(points, 1.3, 5.5, closed=closed)
    assert 1.3 <= step <= 5.5
    whole = shapely.LinearRing(points) if closed else shapely.LineString(points)
    assert shapely.distance(shapely.points(line), whole).max() < 1e-6
    assert (len(line) - (not closed)) * step == pytest.approx(whole.length, rel=0.1)


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
    assert groups[2].get(LABEL) == "ball (football)"
    assert groups[2].get(MODE) == "layer"
    assert groups[2].findtext(f"{SVG}title") == "football"
    assert groups[2].findtext(f"{SVG}desc") == "shows the clues c1, c2"
    assert root.get("viewBox") == "0 0 400 300"
    assert groups[2].get("data-clues") == "c1 c2"
    held = groups[2].find(f"{SVG}g")
    assert held is not None
    assert held.get("data-element") == "kite"
    assert held.get("id") == "kite"
    assert held.get(LABEL) == "kite (kite)"
    assert held.get(MODE) == "layer"
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


def test_what_is_written_can_be_found_and_heard() -> None:
    canvas = Canvas(200, 200, Style())
    with canvas.layer("sign", 0, kind="poster", text='"SALE" <50 %>'):
        canvas.shape(box(10, 10, 90, 90), colour("white"))
        with canvas.part("text", text="only today"):
            canvas.path("M20 20l9 0 0 9z", colour("red"))
    group = ET.fromstring(canvas.to_svg("A shop")).find(f"{SVG}g")
    assert group is not None
    assert group.get("data-text") == group.get("aria-label") == '"SALE" <50 %>'
    assert group.findtext(f"{SVG}title") == 'poster: "SALE" <50 %>'
    part = group.find(f"{SVG}g")
    assert part is not None
    assert part.get("aria-label") == "only today"
    assert ET.fromstring(canvas.to_svg("A <shop>")).findtext(f"{SVG}title") == "A <shop>"


def test_an_element_in_two_groups_has_its_id_once() -> None:
    canvas = Canvas(200, 200, Style())
    with canvas.layer("girl", 0, kind="person"):
        for place in (20, 60):
            with canvas.part("held", element="kite", kind="kite"):
                canvas.shape(box(place, 20, place + 30, 60), colour("blue"))
    groups = ET.fromstring(canvas.to_svg()).findall(f".//{SVG}g[@data-element='kite']")
    assert [group.get("id") for group in groups] == ["kite", None]


def _inked(style: Style, fill: str, kind: str = "prop") -> str:
    canvas = Canvas(1024, 1024, style)
    with canvas.layer("a", 0, kind=kind):
        canvas.shape(box(100, 100, 400, 400), fill)
    return canvas.to_svg()


def test_line_style_is_black_and_white_only() -> None:
    for fill in ("navy", "red", "cream", "sky"):
        paints = set(
            re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', _inked(Style("line"), colour(fill)))
        )
        assert paints <= {INK, "#ffffff"}


def test_hatching_replaces_solid_black() -> None:
    assert _inked(Style("line"), colour("navy")).count(f'fill="{INK}"') == 2  # area and outline
    hatched = _inked(Style("line", hatching=True), colour("navy"))
    assert hatched.count(f'fill="{INK}"') == 1
    assert hatched.count(f'stroke="{INK}"') == 2  # crosswise
    assert _inked(Style("line", hatching=True), colour("red")).count(f'stroke="{INK}"') == 1
    assert "stroke=" not in _inked(Style("line", hatching=True), colour("cream"))
    assert "stroke=" not in _inked(Style("flat", hatching=True), colour("navy"))


@given(st.floats(3, 20), st.floats(-180, 180), st.integers(0, 9))
def test_hatch_lines_stay_inside(spacing: float, degrees: float, seed: int) -> None:
    area = circle((200, 200), 90).difference(circle((220, 200), 30))
    found = hatch_lines(area, spacing, degrees, seed)
    inside = area.buffer(1e-6)
    assert all(inside.covers(shapely.LineString(each)) for each in found)
    assert len(found) >= 0.6 * 180 / spacing


def test_rain_does_not_cut_lines_in_line_style() -> None:
    canvas = Canvas(400, 400, Style("line"))
    with canvas.layer("rain", 0, kind="weather"):
        canvas.ink([(10, 10), (60, 90)], 0.6, colour("white"))
    assert f'<path fill="{INK}"' in canvas.to_svg()


def test_lamps_stay_bright_at_night() -> None:
    night = Style(tint="#1c2a5a", tint_strength=0.27)
    assert luminance(night.fill("#f6d67c")) > 0.8 * luminance("#f6d67c")
    assert luminance(night.fill(colour("red"))) < luminance(colour("red"))
    assert night.fill(colour("red"), lit=True) == colour("red")
    canvas = Canvas(300, 300, night)
    with canvas.layer("phone", 0), canvas.lit():
        canvas.fill(box(50, 50, 90, 90), colour("sky"))
    assert f'fill="{colour("sky")}"' in canvas.to_svg()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ink_width", 0.4),
        ("ink_width", 2.1),
        ("wobble", -0.1),
        ("wobble", float("nan")),
        ("tint_strength", 1.5),
        ("name", "oil"),
        ("palette", "loud"),
        ("tint", "blue"),
    ],
)
def test_style_refuses_what_it_cannot_do(field: str, value: object) -> None:
    with pytest.raises(BadInput) as caught:
        Style(**{field: value})  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_ink_width_and_wobble_are_factors() -> None:
    plain, bold = (Canvas(1024, 1024, Style(ink_width=factor)) for factor in (1.0, 2.0))
    assert bold.ink_width == 2 * plain.ink_width
    assert _inked(Style(wobble=0), colour("red")) != _inked(Style(wobble=2), colour("red"))


#: Machado, Oliveira and Fernandes 2009, doi:10.1109/TVCG.2009.113, severity 1, linear RGB.
_PROTANOPIA = [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
]
_DEUTERANOPIA = [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.011820, 0.042940, 0.968881],
]


def _lightness(hex_colour: str, matrix: list[list[float]]) -> float:
    """CIE L* (0 to 100) of a colour as seen without one kind of cones."""
    channels = np.array([int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    level = float(np.clip(np.array(matrix) @ linear, 0, 1) @ [0.2126, 0.7152, 0.0722])
    return 116 * level ** (1 / 3) - 16 if level > 0.008856 else 903.3 * level


REDS = ("red", "crimson", "scarlet", "rust", "maroon", "burgundy", "dark red")
GREENS = ("green", "emerald", "olive", "sage", "lime", "mint", "dark green", "light green")


@pytest.mark.parametrize("matrix", [_PROTANOPIA, _DEUTERANOPIA], ids=["protanopia", "deuteranopia"])
def test_safe_reds_and_greens_differ_in_lightness(matrix: list[list[float]]) -> None:
    safe = Style(palette="safe")
    for red, green in itertools.product(REDS, GREENS):
        one, other = (_lightness(safe.fill(colour(word)), matrix) for word in (red, green))
        assert other - one > 15, (red, green, other - one)
    plain = [
        abs(_lightness(colour(red), matrix) - _lightness(colour(green), matrix))
        for red, green in itertools.product(REDS, GREENS)
    ]
    assert min(plain) < 3  # so the standard palette does not do it


def test_safe_palette_leaves_skin_and_greys() -> None:
    for kept in ("#f2c9a5", "#c98d62", "#ffffff", INK, colour("grey"), colour("yellow")):
        assert Style(palette="safe").fill(kept) == kept


def test_mono_keeps_red_and_blue_apart() -> None:
    mono = Style("mono")
    red, blue = (luminance(mono.fill(colour(word))) for word in ("red", "blue"))
    assert red - blue > 0.12
    assert luminance(mono.fill(colour("white"))) - luminance(mono.fill(colour("black"))) > 0.7
