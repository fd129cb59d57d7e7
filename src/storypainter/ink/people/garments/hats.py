"""Hats of felt, straw and cloth: brimmed, peaked, festive and of costumes, in head units."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
import shapely.affinity

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import (
    Geometry,
    blob,
    box,
    circle,
    curve,
    ellipse,
    polygon,
    star,
    union,
)
from storypainter.ink.drawing.palette import INK, luminance, mix
from storypainter.ink.people.garments.hat_forms import (
    Hat,
    at,
    brim,
    crown,
    front,
    hat_band,
    low_edge,
    middle,
    peak,
)

_GOLD = "#d9a83a"
_WHITE = "#fffdf7"


def _tilt(hat: Hat) -> float:
    return {"three-quarter": -7.0, "profile": -8.0, "back": 0.0}[hat.view]


def _placed(hat: Hat, form: Geometry, y: float = -24.0) -> Geometry:
    """A form around (0, 0), put on top of the head and tilted with it."""
    turned = shapely.affinity.rotate(form, _tilt(hat), origin=(0, 0))
    return shapely.affinity.translate(turned, middle(hat.view), y)


def _tall(hat: Hat, low: float, high: float, height: float) -> Geometry:
    """A stiff cylinder of half-widths ``low`` and ``high``."""
    sides = [(-low, 4), (-low * 0.97, -height * 0.5), (-high, -height), (0, -height - 4)]
    mirrored = [(-x, y) for x, y in reversed(sides[:-1])]
    bottom = ellipse(0, 2, low, 7)
    return _placed(hat, union([polygon([*sides, *mirrored]), bottom]))


def _top_hat(pen: Pen, hat: Hat) -> None:
    edge = _placed(hat, ellipse(0, 3, 60, 11))
    tall = _tall(hat, 39, 43, 74)
    pen.shape(edge, mix(hat.colour, INK, 0.2))
    pen.shape(tall, hat.colour, outline=tall.boundary.difference(edge.buffer(-4)))
    band = _placed(hat, union([box(-39, -16, 39, 1), ellipse(0, 1, 39, 7)])).intersection(tall)
    pen.shape(band, "#a93143", ink_width=0.6, shade=0)


def _bowler(pen: Pen, hat: Hat) -> None:
    dome = _placed(
        hat,
        blob([(-40, 3), (-41, -20), (-30, -40), (0, -48), (30, -40), (41, -20), (40, 3), (0, 9)]),
    )
    edge = _placed(hat, ellipse(0, 3, 57, 10))
    pen.shape(edge, mix(hat.colour, "#ffffff", 0.08))
    pen.shape(dome, hat.colour, outline=dome.boundary.difference(edge.buffer(-3)))
    pen.shape(
        hat_band(hat.view, 9).intersection(dome),
        mix(hat.colour, "#ffffff", 0.25),
        ink_width=0.5,
        shade=0,
    )


def _fedora(pen: Pen, hat: Hat) -> None:
    edge = brim(hat.view, 64, 10)
    pen.shape(edge, mix(hat.colour, INK, 0.1))
    dome = _placed(
        hat,
        blob([(-40, 2), (-38, -28), (-24, -46), (-4, -38), (18, -47), (36, -30), (40, 2), (0, 8)]),
    )
    pen.shape(dome, hat.colour, outline=dome.boundary.difference(edge.buffer(-3)))
    band = _placed(hat, union([box(-41, -13, 41, 0), ellipse(0, 0, 41, 6)])).intersection(dome)
    pen.shape(
        band,
        mix(hat.colour, INK, 0.55) if luminance(hat.colour) > 0.12 else "#c9c7c8",
        ink_width=0.5,
        shade=0,
    )


def _cowboy_hat(pen: Pen, hat: Hat) -> None:
    edge = _placed(
        hat,
        blob(
            [
                (-74, -14),
                (-56, 2),
                (-26, 9),
                (6, 11),
                (40, 8),
                (66, -2),
                (78, -20),
                (60, -12),
                (30, -6),
                (-30, -6),
                (-58, -8),
            ]
        ),
    )
    dome = _placed(
        hat,
        blob([(-39, 2), (-36, -34), (-24, -52), (-4, -44), (18, -53), (33, -36), (38, 2), (0, 8)]),
    )
    pen.shape(dome, hat.colour)
    band = _placed(hat, union([box(-41, -11, 41, 0), ellipse(0, 0, 41, 6)])).intersection(dome)
    pen.shape(band, mix(hat.colour, INK, 0.5), ink_width=0.5, shade=0)
    pen.shape(edge, mix(hat.colour, "#ffffff", 0.06))


def _scout_hat(pen: Pen, hat: Hat) -> None:
    edge = brim(hat.view, 68, 9)
    dome = _placed(
        hat, blob([(-38, 2), (-32, -26), (-8, -50), (4, -51), (30, -26), (38, 2), (0, 8)])
    )
    pen.shape(edge, mix(hat.colour, INK, 0.06))
    pen.shape(dome, hat.colour, outline=dome.boundary.difference(edge.buffer(-3)))
    for x in (-10, 10):
        pen.ink(
            shapely.get_coordinates(_placed(hat, shapely.LineString([(x * 0.4, -47), (x, -28)]))),
            0.6,
        )
    band = _placed(hat, union([box(-41, -10, 41, 0), ellipse(0, 0, 41, 6)])).intersection(dome)
    pen.shape(band, "#553628", ink_width=0.5, shade=0)


def _wide_hat(pen: Pen, hat: Hat) -> None:
    edge = _placed(
        hat,
        blob([(-86, 6), (-60, -10), (0, -14), (60, -10), (86, 2), (60, 14), (0, 18), (-60, 16)]),
    )
    pen.shape(edge, hat.colour)
    dome = _placed(
        hat, blob([(-38, 4), (-36, -24), (-16, -38), (16, -38), (36, -24), (38, 4), (0, 9)])
    )
    pen.shape(dome, hat.colour, outline=dome.boundary.difference(edge.buffer(-12)))
    ribbon = mix(hat.colour, "#ffffff" if luminance(hat.colour) < 0.3 else INK, 0.35)
    band = _placed(hat, union([box(-41, -12, 41, 1), ellipse(0, 1, 41, 7)])).intersection(dome)
    pen.shape(band, ribbon, ink_width=0.5, shade=0)
    for x, y in ((24, -4), (38, -8), (31, 3)):
        pen.shape(_placed(hat, circle((x, y), 7)), ribbon, ink_width=0.5, shade=0)


def _rain_hat(pen: Pen, hat: Hat) -> None:
    """A fisher's oilskin hat: short in front, long and low over the neck."""
    edge = at(
        hat.view,
        [(-84, 22), (-66, -2), (-46, -18), (20, -34), (58, -26), (68, -14), (40, -16), (10, -16), (-20, -8), (-50, 12), (-70, 26)],
        [(-88, 22), (-66, -6), (-46, -18), (14, -30), (58, -30), (72, -18), (40, -16), (8, -12), (-22, -4), (-54, 12), (-74, 26)],
        [(-70, 26), (-54, -6), (0, -12), (54, -6), (70, 26), (34, 36), (-34, 36)],
    )  # fmt: skip
    dome = crown(hat.view, 64)
    pen.shape(blob(edge), mix(hat.colour, INK, 0.08))
    pen.shape(dome, hat.colour, outline=dome.boundary.difference(blob(edge).buffer(-3)))
    for x in (-18, 14):
        pen.ink(curve([(middle(hat.view), -63), (x * 0.8, -48), (x, -30)]), 0.5)


