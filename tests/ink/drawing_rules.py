"""What holds for every Drawing of any Scene, told as a list of faults."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from storypainter.ink import Drawing
from storypainter.ink.painter import CLUE_SHARE, FACE_SHARE, TEXT_SHARE
from storypainter.picture import Region
from storypainter.scene import Animal, Person, Scene, Sign

SVG = "{http://www.w3.org/2000/svg}"
_REPORT = re.compile(
    r"(?P<element>[^ ]+): (cannot be seen"
    r"|(?P<edge>\d+% lies outside the picture)"
    r"|only (?P<share>\d+)% can be seen \(a clue needs \d+%\)"
    r"|only (?P<part_share>\d+)% of the (?P<part>face|text) can be seen \(needs \d+%\)"
    r"|(?P<contact>no hand is on [^ ]+, \d+% of a body height away"
    r"|\d+\.\d% of a body height above the ground|an arm hides \d+% of the own face))"
)
#: Regions round their share to four digits, reports to a percent.
_ROUNDING = 0.0051


def faults(scene: Scene, drawing: Drawing, width: int, height: int) -> list[str]:
    """What is wrong with a Drawing of ``scene``, one line each."""
    return [
        *_svg_faults(scene, drawing, width, height),
        *_png_faults(drawing, width, height),
        *_region_faults(scene, drawing, width, height),
        *_report_faults(scene, drawing),
    ]


def _svg_faults(scene: Scene, drawing: Drawing, width: int, height: int) -> Iterator[str]:
    try:
        root = ET.fromstring(drawing.svg)
    except ET.ParseError as error:
        yield f"svg: {error}"
        return
    if root.get("viewBox") != f"0 0 {width} {height}":
        yield f"svg: the viewBox is {root.get('viewBox')}"
    names = [each.get("id") for each in root.iter() if each.get("id")]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        yield f"svg: ids that are used twice: {sorted(map(str, twice))}"
    for each in root.iter():
        if each.tag in (f"{SVG}script", f"{SVG}image", f"{SVG}text", f"{SVG}foreignObject"):
            yield f"svg: an element {each.tag}"
        for name, value in each.attrib.items():
            if name != "id" and re.search(r"(?i)\b(nan|inf)\b|javascript:", value):
                yield f"svg: {name} is {value[:60]!r}"
    shown = {region.element for region in drawing.regions if region.area > 0}
    lost = shown & {element.id for element in scene.elements} - set(names)
    if lost:
        yield f"svg: no group for {sorted(lost)}"


def _png_faults(drawing: Drawing, width: int, height: int) -> Iterator[str]:
    if not drawing.png.startswith(b"\x89PNG"):
        yield "png: no PNG"
    size = tuple(int.from_bytes(drawing.png[at : at + 4], "big") for at in (16, 20))
    if size != (width, height):
        yield f"png: its size is {size}"


def _region_faults(scene: Scene, drawing: Drawing, width: int, height: int) -> Iterator[str]:
    elements = {element.id: element for element in scene.elements}
    names = [region.element for region in drawing.regions]
    if len(names) != len(set(names)):
        yield f"regions: an element has two: {names}"
    for region in drawing.regions:
        where = f"region of {region.element}"
        if region.element not in elements:
            yield f"{where}: no such element"
            continue
        if region.clues != elements[region.element].clues:
            yield f"{where}: other clues: {region.clues}"
        left, top, right, bottom = region.box
        if not (0 <= left <= right <= width and 0 <= top <= bottom <= height):
            yield f"{where}: its box is outside the canvas: {region.box}"
        if region.area > width * height:
            yield f"{where}: larger than the canvas: {region.area}"
        if (region.visible > 0) != (region.area > 0):
            yield f"{where}: {region.visible:.0%} of it is visible, {region.area} pixels"
        if bool(region.polygons) != (region.area > 0):
            yield f"{where}: {len(region.polygons)} polygons for {region.area} pixels"
        points = [point for ring in region.polygons for point in ring]
        # Coordinates are told with one digit.
        if any(
            not (left - 0.1 <= x <= right + 0.1 and top - 0.1 <= y <= bottom + 0.1)
            for x, y in points
        ):
            yield f"{where}: a polygon leaves the box"
        if any(len(ring) < 3 for ring in region.polygons):
            yield f"{where}: a polygon with fewer than three corners"
    if sum(region.area for region in drawing.regions) > 1.02 * width * height:
        yield "regions: together larger than the canvas"


def _report_faults(scene: Scene, drawing: Drawing) -> Iterator[str]:
    regions = {region.element: region for region in drawing.regions}
    elements = {element.id: element for element in scene.elements}
    told: set[tuple[str, str]] = set()
    for report in drawing.reports:
        match = _REPORT.fullmatch(report)
        if match is None or match["element"] not in elements:
            yield f"report that nobody can read: {report}"
            continue
        element = elements[match["element"]]
        if match["edge"] is not None:
            if not isinstance(element, Person | Animal | Sign):
                yield f"report on the edge of what may be cut by it: {report}"
            continue
        if match["contact"] is not None:
            if not isinstance(element, Person):
                yield f"report on the hands or feet of what has none: {report}"
            continue
        told.add((element.id, match["part"] or "whole"))
        if match["part"] is None and not element.clues:
            yield f"report on an element without a clue: {report}"
        lettered = isinstance(element, Sign) or bool(getattr(element, "text", ""))
        if match["part"] == "text" and not lettered:
            yield f"report on the text of what is no sign: {report}"
        least = {"face": FACE_SHARE, "text": TEXT_SHARE}.get(match["part"] or "", CLUE_SHARE)
        share = int(match["part_share"] or match["share"] or 0) / 100
        if share > least + _ROUNDING:
            yield f"report on what is visible enough: {report}"
        if match["share"] and abs(regions[element.id].visible - share) > _ROUNDING:
            yield f"report and region differ: {report}; {regions[element.id].visible:.1%}"
    for element in scene.elements:
        if element.clues and (element.id, "whole") not in told:
            region = regions.get(element.id)
            if _share(region) < CLUE_SHARE - _ROUNDING:
                yield f"no report on {element.id}, a clue of which {_share(region):.0%} can be seen"


def _share(region: Region | None) -> float:
    return region.visible if region is not None else 0.0
