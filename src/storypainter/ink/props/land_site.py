"""Building sites: scaffold, crane, digger, mixer, half a wall, bricks, planks and tools."""

from __future__ import annotations

import math

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, drop, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion
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
)

BRICK = "#c07a5e"
ORANGE = "#e0913f"
TYRE = "#44424a"
CEMENT = "#b9b6b0"


def draw_bricks_area(
    pen: Pen, left: float, top: float, right: float, bottom: float, hue: str
) -> None:
    """The joints of brickwork inside a box in cm."""
    joint = mix(hue, DARK, 0.42)
    y, row = bottom - 9.0, 0
    while y > top - 0.1:
        pen.ink([(left, y), (right, y)], 0.45, joint)
        x = left + (12.0 if row % 2 else 24.0)
        while x < right - 2:
            pen.ink([(x, y), (x, min(bottom, y + 9))], 0.4, joint)
            x += 24
        y -= 9
        row += 1


_SHELL_TOP = ((-132, -262), (-100, -262), (-100, -271), (-60, -271), (-60, -262), (20, -262), (20, -271), (90, -271), (90, -262), (132, -262))  # fmt: skip


_POLES = (-148.0, -50.0, 50.0, 148.0)
#: How high the deck is, and how high above it the two guard rails are, in cm.
_DECK, _RAILS = 79.0, (36.0, 62.0)


def draw_scaffold(pen: Pen, look: Look) -> None:
    """A scaffold, its deck as high as a table, before a brick shell with empty windows.

    What is nearer than those on the deck is drawn by :func:`_front_of_scaffold`. Above the deck is
    room for a whole person: no plank runs through anybody's chest.
    """
    brick = look.tint("#cf9c82")
    pen.shape(rect(-132, -262, 132, 0), brick, ink_width=0.8)
    draw_bricks_area(pen, -132, -260, 132, 0, mix(brick, WHITE, 0.25))
    hollow = "#3a3550" if look.ground.dark else "#6a5a58"
    for left, top, high in ((-100, -224, 92), (46, -224, 92), (-100, -62, 62), (46, -62, 62)):
        pen.shape(rect(left, top, left + 54, top + high), hollow, ink_width=0.9, shade=0)
        pen.shape(rect(left - 5, top - 8, left + 59, top), CEMENT, ink_width=0.7, shade=0.4)
    crest = poly(*_SHELL_TOP, (132, -256), (-132, -256))
    pen.shape(crest, brick, ink_width=0.7, shade=0)
    far = mix(STEEL, DARK, 0.14)
    for x in _POLES:
        pen.shape(rect(x + 6, -270, x + 11, -10), far, ink_width=0.6, shade=0.3)
    for a, b in (((-148, -10), (-50, -70)), ((148, -10), (50, -70))):
        pen.shape(band([a, b], 3.4), far, ink_width=0.6, shade=0)
    pen.shape(rect(-150, -262, 150, -257.4, 1), far, ink_width=0.6, shade=0.4)
    pen.shape(rect(-158, -_DECK - 7, 158, -_DECK + 3, 1), mix(PALE_WOOD, DARK_WOOD, 0.25), ink_width=0.7, shade=0)  # fmt: skip
    for x in (-94, 4, 98):
        pen.ink([(x, -_DECK - 6), (x, -_DECK + 2)], 0.5, DARK_WOOD)


def _front_of_scaffold(pen: Pen, look: Look) -> None:
    """The near poles, the edge of the deck, and the guard rails before those who work up there."""
    for x in _POLES:
        pen.shape(rect(x - 9, -4, x + 9, 0, 1), DARK_WOOD, ink_width=0.7)
        pen.shape(rect(x - 3, -278, x + 3, -3), STEEL, ink_width=0.8)
    for up in _RAILS:
        y = -_DECK - up
        pen.shape(rect(-154, y, 154, y + 4.4, 1), STEEL, ink_width=0.7, shade=0.4)
        for x in _POLES:
            pen.shape(rect(x - 4.6, y - 1.4, x + 4.6, y + 5.8, 1.4), mix(STEEL, DARK, 0.35), ink_width=0.6, shade=0)  # fmt: skip
    pen.shape(rect(-160, -_DECK, 160, -_DECK + 10, 1.5), PALE_WOOD)
    pen.ink([(-156, -_DECK + 5.4), (156, -_DECK + 5.4)], 0.4, DARK_WOOD)


