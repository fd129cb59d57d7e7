"""``storypainter ratings``: sheet, import, agreement, correct."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
import orjson

from storypainter.cli.findings import print_findings, shown
from storypainter.errors import BadInput
from storypainter.evaluation import Found
from storypainter.ratings.pairing import read_labelled_answers
from storypainter.ratings.prevalence import Labelled, corrected
from storypainter.ratings.raters import JUDGE, agreement_of
from storypainter.ratings.reading import Asked, read_ratings
from storypainter.ratings.scale import Imported, Scale
from storypainter.ratings.sheet import exhibits, pictures_of, read_key, with_key, write_sheet
from storypainter.ratings.stored import FILE_NAME, store_ratings, stored_ratings
from storypainter.runs.folder import RunFolder

F = TypeVar("F", bound=Callable[..., Any])


def reading_options(function: F) -> F:
    """What may have to be said of a file of ratings."""
    for option in (
        click.option(
            "--scale", "scale", metavar="LOW:HIGH[:STEP]",
            help="the scale of ratings whose file doesn't tell it, such as 1:5:0.5",
        ),
        click.option(
            "--form", type=click.Choice(["auto", "long", "wide", "label-studio", "potato"]),
            default="auto", help="the kind of file  [default: auto]",
        ),
        click.option(
            "--name", default=None, help="what is rated  [default: semantic, or as the file says]"
        ),
        click.option(
            "--item-field", default="",
            help="Label Studio: the data field with the item's id, or task",
        ),
        click.option("--rater", default="", help="Potato: whose file it is, where it doesn't say"),
    ):  # fmt: skip
        function = option(function)
    return function


def asked_of(scale: str | None, form: Any, name: str | None, item_field: str, rater: str) -> Asked:
    """The options of :func:`reading_options` as a value."""
    return Asked(
        form=form, scale=Scale.parse(scale) if scale else None, name=name or "semantic",
        item_field=item_field, rater=rater,
    )  # fmt: skip


def read_all(files: Sequence[Path], asked: Asked) -> tuple[Imported, ...]:
    """The ratings of several files; one rater's rating of an item may stand in one only."""
    found: dict[tuple[str, str, str, int], Imported] = {}
    for file in files:
        for each in read_ratings(file, asked):
            before = found.get(each.slot)
            if before is not None and before.rating != each.rating:
                raise BadInput(
                    f"{file.name}: {each.rating.rater!r} rated {each.rating.item!r} otherwise in "
                    f"{before.source}",
                    "give one of the two files, or number repeats in a column occasion",
                )
            found[each.slot] = each
    return tuple(found.values())


@click.group("ratings")
def command() -> None:
    """Rating sheets for people, their import, and how far raters agree."""


@command.command("sheet")
@click.argument("runs", nargs=-1, required=True, metavar="RUN…", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="the HTML file to write"
)
@click.option("--sample", type=click.IntRange(min=2), help="only so many pictures, drawn by chance")
@click.option("--seed", type=int, default=0, help="of the draw  [default: 0]")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def sheet(runs: tuple[Path, ...], out: Path, sample: int | None, seed: int, as_json: bool) -> None:
    """Write a page on which people rate the pictures of RUN, offline, blind and in their own order.

    Hand out the page only. The key beside it says which picture is whose; ratings import needs
    it. With several runs their pictures are mixed. A page that is there already is never written
    over: people may be rating with it.
    """
    pictures = [each for run in runs for each in exhibits(run)]
    if sample is not None and sample < len(pictures):
        pictures = random.Random(seed).sample(pictures, sample)
    written = write_sheet(pictures, out)
    if as_json:
        plain = {
            "page": str(written.page), "key": str(written.key), "pictures": written.pictures,
            "repeats": written.repeats, "kept": written.kept,
        }  # fmt: skip
        click.echo(orjson.dumps(plain).decode())
        return
    kept = " (there already, left as it is)" if written.kept else ""
    click.echo(
        f"{written.page}: {written.pictures} pictures, {written.repeats} of them twice{kept}"
    )
    click.echo(f"{written.key}: keep this to yourself; ratings import needs it")


