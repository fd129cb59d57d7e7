"""The failure of a reply that holds no story; apart from the reading, which loads on use."""

from __future__ import annotations

from typing import ClassVar, Literal

from storypainter.errors import StorypainterError


class UnreadableReply(StorypainterError):
    """A reply that holds no story.

    Args:
        kind: ``empty`` (nothing, or only a preamble or heading) or ``refused``.
        reason: one line that says what was found instead.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, kind: Literal["empty", "refused"], reason: str) -> None:
        hint = (
            "ask again, or change the Brief"
            if kind == "refused"
            else "ask again, or raise the token limit"
        )
        super().__init__(f"the reply holds no story: {reason}", hint)
        self.kind = kind
        self.reason = reason
