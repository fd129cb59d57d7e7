"""The setting kit ``airport``: a departure hall before a wall of glass, an aeroplane at its gate."""

from __future__ import annotations

import random

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, band, join, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.props.events_airport import draw_plane
from storypainter.ink.props.prop import IRON, Look
from storypainter.ink.props.views import draw_view
from storypainter.ink.scenery.room import FLOOR_DEPTH, WALL_DEPTH

SHAPE = Shape(
    far_line=0.665,
    back=(0.705, 0.75),
    middle=(0.785, 0.85),
    front=(0.89, 0.955),
    far_scale=0.78,
    zoom=1.1,
)
_GLASS_DEPTH = WALL_DEPTH + 2
_TOP = 0.115  # of the height: where the ceiling ends
_GROUND = 0.475  # of the height: where the tarmac meets the sky
_FLOOR, _STEEL = "#d9d6d0", "#c3cacd"
_NIGHT = "#1c2748"


def paint(scenery: Scenery) -> None:
    """The apron outside, mullions before it, a ribbed ceiling, and a polished floor."""
    _apron(scenery)
    _glazing(scenery)
    _ceiling(scenery)
    _floor(scenery)


def _dim(scenery: Scenery, hue: str) -> str:
    """A colour out of doors: darker by night, paler in fog and snow."""
    weather = scenery.setting.weather
    soft = mix(hue, "#dfe3e4", {"fog": 0.6, "snow": 0.4, "rain": 0.2}.get(weather, 0.12))
    return mix(soft, _NIGHT, 0.62) if scenery.light.dark else soft


def _apron(scenery: Scenery) -> None:
    """What is seen through the glass: sky, a control tower, the runway, an aeroplane at its gate."""
    canvas, stage = scenery.canvas, scenery.stage
    width, height, line = stage.width, stage.height, stage.far_line
    scale = height / 640
    with canvas.layer("apron", WALL_DEPTH, kind="scenery", ink_width=0.55, ink_colour=FAR_INK):
        pen = Pen(canvas, Frame(0, 0, scale), 1)
        ground = _GROUND * height
        # the view reaches far below the tarmac: only its sky and its weather are to be seen
        draw_view(pen, scenery.ground, -4, _TOP * height / scale - 4, width / scale + 4, 1.16 * height / scale)  # fmt: skip
        _far_edge(scenery, ground)
        tarmac = _dim(scenery, "#eef1f2" if scenery.setting.weather == "snow" else "#b4b2b6")
        canvas.fill(rect(-5, ground, width + 5, line + 4), tarmac)
        canvas.ink([(-5, ground), (width + 5, ground)], 0.9)
        side = -1 if scenery.seed % 2 else 1
        _tower(scenery, (0.5 + 0.36 * side) * width, ground)
        for share in (0.2, 0.62):
            x = share * width
            mark = poly((x, ground + 26 * canvas.unit), (x + 150 * canvas.unit, ground + 26 * canvas.unit), (x + 142 * canvas.unit, ground + 32 * canvas.unit), (x - 12 * canvas.unit, ground + 32 * canvas.unit))  # fmt: skip
            canvas.fill(mark, _dim(scenery, "#e8d28a"))
        if "plane" not in scenery.places:
            _parked(scenery, side)
        if scenery.light.dark:
            for k in range(12):
                x = (k + 0.5) / 12 * width
                canvas.fill(oval(x, ground + 5 * canvas.unit, 4 * canvas.unit), "#ffe9a8")


def _far_edge(scenery: Scenery, ground: float) -> None:
    """Low woods beyond the runway."""
    canvas, stage = scenery.canvas, scenery.stage
    rng = random.Random(scenery.seed + 72)
    hue = _dim(scenery, "#dfe5e4" if scenery.setting.weather == "snow" else scenery.season.hedge)
    lobes, x = [], -20.0
    while x < stage.width + 20:
        size = rng.uniform(0.012, 0.024) * stage.height
        lobes.append(oval(x, ground, size * 2.2, size))
        x += size * 2.4
    canvas.shape(join(*lobes), mix(hue, scenery.light.far, 0.4), ink_width=0.7, shade=0)


