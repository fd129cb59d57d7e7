"""Woods: rows of conifers far and near, trunks that frame a clearing."""

from __future__ import annotations

import math
import random

from shapely.geometry import Polygon

from storypainter.ink.drawing.forms import arc, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.kits import Scenery

_SNOW = "#f7f9f8"


def fir_hue(scenery: Scenery, near: float) -> str:
    """The green of conifers: bluish and pale far away, deep when ``near`` is 1."""
    green = "#587a5c" if scenery.setting.season != "winter" else "#5d7a6c"
    return mix(mix("#86a594", green, near), scenery.light.far, 0.6 * (1 - near) + 0.06)


def paint_far_wood(scenery: Scenery, line: float, high: float, near: float, seed: int) -> None:
    """A jagged row of firs in one flat colour along a line; call it inside a layer."""
    canvas, width, unit = scenery.canvas, scenery.stage.width, scenery.canvas.unit
    rng = random.Random(scenery.seed + seed)
    snow = scenery.setting.weather == "snow"
    hue = mix(fir_hue(scenery, near), _SNOW, 0.3) if snow else fir_hue(scenery, near)
    points: list[Point] = [(-40.0, line + 6)]
    x = -30.0 * unit
    while x < width + 30 * unit:
        tall = high * rng.uniform(0.6, 1.0)
        half = tall * rng.uniform(0.17, 0.23)
        points += _fir_edge(x, line, tall, half)
        x += half * rng.uniform(1.2, 1.9)
    points.append((width + 40.0, line + 6))
    canvas.shape(Polygon(points).buffer(0), hue, ink_width=0.7, shade=0)


def _fir_edge(x: float, line: float, tall: float, half: float) -> list[Point]:
    """The outline of a fir from its left foot over its tip to its right foot."""
    left = [
        (x - half, line - 0.10 * tall), (x - half * 0.5, line - 0.36 * tall),
        (x - half * 0.72, line - 0.34 * tall), (x - half * 0.28, line - 0.66 * tall),
        (x - half * 0.42, line - 0.64 * tall),
    ]  # fmt: skip
    right = [(2 * x - px, py) for px, py in reversed(left)]
    return [*left, (x, line - tall), *right]


def paint_fir(
    scenery: Scenery, x: float, foot: float, tall: float, hue: str, *, tiers: int = 5
) -> None:
    """One fir with drooping tiers and a trunk; call it inside a layer."""
    canvas = scenery.canvas
    rng = random.Random(int(x * 7) + scenery.seed)
    trunk = rect(x - tall * 0.028, foot - tall * 0.16, x + tall * 0.028, foot)
    canvas.shape(trunk, mix("#8a6a4c", scenery.light.far, 0.16), ink_width=0.8, shade=0.5)
    snow = scenery.setting.weather == "snow"
    for index in range(tiers):
        share = index / tiers
        low = foot - tall * (0.1 + 0.78 * share)
        top = low - tall * (0.34 - 0.1 * share)
        half = tall * (0.24 - 0.17 * share)
        hem = _hem(rng, x, low, half)
        tier = Polygon([(x, top), *hem]).buffer(tall * 0.008)
        canvas.shape(tier, mix(hue, "#2d4a3a", 0.12 * (index % 2)), ink_width=0.85, shade=0.9)
        if snow:
            left, right = (x - half * 0.62, low - tall * 0.07), (x + half * 0.5, low - tall * 0.08)
            cap = poly((x, top + tall * 0.01), right, (x + half * 0.18, low - tall * 0.1), (x - half * 0.2, low - tall * 0.05), left)  # fmt: skip
            canvas.fill(cap, _SNOW, 0.95)


def _hem(rng: random.Random, x: float, low: float, half: float) -> list[Point]:
    """The scalloped lower edge of a tier, from right to left."""
    count = 6
    points: list[Point] = []
    for index in range(count + 1):
        share = 1 - 2 * index / count
        droop = half * 0.12 * (1 if index % 2 == 0 else -0.6) + rng.uniform(-1, 1) * half * 0.03
        curve = half * 0.22 * (1 - abs(share))
        points.append((x + half * share, low + droop + curve * 0.5))
    return points


