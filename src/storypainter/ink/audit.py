"""The visibility audit: what share of each element can be seen, and where.

The solid polygons of a canvas are painted once more, in their order, on a grid of cell numbers:
no colours, no smoothing. What remains of an element's cells is its visible share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely

from storypainter.ink.canvas import Canvas
from storypainter.ink.geometry import Geometry, polygons
from storypainter.picture import Region

CELL = 3.0  # pixels of a 1,024 pixel picture
Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Seen:
    """One element on the grid: its cells, those that show, and the same for labelled parts."""

    element: str
    kind: str
    clues: tuple[str, ...]
    whole: Mask
    visible: Mask
    parts: dict[str, float]

    @property
    def share(self) -> float:
        """The visible share of the element's own area, 0 to 1; 0 for an element with no area."""
        count = int(self.whole.sum())
        return float(self.visible.sum()) / count if count else 0.0


def audit(
    canvas: Canvas, *, ignore: Sequence[str] = ("scenery", "weather", "shadow")
) -> list[Seen]:
    """What can be seen of every element drawn on ``canvas``.

    Args:
        canvas: a finished drawing.
        ignore: layer kinds that are no elements; they cover others all the same, save weather.
    """
    cell = CELL * canvas.unit
    wide, tall = int(np.ceil(canvas.width / cell)), int(np.ceil(canvas.height / cell))
    xs, ys = (np.arange(wide) + 0.5) * cell, (np.arange(tall) + 0.5) * cell
    owner = np.full((tall, wide), -1, dtype=np.int16)
    label = np.full((tall, wide), -1, dtype=np.int16)
    keys: list[str] = []
    labels: list[str] = [""]
    whole: dict[str, Mask] = {}
    part_whole: dict[tuple[str, str], Mask] = {}
    told: dict[str, tuple[str, tuple[str, ...]]] = {}
    for layer in canvas.layers:
        if layer.kind in ("weather", "shadow"):
            continue
        scenery = layer.kind in ignore
        for part in layer.parts:
            rows, columns, inside = _cells(part.geometry, xs, ys)
            if inside is None:
                continue
            if part.element not in keys:
                keys.append(part.element)
            owner[rows, columns][inside] = keys.index(part.element)
            if part.label not in labels:
                labels.append(part.label)
            label[rows, columns][inside] = labels.index(part.label)
            if scenery:
                continue
            told.setdefault(
                part.element, layer.members.get(part.element, (layer.kind, layer.clues))
            )
            whole.setdefault(part.element, np.zeros((tall, wide), bool))[rows, columns] |= inside
            if part.label in ("face", "text"):
                found = part_whole.setdefault(
                    (part.element, part.label), np.zeros((tall, wide), bool)
                )
                found[rows, columns] |= inside
    result = []
    for element, (kind, clues) in told.items():
        seen = owner == keys.index(element)
        parts = {}
        for (owned, name), mask in part_whole.items():
            if owned == element and mask.any():
                parts[name] = float((seen & mask).sum() / mask.sum())
        result.append(Seen(element, kind, clues, whole[element], seen, parts))
    return result


def _cells(area: Geometry, xs: Any, ys: Any) -> tuple[slice, slice, Mask | None]:
    """The grid window of ``area`` and which of its cells have their middle inside."""
    left, top, right, bottom = area.bounds
    columns = slice(*np.searchsorted(xs, (left, right)))
    rows = slice(*np.searchsorted(ys, (top, bottom)))
    window_x, window_y = xs[columns], ys[rows]
    if not len(window_x) or not len(window_y):
        return rows, columns, None
    shapely.prepare(area)
    grid_x, grid_y = np.meshgrid(window_x, window_y)
    return rows, columns, shapely.contains_xy(area, grid_x, grid_y)


def regions(canvas: Canvas, seen: Sequence[Seen]) -> tuple[Region, ...]:
    """The audited elements as Regions, in pixels of the canvas; elements that nobody sees too."""
    return tuple(_region(canvas, each) for each in seen)


def _region(canvas: Canvas, seen: Seen) -> Region:
    cell = CELL * canvas.unit
    shape = _outline(seen.visible if seen.visible.any() else seen.whole, canvas)
    rings: list[tuple[tuple[float, float], ...]] = []
    for each in sorted(polygons(shape), key=lambda p: -p.area)[:6]:
        simple = each.simplify(cell * 0.8)
        if simple.area > 4 * cell * cell or not rings:
            coordinates = shapely.get_coordinates(simple.exterior)[:-1]
            rings.append(tuple((round(float(x), 1), round(float(y), 1)) for x, y in coordinates))
    left, top, right, bottom = shape.bounds if not shape.is_empty else (0.0, 0.0, 0.0, 0.0)
    x, y = (left + right) / 2, (top + bottom) / 2
    third = canvas.width / 3
    side: Literal["left", "right", "centre"] = (
        "left" if x < third else "right" if x > 2 * third else "centre"
    )
    vertical = "top" if y < canvas.height / 2 else "bottom"
    horizontal = "left" if x < canvas.width / 2 else "right"
    return Region(
        element=seen.element,
        kind=seen.kind,
        clues=seen.clues,
        box=(round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)),
        polygons=tuple(rings) if seen.visible.any() else (),
        visible=round(seen.share, 4),
        area=round(float(seen.visible.sum()) * cell * cell, 1),
        side=side,
        quadrant=f"{vertical} {horizontal}",  # type: ignore[arg-type]
    )


def _outline(mask: Mask, canvas: Canvas) -> Geometry:
    """The cells of a mask as one geometry, kept inside the canvas."""
    cell = CELL * canvas.unit
    boxes = []
    for row in np.flatnonzero(mask.any(axis=1)):
        steps = np.diff(np.concatenate([[0], mask[row].astype(np.int8), [0]]))
        starts, stops = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
        boxes.append(
            shapely.box(
                starts * cell, row * cell, stops * cell, np.full(len(starts), (row + 1) * cell)
            )
        )
    if not boxes:
        return shapely.Polygon()
    joined = shapely.union_all(np.concatenate(boxes))
    return joined.intersection(shapely.box(0, 0, canvas.width, canvas.height))
