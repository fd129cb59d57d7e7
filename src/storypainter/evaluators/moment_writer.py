"""A Writer as the second judge of one moment: it quotes the words that show a fault.

A quotation counts only if it stands in the story; a judge that makes its evidence up has not
judged. Any language will do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from string import Template
from typing import Any

from pydantic import BaseModel, Field

from storypainter.evaluators.contract import Passage
from storypainter.evaluators.moment_rules import KINDS
from storypainter.models.calling import Caller
from storypainter.models.contract import ChatRequest, Message, Writer
from storypainter.models.delimiting import inside_tags
from storypainter.models.structured import chat_json
from storypainter.story import Story
from storypainter.value import content_hash

_MOST_TOKENS = 900
_MOST_QUOTES = 12  # of one kind that are looked at
#: What models change when they quote: spaces, quotation marks, dashes.
_SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
_AROUND = " \t\n.,;:!?…\"'“”‘’"


class Faults(BaseModel):
    """The words of a story that show each kind of fault; empty where there is none."""

    dialogue: list[str] = Field(description="speech or thought given in words")
    sequence: list[str] = Field(description="marks of passing time or order")
    tense: list[str] = Field(description="main clauses in the past or future")
    succession: list[str] = Field(description="several actions of one person, one after another")
    summary: list[str] = Field(description="sentences that sum up, judge or give a meaning")
    repetition: list[str] = Field(description="sentences or phrases that come three times or more")


@dataclass(frozen=True)
class Opinion:
    """What a Writer found: passages of the story, and the kinds whose quotes it made up."""

    passages: tuple[Passage, ...]
    dropped: tuple[Passage, ...] = ()

    def count(self, kind: str) -> int | None:
        """How many passages are of a kind; ``None`` if it only quoted what isn't there."""
        found = sum(passage.kind == kind for passage in self.passages)
        return None if not found and any(each.kind == kind for each in self.dropped) else found

    @cached_property
    def one_moment(self) -> bool | None:
        """Whether it found nothing; ``None`` if all that it found isn't in the story."""
        if self.passages:
            return False
        return None if self.dropped else True


class WriterJudge:
    """Asks a Writer at temperature 0, by a schema."""

    def __init__(self, writer: Writer) -> None:
        self.judge = writer.address
        self._writer = writer
        self._prompt = files("storypainter.evaluators").joinpath("prompts/moment.md")

    @property
    def identity(self) -> Mapping[str, Any]:
        """The model, and the hash of the prompt."""
        return {
            "model": dict(self._writer.identity),
            "prompt": content_hash(self._prompt.read_text("utf-8")),
        }

    async def ask(self, story: Story, caller: Caller, *, sample: str) -> Opinion:
        """Its opinion of a story.

        Raises:
            CallFailed: it gave no usable answer.
        """
        prompt = Template(self._prompt.read_text("utf-8")).substitute(
            story=inside_tags(story.text, "story")
        )
        request = ChatRequest(
            (Message("user", prompt),), temperature=0.0, top_p=1.0, max_tokens=_MOST_TOKENS
        )
        faults = await chat_json(
            caller, self._writer, request, kind=Faults, step="moment", sample=sample
        )
        return opinion(story.text, faults)


def opinion(text: str, faults: Faults) -> Opinion:
    """The quotes that stand in the text, with their places, and those that don't."""
    found: dict[tuple[str, int], Passage] = {}
    dropped: list[Passage] = []
    for kind in KINDS:
        quotes: list[str] = getattr(faults, kind)
        for quote in quotes[:_MOST_QUOTES]:
            if not any(map(str.isalnum, quote)):
                continue
            place = find_quote(text, quote)
            if place is None:
                dropped.append(Passage(kind=kind, text=quote))
            else:
                start, end = place
                found.setdefault(
                    (kind, start), Passage(kind=kind, text=text[start:end], start=start, end=end)
                )
    return Opinion(tuple(found.values()), tuple(dropped))


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Where a text holds a quote, up to letter case, spaces, quotation marks and dashes."""
    words = quote.translate(_SAME).strip(_AROUND).split()
    if not words:
        return None
    pattern = r"\s+".join(map(re.escape, words))
    match = re.search(rf"(?<!\w){pattern}(?!\w)", text.translate(_SAME), re.IGNORECASE)
    return match.span() if match else None
