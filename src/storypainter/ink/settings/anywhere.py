"""The setting kit ``anywhere``: a wash of colour behind the figures, where no place is told.

Book illustrations do so: neither a room nor the open air, but the figures stand together on
something. ``plain`` stays bare paper.
"""

from __future__ import annotations

import math
import random

from storypainter.ink.drawing.forms import blob, oval
from storypainter.ink.drawing.geometry import Geometry, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import ROOM
from storypainter.ink.kits import Area, Kit, Scenery
from storypainter.ink.settings.plain import PAPER
from storypainter.ink.settings.plain import paint as paint_paper

_WASHES = ("#dfe6df", "#efe0c6", "#e3e2ec", "#ecdcd2", "#d9e6ea")
_DUSK = "#c6ccdd"
_STEPS = 26
#: Of a superellipse: between an ellipse (2) and a box.
_SQUARENESS = 4.2


def paint(scenery: Scenery) -> None:
    """Paper, a wash of colour with an edge as of a wide brush, a darker one to stand on."""
    paint_paper(scenery)
    canvas, stage = scenery.canvas, scenery.stage
    late = scenery.setting.time_of_day in ("evening", "night")
    wash = _DUSK if late else _WASHES[scenery.seed % len(_WASHES)]
    width, height = stage.width, stage.height
    top, bottom = 0.115 * height, 0.985 * height
    with canvas.layer("wash", -49.0, kind="scenery"):
        spread = _brushed(scenery.seed, width / 2, (top + bottom) / 2, 0.49 * width, (bottom - top) / 2)  # fmt: skip
        canvas.fill(spread, wash)
        ground = _brushed(scenery.seed + 1, width / 2, (stage.far_line * 0.97 + 0.5 * height), 0.475 * width, 0.5 * height)  # fmt: skip
        canvas.fill(ground.intersection(spread), mix(wash, "#8f7f6c", 0.2))
    with canvas.layer("drops", -48.5, kind="scenery"):
        for drop in _drops(scenery):
            canvas.fill(drop, mix(PAPER, wash, 0.75))


def _brushed(seed: int, x: float, y: float, rx: float, ry: float) -> Geometry:
    """A rounded patch with an uneven edge."""
    rng = random.Random(f"wash:{seed}")
    points: list[Point] = []
    for step in range(_STEPS):
        angle = 2 * math.pi * step / _STEPS
        cos, sin = math.cos(angle), math.sin(angle)
        reach = (abs(cos) ** _SQUARENESS + abs(sin) ** _SQUARENESS) ** (-1 / _SQUARENESS)
        reach *= 1 - rng.uniform(0.0, 0.045)
        points.append((x + rx * reach * cos, y + ry * reach * sin))
    return blob(*points)


def _drops(scenery: Scenery) -> list[Geometry]:
    """A few drops beside the wash, as a brush leaves them."""
    rng = random.Random(f"drops:{scenery.seed}")
    width, height = scenery.stage.width, scenery.stage.height
    found = []
    for _ in range(4):
        x = rng.choice((rng.uniform(0.06, 0.3), rng.uniform(0.7, 0.94))) * width
        size = rng.uniform(0.004, 0.011) * width
        found.append(oval(x, rng.uniform(0.04, 0.09) * height, size, size * 0.86))
    return found


#: Signs and pictures hang on the wash as on a wall.
KIT = Kit(
    "anywhere",
    paint,
    shape=ROOM,
    areas={"floor": Area()},
    indoors=True,
    seat="chair",
    lamplight=0.0,
)
