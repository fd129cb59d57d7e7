"""The setting kit ``bus``: inside a bus, its large windows, rows of seats, yellow poles and straps."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from storypainter.ink.drawing.forms import band, limb, oval, poly, rect
from storypainter.ink.drawing.geometry import Frame, Geometry, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, ON_WALL, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.props.prop import Look
from storypainter.ink.props.travel_bus import draw_bus_pane
from storypainter.ink.scenery.room import FLOOR_DEPTH, WALL_DEPTH

_SHAPE = Shape(
    far_line=0.72,
    back=(0.745, 0.785),
    middle=(0.81, 0.87),
    front=(0.905, 0.96),
    far_scale=0.88,
    zoom=1.12,
)
_SIDES = ("#dfe3dc", "#e3dfd2", "#d8e0e4")
_PANELS = ("#93b0b8", "#b8a68d", "#9aaebf")
_FLOOR = "#a39c98"
_POLE = "#e3b23c"
_PITCH, _SILL = 172.0, 80.0  # cm from window to window, and of their lower edge
_HALF, _HEAD = 79.0, 200.0  # cm: half a window with its frame, and its upper edge
_GAP, _SLIM = 14.0, 26.0  # cm: between windows, and half of the narrowest
_ENOUGH = 0.6  # the share of the glass that has to be left between what hangs on the side
#: Half of the width of side, in cm, that what reaches as high as the windows needs.
_TALL = {"bus door": 66.0, "driver seat": 66.0, "bus window": 86.0}
_ROOF_DEPTH, _STRAP_DEPTH = -45.0, 8e5


def paint(scenery: Scenery) -> None:
    """The side of the bus, its heater strip, the ribbed floor, a curved roof with lamps."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    line, cm, width = stage.far_line, stage.cm(stage.far_line), stage.width
    side = _SIDES[scenery.seed % len(_SIDES)]
    panel = _PANELS[scenery.seed % len(_PANELS)]
    with canvas.layer("side", WALL_DEPTH, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        canvas.fill(rect(-5, -5, width + 5, line + 3), side)
        canvas.fill(rect(-5, line - 74 * cm, width + 5, line), panel)
        canvas.ink([(-5, line - 74 * cm), (width + 5, line - 74 * cm)], 1.0)
        for k in range(int(width / (78 * cm)) + 2):
            x = (k - 0.5) * 78 * cm
            canvas.ink([(x, line - 74 * cm), (x, line - 16 * cm)], 0.6, mix(panel, "#3a3842", 0.3))
        heater = rect(-8, line - 16 * cm, width + 8, line)
        canvas.shape(heater, mix(panel, "#3a3842", 0.25), ink_width=0.9, shade=0)
        for k in range(int(width / (9 * cm)) + 2):
            x = k * 9 * cm
            canvas.ink([(x, line - 12 * cm), (x, line - 5 * cm)], 0.7)
    _paint_windows(scenery)
    _paint_roof(scenery)
    with canvas.layer("floor", FLOOR_DEPTH, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        canvas.fill(rect(-5, line, width + 5, stage.height + 5), _FLOOR)
        canvas.ink([(-5, line), (width + 5, line)], 1.2)
        y, step = line + 9 * unit, 9 * unit
        while y < stage.height:
            canvas.ink([(-5, y), (width + 5, y)], 0.6, mix(_FLOOR, "#3a3842", 0.22))
            y += step
            step *= 1.12
        edge = rect(-8, stage.height * 0.968, width + 8, stage.height * 0.984)
        canvas.fill(edge, mix(_FLOOR, _POLE, 0.55))


def _paint_windows(scenery: Scenery) -> None:
    """Windows side by side, between the door, the driver's place and what hangs on the side."""
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    look = Look("plain", ground=scenery.ground)
    with canvas.layer("windows", WALL_DEPTH + 1, kind="scenery", ink_width=0.7, ink_colour=FAR_INK):
        for x, half in _windows(scenery):
            pen = canvas.pen(Frame(x, line - _SILL * cm, cm), 0.8)
            draw_bus_pane(pen, look, half)


def _windows(scenery: Scenery) -> list[tuple[float, float]]:
    """The middle in pixels and half the width in cm of each window.

    What hangs on the side hangs between windows; where that would leave hardly any, before one.
    """
    stage = scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    taken = [
        (scenery.places[word][0] - half * cm, scenery.places[word][0] + half * cm)
        for word, half in _TALL.items()
        if word in scenery.places
    ]
    signs = [
        (left - _GAP * cm, right + _GAP * cm)
        for left, _, right, low in scenery.hung(ON_WALL)
        if low > line - _HEAD * cm
    ]
    between, all_along = (list(_row(scenery, sorted(each))) for each in (taken + signs, taken))
    glass, possible = (sum(half for _, half in each) for each in (between, all_along))
    return between if glass > _ENOUGH * possible else all_along


def _row(scenery: Scenery, taken: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Windows along the side, left out where it is ``taken``, from left to right in pixels."""
    stage = scenery.stage
    cm = stage.cm(stage.far_line)
    pitch, width = _PITCH * cm, stage.width
    if not taken:
        middle = width / 2 + (scenery.seed % 3 - 1) * 0.25 * pitch
        count = int(width / pitch) + 1
        yield from ((middle + k * pitch, _HALF) for k in range(-count, count + 1))
        return
    for (_, left), (right, _) in pairwise(taken):
        count = max(1, math.ceil(((right - left) / cm - 60) / _PITCH))
        room = (right - left) / count
        half = min(_HALF, (room / cm - _GAP) / 2)
        if half > _SLIM:
            yield from ((left + (k + 0.5) * room, half) for k in range(count))
    for edge, side, end in ((taken[0][0], -1, 0.0), (max(b for _, b in taken), 1, width)):
        x = edge + side * (_HALF + _GAP / 2) * cm
        # no sliver of a frame at the edge of the picture
        while side * (end - x) + _HALF * cm > 2 * _SLIM * cm:
            yield x, _HALF
            x += side * pitch


def _paint_roof(scenery: Scenery) -> None:
    """A cove with lamps and advertisements above the windows."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    width, low = stage.width, 0.115 * stage.height
    with canvas.layer("cove", _ROOF_DEPTH, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        canvas.fill(rect(-5, -5, width + 5, low), "#f1efe6")
        canvas.fill(rect(-5, low * 0.86, width + 5, low), "#dcd9cf")
        for y in (low, low * 0.86, low * 0.42):
            canvas.ink([(-5, y), (width + 5, y)], 0.9)
        pitch = 250 * unit
        for k in range(int(width / pitch) + 2):
            x = (k - 0.35) * pitch
            lamp = rect(x, low * 0.1, x + 0.7 * pitch, low * 0.32, 4 * unit)
            canvas.shape(lamp, "#fffbe2", ink_width=0.8, shade=0)
            hue = ("#d9a58f", "#9fb9a8", "#c9b878", "#a8b4cc")[(k + scenery.seed) % 4]
            card = rect(x + 0.1 * pitch, low * 0.49, x + 0.62 * pitch, low * 0.8)
            canvas.shape(card, mix(hue, "#ffffff", 0.25), ink_width=0.7, shade=0)
            canvas.fill(oval(x + 0.2 * pitch, low * 0.65, 9 * unit), hue)
            for dy in (0.6, 0.69):
                start = (x + 0.29 * pitch, low * dy)
                canvas.ink([start, (x + (0.92 - dy * 0.6) * pitch, low * dy)], 1.2, hue)


def paint_front(scenery: Scenery) -> None:
    """The hand rail under the roof, with straps that hang from it."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    width, y = stage.width, 0.128 * stage.height
    clear = [face.buffer(14 * unit) for face in scenery.faces]
    with canvas.layer("hand rail", _STRAP_DEPTH, kind="scenery", ink_width=0.7):
        for k in range(int(width / (118 * unit)) + 1):
            x = (k + 0.5) * 118 * unit
            strap = _strap(x, y, unit, lean=7 * unit)
            if any(strap.intersects(face) for face in clear):
                continue
            canvas.shape(strap, "#6a6f76", ink_width=0.7, shade=0)
        rail: list[Point] = [(-12, y), (width + 12, y)]
        canvas.shape(limb(rail, 5 * unit, 5 * unit), _POLE, ink_width=0.9, shade=0.5)


def _strap(x: float, y: float, unit: float, *, lean: float) -> Geometry:
    """A strap with a loop for a hand, swinging a little as the bus moves."""
    belt = band([(x, y), (x + lean, y + 42 * unit)], 6 * unit)
    loop = poly(
        (x + lean, y + 38 * unit), (x + lean + 15 * unit, y + 72 * unit), (x + lean - 15 * unit, y + 72 * unit)
    ).buffer(4 * unit)  # fmt: skip
    return belt.union(loop.difference(loop.buffer(-6 * unit)))


KIT = Kit(
    "bus",
    paint,
    shape=_SHAPE,
    bays=(
        Bay((Piece("bus door"),), 160, 2.0),
        Bay((Piece("bus window"),), 174, 0.0),
        Bay((), 50, 0.0, repeat=True),
        Bay((Piece("driver seat"),), 176, 0.0),
    ),
    loose=(
        Loose("bus seat", x=(0.4, 0.9), y=(0.755, 0.80), always=True),
        Loose("handrail", x=(0.3, 0.7), y=(0.75, 0.765), always=True),
        Loose("ticket reader", x=(0.1, 0.9), y=(0.76, 0.79)),
    ),
    areas={"aisle": Area()},
    indoors=True,
    lamplight=0.7,
    ceiling=0.15,
    seat="bus seat",
    paint_front=paint_front,
)
