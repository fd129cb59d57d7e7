"""What is told: pictures in order, a source that a reader knows, a set, or a book made before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from storypainter.errors import BadInput
from storypainter.picture import Picture
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.bounded import file_bytes
from storypainter.sequences.building.rows import frame_of
from storypainter.sequences.reading.animations import SUFFIXES as ANIMATED
from storypainter.sequences.reading.animations import is_animated
from storypainter.sequences.reading.choosing import Beside, look_through
from storypainter.sequences.reading.found import Found
from storypainter.sequences.reading.pictures import MAX_BYTES, SUFFIXES, Checked, checked
from storypainter.sequences.reading.refusals import Refusal, Refused
from storypainter.sequences.reading.texts import plain
from storypainter.sequences.reading.wishes import Wishes
from storypainter.sequences.sets import (
    MANIFEST,
    keep_picture,
    picture_file,
    read_set,
    stored_picture,
)

MOST_PICTURES = 999
_MAX_BOOK_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Material:
    """Sequences, and where the bytes of their pictures are (by a sequence's index and a frame).

    ``said`` is what should be known of how they were read, a line each.
    """

    sequences: tuple[Sequence, ...]
    pictures: Callable[[int, Frame], bytes]
    said: tuple[str, ...] = ()

    def changed(self, change: Callable[[Sequence], Sequence]) -> Material:
        """The same pictures with something changed in every sequence."""
        return Material(tuple(map(change, self.sequences)), self.pictures, self.said)

    def titled(self, title: str) -> Material:
        """The same with another title for every sequence."""
        return self.changed(lambda each: each.model_copy(update={"title": title}))


@contextmanager
def read_material(
    paths: tuple[Path, ...], *, part: str | None = None, n: int | None = None, language: str = ""
) -> Iterator[Material]:
    """The sequences at one or more paths; what was unpacked for them goes when it is left.

    Args:
        paths: a set, a folder or file that a reader knows, a ``book.json``, or picture files in
            their order.
        part: of a set; by default the first of test, validation and train that has sequences.
        n: how many are taken, from the first on; by default one of a set, all of a source.
        language: of a source that doesn't say its own.

    Raises:
        BadInput: nothing there, or nothing that can be read; which file, and why.
    """
    first = paths[0]
    if len(paths) > 1 or (first.suffix.lower() in SUFFIXES and not _is_source(first)):
        yield _of_files(paths, language)
    elif (first / MANIFEST).is_file():
        yield _of_set(first, part, n)
    elif first.suffix.lower() == ".json" and _is_book(first):
        yield _of_book(first)
    else:
        with TemporaryDirectory(prefix="storypainter-") as scratch:
            yield _of_source(first, n, language, Path(scratch))


def _is_source(path: Path) -> bool:
    """Whether a path that is called like a picture is a folder, or an animation."""
    return path.is_dir() or (
        path.is_file() and path.suffix.lower() in ANIMATED and is_animated(path)
    )


def _of_set(path: Path, part: str | None, n: int | None) -> Material:
    found = read_set(path)
    name, chosen = found.chosen(part or "")
    said: tuple[str, ...] = ()
    if n is not None and n > len(chosen):
        said = (f"{path} has {len(chosen)} sequences in its part {name}",)
    return Material(chosen[: n or 1], lambda _, frame: found.picture_bytes(frame), said)


def _of_source(path: Path, n: int | None, language: str, scratch: Path) -> Material:
    """Sequences from a folder, comic, book, animation or video, their pictures unpacked."""
    if not path.exists():
        raise BadInput(f"{path} is not there", "check the path")
    wishes = Wishes(frames_min=1, frames_max=MOST_PICTURES, language=language)
    looked = look_through([(plain(path.absolute().name, 200) or "pictures", path)])
    refusals = list(looked.refusals)
    said: list[str] = []
    sequences: list[Sequence] = []
    for unit in looked.units:
        if n is not None and len(sequences) >= n:
            break
        try:
            for found in unit.read(wishes, Beside()):
                if isinstance(found, Refusal):
                    refusals.append(found)
                    continue
                said += [*found.said, *(each.line for each in found.refusals)]
                sequences.append(_unpacked(found, language, scratch))
        except Refused as fault:
            refusals.append(
                Refusal(level="sequence", reason=fault.reason, where=fault.where or unit.name,
                        said=fault.said, done="not told", hint=fault.hint)
            )  # fmt: skip
    if not sequences:
        first = refusals[0] if refusals else None
        raise BadInput(
            f"{first.where}: {first.said}" if first else f"{path} holds no pictures",
            (first.hint if first else "")
            or "give picture files, a folder, CBZ, PDF, EPUB, GIF, video, or a set",
        )
    said += [each.line for each in refusals]
    return Material(
        tuple(sequences[:n]), lambda _, frame: stored_picture(scratch, frame.picture), tuple(said)
    )


def _unpacked(found: Found, language: str, scratch: Path) -> Sequence:
    """The sequence with its pictures in a folder of ours.

    Raises:
        Refused: one of its pictures can't be read; which one.
    """
    frames = []
    for each in found.frames:
        try:
            got = each.load()
        except Refused as fault:
            where = f"{found.name}, {each.at}" if each.at else found.name
            raise Refused(fault.reason, fault.said, where, fault.hint) from None
        frames.append(frame_of(each, keep_picture(scratch, got.data, got.media_type, got.size)))
    if not frames:
        raise Refused("too few pictures", "it holds no pictures", found.name)
    return Sequence(
        id=_id(frames), kind=found.kind, source=found.source, title=found.title,
        language=found.language or language or "en", licence=found.licence,
        characters=found.characters, frames=tuple(frames), causes=found.causes, story=found.story,
    )  # fmt: skip


def _is_book(path: Path) -> bool:
    """Whether a JSON file is a Sequence; other annotations are for a reader."""
    try:
        with path.open("rb") as file:
            plain = orjson.loads(file.read(_MAX_BOOK_BYTES))
    except (OSError, ValueError):
        return False
    return isinstance(plain, dict) and {"frames", "kind", "source"} <= plain.keys()


def _of_book(path: Path) -> Material:
    """A ``book.json``: its pictures lie beside it."""
    data = file_bytes(path, _MAX_BOOK_BYTES, "give a book.json made by this command")
    try:
        sequence = Sequence.from_json(data)
    except BadInput as error:
        raise BadInput(
            f"{path}: {error.message}", "give a book.json made by this command"
        ) from None
    return Material((sequence,), lambda _, frame: stored_picture(path.parent, frame.picture))


def _of_files(paths: tuple[Path, ...], language: str) -> Material:
    if len(paths) > MOST_PICTURES:
        raise BadInput(
            f"{len(paths)} pictures, and a sequence may have {MOST_PICTURES}", "give fewer"
        )
    frames: list[Frame] = []
    where: dict[str, Path] = {}
    for path in paths:
        found = _checked(path)
        digest = hashlib.sha256(found.data).hexdigest()
        picture = Picture(
            file=picture_file(digest, found.media_type),
            sha256=digest,
            media_type=found.media_type,
            width=found.size[0],
            height=found.size[1],
            painter="",
        )
        where[digest] = path
        frames.append(Frame(picture=picture, at=plain(path.name, 200)))
    sequence = Sequence(
        id=_id(frames),
        kind="photographs",
        source=plain(paths[0].absolute().parent.name, 200) or "pictures",
        language=language or "en",
        frames=tuple(frames),
    )
    return Material((sequence,), lambda _, frame: _again(where, frame))


def _checked(path: Path) -> Checked:
    if path.is_dir():
        raise BadInput(f"{path} is a folder among picture files", "give one folder, or files")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(f"{path} is larger than {MAX_BYTES >> 20} MB", "make it smaller")
        return checked(path.read_bytes())
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "the path is not valid").lower()
        raise BadInput(f"{path} can't be read: {why}", "check the path") from None
    except Refused as refused:
        raise BadInput(f"{path}: {refused.said}", refused.hint or "leave it out") from None


def _again(where: dict[str, Path], frame: Frame) -> bytes:
    """The picture's bytes, read anew: a long sequence needn't be held in memory."""
    path = where[frame.picture.sha256]
    found = _checked(path)
    if hashlib.sha256(found.data).hexdigest() != frame.picture.sha256:
        raise BadInput(f"{path} has changed meanwhile", "run the same command again")
    return found.data


def _id(frames: Iterable[Frame]) -> str:
    """An id that is the same for the same pictures in the same order."""
    text = "\n".join(frame.picture.sha256 for frame in frames)
    return f"pictures-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
