"""``storypainter sequences tell``."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
from pydantic import ValidationError

from storypainter import assembly
from storypainter.cli import running
from storypainter.cli.options import CALLING, spec_options
from storypainter.errors import BadInput, StorypainterError
from storypainter.flight import limits_of
from storypainter.runs.folder import RunFolder
from storypainter.settings import Origin, Resolved, RunSpec
from storypainter.value import content_hash, first_problem

if TYPE_CHECKING:
    from storypainter.models.pricing import Price
    from storypainter.sequences.book.writing import Written
    from storypainter.sequences.telling.asked import Asked
    from storypainter.sequences.telling.material import Material
    from storypainter.sequences.telling.telling import SeerTeller, SequenceTeller
    from storypainter.sequences.telling.working import Telling

_OF_ASKED = (
    "language", "style", "audience", "words_per_part", "pictures_at_once", "overlap", "side", "form",
    "look_first",
)  # fmt: skip
_SAMPLING = ("adapter", "temperature", "top_p", "max_tokens", "seed")
_OF_RUN = ("price", *_SAMPLING, *CALLING)


@click.command("tell")
@click.argument("pictures", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--model", default="", metavar="ADDRESS",
              help="who looks and tells: provider/model, one that sees")  # fmt: skip
@click.option("--told", is_flag=True,
              help="no model: take the narrative that the sequences have already")  # fmt: skip
@click.option("--part", type=click.Choice(["train", "validation", "test"]), default=None,
              help="which part of a set is told  [default: the first of test, validation, train that has any]")  # fmt: skip
@click.option("-n", "n", type=click.IntRange(min=1), default=None,
              help="how many sequences, from the first one on  [default: 1 of a set]")  # fmt: skip
@click.option("--language", default=None,
              help="the language of the narrative, such as en or German  [default: the source's]")  # fmt: skip
@click.option("--style", default=None,
              help="how it is told, in words: a bedtime story, a report, in rhymes")  # fmt: skip
@click.option("--audience", default=None, help="who it is for, such as children of five")
@click.option(
    "--title", default=None, help="the book's title  [default: the source's, or the model's]"
)
@click.option("--words-per-part", type=int, default=None,
              help="about how many words belong to a picture, 5 to 400  [default: 45]")  # fmt: skip
@click.option("--pictures-at-once", type=int, default=None,
              help="pictures in one call at most, 1 to 64; more are told in stretches  "
              "[default: 20]")  # fmt: skip
@click.option("--overlap", type=int, default=None,
              help="told pictures that the next stretch shows again  [default: 2]")  # fmt: skip
@click.option("--side", type=int, default=None,
              help="longest side of a picture as it is sent, in pixels  [default: 1024]")  # fmt: skip
@click.option("--look-first", is_flag=True, default=None,
              help="describe each picture by itself first, a call each: weak models see more")  # fmt: skip
@click.option(
    "--shuffle-seed",
    type=int,
    default=None,
    metavar="N",
    help="show the pictures in another order, drawn by N (order sensitivity: sequences evaluate)",
)
@click.option("--form", type=click.Choice(["auto", "json", "numbered", "trained"]), default=None,
              help="how the parts come back: json (by schema), numbered, trained (the question that "
              "sequences tasks teaches), auto (json for servers, else numbered; trained with an "
              "--adapter)")  # fmt: skip
@spec_options(*_SAMPLING, *CALLING)
@click.option("--price", "price", multiple=True, metavar="MODEL=IN/OUT",
              help="your price: dollars a million tokens in/out")  # fmt: skip
@click.option("--out", "out", type=click.Path(path_type=Path), required=True,
              help="the folder of the book; the same command again resumes it")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="show the plan and its cost; call nothing")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object at the end")
@click.option("--quiet", is_flag=True, help="print errors only")
def command(
    pictures: tuple[Path, ...],
    model: str,
    told: bool,
    part: str | None,
    n: int | None,
    title: str | None,
    shuffle_seed: int | None,
    out: Path,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    **flags: Any,
) -> int:
    """Tell the story of a sequence of pictures, and make a storybook of it.

    PICTURES are picture files in their order; or a folder, CBZ, PDF, EPUB, GIF or video; or a set
    made by sequences make or build; or a book.json. FOLDER/book.html is one file with everything
    in it; book.md and book.json stand beside it.

    Try: storypainter sequences tell SET --told --out book
    """
    from storypainter.sequences.telling.material import read_material
    from storypainter.sequences.telling.told import told_already

    if bool(model) == told:
        raise click.UsageError("give --model ADDRESS, or --told for what is told already")
    if told and shuffle_seed is not None:
        raise click.UsageError("--told takes the words as they are: there is nothing to shuffle")
    if told and flags["look_first"]:
        raise click.UsageError("--told takes the words as they are: nobody looks first")
    for name in ("title", "language", "style", "audience"):
        _must_be_text(name, title if name == "title" else flags[name])
    resolved = running.resolved_settings({name: flags[name] for name in _OF_RUN})
    asked = _asked(flags, resolved, model)
    teller, seer = _teller(model, asked, resolved)
    prices = assembly.read_prices(resolved.prices)
    with read_material(pictures, part=part, n=n, language=asked.language) as material:
        talks = not (quiet or as_json)
        for line in material.said if talks else ():
            click.echo(line, err=True)
        if title is not None:
            material = material.titled(title)
        if shuffle_seed is not None:
            from storypainter.sequences.judging.order import shuffled

            material = material.changed(lambda each: shuffled(each, shuffle_seed))
        if told:
            for each in material.sequences:
                told_already(each)  # one without a narrative is refused before anything is written
        if dry_run:
            _show(material, seer, prices, as_json)
            return 0
        return _work(
            material, teller, seer, asked, resolved, prices, model, shuffle_seed,
            sources=pictures if told else (), out=out, as_json=as_json, quiet=quiet,
        )  # fmt: skip


def _must_be_text(name: str, text: str | None) -> None:
    """Refuse what the terminal's bytes made no text of: no file could hold it."""
    try:
        (text or "").encode()
    except UnicodeEncodeError:
        raise BadInput(f"--{name} is not UTF-8 text", "write it in UTF-8") from None


