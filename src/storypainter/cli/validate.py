"""``storypainter validate``: diversity, moment, copying, alignment, complexity, retelling."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import click
import orjson

from storypainter import assembly, settings
from storypainter.cli import running
from storypainter.cli.findings import number, shown
from storypainter.cli.options import CALLING, spec_options
from storypainter.cli.validating_alignment import alignment
from storypainter.cli.validating_complexity import complexity
from storypainter.cli.validating_retelling import command as retelling
from storypainter.errors import BadInput
from storypainter.evaluators.copying import connect_copying
from storypainter.evaluators.copying_cases import (
    LADDER,
    Judged,
    Share,
    halves,
    judged,
    load_cases,
    ordering,
    precision,
    recall,
)
from storypainter.evaluators.copying_verdict import Level
from storypainter.evaluators.correlation import Correlation
from storypainter.evaluators.diversity_validation import (
    MEASURES,
    Group,
    Validation,
    generate_groups,
    group_rows,
    read_groups,
    read_ratings,
    validate_diversity,
)
from storypainter.evaluators.moment_labelled import labelled_halves
from storypainter.evaluators.moment_validation import (
    MomentValidation,
    read_labelled,
    validate_moment,
)
from storypainter.models.calling import Caller
from storypainter.pools import load_pool
from storypainter.runs.folder import RunFolder, write_atomically
from storypainter.runs.replies import Replies

T = TypeVar("T")

#: Table 3's measures, short enough for a column; "summ." is with the summariser.
_HEADS = tuple(
    ("avg." if how == "average" else "KNN") + (", summ." if summarised else "")
    for _, how, summarised in MEASURES
)


@click.group("validate")
def command() -> None:
    """Measure how far the evaluators' scores can be trusted."""


command.add_command(alignment)
command.add_command(complexity)
command.add_command(retelling)


@command.command("diversity")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--ratings",
    type=click.Path(path_type=Path),
    help="people's ratings: CSV with item (the group), rater, value, scale_min, scale_max",
)
@click.option("--levels", type=int, default=8, help="groups to generate  [default: 8]")
@click.option("--size", type=int, default=30, help="stories in each  [default: 30]")
@click.option(
    "--repetition",
    type=click.Choice(["verbatim", "paraphrased", "mixed", "written"]),
    default="mixed",
    help="how generated groups repeat stories  [default: mixed]",
)
@click.option("--repeats", type=int, default=1, help="generate so many sets, by seed  [default: 1]")
@click.option(
    "--save", type=click.Path(path_type=Path), help="write the generated groups as JSONL, to rate"
)
@click.option(
    "--out", type=click.Path(), default=None, help="a run folder for the replies of a model"
)
@click.option("--json", "as_json", is_flag=True, help="print JSON")
@spec_options(
    "summariser", "embedder", "neighbours", "pool", "seed", *CALLING, kind=settings.EvaluationSpec
)
def diversity(
    file: Path | None,
    ratings: Path | None,
    levels: int,
    size: int,
    repetition: Any,
    repeats: int,
    save: Path | None,
    out: str | None,
    as_json: bool,
    **flags: Any,
) -> None:
    """Correlate diversity with a known level of repetition and with people (paper, Table 3).

    FILE holds groups of stories: JSONL or CSV with group, story and, where it is known, level
    (0 to 1, the share of distinct stories). Without FILE, groups of known levels are generated
    from the pool.
    """
    resolved = running.resolved_evaluation({**flags, "evaluators": "diversity"})
    spec = resolved.spec
    if repeats < 1:
        raise BadInput(f"--repeats {repeats}: nothing to do", "give 1 or more")
    if file is not None and repeats > 1:
        raise BadInput("--repeats generates sets, but a FILE is given", "drop one of the two")
    sets: list[tuple[Group, ...]] = []
    if file is not None:
        sets.append(read_groups(file))
    else:
        pool = load_pool(spec.pool)
        for seed in range(spec.seed, spec.seed + repeats):
            sets.append(
                generate_groups(pool, levels=levels, size=size, seed=seed, repetition=repetition)
            )
    if save is not None:
        write_atomically(save, group_rows(sets[0]))
    people = read_ratings(ratings) if ratings is not None else ()
    parts = assembly.prepare_diversity_parts(resolved, os.environ)

    async def measure(caller: Caller) -> list[Validation]:
        return [
            await validate_diversity(
                groups,
                people,
                summariser=parts.summariser,
                embedder=parts.embedder,
                caller=caller,
                k=spec.neighbours,
            )
            for groups in sets
        ]

    found = _with_caller(measure, spec, parts, out)
    judge = f"{parts.summariser.judge}, {parts.embedder.address}, K = {spec.neighbours}"
    if as_json:
        click.echo(
            orjson.dumps({"judge": judge, "sets": [_plain(each) for each in found]}).decode()
        )
    else:
        _print(found, judge)


