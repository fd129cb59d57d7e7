"""Sentences that a rambling text tells again: what they tell of is there once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storypainter.director.phrases import Item

_ALIKE = 0.7  # of the words of two sentences that tell the same
_SHORTEST = 3  # items: what is shorter says too little to be the same


def told_once(sentences: Sequence[Sequence[Item]]) -> Iterator[Sequence[Item]]:
    """The sentences of a text without those that only repeat an earlier one or a part of it."""
    before: list[frozenset[str]] = []
    for items in sentences:
        words = frozenset(i.word for i in items if i.type not in ("mark", "conjunction"))
        if len(words) < _SHORTEST or not any(_repeats(words, each) for each in before):
            yield items
        before.append(words)


def _repeats(words: frozenset[str], earlier: frozenset[str]) -> bool:
    shared = len(words & earlier)
    return shared == len(words) or shared >= _ALIKE * len(words | earlier)
