"""Shadows on the ground."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.forms import oval
from storypainter.ink.props.prop import SHADOW


def paint_shadow(canvas: Canvas, x: float, y: float, half: float, cm: float) -> None:
    """A soft contact shadow on the ground, ``half`` pixels wide to each side."""
    deep = max(min(3.2 * cm, 0.4 * half), 0.16 * half)
    canvas.fill(oval(x + 2 * cm, y + 0.5 * cm, half, deep), SHADOW, 0.17)
