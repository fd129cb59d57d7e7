"""Hats, helmets, hijab and turban, glasses: in head units, for all three views."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from storypainter.ink.canvas import Pen
from storypainter.ink.face import View
from storypainter.ink.geometry import (
    Geometry,
    Point,
    blob,
    bow,
    box,
    circle,
    curve,
    ellipse,
    polygon,
    star,
    union,
)
from storypainter.ink.palette import INK, luminance, mix

Line = list[Point]

_RIMS: dict[View, Line] = {
    "three-quarter": [(-62, -10), (-44, -15), (-18, -25), (20, -31), (44, -25), (62, -20)],
    "profile": [(-64, -8), (-46, -13), (-22, -20), (10, -27), (40, -29), (62, -28)],
    "back": [(-62, -6), (-42, -8), (0, -3), (42, -8), (62, -6)],
}
CLOTHS = ("hijab", "turban")


@dataclass(frozen=True)
class Hat:
    """A hat on a head of a view; ``rim`` is the line below which hair shows."""

    kind: str
    colour: str
    view: View

    @property
    def rim(self) -> Line:
        """Left to right, in head units."""
        lift = {"beanie": 6.0, "flat cap": 0.0, "helmet": 3.0}.get(self.kind, 0.0)
        return [(x, y + lift) for x, y in _RIMS[self.view]]

    @property
    def hides_hair(self) -> bool:
        """Whether no hair shows at all."""
        return self.kind in CLOTHS


def _at(view: View, three_quarter: Line, profile: Line, back: Line) -> Line:
    return {"three-quarter": three_quarter, "profile": profile, "back": back}[view]


def _crown(view: View, height: float, bulge: float = 0.0, rim: Line | None = None) -> Geometry:
    """A hat's crown: the rim line closed by a dome whose top lies at -``height``."""
    edge = [p for p in (rim or _RIMS[view]) if abs(p[0]) < 60]
    left, right = edge[0], edge[-1]
    left = (left[0] - 4.5, left[1])
    right = (right[0] + (1.5 if view != "back" else 4.5), right[1])
    middle = (left[0] + right[0]) / 2
    dome = [
        left,
        (left[0] - 2 - bulge, (left[1] - height) * 0.52),
        (left[0] + 14 - bulge * 0.5, -height + 9),
        (middle - 6, -height),
        (middle + 14, -height + 2),
        (right[0] - 10 + bulge * 0.8, -height + 13),
        (right[0] - 1 + bulge * 0.8, (right[1] - height) * 0.5),
        right,
    ]
    under = curve(edge[1:-1][::-1], steps=4) if len(edge) > 3 else np.array(edge[::-1])
    made = shapely.Polygon(np.vstack([curve(dome, steps=5), under]))
    return made if made.is_valid else made.buffer(0)


def _peak(view: View, out: float = 26.0) -> Geometry:
    if view == "back":
        return shapely.Polygon()
    line = _at(
        view,
        [
            (2, -28),
            (22, -33),
            (45, -27),
            (45 + out * 0.9, -17),
            (44 + out, -11),
            (48, -13),
            (24, -19),
            (6, -21),
        ],
        [
            (14, -27),
            (40, -31),
            (40 + out, -25),
            (40 + out * 1.35, -14),
            (40 + out * 0.9, -15),
            (36, -20),
            (16, -20),
        ],
        [],
    )
    return blob(line)


def _brim(view: View, width: float, sag: float) -> Geometry:
    x, y = _at(view, [(-1, -21)], [(-6, -21)], [(0, -12)])[0]
    tilt = {"three-quarter": -7.0, "profile": -8.0, "back": 0.0}[view]
    flat = ellipse(x, y, width, sag, tilt)
    return flat


