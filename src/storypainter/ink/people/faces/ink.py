"""Dark features that stay dark: mono style lifts its greys, which would lose pupils and brows."""

from __future__ import annotations

import shapely

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import Geometry, polygons
from storypainter.ink.drawing.palette import INK
from storypainter.ink.drawing.strokes import straight_path


def fill_dark(pen: Pen, area: Geometry, colour: str) -> None:
    """Fills ``area`` (head units) with a dark ``colour``; in mono style with ink."""
    if pen.canvas.style.name != "mono":
        pen.fill(area, colour)
        return
    for each in polygons(area):
        pen.path(straight_path(shapely.get_coordinates(each.exterior)), INK)
