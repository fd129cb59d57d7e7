"""Cloths, veils, wigs and hoods that cover the hair, in head units, for all three views."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import (
    Geometry,
    blob,
    box,
    circle,
    curve,
    ellipse,
    fill_creases,
    polygon,
    union,
)
from storypainter.ink.drawing.palette import INK, luminance, mix
from storypainter.ink.people.garments.hat_forms import (
    Hat,
    Line,
    at,
    crown,
    front,
    hat_band,
    low_edge,
)

_WHITE = "#fffdf7"
#: The face that a hood leaves open.
_FACE: dict[str, Line] = {
    "three-quarter": [(-22, -12), (-12, -30), (10, -36), (30, -30), (39, -10), (40, 16), (33, 38),
                      (18, 49), (2, 47), (-14, 34), (-22, 12)],
    "profile": [(2, -14), (12, -30), (30, -38), (60, -34), (60, 50), (28, 50), (12, 44), (0, 26), (-1, 6)],
}  # fmt: skip


def _open_face(cloth: Geometry, hat: Hat) -> Geometry:
    return cloth if hat.view == "back" else cloth.difference(blob(_FACE[hat.view]))


def _folds(pen: Pen, cloth: Geometry, folds: list[Line], width: float = 0.6) -> None:
    inside = cloth.buffer(-2)
    for fold in folds:
        line = shapely.LineString(curve(fold)).intersection(inside)
        if line.geom_type == "LineString" and line.length > 6:
            pen.ink(shapely.get_coordinates(line), width)


def _nun_veil(pen: Pen, hat: Hat) -> None:
    veil = at(
        hat.view,
        [(-4, -62), (28, -57), (47, -34), (52, 10), (58, 78), (30, 84), (-30, 92), (-72, 84), (-60, 30), (-54, -20), (-34, -54)],
        [(-10, -62), (18, -58), (30, -44), (4, 10), (8, 70), (-20, 92), (-72, 88), (-66, 20), (-58, -20), (-40, -54)],
        [(0, -62), (30, -54), (50, -20), (58, 40), (66, 92), (0, 100), (-66, 92), (-58, 40), (-50, -20), (-30, -54)],
    )  # fmt: skip
    if hat.view == "back":
        pen.shape(blob(veil), hat.colour, shade=1.2)
        _folds(
            pen, blob(veil), [[(-20, -20), (-26, 40), (-24, 90)], [(20, -20), (26, 40), (24, 90)]]
        )
        return
    coif = at(
        hat.view,
        [(-4, -54), (24, -50), (42, -34), (45, -8), (44, 22), (36, 50), (30, 70), (6, 76), (-24, 70), (-36, 40), (-38, -10), (-26, -46)],
        [(-4, -54), (22, -50), (40, -38), (20, 20), (30, 52), (32, 68), (6, 76), (-20, 66), (-24, 20), (-20, -40)],
        [],
    )  # fmt: skip
    whole = blob(veil)
    pen.shape(whole.difference(blob(_FACE[hat.view])), hat.colour, shade=1.2)
    pen.shape(_open_face(blob(coif), hat), _WHITE, ink_width=0.9)
    hood = at(
        hat.view,
        [(-4, -62), (28, -57), (44, -38), (24, -45), (0, -48), (-22, -40), (-32, -10), (-38, 40), (-34, 84), (-72, 84), (-60, 30), (-54, -20), (-34, -54)],
        [(-10, -62), (18, -58), (36, -44), (16, -46), (-6, -40), (-16, 0), (-18, 50), (-20, 92), (-72, 88), (-66, 20), (-58, -20), (-40, -54)],
        [],
    )  # fmt: skip
    pen.shape(blob(hood), hat.colour, shade=1.2)


def _keffiyeh(pen: Pen, hat: Hat) -> None:
    cloth = at(
        hat.view,
        [(-4, -62), (26, -57), (46, -38), (50, -10), (52, 24), (60, 72), (44, 78), (36, 44), (40, 8), (34, -26), (8, -34), (-20, -26), (-30, 10), (-26, 46), (-30, 84), (-70, 80), (-60, 26), (-54, -20), (-34, -54)],
        [(-10, -62), (18, -58), (42, -42), (44, -30), (16, -30), (-2, -14), (-6, 20), (-2, 60), (-20, 86), (-72, 82), (-64, 20), (-58, -20), (-40, -54)],
        [(0, -62), (30, -54), (50, -20), (58, 40), (64, 82), (0, 90), (-64, 82), (-58, 40), (-50, -20), (-30, -54)],
    )  # fmt: skip
    shape = blob(cloth, steps=5)
    pen.shape(shape, hat.colour, shade=1.2)
    inside = shape.buffer(-2.5)
    tone = "#c44a37" if luminance(hat.colour) > 0.6 else _WHITE
    for step in range(-90, 110, 13):
        for line in ([(step, -70), (step - 30, 100)], [(step - 40, -70), (step + 10, 100)]):
            cut = shapely.LineString(line).intersection(inside)
            pen.fill(cut.buffer(0.55), tone, 0.7)
    for lift in (17.0, 25.0):
        pen.shape(hat_band(hat.view, 6, lift).buffer(1), "#2e2a33", ink_width=0.5, shade=0)


def _kufi(pen: Pen, hat: Hat) -> None:
    cap = crown(hat.view, 58)
    pen.shape(cap, hat.colour)
    trim = mix(hat.colour, _WHITE if luminance(hat.colour) < 0.6 else INK, 0.5)
    band = hat_band(hat.view, 12)
    pen.shape(band, mix(hat.colour, INK, 0.12), ink_width=0.7, shade=0)
    low = low_edge(hat.view) - (0.0, 6.0)
    for share in np.linspace(0.08, 0.92, 8):
        pen.fill(circle(low[int(share * (len(low) - 1))], 2.2), trim)


def _songkok(pen: Pen, hat: Hat) -> None:
    low = low_edge(hat.view)
    top = [(low[-1, 0] - 3, -60), (low[0, 0] + 5, -58)]
    pen.shape(polygon(np.vstack([low, top])).buffer(1.5), hat.colour)


def _head_wrap(pen: Pen, hat: Hat) -> None:
    """A West African gele: stiff cloth folded into a tall fan."""
    fan = at(
        hat.view,
        [(-46, -8), (-70, -40), (-74, -76), (-44, -92), (-6, -82), (30, -96), (62, -82), (60, -46), (44, -24), (20, -31), (-18, -25)],
        [(-50, -6), (-80, -36), (-84, -72), (-54, -92), (-14, -84), (24, -92), (50, -74), (48, -44), (44, -26), (10, -27), (-22, -20)],
        [(-46, -4), (-72, -44), (-60, -84), (-20, -90), (20, -96), (62, -84), (70, -44), (46, -4), (0, 2)],
    )  # fmt: skip
    cloth = blob(fan)
    pen.shape(cloth, hat.colour, shade=1.3)
    x = front(hat.view) - 16
    folds: list[Line] = [
        [(x, -28), (-34, -48), (-66, -70)],
        [(x, -28), (-18, -58), (-34, -86)],
        [(x, -28), (6, -60), (2, -84)],
        [(x, -28), (26, -60), (34, -90)],
        [(x, -28), (38, -50), (58, -66)],
    ]
    _folds(pen, cloth, folds, 0.7)
    pen.shape(hat_band(hat.view, 9).buffer(1.5), mix(hat.colour, "#edc04f", 0.35), ink_width=0.8)


def _tied(dotted: bool) -> Callable[[Pen, Hat], None]:
    """A square of cloth tied at the nape."""

    def draw(pen: Pen, hat: Hat) -> None:
        cap = crown(hat.view, 59)
        ends = at(
            hat.view,
            [(-42, -12), (-66, -2), (-74, 14), (-60, 10), (-58, 28), (-46, 8)],
            [(-48, -8), (-70, 0), (-80, 16), (-66, 12), (-64, 30), (-50, 8)],
            [(-8, 0), (-22, 24), (-8, 18), (0, 6), (10, 20), (22, 22), (8, 0)],
        )
        back = blob(ends)
        if hat.view != "back":
            pen.shape(back, mix(hat.colour, INK, 0.1))
        pen.shape(cap, hat.colour, shade=1.1)
        if hat.view == "back":
            pen.shape(back, mix(hat.colour, INK, 0.1))
        if dotted:
            for x, y in (
                (-32, -30),
                (-16, -48),
                (4, -40),
                (20, -54),
                (30, -38),
                (-4, -57),
                (-40, -44),
            ):
                pen.fill(circle((x, y), 3).intersection(cap.buffer(-2)), _WHITE)
        pen.ink(curve(list(map(tuple, low_edge(hat.view) - (0, 6)))), 0.5)

    return draw


def _headscarf(pen: Pen, hat: Hat) -> None:
    """Tied over the hair with a knot above the brow."""
    cap = crown(hat.view, 62, bulge=2)
    side = at(
        hat.view,
        [(-46, -20), (-50, 0), (-44, 22), (-30, 20), (-28, -4), (-30, -20)],
        [(-56, -18), (-58, 8), (-40, 28), (-20, 14), (-20, -18)],
        [(-48, -20), (-50, 14), (-24, 34), (24, 34), (50, 14), (48, -20)],
    )
    cloth = fill_creases(union([cap, blob(side)]), 3)
    pen.shape(cloth, hat.colour, shade=1.2)
    for dot in ((-38, -6), (-30, -32), (-14, -46), (6, -52), (-40, 12), (22, -48)):
        pen.fill(circle(dot, 2.8).intersection(cloth.buffer(-2)), _WHITE)
    if hat.view == "back":
        return
    x = front(hat.view) - 4
    for turn in (-1, 1):
        ear = blob([(x, -56), (x + turn * 10, -76), (x + turn * 22, -78), (x + turn * 14, -60)])
        pen.shape(ear, hat.colour, ink_width=0.9)
    pen.shape(ellipse(x, -57, 8, 7), mix(hat.colour, INK, 0.08), ink_width=0.9, shade=0)


def _close_cap(stripe: str | None) -> Callable[[Pen, Hat], None]:
    """A cap that hides all hair: rubber for swimming, cloth for the theatre."""

    def draw(pen: Pen, hat: Hat) -> None:
        low = at(
            hat.view,
            [(-42, 4), (-45, -26), (-28, -50), (-2, -56), (22, -52), (38, -38), (41, -22), (16, -29), (-14, -24), (-32, -10), (-34, 4)],
            [(-48, 8), (-50, -24), (-34, -48), (-8, -56), (16, -52), (36, -38), (40, -24), (14, -26), (-6, -14), (-18, 8)],
            [(-44, 16), (-46, -22), (-30, -48), (0, -56), (30, -48), (46, -22), (44, 16), (0, 28)],
        )  # fmt: skip
        cap = blob(low)
        pen.shape(cap, hat.colour, shade=1.2)
        if stripe is not None:
            line = at(
                hat.view,
                [(-46, -34), (-10, -40), (40, -32)],
                [(-52, -30), (-10, -40), (40, -34)],
                [(-50, -20), (0, -24), (50, -20)],
            )
            pen.fill(
                shapely.LineString(curve(line)).buffer(3.4).intersection(cap.buffer(-0.8)), stripe
            )
        else:
            if hat.view != "back":
                pen.ink(curve(low[-5:-1]), 0.6)
            x, y = at(hat.view, [(-42, -2)], [(-50, 0)], [(0, 22)])[0]
            for end in ((-14, 14), (-6, 20)):
                pen.ink([(x, y), (x + end[0], y + end[1])], 1.3, mix(hat.colour, INK, 0.4))

    return draw


def _judge_wig(pen: Pen, hat: Hat) -> None:
    mass = at(
        hat.view,
        [(-4, -62), (26, -57), (46, -38), (50, -10), (48, 30), (52, 62), (36, 66), (38, 20), (36, -16), (10, -30), (-18, -20), (-26, 6), (-22, 40), (-20, 74), (-58, 70), (-56, 20), (-54, -26), (-34, -55)],
        [(-10, -62), (18, -58), (40, -42), (40, -26), (14, -28), (-4, -10), (-4, 40), (0, 72), (-52, 72), (-60, 20), (-58, -24), (-38, -55)],
        [(0, -62), (32, -54), (52, -20), (56, 30), (56, 72), (0, 78), (-56, 72), (-56, 30), (-52, -20), (-32, -54)],
    )  # fmt: skip
    wig = blob(mass, steps=5)
    pen.shape(wig, hat.colour, shade=1.2)
    columns = at(
        hat.view,
        [(-46, 0), (-32, 0), (44, 0)],
        [(-48, 0), (-30, 0), (-13, 0)],
        [(-42, 0), (-21, 0), (0, 0), (21, 0), (42, 0)],
    )
    inside = wig.buffer(-1)
    for x, _ in columns:
        for y in range(-20, 76, 13):
            roll = ellipse(x, y, 8.5, 5.6)
            if inside.contains(roll.buffer(-3)):
                pen.shape(
                    roll.intersection(inside),
                    mix(hat.colour, _WHITE, 0.3),
                    ink_width=0.55,
                    shade=0.5,
                )
    for y, spread in ((-36, 34), (-46, 26)):
        for x in np.linspace(-spread, spread, 5):
            pen.ink(curve([(x - 6, y + 4), (x, y - 3), (x + 6, y + 4)]), 0.5)


def _clown_wig(pen: Pen, hat: Hat) -> None:
    spots = at(
        hat.view,
        [(-48, -6), (-56, -26), (-44, -44), (-24, -56), (40, -42), (50, -26), (48, -6), (-44, 12), (4, -60), (24, -54)],
        [(-56, -6), (-60, -26), (-46, -46), (-26, -58), (-48, 14), (-34, 4), (0, -60), (22, -50)],
        [(-48, -6), (-50, -30), (-32, -50), (0, -60), (32, -50), (50, -30), (48, -6), (-30, 14), (0, 18), (30, 14), (0, -20), (-24, -20), (24, -20)],
    )  # fmt: skip
    puffs = union([circle(spot, 18) for spot in spots])
    if hat.view != "back":
        puffs = puffs.difference(
            blob(
                [(-26, 8), (-20, -24), (8, -38), (32, -32), (42, -10), (60, 40), (-10, 60)]
                if hat.view == "three-quarter"
                else [(0, 10), (6, -30), (30, -40), (70, -30), (60, 60), (0, 50)]
            )
        )
    pen.shape(fill_creases(puffs, 2), hat.colour, shade=1.2)
    for x, y in spots[::2]:
        pen.ink(curve([(x - 7, y + 2), (x, y - 7), (x + 7, y), (x + 1, y + 5)]), 0.6)


def _veil(pen: Pen, hat: Hat) -> None:
    """A bride's veil of tulle over the back of the head, under a wreath."""
    shape = at(
        hat.view,
        [(2, -60), (-24, -60), (-48, -38), (-62, 10), (-84, 90), (-96, 170), (-60, 180), (-34, 168), (-34, 90), (-36, 20), (-26, -30), (2, -50)],
        [(-4, -60), (-30, -58), (-54, -36), (-68, 10), (-90, 90), (-100, 170), (-64, 180), (-38, 168), (-36, 90), (-34, 20), (-22, -30), (0, -50)],
        [(0, -62), (-34, -50), (-54, -6), (-70, 90), (-78, 190), (0, 204), (78, 190), (70, 90), (54, -6), (34, -50)],
    )  # fmt: skip
    tulle = blob(shape)
    pen.fill(tulle, hat.colour, 0.78, solid=True)
    pen.ink(shapely.get_coordinates(tulle.exterior), 0.9, closed=True)
    _folds(pen, tulle, [[(-34, -40), (-56, 60), (-74, 172)], [(-26, -40), (-44, 60), (-50, 174)]])
    low = low_edge(hat.view) - (0.0, 24.0)
    for share in np.linspace(0.12, 0.9, 6):
        x, y = low[int(share * (len(low) - 1))]
        pen.shape(circle((x, y), 5.2), _WHITE, ink_width=0.6, shade=0)
        pen.fill(circle((x, y), 1.8), "#edc04f")


