"""The experiment as one HTML file: the table, plots, differences, and stories with their pictures.

No script, nothing from elsewhere: a content security policy allows this page's own styles (by
their hash) and embedded pictures, and nothing else.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from storypainter import __version__
from storypainter.errors import RunFolderError, StorypainterError
from storypainter.evaluation import read_marks
from storypainter.evaluators.contract import Passage
from storypainter.experiments.asked import Experiment
from storypainter.experiments.columns import Column
from storypainter.experiments.drawings import checked_fragment, plots
from storypainter.experiments.rows import RowState, read_states
from storypainter.experiments.table import ExperimentTable, OurRow, Printed
from storypainter.experiments.writing import (
    DIFFERENCES_NOTE,
    details,
    difference_lines,
    number,
    remarks,
)
from storypainter.report.markup import Html, Page, Stylesheet, el
from storypainter.report.page import stylesheet, write_head
from storypainter.runs.folder import RunFolder, write_atomically
from storypainter.runs.items import items
from storypainter.story import Story

FILE_NAME = "index.html"
_CSS = """.wide { overflow-x: auto; }
.wide table { min-width: 48rem; }
.wide th[scope="row"] { min-width: 11rem; overflow-wrap: normal; }
.wide td .small { display: block; white-space: nowrap; }
.printed th, .printed td { font-style: italic; color: var(--soft); }
.absent { font-style: italic; color: var(--soft); }
.shown { margin-top: 2.5rem; }
.shown > h3 { font-size: 1.5rem; line-height: 1.25; font-weight: 500; margin-bottom: 1rem; }
.pair { display: grid; gap: 1.5rem; margin: 1.5rem 0 2.5rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
.pair img { display: block; width: 100%; height: auto; border-radius: .5rem; }
.graph { overflow-x: auto; grid-column: 1 / -1; }
.graph svg { display: block; max-width: 100%; height: auto; border-radius: .5rem; }
.notes li + li { margin-top: .3rem; }
"""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A Pair to show: its story, its picture's bytes with their media type, its passages."""

    story: Story
    picture: tuple[bytes, str] | None
    passages: tuple[Passage, ...]


def write_page(experiment: Experiment, table: ExperimentTable, out: Path) -> Path:
    """Write ``index.html`` into the experiment's folder.

    Raises:
        RunFolderError: it can't be written.
    """
    text = io.StringIO()
    _write(text, experiment, table, out)
    target = out / FILE_NAME
    write_atomically(target, text.getvalue().encode())
    return target


def _write(file: IO[str], experiment: Experiment, table: ExperimentTable, out: Path) -> None:
    page = Page(file)
    sheets = (stylesheet(), Stylesheet(_CSS + _report_styles()))
    page.begin()
    with page.within("html", lang="en"):
        with page.within("head"):
            write_head(page, table.title, sheets)
        with page.within("body", id="top"):
            done = sum(row.status == "done" for row in table.rows)
            page.add(
                el(
                    "header",
                    el("p", "storypainter", cls="brand"),
                    el("h1", table.title, dir="auto"),
                    el("p", f"{done} of {len(table.rows)} rows are done.", cls="deck"),
                    cls="masthead",
                )
            )
            with page.within("main"):
                page.add(_table(table), _remarks(table))
                for svg in plots(experiment, table):
                    with page.within("section", cls="plot"):
                        file.write(checked_fragment(svg) + "\n")
                page.add(_differences(table))
                _write_stories(page, file, experiment, table, out)
            page.add(
                el(
                    "footer",
                    el(
                        "p",
                        f"Made by storypainter {__version__}. This page carries its pictures, "
                        "holds no script and calls nobody.",
                    ),
                )
            )


# --------------------------------------------------------------------------- table


def _table(table: ExperimentTable) -> Html:
    heads = [el("th", "System", scope="col")]
    heads += [el("th", column.label, scope="col") for column in table.columns]
    rows = [
        _printed(row, table.columns) if isinstance(row, Printed) else _ours(row, table.columns)
        for row in table.lines
    ]
    return el(
        "section",
        el("h2", "Table", id="table"),
        el("div", el("table", el("thead", el("tr", heads)), el("tbody", rows)), cls="wide"),
        el(
            "p",
            f"{table.legend} Rows in italics are the published ones.",
            cls="small",
        ),
        aria_labelledby="table",
    )


def _ours(row: OurRow, columns: Sequence[Column]) -> Html:
    label = row.label if row.status == "done" else f"{row.label} ({row.status})"
    cells = []
    for column in columns:
        cell = row.cells[column.key]
        if cell.value is None:
            cells.append(el("td", "absent", cls="absent", title=cell.reason or None))
            continue
        doubt = " (in doubt)" if cell.warnings else ""
        cells.append(
            el(
                "td",
                number(cell.value, column) + doubt,
                [el("span", part, cls="small") for part in details(cell, column)],
                cls="count",
            )
        )
    return el("tr", el("th", label, scope="row", dir="auto"), cells)


def _printed(row: Printed, columns: Sequence[Column]) -> Html:
    cells = [el("td", row.cells.get(column.key, ""), cls="count") for column in columns]
    return el("tr", el("th", f"{row.label} (published)", scope="row"), cells, cls="printed")


def _remarks(table: ExperimentTable) -> Html | None:
    found = remarks(table)
    if not found:
        return None
    return el(
        "section",
        el("h2", "What the table rests on"),
        el("ul", [el("li", line, dir="auto") for line in found], cls="notes small"),
    )


def _differences(table: ExperimentTable) -> Html | None:
    if not table.differences:
        return None
    heads = ("Column", "One", "less the other", "Difference (95 % interval)", "n", "On")
    rows = [el("tr", [el("td", cell) for cell in cells]) for cells in difference_lines(table)]
    return el(
        "section",
        el("h2", "Differences"),
        el(
            "div",
            el(
                "table",
                el("thead", el("tr", [el("th", head, scope="col") for head in heads])),
                el("tbody", rows),
            ),
            cls="wide",
        ),
        el("p", DIFFERENCES_NOTE, cls="small"),
    )


# ------------------------------------------------------------------------- stories


def _write_stories(
    page: Page, file: IO[str], experiment: Experiment, table: ExperimentTable, out: Path
) -> None:
    states = read_states(out)
    labels = {row.name: row.label for row in table.rows if row.status in ("done", "partial")}
    groups: dict[str, list[str]] = {}
    for name in labels:
        state = states.get(name)
        if state is not None and state.stories:
            groups.setdefault(state.stories, []).append(name)
    if not groups or experiment.shown < 1:
        return
    with page.within("section"):
        page.add(el("h2", "Stories"))
        for names in groups.values():
            pairs = {
                name: _pairs(out / "rows" / name, states[name], experiment.shown) for name in names
            }
            painted = [name for name in names if any(p.picture for p in pairs[name])]
            with page.within("section", cls="shown"):
                if len(painted) > 1:
                    page.add(el("h3", "Painters side by side on the same stories"))
                    _write_beside(page, {labels[name]: pairs[name] for name in painted})
                else:
                    name = painted[0] if painted else names[0]
                    page.add(el("h3", " · ".join(labels[each] for each in names), dir="auto"))
                    for pair in pairs[name]:
                        _write_pair(page, file, pair, labels[name])


def _write_beside(page: Page, pairs: Mapping[str, Sequence[_Shown]]) -> None:
    from storypainter.report.side_by_side import side_by_side

    for row in zip(*pairs.values(), strict=False):
        pictures = [
            (label, *(pair.picture or (b"", ""))) for label, pair in zip(pairs, row, strict=True)
        ]
        page.add(side_by_side(row[0].story, pictures, passages=row[0].passages))


def _write_pair(page: Page, file: IO[str], pair: _Shown, label: str) -> None:
    from storypainter.report.chain_graph import as_svg
    from storypainter.report.markup import embedded
    from storypainter.report.story_colours import coloured

    with page.within("div", cls="pair"):
        if pair.picture is not None:
            data, media = pair.picture
            page.add(
                el("figure", el("img", src=embedded(media, data), alt=f"{label}: {pair.story.id}"))
            )
        page.add(el("div", coloured(pair.story, pair.passages)))
        if pair.story.chains:
            with page.within("details", cls="graph"):
                page.add(el("summary", "The graph of its Chains"))
                file.write(checked_fragment(as_svg(pair.story.chains)) + "\n")


def _pairs(path: Path, state: RowState, most: int) -> list[_Shown]:
    found: list[_Shown] = []
    judge = state.judges.get("moment", "")
    with suppress(RunFolderError), RunFolder(path, read_only=True) as folder:
        marks = dict(read_marks(folder, *judge.split(":", 1))) if judge else {}
        for item in items(folder):
            if item.story is None:
                continue
            picture = None
            if item.picture is not None:
                with suppress(StorypainterError):
                    picture = (folder.read_file(item.picture.file), item.picture.media_type)
            passages = marks[item.index].passages if item.index in marks else ()
            found.append(_Shown(item.story, picture, passages))
            if len(found) >= most:
                break
    return found


def _report_styles() -> str:
    from storypainter.report.dimension_palette import PALETTE_CSS
    from storypainter.report.plots import PLOT_CSS
    from storypainter.report.side_by_side import SIDE_BY_SIDE_CSS
    from storypainter.report.story_colours import STORY_CSS

    return "\n".join((PALETTE_CSS, PLOT_CSS, STORY_CSS, SIDE_BY_SIDE_CSS))
