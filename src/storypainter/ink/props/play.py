"""Props for play, parties, music and the water."""

from __future__ import annotations

import numpy as np

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
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    IRON,
    PINK,
    PURPLE,
    RED,
    WHITE,
    WOOD,
    YELLOW,
    Look,
    PropKind,
    Surface,
    strip,
)


def draw_kite(pen: Pen, look: Look) -> None:
    """A diamond kite, its nose up to the right, with a tail of bows; ``torn`` and ``stuck`` hang."""
    cloth = look.tint(RED)
    other = mix(cloth, WHITE, 0.45)
    top, right, bottom, left = (16, -104), (36, -62), (0, -22), (-26, -70)
    centre = (8, -68)
    strip(pen, poly(top, right, centre), poly(bottom, left, centre), fill=cloth, ink_width=0.6)
    strip(pen, poly(top, left, centre), poly(right, bottom, centre), fill=other, ink_width=0.6)
    for a, b in ((top, right), (right, bottom), (bottom, left), (left, top)):
        pen.ink([a, b], 1.0)
    if look.state in ("torn", "stuck"):
        pen.ink(path((2, -58), (10, -52), (6, -46), (14, -42)), 0.7)
    tail = path(bottom, (-8, -14), (2, -6), (-6, 4), (4, 12), (-2, 22))
    pen.ink(tail, 0.7)
    for index, share in enumerate((0.35, 0.62, 0.88)):
        x, y = tail[int(share * (len(tail) - 1))]
        hue = (YELLOW, BLUE, GREEN)[index]
        pen.shape(poly((x - 7, y - 4), (x, y), (x - 7, y + 4)), hue, ink_width=0.6, shade=0)
        pen.shape(poly((x + 7, y - 4), (x, y), (x + 7, y + 4)), hue, ink_width=0.6, shade=0)


def draw_string(pen: Pen, look: Look) -> None:
    """A ball of string with a loose end."""
    pen.shape(oval(0, -11, 12, 11), look.tint(CREAM))
    for turn in (-30, 0, 30):
        pen.ink(arc(0, -11, 9, 4.5, 200 + turn, 330 + turn), 0.5, WOOD)
    pen.ink(path((10, -5), (20, -1), (28, -5), (36, -2)), 0.6)


def draw_balloon(pen: Pen, look: Look) -> None:
    """One balloon on its string."""
    _balloon(pen, 0, -104, look.tint(RED))
    pen.ink(path((0, -82), (4, -58), (-4, -30), (0, 0)), 0.6)


def draw_balloons(pen: Pen, look: Look) -> None:
    """A bunch of balloons that meet in one hand."""
    hues = (look.tint(RED), YELLOW, BLUE, GREEN, PURPLE)
    places = ((-26, -104), (24, -108), (-8, -128), (42, -84), (-44, -82))
    for index in (4, 3, 2, 0, 1):
        x, y = places[index]
        pen.ink(path((x, y + 20), (x * 0.4, y * 0.45), (0, 0)), 0.6)
    for index in (4, 3, 2, 0, 1):
        x, y = places[index]
        _balloon(pen, x, y, hues[index])


def _balloon(pen: Pen, x: float, y: float, hue: str) -> None:
    pen.shape(poly((x - 3, y + 25), (x, y + 19), (x + 3, y + 25)), hue, ink_width=0.7, shade=0)
    pen.shape(
        blob(
            (x, y - 22),
            (x + 17, y - 9),
            (x + 13, y + 10),
            (x, y + 21),
            (x - 13, y + 10),
            (x - 17, y - 9),
        ),
        hue,
    )
    pen.ink(arc(x - 2, y - 4, 10, 12, 195, 245), 1.0, mix(hue, WHITE, 0.65))


def draw_gift_box(pen: Pen, look: Look) -> None:
    """A wrapped box with a bow."""
    paper = look.tint(BLUE)
    ribbon = RED if paper != RED else YELLOW
    pen.shape(rect(-17, -26, 17, 0, 1), paper)
    pen.shape(rect(-3.4, -26, 3.4, 0), ribbon, ink_width=0.6, shade=0)
    pen.shape(rect(-20, -33, 20, -25, 1.5), mix(paper, WHITE, 0.18))
    pen.shape(rect(-3.4, -33, 3.4, -25), ribbon, ink_width=0.6, shade=0)
    for side in (-1, 1):
        loop = blob((0, -34), (side * 6, -43), (side * 14, -42), (side * 12, -36))
        pen.shape(loop, ribbon, ink_width=0.8)
    pen.shape(oval(0, -35, 3.2), ribbon, ink_width=0.7, shade=0)
    if look.state == "open":
        pen.shape(poly((-20, -31), (17, -44), (20, -37), (-17, -25), corner=1), paper)


