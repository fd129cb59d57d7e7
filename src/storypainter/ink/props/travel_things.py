"""What travellers carry, push and buy: rucksack, handbag, ticket, passport, trolley, machines."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.health_ward import castor
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
    Surface,
)

_RUBBER = "#565a62"
_GOLD = "#d9b25a"


def draw_rucksack(pen: Pen, look: Look) -> None:
    """A rucksack with a rolled mat; ``open``, clothes come out of it."""
    hue = look.tint("#5f8f7a")
    dark = mix(hue, DARK, 0.3)
    if look.state == "open":
        for x, y, tone in ((-8, -52, RED), (6, -54, "#8e9db5"), (13, -49, YELLOW)):
            pen.shape(oval(x, y, 10, 9), tone, ink_width=0.7)
    else:
        pen.ink(arc(0, -55, 7, 6, 180, 360), 1.6, dark)
        pen.shape(rect(-23, -66, 23, -54, 6), "#c98f5c", ink_width=0.9)
        for side in (-1, 1):
            pen.shape(rect(side * 14 - 2, -67, side * 14 + 2, -52), DARK, ink_width=0.4, shade=0)
    for side in (-1, 1):
        pen.shape(rect(side * 22 - 5, -26, side * 22 + 5, -4, 4), dark, ink_width=0.8)
    pen.shape(rect(-22, -54, 22, 0, 9), hue)
    if look.state == "open":
        pen.shape(poly((-22, -48), (22, -48), (26, -40), (-26, -40), corner=2), dark, ink_width=0.8)
    else:
        flap = poly((-22, -54), (22, -54), (22, -36), (0, -31), (-22, -36), corner=4)
        pen.shape(flap, mix(hue, WHITE, 0.14), ink_width=0.8)
        for x in (-11, 11):
            pen.shape(rect(x - 1.6, -40, x + 1.6, -26), CREAM, ink_width=0.45, shade=0)
    pen.shape(rect(-15, -23, 15, -4, 4), mix(hue, WHITE, 0.08), ink_width=0.7)
    pen.ink([(-11, -17), (11, -17)], 0.5)


def draw_handbag(pen: Pen, look: Look) -> None:
    """A lady's handbag with a clasp; ``open``, ``spilled`` its things lie about."""
    hue = look.tint("#a8485a")
    dark = mix(hue, DARK, 0.35)
    if look.state == "spilled":
        body = poly((-44, -4), (-40, -27), (-10, -24), (-6, -2), corner=3)
        pen.ink(path((-38, -26), (-34, -40), (-18, -40), (-14, -25)), 1.6, dark)
        pen.shape(poly((-12, -24), (-4, -20), (-2, -6), (-7, -2)), DARK, ink_width=0.7, shade=0)
        pen.shape(body, hue)
        _bag_things(pen)
        return
    pen.ink(arc(0, -29, 14, 19, 180, 360), 1.8, dark)
    if look.state == "open":
        mouth = poly((-19, -29), (-15, -36), (15, -36), (19, -29))
        pen.shape(mouth, DARK, ink_width=0.8, shade=0)
        pen.shape(rect(-8, -43, -2, -30, 1), PINK, ink_width=0.6, shade=0)
        pen.shape(rect(3, -40, 11, -30, 1), CREAM, ink_width=0.6, shade=0)
    pen.shape(poly((-19, -30), (19, -30), (23, 0), (-23, 0), corner=4), hue)
    pen.shape(rect(-20, -32, 20, -26, 2), _GOLD, ink_width=0.7)
    if look.state != "open":
        for side in (-1, 1):
            pen.shape(oval(side * 2.4, -33, 2.6), _GOLD, ink_width=0.6, shade=0)
    pen.ink(path((-15, -8), (0, -5), (15, -8)), 0.5)


def _bag_things(pen: Pen) -> None:
    pen.shape(rect(2, -7, 17, -1, 1), "#8a5d42", ink_width=0.7)
    pen.shape(rect(4, -13, 8, -7, 0.6), PINK, ink_width=0.6, shade=0)
    pen.shape(oval(24, -2.6, 4.6, 2.6), _GOLD, ink_width=0.6, shade=0)
    pen.shape(rect(31, -10, 35, -1, 1), RED, ink_width=0.6, shade=0)
    pen.shape(rect(31.4, -13, 34.6, -10, 0.6), _GOLD, ink_width=0.5, shade=0)
    pen.shape(oval(42, -3.4, 3.4), _GOLD, ink_width=0.5, shade=0)
    pen.shape(poly((10, -2), (28, -6), (30, -1), (13, 2)), WHITE, ink_width=0.5, shade=0)


