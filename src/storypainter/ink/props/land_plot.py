"""What grows, and what gardeners work with: beds, pots, barrows, tools, pumpkins, a nest."""

from __future__ import annotations

import math

from shapely import affinity

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    DARK,
    DARK_WOOD,
    IRON,
    PALE_WOOD,
    PINK,
    RED,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
    Approach,
    Look,
    PropKind,
    Surface,
)

TERRACOTTA = "#c47a54"
SOIL = "#8a6a4f"
LEAF = "#7d9a5b"
DEEP_LEAF = "#5f8052"
ORANGE = "#e0913f"
_AXLE: Point = (52.0, -15.0)  # of a wheelbarrow, in cm


def _leaf(pen: Pen, x: float, y: float, length: float, degrees: float, hue: str) -> None:
    """A pointed leaf from (x, y); 0 degrees is up, clockwise."""
    turn = math.radians(degrees)
    ahead = (math.sin(turn), -math.cos(turn))
    side = (ahead[1], -ahead[0])

    def at(a: float, b: float) -> Point:
        return x + length * (a * ahead[0] + b * side[0]), y + length * (a * ahead[1] + b * side[1])

    pen.shape(
        blob(at(0, 0), at(0.35, 0.2), at(1, 0), at(0.35, -0.2)), hue, ink_width=0.6, shade=0.3
    )


def draw_vegetable_bed(pen: Pen, look: Look) -> None:
    """A bed edged with boards: cabbages, carrots and leeks in rows; ``eaten`` or ``dug`` up."""
    snow = look.ground.weather == "snow"
    soil = mix(SOIL, WHITE, 0.75) if snow else SOIL
    pen.shape(poly((-92, -30), (92, -30), (108, 12), (-108, 12), corner=2), look.tint(WOOD))
    pen.shape(
        poly((-87, -27), (87, -27), (99, 6), (-99, 6), corner=1), soil, ink_width=0.7, shade=0
    )
    for y, half in ((-18, 86), (-6, 91)):
        pen.ink(path((-half, y), (0, y + 1), (half, y)), 0.5, mix(soil, DARK, 0.4))
    if look.state == "dug":
        for x, y in ((-58, -8), (-8, 0), (44, -12)):
            pen.shape(oval(x, y, 17, 5), mix(soil, DARK, 0.45), ink_width=0.6, shade=0)
            pen.shape(blob((x + 12, y + 2), (x + 22, y - 12), (x + 36, y + 3)), soil, ink_width=0.7)
        return
    for index, x in enumerate((-70, -42, -14, 14, 42, 70)):
        pen.ink([(x, -20), (x * 1.02, -32)], 0.9, LEAF)
        for turn in (-26, 0, 26):
            _leaf(pen, x, -20, 20 if look.state != "eaten" else 8, turn + index * 3, LEAF)
    for index, x in enumerate((-82, -50, -18, 16, 50, 84)):
        _cabbage(pen, x, 2, index, eaten=look.state == "eaten" and index in (1, 2, 4))


def _cabbage(pen: Pen, x: float, y: float, index: int, *, eaten: bool) -> None:
    hue = ("#a9c178", "#8fae6b")[index % 2]
    if eaten:
        pen.shape(limb([(x, y), (x, y - 8)], 2.4, 2), "#cfd8a8", ink_width=0.7)
        _leaf(pen, x, y - 1, 11, -70, hue)
        _leaf(pen, x, y - 1, 9, 66, hue)
        return
    for side in (-1, 1):
        pen.shape(blob((x, y), (x + side * 15, y - 2), (x + side * 16, y - 12), (x + side * 5, y - 12)), mix(hue, DEEP_LEAF, 0.4), ink_width=0.7)  # fmt: skip
    pen.shape(oval(x, y - 9, 11, 9.5), hue, ink_width=0.8)
    pen.ink(path((x, y - 1), (x - 1, y - 8), (x + 1, y - 16)), 0.5)
    pen.ink(path((x, y - 6), (x + 5, y - 11)), 0.45)
    pen.ink(path((x, y - 9), (x - 5, y - 14)), 0.45)


