"""What an expression says, as a tree; ``str`` of a tree reads back as the same tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from storypainter.selecting.tokens import is_plain, is_plain_judge, quoted

Operator: TypeAlias = Literal["<", "<=", ">", ">=", "=", "!="]
OPERATORS: tuple[Operator, ...] = ("<", "<=", ">", ">=", "=", "!=")
#: What is text in a run, and compared as text.
TEXT_FIELDS = ("storyteller", "painter", "mode", "setting")
#: A score that stands alone is a question with yes or no: yes from here on.
YES = 0.5


@dataclass(frozen=True, slots=True)
class Name:
    """A score: its name (dotted: a part of it) and, where it is said, whose. ``at`` is a place."""

    name: str
    judge: str = ""
    at: int = field(default=0, compare=False)

    def __str__(self) -> str:
        if self.judge:
            judge = self.judge if is_plain_judge(self.judge) else quoted(self.judge)
            return f"{self.name if is_plain(self.name) else quoted(self.name)}@{judge}"
        plain = is_plain(self.name) and self.name not in TEXT_FIELDS
        return self.name if plain else quoted(self.name)


@dataclass(frozen=True, slots=True)
class Yes:
    """A score that stands alone: at least 0.5."""

    name: Name

    def __str__(self) -> str:
        return str(self.name)


@dataclass(frozen=True, slots=True)
class Compare:
    """Two sides, of which at least one is a score."""

    left: Name | float
    operator: Operator
    right: Name | float

    def __str__(self) -> str:
        return f"{_side(self.left)} {self.operator} {_side(self.right)}"


@dataclass(frozen=True, slots=True)
class Says:
    """A text field that is, or is not, a text."""

    field_: str
    operator: Literal["=", "!="]
    text: str
    at: int = field(default=0, compare=False)

    def __str__(self) -> str:
        text = self.text if is_plain(self.text) else quoted(self.text)
        return f"{self.field_} {self.operator} {text}"


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: Where

    def __str__(self) -> str:
        return f"not {_inside(self.part, And, Or)}"


@dataclass(frozen=True, slots=True)
class And:
    """All of two parts or more."""

    parts: tuple[Where, ...]

    def __str__(self) -> str:
        return " and ".join(_inside(part, And, Or) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """One of two parts or more."""

    parts: tuple[Where, ...]

    def __str__(self) -> str:
        return " or ".join(_inside(part, Or) for part in self.parts)


Where: TypeAlias = Yes | Compare | Says | Not | And | Or
Atom: TypeAlias = Yes | Compare | Says


@dataclass(frozen=True, slots=True)
class Rank:
    """A weighted sum of scores, highest first."""

    parts: tuple[tuple[float, Name], ...]

    def __str__(self) -> str:
        text = ""
        for weight, name in self.parts:
            sign = (" - " if text else "-") if weight < 0 else (" + " if text else "")
            factor = "" if abs(weight) == 1 else f"{abs(weight)!r}*"
            text += f"{sign}{factor}{name}"
        return text


def names_in(tree: Where | Rank) -> tuple[Name, ...]:
    """The scores that an expression asks for, in order, each mention once."""
    if isinstance(tree, Rank):
        return tuple(name for _, name in tree.parts)
    if isinstance(tree, Yes):
        return (tree.name,)
    if isinstance(tree, Compare):
        return tuple(side for side in (tree.left, tree.right) if isinstance(side, Name))
    if isinstance(tree, Says):
        return ()
    parts = (tree.part,) if isinstance(tree, Not) else tree.parts
    return tuple(name for part in parts for name in names_in(part))


def texts_in(tree: Where) -> tuple[Says, ...]:
    """The comparisons of text fields in a condition."""
    if isinstance(tree, Says):
        return (tree,)
    if isinstance(tree, Yes | Compare):
        return ()
    parts = (tree.part,) if isinstance(tree, Not) else tree.parts
    return tuple(said for part in parts for said in texts_in(part))


def _side(side: Name | float) -> str:
    return str(side) if isinstance(side, Name) else repr(side)


def _inside(part: Where, *bracketed: type) -> str:
    return f"({part})" if isinstance(part, bracketed) else str(part)
