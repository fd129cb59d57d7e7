"""Who tells a sequence: a model that sees, stretch by stretch; or nobody, where it is told already."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from collections.abc import Sequence as Several
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol

from storypainter.models.calling import Caller
from storypainter.models.contract import CallFailed, ChatRequest, ImagePart, Message, Seer, Verdict
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.tasks.telling import stretches as as_trained
from storypainter.sequences.telling.asked import Asked
from storypainter.sequences.telling.asking import Answered, Asking
from storypainter.sequences.telling.composing import Answer, View, compose, named, prompts_hash
from storypainter.sequences.telling.looking import Seen, looked_at
from storypainter.sequences.telling.shown import shown
from storypainter.sequences.telling.stretches import Stretch, stretches
from storypainter.sequences.telling.told import Told, told_already
from storypainter.storytellers.sampling import parameters_of

#: Part of every narrative's key: raise it when reading changes what a reply becomes.
VERSION = "1"
#: Tokens for a word, for a part beyond its words, and for thoughts and what surrounds the parts.
_TOKENS_A_WORD, _TOKENS_A_PART, _TOKENS_AROUND = 3, 40, 1000
#: For the description of one picture, by a model trained on such and by one that may think first.
_TOKENS_LOOKING_TRAINED, _TOKENS_LOOKING = 200, 1_500


class Pictures(Protocol):
    """Where the bytes of a frame's picture come from."""

    def __call__(self, frame: Frame) -> bytes: ...


class SequenceTeller(Protocol):
    """Tells sequences."""

    @property
    def looks_first(self) -> bool:
        """Whether each picture is described by itself before the narrative is told."""
        ...

    def inputs(self, sequence: Sequence) -> Mapping[str, Any]:
        """All that decides the narrative, as plain JSON, for its key."""
        ...

    async def look(self, sequence: Sequence, pictures: Pictures, caller: Caller) -> Seen:
        """What is seen in each picture by itself."""
        ...

    async def tell(
        self,
        sequence: Sequence,
        pictures: Pictures,
        attempt: int,
        caller: Caller,
        seen: Seen | None = None,
    ) -> Told:
        """The narrative; ``attempt`` counts its failures in earlier runs.

        ``seen`` is what :meth:`look` saw, where the teller looks first.
        """
        ...


class ToldAlready:
    """Takes the narrative that a sequence came with; no model is asked."""

    looks_first = False

    def inputs(self, sequence: Sequence) -> Mapping[str, Any]:
        return {"version": VERSION, "sequence": sequence.to_plain()}

    async def look(self, sequence: Sequence, pictures: Pictures, caller: Caller) -> Seen:
        return Seen(descriptions=("",) * len(sequence.frames))

    async def tell(
        self,
        sequence: Sequence,
        pictures: Pictures,
        attempt: int,
        caller: Caller,
        seen: Seen | None = None,
    ) -> Told:
        return told_already(sequence)


