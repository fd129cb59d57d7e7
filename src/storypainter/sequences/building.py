"""Builds a set of sequences from sources: reads them one by one, checks, splits, writes.

What was read of one source is stored as soon as it is read, so that the same command after a kill
goes on with the next one. A set belongs to one question: other sources or other wishes want
another folder.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Literal

import orjson
from pydantic import Field, ValidationError

from storypainter import __version__
from storypainter.errors import BadInput, RunFolderError
from storypainter.picture import Picture
from storypainter.runs.folder import write_atomically
from storypainter.runs.locking import take_lock
from storypainter.sequence import Cause, Character, Depiction, Frame, Sequence
from storypainter.sequences.reading.choosing import Beside, Looked, Unit, look_through
from storypainter.sequences.reading.found import Found, FoundFrame
from storypainter.sequences.reading.pictures import Checked
from storypainter.sequences.reading.refusals import Refusal, Refused
from storypainter.sequences.reading.texts import plain
from storypainter.sequences.reading.wishes import Wishes, check_order, chosen
from storypainter.sequences.sets import (
    MANIFEST,
    PARTS,
    Part,
    keep_picture,
    picture_file,
    read_set,
    split_by_source,
    write_set,
)
from storypainter.value import Seed, Value, first_problem

REFUSED = "refused.jsonl"
#: What was read so far; gone when the set is complete.
WORK = "building"
#: Sources that share a fifth of the smaller one's pictures are the same work twice.
SHARED = 0.2
#: A picture in more sources than this is a publisher's page, not a shared story.
_BOILERPLATE = 20
_SLUG = re.compile(r"[^A-Za-z0-9]+")


class Place(Value):
    """A file or folder that a set was made from: its name, and a hash of where it lies."""

    name: str
    place: str


class Asked(Value):
    """The question that a set answers. ``part`` is empty where sources are split 8:1:1."""

    sources: tuple[Place, ...]
    images: Place | None = None
    captions: Place | None = None
    subtitles: Place | None = None
    wishes: Wishes = Wishes()
    part: Part | Literal[""] = ""
    seed: Seed = 0


class Read(Value):
    """What came of one unit: its sequences, hashes of their pictures' pixels, what was refused.

    ``pixels`` has a hash for each frame of a sequence, empty for a picture of one colour.
    """

    sequences: tuple[Sequence, ...] = ()
    pixels: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()
    said: tuple[str, ...] = ()


#: Keeps a picture in the set; a dry run only describes it.
Keep = Callable[[Checked], Picture]


@dataclass(slots=True)
class Built:
    """What a set is made of, before and after it is written.

    Attributes:
        parts: the sequences.
        refusals: everything that was left out.
        said: what else should be known.
        passed_over: files that no reader reads, by suffix.
        together: how many sources stay together because they share pictures.
        manifest: of the written set; empty after a dry run.
    """

    parts: Mapping[Part, tuple[Sequence, ...]]
    refusals: tuple[Refusal, ...]
    said: tuple[str, ...]
    passed_over: Mapping[str, int]
    together: int = 0
    manifest: Mapping[str, Any] = field(default_factory=dict)


def asked_of(
    sources: Iterable[Path],
    wishes: Wishes,
    *,
    beside: Beside | None = None,
    part: Part | Literal[""] = "",
    seed: int = 0,
) -> Asked:
    """The question as it is stored.

    Raises:
        BadInput: no source, the same one twice, one that isn't there; a maximum below the minimum.
    """
    check_order(wishes)
    others = beside or Beside()
    places = tuple(_place(each) for each in sources)
    if not places:
        raise BadInput("there is no source", "give a folder or a file")
    if len({each.place for each in places}) < len(places):
        raise BadInput("a source is given twice", "give each once")
    return Asked(
        sources=places,
        images=_place(others.images) if others.images else None,
        captions=_place(others.captions) if others.captions else None,
        subtitles=_place(others.subtitles) if others.subtitles else None,
        wishes=wishes,
        part=part,
        seed=seed,
    )


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
        return _assembled(asked, *_read_all(sources, None, asked, beside, say))
    _refuse_inside(sources, out)
    check_folder(out, asked)
    work = out / WORK
    fresh = not out.exists()
    try:
        work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunFolderError(
            f"{out} can't be written: {(error.strerror or 'no').lower()}", "choose another --out"
        ) from None
    lock = take_lock(work / "lock", out)
    try:
        before = _finished(out, sources, beside)
        if before is not None:
            say(f"{out} is complete, and its sources are unchanged: nothing to do")
            built = before
        else:
            for part in (out / "pictures").glob(".*.part"):
                part.unlink(missing_ok=True)
            write_atomically(work / "asked.json", asked.to_json().encode())
            looked, results = _read_all(sources, out, asked, beside, say)
            try:
                built = _assembled(asked, looked, results)
            except BadInput:
                _forget(out, fresh)
                raise
            _write(out, built, asked, _fingerprint(looked.units, beside))
        shutil.rmtree(work, ignore_errors=True)
        return built
    finally:
        lock.close()


def _refuse_inside(sources: Iterable[Path], out: Path) -> None:
    """A set within one of its sources would be read as a source the next time."""
    whole = out.resolve()
    for each in sources:
        if whole.is_relative_to(each.resolve()):
            raise BadInput(f"{out} lies inside the source {each}", "choose another --out")


def check_folder(out: Path, asked: Asked) -> None:
    """Refuse a folder that holds something else, or a set that answers another question.

    Raises:
        RunFolderError: it is no folder, or some other folder with files in it.
        BadInput: another set is there; the message says what differs.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise RunFolderError(f"{out} is not a folder", "choose another --out")
    manifest, begun = out / MANIFEST, out / WORK / "asked.json"
    there = sorted(each.name for each in out.iterdir() if each.name != ".DS_Store")
    if not manifest.is_file() and not begun.is_file():
        if there and there != [WORK]:
            raise RunFolderError(
                f"{out} is not empty and no set of sequences (it holds {there[0]!r})",
                "choose a new folder for --out",
            )
        return
    file = manifest if manifest.is_file() else begun
    try:
        told = orjson.loads(file.read_bytes())
        before = Asked.model_validate_json(
            orjson.dumps(told["asked"] if file == manifest else told)
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput(
            f"{out} holds a set that sequences build did not make, or its {file.name} is damaged",
            "choose another --out",
        ) from None
    for name, one, other in _differences(before, asked):
        raise BadInput(
            f"{out} was made with another {name} ({one}, now {other})",
            "choose another --out, or ask for the same again",
        )


def _differences(before: Asked, now: Asked) -> Iterable[tuple[str, str, str]]:
    pairs: list[tuple[str, Any, Any]] = [
        (name, getattr(before, name), getattr(now, name))
        for name in Asked.model_fields
        if name != "wishes"
    ]
    pairs += [
        (name.replace("_", " "), getattr(before.wishes, name), getattr(now.wishes, name))
        for name in Wishes.model_fields
    ]
    for name, one, other in pairs:
        if one != other:
            first, second = _shown(one), _shown(other)
            where = " elsewhere" if first == second else ""
            yield ("list of sources" if name == "sources" else name), first, second + where


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(each) for each in value)[:100] or "none"
    if isinstance(value, Place):
        return value.name
    return "none" if value in (None, "") else str(value)[:80]