def draw_flower_pot(pen: Pen, look: Look) -> None:
    """A terracotta pot with a geranium; empty, fallen over or broken."""
    clay = look.tint(TERRACOTTA)
    if look.state == "broken":
        pen.shape(blob((-30, 2), (-22, -10), (0, -15), (22, -9), (32, 3), (0, 7)), SOIL)
        pen.shape(poly((-38, 3), (-34, -14), (-18, -18), (-14, -2), corner=1), clay)
        pen.shape(poly((14, 3), (20, -12), (36, -8), (38, 5), corner=1), clay)
        pen.shape(poly((-6, 8), (2, -1), (10, 7), corner=1), clay, ink_width=0.8)
        _geranium(pen, (4, -10), 62)
        return
    if look.state == "fallen":
        pen.shape(blob((14, 3), (16, -8), (32, -9), (48, 3), (30, 6)), SOIL)
        _geranium(pen, (22, -13), 84)
        pen.shape(poly((-28, -24), (10, -29), (10, 1), (-28, -4), corner=2), clay)
        pen.shape(rect(8, -31, 17, 3, 2), mix(clay, WHITE, 0.12))
        return
    if look.state != "empty":
        _geranium(pen, (0, -27), 0)
    pen.shape(poly((-15, -26), (15, -26), (10.5, 0), (-10.5, 0), corner=1.5), clay)
    pen.shape(rect(-17.5, -32, 17.5, -24, 2), mix(clay, WHITE, 0.12))


def _geranium(pen: Pen, foot: Point, degrees: float) -> None:
    turn = math.radians(degrees)
    cos, sin = math.cos(turn), math.sin(turn)

    def at(x: float, y: float) -> Point:
        return foot[0] + x * cos - y * sin, foot[1] + x * sin + y * cos

    for x, y in ((-9, -26), (2, -34), (11, -22)):
        pen.ink([at(x * 0.3, 0), at(x, y)], 1.0, DEEP_LEAF)
    for x, y, r in ((-14, -8, 8), (13, -7, 8), (-4, -12, 8.5), (7, -15, 7.5)):
        pen.shape(oval(*at(x, y), r, r * 0.86), LEAF, ink_width=0.7, shade=0.5)
    for x, y, hue in ((-10, -27, RED), (12, -24, PINK), (1, -35, RED)):
        petals = join(*(oval(*at(x + 5 * math.cos(k), y + 4.4 * math.sin(k)), 4.4) for k in (0, 1.3, 2.5, 3.8, 5.0)))  # fmt: skip
        pen.shape(petals, hue, ink_width=0.7, shade=0.5)
        pen.fill(oval(*at(x, y), 2.2), mix(hue, WHITE, 0.45))


def draw_sunflower(pen: Pen, look: Look) -> None:
    """A tall sunflower; ``wilted`` its head hangs."""
    if look.state == "wilted":
        stem = path((0, 0), (2, -70), (4, -128), (22, -146), (32, -128))
        head, hue = (34.0, -118.0), "#c9a04a"
    else:
        stem = path((0, 0), (3, -60), (-1, -118), (2, -150))
        head, hue = (2.0, -156.0), look.tint(YELLOW)
    pen.shape(limb(stem, 2.8, 2.4, 2.2), DEEP_LEAF)
    for y, bend, size in ((-38, 58, 32), (-62, -62, 36), (-92, 54, 30), (-114, -50, 24)):
        droop = 50 if look.state == "wilted" else 0
        _leaf(pen, 1.5, y, size, bend + math.copysign(droop, bend), LEAF)
    petals: list[Form] = []
    for index in range(14):
        turn = 2 * math.pi * index / 14
        spot = (head[0] + 19 * math.cos(turn), head[1] + 19 * math.sin(turn))
        petals.append(oval(*spot, 9, 4.4, math.degrees(turn)))
    pen.shape(join(*petals, oval(*head, 15)), hue, ink_width=0.9)
    for index in range(14):
        turn = 2 * math.pi * (index + 0.5) / 14
        pen.ink(
            [(head[0] + r * math.cos(turn), head[1] + r * math.sin(turn)) for r in (15, 21)], 0.45
        )
    pen.shape(oval(*head, 13.5), "#7a5138", ink_width=0.8)
    for index in range(9):
        turn = 2.4 * index
        r = 1.2 * index
        pen.fill(oval(head[0] + r * math.cos(turn), head[1] + r * math.sin(turn), 1.2), "#4f352a")


