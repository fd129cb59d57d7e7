"""Digits as outlines: numbers on shirts need no type.

A digit is one unit wide and two high, its middle at (0, 0).
"""

from __future__ import annotations

import functools

import shapely

from storypainter.ink.drawing.geometry import Geometry, Point, curve, ellipse, union

#: Half of a stroke's width, and how far apart the middles of two digits are.
_STROKE = 0.17
_PITCH = 1.24
_ROUND: dict[str, tuple[tuple[Point, ...], ...]] = {
    "2": (((-0.42, -0.52), (-0.26, -0.86), (0.16, -0.86), (0.38, -0.46), (-0.42, 0.84)),),
    "3": (
        ((-0.4, -0.66), (-0.04, -0.88), (0.34, -0.52), (0.08, -0.1), (-0.08, -0.06)),
        ((-0.08, -0.06), (0.4, 0.34), (0.04, 0.86), (-0.42, 0.66)),
    ),
    "5": (((-0.34, -0.06), (0.08, -0.22), (0.4, 0.3), (0.06, 0.86), (-0.4, 0.68)),),
    "6": (((0.3, -0.82), (-0.24, -0.42), (-0.4, 0.3)),),
    "9": (((-0.3, 0.82), (0.24, 0.42), (0.4, -0.3)),),
}
_STRAIGHT: dict[str, tuple[tuple[Point, ...], ...]] = {
    "1": (((-0.3, -0.5), (0.08, -0.84), (0.08, 0.84)),),
    "2": (((-0.42, 0.84), (0.42, 0.84)),),
    "4": (((0.18, 0.84), (0.18, -0.84), (-0.44, 0.34), (0.44, 0.34)),),
    "5": (((0.34, -0.84), (-0.3, -0.84), (-0.34, -0.06)),),
    "7": (((-0.42, -0.84), (0.42, -0.84), (-0.1, 0.84)),),
}
_RINGS: dict[str, tuple[tuple[float, float, float], ...]] = {  # middle's y, half-width, half-height
    "0": ((0.0, 0.4, 0.84),),
    "6": ((0.34, 0.4, 0.5),),
    "8": ((-0.44, 0.34, 0.4), (0.4, 0.4, 0.44)),
    "9": ((-0.34, 0.4, 0.5),),
}


@functools.cache
def _digit(name: str) -> Geometry:
    lines = [shapely.LineString(curve(knots, steps=6)) for knots in _ROUND.get(name, ())]
    lines += [shapely.LineString(knots) for knots in _STRAIGHT.get(name, ())]
    lines += [ellipse(0.0, y, half, tall).boundary for y, half, tall in _RINGS.get(name, ())]
    return union(line.buffer(_STROKE, 4) for line in lines)


@functools.cache
def number_shape(number: int) -> Geometry:
    """A number of one or more digits, two units high, its middle at (0, 0).

    Args:
        number: 0 or more.
    """
    word = str(number)
    first = -_PITCH * (len(word) - 1) / 2
    return union(
        shapely.affinity.translate(_digit(digit), first + _PITCH * index)
        for index, digit in enumerate(word)
    )
