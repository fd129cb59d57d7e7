"""What enters a training set and what doesn't, each story with the first reason why it doesn't.

One moment, by the rules of the evaluator ``moment``; no copy and no retelling of the Pool or of the
examples that were shown, by the evaluator ``copying``; a length; no near duplicate of a story that is
in the set already. The judges are those of ``storypainter evaluate``, asked without a run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storypainter.evaluators.moment_rules import judge
from storypainter.evaluators.moment_rules.language import not_english
from storypainter.pools import Pool
from storypainter.story import Story
from storypainter.training.distilling.near_duplicates import Seen

if TYPE_CHECKING:
    from storypainter.evaluators.copying import Copying

#: Reasons, in the order in which they are looked for.
REASONS = (
    "failed", "test_part", "too_short", "too_long", "not_english", "not_one_moment", "copies_pool",
    "copies_examples", "retells_pool", "retells_examples", "near_duplicate",
)  # fmt: skip


@dataclass(slots=True)
class Sifted:
    """What passed, in order, and how many stories did not, by reason."""

    kept: list[int] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """How many stories were looked at."""
        return len(self.kept) + sum(self.reasons.values())


class Filters:
    """Looks at stories; what a story's own text decides is remembered.

    Args:
        pool: the whole Pool, its test part too: no story may copy it.
        min_words: the shortest story, in words as the paper counts them.
        max_words: the longest.
    """

    def __init__(self, pool: Pool, *, min_words: int, max_words: int) -> None:
        self._pool = pool
        self._min_words = min_words
        self._max_words = max_words
        self._copying: Copying | None = None
        self._known: dict[tuple[str, str, tuple[str, ...]], str] = {}

    def sift(self, stories: Iterable[Story | None]) -> Sifted:
        """The indices of the stories that pass, in order; ``None`` is a story that failed."""
        found = Sifted()
        seen = Seen()
        for index, story in enumerate(stories):
            reason = "failed" if story is None else self.reason(story)
            if story is not None and not reason and seen.has(story.text):
                reason = "near_duplicate"
            if reason:
                found.reasons[reason] += 1
            elif story is not None:
                seen.add(story.text)
                found.kept.append(index)
        return found

    def reason(self, story: Story) -> str:
        """Why a story can't be learnt from, whatever else is in the set; empty if it can."""
        examples = story.origin.examples if story.origin else ()
        key = (story.id, story.text, tuple(each.text for each in examples))
        if key not in self._known:
            self._known[key] = self._judged(story)
        return self._known[key]

    def _judged(self, story: Story) -> str:
        if story.words < self._min_words:
            return "too_short"
        if story.words > self._max_words:
            return "too_long"
        if not_english(story.text):
            return "not_english"
        if not judge(story.text).one_moment:
            return "not_one_moment"
        return self._copied(story)

    def _copied(self, story: Story) -> str:
        if self._copying is None:
            from storypainter.evaluators.copying import connect_copying

            self._copying = connect_copying(self._pool)
        data = self._copying.marks(story).data
        for level in ("copies", "retells"):
            for kind, place in (("pool", "pool"), ("example", "examples")):
                if data.get(kind, {}).get("level") == level:
                    return f"{level}_{place}"
        return ""


def counted(reasons: Sequence[Counter[str]]) -> dict[str, int]:
    """Reasons of several sources together, in the order of :data:`REASONS`."""
    total: Counter[str] = Counter()
    for each in reasons:
        total.update(each)
    known = [name for name in REASONS if total[name]]
    return {name: total[name] for name in (*known, *sorted(set(total) - set(REASONS)))}
