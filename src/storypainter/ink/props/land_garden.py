"""What stands in a garden: house, shed, greenhouse, apple tree, washing line, table, barbecue."""

from __future__ import annotations

import math
import random

from shapely.geometry import Point

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import fire, smoke
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    IRON,
    PALE_WOOD,
    PINK,
    PURPLE,
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

BARK = "#8f7355"
TERRACOTTA = "#c47a54"
LEAF = "#7d9a5b"
SOIL = "#8a6a4f"
_LIT = "#f6d67c"
_GLASS = "#dcebe6"
_APPLE = "#c8553d"


def draw_house(pen: Pen, look: Look) -> None:
    """The back of a brick cottage: a door with a step, a window with a flower box, tiles above."""
    wall = mix(look.tint("#e3cfb2"), WHITE, 0.1)
    pen.shape(rect(-135, -262, 135, 0), wall, ink_width=0.9)
    brick = mix(wall, "#8f5a42", 0.32)
    for x, y in ((-118, -232), (-96, -226), (20, -240), (110, -190), (98, -183), (-124, -60), (10, -52), (24, -45), (112, -30), (14, -150)):  # fmt: skip
        pen.ink([(x, y), (x + 15, y), (x + 15, y + 6.5), (x, y + 6.5), (x, y)], 0.4, brick)
    pen.shape(rect(-135, -12, 135, 0), mix(wall, "#6d6472", 0.3), ink_width=0.6, shade=0)
    tiles = "#b07a66"
    roof = poly((-158, -258), (158, -258), (128, -345), (-128, -345), corner=2)
    pen.shape(roof, tiles)
    for row in range(4):
        y = -268 - row * 21
        half = 150 - row * 7
        for k in range(int(half / 12)):
            x = -half + 14 + k * 24 + (row % 2) * 12
            if x + 18 < half:
                pen.ink(arc(x + 9, y, 9, 6, 10, 170), 0.45, mix(tiles, DARK, 0.35))
    if look.ground.weather == "snow":
        pen.shape(poly((-150, -280), (-70, -272), (0, -283), (80, -273), (150, -280), (130, -350), (-130, -350), corner=4), WHITE, ink_width=0.7, shade=0.5)  # fmt: skip
    pen.shape(rect(-161, -264, 161, -254, 2), WHITE, ink_width=0.8, shade=0.5)
    pen.shape(rect(122, -254, 128, -4, 2), STEEL, ink_width=0.6, shade=0.4)
    _house_window(pen, look)
    _house_door(pen, look)


def _house_window(pen: Pen, look: Look) -> None:
    pane = _LIT if look.ground.dark else "#cfe0e0"
    pen.shape(rect(24, -200, 106, -104, 1.5), WHITE, ink_width=0.9)
    for left in (30, 68):
        pen.shape(rect(left, -194, left + 32, -110), pane, ink_width=0.6, shade=0.5)
        curtain = -1 if left == 30 else 1
        edge = left if curtain < 0 else left + 32
        pen.shape(
            blob(
                (edge, -194), (edge - curtain * 14, -192), (edge - curtain * 4, -140), (edge, -112)
            ),
            "#ead3c4",
            ink_width=0.5,
            shade=0,
        )
    pen.shape(rect(18, -104, 112, -97, 1), CREAM, ink_width=0.7)
    pen.shape(rect(26, -110, 104, -96, 1.5), WOOD, ink_width=0.8)
    _window_flowers(pen, look)


def _window_flowers(pen: Pen, look: Look) -> None:
    if look.ground.season.bare:
        return
    for index, x in enumerate((32, 44, 56, 68, 80, 92, 99)):
        lift = 4 if index % 2 else 0
        pen.shape(oval(x, -112 - lift, 7.5, 6), LEAF, ink_width=0.5, shade=0)
        pen.shape(
            oval(x + 1, -119 - lift, 4.4), (RED, PINK, CREAM)[index % 3], ink_width=0.5, shade=0
        )


