"""Ceilings: what is above the back wall of a room that is not as high as the picture."""

from __future__ import annotations

from storypainter.ink.drawing.forms import poly, rect
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.kits import FAR_INK, Scenery
from storypainter.ink.scenery.room import WALL_DEPTH

CEILING_DEPTH = WALL_DEPTH + 2.0
_LEAST = 12.0  # cm: what is lower than this above the wall is not worth a ceiling
_MOULDED = 0.07  # of the height: from here on plaster has a moulding


def paint_ceiling(
    scenery: Scenery, high: float, hue: str = "#faf6ea", cornice: str = "", boards: float = 0.0
) -> None:
    """A ceiling in perspective over a wall ``high`` cm high; nothing where the wall fills the picture.

    Args:
        scenery: what is drawn on.
        high: how high the back wall is, in cm.
        hue: the ceiling's colour, ``#rrggbb``.
        cornice: the colour of a moulding between wall and ceiling; "" for none.
        boards: how far its boards are apart at the wall, in cm; 0 for plaster.
    """
    canvas, stage = scenery.canvas, scenery.stage
    cm = stage.cm(stage.far_line)
    edge = stage.far_line - high * cm
    if edge < _LEAST * cm:
        return
    with canvas.layer("ceiling", CEILING_DEPTH, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        canvas.fill(rect(-5, -5, stage.width + 5, edge), hue)
        middle, mark = stage.width / 2, mix(hue, "#6b5a43", 0.2)
        if boards:
            count = int(stage.width / (boards * cm)) + 2
            for index in range(-count, count + 1):
                x = middle + (index + 0.5) * boards * cm
                canvas.ink([(x, edge), (middle + (x - middle) * 1.5, -5)], 0.7, mark)
        elif edge > _MOULDED * stage.height:
            _moulding(scenery, edge, mark)
        canvas.ink([(-5, edge), (stage.width + 5, edge)], 1.1)
        if cornice:
            for low, tone in ((9.0, cornice), (4.0, mix(cornice, "#6b5a43", 0.08))):
                strip = poly(
                    (-8, edge), (stage.width + 8, edge), (stage.width + 8, edge + low * cm), (-8, edge + low * cm),
                )  # fmt: skip
                canvas.shape(strip, tone, ink_width=0.9, shade=0)


def _moulding(scenery: Scenery, edge: float, mark: str) -> None:
    """Two quiet lines around the plaster, in perspective: they run to the sides out of sight."""
    canvas, width = scenery.canvas, scenery.stage.width
    middle = width / 2

    def at(x: float, share: float) -> Point:
        """On the ceiling, from the wall (0) to the upper edge of the picture (1)."""
        return middle + (x - middle) * (1 + 0.5 * share), edge * (1 - share)

    for inset, weight in ((0.07, 1.0), (0.095, 0.7)):
        left, right, share = inset * width, (1 - inset) * width, 3.4 * inset
        line = [at(left, 1.04), at(left, share), at(right, share), at(right, 1.04)]
        canvas.ink(line, weight, mark, taper=1)
    canvas.ink([at(-5, 0.0), at(0.07 * width, 3.4 * 0.07)], 0.6, mark)
    canvas.ink([at(width + 5, 0.0), at(0.93 * width, 3.4 * 0.07)], 0.6, mark)
