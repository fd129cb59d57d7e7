"""What every hair style is made from: hairlines, a cap over the skull, strands."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import shapely

from storypainter.ink.drawing.geometry import (
    Geometry,
    Point,
    Points,
    circle,
    curve,
    fill_creases,
    lines,
    polygon,
    union,
    without_holes,
)
from storypainter.ink.people.faces.face import FaceShape, View

Line = list[Point]

HAIRLINES: dict[View, dict[str, Line]] = {
    "three-quarter": {
        "swept": [(-29, 14), (-26, -4), (-22, -19), (-8, -29), (13, -32), (29, -28), (37, -17)],
        "fringe": [(-27, 15), (-24, -4), (-20, -15), (-4, -21.5), (16, -23), (30, -21), (39, -14)],
        "side": [(-29, 14), (-26, -3), (-22, -16), (-8, -25), (10, -33), (25, -36), (37, -21)],
        "middle": [(-28, 15), (-25, 0), (-19, -14), (-2, -27), (16, -36), (29, -26), (38, -12)],
        "high": [(-28, 14), (-27, -8), (-22, -26), (-9, -33), (8, -34), (24, -37), (37, -22)],
        "receding": [(-28, 14), (-28, -10), (-25, -27), (-15, -40), (0, -42), (9, -36), (20, -44), (31, -44), (40, -34)],
        "pixie": [(-25, 20), (-22, 6), (-21, -9), (-10, -16), (8, -22), (24, -27), (37, -25)],
    },
    "profile": {
        "swept": [(0, 14), (2, -3), (5, -16), (15, -27), (28, -33), (40, -34)],
        "fringe": [(-1, 14), (1, -5), (8, -15), (22, -20), (36, -20), (46, -19)],
        "side": [(0, 14), (2, -3), (6, -14), (17, -23), (31, -30), (42, -30)],
        "middle": [(-1, 14), (2, -2), (8, -14), (18, -24), (30, -31), (42, -32)],
        "high": [(-1, 14), (0, -10), (4, -24), (16, -33), (28, -40), (38, -42)],
        "receding": [(-1, 14), (0, -10), (3, -26), (10, -40), (20, -45), (30, -46), (40, -48)],
        "pixie": [(3, 20), (5, 4), (8, -8), (18, -16), (30, -22), (42, -25)],
    },
    "back": {},
    "front": {
        "swept": [(-35, 12), (-34, -4), (-28, -20), (-11, -30), (10, -31), (27, -22), (34, -5), (35, 12)],
        "fringe": [(-34, 13), (-33, -3), (-29, -15), (-14, -21), (0, -22), (14, -21), (29, -15), (33, -3), (34, 13)],
        "side": [(-35, 12), (-33, -3), (-28, -15), (-10, -23), (8, -32), (24, -33), (33, -14), (35, 12)],
        "middle": [(-35, 13), (-32, -2), (-25, -18), (-9, -30), (0, -37), (9, -30), (25, -18), (32, -2), (35, 13)],
        "high": [(-35, 12), (-35, -10), (-28, -28), (-11, -35), (11, -35), (28, -28), (35, -10), (35, 12)],
        "receding": [(-35, 12), (-36, -10), (-31, -30), (-17, -43), (-7, -38), (7, -38), (17, -43), (31, -30), (36, -10), (35, 12)],
        "pixie": [(-33, 18), (-30, 3), (-27, -10), (-12, -17), (7, -24), (25, -28), (32, -8), (34, 14)],
    },
}  # fmt: skip
EAR_FACE: dict[View, Line] = {
    "three-quarter": [(60, -8), (60, 80), (-16, 80), (-24, 46), (-30, 30)],
    "profile": [(60, -30), (60, 80), (-12, 80), (-14, 40), (-9, 24)],
    "back": [],
    "front": [(37, 40), (70, 90), (-70, 90), (-37, 40)],
}


@dataclass
class HairShape:
    """Hair to draw: ``back`` behind the head, ``cap`` and ``front`` over it.

    ``lines`` are the strands and curls to ink inside the cap, the front and the back masses, in
    that order; :func:`ink_lines` finds them. ``shaved`` is only tinted; ``curls`` asks for curl marks; ``hangs`` says that ``back`` is a
    tail that comes out below a hat; ``short`` hair has a thinner outline.
    """

    cap: Geometry = field(default_factory=shapely.Polygon)
    back: list[Geometry] = field(default_factory=list)
    front: list[Geometry] = field(default_factory=list)
    strands: list[Line] = field(default_factory=list)
    lines: list[list[Points]] = field(default_factory=list)
    ties: list[Geometry] = field(default_factory=list)
    curls: bool = False
    hangs: bool = False
    short: bool = False
    shaved: Geometry = field(default_factory=shapely.Polygon)
    covers_ears: bool = False

    @property
    def masses(self) -> list[Geometry]:
        """Cap, front and back masses, as ``lines`` orders them."""
        return [self.cap, *self.front, *self.back]


@dataclass(frozen=True)
class HeadToDress:
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
        low = nape + self.down * 0.5
        sag = 5.0 if self.view == "back" else 0.0
        neck = [
            (-90, low - sag),
            (-42, low - sag),
            (0, low + sag),
            (42, low - sag),
            (90, low - sag),
        ]
        grown = grown.difference(polygon([*map(tuple, curve(neck)), (90, 120), (-90, 120)]))
        if self.view == "back":
            return fill_creases(grown, 1.0)
        edge = [(x, y + self.down) for x, y in HAIRLINES[self.view][hairline]]
        face = polygon([*map(tuple, curve(edge, steps=4)), *EAR_FACE[self.view]])
        cut = grown.difference(face)
        parts = [p for p in getattr(cut, "geoms", [cut]) if p.area > 25]
        return without_holes(fill_creases(union(parts), 3.5).buffer(-0.8).buffer(0.8))

    def at(self, three_quarter: Line, profile: Line, back: Line) -> Line:
        """The points for this view."""
        chosen = {"three-quarter": three_quarter, "profile": profile, "back": back, "front": back}
        return chosen[self.view]


def scalloped(area: Geometry, bump: float) -> Geometry:
    """``area`` with an edge of round bumps."""
    ring = area.exterior if area.geom_type == "Polygon" else area.convex_hull.exterior
    count = max(8, int(ring.length / (bump * 1.55)))
    centres = [ring.interpolate(i / count, normalized=True) for i in range(count)]
    return union([area, *(circle((p.x, p.y), bump) for p in centres)])


def sweeps(head: HeadToDress, amount: int = 3) -> list[Line]:
    """Strands that follow the skull from the crown."""
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


def ink_lines(hair: HairShape, view: View) -> list[list[Points]]:
    """The parts of strands, and the curl marks, that lie inside each mass of hair."""
    strands = [shapely.LineString(curve(strand, steps=6)) for strand in hair.strands if strand]
    marks = _curl_marks(view) if hair.curls else []
    found: list[list[Points]] = []
    for mass in hair.masses:
        inked: list[Points] = []
        if not mass.is_empty and (strands or marks):
            inside = mass.simplify(0.4).buffer(-1.6, 3)
            for strand in strands:
                clipped = lines(strand.intersection(inside))
                inked += [shapely.get_coordinates(each) for each in clipped if each.length > 5]
            inner = inside.buffer(-3.0, 2) if marks else inside
            shapely.prepare(inner)
            inked += [shapely.get_coordinates(mark) for mark in marks if inner.contains(mark)]
        found.append(inked)
    return found


def _curl_marks(view: View) -> list[Geometry]:
    """Small open curls on a spiral, as line strings."""
    centre_x, centre_y = {"three-quarter": (-12, -26), "profile": (-20, -20)}.get(view, (0, -14))
    marks = []
    for index in range(16):
        turn, reach = index * 2.4, 6 + 3.4 * index
        x, y = centre_x + reach * math.cos(turn), centre_y + reach * math.sin(turn) * 0.85
        start = turn * 1.7
        arc = [
            (x + 4 * math.cos(start + step), y + 4 * math.sin(start + step))
            for step in (0.0, 0.9, 1.8, 2.7)
        ]
        marks.append(shapely.LineString(curve(arc, steps=3)))
    return marks
