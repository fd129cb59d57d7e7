"""Fitted kitchen furniture: counter, sink, cooker, fridge, cupboard, shelf, washing machine.

Front views with a little of the top seen from above, so that things can stand on it.
"""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props import kitchen_room
from storypainter.ink.props.effects import foam, gas_ring, motion, smoke, spill, splashes
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    IRON,
    PALE_WOOD,
    PINK,
    RED,
    STEEL,
    WATER,
    WHITE,
    YELLOW,
    Look,
    PropKind,
    Surface,
)

SAGE = "#b3c5ab"
TERRACOTTA = "#cd7f5f"
ENAMEL = "#f2ede0"
WORKTOP = "#d9b486"
BRASS = "#c39a4e"


def panel(
    pen: Pen,
    left: float,
    top: float,
    right: float,
    bottom: float,
    hue: str,
    knob: int = 0,
    knob_height: float = 0.76,
) -> None:
    """A framed cupboard door; ``knob`` -1 or 1 is the side of its knob, 0 a drawer's middle."""
    pen.shape(rect(left, top, right, bottom, 1.2), hue, ink_width=0.6)
    inset = 4.5 if bottom - top > 24 else 3.0
    field = rect(left + inset, top + inset, right - inset, bottom - inset, 1)
    pen.shape(field, mix(hue, WHITE, 0.2), ink_width=0.4, shade=0.4)
    middle = (left + right) / 2
    x = middle if knob == 0 else (right - 7.5 if knob > 0 else left + 7.5)
    y = (top + bottom) / 2 if knob == 0 else bottom - knob_height * (bottom - top)
    pen.shape(oval(x, y, 1.9), BRASS, ink_width=0.5, shade=0)


def worktop(pen: Pen, half: float, hue: str = WORKTOP) -> None:
    """A worktop whose top's middle line is 92 cm high."""
    top = poly((-half, -87), (-half + 2.5, -97.5), (half - 2.5, -97.5), (half, -87))
    pen.shape(top, mix(hue, WHITE, 0.28), ink_width=0.8, shade=0)
    pen.shape(rect(-half - 0.5, -87.5, half + 0.5, -82.5, 0.8), hue, ink_width=0.8)


def carcass(pen: Pen, half: float, hue: str) -> None:
    """The body of a floor unit on its plinth, without doors."""
    pen.shape(rect(-half + 4, -9, half - 4, 0), mix(hue, DARK, 0.42), ink_width=0.8, shade=0)
    pen.shape(rect(-half + 1, -84, half - 1, -8), mix(hue, DARK, 0.1))


def draw_counter(pen: Pen, look: Look) -> None:
    """A run of three cupboards with drawers above and a wooden worktop."""
    hue = look.tint(SAGE)
    carcass(pen, 90, hue)
    for index, left in enumerate((-87, -29, 29)):
        panel(pen, left, -80, left + 58, -65, hue)
        if index == 1:
            for side, knob in ((0, 1), (29.5, -1)):
                panel(pen, left + side, -63, left + side + 28.5, -11, hue, knob)
        else:
            panel(pen, left, -63, left + 58, -11, hue, 1 if index == 0 else -1)
    worktop(pen, 90)
    for x, y, length in ((-70, -92.5, 22), (-18, -90, 30), (34, -93.5, 18), (58, -90, 16)):
        pen.ink([(x, y), (x + length, y + 0.3)], 0.35, DARK_WOOD)


