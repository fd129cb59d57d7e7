"""Near duplicates inside a set: stories that share too many of their 8-grams with an earlier one."""

from __future__ import annotations

from collections import Counter

from storypainter.pools.ngrams import NGRAM, spelled

#: A story of whose 8-grams so many stand in one earlier story is its near duplicate.
SAME_WORDS = 0.5
#: From this cosine of word vectors (wordllama, whole texts) on, two stories say the same: reworded
#: ones reach it, and no two of our own Pool come to 0.65.
SAME_MEANING = 0.8


class Seen:
    """The stories that are in the set so far, by their 8-grams."""

    def __init__(self) -> None:
        self._rows: dict[int, list[int]] = {}
        self._texts: set[tuple[str, ...]] = set()
        self._count = 0

    def has(self, text: str) -> bool:
        """Whether a story in the set is nearly this one.

        A text of fewer than eight words has no 8-gram: it is a duplicate of the same words only.
        """
        words = tuple(word.text for word in spelled(text))
        if words in self._texts:
            return True
        grams = _grams(words)
        shared = Counter(row for gram in grams for row in self._rows.get(gram, ()))
        return bool(grams) and max(shared.values(), default=0) >= SAME_WORDS * len(grams)

    def add(self, text: str) -> None:
        """Put a story into the set."""
        words = tuple(word.text for word in spelled(text))
        self._texts.add(words)
        for gram in _grams(words):
            self._rows.setdefault(gram, []).append(self._count)
        self._count += 1


def _grams(words: tuple[str, ...]) -> set[int]:
    return {hash(words[at : at + NGRAM]) for at in range(len(words) - NGRAM + 1)}
