"""What stands in a supermarket: shelves, chiller, fruit, sliding door, checkout, trolley, tins."""

from __future__ import annotations

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion
from storypainter.ink.props.prop import (
    CREAM,
    DARK,
    GREEN,
    IRON,
    PALE_WOOD,
    RED,
    STEEL,
    WHITE,
    YELLOW,
    Approach,
    Look,
    PropKind,
    Surface,
)
from storypainter.ink.props.shop_goods import QUIET_INK, fruit_heap, shelf_row
from storypainter.ink.props.views import draw_view

_BACK = "#cfc6b4"
_BOARD = "#ece6d8"
_HEADER = "#8fa97f"
_SHELF_FEET = (-16.0, -58.0, -98.0, -138.0)
_LIFT = (39.0, 37.0, 37.0, 37.0)  # cm of room above each shelf board


def draw_shelf(pen: Pen, look: Look) -> None:
    """A shelf unit of four boards with goods, price tickets and a coloured header."""
    hue = look.tint(_HEADER)
    fullness = {"full": 1.0, "half empty": 0.45}.get(look.state, 0.0)
    stretch = _stretch(pen)
    pen.shape(rect(-57, -184, 57, 0), _BACK, ink_width=0.8, shade=0)
    pen.fill(rect(-54, -182, 54, -174), mix(_BACK, DARK, 0.16))
    for index, (foot, room) in enumerate(zip(_SHELF_FEET, _LIFT, strict=True)):
        pen.ink([(-55, foot - room + 2), (55, foot - room + 2)], 0.3, mix(_BACK, DARK, 0.3))
        shelf_row(pen, (-54, 54), foot - 1.0, room - 6, stretch * 7 + index, fullness)
        pen.shape(rect(-57, foot - 1.6, 57, foot + 4.4, 0.8), _BOARD, ink_width=0.55)
        for x in (-34, 6, 40):
            ticket = rect(x - 7, foot - 0.6, x + 7, foot + 3.8, 0.8)
            pen.shape(ticket, WHITE, ink_width=0.35, ink_colour=QUIET_INK, shade=0)
            pen.ink([(x - 4, foot + 1.6), (x + 3, foot + 1.6)], 0.5, RED)
    pen.shape(rect(-56, -11, 56, 0), mix(_BACK, DARK, 0.3), ink_width=0.6, shade=0)
    for side in (-1, 1):
        pen.shape(rect(side * 57 - 1.6, -184, side * 57 + 1.6, 0), _BOARD, ink_width=0.55, shade=0)
    pen.shape(rect(-59, -199, 59, -182, 1.5), hue, ink_width=0.8)
    if look.text:
        write(pen, look.text.upper(), (0, -190.5), 106, 10, WHITE, hue)
    else:
        _header_mark(pen, hue, stretch % 4)


def _stretch(pen: Pen) -> int:
    """Which stretch of the wall a unit fills: neighbours hold different goods."""
    return round(pen.frame.x / (60 * pen.frame.scale))


def _header_mark(pen: Pen, hue: str, mark: int) -> None:
    """What the shelf holds, as a white picture: an apple, a cup, a loaf, a bottle."""
    pale = mix(hue, WHITE, 0.82)
    for x in (-28.0, 28.0):
        if mark == 0:
            body = join(oval(x - 2.2, -189.4, 3.6, 4.2), oval(x + 2.2, -189.4, 3.6, 4.2))
            pen.fill(body, pale)
            pen.ink([(x, -193), (x + 1.6, -196.4)], 0.7, pale)
        elif mark == 1:
            pen.fill(rect(x - 5, -194.6, x + 3.4, -186, 1.6), pale)
            pen.ink(arc(x + 3.6, -190.8, 3.2, 2.6, -90, 90), 0.8, pale)
        elif mark == 2:
            pen.fill(join(rect(x - 7, -191, x + 7, -186, 1), oval(x, -191.2, 7.4, 3.6)), pale)
        else:
            pen.fill(join(rect(x - 3.2, -192, x + 3.2, -185.4, 1), rect(x - 1.3, -196, x + 1.3, -190)), pale)  # fmt: skip


