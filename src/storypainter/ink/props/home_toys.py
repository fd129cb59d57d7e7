"""Toys of a nursery: teddy bear, doll, blocks, a train, a rocking horse, a rubber duck."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion
from storypainter.ink.props.kitchen_room import turned
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    PINK,
    RED,
    WHITE,
    WOOD,
    YELLOW,
    Look,
    PropKind,
    Surface,
)


def draw_teddy_bear(pen: Pen, look: Look) -> None:
    """A sitting teddy bear with a ribbon; torn, it has lost an arm and its stuffing."""
    fur = look.tint("#c08a55")
    light = mix(fur, WHITE, 0.4)
    torn = look.state == "torn"
    for side in (-1, 1):
        if torn and side > 0:
            continue
        pen.shape(limb([(side * 9, -23), (side * 18, -14)], 5.4, 5.6), fur, ink_width=0.9)
    pen.shape(oval(0, -15, 13, 14.5), fur)
    pen.shape(oval(0, -13, 8, 9), light, ink_width=0.5, shade=0)
    for side in (-1, 1):
        pen.shape(oval(side * 12.6, -5.2, 7.4, 6.6), fur, ink_width=0.9)
        pen.shape(oval(side * 14, -5, 3.8, 3.6), light, ink_width=0.5, shade=0)
        pen.shape(oval(side * 10.4, -45.6, 5.2), fur, ink_width=0.9)
        pen.shape(oval(side * 10.6, -45.4, 2.6), light, ink_width=0.4, shade=0)
    pen.shape(oval(0, -36.6, 13, 11.4), fur)
    pen.shape(oval(0, -33, 6, 5), light, ink_width=0.5, shade=0)
    pen.fill(oval(0, -35.4, 2.2, 1.6), DARK)
    pen.ink(path((-2.6, -31.6), (0, -30.4), (2.6, -31.6)), 0.6)
    pen.ink([(0, -34), (0, -31)], 0.5)
    for side in (-1, 1):
        pen.fill(oval(side * 5, -39.4, 1.4), DARK)
    for side in (-1, 1):
        pen.shape(
            poly((0, -24.4), (side * 8, -28), (side * 8, -21), corner=0.6),
            RED,
            ink_width=0.6,
            shade=0,
        )
    pen.shape(oval(0, -24.4, 1.8), RED, ink_width=0.5, shade=0)
    if torn:
        for x, y, size in ((12, -22, 4), (16, -18, 3.4), (14, -14, 3), (24, -2, 4), (30, -1, 3)):
            pen.shape(oval(x, y, size, size * 0.8), CREAM, ink_width=0.5, shade=0)
        pen.shape(limb([(36, -4), (48, -3)], 5, 5), fur, ink_width=0.9)
        pen.ink([(-6, -20), (-3, -18), (-6, -16), (-3, -14), (-6, -12)], 0.6)


def draw_doll(pen: Pen, look: Look) -> None:
    """A rag doll with woollen plaits; broken, its head has come off."""
    dress = look.tint("#b06a86")
    skin, hair = "#f0c9a0", "#a4532f"
    for side in (-1, 1):
        pen.shape(limb([(side * 4, -14), (side * 5.4, -3)], 2.6, 2.4), skin, ink_width=0.7)
        pen.shape(oval(side * 6.4, -2.2, 4, 2.2), DARK, ink_width=0.6, shade=0)
        pen.shape(limb([(side * 6, -30), (side * 14, -21)], 2.6, 2.4), skin, ink_width=0.7)
    pen.shape(poly((-5, -32), (5, -32), (13, -11), (-13, -11), corner=1.4), dress, ink_width=0.9)
    pen.shape(
        poly((-3.6, -31), (3.6, -31), (6, -13), (-6, -13), corner=1), CREAM, ink_width=0.5, shade=0
    )
    for x, y in ((-9.6, -13.6), (9.6, -13.6)):
        pen.fill(oval(x, y, 1.1), CREAM)
    if look.state == "broken":
        _doll_head(turned(pen, 74, 32, -10), dress, hair, skin)
    else:
        _doll_head(turned(pen, 0, 0, -40), dress, hair, skin)


def _doll_head(pen: Pen, dress: str, hair: str, skin: str) -> None:
    for side in (-1, 1):
        plait = path((side * 8, -2), (side * 13, 4), (side * 12, 12))
        pen.shape(limb(plait, 3, 2.8, 1.6), hair, ink_width=0.7)
        pen.shape(oval(side * 12.4, 8, 2.4, 1.6), dress, ink_width=0.5, shade=0)
    pen.shape(oval(0, 0, 10, 9.6), skin, ink_width=0.9)
    fringe = blob((-10.6, 0), (-9, -9), (0, -12), (9, -9), (10.6, 0), (5, -5.6), (-5, -5.6))
    pen.shape(fringe, hair, ink_width=0.7)
    for side in (-1, 1):
        pen.fill(oval(side * 3.8, 0.4, 1.3), DARK)
        pen.fill(oval(side * 6, 4, 1.8, 1.2), PINK)
    pen.ink(path((-2.4, 4.4), (0, 5.6), (2.4, 4.4)), 0.6, "#a8433c")


def draw_toy_blocks(pen: Pen, look: Look) -> None:
    """Building blocks: a tower, or scattered where it fell."""
    if look.state == "scattered":
        for x, y, turn, hue, letter in ((-38, 0, 0, RED, 0), (-14, 2, 20, YELLOW, 1), (10, -1, -8, BLUE, 2), (36, 1, 12, GREEN, 0), (-4, -14, 34, PINK, 1)):  # fmt: skip
            _block(turned(pen, turn, x, y), 0, 0, hue, letter)
        motion(pen, [(-54, -8), (-58, -14), (-56, -20)], [(52, -8), (57, -14), (55, -20)])
        return
    for x, y, hue, letter in (
        (-9, 0, RED, 0),
        (9, 0, BLUE, 1),
        (0, -17, YELLOW, 2),
        (1, -34, GREEN, 1),
    ):
        _block(pen, x, y, hue, letter)
    pen.shape(poly((-9, -51), (11, -51), (1, -66), corner=1), RED, ink_width=0.9)


def _block(pen: Pen, x: float, y: float, hue: str, mark: int) -> None:
    pen.shape(rect(x - 8.5, y - 17, x + 8.5, y, 1.2), mix(hue, WHITE, 0.1), ink_width=0.9)
    pen.shape(
        rect(x - 6, y - 14.5, x + 6, y - 2.5, 0.8), mix(hue, CREAM, 0.75), ink_width=0.4, shade=0
    )
    middle = (x, y - 8.5)
    if mark == 0:
        pen.ink([(x - 3, y - 5), (x, y - 12.6), (x + 3, y - 5)], 0.9, hue)
        pen.ink([(x - 2, y - 7.6), (x + 2, y - 7.6)], 0.7, hue)
    elif mark == 1:
        pen.ink(arc(*middle, 3.4, 3.6, 0, 360), 1.0, hue, closed=True)
    else:
        pen.fill(poly((x, y - 13), (x + 4.2, y - 5.4), (x - 4.2, y - 5.4)), hue)


def draw_toy_train(pen: Pen, look: Look) -> None:
    """A wooden engine that pulls two waggons; derailed, they lie on their sides."""
    hue = look.tint(RED)
    if look.state == "derailed":
        _engine(turned(pen, 38, 32, -8), hue)
        _waggon(turned(pen, -96, 2, -10), BLUE)
        _waggon(turned(pen, 14, -38, -2), YELLOW)
        motion(pen, [(54, -38), (60, -32), (62, -24)], [(-12, -32), (-6, -36), (0, -34)])
        return
    pen.ink([(-60, -6), (30, -6)], 0.9)
    _waggon(turned(pen, 0, -44, 0), YELLOW)
    _waggon(turned(pen, 0, -12, 0), BLUE)
    _engine(turned(pen, 0, 30, 0), hue)


def _wheels(pen: Pen, *xs: float) -> None:
    for x in xs:
        pen.shape(oval(x, -4.4, 4.6), DARK_WOOD, ink_width=0.7)
        pen.shape(oval(x, -4.4, 1.4), YELLOW, ink_width=0.4, shade=0)


def _engine(pen: Pen, hue: str) -> None:
    pen.shape(rect(-20, -10, 22, -5, 1), DARK_WOOD, ink_width=0.7)
    pen.shape(rect(-4, -21, 20, -9, 4), hue, ink_width=0.9)
    pen.shape(rect(-19, -32, -2, -9, 1), mix(hue, WHITE, 0.12), ink_width=0.9)
    pen.shape(rect(-15, -28, -6, -19, 1), "#cfe0e2", ink_width=0.5, shade=0)
    pen.shape(rect(-22, -35.4, 1, -31, 1.4), BLUE, ink_width=0.7)
    pen.shape(poly((10, -20), (16, -20), (18, -31), (8, -31)), DARK, ink_width=0.7, shade=0)
    pen.shape(oval(3, -22, 3.4, 3), YELLOW, ink_width=0.6, shade=0)
    _wheels(pen, -13, 2, 15)


def _waggon(pen: Pen, hue: str) -> None:
    pen.shape(rect(-13, -22, 13, -7, 1.4), hue, ink_width=0.9)
    pen.shape(rect(-9, -19, 9, -11, 1), mix(hue, WHITE, 0.4), ink_width=0.4, shade=0)
    _wheels(pen, -8, 8)


def draw_rocking_horse(pen: Pen, look: Look) -> None:
    """A dappled rocking horse."""
    hue = look.tint("#e3d9c4")
    pen.shape(
        limb(path((-46, -9), (-24, -2), (10, -1), (46, -12)), 2.6, 3, 3, 2.6), RED, ink_width=0.8
    )
    for x, top, lean in ((-24, -36, -10), (-13, -36, 2), (14, -36, 0), (24, -38, 12)):
        pen.shape(limb([(x, top), (x + lean, -5)], 4.4, 3), hue, ink_width=0.8)
    tail = blob((-32, -46), (-46, -42), (-52, -24), (-44, -20), (-38, -32), (-30, -38))
    pen.shape(tail, "#8a5a3c", ink_width=0.8)
    body = blob(
        (-34, -40), (-24, -52), (0, -49), (18, -54), (30, -42), (24, -32), (0, -31), (-26, -31)
    )
    neck = poly(
        (8, -44), (20, -76), (33, -81), (50, -65), (46, -58), (34, -61), (30, -38), corner=3
    )
    pen.shape(join(body, neck), hue)
    mane = blob((10, -50), (12, -66), (22, -82), (29, -86), (28, -78), (22, -66), (18, -52))
    pen.shape(mane, "#8a5a3c", ink_width=0.8)
    pen.shape(poly((27, -79), (28, -88), (33, -80), corner=0.5), hue, ink_width=0.7)
    pen.fill(oval(35, -72, 1.6), DARK)
    pen.ink([(40, -60), (36, -74)], 0.8, RED)
    pen.shape(
        blob((-14, -50), (-12, -56), (2, -54), (8, -51), (6, -40), (-10, -40)), BLUE, ink_width=0.7
    )
    for x, y in ((-24, -42), (-18, -37), (20, -44), (14, -37), (-28, -38)):
        pen.shape(oval(x, y, 2.4, 2), mix(hue, DARK, 0.2), ink_width=0, shade=0)
    pen.shape(limb([(37, -68), (43, -68)], 1.5, 1.5), WOOD, ink_width=0.5, shade=0)


def draw_rubber_duck(pen: Pen, look: Look) -> None:
    """A yellow rubber duck."""
    hue = look.tint("#f0c33c")
    pen.shape(
        blob((-16, -2), (-18, -13), (-10, -11), (2, -13), (13, -12), (14, -4), (6, 0), (-10, 0)),
        hue,
    )
    pen.shape(oval(7, -19, 8.6, 8), hue)
    pen.shape(poly((14, -21), (23, -18), (14, -15), corner=1), "#e07f34", ink_width=0.7, shade=0)
    pen.fill(oval(9.4, -21.4, 1.4), DARK)
    pen.ink(path((-10, -9), (-4, -5), (4, -8)), 0.6)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "teddy bear",
        (42, 52),
        draw_teddy_bear,
        ("plain", "torn"),
        sizes={"torn": (74, 52)},
        grips=((-16, -14), (16, -14)),
        carry="front",
        scale=0.9,
        shifts={"torn": -15.0},
    ),
    PropKind(
        "doll",
        (32, 52),
        draw_doll,
        ("plain", "broken"),
        sizes={"broken": (64, 40)},
        grips=((-13, -22), (13, -22)),
        carry="front",
        scale=0.82,
        shifts={"broken": -14.0},
    ),
    PropKind(
        "toy blocks",
        (40, 66),
        draw_toy_blocks,
        ("plain", "scattered"),
        sizes={"scattered": (112, 36)},
    ),
    PropKind(
        "toy train",
        (112, 36),
        draw_toy_train,
        ("plain", "derailed"),
        sizes={"derailed": (130, 49)},
        grips=((-46, -20), (44, -20)),
        carry="two",
        scale=0.72,
    ),
    PropKind(
        "rocking horse",
        (106, 88),
        draw_rocking_horse,
        surface=Surface(52, (-3,)),
        seats=Surface(52, (-3,)),
    ),
    PropKind(
        "rubber duck",
        (40, 28),
        draw_rubber_duck,
        grips=((-4, -6),),
        carry="front",
        scale=0.46,
        weight=0.7,
    ),
)
