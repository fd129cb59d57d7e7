"""Does a text narrate one moment? Six kinds of fault, found by rules, offline, in English.

``dialogue``, ``sequence``, ``tense``, ``succession``, ``summary`` and ``repetition``; each finding
is a :class:`Passage` with the offending words and where they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from storypainter.evaluators.contract import Passage
from storypainter.evaluators.moment_rules import actions, loops, meaning, passing, speech, tense
from storypainter.evaluators.moment_rules.text import Telling, tell

#: Raise it when the same text may get another judgement; the word lists are hashed beside it.
VERSION = "2"
#: The kinds of fault, in the order in which they are shown.
KINDS = ("dialogue", "sequence", "tense", "succession", "summary", "repetition")

_FINDERS: Mapping[str, Callable[[Telling], Iterator[Passage]]] = {
    "dialogue": speech.find,
    "sequence": passing.find,
    "tense": tense.find,
    "succession": actions.find,
    "summary": meaning.find,
    "repetition": loops.find,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The faults of a text, by place, and the tenses of its verbs."""

    passages: tuple[Passage, ...]
    tenses: tense.Tenses

    @property
    def one_moment(self) -> bool:
        """Whether nothing was found."""
        return not self.passages

    def count(self, kind: str) -> int:
        """How many passages are of a kind."""
        return sum(passage.kind == kind for passage in self.passages)


def judge(text: str) -> Judgement:
    """The faults of an English text. Any text will do; offsets slice to each passage's words."""
    telling = tell(text)
    said = _disjoint(speech.find(telling))
    found = list(said)
    for kind, find in _FINDERS.items():
        if kind in ("summary", "repetition"):
            found += _disjoint(find(telling))
        elif kind != "dialogue":
            # What is said isn't told: "he asks when the train leaves" has no two events.
            found += [each for each in _disjoint(find(telling)) if not _within(each, said)]
    found.sort(key=lambda passage: (passage.start, KINDS.index(passage.kind)))
    return Judgement(tuple(found), tense.tenses(telling))


def _within(passage: Passage, others: list[Passage]) -> bool:
    return any(each.start <= passage.start and passage.end <= each.end for each in others)


def _disjoint(found: Iterator[Passage]) -> list[Passage]:
    """Passages of one kind without those that overlap an earlier or longer one."""
    kept: list[Passage] = []
    for passage in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or passage.start >= kept[-1].end:
            kept.append(passage)
    return kept
