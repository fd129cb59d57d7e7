"""What the calling path and the run folder say to each other: a paid reply, and its store.

Both stand on the same line of the house and may not import each other; these are the words
between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the server counts them; ``None`` where it did not say."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A reply on its way to the store: plain JSON, and a picture's bytes beside it.

    ``cost`` is in US dollars (``None``: unknown), ``seconds`` the duration of the last try.
    """

    key: str
    step: str
    address: str
    kind: str
    reply: Mapping[str, Any]
    blob: bytes | None
    media_type: str
    usage: Usage
    cost: float | None
    seconds: float
    tries: int


@dataclass(frozen=True, slots=True)
class StoredReply:
    """A reply from the store; ``blob`` is the content hash under which its picture lies."""

    reply: Mapping[str, Any]
    blob: str | None


class ReplyStore(Protocol):
    """Where replies are kept. ``keep`` and ``charge`` return when their rows are durable."""

    def find(self, key: str) -> StoredReply | None:
        """The stored reply for a key."""
        ...

    async def keep(self, record: CallRecord) -> str | None:
        """Store a reply; returns the content hash (SHA-256) of its picture, if it has one."""
        ...

    async def charge(self, step: str, address: str, usage: Usage, cost: float | None) -> None:
        """Note what a failed call used."""
        ...

    def spent(self) -> float:
        """US dollars that all stored calls cost, as far as their cost is known."""
        ...
