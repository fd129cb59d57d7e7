"""Water: seas, lakes and harbours; shores with foam.

Water is drawn as flat bands with quiet edges, a few confident strokes for waves, larger towards
the viewer, and foam where it meets sand, stone or legs. Its colours follow the sky. The nearest
band, the shallows, has one colour, so that
:func:`storypainter.ink.props.on_water.wade` can cover legs there without a seam.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import numpy as np
from shapely.geometry import Polygon

from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.forms import arc, oval, path, rect
from storypainter.ink.drawing.geometry import Geometry, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.kits import Scenery
from storypainter.ink.props.on_water import FOAM, Hues, hues_of

WATER_DEPTH, SHORE_DEPTH = -45.0, -25.0


def paint_water(
    scenery: Scenery,
    top: float,
    bottom: float,
    *,
    calm: float = 0.5,
    shallows: float = 0.45,
    clear_of: Sequence[Geometry] = (),
) -> Hues:
    """Open water from edge to edge, between two heights in pixels; the colours used.

    Args:
        scenery: what is drawn on.
        top: where the water begins: the horizon or the far shore.
        bottom: where it ends; a shore may cover its edge.
        calm: 0 for a lively sea, 1 for a pond.
        shallows: where the nearest band begins, as a share of the way from top to bottom.
        clear_of: where no waves are drawn.
    """
    canvas, stage, hues = scenery.canvas, scenery.stage, hues_of(scenery.ground)
    rng = random.Random(scenery.seed + 21)
    with canvas.layer("water", WATER_DEPTH, kind="scenery", ink_width=0.6, ink_colour=hues.dark):
        canvas.fill(rect(-5, top, stage.width + 5, bottom + 4), hues.bands[0])
        for index in range(1, len(hues.bands)):
            share = shallows * (index / (len(hues.bands) - 1)) ** 1.4
            y = top + (bottom - top) * share
            swell = (1.2 + 4.2 * share) * canvas.unit * (1.5 - calm)
            edge = _swell(stage.width, y, swell, rng)
            area = Polygon([*edge, (stage.width + 20, bottom + 4), (-20, bottom + 4)])
            canvas.fill(area, hues.bands[index])
            if not scenery.light.dark:
                canvas.ink(edge[2:-2], 0.55, mix(hues.bands[index], FOAM, 0.55))
        canvas.ink([(-5, top), (stage.width + 5, top)], 0.8)
        _waves(scenery, rng, hues, (top, bottom), calm, clear_of)
        if scenery.setting.weather == "rain":
            _rings(scenery, rng, top, bottom)
    return hues


def _swell(width: float, y: float, swell: float, rng: random.Random) -> list[Point]:
    """A long quiet curve from edge to edge around a height."""
    shift, pace = rng.uniform(0, 6), rng.uniform(4.5, 7.5)
    return [
        (
            x,
            y + swell * math.sin(x / width * pace + shift) + 0.4 * swell * math.sin(x / width * 17),
        )
        for x in np.linspace(-20, width + 20, 44).tolist()
    ]


def _waves(
    scenery: Scenery,
    rng: random.Random,
    hues: Hues,
    span: tuple[float, float],
    calm: float,
    clear_of: Sequence[Geometry],
) -> None:
    """Rows of strokes, staggered, longer and farther apart towards the viewer."""
    canvas, width, unit = scenery.canvas, scenery.stage.width, scenery.canvas.unit
    top, bottom = span
    windy = scenery.setting.weather == "wind"
    step, y, row = 9.0 * unit, top + 7 * unit, 0
    while y < bottom - 5 * unit:
        near = (y - top) / max(1.0, bottom - top)
        length = (13 + 40 * near) * unit
        gap = length * (4.2 + 3.2 * calm)
        x = rng.uniform(-gap, 0)
        while x < width:
            wide = length * rng.uniform(0.7, 1.3)
            spot = rect(x - 4, y - 6 * unit, x + wide + 4, y + 6 * unit)
            if not any(spot.intersects(area) for area in clear_of):
                hue = hues.light if rng.random() < 0.66 else hues.dark
                _stroke(canvas, x, y, wide, (2.0 + 3.6 * near) * unit * (1.4 - calm), hue, near)
                if windy and rng.random() < 0.4:
                    _crest(canvas, x, y, wide, unit * (4 + 7 * near))
            x += wide + gap * rng.uniform(0.6, 1.4)
        row += 1
        y += step * (1.0 + 2.2 * near) * rng.uniform(0.9, 1.15)


def _stroke(
    canvas: Canvas, x: float, y: float, wide: float, high: float, hue: str, near: float
) -> None:
    """One wave: a long flat crest, sometimes with a second, shorter one below its end."""
    line = path(
        (x, y + high * 0.2),
        (x + wide * 0.3, y - high * 0.5),
        (x + wide * 0.62, y - high * 0.12),
        (x + wide, y + high * 0.3),
    )
    canvas.ink(line, 0.8 + 0.9 * near, hue, taper=0.12)
    if near > 0.25 and int(wide * 10) % 3 == 0:
        low, left = y + high * 1.5, x + wide * 0.55
        second = path((left, low), (left + wide * 0.25, low - high * 0.4), (left + wide * 0.6, low))
        canvas.ink(second, 0.7 + 0.7 * near, hue, taper=0.12)


def _crest(canvas: Canvas, x: float, y: float, wide: float, high: float) -> None:
    """A whitecap."""
    cap = Polygon(
        [
            *path((x, y), (x + wide * 0.4, y - high), (x + wide, y - high * 0.1)).tolist(),
            *path((x + wide, y - high * 0.1), (x + wide * 0.5, y - high * 0.35), (x, y)).tolist(),
        ]
    ).buffer(0.4)
    canvas.fill(cap, FOAM, 0.95)


def _rings(scenery: Scenery, rng: random.Random, top: float, bottom: float) -> None:
    """Where raindrops fall into the water."""
    unit = scenery.canvas.unit
    for _ in range(int(26 * scenery.stage.width / scenery.stage.height)):
        y = rng.uniform(top + 8 * unit, bottom)
        size = (3 + 7 * (y - top) / (bottom - top)) * unit
        x = rng.uniform(0, scenery.stage.width)
        scenery.canvas.ink(arc(x, y, size, size * 0.34, 0, 360), 0.5, "#eef5f5")


def shoreline(scenery: Scenery, y: float, lean: float = 0.0) -> list[Point]:
    """The edge of the water on a flat beach: large shallow tongues around height ``y`` (pixels)."""
    stage, rng = scenery.stage, random.Random(scenery.seed + 22)
    shift, reach = rng.uniform(0, 6), 0.011 * stage.height
    points = []
    for x in np.linspace(-30, stage.width + 30, 90).tolist():
        share = x / stage.width
        tongue = abs(math.sin(share * 4.3 + shift)) ** 0.8 - 0.5
        points.append((x, y + reach * tongue + lean * (share - 0.5)))
    return points


def paint_shore(scenery: Scenery, edge: list[Point], sand: str, hues: Hues) -> None:
    """Dry and wet sand from the water's edge down, and the foam along it."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    low = [(stage.width + 40, stage.height + 6), (-40, stage.height + 6)]
    wet, film = mix(sand, "#8f7a55", 0.3), mix(hues.shallow, mix(sand, "#8f7a55", 0.3), 0.5)
    with canvas.layer("shore", SHORE_DEPTH, kind="scenery", ink_width=0.6, ink_colour=hues.dark):
        for drop, hue in ((-4.0, film), (9.0, wet), (31.0, sand)):
            line = [(x, py + drop * unit * _ease(x, stage.width, drop)) for x, py in edge]
            canvas.fill(Polygon([*line, *low]), hue)
        foam = _lace(edge, 9.5 * unit, 34 * unit, scenery.seed)
        canvas.fill(foam, FOAM, 0.96)
        canvas.ink([(x, py + 6.5 * unit) for x, py in edge], 0.5, mix(wet, "#5c4a30", 0.35))
        back = [(x, py - 17 * unit) for x, py in edge]
        for start, end in ((2, 30), (41, 62), (68, 88)):
            canvas.fill(_lace(back[start:end], 4.2 * unit, 26 * unit, scenery.seed + 3), FOAM, 0.9)
        _breaker(scenery, edge, hues)


