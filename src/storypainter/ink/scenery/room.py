"""Rooms: a back wall with its paper or tiles, a skirting board, a floor in perspective."""

from __future__ import annotations

import itertools
import random
from typing import Literal

import numpy as np

from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.forms import oval, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Stage
from storypainter.ink.kits import FAR_INK, Scenery

WALL_DEPTH, FLOOR_DEPTH = -50.0, -40.0
WallKind = Literal["plain", "dots", "stripes", "tiles", "panels", "bricks"]
FloorKind = Literal["plain", "tiles", "checks", "planks", "carpet"]
_EYE = 0.18  # of the height: where floor lines meet, above the picture's middle


def paint_room(
    scenery: Scenery,
    wall: str,
    floor: str,
    *,
    paper: WallKind = "plain",
    ground: FloorKind = "planks",
    skirting: str = "#fdf9ee",
    dado: str = "",
) -> None:
    """A back wall and a floor.

    Args:
        scenery: what is drawn on.
        wall: the wall's colour, ``#rrggbb``.
        floor: the floor's colour, ``#rrggbb``.
        paper: the wall's pattern.
        ground: what the floor is made of.
        skirting: the skirting board's colour; "" for none.
        dado: a colour for the wall's lower third; "" for none.
    """
    canvas, stage = scenery.canvas, scenery.stage
    line = stage.far_line
    with canvas.layer("wall", WALL_DEPTH, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        canvas.fill(rect(-5, -5, stage.width + 5, line + 3), wall)
        _paper(canvas, stage, wall, paper, scenery.seed)
        if dado:
            top = line - 92 * stage.cm(line)
            canvas.fill(rect(-5, top, stage.width + 5, line + 3), dado)
            canvas.ink([(-5, top), (stage.width + 5, top)], 1.0)
    with canvas.layer("floor", FLOOR_DEPTH, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        canvas.fill(rect(-5, line, stage.width + 5, stage.height + 5), floor)
        _floor(canvas, stage, floor, ground, scenery.seed)
        if skirting:
            high = 9 * stage.cm(line)
            canvas.shape(
                rect(-8, line - high, stage.width + 8, line), skirting, ink_width=1.1, shade=0
            )
        else:
            canvas.ink([(-5, line), (stage.width + 5, line)], 1.3)


def _paper(canvas: Canvas, stage: Stage, wall: str, paper: WallKind, seed: int) -> None:
    line, cm = stage.far_line, stage.cm(stage.far_line)
    mark = mix(wall, "#6b5a43", 0.13)
    if paper == "dots":
        for row in range(int(line / (22 * cm)) + 1):
            for column in range(-1, int(stage.width / (24 * cm)) + 2):
                x = (column + 0.5 * (row % 2)) * 24 * cm
                canvas.fill(oval(x, line - 14 * cm - row * 22 * cm, 1.1 * cm), mark)
    elif paper == "stripes":
        for column in range(int(stage.width / (16 * cm)) + 1):
            x = (column + 0.3) * 16 * cm
            canvas.fill(rect(x, -5, x + 5.5 * cm, line), mix(wall, "#ffffff", 0.35))
    elif paper in ("tiles", "bricks"):
        wide, tall = (15, 15) if paper == "tiles" else (26, 9)
        for row in range(int(line / (tall * cm)) + 2):
            y = line - row * tall * cm
            canvas.ink([(-5, y), (stage.width + 5, y)], 0.6, mark)
            shift = 0.5 * (row % 2) if paper == "bricks" else 0.0
            for column in range(-1, int(stage.width / (wide * cm)) + 2):
                x = (column + shift) * wide * cm
                canvas.ink([(x, y), (x, y - tall * cm)], 0.6, mark)
    elif paper == "panels":
        rng = random.Random(seed)
        for column in range(int(stage.width / (30 * cm)) + 2):
            x = (column + rng.uniform(-0.02, 0.02)) * 30 * cm
            canvas.ink([(x, -5), (x, line)], 0.6, mark)


def _floor(canvas: Canvas, stage: Stage, floor: str, ground: FloorKind, seed: int) -> None:
    """Boards or tiles that run towards a point in the middle of the wall."""
    width, height, line = stage.width, stage.height, stage.far_line
    mark = mix(floor, "#5a4630", 0.3)
    eye = np.array([width / 2, line - (0.5 - _EYE) * height])
    pitch = {"tiles": 46, "checks": 46, "planks": 21}.get(ground, 0) * stage.front_cm
    if not pitch:
        return
    count = int(width * 1.6 / pitch) + 2
    xs = (np.arange(-count, count + 1) + 0.5) * pitch + width / 2

    def meet(x: float, y: float) -> tuple[float, float]:
        share = (y - eye[1]) / (height - eye[1])
        return float(eye[0] + (x - eye[0]) * share), y

    rows = [line]
    step = 0.3 * pitch if ground != "planks" else 0.9 * pitch
    while rows[-1] < height + step:
        rows.append(rows[-1] + step * (0.62 + 1.1 * (rows[-1] - line) / (height - line)))
    if ground == "checks":
        dark = mix(floor, "#5a4630", 0.22)
        for index, (top, bottom) in enumerate(itertools.pairwise(rows)):
            for k in range(len(xs) - 1):
                if (k + index) % 2:
                    a, b = float(xs[k]), float(xs[k + 1])
                    square = poly(meet(a, top), meet(b, top), meet(b, bottom), meet(a, bottom))
                    canvas.fill(square, dark)
    for x in xs:
        canvas.ink([meet(float(x), line), meet(float(x), height + 4)], 0.9, mark)
    if ground in ("tiles", "checks"):
        for y in rows[1:]:
            canvas.ink([(-5, y), (width + 5, y)], 0.9, mark)
        return
    rng = random.Random(seed + 1)
    for k in range(len(xs) - 1):
        for y in rng.sample(rows[1:], min(2, len(rows) - 1)):
            y += rng.uniform(-0.4, 0.4) * step
            if line < y < height:
                canvas.ink([meet(float(xs[k]), y), meet(float(xs[k + 1]), y)], 0.8, mark)
