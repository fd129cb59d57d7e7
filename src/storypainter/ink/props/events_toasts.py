"""Small things of weddings and feasts: cakes, rings, champagne, confetti."""

from __future__ import annotations

import random

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import (
    arc,
    around,
    band,
    blob,
    join,
    limb,
    oval,
    path,
    poly,
    rect,
)
from storypainter.ink.drawing.geometry import Frame, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion, splashes
from storypainter.ink.props.events_wedding import BLUSH, IVORY, ROSE, paint_rose
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    GREEN,
    PINK,
    RED,
    STEEL,
    WHITE,
    YELLOW,
    Look,
    PropKind,
)

_GOLD = "#e2b64a"
_WINE = "#ecd58c"
_BOTTLE = "#5f7a55"
PAPERS = (RED, YELLOW, BLUE, GREEN, PINK)


def _turned(pen: Pen, degrees: float, x: float, y: float) -> Pen:
    left, top = pen.frame.point(x, y)
    frame = Frame(left, top, pen.frame.scale, pen.frame.degrees + degrees, pen.frame.mirror)
    return Pen(pen.canvas, frame, pen.weight)


def draw_wedding_cake(pen: Pen, look: Look) -> None:
    """A cake of three tiers with a couple on top; ``cut``, ``toppling`` or ``fallen``."""
    icing = look.tint("#fdf6e6")
    if look.state == "fallen":
        _fallen_cake(pen, icing)
        return
    pen.shape(oval(0, -3, 40, 5), STEEL, ink_width=0.8)
    lean = look.state == "toppling"
    _tier(pen, 0, -4, 34, 24, icing)
    upper = _turned(pen, 9, 5, -28) if lean else _turned(pen, 0, 0, -28)
    _tier(upper, 0, 0, 24, 21, icing)
    top = _turned(upper, 13, 6, -21) if lean else _turned(upper, 0, 0, -21)
    _tier(top, 0, 0, 14, 18, icing)
    _couple(_turned(top, 6 if lean else 0, 0, -18))
    if look.state == "cut":
        pen.shape(poly((4, -27), (22, -26), (24, -5), (6, -3)), "#e7bd84", ink_width=0.7, shade=0)
        for y in (-20, -12):
            pen.ink([(5, y), (23, y + 0.6)], 1.1, "#b8606a")
    if lean:
        for line in ([(-26, -74), (-32, -66), (-35, -56)], [(-32, -82), (-40, -72), (-43, -60)]):
            motion(pen, line)


def _tier(pen: Pen, x: float, foot: float, half: float, tall: float, icing: str) -> None:
    pen.shape(rect(x - half, foot - tall, x + half, foot, 2), icing)
    scallops = [oval(x - half + (k + 0.5) * half / 3, foot - tall + 2, half / 6 + 0.4, 4.2) for k in range(6)]  # fmt: skip
    pen.shape(join(rect(x - half, foot - tall - 1, x + half, foot - tall + 2, 1), *scallops), mix(BLUSH, WHITE, 0.3), ink_width=0.6, shade=0)  # fmt: skip
    pearls = int(half / 3.4)
    for k in range(-pearls, pearls + 1):
        pen.shape(
            oval(x + k * half / (pearls + 0.6), foot - 2, 1.7), WHITE, ink_width=0.35, shade=0
        )
    for share, hue in ((-0.5, ROSE), (0.52, BLUSH)):
        paint_rose(pen, x + share * half, foot - tall * 0.42, 3.4, hue)


def _couple(pen: Pen) -> None:
    """The little pair on top of the cake."""
    pen.shape(poly((-8, 0), (-1, 0), (-3, -10), (-6, -10)), WHITE, ink_width=0.5, shade=0)
    pen.shape(rect(1, -10.6, 6, 0, 1), DARK, ink_width=0.5, shade=0)
    for x, hair in ((-4.4, "#7a513a"), (3.6, "#2e2a33")):
        pen.shape(oval(x, -13, 3), "#e9c3a4", ink_width=0.45, shade=0)
        pen.fill(oval(x, -14.4, 2.8, 1.7), hair)