def _asked(flags: Mapping[str, Any], resolved: Resolved[RunSpec], model: str) -> Asked:
    from storypainter.sequences.telling.asked import Asked

    given = {name: flags[name] for name in _OF_ASKED if flags[name] is not None}
    if resolved.spec.adapter:
        if not model.startswith("transformers/"):
            raise BadInput(f"{model or '--told'} takes no --adapter", "drop --adapter")
        if given.get("form", "auto") == "auto":
            given["form"] = "trained"
    try:
        return Asked(**given, seed=resolved.spec.seed)
    except ValidationError as error:
        where, _, what = first_problem(error).partition(": ")
        flag = f"--{where.replace('_', '-')}: " if what else ""
        raise BadInput(f"{flag}{what or where}", "see storypainter sequences tell --help") from None


def _teller(
    model: str, asked: Asked, resolved: Resolved[RunSpec]
) -> tuple[SequenceTeller, SeerTeller | None]:
    from storypainter.sequences.telling.telling import SeerTeller, ToldAlready

    if not model:
        return ToldAlready(), None
    from storypainter.models.contract import ChatRequest
    from storypainter.sequences.telling.connecting import connect_teller

    spec = resolved.spec
    options = assembly.model_options(spec, os.environ, spec.base_url)
    options = replace(options, adapter=spec.adapter or None)
    seer = connect_teller(model, options)
    assembly.check_prices((seer,), spec, assembly.read_prices(resolved.prices))
    chosen = resolved.origins.get("max_tokens", "default") != "default"
    request = ChatRequest(
        (),
        temperature=spec.temperature,
        top_p=spec.top_p,
        max_tokens=spec.max_tokens if chosen else 0,
    )
    teller = SeerTeller(seer, asked, request)
    return teller, teller


def _work(
    material: Material,
    teller: SequenceTeller,
    seer: SeerTeller | None,
    asked: Asked,
    resolved: Resolved[RunSpec],
    prices: Mapping[str, Price],
    model: str,
    shuffle_seed: int | None,
    *,
    sources: tuple[Path, ...],
    out: Path,
    as_json: bool,
    quiet: bool,
) -> int:
    from storypainter.sequences.book.writing import write_books
    from storypainter.sequences.telling.rewarded import training_facts
    from storypainter.sequences.telling.working import Telling

    spec = resolved.spec
    plain = {
        "n": len(material.sequences),
        "model": model,
        "told": not model,
        **asked.model_dump(mode="json"),
        "adapter": spec.adapter,
        "shuffle_seed": shuffle_seed,
        "temperature": spec.temperature,
        "top_p": spec.top_p,
        "base_url": assembly.split_user(spec.base_url)[0] if spec.base_url else "",
        "material": content_hash([each.to_plain() for each in material.sequences]),
    }
    with RunFolder(out) as folder:
        running.refuse_damage(folder)
        flags: dict[str, Origin] = dict.fromkeys(
            ("model", "told", "shuffle_seed", *asked.model_fields_set - {"seed"}), "flag"
        )
        folder.begin(plain, {**resolved.origins, **flags}, running.command_line())
        telling = Telling(
            material.sequences, material.pictures, teller, folder,
            language=asked.language, limits=limits_of(spec), prices=prices,
            closers=(seer.seer.aclose,) if seer is not None else (),
        )  # fmt: skip
        # Before the work: a training may be moved while it goes on.
        trained = training_facts(out, model, spec.adapter, sources)
        error = running.worked(telling, quiet=quiet or as_json)
        facts = {
            "model": model,
            "adapter": spec.adapter,
            **trained,
            "shuffle_seed": shuffle_seed,
            "asked": asked.to_plain(),
        }
        books = write_books(folder, telling.done.values(), telling.total, facts)
        reasons = _reasons(folder)
    partial = any(each.told.reasons for each in telling.done.values())
    incomplete = partial or len(telling.done) < telling.total
    code = running.exit_code(telling, error, incomplete=incomplete)
    if as_json:
        click.echo(orjson.dumps(_plain(telling, out, books, reasons, error, code)).decode())
    elif not quiet:
        _summary(telling, out, books, reasons)
    if error is not None:
        raise error
    return code