def draw_sink(pen: Pen, look: Look) -> None:
    """A unit with a ceramic basin and a tap; water may run, or run over."""
    hue = look.tint(SAGE)
    wet = look.state in ("running", "overflowing")
    carcass(pen, 60, hue)
    panel(pen, -57, -62, -0.5, -11, hue, 1)
    panel(pen, 0.5, -62, 57, -11, hue, -1)
    panel(pen, -57, -80, -40, -64, hue)
    panel(pen, 40, -80, 57, -64, hue)
    _tap(pen, wet)
    worktop(pen, 60)
    pen.shape(
        poly((-35, -87), (-32, -96.5), (32, -96.5), (35, -87), corner=0.8), WHITE, ink_width=0.7
    )
    hole = poly((-31, -88.5), (-28.6, -95.4), (28.6, -95.4), (31, -88.5), corner=0.8)
    pen.shape(hole, WATER if wet else "#b9c4c4", ink_width=0.6, shade=0)
    pen.shape(rect(-36, -88, 36, -62, 2.5), WHITE)
    pen.ink([(-30, -84), (-30, -68)], 0.4, "#b9c4c4")
    if wet:
        pen.shape(
            limb([(0, -118), (0.4, -104), (0, -92)], 1.9, 1.6, 2.2), WATER, ink_width=0.5, shade=0
        )
        pen.ink([(-0.4, -116), (-0.4, -95)], 0.4, WHITE)
        pen.shape(oval(0, -91.6, 9, 1.8), mix(WATER, WHITE, 0.6), ink_width=0.4, shade=0)
    if look.state == "overflowing":
        _overflow(pen)


def _tap(pen: Pen, open_: bool) -> None:
    neck = path((0, -97), (0, -120), (0, -131), (8, -136), (14, -130), (14, -122))
    bent = [(14 - x, y) for x, y in neck]
    pen.shape(band(bent, 4.2, flat=True), STEEL, ink_width=0.7)
    pen.shape(rect(-2.8, -123, 2.8, -119, 0.8), STEEL, ink_width=0.6)
    pen.shape(rect(10, -104, 18, -96, 1), STEEL, ink_width=0.7)
    lever = [(17, -101), (26, -112)] if open_ else [(17, -101), (28, -103)]
    pen.shape(limb(lever, 1.6, 2.0), STEEL, ink_width=0.6)
    pen.shape(oval(lever[1][0], lever[1][1], 2.2), RED, ink_width=0.5, shade=0)


def _overflow(pen: Pen) -> None:
    runs = ((-24.0, 0.0, 4.2), (4.0, 3.0, 6.4), (29.0, 0.0, 3.6))
    lip = poly(
        (-34, -88.6), (34, -88.6), (37, -86), (37, -78), (33, -70), (25, -79), (12, -76), (4, -64),
        (-6, -77), (-17, -78), (-24, -66), (-31, -77), (-37, -80), (-37, -86), corner=1.4,
    )  # fmt: skip
    falls = [
        limb(
            path((x, -80), (x - 0.8, -56), (x + 0.8, -26), (x, foot)), half * 1.2, half * 0.8, half
        )
        for x, foot, half in runs
    ]
    floor = blob(
        (-60, 3), (-44, -4), (-20, -3), (8, -5), (36, -4), (60, -3), (68, 4), (50, 9), (16, 8), (-14, 11), (-44, 8),
    )  # fmt: skip
    pen.shape(join(lip, floor, *falls), WATER, ink_width=0.8)
    pale, deep = mix(WATER, WHITE, 0.8), mix(WATER, "#3f659c", 0.42)
    pen.ink([(-30, -86), (28, -86)], 0.7, pale)
    for x, foot, half in runs:
        pen.ink(
            path((x - half * 0.4, -76), (x - half * 0.5, -40), (x - half * 0.4, foot - 8)),
            0.7,
            pale,
        )
        pen.ink(
            path((x + half * 0.4, -66), (x + half * 0.3, -36), (x + half * 0.4, foot - 14)),
            0.5,
            deep,
        )
        pen.ink(arc(x, foot, half * 2.2, 2.4, 20, 160), 0.6, pale)
    pen.ink(path((-44, 3), (-36, 4), (-30, 3.4)), 0.6, pale)
    pen.ink(path((40, 3), (50, 4), (58, 3)), 0.6, pale)
    splashes(pen, ((-50, -14, 3), (46, -18, 3.4), (54, -8, 2.4), (-40, -26, 2.2), (16, -22, 2.4)))