def draw_freezer(pen: Pen, look: Look) -> None:
    """A tall chiller with two glass doors and cold light inside; open, the right door stands out."""
    body = look.tint("#dfe5e4")
    inside = "#d7eaf0"
    pen.shape(rect(-66, -200, 66, 0, 2), body)
    pen.shape(rect(-63, -197, 63, -180, 1.5), "#7fa6b5", ink_width=0.5, shade=0)
    for x in (-30, 0, 30):
        for turn in (0, 60, 120):
            flake = arc(x, -188.5, 5, 5, turn, turn + 180)
            pen.ink([flake[0], flake[-1]], 0.7, WHITE)
    pen.shape(rect(-61, -177, 61, -20), inside, ink_width=0.6, shade=0)
    with pen.clip(rect(-61, -177, 61, -20)):
        for index, foot in enumerate((-24.0, -64.0, -102.0, -140.0)):
            shelf_row(pen, (-58, 58), foot, 31, 40 + index, 1.0, cold=True)
            pen.fill(rect(-61, foot, 61, foot + 3), WHITE)
            pen.ink([(-61, foot), (61, foot)], 0.4, QUIET_INK)
    pen.shape(rect(-62, -17, 62, -4, 1), mix(body, DARK, 0.2), ink_width=0.5, shade=0)
    for y in (-13.5, -10.5, -7.5):
        pen.ink([(-52, y), (52, y)], 0.35, IRON)
    _glass_door(pen, -61, 0, -7)
    if look.state != "open":
        _glass_door(pen, 0, 61, 7)
        return
    leaf = poly((61, -177), (84, -184), (84, -10), (61, -20))
    pane = poly((65, -172), (80.5, -178), (80.5, -18), (65, -25))
    pen.shape(leaf.difference(pane), WHITE, ink_width=0.7, shade=0)
    pen.fill(pane, "#eaf5f7", 0.55)
    for y in (-150, -90, -45):
        curl = path((38, y + 14), (48, y + 9), (58, y + 16), (72, y + 11))
        pen.ink(curl, 0.5, WHITE)


def _glass_door(pen: Pen, left: float, right: float, knob: float) -> None:
    frame = rect(left + 0.5, -178, right - 0.5, -19).difference(
        rect(left + 4, -174, right - 4, -23)
    )
    pen.shape(frame, "#f2f4f1", ink_width=0.45, shade=0)
    middle = (left + right) / 2
    for shift in (-8.0, 2.0):
        pen.ink([(middle + shift - 12, -96), (middle + shift + 10, -138)], 0.6, WHITE)
    pen.shape(rect(knob - 1.6, -118, knob + 1.6, -84, 1.4), STEEL, ink_width=0.45, shade=0)


def draw_fruit(pen: Pen, look: Look) -> None:
    """A stand of slanted crates with fruit and vegetables under a striped cloth."""
    wood = look.tint(PALE_WOOD)
    for side in (-1, 1):
        pen.shape(rect(side * 80 - 3, -172, side * 80 + 3, 0), mix(wood, DARK, 0.2), ink_width=0.7)
    pen.shape(rect(-80, -88, 80, -4), mix(wood, DARK, 0.45), ink_width=0.6, shade=0)
    crates = ((-104.0, ("apple", "orange", "lemon")), (-62.0, ("tomato", "cabbage", "aubergine")))
    for top, kinds in crates:
        for index, kind in enumerate(kinds):
            left = -80 + index * 53.6
            _crate(pen, wood, left, left + 52.4, top, kind, index)
    pen.shape(rect(-81, -24, 81, -2, 1), wood, ink_width=0.7)
    for x in (-54, -27, 0, 27, 54):
        pen.ink([(x, -23), (x, -3)], 0.35, mix(wood, DARK, 0.5))
    _awning(pen, 90, -182, -156)
    if look.state == "collapsed":
        for x, y, r, hue in (
            (-58, 4, 6.4, "#e39a45"), (24, 5, 6.4, RED), (72, 6, 6.4, YELLOW), (-90, 11, 7, RED),
            (-30, 15, 7, RED), (48, 16, 6.8, "#e39a45"), (94, 18, 7, RED), (4, 25, 7, YELLOW),
        ):  # fmt: skip
            _rolling(pen, x, y, r, hue)


