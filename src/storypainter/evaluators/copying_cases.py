"""The known cases of copying, and what Copying makes of them.

``labelled/copying.jsonl`` holds, for 16 stories (``copying_sources.jsonl``), texts that we wrote or made:
the story verbatim; with one noun changed; with half of it replaced; paraphrased sentence by
sentence with its main nouns kept; disguised (the same with nearly every content word replaced);
the situation retold freely; another situation in the same place or with the same people; and an
unrelated story. Thresholds were chosen on the half ``tuning`` and reported once on ``held_out``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import combinations

from storypainter.evaluators.copying import Copying
from storypainter.evaluators.copying_verdict import Level
from storypainter.intervals import wilson

#: How close a case is to its source, by kind; kinds of equal rank have no order among them.
RANKS = {
    "verbatim": 5,
    "noun_changed": 4,
    "half_copied": 3,
    "paraphrased": 2,
    "disguised": 1,
    "retold": 1,
    "same_place": 0,
    "same_people": 0,
    "unrelated": 0,
}
#: The plain ladder: each kind in the place that its name says, nothing partial or disguised.
LADDER = {
    "verbatim": 4,
    "noun_changed": 3,
    "paraphrased": 2,
    "retold": 1,
    "same_place": 0,
    "same_people": 0,
    "unrelated": 0,
}
#: What each kind of case should be found to be.
COPIED = frozenset({"verbatim", "noun_changed", "half_copied"})
TOLD_AGAIN = frozenset({"paraphrased", "disguised", "retold"})
_SEED = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A text, the id of the story it is a case of, and which kind of case it is."""

    id: str
    source: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """``true`` of ``n``, with Wilson's interval; the share is ``None`` of nothing."""

    true: int
    n: int

    @property
    def share(self) -> float | None:
        return self.true / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.true, self.n) if self.n else None

    def __str__(self) -> str:
        if self.interval is None:
            return "none"
        low, high = self.interval
        return f"{self.true} of {self.n} = {self.true / self.n:.3f} [{low:.3f}, {high:.3f}]"


@dataclass(frozen=True, slots=True)
class Judged:
    """A case, the level that was found, and the value of its verdict."""

    case: Case
    level: Level | None
    value: float


def load_cases() -> tuple[Case, ...]:
    """All known cases, in file order."""
    rows = _labelled("copying.jsonl")
    return tuple(Case(row["id"], row["source"], row["case"], row["text"]) for row in rows)


def load_sources() -> dict[str, str]:
    """The 16 stories that the cases are about, as they were when the cases were written."""
    return {row["id"]: row["text"] for row in _labelled("copying_sources.jsonl")}


def _labelled(name: str) -> list[dict[str, str]]:
    path = files("storypainter.evaluators") / "labelled" / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def halves(cases: Sequence[Case]) -> tuple[tuple[Case, ...], tuple[Case, ...]]:
    """The cases for tuning and those held out, split by their source with a fixed seed."""
    sources = sorted({case.source for case in cases}, key=_rank)
    tuning = frozenset(sources[: len(sources) // 2])
    return (
        tuple(case for case in cases if case.source in tuning),
        tuple(case for case in cases if case.source not in tuning),
    )


def judged(copying: Copying, cases: Iterable[Case]) -> tuple[Judged, ...]:
    """Each case beside its own source."""
    texts = load_sources()
    found = []
    for case in cases:
        verdict = copying.likeness(case.text, texts[case.source]).verdict
        found.append(Judged(case, verdict.level, verdict.value or 0.0))
    return tuple(found)


def ordering(found: Sequence[Judged], ranks: dict[str, int] | None = None) -> Share:
    """Of all pairs of cases of one source with different ranks: how many stand in order.

    A tie counts as out of order. The pairs share cases, so the interval is too narrow.
    """
    given = RANKS if ranks is None else ranks
    pairs = right = 0
    for one, other in combinations([each for each in found if each.case.kind in given], 2):
        high, low = (one, other) if given[one.case.kind] > given[other.case.kind] else (other, one)
        if one.case.source == other.case.source and given[high.case.kind] > given[low.case.kind]:
            pairs += 1
            right += high.value > low.value
    return Share(right, pairs)


def precision(found: Sequence[Judged], level: Level) -> Share:
    """Of the cases found to be of a level, how many are."""
    flagged = [each for each in found if each.level is level]
    return Share(sum(each.case.kind in _kinds(level) for each in flagged), len(flagged))


def recall(found: Sequence[Judged], level: Level, kinds: Iterable[str] = ()) -> Share:
    """Of the cases that are of a level (or of these kinds), how many are found to be."""
    wanted = frozenset(kinds) or _kinds(level)
    among = [each for each in found if each.case.kind in wanted]
    return Share(sum(each.level is level for each in among), len(among))


def _kinds(level: Level) -> frozenset[str]:
    return {Level.COPIES: COPIED, Level.RETELLS: TOLD_AGAIN}.get(level, frozenset(RANKS))


def _rank(source: str) -> bytes:
    return hashlib.blake2b(f"copying\n{_SEED}\n{source}".encode(), digest_size=16).digest()
