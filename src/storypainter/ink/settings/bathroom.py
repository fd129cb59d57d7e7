"""The setting kit ``bathroom``: tiles, a bath on feet, a basin under its mirror, a checked floor."""

from __future__ import annotations

from storypainter.ink.drawing.forms import rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import ROOM
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.ceiling import paint_ceiling
from storypainter.ink.scenery.room import WALL_DEPTH, paint_room

_WALLS = ("#f0e3cf", "#dbe6e4", "#efdcd6", "#e3e8d6")
_TILES = ("#dcebe8", "#f3f1e6", "#dfeaf0", "#f4ece6")
_BORDERS = ("#7fa3a3", "#c08f6f", "#7f97b5", "#93a87f")
_TILED, _TILE, _HIGH = 176.0, 22.0, 244.0  # cm


def paint(scenery: Scenery) -> None:
    """Tiles with a coloured border, plaster above, a ceiling of boards, a chequered floor."""
    choice = scenery.seed % len(_WALLS)
    paint_room(scenery, _WALLS[choice], "#eef0ea", ground="checks", skirting="")
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    tile, border = _TILES[choice], _BORDERS[choice]
    top = line - _TILED * cm
    with canvas.layer("tiles", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        canvas.fill(rect(-5, top, stage.width + 5, line), tile)
        joint = mix(tile, "#5f7080", 0.22)
        for row in range(int(_TILED / _TILE) + 1):
            y = line - row * _TILE * cm
            canvas.ink([(-5, y), (stage.width + 5, y)], 0.7, joint)
        for column in range(int(stage.width / (_TILE * cm)) + 2):
            x = (column - 0.5) * _TILE * cm
            canvas.ink([(x, top), (x, line)], 0.7, joint)
        strip = rect(-8, top - 9 * cm, stage.width + 8, top)
        canvas.shape(strip, mix(border, tile, 0.35), ink_width=1.0, shade=0)
        for column in range(int(stage.width / (11 * cm)) + 2):
            x = column * 11 * cm
            canvas.fill(rect(x, top - 7 * cm, x + 5.5 * cm, top - 2 * cm), border)
    paint_ceiling(scenery, _HIGH, boards=20)


KIT = Kit(
    "bathroom",
    paint,
    shape=ROOM,
    bays=(
        Bay((Piece("door"),), 104, 0.6),
        Bay((Piece("shower"),), 120, 1.0),
        Bay((Piece("washbasin"), Piece("mirror")), 96, 4.0),
        Bay((Piece("window"),), 132, 3.0),
        Bay((Piece("towel rail"),), 98, 3.5),
        Bay((), 70, 0.8),  # bare wall, for clocks and notices
        # a place of their own: nothing stands in the shower
        Bay((Piece("washing machine"),), 84, 0.0),
        Bay((Piece("toilet"),), 90, 0.0),
    ),
    loose=(
        Loose("rug", x=(0.3, 0.7), y=(0.88, 0.92), always=True),
        Loose("bath", x=(0.36, 0.64), y=(0.79, 0.84), always=True),
        Loose("laundry basket", x=(0.06, 0.94), y=(0.74, 0.80)),
        Loose("house plant", x=(0.05, 0.95), y=(0.735, 0.77)),
        Loose("chair"),
        Loose("pendant lamp", x=(0.4, 0.6), colour="#f4f1e4"),
    ),
    areas={"floor": Area()},
    indoors=True,
    seat="chair",
)
