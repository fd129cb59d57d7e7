"""The setting kit ``hospital room``: a bed on wheels, a drip, curtains on a rail, a wide window."""

from __future__ import annotations

from storypainter.ink.drawing.forms import rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import ROOM
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.room import WALL_DEPTH, paint_room

_WALLS = ("#ebf0ea", "#e6eef0", "#f0eee2")
_DADOS = ("#cfe0d8", "#c9dbe2", "#d3dfcc")
_RAIL = "#f8f5ea"
_LAMP = "#fdfbef"


def paint(scenery: Scenery) -> None:
    """A pale wall with a bumper rail, lamps in the ceiling, a smooth floor with a border."""
    choice = scenery.seed % len(_WALLS)
    paint_room(
        scenery, _WALLS[choice], "#dcd8cb", ground="tiles", skirting="#b9cac4", dado=_DADOS[choice]
    )
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    with canvas.layer("rails", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        bumper = rect(-8, line - 99 * cm, stage.width + 8, line - 90 * cm)
        canvas.shape(bumper, _RAIL, ink_width=1.1, shade=0)
        shadow = mix(_DADOS[choice], "#6b5a70", 0.14)
        canvas.fill(rect(-8, line - 90 * cm, stage.width + 8, line - 88 * cm), shadow)
        ceiling = 0.055 * stage.height
        canvas.fill(rect(-5, -5, stage.width + 5, ceiling), "#f7f6ee")
        canvas.ink([(-5, ceiling), (stage.width + 5, ceiling)], 1.0)
        for share in (0.24, 0.76):
            x, half = stage.width * share, 0.11 * stage.width
            lamp = rect(x - half, ceiling * 0.22, x + half, ceiling * 0.7, 3 * canvas.unit)
            canvas.shape(lamp, _LAMP, ink_width=0.9, shade=0)


KIT = Kit(
    "hospital room",
    paint,
    shape=ROOM,
    bays=(
        Bay((Piece("ward curtain"),), 118, 3.0),
        Bay((Piece("bed head panel"),), 164, 0.4),
        Bay((Piece("ward window"),), 188, 3.5),
        Bay((Piece("hand basin"),), 80, 1.0),
        Bay((Piece("door", colour="#a9c4c9"),), 106, 0.6),
        Bay((Piece("light box"),), 112, 0.3),
        Bay((Piece("wardrobe", colour="#d8cdb4"),), 130, 0.0),
    ),
    loose=(
        Loose("hospital bed", x=(0.38, 0.62), y=(0.79, 0.83), always=True),
        Loose("drip stand", x=(0.1, 0.9), y=(0.755, 0.785), always=True),
        Loose("heart monitor", x=(0.1, 0.9), y=(0.74, 0.77)),
        Loose("bedside table", x=(0.05, 0.95), y=(0.76, 0.79)),
        Loose("overbed table", x=(0.2, 0.8), y=(0.84, 0.88)),
        Loose("medicine trolley", x=(0.06, 0.94), y=(0.76, 0.84)),
        Loose("medical screen", x=(0.1, 0.9), y=(0.735, 0.76)),
        Loose("wheelchair", x=(0.1, 0.9), y=(0.80, 0.90)),
        Loose("visitor chair"),
    ),
    areas={"floor": Area()},
    indoors=True,
    lamplight=0.8,
    ceiling=0.06,
    seat="visitor chair",
)
