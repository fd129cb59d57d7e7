"""What stands on a farm: barn, henhouse, gate, tractor, bales, scarecrow, hives, well, trough."""

from __future__ import annotations

import math

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import fire, smoke
from storypainter.ink.props.land_garden import draw_apple_at
from storypainter.ink.props.prop import (
    CREAM,
    DARK,
    DARK_WOOD,
    IRON,
    PALE_WOOD,
    RED,
    STEEL,
    WATER,
    WHITE,
    WOOD,
    YELLOW,
    Approach,
    Look,
    PropKind,
    Surface,
    moved_pen,
)

BARN = "#b5584a"
STRAW = "#e0bf6e"
TYRE = "#44424a"
STONE = "#c2bcae"
MUD = "#8a6a4f"
_LIT = "#f6d67c"


def draw_barn(pen: Pen, look: Look) -> None:
    """A red barn with a broken roof line, white beams, a hatch for hay and a great double door."""
    wall = look.tint(BARN)
    line = mix(wall, DARK, 0.4)
    body = poly(
        (-140, 0), (-140, -130), (-104, -206), (0, -248), (104, -206), (140, -130), (140, 0)
    )
    pen.shape(body, wall)
    for x in range(-128, 140, 16):
        top = -248 + abs(x) * 0.404 if abs(x) < 104 else -206 + (abs(x) - 104) * 2.1
        pen.ink([(x, top + 6), (x, -2)], 0.4, line)
    roof = join(*(limb([a, b], 6.5) for a, b in (((-152, -122), (-108, -210)), ((-108, -210), (0, -254)), ((0, -254), (108, -210)), ((108, -210), (152, -122)))))  # fmt: skip
    pen.shape(roof, "#7d6a66")
    if look.ground.weather == "snow":
        pen.shape(band([(-150, -130), (-110, -216), (0, -262), (110, -216), (150, -130)], 8), WHITE, ink_width=0.6, shade=0)  # fmt: skip
    pen.shape(rect(-24, -218, 24, -168, 1), "#5a4640" if not look.ground.dark else _LIT)
    pen.shape(
        blob((-22, -168), (-18, -186), (-4, -192), (10, -184), (22, -168)), STRAW, ink_width=0.7
    )
    pen.shape(rect(-28, -223, 28, -216, 1), CREAM, ink_width=0.7)
    pen.shape(rect(-28, -170, 28, -163, 1), CREAM, ink_width=0.7)
    _barn_door(pen, look, wall)
    if look.state == "burning":
        fire(pen, 0, -166, 66, 120)
        smoke(pen, 30, -246, 120, 110)


def _barn_door(pen: Pen, look: Look, wall: str) -> None:
    if look.state in ("open", "burning"):
        pen.shape(rect(-66, -134, 66, 0), "#4f3f3c" if not look.ground.dark else "#e9c16b")
        pen.shape(blob((-58, 0), (-50, -30), (-20, -44), (12, -34), (34, 0)), STRAW, ink_width=0.7)
        for x, y in ((-40, -14), (-18, -28), (4, -12), (16, -20)):
            pen.ink([(x, y), (x + 12, y - 6)], 0.5, mix(STRAW, DARK, 0.5))
        for side in (-1, 1):
            leaf = poly((side * 66, -134), (side * 112, -140), (side * 112, 3), (side * 66, 0))
            pen.shape(leaf, mix(wall, DARK, 0.14))
            for a, b in (((68, -130), (110, -4)), ((110, -134), (68, -6))):
                pen.shape(band([(side * a[0], a[1]), (side * b[0], b[1])], 4), CREAM, ink_width=0.5, shade=0)  # fmt: skip
    else:
        for side in (-1, 1):
            left, right = sorted((0, side * 66))
            pen.shape(rect(left, -134, right, 0), mix(wall, DARK, 0.08))
            for a, b in (((4, -130), (62, -4)), ((62, -130), (4, -4))):
                pen.shape(band([(side * a[0], a[1]), (side * b[0], b[1])], 5), CREAM, ink_width=0.55, shade=0)  # fmt: skip
            pen.shape(rect(left, -134, right, 0).difference(rect(left + 6, -128, right - 6, -6)), CREAM, ink_width=0.6, shade=0)  # fmt: skip
    pen.shape(rect(-74, -143, 74, -135, 1), CREAM, ink_width=0.8)