def _rolling(pen: Pen, x: float, foot: float, size: float, hue: str) -> None:
    """A fruit on the floor, with its shadow and its stalk."""
    pen.fill(oval(x + 2, foot, 1.35 * size, 0.32 * size), DARK, 0.22)
    pen.shape(oval(x, foot - size, size), hue, ink_width=0.7)
    pen.ink([(x, foot - 2 * size + 1), (x + 2, foot - 2 * size - 2)], 0.6)


def _crate(
    pen: Pen, wood: str, left: float, right: float, top: float, kind: str, seed: int
) -> None:
    """A tilted crate: its floor rises to the back, its front board is low."""
    inside = poly((left + 2, top), (right - 2, top), (right, top + 32), (left, top + 32))
    pen.shape(inside, mix(wood, DARK, 0.5), ink_width=0.5, shade=0)
    with pen.clip(rect(left - 2, top - 14, right + 2, top + 33)):
        fruit_heap(pen, left + 3, right - 3, top + 31, 30, kind, seed)
    pen.shape(rect(left, top + 26, right, top + 40, 0.8), mix(wood, WHITE, 0.15), ink_width=0.6)
    ticket = rect((left + right) / 2 - 9, top + 29, (left + right) / 2 + 9, top + 38, 0.8)
    pen.shape(ticket, WHITE, ink_width=0.35, shade=0)
    pen.ink([((left + right) / 2 - 5, top + 33.6), ((left + right) / 2 + 4, top + 33.6)], 0.6, RED)


def _awning(pen: Pen, half: float, top: float, hem: float) -> None:
    count = 10
    step = 2 * half / count
    for index in range(count):
        left = -half + index * step
        strip = join(
            poly((left * 0.93, top), ((left + step) * 0.93, top), (left + step, hem), (left, hem)),
            oval(left + step / 2, hem, step / 2, 6).intersection(rect(-half, hem - 0.5, half, hem + 9)),
        )  # fmt: skip
        pen.shape(strip, "#9db287" if index % 2 else CREAM, ink_width=0.45, shade=0)


def draw_sliding_door(pen: Pen, look: Look) -> None:
    """A glass door in two leaves that shows the street; open, the leaves have slid aside."""
    frame = look.tint("#7d8f8c")
    pen.shape(rect(-84, -216, 84, 0), frame)
    draw_view(pen, look.ground, -77, -196, 77, 0)
    pen.fill(rect(-77, -15, 77, 0), "#b9b4ab" if not look.ground.dark else "#4b5068")
    pen.shape(rect(-80, -212, 80, -197, 1), mix(frame, WHITE, 0.3), ink_width=0.5, shade=0)
    pen.shape(rect(-10, -208, 10, -200, 2), DARK, ink_width=0.4, shade=0)
    pen.fill(oval(5, -204, 1.6), "#f2856d" if look.state == "closed" else "#a8d58b")
    edge = 0.0 if look.state == "closed" else 46.0
    for side in (-1, 1):
        a, b = sorted((side * edge, side * 77))
        leaf = rect(a, -196, b, 0)
        glass = rect(a + 4, -192, b - 4, -12)
        pen.fill(glass, WHITE, 0.22)
        pen.shape(leaf.difference(glass), mix(frame, WHITE, 0.45), ink_width=0.6, shade=0)
        pen.fill(rect(a + 5, -112, b - 5, -106), RED, 0.75)
        middle = (a + b) / 2
        pen.ink([(middle - 6, -130), (middle + 6, -156)], 0.7, WHITE)


