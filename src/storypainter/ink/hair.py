"""Hair and beards, in head units, for all three views of a head.

Every style is a cap (the skull grown outwards, the face cut out along a hairline) with masses
behind the head, locks in front of it, and a few strands that are only drawn inside the hair.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from storypainter.ink.expressions import Expression
from storypainter.ink.face import FaceShape, View
from storypainter.ink.geometry import (
    Geometry,
    Point,
    blob,
    box,
    circle,
    curve,
    ellipse,
    fill_creases,
    polygon,
    tube,
    union,
    vector,
    without_holes,
)

Line = list[Point]

#: Natural hair colours by word; other words are looked up in the palette.
HAIR_COLOURS: dict[str, str] = {
    "black": "#2b2630",
    "dark brown": "#4a2f24",
    "brown": "#6f4630",
    "light brown": "#96673f",
    "chestnut": "#7a4028",
    "auburn": "#86422c",
    "red": "#b9552f",
    "ginger": "#c56d36",
    "blond": "#dcae59",
    "blonde": "#dcae59",
    "dark blond": "#b98d4c",
    "grey": "#aba7a6",
    "gray": "#aba7a6",
    "silver": "#c9c7c8",
    "white": "#ebe7e0",
}

_HAIRLINES: dict[View, dict[str, Line]] = {
    "three-quarter": {
        "swept": [(-29, 14), (-26, -4), (-22, -19), (-8, -29), (13, -32), (29, -28), (37, -17)],
        "fringe": [(-27, 15), (-24, -4), (-20, -14), (-4, -19.5), (16, -21), (30, -19), (39, -13)],
        "side": [(-29, 14), (-26, -2), (-21, -13), (-7, -21), (10, -30), (24, -34), (36, -18)],
        "middle": [(-28, 15), (-25, 0), (-19, -14), (-2, -27), (16, -36), (29, -26), (38, -12)],
        "high": [(-28, 14), (-27, -8), (-22, -26), (-9, -33), (8, -34), (24, -37), (37, -22)],
    },
    "profile": {
        "swept": [(0, 14), (2, -3), (5, -16), (15, -27), (28, -33), (40, -34)],
        "fringe": [(-1, 14), (1, -5), (8, -15), (22, -20), (36, -20), (46, -19)],
        "side": [(0, 14), (2, -3), (6, -14), (17, -23), (31, -30), (42, -30)],
        "middle": [(-1, 14), (2, -2), (8, -14), (18, -24), (30, -31), (42, -32)],
        "high": [(-1, 14), (0, -10), (4, -24), (16, -33), (28, -40), (38, -42)],
    },
    "back": {},
}
_EAR_FACE: dict[View, Line] = {
    "three-quarter": [(60, -8), (60, 80), (-16, 80), (-24, 46), (-30, 30)],
    "profile": [(60, -30), (60, 80), (-12, 80), (-14, 40), (-9, 24)],
    "back": [],
}


@dataclass
class HairShape:
    """Hair to draw: ``back`` behind the head, ``cap`` and ``front`` over it."""

    cap: Geometry = field(default_factory=shapely.Polygon)
    back: list[Geometry] = field(default_factory=list)
    front: list[Geometry] = field(default_factory=list)
    strands: list[Line] = field(default_factory=list)
    ties: list[Geometry] = field(default_factory=list)
    curls: bool = False
    hangs: bool = False
    short: bool = False
    covers_ears: bool = False


@dataclass(frozen=True)
class _Head:
    """What a style is fitted to."""

    view: View
    skull: Geometry
    shape: FaceShape

    @property
    def down(self) -> float:
        """How much lower a child's hairline lies than a grown-up's."""
        return (self.shape.eye_y + 1) * 0.6

    @property
    def wide(self) -> float:
        """How much further out a child's cheeks are, in head units."""
        return self.shape.full * 4.0

    def cap(self, grow: float, hairline: str, nape: float = 30.0) -> Geometry:
        """The skull grown by ``grow`` without the face; ``nape`` is its lower end."""
        grown = self.skull.buffer(grow, 8)
        grown = grown.difference(box(-90, nape + self.down * 0.5, 90, 120))
        if self.view == "back":
            return fill_creases(grown, 1.0)
        edge = [(x, y + self.down) for x, y in _HAIRLINES[self.view][hairline]]
        face = polygon([*map(tuple, curve(edge, steps=4)), *_EAR_FACE[self.view]])
        cut = grown.difference(face)
        parts = [p for p in getattr(cut, "geoms", [cut]) if p.area > 25]
        return without_holes(fill_creases(union(parts), 3.5).buffer(-0.8).buffer(0.8))

    def at(self, three_quarter: Line, profile: Line, back: Line) -> Line:
        """The points for this view."""
        chosen = {"three-quarter": three_quarter, "profile": profile, "back": back}
        return chosen[self.view]


