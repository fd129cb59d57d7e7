"""Which reader reads what: a SOURCE becomes Units, each read by itself.

A folder is looked through: its pictures are one sequence, every book, comic, animation and video
in it is one of its own, and so on in its subfolders.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import orjson

from storypainter.sequences.reading import albums, animations, grounded, pictures, subtitles, videos
from storypainter.sequences.reading.animations import read_animation
from storypainter.sequences.reading.annotations import NAMES, noted, read_notes
from storypainter.sequences.reading.comics import read_comic, refuse_other_archives
from storypainter.sequences.reading.epubs import read_book
from storypainter.sequences.reading.folders import read_folder
from storypainter.sequences.reading.found import Found
from storypainter.sequences.reading.pdfs import read_pdf
from storypainter.sequences.reading.refusals import Refusal, Refused
from storypainter.sequences.reading.texts import file_bytes, natural, plain
from storypainter.sequences.reading.videos import read_video
from storypainter.sequences.reading.wishes import (
    MAX_ANNOTATION_BYTES,
    MAX_DEPTH,
    MAX_ENTRIES,
    Wishes,
)

Form = Literal["folder", "comic", "pdf", "epub", "animation", "video", "annotations"]

_BY_SUFFIX: dict[str, Form] = {
    ".cbz": "comic", ".zip": "comic", ".cbr": "comic", ".rar": "comic", ".cb7": "comic",
    ".7z": "comic", ".pdf": "pdf", ".epub": "epub",
    **dict.fromkeys(videos.SUFFIXES, "video"),
}  # fmt: skip
_ANNOTATIONS = (".json", ".jsonl", ".parquet")
#: Files that stand beside others and are read with them.
_BESIDE = (".txt", *subtitles.SUFFIXES)


@dataclass(frozen=True, slots=True)
class Beside:
    """Files that annotations need: pictures they name, captions, a video's subtitles."""

    images: Path | None = None
    captions: Path | None = None
    subtitles: Path | None = None

    def pictures_of(self, annotations: Path) -> Path:
        """The folder of the pictures that annotations name: as given, or ``images``, or theirs."""
        if self.images is not None:
            return self.images
        own = annotations.parent / "images"
        return own if own.is_dir() else annotations.parent


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that is read by itself.

    Attributes:
        name: how messages call it, and ``Sequence.source`` of what is read from it.
        path: the file or folder.
        form: which reader reads it.
        files: a folder's pictures, by name.
    """

    name: str
    path: Path
    form: Form
    files: tuple[str, ...] = ()

    def read(self, wishes: Wishes, beside: Beside) -> Iterator[Found | Refusal]:
        """What is in it.

        Raises:
            Refused: it can't be read at all.
            MissingExtra: its library isn't installed.
        """
        found: Iterator[Found | Refusal]
        match self.form:
            case "folder":
                found = read_folder(self.path, self.name, wishes, self.files)
            case "comic":
                found = read_comic(self.path, self.name, wishes)
            case "pdf":
                found = read_pdf(self.path, self.name, wishes)
            case "epub":
                found = read_book(self.path, self.name, wishes)
            case "animation":
                found = read_animation(self.path, self.name, wishes)
            case "video":
                found = read_video(self.path, self.name, wishes, beside.subtitles)
            case "annotations":
                found = _annotated(self.path, self.name, wishes, beside)
        if self.form in ("folder", "annotations"):
            yield from found
            return
        for each in found:
            yield self._noted(each) if isinstance(each, Found) else each

    def _noted(self, found: Found) -> Found:
        for suffix in (".json", ".toml"):
            path = self.path.with_name(f"{self.path.stem}.sequence{suffix}")
            if path.is_file() and not path.is_symlink():
                where = f"{self.name}, {path.name}"
                return noted(found, read_notes(path, where), where)
        return found

    def fingerprint(self, beside: Beside) -> str:
        """Changes when one of its files does (by size and time of change).

        Of pictures that annotations name only comings and goings are seen: by their folders.
        """
        hashed = hashlib.blake2b(f"{self.form}\n".encode(), digest_size=16)
        for each in self._files(beside):
            try:
                about = each.stat()
            except OSError:
                continue
            told = f"{each.name}\n{about.st_size}\n{about.st_mtime_ns}\n"
            hashed.update(told.encode("utf-8", "surrogateescape"))
        return hashed.hexdigest()

    def _files(self, beside: Beside) -> list[Path]:
        if self.form == "folder":
            own = {*self.files, *NAMES}
            return sorted(
                each for each in self.path.iterdir() if each.name in own or each.suffix == ".txt"
            )
        if self.form == "annotations":
            images = beside.pictures_of(self.path)
            below = sorted(each for each in images.iterdir() if each.is_dir())
            return [self.path, images, *below]
        notes = [self.path.with_name(f"{self.path.stem}.{each}") for each in NAMES]
        spoken = subtitles.beside(self.path) if self.form == "video" else None
        return [self.path, *notes, *((spoken,) if spoken else ())]


@dataclass(slots=True)
class Looked:
    """What looking through the sources found: units in order, and what was passed over."""

    units: list[Unit] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    passed_over: dict[str, int] = field(default_factory=dict)
    entries: int = 0
    _names: set[str] = field(default_factory=set)

    def add(self, name: str, path: Path, form: Form, files: tuple[str, ...] = ()) -> None:
        """Add a unit; names that are alike without their control characters get a number."""
        own, count = name, 1
        while own in self._names:
            count += 1
            own = f"{name} ({count})"
        self._names.add(own)
        self.units.append(Unit(own, path, form, files))


def look_through(sources: list[tuple[str, Path]]) -> Looked:
    """The units of all sources, in order.

    Args:
        sources: (name, path); names are unique.
    """
    looked = Looked()
    for name, path in sources:
        if path.is_dir():
            _folder(path, name, path.resolve(), 0, looked)
        else:
            _file(path, name, looked, asked=True)
    return looked


def _folder(path: Path, name: str, root: Path, depth: int, looked: Looked) -> None:
    if depth > MAX_DEPTH:
        _refuse(looked, name, Refused("too large", f"more than {MAX_DEPTH} folders deep"))
        return
    try:
        entries = sorted(path.iterdir(), key=lambda each: natural(each.name))
    except OSError as error:
        _refuse(looked, name, Refused("unreadable", (error.strerror or "unreadable").lower()))
        return
    shown: list[str] = []
    others: list[Path] = []
    for each in entries:
        looked.entries += 1
        if looked.entries > MAX_ENTRIES:
            _refuse(looked, name, Refused("too large", f"more than {MAX_ENTRIES:,} files"))
            return
        if each.name.startswith(".") or each.name == "__MACOSX":
            continue
        if each.is_symlink() and (each.is_dir() or not _within(each, root)):
            _refuse(
                looked,
                f"{name}/{plain(each.name, 200)}",
                Refused("not safe", "a link that leads out of the folder, or nowhere"),
            )
            continue
        suffix = each.suffix.lower()
        animated = suffix in animations.SUFFIXES and each.is_file() and animations.is_animated(each)
        if each.is_file() and suffix in pictures.SUFFIXES and not animated:
            shown.append(each.name)
        else:
            others.append(each)
    if shown:
        looked.add(name, path, "folder", tuple(shown))
    for each in others:
        below = f"{name}/{plain(each.name, 200)}"
        if each.is_dir():
            _folder(each, below, root, depth + 1, looked)
        else:
            _file(each, below, looked, asked=False)


def _file(path: Path, name: str, looked: Looked, *, asked: bool) -> None:
    suffix = path.suffix.lower()
    form = _BY_SUFFIX.get(suffix)
    if not path.is_file():
        _refuse(looked, name, Refused("unsupported", "neither a file nor a folder"))
    elif form is not None:
        looked.add(name, path, form)
    elif suffix in animations.SUFFIXES and animations.is_animated(path):
        looked.add(name, path, "animation")
    elif asked and suffix in _ANNOTATIONS:
        looked.add(name, path, "annotations")
    elif asked and suffix in pictures.SUFFIXES:
        _refuse(looked, name, Refused("too few pictures", "one picture is no sequence",
                                      hint="give the folder of all its pictures"))  # fmt: skip
    elif asked:
        try:
            refuse_other_archives(path)
            raise Refused(
                "unsupported", f"no reader for {suffix or 'a file without a suffix'}",
                hint="give a folder, .cbz, .pdf, .epub, .gif, .webp, a video, .json, .jsonl or .parquet",
            )  # fmt: skip
        except Refused as fault:
            _refuse(looked, name, fault)
    elif suffix not in _BESIDE and not path.name.endswith(NAMES):
        looked.passed_over[suffix or "no suffix"] = looked.passed_over.get(suffix, 0) + 1


def _refuse(looked: Looked, where: str, fault: Refused) -> None:
    looked.refusals.append(
        Refusal(level="source", reason=fault.reason, where=where, said=fault.said,
                done="not read", hint=fault.hint)
    )  # fmt: skip


def _within(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _annotated(path: Path, name: str, wishes: Wishes, beside: Beside) -> Iterator[Found | Refusal]:
    folder = beside.pictures_of(path)
    if path.suffix.lower() == ".parquet":
        yield from grounded.read_grounded(grounded.parquet_rows(path), name, wishes, folder)
        return
    data = file_bytes(path, "", MAX_ANNOTATION_BYTES)
    if path.suffix.lower() == ".jsonl":
        yield from grounded.read_grounded(_lines(data), name, wishes, folder)
        return
    try:
        told: Any = orjson.loads(data)
    except ValueError:
        raise Refused("annotation", "not valid JSON") from None
    if albums.is_albums(told):
        yield from albums.read_albums(told, name, wishes, folder, beside.captions)
        return
    rows = told.get("rows") if isinstance(told, dict) else told
    if not isinstance(rows, list) or not any(map(grounded.is_grounded, rows)):
        raise Refused(
            "annotation", "neither VIST's layout (annotations) nor rows with images and story"
        )
    numbered = ((f"row {number}", row) for number, row in enumerate(rows, start=1))
    yield from grounded.read_grounded(numbered, name, wishes, folder)


def _lines(data: bytes) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            try:
                row = orjson.loads(line)
            except ValueError:
                row = None  # refused where rows are understood, with its line
            yield f"line {number}", row
