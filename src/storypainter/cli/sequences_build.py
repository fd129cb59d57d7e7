"""``storypainter sequences build``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.value import first_problem

if TYPE_CHECKING:
    from storypainter.sequences.building import Built
    from storypainter.sequences.reading.refusals import Refusal
    from storypainter.sequences.reading.wishes import Wishes

_KINDS = ("comic", "illustrated-book", "educational", "video", "photographs")
#: So many refusals are printed; all are in the set's refused.jsonl.
_SHOWN = 20
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("build")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True,
                type=click.Path(path_type=Path))  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), default=None,
              help="the set's folder; the same command again goes on where it was stopped")  # fmt: skip
@click.option("--kind", type=click.Choice(_KINDS), default=None,
              help="what the sequences are  [default: a CBZ is a comic, a PDF or EPUB an illustrated "
              "book, a GIF or video a video, a folder photographs]")  # fmt: skip
@click.option("--licence", default="", help="the licence of sources that state none")
@click.option(
    "--language", default="", help="the language of sources that state none  [default: en]"
)
@click.option("--frames-min", type=click.IntRange(1, 1000), default=2, show_default=True,
              help="a sequence with fewer pictures is refused")  # fmt: skip
@click.option("--frames-max", type=click.IntRange(1, 1000), default=50, show_default=True,
              help="how many pictures a sequence may have")  # fmt: skip
@click.option("--too-many", type=click.Choice(["refuse", "cut", "spread"]), default="refuse",
              show_default=True,
              help="what becomes of a longer one: refused, cut into consecutive sequences, or "
              "thinned out evenly")  # fmt: skip
@click.option("--skip-broken", is_flag=True,
              help="leave out broken pictures instead of their whole sequence")  # fmt: skip
@click.option("--side", type=click.IntRange(64, 8192), default=1024, show_default=True,
              help="the longer side of PDF pages and key frames, in pixels")  # fmt: skip
@click.option("--seconds", type=click.IntRange(1, 86400), default=600, show_default=True,
              help="how long reading one PDF or video may take")  # fmt: skip
@click.option("--images", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None,
              help="the folder of the pictures that annotation files (.json, .jsonl) name  "
              "[default: images beside the file, or the file's own folder]")  # fmt: skip
@click.option("--captions", type=_FILE, default=None,
              help="VIST's descriptions in isolation, as captions of its photographs")  # fmt: skip
@click.option("--subtitles", type=_FILE, default=None,
              help="SRT or WebVTT for the one video  [default: what lies beside it]")  # fmt: skip
@click.option("--part", type=click.Choice(["train", "validation", "test"]), default=None,
              help="put all sequences into one part  [default: split by source, 8:1:1]")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=0, show_default=True,
              help="which split")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="read and check everything; write nothing")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object at the end")
@click.option("--quiet", is_flag=True, help="print errors only")
def command(
    sources: tuple[Path, ...],
    out: Path | None,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    **flags: Any,
) -> int:
    """Build a set of sequences from comics, books, videos, photographs, annotations.

    SOURCE is a folder (its pictures are one sequence; so are each subfolder's, and each book,
    comic, animation and video in it), a .cbz, .pdf, .epub, an animated .gif or .webp, a video with
    .srt or .vtt beside it, or annotations in VIST's or StoryReasoning's layout (.json, .jsonl,
    .parquet).
    Captions stand beside pictures as NAME.txt, or with all else in sequence.json or sequence.toml.

    A sequence with a broken picture is refused; exit code 3 says that something was refused.
    """
    from storypainter.sequences.building import asked_of, build
    from storypainter.sequences.reading.choosing import Beside

    if out is None and not dry_run:
        raise BadInput("no folder for the set", "give --out, or --dry-run to write nothing")
    beside = Beside(flags["images"], flags["captions"], flags["subtitles"])
    asked = asked_of(
        sources, _wishes(flags), beside=beside, part=flags["part"] or "", seed=flags["seed"]
    )
    talks = not (quiet or as_json)
    built = build(
        list(sources), None if dry_run else out, asked, beside,
        (lambda line: click.echo(line, err=True)) if talks else lambda _: None,
    )  # fmt: skip
    if talks:
        _show_refusals(built.refusals)
    if as_json:
        click.echo(orjson.dumps(_plain(built, None if dry_run else out)).decode())
    elif not quiet:
        _summary(built, None if dry_run else out)
    return 3 if any(each.level in ("source", "sequence") for each in built.refusals) else 0


def _wishes(flags: dict[str, Any]) -> Wishes:
    from storypainter.sequences.reading.wishes import Wishes

    try:
        wished = {name: flags[name] for name in Wishes.model_fields if name != "kind"}
        return Wishes.model_validate({**wished, "kind": (flags["kind"] or "").replace("-", " ")})
    except ValidationError as error:
        raise BadInput(first_problem(error), "see storypainter sequences build --help") from None


def _plain(built: Built, out: Path | None) -> dict[str, Any]:
    from storypainter.sequences.building import refused_counts

    return {
        "set": str(out) if out else None,
        "rows": {part: len(rows) for part, rows in built.parts.items()},
        "frames": sum(len(each.frames) for rows in built.parts.values() for each in rows),
        "refused": refused_counts(built.refusals),
        "refusals": [each.to_plain() for each in built.refusals[:1000]],
        "passed_over": dict(built.passed_over),
        "manifest": dict(built.manifest),
    }


def _show_refusals(refusals: Iterable[Refusal]) -> None:
    several = list(refusals)
    for each in several[:_SHOWN]:
        click.echo(each.line, err=True)
    if len(several) > _SHOWN:
        click.echo(f"and {len(several) - _SHOWN} more (see refused.jsonl)", err=True)


def _summary(built: Built, out: Path | None) -> None:
    rows = {part: len(each) for part, each in built.parts.items()}
    frames = sum(len(each.frames) for several in built.parts.values() for each in several)
    counts = ", ".join(f"{part} {count}" for part, count in rows.items())
    where = f"{out}" if out else "would be made (nothing was written)"
    several = f"{_count(sum(rows.values()), 'sequence')}, {_count(frames, 'picture')}"
    click.echo(f"{where}: {several} ({counts})")
    if empty := [part for part, count in rows.items() if not count]:
        click.echo(f"empty: {', '.join(empty)}")
    for level in ("source", "sequence", "picture", "text"):
        found = [each.reason for each in built.refusals if each.level == level]
        if found:
            told = ", ".join(f"{found.count(each)} {each}" for each in sorted(set(found)))
            click.echo(f"{level}s left out: {told}")
    if built.passed_over:
        told = ", ".join(f"{count} {suffix}" for suffix, count in built.passed_over.items())
        click.echo(f"files that nothing here reads: {told}")


def _count(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
