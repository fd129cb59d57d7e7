"""What stands in a library: shelves, arched window, reading table, counter, trolley, lamps."""

from __future__ import annotations

import itertools
import random

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame, Geometry
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.carried import draw_cover
from storypainter.ink.props.effects import motion
from storypainter.ink.props.prop import (
    CREAM,
    DARK,
    DARK_WOOD,
    RED,
    STEEL,
    WHITE,
    Approach,
    Look,
    PropKind,
    Surface,
    moved_pen,
)
from storypainter.ink.props.views import draw_view

BRASS = "#c39a4e"
SHADE = "#4d7d62"
PAINT = "#efe6d2"
OAK = "#a97a4c"
#: Calm backs of books: they must not outshine those who read them.
SPINES = ("#a8655a", "#7d92a0", "#c2a25c", "#8a9a72", "#94789a", "#b98a6a", "#6f8790", "#c9b99a")
_SHELVES = (-226.0, -190.0, -154.0, -118.0, -82.0, -46.0, -10.0)
_TABLE_TOP = 69.0


def draw_bookshelf(pen: Pen, look: Look) -> None:
    """A tall shelf full of books; ``gap`` one is missing, ``empty`` nearly all are."""
    wood = look.tint(OAK)
    rng = random.Random(look.ground.seed * 31 + round(pen.frame.x))
    pen.shape(rect(-59, -236, 59, 0, 1), wood)
    inside = mix(wood, DARK, 0.42)
    for index, (top, floor) in enumerate(itertools.pairwise(_SHELVES)):
        pen.shape(rect(-53, top, 53, floor - 3), inside, ink_width=0.5, shade=0)
        if look.state == "empty" and index != 4:
            continue
        hole = (-6.0, 12.0) if look.state == "gap" and index == 2 else None
        _row_of_books(pen, rng, floor - 3, hole)
    pen.shape(rect(-62, -241, 62, -233, 1.2), mix(wood, WHITE, 0.16), ink_width=0.9)
    pen.shape(rect(-61, -8, 61, 0, 0.8), mix(wood, DARK, 0.12), ink_width=0.8)


def draw_low_bookshelf(pen: Pen, look: Look) -> None:
    """A shelf of two rows that leaves the wall above it free."""
    wood = look.tint(OAK)
    rng = random.Random(look.ground.seed * 17 + round(pen.frame.x))
    pen.shape(rect(-53, -84, 53, 0, 1), wood)
    for top, floor in itertools.pairwise((-78.0, -43.0, -8.0)):
        pen.shape(rect(-53, top, 53, floor - 3), mix(wood, DARK, 0.42), ink_width=0.5, shade=0)
        _row_of_books(pen, rng, floor - 3, None)
    pen.shape(rect(-58, -84, -52, 0, 0.8), wood, ink_width=0.8)
    pen.shape(rect(52, -84, 58, 0, 0.8), wood, ink_width=0.8)
    pen.shape(rect(-61, -88, 61, -82, 1), mix(wood, WHITE, 0.16), ink_width=0.9)


def _row_of_books(
    pen: Pen, rng: random.Random, foot: float, hole: tuple[float, float] | None
) -> None:
    """Books side by side from edge to edge, thin lines between them; some lean."""
    x, line = -52.0, "#5d4c46"
    while x < 47:
        wide, tall = rng.uniform(4.6, 8.4), rng.uniform(20, 29)
        hue = mix(rng.choice(SPINES), OAK, 0.16)
        end = min(52.0, x + wide)
        if hole and hole[0] < x + wide and x < hole[1]:
            x = hole[1] + 0.1
            continue
        if rng.random() < 0.07 and x < 38:
            lean = poly(
                (x + 8, foot), (x + 2, foot - tall), (x + 7, foot - tall - 1), (x + 13, foot)
            )
            pen.fill(lean, hue)
            pen.ink(lean.exterior.coords, 0.4, line, closed=True)
            x += 13.5
            continue
        pen.fill(rect(x, foot - tall, end, foot), hue)
        pen.ink([(x, foot), (x, foot - tall), (end, foot - tall), (end, foot)], 0.4, line)
        if rng.random() < 0.5:
            pen.ink([(x + 1.2, foot - tall * 0.72), (end - 1.2, foot - tall * 0.72)], 0.5, CREAM)
        x = end


