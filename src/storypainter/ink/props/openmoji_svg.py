"""Reads an emoji's SVG as areas and lines: what it draws, from the lowest to the topmost.

It reads what OpenMoji uses: groups, plain shapes, paths, transforms, flat fills and strokes given
as attributes. Black strokes become lines; strokes of another colour become areas.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path
from fontTools.svgLib.path.shapes import PathBuilder

from storypainter.ink.drawing.geometry import Geometry, Points, polygons

_CURVE_STEPS = 10
#: In units: the grid that corners lie on, and the least area (square units) that is kept.
_GRID, _DUST = 0.02, 0.02
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
_PAINTS = ("fill", "stroke", "stroke-width", "display")


@dataclass(frozen=True, slots=True)
class Mark:
    """An area in a colour, or an ink line ``width`` units wide.

    ``outer`` says that a line is the outline, ``detail`` that an area is a pattern of another
    colour on what lies below (not its shade), which needs a line of its own where colours are gone.
    """

    colour: str
    area: Geometry = None
    line: Points | None = None
    closed: bool = False
    width: float = 0.0
    outer: bool = False
    detail: bool = False


class _Lines(BasePen):  # type: ignore[misc]
    """Flattens paths: ``done`` holds (points, closed) of each."""

    def __init__(self) -> None:
        super().__init__(None)
        self.done: list[tuple[Points, bool]] = []
        self._points: list[tuple[float, float]] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._points = [pt]

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._points.append(pt)

    def _curveToOne(  # noqa: N802
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        ends = np.array([self._points[-1], pt1, pt2, pt3])
        t = np.linspace(0, 1, _CURVE_STEPS + 1)[1:, None]
        s = 1 - t
        weights = np.hstack([s**3, 3 * s * s * t, 3 * s * t * t, t**3])
        self._points += [(float(x), float(y)) for x, y in weights @ ends]

    def _closePath(self) -> None:  # noqa: N802
        self._end(closed=True)

    def _endPath(self) -> None:  # noqa: N802
        self._end(closed=False)

    def _end(self, *, closed: bool) -> None:
        points = np.array(self._points)
        if len(points) > 1 and np.ptp(points, axis=0).max() > 0:
            joined = len(points) > 3 and np.allclose(points[0], points[-1], atol=0.02)
            self.done.append((points, closed or joined))


def marks_of(text: str) -> Iterator[Mark]:
    """What an emoji's SVG draws, from the lowest to the topmost, in its units."""
    root = ET.fromstring(text)  # noqa: S314 (an installed package, as its code)
    yield from _marks_below(
        root, Transform(), {"fill": "#000", "stroke": "none", "stroke-width": "1"}
    )


def _marks_below(node: ET.Element, placed: Transform, paint: dict[str, str]) -> Iterator[Mark]:
    paint = {**paint, **{name: node.get(name, "") for name in _PAINTS if node.get(name)}}
    placed = _placed(placed, node.get("transform", ""))
    if paint.get("display") == "none":
        return
    builder = PathBuilder()
    bare = {name: value for name, value in node.attrib.items() if name != "transform"}
    builder.add_path_from_element(ET.Element(node.tag, bare))
    pen = _Lines()
    for path in builder.paths:
        parse_path(path, pen)
    drawn = [
        (np.array(placed.transformPoints(points.tolist())), closed) for points, closed in pen.done
    ]
    if drawn:
        yield from _painted(drawn, paint, abs(placed[0] * placed[3] - placed[1] * placed[2]) ** 0.5)
    for child in node:
        yield from _marks_below(child, placed, paint)


def _painted(
    drawn: list[tuple[Points, bool]], paint: Mapping[str, str], scale: float
) -> Iterator[Mark]:
    """The area that some lines enclose, and the lines themselves."""
    fill, stroke = _colour(paint["fill"]), _colour(paint["stroke"])
    width = float(paint["stroke-width"]) * scale
    if fill:
        area: Geometry = shapely.Polygon()
        for points, _ in drawn:
            if len(points) > 2:
                area = area.symmetric_difference(shapely.make_valid(shapely.Polygon(points)))
        yield from _sound(fill, area)
    if not stroke or not width:
        return
    for points, closed in drawn:
        if stroke == "#000000":
            yield Mark(stroke, line=points, closed=closed, width=width)
        else:
            line = shapely.LinearRing(points) if closed else shapely.LineString(points)
            yield from _sound(stroke, line.buffer(width / 2, 6))


def _sound(colour: str, area: Geometry) -> Iterator[Mark]:
    """An area that stays valid wherever it is moved: all its corners lie on a fine grid."""
    snapped = shapely.set_precision(shapely.set_precision(area, _GRID), 0)
    kept = [each for each in polygons(snapped) if each.area > _DUST]
    if kept:
        yield Mark(colour, shapely.multipolygons(kept) if len(kept) > 1 else kept[0])


def _colour(text: str) -> str:
    """``#rrggbb`` in lower case; empty for none."""
    word = text.lower()
    if word == "none":
        return ""
    return "#" + "".join(2 * each for each in word[1:]) if len(word) == 4 else word


def _placed(outer: Transform, text: str) -> Transform:
    """A transform inside another one."""
    for name, listed in re.findall(r"(\w+)\(([^)]*)\)", text):
        numbers = [float(each) for each in _NUMBER.findall(listed)]
        if name == "matrix":
            outer = outer.transform(numbers)
        elif name == "translate":
            outer = outer.translate(*numbers)
        elif name == "scale":
            outer = outer.scale(*numbers)
        elif name == "rotate":
            x, y = numbers[1:3] if len(numbers) > 2 else (0.0, 0.0)
            outer = outer.translate(x, y).rotate(np.radians(numbers[0])).translate(-x, -y)
    return outer
