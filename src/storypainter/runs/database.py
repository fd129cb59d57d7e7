"""``run.db``: replies, steps and items, written in groups.

Writers hand over rows and wait; all rows that arrive in one turn of the event loop go into one
transaction. After the commit the rows survive the process (WAL, ``synchronous=NORMAL``); a
power loss may cost the last second, which ``runs verify`` finds.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Any

import orjson

from storypainter.errors import RunFolderError
from storypainter.runs import schema


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step's outcome; ``result`` is JSON text when done, the reason is set when failed."""

    key: str
    step: str
    done: bool
    result: bytes | None
    reason_kind: str
    reason: str
    failures: int


class Database:
    """One connection to ``run.db``.

    Args:
        path: the file; made when missing unless ``read_only``.
        read_only: open what is there, of this or an older schema, and change nothing.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._pending: list[tuple[str, tuple[Any, ...]]] = []
        self._waiting: list[asyncio.Future[None]] = []
        self._flush_planned = False
        self._broken: RunFolderError | None = None
        self._known: set[str] = set()
        if read_only and not path.is_file():
            raise RunFolderError(f"{path.parent} holds no run.db", "is it a run folder?")
        with explained(path):
            uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
            self._db = sqlite3.connect(uri, uri=True, isolation_level=None)
            if read_only:
                self._db = _current(self._db)
                return
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute("PRAGMA busy_timeout=5000")
            schema.migrate(self._db)
            for (key,) in self._db.execute(
                "SELECT key FROM steps UNION ALL SELECT key FROM calls "
                "UNION ALL SELECT sha256 FROM blobs"
            ):
                self._known.add(key)

    # ----------------------------------------------------------------- reading

    def rows(self, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one by one."""
        with explained(self.path):
            yield from self._db.execute(sql, values)

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row, or ``None``."""
        with explained(self.path):
            row = self._db.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def step(self, key: str) -> StepRow | None:
        """A step's outcome by its key."""
        for row in self.rows(
            "SELECT key, step, status, result, reason_kind, reason, failures "
            "FROM steps WHERE key = ?",
            key,
        ):
            return StepRow(
                row[0], row[1], row[2] == "done", row[3], row[4] or "", row[5] or "", row[6]
            )
        return None

    def knows(self, key: str) -> bool:
        """Whether a step or call with this key, or a file with this hash, may be stored.

        Most look-ups of a fresh run are for keys that aren't there; the writing process, which
        is the only one, answers those from memory (about 100 bytes a key).
        """
        return key in self._known

    def learn(self, key: str) -> None:
        """Note that a row with this key is about to be written."""
        self._known.add(key)

    # ----------------------------------------------------------------- writing

    def plan(self, sql: str, *values: Any) -> None:
        """Add a row to the next transaction without waiting for it.

        A failure of that transaction is raised here at the next call.
        """
        if self._broken is not None:
            raise self._broken
        self._pending.append((sql, values))
        if not self._flush_planned:
            asyncio.get_running_loop().call_soon(self._flush_and_tell)
            self._flush_planned = True

    async def write(self, sql: str, *values: Any) -> None:
        """Add a row, and return when it is durable."""
        self.plan(sql, *values)
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        await future

    def flush(self) -> None:
        """Write all pending rows now."""
        pending, self._pending = self._pending, []
        if not pending:
            return
        with explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                for sql, values in pending:
                    self._db.execute(sql, values)
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def _flush_and_tell(self) -> None:
        self._flush_planned = False
        waiting, self._waiting = self._waiting, []
        try:
            self.flush()
        except RunFolderError as error:
            self._broken = error
            for future in waiting:
                if not future.done():
                    future.set_exception(RunFolderError(error.message, error.hint))
            return
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def execute(self, sql: str, *values: Any) -> int:
        """Run one statement now; returns the last row id."""
        with explained(self.path):
            return int(self._db.execute(sql, values).lastrowid or 0)

    def close(self) -> None:
        """Write what is pending and close."""
        try:
            self.flush()
        finally:
            self._db.close()


def _current(db: sqlite3.Connection) -> sqlite3.Connection:
    """A read-only database in the newest schema: itself, or a migrated copy in memory."""
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    schema.check_version(version)
    if version == schema.VERSION:
        return db
    copy = sqlite3.connect(":memory:", isolation_level=None)
    db.backup(copy)
    db.close()
    schema.migrate(copy)
    return copy


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """SQLite's errors as ours: what is wrong with which file, and what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        text = str(error)
        if "full" in text:
            raise RunFolderError(
                f"the disk is full; {path} could not be written",
                "free some space and run the same command again: nothing is lost",
            ) from None
        if "readonly" in text or "unable to open" in text:
            raise RunFolderError(
                f"{path} can't be opened for writing ({text})", "check the folder's permissions"
            ) from None
        if "no such table" in text or "not a database" in text or "malformed" in text:
            raise RunFolderError(
                f"{path} is damaged or no storypainter run ({text})",
                "restore it from a copy, or choose another --out",
            ) from None
        raise RunFolderError(f"{path}: {text}", "see whether another program holds it") from None


def dump(plain: Any) -> bytes:
    """JSON bytes for a BLOB column."""
    return orjson.dumps(plain)


def now() -> float:
    """Seconds since the epoch."""
    return time()
