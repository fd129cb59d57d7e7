"""``storypainter sequences tasks``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import orjson
from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.value import first_problem


@click.command("tasks")
@click.argument("source", metavar="SET", type=click.Path(path_type=Path))
@click.option(
    "--out", "out", type=click.Path(path_type=Path), required=True,
    help="the tasks' folder; the same command again leaves it as it is",
)  # fmt: skip
@click.option(
    "--weights",
    default="",
    metavar="TASK=NUMBER,…",
    help="how tasks are mixed; one that isn't named is left out  "
    "[default: caption=1,continuation=1,consistency=1,emotion=1,telling=2]",
)
@click.option("-n", "n", type=click.IntRange(1, 10_000_000), default=None,
              help="how many rows to learn from  [default: as many as the weights allow]")  # fmt: skip
@click.option("--seed", type=click.IntRange(-(2**63), 2**63 - 1), default=0, show_default=True,
              help="decides wordings, drawn pictures and the order of rows")  # fmt: skip
@click.option("--frames-max", type=click.IntRange(3, 64), default=6, show_default=True,
              help="the most pictures that one row shows")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="print one JSON object at the end")
@click.option("--quiet", is_flag=True, help="print errors only")
def command(
    source: Path, out: Path, weights: str, n: int | None, seed: int, frames_max: int,
    as_json: bool, quiet: bool,
) -> int:  # fmt: skip
    """Make instruction-tuning tasks of a set of sequences.

    SET is a folder that sequences make or build has written. Tasks: caption, continuation,
    consistency, emotion, telling; described only where --weights names it. The set's part train
    becomes the rows to learn from, validation the held-out ones; test is not used.
    """
    from storypainter.sequences.sets import read_set
    from storypainter.sequences.tasks.asked import Asked, parsed_weights
    from storypainter.sequences.tasks.making import fingerprint, make
    from storypainter.sequences.tasks.saying import phrases_sha256
    from storypainter.sequences.tasks.wordings import own_wordings
    from storypainter.sequences.tasks.writing import finished, write_tasks

    parsed = parsed_weights(weights)
    read = read_set(source)
    wordings = own_wordings()
    try:
        asked = Asked(
            set=fingerprint(read), wordings=wordings.sha256, phrases=phrases_sha256(), weights=parsed, n=n or 0,
            frames_max=frames_max, seed=seed,
        )  # fmt: skip
    except ValidationError as error:
        raise BadInput(first_problem(error), "see storypainter sequences tasks --help") from None
    plain: Mapping[str, Any] | None = finished(out, asked)
    if plain is None:
        plain = write_tasks(make(read, asked, wordings), read, out)
    if as_json:
        click.echo(orjson.dumps({"folder": str(out), **plain}).decode())
    elif not quiet:
        _summary(out, plain)
    return 0


def _summary(out: Path, plain: Mapping[str, Any]) -> None:
    rows = plain["rows"]
    counts = ", ".join(f"{task} {count}" for task, count in plain["tasks"]["train"].items())
    click.echo(f"{rows['train']} rows to learn from ({counts}), {rows['heldout']} held out: {out}")
    for part, said in (("train", "to learn from"), ("heldout", "held out")):
        for task in plain["none"][part]:
            click.echo(f"  no row of {task} could be made {said}; README.md says why")
        for task in plain["ran_out"][part]:
            click.echo(f"  {task} ran out {said}, at {plain['tasks'][part][task]} rows")
    if not rows["heldout"]:
        click.echo("  nothing is held out: the set has no part validation that can be used")
    missing = (plain["asked"]["n"] or 0) - rows["train"]
    if missing > 0:
        click.echo(f"  {missing} rows fewer than asked for: there are no more")
