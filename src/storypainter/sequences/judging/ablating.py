"""An experiment file for ablations: rows as told folders, each with the commands that make it.

    title = "What each part of the training adds"
    set = "data/sequences"            # optional: annotations and references
    commands = ["storypainter …", …]  # optional: what comes before all rows
    [[rows]]
    label = "Full model"
    told = "runs/full-told"
    shuffled = "runs/full-shuffled"   # optional
    note = "…"                        # optional: stands below the tables
    commands = ["storypainter …", …]

Folders are relative to where the command is run. Commands aren't run from here: they are how
somebody else makes the same row.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from storypainter.errors import BadInput
from storypainter.value import Value, first_problem

_MOST_BYTES = 1024 * 1024


class AblationRow(Value):
    """One row: its name in the table, its told folders, its commands, and what is to be said of it."""

    label: str = Field(min_length=1, max_length=120)
    told: str = Field(min_length=1)
    shuffled: str = ""
    trainings: tuple[str, ...] = ()
    commands: tuple[str, ...] = Field(min_length=1)
    note: str = ""


class Ablations(Value):
    """An experiment of ablations."""

    title: str
    set: str = ""
    part: Literal["train", "validation", "test"] = "test"
    commands: tuple[str, ...] = ()
    rows: tuple[AblationRow, ...] = Field(min_length=1, max_length=50)


@dataclass(frozen=True, slots=True)
class Absent:
    """A row whose narratives aren't there yet, and the commands that make them."""

    label: str
    told: str
    commands: tuple[str, ...]


def read_ablations(path: Path) -> Ablations:
    """An experiment file; ``ablations`` is the one that comes along.

    Raises:
        BadInput: no such file, not TOML, or a field that is wrong (which one).
    """
    if str(path) == "ablations" and not path.exists():
        source = files("storypainter.sequences.judging") / "files/ablations.toml"
        text, name = source.read_text("utf-8"), "ablations.toml"
    else:
        name = str(path)
        try:
            with path.open("rb") as stream:
                data = stream.read(_MOST_BYTES + 1)
            if len(data) > _MOST_BYTES:
                raise BadInput(f"{name} is larger than 1 MB", "give an experiment file")
            text = data.decode("utf-8")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is no text"
            raise BadInput(
                f"{name} can't be read: {reason.lower()}", "check --experiment"
            ) from None
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name}: not valid TOML: {error}", "correct that line") from None
    try:
        found = Ablations.model_validate(plain)
    except ValidationError as error:
        raise BadInput(f"{name}: {first_problem(error)}", "correct that field") from None
    labels = [row.label for row in found.rows]
    for label in labels:
        if labels.count(label) > 1:
            raise BadInput(f"{name}: two rows are called {label!r}", "give each its own label")
    return found


def there(row: AblationRow) -> bool:
    """Whether a row's narratives have been told."""
    return _told(row.told)


def check_paths(plan: Ablations, name: str, *, of_set: bool = True) -> None:
    """Refuse what the file names beside its told rows and what isn't there: a slip of the pen.

    A row that hasn't been told yet isn't one: it is listed with its commands.

    Args:
        plan: the experiment.
        name: of its file.
        of_set: whether the file's own set counts.

    Raises:
        BadInput: which key, of which row.
    """
    for row in plan.rows:
        if there(row) and row.shuffled and not _told(row.shuffled):
            raise BadInput(
                f"{name}: row {row.label!r}: shuffled = {row.shuffled!r}: nothing is told there",
                "correct the path, tell it first, or leave the key out",
            )
    if of_set and plan.set and not Path(plan.set).is_dir():
        raise BadInput(
            f"{name}: set = {plan.set!r}: there is no such folder",
            "correct the path, make the set first, or leave the key out",
        )


def commands_of(plan: Ablations) -> str:
    """All commands in their order, for somebody who begins: what comes first, then row by row."""
    parts = [("first", "", plan.commands)] if plan.commands else []
    parts += [(row.label, row.note, row.commands) for row in plan.rows]
    lines: list[str] = []
    for label, note, commands in parts:
        lines.append(f"  {label}: {note}".rstrip())
        lines += [f"    {line}" for line in commands]
    return "\n".join(lines)


def _told(path: str) -> bool:
    from storypainter.sequences.judging.told import BOOK, BOOKS

    folder = Path(path)
    return folder.is_file() or any((folder / name).is_file() for name in (BOOKS, BOOK))
