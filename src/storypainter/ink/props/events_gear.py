"""Small things of sport: balls, rackets, trophies, medals, whistles, stopwatches, a bow."""

from __future__ import annotations

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
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    PALE_WOOD,
    RED,
    STEEL,
    WHITE,
    WOOD,
    Look,
    PropKind,
)

GOLD = "#e2b64a"
_FELT = "#d8dc6a"


def paint_football(pen: Pen, x: float, y: float, r: float, hue: str = WHITE) -> None:
    """A football of black and white panels around (x, y)."""
    ball = oval(x, y, r)
    pen.shape(ball, hue)
    pen.shape(
        poly(*(around(x, y, r * 0.38, i * 72) for i in range(5))), DARK, ink_width=0.4, shade=0
    )
    with pen.clip(ball):
        for index in range(5):
            turn = index * 72
            pen.ink([around(x, y, r * 0.38, turn), around(x, y, r * 0.74, turn)], 0.5)
            patch = [around(x, y, r * 0.74, turn), around(x, y, r * 0.86, turn + 20)]
            patch += [around(x, y, r * 1.1, turn + 18), around(x, y, r * 1.1, turn - 18)]
            patch.append(around(x, y, r * 0.86, turn - 20))
            pen.shape(poly(*patch), DARK, ink_width=0.4, shade=0, solid=False)
    pen.ink(arc(x, y, r, r, 0, 360), 0.8, closed=True)


def draw_football(pen: Pen, look: Look) -> None:
    """A football; ``flat`` it has lost its air."""
    if look.state == "flat":
        skin = blob((-15, -1), (-13, -9), (-5, -11), (0, -7), (7, -11), (14, -8), (15, -1), (0, 1))
        pen.shape(skin, look.tint(WHITE))
        pen.shape(poly((-9, -8), (-2, -7), (-4, -2), (-10, -3)), DARK, ink_width=0.4, shade=0)
        pen.shape(poly((6, -9), (12, -7), (10, -2), (5, -3)), DARK, ink_width=0.4, shade=0)
        return
    paint_football(pen, 0, -12.5, 12.5, look.tint(WHITE))
    if look.state == "flying":
        for lift in (-20, -12, -4):
            motion(pen, [(-19, lift), (-28, lift + 3), (-37, lift + 7)])


def draw_tennis_ball(pen: Pen, look: Look) -> None:
    """A tennis ball with its seam."""
    pen.shape(oval(0, -6, 6), look.tint(_FELT), ink_width=0.8)
    pen.ink(arc(-7, -6, 5, 5, -50, 50), 0.5, WHITE)
    pen.ink(arc(7, -6, 5, 5, 130, 230), 0.5, WHITE)
    if look.state == "flying":
        for lift in (-9, -3):
            motion(pen, [(-10, lift), (-17, lift + 2), (-23, lift + 5)])


def draw_racket(pen: Pen, look: Look) -> None:
    """A tennis racket, its head up; ``broken`` its frame is bent and its strings are torn."""
    frame = look.tint(RED)
    broken = look.state == "broken"
    tilt = 34 if broken else 0
    x = 9 if broken else 0
    pen.shape(rect(-2, -22, 2, 0, 1), DARK, ink_width=0.7)
    pen.shape(rect(-1.7, -36, 1.7, -21), frame, ink_width=0.6)
    throat = [band([(0, -34), (side * 8 + x * 0.4, -46)], 2.6) for side in (-1, 1)]
    pen.shape(join(*throat), frame, ink_width=0.6)
    hoop = oval(x, -58, 14, 18, tilt)
    pen.fill(hoop, WHITE, 0.35)
    pen.shape(hoop.difference(oval(x, -58, 11.4, 15.2, tilt)), frame, ink_width=0.8)
    with pen.clip(oval(x, -58, 11.6, 15.4, tilt)):
        for k in range(-4, 5):
            if broken and k in (-1, 0, 1):
                pen.ink(path((x + k * 3, -44), (x + k * 5, -52), (x + k * 3 + 2, -57)), 0.4)
                continue
            pen.ink([(x + k * 3, -80), (x + k * 3, -38)], 0.32)
            pen.ink([(x - 20, -58 + k * 3.6), (x + 20, -58 + k * 3.6)], 0.32)


