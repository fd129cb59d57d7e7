"""What a director is to the pipeline: it turns a Story into a Scene."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from storypainter.errors import StorypainterError
from storypainter.models.calling import Caller
from storypainter.scene import Scene
from storypainter.story import Story


class CannotDirect(StorypainterError):
    """A story that this director can't turn into a Scene; the item fails, the run goes on.

    ``kind`` is one word for statistics, such as ``language``.
    """

    def __init__(self, kind: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.kind = kind


class Director(Protocol):
    """Turns Stories into Scenes."""

    def inputs(self, story: Story) -> Mapping[str, Any]:
        """All that decides the Scene, as plain JSON, for its key."""
        ...

    async def direct(self, story: Story, *, sample: str, caller: Caller) -> Scene:
        """The Scene of a story, with what is left out of it; ``sample`` tells apart equal requests that should differ.

        Raises:
            CannotDirect: this story can't be directed.
            CallFailed: the model that was asked gave no usable answer.
        """
        ...