def draw_ticket(pen: Pen, look: Look) -> None:
    """A travel ticket with a notch and a stripe; ``torn`` in two."""
    paper = look.tint("#f3d58c")
    parts = (
        ((-18.0, -2.0, -2.0), (3.0, 18.0, 2.0)) if look.state == "torn" else ((-16.0, 16.0, 0.0),)
    )
    for left, right, dy in parts:
        card = rect(left, -20 + dy, right, -4 + dy, 1)
        notches = join(oval(left, -12 + dy, 2.4), oval(right, -12 + dy, 2.4))
        pen.shape(card.difference(notches), paper, ink_width=0.8)
        pen.fill(rect(left + 3, -18 + dy, right - 3, -15 + dy), RED)
        for y in (-11.4, -8.4):
            pen.ink([(left + 4, y + dy), (right - 5, y + dy)], 0.5)


def draw_passport(pen: Pen, look: Look) -> None:
    """A passport with a golden globe; ``open`` at its picture and stamps."""
    cover = look.tint("#7a3344")
    if look.state == "open":
        pen.shape(poly((-19, -30), (0, -27), (19, -30), (19, -1), (0, 2), (-19, -1)), cover)
        for side in (-1, 1):
            page = poly((0, -26), (side * 17, -29), (side * 17, -3), (0, 0))
            pen.shape(page, "#f4efdd", ink_width=0.6, shade=0)
        pen.shape(rect(-15, -24, -6, -13), "#c9dbe0", ink_width=0.4, shade=0)
        pen.shape(oval(-10.5, -19.6, 2.6), "#d9a878", ink_width=0.4, shade=0)
        pen.shape(poly((-14.6, -13), (-13, -16.4), (-8, -16.4), (-6.4, -13)), BLUE, ink_width=0.4, shade=0)  # fmt: skip
        pen.ink(oval(9, -18, 5, 4).exterior.coords, 0.7, RED, closed=True)
        pen.ink(rect(4, -10, 14, -5).exterior.coords, 0.6, GREEN, closed=True)
        return
    pen.shape(rect(-11, -30, 11, 0, 2), cover)
    pen.ink(oval(0, -16, 5.4).exterior.coords, 0.7, _GOLD, closed=True)
    pen.ink(oval(0, -16, 2.4, 5.4).exterior.coords, 0.5, _GOLD, closed=True)
    pen.ink([(-5.4, -16), (5.4, -16)], 0.5, _GOLD)
    for y in (-26, -6):
        pen.ink([(-6, y), (6, y)], 0.8, _GOLD)


def draw_luggage_trolley(pen: Pen, look: Look) -> None:
    """A trolley for luggage: ``empty``, or ``loaded`` with cases up to the top."""
    hue = look.tint(STEEL)
    for x in (-34, 44):
        castor(pen, x, 0, 7)
    pen.shape(band(path((-58, -98), (-48, -96), (-42, -60), (-40, -16)), 4), hue, ink_width=0.8)
    pen.shape(limb([(-66, -98), (-50, -97)], 3, 3), RED, ink_width=0.8, shade=0)
    pen.shape(band([(-44, -50), (-41, -50)], 4), hue, ink_width=0.6)
    if look.state == "loaded":
        _cases(pen)
    pen.shape(poly((-44, -16), (-38, -21), (50, -21), (56, -16)), mix(hue, WHITE, 0.3), ink_width=0.7, shade=0)  # fmt: skip
    pen.shape(rect(-45, -18, 57, -13, 2), hue, ink_width=0.9)
    pen.shape(rect(53, -26, 57, -14, 1.6), hue, ink_width=0.7)


