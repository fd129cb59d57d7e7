"""Plots of single values: points with names, distributions, and intervals against a line."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence

from storypainter.report import plot_axes as axes
from storypainter.report.plot_axes import INK, MARGIN, SMALL, SOFT, WIDTH, Scale, number
from storypainter.report.plots_labels import Box, leader, placed

_NONE = "There are no values yet."


def scatter(
    title: str,
    x_label: str,
    y_label: str,
    points: Sequence[tuple[float, float, str]],
    *,
    note: str = "",
) -> str:
    """Points with their names, for example two judges' scores of each system.

    A name stands beside its point where it covers no other name and no point, with a thin line to
    the point where that is further off. Names that find no place are listed below the plot.

    Args:
        title: what is shown.
        x_label: what goes to the right, with its unit.
        y_label: what goes up, with its unit.
        points: (x, y, name); a point whose x or y is NaN is not drawn, and named below.
        note: small print below.

    Returns:
        A whole SVG document of 960 user units.

    Raises:
        ValueError: an infinite value.
    """
    known = [each for each in points if not (math.isnan(each[0]) or math.isnan(each[1]))]
    axes.checked((value for x, y, _ in known for value in (x, y)), "a plot of points")
    top = axes.below_title(title)
    left, right, bottom = MARGIN + 48, WIDTH - MARGIN - 12, top + 430
    x_marks, y_marks = _marks(x for x, _, _ in known), _marks(y for _, y, _ in known)
    x_scale = Scale(x_marks[0], x_marks[-1], left, right)
    y_scale = Scale(y_marks[0], y_marks[-1], bottom, top + 22)
    parts = [axes.words(MARGIN, top + 4, y_label, size=SMALL, fill=SOFT, kind="p-soft")]
    parts += axes.y_grid(y_scale, y_marks, left, right)
    parts += axes.x_grid(x_scale, x_marks, top + 22, bottom)
    parts.append(axes.words(right, bottom + 38, x_label, size=SMALL, anchor="end", fill=SOFT,
                            kind="p-soft"))  # fmt: skip
    spots = [(x_scale(x), y_scale(y)) for x, y, _ in known]
    frame = Box(left, top + 22, right, bottom)
    names = placed(spots, [name for _, _, name in known], frame)
    parts += [leader(label, spot) for label, spot in zip(names, spots, strict=True)]
    for (x, y, name), (a, b) in zip(known, spots, strict=True):
        said = axes.tip(f"{name}: {axes.shown(x)}, {axes.shown(y)}")
        parts.append(f'<g class="point">{said}{axes.marker(0, a, b)}</g>')
    parts += [label.drawn for label in names if label is not None]
    crowded = [p[2] for p, label in zip(known, names, strict=True) if label is None and p[2]]
    unknown = [p[2] or "a point" for p in points if p not in known]
    notes = [
        *([f"No room for these names: {'; '.join(crowded)}."] if crowded else []),
        *([f"No value: {'; '.join(unknown)}."] if unknown else []),
        *([note] if note else []),
    ]
    told = "; ".join(f"{name}: {axes.shown(x)}, {axes.shown(y)}" for x, y, name in known)
    heading = f"{title}. To the right: {x_label}. Upwards: {y_label}.\n{told or _NONE}"
    return axes.document(title, heading, parts, bottom + 52, notes)


def _marks(values: Iterator[float]) -> list[float]:
    kept = list(values)
    return axes.ticks(min(kept), max(kept)) if kept else [0.0, 0.5, 1.0]


# ---------------------------------------------------------------------- distribution

_ROW = 74.0
_BINS = 72


def distribution(
    title: str,
    x_label: str,
    series: Mapping[str, Sequence[float]],
    *,
    ends: Sequence[float] = (),
    note: str = "",
) -> str:
    """How values spread, a row for each series: a dot for each value, stacked where they are close.

    Below the dots a line runs from the lower to the upper quartile, with the median on it. Where a
    row has too many values for dots, columns stand for them (their height is the share of the
    row's fullest column). Values are sorted into 72 steps of the axis; NaN is counted as missing.
    The axis holds ``ends`` (those of a scale) whatever the values are.

    Returns:
        A whole SVG document of 960 user units.

    Raises:
        ValueError: more than 8 series, or an infinite value.
    """
    if len(series) > axes.MAX_SERIES:
        raise ValueError(f"{len(series)} series in one plot: more than {axes.MAX_SERIES}")
    known = {name: sorted(v for v in row if not math.isnan(v)) for name, row in series.items()}
    for name, row in known.items():
        axes.checked(row, f"series {name!r}")
    marks = _marks(value for row in (*known.values(), ends) for value in row)
    left, right, y = MARGIN + 232.0, WIDTH - MARGIN - 8, axes.below_title(title)
    scale = Scale(marks[0], marks[-1], left, right)
    bottom = y + _ROW * max(1, len(known))
    parts = list(axes.x_grid(scale, marks, y - 8, bottom))
    told = [f"{title}. {x_label}"]
    for place, (name, row) in enumerate(known.items()):
        line = y + _ROW * (place + 1) - 20
        missing = len(series[name]) - len(row)
        lines, small = axes.wrapped(name, 208, SMALL + 1), f"n = {len(row):,}"
        small += f", {missing:,} missing" if missing else ""
        for n, each in enumerate(lines):
            parts.append(axes.words(MARGIN, line - 14 * len(lines) + 15 * n, each, size=SMALL + 1))
        parts.append(axes.words(MARGIN, line + 4, small, size=SMALL, fill=SOFT, kind="p-soft"))
        said = _summary(row)
        told.append(f"{name}: {small}; {said}.")
        drawn = "".join(_row(place, row, scale, line)) if row else axes.words(
            left + 10, line - 6, "no value", size=SMALL, fill=SOFT, kind="p-soft")  # fmt: skip
        parts.append(f'<g class="row">{axes.tip(f"{name}: {said}")}{drawn}</g>')
    parts.append(axes.words(right, bottom + 38, x_label, size=SMALL, anchor="end", fill=SOFT,
                            kind="p-soft"))  # fmt: skip
    if not known:
        parts.append(axes.words(WIDTH / 2, y + 30, _NONE, anchor="middle",
                                fill=SOFT, kind="p-soft"))  # fmt: skip
    legend = "Thick line: lower to upper quartile; the sign on it: median."
    notes = [f"{legend} {note}".strip()] if any(known.values()) else [note] if note else []
    return axes.document(title, "\n".join(told), parts, bottom + 52, notes)


def _summary(row: Sequence[float]) -> str:
    if not row:
        return "no value"
    low, middle, high = _quartiles(row)
    return (
        f"median {axes.shown(middle)}, quartiles {axes.shown(low)} to {axes.shown(high)}, "
        f"all {axes.shown(row[0])} to {axes.shown(row[-1])}"
    )


def _quartiles(row: Sequence[float]) -> tuple[float, float, float]:
    if len(row) == 1:
        return row[0], row[0], row[0]
    low, middle, high = statistics.quantiles(row, n=4, method="inclusive")
    return low, middle, high


def _row(place: int, row: Sequence[float], scale: Scale, line: float) -> Iterator[str]:
    colour = axes.SERIES[place][0]
    width = (scale.end - scale.start) / _BINS
    bins: dict[int, list[float]] = {}
    for value in row:
        step = min(int((scale(value) - scale.start) / width), _BINS - 1)
        bins.setdefault(step, []).append(scale(value))
    fullest, room = max(map(len, bins.values())), _ROW - 30
    fill = f'fill="{colour}" class="p-f{place}"'
    for step, spots in sorted(bins.items()):
        count = len(spots)
        if fullest * 6 <= room:
            x = statistics.fmean(spots)
            yield from (
                f'<circle cx="{number(x)}" cy="{number(line - 9 - 6 * k)}" r="2.8" {fill}/>'
                for k in range(count)
            )
        else:
            x, high = scale.start + width * (step + 0.5), room * count / fullest
            yield (
                f'<rect x="{number(x - width * 0.42)}" y="{number(line - 5 - high)}" '
                f'width="{number(width * 0.84)}" height="{number(high)}" {fill}/>'
            )
    low, middle, high = (scale(value) for value in _quartiles(row))
    yield (
        f'<line x1="{number(low)}" x2="{number(high)}" y1="{number(line + 2)}" '
        f'y2="{number(line + 2)}" stroke="{INK}" stroke-width="3" stroke-linecap="round" '
        'class="p-pen"/>'
    )
    yield axes.marker(place, middle, line + 2, 5.5)


# ------------------------------------------------------------------------- intervals


def intervals(
    title: str,
    x_label: str,
    rows: Sequence[tuple[str, float, float, float]],
    *,
    reference: float | None = 0.0,
    note: str = "",
) -> str:
    """A value with its interval a row, against a line: differences of systems on the same items.

    Args:
        title: what is shown.
        x_label: what goes to the right, with its unit.
        rows: (name, value, low, high); NaN is shown as "no value", NaN bounds as a bare point.
        reference: where the dashed line stands (0: no difference); None for no line.
        note: small print below.

    Raises:
        ValueError: an infinite value, or an interval with low above high.
    """
    ends = [v for _, *triple in rows for v in triple if not math.isnan(v)]
    axes.checked(ends, "a plot of intervals")
    if any(low > high for _, _, low, high in rows):
        raise ValueError("an interval has its ends the wrong way round")
    marks = _marks(iter([*ends, *([reference] if reference is not None else [])]))
    step, y = 30.0, axes.below_title(title)
    left, right, bottom = MARGIN + 292.0, WIDTH - MARGIN - 150, y + step * max(1, len(rows)) + 4
    scale = Scale(marks[0], marks[-1], left, right)
    parts = list(axes.x_grid(scale, marks, y - 8, bottom))
    if reference is not None:
        x = number(scale(reference))
        parts.append(
            f'<line x1="{x}" x2="{x}" y1="{number(y - 8)}" y2="{number(bottom)}" stroke="{INK}" '
            'stroke-width="1.4" stroke-dasharray="5 4" class="p-pen"/>'
        )
    told = [f"{title}. {x_label}"]
    for place, (name, value, low, high) in enumerate(rows):
        middle, said = y + step * (place + 0.5), "no value"
        drawn = ""
        if not math.isnan(value):
            said = axes.shown(value)
            if not (math.isnan(low) or math.isnan(high)):
                said += f" ({axes.shown(low)} to {axes.shown(high)})"
                drawn = (
                    f'<line x1="{number(scale(low))}" x2="{number(scale(high))}" '
                    f'y1="{number(middle)}" y2="{number(middle)}" stroke="{INK}" '
                    'stroke-width="2.2" stroke-linecap="round" class="p-pen"/>'
                )
            drawn += axes.marker(0, scale(value), middle, 5.5)
        told.append(f"{name}: {said}.")
        parts.append(
            f'<g class="row">{axes.tip(f"{name}: {said}")}{drawn}'
            f"{axes.words(MARGIN, middle + 4.5, axes.fitted(name, 276, 13), size=13)}"
            f"{axes.words(right + 16, middle + 4.5, said, size=SMALL)}</g>"
        )
    parts.append(axes.words(right, bottom + 38, x_label, size=SMALL, anchor="end", fill=SOFT,
                            kind="p-soft"))  # fmt: skip
    return axes.document(title, "\n".join(told), parts, bottom + 52, [note] if note else [])
