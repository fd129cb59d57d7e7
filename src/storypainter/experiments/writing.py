"""The table in files for people and programs: Markdown, LaTeX with booktabs, CSV, JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from storypainter.experiments.columns import Cell, Column
from storypainter.experiments.comparing import Difference
from storypainter.experiments.table import ExperimentTable, OurRow, Printed
from storypainter.runs.folder import write_atomically

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "–": "--", "−": "$-$", "†": r"\dag{}",
    "·": r"\textperiodcentered{}", "…": r"\dots{}", "≥": r"$\geq$", "≤": r"$\leq$", "×": r"$\times$",
}  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~])")


def write_files(table: ExperimentTable, out: Path) -> tuple[Path, ...]:
    """Write ``table.md``, ``table.tex``, ``table.csv`` and ``table.json`` into a folder."""
    written = []
    for name, text in (
        ("table.md", markdown(table)),
        ("table.tex", latex(table)),
        ("table.csv", as_csv(table)),
        ("table.json", as_json(table)),
    ):
        write_atomically(out / name, text.encode())
        written.append(out / name)
    return tuple(written)


def number(value: float, column: Column) -> str:
    """A value with the column's digits and a true minus sign."""
    return f"{value:.{column.digits}f}".replace("-", "−")


def details(cell: Cell, column: Column) -> list[str]:
    """What stands beside a value: its interval, n, and how many are absent."""
    parts = []
    if cell.low is not None and cell.high is not None:
        parts.append(f"{number(cell.low, column)} to {number(cell.high, column)}")
    if cell.n:
        parts.append(f"n = {cell.n}")
    if cell.absent:
        parts.append(f"{cell.absent} absent")
    return parts


def shown(cell: Cell, column: Column) -> str:
    """``31.5 (28.0 to 35.1; n = 30)``, with absent ones named, or ``absent``."""
    if cell.value is None:
        return "absent"
    value, parts = number(cell.value, column), details(cell, column)
    return f"{value} ({'; '.join(parts)})" if parts else value


def remarks(table: ExperimentTable) -> list[str]:
    """What must stand below the table: judges, reasons, warnings, rows that are not there."""
    found: list[str] = []
    for column in table.columns:
        judges = dict.fromkeys(
            row.cells[column.key].judge for row in table.rows if row.cells[column.key].judge
        )
        if judges:
            found.append(f"{column.label}: judged by {'; '.join(judges)}.")
    for row in table.rows:
        if row.reason:
            found.append(f"{row.label}: {row.status}: {row.reason}")
        by_reason: dict[str, list[str]] = {}
        for column in table.columns:
            cell = row.cells[column.key]
            if cell.value is None and cell.reason and cell.reason != row.reason:
                by_reason.setdefault(cell.reason, []).append(column.label)
            for line in cell.warnings:
                by_reason.setdefault(f"in doubt: {line}", []).append(column.label)
        found += [f"{row.label}: {', '.join(c)}: {why}" for why, c in by_reason.items()]
        found += [f"{row.label}: {note}" for note in row.notes]
    if table.printed:
        found.append(f"Rows marked published are quoted as printed in {table.source}.")
    return [*table.notes, *found]


# ----------------------------------------------------------------------- Markdown


def markdown(table: ExperimentTable) -> str:
    """The table, its remarks and the differences, in Markdown."""
    heads = ["System", *(column.label for column in table.columns)]
    lines = [f"# {_md(table.title)}", "", _pipe(heads), _pipe(["---"] * len(heads))]
    for row in table.lines:
        lines.append(_pipe([_label(row), *_texts(row, table.columns)]))
    lines += ["", table.legend, ""]
    lines += [f"- {_md(line)}" for line in remarks(table)]
    if table.differences:
        heads = ["Column", "One", "less the other", "Difference (95 % interval)", "n", "On"]
        lines += ["", "## Differences", "", _pipe(heads), _pipe(["---"] * len(heads))]
        lines += [_pipe(cells) for cells in difference_lines(table)]
        lines += ["", DIFFERENCES_NOTE]
    return "\n".join(lines) + "\n"


DIFFERENCES_NOTE = (
    "Intervals by the paired bootstrap over shared items (by two bootstraps on different items), "
    "10,000 resamples, not adjusted for the number of comparisons."
)


def difference_lines(table: ExperimentTable) -> Iterator[list[str]]:
    """The differences as cells of text."""
    columns = {column.key: column for column in table.columns}
    labels = {row.name: row.label for row in table.rows}
    for each in table.differences:
        column = columns[each.column]
        yield [
            column.label, labels[each.one], labels[each.other], _difference(each, column),
            str(each.n), each.on,
        ]  # fmt: skip


