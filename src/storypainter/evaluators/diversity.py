"""How different the stories of a set are from each other (paper, section 2.3.2, equation 2).

Each story is reduced to time, location, character and event, embedded, and compared with its
K = 5 nearest neighbours; the score is the mean cosine distance. Beside it stand the three
measures that the paper holds it against (Table 3), the Vendi score, the themes, and the pairs of
stories that say nearly the same.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from storypainter.evaluators.catalog import Desk
from storypainter.evaluators.contract import Findings, Marks, Subject, Table
from storypainter.evaluators.embedding import embed_texts
from storypainter.evaluators.neighbours import Floats
from storypainter.evaluators.repeats import near_duplicates
from storypainter.evaluators.spread import Spread, average_distance, knn_distance, vendi
from storypainter.evaluators.summaries import (
    Summariser,
    Summary,
    connect_summariser,
    lexical_summary,
)
from storypainter.models.calling import Caller
from storypainter.models.contract import CallFailed, Embedder, Verdict
from storypainter.score import Score

#: Raise it when equal input may get another score.
VERSION = "1"
#: Whole texts whose cosine similarity is at least this are listed as near duplicates.
NEAR_DUPLICATE = 0.9
_MOST_PAIRS = 20
_MOST_THEMES = 12


def create(desk: Desk) -> Diversity:
    """The evaluator of a spec."""
    return Diversity(
        connect_summariser(desk),
        desk.embedder(desk.spec.embedder),
        k=desk.spec.neighbours,
        seed=desk.spec.seed,
    )


class Diversity:
    """Diversity of a set of stories.

    Args:
        summariser: reduces a story to its four elements.
        embedder: turns texts into vectors.
        k: how many nearest neighbours count.
        seed: of the approximate search in very large sets.
    """

    name = "diversity"
    version = VERSION

    def __init__(
        self, summariser: Summariser, embedder: Embedder, *, k: int = 5, seed: int = 0
    ) -> None:
        self.judge = f"{summariser.judge} + {embedder.address}"
        self._summariser = summariser
        self._embedder = embedder
        self._k = k
        self._seed = seed

    @property
    def identity(self) -> Mapping[str, Any]:
        """Summariser, embedder, K and the threshold for near duplicates."""
        return {
            "version": VERSION,
            "summariser": dict(self._summariser.identity),
            "embedder": dict(self._embedder.identity),
            "k": self._k,
            "seed": self._seed,
            "near_duplicate": NEAR_DUPLICATE,
        }

    async def mark(self, subject: Subject, caller: Caller, *, sample: str) -> Marks:
        """The summary; diversity itself is no property of one story."""
        summary = await self._summariser.summarise(subject.story, caller, sample=sample)
        return Marks(data={"summary": summary.to_plain()})

    async def summarise(
        self, marked: Sequence[tuple[Subject, Marks]], missing: int, caller: Caller
    ) -> Findings:
        """The scores over all stories, from their summaries and from their whole texts."""
        summaries = [Summary.model_validate(marks.data["summary"]) for _, marks in marked]
        told = [
            (subject, each)
            for (subject, _), each in zip(marked, summaries, strict=True)
            if each.text
        ]
        empty = len(marked) - len(told)
        short = await self._vectors([each.text for _, each in told], caller)
        whole = await self._vectors([subject.story.text for subject, _ in told], caller)
        left_out = _left_out(missing, empty)
        scores = await asyncio.to_thread(self._scores, short, whole, left_out)
        tables = _themes(marked)
        if not isinstance(whole, str):
            tables.insert(0, _near_duplicates(told, whole))
        return Findings(scores=scores, tables=tuple(t for t in tables if t.rows))

    async def _vectors(self, texts: Sequence[str], caller: Caller) -> Floats | str:
        """The texts' vectors; or why there are none, when one of the texts can have none."""
        try:
            return await embed_texts(self._embedder, texts, caller, step="embedding")
        except CallFailed as failure:
            if failure.verdict not in (Verdict.TOO_LONG, Verdict.INVALID, Verdict.MALFORMED):
                raise
            return str(failure)

    def _scores(self, short: Floats | str, whole: Floats | str, left_out: str) -> tuple[Score, ...]:
        def knn(rows: Floats) -> Spread:
            return knn_distance(rows, self._k, seed=self._seed)

        measures: tuple[tuple[str, Callable[[Floats], Spread], Floats | str], ...] = (
            ("diversity", knn, short),
            ("diversity_without_summariser", knn, whole),
            ("average_distance", average_distance, short),
            ("average_distance_without_summariser", average_distance, whole),
            ("vendi", vendi, short),
        )
        return tuple(
            Score(name=name, judge=self.judge, version=VERSION, absent=rows)
            if isinstance(rows, str)
            else self._score(name, measure(rows), left_out)
            for name, measure, rows in measures
        )

    def _score(self, name: str, spread: Spread, left_out: str) -> Score:
        notes = [left_out] if left_out else []
        if spread.neighbours is not None and spread.neighbours.recall is not None:
            recall = spread.neighbours.recall
            notes.append(
                f"approximate neighbours: recall {recall.value:.3f} on {recall.queries} stories, "
                f"which adds about {recall.bias:.4f}"
            )
        if spread.value is not None and spread.interval is None:
            notes.append(f"no interval: {spread.no_interval}")
        score = spread.score(self.judge, VERSION, name=name, reason="; ".join(notes))
        if score.absent and left_out:
            return score.model_copy(update={"absent": f"{score.absent} ({left_out})", "reason": ""})
        return score

    async def aclose(self) -> None:
        """Nothing of its own to close."""


