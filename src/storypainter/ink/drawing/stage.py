"""The stage: how depth becomes height on the canvas and scale, and what light falls on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from storypainter.ink.drawing.palette import Style, mix
from storypainter.scene import Setting

Array = np.ndarray[Any, np.dtype[np.float64]]

_FULL = 1.85  # picture widths that may stand side by side at full size
_STATURE = 172.0  # cm: the grown-up whose height sets the scale

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a setting lies in the picture; all but ``far_scale`` and ``zoom`` are shares of its height.

    Args:
        far_line: where the ground meets the wall, the hedge or the water's far shore.
        back, middle, front: the far and near edge of each depth band.
        far_scale: the scale at the far edge of the back band, as a share of the front's.
        zoom: how large people are; 1 as in a park, more in a narrow room.
        horizon: where the sky ends behind everything.
    """

    far_line: float = 0.615
    back: Span = (0.655, 0.715)
    middle: Span = (0.755, 0.835)
    front: Span = (0.885, 0.95)
    far_scale: float = 0.70
    zoom: float = 1.0
    horizon: float = 0.565


OUTDOORS = Shape()
#: A room: the wall comes down far, little depth, people near.
ROOM = Shape(
    far_line=0.70,
    back=(0.735, 0.775),
    middle=(0.80, 0.865),
    front=(0.90, 0.955),
    far_scale=0.86,
    zoom=1.1,
)


@dataclass(frozen=True, slots=True)
class Stage:
    """Maps ground points to scale. All lengths are pixels; ``front_cm`` is pixels for a cm."""

    width: int
    height: int
    front_cm: float
    shape: Shape = OUTDOORS

    @property
    def far_line(self) -> float:
        """The y where the ground ends at the back."""
        return self.height * self.shape.far_line

    @property
    def horizon(self) -> float:
        """The y where the sky ends."""
        return self.height * self.shape.horizon

    def cm(self, ground_y: float) -> float:
        """Pixels for a centimetre at a ground point: nearer things are larger."""
        far, near = self.shape.back[0], self.shape.front[1]
        share = (ground_y / self.height - far) / (near - far)
        least = self.shape.far_scale
        return self.front_cm * (least + (1 - least) * max(-0.25, share))

    def scales(self, ground_y: Array) -> Array:
        """:meth:`cm` for many ground points at once."""
        far, near = self.shape.back[0], self.shape.front[1]
        share = np.maximum(-0.25, (ground_y / self.height - far) / (near - far))
        least = self.shape.far_scale
        return np.asarray(self.front_cm * (least + (1 - least) * share))

    def band(self, depth: str) -> Span:
        """The far and near edge of a depth band, as shares of the height."""
        bands = {
            "back": self.shape.back,
            "middle": self.shape.middle,
            "front": self.shape.front,
        }
        return bands[depth]

    @property
    def wall(self) -> float:
        """How wide the picture is at the back wall, in cm."""
        return self.width / self.cm(self.far_line)


def stage_for(
    width: int,
    height: int,
    people: int,
    breadth: float = 0.0,
    shape: Shape = OUTDOORS,
    wall: float = 0.0,
) -> Stage:
    """A stage whose figures get smaller as their number grows, and fit the picture's shape.

    Args:
        width: of the picture, in pixels.
        height: of the picture, in pixels.
        people: how many there are.
        breadth: the widths of all that stands side by side, in cm: a crowd scales down.
        shape: how the setting lies in the picture.
        wall: cm of wall that must fit between the edges.
    """
    share = {0: 0.46, 1: 0.52, 2: 0.51, 3: 0.49, 4: 0.465}.get(people, 0.465 - 0.018 * (people - 4))
    ratio = width / height
    room = min(1.12, max(0.62, 0.55 + 0.45 * ratio))
    front_cm = max(0.2, share) * height * room * shape.zoom / _STATURE
    fullness = breadth * front_cm / width
    front_cm *= min(1.0, (_FULL / max(fullness, 1e-6)) ** 0.6)
    stage = Stage(width, height, front_cm, shape)
    if wall > stage.wall:
        stage = replace(stage, front_cm=front_cm * max(0.62, stage.wall / wall))
    return stage


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
        ("#93a6c8", "#d9b4b2", "#f2c7a0", "#f9dcae"),
        "#a99fae",
        "#b3563f",
        0.10,
        "#f2a65c",
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
        ("#d0893f", "#c9663f", "#dba64a"),
        "#c4c687",
        "#d4d29b",
        "#8a8a52",
        ("#d0893f", "#c9663f"),
    ),
    "winter": Season(("#8d8478", "#9c9284", "#7f776c"), "#c7cfbb", "#d6dccb", "#71836b", bare=True),
}


def season_of(setting: Setting) -> Season:
    """The season's colours, white under snow."""
    season = SEASONS[setting.season]
    if setting.weather != "snow":
        return season
    return Season(season.leaves, "#eef1f1", "#f6f7f5", "#9dada5", (), bare=True)
