"""Writing with a pen: set text on a surface, fitted, never mirrored, and seen by the audit."""

from __future__ import annotations

from collections.abc import Callable

import shapely

from storypainter.ink.boards.signs import bend, set_text
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import Frame, Geometry, Point, Points, polygons
from storypainter.ink.drawing.palette import INK, WHITE
from storypainter.ink.drawing.strokes import straight_path


def write(
    pen: Pen,
    text: str,
    centre: Point,
    width: float,
    height: float,
    colour: str = INK,
    on: str = WHITE,
    *,
    degrees: float = 0.0,
    cap: float | None = None,
    curve: Callable[[Points], Points] | None = None,
    locale: str = "",
) -> float:
    """Write ``text`` into a box around ``centre``; the height of its capitals in cm.

    Args:
        pen: a mirrored pen places the box mirrored, but the letters stay readable.
        text: broken into the lines that fill the box best.
        centre: the middle of the box in the pen's coordinates.
        width: of the box, in cm.
        height: of the box, in cm.
        colour: of the letters, ``#rrggbb``.
        on: the colour of the ground, which the letters must differ from.
        degrees: turns the letters clockwise.
        cap: an upper limit for the height of the capitals.
        curve: moves every point down by a function of x (a hanging cloth).
        locale: where the text is read: which forms of Han characters are written.
    """
    block = set_text(text, aspect=width / height, locale=locale)
    size = min(width / block.width, height / block.height, cap or 1e9)
    outlines = block.outlines(size)
    half_width, half_height = block.width * size / 2, block.height * size / 2
    ground: Geometry = shapely.box(-half_width, -half_height, half_width, half_height)
    if curve is not None:
        outlines, ground = bend(outlines, curve), bend(ground.segmentize(size), curve)
    x, y = pen.frame.point(*centre)
    lean = -pen.frame.degrees if pen.frame.mirror else pen.frame.degrees
    frame = Frame(x, y, pen.frame.scale, degrees + lean)
    with pen.canvas.part("text"):
        # Only for the audit: what lies behind the letters stays as it was drawn.
        pen.canvas.fill(frame.geometry(ground), on, 0.0, solid=True)
    pen.canvas.path(outline_path(frame.geometry(outlines)), colour, on=on)
    return size


def outline_path(area: Geometry) -> str:
    """Path data of all rings of ``area``."""
    rings = [ring for each in polygons(area) for ring in (each.exterior, *each.interiors)]
    return "".join(straight_path(shapely.get_coordinates(ring)[:-1]) for ring in rings)