def _difference(each: Difference, column: Column) -> str:
    if each.value is None:
        return f"absent: {each.reason}"
    if each.low is None or each.high is None:
        return f"{number(each.value, column)} ({each.reason})"
    low, high = number(each.low, column), number(each.high, column)
    return f"{number(each.value, column)} ({low} to {high})"


def _label(row: OurRow | Printed) -> str:
    if isinstance(row, Printed):
        return f"{row.label} (published)"
    return row.label if row.status == "done" else f"{row.label} ({row.status})"


def _texts(row: OurRow | Printed, columns: Sequence[Column]) -> list[str]:
    if isinstance(row, Printed):
        return [row.cells.get(column.key, "") for column in columns]
    return [shown(row.cells[column.key], column) for column in columns]


def _pipe(cells: Sequence[str]) -> str:
    return "| " + " | ".join(c if c == "---" else _md(c) for c in cells) + " |"


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


# -------------------------------------------------------------------------- LaTeX


def latex(table: ExperimentTable) -> str:
    """A ``table`` for LaTeX with booktabs; published rows in italics, intervals in brackets."""
    heads = ["System", *(column.label for column in table.columns)]
    lines = [
        "% needs \\usepackage{booktabs}",
        "\\begin{table*}[t]", "\\centering", "\\small",
        "\\begin{tabular}{l" + "r" * len(table.columns) + "}", "\\toprule",
        " & ".join(tex(head) for head in heads) + r" \\", "\\midrule",
    ]  # fmt: skip
    for row in table.lines:
        cells = [tex(_label(row)), *(_tex_cell(row, column) for column in table.columns)]
        if isinstance(row, Printed):
            cells = [f"\\textit{{{cell}}}" if cell else "" for cell in cells]
        lines.append(" & ".join(cells) + r" \\")
    lines += ["\\bottomrule", "\\end{tabular}"]
    lines.append(f"\\caption{{{tex(table.title)}. {tex(table.legend)}}}")
    lines.append("\\end{table*}")
    lines += [f"% {_comment(line)}" for line in remarks(table)]
    return "\n".join(lines) + "\n"


def _tex_cell(row: OurRow | Printed, column: Column) -> str:
    if isinstance(row, Printed):
        return tex(row.cells.get(column.key, ""))
    cell = row.cells[column.key]
    if cell.value is None:
        return "absent"
    text = f"{cell.value:.{column.digits}f}"
    if cell.low is not None and cell.high is not None:
        text += f" [{cell.low:.{column.digits}f}, {cell.high:.{column.digits}f}]"
    return tex(text.replace("-", "−") + (f" ({cell.n})" if cell.n else ""))


def tex(text: str) -> str:
    """Text that LaTeX prints as it is."""
    return "".join(_LATEX.get(letter, letter) for letter in " ".join(text.split()))


def _comment(text: str) -> str:
    return " ".join(text.split())


# ---------------------------------------------------------------------------- CSV


def as_csv(table: ExperimentTable) -> str:
    """A line a row: for each column its value, interval, n, absent ones, and judge or reason."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    heads = ["row", "system", "source", "status", "reason"]
    for column in table.columns:
        heads += [column.key + end for end in ("", "_low", "_high", "_n", "_absent", "_told")]
    writer.writerow(heads)
    for row in table.lines:
        if isinstance(row, Printed):
            cells: list[Any] = [row.id, row.label, "published", "", table.source]
            for column in table.columns:
                cells += [_plain(row.cells.get(column.key, "")), "", "", "", "", ""]
        else:
            cells = [row.name, row.label, "ours", row.status, row.reason]
            for column in table.columns:
                cells += _csv_cell(row.cells[column.key])
        writer.writerow([_safe(cell) for cell in cells])
    return target.getvalue()


def _csv_cell(cell: Cell) -> list[Any]:
    if cell.value is None:
        return ["", "", "", cell.n, cell.absent, f"absent: {cell.reason}"]
    low, high = ("" if x is None else x for x in (cell.low, cell.high))
    return [cell.value, low, high, cell.n, cell.absent, cell.judge]


def _plain(text: str) -> str:
    return "" if text == "–" else text


def _safe(cell: Any) -> Any:
    """A text that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + cell
    return cell


# --------------------------------------------------------------------------- JSON


def as_json(table: ExperimentTable) -> str:
    """Everything, for programs: rows with each story's values, differences, remarks."""
    plain = {
        "title": table.title,
        "columns": [asdict(column) for column in table.columns],
        "rows": [asdict(row) for row in table.rows],
        "published": [asdict(row) for row in table.printed],
        "source": table.source,
        "differences": [asdict(each) for each in table.differences],
        "remarks": remarks(table),
    }
    return orjson.dumps(plain, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode() + "\n"
