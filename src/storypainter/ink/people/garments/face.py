"""What is worn on the face: glasses, masks, goggles, patches, a false beard, in head units."""

from __future__ import annotations

from collections.abc import Callable

import shapely

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import (
    Point,
    blob,
    bow,
    box,
    circle,
    curve,
    ellipse,
    polygon,
    union,
)
from storypainter.ink.drawing.palette import INK, mix
from storypainter.ink.people.faces.face import View

Eyes = list[tuple[float, float, float, float]]
_WHITE = "#fffdf7"
_CLEAR = "#a9d3e2"


def draw_glasses(pen: Pen, kind: str, view: View, eyes: Eyes, ear: Point) -> None:
    """What is worn on the face.

    Args:
        pen: draws in head units.
        kind: words joined by ``+``, each with its ``#rrggbb`` after a space where it has one.
        view: where the head is seen from; never ``back``.
        eyes: the middle of each eye first, the nearer one first.
        ear: where the arm of glasses ends.
    """
    for each in kind.split("+"):
        word, _, shade = each.partition(" #")
        draw = _DRAW.get(word)
        if draw is not None:
            draw(pen, f"#{shade}" if shade else INK, view, eyes)
        else:
            _spectacles(pen, word, view, eyes, ear)


def _spectacles(pen: Pen, kind: str, view: View, eyes: Eyes, ear: Point) -> None:
    """Glasses or sunglasses on the eyes; the arm runs to the ear."""
    dark = kind == "sunglasses"
    colour = INK if dark else "#3a333c"
    rims: list[tuple[float, float, float]] = []
    for index, (x, y, _, _) in enumerate(eyes):
        high = 11.0
        wide = 11.6 if index == 0 else 9.8
        if view == "profile":
            wide = 6.6
        lens = ellipse(x, y + 1.2, wide, high)
        if dark:
            lens = box(x - wide, y - high * 0.75, x + wide, y + high, 5.5)
            pen.shape(lens, "#35323d", ink_width=0.7, shade=0)
            pen.ink([(x - wide * 0.4, y - 2), (x - wide * 0.1, y - 5)], 0.6, "#8f8a98")
        else:
            pen.fill(lens, "#ffffff", 0.16)
            pen.ink(shapely.get_coordinates(lens.exterior), 0.7, colour, closed=True)
        rims.append((x - wide, x + wide, y))
    if view == "three-quarter":
        bridge = bow(
            (rims[0][1], rims[0][2]),
            ((rims[0][1] + rims[1][0]) / 2, rims[0][2] - 3),
            (rims[1][0], rims[1][2]),
        )
        pen.ink(bridge, 0.75, colour, taper=1.0)
    pen.ink(
        [
            (rims[0][0], rims[0][2]),
            ((rims[0][0] + ear[0]) / 2, rims[0][2]),
            (ear[0] + 4, ear[1] - 7),
        ],
        0.7,
        colour,
        taper=0.8,
    )


def _strap(pen: Pen, view: View, colour: str, y: float, width: float = 3.2) -> None:
    line = (
        [(-42, y + 4), (-24, y), (-8, y - 1)]
        if view == "three-quarter"
        else [(-46, y + 3), (0, y), (18, y)]
    )
    pen.shape(
        shapely.LineString(line).buffer(width, cap_style="flat"), colour, ink_width=0.6, shade=0
    )


def _surgical_mask(pen: Pen, shade: str, view: View, eyes: Eyes) -> None:
    if view == "three-quarter":
        cloth = blob(
            [
                (-14, 12),
                (4, 10),
                (20, 7),
                (36, 11),
                (39, 24),
                (30, 41),
                (14, 48),
                (-4, 43),
                (-16, 30),
            ]
        )
        straps = ([(-14, 14), (-36, 4)], [(-14, 34), (-34, 22)])
        folds = ([(-13, 23), (14, 21), (37, 21)], [(-11, 33), (12, 33), (34, 30)])
    else:
        cloth = blob([(10, 14), (26, 9), (42, 10), (46, 22), (40, 42), (24, 48), (10, 38)])
        straps = ([(11, 16), (-8, 4)], [(12, 38), (-6, 18)])
        folds = ([(12, 24), (28, 22), (44, 22)], [(14, 34), (28, 33), (42, 32)])
    for strap in straps:
        pen.ink(strap, 1.0, _WHITE, taper=1)
        pen.ink(strap, 0.5, taper=1)
    pen.shape(cloth, shade, shade=0.8)
    for fold in folds:
        pen.ink(curve(fold), 0.6)