def _scalloped(area: Geometry, bump: float) -> Geometry:
    ring = area.exterior if area.geom_type == "Polygon" else area.convex_hull.exterior
    count = max(8, int(ring.length / (bump * 1.55)))
    centres = [ring.interpolate(i / count, normalized=True) for i in range(count)]
    return union([area, *(circle((p.x, p.y), bump) for p in centres)])


def _strands(head: _Head, amount: int = 3) -> list[Line]:
    lines = head.at(
        [(-24, -44), (-36, -28), (-40, -6)],
        [(-6, -50), (-28, -34), (-38, -8)],
        [(-4, -48), (-18, -24), (-24, 6)],
    )
    other = head.at(
        [(10, -50), (-10, -40), (-26, -20)],
        [(14, -48), (-6, -38), (-20, -14)],
        [(4, -48), (16, -24), (22, 6)],
    )
    third = head.at(
        [(22, -48), (4, -44), (-12, -32)],
        [(26, -44), (10, -38), (-2, -24)],
        [(0, -48), (1, -20), (0, 14)],
    )
    return [lines, other, third][:amount]


def _short(head: _Head) -> HairShape:
    cap = head.cap(5.0, "side", 26)
    quiff = head.at(
        [(-20, -50), (0, -58), (22, -57), (38, -46), (40, -30), (34, -24), (22, -34), (2, -36)],
        [(-16, -52), (4, -58), (26, -55), (41, -44), (43, -32), (34, -26), (18, -34), (0, -38)],
        [(-30, -48), (-10, -57), (12, -57), (30, -48), (18, -36), (-18, -36)],
    )
    shape = HairShape(cap=union([cap, blob(quiff)]), strands=_strands(head))
    shape.strands.append(
        head.at([(34, -46), (24, -40), (10, -38)], [(36, -44), (26, -40), (14, -38)], [])
    )
    return shape


def _messy(head: _Head) -> HairShape:
    cap = head.cap(5.0, "side", 26)
    spikes = []
    for index, angle in enumerate(np.linspace(-196, 12, 9)):
        turn = math.radians(angle)
        tip = 61 + (5 if index % 2 else -1)
        centre = (-2.0, -4.0)
        spread = math.radians(17)
        ends = [(turn - spread, 45.0), (turn + math.radians(9), tip), (turn + spread, 45.0)]
        spikes.append(
            polygon(
                [(centre[0] + r * math.cos(a) * 0.88, centre[1] + r * math.sin(a)) for a, r in ends]
            )
        )
    keep = box(-90, -90, 90, 10)
    whole = union([cap, *(spike.intersection(keep) for spike in spikes)])
    if head.view != "back":
        teeth = head.at(
            [
                (-23, -10),
                (-12, -13),
                (-4, -20),
                (7, -15),
                (15, -22),
                (25, -17),
                (32, -21),
                (37, -19),
            ],
            [(4, -8), (13, -12), (18, -20), (28, -15), (36, -22)],
            [],
        )
        top = [(x, y + head.down) for x, y in teeth]
        whole = union([whole, polygon([*top, (36, -34 + head.down), (-22, -30)])])
    skull = head.skull.buffer(14)
    return HairShape(cap=without_holes(whole.intersection(skull)), strands=_strands(head, 2))


def _crew(head: _Head) -> HairShape:
    return HairShape(cap=head.cap(1.8, "high", 22), short=True)


