"""Folders of pictures: one sequence a folder, in the natural order of the files' names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from storypainter.sequences.reading.annotations import NAMES, noted, read_notes
from storypainter.sequences.reading.found import Found, FoundFrame
from storypainter.sequences.reading.pictures import MAX_BYTES, Checked, checked
from storypainter.sequences.reading.refusals import Refusal, Refused
from storypainter.sequences.reading.texts import file_bytes, file_text, plain
from storypainter.sequences.reading.wishes import MAX_ENTRIES, Wishes

#: So many pictures that annotations name are kept at hand, none larger than this.
_KEPT, _KEPT_BYTES = 64, 2 * 1024 * 1024


def read_folder(path: Path, name: str, wishes: Wishes, files: tuple[str, ...]) -> Iterator[Found]:
    """The sequence of a folder's pictures, with ``sequence.json`` or ``.toml`` where it is there.

    A file NAME.txt beside NAME.png is that picture's caption.

    Args:
        path: the folder.
        name: what it is called in messages; becomes ``Sequence.source``.
        wishes: what is asked.
        files: the names of its pictures, in order.

    Raises:
        Refused: broken annotations.
    """
    frames: list[FoundFrame] = []
    refusals: list[Refusal] = []
    for file in files:
        caption = ""
        beside = (path / file).with_suffix(".txt")
        if beside.is_file() and not beside.is_symlink():
            where = f"{name}/{beside.name}"
            try:
                caption = plain(file_text(beside, where))
            except Refused as fault:
                refusals.append(
                    Refusal(level="text", reason=fault.reason, where=where, said=fault.said,
                            done="read without that caption", hint=fault.hint)
                )  # fmt: skip
        frames.append(
            FoundFrame(at=plain(file, 200), load=partial(_load, path / file), caption=caption)
        )
    found = Found(
        name=name, source=name, kind="photographs", frames=tuple(frames), refusals=tuple(refusals)
    )
    notes = [path / each for each in NAMES if (path / each).is_file()]
    if len(notes) > 1:
        raise Refused("annotation", "both sequence.json and sequence.toml are there", name)
    for each in notes:
        where = f"{name}/{each.name}"
        if each.is_symlink():
            raise Refused("not safe", "the annotations are a link", where)
        found = noted(found, read_notes(each, where), where, path)
    yield found


class Pictures:
    """The pictures in a folder and below it, for annotations that name them."""

    def __init__(self, folder: Path, suffixes: tuple[str, ...]) -> None:
        """Look through a folder; links are passed over.

        Raises:
            Refused: more than half a million files.
        """
        self.folder = folder
        self._recent: dict[str, Checked] = {}
        self._by_path: dict[str, Path] = {}
        self._by_name: dict[str, Path | None] = {}
        self._by_stem: dict[str, Path | None] = {}
        count = 0
        for root, folders, files in os.walk(folder):
            folders[:] = sorted(each for each in folders if not each.startswith("."))
            for file in sorted(files):
                count += 1
                if count > MAX_ENTRIES:
                    raise Refused("too large", f"more than {MAX_ENTRIES:,} files", folder.name)
                path = Path(root) / file
                if path.suffix.lower() not in suffixes or path.is_symlink():
                    continue
                self._by_path[path.relative_to(folder).as_posix()] = path
                for names, key in ((self._by_name, file), (self._by_stem, path.stem)):
                    names[key] = path if key not in names else None

    def find(self, name: str) -> Path | None:
        """A picture by its path below the folder, or by its name or stem if only one has it."""
        base = name.replace("\\", "/").rsplit("/", 1)[-1]
        return self._by_path.get(name) or self._by_name.get(base) or self._by_stem.get(base)

    def load(self, name: str) -> Checked:
        """Decode and check a picture.

        Raises:
            Refused: it is missing or no picture.
        """
        if name in self._recent:
            return self._recent[name]
        path = self.find(name)
        if path is None:
            raise Refused("missing", f"no picture {plain(name, 100)!r} in {self.folder.name}")
        found = _load(path)
        # Several people tell the same photographs, one after the other.
        if len(found.data) <= _KEPT_BYTES:
            self._recent[name] = found
            if len(self._recent) > _KEPT:
                del self._recent[next(iter(self._recent))]
        return found


def _load(path: Path) -> Checked:
    return checked(file_bytes(path, "", MAX_BYTES))
