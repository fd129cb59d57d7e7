"""Working a plan through on the command line: folder, signals, progress, summary, exit code."""

from __future__ import annotations

import asyncio
import gc
import os
import shlex
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import orjson

from storypainter import assembly, settings
from storypainter.cli.progress import Progress, Working, money
from storypainter.errors import RunFolderError, StorypainterError
from storypainter.pipeline import Plan, Run
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import Totals, failures, totals
from storypainter.runs.verify import missing_pictures
from storypainter.storytellers.reading import CUT_SHORT


def resolved_settings(flags: Mapping[str, Any]) -> settings.Resolved[settings.RunSpec]:
    """The settings that flags, environment and storypainter.toml make together."""
    return _with_prices(settings.resolve(flags, os.environ), flags)


def resolved_evaluation(flags: Mapping[str, Any]) -> settings.Resolved[settings.EvaluationSpec]:
    """As :func:`resolved_settings`, for an evaluation."""
    return _with_prices(settings.resolve_evaluation(flags, os.environ), flags)


def _with_prices(
    resolved: settings.Resolved[settings.S], flags: Mapping[str, Any]
) -> settings.Resolved[settings.S]:
    prices = dict(resolved.prices)
    for text in flags.get("price") or ():
        address, row = assembly.read_price_flag(text)
        prices[address] = row
    return settings.Resolved(resolved.spec, resolved.origins, prices)


def work(
    plan: Plan,
    resolved: settings.Resolved[settings.RunSpec],
    *,
    out: str,
    as_json: bool,
    quiet: bool,
    dry_run: bool,
    extra: Mapping[str, Any] | None = None,
) -> int:
    """Run a plan in its folder, show what happens, return the exit code.

    Args:
        plan: what to do.
        resolved: the settings it was made from, for the record.
        out: the run folder.
        as_json: print one JSON object instead of a summary.
        quiet: print nothing but errors.
        dry_run: show the plan instead.
        extra: what else belongs to the question (the hash of a story file).
    """
    assembly.check_ceiling(plan)
    if dry_run:
        _show_plan(plan, as_json)
        return 0
    asked = {**assembly.recorded(plan.spec), "n": plan.n, **(extra or {})}
    if plan.painter is None:
        asked["painter"] = ""
    with RunFolder(Path(out)) as folder:
        refuse_damage(folder)
        folder.begin(asked, resolved.origins, command_line())
        run = Run(plan, folder)
        _calm_collector()
        error = worked(run, quiet=quiet or as_json)
        numbers, reasons, cut = totals(folder), failures(folder), _cut_stories(folder)
    failed = numbers.stories_failed + numbers.pictures_failed
    code = exit_code(run, error, incomplete=failed > 0)
    if as_json:
        click.echo(orjson.dumps(_summary(out, numbers, run, error, code)).decode())
    elif not quiet:
        _print_summary(out, numbers, run, reasons, cut)
    if error is not None:
        raise error
    return code


def _calm_collector() -> None:
    """Spare the garbage collector what was loaded so far, and let it look less often.

    Calls come and go by the hundred, in few cycles: by default it takes some 6 % of a run's CPU.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def worked(run: Working, *, quiet: bool) -> StorypainterError | None:
    """Work with progress and signals; what stopped it is for the end of the command to raise."""
    with Progress(run, quiet=quiet):
        try:
            asyncio.run(with_signals(run))
        except StorypainterError as stopped:
            return stopped
    return None


async def with_signals(run: Working) -> None:
    """Work, and let SIGINT and SIGTERM stop it: once in order, twice at once."""
    loop = asyncio.get_running_loop()
    main = asyncio.current_task()
    asked = 0

    def interrupt() -> None:
        nonlocal asked
        asked += 1
        if asked == 1:
            waiting = run.caller.in_flight
            run.stop()
            if waiting:
                paid = ", which are paid for" if run.caller.costs_money else ""
                click.echo(
                    f"\nstopping: waiting for {waiting} calls in flight{paid}; "
                    "Ctrl-C again leaves them",
                    err=True,
                )
        elif main is not None:
            main.cancel()

    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, interrupt)
    try:
        await run.work()
    except asyncio.CancelledError:
        if not run.stopping:
            raise


def refuse_damage(folder: RunFolder) -> None:
    """Refuse a run whose files are missing or altered."""
    broken = missing_pictures(folder)
    if broken:
        raise RunFolderError(
            f"{broken} of the files in {folder.path} are missing or altered",
            f"put them back, or run: storypainter runs verify {folder.path} --forget "
            "(they are then made, and paid, again)",
        )


def exit_code(run: Working, error: StorypainterError | None, *, incomplete: bool) -> int:
    """The error's own, 130 when somebody stopped it, 3 when something is missing, else 0."""
    if error is not None:
        return error.exit_code
    if run.stopping:
        return 130
    return 3 if incomplete else 0