def _left_out(missing: int, empty: int) -> str:
    parts = []
    if missing:
        parts.append(f"{missing} stories without a summary")
    if empty:
        parts.append(f"{empty} whose summary is empty")
    return " and ".join(parts) + " left out" if parts else ""


def _near_duplicates(told: Sequence[tuple[Subject, Summary]], whole: Floats) -> Table:
    columns = ("story", "and", "cosine")
    title = f"Near duplicates (whole texts, cosine {NEAR_DUPLICATE} or more)"
    if len(told) < 2:
        return Table(title=title, columns=columns)
    found = near_duplicates(whole, NEAR_DUPLICATE)
    rows = tuple(
        (told[pair.one][0].story.id, told[pair.other][0].story.id, round(pair.cosine, 4))
        for pair in found.pairs[:_MOST_PAIRS]
    )
    note = f"{found.count} pairs in all" if found.count > len(rows) else ""
    return Table(title=title, columns=columns, rows=rows, note=note)


def _themes(marked: Sequence[tuple[Subject, Marks]]) -> list[Table]:
    """What the stories have in common: words of their texts by element, and their own themes."""
    words: dict[str, Counter[str]] = {
        "time": Counter(),
        "location": Counter(),
        "character": Counter(),
    }
    own: dict[str, Counter[str]] = {}
    for subject, _ in marked:
        summary = lexical_summary(subject.story.text)
        for name, counter in words.items():
            counter.update(set(filter(None, getattr(summary, name).split(", "))))
        for name, theme in subject.story.themes.items():
            own.setdefault(name, Counter())[theme] += 1
    n = len(marked)
    tables = [_theme_table(f"Most frequent words: {name}", each, n) for name, each in words.items()]
    return tables + [_theme_table(f"Theme: {name}", each, n) for name, each in sorted(own.items())]


def _theme_table(title: str, counter: Counter[str], n: int) -> Table:
    top = sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = tuple((word, count, round(count / n, 3)) for word, count in top[:_MOST_THEMES])
    note = f"{len(top)} in all" if len(top) > len(rows) else ""
    return Table(title=title, columns=("theme", "stories", "share"), rows=rows, note=note)
