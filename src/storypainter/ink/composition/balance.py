"""Left and right: where a picture's elements lie, and where its ink.

For pictures that test spatial attention (neglect), a side must not tell more than the other by
its mere mass. Both numbers are (right - left) / (right + left), from -1 (all on the left) over 0
(even) to 1 (all on the right); 0 where there is nothing at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from storypainter.ink.drawing.render import to_pixels
from storypainter.picture import Region

_WIDTH = 512  # the middle must fall between two pixels
_LUMINANCE = np.array([0.299, 0.587, 0.114]) / 255


@dataclass(frozen=True, slots=True)
class Balance:
    """How a picture's mass lies about its vertical middle, -1 (left) to 1 (right).

    ``area`` weighs the visible area of all elements, each by itself; ``ink`` weighs every pixel by
    its darkness, 1 - luminance (ITU-R BT.601), scenery included. ``area_left`` and ``area_right``
    are shares of the picture's area; ``ink_left`` and ``ink_right`` mean darknesses of the halves.
    """

    area: float
    ink: float
    area_left: float
    area_right: float
    ink_left: float
    ink_right: float


def balance(svg: str, regions: Sequence[Region], width: int, height: int) -> Balance:
    """The balance of a picture.

    Args:
        svg: the picture.
        regions: its Regions, in its pixels.
        width: its width in pixels.
        height: its height in pixels.

    Raises:
        MissingExtra: Pillow is not installed.
    """
    area_left, area_right = _areas(regions, width, height)
    dark = 1.0 - to_pixels(svg, width=_WIDTH) @ _LUMINANCE
    ink_left, ink_right = (float(half.mean()) for half in np.split(dark, 2, axis=1))
    return Balance(
        area=round(_leaning(area_left, area_right), 4),
        ink=round(_leaning(ink_left, ink_right), 4),
        area_left=round(area_left, 4),
        area_right=round(area_right, 4),
        ink_left=round(ink_left, 4),
        ink_right=round(ink_right, 4),
    )


def _leaning(left: float, right: float) -> float:
    return (right - left) / (right + left) if left + right > 0 else 0.0


def _areas(regions: Sequence[Region], width: int, height: int) -> tuple[float, float]:
    """The elements' visible areas on the left and on the right half, by the picture's area."""
    half = shapely.box(0, 0, width / 2, height)
    left = right = 0.0
    for region in regions:
        shapes = shapely.union_all([shapely.Polygon(ring).buffer(0) for ring in region.polygons])
        if shapes.is_empty:
            continue
        share = shapes.intersection(half).area / shapes.area
        left += region.area * share
        right += region.area * (1 - share)
    return left / (width * height), right / (width * height)