def _deerstalker(pen: Pen, hat: Hat) -> None:
    dome = crown(hat.view, 64)
    pen.shape(dome, hat.colour)
    inside = dome.buffer(-2)
    dark = mix(hat.colour, INK, 0.5)
    for step in range(-50, 56, 13):
        line = shapely.LineString([(step, -70), (step + 6, 10)]).intersection(inside)
        pen.fill(line.buffer(1.1), dark)
    for y in range(-58, 4, 12):
        line = shapely.LineString([(-60, y + 6), (60, y - 6)]).intersection(inside)
        pen.fill(line.buffer(1.1), dark)
    flap = at(
        hat.view,
        [(-34, -16), (-40, -40), (-18, -58), (-8, -60), (-10, -36), (-18, -20)],
        [(-16, -18), (-22, -42), (-8, -58), (4, -58), (8, -36), (2, -20)],
        [(-14, -6), (-22, -36), (-6, -60), (6, -60), (22, -36), (14, -6)],
    )
    pen.shape(blob(flap), mix(hat.colour, INK, 0.16), ink_width=0.8)
    if hat.view != "back":
        pen.shape(peak(hat.view, 22), hat.colour)
    back = at(
        hat.view,
        [(-44, -18), (-62, -6), (-68, 4), (-50, 2), (-40, -8)],
        [(-52, -18), (-70, -4), (-74, 6), (-56, 4), (-46, -6)],
        [(-30, -4), (0, 6), (30, -4), (20, 12), (-20, 12)],
    )
    pen.shape(blob(back), hat.colour)
    x = middle(hat.view)
    for side in (-1, 1):
        pen.shape(ellipse(x + side * 8, -65, 8, 4.4, side * 18), "#553628", ink_width=0.6, shade=0)
    pen.shape(circle((x, -64), 3.2), "#553628", ink_width=0.5, shade=0)