def draw_cooker(pen: Pen, look: Look) -> None:
    """A stove with four burners, knobs and an oven; lit, smoking, or its oven open."""
    hue = look.tint(ENAMEL)
    pen.shape(rect(-28, -5, 28, 0), DARK, ink_width=0.6, shade=0)
    pen.shape(rect(-32, -84, 32, -4, 2), hue)
    pen.shape(rect(-32, -84, 32, -70, 2), mix(hue, WHITE, 0.4), ink_width=0.6)
    for x in (-24, -14, 14, 24):
        pen.shape(oval(x, -77, 3.6), DARK, ink_width=0.5, shade=0)
        mark = (x + 2, -79) if look.state in ("lit", "smoking") and x < 0 else (x, -80)
        pen.ink([(x, -77), mark], 0.6, WHITE)
    pen.shape(rect(-8, -80.5, 8, -73.5, 1), "#4a5a52", ink_width=0.5, shade=0)
    pen.ink([(-5, -77), (5, -77)], 0.8, "#bcd69a")
    if look.state == "open":
        _open_oven(pen, hue)
    else:
        _shut_oven(pen, hue, look.state)
    top = poly((-32, -86), (-29.5, -97), (29.5, -97), (32, -86))
    pen.shape(top, mix(DARK, WHITE, 0.12), ink_width=0.7, shade=0)
    for x, y, size in ((-13, -94.3, 7), (13, -94.3, 7), (-14, -89.6, 8.5), (14, -89.6, 8.5)):
        pen.shape(oval(x, y, size, 1.7), IRON, ink_width=0.4, ink_colour="#8c8890", shade=0)
    pen.shape(rect(-33, -88, 33, -83, 1), mix(hue, WHITE, 0.3), ink_width=0.8)
    if look.state in ("lit", "smoking"):
        gas_ring(pen, -14, -89.5, 12)
        gas_ring(pen, 14, -89.5, 12)
    if look.state == "smoking":
        smoke(pen, 2, -88, 98, 62)
        for x in (-20, 20):
            smoke(pen, x, -64, 60, 20)


def _shut_oven(pen: Pen, hue: str, state: str) -> None:
    pen.shape(rect(-29, -68, 29, -20, 2), mix(hue, DARK, 0.05), ink_width=0.7)
    glow = "#e9a552" if state == "lit" else "#5a4a4a"
    pen.shape(rect(-21, -55, 21, -27, 3), glow, ink_width=0.6, shade=0)
    if state == "lit":
        for y in (-36, -44):
            pen.ink([(-20, y), (20, y)], 0.5, "#8a5a34")
        pen.shape(rect(-12, -44, 12, -37.5, 2.5), "#b56f3a", ink_width=0.5, shade=0)
    else:
        for x in (-12, -4):
            pen.ink([(x, -30), (x + 12, -51)], 0.7, "#8f8484")
    pen.shape(limb([(-23, -62), (23, -62)], 1.7, 1.7), STEEL, ink_width=0.6)
    pen.shape(rect(-29, -18, 29, -7, 1.5), mix(hue, DARK, 0.05), ink_width=0.6)
    pen.ink([(-8, -12.5), (8, -12.5)], 1.0, IRON)


def _open_oven(pen: Pen, hue: str) -> None:
    pen.shape(rect(-28, -68, 28, -18, 2), "#6d5048", ink_width=0.7, shade=0)
    pen.shape(rect(-23, -64, 23, -23, 1), "#d99a52", ink_width=0.5, shade=0)
    for y in (-52, -36):
        pen.ink([(-23, y), (23, y)], 0.7, "#6d5048")
    pen.shape(poly((-17, -42), (17, -42), (15, -36.5), (-15, -36.5), corner=1), IRON, ink_width=0.5)
    pen.shape(blob((-13, -42), (-9, -48), (0, -50), (9, -48), (13, -42)), "#b56f3a", ink_width=0.5)
    door = poly((-28, -20), (28, -20), (35, -4), (-35, -4), corner=1.5)
    pen.shape(door, mix(hue, DARK, 0.1), ink_width=0.8)
    pen.shape(
        poly((-20, -17.5), (20, -17.5), (24, -8), (-24, -8)), "#5a4a4a", ink_width=0.5, shade=0
    )
    pen.shape(rect(-35.5, -5, 35.5, -0.5, 1.2), mix(hue, WHITE, 0.2), ink_width=0.7)
    pen.ink([(-24, -2.6), (24, -2.6)], 1.0, IRON)