def draw_henhouse(pen: Pen, look: Look) -> None:
    """A small wooden house on legs, with a ramp for hens."""
    wall = look.tint("#d2b184")
    for x in (-48, 48):
        pen.shape(rect(x - 4, -34, x + 4, 0), DARK_WOOD, ink_width=0.8)
    pen.shape(rect(-58, -96, 58, -30, 1), wall)
    for y in (-82, -68, -54, -42):
        pen.ink([(-56, y), (56, y)], 0.45, mix(wall, DARK, 0.45))
    pen.shape(poly((-68, -92), (68, -92), (50, -128), (-50, -128), corner=2), "#8f5a4c")
    for y in (-104, -116):
        pen.ink([(-62 + (y + 92) * -0.5, y), (62 + (y + 92) * 0.5, y)], 0.45)
    pen.shape(rect(10, -84, 44, -54, 1), "#6f6a62", ink_width=0.8, shade=0)
    for x in (17, 27, 37):
        pen.ink([(x, -84), (x, -54)], 0.5, STEEL)
    for y in (-76, -66):
        pen.ink([(10, y), (44, y)], 0.5, STEEL)
    hole = rect(-42, -78, -12, -32).union(oval(-27, -78, 15, 10))
    pen.shape(hole, "#4a3c38", ink_width=0.9, shade=0)
    if look.state == "closed":
        pen.shape(hole.buffer(-1.5), DARK_WOOD, ink_width=0.7)
        pen.shape(rect(-34, -62, -20, -56, 1), IRON, ink_width=0.5, shade=0)
    ramp = poly((-36, -34), (-18, -34), (-34, 2), (-66, 2))
    pen.shape(ramp, PALE_WOOD)
    for share in (0.2, 0.4, 0.6, 0.8):
        pen.ink([(-36 - 30 * share, -34 + 36 * share), (-18 - 16 * share, -34 + 36 * share)], 0.9, DARK_WOOD)  # fmt: skip


def draw_wooden_gate(pen: Pen, look: Look) -> None:
    """A field gate of bars between two posts; open, it swings towards the viewer."""
    wood = look.tint("#c9a77a")
    for side in (-1, 1):
        pen.shape(rect(side * 78 - 7, -112, side * 78 + 7, 0, 2), mix(wood, DARK, 0.16))
    if look.state == "open":
        for y in (-96, -76, -56, -36, -16):
            pen.shape(poly((-70, y), (-20, y + 8 + (y + 96) * 0.1), (-20, y + 14 + (y + 96) * 0.1), (-70, y + 6)), wood, ink_width=0.8)  # fmt: skip
        pen.shape(poly((-26, -96), (-18, -94), (-18, 6), (-26, 4)), wood, ink_width=0.9)
        return
    lean = 8 if look.state == "broken" else 0
    for index, y in enumerate((-96, -76, -56, -36, -16)):
        if look.state == "broken" and index in (1, 3):
            pen.shape(poly((-70, y), (-12, y + 5), (-18, y + 9), (-12, y + 13), (-70, y + 7)), wood, ink_width=0.8)  # fmt: skip
            continue
        pen.shape(
            poly((-70, y), (70, y + lean), (70, y + 7 + lean), (-70, y + 7)), wood, ink_width=0.8
        )
    pen.shape(band([(-66, -14), (64, -92 + lean)], 6), mix(wood, DARK, 0.1), ink_width=0.8)
    for x in (-66, 66):
        pen.shape(rect(x - 4, -100 + (lean if x > 0 else 0), x + 4, -6 + (lean if x > 0 else 0)), wood, ink_width=0.9)  # fmt: skip
    if look.state == "broken":
        pen.shape(limb([(-6, 4), (52, 8)], 3.2), wood, ink_width=0.8)