def draw_library_window(pen: Pen, look: Look) -> None:
    """A tall window with a round arch and small panes."""
    frame = join(rect(-58, -132, 58, 0), oval(0, -132, 58))
    glass = join(rect(-51, -131, 51, -6), oval(0, -131, 51))
    pen.shape(frame, PAINT)
    with pen.clip(glass):
        draw_view(pen, look.ground, -51, -182, 51, -6)
    bars = [rect(x - 1.5, -190, x + 1.5, -6) for x in (-17, 17)]
    bars += [rect(-51, y - 1.5, 51, y + 1.5) for y in (-131, -90, -48)]
    pen.shape(join(*bars).intersection(glass), PAINT, ink_width=0.5, shade=0)
    pen.ink(glass.exterior.coords, 0.6, closed=True)
    pen.shape(rect(-64, -6, 64, 1, 1), PAINT, ink_width=0.9)


def draw_window_seat(pen: Pen, look: Look) -> None:
    """A cushioned bench under a window."""
    wood = look.tint(OAK)
    pen.shape(rect(-64, -36, 64, 0, 0.8), wood)
    for left in (-59, -18, 23):
        pen.shape(
            rect(left, -30, left + 36, -7, 0.8), mix(wood, WHITE, 0.14), ink_width=0.5, shade=0
        )
    pen.shape(rect(-66, -46, 66, -35, 4), "#8c5f66", ink_width=0.9)
    for x in (-22, 22):
        pen.ink([(x, -45), (x, -36)], 0.45)


def draw_reading_table(pen: Pen, look: Look) -> None:
    """A long table and the two wooden chairs behind it."""
    wood = look.tint("#8a5d3c")
    for x in (-58, 58):
        for side in (-1, 1):
            pen.shape(limb([(x + side * 17, -98), (x + side * 16, -3)], 2.0, 1.9), wood,
                      ink_width=0.7, shade=0)  # fmt: skip
        pen.shape(rect(x - 19, -101, x + 19, -91, 2.4), mix(wood, WHITE, 0.1), ink_width=0.8)
        for dx in (-9, 0, 9):
            pen.shape(rect(x + dx - 2, -92, x + dx + 2, -48), wood, ink_width=0.5, shade=0)
        pen.shape(rect(x - 20, -52, x + 20, -47, 1.4), mix(wood, DARK, 0.1), ink_width=0.8)


def draw_reading_table_front(pen: Pen, look: Look) -> None:
    """The table's top, its turned legs, and a green lamp in the middle; lit in the dark."""
    wood = look.tint("#8a5d3c")
    top = _TABLE_TOP
    for x in (-97, 97):
        pen.shape(poly((x - 6, -top), (x + 6, -top), (x + 4, 0), (x - 4, 0)), wood, ink_width=0.9)
        pen.shape(rect(x - 6.6, -16, x + 6.6, -10, 1.4), mix(wood, WHITE, 0.1), ink_width=0.6)
    pen.shape(rect(-96, -top + 4, 96, -top + 11), mix(wood, DARK, 0.16), ink_width=0.7, shade=0)
    surface = poly((-106, -top), (-98, -top - 6), (98, -top - 6), (106, -top))
    pen.shape(surface, mix(wood, WHITE, 0.26), ink_width=0.9, shade=0)
    pen.shape(
        rect(-106.5, -top - 0.6, 106.5, -top + 4.6, 1.2), mix(wood, WHITE, 0.06), ink_width=0.9
    )
    frame = pen.frame
    left, foot = frame.point(0, -top - 3)
    small = Frame(left, foot, frame.scale * 0.86, frame.degrees, frame.mirror)
    _banker_lamp(Pen(pen.canvas, small, pen.weight), SHADE, lit=look.ground.dark)


