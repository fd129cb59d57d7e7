"""What is bought, and what it is paid with: tins, packets, sweets, cakes, coins, notes, wallets."""

from __future__ import annotations

from shapely import affinity

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, blob, join, oval, path, poly, rect
from storypainter.ink.drawing.geometry import star
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion, spill
from storypainter.ink.props.inscription import inscribe
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    GREEN,
    PINK,
    PURPLE,
    RED,
    STEEL,
    WHITE,
    YELLOW,
    Look,
    PropKind,
)

_GOLD = "#e0b04a"
_NOTE = "#a3bf93"
_LEATHER = "#8a5a3b"
_CAKE = "#d8a464"


def draw_tin(pen: Pen, look: Look) -> None:
    """A tin: shut, opened with its lid up, or lying on its side with soup run out."""
    hue = look.tint(RED)
    if look.state == "spilled":
        spill(pen, 20, 0, 30, "#d9784f")
        pen.shape(rect(-17, -21, 12, 0, 3), STEEL)
        pen.shape(rect(-11, -21, 6, 0), hue, ink_width=0.6)
        pen.shape(oval(12, -10.5, 4.6, 10.5), DARK, ink_width=0.8, shade=0)
        pen.shape(oval(12.6, -4.6, 3.4, 4.4), "#d9784f", ink_width=0.5, shade=0)
        return
    pen.shape(rect(-11, -27, 11, 0, 2.4), STEEL)
    pen.shape(rect(-11, -23, 11, -4), hue, ink_width=0.6)
    if look.text:
        inscribe(pen, look.text, (0, -13.5), 20, 9, WHITE, hue)
    else:
        pen.fill(oval(0, -13.5, 6.4), CREAM)
        pen.fill(join(oval(-1.2, -12.8, 3.2), oval(1.4, -12.8, 3.2)), "#d9784f")
        pen.ink([(0, -15), (1.6, -18)], 0.6, GREEN)
    top = oval(0, -26.6, 10.8, 2.8)
    if look.state == "open":
        pen.shape(oval(10, -36, 3.4, 10, 24), mix(STEEL, WHITE, 0.3), ink_width=0.7)
        pen.shape(top, mix("#d9784f", DARK, 0.25), ink_width=0.7, shade=0)
        return
    pen.shape(top, mix(STEEL, WHITE, 0.5), ink_width=0.7, shade=0)
    pen.ink(arc(0, -26.6, 6, 1.4, 0, 360), 0.4)


def draw_packet(pen: Pen, look: Look) -> None:
    """A packet of something crunchy: shut, open, or burst with its pieces on the floor."""
    hue = look.tint(YELLOW)
    if look.state == "burst":
        for x, y in ((-30, -1), (-20, 3), (22, 2), (31, -2), (38, 3), (-38, 2), (16, -3)):
            _crisp(pen, x, y - 3)
    bag = poly((-15, 0), (-13, -20), (-15, -38), (15, -38), (13, -20), (15, 0), corner=1.5)
    top = rect(-15.5, -40, 15.5, -36)
    pen.shape(bag, hue)
    for x in range(-14, 15, 4):
        pen.ink([(x, -3), (x, -0.5)], 0.35)
    if look.state == "plain":
        pen.shape(top, mix(hue, WHITE, 0.35), ink_width=0.6, shade=0)
        for x in range(-14, 15, 4):
            pen.ink([(x, -39.4), (x, -36.6)], 0.35)
    else:
        torn = poly((-15, -35), (-12, -42), (-7, -36), (-2, -43), (4, -36), (9, -42), (15, -35), (9, -31), (-9, -31))  # fmt: skip
        pen.shape(torn, mix(hue, DARK, 0.4), ink_width=0.7, shade=0)
        for x, y in ((-6, -39), (2, -41), (8, -38)):
            _crisp(pen, x, y)
    if look.text:
        inscribe(pen, look.text, (0, -21), 24, 13, DARK, hue)
        return
    pen.shape(oval(0, -20, 9.4), CREAM, ink_width=0.5, shade=0)
    _crisp(pen, 0, -20)


def _crisp(pen: Pen, x: float, y: float) -> None:
    form = blob((x - 5, y), (x - 2, y - 3.6), (x + 4, y - 3), (x + 5.4, y + 1), (x + 1, y + 3), (x - 3, y + 2.6))  # fmt: skip
    pen.shape(form, "#e7b95d", ink_width=0.5, shade=0.5)
    pen.ink([(x - 2, y - 1), (x + 2, y + 0.6)], 0.35, "#b07d35")