def _parked(scenery: Scenery, side: int) -> None:
    """An aeroplane, its nose towards the middle, away from the tower."""
    canvas, stage = scenery.canvas, scenery.stage
    scale = 0.66 * stage.height / 404
    x = (0.5 - 0.16 * side) * stage.width
    foot = (_GROUND + 0.085) * stage.height
    pen = canvas.pen(Frame(x, foot, scale, 0, side < 0), 0.9)
    pen.fill(oval(0, -4, 150, 8), "#3a2a5a", 0.14)
    hue = mix("#c8665a", "#e8e4dc", 0.35)
    draw_plane(pen, Look("parked", colour=hue, ground=scenery.ground))


def _tower(scenery: Scenery, x: float, ground: float) -> None:
    canvas, unit = scenery.canvas, scenery.canvas.unit
    wall = _dim(scenery, "#d6cfc4")
    pen = canvas.pen(Frame(x, ground, unit), 0.9)
    pen.shape(poly((-17, 0), (17, 0), (12, -150), (-12, -150)), wall, ink_width=0.7, shade=0.6)
    pen.shape(rect(-64, -44, 64, 0), _dim(scenery, "#c9c4bc"), ink_width=0.7, shade=0.6)
    for k in range(-3, 4):
        pen.fill(rect(k * 17 - 5, -32, k * 17 + 5, -16), "#f6d67c" if scenery.light.dark else _dim(scenery, "#8fa9b8"))  # fmt: skip
    glass = "#f3e2a4" if scenery.light.dark else _dim(scenery, "#9fbac4")
    pen.shape(poly((-26, -150), (26, -150), (36, -190), (-36, -190)), glass, ink_width=0.7, shade=0)
    for step in (-14, 0, 14):
        pen.ink([(step, -151), (step * 1.35, -189)], 0.6)
    pen.shape(rect(-40, -200, 40, -189, 3), wall, ink_width=0.7, shade=0)
    pen.ink([(0, -200), (0, -236)], 0.9)
    pen.shape(oval(0, -238, 3.4), "#c8665a", ink_width=0.5, shade=0)


def _glazing(scenery: Scenery) -> None:
    """Slender mullions, a rail, and glints on the panes."""
    canvas, stage = scenery.canvas, scenery.stage
    width, top, line = stage.width, _TOP * stage.height, stage.far_line
    steel = mix(_STEEL, "#ffffff", 0.2)
    unit = canvas.unit
    with canvas.layer("glazing", _GLASS_DEPTH, kind="scenery", ink_width=0.55, ink_colour=FAR_INK):
        pitch = 0.262 * stage.height
        count = int(width / pitch) + 2
        start = (width - (count - 1) * pitch) / 2
        for k in range(count):
            x = start + k * pitch
            for dx in (0.30, 0.36):
                a = (x + dx * pitch, top + 0.36 * (line - top))
                b = (x + (dx + 0.16) * pitch, top + 0.14 * (line - top))
                canvas.ink([a, b], 1.2, mix(scenery.light.sky[0], "#ffffff", 0.6))
            canvas.shape(rect(x - 7 * unit, top - 4, x + 7 * unit, line), steel, ink_width=0.8, shade=0.4)  # fmt: skip
        y = top + 0.40 * (line - top)
        canvas.shape(rect(-8, y, width + 8, y + 8 * unit), steel, ink_width=0.8, shade=0)
        canvas.shape(rect(-8, line - 26 * unit, width + 8, line + 2), mix(_STEEL, IRON, 0.12), ink_width=0.9, shade=0)  # fmt: skip


