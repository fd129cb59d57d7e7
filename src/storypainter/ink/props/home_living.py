"""Furniture of a living room: sofa, armchair, tables, fireplace, bookcase, television, piano, lamps.

Front views with a little of the top seen from above; what seats one person is seen from its side.
"""

from __future__ import annotations

import random

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import SEASONS
from storypainter.ink.props.effects import fire, smoke
from storypainter.ink.props.prop import (
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    IRON,
    PALE_WOOD,
    WHITE,
    YELLOW,
    Look,
    PropKind,
    Surface,
)

BRASS = "#c39a4e"
MARBLE = "#ece4d6"
_CLOTH = "#7fa39a"
_VELVET = "#c98a5f"
_SPINES = ("#b8705c", "#8ea29a", "#d3b06d", "#7f90a8", "#c9a58f", "#94a878", "#a58aa0", "#e3d5b8")


def draw_sofa(pen: Pen, look: Look) -> None:
    """A sofa for three, seen from the front; ``torn`` its stuffing comes out."""
    hue = look.tint(_CLOTH)
    dark = mix(hue, DARK, 0.16)
    for x in (-92.0, 92.0):
        pen.shape(
            poly((x - 5, -10), (x + 5, -10), (x + 3, 0), (x - 3, 0)), DARK_WOOD, ink_width=0.7
        )
    back = poly(
        (-90, -40), (-90, -80), (-82, -88), (-30, -90), (30, -90), (82, -88), (90, -80), (90, -40),
        corner=4,
    )  # fmt: skip
    pen.shape(back, dark)
    for left, right in ((-87.0, -30.0), (-29.0, 29.0), (30.0, 87.0)):
        pen.shape(rect(left, -85, right, -46, 7), hue, ink_width=0.7)
        pen.ink(path((left + 9, -58), (left + 16, -62), (left + 20, -70)), 0.4)
    pen.shape(rect(-96, -30, 96, -8, 3), dark, ink_width=0.9)
    for left, right in ((-86.0, -29.4), (-28.6, 28.6), (29.4, 86.0)):
        top = poly((left, -45), (left + 3, -54), (right - 3, -54), (right, -45), corner=1.5)
        pen.shape(top, mix(hue, WHITE, 0.2), ink_width=0.7, shade=0)
        pen.shape(rect(left, -46, right, -29, 4), mix(hue, WHITE, 0.08), ink_width=0.8)
    for side in (-1, 1):
        arm = join(rect(side * 92 - 10, -58, side * 92 + 10, -9, 3), oval(side * 93, -58, 13.5, 10))
        pen.shape(arm, hue)
        pen.ink(arc(side * 93, -57.4, 6, 5, -210, 90), 0.5)
        for x in (-4, 3):
            pen.ink(
                path((side * 92 + x, -44), (side * 92 + x * 0.8, -26), (side * 92 + x, -14)), 0.35
            )
    if look.state == "torn":
        _torn(pen, hue)


def _torn(pen: Pen, hue: str) -> None:
    """A cushion ripped open, its stuffing spilling to the floor."""
    hole = poly(
        (-26, -50), (-8, -47), (4, -51), (22, -48), (16, -38), (24, -31), (2, -33), (-16, -29), (-12, -38),
    )  # fmt: skip
    pen.shape(hole, mix(hue, DARK, 0.5), ink_width=0.7, shade=0)
    heap = (
        (-10, -41, 8),
        (2, -44, 8),
        (13, -40, 8),
        (-2, -34, 9),
        (10, -30, 8),
        (4, -22, 8),
        (-6, -24, 7),
        (8, -13, 7),
    )
    fluff = join(*(oval(x, y, size, size * 0.8) for x, y, size in heap))
    floor = join(
        *(
            oval(x, y, size, size * 0.7)
            for x, y, size in ((2, -2, 10), (14, -4, 9), (-10, -3, 8), (25, -1, 7))
        )
    )
    for shape in (fluff, floor):
        pen.shape(shape, CREAM, ink_width=0.7)
    for x, y in ((-8, -40), (8, -37), (2, -27), (4, -3), (16, -3)):
        pen.ink(arc(x, y, 4, 3, 190, 330), 0.45)
    for x, y, size in ((40, -2, 4), (-34, 0, 5), (-28, -58, 4), (30, -66, 4)):
        pen.shape(oval(x, y, size, size * 0.7, 20), CREAM, ink_width=0.5, shade=0)
    pen.ink(path((22, -48), (27, -56), (33, -58)), 0.6)


