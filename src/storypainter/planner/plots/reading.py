"""Reading what plots are made of: TOML to values, with errors that name the file and the line."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.planner.plots.event import Event, Fact, Kind, Piece, Place
from storypainter.planner.reading import Source
from storypainter.value import Value

#: The largest file of events that is read, in bytes.
MAX_BYTES = 2_000_000

_HELP = "docs/plots.md explains the format"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class PlotFile(Value):
    """The content of one file; each table is optional."""

    event: tuple[Event, ...] = ()
    fact: tuple[Fact, ...] = ()
    thing: tuple[Kind, ...] = ()
    piece: tuple[Piece, ...] = ()
    place: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Stock:
    """All that plots are made of. ``pieces`` by name, then by setting; ``places`` by setting.

    ``where`` tells in which file, and as which of its tables, something stands; ``family`` is the
    file of an event. Compared and hashed by identity, so that what is derived can be cached by it.
    """

    events: dict[str, Event] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    pieces: dict[str, dict[str, Piece]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    family: dict[str, str] = field(default_factory=dict)
    where: dict[tuple[str, str], tuple[Source, int]] = field(default_factory=dict)
    digest: str = ""

    def problem(self, kind: str, name: str, path: tuple[str | int, ...], what: str) -> BadInput:
        """A BadInput about a place inside the event, fact … called ``name``."""
        source, index = self.where[kind, name]
        return source.problem((kind, index, *path), f"{kind} {name!r}: {what}", _HELP)


_T = TypeVar("_T", Event, Fact, Kind)


def read_stock(folder: Path | Traversable) -> Stock:
    """Read every ``.toml`` file of a folder and its folders, in alphabetical order.

    Raises:
        BadInput: a file can't be read, is too large, is not UTF-8 or not TOML, breaks a rule of
            the format, or names something twice; the message names the file and the line.
    """
    stock = Stock()
    digest = hashlib.blake2b(digest_size=8)
    for name, file in sorted(_files(folder, ""), key=lambda each: each[0]):
        raw = _bytes(name, file)
        digest.update(name.encode() + b"\0" + raw + b"\0")
        source = Source(name, tuple(raw.decode("utf-8", "replace").splitlines()))
        content = _parse(raw, source)
        _add(stock, stock.events, "event", content.event, source)
        _add(stock, stock.facts, "fact", content.fact, source)
        _add(stock, stock.kinds, "thing", content.thing, source)
        for event in content.event:
            stock.family[event.id] = name.rpartition("/")[2].removesuffix(".toml")
        for index, piece in enumerate(content.piece):
            stock.where["piece", piece.id] = (source, index)
            for setting in piece.settings:
                if setting in stock.pieces.setdefault(piece.id, {}):
                    raise source.problem(
                        ("piece", index), f"piece {piece.id!r} is there twice in {setting}", _HELP
                    )
                stock.pieces[piece.id][setting] = piece
        for index, place in enumerate(content.place):
            if place.setting in stock.places:
                raise source.problem(("place", index), f"{place.setting!r} is there twice", _HELP)
            stock.places[place.setting] = place
            stock.where["place", place.setting] = (source, index)
    return replace(stock, digest=digest.hexdigest())


@lru_cache(maxsize=1)
def own_stock() -> Stock:
    """What comes with storypainter, read at the first call.

    It was checked across files (``checking.check``) when it was built: a test does that.
    """
    return read_stock(resources.files("storypainter.planner.plots") / "events")


def _add(
    stock: Stock, known: dict[str, _T], kind: str, found: tuple[_T, ...], source: Source
) -> None:
    for index, each in enumerate(found):
        if each.id in known:
            other = stock.where[kind, each.id][0].name
            raise source.problem((kind, index), f"{kind} {each.id!r} is in {other} already", _HELP)
        known[each.id] = each
        stock.where[kind, each.id] = (source, index)


def _files(folder: Path | Traversable, under: str) -> Iterator[tuple[str, Path | Traversable]]:
    try:
        entries = list(folder.iterdir())
    except OSError as error:
        raise BadInput(
            f"the events in {folder}: can't be read: {error.strerror}", "check the folder"
        ) from None
    for entry in entries:
        name = f"{under}{entry.name}"
        if entry.is_dir():
            yield from _files(entry, f"{name}/")
        elif entry.name.endswith(".toml"):
            yield name, entry


def _bytes(name: str, file: Path | Traversable) -> bytes:
    try:
        with file.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(
            f"{name}: can't be read: {error.strerror}", "check the path and its permissions"
        ) from None
    if len(raw) > MAX_BYTES:
        raise BadInput(f"{name}: larger than {MAX_BYTES:,} bytes", "split it into several files")
    return raw


def _parse(raw: bytes, source: Source) -> PlotFile:
    name = source.name
    try:
        plain = tomllib.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{name}, line {line}: not UTF-8", "save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name}: not TOML: {error}", "correct that line") from None
    except RecursionError:
        raise BadInput(f"{name}: nested too deeply", "flatten its lists and tables") from None
    for path, text in _strings(plain, ()):
        if _CONTROL.search(text):
            raise source.problem(path, "a control character", "remove it")
    try:
        return PlotFile.model_validate(plain)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in problem["loc"] if not isinstance(part, int))
        what = problem["msg"].removeprefix("Value error, ")
        raise source.problem(tuple(problem["loc"]), f"{where}: {what}", _HELP) from None


def _strings(
    value: Any, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every string and key in plain data, with the path to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield path, key
            yield from _strings(each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _strings(each, (*path, number))
