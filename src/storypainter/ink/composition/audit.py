"""The visibility audit: what share of each element can be seen, and where.

The solid polygons of a canvas are painted once more, in their order, on a grid of cell numbers:
no colours, no smoothing. What remains of an element's cells is its visible share.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from storypainter.ink.drawing.canvas import GRIP, Canvas
from storypainter.ink.drawing.masks import Mask, cells_inside, region_of
from storypainter.picture import Region

Layers = np.ndarray[Any, np.dtype[np.int16]]

CELL = 3.0  # pixels of a 1,024 pixel picture
#: Labelled parts that are measured on their own.
PARTS = ("face", "text", "hand", "held")


@dataclass(frozen=True, slots=True)
class Seen:
    """One element on the grid: its cells, those that show, and the shares of labelled parts.

    ``parts`` maps the labels in :data:`PARTS` that the element has to their visible share, 0 to 1:
    what of the part's cells still belongs to the element. (A hand before the own face hides
    nothing of the element; one of somebody else does.) ``behind`` gives, by the id of each layer
    that covers some of it, which share of the element's cells that is.
    """

    element: str
    kind: str
    clues: tuple[str, ...]
    whole: Mask
    visible: Mask
    parts: dict[str, float]
    behind: dict[str, float] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """The visible share of the element's own area, 0 to 1; 0 for an element with no area."""
        count = int(self.whole.sum())
        return float(self.visible.sum()) / count if count else 0.0


@dataclass(slots=True)
class _Found:
    """What the audit knows of an element while it paints."""

    number: int
    kind: str
    clues: tuple[str, ...]
    whole: Mask
    parts: dict[str, Mask] = field(default_factory=dict)


def audit(
    canvas: Canvas,
    *,
    ignore: Sequence[str] = ("scenery", "weather", "shadow"),
    inside_of: Mapping[str, str] | None = None,
) -> list[Seen]:
    """What can be seen of every element drawn on ``canvas``.

    Args:
        canvas: a finished drawing.
        ignore: layer kinds that are no elements; they cover others all the same, save weather.
        inside_of: by element, the layer whose near side it is in or under: a bather's bath, a
            sleeper's blanket. What that hides is not missed, nor what fingers hide of the thing
            around which they close.
    """
    within: dict[str, list[str]] = {}
    for element, front in (inside_of or {}).items():
        within.setdefault(front, []).append(element)
    cell = CELL * canvas.unit
    shape = math.ceil(canvas.height / cell), math.ceil(canvas.width / cell)
    owner = np.full(shape, -1, dtype=np.int16)
    uppermost = np.full(shape, -1, dtype=np.int16)
    elements: dict[str, _Found] = {}
    layers = [each for each in canvas.layers if each.kind not in ("weather", "shadow")]
    for number, layer in enumerate(layers):
        scenery = layer.kind in ignore
        for part in layer.parts:
            touched = cells_inside(part.geometry, cell, shape)
            if touched is None:
                continue
            rows, columns, inside = touched
            uppermost[rows, columns][inside] = number
            for hidden in within.get(layer.id, ()):
                if hidden in elements:
                    elements[hidden].whole[rows, columns] &= ~inside
            if part.label == GRIP:
                for held in layer.members.keys() & elements.keys() - {layer.id}:
                    elements[held].whole[rows, columns] &= ~inside
            if scenery:
                owner[rows, columns][inside] = -1
                continue
            found = elements.get(part.element)
            if found is None:
                kind, clues = layer.members.get(part.element, (layer.kind, layer.clues))
                found = _Found(len(elements), kind, clues, np.zeros(shape, bool))
                elements[part.element] = found
            owner[rows, columns][inside] = found.number
            found.whole[rows, columns] |= inside
            if part.label in PARTS:
                mask = found.parts.setdefault(part.label, np.zeros(shape, bool))
                mask[rows, columns] |= inside
    names = [layer.id for layer in layers]
    return [
        _seen(name, found, owner == found.number, uppermost, names)
        for name, found in elements.items()
    ]


def _seen(
    element: str, found: _Found, visible: Mask, uppermost: Layers, names: Sequence[str]
) -> Seen:
    parts = {
        label: float((visible & mask).sum() / mask.sum())
        for label, mask in found.parts.items()
        if mask.any()
    }
    over = np.bincount(uppermost[found.whole & ~visible] + 1, minlength=len(names) + 1)[1:]
    area = max(1, int(found.whole.sum()))
    behind = {names[int(k)]: float(over[int(k)]) / area for k in np.flatnonzero(over)}
    return Seen(element, found.kind, found.clues, found.whole, visible, parts, behind)


def regions(canvas: Canvas, seen: Sequence[Seen]) -> tuple[Region, ...]:
    """The audited elements as Regions, in pixels of the canvas; elements that nobody sees too."""
    return tuple(
        region_of(
            each.visible,
            each.whole,
            cell=CELL * canvas.unit,
            size=(canvas.width, canvas.height),
            element=each.element,
            kind=each.kind,
            clues=each.clues,
        )
        for each in seen
    )
