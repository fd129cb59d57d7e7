"""Skies: bands of colour, sun, moon and stars, clouds, birds."""

from __future__ import annotations

import math
import random

from storypainter.ink.drawing.forms import join, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Geometry, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.kits import FAR_INK, Scenery

SKY_DEPTH = -50.0
_MOON = 44.0  # its radius, in pixels of a picture of 1,024


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
            _night(scenery, rng, busy)
        elif light.sun:
            busy = [*busy, *_sun(scenery, rng, busy)]
        _cloud_banks(scenery)
        if not light.dark or scenery.setting.weather in ("rain", "cloudy"):
            busy = [*busy, *_clouds(scenery, rng, busy)]
        if not light.dark and scenery.setting.weather in ("clear", "cloudy", "wind"):
            _birds(scenery, rng, busy)


def _night(scenery: Scenery, rng: random.Random, busy: list[Geometry]) -> None:
    """A paler sky over the land, a band of faint light, stars, and the moon in its halo."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    width, horizon, light = stage.width, stage.horizon, scenery.light
    top, low = light.sky[0], light.sky[-1]
    for share, strength in ((0.62, 0.35), (0.76, 0.7), (0.89, 1.0)):
        glow = mix(low, "#7f8fc0", 0.22 * strength)
        canvas.fill(rect(-5, share * horizon, width + 5, horizon + 2), glow, 0.55)
    moon = _moon_spot(scenery, busy)
    if scenery.setting.weather in ("clear", "wind"):
        _milky_way(scenery, rng, mix(top, "#8f9ed0", 0.3))
        for _ in range(int(60 * width / stage.height)):
            x, y = rng.uniform(0, width), rng.uniform(0, 0.8 * horizon)
            size = rng.choice((0.9, 1.2, 1.2, 1.6, 2.3)) * unit
            if moon is not None and math.dist(moon, (x, y)) < 2.4 * _MOON * unit:
                continue
            canvas.fill(oval(x, y, size), "#fff6dc", rng.uniform(0.6, 0.99))
            if size > 2 * unit:
                for dx, dy in ((1, 0), (0, 1)):
                    ray = [(x - 7 * dx * unit, y - 7 * dy * unit), (x + 7 * dx * unit, y + 7 * dy * unit)]  # fmt: skip
                    canvas.ink(ray, 0.6, "#fff6dc")
    if moon is not None:
        _moon(scenery, moon)


def _milky_way(scenery: Scenery, rng: random.Random, hue: str) -> None:
    """Dust of stars from one lower corner of the sky to the other upper one."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    side = 1 if scenery.seed % 2 else -1
    middle = stage.width / 2

    def at(along: float, off: float) -> tuple[float, float]:
        return middle + side * (along - 0.5) * 1.3 * stage.width, (0.5 - 0.56 * along + off) * stage.height  # fmt: skip

    steps = [k / 8 for k in range(9)]
    for breadth in (0.085, 0.045):
        upper = [at(k, -breadth * (0.7 + 0.3 * math.sin(9 * k + scenery.seed))) for k in steps]
        lower = [at(k, breadth * (0.7 + 0.3 * math.cos(7 * k + scenery.seed))) for k in steps]
        dust = poly(*path(*upper).tolist(), *path(*lower).tolist()[::-1])
        sky = rect(-5, -5, stage.width + 5, 0.74 * stage.horizon)
        canvas.fill(dust.intersection(sky), hue, 0.3)
    for _ in range(70):
        x, y = at(rng.random(), rng.gauss(0, 0.026))
        if 0 < y < 0.72 * stage.horizon:
            canvas.fill(oval(x, y, rng.uniform(0.6, 1.2) * unit), "#f4efe0", 0.8)


def _moon_spot(scenery: Scenery, busy: list[Geometry]) -> Point | None:
    """Where the moon is not in anything's way."""
    stage, r = scenery.stage, _MOON * scenery.canvas.unit
    y = stage.height * 0.14
    for share in (0.84, 0.14, 0.66, 0.34, 0.5):
        x = stage.width * share
        if not any(oval(x, y, 2.2 * r).intersects(each) for each in busy):
            return x, y
    return None


def _moon(scenery: Scenery, spot: Point) -> None:
    """A crescent in its halo."""
    canvas, r = scenery.canvas, _MOON * scenery.canvas.unit
    x, y = spot
    if scenery.setting.weather in ("clear", "wind"):
        for reach in (2.1, 1.6):
            canvas.fill(oval(x, y, reach * r), "#f7e6ab", 0.1)
    moon = oval(x, y, r).difference(oval(x + r * 0.45, y - r * 0.2, r * 0.86))
    canvas.fill(moon, "#f7e6ab")


def _cloud_banks(scenery: Scenery) -> None:
    """Wide pale heaps of cloud low over the land, so that no sky is bare; faint by night."""
    canvas, stage = scenery.canvas, scenery.stage
    setting, light = scenery.setting, scenery.light
    if setting.weather == "fog":
        return
    rng = random.Random(scenery.seed + 9)
    tone = "#8f9fce" if light.dark else "#f6d3c2" if light.sun and len(light.sky) > 3 else "#ffffff"
    unit = stage.height / 100
    for low, size, share in ((0.72, 8.5, 0.22), (0.93, 6.5, 0.36)):
        base = low * stage.horizon
        hue = mix(light.sky[-1], tone, share * (0.5 if light.dark else 1.0))
        x = rng.uniform(-20, 0) * unit
        while x < stage.width + 20 * unit:
            s = rng.uniform(0.75, 1.2) * size * unit
            heap = join(
                *(
                    oval(x + dx * s, base - dy * s, rng.uniform(0.85, 1.1) * r * s)
                    for dx, dy, r in ((-1.5, 0.1, 0.5), (-0.8, 0.42, 0.62), (0.1, 0.7, 0.78), (0.95, 0.36, 0.62), (1.7, 0.08, 0.46))
                ),
                rect(x - 2.1 * s, base - 0.3 * s, x + 2.2 * s, base + 0.3 * s, 0.3 * s),
            )  # fmt: skip
            sky = rect(x - 4 * s, -5, x + 4 * s, base + 0.3 * s)
            canvas.fill(heap.intersection(sky), hue)
            x += rng.uniform(3.2, 7.5) * s


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
    count = (6 if grey else 5) + 2 * (stage.width > 1.3 * stage.height)
    hue = mix("#ffffff", scenery.light.sky[0], 0.35 if grey else 0.05)
    if scenery.setting.time_of_day == "evening":
        hue = mix(hue, "#f0b9a4", 0.5)
    drawn: list[Geometry] = []
    for _ in range(70):
        if len(drawn) == count:
            break
        # the first ones are large and high, the later ones small and low: the sky has depth
        lower = len(drawn) / count
        size = rng.uniform(62, 86) * (1 - 0.45 * lower) * unit * (1.25 if grey else 1)
        x = rng.uniform(0.04, 0.96) * stage.width
        y = rng.uniform(0.07, 0.15 + 0.22 * lower) * stage.height
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
