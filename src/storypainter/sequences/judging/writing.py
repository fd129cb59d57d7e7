"""An evaluation's tables in files for people and programs: Markdown, CSV, LaTeX, JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from storypainter.runs.folder import write_atomically
from storypainter.score import Score
from storypainter.sequences.judging.means import Difference
from storypainter.sequences.judging.tables import ORDER, Column, Table, order_verdicts

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~])")
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "–": "--", "−": "$-$", "λ": r"$\lambda$",
}  # fmt: skip
LEGEND = (
    "Values stand with their 95 % interval (Student's over sequences; BLEU's by bootstrap) and n, "
    "the number of sequences they rest on."
)
DIFFERENCES = (
    "Differences are paired over the sequences that both systems have a value for, with Student's "
    "interval at 95 %, not adjusted for how many are listed."
)


def write_tables(
    tables: Sequence[Table], out: Path, title: str, notes: Sequence[str] = ()
) -> list[Path]:
    """Write ``tables.md`` with everything, and ``NAME.md``, ``.csv``, ``.tex`` for each name.

    Tables of one name (several judges) stand in one file, one after the other.
    """
    by_name: dict[str, list[Table]] = {}
    for table in tables:
        by_name.setdefault(table.name, []).append(table)
    files: dict[str, str] = {}
    for name, several in by_name.items():
        files[f"{name}.md"] = "\n".join(markdown(each) for each in several)
        files[f"{name}.csv"] = as_csv(several)
        files[f"{name}.tex"] = "\n".join(latex(each) for each in several)
    parts = [f"# {_md(title)}", "", *(f"- {_md(note)}" for note in notes), ""]
    parts += [markdown(each) for each in tables]
    files["tables.md"] = "\n".join(parts)
    files["tables.json"] = as_json(tables, notes)
    written = []
    for name, text in files.items():
        write_atomically(out / name, text.encode())
        written.append(out / name)
    return written


# ----------------------------------------------------------------------- Markdown


def markdown(table: Table) -> str:
    """The table with what must stand below it, in Markdown."""
    heads = ["System", *(column.label for column in table.columns)]
    lines = [f"## {_md(_titled(table))}", "", _pipe(heads), _pipe(["---"] * len(heads))]
    lines += [
        _pipe([row.system, *(shown(row.cells[c.key], c) for c in table.columns)])
        for row in table.rows
    ]
    lines += [_pipe([name, *cells]) for name, cells in _published(table)]
    lines += ["", LEGEND, ""]
    lines += [f"- {_md(line)}" for line in remarks(table)]
    if table.differences:
        heads = ["Column", "One", "less the other", "Difference (95 % interval)", "n"]
        lines += ["", _pipe(heads), _pipe(["---"] * len(heads))]
        lines += [_pipe(cells) for cells in _differences(table)]
        lines += ["", DIFFERENCES]
    return "\n".join(lines) + "\n"


def _titled(table: Table) -> str:
    return f"{table.title}, judged by {table.judge}" if table.judge else table.title


def _published(table: Table) -> Iterator[tuple[str, list[str]]]:
    if table.printed is None:
        return
    for name, row in table.printed.rows:
        yield f"{name} (published)", [table.printed.value(row, c.key) or "–" for c in table.columns]


def remarks(table: Table) -> list[str]:
    """What order sensitivity came to, in words; judges, reasons and doubts."""
    found: list[str] = verdicts(table)
    if not table.judge:
        for column in table.columns:
            judges = dict.fromkeys(
                cell.judge
                for row in table.rows
                if (cell := row.cells[column.key]).value is not None
            )
            if judges:
                found.append(f"{column.label}: by {'; '.join(judges)}.")
    for row in table.rows:
        by_reason: dict[str, list[str]] = {}
        for column in table.columns:
            cell = row.cells[column.key]
            if cell.value is None:
                by_reason.setdefault(f"absent: {cell.absent}", []).append(column.label)
            elif cell.parts.get("absent"):
                by_reason.setdefault(cell.reason, []).append(column.label)
        found += [f"{row.system}: {', '.join(heads)}: {why}" for why, heads in by_reason.items()]
    if table.printed is not None:
        found.append(
            f"Rows marked published are quoted as printed in {table.printed.source}, judged by "
            f"{table.printed.judge}: another judge, other pictures; nothing of them was measured here."
        )
    return [*found, *table.notes]


def verdicts(table: Table) -> list[str]:
    """What a table of order sensitivity says, in words; nothing for other tables."""
    return order_verdicts(table.differences, table.columns) if table.name == ORDER else []


def shown(cell: Score, column: Column) -> str:
    """``8.1 (7.6 to 8.6; n = 30)``, or ``absent``."""
    if cell.value is None:
        return "absent"
    parts = []
    if cell.interval is not None:
        low, high = cell.interval
        parts.append(f"{_number(low, column)} to {_number(high, column)}")
    if cell.n:
        parts.append(f"n = {cell.n}")
    text = _number(cell.value, column)
    return f"{text} ({'; '.join(parts)})" if parts else text


def _number(value: float, column: Column) -> str:
    return f"{value:.{column.digits}f}".replace("-", "−")


def _differences(table: Table) -> Iterator[list[str]]:
    columns = {column.key: column for column in table.columns}
    for each in table.differences:
        column = columns[each.column]
        yield [column.label, each.one, each.other, told_difference(each, column), str(each.n)]


def told_difference(each: Difference, column: Column) -> str:
    """``0.42 (0.10 to 0.74)``, or why there is none; one digit more than the column has."""
    finer = Column(column.key, column.label, digits=column.digits + 1)
    if each.value is None:
        return f"absent: {each.reason}"
    if each.low is None or each.high is None:
        return f"{_number(each.value, finer)} ({each.reason})"
    return (
        f"{_number(each.value, finer)} ({_number(each.low, finer)} to {_number(each.high, finer)})"
    )


def _pipe(cells: Sequence[str]) -> str:
    return "| " + " | ".join(c if c == "---" else _md(c) for c in cells) + " |"


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


# -------------------------------------------------------------------------- LaTeX


def latex(table: Table) -> str:
    """A ``table`` for LaTeX with booktabs; published rows in italics."""
    heads = ["System", *(column.label for column in table.columns)]
    lines = [
        "% needs \\usepackage{booktabs}", "\\begin{table}[t]", "\\centering", "\\small",
        "\\begin{tabular}{l" + "r" * len(table.columns) + "}", "\\toprule",
        " & ".join(tex(head) for head in heads) + r" \\", "\\midrule",
    ]  # fmt: skip
    for row in table.rows:
        cells = [tex(row.system), *(tex(_brackets(row.cells[c.key], c)) for c in table.columns)]
        lines.append(" & ".join(cells) + r" \\")
    if table.rows and table.printed is not None:
        lines.append("\\midrule")
    for name, values in _published(table):
        lines.append(" & ".join(f"\\textit{{{tex(each)}}}" for each in (name, *values)) + r" \\")
    lines += ["\\bottomrule", "\\end{tabular}"]
    lines += [f"\\caption{{{tex(_titled(table))}. {tex(LEGEND)}}}", "\\end{table}"]
    lines += [f"% {' '.join(line.split())}" for line in remarks(table)]
    return "\n".join(lines) + "\n"


def _brackets(cell: Score, column: Column) -> str:
    if cell.value is None:
        return "absent"
    text = _number(cell.value, column)
    if cell.interval is not None:
        text += f" [{_number(cell.interval[0], column)}, {_number(cell.interval[1], column)}]"
    return text + (f" ({cell.n})" if cell.n else "")


def tex(text: str) -> str:
    """Text that LaTeX prints as it is."""
    return "".join(_LATEX.get(letter, letter) for letter in " ".join(text.split()))


# ---------------------------------------------------------------------------- CSV


def as_csv(tables: Sequence[Table]) -> str:
    """A line a row and judge: for each column its value, interval, n, and judge or reason."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    heads = ["system", "source", "judge"]
    for column in tables[0].columns:
        heads += [column.key + end for end in ("", "_low", "_high", "_n", "_told")]
    writer.writerow(heads)
    for table in tables:
        for row in table.rows:
            cells: list[Any] = [row.system, "ours", table.judge]
            for column in table.columns:
                cells += _csv_cell(row.cells[column.key])
            writer.writerow([_safe(cell) for cell in cells])
    last = tables[-1]
    if last.printed is not None:
        for name, printed in last.printed.rows:
            cells = [name, "published", last.printed.judge]
            for column in last.columns:
                value = last.printed.value(printed, column.key)
                cells += [
                    value,
                    "",
                    "",
                    "",
                    f"as printed in {last.printed.source}" if value else "",
                ]
            writer.writerow([_safe(cell) for cell in cells])
    return target.getvalue()