def draw_tractor(pen: Pen, look: Look) -> None:
    """A tractor that faces right: bonnet, chimney, seat, small wheel ahead (the rear wheel is in front)."""
    body = look.tint(RED)
    tilt = 5.0 if look.state == "stuck" else 0.0
    if look.state in ("driving", "stuck"):
        smoke(pen, 62, -150, 70, 40, strength=0.8)
    pen.shape(limb([(62, -98), (62, -148)], 3.4), IRON)
    pen.shape(rect(57, -152, 68, -144, 2), IRON, ink_width=0.8)
    _wheel(pen, 82, -27 + tilt, 27)
    pen.shape(poly((4, -104), (88, -100), (104, -92), (104, -56), (4, -52), corner=5), body)
    pen.shape(poly((6, -76), (102, -74), (102, -68), (6, -68)), mix(body, WHITE, 0.7), ink_width=0.5, shade=0)  # fmt: skip
    pen.shape(rect(92, -90, 104, -60, 2), STEEL, ink_width=0.7)
    for y in (-84, -78, -72, -66):
        pen.ink([(93, y), (103, y)], 0.5)
    pen.shape(oval(106, -94, 6), YELLOW if not look.ground.dark else "#fff2b8", ink_width=0.9)
    for x in (24, 36, 48):
        pen.ink([(x, -96), (x, -82)], 0.7)
    pen.shape(rect(-64, -64, 12, -40, 3), mix(body, DARK, 0.3))
    pen.shape(poly((-70, -96), (-62, -122), (-56, -122), (-60, -88), corner=2), DARK)
    pen.shape(rect(-66, -92, -30, -84, 3), DARK)
    pen.ink([(2, -100), (-8, -118)], 1.8, DARK)
    pen.shape(limb([(-18, -110), (0, -124)], 2.0), DARK, ink_width=0.8)


def _front_of_tractor(pen: Pen, look: Look) -> None:
    body = look.tint(RED)
    pen.shape(oval(-46, -52, 55).intersection(rect(-104, -110, 14, -54)).difference(oval(-46, -48, 44)), body)  # fmt: skip
    _wheel(pen, -46, -46, 46)
    if look.state == "stuck":
        pen.shape(blob((-108, 5), (-90, -18), (-60, -12), (-30, -20), (10, -8), (60, -12), (110, -10), (122, 6), (10, 12)), MUD, ink_width=0.8)  # fmt: skip
        for x, y in ((-112, -34), (-100, -52), (-120, -18)):
            pen.shape(oval(x, y, 5, 3.4, 30), MUD, ink_width=0.5, shade=0)


def _wheel(pen: Pen, x: float, y: float, r: float) -> None:
    treads = [limb([(x + r * 0.8 * math.cos(t), y + r * 0.8 * math.sin(t)), (x + r * math.cos(t + 0.1), y + r * math.sin(t + 0.1))], r * 0.085) for t in (k * math.pi / 9 for k in range(18))]  # fmt: skip
    pen.shape(join(oval(x, y, r * 0.95), *treads), TYRE)
    pen.shape(oval(x, y, r * 0.58), YELLOW)
    pen.shape(oval(x, y, r * 0.2), mix(YELLOW, DARK, 0.4), ink_width=0.7, shade=0)
    for k in range(6):
        t = k * math.pi / 3 + 0.3
        pen.fill(oval(x + r * 0.4 * math.cos(t), y + r * 0.4 * math.sin(t), r * 0.05), DARK)


