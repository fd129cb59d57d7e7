"""Structure: how much a story is built of, counted in its own Chains and Scene, offline.

Counts of what the storyteller laid down, not of what a picture shows, and no rating: a long list
of weak Chains counts more than one good one. It is never a Semantic Score.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from storypainter.evaluators import clue_counts
from storypainter.evaluators.clue_counts import ClueCounts, count_story
from storypainter.evaluators.complexity_findings import absences, dimension_table
from storypainter.evaluators.contract import Findings, Marks, Subject
from storypainter.evaluators.means import mean_score
from storypainter.models.calling import Caller
from storypainter.score import Score

if TYPE_CHECKING:
    from storypainter.evaluators.catalog import Desk

#: Raise it when an equal story may get another count.
VERSION = "1"
JUDGE = "chains"

#: The Scores, and what each is.
COUNTS: Mapping[str, str] = {
    "clues": "distinct clues of the story's own Chains",
    "chains": "the story's own Chains",
    "causal_links": "Chains of event causal relationships",
    "dimensions": "Dimensions that have a Chain, of 7",
    "people": "people of the Scene",
}
_NO_CHAINS = "the story has no Chains"
_NO_SCENE = "the story has no Scene"


def create(desk: Desk) -> Structure:
    """The evaluator; it takes nothing from the desk."""
    return Structure()


class Structure:
    """Counts clues, Chains, causal links, Dimensions and people."""

    name = "structure"
    judge = JUDGE
    version = VERSION

    @property
    def identity(self) -> Mapping[str, Any]:
        """Its version and that of the counting."""
        return {"version": VERSION, "counting": clue_counts.VERSION}

    async def mark(self, subject: Subject, caller: Caller, *, sample: str) -> Marks:
        """The counts of :data:`COUNTS`; absent where there are no Chains, or is no Scene."""
        counts = count_story(subject.story)
        data = {"counts": counts.to_plain()} if counts is not None else {}
        scores = _of_chains(counts) if counts is not None else _without_chains()
        people = len(subject.scene.people) if subject.scene is not None else None
        return Marks(scores=(*scores, _score("people", people, absent=_NO_SCENE)), data=data)

    async def summarise(
        self, marked: Sequence[tuple[Subject, Marks]], missing: int, caller: Caller
    ) -> Findings:
        """Means with intervals, and the clues by Dimension."""
        counts = [
            ClueCounts.model_validate(marks.data["counts"])
            for _, marks in marked
            if "counts" in marks.data
        ]
        warnings = tuple(absences(marked, missing, ("clues", "people"), _as_words))
        return Findings(
            scores=tuple(
                mean_score(
                    marked,
                    missing,
                    name,
                    JUDGE,
                    VERSION,
                    told=f"mean a story: {told}",
                    most=math.inf,
                )
                for name, told in COUNTS.items()
            ),
            tables=(dimension_table(counts, "story"),) if counts else (),
            warnings=warnings,
            doubts=tuple(COUNTS) if warnings else (),
        )

    async def aclose(self) -> None:
        """Nothing to close."""


def _as_words(name: str) -> str:
    return {"clues": "counts of Chains", "people": "count of people"}[name]


def _of_chains(counts: ClueCounts) -> Iterator[Score]:
    clues, chains = (
        {each.value: float(n) for each, n in by_dimension.items()}
        for by_dimension in (counts.by_dimension, counts.chains_by_dimension)
    )
    yield _score("clues", counts.clues, parts=clues)
    yield _score("chains", counts.chains, parts=chains)
    yield _score("causal_links", counts.causal)
    yield _score("dimensions", counts.dimensions)


def _without_chains() -> Iterator[Score]:
    for name in ("clues", "chains", "causal_links", "dimensions"):
        yield _score(name, None, absent=_NO_CHAINS)


def _score(
    name: str, value: int | None, *, absent: str = "", parts: dict[str, float] | None = None
) -> Score:
    return Score(
        name=name,
        judge=JUDGE,
        version=VERSION,
        value=None if value is None else float(value),
        absent=absent if value is None else None,
        reason="" if value is None else COUNTS[name],
        parts=parts or {},
    )