def _house_door(pen: Pen, look: Look) -> None:
    hue = mix("#5f8a7d", WHITE, 0.12)
    pen.shape(rect(-100, -212, -22, -8, 1), WHITE, ink_width=0.8)
    pen.shape(rect(-92, -204, -30, -8), hue if look.state != "open" else "#57473f")
    if look.state == "open":
        pen.shape(poly((-92, -204), (-116, -212), (-116, 0), (-92, -8), corner=1), hue)
        pen.fill(oval(-110, -104, 2.4), YELLOW)
    else:
        pane = _LIT if look.ground.dark else "#cfe0e0"
        for left in (-86, -59):
            pen.shape(rect(left, -196, left + 23, -118), pane, ink_width=0.6, shade=0.4)
            pen.shape(rect(left, -106, left + 23, -20), mix(hue, DARK, 0.1), ink_width=0.5, shade=0)
        pen.shape(oval(-38, -112, 2.8), YELLOW, ink_width=0.6, shade=0)
    pen.shape(rect(-110, -10, -12, 1, 1.5), "#cfc8ba", ink_width=0.9)


def draw_shed(pen: Pen, look: Look) -> None:
    """A shed of upright boards with a felt roof, a door and a small window."""
    wall = look.tint("#9db0a0")
    body = poly((-78, 0), (-78, -150), (0, -208), (78, -150), (78, 0))
    pen.shape(body, wall)
    for x in range(-65, 78, 13):
        top = -208 + abs(x) * 0.743
        pen.ink([(x, top + 4), (x + 0.4, -3)], 0.4, mix(wall, DARK, 0.4))
    dark = mix(wall, DARK, 0.22)
    if look.state == "open":
        pen.shape(rect(-58, -138, 0, -2), "#4a3f3b", ink_width=0.8, shade=0)
        pen.ink([(-42, -128), (-46, -8)], 2.0, PALE_WOOD)
        pen.shape(rect(-30, -70, -6, -64), DARK_WOOD, ink_width=0.5, shade=0)
        pen.shape(rect(-26, -84, -14, -70, 1), TERRACOTTA, ink_width=0.5, shade=0)
        pen.shape(poly((-58, -138), (-94, -144), (-94, 4), (-58, -2), corner=1), dark)
        pen.ink([(-92, -30), (-60, -120)], 1.0, mix(dark, DARK, 0.4))
    else:
        pen.shape(rect(-58, -138, 0, -2, 1), dark)
        for x in (-44, -29, -14):
            pen.ink([(x, -134), (x, -6)], 0.4, mix(dark, DARK, 0.4))
        for y in (-122, -24):
            pen.shape(rect(-56, y - 4, -2, y + 4, 1), mix(dark, WHITE, 0.12), ink_width=0.6)
        pen.shape(rect(-12, -80, -4, -70, 1), YELLOW, ink_width=0.6, shade=0)
    pane = _LIT if look.ground.dark else "#cfe0dc"
    pen.shape(rect(18, -130, 64, -86, 1), CREAM, ink_width=0.8)
    pen.shape(rect(23, -125, 59, -91), pane, ink_width=0.6, shade=0.4)
    pen.ink([(41, -125), (41, -91)], 0.9, CREAM)
    pen.ink([(23, -108), (59, -108)], 0.9, CREAM)
    roof = join(
        limb([(-92, -145), (0, -213)], 7, 7),
        limb([(92, -145), (0, -213)], 7, 7),
    )
    pen.shape(roof, "#7f6b66")
    if look.ground.weather == "snow":
        pen.shape(band([(-90, -153), (0, -220), (90, -153)], 8), WHITE, ink_width=0.6, shade=0)