def _banker_lamp(pen: Pen, hue: str, *, lit: bool) -> None:
    """A brass lamp with a long green glass shade."""
    if lit:
        with pen.canvas.lit():
            pen.fill(poly((-22, -30), (22, -30), (40, 0), (-40, 0)), "#fbe9a8", 0.4)
    pen.shape(poly((-11, -3), (11, -3), (13, 0), (-13, 0), corner=0.6), BRASS, ink_width=0.7)
    pen.shape(limb([(0, -3), (0, -42)], 1.6, 1.4), BRASS, ink_width=0.6, shade=0)
    pen.shape(oval(0, -44, 2.2), BRASS, ink_width=0.5, shade=0)
    shade = poly((-23, -29), (23, -29), (19, -39), (-19, -39), corner=2)
    if lit:
        pen.shape(oval(0, -28, 12, 3.4), "#fff0b8", ink_width=0.5, shade=0)
    pen.shape(shade, mix(hue, "#cfe6a8", 0.3) if lit else hue, ink_width=0.9)
    pen.ink([(-15, -36.5), (6, -36.5)], 0.7, mix(hue, WHITE, 0.6))


def draw_reading_lamp(pen: Pen, look: Look) -> None:
    """A brass table lamp with a green glass shade, off or lit."""
    _banker_lamp(pen, look.tint(SHADE), lit=look.state == "lit")


def draw_library_counter(pen: Pen, look: Look) -> None:
    """The counter of the librarian: panels, a slot for returns, a lamp's warm wood."""
    wood = look.tint(OAK)
    pen.shape(rect(-92, -98, 92, 0, 0.8), wood)
    for left in (-86, -28, 30):
        pen.shape(rect(left, -86, left + 54, -12, 1), mix(wood, WHITE, 0.14), ink_width=0.6)
        pen.shape(rect(left + 6, -80, left + 48, -18, 1), mix(wood, DARK, 0.08), ink_width=0.45, shade=0)  # fmt: skip
    pen.shape(rect(-18, -66, 34 - 18, -56, 1), DARK, ink_width=0.6, shade=0)
    pen.shape(rect(-20, -55, 18, -52, 0.6), BRASS, ink_width=0.5, shade=0)
    pen.shape(rect(-94, -7, 94, 0), mix(wood, DARK, 0.25), ink_width=0.7, shade=0)
    pen.shape(poly((-96, -101), (-88, -110), (88, -110), (96, -101)), mix(wood, WHITE, 0.3), ink_width=0.9, shade=0)  # fmt: skip
    pen.shape(rect(-97, -102, 97, -96, 1), mix(wood, WHITE, 0.1), ink_width=0.9)


def draw_book_trolley(pen: Pen, look: Look) -> None:
    """A trolley with two rows of books; ``empty``, or ``overloaded`` so that books slide off."""
    frame = look.tint("#7f97a0")
    rng = random.Random(look.ground.seed * 7 + 3)
    for x in (-36, 36):
        pen.shape(oval(x, -6, 6), DARK, ink_width=0.8)
        pen.shape(oval(x, -6, 2.2), STEEL, ink_width=0.4, shade=0)
        pen.shape(limb([(x, -12), (x, -88)], 2.2, 2.2), frame, ink_width=0.8)
    for foot in (-18, -56):
        pen.shape(rect(-42, foot, 42, foot + 5, 1), frame, ink_width=0.8)
        if look.state != "empty":
            _trolley_books(pen, rng, foot)
    pen.shape(limb([(-36, -88), (-50, -93)], 2.2, 2.4), frame, ink_width=0.8)
    pen.shape(limb([(-36, -88), (36, -88)], 2.0, 2.0), frame, ink_width=0.8)
    if look.state == "overloaded":
        for x, y, wide, hue in ((-4, -90, 44, SPINES[0]), (3, -98, 40, SPINES[2]), (-2, -106, 46, SPINES[3]), (9, -114, 40, SPINES[1])):  # fmt: skip
            pen.shape(rect(x - wide / 2, y - 8, x + wide / 2, y, 1.4), hue, ink_width=0.8)
        fallen = poly((40, -110), (60, -98), (56, -91), (36, -103), corner=0.8)
        pen.shape(fallen, SPINES[4], ink_width=0.8)
        motion(pen, [(50, -118), (60, -112), (66, -104)], [(46, -86), (50, -78), (51, -70)])


def _trolley_books(pen: Pen, rng: random.Random, foot: float) -> None:
    x = -33.0
    while x < 28:
        wide, tall = rng.uniform(5, 8), rng.uniform(20, 28)
        pen.shape(
            rect(x, foot - tall, x + wide, foot, 0.6), rng.choice(SPINES), ink_width=0.6, shade=0
        )
        x += wide