def _beret(pen: Pen, hat: Hat) -> None:
    shape = at(
        hat.view,
        [(-46, -20), (-66, -34), (-58, -54), (-22, -66), (20, -60), (46, -42), (46, -28), (18, -33), (-18, -27)],
        [(-48, -16), (-70, -30), (-60, -52), (-22, -64), (16, -58), (42, -42), (44, -30), (8, -29), (-24, -21)],
        [(-44, -10), (-62, -30), (-44, -54), (0, -62), (44, -54), (60, -34), (44, -10), (0, -5)],
    )  # fmt: skip
    pen.shape(blob(shape), hat.colour, shade=1.2)
    pen.shape(hat_band(hat.view, 5.5), mix(hat.colour, INK, 0.35), ink_width=0.6, shade=0)
    x = middle(hat.view) - 14
    pen.shape(
        polygon([(x - 2, -62), (x - 4, -72), (x, -73), (x + 2.5, -62)]),
        hat.colour,
        ink_width=0.7,
        shade=0,
    )


def _sailor_hat(pen: Pen, hat: Hat) -> None:
    """A white sailor's cap with its turned-up brim, and a navy ribbon that hangs behind."""
    pen.shape(crown(hat.view, 60), hat.colour)
    up = _placed(
        hat, blob([(-50, 4), (-52, -20), (-20, -24), (20, -24), (50, -22), (48, 2), (0, 8)]), -22
    )
    pen.shape(up, hat.colour)
    stripe = _placed(hat, box(-60, -12, 60, -6), -22).intersection(up.buffer(-0.5))
    pen.fill(stripe, "#2c3a5c")


def _peaked(
    pen: Pen, hat: Hat, band: str, badge: Callable[[float, float], None], braid: bool
) -> None:
    """The cap of an officer: a wide soft top, a band, a badge and a shining peak."""
    top = _placed(
        hat,
        blob([(-44, -6), (-58, -26), (-44, -42), (0, -50), (44, -45), (60, -32), (46, -6), (0, 0)]),
        -18,
    )
    pen.shape(top, hat.colour, shade=1.2)
    pen.shape(hat_band(hat.view, 14), band, ink_width=0.8, shade=0)
    if hat.view == "back":
        return
    pen.shape(peak(hat.view, 22), INK)
    if braid:
        line = at(hat.view, [(8, -24), (30, -27), (56, -18)], [(18, -24), (40, -26), (62, -19)], [])
        pen.ink(curve(line), 1.6, _GOLD, taper=0.8)
    badge(front(hat.view), -47)


def _captain_cap(pen: Pen, hat: Hat) -> None:
    def anchor(x: float, y: float) -> None:
        pen.shape(circle((x, y - 1), 9.5), "#2c3a5c", ink_width=0.6, shade=0)
        pen.ink([(x, y - 7), (x, y + 6)], 1.1, _GOLD, taper=1)
        pen.ink([(x - 4, y - 3), (x + 4, y - 3)], 1.0, _GOLD, taper=1)
        pen.ink(curve([(x - 6, y + 1), (x, y + 6), (x + 6, y + 1)]), 1.1, _GOLD, taper=1)

    _peaked(pen, hat, "#2e2a33", anchor, braid=True)


def _pilot_cap(pen: Pen, hat: Hat) -> None:
    def wings(x: float, y: float) -> None:
        for side in (-1, 1):
            wing = [
                (x + side * 2, y + 2),
                (x + side * 20, y - 5),
                (x + side * 15, y + 1),
                (x + side * 9, y + 4),
            ]
            pen.shape(polygon(wing), _GOLD, ink_width=0.4, shade=0)
        pen.shape(circle((x, y), 5), _GOLD, ink_width=0.5, shade=0)

    _peaked(pen, hat, INK, wings, braid=True)


