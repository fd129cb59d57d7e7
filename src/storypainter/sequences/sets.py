"""A set of sequences as a folder: rows in three parts, content-addressed pictures, card, manifest.

    SET/sequences.json                            the manifest, written last
    SET/train.jsonl validation.jsonl test.jsonl   one Sequence a line
    SET/pictures/<sha256>.png|jpg|webp
    SET/README.md                                 the card

A folder with a manifest is complete: every other file was written whole before it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal, cast, get_args

import orjson

from storypainter import __version__
from storypainter.errors import BadInput, RunFolderError
from storypainter.picture import Picture
from storypainter.runs.folder import write_atomically
from storypainter.runs.locking import take_lock
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.bounded import file_bytes

Part = Literal["train", "validation", "test"]

FORMAT = 1
MANIFEST = "sequences.json"
CARD = "README.md"
PARTS = cast("tuple[Part, ...]", get_args(Part))
EXTENSIONS: Mapping[str, str] = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}

#: Of ten sources one is for validation and one for the test.
HELD = 0.1
#: A row is a few kilobytes; a longer one than this isn't a row.
MAX_ROW_BYTES = 8 * 1024 * 1024
MAX_ROWS = 1_000_000
MAX_PICTURE_BYTES = 64 * 1024 * 1024
_MAX_MANIFEST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SequenceSet:
    """What a folder of sequences holds.

    Attributes:
        path: the folder.
        manifest: what ``sequences.json`` says.
        parts: the sequences of ``train``, ``validation`` and ``test``, in file order; no source
            has sequences in two parts.
    """

    path: Path
    manifest: Mapping[str, Any]
    parts: Mapping[Part, tuple[Sequence, ...]]

    def __iter__(self) -> Iterator[Sequence]:
        for part in PARTS:
            yield from self.parts[part]

    def __len__(self) -> int:
        return sum(map(len, self.parts.values()))

    def sequences(self, part: str) -> tuple[Sequence, ...]:
        """The sequences of one part, in file order; may be empty (a small set).

        Raises:
            BadInput: there is no such part.
        """
        if part not in PARTS:
            raise BadInput(f"a set has no part {part!r}", f"parts are {', '.join(PARTS)}")
        return self.parts[part]

    def chosen(self, part: str = "") -> tuple[str, tuple[Sequence, ...]]:
        """A part that isn't empty, with its name: ``part``, or else test, validation or train.

        Raises:
            BadInput: there is no such part, it is empty, or all are.
        """
        held = [name for name in reversed(PARTS) if self.parts[name]]
        if not held:
            raise BadInput(f"{self.path} has no sequences", "make the set again")
        found = self.sequences(part or held[0])
        if not found:
            raise BadInput(
                f"{self.path} has no sequences in its part {part}",
                f"give --part {' or '.join(held)}",
            )
        return part or held[0], found

    def picture_bytes(self, frame: Frame) -> bytes:
        """The file of a frame's picture (PNG, JPEG or WebP), checked against its hash.

        Raises:
            BadInput: it lies outside the set, is missing, too large, or another file by now.
        """
        return stored_picture(self.path, frame.picture)


def read_set(path: Path) -> SequenceSet:
    """The set in a folder.

    Raises:
        BadInput: no manifest, another format; a row that is no Sequence, by file and line; an id
            that is there twice; a source in two parts; a file that the manifest doesn't describe.
    """
    manifest = _manifest(path)
    parts: dict[Part, tuple[Sequence, ...]] = {}
    ids: dict[str, str] = {}
    sources: dict[str, Part] = {}
    for part in PARTS:
        name = f"{part}.jsonl"
        rows: list[Sequence] = []
        digest = hashlib.sha256()
        for where, line in _lines(path / name, name, digest.update):
            row = _row(line, where)
            if row.id in ids:
                raise BadInput(
                    f"{where}: the id {row.id!r} was used before, at {ids[row.id]}",
                    "give every sequence its own id",
                )
            ids[row.id] = where
            if sources.setdefault(row.source, part) != part:
                raise BadInput(
                    f"{where}: the source {row.source!r:.80} is also in "
                    f"{sources[row.source]}.jsonl, and no source may be in two parts",
                    "move its sequences into one part, or make the set again",
                )
            rows.append(row)
        said = manifest["files"].get(name)
        if said != digest.hexdigest():
            raise BadInput(
                f"{path / name} is not the file that {MANIFEST} describes",
                "make the set again, or take the changed file's hash into the manifest",
            )
        parts[part] = tuple(rows)
    return SequenceSet(path, manifest, parts)


def write_set(
    path: Path,
    parts: Mapping[Part, Iterable[Sequence]],
    pictures: Mapping[str, bytes] | None = None,
    *,
    seed: int = 0,
    licence: str = "",
    more: Mapping[str, Any] | None = None,
    beside: Mapping[str, bytes] | None = None,
    card: Callable[[Mapping[str, Any], tuple[Sequence, ...]], str] | None = None,
) -> dict[str, Any]:
    """Write a set into a folder; returns the manifest.

    The old manifest goes first and the new one comes last, so that a folder with a manifest is
    always whole. Pictures that no frame shows are removed.

    Args:
        path: the folder; made if it isn't there.
        parts: see :func:`split_by_source`; a part that isn't named is empty.
        pictures: ``Picture.file`` -> bytes; what isn't here has to lie in the folder already (see
            :func:`keep_picture`).
        seed: what the set was made with.
        licence: of the whole set.
        more: further fields of the manifest (how the set was made).
        beside: further files of the folder by name, for example ``refused.jsonl``.
        card: the card of a manifest and all sequences; by default :func:`storypainter.sequences.card.card`.

    Raises:
        BadInput: an id twice, a source in two parts, a picture that is missing or isn't the one
            that its hash says. Nothing was changed.
        RunFolderError: the folder can't be written.
    """
    if card is None:
        from storypainter.sequences.card import card as card_of

        card = card_of
    given = pictures or {}
    rows = {part: tuple(parts.get(part, ())) for part in PARTS}
    everything = tuple(each for part in PARTS for each in rows[part])
    _check(rows)
    shown = {frame.picture.file: frame.picture for each in everything for frame in each.frames}
    _check_pictures(path, shown, given)
    files = {f"{part}.jsonl": _jsonl(rows[part]) for part in PARTS} | dict(beside or {})
    plain = {
        **_counted(rows, everything),
        "licence": licence,
        "seed": seed,
        **(more or {}),
        "files": {name: _sha256(data) for name, data in files.items()},
    }
    files[CARD] = card(plain, everything).encode()
    plain["files"][CARD] = _sha256(files[CARD])
    _clear(path, shown)
    for file, data in given.items():
        if file in shown:
            write_atomically(path / file, data)
    for name, data in files.items():
        write_atomically(path / name, data)
    write_atomically(path / MANIFEST, orjson.dumps(plain, option=orjson.OPT_INDENT_2) + b"\n")
    return plain


def _check_pictures(path: Path, shown: Mapping[str, Picture], given: Mapping[str, bytes]) -> None:
    """Each picture that a frame shows is there or given, and the one that its hash says."""
    for file, picture in shown.items():
        if file not in given:
            stored_picture(path, picture)
        elif _sha256(given[file]) != picture.sha256:
            raise BadInput(f"{file}: the picture's bytes are not what its hash says", "")
        elif file != picture_file(picture.sha256, picture.media_type):
            raise BadInput(f"{file!r:.120}: a picture of a set is called by its hash", "")


def _counted(
    rows: Mapping[Part, tuple[Sequence, ...]], everything: tuple[Sequence, ...]
) -> dict[str, Any]:
    """What the manifest says of any set: its format, its maker, how much is in it."""
    kinds = Counter(each.kind for each in everything)
    frames = [frame for each in everything for frame in each.frames]
    return {
        "format": FORMAT,
        "made_by": {"storypainter": __version__},
        "rows": {part: len(rows[part]) for part in PARTS},
        "empty": [part for part in PARTS if not rows[part]],
        "kinds": dict(sorted(kinds.items())),
        "sources": len({each.source for each in everything}),
        "frames": len(frames),
        "pictures": len({frame.picture.file for frame in frames}),
    }


def _clear(path: Path, shown: Container[str]) -> None:
    """Make the folder; remove its manifest, and the pictures that no frame shows."""
    folder = path / "pictures"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (path / MANIFEST).unlink(missing_ok=True)
        for old in folder.iterdir():
            if f"pictures/{old.name}" not in shown and not old.is_dir():
                old.unlink(missing_ok=True)
    except OSError as error:
        raise _not_writable(path, error) from None


def split_by_source(
    sequences: Iterable[Sequence], seed: int, together: Mapping[str, str] | None = None
) -> dict[Part, tuple[Sequence, ...]]:
    """Sequences 8:1:1 by a hash of their source: the same in every order, no source parted.

    The ratio holds for sources (or groups of them), rounded; fewer than six leave validation and
    test empty. Within a part the order is that of ``sequences``.

    Args:
        sequences: what is split.
        seed: which split; another seed makes another one.
        together: source -> a group of sources that mustn't be parted either (they share pictures).
    """
    everything = tuple(sequences)
    groups = {each.source: (together or {}).get(each.source, each.source) for each in everything}
    names = sorted(set(groups.values()), key=lambda name: _rank(seed, name))
    held = round(len(names) * HELD)
    of_group: dict[str, Part] = {
        name: "test" if at < held else "validation" if at < 2 * held else "train"
        for at, name in enumerate(names)
    }
    return {
        part: tuple(each for each in everything if of_group[groups[each.source]] == part)
        for part in PARTS
    }


def lock_set(lock: Path, out: Path) -> IO[str]:
    """A lock on a set that is being made, in a folder that is made for it.

    Args:
        lock: the lock's file, in the set's folder or in one inside it.
        out: the set's folder, which errors name.

    Raises:
        RunFolderError: another process holds it, or the folder can't be written.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(out, error) from None
    return take_lock(lock, out)


