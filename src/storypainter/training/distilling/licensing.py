"""Under which licences the parts of a training set stand, as far as we know them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storypainter.training.distilling.making import Made

#: What the card's head says where the parts don't agree, or nobody knows.
OTHER = "other"
_OWN, _PLANNER = "CC0-1.0", "Apache-2.0"


def licence_of(made: Made) -> str:
    """One licence for the whole set, or ``other``: the parts' own terms hold."""
    if made.asked.licence:
        return made.asked.licence
    names = {name for name, _ in _parts(made)}
    if names <= {_OWN, _PLANNER}:
        return _PLANNER if _PLANNER in names else _OWN
    return OTHER


def licence_lines(made: Made) -> tuple[str, ...]:
    """A line for each part of the set."""
    return tuple(dict.fromkeys(line for _, line in _parts(made)))


def _parts(made: Made) -> Iterator[tuple[str, str]]:
    """(licence, what is said of it) for who tells, whose examples are shown, and who answers."""
    asked = made.asked
    for source in dict.fromkeys(row.source for row in made.rows):
        yield _of_stories(source)
    if asked.prompt == "cor_guided":
        name, line = _of_stories(made.pool.train.name)
        yield name, f"the examples in the prompts: {line}"
    for address in (asked.student, asked.smaller):
        if address:
            yield OTHER, f"rejected answers by {address}: the terms of that model"


def _of_stories(source: str) -> tuple[str, str]:
    if source == "planner":
        return _PLANNER, f"stories by the planner: {_PLANNER}, as storypainter"
    if source in ("own", "own_train"):
        return _OWN, f"stories of the pool {source}: {_OWN}"
    if source.startswith("cogbench"):
        return OTHER, f"stories of {source}: CogBench's data may not be passed on"
    if "/" in source or source == "rehearsal":
        return OTHER, f"stories by {source}: the terms of that model and its provider"
    return OTHER, f"stories of {source}: as their author says"
