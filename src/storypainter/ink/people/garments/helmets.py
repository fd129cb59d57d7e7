"""Helmets, bands, headphones and what shields a head, in head units, for all three views."""

from __future__ import annotations

from collections.abc import Callable

import shapely

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import (
    blob,
    bow,
    box,
    circle,
    curve,
    ellipse,
    polygon,
    union,
    vector,
)
from storypainter.ink.drawing.palette import INK, mix
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

_WHITE = "#fffdf7"


def _chin_strap(pen: Pen, hat: Hat) -> None:
    if hat.view == "back":
        return
    line = at(
        hat.view, [(-30, -8), (-26, 22), (-4, 46), (10, 51)], [(-10, -8), (0, 24), (20, 49)], []
    )
    pen.ink(curve(line), 1.5, mix(INK, "#ffffff", 0.15), taper=0.9)


def _hard_hat(pen: Pen, hat: Hat) -> None:
    dome = crown(hat.view, 70, bulge=4)
    pen.shape(dome, hat.colour, shade=1.3)
    ridge = at(
        hat.view,
        [(-20, -68), (6, -73), (22, -62), (30, -36), (16, -34), (4, -58)],
        [(-20, -68), (8, -72), (34, -58), (44, -34), (36, -32), (18, -56)],
        [(-9, -70), (9, -70), (10, -40), (9, -8), (-9, -8), (-10, -40)],
    )
    pen.shape(blob(ridge), mix(hat.colour, "#ffffff", 0.2), ink_width=0.7, shade=0)
    edge = brim(hat.view, 56, 8)
    pen.shape(
        edge.difference(dome.buffer(-9)) if hat.view == "back" else edge, mix(hat.colour, INK, 0.08)
    )
    if hat.view != "back":
        pen.shape(peak(hat.view, 24), hat.colour)


def _fire_helmet(pen: Pen, hat: Hat) -> None:
    """A leather fire helmet: a comb along the top, a shield in front, a long brim behind."""
    edge = at(
        hat.view,
        [(-82, 12), (-66, -10), (-44, -22), (16, -35), (56, -26), (66, -14), (40, -16), (12, -18), (-20, -9), (-50, 8), (-70, 22)],
        [(-88, 12), (-68, -12), (-44, -20), (14, -31), (60, -29), (72, -18), (40, -17), (8, -14), (-24, -6), (-56, 8), (-76, 22)],
        [(-66, 10), (-48, -12), (0, -16), (48, -12), (66, 10), (40, 26), (-40, 26)],
    )  # fmt: skip
    dome = crown(hat.view, 72, bulge=3)
    pen.shape(blob(edge), mix(hat.colour, INK, 0.12))
    pen.shape(dome, hat.colour, shade=1.3, outline=dome.boundary.difference(blob(edge).buffer(-3)))
    comb = at(
        hat.view,
        [(-30, -66), (-10, -82), (14, -80), (24, -64), (6, -70)],
        [(-36, -64), (-10, -82), (18, -76), (30, -60), (4, -68)],
        [(-6, -72), (0, -82), (6, -72), (6, -20), (-6, -20)],
    )
    pen.shape(blob(comb), mix(hat.colour, "#f4dd74", 0.7), ink_width=0.8, shade=0)
    if hat.view == "back":
        return
    x = front(hat.view) + 2
    shield = polygon(
        [(x - 15, -64), (x, -74), (x + 15, -64), (x + 13, -42), (x, -33), (x - 13, -42)]
    )
    pen.shape(shield.buffer(1), "#f4dd74", ink_width=0.8, shade=0.5)
    flame = blob([(x, -66), (x + 7, -52), (x + 5, -43), (x - 5, -43), (x - 7, -52)])
    pen.shape(flame, "#c44a37", ink_width=0.5, shade=0)


def _cycle_helmet(pen: Pen, hat: Hat) -> None:
    shell = crown(hat.view, 70, bulge=6)
    pen.shape(shell, hat.colour, shade=1.2)
    slots = at(
        hat.view,
        [(-34, -34), (-14, -46), (8, -50), (28, -44)],
        [(-38, -34), (-18, -48), (6, -50), (28, -44)],
        [(-26, -40), (-9, -46), (9, -46), (26, -40)],
    )
    for index, (x, y) in enumerate(slots):
        turn = (-30, -12, 10, 24)[index] if hat.view != "back" else (-14, -4, 4, 14)[index]
        pen.fill(ellipse(x, y, 4.6, 13, turn).intersection(shell.buffer(-2)), INK)
    pen.fill(hat_band(hat.view, 5).intersection(shell.buffer(-1)), _WHITE)
    _chin_strap(pen, hat)


