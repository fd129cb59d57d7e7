"""What stands at a wedding: flower arch, church front, white chairs, a laid table, flower stands."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    CREAM,
    DARK,
    DARK_WOOD,
    WHITE,
    Approach,
    Look,
    PropKind,
    Surface,
)

_INK = "#5a5262"
ROSE, BLUSH, IVORY = "#d98a93", "#f0c3bf", "#fbf1dc"
_STONE = "#d3c8b4"
_LEAF = "#8aa777"
_PETALS = (ROSE, BLUSH, IVORY, "#e7a28c")


def paint_rose(pen: Pen, x: float, y: float, size: float, hue: str) -> None:
    """A full rose around (x, y)."""
    lobes = [oval(x + size * 0.36 * math.cos(a), y + size * 0.36 * math.sin(a), size * 0.66) for a in (0.3, 1.6, 2.8, 4.0, 5.2)]  # fmt: skip
    pen.shape(join(*lobes), hue, ink_width=0.55, shade=0.6)
    pen.ink(arc(x, y, size * 0.46, size * 0.42, 20, 300), 0.4, mix(hue, DARK, 0.45))
    pen.ink(arc(x + size * 0.06, y, size * 0.2, size * 0.2, 160, 420), 0.4, mix(hue, DARK, 0.45))


def paint_garland(
    pen: Pen, points: Sequence[Point], size: float, rng: random.Random, hue: str | None = None
) -> None:
    """Leaves and roses along ``points``."""
    for x, y in points:
        for _ in range(2):
            turn = rng.uniform(0, 360)
            reach = size * rng.uniform(0.7, 1.0)
            cx = x + reach * math.cos(math.radians(turn))
            cy = y + reach * math.sin(math.radians(turn))
            leaf = oval(cx, cy, size * 0.72, size * 0.32, turn)
            pen.shape(leaf, mix(_LEAF, WHITE, rng.uniform(0, 0.25)), ink_width=0.5, shade=0.3)
    for index, (x, y) in enumerate(points):
        own = _PETALS[index % 4] if hue is None else mix(hue, WHITE, 0.22 * (index % 3))
        spot = (x + rng.uniform(-0.3, 0.3) * size, y + rng.uniform(-0.3, 0.3) * size)
        paint_rose(pen, *spot, size * rng.uniform(0.5, 0.78), own)


def draw_flower_arch(pen: Pen, look: Look) -> None:
    """A white arch wound with roses, a cloth draped over it."""
    rng = random.Random(5)
    for side in (-1, 1):
        pen.shape(rect(side * 84 - 3.5, -150, side * 84 + 3.5, 0), WHITE, ink_width=0.8)
        pen.shape(rect(side * 74 - 2.5, -150, side * 74 + 2.5, -2), CREAM, ink_width=0.6, shade=0)
        for y in (-30, -62, -94, -126):
            pen.ink([(side * 74, y), (side * 84, y - 4)], 0.9)
    pen.shape(band(arc(0, -150, 84, 76, 180, 360), 7), WHITE, ink_width=0.8)
    pen.shape(band(arc(0, -150, 74, 66, 180, 360), 5), CREAM, ink_width=0.6, shade=0)
    for side in (-1, 1):
        drape = poly(
            *path(
                (side * 82, -176), (side * 60, -150), (side * 62, -90), (side * 70, -34)
            ).tolist(),
            *path((side * 90, -30), (side * 92, -90), (side * 90, -150)).tolist(),
        )
        pen.shape(drape, mix(IVORY, WHITE, 0.5), ink_width=0.7)
        for x in (72, 80):
            pen.ink(
                path((side * (x + 4), -160), (side * x, -110), (side * (x + 3), -38)), 0.4, _INK
            )
        tie = band([(side * 60, -98), (side * 92, -92)], 6)
        pen.shape(tie, mix(look.tint(ROSE), WHITE, 0.3), ink_width=0.6, shade=0)
    crown = [(float(x), float(y)) for x, y in arc(0, -148, 86, 84, 186, 354)]
    paint_garland(pen, crown, 12.5, rng, look.colour)
    for side in (-1, 1):
        foot = [(side * x, y) for x, y in ((76, -8), (88, -6), (98, -9), (82, -20), (92, -19))]
        paint_garland(pen, foot, 10.5, rng, look.colour)


def _quoins(pen: Pen, wall: str, spots: tuple[tuple[float, float, float], ...]) -> None:
    mark = mix(wall, "#6b5a43", 0.35)
    for x, y, wide in spots:
        pen.ink([(x, y), (x + wide, y), (x + wide, y + 13)], 0.5, mark)


def _pointed(x: float, foot: float, half: float, shoulder: float, tip: float) -> list[Point]:
    """The outline of a pointed arch, from its left foot to its right one."""
    left = path((x - half, shoulder), (x - half * 0.72, shoulder * 0.45 + tip * 0.55), (x, tip))
    right = path((x, tip), (x + half * 0.72, shoulder * 0.45 + tip * 0.55), (x + half, shoulder))
    return [(x - half, foot), *map(tuple, left.tolist()), *map(tuple, right.tolist()), (x + half, foot)]  # fmt: skip


def _church_window(pen: Pen, look: Look, x: float) -> None:
    """A tall window of coloured glass."""
    pen.shape(poly(*_pointed(x, -92, 27, -205, -248)), mix(_STONE, WHITE, 0.4), ink_width=0.6, ink_colour=_INK)  # fmt: skip
    glass = poly(*_pointed(x, -98, 20, -203, -238))
    lit = look.ground.dark
    pen.shape(glass, "#f3d488" if lit else "#a8bfc8", ink_width=0.5, ink_colour=_INK, shade=0)
    with pen.clip(glass):
        for row in range(6):
            for column in range(3):
                hue = ("#c98a7c", "#8fa9b8", "#d9bf7a", "#9bb08c")[(row * 2 + column) % 4]
                pane = poly((x - 20 + column * 14, -98 - row * 25 - 12), (x - 13 + column * 14, -98 - row * 25 - 25), (x - 6 + column * 14, -98 - row * 25 - 12), (x - 13 + column * 14, -98 - row * 25))  # fmt: skip
                pen.fill(pane, mix(hue, "#f3d488", 0.3) if lit else hue, 0.85)
    for step in (-7, 7):
        pen.ink([(x + step, -99), (x + step, -224)], 0.5, _INK)
    for y in (-130, -165, -200):
        pen.ink([(x - 20, y), (x + 20, y)], 0.5, _INK)


def draw_church(pen: Pen, look: Look) -> None:
    """The front of a stone church: a pointed door between windows, a rose window, a gable.

    ``open`` its door stands wide.
    """
    wall = look.tint(_STONE)
    gable = poly(
        (-214, 0), (-214, -262), (-150, -286), (0, -400), (150, -286), (214, -262), (214, 0)
    )
    pen.shape(gable, wall, ink_width=0.8, ink_colour=_INK)
    spots = ((-196, -226, 26), (-120, -250, 22), (92, -262, 24), (170, -218, 22), (-60, -300, 22), (36, -318, 24), (-200, -60, 24), (-70, -60, 18), (62, -110, 20), (168, -76, 24), (176, -150, 22), (-80, -170, 20))  # fmt: skip
    _quoins(pen, wall, spots)
    trim = mix(wall, WHITE, 0.45)
    coping = band([(-222, -264), (-150, -292), (0, -408), (150, -292), (222, -264)], 13)
    snowy = look.ground.weather == "snow"
    pen.shape(coping, "#fbfcfb" if snowy else trim, ink_width=0.7, ink_colour=_INK)
    for side in (-1, 1):
        pen.shape(rect(side * 204 - 16, -268, side * 204 + 16, 0), mix(wall, WHITE, 0.2), ink_width=0.7, ink_colour=_INK)  # fmt: skip
        _church_window(pen, look, side * 128)
    pen.shape(oval(0, -286, 34), trim, ink_width=0.7, ink_colour=_INK)
    rose = "#f3d488" if look.ground.dark else "#a8bfc8"
    pen.shape(oval(0, -286, 26), rose, ink_width=0.5, ink_colour=_INK, shade=0)
    for turn in range(0, 360, 45):
        a = math.radians(turn)
        spot = (15 * math.cos(a), -286 + 15 * math.sin(a))
        hue = ("#c98a7c", "#d9bf7a")[turn // 45 % 2]
        pen.shape(oval(*spot, 6.4), hue, ink_width=0.4, ink_colour=_INK, shade=0)
    pen.shape(oval(0, -286, 6), "#8fa9b8", ink_width=0.4, ink_colour=_INK, shade=0)
    _portal(pen, look, wall)


def _portal(pen: Pen, look: Look, wall: str) -> None:
    for half, tip, tone in ((66, -244, 0.4), (57, -232, 0.1), (49, -222, 0.3)):
        pen.shape(poly(*_pointed(0, -10, half, -150, tip)), mix(wall, WHITE, tone), ink_width=0.7, ink_colour=_INK, shade=0)  # fmt: skip
    door = poly(*_pointed(0, -10, 42, -150, -212))
    wood = "#8c6548"
    if look.state == "open":
        pen.shape(door, "#f0cf8e" if look.ground.dark else "#5d5360", ink_width=0.8, shade=0)
        with pen.clip(door):
            pen.fill(poly((-42, -10), (42, -10), (18, -58), (-18, -58)), "#8b7a72")
            pen.fill(poly((-15, -10), (15, -10), (7, -58), (-7, -58)), "#b86a6a")
            pen.fill(poly(*_pointed(0, -58, 13, -120, -142)), "#f3d9a0", 0.8)
        for side in (-1, 1):
            leaf = poly((side * 42, -12), (side * 42, -158), (side * 70, -166), (side * 70, 0))
            pen.shape(leaf, wood, ink_width=0.8)
            pen.ink([(side * 56, -160), (side * 56, -8)], 0.5)
    else:
        pen.shape(door, wood, ink_width=0.8)
        for x in (-28, -14, 14, 28):
            pen.ink([(x, -14), (x, -180 + abs(x))], 0.45)
        pen.ink([(0, -12), (0, -208)], 0.9)
        for side in (-1, 1):
            pen.ink([(side * 40, -130), (side * 12, -130)], 1.2, DARK)
            pen.ink([(side * 40, -50), (side * 12, -50)], 1.2, DARK)
            pen.ink(arc(side * 7, -88, 4, 4, 0, 360), 0.8, DARK)
    for half, y in ((62, -12), (78, -6)):
        pen.shape(rect(-half, y, half, y + 6.4, 1), mix(wall, WHITE, 0.3), ink_width=0.7, ink_colour=_INK)  # fmt: skip


def draw_white_chair(pen: Pen, look: Look) -> None:
    """A white chair seen from its side, facing right, a ribbon tied to its back."""
    wood = look.tint(WHITE)
    dark = mix(wood, DARK, 0.16)
    frame = pen
    if look.state == "fallen":
        x, y = pen.frame.point(42, -7)
        turned = Frame(x, y, pen.frame.scale, pen.frame.degrees - 87, pen.frame.mirror)
        frame = Pen(pen.canvas, turned, pen.weight)
    frame.shape(limb([(-8, -46), (-11, -4)], 1.9, 1.5), dark, ink_width=0.7, shade=0)
    frame.shape(limb([(23, -46), (24, -4)], 1.9, 1.5), dark, ink_width=0.7, shade=0)
    for lift in (0.0, 1.0):
        dx = 7 * lift
        frame.shape(limb(path((-18 + dx, -46), (-23 + dx, -72), (-28 + dx, -98)), 1.8, 1.8), wood, ink_width=0.7)  # fmt: skip
    for y, lean in ((-62, 21), (-78, 24.5), (-94, 27.5)):
        frame.shape(band([(-lean, y), (-lean + 7, y - 1.5)], 3), wood, ink_width=0.6, shade=0)
    frame.shape(limb([(-18, -46), (-21, 0)], 2.1, 1.6), wood, ink_width=0.7)
    frame.shape(limb([(17, -46), (18, 0)], 2.1, 1.6), wood, ink_width=0.7)
    frame.ink([(-19, -20), (17, -20)], 0.9)
    frame.shape(rect(-23, -50, 26, -44, 2), mix(ROSE, WHITE, 0.45), ink_width=0.8)
    bow = mix(ROSE, WHITE, 0.3)
    for tail in ([(-27, -80), (-36, -66), (-34, -54)], [(-27, -80), (-30, -64), (-27, -50)]):
        frame.shape(limb(path(*tail), 1.2, 2.2), bow, ink_width=0.5, shade=0)
    frame.shape(blob((-26, -80), (-36, -88), (-39, -80), (-34, -75)), bow, ink_width=0.6, shade=0)
    frame.shape(blob((-25, -80), (-18, -88), (-15, -80), (-19, -75)), bow, ink_width=0.6, shade=0)


def draw_banquet_table(pen: Pen, look: Look) -> None:
    """A long table under a white cloth with swags and roses."""
    cloth = look.tint("#fdf9ef")
    fold = mix(cloth, "#8d7f96", 0.45)
    top = poly((-98, -74), (-86, -88), (86, -88), (98, -74))
    pen.shape(top, mix(cloth, WHITE, 0.5), ink_width=0.8, shade=0)
    hem = [(99, -74), (102, -2), (76, -4), (52, -1), (26, -4), (0, -1), (-26, -4), (-52, -1), (-76, -4), (-102, -2), (-99, -74)]  # fmt: skip
    pen.shape(poly(*hem, corner=0.8), cloth)
    for x in (-84, -64, -38, -14, 12, 38, 64, 86):
        pen.ink(path((x, -46), (x * 1.02, -24), (x * 1.03, -5)), 0.4, fold)
    for k in range(4):
        a = -98 + k * 49
        swag = poly(*path((a, -74), (a + 12, -56), (a + 24.5, -50), (a + 37, -56), (a + 49, -74)).tolist())  # fmt: skip
        pen.shape(swag, mix(ROSE, WHITE, 0.55), ink_width=0.6, shade=0.4)
        pen.ink(arc(a + 24.5, -72, 16, 12, 20, 160), 0.4, mix(ROSE, DARK, 0.2))
    for k in range(5):
        x = -98 + k * 49
        for dx in (-4.5, 4.5):
            pen.shape(oval(x + dx, -70, 5, 2.4, 40 * dx), _LEAF, ink_width=0.4, shade=0)
        paint_rose(pen, x, -72, 4.6, (ROSE, BLUSH)[k % 2])


def draw_flower_stand(pen: Pen, look: Look) -> None:
    """A tall stand with a bowl of roses; ``fallen`` it lies among its flowers."""
    rng = random.Random(9)
    if look.state == "fallen":
        pen.shape(limb([(-52, -7), (22, -5)], 4, 3), WHITE)
        pen.shape(oval(-54, -8, 4, 9), WHITE, ink_width=0.8)
        spots = [
            (34.0, -10.0),
            (46.0, -8.0),
            (56.0, -5.0),
            (40.0, -3.0),
            (66.0, -9.0),
            (74.0, -3.0),
        ]
        paint_garland(pen, spots, 8.5, rng, look.colour)
        return
    pen.shape(poly((-17, 0), (17, 0), (11, -7), (-11, -7), corner=1), WHITE)
    pen.shape(poly((-5, -6), (5, -6), (3.4, -72), (-3.4, -72)), WHITE, ink_width=0.8)
    for y in (-26, -52):
        pen.shape(oval(0, y, 6, 2.4), CREAM, ink_width=0.6, shade=0)
    pen.shape(poly((-15, -86), (15, -86), (8, -72), (-8, -72), corner=2), WHITE)
    for x, y in ((-16, -80), (-13, -71), (16, -81), (13, -70)):
        pen.shape(oval(x, y, 7, 3, 70 if x > 0 else 110), _LEAF, ink_width=0.5, shade=0)
    spots = [(-20.0, -92.0), (-8.0, -92.0), (6.0, -92.0), (19.0, -92.0), (-15.0, -105.0), (-1.0, -107.0), (13.0, -105.0), (-1.0, -120.0)]  # fmt: skip
    paint_garland(pen, spots, 10.5, rng, look.colour)


def draw_loudspeaker(pen: Pen, look: Look) -> None:
    """A loudspeaker on a tripod; ``loud`` it sends out waves."""
    for foot in (-20, 20, 3):
        pen.shape(limb([(0, -52), (foot, 0)], 1.5, 1.5), DARK, ink_width=0.6)
    pen.shape(limb([(0, -92), (0, -30)], 2.2, 2.2), "#5c5862", ink_width=0.7)
    body = look.tint("#524d58")
    pen.shape(poly((-22, -156), (22, -156), (24, -88), (-24, -88), corner=3), body)
    for y, r in ((-138, 9), (-110, 15)):
        pen.shape(oval(0, y, r), mix(body, DARK, 0.5), ink_width=0.6, shade=0)
        pen.shape(oval(0, y, r * 0.42), "#8b8791", ink_width=0.5, shade=0)
    if look.state == "loud":
        for side in (-1, 1):
            for k in range(3):
                turn = (-34, 34) if side > 0 else (146, 214)
                pen.ink(arc(side * 22, -122, 12 + 8 * k, 20 + 9 * k, *turn), 0.8)


def draw_lectern(pen: Pen, look: Look) -> None:
    """A speaker's desk seen from the front."""
    wood = look.tint(DARK_WOOD)
    pen.shape(poly((-24, -4), (24, -4), (20, -92), (-20, -92)), wood)
    pen.shape(poly((-32, 0), (32, 0), (28, -7), (-28, -7), corner=1), mix(wood, DARK, 0.2))
    pen.shape(rect(-13, -78, 13, -22, 1), mix(wood, WHITE, 0.14), ink_width=0.5, shade=0)
    pen.shape(poly((-32, -90), (32, -90), (28, -106), (-28, -106), corner=1), mix(wood, WHITE, 0.2))
    pen.shape(rect(-33, -94, 33, -88, 1), wood, ink_width=0.8)


