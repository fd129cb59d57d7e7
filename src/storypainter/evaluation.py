"""The flow's last arrow: stories -> marks -> findings, for the items of a run folder.

Each evaluator marks each story by itself, streaming, and every mark is a step with a key: the
same command again repeats nothing that is done. Findings over all stories follow when the last
story has been marked; they are stored beside the run's question, one set an evaluator and judge.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field

from storypainter.evaluators.contract import Evaluator, Findings, Marks, Subject
from storypainter.flight import WorkingThrough, limits_of
from storypainter.models.calling import Limits
from storypainter.models.pricing import Price
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import asked_items, items
from storypainter.settings import EvaluationSpec
from storypainter.value import content_hash


@dataclass(frozen=True, slots=True)
class EvaluationPlan:
    """An evaluation that can start: what was asked, and who evaluates, in order."""

    spec: EvaluationSpec
    evaluators: tuple[Evaluator, ...]
    prices: Mapping[str, Price]
    closers: tuple[Callable[[], Awaitable[None]], ...] = ()

    @property
    def limits(self) -> Limits:
        """The spec's limits, as the calling path wants them."""
        return limits_of(self.spec)


@dataclass(frozen=True, slots=True)
class Found:
    """Stored findings: whose, and whether stories have come or gone since."""

    name: str
    judge: str
    findings: Findings
    stale: bool = False

    @property
    def judged_by(self) -> str:
        """Judge and version, as they are shown beside every score."""
        versions = dict.fromkeys(score.version for score in self.findings.scores)
        return f"{self.judge}, version {' and '.join(versions)}" if versions else self.judge


@dataclass(slots=True)
class _Marked:
    """What one evaluator has marked so far."""

    marks: dict[int, Marks] = field(default_factory=dict)
    missing: int = 0


class Evaluation(WorkingThrough):
    """One working-through of an evaluation; its steps are each evaluator's marks."""

    def __init__(self, plan: EvaluationPlan, folder: RunFolder) -> None:
        names = tuple(label(each) for each in plan.evaluators)
        super().__init__(folder, names, plan.limits, plan.prices, plan.closers)
        self.plan = plan
        self.stories = 0
        self.total = asked_items(folder)  # read once: displays ask for it from another thread
        self._subjects: dict[int, Subject] = {}
        self._marked = {name: _Marked() for name in names}

    async def work(self) -> None:
        """Mark every story, then find what holds over all of them.

        Raises:
            StorypainterError: what stopped it. Everything paid and marked is stored; the same
                command again goes on.
        """
        window = 2 * self.plan.limits.max_concurrency
        async with self._flight:
            await self._flight.each(
                self._told(), self._mark, window=window, name=lambda s: f"story {s.story.id}"
            )
            if not self.stopping:
                for evaluator in self.plan.evaluators:
                    await self._find(evaluator)

    def _told(self) -> Iterator[Subject]:
        """The items that have a story, each read when its turn comes."""
        for item in items(self.folder):
            if item.story is not None:
                self.stories += 1
                yield Subject(item.index, item.story, item.scene, item.picture, self.folder)

    async def _mark(self, subject: Subject) -> None:
        self._subjects[subject.index] = subject
        for evaluator in self.plan.evaluators:
            await self._mark_by(evaluator, subject)

    async def _mark_by(self, evaluator: Evaluator, subject: Subject) -> None:
        async def mark(tries: int) -> Marks:
            return await evaluator.mark(subject, self.caller, sample=f"{subject.index}:{tries}")

        step = label(evaluator)
        inputs = {"evaluator": dict(evaluator.identity), "subject": subject_hash(subject)}
        marks = await self._steps.take(step, "1", subject.index, inputs, Marks, mark)
        marked = self._marked[step]
        if marks is None:
            marked.missing += 1
        else:
            marked.marks[subject.index] = marks

    async def _find(self, evaluator: Evaluator) -> None:
        step = label(evaluator)
        marked = self._marked[step]
        over = [(self._subjects[index], marked.marks[index]) for index in sorted(marked.marks)]
        subjects = set_hash(self._subjects[index] for index in sorted(self._subjects))
        key = content_hash(
            {
                "findings": step,
                "evaluator": dict(evaluator.identity),
                "marks": content_hash([marks.to_plain() for _, marks in over]),
                "subjects": subjects,
                "missing": marked.missing,
            }
        )
        before = self.folder.step(key)
        if before is None or not before.done:
            findings = await evaluator.summarise(over, marked.missing, self.caller)
            stored = findings.model_copy(update={"subjects": subjects})
            await self.folder.done(key, f"findings {step}", stored.to_json().encode())
        self.folder.link_findings(step, key)


# ------------------------------------------------------------------------ keys


def label(evaluator: Evaluator) -> str:
    """The step under which an evaluator's marks lie: its name and its judge."""
    return f"{evaluator.name}:{evaluator.judge}"


def subject_hash(subject: Subject) -> str:
    """The hash of all that an evaluator may look at."""
    return content_hash(
        {
            "story": subject.story.to_plain(),
            "scene": subject.scene.to_plain() if subject.scene else None,
            "picture": subject.picture.to_plain() if subject.picture else None,
        }
    )


def set_hash(subjects: Iterator[Subject]) -> str:
    """The hash of a set of stories, in order."""
    return content_hash([subject_hash(subject) for subject in subjects])


# --------------------------------------------------------------------- reading


def read_findings(folder: RunFolder) -> tuple[Found, ...]:
    """The stored findings of a run's current question, in the order they were made."""
    rows = tuple(folder.findings())
    if not rows:
        return ()
    now = set_hash(
        Subject(item.index, item.story, item.scene, item.picture)
        for item in items(folder)
        if item.story is not None
    )
    found = []
    for step, result in rows:
        name, _, judge = step.partition(":")
        findings = Findings.from_json(result)
        found.append(Found(name, judge, findings, stale=findings.subjects != now))
    return tuple(found)


def read_marks(folder: RunFolder, name: str, judge: str) -> Iterator[tuple[int, Marks]]:
    """The stored marks of one evaluator and judge, by item."""
    for index, result in folder.results(f"{name}:{judge}"):
        yield index, Marks.from_json(result)


def marks_of(folder: RunFolder, index: int) -> tuple[tuple[str, str, Marks], ...]:
    """All stored marks of one item as (evaluator, judge, Marks), by step."""
    found = []
    for step, result in folder.results_of(index):
        name, colon, judge = step.partition(":")
        if colon:
            found.append((name, judge, Marks.from_json(result)))
    return tuple(found)


def doubts(found: tuple[Found, ...]) -> dict[str, tuple[str, ...]]:
    """Warnings by the name of the score that they put in doubt."""
    by_score: dict[str, tuple[str, ...]] = {}
    for each in found:
        if each.findings.warnings and not each.stale:
            for name in each.findings.doubts:
                by_score[name] = by_score.get(name, ()) + each.findings.warnings
    return by_score
