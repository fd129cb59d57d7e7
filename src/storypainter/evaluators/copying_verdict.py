"""When a story copies, when it retells: the stated rule, its thresholds and its number.

The thresholds were chosen on one half of the known cases (``labelled/copying.jsonl``) and
reported once on the other; see :mod:`storypainter.evaluators.copying_cases`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: A run of so many words in common is a copied passage. Independent stories share up to 6 words.
COPIED_RUN = 12
#: So large a share of a story's 8-grams is copied even where it was changed every few words.
COPIED_SHARE = 0.10
#: From here on a story that doesn't copy retells. Unrelated stories stay below 0.18.
RETOLD = 0.20
#: The same beside a whole pool. The nearest of many sources is near by chance: left out one by one,
#: the 131 stories of the pool ``own`` come up to 0.24 beside the others.
RETOLD_OF_POOL = 0.30
#: The part of the alignment of sentences in :func:`retelling`; the rest is that of the events.
ALIGNED = 0.75

#: All that decides a verdict; part of the evaluator's identity.
THRESHOLDS: dict[str, Any] = {
    "copied_run": COPIED_RUN,
    "copied_share": COPIED_SHARE,
    "retold": RETOLD,
    "retold_of_pool": RETOLD_OF_POOL,
    "aligned": ALIGNED,
}


class Level(StrEnum):
    """What a story is in relation to its sources."""

    COPIES = "copies"
    RETELLS = "retells"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A level, and a number in [0, 1] that orders stories across and within levels.

    0.5 to 1: copies (0.5 plus half the share of copied 8-grams). 0.25 to below 0.5: retells.
    Below 0.25: a story of its own. ``None`` where nothing can be said.
    """

    level: Level | None
    value: float | None


UNKNOWN = Verdict(None, None)


def retelling(aligned: float, event_overlap: float | None) -> float:
    """How far a story retells a source, 0 to 1.

    Args:
        aligned: the best alignment of sentences in order, both ways.
        event_overlap: the soft overlap of events; ``None`` where one of the two tells none.
    """
    mixed = aligned
    if event_overlap is not None:
        mixed = ALIGNED * aligned + (1 - ALIGNED) * event_overlap
    return min(1.0, max(0.0, mixed))


def copies(run: int, share: float | None) -> bool:
    """Whether so long a run, or so large a share of copied 8-grams, is a copy."""
    return run >= COPIED_RUN or (share is not None and share >= COPIED_SHARE)


def judge(
    run: int, share: float | None, retold: float | None, retold_from: float = RETOLD
) -> Verdict:
    """The verdict on a story beside its sources.

    Args:
        run: the longest run of words in common.
        share: the share of copied 8-grams; ``None`` for a text without any: no verdict.
        retold: the highest :func:`retelling`; ``None`` without embeddings: then a copy is still
            found, but nothing can be said of a story that is none.
        retold_from: from here on it retells.
    """
    if share is None:
        return UNKNOWN
    if copies(run, share):
        return Verdict(Level.COPIES, 0.5 + share / 2)
    if retold is None:
        return UNKNOWN
    if retold >= retold_from:
        beyond = (retold - retold_from) / (1 - retold_from)
        return Verdict(Level.RETELLS, 0.25 + 0.25 * min(beyond, 0.999))
    return Verdict(Level.OWN, 0.25 * retold / retold_from)
