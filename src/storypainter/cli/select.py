"""``storypainter select``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import orjson

from storypainter.errors import BadInput
from storypainter.evaluation import doubts, read_findings
from storypainter.runs.export import row_of
from storypainter.runs.folder import RunFolder, write_atomically
from storypainter.runs.items import items
from storypainter.selecting.choosing import Choice, Question, Selection, choose
from storypainter.selecting.reading import Entries, read_entries

_MOST_SHOWN = 20  # chosen items on the terminal
_MOST_UNKNOWN = 5
_MOST_BEATEN = 3
_MOST_PARTS = 8  # parts of the condition that kept items out
_WIDEST = 100  # characters of a reason on the terminal


@click.command("select")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--where", metavar="CONDITION", help="what must hold of a story, as below")
@click.option(
    "--rank", metavar="SUM", help="what decides the order, highest first: scores and weights"
)
@click.option("--top", type=int, metavar="K", help="keep the first K by --rank")
@click.option(
    "--best-of", type=int, metavar="N", help="of N tries of one thing keep the best by --rank"
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="write every story with its verdict and reasons, one JSON object a line",
)
@click.option("--only-chosen", is_flag=True, help="write the chosen ones only to --out")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def command(
    run: Path,
    where: str | None,
    rank: str | None,
    top: int | None,
    best_of: int | None,
    out: Path | None,
    only_chosen: bool,
    as_json: bool,
) -> None:
    r"""Choose stories of RUN by their scores. RUN is only read.

    \b
      storypainter select RUN --where "alignment >= 0.8 and not copied"
      storypainter select RUN --rank "alignment + 0.5*complexity" --top 10
      storypainter select RUN --rank alignment --best-of 4 --out best.jsonl

    A CONDITION compares scores (< <= > >= = !=) with numbers or each other, joined by and, or,
    not and brackets. A score alone asks yes or no: yes from 0.5 on. name.part is a part of a
    score. Where several judges gave a score, name@judge says whose; put unusual names and judges
    in quotes: moment@"openai/gpt-4o". storyteller, painter, mode and setting are text and
    compare with = and !=.

    Short names, where the run has no score of that very name: copied is copying, one_moment is
    moment, complexity is semantic_score, or rubric in a run without it.

    An absent score is not a zero: a story is chosen only if the condition is true whatever the
    absent score might be, and is listed as unknown if it hangs on it.

    Tries of one thing (--best-of) are stories with the same text (several pictures of one story)
    or with the same examples in their prompts; in other runs, N consecutive stories.

    The exit code is 0 also when none is chosen.
    """
    _check_out(run, out, only_chosen)
    with RunFolder(run, read_only=True) as folder:
        entries = read_entries(folder)
        selection = choose(entries.candidates, Question(where, rank, top, best_of))
        found = doubts(read_findings(folder))
        warnings = tuple(
            dict.fromkeys(
                f"{name}: {warning}" for name in selection.scores for warning in found.get(name, ())
            )
        )
        if out is not None:
            write_atomically(out, b"".join(_lines(folder, selection, only_chosen)))
    if as_json:
        click.echo(orjson.dumps(_plain(run, entries, selection, warnings)).decode())
        return
    _print(entries, selection, warnings)
    if out is not None:
        click.echo(f"written: {out}")


def _check_out(run: Path, out: Path | None, only_chosen: bool) -> None:
    if out is None:
        if only_chosen:
            raise BadInput("--only-chosen says what --out holds", "add --out FILE")
        return
    if out.resolve().is_relative_to(run.resolve()):
        raise BadInput(f"{out} lies in the run, which is not changed", "name another --out")
    if out.is_dir():
        raise BadInput(f"{out} is a folder", "name a file: --out chosen.jsonl")
    if not out.absolute().parent.is_dir():
        raise BadInput(f"there is no folder {out.parent}", "make it, or name another --out")


# ------------------------------------------------------------------------- files


def _lines(folder: RunFolder, selection: Selection, only_chosen: bool) -> Iterator[bytes]:
    """Rows as ``runs export`` writes them, with the verdict; the chosen first, in order."""
    wanted = selection.having("chosen") if only_chosen else selection.choices
    by_index = {choice.candidate.index: choice for choice in wanted}
    rows: dict[int, bytes] = {}
    for item in items(folder):
        choice = by_index.get(item.index)
        if choice is None:
            continue
        file = str(folder.path / item.picture.file) if item.picture is not None else None
        rows[item.index] = orjson.dumps({**_verdict(choice), **row_of(item, file)}) + b"\n"
    for choice in wanted:
        yield rows[choice.candidate.index]


def _verdict(choice: Choice) -> dict[str, Any]:
    return {
        "id": choice.candidate.id,
        "item": choice.candidate.index + 1,
        "verdict": choice.verdict,
        "place": choice.place,
        "rank": choice.rank,
        "group": choice.group,
        "reasons": list(choice.reasons),
    }


def _plain(
    run: Path, entries: Entries, selection: Selection, warnings: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "run": str(run),
        "where": selection.where or None,
        "rank": selection.rank or None,
        "stories": len(entries.candidates),
        "chosen": len(selection.having("chosen")),
        "not_chosen": len(selection.having("not chosen")),
        "unknown": len(selection.having("unknown")),
        "without_story": [{"item": at + 1, "reason": why} for at, why in entries.without],
        "means": list(selection.means),
        "notes": list(selection.notes),
        "warnings": list(warnings),
        "kept_out_by": dict(selection.missed.most_common()),
        "items": [_verdict(choice) for choice in selection.choices],
    }


# ---------------------------------------------------------------------- terminal


def _print(entries: Entries, selection: Selection, warnings: tuple[str, ...]) -> None:
    chosen, unknown = selection.having("chosen"), selection.having("unknown")
    line = f"{len(chosen) or 'none'} of {len(entries.candidates)} stories chosen"
    line += f", {len(unknown)} unknown" if unknown else ""
    if entries.without:
        line += f" (without a story: {len(entries.without)})"
    click.echo(click.style(line, bold=True))
    for said in (*selection.means, *selection.notes):
        click.echo(f"  {said}")
    for warning in warnings:
        click.echo(click.style(f"  warning: {warning}", fg="yellow"))
    if chosen:
        click.echo()
        _rows(chosen[:_MOST_SHOWN])
        _more(len(chosen), _MOST_SHOWN)
    if unknown:
        click.echo("\nunknown: a score that it hangs on is absent")
        _rows(unknown[:_MOST_UNKNOWN])
        _more(len(unknown), _MOST_UNKNOWN)
    if selection.missed:
        click.echo("\nnot chosen because of")
        for part, count in selection.missed.most_common(_MOST_PARTS):
            click.echo(f"{count:6}  {part}")
    beaten = [each for each in selection.having("not chosen") if not each.missed]
    if beaten:
        click.echo(f"\n{len(beaten)} held and were not kept, such as")
        _rows(beaten[:_MOST_BEATEN])


def _rows(choices: Sequence[Choice]) -> None:
    """A line for each: the item's number and id, its rank where there is one, and why."""
    ids = max(len(choice.candidate.id) for choice in choices)
    ranked = any(choice.rank is not None for choice in choices)
    head = f"{'rank':>10}" if ranked else ""
    click.echo(f"{'item':>6}  {'id':{ids}}{head}  why")
    for choice in choices:
        rank = f"{'' if choice.rank is None else f'{choice.rank:.4g}':>10}" if ranked else ""
        why = " ".join("; ".join(choice.reasons).split())
        why = why if len(why) <= _WIDEST else why[: _WIDEST - 1] + "…"
        line = f"{choice.candidate.index + 1:6}  {choice.candidate.id:{ids}}{rank}  {why}"
        click.echo(line.rstrip())


def _more(count: int, shown: int) -> None:
    if count > shown:
        click.echo(f"{'':8}and {count - shown} more: see --out or --json")
