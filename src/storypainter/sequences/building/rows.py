"""A row of a set from what a reader found: texts bounded, times rounded, an id of its own."""

from __future__ import annotations

import re

from pydantic import ValidationError

from storypainter.picture import Picture
from storypainter.sequence import Cause, Character, Depiction, Frame, Sequence
from storypainter.sequences.building.sources import name_hash
from storypainter.sequences.reading.found import Found, FoundFrame
from storypainter.sequences.reading.refusals import Refused
from storypainter.sequences.reading.texts import plain
from storypainter.sequences.reading.wishes import Wishes
from storypainter.value import first_problem

_SLUG = re.compile(r"[^A-Za-z0-9]+")


def sequence_of(
    found: Found, wishes: Wishes, frames: list[Frame], causes: list[Cause], start: int, piece: str
) -> Sequence:
    """Some consecutive frames of what was found.

    Args:
        found: what the reader found.
        wishes: what was asked.
        frames: the sequence's own.
        causes: between any frames that were kept, counted from the first one kept.
        start: the number of the first of ``frames`` among those kept.
        piece: `` (1 of 2)``; empty where nothing was cut.

    Raises:
        Refused: annotations that fit no Sequence.
    """
    ours = range(start, start + len(frames))
    try:
        return Sequence(
            id=sequence_id(found.name + piece),
            kind=wishes.kind or found.kind,
            source=found.source,
            title=plain(found.title, 500) + (piece if found.title else ""),
            language=plain(found.language, 35) or wishes.language or "en",
            licence=plain(found.licence, 500) or wishes.licence,
            characters=tuple(_character(each) for each in found.characters),
            frames=tuple(frames),
            causes=tuple(
                Cause(
                    cause=each.cause - start,
                    effect=each.effect - start,
                    because=plain(each.because, 1000),
                )
                for each in causes
                if each.cause in ours and each.effect in ours
            ),
            story="" if piece else plain(found.story, 200_000),
        )
    except ValidationError as error:
        raise Refused("annotation", first_problem(error)) from None


def frame_of(frame: FoundFrame, picture: Picture) -> Frame:
    """A frame as it stands in a row, with its picture in the set."""
    return Frame(
        picture=picture, at=frame.at, start=_milliseconds(frame.start), end=_milliseconds(frame.end),
        caption=plain(frame.caption), part=plain(frame.part), event=plain(frame.event),
        place=plain(frame.place, 300), time=plain(frame.time, 300), text=plain(frame.text),
        scene=frame.scene,
        shown=tuple(
            Depiction(character=each.character, action=plain(each.action, 500),
                      emotion=plain(each.emotion, 100))
            for each in frame.shown
        ),
    )  # fmt: skip


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _character(character: Character) -> Character:
    return character.model_copy(
        update={
            "name": plain(character.name, 200) or character.id,
            "look": plain(character.look, 500),
            "role": plain(character.role, 100),
        }
    )


def sequence_id(name: str) -> str:
    """An id of a sequence from what it is called: readable, and another one for another name."""
    slug = _SLUG.sub("-", name).strip("-")[-48:].lstrip("-")
    return f"{slug or 'sequence'}-{name_hash(name)[:10]}"
