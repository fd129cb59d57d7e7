"""Snow on the ground: drifts, tracks, small mounds; winter trees and fences beyond them."""

from __future__ import annotations

import math
import random
from itertools import takewhile

import numpy as np
from shapely.geometry import Polygon

from storypainter.ink.drawing.forms import arc, blob, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Geometry, Point, union
from storypainter.ink.drawing.palette import mix
from storypainter.ink.kits import Scenery

SNOW_DEPTH = -30.0
SNOW = "#f4f7f8"
_SHADE = "#c9d8e4"


def paint_snowfield(scenery: Scenery) -> None:
    """Snow from the far line down: three soft drifts with bluish edges, pits and a track."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    width, height, line = stage.width, stage.height, stage.far_line
    rng = random.Random(scenery.seed + 71)
    with canvas.layer("snow", SNOW_DEPTH, kind="scenery", ink_width=0.6, ink_colour="#8fa3b5"):
        canvas.fill(rect(-5, line - 2, width + 5, height + 5), mix(SNOW, _SHADE, 0.42))
        for share, lift, strength in ((0.1, 9, 0.2), (0.38, 13, 0.08), (0.74, 17, 0.0)):
            y = line + (height - line) * share
            shift, pace = rng.uniform(0, 6), rng.uniform(4.0, 6.5)
            edge = [
                (x, y + lift * unit * math.sin(x / width * pace + shift))
                for x in np.linspace(-20, width + 20, 40).tolist()
            ]
            canvas.fill(
                Polygon([*edge, (width + 20, height + 9), (-20, height + 9)]),
                mix(SNOW, _SHADE, strength),
            )
            canvas.ink(edge[1:-1], 0.7, mix(_SHADE, "#7f93a8", 0.4))
        for _ in range(int(26 * width / height)):
            x, y = (
                rng.uniform(0, width),
                line + 20 * unit + rng.random() * (height - line - 30 * unit),
            )
            near = (y - line) / (height - line)
            long = (9 + 17 * near) * unit
            canvas.ink(arc(x, y, long, 4 * unit, 20, 150), 0.7, "#a9bccb")
        for _ in range(int(30 * width / height)):
            x, y = rng.uniform(0, width), rng.uniform(line + 12 * unit, height)
            canvas.fill(oval(x, y, 1.6 * unit), "#ffffff")


_WIDE, _DEEP = 110.0, 34.0  # cm to its sides, and before and behind it, that a thing takes up
#: How far aside, in shares of the width, a track may end to keep clear of what is in its way.
_DETOURS = (0.0, 0.12, -0.12, 0.24, -0.24, 0.36, -0.36)


def paint_tracks(scenery: Scenery, start: Point, end: Point) -> None:
    """Footprints that lead from one ground point to another, as far as nobody and nothing is in the way."""
    canvas, stage = scenery.canvas, scenery.stage
    standing = [
        *scenery.places.values(),
        *(foot for feet in scenery.feet.values() for foot in feet),
    ]
    blocked = union(
        [oval(x, y, _WIDE * stage.cm(y), _DEEP * stage.cm(y)) for x, y in standing if y > start[1]]
    )
    ways = [_prints(scenery, start, (end[0] + aside * stage.width, end[1])) for aside in _DETOURS]
    free = [list(takewhile(lambda each: not each.intersects(blocked), way)) for way in ways]
    with canvas.layer("tracks", SNOW_DEPTH + 1, kind="scenery"):
        for each in max(free, key=len):
            canvas.fill(each, "#b5c7d6", 0.9)


def _prints(scenery: Scenery, start: Point, end: Point) -> list[Geometry]:
    """The footprints of one way, left and right by turns."""
    stage = scenery.stage
    middle = ((start[0] + end[0]) / 2 + 0.05 * stage.width, (start[1] + end[1]) / 2)
    prints: list[Geometry] = []
    for index, (x, y) in enumerate(path(start, middle, end).tolist()):
        cm = stage.cm(y)
        side = 9 * cm * (1 if index % 2 else -1)
        prints.append(oval(x + side, y, 7 * cm, 2.8 * cm))
    return prints


def paint_bare_tree(scenery: Scenery, x: float, foot: float, tall: float, hue: str) -> None:
    """A leafless tree with snow on its boughs; call it inside a layer."""
    canvas = scenery.canvas
    rng = random.Random(int(x) + scenery.seed)
    canvas.shape(limb(path((x, foot), (x + tall * 0.01, foot - tall * 0.3), (x, foot - tall * 0.62)), tall * 0.042, tall * 0.03, tall * 0.014), hue, ink_width=0.8, shade=0.6)  # fmt: skip
    for start, dx, dy in ((0.34, -0.26, 0.3), (0.4, 0.27, 0.32), (0.5, -0.17, 0.38), (0.54, 0.16, 0.4), (0.6, 0.01, 0.42)):  # fmt: skip
        base = (x, foot - tall * start)
        tip = (
            x + dx * tall * rng.uniform(0.85, 1.1),
            foot - tall * (start + dy * rng.uniform(0.85, 1.05)),
        )
        bend = (base[0] + (tip[0] - base[0]) * 0.62, base[1] + (tip[1] - base[1]) * 0.36)
        bough = path(base, bend, tip)
        canvas.shape(
            limb(bough, tall * 0.02, tall * 0.012, tall * 0.004), hue, ink_width=0.7, shade=0
        )
        canvas.ink([(px, py - tall * 0.012) for px, py in bough[2:-4]], 1.7, "#ffffff")
        for k, lean in ((6, -0.09), (10, 0.08)):
            px, py = bough[k]
            canvas.ink([(px, py), (px + lean * tall, py - 0.1 * tall)], 0.9, hue)


def paint_snowy_fence(scenery: Scenery, left: float, right: float, y: float) -> None:
    """A low paling fence with a cap of snow on every pale; call it inside a layer."""
    canvas, unit = scenery.canvas, scenery.canvas.unit
    wood = mix("#b99a78", scenery.light.far, 0.24)
    for lift in (22, 48):
        canvas.shape(rect(left, y - lift * unit, right, y - (lift - 7) * unit), mix(wood, "#6d5a48", 0.2), ink_width=0.7, shade=0)  # fmt: skip
    x = left + 6 * unit
    while x < right - 6 * unit:
        pale = poly((x, y + 3 * unit), (x, y - 58 * unit), (x + 7 * unit, y - 66 * unit), (x + 14 * unit, y - 58 * unit), (x + 14 * unit, y + 3 * unit))  # fmt: skip
        canvas.shape(pale, wood, ink_width=0.75, shade=0.3)
        cap = blob((x - 2 * unit, y - 57 * unit), (x + 2 * unit, y - 68 * unit), (x + 12 * unit, y - 68 * unit), (x + 16 * unit, y - 57 * unit), (x + 7 * unit, y - 60 * unit))  # fmt: skip
        canvas.shape(cap, "#ffffff", ink_width=0.6, shade=0)
        x += 25 * unit


def paint_drift(scenery: Scenery, x: float, y: float, half: float, high: float) -> None:
    """A heap that the wind or a shovel has left; call it inside a layer."""
    heap = blob((x - half, y + 2), (x - half * 0.6, y - high * 0.6), (x - half * 0.1, y - high), (x + half * 0.5, y - high * 0.7), (x + half, y + 2), (x, y + high * 0.2))  # fmt: skip
    scenery.canvas.shape(heap, SNOW, ink_width=0.7, shade=0.8)
