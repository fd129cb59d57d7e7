"""``storypainter sequences evaluate``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from storypainter import assembly
from storypainter.cli import running
from storypainter.cli.options import CALLING, spec_options
from storypainter.errors import BadInput, StorypainterError
from storypainter.flight import limits_of
from storypainter.runs.folder import RunFolder, write_atomically
from storypainter.settings import Resolved, RunSpec
from storypainter.value import content_hash

if TYPE_CHECKING:
    from storypainter.sequence import Sequence
    from storypainter.sequences.judging.ablating import Ablations, Absent
    from storypainter.sequences.judging.asking import NarrativeJudge
    from storypainter.sequences.judging.evaluating import NarrativeEvaluation, System
    from storypainter.sequences.judging.tables import Table
    from storypainter.sequences.judging.told import Provenance, ToldFolder

_METRICS = "grounding, repetition, words, bleu, meteor, cider"
_TITLE = "Narratives over pictures"


@click.command("evaluate")
@click.argument("told", nargs=-1, metavar="[NAME=]TOLD…")
@click.option("--judge", "judges", multiple=True, metavar="ADDRESS",
              help="who judges on ten points: any chat model; one that sees is shown the pictures. "
              "May be given several times")  # fmt: skip
@click.option("--passes", type=click.IntRange(1, 20), default=1, show_default=True,
              help="how often each judge judges a narrative; the mean counts")  # fmt: skip
@click.option("--captions", is_flag=True,
              help="judges that see read captions, as those do that don't")  # fmt: skip
@click.option("--set", "set_", type=click.Path(path_type=Path), default=None, metavar="SET",
              help="the set that was told: its annotations count, and its own narratives are the "
              "references of BLEU, METEOR and CIDEr")  # fmt: skip
@click.option("--part", type=click.Choice(["train", "validation", "test"]), default=None,
              help="of the set  [default: the first of test, validation, train that has any]")  # fmt: skip
@click.option("--reference", is_flag=True,
              help="evaluate the set's own narratives, too, as the system 'reference'")  # fmt: skip
@click.option("--metrics", default="", metavar="LIST",
              help=f"what is measured without a judge, of {_METRICS}; or none  [default: all]")  # fmt: skip
@click.option("--shuffled", multiple=True, metavar="[NAME=]FOLDER",
              help="what the same model told over the same pictures shuffled (sequences tell "
              "--shuffle-seed), for the TOLD of that name, or in the order of TOLD")  # fmt: skip
@click.option("--training", "trainings", multiple=True, type=click.Path(path_type=Path),
              metavar="FOLDER", help="a training behind TOLD, where its adapter doesn't say: its "
              "reward judge is refused as a judge")  # fmt: skip
@click.option("--experiment", type=click.Path(path_type=Path), default=None, metavar="FILE",
              help="rows of an ablation (Table 3) instead of TOLD; 'ablations' is the one that comes "
              "along, with the commands of each row")  # fmt: skip
@click.option("--sheet", type=click.Path(path_type=Path), default=None, metavar="FILE.html",
              help="write a page on which people rate TOLD on ten points, and its key; then end")  # fmt: skip
@click.option("--sheet-n", type=click.IntRange(2, 200), default=40, show_default=True,
              help="narratives on the page at most")  # fmt: skip
@click.option("--ratings", multiple=True, type=click.Path(path_type=Path), metavar="CSV",
              help="people's marks from such a page: Table 2 (needs --key)")  # fmt: skip
@click.option("--key", type=click.Path(path_type=Path), default=None, metavar="FILE.key.json",
              help="the key of that page")  # fmt: skip
@spec_options(*CALLING)
@click.option("--price", "price", multiple=True, metavar="MODEL=IN/OUT",
              help="your price: dollars a million tokens in/out")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), default=None,
              help="the folder of the tables and the judges' replies; the same command again "
              "resumes it")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="print one JSON object at the end")
@click.option("--quiet", is_flag=True, help="print errors only")
def command(
    told: tuple[str, ...],
    judges: tuple[str, ...],
    passes: int,
    captions: bool,
    set_: Path | None,
    part: str | None,
    reference: bool,
    metrics: str,
    shuffled: tuple[str, ...],
    trainings: tuple[Path, ...],
    experiment: Path | None,
    sheet: Path | None,
    sheet_n: int,
    ratings: tuple[Path, ...],
    key: Path | None,
    out: Path | None,
    as_json: bool,
    quiet: bool,
    **flags: Any,
) -> int:
    """Evaluate narratives told over pictures, and make the tables.

    TOLD is a folder that sequences tell has written; several are compared on the sequences that
    all of them have told. Without --judge everything is offline: what of the pictures a narrative
    names, what it makes up, repetition, overlap with a reference. A judge that rewarded the
    training of a teller is refused.

    Try: storypainter sequences evaluate runs/told --set SET --out runs/evaluated
    """
    if experiment is not None and told:
        raise click.UsageError("--experiment names the told folders itself: drop TOLD")
    if experiment is not None and shuffled:
        raise click.UsageError(
            "--experiment names the shuffled folders itself (shuffled, in a row): drop --shuffled"
        )
    if sheet is not None:
        _refuse_beside_a_sheet(
            {"--judge": judges, "--out": out, "--shuffled": shuffled, "--training": trainings,
             "--metrics": metrics, "--ratings": ratings, "--captions": captions,
             "--passes": passes > 1}
        )  # fmt: skip
    elif not judges and (captions or passes > 1):
        named = "--captions" if captions else "--passes"
        raise click.UsageError(f"{named} is for judges: name one with --judge")
    if bool(ratings) != (key is not None):
        raise click.UsageError("--ratings needs --key, and --key needs --ratings")
    if not told and experiment is None and not ratings and not (reference and set_):
        raise click.UsageError("name at least one TOLD folder, or --experiment FILE")
    if out is None and sheet is None:
        raise click.UsageError("name a folder for the tables with --out")
    systems, references, absent, plan = _systems(
        told, shuffled, set_, part or "", reference, experiment, all_folders=sheet is None
    )
    if sheet is not None:
        return _write_sheet([system.told for system in systems], sheet, sheet_n, as_json)
    assert out is not None  # asked for above
    resolved = running.resolved_settings({name: flags[name] for name in ("price", *CALLING)})
    known = _provenance(systems, trainings, plan)
    made = _judges(judges, passes, captions, known, resolved)
    notes = _notes(systems, known, made, absent)
    people = _people(ratings, key)
    return _work(
        systems, made, references, _asked_metrics(metrics), resolved, notes, people, absent,
        plan=plan, out=out, as_json=as_json, quiet=quiet,
    )  # fmt: skip


def _refuse_beside_a_sheet(given: Mapping[str, Any]) -> None:
    for flag, value in given.items():
        if value:
            raise click.UsageError(f"--sheet writes a page and ends there: drop {flag}")


# ------------------------------------------------------------------------------- what is told


def _systems(
    told: tuple[str, ...],
    shuffled: tuple[str, ...],
    set_: Path | None,
    part: str,
    reference: bool,
    experiment: Path | None,
    *,
    all_folders: bool,
) -> tuple[tuple[System, ...], tuple[Sequence, ...], tuple[Absent, ...], Ablations | None]:
    """What is compared, the set's sequences, rows that aren't told yet, and the experiment.

    ``part`` is empty where the command line doesn't say it.
    """
    from storypainter.sequences.judging.told import of_set
    from storypainter.sequences.sets import read_set

    plan: Ablations | None = None
    absent: tuple[Absent, ...] = ()
    if experiment is not None:
        plan, folders, pairs, absent = _rows(experiment, set_)
        if set_ is None and plan.set:
            set_, part = Path(plan.set), part or plan.part
    else:
        folders, pairs = _folders(told, shuffled)
    references: tuple[Sequence, ...] = ()
    if set_ is not None:
        found = read_set(set_)
        name, references = found.chosen(part)
        if reference:
            folders.append(of_set(found, name, "reference"))
    elif reference:
        raise BadInput("--reference needs a set", "name it with --set")
    systems = tuple(
        _system(each, pairs.get(each.name) if all_folders else None) for each in folders
    )
    return systems, references, absent, plan


def _rows(
    experiment: Path, set_: Path | None
) -> tuple[Ablations, list[ToldFolder], dict[str, Path], tuple[Absent, ...]]:
    """The experiment, its rows that have been told, their shuffled folders, and the other rows."""
    from storypainter.sequences.judging.ablating import (
        Absent,
        check_paths,
        commands_of,
        read_ablations,
        there,
    )
    from storypainter.sequences.judging.told import read_told

    plan = read_ablations(experiment)
    rows = [row for row in plan.rows if there(row)]
    if not rows:
        raise BadInput(
            f"{experiment}: no row has been told yet", f"make them first:\n{commands_of(plan)}"
        )
    check_paths(plan, str(experiment), of_set=set_ is None)
    folders = [read_told(Path(row.told), row.label) for row in rows]
    pairs = {row.label: Path(row.shuffled) for row in rows if row.shuffled}
    absent = [Absent(row.label, row.told, row.commands) for row in plan.rows if row not in rows]
    return plan, folders, pairs, tuple(absent)


def _folders(
    told: tuple[str, ...], shuffled: tuple[str, ...]
) -> tuple[list[ToldFolder], dict[str, Path]]:
    """The told folders of the command line, and by name those told over shuffled pictures."""
    from storypainter.sequences.judging.evaluating import resolve_pairs
    from storypainter.sequences.judging.told import read_told

    folders = []
    for text in told:
        name, equals, path = text.partition("=")
        named = bool(equals) and not Path(text).exists()
        folders.append(read_told(Path(path if named else text), name if named else ""))
    return folders, resolve_pairs([each.name for each in folders], shuffled)


def _system(told: ToldFolder, shuffled: Path | None) -> System:
    from storypainter.sequences.judging.evaluating import System
    from storypainter.sequences.judging.order import refuse_another_telling, told_in_disorder
    from storypainter.sequences.judging.told import read_told

    if shuffled is None:
        return System(told)
    other = read_told(shuffled)
    refuse_another_telling(told, other)
    return System(told, told_in_disorder(told, other), other)


def _provenance(
    systems: tuple[System, ...], trainings: tuple[Path, ...], plan: Ablations | None
) -> dict[str, Provenance]:
    """Whom the trainings behind each system rewarded, and behind what it told shuffled."""
    from storypainter.sequences.judging.told import provenance

    more: dict[str, tuple[Path, ...]] = {}
    if plan is not None:
        more = {row.label: tuple(map(Path, row.trainings)) for row in plan.rows}
    found = {}
    for system in systems:
        named = (*trainings, *more.get(system.name, ()))
        found[system.name] = provenance(system.told, named)
        if system.shuffled is not None:
            found[system.shuffled_name] = provenance(system.shuffled, named)
    return found


def _judges(
    addresses: tuple[str, ...],
    passes: int,
    captions: bool,
    known: Mapping[str, Provenance],
    resolved: Resolved[RunSpec],
) -> tuple[NarrativeJudge, ...]:
    from storypainter.models.catalog import connect_writer
    from storypainter.sequences.judging.asking import NarrativeJudge
    from storypainter.sequences.judging.told import refuse_reward_judges

    spec = resolved.spec
    options = assembly.model_options(spec, os.environ, spec.base_url)
    writers = [connect_writer(address, options) for address in dict.fromkeys(addresses)]
    refuse_reward_judges(writers, known)
    assembly.check_prices(writers, spec, assembly.read_prices(resolved.prices))
    return tuple(NarrativeJudge(each, passes=passes, captions=captions) for each in writers)


def _notes(
    systems: tuple[System, ...],
    known: Mapping[str, Provenance],
    judges: tuple[NarrativeJudge, ...],
    absent: tuple[Absent, ...],
) -> tuple[str, ...]:
    from storypainter.sequences.judging.order import unsaid

    found = []
    for system in systems:
        one = known[system.name]
        who = system.told.teller.model
        if who:
            by = (
                f" with the adapter {Path(system.told.teller.adapter).parent.name}"
                if (system.told.teller.adapter)
                else ""
            )
            found.append(f"{system.name}: told by {who}{by}.")
        rewarded = dict.fromkeys(each.address for each in one.rewarded)
        if rewarded:
            found.append(f"{system.name}: its training was rewarded by {', '.join(rewarded)}.")
        if "grounded" in rewarded:
            found.append(
                f"{system.name}: what was rewarded is that the annotations' words are told. Its "
                "grounding here is another matcher's, but of the same annotations: it shows that "
                "the reward was learnt, and is no independent judgement."
            )
        unknown = [one.unknown]
        if system.shuffled is not None:
            unknown.append(known[system.shuffled_name].unknown)
            if note := unsaid(system.told, system.shuffled):
                found.append(note)
        for each in dict.fromkeys(unknown):
            if each and judges:
                found.append(f"{system.name}: {each}.")
        if system.told.missing:
            found.append(f"{system.name}: {system.told.missing} sequences were not told.")
    found += [
        f"{row.label}: absent: nothing told in {row.told} yet. Made by: {'; '.join(row.commands)}"
        for row in absent
    ]
    return tuple(found)


def _row_notes(plan: Ablations | None) -> tuple[str, ...]:
    """What the experiment says of its rows."""
    return tuple(f"{row.label}: {row.note}" for row in plan.rows if row.note) if plan else ()


def _asked_metrics(text: str) -> tuple[str, ...]:
    from storypainter.sequences.judging.measuring import METRICS

    if not text.strip():
        return METRICS
    names = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if names == ("none",):
        return ()
    for name in names:
        if name not in METRICS:
            raise BadInput(f"--metrics: no metric {name!r:.60}", f"there are: {', '.join(METRICS)}")
    return names


# -------------------------------------------------------------------------------------- people


def _write_sheet(told: list[ToldFolder], sheet: Path, most: int, as_json: bool) -> int:
    from storypainter.sequences.judging.sheet import write_narrative_sheet

    written = write_narrative_sheet(told, sheet, most=most)
    if as_json:
        plain = {
            "page": str(written.page), "key": str(written.key), "narratives": written.narratives,
            "repeats": written.repeats, "kept": written.kept,
        }  # fmt: skip
        click.echo(orjson.dumps(plain).decode())
        return 0
    kept = " (there already, left as it is)" if written.kept else ""
    click.echo(
        f"{written.page}: {written.narratives} narratives, {written.repeats} of them twice{kept}"
    )
    click.echo(f"{written.key}: keep this to yourself; --ratings needs it")
    return 0


def _people(ratings: tuple[Path, ...], key: Path | None) -> Table | None:
    if not ratings or key is None:
        return None
    from storypainter.ratings.sheet import read_key
    from storypainter.sequences.judging.people import people_table, read_marks

    return people_table(read_marks(ratings, read_key(key)))[0]


# ---------------------------------------------------------------------------------- the work


def _work(
    systems: tuple[System, ...],
    judges: tuple[NarrativeJudge, ...],
    references: tuple[Sequence, ...],
    metrics: tuple[str, ...],
    resolved: Resolved[RunSpec],
    notes: tuple[str, ...],
    people: Table | None,
    absent: tuple[Absent, ...],
    *,
    plan: Ablations | None,
    out: Path,
    as_json: bool,
    quiet: bool,
) -> int:
    from storypainter.sequences.judging.evaluating import NarrativeEvaluation
    from storypainter.sequences.judging.told import narrative_hash

    asked = {
        "n": sum(len(system.told.sequences) for system in systems),
        "judges": [dict(judge.identity) for judge in judges],
        "metrics": list(metrics),
        "systems": {
            system.name: content_hash(
                [narrative_hash(each) for each in system.told.sequences.values()]
            )
            for system in systems
        },
    }
    with RunFolder(out) as folder:
        folder.begin(asked, dict(resolved.origins), running.command_line())
        evaluation = NarrativeEvaluation(
            systems, judges, folder, references=references, metrics=metrics,
            limits=limits_of(resolved.spec), prices=assembly.read_prices(resolved.prices),
            closers=tuple(judge.writer.aclose for judge in judges),
        )  # fmt: skip
        error = running.worked(evaluation, quiet=quiet or as_json or not judges)
        code = running.exit_code(evaluation, error, incomplete=running.any_failed(evaluation))
        rows = _row_notes(plan)
        tables = evaluation.tables(ablations=plan is not None, notes=rows) if systems else []
        if people is not None:
            tables.append(people)
        notes = (*evaluation.remarks, *notes)
        _write(tables, out, plan.title if plan else _TITLE, notes, evaluation, error)
        if error is None and not evaluation.stopping:
            folder.finish()
    if as_json:
        click.echo(
            orjson.dumps(
                _plain(tables, out, evaluation, (*rows, *notes), absent, error, code)
            ).decode()
        )
    elif not quiet:
        _summary(tables, out, evaluation, (*rows, *notes))
    if error is not None:
        raise error
    return code


def _write(
    tables: list[Table],
    out: Path,
    title: str,
    notes: tuple[str, ...],
    evaluation: NarrativeEvaluation,
    error: StorypainterError | None,
) -> None:
    from storypainter.sequences.judging.writing import write_tables

    told = notes
    if error is not None or evaluation.stopping:
        told = ("Unfinished: run the same command again to go on.", *notes)
    write_tables(tables, out, title, told)
    lines = evaluation.grounding_report()
    write_atomically(out / "grounding.jsonl", b"".join(line + b"\n" for line in lines))


def _plain(
    tables: list[Table],
    out: Path,
    evaluation: NarrativeEvaluation,
    notes: tuple[str, ...],
    absent: tuple[Absent, ...],
    error: StorypainterError | None,
    code: int,
) -> dict[str, Any]:
    return {
        "folder": str(out),
        "systems": {s.name: len(s.told.sequences) for s in evaluation.given},
        "compared": {s.name: len(s.told.sequences) for s in evaluation.systems},
        "judges": [judge.judge for judge in evaluation.judges],
        "tables": {
            f"{table.name}{f' by {table.judge}' if table.judge else ''}": {
                row.system: {key: cell.to_plain() for key, cell in row.cells.items()}
                for row in table.rows
            }
            for table in tables
        },
        "notes": list(notes),
        "absent_rows": [each.label for each in absent],
        "failed": {name: dict(s.reasons) for name, s in evaluation.stages.items() if s.failed},
        **running.spent(evaluation),
        "error": str(error) if error else None,
        "exit_code": code,
    }


def _summary(
    tables: list[Table], out: Path, evaluation: NarrativeEvaluation, notes: tuple[str, ...]
) -> None:
    from storypainter.sequences.judging.tables import ORDER
    from storypainter.sequences.judging.writing import shown, told_difference, verdicts

    for table in tables:
        by = f", judged by {table.judge}" if table.judge else ""
        click.echo(f"{table.title}{by}")
        columns = {column.key: column for column in table.columns}
        for row in table.rows:
            click.echo(f"  {row.system}")
            for column in table.columns:
                click.echo(f"    {column.label:28} {shown(row.cells[column.key], column)}")
        if table.name == ORDER:
            for each in table.differences:
                column = columns[each.column]
                click.echo(
                    f"  {each.one} less shuffled, {column.label}: {told_difference(each, column)}"
                )
            for line in verdicts(table):
                click.echo(f"  {line}")
    for note in notes:
        click.echo(note)
    running.print_ending(evaluation, "narratives")
    click.echo(f"Tables: {out / 'tables.md'}")
