"""Writing on a thing that may lie: the letters lie with it, and are never mirrored."""

from __future__ import annotations

import shapely

from storypainter.ink.boards.lettering import outline_path, write
from storypainter.ink.boards.signs import set_text
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import Geometry, Point, Points
from storypainter.ink.drawing.palette import INK, WHITE
from storypainter.ink.props.prop import plane_of


def inscribe(
    pen: Pen,
    text: str,
    centre: Point,
    width: float,
    height: float,
    colour: str = INK,
    on: str = WHITE,
) -> None:
    """As :func:`storypainter.ink.boards.lettering.write`, in the plane of ``pen``."""
    plane = plane_of(pen)
    if plane is None:
        write(pen, text, centre, width, height, colour, on)
        return
    block = set_text(text, aspect=width / height)
    size = min(width / block.width, height / block.height)
    half_width, half_height = block.width * size / 2, block.height * size / 2
    ground: Geometry = shapely.box(-half_width, -half_height, half_width, half_height)
    middle = pen.frame.point(*centre)

    def lay(points: Points) -> Points:
        laid: Points = points @ plane.T * pen.frame.scale + middle
        return laid

    with pen.canvas.part("text"):
        # only for the audit of what can be seen
        pen.canvas.fill(shapely.transform(ground, lay), on, 0.0, solid=True)
    outlines = shapely.transform(block.outlines(size), lay)
    pen.canvas.path(outline_path(outlines), colour, on=on)
