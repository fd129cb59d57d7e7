"""Asking a Seer whether a picture bears out key points: yes or no for each, or scores.

Two protocols. ``yes_no`` is that of the released prompt of "Generating Storytelling Images with
Rich Chains-of-Reasoning" (arXiv 2512.07198), one call a point; ``scores`` that of its text
(section 2.3.3), one call a picture. The words are our own. The probability of yes is taken from
the first token's alternatives, in the manner of VQAScore (Lin et al. 2024, arXiv 2404.01291).
"""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from string import Template
from typing import Annotated, Any

from pydantic import BaseModel, Field

from storypainter.evaluators.key_points import Point
from storypainter.models.calling import Caller
from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    ImagePart,
    Message,
    Seer,
    Verdict,
)
from storypainter.models.delimiting import inside_tags
from storypainter.models.structured import chat_json
from storypainter.story import Dimension
from storypainter.value import content_hash

#: Yes and no together must have at least this probability, or the reply is no answer.
LEAST_MASS = 0.5
#: How many alternatives of the first token are asked for; servers allow up to 20.
ALTERNATIVES = 20
HIGHEST = 10
_MOST_TOKENS = 16
_MOST_TOKENS_THINKING = 1024  # a model that gives no log-probabilities may think before it answers
_MOST_SCORE_TOKENS = 300
_WORD = re.compile(r"[^\W\d_]+")
_YES, _NO = frozenset({"yes", "y"}), frozenset({"no", "n"})
#: What a server says that can't give log-probabilities.
_REFUSAL = re.compile(r"log_?\s?-?prob", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a judge says of a key point.

    ``yes`` is ``None`` where it gave no answer, and ``absent`` says why. ``p`` is a degree of
    yes from 0 to 1 where the judge has one; ``mass`` the probability of yes and no together.
    """

    yes: bool | None
    p: float | None = None
    mass: float | None = None
    absent: str = ""
    note: str = ""

    def to_plain(self) -> dict[str, Any]:
        """As JSON values, without what is not known."""
        plain = {
            "answer": None if self.yes is None else "yes" if self.yes else "no",
            "p": self.p,
            "mass": self.mass,
            "absent": self.absent,
            "note": self.note,
        }
        return {name: value for name, value in plain.items() if value not in (None, "")}


@dataclass(frozen=True, slots=True)
class Given:
    """Scores from 0 to 1 by Dimension (absent where the story has no key point), and overall."""

    dimensions: Mapping[Dimension, float | None]
    overall: float


class Asking:
    """A Seer with its prompts, at temperature 0."""

    def __init__(self, seer: Seer) -> None:
        self.address = seer.address
        self._seer = seer
        folder = files("storypainter.evaluators")
        self._point = folder.joinpath("prompts/alignment_point.md").read_text("utf-8")
        self._scores = folder.joinpath("prompts/alignment_scores.md").read_text("utf-8")
        self._without_logprobs = False

    @property
    def identity(self) -> Mapping[str, Any]:
        """The model, the prompts, and how log-probabilities are read."""
        return {
            "model": dict(self._seer.identity),
            "prompts": content_hash([self._point, self._scores]),
            "alternatives": ALTERNATIVES,
            "least_mass": LEAST_MASS,
        }

    async def answers(
        self, picture: ImagePart, points: Sequence[Point], caller: Caller, *, sample: str
    ) -> tuple[Answer, ...]:
        """An answer a point, in order; every point is asked, whatever the others say.

        Raises:
            CallFailed: a call failed in another way than by a refusal.
        """
        asked = [self._answer(picture, each.key.sentence, caller, sample) for each in points]
        return tuple(await asyncio.gather(*asked))

    async def scores(
        self, picture: ImagePart, points: Sequence[Point], caller: Caller, *, sample: str
    ) -> Given:
        """A score for each Dimension that has key points, and one overall.

        Raises:
            CallFailed: it gave no usable scores.
        """
        prompt = Template(self._scores).substitute(points=_listed(points))
        request = self._request(prompt, picture, _MOST_SCORE_TOKENS)
        said = await chat_json(
            caller, self._seer, request, kind=AlignmentScores, step="alignment", sample=sample
        )
        present = {point.key.dimension for point in points}
        given = {
            each: _share(getattr(said, each.value)) if each in present else None
            for each in Dimension
        }
        return Given(given, said.overall / HIGHEST)

    async def _answer(
        self, picture: ImagePart, sentence: str, caller: Caller, sample: str
    ) -> Answer:
        prompt = Template(self._point).substitute(point=inside_tags(sentence, "statement"))
        request = self._request(prompt, picture, _MOST_TOKENS)
        try:
            return read_answer(await self._send(request, caller, sample))
        except CallFailed as failure:
            if failure.verdict is not Verdict.REFUSED:
                raise
            return Answer(None, absent="the Seer refused")

    async def _send(self, request: ChatRequest, caller: Caller, sample: str) -> ChatReply:
        """The reply, without log-probabilities from a server that refuses to give them."""
        if not self._without_logprobs:
            asked = replace(request, logprobs=ALTERNATIVES)
            try:
                return await caller.chat(self._seer, asked, step="alignment", sample=sample)
            except CallFailed as failure:
                if failure.verdict is not Verdict.INVALID or not _REFUSAL.search(failure.message):
                    raise
                self._without_logprobs = True
        plain = replace(request, max_tokens=_MOST_TOKENS_THINKING)
        return await caller.chat(self._seer, plain, step="alignment", sample=sample)

    def _request(self, prompt: str, picture: ImagePart, tokens: int) -> ChatRequest:
        return ChatRequest(
            (Message("user", (prompt, picture)),), temperature=0.0, top_p=1.0, max_tokens=tokens
        )


# ---------------------------------------------------------------------------- answers


def read_answer(reply: ChatReply) -> Answer:
    """Yes, no, or no answer.

    With log-probabilities, p = P(yes) / (P(yes) + P(no)) over the first word's alternatives, and
    p of 0.5 or more is yes; below :data:`LEAST_MASS` there is no answer. Without them, a reply
    whose first word is yes or no is an answer, unless it says the other word, too.
    """
    first = next((each for each in reply.logprobs if _WORD.search(each.token)), None)
    if first is None:
        return _by_text(reply.text)
    mass = {"yes": 0.0, "no": 0.0}
    for token, logprob in first.top or ((first.token, first.logprob),):
        said = _word(token)
        if said:
            mass[said] += math.exp(min(logprob, 0.0))
    both = min(sum(mass.values()), 1.0)
    if both < LEAST_MASS:
        why = f"yes and no have a probability of {both:.2f} together, below {LEAST_MASS}"
        return Answer(None, mass=both, absent=why)
    p = mass["yes"] / (mass["yes"] + mass["no"])
    return Answer(p >= 0.5, p, both)


def _by_text(text: str) -> Answer:
    words = [word.casefold() for word in _WORD.findall(text)]
    said = {_word(word) for word in words} - {""}
    if words and len(said) == 1 and _word(words[0]):
        return Answer(_word(words[0]) == "yes")
    return Answer(None, absent=f"neither yes nor no: {' '.join(text.split())[:40]!r}")


def _word(token: str) -> str:
    bare = "".join(_WORD.findall(token)).casefold()
    return "yes" if bare in _YES else "no" if bare in _NO else ""


# ----------------------------------------------------------------------------- scores

_Points = Annotated[int, Field(ge=0, le=HIGHEST)]


class AlignmentScores(BaseModel):
    """How much of each group of statements a picture bears out, from 0 to 10, and overall."""

    time: _Points | None
    location: _Points | None
    character_role: _Points | None
    character_relationship: _Points | None
    event: _Points | None
    event_causal_relationship: _Points | None
    mental_state: _Points | None
    overall: _Points


def _share(points: int | None) -> float | None:
    return None if points is None else points / HIGHEST


def _listed(points: Sequence[Point]) -> str:
    lines = []
    for dimension in Dimension:
        lines.append(f"{dimension.value}:")
        said = [each.key.sentence for each in points if each.key.dimension is dimension]
        lines += [f"- {inside_tags(each, 'statements')}" for each in said] or ["- none"]
    return "\n".join(lines)
