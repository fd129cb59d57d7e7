"""From geometry to SVG path data: smooth outlines and ink strokes of varying width.

A smooth outline is a chain of quadratic curves through the middles of its steering points. The
steering points sit on a grid of 0.2 pixel, so their middles sit on one of 0.1 pixel exactly: SVG's
``t`` command, which mirrors the steering point at the middle, then loses nothing, and a curve
costs two short numbers. Points that a nearly straight run can spare are left out.

Inside this module a line is an array of complex numbers, x + yi: one array operation in place of
two. Public functions take and give points of shape (n, 2), in pixels.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from storypainter.ink.drawing.geometry import Points, as_points

_Line: TypeAlias = NDArray[np.complex128]
_PERIOD = 2048
_TAPER_POINTS = 5.0
#: How far (pixels) a spared point may lie from the middle of its neighbours.
_STRAIGHT = 0.16
#: A neighbour may bend this many times as much: a corner keeps the points that make it sharp.
_BEND = 4.0
_SPARING_PASSES = 2
#: Outlines have at least this many steps, if those are no finer than allowed.
_STEPS = 18


class _Numbers(dict[int, str]):
    """Tenths as text with what separates them, each made once: ``12`` is " 1.2", ``-3`` "-.3"."""

    def __missing__(self, tenths: int) -> str:
        whole, rest = divmod(abs(tenths), 10)
        digits = f"{whole or ''}.{rest}" if rest else str(whole)
        text = ("-" if tenths < 0 else " ") + digits
        self[tenths] = text
        return text


_TEXT = _Numbers()


def _join(tenths: NDArray[np.int64]) -> str:
    return "".join(map(_TEXT.__getitem__, tenths.ravel().tolist()))


def _line(points: ArrayLike) -> _Line:
    given = np.ascontiguousarray(as_points(points))
    found: _Line = given.view(np.complex128).reshape(-1)
    return found


def _points(line: _Line) -> Points:
    found: Points = np.ascontiguousarray(line).view(np.float64).reshape(-1, 2)
    return found


def _following(line: NDArray[Any]) -> NDArray[Any]:
    """Each point's successor on a closed line (np.roll, but several times faster)."""
    return np.concatenate([line[1:], line[:1]])