def draw_trophy(pen: Pen, look: Look) -> None:
    """A cup with two handles on a foot; ``broken`` one handle lies beside it and it is dented."""
    gold = look.tint(GOLD)
    broken = look.state == "broken"
    pen.shape(poly((-15, 0), (15, 0), (12, -10), (-12, -10), corner=1), DARK_WOOD)
    pen.shape(rect(-6, -8, 6, -3), CREAM, ink_width=0.4, shade=0)
    pen.shape(poly((-9, -10), (9, -10), (3, -16), (3, -23), (-3, -23), (-3, -16), corner=0.8), gold)
    for side in (-1, 1):
        ear = band(arc(side * 15, -40, 9, 9, 0, 360), 3.2)
        if broken and side > 0:
            pen.shape(band(arc(27, -6, 8, 6, 150, 380), 3.2), gold, ink_width=0.7, shade=0)
            continue
        pen.shape(ear, gold, ink_width=0.7, shade=0)
    cup = poly((-18, -54), (18, -54), (15, -34), (6, -23), (-6, -23), (-15, -34), corner=1.4)
    pen.shape(cup, gold)
    pen.shape(rect(-20, -57, 20, -52, 1.6), mix(gold, WHITE, 0.3), ink_width=0.8)
    pen.ink(path((-11, -49), (-10, -38), (-5, -30)), 1.1, mix(gold, WHITE, 0.75))
    if broken:
        pen.ink([(6, -52), (2, -45), (8, -41), (3, -35)], 0.7)
    else:
        star = poly(*(around(1, -41, 6 if i % 2 == 0 else 2.6, i * 36) for i in range(10)))
        pen.shape(star, mix(gold, WHITE, 0.6), ink_width=0.5, shade=0)


def draw_medal(pen: Pen, look: Look) -> None:
    """A medal on its ribbon."""
    strap = poly((-9, -34), (-3, -34), (0, -18), (3, -34), (9, -34), (3, -13), (-3, -13))
    pen.shape(strap, BLUE, ink_width=0.7)
    pen.shape(oval(0, -8, 8), look.tint(GOLD))
    pen.ink(arc(0, -8, 5.4, 5.4, 0, 360), 0.5)


def draw_whistle(pen: Pen, look: Look) -> None:
    """A referee's whistle on a cord."""
    pen.ink(path((-7, -9), (-14, -14), (-16, -4), (-11, 0)), 0.6)
    body = join(oval(-3, -7, 6.4), rect(-3, -13.4, 12, -8, 1))
    pen.shape(body, look.tint(STEEL))
    pen.shape(rect(2, -13.6, 5, -11), DARK, ink_width=0.3, shade=0)
    pen.ink(arc(-3, -7, 3, 3, 0, 360), 0.4)


def draw_stopwatch(pen: Pen, look: Look) -> None:
    """A stopwatch with its button on top."""
    pen.shape(rect(-2.2, -27, 2.2, -21, 0.8), STEEL, ink_width=0.7)
    pen.shape(rect(-4, -29, 4, -26, 1), look.tint(RED), ink_width=0.7)
    pen.shape(oval(0, -12, 11.6), STEEL)
    pen.shape(oval(0, -12, 8.8), WHITE, ink_width=0.5, shade=0)
    for turn in range(0, 360, 30):
        pen.ink([around(0, -12, 6.8, turn), around(0, -12, 8.2, turn)], 0.45)
    pen.ink([(0, -12), around(0, -12, 6.2, 40)], 0.9, RED)


def draw_relay_baton(pen: Pen, look: Look) -> None:
    """A relay baton with a band."""
    pen.shape(limb([(0, -2), (0, -34)], 2.6, 2.6), look.tint(RED))
    pen.fill(rect(-2.4, -22, 2.4, -14), WHITE)


