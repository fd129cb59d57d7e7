"""The setting kit ``hallway``: a front door, stairs that lead up, coats on their hooks."""

from __future__ import annotations

from storypainter.ink.drawing.forms import rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import ROOM
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.ceiling import paint_ceiling
from storypainter.ink.scenery.room import WALL_DEPTH, paint_room

_WALLS = ("#ecdfc2", "#e0e5dc", "#eedbc9", "#dfe2ea")
_WOODS = ("#8fa08b", "#93a3ab", "#a99a86", "#9c96ab")
_DADO, _BOARD, _HIGH = 108.0, 15.0, 262.0  # cm


def paint(scenery: Scenery) -> None:
    """Painted boards as high as a hip, plain paper above, warm tiles on the floor."""
    choice = scenery.seed % len(_WALLS)
    wall, wood = _WALLS[choice], mix(_WOODS[choice], "#ffffff", 0.42)
    paint_room(scenery, wall, "#d9a983", paper="dots", ground="checks", skirting=wood)
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    top = line - _DADO * cm
    with canvas.layer("boards", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        canvas.fill(rect(-5, top, stage.width + 5, line), wood)
        groove = mix(wood, "#3a3f46", 0.2)
        for column in range(int(stage.width / (_BOARD * cm)) + 2):
            x = (column - 0.5) * _BOARD * cm
            canvas.ink([(x, top), (x, line)], 0.8, groove)
        rail = rect(-8, top - 4 * cm, stage.width + 8, top + 2 * cm)
        canvas.shape(rail, mix(wood, "#ffffff", 0.3), ink_width=1.0, shade=0)
    paint_ceiling(scenery, _HIGH, cornice="#f6efe0")


KIT = Kit(
    "hallway",
    paint,
    shape=ROOM,
    bays=(
        # beside the door some bare wall, for clocks and notices
        Bay((Piece("front door", dx=-17),), 188, 3.5),
        Bay((Piece("stairs"),), 150, 4.0),
        Bay((Piece("coat hook"), Piece("shoe rack")), 112, 2.0),
        Bay((Piece("hall table"), Piece("mirror")), 104, 1.0),
        Bay((Piece("door"),), 104, 0.3),
        Bay((Piece("picture frame"),), 60, 0.4),
        Bay((Piece("window"),), 132, 0.0),
    ),
    loose=(
        Loose("hanging lantern", x=(0.25, 0.75), always=True),
        Loose("doormat", x=(0.2, 0.8), y=(0.79, 0.82)),
        Loose("rug", x=(0.3, 0.7), y=(0.86, 0.91), always=True),
        Loose("umbrella stand", x=(0.05, 0.95), y=(0.735, 0.75)),
        Loose("house plant", x=(0.05, 0.95), y=(0.735, 0.77)),
        Loose("chair"),
    ),
    areas={"floor": Area()},
    indoors=True,
    seat="chair",
)
