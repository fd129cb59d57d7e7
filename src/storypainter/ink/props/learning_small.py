"""Small things of school and studio that are held: pens, paper, pictures, rulers, masks, books."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    PINK,
    RED,
    STEEL,
    WHITE,
    YELLOW,
    Look,
    PropKind,
    moved_pen,
)

PAPER = "#fdf8ea"
BRASS = "#c39a4e"
SKIN = "#e0aa83"


def _leaning(pen: Pen, degrees: float, x: float, y: float) -> Pen:
    """A pen turned clockwise by ``degrees``, its origin at (x, y)."""
    return moved_pen(pen, x, y, degrees)


def draw_photograph(pen: Pen, look: Look) -> None:
    """A print with a white border, two people on it; ``torn`` through the middle."""
    if look.state == "torn":
        zigzag = ((0, 2), (3, -7), (-3, -14), (3, -21), (-2, -30))
        for side, shift, degrees in ((-1, -4.0, -7.0), (1, 4.0, 8.0)):
            half = poly((side * 40, 2), *zigzag, (side * 40, -30))
            _print(_leaning(pen, degrees, shift, 0), look, half)
        return
    _print(pen, look, rect(-40, -40, 40, 4))


def _print(pen: Pen, look: Look, kept: object) -> None:
    sheet = rect(-17, -27, 17, 0, 0.6).intersection(kept)
    pen.shape(sheet, WHITE, ink_width=0.9, shade=0.5)
    inner = rect(-14.4, -24.4, 14.4, -3.4).intersection(kept)
    with pen.clip(inner):
        pen.fill(inner, look.tint("#bcd7dc"))
        pen.fill(rect(-16, -9, 16, 0), "#b3c38d")
        for x, hair, coat in ((-5.4, "#5c4438", "#c8553d"), (5.2, "#dcae59", "#5f7283")):
            pen.shape(blob((x - 6, -1), (x - 5, -9), (x, -11), (x + 5, -9), (x + 6, -1)), coat,
                      ink_width=0.5, shade=0)  # fmt: skip
            pen.shape(oval(x, -16.6, 4.7), hair, ink_width=0.5, shade=0)
            pen.shape(oval(x, -15, 3.7, 4.1), SKIN, ink_width=0.45, shade=0)
            pen.ink(arc(x, -14.4, 1.8, 1.4, 20, 160), 0.45)
    pen.ink(inner.exterior.coords, 0.4, closed=True)


def draw_pencil(pen: Pen, look: Look) -> None:
    """A pencil, its point down; ``broken`` in two."""
    hue = look.tint(YELLOW)
    if look.state == "broken":
        _pencil(_leaning(pen, -58, 4, -1), hue, 15.0, whole=False)
        stump = _leaning(pen, 62, 7, -4)
        stump.shape(poly((-2.6, 0), (-1, -2), (0.6, 0), (2.6, -1.6), (2.6, -15), (-2.6, -15)), hue,
                    ink_width=0.8)  # fmt: skip
        stump.shape(rect(-2.8, -19, 2.8, -14, 0.6), PINK, ink_width=0.6, shade=0)
        return
    _pencil(pen, hue, 33.0, whole=True)


def _pencil(pen: Pen, hue: str, long: float, *, whole: bool) -> None:
    pen.shape(poly((-2.7, -7), (2.7, -7), (2.7, -long), (-2.7, -long)), hue, ink_width=0.8)
    pen.ink([(0.6, -8), (0.6, -long + 1)], 0.4, mix(hue, DARK, 0.4))
    pen.shape(poly((0, 0), (2.7, -7.4), (-2.7, -7.4)), "#f0d9ae", ink_width=0.7, shade=0)
    pen.shape(poly((0, 0.4), (1.1, -2.8), (-1.1, -2.8)), DARK, ink_width=0.3, shade=0)
    if whole:
        pen.shape(rect(-3, -long - 4, 3, -long), STEEL, ink_width=0.6, shade=0)
        pen.shape(rect(-2.8, -long - 9, 2.8, -long - 4, 1.6), PINK, ink_width=0.7, shade=0)


def draw_pen(pen: Pen, look: Look) -> None:
    """A fountain pen, its nib down; ``leaking`` it drips ink."""
    hue = look.tint("#34476e")
    pen.shape(poly((0, 0), (2.4, -8), (-2.4, -8)), BRASS, ink_width=0.7, shade=0)
    pen.ink([(0, -1), (0, -6)], 0.4)
    pen.shape(
        poly((-2.6, -7.6), (2.6, -7.6), (3.2, -20), (-3.2, -20)), DARK, ink_width=0.7, shade=0
    )
    pen.shape(rect(-3.5, -40, 3.5, -19, 2.4), hue, ink_width=0.8)
    pen.shape(rect(-3.7, -21.6, 3.7, -19, 0.6), BRASS, ink_width=0.5, shade=0)
    pen.shape(limb([(4.4, -37), (4.4, -27)], 1.0, 1.2), BRASS, ink_width=0.5, shade=0)
    if look.state == "leaking":
        blot = blob((-9, 4), (-4, 0), (0, 2), (5, 0), (10, 3), (6, 7), (0, 6), (-5, 8))
        pen.shape(blot, hue, ink_width=0.6, shade=0)
        pen.shape(oval(-13, 6, 1.6, 1.1), hue, ink_width=0.4, shade=0)


def draw_chalk(pen: Pen, look: Look) -> None:
    """A stick of chalk; ``broken`` in two with crumbs."""
    hue = look.tint(WHITE)
    if look.state == "broken":
        for degrees, x in ((74, -10), (-66, 10)):
            _leaning(pen, degrees, x, -2).shape(rect(-2.6, -10, 2.6, 0, 1), hue, ink_width=0.8)
        for x, y in ((-1, -1), (2, 1), (-16, 1), (16, 0)):
            pen.shape(oval(x, y, 1.0, 0.7), hue, ink_width=0.4, shade=0)
        return
    pen.shape(poly((-2.8, 0), (2.8, 0), (2.4, -19), (-2.4, -19), corner=0.8), hue, ink_width=0.9)
    pen.shape(oval(0, -19, 2.4, 1.0), mix(hue, DARK, 0.1), ink_width=0.5, shade=0)


def draw_drawing(pen: Pen, look: Look) -> None:
    """A child's drawing: a house, a sun, somebody with long arms; torn or crumpled."""
    if look.state == "crumpled":
        pen = moved_pen(pen, size=0.62)
        ball = poly(
            (-13, -2), (-17, -9), (-13, -15), (-15, -20), (-7, -22), (-2, -27), (4, -23), (11, -24),
            (12, -17), (17, -12), (13, -7), (14, -1), (5, 0), (0, -2), (-6, 1), corner=0.7,
        )  # fmt: skip
        pen.shape(ball, PAPER)
        for line in (((-11, -12), (-3, -16), (-5, -7)), ((2, -21), (5, -13), (12, -11)), ((-2, -5), (4, -8), (7, -3))):  # fmt: skip
            pen.ink(line, 0.5)
        pen.ink(path((-8, -18), (-3, -21), (1, -18)), 0.9, RED)
        pen.ink(path((6, -8), (10, -9)), 0.9, BLUE)
        return
    if look.state == "torn":
        zigzag = ((-2, 2), (3, -8), (-3, -16), (3, -25), (-2, -36))
        for side, shift, degrees in ((-1, -4.0, -6.0), (1, 4.0, 7.0)):
            half = poly((side * 50, 2), *zigzag, (side * 50, -36))
            _scribble(_leaning(pen, degrees, shift, 0), half)
        return
    _scribble(pen, rect(-50, -50, 50, 4))


