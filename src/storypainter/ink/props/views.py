"""What is seen through a window: sky, weather, a hill and a tree by season and by night."""

from __future__ import annotations

import random

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import blob, join, limb, oval, path, rect
from storypainter.ink.drawing.palette import luminance, mix
from storypainter.ink.props.prop import WHITE, Ground

_NIGHT_SKY = "#26345e"
_NIGHT = "#1c2748"
#: Drops or flakes behind one window: a glass front a room wide needs no more to read as rain.
MOST_DROPS = 180


def sky_of(ground: Ground) -> str:
    """The colour of the sky outside; always dark by night."""
    if ground.dark and luminance(ground.sky) > 0.4:
        return _NIGHT_SKY
    return ground.sky


def draw_view(
    pen: Pen,
    ground: Ground,
    left: float,
    top: float,
    right: float,
    bottom: float,
    *,
    land: bool = True,
) -> None:
    """The view inside a box in cm; what lies outside of the box is not drawn.

    Without ``land`` it is of the sky alone, as through a pane high over a door.
    """
    area = rect(left, top, right, bottom)
    width, height = right - left, bottom - top
    rng = random.Random(ground.seed)
    pen.shape(area, sky_of(ground), ink_width=0, shade=0)
    with pen.clip(area):
        if ground.dark and ground.weather in ("clear", "wind"):
            _moon_and_stars(pen, rng, left, top, width, height)
        elif not ground.dark:
            _clouds(pen, ground, left, top, width, height)
        if land:
            _land(pen, ground, left, bottom, width, height)
        _weather(pen, ground, rng, (left, top, right, bottom))


def _by_light(ground: Ground, hue: str) -> str:
    faded = {"fog": 0.55, "snow": 0.2, "rain": 0.22}.get(ground.weather, 0.0)
    soft = mix(hue, "#cfd6d8", faded)
    return mix(soft, _NIGHT, 0.68) if ground.dark else soft


def _moon_and_stars(
    pen: Pen, rng: random.Random, left: float, top: float, width: float, height: float
) -> None:
    x, y, size = left + width * 0.68, top + height * 0.24, min(width, height) * 0.1
    pen.fill(oval(x, y, size * 1.7), "#f6e7b0", 0.16)
    moon = oval(x, y, size).difference(oval(x - size * 0.55, y - size * 0.2, size * 0.86))
    pen.fill(moon, "#f8ecc0")
    for _ in range(20):
        star = oval(
            left + rng.uniform(0.05, 0.95) * width,
            top + rng.uniform(0.04, 0.55) * height,
            rng.uniform(0.6, 1.2),
        )
        if star.distance(moon) > size:
            pen.fill(star, "#f8f3dc")


def _clouds(pen: Pen, ground: Ground, left: float, top: float, width: float, height: float) -> None:
    grey = {"rain": "#a9b3bb", "cloudy": "#dfe2e0", "snow": "#e6eaec"}.get(ground.weather, WHITE)
    size = min(width, height)
    for share_x, share_y, scale in ((0.3, 0.2, 1.0), (0.76, 0.34, 0.7)):
        x, y, s = left + width * share_x, top + height * share_y, size * 0.1 * scale
        puffs = (
            oval(x - s * 1.1, y, s * 0.8, s * 0.6),
            oval(x, y - s * 0.5, s),
            oval(x + s * 1.2, y, s * 0.8, s * 0.6),
        )
        base = rect(x - s * 1.9, y - s * 0.2, x + s * 2.0, y + s * 0.6, s * 0.35)
        pen.shape(join(*puffs, base), grey, ink_width=0.4, shade=0.5)


