"""Regions of an SVG that somebody edited: every element is painted in a colour of its own.

The file's tree is repainted: what belongs to an element gets the element's colour, scenery black,
weather, shadows and faint veils nothing; all without smoothing. Pixels are then counted once with
all elements in place, and once for each element alone.
"""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from storypainter.ink.drawing.masks import Mask, region_of
from storypainter.ink.drawing.render import to_pixels
from storypainter.ink.files.svg_files import (
    BACKGROUND,
    SVG,
    EditedDrawing,
    name_of,
    to_text,
    tree_of,
)
from storypainter.picture import Region

CELL = 2.0  # pixels of a 1,024 pixel picture
_UNSEEN = frozenset(("weather", "shadow"))
#: What is less opaque than this hides nothing.
_FAINT = 0.5
_NO_PAINT = frozenset(("none", "transparent"))
_REPLACED = frozenset(
    (
        "fill",
        "stroke",
        "opacity",
        "fill-opacity",
        "stroke-opacity",
        "filter",
        "mask",
        "mix-blend-mode",
        "paint-order",
        "shape-rendering",
        "text-rendering",
    )
)
_DRAWN = frozenset(
    (
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
    )
)
_STORES = frozenset(
    (
        "defs",
        "clipPath",
        "mask",
        "pattern",
        "marker",
        "symbol",
        "filter",
        "linearGradient",
        "radialGradient",
        "title",
        "desc",
    )
)
_BLACK = "#000000"


def regions_of_svg(
    drawing: EditedDrawing, *, ignore: Sequence[str] = BACKGROUND
) -> tuple[Region, ...]:
    """The Regions of an SVG's elements, by what its drawing shows now.

    Args:
        drawing: as :func:`storypainter.ink.files.svg_files.read_svg` gives it.
        ignore: kinds of groups that are no elements.

    Raises:
        MissingExtra: Pillow is not installed.
    """
    cell = CELL * min(drawing.width, drawing.height) / 1024
    width = max(16, round(drawing.width / cell))
    cell = drawing.width / width
    wanted = [each for each in drawing.elements if each.kind not in ignore]
    numbers = {each.id: number for number, each in enumerate(wanted, start=1)}
    root = tree_of(drawing)
    _unlink_copies(root)
    _repaint(root, numbers)
    owner = _numbers_seen(root, width, len(wanted))
    found = []
    for each in wanted:
        alone = _only(root, each.id)
        whole = _numbers_seen(alone, width, len(wanted)) == numbers[each.id]
        visible: Mask = owner == numbers[each.id]
        found.append(
            region_of(
                visible,
                whole | visible,
                cell=cell,
                size=(drawing.width, drawing.height),
                element=each.id,
                kind=each.kind,
                clues=each.clues,
            )
        )
    return tuple(found)


def _colour_of(number: int) -> int:
    """A colour for a number: neighbours far apart, and no two alike (the factor is odd)."""
    return number * 0x9E3779 & 0xFFFFFF


def _numbers_seen(root: ET.Element, width: int, most: int) -> NDArray[np.int64]:
    """The number whose colour each pixel has, 0 for none."""
    pixels = to_pixels(to_text(root), width=width, crisp=True).astype(np.int64)
    values = pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]
    colours = np.array([_colour_of(number) for number in range(most + 1)])
    order = np.argsort(colours)
    places = np.minimum(np.searchsorted(colours[order], values), most)
    return np.where(colours[order][places] == values, order[places], 0)


@dataclass(frozen=True, slots=True)
class _Paint:
    """What a node inherits: its colour here, and how it was painted in the file."""

    colour: str = _BLACK
    fill: str = "black"
    stroke: str = "none"
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    opacity: float = 1.0


def _repaint(root: ET.Element, numbers: dict[str, int]) -> None:
    _repaint_node(root, _Paint(), numbers)


