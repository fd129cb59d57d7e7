"""The question that a set answers: its sources and wishes, stored so that another one is told apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from storypainter.errors import BadInput
from storypainter.sequences.reading.choosing import Beside
from storypainter.sequences.reading.texts import plain
from storypainter.sequences.reading.wishes import Wishes, check_order
from storypainter.sequences.sets import Part
from storypainter.value import Seed, Value


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


def differences(before: Asked, now: Asked) -> Iterable[tuple[str, str, str]]:
    """What two questions differ in: (its name, how it was, how it is now), each to be shown."""
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
