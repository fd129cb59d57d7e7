"""Regions as files: JSON to keep, and CSV with one row a polygon for eye-tracking tools.

Both name the picture and its size, so that what is written can be read back.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.picture import Region

FORMAT = "storypainter regions 1"
LARGEST_BYTES = 50_000_000
COLUMNS = (
    *("picture", "picture_width", "picture_height", "element", "kind", "clues", "importance"),
    *("polygon", "points", "x", "y", "width", "height"),
    *("visible", "area", "area_share", "side", "quadrant"),
)
_TEXT_COLUMNS = frozenset(("picture", "element", "kind", "clues"))
#: A cell that begins like this is a formula to a spreadsheet, or would look like our escape.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


@dataclass(frozen=True, slots=True)
class RegionSheet:
    """The Regions of one picture.

    ``picture`` names it (a file or an id); ``width`` and ``height`` are its size in pixels;
    ``importance`` maps ids of elements to how much they tell of the story, 0 to 1, where known.
    """

    picture: str
    width: int
    height: int
    regions: tuple[Region, ...]
    importance: Mapping[str, float] = field(default_factory=dict)


def regions_to_json(sheets: Sequence[RegionSheet]) -> bytes:
    """Sheets as JSON (UTF-8), same sheets, same bytes."""
    pictures = [
        {
            "picture": sheet.picture,
            "width": sheet.width,
            "height": sheet.height,
            "regions": [_as_object(sheet, region) for region in sheet.regions],
        }
        for sheet in sheets
    ]
    text = json.dumps({"format": FORMAT, "pictures": pictures}, ensure_ascii=False, indent=1)
    return (text + "\n").encode()


def _as_object(sheet: RegionSheet, region: Region) -> dict[str, Any]:
    made = region.model_dump(mode="json")
    made["area_share"] = _area_share(sheet, region)
    if region.element in sheet.importance:
        made["importance"] = sheet.importance[region.element]
    return made


def _area_share(sheet: RegionSheet, region: Region) -> float:
    return round(region.area / (sheet.width * sheet.height), 6)


def regions_from_json(data: bytes) -> tuple[RegionSheet, ...]:
    """What :func:`regions_to_json` wrote.

    Raises:
        BadInput: it is no such file; the line says where.
    """
    _check_length(data)
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"this file is no JSON: {error}", "give a file of Regions") from None
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise BadInput("this JSON holds no Regions", f'its "format" must be "{FORMAT}"')
    sheets = []
    pictures = body.get("pictures")
    for number, each in enumerate(pictures if isinstance(pictures, list) else [], start=1):
        try:
            sheets.append(_sheet_of(each))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise BadInput(
                f"picture {number}: {place}: {first['msg']}", "mend that Region"
            ) from None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadInput(
                f"picture {number}: {type(error).__name__}: {error}", "see docs: Regions as files"
            ) from None
    return tuple(sheets)


def _sheet_of(body: Mapping[str, Any]) -> RegionSheet:
    regions, importance = [], {}
    for each in body["regions"]:
        fields = {key: value for key, value in each.items() if key in Region.model_fields}
        region = Region.model_validate(fields)
        regions.append(region)
        if each.get("importance") is not None:
            importance[region.element] = float(each["importance"])
    sizes = int(body["width"]), int(body["height"])
    return RegionSheet(str(body["picture"]), *sizes, tuple(regions), importance)


def regions_to_csv(sheets: Sequence[RegionSheet]) -> bytes:
    """Sheets as CSV (UTF-8, RFC 4180): a header, then one row a polygon, in pixels.

    ``points`` are "x,y x,y …"; ``x``, ``y``, ``width``, ``height`` are the element's box;
    ``visible`` is the share of the element that shows, ``area_share`` its share of the picture.
    An element that nobody sees has one row without points. A text that begins with =, +, -, @ or
    an apostrophe gets an apostrophe before it, so that spreadsheets run no formula.
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for sheet in sheets:
        for region in sheet.regions:
            for number, points in enumerate(region.polygons or ((),), start=1):
                writer.writerow(_row(sheet, region, number, points))
    return out.getvalue().encode()