def _conductor_cap(pen: Pen, hat: Hat) -> None:
    tall = _tall(hat, 43, 37, 34)
    pen.shape(tall, hat.colour)
    top = _placed(hat, ellipse(0, -36, 36, 7))
    pen.shape(top, mix(hat.colour, "#ffffff", 0.12), ink_width=0.8, shade=0)
    pen.shape(hat_band(hat.view, 9), _GOLD, ink_width=0.6, shade=0)
    if hat.view != "back":
        pen.shape(peak(hat.view, 18), INK)
        plate = _placed(hat, box(6, -26, 28, -12, 2), -24)
        pen.shape(plate, _GOLD, ink_width=0.6, shade=0)


def _pillbox(pen: Pen, hat: Hat) -> None:
    form = union([box(-30, -22, 30, 0, 3), ellipse(0, 0, 30, 5)])
    base = shapely.affinity.translate(_placed(hat, form, -40), 6, 0)
    pen.shape(base, hat.colour)
    lid = shapely.affinity.translate(_placed(hat, ellipse(0, -22, 29.5, 4.5), -40), 6, 0)
    pen.shape(lid, mix(hat.colour, "#ffffff", 0.15), ink_width=0.7, shade=0)
    trim = shapely.affinity.translate(_placed(hat, box(-30, -5, 30, -0.5), -40), 6, 0)
    pen.fill(trim.intersection(base.buffer(-0.6)), _GOLD)


def _nurse_cap(pen: Pen, hat: Hat) -> None:
    form = polygon(
        [(-32, 2), (-38, -24), (-12, -30), (14, -30), (38, -22), (32, 4), (0, 8)]
    ).buffer(1.5)
    cap = _placed(hat, form, -40)
    pen.shape(cap, hat.colour)
    fold = _placed(hat, shapely.LineString([(-34, -7), (0, -3), (34, -5)]), -40)
    pen.ink(shapely.get_coordinates(fold), 0.6)
    if hat.view != "back":
        x = front(hat.view) - 6
        y = -61
        cross = union([box(x - 3, y - 8.5, x + 3, y + 8.5), box(x - 8.5, y - 3, x + 8.5, y + 3)])
        pen.shape(cross, "#c44a37", ink_width=0.4, shade=0)


def _mortarboard(pen: Pen, hat: Hat) -> None:
    pen.shape(crown(hat.view, 52), hat.colour)
    board = at(
        hat.view,
        [(-62, -56), (-2, -78), (62, -66), (6, -42)],
        [(-66, -54), (-8, -74), (56, -64), (2, -42)],
        [(-60, -58), (0, -74), (60, -58), (0, -42)],
    )
    pen.shape(polygon(board), mix(hat.colour, "#ffffff", 0.07))
    x, y = board[1][0] + 2, (board[1][1] + board[3][1]) / 2
    end = (board[2][0] - 6, board[2][1] + 30)
    pen.ink(curve([(x, y), (board[2][0] - 10, board[2][1] + 2), end]), 1.8, _GOLD, taper=1)
    pen.shape(
        polygon(
            [
                (end[0] - 4, end[1] - 2),
                (end[0] + 4, end[1] - 2),
                (end[0] + 5.5, end[1] + 16),
                (end[0] - 5.5, end[1] + 16),
            ]
        ),
        _GOLD,
        ink_width=0.5,
        shade=0,
    )
    pen.shape(circle((x, y), 3), _GOLD, ink_width=0.5, shade=0)


def _crown(pen: Pen, hat: Hat) -> None:
    tips = [-42, -21, 0, 21, 42]
    points: list[tuple[float, float]] = [(-36, 4)]
    for index, x in enumerate(tips):
        points.append((x * 1.02, -38 - 5 * (index % 2 == 0)))
        if index < 4:
            points.append((x + 10.5, -17))
    ring = _placed(hat, union([polygon([*points, (36, 4)]), ellipse(0, 3, 36, 6)]), -36)
    pen.shape(ring, hat.colour)
    for index, x in enumerate(tips):
        pen.shape(
            _placed(hat, circle((x * 1.02, -40 - 5 * (index % 2 == 0)), 4.6), -36),
            hat.colour,
            ink_width=0.7,
            shade=0,
        )
    band = _placed(hat, union([box(-37, -6, 37, 2), ellipse(0, 1, 36, 6)]), -36).intersection(ring)
    pen.shape(band, mix(hat.colour, INK, 0.18), ink_width=0.5, shade=0)
    for x, jewel in ((-20, "#3f658c"), (2, "#c44a37"), (23, "#3f8a69")):
        pen.shape(_placed(hat, ellipse(x, -10, 4.2, 5.2), -36), jewel, ink_width=0.5, shade=0)