def draw_sweets(pen: Pen, look: Look) -> None:
    """A striped paper bag of sweets; or spilled over the floor."""
    hue = look.tint(PINK)
    colours = (RED, YELLOW, GREEN, BLUE, PURPLE)
    if look.state == "spilled":
        bag = poly((-44, 0), (-46, -22), (-18, -27), (-12, -14), (-16, 1), corner=1)
        pen.shape(bag, WHITE)
        for y in (-18, -11, -4):
            pen.ink([(-44, y), (-16, y - 2)], 1.6, hue)
        for index, x in enumerate((-8, 4, 14, 26, 36, 46, 10, 24)):
            _sweet(pen, x, -4 - (index % 3) * 3 + (4 if index > 5 else 0), colours[index % 5], 30 * index)  # fmt: skip
        return
    for index, (x, y) in enumerate(((-8, -31), (0, -34), (8, -31), (-3, -39))):
        _sweet(pen, x, y, colours[index], 40 * index - 20)
    bag = poly((-12, 0), (-14, -29), (-9, -32), (-4, -28), (1, -32), (6, -28), (10, -32), (14, -29), (12, 0))  # fmt: skip
    pen.shape(bag, WHITE)
    for x in (-8, 0, 8):
        pen.fill(poly((x - 2, 0), (x + 2, 0), (x * 1.12 + 2.4, -28), (x * 1.12 - 2.4, -28)), hue)
    pen.ink([(-12, 0), (12, 0)], 0.7)


def _sweet(pen: Pen, x: float, y: float, hue: str, turn: float) -> None:
    for side in (0, 180):
        end = poly((x, y), (x + 8, y - 3.6), (x + 8, y + 3.6))
        from_centre = _turned(end, x, y, turn + side)
        pen.shape(from_centre, mix(hue, WHITE, 0.35), ink_width=0.45, shade=0)
    pen.shape(oval(x, y, 4.4, 3.8), hue, ink_width=0.6)


def _turned(area: Form, x: float, y: float, degrees: float) -> Form:
    turned: Form = affinity.rotate(area, degrees, origin=(x, y))
    return turned


def draw_cupcake(pen: Pen, look: Look) -> None:
    """A cupcake with a swirl and a cherry; bitten, or fallen on its face."""
    hue = look.tint(PINK)
    if look.state == "dropped":
        pen.shape(blob((-16, 0), (-14, -6), (0, -8), (14, -6), (17, 0), (8, 3), (-8, 3)), hue, ink_width=0.8)  # fmt: skip
        pen.shape(poly((-10, -6), (10, -6), (8, -22), (-8, -22), corner=1), "#9cb7c0")
        pen.shape(oval(24, -2, 3.4), RED, ink_width=0.6)
        return
    pen.shape(poly((-8, 0), (8, 0), (11, -14), (-11, -14), corner=1), "#9cb7c0")
    for x in (-5, 0, 5):
        pen.ink([(x, -1), (x * 1.3, -13)], 0.5, "#6c8791")
    swirl = join(oval(0, -16, 13, 5.4), oval(0, -21.5, 9.6, 5), oval(0, -27, 5.4, 4.6))
    if look.state == "bitten":
        swirl = swirl.difference(join(oval(11, -22, 6), oval(8, -29, 5), oval(14, -16, 3.4)))
    pen.shape(swirl, hue)
    pen.ink(path((-10, -18), (0, -15.5), (9, -18)), 0.5, mix(hue, DARK, 0.4))
    pen.ink(path((-7, -24), (0, -22), (5, -24)), 0.5, mix(hue, DARK, 0.4))
    for x, y in ((-7, -15), (-2, -19), (3, -15), (-4, -25)):
        pen.fill(oval(x, y, 1.0), WHITE)
    if look.state == "plain":
        pen.shape(oval(0, -33, 3.8), RED, ink_width=0.6)
        pen.ink(path((0, -36), (2, -40), (5, -41)), 0.6)