def _bald(head: _Head) -> HairShape:
    if head.shape.ear < 1.1:
        return HairShape()
    ring = head.cap(2.6, "high", 24)
    low = head.at(
        [(-60, -14), (-20, -6), (10, -60), (-60, -60)],
        [(-60, -14), (0, -8), (30, -20), (30, -70), (-60, -70)],
        [(-60, -10), (0, 2), (60, -10), (60, -80), (-60, -80)],
    )
    above = polygon([*low[:2], *low[2:]])
    left = ring.difference(above).intersection(
        box(-60, -30, -24 if head.view == "three-quarter" else 90, 60)
    )
    return HairShape(cap=left, short=True)


def _bob(head: _Head, hairline: str = "fringe", length: float = 36.0) -> HairShape:
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


def _long(head: _Head, wavy: bool = False) -> HairShape:
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
    shape = HairShape(cap=head.cap(5.0, "middle", 26), back=[blob(back)], covers_ears=True)
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


def _tied(head: _Head, hairline: str = "swept") -> HairShape:
    shape = HairShape(cap=head.cap(3.6, hairline, 24))
    shape.strands = [
        head.at(
            [(14, -34), (-10, -38), (-34, -30)],
            [(14, -28), (-10, -32), (-36, -26)],
            [(-22, -40), (-12, -20), (-4, -6)],
        ),
        head.at(
            [(-20, -20), (-32, -22), (-40, -22)],
            [(6, -16), (-16, -20), (-40, -18)],
            [(22, -40), (12, -20), (4, -6)],
        ),
        head.at(
            [(-27, 2), (-33, -8), (-40, -16)],
            [(0, 4), (-18, -4), (-40, -10)],
            [(0, 26), (0, 8), (0, -2)],
        ),
    ]
    return shape


def _bun(head: _Head) -> HairShape:
    shape = _tied(head)
    x, y = head.at([(-33, -50)], [(-44, -40)], [(0, -54)])[0]
    shape.back = [ellipse(x, y, 16, 15)]
    shape.strands.append([(x - 9, y + 2), (x - 2, y - 8), (x + 8, y - 4)])
    return shape


def _top_knot(head: _Head) -> HairShape:
    shape = _tied(head, "high")
    x, y = head.at([(-6, -60)], [(-12, -60)], [(0, -58)])[0]
    shape.back = [ellipse(x, y, 12, 11)]
    return shape


def _ponytail(head: _Head) -> HairShape:
    shape = _tied(head)
    tail = head.at(
        [(-38, -36), (-50, -42), (-63, -32), (-69, -6), (-64, 22), (-58, 38), (-54, 18), (-52, -8), (-44, -22)],
        [(-40, -30), (-52, -38), (-66, -28), (-73, -2), (-69, 26), (-62, 44), (-58, 22), (-56, -6), (-46, -18)],
        [(-9, -22), (0, -27), (9, -22), (14, 6), (12, 36), (2, 58), (-8, 38), (-14, 8)],
    )  # fmt: skip
    shape.back = [blob(tail)]
    shape.hangs = True
    x, y = head.at([(-42, -31)], [(-44, -24)], [(0, -20)])[0]
    shape.ties = [ellipse(x, y, 5.0, 6.5, 35)]
    shape.strands.append(
        head.at(
            [(-52, -36), (-61, -14), (-60, 14)],
            [(-54, -32), (-65, -8), (-63, 20)],
            [(-3, -16), (-4, 10), (0, 36)],
        )
    )
    return shape


def _pigtails(head: _Head) -> HairShape:
    shape = _tied(head, "middle")
    wide = head.wide

    def tail(x: float, y: float, out: float) -> Geometry:
        return blob(
            [(x, y - 6), (x + out * 9, y - 7), (x + out * 19, y + 6), (x + out * 18, y + 26),
             (x + out * 9, y + 38), (x + out * 4, y + 22), (x - out * 2, y + 6)]
        )  # fmt: skip

    near = head.at([(-37 - wide, 6)], [(-24, 4)], [(-38 - wide, 8)])[0]
    far = head.at([(38 + wide, 4)], [(24, 400)], [(38 + wide, 8)])[0]
    if head.view == "back":
        shape.back = [tail(*near, -1), tail(*far, 1)]
    else:
        shape.front = [tail(*near, -1)]
        shape.back = [tail(*far, 1)] if far[1] < 100 else []
    shape.ties = [ellipse(near[0], near[1], 4.4, 5.6)]
    if far[1] < 100 and head.view == "back":
        shape.ties.append(ellipse(far[0], far[1], 4.4, 5.6))
    return shape