def picture_file(sha256: str, media_type: str) -> str:
    """What a picture of a set is called, relative to the set."""
    return f"pictures/{sha256}.{EXTENSIONS[media_type]}"


def keep_picture(
    path: Path,
    data: bytes,
    media_type: Literal["image/png", "image/jpeg", "image/webp"],
    size: tuple[int, int],
    painter: str = "",
) -> Picture:
    """Write a picture's file into a set that is being made; returns the Picture.

    Writing one that is there already changes nothing.

    Args:
        path: the set's folder.
        data: the file's bytes.
        media_type: what ``data`` is.
        size: width and height in pixels.
        painter: who painted it; empty where nobody knows.

    Raises:
        RunFolderError: the folder can't be written.
    """
    sha256 = _sha256(data)
    file = picture_file(sha256, media_type)
    target = path / file
    try:
        there = target.is_file() and target.stat().st_size == len(data)
        if not there:
            target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(path, error) from None
    if not there:
        write_atomically(target, data)
    return Picture(
        file=file, sha256=sha256, media_type=media_type, width=size[0], height=size[1],
        painter=painter,
    )  # fmt: skip


def stored_picture(path: Path, picture: Picture) -> bytes:
    """The bytes of a picture that lies in a set's folder, checked against its hash.

    Raises:
        BadInput: it lies outside the set, is missing, too large, or another file by now.
    """
    name = PurePosixPath(picture.file)
    target = path / name
    if name.is_absolute() or ".." in name.parts or not _inside(target, path):
        raise BadInput(f"{picture.file!r:.120} lies outside {path}", "make the set again")
    data = file_bytes(target, MAX_PICTURE_BYTES, "make the set again")
    if _sha256(data) != picture.sha256:
        raise BadInput(
            f"{target} is not the picture that its row describes (another hash)",
            "make the set again",
        )
    return data


