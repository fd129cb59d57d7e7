"""The setting kit ``library``: walls of books, an arched window with a seat, green lamps."""

from __future__ import annotations

from storypainter.ink.drawing.forms import arc, join, oval, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.room import FLOOR_DEPTH, WALL_DEPTH, paint_room

_WALLS = ("#e8dcc2", "#dfe0cf", "#ead9c6", "#dcdcd6")
_GALLERY = 262.0  # cm above the floor: the lower edge of the gallery
_OAK = "#a97a4c"


def paint(scenery: Scenery) -> None:
    """A warm wall, a gallery above the shelves, glass lamps on chains, a runner on the boards."""
    wall = _WALLS[scenery.seed % len(_WALLS)]
    paint_room(scenery, wall, "#b88f63", ground="planks", skirting="#8a6a4a")
    _gallery(scenery, wall)
    _runner(scenery)
    _lamps(scenery)


def _gallery(scenery: Scenery, wall: str) -> None:
    """A beam above the shelves, and over it a railing with more books behind, all muted."""
    canvas, stage = scenery.canvas, scenery.stage
    cm, width = stage.cm(stage.far_line), stage.width
    foot = stage.far_line - _GALLERY * cm
    wood = mix(_OAK, wall, 0.35)
    with canvas.layer("gallery", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        if foot > 0:
            canvas.fill(rect(-5, -5, width + 5, foot), mix(wall, "#8b6f52", 0.3))
            for index in range(int(width / (9 * cm)) + 2):
                x, tall = index * 9 * cm, (24 + 5 * (index * 7 % 4)) * cm
                hue = ("#a8655a", "#7d92a0", "#c2a25c", "#8a9a72", "#b98a6a")[index * 3 % 5]
                canvas.shape(
                    rect(x, foot - 20 * cm - tall, x + 9 * cm, foot),
                    mix(hue, wall, 0.5),
                    ink_width=0.5,
                    shade=0,
                )
            for index in range(int(width / (13 * cm)) + 2):
                x = (index + 0.5) * 13 * cm
                canvas.shape(
                    rect(x - 2 * cm, foot - 34 * cm, x + 2 * cm, foot), wood, ink_width=0.7, shade=0
                )
            canvas.shape(rect(-8, foot - 40 * cm, width + 8, foot - 34 * cm), wood, ink_width=0.9)
        canvas.shape(rect(-8, foot - 2 * cm, width + 8, foot + 10 * cm), wood, ink_width=0.9)
        canvas.ink([(-5, foot + 5 * cm), (width + 5, foot + 5 * cm)], 0.7)


def _runner(scenery: Scenery) -> None:
    """A long red carpet that leads into the picture's depth along the shelves."""
    canvas, stage = scenery.canvas, scenery.stage
    top = stage.far_line + 0.1 * stage.height
    low = stage.far_line + 0.235 * stage.height
    with canvas.layer("runner", FLOOR_DEPTH + 1, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        cloth = "#a86f66"
        canvas.shape(rect(-8, top, stage.width + 8, low), cloth, ink_width=0.9, shade=0)
        for y in (top + 0.012 * stage.height, low - 0.016 * stage.height):
            canvas.ink([(-5, y), (stage.width + 5, y)], 1.6, "#d9b98a")


def _lamps(scenery: Scenery) -> None:
    """Glass shades on chains; they shine when it is dark outside."""
    canvas, stage = scenery.canvas, scenery.stage
    cm = stage.cm(stage.far_line)
    lit = scenery.light.dark or scenery.setting.time_of_day == "evening"
    with canvas.layer("lamps", WALL_DEPTH + 3, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        for share in (0.16, 0.5, 0.84):
            x, y = share * stage.width, 22 * cm
            if lit:
                glow = poly((x - 16 * cm, y), (x + 16 * cm, y), (x + 60 * cm, y + 120 * cm), (x - 60 * cm, y + 120 * cm))  # fmt: skip
                canvas.fill(glow, "#fbe9b0", 0.16)
            canvas.ink([(x, -5), (x, y - 12 * cm)], 1.2)
            canvas.shape(
                oval(x, y, 8 * cm, 5 * cm), "#fff0b8" if lit else "#f4efdf", ink_width=0.6, shade=0
            )
            dome = join(poly(*arc(x, y, 18 * cm, 15 * cm, 180, 360).tolist()), rect(x - 18 * cm, y - cm, x + 18 * cm, y + 2 * cm))  # fmt: skip
            canvas.shape(dome, "#6f9079", ink_width=0.9)


KIT = Kit(
    "library",
    paint,
    shape=Shape(
        far_line=0.66,
        back=(0.70, 0.745),
        middle=(0.775, 0.845),
        front=(0.89, 0.955),
        far_scale=0.82,
        zoom=1.1,
    ),
    bays=(
        Bay((Piece("bookshelf"),), 126, 3.0, repeat=True),
        Bay((Piece("low bookshelf"),), 126, 3.5),
        Bay((Piece("library window"), Piece("window seat")), 140, 4.0),
        Bay((Piece("bookshelf"), Piece("rolling ladder", 26)), 128, 2.0),
        Bay((Piece("door"),), 110, 0.0),
    ),
    loose=(
        Loose("reading table", x=(0.25, 0.75), y=(0.79, 0.90)),
        Loose("library counter", x=(0.2, 0.8), y=(0.80, 0.84)),
        Loose("book trolley", x=(0.08, 0.92), y=(0.74, 0.86)),
        Loose("returns box", x=(0.06, 0.94), y=(0.74, 0.78)),
        Loose("armchair"),
        Loose("chair"),
    ),
    areas={"floor": Area()},
    indoors=True,
    ceiling=0.09,
    seat="chair",
)
