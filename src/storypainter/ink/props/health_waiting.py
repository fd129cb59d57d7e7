"""What waiting rooms have: rows of seats, a table with magazines, a bead maze, a pet carrier."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    BLUE,
    DARK,
    GREEN,
    PALE_WOOD,
    RED,
    STEEL,
    WHITE,
    YELLOW,
    Look,
    PropKind,
    Surface,
)

_SHELL = "#6f93a8"


def draw_waiting_chairs(pen: Pen, look: Look) -> None:
    """A row of three moulded seats on one steel beam."""
    hue = look.tint(_SHELL)
    pen.shape(rect(-88, -36, 88, -30, 1), mix(STEEL, DARK, 0.15), ink_width=0.7)
    for x in (-60, 60):
        pen.shape(limb([(x, -32), (x, -4)], 2.4, 2.4), STEEL, ink_width=0.7)
        pen.shape(rect(x - 15, -5, x + 15, 0, 2), STEEL, ink_width=0.8)
    for x in (-60, 0, 60):
        pen.shape(limb([(x, -50), (x, -32)], 5, 4), mix(STEEL, DARK, 0.2), ink_width=0.6, shade=0)
        back = poly((x - 25, -88), (x + 25, -88), (x + 22, -50), (x - 22, -50), corner=5)
        pen.shape(back, hue)
        pen.shape(rect(x - 9, -81, x + 9, -76, 2.4), mix(hue, DARK, 0.5), ink_width=0.5, shade=0)
        pan = poly((x - 22, -55), (x + 22, -55), (x + 27, -42), (x - 27, -42), corner=3)
        pen.shape(pan, mix(hue, WHITE, 0.2), ink_width=0.8, shade=0)
        pen.shape(rect(x - 27, -45, x + 27, -38, 3), hue, ink_width=0.9)


def draw_magazine_table(pen: Pen, look: Look) -> None:
    """A low table with a few magazines on it."""
    wood = look.tint(PALE_WOOD)
    for side in (-1, 1):
        pen.shape(limb([(side * 40, -36), (side * 44, -1)], 2.4, 2), wood, ink_width=0.7)
        pen.shape(limb([(side * 30, -38), (side * 31, -10)], 2, 1.8), mix(wood, DARK, 0.3), ink_width=0.6, shade=0)  # fmt: skip
    top = poly((-52, -38), (-44, -52), (44, -52), (52, -38), corner=1)
    pen.shape(top, mix(wood, WHITE, 0.28), ink_width=0.9, shade=0)
    pen.shape(rect(-52.5, -39, 52.5, -34, 1.4), wood, ink_width=0.9)
    for x, y, hue in ((-26, -42, "#c9657a"), (-18, -44, "#e9c46a"), (20, -43, "#8fb3c9")):
        sheet = poly((x - 13, y), (x - 9, y - 7), (x + 13, y - 7), (x + 10, y), corner=0.4)
        pen.shape(sheet, hue, ink_width=0.7, shade=0)
        pen.ink([(x - 5, y - 4.6), (x + 6, y - 4.6)], 0.7, WHITE)


def draw_bead_maze(pen: Pen, look: Look) -> None:
    """A toy of bent wires with coloured beads for small children."""
    pen.shape(rect(-26, -9, 26, 0, 2), look.tint(PALE_WOOD), ink_width=0.9)
    loops = (
        (((-20, -9), (-22, -34), (-10, -44), (0, -28), (10, -42), (21, -32), (20, -9)), RED),
        (((-12, -9), (-6, -26), (4, -50), (16, -46), (10, -9)), BLUE),
        (((-4, -9), (-14, -22), (-16, -48), (-2, -52), (4, -9)), YELLOW),
    )
    for line, hue in loops:
        pen.ink(path(*line), 1.3, mix(hue, DARK, 0.15))
    for x, y, hue in ((-21, -28, GREEN), (-4, -36, YELLOW), (12, -41, RED), (-1, -38, BLUE), (14, -30, GREEN), (-14, -26, RED), (-2, -52, BLUE), (20, -18, YELLOW)):  # fmt: skip
        pen.shape(oval(x, y, 4.4), hue, ink_width=0.7)


def draw_pet_carrier(pen: Pen, look: Look) -> None:
    """A box to carry a pet in, a cat behind its grille; ``open`` and ``empty`` without."""
    hue = look.tint("#b9c6b0")
    pen.ink(path((-12, -44), (-10, -53), (10, -53), (12, -44)), 2.2, mix(hue, DARK, 0.5))
    pen.shape(poly((-36, -20), (-33, -40), (-24, -46), (24, -46), (33, -40), (36, -20), corner=3), mix(hue, WHITE, 0.3))  # fmt: skip
    pen.shape(poly((-36, -22), (36, -22), (33, 0), (-33, 0), corner=4), hue)
    for x in (-26, -20, -14):
        pen.shape(rect(x - 1.2, -38, x + 1.2, -28, 1), mix(hue, DARK, 0.5), ink_width=0, shade=0)
    inside = rect(-6, -39, 28, -5, 7)
    pen.shape(inside, "#4b4852", ink_width=0.8, shade=0)
    if look.state == "open":
        leaf = poly((28, -39), (48, -35), (48, -2), (28, -5), corner=2)
        pen.shape(leaf.difference(leaf.buffer(-3.4)), STEEL, ink_width=0.6, shade=0)
        return
    if look.state == "closed":
        _cat_face(pen, 11, -20)
    for bar in (-0.5, 5.0, 11.0, 17.0, 22.5):
        pen.ink([(bar, -38), (bar, -6)], 0.7, "#dfe4e2")
    for y in (-29, -15):
        pen.ink([(-5, y), (27, y)], 0.7, "#dfe4e2")
    pen.shape(rect(25, -25, 30, -17, 1), STEEL, ink_width=0.5, shade=0)


def _cat_face(pen: Pen, x: float, y: float) -> None:
    head = join(oval(x, y, 11, 9.6), poly((x - 10, y - 4), (x - 9, y - 15), (x - 2, y - 8)), poly((x + 10, y - 4), (x + 9, y - 15), (x + 2, y - 8)))  # fmt: skip
    pen.shape(head, "#d99a5b", ink_width=0.6)
    for side in (-1, 1):
        pen.shape(oval(x + side * 4.4, y - 2, 2.4, 2.9), "#f2efae", ink_width=0.4, shade=0)
        pen.shape(oval(x + side * 4.4, y - 2, 0.9, 2.4), DARK, ink_width=0, shade=0)
    pen.ink(path((x - 3, y + 5), (x, y + 3), (x + 3, y + 5)), 0.6)


def draw_number_dispenser(pen: Pen, look: Look) -> None:
    """A red dispenser on a post from which one pulls a numbered slip."""
    pen.shape(oval(0, -3, 17, 4), mix(STEEL, DARK, 0.2), ink_width=0.7, shade=0)
    pen.shape(rect(-2.4, -92, 2.4, -3, 1), STEEL, ink_width=0.7)
    body = blob((-16, -90), (-19, -108), (-10, -122), (8, -122), (19, -108), (15, -90), (0, -85))
    pen.shape(body, look.tint(RED))
    pen.shape(oval(0, -107, 8), mix(RED, WHITE, 0.5), ink_width=0.6, shade=0)
    slip = poly((-16, -93), (-8, -89), (-16, -76), (-25, -80), corner=0.6)
    pen.shape(slip, WHITE, ink_width=0.7, shade=0)
    pen.ink([(-20, -82), (-15, -88)], 0.5)


def draw_headset(pen: Pen, look: Look) -> None:
    """A headset: a band, two ear pads, a microphone on an arm."""
    hue = look.tint("#4f5a66")
    pen.shape(band(arc(0, -16, 15, 17, 180, 360), 4), hue, ink_width=0.8)
    for side in (-1, 1):
        pen.shape(
            rect(side * 15 - 5, -22, side * 15 + 5, -4, 4), mix(hue, DARK, 0.3), ink_width=0.9
        )
    pen.ink(path((-15, -6), (-13, 0), (-3, 1)), 1.2, hue)
    pen.shape(oval(-2, 0, 3.6, 2.4), DARK, ink_width=0.5, shade=0)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "waiting chairs",
        (180, 88),
        draw_waiting_chairs,
        seats=Surface(46, (0, -60, 60)),
        surface=Surface(48, (0, -60, 60)),
        weight=0.95,
    ),
    PropKind(
        "magazine table",
        (106, 54),
        draw_magazine_table,
        surface=Surface(46, (0, 34, -30)),
    ),
    PropKind("bead maze", (54, 54), draw_bead_maze),
    PropKind(
        "pet carrier",
        (74, 56),
        draw_pet_carrier,
        ("closed", "open", "empty"),
        sizes={"open": (98, 56)},
        grips=((0, -53),),
        carry="low",
        scale=0.86,
    ),
    PropKind("number dispenser", (50, 122), draw_number_dispenser),
    PropKind(
        "headset", (42, 36), draw_headset, grips=((-15, -10), (15, -10)), carry="front", scale=0.66
    ),
)
