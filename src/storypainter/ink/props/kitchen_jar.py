"""A jar of jam, open or with its cloth cap, or of honey."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import around, blob, join, limb, oval, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import CREAM, DARK, STEEL, WHITE, YELLOW, Look


def draw_jar(pen: Pen, look: Look) -> None:
    """A jar of jam with a cloth cap; open, it shows a spoon; or of honey, a comb on its label."""
    honey = look.state == "honey"
    hue = look.tint("#e0a02f" if honey else "#a83f4a")
    if look.state == "open":
        pen.shape(limb([(3, -14), (12, -33)], 1.1, 1.3), STEEL, ink_width=0.5)
    pen.shape(rect(-9, -20, 9, 0, 3), hue)
    pen.shape(rect(-9, -14, 9, -4.6), CREAM, ink_width=0.5, shade=0)
    if honey:
        for x, y in ((-2.3, -8), (2.3, -8), (0, -11.6)):
            cell = poly(*(around(x, y, 2.3, k * 60.0) for k in range(6)))
            pen.shape(cell, "#e9b44c", ink_width=0.35, shade=0)
        pen.shape(rect(-9.6, -25, 9.6, -19, 1.4), YELLOW, ink_width=0.7)
        return
    pen.shape(
        join(oval(-1.4, -9, 2), oval(1.6, -9, 2), oval(0, -7.4, 2)), hue, ink_width=0.3, shade=0
    )
    if look.state == "open":
        pen.shape(oval(0, -20, 7.6, 1.9), mix(hue, DARK, 0.3), ink_width=0.6, shade=0)
        return
    cap = blob(
        (-10, -16.6), (-8, -23), (0, -25), (8, -23), (10, -16.6), (6, -18), (0, -16.4), (-6, -18)
    )
    pen.shape(cap, "#d9927f", ink_width=0.7)
    for x, y in ((-5, -20), (0, -21.6), (5, -20), (0, -18.4)):
        pen.fill(oval(x, y, 0.9), WHITE)
