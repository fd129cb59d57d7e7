"""How alike two stories are: by what they say (embedding) and by how they say it (n-grams).

For ``pool check``: near duplicates within a pool, and stories that are too close to the one
example that every naive prompt shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from storypainter.models.contract import ModelOptions
from storypainter.models.wordllama import create
from storypainter.pools.ngrams import NgramIndex
from storypainter.story import Story

#: From this cosine similarity (wordllama, whole texts) on two stories are worth comparing by eye:
#: the closest two of the built-in Pool lie below it.
ALIKE = 0.65
#: A common run of so many words is no accident.
COMMON_RUN = 8
#: Larger pools are compared by n-grams only: all pairs of embeddings would take too much memory.
MOST_EMBEDDED = 5_000


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two stories, their cosine similarity (-1 to 1), their longest common run in words."""

    one: str
    other: str
    cosine: float
    run: int

    @property
    def is_alike(self) -> bool:
        """Whether a reader should look at the two."""
        return self.cosine >= ALIKE or self.run >= COMMON_RUN


def alike_pairs(stories: Sequence[Story]) -> list[Likeness]:
    """All pairs that are close by embedding or share a long run of words, closest first.

    Above :data:`MOST_EMBEDDED` stories only the runs are compared, and the cosine is 0.
    """
    if len(stories) < 2:
        return []
    runs = {(i, j): length for i, j, length in _common_runs(stories)}
    cosines = _cosines(stories) if len(stories) <= MOST_EMBEDDED else None
    pairs = set(runs)
    if cosines is not None:
        close = np.argwhere(np.triu(cosines >= ALIKE, k=1))
        pairs |= {(int(i), int(j)) for i, j in close}
    found = [
        Likeness(
            stories[i].id,
            stories[j].id,
            0.0 if cosines is None else float(cosines[i, j]),
            runs.get((i, j), 0),
        )
        for i, j in pairs
    ]
    return sorted(found, key=lambda pair: (-pair.cosine, -pair.run, pair.one, pair.other))


def closest_to(stories: Sequence[Story], name: str, text: str) -> list[Likeness]:
    """Each story against one text, closest first (every one of the first 5,000)."""
    compared = stories[:MOST_EMBEDDED]
    if not compared:
        return []
    vectors = _vectors([*(story.text for story in compared), text])
    cosines = vectors[:-1] @ vectors[-1]
    index = NgramIndex([text])
    found = [
        Likeness(story.id, name, float(cosine), index.compare(story.text).run(0).length)
        for story, cosine in zip(compared, cosines, strict=True)
    ]
    return sorted(found, key=lambda pair: (-pair.cosine, pair.one))


def _common_runs(stories: Sequence[Story]) -> Iterator[tuple[int, int, int]]:
    index = NgramIndex([story.text for story in stories])
    for i, story in enumerate(stories):
        shared = index.compare(story.text, skip={i})
        for j in shared.copied_rows:
            if j > i:
                yield i, j, shared.run(j).length


def _cosines(stories: Sequence[Story]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    vectors = _vectors([story.text for story in stories])
    cosines: np.ndarray[tuple[int, int], np.dtype[np.float32]] = vectors @ vectors.T
    return cosines


def _vectors(texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return create("", ModelOptions()).embed_array(texts)
