"""Masks: areas as cells of a grid. Geometry to cells, cells to outlines, cells to a Region.

A mask is a boolean array of shape (rows, columns); the cell in row r and column c is the square
from (c, r) to (c + 1, r + 1) times the cell's size in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from storypainter.ink.drawing.geometry import Geometry
from storypainter.picture import Region

Mask = np.ndarray[Any, np.dtype[np.bool_]]
#: A ring of cells' corners (x, y), each a side away from the next, clockwise on screen.
Ring = list[tuple[int, int]]
_MOST_RINGS = 6


def cells_inside(
    area: Geometry, cell: float, shape: tuple[int, int]
) -> tuple[slice, slice, Mask] | None:
    """The window of a grid of ``shape`` that ``area`` touches, and its cells within the area.

    A cell is inside when its middle is (even-odd rule, as for any valid polygon). None when the
    area lies outside the grid or between the middles.
    """
    left, top, right, bottom = (np.asarray(area.bounds) / cell - 0.5).tolist()
    if not left <= right:  # empty: its bounds are no numbers
        return None
    first_row, last_row = max(0, int(np.ceil(top))), min(shape[0], int(np.ceil(bottom)))
    first, last = max(0, int(np.ceil(left))), min(shape[1], int(np.ceil(right)))
    if first_row >= last_row or first >= last:
        return None
    rings = shapely.get_rings(shapely.get_parts(area))
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    points = points / cell - 0.5
    together = of_ring[1:] == of_ring[:-1]
    start, end = points[:-1][together], points[1:][together]
    low = np.maximum(np.ceil(np.minimum(start[:, 1], end[:, 1])), first_row).astype(np.int64)
    high = np.minimum(np.ceil(np.maximum(start[:, 1], end[:, 1])), last_row).astype(np.int64)
    counts = np.maximum(high - low, 0)
    edge = np.repeat(np.arange(len(counts)), counts)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts) + low[edge]
    (x, y), (end_x, end_y) = start[edge].T, end[edge].T
    crossing = np.ceil(x + (row - y) * (end_x - x) / (end_y - y)).astype(np.int64)
    wide, tall = last - first, last_row - first_row
    column = np.clip(crossing - first, 0, wide)
    crossings = np.bincount((row - first_row) * (wide + 1) + column, minlength=tall * (wide + 1))
    inside = np.cumsum(crossings.reshape(tall, wide + 1)[:, :-1], axis=1) % 2 == 1
    return slice(first_row, last_row), slice(first, last), inside


def outer_rings(mask: Mask) -> list[Ring]:
    """The outlines of a mask's pieces, holes left out, in the order of their topmost cells.

    Cells that meet at a corner only belong to different pieces.
    """
    padded = np.pad(mask, 1)
    inside = padded[1:-1, 1:-1]
    sides = (
        (inside & ~padded[:-2, 1:-1], (0, 0), (1, 0)),  # the top, left to right
        (inside & ~padded[1:-1, 2:], (1, 0), (1, 1)),  # the right, downwards
        (inside & ~padded[2:, 1:-1], (1, 1), (0, 1)),  # the bottom, right to left
        (inside & ~padded[1:-1, :-2], (0, 1), (0, 0)),  # the left, upwards
    )
    onwards: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for open_side, (from_x, from_y), (to_x, to_y) in sides:
        rows, columns = np.nonzero(open_side)
        for x, y in zip(columns.tolist(), rows.tolist(), strict=True):
            onwards.setdefault((x + from_x, y + from_y), []).append((x + to_x, y + to_y))
    rings = []
    while onwards:
        ring = _walk(onwards, next(iter(onwards)))
        if _doubled_area(ring) > 0:
            rings.append(ring)
    return rings


def _walk(onwards: dict[tuple[int, int], list[tuple[int, int]]], start: tuple[int, int]) -> Ring:
    """Follows sides from ``start`` until it is reached again, and takes them out."""
    ring: Ring = []
    here, heading = start, (0, 0)
    while here in onwards:
        ends = onwards[here]
        if len(ends) == 1:
            after = onwards.pop(here)[0]
        else:  # two cells meet at a corner: turn right, around the same cell
            wished = (here[0] - heading[1], here[1] + heading[0])
            after = ends.pop(ends.index(wished) if wished in ends else 0)
        ring.append(here)
        here, heading = after, (after[0] - here[0], after[1] - here[1])
        if here == start:
            break
    return ring


def _doubled_area(ring: Ring) -> int:
    """Twice a ring's area: positive for outlines, negative for holes."""
    return sum(
        x * next_y - next_x * y
        for (x, y), (next_x, next_y) in zip(ring, ring[1:] + ring[:1], strict=True)
    )


