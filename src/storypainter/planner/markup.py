"""The small language in which a world file tells what is seen: text to tree.

A telling has one sentence a line. ``? `` before a sentence makes it optional, ``> `` a sentence
that may close the story. Inside a sentence::

    {thief}                 somebody or something, as it comes: "a boy", "the boy", "he"; after a
                            preposition "him"
    {thief.o} {thief.s}     the same as an object ("him") and as a possessive ("the boy's", "his")
    {thief.hers}            the possessive that stands alone ("the girl's", "hers")
    {thief.he} {thief.him} {thief.his} {thief.himself}   always the pronoun
    {thief.the} {thief.a}   always the noun, with that article
    {thief:his son|her...}  one wording for a man, one for a woman: {thief:man's text|woman's text}
    [reach: an arm in the jar]   what lets the clue "reach" be seen
    (slips|is slipping)     either wording
    sentence || sentence    either sentence

"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from storypainter.errors import BadInput

#: ``noun`` is what a plain mention becomes where a pronoun would be out of place.
FORMS = frozenset({"", "o", "s", "hers", "he", "him", "his", "himself", "the", "a"})
PRONOUNS = frozenset({"he", "him", "his", "himself"})

_NAME = r"[a-z][a-z0-9_]*"
_MENTION = re.compile(rf"({_NAME})(?:\.([a-z]+))?")
_GENDERED = re.compile(rf"({_NAME}):([^|{{}}]*)\|([^|{{}}]*)")
_CLUE = re.compile(rf"\[({_NAME}):\s*")


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something, in one of ``FORMS``."""

    name: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Gendered:
    """One wording if ``name`` is a man or a boy, another if a woman or a girl."""

    name: str
    male: str
    female: str


@dataclass(frozen=True, slots=True)
class Either:
    """One of several wordings."""

    options: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """The words that let a clue be seen."""

    clue: str
    parts: tuple[Node, ...]


Node = Words | Mention | Gendered | Either | Seen


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in one or more ``wordings``, each with the same clues.

    ``kind`` is ``core`` (always told), ``optional`` or ``closing`` (optional, told last).
    """

    kind: str
    wordings: tuple[tuple[Node, ...], ...]

    @property
    def clues(self) -> tuple[str, ...]:
        """The clues that it lets be seen, in their order in the first wording."""
        return tuple(node.clue for node in self.wordings[0] if isinstance(node, Seen))

    @property
    def length(self) -> int:
        """Its words in the longest wording; a mention counts as two."""
        return max(_length(wording) for wording in self.wordings)


@lru_cache(maxsize=8192)
def telling(text: str) -> tuple[Sentence, ...]:
    """Read a telling.

    Raises:
        BadInput: an unclosed or unknown mark, or wordings that show different clues; the message
            quotes the sentence.
    """
    sentences = []
    for line in text.splitlines():
        line = line.strip()
        if not line:
            continue
        kind = {"?": "optional", ">": "closing"}.get(line[0], "core")
        body = line if kind == "core" else line[1:].strip()
        wordings = tuple(phrase(part.strip()) for part in body.split("||"))
        shown = {tuple(sorted(_clues(wording))) for wording in wordings}
        if len(shown) > 1:
            raise BadInput(f"the wordings of {body[:60]!r} show different clues", "mark the same")
        sentences.append(Sentence(kind, wordings))
    return tuple(sentences)


@lru_cache(maxsize=16384)
def phrase(text: str) -> tuple[Node, ...]:
    """Read one phrase or sentence (BadInput as :func:`telling`)."""
    reader = _Reader(text)
    nodes = reader.nodes("")
    if reader.at < len(text):
        raise reader.problem(f"a stray {text[reader.at]!r}")
    return nodes


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Every node of a tree, in reading order; of an ``Either``, those of all its wordings."""
    for node in nodes:
        yield node
        if isinstance(node, Seen):
            yield from walk(node.parts)
        elif isinstance(node, Either):
            for option in node.options:
                yield from walk(option)


def names(nodes: tuple[Node, ...]) -> frozenset[str]:
    """Whom and what a tree mentions."""
    return frozenset(node.name for node in walk(nodes) if isinstance(node, Mention | Gendered))


class _Reader:
    """A recursive reader; ``at`` is the place of the next character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def nodes(self, end: str) -> tuple[Node, ...]:
        """Nodes up to one of the characters in ``end``, which is left unread, or the end."""
        found: list[Node] = []
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in end:
            mark = self.text[self.at]
            if mark not in "{[(}]":
                self.at += 1
                continue
            if mark in "}]":
                raise self.problem(f"a stray {mark!r}")
            before, opened = self.text[start : self.at], self.at
            node = {"{": self._mention, "[": self._seen, "(": self._either}[mark]()
            if node is None:  # a bracket that is only a bracket
                self.at = opened + 1
                continue
            if before:
                found.append(Words(before))
            found.append(node)
            start = self.at
        if self.text[start : self.at]:
            found.append(Words(self.text[start : self.at]))
        return tuple(found)

    def _mention(self) -> Node:
        end = self.text.find("}", self.at)
        if end < 0:
            raise self.problem("an unclosed '{'")
        inner = self.text[self.at + 1 : end]
        self.at = end + 1
        if match := _GENDERED.fullmatch(inner):
            return Gendered(match[1], match[2], match[3])
        match = _MENTION.fullmatch(inner)
        if match is None or (match[2] or "") not in FORMS:
            raise self.problem(f"'{{{inner}}}' is no mention")
        return Mention(match[1], match[2] or "")

    def _seen(self) -> Node:
        match = _CLUE.match(self.text, self.at)
        if match is None:
            raise self.problem("a '[' without a clue's name and a colon")
        self.at = match.end()
        parts = self.nodes("]")
        if self.at >= len(self.text):
            raise self.problem("an unclosed '['")
        self.at += 1
        if not parts or any(isinstance(part, Seen) for part in walk(parts)):
            raise self.problem(f"the clue {match[1]!r} is empty or holds another clue")
        return Seen(match[1], parts)

    def _either(self) -> Node | None:
        depth, bar = 0, False
        for place in range(self.at, len(self.text)):
            char = self.text[place]
            depth += (char in "([{") - (char in ")]}")
            bar = bar or (char == "|" and depth == 1)
            if depth == 0:
                break
        else:
            raise self.problem("an unclosed '('")
        if not bar:
            return None
        self.at += 1
        options = [self.nodes("|)")]
        while self.text[self.at] == "|":
            self.at += 1
            options.append(self.nodes("|)"))
        self.at += 1
        return Either(tuple(options))

    def problem(self, what: str) -> BadInput:
        return BadInput(f"{what} in {self.text[:80]!r}", "see docs/planner.md, 'Telling'")


def _clues(nodes: tuple[Node, ...]) -> list[str]:
    return [node.clue for node in walk(nodes) if isinstance(node, Seen)]


def _length(nodes: tuple[Node, ...]) -> int:
    count = 0
    for node in nodes:
        if isinstance(node, Words):
            count += len(node.text.split())
        elif isinstance(node, Mention):
            count += 1 if node.form in PRONOUNS else 2
        elif isinstance(node, Gendered):
            count += len(node.male.split())
        elif isinstance(node, Seen):
            count += _length(node.parts)
        else:
            count += max(_length(option) for option in node.options)
    return count
