"""The store of paid replies: what ``models.calling`` asks for, kept in a run folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import orjson

from storypainter.reply import CallRecord, StoredReply, Usage
from storypainter.runs.database import dump, now
from storypainter.runs.folder import RunFolder


class Replies:
    """Replies in a run folder. A picture's file is there before its row is."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._db = folder.db

    def find(self, key: str) -> StoredReply | None:
        """The stored reply for a key."""
        if not self._db.knows(key):
            return None
        for reply, blob in self._db.rows("SELECT reply, blob FROM calls WHERE key = ?", key):
            return StoredReply(orjson.loads(reply), blob)
        return None

    async def keep(self, record: CallRecord) -> str | None:
        """Store a reply, picture first; durable on return."""
        self._db.learn(record.key)
        blob = None
        if record.blob is not None:
            blob = self._folder.keep_file(record.blob, record.media_type)
        await self._db.write(
            "INSERT OR REPLACE INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            record.key, record.step, record.address, record.kind, dump(dict(record.reply)), blob,
            record.usage.input_tokens, record.usage.output_tokens, record.cost, record.seconds,
            record.tries, now(),
        )  # fmt: skip
        return blob

    async def charge(self, step: str, address: str, usage: Usage, cost: float | None) -> None:
        """Note what a failed call used."""
        await self._db.write(
            "INSERT INTO charges (step, address, input_tokens, output_tokens, cost, at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            step, address, usage.input_tokens, usage.output_tokens, cost, now(),
        )  # fmt: skip

    def spent(self) -> float:
        """US dollars of all stored calls and charges, as far as they are known."""
        calls = self._db.value("SELECT COALESCE(SUM(cost), 0) FROM calls")
        charges = self._db.value("SELECT COALESCE(SUM(cost), 0) FROM charges")
        return float(calls) + float(charges)


def spent_in(runs: Iterable[Path]) -> float:
    """US dollars that run folders have cost together, as far as they are known."""
    total = 0.0
    for path in runs:
        with RunFolder(path, read_only=True) as folder:
            total += Replies(folder).spent()
    return total