def _ceiling(scenery: Scenery) -> None:
    """White ribs that spread towards the viewer, with strips of light."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    width, top = stage.width, _TOP * stage.height
    with canvas.layer(
        "ceiling", _GLASS_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour=FAR_INK
    ):
        canvas.fill(rect(-5, -5, width + 5, top), "#f1eee6")
        middle = width / 2
        for k in range(-9, 10):
            x = middle + k * 92 * unit
            canvas.ink([(x, top), (middle + (x - middle) * 1.7, -5)], 0.7, "#c9c4ba")
        with canvas.lit():
            for k in (-5, -2, 1, 4):
                a, b = (middle + (k + 0.25) * 92 * unit, middle + (k + 0.75) * 92 * unit)
                lamp: Form = poly((a, top * 0.82), (b, top * 0.82), (middle + (b - middle) * 1.5, top * 0.2), (middle + (a - middle) * 1.5, top * 0.2))  # fmt: skip
                canvas.shape(lamp, "#fffbe6", ink_width=0.7, shade=0)
        canvas.shape(rect(-8, top - 14 * unit, width + 8, top), _STEEL, ink_width=0.9, shade=0)


def _floor(scenery: Scenery) -> None:
    """Large polished slabs that mirror the light of the glass."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    width, height, line = stage.width, stage.height, stage.far_line
    hue = _FLOOR
    mark = mix(hue, "#6b6270", 0.25)
    rng = random.Random(scenery.seed + 71)
    eye = (width / 2, line - 0.32 * height)

    def meet(x: float, y: float) -> Point:
        share = (y - eye[1]) / (height - eye[1])
        return eye[0] + (x - eye[0]) * share, y

    with canvas.layer("floor", FLOOR_DEPTH, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        canvas.fill(rect(-5, line, width + 5, height + 5), hue)
        gleam = mix(hue, "#ffffff" if not scenery.light.dark else "#8f9ab8", 0.45)
        pitch = 0.262 * height
        for k in range(-4, 5):
            foot = width / 2 + k * pitch * 1.5 + rng.uniform(-8, 8) * unit
            shine = poly(meet(foot, line), meet(foot + 0.7 * pitch, line), meet(foot + 0.7 * pitch, height * 0.9), meet(foot, height * 0.9))  # fmt: skip
            canvas.fill(shine, gleam, 0.85)
        for share in (0.14, 0.34, 0.62, 0.97):
            y = line + share * (height - line)
            canvas.ink([(-5, y), (width + 5, y)], 0.8, mark)
        for k in range(-9, 10):
            x = width / 2 + k * 0.19 * height
            canvas.ink([meet(x, line), meet(x, height + 4)], 0.8, mark)
        canvas.ink([(-5, line), (width + 5, line)], 1.2)
        guide = band(path((-10, line + 0.245 * height), (width + 10, line + 0.245 * height)), 9 * unit, flat=True)  # fmt: skip
        canvas.fill(guide, "#e3c978", 0.85)


KIT = Kit(
    "airport",
    paint,
    shape=SHAPE,
    bays=(
        Bay((Piece("waiting chairs"),), 200, 3.0),
        Bay((Piece("house plant"),), 76, 2.0),
        Bay((Piece("vending machine"),), 110, 0.0),
    ),
    loose=(
        Loose("check-in desk", x=(0.2, 0.8), y=(0.735, 0.76)),
        Loose("security gate", x=(0.2, 0.8), y=(0.725, 0.75)),
        Loose("baggage belt", x=(0.3, 0.7), y=(0.735, 0.77)),
        Loose("baggage scanner", x=(0.25, 0.75), y=(0.735, 0.76)),
        Loose("rope barrier", x=(0.1, 0.9), y=(0.76, 0.88)),
        Loose("luggage trolley", x=(0.1, 0.9), y=(0.78, 0.93)),
    ),
    areas={"floor": Area(), "gate": Area(y=(0.705, 0.74))},
    indoors=True,
    lamplight=0.6,
    ceiling=0.125,
    hung="ceiling",
    seat="chair",
)
