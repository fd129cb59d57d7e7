"""The setting kit ``bus``: inside a bus, its large windows, rows of seats, yellow poles and straps."""

from __future__ import annotations

from storypainter.ink.drawing.forms import band, limb, oval, poly, rect
from storypainter.ink.drawing.geometry import Frame, Geometry, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, ON_WALL, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.props.prop import Look
from storypainter.ink.props.travel_bus import draw_bus_window
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
_HALF, _HEAD = 84.0, 200.0  # cm: half a window with its frame, and its upper edge
_DOOR, _CLEAR = 148.0, 140.0  # cm from the door, and from all else, to a window's middle
_TALL = ("bus door", "driver seat", "bus window")
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
    """Windows side by side, left out where the door or the driver's place is.

    Where a sign hangs the side is whole: a pane more or less is not missed in a bus.
    """
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    taken = {word: scenery.places[word][0] for word in _TALL if word in scenery.places}
    signs = scenery.hung(ON_WALL)
    count = int(stage.width / (_PITCH * cm)) + 2
    steps = [k * _PITCH for k in range(-count, count + 1)]
    middle = stage.width / 2 + (scenery.seed % 3 - 1) * 0.25 * _PITCH * cm
    if "bus door" in taken:  # the rows of windows begin at both sides of the door
        middle = taken["bus door"]
        steps = [side * (_DOOR + k * _PITCH) for k in range(count) for side in (-1, 1)]
    with canvas.layer("windows", WALL_DEPTH + 1, kind="scenery", ink_width=0.7, ink_colour=FAR_INK):
        for step in steps:
            x = middle + step * cm
            inside = -0.6 * _PITCH * cm < x < stage.width + 0.6 * _PITCH * cm
            if inside and all(abs(x - other) > _CLEAR * cm for other in taken.values()):
                if any(
                    left < x + _HALF * cm and right > x - _HALF * cm and low > line - _HEAD * cm
                    for left, _, right, low in signs
                ):
                    continue
                pen = canvas.pen(Frame(x, line - _SILL * cm, cm), 0.8)
                draw_bus_window(pen, Look("plain", ground=scenery.ground))


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
        Loose("bus seat", x=(0.1, 0.9), y=(0.755, 0.80), always=True),
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