def draw_party_hat(pen: Pen, look: Look) -> None:
    """A paper cone with spots and a tassel."""
    paper = look.tint(YELLOW)
    pen.shape(poly((-13, 0), (13, 0), (0, -32), corner=1), paper)
    for x, y in ((-5, -6), (5, -9), (-1, -17), (1, -2)):
        pen.fill(oval(x, y, 2), RED)
    pen.shape(oval(0, -33, 4.2), RED, ink_width=0.7)


def draw_chess_board(pen: Pen, look: Look) -> None:
    """A board seen from a little above, with pieces; ``tipped`` it throws them off."""
    _board(pen, 0, 34)
    spots = ((-20, -9), (-8, -6), (6, -10), (16, -7), (-14, -3), (22, -3))
    for index, (x, y) in enumerate(spots):
        lying = look.state == "tipped"
        _piece(pen, x * (1.5 if lying else 1), y, DARK if index % 2 else CREAM, lying=lying)


def _board(pen: Pen, y: float, half: float) -> None:
    slope, depth = half * 0.82, 14.0
    pen.shape(
        poly((-half, y), (half, y), (slope, y - depth), (-slope, y - depth), corner=0.6), CREAM
    )
    for row in range(4):
        for column in range(8):
            if (row + column) % 2:
                pen.fill(_square(row, column, half, slope, y, depth), DARK_WOOD)
    pen.shape(poly((-half, y), (half, y), (half, y + 3), (-half, y + 3)), DARK_WOOD, ink_width=0.7)


def _square(row: int, column: int, half: float, slope: float, y: float, depth: float) -> object:
    def corner(r: float, c: float) -> tuple[float, float]:
        width = half + (slope - half) * r / 4
        return (-width + 2 * width * c / 8, y - depth * r / 4)

    return poly(
        corner(row, column),
        corner(row, column + 1),
        corner(row + 1, column + 1),
        corner(row + 1, column),
    )


def _piece(pen: Pen, x: float, y: float, hue: str, *, lying: bool = False) -> None:
    if lying:
        pen.shape(limb([(x - 6, y + 4), (x + 6, y + 2)], 3, 1.6), hue, ink_width=0.6)
        return
    pen.shape(
        poly((x - 3.4, y), (x + 3.4, y), (x + 1.4, y - 8), (x - 1.4, y - 8), corner=0.4),
        hue,
        ink_width=0.6,
    )
    pen.shape(oval(x, y - 9.5, 2.6), hue, ink_width=0.6)


def draw_chess_table(pen: Pen, look: Look) -> None:
    """A stone table with a chess board in its top and a game under way."""
    stone = look.tint("#c9c3b6")
    pen.shape(poly((-11, -64), (11, -64), (16, 0), (-16, 0), corner=1), stone)
    pen.shape(rect(-26, -5, 26, 1, 2), stone)
    pen.shape(poly((-52, -66), (52, -66), (42, -82), (-42, -82), corner=1), mix(stone, WHITE, 0.3))
    pen.shape(rect(-52, -67, 52, -60, 2), stone)
    _board_in_top(pen)
    if look.state == "empty":
        return
    for index, (x, y) in enumerate(
        ((-22, -76), (-9, -72), (4, -77), (15, -71), (24, -75), (-17, -69))
    ):
        _piece(pen, x, y, DARK if index % 2 else CREAM, lying=look.state == "tipped")


def _board_in_top(pen: Pen) -> None:
    half, slope, y, depth = 33.0, 27.5, -67.5, 12.5
    pen.shape(
        poly((-half, y), (half, y), (slope, y - depth), (-slope, y - depth)),
        CREAM,
        ink_width=0.6,
        shade=0,
    )
    for row in range(4):
        for column in range(8):
            if (row + column) % 2:
                pen.fill(_square(row, column, half, slope, y, depth), DARK_WOOD)


def draw_ball(pen: Pen, look: Look) -> None:
    """A ball in three colours; white ones are footballs."""
    hue = look.tint(RED)
    pen.shape(oval(0, -14, 14), hue)
    if look.colour == WHITE:
        pen.shape(
            poly(*(around(0, -14, 5, i * 72) for i in range(5))), DARK, ink_width=0.5, shade=0
        )
        for index in range(5):
            pen.ink([around(0, -14, 5, index * 72), around(0, -14, 10, index * 72)], 0.6)
            tip = [around(0, -14, 13.4, index * 72 + d) for d in (-16, 16)]
            pen.shape(poly(*tip, around(0, -14, 10, index * 72)), DARK, ink_width=0.4, shade=0)
        return
    with pen.clip(oval(0, -14, 13.6)):
        pen.fill(band(path((-16, -18), (0, -12), (16, -18)), 7), CREAM)
        pen.fill(oval(-5, -24, 3.5), WHITE, 0.6)
    pen.ink(path((-13.6, -20), (0, -15.5), (13.6, -20)), 0.5)
    pen.ink(path((-13.2, -12), (0, -8.5), (13.2, -12)), 0.5)