def _curly(head: _Head) -> HairShape:
    wide = head.wide
    mass = head.at(
        [(-4, -57), (24, -54), (42, -36), (47 + wide, -12), (46 + wide, 10), (38, 22), (-30, 34), (-46 - wide, 26),
         (-52 - wide, 2), (-48, -30), (-28, -52)],
        [(-8, -57), (18, -54), (36, -42), (10, 0), (-10, 30), (-36, 34), (-54, 20), (-57, -8), (-50, -34), (-32, -50)],
        [(0, -57), (28, -51), (47, -26), (50 + wide, 4), (42 + wide, 30), (0, 36), (-42 - wide, 30), (-50 - wide, 4),
         (-47, -26), (-28, -51)],
    )  # fmt: skip
    cap = _scalloped(head.cap(7.0, "side", 26), 5.5)
    if head.view != "back":
        edge = [(x, y + head.down) for x, y in _HAIRLINES[head.view]["side"]]
        cap = cap.difference(polygon([*edge, *_EAR_FACE[head.view]]).buffer(-4.2))
    shape = HairShape(cap=cap, back=[_scalloped(blob(mass), 6.5)], curls=True, covers_ears=True)
    side = head.at([(-36 - wide, 2), (-38 - wide, 18)], [(-14, 2), (-20, 18), (-34, 20)], [])
    if side:
        tufts = [circle(p, 8.5) for p in side] + [circle((x - 6, y + 4), 8) for x, y in side]
        shape.cap = union([shape.cap, *tufts])
    return shape


def _afro(head: _Head) -> HairShape:
    x, y = head.at([(-4, -16)], [(-14, -15)], [(0, -14)])[0]
    ball = _scalloped(ellipse(x, y, 55 + head.wide, 52), 5.0)
    cap = ball
    if head.view != "back":
        edge = [(px, py + head.down) for px, py in _HAIRLINES[head.view]["swept"]]
        face = polygon([*map(tuple, curve(edge, steps=4)), *_EAR_FACE[head.view]])
        low = polygon([(-90, 34), (90, 18), (90, 99), (-90, 99)])
        cap = ball.difference(face.intersection(head.skull.buffer(0.4))).difference(low)
        nose = box(36, -40, 99, 99) if head.view == "profile" else shapely.Polygon()
        cap = fill_creases(cap.difference(nose), 2.0)
    return HairShape(cap=cap, curls=True, covers_ears=head.view != "three-quarter")


def _braids(head: _Head) -> HairShape:
    shape = _tied(head, "middle")
    wide = head.wide

    def braid(x: float, y: float, drift: float) -> list[Geometry]:
        sizes = [(8.2 - i * 0.45, 7.2 - i * 0.25) for i in range(6)]
        beads = [
            ellipse(x + drift * i, y + i * 9.6, rx, ry, 18 if i % 2 else -18)
            for i, (rx, ry) in enumerate(sizes)
        ]
        return beads[::-1]

    near = head.at([(-35 - wide, 20)], [(-20, 20)], [(-34 - wide, 26)])[0]
    far = head.at([(36 + wide, 22)], [(0, 400)], [(34 + wide, 26)])[0]
    ends = [ellipse(near[0] - 2.5, near[1] + 56, 4.0, 3.2)]
    if head.view == "back":
        shape.back = [*braid(*near, -0.4), *braid(*far, 0.4)]
        ends.append(ellipse(far[0] + 2.5, far[1] + 56, 4.0, 3.2))
    else:
        shape.front = braid(*near, -0.4)
        shape.back = braid(*far, 0.4) if far[1] < 100 else []
    shape.ties = ends
    return shape