def draw_crane(pen: Pen, look: Look) -> None:
    """A tower crane, its jib to the right; lifting, a bundle hangs from its hook."""
    steel = look.tint("#dba53c")
    pen.shape(rect(-36, -14, 24, 0, 2), CEMENT)
    _lattice(pen, (-6, -14), (-6, -262), 22, steel)
    pen.shape(poly((-18, -262), (6, -262), (-6, -318), corner=1), steel)
    pen.ink([(-6, -316), (-46, -270)], 0.9, IRON)
    pen.ink([(-6, -316), (120, -272)], 0.9, IRON)
    _lattice(pen, (-57, -264), (156, -264), 15, steel)
    pen.shape(rect(-59, -260, -34, -232, 2), CEMENT)
    pen.shape(rect(8, -262, 36, -230, 3), steel)
    pen.shape(rect(14, -256, 33, -240, 1), "#cfe0e0" if not look.ground.dark else "#f6d67c", ink_width=0.7, shade=0)  # fmt: skip
    pen.shape(rect(108, -260, 124, -253, 1), IRON, ink_width=0.7)
    end = -150.0 if look.state == "lifting" else -190.0
    pen.ink([(116, -253), (116, end)], 1.0, DARK)
    pen.shape(oval(116, end + 3, 5.4), RED, ink_width=0.8)
    pen.ink(path((116, end + 8), (121, end + 14), (116, end + 19), (111, end + 15)), 1.6, IRON)
    if look.state == "lifting":
        for x in (84, 148):
            pen.ink([(116, end + 18), (x, end + 44)], 0.8, DARK)
        for row in range(3):
            pen.shape(
                rect(72, end + 44 + row * 8, 160, end + 51 + row * 8, 1), PALE_WOOD, ink_width=0.8
            )


def _lattice(
    pen: Pen, start: tuple[float, float], end: tuple[float, float], thick: float, hue: str
) -> None:
    """A boom of two tubes with zigzag struts between them, upright or level."""
    level = start[1] == end[1]
    length = abs(end[0] - start[0]) if level else abs(end[1] - start[1])
    count = max(2, round(length / thick))
    half = thick / 2

    def at(along: float, across: float) -> tuple[float, float]:
        if level:
            return start[0] + along * (end[0] - start[0]), start[1] + across
        return start[0] + across, start[1] + along * (end[1] - start[1])

    zigzag = [at(k / count, half if k % 2 else -half) for k in range(count + 1)]
    pen.shape(band(zigzag, 3.2, flat=True), mix(hue, DARK, 0.12), ink_width=0.45, shade=0)
    for side in (-half, half):
        pen.shape(band([at(0, side), at(1, side)], 4.4), hue, ink_width=0.7, shade=0.4)


def draw_digger(pen: Pen, look: Look) -> None:
    """An excavator on tracks, its arm and bucket to the right; the tracks are drawn in front."""
    body = look.tint(YELLOW)
    arm = path((26, -92), (70, -168), (104, -176), (138, -120))
    pen.shape(limb(arm, 10, 9, 8, 7), body)
    pen.shape(band([(40, -100), (74, -150)], 6), STEEL, ink_width=0.8)
    low = -10.0 if look.state == "digging" else -52.0
    pen.shape(limb([(136, -124), (132, low - 26)], 7, 6), body)
    pen.shape(oval(137, -122, 6), IRON, ink_width=0.8)
    bucket = poly((118, low - 30), (148, low - 28), (152, low - 4), (128, low + 6), (112, low - 6), corner=2)  # fmt: skip
    pen.shape(bucket, IRON)
    for x in (114, 121, 128):
        pen.shape(
            poly((x - 3, low - 3), (x + 3, low), (x - 4, low + 8)), STEEL, ink_width=0.6, shade=0
        )
    if look.state == "digging":
        pen.shape(blob((74, 4), (92, -14), (120, -22), (152, -12), (170, 4), (120, 9)), "#8a6a4f")
    pen.shape(poly((-84, -92), (-78, -104), (-26, -104), (-26, -44), (-84, -44), corner=4), body)
    pen.shape(rect(-74, -92, -46, -62, 2), mix(body, DARK, 0.24), ink_width=0.7)
    for y in (-86, -78, -70):
        pen.ink([(-72, y), (-48, y)], 0.6)
    pen.shape(rect(-28, -184, 42, -44, 5), body)
    pane = "#cfe2e4" if not look.ground.dark else "#5f6f8e"
    pen.shape(rect(-21, -176, 35, -80, 3), pane, ink_width=0.8, shade=0.4)
    pen.shape(rect(-16, -96, 6, -86, 3), DARK, ink_width=0.7)


