"""``storypainter experiment``."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from storypainter import assembly
from storypainter.cli import running
from storypainter.cli.progress import Progress
from storypainter.errors import BadInput, Interrupted, StorypainterError

if TYPE_CHECKING:
    from storypainter.evaluation import Evaluation
    from storypainter.experiments.asked import Experiment
    from storypainter.experiments.costing import Cost
    from storypainter.experiments.table import ExperimentTable
    from storypainter.pipeline import Run


@click.command("experiment")
@click.argument("source", metavar="[FILE|NAME]", required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="the experiment's folder; the same command again resumes it  [default: runs/NAME]",
)
@click.option(
    "--only", multiple=True, metavar="ROW", help="run this row; may be given several times"
)
@click.option("--n", "n", type=click.IntRange(min=1), help="so many stories in every row")
@click.option("--base-url", default="", help="a server for every row and judge that names none")
@click.option(
    "--max-cost",
    type=click.FloatRange(min=0),
    help="US dollars that the whole folder may cost, earlier runs included",
)
@click.option(
    "--price",
    "price",
    multiple=True,
    metavar="MODEL=IN/OUT",
    help="your price: dollars a million tokens in/out, or MODEL=EACH dollars a picture",
)
@click.option("--dry-run", is_flag=True, help="show the rows and their cost; call nothing")
@click.option(
    "--table", "table_only", is_flag=True, help="make the table of what is there; run nothing"
)
@click.option("--json", "as_json", is_flag=True, help="print one JSON object at the end")
@click.option("--quiet", is_flag=True, help="print errors only")
def command(
    source: str | None,
    out: Path | None,
    only: tuple[str, ...],
    n: int | None,
    base_url: str,
    max_cost: float | None,
    price: tuple[str, ...],
    dry_run: bool,
    table_only: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Run or resume the rows of FILE, then make the table.

    FILE is a TOML file, or the NAME of an experiment that comes with storypainter; without one
    these are listed. The folder then holds table.md, table.tex, table.csv, table.json and
    index.html; a row that failed is in them with its reason, and is tried again by the same
    command.
    """
    from storypainter.experiments import spec

    if source is None:
        for name in spec.names():
            click.echo(f"{name:10} {spec.read_experiment(name).title}")
        return 0
    if dry_run and table_only:
        raise BadInput("--dry-run and --table exclude each other", "drop one")
    experiment = spec.read_experiment(source, n=n, base_url=base_url)
    prices = dict(assembly.read_price_flag(text) for text in price)
    folder = out if out is not None else Path("runs") / experiment.name
    if dry_run:
        return _dry_run(experiment, only, prices, max_cost, as_json=as_json)
    from storypainter.experiments.page import write_page
    from storypainter.experiments.rows import Runner
    from storypainter.experiments.table import build_table
    from storypainter.experiments.writing import write_files

    stopped: StorypainterError | None = None
    if experiment.kind == "diversity_validation":
        from storypainter.experiments.diversity_rows import diversity_table

        table = diversity_table(experiment, folder, os.environ, prices=prices, max_cost=max_cost)
    else:
        if not table_only:
            runner = Runner(
                experiment, folder, os.environ, _works(quiet=quiet or as_json),
                prices=prices, max_cost=max_cost, command=running.command_line(),
                say=(lambda _: None) if quiet or as_json else lambda line: click.echo(line, err=True),
            )  # fmt: skip
            try:
                runner.run(only)
            except Interrupted as error:
                stopped = error
        elif not folder.is_dir():
            raise BadInput(f"{folder}: no such folder", "run the experiment first")
        table = build_table(experiment, folder, os.environ)
    write_files(table, folder)
    write_page(experiment, table, folder)
    code = 130 if stopped else _code(table, only)
    _tell(table, folder, code, as_json=as_json, quiet=quiet)
    return code


def _works(*, quiet: bool) -> Any:
    def works(work: Run | Evaluation, what: str) -> None:
        with Progress(work, quiet=quiet):
            asyncio.run(running.with_signals(work))

    return works


def _code(table: ExperimentTable, only: tuple[str, ...]) -> int:
    ran = [row for row in table.rows if not only or row.name in only]
    return 3 if any(row.status in ("failed", "partial") for row in ran) else 0


def _tell(table: ExperimentTable, folder: Path, code: int, *, as_json: bool, quiet: bool) -> None:
    from storypainter.experiments.writing import shown

    if as_json:
        plain = {
            "experiment": str(folder),
            "rows": {row.name: {"status": row.status, "reason": row.reason} for row in table.rows},
            "exit_code": code,
        }
        click.echo(orjson.dumps(plain).decode())
        return
    if quiet:
        return
    for row in table.rows:
        click.echo(f"{row.label}: {row.status}" + (f": {row.reason}" if row.reason else ""))
        if row.status in ("done", "partial"):
            for column in table.columns:
                cell = row.cells[column.key]
                why = f": {cell.reason}" if cell.value is None and cell.reason else ""
                click.echo(f"  {column.label:24} {shown(cell, column)}{why}")
    click.echo(f"{folder}: table.md, table.tex, table.csv, table.json, index.html")


def _dry_run(
    experiment: Experiment,
    only: tuple[str, ...],
    prices: Mapping[str, Mapping[str, float]],
    max_cost: float | None,
    *,
    as_json: bool,
) -> int:
    from storypainter.experiments.costing import costs

    if experiment.kind != "rows":
        click.echo(f"{experiment.title}: groups are measured; nothing is called or written.")
        return 0
    found = costs(experiment, os.environ, only=only, prices=prices)
    likely, most = sum(c.likely or 0.0 for c in found), sum(c.most or 0.0 for c in found)
    unknown = [c for c in found if c.calls and c.most is None]
    if as_json:
        plain = [
            {
                "row": c.row, "step": c.what, "model": c.address, "calls": c.calls,
                "likely_usd": c.likely, "most_usd": c.most, "problem": c.problem,
            }
            for c in found
        ]  # fmt: skip
        told = {"likely_usd": likely, "most_usd": most, "unknown": len(unknown), "parts": plain}
        click.echo(orjson.dumps(told).decode())
        return 0
    click.echo(f"{experiment.title}: nothing is called or written.")
    for cost in found:
        click.echo(f"  {cost.row}: {_shown(cost)}")
    click.echo(f"About ${likely:.2f}, at most ${most:.2f}, as far as prices are known"
               + (f"; {len(unknown)} parts of unknown price" if unknown else ""))  # fmt: skip
    click.echo(f"Prices as of {assembly.PRICES_AS_OF}, or your own; stored replies are free.")
    if max_cost is not None and most > max_cost:
        click.echo(f"That may be more than --max-cost {max_cost:.2f}: rows would then stop there.")
    return 0


def _shown(cost: Cost) -> str:
    if cost.problem:
        return f"can't run: {cost.problem}"
    money = "price unknown"
    if cost.most is not None:
        money = "free" if not cost.most else f"about ${cost.likely:.2f}, at most ${cost.most:.2f}"
    calls = f"{cost.calls} calls to {cost.address}" if cost.calls else f"{cost.address} (embedded)"
    return f"{cost.what}: {calls}: {money}"
