"""Builds a set of sequences from sources: reads them one by one, checks, splits, writes.

What was read of one source is stored as soon as it is read, so that the same command after a kill
goes on with the next one. A set belongs to one question: other sources or other wishes want
another folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from storypainter.errors import BadInput, MissingExtra
from storypainter.runs.folder import write_atomically
from storypainter.sequences.building.asked import Asked
from storypainter.sequences.building.assembling import Built, assembled
from storypainter.sequences.building.resuming import (
    WORK,
    check_folder,
    finished,
    forget,
    has_read,
    keep_read,
    stored_read,
)
from storypainter.sequences.building.sources import fingerprint_of, look, refuse_inside
from storypainter.sequences.building.units import Read, keeper, read_unit
from storypainter.sequences.building.writing import write
from storypainter.sequences.reading.choosing import Beside, Looked
from storypainter.sequences.sets import lock_set


def build(
    sources: list[Path],
    out: Path | None,
    asked: Asked,
    beside: Beside,
    say: Callable[[str], None] = lambda _: None,
) -> Built:
    """Read the sources and write the set.

    Args:
        sources: files and folders, as in ``asked``.
        out: the set's folder; None reads and checks everything and writes nothing.
        asked: the question.
        beside: files that annotations need.
        say: is told each step in a line.

    Raises:
        BadInput: not one sequence could be read, or the folder holds the answer to another
            question; the message says why. Nothing half-written is left.
        MissingExtra: a library isn't installed.
        RunFolderError: the folder is in use or can't be written.
    """
    if out is None:
        return assembled(asked, *_read_all(sources, None, asked, beside, say))
    refuse_inside(sources, out)
    check_folder(out, asked)
    work = out / WORK
    fresh = not out.exists()
    with lock_set(work / "lock", out):
        before = finished(out, sources, beside)
        if before is not None:
            say(f"{out} is complete, and its sources are unchanged: nothing to do")
            built = before
        else:
            for part in (out / "pictures").glob(".*.part"):
                part.unlink(missing_ok=True)
            write_atomically(work / "asked.json", asked.to_json().encode())
            try:
                looked, results = _read_all(sources, out, asked, beside, say)
            except (BadInput, MissingExtra):
                if not has_read(out):
                    forget(out, fresh)
                raise
            try:
                built = assembled(asked, looked, results)
            except BadInput:
                forget(out, fresh)
                raise
            write(out, built, asked, fingerprint_of(looked.units, beside))
        shutil.rmtree(work, ignore_errors=True)
        return built


def _read_all(
    sources: list[Path],
    out: Path | None,
    asked: Asked,
    beside: Beside,
    say: Callable[[str], None],
) -> tuple[Looked, list[Read]]:
    looked = look(sources)
    videos = sum(each.form == "video" for each in looked.units)
    if beside.subtitles is not None and videos != 1:
        raise BadInput(
            f"--subtitles is for one video, and the sources have {videos}",
            "lay the subtitles beside each video under its name (tale.mp4, tale.srt)",
        )
    results = []
    for number, unit in enumerate(looked.units, start=1):
        fingerprint = fingerprint_of([unit], beside)
        result = stored_read(out, unit.name, fingerprint) if out else None
        if result is None:
            result = read_unit(unit, asked.wishes, beside, keeper(out))
            if out is not None:
                keep_read(out, unit.name, fingerprint, result)
        frames = sum(len(each.frames) for each in result.sequences)
        say(
            f"[{number}/{len(looked.units)}] {unit.name}: sequences: {len(result.sequences)}, "
            f"pictures: {frames}"
        )
        for line in result.said:
            say(f"  {line}")
        results.append(result)
    return looked, results
