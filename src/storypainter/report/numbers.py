"""A run in numbers, each with how many it rests on and its interval, or why it is absent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from storypainter.evaluators.clue_counts import count_story
from storypainter.intervals import RunningMean, wilson
from storypainter.report.reading import Ledger, Question
from storypainter.runs.items import Item
from storypainter.score import Score
from storypainter.story import Dimension, Story

_JUDGE, _VERSION = "counted", "1"
#: More kinds of failure than this come from no storypainter; the rest is summed up.
MAX_REASONS = 40


def _none_yet() -> dict[Dimension, list[int]]:
    return {dimension: [] for dimension in Dimension}


@dataclass(slots=True)
class Numbers:
    """Counts over the items of the current question; fed one item at a time.

    ``reasons`` counts failures by (step, kind). ``chains`` counts Chains by Dimension over the
    ``with_chains`` stories that have any; ``chains_of_stories`` and ``clues_of_stories`` hold the
    same for each of these stories, clues once in a Dimension.
    """

    question: Question
    ledger: Ledger
    stories: int = 0
    pictures: int = 0
    failed: int = 0
    pictures_failed: int = 0
    words: RunningMean = field(default_factory=RunningMean)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    chains: Counter[Dimension] = field(default_factory=Counter)
    with_chains: int = 0
    chains_of_stories: dict[Dimension, list[int]] = field(default_factory=_none_yet)
    clues_of_stories: dict[Dimension, list[int]] = field(default_factory=_none_yet)
    modes: set[str] = field(default_factory=set)

    def add(self, item: Item) -> None:
        """Count one more item."""
        if item.story is not None:
            self.stories += 1
            self.words.add(item.story.words)
            if item.story.origin is not None:
                self.modes.add(item.story.origin.mode)
            self.with_chains += bool(item.story.chains)
            self.chains.update(chain.dimension for chain in item.story.chains)
            self._count_dimensions(item.story)
        self.pictures += item.story is not None and item.picture is not None
        if item.status == "failed":
            self.failed += 1
            self.pictures_failed += item.story is not None and item.picture is None
            known = (item.step, item.reason_kind) in self.reasons
            more = known or len(self.reasons) < MAX_REASONS
            self.reasons[(item.step, item.reason_kind) if more else ("any", "other")] += 1

    def _count_dimensions(self, story: Story) -> None:
        counts = count_story(story)
        if counts is not None:
            for dimension in Dimension:
                self.chains_of_stories[dimension].append(counts.chains_by_dimension[dimension])
                self.clues_of_stories[dimension].append(counts.by_dimension[dimension])

    @property
    def waiting(self) -> int:
        """Items that are neither done nor failed yet."""
        ready = self.pictures if self.question.paints else self.stories
        return max(0, self.question.n - ready - self.failed)

    @property
    def success_rate(self) -> Score:
        """Pictures painted / stories written, in percent (paper, Table 1), with Wilson's interval.

        Absent while the picture of a story has not been tried: untried is not failed.
        """
        if not self.question.paints:
            return self._absent("success_rate", "no pictures were asked for")
        if not self.stories:
            return self._absent("success_rate", "no story was written")
        untried = self.stories - self.pictures - self.pictures_failed
        if untried > 0:
            are = "picture has" if untried == 1 else "pictures have"
            return self._absent("success_rate", f"{untried:,} {are} not been tried yet")
        low, high = wilson(self.pictures, self.stories)
        return Score(
            name="success_rate",
            judge=_JUDGE,
            version=_VERSION,
            value=100.0 * self.pictures / self.stories,
            n=self.stories,
            interval=(100.0 * low, 100.0 * high),
        )

    @property
    def mean_words(self) -> Score:
        """Whitespace-separated words a story, with the t interval of the mean."""
        if not self.words.n:
            return self._absent("words", "no story was written")
        interval = self.words.interval()
        return Score(
            name="words",
            judge=_JUDGE,
            version=_VERSION,
            value=self.words.mean,
            n=self.words.n,
            interval=interval,
            reason="" if interval else "no interval: it takes two stories or more",
        )

    @staticmethod
    def _absent(name: str, why: str) -> Score:
        return Score(name=name, judge=_JUDGE, version=_VERSION, absent=why)

    def to_plain(self) -> dict[str, Any]:
        """The numbers as plain JSON; money and tokens are ``None`` when no call told them."""
        ledger, asked = self.ledger, self.question
        return {
            "storyteller": asked.text("storyteller"),
            "painter": asked.text("painter") or None,
            "asked": asked.n,
            "stories": self.stories,
            "pictures": self.pictures if asked.paints else None,
            "failed": self.failed,
            "waiting": self.waiting,
            "success_rate": self.success_rate.to_plain(),
            "words": self.mean_words.to_plain(),
            "reasons": [
                {"step": step, "kind": kind, "n": n}
                for (step, kind), n in self.reasons.most_common()
            ],
            "stories_with_chains": self.with_chains,
            "chains": {each.value: self.chains[each] for each in Dimension if self.chains[each]},
            "calls": ledger.calls,
            "input_tokens": ledger.input_tokens if ledger.tokens_known else None,
            "output_tokens": ledger.output_tokens if ledger.tokens_known else None,
            "calls_without_tokens": ledger.untold_tokens,
            "cost_usd": ledger.cost if ledger.cost_known else None,
            "unpriced_calls": ledger.unpriced,
            "earlier_questions": asked.earlier,
        }
