"""``storypainter validate retelling``: CogBench's files, scored in its format."""

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
from storypainter.cli.findings import shown
from storypainter.cli.options import CALLING, spec_options
from storypainter.errors import BadInput
from storypainter.evaluators.cogbench_scoring import (
    Recalled,
    Reference,
    choice_scores,
    description_scores,
    read_references,
    recall_descriptions,
)
from storypainter.evaluators.cogbench_scoring_answers import (
    is_questions,
    read_choices,
    read_descriptions,
    read_questions,
)
from storypainter.evaluators.embedding import EmbeddedEmbedder
from storypainter.evaluators.retelling import Retelling
from storypainter.models.calling import Caller
from storypainter.pools.reading import read_text
from storypainter.runs.folder import RunFolder
from storypainter.runs.replies import Replies
from storypainter.score import Score


@click.command("retelling")
@click.argument("descriptions", type=click.Path(path_type=Path))
@click.argument("answers", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(), default=None, help="a run folder for the replies of a model"
)
@click.option("--json", "as_json", is_flag=True, help="print JSON")
@spec_options("judge", "embedder", *CALLING, kind=settings.EvaluationSpec)
def command(
    descriptions: Path, answers: Path, out: str | None, as_json: bool, **flags: Any
) -> None:
    """Score a model on CogBench's files.

    DESCRIPTIONS is CogBench's description JSON; ANSWERS then holds the model's description of
    each picture: {"<id>": "text"}, or lines of {"img_id": "<id>", "description": "text"}.
    Recognition needs no model; cognition needs a --judge, whose replies --out keeps.

    DESCRIPTIONS may also be CogBench's four-choice questions; ANSWERS then holds the model's
    answers in the questions' order: ["B", …], or lines of {"model_answer": "B"}.
    """
    resolved = running.resolved_evaluation({**flags, "evaluators": "retelling", "seer": ""})
    text, said = read_text(descriptions), read_text(answers)
    notes: list[str] = []
    if is_questions(text):
        questions = read_questions(text, descriptions.name)
        chosen = read_choices(said, answers.name, questions)
        scores = choice_scores(questions, chosen, judge="answers")
    else:
        references = read_references(text, descriptions.name)
        told = read_descriptions(said, answers.name)
        known = {reference.picture for reference in references}
        if not known & told.keys():
            raise BadInput(
                f"{answers.name}: describes none of the pictures of {descriptions.name}",
                "use the same ids",
            )
        notes = [f"{one.picture}: {note}" for one in references for note in one.notes]
        if told.keys() - known:
            notes.append(f"{len(told.keys() - known)} descriptions of unknown pictures left out")
        recalled, judge = _recalled(resolved, references, told, out)
        scores = description_scores(recalled, len(known - told.keys()), judge=judge)
    _print(scores, notes, as_json)


def _recalled(
    resolved: settings.Resolved[settings.EvaluationSpec],
    references: tuple[Reference, ...],
    told: dict[str, str],
    out: str | None,
) -> tuple[tuple[Recalled, ...], str]:
    plan = assembly.prepare_evaluation(resolved, os.environ)
    (evaluator,) = plan.evaluators
    assert isinstance(evaluator, Retelling)
    recaller = evaluator.recaller
    asks = recaller.writer is not None or not isinstance(recaller.embedder, EmbeddedEmbedder)
    if out is None and asks:
        raise BadInput(
            "a model is asked, and nothing would keep its replies",
            "name a run folder with --out",
        )
    with ExitStack() as stack:
        if out is None:
            out = str(Path(stack.enter_context(tempfile.TemporaryDirectory())) / "run")
        folder = stack.enter_context(RunFolder(Path(out)))

        async def run() -> tuple[Recalled, ...]:
            caller = Caller(Replies(folder), plan.limits, plan.prices)
            try:
                return await recall_descriptions(references, told, recaller, caller)
            finally:
                for close in plan.closers:
                    await close()

        found = asyncio.run(run())
    names = dict.fromkeys((recaller.embedder.address, recaller.judge))
    return found, " + ".join(names)


def _print(scores: tuple[Score, ...], notes: list[str], as_json: bool) -> None:
    if as_json:
        plain = {"scores": [score.to_plain() for score in scores], "notes": notes}
        click.echo(orjson.dumps(plain).decode())
        return
    click.echo(f"judge: {scores[0].judge}, version {scores[0].version}")
    width = max(len(score.name) for score in scores)
    for score in scores:
        click.echo(f"  {score.name:{width}}  {shown(score)}")
    for note in notes:
        click.echo(f"  note: {note}")