def _riding_hat(pen: Pen, hat: Hat) -> None:
    pen.shape(crown(hat.view, 66, bulge=3), hat.colour)
    pen.shape(circle((middle(hat.view), -66), 4), hat.colour, ink_width=0.7, shade=0)
    pen.ink(
        curve([(middle(hat.view), -64), (front(hat.view), -48), (front(hat.view) + 2, -30)]),
        0.6,
        "#8f8a98",
    )
    if hat.view != "back":
        pen.shape(peak(hat.view, 16), mix(hat.colour, "#ffffff", 0.1))
    _chin_strap(pen, hat)


def _army_helmet(pen: Pen, hat: Hat) -> None:
    shape = at(
        hat.view,
        [(-56, 6), (-54, -28), (-34, -58), (0, -68), (34, -58), (54, -34), (58, -14), (34, -20), (10, -16), (-20, -6), (-34, 8)],
        [(-60, 8), (-58, -28), (-38, -58), (-4, -68), (30, -58), (52, -36), (58, -18), (30, -18), (6, -14), (-14, 8), (-38, 12)],
        [(-54, 12), (-55, -26), (-34, -58), (0, -68), (34, -58), (55, -26), (54, 12), (0, 18)],
    )  # fmt: skip
    shell = blob(shape)
    pen.shape(shell, hat.colour, shade=1.3)
    spots = (
        (-34, -30, 14, 9),
        (-4, -50, 15, 8),
        (26, -40, 13, 8),
        (0, -26, 12, 6),
        (40, -24, 9, 6),
    )
    for index, (x, y, rx, ry) in enumerate(spots):
        tone = mix(hat.colour, "#3a2c28", 0.45) if index % 2 else mix(hat.colour, "#dfc79b", 0.45)
        pen.fill(ellipse(x, y, rx, ry, 20 * index).intersection(shell.buffer(-2)), tone)
    _chin_strap(pen, hat)


def _headlamp(pen: Pen, hat: Hat) -> None:
    _hard_hat(pen, Hat("hard hat", "#edc04f", hat.view))
    if hat.view == "back":
        return
    x, y = front(hat.view) + 4, -50.0
    beam = polygon([(x + 8, y - 7), (x + 60, y - 30), (x + 62, y + 18), (x + 8, y + 7)])
    pen.fill(beam, "#fff3b0", 0.55)
    pen.shape(circle((x, y), 12), hat.colour, ink_width=0.8, shade=0)
    pen.shape(circle((x + 2, y), 8), "#fff3b0", ink_width=0.6, shade=0)


def _space_helmet(pen: Pen, hat: Hat) -> None:
    x = middle(hat.view) + 4
    bubble = ellipse(x, -6, 66, 66)
    if hat.view == "back":
        pen.shape(bubble, hat.colour, shade=1.3)
        pen.shape(ellipse(x, 52, 48, 12), mix(hat.colour, INK, 0.15), ink_width=0.8)
        return
    shell = bubble.difference(ellipse(x + 8, -6, 51, 49))
    pen.fill(ellipse(x + 8, -6, 51, 49), "#a9d3e2", 0.22)
    pen.shape(shell, hat.colour, shade=1.2)
    pen.ink(curve([(x - 26, -34), (x - 14, -44), (x + 2, -48)]), 2.2, _WHITE)
    pen.ink(curve([(x - 31, -24), (x - 29, -28)]), 2.2, _WHITE)
    pen.shape(box(x - 66, -16, x - 54, 10, 4), "#c44a37", ink_width=0.8, shade=0)
    ring = shapely.LineString(bow((x - 46, 42), (x, 62), (x + 46, 42))).buffer(6)
    pen.shape(ring, "#c9c7c8", ink_width=0.9)