def draw_armchair(pen: Pen, look: Look) -> None:
    """A deep armchair facing right; its near arm is :func:`draw_armchair_front`."""
    hue = look.tint(_VELVET)
    dark = mix(hue, DARK, 0.18)
    for x in (-30, 33):
        pen.shape(
            poly((x - 4, -10), (x + 4, -10), (x + 2.4, 0), (x - 2.4, 0)), DARK_WOOD, ink_width=0.7
        )
    far_arm = join(rect(-18, -62, 38, -30, 5), oval(34, -58, 8, 7))
    pen.shape(far_arm, dark, ink_width=0.8)
    back = blob(
        (-30, -14), (-42, -44), (-52, -84), (-46, -104), (-30, -108), (-16, -100), (-12, -70), (-8, -40), (-14, -16)
    )  # fmt: skip
    pen.shape(back, hue)
    for x, y in ((-31, -88), (-28, -72), (-36, -76), (-24, -60)):
        pen.shape(oval(x, y, 1.5), dark, ink_width=0.4, shade=0)
    pen.shape(rect(-34, -34, 38, -9, 4), dark, ink_width=0.9)
    cushion = blob((-22, -36), (-20, -45), (8, -48), (36, -46), (42, -40), (36, -32), (-10, -31))
    pen.shape(cushion, mix(hue, WHITE, 0.18), ink_width=0.8)


def draw_armchair_front(pen: Pen, look: Look) -> None:
    """The near arm, before whoever sits in the chair."""
    hue = look.tint(_VELVET)
    arm = join(rect(-33, -56, 24, -10, 6), oval(22, -52, 10, 9))
    pen.shape(arm, hue)
    pen.ink(arc(22, -51.6, 4.6, 4, -200, 90), 0.5)
    pen.ink(path((-26, -46), (-4, -48), (8, -48)), 0.4)
    pen.ink(path((18, -40), (17, -26), (18, -15)), 0.4)


def draw_coffee_table(pen: Pen, look: Look) -> None:
    """A low table with a shelf beneath."""
    wood = look.tint("#b58a5c")
    for side in (-1, 1):
        pen.shape(
            rect(side * 40 - 2, -36, side * 40 + 2, -6),
            mix(wood, DARK, 0.3),
            ink_width=0.6,
            shade=0,
        )
    pen.shape(
        poly((-44, -13), (-38, -17), (38, -17), (44, -13)),
        mix(wood, DARK, 0.12),
        ink_width=0.6,
        shade=0,
    )
    pen.shape(rect(-44, -13.4, 44, -10.6), mix(wood, DARK, 0.2), ink_width=0.6, shade=0)
    for side in (-1, 1):
        pen.shape(
            poly((side * 44, -36), (side * 49, -36), (side * 48, 0), (side * 45, 0)),
            wood,
            ink_width=0.8,
        )
    pen.shape(
        poly((-52, -36), (-45, -45), (45, -45), (52, -36)),
        mix(wood, WHITE, 0.24),
        ink_width=0.9,
        shade=0,
    )
    pen.shape(rect(-52.5, -37, 52.5, -32, 0.8), wood, ink_width=0.9)
    for x, y, length in ((-30, -42, 24), (8, -39.6, 28)):
        pen.ink([(x, y), (x + length, y)], 0.35, DARK_WOOD)


def burns(look: Look) -> bool:
    """Whether a fireplace burns: when the Scene says so, else on a winter's day or by night."""
    if look.state == "plain":
        ground = look.ground
        return ground.dark or ground.season.bare or ground.season == SEASONS["autumn"]
    return look.state in ("lit", "smoking")


