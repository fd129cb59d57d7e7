"""What stands in a café: coffee bar, counter with cakes, tables, stools, window, glass door."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import spill, splashes, steam
from storypainter.ink.props.prop import (
    CREAM,
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
from storypainter.ink.props.views import draw_view

BRASS = "#c39a4e"
COFFEE = "#6e4a35"
_MARBLE = "#eee9df"
_CAKES = ("#d9a0a0", "#8a5a3f", "#ecd08a", "#b7c29a")


def _lifted(pen: Pen, height: float, x: float = 0.0, size: float = 1.0) -> Pen:
    """A pen whose origin is ``height`` cm above this one's, drawing ``size`` times as large."""
    frame = pen.frame
    left, top = frame.point(x, -height)
    moved = Frame(left, top, frame.scale * size, frame.degrees, frame.mirror)
    return Pen(pen.canvas, moved, pen.weight)


def draw_coffee_machine(pen: Pen, look: Look) -> None:
    """An espresso machine with two groups, cups on top; steaming, or broken and leaking."""
    hue = look.tint("#c0705c")
    for x in (-34, -20, -6, 20, 32):
        pen.shape(rect(x - 6, -60, x + 5, -51, 2), WHITE, ink_width=0.55, shade=0.6)
        pen.ink(arc(x + 5.4, -56, 2.8, 2.4, -80, 80), 0.6)
    for x in (-40, 40):
        pen.shape(rect(x - 4, -4, x + 4, 0), DARK, ink_width=0.5, shade=0)
    pen.shape(rect(-46, -51, 46, -34, 4), hue)
    pen.shape(rect(-42, -53, 42, -50, 1), STEEL, ink_width=0.5, shade=0)
    pen.shape(rect(-44, -36, 44, -10, 2), mix(STEEL, WHITE, 0.25), ink_width=0.7)
    pen.shape(rect(-47, -12, 47, -3, 2), hue, ink_width=0.8)
    pen.shape(rect(-38, -13.4, 38, -10.6), IRON, ink_width=0.5, shade=0)
    pen.shape(oval(0, -42.5, 5.6), WHITE, ink_width=0.6, shade=0)
    pen.ink([(0, -42.5), (2.8, -45.6)], 0.8, RED)
    for x in (-34, -24, 24, 34):
        pen.shape(oval(x, -42.5, 2.6), DARK if abs(x) > 30 else YELLOW, ink_width=0.45, shade=0)
    for x in (-22, 20):
        pen.shape(rect(x - 6, -35, x + 6, -29, 1), STEEL, ink_width=0.6)
        pen.shape(limb([(x + 3, -29), (x - 11, -25)], 1.6, 2.2), DARK, ink_width=0.5, shade=0)
        pen.shape(rect(x - 2, -29, x + 4, -25), IRON, ink_width=0.4, shade=0)
        pen.shape(rect(x - 5, -22, x + 6, -13, 2), WHITE, ink_width=0.55, shade=0)
        if look.state != "broken":
            pen.ink([(x + 1, -25), (x + 1, -19)], 0.8, COFFEE)
    pen.shape(limb(path((42, -33), (50, -28), (49, -16)), 1.3, 1.3), STEEL, ink_width=0.5, shade=0)
    if look.state == "steaming":
        steam(pen, 49, -16, 30, 2)
        steam(pen, -22, -62, 24, 3)
    if look.state == "broken":
        for side in (-1, 1):
            jet = [(side * 44, -30), (side * 56, -38), (side * 66, -30)]
            pen.shape(limb(path(*jet), 1.2, 2.2, 3.2), "#8a6248", ink_width=0.5, shade=0)
        splashes(pen, ((-60, -44, 4), (62, -46, 4), (-70, -28, 3.4), (72, -26, 3.4)), "#8a6248")
        pen.shape(poly((-7, -51), (0, -58), (6, -51), (14, -62), (10, -50)), STEEL, ink_width=0.5)
        steam(pen, 0, -66, 30, 4)
        spill(pen, 0, 1, 56, "#8a6248")


