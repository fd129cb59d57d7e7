"""Is a pool fit to learn from? Findings as data, for ``storypainter pool check``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from storypainter.errors import BadInput
from storypainter.pools.likeness import COMMON_RUN, Likeness, alike_pairs, closest_to
from storypainter.pools.loading import POOL_NAMES, load_pool
from storypainter.pools.naive import NAIVE_EXAMPLE_ID, naive_example
from storypainter.pools.pool import Pool
from storypainter.pools.problem import Problem
from storypainter.pools.reading import read_story_rows
from storypainter.pools.wording import mentions, same_word, words_of
from storypainter.story import Clue, Dimension, Story

#: Words beyond which a story is hardly one moment for one picture; the paper's run to 60 to 260.
WORDS = (40, 260)
#: CoR-guided writing shows three examples.
SMALLEST = 3
#: How many of the stories closest to the naive example a report names.
CLOSEST_SHOWN = 3

Severity = Literal["error", "warning"]
_FUNCTION_WORDS = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "her", "his"}
    | {"in", "into", "is", "it", "its", "of", "off", "on", "one", "or", "out", "over", "the"}
    | {"their", "them", "they", "to", "two", "under", "up", "with"}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. ``story_id`` is empty where it concerns the file or the whole pool.

    An error makes the pool unusable (``load_pool`` would refuse it); a warning doesn't.
    """

    severity: Severity
    story_id: str
    message: str


@dataclass(frozen=True, slots=True)
class PoolReport:
    """What ``check_pool`` found.

    ``words`` are the lowest, mean and highest word counts (None without stories);
    ``dimensions`` counts the stories with at least one Chain in each Dimension; ``balance``
    counts the stories by each theme they name (theme -> value -> stories); ``alike`` are pairs
    to compare by eye; ``closest`` are the stories closest to the naive example, closest first.
    """

    source: str
    stories: int
    chains: int
    words: tuple[int, float, int] | None
    dimensions: Mapping[Dimension, int]
    findings: tuple[Finding, ...]
    balance: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    alike: tuple[Likeness, ...] = ()
    closest: tuple[Likeness, ...] = ()

    @property
    def ok(self) -> bool:
        """True when nothing makes the pool unusable."""
        return not any(finding.severity == "error" for finding in self.findings)


def check_pool(pool_or_path: Pool | str | Path) -> PoolReport:
    """Check a Pool, a pool's name, or a file in which every bad row becomes a finding.

    Looks at columns and rows, chain syntax, duplicates (after folding case and white space),
    word counts, Dimensions covered, near duplicates, closeness to the naive example, the balance
    over themes, and whether entities and clues occur in their story's text (by words, so a
    rewording counts as absent). Raises nothing for a bad file: that is a finding.
    """
    if isinstance(pool_or_path, Pool):
        return _report(pool_or_path.source, list(pool_or_path.stories), [])
    source = str(pool_or_path)
    stories: list[Story] = []
    findings: list[Finding] = []
    try:
        if source in POOL_NAMES:
            stories.extend(load_pool(source).stories)
        else:
            for row in read_story_rows(Path(source)):
                if isinstance(row.content, Problem):
                    message = f"{row.where}: {row.content.message}"
                    findings.append(Finding("error", row.content.story_id, message))
                else:
                    stories.append(row.content)
    except BadInput as error:
        findings.append(Finding("error", "", str(error)))
    return _report(source, stories, findings)


def _report(source: str, stories: list[Story], findings: list[Finding]) -> PoolReport:
    counts = [story.words for story in stories]
    covered = {
        dimension: sum(any(c.dimension is dimension for c in s.chains) for s in stories)
        for dimension in Dimension
    }
    for story in stories:
        findings.extend(_findings_of(story))
    findings.extend(_duplicates(stories))
    alike = tuple(alike_pairs(stories))
    closest = tuple(closest_to(stories, NAIVE_EXAMPLE_ID, naive_example()))
    for pair in alike:
        findings.append(Finding("warning", pair.one, f"is close to {pair.other!r}: {_how(pair)}"))
    for pair in closest:
        if pair.is_alike:
            findings.append(
                Finding("warning", pair.one, f"is close to the naive example: {_how(pair)}")
            )
    findings.extend(_findings_of_all(stories, covered, bool(findings)))
    return PoolReport(
        source=source,
        stories=len(stories),
        chains=sum(len(story.chains) for story in stories),
        words=(min(counts), sum(counts) / len(counts), max(counts)) if counts else None,
        dimensions=covered,
        findings=tuple(findings),
        balance=_balance(stories),
        alike=alike,
        closest=closest[:CLOSEST_SHOWN],
    )


def _how(pair: Likeness) -> str:
    run = f", {pair.run} words in a row" if pair.run >= COMMON_RUN else ""
    return f"cosine {pair.cosine:.2f}{run}"


def _balance(stories: list[Story]) -> dict[str, dict[str, int]]:
    """Theme -> value -> stories, the most frequent values first."""
    counts: dict[str, Counter[str]] = {}
    for story in stories:
        for theme, value in story.themes.items():
            counts.setdefault(theme, Counter())[value] += 1
    return {
        theme: dict(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])))
        for theme, counter in sorted(counts.items())
    }


def _findings_of(story: Story) -> Iterator[Finding]:
    low, high = WORDS
    if not low <= story.words <= high:
        yield Finding("warning", story.id, f"{story.words} words, outside {low} to {high}")
    for note in story.notes:
        yield Finding("warning", story.id, note)
    for entity in story.entities:
        if not mentions(story.text, entity, gap=2):
            yield Finding("warning", story.id, f"entity {entity!r} is not in the text")
    words = words_of(story.text)
    for chain in story.chains:
        for clue in chain.clues:
            if not _is_told(clue, words):
                message = f"clue {clue.text!r} shares no word with the text"
                yield Finding("warning", story.id, message)


def _is_told(clue: Clue, words: list[str]) -> bool:
    telling = [word for word in words_of(clue.text) if word not in _FUNCTION_WORDS]
    return not telling or any(same_word(one, other) for one in telling for other in words)


def _duplicates(stories: list[Story]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for story in stories:
        folded = " ".join(story.text.casefold().split())
        if folded in first:
            yield Finding("warning", story.id, f"the same text as story {first[folded]!r}")
        else:
            first[folded] = story.id


def _findings_of_all(
    stories: list[Story], covered: Mapping[Dimension, int], already: bool
) -> Iterator[Finding]:
    if not stories:
        if not already:
            yield Finding("error", "", "the pool holds no story")
        return
    if len(stories) < SMALLEST:
        yield Finding(
            "warning", "", f"{len(stories)} stories: CoR-guided writing shows {SMALLEST} examples"
        )
    if any(covered.values()):
        for dimension, count in covered.items():
            if count == 0:
                yield Finding("warning", "", f"no story has a Chain in {dimension.label}")
