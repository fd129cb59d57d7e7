"""The outline of a prop as it is drawn, for whoever must know more than its size."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame, Geometry, box, union
from storypainter.ink.drawing.palette import Style
from storypainter.ink.props.prop import Look, PropKind


def outline_of(kind: PropKind, look: Look) -> Geometry:
    """The filled outline of a thing in cm from its foot; its ``scale`` counts, mere lines do not."""
    canvas = Canvas(256, 256, Style("flat"))
    with canvas.layer("thing", 0.0):
        kind.draw(canvas.pen(Frame(0.0, 0.0, kind.scale)), look)
    shape = union(part.geometry for layer in canvas.layers_drawn for part in layer.parts)
    return shape if not shape.is_empty else box(-5.0, -5.0, 5.0, 0.0)
