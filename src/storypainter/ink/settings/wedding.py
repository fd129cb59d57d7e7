"""The setting kit ``wedding``: a garden with a flower arch, an aisle strewn with petals and lights.

A small church stands far away; a Scene that names ``church`` has its front near instead.
"""

from __future__ import annotations

import math
import random

import numpy as np

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame, Geometry, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.props.events_wedding import BLUSH, IVORY, ROSE, paint_rose
from storypainter.ink.scenery.air import FRONT_DEPTH, paint_weather
from storypainter.ink.scenery.far import FAR_DEPTH, paint_far_trees, paint_hills
from storypainter.ink.scenery.grass import PATH_DEPTH, paint_lawn
from storypainter.ink.scenery.sky import paint_sky

SHAPE = Shape(
    far_line=0.61,
    back=(0.655, 0.715),
    middle=(0.755, 0.835),
    front=(0.885, 0.95),
    far_scale=0.72,
    zoom=1.1,
    horizon=0.56,
)
_WALL = 50.0  # cm: how high the garden wall is
_STONE = "#d3c8b4"


def paint(scenery: Scenery) -> None:
    """Sky, far land with a church, poplars, a wall with climbing roses, lawn, aisle and lights."""
    near_church = "church" in scenery.places
    rng = random.Random(scenery.seed + 51)
    canvas = scenery.canvas
    side = -1 if scenery.seed % 2 else 1
    poplars = [] if near_church else _poplar_places(scenery)
    tall = [oval(x, (foot + top) / 2, wide, (foot - top) / 2) for x, foot, top, wide in poplars]
    paint_sky(scenery, [*scenery.busy, *tall])
    with canvas.layer("far", FAR_DEPTH, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        paint_hills(scenery)
        if not near_church:
            _far_church(scenery, side)
        paint_far_trees(scenery, rng, scenery.stage.far_line - 84 * canvas.unit)
        for poplar in poplars:
            _poplar(scenery, rng, *poplar)
        _wall(scenery, rng)
    paint_lawn(scenery)
    _aisle(scenery, rng)
    if not near_church:
        _lights(scenery)


def _far_church(scenery: Scenery, side: int) -> None:
    """A village church beyond the wall, to one side."""
    stage, far = scenery.stage, scenery.light.far
    scale = stage.height / 1024
    pen = scenery.canvas.pen(
        Frame(
            (0.5 + 0.27 * side) * stage.width,
            stage.far_line - 96 * scale,
            1.12 * scale,
            0,
            side > 0,
        ),
        1,
    )
    wall, roof = mix("#e6dcc8", far, 0.3), mix("#9c6257", far, 0.32)
    if scenery.setting.weather == "snow":
        roof = "#f2f4f4"
    lit = scenery.light.dark or scenery.setting.time_of_day == "evening"
    glass = "#f6d67c" if lit else mix("#7f97a4", far, 0.3)
    pen.shape(rect(-20, -88, 104, 40), wall, ink_width=0.7, shade=0.5)
    pen.shape(poly((-20, -88), (-4, -136), (112, -136), (112, -88)), roof, ink_width=0.7, shade=0.5)
    for x in (14, 44, 74):
        window = join(rect(x - 6, -62, x + 6, -34), oval(x, -62, 6))
        pen.shape(window, glass, ink_width=0.5, shade=0)
    pen.shape(rect(-58, -158, -14, 40), wall, ink_width=0.7, shade=0.5)
    pen.shape(poly((-64, -158), (-36, -232), (-8, -158)), roof, ink_width=0.7, shade=0.5)
    pen.ink([(-36, -232), (-36, -252)], 1.0)
    pen.ink([(-42, -245), (-30, -245)], 1.0)
    pen.shape(oval(-36, -134, 11), mix("#fdf8ea", far, 0.1), ink_width=0.6, shade=0)
    pen.ink([(-36, -141), (-36, -134), (-31, -131)], 0.7)
    for y in (-100, -54):
        pen.shape(join(rect(-42, y, -30, y + 20), oval(-36, y, 6)), glass, ink_width=0.5, shade=0)


def _poplar_places(scenery: Scenery) -> list[tuple[float, float, float, float]]:
    """(x, foot, top, half width) in pixels of the slim trees that frame the view."""
    stage = scenery.stage
    found = []
    for share, tall in ((0.03, 0.44), (0.125, 0.34), (0.885, 0.36), (0.975, 0.46)):
        half = 0.034 * stage.height
        found.append(
            (share * stage.width, stage.far_line, stage.far_line - tall * stage.height, half)
        )
    return found


def _poplar(
    scenery: Scenery, rng: random.Random, x: float, foot: float, top: float, half: float
) -> None:
    """A slim tree, tall as a tower."""
    canvas, season, far = scenery.canvas, scenery.season, scenery.light.far
    bark = mix("#8f7355", far, 0.25)
    canvas.shape(rect(x - half * 0.13, foot - 0.4 * (foot - top), x + half * 0.13, foot), bark, ink_width=0.7, shade=0)  # fmt: skip
    if season.bare:
        for k in range(9):
            y = foot - (0.2 + 0.08 * k) * (foot - top)
            lean = half * (0.8 if k % 2 else -0.8)
            canvas.ink(
                path((x, y), (x + lean * 0.6, y - half), (x + lean, y - half * 2.6)), 1.0, bark
            )
        canvas.ink([(x, foot), (x, top)], 1.6, bark)
        return
    tall = foot - top
    crown = blob((x, top), (x + half * 0.7, top + 0.22 * tall), (x + half, top + 0.55 * tall), (x + half * 0.6, top + 0.86 * tall), (x, top + 0.92 * tall), (x - half * 0.6, top + 0.86 * tall), (x - half, top + 0.55 * tall), (x - half * 0.7, top + 0.22 * tall))  # fmt: skip
    hue = mix(season.leaves[2], far, 0.22)
    canvas.shape(crown, hue, ink_width=0.8, shade=1.0)
    for _ in range(9):
        cy = top + rng.uniform(0.2, 0.84) * tall
        cx = x + rng.uniform(-0.5, 0.5) * half
        canvas.ink(arc(cx, cy, half * 0.26, half * 0.34, 200, 330), 0.6, mix(hue, "#2d3a3a", 0.35))


def _wall(scenery: Scenery, rng: random.Random) -> None:
    """A low wall of field stones with climbing roses."""
    canvas, stage, season = scenery.canvas, scenery.stage, scenery.season
    line, cm, far = stage.far_line, stage.cm(stage.far_line), scenery.light.far
    stone = mix(_STONE, far, 0.22)
    top = line - _WALL * cm
    canvas.shape(rect(-8, top, stage.width + 8, line + 3), stone, ink_width=0.7, shade=0)
    mark = mix(stone, "#6b5a50", 0.3)
    rows = 3
    for row in range(rows):
        y = top + (row + 0.4) * (line - top) / rows
        x = -rng.uniform(0, 30) * cm
        while x < stage.width:
            wide = rng.uniform(20, 34) * cm
            if rng.random() < 0.62:
                stone_edge = rect(x, y, x + wide * 0.86, y + 13 * cm, 4 * cm)
                canvas.shape(stone_edge, mix(stone, "#ffffff", rng.uniform(0.0, 0.3)), ink_width=0.5, ink_colour=mark, shade=0)  # fmt: skip
            x += wide
    cap = mix(
        "#fbfcfb" if scenery.setting.weather == "snow" else mix(stone, "#ffffff", 0.35), far, 0.08
    )
    canvas.shape(rect(-8, top - 9 * cm, stage.width + 8, top, 2), cap, ink_width=0.8, shade=0)
    for share in (rng.uniform(0.18, 0.26), rng.uniform(0.74, 0.82)):
        _climber(scenery, rng, share * stage.width, line, cm)
    if not season.bare:
        x = rng.uniform(0, 20) * cm
        while x < stage.width:
            size = rng.uniform(8, 13) * cm
            lobes = [oval(x + dx * size, line - (0.4 + dy) * size, size * 0.6) for dx, dy in ((-0.7, 0), (0.7, 0), (0, 0.4))]  # fmt: skip
            canvas.shape(join(*lobes), mix(season.hedge, far, 0.25), ink_width=0.6, shade=0.4)
            x += rng.uniform(26, 60) * cm


def _climber(scenery: Scenery, rng: random.Random, x: float, line: float, cm: float) -> None:
    """A rose that has grown over the wall."""
    canvas, season, far = scenery.canvas, scenery.season, scenery.light.far
    for lean in (-18, 4, 22):
        stem = path(
            (x, line), (x + lean * 0.4 * cm, line - 34 * cm), (x + lean * cm, line - 70 * cm)
        )
        canvas.shape(
            limb(stem, 1.6 * cm, 0.8 * cm), mix("#8f7355", far, 0.2), ink_width=0.5, shade=0
        )
    if season.bare:
        return
    for _ in range(26):
        cx, cy = x + rng.gauss(0, 17) * cm, line - rng.uniform(26, 80) * cm
        leaf = oval(cx, cy, 5.6 * cm, 3.2 * cm, rng.uniform(0, 180))
        canvas.shape(leaf, mix(rng.choice(season.leaves), far, 0.18), ink_width=0.5, shade=0)
    if not season.blossom:
        return
    pen = Pen(canvas, Frame(0, 0, 1), 1)
    for _ in range(9):
        cx, cy = x + rng.gauss(0, 15) * cm, line - rng.uniform(32, 76) * cm
        paint_rose(pen, cx, cy, 4.6 * cm, mix(rng.choice((ROSE, BLUSH)), far, 0.15))


def _aisle(scenery: Scenery, rng: random.Random) -> None:
    """A carpet from the arch or the church door to the front, with petals along its sides."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    start = scenery.places.get("flower arch") or scenery.places.get("church")
    x0, y0 = start if start else (0.5 * stage.width, stage.far_line)
    y0 = max(y0, stage.far_line + 2)
    x1 = x0 + (stage.width / 2 - x0) * 0.5
    far, near = 33 * stage.cm(y0), 74 * stage.front_cm
    low = stage.height + 8
    hue = (
        mix(IVORY, "#ffffff", 0.5) if scenery.setting.weather == "snow" else mix(IVORY, BLUSH, 0.22)
    )
    if scenery.setting.weather == "rain":
        hue = mix(hue, "#5b6b80", 0.16)
    carpet = poly((x0 - far, y0), (x0 + far, y0), (x1 + near, low), (x1 - near, low))
    edge = mix(hue, "#8a6a5a", 0.4)
    with canvas.layer("aisle", PATH_DEPTH, kind="scenery", ink_width=0.6, ink_colour=edge):
        canvas.shape(carpet, hue, shade=0)
        for share in (0.86, -0.86):
            canvas.ink([(x0 + far * share, y0), (x1 + near * share, low)], 0.6)
        for _ in range(54):
            t = rng.random() ** 0.8
            y = y0 + t * (low - y0)
            middle, half = x0 + (x1 - x0) * t, far + (near - far) * t
            spread = rng.choice((-1, 1)) * rng.uniform(0.7, 1.25) * half
            size = (2.6 + 3.4 * t) * unit
            petal = oval(middle + spread, y, size, size * 0.5, rng.uniform(0, 180))
            canvas.shape(petal, rng.choice((ROSE, BLUSH, "#fdf6ea")), ink_width=0.5, shade=0)


def _lights(scenery: Scenery) -> None:
    """Two strings of small lamps across the sky, clear of what stands before it."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    lit = scenery.light.dark or scenery.setting.time_of_day in ("evening", "dawn")
    with canvas.layer("lights", FAR_DEPTH + 1, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        for start, end, sag in (
            ((-0.02, 0.15), (0.5, -0.03), 0.09),
            ((0.5, -0.03), (1.02, 0.15), 0.09),
        ):
            a = (start[0] * stage.width, start[1] * stage.height)
            b = (end[0] * stage.width, end[1] * stage.height)
            ts = np.linspace(0, 1, 40)
            ys = a[1] + (b[1] - a[1]) * ts + sag * stage.height * 4 * ts * (1 - ts)
            line = np.column_stack([a[0] + (b[0] - a[0]) * ts, ys])
            canvas.ink(line, 0.9, "#5a5262")
            for k in range(2, 40, 4):
                _lamp(scenery, (float(line[k, 0]), float(line[k, 1])), unit, lit=lit)


def _lamp(scenery: Scenery, spot: Point, unit: float, *, lit: bool) -> None:
    canvas = scenery.canvas
    x, y = spot
    glass: Geometry = oval(x, y + 15 * unit, 8.5 * unit, 10 * unit)
    canvas.shape(
        rect(x - 4 * unit, y, x + 4 * unit, y + 7 * unit), "#6d6472", ink_width=0.6, shade=0
    )
    with canvas.lit():
        if lit:
            canvas.fill(oval(x, y + 15 * unit, 22 * unit), "#ffe9a8", 0.3)
        canvas.shape(glass, "#ffe9a8" if lit else "#fbf3dc", ink_width=0.7, shade=0)


def paint_front(scenery: Scenery) -> None:
    """Roses in the lower corners, and the weather."""
    if scenery.setting.weather != "snow":
        _corners(scenery)
    paint_weather(scenery)


def _corners(scenery: Scenery) -> None:
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    rng = random.Random(scenery.seed + 57)
    with canvas.layer("foreground", FRONT_DEPTH - 1, kind="scenery", ink_width=0.8):
        for side in (0, 1):
            corner = stage.width if side else 0.0
            inward = -1 if side else 1
            for k in range(9):
                turn = math.radians(-88 + 11 * k * inward if side == 0 else -92 + 11 * k * inward)
                reach = (40 - 2.2 * k) * unit * rng.uniform(0.9, 1.15)
                x = corner + inward * (4 + 11 * k) * unit
                tip = (x + reach * math.cos(turn) * 0.6, stage.height + reach * math.sin(turn))
                leaf = limb([(x, stage.height + 6), tip], 6 * unit, 7 * unit, 1.2 * unit)
                canvas.shape(
                    leaf, mix(scenery.season.lawn, "#4f6a3d", 0.45), ink_width=0.7, shade=0.3
                )
            pen = Pen(canvas, Frame(corner, stage.height, unit, 0, side == 1), 1)
            if not scenery.season.bare:
                for x, y, size, hue in (
                    (12, -20, 15, ROSE),
                    (42, -9, 13, BLUSH),
                    (72, -4, 11, ROSE),
                ):
                    paint_rose(pen, x, y, size, hue)


KIT = Kit(
    "wedding",
    paint,
    shape=SHAPE,
    bays=(Bay((Piece("flower arch"),), 190, 3.0), Bay((Piece("church"),), 450, 0.0)),
    loose=(
        Loose("flower stand", x=(0.05, 0.13), y=(0.66, 0.67), always=True),
        Loose("banquet table", x=(0.2, 0.8), y=(0.75, 0.86), anchor="table"),
        Loose("white chair"),
        Loose("lectern", x=(0.15, 0.85), y=(0.70, 0.80)),
        Loose("loudspeaker", x=(0.06, 0.94), y=(0.66, 0.70)),
        Loose("lamp post", x=(0.06, 0.94), y=(0.66, 0.69)),
        Loose("tree", x=(0.08, 0.92), y=(0.66, 0.69)),
    ),
    areas={"aisle": Area(x=(0.36, 0.64)), "lawn": Area()},
    seat="white chair",
    paint_front=paint_front,
)
