"""Reading world files: TOML to values, with errors that name the file and the line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from storypainter.errors import BadInput
from storypainter.planner.data_files import Source, add, data_files, parsed, problem_at
from storypainter.planner.world import (
    Fact,
    Feeling,
    Locale,
    LocalTime,
    Look,
    Relationship,
    Setting,
    Situation,
)
from storypainter.value import Value

_HELP = "docs/planner.md explains the format"


class WorldFile(Value):
    """The content of one world file; each table is optional."""

    setting: tuple[Setting, ...] = ()
    situation: tuple[Situation, ...] = ()
    relationship: tuple[Relationship, ...] = ()
    look: tuple[Look, ...] = ()
    fact: tuple[Fact, ...] = ()
    feeling: tuple[Feeling, ...] = ()
    locale: tuple[Locale, ...] = ()
    time: tuple[LocalTime, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Worlds:
    """All that the planner knows. ``where`` tells where a setting or situation stands.

    ``digest`` is a hash of the files. Compared and hashed by identity, so that what is derived from
    worlds can be cached by them.
    """

    settings: dict[str, Setting] = field(default_factory=dict)
    situations: dict[str, Situation] = field(default_factory=dict)
    relationships: dict[str, Relationship] = field(default_factory=dict)
    looks: tuple[Look, ...] = ()
    facts: dict[str, Fact] = field(default_factory=dict)
    feelings: dict[str, Feeling] = field(default_factory=dict)
    locales: dict[str, Locale] = field(default_factory=dict)
    times: tuple[LocalTime, ...] = ()
    where: dict[tuple[str, str], tuple[Source, int]] = field(default_factory=dict)
    digest: str = ""

    def problem(self, kind: str, name: str, path: tuple[str | int, ...], what: str) -> BadInput:
        """A BadInput about a place inside the setting, situation … called ``name``."""
        return problem_at(self.where, kind, name, path, what)


def read_worlds(folder: Path | Traversable) -> Worlds:
    """Read every ``.toml`` file of a folder and its folders, in alphabetical order.

    Raises:
        BadInput: a file can't be read, is too large, is not UTF-8 or not TOML, breaks a rule of
            the format, or names something twice; the message names the file and the line.
    """
    worlds = Worlds()
    looks: list[Look] = []
    times: list[LocalTime] = []
    digest = hashlib.blake2b(digest_size=8)
    for file in data_files(folder, "worlds", _HELP):
        digest.update(file.name.encode() + b"\0" + file.raw + b"\0")
        source = file.source
        content = parsed(file, WorldFile, "a world")
        add(worlds.where, worlds.settings, "setting", content.setting, source)
        add(worlds.where, worlds.situations, "situation", content.situation, source)
        add(worlds.where, worlds.relationships, "relationship", content.relationship, source)
        add(worlds.where, worlds.facts, "fact", content.fact, source)
        add(worlds.where, worlds.feelings, "feeling", content.feeling, source)
        add(worlds.where, worlds.locales, "locale", content.locale, source)
        for number, look in enumerate(content.look):
            worlds.where["look", str(len(looks))] = (source, number)
            looks.append(look)
        for number, time in enumerate(content.time):
            worlds.where["time", str(len(times))] = (source, number)
            times.append(time)
    return replace(worlds, looks=tuple(looks), times=tuple(times), digest=digest.hexdigest())


@lru_cache(maxsize=1)
def own_worlds() -> Worlds:
    """The worlds that come with storypainter, read at the first call.

    They were checked across files (``checking.check``) when they were built: a test does that,
    and it takes three times as long as reading them.
    """
    return read_worlds(resources.files("storypainter.planner") / "worlds")
