"""Hands: a palm, a thumb and a group of fingers, in a few shapes that read at small size.

Hand coordinates: the wrist at (0, 0), x towards the fingertips (a flat hand ends near x = 1),
y towards the thumb.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import Geometry, Point, Points, ellipse, union

Line = tuple[Point, ...]
#: Hands are drawn larger than life, so that what they do reads.
HAND_SIZE = 1.28


@dataclass(frozen=True)
class HandShape:
    """A hand in hand coordinates.

    ``back`` is drawn first with its ``creases``; ``fingers`` (a grip's) go over the held thing.
    ``contact`` is the x of the point that touches or holds a target.
    """

    back: Geometry
    creases: tuple[Line, ...] = ()
    fingers: Geometry | None = None
    finger_creases: tuple[Line, ...] = ()
    contact: float = 0.5


def _capsule(x0: float, y0: float, x1: float, y1: float, radius: float) -> Geometry:
    return shapely.LineString([(x0, y0), (x1, y1)]).buffer(radius, 6)


def _thumb(x0: float, y0: float, x1: float, y1: float, radius: float = 0.105) -> Geometry:
    return _capsule(x0, y0, x1, y1, radius)


_PALM = union([_capsule(-0.12, 0, 0.2, 0, 0.225), ellipse(0.36, 0.0, 0.3, 0.29)])


@functools.cache
def hand_shape(name: str) -> HandShape:
    """The hand of a name: relaxed, flat, open, point, fist, grip, pinch, palm, cover, tucked.

    A ``palm`` carries: the thing stands on it, the thumb lies before its foot. A hand that is to
    ``cover`` something, as a mouth, has its fingers side by side, so that one reads them.
    """
    if name == "flat":
        back = union(
            [_PALM, _capsule(0.45, -0.03, 0.92, -0.04, 0.19), _thumb(0.18, 0.12, 0.6, 0.36)]
        )
        return HandShape(back, (((1.08, -0.03), (0.66, -0.02)),), contact=0.8)
    if name == "open":
        tips = ((0.17, 1.02, 0.34), (0.06, 1.15, 0.11), (-0.07, 1.12, -0.14), (-0.2, 0.95, -0.38))
        fingers = [_capsule(0.42, y, x, tip, 0.1) for y, x, tip in tips]
        return HandShape(union([_PALM, *fingers, _thumb(0.2, 0.1, 0.52, 0.56)]), contact=0.7)
    if name == "point":
        back = union(
            [
                _PALM,
                ellipse(0.5, -0.06, 0.24, 0.25),
                _capsule(0.4, 0.14, 1.16, 0.16, 0.1),
                _thumb(0.18, 0.14, 0.56, 0.36),
            ]
        )
        folded = (((0.74, -0.02), (0.5, 0.0)), ((0.7, -0.17), (0.5, -0.15)))
        return HandShape(back, folded, contact=1.2)
    if name == "fist":
        back = union([_PALM, ellipse(0.46, -0.01, 0.28, 0.32), _thumb(0.16, 0.2, 0.5, 0.3, 0.115)])
        knuckles = (
            ((0.74, 0.08), (0.52, 0.09)),
            ((0.75, -0.06), (0.53, -0.05)),
            ((0.7, -0.2), (0.52, -0.18)),
        )
        return HandShape(back, knuckles, contact=0.45)
    if name == "grip":
        back = union([_PALM, _thumb(0.18, 0.16, 0.56, 0.38, 0.12)])
        bumps = [ellipse(0.58, y, 0.19, 0.1) for y in (-0.25, -0.09, 0.07, 0.22)]
        creases = tuple(((0.75, y), (0.5, y)) for y in (-0.17, -0.01, 0.145))
        return HandShape(back, (), union(bumps).buffer(0.03, 4), creases, contact=0.52)
    if name == "pinch":
        back = union([_PALM, ellipse(0.44, -0.08, 0.26, 0.25), _thumb(0.2, 0.18, 0.7, 0.3, 0.1)])
        tips = union([_capsule(0.42, 0.1, 0.76, 0.2, 0.095), ellipse(0.52, -0.1, 0.2, 0.2)])
        folded = (((0.7, -0.02), (0.46, 0.0)), ((0.68, -0.16), (0.48, -0.14)))
        return HandShape(back, (), tips, folded, contact=0.72)
    if name == "cover":
        tips = ((0.21, 0.98, 0.25), (0.075, 1.1, 0.09), (-0.065, 1.08, -0.07), (-0.19, 0.94, -0.23))
        fingers = [_capsule(0.42, y, x, tip, 0.095) for y, x, tip in tips]
        between = tuple(((1.0, y * 1.12), (0.5, y)) for y in (0.15, 0.008, -0.135))
        back = union([_PALM, *fingers, _thumb(0.18, 0.14, 0.5, 0.46)])
        return HandShape(back, between, contact=0.66)
    if name == "palm":
        back = union([_PALM, _capsule(0.45, -0.04, 1.02, -0.02, 0.16)])
        return HandShape(
            back, (((1.12, -0.02), (0.7, 0.0)),), _thumb(0.3, 0.1, 0.62, 0.3), contact=0.62
        )
    if name == "tucked":
        return HandShape(shapely.Polygon(), contact=0.3)
    back = union(
        [
            _PALM,
            _capsule(0.42, 0.0, 0.8, 0.05, 0.205),
            _thumb(0.16, 0.12, 0.52, 0.32),
        ]
    )
    return HandShape(back, (((0.98, 0.0), (0.68, 0.0)), ((0.94, 0.12), (0.7, 0.1))), contact=0.7)


@dataclass(frozen=True, slots=True)
class HandPlace:
    """Where a hand sits: its wrist, its direction (unit vector), size and thumb side."""

    wrist: Points
    direction: Points
    size: float
    thumb: int

    def points(self, local: Points) -> Points:
        """Hand coordinates in the body's."""
        ahead = self.direction * self.size
        towards_thumb = np.array([self.direction[1], -self.direction[0]]) * (self.size * self.thumb)
        placed: Points = self.wrist + local[:, :1] * ahead + local[:, 1:] * towards_thumb
        return placed

    def geometry(self, local: Geometry) -> Geometry:
        """A geometry of hand coordinates in the body's."""
        return shapely.transform(local, self.points)

    @property
    def degrees(self) -> float:
        """The direction: 0 forward, 90 down."""
        return math.degrees(math.atan2(self.direction[1], self.direction[0]))
