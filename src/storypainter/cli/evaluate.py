"""``storypainter evaluate``."""

from __future__ import annotations

import asyncio
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
import orjson

from storypainter import assembly, settings
from storypainter.cli import running
from storypainter.cli.findings import print_findings
from storypainter.cli.options import CALLING, EVALUATION, spec_options
from storypainter.cli.progress import Progress
from storypainter.errors import BadInput
from storypainter.evaluation import Evaluation, EvaluationPlan, doubts, label, read_findings
from storypainter.pipeline import Run
from storypainter.runs.folder import RunFolder
from storypainter.storytellers.given import read_stories
from storypainter.value import content_hash


@click.command("evaluate")
@click.argument("source", metavar="RUN|FILE")
@spec_options("evaluators", *EVALUATION, *CALLING, kind=settings.EvaluationSpec)
@click.option(
    "--out",
    type=click.Path(),
    default=None,
    help="for a FILE: the run folder that keeps its stories and scores; needed when a model "
    "is asked, whose replies are kept there",
)
@click.option(
    "--price",
    multiple=True,
    metavar="MODEL=IN/OUT",
    help="your price: dollars a million tokens in/out",
)
@click.option("--json", "as_json", is_flag=True, help="print one JSON object at the end")
@click.option("--quiet", is_flag=True, help="print errors only")
def command(source: str, out: str | None, as_json: bool, quiet: bool, **flags: Any) -> int:
    """Score the stories of RUN, or of a FILE of anybody's.

    RUN is a run folder: the scores are kept in it, and the same command again repeats nothing
    that is done. FILE is JSONL or CSV with a column story, a text file (lines of dashes between
    the stories), or a folder of text files.

    Without --judge, --summariser and --embedder everything is offline and free.
    """
    resolved = running.resolved_evaluation(flags)
    run = Path(source)
    with ExitStack() as stack:
        if not (run / "run.db").is_file():
            run = _import(source, out, resolved.spec, stack, quiet=quiet or as_json)
        elif out is not None:
            raise BadInput("--out is for a FILE; a run keeps its own scores", "drop --out")
        plan = assembly.prepare_evaluation(resolved, os.environ)
        if out is None and run != Path(source) and assembly.asks_models(plan):
            raise BadInput(
                "a model is asked, and nothing would keep its replies",
                "name a run folder with --out",
            )
        folder = stack.enter_context(RunFolder(run))
        return _evaluate(folder, plan, as_json=as_json, quiet=quiet)


def _import(
    source: str, out: str | None, spec: settings.EvaluationSpec, stack: ExitStack, *, quiet: bool
) -> Path:
    """Take a file's stories into a run folder: the one that is named, or a passing one."""
    rows = read_stories(source)
    target = Path(out) if out else Path(stack.enter_context(tempfile.TemporaryDirectory())) / "run"
    asked = running.resolved_settings({})
    plan = assembly.prepare_stories(asked, rows)
    digest = content_hash([row.story.to_plain() for row in rows])
    record = {**assembly.recorded(plan.spec), "n": plan.n, "painter": "", "stories": digest}
    with RunFolder(target) as folder:
        folder.begin(record, asked.origins, running.command_line())
        run = Run(plan, folder)
        with Progress(run, quiet=quiet):
            asyncio.run(running.with_signals(run))
    return target


def _evaluate(folder: RunFolder, plan: EvaluationPlan, *, as_json: bool, quiet: bool) -> int:
    evaluation = Evaluation(plan, folder)
    error = running.worked(evaluation, quiet=quiet or as_json)
    labels = {label(each) for each in plan.evaluators}
    stored = read_findings(folder)
    found = tuple(each for each in stored if f"{each.name}:{each.judge}" in labels)
    code = running.exit_code(evaluation, error, incomplete=running.any_failed(evaluation))
    if as_json:
        plain = {
            "run": str(folder.path),
            "stories": evaluation.stories,
            "asked": evaluation.total,
            "findings": [
                {"evaluator": e.name, "judge": e.judge, **e.findings.to_plain()} for e in found
            ],
            "doubts": doubts(found),
            "failed": {
                name: stage.reasons for name, stage in evaluation.stages.items() if stage.failed
            },
            "error": str(error) if error else None,
            "exit_code": code,
        }
        click.echo(orjson.dumps(plain).decode())
    elif not quiet and error is None:
        missing = evaluation.total - evaluation.stories
        without = f" ({missing} without a story)" if missing else ""
        click.echo(f"{evaluation.stories} stories{without}")
        print_findings(found, doubts(found))
        running.print_ending(evaluation, "stories")
    if error is not None:
        raise error
    return code
