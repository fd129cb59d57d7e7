"""``storypainter runs``: list, show, verify, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import orjson

from storypainter.cli.explaining import explained, graph_options
from storypainter.cli.progress import money
from storypainter.errors import BadInput, RunFolderError
from storypainter.runs.export import FORMS, export, row_of
from storypainter.runs.folder import RunFolder, run_folders
from storypainter.runs.items import items, totals
from storypainter.runs.verify import forget, verify


@click.group("runs")
def command() -> None:
    """List, show, verify and export runs."""


@command.command("list")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("runs"))
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def list_runs(folder: Path, as_json: bool) -> None:
    """List the runs below FOLDER (default: runs)."""
    if not folder.is_dir():
        raise RunFolderError(f"{folder} is not a folder", "name the folder that holds your runs")
    rows: list[dict[str, Any]] = []
    for path in run_folders(folder):
        try:
            with RunFolder(path, read_only=True) as run:
                n, spec = totals(run), run.spec()
        except RunFolderError as error:
            rows.append({"run": str(path), "error": str(error)})
            continue
        rows.append(
            {
                "run": str(path),
                "asked": n.asked,
                "stories": n.stories,
                "pictures": n.pictures if n.paints else None,
                "failed": n.stories_failed + n.pictures_failed,
                "storyteller": spec.get("storyteller"),
                "painter": spec.get("painter") or None,
                "cost": money(n.cost, n.unpriced_calls) if n.calls else "free",
            }
        )
    if as_json:
        click.echo(orjson.dumps(rows).decode())
        return
    if not rows:
        click.echo(f"no runs in {folder}")
    for row in rows:
        if "error" in row:
            click.echo(f"{row['run']}: {row['error']}")
            continue
        painted = "" if row["pictures"] is None else f", {row['pictures']} pictures"
        failed = f", {row['failed']} failed" if row["failed"] else ""
        by = f"{row['storyteller']}" + (f" + {row['painter']}" if row["painter"] else "")
        click.echo(
            f"{row['run']}: {row['stories']}/{row['asked']} stories{painted}{failed} "
            f"({by}, {row['cost']})"
        )


@command.command("show")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--item", type=click.IntRange(min=1), help="one item in full, counted from 1")
@graph_options
@click.option("--json", "as_json", is_flag=True, help="print JSON, one item a line")
def show(
    run: Path, item: int | None, explain: bool, form: str, save: Path | None, as_json: bool
) -> None:
    """Show what became of each item of RUN, with the reasons of failures."""
    if explain and item is None:
        raise BadInput("--explain shows the Chains of one item", "name it: --item 1")
    with RunFolder(run, read_only=True) as folder:
        found = False
        for each in items(folder):
            if item is not None and each.index != item - 1:
                continue
            found = True
            if explain and each.story is not None:
                click.echo(explained(each.story, form, save))
                continue
            if as_json:
                file = each.picture.file if each.picture else None
                click.echo(orjson.dumps(row_of(each, file)).decode())
                continue
            words = f"{each.story.words} words" if each.story else "no story"
            line = f"{each.index + 1:5}  {each.status:8} {words}"
            if each.picture is not None:
                line += f"  {each.picture.file}"
            if each.reason:
                line += f"  {each.step}: {each.reason_kind}: {each.reason}"
            click.echo(line)
            if item is not None and each.story is not None:
                click.echo(f"\n{each.story.text}\n")
                for chain in each.story.chains:
                    click.echo(f"  {chain.dimension.label}: {chain.notation}")
                for note in each.story.notes:
                    click.echo(f"  note: {note}")
        if item is not None and not found:
            raise RunFolderError(f"{run} has no item {item}", "see: storypainter runs show RUN")


@command.command("verify")
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--forget",
    "forget_them",
    is_flag=True,
    help="forget missing and altered files, so that the next run makes (and pays) them again",
)
@click.option("--json", "as_json", is_flag=True, help="print JSON, one finding a line")
def verify_run(run: Path, forget_them: bool, as_json: bool) -> int:
    """Find every missing or altered file of RUN. Exit code 6 if there is one.

    A process that is killed loses nothing; a power loss may cost the last second of work, and
    this command is how to find out.
    """
    with RunFolder(run, read_only=not forget_them) as folder:
        findings = tuple(verify(folder))
        for finding in findings:
            plain = {"problem": finding.problem, "file": finding.file, "detail": finding.detail}
            click.echo(
                orjson.dumps(plain).decode()
                if as_json
                else f"{finding.problem}: {finding.file}: {finding.detail}"
            )
        bad = [f for f in findings if f.problem != "unknown"]
        if forget_them:
            count = forget(folder, findings)
            click.echo(f"forgot {count} files; run the same command again to make them", err=True)
            return 0
    if not as_json:
        click.echo(f"{run}: {len(bad)} missing or altered" if bad else f"{run}: all is there")
    return 6 if bad else 0


@command.command("export")
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--format", "form", default="jsonl", type=click.Choice(list(FORMS)), help="[default: jsonl]"
)
def export_run(run: Path, target: Path, form: str) -> None:
    """Write RUN to the folder DIR, pictures beside it."""
    with RunFolder(run, read_only=True) as folder:
        click.echo(export(folder, form, target))