def _scribble(pen: Pen, kept: object) -> None:
    sheet = rect(-21, -32, 21, 0, 0.6).intersection(kept)
    pen.shape(sheet, PAPER, ink_width=0.9, shade=0.5)
    with pen.clip(sheet.buffer(-0.6)):
        pen.ink(path((-20, -4), (-6, -5), (8, -3.6), (20, -5)), 1.5, GREEN)
        pen.shape(oval(13, -25, 3.8), "#f4c542", ink_width=0.6, ink_colour="#c98a2c", shade=0)
        for turn in range(0, 360, 45):
            ray = arc(13, -25, 7, 7, turn, turn + 1)[0], arc(13, -25, 5, 5, turn, turn + 1)[0]
            pen.ink(ray, 0.6, "#d99a2c")
        pen.shape(poly((-16, -4), (-16, -15), (-5, -15), (-5, -4)), "#f2d9c0", ink_width=0.7,
                  ink_colour=RED, shade=0)  # fmt: skip
        pen.shape(poly((-18, -15), (-3, -15), (-10.5, -23)), RED, ink_width=0.6, shade=0)
        pen.shape(rect(-12.4, -10, -8.6, -4), BLUE, ink_width=0.5, shade=0)
        for line in (((5, -12), (5, -7)), ((5, -7), (2, -3)), ((5, -7), (8, -3)), ((-1, -11), (5, -10), (11, -12))):  # fmt: skip
            pen.ink(line, 0.8, "#3f659c")
        pen.shape(oval(5, -15, 3.2), "#fbd9b8", ink_width=0.7, ink_colour="#3f659c", shade=0)


