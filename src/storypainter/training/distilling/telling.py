"""The stories of a training set: those that a teacher writes, and those that are there already."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from storypainter import assembly
from storypainter.errors import BadInput, SomeItemsFailed
from storypainter.models.catalog import parse_address
from storypainter.models.contract import Message
from storypainter.pipeline import Plan
from storypainter.pools import POOL_NAMES
from storypainter.runs.items import items
from storypainter.scene import Scene
from storypainter.settings import Resolved, RunSpec
from storypainter.story import Story
from storypainter.storytellers.given import read_stories
from storypainter.training.distilling.drawing import Draw
from storypainter.training.distilling.filtering import Filters, Sifted, counted
from storypainter.training.distilling.pool_parts import (
    PoolParts,
    pool_parts,
    refuse_held_back,
)
from storypainter.training.distilling.workshop import Workshop

#: The teacher writes so many stories at first (or a twentieth), to see how many can be used.
PROBE = 50
#: The teacher writes at most so many times the stories that are needed.
MOST = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that may be learnt from, and what its teacher was asked for it, if it was asked.

    ``key`` names the row that will be made of it; it is the same in every set of the same seed.
    """

    key: str
    story: Story
    source: str
    scene: Scene | None = None
    messages: tuple[Message, ...] = ()
    template: str = ""


# -------------------------------------------------------------------------- given


@dataclass(frozen=True, slots=True)
class Source:
    """Stories that are there already: a Pool's training part or a file, and how often each is used."""

    name: str
    times: int
    stories: tuple[Candidate, ...]


def read_source(asked: str, parts: PoolParts) -> Source:
    """A source such as ``own``, ``own:3`` or ``stories.jsonl:2``.

    Of a Pool with a name, the training part is taken; a file must hold nothing of the test part.

    Raises:
        BadInput: no such Pool or file, a broken row, a story of the test part.
    """
    name, colon, times = asked.rpartition(":")
    if not colon or not times.isdecimal():
        name, times = asked, "1"
    if not 1 <= int(times) <= 100:
        raise BadInput(f"{asked}: {times} times is out of range", "use each story 1 to 100 times")
    if name in POOL_NAMES:
        own = pool_parts(name)
        refuse_held_back(own.train.stories, parts.held_back, own.train.name)
        told = tuple(
            Candidate(f"{own.train.name}:{story.id}", story, own.train.name)
            for story in own.train.stories
        )
        return Source(own.train.name, int(times), told)
    rows = read_stories(name)
    label = Path(name).stem
    refuse_held_back([row.story for row in rows], parts.held_back, Path(name).name)
    return Source(
        label,
        int(times),
        tuple(
            Candidate(f"{label}:{row.story.id}", row.story, label, scene=row.scene) for row in rows
        ),
    )


def uses(source: Source, kept: Sequence[Candidate], seed: int) -> list[Candidate]:
    """The rows that a source can give: every story once, then every story again, in a drawn order."""
    ordered = sorted(kept, key=lambda each: Draw(seed, each.key).number("use"))
    return [
        each if turn == 1 else replace(each, key=f"{each.key}:{turn}")
        for turn in range(1, source.times + 1)
        for each in ordered
    ]


# ------------------------------------------------------------------------ teacher


class Teacher:
    """Writes stories in the set's own run folder, as ``storypainter tell`` would.

    Args:
        resolved: the settings of the run; its Pool is the training part.
        workshop: where runs are worked through.
    """

    name = "teacher"

    def __init__(self, resolved: Resolved[RunSpec], workshop: Workshop) -> None:
        self._resolved = resolved
        self._workshop = workshop
        self.mode = assembly.check_mode(resolved.spec)
        self.address = str(parse_address(resolved.spec.storyteller))
        if self.mode == "mini":
            raise BadInput(
                f"--teacher {self.address}: a Mini-Storyteller is what is taught",
                "choose a larger model, or planner",
            )
        self.written = 0

    def prepared(self, n: int) -> Plan:
        """A plan for the first ``n`` stories.

        Raises:
            BadInput: what can be known to be wrong.
        """
        return self._workshop.prepared(self._resolved, n, self.name)

    def stories(self, n: int) -> list[Candidate | None]:
        """The first ``n`` stories, ``None`` for those that failed; what is stored isn't paid again.

        Raises:
            StorypainterError: what stopped the run.
        """
        plan = self.prepared(n)
        folder = self._workshop.work(plan, self._resolved, self.name, "teacher's stories")
        self.written = n
        found: list[Candidate | None] = []
        with folder as run:
            for item in items(run):
                if item.index >= n:
                    break
                found.append(self._candidate(plan, item.index, item.story))
        return found

    def _candidate(self, plan: Plan, index: int, story: Story | None) -> Candidate | None:
        if story is None:
            return None
        key = f"{self.address}:{index + 1:05d}"
        if self.mode in ("planned", "naive"):
            return Candidate(key, story, self.address)
        sent = plan.teller.inputs(index)
        asked = tuple(Message("user", text) for text in sent["messages"])
        return Candidate(key, story, self.address, messages=asked, template=sent["template"])


