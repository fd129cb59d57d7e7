"""Plain forms in centimetres for props, animals and settings: y points down, the ground is 0.

A thin, terse layer over :mod:`storypainter.ink.drawing.geometry`, so that a prop reads like its drawing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from shapely.geometry import LineString

from storypainter.ink.drawing import geometry
from storypainter.ink.drawing.geometry import Geometry, Point, Points

Form = Geometry


def rect(left: float, top: float, right: float, bottom: float, corner: float = 0.0) -> Form:
    """A rectangle, its corners rounded by ``corner``."""
    return geometry.box(left, top, right, bottom, corner)


def oval(x: float, y: float, rx: float, ry: float | None = None, degrees: float = 0.0) -> Form:
    """An ellipse around (x, y); a disc when ``ry`` is left out."""
    return geometry.ellipse(x, y, rx, rx if ry is None else ry, degrees)


def poly(*points: Point, corner: float = 0.0) -> Form:
    """A polygon, its corners rounded by ``corner``."""
    plain = geometry.polygon(points)
    return plain.buffer(-corner).buffer(corner, 6) if corner else plain


def path(*points: Point) -> Points:
    """An open smooth curve through ``points``."""
    return geometry.curve(points)


def blob(*points: Point) -> Form:
    """A closed smooth shape through ``points``."""
    return geometry.blob(points)


def limb(points: Sequence[Point] | Points, *radii: float) -> Form:
    """A tube along ``points`` whose radius runs evenly through ``radii``."""
    shares = np.linspace(0, 1, len(radii))
    return geometry.tube(points, list(zip(shares.tolist(), radii, strict=True)))


def band(points: Sequence[Point] | Points, width: float, *, flat: bool = False) -> Form:
    """A stroke of even ``width`` along ``points``; ``flat`` ends, or round ones."""
    return LineString(points).buffer(width / 2, 6, cap_style="flat" if flat else "round")


def arc(x: float, y: float, rx: float, ry: float, start: float, stop: float) -> Points:
    """An elliptic arc; angles in degrees, 0 to the right, 90 down."""
    turn = np.radians(np.linspace(start, stop, max(6, int(abs(stop - start) / 9))))
    return np.column_stack([x + rx * np.cos(turn), y + ry * np.sin(turn)])


def join(*forms: Form) -> Form:
    """The union of ``forms``."""
    return geometry.union(forms)


def drop(x: float, y: float, size: float) -> Form:
    """A falling drop, its point up."""
    sides = poly((x, y - size), (x + size * 0.5, y), (x, y + size * 0.62), (x - size * 0.5, y))
    return sides.buffer(size * 0.22)


def around(x: float, y: float, radius: float, degrees: float) -> Point:
    """The point at ``radius`` from (x, y); 0 degrees is up, clockwise on screen."""
    turn = math.radians(degrees)
    return x + radius * math.sin(turn), y - radius * math.cos(turn)
