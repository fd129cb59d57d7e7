"""Lamps of a home: a standing lamp, a table lamp, and the glow around them."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import blob, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import BLUE, DARK, DARK_WOOD, WHITE, WOOD, Look, PropKind

BRASS = "#c39a4e"


def glow(pen: Pen, x: float, y: float, size: float) -> None:
    """The soft light around a lamp."""
    for share, strength in ((1.0, 0.16), (0.68, 0.2), (0.42, 0.3)):
        pen.fill(oval(x, y, size * share, size * share * 0.86), "#ffe9a3", strength)


def _shade(pen: Pen, look: Look, foot: float, head: float, half: float) -> None:
    """A pleated lampshade between the heights ``foot`` and ``head``, ``half`` wide at its foot."""
    hue = look.tint("#e3c79a")
    lit = look.state == "lit"
    cone = poly((-half, foot), (-half * 0.58, head), (half * 0.58, head), (half, foot), corner=1)
    with pen.canvas.lit():
        pen.shape(cone, mix(hue, "#ffedb0", 0.65) if lit else hue)
    for share in (-0.6, -0.2, 0.2, 0.6):
        pen.ink(
            [(half * 0.58 * share, head + 1), (half * share, foot - 1)], 0.3, mix(hue, DARK, 0.35)
        )
    pen.shape(
        rect(-half - 0.6, foot - 3, half + 0.6, foot + 0.4, 0.8),
        mix(hue, DARK_WOOD, 0.3),
        ink_width=0.6,
        shade=0,
    )


def draw_floor_lamp(pen: Pen, look: Look) -> None:
    """A standing lamp with a shade; off or lit."""
    if look.state == "lit":
        glow(pen, 0, -138, 66)
    pen.shape(oval(0, -2.6, 17, 3.6), DARK_WOOD, ink_width=0.8)
    pen.shape(limb([(0, -4), (0, -128)], 1.9, 1.6), WOOD, ink_width=0.7)
    pen.shape(oval(0, -62, 3.4, 4.4), WOOD, ink_width=0.6)
    _shade(pen, look, -124, -160, 27)
    pen.ink([(14, -124), (14, -106)], 0.5)
    pen.shape(oval(14, -104, 1.8), BRASS, ink_width=0.4, shade=0)


def draw_lamp(pen: Pen, look: Look) -> None:
    """A table lamp with a pot-bellied foot; off, lit, or knocked over and broken."""
    if look.state == "broken":
        _broken_lamp(pen, look)
        return
    if look.state == "lit":
        glow(pen, 0, -36, 40)
    pen.shape(rect(-8.5, -3, 8.5, 0, 1), DARK_WOOD, ink_width=0.6, shade=0)
    pen.shape(
        blob((-5, -3), (-11, -12), (-7, -21), (0, -23), (7, -21), (11, -12), (5, -3)),
        BLUE,
        ink_width=0.8,
    )
    pen.ink(path((-7, -15), (-5.6, -18.6), (-3.6, -20)), 0.6, WHITE)
    pen.shape(rect(-2, -28, 2, -22), BRASS, ink_width=0.5, shade=0)
    _shade(pen, look, -26, -49, 19)


def _broken_lamp(pen: Pen, look: Look) -> None:
    """It lies on its side: the foot cracked open, the shade dented, shards around."""
    hue = look.tint("#e3c79a")
    foot = poly(
        (-34, -6),
        (-30, -18),
        (-18, -22),
        (-8, -16),
        (-12, -11),
        (-6, -8),
        (-14, -1),
        (-28, -1),
        corner=1,
    )
    pen.shape(foot, BLUE)
    pen.ink([(-22, -22), (-25, -14), (-19, -11), (-22, -1)], 0.7)
    pen.shape(poly((-9, -13), (2, -15), (2, -10), (-10, -8)), BRASS, ink_width=0.6)
    cone = poly((2, -21), (32, -36), (38, -20), (34, -1), (3, -6), corner=1)
    pen.shape(cone, hue, ink_width=0.9)
    for end in ((33, -27), (34, -17), (32, -7)):
        pen.ink([(4, -13), end], 0.35, mix(hue, DARK, 0.35))
    pen.shape(
        poly((32, -36), (38, -20), (34, -1), (29, -10), (31, -20)),
        mix(hue, DARK, 0.3),
        ink_width=0.7,
        shade=0,
    )
    for x, y, size in ((-46, 0, 6), (-40, -4, 5), (-4, 2, 6), (-22, 4, 5)):
        shard = poly(
            (x - size, y), (x - size * 0.2, y - size * 0.9), (x + size * 0.7, y + size * 0.2)
        )
        pen.shape(shard, mix(BLUE, WHITE, 0.2), ink_width=0.6, shade=0)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "floor lamp",
        (56, 161),
        draw_floor_lamp,
        ("off", "lit"),
        solid=(30, 161),
    ),
    PropKind(
        "lamp",
        (40, 50),
        draw_lamp,
        ("off", "lit", "broken"),
        sizes={"broken": (96, 38)},
        grips=((0, -24),),
        carry="two",
    ),
)