@command.command("moment")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--wrong", is_flag=True, help="also list the texts that are misjudged")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def moment(file: Path | None, wrong: bool, as_json: bool) -> None:
    """Hold the rules for one moment against labelled texts: precision, recall, F1.

    FILE is JSONL with id, text and kinds (a list of dialogue, sequence, tense, succession, summary
    and repetition; empty for a text that is one moment). Without FILE, the texts that come with
    storypainter: the half that was open while the rules were written, and the half held out.
    """
    sets = labelled_halves() if file is None else {file.name: read_labelled(file)}
    found = {name: validate_moment(rows) for name, rows in sets.items()}
    if as_json:
        plain = {name: _plain_moment(each) for name, each in found.items()}
        click.echo(orjson.dumps(plain).decode())
        return
    for name, each in found.items():
        click.echo(f"{name}: {each.n} texts, judge: offline")
        for result in each.results:
            faulty = result.true_positives + result.false_negatives
            click.echo(f"  {result.kind:10}  {faulty:3} labelled")
            for score in (result.precision, result.recall, result.f1):
                click.echo(f"    {score.name:9}  {shown(score)}")
        for text in each.wrong if wrong else ():
            wanted, got = (
                ", ".join(sorted(k)) or "one moment" for k in (text.row.kinds, text.found)
            )
            click.echo(f"  {text.row.id}: labelled {wanted}; found {got}")


def _plain_moment(found: MomentValidation) -> dict[str, Any]:
    return {
        "n": found.n,
        "kinds": {
            result.kind: {
                "true_positives": result.true_positives,
                "false_positives": result.false_positives,
                "false_negatives": result.false_negatives,
                "true_negatives": result.true_negatives,
                **{s.name: s.to_plain() for s in (result.precision, result.recall, result.f1)},
            }
            for result in found.results
        },
        "wrong": [
            {"id": each.row.id, "labelled": sorted(each.row.kinds), "found": sorted(each.found)}
            for each in found.wrong
        ],
    }


@command.command("copying")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def copying(as_json: bool) -> None:
    """Judge the known cases of copying: verbatim, one noun changed, paraphrased, retold, unrelated.

    The thresholds were chosen on one half of the cases; the other half was held out.
    """
    evaluator = connect_copying()
    names = ("tuning", "held out")
    found = {
        name: _known_cases(judged(evaluator, half))
        for name, half in zip(names, halves(load_cases()), strict=True)
    }
    if as_json:
        plain = {
            name: {
                what: {"true": s.true, "n": s.n, "share": s.share, "interval": s.interval}
                for what, s in rows.items()
            }
            for name, rows in found.items()
        }
        click.echo(orjson.dumps(plain).decode())
        return
    for name, rows in found.items():
        click.echo(name)
        for what, share in rows.items():
            click.echo(f"  {what:44} {share}")


def _known_cases(half: Sequence[Judged]) -> dict[str, Share]:
    kinds = dict.fromkeys(each.case.kind for each in half)
    return {
        "pairs in order: verbatim to unrelated": ordering(half, LADDER),
        "pairs in order, with partial and disguised": ordering(half),
        "copies, precision": precision(half, Level.COPIES),
        "copies, recall": recall(half, Level.COPIES),
        "retells, precision": precision(half, Level.RETELLS),
        "retells, recall": recall(half, Level.RETELLS),
        **{f"found to copy: {k}": recall(half, Level.COPIES, [k]) for k in kinds},
        **{f"found to retell: {k}": recall(half, Level.RETELLS, [k]) for k in kinds},
    }