def draw_fireplace(pen: Pen, look: Look) -> None:
    """A mantelpiece of pale stone around a brick hearth; lit, with a log fire."""
    stone = look.tint(MARBLE)
    lit = burns(look)
    pen.shape(
        poly((-84, 0), (-76, -6), (76, -6), (84, 0)), mix(stone, DARK, 0.2), ink_width=0.8, shade=0
    )
    pen.shape(rect(-60, -100, 60, -4), mix(stone, DARK, 0.1), ink_width=0.7)
    for side in (-1, 1):
        pen.shape(rect(side * 60 - 14, -104, side * 60 + 14, -4), stone)
        pen.shape(
            rect(side * 60 - 8, -92, side * 60 + 8, -22, 1), mix(stone, DARK, 0.06), ink_width=0.45
        )
        pen.shape(
            rect(side * 60 - 16, -14, side * 60 + 16, -3), mix(stone, DARK, 0.05), ink_width=0.7
        )
    pen.shape(rect(-74, -108, 74, -80), stone)
    pen.shape(rect(-24, -102, 24, -86, 1), mix(stone, DARK, 0.06), ink_width=0.45)
    pen.ink(path((-14, -92), (-6, -97), (0, -91), (6, -97), (14, -92)), 0.5)
    pen.shape(
        poly((-80, -112), (-76, -120), (76, -120), (80, -112)),
        mix(stone, WHITE, 0.5),
        ink_width=0.8,
        shade=0,
    )
    pen.shape(rect(-81, -113, 81, -107, 1), mix(stone, WHITE, 0.3), ink_width=0.8)
    _hearth(pen, lit)
    if look.state == "smoking":
        smoke(pen, 0, -70, 120, 84)


def _hearth(pen: Pen, lit: bool) -> None:
    opening = join(rect(-45, -56, 45, -5), oval(0, -56, 45, 22))
    pen.shape(opening, "#6e4a40" if lit else "#5a4a48", ink_width=0.9, shade=0)
    with pen.clip(opening.buffer(-1)):
        for row in range(9):
            y = -6 - row * 8
            pen.ink([(-46, y), (46, y)], 0.35, "#3f2d2a")
            for column in range(-4, 5):
                x = column * 13 + (row % 2) * 6.5
                pen.ink([(x, y), (x, y - 8)], 0.35, "#3f2d2a")
        if lit:
            with pen.canvas.lit():
                pen.fill(oval(0, -20, 42, 34), "#e8913f", 0.4)
                fire(pen, 0, -11, 48, 46)
    for x, y, lean in ((-12, -11, 8), (10, -12, -10), (0, -16, 3)):
        log = limb([(x - 22, y + lean * 0.25), (x + 22, y - lean * 0.25)], 4.6, 4.6)
        pen.shape(log, "#8a6243", ink_width=0.7)
        pen.shape(oval(x + 22, y - lean * 0.25, 3, 4.4), PALE_WOOD, ink_width=0.5, shade=0)
    for x in (-32, 32):
        pen.shape(limb([(x, -5), (x, -20)], 1.6, 1.6), IRON, ink_width=0.6, shade=0)
        pen.shape(oval(x, -22, 3), BRASS, ink_width=0.5, shade=0)


def draw_bookcase(pen: Pen, look: Look) -> None:
    """A tall bookcase with books, a globe of glass, a trailing plant."""
    wood = look.tint("#b08a62")
    pen.shape(rect(-46, -200, 46, 0, 1), wood)
    pen.shape(rect(-49, -204, 49, -198, 1), mix(wood, WHITE, 0.16), ink_width=0.8)
    pen.shape(rect(-41, -195, 41, -10), mix(wood, DARK, 0.34), ink_width=0.6, shade=0)
    rng = random.Random(look.variant * 31 + 5)
    shelves = (-160, -123, -86, -49, -10)
    for index, y in enumerate(shelves):
        _shelf_of_books(pen, rng, y, index)
        pen.shape(rect(-42, y, 42, y + 4), mix(wood, WHITE, 0.1), ink_width=0.6, shade=0)
    pen.shape(rect(-46, -6, 46, 0), mix(wood, DARK, 0.14), ink_width=0.7, shade=0)


