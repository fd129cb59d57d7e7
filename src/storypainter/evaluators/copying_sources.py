"""A story beside its possible sources: its own in-context examples, and a pool at large."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from storypainter.evaluators.copying_reading import Reader, Resemblance, resemblances
from storypainter.evaluators.copying_verdict import (
    RETOLD,
    RETOLD_OF_POOL,
    Verdict,
    copies,
    judge,
    retelling,
)
from storypainter.evaluators.overlap import Floats
from storypainter.pools import Pool
from storypainter.pools.ngrams import NgramIndex, Run, Shared, spelled
from storypainter.story import ExampleUsed, Story

#: How many of a pool's rows are compared sentence by sentence: the nearest by the whole text, and
#: as many that hold most of the story's 8-grams.
NEAREST = 8


@dataclass(frozen=True)
class Likeness:
    """A story beside one source.

    ``resemblance`` is ``None`` without embeddings or words; ``retold_from`` is the threshold.
    """

    source: str
    run: Run
    copied: float | None
    resemblance: Resemblance | None
    retold_from: float = RETOLD

    @cached_property
    def retelling(self) -> float | None:
        """How far the story retells the source, 0 to 1."""
        if self.resemblance is None:
            return None
        return retelling(self.resemblance.aligned, self.resemblance.events)

    @cached_property
    def verdict(self) -> Verdict:
        """Whether it copies or retells the source."""
        return judge(self.run.length, self.copied, self.retelling, self.retold_from)

    def to_plain(self) -> dict[str, Any]:
        """Its values by name, those that are absent left out."""
        values: dict[str, Any] = {"id": self.source, "longest_common_ngram": self.run.length}
        verdict = self.verdict
        values |= {"level": verdict.level and verdict.level.value, "copying": verdict.value}
        values |= {"copied_8grams": self.copied, "retelling": self.retelling}
        if self.resemblance is not None:
            for name in ("similarity", "sentences", "aligned", "people", "events", "retold"):
                values[name] = getattr(self.resemblance, name)
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True)
class Side:
    """A story beside all sources of one kind; ``likenesses`` is never empty.

    ``copied`` is the share of the story's 8-grams that occur in any of them, so that a story
    patched together from several sources shows; ``run`` the longest run in any of them.
    """

    likenesses: tuple[Likeness, ...]
    run: Run
    copied: float | None
    retold_from: float = RETOLD

    @cached_property
    def nearest(self) -> Likeness:
        """The source that it copies most, or else retells most, or else is most like."""
        return max(
            self.likenesses,
            key=lambda each: (
                each.verdict.value or 0.0,
                each.retelling or 0.0,
                each.run.length,
            ),
        )

    @property
    def similarity(self) -> float | None:
        """The highest similarity with any of them."""
        return self.best("similarity")

    @property
    def retold(self) -> float | None:
        """The highest overlap of people and events with any of them."""
        return self.best("retold")

    @property
    def copies(self) -> bool | None:
        """Whether it copies any of them; ``None`` for a story too short to say."""
        return None if self.copied is None else copies(self.run.length, self.copied)

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict on the story beside all of them."""
        retold = _highest(each.retelling for each in self.likenesses)
        return judge(self.run.length, self.copied, retold, self.retold_from)

    def best(self, name: str) -> float | None:
        """The highest value of one attribute of :class:`Resemblance`."""
        there = [each.resemblance for each in self.likenesses if each.resemblance is not None]
        return _highest(getattr(each, name) for each in there)


def beside_examples(
    story: Story, examples: Sequence[ExampleUsed], reader: Reader | None
) -> Side | None:
    """A story beside its own in-context examples; ``None`` without any."""
    if not examples:
        return None
    shared = NgramIndex([example.text for example in examples]).compare(story.text)
    rows = range(len(examples))
    named = [(example.id, example.text) for example in examples]
    return _side(story.text, [(row, *named[row]) for row in rows], shared, reader)


class PoolAtLarge:
    """A pool to compare stories with; its index and vectors are made once, at the first story."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self._wholes: Floats | None = None

    def beside(
        self, story: Story, examples: Sequence[ExampleUsed], reader: Reader | None
    ) -> Side | None:
        """A story beside the pool's other rows; ``None`` if there are none.

        Left out are the row that the story itself is (the same id and text) and the rows that
        are its in-context examples.
        """
        shared = self._index.compare(story.text, self._skipped(story, examples))
        if not shared.rows:
            return None
        chosen = set(shared.most_copied(NEAREST))
        longest = shared.longest_row()
        if longest is not None:
            chosen.add(longest)
        if reader is not None:
            chosen |= self._nearest(story.text, shared.rows, reader)
        rows = self.pool.stories
        sources = [(at, rows[at].id, rows[at].text) for at in sorted(chosen)]
        return _side(story.text, sources, shared, reader, RETOLD_OF_POOL)

    def _skipped(self, story: Story, examples: Sequence[ExampleUsed]) -> AbstractSet[int]:
        skipped = {at for each in examples for at in self._by_words.get(_words(each.text), ())}
        for at in self._by_words.get(_words(story.text), ()):
            if self.pool.stories[at].id == story.id:
                skipped.add(at)
        return skipped

    def _nearest(self, text: str, rows: AbstractSet[int], reader: Reader) -> set[int]:
        contents = reader.contents(text)
        if contents is None:
            return set()
        if self._wholes is None:
            self._wholes = reader.whole([story.text for story in self.pool.stories])
        cosines = np.einsum("nd,d->n", self._wholes, contents.whole)
        among = np.array(sorted(rows))
        return set(among[np.argsort(-cosines[among], kind="stable")[:NEAREST]].tolist())

    @cached_property
    def _index(self) -> NgramIndex:
        return NgramIndex([story.text for story in self.pool.stories])

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], list[int]]:
        found: dict[tuple[str, ...], list[int]] = {}
        for at, story in enumerate(self.pool.stories):
            found.setdefault(_words(story.text), []).append(at)
        return found


def _side(
    text: str,
    sources: Sequence[tuple[int, str, str]],
    shared: Shared,
    reader: Reader | None,
    retold_from: float = RETOLD,
) -> Side:
    """A story's text beside sources, each by its row in ``shared``, its id and its text."""
    found: dict[int, Resemblance] = {}
    story = reader.contents(text) if reader else None
    if reader and story:
        read = {row: reader.contents(source) for row, _, source in sources}
        there = {row: contents for row, contents in read.items() if contents}
        found = dict(zip(there, resemblances(story, list(there.values())), strict=True))
    likenesses = tuple(
        Likeness(name, shared.run(row), shared.copied(row), found.get(row), retold_from)
        for row, name, _ in sources
    )
    return Side(likenesses, shared.longest(), shared.copied_anywhere(), retold_from)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.text for word in spelled(text))


def _highest(values: Iterable[float | None]) -> float | None:
    return max((value for value in values if value is not None), default=None)