def draw_bow_and_arrow(pen: Pen, look: Look) -> None:
    """A bow with an arrow on its string, ready to fly to the right."""
    pen.ink([(-2, -104), (-16, -54), (-2, -4)], 0.5)
    wood = path((-2, -104), (8, -82), (13, -54), (8, -26), (-2, -4))
    pen.shape(limb(wood, 1.4, 2.8, 2.8, 1.4), look.tint(DARK_WOOD))
    pen.shape(limb([(-16, -54), (40, -54)], 1, 1), PALE_WOOD, ink_width=0.6)
    pen.shape(poly((39, -58), (52, -54), (39, -50)), STEEL, ink_width=0.7)
    for side in (-1, 1):
        pen.shape(poly((-18, -54), (-6, -54), (-10, -54 + side * 6), (-22, -54 + side * 6)), RED, ink_width=0.6, shade=0)  # fmt: skip


def draw_megaphone(pen: Pen, look: Look) -> None:
    """A megaphone, its mouthpiece to the left."""
    pen.shape(poly((-16, -19), (20, -33), (20, -1), (-16, -12), corner=1), look.tint(RED))
    pen.shape(oval(20, -17, 4.5, 16.5), CREAM)
    pen.shape(rect(-22, -19.5, -14, -11.5, 1.5), WHITE, ink_width=0.8)
    pen.shape(rect(-6, -12, -1, 2, 1.5), DARK, ink_width=0.7)
    if look.state == "loud":
        for k in range(3):
            pen.ink(arc(22, -17, 12 + 7 * k, 13 + 7 * k, -38, 38), 0.8)


def draw_cricket_bat(pen: Pen, look: Look) -> None:
    """A cricket bat, its handle up."""
    pen.shape(limb([(0, -54), (0, -78)], 2.2, 2.2), look.tint(BLUE))
    pen.shape(
        poly((-2, -58), (2, -58), (6.6, -48), (6.6, -2), (-6.6, -2), (-6.6, -48), corner=1.5),
        PALE_WOOD,
    )
    pen.ink([(0, -44), (0, -6)], 0.4, WOOD)


KINDS = (
    PropKind(
        "football", (26, 26), draw_football, ("plain", "flying", "flat"),
        grips=((0, -2),), carry="front", airs={"flying": 120}, sizes={"flat": (31, 12)},
     scale=0.88),
    PropKind(
        "tennis ball", (12, 12), draw_tennis_ball, ("plain", "flying"),
        grips=((0, -5),), carry="front", airs={"flying": 165},
     scale=0.72, weight=0.66),
    PropKind(
        "racket", (30, 78), draw_racket, ("plain", "broken"),
        grips=((0, -9),), carry="front", lies=True,
    ),
    PropKind(
        "trophy", (50, 58), draw_trophy, ("plain", "broken"),
        grips=((-24, -38), (24, -38)), carry="two", scale=0.72,sizes={"broken": (63, 58)}, shifts={"broken": -6.0}),
    PropKind("medal", (18, 35), draw_medal, grips=((0, -32),), carry="front", scale=0.72, weight=0.64, flattens=('plain',)),
    PropKind("whistle", (30, 16), draw_whistle, grips=((-3, -6),), carry="mouth", scale=0.46, weight=0.56),
    PropKind("stopwatch", (24, 30), draw_stopwatch, grips=((0, -6),), carry="front", scale=0.46, weight=0.6, flattens=('plain',)),
    PropKind("relay baton", (6, 37), draw_relay_baton, grips=((0, -7),), carry="front", lies=True, scale=0.9),
    PropKind(
        "bow and arrow", (76, 106), draw_bow_and_arrow,
        grips=((12, -54), (-15, -54)), carry="two",
     flattens=('plain',)),
    PropKind(
        "megaphone", (58, 36), draw_megaphone, ("plain", "loud"),
        grips=((-3.5, -4),), carry="mouth", scale=0.74,
    ),
    PropKind("cricket bat", (14, 80), draw_cricket_bat, grips=((0, -68),), carry="front", lies=True),
)  # fmt: skip