def draw_greenhouse(pen: Pen, look: Look) -> None:
    """A glasshouse on a low brick wall, tomatoes behind its panes."""
    frame = look.tint("#f2f0e6")
    glass = mix(_GLASS, "#26345e", 0.45) if look.ground.dark else _GLASS
    body = poly((-98, 0), (-98, -128), (0, -190), (98, -128), (98, 0))
    pen.shape(body, glass, shade=0.6)
    with pen.clip(body):
        _tomatoes(pen, look)
    pen.fill(poly((-86, -40), (-60, -40), (-28, -150), (-48, -140)), WHITE, 0.5)
    pen.fill(poly((50, -40), (60, -40), (84, -120), (74, -128)), WHITE, 0.45)
    bars: list[list[tuple[float, float]]] = [[(-98, -128), (98, -128)], [(0, -190), (0, -128)]]
    bars += [[(x, -128), (x, -34)] for x in (-66, -32, 32, 66)]
    bars += [[(x, -190 + abs(x) * 0.633), (x, -128)] for x in (-49, 49)]
    for bar in bars:
        pen.shape(band(bar, 4), frame, ink_width=0.55, shade=0)
    pen.shape(band([(-100, -126), (0, -190), (100, -126)], 7), frame, ink_width=0.9, shade=0.5)
    if look.ground.weather == "snow":
        pen.shape(band([(-100, -133), (0, -197), (100, -133)], 7), WHITE, ink_width=0.6, shade=0)
    brick = "#c08a6e"
    pen.shape(rect(-100, -34, 100, 0, 1), brick)
    for y in (-23, -11.5):
        pen.ink([(-99, y), (99, y)], 0.4, mix(brick, DARK, 0.4))
    for row, y in enumerate((-34, -23, -11.5)):
        for x in range(-92 + 9 * (row % 2), 99, 20):
            pen.ink([(x, y), (x, y + 11.5)], 0.4, mix(brick, DARK, 0.4))
    pen.shape(rect(-30, -128, 30, 0, 1), glass, ink_width=0.9, shade=0.4)
    for form in (band([(-27, -2), (-27, -126), (27, -126), (27, -2)], 6), rect(-27, -66, 27, -60)):
        pen.shape(form, frame, ink_width=0.6, shade=0)
    pen.shape(rect(-26, -60, 26, -3), mix(frame, "#7d9a8a", 0.35), ink_width=0.5, shade=0)
    pen.fill(oval(20, -72, 2.4), IRON)
    if look.state == "broken":
        _broken_pane(pen)


def _tomatoes(pen: Pen, look: Look) -> None:
    rng = random.Random(look.ground.seed + 4)
    for x in (-82, -60, -44, 46, 62, 82):
        top = rng.uniform(-118, -96)
        pen.ink([(x, -30), (x + 1, top)], 1.0, "#6b8a55")
        for k in range(6):
            y = -36 + (top + 36) * k / 5
            side = 1 if k % 2 else -1
            pen.fill(oval(x + side * 7, y, 8.5, 6), mix("#8fae7b", _GLASS, 0.25), 1.0)
            if k % 2:
                pen.fill(oval(x - side * 4, y + 4, 3.8), mix(RED, _GLASS, 0.2), 1.0)


def _broken_pane(pen: Pen) -> None:
    hole = poly((36, -112), (46, -100), (60, -108), (54, -88), (63, -70), (48, -74), (38, -58), (42, -82))  # fmt: skip
    pen.shape(hole, "#5d6b66", ink_width=0.8, shade=0)
    for a, b in (((38, -60), (34, -42)), ((62, -70), (66, -52)), ((60, -108), (65, -122))):
        pen.ink([a, b], 0.6)
    for x, y, s in ((44, 3, 7), (60, 6, 6), (76, 2, 5)):
        pen.shape(poly((x - s, y), (x + s, y - 2), (x + 2, y - s - 3)), WHITE, ink_width=0.6, shade=0)  # fmt: skip


