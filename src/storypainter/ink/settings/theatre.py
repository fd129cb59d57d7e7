"""The setting kit ``theatre``: a stage seen from the stalls, curtains, footlights, an audience."""

from __future__ import annotations

import math
import random

import numpy as np

from storypainter.ink.drawing.forms import arc, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Geometry
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.air import FRONT_DEPTH
from storypainter.ink.scenery.room import FLOOR_DEPTH, WALL_DEPTH, paint_room

_VELVET = "#a2434a"
_GOLD = "#d5b46a"
_EDGE = 0.885  # of the height: where the stage ends
_HANGINGS = ("#c9dbe0", "#e3d6c4", "#d6d4e4", "#d5e0cd")


def paint(scenery: Scenery) -> None:
    """A painted cloth at the back, boards, two beams of light, velvet and gold around it all."""
    cloth = _HANGINGS[scenery.seed % len(_HANGINGS)]
    paint_room(scenery, cloth, "#c69a68", ground="planks", skirting="")
    _cloth(scenery, cloth)
    _beams(scenery)
    _curtains(scenery)


def _cloth(scenery: Scenery, hue: str) -> None:
    """A landscape painted on the cloth: hills, trees, a far castle; all of it pale."""
    canvas, stage = scenery.canvas, scenery.stage
    width, line, tall = stage.width, stage.far_line, stage.far_line
    with canvas.layer("cloth", WALL_DEPTH + 1, kind="scenery", ink_width=0.5, ink_colour="#8f8794"):
        canvas.fill(oval(0.66 * width, line - 0.52 * tall, 0.09 * tall), mix(hue, "#fff3cf", 0.75))
        _far_castle(scenery, hue)
        for height, waves, shift, green in ((0.3, 1.3, 0.4, 0.28), (0.17, 2.1, 2.0, 0.46)):
            xs = np.linspace(-10, width + 10, 30)
            ys = line - tall * height * (
                0.75 + 0.25 * np.sin(xs / width * waves * 2 * math.pi + shift)
            )
            ridge = list(zip(xs.tolist(), ys.tolist(), strict=True))
            hill = poly(*ridge, (width + 10, line + 2), (-10, line + 2))
            canvas.shape(hill, mix(hue, "#93a873", green), ink_width=0.8, shade=0)
        canvas.shape(
            rect(-8, line - 0.012 * tall, width + 8, line), "#8d6a48", ink_width=0.9, shade=0
        )


def _far_castle(scenery: Scenery, hue: str) -> None:
    canvas, stage = scenery.canvas, scenery.stage
    unit = stage.far_line / 100
    x, y = 0.34 * stage.width, stage.far_line - 26 * unit
    stone = mix(hue, "#9a86a8", 0.34)
    for dx, half, top in ((-11, 3.6, -22), (11, 3.6, -19), (0, 4.6, -29)):
        canvas.shape(rect(x + (dx - half) * unit, y + top * unit, x + (dx + half) * unit, y + 6 * unit), stone, ink_width=0.7, shade=0)  # fmt: skip
        roof = poly((x + (dx - half - 1) * unit, y + top * unit), (x + (dx + half + 1) * unit, y + top * unit), (x + dx * unit, y + (top - 9) * unit))  # fmt: skip
        canvas.shape(roof, mix(hue, "#a8687a", 0.42), ink_width=0.7, shade=0)
    wall = rect(x - 12 * unit, y - 12 * unit, x + 12 * unit, y + 8 * unit)
    canvas.shape(wall, stone, ink_width=0.7, shade=0)


def _beams(scenery: Scenery) -> None:
    """Two cones of light from above that meet on the boards."""
    canvas, width, height = scenery.canvas, scenery.stage.width, scenery.stage.height
    with canvas.layer("beams", FLOOR_DEPTH + 2, kind="scenery", ink_width=0.5), canvas.lit():
        for side in (-1, 1):
            x, goal = (0.5 + 0.33 * side) * width, (0.5 - 0.12 * side) * width
            cone = poly((x - 0.02 * width, -5), (x + 0.02 * width, -5), (goal + 0.27 * width, 0.78 * height), (goal - 0.27 * width, 0.78 * height))  # fmt: skip
            pool = oval(goal, 0.78 * height, 0.27 * width, 0.075 * height)
            canvas.fill(join(cone, pool), "#fff4cf", 0.17)