def draw_ribbon(pen: Pen, look: Look) -> None:
    """A ribbon tied in a bow with long tails; ``undone`` it lies in loose curls."""
    cloth = look.tint(ROSE)
    if look.state == "undone":
        curl = path((-34, -6), (-22, -16), (-12, -5), (0, -15), (10, -4), (22, -13), (36, -3))
        pen.shape(band(curl, 5, flat=True), cloth, ink_width=0.7)
        return
    for side in (-1, 1):
        tail = path((side * 1, -24), (side * 9, -12), (side * 6, -5), (side * 13, 0))
        pen.shape(band(tail, 5, flat=True), mix(cloth, DARK, 0.1), ink_width=0.7)
        loop = blob((0, -25), (side * 9, -36), (side * 22, -35), (side * 21, -22), (side * 8, -20))
        pen.shape(loop, cloth)
        pen.ink(path((side * 4, -26), (side * 10, -29), (side * 15, -28)), 0.5)
    pen.shape(rect(-4, -30, 4, -20, 2), mix(cloth, WHITE, 0.2), ink_width=0.8)


KINDS = (
    PropKind(
        "flower arch", (204, 246), draw_flower_arch, far=True, solid=(14, 230), weight=0.8,
        feet=(-80, 80),
        approach=Approach(0, 46, ahead=(0.02, 0.10)),
    ),
    PropKind(
        "church", (440, 410), draw_church, ("closed", "open"), far=True, weight=0.75,
        approach=Approach(0, 90, ahead=(0.02, 0.14)),
    ),
    PropKind(
        "white chair", (62, 100), draw_white_chair, ("plain", "fallen"),
        surface=Surface(50, (0,)), seats=Surface(50, (0,)),
        sizes={"fallen": (104, 50), "plain": (79, 100)},
    ),
    PropKind(
        "banquet table", (206, 90), draw_banquet_table,
        surface=Surface(80, (0, -58, 58, -30, 30)), weight=0.9,
    ),
    PropKind(
        "flower stand", (64, 134), draw_flower_stand, ("plain", "fallen"),
        sizes={"fallen": (150, 26)},
    ),
    PropKind("loudspeaker", (52, 158), draw_loudspeaker, ("plain", "loud")),
    PropKind("lectern", (66, 108), draw_lectern, surface=Surface(96, (0,))),
    PropKind(
        "ribbon", (46, 38), draw_ribbon, ("plain", "undone"), grips=((0, -24),), carry="front",
        scale=0.46, weight=0.6, sizes={"undone": (74, 18)},
     flattens=('plain',)),
)  # fmt: skip
