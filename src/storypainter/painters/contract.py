"""What a painter is to the pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from storypainter.errors import StorypainterError
from storypainter.models.calling import Caller
from storypainter.picture import Picture
from storypainter.scene import Scene
from storypainter.story import Story


class CannotPaint(StorypainterError):
    """A picture that this painter can't make; the item fails, the run goes on.

    ``kind`` is one word for statistics, such as ``scene`` or ``crashed``.
    """

    def __init__(self, kind: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.kind = kind


class PictureFiles(Protocol):
    """Where a painter's files go; the run folder is one."""

    def keep_file(self, data: bytes, media_type: str) -> str:
        """Store bytes; returns their SHA-256."""
        ...

    def file_of(self, digest: str, media_type: str) -> str:
        """The relative path of a stored file."""
        ...

    def read_file(self, relative: str) -> bytes:
        """The bytes of a stored file."""
        ...


class Painter(Protocol):
    """Paints the Picture of a Story."""

    def inputs(self, story: Story, scene: Scene | None) -> Mapping[str, Any]:
        """All that decides the picture, as plain JSON, for its key."""
        ...

    async def paint(
        self,
        story: Story,
        scene: Scene | None,
        *,
        sample: str,
        caller: Caller,
        files: PictureFiles,
    ) -> Picture:
        """The picture; ``sample`` tells apart equal prompts that should give other pictures."""
        ...
