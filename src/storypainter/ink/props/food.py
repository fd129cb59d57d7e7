"""Props to eat and drink, and what they come in."""

from __future__ import annotations

import itertools

import numpy as np

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, blob, drop, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    IRON,
    PALE_WOOD,
    PINK,
    RED,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
    Look,
    PropKind,
    Surface,
    strip,
)

CRUST = "#d39a55"
SAUSAGE = "#b9583f"
WAFER = "#dfae66"


def draw_picnic_blanket(pen: Pen, look: Look) -> None:
    """A chequered blanket spread on the grass, seen from a little above."""
    cloth = look.tint(RED)
    edge = poly((-86, -17), (82, -20), (98, 13), (-100, 16), corner=3)
    pen.shape(edge, CREAM)
    with pen.clip(edge.buffer(-1.2)):
        for step in range(-5, 6):
            x = step * 19
            pen.fill(
                poly((x - 4, -22), (x + 4, -22), (x * 1.16 + 5, 18), (x * 1.16 - 5, 18)),
                cloth,
                0.62,
            )
        for y, thick in ((-14, 4), (-4, 5), (8, 6)):
            pen.fill(rect(-104, y, 104, y + thick), cloth, 0.62)
    pen.ink([(-100, 16), (98, 13)], 0.8)


def draw_picnic_basket(pen: Pen, look: Look) -> None:
    """A wicker basket: closed by two lids, ``open`` and empty, or ``full`` of food."""
    wicker = look.tint("#c99a5b")
    dark = mix(wicker, "#3d2c22", 0.55)
    if look.state != "closed":
        pen.shape(
            poly((-27, -31), (-36, -58), (24, -62), (27, -31), corner=2),
            mix(wicker, DARK_WOOD, 0.3),
        )
        for x in (-20, -6, 8):
            pen.ink([(x, -34), (x - 4, -56)], 0.5, dark)
        pen.shape(oval(0, -30, 28, 6.5), dark, shade=0)
    if look.state == "full":
        pen.shape(limb([(8, -28), (10, -50)], 4.2, 3), "#6d8f5a", ink_width=0.8)
        pen.shape(limb([(-8, -28), (-5, -42)], 5, 5.5), CRUST, ink_width=0.8)
        pen.shape(oval(18, -32, 6), RED, ink_width=0.7)
    if look.state == "closed":
        pen.ink(arc(0, -26, 20, 30, 185, 355), 1.9, DARK_WOOD)
    body = poly((-28, -30), (28, -30), (24, 0), (-24, 0), corner=3)
    if look.state != "closed":
        body = body.difference(oval(0, -31, 26.5, 5.5))
    pen.shape(body, wicker)
    for row, y in enumerate((-20, -13, -6)):
        for column in range(5):
            x = -20 + column * 8 + (row % 2) * 3
            pen.ink(path((x, y), (x + 3, y + 1.6), (x + 6, y)), 0.5, DARK_WOOD)
    if look.state == "closed":
        pen.shape(rect(-30, -35, -1, -29, 2), mix(wicker, WHITE, 0.2))
        pen.shape(rect(1, -35, 30, -29, 2), mix(wicker, WHITE, 0.2))


def draw_sandwich(pen: Pen, look: Look) -> None:
    """Two slices with ham and lettuce; ``bitten`` lacks a corner."""
    layers = (
        (-7, 0, CRUST),
        (-11, -6, GREEN),
        (-14, -10, PINK),
        (-21, -13, mix(CRUST, CREAM, 0.35)),
    )
    bite = join(oval(15, -19, 6), oval(17, -11, 5.5))
    for top, bottom, hue in layers:
        slab = rect(-17, top, 17, bottom, 2.4)
        if hue == GREEN:
            slab = blob(
                (-18, -9), (-10, -11), (0, -10), (10, -11), (18, -9), (12, -6), (2, -5), (-8, -6)
            )
        pen.shape(slab.difference(bite) if look.state == "bitten" else slab, hue, ink_width=0.8)