def draw_fridge(pen: Pen, look: Look) -> None:
    """A round-shouldered fridge with notes and magnets; open it is lit and full of food."""
    hue = look.tint("#a9c6c4")
    for x in (-24, 24):
        pen.shape(rect(x - 4, -4, x + 4, 0), DARK, ink_width=0.6, shade=0)
    pen.shape(rect(-34, -176, 34, -3, 7), hue)
    if look.state == "open":
        _freezer_door(pen, hue)
        _fridge_inside(pen)
        _fridge_door(pen, hue)
        return
    _freezer_door(pen, hue)
    pen.shape(rect(-31, -126, 31, -8, 4), mix(hue, WHITE, 0.18), ink_width=0.7)
    pen.shape(limb([(-25, -117), (-25, -84)], 1.8, 1.8), STEEL, ink_width=0.6)
    _notes(pen)


def _freezer_door(pen: Pen, hue: str) -> None:
    pen.shape(rect(-31, -173, 31, -129, 5), mix(hue, WHITE, 0.18), ink_width=0.7)
    pen.shape(limb([(-25, -150), (-25, -136)], 1.8, 1.8), STEEL, ink_width=0.6)
    pen.shape(oval(4, -163, 9, 2.6), STEEL, ink_width=0.4, shade=0)


def _notes(pen: Pen) -> None:
    pen.shape(poly((2, -116), (20, -118), (21, -97), (3, -95)), "#f4dd8c", ink_width=0.5, shade=0)
    for row in range(3):
        pen.ink([(6, -110 + row * 4), (17 - row * 2, -111 + row * 4)], 0.4)
    pen.shape(oval(11, -117, 2.4), RED, ink_width=0.5, shade=0)
    pen.shape(poly((-13, -104), (-1, -103), (-2, -86), (-14, -87)), WHITE, ink_width=0.5, shade=0)
    pen.fill(oval(-7.5, -94, 3.4), YELLOW)
    pen.ink(path((-12, -89), (-8, -90.5), (-4, -88.6)), 0.6, "#7d9a5b")
    pen.shape(oval(-7, -103.5, 2.2), BLUE, ink_width=0.5, shade=0)
    heart = blob((22, -78), (18, -82), (18.6, -85), (22, -83.6), (25.4, -85), (26, -82))
    pen.shape(heart, PINK, ink_width=0.5, shade=0)


def _fridge_inside(pen: Pen) -> None:
    pen.shape(rect(-31, -126, 31, -8, 4), "#e9e4cf", ink_width=0.7, shade=0)
    pen.shape(rect(-27, -122, 27, -12, 3), "#fdf6d8", ink_width=0.5, shade=0)
    with pen.clip(rect(-26.5, -121.5, 26.5, -13)):
        pen.fill(oval(0, -119, 22, 10), "#ffe9a0", 0.7)
    pen.shape(rect(-8, -122, 8, -119.4), WHITE, ink_width=0.4, shade=0)
    pen.shape(rect(-25, -34, 25, -14, 2), "#cfe3dc", ink_width=0.5, shade=0)
    for x, hue in ((-15, "#7d9a5b"), (-3, "#d9793f"), (10, RED), (19, "#7d9a5b")):
        pen.shape(oval(x, -25, 6, 5), hue, ink_width=0.5, shade=0)
    for y in (-98, -76, -54, -35):
        pen.shape(rect(-27, y - 1, 27, y + 1), STEEL, ink_width=0.4, shade=0)
    pen.shape(rect(-22, -117, -12, -99, 1), WHITE, ink_width=0.6)
    pen.shape(rect(-22, -111, -12, -105), BLUE, ink_width=0.4, shade=0)
    pen.shape(join(rect(0, -110, 7, -99, 1), rect(2, -116, 5, -109)), "#d9853f", ink_width=0.6)
    pen.shape(rect(12, -109, 22, -99, 1.5), "#a8483c", ink_width=0.6)
    pen.shape(rect(11.4, -111, 22.6, -107.6, 0.8), CREAM, ink_width=0.5, shade=0)
    pen.shape(
        poly((-22, -77), (-2, -77), (-2, -83), (-22, -90), corner=0.6), "#eec862", ink_width=0.6
    )
    for x, y in ((-8, -80), (-14, -83), (-17, -79)):
        pen.fill(oval(x, y, 1.3), "#c99a3a")
    pen.shape(poly((4, -86), (24, -86), (20, -77), (8, -77), corner=1.4), BLUE, ink_width=0.6)
    for x in (9, 14, 19):
        pen.shape(oval(x, -87, 3.4), CREAM, ink_width=0.5, shade=0)
    pen.shape(oval(-10, -56.4, 14, 2.4), WHITE, ink_width=0.5, shade=0)
    pen.shape(
        blob((-20, -57), (-17, -66), (-8, -68), (-2, -64), (0, -57)), "#c98a4a", ink_width=0.6
    )
    pen.shape(rect(9, -68, 22, -55, 1.5), mix(RED, WHITE, 0.3), ink_width=0.6)