def draw_wheelbarrow(pen: Pen, look: Look) -> None:
    """A wheelbarrow, its wheel to the right and its handles to the left; full, or tipped up."""
    tub = look.tint("#6f8f86")
    tipped = look.state == "tipped"

    def turned(form: Form) -> Form:
        return affinity.rotate(form, 58, origin=_AXLE) if tipped else form

    if look.state == "full":
        pen.shape(blob((-38, -56), (-22, -74), (0, -72), (16, -84), (36, -72), (48, -56)), SOIL)
        for x, y, turn in ((-18, -70, -20), (8, -76, 12), (26, -74, 40)):
            _leaf(pen, x, y, 22, turn, LEAF)
    pen.shape(turned(limb([(-6, -36), (-20, -2)], 2.2)), IRON, ink_width=0.8)
    pen.shape(turned(poly((-44, -58), (54, -58), (34, -26), (-20, -26), corner=3)), tub)
    pen.shape(turned(rect(-48, -62, 58, -56, 2)), mix(tub, WHITE, 0.2), ink_width=0.9)
    rail = path((-76, -50), (-40, -38), (10, -24), (52, -15))
    pen.shape(turned(band(rail, 5)), WOOD)
    pen.shape(turned(limb([(-82, -52), (-64, -46)], 3.6)), DARK)
    pen.shape(turned(limb([(2, -27), (-10, -1)], 2.4)), IRON, ink_width=0.9)
    _barrow_wheel(pen, *_AXLE)
    if tipped:
        pen.shape(blob((58, 3), (64, -14), (82, -34), (102, -22), (122, 4), (88, 8)), SOIL)
        for x, y, turn in ((76, -22, -30), (98, -20, 30), (112, -4, 70)):
            _leaf(pen, x, y, 18, turn, LEAF)


def _barrow_wheel(pen: Pen, x: float, y: float) -> None:
    pen.shape(oval(x, y, 15), DARK)
    pen.shape(oval(x, y, 9), STEEL, ink_width=0.7, shade=0.5)
    for turn in (0, 60, 120):
        a, b = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        pen.ink([(x - 8 * a, y - 8 * b), (x + 8 * a, y + 8 * b)], 0.7)
    pen.fill(oval(x, y, 2.2), DARK)


def draw_lawnmower(pen: Pen, look: Look) -> None:
    """A motor mower with a long handle to the left; running, it throws cut grass."""
    body = look.tint(RED)
    for dy in (0, 5):
        pen.ink([(-12, -16), (-66 + dy, -86 + dy)], 1.6, IRON)
    pen.shape(limb([(-74, -87), (-56, -85)], 3.2), DARK)
    pen.shape(poly((-34, -26), (22, -26), (40, -6), (-40, -6), corner=4), body)
    pen.shape(rect(-16, -40, 14, -25, 4), DARK)
    pen.shape(rect(-9, -46, 7, -39, 2), STEEL, ink_width=0.8)
    pen.ink([(-12, -33), (10, -33)], 0.6, STEEL)
    for x in (-28, 30):
        pen.shape(oval(x, -9, 10), DARK)
        pen.shape(oval(x, -9, 4.6), YELLOW, ink_width=0.6, shade=0)
    if look.state == "running":
        for x, y, turn in ((48, -12, 60), (56, -22, 40), (62, -8, 80), (70, -18, 55)):
            _leaf(pen, x, y, 8, turn, LEAF)
        for y in (-44, -34):
            pen.ink(path((22, y), (27, y - 4), (24, y - 8)), 0.7, "#6d6472")


def draw_trowel(pen: Pen, look: Look) -> None:
    """A garden trowel, its blade up."""
    pen.shape(limb([(0, -1), (0, -15)], 3.2, 2.6), look.tint(WOOD))
    pen.shape(limb([(0, -15), (0, -21)], 1.3), STEEL, ink_width=0.7)
    pen.shape(blob((-6, -21), (-7, -32), (0, -43), (7, -32), (6, -21)), STEEL)
    pen.ink([(0, -23), (0, -35)], 0.6)


def draw_spade(pen: Pen, look: Look) -> None:
    """A digging spade, its blade down."""
    pen.shape(limb([(0, -30), (0, -98)], 2.4), look.tint(PALE_WOOD))
    handle = poly((-3, -96), (-11, -108), (11, -108), (3, -96), corner=1)
    pen.shape(handle.difference(poly((-2, -99), (-6, -104), (6, -104), (2, -99))), DARK_WOOD)
    pen.shape(rect(-12, -112, 12, -106, 3), DARK_WOOD)
    blade = poly((-12, -36), (12, -36), (12, -12), (0, 0), (-12, -12), corner=2)
    pen.shape(blade, STEEL)
    pen.shape(rect(-3, -46, 3, -30, 1), STEEL, ink_width=0.7)
    pen.ink([(0, -30), (0, -8)], 0.5)