def _shelf_of_books(pen: Pen, rng: random.Random, y: float, index: int) -> None:
    x, end = -40.0, (40.0, 12.0, 40.0, 2.0, 34.0)[index]
    if index == 3:
        x = -14.0
        for low, long in ((0, 22), (6, 19), (11, 20)):
            pen.shape(
                rect(-39, y - low - 5.4, -39 + long, y - low, 0.6),
                _SPINES[(low + 1) % 8],
                ink_width=0.5,
                shade=0.4,
            )
    while x < end - 4:
        wide, tall = rng.uniform(5, 9.4), rng.uniform(22, 31)
        wide = min(wide, end - x)
        spine = mix(_SPINES[rng.randrange(8)], WHITE, 0.12)
        pen.shape(rect(x, y - tall, x + wide, y, 0.5), spine, ink_width=0.5, shade=0.5)
        pen.ink(
            [(x + 1.2, y - tall * 0.8), (x + wide - 1.2, y - tall * 0.8)],
            0.5,
            mix(spine, WHITE, 0.6),
        )
        x += wide
    if index == 1:
        pen.shape(
            poly((20, y - 12), (34, y - 12), (31, y), (23, y), corner=1), "#c98a6a", ink_width=0.5
        )
        for dx, dy in ((-7, 10), (9, 14), (12, 24), (-3, -9), (4, -10)):
            pen.ink(
                path((27, y - 12), (27 + dx * 0.7, y - 15), (27 + dx, y - 10 + dy)), 0.5, "#5c7a4c"
            )
            pen.shape(oval(27 + dx, y - 10 + dy, 3, 3.6), GREEN, ink_width=0.4, shade=0)
    if index == 3:
        pen.shape(poly((10, y), (12, y - 22), (34, y - 22), (36, y)), CREAM, ink_width=0.5)
        pen.fill(oval(23, y - 13, 5, 6), "#8e7a9c")
        pen.fill(rect(16, y - 8, 30, y - 3), "#a9c2b0")


def draw_television(pen: Pen, look: Look) -> None:
    """A wide screen on a low cabinet; on, off or broken."""
    wood = look.tint("#b08a62")
    pen.shape(rect(-66, -42, 66, -6, 1), wood)
    pen.shape(
        poly((-66, -42), (-62, -47), (62, -47), (66, -42)),
        mix(wood, WHITE, 0.22),
        ink_width=0.8,
        shade=0,
    )
    for x in (-58, 58):
        pen.shape(rect(x - 3, -7, x + 3, 0), DARK_WOOD, ink_width=0.6, shade=0)
    for left in (-62, 22):
        pen.shape(rect(left, -38, left + 40, -10, 1), mix(wood, WHITE, 0.1), ink_width=0.5)
        pen.shape(oval(left + 20, -32, 1.7), BRASS, ink_width=0.4, shade=0)
    pen.shape(rect(-18, -38, 18, -10), mix(wood, DARK, 0.4), ink_width=0.5, shade=0)
    pen.shape(rect(-13, -19, 13, -12, 0.6), "#5b5f68", ink_width=0.4, shade=0)
    pen.shape(poly((-20, -45), (20, -45), (12, -49), (-12, -49)), DARK, ink_width=0.6, shade=0)
    pen.shape(rect(-60, -120, 60, -49, 2), DARK)
    screen = rect(-56, -116, 56, -54, 0.6)
    if look.state == "on":
        _programme(pen, screen)
        return
    pen.shape(screen, "#4f5866", ink_width=0.5, shade=0)
    for x in (-40, -30):
        pen.ink([(x, -66), (x + 26, -104)], 0.6, "#77808e")
    if look.state == "broken":
        centre = (12.0, -86.0)
        for end in ((-20, -112), (40, -114), (54, -80), (30, -58), (-12, -56), (-46, -84)):
            middle = ((centre[0] + end[0]) / 2 + 3, (centre[1] + end[1]) / 2 - 3)
            pen.ink([centre, middle, end], 0.7, WHITE)
        pen.ink(arc(12, -86, 12, 9, 0, 330), 0.5, WHITE)


