"""The setting kit ``living room``: a fireplace, tall curtained windows, a sofa on a carpet."""

from __future__ import annotations

from storypainter.ink.drawing.forms import rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import ROOM
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.ceiling import paint_ceiling
from storypainter.ink.scenery.room import WALL_DEPTH, paint_room

_WALLS = ("#e2dcc4", "#d3ddd4", "#ecdcc6", "#d6dbe0")
_PANEL = "#f4efe2"
_DADO, _HIGH = 78.0, 256.0  # cm


def paint(scenery: Scenery) -> None:
    """A striped paper above white panels, a ceiling with a cornice, boards on the floor."""
    wall = _WALLS[scenery.seed % len(_WALLS)]
    paint_room(scenery, wall, "#c9a377", paper="stripes", ground="planks")
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    with canvas.layer("panels", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        top = line - _DADO * cm
        canvas.fill(rect(-5, top, stage.width + 5, line), _PANEL)
        shadow = mix(_PANEL, "#6b5a43", 0.1)
        wide = 62 * cm
        for column in range(int(stage.width / wide) + 2):
            left = (column - 0.5) * wide
            panel = rect(left + 7 * cm, top + 12 * cm, left + wide - 7 * cm, line - 15 * cm)
            canvas.shape(panel, shadow, ink_width=0.8, shade=0)
        canvas.shape(
            rect(-8, top - 3 * cm, stage.width + 8, top + 2 * cm), _PANEL, ink_width=0.9, shade=0
        )
    paint_ceiling(scenery, _HIGH, cornice=_PANEL)


KIT = Kit(
    "living room",
    paint,
    shape=ROOM,
    bays=(
        Bay((Piece("door"),), 106, 0.6),
        Bay((Piece("bookcase"),), 104, 2.0),
        Bay((Piece("fireplace"), Piece("mirror")), 178, 4.0),
        Bay((), 70, 1.0),  # bare wall, for clocks and notices
        Bay((Piece("window"), Piece("curtain")), 198, 3.5),
        Bay((Piece("television"),), 142, 0.0),
        Bay((Piece("piano"),), 162, 0.0),
        Bay((Piece("picture frame"),), 60, 0.4),
    ),
    loose=(
        Loose("carpet", x=(0.4, 0.6), y=(0.86, 0.9), always=True),
        Loose("sofa", x=(0.3, 0.7), y=(0.775, 0.81), always=True),
        Loose("armchair"),
        Loose("coffee table", x=(0.2, 0.8), y=(0.87, 0.93)),
        Loose("floor lamp", x=(0.05, 0.95), y=(0.735, 0.77)),
        Loose("house plant", x=(0.05, 0.95), y=(0.735, 0.77)),
        Loose("log basket", x=(0.1, 0.9), y=(0.735, 0.77)),
        Loose("chair"),
        Loose("pendant lamp", x=(0.12, 0.88), always=True),
    ),
    areas={"floor": Area()},
    indoors=True,
    seat="armchair",
)
