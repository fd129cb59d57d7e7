"""Props of sport that stand on the ground: goals, hurdles, hoops, a podium, floodlights, flags."""

from __future__ import annotations

import itertools

import numpy as np

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.events_gear import paint_football
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    IRON,
    PALE_WOOD,
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

_NET = "#8d9a94"
_GOLD, _SILVER, _BRONZE = "#e2b64a", "#c9cdd0", "#c08a5a"


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _mesh(pen: Pen, a: Point, b: Point, c: Point, d: Point, across: int, down: int) -> None:
    """A net between the corners a, b (above) and d, c (below)."""
    for k in range(1, across):
        pen.ink([_between(a, b, k / across), _between(d, c, k / across)], 0.36, _NET)
    for k in range(1, down):
        pen.ink([_between(a, d, k / down), _between(b, c, k / down)], 0.36, _NET)


def draw_goal(pen: Pen, look: Look) -> None:
    """A football goal seen from the front; ``scored`` has a ball bulging in its net."""
    frame = look.tint(WHITE)
    left, right = (-150.0, -188.0), (150.0, -188.0)
    inner_left, inner_right = (-137.0, -176.0), (137.0, -176.0)
    low_left, low_right = (-128.0, -24.0), (128.0, -24.0)
    back = poly(inner_left, inner_right, low_right, low_left)
    pen.fill(back, WHITE, 0.16)
    _mesh(pen, inner_left, inner_right, low_right, low_left, 19, 11)
    _mesh(pen, left, inner_left, low_left, (-150, 0), 2, 11)
    _mesh(pen, inner_right, right, (150, 0), low_right, 2, 11)
    _mesh(pen, left, right, inner_right, inner_left, 19, 2)
    stay = mix(frame, DARK, 0.25)
    for side in (-1, 1):
        bent = [(side * 148, -186), (side * 137, -176), (side * 128, -24)]
        pen.shape(band(bent, 3.4), stay, ink_width=0.5, shade=0)
        pen.shape(band([(side * 128, -24), (side * 150, 0)], 3.4), stay, ink_width=0.5, shade=0)
    pen.shape(band([low_left, low_right], 3.4), stay, ink_width=0.5, shade=0)
    if look.state == "scored":
        for turn in (0, 1, 2):
            pen.ink(arc(62, -84, 20 + 9 * turn, 20 + 8 * turn, 200, 340), 0.5, _NET)
        paint_football(pen, 62, -74, 12)
    posts = join(rect(-154, -192, -146, 1), rect(146, -192, 154, 1), rect(-154, -194, 154, -186, 1))
    pen.shape(posts, frame, ink_width=0.9)


def draw_corner_flag(pen: Pen, look: Look) -> None:
    """A corner flag on a thin pole."""
    lean = 6 if look.ground.windy else 0
    pen.shape(limb([(0, 0), (lean, -140)], 2, 1.7), YELLOW, ink_width=0.7)
    cloth = blob(
        (lean, -139), (lean + 20, -141), (lean + 44, -130), (lean + 24, -115), (lean, -110)
    )
    pen.shape(cloth, look.tint(RED))


def draw_flag(pen: Pen, look: Look) -> None:
    """A flag on a pole: ``waving`` it streams, ``hanging`` it falls in folds, ``checked`` for the finish."""
    cloth = look.tint(RED)
    pen.shape(limb([(0, 0), (0, -112)], 1.9, 1.6), PALE_WOOD, ink_width=0.7)
    pen.shape(oval(0, -114, 3.4), YELLOW, ink_width=0.6, shade=0)
    if look.state == "hanging":
        fold = poly(
            (0, -110), (9, -109), (20, -74), (17, -44), (11, -48), (6, -42), (0, -50), corner=1
        )
        pen.shape(fold, cloth)
        for x in (5, 10):
            pen.ink(path((x * 0.6, -104), (x, -76), (x + 1, -50)), 0.5, mix(cloth, DARK, 0.4))
        return
    top = path((0, -110), (20, -117), (44, -108), (74, -114))
    low = path((72, -62), (46, -56), (22, -66), (0, -60))
    shape = poly(*top.tolist(), *low.tolist())
    pen.shape(shape, WHITE if look.state == "checked" else cloth)
    with pen.clip(shape):
        if look.state == "checked":
            for row in range(5):
                for column in range(7):
                    if (row + column) % 2:
                        x, y = column * 11, -116 + row * 12 + (4 if column in (2, 3) else 0)
                        pen.fill(rect(x, y, x + 11, y + 12), DARK)
        else:
            wave = band(path((0, -86), (20, -93), (46, -83), (74, -89)), 15)
            pen.fill(wave, mix(cloth, WHITE, 0.85))
    pen.ink(path((24, -112), (27, -90), (24, -69)), 0.4, mix(cloth, DARK, 0.4))
    pen.ink(path((50, -106), (53, -84), (50, -61)), 0.4, mix(cloth, DARK, 0.4))


