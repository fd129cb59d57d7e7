"""A storypainter provider in one file: ``parrot/NAME`` repeats the last message.

This is all that a third-party package needs: a factory under the entry point group
``storypainter.providers``, and a class with the methods of the contract that it can keep.
"""

from __future__ import annotations

from collections.abc import Mapping

from storypainter.models.contract import ChatReply, ChatRequest, ModelOptions, Usage


class Parrot:
    """A Writer. ``identity`` is all that decides its replies: it goes into every key."""

    def __init__(self, name: str) -> None:
        self.address = f"parrot/{name}"
        self.identity: Mapping[str, str] = {"provider": "parrot", "model": name, "revision": "1"}
        self._name = name

    async def chat(self, request: ChatRequest) -> ChatReply:
        """The last message, repeated."""
        content = request.messages[-1].content
        text = content if isinstance(content, str) else ""
        return ChatReply(f"{self._name} says: {text}", usage=Usage(0, 0), model=self.address)

    async def aclose(self) -> None:
        """Nothing to close."""


def create(name: str, options: ModelOptions) -> Parrot:
    """The factory that the entry point names. Cheap: nothing is loaded here."""
    return Parrot(name)