def draw_notebook(pen: Pen, look: Look) -> None:
    """A ring notebook: closed, or open with a page of writing."""
    hue = look.tint(GREEN)
    if look.state == "open":
        cover = poly((-25, -13), (25, -13), (31, 0), (-31, 0), corner=0.6)
        pen.shape(cover, hue, ink_width=0.9)
        for side in (-1, 1):
            page = poly((0, -14.5), (side * 23, -14.5), (side * 29, -2), (0, -2))
            pen.shape(page, PAPER, ink_width=0.7, shade=0.5)
            for row in range(3):
                y, end = -11.5 + row * 3.4, 19 - 4 * ((row + (side > 0)) % 2) + row * 1.4
                pen.ink([(side * 4, y), (side * end, y)], 0.5, "#5f6f93")
        for row in range(4):
            pen.ink(arc(0, -13 + row * 3.4, 2.6, 1.4, 180, 360), 0.7, DARK)
        return
    pen.shape(rect(-12.5, -34, 14, 0, 1.4), mix(PAPER, DARK, 0.08), ink_width=0.8)
    pen.shape(rect(-14, -34.6, 12.6, -1, 1.6), hue, ink_width=0.9)
    pen.shape(rect(-6, -28, 8, -20, 0.8), PAPER, ink_width=0.5, shade=0)
    pen.ink([(-3.6, -25.4), (5.6, -25.4)], 0.5)
    pen.ink([(-3.6, -22.6), (3, -22.6)], 0.5)
    for row in range(6):
        pen.ink(arc(-14, -31 + row * 5.4, 3, 1.6, 60, 300), 0.8, DARK)


def draw_ruler(pen: Pen, look: Look) -> None:
    """A wooden ruler with its marks; ``broken`` in the middle."""
    hue = look.tint("#e3c383")
    if look.state == "broken":
        for degrees, x in ((66, -20), (-58, 20)):
            _rule(_leaning(pen, degrees, x, -2), hue, 22.0)
        return
    _rule(pen, hue, 48.0)


def _rule(pen: Pen, hue: str, long: float) -> None:
    pen.shape(rect(-4.2, -long, 4.2, 0, 0.8), hue, ink_width=0.9)
    for index in range(1, int(long / 2.6)):
        wide = 4.2 if index % 5 == 0 else 2.2
        pen.ink([(-4.2, -index * 2.6), (-4.2 + wide, -index * 2.6)], 0.5)


def draw_scissors(pen: Pen, look: Look) -> None:
    """A pair of scissors, its handles at the foot: closed or open."""
    hue = look.tint(RED)
    spread = 15.0 if look.state == "open" else 3.0
    for side in (1, -1):
        blade = _leaning(pen, side * spread, 0, -16)
        blade.shape(poly((-1.6, 3), (1.9, 3), (1.6, -14), (-side * 1.4, -24)), STEEL, ink_width=0.8)
        eye = oval(-side * 5.4, 10, 5.4, 7.6, side * 24)
        blade.shape(limb([(0, 2), (-side * 3.2, 6)], 1.8, 2.0), hue, ink_width=0.6, shade=0)
        blade.shape(eye.difference(eye.buffer(-2.6)), hue, ink_width=0.7, shade=0)
    pen.shape(oval(0, -16, 1.5), DARK, ink_width=0.4, shade=0)


