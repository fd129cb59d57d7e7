"""Regions drawn over their picture: coloured outlines, each with its element's id.

Colours are of Okabe and Ito's set, which readers with any colour vision tell apart, each line on a
white casing so that it shows on dark and light grounds. Labels keep off people's heads and off
each other.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

import shapely

from storypainter.errors import BadInput
from storypainter.ink.drawing.geometry import Geometry
from storypainter.ink.drawing.palette import INK, luminance
from storypainter.ink.drawing.strokes import straight_path
from storypainter.picture import Region

Box: TypeAlias = tuple[float, float, float, float]
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7b3294", "#f0e442")
#: Lengths in pixels of a picture whose short side is 1,024 pixels.
_LINE, _CASING, _LETTERS, _PAD, _GAP = 2.6, 5.6, 19.0, 7.0, 5.0
_LETTER_WIDTH = 0.6  # mean advance, by the size of the letters
_HEAD_SHARE = 0.2  # the head is about the upper fifth of a person's box
_MAGIC = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}


@dataclass(frozen=True, slots=True)
class _Label:
    region: Region
    colour: str
    shape: Geometry
    box: Box


def draw_regions(
    picture: str | bytes,
    regions: Sequence[Region],
    width: int,
    height: int,
    *,
    keep_clear: Sequence[Box] = (),
) -> str:
    """The picture with its Regions over it, as SVG (``render.to_png`` makes a PNG of it).

    Args:
        picture: an SVG's text that is known to be safe, or the bytes of a PNG, JPEG or WebP.
        regions: those to draw; one that nobody sees is left out.
        width: of the picture, in pixels.
        height: of the picture, in pixels.
        keep_clear: boxes (left, top, right, bottom) that no label may cover, besides the heads
            of people, which are taken to be the upper fifth of their boxes.

    Raises:
        BadInput: the bytes are no picture of these kinds.
    """
    unit = min(width, height) / 1024
    shown = [region for region in regions if region.polygons]
    heads = [_head(region) for region in shown if region.kind == "person"]
    labels = _placed(shown, width, height, unit, [*heads, *keep_clear])
    size = f'width="{width}" height="{height}"'
    outlines = "".join(_outline(label, unit) for label in labels)
    leaders = "".join(_leader(label, unit) for label in labels)
    names = "".join(_name(label, unit) for label in labels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}">'
        f'{_ground(picture, size)}<g id="regions" fill="none" stroke-linejoin="round">'
        f'{outlines}{leaders}</g><g id="labels">{names}</g></svg>'
    )


def _ground(picture: str | bytes, size: str) -> str:
    if isinstance(picture, str):
        kind, data = "image/svg+xml", picture.encode()
    else:
        data = picture
        kind = next((kind for start, kind in _MAGIC.items() if data.startswith(start)), "")
        if not kind:
            raise BadInput("these bytes are no PNG, JPEG or WebP", "give a picture or its SVG")
    encoded = base64.b64encode(data).decode()
    return f'<image {size} href="data:{kind};base64,{encoded}"/>'


def _head(region: Region) -> Box:
    """Where a person's face is, roughly: what of the Region lies in the upper part of its box."""
    left, top, right, bottom = region.box
    lower = top + _HEAD_SHARE * (bottom - top)
    upper = _shape(region).intersection(shapely.box(left, top, right, lower))
    if upper.is_empty:
        return left, top, right, lower
    found = upper.bounds
    return found[0], found[1], found[2], found[3]


def _shape(region: Region) -> Geometry:
    return shapely.union_all([shapely.Polygon(ring).buffer(0) for ring in region.polygons])


def _placed(
    regions: Sequence[Region], width: int, height: int, unit: float, clear: Sequence[Box]
) -> list[_Label]:
    """Labels for the smallest Regions first: they have the least choice."""
    colours = {
        region.element: _COLOURS[number % len(_COLOURS)] for number, region in enumerate(regions)
    }
    shapes = {region.element: _shape(region) for region in regions}
    small = [shape for shape in shapes.values() if shape.area < 0.01 * width * height]
    taken: list[Box] = []
    found: dict[str, _Label] = {}
    for region in sorted(regions, key=lambda region: (region.area, region.element)):
        shape = shapes[region.element]
        others = [each.bounds for each in small if each is not shape]
        candidates = _candidates(region, shape, width, height, unit)
        costs = [
            _cost(box, shape, clear, taken, others) + 0.02 * rank
            for rank, box in enumerate(candidates)
        ]
        box = candidates[costs.index(min(costs))]
        taken.append(box)
        found[region.element] = _Label(region, colours[region.element], shape, box)
    return [found[region.element] for region in regions]


