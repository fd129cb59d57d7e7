"""The table as data: our rows read from their run folders, the published ones beside them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path

from storypainter.errors import StorypainterError
from storypainter.evaluation import doubts, read_findings, read_marks
from storypainter.evaluators.contract import Findings, Marks
from storypainter.experiments.asked import Experiment, Row
from storypainter.experiments.columns import (
    OF_STORIES,
    Cell,
    Column,
    dimension_score,
    mean_cell,
    mean_interval,
    score_of,
    set_cell,
)
from storypainter.experiments.comparing import Difference, paired, unpaired
from storypainter.experiments.given import expanded, mean_ratings, read_ratings
from storypainter.experiments.rows import RowState, read_states
from storypainter.intervals import wilson
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import Item, failures, items, totals
from storypainter.story import Dimension

#: Value, low, high on the column's scale; low and high equal the value where there is no interval.
Bar = tuple[float, float, float]
_NOT_RUN = "not run yet"
LEGEND = "Values stand with their 95 % interval and n, the number of stories they rest on."


@dataclass(frozen=True, slots=True)
class OurRow:
    """A row of ours: its cells by column, each story's values by column and story id, and why not.

    ``bars`` holds the means by Dimension of the columns that have them; ``counts`` how many
    stories each of these rests on.
    """

    name: str
    label: str
    status: str
    reason: str
    cells: Mapping[str, Cell]
    values: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    bars: Mapping[str, Mapping[Dimension, Bar]] = field(default_factory=dict)
    counts: Mapping[str, Mapping[Dimension, int]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    published: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A row as the paper printed it: texts by column."""

    id: str
    label: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ExperimentTable:
    """Everything that the outputs are written from; ``legend`` says how its cells are read."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[OurRow, ...]
    printed: tuple[Printed, ...] = ()
    source: str = ""
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()
    legend: str = LEGEND

    @property
    def lines(self) -> tuple[OurRow | Printed, ...]:
        """The rows in order, each followed by its published one; the other published ones last."""
        by_id = {row.id: row for row in self.printed}
        found: list[OurRow | Printed] = []
        for row in self.rows:
            found.append(row)
            if row.published in by_id:
                found.append(by_id.pop(row.published))
        return (*found, *by_id.values())


def build_table(
    experiment: Experiment, out: Path, environment: Mapping[str, str]
) -> ExperimentTable:
    """Read what the rows' folders hold; a row that has not run is there with that as its reason.

    Raises:
        RunFolderError: a row's folder that can't be read.
    """
    states = read_states(out)
    rows = tuple(
        _row(row, states.get(row.name), out / "rows" / row.name, experiment, environment)
        for row in experiment.rows
    )
    return ExperimentTable(
        title=experiment.title,
        columns=experiment.columns,
        rows=rows,
        printed=printed_rows(experiment),
        source=experiment.published.source if experiment.published else "",
        differences=tuple(_differences(experiment, rows, states)),
    )


def printed_rows(experiment: Experiment) -> tuple[Printed, ...]:
    """The published rows of an experiment, in the paper's order."""
    table = experiment.published
    if table is None:
        return ()
    return tuple(
        Printed(
            row.id,
            row.label,
            dict(zip(table.columns, row.values, strict=True)),
        )
        for row in table.rows
    )


# --------------------------------------------------------------------------- ours


@dataclass(slots=True)
class _Read:
    """What a row's folder holds, read once."""

    items: list[Item]
    marks: dict[str, dict[int, Marks]]
    findings: dict[str, Findings]
    doubted: Mapping[str, tuple[str, ...]]
    success: Cell