def _knight_helmet(pen: Pen, hat: Hat) -> None:
    """An open helmet of plates: the visor is up, so that the face shows."""
    shape = at(
        hat.view,
        [(-4, -62), (28, -56), (46, -36), (49, -10), (46, 20), (38, 44), (16, 56), (-22, 58), (-44, 44), (-50, 10), (-52, -20), (-34, -54)],
        [(-10, -62), (18, -58), (38, -44), (44, -20), (30, 24), (30, 48), (4, 58), (-34, 56), (-54, 40), (-58, 0), (-54, -34), (-36, -56)],
        [(0, -62), (30, -54), (50, -24), (52, 10), (46, 44), (24, 58), (-24, 58), (-46, 44), (-52, 10), (-50, -24), (-30, -54)],
    )  # fmt: skip
    shell = blob(shape)
    plume = at(
        hat.view,
        [(-6, -60), (-14, -92), (-44, -104), (-76, -88), (-84, -52), (-70, -28), (-64, -56), (-46, -72), (-22, -66)],
        [(-12, -60), (-20, -92), (-50, -102), (-80, -84), (-88, -48), (-74, -24), (-68, -52), (-50, -70), (-26, -66)],
        [(-8, -60), (-16, -88), (0, -104), (16, -88), (10, -40), (14, 8), (-6, 20), (-8, -20)],
    )  # fmt: skip
    if hat.view != "back":
        opening = at(
            hat.view,
            [(-20, -22), (10, -30), (40, -24), (42, 14), (32, 42), (4, 44), (-16, 30)],
            [(4, -24), (30, -30), (64, -30), (64, 52), (30, 50), (8, 40)],
            [],
        )
        shell = shell.difference(polygon(opening).buffer(-3).buffer(3))
    pen.shape(blob(plume), "#c44a37", shade=1.2)
    pen.shape(shell, hat.colour, shade=1.4)
    if hat.view == "back":
        pen.ink([(0, -60), (0, 54)], 0.7)
        return
    visor = at(
        hat.view,
        [(-26, -24), (-20, -46), (14, -56), (46, -44), (52, -26), (12, -33)],
        [(-16, -22), (-4, -48), (30, -52), (58, -38), (60, -26), (20, -30)],
        [],
    )
    pen.shape(blob(visor), mix(hat.colour, "#ffffff", 0.25), ink_width=0.9)
    slit = at(hat.view, [(-8, -41), (16, -46), (38, -39)], [(4, -42), (28, -44), (46, -37)], [])
    pen.ink(curve(slit), 2.0, taper=0.8)
    hinge = at(hat.view, [(-27, -24)], [(-14, -22)], [])[0]
    pen.shape(circle(hinge, 5), "#d9a83a", ink_width=0.6, shade=0)


def _welding_mask(pen: Pen, hat: Hat) -> None:
    """The mask is tipped up over the brow, so that the face shows."""
    pen.shape(hat_band(hat.view, 8), mix(hat.colour, "#ffffff", 0.2), ink_width=0.7, shade=0)
    shape = at(
        hat.view,
        [(-34, -34), (-30, -74), (2, -96), (48, -92), (70, -70), (60, -34), (30, -28), (0, -30)],
        [(-26, -34), (-22, -74), (14, -96), (56, -90), (76, -68), (62, -30), (30, -26), (0, -28)],
        [(-46, -30), (-44, -70), (-20, -90), (20, -90), (44, -70), (46, -30), (0, -22)],
    )
    pen.shape(blob(shape), hat.colour, shade=1.4)
    if hat.view == "back":
        return
    window = at(
        hat.view,
        [(8, -78), (46, -74), (44, -54), (8, -57)],
        [(20, -78), (56, -72), (54, -52), (20, -56)],
        [],
    )
    pen.shape(polygon(window).buffer(2), "#3f8a69", ink_width=0.9, shade=0)
    pen.ink(
        [(window[0][0] + 6, window[0][1] + 14), (window[0][0] + 16, window[0][1] + 4)], 1.4, _WHITE
    )


def _bee_hat(pen: Pen, hat: Hat) -> None:
    x = middle(hat.view)
    net = blob(
        [
            (x - 50, -22),
            (x - 62, 10),
            (x - 66, 50),
            (x - 40, 66),
            (x, 70),
            (x + 44, 66),
            (x + 66, 48),
            (x + 62, 6),
            (x + 52, -24),
        ]
    )
    pen.fill(net, "#4a4650", 0.34, solid=False)
    for step in range(-60, 70, 11):
        for line in ([(x + step, -30), (x + step, 72)], [(x - 70, step + 6), (x + 70, step + 6)]):
            cut = shapely.LineString(line).intersection(net.buffer(-1))
            if cut.geom_type == "LineString" and cut.length > 4:
                pen.fill(cut.buffer(0.35), "#2e2a33", 0.6)
    pen.ink(shapely.get_coordinates(net.exterior), 0.9, closed=True)
    edge = brim(hat.view, 76, 12)
    dome = crown(hat.view, 58)
    pen.shape(edge, mix(hat.colour, INK, 0.05))
    pen.shape(dome, hat.colour, outline=dome.boundary.difference(edge.buffer(-3)))
    pen.shape(hat_band(hat.view, 8).intersection(dome), "#46424a", ink_width=0.5, shade=0)