def _front_of_digger(pen: Pen, look: Look) -> None:
    body = look.tint(YELLOW)
    pen.shape(rect(-28, -88, 42, -44, 3), body)
    pen.ink([(28, -80), (28, -54)], 1.2, IRON)
    pen.shape(rect(-88, -50, 60, -38, 2), IRON)
    track = rect(-96, -40, 70, 0, 19)
    pen.shape(track, TYRE)
    pen.shape(rect(-86, -31, 60, -9, 10), mix(TYRE, WHITE, 0.25), ink_width=0.7, shade=0)
    for x in (-72, -43, -13, 17, 46):
        pen.shape(oval(x, -20, 8.4), STEEL, ink_width=0.7, shade=0.5)
        pen.fill(oval(x, -20, 2.4), DARK)
    for x in range(-80, 60, 14):
        pen.ink([(x, -40), (x, -35)], 0.8, "#8a8790")
        pen.ink([(x, -5), (x, 0)], 0.8, "#8a8790")


def draw_mixer(pen: Pen, look: Look) -> None:
    """A cement mixer on two wheels; turning it drips."""
    drum = look.tint(ORANGE)
    pen.shape(limb([(-30, -52), (-44, 0)], 3), IRON, ink_width=0.9)
    pen.shape(limb([(24, -46), (36, -14)], 3), IRON, ink_width=0.9)
    pen.shape(band([(-40, -12), (34, -14)], 4), IRON, ink_width=0.8)
    pen.shape(rect(-40, -58, -14, -34, 3), mix(drum, DARK, 0.4))
    body = blob((-34, -70), (-20, -96), (10, -102), (34, -108), (46, -86), (28, -52), (0, -42), (-26, -52))  # fmt: skip
    pen.shape(body, drum)
    pen.ink(path((-20, -94), (-8, -70), (-14, -46)), 0.7)
    pen.ink(path((8, -102), (22, -74), (16, -46)), 0.7)
    pen.shape(oval(40, -97, 9, 15, 32), mix(drum, DARK, 0.6), shade=0)
    if look.state == "turning":
        pen.shape(
            blob((44, -88), (54, -84), (52, -60), (46, -58), (42, -78)), CEMENT, ink_width=0.7
        )
        pen.shape(blob((34, 3), (42, -5), (64, -5), (72, 3), (52, 7)), CEMENT, ink_width=0.7)
        motion(pen, ((-48, -96), (-40, -112), (-24, -120)), ((-58, -92), (-48, -114), (-30, -128)))
    pen.shape(oval(34, -13, 13), TYRE)
    pen.shape(oval(34, -13, 6), STEEL, ink_width=0.7, shade=0)


def draw_half_wall(pen: Pen, look: Look) -> None:
    """A wall of bricks that is being built; finished, or collapsed."""
    hue = look.tint(BRICK)
    if look.state == "collapsed":
        pen.shape(poly((-84, 0), (-84, -36), (-60, -36), (-60, -27), (-48, -27), (-48, -9), (-24, -9), (-24, 0)), hue)  # fmt: skip
        draw_bricks_area(pen, -84, -20, -50, 0, hue)
        for x, y, turn in ((-14, -6, 12), (8, -3, -30), (30, -8, 50), (4, -16, -8), (52, -4, 8), (70, -2, -40), (26, 6, 3), (-30, 6, -14)):  # fmt: skip
            _brick(pen, x, y, turn, hue)
        pen.fill(
            blob((-60, -40), (-30, -54), (10, -34), (50, -44), (80, -14), (0, -10)), CEMENT, 0.4
        )
        return
    if look.state == "finished":
        area = rect(-84, -90, 84, 0)
    else:
        area = poly((-84, 0), (-84, -90), (-36, -90), (-36, -81), (-12, -81), (-12, -63), (12, -63), (12, -54), (60, -54), (60, -45), (84, -45), (84, 0))  # fmt: skip
    pen.shape(area, hue)
    with pen.clip(area):
        draw_bricks_area(pen, -84, -90, 84, 0, hue)
    if look.state == "finished":
        pen.shape(rect(-88, -98, 88, -89, 1), CEMENT)


