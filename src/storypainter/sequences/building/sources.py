"""The sources of a set: named apart, looked through, and a fingerprint that says whether they changed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from storypainter.errors import BadInput
from storypainter.sequences.reading.choosing import Beside, Looked, Unit, look_through
from storypainter.sequences.reading.texts import plain
from storypainter.sequences.sets import MANIFEST


def look(sources: Iterable[Path]) -> Looked:
    """Their units; sources of the same name are told apart by a number.

    Raises:
        BadInput: a source is a set: its pictures would become one sequence, out of their order.
    """
    names: Counter[str] = Counter()
    named = []
    for each in sources:
        if (each / MANIFEST).is_file() and (each / "pictures").is_dir():
            raise BadInput(
                f"{each} is a set already",
                "give it to sequences tasks, tell or evaluate as it is",
            )
        name = plain(each.resolve().name, 200) or "folder"
        names[name] += 1
        named.append((name if names[name] == 1 else f"{name} ({names[name]})", each))
    return look_through(named)


def refuse_inside(sources: Iterable[Path], out: Path) -> None:
    """Refuse a set within one of its sources: it would be read as a source the next time.

    Raises:
        BadInput: it lies there.
    """
    whole = out.resolve()
    for each in sources:
        if whole.is_relative_to(each.resolve()):
            raise BadInput(f"{out} lies inside the source {each}", "choose another --out")


def fingerprint_of(units: Iterable[Unit], beside: Beside) -> str:
    """A hash that is another one when a file of the units, or one beside them, has changed."""
    hashed = hashlib.blake2b(digest_size=16)
    for each in units:
        hashed.update(f"{each.name}\n{each.fingerprint(beside)}\n".encode("utf-8", "replace"))
    for path in (beside.captions, beside.subtitles):
        if path is not None:
            about = path.stat()
            hashed.update(f"{about.st_size}\n{about.st_mtime_ns}\n".encode())
    return hashed.hexdigest()


def name_hash(name: str) -> str:
    """A name as 32 hexadecimal digits."""
    return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=16).hexdigest()
