"""What a Storyteller is asked, and how its reply is read. No model is called here."""

from typing import TYPE_CHECKING, Any

from storypainter.storytellers.composing import EXAMPLES, Prompt, PromptMode, compose
from storypainter.storytellers.unreadable import UnreadableReply

if TYPE_CHECKING:
    from storypainter.storytellers.reading import Reading, read_reply

__all__ = [
    "EXAMPLES",
    "Prompt",
    "PromptMode",
    "Reading",
    "UnreadableReply",
    "compose",
    "read_reply",
]


def __getattr__(name: str) -> Any:
    # The reading compiles many patterns: it must not keep the first call waiting.
    if name in ("Reading", "read_reply"):
        from storypainter.storytellers import reading

        return getattr(reading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
