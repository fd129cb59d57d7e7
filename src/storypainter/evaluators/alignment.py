"""Alignment: how far a picture shows what its story tells (paper, sections 2.3.3 and D.3).

First key points are taken from the story, by Dimension; then a Seer that looks at the picture
answers each (or scores the Dimensions), or, without a Seer, the structural judge reads the Scene
of a picture that ink painted. The judges are never mixed: each has its own name on its Scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from storypainter.evaluators import alignment_structure
from storypainter.evaluators.alignment_asking import Answer, Asking
from storypainter.evaluators.alignment_findings import findings
from storypainter.evaluators.alignment_means import (
    FLOOR,
    OF_ANSWERS,
    OF_SCORES,
    Labelled,
    scores_of_answers,
    scores_of_given,
)
from storypainter.evaluators.contract import Findings, Marks, Subject
from storypainter.evaluators.key_point_writer import KeyPointWriter
from storypainter.evaluators.key_points import FROM_CHAINS, Point, Points, from_chains
from storypainter.evaluators.key_points import VERSION as POINTS_VERSION
from storypainter.evaluators.scene_reading_lexicon import words_text
from storypainter.evaluators.tagging import TAGGER
from storypainter.models.calling import Caller
from storypainter.score import Score
from storypainter.value import content_hash

if TYPE_CHECKING:
    from storypainter.evaluators.catalog import Desk

#: Raise it when equal input may get another score.
VERSION = "1"
YES_NO, SCORES = "yes_no", "scores"


def create(desk: Desk) -> Alignment:
    """The evaluator of a spec: its Seer, its protocol, and who takes the key points."""
    spec = desk.spec
    writer = (
        None if spec.key_points == FROM_CHAINS else KeyPointWriter(desk.writer(spec.key_points))
    )
    asking = Asking(desk.seer(spec.seer)) if spec.seer else None
    return Alignment(asking, writer, protocol=spec.protocol)


class Alignment:
    """Marks how far a picture shows what its story tells.

    Args:
        asking: the Seer; without one, the structural judge reads the Scene.
        writer: takes the key points; without one, they come from the story's Chains.
        protocol: ``yes_no`` or ``scores``; the structural judge only answers points.
    """

    name = "alignment"
    version = VERSION

    def __init__(
        self,
        asking: Asking | None = None,
        writer: KeyPointWriter | None = None,
        *,
        protocol: str = YES_NO,
    ) -> None:
        self._asking = asking
        self._writer = writer
        self._scored = asking is not None and protocol == SCORES
        judge = asking.address if asking is not None else alignment_structure.JUDGE
        if self._scored:
            judge += ", scores"
        if writer is not None:
            judge += f", points by {writer.address}"
        self.judge = judge

    @property
    def identity(self) -> Mapping[str, Any]:
        """Judge, protocol, who takes the key points, prompts and thresholds."""
        seer = self._asking.identity if self._asking is not None else None
        return {
            "version": VERSION,
            "points": POINTS_VERSION,
            "words": content_hash(words_text()),
            "tagger": TAGGER,
            "floor": FLOOR,
            "protocol": SCORES if self._scored else YES_NO,
            "seer": dict(seer) if seer is not None else None,
            "structure": None if seer is not None else dict(alignment_structure.identity()),
            "writer": dict(self._writer.identity) if self._writer is not None else None,
        }

    @property
    def scores(self) -> tuple[str, ...]:
        """The names of the Scores of a Pair, in order."""
        return OF_SCORES if self._scored else OF_ANSWERS

    async def mark(self, subject: Subject, caller: Caller, *, sample: str) -> Marks:
        """The Scores of a Pair; its key points with their answers are in ``data``.

        Raises:
            CallFailed: a model gave no usable reply.
            StorypainterError: the picture's file is missing or changed.
        """
        why = self._why_not(subject)
        if why:
            return self._absent(why)
        points = await self._points(subject, caller, sample)
        data: dict[str, Any] = {"dropped": [list(each) for each in points.dropped]}
        if points.absent:
            return self._absent(points.absent, data)
        if self._scored:
            return await self._scored_marks(subject, points.points, data, caller, sample)
        answers = await self._answers(subject, points.points, caller, sample)
        data["points"] = [
            {**point.to_plain(), **answer.to_plain()}
            for point, answer in zip(points.points, answers, strict=True)
        ]
        return Marks(scores=scores_of_answers(points.points, answers, self._who), data=data)

    async def summarise(
        self, marked: Sequence[tuple[Subject, Marks]], missing: int, caller: Caller
    ) -> Findings:
        """The mean of each Score over the Pairs, and the key points that most often fail."""
        return findings(marked, missing, self.scores, self._who)

    async def aclose(self) -> None:
        """Nothing to close: whoever connected the models closes them."""

    @property
    def _who(self) -> Labelled:
        return Labelled(self.judge, VERSION)

    def _why_not(self, subject: Subject) -> str:
        if self._asking is None:
            return alignment_structure.why_not(subject)
        return "" if subject.picture is not None else "there is no picture"

    async def _points(self, subject: Subject, caller: Caller, sample: str) -> Points:
        if self._writer is None:
            return from_chains(subject.story)
        return await self._writer.points(subject.story, caller, sample=sample)

    async def _answers(
        self, subject: Subject, points: Sequence[Point], caller: Caller, sample: str
    ) -> tuple[Answer, ...]:
        if self._asking is None:
            reading = alignment_structure.read(subject)
            return alignment_structure.answers_of_scene(reading, points)
        picture = subject.look()
        if picture is None:
            return tuple(Answer(None, absent="the picture can't be read") for _ in points)
        return await self._asking.answers(picture, points, caller, sample=sample)

    async def _scored_marks(
        self,
        subject: Subject,
        points: Sequence[Point],
        data: dict[str, Any],
        caller: Caller,
        sample: str,
    ) -> Marks:
        assert self._asking is not None
        data["points"] = [point.to_plain() for point in points]
        picture = subject.look()
        if picture is None:
            return self._absent("the picture can't be read", data)
        given = await self._asking.scores(picture, points, caller, sample=sample)
        return Marks(scores=scores_of_given(points, given, self._who), data=data)

    def _absent(self, why: str, data: dict[str, Any] | None = None) -> Marks:
        scores: tuple[Score, ...] = tuple(self._who.absent(name, why) for name in self.scores)
        return Marks(scores=scores, data=data or {})
