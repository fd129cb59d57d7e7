"""``storypainter train``: scorer, sft, dpo, dpo-mix."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from storypainter.cli.train_mini import command_for
from storypainter.training.fitting import ScorerSettings
from storypainter.training.isa import read_data
from storypainter.training.scorer import Task, train_scorer
from storypainter.training.tuning.settings import METHODS
from storypainter.training.variants import Reads


@click.group("train")
def command() -> None:
    """Train a Mini-Storyteller (sft, dpo, dpo-mix), or a scorer of semantic complexity."""


for _method in METHODS:
    command.add_command(command_for(_method))


@command.command("scorer")
@click.argument(
    "data", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="DATA..."
)
@click.option(
    "--base",
    required=True,
    metavar="MODEL",
    help="a text encoder of the BERT family: its folder, or a hub id such as google-bert/bert-base-uncased",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="the scorer's folder; the same command again goes on after a kill",
)
@click.option(
    "--head",
    type=click.Choice(["semantic", "entity", "both"]),
    default="semantic",
    show_default=True,
    help="which score it learns",
)
@click.option("--repeats", type=click.IntRange(1, 100), default=3, show_default=True)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31),
    default=0,
    show_default=True,
    help="of the first repeat; the others count on",
)
@click.option(
    "--epochs",
    type=click.IntRange(1, 1000),
    default=ScorerSettings().epochs,
    show_default=True,
    help="at most so many; it stops early when validation no longer improves",
)
@click.option(
    "--learning-rate",
    type=click.FloatRange(0, 1, min_open=True),
    default=ScorerSettings().learning_rate,
    show_default=True,
)
@click.option(
    "--text",
    "reads",
    type=click.Choice(["as_given", "features"]),
    default="features",
    show_default=True,
    help="read the Seer's answers as they are, or in the one form that evaluate makes of them",
)
@click.option(
    "--ablations",
    is_flag=True,
    help="also train on Naive features, without chains, and without the description",
)
@click.option("--device", default="auto", show_default=True, help="auto, cpu or cuda")
@click.option("--quiet", is_flag=True, help="print the table only")
def scorer(
    data: tuple[Path, ...],
    base: str,
    out: Path,
    head: Literal["semantic", "entity", "both"],
    repeats: int,
    seed: int,
    epochs: int,
    learning_rate: float,
    reads: Reads,
    ablations: bool,
    device: str,
    quiet: bool,
) -> None:
    """Fine-tune a text encoder on rated features, and measure it as ISA's paper does.

    DATA is ISA's: a folder (or files) with the annotation CSV (file_name, entity_score,
    semantic_score) and feature JSONL (with model_output; Naive where its name says so). Or your
    own ratings: JSONL or CSV with text (or features), score, and scale_min and scale_max where
    the scale is not 0 to 1.
    """
    heads = ("semantic", "entity") if head == "both" else (head,)
    task = Task(
        heads=heads,
        repeats=repeats,
        seed=seed,
        ablations=ablations,
        reads=reads,
        settings=ScorerSettings(epochs=epochs, learning_rate=learning_rate),
    )

    def say(line: str) -> None:
        if not quiet:
            click.echo(line, err=True)

    table = train_scorer(read_data(data, heads), base, out, task, device=device, say=say)
    click.echo(table)
    click.echo(f"scorer: {out}  (use it with: storypainter evaluate RUN --scorer {out})")