def draw_checkout(pen: Pen, look: Look) -> None:
    """A checkout seen from the customers' side: belt, till with its screen, a lamp on a pole."""
    hue = look.tint("#d7d2c6")
    lit = look.state != "closed"
    pen.shape(rect(95, -176, 99, -88, 1), STEEL, ink_width=0.6, shade=0)
    lamp = rect(82, -206, 112, -176, 4)
    glow = YELLOW if lit else "#b5b0a8"
    pen.shape(lamp, glow, ink_width=0.8)
    write(pen, look.text[:2] or "3", (97, -191), 22, 18, "#5a3f2a", glow)
    _till_screen(pen, lit)
    pen.shape(rect(-108, -80, 108, -4, 2), hue)
    pen.shape(rect(-104, -10, 104, 0), mix(hue, DARK, 0.45), ink_width=0.6, shade=0)
    for left, right in ((-102, -36), (-32, 34), (38, 102)):
        pen.shape(rect(left, -66, right, -18, 2), mix(hue, WHITE, 0.3), ink_width=0.45, shade=0.4)
    pen.fill(rect(-107, -76, 107, -70), "#c0705c")
    top = poly((-110, -80), (-104, -93), (104, -93), (110, -80))
    pen.shape(top, mix(hue, WHITE, 0.5), ink_width=0.8, shade=0)
    belt = poly((-105, -81.5), (-100, -91.5), (30, -91.5), (31, -81.5))
    pen.shape(belt, "#5b5a61", ink_width=0.6, shade=0)
    for x in (-80, -56, -32, -8, 16):
        pen.ink([(x, -91), (x - 2, -82)], 0.35, "#7c7b83")
    pen.shape(poly((40, -82), (41, -91), (60, -91), (61, -82)), DARK, ink_width=0.5, shade=0)
    pen.ink([(44, -86.5), (57, -86.5)], 0.9, "#e2604a")
    pen.shape(rect(-111, -81, 111, -76, 1), mix(hue, DARK, 0.12), ink_width=0.7)
    if look.state == "busy":
        _shopping(pen)


def _till_screen(pen: Pen, lit: bool) -> None:
    pen.shape(rect(71, -112, 75, -88), IRON, ink_width=0.5, shade=0)
    screen = poly((56, -134), (90, -137), (90, -111), (56, -109), corner=1)
    pen.shape(screen, DARK, ink_width=0.7)
    face = poly((59, -131), (87, -133.6), (87, -114), (59, -112))
    with pen.canvas.lit():
        pen.fill(face, "#bfe0dc" if lit else "#5d6470")
    if lit:
        for y in (-128, -123, -118):
            pen.ink([(62, y), (78, y - 0.8)], 0.5, "#4d7076")
    pen.shape(
        poly((64, -100), (78, -100), (80, -90), (62, -90), corner=1), "#4f5a5c", ink_width=0.6
    )


def _shopping(pen: Pen) -> None:
    """A row of goods on the belt."""
    pen.shape(rect(-92, -110, -76, -85, 1.4), "#d98f78", ink_width=0.7)
    pen.shape(rect(-89, -104, -79, -94), CREAM, ink_width=0.3, shade=0)
    pen.shape(join(rect(-70, -104, -59, -85, 2), rect(-67, -112, -62, -102, 1)), "#9cc3c9", ink_width=0.7)  # fmt: skip
    loaf = join(oval(-40, -94, 14, 8), rect(-54, -94, -26, -86, 3))
    pen.shape(loaf, "#d8a464", ink_width=0.7)
    for x in (-47, -40, -33):
        pen.ink([(x - 2, -101), (x + 2, -95)], 0.6, "#a8763f")
    for x in (-14, -4, 6):
        pen.shape(oval(x, -92, 6), "#8fae5b", ink_width=0.7)
    pen.ink([(-4, -97), (-2, -101)], 0.6)


def draw_trolley(pen: Pen, look: Look) -> None:
    """A wire shopping trolley, its handle to the left, its nose to the right."""
    steel = look.tint("#9aa5a6")
    dark = mix(steel, DARK, 0.35)
    for a, b in (((-30, -20), (44, -20)), ((-26, -42), (-30, -20)), ((30, -44), (44, -20))):
        pen.shape(limb([a, b], 1.8, 1.8), dark, ink_width=0.6, shade=0)
    for x in (-27, 41):
        pen.shape(limb([(x, -19), (x, -9)], 2.2, 2.2), dark, ink_width=0.6, shade=0)
        pen.shape(oval(x, -6.5, 6.5), DARK, ink_width=0.7)
        pen.fill(oval(x, -6.5, 2.4), STEEL)
    far_rim = [(-34, -98), (50, -88)]
    pen.ink(far_rim, 0.9, dark)
    if look.state != "empty":
        _load(pen)
    for index in range(9):
        share = index / 8
        pen.ink([(-38 + 92 * share, -92 + 10 * share), (-30 + 76 * share, -42 - 6 * share)], 0.7, dark, solid=True)  # fmt: skip
    for share in (0.25, 0.5, 0.75):
        y = 50 * share
        pen.ink([(-38 + 8 * share, -92 + y), (54 - 8 * share, -82 + y * 0.68)], 0.55, dark)
    ring = poly((-38, -92), (54, -82), (46, -48), (-30, -42))
    pen.shape(ring.difference(ring.buffer(-2.2)), steel, ink_width=0.6, shade=0)
    pen.shape(limb([(-36, -92), (-50, -102)], 2.0, 2.0), steel, ink_width=0.6)
    pen.shape(limb([(-54, -103), (-44, -101)], 3.4, 3.4), RED, ink_width=0.7)