def _brick(pen: Pen, x: float, y: float, degrees: float, hue: str) -> None:
    turn = math.radians(degrees)
    cos, sin = math.cos(turn), math.sin(turn)
    corners = [(x + a * cos - b * sin, y + a * sin + b * cos) for a, b in ((-11, -5), (11, -5), (11, 5), (-11, 5))]  # fmt: skip
    pen.shape(poly(*corners, corner=0.8), hue, ink_width=0.8, shade=0.6)


def draw_bricks(pen: Pen, look: Look) -> None:
    """A neat stack of bricks on a pallet, or a fallen one."""
    hue = look.tint(BRICK)
    if look.state == "fallen":
        for x, y, turn in ((-36, -3, 10), (-12, -4, -20), (14, -3, 4), (38, -4, 35), (-22, -13, -6), (6, -13, 16), (-4, 5, -3)):  # fmt: skip
            _brick(pen, x, y, turn, hue)
        return
    for y in (-4, -12):
        pen.shape(rect(-42, y, 42, y + 4, 0.6), WOOD, ink_width=0.7)
    for x in (-36, 0, 36):
        pen.shape(rect(x - 6, -9, x + 6, -3), WOOD, ink_width=0.6, shade=0)
    for row in range(4):
        shift = 6 if row % 2 else 0
        for k in range(3 if shift else 4):
            left = -39 + k * 19.5 + shift * 1.6
            pen.shape(rect(left, -21 - 9 * row, left + 19, -12 - 9 * row, 0.8), mix(hue, WHITE, 0.06 * ((k + row) % 3)), ink_width=0.7, shade=0.4)  # fmt: skip


def draw_plank(pen: Pen, look: Look) -> None:
    """A long board; broken in the middle, or across two blocks."""
    wood = look.tint(PALE_WOOD)
    if look.state == "broken":
        pen.shape(poly((-84, -2), (-84, -10), (-10, -3), (-16, 1), (-6, 3), (-16, 5)), wood)
        pen.shape(poly((86, -2), (86, -10), (8, -8), (14, -3), (4, 1), (12, 5)), wood)
        return
    pen.shape(rect(-86, -9, 86, 0, 0.8), wood)
    for x, y in ((-60, -6), (-14, -3), (30, -6), (58, -3)):
        pen.ink([(x, y), (x + 24, y + 0.4)], 0.45, DARK_WOOD)
    pen.ink(arc(6, -4.6, 3, 1.8, 0, 330), 0.45, DARK_WOOD)


def draw_pipe(pen: Pen, look: Look) -> None:
    """A length of pipe; leaking, water spurts from its middle."""
    tin = look.tint("#a9b6b8")
    if look.state == "leaking":
        for end, high in ((-44, 40), (-18, 62), (14, 66), (40, 44)):
            jet = path((0, -13), (end * 0.35, -13 - high * 0.75), (end * 0.75, -13 - high), (end * 1.2, -13 - high * 0.6))  # fmt: skip
            pen.shape(limb(jet, 2.4, 2.2, 1.6, 0.6), WATER, ink_width=0.4, shade=0)
            for step, size in ((1.34, 3.0), (1.46, 2.2)):
                pen.shape(drop(end * step, -13 - high * (1.75 - step), size), WATER, ink_width=0.5, shade=0)  # fmt: skip
        pen.shape(
            blob((-52, 4), (-30, -2), (20, -1), (56, 4), (10, 9)), WATER, ink_width=0.6, shade=0
        )
    pen.shape(rect(-70, -14, 70, 0, 3), tin)
    pen.shape(oval(70, -7, 4, 7), mix(tin, DARK, 0.55), ink_width=0.8, shade=0)
    for x in (-56, 40):
        pen.shape(rect(x - 4, -16, x + 4, 2, 1), mix(tin, WHITE, 0.3), ink_width=0.8)
    pen.ink([(-48, -10.5), (34, -10.5)], 0.7, WHITE)


