"""Hair that hangs or stands freely."""

from __future__ import annotations

import shapely

from storypainter.ink.drawing.geometry import (
    blob,
    box,
    circle,
    curve,
    ellipse,
    fill_creases,
    polygon,
    tube,
    union,
)
from storypainter.ink.people.faces.hair_base import (
    EAR_FACE,
    HAIRLINES,
    HairShape,
    HeadToDress,
    scalloped,
    sweeps,
)


def bob(head: HeadToDress, hairline: str = "fringe", length: float = 36.0) -> HairShape:
    """Hair cut straight at the jaw, or at ``length``."""
    wide = head.wide
    back = head.at(
        [(-30, -44), (-45 - wide, -20), (-48 - wide, 14), (-47 - wide, length), (-30, length + 5),
         (6, length + 3), (34, length + 3), (45 + wide, length - 3), (43 + wide, 6), (40, -22), (20, -46)],
        [(-36, -36), (-50, -14), (-54, 14), (-52, length), (-34, length + 5), (-14, length + 3),
         (-2, length - 2), (2, 6), (8, -20)],
        [(-30, -42), (-46 - wide, -14), (-49 - wide, 14), (-48 - wide, length), (-26, length + 6), (0, length + 4),
         (26, length + 6), (48 + wide, length), (49 + wide, 14), (46 + wide, -14), (30, -42)],
    )  # fmt: skip
    lock = head.at(
        [(-18, -32), (-25, -12), (-27, 8), (-25 - wide * 0.6, length - 6), (-34, length + 3),
         (-46 - wide, length - 1), (-48 - wide, 12), (-45 - wide, -16), (-32, -40)],
        [(-4, -34), (4, -14), (5, 8), (3, length - 8), (-10, length + 1), (-34, length + 4),
         (-52, length - 2), (-53, 8), (-48, -20), (-30, -40)],
        [],
    )  # fmt: skip
    shape = HairShape(cap=head.cap(5.5, hairline, 26), back=[blob(back)], covers_ears=True)
    if lock:
        shape.cap = fill_creases(union([shape.cap, blob(lock)]), 1.5)
    shape.strands = [
        head.at(
            [(-33, -32), (-39, 0), (-37, 27)],
            [(-26, -34), (-32, 0), (-30, 28)],
            [(-18, -40), (-24, 0), (-22, 30)],
        ),
        head.at(
            [(-25, -36), (-31, -8), (-31, 16)],
            [(-12, -36), (-14, 0), (-12, 24)],
            [(18, -40), (24, 0), (22, 30)],
        ),
        head.at(
            [(4, -48), (-2, -34), (-4, -22)],
            [(10, -46), (14, -32), (16, -20)],
            [(0, -48), (1, -10), (0, 26)],
        ),
    ]
    return shape


def long(head: HeadToDress, wavy: bool = False, hairline: str = "middle") -> HairShape:
    """Long hair over the shoulders, straight or wavy."""
    length = 74.0 - head.wide * 2
    wide = head.wide
    sway = 5.0 if wavy else 0.0
    back = head.at(
        [(-30, -44), (-46 - wide, -18), (-50 - wide - sway, 18), (-47 - wide + sway, 44), (-51 - wide, length),
         (-26, length + 5), (8, length - 2), (34, length - 4), (47 + wide, length - 10), (43 + wide - sway, 40),
         (46 + wide + sway, 14), (41, -20), (20, -47)],
        [(-34, -38), (-50, -14), (-56 - sway, 16), (-52 + sway, 44), (-56, length), (-34, length + 6),
         (-12, length - 2), (-6 + sway, 40), (-2, 10), (8, -20)],
        [(-28, -44), (-46 - wide, -14), (-50 - wide - sway, 18), (-48 - wide + sway, 46), (-49 - wide, length),
         (-24, length + 6), (0, length + 2), (24, length + 6), (49 + wide, length), (48 + wide - sway, 46),
         (50 + wide + sway, 18), (46 + wide, -14), (28, -44)],
    )  # fmt: skip
    lock = head.at(
        [(-12, -38), (-24, -18), (-27, 6), (-27 - wide * 0.6 + sway, 32), (-27, length - 20), (-36, length - 4),
         (-48 - wide, length - 8), (-47 - wide + sway, 42), (-50 - wide - sway, 14), (-45 - wide, -16), (-30, -42)],
        [(2, -38), (4, -16), (3, 8), (-2 + sway, 34), (-4, length - 22), (-18, length - 4), (-44, length),
         (-54, length - 8), (-51 + sway, 40), (-55 - sway, 12), (-48, -20), (-28, -42)],
        [],
    )  # fmt: skip
    shape = HairShape(cap=head.cap(5.0, hairline, 26), back=[blob(back)], covers_ears=True)
    if lock:
        shape.cap = fill_creases(union([shape.cap, blob(lock)]), 1.5)
    first = head.at(
        [(-30, -34), (-38 - sway, 2), (-36 + sway, 34), (-40, 60)],
        [(-22, -36), (-34 - sway, 4), (-30 + sway, 36), (-36, 62)],
        [(-16, -42), (-22 - sway, 4), (-20 + sway, 36), (-24, 64)],
    )
    second = head.at(
        [(-22, -36), (-31, -4), (-31 + sway, 24)],
        [(-8, -38), (-16 - sway, 4), (-14 + sway, 40)],
        [(16, -42), (22 + sway, 4), (20 - sway, 36), (24, 64)],
    )
    third = head.at(
        [(24, -46), (6, -40), (-8, -30)], [(22, -44), (8, -38), (-2, -26)], [(0, -48), (1, 40)]
    )
    shape.strands = [first, second, third]
    return shape