def _balaclava(pen: Pen, hat: Hat) -> None:
    hood = at(
        hat.view,
        [(-4, -56), (24, -52), (42, -34), (46, -8), (44, 24), (34, 48), (14, 58), (-20, 60), (-38, 44), (-46, 10), (-46, -28), (-28, -50)],
        [(-8, -56), (18, -53), (38, -40), (44, -18), (40, 30), (32, 52), (4, 60), (-34, 56), (-48, 30), (-52, -8), (-46, -34), (-30, -50)],
        [(0, -56), (30, -50), (46, -24), (44, 16), (34, 46), (0, 60), (-34, 46), (-44, 16), (-46, -24), (-30, -50)],
    )  # fmt: skip
    cloth = blob(hood)
    if hat.view != "back":
        eyes = (
            ellipse(12, -1, 28, 14, -4) if hat.view == "three-quarter" else ellipse(30, -1, 18, 14)
        )
        mouth = ellipse(17, 29, 12, 7) if hat.view == "three-quarter" else ellipse(36, 29, 9, 7)
        cloth = cloth.difference(union([eyes, mouth]))
    pen.shape(cloth, hat.colour, shade=1.2)


def _ghost_sheet(pen: Pen, hat: Hat) -> None:
    """A bed sheet over the head, with two holes to look through."""
    hood = at(
        hat.view,
        [(0, -60), (32, -54), (52, -20), (58, 30), (70, 84), (0, 96), (-74, 84), (-60, 30), (-54, -20), (-34, -54)],
        [(-4, -60), (28, -54), (48, -20), (54, 30), (66, 84), (-4, 96), (-74, 84), (-62, 30), (-58, -20), (-38, -54)],
        [(0, -60), (32, -54), (52, -20), (60, 30), (72, 84), (0, 96), (-72, 84), (-60, 30), (-52, -20), (-32, -54)],
    )  # fmt: skip
    cloth = blob(hood)
    edge = cloth.boundary.difference(box(-120, 78, 120, 130))
    pen.shape(cloth, hat.colour, shade=1.2, outline=edge)
    _folds(
        pen,
        cloth,
        [[(-34, 20), (-44, 60), (-46, 92)], [(34, 26), (40, 60), (38, 92)], [(-4, 50), (-6, 92)]],
    )
    if hat.view == "back":
        return
    for x in (-2.0, 28.0) if hat.view == "three-quarter" else (26.0,):
        pen.shape(ellipse(x, -2, 9.5, 13, 6), INK, ink_width=0.6, shade=0)
        pen.fill(circle((x + 3, -6), 2.6), _WHITE)
    mouth_x = 14.0 if hat.view == "three-quarter" else 34.0
    pen.shape(ellipse(mouth_x, 30, 7, 9), INK, ink_width=0.6, shade=0)


