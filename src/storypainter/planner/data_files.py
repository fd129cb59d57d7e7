"""Files of data that the planner reads: TOML to values, with errors that name the file and the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.value import Value

#: The largest file that is read, in bytes.
MAX_BYTES = 2_000_000

#: Directives that would make an answer-set solver run or load something. These files are data only.
_DIRECTIVE = re.compile(r"#\s*(script|include|program|external|const|show|theory|end)\b", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

V = TypeVar("V", bound=Value)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands: a file's name and its lines, for errors; ``help``: where to read on."""

    name: str
    lines: tuple[str, ...] = ()
    help: str = ""

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """The line (from 1) of the table or key that ``path`` leads to, as near as it is found."""
        return _line_of(self.lines, path)

    def problem(self, path: tuple[str | int, ...], what: str, hint: str = "") -> BadInput:
        """A BadInput that names the file, the line and what is wrong there."""
        return BadInput(f"{self.name}, line {self.line_of(path)}: {what}", hint or self.help)


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file of a folder, unread as yet: its bytes and where it stands."""

    raw: bytes
    source: Source

    @property
    def name(self) -> str:
        """Its path below the folder."""
        return self.source.name


def data_files(folder: Path | Traversable, what: str, help: str) -> Iterator[DataFile]:
    """Every ``.toml`` file of a folder and its folders, in alphabetical order.

    Args:
        folder: where they lie.
        what: what they hold, for errors (``worlds``).
        help: the hint of errors that no other is better for.

    Raises:
        BadInput: one can't be read, or is larger than ``MAX_BYTES``.
    """
    for name, file in sorted(_files(folder, "", what), key=lambda each: each[0]):
        raw = _bytes(name, file)
        lines = tuple(raw.decode("utf-8", "replace").splitlines())
        yield DataFile(raw, Source(name, lines, help))


def parsed(file: DataFile, form: type[V], what: str) -> V:
    """The content of a file as a value of ``form``.

    Args:
        file: the file.
        form: what it has to be.
        what: what such a file is, for errors (``a world``).

    Raises:
        BadInput: it is not UTF-8 or not TOML, carries a solver directive or a control character,
            or breaks a rule of ``form``; the message names the file and the line.
    """
    name, source = file.name, file.source
    try:
        plain = tomllib.loads(file.raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = file.raw.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{name}, line {line}: not UTF-8", "save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name}: not TOML: {error}", "correct that line") from None
    except RecursionError:
        raise BadInput(f"{name}: nested too deeply", "flatten its lists and tables") from None
    for path, text in _strings(plain, ()):
        if _DIRECTIVE.search(text) or _CONTROL.search(text):
            raise source.problem(
                path, "a solver directive or a control character", f"{what} holds data only"
            )
    try:
        return form.model_validate(plain)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in problem["loc"] if not isinstance(part, int))
        message = problem["msg"].removeprefix("Value error, ")
        raise source.problem(tuple(problem["loc"]), f"{where}: {message}") from None


def add(
    where: dict[tuple[str, str], tuple[Source, int]],
    known: dict[str, N],
    kind: str,
    found: tuple[N, ...],
    source: Source,
) -> None:
    """Take what a file holds of one kind into what is ``known``, and note ``where`` it stands.

    Raises:
        BadInput: one of that id is known already.
    """
    for index, each in enumerate(found):
        if each.id in known:
            other = where[kind, each.id][0].name
            raise source.problem((kind, index), f"{kind} {each.id!r} is in {other} already")
        known[each.id] = each
        where[kind, each.id] = (source, index)


def problem_at(
    where: Mapping[tuple[str, str], tuple[Source, int]],
    kind: str,
    name: str,
    path: tuple[str | int, ...],
    what: str,
) -> BadInput:
    """A BadInput about a place inside something of one kind that is called ``name``."""
    source, index = where[kind, name]
    return source.problem((kind, index, *path), f"{kind} {name!r}: {what}")


def _files(
    folder: Path | Traversable, under: str, what: str
) -> Iterator[tuple[str, Path | Traversable]]:
    try:
        entries = list(folder.iterdir())
    except OSError as error:
        raise BadInput(
            f"the {what} in {folder}: can't be read: {error.strerror}", "check the folder"
        ) from None
    for entry in entries:
        name = f"{under}{entry.name}"
        if entry.is_dir():
            yield from _files(entry, f"{name}/", what)
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