def draw_sausages(pen: Pen, look: Look) -> None:
    """A string of sausages that hangs from its first link and trails to the left."""
    meat = look.tint(SAUSAGE)
    spine = path((2, -44), (7, -26), (-2, -10), (-20, -3), (-40, -7), (-60, -1), (-80, -6))
    gaps = np.linspace(0, len(spine) - 1, 7).astype(int)
    pen.ink(spine, 0.9, DARK)
    for first, last in itertools.pairwise(gaps):
        link = spine[first + 1 : last]
        pen.shape(limb(link, 4.0, 5.4, 4.0), meat, ink_width=0.8)
        middle = link[len(link) // 2]
        pen.ink(
            [(middle[0] - 4, middle[1] - 2.4), (middle[0] + 3, middle[1] - 2.6)],
            0.5,
            mix(meat, WHITE, 0.55),
        )


def draw_ice_cream(pen: Pen, look: Look) -> None:
    """A cone with two scoops; ``dropped`` it lies upside down in a melting puddle."""
    scoop = look.tint("#f0a9a4")
    if look.state == "dropped":
        pen.shape(
            blob((-26, -1), (-14, -6), (6, -6), (24, -3), (30, 2), (10, 6), (-14, 5)),
            scoop,
            ink_width=0.8,
        )
        pen.shape(
            blob((-13, -2), (-12, -13), (0, -18), (12, -12), (13, -2), (0, 2)),
            mix(scoop, CREAM, 0.35),
        )
        _cone(pen, [(-10, -13), (11, -14), (5, -46)])
        return
    _cone(pen, [(-9, -26), (9, -26), (0, 0)])
    pen.shape(oval(0, -42, 9, 8.6), CREAM)
    pen.shape(
        blob((-11, -27), (-10, -36), (0, -40), (10, -36), (11, -27), (6, -24), (0, -27), (-6, -24)),
        scoop,
    )
    if look.state == "melting":
        for x, end in ((-8, -13), (2, -17), (8, -8)):
            pen.shape(limb([(x, -27), (x, end)], 1.5, 2.3), scoop, ink_width=0.6, shade=0)
        pen.shape(drop(-3, -1, 2.4), scoop, ink_width=0.5, shade=0)


def _cone(pen: Pen, corners: list[tuple[float, float]]) -> None:
    area = poly(*corners, corner=1)
    pen.shape(area, WAFER)
    (left_x, left_y), (right_x, right_y), (tip_x, tip_y) = corners
    for share in (0.3, 0.6):
        a = (left_x + (right_x - left_x) * share, left_y + (right_y - left_y) * share)
        pen.ink(
            [a, (tip_x + (right_x - tip_x) * 0.35, tip_y + (right_y - tip_y) * 0.35)],
            0.4,
            DARK_WOOD,
        )
        pen.ink(
            [a, (tip_x + (left_x - tip_x) * 0.35, tip_y + (left_y - tip_y) * 0.35)], 0.4, DARK_WOOD
        )


def draw_ice_cream_cart(pen: Pen, look: Look) -> None:
    """A push cart with a striped roof and the word on its front."""
    body = look.tint("#8fc1c2")
    strip(pen, rect(-52, -168, -47, -80), rect(47, -168, 52, -80), fill=WHITE)
    for index in range(8):
        left = -64 + index * 16
        stripe = poly((left + 4, -190), (left + 20, -190), (left + 16, -160), (left, -160))
        if index == 7:
            stripe = poly((left + 4, -190), (left + 12, -190), (left + 16, -160), (left, -160))
        pen.shape(stripe, RED if index % 2 == 0 else WHITE, ink_width=0.7, shade=0)
        pen.shape(arc_scallop(left, -160), RED if index % 2 == 0 else WHITE, ink_width=0.7, shade=0)
    for x, hue in ((-30, PINK), (-12, CREAM), (6, "#c9dba9")):
        pen.shape(oval(x, -86, 9, 10), hue, ink_width=0.8)
    pen.shape(rect(-60, -84, 60, -22, 5), body)
    pen.shape(rect(-64, -88, 64, -79, 3), WHITE)
    pen.shape(rect(-44, -70, 44, -42, 4), CREAM, ink_width=0.7)
    write(pen, look.text or "ICE CREAM", (0, -56), 78, 17, RED, CREAM)
    pen.ink([(60, -72), (84, -80), (92, -78)], 1.8, IRON)
    for x in (-34, 34):
        _wheel(pen, x, -20, 20)


def arc_scallop(left: float, top: float) -> object:
    """One scallop of an awning, 16 cm wide."""
    return blob(
        (left, top),
        (left + 16, top),
        (left + 14, top + 7),
        (left + 8, top + 10),
        (left + 2, top + 7),
    )


def _wheel(pen: Pen, x: float, y: float, radius: float) -> None:
    pen.shape(oval(x, y, radius), DARK, shade=0)
    pen.shape(oval(x, y, radius * 0.74), STEEL, ink_width=0.6)
    for turn in range(4):
        angle = turn * np.pi / 4
        dx, dy = radius * 0.7 * np.cos(angle), radius * 0.7 * np.sin(angle)
        pen.ink([(x - dx, y - dy), (x + dx, y + dy)], 0.6)
    pen.shape(oval(x, y, radius * 0.2), RED, ink_width=0.6)


def draw_cake(pen: Pen, look: Look) -> None:
    """A birthday cake on a stand; its candles burn unless the state says otherwise.

    ``cut``, a slice is gone: its layers show in the gap.
    """
    icing = look.tint(PINK)
    pen.shape(oval(0, -3, 32, 4.5), WHITE)
    pen.shape(rect(-26, -27, 26, -4, 3), "#e7c38f")
    pen.shape(rect(-26, -16, 26, -12), WHITE, ink_width=0.5, shade=0)
    drip = blob(
        (-27, -30), (-14, -33), (0, -33.5), (14, -33), (27, -30), (27, -20), (21, -17), (16, -23),
        (9, -17), (2, -23), (-5, -16), (-12, -23), (-19, -17), (-25, -20),
    )  # fmt: skip
    pen.shape(drip, icing)
    if look.state == "cut":
        _gap(pen, icing)
        _candles(pen, (-18, -9, 22), "")
        return
    _candles(pen, (-18, -9, 0, 9, 18), "lit" if look.state == "plain" else look.state)


def _gap(pen: Pen, icing: str) -> None:
    """Where a slice was taken out: two cut faces that meet in the middle of the cake."""
    crumb = mix("#e7c38f", CREAM, 0.3)
    for near, face in ((-6.0, mix(crumb, DARK, 0.12)), (19.0, crumb)):
        pen.shape(poly((4, -31), (near, -28), (near, -1), (4, -8)), face, ink_width=0.8, shade=0)
        pen.shape(poly((4, -20), (near, -16), (near, -12), (4, -17)), WHITE, ink_width=0.4, shade=0)
        pen.shape(
            poly((4, -33), (near, -31), (near, -25), (4, -28.4)), icing, ink_width=0.5, shade=0
        )
    pen.shape(poly((4, -8), (-6, -1), (6.5, 1.4), (19, -1)), WHITE, ink_width=0.6, shade=0)


def _candles(pen: Pen, places: tuple[float, ...], state: str) -> None:
    for index, x in enumerate(places):
        pen.shape(
            rect(x - 1.6, -47, x + 1.6, -31, 0.6),
            (YELLOW, "#8fbcc9", WHITE)[index % 3],
            ink_width=0.6,
        )
        if state == "lit":
            pen.fill(oval(x, -52, 6), YELLOW, 0.3)
            pen.shape(drop(x, -51, 4.6), "#f2b33d", ink_width=0.5, shade=0)
        elif state == "blown out":
            pen.ink(path((x, -49), (x + 2, -54), (x - 1, -59)), 0.4, "#8c8890")


def draw_bread(pen: Pen, look: Look) -> None:
    """A loaf with cuts; ``crumbs`` are scattered bits for birds."""
    crust = look.tint(CRUST)
    if look.state == "crumbs":
        for index in range(13):
            x, y = (index * 31) % 57 - 28, (index * 29) % 13 - 9
            pen.shape(oval(x, y, 2.4, 1.8), CREAM, ink_width=0.5, shade=0)
        return
    pen.shape(
        blob((-22, -2), (-24, -13), (-10, -20), (10, -20), (24, -13), (22, -2), (0, 0)), crust
    )
    for x in (-10, 0, 10):
        pen.ink([(x - 3, -15), (x + 3, -9)], 0.7, DARK_WOOD)


def draw_coffee_cup(pen: Pen, look: Look) -> None:
    """A paper cup with a lid; ``spilled`` it lies in its coffee."""
    paper = look.tint(WHITE)
    if look.state == "spilled":
        pen.shape(
            blob((0, -2), (14, -4), (32, -2), (36, 3), (12, 5), (-2, 2)), "#8d6040", ink_width=0.7
        )
        pen.shape(poly((-18, -12), (2, -13), (2, 0), (-18, -2), corner=1), paper)
        return
    pen.shape(poly((-8, -22), (8, -22), (6, 0), (-6, 0), corner=1), paper)
    pen.shape(poly((-7.4, -16), (7.4, -16), (6.6, -7), (-6.6, -7)), WOOD, ink_width=0.6, shade=0)
    pen.shape(rect(-9, -25.5, 9, -21.5, 1.2), DARK, ink_width=0.7, shade=0)
    if look.state == "steaming":
        for x in (-3, 3):
            pen.ink(path((x, -28), (x + 2, -32), (x - 1, -37)), 0.5, "#8c8890")


def draw_sausage_plate(pen: Pen, look: Look) -> None:
    """A plate, empty or with sandwiches."""
    pen.shape(oval(0, -2.5, 20, 4), look.tint(WHITE))
    if look.state != "empty":
        pen.shape(poly((-13, -3), (0, -14), (10, -3), corner=1), CREAM, ink_width=0.7)
        pen.shape(poly((-3, -3), (9, -12), (16, -3), corner=1), PALE_WOOD, ink_width=0.7)


KINDS = (
    PropKind(
        "picnic blanket",
        (200, 36),
        draw_picnic_blanket,
        flat=True,
        surface=Surface(0, (-40, 44, 6)),
        weight=1.0,
    ),
    PropKind(
        "picnic basket",
        (60, 58),
        draw_picnic_basket,
        ("closed", "open", "full"),
        grips=((0, -55),),
        carry="low",
        scale=0.9,
        sizes={"open": (64, 58), "full": (64, 58)},
        shifts={"open": 4.0, "full": 4.0},
    ),
    PropKind(
        "sandwich",
        (36, 22),
        draw_sandwich,
        ("plain", "bitten"),
        grips=((-4, -8), (12, -8)),
        carry="front",
        scale=0.58,
        weight=0.7,
    ),
    PropKind(
        "sausages",
        (96, 46),
        draw_sausages,
        grips=((2, -42),),
        carry="front",
        weight=0.8,
        scale=0.78,
        shifts={"plain": 35.0},
    ),
    PropKind(
        "ice cream cone",
        (24, 52),
        draw_ice_cream,
        ("whole", "melting", "dropped"),
        grips=((0, -12),),
        carry="raised",
        sizes={"dropped": (56, 48)},
        scale=0.54,
        flattens=("whole", "melting"),
    ),
    PropKind(
        "ice cream cart",
        (158, 192),
        draw_ice_cream_cart,
        grips=((90, -78), (84, -79)),
        carry="push",
        surface=Surface(88, (0, -40)),
        weight=1.0,
    ),
    PropKind(
        "birthday cake",
        (64, 58),
        draw_cake,
        ("lit", "unlit", "blown out", "cut"),
        grips=((-24, -6), (24, -6)),
        carry="two",
        scale=0.66,
    ),
    PropKind(
        "bread",
        (48, 21),
        draw_bread,
        ("plain", "crumbs"),
        grips=((-6, -8),),
        carry="front",
        scale=0.66,
        sizes={"crumbs": (61, 21)},
        shifts={"crumbs": 0.0},
    ),
    PropKind(
        "coffee cup",
        (18, 26),
        draw_coffee_cup,
        ("plain", "steaming", "spilled"),
        grips=((0, -11),),
        carry="front",
        sizes={"spilled": (54, 16)},
        scale=0.66,
        weight=0.66,
        shifts={"spilled": -10.0},
    ),
    PropKind(
        "plate",
        (40, 15),
        draw_sausage_plate,
        ("plain", "empty"),
        grips=((-12, -3),),
        carry="front",
        scale=0.8,
    ),
)
