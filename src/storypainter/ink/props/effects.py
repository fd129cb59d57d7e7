"""What things give off: steam, smoke, flames, foam, running and spilled water, in centimetres."""

from __future__ import annotations

import math
from collections.abc import Sequence

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, blob, drop, join, limb, oval, path, poly
from storypainter.ink.drawing.geometry import Point, polygons
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import WATER, WHITE

STEAM = "#a9a6ad"
SMOKE = "#8f8b94"
FLAME = "#f0953a"
FLAME_CORE = "#f7d668"
GAS = "#6f9fd0"
LIGHT = "#fbe9a6"
#: In how many steps a beam of light fades.
_FADING = 20


def steam(pen: Pen, x: float, y: float, height: float = 16.0, strands: int = 3) -> None:
    """Thin strands of steam that rise from (x, y)."""
    for index in range(strands):
        left = x + (index - (strands - 1) / 2) * height * 0.34
        top = height * (1.0 if index % 2 == 0 else 0.76)
        sway = height * 0.11
        strand = path(
            (left, y),
            (left + sway, y - top * 0.3),
            (left - sway, y - top * 0.64),
            (left + sway * 0.8, y - top),
        )
        pen.ink(strand, 0.6, STEAM)


def smoke(
    pen: Pen, x: float, y: float, height: float, width: float, hue: str = SMOKE, strength: float = 1
) -> None:
    """A plume of smoke: it rises from (x, y), curling and widening to ``width``."""
    cloud = join(*_plume(x, y, height, width))
    dark = mix(hue, "#2e2a33", 0.4)
    pen.fill(cloud, mix(hue, WHITE, 0.2), 0.78 * strength, solid=True)
    for puff in polygons(cloud):
        pen.ink(puff.exterior.coords, 0.45, dark, closed=True)
    for index, (side, share) in enumerate(((1, 0.9), (-1, 0.66), (1, 0.42))):
        size = width * (0.08 + 0.17 * share)
        middle = x + side * width * 0.16 * share
        _curl(pen, middle, y - height * share + size * 0.7, size * 0.7, dark, index)


def _plume(x: float, y: float, height: float, width: float) -> list[Form]:
    """A stem and puffs around one winding line, so that a slim plume stays whole."""
    line: list[Point] = [(x, y), (x + width * 0.05, y - height * 0.14)]
    count = max(8, round(height / max(1.0, width) * 5))
    puffs: list[Form] = []
    for index in range(count):
        share = 0.26 + 0.74 * index / (count - 1)
        size = width * (0.06 + 0.22 * share)
        sway = width * 0.24 * share * (-1 if index % 2 else 1)
        middle = (x + sway, y - height * share + size * 0.9)
        puffs.append(oval(*middle, size, size * 0.9))
        line.append((x + sway * 0.4, middle[1]))
    return [limb(line, width * 0.02, width * 0.09, width * 0.18, width * 0.2), *puffs]


def _curl(pen: Pen, x: float, y: float, size: float, hue: str, turn: int) -> None:
    side = 1 if turn % 2 == 0 else -1
    steps = [200 + 26 * k for k in range(11)]
    curl = [
        (
            x + side * size * (1 - 0.06 * k) * math.cos(math.radians(a)),
            y + size * (1 - 0.06 * k) * math.sin(math.radians(a)),
        )
        for k, a in enumerate(steps)
    ]
    pen.ink(curl, 0.55, hue)


def flame(pen: Pen, x: float, y: float, size: float, lean: float = 0.0) -> None:
    """A tongue of fire, its foot at (x, y), ``size`` high."""
    for share, hue, ink in ((1.0, FLAME, 0.6), (0.56, FLAME_CORE, 0.0)):
        s = size * share
        tongue = blob(
            (x - s * 0.26, y - s * 0.14),
            (x - s * 0.24 + lean * 0.3, y - s * 0.46),
            (x + lean - s * 0.02, y - s),
            (x + s * 0.16 + lean * 0.4, y - s * 0.56),
            (x + s * 0.27, y - s * 0.24),
            (x, y + s * 0.03),
        )
        pen.shape(tongue, hue, ink_width=ink, shade=0)


