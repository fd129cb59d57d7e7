"""How many visual clues there are, in all and by Dimension (the paper's # Visual Clue, Figure 5).

The paper counts what its extraction of features lists, and does not print how. Here a clue is one
thing that is seen: named by several inferences, it counts once in all and once in each Dimension.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from storypainter.evaluators.features import Features, Source
from storypainter.story import Clue, Dimension, Story
from storypainter.value import Value

#: Raise it when equal features may be counted differently.
VERSION = "1"

_LETTERS = re.compile(r"[^\W_]+")
_ARTICLES = frozenset(("a", "an", "the"))


class ClueCounts(Value):
    """Counts of one story or picture.

    ``clues`` are distinct ones; ``by_dimension`` and ``chains_by_dimension`` name all seven
    Dimensions. ``chains`` have clues and a conclusion; ``causal`` are those of causes.
    """

    source: Source
    clues: int
    by_dimension: dict[Dimension, int]
    chains: int
    chains_by_dimension: dict[Dimension, int]

    @property
    def causal(self) -> int:
        """Causal links: Chains of the Dimension of causes."""
        return self.chains_by_dimension[Dimension.EVENT_CAUSAL_RELATIONSHIP]

    @property
    def dimensions(self) -> int:
        """Dimensions that have a Chain, 0 to 7."""
        return sum(count > 0 for count in self.chains_by_dimension.values())


def count_features(features: Features) -> ClueCounts | None:
    """The counts of extracted features; ``None`` for a description, which lists no clues."""
    if features.source == "naive":
        return None
    chains = [(each.dimension, each.clues) for each in features.inferences if each.is_chain]
    listed = [(each.dimension, each.clues) for each in features.inferences]
    return _count(features.source, chains, listed)


def count_story(story: Story) -> ClueCounts | None:
    """The counts of a story's own Chains; ``None`` where it has none."""
    if not story.chains:
        return None
    chains = [(chain.dimension, chain.clues) for chain in story.chains]
    return _count("chains", chains, chains)


def _count(
    source: Source,
    chains: list[tuple[Dimension, tuple[Clue, ...]]],
    listed: list[tuple[Dimension, tuple[Clue, ...]]],
) -> ClueCounts:
    def clues_of(groups: Iterable[tuple[Dimension, tuple[Clue, ...]]]) -> Iterator[str]:
        return (clue_key(clue) for _, clues in groups for clue in clues)

    return ClueCounts(
        source=source,
        clues=len(set(clues_of(listed))),
        by_dimension={
            dimension: len(set(clues_of(each for each in listed if each[0] is dimension)))
            for dimension in Dimension
        },
        chains=len(chains),
        chains_by_dimension={
            dimension: sum(each is dimension for each, _ in chains) for dimension in Dimension
        },
    )


def clue_key(clue: Clue) -> str:
    """What two mentions of a clue have in common: its id, else its words.

    Case, punctuation and articles don't tell clues apart; other words do, so that "a wet coat"
    and "a coat that is wet" are two.
    """
    if clue.id is not None:
        return f"#{clue.id}"
    words = _LETTERS.findall(clue.text.casefold())
    return " ".join(word for word in words if word not in _ARTICLES) or clue.text.casefold()
