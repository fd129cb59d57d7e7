"""The schema of ``run.db``, as numbered migrations.

A database says its version in ``PRAGMA user_version``. Opening an older one applies what is
missing, each step in one transaction; a newer one is refused. Migrations are never edited once
released: a change is a new one at the end.
"""

from __future__ import annotations

import sqlite3

from storypainter.errors import RunFolderError

MIGRATIONS: tuple[str, ...] = (
    # 1: what was asked, replies, steps, which step belongs to which item, pictures
    """
    CREATE TABLE specs (
        id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, spec TEXT NOT NULL,
        origins TEXT NOT NULL, version TEXT NOT NULL, command TEXT NOT NULL,
        started REAL NOT NULL, finished REAL);
    CREATE TABLE calls (
        key TEXT PRIMARY KEY, step TEXT NOT NULL, address TEXT NOT NULL, kind TEXT NOT NULL,
        reply BLOB NOT NULL, blob TEXT, input_tokens INTEGER, output_tokens INTEGER,
        cost REAL, seconds REAL NOT NULL, tries INTEGER NOT NULL, at REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE steps (
        key TEXT PRIMARY KEY, step TEXT NOT NULL, status TEXT NOT NULL
            CHECK (status IN ('done', 'failed')),
        result BLOB, reason_kind TEXT, reason TEXT, failures INTEGER NOT NULL DEFAULT 0,
        at REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE items (
        spec INTEGER NOT NULL REFERENCES specs(id), item INTEGER NOT NULL, step TEXT NOT NULL,
        key TEXT NOT NULL, PRIMARY KEY (spec, item, step)
    ) WITHOUT ROWID;
    CREATE TABLE blobs (
        sha256 TEXT PRIMARY KEY, file TEXT NOT NULL, media_type TEXT NOT NULL,
        bytes INTEGER NOT NULL, at REAL NOT NULL
    ) WITHOUT ROWID;
    """,
    # 2: what failed calls cost (a paid reply that could not be used)
    """
    CREATE TABLE charges (
        id INTEGER PRIMARY KEY, step TEXT NOT NULL, address TEXT NOT NULL,
        input_tokens INTEGER, output_tokens INTEGER, cost REAL, at REAL NOT NULL);
    CREATE INDEX calls_by_step ON calls (step);
    """,
    # 3: which findings (a step over all items) belong to a question
    """
    CREATE TABLE findings (
        spec INTEGER NOT NULL REFERENCES specs(id), step TEXT NOT NULL, key TEXT NOT NULL,
        at REAL NOT NULL, PRIMARY KEY (spec, step)
    ) WITHOUT ROWID;
    """,
)
VERSION = len(MIGRATIONS)


def migrate(db: sqlite3.Connection) -> int:
    """Bring a database to the newest schema; returns the version it had.

    Raises:
        RunFolderError: it was made by a newer storypainter.
    """
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    check_version(version)
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        db.executescript(f"BEGIN IMMEDIATE;{script};PRAGMA user_version={number};COMMIT;")
    return version


def check_version(version: int) -> None:
    """Refuse a schema that this storypainter does not know."""
    if version > VERSION:
        raise RunFolderError(
            f"this run was made by a newer storypainter (schema {version}, known: {VERSION})",
            "update storypainter, then run the same command",
        )