def _load(pen: Pen) -> None:
    """What sticks out of a full trolley."""
    leek = path((8, -70), (14, -98), (22, -116))
    pen.shape(limb(leek, 3.4, 3.0, 2.0), "#dfe6c2", ink_width=0.6)
    for tip in ((14, -128), (24, -130), (32, -122)):
        pen.shape(limb([(19, -110), tip], 2.6, 0.8), GREEN, ink_width=0.5, shade=0)
    pen.shape(rect(-30, -118, -8, -60, 1.4), YELLOW, ink_width=0.7)
    pen.shape(rect(-27, -106, -11, -92, 1), CREAM, ink_width=0.4, shade=0)
    pen.shape(join(rect(-6, -96, 8, -54, 3), rect(-2, -108, 4, -92, 1)), "#9cc3c9", ink_width=0.7)
    bread = limb([(30, -60), (46, -112)], 5.4, 4.6)
    pen.shape(bread, "#d8a464", ink_width=0.7)
    for share in (0.45, 0.65, 0.85):
        x, y = 30 + 16 * share, -60 - 52 * share
        pen.ink([(x - 3.4, y - 2), (x + 3, y + 1)], 0.6, "#a8763f")
    pen.shape(rect(10, -88, 30, -52, 2), "#d98f78", ink_width=0.7)
    pen.shape(blob((-28, -60), (-10, -78), (2, -74), (8, -58), (-6, -52)), "#9db287", ink_width=0.6)


def draw_basket(pen: Pen, look: Look) -> None:
    """A plastic shopping basket with two handles; full, or tipped over with its goods about."""
    hue = look.tint(RED)
    if look.state == "tipped":
        _tipped_basket(pen, hue)
        return
    pen.ink(arc(0, -26, 17, 22, 186, 354), 1.6, mix(hue, DARK, 0.5))
    if look.state == "full":
        pen.shape(rect(-15, -42, -3, -14, 1), YELLOW, ink_width=0.7)
        pen.shape(limb([(6, -18), (14, -46)], 3.6, 3.0), "#d8a464", ink_width=0.7)
        pen.shape(join(oval(2, -30, 6), oval(13, -28, 6)), "#8fae5b", ink_width=0.7)
    body = poly((-23, -26), (23, -26), (18, 0), (-18, 0), corner=2)
    pen.shape(body, hue)
    for x in (-14, -7, 0, 7, 14):
        pen.ink([(x * 1.08, -19), (x, -5)], 0.9, mix(hue, DARK, 0.45))
    pen.shape(rect(-25, -29, 25, -23, 2), mix(hue, WHITE, 0.15), ink_width=0.8)
    near = arc(0, -26, 20, 26, 190, 350)
    pen.shape(band(near, 2.6), mix(hue, DARK, 0.35), ink_width=0.6, shade=0)


