"""A story as the Moment rules read it: sentences, what is quoted or written, what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from storypainter.evaluators.contract import Passage
from storypainter.evaluators.moment_rules.clauses import Reading, read
from storypainter.evaluators.moment_rules.lexicon import is_writing
from storypainter.evaluators.moment_rules.quotes import Quotation, quotations
from storypainter.evaluators.tagging import Sentence, Token, sentences

#: What is put in place of words that aren't the narrator's own, letter for letter.
BLANK = "\x00"
_LONGEST = 160  # characters of a passage


@dataclass(frozen=True)
class Telling:
    """A text with its readings; ``own`` is the text with quoted and written words blanked."""

    text: str
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    readings: tuple[Reading, ...]
    own: str

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens of the text."""
        return tuple(token for sentence in self.sentences for token in sentence.tokens)

    def passage(self, kind: str, start: int, end: int) -> Passage:
        """A finding; what is too long to show is cut at a word."""
        if end - start > _LONGEST:
            cut = self.text.rfind(" ", start, start + _LONGEST)
            end = cut if cut > start else start + _LONGEST
        return Passage(kind=kind, text=self.text[start:end], start=start, end=end)


def tell(text: str) -> Telling:
    """Read a text. Any text will do; one without a word has no sentences."""
    found = sentences(text)
    tokens = tuple(token for sentence in found for token in sentence.tokens)
    quoted = quotations(text, tokens)
    blanks = [(each.start, each.end) for each in quoted]
    blanks += _capitals(tokens)
    for sentence in found:
        blanks += [*_behind_colons(sentence), *_read_out(sentence)]
    blanks.sort()
    own = _blanked(text, blanks)
    readings = tuple(
        read(
            sentence,
            frozenset(at for at, token in enumerate(sentence.tokens) if own[token.start] == BLANK),
        )
        for sentence in found
    )
    return Telling(text, found, quoted, readings, own)


def _capitals(tokens: tuple[Token, ...]) -> list[tuple[int, int]]:
    """Words in capitals, as on signs, unless the whole text is."""
    letters = [token for token in tokens if sum(map(str.isalpha, token.text)) > 1]
    capitals = [(t.start, t.end) for t in letters if t.text.isupper() and t.text != "TV"]
    return capitals if 2 * len(capitals) < len(letters) else []


def _behind_colons(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """What a colon and a capital letter announce behind something written: ``a card: Back at 2``."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens[:-1]):
        if token.text == ":" and tokens[at + 1].text[:1].isupper():
            before = [each for each in tokens[:at] if each.is_noun]
            if any(is_writing(each.lemma, surely=True) for each in before[-4:]):
                yield tokens[at + 1].start, sentence.end
                return


def _read_out(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """What a sign says before its verb: ``A train will not stop here, says the rusty sign``."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        told = token.lemma in ("say", "read", "announce", "warn", "declare", "promise")
        if not told or token.tag not in ("VVZ", "VVB", "VVD") or not 1 < at < len(tokens) - 1:
            continue
        nouns = [each for each in tokens[at + 1 : at + 6] if each.is_noun]
        if tokens[at - 1].text == "," and any(is_writing(each.lemma) for each in nouns):
            yield sentence.start, tokens[at - 1].start
            return


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in spans:
        start = max(start, at)
        if end > start:
            parts += text[at:start], re.sub(r"[^\n]", BLANK, text[start:end])
            at = end
    return "".join([*parts, text[at:]])