def _tiara(pen: Pen, hat: Hat) -> None:
    if hat.view == "back":
        return
    form = polygon(
        [
            (-30, 2),
            (-26, -8),
            (-16, -4),
            (-10, -18),
            (-2, -8),
            (4, -26),
            (10, -8),
            (18, -18),
            (24, -4),
            (33, -8),
            (36, 2),
            (4, 7),
        ]
    )
    ring = _placed(hat, form, -38)
    pen.shape(ring, mix(hat.colour, _WHITE, 0.25), ink_width=0.8)
    pen.shape(_placed(hat, circle((4, -9), 4), -38), "#77c3cf", ink_width=0.5, shade=0)


def _paper_crown(pen: Pen, hat: Hat) -> None:
    zigzag = [(-38 + 76 * i / 8, -26 if i % 2 == 0 else -10) for i in range(9)]
    pen.shape(_placed(hat, polygon([(-36, 4), *zigzag, (36, 4), (0, 9)]), -36), hat.colour)


def _party_hat(pen: Pen, hat: Hat) -> None:
    cone = _placed(hat, union([polygon([(-24, 0), (2, -58), (26, 0)]), ellipse(1, 0, 25, 4)]), -42)
    pen.shape(cone, hat.colour)
    for x, y in ((-8, -8), (8, -20), (12, -4), (-1, -34)):
        pen.fill(_placed(hat, circle((x, y), 3.2), -42).intersection(cone), "#f4dd74")
    pen.shape(_placed(hat, circle((2, -58), 7), -42), "#f4dd74", ink_width=0.7)


def _witch_hat(pen: Pen, hat: Hat) -> None:
    edge = _placed(hat, ellipse(0, 4, 76, 14))
    cone = _placed(
        hat,
        blob(
            [
                (-38, 4),
                (-30, -30),
                (-16, -66),
                (-26, -96),
                (-38, -108),
                (-12, -104),
                (6, -82),
                (24, -40),
                (38, 4),
                (0, 10),
            ]
        ),
    )
    pen.shape(edge, mix(hat.colour, INK, 0.1))
    pen.shape(cone, hat.colour, outline=cone.boundary.difference(edge.buffer(-5)))
    band = _placed(hat, union([box(-41, -14, 41, 2), ellipse(0, 2, 41, 7)])).intersection(cone)
    pen.shape(band, "#7d64a0", ink_width=0.6, shade=0)
    if hat.view != "back":
        x = front(hat.view) - 4
        pen.shape(
            _placed(hat, box(x - 8, -12, x + 8, 5, 1.5).difference(box(x - 4, -8, x + 4, 1)), -24),
            _GOLD,
            ink_width=0.6,
            shade=0,
        )
    for y in (-58, -76):
        pen.ink(
            shapely.get_coordinates(
                _placed(hat, shapely.LineString([(-18, y), (-6, y + 3), (2, y)]))
            ),
            0.5,
            "#7a7684",
        )


def _wizard_hat(pen: Pen, hat: Hat) -> None:
    cone = _placed(hat, union([polygon([(-42, 4), (6, -112), (42, 4)]), ellipse(0, 4, 42, 8)]))
    pen.shape(cone, hat.colour)
    for x, y, r in ((-10, -20, 8), (14, -32, 6), (2, -60, 7), (22, -4, 6)):
        px, py = shapely.get_coordinates(_placed(hat, shapely.Point(x, y)))[0]
        pen.fill(star(float(px), float(py), r), "#f4dd74")


def _pirate_hat(pen: Pen, hat: Hat) -> None:
    shape = [
        (-66, -2),
        (-58, -22),
        (-34, -46),
        (0, -58),
        (34, -46),
        (60, -24),
        (70, -4),
        (40, -2),
        (0, 6),
        (-40, 2),
    ]
    bicorne = _placed(hat, blob(shape), -24)
    pen.shape(bicorne, hat.colour)
    edge = bicorne.boundary.intersection(_placed(hat, box(-90, -90, 90, -6), -24))
    for line in getattr(shapely.line_merge(edge), "geoms", [edge]):
        if line.geom_type == "LineString" and line.length > 20:
            pen.ink(
                shapely.get_coordinates(line.parallel_offset(4, "right")), 1.3, _GOLD, taper=0.8
            )
    if hat.view == "back":
        return
    x, y = front(hat.view) - 6, -47.0
    pen.ink([(x - 15, y + 3), (x + 15, y + 15)], 2.6, _WHITE, taper=1)
    pen.ink([(x + 15, y + 3), (x - 15, y + 15)], 2.6, _WHITE, taper=1)
    skull = union([circle((x, y), 9.5), box(x - 5.5, y + 4, x + 5.5, y + 14, 2)])
    pen.fill(skull, _WHITE)
    for side in (-1, 1):
        pen.fill(circle((x + side * 3.8, y + 0.5), 2.6), INK)