def _inside(target: Path, path: Path) -> bool:
    try:
        return target.resolve().is_relative_to(path.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def _manifest(path: Path) -> Mapping[str, Any]:
    file = path / MANIFEST
    hint = "give a folder that storypainter sequences build or make has finished"
    try:
        with file.open("rb") as stream:
            data = stream.read(_MAX_MANIFEST_BYTES + 1)
    except (OSError, ValueError):
        raise BadInput(
            f"{path!s:.200} is no set of sequences: it has no {MANIFEST}", hint
        ) from None
    try:
        if len(data) > _MAX_MANIFEST_BYTES:
            raise ValueError
        plain = orjson.loads(data)
    except ValueError:
        raise BadInput(f"{file} is not valid JSON", hint) from None
    if not isinstance(plain, dict) or not isinstance(plain.get("files"), dict):
        raise BadInput(f"{file} is no set's manifest", hint)
    if plain.get("format") != FORMAT:
        raise BadInput(
            f"{file}: format {plain.get('format')!r:.20}, and this version reads {FORMAT}",
            "update storypainter, or make the set again",
        )
    return plain


def _lines(path: Path, name: str, hashed: Callable[[bytes], object]) -> Iterator[tuple[str, bytes]]:
    """The lines of a file that aren't empty, as (``train.jsonl, line 3``, bytes)."""
    try:
        with path.open("rb") as stream:
            for number in range(1, MAX_ROWS + 2):
                line = stream.readline(MAX_ROW_BYTES + 1)
                if not line:
                    return
                if len(line) > MAX_ROW_BYTES or number > MAX_ROWS:
                    limit = f"{MAX_ROW_BYTES >> 20} MB" if number <= MAX_ROWS else "all rows"
                    raise BadInput(
                        f"{name}, line {number}: beyond the limit of {limit}", "make the set again"
                    )
                hashed(line)
                if line.strip():
                    yield f"{name}, line {number}", line
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "the path is not valid").lower()
        raise BadInput(f"{path} can't be read: {reason}", "make the set again") from None


def _row(line: bytes, where: str) -> Sequence:
    try:
        return Sequence.from_json(line)
    except BadInput as error:
        raise BadInput(
            f"{where}: {error.message}", "correct that line, or make the set again"
        ) from None


def _check(rows: Mapping[Part, tuple[Sequence, ...]]) -> None:
    ids: set[str] = set()
    sources: dict[str, Part] = {}
    for part, several in rows.items():
        for each in several:
            if each.id in ids:
                raise BadInput(f"two sequences have the id {each.id!r}", "give each its own id")
            ids.add(each.id)
            if sources.setdefault(each.source, part) != part:
                raise BadInput(
                    f"the source {each.source!r:.80} would be in {sources[each.source]} and {part}",
                    "split by source",
                )


def _not_writable(path: Path, error: OSError) -> RunFolderError:
    why = (error.strerror or "no").lower()
    return RunFolderError(f"{path} can't be written: {why}", "choose another --out")


def _jsonl(rows: Iterable[Sequence]) -> bytes:
    return b"".join(each.to_json().encode() + b"\n" for each in rows)


def _rank(seed: int, name: str) -> bytes:
    return hashlib.blake2b(f"sequences\n{seed}\n{name}".encode(), digest_size=16).digest()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
