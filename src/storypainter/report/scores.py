"""What the evaluators say of a run: scores, tables, and warnings beside what they put in doubt."""

from __future__ import annotations

from collections.abc import Sequence

from storypainter.evaluation import Found, doubts
from storypainter.evaluators.contract import Marks, Table
from storypainter.report.markup import Child, Html, el
from storypainter.report.words import shortened
from storypainter.score import Score

#: Longer tables are cut: the run has them whole (``evaluate --json``).
_MAX_ROWS = 40
_MAX_PASSAGES = 12


def scores(found: tuple[Found, ...]) -> Html | None:
    """The section with every evaluator's findings; ``None`` when nothing was evaluated."""
    if not found:
        return None
    doubted = doubts(found)
    return el(
        "section",
        el("h2", "Scores", id="scores"),
        [_evaluator(each, doubted.get(each.name, ())) for each in found],
        cls="scores",
        aria_labelledby="scores",
    )


def _evaluator(each: Found, doubted: tuple[str, ...]) -> Html:
    warnings = tuple(dict.fromkeys((*each.findings.warnings, *doubted)))
    stale = "These scores were made before the latest stories: evaluate again."
    return el(
        "section",
        el("h3", each.name.replace("_", " ").capitalize()),
        el("p", "Judge: ", el("span", shortened(each.judged_by, 120), dir="auto"), cls="small"),
        [el("p", line, cls="warning", role="note") for line in warnings],
        el("p", stale, cls="warning", role="note") if each.stale else None,
        el(
            "table",
            el("thead", el("tr", [el("th", name, scope="col") for name in _HEAD])),
            el("tbody", [_score(score) for score in each.findings.scores]),
        ),
        [_table(table) for table in each.findings.tables if table.rows],
        cls="evaluator",
    )


def of_one_story(marks: Sequence[tuple[str, str, Marks]]) -> Html | None:
    """What the evaluators say of one story: its passages first, then every number."""
    told = [(name, judge, each) for name, judge, each in marks if each.scores or each.passages]
    if not told:
        return None
    passages = [
        el(
            "li",
            el("strong", f"{passage.kind}: "),
            el("span", f"“{shortened(passage.text, 160)}”", dir="auto"),
        )
        for _, _, each in told
        for passage in each.passages[:_MAX_PASSAGES]
    ]
    rows = [
        _score(score.model_copy(update={"name": f"{name}: {score.name}"}))
        for name, _, each in told
        for score in each.scores
    ]
    return el(
        "section",
        el("h3", "What the evaluators say"),
        el("ul", passages, cls="passages") if passages else None,
        el(
            "details",
            el("summary", "Scores of this story"),
            el("table", el("tbody", rows)),
        ),
        cls="marks",
    )


_HEAD = ("Score", "Value", "95 % interval", "n")


def _score(score: Score) -> Html:
    if score.value is None:
        cells: list[Child] = [el("td", f"absent: {score.absent}", colspan="3", cls="absent")]
    else:
        interval = "none"
        if score.interval is not None:
            interval = f"{_number(score.interval[0])} to {_number(score.interval[1])}"
        cells = [
            el("td", _number(score.value), cls="count"),
            el("td", interval, cls="count"),
            el("td", "" if score.n is None else f"{score.n:,}", cls="count"),
        ]
    name: list[Child] = [score.name.replace("_", " ")]
    if score.reason and score.value is not None:
        name.append(el("span", score.reason, cls="small"))
    return el("tr", el("th", name, scope="row"), cells)


def _table(table: Table) -> Html:
    shown = table.rows[:_MAX_ROWS]
    cut = len(table.rows) - len(shown)
    notes = [note for note in (table.note, f"{cut:,} more rows" if cut else "") if note]
    return el(
        "details",
        el("summary", table.title[:1].upper() + table.title[1:]),
        el(
            "table",
            el("thead", el("tr", [el("th", name, scope="col") for name in table.columns])),
            el("tbody", [el("tr", [_cell(cell) for cell in row]) for row in shown]),
        ),
        [el("p", note, cls="small") for note in notes],
    )


def _cell(cell: str | float | int | None) -> Html:
    if cell is None:
        return el("td", "none", cls="absent")
    if isinstance(cell, str):
        return el("td", shortened(cell, 400), dir="auto")
    return el("td", _number(cell) if isinstance(cell, float) else f"{cell:,}", cls="count")


def _number(value: float) -> str:
    text = f"{value:.1f}" if abs(value) >= 100 else f"{value:.3f}"
    return text.replace("-", "−")