def draw_podium(pen: Pen, look: Look) -> None:
    """Three steps for the winners: first in the middle, second and third beside it."""
    body = look.tint("#e9e2d2")
    for x, front, back, number, medal in (
        (-62.0, -27.0, -46.0, "2", _SILVER),
        (62.0, -25.0, -45.0, "3", _BRONZE),
        (0.0, -40.0, -60.0, "1", _GOLD),
    ):
        inset = 4.0 if x == 0 else 0.0
        top = poly((x - 31, front), (x - 31 + inset, back), (x + 31 - inset, back), (x + 31, front))
        pen.shape(top, mix(body, WHITE, 0.55), ink_width=0.8, shade=0)
        pen.shape(rect(x - 31, front, x + 31, 0), body)
        pen.shape(rect(x - 31, front, x + 31, front + 4), medal, ink_width=0.6, shade=0)
        size = 24.0 if x == 0 else 16.0
        write(pen, number, (x, front / 2 + 2.4), 30, size, DARK, body)


def draw_hurdle(pen: Pen, look: Look) -> None:
    """A hurdle with a striped bar; ``fallen`` it lies flat on the ground, its bar to the viewer."""
    if look.state == "fallen":
        far = mix(STEEL, DARK, 0.14)
        # the frame lies away from the viewer: its posts run together, its feet stand up at the back
        pen.shape(limb([(-33, -34), (33, -34)], 1.6, 1.6), far, ink_width=0.7)
        for side in (-1, 1):
            pen.shape(limb([(side * 46, -6), (side * 33, -34)], 2.3, 1.9), STEEL, ink_width=0.7)
            pen.shape(limb([(side * 33, -34), (side * 35, -54)], 2.0, 1.8), far, ink_width=0.7)
            pen.shape(oval(side * 33, -34, 3), far, ink_width=0.6, shade=0)
        _striped_bar(pen, -54, -13, 54, 0, look.tint(RED))
        return
    for side in (-1, 1):
        pen.shape(limb([(side * 38, -80), (side * 38, -2)], 1.9, 1.9), STEEL, ink_width=0.7)
        pen.shape(limb([(side * 38 - 4, -1.6), (side * 38 + 26, -1.6)], 2, 2), STEEL, ink_width=0.7)
    _striped_bar(pen, -46, -88, 46, -76, look.tint(RED))


def _striped_bar(pen: Pen, left: float, top: float, right: float, bottom: float, hue: str) -> None:
    bar = rect(left, top, right, bottom, 1)
    pen.shape(bar, WHITE)
    wide = (right - left) / 7
    with pen.clip(bar.buffer(-0.5)):
        for index in (0, 2, 4, 6):
            x = left + index * wide
            pen.fill(rect(x, top, x + wide, bottom), hue)


def draw_starting_blocks(pen: Pen, look: Look) -> None:
    """Starting blocks: two wedges on a rail."""
    pen.shape(poly((-34, 0), (30, 0), (34, -4), (-30, -4)), STEEL, ink_width=0.8)
    for x in (-22, 8):
        wedge = poly((x - 6, -3), (x + 16, -3), (x - 2, -19), (x - 8, -17), corner=1)
        pen.shape(wedge, look.tint(BLUE))


