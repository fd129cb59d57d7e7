"""Furniture of parks and streets: tree, gate, kiosk, lamp post, flower bed, fountain, pond."""

from __future__ import annotations

import math
import random

from shapely.geometry import Point

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import (
    Form,
    arc,
    band,
    blob,
    drop,
    join,
    limb,
    oval,
    path,
    poly,
    rect,
)
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import Approach, Look, PropKind

IRON = "#46524f"
STONE = "#c9c3b6"
WHITE = "#fffdf7"
BARK = "#8f7355"
WATER = "#a5cfdc"


def draw_tree(pen: Pen, look: Look) -> None:
    """A large tree: trunk with roots, two boughs, a crown of several leafy masses."""
    rng = random.Random(look.ground.seed)
    lean = 10 if look.ground.windy else 0
    trunk = join(
        limb(
            path((0, 2), (-2, -60), (2 + lean * 0.3, -130), (4 + lean, -190)),
            17,
            12,
            10.5,
            8,
        ),
        limb([(-6, -2), (-24, 1)], 6, 2),
        limb([(6, -2), (26, 2)], 6.5, 2),
        limb(path((0, -120), (-26, -156), (-52, -182)), 7, 5, 3),
        limb(path((4, -128), (32, -160), (56, -180)), 7, 5, 3),
    )
    if look.ground.season.bare:
        _bare_tree(pen, trunk, rng)
        return
    dark, mid, pale = (look.ground.season.leaves[i] for i in (2, 0, 1))
    back = _leafy(rng, ((-78 + lean, -188, 44), (80 + lean, -196, 46), (0 + lean, -258, 58)))
    pen.shape(back, mix(dark, "#2d3a3a", 0.14), shade=0.6)
    pen.shape(trunk, BARK)
    for x, y, length in ((-5.0, -40.0, 26), (4, -78, 30), (-3, -104, 18), (6, -24, 16)):
        pen.ink(path((x, y), (x + 1.5, y - length / 2), (x, y - length)), 0.5)
    front = _leafy(
        rng,
        (
            (-50 + lean, -214, 42),
            (48 + lean, -222, 44),
            (4 + lean, -200, 38),
            (-4 + lean * 1.4, -268, 46),
        ),
    )
    pen.shape(front, mid)
    inner = front.buffer(-11)
    for _ in range(22):
        x, y = rng.uniform(-78, 80) + lean, rng.uniform(-300, -182)
        if not inner.contains(Point(x, y)):
            continue
        pen.ink(arc(x, y, 8, 6, 200, 320), 0.5, mix(mid, "#2d3a3a", 0.4))
    for _ in range(18):
        x, y = rng.uniform(-78, 78) + lean, rng.uniform(-300, -190)
        if not inner.contains(Point(x, y)):
            continue
        hue = (
            rng.choice(look.ground.season.blossom)
            if look.ground.season.blossom and rng.random() < 0.6
            else pale
        )
        pen.fill(oval(x, y, 5.0, 4.0), hue, 0.85)


def _leafy(rng: random.Random, masses: tuple[tuple[float, float, float], ...]) -> Form:
    """The union of lobed masses (x, y, radius)."""
    lobes = []
    for x, y, radius in masses:
        lobes.append(oval(x, y, radius * 0.86, radius * 0.76))
        count = 8
        for index in range(count):
            turn = 2 * math.pi * (index + rng.uniform(-0.2, 0.2)) / count
            r = radius * rng.uniform(0.30, 0.40)
            lobes.append(
                oval(
                    x + radius * 0.74 * math.cos(turn),
                    y + radius * 0.64 * math.sin(turn),
                    r,
                )
            )
    return join(*lobes)


def _bare_tree(pen: Pen, trunk: Form, rng: random.Random) -> None:
    boughs = [trunk]
    for x0, y0, x1, y1 in (
        (4, -186, -22, -252),
        (4, -186, 30, -260),
        (-50, -180, -82, -232),
        (-50, -180, -50, -240),
        (54, -178, 88, -228),
        (54, -178, 52, -240),
        (3, -188, 4, -280),
    ):
        middle = ((x0 + x1) / 2 + rng.uniform(-6, 6), (y0 + y1) / 2)
        boughs.append(limb(path((x0, y0), middle, (x1, y1)), 4.4, 3, 1.4))
        for side in (-1, 1):
            tip = (
                middle[0] + side * rng.uniform(14, 22),
                middle[1] - rng.uniform(24, 36),
            )
            boughs.append(
                limb(
                    path(
                        middle,
                        ((middle[0] + tip[0]) / 2 + side * 2, (middle[1] + tip[1]) / 2),
                        tip,
                    ),
                    2.4,
                    1,
                )
            )
    pen.shape(join(*boughs), mix(BARK, "#6d6472", 0.2))
    for x, y, length in ((-5, -40, 26), (4, -78, 30), (-3, -104, 18)):
        pen.ink(path((x, y), (x + 1.5, y - length / 2), (x, y - length)), 0.5)