def draw_coffee_bar(pen: Pen, look: Look) -> None:
    """The working counter at the back wall: machine, grinder, jars, and shelves of cups above."""
    hue = look.tint("#8fb0ab")
    pen.shape(rect(-98, -84, 98, -8), mix(hue, DARK, 0.08))
    pen.shape(rect(-94, -9, 94, 0), mix(hue, DARK, 0.5), ink_width=0.6, shade=0)
    for left in (-94, -31, 32):
        pen.shape(rect(left, -78, left + 60, -14, 1.2), mix(hue, WHITE, 0.16), ink_width=0.5)
        pen.shape(oval(left + 30, -72, 2), BRASS, ink_width=0.4, shade=0)
    pen.shape(rect(-101, -90, 101, -83, 1), _MARBLE, ink_width=0.8)
    _cup_shelves(pen)
    _grinder(pen, 62)
    for x, tone in ((-84, "#d8c19a"), (-68, COFFEE)):
        pen.shape(rect(x - 7, -112, x + 7, -90, 2.5), tone, ink_width=0.6)
        pen.shape(rect(x - 6, -116, x + 6, -111, 1), WOOD, ink_width=0.5, shade=0)
    draw_coffee_machine(_lifted(pen, 90), Look(state=look.state, colour="#c79482"))
    pen.shape(rect(82, -104, 95, -90, 1), WHITE, ink_width=0.6)
    for y in (-107, -110, -113):
        pen.shape(oval(88.5, y + 2, 7.4, 2), WHITE, ink_width=0.45, shade=0)


def _cup_shelves(pen: Pen) -> None:
    """Two boards on brackets with cups, glasses, bags of coffee and a trailing plant."""
    for y in (-166.0, -196.0):
        for x in (-72, 72):
            pen.shape(poly((x - 1.6, y), (x + 1.6, y), (x + 1.6, y + 10), (x - 1.6, y + 5)), IRON, ink_width=0.4, shade=0)  # fmt: skip
        pen.shape(rect(-96, y - 4, 96, y, 0.8), PALE_WOOD, ink_width=0.6)
    for x, tone in ((-88, WHITE), (-75, "#d9b3a0"), (-62, WHITE), (-49, "#a9c0bd"), (-36, WHITE)):
        pen.shape(rect(x - 5.4, -180, x + 5, -170, 2), tone, ink_width=0.45, shade=0.5)
        pen.ink(arc(x + 5.2, -175.4, 2.8, 2.6, -80, 80), 0.5)
    for x in (-16, -3, 10, 23):
        glass = poly((x - 5.4, -184), (x + 5.4, -184), (x + 3.8, -170), (x - 3.8, -170))
        pen.shape(glass, "#dcebed", ink_width=0.45, shade=0.4)
    for x, tone in ((42, "#c9a87e"), (58, "#a9b58f"), (74, "#c9a87e"), (89, "#d9b3a0")):
        bag = poly((x - 6.6, -170), (x - 5.6, -187), (x + 5.6, -187), (x + 6.6, -170), corner=1)
        pen.shape(bag, tone, ink_width=0.45, shade=0.5)
        pen.fill(rect(x - 3.6, -181, x + 3.6, -175), CREAM)
    for x, tone in ((-84, "#c98f72"), (-66, "#b9a6b8"), (-12, "#c9b68a"), (4, "#a9c0bd"), (20, "#c98f72")):  # fmt: skip
        pen.shape(rect(x - 6.6, -217, x + 6.6, -200, 2.4), tone, ink_width=0.45, shade=0.5)
        pen.shape(rect(x - 5.6, -221, x + 5.6, -216.4, 1), PALE_WOOD, ink_width=0.4, shade=0)
    pot = poly((-46, -214), (-30, -214), (-32, -200), (-44, -200), corner=0.8)
    for line in ((-38, -216, -50, -212, -52, -188), (-36, -216, -28, -206, -27, -184), (-38, -214, -40, -224, -46, -228)):  # fmt: skip
        vine = path((line[0], line[1]), (line[2], line[3]), (line[4], line[5]))
        pen.ink(vine, 0.7, "#6f8a55")
        for x, y in vine[3::4]:
            pen.shape(oval(float(x), float(y), 3.2, 2.2, 30), "#94ac74", ink_width=0.35, shade=0)
    pen.shape(pot, "#cf9276", ink_width=0.5)
    for x in (46, 60, 74):
        pen.shape(oval(x + 6, -204.6, 8, 4.4), WHITE, ink_width=0.45, shade=0.5)


def _grinder(pen: Pen, x: float) -> None:
    pen.shape(poly((x - 9, -136), (x + 9, -136), (x + 5, -116), (x - 5, -116)), "#d7e4e4", ink_width=0.6)  # fmt: skip
    pen.shape(poly((x - 8, -128), (x + 8, -128), (x + 5, -116), (x - 5, -116)), COFFEE, ink_width=0.4, shade=0)  # fmt: skip
    pen.shape(rect(x - 10, -140, x + 10, -135, 1), DARK, ink_width=0.5, shade=0)
    pen.shape(rect(x - 8, -117, x + 8, -94, 2), IRON, ink_width=0.6)
    pen.shape(rect(x - 11, -94, x + 11, -90, 1), DARK, ink_width=0.5, shade=0)


