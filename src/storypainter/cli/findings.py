"""Findings as text: scores with their intervals, tables, and warnings where they belong."""

from __future__ import annotations

from collections.abc import Mapping

import click

from storypainter.evaluation import Found
from storypainter.evaluators.contract import Table
from storypainter.score import Score

_WIDEST = 60  # characters of a table's cell


def print_findings(found: tuple[Found, ...], doubts: Mapping[str, tuple[str, ...]]) -> None:
    """Print each evaluator's scores and tables; a doubted score carries its warning."""
    for each in found:
        click.echo()
        click.echo(click.style(f"{each.name}", bold=True) + f" (judge: {each.judged_by})")
        width = max((len(score.name) for score in each.findings.scores), default=0)
        for score in each.findings.scores:
            click.echo(f"  {score.name:{width}}  {shown(score)}")
        for table in each.findings.tables:
            _print_table(table)
        warnings = (*each.findings.warnings, *doubts.get(each.name, ()))
        for warning in dict.fromkeys(warnings):
            click.echo(click.style(f"  warning: {warning}", fg="yellow"))


def shown(score: Score) -> str:
    """``0.412 [0.380, 0.444], n = 30``, or ``absent: reason``."""
    if score.value is None:
        return f"absent: {score.absent}"
    text = number(score.value)
    if score.interval is not None:
        low, high = score.interval
        text += f" [{number(low)}, {number(high)}]"
    if score.n is not None:
        text += f", n = {score.n}"
    return text + (f"  ({score.reason})" if score.reason else "")


def number(value: float) -> str:
    """Three decimals for what is small, one for what is large."""
    return f"{value:.1f}" if abs(value) >= 100 else f"{value:.3f}"


def _print_table(table: Table) -> None:
    if not table.rows:
        return
    click.echo(f"  {table.title}")
    cells = [[_cell(cell) for cell in row] for row in (table.columns, *table.rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(table.columns))]
    for row in cells:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(f"    {line.rstrip()}")
    if table.note:
        click.echo(f"    {table.note}")


def _cell(cell: str | float | int | None) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return number(cell)
    text = " ".join(str(cell).split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
