"""``storypainter distill``."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
from pydantic import ValidationError

from storypainter import assembly
from storypainter.cli import running
from storypainter.cli.options import CALLING, spec_options
from storypainter.cli.progress import Progress
from storypainter.errors import BadInput
from storypainter.settings import Resolved, RunSpec
from storypainter.value import first_problem

if TYPE_CHECKING:
    from storypainter.pipeline import Run
    from storypainter.training.distilling.asked import Asked
    from storypainter.training.distilling.costing import Cost
    from storypainter.training.distilling.making import Distillation
    from storypainter.training.distilling.workshop import Works


@click.command("distill")
@click.argument("kind", type=click.Choice(["sft", "dpo", "dpo-mix"]))
@click.option("--teacher", default="", help="who writes what is learnt: planner, or provider/model")
@click.option(
    "--teacher-mode",
    type=click.Choice(["naive", "cor_guided", "planned"]),
    default=None,
    help="how the teacher is guided  [default: cor_guided; the planner: planned]",
)
@click.option(
    "--teacher-stories",
    "stories",
    default="",
    metavar="SOURCE[:TIMES]",
    help="instead of a teacher: stories that are there already, a pool's name (its training part) "
    "or a file, each used TIMES times at most  [default: once]",
)
@click.option(
    "--also",
    multiple=True,
    metavar="SOURCE[:TIMES]",
    help="mix such stories in (half of the rows at most beside a teacher); may be given several "
    "times",
)
@click.option(
    "--student", default="", metavar="ADDRESS", help="whose own answers are rejected (dpo, dpo-mix)"
)
@click.option("--smaller", default="", metavar="ADDRESS", help="its smaller sibling (dpo-mix)")
@click.option(
    "--rejected",
    type=click.Choice(["student", "near_miss", "both"]),
    default=None,
    help="what dpo rejects: the student's answers, near misses (the chosen story with one fault), "
    "or both by turns  [default: student]",
)
@click.option("-n", "n", type=click.IntRange(1, 1_000_000), default=None,
              help="how many rows  [default: 2000; dpo-mix: 4000]")  # fmt: skip
@click.option(
    "--prompt",
    type=click.Choice(["cor_guided", "naive", "mini"]),
    default="cor_guided",
    show_default=True,
    help="what the student is asked: cor_guided (as the teacher, with examples), naive, or mini "
    "(a line or two, in hindsight, that the story answers)",
)
@click.option("--min-words", type=click.IntRange(min=1), default=90, show_default=True,
              help="the shortest story to learn from")  # fmt: skip
@click.option("--max-words", type=click.IntRange(min=1), default=180, show_default=True,
              help="the longest story to learn from")  # fmt: skip
@spec_options("pool", "examples", "seed", "temperature", "top_p", "max_tokens", "wording")
@click.option("--student-max-tokens", type=click.IntRange(1), default=512, show_default=True,
              help="longest answer of the student and its sibling, in tokens")  # fmt: skip
@click.option("--student-base-url", default="", help="the student's server, if it is another one")
@click.option("--smaller-base-url", default="", help="the sibling's server, if it is another one")
@click.option("--student-adapter", default="", help="a LoRA adapter for a local student")
@spec_options(*CALLING)
@click.option("--licence", default="", help="the licence of the whole set, for its card")
@click.option(
    "--price", "price", multiple=True, metavar="MODEL=IN/OUT",
    help="your price: dollars a million tokens in/out",
)  # fmt: skip
@click.option(
    "--out", "out", type=click.Path(path_type=Path), required=True,
    help="the training set's folder; the same command again resumes it",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="show the plan and its cost; call nothing")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object at the end")
@click.option("--quiet", is_flag=True, help="print errors only")
def command(kind: str, out: Path, dry_run: bool, as_json: bool, quiet: bool, **flags: Any) -> int:
    """Make a training set for a Mini-Storyteller.

    KIND is sft (a prompt and the teacher's story), dpo (also a worse answer to the same prompt) or
    dpo-mix (half of the worse answers are a smaller model's). What is learnt passes filters (one
    moment, no copy, a length, no near duplicate); a tenth is held out by prompt. Nothing of the
    Pool's test part gets in.
    """
    from storypainter.training.distilling.costing import costs
    from storypainter.training.distilling.making import Distillation
    from storypainter.training.distilling.workshop import Workshop
    from storypainter.training.distilling.writing import (
        check_folder,
        check_settings,
        keep_asked,
        need_parquet,
        settings_of,
        whole_set,
        write_set,
    )

    resolved = running.resolved_settings({**flags, "n": None})
    asked = _asked(kind, resolved.spec, flags)
    need_parquet()
    check_folder(out, asked)
    talks = not (quiet or as_json)
    workshop = Workshop(
        out, os.environ, _works(quiet=not talks), max_cost=resolved.spec.max_cost,
        command=running.command_line(), say=_say if talks else lambda _: None,
    )  # fmt: skip
    distillation = Distillation(asked, resolved, workshop, _students(resolved, flags))
    settings = settings_of(distillation)
    check_settings(out, settings)
    cost = costs(distillation)
    if dry_run:
        _show(cost, distillation, as_json)
        return 0
    whole = whole_set(out, asked)
    if whole is not None:
        if talks:
            _say(f"{out} is whole already: nothing is made again")
        _end(out, whole, workshop.spent(), as_json=as_json, quiet=quiet)
        return 0
    if talks and any(each.most != 0 for each in cost):
        for line in _lines(cost):
            _say(line)
    with workshop.locked():
        keep_asked(out, asked, settings)
        made = distillation.make()
        plain = write_set(made, out)
    _end(out, plain, workshop.spent(), as_json=as_json, quiet=quiet)
    return 0


def _end(out: Path, plain: Mapping[str, Any], spent: float, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        click.echo(orjson.dumps({"set": str(out), "spent_usd": spent, **plain}).decode())
    elif not quiet:
        _summary(out, plain)


def _asked(kind: str, spec: RunSpec, flags: Mapping[str, Any]) -> Asked:
    from storypainter.training.distilling.asked import ROWS, Asked

    own = ("teacher", "stories", "also", "student", "smaller", "prompt", "min_words", "max_words",
           "licence")  # fmt: skip
    try:
        return Asked(
            kind=kind,  # type: ignore[arg-type]  # click let no other through
            n=flags["n"] or ROWS[kind],
            teacher_mode=flags["teacher_mode"] or "",
            rejected=flags["rejected"] or "",
            pool=spec.pool,
            examples=spec.examples,
            seed=spec.seed,
            wording=spec.wording,
            **{name: flags[name] for name in own},
        )
    except ValidationError as error:
        raise BadInput(first_problem(error), "see storypainter distill --help") from None


def _students(
    resolved: Resolved[RunSpec], flags: Mapping[str, Any]
) -> dict[str, Resolved[RunSpec]]:
    """The settings of the student's run and of its smaller sibling's, where they are asked."""
    found = {}
    for name in ("student", "smaller"):
        if flags[name]:
            spec = resolved.spec.model_copy(
                update={
                    "storyteller": flags[name],
                    "base_url": flags[f"{name}_base_url"] or resolved.spec.base_url,
                    "adapter": flags["student_adapter"] if name == "student" else "",
                    "max_tokens": flags["student_max_tokens"],
                }
            )
            found[name] = Resolved(spec, resolved.origins, resolved.prices)
    return found


def _works(*, quiet: bool) -> Works:
    def works(run: Run, what: str) -> None:
        if not quiet:
            _say(f"{what}: {run.total}")
        with Progress(run, quiet=quiet):
            asyncio.run(running.with_signals(run))

    return works


def _say(line: str) -> None:
    click.echo(line, err=True)


def _show(cost: Sequence[Cost], distillation: Distillation, as_json: bool) -> None:
    asked = distillation.asked
    if as_json:
        sources = [
            {"source": each.name, "stories": len(each.stories), "times": each.times}
            for each in distillation.sources
        ]
        plain = [
            {
                "part": each.part, "model": each.address, "calls": each.calls,
                "likely_usd": each.likely, "most_usd": each.most,
            }
            for each in cost
        ]  # fmt: skip
        told = {"kind": asked.kind, "n": asked.n, "parts": plain, "sources": sources}
        click.echo(orjson.dumps(told).decode())
        return
    click.echo(f"{asked.kind}, {asked.n} rows; nothing is called or written.")
    for line in _lines(cost):
        click.echo(line)
    room = asked.prompts // 2 if asked.teacher else asked.prompts
    for source in distillation.sources:
        often = f", each up to {source.times} times" if source.times > 1 else ""
        most = min(room, source.times * len(source.stories))
        click.echo(
            f"  {source.name}: {len(source.stories)} stories that are there{often}; "
            f"{most} rows at most"
        )
    click.echo(
        f"  what is learnt passes filters: {asked.min_words} to {asked.max_words} words, one moment, "
        "English, no copy or retelling, no near duplicate"
    )


def _lines(cost: Sequence[Cost]) -> list[str]:
    found = []
    for each in cost:
        money = "free" if each.most == 0 else "price unknown"
        if each.most:
            money = f"about ${each.likely:.2f}, at most ${each.most:.2f}"
        what = (
            f"{each.calls} calls to {each.address}" if each.calls else f"{each.address} (embedded)"
        )
        found.append(f"  {each.part:8} {what}: {money}")
    if any(each.most for each in cost):
        found.append(
            f"  Prices as of {assembly.PRICES_AS_OF}, or your own; stored replies are free."
        )
    return found


def _summary(out: Path, plain: Mapping[str, Any]) -> None:
    rows, filters = plain["rows"], plain["filters"]
    click.echo(f"{out}: {rows['train']} rows to learn from, {rows['heldout']} held out")
    if filters.get("read_from"):
        by_source = (
            f"{name}: {count} stories, {plain['sources'].get(name, 0)} rows"
            for name, count in filters["read_from"].items()
        )
        click.echo("; ".join(by_source))
    told = ", ".join(f"{count} {name}" for name, count in filters["left_out"].items())
    click.echo(f"{filters['read']} stories read; left out: {told or 'none'}")
    if plain["rejected_by"]:
        shown = ", ".join(f"{count} {name}" for name, count in plain["rejected_by"].items())
        click.echo(f"rejected answers: {shown}")