def _preceding(line: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([line[-1:], line[:-1]])


def sampled(
    points: ArrayLike, finest: float, coarsest: float, *, closed: bool
) -> tuple[Points, float]:
    """``points`` at equal distances along the line, and that distance.

    It is an eighteenth of the line, but no less than ``finest`` and no more than ``coarsest``:
    fine for small features, coarse for long outlines. A closed line comes back without its first
    point repeated; a line without length comes back as the points that differ.
    """
    line = _line(points)
    if closed and line[0] != line[-1]:
        line = np.concatenate([line, line[:1]])
    lengths = np.abs(line[1:] - line[:-1])
    if not lengths.all():
        keep = np.concatenate([[True], lengths > 0])
        line, lengths = line[keep], lengths[lengths > 0]
    if len(line) < 2:
        return _points(line), coarsest
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    total = float(along[-1])
    step = max(finest, min(coarsest, total / _STEPS))
    count = max(3, round(total / step) + 1)
    found = np.interp(np.arange(count) * (total / (count - 1)), along, line)
    return _points(found[:-1] if closed else found), step


def _spared(line: _Line, tolerance: float) -> _Line:
    """A closed line without every other point of its nearly straight runs."""
    for _ in range(_SPARING_PASSES):
        if len(line) < 9:
            return line
        bend = np.abs(_preceding(line) + _following(line) - 2 * line) / 2
        straight = bend < tolerance
        calm = bend < tolerance * _BEND
        keep = ~(straight & _preceding(calm) & _following(calm))
        keep[::2] = True
        if len(line) % 2:
            keep[-1] = True  # its successor is the first point, which another pass may need
        if keep.all():
            return line
        line = line[keep]
    return line


def _smooth(line: _Line, tolerance: float) -> str:
    kept = _spared(line, tolerance)
    steering = 2 * np.rint(_points(kept) * 5).astype(np.int64)
    middles = (steering + _following(steering)) // 2
    start = middles[-1]
    moves = np.diff(middles, axis=0, prepend=start[None])
    first = _join(steering[0] - start) + _join(moves[0])
    rest = f"t{_join(moves[1:])}" if len(moves) > 1 else ""
    return f"M{_join(start)}q{first}{rest}z"


def smooth_path(points: Points, unit: float = 1.0) -> str:
    """Path data of the smooth closed outline that ``points`` steer, shape (n, 2).

    ``unit`` is the length that one pixel of a 1,024 pixel picture has here; it sets how much
    detail is kept.
    """
    return _smooth(_line(points), _STRAIGHT * unit)


def straight_path(points: Points) -> str:
    """Path data of the closed polygon through ``points``, shape (n, 2), with straight sides."""
    corners = np.rint(points * 10).astype(np.int64)
    moves = np.diff(corners, axis=0)
    moves = moves[moves.any(axis=1)]
    return f"M{_join(corners[0])}l{_join(moves)}z" if len(moves) else ""


def segments_path(ends: NDArray[np.float64]) -> str:
    """Path data of separate straight lines, ``ends`` of shape (n, 2, 2): line, end, coordinate."""
    tenths = np.rint(ends * 10).astype(np.int64)
    moves = tenths[:, 1] - tenths[:, 0]
    pairs = zip(tenths[:, 0], moves, strict=True)
    return "".join(f"M{_join(start)}l{_join(move)}" for start, move in pairs)


@functools.lru_cache(maxsize=4)
def _noise(kind: int) -> NDArray[np.float64]:
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


def _sampled_noise(count: int, nib: Nib) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Noise along a stroke for its place and for its width."""
    places = (np.arange(count) * (nib.step / nib.unit)).astype(np.int64)
    place, width = ((nib.seed * (2654435761 + kind * 40503)) % _PERIOD for kind in (0, 1))
    return _noise(0)[(places + place) % _PERIOD], _noise(1)[(places + width) % _PERIOD]


def stroke_path(points: Points, nib: Nib, *, closed: bool, taper: float) -> tuple[str, Points]:
    """Path data of an ink stroke along evenly spaced ``points``, and the stroke's outer ring.

    A closed stroke is heavier at its lower right, as if lit from the upper left; an open one
    narrows at both ends to ``taper`` (share of its width, 1 for blunt ends). The path is meant
    for the non-zero fill rule: a closed stroke's inner ring runs the other way round.
    """
    line = _line(points)
    count = len(line)
    if closed:
        along = _following(line) - _preceding(line)
    else:
        along = np.empty_like(line)
        along[1:-1] = line[2:] - line[:-2]
        along[0], along[-1] = line[1] - line[0], line[-1] - line[-2]
    normal = along * (-1j / (np.abs(along) + 1e-9))
    index = np.arange(count)
    from_end = np.minimum(index, index[::-1])
    place, swelling = _sampled_noise(count, nib)
    if closed:
        fade = np.minimum(1.0, from_end / 4.0)
        place, swelling = place * fade, swelling * fade
    centre = line + normal * (place * nib.wobble)
    half = (nib.width / 2) * (1 + 0.22 * swelling)
    if closed:
        half = half * (1 + 0.3 * _towards_lower_right(line, normal))
    elif taper < 1:
        soft = min(_TAPER_POINTS, max(1.5, count / 3))
        half = half * np.minimum(1.0, taper + (1 - taper) * from_end / soft)
    offset = normal * half
    outer, inner = centre + offset, (centre - offset)[::-1]
    tolerance = _STRAIGHT * nib.unit
    if closed:
        return _smooth(outer, tolerance) + _smooth(inner, tolerance), _points(outer)
    ring = np.concatenate([outer, inner])
    return _smooth(ring, tolerance), _points(ring)


def _towards_lower_right(line: _Line, normal: _Line) -> NDArray[np.float64]:
    doubled_area = float(np.sum(np.imag(np.conj(line) * _following(line))))
    outward = normal if doubled_area > 0 else -normal
    facing: NDArray[np.float64] = outward.real * 0.5 + outward.imag * 0.85
    return facing
