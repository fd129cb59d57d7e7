"""The stage: how depth becomes height on the canvas and scale, and what light falls on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from storypainter.ink.palette import Style, mix
from storypainter.scene import Setting

Array = np.ndarray[Any, np.dtype[np.float64]]

#: Where the bands lie, as shares of the canvas height (a band's far and near edge).
BANDS: dict[str, tuple[float, float]] = {
    "back": (0.655, 0.715),
    "middle": (0.755, 0.835),
    "front": (0.885, 0.95),
}
HORIZON = 0.47
FAR_LINE = 0.615  # the ground line of gates, kiosks and the hedge
_FULL = 1.85  # picture widths that may stand side by side at full size
_FAR_SCALE = 0.70  # the scale at the far edge of the back band, as a share of the front's


@dataclass(frozen=True, slots=True)
class Stage:
    """Maps ground points to scale. All lengths are pixels; ``front_cm`` is pixels for a cm."""

    width: int
    height: int
    front_cm: float

    @property
    def horizon(self) -> float:
        """The y of the horizon."""
        return self.height * HORIZON

    def cm(self, ground_y: float) -> float:
        """Pixels for a centimetre at a ground point: nearer things are larger."""
        far, near = BANDS["back"][0], BANDS["front"][1]
        share = (ground_y / self.height - far) / (near - far)
        return self.front_cm * (_FAR_SCALE + (1 - _FAR_SCALE) * max(-0.25, share))

    def scales(self, ground_y: Array) -> Array:
        """:meth:`cm` for many ground points at once."""
        far, near = BANDS["back"][0], BANDS["front"][1]
        share = np.maximum(-0.25, (ground_y / self.height - far) / (near - far))
        return np.asarray(self.front_cm * (_FAR_SCALE + (1 - _FAR_SCALE) * share))

    def band(self, depth: str) -> tuple[float, float]:
        """The far and near y of a depth band."""
        far, near = BANDS[depth]
        return far * self.height, near * self.height


def stage_for(width: int, height: int, people: int, breadth: float = 0.0) -> Stage:
    """A stage whose figures get smaller as their number grows, and fit the picture's shape.

    Args:
        width: of the picture, in pixels.
        height: of the picture, in pixels.
        people: how many there are.
        breadth: the widths of all that stands side by side, in cm: a crowd scales down.
    """
    share = {0: 0.46, 1: 0.52, 2: 0.51, 3: 0.49, 4: 0.465}.get(people, 0.465 - 0.018 * (people - 4))
    shape = width / height
    room = min(1.12, max(0.62, 0.55 + 0.45 * shape))
    front_cm = max(0.2, share) * height * room / 172
    fullness = breadth * front_cm / width
    return Stage(width, height, front_cm * min(1.0, (_FULL / max(fullness, 1e-6)) ** 0.6))


@dataclass(frozen=True, slots=True)
class Light:
    """The colours of a time of day: sky bands from top to horizon, and a tint over all else."""

    sky: tuple[str, ...]
    far: str
    tint: str = "#22305c"
    tint_strength: float = 0.0
    sun: str = ""
    dark: bool = False


_LIGHTS: dict[str, Light] = {
    "dawn": Light(("#c9d6de", "#efdcd0", "#f8e3c2"), "#c3c9c4", "#d98a5e", 0.06, "#f5c98a"),
    "morning": Light(("#d3e6ea", "#e3ece2", "#f4ecd4"), "#bccfc0", sun="#f8dd94"),
    "noon": Light(("#c8e3ec", "#d8ebee", "#e6f0ea"), "#b5cdb9", sun="#f6d98a"),
    "afternoon": Light(("#cde4ea", "#dcebe8", "#eaf0e0"), "#b7cdb6", sun="#f6d98a"),
    "evening": Light(
        ("#93a6c8", "#d9b4b2", "#f2c7a0", "#f9dcae"), "#a99fae", "#b3563f", 0.10, "#f2a65c"
    ),
    "night": Light(("#1d2748", "#26345e", "#34477a"), "#2d3c63", "#1c2a5a", 0.27, dark=True),
}
_WEATHER: dict[str, tuple[str, float]] = {
    "rain": ("#8e9ba6", 0.42),
    "cloudy": ("#c3c8c8", 0.4),
    "fog": ("#dfe2df", 0.6),
    "snow": ("#d5dce2", 0.5),
}


def light_of(setting: Setting) -> Light:
    """The light of a Setting: its time of day under its weather."""
    plain = _LIGHTS[setting.time_of_day]
    if setting.weather not in _WEATHER:
        return plain
    grey, share = _WEATHER[setting.weather]
    if plain.dark:
        grey, share = "#1b2238", 0.4
    sky = tuple(mix(each, grey, share) for each in plain.sky)
    strength = plain.tint_strength + (0.08 if setting.weather == "rain" else 0.0)
    tint = plain.tint if plain.tint_strength else "#5f7283"
    return Light(sky, mix(plain.far, grey, share), tint, strength, "", plain.dark)


def lit_style(style: Style, light: Light) -> Style:
    """``style`` under ``light``."""
    return replace(style, tint=light.tint, tint_strength=light.tint_strength)


@dataclass(frozen=True, slots=True)
class Season:
    """The greens (or not) of a season."""

    leaves: tuple[str, ...]
    lawn: str
    far_lawn: str
    hedge: str
    blossom: tuple[str, ...] = ()
    bare: bool = False


SEASONS: dict[str, Season] = {
    "spring": Season(
        ("#9dbb74", "#8bb07a", "#b2c886"),
        "#bcd593",
        "#cfe0a8",
        "#7f9f67",
        ("#f2b8bf", "#fbf3e0", "#f4d35e"),
    ),
    "summer": Season(
        ("#7f9f62", "#8fae6b", "#6f9465"),
        "#b4cd8b",
        "#c6d99e",
        "#6f8f5c",
        ("#e58f8f", "#f4d35e", "#fbf3e0"),
    ),
    "autumn": Season(
        ("#d0893f", "#c9663f", "#dba64a"), "#c4c687", "#d4d29b", "#8a8a52", ("#d0893f", "#c9663f")
    ),
    "winter": Season(("#8d8478", "#9c9284", "#7f776c"), "#c7cfbb", "#d6dccb", "#71836b", bare=True),
}


def season_of(setting: Setting) -> Season:
    """The season's colours, white under snow."""
    season = SEASONS[setting.season]
    if setting.weather != "snow":
        return season
    return Season(season.leaves, "#eef1f1", "#f6f7f5", "#9dada5", (), bare=True)
