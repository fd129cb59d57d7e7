"""Words, lemmas and parts of speech of a story, by HanTa's English model (tags: CLAWS C5).

``NN1`` is a singular noun, ``VVZ`` a lexical verb in the -s form, ``AT0`` an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

_TOKEN = re.compile(
    r"\d+(?:[.:,]\d+)+|['’](?:s|re|ve|ll|d|m)\b|[^\W_]+(?=n['’]t\b)|n['’]t\b"
    r"|[^\W_]+(?:[-'’](?!(?:s|re|ve|ll|d|m)\b)[^\W_]+)*|[^\w\s]|_",
    re.IGNORECASE,
)
_ABBREVIATIONS = frozenset({"mr", "mrs", "ms", "dr", "st", "no", "etc", "a.m", "p.m"})
_STOPS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’)]»")
_LONGEST_SENTENCE = 120
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark as written, its lemma (lower case), its tag, and its character offsets."""

    text: str
    lemma: str
    tag: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.casefold()

    @property
    def is_noun(self) -> bool:
        """A common noun."""
        return self.tag in ("NN0", "NN1", "NN2")


def sentences(text: str) -> tuple[tuple[Token, ...], ...]:
    """The sentences of a text as tagged tokens, cut after 120 tokens at the latest."""
    return tuple(_tagged(text, spans) for spans in _sentence_spans(text))


def _sentence_spans(text: str) -> Iterator[list[tuple[int, int]]]:
    spans: list[tuple[int, int]] = []
    ended = False
    for match in _TOKEN.finditer(text):
        gap = text[spans[-1][1] : match.start()] if spans else ""
        begins = ended and bool(gap) and not match[0][0].islower()
        if spans and (begins or gap.count("\n") > 1 or len(spans) >= _LONGEST_SENTENCE):
            yield spans
            spans, ended = [], False
        spans.append(match.span())
        if match[0] in _STOPS:
            before = text[spans[-2][0] : spans[-2][1]].casefold() if len(spans) > 1 else ""
            ended = not (match[0] == "." and before in _ABBREVIATIONS)
        elif match[0] not in _CLOSERS:
            ended = False
    if spans:
        yield spans


def _tagged(text: str, spans: list[tuple[int, int]]) -> tuple[Token, ...]:
    words = [text[start:end] for start, end in spans]
    plain = tuple(w.replace("’", "'")[:_LONGEST_WORD] for w in words)
    return tuple(
        Token(word, lemma.casefold(), tag, start, end)
        for word, (lemma, tag), (start, end) in zip(words, _tags(plain), spans, strict=True)
    )


@lru_cache(maxsize=2048)
def _tags(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((str(lemma), str(tag)) for _, lemma, tag in _tagger().tag_sent(list(words)))


@cache
def _tagger() -> Any:
    from HanTa.HanoverTagger import HanoverTagger

    return HanoverTagger("morphmodel_en.pgz")
