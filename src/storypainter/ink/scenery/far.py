"""What lies far away outdoors: hills, houses, trees, a hedge."""

from __future__ import annotations

import math
import random

import numpy as np
from shapely.geometry import Polygon

from storypainter.ink.drawing.forms import arc, join, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.kits import FAR_INK, Scenery

FAR_DEPTH = -40.0


def paint_hills(scenery: Scenery) -> None:
    """Three rows of hills behind the far line, the farthest the palest; call it inside a layer."""
    canvas, stage = scenery.canvas, scenery.stage
    width, line = stage.width, stage.far_line
    rng = random.Random(scenery.seed + 2)
    for height, waves, hue in (
        (0.165, 1.1, mix(scenery.light.far, scenery.light.sky[-1], 0.5)),
        (0.115, 1.6, scenery.light.far),
        (0.07, 2.3, mix(scenery.light.far, scenery.season.lawn, 0.45)),
    ):
        xs = np.linspace(-20, width + 20, 36)
        shift = rng.uniform(0, 6)
        swell = 0.72 + 0.28 * np.sin(xs / width * waves * math.pi * 2 + shift)
        ys = line - stage.height * height * swell
        top = list(zip(xs.tolist(), ys.tolist(), strict=True))
        hill = Polygon([*top, (width + 20, line + 20), (-20, line + 20)])
        canvas.shape(hill, hue, ink_width=0.7, shade=0)


def paint_countryside(scenery: Scenery, *, hedge: bool = True) -> None:
    """Hills, a few houses and trees, and a hedge along the far line, in a layer of their own."""
    rng = random.Random(scenery.seed + 3)
    line = scenery.stage.far_line
    with scenery.canvas.layer("far", FAR_DEPTH, kind="scenery", ink_width=0.62, ink_colour=FAR_INK):
        paint_hills(scenery)
        paint_houses(scenery, rng, line)
        paint_far_trees(scenery, rng, line)
        if hedge:
            paint_hedge(scenery, rng, line)


def paint_houses(scenery: Scenery, rng: random.Random, line: float) -> None:
    """Small houses with lit windows at dusk; call it inside a layer."""
    canvas, unit, width = scenery.canvas, scenery.canvas.unit, scenery.stage.width
    x = rng.uniform(0.05, 0.2) * width
    while x < width:
        w, h = rng.uniform(52, 78) * unit, rng.uniform(44, 62) * unit
        wall = rng.choice(("#d9b79a", "#cfc3b0", "#c79d86", "#dccfae"))
        top = line - 42 * unit - h
        canvas.shape(
            rect(x, top, x + w, line), mix(wall, scenery.light.far, 0.25), ink_width=0.7, shade=0.5
        )
        roof = poly((x - 6 * unit, top), (x + w + 6 * unit, top), (x + w / 2, top - 30 * unit))
        canvas.shape(roof, mix("#9c5a49", scenery.light.far, 0.3), ink_width=0.7, shade=0.5)
        pane = (
            "#f6d67c"
            if scenery.light.dark or scenery.setting.time_of_day == "evening"
            else "#e8efe9"
        )
        for share in (0.25, 0.62):
            canvas.shape(
                rect(x + w * share, top + 12 * unit, x + w * share + 11 * unit, top + 26 * unit),
                pane,
                ink_width=0.5,
                shade=0,
            )
        x += w + rng.uniform(150, 330) * unit


def paint_far_trees(scenery: Scenery, rng: random.Random, line: float) -> None:
    """A row of trees; call it inside a layer."""
    canvas, season, unit, width = (
        scenery.canvas,
        scenery.season,
        scenery.canvas.unit,
        scenery.stage.width,
    )
    x = rng.uniform(-30, 30) * unit
    while x < width + 40 * unit:
        h = rng.uniform(78, 132) * unit
        hue = mix(rng.choice(season.leaves), scenery.light.far, 0.32)
        canvas.shape(
            rect(x - h * 0.035, line - h * 0.55, x + h * 0.035, line),
            mix("#8f7355", scenery.light.far, 0.25),
            ink_width=0.7,
            shade=0,
        )
        if season.bare:
            for tip in (-0.24, -0.1, 0.08, 0.22):
                canvas.ink(
                    path(
                        (x, line - h * 0.45),
                        (x + tip * h * 0.6, line - h * 0.75),
                        (x + tip * h, line - h),
                    ),
                    1.2,
                    mix("#8f7355", scenery.light.far, 0.3),
                )
        else:
            lobes = [
                oval(
                    x + rng.uniform(-0.2, 0.2) * h,
                    line - h * 0.68 + rng.uniform(-0.2, 0.16) * h,
                    h * rng.uniform(0.14, 0.21),
                )
                for _ in range(7)
            ]
            canvas.shape(
                join(oval(x, line - h * 0.66, h * 0.2), *lobes), hue, ink_width=0.8, shade=0.9
            )
        x += rng.uniform(64, 150) * unit


def paint_hedge(scenery: Scenery, rng: random.Random, line: float) -> None:
    """A clipped hedge; call it inside a layer."""
    canvas, season, unit, width = (
        scenery.canvas,
        scenery.season,
        scenery.canvas.unit,
        scenery.stage.width,
    )
    top = line - 34 * unit
    bumps: list[Point] = []
    x = -20.0
    while x < width + 20:
        bumps.append((x, top + rng.uniform(-4, 4) * unit))
        x += rng.uniform(24, 40) * unit
    hedge = Polygon([*path(*bumps).tolist(), (width + 30, line + 4), (-30, line + 4)])
    canvas.shape(hedge, mix(season.hedge, scenery.light.far, 0.2), ink_width=0.8, shade=0)
    for _ in range(int(width / (34 * unit))):
        x, y = rng.uniform(0, width), rng.uniform(top + 8 * unit, line - 4 * unit)
        canvas.ink(arc(x, y, 7 * unit, 5 * unit, 200, 330), 0.6, mix(season.hedge, "#2d3a3a", 0.35))
