"""Pictures for paper: a page of PNG or PDF with the picture as large as its margins let it be."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from storypainter.errors import BadInput, MissingExtra
from storypainter.ink.drawing.render import to_png
from storypainter.ink.files.svg_files import read_svg

if TYPE_CHECKING:
    from PIL import Image

PageName = Literal["A4", "Letter"]
PageFormat = Literal["png", "pdf"]
Orientation = Literal["auto", "portrait", "landscape"]
_MILLIMETRES: dict[str, tuple[float, float]] = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
_INCH = 25.4
LEAST_DPI, MOST_DPI = 72, 600
#: JPEG inside the PDF: fine enough that no fringes show around ink.
_QUALITY = 96
#: A PDF tells when it was made; ours says always the same, so that same input gives same bytes.
_MADE = time.gmtime(0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page in pixels, and where on it the picture lies."""

    width: int
    height: int
    left: int
    top: int
    picture_width: int
    picture_height: int


def page_for(
    width: int,
    height: int,
    *,
    page: PageName = "A4",
    dpi: int = 300,
    orientation: Orientation = "auto",
    margin_mm: float = 12.0,
) -> Page:
    """The page on which a picture of ``width`` by ``height`` lies centred, as large as can be.

    ``auto`` turns the page for pictures that are wider than high.

    Raises:
        BadInput: an unknown page or orientation, a resolution out of range, margins that leave
            no room.
    """
    for name, value, choices in (
        ("page", page, get_args(PageName)),
        ("orientation", orientation, get_args(Orientation)),
    ):
        if value not in choices:
            raise BadInput(f"no {name} {value!r}", f"use one of: {', '.join(choices)}")
    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise BadInput(f"dpi is {dpi}", f"use {LEAST_DPI} to {MOST_DPI}")
    short, long = _MILLIMETRES[page]
    turned = orientation == "landscape" or (orientation == "auto" and width > height)
    sides = (long, short) if turned else (short, long)
    if not 0 <= margin_mm <= short / 2 - 10:
        raise BadInput(f"a margin of {margin_mm:g} mm", f"use 0 to {short / 2 - 10:g}")
    page_width, page_height = (round(side / _INCH * dpi) for side in sides)
    margin = margin_mm / _INCH * dpi
    scale = min((page_width - 2 * margin) / width, (page_height - 2 * margin) / height)
    inner_width, inner_height = max(1, round(width * scale)), max(1, round(height * scale))
    return Page(
        page_width,
        page_height,
        (page_width - inner_width) // 2,
        (page_height - inner_height) // 2,
        inner_width,
        inner_height,
    )


def to_print(
    svg: str,
    *,
    page: PageName = "A4",
    dpi: int = 300,
    format: PageFormat = "png",
    orientation: Orientation = "auto",
    margin_mm: float = 12.0,
) -> bytes:
    """A page to print. Same arguments, same bytes.

    Args:
        svg: the picture; checked as one from outside.
        page: the paper.
        dpi: pixels an inch, 72 to 600. A4 at 300 has 2480 by 3508 pixels.
        format: ``png``, or ``pdf`` (one page that holds the picture at this resolution).
        orientation: ``auto`` turns the paper for pictures that are wider than high.
        margin_mm: free room on all sides, in millimetres.

    Raises:
        BadInput: see :func:`page_for` and :func:`storypainter.ink.files.svg_files.read_svg`.
        MissingExtra: Pillow is not installed.
    """
    if format not in get_args(PageFormat):
        raise BadInput(f"no format {format!r} to print", "use png or pdf")
    drawing = read_svg(svg.encode())
    place = page_for(
        drawing.width,
        drawing.height,
        page=page,
        dpi=dpi,
        orientation=orientation,
        margin_mm=margin_mm,
    )
    sheet = _sheet(drawing.svg, place)
    out = io.BytesIO()
    if format == "png":
        sheet.save(out, "PNG", dpi=(dpi, dpi))
    else:
        sheet.save(
            out,
            "PDF",
            resolution=dpi,
            quality=_QUALITY,
            subsampling=0,
            producer="storypainter",
            creationDate=_MADE,
            modDate=_MADE,
        )
    return out.getvalue()


def _sheet(svg: str, place: Page) -> Image.Image:
    try:
        from PIL import Image
    except ImportError:
        raise MissingExtra("printing", "print") from None
    sheet = Image.new("RGB", (place.width, place.height), "white")
    with Image.open(io.BytesIO(to_png(svg, width=place.picture_width))) as picture:
        sheet.paste(picture.convert("RGB"), (place.left, place.top))
    return sheet
