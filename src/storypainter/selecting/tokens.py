"""The words of an expression, each with its place; and what is wrong, shown at its place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from storypainter.errors import BadInput

#: Longer or deeper expressions are refused.
MAX_LENGTH = 2000
MAX_DEPTH = 50

_SHOWN = 72  # characters of the expression in a message

Kind = Literal["number", "word", "text", "judge", "sign", "end"]
#: Words of the language, which are no names unless they stand in quotes.
RESERVED = frozenset({"and", "or", "not"})

_TOKEN = re.compile(
    r"""
    (?P<number> (?: [0-9]+ (?:\.[0-9]*)? | \.[0-9]+ ) (?:[eE][+-]?[0-9]+)? (?![A-Za-z0-9_.]) )
  | (?P<word>   [A-Za-z_] [A-Za-z0-9_]* (?: \.[A-Za-z0-9_]+ )* )
  | (?P<text>   "[^"]*" | '[^']*' )
  | (?P<judge>  @ [ ]* (?: "[^"]*" | '[^']*' | [A-Za-z0-9_] [A-Za-z0-9_./:-]* ) )
  | (?P<sign>   <= | >= | == | != | [<>=()+*-] )
  | (?P<space>  [ \t\r\n]+ )
    """,
    re.X,
)


class BadExpression(BadInput):
    """What is wrong in an expression. As text: the problem, then a caret under its place.

    Args:
        where: what holds the expression (``--where``).
        text: the expression.
        at: the 0-based character at which the problem lies.
        message: what is wrong.
        hint: what to do.
    """

    def __init__(self, where: str, text: str, at: int, message: str, hint: str = "") -> None:
        super().__init__(f"{where}, character {at + 1}: {message}", hint)
        self.text = text
        self.at = at

    def __str__(self) -> str:
        if not self.text.strip():
            return super().__str__()
        line, at = _around(self.text, self.at)
        return f"{super().__str__()}\n  {line}\n  {' ' * at}^"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of an expression: ``value`` without quotes or ``@``, ``at`` its first character."""

    kind: Kind
    value: str
    at: int


@dataclass(frozen=True, slots=True)
class Source:
    """An expression's text, and what holds it (``--where``), for messages."""

    where: str
    text: str

    def wrong(self, at: int, message: str, hint: str = "") -> BadExpression:
        """The error for a place in the text."""
        return BadExpression(self.where, self.text, at, message, hint)

    def tokens(self) -> tuple[Token, ...]:
        """The words in order, closed by an ``end``.

        Raises:
            BadExpression: too long, an open quote, or a character that means nothing here.
        """
        if len(self.text) > MAX_LENGTH:
            raise self.wrong(
                MAX_LENGTH, f"longer than {MAX_LENGTH} characters", "select in several steps"
            )
        broken = re.search("[\ud800-\udfff]", self.text)
        if broken is not None:
            raise self.wrong(broken.start(), "bytes that are no text")
        return (*self._words(), Token("end", "", len(self.text)))

    def _words(self) -> Iterator[Token]:
        at = 0
        while at < len(self.text):
            found = _TOKEN.match(self.text, at)
            if found is None:
                raise self._unreadable(at)
            kind, value = found.lastgroup, found.group()
            if kind == "number":
                if not math.isfinite(float(value)):
                    raise self.wrong(at, "a number that no computer holds")
                yield Token("number", value, at)
            elif kind == "word":
                yield Token("word", value, at)
            elif kind == "text":
                yield Token("text", value[1:-1], at)
            elif kind == "judge":
                judge = value[1:].strip(" ")
                yield Token("judge", judge[1:-1] if judge[0] in "\"'" else judge, at)
            elif kind == "sign":
                yield Token("sign", "=" if value == "==" else value, at)
            at = found.end()

    def _unreadable(self, at: int) -> BadExpression:
        character = self.text[at]
        behind = self.text[at + 1 :].lstrip(" ")
        if character in "\"'" or (character == "@" and behind.startswith(('"', "'"))):
            return self.wrong(at, "a quote is opened and not closed", "close it")
        if character == "@":
            return self.wrong(at, "no judge behind @", 'write name@judge or name@"a judge"')
        if character in "&|!":
            return self.wrong(at, f"{character!r} means nothing here", "write and, or, not")
        if re.match(r"\.?[0-9]", self.text[at:]):
            return self.wrong(at, "a number runs into a word", "put a space between them")
        shown = character if character.isprintable() else f"U+{ord(character):04X}"
        return self.wrong(at, f"{shown!r} means nothing here", 'put unusual names in "quotes"')


def quoted(text: str) -> str:
    """A text in quotes, as :class:`Source` reads it back.

    Raises:
        ValueError: it holds both kinds of quotes, which can't be written.
    """
    if '"' not in text:
        return f'"{text}"'
    if "'" in text:
        raise ValueError("a text with both kinds of quotes can't be written")
    return f"'{text}'"


def is_plain(name: str) -> bool:
    """Whether a name can stand without quotes."""
    found = _TOKEN.fullmatch(name)
    return found is not None and found.lastgroup == "word" and name.casefold() not in RESERVED


def is_plain_judge(judge: str) -> bool:
    """Whether a judge can stand behind ``@`` without quotes."""
    return re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_./:-]*", judge) is not None


def list_of(words: Iterable[str], most: int = 12) -> str:
    """``a, b, c`` with the rest counted."""
    all_words = list(words)
    more = f" and {len(all_words) - most} more" if len(all_words) > most else ""
    return ", ".join(all_words[:most]) + more


def _around(text: str, at: int) -> tuple[str, int]:
    """The part of a text around a place, on one line, and the place in it."""
    line = "".join(c if c.isprintable() else " " for c in text)
    start = max(0, min(at - _SHOWN // 2, len(line) - _SHOWN))
    cut = line[start : start + _SHOWN]
    if start > 0:
        cut = "…" + cut[1:]
    if start + _SHOWN < len(line):
        cut = cut[:-1] + "…"
    return cut, min(at - start, len(cut))
