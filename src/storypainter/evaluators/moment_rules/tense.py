"""``tense``: the narration is in the past or future, or a main clause of it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storypainter.evaluators.contract import Passage
from storypainter.evaluators.moment_rules.clauses import Reading, Verb
from storypainter.evaluators.moment_rules.text import Telling

#: Past verbs, with those in subordinate clauses, from which on a text is told in the past …
_FEWEST = 3
#: … if they are this share of its finite verbs.
_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Tenses:
    """How many finite verbs of the narration are in each tense."""

    present: int
    past: int
    future: int

    @property
    def dominant(self) -> str:
        """``present``, ``past`` or ``future``; ``none`` without a finite verb."""
        counts = {"present": self.present, "past": self.past, "future": self.future}
        best = max(counts, key=lambda name: counts[name])
        return best if counts[best] else "none"

    @property
    def share(self) -> float:
        """The share of the dominant tense; 0 without a finite verb."""
        total = self.present + self.past + self.future
        return max(self.present, self.past, self.future) / total if total else 0.0


def tenses(telling: Telling) -> Tenses:
    """The tenses of all finite verbs that are the narrator's own."""
    all_verbs = [verb for reading in telling.readings for verb in reading.verbs]
    surely = any(verb.tense == "past" and verb.sure for verb in all_verbs)
    counted = [verb for verb in all_verbs if verb.tense != "past" or verb.sure or surely]
    return Tenses(
        sum(verb.tense == "present" for verb in counted),
        sum(verb.tense == "past" for verb in counted),
        sum(verb.tense == "future" for verb in counted),
    )


def find(telling: Telling) -> Iterator[Passage]:
    """The verbs that put the narration into the past or the future."""
    whole = tenses(telling)
    told_in_past = whole.past >= _FEWEST and whole.dominant == "past" and whole.share >= _SHARE
    main = [(reading, verb) for reading in telling.readings for verb in reading.verbs if verb.main]
    unsure = [pair for pair in main if pair[1].tense == "past" and not pair[1].sure]
    alone = not whole.present and len(unsure) > 1
    for reading in telling.readings:
        for verb in reading.verbs:
            past = verb.tense == "past" and (verb.main or told_in_past)
            if (past and (verb.sure or alone or told_in_past)) or (
                verb.tense == "future" and verb.main
            ):
                yield _passage(telling, reading, verb)


def _passage(telling: Telling, reading: Reading, verb: Verb) -> Passage:
    start = reading.tokens[verb.at].start
    return telling.passage("tense", start, max(reading.tokens[verb.head].end, start))
