"""Annotations beside pictures: ``sequence.json`` or ``sequence.toml``, and captions ``NAME.txt``.

Every field may be left out::

    title = "The lost kite"
    licence = "CC-BY-4.0"
    story = "…"                       # the whole narrative, where it isn't told in parts
    characters = [{id = "girl", name = "the girl", look = "in a red coat", role = "girl"}]
    scenes = [{first = "01.png", last = "03.png", place = "meadow", time = "morning"}]

    [[frames]]                        # of every picture, or of those that it names
    file = "01.png"                   # left out: the first picture, the second, …
    caption = "…"
    part = "…"
    shown = [{character = "girl", action = "flies a kite", emotion = "happy"}]

    [captions]
    "02.png" = "…"

    [emotions."02.png"]
    girl = "sad"

A list of ``frames`` that names files says in which order those pictures come; a picture that it
doesn't name stays where its file's name puts it, so that telling of one picture moves none.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Several
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any, NoReturn

import orjson
from pydantic import Field, ValidationError

from storypainter.sequence import Cause, Character, Depiction, SequenceKind
from storypainter.sequences.reading.found import Found, FoundFrame
from storypainter.sequences.reading.pictures import Checked
from storypainter.sequences.reading.refusals import Refused
from storypainter.sequences.reading.texts import file_text, plain
from storypainter.story import Id
from storypainter.value import Value, first_problem

NAMES = ("sequence.json", "sequence.toml")


class FrameNotes(Value):
    """What is said of one picture; ``file`` names it, or its place in the list does."""

    file: str = ""
    caption: str = ""
    part: str = ""
    event: str = ""
    place: str = ""
    time: str = ""
    shown: tuple[Depiction, ...] = ()
    text: str = ""


class Scene(Value):
    """A run of pictures at one place and time, from ``first`` to ``last`` (file names)."""

    first: str
    last: str
    place: str = ""
    time: str = ""


class Notes(Value):
    """What ``sequence.json`` or ``sequence.toml`` says of the pictures beside it."""

    title: str = ""
    language: str = ""
    licence: str = ""
    kind: SequenceKind | None = None
    source: str = ""
    story: str = ""
    characters: tuple[Character, ...] = ()
    frames: tuple[FrameNotes, ...] = ()
    captions: dict[str, str] = Field(default_factory=dict)
    scenes: tuple[Scene, ...] = ()
    emotions: dict[str, dict[Id, str]] = Field(default_factory=dict)
    causes: tuple[Cause, ...] = ()


def read_notes(path: Path, where: str) -> Notes:
    """The annotations in a file.

    Raises:
        Refused: it can't be read, or a field isn't what it should be.
    """
    text = file_text(path, where)
    try:
        told: Any = orjson.loads(text) if path.suffix == ".json" else tomllib.loads(text)
        return Notes.model_validate_json(orjson.dumps(told))
    except ValidationError as error:
        raise Refused("annotation", first_problem(error), where, "correct that field") from None
    except (ValueError, TypeError, RecursionError) as error:
        form = path.suffix[1:].upper()
        reason = " ".join(str(error).split())[:120]
        raise Refused("annotation", f"not valid {form} ({reason})", where) from None


def noted(found: Found, notes: Notes, where: str, folder: Path | None = None) -> Found:
    """A found sequence with what its annotations say.

    Pictures that a list of ``frames`` names come in its order, at the places that they have among
    all; the others stay where they are. One that it names and that isn't there is missing.

    Args:
        found: what the reader found.
        notes: what its annotations say.
        where: what messages call the annotations.
        folder: where the pictures lie, if they are files: a file that is there and is no picture
            is told apart from one that isn't there.

    Raises:
        Refused: annotations of a picture that isn't there, or of a character who isn't named; a
            scene that ends before it begins.
    """
    frames = _in_order(found.frames, notes.frames, where, folder)
    pictures = _Pictures(frames, where, folder)
    for name, caption in notes.captions.items():
        at = pictures.index(name, "captions")
        frames[at] = replace(frames[at], caption=caption or frames[at].caption)
    for name, felt in notes.emotions.items():
        at = pictures.index(name, "emotions")
        frames[at] = _feeling(frames[at], felt)
    known = {each.id for each in notes.characters}
    for frame in frames:
        for shown in frame.shown:
            if shown.character not in known:
                _fault(f"{frame.at}: no character {shown.character!r}", where)
    for number, scene in enumerate(notes.scenes):
        for at in pictures.between(scene.first, scene.last, f"scenes[{number}]"):
            frames[at] = _within(frames[at], scene, number)
    for number, cause in enumerate(notes.causes):
        if not cause.cause < cause.effect < len(frames):
            _fault(f"causes[{number}]: {cause.cause} -> {cause.effect} is no earlier picture's",
                   where)  # fmt: skip
    return replace(
        found,
        frames=tuple(frames),
        title=notes.title or found.title,
        language=notes.language or found.language,
        licence=notes.licence or found.licence,
        kind=notes.kind or found.kind,
        source=notes.source or found.source,
        story=notes.story or found.story,
        characters=notes.characters or found.characters,
        causes=notes.causes or found.causes,
    )


class _Pictures:
    """The pictures of a sequence, by the names that annotations give them."""

    def __init__(self, frames: Iterable[FoundFrame], where: str, folder: Path | None) -> None:
        self._at: dict[str, int] = {}
        for number, each in enumerate(frames):
            self._at.setdefault(_spelled(each.at), number)
        self._where = where
        self._folder = folder

    def index(self, name: str, field: str) -> int:
        """Which picture has that name; refuses one that none has."""
        at = self._at.get(_spelled(name))
        if at is None:
            other = _is_other_file(name, self._folder)
            said = f"{name!r:.80} is no picture" if other else f"no picture {name!r:.80}"
            _fault(f"{field}: {said}", self._where)
        return at

    def between(self, first: str, last: str, field: str) -> range:
        """The pictures from one to another; refuses a run that ends before it begins."""
        start, end = self.index(first, field), self.index(last, field)
        if end < start:
            _fault(
                f"{field}: its last picture, {last!r:.80}, comes before its first, {first!r:.80}",
                self._where,
            )
        return range(start, end + 1)


def _in_order(
    frames: Several[FoundFrame], told: Several[FrameNotes], where: str, folder: Path | None
) -> list[FoundFrame]:
    listed = [_spelled(each.file) for each in told if each.file]
    if not listed:
        if told and len(told) != len(frames):
            _fault(f"{len(told)} frames are described, and {len(frames)} pictures are there", where)
        return [
            _described(frame, told[number]) if told else frame
            for number, frame in enumerate(frames)
        ]
    if len(listed) < len(told):
        _fault("some frames name their file and some don't", where)
    named = set(listed)
    if len(named) < len(listed):
        _fault("two frames name the same file", where)
    there: dict[str, FoundFrame] = {}
    for frame in frames:
        there.setdefault(_spelled(frame.at), frame)
    ordered: list[FoundFrame] = []
    following = iter(told)
    for frame in frames:
        name = _spelled(frame.at)
        if name in named and there[name] is frame:
            ordered += _up_to_a_picture(following, there, folder)
        else:
            ordered.append(frame)
    return [*ordered, *_up_to_a_picture(following, there, folder)]


def _up_to_a_picture(
    following: Iterator[FrameNotes], there: dict[str, FoundFrame], folder: Path | None
) -> Iterator[FoundFrame]:
    """The next picture of a list that is there, described; before it those that are missing."""
    for each in following:
        own = there.get(_spelled(each.file))
        yield _described(own or _missing(each.file, folder), each)
        if own is not None:
            return


def _described(frame: FoundFrame, told: FrameNotes) -> FoundFrame:
    return replace(
        frame,
        caption=told.caption or frame.caption,
        part=told.part,
        event=told.event,
        place=told.place,
        time=told.time,
        shown=told.shown,
        text=told.text or frame.text,
    )


def _feeling(frame: FoundFrame, felt: dict[Id, str]) -> FoundFrame:
    """A frame whose people feel what is said of them; who isn't yet in it is then."""
    shown = [
        each.model_copy(update={"emotion": felt.get(each.character, each.emotion)})
        for each in frame.shown
    ]
    there = {each.character for each in shown}
    shown += [
        Depiction(character=who, emotion=how) for who, how in felt.items() if who not in there
    ]
    return replace(frame, shown=tuple(shown))


def _within(frame: FoundFrame, scene: Scene, number: int) -> FoundFrame:
    """A frame in a scene; what was said of it before, by itself or an earlier scene, holds."""
    return replace(
        frame,
        place=frame.place or scene.place,
        time=frame.time or scene.time,
        scene=number if frame.scene is None else frame.scene,
    )


def _spelled(name: str) -> str:
    """A file's name as frames have it, whichever way its accents are encoded."""
    return unicodedata.normalize("NFC", plain(name, 200))


def _is_other_file(name: str, folder: Path | None) -> bool:
    """Whether a file of that name is in the folder; nothing outside of it is looked at."""
    if folder is None or PurePath(name).name != name:
        return False
    try:
        return (folder / name).exists()
    except (OSError, ValueError):
        return False


def _missing(name: str, folder: Path | None) -> FoundFrame:
    def load() -> Checked:
        if _is_other_file(name, folder):
            raise Refused("unsupported", "it is there, and no picture that is read here")
        raise Refused("missing", "no such picture beside its annotations")

    return FoundFrame(at=plain(name, 200), load=load)


def _fault(said: str, where: str) -> NoReturn:
    raise Refused("annotation", said, where, "correct it")