def _fallen_cake(pen: Pen, icing: str) -> None:
    heap = blob((-50, -1), (-44, -12), (-26, -15), (-12, -24), (8, -21), (22, -13), (42, -11), (52, -1), (0, 4))  # fmt: skip
    pen.shape(heap, icing)
    pen.shape(poly((-30, -8), (-8, -14), (-2, -2), (-26, 1), corner=1), "#e7bd84", ink_width=0.7)
    pen.ink([(-27, -4), (-4, -8)], 1.0, "#b8606a")
    _tier(_turned(pen, 62, 18, -8), 0, 0, 12, 14, icing)
    for x, y, hue in ((-38, -4, ROSE), (2, -17, BLUSH), (40, -4, ROSE)):
        paint_rose(pen, x, y, 4, hue)
    splashes(pen, ((-58, -6, 4), (60, -8, 4), (54, -18, 3)), icing)


def draw_cake_slice(pen: Pen, look: Look) -> None:
    """A slice of layer cake on a plate; ``eaten`` only crumbs are left."""
    pen.shape(oval(0, -3, 18, 4), WHITE, ink_width=0.8)
    if look.state == "eaten":
        for x, y in ((-6, -4), (-1, -3), (4, -4.6), (8, -3)):
            pen.fill(oval(x, y, 1.3), "#b98a58")
        return
    hue = look.tint("#f0c98e")
    pen.shape(poly((-14, -5), (12, -4), (12, -19), (-14, -15)), hue, ink_width=0.8)
    pen.ink([(-13, -10), (12, -11)], 1.1, "#b8606a")
    pen.shape(
        poly((-15, -15), (12, -19), (13, -23), (4, -25)), mix(PINK, WHITE, 0.3), ink_width=0.8
    )
    pen.shape(oval(5, -25, 3), RED, ink_width=0.6)


def draw_ring(pen: Pen, look: Look) -> None:
    """A ring with a stone, larger than life."""
    pen.shape(oval(0, -7, 7).difference(oval(0, -7, 4.6)), look.tint(_GOLD), ink_width=0.8)
    pen.shape(poly((-4, -16), (4, -16), (6, -19), (3, -22), (-3, -22), (-6, -19)), "#d5ecf2", ink_width=0.7, shade=0)  # fmt: skip
    pen.shape(poly((-6, -19), (6, -19), (0, -13)), "#bfe0ea", ink_width=0.5, shade=0)
    for turn in (-50, 0, 50):
        pen.ink([around(0, -19, 7.5, turn), around(0, -19, 11, turn)], 0.6, "#c9a04a")


def draw_ring_box(pen: Pen, look: Look) -> None:
    """A small box for a ring: ``open`` it shows the ring on its cushion."""
    shell = look.tint("#a5485a")
    if look.state == "closed":
        pen.shape(rect(-11, -16, 11, 0, 3), shell)
        pen.ink([(-11, -9), (11, -9)], 0.7)
        pen.shape(oval(0, -8, 1.8), _GOLD, ink_width=0.5)
        return
    pen.shape(poly((-11, -11), (11, -11), (13, -28), (-13, -28), corner=2), shell)
    pen.shape(poly((-8, -13), (8, -13), (10, -25), (-10, -25), corner=1), IVORY, ink_width=0.5)
    if look.state == "open":
        pen.shape(oval(0, -14, 6).difference(oval(0, -14, 3.8)), _GOLD, ink_width=0.6)
        stone = poly((-4, -21.6), (-2.6, -24), (2.6, -24), (4, -21.6), (0, -17.4))
        pen.shape(stone, "#d5ecf2", ink_width=0.6, shade=0)
    pen.shape(rect(-12, -12, 12, 0, 2.5), shell)
    pen.ink([(-9, -10), (9, -10)], 0.5, IVORY)


def draw_ring_cushion(pen: Pen, look: Look) -> None:
    """A cushion with two rings on it; ``empty`` they are gone."""
    silk = look.tint(IVORY)
    pillow = blob(
        (-23, -2), (-21, -11), (-23, -19), (0, -16), (23, -19), (21, -11), (23, -2), (0, -4)
    )
    pen.shape(pillow, silk)
    for side in (-1, 1):
        pen.shape(oval(side * 23, -1, 2.6), ROSE, ink_width=0.5, shade=0)
    if look.state == "empty":
        pen.ink(path((-5, -11), (0, -9), (5, -12)), 0.7, ROSE)
        return
    for x in (-4.5, 4.5):
        ring = oval(x, -17, 6.2, 5.2).difference(oval(x, -17, 4.2, 3.3))
        pen.shape(ring, _GOLD, ink_width=0.6, shade=0)