def any_failed(run: Working) -> bool:
    """Whether a step failed for an item."""
    return any(stage.failed for stage in run.stages.values())


def spent(run: Working) -> dict[str, Any]:
    """The calls of this time and their cost, for a command's JSON."""
    counts = run.caller.counts.values()
    return {
        "calls": sum(count.calls for count in counts),
        "cost_usd": sum(count.cost for count in counts),
        "unpriced_calls": sum(count.unpriced for count in counts),
    }


def spent_in_words(run: Working) -> str:
    """``12 calls, $0.31``; empty without any."""
    found = spent(run)
    if not found["calls"]:
        return ""
    return f"{found['calls']} calls, {money(found['cost_usd'], found['unpriced_calls'])}"


def print_ending(run: Working, things: str) -> None:
    """Print calls and cost, how many ``things`` failed and why, and whether to go on."""
    if words := spent_in_words(run):
        click.echo(words)
    for name, stage in run.stages.items():
        for kind, count in sorted(stage.reasons.items()):
            click.echo(f"{name}: {count} {things} failed ({kind})")
    if run.stopping or any_failed(run):
        click.echo("Run the same command again to go on.")


def _print_summary(
    out: str, numbers: Totals, run: Run, reasons: list[tuple[str, str, int]], cut: int
) -> None:
    parts = [f"{numbers.stories} of {numbers.asked} stories"]
    if cut:
        parts.append(f"{cut} of {numbers.stories} cut at the token limit")
    if numbers.paints:
        parts.append(f"{numbers.pictures} pictures")
    failed = numbers.stories_failed + numbers.pictures_failed
    if failed:
        parts.append(f"{failed} failed")
    if numbers.calls:
        parts.append(f"{numbers.calls} calls, {money(numbers.cost, numbers.unpriced_calls)}")
    click.echo(f"{out}: " + ", ".join(parts))
    for step, reason, count in reasons:
        click.echo(f"{step} failed{f' {count} times' if count > 1 else ''}: {reason}")
    if run.stopping or failed:
        click.echo("Run the same command again to go on.")
    elif numbers.stories:
        click.echo(f"Look at it: storypainter report {shlex.quote(out)}")


def _cut_stories(folder: RunFolder) -> int:
    """How many stories of the current question end where the reply was cut at its token limit."""
    found = folder.db.value(
        "SELECT COUNT(*) FROM items i JOIN steps s ON s.key = i.key "
        "WHERE i.spec = ? AND i.step = 'story' AND s.status = 'done' AND instr(s.result, ?)",
        folder.spec_id,
        f'"{CUT_SHORT["length"]}"',
    )
    return int(found or 0)


def _summary(
    out: str, numbers: Totals, run: Run, error: StorypainterError | None, code: int
) -> dict[str, Any]:
    return {
        "run": out,
        "asked": numbers.asked,
        "stories": numbers.stories,
        "stories_failed": numbers.stories_failed,
        "pictures": numbers.pictures if numbers.paints else None,
        "pictures_failed": numbers.pictures_failed if numbers.paints else None,
        "success_rate": numbers.success_rate,
        "calls": numbers.calls,
        "input_tokens": numbers.input_tokens,
        "output_tokens": numbers.output_tokens,
        "cost_usd": numbers.cost,
        "unpriced_calls": numbers.unpriced_calls,
        "reasons": {name: stage.reasons for name, stage in run.stages.items() if stage.reasons},
        "interrupted": run.stopping and error is None,
        "error": str(error) if error else None,
        "exit_code": code,
    }


def _show_plan(plan: Plan, as_json: bool) -> None:
    rows = assembly.estimate(plan)
    if as_json:
        plain = [
            {
                "step": r.step, "model": r.address, "calls": r.calls,
                "likely_usd": r.likely, "most_usd": r.most,
            }
            for r in rows
        ]  # fmt: skip
        click.echo(orjson.dumps({"n": plan.n, "steps": plain}).decode())
        return
    click.echo(f"{plan.n} items; nothing is called or written.")
    for row in rows:
        cost = "free" if row.most == 0 else "price unknown"
        if row.most:
            cost = f"about ${row.likely:.2f}, at most ${row.most:.2f}"
        what = f"{row.calls} calls to {row.address}" if row.calls else f"{row.address} (embedded)"
        click.echo(f"  {row.step:8} {what}: {cost}")
    if any(row.most for row in rows):
        click.echo(f"  Prices as of {assembly.PRICES_AS_OF}, or your own; stored replies are free.")


def command_line() -> str:
    """The command for the record, without a user part that may stand in a URL."""
    shown: list[str] = []
    for argument in sys.argv[1:]:
        if "://" in argument:
            name, equals, url = argument.rpartition("=") if "=" in argument else ("", "", argument)
            try:
                argument = name + equals + assembly.split_user(url)[0]
            except StorypainterError:
                argument = name + equals + "[URL]"
        shown.append(argument)
    return shlex.join(["storypainter", *shown])