def _candidates(region: Region, shape: Geometry, width: int, height: int, unit: float) -> list[Box]:
    """Boxes for a label around and in a Region, moved into the picture, the best first."""
    wide = len(region.element) * _LETTERS * _LETTER_WIDTH * unit + 2 * _PAD * unit
    tall = (_LETTERS + _PAD) * unit
    left, top, right, bottom = region.box
    gap, inside = _GAP * unit, shape.representative_point()
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    centres = [(x, top - gap - tall / 2) for x in (middle_x, left + wide / 2, right - wide / 2)]
    centres += [(x, bottom + gap + tall / 2) for x in (middle_x, left + wide / 2, right - wide / 2)]
    for y in (middle_y, bottom - tall, top + tall, top + 0.3 * (bottom - top)):
        centres += [(left - gap - wide / 2, y), (right + gap + wide / 2, y)]
    centres += [(inside.x, inside.y), (middle_x, bottom - tall), (middle_x, middle_y)]
    for turn in range(12):  # further off, with a leader
        x = middle_x + ((right - left) / 2 + wide) * math.cos(turn * math.pi / 6)
        y = middle_y + ((bottom - top) / 2 + 2.5 * tall) * math.sin(turn * math.pi / 6)
        centres.append((x, y))
    edge = 2 * unit
    boxes = []
    for x, y in centres:
        held_x = min(max(x, wide / 2 + edge), width - wide / 2 - edge)
        held_y = min(max(y, tall / 2 + edge), height - tall / 2 - edge)
        boxes.append((held_x - wide / 2, held_y - tall / 2, held_x + wide / 2, held_y + tall / 2))
    return boxes


def _cost(
    box: Box, shape: Geometry, clear: Sequence[Box], taken: Sequence[Box], others: Sequence[Box]
) -> float:
    area = (box[2] - box[0]) * (box[3] - box[1])
    covered = sum(6.0 * _shared(box, each) for each in taken)
    covered += sum(5.0 * _shared(box, each) for each in clear)
    covered += sum(1.5 * _shared(box, each) for each in others)
    away = float(shapely.box(*box).distance(shape)) / (box[3] - box[1])
    return covered / area + 0.15 * away


def _shared(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return wide * tall if wide > 0 and tall > 0 else 0.0


def _outline(label: _Label, unit: float) -> str:
    data = "".join(
        straight_path(shapely.get_coordinates(shapely.LinearRing(ring))[:-1])
        for ring in label.region.polygons
    )
    return (
        f'<path d="{data}" fill="{label.colour}" fill-opacity="0.14"/>'
        f'<path d="{data}" stroke="#ffffff" stroke-width="{_CASING * unit:.1f}"/>'
        f'<path d="{data}" stroke="{label.colour}" stroke-width="{_LINE * unit:.1f}"/>'
    )


def _leader(label: _Label, unit: float) -> str:
    """A line from a label that stands off to its Region."""
    line = shapely.shortest_line(shapely.box(*label.box), label.shape)
    if line.length < 3 * _GAP * unit:
        return ""
    (x, y), (to_x, to_y) = shapely.get_coordinates(line).tolist()
    data = f"M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}"
    return (
        f'<path d="{data}" stroke="#ffffff" stroke-width="{_CASING * unit:.1f}"/>'
        f'<path d="{data}" stroke="{label.colour}" stroke-width="{_LINE * unit:.1f}"/>'
    )


def _name(label: _Label, unit: float) -> str:
    left, top, right, bottom = label.box
    letters = INK if luminance(label.colour) > 0.5 else "#ffffff"
    text = escape(label.region.element)
    inner = right - left - 2 * _PAD * unit
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
        f'height="{bottom - top:.1f}" rx="{5 * unit:.1f}" fill="{label.colour}" '
        f'stroke="#ffffff" stroke-width="{1.5 * unit:.1f}"/>'
        f'<text x="{(left + right) / 2:.1f}" y="{bottom - (_PAD + 1) * unit:.1f}" '
        f'font-family="Fredoka One, Verdana, sans-serif" font-size="{_LETTERS * unit:.1f}" '
        f'text-anchor="middle" textLength="{inner:.1f}" lengthAdjust="spacingAndGlyphs" '
        f'fill="{letters}">{text}</text>'
    )
