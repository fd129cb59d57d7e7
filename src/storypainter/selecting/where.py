"""The language of ``--where`` and ``--rank``: read into a tree, and written back.

    where      = and-part ("or" and-part)*
    and-part   = not-part ("and" not-part)*
    not-part   = "not" not-part | "(" where ")" | comparison | score
    comparison = side ("<" | "<=" | ">" | ">=" | "=" | "!=") side
    side       = score | ["-"] number | for the text fields: a word or "text"
    score      = name ["@" judge]
    rank       = ["-"] part (("+" | "-") part)*
    part       = score | number "*" score | score "*" number

Nothing is ever run as a program: an expression is words, a tree, and then a look at numbers.
"""

from __future__ import annotations

from collections.abc import Callable

from storypainter.selecting.tokens import MAX_DEPTH, RESERVED, Source, Token
from storypainter.selecting.tree import (
    OPERATORS,
    TEXT_FIELDS,
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


def read_where(text: str, where: str = "--where") -> Where:
    """The tree of a condition; ``str`` of it reads back as the same tree.

    Raises:
        BadExpression: with the place of what is wrong.
    """
    reader = _Reader(Source(where, text))
    tree = reader.either()
    reader.must_end()
    return tree


def read_rank(text: str, where: str = "--rank") -> Rank:
    """The weighted sum of an expression such as ``alignment + 0.5*complexity``.

    Raises:
        BadExpression: with the place of what is wrong.
    """
    reader = _Reader(Source(where, text))
    rank = reader.sum()
    reader.must_end()
    return rank


class _Reader:
    """Reads a tree by recursive descent."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._tokens = source.tokens()
        self._next = 0
        self._depth = 0

    # ------------------------------------------------------------ conditions

    def either(self) -> Where:
        return self._chain("or", self._both, Or)

    def _both(self) -> Where:
        return self._chain("and", self._not, And)

    def _chain(self, word: str, part: Callable[[], Where], kind: type[And] | type[Or]) -> Where:
        parts = [part()]
        while self._takes_word(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else kind(tuple(parts))

    def _not(self) -> Where:
        token = self._token
        if self._takes_word("not"):
            return Not(self._deeper(token, self._not))
        if self._takes("("):
            tree = self._deeper(token, self.either)
            if not self._takes(")"):
                raise self._source.wrong(token.at, "a bracket is opened and not closed", "close it")
            self._no_operator()
            return tree
        return self._comparison()

    def _deeper(self, token: Token, read: Callable[[], Where]) -> Where:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._source.wrong(
                token.at, f"nested deeper than {MAX_DEPTH}", "write it with fewer brackets"
            )
        tree = read()
        self._depth -= 1
        return tree

    def _comparison(self) -> Atom:
        first = self._token
        left = self._operand()
        sign = self._token
        if sign.kind != "sign" or sign.value not in OPERATORS:
            return self._alone(first, left)
        self._next += 1
        operator: Operator = sign.value
        second = self._token
        if _is_field(first, left):
            return self._says(first, sign, operator)
        right = self._operand()
        self._no_operator()
        if _is_field(second, right):
            raise self._source.wrong(
                second.at, f"{second.value} is text, and stands first", f"write {second.value} = …"
            )
        if isinstance(left, float) and isinstance(right, float):
            raise self._source.wrong(first.at, "two numbers, and no score", "name a score")
        return Compare(left, operator, right)

    def _alone(self, token: Token, side: Name | float) -> Atom:
        if isinstance(side, float):
            raise self._source.wrong(
                token.at, "a number alone is neither true nor false", "compare it: score >= 0.5"
            )
        if _is_field(token, side):
            raise self._source.wrong(
                token.at, f"{token.value} is text", f"compare it: {token.value} = …"
            )
        return Yes(side)

    def _says(self, name: Token, sign: Token, operator: Operator) -> Says:
        if operator not in ("=", "!="):
            raise self._source.wrong(sign.at, f"{name.value} is text", "compare it with = or !=")
        token = self._token
        # A word of the language is no text: `mode = and` is a slip.
        if token.kind not in ("word", "text") or self._is_reserved(token):
            raise self._source.wrong(
                token.at, f"{name.value} is text", f'write {name.value} {operator} "some text"'
            )
        self._next += 1
        if self._token.kind == "judge":
            raise self._source.wrong(self._token.at, "a text has no judge", 'put it in "quotes"')
        self._no_operator()
        return Says(name.value, operator, token.value, name.at)

    def _no_operator(self) -> None:
        token = self._token
        if token.kind == "sign" and token.value in OPERATORS:
            raise self._source.wrong(
                token.at, "a comparison has two sides", "join two comparisons with and"
            )

    # -------------------------------------------------------------------- sums

    def sum(self) -> Rank:
        negative = self._takes("-")
        parts = [self._weighted(negative)]
        while self._token.kind == "sign" and self._token.value in "+-":
            negative = self._token.value == "-"
            self._next += 1
            parts.append(self._weighted(negative))
        return Rank(tuple(parts))

    def _weighted(self, negative: bool) -> tuple[float, Name]:
        first = self._token
        left = self._operand()
        at = self._token.at
        right: Name | float = 1.0
        if self._takes("*"):
            at = self._token.at
            right = self._operand()
        if isinstance(left, float):
            left, right = right, left
        if isinstance(left, float) or isinstance(right, Name):
            raise self._source.wrong(
                at if isinstance(right, Name) else first.at,
                "each part of a rank is one score, with or without a number",
                "write score + 0.5*score",
            )
        return (-right if negative else right), left

    # ------------------------------------------------------------------- words

    def _operand(self) -> Name | float:
        token = self._token
        if token.kind == "sign" and token.value == "-":
            number = self._tokens[self._next + 1]
            if number.kind == "number":
                self._next += 2
                return -float(number.value)
        if token.kind == "number":
            self._next += 1
            return float(token.value)
        if token.kind in ("word", "text") and not self._is_reserved(token):
            self._next += 1
            if not token.value.strip():
                raise self._source.wrong(token.at, "an empty name")
            judge = self._token
            if judge.kind != "judge":
                return Name(token.value, "", token.at)
            if not judge.value.strip():
                raise self._source.wrong(judge.at, "an empty judge")
            self._next += 1
            return Name(token.value, judge.value, token.at)
        raise self._expected(token)

    def _expected(self, token: Token) -> Exception:
        what = {"end": "the end", "judge": f"@{token.value}"}.get(token.kind, repr(token.value))
        return self._source.wrong(
            token.at, f"a score's name or a number should stand here, not {what}"
        )

    def must_end(self) -> None:
        """Refuse whatever stands behind a whole expression."""
        token = self._token
        if token.kind == "end":
            return
        if token.kind == "sign" and token.value == ")":
            raise self._source.wrong(token.at, "a bracket is closed that nobody opened")
        if token.kind == "sign" and token.value in "+-*":
            raise self._source.wrong(
                token.at, f"{token.value!r} means nothing here", "sums of scores belong to --rank"
            )
        raise self._source.wrong(
            token.at, f"{token.value!r} is not joined to what stands before", "write and, or"
        )

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _takes(self, sign: str) -> bool:
        return self._moves(self._token.kind == "sign" and self._token.value == sign)

    def _takes_word(self, word: str) -> bool:
        token = self._token
        return self._moves(token.kind == "word" and token.value.casefold() == word)

    def _moves(self, on: bool) -> bool:
        self._next += on
        return on

    def _is_reserved(self, token: Token) -> bool:
        return token.kind == "word" and token.value.casefold() in RESERVED


def _is_field(token: Token, side: Name | float) -> bool:
    """Whether the side is a text field: its bare name, without quotes or a judge."""
    return (
        token.kind == "word"
        and isinstance(side, Name)
        and not side.judge
        and side.name in TEXT_FIELDS
    )
