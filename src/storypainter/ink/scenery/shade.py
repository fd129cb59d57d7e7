"""Shadows on the ground."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.forms import oval

SHADOW = "#3a2a5a"


def paint_shadow(canvas: Canvas, x: float, y: float, half: float, cm: float) -> None:
    """A soft contact shadow on the ground, ``half`` pixels wide to each side."""
    canvas.fill(oval(x + 2 * cm, y + 0.5 * cm, half, max(3.2 * cm, half * 0.16)), SHADOW, 0.17)
