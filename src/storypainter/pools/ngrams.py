"""Runs of words that texts have in common: how a story copies another one word for word.

Words are case-folded, possessive endings and punctuation don't count, so that ``The dog's bone.``
and ``the dog bone`` are the same three words. Everything here is exact; nothing is sampled.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

#: The length of the n-grams whose share is counted, in words: so many alike are no accident.
NGRAM = 8

# A letter or digit with the combining marks behind it; an apostrophe inside a word stays.
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+(?:['’](?:[^\W_][\u0300-\u036f]*)+)*")
_POSSESSIVE = "'s"


class Word(NamedTuple):
    """A word as it is compared, and its character offsets in its text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that another text has in the same order.

    ``length`` counts words; ``start`` and ``end`` are character offsets into the text that was
    compared (not into the source), equal where nothing is common.
    """

    length: int = 0
    start: int = 0
    end: int = 0


@lru_cache(maxsize=512)
def spelled(text: str) -> tuple[Word, ...]:
    """A text's words, case-folded, without possessive endings, with their offsets."""
    return tuple(
        Word(_folded(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)
    )


def longest_common_ngram(text: str, source: str) -> Run:
    """The longest run of words that ``text`` shares with ``source``; the first of equals."""
    return NgramIndex([source]).compare(text).run(0)


def copied_share(text: str, source: str) -> float | None:
    """The share of the text's 8-grams of words that occur in the source, 0 to 1.

    ``None`` for a text of fewer than eight words: it has no 8-gram.
    """
    return NgramIndex([source]).compare(text).copied(0)


class NgramIndex:
    """Sources to compare texts with; built once, then every comparison is one pass.

    Args:
        sources: the texts; a source's row is its place in this sequence.
    """

    def __init__(self, sources: Sequence[str]) -> None:
        self._places: dict[tuple[str, str], list[int]] = {}
        self._row_at = array("L")
        self._vocabularies: list[frozenset[str]] = []
        for row, source in enumerate(sources):
            words = [word.text for word in spelled(source)]
            self._vocabularies.append(frozenset(words))
            for pair in pairwise(words):
                self._places.setdefault(pair, []).append(len(self._row_at))
                self._row_at.append(row)
            self._row_at.append(row)  # a place without a pair: no run goes on into the next source

    def __len__(self) -> int:
        return len(self._vocabularies)

    def compare(self, text: str, skip: AbstractSet[int] = frozenset()) -> Shared:
        """What a text shares with every source except those in the rows ``skip``."""
        words = spelled(text)
        longest: dict[int, tuple[int, int]] = {}
        counts: Counter[int] = Counter()
        anywhere = 0
        running: dict[int, int] = {}  # place of a pair -> words of the run that ends with it
        for end, pair in enumerate(pairwise(word.text for word in words), start=2):
            ended: dict[int, int] = {}
            copied: set[int] = set()
            for place in self._places.get(pair, ()):
                row = self._row_at[place]
                ended[place] = length = running.get(place - 1, 1) + 1
                if row in skip:
                    continue
                if row not in longest or length > longest[row][0]:
                    longest[row] = length, end
                if length >= NGRAM:
                    copied.add(row)
            counts.update(copied)
            anywhere += bool(copied)
            running = ended
        return Shared(words, self._vocabularies, skip, longest, counts, anywhere)


@dataclass(frozen=True, slots=True)
class Shared:
    """What one text shares with the sources of an index, by row. Made by :class:`NgramIndex`.

    ``_longest`` has each row's longest run of two words or more: its length and the number of the
    text's word behind it; ``_counts`` how many of the text's 8-grams a row holds, ``_anywhere`` how
    many any row holds.
    """

    words: tuple[Word, ...]
    _vocabularies: Sequence[frozenset[str]]
    _skip: AbstractSet[int]
    _longest: Mapping[int, tuple[int, int]]
    _counts: Mapping[int, int]
    _anywhere: int

    @property
    def rows(self) -> frozenset[int]:
        """The rows that were compared."""
        return frozenset(range(len(self._vocabularies))) - self._skip

    @property
    def copied_rows(self) -> frozenset[int]:
        """The rows that hold at least one of the text's 8-grams."""
        return frozenset(self._counts)

    def most_copied(self, k: int) -> tuple[int, ...]:
        """Up to ``k`` rows that hold 8-grams of the text, most first, the lowest of equals."""
        return tuple(sorted(self._counts, key=lambda row: (-self._counts[row], row))[:k])

    def run(self, row: int) -> Run:
        """The longest run of words in common with one source; the first of equals."""
        if row in self._longest:
            length, end = self._longest[row]
            return Run(length, self.words[end - length].start, self.words[end - 1].end)
        for word in self.words if row not in self._skip else ():
            if word.text in self._vocabularies[row]:
                return Run(1, word.start, word.end)
        return Run()

    def longest_row(self) -> int | None:
        """The row with the longest run, the lowest of equals; ``None`` if no row was compared."""
        among = sorted(self._longest) or sorted(self.rows)
        return max(among, key=lambda row: self.run(row).length, default=None)

    def longest(self) -> Run:
        """The longest run of words in common with any source."""
        row = self.longest_row()
        return Run() if row is None else self.run(row)

    def copied(self, row: int) -> float | None:
        """The share of the text's 8-grams that occur in one source; ``None`` without any."""
        return self._share(self._counts.get(row, 0))

    def copied_anywhere(self) -> float | None:
        """The share of the text's 8-grams that occur in any source; ``None`` without any."""
        return self._share(self._anywhere)

    def _share(self, count: int) -> float | None:
        ngrams = len(self.words) - NGRAM + 1
        return count / ngrams if ngrams > 0 else None


def _folded(word: str) -> str:
    folded = unicodedata.normalize("NFC", word).casefold().replace("’", "'")
    return folded.removesuffix(_POSSESSIVE) or folded
