"""Lawns, paths across them, and grass in the lower corners."""

from __future__ import annotations

import math
import random

import numpy as np
from shapely.geometry import Polygon

from storypainter.ink.drawing.forms import join, limb, oval, path, rect
from storypainter.ink.drawing.geometry import Geometry, Point, Points
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Stage
from storypainter.ink.kits import Scenery

LAWN_DEPTH, PATH_DEPTH = -30.0, -20.0
SAND = "#e9dcb8"
FRONT_DEPTH = 1e6


def paint_lawn(scenery: Scenery) -> None:
    """Grass from the far line down, by season, with tufts, flowers or fallen leaves."""
    canvas, stage, season = scenery.canvas, scenery.stage, scenery.season
    width, height, line = stage.width, stage.height, stage.far_line
    rng = random.Random(scenery.seed + 3)
    with canvas.layer(
        "lawn",
        LAWN_DEPTH,
        kind="scenery",
        ink_width=0.6,
        ink_colour=mix(season.lawn, "#3d4a30", 0.55),
    ):
        canvas.fill(rect(-5, line - 2, width + 5, height + 5), season.far_lawn)
        edge = [
            (x, height * 0.70 + height * 0.012 * math.sin(x / width * 7 + scenery.seed))
            for x in np.linspace(-10, width + 10, 30)
        ]
        canvas.fill(Polygon([*edge, (width + 10, height + 10), (-10, height + 10)]), season.lawn)
        low = [
            (x, height * 0.905 + height * 0.014 * math.sin(x / width * 5 + 2 + scenery.seed))
            for x in np.linspace(-10, width + 10, 30)
        ]
        canvas.fill(
            Polygon([*low, (width + 10, height + 10), (-10, height + 10)]),
            mix(season.lawn, "#5f7a45", 0.12),
        )
        canvas.ink([(-5, line), (width + 5, line)], 0.7)
        for _ in range(int(54 * width / height)):
            x, y = rng.uniform(0, width), line + 14 + rng.random() ** 0.8 * (height - line - 20)
            _tuft(scenery, x, y, (0.5 + 0.6 * (y - line) / (height - line)) * canvas.unit)
        if season.blossom:
            for _ in range(int(18 * width / height)):
                x, y = rng.uniform(0, width), line + 30 + rng.random() * (height - line - 40)
                canvas.fill(oval(x, y, 3.0 * canvas.unit), rng.choice(season.blossom), 0.9)
        if scenery.setting.season == "autumn":
            _fallen_leaves(scenery, rng, line)


def _fallen_leaves(scenery: Scenery, rng: random.Random, line: float) -> None:
    canvas, stage = scenery.canvas, scenery.stage
    for _ in range(int(38 * stage.width / stage.height)):
        x, y = (
            rng.uniform(0, stage.width),
            line + 24 + rng.random() * (stage.height - line - 30),
        )
        size = (4 + 4 * (y - line) / (stage.height - line)) * canvas.unit
        canvas.shape(
            oval(x, y, size, size * 0.45, rng.uniform(0, 180)),
            rng.choice(scenery.season.leaves),
            ink_width=0.7,
            shade=0,
        )


def _tuft(scenery: Scenery, x: float, y: float, size: float) -> None:
    for lean in (-5, 0, 5):
        scenery.canvas.ink(
            path(
                (x + lean * 0.5 * size, y),
                (x + lean * 0.8 * size, y - 6 * size),
                (x + lean * 1.5 * size, y - 11 * size),
            ),
            0.7,
        )


