"""The setting kit ``station platform``: tracks, a platform under its roof, the other side beyond."""

from __future__ import annotations

import random
from dataclasses import replace

from storypainter.ink.drawing.forms import arc, join, oval, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.far import paint_countryside
from storypainter.ink.scenery.sky import paint_sky
from storypainter.ink.scenery.town import ground_hue, paint_pavement

_SHAPE = Shape(
    far_line=0.60,
    back=(0.645, 0.695),
    middle=(0.745, 0.825),
    front=(0.885, 0.955),
    far_scale=0.66,
    zoom=1.08,
    horizon=0.36,
)
_FAR_EDGE, _FAR_FOOT = 0.425, 0.485  # the other platform: its edge and its foot
_EDGE = 0.055  # how deep the edge of the near platform is
_TRACK_DEPTH, _EDGE_DEPTH, _RAIN_DEPTH = -34.0, -29.0, -27.0
_ROOF_DEPTH = 9e5
_BALLAST, _CONCRETE, _SAFETY = "#b5a999", "#d6cdbd", "#e9b94c"


def paint(scenery: Scenery) -> None:
    """Sky and town, the platform beyond, the tracks, and the near platform with its edge."""
    paint_sky(scenery)
    stage = scenery.stage
    beyond = replace(stage, shape=replace(stage.shape, far_line=_FAR_EDGE))
    paint_countryside(replace(scenery, stage=beyond), hedge=False)
    _other_side(scenery)
    _tracks(scenery)
    _wet_air(scenery)
    top = stage.far_line + _EDGE * stage.height
    paint_pavement(scenery, top, stage.height + 5, rows=5)
    _platform_edge(scenery, top)


def _other_side(scenery: Scenery) -> None:
    """The platform beyond the tracks: its wall, its fence and two lamps."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    edge, foot, width = _FAR_EDGE * stage.height, _FAR_FOOT * stage.height, stage.width
    with canvas.layer("other side", _TRACK_DEPTH - 1, kind="scenery", ink_width=0.55, ink_colour=FAR_INK):  # fmt: skip
        fence = mix(scenery.light.far, "#6d6472", 0.35)
        top = edge - 0.055 * stage.height
        for y in (top + 8 * unit, edge - 10 * unit):
            canvas.ink([(-5, y), (width + 5, y)], 1.0, fence)
        for k in range(int(width / (20 * unit)) + 2):
            canvas.ink([(20 * unit * k, top), (20 * unit * k, edge)], 0.7, fence)
        glow = scenery.light.dark or scenery.setting.time_of_day == "evening"
        for share in (0.2, 0.8):
            x, high = width * share, edge - 0.15 * stage.height
            canvas.shape(
                rect(x - 2 * unit, high, x + 2 * unit, edge), fence, ink_width=0.6, shade=0
            )
            if glow:
                canvas.fill(oval(x, high - 8 * unit, 26 * unit), "#f6dc8c", 0.3)
            lamp = oval(x, high - 8 * unit, 10 * unit, 9 * unit)
            canvas.shape(lamp, "#f8e6a8" if glow else "#f4efdf", ink_width=0.7, shade=0)
        wall = ground_hue(scenery, mix(_CONCRETE, scenery.light.far, 0.25))
        canvas.shape(rect(-8, edge, width + 8, foot), mix(wall, "#5f5663", 0.16), ink_width=0.8, shade=0)  # fmt: skip
        canvas.shape(rect(-8, edge - 3 * unit, width + 8, edge + 8 * unit), mix(wall, "#ffffff", 0.4), ink_width=0.8, shade=0)  # fmt: skip
        for k in range(int(width / (92 * unit)) + 2):
            canvas.ink([(92 * unit * k, edge + 8 * unit), (92 * unit * k, foot)], 0.6)


def _tracks(scenery: Scenery) -> None:
    """Ballast, sleepers and two rails between the platforms."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    foot, line, width = _FAR_FOOT * stage.height, stage.far_line, stage.width
    ballast = ground_hue(scenery, _BALLAST)
    rng = random.Random(scenery.seed + 41)
    with canvas.layer("tracks", _TRACK_DEPTH, kind="scenery", ink_width=0.55, ink_colour=FAR_INK):
        canvas.fill(rect(-5, foot, width + 5, line + 4), ballast)
        mark = mix(ballast, "#5a4f4a", 0.4)
        for _ in range(int(46 * width / stage.height)):
            x, y = rng.uniform(0, width), rng.uniform(foot + 6 * unit, line - 6 * unit)
            canvas.ink(arc(x, y, 5 * unit, 2.6 * unit, 190, 350), 0.6, mark)
        deep = line - foot
        far_rail, near_rail = foot + 0.26 * deep, foot + 0.72 * deep
        wood = ground_hue(scenery, "#8f7763")
        step = 74 * unit
        for k in range(-1, int(width / step) + 3):
            x = k * step
            shift = (x - width / 2) / width * 26 * unit
            sleeper = poly(
                (x - 15 * unit, far_rail - 9 * unit), (x + 15 * unit, far_rail - 9 * unit),
                (x + 19 * unit + shift, near_rail + 13 * unit), (x - 19 * unit + shift, near_rail + 13 * unit),
            )  # fmt: skip
            canvas.shape(sleeper, wood, ink_width=0.6, shade=0)
        for y, thick in ((far_rail, 4.0), (near_rail, 6.0)):
            rail = rect(-8, y - thick * unit, width + 8, y + thick * unit)
            canvas.shape(rail, "#9aa0a4", ink_width=0.9, shade=0)
            canvas.ink([(-5, y - 0.4 * thick * unit), (width + 5, y - 0.4 * thick * unit)], 0.7, "#e4e8e8")  # fmt: skip
        canvas.fill(rect(-5, line - 7 * unit, width + 5, line + 4), "#3a2a5a", 0.28)