def draw_pitchfork(pen: Pen, look: Look) -> None:
    """A hay fork with three tines, its tines up."""
    pen.shape(limb([(0, 0), (0, -104)], 2.2), look.tint(PALE_WOOD))
    for x in (-13, 0, 13):
        prong = path((0, -102), (x * 0.9, -106), (x, -118), (x, -142))
        pen.shape(limb(prong, 2.0, 1.8, 1.7, 0.6), IRON, ink_width=0.6, shade=0.4)
    pen.shape(rect(-3, -108, 3, -98, 1), IRON, ink_width=0.7)


def draw_pumpkin(pen: Pen, look: Look) -> None:
    """A ribbed pumpkin; carved with a face, or smashed."""
    hue = look.tint(ORANGE)
    if look.state == "smashed":
        pen.shape(blob((-34, 3), (-20, -6), (10, -8), (36, 2), (10, 8)), "#f0b85c", ink_width=0.8)
        left = poly((-38, 0), (-40, -16), (-30, -30), (-22, -33), (-20, -22), (-12, -20), (-16, -10), (-8, 2), corner=1.5)  # fmt: skip
        right = poly((8, 3), (12, -6), (8, -16), (17, -18), (18, -28), (30, -24), (38, -10), (34, 3), corner=1.5)  # fmt: skip
        for piece in (left, right):
            pen.shape(piece, hue)
        for line in (((-34, 0), (-34, -14), (-27, -28)), ((-24, 1), (-26, -12), (-22, -24)), ((28, 3), (30, -10), (25, -22)), ((18, 3), (21, -8), (18, -17))):  # fmt: skip
            pen.ink(path(*line), 0.6)
        pen.shape(limb(path((44, 2), (50, -4), (58, -3)), 3.2, 2.4), "#7a8a4f", ink_width=0.8)
        for x, y in ((-8, 1), (0, -3), (6, 3), (-14, -3)):
            pen.fill(oval(x, y, 2.4, 1.5, 30), "#fbf3e0")
        return
    for x, rx in ((-18, 13), (18, 13), (-10, 14), (10, 14), (0, 13)):
        pen.shape(oval(x, -18, rx, 18), hue, ink_width=0.8, shade=0.6)
    pen.shape(limb(path((0, -34), (1, -42), (7, -46)), 3.4, 2.6), "#7a8a4f")
    if look.state == "carved":
        glow = "#fbe08a" if look.ground.dark else "#5d3b24"
        for side in (-1, 1):
            pen.shape(poly((side * 6, -18), (side * 15, -18), (side * 10.5, -27)), glow, ink_width=0.6, shade=0)  # fmt: skip
        grin = poly((-16, -14), (-9, -11), (-6, -13), (-2, -9), (2, -9), (6, -13), (9, -11), (16, -14), (9, -4), (-9, -4))  # fmt: skip
        pen.shape(grin, glow, ink_width=0.6, shade=0)


def draw_melon(pen: Pen, look: Look) -> None:
    """A striped watermelon, whole, cut open or fallen and burst."""
    rind, flesh = look.tint(DEEP_LEAF), "#d9625a"
    if look.state == "whole":
        body = oval(0, -16, 25, 16)
        pen.shape(body, rind)
        with pen.clip(body):
            for x in (-17, -8, 1, 10, 19):
                stripe = path(
                    (x * 0.7, -34), (x * 1.25 + 1.5, -24), (x * 1.2 - 1.5, -12), (x * 0.7, 2)
                )
                pen.ink(stripe, 1.5, mix(rind, "#d5e0a8", 0.55))
        pen.ink(path((0, -32), (3, -37), (8, -37)), 1.3, "#6f7f45")
        return
    if look.state == "burst":
        pen.shape(blob((-44, 3), (-20, -5), (14, -7), (46, 2), (16, 9), (-18, 8)), mix(flesh, WHITE, 0.2), ink_width=0.7)  # fmt: skip
    for x in (-19, 21) if look.state == "burst" else (0,):
        half = oval(x, -15, 20, 15).intersection(rect(x - 30, -18, x + 30, 4))
        pen.shape(half.union(oval(x, -18, 19.8, 7)), rind)
        pen.shape(oval(x, -18, 18.6, 6.2), "#eef0d0", ink_width=0.6, shade=0)
        pen.shape(oval(x, -18, 16, 5), flesh, ink_width=0, shade=0)
        for dx, dy in ((-9, 0), (-3, 2), (4, -2), (10, 1), (-4, -3)):
            pen.fill(oval(x + dx, -18 + dy, 1.1, 1.5), DARK)


