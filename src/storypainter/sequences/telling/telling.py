"""Who tells a sequence: a model that sees, stretch by stretch; or nobody, where it is told already."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from collections.abc import Sequence as Several
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol

from storypainter.models.calling import Caller
from storypainter.models.contract import CallFailed, ChatRequest, Message, Seer, Verdict
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.tasks.telling import stretches as as_trained
from storypainter.sequences.telling.asked import Asked
from storypainter.sequences.telling.asking import Answered, Asking
from storypainter.sequences.telling.composing import Answer, View, compose, named, prompts_hash
from storypainter.sequences.telling.looking import looked_at
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

    def inputs(self, sequence: Sequence) -> Mapping[str, Any]:
        """All that decides the narrative, as plain JSON, for its key."""
        ...

    async def tell(
        self, sequence: Sequence, pictures: Pictures, attempt: int, caller: Caller
    ) -> Told:
        """The narrative; ``attempt`` counts its failures in earlier runs."""
        ...


class ToldAlready:
    """Takes the narrative that a sequence came with; no model is asked."""

    def inputs(self, sequence: Sequence) -> Mapping[str, Any]:
        return {"version": VERSION, "sequence": sequence.to_plain()}

    async def tell(
        self, sequence: Sequence, pictures: Pictures, attempt: int, caller: Caller
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
        self, sequence: Sequence, pictures: Pictures, attempt: int, caller: Caller
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
        notes: list[str] = []
        for stretch in self.stretches(sequence):
            try:
                found = await self._told(sequence, stretch, told, asked, pictures, attempt, caller)
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
    ) -> Answered:
        # Decoding takes a while: other calls go on meanwhile.
        views = await asyncio.to_thread(_views, sequence, stretch, asked.side, pictures)
        notes: list[str] = []
        if asked.look_first:
            views, notes = await self._looked(sequence, stretch, views, asked, caller)

        def question(answer: Answer) -> tuple[Message, ...]:
            return compose(views, stretch, asked, told[: stretch.first], answer)

        request = replace(self._request, max_tokens=self.max_tokens(stretch))
        wanted = range(stretch.first + 1, stretch.end + 1)
        # Earlier attempts come first: what they brought is stored, and so free. Only a stretch
        # whose replies were of no use is asked anew.
        for earlier in range(attempt + 1):
            try:
                sample = f"{asked.seed}:{sequence.id}:{stretch.first}:{earlier}"
                found = await self._asking.ask(request, question, wanted, caller, sample)
                found.notes = [*notes, *found.notes]
                return found
            except CallFailed as failure:
                useless = failure.verdict in (Verdict.REFUSED, Verdict.MALFORMED)
                if not useless or earlier == attempt:
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def _looked(
        self,
        sequence: Sequence,
        stretch: Stretch,
        views: Several[View],
        asked: Asked,
        caller: Caller,
    ) -> tuple[list[View], list[str]]:
        """The views with what was seen in each picture by itself, and notes on the others."""
        numbers = range(stretch.shown + 1, stretch.end + 1)
        pictures = [(number, view.picture) for number, view in zip(numbers, views, strict=True)]
        sample = f"{asked.seed}:{sequence.id}"
        request = replace(self._request, max_tokens=self.max_tokens_looking)
        seen, notes = await looked_at(
            self.seer, pictures, request, self.answer, caller, sample, asked.seed
        )
        described = [
            replace(view, seen=seen.get(number, ""))
            for number, view in zip(numbers, views, strict=True)
        ]
        return described, notes

    def _asked_of(self, sequence: Sequence) -> Asked:
        """What is asked, with the sequence's own language where nobody asked for another."""
        if self._asked.language:
            return self._asked
        return self._asked.model_copy(update={"language": sequence.language})


def _views(sequence: Sequence, stretch: Stretch, side: int, pictures: Pictures) -> list[View]:
    frames = sequence.frames[stretch.shown : stretch.end]
    return [
        View(shown(pictures(frame), side, f"picture {number} of {sequence.id}"), frame.text)
        for number, frame in enumerate(frames, stretch.shown + 1)
    ]
