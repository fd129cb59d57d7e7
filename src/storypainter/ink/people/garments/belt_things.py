"""What hangs at a belt and tells a trade: keys, dog leads, a squeegee, a wrench."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
import shapely.affinity

from storypainter.ink.drawing.geometry import (
    Geometry,
    Points,
    box,
    circle,
    curve,
    ellipse,
    polygon,
    union,
    vector,
)
from storypainter.ink.drawing.palette import INK, mix
from storypainter.ink.people.bodies.limbs import FINE, Subject
from storypainter.ink.people.garments.cut import MEDIUM, trunk
from storypainter.ink.people.garments.pattern_base import cross_band

_STEEL = "#b9b6b2"
_GOLD = "#d9a83a"
_LEATHER = "#6b4a36"


def draw_belt(subject: Subject, shade: str, width: float) -> None:
    """A belt round the waist; ``width`` in shares of the height."""
    belt = cross_band(subject, 0.12, width).intersection(trunk(subject.skeleton, -0.1, grow=0.01))
    subject.pen.shape(belt, shade, ink_width=MEDIUM, shade=0)


def _hook(subject: Subject, across: float) -> Points:
    """A place on the belt, in local centimetres."""
    return subject.skeleton.spine(0.12, across)


def _turned(form: Geometry, at: Points, size: float, degrees: float = 0.0) -> Geometry:
    """A form of unit size, turned, at a place."""
    turned = shapely.affinity.rotate(form, degrees, origin=(0, 0))
    placed: Geometry = shapely.transform(turned, lambda points: points * size + at)
    return placed


_KEY = union(
    [circle((0, 0.2), 0.24), box(-0.08, 0.3, 0.08, 1.2), box(0, 0.84, 0.26, 0.96),
     box(0, 1.06, 0.22, 1.18)]
).difference(circle((0, 0.16), 0.1))  # fmt: skip


def _key_ring(subject: Subject, shade: str) -> None:
    """A large ring with a bunch of keys."""
    pen, h = subject.pen, subject.height
    at = _hook(subject, 0.034)
    middle = at + vector(0, 0.036 * h)
    pen.ink([at - vector(0, 0.01 * h), at + vector(0, 0.012 * h)], 2.0, _LEATHER, taper=1)
    pen.ink(shapely.get_coordinates(circle(middle, 0.028 * h).exterior), 1.9, INK, closed=True)
    pen.ink(shapely.get_coordinates(circle(middle, 0.028 * h).exterior), 1.0, shade, closed=True)
    for degrees, tone in ((44.0, _GOLD), (-40.0, shade), (3.0, _GOLD), (-18.0, _STEEL)):
        turn = np.radians(degrees)
        start = middle + vector(-np.sin(turn), np.cos(turn)) * 0.022 * h
        pen.shape(_turned(_KEY, start, 0.062 * h, degrees), tone, ink_width=0.6, shade=0)


def _dog_leads(subject: Subject, shade: str) -> None:
    """Coiled leads with their clips at one hip, a bag of treats with a bone on it at the other."""
    pen, h = subject.pen, subject.height
    draw_belt(subject, _LEATHER, 0.018)
    at = _hook(subject, 0.04)
    for tone, dx, long in (("#3f659c", 0.026, 0.15), (shade, 0.0, 0.19), (_GOLD, 0.013, 0.12)):
        start = at + vector(dx * h, 0)
        loop = curve(
            [
                start,
                start + vector(-0.032 * h, 0.5 * long * h),
                start + vector(0, long * h),
                start + vector(0.032 * h, 0.5 * long * h),
            ],
            closed=True,
        )
        pen.ink(loop, 2.6, INK, taper=1, closed=True)
        pen.ink(loop, 1.5, tone, taper=1, closed=True)
    clip = at + vector(0.004 * h, 0.19 * h)
    pen.ink([clip, clip + vector(0, 0.02 * h)], 1.6, INK, taper=1)
    x, y = map(float, clip)
    hook = ellipse(x, y + 0.034 * h, 0.009 * h, 0.015 * h)
    pen.ink(shapely.get_coordinates(hook.exterior), 1.2, closed=True)
    bag = _hook(subject, -0.05)
    pen.shape(
        polygon([bag + vector(x, y) * h for x, y in
                 ((-0.034, -0.012), (0.034, -0.012), (0.04, 0.07), (-0.04, 0.07))]
        ).buffer(0.006 * h), "#c58b52", ink_width=0.9,
    )  # fmt: skip
    bone = union(
        [
            box(-0.5, -0.14, 0.5, 0.14),
            *(circle((x, y), 0.2) for x in (-0.52, 0.52) for y in (-0.16, 0.16)),
        ]
    )
    pen.shape(
        _turned(bone, bag + vector(0, 0.034 * h), 0.034 * h, -18),
        "#fffdf7",
        ink_width=FINE,
        shade=0,
    )


def _squeegee_belt(subject: Subject, shade: str) -> None:
    """A squeegee in its holster and a cloth that hangs from the belt."""
    pen, h = subject.pen, subject.height
    draw_belt(subject, shade, 0.022)
    at = _hook(subject, -0.026)
    head = union([box(-1.0, -0.16, 1.0, 0.12), box(-0.2, 0.1, 0.2, 0.5)])
    place = at - vector(0, 0.088 * h)
    pen.shape(
        _turned(box(-1.04, -0.36, 1.04, -0.1), place, 0.05 * h), "#3d3842", ink_width=0.5, shade=0
    )
    pen.shape(_turned(head, place, 0.05 * h), "#e9b44c", ink_width=0.9, shade=0.4)
    pen.shape(
        _turned(box(-0.15, 0.4, 0.15, 2.2), place, 0.05 * h), "#c44a37", ink_width=0.8, shade=0
    )
    x, y = map(float, at)
    pouch = box(x - 0.02 * h, y - 0.012 * h, x + 0.02 * h, y + 0.075 * h, 0.006 * h)
    pen.shape(pouch, mix(shade, "#ffffff", 0.14), ink_width=0.9)
    cloth = _hook(subject, 0.052)
    hang = polygon(
        [cloth + vector(x, y) * h for x, y in
         ((-0.03, -0.01), (0.022, -0.01), (0.036, 0.1), (0.012, 0.088), (-0.006, 0.112), (-0.04, 0.09))]
    ).buffer(0.004 * h)  # fmt: skip
    pen.shape(hang, "#f0d76a", ink_width=0.9)
    for x in (-0.012, 0.008):
        pen.ink([cloth + vector(x, 0.01) * h, cloth + vector(1.5 * x, 0.08) * h], FINE)


def _belt_wrench(subject: Subject, shade: str) -> None:
    """A large pipe wrench, stuck head up through the belt."""
    pen, h = subject.pen, subject.height
    at = _hook(subject, 0.008)
    size = 0.1 * h
    shaft = box(-0.13, -0.62, 0.13, 1.1, 0.1)
    hook = polygon(
        [(-0.2, -0.5), (-0.24, -1.02), (0.02, -1.22), (0.46, -1.14), (0.46, -0.94), (0.06, -0.92),
         (0.06, -0.5)]
    ).buffer(0.03)  # fmt: skip
    jaw = box(0.02, -0.72, 0.46, -0.52, 0.03)
    pen.shape(_turned(shaft, at, size, 14), shade, ink_width=0.9, shade=0.5)
    for part in (hook, jaw):
        pen.shape(_turned(part, at, size, 14), _STEEL, ink_width=0.9, shade=0)
    ring = _turned(box(-0.2, -0.5, 0.2, -0.34, 0.04), at, size, 14)
    pen.shape(ring, mix(_STEEL, INK, 0.3), ink_width=FINE, shade=0)


DRAW: dict[str, Callable[[Subject, str], None]] = {
    "key ring": _key_ring,
    "dog leads": _dog_leads,
    "squeegee belt": _squeegee_belt,
    "belt wrench": _belt_wrench,
}