def draw_hat(pen: Pen, hat: Hat) -> None:
    """The hat over hair and brows."""
    draw = {
        "cap": _draw_cap,
        "police cap": _draw_police_cap,
        "flat cap": _draw_flat_cap,
        "sun hat": _draw_brimmed,
        "straw hat": _draw_brimmed,
        "ranger hat": _draw_brimmed,
        "chef hat": _draw_chef_hat,
        "paper hat": _draw_paper_hat,
        "helmet": _draw_helmet,
        "beanie": _draw_beanie,
        "hijab": _draw_hijab,
        "turban": _draw_turban,
    }.get(hat.kind)
    if draw is not None:
        draw(pen, hat)


def _draw_cap(pen: Pen, hat: Hat) -> None:
    pen.shape(_crown(hat.view, 63), hat.colour)
    for line in (
        _at(
            hat.view,
            [(-4, -62), (12, -50), (20, -32)],
            [(-8, -62), (0, -46), (0, -25)],
            [(0, -62), (1, -36), (0, -5)],
        ),
    ):
        pen.ink(curve(line), 0.55)
    if hat.view == "three-quarter":
        pen.ink(curve([(-8, -62), (-26, -48), (-31, -22)]), 0.55)
        pen.ink(curve([(-2, -62), (30, -54), (40, -30)]), 0.45)
    elif hat.view == "back":
        pen.ink(bow((-11, -4), (0, -22), (11, -4)), 0.7)
    button = _at(hat.view, [(-5, -63)], [(-9, -63)], [(0, -63)])[0]
    pen.shape(ellipse(*button, 4, 2.6), mix(hat.colour, INK, 0.15), ink_width=0.6, shade=0)
    pen.shape(_peak(hat.view), mix(hat.colour, INK, 0.08))


def _draw_police_cap(pen: Pen, hat: Hat) -> None:
    pen.shape(_crown(hat.view, 68, bulge=12), hat.colour)
    rim = [p for p in _RIMS[hat.view] if abs(p[0]) < 60]
    low = np.array(curve(rim, steps=4))
    low[0, 0] -= 4
    band = polygon(np.vstack([low, low[::-1] - (0, 11)]))
    pen.shape(band, mix(hat.colour, INK, 0.55), ink_width=0.7, shade=0)
    if hat.view != "back":
        x, y = _at(hat.view, [(16, -48)], [(28, -48)], [])[0]
        pen.shape(star(x, y, 7), "#d9a83a", ink_width=0.55, shade=0)
    pen.shape(_peak(hat.view, 20), INK)


def _draw_flat_cap(pen: Pen, hat: Hat) -> None:
    shape = _at(
        hat.view,
        [(-50, -12), (-54, -30), (-36, -50), (-4, -58), (28, -54), (50, -38), (57, -22), (46, -24), (16, -29), (-20, -22)],
        [(-54, -10), (-57, -30), (-38, -50), (-8, -57), (24, -52), (50, -36), (60, -22), (36, -26), (6, -25), (-24, -17)],
        [(-49, -8), (-53, -30), (-30, -52), (0, -57), (30, -52), (53, -30), (49, -8), (0, -2)],
    )  # fmt: skip
    pen.shape(blob(shape), hat.colour)
    if hat.view != "back":
        peak = _at(
            hat.view,
            [(10, -30), (36, -33), (57, -24), (62, -17), (44, -20), (14, -24)],
            [(20, -28), (46, -31), (63, -22), (65, -16), (44, -20), (22, -22)],
            [],
        )
        pen.shape(blob(peak), mix(hat.colour, INK, 0.16), ink_width=0.85)
        pen.ink(
            curve(
                _at(
                    hat.view,
                    [(-2, -57), (-24, -44), (-40, -22)],
                    [(-6, -56), (-26, -42), (-40, -20)],
                    [],
                )
            ),
            0.5,
        )
    pen.shape(
        ellipse(*_at(hat.view, [(-4, -57)], [(-8, -57)], [(0, -56)])[0], 3.4, 2.2),
        hat.colour,
        ink_width=0.6,
        shade=0,
    )