def _goggle_lenses(pen: Pen, shade: str, view: View, eyes: Eyes, glass: str) -> None:
    middles = []
    for index, (x, y, _, _) in enumerate(eyes):
        wide = (10.5 if index == 0 else 9.0) if view == "three-quarter" else 7.5
        lens = ellipse(x, y + 1, wide + 2.5, 10.5)
        pen.shape(lens, shade, ink_width=0.8, shade=0)
        pen.fill(ellipse(x, y + 1, wide - 0.5, 7.8), glass, 0.62)
        pen.ink([(x - 4, y + 2), (x, y - 4)], 1.0, _WHITE)
        middles.append((x, y))
    if len(middles) > 1:
        pen.ink(
            [(middles[0][0] + 11, middles[0][1]), (middles[1][0] - 9, middles[1][1])],
            1.6,
            shade,
            taper=1,
        )


def _swimming_goggles(pen: Pen, shade: str, view: View, eyes: Eyes) -> None:
    _strap(pen, view, shade, eyes[0][1])
    _goggle_lenses(pen, shade, view, eyes, "#a9d3e2")


def _wide_goggles(pen: Pen, shade: str, view: View, eyes: Eyes, glass: str, opacity: float) -> None:
    xs = [x for x, _, _, _ in eyes]
    y = eyes[0][1]
    left, right = min(xs) - 16, max(xs) + (13 if view == "three-quarter" else 11)
    _strap(pen, view, shade, y, 4.0)
    frame = box(left, y - 14, right, y + 14, 10)
    pane = box(left + 4, y - 10, right - 4, y + 10, 7)
    pen.shape(frame.difference(pane), shade, ink_width=0.8, shade=0)
    pen.fill(pane, glass, opacity)
    pen.ink([(left + 10, y + 4), (left + 17, y - 6)], 1.3, _WHITE)
    pen.ink([(left + 16, y + 5), (left + 21, y - 2)], 0.9, _WHITE)


def _safety_goggles(pen: Pen, shade: str, view: View, eyes: Eyes) -> None:
    _wide_goggles(pen, shade, view, eyes, _CLEAR, 0.3)


def _ski_goggles(pen: Pen, shade: str, view: View, eyes: Eyes) -> None:
    _wide_goggles(pen, shade, view, eyes, "#dd8a3e", 0.72)


def _diving_mask(pen: Pen, shade: str, view: View, eyes: Eyes) -> None:
    xs = [x for x, _, _, _ in eyes]
    y = eyes[0][1]
    left, right = min(xs) - 16, max(xs) + 13
    _strap(pen, view, shade, y, 4.4)
    nose = (min(xs) + max(xs)) / 2 + (2 if view == "three-quarter" else 10)
    frame = union([box(left, y - 15, right, y + 14, 9), ellipse(nose, y + 14, 9, 9)])
    pen.shape(
        frame.difference(box(left + 4, y - 11, right - 4, y + 10, 7)), shade, ink_width=0.8, shade=0
    )
    pen.fill(box(left + 4, y - 11, right - 4, y + 10, 7), _CLEAR, 0.4)
    pen.ink([(left + 10, y + 4), (left + 18, y - 7)], 1.3, _WHITE)
    x = left - 4
    tube = shapely.LineString(
        curve([(x + 12, y + 36), (x - 8, y + 26), (x - 14, y - 10), (x - 10, y - 66)])
    ).buffer(4)
    pen.shape(tube, "#edc04f", ink_width=0.9)
    pen.fill(box(x - 16, y - 72, x - 5, y - 58).intersection(tube.buffer(0.2)), "#c44a37")


