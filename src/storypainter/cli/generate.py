"""``storypainter generate``."""

from __future__ import annotations

import os
from typing import Any

import click

from storypainter import assembly
from storypainter.cli import running
from storypainter.cli.options import (
    CALLING,
    PICTURE,
    STORY,
    brief_options,
    run_options,
    spec_options,
)


@click.command("generate")
@click.argument("theme", default="")
@click.option("-n", "n", type=int, default=None, help="how many pairs to make  [default: 1]")
@run_options
@spec_options(*STORY, *PICTURE, *CALLING)
@brief_options
def command(out: str, as_json: bool, quiet: bool, dry_run: bool, **flags: Any) -> int:
    """Write stories and paint them: Pairs of a Story and its Picture.

    THEME is what they are about; leave it out for anything. The same command again resumes
    the run in its folder and pays nothing twice.
    """
    resolved = running.resolved_settings(flags)
    plan = assembly.prepare(resolved, os.environ, paint=True)
    return running.work(plan, resolved, out=out, as_json=as_json, quiet=quiet, dry_run=dry_run)
