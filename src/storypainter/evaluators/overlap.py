"""How much of one story's content is in another one: in its sentences, its people, its events.

Pure functions of tagged sentences and of cosine similarities, shape (n, m): one row for each of
the n parts of a story, one column for each of the m parts of its possible source. All overlaps
are 1 for a story against itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storypainter.evaluators.tagging import Sentence

Floats = NDArray[np.floating[Any]]

#: How far behind its verb an event's object may stand, in words.
_REACH = 6
#: Verbs that tell nothing by themselves; their noun stays, as in "have a ticket".
_LIGHT = frozenset({"be", "have", "do", "get", "go", "let", "make"})
_SHORTEST = 1e-6


def nouns(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The lemmas of all nouns, each once, in order: the people and things of a story."""
    lemmas = (token.lemma for each in sentences for token in each.words if _is_name(token.tag))
    return tuple(dict.fromkeys(lemmas))


def events(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """What is done to what: each lexical verb with the next noun behind it, as lemmas."""
    found = []
    for sentence in sentences:
        words = sentence.words
        for at, verb in enumerate(words):
            if not verb.tag.startswith("VV"):
                continue
            behind = words[at + 1 : at + 1 + _REACH]
            thing = next((token.lemma for token in behind if _is_name(token.tag)), "")
            doing = "" if verb.lemma in _LIGHT else verb.lemma
            if doing or thing:
                found.append(f"{doing} {thing}".strip())
    return tuple(dict.fromkeys(found))


def without_direction(vectors: Floats, direction: Floats) -> Floats:
    """Unit vectors, shape (n, d), with one direction (d,) taken out of them.

    All stories in the world have a direction in common, by which even unrelated ones look alike;
    without it their cosine is near 0 (J. Mu and P. Viswanath, "All-but-the-Top", 2018).
    """
    along = np.einsum("nd,d->n", vectors, direction)
    rest = vectors - along[:, None] * direction
    lengths = np.linalg.norm(rest, axis=1, keepdims=True)
    unit: Floats = rest / np.maximum(lengths, _SHORTEST)
    return unit


def best_mean(similarities: Floats) -> float:
    """The mean over the story's parts of their best similarity with any part of the source."""
    return float(similarities.max(axis=1).sum()) / len(similarities)


def soft_overlap(similarities: Floats) -> float:
    """:func:`best_mean` both ways, averaged: the same for story and source exchanged."""
    return (best_mean(similarities) + best_mean(similarities.T)) / 2


def in_order(similarities: Floats, weights: Floats) -> float:
    """The best alignment of a story's sentences with a source's that never steps back.

    Every sentence of the story gets one sentence of the source, each the same one as the sentence
    before it or a later one; the result is the weighted mean of their similarities, at most
    :func:`best_mean` where all weights are equal. A paraphrase follows its source in order, a
    story with the same things in it doesn't.

    Args:
        similarities: (n, m), n and m at least 1.
        weights: (n,), positive: the sentences' lengths.
    """
    best = [0.0] * similarities.shape[1]
    # In plain Python: a story has some ten sentences, too few for an array to be worth its start.
    for row in (similarities * weights[:, None]).tolist():
        best = [sum(each) for each in zip(accumulate(best, max), row, strict=True)]
    return max(best) / float(weights.sum())


def in_order_both_ways(similarities: Floats, weights: Floats, source_weights: Floats) -> float:
    """:func:`in_order` of the story in the source and of the source in the story, averaged."""
    there = in_order(similarities, weights)
    return (there + in_order(similarities.T, source_weights)) / 2


def _is_name(tag: str) -> bool:
    """A common or a proper noun's tag."""
    return tag.startswith(("NN", "NP"))
