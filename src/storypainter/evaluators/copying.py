"""Does a story copy? Its own in-context examples, or the stories of a pool.

A small model can win on diversity by handing back its examples, each time other ones (in the
paper Llama-3.2-1B scores above human pictures in that way). So every story is held against the
examples that it was shown and against a pool at large: word for word (n-grams), and in other
words (sentences, people and events by their vectors).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storypainter.errors import BadInput
from storypainter.evaluators.contract import Findings, Marks, Passage, Subject
from storypainter.evaluators.copying_findings import findings
from storypainter.evaluators.copying_reading import Embed, Reader
from storypainter.evaluators.copying_sources import (
    NEAREST,
    Likeness,
    PoolAtLarge,
    Side,
    beside_examples,
)
from storypainter.evaluators.copying_verdict import THRESHOLDS, Level
from storypainter.evaluators.tagging import TAGGER
from storypainter.models import wordllama
from storypainter.models.calling import Caller
from storypainter.models.contract import ModelOptions
from storypainter.pools import Pool, load_pool
from storypainter.pools.ngrams import NGRAM, spelled
from storypainter.score import Score
from storypainter.story import ExampleUsed, Story

if TYPE_CHECKING:
    from storypainter.evaluators.catalog import Desk

#: Stories whose common direction is taken out of all vectors; the same whatever pool is given.
_BACKGROUND = "own"

_NO_EXAMPLES = "no in-context examples are recorded with the story"
_NO_POOL = "no other story of a pool is there to compare with"
_NO_VECTORS = "no embedding model is given"
_NO_WORDS = "the story or its source holds no word"


def create(desk: Desk) -> Copying:
    """The evaluator with the desk's pool.

    Raises:
        BadInput: the pool can't be loaded.
    """
    return connect_copying(desk.pool())


def connect_copying(pool: Pool | None = None) -> Copying:
    """The evaluator with the embedded word vectors, for which its thresholds were chosen.

    Args:
        pool: stories that none may copy; ``None`` for a story's own examples only.
    """
    embedder = wordllama.create("", ModelOptions())
    return Copying(pool, embed=embedder.embed_array, embedding=embedder.identity)


@dataclass(frozen=True, slots=True)
class _Beside:
    """A story's two sides, and why a side is missing."""

    sides: Mapping[str, Side]
    reasons: tuple[str, ...]

    def best(self, of: Callable[[Side], float | None]) -> dict[str, float]:
        """A value of each side that has it, by the side's name."""
        found = {name: of(side) for name, side in self.sides.items()}
        return {name: value for name, value in found.items() if value is not None}