def _platform_edge(scenery: Scenery, top: float) -> None:
    """Pale coping stones, and the line behind which one waits."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    line, width = stage.far_line, stage.width
    stone = ground_hue(scenery, "#ece5d6")
    with canvas.layer("platform edge", _EDGE_DEPTH, kind="scenery", ink_width=0.55, ink_colour=FAR_INK):  # fmt: skip
        canvas.fill(rect(-8, line, width + 8, top + 2), ground_hue(scenery, "#ddd5c5"))
        canvas.shape(rect(-8, line, width + 8, line + 0.42 * (top - line)), stone, ink_width=0.9, shade=0)  # fmt: skip
        for k in range(int(width / (84 * unit)) + 2):
            x = 84 * unit * k
            lean = (x - width / 2) / width * 12 * unit
            canvas.ink([(x, line), (x + lean, line + 0.42 * (top - line))], 0.7)
        stripe = rect(-8, line + 0.58 * (top - line), width + 8, line + 0.92 * (top - line))
        canvas.shape(stripe, ground_hue(scenery, _SAFETY), ink_width=0.7, shade=0)


def _wet_air(scenery: Scenery) -> None:
    """Rain, snow or fog beyond the roof's edge."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    weather, bottom = scenery.setting.weather, stage.far_line
    if weather not in ("rain", "snow", "fog"):
        return
    rng = random.Random(scenery.seed + 43)
    with canvas.layer("weather beyond", _RAIN_DEPTH, kind="weather"):
        if weather == "fog":
            canvas.fill(rect(-5, 0.25 * stage.height, stage.width + 5, bottom), "#ffffff", 0.45)
        for _ in range(int((90 if weather != "fog" else 0) * stage.width / stage.height)):
            x, y = rng.uniform(0, stage.width), rng.uniform(0, bottom - 30 * unit)
            if weather == "rain":
                canvas.ink([(x, y), (x - 6 * unit, y + 24 * unit)], 0.5, "#f2f8fa")
            else:
                canvas.fill(oval(x, y, rng.uniform(2, 4) * unit), "#ffffff", 0.95)


def paint_front(scenery: Scenery) -> None:
    """The edge of the platform roof with its pointed boards."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    low, width = 0.03 * stage.height, stage.width
    with canvas.layer("roof", _ROOF_DEPTH, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        step = 36 * unit
        boards = [
            poly((x, low - 2), (x + step, low - 2), (x + step, low + 14 * unit), (x + step / 2, low + 28 * unit), (x, low + 14 * unit))
            for x in (step * (k - 0.5) for k in range(int(width / step) + 2))
        ]  # fmt: skip
        cream, green = "#efe6cd", "#7d9a8f"
        canvas.shape(join(*boards), cream, ink_width=0.8, shade=0)
        for k in range(int(width / step) + 2):
            x = step * (k - 0.5)
            canvas.ink([(x, low), (x, low + 14 * unit)], 0.7)
            canvas.fill(oval(x + step / 2, low + 9 * unit, 3.2 * unit), mix(green, "#3a4a44", 0.3))
        canvas.shape(rect(-8, -8, width + 8, low), green, ink_width=0.9, shade=0)
        canvas.ink([(-5, low * 0.55), (width + 5, low * 0.55)], 0.7, mix(green, "#ffffff", 0.4))


KIT = Kit(
    "station platform",
    paint,
    shape=_SHAPE,
    bays=(Bay((Piece("train"),), 380, 0.0),),
    loose=(
        Loose("iron pillar", x=(0.05, 0.14), y=(0.645, 0.655), always=True),
        Loose("iron pillar", x=(0.86, 0.95), y=(0.645, 0.655), always=True, anchor="pillar"),
        Loose("railway signal", x=(0.2, 0.8), y=(0.61, 0.612)),
        Loose("platform bench", x=(0.15, 0.85), y=(0.70, 0.76), anchor="bench"),
        Loose("ticket machine", x=(0.06, 0.94), y=(0.68, 0.72)),
        Loose("vending machine", x=(0.06, 0.94), y=(0.68, 0.72)),
        Loose("tea trolley", x=(0.1, 0.9), y=(0.70, 0.78)),
        Loose("ticket barrier", x=(0.1, 0.9), y=(0.70, 0.78)),
        Loose("luggage trolley", x=(0.1, 0.9), y=(0.74, 0.92)),
        Loose("litter bin", x=(0.06, 0.94), y=(0.67, 0.70)),
    ),
    areas={"platform": Area()},
    seat="platform bench",
    paint_front=paint_front,
)