def draw_bar_counter(pen: Pen, look: Look) -> None:
    """A panelled counter with a marble top; at its left end a glass case with cakes."""
    hue = look.tint("#7f9b8f")
    pen.shape(rect(-97, -9, 97, 0), mix(hue, DARK, 0.5), ink_width=0.6, shade=0)
    pen.shape(rect(-100, -94, 100, -8, 1.5), hue)
    for x in range(-92, 93, 23):
        pen.shape(rect(x - 9.4, -84, x + 9.4, -16, 1.5), mix(hue, WHITE, 0.14), ink_width=0.45, shade=0.6)  # fmt: skip
    _cake_case(pen, empty=look.state == "sold out")
    top = poly((-22, -96), (-18, -106), (99, -106), (104, -96))
    pen.shape(top, WHITE, ink_width=0.8, shade=0)
    for line in (((10, -104), (22, -101), (30, -103)), ((58, -99), (70, -102), (86, -100))):
        pen.ink(path(*line), 0.35, "#bdb6ab")
    pen.shape(rect(-104, -97, 105, -91, 1), _MARBLE, ink_width=0.8)


def _cake_case(pen: Pen, *, empty: bool) -> None:
    body = poly((-100, -96), (-100, -120), (-94, -126), (-28, -126), (-22, -120), (-22, -96), corner=1)  # fmt: skip
    pen.shape(body, "#f7efe0", ink_width=0.8, shade=0)
    pen.shape(rect(-98, -99, -24, -97, 0.5), STEEL, ink_width=0.4, shade=0)
    for index, x in enumerate((-84, -61, -38)):
        hue = _CAKES[index]
        pen.shape(oval(x, -100, 11, 2), WHITE, ink_width=0.4, shade=0)
        if empty:
            continue
        pen.shape(rect(x - 9.4, -113, x + 9.4, -101, 1.5), hue, ink_width=0.5)
        icing = blob((x - 9.4, -112), (x - 8, -116), (x, -117), (x + 8, -116), (x + 9.4, -112), (x + 5, -109), (x, -111.6), (x - 5, -109))  # fmt: skip
        pen.shape(icing, mix(hue, WHITE, 0.55), ink_width=0.45, shade=0)
        pen.fill(oval(x, -118, 1.9), RED)
    for x in (-93, -88):
        pen.ink([(x, -108), (x + 7, -122)], 0.7, WHITE)
    pen.ink([(-97, -121), (-25, -121)], 0.4, "#8b8591")


def draw_cafe_table(pen: Pen, look: Look) -> None:
    """A small round table on one foot; laid with a cloth and a little vase."""
    hue = look.tint(DARK_WOOD)
    pen.shape(limb([(0, -70), (0, -8)], 3.4, 3.4), IRON)
    foot = join(oval(0, -4, 24, 4.6), limb([(0, -18), (0, -6)], 4, 9))
    pen.shape(foot, IRON)
    if look.state == "laid":
        cloth = poly((-46, -72), (46, -72), (43, -54), (32, -49), (20, -54), (6, -49), (-8, -54), (-22, -49), (-34, -54), (-43, -52), corner=1)  # fmt: skip
        pen.shape(cloth, look.tint(CREAM))
        for x in (-30, -10, 12, 32):
            pen.ink([(x, -69), (x * 0.97, -55)], 0.4, "#b9ae98")
        pen.shape(oval(0, -73, 46.4, 8.4), mix(look.tint(CREAM), WHITE, 0.4), ink_width=0.9, shade=0)  # fmt: skip
        return
    pen.shape(oval(0, -70.6, 44, 8.2), mix(hue, DARK, 0.25), ink_width=0.9, shade=0)
    pen.shape(oval(0, -73, 44, 8), mix(hue, WHITE, 0.28), ink_width=0.8, shade=0)
    pen.ink(arc(0, -73, 37, 6, 20, 160), 0.35, DARK_WOOD)