def _row(
    row: Row,
    state: RowState | None,
    path: Path,
    experiment: Experiment,
    environment: Mapping[str, str],
) -> OurRow:
    if row.not_runnable:
        reason = f"not runnable yet: {row.not_runnable}"
        return _empty(row, experiment, "not runnable", reason)
    if state is None or not (path / "run.db").is_file():
        failed = state is not None and state.status == "failed"
        reason = state.reason if failed and state is not None else _NOT_RUN
        return _empty(row, experiment, "failed" if failed else "pending", reason)
    if state.digest != row.digest:
        reason = "made with other settings: run it again"
        return _empty(row, experiment, "pending", reason)
    read = _read(path, state)
    cells: dict[str, Cell] = {}
    values: dict[str, dict[str, float]] = {}
    bars: dict[str, dict[Dimension, Bar]] = {}
    counts: dict[str, dict[Dimension, int]] = {}
    for column in experiment.columns:
        if column.key in row.not_applicable:
            cells[column.key] = Cell(reason=row.not_applicable[column.key])
            continue
        cells[column.key], values[column.key] = _cell(column, row, state, read, environment)
        if column.by_dimension:
            bars[column.key], counts[column.key] = _bars(column, state, read)
    return OurRow(
        row.name, row.label, state.status, state.reason, cells, values, bars, counts,
        (*state.notes, *(f"{name}: {why}" for name, why in state.unmarked.items())), row.published,
    )  # fmt: skip


def _empty(row: Row, experiment: Experiment, status: str, reason: str) -> OurRow:
    cells = {column.key: Cell(reason=reason) for column in experiment.columns}
    return OurRow(row.name, row.label, status, reason, cells, published=row.published)


def _read(path: Path, state: RowState) -> _Read:
    with RunFolder(path, read_only=True) as folder:
        found = read_findings(folder)
        current = {f"{each.name}:{each.judge}" for each in found} & set(state.judges.values())
        ours = tuple(each for each in found if f"{each.name}:{each.judge}" in current)
        numbers = totals(folder)
        stories = [item for item in items(folder) if item.story is not None]
        success = Cell(reason="no pictures are asked for")
        if numbers.paints:
            why = "; ".join(reason for _, reason, _ in failures(folder, 1))
            low, high = wilson(numbers.pictures, len(stories)) if stories else (0.0, 0.0)
            success = Cell(
                100.0 * numbers.pictures / len(stories), 100 * low, 100 * high, len(stories), 0,
                "", why,
            ) if stories else Cell(reason="no story was written")  # fmt: skip
        marks = {
            name: dict(read_marks(folder, *label.split(":", 1)))
            for name, label in state.judges.items()
        }
        return _Read(
            stories, marks, {each.name: each.findings for each in ours}, doubts(ours), success
        )


def _cell(
    column: Column, row: Row, state: RowState, read: _Read, environment: Mapping[str, str]
) -> tuple[Cell, dict[str, float]]:
    """A column's cell, and its value for each story that has one."""
    if column.key == "success_rate":
        return read.success, {}
    ids = {item.index: item.id for item in read.items}
    if column.key in OF_STORIES:
        of = OF_STORIES[column.key]
        told = {item.id: of(item.story) for item in read.items if item.story}
        values = {name: column.of_story(value) for name, value in told.items()}
        return mean_cell(column, list(told.values()), "", ""), values
    if column.key == "human":
        return _human(column, row, list(ids.values()), environment)
    if column.evaluator in state.unscored:
        return Cell(reason=state.unscored[column.evaluator]), {}
    if column.evaluator not in state.judges:
        return Cell(reason=f"{column.evaluator} has not scored this row"), {}
    warnings = tuple(line for name in column.scores for line in read.doubted.get(name, ()))
    if column.kind == "set":
        findings = read.findings.get(column.evaluator, Findings())
        score = next((s for name in column.scores if (s := findings.score(name))), None)
        return _warned(set_cell(column, score), warnings), {}
    judge = state.judges[column.evaluator].partition(":")[2]
    marks = read.marks.get(column.evaluator, {})
    scored = {
        ids[index]: score_of(marks[index], column, judge) if index in marks else None
        for index in ids
    }
    reasons = [score.absent for score in scored.values() if score is not None and score.absent]
    reason = reasons[0] if reasons else state.unmarked.get(column.evaluator, "")
    if marks and all(score is None for score in scored.values()):
        reason = f"{column.evaluator} gives no score {' or '.join(column.scores)}"
    cell = mean_cell(
        column,
        [None if score is None else score.value for score in scored.values()],
        next((score.judge for score in scored.values() if score is not None), judge),
        reason,
    )
    values = {
        name: column.of_story(score.value)
        for name, score in scored.items()
        if score is not None and score.value is not None
    }
    return _warned(cell, warnings), values