def draw_hay_bale(pen: Pen, look: Look) -> None:
    """A square bale with two strings, to sit on; burst or burning."""
    straw = look.tint(STRAW)
    dark = mix(straw, DARK, 0.4)
    if look.state == "burst":
        pen.shape(blob((-66, 4), (-48, -16), (-24, -34), (8, -30), (30, -40), (52, -16), (68, 4), (4, 9)), straw)  # fmt: skip
        for k in range(24):
            x = -54.0 + (k * 37) % 100
            y = -1 - ((k * 17) % 26) * (1 - (x / 62) ** 2)
            pen.ink([(x, y), (x + 13, y - 5 + (k % 3) * 4)], 0.55, dark)
        pen.ink(path((-40, 2), (-20, 8), (10, 3), (30, 9)), 0.9, "#b0563f")
        return
    pen.shape(poly((-46, -50), (40, -50), (50, -42), (-50, -42), corner=2), mix(straw, WHITE, 0.28))
    pen.shape(rect(-50, -44, 50, 0, 3), straw)
    for k in range(22):
        x, y = -45 + (k * 29) % 86, -37 + (k * 13) % 34
        pen.ink([(x, y), (x + 10, y - 2 + k % 3 * 2)], 0.5, dark)
    for x in (-22, 22):
        pen.ink([(x * 0.9, -50), (x, -43), (x, -1)], 1.1, "#b0563f")
    for a, b in (((-50, -12), (-58, -9)), ((50, -24), (58, -28)), ((-50, -30), (-57, -33)), ((30, -1), (42, 3))):  # fmt: skip
        pen.ink([a, b], 0.8, dark)
    if look.state == "burning":
        fire(pen, 0, -36, 92, 76)
        smoke(pen, 6, -104, 70, 54)


def draw_scarecrow(pen: Pen, look: Look) -> None:
    """A scarecrow with a straw hat, its arms wide; ``undressed``, only the cross and the head."""
    pen.shape(rect(-3.5, -138, 3.5, 0, 1), WOOD)
    pen.shape(rect(-62, -116, 62, -110, 1), WOOD)
    for side in (-1, 1):
        for dy in (-7, 0, 7):
            pen.ink([(side * 54, -113), (side * 72, -113 + dy)], 1.0, mix(STRAW, DARK, 0.2))
    if look.state != "undressed":
        coat = look.tint("#6f86a0")
        sleeves = poly((-58, -122), (58, -122), (58, -102), (22, -100), (26, -46), (-26, -46), (-22, -100), (-58, -102), corner=2)  # fmt: skip
        pen.shape(sleeves, coat)
        pen.ink([(0, -120), (0, -48)], 0.6)
        for y in (-104, -86, -68):
            pen.fill(oval(4, y, 2), DARK)
        pen.shape(rect(-20, -78, -6, -64, 1), "#c8834f", ink_width=0.7, shade=0)
        pen.shape(rect(8, -62, 20, -52, 1), "#a9b46f", ink_width=0.7, shade=0)
        for x in (-20, -10, 0, 10, 20):
            pen.ink([(x, -46), (x * 1.2, -34)], 1.0, mix(STRAW, DARK, 0.2))
        scarf = band(path((-14, -124), (0, -119), (14, -124)), 7)
        pen.shape(scarf, RED, ink_width=0.8)
    pen.shape(oval(0, -142, 18, 19), "#e8d3a4")
    for x in (-7, 7):
        for k in (-1, 1):
            pen.ink([(x - 3, -147 - 3 * k), (x + 3, -147 + 3 * k)], 0.9)
    pen.ink(path((-9, -135), (0, -131), (9, -135)), 0.8)
    for x in (-5, 0, 5):
        pen.ink([(x, -135), (x, -130)], 0.5)
    pen.shape(poly((-2, -144), (3, -138), (-3, -138)), "#d58a3c", ink_width=0.6, shade=0)
    pen.shape(oval(0, -156, 30, 6), "#d9b05c")
    pen.shape(blob((-16, -157), (-13, -174), (0, -178), (14, -172), (16, -157)), "#d9b05c")
    pen.shape(rect(-16, -162, 16, -157, 1), RED, ink_width=0.6, shade=0)


