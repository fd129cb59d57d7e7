"""What a told folder records of its telling: who told it, in which form, in which order.

``sequences tell`` writes it into ``told.json``, beside the narratives that it belongs to, and into
the run's question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storypainter.errors import RunFolderError
from storypainter.runs.folder import RunFolder
from storypainter.sequences.telling.rewarded import Teller, read_facts, teller_of


@dataclass(frozen=True, slots=True)
class Recorded:
    """How a folder was told.

    Attributes:
        teller: who told it.
        known: whether anything is recorded; nothing is in a folder with a ``book.json`` alone.
        form: that the parts came back in; empty where it isn't recorded.
        look_first: whether each picture was described by itself before.
        shuffle_seed: that the pictures' order was drawn by; None for their true order.
        says_order: whether it is recorded in which order they were shown.
        asked: how many sequences the run was asked for; 0 where it isn't recorded.
    """

    teller: Teller = field(default_factory=Teller)
    known: bool = False
    form: str = ""
    look_first: bool = False
    shuffle_seed: int | None = None
    says_order: bool = False
    asked: int = 0


def recorded(folder: Path) -> Recorded:
    """What a told folder records; what ``told.json`` says goes before the run's question.

    A run that has been asked something else since has another question, and the old narratives.

    Raises:
        BadInput: a ``told.json`` that can't be read.
    """
    facts, question = read_facts(folder), _question(folder)
    wishes = facts.get("asked")
    plain = {**question, **(wishes if isinstance(wishes, Mapping) else {}), **facts}
    form, seed, asked = plain.get("form"), plain.get("shuffle_seed"), question.get("n")
    return Recorded(
        teller=teller_of(facts or question),
        known=bool(plain),
        form=form if isinstance(form, str) else "",
        look_first=plain.get("look_first") is True,
        shuffle_seed=seed if isinstance(seed, int) else None,
        says_order="shuffle_seed" in plain,
        asked=asked if isinstance(asked, int) else 0,
    )


def _question(folder: Path) -> Mapping[str, Any]:
    """The run's question; empty where there is no run."""
    try:
        with RunFolder(folder, read_only=True) as run:
            return run.spec()
    except (RunFolderError, OSError):
        return {}