def curly(head: HeadToDress) -> HairShape:
    """A full head of curls."""
    wide = head.wide
    mass = head.at(
        [(-4, -57), (24, -54), (42, -36), (47 + wide, -12), (46 + wide, 10), (38, 22), (-30, 34), (-46 - wide, 26),
         (-52 - wide, 2), (-48, -30), (-28, -52)],
        [(-8, -57), (18, -54), (36, -42), (10, 0), (-10, 30), (-36, 34), (-54, 20), (-57, -8), (-50, -34), (-32, -50)],
        [(0, -57), (28, -51), (47, -26), (50 + wide, 4), (42 + wide, 30), (0, 36), (-42 - wide, 30), (-50 - wide, 4),
         (-47, -26), (-28, -51)],
    )  # fmt: skip
    cap = scalloped(head.cap(7.0, "side", 26), 5.5)
    if head.view != "back":
        edge = [(x, y + head.down) for x, y in HAIRLINES[head.view]["side"]]
        cap = cap.difference(polygon([*edge, *EAR_FACE[head.view]]).buffer(-4.2))
    shape = HairShape(cap=cap, back=[scalloped(blob(mass), 6.5)], curls=True, covers_ears=True)
    side = head.at([(-36 - wide, 2), (-38 - wide, 18)], [(-14, 2), (-20, 18), (-34, 20)], [])
    if side:
        tufts = [circle(p, 8.5) for p in side] + [circle((x - 6, y + 4), 8) for x, y in side]
        shape.cap = union([shape.cap, *tufts])
    return shape


def afro(head: HeadToDress) -> HairShape:
    """A round afro."""
    x, y = head.at([(-4, -16)], [(-14, -15)], [(0, -14)])[0]
    ball = scalloped(ellipse(x, y, 55 + head.wide, 52), 5.0)
    cap = ball
    if head.view != "back":
        edge = [(px, py + head.down) for px, py in HAIRLINES[head.view]["swept"]]
        face = polygon([*map(tuple, curve(edge, steps=4)), *EAR_FACE[head.view]])
        low = polygon([(-90, 34), (90, 18), (90, 99), (-90, 99)])
        cap = ball.difference(face.intersection(head.skull.buffer(0.4))).difference(low)
        nose = box(36, -40, 99, 99) if head.view == "profile" else shapely.Polygon()
        cap = fill_creases(cap.difference(nose), 2.0)
    return HairShape(cap=cap, curls=True, covers_ears=head.view != "three-quarter")


def dreadlocks(head: HeadToDress) -> HairShape:
    """Locks to the shoulders."""
    shape = HairShape(cap=head.cap(6.5, "middle", 24), covers_ears=True)
    xs = head.at(
        [(-44, 0), (-36, 0), (36, 0), (43, 0)],
        [(-50, 0), (-40, 0), (-30, 0)],
        [(x, 0) for x in (-43, -33, -23, -13, -4, 5, 14, 24, 34, 43)],
    )
    shape.back = [
        tube(
            [(x * 0.86, -26), (x, 16), (x * 1.04, 52 - 5 * (i % 2))], [(0, 5.5), (1, 4.4)], pieces=5
        )
        for i, (x, _) in enumerate(xs)
    ]
    near = head.at([(-40, 0), (-31, 0)], [(-36, 0), (-22, 0), (-8, 0)], [])
    shape.front = [
        tube(
            [(x * 0.85, -24), (x, 10), (x * 1.03, 46 + 4 * (i % 2))], [(0, 5.5), (1, 4.4)], pieces=5
        )
        for i, (x, _) in enumerate(near)
    ]
    shape.strands = sweeps(head)
    return shape


def curly_bob(head: HeadToDress) -> HairShape:
    """Curls to the jaw, parted at the side."""
    shape = bob(head, "side", 34.0)
    shape.back = [scalloped(part, 6.0) for part in shape.back]
    if head.view == "back":
        shape.cap = scalloped(shape.cap, 5.0)
    else:
        edge = [(x, y + head.down) for x, y in HAIRLINES[head.view]["side"]]
        face = polygon([*map(tuple, curve(edge, steps=4)), *EAR_FACE[head.view]])
        shape.cap = scalloped(shape.cap, 5.0).difference(face.buffer(-3.0))
    shape.curls = True
    shape.strands = []
    return shape


def half_up(head: HeadToDress) -> HairShape:
    """Long hair, its upper half in a small knot."""
    shape = long(head, hairline="swept")
    x, y = head.at([(-30, -52)], [(-40, -44)], [(0, -46)])[0]
    knot = ellipse(x, y, 13, 11.5)
    shape.back = [*shape.back, knot] if head.view == "back" else [knot, *shape.back]
    shape.strands.append(
        head.at([(6, -34), (-14, -40), (-32, -42)], [(14, -28), (-10, -34), (-36, -36)], [(-26, -34), (-12, -40), (-4, -40)])
    )  # fmt: skip
    return shape
