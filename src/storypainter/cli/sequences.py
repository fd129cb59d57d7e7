"""``storypainter sequences``: make, build, tasks, train, tell, evaluate."""

from __future__ import annotations

import click

from storypainter.cli.lazy import lazy_group

#: Name -> (module, one line for the list of commands).
COMMANDS: dict[str, tuple[str, str]] = {
    "make": ("sequences_make", "Plan and draw sequences: unlimited, free, grounded."),
    "build": ("sequences_build", "Read comics, picture books, videos, folders, annotations."),
    "tasks": ("sequences_tasks", "Make instruction-tuning tasks of a set of sequences."),
    "train": ("sequences_train", "Train a vision-language model by sft or rl."),
    "small-seer": (
        "sequences_small_seer",
        "Build a small vision-language model from drawn pictures.",
    ),
    "tell": ("sequences_tell", "Tell pictures as one narrative, as a storybook."),
    "evaluate": ("sequences_evaluate", "Judge told narratives, in the paper's tables."),
}


@click.group("sequences", cls=lazy_group(COMMANDS))
def command() -> None:
    """Visual storytelling: from an image sequence to a narrative.

    Try: storypainter sequences make -n 3 --out sets/first
    """
