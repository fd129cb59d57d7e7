"""What is made of ink's pictures besides the pictures: regions, pages for paper, edited drawings.

All of it is written beside a run's own files, whole or not at all, and can be made again at any
time from the stored pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import orjson

from storypainter.errors import BadInput
from storypainter.picture import Picture, Region
from storypainter.runs.folder import RunFolder, write_atomically
from storypainter.runs.items import Item, items

PageName = Literal["A4", "Letter"]
_MOST_SVG = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Edited:
    """An edited drawing, read back: its files, and its Regions as they are now."""

    files: tuple[Path, ...]
    regions: tuple[Region, ...]


def write_regions(folder: RunFolder) -> tuple[Path, ...]:
    """Regions of all of a run's pictures as JSON and CSV, and drawn over each picture.

    Writes ``regions.json``, ``regions.csv``, ``balance.json`` (how pictures weigh to the left and
    the right) and ``regions/ID.png``; returns what was written.

    Raises:
        BadInput: no picture of the run knows its Regions (they are known for ink's only).
    """
    from storypainter.ink.composition.balance import balance
    from storypainter.ink.drawing.render import to_png
    from storypainter.ink.files.region_files import RegionSheet, regions_to_csv, regions_to_json
    from storypainter.ink.files.region_overlay import draw_regions

    sheets, weights, written = [], {}, []
    for item, picture, svg in _drawn(folder):
        name = item.story.id if item.story else str(item.index)
        known = {} if item.scene is None else {e.id: e.importance for e in item.scene.elements}
        size = picture.width, picture.height
        sheets.append(RegionSheet(name, *size, picture.regions, known))
        weights[name] = asdict(balance(svg, picture.regions, *size))
        target = folder.path / "regions" / f"{_file_name(name)}.png"
        _keep(target, to_png(draw_regions(svg, picture.regions, *size)))
        written.append(target)
    if not sheets:
        raise BadInput(
            f"{folder.path}: no picture here knows its regions",
            "they are known for pictures that ink draws",
        )
    for file, data in (
        ("regions.json", regions_to_json(sheets)),
        ("regions.csv", regions_to_csv(sheets)),
        ("balance.json", orjson.dumps(weights, option=orjson.OPT_INDENT_2) + b"\n"),
    ):
        write_atomically(folder.path / file, data)
        written.append(folder.path / file)
    return tuple(written)


def write_pages(
    folder: RunFolder, page: PageName, form: Literal["png", "pdf"] = "pdf"
) -> tuple[Path, ...]:
    """Each of ink's pictures of a run on a page of paper at 300 dpi, as ``print/ID.pdf``."""
    from storypainter.ink.files.printing import to_print

    written = []
    for item, _, svg in _drawn(folder):
        name = item.story.id if item.story else str(item.index)
        target = folder.path / "print" / f"{_file_name(name)}.{form}"
        _keep(target, to_print(svg, page=page, format=form))
        written.append(target)
    if not written:
        raise BadInput(f"{folder.path}: no drawing here to print", "ink's pictures can be printed")
    return tuple(written)


def finish_svg(source: Path, out: Path, *, page: PageName | None = None) -> Edited:
    """Paint an SVG of ours that somebody edited, with its Regions as they are now.

    Writes ``NAME.svg`` (cleaned of what could do harm), ``NAME.png``, ``NAME-regions.png``,
    ``NAME-regions.json`` and ``NAME-regions.csv`` into ``out``, and ``NAME.pdf`` if a page is
    given.

    Raises:
        BadInput: no such file, or what in it is refused.
    """
    from storypainter.ink.drawing.render import to_png
    from storypainter.ink.files.printing import to_print
    from storypainter.ink.files.region_files import RegionSheet, regions_to_csv, regions_to_json
    from storypainter.ink.files.region_overlay import draw_regions
    from storypainter.ink.files.svg_files import read_svg
    from storypainter.ink.files.svg_regions import regions_of_svg

    try:
        if source.stat().st_size > _MOST_SVG:
            raise BadInput(f"{source} is larger than 32 MB", "save it without embedded pictures")
        data = source.read_bytes()
    except OSError as error:
        raise BadInput(f"cannot read {source}: {error.strerror}", "give an SVG file") from None
    drawing = read_svg(data)
    regions = regions_of_svg(drawing)
    sheets = (RegionSheet(source.stem, drawing.width, drawing.height, regions),)
    made = {
        ".svg": drawing.svg.encode(),
        ".png": to_png(drawing.svg),
        "-regions.png": to_png(draw_regions(drawing.svg, regions, drawing.width, drawing.height)),
        "-regions.json": regions_to_json(sheets),
        "-regions.csv": regions_to_csv(sheets),
    }
    if page is not None:
        made[".pdf"] = to_print(drawing.svg, page=page, format="pdf")
    if (out / f"{source.stem}.svg").resolve() == source.resolve():
        del made[".svg"]  # the edited file itself stays as it is
    for ending, content in made.items():
        _keep(out / f"{source.stem}{ending}", content)
    return Edited(tuple(out / f"{source.stem}{ending}" for ending in made), regions)


def _drawn(folder: RunFolder) -> Iterator[tuple[Item, Picture, str]]:
    """The items whose pictures are drawings with known Regions, and their SVG."""
    for item in items(folder):
        if item.picture is not None and item.picture.svg and item.picture.regions:
            yield item, item.picture, folder.read_file(item.picture.svg).decode()


def _keep(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(target, data)


def _file_name(name: str) -> str:
    """A story's id as a file name: ids hold letters, digits and ``_ . : -`` only."""
    return name.replace(":", "_").lstrip(".") or "picture"