def draw_beehive(pen: Pen, look: Look) -> None:
    """A hive of three boxes on feet; open without its lid, or fallen over, combs and honey spilt."""
    box = look.tint("#f0e6cc")
    if look.state == "fallen":
        _fallen_hive(pen, box)
        return
    for x in (-19, 19):
        pen.shape(rect(x - 4, -14, x + 4, 0), DARK_WOOD, ink_width=0.8)
    _hive_boxes(pen, box)
    if look.state == "plain":
        pen.shape(poly((-31, -78), (31, -78), (27, -88), (-27, -88), corner=1), STEEL)
        return
    for x in (-18, -9, 0, 9, 18):
        pen.shape(rect(x - 3, -86, x + 3, -78), "#d9a845", ink_width=0.6, shade=0)
    pen.shape(poly((36, -2), (44, -34), (52, -32), (46, 0), corner=1), STEEL)


def _hive_boxes(pen: Pen, box: str) -> None:
    """Three boxes one on the other, a hand hold in each, over the slot and the board of the bees."""
    for top, half in ((-36, 30), (-58, 28), (-78, 27)):
        pen.shape(rect(-half, top, half, top + 22, 1.5), box)
        pen.shape(rect(-8, top + 6, 8, top + 10, 1.5), mix(box, DARK, 0.3), ink_width=0.5, shade=0)
    pen.shape(rect(-14, -20, 14, -15, 1), DARK, ink_width=0.6, shade=0)
    pen.shape(rect(-32, -15, 32, -11, 1), WOOD, ink_width=0.8)


def _fallen_hive(pen: Pen, box: str) -> None:
    """The hive on its side, its roof off; combs have slid out of it into a pool of honey."""
    pool = blob((-74, 4), (-66, -5), (-40, -8), (-8, -6), (10, -1), (-6, 6), (-34, 5), (-54, 9))
    pen.shape(pool, "#d9992f", ink_width=0.8)
    pen.fill(oval(-46, -1, 12, 1.8), "#f2c35c")
    roof = poly((-78, -8), (-64, -26), (-50, -23), (-62, -4), corner=1.5)
    pen.shape(roof, STEEL)
    lying = moved_pen(pen, 46, -30, -90)
    for x in (-19, 19):
        lying.shape(rect(x - 4, -14, x + 4, 0), DARK_WOOD, ink_width=0.8)
    lying.shape(rect(-25, -84, 25, -76), mix(box, DARK, 0.55), ink_width=0.8, shade=0)
    _hive_boxes(lying, box)
    for x, y, turn in ((-47, -24, -8), (-33, -6, 12), (-58, -3, -22)):
        _comb(moved_pen(pen, x, y, turn))
    for x, y in ((-52, -52), (-14, -72), (24, -70)):
        _small_bee(pen, x, y)


def _comb(pen: Pen) -> None:
    """A frame of wood with a honeycomb in it, its lower edge at the pen's origin."""
    pen.shape(rect(-14, -19, 14, 0, 1), PALE_WOOD, ink_width=0.8)
    pen.shape(rect(-11.4, -16.4, 11.4, -2.6), "#e3ac3f", ink_width=0.5, shade=0)
    for row in range(3):
        for column in range(5):
            x = -8.8 + column * 4.4 + (row % 2) * 2.2
            if x < 10:
                pen.fill(oval(x, -13.6 + row * 4.1, 1.5), "#b9782a")


def _small_bee(pen: Pen, x: float, y: float) -> None:
    pen.shape(oval(x, y - 3, 2.2, 1.6), WHITE, ink_width=0.4, shade=0)
    pen.shape(oval(x, y, 3.6, 2.4), YELLOW, ink_width=0.5, shade=0)
    pen.ink([(x, y - 2), (x, y + 2)], 0.7)