def draw_champagne_bottle(pen: Pen, look: Look) -> None:
    """A bottle of sparkling wine; ``popping`` its cork flies off in foam."""
    glass = look.tint(_BOTTLE)
    body = join(rect(-8, -24, 8, 0, 2), poly((-8, -23), (8, -23), (3.2, -35), (-3.2, -35), corner=1), rect(-3.2, -46, 3.2, -33))  # fmt: skip
    pen.shape(body.buffer(0.6), glass)
    pen.shape(rect(-8.4, -18, 8.4, -7), CREAM, ink_width=0.6, shade=0)
    pen.shape(oval(0, -12.5, 3), _GOLD, ink_width=0.4, shade=0)
    pen.shape(rect(-4, -46, 4, -36, 1), _GOLD, ink_width=0.7)
    if look.state != "popping":
        pen.shape(oval(0, -47, 4.4, 3.2), _GOLD, ink_width=0.7)
        return
    foam = blob((-4, -46), (-9, -55), (-3, -58), (0, -67), (4, -58), (10, -56), (4, -46))
    pen.shape(foam, "#fff6da", ink_width=0.7)
    splashes(pen, ((-13, -58, 3), (13, -62, 3.4), (-7, -68, 2.6), (8, -72, 2.6)), "#fff6da")
    pen.shape(rect(10, -92, 18, -83, 2), "#c79a68", ink_width=0.8)
    for x in (6, 11):
        motion(pen, [(x, -76), (x + 1, -80), (x + 3, -82)])


def draw_champagne_glass(pen: Pen, look: Look) -> None:
    """A tall glass; ``empty`` or ``broken``."""
    clear = "#e8f1f2"
    if look.state == "broken":
        pen.shape(poly((-14, 0), (-8, -8), (-2, -1)), clear, ink_width=0.7, shade=0)
        pen.shape(poly((2, 0), (6, -11), (12, -2)), clear, ink_width=0.7, shade=0)
        pen.shape(oval(18, -2, 6, 2), clear, ink_width=0.7, shade=0)
        pen.shape(limb([(18, -2), (24, -12)], 0.9, 0.9), clear, ink_width=0.6, shade=0)
        return
    pen.shape(oval(0, -1.6, 7, 1.8), clear, ink_width=0.7, shade=0)
    pen.shape(rect(-0.9, -14, 0.9, -1), clear, ink_width=0.6, shade=0)
    flute = poly((-6.4, -36), (6.4, -36), (4.4, -18), (0, -13), (-4.4, -18), corner=0.8)
    pen.shape(flute, clear, ink_width=0.8, shade=0)
    if look.state == "full":
        pen.fill(poly((-5.4, -31), (5.4, -31), (4, -18), (0, -14.4), (-4, -18)), _WINE)
        for x, y in ((-1.6, -20), (1.4, -24), (-0.6, -28)):
            pen.fill(oval(x, y, 0.8), WHITE)
        pen.ink([(-5.4, -31), (5.4, -31)], 0.4)


def draw_confetti(pen: Pen, look: Look) -> None:
    """Scraps of paper: ``flying`` through the air, or ``scattered`` on the ground."""
    rng = random.Random(11)
    flying = look.state == "flying"
    for index in range(46 if flying else 40):
        x = rng.uniform(-62, 62)
        y = rng.uniform(-100, -2) if flying else rng.uniform(-22, 0)
        size = rng.uniform(3.0, 4.6)
        hue = look.tint(PAPERS[index % 5]) if index % 3 else PAPERS[index % 5]
        _scrap(pen, (x, y), size, rng.uniform(0, 180), hue)


def _scrap(pen: Pen, spot: Point, size: float, turn: float, hue: str) -> None:
    pen.shape(oval(*spot, size, size * 0.55, turn), hue, ink_width=0.35, shade=0)


