"""The setting kit ``kitchen``: counters along the wall, a window over the sink, a table."""

from __future__ import annotations

from storypainter.ink.drawing.stage import ROOM
from storypainter.ink.kits import Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.room import paint_room

_WALLS = ("#f4ead2", "#e6ecdf", "#efe3d6", "#dfe9ea")


def paint(scenery: Scenery) -> None:
    """A papered wall and a tiled floor."""
    wall = _WALLS[scenery.seed % len(_WALLS)]
    paint_room(scenery, wall, "#dcc6a0", paper="dots", ground="tiles")


KIT = Kit(
    "kitchen",
    paint,
    shape=ROOM,
    bays=(
        Bay((Piece("door"),), 100, 0.5),
        Bay((Piece("fridge"),), 78, 3.0),
        Bay((Piece("kitchen counter"), Piece("wall cupboard")), 182, 2.0),
        Bay((Piece("sink"), Piece("kitchen window")), 124, 4.0),
        Bay((Piece("cooker"), Piece("shelf")), 74, 3.5),
        Bay((Piece("washing machine"),), 64, 0.0),
    ),
    loose=(
        Loose("kitchen table", x=(0.2, 0.8), y=(0.80, 0.88)),
        Loose("chair"),
        Loose("pendant lamp", x=(0.35, 0.65), always=True),
        Loose("high chair"),
        Loose("rug", x=(0.3, 0.7), y=(0.84, 0.90)),
        Loose("bin", x=(0.04, 0.14), y=(0.74, 0.78)),
    ),
    areas={"floor": Area()},
    indoors=True,
    seat="chair",
)
