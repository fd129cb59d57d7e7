"""Hatching: parallel pen lines that fill an area in place of a solid colour."""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray

from storypainter.ink.drawing.geometry import Geometry, lines

#: How much neighbouring lines differ in direction (radians) and place (share of the spacing).
_UNSTEADY_TURN = 0.012
_UNSTEADY_PLACE = 0.18


def hatch_lines(area: Geometry, spacing: float, degrees: float, seed: int) -> NDArray[np.float64]:
    """Lines ``spacing`` pixels apart that run at ``degrees`` (clockwise from rightwards) in ``area``.

    Returns:
        An array of shape (n, 2, 2): line, end, coordinate. As by hand, the lines are not quite
        parallel; same seed, same lines.
    """
    left, top, right, bottom = area.bounds
    centre = np.array([(left + right) / 2, (top + bottom) / 2])
    reach = math.hypot(right - left, bottom - top) / 2
    count = int(2 * reach / spacing)
    if count < 1:
        return np.empty((0, 2, 2))
    rng = np.random.default_rng(seed)
    places = (np.arange(count) + 0.5 + rng.uniform(-1, 1, count) * _UNSTEADY_PLACE) * spacing
    unsteady = min(_UNSTEADY_TURN, _UNSTEADY_PLACE * spacing / reach)  # long lines must not meet
    turns = math.radians(degrees) + rng.uniform(-1, 1, count) * unsteady
    along = np.column_stack([np.cos(turns), np.sin(turns)]) * reach
    across = np.array([-math.sin(math.radians(degrees)), math.cos(math.radians(degrees))])
    middles = centre + (places - reach)[:, None] * across
    drawn = shapely.multilinestrings(
        shapely.linestrings(np.stack([middles - along, middles + along], axis=1))
    )
    inside = shapely.intersection(drawn, area)
    found = [shapely.get_coordinates(each)[[0, -1]] for each in lines(inside)]
    kept = [ends for ends in found if math.dist(ends[0], ends[1]) > 0.4 * spacing]
    return np.array(kept) if kept else np.empty((0, 2, 2))
