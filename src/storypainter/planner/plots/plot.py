"""Plot: 3 to 6 moments of one story, each with its Scene and its words. Pure values."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from storypainter.scene import Scene
from storypainter.sequence import Cause, Character, Depiction
from storypainter.story import Id, Text
from storypainter.value import Value


class Moment(Value):
    """One picture of a Plot before it is drawn; the fields are those of a Frame.

    ``beat`` is what the event is for the story (``trouble``), ``what`` the event's id.
    """

    scene: Scene
    caption: Text
    part: Text
    event: Text
    place: Text
    time: Text
    shown: tuple[Depiction, ...]
    beat: str
    what: str


class Plot(Value):
    """A planned story in pictures. ``setting`` is the world's, ``family`` what the trouble is about."""

    id: Id
    title: Text
    setting: str
    family: str
    characters: tuple[Character, ...]
    moments: Annotated[tuple[Moment, ...], Field(min_length=3, max_length=6)]
    causes: tuple[Cause, ...]

    @property
    def narrative(self) -> str:
        """The whole narrative."""
        return " ".join(each.part for each in self.moments)
