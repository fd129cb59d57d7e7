"""The setting kit ``museum``: a high hall with pilasters, paintings, an arch into the next hall."""

from __future__ import annotations

from storypainter.ink.drawing.forms import poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.room import WALL_DEPTH, paint_room

_WALLS = ("#cdd5cb", "#d9cfc2", "#c9cfd6", "#dcd0cb")
_STONE = "#ece6d8"
_CORNICE = 256.0  # cm above the floor
_BARE = 92.0  # cm of wall where the signs of a Scene find a place


def paint(scenery: Scenery) -> None:
    """A painted wall between stone pilasters, a cornice, skylights, a floor of pale slabs."""
    wall = _WALLS[scenery.seed % len(_WALLS)]
    paint_room(scenery, wall, "#e6dfd0", ground="checks", skirting="#d8cfbd")
    canvas, stage = scenery.canvas, scenery.stage
    line, cm, width = stage.far_line, stage.cm(stage.far_line), stage.width
    top = line - _CORNICE * cm
    with canvas.layer("stone", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        if top > 0:
            _ceiling(scenery, top)
        for x in (0.02 * width, 0.98 * width):
            _pilaster(scenery, x, top, line)
        canvas.shape(rect(-8, top, width + 8, top + 12 * cm), _STONE, ink_width=0.9, shade=0)
        for y in (top + 4 * cm, top + 15 * cm):
            canvas.ink([(-5, y), (width + 5, y)], 0.7)


def _pilaster(scenery: Scenery, x: float, top: float, line: float) -> None:
    """A flat stone column at the wall."""
    canvas, cm = scenery.canvas, scenery.stage.cm(scenery.stage.far_line)
    shaft = rect(x - 15 * cm, top + 12 * cm, x + 15 * cm, line)
    canvas.shape(shaft, _STONE, ink_width=0.8, shade=0)
    for dx in (-7, 0, 7):
        canvas.ink([(x + dx * cm, top + 32 * cm), (x + dx * cm, line - 24 * cm)], 0.6)
    canvas.shape(rect(x - 19 * cm, top + 12 * cm, x + 19 * cm, top + 24 * cm), _STONE, ink_width=0.8, shade=0)  # fmt: skip
    canvas.shape(
        rect(x - 19 * cm, line - 18 * cm, x + 19 * cm, line), _STONE, ink_width=0.8, shade=0
    )


def _ceiling(scenery: Scenery, top: float) -> None:
    """A vault with a skylight of panes, dark by night."""
    canvas, stage = scenery.canvas, scenery.stage
    width = stage.width
    canvas.fill(rect(-5, -5, width + 5, top), mix(_STONE, "#a99f90", 0.25))
    sky = scenery.light.sky[0]
    pane = poly((0.18 * width, -5), (0.82 * width, -5), (0.74 * width, 0.72 * top), (0.26 * width, 0.72 * top))  # fmt: skip
    canvas.shape(pane, sky, ink_width=0.9, shade=0)
    for share in (0.2, 0.4, 0.6, 0.8):
        a, b = 0.18 + 0.64 * share, 0.26 + 0.48 * share
        canvas.ink([(a * width, -5), (b * width, 0.72 * top)], 0.8)


KIT = Kit(
    "museum",
    paint,
    shape=Shape(
        far_line=0.655,
        back=(0.70, 0.745),
        middle=(0.775, 0.845),
        front=(0.89, 0.955),
        far_scale=0.8,
        zoom=1.06,
    ),
    bays=(
        Bay((Piece("mummy case"),), 156, 1.0),
        Bay((Piece("painting"), Piece("rope barrier")), 142, 4.0),
        Bay((), _BARE, 3.8),
        Bay((Piece("statue"),), 92, 3.0),
        Bay((Piece("gallery arch"),), 168, 3.5),
        Bay((Piece("painting", state="portrait"),), 96, 2.0),
        Bay((Piece("suit of armour"),), 92, 1.5),
        Bay((Piece("dinosaur skeleton"),), 390, 0.0),
        Bay((Piece("door"),), 108, 0.0),
    ),
    loose=(
        Loose("museum bench", x=(0.2, 0.8), y=(0.79, 0.86)),
        Loose("display case", x=(0.1, 0.9), y=(0.73, 0.82)),
        Loose("pedestal", x=(0.1, 0.9), y=(0.74, 0.82)),
        Loose("telescope", x=(0.1, 0.9), y=(0.74, 0.84)),
        Loose("easel", x=(0.1, 0.9), y=(0.76, 0.86)),
    ),
    areas={"floor": Area()},
    indoors=True,
    seat="museum bench",
)