def _curtains(scenery: Scenery) -> None:
    """Curtains drawn to both sides, a valance with swags, all edged with gold."""
    canvas, stage = scenery.canvas, scenery.stage
    width, height = stage.width, stage.height
    breadth = 0.088 * width
    with canvas.layer("curtains", -3.0, kind="scenery", ink_width=0.75, ink_colour="#4b2730"):
        for side in (-1, 1):
            _side_curtain(scenery, side, breadth)
        count = max(3, round(width / (0.24 * height)))
        wide = width / count
        for index in range(count):
            _swag(scenery, index * wide, (index + 1) * wide)
        canvas.shape(rect(-8, -8, width + 8, 0.03 * height), mix(_VELVET, "#2e1a2a", 0.2), shade=0)
        for index in range(count + 1):
            x = index * wide
            tail = poly((x - 0.028 * width, 0.02 * height), (x + 0.028 * width, 0.02 * height), (x + 0.018 * width, 0.135 * height), (x, 0.15 * height), (x - 0.018 * width, 0.135 * height), corner=3)  # fmt: skip
            canvas.shape(tail, _VELVET, shade=0.6)
            canvas.ink([(x, 0.03 * height), (x, 0.135 * height)], 0.7)
        canvas.shape(
            rect(-8, 0.022 * height, width + 8, 0.038 * height), _GOLD, ink_width=0.8, shade=0
        )


def _side_curtain(scenery: Scenery, side: int, breadth: float) -> None:
    canvas, width, height = scenery.canvas, scenery.stage.width, scenery.stage.height
    foot = 0.86 * height

    def at(share: float, y: float) -> tuple[float, float]:
        inset = share * breadth
        return (inset if side < 0 else width - inset), y * height

    inner = path(
        at(1.15, 0.02), at(1.1, 0.26), at(0.72, 0.46), at(0.94, 0.68), at(1.0, foot / height)
    )
    outer = -10.0 if side < 0 else width + 10.0
    cloth = poly((outer, -5), *inner.tolist(), (outer, foot))
    canvas.shape(cloth, _VELVET, shade=0.7)
    fold = mix(_VELVET, "#2e1a2a", 0.5)
    for share in (0.2, 0.42, 0.64, 0.86):
        line = path(at(share * 1.15, 0.04), at(share * 1.1, 0.26), at(share * 0.74, 0.46), at(share * 0.94, 0.68), at(share, 0.85))  # fmt: skip
        canvas.ink(line, 0.8, fold)
    tie = poly((outer, 0.452 * height), at(0.8, 0.452), at(0.8, 0.475), (outer, 0.475 * height))
    canvas.shape(tie, _GOLD, ink_width=0.8, shade=0)
    hem = poly((outer, 0.845 * height), at(0.99, 0.845), at(1.0, 0.86), (outer, foot))
    canvas.shape(hem, _GOLD, ink_width=0.8, shade=0)


def _swag(scenery: Scenery, left: float, right: float) -> None:
    """One hanging bow of the valance."""
    canvas, height = scenery.canvas, scenery.stage.height
    middle, half = (left + right) / 2, (right - left) / 2
    bow = arc(middle, 0.03 * height, half, 0.085 * height, 0, 180)
    canvas.shape(poly(*bow.tolist(), (left, -5), (right, -5)), _VELVET, shade=0.6)
    for share in (0.35, 0.66):
        canvas.ink(arc(middle, 0.03 * height, half * 0.96, 0.085 * height * share, 8, 172), 0.7)
    canvas.ink(bow, 2.4, _GOLD)
    canvas.ink(bow + np.array([0.0, 0.005 * height]), 0.7)


def paint_front(scenery: Scenery) -> None:
    """The edge of the stage with its footlights, and the heads of those who watch."""
    canvas, stage = scenery.canvas, scenery.stage
    width, height = stage.width, stage.height
    edge = _EDGE * height
    with canvas.layer("stage edge", FRONT_DEPTH - 2, kind="scenery", ink_width=0.8):
        canvas.shape(rect(-8, edge, width + 8, height + 8), "#5c3b3c", shade=0)
        canvas.shape(
            rect(-8, edge - 0.004 * height, width + 8, edge + 0.016 * height), "#a87c50", shade=0
        )
        canvas.shape(rect(-8, edge + 0.03 * height, width + 8, edge + 0.036 * height), _GOLD, ink_width=0.6, shade=0)  # fmt: skip
        count = max(5, round(width / (0.13 * height)))
        for index in range(count):
            x = (index + 0.5) * width / count
            _footlight(scenery, x, edge)
    _audience(scenery)


