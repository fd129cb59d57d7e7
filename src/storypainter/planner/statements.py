"""Rules for clingo, parsed once: a fresh solver takes them as they are.

To read the rules as text takes a solver four times as long as to take them parsed. That doesn't
hold for facts: most of their statements would be used a few times only, and keeping them costs
more than reading them again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

#: A statement as ``clingo.ast`` has it; clingo is loaded on use.
Statement = Any


def parsed(text: str) -> tuple[Statement, ...]:
    """The statements of a text."""
    from clingo import ast

    found: list[Statement] = []
    ast.parse_string(text, found.append)
    return tuple(each for each in found if each.ast_type is not ast.ASTType.Program)


def add(solver: Any, statements: Iterable[Statement]) -> None:
    """Give statements to a solver (``clingo.Control``), in their order."""
    from clingo import ast

    with ast.ProgramBuilder(solver) as builder:
        for each in statements:
            builder.add(each)