def _with_caller(
    work: Callable[[Caller], Awaitable[T]],
    spec: settings.EvaluationSpec,
    parts: assembly.DiversityParts,
    out: str | None,
) -> T:
    """Run with a caller whose replies are kept in ``out``, or nowhere when no model is paid."""
    with ExitStack() as stack:
        if out is None:
            if parts.asks_models:
                raise BadInput(
                    "a model is asked, and nothing would keep its replies",
                    "name a run folder with --out",
                )
            out = str(Path(stack.enter_context(tempfile.TemporaryDirectory())) / "run")
        folder = stack.enter_context(RunFolder(Path(out)))

        async def run() -> T:
            try:
                return await work(Caller(Replies(folder), parts.limits, parts.prices))
            finally:
                for close in parts.closers:
                    await close()

        return asyncio.run(run())


def _plain(found: Validation) -> dict[str, Any]:
    def correlations(each: Mapping[str, tuple[Correlation, Correlation]]) -> dict[str, Any]:
        return {
            name: {
                kind: _correlation(one)
                for kind, one in zip(("spearman", "pearson"), both, strict=True)
            }
            for name, both in each.items()
        }

    return {
        "groups": [
            {
                "group": group.name,
                "level": group.level,
                "stories": len(group.stories),
                "values": dict(zip((name for name, _, _ in MEASURES), values, strict=True)),
                "human": None if human is None else {"mean": human[0], "ratings": human[1]},
            }
            for group, values, human in zip(found.groups, found.values, found.human, strict=True)
        ],
        "with_level": correlations(found.with_level),
        "with_human": correlations(found.with_human),
    }


def _correlation(each: Correlation) -> dict[str, Any]:
    return {
        "value": each.value,
        "p": each.p,
        "interval": each.interval,
        "n": each.n,
        "absent": each.absent,
    }


def _print(found: list[Validation], judge: str) -> None:
    click.echo(f"judge: {judge}")
    first = found[0]
    click.echo(
        f"  {'group':12} {'level':>6} {'human':>6}  " + "  ".join(f"{n:>17}" for n in _HEADS)
    )
    for group, values, human in zip(first.groups, first.values, first.human, strict=True):
        level = "-" if group.level is None else f"{group.level:.3f}"
        rated = "-" if human is None else f"{human[0]:.3f}"
        cells = "  ".join(f"{value:17.4f}" for value in values)
        click.echo(f"  {group.name:12.12} {level:>6} {rated:>6}  {cells}")
    _print_correlations("with the true level", [each.with_level for each in found])
    _print_correlations("with people", [each.with_human for each in found])


def _print_correlations(
    title: str, sets: Sequence[Mapping[str, tuple[Correlation, Correlation]]]
) -> None:
    """Table 3's rows for the first set; over several sets, mean and lowest Spearman."""
    if not sets[0]:
        return
    click.echo(f"{title} (Spearman, Pearson: value, 95 % interval, p)")
    for name, (rank, product) in sets[0].items():
        click.echo(f"  {name:31} {_shown(rank)}   {_shown(product)}")
    if len(sets) == 1:
        return
    click.echo(f"  over {len(sets)} generated sets: mean Spearman (lowest)")
    for name, _, _ in MEASURES:
        known = [each[name][0].value for each in sets]
        values = [value for value in known if value is not None]
        if values:
            click.echo(f"  {name:31} {sum(values) / len(values):.3f} ({min(values):.3f})")


def _shown(each: Correlation) -> str:
    if each.value is None:
        return f"absent: {each.absent}"
    interval = (
        "no interval"
        if each.interval is None
        else (f"{number(each.interval[0])} to {number(each.interval[1])}")
    )
    p = "" if each.p is None else ", p < 0.0001" if each.p < 1e-4 else f", p = {each.p:.4f}"
    return f"{each.value:.3f} ({interval}{p})"
