"""Reading world files: TOML to values, with errors that name the file and the line."""

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

#: The largest world file that is read, in bytes.
MAX_BYTES = 2_000_000

_HELP = "docs/planner.md explains the format"
#: Directives that would make an answer-set solver run or load something. A world is data only.
_DIRECTIVE = re.compile(r"#\s*(script|include|program|external|const|show|theory|end)\b", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


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


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands: a file's name and its lines, for errors."""

    name: str
    lines: tuple[str, ...] = ()

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """The line (from 1) of the table or key that ``path`` leads to, as near as it is found."""
        return _line_of(self.lines, path)

    def problem(self, path: tuple[str | int, ...], what: str, hint: str = _HELP) -> BadInput:
        """A BadInput that names the file, the line and what is wrong there."""
        return BadInput(f"{self.name}, line {self.line_of(path)}: {what}", hint)


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
        source, index = self.where[kind, name]
        return source.problem((kind, index, *path), f"{kind} {name!r}: {what}")


_T = TypeVar("_T", Setting, Situation, Relationship, Fact, Feeling, Locale)


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
    for path in sorted(_files(folder, ""), key=lambda each: each[0]):
        name, file = path
        raw = _bytes(name, file)
        digest.update(name.encode() + b"\0" + raw + b"\0")
        source = Source(name, tuple(raw.decode("utf-8", "replace").splitlines()))
        content = _parse(raw, source)
        _add(worlds, worlds.settings, "setting", content.setting, source)
        _add(worlds, worlds.situations, "situation", content.situation, source)
        _add(worlds, worlds.relationships, "relationship", content.relationship, source)
        _add(worlds, worlds.facts, "fact", content.fact, source)
        _add(worlds, worlds.feelings, "feeling", content.feeling, source)
        _add(worlds, worlds.locales, "locale", content.locale, source)
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


def _add(
    worlds: Worlds, known: dict[str, _T], kind: str, found: tuple[_T, ...], source: Source
) -> None:
    for index, each in enumerate(found):
        if each.id in known:
            other = worlds.where[kind, each.id][0].name
            raise source.problem((kind, index), f"{kind} {each.id!r} is in {other} already")
        known[each.id] = each
        worlds.where[kind, each.id] = (source, index)


def _files(folder: Path | Traversable, under: str) -> Iterator[tuple[str, Path | Traversable]]:
    try:
        entries = list(folder.iterdir())
    except OSError as error:
        raise BadInput(
            f"the worlds in {folder}: can't be read: {error.strerror}", "check the folder"
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


def _parse(raw: bytes, source: Source) -> WorldFile:
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
        if _DIRECTIVE.search(text) or _CONTROL.search(text):
            raise source.problem(
                path, "a solver directive or a control character", "a world holds data only"
            )
    try:
        return WorldFile.model_validate(plain)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in problem["loc"] if not isinstance(part, int))
        what = problem["msg"].removeprefix("Value error, ")
        raise source.problem(tuple(problem["loc"]), f"{where}: {what}") from None


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


def _line_of(lines: tuple[str, ...], path: tuple[str | int, ...]) -> int:
    """Follow ``path`` through the headers of arrays of tables, then look for the last keys.

    TOML's reader keeps no positions. World files write each situation, image, time … under a
    header of its own, so counting headers finds the table, and its keys stand below.
    """
    at, end, header = 0, len(lines), ""
    rest = list(path)
    while len(rest) >= 2 and isinstance(rest[1], int):
        name = f"{header}.{rest[0]}" if header else str(rest[0])
        starts = [n for n in range(at, end) if lines[n].strip() == f"[[{name}]]"]
        if rest[1] >= len(starts):
            break
        end = (
            starts[rest[1] + 1]
            if rest[1] + 1 < len(starts)
            else _end(lines, starts[rest[1]], end, header)
        )
        at, header, rest = starts[rest[1]], name, rest[2:]
    for count in range(len(rest), 0, -1):
        keys = [str(part) for part in rest[:count] if isinstance(part, str)]
        if not keys:
            continue
        pattern = re.compile(
            rf"\s*(\[{{1,2}}[\w.]*\b{re.escape('.'.join(keys))}\b|{re.escape('.'.join(keys))}\b\s*[=.])"
        )
        last = re.compile(rf"\s*{re.escape(keys[-1])}\s*=")
        for number in range(at, end):
            if pattern.match(lines[number]) or (count > 1 and last.match(lines[number])):
                return number + 1
    return at + 1


def _end(lines: tuple[str, ...], start: int, end: int, header: str) -> int:
    """Where the last table of an array ends: at the next header of its parent or of another."""
    outer = header.split(".")[0] if header else ""
    for number in range(start + 1, end):
        if outer and lines[number].strip() == f"[[{outer}]]":
            return number
    return end