def most_stories(needed: int) -> int:
    """How many stories a teacher writes at most where so many are needed."""
    return MOST * needed + PROBE


@dataclass(frozen=True, slots=True)
class Collected:
    """Candidates that passed all filters, in order, and how many stories didn't, by reason.

    ``read`` is how many stories were looked at; ``told`` says so by who told them.
    """

    candidates: tuple[Candidate, ...]
    reasons: Mapping[str, int]
    read: int
    told: Mapping[str, int]


class Collection:
    """Collects stories that pass the filters, writing more where too few do.

    Args:
        teacher: writes, if anybody does.
        sources: stories that are there; beside a teacher they are half of the rows at most.
        filters: what a story has to pass.
        seed: decides in which order given stories are used.
        say: is told what happens, a line at a time.
    """

    def __init__(
        self,
        teacher: Teacher | None,
        sources: Sequence[Source],
        filters: Filters,
        seed: int,
        say: Callable[[str], None],
    ) -> None:
        self._teacher = teacher
        self._sources = sources
        self._filters = filters
        self._seed = seed
        self._say = say

    def collect(self, n: int, least: int) -> Collected:
        """``n`` candidates; where nobody writes more, ``least`` will do.

        Raises:
            SomeItemsFailed: too few stories can be used.
            StorypainterError: what stopped a run.
        """
        told: list[Candidate] = [each for source in self._sources for each in source.stories]
        sifted = self._filters.sift([each.story for each in told])
        kept = [told[at] for at in sifted.kept]
        used = self._used(kept)[: n if self._teacher is None else n // 2]
        if self._teacher is None:
            if len(used) < least:
                raise _too_few(
                    f"{len(used)} rows can be made of the {len(told)} stories that are there, "
                    f"but {least} are needed", sifted,
                    "ask for fewer, or use each story more often (SOURCE:TIMES)",
                )  # fmt: skip
            return _collected(used, [sifted.reasons], sifted.read, told)
        return self._written(self._teacher, n - len(used), used, told, sifted)

    def _used(self, kept: Sequence[Candidate]) -> list[Candidate]:
        found = []
        passed = {each.key for each in kept}
        for source in self._sources:
            of_source = [each for each in source.stories if each.key in passed]
            found += uses(source, of_source, self._seed)
        return found

    def _written(
        self,
        teacher: Teacher,
        needed: int,
        used: Sequence[Candidate],
        given: Sequence[Candidate],
        of_given: Sifted,
    ) -> Collected:
        most = most_stories(needed)
        size = min(math.ceil(1.1 * needed) + 2, max(PROBE, needed // 20))
        while True:
            told = teacher.stories(size)
            stories = [each.story for each in given]
            written = [None if each is None else each.story for each in told]
            both = self._filters.sift([*stories, *written])
            at_teacher = [at - len(given) for at in both.kept if at >= len(given)]
            kept = [each for each in (told[at] for at in at_teacher) if each is not None]
            if len(kept) >= needed:
                told_by = {teacher.address: size}
                return _collected(
                    [*used, *kept[:needed]], [both.reasons], both.read, given, told_by
                )
            of_teacher = both.reasons - of_given.reasons
            share = len(kept) / size
            if size >= most or (size >= PROBE and share * MOST < 1):
                raise _too_few(
                    f"{teacher.address}: {len(kept)} of {size} stories can be used, and {needed} "
                    f"are needed", Sifted(at_teacher, of_teacher),
                    "choose another teacher, widen --min-words and --max-words, or ask for fewer",
                )  # fmt: skip
            self._say(
                f"{len(kept)} of {size} stories can be used ({_listed(of_teacher)}); writing more"
            )
            more = math.ceil(1.05 * (needed - len(kept)) / max(share, 1 / MOST)) + 2
            size = min(most, size + more)


def _collected(
    candidates: Sequence[Candidate],
    reasons: Sequence[Counter[str]],
    read: int,
    given: Sequence[Candidate],
    written: Mapping[str, int] | None = None,
) -> Collected:
    told = {**Counter(each.source for each in given), **(written or {})}
    return Collected(tuple(candidates), counted(reasons), read, told)


def _listed(reasons: Counter[str]) -> str:
    shown = ", ".join(f"{count} {name}" for name, count in counted([reasons]).items())
    return shown or "none refused"


def _too_few(message: str, sifted: Sifted, hint: str) -> SomeItemsFailed:
    return SomeItemsFailed(f"{message} (left out: {_listed(sifted.reasons)})", hint)
