"""From geometry to SVG path data: smooth outlines and ink strokes of varying width.

All paths sit on a grid of 0.1 pixel and are written as relative quadratic curves through the
middles of their points, so that a line is smooth and its text is short.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storypainter.ink.geometry import Points

_PERIOD = 2048
_TAPER_POINTS = 5.0


class _Numbers(dict[int, str]):
    """Tenths as text, each made once: formatting was the painter's slowest step."""

    def __missing__(self, tenths: int) -> str:
        text = str(tenths // 10) if tenths % 10 == 0 else f"{tenths / 10:.1f}"
        self[tenths] = text
        return text


_TEXT = _Numbers()


def _join(tenths: NDArray[np.int64]) -> str:
    text = _TEXT
    return " ".join([text[each] for each in tenths.ravel().tolist()])


def _following(points: Points) -> Points:
    """Each point's successor on a closed line (np.roll, but several times faster)."""
    return np.concatenate([points[1:], points[:1]])


def _preceding(points: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([points[-1:], points[:-1]])


def smooth_path(points: Points) -> str:
    """Path data of the smooth closed outline that ``points`` steer, shape (n, 2)."""
    steering = np.rint(points * 10).astype(np.int64)
    middles = np.rint((points + _following(points)) * 5).astype(np.int64)
    before = _preceding(middles)
    moves = np.hstack([steering - before, middles - before])
    return f"M{_join(before[0])}q{_join(moves)}z"


def straight_path(points: Points) -> str:
    """Path data of the closed polygon through ``points``, shape (n, 2), with straight sides."""
    corners = np.rint(points * 10).astype(np.int64)
    moves = np.diff(corners, axis=0)
    return f"M{_join(corners[0])}l{_join(moves)}z" if len(moves) else ""


@functools.lru_cache(maxsize=4)
def _noise(kind: int) -> Points:
    """One period of smooth noise in [-1, 1], one value a pixel of line."""
    rng = np.random.default_rng(911 + kind)
    x = np.arange(_PERIOD) * (2 * np.pi / _PERIOD)
    total = np.zeros(_PERIOD)
    for waves in (9, 17, 23, 31, 44, 58):
        total += np.sin(x * waves + rng.uniform(0, 2 * np.pi)) * rng.uniform(0.5, 1.0)
    return np.asarray(total / np.abs(total).max())


@dataclass(frozen=True, slots=True)
class Nib:
    """How a stroke is inked, in pixels: ``step`` between samples, ``wobble``, ``unit`` = the
    length that one pixel of a 1,024 pixel picture has here, ``seed`` picks the noise.
    """

    width: float
    step: float
    wobble: float
    unit: float
    seed: int


def _sampled_noise(kind: int, count: int, nib: Nib) -> Points:
    start = (nib.seed * (2654435761 + kind * 40503)) % _PERIOD
    places = start + np.arange(count) * (nib.step / nib.unit)
    values: Points = _noise(kind)[places.astype(np.int64) % _PERIOD]
    return values


def stroke_path(points: Points, nib: Nib, *, closed: bool, taper: float) -> tuple[str, Points]:
    """Path data of an ink stroke along evenly spaced ``points``, and the stroke's outer ring.

    A closed stroke is heavier at its lower right, as if lit from the upper left; an open one
    narrows at both ends to ``taper`` (share of its width, 1 for blunt ends).
    """
    count = len(points)
    if closed:
        along = _following(points) - _preceding(points)
    else:
        along = np.empty_like(points)
        along[1:-1] = points[2:] - points[:-2]
        along[0], along[-1] = points[1] - points[0], points[-1] - points[-2]
    length = np.hypot(along[:, 0], along[:, 1]) + 1e-9
    normal = np.column_stack([along[:, 1] / length, -along[:, 0] / length])
    index = np.arange(count)
    from_end = np.minimum(index, index[::-1])
    fade = np.minimum(1.0, from_end / 4.0) if closed else np.ones(count)
    centre = points + normal * (_sampled_noise(0, count, nib) * nib.wobble * fade)[:, None]
    width = nib.width * (1 + 0.22 * _sampled_noise(1, count, nib) * fade)
    if closed:
        width = width * (1 + 0.3 * _towards_lower_right(points, normal))
    elif taper < 1:
        soft = min(_TAPER_POINTS, max(1.5, count / 3))
        width = width * np.minimum(1.0, taper + (1 - taper) * from_end / soft)
    offset = normal * (width / 2)[:, None]
    outer, inner = centre + offset, (centre - offset)[::-1]
    if closed:
        return smooth_path(outer) + smooth_path(inner), outer
    ring = np.vstack([outer, inner])
    return smooth_path(ring), ring


def _towards_lower_right(points: Points, normal: Points) -> Points:
    following = _following(points)
    doubled_area = np.sum(points[:, 0] * following[:, 1] - following[:, 0] * points[:, 1])
    outward = normal if doubled_area > 0 else -normal
    facing: Points = outward[:, 0] * 0.5 + outward[:, 1] * 0.85
    return facing
