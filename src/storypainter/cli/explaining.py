"""The graph of a story's Chains, for every command that shows one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from storypainter.errors import BadInput
from storypainter.report.chain_graph import as_mermaid, as_svg, as_text
from storypainter.story import Story

#: The forms in which a graph of Chains is drawn.
FORMS = ("text", "svg", "mermaid")


def graph_options(function: Any) -> Any:
    """``--explain`` with its form, and where it goes."""
    for option in (
        click.option(
            "--explain", is_flag=True, help="show clues, conclusions and causes as a graph"
        ),
        click.option(
            "--as", "form", type=click.Choice(FORMS), default="text", show_default=True,
            help="the graph's form",
        ),
        click.option(
            "--save", type=click.Path(path_type=Path, dir_okay=False),
            help="write the graph to this file instead of printing it",
        ),
    ):  # fmt: skip
        function = option(function)
    return function


def explained(story: Story, form: str, save: Path | None) -> str:
    """The graph of a story's Chains, or the line that says where it was written."""
    if not story.chains:
        raise BadInput(f"the Chains of {story.id} are not known", "they come with planned stories")
    text = {
        "text": lambda: as_text(story.chains),
        "svg": lambda: as_svg(story.chains, story.title),
        "mermaid": lambda: as_mermaid(story.chains),
    }[form]()
    if save is None:
        return text
    try:
        save.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise BadInput(f"{save} can't be written: {error.strerror}", "check the folder") from None
    return f"{save}: {len(story.chains)} Chains"