def draw_finish_ribbon(pen: Pen, look: Look) -> None:
    """A ribbon across the finish between two posts; ``broken`` its two halves flutter loosely."""
    cloth = look.tint(RED)
    for side in (-1, 1):
        pen.shape(rect(side * 128 - 3, -178, side * 128 + 3, 0), WHITE, ink_width=0.8)
        for y in (-170, -136, -102, -68, -34):
            pen.fill(rect(side * 128 - 2.6, y, side * 128 + 2.6, y + 16), cloth)
        pen.shape(oval(side * 128, -181, 5), YELLOW, ink_width=0.7)
        pen.shape(poly((side * 128 - 12, 0), (side * 128 + 12, 0), (side * 128, -5)), IRON)
    if look.state == "broken":
        for side in (-1, 1):
            _torn_ribbon(pen, side, cloth)
        return
    upper = path((-127, -114), (-60, -111), (0, -110), (60, -111), (127, -114))
    lower = path((127, -104), (60, -102), (0, -100), (-60, -102), (-127, -104))
    pen.shape(poly(*upper.tolist(), *lower.tolist()), cloth, ink_width=0.7, shade=0.4)


def _torn_ribbon(pen: Pen, side: int, cloth: str) -> None:
    """Half a ribbon, tied to its post: it flutters in waves and ends in a torn edge."""
    wave = path((128, -113), (114, -121), (99, -108), (83, -113), (70, -94), (55, -98), (40, -78))
    back = mix(cloth, DARK, 0.25)
    turns = (0.0, 0.2, 0.46, 0.62, 0.86, 1.0)
    for index, (start, stop) in enumerate(itertools.pairwise(turns)):
        piece = wave[int(start * (len(wave) - 1)) : int(stop * (len(wave) - 1)) + 1]
        upper = [(side * x, y) for x, y in piece.tolist()]
        lower = [(side * x, y + 11) for x, y in piece.tolist()][::-1]
        if stop == 1.0:
            x, y = piece[-1].tolist()
            lower = [(side * (x + 1), y + 12), (side * (x + 8), y + 4), *lower[1:]]
        pen.shape(poly(*upper, *lower), back if index % 2 else cloth, ink_width=0.55, shade=0)
    pen.shape(rect(side * 128 - 4.5, -114, side * 128 + 4.5, -101, 1.4), cloth, ink_width=0.6)


def draw_tennis_net(pen: Pen, look: Look) -> None:
    """A tennis net between its posts."""
    top = path((-150, -96), (-70, -90), (0, -87), (70, -90), (150, -96))
    pen.fill(poly(*top.tolist(), (150, -6), (-150, -6)), WHITE, 0.14)
    for x in np.linspace(-144, 144, 33):
        pen.ink([(x, -89 - 6 * (x / 150) ** 2), (x, -5)], 0.36, _NET)
    for y in (-78, -67, -56, -45, -34, -23, -12):
        pen.ink([(-148, y), (148, y)], 0.36, _NET)
    pen.shape(rect(-4, -88, 4, -2), WHITE, ink_width=0.6, shade=0)
    pen.shape(band(top, 7, flat=True), WHITE, ink_width=0.8)
    for side in (-1, 1):
        pen.shape(rect(side * 152 - 3.5, -104, side * 152 + 3.5, 0, 1), look.tint("#4d7a63"))


def draw_basketball_hoop(pen: Pen, look: Look) -> None:
    """A basket on a post, its board behind it; ``scored`` has a ball falling through."""
    pen.shape(rect(-34, -12, 34, 0, 3), IRON)
    pen.shape(rect(-5, -262, 5, -8), look.tint("#58768c"))
    pen.shape(poly((-5, -210), (5, -210), (3, -196), (-3, -196)), IRON, ink_width=0.6)
    pen.shape(rect(-64, -304, 64, -216, 3), WHITE)
    pen.ink([(-57, -297), (57, -297), (57, -223), (-57, -223)], 0.7, RED, closed=True)
    pen.ink([(-22, -266), (22, -266), (22, -234), (-22, -234)], 0.8, RED, closed=True)
    pen.ink(arc(0, -226, 25, 6, 180, 360), 1.4, "#c9622f")
    if look.state == "scored":
        paint_basketball(pen, 0, -222, 15)
    for k in range(7):
        x = -24 + k * 8
        for sway in (-3, 3):
            pen.ink([(x, -224), (x * 0.62 + sway, -206), (x * 0.56, -188)], 0.6, WHITE)
    pen.ink(arc(0, -226, 25, 6, 0, 180), 1.6, "#c9622f")


