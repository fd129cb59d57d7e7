"""Knife, fork, spoon and what stirs, lifts and turns in a kitchen."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    DARK,
    DARK_WOOD,
    IRON,
    PALE_WOOD,
    RED,
    STEEL,
    WHITE,
    WOOD,
    Look,
)


def draw_knife(pen: Pen, look: Look) -> None:
    """A kitchen knife, its blade up."""
    pen.shape(
        poly((-2.6, -12), (4.6, -13), (4.4, -24), (-2.2, -37), corner=0.4), "#dfe4e3", ink_width=0.7
    )
    pen.ink([(2.8, -14), (2.4, -23)], 0.4, "#8c8890")
    pen.shape(limb([(-0.4, 0), (-0.2, -11)], 2.4, 2.2), look.tint(DARK_WOOD), ink_width=0.7)


def draw_fork(pen: Pen, look: Look) -> None:
    """A fork, its tines up."""
    metal = look.tint(STEEL)
    tines = join(*(limb([(x, -18), (x, -27)], 0.8, 0.7) for x in (-3.3, -1.1, 1.1, 3.3)))
    bowl = blob((-4, -20), (-3.6, -15), (0, -12.4), (3.6, -15), (4, -20), (0, -19))
    pen.shape(join(tines, bowl, limb([(0, 0), (0, -14)], 1.7, 1.0)), metal, ink_width=0.6)


def draw_spoon(pen: Pen, look: Look) -> None:
    """A wooden spoon, its bowl up."""
    wood = look.tint(PALE_WOOD)
    pen.shape(join(limb([(0, 0), (0, -26)], 1.6, 1.3), oval(0, -30, 4.4, 6)), wood, ink_width=0.7)
    pen.ink(arc(0, -30, 2.6, 4, 40, 190), 0.45, DARK_WOOD)


def draw_ladle(pen: Pen, look: Look) -> None:
    """A soup ladle, its bowl up."""
    metal = look.tint(STEEL)
    pen.shape(limb(path((0, 0), (0, -18), (1, -31)), 1.7, 1.1, 1.1), metal, ink_width=0.6)
    pen.shape(poly(*arc(5, -32, 8, 8.4, 0, 180).tolist(), corner=0.5), metal, ink_width=0.7)
    pen.shape(oval(5, -32, 8, 2.2), mix(metal, DARK, 0.3), ink_width=0.6, shade=0)


def draw_spatula(pen: Pen, look: Look) -> None:
    """A slotted spatula, its blade up."""
    hue = look.tint("#4b4a50")
    pen.shape(limb([(0, 0), (0, -11)], 1.9, 1.7), look.tint(RED), ink_width=0.6)
    pen.shape(limb([(0, -11), (0, -23)], 1.0, 1.0), STEEL, ink_width=0.5, shade=0)
    blade = poly((-5, -22), (5, -22), (6, -36), (-6, -36), corner=1.6)
    slots = join(*(rect(x - 0.7, -33, x + 0.7, -25, 0.6) for x in (-2.8, 0, 2.8)))
    pen.shape(blade.difference(slots), mix(hue, WHITE, 0.2), ink_width=0.6)


def draw_whisk(pen: Pen, look: Look) -> None:
    """A whisk, its wires up."""
    pen.fill(oval(0, -27, 6.4, 10), WHITE, 0.3, solid=True)
    for half in (7.0, 4.0, 1.2):
        loop = path((-1, -14), (-half, -26), (0, -37), (half, -26), (1, -14))
        pen.ink(loop, 0.7, IRON)
    pen.shape(limb([(0, 0), (0, -14)], 2.1, 1.7), look.tint(WOOD), ink_width=0.6)