def _cases(pen: Pen) -> None:
    for left, right, bottom, tall, hue in (
        (-38, 48, -19, 30, "#6f8fa8"),
        (-36, 40, -49, 26, "#b9794f"),
        (-32, 20, -75, 20, "#a8485a"),
    ):
        pen.shape(rect(left, bottom - tall, right, bottom, 4), hue, ink_width=0.9)
        for x in (left + 12, right - 12):
            pen.shape(rect(x - 2.4, bottom - tall, x + 2.4, bottom), mix(hue, DARK, 0.35), ink_width=0.5, shade=0)  # fmt: skip
        middle = (left + right) / 2
        pen.shape(rect(middle - 8, bottom - tall * 0.62, middle + 8, bottom - tall * 0.4, 2), DARK, ink_width=0.5, shade=0)  # fmt: skip
    pen.shape(join(oval(30, -81, 12, 6), rect(20, -87, 40, -79, 3)), "#d9a07a", ink_width=0.8)
    pen.shape(poly((42, -62), (52, -56), (49, -48), (40, -54)), CREAM, ink_width=0.5, shade=0)


def draw_ticket_machine(pen: Pen, look: Look) -> None:
    """A ticket machine with a screen, buttons and a slot; ``broken`` its screen is cracked."""
    hue = look.tint("#c9653f")
    pen.shape(rect(-30, -16, 30, 0), mix(hue, DARK, 0.5), ink_width=0.8, shade=0)
    pen.shape(rect(-37, -176, 37, -12, 4), hue)
    pen.shape(rect(-37, -176, 37, -154, 4), mix(hue, DARK, 0.3), ink_width=0.8)
    slip = poly((-17, -172), (17, -172), (17, -158), (-17, -158), corner=1)
    pen.shape(slip.difference(join(oval(-17, -165, 2.4), oval(17, -165, 2.4))), "#f3d58c", ink_width=0.6, shade=0)  # fmt: skip
    for y in (-168, -163):
        pen.ink([(-10, y), (10, y)], 0.6)
    with pen.canvas.lit():
        screen = "#4b5358" if look.state == "broken" else "#cfe6e4"
        pen.shape(rect(-28, -146, 28, -104, 2), screen, ink_width=0.8, shade=0)
        if look.state != "broken":
            for row in range(3):
                for column in range(2):
                    x, y = -22 + 26 * column, -141 + 12 * row
                    tone = (BLUE, GREEN, YELLOW)[(row + column) % 3]
                    pen.shape(rect(x, y, x + 18, y + 8, 1.6), tone, ink_width=0.4, shade=0)
    if look.state == "broken":
        for line in (((-28, -140), (-8, -128), (-14, -116), (4, -104)), ((-8, -128), (12, -134), (28, -120)), ((12, -134), (8, -146))):  # fmt: skip
            pen.ink(line, 0.7, WHITE)
    for row in range(3):
        for column in range(3):
            pen.shape(rect(-26 + 9 * column, -95 + 8 * row, -20 + 9 * column, -90 + 8 * row, 1), WHITE, ink_width=0.4, shade=0)  # fmt: skip
    pen.shape(rect(10, -95, 27, -80, 2), mix(hue, DARK, 0.45), ink_width=0.6, shade=0)
    pen.shape(rect(17, -93, 20, -82, 1), DARK, ink_width=0, shade=0)
    pen.shape(rect(-24, -60, 24, -36, 4), mix(hue, DARK, 0.55), ink_width=0.8, shade=0)
    pen.shape(rect(-24, -60, 24, -52, 3), mix(hue, WHITE, 0.2), ink_width=0.6)


def draw_vending_machine(pen: Pen, look: Look) -> None:
    """A lit machine with rows of drinks and sweets behind glass; ``empty`` it has none."""
    hue = look.tint("#44708c")
    for x in (-34, 34):
        pen.shape(rect(x - 6, -6, x + 6, 0), DARK, ink_width=0.6, shade=0)
    pen.shape(rect(-46, -184, 46, -4, 4), hue)
    with pen.canvas.lit():
        pen.shape(rect(-40, -166, 18, -50, 2), "#eef3ea", ink_width=0.8, shade=0)
        if look.state != "empty":
            _goods(pen)
        for row in range(4):
            y = -138 + 28 * row
            pen.shape(rect(-40, y, 18, y + 3), STEEL, ink_width=0.5, shade=0)
        pen.ink([(-34, -118), (-16, -146)], 1.0, WHITE)
    pen.shape(rect(-44, -181, 44, -170, 2), mix(hue, WHITE, 0.45), ink_width=0.6, shade=0)
    pen.shape(rect(24, -150, 40, -128, 2), DARK, ink_width=0.6, shade=0)
    pen.ink([(27, -142), (36, -142)], 0.8, "#8fd694")
    for row in range(3):
        for column in range(2):
            pen.shape(rect(25 + 8 * column, -120 + 8 * row, 31 + 8 * column, -114 + 8 * row, 1), WHITE, ink_width=0.4, shade=0)  # fmt: skip
    pen.shape(rect(28, -88, 38, -74, 2), STEEL, ink_width=0.6, shade=0)
    pen.shape(rect(-38, -40, 16, -18, 3), mix(hue, DARK, 0.6), ink_width=0.8, shade=0)
    pen.shape(rect(-38, -40, 16, -30, 2), mix(hue, WHITE, 0.25), ink_width=0.6)


