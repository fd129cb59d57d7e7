"""Regions as files, balance, the overlay, and pages to print."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storypainter.errors import BadInput
from storypainter.ink.composition.balance import balance
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import box
from storypainter.ink.drawing.palette import Style, colour
from storypainter.ink.drawing.render import to_png
from storypainter.ink.files.printing import page_for, to_print
from storypainter.ink.files.region_files import (
    COLUMNS,
    RegionSheet,
    regions_from_csv,
    regions_from_json,
    regions_to_csv,
    regions_to_json,
)
from storypainter.ink.files.region_overlay import draw_regions
from storypainter.picture import Region

ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,12}", fullmatch=True)
tenths = st.integers(0, 9999).map(lambda value: value / 10)
points = st.tuples(tenths, tenths)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=12)


@st.composite
def some_regions(draw: st.DrawFn) -> Region:
    xs, ys = (sorted(draw(st.tuples(tenths, tenths))) for _ in "xy")
    return Region(
        element=draw(ids),
        kind=draw(texts),
        clues=tuple(draw(st.lists(ids, max_size=3))),
        box=(xs[0], ys[0], xs[1], ys[1]),
        polygons=tuple(
            tuple(ring)
            for ring in draw(st.lists(st.lists(points, min_size=3, max_size=6), max_size=3))
        ),
        visible=draw(st.integers(0, 10_000)) / 10_000,
        area=draw(tenths),
        side=draw(st.sampled_from(["left", "right", "centre"])),
        quadrant=draw(st.sampled_from(["top left", "bottom right"])),
    )


@st.composite
def some_sheets(draw: st.DrawFn) -> RegionSheet:
    regions = draw(st.lists(some_regions(), min_size=1, max_size=4, unique_by=lambda r: r.element))
    rated = draw(st.lists(st.sampled_from([r.element for r in regions]), unique=True))
    importance = {name: draw(st.floats(0, 1)) for name in rated}
    return RegionSheet(draw(texts), 1024, 768, tuple(regions), importance)


@given(st.lists(some_sheets(), max_size=3, unique_by=lambda sheet: sheet.picture))
def test_csv_and_json_come_back_as_they_went(sheets: list[RegionSheet]) -> None:
    assert regions_from_json(regions_to_json(sheets)) == tuple(sheets)
    assert regions_from_csv(regions_to_csv(sheets)) == tuple(sheets)


def _region(**more: object) -> Region:
    fields: dict[str, object] = {
        "element": "ball",
        "kind": "football",
        "clues": ("c1", "c2"),
        "box": (10, 20, 60, 50.5),
        "polygons": (((10, 20), (60, 20), (60, 50.5)), ((1, 1), (2, 1), (2, 2))),
        "visible": 0.75,
        "area": 1024.0,
        "side": "left",
        "quadrant": "top left",
    }
    return Region.model_validate({**fields, **more})


def test_csv_has_a_row_a_polygon() -> None:
    sheet = RegionSheet("p.png", 1024, 1000, (_region(),), {"ball": 0.5})
    rows = list(csv.DictReader(io.StringIO(regions_to_csv([sheet]).decode())))
    assert [row["polygon"] for row in rows] == ["1", "2"]
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["points"] == "10,20 60,20 60,50.5"
    assert [rows[0][name] for name in ("x", "y", "width", "height")] == [
        "10.0",
        "20.0",
        "50.0",
        "30.5",
    ]
    assert (rows[0]["area_share"], rows[0]["importance"]) == ("0.001", "0.5")


@pytest.mark.parametrize("start", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "'=x"])
def test_no_cell_is_a_formula(start: str) -> None:
    sheet = RegionSheet(start, 10, 10, (_region(kind=start),))
    data = regions_to_csv([sheet])
    row = next(csv.DictReader(io.StringIO(data.decode())))
    assert row["kind"] == row["picture"] == "'" + start
    assert all(not cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    assert regions_from_csv(data) == (sheet,)


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"a,b\n1,2\n", "row 2"), (b"\xff\xfe", "no CSV")],
)
def test_bad_csv_is_told(data: bytes, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        regions_from_csv(data)


def test_bad_cells_and_json_are_told() -> None:
    good = regions_to_csv([RegionSheet("p", 10, 10, (_region(),))]).decode()
    with pytest.raises(BadInput, match=r"row 2: ValueError"):
        regions_from_csv(good.replace("0.75", "much").encode())
    with pytest.raises(BadInput, match="visible"):
        regions_from_csv(good.replace("0.75", "7.5").encode())
    body = regions_to_json([RegionSheet("p", 10, 10, (_region(),))]).decode()
    for data, why in (
        ("{", "no JSON"),
        ("[]", "no Regions"),
        (body.replace("0.75", "7.5"), "picture 1: visible"),
        (body.replace('"regions"', '"areas"'), "picture 1: KeyError"),
    ):
        with pytest.raises(BadInput, match=why):
            regions_from_json(data.encode())


def _halves(left: str, right: str) -> str:
    canvas = Canvas(512, 512, Style(), background="#ffffff")
    with canvas.layer("a", 0):
        canvas.fill(box(0, 0, 256, 512), left)
        canvas.fill(box(256, 0, 512, 512), right)
    return canvas.to_svg()


def test_balance_leans_to_where_the_mass_is() -> None:
    whole = _region(box=(0, 0, 512, 512), polygons=(((0, 0), (512, 0), (512, 512), (0, 512)),))
    even = balance(_halves("#000000", "#000000"), [whole], 512, 512)
    assert (even.area, even.ink) == (0.0, 0.0)
    right = _region(
        box=(256, 0, 512, 512), polygons=(((256, 0), (512, 0), (512, 512)),), area=65536
    )
    leaning = balance(_halves("#ffffff", "#000000"), [right], 512, 512)
    assert (leaning.area, leaning.ink) == (1.0, 1.0)
    assert (leaning.area_right, leaning.ink_right) == (0.25, 1.0)
    three = balance(_halves("#808080", "#000000"), [], 512, 512)
    assert three.area == 0.0
    assert three.ink == pytest.approx((1 - 0.498) / (1 + 0.498), abs=0.01)


def test_balance_turns_round_when_the_picture_is_mirrored() -> None:
    one, other = _halves("#333333", "#cccccc"), _halves("#cccccc", "#333333")
    assert balance(one, [], 512, 512).ink == -balance(other, [], 512, 512).ink


def test_overlay_names_every_region_and_keeps_off_heads() -> None:
    ring = lambda x, y, w, h: (((x, y), (x + w, y), (x + w, y + h), (x, y + h)),)  # noqa: E731
    girl = _region(
        element="girl", kind="person", box=(400, 300, 500, 800), polygons=ring(400, 300, 100, 500)
    )
    hat = _region(
        element="hat", box=(410, 270, 490, 300), polygons=ring(410, 270, 80, 30), area=2400
    )
    hidden = _region(element="ghost", polygons=(), visible=0)
    svg = draw_regions(to_png(_halves("#ffffff", "#eeeeee")), [girl, hat, hidden], 1024, 1024)
    root = ET.fromstring(svg)
    names = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert names == ["girl", "hat"]
    labels = root.find("*[@id='labels']")
    assert labels is not None
    boxes = []
    for rect in labels.iter("{http://www.w3.org/2000/svg}rect"):
        x, y, w, h = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert x + w <= 1024
        boxes.append((x, y, x + w, y + h))
    head = (400, 300, 500, 400)
    for one in boxes:
        assert one[2] <= head[0] or one[0] >= head[2] or one[3] <= head[1] or one[1] >= head[3]
    first, second = boxes
    assert (
        first[2] <= second[0]
        or second[2] <= first[0]
        or first[3] <= second[1]
        or second[3] <= first[1]
    )
    assert Image.open(io.BytesIO(to_png(svg))).size == (1024, 1024)


def test_overlay_of_what_is_no_picture() -> None:
    with pytest.raises(BadInput, match="no PNG"):
        draw_regions(b"GIF89a", [], 100, 100)


def test_overlay_escapes_names() -> None:
    svg = draw_regions("<svg xmlns='http://www.w3.org/2000/svg'/>", [_region()], 1024, 1024)
    ET.fromstring(svg)


@pytest.mark.parametrize(
    ("page", "dpi", "orientation", "size"),
    [
        ("A4", 300, "portrait", (2480, 3508)),
        ("A4", 300, "landscape", (3508, 2480)),
        ("A4", 300, "auto", (3508, 2480)),
        ("Letter", 300, "portrait", (2550, 3300)),
        ("A4", 150, "portrait", (1240, 1754)),
    ],
)
def test_pages_have_their_sizes(
    page: str, dpi: int, orientation: str, size: tuple[int, int]
) -> None:
    place = page_for(1536, 1024, page=page, dpi=dpi, orientation=orientation)  # type: ignore[arg-type]
    assert (place.width, place.height) == size
    assert place.picture_width / place.picture_height == pytest.approx(1.5, abs=0.01)


@given(st.integers(64, 8000), st.integers(64, 8000), st.floats(0, 90), st.integers(72, 600))
def test_pictures_fit_between_the_margins(width: int, height: int, margin: float, dpi: int) -> None:
    place = page_for(width, height, margin_mm=margin, dpi=dpi)
    least = int(margin / 25.4 * dpi) - 1
    for start, length, whole in (
        (place.left, place.picture_width, place.width),
        (place.top, place.picture_height, place.height),
    ):
        assert start >= least
        assert start + length <= whole - least


def test_printed_png_knows_its_resolution_and_bytes_repeat() -> None:
    svg = _halves("#ffffff", "#000000")
    data = to_print(svg, dpi=100)
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (827, 1169)
        assert image.info["dpi"] == pytest.approx((100, 100), abs=0.01)
        pixels = np.asarray(image.convert("L"))
    assert pixels[0, 0] == 255
    assert pixels[584, 300] == 255
    assert pixels[584, 600] == 0
    assert to_print(svg, dpi=100) == data


def test_printed_pdf_is_one_page_of_a4() -> None:
    svg = _halves("#ffffff", colour("red"))
    data = to_print(svg, dpi=150, format="pdf")
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") == 1
    assert b"595.2" in data
    assert to_print(svg, dpi=150, format="pdf") == data


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("page", "A9"),
        ("dpi", 10),
        ("dpi", 1200),
        ("margin_mm", -1),
        ("margin_mm", 100),
        ("orientation", "askew"),
        ("format", "tiff"),
        ("margin_mm", float("nan")),
    ],
)
def test_printing_refuses_what_it_cannot_do(option: str, value: object) -> None:
    with pytest.raises(BadInput) as caught:
        to_print(_halves("#ffffff", "#000000"), **{option: value})  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
