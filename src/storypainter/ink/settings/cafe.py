"""The setting kit ``cafe``: a coffee bar with cups above, a window on the street, round tables."""

from __future__ import annotations

from storypainter.ink.drawing.forms import arc, oval, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import ROOM
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.room import WALL_DEPTH, paint_room

_WALLS = ("#f3e3cd", "#efe0d6", "#eee6cf")
_WAINSCOT = "#a9bdb3"
_HIGH = 96.0  # cm of wainscot
_LAMP = 17.0  # cm: half the width of a lamp
_TALL = 268.0  # cm of wall above which the lamps hang free of the furniture
_CROWDED = (("coffee bar", 120.0), ("shop door", 72.0))  # cm that no lamp fits over


def paint(scenery: Scenery) -> None:
    """Cream walls above a panelled wainscot, a chequered floor, a row of enamel lamps."""
    wall = _WALLS[scenery.seed % len(_WALLS)]
    paint_room(scenery, wall, "#ece0cb", ground="checks", skirting="")
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    with canvas.layer(
        "wainscot", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK
    ):
        top = line - _HIGH * cm
        canvas.fill(rect(-5, top, stage.width + 5, line), _WAINSCOT)
        groove = mix(_WAINSCOT, "#3d4a48", 0.22)
        for column in range(int(stage.width / (14 * cm)) + 2):
            x = (column + 0.5) * 14 * cm
            canvas.ink([(x, top + 4 * cm), (x, line - 8 * cm)], 0.7, groove)
        rail = rect(-8, top - 2 * cm, stage.width + 8, top + 3 * cm)
        canvas.shape(rail, mix(_WAINSCOT, "#ffffff", 0.35), ink_width=0.9, shade=0)
        foot = rect(-8, line - 9 * cm, stage.width + 8, line)
        canvas.shape(foot, mix(_WAINSCOT, "#3d4a48", 0.2), ink_width=0.9, shade=0)
    with canvas.layer("lamps", WALL_DEPTH + 2, kind="scenery", ink_width=0.55, ink_colour=FAR_INK):
        _lamps(scenery)


def _lamps(scenery: Scenery) -> None:
    """Enamel lamps on cords, where no shelf is in their way."""
    canvas, stage = scenery.canvas, scenery.stage
    cm = stage.cm(stage.far_line)
    count = max(3, round(stage.width / (105 * cm)))
    low = stage.far_line / cm < _TALL  # the lamps would hang among the cups
    crowded = [
        (scenery.places[word][0], reach) for word, reach in _CROWDED if word in scenery.places
    ]
    for index in range(count):
        x, y = stage.width * (index + 0.5) / count, 0.062 * stage.height
        half = _LAMP * cm
        if low and any(abs(x - spot) < reach * cm for spot, reach in crowded):
            continue
        canvas.ink([(x, -5), (x, y - 0.8 * half)], 1.3)
        with canvas.lit():
            canvas.fill(oval(x, y + 0.1 * half, 0.36 * half, 0.36 * half), "#fdeeb8")
        dome = arc(x, y, half, 0.8 * half, 180, 360)
        canvas.shape(
            rect(x - 0.2 * half, y - 1.05 * half, x + 0.2 * half, y - 0.6 * half),
            "#8a6a5c",
            ink_width=0.8,
            shade=0,
        )
        shade = poly(*((float(a), float(b)) for a, b in dome))
        canvas.shape(shade, "#c98f72", ink_width=1.0, shade=0.6)


KIT = Kit(
    "cafe",
    paint,
    shape=ROOM,
    bays=(
        Bay((Piece("shop door"),), 112, 1.5),
        Bay((Piece("cafe window"),), 186, 3.0),
        Bay((Piece("coffee bar"),), 196, 4.0),
        Bay((Piece("picture frame"),), 62, 0.4),
    ),
    loose=(
        Loose("bar counter", x=(0.2, 0.8), y=(0.785, 0.83)),
        Loose("cafe table", x=(0.14, 0.86), y=(0.82, 0.92), always=True),
        Loose("chair"),
        Loose("bar stool", y=(0.80, 0.88)),
        Loose("high chair"),
        Loose("house plant", x=(0.04, 0.96), y=(0.735, 0.76)),
    ),
    areas={"floor": Area()},
    indoors=True,
    ceiling=0.1,
    seat="chair",
)
