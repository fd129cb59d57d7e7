"""Regions drawn over their picture, and listed for those who don't see it.

The drawing is made of numbers only; nothing of a painter's SVG comes into the page.
"""

from __future__ import annotations

from collections.abc import Mapping

from storypainter.picture import Region
from storypainter.report.markup import Html, el
from storypainter.report.words import counted, shortened

#: What is drawn of a picture's regions; a hostile run may record millions.
MAX_REGIONS = 300
MAX_POINTS = 20_000


def overlay(regions: tuple[Region, ...], marks: Mapping[str, str], width: int, height: int) -> Html:
    """The regions as shapes over a picture of ``width`` by ``height`` pixels.

    Args:
        regions: in drawing order.
        marks: clue id -> the class that lights up the regions which carry it.
        width: of the picture that the regions were measured in.
        height: the same.
    """
    left = MAX_POINTS
    shapes: list[Html] = []
    for region in regions:
        points = sum(len(ring) for ring in region.polygons)
        left -= points
        shapes.append(_shape(region, marks, outlined=points > 0 and left >= 0))
    return el(
        "svg",
        shapes,
        cls="regions",
        viewBox=f"0 0 {width} {height}",
        preserveAspectRatio="xMidYMid meet",
        aria_hidden="true",
    )


def _shape(region: Region, marks: Mapping[str, str], *, outlined: bool) -> Html:
    names = ["region", *dict.fromkeys(marks[clue] for clue in region.clues if clue in marks)]
    if outlined:
        rings = [el("polygon", points=_points(ring)) for ring in region.polygons]
    else:
        left, top, right, bottom = region.box
        rings = [
            el(
                "rect",
                x=_number(left),
                y=_number(top),
                width=_number(right - left),
                height=_number(bottom - top),
            )
        ]
    return el("g", el("title", _label(region)), rings, cls=" ".join(names))


def _points(ring: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in ring)


def _number(value: float) -> str:
    return f"{max(-1e6, min(1e6, value)):.1f}".removesuffix(".0")


def _label(region: Region) -> str:
    return shortened(f"{region.element}: {region.kind}", 120)


def region_table(regions: tuple[Region, ...]) -> Html:
    """The regions as a table: what, where, how much of it is visible, which clues."""
    rows = [
        el(
            "tr",
            el("th", _label(region), scope="row", dir="auto"),
            el("td", region.quadrant),
            el("td", f"{100 * region.visible:.0f} %"),
            el("td", shortened(", ".join(region.clues), 200)),
        )
        for region in regions[:MAX_REGIONS]
    ]
    rest = len(regions) - len(rows)
    return el(
        "table",
        el("caption", f"{counted(rest, 'more region is', 'more regions are')} not shown")
        if rest
        else None,
        el(
            "thead",
            el(
                "tr",
                [el("th", name, scope="col") for name in ("Element", "Where", "Visible", "Clues")],
            ),
        ),
        el("tbody", rows),
    )
