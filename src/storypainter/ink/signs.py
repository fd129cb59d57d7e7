"""Lettering: text shaped by HarfBuzz in Fredoka One, as outlines that any pen can fill.

Letters are geometry, not SVG text: a picture looks the same on every machine, can be bent along
a banner, and its legibility can be measured. A character the font lacks is an error that names
it; nothing is silently replaced by an empty box.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import uharfbuzz
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon

from storypainter.errors import BadInput

CURVE_STEPS = 5
CAP_HEIGHT = 0.733  # of an em: the height of Fredoka One's capital H
LINE_STEP = 1.28  # line distance in capital heights, plus one capital height

Points = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Lettering:
    """One line of text as outlines.

    ``outline`` has its first pen position at the origin and the baseline on y = 0; y points
    down; the unit is one capital height. ``width`` is the advance in the same unit.
    """

    outline: MultiPolygon
    width: float


@dataclass(frozen=True)
class TextBlock:
    """Lines centred on the origin; the unit is one capital height."""

    lines: tuple[Lettering, ...]

    @property
    def width(self) -> float:
        """The widest line, in capital heights."""
        return max(line.width for line in self.lines)

    @property
    def height(self) -> float:
        """From the top of the first line's capitals to the last baseline, in capital heights."""
        return 1.0 + (len(self.lines) - 1) * (1.0 + LINE_STEP - 0.9)

    def outlines(self, cap: float) -> MultiPolygon:
        """All letters, ``cap`` units high, centred on the origin."""
        step = 1.0 + LINE_STEP - 0.9
        parts: list[Polygon] = []
        for index, line in enumerate(self.lines):
            baseline = -self.height / 2 + 1.0 + index * step
            moved = affinity.translate(line.outline, -line.width / 2, baseline)
            parts.extend(affinity.scale(moved, cap, cap, origin=(0, 0)).geoms)
        return MultiPolygon(parts)


@cache
def _font() -> uharfbuzz.Font:
    import font_fredoka_one

    folder = Path(font_fredoka_one.__file__).parent / "files"
    path = folder / "FredokaOne-Regular.ttf"
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))


@cache
def letter(text: str) -> Lettering:
    """Shape one line of text.

    Raises:
        BadInput: the font has no glyph for a character; the message names the character.
    """
    font = _font()
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {"kern": True, "liga": True})
    infos, positions = buffer.glyph_infos or [], buffer.glyph_positions or []
    unit = font.face.upem * CAP_HEIGHT
    pen_x = 0.0
    parts: list[Polygon] = []
    for info, position in zip(infos, positions, strict=True):
        if info.codepoint == 0:
            missing = text[info.cluster]
            raise BadInput(
                f"the lettering font has no character {missing!r} (U+{ord(missing):04X})"
                f" in the text {text!r}",
                "use Latin letters, digits and common punctuation on signs",
            )
        glyph = _glyph(info.codepoint)
        offset_x, offset_y = pen_x + position.x_offset, position.y_offset
        for part in glyph.geoms:
            moved = affinity.translate(part, offset_x, -offset_y)
            parts.append(affinity.scale(moved, 1 / unit, 1 / unit, origin=(0, 0)))
        pen_x += position.x_advance
    return Lettering(MultiPolygon(parts), pen_x / unit)


@cache
def _glyph(codepoint: int) -> MultiPolygon:
    """One glyph in font units, y down: contours of the outer winding add, the others cut."""
    rings = _Rings()
    _font().draw_glyph_with_pen(codepoint, rings)
    sized = [(_signed_area(ring), ring) for ring in rings.done if len(ring) > 3]
    if not sized:
        return MultiPolygon()
    sized.sort(key=lambda item: -abs(item[0]))
    outer_sign = math.copysign(1, sized[0][0])
    shape: Any = Polygon()
    for area, ring in sized:
        polygon = Polygon(ring).buffer(0)
        same = math.copysign(1, area) == outer_sign
        shape = shape.union(polygon) if same else shape.difference(polygon)
    return shapely.MultiPolygon([p for p in _polygons(shape) if p.area > 1])


