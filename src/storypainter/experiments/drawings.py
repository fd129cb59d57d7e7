"""The plots of an experiment's page, and the gate that every drawing passes on its way there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser

from storypainter.experiments.asked import Experiment, Plot
from storypainter.experiments.table import ExperimentTable
from storypainter.story import Dimension

_MAX_BARS = 8


def plots(experiment: Experiment, table: ExperimentTable) -> Iterator[str]:
    """The experiment's plots as SVG; one whose rows have no values yet is left out."""
    from storypainter.report import plots as drawing

    columns = {column.key: column for column in table.columns}
    for plot in experiment.plots:
        if plot.kind == "scatter":
            points = _points(plot, table)
            if points:
                x, y = columns[plot.x].label, columns[plot.y].label
                yield drawing.scatter(plot.title, x, y, points)
            continue
        bars = {row.label: row.bars[plot.column] for row in table.rows if row.bars.get(plot.column)}
        if not bars:
            continue
        if plot.kind == "dimension_panels":
            panels: dict[str, dict[str, Mapping[Dimension, tuple[float, float, float]]]] = {}
            for label, values in bars.items():
                series, _, panel = label.rpartition(": ")
                panels.setdefault(panel, {})[series or "all"] = values
            if len({name for series in panels.values() for name in series}) <= _MAX_BARS:
                yield drawing.dimension_panels(plot.title, panels)
                continue
        names = list(bars)
        for start in range(0, len(names), _MAX_BARS):
            part = {name: bars[name] for name in names[start : start + _MAX_BARS]}
            yield drawing.dimension_bars(plot.title, part)


def _points(plot: Plot, table: ExperimentTable) -> list[tuple[float, float, str]]:
    found = []
    for row in table.rows:
        x, y = row.cells[plot.x].value, row.cells[plot.y].value
        if x is not None and y is not None and math.isfinite(x) and math.isfinite(y):
            found.append((x, y, row.label))
    return found


def checked_fragment(svg: str) -> str:
    """A drawing as it goes into the page: nothing that runs, loads or leads anywhere.

    Raises:
        ValueError: a script, a handler, a style or an address in it.
    """
    _Checker(_refuse).feed(svg)
    start = svg.find("<svg")
    return svg[max(start, 0) :]


def _refuse(what: str) -> None:
    raise ValueError(f"a drawing on a page may not hold {what}")


class _Checker(HTMLParser):
    def __init__(self, refuse: Callable[[str], None]) -> None:
        super().__init__()
        self._refuse = refuse

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "iframe", "object", "embed", "foreignobject", "image", "a"):
            self._refuse(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("href", "xlink:href", "src", "style"):
                self._refuse(f"the attribute {name}")
            if value and "url(" in value.lower() and "url(#" not in value.lower():
                self._refuse(f"an address in {name}")
