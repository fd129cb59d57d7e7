"""``storypainter plan``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import orjson

from storypainter.cli import running
from storypainter.cli.explaining import explained, graph_options
from storypainter.cli.options import brief_options, spec_options


@click.command("plan")
@click.argument("theme", default="")
@click.option("--item", type=click.IntRange(min=1), default=1, help="which of the seed's plans")
@graph_options
@click.option("--json", "as_json", is_flag=True, help="print the Story and its Scene as JSON")
@spec_options("seed")
@brief_options
def command(
    item: int, explain: bool, form: str, save: Path | None, as_json: bool, **flags: Any
) -> None:
    """Plan one story without any model, and show why it holds.

    THEME is what it is about; leave it out for anything. What can't be planned names the
    smallest set of wishes that contradict each other.
    """
    from storypainter import planner  # on use: its worlds take a while to read

    spec = running.resolved_settings(flags).spec
    planned = planner.plan(spec.seed, item - 1, spec.brief)
    story = planned.story
    if as_json:
        row = {"story": story.to_plain(), "scene": planned.scene.to_plain()}
        click.echo(orjson.dumps(row).decode())
        return
    if save is None or not explain:
        click.echo(f"{story.text}\n")
    if explain:
        click.echo(explained(story, form, save))
    else:
        count = len({clue.id for chain in story.chains for clue in chain.clues})
        click.echo(
            f"{story.words} words, {count} clues, {len(story.chains)} Chains, set in a "
            f"{story.themes['place']}. Why it holds: storypainter plan … --explain"
        )