def draw_paper_plane(pen: Pen, look: Look) -> None:
    """A paper dart that points ahead; ``flying`` it leaves a curl in the air."""
    hue = look.tint(WHITE)
    if look.state == "flying":
        trail = ((-30, -6), (-48, -2), (-62, -8), (-56, -16), (-48, -10), (-60, 0), (-78, 2))
        curve = path(*trail)
        for start in range(0, len(curve) - 4, 5):
            pen.ink(curve[start : start + 4], 0.7, "#6d6472")
    pen.shape(poly((-26, -4), (30, -15), (-12, -1)), mix(hue, DARK, 0.16), ink_width=0.8, shade=0)
    pen.shape(poly((-30, -22), (30, -15), (-26, -5)), hue, ink_width=0.9, shade=0)
    pen.shape(poly((-26, -5), (30, -15), (-20, -9)), mix(hue, DARK, 0.07), ink_width=0.7, shade=0)


def draw_stack_of_books(pen: Pen, look: Look) -> None:
    """A pile of thick books; ``toppling`` it leans and its top book slides off."""
    pile = (
        ("#8f4a48", 46, 9, 0), ("#5f7d8c", 40, 8, 2), ("#c9a44c", 44, 7, -2),
        ("#6f8a5c", 36, 9, 1), ("#7d6488", 40, 7, -1),
    )  # fmt: skip
    y = 0.0
    for index, (hue, wide, thick, shift) in enumerate(pile):
        slide = index * index * 1.5 if look.state == "toppling" else shift
        lean = index * 2.6 if look.state == "toppling" else 0.0
        _flat_book(_leaning(pen, lean, slide, y), hue, wide, thick)
        y -= thick
    if look.state == "toppling":
        for line in (((-28, -40), (-33, -30)), ((-24, -50), (-31, -44)), ((44, -44), (50, -36))):
            pen.ink(line, 0.7, "#6d6472")


def _flat_book(pen: Pen, hue: str, wide: float, thick: float) -> None:
    half = wide / 2
    pen.shape(rect(-half, -thick, half, 0, 1.6), hue, ink_width=0.9)
    pages = rect(half - 7, -thick + 1.5, half + 0.5, -1.5)
    pen.shape(pages, PAPER, ink_width=0.5, shade=0)
    for x in (-half + 6, -half + 9):
        pen.ink([(x, -thick + 0.8), (x, -0.8)], 0.5, mix(hue, CREAM, 0.7))


def draw_satchel(pen: Pen, look: Look) -> None:
    """A leather school bag; ``open`` with a book and a ruler that look out."""
    hue = look.tint("#a9713f")
    pen.ink(arc(0, -37, 7, 7, 190, 350), 1.6, mix(hue, DARK, 0.3))
    if look.state == "open":
        pen.shape(poly((-17, -36), (17, -36), (20, -50), (-20, -50), corner=2.4), mix(hue, DARK, 0.25), ink_width=0.8)  # fmt: skip
        pen.shape(rect(-12, -46, 2, -20, 0.8), BLUE, ink_width=0.7)
        pen.shape(poly((6, -54), (11, -53), (8, -20), (3, -20)), "#e3c383", ink_width=0.7, shade=0)
    body = rect(-20, -35, 20, 0, 4)
    pen.shape(body, hue)
    pen.shape(rect(-14, -16, 14, -3, 2), mix(hue, WHITE, 0.12), ink_width=0.6)
    if look.state != "open":
        flap = poly((-20.6, -37), (20.6, -37), (19.6, -17), (-19.6, -17), corner=4)
        pen.shape(flap, mix(hue, WHITE, 0.16), ink_width=0.9)
    for x in (-10, 10):
        top = -26 if look.state != "open" else -12
        pen.shape(
            rect(x - 2, top, x + 2, top + 16, 0.8), mix(hue, DARK, 0.3), ink_width=0.5, shade=0
        )
        pen.shape(rect(x - 3, top + 9, x + 3, top + 14, 0.8), BRASS, ink_width=0.5, shade=0)


def draw_pointer(pen: Pen, look: Look) -> None:
    """A long stick to show something on a board."""
    pen.shape(limb([(0, 0), (0, -94)], 1.7, 0.9), look.tint(DARK_WOOD), ink_width=0.8)
    pen.shape(oval(0, -94, 1.9), RED, ink_width=0.5, shade=0)