def _breaker(scenery: Scenery, edge: list[Point], hues: Hues) -> None:
    """A low wave that is about to break, parallel to the shore, with its shade below."""
    canvas, unit = scenery.canvas, scenery.canvas.unit
    first = 8 + scenery.seed % 3 * 14
    part = [(x, y - 44 * unit) for x, y in edge[first : first + 44]]
    shade = _lace([(x, y + 7 * unit) for x, y in part], 6 * unit, 46 * unit, scenery.seed + 5)
    canvas.fill(shade, mix(hues.shallow, hues.dark, 0.24))
    canvas.fill(_lace(part, 5.6 * unit, 34 * unit, scenery.seed + 4), FOAM, 0.96)


def _ease(x: float, width: float, drop: float) -> float:
    """The wet strip is broader where the last wave came farther up."""
    return 1.0 + 0.34 * math.sin(x / width * 5.1 + drop) if drop > 0 else 1.0


def _lace(edge: Sequence[Point], thick: float, pace: float, seed: int) -> Geometry:
    """A ribbon of foam along a line: scalloped towards the sea, thin at its ends."""
    first, last = edge[0][0], edge[-1][0]
    upper, lower = [], []
    for x in np.arange(first, last, max(2.0, pace / 9)).tolist():
        y = float(np.interp(x, [p[0] for p in edge], [p[1] for p in edge]))
        fade = min(1.0, (x - first) / (2 * pace), (last - x) / (2 * pace))
        scallop = abs(math.sin(x / pace * 1.3 + seed)) ** 0.6
        wander = 0.75 + 0.25 * math.sin(x / pace * 0.31 + seed)
        upper.append((x, y - thick * (0.35 + 0.9 * scallop) * wander * max(0.08, fade)))
        lower.append((x, y + thick * 0.7 * max(0.08, fade)))
    return Polygon([*upper, *lower[::-1]]).buffer(0)


def paint_reflection(
    scenery: Scenery, hue: str, line: float, depth: float, strength: float = 0.4
) -> None:
    """The far shore upside down in calm water: a dim band that breaks up; within a water layer."""
    canvas, stage = scenery.canvas, scenery.stage
    rng = random.Random(scenery.seed + 24)
    edge = _swell(stage.width, line + depth * 0.6, depth * 0.22, rng)
    area = Polygon([*edge, (stage.width + 20, line), (-20, line)])
    canvas.fill(area, hue, strength)
    for _ in range(int(16 * stage.width / stage.height)):
        y = line + depth * rng.uniform(0.45, 1.25)
        half = rng.uniform(14, 46) * canvas.unit
        x = rng.uniform(0, stage.width)
        thin = 1.5 * canvas.unit
        canvas.fill(oval(x, y, half, thin), hue, strength)
