"""Plain geometry: curves, limbs, bones. Points are float arrays of shape (n, 2); y points down."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

Points: TypeAlias = NDArray[np.float64]
Point: TypeAlias = tuple[float, float]
#: A shapely geometry (shapely ships no types for this).
Geometry: TypeAlias = Any


def _unit_circle(corners: int) -> Points:
    turns = np.linspace(0.0, 2 * math.pi, corners, endpoint=False)
    return np.column_stack([np.cos(turns), np.sin(turns)])


_CIRCLE = _unit_circle(48)
_COARSE_CIRCLE = _unit_circle(18)


def as_points(points: ArrayLike) -> Points:
    """``points`` as a float array of shape (n, 2)."""
    return np.asarray(points, dtype=np.float64)


def vector(x: float, y: float) -> Points:
    """A move by (x, y)."""
    return np.array([x, y], dtype=np.float64)


def polygons(geometry: Geometry) -> list[Geometry]:
    """The polygons of any geometry, empty ones left out."""
    if geometry.is_empty:
        return []
    if geometry.geom_type == "Polygon":
        return [geometry]
    return [each for part in getattr(geometry, "geoms", ()) for each in polygons(part)]


def lines(geometry: Geometry) -> list[Geometry]:
    """The line strings and rings of any geometry."""
    if geometry.is_empty:
        return []
    if geometry.geom_type in ("LineString", "LinearRing"):
        return [geometry]
    return [each for part in getattr(geometry, "geoms", ()) for each in lines(part)]


def union(geometries: Iterable[Geometry]) -> Geometry:
    """The union of geometries."""
    return shapely.union_all(list(geometries))


def hull(*geometries: Geometry) -> Geometry:
    """The convex hull of geometries."""
    return shapely.convex_hull(shapely.GeometryCollection(list(geometries)))


def fill_creases(geometry: Geometry, radius: float) -> Geometry:
    """The geometry with its inner corners rounded by ``radius``; outer ones stay."""
    return geometry.buffer(radius, 6).buffer(-radius, 6)


def without_holes(geometry: Geometry) -> Geometry:
    """The geometry with its holes filled."""
    return union(shapely.Polygon(each.exterior) for each in polygons(geometry))


def polygon(points: ArrayLike) -> Geometry:
    """A polygon with straight sides, made valid."""
    made = shapely.Polygon(as_points(points))
    return made if made.is_valid else made.buffer(0)


def box(left: float, top: float, right: float, bottom: float, radius: float = 0.0) -> Geometry:
    """A rectangle, its corners rounded by ``radius``."""
    made = shapely.box(left, top, right, bottom)
    if radius <= 0:
        return made
    radius = min(radius, (right - left) / 2.01, (bottom - top) / 2.01)
    return made.buffer(-radius).buffer(radius, 6)


def circle(centre: ArrayLike, radius: float) -> Geometry:
    """A disc."""
    return shapely.Polygon(as_points(centre) + _CIRCLE * radius)


def ellipse(x: float, y: float, rx: float, ry: float, degrees: float = 0.0) -> Geometry:
    """An ellipse with radii ``rx`` and ``ry``, turned clockwise by ``degrees``."""
    turned = _CIRCLE * (rx, ry)
    if degrees:
        turned = turned @ _rotation(math.radians(degrees)).T
    return shapely.Polygon(turned + np.array([x, y]))


def star(x: float, y: float, radius: float, points: int = 5, inner: float = 0.48) -> Geometry:
    """A star that stands on two of its points."""
    angles = np.arange(points * 2) * math.pi / points
    reach = np.where(np.arange(points * 2) % 2 == 0, radius, radius * inner)
    return shapely.Polygon(
        np.column_stack([x + np.sin(angles) * reach, y - np.cos(angles) * reach])
    )


def curve(points: ArrayLike, closed: bool = False, steps: int = 8) -> Points:
    """A Catmull-Rom curve through ``points`` with ``steps`` samples between two of them."""
    given = as_points(points)
    if closed:
        knots = np.vstack([given[-1:], given, given[:2]])
    else:
        knots = np.vstack([2 * given[0] - given[1], given, 2 * given[-1] - given[-2]])
    t = np.linspace(0.0, 1.0, steps, endpoint=False)[None, :, None]
    a, b, c, d = (knots[i : len(knots) - 3 + i, None, :] for i in range(4))
    samples = b + 0.5 * (
        (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
    flat = samples.reshape(-1, 2)
    return flat if closed else np.vstack([flat, given[-1:]])


def blob(points: ArrayLike, steps: int = 7) -> Geometry:
    """The smooth closed shape through ``points``."""
    made = shapely.Polygon(curve(points, closed=True, steps=steps))
    return made if made.is_valid else made.buffer(0)


def bow(start: ArrayLike, control: ArrayLike, end: ArrayLike, steps: int = 12) -> Points:
    """A quadratic Bezier curve."""
    p, q, r = as_points(start), as_points(control), as_points(end)
    t = np.linspace(0.0, 1.0, steps)[:, None]
    return (1 - t) ** 2 * p + 2 * t * (1 - t) * q + t**2 * r


def resample(points: ArrayLike, step: float, closed: bool = False, least: int = 3) -> Points:
    """``points`` at equal distances of about ``step`` along the line.

    A closed line comes back without its first point repeated.
    """
    given = as_points(points)
    if closed and not np.array_equal(given[0], given[-1]):
        given = np.vstack([given, given[:1]])
    lengths = np.hypot(*np.diff(given, axis=0).T)
    if not lengths.all():
        keep = np.append(True, lengths > 0)
        given, lengths = given[keep], lengths[lengths > 0]
    if len(given) < 2:
        return given
    along = np.append(0.0, np.cumsum(lengths))
    count = max(least, round(along[-1] / step) + 1)
    wanted = np.linspace(0.0, along[-1], count)
    found = np.column_stack(
        [np.interp(wanted, along, given[:, 0]), np.interp(wanted, along, given[:, 1])]
    )
    return found[:-1] if closed else found


def portion(points: ArrayLike, start: float, end: float, count: int = 8) -> Points:
    """The part of a line between two shares (0 to 1) of its length, as ``count`` points."""
    given = as_points(points)
    along = np.append(0.0, np.cumsum(np.hypot(*np.diff(given, axis=0).T)))
    wanted = np.linspace(start, end, count) * along[-1]
    return np.column_stack(
        [np.interp(wanted, along, given[:, 0]), np.interp(wanted, along, given[:, 1])]
    )


def joint_curve(start: Points, middle: Points, end: Points, bend: float = 0.36) -> Points:
    """The centre line of a limb: two bones whose joint is rounded by ``bend`` (share of a bone)."""
    first, second = np.hypot(*(middle - start)), np.hypot(*(end - middle))
    cut = bend * min(first, second)
    before = middle - (middle - start) * (cut / max(first, 1e-6))
    after = middle + (end - middle) * (cut / max(second, 1e-6))
    return np.vstack([start[None], bow(before, middle, after, 7), end[None]])


def tube(
    line: ArrayLike,
    radii: Sequence[tuple[float, float]],
    *,
    flat_start: bool = False,
    flat_end: bool = False,
    pieces: int = 10,
) -> Geometry:
    """A limb around ``line`` whose radius runs through ``radii``: (share of length, radius).

    Ends are round unless flat (a cuff, a hem).
    """
    centres = portion(line, 0.0, 1.0, pieces + 1)
    shares, sizes = zip(*radii, strict=True)
    radius = np.interp(np.linspace(0.0, 1.0, pieces + 1), shares, sizes)
    body = _ribbon(centres, radius)
    if body.is_valid:  # most limbs: far quicker than a hull for every piece
        caps = [
            shapely.Polygon(centre + _COARSE_CIRCLE * size)
            for flat, centre, size in (
                (flat_start, centres[0], radius[0]),
                (flat_end, centres[-1], radius[-1]),
            )
            if not flat
        ]
        return shapely.union_all([body, *caps]) if caps else body
    rings = centres[:, None, :] + _COARSE_CIRCLE[None] * radius[:, None, None]
    pairs = np.concatenate([rings[:-1], rings[1:]], axis=1)
    made = shapely.union_all(shapely.convex_hull(shapely.multipoints(pairs)))
    for flat, ending, before, size in (
        (flat_end, centres[-1], centres[-2], radius[-1]),
        (flat_start, centres[0], centres[1], radius[0]),
    ):
        if flat:
            made = made.difference(beyond(ending, ending - before, size * 1.8))
    return made


def _ribbon(centres: Points, radius: NDArray[np.float64]) -> shapely.Polygon:
    """A band along a line, so wide to each side; it crosses itself where the line bends sharply."""
    along = np.gradient(centres, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    side = np.column_stack([-along[:, 1], along[:, 0]]) * radius[:, None]
    return shapely.Polygon(np.concatenate([centres + side, (centres - side)[::-1]]))


def beyond(point: ArrayLike, direction: ArrayLike, size: float) -> Geometry:
    """A square of side ``2 * size`` that begins at ``point`` and lies in ``direction``."""
    origin, ahead = as_points(point), as_points(direction)
    ahead = ahead / (np.hypot(*ahead) or 1.0) * size
    side = np.array([-ahead[1], ahead[0]])
    return shapely.Polygon(
        [origin + side, origin - side, origin - side + 2 * ahead, origin + side + 2 * ahead]
    )


def two_bones(
    root: ArrayLike, target: ArrayLike, first: float, second: float, bend: int
) -> tuple[Points, Points]:
    """Two-bone inverse kinematics: (joint, end) so that the end meets ``target`` if it can.

    ``bend`` is +1 or -1: on which side of the line from root to target the joint lies (+1 is the
    clockwise side on screen when looking from the root). An unreachable target is
    approached as near as the bones allow.
    """
    origin = as_points(root)
    away = as_points(target) - origin
    distance = float(np.hypot(*away))
    direction = away / distance if distance > 1e-9 else np.array([0.0, 1.0])
    reach = min(max(distance, abs(first - second) + 1e-6), (first + second) * 0.9995)
    cosine = (first**2 + reach**2 - second**2) / (2 * first * reach)
    cosine = max(-1.0, min(1.0, cosine))
    sine = math.sqrt(1 - cosine * cosine)
    normal = np.array([-direction[1], direction[0]]) * bend
    joint = origin + direction * (first * cosine) + normal * (first * sine)
    return joint, origin + direction * reach


def _rotation(radians: float) -> Points:
    cosine, sine = math.cos(radians), math.sin(radians)
    return np.array([[cosine, -sine], [sine, cosine]])


@dataclass(frozen=True, slots=True)
class Frame:
    """Maps local coordinates to the canvas: scale, mirror, turn, then move to (x, y).

    ``degrees`` turns clockwise on screen (before mirroring, so that a mirrored thing leans the
    mirrored way); ``mirror`` flips left and right; ``scale`` is pixels for one local unit.
    """

    x: float
    y: float
    scale: float = 1.0
    degrees: float = 0.0
    mirror: bool = False

    @property
    def matrix(self) -> Points:
        """The linear part, shape (2, 2)."""
        turned = _rotation(math.radians(self.degrees)) * self.scale
        return np.array([[-1.0 if self.mirror else 1.0], [1.0]]) * turned

    def points(self, local: ArrayLike) -> Points:
        """Local points on the canvas."""
        return as_points(local) @ self.matrix.T + (self.x, self.y)

    def point(self, x: float, y: float) -> Point:
        """One local point on the canvas."""
        found = self.points([(x, y)])[0]
        return float(found[0]), float(found[1])

    def local(self, point: ArrayLike) -> Point:
        """The local coordinates of a canvas point."""
        found = np.linalg.solve(self.matrix, as_points(point) - (self.x, self.y))
        return float(found[0]), float(found[1])

    def geometry(self, local: Geometry) -> Geometry:
        """A local geometry on the canvas."""
        return shapely.transform(local, self.points)
