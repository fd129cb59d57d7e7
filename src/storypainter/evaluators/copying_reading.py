"""What Copying reads in a story and in its possible sources: vectors of the text and its parts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storypainter.evaluators.overlap import (
    Floats,
    best_mean,
    events,
    in_order_both_ways,
    nouns,
    soft_overlap,
    without_direction,
)
from storypainter.evaluators.tagging import sentences
from storypainter.pools import Pool

#: Texts to unit vectors, shape (n, d); called with at least one text, none of them empty.
Embed = Callable[[Sequence[str]], NDArray[np.floating[Any]]]

#: Sources and stories whose vectors are held; a thousand take some 50 MB.
_KEPT = 1024


@dataclass(frozen=True, slots=True)
class Contents:
    """A text's vectors: the whole (d,), each sentence (n, d) with its words, nouns, events."""

    whole: Floats
    sentences: Floats
    lengths: Floats
    nouns: Floats
    events: Floats


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How a story resembles a source by what it says; ``None`` where one of the two has none.

    Cosines after the direction common to all stories was taken out: about 0 for unrelated
    stories, 1 for a story with itself. ``sentences`` is the mean over the story's sentences of
    the best cosine with any of the source, ``aligned`` the same in order and both ways;
    ``people`` and ``events`` are soft overlaps of nouns and of verbs with their objects.
    """

    similarity: float
    sentences: float
    aligned: float
    people: float | None
    events: float | None

    @property
    def retold(self) -> float | None:
        """The overlap of people and events: the mean of those that are there, 0 to 1."""
        there = [each for each in (self.people, self.events) if each is not None]
        return min(1.0, max(0.0, sum(there) / len(there))) if there else None


class Reader:
    """Embeds texts and their parts; keeps what it has read.

    Args:
        embed: texts to unit vectors.
        background: stories that have nothing in common but that they are stories.
    """

    def __init__(self, embed: Embed, background: Pool) -> None:
        self._embed = embed
        self._background = background
        self._words: dict[str, Floats] = {}
        self._kept: OrderedDict[str, Contents] = OrderedDict()

    @cached_property
    def _direction(self) -> Floats:
        """What all stories have in common: the direction of the background's mean vector."""
        mean = self._vectors([story.text for story in self._background.stories]).mean(axis=0)
        direction: Floats = mean / np.linalg.norm(mean)
        return direction

    def whole(self, texts: Sequence[str]) -> Floats:
        """The vectors of whole texts, shape (n, d), without the common direction."""
        return without_direction(self._vectors(texts), self._direction)

    def contents(self, text: str) -> Contents | None:
        """All vectors of a text; ``None`` for a text without a word."""
        if text in self._kept:
            self._kept.move_to_end(text)
            return self._kept[text]
        told = sentences(text)
        if not told:
            return None
        rows = self.whole([text, *(text[each.start : each.end] for each in told)])
        contents = Contents(
            whole=rows[0],
            sentences=rows[1:],
            lengths=np.array([len(each.words) for each in told], dtype=np.float32),
            nouns=self._phrases(nouns(told)),
            events=self._phrases(events(told)),
        )
        self._kept[text] = contents
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return contents

    def _phrases(self, phrases: Sequence[str]) -> Floats:
        """Vectors of words and short phrases, each embedded once in a lifetime."""
        new = [phrase for phrase in phrases if phrase not in self._words]
        if new:
            if len(self._words) > 50 * _KEPT:
                self._words.clear()
                new = list(phrases)
            self._words.update(zip(new, self._vectors(new), strict=True))
        if not phrases:
            return np.zeros((0, len(self._direction)), np.float32)
        return np.stack([self._words[phrase] for phrase in phrases])

    def _vectors(self, texts: Sequence[str]) -> Floats:
        vectors = np.asarray(self._embed(texts), dtype=np.float32)
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise ValueError(f"embed gave an array of shape {vectors.shape} for {len(texts)} texts")
        return vectors


def resemblances(story: Contents, sources: Sequence[Contents]) -> list[Resemblance]:
    """How a story resembles each source; all but ``sentences`` are the same the other way round."""
    wholes = _beside(story.whole[None], [source.whole[None] for source in sources])
    parts = _beside(story.sentences, [source.sentences for source in sources])
    people = _beside(story.nouns, [source.nouns for source in sources])
    done = _beside(story.events, [source.events for source in sources])
    return [
        Resemblance(
            similarity=float(wholes[at][0, 0]),
            sentences=best_mean(parts[at]),
            aligned=in_order_both_ways(parts[at], story.lengths, source.lengths),
            people=_soft(people[at]),
            events=_soft(done[at]),
        )
        for at, source in enumerate(sources)
    ]


def _beside(rows: Floats, sources: Sequence[Floats]) -> list[Floats]:
    """The cosines of a story's parts (n, d) with each source's (m, d), each of shape (n, m).

    One product for all of them, and not by BLAS: for matrices of this size its threads wait for
    each other twenty times as long as the product takes, wherever the cores have other work.
    """
    if not sources:
        return []
    ends = np.cumsum([len(each) for each in sources])[:-1]
    return np.split(np.einsum("nd,md->nm", rows, np.concatenate(sources)), ends, axis=1)


def _soft(similarities: Floats) -> float | None:
    return soft_overlap(similarities) if similarities.size else None
