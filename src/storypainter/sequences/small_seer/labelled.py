"""A small picture with its words, and which element stands where.

Two ways to one: a planned Scene is drawn once (one layout, no second attempt: a clue that is half
hidden is no fault here), or a painted file is made smaller and its Regions are filled in.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from storypainter.picture import Region
from storypainter.scene import Scene
from storypainter.sequences.small_seer.labels import (
    Labels,
    Words,
    labels_of_moment,
    labels_of_scene,
)

if TYPE_CHECKING:
    from storypainter.ink.composition.plan import Plan
    from storypainter.planner.plots import Plot

#: What a cell of the grid holds where no element stands.
NOBODY = -1
#: Each cell of the grid is looked at in so many places across, and an element has a cell from this
#: share of them on.
FINE, OWNS = 6, 0.25
#: Canvas of a drawn Scene in pixels: lines and faces as in pictures that people look at.
CANVAS = 512


@dataclass(frozen=True, slots=True)
class LabelledPicture:
    """A picture to learn from.

    Attributes:
        pixels: uint8, (size, size, 3), red, green, blue.
        owner: int16, (grid, grid): the number of the element in ``elements`` that stands in this
            part of the picture, or ``NOBODY``.
        whole: the picture's words.
        elements: the words of each element that can be seen somewhere.
    """

    pixels: NDArray[np.uint8]
    owner: NDArray[np.int16]
    whole: Words
    elements: tuple[Words, ...]


def drawn(scene: Scene, seed: int, size: int, grid: int) -> LabelledPicture:
    """A planned Scene, drawn small.

    Raises:
        BadInput: a word of it is not in ink's vocabulary.
    """
    return _drawn(_planned(scene), labels_of_scene(scene), seed, size, grid)


def drawn_plot(plot: Plot, seed: int, size: int, grid: int) -> list[LabelledPicture]:
    """The moments of a plot, drawn small; people are as large as in the plot's widest picture.

    That is how sequences are drawn. Here each picture has a layout of its own: what the encoder
    is to learn is what a picture shows, wherever it stands.

    Raises:
        BadInput: a word is not in ink's vocabulary.
    """
    plans = [_planned(each.scene) for each in plot.moments]
    widest = min(plans, key=lambda plan: plan.stage.front_cm)
    found = []
    for number, (plan, moment) in enumerate(zip(plans, plot.moments, strict=True)):
        plan.stage = widest.stage
        labels = labels_of_moment(plot, moment)
        found.append(_drawn(plan, labels, seed * 101 + number, size, grid))
    return found


def _planned(scene: Scene) -> Plan:
    from storypainter.ink import check_scene
    from storypainter.ink.composition.planning import plan_scene
    from storypainter.ink.settings import KITS

    check_scene(scene)
    return plan_scene(scene, KITS[scene.setting.kind], CANVAS, CANVAS)


def _drawn(plan: Plan, labels: Labels, seed: int, size: int, grid: int) -> LabelledPicture:
    from storypainter.ink.composition.audit import audit
    from storypainter.ink.composition.layout import solve
    from storypainter.ink.drawing.palette import Style
    from storypainter.ink.drawing.render import to_pixels
    from storypainter.ink.painter import draw

    made = draw(plan, solve(plan, plan.stage, seed), Style("flat"), seed)
    masks = {each.element: each.visible for each in audit(made.canvas)}
    pixels = to_pixels(made.canvas.to_svg(), width=size)
    return _labelled(pixels, masks, labels, grid)


def painted(
    data: bytes, regions: Sequence[Region], labels: Labels, size: int, grid: int
) -> LabelledPicture:
    """A painted file, made ``size`` pixels wide and high, with the Regions of its elements.

    Raises:
        ValueError, OSError: the bytes are no picture that Pillow reads.
    """
    from PIL import Image, ImageDraw

    with Image.open(io.BytesIO(data)) as image:
        wide, high = image.size
        small = image.convert("RGB").resize((size, size), Image.Resampling.BICUBIC)
    side = grid * FINE
    masks: dict[str, NDArray[np.bool_]] = {}
    for region in regions:
        sheet = Image.new("1", (side, side))
        pen = ImageDraw.Draw(sheet)
        for ring in region.polygons:
            if len(ring) > 2:
                pen.polygon([(x * side / wide, y * side / high) for x, y in ring], fill=1)
        masks[region.element] = np.asarray(sheet, dtype=np.bool_)
    return _labelled(np.asarray(small), masks, labels, grid)


def _labelled(
    pixels: NDArray[np.uint8], masks: Mapping[str, NDArray[Any]], labels: Labels, grid: int
) -> LabelledPicture:
    known = [name for name in masks if name in labels.elements]
    owner = owners([masks[name] for name in known], grid)
    seen = sorted(set(owner[owner != NOBODY].tolist()))
    number = np.full(len(known) + 1, NOBODY, np.int16)  # the last one stays for NOBODY, -1
    number[seen] = np.arange(len(seen))
    return LabelledPicture(
        np.ascontiguousarray(pixels, np.uint8),
        number[owner],
        labels.whole,
        tuple(labels.elements[known[each]] for each in seen),
    )


def owners(masks: Iterable[NDArray[Any]], grid: int) -> NDArray[np.int16]:
    """Which of the masks has each cell of a (grid, grid) sheet, or ``NOBODY``; int16.

    The one that covers most of the cell, if that is at least ``OWNS`` of it; of equals the first.
    """
    most = np.full((grid, grid), OWNS - 1e-9)
    owner = np.full((grid, grid), NOBODY, np.int16)
    for number, mask in enumerate(masks):
        rows, columns = (
            (np.arange(grid * FINE) * length) // (grid * FINE) for length in mask.shape
        )
        fine = mask[np.ix_(rows, columns)].reshape(grid, FINE, grid, FINE)
        share = fine.mean(axis=(1, 3))
        owner[share > most] = number
        most = np.maximum(most, share)
    return owner