def _place(path: Path) -> Place:
    try:
        whole = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        raise BadInput(f"{path!s:.200}: no such file or folder", "check the path") from None
    place = hashlib.blake2b(str(whole).encode("utf-8", "replace"), digest_size=8).hexdigest()
    return Place(name=plain(whole.name, 200) or "folder", place=place)


# ---------------------------------------------------------------------------- reading


def _read_all(
    sources: list[Path],
    out: Path | None,
    asked: Asked,
    beside: Beside,
    say: Callable[[str], None],
) -> tuple[Looked, list[Read]]:
    looked = _look(sources)
    videos = sum(each.form == "video" for each in looked.units)
    if beside.subtitles is not None and videos != 1:
        raise BadInput(
            f"--subtitles is for one video, and the sources have {videos}",
            "lay the subtitles beside each video under its name (tale.mp4, tale.srt)",
        )
    results = []
    for number, unit in enumerate(looked.units, start=1):
        stored = out / WORK / f"{_hash(unit.name)}.json" if out else None
        fingerprint = _fingerprint([unit], beside)
        result = _stored(stored, fingerprint)
        if result is None:
            result = read_unit(unit, asked.wishes, beside, _keeper(out))
            if stored is not None:
                answer = {"fingerprint": fingerprint, "read": result.to_plain()}
                write_atomically(stored, orjson.dumps(answer))
        frames = sum(len(each.frames) for each in result.sequences)
        say(
            f"[{number}/{len(looked.units)}] {unit.name}: sequences: {len(result.sequences)}, "
            f"pictures: {frames}"
        )
        for line in result.said:
            say(f"  {line}")
        results.append(result)
    return looked, results


