"""``storypainter validate alignment``: a judge of key points against people's labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import orjson

from storypainter.cli.findings import shown
from storypainter.evaluators.alignment_validation import (
    PAPER_ACCURACY,
    PAPER_N,
    PointsResult,
    read_points,
    validate_points,
)


@click.command("alignment")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    help="the judge's answers, where FILE holds labels only: item, point, and answer or p",
)
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def alignment(file: Path, answers: Path | None, as_json: bool) -> None:
    """Hold a judge of key points against people: accuracy (paper, D.3), precision, recall, kappa.

    FILE is CSV or JSONL with item, point, label (yes or no by a person), the judge's answer (yes,
    no, or nothing where it gave none) or its p, and dimension where it is known.
    """
    found = validate_points(read_points(file, answers))
    if as_json:
        click.echo(orjson.dumps({each.name: _plain(each) for each in found}).decode())
        return
    for each in found:
        labelled = each.true_positives + each.false_negatives
        click.echo(
            f"{each.name}: {each.n} answered key points, {labelled} labelled yes; "
            f"{each.unanswered} without an answer"
        )
        for score in each.scores:
            click.echo(f"  {score.name:9}  {shown(score)}")
    click.echo(f"the paper's judge: accuracy {PAPER_ACCURACY:.2f} of {PAPER_N} key points (D.3)")


def _plain(result: PointsResult) -> dict[str, Any]:
    return {
        "n": result.n,
        "unanswered": result.unanswered,
        "true_positives": result.true_positives,
        "false_positives": result.false_positives,
        "false_negatives": result.false_negatives,
        "true_negatives": result.true_negatives,
        **{score.name: score.to_plain() for score in result.scores},
    }