def draw_open_book(pen: Pen, look: Look) -> None:
    """An open book that lies on a table; ``blank``, written, or with a page torn out."""
    cover = look.tint("#8f4a48")
    if look.where == "held" and look.state != "torn":
        draw_cover(moved_pen(pen, 0, 4), cover, 30, 26)
        return
    pen.shape(poly((-27, -13), (27, -13), (34, 0), (-34, 0), corner=0.6), cover, ink_width=0.9)
    for side in (-1, 1):
        page = blob((0, -13), (side * 12, -17), (side * 25, -15), (side * 31, -3), (side * 15, -5), (0, -1))  # fmt: skip
        pen.shape(page, "#fdf8ea", ink_width=0.7, shade=0.6)
        if look.state == "blank":
            continue
        for row in range(3):
            y = -13 + row * 3.2
            pen.ink(
                path((side * (5 + row), y - 1), (side * 14, y - 1.6), (side * (22 + row), y)), 0.45
            )
    if look.state == "torn":
        ragged = poly((2, -14), (8, -30), (12, -26), (16, -32), (22, -27), (24, -15), (8, -9))
        pen.shape(ragged, "#fdf8ea", ink_width=0.7)
        motion(pen, [(28, -30), (32, -24)], [(24, -36), (30, -34)])


def draw_returns_box(pen: Pen, look: Look) -> None:
    """A red box for returned books with a slot; ``overflowing`` they stick out of it, to its foot."""
    hue = look.tint("#a8483f")
    pen.shape(rect(-26, -86, 26, 0, 3), hue)
    pen.shape(rect(-28, -90, 28, -83, 2), mix(hue, DARK, 0.2), ink_width=0.8, shade=0)
    pen.shape(rect(-21, -74, 21, -54, 2), DARK, ink_width=0.7, shade=0)
    overflowing = look.state == "overflowing"
    if overflowing:
        for x, degrees, tint in ((-10, -24, SPINES[2]), (11, 20, SPINES[3]), (0, -4, SPINES[1])):
            _returned(moved_pen(pen, x, -52, degrees), tint)
    pen.shape(rect(-24, -57, 24, -51, 1), STEEL, ink_width=0.6, shade=0.4)
    pen.shape(_book_mark(), CREAM, ink_width=0.7, shade=0)
    pen.ink([(0, -37), (0, -22)], 0.6)
    if overflowing:
        for y, left, right, tint in ((0, 20, 48, SPINES[1]), (-7, 24, 46, SPINES[4])):
            pen.shape(rect(left, y - 7, right, y, 1), tint, ink_width=0.8)
            pen.shape(rect(left + 2, y - 5.6, right + 0.6, y - 1.4), CREAM, ink_width=0.5, shade=0)


def _returned(pen: Pen, hue: str) -> None:
    """A book half way into a slot: its cover, and the edge of its pages."""
    pen.shape(rect(-8, -30, 10, 0, 1), CREAM, ink_width=0.7, shade=0)
    pen.shape(rect(-10, -31, 7, 0, 1), hue, ink_width=0.8)
    pen.ink([(-6, -30), (-6, -4)], 0.5)


def _book_mark() -> Geometry:
    """The sign of an open book."""
    return join(
        poly((0, -37), (-13, -40), (-13, -25), (0, -21)),
        poly((0, -37), (13, -40), (13, -25), (0, -21)),
    )


def draw_rolling_ladder(pen: Pen, look: Look) -> None:
    """A library ladder that leans on its rail, with small wheels."""
    wood = look.tint(DARK_WOOD)
    for x in (-21, 21):
        pen.shape(limb([(x, -4), (x * 0.76, -222)], 2.6, 2.3), wood, ink_width=0.8)
        pen.shape(oval(x, -4, 4.4), DARK, ink_width=0.6, shade=0)
    for index in range(9):
        y = -22 - index * 23
        half = 20 - index * 0.55
        pen.shape(rect(-half, y - 3, half, y + 1.6, 0.8), mix(wood, WHITE, 0.16), ink_width=0.7)
    for x in (-16, 16):
        pen.ink(arc(x, -224, 3.4, 4, 150, 390), 1.4, BRASS)