def draw_apple_tree(pen: Pen, look: Look) -> None:
    """A low, wide fruit tree; apples in summer and autumn, blossom in spring."""
    rng = random.Random(look.ground.seed + 21)
    trunk = join(
        limb(path((0, 2), (-5, -40), (0, -86), (-2, -130)), 15, 11, 10, 8),
        limb([(-4, -2), (-22, 1)], 6, 2),
        limb([(6, -2), (22, 2)], 6, 2),
        limb(path((-2, -82), (-34, -120), (-70, -140)), 8, 6, 3.4),
        limb(path((0, -92), (30, -124), (66, -146)), 8, 6, 3.4),
    )
    season = look.ground.season
    if season.bare:
        tips = ((-70, -140, -98, -192), (-40, -124, -46, -210), (66, -146, 96, -196), (34, -128, 36, -214), (-2, -128, -8, -224))  # fmt: skip
        boughs = [limb(path((a, b), ((a + c) / 2 + 5, (b + d) / 2), (c, d)), 4, 2.6, 1.2) for a, b, c, d in tips]  # fmt: skip
        pen.shape(join(trunk, *boughs), mix(BARK, "#6d6472", 0.2))
        return
    dark, mid = season.leaves[2], season.leaves[0]
    back = _crown(rng, ((-84, -158, 36), (84, -164, 36), (0, -232, 44)))
    pen.shape(back, mix(dark, "#2d3a3a", 0.16), shade=0.6)
    pen.shape(trunk, BARK)
    for x, y, length in ((-6.0, -22.0, 22), (3, -44, 22), (-3, -66, 16)):
        pen.ink(path((x, y), (x + 1.5, y - length / 2), (x, y - length)), 0.5)
    front = _crown(rng, ((-56, -176, 42), (54, -182, 42), (0, -160, 32), (-2, -216, 44)))
    pen.shape(front, mid)
    inner = front.buffer(-12)
    for _ in range(16):
        x, y = rng.uniform(-90, 90), rng.uniform(-256, -136)
        if inner.contains(Point(x, y)):
            pen.ink(arc(x, y, 8, 6, 200, 320), 0.5, mix(mid, "#2d3a3a", 0.4))
    _fruit(pen, look, inner)


def _crown(rng: random.Random, masses: tuple[tuple[float, float, float], ...]) -> Form:
    lobes = []
    for x, y, radius in masses:
        lobes.append(oval(x, y, radius * 0.86, radius * 0.74))
        for index in range(7):
            turn = 2 * math.pi * (index + rng.uniform(-0.2, 0.2)) / 7
            reach = radius * 0.7
            spot = (x + reach * math.cos(turn), y + 0.85 * reach * math.sin(turn))
            lobes.append(oval(*spot, radius * rng.uniform(0.34, 0.42)))
    return join(*lobes)


def _fruit(pen: Pen, look: Look, inner: Form) -> None:
    season = look.ground.season
    spring = len(season.blossom) == 3 and season.blossom[0] == "#f2b8bf"
    spots = ((-82, -182), (-58, -152), (-36, -196), (-14, -150), (-20, -232), (16, -204), (30, -160), (52, -200), (74, -168), (86, -190), (4, -176), (-62, -206), (40, -230))  # fmt: skip
    for x, y in spots:
        if not inner.contains(Point(x, y)):
            continue
        if spring:
            for dx, dy in ((-4, 0), (4, -1), (0, -5), (1, 4)):
                pen.shape(oval(x + dx, y + dy, 4), "#f7d3d6", ink_width=0.4, shade=0)
            pen.fill(oval(x, y, 2), YELLOW)
        else:
            draw_apple_at(pen, x, y)
    if look.state == "shedding" and not spring:
        for x, y in ((-66, -4), (-40, 3), (38, 2), (62, -3), (82, 4)):
            draw_apple_at(pen, x, y)


def draw_apple_at(pen: Pen, x: float, y: float, hue: str = _APPLE) -> None:
    """One apple with its stalk, around (x, y)."""
    pen.ink([(x, y - 5), (x + 1.5, y - 10)], 0.7, DARK_WOOD)
    pen.shape(join(oval(x - 2.2, y, 5.4, 6), oval(x + 2.2, y, 5.4, 6)), hue, ink_width=0.7)
    pen.fill(oval(x - 3, y - 2.4, 1.5, 2), mix(hue, WHITE, 0.6))


_CLOTHES = ("shirt", "towel", "trousers", "sock", "sock", "sheet", "dress")
_BREADTHS = {"shirt": 44, "towel": 32, "trousers": 32, "sock": 14, "sheet": 58, "dress": 36}