def _programme(pen: Pen, screen: object) -> None:
    """A weather forecast: a presenter before a map with a sun and a cloud."""
    with pen.canvas.lit():
        pen.shape(rect(-56, -116, 56, -54, 0.6), "#a8d4e4", ink_width=0.5, shade=0)
        with pen.clip(rect(-55.5, -115.5, 55.5, -54.5)):
            land = blob(
                (-10, -60), (-6, -84), (8, -98), (30, -106), (48, -92), (44, -70), (26, -58)
            )
            pen.shape(land, "#b5cf92", ink_width=0.4, shade=0)
            pen.fill(oval(8, -84, 6), YELLOW)
            cloud = join(oval(32, -80, 7, 5), oval(38, -84, 6, 5), oval(43, -79, 7, 5))
            pen.shape(cloud, WHITE, ink_width=0.4, shade=0)
            pen.shape(
                blob((-48, -50), (-47, -76), (-38, -82), (-24, -82), (-16, -74), (-14, -50)),
                "#7d6a94",
                ink_width=0.5,
                shade=0,
            )
            pen.shape(poly((-35, -83), (-27, -83), (-31, -70)), WHITE, ink_width=0.4, shade=0)
            pen.shape(oval(-31, -92, 9.4, 10.6), "#e8b48c", ink_width=0.5, shade=0)
            pen.shape(
                blob(
                    (-41, -90),
                    (-41, -102),
                    (-31, -105),
                    (-21, -102),
                    (-21, -94),
                    (-27, -99),
                    (-37, -98),
                ),
                "#5a4238",
                ink_width=0.4,
                shade=0,
            )
            for x in (-34, -27.6):
                pen.fill(oval(x, -92, 1.1, 1.4), DARK)
            pen.ink(path((-34, -87), (-31, -85.6), (-28, -87)), 0.5)


def draw_piano(pen: Pen, look: Look) -> None:
    """An upright piano with sheet music; its lid open or closed."""
    wood = look.tint("#8a5f45")
    dark = mix(wood, DARK, 0.25)
    pen.shape(rect(-74, -64, 74, -4), dark)
    pen.shape(rect(-66, -56, 66, -12, 1), mix(wood, DARK, 0.12), ink_width=0.5)
    pen.shape(rect(-70, -122, 70, -76), wood)
    pen.shape(rect(-60, -116, 60, -84, 1), mix(wood, WHITE, 0.1), ink_width=0.5)
    pen.shape(
        poly((-76, -124), (-72, -130), (72, -130), (76, -124)),
        mix(wood, WHITE, 0.2),
        ink_width=0.8,
        shade=0,
    )
    pen.shape(rect(-76.5, -125, 76.5, -120, 1), wood, ink_width=0.8)
    if look.state == "open":
        pen.shape(rect(-66, -80, 66, -74), dark, ink_width=0.6, shade=0)
        keys = poly((-68, -66), (-65, -75), (65, -75), (68, -66))
        pen.shape(keys, WHITE, ink_width=0.7, shade=0)
        for index in range(1, 22):
            x = -68 + index * 136 / 22
            pen.ink([(x * 0.957, -75), (x, -66)], 0.35)
            if index % 7 not in (0, 3):
                pen.fill(rect(x * 0.97 - 1.7, -75, x * 0.97 + 1.7, -70), DARK)
        pages = poly((-17, -96), (-18, -116), (-1, -114), (16, -116), (15, -96), (-1, -94))
        pen.shape(pages, WHITE, ink_width=0.6, shade=0.5)
        for y in (-110, -105, -100):
            pen.ink([(-14, y), (-4, y + 1)], 0.4)
            pen.ink([(3, y + 1), (12, y)], 0.4)
    else:
        pen.shape(
            poly((-70, -64), (-68, -79), (68, -79), (70, -64), corner=1),
            mix(wood, WHITE, 0.1),
            ink_width=0.8,
        )
    pen.shape(rect(-76, -67, 76, -60, 1), wood, ink_width=0.9)
    for side in (-1, 1):
        pen.shape(
            poly((side * 66, -60), (side * 74, -60), (side * 72, 0), (side * 67, 0)),
            wood,
            ink_width=0.8,
        )
    for x in (-5, 5):
        pen.shape(limb([(x, -8), (x, -2)], 2, 2.6), BRASS, ink_width=0.5, shade=0)