def draw_vegetables(pen: Pen, look: Look) -> None:
    """A heap of leeks, carrots, a cabbage and a beetroot."""
    for x, turn in ((-24, -52), (-17, -38)):
        tip = (x + 46 * math.sin(math.radians(turn)) * 0.4, -34.0)
        pen.shape(limb([(x + 8, -5), tip], 3.2, 3.4), "#f0f0da", ink_width=0.8)
        for spread in (-18, 4, 26):
            _leaf(pen, *tip, 22, turn * 0.5 + spread, DEEP_LEAF)
    for x, y, turn in ((16, -6, 96), (20, -13, 84)):
        a = math.radians(turn)
        for spread in (-16, 0, 16):
            _leaf(pen, x + 22 * math.sin(a), y - 22 * math.cos(a), 13, turn + spread, LEAF)
        pen.shape(limb([(x - 8, y + 1), (x + 22 * math.sin(a), y - 22 * math.cos(a))], 1.0, 5), ORANGE, ink_width=0.8)  # fmt: skip
    _cabbage(pen, -6, 0, 0, eaten=False)
    for turn in (-20, 12):
        _leaf(pen, 13, -12, 17, turn, DEEP_LEAF)
    pen.shape(blob((6, -6), (8, -13), (17, -13), (20, -6), (13, 1)), "#8d3f5a", ink_width=0.8)


def draw_nest(pen: Pen, look: Look) -> None:
    """A nest of twigs: empty, with eggs, or with chicks that cry for food."""
    twig = look.tint("#a07f56")
    pen.shape(oval(0, -17, 21, 6.5), mix(twig, DARK, 0.4), ink_width=0.8, shade=0)
    if look.state == "eggs":
        for x, y in ((-9, -20), (1, -22), (10, -20)):
            pen.shape(oval(x, y, 5, 6.4, x), "#d5e4e4", ink_width=0.7)
            pen.fill(oval(x + 1, y - 1, 1), "#8fa0a0")
    elif look.state == "chicks":
        for x, y in ((-11, -23), (0, -27), (11, -23)):
            pen.shape(oval(x, y, 6, 7), "#b9a58c", ink_width=0.7)
            pen.shape(poly((x - 5, y - 5), (x - 2, y - 15), (x, y - 7), (x + 2, y - 15), (x + 5, y - 5)), YELLOW, ink_width=0.6, shade=0)  # fmt: skip
            for side in (-1, 1):
                pen.fill(oval(x + side * 2.8, y - 1.5, 1), DARK)
    bowl = blob((-24, -16), (-12, -12), (0, -11), (12, -12), (24, -16), (19, -4), (8, 0), (-8, 0), (-19, -4))  # fmt: skip
    pen.shape(bowl, twig)
    for k in range(9):
        left, top = -26.0 + 5 * k, -13 + 5 * abs(math.sin(k * 1.7))
        pen.ink([(left, top + 4), (left + 13, top - 1 + 3 * (k % 2))], 0.55, mix(twig, DARK, 0.5))
    for a, b in (((-22, -10), (-31, -15)), ((21, -8), (31, -12)), ((10, -3), (20, 2))):
        pen.ink([a, b], 0.9, mix(twig, DARK, 0.3))