def paint_path(scenery: Scenery, way: list[Point], gate: Point | None) -> None:
    """A band of sand through ``way``; a narrower branch leads on to the gate."""
    canvas, stage = scenery.canvas, scenery.stage
    spine = path_spine(way, stage, scenery.seed)
    sand = mix(SAND, "#ffffff", 0.55) if scenery.setting.weather == "snow" else SAND
    edge = mix(sand, "#7a6a48", 0.5)
    half = np.array([0.5 * 88 * 0.36 * stage.cm(y) for y in spine[:, 1]])
    band = np.vstack(
        [
            spine - np.column_stack([0 * half, half]),
            (spine + np.column_stack([0 * half, half * 1.1]))[::-1],
        ]
    )
    area: Geometry = Polygon(band).buffer(0)
    if gate is not None:
        area = join(area, _branch(gate, spine, stage))
    area = area.buffer(80 * canvas.unit, 6).buffer(-80 * canvas.unit, 6)
    rng = random.Random(scenery.seed + 4)
    with canvas.layer("path", PATH_DEPTH, kind="scenery", ink_width=0.6, ink_colour=edge):
        canvas.shape(area, sand, shade=0)
        for _ in range(int(30 * stage.width / stage.height)):
            k = rng.randrange(len(spine))
            x = spine[k, 0] + rng.uniform(-20, 20)
            y = spine[k, 1] + rng.uniform(-0.7, 0.7) * half[k]
            canvas.ink(
                [(x, y), (x + rng.uniform(5, 13) * canvas.unit, y)],
                0.7,
                mix(sand, "#7a6a48", 0.35),
            )


def path_spine(way: list[Point], stage: Stage, seed: int) -> Points:
    """The middle line of the path, from edge to edge, through the points it must pass."""
    rng = random.Random(seed + 8)
    usual = stage.height * rng.uniform(0.80, 0.86)
    points = sorted(way)
    if not points:
        swing = stage.height * 0.045 * rng.choice((-1, 1))
        points = [(stage.width * 0.28, usual + swing), (stage.width * 0.72, usual - swing)]
    kept: list[Point] = []
    for x, y in points:
        if kept and x - kept[-1][0] < 0.12 * stage.width:
            kept[-1] = ((kept[-1][0] + x) / 2, (kept[-1][1] + y) / 2)
        else:
            kept.append((x, y))
    first, last = kept[0], kept[-1]
    left = (
        -0.12 * stage.width,
        first[1] * 0.55 + usual * 0.45 if first[0] > 0.2 * stage.width else first[1],
    )
    right = (
        1.12 * stage.width,
        last[1] * 0.55 + usual * 0.45 if last[0] < 0.8 * stage.width else last[1],
    )
    return path(left, *kept, right)


def _branch(gate: Point, spine: Points, stage: Stage) -> Geometry:
    """From the gate down to the path, widening as it comes nearer."""
    goal_x = gate[0] + (stage.width / 2 - gate[0]) * 0.35
    k = int(np.argmin(np.abs(spine[:, 0] - goal_x)))
    end = spine[k]
    middle = (gate[0] * 0.75 + end[0] * 0.25, (gate[1] + end[1]) / 2)
    line = path(gate, middle, (float(end[0]), float(end[1])))
    far, near = 42 * stage.cm(gate[1]), 70 * stage.cm(float(end[1]))
    half = np.linspace(far, near, len(line))[:, None] * (1, 0)
    return Polygon(np.vstack([line - half, (line + half)[::-1]])).buffer(0)


def paint_grass(scenery: Scenery) -> None:
    """Grass and flowers that frame the lower corners, lower than any foot."""
    canvas, stage, season, unit = scenery.canvas, scenery.stage, scenery.season, scenery.canvas.unit
    rng = random.Random(scenery.seed + 7)
    hue = mix(season.lawn, "#4f6a3d", 0.45)
    with canvas.layer("foreground", FRONT_DEPTH - 1, kind="scenery", ink_width=0.8):
        for side in (0, 1):
            for index in range(7):
                x = (stage.width - index * 17 * unit - 4) if side else index * 17 * unit + 4
                tall = (52 - index * 6) * unit * rng.uniform(0.75, 1.0)
                lean = rng.uniform(-7, 9) * unit * (-1 if side else 1)
                base = stage.height + 4
                canvas.shape(
                    limb(
                        [
                            (x, base),
                            (x + lean * 0.4, base - tall * 0.6),
                            (x + lean, base - tall),
                        ],
                        4.6 * unit,
                        3.4 * unit,
                        0.6 * unit,
                    ),
                    hue,
                    ink_width=0.7,
                    shade=0,
                )
                if season.blossom and index % 3 == 1:
                    petal = season.blossom[index % len(season.blossom)]
                    canvas.shape(
                        oval(x + lean, base - tall, 6.5 * unit), petal, ink_width=0.7, shade=0
                    )
                    canvas.fill(oval(x + lean, base - tall, 2.2 * unit), "#c98a2c")