def draw_tool_box(pen: Pen, look: Look) -> None:
    """A metal tool box with a handle; open, with tools in it."""
    hue = look.tint(RED)
    if look.state == "open":
        pen.shape(rect(-30, -50, 30, -26, 2), mix(hue, DARK, 0.25))
        pen.shape(limb([(-16, -24), (-22, -44)], 2.6), YELLOW, ink_width=0.7)
        pen.shape(limb([(-22, -44), (-24, -52)], 1.4), STEEL, ink_width=0.6)
        pen.shape(limb([(4, -22), (2, -46)], 2.0), PALE_WOOD, ink_width=0.7)
        pen.shape(rect(-7, -52, 11, -45, 1.5), IRON, ink_width=0.7)
        pen.shape(band(path((20, -24), (20, -40), (15, -46), (25, -48)), 4), STEEL, ink_width=0.7)
    else:
        pen.ink(path((-13, -30), (-12, -40), (12, -40), (13, -30)), 2.0, DARK)
        pen.shape(
            poly((-31, -20), (31, -20), (26, -33), (-26, -33), corner=2), mix(hue, WHITE, 0.12)
        )
    pen.shape(rect(-33, -24, 33, 0, 2), hue)
    for x in (-20, 20):
        pen.shape(rect(x - 4, -24, x + 4, -15, 1), STEEL, ink_width=0.7)


def draw_hammer(pen: Pen, look: Look) -> None:
    """A claw hammer, its head up."""
    pen.shape(limb([(0, -1), (0, -32)], 2.6, 2.0), look.tint(WOOD))
    head = join(rect(-4, -40, 13, -31, 1.5), poly((-4, -40), (-4, -33), (-15, -29), (-9, -38)))
    pen.shape(head, IRON)
    pen.shape(rect(10, -41.5, 15, -29.5, 1), STEEL, ink_width=0.7)


def draw_saw(pen: Pen, look: Look) -> None:
    """A hand saw, its blade up."""
    teeth = [(-6.0 + (2.6 if k % 2 else 0), -18.0 - 3.2 * k) for k in range(14)]
    pen.shape(poly((9, -16), (6, -62), (-3, -62), *reversed(teeth)), STEEL, ink_width=0.9)
    grip = blob((-8, -18), (10, -19), (13, -8), (8, 0), (-7, -1), (-10, -9))
    pen.shape(grip.difference(oval(1.5, -9, 5.4, 4.4)), look.tint(WOOD))


def draw_drill(pen: Pen, look: Look) -> None:
    """A power drill, its bit to the right."""
    hue = look.tint("#3f7f86")
    pen.shape(poly((-9, -20), (3, -20), (1, -3), (-13, -3), corner=2), mix(hue, DARK, 0.3))
    pen.shape(rect(-17, -6, 5, 1, 2), DARK)
    pen.shape(rect(-16, -33, 16, -18, 4), hue)
    pen.shape(rect(-12, -29, 2, -25, 1), mix(hue, WHITE, 0.5), ink_width=0.5, shade=0)
    pen.shape(poly((16, -31), (24, -28.5), (24, -22.5), (16, -20), corner=1), DARK)
    pen.shape(limb([(24, -25.5), (40, -25.5)], 1.6, 0.8), STEEL, ink_width=0.6)
    pen.shape(rect(3, -18, 7, -12, 1), RED, ink_width=0.5, shade=0)
    if look.state == "drilling":
        motion(pen, ((44, -34), (48, -30), (46, -27)), ((46, -22), (49, -19), (45, -16)))