def _footlight(scenery: Scenery, x: float, edge: float) -> None:
    """A shell of brass that hides a lamp from those in the stalls."""
    canvas, size = scenery.canvas, 0.017 * scenery.stage.height
    shell = poly(*arc(x, edge + 0.5 * size, 1.1 * size, 1.5 * size, 180, 360).tolist(), corner=1)
    with canvas.lit():
        canvas.fill(oval(x, edge - 0.8 * size, 1.5 * size, 1.1 * size), "#fff0b8", 0.8)
    canvas.shape(shell, _GOLD, ink_width=0.8)
    for turn in (-0.5, 0, 0.5):
        canvas.ink([(x + turn * 0.6 * size, edge + 0.4 * size), (x + turn * 1.4 * size, edge - 0.7 * size)], 0.5)  # fmt: skip


def _audience(scenery: Scenery) -> None:
    """Two rows of dark heads from behind, each with hair of its own."""
    stage = scenery.stage
    rng = random.Random(scenery.seed + 21)
    unit = stage.height / 100
    canvas = scenery.canvas
    with canvas.layer(
        "audience", FRONT_DEPTH - 1, kind="scenery", ink_width=0.7, ink_colour="#231c28"
    ):
        for base, size, hue in ((94.6, 2.2, "#574a5c"), (98.6, 2.8, "#403646")):
            pitch = size * 3.3 * unit
            x = rng.uniform(-0.5, 0) * pitch
            while x < stage.width + pitch:
                _spectator(scenery, rng, x, base * unit, size * unit, hue)
                x += pitch * rng.uniform(0.94, 1.12)


def _spectator(
    scenery: Scenery, rng: random.Random, x: float, y: float, size: float, hue: str
) -> None:
    y += rng.uniform(-0.15, 0.3) * size
    tone = mix(hue, rng.choice(("#8a5a4a", "#4a5a78", "#6f5a80", "#7a6a4a")), 0.22)
    shoulders = blob((x - 1.9 * size, y + 4 * size), (x - 1.6 * size, y + 1.5 * size), (x, y + 0.9 * size), (x + 1.6 * size, y + 1.5 * size), (x + 1.9 * size, y + 4 * size))  # fmt: skip
    head: Geometry = oval(x, y, size * 0.92, size * 1.1)
    style = rng.randrange(6)
    if style == 0:
        head = join(head, oval(x, y - 1.2 * size, 0.42 * size))
    elif style == 1:
        head = oval(x, y - 0.1 * size, 1.3 * size, 1.3 * size)
    elif style == 2:
        head = join(head, limb([(x - 1.0 * size, y - 0.3 * size), (x - 1.3 * size, y + 0.5 * size)], 0.4 * size, 0.3 * size), limb([(x + 1.0 * size, y - 0.3 * size), (x + 1.3 * size, y + 0.5 * size)], 0.4 * size, 0.3 * size))  # fmt: skip
    elif style == 3:
        head = join(
            head, rect(x - 0.98 * size, y - 0.4 * size, x + 0.98 * size, y + 1.2 * size, 0.4 * size)
        )
    canvas = scenery.canvas
    canvas.shape(shoulders, tone, shade=0)
    canvas.shape(head, mix(hue, "#1d1a22", 0.12), shade=0)


KIT = Kit(
    "theatre",
    paint,
    shape=Shape(
        far_line=0.615,
        back=(0.655, 0.695),
        middle=(0.72, 0.775),
        front=(0.80, 0.85),
        far_scale=0.8,
        zoom=1.02,
    ),
    bays=(
        Bay((), 78, 5.0),
        Bay((Piece("tree flat"),), 128, 0.0),
        Bay((Piece("castle flat"),), 160, 0.0),
        Bay((Piece("stage curtain"),), 250, 0.0),
        Bay((Piece("costume rail"),), 170, 0.0),
        Bay((Piece("piano"),), 162, 0.0),
        Bay((), 78, 5.0),
    ),
    loose=(
        Loose("throne", x=(0.25, 0.75), y=(0.70, 0.77)),
        Loose("music stand", x=(0.16, 0.84), y=(0.74, 0.84)),
        Loose("spotlight", x=(0.25, 0.75)),
        Loose("easel", x=(0.2, 0.8), y=(0.70, 0.80)),
        Loose("chair"),
    ),
    areas={"stage": Area(x=(0.165, 0.835))},
    indoors=True,
    lamplight=0.0,
    ceiling=0.15,
    hung="ceiling",
    bare=(0.14, 0.86),
    seat="chair",
    usual="stage",
    paint_front=paint_front,
)