def _row(
    sheet: RegionSheet, region: Region, number: int, points: Iterable[tuple[float, float]]
) -> dict[str, Any]:
    left, top, right, bottom = region.box
    row: dict[str, Any] = {
        "picture": sheet.picture,
        "picture_width": sheet.width,
        "picture_height": sheet.height,
        "element": region.element,
        "kind": region.kind,
        "clues": " ".join(region.clues),
        "importance": sheet.importance.get(region.element, ""),
        "polygon": number,
        "points": " ".join(f"{x:g},{y:g}" for x, y in points),
        "x": left,
        "y": top,
        "width": round(right - left, 1),
        "height": round(bottom - top, 1),
        "visible": region.visible,
        "area": region.area,
        "area_share": _area_share(sheet, region),
        "side": region.side,
        "quadrant": region.quadrant,
    }
    return {key: _escaped(value) if key in _TEXT_COLUMNS else value for key, value in row.items()}


def _escaped(text: str) -> str:
    return "'" + text if text.startswith(_RISKY) else text


def _unescaped(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_RISKY) else text


def regions_from_csv(data: bytes) -> tuple[RegionSheet, ...]:
    """What :func:`regions_to_csv` wrote; sheets without any Region are not in a CSV.

    Raises:
        BadInput: a column is missing or a cell can't be read; the line says which row.
    """
    _check_length(data)
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"this file is no CSV in UTF-8: {error}", "save it as CSV UTF-8") from None
    found: dict[str, tuple[int, int, dict[str, dict[str, Any]], dict[str, float]]] = {}
    for number, row in enumerate(rows, start=2):
        try:
            _read_row(row, found)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise BadInput(
                f"row {number}: {type(error).__name__}: {error}",
                f"its columns must be: {', '.join(COLUMNS)}",
            ) from None
    return tuple(
        RegionSheet(picture, width, height, _validated(picture, regions.values()), importance)
        for picture, (width, height, regions, importance) in found.items()
    )


def _read_row(
    row: Mapping[str, str],
    found: dict[str, tuple[int, int, dict[str, dict[str, Any]], dict[str, float]]],
) -> None:
    picture, element = _unescaped(row["picture"]), _unescaped(row["element"])
    sizes = int(row["picture_width"]), int(row["picture_height"])
    regions, importance = found.setdefault(picture, (*sizes, {}, {}))[2:]
    x, y, width, height = (float(row[name]) for name in ("x", "y", "width", "height"))
    region = regions.setdefault(
        element,
        {
            "element": element,
            "kind": _unescaped(row["kind"]),
            "clues": tuple(_unescaped(row["clues"]).split()),
            "box": (x, y, round(x + width, 1), round(y + height, 1)),
            "polygons": (),
            "visible": float(row["visible"]),
            "area": float(row["area"]),
            "side": row["side"],
            "quadrant": row["quadrant"],
        },
    )
    if row["importance"]:
        importance[element] = float(row["importance"])
    if row["points"]:
        pairs = (point.split(",") for point in row["points"].split())
        region["polygons"] += (tuple((float(px), float(py)) for px, py in pairs),)


def _validated(picture: str, regions: Iterable[Mapping[str, Any]]) -> tuple[Region, ...]:
    made = []
    for each in regions:
        try:
            made.append(Region.model_validate(each))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise BadInput(
                f"{picture}, element {each['element']!r}: {place}: {first['msg']}", "mend that row"
            ) from None
    return tuple(made)


def _check_length(data: bytes) -> None:
    if len(data) > LARGEST_BYTES:
        raise BadInput(
            f"the file has {len(data):,} bytes; at most {LARGEST_BYTES:,} are read", "split it"
        )
