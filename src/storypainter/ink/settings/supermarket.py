"""The setting kit ``supermarket``: a wall of full shelves, fruit, a chiller, strip lights above."""

from __future__ import annotations

from storypainter.ink.drawing.forms import poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import ROOM
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.room import WALL_DEPTH, paint_room

_WALLS = ("#eceee0", "#e8ecea", "#f1eadb")
_CEILING = 238.0  # cm: as high as shops hang their lights, where the picture reaches that far
_LEAST = 0.055  # of the picture's height: the ceiling is always seen


def paint(scenery: Scenery) -> None:
    """A pale wall, a floor of large tiles, a ceiling with strip lights in perspective."""
    wall = _WALLS[scenery.seed % len(_WALLS)]
    paint_room(scenery, wall, "#e6dcc8", ground="tiles", skirting="")
    canvas, stage = scenery.canvas, scenery.stage
    line = stage.far_line
    edge = max(_LEAST * stage.height, line - _CEILING * stage.cm(line))
    ceiling = mix(wall, "#8fa097", 0.24)
    with canvas.layer("ceiling", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        canvas.fill(rect(-5, -5, stage.width + 5, edge), ceiling)
        canvas.ink([(-5, edge), (stage.width + 5, edge)], 1.0)
        _lights(scenery, edge)


def _lights(scenery: Scenery, edge: float) -> None:
    """A row of strip lights that widen towards the viewer."""
    canvas, stage = scenery.canvas, scenery.stage
    middle, count = stage.width / 2, max(3, round(stage.width / (250 * canvas.unit)))
    far, near = edge * 0.72, edge * 0.2
    for index in range(count):
        at = stage.width * (index + 0.5) / count
        wide = stage.width * 0.5 / count

        def spread(x: float, y: float) -> tuple[float, float]:
            return middle + (x - middle) * (1 + 0.22 * (edge - y) / edge), y

        lamp = poly(
            spread(at - wide * 0.52, far),
            spread(at + wide * 0.52, far),
            spread(at + wide * 0.62, near),
            spread(at - wide * 0.62, near),
            corner=2 * canvas.unit,
        )
        with canvas.lit():
            canvas.shape(lamp, "#fffdf2", ink_width=0.9, shade=0)


KIT = Kit(
    "supermarket",
    paint,
    shape=ROOM,
    bays=(
        Bay((Piece("supermarket shelf"),), 104, 4.0, repeat=True),
        Bay((Piece("sliding door"),), 176, 0.6),
        Bay((Piece("fruit display"),), 178, 3.5),
        Bay((), 70, 3.8),  # bare wall, where signs hang
        Bay((Piece("freezer"),), 122, 2.0),
        Bay((Piece("supermarket shelf", colour="#87a5ad"),), 104, 3.0, repeat=True),
    ),
    loose=(
        Loose("checkout", x=(0.16, 0.84), y=(0.78, 0.84)),
        Loose("shopping trolley", y=(0.76, 0.92)),
        Loose("tin tower", x=(0.1, 0.9), y=(0.74, 0.80)),
        Loose("shopping basket", y=(0.78, 0.92)),
    ),
    areas={"floor": Area(), "aisle": Area()},
    indoors=True,
    lamplight=0.5,
    ceiling=0.08,
    seat="chair",
)
