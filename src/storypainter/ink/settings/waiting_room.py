"""The setting kit ``waiting room``: rows of seats, a reception desk, a fish tank, magazines."""

from __future__ import annotations

from storypainter.ink.drawing.forms import path, poly, rect
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import ROOM
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.room import FLOOR_DEPTH, WALL_DEPTH, paint_room

_WALLS = ("#f3ead8", "#eef0e4", "#f2e6dc")
_BANDS = ("#c5d9d3", "#d9c9b0", "#c6d3df")
_CARPETS = ("#c3b8a6", "#b4bfb0", "#bcb3bd")
#: How high the wall and its rail are, in cm; a ceiling is to be seen all the same, in shares.
_HIGH, _RAIL, _LEAST = 264.0, 232.0, 0.075


def paint(scenery: Scenery) -> None:
    """A warm wall with a wide wave of colour, square ceiling panels, a short carpet."""
    choice = scenery.seed % len(_WALLS)
    wall, wave, carpet = _WALLS[choice], _BANDS[choice], _CARPETS[choice]
    paint_room(scenery, wall, carpet, ground="carpet", skirting="#efe6d2")
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    with canvas.layer("wave", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        width = stage.width
        crest = path(
            (-20, line - 118 * cm), (0.22 * width, line - 96 * cm), (0.5 * width, line - 128 * cm),
            (0.8 * width, line - 104 * cm), (width + 20, line - 132 * cm),
        )  # fmt: skip
        canvas.fill(poly(*crest.tolist(), (width + 20, line - 9 * cm), (-20, line - 9 * cm)), wave)
        for lift, share in ((7, 0.45), (13, 0.2)):
            ribbon = [(x, y - lift * cm) for x, y in crest.tolist()]
            canvas.ink(ribbon, 2.4, mix(wall, wave, share + 0.3), taper=1)
        _ceiling(scenery, wall)
    with canvas.layer("carpet", FLOOR_DEPTH + 1, kind="scenery", ink_width=0.5):
        _carpet(scenery, carpet)


def _ceiling(scenery: Scenery, wall: str) -> None:
    """A rail with a paler frieze above it, and square panels that recede, some of them lamps."""
    canvas, stage = scenery.canvas, scenery.stage
    line, cm, width = stage.far_line, stage.cm(stage.far_line), stage.width
    low = max(_LEAST * stage.height, line - _HIGH * cm)
    rail = line - _RAIL * cm
    if rail > low:
        canvas.fill(rect(-5, low, width + 5, rail), mix(wall, "#fffdf6", 0.5))
        canvas.shape(rect(-8, rail - 2 * cm, width + 8, rail + 2 * cm), "#efe6d2", ink_width=0.8, shade=0)  # fmt: skip
    canvas.fill(rect(-5, -5, width + 5, low), "#f8f5ea")

    def meet(x: float, share: float) -> Point:
        """On the ceiling, from the wall (0) to the upper edge of the picture (1)."""
        return width / 2 + (x - width / 2) * (1 + 0.9 * share), low * (1 - share)

    step = 118 * canvas.unit
    count = int(width / step) + 3
    rows = (0.0, 0.2, 0.52, 1.02)
    for column in range(-count, count + 1):
        x = width / 2 + (column + 0.5) * step
        canvas.ink([meet(x, 0.0), meet(x, 1.02)], 0.6)
        if column % 4 == 1:
            lamp = poly(meet(x, rows[1]), meet(x + step, rows[1]), meet(x + step, rows[2]), meet(x, rows[2]))  # fmt: skip
            canvas.shape(lamp, "#fffbe6", ink_width=0.7, shade=0)
    for share in rows[1:-1]:
        y = low * (1 - share)
        canvas.ink([(-5, y), (width + 5, y)], 0.7)
    canvas.ink([(-5, low), (width + 5, low)], 1.1)


def _carpet(scenery: Scenery, carpet: str) -> None:
    """A darker band where the carpet meets the wall, and a pattern of small crosses."""
    canvas, stage = scenery.canvas, scenery.stage
    line, unit = stage.far_line, canvas.unit
    canvas.fill(rect(-5, line, stage.width + 5, line + 5 * unit), mix(carpet, "#4a3f50", 0.22))
    light, dark = mix(carpet, "#fffdf4", 0.34), mix(carpet, "#4a3f50", 0.2)
    y, row = line + 22 * unit, 0
    while y < stage.height:
        near = (y - line) / (stage.height - line)
        step = (64 + 62 * near) * unit
        size = (5 + 6 * near) * unit
        count = int(stage.width / step / 2) + 2
        for column in range(-count, count + 1):
            x = stage.width / 2 + (column + 0.5 * (row % 2)) * step
            hue = light if (column + row) % 2 else dark
            canvas.ink([(x - size, y), (x + size, y)], 1.1, hue)
            canvas.ink([(x, y - 0.45 * size), (x, y + 0.45 * size)], 1.1, hue)
        y += (24 + 26 * near) * unit
        row += 1


KIT = Kit(
    "waiting room",
    paint,
    shape=ROOM,
    bays=(
        Bay((Piece("fish tank"),), 134, 2.5),
        Bay(
            (Piece("waiting chairs"), Piece("eye chart", dx=-56), Piece("skeleton poster", dx=40)),
            190,
            4.0,
        ),
        Bay((Piece("leaflet rack"),), 68, 1.2),
        Bay((Piece("door", colour="#a9c4b4"),), 106, 3.0),
        Bay((Piece("ward window"),), 188, 0.0),
        Bay((Piece("waiting chairs"),), 190, 0.4),
        Bay((Piece("vending machine"),), 104, 0.0),
    ),
    loose=(
        Loose("reception desk", x=(0.15, 0.85), y=(0.79, 0.82)),
        Loose("magazine table", x=(0.2, 0.8), y=(0.90, 0.94), always=True),
        Loose("house plant", x=(0.03, 0.97), y=(0.735, 0.76), always=True),
        Loose("number dispenser", x=(0.08, 0.92), y=(0.75, 0.78)),
        Loose("bead maze", x=(0.1, 0.9), y=(0.86, 0.93)),
        Loose("water cooler", x=(0.06, 0.94), y=(0.735, 0.76)),
        Loose("visitor chair"),
        Loose("wheelchair", x=(0.1, 0.9), y=(0.80, 0.90)),
    ),
    areas={"floor": Area()},
    indoors=True,
    lamplight=0.7,
    ceiling=0.08,
    seat="visitor chair",
)