def _santa_hat(pen: Pen, hat: Hat) -> None:
    shape = at(
        hat.view,
        [(-42, -22), (-46, -44), (-36, -72), (-56, -66), (-70, -40), (-62, -30), (-74, -60), (-44, -88), (-4, -82), (30, -60), (42, -30)],
        [(-46, -20), (-50, -44), (-42, -70), (-60, -62), (-72, -36), (-64, -30), (-76, -58), (-48, -86), (-8, -80), (24, -60), (40, -32)],
        [(-42, -12), (-42, -50), (-10, -84), (24, -84), (54, -60), (62, -30), (54, -28), (42, -52), (42, -12)],
    )  # fmt: skip
    pen.shape(blob(shape).buffer(1), hat.colour, shade=1.2)
    tip = at(hat.view, [(-66, -30)], [(-68, -28)], [(58, -26)])[0]
    pen.shape(circle(tip, 11), _WHITE)
    fur = hat_band(hat.view, 13).buffer(4, 6)
    pen.shape(fur, _WHITE)


def _hair_bow(pen: Pen, hat: Hat) -> None:
    x, y = at(hat.view, [(-22, -54)], [(-26, -52)], [(0, -48)])[0]
    for side in (-1, 1):
        wing = blob(
            [
                (x, y - 2),
                (x + side * 20, y - 14),
                (x + side * 25, y),
                (x + side * 20, y + 13),
                (x, y + 3),
            ]
        )
        pen.shape(wing, hat.colour)
    pen.shape(ellipse(x, y, 6, 7), hat.colour, ink_width=0.8, shade=0)


def _flower_crown(pen: Pen, hat: Hat) -> None:
    low = low_edge(hat.view) - (0.0, 13.0)
    pen.ink(low, 2.2, "#6f9a5d", taper=1)
    for share, tone in zip(
        np.linspace(0.03, 0.97, 7), (0.0, 0.45, 0.15, 0.6, 0.0, 0.45, 0.2), strict=True
    ):
        x, y = low[int(share * (len(low) - 1))]
        petals = union(
            [circle((x + 5 * np.cos(a), y + 5 * np.sin(a)), 5) for a in np.arange(5) * 1.257]
        )
        pen.shape(petals, mix(hat.colour, _WHITE, tone), ink_width=0.6, shade=0)
        pen.fill(circle((x, y), 2.8), "#edc04f")


def _gat(pen: Pen, hat: Hat) -> None:
    edge = _placed(hat, ellipse(0, 2, 80, 13))
    pen.fill(edge, hat.colour, 0.72, solid=True)
    pen.ink(shapely.get_coordinates(edge.exterior), 1.0, closed=True)
    tall = _tall(hat, 32, 27, 50)
    pen.shape(tall, hat.colour, outline=tall.boundary.difference(edge.buffer(-5)))


DRAW: dict[str, Callable[[Pen, Hat], None]] = {
    "top hat": _top_hat,
    "bowler hat": _bowler,
    "fedora": _fedora,
    "cowboy hat": _cowboy_hat,
    "scout hat": _scout_hat,
    "wide hat": _wide_hat,
    "rain hat": _rain_hat,
    "deerstalker": _deerstalker,
    "beret": _beret,
    "sailor hat": _sailor_hat,
    "captain cap": _captain_cap,
    "pilot cap": _pilot_cap,
    "conductor cap": _conductor_cap,
    "pillbox hat": _pillbox,
    "nurse cap": _nurse_cap,
    "mortarboard": _mortarboard,
    "crown": _crown,
    "tiara": _tiara,
    "paper crown": _paper_crown,
    "party hat": _party_hat,
    "witch hat": _witch_hat,
    "wizard hat": _wizard_hat,
    "pirate hat": _pirate_hat,
    "santa hat": _santa_hat,
    "hair bow": _hair_bow,
    "flower crown": _flower_crown,
    "gat": _gat,
}