def draw_bar_stool(pen: Pen, look: Look) -> None:
    """A tall stool with a round seat and a ring for the feet; or fallen over."""
    hue = look.tint("#c0705c")
    if look.state == "fallen":
        pen = _lifted(pen, 13, -38)
        frame = pen.frame
        pen = Pen(pen.canvas, Frame(frame.x, frame.y, frame.scale, 84 * (-1 if frame.mirror else 1), frame.mirror), pen.weight)  # fmt: skip
    for foot, head in ((-11, -7), (12, 8)):
        pen.shape(limb([(head, -72), (foot, -4)], 1.5, 1.5), mix(IRON, DARK, 0.4), ink_width=0.6, shade=0)  # fmt: skip
    pen.shape(oval(0, -24, 15, 3.6).difference(oval(0, -24, 12.4, 1.8)), IRON, ink_width=0.5, shade=0)  # fmt: skip
    for foot, head in ((-19, -11), (19, 11)):
        pen.shape(limb([(head, -72), (foot, 0)], 1.8, 1.8), IRON, ink_width=0.7)
    pen.shape(rect(-19, -80, 19, -71, 4), hue)
    pen.shape(oval(0, -80, 19, 4), mix(hue, WHITE, 0.25), ink_width=0.7, shade=0)


def draw_cafe_window(pen: Pen, look: Look) -> None:
    """A wide window on the street with a half curtain on a brass rod and plants on its sill."""
    frame = look.tint("#5f7f7b")
    pen.shape(rect(-92, -150, 92, -4, 1), frame)
    draw_view(pen, look.ground, -85, -143, 85, -11)
    _street(pen, look)
    pen.ink([(-85, -143), (85, -143), (85, -11), (-85, -11)], 0.6, closed=True)
    bars = join(rect(-86, -116, 86, -111), rect(-31, -144, -26, -10), rect(26, -144, 31, -10))
    pen.shape(bars, frame, ink_width=0.5, shade=0)
    curtain = "#f3ead6"
    for left, right in ((-85, -31), (-26, 26), (31, 85)):
        cloth = poly((left + 1, -58), (right - 1, -58), (right - 1, -12), (left + 1, -12))
        pen.shape(cloth, curtain, ink_width=0.45, shade=0)
        for x in range(int(left) + 8, int(right) - 4, 9):
            pen.ink([(x, -56), (x + 1, -14)], 0.35, "#c9bda2")
        pen.fill(rect(left + 1, -19, right - 1, -16), "#c98f72", 0.8)
    pen.shape(limb([(-85, -59), (85, -59)], 1.3, 1.3), BRASS, ink_width=0.5, shade=0)
    pen.shape(rect(-98, -5, 98, 1, 1), mix(frame, WHITE, 0.2), ink_width=0.8)


def _street(pen: Pen, look: Look) -> None:
    """Two houses across the street, their windows lit by night."""
    dark = look.ground.dark
    with pen.clip(rect(-85, -143, 85, -11)):
        for left, right, top, wall in ((-70, -22, -112, "#d8b9a4"), (34, 92, -122, "#c9c0a8")):
            tone = mix(wall, "#26345e", 0.6) if dark else mix(wall, "#dfe6e2", 0.3)
            pen.shape(rect(left, top, right, -8), tone, ink_width=0.4, shade=0)
            roof = poly((left - 4, top), (right + 4, top), ((left + right) / 2, top - 18))
            pen.shape(roof, mix(tone, "#8a4a3c", 0.4), ink_width=0.4, shade=0)
            for x in (left + 9, right - 21):
                for y in (top + 12, top + 38):
                    pane = "#f6d67c" if dark else "#eaf0ec"
                    pen.shape(rect(x, y, x + 12, y + 15), pane, ink_width=0.35, shade=0)


def draw_shop_door(pen: Pen, look: Look) -> None:
    """A glazed door with a bell above it: closed, or open on the street."""
    frame = look.tint("#5f7f7b")
    pen.shape(rect(-52, -216, 52, 0), mix(frame, WHITE, 0.2))
    draw_view(pen, look.ground, -44, -206, 44, 0)
    pen.fill(rect(-44, -14, 44, 0), "#b9b4ab" if not look.ground.dark else "#4b5068")
    pen.ink([(-44, -206), (44, -206), (44, -0.6), (-44, -0.6)], 0.6, closed=True)
    if look.state == "open":
        leaf = poly((-44, -206), (-20, -194), (-20, -9), (-44, 0))
        pane = poly((-40, -198), (-24, -189), (-24, -62), (-40, -62))
        pen.shape(leaf.difference(pane), frame, ink_width=0.8)
        pen.fill(pane, WHITE, 0.3)
        pen.shape(oval(-23.4, -100, 2), BRASS, ink_width=0.4, shade=0)
    else:
        pane = rect(-34, -194, 34, -66, 1.5)
        pen.shape(rect(-44, -206, 44, 0).difference(pane), frame, ink_width=0.8)
        pen.shape(rect(-32, -54, 32, -14, 1.5), mix(frame, WHITE, 0.16), ink_width=0.5)
        for x in (-20, -12):
            pen.ink([(x, -100), (x + 18, -136)], 0.7, WHITE)
        pen.shape(rect(36, -112, 41, -86, 1.5), BRASS, ink_width=0.5, shade=0)
    ring = 14.0 if look.state == "open" else 0.0
    pen.shape(band([(30, -206), (30, -199)], 1.6), IRON, ink_width=0.4, shade=0)
    bell = poly((26 + ring * 0.2, -200), (34 + ring * 0.2, -200), (38 + ring * 0.3, -189), (22 + ring * 0.1, -189), corner=1.5)  # fmt: skip
    pen.shape(bell, BRASS, ink_width=0.6)
    if ring:
        for line in (((16, -196), (13, -192), (14, -187)), ((46, -197), (49, -193), (48, -188))):
            pen.ink(path(*line), 0.6)


