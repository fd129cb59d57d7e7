"""What hangs behind the trunk, and what is seen of it from behind: packs, capes, wings, tanks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import blob, box, circle, curve, polygon, vector
from storypainter.ink.drawing.palette import INK, mix
from storypainter.ink.people.attire_words import BACK
from storypainter.ink.people.bodies.limbs import FINE, Subject
from storypainter.ink.people.garments.cut import MEDIUM, leg_point

_WHITE = "#fffdf7"


def draw_backpack(subject: Subject) -> None:
    """All that hangs behind the trunk (before it is drawn), or on it when seen from behind."""
    for word, shade in subject.outfit.extras.items():
        if word in BACK:
            _DRAW[word](subject, shade)


def _pack(subject: Subject, shade: str) -> None:
    pen, spine, height = subject.pen, subject.skeleton.spine, subject.height
    if subject.away:
        corners = [(0.1, -0.07), (0.9, -0.06), (0.9, 0.06), (0.1, 0.07)]
    else:
        corners = [(0.12, -0.15), (0.92, -0.13), (0.95, -0.02), (0.12, -0.02)]
    pack = polygon([spine(*c) for c in corners]).buffer(0.026 * height)
    pen.shape(pack, shade, shade=1.2)
    low, high = (-0.06, 0.06) if subject.away else (-0.155, -0.06)
    pocket = polygon([spine(a, c) for a, c in ((0.14, low), (0.4, low), (0.4, high), (0.14, high))])
    pen.shape(pocket.buffer(0.008 * height), mix(shade, INK, 0.12), ink_width=MEDIUM)
    handle = [spine(0.98, (low + high) / 2 - 0.02), spine(1.09, (low + high) / 2 + 0.01)]
    pen.ink([*handle, spine(0.98, (low + high) / 2 + 0.04)], MEDIUM)


def _cape(subject: Subject, shade: str) -> None:
    """A cape from both shoulders, blown a little to the back."""
    skeleton, height, pen = subject.skeleton, subject.height, subject.pen
    spine, body = skeleton.spine, skeleton.body
    legs = (skeleton.near_leg, skeleton.far_leg)
    level = max(float(leg_point(leg, 1.45)[1]) for leg in legs)
    level = min(level, float(skeleton.pelvis[1]) + 0.36 * height, -0.03 * height)
    x = float(skeleton.pelvis[0])
    if subject.away:
        knots = [
            spine(1.04, -0.05),
            spine(0.9, -body.shoulder * 1.1),
            vector(x - 0.13 * height, level),
            vector(x, level + 0.014 * height),
            vector(x + 0.13 * height, level),
            spine(0.9, body.shoulder * 1.1),
            spine(1.04, 0.05),
        ]
    else:
        knots = [
            spine(1.06, 0.0),
            spine(0.95, -body.shoulder),
            spine(0.3, -body.shoulder * 1.5),
            vector(x - 0.2 * height, level),
            vector(x - 0.06 * height, level + 0.02 * height),
            vector(x + 0.11 * height, level - 0.006 * height),
            spine(0.3, body.shoulder * 1.25),
            spine(0.95, body.shoulder),
        ]
    cape = blob(knots, steps=6)
    pen.shape(cape, shade, shade=1.3)
    for share in (0.3, 0.55, 0.8):
        left, top, right, bottom = cape.bounds
        line = shapely.LineString(
            [
                (x + (share - 0.55) * 0.08 * height, top + 0.3 * (bottom - top)),
                (left + (right - left) * share, bottom),
            ]
        )
        cut = line.intersection(cape.buffer(-0.012 * height))
        if cut.geom_type == "LineString" and not cut.is_empty:
            pen.ink(shapely.get_coordinates(cut), 0.6)


def _ermine_cape(subject: Subject, shade: str) -> None:
    _cape(subject, shade)
    if subject.away:
        draw_ermine_collar(subject)


def draw_ermine_collar(subject: Subject) -> None:
    """A broad collar of spotted fur over both shoulders."""
    spine, pen, height = subject.skeleton.spine, subject.pen, subject.height
    shoulder = subject.skeleton.body.shoulder
    middle = 0.0 if subject.away else 0.014
    collar = blob(
        [
            spine(1.07, -0.05),
            spine(0.94, -shoulder * 1.06),
            spine(0.74, -shoulder * 0.95),
            spine(0.66, middle),
            spine(0.74, shoulder * 1.05),
            spine(0.94, shoulder * 1.06),
            spine(1.07, 0.06),
            spine(0.93 if not subject.away else 1.05, middle),
        ]
    )
    pen.shape(collar, _WHITE)
    inside = collar.buffer(-0.006 * height)
    for along, across in (
        (0.9, -0.06),
        (0.8, -0.035),
        (0.72, 0.0),
        (0.8, 0.06),
        (0.9, 0.075),
        (0.86, -0.01),
        (0.86, 0.04),
    ):
        spot = shapely.LineString([spine(along, across), spine(along - 0.06, across)]).buffer(
            0.004 * height
        )
        pen.fill(spot.intersection(inside), INK)


def _fairy_wings(subject: Subject, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    sides = (-1, 1)
    for side in sides:
        base = spine(0.7, side * 0.03)
        upper = [
            base,
            spine(1.25, side * 0.16),
            spine(1.4, side * 0.28),
            spine(1.05, side * 0.33),
            spine(0.72, side * 0.24),
        ]
        lower = [
            base,
            spine(0.62, side * 0.2),
            spine(0.3, side * 0.27),
            spine(0.1, side * 0.2),
            spine(0.3, side * 0.09),
        ]
        # the spine ends a little above the shoulders: raise the tips by hand
        upper[1] = base + np.array([side * 0.1, -0.17]) * subject.height
        upper[2] = base + np.array([side * 0.25, -0.22]) * subject.height
        upper[3] = base + np.array([side * 0.29, -0.09]) * subject.height
        for knots in (lower, upper):
            wing = blob(knots)
            pen.shape(wing, mix(shade, _WHITE, 0.35), shade=0.8)
            inner = shapely.transform(wing, lambda p, at=base: at + (p - at) * 0.68)
            pen.ink(shapely.get_coordinates(inner.exterior), 0.5, mix(shade, INK, 0.3), closed=True)


def _air_tank(subject: Subject, shade: str) -> None:
    spine, pen, height = subject.skeleton.spine, subject.pen, subject.height
    across = (0.0,) if subject.away else (-0.085,)
    for middle in across:
        tank = shapely.LineString([spine(0.12, middle), spine(0.9, middle)]).buffer(0.034 * height)
        pen.shape(tank, shade, shade=1.4)
        valve = shapely.LineString([spine(1.02, middle), spine(1.1, middle)]).buffer(0.01 * height)
        pen.shape(valve, "#46424a", ink_width=MEDIUM)
        band = shapely.LineString([spine(0.5, middle - 0.05), spine(0.5, middle + 0.05)])
        pen.shape(
            band.buffer(0.012 * height, cap_style="flat").intersection(tank),
            "#46424a",
            ink_width=FINE,
            shade=0,
        )
        hose = curve([spine(1.06, middle), spine(1.13, middle + 0.03), spine(1.13, middle + 0.08)])
        pen.ink(hose, 2.2, "#2e2a33", taper=1)


def _life_support(subject: Subject, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    corners = (
        [(0.12, -0.07), (1.0, -0.07), (1.0, 0.07), (0.12, 0.07)]
        if subject.away
        else [(0.1, -0.14), (1.02, -0.13), (1.02, -0.02), (0.1, -0.02)]
    )
    pack = polygon([spine(*c) for c in corners]).buffer(0.018 * subject.height)
    pen.shape(pack, shade, shade=1.3)
    if subject.away:
        pen.shape(
            polygon([spine(*c) for c in ((0.6, -0.04), (0.85, -0.04), (0.85, 0.04), (0.6, 0.04))]),
            "#c44a37",
            ink_width=FINE,
            shade=0,
        )


def _quiver(subject: Subject, shade: str) -> None:
    spine, pen, height = subject.skeleton.spine, subject.pen, subject.height
    ends = [spine(0.2, 0.03), spine(1.08, -0.1)]
    for shift in (-0.014, 0.0, 0.014):
        tip = ends[1] + np.array([shift - 0.02, -0.05]) * height
        pen.ink([ends[1], tip], 1.2, "#7a513a")
        pen.shape(circle(tip, 0.011 * height), _WHITE, ink_width=FINE, shade=0)
    pen.shape(shapely.LineString(ends).buffer(0.028 * height, cap_style="flat"), shade)


def _bridal_train(subject: Subject, shade: str) -> None:
    """The train of a wedding dress, spread on the ground behind."""
    height, pen = subject.height, subject.pen
    legs = (subject.skeleton.near_leg, subject.skeleton.far_leg)
    foot = min(float(leg.ankle[0]) for leg in legs)
    if subject.seated or max(float(leg.ankle[1]) for leg in legs) < -0.1 * height:
        return
    knots = [
        (foot + 0.02 * height, -0.3 * height),
        (foot - 0.09 * height, -0.14 * height),
        (foot - 0.24 * height, -0.016 * height),
        (foot - 0.16 * height, -0.002 * height),
        (foot + 0.06 * height, -0.004 * height),
    ]
    if subject.away:
        knots = [
            (foot - 0.05 * height, -0.3 * height),
            (foot - 0.14 * height, -0.004 * height),
            (foot + 0.06 * height, 0.0),
            (foot + 0.24 * height, -0.004 * height),
            (foot + 0.15 * height, -0.3 * height),
        ]
    train = blob(knots)
    pen.shape(train, mix(shade, "#8f8a98", 0.08))
    for end in (-0.16, -0.09):
        pen.ink(
            [(foot - 0.02 * height, -0.16 * height), (foot + end * height, -0.02 * height)], 0.5
        )


def _delivery_bag(subject: Subject, shade: str) -> None:
    """A courier's large box on the back."""
    spine, pen, height = subject.skeleton.spine, subject.pen, subject.height
    low, high = spine(0.02, 0.0), spine(1.08, 0.0)
    left, right = (-0.13, 0.13) if subject.away else (-0.25, -0.02)
    x = float(low[0])
    cube = box(
        x + left * height,
        float(high[1]) - 0.02 * height,
        x + right * height,
        float(low[1]),
        0.014 * height,
    )
    pen.shape(cube, shade, shade=1.3)
    pen.ink(
        [
            (x + left * height, float(high[1]) + 0.05 * height),
            (x + right * height, float(high[1]) + 0.05 * height),
        ],
        MEDIUM,
    )
    stripe = box(
        x + left * height,
        float(low[1]) - 0.1 * height,
        x + right * height,
        float(low[1]) - 0.06 * height,
    )
    pen.fill(stripe.intersection(cube.buffer(-0.003 * height)), "#e9e6df")


_DRAW: dict[str, Callable[[Subject, str], None]] = {
    "backpack": _pack,
    "school bag": _pack,
    "cape": _cape,
    "ermine cape": _ermine_cape,
    "fairy wings": _fairy_wings,
    "air tank": _air_tank,
    "life support": _life_support,
    "quiver": _quiver,
    "bridal train": _bridal_train,
    "delivery bag": _delivery_bag,
}