def _fridge_door(pen: Pen, hue: str) -> None:
    leaf = poly((-32, -126), (-68, -134), (-68, -1), (-32, -8), corner=1.5)
    pen.shape(leaf, mix(hue, WHITE, 0.55), ink_width=0.8)
    pen.shape(poly((-68, -134), (-73, -132), (-73, 0), (-68, -1)), hue, ink_width=0.7, shade=0)
    for y, drop_ in ((-92, 1), (-52, 2)):
        for x, tall, shade in ((-60, 22, "#7d9a5b"), (-52, 19, "#d9793f"), (-43, 20, WHITE)):
            bottle = join(
                rect(x - 3.4, y - tall + 8, x + 3.4, y, 1), rect(x - 1.6, y - tall, x + 1.6, y - 4)
            )
            pen.shape(bottle, shade if y < -60 else mix(shade, BLUE, 0.45), ink_width=0.5, shade=0)
        tray = poly((-65, y - 7), (-36, y - 6), (-36, y + 3), (-65, y + 2 + drop_), corner=0.6)
        pen.shape(tray, "#dfeae4", ink_width=0.6, shade=0)


def draw_wall_cupboard(pen: Pen, look: Look) -> None:
    """A wall cupboard with two doors; open it shows crockery and jars."""
    hue = look.tint(SAGE)
    pen.shape(rect(-50, -66, 50, 0, 1), mix(hue, DARK, 0.06))
    pen.shape(rect(-52, -69.5, 52, -65, 1), mix(hue, WHITE, 0.2), ink_width=0.7)
    if look.state != "open":
        panel(pen, -47, -63, -0.6, -3, hue, 1, 0.2)
        panel(pen, 0.6, -63, 47, -3, hue, -1, 0.2)
        return
    pen.shape(rect(-46, -62, 46, -4), "#d3b793", ink_width=0.6, shade=0)
    pen.fill(rect(-46, -62, 46, -57), "#a98b66", 0.6)
    pen.shape(rect(-46, -34, 46, -31.5), PALE_WOOD, ink_width=0.5, shade=0)
    _crockery(pen)
    for side in (-1, 1):
        leaf = poly((side * 48, -64), (side * 76, -72), (side * 76, 5), (side * 48, -2), corner=0.8)
        pen.shape(leaf, mix(hue, WHITE, 0.1), ink_width=0.8)
        field = poly((side * 53, -58), (side * 71, -63.5), (side * 71, -3.5), (side * 53, -8))
        pen.shape(field, mix(hue, WHITE, 0.3), ink_width=0.4, shade=0)
        pen.shape(oval(side * 73, -30, 1.6), BRASS, ink_width=0.5, shade=0)