def _tipped_basket(pen: Pen, hue: str) -> None:
    """The basket on its long side, its opening to the right; its goods have rolled out of it."""
    dark = mix(hue, DARK, 0.45)
    pen.fill(oval(16, 3, 58, 6), DARK, 0.16)
    # the opening: a frame seen aslant, dark inside
    pen.shape(poly((0, -38), (18, -34), (18, -2), (0, 2), corner=1.5), dark, ink_width=0.8, shade=0)
    pen.shape(limb([(6, -16), (40, -27)], 4.4, 3.6), "#d8a464", ink_width=0.8)
    for x in (18, 25, 32):
        pen.ink([(x - 1, -22.6 - (x - 18) * 0.3), (x + 3, -17.4 - (x - 18) * 0.3)], 0.5, "#a9743c")
    pen.shape(poly((-38, -4), (-35, -29), (2, -38), (2, 2), corner=2), hue)
    for slot, top, low in (
        (-28.0, -27.0, -6.0),
        (-19.0, -29.0, -5.0),
        (-10.0, -31.0, -4.0),
        (-1.5, -33.0, -3.0),
    ):
        middle = (top + low) / 2
        for high, deep in ((top, middle - 2), (middle + 2, low)):
            pen.shape(rect(slot - 5, high, slot, deep, 1.4), dark, ink_width=0.5, shade=0)
    for line in ([(1, -38), (18, -34)], [(1, 2), (18, -2)], [(18, -34), (18, -2)]):
        pen.shape(limb(line, 1.9, 1.9), mix(hue, WHITE, 0.15), ink_width=0.7, shade=0)
    pen.shape(limb([(1, -39), (1, 3)], 2.4, 2.4), mix(hue, WHITE, 0.15), ink_width=0.7, shade=0)
    handle = path((2, -1), (8, 7), (26, 8), (30, 3), (18, -1))
    pen.shape(band(handle, 2.6), mix(hue, DARK, 0.3), ink_width=0.6, shade=0)
    carton = poly((36, -13), (54, -15), (62, -8), (55, 0), (37, 2), corner=0.8)
    pen.shape(carton, WHITE, ink_width=0.8)
    pen.ink([(54, -15), (55, 0)], 0.6)
    pen.fill(poly((40, -11), (49, -12), (50, -3), (41, -2)), "#6f9fb8")
    _rolling(pen, 70, 3, 5.6, RED)
    _rolling(pen, 28, 10, 5.6, "#8fae5b")


def draw_tin_tower(pen: Pen, look: Look) -> None:
    """A pyramid of tins as shops build it: standing, toppling, or fallen about."""
    hue = look.tint(RED)
    if look.state == "fallen":
        standing = ((-34.0, 3.0), (58.0, 0.0), (-50.0, -22.0))
        for left, foot in ((-66.0, 0.0), (-6.0, 0.0), (28.0, 4.0), (84.0, 4.0), (4.0, -20.0)):
            _tin(pen, left, foot, hue, lying=True)
        for left, foot in standing:
            _tin(pen, left, foot, hue)
        return
    for row, count in enumerate((5, 4, 3, 2, 1)):
        for index in range(count):
            x, y = (index - (count - 1) / 2) * 22.5, -row * 25.0
            if look.state == "toppling":
                x += (row**2) * 3.2 - 18
                y += max(0, row - 2) * 3.0 * index
            _tin(pen, x, y, hue)
    if look.state == "toppling":
        _tin(pen, 66, -44, hue, lying=True)
        _tin(pen, 58, 0, hue)
        motion(pen, [(40, -128), (50, -116), (56, -100)], [(48, -66), (54, -62), (58, -56)])


def _tin(pen: Pen, x: float, y: float, hue: str, *, lying: bool = False) -> None:
    if lying:
        pen.shape(rect(x - 13, y - 21, x + 12, y, 2), STEEL, ink_width=0.8)
        pen.shape(rect(x - 8, y - 21, x + 7, y), hue, ink_width=0.5)
        pen.shape(oval(x + 12, y - 10.5, 4.2, 10.5), mix(STEEL, WHITE, 0.4), ink_width=0.7, shade=0)
        pen.fill(oval(x - 0.5, y - 10.5, 5), CREAM)
        return
    pen.shape(rect(x - 10.5, y - 24, x + 10.5, y, 2.2), STEEL, ink_width=0.8)
    pen.shape(rect(x - 10.5, y - 20, x + 10.5, y - 4), hue, ink_width=0.5)
    pen.shape(oval(x, y - 23.6, 10.3, 2.4), mix(STEEL, WHITE, 0.45), ink_width=0.6, shade=0)
    pen.fill(oval(x, y - 12, 5.6), CREAM)
    pen.fill(oval(x, y - 11.4, 3.2), "#d98f78")