def _draw_brimmed(pen: Pen, hat: Hat) -> None:
    width = {"sun hat": 72.0, "straw hat": 66.0, "ranger hat": 64.0}[hat.kind]
    height = {"sun hat": 58.0, "straw hat": 56.0, "ranger hat": 66.0}[hat.kind]
    brim = _brim(hat.view, width, 12.0 if hat.kind != "ranger hat" else 9.0)
    crown = _crown(hat.view, height)
    pen.shape(brim, mix(hat.colour, INK, 0.06))
    pen.shape(crown, hat.colour, outline=crown.boundary.difference(brim.buffer(-3)))
    ribbon_colour = {"sun hat": "#c44a37", "straw hat": "#3f659c"}.get(hat.kind, "#553628")
    low = np.array(curve([p for p in _RIMS[hat.view] if abs(p[0]) < 60], steps=4))
    low[0, 0] -= 4
    band = polygon(np.vstack([low, low[::-1] - (0, 8.5)])).intersection(crown.buffer(0.5))
    pen.shape(band, ribbon_colour, ink_width=0.6, shade=0)
    if hat.kind == "ranger hat":
        dent = _at(
            hat.view,
            [(-12, -66), (-4, -56), (4, -64)],
            [(-14, -66), (-8, -56), (0, -64)],
            [(-8, -66), (0, -57), (8, -66)],
        )
        pen.ink(curve(dent), 0.7)
    if hat.kind == "straw hat":
        for step in (0.55, 0.78):
            weave = _brim(hat.view, width * step + 12, 12.0 * step + 3)
            ring = weave.exterior.difference(crown.buffer(2)).intersection(brim.buffer(-2))
            for line in getattr(ring, "geoms", [ring]):
                if not line.is_empty and line.length > 12 and line.centroid.y > -22:
                    pen.ink(shapely.get_coordinates(line), 0.4, mix(hat.colour, INK, 0.5))


def _draw_chef_hat(pen: Pen, hat: Hat) -> None:
    x, _ = _at(hat.view, [(-3, 0)], [(-8, 0)], [(0, 0)])[0]
    puffs = [(-26, -72, 20), (-4, -82, 22), (22, -76, 20), (0, -66, 22)]
    cloud = union([ellipse(x + px, y, r, r * 0.85) for px, y, r in puffs])
    pen.shape(cloud, hat.colour)
    for px in (-12, 10):
        pen.ink([(x + px, -66), (x + px * 0.8, -58)], 0.5)
    band = _crown(hat.view, 54)
    low = np.array(curve([p for p in _RIMS[hat.view] if abs(p[0]) < 60], steps=4))
    low[0, 0] -= 4
    band = polygon(np.vstack([low, [(low[-1, 0] - 3, -56), (low[0, 0] + 5, -54)]]))
    pen.shape(band, mix(hat.colour, INK, 0.03))


def _draw_paper_hat(pen: Pen, hat: Hat) -> None:
    shape = _at(
        hat.view,
        [(-48, -16), (-40, -56), (-4, -62), (40, -56), (45, -26), (20, -31), (-18, -25)],
        [(-50, -14), (-40, -54), (0, -60), (38, -56), (44, -29), (10, -27), (-22, -20)],
        [(-46, -8), (-40, -52), (0, -58), (40, -52), (46, -8), (0, -3)],
    )
    pen.shape(polygon(shape).buffer(1.5), hat.colour)
    fold = _at(
        hat.view,
        [(-47, -24), (-18, -34), (20, -40), (44, -35)],
        [(-49, -22), (-22, -30), (10, -36), (43, -38)],
        [(-45, -16), (0, -12), (45, -16)],
    )
    stripe = shapely.LineString(curve(fold, steps=4)).buffer(2.6, cap_style="flat")
    pen.fill(stripe.intersection(polygon(shape)), "#c44a37")


