"""``storypainter paint``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
import orjson

from storypainter import assembly
from storypainter.cli import running
from storypainter.cli.options import CALLING, PICTURE, run_options, spec_options
from storypainter.runs.folder import RunFolder
from storypainter.storytellers.given import read_stories
from storypainter.value import content_hash


@click.command("paint")
@click.argument("stories", required=False)
@run_options
@spec_options(*PICTURE, *CALLING, "seed")
@click.option(
    "--style",
    help="the look of the picture, in words (ink: line, flat or mono; after commas safe, hatching, "
    "comic, ink 1.4, wobble 0.5)",
)
@click.option("--setting", help="where the stories happen, if they don't say so (ink)")
@click.option("--locale", help="the culture they are set in (ink)")
@click.option("--regions", is_flag=True, help="also write each element's area: JSON, CSV, overlay")
@click.option("--print", "page", type=click.Choice(["A4", "Letter"]), help="also write 300 dpi PDF")
@click.option("--from-svg", type=click.Path(), help="paint this edited SVG of ink's, no STORIES")
def command(
    stories: str | None,
    out: str,
    as_json: bool,
    quiet: bool,
    dry_run: bool,
    regions: bool,
    page: str | None,
    from_svg: str | None,
    **flags: Any,
) -> int:
    """Paint stories that are already there.

    STORIES is a JSONL or CSV file (an export, or your own: a column story, and an id if you
    like), a text file, a Scene (.json, for ink), or one story as text. The same file can be
    painted by several painters, each into its own --out: their rows then share the stories byte
    for byte. ink draws any text; what it could not draw stands on the picture's record.
    """
    if from_svg is not None:
        if stories:
            raise click.UsageError("give STORIES or --from-svg, not both")
        return _finish(from_svg, out, page, as_json=as_json, quiet=quiet)
    if not stories:
        raise click.UsageError("give STORIES: a file, or a story in quotation marks")
    resolved = running.resolved_settings(flags)
    rows = read_stories(stories)
    plan = assembly.prepare_given(resolved, os.environ, rows)
    digest = content_hash([row.story.to_plain() for row in rows])
    code = running.work(
        plan,
        resolved,
        out=out,
        as_json=as_json,
        quiet=quiet,
        dry_run=dry_run,
        extra={"storyteller": "given", "stories": digest},
    )
    if code == 0 and not dry_run and (regions or page):
        _more(out, regions=regions, page=page, quiet=quiet or as_json)
    return code


def _more(out: str, *, regions: bool, page: str | None, quiet: bool) -> None:
    from storypainter.painters import finishing

    with RunFolder(Path(out), read_only=True) as folder:
        written = list(finishing.write_regions(folder)) if regions else []
        if page:
            written += finishing.write_pages(folder, page)  # type: ignore[arg-type]
    if not quiet:
        click.echo(f"{len(written)} more files in {out}")


def _finish(source: str, out: str, page: str | None, *, as_json: bool, quiet: bool) -> int:
    from storypainter.painters import finishing

    done = finishing.finish_svg(Path(source), Path(out), page=page)  # type: ignore[arg-type]
    if as_json:
        told = {
            "files": [str(file) for file in done.files],
            "regions": [region.to_plain() for region in done.regions],
        }
        click.echo(orjson.dumps(told).decode())
    elif not quiet:
        click.echo(f"{len(done.files)} files in {out}; {len(done.regions)} elements can be seen")
    return 0