def draw_toy_boat(pen: Pen, look: Look) -> None:
    """A small sailing boat; ``sunk`` shows only its sail askew."""
    hull = look.tint(RED)
    lean = 0.3 if look.state == "capsized" else 0.0
    pen.shape(rect(-1, -46, 1.4, -10), DARK_WOOD, ink_width=0.6)
    pen.shape(poly((3, -44), (3, -15), (21 + lean * 20, -15), corner=0.6), WHITE)
    pen.shape(poly((-3, -40), (-3, -15), (-16, -15), corner=0.6), YELLOW)
    pen.shape(poly((-26, -12), (26, -12), (17, 0), (-18, 0), corner=2), hull)
    pen.ink([(-22, -7), (21, -7)], 0.5, WHITE)


def draw_fishing_rod(pen: Pen, look: Look) -> None:
    """A rod held aslant, a float on its line; ``bent`` by a bite; a fish on its hook.

    Where its line runs to something else, whoever stages the Scene draws the line.
    """
    bent = look.tied or look.state != "plain"
    tip = (96.0, -150.0) if bent else (86.0, -160.0)
    rod = limb(path((-14, -18), (34, -86), tip), 2.2, 1.6, 0.6)
    pen.shape(rod, look.tint(DARK_WOOD), ink_width=0.7)
    pen.shape(oval(4, -36, 4.5), IRON, ink_width=0.7)
    x = tip[0]
    if look.tied:
        return
    if look.state == "bent":
        pen.ink([tip, (x + 20, 0)], 0.45, solid=True)
        return
    if look.state == "fish":
        pen.ink(path(tip, (x + 3, -128), (x + 2, -104)), 0.45, solid=True)
        _hooked_fish(pen, x + 2, -104)
        return
    pen.ink(path(tip, (x + 2, -132), (x + 3, -108)), 0.4, solid=True)
    pen.shape(oval(x + 3, -104, 3, 4.4), WHITE, ink_width=0.7)
    pen.shape(
        oval(x + 3, -104, 3, 4.4).intersection(rect(x - 2, -104, x + 8, -98)), RED, ink_width=0.6
    )
    pen.ink(path((x + 3, -100), (x + 3.4, -93), (x + 6, -91), (x + 6.6, -94)), 0.5, IRON)


def _hooked_fish(pen: Pen, x: float, y: float) -> None:
    """A fish that hangs on a hook by its mouth, which is at (x, y)."""
    skin = "#8fb3b8"
    tail = poly((x, y + 31), (x - 9, y + 44), (x + 1, y + 40), (x + 10, y + 45), corner=1)
    pen.shape(tail, mix(skin, DARK, 0.15), ink_width=0.7)
    body = blob(
        (x, y), (x + 8, y + 10), (x + 7, y + 23), (x, y + 34), (x - 7, y + 23), (x - 8, y + 10)
    )
    pen.shape(body, skin, ink_width=0.8)
    pen.shape(
        poly((x + 7, y + 14), (x + 13, y + 20), (x + 7, y + 24), corner=0.8),
        mix(skin, DARK, 0.15),
        ink_width=0.6,
    )
    pen.ink(path((x - 7, y + 13), (x, y + 15), (x + 7, y + 13)), 0.5)
    pen.shape(oval(x - 2.6, y + 8, 1.9), WHITE, ink_width=0.4, shade=0)
    pen.fill(oval(x - 2.6, y + 8, 0.9), DARK)


def draw_violin(pen: Pen, look: Look) -> None:
    """A violin, its scroll up."""
    wood = look.tint("#b5673a")
    pen.shape(limb([(0, -34), (0, -64)], 1.9, 1.7), DARK, ink_width=0.6)
    pen.shape(oval(0, -66, 3.4), wood, ink_width=0.7)
    body = join(oval(0, -9, 11.5, 10), oval(0, -27, 9.4, 8.5), rect(-7, -28, 7, -10))
    pen.shape(body.buffer(1.5).buffer(-1.5), wood)
    pen.shape(poly((-1.6, -40), (1.6, -40), (2.6, -20), (-2.6, -20)), DARK, ink_width=0.4, shade=0)
    for side in (-1, 1):
        pen.ink(path((side * 5, -20), (side * 4, -16), (side * 6, -12)), 0.5)
    pen.ink([(-3, -10), (3, -10)], 1.1, DARK)
    pen.ink([(0, -62), (0, -4)], 0.35, CREAM)