def draw_sparkler(pen: Pen, look: Look) -> None:
    """A sparkler: ``lit`` it throws sparks."""
    pen.shape(limb([(0, 0), (0, -38)], 0.8, 0.8), "#8b8791", ink_width=0.6)
    pen.shape(limb([(0, -20), (0, -38)], 1.5, 1.5), "#6d6472", ink_width=0.5)
    if look.state != "lit":
        return
    with pen.canvas.lit():
        for turn in range(0, 360, 30):
            reach = 15 if turn % 60 else 10
            pen.ink([around(0, -40, 4, turn), around(0, -40, reach, turn)], 0.8, "#e6a33b")
        pen.shape(oval(0, -40, 4.6), "#fff3c4", ink_width=0.5, shade=0)


def draw_bell_ribbon(pen: Pen, look: Look) -> None:
    """A pair of wedding bells on a ribbon; ``ringing`` they swing."""
    swing = 16 if look.state == "ringing" else 0
    for side in (-1, 1):
        bell = _turned(pen, -side * (22 + swing), side * 4, -40)
        cup = blob((-4, 2), (4, 2), (7, 14), (13, 26), (0, 29), (-13, 26), (-7, 14))
        bell.shape(oval(0, 29, 4), mix(_GOLD, DARK, 0.2), ink_width=0.6)
        bell.shape(cup, look.tint(_GOLD))
        bell.ink(path((-11, 23), (0, 26), (11, 23)), 0.5)
    for side in (-1, 1):
        loop = blob((0, -42), (side * 8, -52), (side * 19, -50), (side * 17, -40))
        pen.shape(loop, ROSE, ink_width=0.8)
        pen.shape(band(path((side * 2, -41), (side * 12, -34), (side * 20, -36)), 4, flat=True), ROSE, ink_width=0.6)  # fmt: skip
    pen.shape(oval(0, -43, 4), mix(ROSE, WHITE, 0.3), ink_width=0.7)
    if look.state == "ringing":
        for side in (-1, 1):
            pen.ink(
                arc(side * 28, -16, 10, 12, -60 if side > 0 else 120, 60 if side > 0 else 240), 0.7
            )


KINDS = (
    PropKind(
        "wedding cake", (82, 84), draw_wedding_cake, ("whole", "cut", "toppling", "fallen"),
        grips=((-34, -5), (34, -5)), carry="two", sizes={"fallen": (120, 28)},
    ),
    PropKind(
        "slice of cake", (38, 30), draw_cake_slice, ("plain", "eaten"),
        grips=((0, -2),), carry="front", scale=0.58, weight=0.62,
    ),
    PropKind("ring", (18, 32), draw_ring, grips=((0, -1),), carry="front", scale=0.42, weight=0.5),
    PropKind(
        "ring box", (28, 30), draw_ring_box, ("open", "closed", "empty"),
        grips=((0, -3),), carry="front", scale=0.5, weight=0.56,
    ),
    PropKind(
        "ring cushion", (50, 24), draw_ring_cushion, ("plain", "empty"),
        grips=((-16, -4), (16, -4)), carry="two",
     scale=0.7),
    PropKind(
        "champagne bottle", (18, 51), draw_champagne_bottle, ("closed", "popping"),
        grips=((0, -10), (0, -22)), carry="front", sizes={"popping": (30, 92)},
     scale=0.78),
    PropKind(
        "champagne glass", (15, 37), draw_champagne_glass, ("full", "empty", "broken"),
        grips=((0, -12),), carry="front", scale=0.72, sizes={"broken": (40, 14)},shifts={"broken": -5.0}),
    PropKind("confetti", (128, 104), draw_confetti, ("flying", "scattered"), flat=False,
             airs={"flying": 130}, solid=(10, 90), sizes={"scattered": (128, 24)}),
    PropKind(
        "sparkler", (22, 56), draw_sparkler, ("lit", "unlit"), grips=((0, -4),), carry="front",
     flattens=('unlit',)),
    PropKind(
        "wedding bells", (58, 56), draw_bell_ribbon, ("plain", "ringing"),
        hangs=150, grips=((0, -42),), carry="raised",
    ),
)  # fmt: skip