def _crockery(pen: Pen) -> None:
    for index in range(5):
        pen.shape(oval(-30, -6 - index * 2.6, 13, 2.2), WHITE, ink_width=0.5, shade=0)
    for index in range(3):
        y = -4 - index * 6
        bowl = poly((-12, y - 8), (10, y - 8), (5, y), (-7, y), corner=1.4)
        pen.shape(bowl, (BLUE, "#dfe6df", BLUE)[index], ink_width=0.5)
    for x, hue in ((20, TERRACOTTA), (33, YELLOW)):
        pen.shape(
            oval(x + 6, -10, 3.4, 4).difference(oval(x + 6, -10, 1.8, 2.4)),
            hue,
            ink_width=0.4,
            shade=0,
        )
        pen.shape(rect(x - 5, -16, x + 5, -4, 1.6), hue, ink_width=0.6)
    for x, tall, hue in (
        (-36, 22, "#d8a24c"),
        (-22, 18, "#b56a4a"),
        (-8, 20, "#e7dcc0"),
        (8, 15, "#8a9a5b"),
    ):
        pen.shape(
            rect(x - 5.5, -34 - tall, x + 5.5, -34, 1.8), mix(hue, WHITE, 0.12), ink_width=0.6
        )
        pen.shape(rect(x - 6, -36.5 - tall, x + 6, -33 - tall, 0.8), STEEL, ink_width=0.5, shade=0)
        pen.shape(
            rect(x - 5.5, -28 - tall / 2, x + 5.5, -35 - tall / 2), CREAM, ink_width=0.4, shade=0
        )
    for x in (24, 37):
        pen.shape(
            poly((x - 5, -50), (x + 5, -50), (x + 3.6, -34), (x - 3.6, -34)),
            "#cfe3e6",
            ink_width=0.5,
            shade=0,
        )


def draw_shelf(pen: Pen, look: Look) -> None:
    """A wall shelf: a plank on brackets with mugs on hooks below."""
    wood = look.tint(PALE_WOOD)
    for x in (-36, 36):
        pen.ink(path((x, -22), (x, -8)), 1.2, IRON)
        pen.ink(
            path((x, -9), (x + (5 if x < 0 else -5), -15), (x + (12 if x < 0 else -12), -22)),
            0.8,
            IRON,
        )
    pen.shape(
        poly((-50, -24), (-48, -28), (48, -28), (50, -24)),
        mix(wood, WHITE, 0.3),
        ink_width=0.6,
        shade=0,
    )
    pen.shape(rect(-50, -25, 50, -20.5, 0.8), wood)
    for x, hue in ((-16, TERRACOTTA), (0, "#8fb0a4"), (16, YELLOW)):
        pen.ink(path((x, -20.5), (x + 1.6, -17), (x - 0.6, -15.6)), 0.7, IRON)
        ring = oval(x + 1, -13, 3.6, 3.6).difference(oval(x + 1, -13, 2, 2))
        pen.shape(ring, hue, ink_width=0.5, shade=0)
        pen.shape(
            poly((x - 6, -11), (x + 7, -12), (x + 7, -1), (x - 6, 0), corner=1.2),
            hue,
            ink_width=0.7,
        )


def draw_washing_machine(pen: Pen, look: Look) -> None:
    """A front loader: plain, running (washing turns, it shakes), or full to overflowing."""
    hue = look.tint(ENAMEL)
    spread = look.state == "overflowing"
    if spread:
        spill(pen, -2, 4, 60, mix(WATER, WHITE, 0.25))
    pen.shape(rect(-30, -85, 30, -1, 2), hue)
    pen.shape(
        poly((-30, -85), (-28, -93), (28, -93), (30, -85)),
        mix(hue, WHITE, 0.5),
        ink_width=0.8,
        shade=0,
    )
    pen.shape(rect(-30, -85, 30, -71, 1.5), mix(hue, DARK, 0.06), ink_width=0.6, shade=0)
    pen.shape(rect(-27, -82.5, -8, -73.5, 1), mix(hue, WHITE, 0.5), ink_width=0.5, shade=0)
    pen.shape(oval(5, -78, 4.6), STEEL, ink_width=0.6)
    pen.ink([(5, -78), (7.6, -80.6)], 0.6)
    for x, light in ((16, "#7fb08a"), (23, RED if spread else "#c9c7c8")):
        pen.shape(oval(x, -78, 1.8), light, ink_width=0.4, shade=0)
    pen.shape(oval(0, -40, 23), STEEL)
    drum = oval(0, -40, 17.5)
    pen.shape(drum, mix("#5f7f93", WHITE, 0.2), ink_width=0.7, shade=0)
    if look.state != "plain":
        _laundry(pen, drum)
    pen.ink(arc(0, -40, 13, 13, 200, 250), 1.0, WHITE)
    pen.shape(rect(17, -44, 24, -36, 1.5), mix(hue, DARK, 0.15), ink_width=0.6, shade=0)
    if look.state == "running":
        for side in (-1, 1):
            motion(
                pen, *([(side * x, -62), (side * (x + 3), -44), (side * x, -26)] for x in (34, 39))
            )
    if spread:
        _suds(pen)


