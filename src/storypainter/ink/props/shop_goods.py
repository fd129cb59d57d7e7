"""Goods on shelves: rows of packets, bottles and tins in quiet colours, heaps of fruit."""

from __future__ import annotations

import random

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, blob, join, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import WHITE

#: The ink of what stays in the background.
QUIET_INK = "#7d7480"

_HUES = ("#dca394", "#e2c98f", "#adc3a0", "#a4bfcb", "#bfb2cc", "#e6d5b8", "#d8b8a0")
_COLD = ("#f4f3ec", "#cfe0ea", "#e9d7c6", "#d9e3cf", "#e6cfd2")
_FRUIT = {
    "apple": ("#c9664f", 7.0),
    "orange": ("#e0a25a", 7.0),
    "lemon": ("#e6cd6e", 6.2),
    "tomato": ("#cf7a5f", 6.6),
    "cabbage": ("#a7bd84", 10.0),
    "aubergine": ("#7d6a8a", 7.4),
}


def shelf_row(
    pen: Pen,
    span: tuple[float, float],
    foot: float,
    room: float,
    seed: int,
    fullness: float,
    *,
    cold: bool = False,
) -> None:
    """Goods side by side on one board, in groups of the same kind.

    Args:
        pen: in cm.
        span: the left and the right end.
        foot: the y of the board.
        room: how high the tallest may be.
        seed: which goods they are.
        fullness: 0 (bare) to 1 (no gaps).
        cold: pots and bottles from a chiller.
    """
    rng = random.Random(seed * 977 + 5)
    x, right = span
    while x < right - 9:
        wide, tall = rng.uniform(9.5, 15), rng.uniform(0.72, 1.0) * room
        form = rng.choice(("box", "box", "tin", "bottle", "bag", "jar"))
        hue = rng.choice(_COLD if cold else _HUES)
        for _ in range(rng.randint(2, 5)):
            if x + wide > right:
                break
            if rng.random() < fullness:
                _article(pen, form, x + wide / 2, foot, wide - 1.0, tall, hue)
            x += wide
        x += rng.uniform(0.5, 2.5)


def _article(
    pen: Pen, form: str, x: float, foot: float, wide: float, tall: float, hue: str
) -> None:
    half = wide / 2
    pale = mix(hue, WHITE, 0.62)
    if form == "tin":
        tall *= 0.7
        _draw(pen, rect(x - half, foot - tall, x + half, foot, 1.6), hue)
        pen.fill(rect(x - half, foot - tall * 0.72, x + half, foot - tall * 0.32), pale)
    elif form == "bottle":
        body = rect(x - half * 0.84, foot - tall * 0.7, x + half * 0.84, foot, 2.4)
        neck = rect(x - half * 0.34, foot - tall, x + half * 0.34, foot - tall * 0.6, 0.8)
        _draw(pen, join(body, neck), hue)
        pen.fill(
            rect(x - half * 0.84, foot - tall * 0.5, x + half * 0.84, foot - tall * 0.22), pale
        )
    elif form == "jar":
        tall *= 0.74
        _draw(pen, rect(x - half * 0.9, foot - tall, x + half * 0.9, foot, 2.6), hue)
        _draw(pen, rect(x - half * 0.7, foot - tall - 3.4, x + half * 0.7, foot - tall, 0.8), pale)
    elif form == "bag":
        tall *= 0.86
        bag = poly(
            (x - half, foot), (x - half * 0.86, foot - tall), (x + half * 0.86, foot - tall),
            (x + half, foot), corner=1.2,
        )  # fmt: skip
        _draw(pen, bag, hue)
        pen.fill(oval(x, foot - tall * 0.45, half * 0.52, tall * 0.2), pale)
    else:
        _draw(pen, rect(x - half, foot - tall, x + half, foot, 0.6), hue)
        pen.fill(
            rect(x - half * 0.64, foot - tall * 0.74, x + half * 0.64, foot - tall * 0.44), pale
        )


def _draw(pen: Pen, area: Form, hue: str) -> None:
    pen.shape(area, hue, ink_width=0.42, ink_colour=QUIET_INK, shade=0.5)


def fruit_heap(
    pen: Pen, left: float, right: float, foot: float, height: float, kind: str, seed: int
) -> None:
    """Rows of one kind of fruit, ``height`` cm high, the back row first."""
    hue, size = _FRUIT[kind]
    rng = random.Random(seed + len(kind))
    rows = max(2, round(height / (size * 1.25)))
    for row in range(rows, -1, -1):
        y = foot - row * size * 1.25
        x = left + size * (0.8 if row % 2 else 1.3)
        while x < right - size * 0.4:
            _fruit(pen, kind, x, y - size * 0.4, size, mix(hue, WHITE, rng.uniform(0.0, 0.12)))
            x += size * 1.78


def _fruit(pen: Pen, kind: str, x: float, y: float, size: float, hue: str) -> None:
    dark = mix(hue, "#3d3842", 0.35)
    if kind == "aubergine":
        body = blob(
            (x - 4, y + 6), (x - 3, y - 4), (x, y - 9), (x + 4, y - 4), (x + 5, y + 6), (x, y + 8)
        )
        pen.shape(body, hue, ink_width=0.5, shade=0.6)
        pen.fill(oval(x, y - 7.6, 3.2, 2.2), "#8fa36c")
        return
    pen.shape(oval(x, y, size, size * (0.86 if kind == "lemon" else 0.94)), hue, ink_width=0.5, shade=0.6)  # fmt: skip
    if kind == "cabbage":
        for side in (-1, 1):
            leaf = path((x, y + size * 0.7), (x + side * size * 0.5, y), (x + side * size * 0.3, y - size * 0.7))  # fmt: skip
            pen.ink(leaf, 0.4, dark)
        pen.ink([(x, y + size * 0.8), (x, y - size * 0.5)], 0.4, dark)
    elif kind in ("apple", "tomato"):
        pen.ink([(x, y - size * 0.6), (x + 1.4, y - size * 1.05)], 0.6, dark)
    else:
        pen.fill(oval(x + size * 0.2, y - size * 0.5, 0.8), dark)