def draw_till(pen: Pen, look: Look) -> None:
    """A cash register with keys and a display; open, its drawer shows notes and coins."""
    hue = look.tint("#7f9a9c")
    pen.shape(rect(-23, -14, 23, 0, 1.5), mix(hue, DARK, 0.25))
    pen.shape(poly((-21, -14), (-17, -34), (17, -34), (21, -14), corner=1.5), hue)
    for row, y in enumerate((-29, -24, -19)):
        for x in (-11, -4, 3):
            pen.shape(rect(x - 2.4, y - 1.7, x + 2.6, y + 1.7, 0.8), CREAM, ink_width=0.35, shade=0)
        pen.shape(rect(8, y - 1.7, 14, y + 1.7, 0.8), RED if row else YELLOW, ink_width=0.35, shade=0)  # fmt: skip
    pen.shape(rect(-3, -40, 3, -33), mix(hue, DARK, 0.3), ink_width=0.5, shade=0)
    pen.shape(rect(-15, -52, 15, -38, 2), DARK, ink_width=0.7)
    with pen.canvas.lit():
        pen.fill(rect(-12, -49.5, 12, -41, 1), "#a9d8b8")
    write(pen, look.text[:6] or "9.99", (0, -45.2), 19, 6, "#24443a", "#a9d8b8")
    if look.state != "open":
        pen.shape(oval(0, -7, 2.2), STEEL, ink_width=0.45, shade=0)
        return
    pen.shape(poly((-22, -12), (22, -12), (27, -1), (-27, -1)), mix(hue, DARK, 0.55), ink_width=0.6, shade=0)  # fmt: skip
    for x in (-15, -4):
        pen.shape(poly((x - 5, -10.5), (x + 5, -10.5), (x + 5, -3), (x - 6, -3)), "#a9bf94", ink_width=0.4, shade=0)  # fmt: skip
    for x in (8, 14, 19):
        pen.shape(oval(x, -6, 3, 1.8), YELLOW, ink_width=0.4, shade=0)
    pen.shape(rect(-28, -2, 28, 6, 1), hue, ink_width=0.7)
    pen.shape(oval(0, 2, 2.2), STEEL, ink_width=0.45, shade=0)


def draw_scale(pen: Pen, look: Look) -> None:
    """Shop scales with a round dial and a pan; loaded, the needle stands far over."""
    hue = look.tint("#c0705c")
    loaded = look.state == "loaded"
    dip = 3.0 if loaded else 0.0
    pen.shape(poly((-21, 0), (21, 0), (14, -12), (9, -34), (-9, -34), (-14, -12), corner=2), hue)
    pen.shape(oval(0, -20, 12.5), WHITE, ink_width=0.8, shade=0)
    for turn in range(0, 360, 45):
        mark = arc(0, -20, 10.4, 10.4, turn, turn + 8)
        pen.ink(mark, 0.7)
    tip = (6.6, -14.6) if loaded else (0, -29)
    pen.ink([(0, -20), tip], 1.1, "#b23a2e")
    pen.fill(oval(0, -20, 1.6), DARK)
    pen.shape(rect(-2, -41 + dip, 2, -33), STEEL, ink_width=0.5, shade=0)
    if loaded:
        for x, y in ((-12, -48), (0, -49), (12, -48), (-6, -58), (6, -58)):
            pen.shape(oval(x, y + dip, 7), "#e39a45", ink_width=0.7)
    pen.shape(poly((-28, -46 + dip), (28, -46 + dip), (19, -38 + dip), (-19, -38 + dip), corner=2), STEEL)  # fmt: skip


def draw_safe(pen: Pen, look: Look) -> None:
    """A steel safe: shut, or open and empty or with bundles of notes in it."""
    hue = look.tint("#6f7d84")
    for x in (-24, 24):
        pen.shape(rect(x - 6, -5, x + 6, 0), DARK, ink_width=0.6, shade=0)
    pen.shape(rect(-35, -72, 35, -4, 2), hue)
    if look.state == "closed":
        pen.shape(rect(-29, -66, 29, -10, 2), mix(hue, WHITE, 0.14), ink_width=0.7)
        _safe_lock(pen, -5, -38)
        for y in (-56, -20):
            pen.shape(rect(27, y - 6, 33, y + 6, 1), STEEL, ink_width=0.5, shade=0)
        return
    pen.shape(rect(-29, -66, 29, -10, 1), "#2f333b", ink_width=0.6, shade=0)
    pen.ink([(-29, -38), (29, -38)], 0.9, STEEL)
    if look.state == "open":
        for x, y in ((-18, -38), (2, -38), (20, -38), (-16, -10), (6, -10)):
            for step in (0, 5):
                pen.shape(rect(x - 9, y - 5 - step, x + 9, y - step, 0.6), "#a9bf94", ink_width=0.4)
            pen.fill(rect(x - 2, y - 10, x + 2, y), CREAM)
    leaf = poly((29, -66), (52, -74), (52, -2), (29, -10))
    pen.shape(leaf, mix(hue, WHITE, 0.08), ink_width=0.8)
    pen.shape(poly((33, -61), (48, -67), (48, -9), (33, -14)), mix(hue, DARK, 0.2), ink_width=0.45, shade=0)  # fmt: skip
    for y in (-54, -22):
        pen.shape(limb([(50, y), (56, y)], 2.0, 2.0), STEEL, ink_width=0.5)