def _reasons(folder: RunFolder) -> list[str]:
    """Why sequences of the current question failed, the commonest first."""
    return [
        f"{reason}" + (f" ({count} times)" if count > 1 else "")
        for reason, count in folder.db.rows(
            "SELECT s.reason, COUNT(*) FROM items i JOIN steps s ON s.key = i.key "
            "WHERE i.spec = ? AND s.status = 'failed' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 3",
            folder.spec_id,
        )
    ]


def _plain(
    telling: Telling,
    out: Path,
    books: tuple[Written, ...],
    reasons: list[str],
    error: StorypainterError | None,
    code: int,
) -> dict[str, Any]:
    done = telling.done
    return {
        "folder": str(out),
        "sequences": telling.total,
        "told": len(done),
        "whole": sum(not each.told.reasons for each in done.values()),
        "books": [book.html for book in books],
        "untold": {each.sequence.id: list(each.told.reasons) for each in done.values()
                   if each.told.reasons},
        "failed": reasons,
        **running.spent(telling),
        "interrupted": telling.stopping and error is None,
        "error": str(error) if error else None,
        "exit_code": code,
    }  # fmt: skip


def _summary(telling: Telling, out: Path, books: tuple[Written, ...], reasons: list[str]) -> None:
    done = telling.done
    partial = [each for each in done.values() if each.told.reasons]
    parts = [f"{len(done)} of {telling.total} told"]
    if partial:
        parts.append(f"{len(partial)} not to the end")
    if words := running.spent_in_words(telling):
        parts.append(words)
    click.echo(f"{out}: " + ", ".join(parts))
    for each in partial[:3]:
        for reason in each.told.reasons:
            click.echo(f"{each.sequence.id}: {reason}")
    for reason in reasons:
        click.echo(f"failed: {reason}")
    if telling.stopping or len(done) < telling.total:
        click.echo("Run the same command again to go on.")
    if books:
        page = out / (books[0].html if telling.total == 1 else "index.html")
        click.echo(f"Look at it: {shlex.quote(str(page))}")


def _show(
    material: Material, seer: SeerTeller | None, prices: Mapping[str, Price], as_json: bool
) -> None:
    """The plan and what it may cost, if nothing of it is stored yet."""
    from storypainter.models.pricing import price_of
    from storypainter.sequences.telling.looking import MOST_SEEN

    calls, pictures, most = 0, 0, 0.0 if seer is not None else None
    price = price_of(seer.seer.identity, prices, seer.seer.address) if seer is not None else None
    for sequence in material.sequences if seer is not None else ():
        assert seer is not None
        if seer.looks_first:
            looks = len(sequence.frames)
            calls, pictures = calls + looks, pictures + looks
            each = (
                None if price is None else price.ceiling(1000, seer.max_tokens_looking, "", "", 1)
            )
            most = None if each is None or most is None else most + looks * each
        for stretch in seer.stretches(sequence):
            shown = stretch.end - stretch.shown
            calls, pictures = calls + 1, pictures + shown
            texts = sum(len(f.text) for f in sequence.frames[stretch.shown : stretch.end])
            texts += shown * MOST_SEEN if seer.looks_first else 0
            each = (
                None if price is None
                else price.ceiling(4000 + texts, seer.max_tokens(stretch), "", "", shown)
            )  # fmt: skip
            most = None if each is None or most is None else most + each
    if seer is None:
        most = 0.0
    total = len(material.sequences)
    if as_json:
        plain = {"sequences": total, "calls": calls, "pictures": pictures, "most_usd": most}
        click.echo(orjson.dumps(plain).decode())
        return
    cost = "free" if most == 0 else "price unknown" if most is None else f"at most ${most:.2f}"
    who = f"{calls} calls to {seer.seer.address}, {pictures} pictures shown" if seer else "no calls"
    click.echo(f"{total} sequences; nothing is called or written.")
    click.echo(f"  told     {who}: {cost}; a reply that lacks parts is asked for once more")
    if most:
        click.echo(f"  Prices as of {assembly.PRICES_AS_OF}, or your own; stored replies are free.")
