"""What a Storyteller is asked, and how its reply is read. No model is called here."""

from storypainter.storytellers.composing import EXAMPLES, Prompt, PromptMode, compose
from storypainter.storytellers.reading import Reading, UnreadableReply, read_reply

__all__ = [
    "EXAMPLES",
    "Prompt",
    "PromptMode",
    "Reading",
    "UnreadableReply",
    "compose",
    "read_reply",
]
