"""A Writer that takes key points from a story's text, by Dimension (paper, section 2.3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import Any, Literal

from pydantic import BaseModel, Field

from storypainter.evaluators.key_points import Point, Points, problem_of
from storypainter.evaluators.moment_rules.language import not_english
from storypainter.models.calling import Caller
from storypainter.models.contract import ChatRequest, Message, Writer
from storypainter.models.delimiting import inside_tags
from storypainter.models.structured import chat_json
from storypainter.story import Dimension, KeyPoint, Story
from storypainter.value import content_hash

_MOST_TOKENS = 2500


class Statement(BaseModel):
    """A key point as a Writer gives it."""

    sentence: str = Field(description="one whole sentence without pronouns")
    kind: Literal["visible", "inferred"]


class Cause(Statement):
    """A causal key point, with the numbers (from 1) of the events that it joins."""

    events: list[int] = Field(description="numbers of points in the list event, from 1")


class KeyPointList(BaseModel):
    """The key points of a story by Dimension; a list is empty where there is none."""

    time: list[Statement]
    location: list[Statement]
    character_role: list[Statement]
    character_relationship: list[Statement]
    event: list[Statement]
    event_causal_relationship: list[Cause]
    mental_state: list[Statement]


class KeyPointWriter:
    """Asks a Writer for key points at temperature 0, by a schema."""

    def __init__(self, writer: Writer) -> None:
        self.address = writer.address
        self._writer = writer
        self._prompt = files("storypainter.evaluators").joinpath("prompts/key_points.md")

    @property
    def identity(self) -> Mapping[str, Any]:
        """The model, and the hash of the prompt."""
        return {
            "model": dict(self._writer.identity),
            "prompt": content_hash(self._prompt.read_text("utf-8")),
        }

    async def points(self, story: Story, caller: Caller, *, sample: str) -> Points:
        """The key points of a story.

        Raises:
            CallFailed: the Writer gave no usable answer.
        """
        prompt = Template(self._prompt.read_text("utf-8")).substitute(
            story=inside_tags(story.text, "story")
        )
        request = ChatRequest(
            (Message("user", prompt),), temperature=0.0, top_p=1.0, max_tokens=_MOST_TOKENS
        )
        said = await chat_json(
            caller, self._writer, request, kind=KeyPointList, step="key points", sample=sample
        )
        return points_of(said, english=not_english(story.text) is None)


def points_of(said: KeyPointList, *, english: bool = True) -> Points:
    """What a Writer said, as key points; what is none is dropped and named.

    The numbers of events that are not in its list count for nothing. A causal point depends on
    the events that it names; where it names none, on nothing.
    """
    points: list[Point] = []
    dropped: list[tuple[str, str]] = []
    events: dict[int, int] = {}  # from a number in the event list to a place among the points
    seen: set[str] = set()
    for dimension in _in_order():
        statements: Sequence[Statement] = getattr(said, dimension.value)
        for number, statement in enumerate(statements, 1):
            sentence = " ".join(statement.sentence.split())
            problem = _problem(sentence, seen, english)
            if problem:
                if sentence:
                    dropped.append((sentence, problem))
                continue
            seen.add(sentence.casefold())
            if dimension is Dimension.EVENT:
                events[number] = len(points)
            named = statement.events if isinstance(statement, Cause) else []
            ancestors = tuple(sorted({events[each] for each in named if each in events}))
            key = KeyPoint(dimension=dimension, sentence=sentence)
            points.append(Point(key, statement.kind == "visible", ancestors=ancestors))
    absent = "" if points else "the Writer gave no key point that can be checked"
    return Points(tuple(points), tuple(dropped), absent)


def _in_order() -> list[Dimension]:
    """The Dimensions, causes behind the events that they depend on."""
    causal = Dimension.EVENT_CAUSAL_RELATIONSHIP
    return sorted(Dimension, key=lambda each: each is causal)


def _problem(sentence: str, seen: set[str], english: bool) -> str:
    if sentence.casefold() in seen:
        return "given twice"
    if sentence.casefold().strip(" .") in ("", "none", "n/a", "null", "nothing", "not applicable"):
        return "says that there is none"
    return problem_of(sentence) if english else ""