@command.command("import")
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), help="the key of a rating sheet")
@reading_options
@click.option("--replace", is_flag=True, help="let values of FILE replace others from before")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def import_ratings(
    run: Path,
    files: tuple[Path, ...],
    key: Path | None,
    replace: bool,
    as_json: bool,
    **said: Any,
) -> None:
    """Keep people's ratings of RUN's items in the run: ratings.jsonl.

    FILE is CSV (item, rater, name, value, scale_min, scale_max; or item and one column a rater),
    Label Studio's JSON export, or Potato's JSONL or CSV. Importing a file again adds nothing
    twice. A second rating of an item by the same rater, in one file or numbered in a column
    occasion, is kept apart as a repeat.
    """
    if not (run / "run.db").is_file():
        raise BadInput(f"{run} is no run folder", "name the run that the ratings belong to")
    ratings = read_all(files, asked_of(**said))
    others = 0
    with RunFolder(run) as folder:
        present = pictures_of(folder)
        if key is not None:
            ratings, others = with_key(ratings, read_key(key), present)
        added = store_ratings(folder, ratings, set(present), replace=replace)
    if as_json:
        plain = {
            "new": added.new, "known": added.known, "replaced": added.replaced,
            "total": added.total, "of_other_runs": others,
        }  # fmt: skip
        click.echo(orjson.dumps(plain).decode())
        return
    line = f"{added.new} new ratings, {added.known} known before"
    if added.replaced:
        line += f", {added.replaced} replaced"
    if others:
        line += f", {others} of other runs left out"
    click.echo(f"{line}; {added.total} in {run / FILE_NAME}")


@command.command("agreement")
@click.argument("sources", nargs=-1, required=True, metavar="RUN|FILE…")
@reading_options
@click.option("--seed", type=int, default=0, help="of the bootstrap  [default: 0]")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def agreement(sources: tuple[str, ...], seed: int, as_json: bool, **said: Any) -> None:
    """Show how far raters agree: six intraclass correlations, Krippendorff's alpha, own repeats.

    The ratings are those kept in a RUN, or those of FILEs. Needs the extra [analysis].
    """
    ratings = _ratings_of([Path(source) for source in sources], asked_of(**said))
    names = sorted({each.rating.name for each in ratings})
    if said["name"]:
        names = [name for name in names if name == said["name"]]
    if not names:
        raise BadInput("no ratings of that name", "see what is there: leave --name out")
    found = tuple(
        Found(
            name, JUDGE,
            agreement_of(name, [each for each in ratings if each.rating.name == name], seed=seed),
        )
        for name in names
    )  # fmt: skip
    if as_json:
        plain = [{"name": each.name, **each.findings.to_plain()} for each in found]
        click.echo(orjson.dumps(plain).decode())
    else:
        print_findings(found, {})


def _ratings_of(sources: Sequence[Path], asked: Asked) -> tuple[Imported, ...]:
    found: list[Imported] = []
    for source in sources:
        if (source / "run.db").is_file():
            with RunFolder(source, read_only=True) as folder:
                kept = stored_ratings(folder)
            if not kept:
                raise BadInput(
                    f"{source} holds no ratings", "import some: storypainter ratings import"
                )
            # Runs number their stories alike: the run's name keeps their items apart.
            name = source.resolve().name
            found += kept if len(sources) == 1 else [_of_run(each, name) for each in kept]
    found += read_all([each for each in sources if not (each / "run.db").is_file()], asked)
    return tuple(found)


def _of_run(each: Imported, run: str) -> Imported:
    rating = each.rating.model_copy(update={"item": f"{run}/{each.rating.item}"})
    return each.model_copy(update={"rating": rating})


@command.command("correct")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--judge", default="judge", help="who judged, for the record")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def correct(file: Path, judge: str, as_json: bool) -> None:
    """Correct a yes/no judge's share for its errors, measured on the rows that people labelled.

    FILE is CSV with columns judge and person: yes or no, person empty where nobody labelled. The
    labelled rows must have been chosen without looking at the judge's answers.
    """
    said, pairs = read_labelled_answers(file)
    score = corrected(sum(said), len(said), Labelled.count(pairs), judge=judge)
    click.echo(score.to_json() if as_json else f"{score.name}  {shown(score)}")
