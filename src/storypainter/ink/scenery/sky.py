"""Skies: bands of colour, sun, moon and stars, clouds, birds."""

from __future__ import annotations

import math
import random

from storypainter.ink.drawing.forms import join, oval, path, rect
from storypainter.ink.drawing.geometry import Geometry
from storypainter.ink.drawing.palette import mix
from storypainter.ink.kits import FAR_INK, Scenery

SKY_DEPTH = -50.0


def paint_sky(scenery: Scenery, busy: list[Geometry] | None = None) -> None:
    """The sky down to the horizon; sun, clouds and birds keep clear of ``busy`` boxes (pixels)."""
    canvas, stage, light = scenery.canvas, scenery.stage, scenery.light
    busy = scenery.busy if busy is None else busy
    width, horizon = stage.width, stage.horizon
    rng = random.Random(scenery.seed + 1)
    with canvas.layer("sky", SKY_DEPTH, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        bands = len(light.sky)
        edges = [0.0] + [horizon * (0.42 + 0.58 * i / bands) for i in range(1, bands)] + [horizon]
        for index, hue in enumerate(light.sky):
            canvas.fill(
                rect(-5, edges[index] - 1 if index else -5, width + 5, edges[index + 1] + 2),
                hue,
            )
        if light.dark:
            _stars(scenery, rng, busy)
        elif light.sun:
            busy = [*busy, *_sun(scenery, rng, busy)]
        if not light.dark or scenery.setting.weather in ("rain", "cloudy"):
            busy = [*busy, *_clouds(scenery, rng, busy)]
        if not light.dark and scenery.setting.weather in ("clear", "cloudy", "wind"):
            _birds(scenery, rng, busy)


def _stars(scenery: Scenery, rng: random.Random, busy: list[Geometry]) -> None:
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    for _ in range(46):
        x, y = rng.uniform(0, stage.width), rng.uniform(0, stage.height * 0.42)
        canvas.fill(oval(x, y, rng.uniform(1.0, 2.3) * unit), "#fff6dc", rng.uniform(0.6, 0.99))
    y, r = stage.height * 0.12, 34 * unit
    for share in (0.84, 0.14, 0.66, 0.34, 0.5):
        x = stage.width * share
        if any(oval(x, y, 3 * r).intersects(each) for each in busy):
            continue
        moon = oval(x, y, r).difference(oval(x + r * 0.45, y - r * 0.2, r * 0.86))
        canvas.fill(moon, "#f7e6ab")
        return


def _sun(scenery: Scenery, rng: random.Random, busy: list[Geometry]) -> list[Geometry]:
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    low = scenery.setting.time_of_day in ("evening", "dawn")
    radius = 46 * unit
    height = stage.height * (0.30 if low else 0.11)
    spots = [
        oval(stage.width * share, height, radius * 1.7) for share in (0.87, 0.13, 0.7, 0.3, 0.5)
    ]
    free = [spot for spot in spots if not any(spot.intersects(box) for box in busy)]
    if not free:
        return []
    x, y = free[0].centroid.x, free[0].centroid.y
    canvas.shape(oval(x, y, radius), scenery.light.sun, ink_colour="#c9933f", shade=0)
    for index in range(12):
        turn = index * math.pi / 6
        a, b = radius * 1.28, radius * rng.uniform(1.5, 1.62)
        canvas.ink(
            [(x + a * math.cos(turn), y + a * math.sin(turn)), (x + b * math.cos(turn), y + b * math.sin(turn))],
            0.8, "#c9933f",
        )  # fmt: skip
    return [free[0]]


def _birds(scenery: Scenery, rng: random.Random, busy: list[Geometry]) -> None:
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    for _ in range(12):
        x, y = rng.uniform(0.12, 0.88) * stage.width, rng.uniform(0.08, 0.34) * stage.height
        flock = rect(x - 60 * unit, y - 40 * unit, x + 100 * unit, y + 40 * unit)
        if any(flock.intersects(box) for box in busy):
            continue
        for dx, dy, size in ((0, 0, 15), (44, -20, 11), (66, 16, 9)):
            cx, cy, r = x + dx * unit, y + dy * unit, size * unit
            wings = path(
                (cx - 2 * r, cy - 0.3 * r),
                (cx - r, cy - 0.8 * r),
                (cx, cy),
                (cx + r, cy - 0.8 * r),
                (cx + 2 * r, cy - 0.3 * r),
            )
            canvas.ink(wings, 1.0, FAR_INK)
        return


def _clouds(scenery: Scenery, rng: random.Random, busy: list[Geometry]) -> list[Geometry]:
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    grey = scenery.setting.weather in ("rain", "cloudy", "snow")
    count = (5 if grey else 3) + (stage.width > 1.3 * stage.height)
    hue = mix("#ffffff", scenery.light.sky[0], 0.35 if grey else 0.05)
    if scenery.setting.time_of_day == "evening":
        hue = mix(hue, "#f0b9a4", 0.5)
    drawn: list[Geometry] = []
    for _ in range(40):
        if len(drawn) == count:
            break
        size = rng.uniform(46, 72) * unit * (1.35 if grey else 1)
        x, y = rng.uniform(0.04, 0.96) * stage.width, rng.uniform(0.05, 0.30) * stage.height
        puffs = join(
            oval(x - size, y, size * 0.62, size * 0.36), oval(x - size * 0.3, y - size * 0.28, size * 0.6, size * 0.5),
            oval(x + size * 0.45, y - size * 0.14, size * 0.56, size * 0.42), oval(x + size * 1.05, y, size * 0.55, size * 0.3),
        )  # fmt: skip
        cloud = puffs.intersection(rect(x - 3 * size, y - 2 * size, x + 3 * size, y + size * 0.2))
        around = cloud.buffer(26 * unit)
        if any(around.intersects(box) for box in busy) and not grey:
            continue
        if any(around.intersects(other) for other in drawn):
            continue
        drawn.append(cloud)
        canvas.shape(cloud, hue, shade=0.7)
    return drawn