def draw_test_tube(pen: Pen, look: Look) -> None:
    """A glass tube with a coloured liquid; ``foaming`` it boils over."""
    hue = look.tint("#8fbf6a")
    tube = join(rect(-4.4, -34, 4.4, -4), oval(0, -4.4, 4.4))
    pen.shape(tube, "#eaf3f2", ink_width=0.9, shade=0)
    pen.shape(tube.buffer(-0.9).intersection(rect(-9, -20, 9, 2)), hue, ink_width=0.4, shade=0)
    pen.shape(band([(-5.8, -34), (5.8, -34)], 2.4), "#eaf3f2", ink_width=0.7, shade=0)
    pen.ink([(-2, -29), (-2, -10)], 0.5, WHITE)
    if look.state != "foaming":
        return
    bubbles = [oval(x, y, r) for x, y, r in ((-6, -37, 5), (3, -40, 6.4), (9, -35, 4), (-2, -46, 4.6), (8, -28, 3.4))]  # fmt: skip
    pen.shape(join(*bubbles), mix(hue, WHITE, 0.5), ink_width=0.8)
    for x, y, r in ((-7, -54, 2.2), (6, -56, 3), (1, -63, 1.8)):
        pen.shape(oval(x, y, r), mix(hue, WHITE, 0.6), ink_width=0.6, shade=0)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "photograph",
        (34, 27),
        draw_photograph,
        ("plain", "torn"),
        sizes={"torn": (46, 30)},
        grips=((0, -3),),
        carry="front",
        scale=0.62,
        weight=0.66,
        flattens=("plain", "torn"),
        props_up=True,
    ),
    PropKind(
        "pencil",
        (7, 42),
        draw_pencil,
        ("plain", "broken"),
        sizes={"broken": (40, 18)},
        grips=((0, -12),),
        carry="front",
        scale=0.6,
        weight=0.66,
        lies=True,
    ),
    PropKind(
        "pen",
        (9, 40),
        draw_pen,
        ("plain", "leaking"),
        sizes={"leaking": (26, 48)},
        grips=((0, -12),),
        carry="front",
        scale=0.58,
        weight=0.6,
        lies=True,
    ),
    PropKind(
        "chalk",
        (7, 20),
        draw_chalk,
        ("plain", "broken"),
        sizes={"broken": (40, 10)},
        grips=((0, -4),),
        carry="raised",
        scale=0.58,
        weight=0.6,
        flattens=("plain",),
    ),
    PropKind(
        "drawing",
        (42, 32),
        draw_drawing,
        ("plain", "torn", "crumpled"),
        sizes={"torn": (56, 36), "crumpled": (20, 17)},
        grips=((0, -3),),
        carry="front",
        scale=0.86,
        flattens=("plain", "torn"),
    ),
    PropKind(
        "notebook",
        (32, 35),
        draw_notebook,
        ("closed", "open"),
        sizes={"open": (62, 15)},
        grips=((0, -4),),
        carry="front",
        scale=0.74,
        flattens=("closed",),
        thick=3.0,
    ),
    PropKind(
        "ruler",
        (9, 48),
        draw_ruler,
        ("plain", "broken"),
        sizes={"broken": (46, 16)},
        grips=((0, -6),),
        carry="raised",
        lies=True,
        scale=0.72,
    ),
    PropKind(
        "scissors",
        (24, 42),
        draw_scissors,
        ("closed", "open"),
        sizes={"open": (30, 42)},
        grips=((0, -7),),
        carry="front",
        scale=0.6,
        weight=0.68,
        flattens=("closed", "open"),
    ),
    PropKind(
        "paper plane",
        (60, 22),
        draw_paper_plane,
        ("plain", "flying"),
        sizes={"flying": (110, 26)},
        airs={"flying": 168.0},
        grips=((-6, -4),),
        carry="raised",
        scale=0.62,
    ),
    PropKind(
        "stack of books",
        (48, 42),
        draw_stack_of_books,
        ("plain", "toppling"),
        sizes={"toppling": (74, 60)},
        grips=((-18, -3), (18, -3)),
        carry="two",
        scale=0.82,
        shifts={"toppling": -11.0},
    ),
    PropKind(
        "satchel",
        (42, 46),
        draw_satchel,
        ("closed", "open"),
        sizes={"open": (42, 54)},
        grips=((0, -43),),
        carry="low",
    ),
    PropKind("pointer", (5, 96), draw_pointer, grips=((0, -8),), carry="raised", lies=True),
    PropKind(
        "test tube",
        (12, 36),
        draw_test_tube,
        ("plain", "foaming"),
        sizes={"foaming": (24, 64)},
        grips=((0, -24),),
        carry="front",
        scale=0.68,
        flattens=("plain",),
    ),
)