def _draw_helmet(pen: Pen, hat: Hat) -> None:
    shell = _crown(hat.view, 66, bulge=4, rim=hat.rim)
    pen.shape(shell, hat.colour, shade=1.3)
    for line in (
        _at(
            hat.view,
            [(-8, -65), (8, -54), (16, -30)],
            [(-6, -65), (22, -58), (38, -36)],
            [(0, -65), (0, -4)],
        ),
        _at(
            hat.view,
            [(-16, -64), (-34, -48), (-42, -20)],
            [(-14, -64), (-36, -50), (-50, -22)],
            [(-20, -62), (-30, -34), (-30, -8)],
        ),
    ):
        pen.ink(curve(line), 0.6)
    lip = _at(
        hat.view,
        [
            (-54, -11),
            (-18, -23),
            (20, -28),
            (48, -23),
            (58, -16),
            (46, -17),
            (18, -20),
            (-18, -15),
            (-50, -3),
        ],
        [
            (-58, -10),
            (-22, -18),
            (12, -24),
            (48, -27),
            (62, -20),
            (46, -18),
            (10, -16),
            (-24, -10),
            (-54, -2),
        ],
        [(-52, -6), (0, -1), (52, -6), (50, 3), (0, 8), (-50, 3)],
    )
    pen.shape(blob(lip), mix(hat.colour, INK, 0.12), ink_width=0.9)


def _draw_beanie(pen: Pen, hat: Hat) -> None:
    pen.shape(_crown(hat.view, 62, rim=hat.rim), hat.colour)
    low = np.array(curve([p for p in hat.rim if abs(p[0]) < 60], steps=4))
    low[0, 0] -= 5
    low[-1, 0] += 2
    band = polygon(np.vstack([low, low[::-1] - (0, 14)])).buffer(1.5)
    pen.shape(band, mix(hat.colour, "#ffffff", 0.16))
    for share in np.linspace(0.1, 0.9, 8):
        spot = low[int(share * (len(low) - 1))]
        pen.ink([spot - (0, 1.5), spot - (0, 12.0)], 0.4)
    x, y = _at(hat.view, [(-4, -66)], [(-9, -66)], [(0, -66)])[0]
    pen.shape(circle((x, y), 8.5), mix(hat.colour, "#ffffff", 0.4), ink_width=0.8)


def _draw_hijab(pen: Pen, hat: Hat) -> None:
    outer = _at(
        hat.view,
        [(-4, -58), (24, -54), (42, -36), (46, -8), (45, 22), (36, 46), (40, 66), (14, 76), (-22, 74), (-46, 64), (-47, 34),
         (-50, -8), (-44, -36), (-28, -53)],
        [(-10, -58), (16, -55), (36, -42), (42, -18), (24, 20), (28, 46), (36, 62), (8, 74), (-34, 72), (-56, 58), (-54, 24),
         (-56, -10), (-50, -36), (-34, -52)],
        [(0, -58), (28, -52), (46, -28), (50, 4), (48, 34), (54, 64), (24, 76), (0, 78), (-24, 76), (-54, 64), (-48, 34),
         (-50, 4), (-46, -28), (-28, -52)],
    )  # fmt: skip
    cloth = blob(outer)
    if hat.view != "back":
        face = _at(
            hat.view,
            [(-22, -12), (-12, -30), (10, -36), (30, -30), (39, -10), (40, 16), (33, 38), (18, 49), (2, 47), (-14, 34), (-22, 12)],
            [(2, -14), (12, -30), (30, -38), (60, -34), (60, 50), (28, 50), (12, 44), (0, 26), (-1, 6)],
            [],
        )  # fmt: skip
        cloth = cloth.difference(blob(face))
    pen.shape(cloth, hat.colour, shade=1.2)
    folds = _at(
        hat.view,
        [(-30, -44), (-40, 0), (-30, 44)],
        [(-20, -50), (-38, 0), (-28, 48)],
        [(-18, -48), (-26, 6), (-20, 60)],
    )
    pen.ink(curve(folds), 0.5)
    lower = _at(
        hat.view,
        [(34, 47), (6, 58), (-28, 48)],
        [(24, 48), (0, 58), (-30, 46)],
        [(20, -48), (28, 8), (22, 60)],
    )
    pen.ink(curve(lower), 0.6)
    if hat.view != "back":
        pen.ink(curve([(-30, 52), (-4, 66), (24, 62)]), 0.45)


