"""Reading what plots are made of: TOML to values, with errors that name the file and the line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from storypainter.errors import BadInput
from storypainter.planner.data_files import Source, add, data_files, parsed, problem_at
from storypainter.planner.plots.event import Event, Fact, Kind, Piece, Place
from storypainter.value import Value

_HELP = "docs/plots.md explains the format"


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
        return problem_at(self.where, kind, name, path, what)


def read_stock(folder: Path | Traversable) -> Stock:
    """Read every ``.toml`` file of a folder and its folders, in alphabetical order.

    Raises:
        BadInput: a file can't be read, is too large, is not UTF-8 or not TOML, breaks a rule of
            the format, or names something twice; the message names the file and the line.
    """
    stock = Stock()
    digest = hashlib.blake2b(digest_size=8)
    for file in data_files(folder, "events", _HELP):
        digest.update(file.name.encode() + b"\0" + file.raw + b"\0")
        source = file.source
        content = parsed(file, PlotFile, "a file of events")
        add(stock.where, stock.events, "event", content.event, source)
        add(stock.where, stock.facts, "fact", content.fact, source)
        add(stock.where, stock.kinds, "thing", content.thing, source)
        for event in content.event:
            stock.family[event.id] = file.name.rpartition("/")[2].removesuffix(".toml")
        for index, piece in enumerate(content.piece):
            stock.where["piece", piece.id] = (source, index)
            for setting in piece.settings:
                if setting in stock.pieces.setdefault(piece.id, {}):
                    raise source.problem(
                        ("piece", index), f"piece {piece.id!r} is there twice in {setting}"
                    )
                stock.pieces[piece.id][setting] = piece
        for index, place in enumerate(content.place):
            if place.setting in stock.places:
                raise source.problem(("place", index), f"{place.setting!r} is there twice")
            stock.places[place.setting] = place
            stock.where["place", place.setting] = (source, index)
    return replace(stock, digest=digest.hexdigest())


@lru_cache(maxsize=1)
def own_stock() -> Stock:
    """What comes with storypainter, read at the first call.

    It was checked across files (``checking.check``) when it was built: a test does that.
    """
    return read_stock(resources.files("storypainter.planner.plots") / "events")