def draw_coin(pen: Pen, look: Look) -> None:
    """Coins, larger than life: one, a stack, or many scattered about."""
    if look.state == "scattered":
        for x, y in ((-34, 0), (-20, 4), (-8, -1), (6, 4), (18, 0), (31, 4), (42, -1)):
            _coin(pen, x, y - 3, 5.6, 3.0)
        _coin(pen, -2, -12, 5.6, 5.6)
        motion(pen, [(5, -18), (9, -15), (11, -10)])
        return
    if look.state == "stack":
        for level in range(6):
            _coin(pen, 0.8 if level % 2 else -0.6, -3.4 - level * 3.0, 9, 3.2)
        return
    _coin(pen, 0, -10, 9.4, 9.4)
    pen.fill(star(0, -10, 5.4), mix(_GOLD, DARK, 0.35))


def _coin(pen: Pen, x: float, y: float, rx: float, ry: float) -> None:
    pen.shape(oval(x, y, rx, ry), _GOLD, ink_width=0.7)
    pen.ink(arc(x, y, rx * 0.72, ry * 0.72, 0, 360), 0.4, mix(_GOLD, DARK, 0.45))


def draw_money(pen: Pen, look: Look) -> None:
    """Banknotes: a fan of three, a bundle, or many scattered about."""
    hue = look.tint(_NOTE)
    if look.state == "bundle":
        for level in range(5):
            pen.shape(rect(-19, -5 - level * 3.4, 19, -1.2 - level * 3.4, 0.6), mix(hue, WHITE, 0.12 * (level % 2)), ink_width=0.5)  # fmt: skip
        pen.shape(rect(-4.5, -20, 4.5, 0), CREAM, ink_width=0.6, shade=0)
        return
    if look.state == "scattered":
        for x, y, turn in ((-36, -2, -14), (-10, 3, 10), (22, -1, -8), (46, 3, 18), (4, -8, 30)):
            _note(pen, x, y - 6, turn, hue, 15, 7)
        return
    for turn in (-30, 0, 30):
        note = _turned(rect(-9, -40, 9, -4, 0.8), 0, -2, turn)
        pen.shape(note, mix(hue, WHITE, 0.1 if turn else 0.0), ink_width=0.8)
        centre = _turned(oval(0, -25, 5.2), 0, -2, turn)
        pen.shape(centre, mix(hue, WHITE, 0.6), ink_width=0.4, shade=0)
        edge = _turned(rect(-6.6, -37.6, 6.6, -6.4), 0, -2, turn)
        pen.ink(list(edge.exterior.coords), 0.35, mix(hue, DARK, 0.45))


def _note(pen: Pen, x: float, y: float, turn: float, hue: str, half: float, high: float) -> None:
    pen.shape(_turned(rect(x - half, y - high, x + half, y + high, 0.6), x, y, turn), hue, ink_width=0.7)  # fmt: skip
    inner = _turned(rect(x - half + 2, y - high + 2, x + half - 2, y + high - 2), x, y, turn)
    pen.ink(list(inner.exterior.coords), 0.35, mix(hue, DARK, 0.45))
    pen.shape(oval(x, y, high * 0.5), mix(hue, WHITE, 0.6), ink_width=0.4, shade=0)


def draw_wallet(pen: Pen, look: Look) -> None:
    """A leather wallet: shut, open with notes, or open and empty."""
    hue = look.tint(_LEATHER)
    if look.state == "closed":
        pen.shape(rect(-17, -24, 17, 0, 3), hue)
        pen.ink([(-14, -21), (14, -21), (14, -3), (-14, -3)], 0.4, mix(hue, WHITE, 0.4), closed=True)  # fmt: skip
        pen.shape(rect(9, -15, 19, -9, 2), mix(hue, DARK, 0.25), ink_width=0.6)
        pen.shape(oval(13, -12, 1.8), _GOLD, ink_width=0.4, shade=0)
        return
    if look.state == "open":
        for x, hue_of in ((-8, _NOTE), (3, mix(_NOTE, WHITE, 0.2))):
            pen.shape(rect(x - 12, -36, x + 14, -8, 0.8), hue_of, ink_width=0.7)
            pen.shape(oval(x + 1, -30, 3.2), mix(_NOTE, WHITE, 0.6), ink_width=0.4, shade=0)
    pen.shape(poly((-25, -24), (-1, -21), (-1, 0), (-24, -2), corner=1.5), hue)
    pen.shape(poly((25, -24), (1, -21), (1, 0), (24, -2), corner=1.5), mix(hue, WHITE, 0.08))
    if look.state == "open":
        for y, card in ((-18, BLUE), (-13, YELLOW)):
            pen.shape(rect(6, y, 20, y + 5, 0.8), card, ink_width=0.45, shade=0)
    pen.shape(rect(5, -10, 21, -4, 0.8), mix(hue, DARK, 0.2), ink_width=0.45, shade=0)
    pen.ink([(-21, -20), (-4, -18), (-4, -4), (-21, -6)], 0.4, mix(hue, WHITE, 0.4), closed=True)
    if look.state == "empty":
        fly = path((8, -26), (14, -34), (6, -40), (12, -46))
        pen.ink(fly, 0.5, "#8f8b94")
        for side in (-1, 1):
            pen.shape(oval(12 + side * 3.4, -49, 3.4, 2.6, side * 30), "#bdb6ae", ink_width=0.5)