def draw_gate(pen: Pen, look: Look) -> None:
    """Two stone pillars and an iron gate that stands open between them."""
    for side in (-1, 1):
        for step in range(5):
            x = side * (30 + step * 9)
            pen.ink([(x, -126 + step * 7), (x, -6)], 1.1, IRON)
            pen.shape(
                poly(
                    (x - 2.6, -125 + step * 7),
                    (x + 2.6, -125 + step * 7),
                    (x, -134 + step * 7),
                ),
                IRON,
                ink_width=0.4,
                shade=0,
            )
        for y in (-92, -24):
            pen.ink([(side * 26, y), (side * 72, y)], 1.3, IRON)
    pen.ink(arc(0, -150, 78, 52, 180, 360), 2.4, IRON)
    pen.ink(arc(0, -150, 66, 40, 180, 360), 1.2, IRON)
    for turn in (200, 225, 250, 290, 315, 340):
        a, b = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        pen.ink([(66 * a, -150 + 40 * b), (78 * a, -150 + 52 * b)], 1.0, IRON)
    for side in (-1, 1):
        x = side * 90
        pen.shape(rect(x - 16, -168, x + 16, 0, 2), STONE)
        pen.shape(rect(x - 21, -178, x + 21, -164, 2), STONE)
        pen.shape(rect(x - 20, -14, x + 20, 0, 2), STONE)
        pen.shape(oval(x, -189, 12), STONE)
        for y in (-130, -92, -54):
            pen.ink([(x - 13, y), (x + 13, y + 0.5)], 0.4)


def draw_kiosk(pen: Pen, look: Look) -> None:
    """A small kiosk with a striped awning, a counter and a jar or two."""
    wall = "#d9b26f"
    pen.shape(rect(-78, -150, 78, 0, 2), wall)
    for x in (-52, -26, 26, 52):
        pen.ink([(x, -66), (x, -6)], 0.45)
    pen.shape(rect(-58, -138, 58, -72, 2), "#5d4a44" if not look.ground.dark else "#f3d27c")
    for x, hue in ((-38, "#c8553d"), (-22, "#6f9fb8"), (30, "#e9b44c")):
        pen.shape(rect(x - 6, -92, x + 6, -73, 2), hue, ink_width=0.7)
    pen.shape(rect(-66, -74, 66, -65, 2), WHITE)
    pen.shape(poly((-90, -164), (90, -164), (70, -206), (-70, -206), corner=2), "#8f4d3f")
    for index in range(9):
        left = -90 + index * 20
        hue = "#c8553d" if index % 2 == 0 else WHITE
        flap = blob(
            (left, -166),
            (left + 20, -166),
            (left + 18, -146),
            (left + 10, -141),
            (left + 2, -146),
        )
        pen.shape(join(rect(left, -168, left + 20, -152), flap), hue, ink_width=0.7, shade=0)


def draw_lamp_post(pen: Pen, look: Look) -> None:
    """An old-fashioned lamp; at night it glows."""
    if look.ground.dark:
        for radius, strength in ((120, 0.10), (78, 0.14), (44, 0.22)):
            pen.fill(oval(0, -268, radius), "#ffe7a3", strength)
    pen.shape(poly((-4, -250), (4, -250), (6, -12), (-6, -12)), IRON)
    pen.shape(rect(-13, -14, 13, 0, 2), IRON)
    pen.shape(rect(-8, -66, 8, -60, 1), IRON, ink_width=0.8)
    pen.shape(limb([(-22, -232), (22, -232)], 2.2, 2.2), IRON, ink_width=0.8)
    glass = "#fff3c4" if look.ground.dark else "#e8eee6"
    pen.shape(poly((-12, -246), (12, -246), (18, -284), (-18, -284)), glass)
    pen.ink([(0, -247), (0, -283)], 0.6)
    pen.shape(rect(-14, -249, 14, -243, 1), IRON, ink_width=0.8)
    pen.shape(poly((-22, -284), (22, -284), (8, -300), (-8, -300), corner=1), IRON)
    pen.shape(oval(0, -303, 4.4), IRON, ink_width=0.8)


def draw_flower_bed(pen: Pen, look: Look) -> None:
    """A low bed of flowers with an edge of stones."""
    rng = random.Random(look.ground.seed + 5)
    pen.shape(
        blob(
            (-84, -2),
            (-66, -20),
            (-20, -25),
            (30, -24),
            (74, -18),
            (86, -3),
            (40, 8),
            (-40, 8),
        ),
        "#8a6f56",
    )
    hues = look.ground.season.blossom or ("#7c8f74", "#93a588")
    spots = sorted(
        ((rng.uniform(-70, 70), rng.uniform(-18, 3)) for _ in range(26)),
        key=lambda s: s[1],
    )
    for index, (x, y) in enumerate(spots):
        pen.shape(
            blob((x - 7, y), (x - 4, y - 9), (x, y - 5), (x + 4, y - 10), (x + 7, y)),
            "#7d9a5b",
            ink_width=0.5,
            shade=0,
        )
        if look.ground.season.blossom:
            pen.shape(oval(x, y - 12, 4.6), hues[index % len(hues)], ink_width=0.6, shade=0)
            pen.fill(oval(x, y - 12, 1.6), "#d08a2c")