def _csv_cell(cell: Score) -> list[Any]:
    if cell.value is None:
        return ["", "", "", cell.n or 0, f"absent: {cell.absent}"]
    low, high = cell.interval or ("", "")
    return [cell.value, low, high, cell.n or "", cell.judge]


def _safe(cell: Any) -> Any:
    """A text that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + cell
    return cell


# --------------------------------------------------------------------------- JSON


def as_json(tables: Sequence[Table], notes: Sequence[str]) -> str:
    """Everything, for programs."""
    plain = {
        "notes": list(notes),
        "tables": [
            {
                "name": table.name,
                "title": table.title,
                "judge": table.judge,
                "columns": [column.key for column in table.columns],
                "rows": [{"system": row.system, "cells": _plain(row.cells)} for row in table.rows],
                "published": [
                    {"system": name, "values": dict(zip(table.printed.columns, row, strict=True))}
                    for name, row in (table.printed.rows if table.printed else ())
                    if table.printed
                ],
                "source": table.printed.source if table.printed else "",
                "differences": [asdict(each) for each in table.differences],
                "remarks": remarks(table),
            }
            for table in tables
        ],
    }
    return orjson.dumps(plain, option=orjson.OPT_INDENT_2).decode() + "\n"


def _plain(cells: Mapping[str, Score]) -> dict[str, Any]:
    return {key: cell.to_plain() for key, cell in cells.items()}