def _draw_turban(pen: Pen, hat: Hat) -> None:
    shape = _at(
        hat.view,
        [(-48, -6), (-55, -28), (-42, -54), (-8, -68), (26, -62), (46, -42), (46, -20), (30, -28), (12, -33), (-10, -27), (-28, -14)],
        [(-54, -2), (-60, -26), (-46, -52), (-12, -66), (20, -60), (42, -42), (44, -22), (22, -28), (0, -22), (-22, -8)],
        [(-48, 2), (-55, -26), (-36, -56), (0, -68), (36, -56), (55, -26), (48, 2), (20, 12), (0, 15), (-20, 12)],
    )  # fmt: skip
    cloth = blob(shape)
    pen.shape(cloth, hat.colour, shade=1.2)
    inside = cloth.buffer(-1.5)
    folds: list[Line] = [
        _at(
            hat.view,
            [(12, -33), (-16, -44), (-52, -26)],
            [(22, -28), (-10, -40), (-56, -24)],
            [(0, 15), (-26, -4), (-53, -20)],
        ),
        _at(
            hat.view,
            [(14, -34), (-8, -56), (-44, -50)],
            [(24, -30), (-4, -52), (-48, -46)],
            [(0, 14), (-16, -24), (-42, -46)],
        ),
        _at(
            hat.view,
            [(14, -34), (24, -50), (16, -66)],
            [(26, -30), (26, -46), (8, -64)],
            [(0, 14), (16, -24), (42, -46)],
        ),
        _at(
            hat.view,
            [(14, -33), (34, -40), (46, -34)],
            [(26, -29), (36, -36), (44, -36)],
            [(0, 15), (26, -4), (53, -20)],
        ),
    ]
    for fold in folds:
        line = shapely.LineString(curve(fold, steps=6)).intersection(inside)
        if line.geom_type == "LineString" and line.length > 6:
            pen.ink(shapely.get_coordinates(line), 0.6)


def draw_glasses(
    pen: Pen, kind: str, view: View, eyes: list[tuple[float, float, float, float]], ear: Point
) -> None:
    """Glasses or sunglasses on the eyes; the arm runs to the ear."""
    dark = kind == "sunglasses"
    colour = INK if dark else "#3a333c"
    rims: list[tuple[float, float, float]] = []
    for index, (x, y, _, _) in enumerate(eyes):
        high = 11.0
        wide = 11.6 if index == 0 else 9.8
        if view == "profile":
            wide = 6.6
        lens = ellipse(x, y + 1.2, wide, high)
        if dark:
            lens = box(x - wide, y - high * 0.75, x + wide, y + high, 5.5)
            pen.shape(lens, "#35323d", ink_width=0.7, shade=0)
            pen.ink([(x - wide * 0.4, y - 2), (x - wide * 0.1, y - 5)], 0.6, "#8f8a98")
        else:
            pen.fill(lens, "#ffffff", 0.16)
            pen.ink(shapely.get_coordinates(lens.exterior), 0.7, colour, closed=True)
        rims.append((x - wide, x + wide, y))
    if view == "three-quarter":
        bridge = bow(
            (rims[0][1], rims[0][2]),
            ((rims[0][1] + rims[1][0]) / 2, rims[0][2] - 3),
            (rims[1][0], rims[1][2]),
        )
        pen.ink(bridge, 0.75, colour, taper=1.0)
    pen.ink(
        [
            (rims[0][0], rims[0][2]),
            ((rims[0][0] + ear[0]) / 2, rims[0][2]),
            (ear[0] + 4, ear[1] - 7),
        ],
        0.7,
        colour,
        taper=0.8,
    )


def strand_colour(hair: str) -> str:
    """Strands show on dark hair as lighter lines, on light hair as darker ones."""
    return mix(hair, "#ffffff", 0.26) if luminance(hair) < 0.27 else mix(hair, INK, 0.62)