def draw_washing_line(pen: Pen, look: Look) -> None:
    """Two posts and a line with laundry pegged to it; ``broken``, the line lies with the wash."""
    for side in (-1, 1):
        x = side * 146
        pen.shape(limb([(x, 0), (x, -184)], 4, 3.4), look.tint(WOOD))
        pen.shape(rect(x - 15, -178, x + 15, -172, 1.5), look.tint(WOOD))
    if look.state == "broken":
        _fallen_line(pen)
        return
    sway = 7.0 if look.ground.windy else 0.0
    line = path((-146, -174), (-70, -167), (0, -165), (70, -167), (146, -174))
    pen.ink(line, 1.1, DARK)
    if look.state == "empty":
        for x in (-90, -84, 20, 76):
            _peg(pen, x, -167)
        return
    left = -128.0
    for index, cloth in enumerate(_CLOTHES):
        width = _BREADTHS[cloth]
        y = -165 - 0.0004 * (left + width / 2) ** 2
        _cloth(pen, cloth, left, y, width, sway, index)
        _peg(pen, left + 5, y)
        if width > 20:
            _peg(pen, left + width - 5, y)
        left += width + (2 if cloth == "sock" else 6)


def _peg(pen: Pen, x: float, y: float) -> None:
    pen.shape(rect(x - 1.6, y - 4.5, x + 1.6, y + 5, 0.6), PALE_WOOD, ink_width=0.45, shade=0)


def _cloth(pen: Pen, cloth: str, x: float, y: float, w: float, sway: float, turn: int) -> None:
    s = sway
    if cloth == "shirt":
        body = join(
            poly(
                (x + 9, y), (x + w - 9, y), (x + w - 10 + s, y + 54), (x + 10 + s, y + 54), corner=2
            ),
            poly(
                (x + 10, y), (x - 2 + s * 0.5, y + 30), (x + 8 + s * 0.5, y + 33), (x + 16, y + 14)
            ),
            poly(
                (x + w - 10, y),
                (x + w + 2 + s, y + 30),
                (x + w - 8 + s, y + 33),
                (x + w - 16, y + 14),
            ),
        )
        pen.shape(body, BLUE)
        pen.ink([(x + w / 2, y + 4), (x + w / 2 + s, y + 50)], 0.5)
    elif cloth in ("towel", "sheet"):
        deep = 58 if cloth == "towel" else 74
        hem = path((x + w + s, y + deep), (x + w * 0.6 + s, y + deep - 4), (x + w * 0.3 + s, y + deep + 2), (x + s, y + deep - 2))  # fmt: skip
        hue = YELLOW if cloth == "towel" else WHITE
        pen.shape(poly((x, y), (x + w, y + 1), *[(float(a), float(b)) for a, b in hem]), hue)
        if cloth == "towel":
            for share in (0.7, 0.82):
                pen.ink([(x + s * share, y + deep * share), (x + w + s * share, y + deep * share)], 1.1, RED)  # fmt: skip
        else:
            for share in (0.3, 0.64):
                pen.ink(path((x + w * share, y + 8), (x + w * share + 2, y + 36), (x + w * share + s, y + 66)), 0.45)  # fmt: skip
    elif cloth == "trousers":
        body = poly((x, y), (x + w, y), (x + w + s, y + 72), (x + w * 0.6 + s, y + 72), (x + w / 2, y + 24), (x + w * 0.4 + s, y + 72), (x + s, y + 72), corner=1)  # fmt: skip
        pen.shape(body, "#5f7a9a")
    elif cloth == "sock":
        foot = join(rect(x + 3, y, x + 11, y + 20, 2), limb([(x + 7, y + 20), (x + 15 + s * 0.3, y + 23)], 4.6, 4))  # fmt: skip
        pen.shape(foot, RED if turn % 2 else CREAM, ink_width=0.8)
    else:
        body = poly((x + 9, y), (x + w - 9, y), (x + w - 10, y + 24), (x + w + 4 + s, y + 66), (x - 4 + s, y + 66), (x + 10, y + 24), corner=2)  # fmt: skip
        pen.shape(body, PINK)
        pen.ink([(x + 10, y + 25), (x + w - 10, y + 25)], 1.2, PURPLE)