def draw_safety_barrier(pen: Pen, look: Look) -> None:
    """A red and white board on two feet, with a lamp; or fallen on its back."""
    if look.state == "fallen":
        pen.shape(poly((-66, -6), (58, -14), (66, 2), (-58, 8), corner=1), CREAM)
        for x in (-46, -14, 18, 48):
            pen.shape(poly((x - 8, -7 - x * 0.065), (x + 6, -8 - x * 0.065), (x + 12, 4 - x * 0.05), (x - 2, 5 - x * 0.05)), RED, ink_width=0.5, shade=0)  # fmt: skip
        return
    for x in (-50, 50):
        pen.shape(limb([(x, -78), (x, -6)], 3), STEEL, ink_width=0.9)
        pen.shape(poly((x - 16, 0), (x + 16, 0), (x + 11, -8), (x - 11, -8), corner=1), IRON)
    board = rect(-70, -76, 70, -50, 2)
    pen.shape(board, CREAM)
    with pen.clip(board):
        for x in range(-84, 80, 32):
            pen.shape(poly((x, -48), (x + 15, -48), (x + 29, -78), (x + 14, -78)), RED, ink_width=0.5, shade=0)  # fmt: skip
    pen.shape(rect(-70, -34, 70, -28, 1), CREAM, ink_width=0.8)
    for x in (-50, 50):
        pen.shape(oval(x, -85, 6.4), ORANGE if not look.ground.dark else "#ffd27a", ink_width=0.8)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "scaffold",
        (320, 280),
        draw_scaffold,
        far=True,
        surface=Surface(_DECK, (0, -98, 98)),
        front=_front_of_scaffold,
        solid=(264, 264),
        approach=Approach(0, 130, (0.0, 0.14)),
        weight=0.66,
    ),
    PropKind(
        "crane",
        (250, 320),
        draw_crane,
        ("plain", "lifting"),
        far=True,
        solid=(26, 230),
        weight=0.66,
    ),
    PropKind(
        "digger",
        (272, 188),
        draw_digger,
        ("parked", "digging"),
        seats=Surface(72, (-2,)),
        front=_front_of_digger,
        solid=(240, 110),
        weight=0.85,
        sizes={"digging": (343, 188)},
    ),
    PropKind(
        "cement mixer",
        (96, 112),
        draw_mixer,
        ("off", "turning"),
        sizes={"turning": (134, 132)},
        approach=Approach(6, 50, (-0.03, 0.05)),
    ),
    PropKind(
        "brick wall",
        (176, 98),
        draw_half_wall,
        ("half-built", "finished", "collapsed"),
        sizes={"collapsed": (176, 62)},
        surface=Surface(50, (48, 36)),
        approach=Approach(0, 90, (-0.05, 0.06)),
    ),
    PropKind(
        "bricks",
        (86, 50),
        draw_bricks,
        ("stacked", "fallen"),
        surface=Surface(48, (0, -22, 22)),
        sizes={"fallen": (104, 30)},
    ),
    PropKind(
        "plank",
        (174, 11),
        draw_plank,
        ("plain", "broken"),
        grips=((-24, -4), (24, -4)),
        carry="two",
        sizes={"broken": (174, 18)},
    ),
    PropKind(
        "pipe",
        (146, 18),
        draw_pipe,
        ("plain", "leaking"),
        grips=((-22, -7), (22, -7)),
        carry="two",
        sizes={"leaking": (146, 84)},
    ),
    PropKind(
        "tool box",
        (68, 42),
        draw_tool_box,
        ("closed", "open"),
        grips=((0, -40),),
        carry="low",
        sizes={"open": (68, 54)},
        scale=0.78,
    ),
    PropKind(
        "hammer", (32, 42), draw_hammer, grips=((0, -8),), carry="front", lies=True, scale=0.9
    ),
    PropKind("saw", (24, 63), draw_saw, grips=((1, -9),), carry="front", lies=True, scale=0.82),
    PropKind(
        "drill",
        (58, 36),
        draw_drill,
        ("plain", "drilling"),
        grips=((-5, -12),),
        carry="front",
        scale=0.64,
        shifts={"plain": -12.0, "drilling": -12.0},
    ),
    PropKind(
        "safety barrier",
        (142, 92),
        draw_safety_barrier,
        ("plain", "fallen"),
        sizes={"fallen": (136, 24)},
    ),
)
