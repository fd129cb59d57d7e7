"""The setting kit ``bedroom``: a bed under a quilt in a room beneath the roof, a window, a wardrobe."""

from __future__ import annotations

from storypainter.ink.drawing.forms import oval, poly
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import ROOM
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.room import WALL_DEPTH, paint_room

_WALLS = ("#dfe3ea", "#f2e2d4", "#e4e6d2", "#ead9dd")
_BOARDS, _BEAM = "#f6efe0", "#b28c63"
_EAVES = 240.0  # cm: how high the roof comes down at the sides
_LEAST = 0.14  # of the wall, that the roof takes even where people are large
_SLOPE = 1.75  # how far it reaches inwards for what it rises
_SPRIG = 34.0  # cm between the flowers of the paper


def paint(scenery: Scenery) -> None:
    """A flowered paper, sloping ceilings with a beam at both sides, boards on the floor."""
    wall = _WALLS[scenery.seed % len(_WALLS)]
    paint_room(scenery, wall, "#d8b88c", ground="planks")
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    with canvas.layer("roof", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        _sprigs(scenery, mix(wall, "#7d6a86", 0.26))
        for side in (0, 1):

            def at(x: float, y: float, side: int = side) -> Point:
                return (x if side == 0 else stage.width - x), y

            low = max(line * _LEAST, line - _EAVES * cm)
            reach = min(low * _SLOPE, 0.46 * stage.width)
            slope = poly(at(-9, -9), at(reach, -9), at(-9, low))
            canvas.fill(slope, _BOARDS)
            mark = mix(_BOARDS, "#6b5a43", 0.2)
            for share in (0.25, 0.5, 0.75):
                canvas.ink([at(-5, low * share), at(reach * share, -5)], 0.8, mark)
            beam = poly(at(-9, low), at(-9, low + 11 * cm), at(reach + 11 * cm, -9), at(reach, -9))
            canvas.shape(beam, mix(_BEAM, "#ffffff", 0.2), ink_width=1.1, shade=0)
            grain = mix(_BEAM, "#4a3826", 0.2)
            canvas.ink([at(-5, low + 4 * cm), at(reach * 0.62, low * 0.38 + 4 * cm)], 0.7, grain)


def _sprigs(scenery: Scenery, hue: str) -> None:
    """Small flowers all over the wall."""
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    for row in range(int(line / (_SPRIG * cm)) + 1):
        for column in range(-1, int(stage.width / (_SPRIG * cm)) + 2):
            x = (column + 0.5 * (row % 2)) * _SPRIG * cm
            y = line - (18 + row * _SPRIG) * cm
            canvas.ink([(x, y + 5 * cm), (x + 0.6 * cm, y)], 0.5, hue)
            for dx, dy in ((-1.6, -1.4), (1.8, -1.6), (0.2, -3.2)):
                canvas.fill(oval(x + dx * cm, y + dy * cm, 1.25 * cm), hue)


KIT = Kit(
    "bedroom",
    paint,
    shape=ROOM,
    bays=(
        Bay((Piece("door"),), 106, 0.6),
        Bay((Piece("wardrobe"),), 134, 3.0),
        Bay((), 84, 3.8),  # bare wall, for clocks and notices
        Bay((Piece("window"), Piece("curtain", colour="#8fa9b8")), 198, 3.5),
        Bay((Piece("window"),), 128, 2.2),
        Bay((Piece("chest of drawers"), Piece("mirror")), 166, 2.4),
        Bay((Piece("bookcase"),), 104, 0.3),
        Bay((Piece("picture frame"),), 60, 0.4),
    ),
    loose=(
        Loose("rug", x=(0.3, 0.7), y=(0.88, 0.92), always=True),
        Loose("bed", x=(0.34, 0.66), y=(0.78, 0.83), always=True),
        Loose("bedside table", x=(0.05, 0.95), y=(0.76, 0.79)),
        Loose("cot", x=(0.1, 0.9), y=(0.78, 0.86)),
        Loose("toy chest", x=(0.06, 0.94), y=(0.74, 0.80)),
        Loose("rocking horse", x=(0.1, 0.9), y=(0.78, 0.9)),
        Loose("armchair"),
        Loose("floor lamp", x=(0.05, 0.95), y=(0.735, 0.77)),
        Loose("chair"),
    ),
    areas={"floor": Area()},
    indoors=True,
    bare=(0.05, 0.95),
    seat="chair",
)
