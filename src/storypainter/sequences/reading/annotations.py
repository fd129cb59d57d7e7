"""Annotations beside pictures: ``sequence.json`` or ``sequence.toml``, and captions ``NAME.txt``.

Every field may be left out::

    title = "The lost kite"
    licence = "CC-BY-4.0"
    story = "…"                       # the whole narrative, where it isn't told in parts
    characters = [{id = "girl", name = "the girl", look = "in a red coat", role = "girl"}]
    scenes = [{first = "01.png", last = "03.png", place = "meadow", time = "morning"}]

    [[frames]]
    file = "01.png"                   # left out: the first picture, the second, …
    caption = "…"
    part = "…"
    shown = [{character = "girl", action = "flies a kite", emotion = "happy"}]

    [captions]
    "02.png" = "…"

    [emotions."02.png"]
    girl = "sad"
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence as Several
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import orjson
from pydantic import Field, ValidationError

from storypainter.sequence import Cause, Character, Depiction, SequenceKind
from storypainter.sequences.reading.found import Found, FoundFrame
from storypainter.sequences.reading.pictures import Checked
from storypainter.sequences.reading.refusals import Refusal, Refused
from storypainter.sequences.reading.texts import file_text
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


def noted(found: Found, notes: Notes, where: str) -> Found:
    """A found sequence with what its annotations say.

    A list of ``frames`` that names files also sets their order: pictures that it doesn't name are
    left out and reported, files that aren't there are missing.

    Raises:
        Refused: annotations of a picture that isn't there, or of a character who isn't named.
    """
    frames, left_out = _in_order(found.frames, notes.frames, where)
    at = {each.at: number for number, each in enumerate(frames)}
    frames = [_told(each, notes, {one.id for one in notes.characters}, where) for each in frames]
    for number, scene in enumerate(notes.scenes):
        for name in (scene.first, scene.last):
            if name not in at:
                _fault(f"scenes[{number}]: no picture {name!r:.80}", where)
        for each in range(at[scene.first], at[scene.last] + 1):
            one = frames[each]
            frames[each] = replace(one, place=one.place or scene.place, time=one.time or scene.time)
    for field, named in (("captions", notes.captions), ("emotions", notes.emotions)):
        for name in named:
            if name not in at:
                _fault(f"{field}: no picture {name!r:.80}", where)
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
        refusals=(*found.refusals, *left_out),
    )


def _in_order(
    frames: Several[FoundFrame], told: Several[FrameNotes], where: str
) -> tuple[list[FoundFrame], list[Refusal]]:
    named = [each.file for each in told if each.file]
    if not named:
        if told and len(told) != len(frames):
            _fault(f"{len(told)} frames are described, and {len(frames)} pictures are there", where)
        return [
            _described(frame, told[number]) if told else frame
            for number, frame in enumerate(frames)
        ], []
    if len(named) < len(told):
        _fault("some frames name their file and some don't", where)
    if len(set(named)) < len(named):
        _fault("two frames name the same file", where)
    there = {each.at: each for each in frames}
    ordered = [_described(there.get(each.file) or _missing(each.file), each) for each in told]
    left_out = [
        Refusal(level="picture", reason="annotation", where=name, done="left out",
                said=f"{where.rsplit('/', 1)[-1]} doesn't name it")
        for name in there
        if name not in set(named)
    ]  # fmt: skip
    return ordered, left_out


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


def _told(frame: FoundFrame, notes: Notes, known: set[str], where: str) -> FoundFrame:
    feelings = dict(notes.emotions.get(frame.at, {}))
    for each in (*(one.character for one in frame.shown), *feelings):
        if each not in known:
            _fault(f"{frame.at}: no character {each!r}", where)
    shown = [
        replaced.model_copy(update={"emotion": feelings.pop(replaced.character, replaced.emotion)})
        for replaced in frame.shown
    ]
    shown += [Depiction(character=who, emotion=felt) for who, felt in feelings.items()]
    return replace(frame, caption=notes.captions.get(frame.at) or frame.caption, shown=tuple(shown))


def _missing(name: str) -> FoundFrame:
    def load() -> Checked:
        raise Refused("missing", "no such picture beside its annotations")

    return FoundFrame(at=name[:200], load=load)


def _fault(said: str, where: str) -> NoReturn:
    raise Refused("annotation", said, where, "correct it")