def draw_gnome(pen: Pen, look: Look) -> None:
    """A garden gnome with a fishing grin; ``broken`` his hat has come off."""
    coat = look.tint("#5f86a0")
    pen.shape(join(oval(-7, -3, 8, 4), oval(8, -3, 8, 4)), DARK_WOOD)
    pen.shape(blob((-14, -4), (-15, -22), (-7, -32), (7, -32), (15, -22), (14, -4)), coat)
    pen.shape(rect(-14, -14, 14, -9.5), DARK_WOOD, ink_width=0.6, shade=0)
    pen.shape(rect(-3.5, -15, 3.5, -8.5, 1), YELLOW, ink_width=0.5, shade=0)
    for side in (-1, 1):
        pen.shape(oval(side * 13, -20, 4.4, 7.4, -side * 12), coat, ink_width=0.8)
    pen.shape(oval(0, -38, 10.5, 9), "#e9b999")
    pen.shape(blob((-11, -37), (0, -34), (11, -37), (8, -24), (0, -17), (-8, -24)), WHITE)
    pen.shape(oval(0, -36.5, 3.4, 2.8), "#d99a80", ink_width=0.6, shade=0)
    for side in (-1, 1):
        pen.fill(oval(side * 4.6, -40, 1.2, 1.5), DARK)
        pen.fill(oval(side * 7, -36.6, 2.2, 1.4), "#dd8f7c", 0.8)
    if look.state == "broken":
        pen.shape(poly((-9, -46), (-4, -50), (1, -45), (6, -50), (9, -45), corner=0.4), "#7d5a4a", ink_width=0.8)  # fmt: skip
        pen.shape(poly((20, 3), (34, -20), (44, 2), corner=2), RED)
        return
    pen.shape(poly((-12.5, -43), (12.5, -43), (3, -72), corner=2), RED)
    pen.shape(band(arc(0, -44, 12, 3, 10, 170), 3.4), mix(RED, DARK, 0.2), ink_width=0.5, shade=0)


KINDS = (
    PropKind(
        "vegetable bed",
        (216, 46),
        draw_vegetable_bed,
        ("plain", "eaten", "dug"),
        flat=True,
        basin=(106, 24),
        approach=Approach(0, 120, (-0.05, 0.05), 2.0),
        weight=0.9,
    ),
    PropKind(
        "flower pot",
        (40, 66),
        draw_flower_pot,
        ("plain", "empty", "fallen", "broken"),
        grips=((-12, -18), (12, -18)),
        carry="two",
        sizes={"empty": (36, 32), "fallen": (94, 36), "broken": (84, 41)},
        shifts={"fallen": -19.0},
    ),
    PropKind(
        "sunflower",
        (64, 182),
        draw_sunflower,
        ("plain", "wilted"),
        solid=(14, 130),
        grips=((2, -96),),
        carry="raised",
        sizes={"wilted": (94, 182)},
        shifts={"wilted": -15.0},
    ),
    PropKind(
        "wheelbarrow",
        (152, 64),
        draw_wheelbarrow,
        ("empty", "full", "tipped"),
        grips=((-76, -50), (-70, -48)),
        carry="push",
        surface=Surface(58, (4, -20, 28)),
        sizes={"full": (152, 92), "tipped": (258, 142)},
    ),
    PropKind(
        "lawnmower",
        (116, 90),
        draw_lawnmower,
        ("off", "running"),
        grips=((-66, -86), (-62, -84)),
        carry="push",
        sizes={"running": (140, 90)},
        shifts={"off": 19.0},
    ),
    PropKind(
        "trowel", (15, 44), draw_trowel, grips=((0, -8),), carry="front", lies=True, scale=0.74
    ),
    PropKind("spade", (26, 112), draw_spade, grips=((0, -100), (0, -60)), carry="push", lies=True),
    PropKind(
        "pitchfork", (30, 144), draw_pitchfork, grips=((0, -30), (0, -58)), carry="front", lies=True
    ),
    PropKind(
        "pumpkin",
        (64, 48),
        draw_pumpkin,
        ("plain", "carved", "smashed"),
        grips=((-26, -14), (26, -14)),
        carry="two",
        sizes={"smashed": (101, 36)},
        scale=0.82,
        shifts={"smashed": -10.0},
    ),
    PropKind(
        "melon",
        (52, 38),
        draw_melon,
        ("whole", "cut", "burst"),
        grips=((-20, -12), (20, -12)),
        carry="two",
        sizes={"cut": (44, 28), "burst": (94, 32)},
        scale=0.76,
    ),
    PropKind(
        "vegetables",
        (109, 56),
        draw_vegetables,
        grips=((-14, -6), (14, -6)),
        carry="two",
        scale=0.9,
        shifts={"plain": 0.0},
    ),
    PropKind(
        "nest",
        (64, 24),
        draw_nest,
        ("empty", "eggs", "chicks"),
        grips=((-14, -5), (14, -5)),
        carry="two",
        sizes={"eggs": (64, 30), "chicks": (64, 42)},
        scale=0.52,
    ),
    PropKind(
        "garden gnome",
        (36, 72),
        draw_gnome,
        ("plain", "broken"),
        grips=((-10, -14), (10, -14)),
        carry="two",
        sizes={"broken": (62, 52)},
        scale=0.82,
        shifts={"broken": -13.0},
    ),
)
