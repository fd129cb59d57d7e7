"""The run folder: ``run.toml``, ``run.db``, ``pictures/``, and who may write to it.

One process writes at a time (a lock that the system frees when the process dies, however it
dies); any number may read. Pictures are content-addressed: ``pictures/<sha256>.png``, written
under another name and renamed, so that a file with its final name is whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import orjson

from storypainter import __version__
from storypainter.errors import RunFolderError
from storypainter.runs.database import Database, StepRow, dump, now
from storypainter.runs.locking import take_lock
from storypainter.value import content_hash

EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
#: Less free space than this at the start is refused: a run must be able to finish writing.
MIN_FREE_BYTES = 20 * 1024 * 1024


class RunFolder:
    """A run, opened for reading or for writing. Use as a context manager.

    Args:
        path: the folder; made when missing, unless ``read_only``.
        read_only: no lock, no change.

    Raises:
        RunFolderError: in use by another process, not writable, newer than this storypainter,
            or some other folder with files in it.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.pictures = path / "pictures"
        self.spec_id = 0
        self._lock: IO[str] | None = None
        self._writes = not read_only
        if not read_only:
            self._make()
            self._lock = take_lock(path / "run.lock", path)
        try:
            self.db = Database(path / "run.db", read_only=read_only)
            if not read_only:
                self._sweep()
            self.spec_id = self.latest_spec_id()
        except BaseException:
            self._unlock()
            raise

    def __enter__(self) -> RunFolder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what is pending, and let others in."""
        try:
            self.db.close()
        finally:
            self._unlock()

    # -------------------------------------------------------------- what was asked

    def begin(self, spec: Mapping[str, Any], origins: Mapping[str, str], command: str) -> int:
        """Record what is asked for; the same question again continues its own record."""
        digest = content_hash(dict(spec))
        found = self.db.value("SELECT id FROM specs WHERE hash = ?", digest)
        if found is not None:
            # The newest question is the run's current one, also when it was asked before.
            newest = int(self.db.value("SELECT MAX(id) FROM specs"))
            if found != newest:
                self.db.execute("UPDATE items SET spec = ? WHERE spec = ?", newest + 1, found)
                self.db.execute("UPDATE findings SET spec = ? WHERE spec = ?", newest + 1, found)
                self.db.execute("UPDATE specs SET id = ? WHERE id = ?", newest + 1, found)
                found = newest + 1
            self.db.execute("UPDATE specs SET finished = NULL WHERE id = ?", found)
            self.spec_id = int(found)
        else:
            self.spec_id = self.db.execute(
                "INSERT INTO specs (hash, spec, origins, version, command, started) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                digest, dump(dict(spec)), dump(dict(origins)), __version__, command, now(),
            )  # fmt: skip
        write_atomically(self.path / "run.toml", _toml(spec, origins, command).encode())
        return self.spec_id

    def finish(self) -> None:
        """Note that the current question has been worked through."""
        self.db.execute("UPDATE specs SET finished = ? WHERE id = ?", now(), self.spec_id)

    def latest_spec_id(self) -> int:
        """The current question's id, 0 in an empty run."""
        return int(self.db.value("SELECT MAX(id) FROM specs") or 0)

    def spec(self) -> dict[str, Any]:
        """The current question."""
        text = self.db.value("SELECT spec FROM specs WHERE id = ?", self.spec_id)
        return dict(orjson.loads(text)) if text else {}

    # -------------------------------------------------------------------- steps

    def step(self, key: str) -> StepRow | None:
        """A step's outcome."""
        if self._writes and not self.db.knows(key):
            return None
        return self.db.step(key)

    def link(self, item: int, step: str, key: str) -> None:
        """Note that the item's step has this key under the current question."""
        self.db.plan(
            "INSERT INTO items VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET key = excluded.key WHERE key <> excluded.key",
            self.spec_id, item, step, key,
        )  # fmt: skip

    def link_findings(self, step: str, key: str) -> None:
        """Note that these are the current question's findings; the newest come last."""
        self.db.execute(
            "INSERT INTO findings VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET key = excluded.key, at = excluded.at",
            self.spec_id, step, key, now(),
        )  # fmt: skip

    def findings(self) -> Iterator[tuple[str, bytes]]:
        """The current question's findings as (step, JSON), in the order they were made."""
        for step, result in self.db.rows(
            "SELECT f.step, s.result FROM findings f JOIN steps s ON s.key = f.key "
            "WHERE f.spec = ? AND s.status = 'done' ORDER BY f.at, f.step",
            self.spec_id,
        ):
            yield str(step), bytes(result)

    def results(self, step: str) -> Iterator[tuple[int, bytes]]:
        """What a step made of each item of the current question, as (item, JSON), in order."""
        for item, result in self.db.rows(
            "SELECT i.item, s.result FROM items i JOIN steps s ON s.key = i.key "
            "WHERE i.spec = ? AND i.step = ? AND s.status = 'done' ORDER BY i.item",
            self.spec_id, step,
        ):  # fmt: skip
            yield int(item), bytes(result)

    def results_of(self, item: int) -> Iterator[tuple[str, bytes]]:
        """What every step made of one item of the current question, as (step, JSON), by step."""
        for step, result in self.db.rows(
            "SELECT i.step, s.result FROM items i JOIN steps s ON s.key = i.key "
            "WHERE i.spec = ? AND i.item = ? AND s.status = 'done' ORDER BY i.step",
            self.spec_id, item,
        ):  # fmt: skip
            yield str(step), bytes(result)

    async def done(self, key: str, step: str, result: bytes) -> None:
        """Record a step's result."""
        self.db.learn(key)
        await self.db.write(
            "INSERT INTO steps (key, step, status, result, at) VALUES (?, ?, 'done', ?, ?) "
            "ON CONFLICT (key) DO UPDATE SET status = 'done', result = excluded.result, "
            "reason_kind = NULL, reason = NULL, at = excluded.at",
            key, step, result, now(),
        )  # fmt: skip

    async def failed(self, key: str, step: str, kind: str, reason: str) -> None:
        """Record a step's failure; the next run tries it again."""
        self.db.learn(key)
        await self.db.write(
            "INSERT INTO steps (key, step, status, reason_kind, reason, failures, at) "
            "VALUES (?, ?, 'failed', ?, ?, 1, ?) ON CONFLICT (key) DO UPDATE SET "
            "status = 'failed', result = NULL, reason_kind = excluded.reason_kind, "
            "reason = excluded.reason, failures = failures + 1, at = excluded.at",
            key, step, kind, reason, now(),
        )  # fmt: skip

    # -------------------------------------------------------------------- files

    def keep_file(self, data: bytes, media_type: str) -> str:
        """Write bytes under their content hash (SHA-256, returned), unless they are there."""
        digest = hashlib.sha256(data).hexdigest()
        if not self.db.knows(digest):
            file = self.file_of(digest, media_type)
            write_atomically(self.path / file, data)
            self.db.learn(digest)
            self.db.plan(
                "INSERT OR IGNORE INTO blobs VALUES (?, ?, ?, ?, ?)",
                digest, file, media_type, len(data), now(),
            )  # fmt: skip
        return digest

    def file_of(self, digest: str, media_type: str) -> str:
        """The path, relative to the run folder, of a stored file."""
        return f"pictures/{digest}.{EXTENSIONS[media_type]}"

    def read_file(self, relative: str) -> bytes:
        """The bytes of one of the run's files, checked to lie inside the folder."""
        path = (self.path / relative).resolve()
        if not path.is_relative_to(self.path.resolve()):
            raise RunFolderError(f"{relative!r} lies outside the run folder")
        try:
            return path.read_bytes()
        except OSError as error:
            raise RunFolderError(
                f"{path} can't be read: {error.strerror}",
                f"run: storypainter runs verify {self.path}",
            ) from None

    # ------------------------------------------------------------------ opening

    def _make(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            foreign = [entry.name for entry in self.path.iterdir() if entry.name != "run.lock"]
            if foreign and not (self.path / "run.db").exists():
                raise RunFolderError(
                    f"{self.path} is not empty and no run folder (it holds {sorted(foreign)[0]!r})",
                    "choose a new folder for --out",
                )
            self.pictures.mkdir(exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise RunFolderError(f"{self.path} is not a folder", "choose another --out") from None
        except OSError as error:
            raise RunFolderError(
                f"{self.path} can't be written: {(error.strerror or 'no').lower()}",
                "choose another --out, or change its permissions",
            ) from None
        if shutil.disk_usage(self.path).free < MIN_FREE_BYTES:
            raise RunFolderError(
                f"less than {MIN_FREE_BYTES >> 20} MB are free for {self.path}",
                "free some space, or choose another --out",
            )

    def _sweep(self) -> None:
        """Remove half-written files that a killed process left behind."""
        for path in self.pictures.glob(".*.part"):
            path.unlink(missing_ok=True)

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def write_atomically(path: Path, data: bytes) -> None:
    """Write under another name in the same folder, then rename: whole or not there.

    No fsync: a kill can't tear the file, only a power loss can, and ``runs verify`` finds that.
    """
    target = os.fspath(path)
    part = os.path.join(os.path.dirname(target), f".{path.name}.{os.getpid()}.part")  # noqa: PTH118, PTH120
    try:
        try:
            # Plain system calls: this runs for every picture, and pathlib and buffered files
            # cost more than the write itself.
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(handle, rest) :]
            finally:
                os.close(handle)
            os.rename(part, target)  # noqa: PTH104
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(part)  # noqa: PTH108
            raise
    except OSError as error:
        full = error.errno in (28, 122)  # ENOSPC, EDQUOT
        raise RunFolderError(
            f"{path} can't be written: {(error.strerror or 'no').lower()}",
            "free some space and run the same command again: nothing is lost"
            if full
            else "check the folder's permissions",
        ) from None


def _toml(spec: Mapping[str, Any], origins: Mapping[str, str], command: str) -> str:
    """``run.toml``: the question with the origin of each value as a comment."""
    lines = [f"# storypainter {__version__}: {command}", "# Written by storypainter; a record."]
    tables: list[tuple[str, Mapping[str, Any]]] = []
    for name, value in spec.items():
        if isinstance(value, Mapping):
            tables.append((name, value))
        elif value is not None:
            lines.append(f"{name} = {_toml_value(value)}  # {origins.get(name, 'default')}")
    for name, table in tables:
        lines += ["", f"[{name}]"]
        lines += [
            f"{key} = {_toml_value(value)}  # {origins.get(key, 'default')}"
            for key, value in table.items()
            if value is not None
        ]
    return "\n".join(lines) + "\n"


def _toml_value(value: Any) -> str:
    # A JSON string, number, boolean or list of strings is valid TOML as it stands.
    return orjson.dumps(value).decode().replace("\x7f", "\\u007f")


def run_folders(parent: Path) -> Iterator[Path]:
    """The run folders directly below a folder, by name."""
    if parent.is_dir():
        yield from sorted(p for p in parent.iterdir() if (p / "run.db").is_file())
