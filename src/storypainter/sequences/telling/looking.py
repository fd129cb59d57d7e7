"""Looking first: each picture is described by itself before the narrative is asked for.

A small model that has all pictures before it at once writes fluently past them; asked about one
picture, it sees more. What it wrote goes into the question for the narrative, beside the pictures.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
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
from storypainter.sequences.telling.asking import explained, seeded
from storypainter.sequences.telling.composing import Answer, clipped, looking_question
from storypainter.sequences.telling.reading import plain_reply
from storypainter.storytellers.lead_ins import refuses
from storypainter.value import Value

STEP = "seen"
#: Of one description at most so many characters go on into the question for the narrative.
MOST_SEEN = 2_000
#: Pictures that are held in memory at once, beside those of other sequences.
_AT_ONCE = 32
_USELESS = (Verdict.REFUSED, Verdict.MALFORMED, Verdict.TOO_LONG)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*(?=\s|$)")


class Seen(Value):
    """What was seen in each picture of a sequence, looked at by itself.

    ``descriptions`` has a text for each picture on one line, empty where none came; ``notes`` then
    say why.
    """

    descriptions: tuple[str, ...]
    notes: tuple[str, ...] = ()


async def looked_at(
    seer: Seer,
    pictures: int,
    picture: Callable[[int], Awaitable[ImagePart]],
    request: ChatRequest,
    answer: Answer,
    caller: Caller,
    sample: str,
    seed: int,
) -> Seen:
    """What each picture shows, in words.

    Args:
        seer: who looks.
        pictures: how many there are.
        picture: what is sent of a picture, by its number, counted from 1.
        request: the sampling fields and ``max_tokens``; message and seed are set here.
        answer: ``trained`` asks as the task ``caption`` does.
        caller: sends and stores the calls.
        sample: tells the sequence apart.
        seed: decides the sampling of local models.

    Raises:
        CallFailed: a call failed otherwise than by a refusal or an unreadable reply.
        BadInput: a picture can't be read, or the model can't look at pictures.
    """
    question = describing_question() if answer == "trained" else looking_question()
    at_once, in_turn = asyncio.Semaphore(_AT_ONCE), asyncio.Lock()

    async def look(number: int) -> str | CallFailed:
        name = f"{sample}:look:{number}"
        async with at_once:
            async with in_turn:  # calls begin in the pictures' order
                content = (await picture(number), question)
            asked = replace(
                request, messages=(Message("user", content),), seed=seeded(seer, seed, name)
            )
            try:
                return _described(await caller.chat(seer, asked, step=STEP, sample=name))
            except CallFailed as failure:
                found = explained(failure, seer)
                if found is failure and failure.verdict in _USELESS:
                    return failure
                raise found from None

    # The first goes alone: a wrong key or a model that can't see is known after one call. Then
    # all are waited for, so that nothing of what is paid is lost where one fails.
    replies: list[str | CallFailed | BaseException] = [await look(1)]
    replies += await asyncio.gather(
        *(look(number) for number in range(2, pictures + 1)), return_exceptions=True
    )
    _raise_first(replies)
    notes = tuple(
        f"picture {number} was not described: {reply.message}"
        for number, reply in enumerate(replies, 1)
        if isinstance(reply, CallFailed)
    )
    return Seen(
        descriptions=tuple(each if isinstance(each, str) else "" for each in replies), notes=notes
    )


def _raise_first(replies: list[str | CallFailed | BaseException]) -> None:
    """Raise what went wrong: what stops the whole run before what fails this sequence alone."""
    failed = [
        each for each in replies if isinstance(each, CallFailed) and each.verdict not in _USELESS
    ]
    stopped = [
        each
        for each in replies
        if isinstance(each, BaseException) and not isinstance(each, CallFailed)
    ]
    for each in (*stopped, *failed):
        raise each


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
    return " ".join(clipped(text, MOST_SEEN).split())
