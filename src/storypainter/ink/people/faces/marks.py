"""Comic marks around a head: hearts, Zs, steam, rays. Only drawn in comic style."""

from __future__ import annotations

import math

import numpy as np

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import (
    Geometry,
    Points,
    blob,
    bow,
    circle,
    curve,
    ellipse,
    union,
)
from storypainter.ink.people.faces.state import Mark

_RED = "#c44a37"
_DROP = "#9fd0e6"
_PUFF = "#fffdf7"


def draw_mark(pen: Pen, mark: Mark) -> None:
    """One kind of mark beside the head, in head units; it never counts as part of the person."""
    draw = {
        "hearts": _hearts,
        "sleep": _sleep,
        "steam": _steam,
        "rays": _rays,
        "spray": _spray,
        "question": _question,
        "thought": _thought,
        "breath": _breath,
    }[mark]
    draw(pen)


def _hearts(pen: Pen) -> None:
    for x, y, size in ((48.0, -56.0, 8.0), (62.0, -74.0, 5.5)):
        pen.shape(_heart(x, y, size), _RED, ink_width=0.7, shade=0, solid=False)


def _heart(x: float, y: float, size: float) -> Geometry:
    turn = np.linspace(0, 2 * math.pi, 28, endpoint=False)
    across = 16 * np.sin(turn) ** 3
    up = 13 * np.cos(turn) - 5 * np.cos(2 * turn) - 2 * np.cos(3 * turn) - np.cos(4 * turn)
    return blob(np.column_stack([x + across * size / 16, y - up * size / 16]), steps=2)


def _upright(pen: Pen, points: list[tuple[float, float]], x: float) -> Points:
    """A letter's stroke around ``x``, which reads the right way round on a mirrored head."""
    placed = np.array(points, dtype=np.float64)
    if pen.frame.mirror:
        placed[:, 0] = 2 * x - placed[:, 0]
    return placed


def _sleep(pen: Pen) -> None:
    for x, y, size in ((50.0, -46.0, 5.0), (62.0, -62.0, 6.5), (77.0, -82.0, 8.0)):
        letter = [
            (x - size, y - size), (x + size, y - size), (x - size, y + size), (x + size, y + size),
        ]  # fmt: skip
        pen.ink(_upright(pen, letter, x), 0.9, taper=1.0)


def _steam(pen: Pen) -> None:
    for x, side in ((-52.0, -1.0), (54.0, 1.0)):
        puffs = [(0, 0, 5.0), (7, -4, 6.5), (13, -11, 5.5), (5, -10, 5.0)]
        cloud = union(circle((x + side * px, -46 + py), r) for px, py, r in puffs)
        pen.shape(cloud, _PUFF, ink_width=0.7, shade=0, solid=False)


def _rays(pen: Pen) -> None:
    for degrees in (-62, -34, -6, 22, 50):
        turn = math.radians(degrees)
        x, y = math.sin(turn), -math.cos(turn)
        pen.ink([(x * 66 - 2, y * 66), (x * 80 - 2, y * 80)], 0.9, taper=0.3)


def _spray(pen: Pen) -> None:
    for x, y in ((-50.0, -46.0), (-58.0, -22.0), (47.0, -52.0), (56.0, -30.0)):
        away = math.degrees(math.atan2(y, x))
        pen.shape(ellipse(x, y, 5.5, 2.6, away), _DROP, ink_width=0.55, shade=0, solid=False)


def _question(pen: Pen) -> None:
    x, y = 56.0, -62.0
    hook = [
        (x - 7, y - 7), (x - 4, y - 14), (x + 4, y - 14), (x + 7, y - 8), (x + 2, y - 2), (x, y + 5),
    ]  # fmt: skip
    pen.ink(_upright(pen, [(float(a), float(b)) for a, b in curve(hook)], x), 1.2, taper=0.8)
    pen.fill(circle((x, y + 12), 2.4), "#1d1a22")


def _thought(pen: Pen) -> None:
    for x, y, size in ((44.0, -54.0, 3.0), (52.0, -65.0, 4.6)):
        pen.shape(circle((x, y), size), _PUFF, ink_width=0.7, shade=0, solid=False)
    puffs = [(0, 0, 9), (12, -3, 10), (24, 1, 9), (12, 6, 9)]
    cloud = union(circle((58 + px, -84 + py), r) for px, py, r in puffs)
    pen.shape(cloud, _PUFF, ink_width=0.8, shade=0, solid=False)


def _breath(pen: Pen) -> None:
    pen.ink(bow((46, 34), (50, 35), (54, 38)), 0.6)
    cloud = union(circle((x, y), r) for x, y, r in ((60, 40, 5), (67, 38, 6.5), (73, 42, 5)))
    pen.shape(cloud, _PUFF, ink_width=0.7, shade=0, solid=False)