def _band(height: float, lift: float) -> Callable[[Pen, Hat], None]:
    def draw(pen: Pen, hat: Hat) -> None:
        pen.shape(hat_band(hat.view, height, lift).buffer(1.2), hat.colour, ink_width=0.9)

    return draw


def _headband(pen: Pen, hat: Hat) -> None:
    """A band over the top of the hair."""
    line = at(
        hat.view,
        [(-38, -4), (-40, -30), (-26, -50), (0, -57), (24, -52), (38, -36)],
        [(-16, -2), (-20, -34), (-10, -54), (4, -57)],
        [(-46, -10), (-38, -42), (0, -58), (38, -42), (46, -10)],
    )
    band = shapely.LineString(curve(line)).buffer(4.5, cap_style="flat")
    pen.shape(band, hat.colour, ink_width=0.9, shade=0.5)


def _head_bandage(pen: Pen, hat: Hat) -> None:
    band = hat_band(hat.view, 20, 0.0).buffer(2.0)
    over = at(
        hat.view,
        [(-44, -20), (-30, -48), (0, -58), (28, -50), (40, -36)],
        [(-48, -18), (-36, -48), (-6, -58), (24, -50), (38, -34)],
        [(-44, -14), (-34, -46), (0, -58), (34, -46), (44, -14)],
    )
    pen.shape(
        polygon([*curve(over), *low_edge(hat.view)[::-1]]).intersection(box(-90, -90, 90, 40)),
        hat.colour,
    )
    pen.shape(band, hat.colour, ink_width=0.9)
    low = low_edge(hat.view)
    for share in (0.2, 0.48, 0.74):
        spot = low[int(share * (len(low) - 1))]
        pen.ink([spot - (5, 0), spot + vector(7, -18)], 0.6)
    if hat.view != "back":
        x = front(hat.view) + 8
        pen.fill(
            union([box(x - 2.4, -46, x + 2.4, -32), box(x - 7, -41.4, x + 7, -36.6)]), "#c44a37"
        )


def _headphones(pen: Pen, hat: Hat) -> None:
    line = at(
        hat.view,
        [(-40, 4), (-48, -28), (-28, -58), (0, -65), (24, -60), (40, -42)],
        [(-8, 2), (-12, -32), (-6, -58), (2, -64)],
        [(-46, 4), (-46, -36), (0, -66), (46, -36), (46, 4)],
    )
    pen.shape(shapely.LineString(curve(line)).buffer(3.6), hat.colour, ink_width=0.8, shade=0)
    spots = at(hat.view, [(-38, 6)], [(-8, 6)], [(-45, 6), (45, 6)])
    for x, y in spots:
        pen.shape(ellipse(x, y, 10, 15), hat.colour)
        pen.shape(ellipse(x - 1, y, 5, 9), mix(hat.colour, "#ffffff", 0.3), ink_width=0.6, shade=0)


def _ear_muffs(pen: Pen, hat: Hat) -> None:
    _headphones(pen, Hat("headphones", mix(hat.colour, "#ffffff", 0.25), hat.view))


DRAW: dict[str, Callable[[Pen, Hat], None]] = {
    "hard hat": _hard_hat,
    "fire helmet": _fire_helmet,
    "cycle helmet": _cycle_helmet,
    "riding hat": _riding_hat,
    "army helmet": _army_helmet,
    "headlamp": _headlamp,
    "space helmet": _space_helmet,
    "knight helmet": _knight_helmet,
    "welding mask": _welding_mask,
    "bee hat": _bee_hat,
    "sweatband": _band(12.0, 8.0),
    "headband": _headband,
    "head bandage": _head_bandage,
    "headphones": _headphones,
    "ear muffs": _ear_muffs,
}
