"""The setting kit ``office``: a band of windows high over the town, desks, cabinets, a carpet."""

from __future__ import annotations

from storypainter.ink.drawing.forms import poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import ROOM
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.room import WALL_DEPTH, paint_room

_WALLS = ("#e3e5df", "#e6e0d6", "#dde4e6")
_CARPET = "#b4bdbb"
_BAND = ("#c9a27e", "#9fb2a2", "#a5b4c2")
_PIER = 150.0  # cm between the piers of the wall
_CEILING = 0.058  # of the picture's height


def paint(scenery: Scenery) -> None:
    """Pale walls with slim piers and a coloured band, a carpet, ceiling panels with lights."""
    wall = _WALLS[scenery.seed % len(_WALLS)]
    paint_room(scenery, wall, _CARPET, ground="carpet", skirting="#8f989a")
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    with canvas.layer("piers", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        band = _BAND[scenery.seed % len(_BAND)]
        canvas.fill(rect(-5, line - 80 * cm, stage.width + 5, line - 9 * cm), mix(wall, band, 0.5))
        canvas.ink([(-5, line - 80 * cm), (stage.width + 5, line - 80 * cm)], 0.8)
        pale = mix(wall, "#ffffff", 0.45)
        for column in range(int(stage.width / (_PIER * cm)) + 2):
            x = (column + 0.25) * _PIER * cm
            canvas.shape(rect(x - 6 * cm, -8, x + 6 * cm, line), pale, ink_width=0.8, shade=0.6)
    with canvas.layer("ceiling", WALL_DEPTH + 2, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        _ceiling(scenery, mix(wall, "#7d8a8c", 0.3))
    with canvas.layer("carpet", WALL_DEPTH + 12, kind="scenery", ink_width=0.5):
        _carpet(scenery)


def _ceiling(scenery: Scenery, hue: str) -> None:
    """Panels in perspective, every third of them a light."""
    canvas, stage = scenery.canvas, scenery.stage
    edge, middle = _CEILING * stage.height, stage.width / 2
    canvas.fill(rect(-5, -5, stage.width + 5, edge), hue)
    count = max(7, round(stage.width / (125 * canvas.unit)))
    step = stage.width / count

    def spread(x: float, y: float) -> tuple[float, float]:
        return middle + (x - middle) * (1 + 0.2 * (edge - y) / edge), y

    for index in range(-1, count + 1):
        left, right = index * step, (index + 1) * step
        if index % 3 == 1:
            light = poly(
                spread(left, edge), spread(right, edge), spread(right, -5), spread(left, -5)
            )
            with canvas.lit():
                canvas.fill(light, "#fffdf2")
        canvas.ink([spread(left, edge), spread(left, -5)], 0.8)
    for y in (0.45 * edge, edge):
        canvas.ink([(-5, y), (stage.width + 5, y)], 0.8)


def _carpet(scenery: Scenery) -> None:
    """Two quiet stripes along the carpet, and the shine of the windows on it."""
    canvas, stage = scenery.canvas, scenery.stage
    line, height = stage.far_line, stage.height
    mark = mix(_CARPET, "#4d5560", 0.14)
    for share in (0.16, 0.19, 0.80, 0.84):
        y = line + share * (height - line)
        canvas.ink([(-5, y), (stage.width + 5, y)], 1.6, mark)
    if scenery.light.dark:
        return
    shine = mix(_CARPET, "#ffffff", 0.28)
    for share in (0.3, 0.58):
        x = stage.width * share
        slab = poly(
            (x, line + 0.27 * (height - line)),
            (x + 0.2 * stage.width, line + 0.27 * (height - line)),
            (x + 0.13 * stage.width, line + 0.72 * (height - line)),
            (x - 0.1 * stage.width, line + 0.72 * (height - line)),
        )
        canvas.fill(slab, shine)


KIT = Kit(
    "office",
    paint,
    shape=ROOM,
    bays=(
        Bay((), 92, 3.8),  # bare wall, where signs hang
        Bay((Piece("door", colour="#a9b3b0"),), 108, 1.0),
        Bay((Piece("filing cabinet"),), 64, 2.0),
        Bay((Piece("office window"),), 182, 4.0),
        Bay((Piece("bookcase"),), 104, 0.0),
        Bay((Piece("picture frame"),), 60, 0.3),
    ),
    loose=(
        Loose("desk", x=(0.28, 0.72), y=(0.82, 0.90), always=True, state="in use"),
        Loose("office chair", y=(0.80, 0.92)),
        Loose("printer", x=(0.06, 0.94), y=(0.745, 0.79)),
        Loose("water cooler", x=(0.05, 0.95), y=(0.735, 0.77)),
        Loose("coat stand", x=(0.05, 0.95), y=(0.735, 0.76)),
        Loose("house plant", x=(0.04, 0.96), y=(0.735, 0.76), always=True),
        Loose("safe", x=(0.06, 0.94), y=(0.735, 0.77)),
        Loose("bin", x=(0.04, 0.96), y=(0.76, 0.9)),
    ),
    areas={"floor": Area()},
    indoors=True,
    lamplight=0.7,
    ceiling=0.085,
    seat="office chair",
)
