"""Plots of numbers by Dimension (paper, Figures 3 and 5), as SVG, and any plot as PNG.

The paper's figures compare systems over the seven Dimensions. They are bars here and never radar
charts: a radar's area depends on the order of its axes and grows with the square of the values,
neighbouring Dimensions that have nothing to do with each other look joined, and it has no room
for an interval. Bars stand on 0, each with its 95 % interval; a value that is not known says so
and is never a bar of height 0.

Other plots (scatter, distribution, intervals) are in ``plots_points.py`` and exported here too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, TypeAlias

from storypainter.errors import BadInput
from storypainter.report import plot_axes as axes
from storypainter.report.dimension_palette import LOOKS, tone_class
from storypainter.report.plot_axes import INK, MARGIN, PLOT_CSS, SMALL, SOFT, WIDTH, Scale, number
from storypainter.report.plots_points import distribution, intervals, scatter
from storypainter.story import Dimension

__all__ = [
    "PLOT_CSS",
    "dimension_bars",
    "dimension_panels",
    "distribution",
    "intervals",
    "save_png",
    "scatter",
]

#: Value, low and high of its interval; NaN is "not known" (all three, or the bounds alone).
Triple: TypeAlias = tuple[float, float, float]
Series: TypeAlias = Mapping[str, Mapping[Dimension, Triple]]

_LEFT = MARGIN + 40
_RIGHT = WIDTH - MARGIN
_GROUP = (_RIGHT - _LEFT) / len(Dimension)
_USED = 0.84  # of a group's width
_LABELS = 58.0  # pixels for the Dimensions' names


def dimension_bars(
    title: str,
    series: Series,
    *,
    y_label: str = "",
    y_max: float | None = None,
    note: str = "",
) -> str:
    """Grouped bars with intervals: a group for each Dimension, a bar for each series.

    Args:
        title: what is shown.
        series: for each name (in the order of drawing, at most 8) its values by Dimension, as
            (value, low, high). A Dimension that is left out or NaN is shown as "no value".
        y_label: what is counted, with its unit.
        y_max: the upper end of the axis where it is a scale's end (1, 100).
        note: small print below, for example n and the kind of interval.

    Returns:
        A whole SVG document of 960 user units, to embed in HTML or to save.

    Raises:
        ValueError: more than 8 series, an infinite value, or an interval with low above high.
    """
    return dimension_panels(title, {"": series}, y_label=y_label, y_max=y_max, note=note)


def dimension_panels(
    title: str,
    panels: Mapping[str, Series],
    *,
    y_label: str = "",
    y_max: float | None = None,
    note: str = "",
) -> str:
    """Bars by Dimension, a panel for each name, all on one scale (Figure 5: a Storyteller a panel,
    a mode a series).

    Arguments, result and errors as for :func:`dimension_bars`; ``panels`` maps a panel's heading
    to its series. A series keeps its colour and marker in every panel.
    """
    names = list(dict.fromkeys(name for series in panels.values() for name in series))
    if len(names) > axes.MAX_SERIES:
        raise ValueError(f"{len(names)} series in one plot: more than {axes.MAX_SERIES}")
    bars = [
        _Bar(panel, names.index(name), name, dimension, *_checked(values.get(dimension)))
        for panel, series in panels.items()
        for name, values in series.items()
        for dimension in Dimension
    ]
    known = [bar for bar in bars if bar.known]
    ends = [end for bar in known for end in (bar.value, bar.low, bar.high) if not math.isnan(end)]
    top_value = max([*ends, *([y_max] if y_max is not None else [])], default=1.0)
    marks = axes.ticks(min([0.0, *ends]), max(top_value, 0.0))
    y = axes.below_title(title)
    parts, legend_height = axes.legend(names, MARGIN, y, WIDTH - 2 * MARGIN)
    y += legend_height + 2
    if y_label:
        parts.append(axes.words(MARGIN, y, y_label, size=SMALL, fill=SOFT, kind="p-soft"))
        y += 26  # a number above the highest bar stands between
    height = 300.0 if len(panels) <= 1 else 170.0
    for panel in panels:
        if panel:
            name = axes.fitted(panel, 780, 15)
            parts.append(axes.words(MARGIN, y + 12, name, size=15, bold=True))
            y += 36
        scale = Scale(marks[0], marks[-1], y + height, y)
        parts += _panel([bar for bar in bars if bar.panel == panel], scale, marks, names)
        y += height + _LABELS + 18
    if not known:
        parts.append(axes.words(WIDTH / 2, y - 60 - height / 2, "There are no values yet.",
                                anchor="middle", fill=SOFT, kind="p-soft"))  # fmt: skip
    has_interval = any(not math.isnan(bar.low) for bar in known)
    told = "Whiskers: 95 % intervals. " if has_interval else ""
    notes = [told + note] if told or note else []
    return axes.document(title, _told(title, y_label, bars), parts, y, notes)


@dataclass(frozen=True, slots=True)
class _Bar:
    panel: str
    series: int
    name: str
    dimension: Dimension
    value: float
    low: float
    high: float

    @property
    def known(self) -> bool:
        return not math.isnan(self.value)

    @property
    def sentence(self) -> str:
        if not self.known:
            return "no value"
        if math.isnan(self.low):
            return axes.shown(self.value)
        return f"{axes.shown(self.value)} ({axes.shown(self.low)} to {axes.shown(self.high)})"


def _checked(triple: Triple | None) -> Triple:
    value, low, high = triple if triple is not None else (math.nan, math.nan, math.nan)
    if any(map(math.isinf, (value, low, high))):
        raise ValueError(f"{(value, low, high)} has no place on an axis")
    if math.isnan(value) or math.isnan(low) or math.isnan(high):
        return value, math.nan, math.nan
    if low > high:
        raise ValueError(f"the interval {low} to {high} has its ends the wrong way round")
    return value, low, high


def _told(title: str, y_label: str, bars: Sequence[_Bar]) -> str:
    """Every number in words, for those who hear the plot."""
    lines = [f"{title}. {y_label}".strip()]
    for panel, name in dict.fromkeys((bar.panel, bar.name) for bar in bars):
        its = [bar for bar in bars if (bar.panel, bar.name) == (panel, name)]
        told = "; ".join(f"{bar.dimension.label} {bar.sentence}" for bar in its)
        lines.append(f"{', '.join(filter(None, (panel, name)))}: {told}.")
    return "\n".join(lines)


def _panel(
    bars: Sequence[_Bar], scale: Scale, marks: Sequence[float], names: Sequence[str]
) -> Iterator[str]:
    yield from axes.y_grid(scale, marks, _LEFT, _RIGHT)
    here = [name for name in names if any(bar.name == name for bar in bars)]
    slot = _GROUP * _USED / max(1, len(here))
    for place, dimension in enumerate(Dimension):
        left = _LEFT + _GROUP * (place + (1 - _USED) / 2)
        yield from _heading(dimension, _LEFT + _GROUP * (place + 0.5), scale.start)
        for bar in bars:
            if bar.dimension is dimension:
                middle = left + slot * (here.index(bar.name) + 0.5)
                yield _drawn(bar, middle, slot, scale)


def _heading(dimension: Dimension, middle: float, bottom: float) -> Iterator[str]:
    ink = LOOKS[dimension].light[0]
    kind = f"{tone_class(dimension)} p-tone"
    half = _GROUP * _USED / 2
    yield (
        f'<rect x="{number(middle - half)}" y="{number(bottom + 5)}" '
        f'width="{number(2 * half)}" height="3" rx="1.5" fill="{ink}" class="{kind}"/>'
    )
    for n, line in enumerate(axes.wrapped(dimension.label, _GROUP - 6, 13)):
        y = bottom + 24 + 16 * n
        yield axes.words(middle, y, line, size=13, anchor="middle", fill=ink, kind=kind)


def _drawn(bar: _Bar, x: float, slot: float, scale: Scale) -> str:
    said = axes.tip(f"{bar.name}, {bar.dimension.label}: {bar.sentence}")
    base = scale(0.0)
    if not bar.known:
        turn = "" if slot > 62 else f' transform="rotate(-90 {number(x)} {number(base - 8)})"'
        anchor, dx, dy = ("middle", 0.0, -8.0) if slot > 62 else ("start", 0.0, -4.5)
        text = axes.words(x + dx, base + dy, "no value", size=min(SMALL, max(10.5, slot)),
                          anchor=anchor, fill=SOFT, kind="p-soft", more=turn)  # fmt: skip
        return f"<g>{said}{text}</g>"
    colour = axes.SERIES[bar.series][0]
    width = min(slot * 0.78, 46.0)
    y = scale(bar.value)
    parts = [
        f'<rect x="{number(x - width / 2)}" y="{number(min(y, base))}" width="{number(width)}" '
        f'height="{number(abs(base - y))}" fill="{colour}" fill-opacity=".26" stroke="{colour}" '
        f'stroke-width="1" class="bar p-f{bar.series} p-l{bar.series}"/>'
    ]
    end = y
    if not math.isnan(bar.low):
        low, high = scale(bar.low), scale(bar.high)
        cap = min(5.0, width / 2.6)
        end = min(y, high)
        parts.append(
            f'<path d="M{number(x)} {number(low)}V{number(high)}M{number(x - cap)} {number(low)}'
            f'h{number(2 * cap)}M{number(x - cap)} {number(high)}h{number(2 * cap)}" fill="none" '
            f'stroke="{INK}" stroke-width="1.3" class="p-pen"/>'
        )
    parts.append(axes.marker(bar.series, x, y, min(5.0, max(4.1, width * 0.36))))
    label = axes.shown(bar.value)
    if axes.text_width(label, SMALL) + 4 < slot:
        parts.append(axes.words(x, min(end, y - 4) - 6, label, size=SMALL, anchor="middle"))
    return f"<g>{said}{''.join(parts)}</g>"


def save_png(svg: str, path: Path, width: int, *, fonts: Sequence[Path] = ()) -> None:
    """Save a plot as PNG. The same SVG gives the same bytes on every machine.

    Args:
        svg: what a function of this module or ``chain_graph.as_svg`` returned.
        path: the file, overwritten.
        width: pixels; the height follows.
        fonts: font files for letters that Baloo 2 (Latin, Devanagari) does not have; a letter
            that no font has is drawn as an empty box.

    Raises:
        BadInput: the SVG can't be drawn, or the file can't be written.
    """
    import resvg_py

    letters = resources.files("fontpkg_baloo_2").joinpath("files", "Baloo2[wght].ttf")
    files = [str(letters), *map(str, fonts)]
    family: dict[str, Any] = {"font_family": "Baloo 2", "sans_serif_family": "Baloo 2"}
    try:
        made = resvg_py.svg_to_bytes(
            svg_string=svg, skip_system_fonts=True, width=width, font_files=files, **family
        )
    except ValueError as error:
        raise BadInput(f"the plot can't be drawn: {error}", "check its SVG") from None
    try:
        path.write_bytes(bytes(made))
    except OSError as error:
        why = (error.strerror or "no").lower()
        raise BadInput(f"{path} can't be written: {why}", "name another file") from None