def draw_cake_stand(pen: Pen, look: Look) -> None:
    """A cake on a footed stand, whole or cut, under a glass dome if closed."""
    pen.shape(poly((-4, -12), (4, -12), (12, 0), (-12, 0), corner=1), WHITE, ink_width=0.8)
    pen.shape(oval(0, -12, 25, 4), WHITE, ink_width=0.8)
    hue = look.tint(PINK)
    if look.state == "empty":
        for x, y in ((-9, -13), (3, -12), (10, -13.6), (-2, -14)):
            pen.fill(oval(x, y, 1.3), COFFEE)
        return
    cake = rect(-19, -33, 19, -13, 2)
    pen.shape(cake, "#d8a464")
    icing = blob((-19, -30), (-18, -36), (0, -38), (18, -36), (19, -30), (13, -26), (7, -31), (0, -25), (-7, -31), (-13, -26))  # fmt: skip
    pen.shape(icing, hue, ink_width=0.7, shade=0.6)
    pen.ink([(-18.5, -21), (18.5, -21)], 0.8, CREAM)
    for x in (-11, 0, 11):
        pen.shape(oval(x, -39, 3), RED, ink_width=0.5)
    if look.state == "cut":
        pen.shape(poly((4, -37), (19.5, -36), (19.5, -13), (4, -13)), "#f2d7a6", ink_width=0.7, shade=0)  # fmt: skip
        for y in (-28, -20):
            pen.ink([(4, y), (19, y)], 1.0, hue)
    if look.state == "covered":
        dome = _dome(0, -14, 24, 32)
        pen.fill(dome, "#e6f1f2", 0.35)
        pen.ink(list(dome.exterior.coords), 0.6, closed=True)
        pen.shape(oval(0, -48, 3), STEEL, ink_width=0.5)
        pen.ink([(-15, -24), (-11, -38)], 0.8, WHITE)


def _dome(x: float, y: float, half: float, height: float) -> Form:
    """The outline of a dome on a flat foot at (x, y)."""
    return poly(*((float(a), float(b)) for a, b in arc(x, y, half, height, 180, 360)))


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "coffee machine",
        (98, 62),
        draw_coffee_machine,
        ("plain", "steaming", "broken"),
        sizes={"steaming": (104, 90), "broken": (148, 98)},
        scale=0.9,
    ),
    PropKind(
        "coffee bar",
        (202, 222),
        draw_coffee_bar,
        ("plain", "steaming", "broken"),
        weight=0.75,
        scale=0.92,
        far=True,
    ),
    PropKind(
        "bar counter",
        (208, 127),
        draw_bar_counter,
        ("plain", "sold out"),
        surface=Surface(101, (4, 46, 84)),
        approach=Approach(0.0, 120.0, weight=300.0),
        solid=(170, 78),
        weight=0.9,
        scale=0.82,
    ),
    PropKind(
        "cafe table",
        (92, 82),
        draw_cafe_table,
        ("plain", "laid"),
        surface=Surface(73, (-26, 0, 26)),
        solid=(60, 80),
    ),
    PropKind(
        "bar stool",
        (40, 84),
        draw_bar_stool,
        ("plain", "fallen"),
        surface=Surface(80, (0,)),
        seats=Surface(76, (0,)),
        sizes={"fallen": (86, 40)},
    ),
    PropKind(
        "cafe window", (196, 150), draw_cafe_window, weight=0.85, scale=0.9, hangs=76, far=True
    ),
    PropKind(
        "shop door",
        (104, 216),
        draw_shop_door,
        ("closed", "open"),
        weight=0.85,
        far=True,
        pin=(0, -112),
    ),
    PropKind(
        "cake stand",
        (51, 43),
        draw_cake_stand,
        ("plain", "cut", "covered", "empty"),
        grips=((-10, -5), (10, -5)),
        carry="two",
        sizes={"covered": (51, 52), "empty": (51, 18)},
        scale=0.84,
    ),
)
