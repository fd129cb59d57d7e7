"""Whether a condition holds of an item: yes, no, or not known, and by which scores.

Kleene's three-valued logic (Introduction to Metamathematics, 1952, section 64): what isn't known
stays unknown, unless the rest decides: false and unknown is false, true or unknown is true.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from storypainter.selecting.looking_up import Meaning
from storypainter.selecting.reading import Candidate, Unknown
from storypainter.selecting.tree import (
    YES,
    And,
    Atom,
    Compare,
    Name,
    Not,
    Operator,
    Or,
    Rank,
    Says,
    Where,
    Yes,
)

#: Numbers that differ by less count as equal: means of tenths must reach their threshold.
TOLERANCE = 1e-9

_HOLDS: Mapping[Operator, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether it holds (``None``: not known), and the parts that decided it.

    ``because`` are reasons with the scores of this item; ``atoms`` the same parts as they stand
    in the expression.
    """

    holds: bool | None
    because: tuple[str, ...]
    atoms: tuple[str, ...]


def judge(tree: Where, candidate: Candidate, meaning: Meaning) -> Outcome:
    """Whether the condition holds of the item, and why."""
    if isinstance(tree, Not):
        part = judge(tree.part, candidate, meaning)
        return Outcome(None if part.holds is None else not part.holds, part.because, part.atoms)
    if isinstance(tree, And | Or):
        parts = [judge(part, candidate, meaning) for part in tree.parts]
        deciding = isinstance(tree, Or)
        found = {part.holds for part in parts}
        holds = deciding if deciding in found else None if None in found else not deciding
        return _joined(holds, [part for part in parts if part.holds is holds])
    holds, because = _atom(tree, candidate, meaning)
    return Outcome(holds, (because,), (str(tree),))


def height(rank: Rank, candidate: Candidate, meaning: Meaning) -> float | Unknown:
    """The weighted sum of an item's scores; unknown as soon as one of them is."""
    total = 0.0
    for weight, name in rank.parts:
        value = meaning.value(candidate, name)
        if isinstance(value, Unknown):
            return value
        total += weight * value
    return total if math.isfinite(total) else Unknown("its rank is no number that a computer holds")


def number(value: float) -> str:
    """A score as reasons show it: six digits at most, so that it is seen beside its threshold."""
    return f"{value:.6g}"


def _joined(holds: bool | None, parts: list[Outcome]) -> Outcome:
    because = dict.fromkeys(reason for part in parts for reason in part.because)
    atoms = dict.fromkeys(atom for part in parts for atom in part.atoms)
    return Outcome(holds, tuple(because), tuple(atoms))


def _atom(atom: Atom, candidate: Candidate, meaning: Meaning) -> tuple[bool | None, str]:
    if isinstance(atom, Says):
        return _says(atom, candidate)
    if isinstance(atom, Yes):
        value = meaning.value(candidate, atom.name)
        if isinstance(value, Unknown):
            return None, value.why
        yes = _compared(value, ">=", YES)
        return yes, f"{meaning.shown(atom.name)}: {'yes' if yes else 'no'}, {number(value)}"
    return _compare(atom, candidate, meaning)


def _compare(atom: Compare, candidate: Candidate, meaning: Meaning) -> tuple[bool | None, str]:
    sides: list[float] = []
    shown: list[str] = []
    for side in (atom.left, atom.right):
        value = meaning.value(candidate, side) if isinstance(side, Name) else side
        if isinstance(value, Unknown):
            return None, value.why
        sides.append(value)
        name = f"{meaning.shown(side)} " if isinstance(side, Name) else ""
        shown.append(f"{name}{number(value)}")
    holds = _compared(sides[0], atom.operator, sides[1])
    sign = atom.operator if holds else f"is not {atom.operator}"
    return holds, f"{shown[0]} {sign} {shown[1]}"


def _says(atom: Says, candidate: Candidate) -> tuple[bool | None, str]:
    text = candidate.texts.get(atom.field_)
    if text is None:
        return None, f"no {atom.field_} is known"
    same = alike(text) == alike(atom.text)
    return same is (atom.operator == "="), f"{atom.field_} is {text}"


def alike(text: str) -> str:
    """A text as it is compared: case, spaces and underscores don't count."""
    return " ".join(text.replace("_", " ").casefold().split())


def _compared(left: float, sign: Operator, right: float) -> bool:
    if abs(left - right) < TOLERANCE:
        left = right
    return _HOLDS[sign](left, right)
