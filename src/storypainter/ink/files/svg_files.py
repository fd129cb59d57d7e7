"""Pictures read back: an SVG that somebody edited, checked for safety, and its Regions anew.

An SVG from outside is parsed with the standard library's expat, which is stopped at the first
document type or entity; then only known elements and attributes are kept, and nothing that runs,
loads or refers to another file. What comes out is written anew from that tree.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn
from xml.parsers import expat

from storypainter.errors import BadInput

LARGEST_BYTES = 20_000_000
MOST_NODES, MOST_DEEP = 200_000, 100
SMALLEST, LARGEST = 64, 8192  # pixels of a side
#: Kinds of groups that are no elements of a Scene.
BACKGROUND = ("scenery", "weather", "shadow")
SVG = "http://www.w3.org/2000/svg"
INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"

_SHAPES = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
_TEXTS = frozenset(("text", "tspan", "textPath"))
_STORES = frozenset(("defs", "clipPath", "mask", "pattern", "marker", "symbol", "filter"))
_GRADIENTS = frozenset(("linearGradient", "radialGradient"))
_EFFECTS = frozenset(
    f"fe{name}"
    for name in (
        *("Blend", "ColorMatrix", "Composite", "Flood"),
        *("GaussianBlur", "Merge", "MergeNode", "Offset"),
    )
)
_KNOWN = (
    _SHAPES
    | _TEXTS
    | _STORES
    | _GRADIENTS
    | _EFFECTS
    | {"svg", "g", "title", "desc", "stop", "use"}
)
_DROPPED = frozenset(("metadata",))
_KEPT_FOREIGN = frozenset((f"{{{INKSCAPE}}}label", f"{{{INKSCAPE}}}groupmode"))
_HREFS = frozenset(("href", f"{{{_XLINK}}}href"))
_LOCAL_URL = re.compile(r"""url\(\s*(['"]?)#([\w:.\-]+)\1\s*\)""")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}")
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*(px|mm|cm|in|pt|pc|)\s*")
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "in": 96.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "pt": 4 / 3,
    "pc": 16.0,
}


@dataclass(frozen=True, slots=True)
class EditedElement:
    """An element that an SVG shows: its id, its kind, and the ids of its Clues."""

    id: str
    kind: str
    clues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditedDrawing:
    """An SVG that is safe to show and to store.

    ``svg`` is its text, written anew; ``width`` and ``height`` are in pixels; ``elements`` are
    those that its groups name by ``data-element``, in painting order, scenery too.
    """

    svg: str
    width: int
    height: int
    elements: tuple[EditedElement, ...]


def read_svg(data: bytes) -> EditedDrawing:
    """Reads an SVG from outside.

    Args:
        data: the file, at most 20 MB, in UTF-8 or as its XML declaration says.

    Raises:
        BadInput: it is no SVG, has no size, or holds what can run or load something: scripts,
            event handlers, foreign objects, images, document types, entities, references other
            than to ids of its own. One line says which.
    """
    if len(data) > LARGEST_BYTES:
        raise BadInput(
            f"the SVG has {len(data):,} bytes; at most {LARGEST_BYTES:,} are read",
            "remove embedded pictures or simplify paths",
        )
    root = _parse(data)
    if root.tag != f"{{{SVG}}}svg":
        raise BadInput("this file is XML but no SVG", "its first element must be <svg>")
    _clean(root)
    _check_references(root)
    width, height = _size(root)
    for name, value in (("width", width), ("height", height)):
        root.set(name, str(value))
    if root.get("viewBox") is None:
        root.set("viewBox", f"0 0 {width} {height}")
    return EditedDrawing(to_text(root), width, height, _elements(root))


def to_text(root: ET.Element) -> str:
    """The SVG text of a tree, with the usual names for its namespaces."""
    ET.register_namespace("", SVG)
    ET.register_namespace("inkscape", INKSCAPE)
    ET.register_namespace("xlink", _XLINK)
    return ET.tostring(root, encoding="unicode")


def tree_of(drawing: EditedDrawing) -> ET.Element:
    """The tree of a drawing's SVG, to be changed by the caller."""
    return _parse(drawing.svg.encode())


def name_of(node: ET.Element) -> str:
    """An element's name without its namespace."""
    return node.tag.rpartition("}")[2]


def _parse(data: bytes) -> ET.Element:
    """Builds a tree with a parser that stops at document types, entities and instructions."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    builder = ET.TreeBuilder()
    depth = nodes = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, nodes
        depth, nodes = depth + 1, nodes + 1
        if depth > MOST_DEEP:
            _refuse(f"groups nested more than {MOST_DEEP} deep")
        if nodes > MOST_NODES:
            _refuse(f"more than {MOST_NODES:,} elements")
        named = {_qualified(key): value for key, value in attributes.items()}
        builder.start(_qualified(tag), named)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_qualified(tag))

    def doctype(*_: object) -> None:
        _refuse("a document type (<!DOCTYPE>)", "save it as plain SVG")

    def instruction(target: str, _: str) -> None:
        _refuse(f"a processing instruction (<?{target[:40]}?>)")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    parser.ProcessingInstructionHandler = instruction
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadInput(
            f"this file is no well-formed XML: {error}", "export it as SVG again"
        ) from None
    return builder.close()


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def _refuse(what: str, hint: str = "") -> NoReturn:
    raise BadInput(f"the SVG holds {what}", hint or "remove it and save again")


def _clean(parent: ET.Element) -> None:
    """Refuses what is dangerous; drops what is foreign."""
    _clean_attributes(parent)
    for child in list(parent):
        namespace, _, name = child.tag.rpartition("}")
        if namespace != "{" + SVG or name in _DROPPED:
            _drop(parent, child)
        elif name == "style":
            _refuse(
                "a style sheet (<style>)", "save it with styles as attributes, as Inkscape does"
            )
        elif name not in _KNOWN:
            _refuse(f"<{name[:40]}>, which pictures need not have")
        else:
            _clean(child)


def _drop(parent: ET.Element, child: ET.Element) -> None:
    tail, place = child.tail or "", list(parent).index(child)
    parent.remove(child)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def _clean_attributes(node: ET.Element) -> None:
    for key, value in list(node.attrib.items()):
        local = key.rpartition("}")[2]
        if local.lower().startswith("on"):
            _refuse(f"an event handler ({local[:40]})")
        if key in _HREFS:
            if not re.fullmatch(r"\s*#[\w:.\-]+\s*", value):
                _refuse(f"a reference to elsewhere ({value[:40]!r})", "only #ids of its own may be")
        elif key == f"{{{_XML}}}base":
            _refuse("an address that others are relative to (xml:base)")
        elif key.startswith("{") and key not in _KEPT_FOREIGN and not key.startswith(f"{{{_XML}}}"):
            del node.attrib[key]
        elif not local.startswith(("data-", "aria-")) and local not in ("id", "label"):
            _check_css(value)


def _check_css(text: str) -> None:
    """Refuses styles that load or hide something."""
    if "\\" in text or "@import" in text.lower():
        _refuse("a style with an import or an escape")
    without_local = _LOCAL_URL.sub("", text)
    if "url" in without_local.lower() and "(" in without_local:
        start = without_local.lower().index("url")
        _refuse(f"a reference to elsewhere ({without_local[start : start + 40]!r})")


def _references(node: ET.Element) -> Iterator[str]:
    """The ids that an element itself refers to."""
    for key, value in node.attrib.items():
        if key in _HREFS:
            yield value.strip()[1:]
        elif "url(" in value and not key.startswith(("data-", "aria-")):
            yield from (found[1] for found in _LOCAL_URL.findall(value))


def _check_references(root: ET.Element) -> None:
    """Refuses what is referred to and refers on: a few lines could stand for millions."""
    by_id: dict[str, ET.Element] = {}
    for node in root.iter():
        if node.get("id"):
            by_id.setdefault(node.attrib["id"], node)
    copied = 0
    for node in root.iter():
        for target in map(by_id.get, _references(node)):
            if target is None or name_of(target) in _GRADIENTS:
                continue
            for inner in target.iter():
                copied += 1
                if copied > MOST_NODES:
                    _refuse(f"copies of more than {MOST_NODES:,} elements", "unlink clones first")
                for name in _references(inner):
                    again = by_id.get(name)
                    if again is not None and name_of(again) not in _GRADIENTS:
                        _refuse(f"references to references (#{name[:40]})", "unlink clones first")


def _size(root: ET.Element) -> tuple[int, int]:
    sides: list[float | None] = [_length(root.get(name)) for name in ("width", "height")]
    box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    if len(box) == 4 and None in sides:
        sides = [
            _length(each) if side is None else side
            for each, side in zip(box[2:], sides, strict=True)
        ]
    width, height = sides
    if width is None or height is None:
        raise BadInput("the SVG does not say its size", "give <svg> a width and a height")
    found = round(width), round(height)
    if not all(SMALLEST <= side <= LARGEST for side in found):
        raise BadInput(
            f"the SVG is {found[0]} by {found[1]} pixels",
            f"each side must have {SMALLEST} to {LARGEST} pixels",
        )
    return found


def _length(text: str | None) -> float | None:
    match = _LENGTH.fullmatch(text or "")
    value = float(match[1]) * _PIXELS[match[2]] if match else None
    return value if value is not None and value < 1e6 else None


def _elements(root: ET.Element) -> tuple[EditedElement, ...]:
    found: dict[str, EditedElement] = {}
    for node in root.iter():
        element = node.get("data-element")
        if element is None or element in found:
            continue
        kind = node.get("data-kind") or "prop"
        if element.startswith("_"):
            kind = "scenery"  # a thing's near side: the shapes in it name the thing itself
        clues = tuple((node.get("data-clues") or "").split())
        for name in () if kind in BACKGROUND else (element, *clues):
            if not _ID.fullmatch(name):
                _refuse(f"{name[:40]!r} where an id must stand", "see data-element and data-clues")
        found[element] = EditedElement(element, kind, clues)
    return tuple(found.values())