def draw_bookend(pen: Pen, look: Look) -> None:
    """A row of books between two bookends."""
    for side in (-1, 1):
        pen.shape(poly((side * 24, 0), (side * 24, -20), (side * 27, -20), (side * 33, 0)), BRASS, ink_width=0.7)  # fmt: skip
    x = -24.0
    for index, wide in enumerate((7.0, 9.0, 6.0, 8.0, 10.0, 8.0)):
        tall = (27, 24, 29, 22, 26, 28)[index]
        pen.shape(
            rect(x, -tall, x + wide, 0, 0.8), SPINES[(index * 3) % len(SPINES)], ink_width=0.7
        )
        pen.ink([(x + 1.6, -tall * 0.72), (x + wide - 1.6, -tall * 0.72)], 0.6, CREAM)
        x += wide


def draw_library_card(pen: Pen, look: Look) -> None:
    """A small card with a picture of a book and lines; ``stamped`` in red."""
    pen.shape(rect(-15, -20, 15, 0, 1.6), look.tint("#f4e7bf"), ink_width=0.9)
    pen.shape(rect(-12, -17, -3, -6, 0.6), "#6f8790", ink_width=0.5, shade=0)
    for y in (-15, -11, -7):
        pen.ink([(0, y), (11, y)], 0.5)
    if look.state == "stamped":
        pen.ink(arc(4, -8, 8, 6, 0, 360), 1.0, RED, closed=True)
        pen.ink(band([(-1, -6), (9, -10)], 0.5).exterior.coords, 0.8, RED)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "bookshelf",
        (124, 241),
        draw_bookshelf,
        ("plain", "gap", "empty"),
        far=True,
        weight=0.8,
    ),
    PropKind(
        "low bookshelf",
        (122, 88),
        draw_low_bookshelf,
        surface=Surface(88, (-34, 34, 0)),
        far=True,
        weight=0.85,
    ),
    PropKind("library window", (128, 190), draw_library_window, hangs=60, far=True, weight=0.9),
    PropKind(
        "window seat",
        (132, 47),
        draw_window_seat,
        surface=Surface(46, (-34, 34, 0)),
        seats=Surface(44, (-30, 30)),
        far=True,
        weight=0.9,
    ),
    PropKind(
        "reading table",
        (214, 118),
        draw_reading_table,
        surface=Surface(_TABLE_TOP + 5, (-80, 80, 24, -24)),
        seats=Surface(51, (-58, 58)),
        front=draw_reading_table_front,
        solid=(214, 78),
        weight=0.95,
    ),
    PropKind(
        "reading lamp",
        (46, 47),
        draw_reading_lamp,
        ("off", "lit"),
        sizes={"lit": (80, 47)},
        scale=0.9,
    ),
    PropKind(
        "library counter",
        (194, 110),
        draw_library_counter,
        surface=Surface(107, (-62, 62, 26, -26)),
        approach=Approach(0, 50, ahead=(-0.05, -0.004), weight=4.0),
        weight=0.95,
    ),
    PropKind(
        "book trolley",
        (98, 96),
        draw_book_trolley,
        ("plain", "empty", "overloaded"),
        sizes={"overloaded": (108, 124)},
        grips=((-48, -92), (-44, -91)),
        carry="push",
        surface=Surface(90, (0, -18, 18)),
    ),
    PropKind(
        "open book",
        (68, 18),
        draw_open_book,
        ("written", "blank", "torn"),
        sizes={"torn": (68, 38)},
        grips=((-22, -6), (22, -6)),
        carry="two",
        scale=0.7,
    ),
    PropKind(
        "returns box",
        (57, 90),
        draw_returns_box,
        ("plain", "overflowing"),
        sizes={"overflowing": (80, 90)},
        shifts={"overflowing": -10.0},
    ),
    PropKind("rolling ladder", (52, 230), draw_rolling_ladder, far=True, solid=(20, 120)),
    PropKind("row of books", (66, 30), draw_bookend),
    PropKind(
        "library card",
        (30, 20),
        draw_library_card,
        ("plain", "stamped"),
        grips=((0, -3),),
        carry="front",
        scale=0.44,
        weight=0.6,
        flattens=("plain", "stamped"),
    ),
)
