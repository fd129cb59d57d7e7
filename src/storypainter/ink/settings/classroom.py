"""The setting kit ``classroom``: a green board, tall windows, desks, a map, coats on pegs."""

from __future__ import annotations

from storypainter.ink.drawing.forms import arc, join, oval, path, poly, rect
from storypainter.ink.drawing.geometry import star
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.room import WALL_DEPTH, paint_room

_WALLS = ("#f1e6cb", "#e3ead9", "#e9e4da", "#f0dfcd")
_DADOES = ("#b9c9bd", "#a9c0c2", "#c9bfa4", "#b5c3a5")
_FRIEZE = 252.0  # cm above the floor: the lower edge of the row of cards
_CARD = 26.0  # cm


def paint(scenery: Scenery) -> None:
    """A two-coloured wall, a row of picture cards under the ceiling, round lamps, boards."""
    wall = _WALLS[scenery.seed % len(_WALLS)]
    dado = _DADOES[scenery.seed % len(_DADOES)]
    paint_room(scenery, wall, "#d6b482", ground="planks", skirting="#8f7c66", dado=dado)
    _frieze(scenery, wall)
    _lamps(scenery)


def _frieze(scenery: Scenery, wall: str) -> None:
    """Cards with pictures in a row, as young pupils have them over the board."""
    canvas, stage = scenery.canvas, scenery.stage
    cm = stage.cm(stage.far_line)
    top = stage.far_line - (_FRIEZE + _CARD) * cm
    if top < 0:
        return
    with canvas.layer("frieze", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        canvas.ink([(-5, top + 3 * cm), (stage.width + 5, top + 3 * cm)], 0.6)
        for index in range(int(stage.width / (34 * cm)) + 2):
            x = (index - 0.35) * 34 * cm
            card = rect(x, top, x + _CARD * cm, top + _CARD * cm, 1.5 * cm)
            canvas.shape(card, mix("#fffdf7", wall, 0.3), ink_width=0.8, shade=0)
            _picture(scenery, index, x + _CARD * cm / 2, top + _CARD * cm / 2, cm, wall)


def _picture(scenery: Scenery, index: int, x: float, y: float, cm: float, wall: str) -> None:
    """One small picture: an apple, a sun, a fish, a house, a star, a leaf."""
    canvas = scenery.canvas
    hue = mix(
        ("#c8553d", "#e9b44c", "#6f9fb8", "#b86f5a", "#d9a83a", "#7d9a5b")[index % 6], wall, 0.35
    )
    kind, s = index % 6, cm
    if kind == 0:
        form = join(
            oval(x - 2.6 * s, y + 1 * s, 5 * s, 6 * s), oval(x + 2.6 * s, y + 1 * s, 5 * s, 6 * s)
        )
        canvas.ink(path((x, y - 4 * s), (x + 1 * s, y - 8 * s)), 1.0)
    elif kind == 1:
        form = star(x, y, 9 * s, 9, 0.66)
    elif kind == 2:
        form = join(
            oval(x - 1.5 * s, y, 7 * s, 4.6 * s),
            poly((x + 4 * s, y), (x + 9 * s, y - 4 * s), (x + 9 * s, y + 4 * s)),
        )
    elif kind == 3:
        form = poly((x - 6 * s, y + 7 * s), (x - 6 * s, y - 1 * s), (x, y - 8 * s), (x + 6 * s, y - 1 * s), (x + 6 * s, y + 7 * s))  # fmt: skip
    elif kind == 4:
        form = star(x, y, 8.6 * s)
    else:
        form = oval(x, y, 4 * s, 8.6 * s, 32)
    canvas.shape(form, hue, ink_width=0.7, shade=0)
    if kind == 2:
        canvas.fill(oval(x - 5 * s, y - 1 * s, 0.9 * s), FAR_INK)


def _lamps(scenery: Scenery) -> None:
    """Round glass lamps on rods; they shine when it is dark outside."""
    canvas, stage = scenery.canvas, scenery.stage
    cm = stage.cm(stage.far_line)
    lit = scenery.light.dark or scenery.setting.time_of_day == "evening"
    with canvas.layer("lamps", WALL_DEPTH + 2, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        for share in (0.2, 0.8):
            x, y = share * stage.width, 26 * cm
            canvas.ink([(x, -5), (x, y - 14 * cm)], 1.4)
            canvas.shape(
                rect(x - 5 * cm, y - 18 * cm, x + 5 * cm, y - 13 * cm, cm), "#9a8f80", shade=0
            )
            if lit:
                for reach, share_of in ((2.4, 0.16), (1.7, 0.22)):
                    canvas.fill(oval(x, y, 15 * cm * reach), "#fbe9b0", share_of)
            canvas.shape(oval(x, y, 15 * cm), "#fdf1c6" if lit else "#f7f4ea", shade=0.6)
            canvas.ink(arc(x, y, 10 * cm, 10 * cm, 190, 250), 0.7, "#ffffff")


KIT = Kit(
    "classroom",
    paint,
    shape=Shape(
        far_line=0.67,
        back=(0.705, 0.75),
        middle=(0.785, 0.85),
        front=(0.895, 0.955),
        far_scale=0.82,
        zoom=1.1,
    ),
    bays=(
        Bay((Piece("door"),), 108, 0.5),
        Bay((Piece("wall map"),), 136, 2.0),
        Bay((Piece("chalkboard"),), 184, 4.0),
        Bay((Piece("school shelf"),), 122, 2.5),
        Bay((Piece("classroom window"),), 146, 3.0, repeat=True),
        Bay((Piece("coat rail"),), 132, 1.0),
    ),
    loose=(
        Loose("teacher desk", x=(0.2, 0.8), y=(0.795, 0.815)),
        Loose("school table", x=(0.2, 0.8), y=(0.79, 0.90)),
        Loose("school desk", x=(0.12, 0.88), y=(0.80, 0.94)),
        Loose("easel", x=(0.1, 0.9), y=(0.74, 0.86)),
        Loose("chair"),
        Loose("bin", x=(0.04, 0.14), y=(0.72, 0.75)),
    ),
    areas={"floor": Area()},
    indoors=True,
    lamplight=0.8,
    ceiling=0.1,
    seat="school desk",
)