def _polygons(shape: Any) -> list[Polygon]:
    return [shape] if shape.geom_type == "Polygon" else list(shape.geoms)


def _signed_area(ring: list[tuple[float, float]]) -> float:
    points = np.asarray(ring)
    after = np.roll(points, -1, axis=0)
    return float(np.sum(points[:, 0] * after[:, 1] - after[:, 0] * points[:, 1]) / 2)


class _Rings:
    """A fontTools-style pen that flattens curves into rings, y down."""

    def __init__(self) -> None:
        self.done: list[list[tuple[float, float]]] = []
        self._ring: list[tuple[float, float]] = []

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._ring = [(point[0], -point[1])]

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._ring.append((point[0], -point[1]))

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        corners = [(x, -y) for x, y in points]
        last = corners[-1]
        controls = corners[:-1]
        for index, control in enumerate(controls):
            if index + 1 < len(controls):
                following = controls[index + 1]
                end = ((control[0] + following[0]) / 2, (control[1] + following[1]) / 2)
            else:
                end = last
            self._bend(control, control, end, quadratic=True)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        first, second, end = ((x, -y) for x, y in points)
        self._bend(first, second, end, quadratic=False)

    def closePath(self) -> None:  # noqa: N802
        self.done.append(self._ring)
        self._ring = []

    def endPath(self) -> None:  # noqa: N802
        self.closePath()

    def _bend(
        self,
        first: tuple[float, float],
        second: tuple[float, float],
        end: tuple[float, float],
        *,
        quadratic: bool,
    ) -> None:
        start = np.asarray(self._ring[-1])
        a, b, c = np.asarray(first), np.asarray(second), np.asarray(end)
        for step in range(1, CURVE_STEPS + 1):
            t = step / CURVE_STEPS
            s = 1 - t
            if quadratic:
                point = s * s * start + 2 * s * t * a + t * t * c
            else:
                point = s**3 * start + 3 * s * s * t * a + 3 * s * t * t * b + t**3 * c
            self._ring.append((float(point[0]), float(point[1])))


@cache
def set_text(text: str, *, aspect: float = 3.2, most_lines: int = 4) -> TextBlock:
    """Break ``text`` into the lines whose block comes closest to ``aspect`` (width : height).

    Line breaks in the text are kept. Words are never split.
    """
    given = [line.strip() for line in text.splitlines() if line.strip()]
    if len(given) > 1:
        return TextBlock(tuple(letter(line) for line in given))
    words = given[0].split() if given else []
    best: TextBlock | None = None
    best_score = math.inf
    for count in range(1, min(most_lines, len(words)) + 1):
        block = TextBlock(tuple(letter(line) for line in _balanced(words, count)))
        score = abs(math.log(block.width / block.height / aspect))
        if score < best_score:
            best, best_score = block, score
    if best is None:
        raise BadInput("a sign needs at least one visible character", "give the sign a text")
    return best


def _balanced(words: list[str], count: int) -> list[str]:
    """``words`` in ``count`` lines whose longest line is as short as can be."""
    if count == 1:
        return [" ".join(words)]
    options: list[list[str]] = []
    for cut in range(1, len(words) - count + 2):
        head = " ".join(words[:cut])
        options.append([head, *_balanced(words[cut:], count - 1)])
    return min(options, key=lambda lines: max(len(line) for line in lines))


def bend(shape: MultiPolygon, curve: Callable[[Points], Points]) -> MultiPolygon:
    """``shape`` with every point moved down by ``curve(x)`` (lettering on a hanging cloth)."""

    def move(points: Points) -> Points:
        return np.column_stack([points[:, 0], points[:, 1] + curve(points[:, 0])])

    bent: MultiPolygon = shapely.transform(shape, move)
    return bent
