"""Told: the narrative that was told over a sequence, a part for each picture; and its sequence."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from storypainter.errors import BadInput
from storypainter.picture import Picture
from storypainter.sequence import Sequence
from storypainter.sequences.telling.composing import named
from storypainter.value import Value


class Told(Value):
    """A narrative over the pictures of one sequence.

    ``parts`` has one text for each picture, empty where none was told; ``reasons`` then say why.
    ``model`` is the address that was asked, ``answered`` what the server says answered; both are
    empty for a narrative that the sequence had already. ``at`` is the day (ISO 8601, UTC).
    ``notes`` say what was done to the replies to read them.
    """

    title: str = ""
    parts: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    model: str = ""
    answered: str = ""
    at: str = ""

    @property
    def missing(self) -> tuple[int, ...]:
        """The pictures without a part, counted from 1."""
        return tuple(number for number, part in enumerate(self.parts, 1) if not part)

    @model_validator(mode="after")
    def _explained(self) -> Self:
        if self.model and self.missing and not self.reasons:
            raise ValueError("a part is missing without a reason")
        return self


def told_already(sequence: Sequence) -> Told:
    """The narrative that a sequence has; what it lacks is left empty, with the reason.

    A narrative that is whole, and not in parts, lacks nothing.

    Raises:
        BadInput: it has none.
    """
    if not sequence.narrative.strip():
        raise BadInput(
            f"the sequence {sequence.id} has no narrative of its own",
            "give --model ADDRESS to have it told",
        )
    told = Told(title=sequence.title, parts=tuple(each.part.strip() for each in sequence.frames))
    if not told.missing or sequence.story.strip():
        return told
    why = f"{named(told.missing)}: the sequence comes without words there"
    return told.model_copy(update={"reasons": (why,)})


def with_parts(
    sequence: Sequence, told: Told, pictures: tuple[Picture, ...], language: str = ""
) -> Sequence:
    """The sequence with what was told in place of its own narrative; its own title stays.

    Args:
        sequence: what was told.
        told: a part for each of its pictures.
        pictures: the same pictures where they lie now.
        language: of what was told; the sequence's own if empty.
    """
    own = not told.model
    frames = tuple(
        frame.model_copy(update={"part": part, "picture": picture})
        for frame, part, picture in zip(sequence.frames, told.parts, pictures, strict=True)
    )
    return sequence.model_copy(
        update={
            "frames": frames,
            "title": sequence.title or told.title,
            "story": sequence.story if own else "",
            "language": language or sequence.language,
        }
    )