def _eye_patch(pen: Pen, shade: str, view: View, eyes: Eyes) -> None:
    x, y, _, _ = eyes[-1]
    pen.ink(curve([(x, y - 2), (x - 26, y - 17), (-38, y - 22)]), 1.5, shade, taper=1)
    if view == "three-quarter":
        pen.ink([(x, y - 4), (x + 13, y - 14)], 1.5, shade, taper=1)
    patch = blob(
        [(x - 10, y - 9), (x + 9, y - 10), (x + 11, y + 2), (x + 1, y + 14), (x - 10, y + 4)]
    )
    pen.shape(patch, shade, ink_width=0.7, shade=0)


def _eye_mask(pen: Pen, shade: str, view: View, eyes: Eyes) -> None:
    xs = [x for x, _, _, _ in eyes]
    y = eyes[0][1]
    left, right = min(xs) - 19, max(xs) + (15 if view == "three-quarter" else 13)
    middle = (left + right) / 2
    band = blob(
        [
            (left, y - 6),
            (left + 12, y - 15),
            (middle, y - 11),
            (right - 8, y - 14),
            (right, y - 5),
            (right - 6, y + 9),
            (middle + 3, y + 8),
            (left + 12, y + 12),
            (left, y + 3),
        ]
    )
    holes = union(
        [ellipse(x, ey + 1, 8.6 if i == 0 else 7.4, 7.6) for i, (x, ey, _, _) in enumerate(eyes)]
    )
    _strap(pen, view, shade, y, 4.2)
    pen.shape(band.difference(holes), shade, ink_width=0.7, shade=0)


def _red_nose(pen: Pen, shade: str, view: View, eyes: Eyes) -> None:
    x = 24.0 if view == "three-quarter" else 44.0
    y = eyes[0][1] + 14
    pen.shape(circle((x, y), 8.5), shade, ink_width=0.8, shade=1.2)
    pen.fill(circle((x - 3, y - 3), 2.2), _WHITE)
    white = union([ellipse(16 if view == "three-quarter" else 34, eyes[0][1] + 30, 17, 8)])
    pen.fill(
        white.difference(ellipse(16 if view == "three-quarter" else 34, eyes[0][1] + 29, 12, 4)),
        _WHITE,
        0.8,
    )
    for ex, ey, _, _ in eyes:
        pen.ink([(ex, ey - 19), (ex, ey - 12)], 1.4, "#3f658c")
        pen.ink([(ex, ey + 12), (ex, ey + 18)], 1.4, "#3f658c")
    pen.fill(circle((eyes[0][0] - 14, eyes[0][1] + 19), 6.5), "#e5856e", 0.7)


def _santa_beard(pen: Pen, shade: str, view: View, eyes: Eyes) -> None:
    low = eyes[0][1] + 30
    if view == "three-quarter":
        knots = [
            (-30, 2),
            (-20, 14),
            (-8, 20),
            (16, 18),
            (34, 18),
            (40, 12),
            (41, 30),
            (38, 52),
            (24, 74),
            (8, 80),
            (-10, 74),
            (-26, 52),
            (-32, 26),
        ]
        x = 16.0
    else:
        knots = [
            (-2, 4),
            (8, 16),
            (22, 20),
            (44, 19),
            (46, 36),
            (42, 56),
            (26, 76),
            (8, 70),
            (-6, 44),
            (-8, 20),
        ]
        x = 36.0
    mouth = ellipse(x, low + 1, 9, 4.5)
    beard = blob(knots)
    pen.shape(beard.difference(mouth), shade, shade=1.2)
    for dx in (-16, -4, 8, 18):
        pen.ink(
            curve([(x + dx, low + 12), (x + dx * 0.9 - 2, low + 24), (x + dx * 0.8, low + 36)]), 0.6
        )
    for side in (-1, 1):
        whisker = polygon(
            [(x, low - 10), (x + side * 18, low - 4), (x + side * 22, low + 3), (x + side * 8, low)]
        ).buffer(2)
        pen.shape(whisker, mix(shade, _WHITE, 0.4), ink_width=0.7, shade=0)


_DRAW: dict[str, Callable[[Pen, str, View, Eyes], None]] = {
    "surgical mask": _surgical_mask,
    "swimming goggles": _swimming_goggles,
    "safety goggles": _safety_goggles,
    "ski goggles": _ski_goggles,
    "diving mask": _diving_mask,
    "eye patch": _eye_patch,
    "eye mask": _eye_mask,
    "red nose": _red_nose,
    "santa beard": _santa_beard,
}
