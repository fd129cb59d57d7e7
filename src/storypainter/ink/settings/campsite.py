"""The setting kit ``campsite``: a clearing in a wood of firs by a lake, with tents."""

from __future__ import annotations

import random

from storypainter.ink.drawing.forms import oval
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Kit, Loose, Scenery
from storypainter.ink.props.on_water import hues_of, wade
from storypainter.ink.scenery.air import paint_weather
from storypainter.ink.scenery.far import FAR_DEPTH
from storypainter.ink.scenery.grass import PATH_DEPTH, paint_grass, paint_lawn
from storypainter.ink.scenery.sky import paint_sky
from storypainter.ink.scenery.water import paint_reflection, paint_water
from storypainter.ink.scenery.woods import (
    fir_hue,
    paint_bracken,
    paint_far_wood,
    paint_fir,
    paint_mountains,
    paint_stumps,
    paint_trunk,
)

SHAPE = Shape(
    far_line=0.645,
    back=(0.675, 0.725),
    middle=(0.765, 0.84),
    front=(0.885, 0.95),
    far_scale=0.72,
    zoom=1.06,
    horizon=0.535,
)
_LAKE_TOP = 0.525


def paint(scenery: Scenery) -> None:
    """Mountains, woods, a lake between them, the clearing, trees at its sides."""
    paint_sky(scenery)
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    line = _LAKE_TOP * stage.height
    with canvas.layer("far", FAR_DEPTH - 6, kind="scenery", ink_width=0.62, ink_colour=FAR_INK):
        paint_mountains(scenery, line, 240 * unit)
        paint_far_wood(scenery, line, 104 * unit, 0.12, 61)
        paint_far_wood(scenery, line + 1, 66 * unit, 0.42, 62)
    paint_water(scenery, line, stage.far_line + 6 * unit, calm=1.0, shallows=0.5)
    with canvas.layer("mirrored wood", -44.0, kind="scenery"):
        dim = mix(fir_hue(scenery, 0.42), hues_of(scenery.ground).dark, 0.35)
        paint_reflection(scenery, dim, line, 22 * unit, 0.45)
    paint_lawn(scenery)
    _bank(scenery)
    _edge_of_the_wood(scenery)
    _hearth(scenery)


def _bank(scenery: Scenery) -> None:
    """Reeds and stones where the meadow meets the lake."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    rng = random.Random(scenery.seed + 63)
    hue = mix(scenery.season.hedge, scenery.light.far, 0.2)
    with canvas.layer("bank", PATH_DEPTH - 4, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        x = rng.uniform(0, 40) * unit
        while x < stage.width:
            if rng.random() < 0.55:
                for lean in (-7, -2, 3, 8):
                    tall = rng.uniform(16, 34) * unit
                    foot = stage.far_line + 4 * unit
                    canvas.ink(
                        [(x + lean * unit, foot), (x + lean * 1.6 * unit, foot - tall)], 1.1, hue
                    )
            else:
                stone = oval(x, stage.far_line + 2 * unit, rng.uniform(9, 16) * unit, 5.4 * unit)
                canvas.shape(
                    stone, mix("#b9b2a4", scenery.light.far, 0.2), ink_width=0.7, shade=0.5
                )
            x += rng.uniform(34, 92) * unit


def _edge_of_the_wood(scenery: Scenery) -> None:
    """Firs at both sides, and one great trunk that frames the picture."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    rng = random.Random(scenery.seed + 64)
    right = scenery.seed % 2 == 1
    width, height = stage.width, stage.height
    with canvas.layer("wood", PATH_DEPTH - 2, kind="scenery", ink_width=0.68, ink_colour=FAR_INK):
        for share, foot, tall, near in (
            (0.13, 0.652, 236, 0.5), (0.925, 0.652, 214, 0.5), (0.035, 0.662, 400, 0.72),
            (0.845, 0.658, 150, 0.6), (0.985, 0.672, 460, 0.8),
        ):  # fmt: skip
            x = width * (share if right else 1 - share)
            size = tall * unit * rng.uniform(0.92, 1.06)
            paint_fir(scenery, x, foot * height, size, fir_hue(scenery, near))
        x = 0.012 * width if right else 0.988 * width
        paint_trunk(scenery, x, 0.735 * height, 34 * unit, lean=(-8 if right else 8) * unit)
        inward = 1 if right else -1
        for step, low, size in ((46, 0.738, 34), (96, 0.70, 22), (-2, 0.752, 30)):
            if scenery.setting.weather != "snow":
                paint_bracken(scenery, x + inward * step * unit, low * height, size * unit)
        other = width - x
        spots = [
            (other - inward * step * unit, low * height)
            for step, low in ((30, 0.7), (58, 0.715), (16, 0.73))
        ]
        paint_stumps(scenery, spots, 11 * unit)


def _hearth(scenery: Scenery) -> None:
    """Trodden earth around the fire, and its glow when it is dark."""
    place = scenery.places.get("campfire")
    if place is None:
        return
    canvas, stage = scenery.canvas, scenery.stage
    x, y = place
    cm = stage.cm(y)
    earth = mix("#c9ac80", scenery.season.lawn, 0.25)
    with canvas.layer("hearth", PATH_DEPTH + 1, kind="scenery"):
        canvas.fill(oval(x, y, 118 * cm, 26 * cm), earth, 0.9)
        canvas.fill(oval(x, y - 1 * cm, 78 * cm, 16 * cm), mix(earth, "#7d6248", 0.3), 0.7)
        if scenery.light.dark or scenery.setting.time_of_day == "evening":
            with canvas.lit():
                for half in range(70, 230, 16):
                    canvas.fill(oval(x, y - 2 * cm, half * cm, half * 0.24 * cm), "#f5b860", 0.06)


def paint_front(scenery: Scenery) -> None:
    """Grass in the lower corners, and the weather."""
    paint_grass(scenery)
    paint_weather(scenery)


KIT = Kit(
    "campsite",
    paint,
    shape=SHAPE,
    loose=(
        Loose("tent", x=(0.12, 0.88), y=(0.69, 0.715), always=True),
        Loose("campfire", x=(0.25, 0.75), y=(0.77, 0.86)),
        Loose("log", x=(0.08, 0.92), y=(0.75, 0.86)),
        Loose("sleeping bag", y=(0.78, 0.93)),
        Loose("camp chair", y=(0.73, 0.88)),
        Loose("cooking tripod", x=(0.2, 0.8), y=(0.77, 0.86)),
        Loose("rock", y=(0.70, 0.86)),
        Loose("rowing boat", x=(0.2, 0.8), y=(0.61, 0.63)),
        Loose("leaping fish", y=(0.585, 0.605)),
        Loose("tree stump", y=(0.72, 0.9)),
        Loose("tree", y=(0.68, 0.70)),
    ),
    areas={
        "lake": Area(y=(0.612, 0.63), wade=wade),
        "water": Area(y=(0.612, 0.63), wade=wade),
        "forest": Area(y=(0.675, 0.70)),
        "clearing": Area(),
    },
    paint_front=paint_front,
)
