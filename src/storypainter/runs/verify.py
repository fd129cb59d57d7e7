"""``runs verify``: finds what is missing or altered among all that the run says it has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from storypainter.runs.folder import RunFolder

Problem = Literal["missing", "altered", "unknown", "database"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as recorded: the file (relative to the run) and what is wrong."""

    problem: Problem
    file: str
    detail: str


def verify(folder: RunFolder) -> Iterator[Finding]:
    """Check the database, then every recorded file by its hash, then for files nobody recorded."""
    for (line,) in folder.db.rows("PRAGMA integrity_check"):
        if line != "ok":
            yield Finding("database", "run.db", str(line))
    recorded: set[str] = set()
    for digest, file, size in folder.db.rows("SELECT sha256, file, bytes FROM blobs ORDER BY file"):
        recorded.add(file)
        problem = _problem_of(folder.path / file, digest, int(size))
        if problem is not None:
            yield Finding(problem[0], file, problem[1])
    if not (folder.path / "run.toml").is_file():
        yield Finding("missing", "run.toml", "the record of what was asked")
    for path in sorted(folder.pictures.rglob("*")):
        relative = path.relative_to(folder.path).as_posix()
        if path.is_file() and relative not in recorded:
            yield Finding("unknown", relative, "no step of this run made it")


def _problem_of(path: Path, digest: str, size: int) -> tuple[Problem, str] | None:
    try:
        found = path.stat().st_size
    except OSError:
        return "missing", "recorded, but not there"
    if found != size:
        return "altered", f"{found} bytes instead of {size}"
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != digest:
            return "altered", "its content is not what was stored"
    return None


def forget(folder: RunFolder, findings: tuple[Finding, ...]) -> int:
    """Forget recorded files that are missing or altered, so that the next run makes them again.

    An altered file is moved aside (``NAME.altered``), never deleted. Returns how many files
    were forgotten. Replies that were paid for are lost with their file, and paid again.
    """
    count = 0
    for finding in findings:
        if finding.problem not in ("missing", "altered") or finding.file == "run.toml":
            continue
        path = folder.path / finding.file
        if path.exists():
            path.replace(path.with_name(path.name + ".altered"))
        digest = folder.db.value("SELECT sha256 FROM blobs WHERE file = ?", finding.file)
        folder.db.execute("DELETE FROM calls WHERE blob = ?", digest)
        folder.db.execute(
            "DELETE FROM steps WHERE step = 'picture' AND instr(CAST(result AS TEXT), ?) > 0",
            finding.file,
        )
        folder.db.execute("DELETE FROM blobs WHERE sha256 = ?", digest)
        count += 1
    return count


def missing_pictures(folder: RunFolder) -> int:
    """How many recorded files are gone or of another size: a quick look before a run goes on."""
    count = 0
    for file, size in folder.db.rows("SELECT file, bytes FROM blobs"):
        try:
            count += (folder.path / file).stat().st_size != size
        except OSError:
            count += 1
    return count
