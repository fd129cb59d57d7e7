"""Hats and headwear: the everyday ones, and which drawing belongs to which word."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import shapely

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import (
    blob,
    bow,
    circle,
    curve,
    ellipse,
    polygon,
    star,
    union,
)
from storypainter.ink.drawing.palette import INK, luminance, mix
from storypainter.ink.people.garments import hats, headcloths, helmets
from storypainter.ink.people.garments.face import draw_glasses
from storypainter.ink.people.garments.hat_forms import (
    CLOTHS,
    RIMS,
    Hat,
    Line,
    at,
    brim,
    crown,
    peak,
)

__all__ = ["CLOTHS", "Hat", "draw_glasses", "draw_hat", "strand_colour"]


def draw_hat(pen: Pen, hat: Hat) -> None:
    """The hat over hair and brows."""
    for kind in hat.kinds:
        draw = _DRAW.get(kind)
        if draw is not None:
            draw(pen, Hat(kind, hat.colour, hat.view))


def _draw_cap(pen: Pen, hat: Hat) -> None:
    pen.shape(crown(hat.view, 63), hat.colour)
    for line in (
        at(
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
    button = at(hat.view, [(-5, -63)], [(-9, -63)], [(0, -63)])[0]
    pen.shape(ellipse(*button, 4, 2.6), mix(hat.colour, INK, 0.15), ink_width=0.6, shade=0)
    pen.shape(peak(hat.view), mix(hat.colour, INK, 0.08))


def _draw_police_cap(pen: Pen, hat: Hat) -> None:
    pen.shape(crown(hat.view, 68, bulge=12), hat.colour)
    rim = [p for p in RIMS[hat.view] if abs(p[0]) < 60]
    low = np.array(curve(rim, steps=4))
    low[0, 0] -= 4
    band = polygon(np.vstack([low, low[::-1] - (0, 11)]))
    pen.shape(band, "#fffdf7", ink_width=0.7, shade=0)
    steps = np.linspace(0, len(low) - 1, 15).astype(int)
    for index, (start, end) in enumerate(itertools.pairwise(steps)):
        drop = np.array([0.0, -5.5 if index % 2 else 0.0])
        square = [
            low[start] + drop,
            low[end] + drop,
            low[end] + drop - (0, 5.5),
            low[start] + drop - (0, 5.5),
        ]
        pen.fill(polygon(square), INK)
    if hat.view != "back":
        x, y = at(hat.view, [(16, -48)], [(28, -48)], [])[0]
        pen.shape(star(x, y, 7), "#d9a83a", ink_width=0.55, shade=0)
    pen.shape(peak(hat.view, 20), INK)


def _draw_flat_cap(pen: Pen, hat: Hat) -> None:
    shape = at(
        hat.view,
        [(-50, -12), (-54, -30), (-36, -50), (-4, -58), (28, -54), (50, -38), (57, -22), (46, -24), (16, -29), (-20, -22)],
        [(-54, -10), (-57, -30), (-38, -50), (-8, -57), (24, -52), (50, -36), (60, -22), (36, -26), (6, -25), (-24, -17)],
        [(-49, -8), (-53, -30), (-30, -52), (0, -57), (30, -52), (53, -30), (49, -8), (0, -2)],
    )  # fmt: skip
    pen.shape(blob(shape), hat.colour)
    if hat.view != "back":
        peak = at(
            hat.view,
            [(10, -30), (36, -33), (57, -24), (62, -17), (44, -20), (14, -24)],
            [(20, -28), (46, -31), (63, -22), (65, -16), (44, -20), (22, -22)],
            [],
        )
        pen.shape(blob(peak), mix(hat.colour, INK, 0.16), ink_width=0.85)
        pen.ink(
            curve(
                at(
                    hat.view,
                    [(-2, -57), (-24, -44), (-40, -22)],
                    [(-6, -56), (-26, -42), (-40, -20)],
                    [],
                )
            ),
            0.5,
        )
    pen.shape(
        ellipse(*at(hat.view, [(-4, -57)], [(-8, -57)], [(0, -56)])[0], 3.4, 2.2),
        hat.colour,
        ink_width=0.6,
        shade=0,
    )


def _draw_brimmed(pen: Pen, hat: Hat) -> None:
    width = {"sun hat": 72.0, "straw hat": 66.0, "ranger hat": 84.0}[hat.kind]
    height = {"sun hat": 58.0, "straw hat": 56.0, "ranger hat": 74.0}[hat.kind]
    edge = brim(hat.view, width, 12.0 if hat.kind != "ranger hat" else 10.0)
    dome = crown(hat.view, height)
    pen.shape(edge, mix(hat.colour, INK, 0.06))
    pen.shape(dome, hat.colour, outline=dome.boundary.difference(edge.buffer(-3)))
    ribbon_colour = {"sun hat": "#c44a37", "straw hat": "#3f659c"}.get(hat.kind, "#553628")
    low = np.array(curve([p for p in RIMS[hat.view] if abs(p[0]) < 60], steps=4))
    low[0, 0] -= 4
    band = polygon(np.vstack([low, low[::-1] - (0, 8.5)])).intersection(dome.buffer(0.5))
    pen.shape(band, ribbon_colour, ink_width=0.6, shade=0)
    if hat.kind == "ranger hat":
        (middle, _) = at(hat.view, [(-3, 0)], [(-8, 0)], [(0, 0)])[0]
        for side in (-1, 1):  # the dents of a pinched crown
            dent = [(middle + side * 17, -66), (middle + side * 9, -52), (middle + side * 15, -38)]
            pen.ink(curve(dent), 0.7)
    if hat.kind == "straw hat":
        for step in (0.55, 0.78):
            weave = brim(hat.view, width * step + 12, 12.0 * step + 3)
            ring = weave.exterior.difference(dome.buffer(2)).intersection(edge.buffer(-2))
            for line in getattr(ring, "geoms", [ring]):
                if not line.is_empty and line.length > 12 and line.centroid.y > -22:
                    pen.ink(shapely.get_coordinates(line), 0.4, mix(hat.colour, INK, 0.5))


def _draw_chef_hat(pen: Pen, hat: Hat) -> None:
    x, _ = at(hat.view, [(-3, 0)], [(-8, 0)], [(0, 0)])[0]
    puffs = [(-26, -72, 20), (-4, -82, 22), (22, -76, 20), (0, -66, 22)]
    cloud = union([ellipse(x + px, y, r, r * 0.85) for px, y, r in puffs])
    pen.shape(cloud, hat.colour)
    for px in (-12, 10):
        pen.ink([(x + px, -66), (x + px * 0.8, -58)], 0.5)
    band = crown(hat.view, 54)
    low = np.array(curve([p for p in RIMS[hat.view] if abs(p[0]) < 60], steps=4))
    low[0, 0] -= 4
    band = polygon(np.vstack([low, [(low[-1, 0] - 3, -56), (low[0, 0] + 5, -54)]]))
    pen.shape(band, mix(hat.colour, INK, 0.03))


def _draw_paper_hat(pen: Pen, hat: Hat) -> None:
    shape = at(
        hat.view,
        [(-48, -16), (-40, -56), (-4, -62), (40, -56), (45, -26), (20, -31), (-18, -25)],
        [(-50, -14), (-40, -54), (0, -60), (38, -56), (44, -29), (10, -27), (-22, -20)],
        [(-46, -8), (-40, -52), (0, -58), (40, -52), (46, -8), (0, -3)],
    )
    pen.shape(polygon(shape).buffer(1.5), hat.colour)
    fold = at(
        hat.view,
        [(-47, -24), (-18, -34), (20, -40), (44, -35)],
        [(-49, -22), (-22, -30), (10, -36), (43, -38)],
        [(-45, -16), (0, -12), (45, -16)],
    )
    stripe = shapely.LineString(curve(fold, steps=4)).buffer(2.6, cap_style="flat")
    pen.fill(stripe.intersection(polygon(shape)), "#c44a37")


def _draw_helmet(pen: Pen, hat: Hat) -> None:
    shell = crown(hat.view, 66, bulge=4, rim=hat.rim)
    pen.shape(shell, hat.colour, shade=1.3)
    for line in (
        at(
            hat.view,
            [(-8, -65), (8, -54), (16, -30)],
            [(-6, -65), (22, -58), (38, -36)],
            [(0, -65), (0, -4)],
        ),
        at(
            hat.view,
            [(-16, -64), (-34, -48), (-42, -20)],
            [(-14, -64), (-36, -50), (-50, -22)],
            [(-20, -62), (-30, -34), (-30, -8)],
        ),
    ):
        pen.ink(curve(line), 0.6)
    lip = at(
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
    pen.shape(crown(hat.view, 62, rim=hat.rim), hat.colour)
    low = np.array(curve([p for p in hat.rim if abs(p[0]) < 60], steps=4))
    low[0, 0] -= 5
    low[-1, 0] += 2
    band = polygon(np.vstack([low, low[::-1] - (0, 14)])).buffer(1.5)
    pen.shape(band, mix(hat.colour, "#ffffff", 0.16))
    for share in np.linspace(0.1, 0.9, 8):
        spot = low[int(share * (len(low) - 1))]
        pen.ink([spot - (0, 1.5), spot - (0, 12.0)], 0.4)
    x, y = at(hat.view, [(-4, -66)], [(-9, -66)], [(0, -66)])[0]
    pen.shape(circle((x, y), 8.5), mix(hat.colour, "#ffffff", 0.4), ink_width=0.8)


def _draw_hijab(pen: Pen, hat: Hat) -> None:
    outer = at(
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
        face = at(
            hat.view,
            [(-22, -12), (-12, -30), (10, -36), (30, -30), (39, -10), (40, 16), (33, 38), (18, 49), (2, 47), (-14, 34), (-22, 12)],
            [(2, -14), (12, -30), (30, -38), (60, -34), (60, 50), (28, 50), (12, 44), (0, 26), (-1, 6)],
            [],
        )  # fmt: skip
        cloth = cloth.difference(blob(face))
    pen.shape(cloth, hat.colour, shade=1.2)
    folds = at(
        hat.view,
        [(-30, -44), (-40, 0), (-30, 44)],
        [(-20, -50), (-38, 0), (-28, 48)],
        [(-18, -48), (-26, 6), (-20, 60)],
    )
    pen.ink(curve(folds), 0.5)
    lower = at(
        hat.view,
        [(34, 47), (6, 58), (-28, 48)],
        [(24, 48), (0, 58), (-30, 46)],
        [(20, -48), (28, 8), (22, 60)],
    )
    pen.ink(curve(lower), 0.6)
    if hat.view != "back":
        pen.ink(curve([(-30, 52), (-4, 66), (24, 62)]), 0.45)


def _draw_turban(pen: Pen, hat: Hat) -> None:
    shape = at(
        hat.view,
        [(-48, -6), (-55, -28), (-42, -54), (-8, -68), (26, -62), (46, -42), (46, -20), (30, -28), (12, -33), (-10, -27), (-28, -14)],
        [(-54, -2), (-60, -26), (-46, -52), (-12, -66), (20, -60), (42, -42), (44, -22), (22, -28), (0, -22), (-22, -8)],
        [(-48, 2), (-55, -26), (-36, -56), (0, -68), (36, -56), (55, -26), (48, 2), (20, 12), (0, 15), (-20, 12)],
    )  # fmt: skip
    cloth = blob(shape)
    pen.shape(cloth, hat.colour, shade=1.2)
    inside = cloth.buffer(-1.5)
    folds: list[Line] = [
        at(
            hat.view,
            [(12, -33), (-16, -44), (-52, -26)],
            [(22, -28), (-10, -40), (-56, -24)],
            [(0, 15), (-26, -4), (-53, -20)],
        ),
        at(
            hat.view,
            [(14, -34), (-8, -56), (-44, -50)],
            [(24, -30), (-4, -52), (-48, -46)],
            [(0, 14), (-16, -24), (-42, -46)],
        ),
        at(
            hat.view,
            [(14, -34), (24, -50), (16, -66)],
            [(26, -30), (26, -46), (8, -64)],
            [(0, 14), (16, -24), (42, -46)],
        ),
        at(
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


_DRAW: dict[str, Callable[[Pen, Hat], None]] = {
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
    **hats.DRAW,
    **helmets.DRAW,
    **headcloths.DRAW,
}


def strand_colour(hair: str) -> str:
    """Strands show on dark hair as lighter lines, on light hair as darker ones."""
    return mix(hair, "#ffffff", 0.26) if luminance(hair) < 0.27 else mix(hair, INK, 0.62)
