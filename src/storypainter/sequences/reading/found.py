"""What readers find: sequences whose pictures are not decoded yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from storypainter.sequence import Cause, Character, Depiction, SequenceKind
from storypainter.sequences.reading.pictures import Checked
from storypainter.sequences.reading.refusals import Refusal


@dataclass(frozen=True, slots=True)
class FoundFrame:
    """One picture where it lies, with what its source says of it; fields as in ``Frame``.

    ``load`` decodes and checks it; raises ``Refused``.
    """

    at: str
    load: Callable[[], Checked]
    caption: str = ""
    part: str = ""
    event: str = ""
    place: str = ""
    time: str = ""
    shown: tuple[Depiction, ...] = ()
    text: str = ""
    start: float | None = None
    end: float | None = None
    scene: int | None = None

    @property
    def annotated(self) -> bool:
        """Whether its source says something of this very picture."""
        told = (self.caption, self.part, self.event, self.text)
        return any(told) or bool(self.shown)


@dataclass(frozen=True, slots=True)
class Found:
    """One sequence as its source has it.

    Attributes:
        name: what it is called in messages and in its id; unique within its source.
        source: see ``Sequence.source``.
        kind: by its reader; a wish overrides it.
        frames: in order.
        refusals: pictures and lines that the reader left out already.
        said: what else should be known (a video without cuts).
    """

    name: str
    source: str
    kind: SequenceKind
    frames: tuple[FoundFrame, ...]
    title: str = ""
    language: str = ""
    licence: str = ""
    characters: tuple[Character, ...] = ()
    causes: tuple[Cause, ...] = ()
    story: str = ""
    refusals: tuple[Refusal, ...] = ()
    said: tuple[str, ...] = field(default=())
