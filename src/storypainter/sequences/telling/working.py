"""Working through sequences in a run folder: each is told, its pictures are kept, it can resume."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from storypainter.flight import WorkingThrough
from storypainter.models.calling import Limits
from storypainter.models.pricing import Price
from storypainter.picture import Picture
from storypainter.runs.folder import RunFolder
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.telling.asking import STEP
from storypainter.sequences.telling.looking import STEP as LOOKING
from storypainter.sequences.telling.looking import Seen
from storypainter.sequences.telling.telling import Pictures, SequenceTeller
from storypainter.sequences.telling.told import Told, with_parts

#: Raised when the meaning of a stored narrative changes.
STEP_VERSION = "1"


@dataclass(frozen=True, slots=True)
class ToldSequence:
    """A sequence with what was told over it; its pictures are files of the run folder."""

    item: int
    sequence: Sequence
    told: Told


class Telling(WorkingThrough):
    """One working-through. ``caller`` and ``stages`` may be watched.

    Args:
        sequences: what is told, in order.
        pictures: the bytes of a frame's picture, by the index of its sequence.
        teller: who tells.
        folder: where replies, narratives and pictures are kept.
        language: that was asked for; empty leaves each sequence's own.
        limits: calls at once, and what they may cost.
        prices: the user's own.
        closers: called once each at the end.
    """

    def __init__(
        self,
        sequences: tuple[Sequence, ...],
        pictures: Callable[[int, Frame], bytes],
        teller: SequenceTeller,
        folder: RunFolder,
        *,
        language: str = "",
        limits: Limits | None = None,
        prices: Mapping[str, Price] | None = None,
        closers: Iterable[Callable[[], Awaitable[None]]] = (),
    ) -> None:
        steps = (LOOKING, STEP) if teller.looks_first else (STEP,)
        super().__init__(folder, steps, limits, prices, closers)
        self.total = len(sequences)
        self.done: dict[int, ToldSequence] = {}
        self._sequences = sequences
        self._pictures = pictures
        self._teller = teller
        self._language = language

    async def work(self) -> None:
        """Tell all sequences.

        Raises:
            StorypainterError: what stopped it; everything paid is stored, and the same command
                goes on.
        """
        window = self.caller.limits.max_concurrency
        async with self._flight:
            await self._flight.each(
                range(self.total), self._item, window=window, name=lambda k: f"sequence {k + 1}"
            )
        if not self.stopping:
            self.folder.finish()

    async def _item(self, item: int) -> None:
        sequence = self._sequences[item]

        def pictures(frame: Frame) -> bytes:
            return self._pictures(item, frame)

        async def look(_: int) -> Seen:
            return await self._teller.look(sequence, pictures, self.caller)

        async def tell(tries: int) -> Told:
            return await self._teller.tell(sequence, pictures, tries, self.caller, seen)

        inputs, seen = self._teller.inputs(sequence), None
        if self._teller.looks_first:
            # A step of its own, refusals included: a narrative that is gone on with later has to
            # be asked for with the same descriptions, or what was paid of it would be lost.
            seen = await self._steps.take(LOOKING, STEP_VERSION, item, inputs, Seen, look)
            if seen is None:
                return
        told = await self._steps.take(STEP, STEP_VERSION, item, inputs, Told, tell)
        if told is None:
            return
        kept = tuple(self._kept(frame, pictures) for frame in sequence.frames)
        language = self._language if told.model else ""
        self.done[item] = ToldSequence(item, with_parts(sequence, told, kept, language), told)

    def _kept(self, frame: Frame, pictures: Pictures) -> Picture:
        """The picture with its place in the run folder, where its bytes lie now."""
        digest = self.folder.keep_file(pictures(frame), frame.picture.media_type)
        file = self.folder.file_of(digest, frame.picture.media_type)
        return frame.picture.model_copy(update={"file": file, "sha256": digest, "svg": None})
