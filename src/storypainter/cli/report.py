"""``storypainter report``."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from storypainter.report.page import write_report


@click.command("report")
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "out",
    type=click.Path(path_type=Path),
    default=None,
    help="the HTML file  [default: report.html in RUN]",
)
@click.option("--json", "as_json", is_flag=True, help="print the numbers as JSON")
def command(run: Path, out: Path | None, as_json: bool) -> None:
    """Make one HTML page of RUN: its pictures, stories, Chains and numbers.

    The page opens offline in any browser and can be mailed. With very many pictures it shows
    the files in the run folder instead of carrying them, and says so.
    """
    report = write_report(run, out)
    if as_json:
        plain = {"page": str(report.path), "linked": report.linked, **report.numbers.to_plain()}
        click.echo(orjson.dumps(plain).decode())
    else:
        click.echo(report.path)