def paint_basketball(pen: Pen, x: float, y: float, r: float) -> None:
    """A basketball around (x, y)."""
    pen.shape(oval(x, y, r), "#d9813f")
    pen.ink([(x - r, y), (x + r, y)], 0.6)
    pen.ink([(x, y - r), (x, y + r)], 0.6)
    for side in (-1, 1):
        seam = path(
            (x + side * r * 0.7, y - r * 0.7),
            (x + side * r * 0.42, y),
            (x + side * r * 0.7, y + r * 0.7),
        )
        pen.ink(seam, 0.5)


def draw_basketball(pen: Pen, look: Look) -> None:
    """A basketball."""
    paint_basketball(pen, 0, -13, 13)


def draw_floodlight(pen: Pen, look: Look) -> None:
    """A floodlight mast; lit at night unless ``off``."""
    lit = look.state == "lit" or (look.state == "plain" and look.ground.dark)
    for side in (-1, 1):
        pen.shape(limb([(side * 11, 0), (side * 4, -250)], 2.4, 1.8), IRON, ink_width=0.6)
    for k in range(7):
        y, half = -12 - k * 33, 10.6 - k * 0.95
        pen.ink([(-half, y), (half - 0.8, y - 33)], 0.5, IRON)
        pen.ink([(half, y), (-half + 0.8, y - 33)], 0.5, IRON)
    pen.shape(rect(-44, -302, 44, -246, 2), mix(IRON, DARK, 0.3))
    hue = "#fff3c4" if lit else "#dfe4e2"
    with pen.canvas.lit():
        if lit:
            pen.fill(oval(0, -274, 74, 58), "#fff3c4", 0.22)
        for row in range(2):
            for column in range(4):
                x, y = -31.5 + column * 21, -287 + row * 26
                pen.shape(oval(x, y, 9), hue, ink_width=0.5, shade=0)


def draw_grandstand(pen: Pen, look: Look) -> None:
    """Wooden terraces of three rows to sit on."""
    wood = look.tint("#c79a68")
    pen.shape(poly((-150, 0), (150, 0), (138, -120), (-138, -120)), mix(wood, DARK, 0.42))
    for index, (y, half) in enumerate(((-112, 138), (-76, 145), (-40, 152))):
        board = poly((-half, y), (half, y), (half - 4, y - 15), (-half + 4, y - 15))
        pen.shape(board, mix(wood, WHITE, 0.3 - 0.06 * index), ink_width=0.7, shade=0)
        pen.shape(rect(-half, y, half, y + 7, 1), wood, ink_width=0.8)
        for x in (-110, -36, 36, 110):
            pen.shape(rect(x - 3, y + 7, x + 3, min(0, y + 36)), mix(wood, DARK, 0.2), ink_width=0.5, shade=0)  # fmt: skip
    for side in (-1, 1):
        pen.shape(limb([(side * 152, 0), (side * 140, -158)], 2.2, 2.2), IRON, ink_width=0.6)
        pen.shape(limb([(side * 150, -84), (side * 140, -154)], 1.4, 1.4), IRON, ink_width=0.5)


def draw_dugout(pen: Pen, look: Look) -> None:
    """The substitutes' bench under a rounded roof."""
    shell = look.tint("#5d8a86")
    back = poly((-116, 0), (-116, -140), (-104, -156), (104, -156), (116, -140), (116, 0), corner=4)
    pen.shape(back, mix(shell, WHITE, 0.45), ink_width=0.8)
    for x in (-58, 0, 58):
        pen.ink([(x, -150), (x, -46)], 0.5, mix(shell, DARK, 0.2))
    pen.shape(rect(-108, -50, 108, -42, 2), WOOD)
    for x in (-96, 0, 96):
        pen.shape(rect(x - 4, -42, x + 4, 0), IRON, ink_width=0.7)
    roof = poly((-126, -144), (-112, -176), (112, -176), (126, -144), corner=5)
    pen.shape(roof, shell)
    for side in (-1, 1):
        pen.shape(rect(side * 119 - 5, -146, side * 119 + 5, 0), shell, ink_width=0.8)