def _repaint_node(node: ET.Element, outer: _Paint, numbers: dict[str, int]) -> None:
    style = _styles(node)
    paint = replace(
        outer,
        fill=style.get("fill", outer.fill),
        stroke=style.get("stroke", outer.stroke),
        fill_opacity=_share(style.get("fill-opacity"), outer.fill_opacity),
        stroke_opacity=_share(style.get("stroke-opacity"), outer.stroke_opacity),
        opacity=outer.opacity * _share(style.get("opacity"), 1.0),
    )
    if "data-element" in node.attrib:
        paint = replace(
            paint, colour=f"#{_colour_of(numbers.get(node.attrib['data-element'], 0)):06x}"
        )
    for child in list(node):
        if name_of(child) in _STORES:
            continue
        if child.get("data-kind") in _UNSEEN:
            node.remove(child)
        else:
            _repaint_node(child, paint, numbers)
    for key in _REPLACED:
        node.attrib.pop(key, None)
    kept = {key: value for key, value in style.items() if key not in _REPLACED}
    if name_of(node) in _DRAWN:
        kept["fill"] = _flat(paint, paint.fill, paint.fill_opacity)
        kept["stroke"] = _flat(paint, paint.stroke, paint.stroke_opacity)
    node.attrib.pop("style", None)
    for key, value in kept.items():
        node.set(key, value)


def _flat(paint: _Paint, was: str, opacity: float) -> str:
    nothing = was.strip().lower() in _NO_PAINT or paint.opacity * opacity < _FAINT
    return "none" if nothing else paint.colour


def _styles(node: ET.Element) -> dict[str, str]:
    """A node's own painting properties: ``style`` wins over attributes, as SVG has it."""
    found = {key: node.attrib[key] for key in _REPLACED if key in node.attrib}
    for declaration in (node.get("style") or "").split(";"):
        key, colon, value = declaration.partition(":")
        if colon and value.strip() != "inherit":
            found[key.strip().lower()] = value.replace("!important", "").strip()
    return found


def _share(text: str | None, otherwise: float) -> float:
    if text is None:
        return otherwise
    percent = text.endswith("%")
    try:
        value = float(text.rstrip("%")) / (100 if percent else 1)
    except ValueError:
        return otherwise
    return min(1.0, max(0.0, value))


def _unlink_copies(root: ET.Element) -> None:
    """Puts copies in the place of clones (``<use>``), so that they can have their own colours."""
    by_id = {node.attrib["id"]: node for node in root.iter() if node.get("id")}
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if name_of(child) == "use":
                parent[place] = _copied(child, by_id)


def _copied(clone: ET.Element, by_id: dict[str, ET.Element]) -> ET.Element:
    href = next((value for key, value in clone.attrib.items() if key.endswith("href")), "#")
    attributes = {key: value for key, value in clone.attrib.items() if not key.endswith("href")}
    x, y = attributes.pop("x", "0"), attributes.pop("y", "0")
    attributes["transform"] = f"{attributes.get('transform', '')} translate({x} {y})".strip()
    group = ET.Element(f"{{{SVG}}}g", attributes)
    target = by_id.get(href.strip()[1:])
    if target is not None:
        inner = copy.deepcopy(target)
        if name_of(inner) == "symbol":
            inner.tag = f"{{{SVG}}}g"
        for node in inner.iter():
            node.attrib.pop("id", None)
        group.append(inner)
    return group


def _only(root: ET.Element, element: str) -> ET.Element:
    """A copy of a repainted tree with one element's own shapes only."""
    made = ET.Element(root.tag, root.attrib)
    _copy_own(root, made, element, False)
    return made


def _copy_own(node: ET.Element, into: ET.Element, element: str, inside: bool) -> bool:
    """Copies what is ``element``'s; tells whether anything was."""
    any_copied = False
    for child in node:
        name = name_of(child)
        if name in _STORES:
            into.append(child)
            continue
        owner = child.get("data-element")
        own = inside if owner is None else owner == element
        if name in _DRAWN:
            if own:
                into.append(child)
                any_copied = True
            continue
        made = ET.Element(child.tag, child.attrib)
        if _copy_own(child, made, element, own):
            into.append(made)
            any_copied = True
    return any_copied