def draw_fountain(pen: Pen, look: Look) -> None:
    """A round basin with a bowl and falling water."""
    pen.shape(oval(0, -34, 88, 16), mix(STONE, WHITE, 0.3))
    pen.shape(oval(0, -34, 76, 12), WATER, ink_width=0.7, shade=0)
    pen.shape(poly((-8, -34), (8, -34), (6, -92), (-6, -92)), STONE)
    pen.shape(poly((-38, -98), (38, -98), (14, -82), (-14, -82), corner=2), STONE)
    if not look.ground.season.bare:
        for side in (-1, 1):
            pen.shape(
                band(
                    path(
                        (side * 4, -128),
                        (side * 24, -138),
                        (side * 44, -96),
                        (side * 52, -42),
                    ),
                    4,
                ),
                WATER,
                ink_width=0.5,
                shade=0,
            )
            pen.shape(
                band(
                    path(
                        (side * 2, -128),
                        (side * 10, -140),
                        (side * 20, -118),
                        (side * 24, -99),
                    ),
                    3,
                ),
                WATER,
                ink_width=0.5,
                shade=0,
            )
        for x in (-50, -30, 28, 52):
            pen.shape(drop(x, -50, 3.4), WATER, ink_width=0.5, shade=0)
    front = join(rect(-88, -34, 88, -6), oval(0, -6, 88, 14)).difference(oval(0, -34, 88, 16))
    pen.shape(front, STONE)
    for x in (-58, -22, 18, 54):
        pen.ink([(x, -16), (x + 1, 2)], 0.5)


def draw_pond(pen: Pen, look: Look) -> None:
    """A pond with an edge of stones, ripples, reeds and a lily."""
    rng = random.Random(look.ground.seed + 9)
    water = "#3f5f8a" if look.ground.dark else WATER
    shore = blob(
        (-156, -6),
        (-120, -30),
        (-32, -40),
        (64, -37),
        (136, -26),
        (160, -3),
        (120, 21),
        (16, 29),
        (-96, 24),
    )
    pen.shape(shore.buffer(7), "#d8cba8", ink_width=0.8)
    pen.shape(shore, water, ink_width=0.8, shade=0)
    for _ in range(14):
        x, y = rng.uniform(-120, 100), rng.uniform(-29, 18)
        pen.ink(path((x, y), (x + 12, y - 1.6), (x + 26, y)), 0.6, mix(water, WHITE, 0.7))
    for x, y in ((-60, -22), (46, 12)):
        pen.shape(oval(x, y, 12, 5), "#7d9a5b", ink_width=0.6, shade=0)
        pen.shape(
            blob(
                (x - 3, y - 2),
                (x - 4, y - 9),
                (x, y - 6),
                (x + 4, y - 9),
                (x + 3, y - 2),
            ),
            "#f2b8bf",
            ink_width=0.6,
            shade=0,
        )
    for x in (-136, -126, -116):
        pen.ink(path((x, -12), (x + 2, -46), (x + 5 + x * 0.02, -74)), 1.2, "#6f8f5c")
        if x % 4 == 0:
            pen.shape(oval(x + 4, -70, 3, 9, 5), "#8a5d42", ink_width=0.5, shade=0)


KINDS = (
    PropKind(
        "tree",
        (216, 316),
        draw_tree,
        solid=(34, 200),
        perch=(62, -196),
        pin=(0, -26),
        approach=Approach(20, 125, (0.0, 0.30), 2.5),
        weight=0.9,
    ),
    PropKind("gate", (226, 204), draw_gate, far=True, solid=(212, 190), weight=0.78),
    PropKind("kiosk", (184, 208), draw_kiosk, far=True, solid=(164, 206), weight=0.78),
    PropKind(
        "lamp post",
        (46, 308),
        draw_lamp_post,
        solid=(20, 300),
        approach=Approach(8, 80, (0.0, 0.35), 4.0),
        weight=0.9,
    ),
    PropKind("flower bed", (174, 36), draw_flower_bed, flat=True, weight=0.9),
    PropKind("fountain", (178, 140), draw_fountain, solid=(170, 90), weight=0.9),
    PropKind(
        "pond",
        (330, 80),
        draw_pond,
        flat=True,
        basin=(165, 40),
        approach=Approach(80, 205, (-0.5, 0.5), 2.0),
        weight=0.9,
    ),
)