def draw_target(pen: Pen, look: Look) -> None:
    """A straw target on legs; ``hit`` has an arrow in its middle."""
    for x in (-34, 34):
        pen.shape(limb([(x * 0.6, -120), (x, 0)], 3, 3), WOOD, ink_width=0.8)
    pen.shape(limb([(0, -130), (10, -14)], 2.6, 2.6), mix(WOOD, DARK, 0.3), ink_width=0.7)
    rings = ((48, PALE_WOOD), (42, WHITE), (33.6, DARK), (25.2, BLUE), (16.8, RED), (8.4, YELLOW))
    for radius, hue in rings:
        pen.shape(oval(0, -92, radius * 0.94, radius), hue, ink_width=0.7, shade=0.5)
    if look.state == "hit":
        pen.shape(limb([(1, -92), (-46, -106)], 1.3, 1.3), PALE_WOOD, ink_width=0.6)
        pen.shape(poly((-42, -105), (-58, -115), (-56, -109), (-60, -104)), RED, ink_width=0.6)


def draw_barbell(pen: Pen, look: Look) -> None:
    """A bar with two discs at each end."""
    strip(pen, rect(-82, -25, 82, -21, 1), fill=STEEL, ink_width=0.7)
    for side in (-1, 1):
        pen.shape(oval(side * 60, -23, 7, 23), look.tint(DARK))
        pen.shape(oval(side * 68, -23, 6, 18), mix(look.tint(DARK), CREAM, 0.3))


KINDS = (
    PropKind("goal", (308, 196), draw_goal, ("plain", "scored"), solid=(60, 170), weight=0.95, feet=(-150, 150)),
    PropKind("corner flag", (52, 142), draw_corner_flag, shifts={"plain": -21.0}),
    PropKind(
        "flag",
        (76, 118),
        draw_flag,
        ("waving", "hanging", "checked"),
        grips=((0, -10),),
        carry="raised",shifts={"waving": -35.0, "checked": -35.0}),
    PropKind("podium", (188, 58), draw_podium, surface=Surface(43, (0, -62, 62)), weight=0.95),
    PropKind(
        "hurdle", (96, 90), draw_hurdle, ("plain", "fallen"), sizes={"fallen": (104, 56), "plain": (112, 90)}, shifts={"plain": -10.0}),
    PropKind("starting blocks", (70, 20), draw_starting_blocks),
    PropKind(
        "finish ribbon", (268, 186), draw_finish_ribbon, ("plain", "broken"), solid=(24, 160), feet=(-128, 128)
    ),
    PropKind("tennis net", (312, 106), draw_tennis_net, solid=(60, 96)),
    PropKind("basketball hoop", (130, 306), draw_basketball_hoop, ("plain", "scored"), solid=(24, 300)),
    PropKind(
        "basketball", (27, 27), draw_basketball, ("plain", "flying"),
        grips=((0, -2),), carry="front", airs={"flying": 170},
    ),
    PropKind("floodlight", (90, 304), draw_floodlight, ("plain", "lit", "off"), solid=(24, 304)),
    PropKind(
        "grandstand", (308, 160), draw_grandstand,
        seats=Surface(58, (-96, -32, 32, 96)), far=True, weight=0.8,
    ),
    PropKind(
        "dugout", (254, 178), draw_dugout, seats=Surface(50, (-68, 0, 68)), weight=0.85
    ),
    PropKind("target", (100, 142), draw_target, ("plain", "hit"), sizes={"hit": (106, 142)}, shifts={"hit": 7.0}),
    PropKind(
        "barbell", (166, 48), draw_barbell, grips=((-28, -23), (28, -23)), carry="two"
    ),
)  # fmt: skip
