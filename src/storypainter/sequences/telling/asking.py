"""Asking for one stretch: the question, the reply, and once more for what it lacks."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Sequence as Several
from dataclasses import dataclass, field, replace

from storypainter.errors import BadInput, StorypainterError
from storypainter.models.calling import Caller
from storypainter.models.contract import CallFailed, ChatReply, ChatRequest, Message, Seer, Verdict
from storypainter.models.structured import strict_schema
from storypainter.sequences.telling.composing import Answer, ask_again, named
from storypainter.sequences.telling.reading import NarrativeReply, Reading, read_reply
from storypainter.storytellers.sampling import SEEDED, item_seed

STEP = "told"
#: What servers say of a model that can't see ...
_PICTURES = re.compile(r"image|vision|visual|picture|multi-?\s?modal|mmproj", re.IGNORECASE)
_LACKS = re.compile(
    r"(?:not|n['’]t|un-?)\s?(?:be )?(?:support|accept|enabled|available|allowed|capable)|"
    r"only (?:be )?(?:supported|available|accepted)|not a (?:vision|multi-?\s?modal)|no vision|"
    r"(?:can ?not|can['’]t) (?:see|read|process|accept|handle)|missing|mmproj|text[- ]only",
    re.IGNORECASE,
)
_TEXT_ONLY = re.compile(
    r"content\b.{0,80}\b(?:must|should|expected|has to)\b.{0,30}\bstring", re.IGNORECASE | re.DOTALL
)
#: ... and of more pictures than they take.
_TOO_MANY = re.compile(
    r"too many (?:image|picture)|(?:at most|up to|maximum|limit|no more than)\b[^.]{0,40}"
    r"\b(?:image|picture)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Answered:
    """What came of a stretch; ``reason`` says why parts are missing, if any are."""

    parts: dict[int, str] = field(default_factory=dict)
    title: str = ""
    notes: list[str] = field(default_factory=list)
    reason: str = ""
    model: str = ""


class Asking:
    """A Seer that is asked for parts.

    Args:
        seer: who tells.
        answer: how replies are to be written; a server that takes no schema gets ``numbered``
            from then on.
        seed: decides the sampling of local models.
    """

    def __init__(self, seer: Seer, answer: Answer, seed: int) -> None:
        self._seer = seer
        self._answer: Answer = answer
        self._seed = seed

    async def ask(
        self,
        request: ChatRequest,
        question: Callable[[Answer], tuple[Message, ...]],
        wanted: range,
        caller: Caller,
        sample: str,
    ) -> Answered:
        """The parts of the pictures ``wanted``, as far as the model tells them.

        Args:
            request: the sampling fields; messages, schema and seed are set here.
            question: the messages that ask, by how the reply is to be written.
            wanted: pictures, counted from 1.
            caller: sends and stores the calls.
            sample: tells apart equal questions that should give different replies.

        Raises:
            CallFailed: it refused, or no reply held a part (MALFORMED); else as ``Caller.chat``.
            BadInput: the model can't look at pictures, or not at so many.
        """
        reply, messages, answer = await self._first(request, question, caller, sample)
        found = Answered(model=reply.model)
        reading = _read(reply, wanted, answer)
        _merge(found, reading)
        missing = [number for number in wanted if number not in found.parts]
        if missing:
            again = (*messages, Message("assistant", reply.text), ask_again(missing, answer))
            if answer == "trained":
                again = messages  # it has learnt to answer this one question
            await self._once_more(
                replace(request, messages=again), answer, missing, wanted, found, caller, sample
            )
        return found

    async def _once_more(
        self,
        request: ChatRequest,
        answer: Answer,
        missing: Several[int],
        wanted: range,
        found: Answered,
        caller: Caller,
        sample: str,
    ) -> None:
        found.notes.append(f"asked once more for {named(missing)}")
        why = "the model told no part for it, asked twice"
        try:
            reply = await self._send(request, answer, caller, f"{sample}:again")
            reading = _read(reply, wanted, answer)
            if len(missing) == 1 and not reading.parts and answer != "trained":
                reading = _read(reply, range(missing[0], missing[0] + 1), answer)
            _merge(found, reading)
        except CallFailed as failure:
            if failure.verdict not in (Verdict.REFUSED, Verdict.MALFORMED, Verdict.TOO_LONG):
                raise
            why = f"asked once more, {failure.message}"
        left = [number for number in wanted if number not in found.parts]
        if not found.parts:
            raise CallFailed(
                Verdict.MALFORMED,
                f"no reply holds a part for {named(left)} (asked twice)",
                "see whether the model follows instructions; --form changes how it is asked",
            )
        if left:
            found.reason = f"{named(left)}: {why}"

    async def _first(
        self,
        request: ChatRequest,
        question: Callable[[Answer], tuple[Message, ...]],
        caller: Caller,
        sample: str,
    ) -> tuple[ChatReply, tuple[Message, ...], Answer]:
        """The first reply, the messages it answers, and in which form they ask."""
        if self._answer == "json":
            asked = replace(request, messages=question("json"))
            try:
                return await self._send(asked, "json", caller, sample), asked.messages, "json"
            except (CallFailed, BadInput) as failure:
                if not _may_be_the_schema(failure):
                    raise explained(failure, self._seer) from None
        plain: Answer = "trained" if self._answer == "trained" else "numbered"
        asked = replace(request, messages=question(plain))
        try:
            reply = await self._send(asked, plain, caller, sample)
        except (CallFailed, BadInput) as failure:
            raise explained(failure, self._seer) from None
        self._answer = plain
        return reply, asked.messages, plain

    async def _send(
        self, request: ChatRequest, answer: Answer, caller: Caller, sample: str
    ) -> ChatReply:
        by_schema = answer == "json"
        asked = replace(
            request,
            schema=strict_schema(NarrativeReply) if by_schema else None,
            schema_name="narrative" if by_schema else "reply",
            seed=seeded(self._seer, self._seed, sample),
        )
        return await caller.chat(self._seer, asked, step=STEP, sample=sample)


def _read(reply: ChatReply, wanted: range, answer: Answer) -> Reading:
    if reply.finish == "content_filter":
        raise CallFailed(Verdict.REFUSED, "the server's content filter cut the reply off")
    # A trained model counts the pictures that it is shown.
    away = wanted.start - 1 if answer == "trained" else 0
    reading = read_reply(reply.text, range(wanted.start - away, wanted.stop - away))
    if reply.finish == "length":
        reading.notes.append("a reply was cut off at --max-tokens")
        reading.drop_last()
    if away:
        reading.parts = {number + away: part for number, part in reading.parts.items()}
    return reading


def _merge(found: Answered, reading: Reading) -> None:
    for number, part in reading.parts.items():
        found.parts.setdefault(number, part)
    found.title = found.title or reading.title
    found.notes += reading.notes


def _may_be_the_schema(failure: CallFailed | BadInput) -> bool:
    """Whether the same question without a schema may work. BadInput is NOT_FOUND's form here."""
    return isinstance(failure, BadInput) or failure.verdict is Verdict.INVALID


def seeded(seer: Seer, seed: int, sample: str) -> int | None:
    """The seed of one call; None for models whose servers take none."""
    local = seer.identity.get("provider") in SEEDED
    return item_seed(seed, *sample.encode()) % 2**31 if local else None


def explained(failure: CallFailed | BadInput, seer: Seer) -> StorypainterError:
    """The failure, or what stops everything: a model that takes no pictures, or not so many."""
    if isinstance(failure, BadInput):
        return failure
    said = failure.message
    if failure.verdict in (Verdict.INVALID, Verdict.TRANSIENT, Verdict.TOO_LONG):
        if _TOO_MANY.search(said):
            return BadInput(
                f"{seer.address} takes fewer pictures in one message: {said}",
                "lower --pictures-at-once",
            )
        if (_PICTURES.search(said) and _LACKS.search(said)) or _TEXT_ONLY.search(said):
            return BadInput(
                f"{seer.address} can't look at pictures: {said}",
                "choose a model with vision as --model",
            )
    if failure.verdict is Verdict.TOO_LONG and not failure.hint:
        failure.hint = "lower --pictures-at-once or --side"
    return failure