def fire(pen: Pen, x: float, y: float, width: float, height: float) -> None:
    """Several tongues of fire side by side, the tallest in the middle."""
    for share, tall in ((-0.72, 0.5), (0.74, 0.56), (-0.34, 0.8), (0.38, 0.74), (0.0, 1.0)):
        flame(pen, x + share * width / 2, y, height * tall, share * height * 0.12)


def gas_ring(pen: Pen, x: float, y: float, half: float) -> None:
    """The low blue flames of a burner, yellow at their tips."""
    for index in range(7):
        at = x + (index / 3 - 1) * half
        tall = 6.4 - 1.6 * abs(index / 3 - 1)
        pen.shape(drop(at, y - tall * 0.55, tall * 0.72), GAS, ink_width=0.4, shade=0)
        pen.fill(drop(at, y - tall * 0.75, tall * 0.34), FLAME_CORE)


def foam(pen: Pen, x: float, y: float, half: float, height: float, hue: str = WHITE) -> None:
    """A heap of foam whose foot is ``2 * half`` wide at (x, y)."""
    bubbles: list[Form] = []
    count = max(4, round(half / max(3.0, height * 0.26)))
    for index in range(count * 2 + 1):
        share = index / count - 1
        top = height * math.sqrt(max(0.0, 1 - share * share)) * (0.94 if index % 2 else 0.74)
        size = height * (0.26 if index % 2 else 0.33)
        bubbles.append(oval(x + share * half * 0.92, y - max(size * 0.6, top - size), size))
        bubbles.append(oval(x + share * half * 0.9, y - size * 0.5, size * 1.05, size * 0.6))
    bubbles.append(oval(x, y - height * 0.36, half * 0.86, height * 0.36))
    pen.shape(join(*bubbles), hue, ink_width=0.7)
    for index, share in enumerate((-0.62, -0.2, 0.3, 0.66)):
        lift = height * (0.2 if index % 2 else 0.46)
        curve = path(
            (x + share * half - 3, y - lift),
            (x + share * half, y - lift - 3),
            (x + share * half + 3, y - lift),
        )
        pen.ink(curve, 0.45, "#8fa9b3")


def spill(pen: Pen, x: float, y: float, half: float, hue: str = WATER) -> None:
    """A puddle on the floor around (x, y)."""
    s = half / 46
    outline = (
        (-46, -1), (-30, -6), (-8, -5), (12, -8), (36, -6), (47, 0), (33, 5), (10, 4), (-12, 7), (-34, 5),
    )  # fmt: skip
    pen.shape(blob(*((x + a * s, y + b * s) for a, b in outline)), hue, ink_width=0.7)
    light = mix(hue, WHITE, 0.72)
    for a, b, length in ((-26, -1, 18), (10, 0.5, 22)):
        start = (x + a * s, y + b * s)
        pen.ink([start, (start[0] + length * s, start[1] - 0.6)], 0.6, light)


def splashes(pen: Pen, spots: Sequence[tuple[float, float, float]], hue: str = WATER) -> None:
    """Drops in the air: (x, y, size) each."""
    for x, y, size in spots:
        pen.shape(drop(x, y, size), hue, ink_width=0.5, shade=0)


def beam(
    pen: Pen, start: Point, end: Point, narrow: float, wide: float, strength: float = 0.5
) -> None:
    """A beam of light from ``start`` that fades towards ``end``, ``narrow`` to ``wide`` cm high."""
    (x, y), (far_x, far_y) = start, end
    for step in range(1, _FADING + 1):
        share = (step / _FADING) ** 1.5
        half = (narrow + (wide - narrow) * share) / 2
        tip = (x + (far_x - x) * share, y + (far_y - y) * share)
        cone = join(poly((x, y - narrow / 2), (tip[0], tip[1] - half), (tip[0], tip[1] + half), (x, y + narrow / 2)), oval(*tip, 0.4 * half, half))  # fmt: skip
        pen.fill(cone, LIGHT, strength / _FADING)


def motion(pen: Pen, *lines: Sequence[Point], hue: str = "#6d6472") -> None:
    """Short curved lines that say that something moves."""
    for line in lines:
        pen.ink(path(*line), 0.7, hue)
