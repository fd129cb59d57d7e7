"""The colours of water, and what it does to those in it: it covers legs and laps at hulls."""

from __future__ import annotations

from dataclasses import dataclass

from shapely.geometry import Polygon

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import path
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import Ground

FOAM = "#fdfefb"
_GREY = {"rain": ("#8d9ba3", 0.34), "cloudy": ("#a8b6b9", 0.26), "fog": ("#cfd8d8", 0.5)}
_COLD = ("#a9bcc4", 0.3)


@dataclass(frozen=True, slots=True)
class Hues:
    """The colours of water: its bands from far to near, its light and its dark strokes."""

    bands: tuple[str, ...]
    light: str
    dark: str

    @property
    def shallow(self) -> str:
        """The nearest band."""
        return self.bands[-1]


def hues_of(ground: Ground) -> Hues:
    """The colours of open water under this sky."""
    if ground.dark:
        bands = tuple(mix(each, ground.sky, 0.2) for each in ("#3d5c8c", "#3a5888", "#406292"))
        return Hues(bands, "#b9cbe4", "#243a63")
    plain = ("#a3cdd6", "#86bccb", "#77b1c3", "#9ccfd2")
    bands = tuple(
        mix(each, ground.sky, share)
        for each, share in zip(plain, (0.34, 0.22, 0.16, 0.1), strict=True)
    )
    grey = _COLD if ground.weather == "snow" or ground.season.bare else _GREY.get(ground.weather)
    if grey is not None:
        bands = tuple(mix(each, *grey) for each in bands)
    return Hues(bands, FOAM, mix(bands[1], "#1f4a66", 0.42))


def wade(pen: Pen, ground: Ground) -> None:
    """The shallows over somebody's legs: water of the nearest band, a ring of foam, ripples."""
    _wade(pen, ground, 26.0)


def wade_deep(pen: Pen, ground: Ground) -> None:
    """Deeper water: up to the hips of a grown-up, the chest of a child."""
    _wade(pen, ground, 72.0)


def _wade(pen: Pen, ground: Ground, deep: float) -> None:
    hues = hues_of(ground)
    top, low = -deep, 9.0 if deep < 40 else 3.0
    rim = path((-84, 2), (-62, top * 0.58), (-36, top * 0.93), (0, top), (36, top * 0.93), (62, top * 0.58), (84, 2))  # fmt: skip
    foot = path((84, 2), (50, low), (0, low + 1), (-50, low), (-84, 2))
    water = Polygon([*rim.tolist(), *foot.tolist()]).buffer(0)
    pen.fill(water, hues.shallow)
    for start, end, lift in ((-38, -8, 4), (6, 40, 4), (-16, 14, 1)):
        middle = (start + end) / 2
        pen.ink(path((start, top + lift), (middle, top + lift + 4.5), (end, top + lift)), 1.6, hues.light, taper=0.2)  # fmt: skip
    for start, end, share in ((-76, -46, 0.15), (42, 78, 0.2), (-34, 22, 0.3), (-10, 44, 0.05)):
        middle, y = (start + end) / 2, top * share
        pen.ink(path((start, y), (middle, y + 2.4), (end, y)), 0.9, hues.light, taper=0.15)
    pen.ink(
        path((-60, top * 0.44), (-48, top * 0.4), (-34, top * 0.44)), 0.7, hues.dark, taper=0.15
    )


def ripples(pen: Pen, half: float, ground: Ground, y: float = 0.0) -> None:
    """Foam and ripples where a hull ``2 * half`` cm long lies in the water at height ``y``."""
    hues = hues_of(ground)
    line = path(
        (-half * 1.06, y),
        (-half * 0.6, y + 3.5),
        (0, y + 1.6),
        (half * 0.55, y + 3.8),
        (half * 1.08, y),
    )
    pen.ink(line, 2.0, hues.light, taper=0.2)
    for start, end, low in ((-1.05, -0.5, 7), (-0.2, 0.42, 9.5), (0.6, 1.12, 6)):
        middle = (start + end) / 2 * half
        wave = path((start * half, y + low), (middle, y + low + 3), (end * half, y + low))
        pen.ink(wave, 1.0, hues.light, taper=0.15)