def _look(sources: list[Path]) -> Looked:
    names: Counter[str] = Counter()
    named = []
    for each in sources:
        name = plain(each.resolve().name, 200) or "folder"
        names[name] += 1
        named.append((name if names[name] == 1 else f"{name} ({names[name]})", each))
    return look_through(named)


def _stored(path: Path | None, fingerprint: str) -> Read | None:
    """What was read before a kill, if its files have not changed since."""
    if path is None or not path.is_file():
        return None
    try:
        told = orjson.loads(path.read_bytes())
        if told["fingerprint"] != fingerprint:
            return None
        return Read.model_validate_json(orjson.dumps(told["read"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keeper(out: Path | None) -> Keep:
    def keep(picture: Checked) -> Picture:
        if out is not None:
            return keep_picture(out, picture.data, picture.media_type, picture.size)
        sha256 = hashlib.sha256(picture.data).hexdigest()
        return Picture(
            file=picture_file(sha256, picture.media_type), sha256=sha256, painter="",
            media_type=picture.media_type, width=picture.size[0], height=picture.size[1],
        )  # fmt: skip

    return keep


def read_unit(unit: Unit, wishes: Wishes, beside: Beside, keep: Keep) -> Read:
    """Read one unit: every picture of it is decoded and checked.

    Raises:
        MissingExtra: a library isn't installed.
    """
    sequences: list[Sequence] = []
    pixels: dict[str, tuple[str, ...]] = {}
    refusals: list[Refusal] = []
    said: list[str] = []
    try:
        for each in unit.read(wishes, beside):
            if isinstance(each, Refusal):
                refusals.append(each)
                continue
            refusals += each.refusals
            said += each.said
            try:
                for sequence, hashes in _sequences(each, wishes, keep, refusals):
                    own = _unused(sequence.id, pixels)
                    sequences.append(sequence.model_copy(update={"id": own}))
                    pixels[own] = hashes
            except Refused as fault:
                refusals.append(
                    Refusal(
                        level="sequence", reason=fault.reason, said=fault.said,
                        where=", ".join(filter(None, (each.name, fault.where))),
                        done="the sequence was refused", hint=fault.hint,
                    )
                )  # fmt: skip
    except Refused as fault:
        refusals.append(
            Refusal(
                level="source", reason=fault.reason, said=fault.said,
                where=fault.where if fault.where.startswith(unit.name)
                else ", ".join(filter(None, (unit.name, fault.where))),
                done="the source was refused", hint=fault.hint,
            )
        )  # fmt: skip
    return Read(
        sequences=tuple(sequences), pixels=pixels, refusals=tuple(refusals), said=tuple(said)
    )


def _sequences(
    found: Found, wishes: Wishes, keep: Keep, refusals: list[Refusal]
) -> Iterable[tuple[Sequence, tuple[str, ...]]]:
    """The sequences of what was found: one, or several consecutive ones of a long source."""
    if len(found.frames) < wishes.frames_min:
        raise _too_few(len(found.frames), wishes)
    frames: list[Frame] = []
    hashes: list[str] = []
    places: dict[int, int] = {}
    seen: dict[str, str] = {}
    for number in chosen(len(found.frames), wishes):
        frame = found.frames[number]
        try:
            picture = frame.load()
        except Refused as fault:
            if fault.reason != "ornament" and not wishes.skip_broken:
                raise Refused(
                    fault.reason, fault.said, frame.at,
                    fault.hint or "give --skip-broken to leave such pictures out",
                ) from None  # fmt: skip
            refusals.append(_left_out(found, frame, fault.reason, fault.said))
            continue
        if picture.pixels in seen and not frame.annotated:
            twin = seen[picture.pixels]
            refusals.append(_left_out(found, frame, "duplicate", f"the same pixels as {twin}"))
            continue
        seen.setdefault(picture.pixels, frame.at)
        places[number] = len(frames)
        frames.append(_frame(frame, keep(picture)))
        hashes.append("" if picture.plain else picture.pixels)
    if len(frames) < wishes.frames_min:
        raise _too_few(len(frames), wishes)
    causes = [
        each.model_copy(update={"cause": places[each.cause], "effect": places[each.effect]})
        for each in found.causes
        if each.cause in places and each.effect in places
    ]
    pieces = -(-len(frames) // wishes.frames_max)
    edges = [each * len(frames) // pieces for each in range(pieces + 1)]
    if pieces > 1 and found.story:
        refusals.append(
            Refusal(level="text", reason="annotation", where=found.name, done="left out",
                    said="its story is one text, and the source was cut")
        )  # fmt: skip
    for piece, (start, end) in enumerate(pairwise(edges), start=1):
        if end - start < wishes.frames_min:
            short = _too_few(end - start, wishes)
            refusals.append(
                Refusal(level="sequence", reason=short.reason, said=short.said, hint=short.hint,
                        where=f"{found.name} ({piece} of {pieces})", done="the piece was refused")
            )  # fmt: skip
            continue
        yield (
            _sequence(found, wishes, frames[start:end], causes, start,
                      f" ({piece} of {pieces})" if pieces > 1 else ""),
            tuple(hashes[start:end]),
        )  # fmt: skip


def _sequence(
    found: Found, wishes: Wishes, frames: list[Frame], causes: list[Cause], start: int, piece: str
) -> Sequence:
    ours = range(start, start + len(frames))
    try:
        return Sequence(
            id=sequence_id(found.name + piece),
            kind=wishes.kind or found.kind,
            source=found.source,
            title=plain(found.title, 500) + (piece if found.title else ""),
            language=plain(found.language, 35) or wishes.language or "en",
            licence=plain(found.licence, 500) or wishes.licence,
            characters=tuple(_character(each) for each in found.characters),
            frames=tuple(frames),
            causes=tuple(
                Cause(
                    cause=each.cause - start,
                    effect=each.effect - start,
                    because=plain(each.because, 1000),
                )
                for each in causes
                if each.cause in ours and each.effect in ours
            ),
            story="" if piece else plain(found.story, 200_000),
        )
    except ValidationError as error:
        raise Refused("annotation", first_problem(error)) from None


def _frame(frame: FoundFrame, picture: Picture) -> Frame:
    return Frame(
        picture=picture, at=frame.at, start=_milliseconds(frame.start), end=_milliseconds(frame.end),
        caption=plain(frame.caption), part=plain(frame.part), event=plain(frame.event),
        place=plain(frame.place, 300), time=plain(frame.time, 300), text=plain(frame.text),
        shown=tuple(
            Depiction(character=each.character, action=plain(each.action, 500),
                      emotion=plain(each.emotion, 100))
            for each in frame.shown
        ),
    )  # fmt: skip


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _character(character: Character) -> Character:
    return character.model_copy(
        update={
            "name": plain(character.name, 200) or character.id,
            "look": plain(character.look, 500),
            "role": plain(character.role, 100),
        }
    )


def sequence_id(name: str) -> str:
    """An id of a sequence from what it is called: readable, and another one for another name."""
    slug = _SLUG.sub("-", name).strip("-")[-48:].lstrip("-")
    return f"{slug or 'sequence'}-{_hash(name)[:10]}"


def _unused(name: str, used: Container[str]) -> str:
    """An id that no other sequence has: a source may call two of its stories alike."""
    own, count = name, 1
    while own in used:
        count += 1
        own = f"{name}-{count}"
    return own


def _too_few(count: int, wishes: Wishes) -> Refused:
    return Refused(
        "too few pictures",
        f"{count} usable pictures, and a sequence needs {wishes.frames_min}"
        if count
        else "not one usable picture",
        hint="lower --frames-min" if 0 < count < wishes.frames_min else "",
    )


def _left_out(found: Found, frame: FoundFrame, reason: Any, said: str) -> Refusal:
    return Refusal(
        level="picture", reason=reason, where=f"{found.name}, {frame.at}", said=said,
        done="the picture was left out",
    )  # fmt: skip


# ---------------------------------------------------------------------------- assembling


def _assembled(asked: Asked, looked: Looked, results: list[Read]) -> Built:
    """Leave out sequences that are there twice, and split.

    Raises:
        BadInput: there is no sequence.
    """
    refusals = [*looked.refusals, *(each for one in results for each in one.refusals)]
    pixels = {name: hashes for one in results for name, hashes in one.pixels.items()}
    kept: list[Sequence] = []
    seen: dict[bytes, str] = {}
    for one in results:
        for each in one.sequences:
            key = _content(each)
            if key in seen:
                refusals.append(
                    Refusal(
                        level="sequence", reason="duplicate", where=each.source,
                        said=f"the same pictures and texts as {seen[key]}",
                        done="the sequence was refused",
                    )
                )  # fmt: skip
                continue
            seen[key] = each.source
            kept.append(each)
    if not kept:
        if not refusals:
            raise BadInput("there is nothing in the sources that can be read", _READS)
        whole = [each for each in refusals if each.level in ("source", "sequence")]
        first = (whole or refusals)[0]
        more = f", and {len(refusals) - 1} more were refused" if len(refusals) > 1 else ""
        raise BadInput(
            f"not one sequence could be read: {first.where}: {first.reason}: {first.said}{more}",
            first.hint or _READS,
        )
    together = sources_together(kept, pixels)
    parts = (
        {part: tuple(kept) if part == asked.part else () for part in PARTS}
        if asked.part
        else split_by_source(kept, asked.seed, together)
    )
    said = tuple(line for one in results for line in one.said)
    return Built(parts, tuple(refusals), said, looked.passed_over, len(together))


_READS = (
    "give pictures in a folder, .cbz, .pdf, .epub, .gif, .webp, a video, .json, .jsonl or .parquet"
)


def sources_together(
    sequences: Iterable[Sequence], pixels: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Sources that share pictures, each with the name of its group (the first source in it).

    Two belong together if they share a fifth of the smaller one's pictures: the same work twice,
    and parting it would put pictures of the test into training. Pictures of one colour don't
    count, nor any that more than twenty sources have.

    Args:
        sequences: all of them.
        pixels: sequence id -> a hash of each picture's pixels, empty for one colour.
    """
    own: dict[str, set[str]] = defaultdict(set)
    for each in sequences:
        own[each.source] |= {one for one in pixels.get(each.id, ()) if one}
    having: dict[str, list[str]] = defaultdict(list)
    for source, hashes in own.items():
        for one in hashes:
            having[one].append(source)
    shared: Counter[tuple[str, str]] = Counter()
    for sources in having.values():
        if 1 < len(sources) <= _BOILERPLATE:
            shared.update(combinations(sorted(sources), 2))
    group = {source: source for source in own}

    def head(source: str) -> str:
        while group[source] != source:
            group[source] = group[group[source]]
            source = group[source]
        return source

    for (one, other), count in shared.items():
        if count >= SHARED * min(len(own[one]), len(own[other])):
            first, second = sorted((head(one), head(other)))
            group[second] = first
    sizes = Counter(head(source) for source in group)
    return {source: head(source) for source in group if sizes[head(source)] > 1}


def _content(sequence: Sequence) -> bytes:
    told = [(each.picture.sha256, each.caption, each.part, each.text) for each in sequence.frames]
    return hashlib.blake2b(orjson.dumps([told, sequence.story]), digest_size=16).digest()


# ---------------------------------------------------------------------------- writing


def refused_counts(refusals: Iterable[Refusal]) -> dict[str, dict[str, int]]:
    """How many sources, sequences, pictures and texts were left out, by reason."""
    found: dict[str, Counter[str]] = {
        name: Counter() for name in ("source", "sequence", "picture", "text")
    }
    for each in refusals:
        found[each.level][each.reason] += 1
    return {f"{level}s": dict(sorted(counts.items())) for level, counts in found.items()}


def _write(out: Path, built: Built, asked: Asked, fingerprint: str) -> None:
    everything = [each for part in PARTS for each in built.parts[part]]
    licences = Counter(each.licence or "none stated" for each in everything)
    only = (next(iter(licences)) if len(licences) == 1 else "various").replace("none stated", "")
    built.manifest = write_set(
        out,
        built.parts,
        seed=asked.seed,
        licence=only,
        more={
            "made_by": {"storypainter": __version__, "command": "sequences build"},
            "licences": dict(sorted(licences.items())),
            "languages": dict(sorted(Counter(each.language for each in everything).items())),
            "split": {
                "by": "part asked for" if asked.part else "source, 8:1:1 by hash",
                "sources_together": built.together,
            },
            "refused": refused_counts(built.refusals),
            "passed_over": dict(sorted(built.passed_over.items())),
            "said": list(built.said[:100]),
            "asked": asked.to_plain(),
            "fingerprint": fingerprint,
        },
        beside={REFUSED: b"".join(each.to_json().encode() + b"\n" for each in built.refusals)},
    )


def _finished(out: Path, sources: list[Path], beside: Beside) -> Built | None:
    """The set that is there already, if it is whole and its sources have not changed."""
    if not (out / MANIFEST).is_file():
        return None
    try:
        there = read_set(out)
        looked = _look(sources)
        if there.manifest.get("fingerprint") != _fingerprint(looked.units, beside):
            return None
        if not all((out / one.picture.file).is_file() for each in there for one in each.frames):
            return None
        lines = (out / REFUSED).read_bytes().splitlines()
        refusals = tuple(Refusal.from_json(line) for line in lines)
    except (BadInput, OSError):
        return None
    return Built(there.parts, refusals, (), looked.passed_over, manifest=there.manifest)


def _fingerprint(units: Iterable[Unit], beside: Beside) -> str:
    hashed = hashlib.blake2b(digest_size=16)
    for each in units:
        hashed.update(f"{each.name}\n{each.fingerprint(beside)}\n".encode("utf-8", "replace"))
    for path in (beside.captions, beside.subtitles):
        if path is not None:
            about = path.stat()
            hashed.update(f"{about.st_size}\n{about.st_mtime_ns}\n".encode())
    return hashed.hexdigest()


def _forget(out: Path, fresh: bool) -> None:
    """Remove what was begun, since nothing came of it."""
    shutil.rmtree(out if fresh else out / WORK, ignore_errors=True)
    if not fresh and not (out / MANIFEST).exists():
        shutil.rmtree(out / "pictures", ignore_errors=True)


def _hash(name: str) -> str:
    return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=16).hexdigest()