def _fallen_line(pen: Pen) -> None:
    pen.ink(path((-146, -174), (-136, -90), (-112, -8), (-60, 2)), 1.1, DARK)
    pen.ink(path((146, -174), (140, -110), (128, -40), (110, -4), (60, 3)), 1.1, DARK)
    for x, hue, size in ((-80, WHITE, 1.25), (58, YELLOW, 1.0), (-20, BLUE, 1.0)):
        crumpled = blob((x - 36 * size, 4), (x - 30 * size, -8 * size), (x - 14 * size, -10 * size), (x - 6 * size, -20 * size), (x + 10 * size, -13 * size), (x + 22 * size, -14 * size), (x + 36 * size, 3), (x + 8 * size, 8), (x - 12 * size, 5))  # fmt: skip
        pen.shape(crumpled, hue)
        for a, b, c in ((-20, -6, -16), (-2, 0, -9), (16, 2, -10)):
            pen.ink([(x + a * size, b), (x + (a + 5) * size, c * size)], 0.5)
    sleeve = limb([(-2, -6), (24, 4), (33, 3)], 8, 6.5, 6)
    pen.shape(sleeve, BLUE)
    pen.shape(limb([(90, 0), (112, 7)], 5, 4.4), RED)
    for x, y in ((-92, -5), (-66, 2), (58, -4), (2, 2)):
        pen.fill(oval(x, y, 6, 3.2), SOIL, 0.75)


def draw_garden_table(pen: Pen, look: Look) -> None:
    """A slatted table on crossed legs."""
    wood = look.tint(PALE_WOOD)
    back = mix(wood, DARK_WOOD, 0.4)
    for side in (-1, 1):
        pen.shape(limb([(side * 52, -68), (side * 26, -3)], 3.2), back, ink_width=0.8)
        pen.shape(limb([(side * 22, -68), (side * 56, 0)], 3.6), wood)
    pen.shape(band([(-40, -32), (40, -32)], 4.5), back, ink_width=0.8)
    pen.shape(poly((-62, -82), (62, -82), (70, -72), (-70, -72), corner=2), mix(wood, WHITE, 0.16))
    for y in (-79, -75.5):
        pen.ink([(-64, y), (64, y)], 0.4, DARK_WOOD)
    pen.shape(rect(-70, -73, 70, -67, 2), wood)


def draw_garden_chair(pen: Pen, look: Look) -> None:
    """A folding chair of slats, seen from its side, facing right."""
    wood = look.tint("#8fb0a3")
    far = mix(wood, DARK, 0.24)
    pen.shape(limb([(-13, -42), (20, -4)], 2.2), far, ink_width=0.8)
    pen.shape(limb([(-20, -92), (-13, -44), (18, -2)], 2.4, 2.2), far, ink_width=0.8)
    for y in (-90, -78, -66):
        x = -24 - (y + 50) * -0.09
        pen.shape(poly((x - 2, y), (x + 9, y + 1), (x + 10, y + 9), (x - 1, y + 8), corner=1), mix(wood, WHITE, 0.1), ink_width=0.8)  # fmt: skip
    pen.shape(limb([(-27, -94), (-19, -44)], 2.6), wood, ink_width=0.9)
    pen.shape(poly((-17, -50), (22, -50), (25, -42), (-21, -42), corner=1.5), mix(wood, WHITE, 0.2))
    pen.shape(rect(-22, -43, 25, -38, 1.5), wood, ink_width=0.9)
    pen.shape(limb([(-17, -42), (21, 0)], 2.6), wood, ink_width=0.9)
    pen.shape(limb([(19, -40), (-20, 0)], 2.6), wood, ink_width=0.9)
    pen.shape(limb([(-23, -64), (18, -64)], 2.4), wood, ink_width=0.8)
    pen.shape(limb([(17, -63), (17, -44)], 2.0), wood, ink_width=0.8)


