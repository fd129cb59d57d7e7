"""The setting kit ``restaurant``: laid tables before the kitchen's hatch, wall lamps, a carpet."""

from __future__ import annotations

from storypainter.ink.drawing.forms import oval, path, poly, rect
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import ROOM
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.room import WALL_DEPTH, paint_room

_WALLS = ("#e6d5b8", "#dfd6c4", "#e8d3c2")
_PANEL = "#a3746a"
_CURTAIN = "#a2544c"
_HIGH = 84.0  # cm of panelling
_DRAPE = 0.085  # share of the width that a curtain at the side takes


def paint(scenery: Scenery) -> None:
    """Warm walls over dark panels, a deep carpet with a border, red curtains at both sides."""
    wall = _WALLS[scenery.seed % len(_WALLS)]
    paint_room(scenery, wall, "#b98d7d", paper="stripes", ground="carpet", skirting="")
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    with canvas.layer("panels", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        top = line - _HIGH * cm
        canvas.fill(rect(-5, top, stage.width + 5, line), _PANEL)
        wide = 58 * cm
        for column in range(int(stage.width / wide) + 2):
            left = (column - 0.4) * wide
            field = rect(left + 5 * cm, top + 12 * cm, left + wide - 5 * cm, line - 15 * cm)
            canvas.shape(field, mix(_PANEL, "#ffffff", 0.1), ink_width=0.8, shade=0)
        rail = rect(-8, top - 3 * cm, stage.width + 8, top + 3 * cm)
        canvas.shape(rail, mix(_PANEL, "#3a2a2a", 0.2), ink_width=0.9, shade=0)
    with canvas.layer("carpet", WALL_DEPTH + 12, kind="scenery", ink_width=0.5):
        _carpet(scenery)
    with canvas.layer("drapes", WALL_DEPTH + 13, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        for right in (False, True):
            _drape(scenery, right)


def _carpet(scenery: Scenery) -> None:
    """A border and rows of small lozenges that widen towards the viewer."""
    canvas, stage = scenery.canvas, scenery.stage
    line, low, middle = stage.far_line, stage.height, stage.width / 2
    mark = mix("#b98d7d", "#ffffff", 0.2)
    for row, share in enumerate((0.1, 0.28, 0.5, 0.76)):
        y = line + share * (low - line)
        step = (0.10 + 0.05 * share) * stage.height
        half = 0.012 * stage.height * (0.6 + share)
        count = int(stage.width / step) + 2
        for index in range(-count // 2, count // 2 + 1):
            x = middle + (index + 0.5 * (row % 2)) * step
            lozenge = poly((x - 1.5 * half, y), (x, y - 0.6 * half), (x + 1.5 * half, y), (x, y + 0.6 * half))  # fmt: skip
            canvas.fill(lozenge, mark)
    canvas.ink([(-5, line), (stage.width + 5, line)], 1.2)


def _drape(scenery: Scenery, right: bool) -> None:
    """A gathered curtain that frames one side, tied back."""
    canvas, stage = scenery.canvas, scenery.stage
    wide, line = _DRAPE * stage.width, stage.far_line

    def at(x: float, y: float) -> Point:
        return (stage.width - x * wide if right else x * wide), y * line

    edge = path(at(1.5, -0.02), at(1.3, 0.2), at(0.82, 0.42), at(0.42, 0.56))
    low = path(at(0.42, 0.6), at(0.72, 0.8), at(0.8, 1.02))
    area = poly(*map(tuple, edge.tolist()), *map(tuple, low.tolist()), at(-0.2, 1.02), at(-0.2, -0.02))  # fmt: skip
    canvas.shape(area, mix(_CURTAIN, "#ffffff", 0.14), ink_width=1.1, shade=0.6)
    fold = mix(_CURTAIN, "#2a1420", 0.25)
    for top, tie, foot in ((0.35, 0.1, 0.16), (0.75, 0.2, 0.36), (1.15, 0.32, 0.6)):
        canvas.ink(path(at(top, 0), at((top + tie) * 0.58, 0.3), at(tie, 0.56)), 0.9, fold)
        canvas.ink(path(at(tie, 0.6), at((tie + foot) * 0.52, 0.8), at(foot, 1.0)), 0.9, fold)
    tie_band = poly(at(-0.1, 0.55), at(0.5, 0.55), at(0.5, 0.61), at(-0.1, 0.61), corner=2)
    canvas.shape(tie_band, "#c39a4e", ink_width=0.9, shade=0)
    x, y = at(0.44, 0.62)
    canvas.fill(oval(x, y, 0.06 * wide, 0.1 * wide), "#c39a4e")


KIT = Kit(
    "restaurant",
    paint,
    shape=ROOM,
    bays=(
        Bay((Piece("wine rack"),), 116, 2.0),
        Bay((Piece("wall lamp"),), 58, 3.9),
        Bay((Piece("kitchen hatch"),), 188, 4.0),
        Bay((Piece("swing door"),), 124, 2.5),
        Bay((Piece("picture frame"),), 62, 0.4),
    ),
    loose=(
        Loose("restaurant table", x=(0.2, 0.8), y=(0.83, 0.92), always=True),
        Loose("chair"),
        Loose("dessert trolley", x=(0.08, 0.92), y=(0.77, 0.88)),
        Loose("high chair"),
        Loose("house plant", x=(0.04, 0.96), y=(0.735, 0.76)),
    ),
    areas={"floor": Area()},
    indoors=True,
    bare=(0.14, 0.86),
    seat="chair",
)