def draw_well(pen: Pen, look: Look) -> None:
    """A round stone well with a roof, a winch and a bucket on its rope."""
    for side in (-1, 1):
        pen.shape(rect(side * 44 - 5, -140, side * 44 + 5, -40), WOOD)
    pen.shape(oval(0, -54, 55, 10), "#4f565c", shade=0)
    if look.state != "dry":
        pen.fill(oval(0, -52, 42, 6), WATER)
    pen.shape(limb([(-52, -106), (52, -106)], 4.4), DARK_WOOD)
    pen.ink(path((52, -106), (62, -104), (62, -88), (70, -88)), 1.8, IRON)
    pen.ink([(-4, -104), (-4, -84)], 1.2, "#b89a68")
    pen.shape(poly((-15, -84), (7, -84), (4, -64), (-12, -64), corner=1), WOOD)
    pen.ink([(-14, -78), (6, -78)], 0.7, IRON)
    wall = join(rect(-56, -54, 56, -6), oval(0, -6, 56, 10)).difference(oval(0, -54, 55.5, 10))
    pen.shape(wall, STONE)
    for row, y in enumerate((-34, -18)):
        pen.ink(path((-56, y - 2), (0, y + 8), (56, y - 2)), 0.5)
        for x in (-38, -14, 10, 34):
            shift = 10 * (row % 2)
            drop = 9 * (1 - ((x + shift) / 56) ** 2)
            pen.ink([(x + shift, y - 14 + drop), (x + shift, y + drop)], 0.5)
    pen.shape(poly((-76, -134), (0, -182), (76, -134), (64, -126), (0, -166), (-64, -126), corner=2), "#a9654f")  # fmt: skip
    pen.shape(poly((-64, -126), (0, -166), (64, -126)), mix(WOOD, WHITE, 0.12), ink_width=0.8)


def draw_trough(pen: Pen, look: Look) -> None:
    """A long wooden trough with water or feed."""
    wood = look.tint(WOOD)
    for x in (-46, 46):
        pen.shape(poly((x - 7, -18), (x + 7, -18), (x + 12, 0), (x - 12, 0)), mix(wood, DARK, 0.25), ink_width=0.9)  # fmt: skip
    inside = {"water": WATER, "feed": "#d9b86a", "empty": mix(wood, DARK, 0.45)}[look.state]
    pen.shape(poly((-60, -40), (60, -40), (66, -32), (-66, -32), corner=1), mix(wood, WHITE, 0.2))
    pen.shape(poly((-54, -38), (54, -38), (59, -33), (-59, -33)), inside, ink_width=0.6, shade=0)
    if look.state == "feed":
        pen.shape(
            blob((-48, -33), (-24, -44), (4, -40), (30, -46), (52, -33)), inside, ink_width=0.7
        )
    pen.shape(poly((-66, -33), (66, -33), (56, -8), (-56, -8), corner=2), wood)
    pen.ink([(-60, -20), (60, -20)], 0.5, mix(wood, DARK, 0.5))


def draw_churn(pen: Pen, look: Look) -> None:
    """A milk churn; spilled, it lies in its milk."""
    tin = look.tint(STEEL)
    if look.state == "spilled":
        pen.shape(
            blob((0, 2), (12, -18), (22, -12), (40, -6), (66, -6), (82, 1), (56, 8), (20, 8)),
            WHITE,
            ink_width=0.8,
        )
        pen.shape(
            poly((-48, -3), (-48, -30), (-4, -32), (12, -24), (12, -8), (-4, -1), corner=4), tin
        )
        pen.shape(oval(13, -16, 4, 9), mix(tin, DARK, 0.5), shade=0)
        pen.shape(oval(36, 8, 11, 4), tin)
        return
    pen.shape(poly((-17, 0), (-17, -40), (-10, -54), (10, -54), (17, -40), (17, 0), corner=3), tin)
    pen.shape(rect(-12, -62, 12, -53, 2), mix(tin, WHITE, 0.3))
    pen.shape(rect(-5, -67, 5, -61, 2), tin, ink_width=0.8)
    for side in (-1, 1):
        pen.ink(arc(side * 14, -46, 8, 9, -70 if side > 0 else 110, 100 if side > 0 else 290), 1.4)
    for y in (-36, -8):
        pen.ink([(-16, y), (16, y)], 0.7)