def _safe_lock(pen: Pen, x: float, y: float) -> None:
    pen.shape(oval(x - 10, y, 9), STEEL, ink_width=0.7)
    for turn in range(0, 360, 40):
        pen.ink(arc(x - 10, y, 7, 7, turn, turn + 8), 0.6)
    pen.fill(oval(x - 10, y, 2.4), IRON)
    for a, b in (((9, -9), (9, 9)), ((0, 0), (18, 0))):
        pen.shape(limb([(x + a[0] + 4, y + a[1]), (x + b[0] + 4, y + b[1])], 1.5, 1.5), YELLOW, ink_width=0.5, shade=0)  # fmt: skip
    pen.shape(oval(x + 13, y, 3), YELLOW, ink_width=0.5, shade=0)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "supermarket shelf",
        (120, 199),
        draw_shelf,
        ("full", "half empty", "empty"),
        weight=0.8,
        scale=0.87,
        far=True,
    ),
    PropKind(
        "freezer",
        (132, 200),
        draw_freezer,
        ("closed", "open"),
        sizes={"open": (166, 200)},
        weight=0.8,
        scale=0.88,
        far=True,
        pin=(-27, -92),
    ),
    PropKind(
        "fruit display",
        (180, 182),
        draw_fruit,
        ("plain", "collapsed"),
        sizes={"collapsed": (206, 182)},
        weight=0.8,
        scale=0.92,
        surface=Surface(180, (0,)),
        far=True,
    ),
    PropKind(
        "sliding door",
        (168, 216),
        draw_sliding_door,
        ("closed", "open"),
        weight=0.8,
        far=True,
        pin=(58, -118),
    ),
    PropKind(
        "checkout",
        (222, 206),
        draw_checkout,
        ("open", "busy", "closed"),
        surface=Surface(87, (-70, -30, 6, 72)),
        approach=Approach(0.0, 120.0, weight=300.0),
        solid=(190, 79),
        weight=0.9,
        scale=0.86,
    ),
    PropKind(
        "shopping trolley",
        (112, 106),
        draw_trolley,
        ("empty", "full"),
        grips=((-52, -103), (-44, -101)),
        carry="push",
        surface=Surface(60, (4,)),
        sizes={"full": (112, 130)},
        weight=0.9,
    ),
    PropKind(
        "shopping basket",
        (50, 54),
        draw_basket,
        ("empty", "full", "tipped"),
        grips=((0, -52),),
        carry="low",
        sizes={"tipped": (116, 48)},
        shifts={"tipped": -19.0},
    ),
    PropKind(
        "tin tower",
        (114, 126),
        draw_tin_tower,
        ("plain", "toppling", "fallen"),
        sizes={"toppling": (154, 126), "fallen": (180, 46)},
    ),
    PropKind(
        "till",
        (48, 52),
        draw_till,
        ("closed", "open"),
        grips=((0, -26),),
        carry="two",
        sizes={"open": (58, 54)},
    ),
    PropKind(
        "scale",
        (56, 47),
        draw_scale,
        ("plain", "loaded"),
        grips=((0, -20),),
        carry="two",
        sizes={"loaded": (56, 66)},
        scale=0.82,
    ),
    PropKind(
        "safe",
        (70, 72),
        draw_safe,
        ("closed", "open", "empty"),
        surface=Surface(72, (0,)),
        sizes={"open": (116, 74), "empty": (116, 74)},
    ),
)
