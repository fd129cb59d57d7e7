"""Looking first: each picture is described by itself before the narrative is asked for.

A small model that has all pictures before it at once writes fluently past them; asked about one
picture, it sees more. What it wrote goes into the question for the narrative, beside the pictures.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence as Several
from dataclasses import replace

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
from storypainter.sequences.tasks.wordings import describing_question
from storypainter.sequences.telling.asking import STEP, explained, seeded
from storypainter.sequences.telling.composing import Answer, clipped, looking_question
from storypainter.sequences.telling.reading import plain_reply
from storypainter.storytellers.lead_ins import refuses

#: Of one description at most so many characters go on into the question for the narrative.
MOST_SEEN = 2_000
_USELESS = (Verdict.REFUSED, Verdict.MALFORMED, Verdict.TOO_LONG)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*(?=\s|$)")


async def looked_at(
    seer: Seer,
    pictures: Several[tuple[int, ImagePart]],
    request: ChatRequest,
    answer: Answer,
    caller: Caller,
    sample: str,
    seed: int,
) -> tuple[dict[int, str], list[str]]:
    """What each picture shows, in words, by its number; and a note for each that stays undescribed.

    Args:
        seer: who looks.
        pictures: their numbers, counted from 1, and what is sent.
        request: the sampling fields and ``max_tokens``; message and seed are set here.
        answer: ``trained`` asks as the task ``caption`` does.
        caller: sends and stores the calls; the same picture of the same sequence is paid once.
        sample: tells the sequence apart.
        seed: decides the sampling of local models.

    Raises:
        CallFailed: a call failed otherwise than by a refusal or an unreadable reply.
        BadInput: the model can't look at pictures.
    """
    question = describing_question() if answer == "trained" else looking_question()

    async def look(number: int, picture: ImagePart) -> str | CallFailed:
        name = f"{sample}:look:{number}"
        asked = replace(
            request,
            messages=(Message("user", (picture, question)),),
            seed=seeded(seer, seed, name),
        )
        try:
            return _described(await caller.chat(seer, asked, step=STEP, sample=name))
        except CallFailed as failure:
            found = explained(failure, seer)
            if found is failure and failure.verdict in _USELESS:
                return failure
            raise found from None

    # All are waited for, so that nothing of what is paid is lost where one fails.
    replies = await asyncio.gather(
        *(look(number, picture) for number, picture in pictures), return_exceptions=True
    )
    seen: dict[int, str] = {}
    notes = []
    for (number, _), reply in zip(pictures, replies, strict=True):
        if isinstance(reply, CallFailed) and reply.verdict in _USELESS:
            notes.append(f"picture {number} was not described: {reply.message}")
        elif isinstance(reply, BaseException):
            raise reply
        else:
            seen[number] = reply
    return seen, notes


def _described(reply: ChatReply) -> str:
    """The description on one line; one that was cut off ends with its last whole sentence.

    Raises:
        CallFailed: REFUSED by a content filter or in words; MALFORMED where nothing was written.
    """
    if reply.finish == "content_filter":
        raise CallFailed(Verdict.REFUSED, "the server's content filter cut the reply off")
    text = " ".join(plain_reply(reply.text).split())
    if reply.finish == "length":
        ends = [found.end() for found in _SENTENCE_END.finditer(text)]
        text = text[: ends[-1]] if ends else text
    if refuses(text):
        raise CallFailed(Verdict.REFUSED, f"the model said {text[:120]!r}")
    if not text:
        raise CallFailed(Verdict.MALFORMED, "the reply is empty")
    return clipped(text, MOST_SEEN)
