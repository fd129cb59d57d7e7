"""Systems that are compared: their rows rest on the sequences that all of them have told."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence as Several

from storypainter.sequence import Sequence
from storypainter.sequences.judging.told import ToldFolder, stands_over


def shared_sequences(told: Several[Mapping[str, Sequence]]) -> frozenset[str]:
    """The ids that all have told, over the same pictures (in whatever order)."""
    if not told:
        return frozenset()
    first, *others = told
    return frozenset(
        key
        for key, one in first.items()
        if all(key in each and stands_over(one, each[key]) for each in others)
    )


def sharing_note(counts: Mapping[str, int], shared: int, *, had: str = "told by") -> str:
    """What must be said of means over shared sequences; empty where all have the same.

    Args:
        counts: how many sequences each system has.
        shared: how many of them all have.
        had: what makes a sequence a system's: that it was "told by" it, or "marked for" it.
    """
    if len(counts) < 2 or set(counts.values()) <= {shared}:
        return ""
    owns = ", ".join(f"{name} has {count}" for name, count in counts.items())
    if not shared:
        return (
            f"No sequence was {had} every system ({owns}): each mean is over the system's own, so "
            "that means can't be compared; differences are over what two of them share."
        )
    some = "the 1 sequence" if shared == 1 else f"the {shared} sequences"
    return f"Means are over {some} {had} every system ({owns})."


def hardly_note(told: ToldFolder) -> str:
    """What must be said of a system that told less than half of what it was asked for."""
    count = len(told.sequences)
    return (
        f"{told.name} told {count} of {count + told.missing} sequences, less than half: its means are "
        "over its own, and the others are compared without it."
    )
