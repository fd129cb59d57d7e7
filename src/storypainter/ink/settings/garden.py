"""The setting kit ``garden``: behind a house, with shed, beds and fruit tree, inside a fence."""

from __future__ import annotations

import math
import random

from storypainter.ink.drawing.forms import arc, join, oval, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.air import paint_weather
from storypainter.ink.scenery.far import FAR_DEPTH, paint_far_trees, paint_hills
from storypainter.ink.scenery.grass import PATH_DEPTH, paint_grass, paint_lawn
from storypainter.ink.scenery.sky import paint_sky

#: A garden is smaller than a park: people are nearer.
GARDEN = Shape(
    far_line=0.615,
    back=(0.66, 0.72),
    middle=(0.76, 0.84),
    front=(0.885, 0.95),
    far_scale=0.72,
    zoom=1.14,
)
_FENCE = 112.0  # cm
_BORDER_DEPTH = PATH_DEPTH - 2


def paint(scenery: Scenery) -> None:
    """Neighbouring roofs and trees behind a board fence, a flower border, lawn and stones."""
    paint_sky(scenery)
    rng = random.Random(scenery.seed + 12)
    canvas, line = scenery.canvas, scenery.stage.far_line
    with canvas.layer("far", FAR_DEPTH, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        paint_hills(scenery)
        _roofs(scenery, rng)
        paint_far_trees(scenery, rng, line - 40 * scenery.stage.cm(line))
        _fence(scenery, rng)
    paint_lawn(scenery)
    _border(scenery, rng)
    _stones(scenery, rng)


def _roofs(scenery: Scenery, rng: random.Random) -> None:
    """The upper storeys of two houses beyond the fence."""
    canvas, stage, far = scenery.canvas, scenery.stage, scenery.light.far
    line, cm = stage.far_line, stage.cm(stage.far_line)
    lit = scenery.light.dark or scenery.setting.time_of_day == "evening"
    for share in (rng.uniform(0.1, 0.3), rng.uniform(0.62, 0.86)):
        x, wide, eaves = share * stage.width, rng.uniform(62, 80) * cm, line - 150 * cm
        wall, roof = mix("#dcc6a8", far, 0.4), mix("#a9604c", far, 0.42)
        canvas.shape(rect(x - wide, eaves, x + wide, line), wall, ink_width=0.7, shade=0.4)
        gable = poly((x - wide * 1.12, eaves), (x + wide * 1.12, eaves), (x + wide * 0.8, eaves - 52 * cm), (x - wide * 0.8, eaves - 52 * cm))  # fmt: skip
        canvas.shape(gable, roof, ink_width=0.7, shade=0.4)
        chimney = rect(x + wide * 0.3, eaves - 70 * cm, x + wide * 0.5, eaves - 46 * cm)
        canvas.shape(chimney, mix("#a9705c", far, 0.4), ink_width=0.7, shade=0.4)
        pane = "#f6d67c" if lit else mix("#e8efe9", far, 0.2)
        for side in (-0.5, 0.3):
            left = x + side * wide
            canvas.shape(rect(left, eaves + 9 * cm, left + 17 * cm, eaves + 32 * cm), pane, ink_width=0.6, shade=0)  # fmt: skip


def _fence(scenery: Scenery, rng: random.Random) -> None:
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    wood = mix("#cdb089", scenery.light.far, 0.22)
    top = line - _FENCE * cm
    x = -rng.uniform(0, 14) * cm
    while x < stage.width:
        wide = rng.uniform(14, 16) * cm
        peak = top - rng.uniform(-1.6, 1.6) * cm
        board = poly((x, line + 4), (x, peak + 5 * cm), (x + wide / 2, peak), (x + wide, peak + 5 * cm), (x + wide, line + 4))  # fmt: skip
        canvas.shape(board, mix(wood, "#8f7355", rng.uniform(0, 0.1)), ink_width=0.6, shade=0)
        if rng.random() < 0.35:
            y = rng.uniform(top + 20 * cm, line - 16 * cm)
            canvas.ink(
                arc(x + wide / 2, y, 2.4 * cm, 4 * cm, 0, 300), 0.4, mix(wood, "#6d5a48", 0.5)
            )
        x += wide
    for share in (0.22, 0.72):
        y = top + share * _FENCE * cm
        canvas.shape(rect(-8, y, stage.width + 8, y + 6 * cm), mix(wood, "#6d5a48", 0.16), ink_width=0.6, shade=0)  # fmt: skip
    if scenery.setting.weather == "snow":
        canvas.fill(rect(-8, top - 1 * cm, stage.width + 8, top + 3.4 * cm), "#fbfcfb")


def _border(scenery: Scenery, rng: random.Random) -> None:
    """A strip of earth before the fence, with shrubs and flowers of the season."""
    canvas, stage, season = scenery.canvas, scenery.stage, scenery.season
    line, cm = stage.far_line, stage.cm(stage.far_line)
    snow = scenery.setting.weather == "snow"
    soil = mix("#a98a6c", "#ffffff", 0.7) if snow else mix("#a98a6c", season.lawn, 0.2)
    with canvas.layer("border", _BORDER_DEPTH, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        wave = [(x * stage.width / 24, line + (7 + 2.2 * math.sin(x * 0.9 + scenery.seed)) * cm) for x in range(-1, 26)]  # fmt: skip
        canvas.shape(poly((-20, line - 2), *wave, (stage.width + 20, line - 2)), soil, ink_width=0.5, shade=0)  # fmt: skip
        x = rng.uniform(0, 20) * cm
        while x < stage.width:
            _shrub(scenery, rng, x, line + 4 * cm, cm)
            x += rng.uniform(19, 34) * cm


def _shrub(scenery: Scenery, rng: random.Random, x: float, y: float, cm: float) -> None:
    canvas, season = scenery.canvas, scenery.season
    size = rng.uniform(9, 15) * cm
    hue = mix(rng.choice(season.leaves), scenery.light.far, 0.16)
    if season.bare and scenery.setting.weather == "snow":
        hue = "#eef2f2"
    lobes = [oval(x + dx * size, y - (0.55 + dy) * size, size * 0.56) for dx, dy in ((-0.6, 0), (0.6, 0), (0, 0.42), (0, 0))]  # fmt: skip
    canvas.shape(join(*lobes), hue, ink_width=0.7, shade=0.5)
    if not season.blossom:
        return
    petal = rng.choice(season.blossom)
    for dx, dy in ((-0.6, 0.1), (0.1, 0.7), (0.62, 0.2), (-0.1, 0.1), (0.3, -0.1)):
        canvas.shape(oval(x + dx * size, y - (0.55 + dy) * size, 2.5 * cm), petal, ink_width=0.5, shade=0)  # fmt: skip


def _stones(scenery: Scenery, rng: random.Random) -> None:
    """Stepping stones from the house, or from the middle, to the front."""
    canvas, stage = scenery.canvas, scenery.stage
    start = scenery.places.get("house") or scenery.places.get("garden shed")
    x0 = start[0] if start else stage.width * 0.5
    goal = stage.width * (0.34 if x0 < stage.width / 2 else 0.66)
    hue = "#f2f3f1" if scenery.setting.weather == "snow" else "#d5cdbd"
    y = stage.far_line + 0.03 * stage.height
    with canvas.layer("stones", PATH_DEPTH, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        while y < stage.height * 1.02:
            share = (y - stage.far_line) / (stage.height - stage.far_line)
            cm = stage.cm(y)
            x = x0 + (goal - x0) * share**1.4 + rng.uniform(-4, 4) * cm
            wide = rng.uniform(17, 21) * cm
            canvas.shape(oval(x, y, wide, wide * 0.3, rng.uniform(-3, 3)), hue, ink_width=0.7, shade=0.5)  # fmt: skip
            y += wide * 0.3 * 2 + (4 + 9 * share) * cm


def paint_front(scenery: Scenery) -> None:
    """Grass in the lower corners, and the weather."""
    paint_grass(scenery)
    paint_weather(scenery)


KIT = Kit(
    "garden",
    paint,
    shape=GARDEN,
    bays=(
        Bay((Piece("house"),), 300, 2.0),
        Bay((Piece("greenhouse"),), 290, 1.0),
        Bay((Piece("garden shed"),), 210, 3.0),
    ),
    loose=(
        Loose("washing line", x=(0.3, 0.7), y=(0.665, 0.70)),
        Loose("apple tree", x=(0.1, 0.9), y=(0.675, 0.70)),
        Loose("tree", x=(0.1, 0.9), y=(0.675, 0.70)),
        Loose("vegetable bed", x=(0.2, 0.8), y=(0.72, 0.80)),
        Loose("garden table", x=(0.2, 0.8), y=(0.79, 0.86)),
        Loose("garden chair"),
        Loose("barbecue"),
        Loose("flower pot", y=(0.70, 0.93)),
        Loose("sunflower", x=(0.05, 0.95), y=(0.655, 0.67)),
        Loose("wheelbarrow"),
    ),
    areas={"lawn": Area(), "path": Area()},
    seat="garden chair",
    paint_front=paint_front,
)
