"""The setting kit ``birthday party``: a room hung with bunting and balloons, a table at its middle.

The table stands near the viewer, so that children gather behind it.
"""

from __future__ import annotations

import random

import numpy as np

from storypainter.ink.drawing.forms import arc, blob, oval, path, poly
from storypainter.ink.drawing.geometry import Geometry
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.ceiling import paint_ceiling
from storypainter.ink.scenery.room import WALL_DEPTH, paint_room

SHAPE = Shape(
    far_line=0.675,
    back=(0.715, 0.755),
    middle=(0.785, 0.85),
    front=(0.895, 0.955),
    far_scale=0.82,
    zoom=1.1,
)
_WALLS = ("#f0e3cf", "#e4ebe4", "#eee0e0", "#e3e8ee")
_FLAGS = ("#cf8374", "#dfbe7c", "#8aabbc", "#a3b889", "#dba8a8")
_BALLOONS = ("#d9897c", "#e3c07a", "#8fb0c0", "#a6ba8e", "#b3a3c2")
_PAPER_DEPTH = -36.0  # behind all furniture, on the floor


def paint(scenery: Scenery) -> None:
    """A striped wall over boards, bunting under the ceiling, balloons that float against it."""
    wall = _WALLS[scenery.seed % len(_WALLS)]
    paint_room(
        scenery, wall, "#cfae8a", paper="stripes", ground="planks", dado=mix(wall, "#b58f72", 0.32)
    )
    paint_ceiling(scenery, 262, cornice="#fbf6ea")
    _bunting(scenery)
    _ceiling_balloons(scenery)
    _confetti(scenery)


def _bunting(scenery: Scenery) -> None:
    """Two garlands of triangles from wall to wall."""
    canvas, stage = scenery.canvas, scenery.stage
    rng = random.Random(scenery.seed + 61)
    split = rng.uniform(0.4, 0.6)
    top = max(0.015 * stage.height, stage.far_line - 252 * stage.cm(stage.far_line))
    sag = 0.075 * stage.height
    with canvas.layer(
        "garland", WALL_DEPTH + 4, kind="scenery", ink_width=0.55, ink_colour=FAR_INK
    ):
        turn = 0
        for start, end in ((-0.03, split), (split, 1.03)):
            ts = np.linspace(0, 1, 60)
            xs = (start + (end - start) * ts) * stage.width
            line = np.column_stack([xs, top + 4 * sag * ts * (1 - ts)])
            canvas.ink(line, 0.9)
            pitch = 42 * canvas.unit
            count = max(4, int((end - start) * stage.width / pitch))
            for k in range(count):
                a = line[int((k + 0.12) / count * 59)]
                b = line[int((k + 0.88) / count * 59)]
                tip = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 44 * canvas.unit)
                flag = poly((float(a[0]), float(a[1])), (float(b[0]), float(b[1])), tip)
                canvas.shape(flag, _FLAGS[turn % 5], ink_width=0.9, shade=0)
                turn += 1


def _ceiling_balloons(scenery: Scenery) -> None:
    """Balloons that have flown up, their strings hanging, clear of what stands before them."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    rng = random.Random(scenery.seed + 62)
    taken: list[Geometry] = list(scenery.busy)
    with canvas.layer(
        "balloons", WALL_DEPTH + 5, kind="scenery", ink_width=0.6, ink_colour=FAR_INK
    ):
        for share in (0.05, 0.115, 0.18, 0.30, 0.71, 0.82, 0.885, 0.95):
            x = (share + rng.uniform(-0.012, 0.012)) * stage.width
            y = rng.uniform(26, 92) * unit
            size = rng.uniform(31, 38) * unit
            ball = oval(x, y, size * 0.86, size)
            room = oval(x, y + size, size, size * 2.2)
            if any(room.intersects(each) for each in taken):
                continue
            taken.append(ball.buffer(-0.3 * size))
            hue = rng.choice(_BALLOONS)
            low = y + size
            string = path((x, low), (x + 8 * unit, low + 34 * unit), (x - 6 * unit, low + 74 * unit), (x + 4 * unit, low + 108 * unit))  # fmt: skip
            canvas.ink(string, 0.7)
            knot = poly((x - 5 * unit, low + 7 * unit), (x, low - 3 * unit), (x + 5 * unit, low + 7 * unit))  # fmt: skip
            canvas.shape(knot, hue, ink_width=0.8, shade=0)
            canvas.shape(ball, hue, ink_width=1.1, shade=1.0)
            canvas.ink(arc(x - size * 0.08, y - size * 0.1, size * 0.52, size * 0.62, 195, 250), 1.2, mix(hue, "#ffffff", 0.7))  # fmt: skip


def _confetti(scenery: Scenery) -> None:
    """Scraps of coloured paper on the boards."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    rng = random.Random(scenery.seed + 63)
    with canvas.layer("scraps", _PAPER_DEPTH, kind="scenery", ink_width=0.4, ink_colour=FAR_INK):
        for index in range(int(44 * stage.width / stage.height)):
            near = rng.random() ** 0.7
            y = stage.far_line + (0.03 + 0.28 * near) * stage.height
            x = rng.uniform(0, stage.width)
            size = (2.4 + 3.0 * near) * unit
            scrap = oval(x, y, size, size * 0.5, rng.uniform(-50, 50))
            canvas.shape(scrap, _FLAGS[index % 5], ink_width=0.6, shade=0)
        for share, turn in ((0.16, 1), (0.84, 3)):
            x, y = share * stage.width, 0.955 * stage.height
            curl = blob(*((x + dx * unit, y + dy * unit) for dx, dy in ((-46, 0), (-24, -13), (0, 0), (24, -13), (48, 0), (24, -7), (0, 7), (-24, -7))))  # fmt: skip
            canvas.shape(curl, _FLAGS[turn], ink_width=0.7, shade=0)


KIT = Kit(
    "birthday party",
    paint,
    shape=SHAPE,
    bays=(
        Bay((Piece("door"),), 100, 2.0),
        Bay((Piece("balloon arch"), Piece("sideboard", dx=4)), 286, 4.0),
        Bay((Piece("window"),), 150, 3.0),
        Bay((Piece("bookcase"),), 110, 0.6),
        Bay((Piece("house plant"),), 70, 1.0),
    ),
    loose=(
        Loose("party table", x=(0.34, 0.66), y=(0.83, 0.87), always=True, anchor="table"),
        Loose("chair"),
        Loose("pile of presents", x=(0.1, 0.9), y=(0.80, 0.93)),
        Loose("pinata", x=(0.25, 0.75)),
        Loose("paper lantern", x=(0.2, 0.8)),
        Loose("disco ball", x=(0.35, 0.65)),
        Loose("streamers", x=(0.1, 0.9)),
        Loose("loudspeaker", x=(0.06, 0.94), y=(0.72, 0.76)),
        Loose("sofa", x=(0.2, 0.8), y=(0.72, 0.76)),
    ),
    areas={"floor": Area()},
    indoors=True,
    ceiling=0.06,
    seat="chair",
)
