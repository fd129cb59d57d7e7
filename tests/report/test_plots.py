"""Plots: what is drawn is what was given, and nothing else."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from storypainter.errors import BadInput
from storypainter.report import plot_axes as axes
from storypainter.report.dimension_palette import LOOKS, PALETTE_CSS, SEQUENCE
from storypainter.report.markup import Stylesheet
from storypainter.report.page import stylesheet
from storypainter.report.plots import (
    PLOT_CSS,
    dimension_bars,
    dimension_panels,
    distribution,
    intervals,
    save_png,
    scatter,
)
from storypainter.report.plots_labels import DOT, Box, placed
from storypainter.story import Dimension

SVG = "{http://www.w3.org/2000/svg}"
NAN = math.nan
FULL = {each: (n + 1.0, n + 0.5, n + 1.5) for n, each in enumerate(Dimension)}


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def bars(svg: str) -> list[ElementTree.Element]:
    return [each for each in read(svg).iter(f"{SVG}rect") if "bar" in each.get("class", "")]


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in read(svg).iter(f"{SVG}text")]


def side(element: ElementTree.Element, name: str) -> float:
    return float(element.attrib[name])


# ----------------------------------------------------------------------- bars


def test_bars_are_as_high_as_their_values_and_stand_on_zero() -> None:
    drawn = bars(dimension_bars("Clues", {"a": FULL}))
    heights = [side(bar, "height") for bar in drawn]
    assert heights == pytest.approx([heights[0] * n for n in range(1, 8)], abs=0.1)
    feet = {round(side(bar, "y") + side(bar, "height"), 1) for bar in drawn}
    assert len(feet) == 1


def test_whiskers_end_at_the_interval() -> None:
    svg = dimension_bars("Clues", {"a": {Dimension.TIME: (2.0, 1.0, 4.0)}})
    (bar,) = bars(svg)
    foot, one = side(bar, "y") + side(bar, "height"), side(bar, "height") / 2
    (path,) = [p.attrib["d"] for p in read(svg).iter(f"{SVG}path")]
    low, high = map(float, re.match(r"M\S+ (\S+?)V([\d.]+)M", path).groups())  # type: ignore[union-attr]
    assert (foot - low, foot - high) == pytest.approx((one, 4 * one), abs=0.1)


def test_a_missing_value_says_so_and_zero_is_a_value() -> None:
    some = {Dimension.TIME: (0.0, 0.0, 0.4), Dimension.EVENT: (NAN, NAN, NAN)}
    svg = dimension_bars("Clues", {"a": some})
    assert texts(svg).count("no value") == 6
    (bar,) = bars(svg)
    assert side(bar, "height") == 0
    assert "a, Time: 0 (0 to 0.40)" in svg
    assert "Event no value" in svg


def test_an_unknown_interval_has_no_whisker() -> None:
    svg = dimension_bars("Clues", {"a": {Dimension.TIME: (1.0, NAN, NAN)}})
    assert not list(read(svg).iter(f"{SVG}path"))
    assert "Whiskers" not in svg


def test_bars_of_eight_series_do_not_touch() -> None:
    drawn = bars(dimension_bars("Clues", {str(n): FULL for n in range(8)}))
    assert len(drawn) == 56
    ordered = sorted((side(bar, "x"), side(bar, "width")) for bar in drawn)
    for (x, width), (after, _) in pairwise(ordered):
        assert x + width < after
    markers = {
        (each.tag, each.get("fill"), each.get("stroke"))
        for each in read(dimension_bars("", {str(n): FULL for n in range(8)})).iter()
        if each.tag in (f"{SVG}circle", f"{SVG}polygon")
    }
    assert len(markers) == 8


def test_the_highest_number_stands_below_the_axis_label() -> None:
    full = dict.fromkeys(Dimension, (100.0, 98.0, 100.0))
    svg = dimension_panels("Clues", {"A": {"a": full}}, y_label="share of all, %", y_max=100)
    at = {each.text: side(each, "y") for each in read(svg).iter(f"{SVG}text")}
    y = min(
        side(each, "y") - side(each, "font-size")
        for each in read(svg).iter(f"{SVG}text")
        if each.text == "100" and each.get("text-anchor") == "middle"
    )
    assert at["share of all, %"] < at["A"] <= y


def test_negative_values_hang_from_zero() -> None:
    some = {Dimension.TIME: (-2.0, -3.0, -1.0), Dimension.EVENT: (2.0, 1.0, 3.0)}
    down, up = bars(dimension_bars("Gain", {"a": some}))
    assert side(down, "y") == pytest.approx(side(up, "y") + side(up, "height"), abs=0.1)
    assert side(down, "height") == pytest.approx(side(up, "height"), abs=0.1)


def test_panels_share_one_scale_and_a_series_keeps_its_colour() -> None:
    one, two = {Dimension.TIME: (1.0, 1.0, 1.0)}, {Dimension.TIME: (4.0, 4.0, 4.0)}
    drawn = bars(dimension_panels("Clues", {"A": {"x": one, "y": two}, "B": {"y": one}}))
    assert side(drawn[1], "height") == pytest.approx(4 * side(drawn[0], "height"), abs=0.1)
    assert side(drawn[2], "height") == pytest.approx(side(drawn[0], "height"), abs=0.1)
    assert drawn[2].attrib["fill"] == drawn[1].attrib["fill"] != drawn[0].attrib["fill"]


@pytest.mark.parametrize(
    "series",
    [
        {str(n): FULL for n in range(9)},
        {"a": {Dimension.TIME: (1.0, 2.0, 0.5)}},
        {"a": {Dimension.TIME: (math.inf, 0.0, 1.0)}},
    ],
)
def test_what_cannot_be_drawn_is_refused(series: dict[str, dict[Dimension, axes.Scale]]) -> None:
    with pytest.raises(ValueError, match=r"more than 8|wrong way round|no place"):
        dimension_bars("Clues", series)  # type: ignore[arg-type]


# ----------------------------------------------------------------- points and rows


def test_points_stand_where_the_axes_say() -> None:
    svg = scatter("s", "x", "y", [(0, 0, "low"), (10, 5, "high"), (5, 2.5, "middle")])
    spots = [(side(c, "cx"), side(c, "cy")) for c in read(svg).iter(f"{SVG}circle")]
    low, high, middle = spots
    assert middle == pytest.approx([(a + b) / 2 for a, b in zip(low, high, strict=True)], abs=0.1)
    assert low[0] < high[0]
    assert low[1] > high[1]


def test_a_point_without_a_value_is_named_below() -> None:
    svg = scatter("s", "x", "y", [(1, 1, "a"), (NAN, 1, "unrated")])
    assert len(list(read(svg).iter(f"{SVG}circle"))) == 1
    assert "No value: unrated." in texts(svg)


@given(
    st.lists(
        st.tuples(st.floats(100, 900), st.floats(100, 500), st.text("abcdeW ", max_size=30)),
        max_size=25,
    )
)
@settings(deadline=None, max_examples=40)
def test_names_cover_no_name_and_no_point(points: list[tuple[float, float, str]]) -> None:
    frame = Box(80, 80, 920, 520)
    spots = [(x, y) for x, y, _ in points]
    found = [label for label in placed(spots, [n for *_, n in points], frame) if label]
    for place, label in enumerate(found):
        assert frame.holds(label.box)
        assert not any(label.box.meets(other.box) for other in found[place + 1 :])
        for x, y in spots:
            assert not label.box.meets(Box(x - DOT, y - DOT, x + DOT, y + DOT))


def test_names_without_room_are_listed() -> None:
    svg = scatter("s", "x", "y", [(1.0, 1.0, f"the very same place {n}") for n in range(30)])
    shown = [text for text in texts(svg) if text.startswith("the very same place")]
    listed = [text for text in texts(svg) if text.startswith("No room for these names")]
    assert 2 < len(shown) < 30
    assert listed


def test_a_dot_for_each_value_and_the_quartiles() -> None:
    svg = distribution("d", "words", {"a": [10, 20, 30, 40, 50], "b": [NAN, 7], "c": []})
    rows = [each for each in read(svg).iter(f"{SVG}g") if each.get("class") == "row"]
    dots = [c for c in rows[0].iter(f"{SVG}circle") if c.get("r") == "2.8"]
    assert len(dots) == 5
    assert "median 30.0, quartiles 20.0 to 40.0, all 10.0 to 50.0" in svg
    assert "n = 1, 1 missing" in texts(svg)
    assert "no value" in texts(svg)


def test_many_values_become_columns_in_proportion() -> None:
    svg = distribution("d", "x", {"a": [0.0] * 100 + [1.0] * 25})
    (row,) = [each for each in read(svg).iter(f"{SVG}g") if each.get("class") == "row"]
    high, low = [side(rect, "height") for rect in row.iter(f"{SVG}rect")]
    assert high == pytest.approx(4 * low, abs=0.1)


def test_intervals_and_their_line() -> None:
    svg = intervals("i", "gain", [("a", 1, -1, 3), ("b", NAN, NAN, NAN), ("c", 2, NAN, NAN)])
    lines = [each for each in read(svg).iter(f"{SVG}line") if each.get("stroke-width") == "2.2"]
    (line,) = lines
    (zero,) = [each for each in read(svg).iter(f"{SVG}line") if "stroke-dasharray" in each.attrib]
    unit = (side(line, "x2") - side(line, "x1")) / 4
    assert side(zero, "x1") == pytest.approx(side(line, "x1") + unit, abs=0.1)
    assert "1.00 (−1.00 to 3.00)" in texts(svg)
    assert "no value" in texts(svg)
    with pytest.raises(ValueError, match="wrong way round"):
        intervals("i", "gain", [("a", 1, 3, -1)])


# --------------------------------------------------------------------- all of them

HOSTILE = '<script>&"\x00\ud800]]>'
PLOTS = {
    "bars": lambda t: dimension_bars(t, {t: FULL}, y_label=t, note=t),
    "no bars": lambda t: dimension_bars(t, {}),
    "panels": lambda t: dimension_panels(t, {t: {t: FULL}}),
    "scatter": lambda t: scatter(t, t, t, [(1, 2, t), (NAN, 1, t)], note=t),
    "no points": lambda t: scatter(t, t, t, []),
    "distribution": lambda t: distribution(t, t, {t: [1, 2]}, note=t),
    "no distribution": lambda t: distribution(t, t, {}),
    "intervals": lambda t: intervals(t, t, [(t, 1, 0, 2)], note=t),
    "no intervals": lambda t: intervals(t, t, []),
}


@pytest.mark.parametrize("name", PLOTS)
def test_every_plot_is_sound(name: str) -> None:
    svg = PLOTS[name](HOSTILE)
    root = read(svg)
    assert svg == PLOTS[name](HOSTILE)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "svg", "title", "desc", "rect", "text", "g", "line", "path", "circle", "polygon",
    }  # fmt: skip
    assert root[0].tag == f"{SVG}title"
    assert root[1].tag == f"{SVG}desc"
    attributes = {key for each in root.iter() for key in each.attrib}
    assert not {key for key in attributes if key in ("style", "id") or key.startswith("on")}
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for each in root.iter(f"{SVG}text"):
        assert 0 < side(each, "x") < width
        assert 0 < side(each, "y") < height
        assert "nan" not in (each.text or "")


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9))
def test_ticks_hold_the_range_in_even_steps(low: float, more: float) -> None:
    marks = axes.ticks(low, low + more)
    slack = 1e-9 * max(1.0, abs(low), abs(low + more))
    assert marks[0] <= low + slack
    assert marks[-1] >= low + more - slack
    assert 2 <= len(marks) <= 9
    steps = [b - a for a, b in pairwise(marks)]
    assert steps == pytest.approx([steps[0]] * len(steps))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(a: str, b: str) -> float:
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


def test_texts_have_contrast_and_marks_are_seen() -> None:
    assert _contrast(axes.INK, axes.PAPER) >= 4.5
    assert _contrast(axes.SOFT, axes.PAPER) >= 4.5
    for light, dark, _ in axes.SERIES:
        assert _contrast(light, axes.PAPER) >= 3
        assert _contrast(dark, "#1f1e1b") >= 3
    for look in (*LOOKS.values(), SEQUENCE):
        assert _contrast(*look.light) >= 4.5
        assert _contrast(*look.dark) >= 4.5
        assert _contrast(look.light[0], axes.PAPER) >= 4.5
        assert _contrast(axes.INK, look.light[1]) >= 4.5


def test_dimensions_look_as_on_a_run_s_page_and_differ_without_colour() -> None:
    page = stylesheet().text
    for look in LOOKS.values():
        for colour in (*look.light, *look.dark):
            assert colour in page
    assert len({look.letters for look in LOOKS.values()}) == 7
    assert len({look.rule for look in LOOKS.values()}) == 7
    Stylesheet(PALETTE_CSS + PLOT_CSS)


def test_a_plot_is_saved_with_letters_and_the_same_each_time(tmp_path) -> None:
    svg, bare = (scatter(title, "x", "y", [(1, 2, "")]) for title in ("A title", ""))
    for name, drawn in (("a", svg), ("b", svg), ("c", bare)):
        save_png(drawn, tmp_path / f"{name}.png", 480)
    first = (tmp_path / "a.png").read_bytes()
    assert first == (tmp_path / "b.png").read_bytes() != (tmp_path / "c.png").read_bytes()
    assert Image.open(tmp_path / "a.png").width == 480
    with pytest.raises(BadInput, match="can't be drawn"):
        save_png("<svg", tmp_path / "d.png", 480)
    with pytest.raises(BadInput, match="can't be written"):
        save_png(svg, tmp_path / "no" / "d.png", 480)