def _laundry(pen: Pen, drum: Form) -> None:
    with pen.clip(drum.buffer(-0.5)):
        pen.fill(rect(-20, -38, 20, -20), WATER, 0.9)
        for points, hue in (
            (((-16, -36), (-8, -46), (2, -42), (-2, -30), (-10, -26)), RED),
            (((0, -34), (8, -48), (16, -40), (12, -28)), YELLOW),
            (((-8, -30), (2, -34), (10, -28), (2, -22)), WHITE),
        ):
            pen.shape(blob(*points), hue, ink_width=0.5, shade=0)
        for x, y in ((-10, -50), (-2, -53), (6, -51), (12, -47), (-14, -44)):
            pen.shape(oval(x, y, 2.8), WHITE, ink_width=0.4, shade=0)


def _suds(pen: Pen) -> None:
    pen.shape(limb(path((-10, -26), (-14, -18), (-16, -13)), 9, 12, 14), WHITE, ink_width=0.6)
    pen.shape(limb(path((8, -24), (12, -16), (16, -13)), 8, 11, 14), WHITE, ink_width=0.6)
    foam(pen, 0, -14, 19, 17)
    foam(pen, -2, 3, 50, 24)
    for x, y, size in (
        (-44, -34, 3),
        (-38, -46, 2.2),
        (42, -38, 3.4),
        (48, -26, 2.2),
        (36, -54, 1.8),
    ):
        pen.shape(oval(x, y, size), mix(WATER, WHITE, 0.55), ink_width=0.5, shade=0)


_UNITS = (
    PropKind(
        "kitchen counter",
        (182, 98),
        draw_counter,
        surface=Surface(92, (-62, -21, 21, 62)),
        weight=1.0,
        far=True,
    ),
    PropKind(
        "sink",
        (122, 137),
        draw_sink,
        ("plain", "running", "overflowing"),
        surface=Surface(92, (-47, 47)),
        weight=1.0,
        far=True,
        solid=(120, 97),
        sizes={"overflowing": (134, 144)},
    ),
    PropKind(
        "cooker",
        (68, 98),
        draw_cooker,
        ("plain", "lit", "smoking", "open"),
        surface=Surface(91, (-14, 14)),
        weight=1.0,
        far=True,
        solid=(64, 97),
        sizes={"smoking": (70, 186), "open": (72, 98)},
    ),
    PropKind(
        "fridge",
        (70, 176),
        draw_fridge,
        ("closed", "open"),
        weight=1.0,
        far=True,
        sizes={"open": (146, 176)},
        pin=(8.0, -70.0),
    ),
    PropKind(
        "wall cupboard",
        (104, 70),
        draw_wall_cupboard,
        ("closed", "open"),
        weight=0.95,
        hangs=150,
        far=True,
        sizes={"open": (154, 78)},
    ),
    PropKind(
        "shelf",
        (100, 29),
        draw_shelf,
        surface=Surface(26, (-32, 0, 32)),
        weight=0.9,
        hangs=146,
        far=True,
    ),
    PropKind(
        "washing machine",
        (62, 93),
        draw_washing_machine,
        ("plain", "running", "overflowing"),
        surface=Surface(89, (-14, 14)),
        weight=1.0,
        far=True,
        solid=(60, 92),
        sizes={"running": (84, 93), "overflowing": (122, 100)},
    ),
)

KINDS: tuple[PropKind, ...] = (*_UNITS, *kitchen_room.KINDS)
