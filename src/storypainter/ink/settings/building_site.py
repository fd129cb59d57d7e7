"""The setting kit ``building site``: a house shell in its scaffold, a crane, earth with tracks."""

from __future__ import annotations

import math
import random

import numpy as np
from shapely.geometry import Polygon

from storypainter.ink.drawing.forms import band, blob, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.air import paint_weather
from storypainter.ink.scenery.far import FAR_DEPTH
from storypainter.ink.scenery.grass import FRONT_DEPTH, LAWN_DEPTH, PATH_DEPTH
from storypainter.ink.scenery.sky import paint_sky

#: The shell of the house stands close behind the people.
SITE = Shape(
    far_line=0.625,
    back=(0.67, 0.73),
    middle=(0.77, 0.845),
    front=(0.89, 0.95),
    far_scale=0.70,
    zoom=1.1,
)
_EARTH = "#d6bd97"
_HOARDING = ("#9fb6b4", "#c9d0c8")
_HIGH = 118.0  # cm: the hoarding


def paint(scenery: Scenery) -> None:
    """Sky, a pale skyline, a hoarding, and the churned earth of the site."""
    paint_sky(scenery)
    rng = random.Random(scenery.seed + 18)
    with scenery.canvas.layer("far", FAR_DEPTH, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        _skyline(scenery, rng)
        _hoarding(scenery)
    _earth(scenery, rng)
    _tracks(scenery, rng)
    _heaps(scenery, rng)


def _skyline(scenery: Scenery, rng: random.Random) -> None:
    """Roofs and towers of the town far behind."""
    canvas, stage, far, unit = scenery.canvas, scenery.stage, scenery.light.far, scenery.canvas.unit
    lit = scenery.light.dark or scenery.setting.time_of_day == "evening"
    x = -20.0 * unit
    while x < stage.width:
        wide, high = rng.uniform(54, 110) * unit, rng.uniform(215, 330) * unit
        wall = mix(rng.choice(("#c9c3b8", "#d4c4b2", "#bcc4c6")), far, 0.55)
        top = stage.far_line - high
        canvas.shape(rect(x, top, x + wide, stage.far_line), wall, ink_width=0.6, shade=0.3)
        if rng.random() < 0.4:
            gable = poly((x - 3 * unit, top), (x + wide / 2, top - 34 * unit), (x + wide + 3 * unit, top))  # fmt: skip
            canvas.shape(gable, mix(wall, "#9c6a58", 0.3), ink_width=0.6, shade=0.3)
        for k in range(int(high / (34 * unit)) - 1):
            for share in (0.26, 0.62):
                pane = "#f6d67c" if lit and rng.random() < 0.5 else mix(wall, "#ffffff", 0.45)
                left, y = x + share * wide - 5 * unit, top + (14 + 34 * k) * unit
                canvas.shape(rect(left, y, left + 11 * unit, y + 17 * unit), pane, ink_width=0.4, shade=0)  # fmt: skip
        x += wide + rng.choice((0, 6, 26)) * unit


def _hoarding(scenery: Scenery) -> None:
    """A fence of sheet metal in two quiet colours."""
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    top = line - _HIGH * cm
    count = int(stage.width / (86 * cm)) + 2
    shift = (scenery.seed % 7) * 11 * cm
    for k in range(count):
        left = k * 86 * cm - shift
        hue = mix(_HOARDING[k % 2], scenery.light.far, 0.25)
        canvas.shape(rect(left, top, left + 86 * cm, line + 3), hue, ink_width=0.7, shade=0)
        for rib in range(1, 6):
            x = left + rib * 14.3 * cm
            canvas.ink([(x, top + 3 * cm), (x, line - 3 * cm)], 0.4, mix(hue, FAR_INK, 0.35))
    rim = rect(-8, top - 4 * cm, stage.width + 8, top + 2 * cm)
    snow = scenery.setting.weather == "snow"
    canvas.shape(rim, "#fbfcfb" if snow else mix("#8f9a98", scenery.light.far, 0.2), ink_width=0.6, shade=0)  # fmt: skip


def _earth(scenery: Scenery, rng: random.Random) -> None:
    canvas, stage = scenery.canvas, scenery.stage
    width, height, line = stage.width, stage.height, stage.far_line
    hue = _ground(scenery)
    edge = mix(hue, "#6d5a42", 0.45)
    with canvas.layer("earth", LAWN_DEPTH, kind="scenery", ink_width=0.6, ink_colour=edge):
        canvas.fill(rect(-5, line - 2, width + 5, height + 5), mix(hue, "#ffffff", 0.16))
        for share, dark in ((0.705, 0.0), (0.885, 0.07)):
            wave = [(float(x), height * (share + 0.011 * math.sin(x / width * 6 + scenery.seed))) for x in np.linspace(-10, width + 10, 26)]  # fmt: skip
            canvas.fill(Polygon([*wave, (width + 10, height + 10), (-10, height + 10)]), mix(hue, "#7a6248", dark))  # fmt: skip
        canvas.ink([(-5, line), (width + 5, line)], 0.8)
        for _ in range(int(64 * width / height)):
            x, y = rng.uniform(0, width), line + 12 + rng.random() * (height - line - 16)
            size = (2.4 + 4.5 * (y - line) / (height - line)) * canvas.unit
            if rng.random() < 0.35:
                canvas.shape(oval(x, y, size, size * 0.62), mix(hue, "#8f8a80", 0.45), ink_width=0.6, shade=0)  # fmt: skip
            else:
                canvas.ink(path((x, y), (x + size, y - 0.3 * size), (x + 2.4 * size, y)), 0.6)


def _ground(scenery: Scenery) -> str:
    weather = scenery.setting.weather
    if weather == "snow":
        return "#e9ebe9"
    return mix(_EARTH, "#7f6a52", 0.3) if weather == "rain" else _EARTH


def _tracks(scenery: Scenery, rng: random.Random) -> None:
    """Two prints of caterpillar tracks across the ground."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    hue = mix(_ground(scenery), "#6d5a42", 0.2)
    start = rng.uniform(0.74, 0.78) * stage.height
    with canvas.layer("tracks", PATH_DEPTH, kind="scenery", ink_width=0.6, ink_colour=hue):
        for gap in (0.0, 0.062):
            y = start + gap * stage.height
            line = path((-20, y + 12 * unit), (stage.width * 0.35, y), (stage.width * 0.7, y + 10 * unit), (stage.width + 20, y - 14 * unit))  # fmt: skip
            canvas.fill(band(line, 15 * unit), hue, 0.6)
            for k in range(2, len(line) - 2, 2):
                x, at = float(line[k][0]), float(line[k][1])
                canvas.ink([(x - 3 * unit, at + 7 * unit), (x + 3 * unit, at - 7 * unit)], 1.0, mix(hue, "#6d5a42", 0.3))  # fmt: skip


def _heaps(scenery: Scenery, rng: random.Random) -> None:
    """Heaps of sand and gravel at the foot of the hoarding, near the edges."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    line = stage.far_line + 0.014 * stage.height
    snow = scenery.setting.weather == "snow"
    with canvas.layer("heaps", PATH_DEPTH + 1, kind="scenery", ink_width=0.7, ink_colour=FAR_INK):
        for share, hue in ((rng.uniform(-0.02, 0.04), "#e0c890"), (rng.uniform(0.95, 1.02), "#b9b4aa")):  # fmt: skip
            x, wide, high = share * stage.width, 104 * unit, rng.uniform(54, 72) * unit
            heap = blob((x - wide, line + 4), (x - 0.5 * wide, line - 0.62 * high), (x, line - high), (x + 0.45 * wide, line - 0.66 * high), (x + wide, line + 4), (x, line + 10 * unit))  # fmt: skip
            canvas.shape(heap, mix(hue, "#ffffff", 0.6) if snow else hue, shade=0.8)
            for _ in range(16):
                a, b = x + rng.uniform(-0.7, 0.7) * wide, line - rng.uniform(0, 0.5) * high
                canvas.ink(path((a, b), (a + 4 * unit, b - 2 * unit), (a + 8 * unit, b)), 0.5)


def paint_front(scenery: Scenery) -> None:
    """A few stacked bricks in the lower corners, and the weather."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    rng = random.Random(scenery.seed + 19)
    wide, high = 33 * unit, 15 * unit
    with canvas.layer("foreground", FRONT_DEPTH - 1, kind="scenery", ink_width=0.8):
        for side in (0, 1):
            for row, count in enumerate((3, 2)):
                for index in range(count):
                    x = 26 * unit + (index + 0.5 * row) * (wide + 2 * unit)
                    x = stage.width - x if side else x
                    y = stage.height - 7 * unit - row * (high + unit)
                    lean = rng.uniform(-1.4, 1.4) * unit
                    half = wide / 2
                    brick = poly((x - half, y), (x - half, y - high + lean), (x + half, y - high - lean), (x + half, y), corner=1)  # fmt: skip
                    hue = mix("#c07a5e", "#ffffff", 0.08 * ((index + row + side) % 3))
                    canvas.shape(brick, hue, ink_width=0.8, shade=0.5)
    paint_weather(scenery)


KIT = Kit(
    "building site",
    paint,
    shape=SITE,
    bays=(
        Bay((Piece("crane"),), 226, 2.0),
        Bay((Piece("scaffold"),), 336, 3.0),
        Bay((Piece("house"),), 330, 0.0),
    ),
    loose=(
        Loose("digger", x=(0.15, 0.85), y=(0.69, 0.75)),
        Loose("brick wall", x=(0.15, 0.85), y=(0.72, 0.80)),
        Loose("cement mixer", x=(0.08, 0.92), y=(0.70, 0.78)),
        Loose("bricks", x=(0.06, 0.94), y=(0.69, 0.76), always=True),
        Loose("safety barrier", x=(0.1, 0.9), y=(0.69, 0.92)),
        Loose("wheelbarrow"),
        Loose("ladder"),
    ),
    areas={"ground": Area()},
    seat="bricks",
    paint_front=paint_front,
)