def _bonnet(pen: Pen, hat: Hat) -> None:
    hood = at(
        hat.view,
        [(-4, -60), (26, -56), (45, -36), (47, -6), (44, 30), (30, 52), (0, 56), (-30, 46), (-50, 12), (-52, -26), (-32, -53)],
        [(-8, -60), (20, -56), (40, -40), (30, 0), (28, 50), (0, 54), (-40, 36), (-56, 4), (-54, -30), (-34, -54)],
        [(0, -60), (32, -52), (50, -20), (48, 20), (24, 46), (0, 50), (-24, 46), (-48, 20), (-50, -20), (-32, -52)],
    )  # fmt: skip
    cloth = _open_face(blob(hood), hat)
    pen.shape(cloth, hat.colour, shade=1.1)
    if hat.view == "back":
        return
    frill = [p for p in curve(_FACE[hat.view], closed=True, steps=2) if p[1] < 40 and p[0] < 58]
    for x, y in frill:
        pen.shape(circle((x, y), 3.6), _WHITE, ink_width=0.35, shade=0)
    x, y = (16.0, 56.0) if hat.view == "three-quarter" else (26.0, 56.0)
    for side in (-1, 1):
        pen.shape(
            ellipse(x + side * 9, y, 9, 5, side * 20),
            mix(hat.colour, "#d5738a", 0.5),
            ink_width=0.7,
            shade=0,
        )


DRAW: dict[str, Callable[[Pen, Hat], None]] = {
    "nun veil": _nun_veil,
    "keffiyeh": _keffiyeh,
    "kufi": _kufi,
    "songkok": _songkok,
    "head wrap": _head_wrap,
    "bandana": _tied(dotted=True),
    "headscarf": _headscarf,
    "swimming cap": _close_cap(_WHITE),
    "surgical cap": _close_cap(None),
    "judge wig": _judge_wig,
    "clown wig": _clown_wig,
    "veil": _veil,
    "balaclava": _balaclava,
    "ghost sheet": _ghost_sheet,
    "bonnet": _bonnet,
}