def _land(
    pen: Pen, ground: Ground, left: float, bottom: float, width: float, height: float
) -> None:
    season = ground.season
    lawn = "#eef1f1" if ground.weather == "snow" else season.lawn
    far = "#f6f7f5" if ground.weather == "snow" else season.far_lawn
    slim = 0.45
    hill = blob(
        (left - width * 0.3, bottom + 8),
        (left - width * 0.05, bottom - height * 0.28),
        (left + width * 0.3, bottom - height * 0.36),
        (left + width * 0.8, bottom - height * 0.18),
        (left + width * 1.2, bottom + 8),
    )
    pen.shape(hill, _by_light(ground, far), ink_width=slim, shade=0)
    near = blob(
        (left - width * 0.4, bottom + 10),
        (left + width * 0.2, bottom - height * 0.12),
        (left + width * 0.66, bottom - height * 0.24),
        (left + width * 1.15, bottom - height * 0.16),
        (left + width * 1.4, bottom + 10),
    )
    pen.shape(near, _by_light(ground, lawn), ink_width=slim, shade=0)
    _tree(pen, ground, left + width * 0.72, bottom - height * 0.2, 0.44 * min(height, width * 1.3))


def _tree(pen: Pen, ground: Ground, x: float, y: float, height: float) -> None:
    lean = height * 0.14 if ground.windy else 0.0
    bark = _by_light(ground, "#8f7355")
    twig = "#8d97b5" if ground.dark else mix(bark, "#1d1a22", 0.3)
    trunk = [(x, y), (x + lean * 0.3, y - height * 0.5)]
    if ground.season.bare:
        fork = trunk[1]
        pen.shape(limb(trunk, height * 0.045, height * 0.03), bark, ink_width=0.45, shade=0)
        for dx, dy in ((-0.3, -0.34), (-0.1, -0.5), (0.14, -0.48), (0.32, -0.3)):
            tip = (fork[0] + dx * height + lean, fork[1] + dy * height)
            middle = ((fork[0] + tip[0]) / 2 - dx * 4, (fork[1] + tip[1]) / 2)
            pen.ink(path(fork, middle, tip), 0.8, twig)
            pen.ink(
                [middle, (middle[0] + dx * height * 0.7, middle[1] - height * 0.08)],
                0.5,
                twig,
            )
        return
    pen.shape(limb(trunk, height * 0.05, height * 0.035), bark, ink_width=0.45, shade=0)
    top = y - height * 0.68
    size = height * 0.24
    crown = join(
        oval(x + lean, top, size * 1.1),
        oval(x - size * 0.8 + lean * 0.6, top + size * 0.5, size * 0.8),
        oval(x + size * 0.9 + lean * 0.7, top + size * 0.4, size * 0.84),
        oval(x + size * 0.2 + lean * 1.3, top - size * 0.6, size * 0.8),
    )
    leaves = ground.season.leaves
    pen.shape(crown, _by_light(ground, leaves[0]), ink_width=0.45, shade=0.8)
    for dx, dy in ((-0.5, 0.2), (0.3, -0.5), (0.6, 0.4), (-0.1, 0.6), (0.0, 0.0)):
        spot = oval(x + lean + dx * size, top + dy * size, size * 0.2, size * 0.15)
        pen.fill(spot, _by_light(ground, leaves[-1]), 0.9)


def _weather(
    pen: Pen, ground: Ground, rng: random.Random, box: tuple[float, float, float, float]
) -> None:
    left, top, right, bottom = box
    if ground.weather == "fog":
        pen.fill(rect(*box), "#e6e9e6" if not ground.dark else "#5a6680", 0.5)
    if ground.weather == "rain":
        for _ in range(min(MOST_DROPS, int((right - left) * (bottom - top) / 190))):
            x, y = rng.uniform(left, right), rng.uniform(top, bottom)
            pen.ink([(x, y), (x - 2.4, y + 8)], 0.45, "#7d93a3" if not ground.dark else "#a9bacb")
    if ground.weather == "snow":
        for _ in range(min(MOST_DROPS, int((right - left) * (bottom - top) / 170))):
            pen.fill(oval(rng.uniform(left, right), rng.uniform(top, bottom), 1.2), WHITE)
