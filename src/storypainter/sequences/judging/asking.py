"""The judge: any Seer or Writer that rates a narrative over pictures on ten criteria, 1 to 10.

The paper lets GPT-4 judge and gives neither prompt nor protocol (section 3.1). Here the judge
answers by a schema, as often as is asked for; a failure leaves its scores absent, with the reason.
A Seer is shown the pictures, a Writer reads their captions: the judge's name says which.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from string import Template
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from storypainter.models.calling import Caller
from storypainter.models.contract import (
    CallFailed,
    ChatRequest,
    ImagePart,
    Message,
    Seer,
    Verdict,
    Writer,
)
from storypainter.models.delimiting import inside_tags
from storypainter.models.structured import chat_json
from storypainter.score import Score
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.judging.criteria import CRITERIA, HIGHEST, KEYS, LOWEST
from storypainter.value import Value, content_hash

#: Raise it when an equal narrative may get other points.
VERSION = "1"
STEP = "judged"
#: More pictures than this aren't judged at once.
MOST_PICTURES = 40
MOST_CHARACTERS = 60_000
MOST_CAPTION = 2_000
#: The longest side of a picture as a judge is shown it.
SIDE = 768
_MOST_TOKENS = 500
_TAGS = ("part", "caption")
_PROMPTS = ("judge", "seeing", "reading")

Points = Annotated[int, Field(ge=LOWEST, le=HIGHEST)]


class JudgeReply(BaseModel):
    """Whole points from 1 to 10 a criterion; anything else is no reply, and is asked for again."""

    model_config = ConfigDict(frozen=True, strict=True)

    coherence: Points
    relevance: Points
    emotional_depth: Points
    narrative_consistency: Points
    character_development: Points
    plot_progression: Points
    emotional_engagement: Points
    character_consistency: Points
    scene_consistency: Points
    overall_quality: Points
    reason: str = Field(description="one sentence: what decided the points")


class Judged(Value):
    """The points of one narrative, by pass; ``failures`` say why others have none."""

    passes: tuple[dict[str, int], ...] = ()
    reasons: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


class NarrativeJudge:
    """A Writer or Seer with its prompt.

    Args:
        writer: who judges.
        passes: how often it judges each narrative: once at temperature 0, more often at 1.
        captions: let a Seer judge by captions, as a Writer does.
    """

    def __init__(self, writer: Writer, *, passes: int = 1, captions: bool = False) -> None:
        if passes < 1:
            raise ValueError("a judge needs at least one pass")
        self.writer = writer
        self.passes = passes
        self.sees = isinstance(writer, Seer) and bool(writer.sees) and not captions
        by = "seeing the pictures" if self.sees else "reading captions"
        times = f", mean of {passes}" if passes > 1 else ""
        self.judge = f"{writer.address}, {by}{times}"

    @property
    def identity(self) -> Mapping[str, Any]:
        """Everything that decides the points: model, prompts, passes, what it is shown."""
        return {
            "version": VERSION,
            "model": dict(self.writer.identity),
            "prompts": content_hash([_prompt(name) for name in _PROMPTS]),
            "criteria": content_hash([[each.key, each.question] for each in CRITERIA]),
            "passes": self.passes,
            "sees": self.sees,
            "side": SIDE if self.sees else 0,
        }

    async def judge_one(
        self,
        told: Sequence,
        picture: Callable[[Frame], ImagePart],
        caller: Caller,
        *,
        sample: str,
    ) -> Judged:
        """Points of one told sequence: its parts are the narrative.

        Args:
            told: pictures with the parts that were told.
            picture: a frame's picture as a Seer is shown it.
            caller: sends and stores the calls.
            sample: tells a second try from a first.

        Raises:
            CallFailed: no pass gave points, and the calls may be tried again.
        """
        request = ChatRequest(
            (self.question(told, picture),),
            temperature=0.0 if self.passes == 1 else 1.0,
            top_p=1.0,
            max_tokens=_MOST_TOKENS,
        )
        points: list[dict[str, int]] = []
        reasons: list[str] = []
        failures: list[CallFailed] = []
        for number in range(self.passes):
            try:
                reply = await chat_json(
                    caller, self.writer, request,
                    kind=JudgeReply, step=STEP, sample=f"{sample}:{number}",
                )  # fmt: skip
            except CallFailed as failure:
                failures.append(failure)
                continue
            points.append({key: getattr(reply, key) for key in KEYS})
            reasons.append(" ".join(reply.reason.split())[:300])
        if not points:
            raise failures[0]
        return Judged(
            passes=tuple(points), reasons=tuple(reasons), failures=tuple(map(str, failures))
        )

    def question(self, told: Sequence, picture: Callable[[Frame], ImagePart]) -> Message:
        """The message that asks: every text of others stands inside its tags.

        Raises:
            CallFailed: too long for one judging, or nothing was told.
        """
        parts = [frame.part.strip() for frame in told.frames]
        if not any(parts) and not told.story.strip():
            raise CallFailed(Verdict.INVALID, "nothing was told")
        if len(parts) > MOST_PICTURES:
            raise CallFailed(
                Verdict.TOO_LONG, f"{len(parts)} pictures; {MOST_PICTURES} are judged at most"
            )
        if sum(map(len, parts)) + len(told.story) > MOST_CHARACTERS:
            raise CallFailed(
                Verdict.TOO_LONG, f"the narrative has more than {MOST_CHARACTERS:,} characters"
            )
        count = len(parts)
        content: list[str | ImagePart] = [
            Template(_prompt("judge")).substitute(
                sequence=f"There {'are' if count > 1 else 'is'} {count} picture"
                f"{'s' if count > 1 else ''}. "
                + _prompt("seeing" if self.sees else "reading").strip(),
                criteria="\n".join(f"- {each.key}: {each.question}" for each in CRITERIA),
            )
        ]
        for number, (frame, part) in enumerate(zip(told.frames, parts, strict=True), 1):
            content.append(f"Picture {number}:")
            if self.sees:
                content.append(picture(frame))
            else:
                content.append(f"<caption>{inside_tags(_known(told, frame), *_TAGS)}</caption>")
            if part:
                content.append(f"<part>{inside_tags(part, *_TAGS)}</part>")
            elif not told.story:
                content.append("(no part was told for this picture)")
        if told.story.strip() and not any(parts):
            content.append(f"The whole narrative:\n<part>{inside_tags(told.story, *_TAGS)}</part>")
        content.append("Answer now, for the narrative as a whole, with the JSON object alone.")
        if not self.sees:
            return Message("user", "\n".join(str(each) for each in content))
        return Message("user", tuple(content))

    def scores(self, told: Sequence, judged: Judged | None, failure: str = "") -> list[Score]:
        """A Score a criterion, 1 to 10: the mean of the passes, or why there is none."""
        known = any(_described(told, frame) for frame in told.frames)
        found = []
        for each in CRITERIA:
            absent = ""
            if each.over_frames and len(told.frames) < 2:
                absent = "a single picture has nothing to be consistent with"
            elif each.of_pictures and not self.sees and not known:
                absent = "the judge sees no pictures, and they have no captions"
            elif judged is None:
                absent = failure or "not judged"
            if absent or judged is None:
                found.append(
                    Score(name=each.key, judge=self.judge, version=VERSION, absent=absent, n=0)
                )
                continue
            points = [float(row[each.key]) for row in judged.passes]
            reason = judged.reasons[0] if judged.reasons else ""
            if judged.failures:
                reason += f" ({len(judged.failures)} of {self.passes} passes failed)"
            found.append(
                Score(
                    name=each.key, judge=self.judge, version=VERSION, n=len(points),
                    value=math.fsum(points) / len(points), reason=reason.strip(),
                )
            )  # fmt: skip
        return found


def _described(told: Sequence, frame: Frame) -> str:
    """What is known of a picture, in words; empty where nothing is."""
    names = {each.id: each for each in told.characters}
    lines = [frame.caption, frame.event if frame.event != frame.caption else ""]
    if not any(lines):
        for each in frame.shown:
            who = names[each.character]
            what = each.action or "is there"
            lines.append(f"{who.name}{f' {who.look}' if who.look else ''} {what}.")
    if frame.place:
        lines.append(f"Place: {frame.place}.")
    return " ".join(line.strip() for line in lines if line.strip())


def _known(told: Sequence, frame: Frame) -> str:
    text = _described(told, frame)
    return text[:MOST_CAPTION] if text else "nothing is known of this picture"


@cache
def _prompt(name: str) -> str:
    return files("storypainter.sequences.judging").joinpath(f"prompts/{name}.md").read_text("utf-8")