def region_of(
    visible: Mask,
    whole: Mask,
    *,
    cell: float,
    size: tuple[int, int],
    element: str,
    kind: str,
    clues: Sequence[str] = (),
    share: float | None = None,
) -> Region:
    """The Region of an element by its visible cells and all its cells.

    Args:
        visible: the cells that show.
        whole: the cells that would show if nothing covered them.
        cell: a cell's side in pixels.
        size: width and height of the picture in pixels; nothing lies outside.
        element: the element's id.
        kind: its kind.
        clues: the ids of the Clues that it shows.
        share: the visible share, where it is known better than by counting cells.
    """
    shown = visible if visible.any() else whole
    left, top, right, bottom = _box(shown, cell, size)
    x, y = (left + right) / 2, (top + bottom) / 2
    third = size[0] / 3
    side: Literal["left", "right", "centre"] = (
        "left" if x < third else "right" if x > 2 * third else "centre"
    )
    vertical = "top" if y < size[1] / 2 else "bottom"
    horizontal = "left" if x < size[0] / 2 else "right"
    count = int(whole.sum())
    counted = float(visible.sum()) / count if count else 0.0
    return Region(
        element=element,
        kind=kind,
        clues=tuple(clues),
        box=(left, top, right, bottom),
        polygons=_simple_rings(visible, cell, size) if visible.any() else (),
        visible=round(min(1.0, counted if share is None else share), 4),
        area=round(float(visible.sum()) * cell * cell, 1),
        side=side,
        quadrant=f"{vertical} {horizontal}",  # type: ignore[arg-type]
    )


def _box(mask: Mask, cell: float, size: tuple[int, int]) -> tuple[float, float, float, float]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return 0.0, 0.0, 0.0, 0.0
    left, top = float(columns[0]) * cell, float(rows[0]) * cell
    right, bottom = float(columns[-1] + 1) * cell, float(rows[-1] + 1) * cell
    return (
        round(left, 1),
        round(top, 1),
        round(min(right, size[0]), 1),
        round(min(bottom, size[1]), 1),
    )


def _simple_rings(
    mask: Mask, cell: float, size: tuple[int, int]
) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The outlines of the largest pieces, simplified by less than a cell.

    They run through the middles of the cells' sides, so that a slanting edge has no steps, and
    through the corners between long straight edges.
    """
    found = sorted(outer_rings(mask), key=_doubled_area, reverse=True)[:_MOST_RINGS]
    rings: list[tuple[tuple[float, float], ...]] = []
    for ring in found:
        corners: NDArray[np.float64] = np.array(ring, dtype=np.float64)
        outline = _without_steps(corners) * cell
        simple = shapely.Polygon(np.minimum(outline, size)).simplify(cell * 0.6)
        if simple.area > 4 * cell * cell or not rings:
            kept = shapely.get_coordinates(simple.exterior)[:-1].tolist()
            rings.append(tuple((round(x, 1), round(y, 1)) for x, y in kept))
    return tuple(rings)


def _without_steps(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """The middles of a ring's sides, and the corners with straight edges of three on both sides."""
    following = np.roll(corners, -1, axis=0)
    heading = following - corners
    straight = (heading == np.roll(heading, -1, axis=0)).all(axis=1)  # with the side after
    after = straight & np.roll(straight, -1)
    before = np.roll(straight, 2) & np.roll(straight, 3)
    sharp = ~np.roll(straight, 1) & after & before
    both = np.stack([corners, (corners + following) / 2], axis=1)
    keep = np.column_stack([sharp, np.ones_like(sharp)])
    found: NDArray[np.float64] = both[keep]
    return found
