"""A store of replies in memory, as strict as the real one: plain JSON in, JSON out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import orjson

from storypainter.reply import CallRecord, StoredReply, Usage


@dataclass
class MemoryStore:
    """``fails`` is raised by the next writes; ``before`` is what earlier runs spent."""

    before: float = 0.0
    fails: Exception | None = None
    kept: dict[str, CallRecord] = field(default_factory=dict)
    charges: list[tuple[str, str, Usage, float | None]] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)

    def find(self, key: str) -> StoredReply | None:
        record = self.kept.get(key)
        if record is None:
            return None
        blob = None if record.blob is None else hashlib.sha256(record.blob).hexdigest()
        return StoredReply(orjson.loads(orjson.dumps(dict(record.reply))), blob)

    async def keep(self, record: CallRecord) -> str | None:
        if self.fails is not None:
            raise self.fails
        orjson.dumps(dict(record.reply))
        self.kept[record.key] = record
        if record.blob is None:
            return None
        digest = hashlib.sha256(record.blob).hexdigest()
        self.blobs[digest] = record.blob
        return digest

    async def charge(self, step: str, address: str, usage: Usage, cost: float | None) -> None:
        if self.fails is not None:
            raise self.fails
        self.charges.append((step, address, usage, cost))

    def spent(self) -> float:
        costs = [r.cost for r in self.kept.values()] + [c for *_, c in self.charges]
        return self.before + sum(cost for cost in costs if cost is not None)

    def everything(self) -> str:
        """All rows as text, to look for what must not be there."""
        return repr((self.kept, self.charges))
