"""Sequence: ordered pictures with a narrative (visual storytelling). Pure values."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from storypainter.picture import Picture
from storypainter.story import Id, Text
from storypainter.value import Value

SequenceKind = Literal[
    "comic", "illustrated book", "educational", "video", "photographs", "generated"
]
Seconds = Annotated[float, Field(ge=0)]


class Character(Value):
    """Somebody (or an animal) who comes up in a Sequence.

    ``name`` is how texts call them (``the girl``, ``Mia``), ``look`` what can be seen of them in
    every picture (``in a red coat``), ``role`` one word for who they are (``girl``).
    """

    id: Id
    name: Text
    look: str = ""
    role: str = ""


class Depiction(Value):
    """What one picture shows of one character: what they do, and what they feel.

    ``action`` is a clause without its subject (``climbs the tree``), ``emotion`` one word.
    """

    character: Id
    action: str = ""
    emotion: str = ""


class Frame(Value):
    """One picture of a Sequence with what is known of it; every text may be empty.

    ``caption`` says what can be seen in this picture alone, ``part`` is the part of the narrative
    that is told with it, ``event`` what happens in one sentence. ``text`` is what the source itself
    says here (a page's text, subtitles), ``at`` where in the source it stands (a file's name,
    ``page 3``, ``0:12.40``); ``start`` and ``end`` are seconds of a video. ``scene`` is the number
    of the scene in the source: frames of one scene have the same one, also where the next scene is
    at the same place; None where the source tells of no scenes.
    """

    picture: Picture
    caption: str = ""
    part: str = ""
    event: str = ""
    place: str = ""
    time: str = ""
    shown: tuple[Depiction, ...] = ()
    text: str = ""
    at: str = ""
    start: Seconds | None = None
    end: Seconds | None = None
    scene: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _times_in_order(self) -> Self:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"ends ({self.end}) before it starts ({self.start})")
        return self


class Cause(Value):
    """One picture's event makes another's possible: ``cause`` comes before ``effect`` (from 0)."""

    cause: Annotated[int, Field(ge=0)]
    effect: Annotated[int, Field(ge=1)]
    because: str = ""


class Sequence(Value):
    """Ordered pictures with a narrative.

    ``source`` is what it was taken from (a book, an album, a video): a split never parts two
    Sequences of one source. ``story`` is the whole narrative where the source has it in one piece;
    :attr:`narrative` is that, or the parts one after the other.
    """

    id: Id
    kind: SequenceKind
    source: Text
    title: str = ""
    language: str = "en"
    licence: str = ""
    characters: tuple[Character, ...] = ()
    frames: Annotated[tuple[Frame, ...], Field(min_length=1)]
    causes: tuple[Cause, ...] = ()
    story: str = ""

    @property
    def narrative(self) -> str:
        """The narrative; empty where none is known."""
        return self.story or " ".join(each.part for each in self.frames if each.part)

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        known = [each.id for each in self.characters]
        if len(set(known)) < len(known):
            raise ValueError("two characters have the same id")
        for number, frame in enumerate(self.frames):
            for each in frame.shown:
                if each.character not in known:
                    raise ValueError(f"frames[{number}]: no character {each.character!r}")
        for link in self.causes:
            if not link.cause < link.effect < len(self.frames):
                raise ValueError(f"causes: {link.cause} -> {link.effect} is no earlier picture's")
        return self