def draw_receipt(pen: Pen, look: Look) -> None:
    """A till receipt with its sum; a long one curls on the floor; or torn in two."""
    if look.state == "torn":
        pen.shape(poly((-15, -36), (-2, -38), (-4, -30), (-1, -22), (-5, -14), (-3, -2), (-17, 0)), WHITE)  # fmt: skip
        pen.shape(poly((5, -38), (18, -34), (16, 2), (3, 0), (1, -12), (5, -20), (2, -30)), WHITE)
        for y in (-29, -22, -15):
            pen.ink([(-13, y), (-6, y - 0.6)], 0.5, "#6d6472")
            pen.ink([(6, y), (14, y + 1)], 0.5, "#6d6472")
        return
    teeth = [(-11 + 22 * k / 8, 0 if k % 2 else -2.4) for k in range(9)]
    if look.state == "long":
        pen.shape(oval(8, -3, 12, 8), mix(WHITE, DARK, 0.1), ink_width=0.7)
        pen.ink(arc(9, -3, 6, 4, 150, 430), 0.5)
    top = -78 if look.state == "long" else -40
    pen.shape(poly((-11, top), (11, top), *reversed(teeth)), WHITE)
    for y in range(top + 6, -13, 5):
        pen.ink([(-8, y), (1, y)], 0.45, "#8b8591")
        pen.ink([(4, y), (8, y)], 0.45, "#8b8591")
    inscribe(pen, look.text or "9.99", (0, -7), 18, 6.4)


def draw_card(pen: Pen, look: Look) -> None:
    """A greeting card with a heart on its front, shut or open; or torn in two."""
    hue = look.tint("#dcb6bd")
    if look.state == "torn":
        for side in (-1, 1):
            edge = [
                (side * 3, -42),
                (side * 6, -32),
                (side * 2, -22),
                (side * 6, -10),
                (side * 3, 0),
            ]
            pen.shape(poly((side * 20, -40), *edge, (side * 22, -2)), hue)
            half = join(
                oval(side * 9, -25, 4.4), poly((side * 5, -24), (side * 13.2, -23), (side * 5, -13))
            )
            pen.fill(half, RED)
        return
    if look.state == "open":
        pen.shape(poly((-26, -2), (-26, -40), (0, -36), (0, 0), corner=0.6), CREAM)
        pen.shape(poly((26, -2), (26, -40), (0, -36), (0, 0), corner=0.6), WHITE)
        pen.ink([(-22, -6), (-4, -4.4), (-4, -32), (-22, -35)], 0.4, hue, closed=True)
        if look.text:
            inscribe(pen, look.text, (13, -19), 20, 26)
            return
        for y in (-28, -22, -16):
            pen.ink([(5, y + 1), (21, y - 1)], 0.6, "#6d6472")
        _heart(pen, 17, -9, 3.4)
        return
    pen.shape(poly((14, -2), (19, -6), (19, -42), (14, -42)), mix(hue, DARK, 0.25), ink_width=0.6)
    pen.shape(rect(-15, -42, 15, 0, 0.8), hue)
    pen.ink([(-12, -39), (12, -39), (12, -3), (-12, -3)], 0.4, WHITE, closed=True)
    if look.text:
        inscribe(pen, look.text, (0, -21), 24, 30, DARK, hue)
    else:
        _heart(pen, 0, -20, 8)


def _heart(pen: Pen, x: float, y: float, size: float) -> None:
    heart = join(
        oval(x - size * 0.45, y - size * 0.3, size * 0.56),
        oval(x + size * 0.45, y - size * 0.3, size * 0.56),
        poly((x - size * 0.97, y - size * 0.06), (x + size * 0.97, y - size * 0.06), (x, y + size)),
    )
    pen.shape(heart, RED, ink_width=0.6)