class SeerTeller:
    """A model that looks at the pictures and tells their story in parts.

    Args:
        seer: who looks and tells.
        asked: how the narrative is to be told.
        request: the sampling fields; ``max_tokens`` of 0 means as many as the parts need.
    """

    def __init__(self, seer: Seer, asked: Asked, request: ChatRequest) -> None:
        self.seer = seer
        self._asked = asked
        self._request = request
        self._asking = Asking(seer, self.answer, asked.seed)

    def inputs(self, sequence: Sequence) -> Mapping[str, Any]:
        asked = self._asked_of(sequence)
        return {
            "version": VERSION,
            "model": dict(self.seer.identity),
            "prompts": prompts_hash(),
            "asked": asked.model_dump(mode="json"),
            "parameters": parameters_of(self._request),
            "pictures": [frame.picture.sha256 for frame in sequence.frames],
            "texts": [frame.text for frame in sequence.frames],
            "sequence": sequence.id,
        }

    async def tell(
        self,
        sequence: Sequence,
        pictures: Pictures,
        attempt: int,
        caller: Caller,
        seen: Seen | None = None,
    ) -> Told:
        """The narrative, stretch by stretch. What a later stretch refuses stays untold, with why.

        Raises:
            CallFailed: nothing could be told, or a call failed otherwise than by a refusal or an
                unreadable reply; stretches told before are stored and free the next time.
            BadInput: a picture can't be read, or the model can't look at pictures.
        """
        asked = self._asked_of(sequence)
        told = [""] * len(sequence.frames)
        title, model = "", ""
        reasons: list[str] = []
        notes = list(seen.notes) if seen is not None else []
        for stretch in self.stretches(sequence):
            try:
                found = await self._told(
                    sequence, stretch, told, asked, pictures, attempt, caller, seen
                )
            except CallFailed as failure:
                useless = failure.verdict in (Verdict.REFUSED, Verdict.MALFORMED)
                if not useless or not any(told):
                    raise
                numbers = [number + 1 for number in stretch.told]
                reasons.append(f"{named(numbers)}: {failure.message}")
                continue
            for number, part in found.parts.items():
                told[number - 1] = part
            title, model = title or found.title, model or found.model
            notes += found.notes
            reasons += [found.reason] if found.reason else []
        return Told(
            title=title,
            parts=tuple(told),
            reasons=tuple(reasons),
            notes=tuple(notes),
            model=self.seer.address,
            answered=model if model != self.seer.address else "",
            at=datetime.now(UTC).date().isoformat(),
        )

    async def look(self, sequence: Sequence, pictures: Pictures, caller: Caller) -> Seen:
        """What is seen in each picture by itself; raises as ``looked_at`` does."""
        seed, side, frames = self._asked.seed, self._asked.side, sequence.frames

        async def picture(number: int) -> ImagePart:
            return await asyncio.to_thread(_part, sequence, number, side, pictures)

        request = replace(self._request, max_tokens=self.max_tokens_looking)
        return await looked_at(
            self.seer, len(frames), picture, request, self.answer, caller,
            f"{seed}:{sequence.id}", seed,
        )  # fmt: skip

    def stretches(self, sequence: Sequence) -> tuple[Stretch, ...]:
        """How a sequence is divided into calls."""
        count, at_once = len(sequence.frames), self._asked.pictures_at_once
        if self.answer == "trained":
            return tuple(Stretch(first, first, end) for first, end in as_trained(count, at_once))
        return stretches(count, at_once, self._asked.overlap)

    def max_tokens(self, stretch: Stretch) -> int:
        """How long the reply to a stretch may be, in tokens."""
        each = self._asked.words_per_part * _TOKENS_A_WORD + _TOKENS_A_PART
        return self._request.max_tokens or _TOKENS_AROUND + len(stretch.told) * each

    @property
    def looks_first(self) -> bool:
        """Whether each picture is described by itself before."""
        return self._asked.look_first

    @property
    def max_tokens_looking(self) -> int:
        """How long the description of a picture may be, in tokens."""
        trained = self.answer == "trained"
        return self._request.max_tokens or (_TOKENS_LOOKING_TRAINED if trained else _TOKENS_LOOKING)

    @property
    def answer(self) -> Answer:
        """In which form replies are asked for first."""
        if self._asked.form == "auto":
            # A model in this process can't be held to a schema; numbers are easier for it.
            return "numbered" if self.seer.identity.get("provider") == "transformers" else "json"
        return self._asked.form

    async def _told(
        self,
        sequence: Sequence,
        stretch: Stretch,
        told: Several[str],
        asked: Asked,
        pictures: Pictures,
        attempt: int,
        caller: Caller,
        seen: Seen | None,
    ) -> Answered:
        # Decoding takes a while: other calls go on meanwhile.
        views = await asyncio.to_thread(_views, sequence, stretch, asked.side, pictures)
        if seen is not None:
            here = seen.descriptions[stretch.shown : stretch.end]
            views = [replace(view, seen=each) for view, each in zip(views, here, strict=True)]

        def question(answer: Answer) -> tuple[Message, ...]:
            return compose(views, stretch, asked, told[: stretch.first], answer)

        request = replace(self._request, max_tokens=self.max_tokens(stretch))
        wanted = range(stretch.first + 1, stretch.end + 1)
        # Earlier attempts come first: what they brought is stored, and so free. Only a stretch
        # whose replies were of no use is asked anew.
        for earlier in range(attempt + 1):
            try:
                sample = f"{asked.seed}:{sequence.id}:{stretch.first}:{earlier}"
                return await self._asking.ask(request, question, wanted, caller, sample)
            except CallFailed as failure:
                useless = failure.verdict in (Verdict.REFUSED, Verdict.MALFORMED)
                if not useless or earlier == attempt:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _asked_of(self, sequence: Sequence) -> Asked:
        """What is asked, with the sequence's own language where nobody asked for another."""
        if self._asked.language:
            return self._asked
        return self._asked.model_copy(update={"language": sequence.language})


def _views(sequence: Sequence, stretch: Stretch, side: int, pictures: Pictures) -> list[View]:
    return [
        View(_part(sequence, number, side, pictures), sequence.frames[number - 1].text)
        for number in range(stretch.shown + 1, stretch.end + 1)
    ]


def _part(sequence: Sequence, number: int, side: int, pictures: Pictures) -> ImagePart:
    """A picture as it is sent, by its number, counted from 1."""
    data = pictures(sequence.frames[number - 1])
    return shown(data, side, f"picture {number} of {sequence.id}")