def draw_barbecue(pen: Pen, look: Look) -> None:
    """A kettle barbecue on three legs; its lid hangs at its side once it is lit."""
    bowl = look.tint("#4a4f57")
    for x in (-22, 22):
        pen.shape(limb([(x * 0.6, -50), (x * 1.2, -2)], 2.0), STEEL, ink_width=0.8)
    pen.shape(limb([(2, -50), (4, -6)], 1.8), STEEL, ink_width=0.7)
    pen.shape(band([(-24, -20), (24, -20)], 3), STEEL, ink_width=0.7)
    pen.shape(oval(27, -5, 7), DARK)
    pen.shape(oval(27, -5, 3), STEEL, ink_width=0.5, shade=0)
    half = rect(-40, -78, 40, -40).intersection(oval(0, -78, 36, 32))
    if look.state == "plain":
        pen.shape(half, bowl)
        pen.shape(rect(-40, -120, 40, -79).intersection(oval(0, -79, 36, 34)), bowl)
        pen.shape(band(path((-8, -113), (-6, -120), (6, -120), (8, -113)), 3), DARK_WOOD)
        pen.shape(rect(-38, -81, 38, -76, 2), STEEL, ink_width=0.7)
        return
    if look.state == "burning":
        fire(pen, 0, -78, 72, 84)
    pen.shape(half, bowl)
    pen.shape(oval(0, -78, 37, 7), IRON, shade=0)
    if look.state != "burning":
        pen.fill(oval(0, -77.5, 30, 4.6), "#e0703a")
        for x in (-22, -8, 8, 22):
            pen.ink([(x, -83), (x, -73)], 0.5, STEEL)
        for x in (-17, 2, 18):
            pen.shape(limb(path((x - 8, -81), (x, -83.5), (x + 8, -81)), 3.2), "#a8573b", ink_width=0.7)  # fmt: skip
    if look.state == "smoking":
        smoke(pen, 0, -84, 130, 66)
    elif look.state == "lit":
        smoke(pen, 4, -86, 52, 18, strength=0.6)
    pen.shape(band([(34, -72), (48, -70)], 3), STEEL, ink_width=0.7)
    pen.shape(band([(48, -70), (58, -70)], 5), DARK_WOOD, ink_width=0.8)


KINDS = (
    PropKind(
        "house",
        (320, 346),
        draw_house,
        ("closed", "open"),
        far=True,
        solid=(280, 340),
        approach=Approach(0, 110, (0.0, 0.14)),
        weight=0.62,
    ),
    PropKind(
        "garden shed",
        (188, 216),
        draw_shed,
        ("closed", "open"),
        far=True,
        solid=(160, 200),
        weight=0.66,
    ),
    PropKind(
        "greenhouse",
        (206, 194),
        draw_greenhouse,
        ("plain", "broken"),
        far=True,
        solid=(200, 180),
        weight=0.62,
    ),
    PropKind(
        "apple tree",
        (236, 264),
        draw_apple_tree,
        ("plain", "shedding"),
        solid=(30, 130),
        perch=(54, -150),
        pin=(0, -30),
        approach=Approach(16, 110, (0.0, 0.26), 2.5),
        weight=0.9,
    ),
    PropKind(
        "washing line",
        (324, 188),
        draw_washing_line,
        ("full", "empty", "broken"),
        solid=(12, 84),
        feet=(-146, 146),
        approach=Approach(0, 120, (0.0, 0.14), 2.4),
    ),
    PropKind(
        "garden table",
        (140, 82),
        draw_garden_table,
        surface=Surface(76, (0, -44, 44, -24, 24)),
        approach=Approach(6, 46, (-0.05, 0.05)),
    ),
    PropKind(
        "garden chair",
        (52, 92),
        draw_garden_chair,
        surface=Surface(43, (0,)),
        seats=Surface(43, (0,)),
    ),
    PropKind(
        "barbecue",
        (84, 116),
        draw_barbecue,
        ("plain", "lit", "smoking", "burning"),
        sizes={"lit": (96, 136), "smoking": (96, 214), "burning": (96, 164)},
        approach=Approach(8, 40, (-0.03, 0.05)),
        shifts={"lit": -12.0, "smoking": -12.0, "burning": -11.0},
    ),
)
