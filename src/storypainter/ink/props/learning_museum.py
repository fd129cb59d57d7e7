"""What stands and hangs in a museum: paintings, statue, dinosaur, armour, cases, ropes, telescope."""

from __future__ import annotations

import itertools

import numpy as np

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame, Geometry
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion
from storypainter.ink.props.prop import (
    CREAM,
    DARK,
    DARK_WOOD,
    IRON,
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

GOLD = "#cfa34a"
MARBLE = "#e4e0d8"
STONE = "#cfc6b6"
BONE = "#ecdfc2"
GLASS = "#dcebec"


def _turned(pen: Pen, degrees: float, x: float = 0.0, y: float = 0.0) -> Pen:
    """A pen turned clockwise by ``degrees``, its origin at (x, y)."""
    frame = pen.frame
    left, top = frame.point(x, y)
    moved = Frame(left, top, frame.scale, frame.degrees + degrees, frame.mirror)
    return Pen(pen.canvas, moved, pen.weight)


def draw_painting(pen: Pen, look: Look) -> None:
    """A painting in a broad gold frame; ``empty`` somebody has cut the canvas out."""
    if look.state == "crooked":
        _framed(_turned(pen, 9, 0, -2), look, "landscape")
        return
    if look.state == "portrait":
        _framed(pen, look, "portrait")
        return
    _framed(pen, look, look.state)


def _framed(pen: Pen, look: Look, what: str) -> None:
    half = 37.0 if what == "portrait" else 54.0
    top = -96.0 if what == "portrait" else -84.0
    gold = look.tint(GOLD)
    pen.ink([(-12, top - 2), (0, top - 13), (12, top - 2)], 0.7)
    pen.shape(rect(-half, top, half, 0, 1.6), gold)
    pen.shape(rect(-half + 5, top + 5, half - 5, -5, 0.8), mix(gold, WHITE, 0.25), ink_width=0.5)
    inner = rect(-half + 10, top + 10, half - 10, -10)
    for x in (-1, 1):
        for y in (top + 5, -5):
            pen.shape(oval(x * (half - 5), y, 4.4), mix(gold, WHITE, 0.3), ink_width=0.5, shade=0)
    pen.shape(inner, "#6f5f4f" if what == "empty" else "#b9d0d4", ink_width=0.7, shade=0)
    with pen.clip(inner):
        if what == "portrait":
            _portrait(pen)
        elif what == "empty":
            _cut_out(pen)
        else:
            _seascape(pen)
    pen.ink(inner.exterior.coords, 0.7, closed=True)


def _portrait(pen: Pen) -> None:
    pen.fill(rect(-40, -100, 40, 0), "#8a8468")
    pen.shape(blob((-26, 0), (-22, -26), (-8, -36), (8, -36), (22, -26), (26, 0)), "#4d4a62", ink_width=0.7)  # fmt: skip
    pen.shape(oval(0, -58, 16, 19), "#5c4438", ink_width=0.6, shade=0)
    pen.shape(rect(-4, -44, 4, -32), "#dcae8b", ink_width=0.5, shade=0)
    pen.shape(oval(0, -54, 10.5, 13), "#e6bb98", ink_width=0.6, shade=0)
    for x in (-4, 4):
        pen.fill(oval(x, -56, 1.2, 1.6), DARK)
    pen.ink(path((0.4, -54), (1.8, -50), (0, -49.6)), 0.5)
    pen.ink(path((-4, -46), (0, -45), (4, -46.6)), 0.6)
    ruff = [oval(x, -36 + abs(x) * 0.1, 4.4, 3.2) for x in (-13, -7, 0, 7, 13)]
    pen.shape(join(*ruff), CREAM, ink_width=0.5, shade=0)


def _cut_out(pen: Pen) -> None:
    pen.ink([(-44, -74), (44, -10)], 0.6, "#4f4339")
    for corner, sign in ((-44, 1), (44, -1)):
        strip = poly((corner, -74), (corner + sign * 9, -74), (corner + sign * 3, -58), (corner + sign * 6, -40), (corner, -24))  # fmt: skip
        pen.shape(strip, "#b9c4b4", ink_width=0.5, shade=0)


def _seascape(pen: Pen) -> None:
    pen.fill(rect(-60, -40, 60, 0), "#6f98a5")
    pen.shape(oval(26, -62, 6), "#f2d79a", ink_width=0.5, shade=0)
    for y, x in ((-33, -36), (-27, 10), (-20, -14), (-17, 30)):
        pen.ink(path((x, y), (x + 6, y - 2), (x + 12, y), (x + 18, y - 2)), 0.5, "#d6e4e4")
    pen.shape(poly((-30, -36), (8, -36), (2, -26), (-24, -26), corner=1), "#8a5d3c", ink_width=0.6)
    pen.ink([(-11, -36), (-11, -70)], 0.8)
    pen.shape(poly((-9, -68), (-9, -39), (14, -40)), CREAM, ink_width=0.6)
    pen.shape(poly((-13, -64), (-13, -40), (-29, -41)), CREAM, ink_width=0.6)


def draw_statue(pen: Pen, look: Look) -> None:
    """A marble figure in a robe that lifts an arm, on a block; ``broken`` the arm lies below."""
    stone = look.tint(MARBLE)
    fold = mix(stone, "#6d6472", 0.45)
    pen.shape(rect(-34, -34, 34, 0, 0.8), mix(stone, "#8f8a80", 0.22))
    pen.shape(rect(-37, -38, 37, -31, 1), mix(stone, "#8f8a80", 0.1), ink_width=0.9)
    pen.shape(rect(-20, -22, 20, -10, 0.8), mix(GOLD, stone, 0.3), ink_width=0.5, shade=0)
    if look.state == "broken":
        pen.shape(limb([(44, -6), (64, -10), (78, -6)], 5, 4.4, 3.6), stone, ink_width=0.8)
        for x, y in ((40, -2), (84, -2), (56, 1)):
            pen.shape(poly((x - 3, y), (x, y - 4), (x + 3, y)), stone, ink_width=0.6, shade=0)
    else:
        arm = path((13, -138), (31, -150), (36, -176))
        pen.shape(limb(arm, 6.4, 5.2, 4.0), stone, ink_width=0.9)
        pen.shape(join(oval(36.5, -180, 4.4), limb([(37, -180), (39, -187)], 1.8, 1.4)), stone, ink_width=0.8)  # fmt: skip
    robe = blob((-24, -37), (-20, -70), (-15, -100), (-20, -128), (-9, -146), (10, -146), (18, -128), (14, -100), (20, -70), (24, -37), (0, -34))  # fmt: skip
    pen.shape(robe, stone)
    pen.shape(limb(path((-16, -136), (-23, -116), (-8, -104)), 6, 5.2, 4.4), stone, ink_width=0.8)
    for line in (
        ((-10, -140), (4, -120), (14, -104)),
        ((-13, -98), (-12, -70), (-14, -42)),
        ((-3, -98), (-1, -70), (-4, -42)),
        ((8, -98), (10, -70), (10, -42)),
        ((-14, -100), (0, -95), (13, -100)),
    ):
        pen.ink(path(*line), 0.6, fold)
    pen.shape(rect(-4, -154, 5, -142), stone, ink_width=0.7, shade=0)
    pen.shape(oval(1, -162, 10, 12), stone, ink_width=0.9)
    curls = [
        oval(1 + dx, -162 + dy, 4) for dx, dy in ((-9, -4), (-7, -10), (0, -13), (7, -10), (9, -4))
    ]
    pen.shape(join(*curls), mix(stone, "#8f8a80", 0.12), ink_width=0.7)
    for x in (-2, 5):
        pen.ink(arc(x, -162, 1.8, 1.2, 190, 350), 0.6)
    pen.ink(path((2, -162), (3.6, -158), (1.6, -157)), 0.5)
    pen.ink(path((-1, -154.4), (2, -153.6), (5, -154.6)), 0.6)


def draw_pedestal(pen: Pen, look: Look) -> None:
    """A stone pedestal on which something is shown."""
    stone = look.tint(STONE)
    pen.shape(rect(-21, -88, 21, -6), stone)
    pen.shape(rect(-15, -78, 15, -18, 0.6), mix(stone, WHITE, 0.25), ink_width=0.5, shade=0)
    pen.shape(rect(-27, -9, 27, 0, 1), mix(stone, DARK, 0.1), ink_width=0.9)
    pen.shape(poly((-27, -88), (-23, -94), (23, -94), (27, -88)), mix(stone, WHITE, 0.4), ink_width=0.8, shade=0)  # fmt: skip
    pen.shape(rect(-27.5, -89, 27.5, -83, 0.8), mix(stone, WHITE, 0.15), ink_width=0.9)


def draw_dinosaur(pen: Pen, look: Look) -> None:
    """The skeleton of a big meat-eating dinosaur on a low plinth."""
    bone = look.tint(BONE)
    dark = mix(bone, "#6d5a44", 0.3)
    pen.shape(rect(-120, -12, 96, 0, 1), mix(DARK_WOOD, WHITE, 0.12))
    for x in (-70, 34):
        pen.ink([(x, -12), (x, -128)], 1.1, IRON)
    _leg(pen, dark, 22.0, -3.0)
    spine = path((-168, -92), (-128, -112), (-84, -124), (-36, -132), (10, -142), (46, -160), (70, -186), (92, -196))  # fmt: skip
    pen.ink(spine, 1.4, mix(IRON, bone, 0.3))
    _ribs(pen, bone, spine)
    for index, (x, y) in enumerate(spine[::2]):
        size = 2.6 + 4.4 * min(1.0, index / 12)
        pen.shape(oval(float(x), float(y), size * 0.9, size), bone, ink_width=0.6, shade=0.6)
    hip = blob((-44, -136), (-30, -146), (-12, -140), (-10, -126), (-18, -112), (-30, -118))
    pen.shape(hip, bone, ink_width=0.8)
    _leg(pen, bone, 0.0, 0.0)
    for dx, hue in ((8, dark), (0, bone)):
        arm = [(38 + dx, -134), (46 + dx, -118), (58 + dx, -122)]
        pen.shape(limb(arm, 2.8, 2.4, 1.8), hue, ink_width=0.7, shade=0)
        for tip in ((64, -118), (63, -124)):
            pen.shape(limb([(57 + dx, -122), (tip[0] + dx, tip[1])], 1.3, 0.7), hue, ink_width=0.5, shade=0)  # fmt: skip
    _skull(pen, bone)


def _ribs(pen: Pen, bone: str, spine: np.ndarray) -> None:
    for index in range(26, 46, 3):
        x, y = float(spine[index][0]), float(spine[index][1])
        long = 52 - abs(index - 38) * 1.5
        rib = path((x, y), (x + 9, y + long * 0.45), (x + 4, y + long * 0.8), (x - 6, y + long))
        pen.shape(limb(rib, 2.2, 1.9, 1.2), bone, ink_width=0.6, shade=0)


def _leg(pen: Pen, bone: str, dx: float, dy: float) -> None:
    """Thigh, shin, foot and three toes."""
    joints = [(-24 + dx, -124), (2 + dx, -86), (-20 + dx, -48), (-6 + dx, -18 + dy)]
    for (a, b), radii in zip(
        itertools.pairwise(joints), ((5.4, 4.4), (4.4, 3.6), (3.6, 3.2)), strict=True
    ):
        pen.shape(limb([a, b], *radii), bone, ink_width=0.8)
    for x, y in joints[1:3]:
        pen.shape(oval(x, y, 5.4, 5), bone, ink_width=0.7, shade=0)
    for tip in (20, 12, -20):
        toe = [(-6 + dx, -18 + dy), (tip * 0.5 - 4 + dx, -17 + dy), (tip + dx, -13 + dy)]
        pen.shape(limb(toe, 2.8, 2.4, 1.2), bone, ink_width=0.7, shade=0)


def _skull(pen: Pen, bone: str) -> None:
    jaw = blob((88, -186), (104, -178), (128, -170), (146, -172), (144, -166), (124, -162), (100, -168), (88, -178))  # fmt: skip
    pen.shape(jaw, bone, ink_width=0.9)
    skull = blob((84, -194), (90, -212), (110, -220), (132, -212), (152, -202), (156, -190), (148, -184), (120, -184), (100, -182))  # fmt: skip
    for x in range(108, 150, 7):
        pen.shape(poly((x, -186), (x + 5, -186), (x + 2.4, -176)), WHITE, ink_width=0.5, shade=0)
    for x in (114, 124, 134):
        pen.shape(poly((x, -170), (x + 5, -170), (x + 2.6, -177)), WHITE, ink_width=0.5, shade=0)
    pen.shape(skull, bone, ink_width=0.9)
    hollow = mix(bone, DARK, 0.9)
    pen.shape(oval(102, -203, 6, 5.4), hollow, ink_width=0.6, shade=0)
    pen.shape(
        blob((116, -206), (126, -204), (128, -196), (117, -196)), hollow, ink_width=0.6, shade=0
    )
    pen.shape(oval(148, -197, 2.4, 1.8), hollow, ink_width=0.4, shade=0)


def draw_display_case(pen: Pen, look: Look) -> None:
    """A glass case on a plinth with a gold cup in it; ``empty``, or with broken glass."""
    wood = look.tint("#7c6a78")
    pen.shape(rect(-44, -70, 44, 0, 0.8), wood)
    pen.shape(rect(-37, -62, 37, -10, 0.8), mix(wood, WHITE, 0.14), ink_width=0.5, shade=0)
    pen.shape(rect(-12, -48, 12, -36, 0.8), CREAM, ink_width=0.5, shade=0)
    for y in (-44, -40):
        pen.ink([(-8, y), (8, y)], 0.4)
    glass = rect(-42, -136, 42, -74)
    pen.shape(glass, GLASS, ink_width=0.7, shade=0)
    pen.shape(poly((-24, -78), (24, -78), (28, -74), (-28, -74)), "#a8484f", ink_width=0.6, shade=0)
    if look.state == "plain":
        _gold_cup(pen)
    if look.state == "broken":
        hole = poly((-30, -128), (-10, -116), (2, -130), (12, -112), (32, -108), (16, -98), (22, -82), (2, -92), (-16, -82), (-14, -98), (-34, -104))  # fmt: skip
        pen.shape(hole, mix(GLASS, DARK, 0.55), ink_width=0.8, shade=0)
        for x, y, size in ((54, -1, 6), (64, 2, 4), (-54, 0, 5), (34, 3, 4), (-20, 4, 5)):
            pen.shape(poly((x - size, y), (x, y - size * 1.4), (x + size * 0.8, y + 1)), GLASS, ink_width=0.6, shade=0)  # fmt: skip
    else:
        for x in (-34, -28):
            pen.ink([(x, -98), (x + 12, -124)], 0.8, WHITE)
    pen.ink(glass.exterior.coords, 0.9, closed=True)
    pen.shape(rect(-45, -141, 45, -134, 1), wood, ink_width=0.9)
    pen.shape(rect(-47, -75, 47, -68, 1), mix(wood, WHITE, 0.1), ink_width=0.9)


def _gold_cup(pen: Pen) -> None:
    for side in (-1, 1):
        pen.ink(arc(side * 14, -110, 6, 8, 0, 360), 1.3, GOLD, closed=True)
    cup = blob((-14, -122), (-13, -108), (-4, -98), (4, -98), (13, -108), (14, -122), (0, -120))
    pen.shape(cup, YELLOW, ink_width=0.8)
    pen.shape(rect(-2.4, -99, 2.4, -84), YELLOW, ink_width=0.6, shade=0)
    pen.shape(poly((-11, -78), (11, -78), (7, -86), (-7, -86), corner=0.8), YELLOW, ink_width=0.7)
    for x, hue in ((-7, RED), (0, "#6f9fb8"), (7, RED)):
        pen.shape(oval(x, -112, 2.2), hue, ink_width=0.4, shade=0)


def draw_rope_barrier(pen: Pen, look: Look) -> None:
    """Two brass posts with a red rope; ``fallen`` one post lies and the rope with it."""
    rope = look.tint("#a8433f")
    _post(pen, -54)
    if look.state == "fallen":
        pen.shape(limb(path((-54, -84), (-40, -30), (-8, -8), (30, -12), (60, -10)), 3, 3, 3), rope, ink_width=0.8)  # fmt: skip
        _post(_turned(pen, 95, 4, -13), 0)
        return
    pen.shape(limb(path((-54, -84), (-34, -54), (0, -54), (34, -54), (54, -84)), 3, 3.2, 3), rope, ink_width=0.8)  # fmt: skip
    _post(pen, 54)


def _post(pen: Pen, x: float) -> None:
    pen.shape(
        poly((x - 14, 0), (x + 14, 0), (x + 8, -6), (x - 8, -6), corner=1), GOLD, ink_width=0.8
    )
    pen.shape(rect(x - 2.6, -88, x + 2.6, -5), GOLD, ink_width=0.8)
    pen.shape(oval(x, -91, 5), mix(GOLD, WHITE, 0.25), ink_width=0.7)


def draw_museum_bench(pen: Pen, look: Look) -> None:
    """A long padded bench without a back."""
    pen.shape(rect(-64, -34, 64, -30), DARK, ink_width=0.5, shade=0)
    for x in (-52, 52):
        pen.shape(poly((x - 5, -34), (x + 5, -34), (x + 3, 0), (x - 3, 0)), WOOD, ink_width=0.8)
    pen.shape(rect(-70, -46, 70, -33, 5), look.tint("#7f6a86"))
    for x in (-36, 0, 36):
        pen.fill(oval(x, -41, 1.4), DARK)


def draw_armour(pen: Pen, look: Look) -> None:
    """A suit of armour with a spear; ``collapsed`` it lies in a heap."""
    steel = look.tint("#b3bcc2")
    if look.state == "collapsed":
        pen.shape(limb([(-84, -3), (66, -16)], 1.8, 1.8), DARK_WOOD, ink_width=0.7)
        for x, y, turn in ((-20, -8, -78), (-34, -20, -60), (22, -6, 84)):
            leg = _turned(pen, turn, x, y)
            leg.shape(limb([(0, 0), (1, -22), (0, -44)], 7, 5.6, 5), steel, ink_width=0.8)
            leg.shape(oval(1, -22, 6, 5), mix(steel, WHITE, 0.2), ink_width=0.6)
        pen.shape(blob((-28, -2), (-26, -26), (-4, -38), (20, -30), (26, -4), (0, 2)), steel)
        pen.ink(path((-6, -36), (0, -20), (-2, -1)), 0.6)
        pen.shape(oval(22, -27, 9, 8), mix(steel, WHITE, 0.2), ink_width=0.8)
        _helmet(_turned(pen, 74, 50, -14), steel)
        motion(pen, [(-14, -46), (-18, -54), (-16, -62)], [(32, -44), (40, -50), (42, -58)])
        return
    pen.shape(rect(-36, -8, 40, 0, 1), DARK_WOOD)
    pen.shape(limb([(34, -6), (34, -192)], 1.9, 1.9), DARK_WOOD, ink_width=0.8)
    pen.shape(poly((34, -212), (40, -194), (34, -188), (28, -194)), steel, ink_width=0.8)
    for side in (-1, 1):
        pen.shape(limb([(side * 9, -82), (side * 11, -46), (side * 11, -14)], 8, 6, 5.4), steel, ink_width=0.9)  # fmt: skip
        pen.shape(oval(side * 10.6, -48, 7, 6), mix(steel, WHITE, 0.2), ink_width=0.7)
        foot = poly((side * 6, -8), (side * 6, -17), (side * 15, -17), (side * 22, -8), corner=1.4)
        pen.shape(foot, steel, ink_width=0.8)
    pen.shape(limb([(-20, -132), (-27, -108), (-22, -86)], 6, 5.4, 4.8), steel, ink_width=0.9)
    pen.shape(limb([(20, -132), (30, -116), (34, -104)], 6, 5.4, 4.8), steel, ink_width=0.9)
    pen.shape(poly((-16, -90), (16, -90), (20, -72), (-20, -72), corner=1.6), mix(steel, DARK, 0.14), ink_width=0.8)  # fmt: skip
    pen.shape(blob((-19, -92), (-21, -124), (-10, -142), (10, -142), (21, -124), (19, -92), (0, -88)), steel)  # fmt: skip
    pen.ink([(0, -140), (0, -92)], 0.6)
    pen.ink(path((-18, -104), (0, -100), (18, -104)), 0.6)
    for side in (-1, 1):
        pen.shape(oval(side * 20, -135, 9, 8), mix(steel, WHITE, 0.2), ink_width=0.8)
    _helmet(_turned(pen, 0, 0, -142), steel)


def _helmet(pen: Pen, steel: str) -> None:
    plume = path((0, -30), (-8, -44), (-22, -42), (-28, -30))
    pen.shape(limb(plume, 3, 6, 3), "#a8433f", ink_width=0.8)
    pen.shape(blob((-13, 2), (-14, -20), (0, -32), (14, -20), (13, 2), (0, 5)), steel)
    pen.shape(rect(-11, -17, 13, -12, 1.4), DARK, ink_width=0.6, shade=0)
    for x in (-6, 0, 6):
        pen.ink([(x, -7), (x, 0)], 0.6)


def draw_gallery_arch(pen: Pen, look: Look) -> None:
    """A wide arch into the next hall: a dinosaur skeleton stands there, pale with distance."""
    frame = join(rect(-78, -150, 78, 0), oval(0, -150, 78, 72))
    inner = join(rect(-64, -150, 64, 0), oval(0, -150, 64, 58))
    pen.shape(frame, "#ece6d8")
    pen.shape(inner, "#d9d3c9", ink_width=0.7, shade=0)
    with pen.clip(inner.buffer(-0.4)):
        pen.fill(rect(-70, -26, 70, 4), "#c3b6a2")
        pen.ink([(-70, -26), (70, -26)], 0.5, "#8c8377")
        for x in (-48, 44):
            pen.shape(rect(x - 7, -210, x + 7, -26), "#e6e0d5", ink_width=0.5, ink_colour="#9a9186", shade=0)  # fmt: skip
        left, foot = pen.frame.point(-8, -14)
        small = Frame(left, foot, pen.frame.scale * 0.46, pen.frame.degrees, pen.frame.mirror)
        faded = Look("", "#e9e2d0", "", 0, look.ground)
        draw_dinosaur(Pen(pen.canvas, small, pen.weight * 0.55), faded)
    pen.ink(inner.exterior.coords, 0.8, closed=True)
    keystone: Geometry = poly((-9, -224), (9, -224), (6, -206), (-6, -206))
    pen.shape(keystone, "#ddd5c4", ink_width=0.7)


def draw_telescope(pen: Pen, look: Look) -> None:
    """A brass telescope on three legs that points up and ahead."""
    tube = look.tint("#8c4f45")
    for x in (-26, 2, 28):
        pen.shape(limb([(0, -84), (x, 0)], 2.2, 1.9), DARK_WOOD, ink_width=0.8)
    pen.shape(rect(-12, -40, 14, -37, 1), GOLD, ink_width=0.5, shade=0)
    pen.shape(oval(0, -86, 6), GOLD, ink_width=0.7)
    body = _turned(pen, -30, 0, -94)
    body.shape(rect(-56, -4.4, -34, 4.4, 1), GOLD, ink_width=0.8)
    body.shape(rect(-36, -6.4, 12, 6.4, 1), tube)
    body.shape(rect(8, -8.4, 58, 8.4, 1), tube)
    for x in (8, 52):
        body.shape(rect(x, -9.6, x + 6, 9.6, 1), GOLD, ink_width=0.7)


def draw_microscope(pen: Pen, look: Look) -> None:
    """A microscope seen from its side."""
    iron = look.tint("#5f6b75")
    pen.shape(poly((-18, -5), (14, -5), (18, 0), (-20, 0), corner=1), iron, ink_width=0.9)
    pen.shape(limb(path((-12, -4), (-19, -20), (-14, -36), (-2, -42)), 3.4, 3.6, 3.2), iron, ink_width=0.9)  # fmt: skip
    pen.shape(rect(-14, -16, 14, -12.4, 0.8), mix(iron, DARK, 0.2), ink_width=0.7)
    pen.shape(rect(-2, -18, 12, -16, 0.4), GLASS, ink_width=0.5, shade=0)
    tube = _turned(pen, 16, 4, -18)
    tube.shape(rect(-2.4, -10, 2.4, -3), STEEL, ink_width=0.6, shade=0)
    tube.shape(rect(-4.4, -36, 4.4, -9, 1), mix(iron, WHITE, 0.25), ink_width=0.8)
    tube.shape(rect(-3.4, -44, 3.4, -35, 0.8), DARK, ink_width=0.6, shade=0)
    pen.shape(oval(-15, -26, 4), STEEL, ink_width=0.6, shade=0)


def draw_mummy_case(pen: Pen, look: Look) -> None:
    """A painted mummy case that stands upright; ``open`` its lid is ajar, with bandages in it."""
    gold = look.tint("#d2a648")
    outline = blob((-24, -1), (-26, -60), (-32, -108), (-24, -136), (-18, -168), (0, -180), (18, -168), (24, -136), (32, -108), (26, -60), (24, -1), (0, 1))  # fmt: skip
    if look.state == "open":
        case = _turned(pen, 0, -36, 0)
        case.shape(outline, "#5c4a3e")
        wraps = join(
            blob((-13, -6), (-16, -60), (-20, -100), (-12, -124), (12, -124), (20, -100), (16, -60), (13, -6)),
            oval(0, -142, 12, 15),
        )  # fmt: skip
        case.shape(wraps.buffer(2).buffer(-2), "#e6dcc4", ink_width=0.8)
        with case.clip(wraps):
            for index, y in enumerate(range(-156, -6, 10)):
                tilt = 4 if index % 2 else -3
                case.ink([(-24, y + tilt), (24, y - tilt)], 0.5, "#a99c80")
        case.shape(rect(-12, -147, 12, -139), mix("#e6dcc4", DARK, 0.5), ink_width=0.4, shade=0)
        for x in (-4, 4):
            case.fill(oval(x, -143, 2.0), WHITE)
        lid = _turned(pen, 12, 16, -2)
        _mummy_lid(lid, outline, gold)
        motion(pen, [(86, -150), (91, -140), (93, -128)])
        return
    _mummy_lid(pen, outline, gold)


def _mummy_lid(pen: Pen, outline: Geometry, gold: str) -> None:
    blue = "#3f6f86"
    pen.shape(outline, gold)
    with pen.clip(outline.buffer(-0.6)):
        for y in range(-92, -4, 18):
            pen.fill(rect(-40, y, 40, y + 6), blue)
            pen.ink([(-40, y), (40, y)], 0.4)
            pen.ink([(-40, y + 6), (40, y + 6)], 0.4)
        for side in (-1, 1):
            hair = poly((side * 10, -172), (side * 24, -164), (side * 27, -118), (side * 12, -116))
            pen.shape(hair, blue, ink_width=0.6, shade=0)
    pen.shape(oval(0, -152, 11.5, 16), "#e6bd7a", ink_width=0.7, shade=0)
    for x in (-4.6, 4.6):
        pen.ink(arc(x, -154, 3, 1.8, 0, 360), 0.7, closed=True)
        pen.fill(oval(x, -154, 1.1), DARK)
    pen.ink(path((-4, -143), (0, -142), (4, -143)), 0.7)
    pen.shape(
        poly((-2.6, -137), (2.6, -137), (1.6, -124), (-1.6, -124)), blue, ink_width=0.5, shade=0
    )
    for side in (-1, 1):
        pen.ink(path((side * 25, -112), (side * 4, -104), (-side * 8, -98)), 1.2)


def draw_bone(pen: Pen, look: Look) -> None:
    """A big bone with two knobs at each end."""
    knobs = [oval(x, y, 5) for x in (-21, 21) for y in (-10, -3.6)]
    pen.shape(join(limb([(-20, -6.8), (20, -6.8)], 3.6, 3.6), *knobs), look.tint(BONE))


_STATES = ("landscape", "portrait", "crooked", "empty")

KINDS: tuple[PropKind, ...] = (
    PropKind(
        "painting",
        (108, 97),
        draw_painting,
        _STATES,
        sizes={"portrait": (74, 109), "crooked": (120, 112)},
        hangs=112,
        far=True,
        approach=Approach(0, 40, ahead=(0.03, 0.3)),
    ),
    PropKind("statue", (76, 188), draw_statue, ("plain", "broken"), sizes={"broken": (170, 176)}),
    PropKind("pedestal", (56, 94), draw_pedestal, surface=Surface(91, (0,))),
    PropKind(
        "dinosaur skeleton",
        (327, 222),  # tail and snout reach beyond it, high above the ground
        draw_dinosaur,
        solid=(120, 150),
        far=True,
        weight=0.95,
        shifts={"plain": 7.0},
    ),
    PropKind(
        "display case",
        (94, 141),
        draw_display_case,
        ("plain", "empty", "broken"),
        sizes={"broken": (124, 141)},
    ),
    PropKind(
        "rope barrier",
        (136, 96),
        draw_rope_barrier,
        ("plain", "fallen"),
        solid=(136, 40),
        weight=0.85,
        sizes={"fallen": (167, 96)},
        shifts={"fallen": -17.0},
    ),
    PropKind(
        "museum bench",
        (140, 46),
        draw_museum_bench,
        surface=Surface(46, (0, -40, 40)),
        seats=Surface(45, (-34, 34)),
    ),
    PropKind(
        "suit of armour",
        (84, 212),
        draw_armour,
        ("plain", "collapsed"),
        sizes={"collapsed": (170, 62)},
    ),
    PropKind("gallery arch", (158, 224), draw_gallery_arch, far=True, weight=0.9),
    PropKind(
        "telescope",
        (104, 124),
        draw_telescope,
        approach=Approach(4, 26, ahead=(-0.02, 0.02)),
        solid=(60, 110),
    ),
    PropKind("bone", (52, 15), draw_bone, grips=((0, -6.8),), carry="front", scale=0.58),
    PropKind("microscope", (40, 58), draw_microscope, scale=0.9),
    PropKind(
        "mummy case",
        (66, 180),
        draw_mummy_case,
        ("closed", "open"),
        sizes={"open": (150, 182)},
    ),
)
