"""Making a training set: stories that pass, the student's prompts, what is rejected, the rows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storypainter.errors import BadInput, SomeItemsFailed
from storypainter.models.catalog import parse_address
from storypainter.pools import Pool
from storypainter.settings import Resolved, RunSpec
from storypainter.training.distilling.answering import Prompted, Student
from storypainter.training.distilling.asked import Asked
from storypainter.training.distilling.asking import Asking, Question
from storypainter.training.distilling.drawing import Draw
from storypainter.training.distilling.filtering import Filters
from storypainter.training.distilling.holding_out import Parts, hold_out
from storypainter.training.distilling.near_misses import near_miss
from storypainter.training.distilling.pool_parts import PoolParts, keep_train, pool_parts
from storypainter.training.distilling.rows import (
    PreferenceRow,
    Row,
    SftRow,
    answer,
    group_of,
    turns,
)
from storypainter.training.distilling.telling import (
    MOST,
    Candidate,
    Collected,
    Collection,
    Teacher,
    read_source,
)
from storypainter.training.distilling.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Made:
    """A training set before it is written: its rows in two parts, and all that its card tells.

    ``templates`` are the hashes of the templates of the student's prompts; ``lost`` counts prompts
    that gave no pair, by reason; ``sampling`` is how the models of the runs were sampled.
    """

    asked: Asked
    parts: Parts
    collected: Collected
    templates: tuple[str, ...]
    teacher: Mapping[str, Any]
    pool: PoolParts
    lost: Mapping[str, int]
    sampling: Mapping[str, Any]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return (*self.parts.train, *self.parts.heldout)


class Distillation:
    """A training set that can be made: everything that can be known to be wrong is refused here.

    Args:
        asked: what the set is to be.
        resolved: the settings of the teacher's run; who tells, and which Pool, is taken from
            ``asked``.
        workshop: where runs are worked through.
        students: the settings of the runs of ``student`` and ``smaller``, where they are asked.

    ``plans`` has a plan of one item for each of the runs, by their folders' names.

    Raises:
        BadInput: an unknown Pool, a story of its test part where it may not be, a model that
            can't be connected, a price that ``--max-cost`` needs.
    """

    def __init__(
        self,
        asked: Asked,
        resolved: Resolved[RunSpec],
        workshop: Workshop,
        students: Mapping[str, Resolved[RunSpec]] | None = None,
    ) -> None:
        self.asked = asked
        self.pool = pool_parts(asked.pool)
        self.sources = tuple(
            read_source(name, self.pool)
            for name in ((asked.stories,) if asked.stories else ()) + asked.also
        )
        self._resolved = resolved
        self._workshop = workshop
        self._settings = dict(students or {})
        self.teacher, self.students = self._connected(
            self.pool.train.name if self.pool.named else asked.pool
        )
        told = (*((self.teacher,) if self.teacher else ()), *self.students)
        self.plans = {each.name: each.prepared(1) for each in told}
        whole = self._whole_pool()
        self._filters = Filters(whole, min_words=asked.min_words, max_words=asked.max_words)

    @property
    def told_by(self) -> Mapping[str, Resolved[RunSpec]]:
        """The settings of those runs that ask a model, by the runs' names."""
        model = self.teacher is not None and not parse_address(self.asked.teacher).is_embedded
        return {**({"teacher": self._resolved} if model else {}), **self._settings}

    def make(self) -> Made:
        """Write what is missing, filter, ask, and put the rows together.

        Raises:
            SomeItemsFailed: too few stories can be used, or too few prompts give a pair.
            StorypainterError: what stopped a run.
        """
        asked = self.asked
        if not self.pool.named:
            keep_train(self.pool, self._workshop.pool_file)
            self.teacher, self.students = self._connected(str(self._workshop.pool_file))
        collection = Collection(
            self.teacher, self.sources, self._filters, asked.seed, self._workshop.say
        )
        asking = Asking(asked.prompt, self.pool.train, asked.examples, asked.seed)
        wanted = least = asked.prompts
        while True:
            collected = collection.collect(wanted, least)
            questions = [asking.question(each) for each in collected.candidates]
            paired, lost = self._rows(collected.candidates, questions)
            missing = asked.prompts - len(paired)
            if missing <= 0:
                break
            if len(paired) * MOST < len(questions):
                told = ", ".join(f"{count} {name}" for name, count in lost.items())
                raise SomeItemsFailed(
                    f"{len(paired)} of {len(questions)} prompts gave a pair ({told})",
                    "look into the runs below the set's folder: storypainter runs show RUN",
                )
            least = len(questions) + missing
            wanted = least + math.ceil(1.1 * missing * len(questions) / len(paired) - missing) + 1
        kept = paired[: asked.prompts]
        rows = [row for rows in kept for row in rows]
        return Made(
            asked,
            hold_out(rows, asked.seed),
            collected,
            tuple(sorted({question.template for question in questions})),
            self._taught(),
            self.pool,
            lost,
            {
                "temperature": self._resolved.spec.temperature,
                "top_p": self._resolved.spec.top_p,
                "max_tokens": self._resolved.spec.max_tokens,
            },
        )

    # ---------------------------------------------------------------------- rows

    def _rows(
        self, candidates: Sequence[Candidate], questions: Sequence[Question]
    ) -> tuple[list[tuple[Row, ...]], Mapping[str, int]]:
        """The rows of each candidate that has all of its rows, and why others have none."""
        if self.asked.kind == "sft":
            return [
                (_sft_row(candidate, question),)
                for candidate, question in zip(candidates, questions, strict=True)
            ], {}
        rejected: list[dict[str, str]] = [{} for _ in candidates]
        by_student = self._turns(len(candidates))
        for student in self.students:
            asked = [
                Prompted(candidate.key, question.messages, question.template)
                for candidate, question, hers in zip(candidates, questions, by_student, strict=True)
                if hers
            ]
            replies = student.replies(asked)
            for at, candidate in enumerate(candidates):
                if candidate.key in replies:
                    rejected[at][student.name] = replies[candidate.key]
        stories = [candidate.story for candidate in candidates]
        count = 0
        for at, candidate in enumerate(candidates):
            if not by_student[at]:
                # A stranger comes from a story before this one: a set that grows keeps its rows.
                draw = Draw(self.asked.seed, candidate.key)
                found = near_miss(candidate.story, stories[:at], count, draw)
                rejected[at][f"near_miss:{found.kind}"] = found.text
                count += 1
        return self._pairs(candidates, questions, rejected, by_student)

    def _turns(self, count: int) -> list[bool]:
        """Whether the student writes what is rejected, for each candidate; else a near miss does."""
        if self.asked.rejected == "both":
            return [at % 2 == 0 for at in range(count)]
        return [self.asked.asks_student] * count

    def _pairs(
        self,
        candidates: Sequence[Candidate],
        questions: Sequence[Question],
        rejected: Sequence[Mapping[str, str]],
        by_student: Sequence[bool],
    ) -> tuple[list[tuple[Row, ...]], Mapping[str, int]]:
        paired: list[tuple[Row, ...]] = []
        lost: Counter[str] = Counter()
        for candidate, question, worse, hers in zip(
            candidates, questions, rejected, by_student, strict=True
        ):
            if len(worse) < (len(self.students) if hers else 1):
                lost["no_reply"] += 1
            elif any(text.split() == candidate.story.text.split() for text in worse.values()):
                lost["rejected_equals_chosen"] += 1
            else:
                paired.append(
                    tuple(
                        _preference_row(candidate, question, name, text, suffix=len(worse) > 1)
                        for name, text in worse.items()
                    )
                )
        return paired, dict(lost)

    # ------------------------------------------------------------------- who tells

    def _connected(self, pool: str) -> tuple[Teacher | None, tuple[Student, ...]]:
        """Who tells, with examples from this Pool (a name or a file), and who answers."""
        return self._teacher(pool) if self.asked.teacher else None, tuple(
            self._student(name, settings, pool) for name, settings in self._settings.items()
        )

    def _teacher(self, pool: str) -> Teacher:
        asked = self.asked
        spec = self._resolved.spec.model_copy(
            update={
                "storyteller": asked.teacher,
                "mode": asked.teacher_mode,
                "pool": pool,
                "examples": asked.examples,
                "seed": asked.seed,
                "with_chains": False,
                "briefs": "",
            }
        )
        resolved = Resolved(spec, self._resolved.origins, self._resolved.prices)
        return Teacher(resolved, self._workshop)

    def _student(self, name: str, settings: Resolved[RunSpec], pool: str) -> Student:
        if parse_address(settings.spec.storyteller).is_embedded:
            raise BadInput(
                f"--{name} {settings.spec.storyteller}: no model that could be trained",
                "name a model, as provider/model",
            )
        spec = settings.spec.model_copy(
            update={
                "mode": self.asked.prompt,
                "pool": pool,
                "examples": self.asked.examples,
                "seed": self.asked.seed,
                "with_chains": False,
                "briefs": "",
                "wording": "written",
            }
        )
        resolved = Resolved(spec, settings.origins, settings.prices)
        return Student(name, resolved, self.asked.prompt, self._workshop)

    def _whole_pool(self) -> Pool:
        train, test = self.pool.train, self.pool.test
        name = train.name.removesuffix("_train")
        return Pool.of(name, (*train.stories, *test.stories), train.source)

    def _taught(self) -> Mapping[str, Any]:
        if self.teacher is None:
            return {}
        told = self.teacher
        return {"address": told.address, "mode": told.mode, "written": told.written}


def _sft_row(candidate: Candidate, question: Question) -> SftRow:
    prompt = turns(question.messages)
    return SftRow(
        id=candidate.key,
        prompt=prompt,
        completion=answer(candidate.story.text),
        source=candidate.source,
        group=group_of(prompt),
    )


def _preference_row(
    candidate: Candidate, question: Question, rejected_by: str, rejected: str, *, suffix: bool
) -> PreferenceRow:
    prompt = turns(question.messages)
    return PreferenceRow(
        id=f"{candidate.key}:{rejected_by}" if suffix else candidate.key,
        prompt=prompt,
        chosen=answer(candidate.story.text),
        rejected=answer(rejected),
        source=candidate.source,
        rejected_by=rejected_by,
        group=group_of(prompt),
    )