def draw_carpet(pen: Pen, look: Look) -> None:
    """A large oval carpet on the floor; ``rolled`` it lies in a roll."""
    cloth = look.tint("#a9624f")
    if look.state == "rolled":
        pen.shape(rect(-92, -24, 92, 2, 10), cloth)
        for x in (-60, -20, 20, 60):
            pen.ink(path((x, -24), (x + 5, -11), (x, 2)), 0.5, mix(cloth, DARK, 0.4))
        pen.shape(oval(92, -11, 8, 13), mix(cloth, CREAM, 0.5), ink_width=0.8)
        for size in (0.66, 0.36):
            pen.shape(
                oval(92, -11, 8 * size, 13 * size), mix(cloth, CREAM, 0.3), ink_width=0.5, shade=0
            )
        for x in (-48, 44):
            pen.shape(rect(x - 3, -25, x + 3, 2.6, 1), CREAM, ink_width=0.6, shade=0)
        return
    for share, hue, width in ((1.0, cloth, 0.9), (0.9, CREAM, 0.4), (0.85, cloth, 0.4), (0.56, mix(cloth, CREAM, 0.4), 0.4), (0.4, cloth, 0.4)):  # fmt: skip
        pen.shape(oval(0, -2, 122 * share, 27 * share), hue, ink_width=width, shade=0)
    for degrees in range(0, 360, 20):
        x, y = arc(0, -2, 86, 18.6, degrees, degrees + 1)[0]
        pen.shape(
            oval(float(x), float(y), 4.4, 1.7), mix(cloth, CREAM, 0.6), ink_width=0.3, shade=0
        )


def draw_log_basket(pen: Pen, look: Look) -> None:
    """A basket of firewood beside the hearth."""
    for x, y in ((-10, -32), (4, -34), (14, -30), (-3, -40), (8, -41)):
        pen.shape(oval(x, y, 8, 7.4), PALE_WOOD, ink_width=0.7)
        pen.ink(arc(x, y, 4, 3.6, 20, 320), 0.35, DARK_WOOD)
    wicker = look.tint("#c29a62")
    body = poly((-24, -30), (24, -30), (20, -1), (-20, -1), corner=3)
    pen.shape(body, wicker)
    for row in range(3):
        y = -22 + row * 8
        pen.ink(path((-22, y), (-11, y + 1.6), (0, y), (11, y + 1.6), (21, y)), 0.4, DARK_WOOD)
    pen.shape(band([(-24, -30), (24, -30)], 4), mix(wicker, WHITE, 0.2), ink_width=0.7)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "sofa",
        (212, 92),
        draw_sofa,
        ("plain", "torn"),
        surface=Surface(50, (-58, 0, 58)),
        seats=Surface(47, (-56, 58, 2)),
        weight=1.0,
    ),
    PropKind(
        "armchair",
        (96, 108),
        draw_armchair,
        surface=Surface(46, (6,)),
        seats=Surface(45, (2,)),
        front=draw_armchair_front,
        weight=1.0,
    ),
    PropKind(
        "coffee table",
        (106, 46),
        draw_coffee_table,
        surface=Surface(41, (-34, 34, 0, -16, 16)),
        weight=0.95,
        scale=1.12,
    ),
    PropKind(
        "fireplace",
        (164, 120),
        draw_fireplace,
        ("plain", "lit", "off", "smoking"),
        surface=Surface(116, (-50, 50, 0)),
        sizes={"smoking": (164, 196)},
        weight=0.9,
        far=True,
    ),
    PropKind("bookcase", (98, 204), draw_bookcase, weight=0.85, far=True),
    PropKind(
        "television",
        (134, 122),
        draw_television,
        ("off", "on", "broken"),
        weight=0.9,
        far=True,
    ),
    PropKind(
        "piano",
        (154, 130),
        draw_piano,
        ("open", "closed"),
        surface=Surface(127, (-46, 46, 0)),
        weight=0.95,
        far=True,
    ),
    PropKind(
        "carpet",
        (244, 54),
        draw_carpet,
        ("plain", "rolled"),
        flat=True,
        sizes={"rolled": (200, 26)},
    ),
    PropKind("log basket", (50, 50), draw_log_basket),
)