def _warned(cell: Cell, warnings: tuple[str, ...]) -> Cell:
    return Cell(
        cell.value, cell.low, cell.high, cell.n, cell.absent, cell.judge, cell.reason, warnings
    )


def _human(
    column: Column, row: Row, ids: Sequence[str], environment: Mapping[str, str]
) -> tuple[Cell, dict[str, float]]:
    if not row.ratings:
        return Cell(reason="nobody has rated these pictures"), {}
    try:
        rated = mean_ratings(read_ratings(Path(expanded(row.ratings, environment))))
    except StorypainterError as error:
        return Cell(reason=str(error)), {}
    values = [rated[name][0] if name in rated else None for name in ids]
    raters = sum(rated[name][1] for name in ids if name in rated)
    cell = mean_cell(column, values, f"people, {raters} ratings", "none of these is rated")
    return cell, {name: rated[name][0] * column.scale for name in ids if name in rated}


def _bars(
    column: Column, state: RowState, read: _Read
) -> tuple[dict[Dimension, Bar], dict[Dimension, int]]:
    found: dict[Dimension, Bar] = {}
    counts: dict[Dimension, int] = {}
    marks = read.marks.get(column.evaluator, {})
    for dimension in Dimension:
        scores = [
            value
            for each in marks.values()
            if (value := dimension_score(each, column, dimension)) is not None
        ]
        counts[dimension] = len(scores)
        if scores:
            mean = sum(scores) / len(scores)
            low, high = mean_interval(scores, replace(column, scale=1.0)) or (math.nan, math.nan)
            found[dimension] = (mean, low, high)
    return found, counts


# --------------------------------------------------------------------- differences


def _differences(
    experiment: Experiment, rows: Sequence[OurRow], states: Mapping[str, RowState]
) -> list[Difference]:
    """All pairs of rows that share items, and the pairs that the file names."""
    asked = {row.name: row for row in experiment.rows}
    found: list[Difference] = []
    ran = [row for row in rows if row.values]
    for pair in combinations(ran, 2):
        one, other = pair
        if (other.name, one.name) in experiment.compare:
            one, other = other, one
        named = (one.name, other.name) in experiment.compare
        on = _shared(asked[one.name], asked[other.name], states)
        if not on and not named:
            continue
        for column in experiment.columns:
            a, b = one.values.get(column.key, {}), other.values.get(column.key, {})
            if not a or not b or (on == "the same stories" and column.key in OF_STORIES):
                continue
            if on:
                found.append(paired(column.key, one.name, other.name, a, b, on))
            else:
                found.append(unpaired(column.key, one.name, other.name, a, b))
    return found


def _shared(one: Row, other: Row, states: Mapping[str, RowState]) -> str:
    """What items two rows share: stories, prompts, plans, or nothing (an empty text)."""
    a, b = states.get(one.name), states.get(other.name)
    if a and b and a.stories and a.stories == b.stories:
        return "the same stories"
    given = [row for row in (one, other) if row.stories or row.pictures]
    if any(row.pictures or not row.briefs for row in given):
        return ""
    if one.story_key == other.story_key:
        return "the same stories"
    modes = [_mode(row) for row in (one, other)]
    same_seed = one.settings.get("seed", 0) == other.settings.get("seed", 0)
    alike = ("pool", "examples", "with_chains", "theme", "setting", "richness")
    if any(one.settings.get(k) != other.settings.get(k) for k in ("painter", "quality", "size")):
        return ""  # two things differ: the difference would say nothing of either
    briefs = {one.briefs, other.briefs}
    if briefs != {""}:
        return "the same Briefs" if len(briefs) == 1 else ""
    same = {key for key in alike if one.settings.get(key) == other.settings.get(key)}
    if modes == ["cor_guided"] * 2 and same_seed and same == set(alike):
        return "the same prompts"
    if modes == ["mini"] * 2 and same >= set(alike[2:]):
        return "the same prompts"
    if modes == ["planned"] * 2 and same_seed and same >= set(alike[3:]):
        return "the same plans"
    return ""


def _mode(row: Row) -> str:
    storyteller = str(row.settings.get("storyteller", "planner"))
    if storyteller == "planner":
        return "planned"
    own = "mini" if storyteller.partition("/")[0] == "mini" else "cor_guided"
    return str(row.settings.get("mode", "")) or own