def draw_doughnut(pen: Pen, look: Look) -> None:
    """A ring doughnut with icing and sprinkles, whole or bitten."""
    hue = look.tint(PINK)
    ring = oval(0, -15, 16, 14).difference(oval(0, -15, 5, 4))
    icing = blob(
        (-14, -15), (-11, -24), (0, -28), (11, -24), (14, -15), (10, -7), (5, -9), (0, -5), (-6, -9), (-11, -7),
    ).difference(oval(0, -15, 5.8, 4.8))  # fmt: skip
    if look.state == "bitten":
        bite = join(oval(12, -26, 6), oval(17, -19, 5), oval(7, -31, 4))
        ring, icing = ring.difference(bite), icing.difference(bite)
    pen.shape(ring, _CAKE)
    pen.shape(icing, hue, ink_width=0.6, shade=0.5)
    for x, y, tone in ((-9, -18, YELLOW), (-5, -24, BLUE), (-7, -10, WHITE), (8, -10, YELLOW), (3, -24, WHITE), (9, -16, BLUE)):  # fmt: skip
        if icing.covers(oval(x, y, 1)):
            pen.ink([(x - 1.4, y - 0.8), (x + 1.4, y + 0.8)], 1.1, tone)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "tin",
        (24, 30),
        draw_tin,
        ("closed", "open", "spilled"),
        grips=((-6, -11),),
        carry="front",
        sizes={"open": (28, 46), "spilled": (68, 26)},
        scale=0.56,
        weight=0.64,
        shifts={"spilled": -17.0},
    ),
    PropKind(
        "packet",
        (31, 40),
        draw_packet,
        ("plain", "open", "burst"),
        grips=((-6, -14),),
        carry="front",
        sizes={"open": (31, 46), "burst": (86, 46)},
        scale=0.72,
    ),
    PropKind(
        "sweets",
        (28, 44),
        draw_sweets,
        ("plain", "spilled"),
        grips=((-6, -9),),
        carry="front",
        sizes={"spilled": (104, 30)},
        scale=0.54,
        weight=0.68,
    ),
    PropKind(
        "cupcake",
        (27, 42),
        draw_cupcake,
        ("plain", "bitten", "dropped"),
        grips=((0, -6),),
        carry="front",
        sizes={"bitten": (27, 32), "dropped": (44, 24)},
        scale=0.41,
        weight=0.66,
    ),
    PropKind(
        "doughnut",
        (33, 30),
        draw_doughnut,
        ("plain", "bitten"),
        grips=((-9, -7),),
        carry="front",
        scale=0.5,
        weight=0.66,
    ),
    PropKind(
        "coin",
        (20, 20),
        draw_coin,
        ("plain", "stack", "scattered"),
        grips=((0, -12),),
        carry="front",
        sizes={"stack": (20, 22), "scattered": (96, 18)},
        scale=0.55,
        weight=0.6,
        flattens=("plain",),
        thick=2.0,
    ),
    PropKind(
        "money",
        (52, 43),
        draw_money,
        ("plain", "bundle", "scattered"),
        grips=((0, -5),),
        carry="front",
        sizes={"bundle": (39, 20), "scattered": (124, 28)},
        scale=0.54,
        weight=0.62,
        flattens=("plain",),
    ),
    PropKind(
        "wallet",
        (37, 25),
        draw_wallet,
        ("closed", "open", "empty"),
        grips=((-12, -6),),
        carry="front",
        sizes={"open": (51, 37), "empty": (51, 52)},
        scale=0.54,
        weight=0.66,
        flattens=("closed",),
        thick=2.5,
    ),
    PropKind(
        "receipt",
        (23, 41),
        draw_receipt,
        ("plain", "long", "torn"),
        grips=((0, -34),),
        carry="front",
        sizes={"long": (36, 84), "torn": (38, 42)},
        scale=0.62,
        weight=0.64,
        flattens=("plain", "torn"),
    ),
    PropKind(
        "card",
        (35, 43),
        draw_card,
        ("closed", "open", "torn"),
        grips=((-8, -5),),
        carry="front",
        sizes={"open": (53, 42), "torn": (46, 43)},
        scale=0.58,
        weight=0.68,
        flattens=("closed", "open", "torn"),
        thick=1.0,
        props_up=True,
    ),
)
