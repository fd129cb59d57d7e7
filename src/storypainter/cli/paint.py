"""``storypainter paint``."""

from __future__ import annotations

import os
from typing import Any

import click

from storypainter import assembly
from storypainter.cli import running
from storypainter.cli.options import CALLING, PICTURE, run_options, spec_options
from storypainter.storytellers.given import read_stories
from storypainter.value import content_hash


@click.command("paint")
@click.argument("stories")
@run_options
@spec_options(*PICTURE, *CALLING, "seed")
@click.option("--style", help="the look of the picture, in words (ink: line, flat or mono)")
def command(stories: str, out: str, as_json: bool, quiet: bool, dry_run: bool, **flags: Any) -> int:
    """Paint stories that are already there.

    STORIES is a JSONL or CSV file (an export, or your own: a column story, and an id if you
    like), a text file, or one story as text. The same file can be painted by several painters,
    each into its own --out: their rows then share the stories byte for byte.
    """
    resolved = running.resolved_settings(flags)
    rows = read_stories(stories)
    plan = assembly.prepare_given(resolved, os.environ, rows)
    digest = content_hash([row.story.to_plain() for row in rows])
    return running.work(
        plan,
        resolved,
        out=out,
        as_json=as_json,
        quiet=quiet,
        dry_run=dry_run,
        extra={"storyteller": "given", "stories": digest},
    )