class Copying:
    """Scores how far each story copies or retells its examples and a pool.

    Args:
        pool: stories that none may copy; ``None`` for examples only.
        embed: a synchronous function of texts to unit vectors, shape (n, d); ``None`` leaves
            every score that needs vectors absent.
        embedding: what decides its vectors, for the identity.
    """

    name = "copying"
    judge = "offline"
    version = "1"

    def __init__(
        self,
        pool: Pool | None = None,
        *,
        embed: Embed | None = None,
        embedding: Mapping[str, str] | None = None,
    ) -> None:
        self._pool = PoolAtLarge(pool) if pool else None
        background = load_pool(_BACKGROUND)
        self._reader = Reader(embed, background) if embed else None
        self._identity = {
            "judge": self.judge,
            "version": self.version,
            "pool": pool.hash if pool else None,
            "thresholds": THRESHOLDS,
            "ngram": NGRAM,
            "nearest": NEAREST,
            "tagger": TAGGER,
            "embedding": dict(embedding or {}) if embed else None,
            "background": background.hash if embed else None,
        }

    @property
    def identity(self) -> Mapping[str, Any]:
        """All that decides the scores."""
        return self._identity

    async def mark(self, subject: Subject, caller: Caller, *, sample: str) -> Marks:
        """Marks for one story; asks no model outside this process."""
        return self.marks(subject.story)

    async def summarise(
        self, marked: Sequence[tuple[Subject, Marks]], missing: int, caller: Caller
    ) -> Findings:
        """How many stories copy and retell, the worst of them, and warnings."""
        return findings(marked, missing, judge=self.judge, version=self.version)

    async def aclose(self) -> None:
        """Nothing to close: the embedder belongs to whoever gave it."""

    def likeness(self, text: str, source_text: str) -> Likeness:
        """One text beside one source, without a pool.

        Raises:
            BadInput: the text is empty.
        """
        if not text.strip():
            raise BadInput("an empty text can't be compared", "give it at least one word")
        example = ExampleUsed(id="source", text=source_text)
        side = beside_examples(Story(id="text", text=text), [example], self._reader)
        assert side is not None  # there is an example
        return side.nearest

    def marks(self, story: Story) -> Marks:
        """Marks for one story.

        ``copied_8grams``, ``longest_common_ngram``, ``retold`` and ``copying`` are the highest
        over both kinds of source, each kind's own among the parts (``example``, ``pool``);
        ``example_similarity`` and ``pool_similarity`` belong to one kind.
        """
        beside = self._beside(story)
        scores = (
            self._highest("copied_8grams", beside, lambda side: side.copied, self._short(story)),
            self._highest(
                "longest_common_ngram", beside, lambda side: float(side.run.length), _NO_WORDS
            ),
            self._similarity("example", beside, _NO_EXAMPLES),
            self._similarity("pool", beside, _NO_POOL),
            self._highest("retold", beside, lambda side: side.retold, self._unread()),
            self._verdict(story, beside),
        )
        return Marks(scores=tuple(scores), passages=_passages(story, beside), data=_data(beside))

    def _beside(self, story: Story) -> _Beside:
        examples = story.origin.examples if story.origin else ()
        own = beside_examples(story, examples, self._reader)
        pool = self._pool.beside(story, examples, self._reader) if self._pool else None
        sides = {"example": own, "pool": pool}
        reasons = {"example": _NO_EXAMPLES, "pool": _NO_POOL}
        return _Beside(
            {name: side for name, side in sides.items() if side is not None},
            tuple(reasons[name] for name, side in sides.items() if side is None),
        )

    def _highest(
        self, name: str, beside: _Beside, of: Callable[[Side], float | None], otherwise: str
    ) -> Score:
        """The highest over the sides, or why there is none: no side, or ``otherwise``."""
        parts = beside.best(of)
        if not parts:
            return self._score(name, absent=otherwise if beside.sides else _all(beside.reasons))
        return self._score(
            name, value=max(parts.values()), parts=parts, reason=_all(beside.reasons)
        )

    def _similarity(self, kind: str, beside: _Beside, missing: str) -> Score:
        name = f"{kind}_similarity"
        side = beside.sides.get(kind)
        if side is None:
            return self._score(name, absent=missing)
        if side.similarity is None:
            return self._score(name, absent=self._unread())
        parts = {each: side.best(each) for each in ("sentences", "aligned", "people", "events")}
        present = {each: value for each, value in parts.items() if value is not None}
        return self._score(name, value=side.similarity, parts=present)

    def _verdict(self, story: Story, beside: _Beside) -> Score:
        otherwise = self._short(story) if len(spelled(story.text)) < NGRAM else self._unread()
        score = self._highest("copying", beside, lambda side: side.verdict.value, otherwise)
        kind = max(score.parts, key=score.parts.__getitem__, default="")
        if not kind or beside.sides[kind].verdict.level is Level.OWN:
            return score
        side = beside.sides[kind]
        place = "its example" if kind == "example" else "the pool's story"
        said = f"{side.verdict.level} {place} {side.nearest.source}"
        return score.model_copy(update={"reason": _all((said, *beside.reasons))})

    def _short(self, story: Story) -> str:
        return f"the story has {len(spelled(story.text))} words, an n-gram {NGRAM}"

    def _unread(self) -> str:
        return _NO_WORDS if self._reader else _NO_VECTORS

    def _score(
        self,
        name: str,
        *,
        value: float | None = None,
        absent: str | None = None,
        parts: Mapping[str, float] | None = None,
        reason: str = "",
    ) -> Score:
        return Score(
            name=name,
            judge=self.judge,
            version=self.version,
            value=value,
            absent=absent,
            parts=dict(parts or {}),
            reason=reason,
        )


def _all(reasons: Sequence[str]) -> str:
    return "; ".join(reasons)


def _passages(story: Story, beside: _Beside) -> tuple[Passage, ...]:
    """The longest copied passage of each side, from eight words on."""
    return tuple(
        Passage(
            kind=f"copied_from_{name}",
            text=story.text[side.run.start : side.run.end],
            start=side.run.start,
            end=side.run.end,
        )
        for name, side in beside.sides.items()
        if side.run.length >= NGRAM
    )


def _data(beside: _Beside) -> dict[str, Any]:
    """What each side says and its nearest source, and the nearest source of all."""
    data: dict[str, Any] = {
        name: {
            "copies": side.copies,
            "level": side.verdict.level and side.verdict.level.value,
            "longest_common_ngram": side.run.length,
            "nearest": {"kind": name, **side.nearest.to_plain()},
        }
        for name, side in beside.sides.items()
    }
    if data:
        kind = max(beside.sides, key=lambda each: beside.sides[each].verdict.value or 0.0)
        data["nearest"] = data[kind]["nearest"]
    return data