def _dreadlocks(head: _Head) -> HairShape:
    shape = HairShape(cap=head.cap(6.5, "middle", 24), covers_ears=True)
    xs = head.at(
        [(-44, 0), (-36, 0), (36, 0), (43, 0)],
        [(-50, 0), (-40, 0), (-30, 0)],
        [(-40, 0), (-24, 0), (-8, 0), (8, 0), (24, 0), (40, 0)],
    )
    shape.back = [
        tube(
            [(x * 0.9, -10), (x, 20), (x * 1.04, 52 - 5 * (i % 2))], [(0, 5.5), (1, 4.4)], pieces=5
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
    shape.strands = _strands(head)
    return shape


_STYLES: dict[str, Callable[[_Head], HairShape]] = {
    "short": _short,
    "bob": _bob,
    "long": _long,
    "wavy": lambda head: _long(head, wavy=True),
    "bun": _bun,
    "top knot": _top_knot,
    "ponytail": _ponytail,
    "pigtails": _pigtails,
    "curly": _curly,
    "afro": _afro,
    "braids": _braids,
    "dreadlocks": _dreadlocks,
    "bald": _bald,
    "messy": _messy,
    "crew cut": _crew,
    "shoulder length": lambda head: _bob(head, "side", 50.0),
}
HAIR_STYLES: tuple[str, ...] = tuple(_STYLES)
BEARDS: tuple[str, ...] = ("full", "stubble", "moustache", "goatee")


def hair_shape(style: str, view: View, skull: Geometry, shape: FaceShape) -> HairShape:
    """The hair of a style on a head; an unknown style is worn short."""
    return _STYLES.get(style, _short)(_Head(view, skull, shape))


def beard_shapes(
    beard: str, view: View, skull: Geometry, shape: FaceShape, look: Expression, down: float
) -> tuple[Geometry, Geometry]:
    """(beard under the mouth, moustache over it); either may be empty.

    ``down`` is how far the pitch of the head moves the features, in head units.
    """
    nothing = shapely.Polygon()
    mouth_y = shape.mouth_y + down * 0.9
    side_on = view == "profile"
    if view == "back":
        return nothing, nothing
    lip_x = 35.5 if side_on else 16.0
    top = mouth_y - 7.0
    whiskers = (
        [(lip_x + 2, top), (lip_x + 4, top + 5), (lip_x - 7, top + 7.5), (lip_x - 15, top + 9), (lip_x - 12, top + 3)]
        if side_on
        else [(lip_x, top - 0.4), (lip_x + 8, top - 0.6), (lip_x + 14, top + 4.5), (lip_x + 15, top + 8.5),
              (lip_x + 7, top + 5.8), (lip_x, top + 4.4), (lip_x - 8, top + 6.2), (lip_x - 17, top + 9.5),
              (lip_x - 15, top + 4), (lip_x - 8, top - 0.2)]
    )  # fmt: skip
    moustache = blob(whiskers)
    if beard == "moustache":
        return nothing, moustache
    gap = ellipse(
        lip_x, mouth_y + 1.5 + look.open * 5, look.wide * 0.85 + 1.0, 3.6 + look.open * 7.5
    )
    if beard == "goatee":
        chin = (
            [(24, mouth_y + 3), (38, mouth_y + 3), (37, 52), (30, 58), (22, 52)]
            if side_on
            else [(4, mouth_y + 3), (28, mouth_y + 3), (28, 46), (17, 59), (7, 50)]
        )
        return blob(chin).intersection(skull.buffer(5)).difference(gap), moustache
    jaw = (
        [(-12, 6), (2, 6), (4, 20), (14, 26), (26, 22), (46, 18), (52, 44), (34, 72), (-6, 66), (-24, 34)]
        if side_on
        else [(-40, 6), (-26, 6), (-20, 20), (-8, 26), (4, 21), (17, 19), (28, 21), (37, 13), (54, 30), (36, 72), (-24, 70), (-44, 40)]
    )  # fmt: skip
    lower = skull.buffer(4.0 if beard == "full" else 0.2).intersection(
        polygon(curve(jaw, closed=True))
    )
    if beard == "full":
        drop = shapely.transform(skull, lambda p: p + vector(0.0, 7.0))
        lower = union([lower, drop.intersection(blob(jaw)).intersection(box(-60, 30, 80, 90))])
        return lower.difference(gap), moustache
    return lower.difference(gap.buffer(-1)), nothing


def parts_below(area: Geometry, line: Sequence[Point]) -> Geometry:
    """The part of hair that shows below a hat whose rim is ``line`` (left to right)."""
    above = polygon([*line, (120, -200), (-120, -200)])
    return area.difference(above)
