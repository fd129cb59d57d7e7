"""The paper's reward (equation 2): a model holds the narrative against the true one, 1 to 10.

The paper asks GPT-4 and prints no prompt; ours is ``prompts/judge.md``. A call that fails, a
refusal or an answer that is no such number gives no reward, never a low one: the completion is
left out of what its group learns. A key that is refused, money that is spent or a server that is
gone end the training; replies are kept, so that the same command pays for none of them twice.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence as Many
from importlib.resources import files
from string import Template
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from storypainter.models.calling import Caller
from storypainter.models.contract import CallFailed, ChatRequest, Message, Writer
from storypainter.models.delimiting import inside_tags
from storypainter.models.structured import chat_json
from storypainter.sequences.training.rewards.contract import Target
from storypainter.value import content_hash

#: Raise it when an equal answer may become another number.
VERSION = "1"
LOWEST, HIGHEST = 1, 10
STEP = "reward"
_MOST_TOKENS = 200
_PROMPT = "prompts/judge.md"


class Judgement(BaseModel):
    """A sentence on what decides it, and a whole number from 1 to 10; no other is taken."""

    model_config = ConfigDict(frozen=True, strict=True)

    reason: str = Field(description="one sentence: what decides the number")
    score: Annotated[int, Field(ge=LOWEST, le=HIGHEST)] = Field(
        description="1, 2, 3 … 10: how well the told narrative tells the true one's story"
    )


class JudgeReward:
    """Asks a Writer at temperature 0, by a schema; many calls at once.

    Args:
        writer: the model; a Seer is asked as well, and sees the texts alone, as in the paper.
        caller: sends and stores the calls.
        runner: runs them; one for all, since the caller belongs to one loop.

    Attributes:
        failures: completions without a reward, by the reason.
    """

    name = "judge"

    def __init__(self, writer: Writer, caller: Caller, runner: asyncio.Runner) -> None:
        self.address = writer.address
        self.failures: Counter[str] = Counter()
        self._writer, self._caller, self._runner = writer, caller, runner
        self._prompt = files(__package__).joinpath(_PROMPT).read_text("utf-8")

    @property
    def identity(self) -> dict[str, Any]:
        """The model, the version, and the hash of the prompt."""
        return judge_identity(self._writer)

    def scores(self, narratives: Many[str], targets: Many[Target]) -> list[float | None]:
        """(number − 1) / 9 for each narrative, None where there is none.

        An empty narrative gets 0 and isn't asked about: there is nothing to read in it.

        Raises:
            StorypainterError: what no other call can get around (a refused key, a budget).
        """

        async def all_of_them() -> list[float | None]:
            asked = [
                self._score(text, target) for text, target in zip(narratives, targets, strict=True)
            ]
            found = await asyncio.gather(*asked, return_exceptions=True)
            for each in found:  # all calls are done by now, and their replies stored
                if isinstance(each, BaseException):
                    raise each
            return [each for each in found if not isinstance(each, BaseException)]

        return self._runner.run(all_of_them())

    async def _score(self, narrative: str, target: Target) -> float | None:
        if not narrative.strip():
            return 0.0
        told = inside_tags(narrative.strip(), "true", "told")
        true = inside_tags(target.row.text, "true", "told")
        prompt = Template(self._prompt).substitute(true=true, told=told)
        request = ChatRequest(
            (Message("user", prompt),), temperature=0.0, top_p=1.0, max_tokens=_MOST_TOKENS
        )
        try:
            # Equal texts are judged once: nothing tells them apart.
            found = await chat_json(
                self._caller, self._writer, request, kind=Judgement, step=STEP, sample=""
            )
        except CallFailed as failure:
            self.failures[failure.verdict.value] += 1
            return None
        return (found.score - LOWEST) / (HIGHEST - LOWEST)


def judge_identity(writer: Writer) -> dict[str, Any]:
    """All that decides what a judge says."""
    prompt = files(__package__).joinpath(_PROMPT).read_text("utf-8")
    return {
        "version": VERSION,
        "address": writer.address,
        "prompt": content_hash(prompt),
        "model": dict(writer.identity),
    }
