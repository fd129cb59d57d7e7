"""Lettering: text shaped by HarfBuzz in friendly bold typefaces, as outlines for any pen to fill.

Letters are geometry, not SVG text: a picture looks the same on every machine, can be bent along
a banner, and its legibility can be measured. A character that no typeface has is an error that
names it; nothing is silently replaced by an empty box.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
import uharfbuzz
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon

from storypainter.errors import BadInput
from storypainter.ink.boards.script_breaks import balanced, hyphenated, pieces_of
from storypainter.ink.boards.script_order import runs_right_to_left, without_controls
from storypainter.ink.boards.script_runs import Run, visual_runs
from storypainter.ink.boards.scripts import Typeface, missing

CURVE_STEPS = 5
LINE_STEP = 1.38  # from baseline to baseline, in capital heights, where nothing hangs down
_GAP = 0.2  # capital heights that stay free between what hangs down and what stands up
_WORTH_A_HYPHEN = 1.35  # how much larger the letters of a broken word must become
_LONGEST_LINE = 24  # characters: longer given lines are broken as well

_RAGGED = 0.5  # shares of the longest line: shorter lines than this look left over
_RAGGED_COST = 0.35

Points = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Lettering:
    """One line of text as outlines.

    ``outline`` has its first pen position at the origin and the baseline on y = 0; y points
    down; the unit is one capital height. ``width`` is the advance in the same unit.
    """

    outline: MultiPolygon
    width: float

    @property
    def rise(self) -> float:
        """How high it reaches over the baseline, capitals at least."""
        return 1.0 if self.outline.is_empty else max(1.0, -float(self.outline.bounds[1]))

    @property
    def fall(self) -> float:
        """How far it hangs below the baseline; round letters that only touch it do not hang."""
        low = 0.0 if self.outline.is_empty else float(self.outline.bounds[3])
        return low if low > 0.12 else 0.0


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
        """From the top of the first line to the bottom of the last, in capital heights."""
        return self._baselines[-1] + self.lines[-1].fall

    @property
    def _baselines(self) -> list[float]:
        found = [self.lines[0].rise]
        for above, line in pairwise(self.lines):
            found.append(found[-1] + max(LINE_STEP, above.fall + _GAP + line.rise))
        return found

    def outlines(self, cap: float) -> MultiPolygon:
        """All letters, ``cap`` units high, centred on the origin."""
        parts: list[Polygon] = []
        for line, baseline in zip(self.lines, self._baselines, strict=True):
            moved = affinity.translate(line.outline, -line.width / 2, baseline - self.height / 2)
            parts.extend(affinity.scale(moved, cap, cap, origin=(0, 0)).geoms)
        return MultiPolygon(parts)


@cache
def letter(text: str, *, locale: str = "", whole: str = "") -> Lettering:
    """Shape one line of text.

    Args:
        text: in the order of reading; right-to-left scripts and mixed ones are laid out.
        locale: where it is read, a language tag or a country's name: which forms of Han
            characters are written.
        whole: the text of which this is a line, so that all its lines are written alike.

    Raises:
        BadInput: no typeface has a character; the message names the character and its script,
            the hint the extra that brings it.
    """
    line = _plain(text)
    runs = visual_runs(
        line,
        right_to_left=runs_right_to_left(_plain(whole) or line),
        locale=locale,
        whole=_plain(whole) or line,
    )
    pen_x = 0.0
    parts: list[Polygon] = []
    for run in runs:
        pen_x = _shape(run, pen_x, parts, text)
    return Lettering(MultiPolygon(parts), pen_x)


def _plain(text: str) -> str:
    return without_controls(unicodedata.normalize("NFC", text))


def _shape(run: Run, pen_x: float, parts: list[Polygon], text: str) -> float:
    """Adds the glyphs of a run to ``parts``; the new pen position, in capital heights."""
    font = run.typeface.font
    buffer = uharfbuzz.Buffer()
    buffer.add_str(run.text)
    buffer.guess_segment_properties()
    buffer.script = run.tag
    buffer.direction = "rtl" if run.right_to_left else "ltr"
    if run.language:
        buffer.language = run.language
    uharfbuzz.shape(font, buffer, {"kern": True, "liga": True})
    unit = font.face.upem * run.typeface.cap
    infos, positions = buffer.glyph_infos or [], buffer.glyph_positions or []
    for info, position in zip(infos, positions, strict=True):
        if info.codepoint == 0:
            raise missing(run.text[info.cluster], text)
        glyph = _glyph(run.typeface, info.codepoint)
        x, y = pen_x + position.x_offset / unit, -position.y_offset / unit
        parts.extend(affinity.translate(part, x, y) for part in glyph.geoms)
        pen_x += position.x_advance / unit
    return pen_x


@cache
def _glyph(typeface: Typeface, codepoint: int) -> MultiPolygon:
    """One glyph in capital heights, y down: outer contours add, those of the other winding cut."""
    rings = _Rings()
    font = typeface.font
    font.draw_glyph_with_pen(codepoint, rings)
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
    em = font.face.upem
    if typeface.soften or typeface.swell:
        inner, outer = typeface.soften * em, (typeface.soften + typeface.swell) * em
        shape = shape.buffer(-inner, 5).buffer(outer, 5).simplify(0.0012 * em)
    placed = affinity.translate(shape, 0, typeface.drop * em)
    unit = 1 / (em * typeface.cap)
    scaled = affinity.scale(placed, unit, unit, origin=(0, 0))
    return shapely.MultiPolygon([p for p in _polygons(scaled) if p.area > 1e-6])


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
def set_text(text: str, *, aspect: float = 3.2, most_lines: int = 6, locale: str = "") -> TextBlock:
    """Break ``text`` into the lines that fill a box of ``aspect`` (width : height) best.

    Line breaks in the text are kept. A word is broken by a hyphen only where it would make
    the letters of the whole text much smaller.

    Raises:
        BadInput: nothing to be seen in the text, or no typeface has a character of it.
    """
    given = [line.strip() for line in text.splitlines() if line.strip()]
    if all(letter(line, locale=locale, whole=text).outline.is_empty for line in given):
        raise BadInput("a sign needs at least one visible character", "give the sign a text")

    def block(lines: list[str]) -> TextBlock:
        return TextBlock(tuple(letter(each, locale=locale, whole=text) for each in lines))

    if len(given) > 1:
        lines: list[str] = []
        for line in given:
            pieces = pieces_of(line)
            lines += balanced(pieces, min(len(pieces), math.ceil(len(line) / _LONGEST_LINE)))
        return block(lines)
    pieces = pieces_of(given[0])
    options = [block(balanced(pieces, n + 1)) for n in range(min(most_lines, len(pieces)))]
    best = max(options, key=lambda each: _fit(each, aspect))
    broken = hyphenated(pieces)
    if broken is None:
        return best
    options = [block(balanced(broken, n + 1)) for n in range(min(most_lines, len(broken)))]
    other = max(options, key=lambda each: _fit(each, aspect))
    return other if _fit(other, aspect) > _WORTH_A_HYPHEN * _fit(best, aspect) else best


def _fit(block: TextBlock, aspect: float) -> float:
    """How well ``block`` fills a box one high and ``aspect`` wide.

    That is the height of its capitals; lines much shorter than the longest cost a part of it.
    """
    cap = min(aspect / max(block.width, 1e-6), 1 / block.height)
    ragged = min(line.width for line in block.lines) / max(block.width, 1e-6)
    return cap * (1 - _RAGGED_COST * max(0.0, 1 - ragged / _RAGGED))


def bend(shape: MultiPolygon, curve: Callable[[Points], Points]) -> MultiPolygon:
    """``shape`` with every point moved down by ``curve(x)`` (lettering on a hanging cloth)."""

    def move(points: Points) -> Points:
        return np.column_stack([points[:, 0], points[:, 1] + curve(points[:, 0])])

    bent: MultiPolygon = shapely.transform(shape, move)
    return bent