def draw_violin_case(pen: Pen, look: Look) -> None:
    """A violin case on the ground; ``open`` it shows its lining and some coins."""
    leather = look.tint("#5c4438")
    if look.state != "open":
        pen.shape(
            blob(
                (-40, -2), (-40, -16), (-22, -22), (-6, -16), (12, -17), (38, -14), (40, -2), (0, 0)
            ),
            leather,
        )
        pen.ink(arc(-6, -19, 7, 6, 185, 355), 1.2)
        pen.ink([(-38, -8), (38, -7)], 0.6)
        return
    pen.shape(
        blob((-42, -14), (-38, -44), (-16, -50), (2, -42), (22, -44), (42, -36), (44, -14)), leather
    )
    pen.shape(
        blob((-36, -15), (-32, -39), (-15, -44), (2, -37), (22, -38), (36, -32), (38, -15)),
        "#8e3f4a",
        ink_width=0.6,
    )
    pen.shape(
        blob((-46, -1), (-44, -14), (-20, -18), (20, -16), (46, -13), (48, -2), (0, 2)), leather
    )
    pen.shape(
        blob((-40, -6), (-36, -13), (-8, -15), (20, -13), (41, -10), (40, -4), (0, -3)),
        "#a64c57",
        ink_width=0.6,
    )
    for x, y in ((-20, -9), (-8, -7), (4, -10), (14, -7), (24, -9), (-30, -8)):
        pen.shape(oval(x, y, 3.4, 2), YELLOW, ink_width=0.5, shade=0)


def draw_pennants(pen: Pen, look: Look) -> None:
    """A string of pennants between two poles."""
    strip(pen, rect(-122, -210, -117, 0), rect(117, -210, 122, 0), fill=WOOD)
    xs = np.linspace(-118, 118, 12)
    sag = 26 * (1 - (xs / 118) ** 2)
    pen.ink(np.column_stack([xs, -204 + sag]), 0.8)
    for index in range(11):
        a, b = (xs[index] + 2, -204 + sag[index]), (xs[index + 1] - 2, -204 + sag[index + 1])
        tip = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 19)
        pen.shape(poly(a, b, tip), (RED, YELLOW, BLUE, GREEN, PINK)[index % 5], ink_width=0.7)


KINDS = (
    PropKind(
        "kite",
        (66, 128),
        draw_kite,
        ("flying", "stuck", "torn"),
        grips=((0, -62),),
        carry="fly",
        airs={"flying": 270, "torn": 0},
    ),
    PropKind("string", (50, 22), draw_string, grips=((0, -11),), carry="front", scale=0.56),
    PropKind(
        "balloon",
        (36, 126),
        draw_balloon,
        ("plain", "flying away"),
        grips=((0, -3),),
        carry="raised",
        airs={"flying away": 210},
    ),
    PropKind(
        "balloons",
        (124, 150),
        draw_balloons,
        ("plain", "flying away"),
        grips=((0, -3),),
        carry="raised",
        airs={"flying away": 190},
    ),
    PropKind(
        "gift box",
        (40, 44),
        draw_gift_box,
        ("closed", "open"),
        grips=((-16, -6), (16, -6)),
        carry="two",
        scale=0.9,
    ),
    PropKind("party hat", (26, 38), draw_party_hat, grips=((0, -4),), carry="front", scale=0.76),
    PropKind("chess board", (70, 30), draw_chess_board, ("plain", "tipped")),
    PropKind(
        "chess table",
        (106, 90),
        draw_chess_table,
        ("plain", "empty", "tipped"),
        surface=Surface(76, (-34, 34, 0)),
        weight=0.95,
    ),
    PropKind(
        "ball",
        (28, 28),
        draw_ball,
        ("plain", "flying"),
        grips=((0, -3),),
        carry="front",
        airs={"flying": 130},
        scale=0.88,
    ),
    PropKind(
        "toy boat",
        (52, 46),
        draw_toy_boat,
        ("plain", "capsized"),
        grips=((0, -6),),
        carry="front",
        scale=0.78,
    ),
    PropKind(
        "fishing rod",
        (126, 162),
        draw_fishing_rod,
        ("plain", "bent", "fish"),
        grips=((0, -32), (14, -56)),
        tie=(96, -150),
        carry="two",
        lies=True,
    ),
    PropKind("violin", (26, 70), draw_violin, grips=((0, -34),), carry="play", lies=True),
    PropKind(
        "violin case",
        (94, 52),
        draw_violin_case,
        ("open", "closed"),
        grips=((-6, -24),),
        carry="low",
        sizes={"closed": (88, 26)},
        scale=0.86,
    ),
    PropKind("pennants", (244, 212), draw_pennants, weight=0.95),
)