def _goods(pen: Pen) -> None:
    hues = (RED, YELLOW, GREEN, "#8b7aa0", "#d98f5c", PINK, BLUE)
    for row in range(4):
        for column in range(4):
            x, y = -33 + 14.4 * column, -138 + 28 * row
            hue = hues[(row * 3 + column * 2) % 7]
            if row % 2:
                pen.shape(rect(x - 5, y - 15, x + 5, y, 1), hue, ink_width=0.5, shade=0)
                pen.shape(rect(x - 3, y - 11, x + 3, y - 6), WHITE, ink_width=0, shade=0)
            else:
                bottle = join(rect(x - 4, y - 15, x + 4, y, 2), rect(x - 2, y - 21, x + 2, y - 14))
                pen.shape(bottle, hue, ink_width=0.5, shade=0)


def draw_platform_bench(pen: Pen, look: Look) -> None:
    """A station bench of wooden slats on iron sides."""
    wood = look.tint("#a8784e")
    for side in (-1, 1):
        leg = band(path((side * 70, -88), (side * 72, -50), (side * 76, 0)), 5)
        pen.shape(leg, "#4f5a5c", ink_width=0.7, shade=0)
        pen.shape(band(path((side * 72, -44), (side * 62, -24), (side * 64, 0)), 5), "#4f5a5c", ink_width=0.7, shade=0)  # fmt: skip
    for y in (-90, -77, -64):
        pen.shape(rect(-82, y, 82, y + 9, 2), wood, ink_width=0.8)
    seat = poly((-80, -52), (80, -52), (86, -42), (-86, -42))
    pen.shape(seat, mix(wood, WHITE, 0.22), ink_width=0.8, shade=0)
    pen.ink([(-83, -47), (83, -47)], 0.6)
    pen.shape(rect(-86, -43, 86, -37, 2), wood, ink_width=0.8)
    for side in (-1, 1):
        pen.ink(path((side * 80, -46), (side * 86, -60), (side * 76, -66)), 1.6, "#4f5a5c")


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "rucksack",
        (58, 68),
        draw_rucksack,
        ("closed", "open"),
        grips=((0, -60),),
        carry="low",
        scale=0.86,
    ),
    PropKind(
        "handbag",
        (48, 49),
        draw_handbag,
        ("closed", "open", "spilled"),
        sizes={"spilled": (92, 42)},
        grips=((0, -47),),
        carry="low",
        scale=0.86,
    ),
    PropKind(
        "ticket",
        (34, 22),
        draw_ticket,
        ("plain", "torn"),
        sizes={"torn": (38, 24)},
        grips=((-10, -7),),
        carry="front",
        scale=0.56,
        weight=0.64,
        flattens=("plain", "torn"),
    ),
    PropKind(
        "passport",
        (24, 31),
        draw_passport,
        ("closed", "open"),
        sizes={"open": (40, 33)},
        grips=((0, -6),),
        carry="front",
        scale=0.62,
        weight=0.66,
        flattens=("closed", "open"),
        thick=1.5,
    ),
    PropKind(
        "luggage trolley",
        (126, 104),
        draw_luggage_trolley,
        ("empty", "loaded"),
        grips=((-60, -98), (-56, -98)),
        carry="push",
        surface=Surface(19, (6, 30, -20)),
        solid=(104, 30),
        sizes={"loaded": (126, 104)},
    ),
    PropKind(
        "ticket machine",
        (78, 176),
        draw_ticket_machine,
        ("plain", "broken"),
    ),
    PropKind("vending machine", (96, 186), draw_vending_machine, ("full", "empty")),
    PropKind(
        "platform bench",
        (176, 92),
        draw_platform_bench,
        surface=Surface(47, (0, -46, 46)),
        seats=Surface(47, (-48, 48, 0)),
    ),
)
