"""The setting kit ``farm``: a yard before a red barn, a rail fence, patchwork fields on hills."""

from __future__ import annotations

import math
import random

import numpy as np
from shapely.geometry import Polygon

from storypainter.ink.drawing.forms import band, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.air import paint_weather
from storypainter.ink.scenery.far import FAR_DEPTH
from storypainter.ink.scenery.grass import PATH_DEPTH, paint_grass, paint_lawn
from storypainter.ink.scenery.sky import paint_sky

#: Wide land: the horizon is low and things stand farther apart than in a garden.
FARMYARD = Shape(
    far_line=0.60,
    back=(0.645, 0.71),
    middle=(0.755, 0.835),
    front=(0.885, 0.95),
    far_scale=0.66,
    zoom=1.1,
    horizon=0.54,
)
_CROPS = ("#d9c478", "#b9c27a", "#c9b06a", "#a9bb78", "#d3bf8a")
_WINTER_CROPS = ("#c9c3a4", "#bdbfa0", "#c6b998")


def paint(scenery: Scenery) -> None:
    """Sky, fields on hills with a windmill, a meadow, a rail fence and the trodden yard."""
    paint_sky(scenery)
    rng = random.Random(scenery.seed + 14)
    with scenery.canvas.layer("far", FAR_DEPTH, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        _fields(scenery, rng)
        _windmill(scenery, rng)
        _copse(scenery, rng)
    paint_lawn(scenery)
    _yard(scenery, rng)
    _rails(scenery, rng)


def _fields(scenery: Scenery, rng: random.Random) -> None:
    """Two ridges of fields, cut into strips that lean with the hill."""
    stage, light, season = scenery.stage, scenery.light, scenery.season
    width, line = stage.width, stage.far_line
    crops = _WINTER_CROPS if season.bare else _CROPS
    if scenery.setting.weather == "snow":
        crops = ("#eef2f2", "#e6ecee", "#f3f5f4")
    for height, waves, fade in ((0.17, 1.1, 0.5), (0.105, 1.5, 0.28)):
        shift = rng.uniform(0, 6)
        xs = np.linspace(-20, width + 20, 40)
        ys = line - stage.height * height * (0.74 + 0.26 * np.sin(xs / width * waves * 6.3 + shift))
        hill = Polygon([*zip(xs.tolist(), ys.tolist(), strict=True), (width + 20, line + 20), (-20, line + 20)])  # fmt: skip
        scenery.canvas.shape(hill, mix(crops[0], light.far, fade), ink_width=0.7, shade=0)
        _strips(scenery, rng, hill, fade, crops)


def _strips(
    scenery: Scenery, rng: random.Random, hill: Polygon, fade: float, crops: tuple[str, ...]
) -> None:
    canvas, stage, light = scenery.canvas, scenery.stage, scenery.light
    left, top, right, bottom = hill.bounds
    with canvas.clip(hill):
        x, index = left, 0
        while x < right:
            wide = rng.uniform(0.14, 0.24) * stage.width
            lean = 0.16 * stage.width * (0.5 - x / stage.width)
            hue = mix(crops[index % len(crops)], light.far, fade)
            strip = poly((x + lean, top), (x + wide + lean, top), (x + wide, bottom), (x, bottom))
            canvas.shape(strip, hue, ink_width=0.5, shade=0)
            if index % 2 == 0 and scenery.setting.weather != "snow":
                for k in range(1, 7):
                    a, b = x + wide * k / 7 + lean, x + wide * k / 7
                    canvas.ink([(a, top), (b, bottom)], 0.4, mix(hue, "#7a6a48", 0.3))
            x += wide
            index += 1


def _windmill(scenery: Scenery, rng: random.Random) -> None:
    """A windmill on the hill, its sails turned by the wind."""
    canvas, stage, unit, far = scenery.canvas, scenery.stage, scenery.canvas.unit, scenery.light.far
    spots = [stage.width * share for share in (0.5, 0.34, 0.64, 0.2, 0.8)]
    foot = stage.far_line - 0.09 * stage.height
    free = [x for x in spots if not any(rect(x - 60 * unit, foot - 150 * unit, x + 60 * unit, foot).intersects(each) for each in scenery.busy)]  # fmt: skip
    x = (free or spots)[0]
    pale = mix("#efe7d6", far, 0.25)
    tower = poly((x - 21 * unit, foot + 8 * unit), (x - 13 * unit, foot - 78 * unit), (x + 13 * unit, foot - 78 * unit), (x + 21 * unit, foot + 8 * unit))  # fmt: skip
    canvas.shape(tower, pale, ink_width=0.8, shade=0.6)
    cap = poly((x - 17 * unit, foot - 76 * unit), (x, foot - 100 * unit), (x + 17 * unit, foot - 76 * unit), corner=2)  # fmt: skip
    canvas.shape(cap, mix("#8f5a4c", far, 0.3), ink_width=0.8, shade=0.5)
    lit = "#f6d67c" if scenery.light.dark else mix("#6d6472", far, 0.3)
    canvas.shape(rect(x - 4 * unit, foot - 48 * unit, x + 4 * unit, foot - 36 * unit), lit, ink_width=0.5, shade=0)  # fmt: skip
    hub = (x, foot - 80 * unit)
    turn0 = rng.uniform(0.2, 1.2)
    for k in range(4):
        a = turn0 + k * math.pi / 2
        cos, sin = math.cos(a), math.sin(a)
        tip = (hub[0] + 62 * unit * cos, hub[1] + 62 * unit * sin)
        canvas.ink([hub, tip], 1.1)
        side = (-sin * 13 * unit, cos * 13 * unit)
        near = (hub[0] + 14 * unit * cos, hub[1] + 14 * unit * sin)
        sail = poly(near, tip, (tip[0] + side[0], tip[1] + side[1]), (near[0] + side[0], near[1] + side[1]))  # fmt: skip
        canvas.shape(sail, mix("#fbf6ea", far, 0.15), ink_width=0.6, shade=0)
    canvas.fill(oval(*hub, 3.4 * unit), FAR_INK)


def _copse(scenery: Scenery, rng: random.Random) -> None:
    """Small groups of round trees along the edge of the fields."""
    canvas, stage, season, unit = scenery.canvas, scenery.stage, scenery.season, scenery.canvas.unit
    line = stage.far_line
    x = rng.uniform(0.0, 0.1) * stage.width
    while x < stage.width:
        for _ in range(rng.randrange(1, 4)):
            h = rng.uniform(44, 70) * unit
            hue = mix(rng.choice(season.leaves), scenery.light.far, 0.3)
            if season.bare:
                for tip in (-0.3, -0.1, 0.12, 0.3):
                    canvas.ink(path((x, line), (x + tip * h * 0.4, line - h * 0.6), (x + tip * h, line - h)), 1.0, mix("#8f7355", scenery.light.far, 0.3))  # fmt: skip
            else:
                lobes = (oval(x - 0.3 * h, line - 0.4 * h, 0.3 * h), oval(x + 0.3 * h, line - 0.42 * h, 0.28 * h), oval(x, line - 0.64 * h, 0.34 * h), oval(x, line - 0.3 * h, 0.3 * h))  # fmt: skip
                canvas.shape(join(*lobes), hue, ink_width=0.7, shade=0.8)
            x += rng.uniform(26, 48) * unit
        x += rng.uniform(0.12, 0.26) * stage.width


def _rails(scenery: Scenery, rng: random.Random) -> None:
    """A fence of posts and two rails before the fields; a gate of the Scene leaves a gap."""
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line + 0.01 * stage.height, stage.cm(stage.far_line)
    wood = mix("#b99b74", scenery.light.far, 0.2)
    gate = scenery.places.get("wooden gate")
    gap = (gate[0] - 84 * cm, gate[0] + 84 * cm) if gate else (stage.width + 9, stage.width + 9)
    with canvas.layer("rails", PATH_DEPTH - 3, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        for left, right in ((-10.0, gap[0]), (gap[1], stage.width + 10.0)):
            if right - left < 12 * cm:
                continue
            for y in (-74, -44):
                rail = limb(path((left, line + y * cm), ((left + right) / 2, line + (y + 2) * cm), (right, line + y * cm)), 3.4 * cm, 3.4 * cm)  # fmt: skip
                canvas.shape(rail, wood, ink_width=0.7, shade=0.5)
            count = max(1, round((right - left) / (95 * cm)))
            for k in range(count + 1):
                x = left + (right - left) * k / count + rng.uniform(-2, 2) * cm
                canvas.shape(rect(x - 5 * cm, line - 90 * cm, x + 5 * cm, line + 2, 2), mix(wood, "#6d5a48", 0.18), ink_width=0.8, shade=0.6)  # fmt: skip


def _yard(scenery: Scenery, rng: random.Random) -> None:
    """Trodden earth in the middle of the meadow, with the ruts of a tractor."""
    canvas, stage, season = scenery.canvas, scenery.stage, scenery.season
    width, height = stage.width, stage.height
    snow = scenery.setting.weather == "snow"
    earth = "#e4e6e4" if snow else mix("#d9c39c", season.lawn, 0.12)
    if scenery.setting.weather == "rain":
        earth = mix(earth, "#7f6a52", 0.3)
    edge = mix(earth, "#6d5a42", 0.4)
    top = [(x * width / 12, height * (0.695 + 0.014 * math.sin(x * 1.3 + scenery.seed))) for x in range(-1, 14)]  # fmt: skip
    low = [(x * width / 12, height * (0.925 + 0.012 * math.sin(x * 1.1 + 2 + scenery.seed))) for x in range(13, -2, -1)]  # fmt: skip
    yard = Polygon([*path(*top).tolist(), *path(*low).tolist()]).buffer(0)
    with canvas.layer("yard", PATH_DEPTH, kind="scenery", ink_width=0.6, ink_colour=edge):
        canvas.shape(yard, earth, ink_width=0.8, shade=0)
        for share in (0.775, 0.835):
            swing = rng.uniform(-0.01, 0.01)
            rut = path((-20, height * (share + 0.02)), (width * 0.35, height * (share + swing)), (width * 0.7, height * (share + 0.012)), (width + 20, height * (share - 0.01)))  # fmt: skip
            canvas.fill(band(rut, 9 * canvas.unit), mix(earth, "#6d5a42", 0.14))
        for _ in range(int(34 * width / height)):
            x, y = rng.uniform(0, width), height * rng.uniform(0.72, 0.905)
            size = rng.uniform(3, 7) * canvas.unit
            canvas.ink(path((x, y), (x + size, y - 0.4 * size), (x + 2 * size, y)), 0.6)
        if not snow:
            _straws(scenery, rng)


def _straws(scenery: Scenery, rng: random.Random) -> None:
    canvas, stage = scenery.canvas, scenery.stage
    for _ in range(int(26 * stage.width / stage.height)):
        x, y = rng.uniform(0, stage.width), stage.height * rng.uniform(0.72, 0.9)
        a, size = rng.uniform(-0.5, 0.5), rng.uniform(7, 13) * canvas.unit
        canvas.ink([(x, y), (x + size * math.cos(a), y + size * 0.5 * math.sin(a))], 0.9, "#c9a550")


def paint_front(scenery: Scenery) -> None:
    """Grass in the lower corners, and the weather."""
    paint_grass(scenery)
    paint_weather(scenery)


KIT = Kit(
    "farm",
    paint,
    shape=FARMYARD,
    bays=(
        Bay((Piece("barn"),), 330, 3.0),
        Bay((Piece("wooden gate"),), 176, 1.0),
        Bay((Piece("henhouse"),), 160, 2.0),
        Bay((Piece("greenhouse"),), 226, 0.0),
        Bay((Piece("house"),), 330, 0.6),
        Bay((Piece("garden shed"),), 200, 0.0),
    ),
    loose=(
        Loose("tractor", x=(0.15, 0.85), y=(0.69, 0.74)),
        Loose("hay bale", x=(0.1, 0.9), y=(0.70, 0.84)),
        Loose("scarecrow", x=(0.08, 0.92), y=(0.645, 0.68)),
        Loose("well", x=(0.1, 0.9), y=(0.69, 0.74)),
        Loose("trough", x=(0.1, 0.9), y=(0.72, 0.80)),
        Loose("beehive", x=(0.08, 0.92), y=(0.66, 0.72)),
        Loose("apple tree", x=(0.1, 0.9), y=(0.66, 0.69)),
        Loose("tree", x=(0.1, 0.9), y=(0.66, 0.69)),
        Loose("vegetable bed", x=(0.2, 0.8), y=(0.70, 0.80), anchor="field"),
        Loose("wheelbarrow"),
    ),
    areas={"yard": Area(), "meadow": Area(y=(0.655, 0.69))},
    seat="hay bale",
    paint_front=paint_front,
)