def draw_basket(pen: Pen, look: Look) -> None:
    """A wicker basket with a handle: empty, or with apples, eggs or vegetables."""
    wicker = look.tint("#c79a5f")
    pen.ink(arc(0, -20, 21, 27, 182, 358), 2.2, mix(wicker, DARK, 0.3))
    pen.ink(arc(0, -20, 21, 27, 182, 358), 1.0, wicker)
    pen.shape(oval(0, -21, 24, 5), mix(wicker, DARK, 0.45), shade=0)
    spots: tuple[Point, ...] = ((-14, -22), (-5, -26), (5, -23), (14, -24), (0, -31))
    for x, y in spots:
        if look.state == "apples":
            draw_apple_at(pen, x, y)
        elif look.state == "eggs":
            pen.shape(oval(x, y, 5, 6.4, x * 2), "#f2ddc0", ink_width=0.7, shade=0.6)
        elif look.state == "vegetables":
            pen.shape(oval(x, y, 7, 5.4), ("#8fae6b", "#e0913f", "#c8553d")[int(abs(x)) % 3], ink_width=0.7)  # fmt: skip
    pen.shape(poly((-25, -21), (25, -21), (19, 0), (-19, 0), corner=2), wicker)
    for row, y in enumerate((-15, -9, -4)):
        for x in range(-18 + 3 * (row % 2), 19, 7):
            pen.ink(arc(x, y, 3.4, 2, 190, 350), 0.5, mix(wicker, DARK, 0.5))
    pen.shape(rect(-26.5, -24, 26.5, -19, 2), mix(wicker, WHITE, 0.14), ink_width=0.8)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "barn",
        (306, 258),
        draw_barn,
        ("closed", "open", "burning"),
        far=True,
        solid=(280, 240),
        sizes={"burning": (306, 366)},
        approach=Approach(0, 120, (0.0, 0.16)),
        weight=0.64,
    ),
    PropKind(
        "henhouse",
        (140, 130),
        draw_henhouse,
        ("open", "closed"),
        far=True,
        surface=Surface(128, (0, -24, 24)),
        approach=Approach(0, 60, (0.0, 0.12)),
        weight=0.74,
    ),
    PropKind(
        "wooden gate",
        (172, 112),
        draw_wooden_gate,
        ("closed", "open", "broken"),
        far=True,
        solid=(160, 100),
        approach=Approach(0, 70, (0.0, 0.12)),
        weight=0.74,
    ),
    PropKind(
        "tractor",
        (226, 154),
        draw_tractor,
        ("parked", "driving", "stuck"),
        seats=Surface(88, (-44,)),
        front=_front_of_tractor,
        solid=(210, 100),
        sizes={"driving": (226, 214), "stuck": (240, 214)},
        weight=0.9,
    ),
    PropKind(
        "hay bale",
        (112, 52),
        draw_hay_bale,
        ("plain", "burst", "burning"),
        surface=Surface(46, (0, -28, 28)),
        sizes={"burst": (138, 48), "burning": (120, 178)},
    ),
    PropKind(
        "scarecrow",
        (144, 178),
        draw_scarecrow,
        ("plain", "undressed"),
        solid=(40, 120),
        perch=(46, -118),
        pin=(0, -84),
        approach=Approach(24, 120, (0.0, 0.24)),
    ),
    PropKind(
        "beehive",
        (66, 90),
        draw_beehive,
        ("plain", "open", "fallen"),
        sizes={"open": (88, 90), "fallen": (150, 77)},
        shifts={"open": -10.0},
    ),
    PropKind("well", (154, 184), draw_well, ("plain", "dry"), solid=(112, 70)),
    PropKind("trough", (134, 46), draw_trough, ("water", "feed", "empty")),
    PropKind(
        "milk churn",
        (44, 68),
        draw_churn,
        ("plain", "spilled"),
        grips=((-19, -46), (19, -46)),
        carry="two",
        sizes={"spilled": (134, 40)},
        scale=0.8,
        shifts={"spilled": -17.0},
    ),
    PropKind(
        "basket",
        (54, 48),
        draw_basket,
        ("empty", "apples", "eggs", "vegetables"),
        grips=((0, -46),),
        carry="low",
    ),
)