def paint_trunk(scenery: Scenery, x: float, foot: float, half: float, *, lean: float = 0.0) -> None:
    """A great trunk that leaves the picture above and frames it; call it inside a layer."""
    canvas, unit = scenery.canvas, scenery.canvas.unit
    bark = mix("#97785b", scenery.light.far, 0.14)
    dark = mix(bark, "#3d2f2a", 0.45)
    trunk = join(
        limb(path((x, foot), (x + lean * 0.4, foot * 0.5), (x + lean, -30)), half, half * 0.78, half * 0.66),
        poly((x - half * 1.7, foot + half * 0.2), (x - half * 0.7, foot - half * 1.6), (x + half * 0.7, foot - half * 1.6), (x + half * 1.8, foot + half * 0.2), (x + half * 0.4, foot + half * 0.05)),
    )  # fmt: skip
    canvas.shape(trunk, bark, ink_width=0.95, shade=1.0)
    rng = random.Random(int(x) + scenery.seed)
    with canvas.clip(trunk):
        for _ in range(26):
            y = rng.uniform(0, foot)
            at = x + lean * (1 - y / foot) + rng.uniform(-0.75, 0.75) * half
            long = rng.uniform(16, 44) * unit
            canvas.ink(path((at, y), (at + rng.uniform(-3, 3) * unit, y + long / 2), (at, y + long)), 0.7, dark, taper=0.15)  # fmt: skip
    knot = foot * rng.uniform(0.45, 0.7)
    at = x + lean * (1 - knot / foot)
    canvas.ink(arc(at, knot, half * 0.26, half * 0.4, 0, 350), 0.7, dark)
    canvas.ink(arc(at, knot, half * 0.1, half * 0.18, 0, 350), 0.6, dark)


def paint_bracken(scenery: Scenery, x: float, y: float, size: float) -> None:
    """A tuft of fern at the foot of trees; call it inside a layer."""
    hue = mix(scenery.season.hedge, "#7f8f4c", 0.3)
    for degrees in (-62, -34, -8, 20, 48):
        turn = math.radians(degrees)
        tip = (x + size * math.sin(turn), y - size * math.cos(turn) * 0.9)
        middle = ((x + tip[0]) / 2 + size * 0.1 * math.sin(turn), (y + tip[1]) / 2 - size * 0.1)
        frond = limb(path((x, y), middle, tip), size * 0.03, size * 0.11, size * 0.015)
        scenery.canvas.shape(frond, hue, ink_width=0.7, shade=0.4)


def paint_mountains(scenery: Scenery, line: float, high: float) -> None:
    """Peaks with snow in their gullies, far behind, the farthest the palest; call it inside a layer."""
    canvas, width = scenery.canvas, scenery.stage.width
    rng = random.Random(scenery.seed + 52)
    right = scenery.seed % 2 == 0
    far = scenery.light.far
    for share, tall, half, haze in (
        (0.16, 0.9, 0.40, 0.5), (0.95, 0.8, 0.34, 0.5), (0.70, 1.15, 0.38, 0.0), (0.42, 0.72, 0.30, 0.0),
    ):  # fmt: skip
        x = width * (share if right else 1 - share)
        top = line - high * tall
        wide = half * width
        ridge = [
            (x - wide, line), (x - wide * 0.52, line - high * tall * 0.42), (x - wide * 0.2, line - high * tall * 0.72),
            (x, top), (x + wide * 0.16, line - high * tall * 0.8), (x + wide * 0.46, line - high * tall * 0.46), (x + wide, line),
        ]  # fmt: skip
        hue = mix(mix(far, "#8d97a8", 0.35), scenery.light.sky[-1], haze)
        canvas.shape(poly(*ridge), hue, ink_width=0.75, shade=0)
        snow = poly(
            ridge[2], ridge[3], ridge[4], (x + wide * 0.07, top + high * tall * 0.25),
            (x + wide * 0.02, top + high * tall * 0.17), (x - wide * 0.06, top + high * tall * 0.33),
        )  # fmt: skip
        canvas.shape(snow, mix(mix("#fbfcfb", far, 0.12), hue, haze), ink_width=0.6, shade=0)
        canvas.ink(path((x, top), (x + wide * 0.05, top + high * 0.4), (x - wide * 0.03, line)), 0.6, mix(hue, "#5d6472", 0.4))  # fmt: skip
        rng.random()


def paint_stumps(scenery: Scenery, spots: list[Point], size: float) -> None:
    """Small toadstools and stones at the edge of a clearing; call it inside a layer."""
    for index, (x, y) in enumerate(spots):
        if index % 2:
            scenery.canvas.shape(
                oval(x, y, size * 1.2, size * 0.7), "#b9b2a4", ink_width=0.7, shade=0.6
            )
            continue
        scenery.canvas.shape(rect(x - size * 0.22, y - size * 0.8, x + size * 0.22, y), "#f3ead8", ink_width=0.7, shade=0)  # fmt: skip
        cap = oval(x, y - size * 0.8, size * 0.8, size * 0.55).intersection(rect(x - size, y - size * 2, x + size, y - size * 0.75))  # fmt: skip
        scenery.canvas.shape(cap, "#c8553d", ink_width=0.8, shade=0.4)
