"""Where a line of a sign may end: between words, between characters, or with a hyphen.

Most scripts break at spaces. Chinese and Japanese break between characters, but no line begins
with a closing mark or a small kana; Japanese prefers the beginning of a phrase. Thai breaks
before a vowel that is written first, where a syllable always begins.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_HAN_OR_KANA = re.compile(r"[\u2e80-\u30ff\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")
_HIRAGANA = re.compile(r"[\u3041-\u309f]")
_NEVER_FIRST = frozenset(
    "、。，．・：；？！」』】）〕〉》ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々…‥,.!?:;)]}%"
)
_NEVER_LAST = frozenset("「『【（〔〈《([{￥¥$#")
_THAI_FIRST_VOWELS = "เแโใไ"
_PHRASE = 10  # characters: a longer Japanese phrase is broken in the middle
_LONG_WORD = 12  # letters: only longer words are ever broken by a hyphen
_TOGETHER = frozenset({"ch", "ck", "ph", "qu", "sh", "sz", "th", "wh", "cz", "ll", "gn"})
_VOWELS = frozenset("aeiouyаеиоуыэюяіїєαεηιουω")


@dataclass(frozen=True, slots=True)
class Piece:
    """What stays together on a line, and what joins it to the piece before it."""

    text: str
    glue: str = " "


def pieces_of(line: str) -> list[Piece]:
    """The unbreakable pieces of a line of text, in the order of reading."""
    found: list[Piece] = []
    for word in line.split():
        for index, part in enumerate(_parts(word)):
            found.append(Piece(part, "" if index else " "))
    return found


def hyphenated(pieces: Sequence[Piece], most: int = _LONG_WORD) -> list[Piece] | None:
    """The pieces with every word of more than ``most`` letters broken; None if there is none."""
    found: list[Piece] = []
    for piece in pieces:
        if len(piece.text) <= most or not piece.text.isalpha() or not _has_hyphens(piece.text):
            found.append(piece)
            continue
        parts = _syllables(piece.text, math.ceil(len(piece.text) / most))
        found.extend(
            Piece(part + ("-" if index + 1 < len(parts) else ""), "" if index else piece.glue)
            for index, part in enumerate(parts)
        )
    return found if len(found) > len(pieces) else None


def balanced(pieces: Sequence[Piece], count: int) -> list[str]:
    """``pieces`` in ``count`` lines as even as can be; a hyphen stays only at a line's end."""
    widths = [_breadth(piece) for piece in pieces]
    total = len(pieces)
    # best[k][i]: the least cost of setting the first i pieces in k lines, and the last line's start
    best: list[list[tuple[float, int]]] = [[(math.inf, 0)] * (total + 1) for _ in range(count + 1)]
    best[0][0] = (0.0, 0)
    for k in range(1, count + 1):
        for stop in range(k, total + 1):
            best[k][stop] = min(
                (best[k - 1][start][0] + sum(widths[start:stop]) ** 4, start)
                for start in range(k - 1, stop)
            )
    ends = [total]
    for k in range(count, 0, -1):
        ends.append(best[k][ends[-1]][1])
    ends.reverse()
    return [_joined(pieces[ends[i] : ends[i + 1]]) for i in range(count)]


def _joined(pieces: Sequence[Piece]) -> str:
    line = pieces[0].text
    for piece in pieces[1:]:
        if line.endswith("-") and not piece.glue and piece.text[0].isalpha():
            line = line[:-1]
        line += piece.glue + piece.text
    return line


def _breadth(piece: Piece) -> float:
    """About how wide a piece is, in Latin letters, with the space that joins it."""
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in piece.text)
    marks = sum(unicodedata.category(each) == "Mn" for each in piece.text)
    return len(piece.text) - marks + 0.7 * wide + 0.5 * len(piece.glue)


def _parts(word: str) -> list[str]:
    if _HAN_OR_KANA.search(word):
        return _east_asian(word)
    if any(each in word for each in _THAI_FIRST_VOWELS):
        parts = re.split(f"(?=[{_THAI_FIRST_VOWELS}])", word)
        return _merge_short([part for part in parts if part], 3)
    return [word]


def _east_asian(word: str) -> list[str]:
    japanese = _HIRAGANA.search(word) is not None
    parts = [word[0]]
    for before, each in pairwise(word):
        ideographic = _HAN_OR_KANA.match(before) or _HAN_OR_KANA.match(each)
        allowed = ideographic and each not in _NEVER_FIRST and before not in _NEVER_LAST
        if allowed and japanese:
            phrase = _HIRAGANA.match(before) and not _HIRAGANA.match(each)
            allowed = phrase or before in "、。！？"
        if allowed:
            parts.append(each)
        else:
            parts[-1] += each
    return [half for part in parts for half in _halves(part)]


def _halves(phrase: str) -> list[str]:
    """A long phrase in two, at the allowed place that is nearest to its middle."""
    if len(phrase) <= _PHRASE:
        return [phrase]
    allowed = (
        at
        for at in range(3, len(phrase) - 2)
        if phrase[at] not in _NEVER_FIRST and phrase[at - 1] not in _NEVER_LAST
    )
    middle = min(allowed, key=lambda at: abs(at - len(phrase) / 2), default=len(phrase))
    return [half for half in (phrase[:middle], phrase[middle:]) if half]


def _merge_short(parts: list[str], least: int) -> list[str]:
    merged: list[str] = []
    for part in parts:
        if merged and (len(merged[-1]) < least or len(part) < least):
            merged[-1] += part
        else:
            merged.append(part)
    return merged


def _has_hyphens(word: str) -> bool:
    """Whether words are broken by a hyphen in the script of ``word``: Latin, Greek, Cyrillic."""
    return all(ord(each) < 0x530 or 0x1E00 <= ord(each) < 0x2000 for each in word)


def _syllables(word: str, count: int) -> list[str]:
    """``word`` in ``count`` parts, cut before a consonant that a vowel follows."""
    cuts = [0]
    for index in range(1, count):
        wanted = round(len(word) * index / count)
        near = sorted(range(wanted - 3, wanted + 4), key=lambda at: abs(at - wanted))
        good = [at for at in near if cuts[-1] + 2 < at < len(word) - 2 and _begins(word, at)]
        cuts.append(good[0] if good else wanted)
    cuts.append(len(word))
    return [word[cuts[i] : cuts[i + 1]] for i in range(count)]


def _begins(word: str, at: int) -> bool:
    plain = unicodedata.normalize("NFD", word[at].lower())[0]
    after = unicodedata.normalize("NFD", word[at + 1].lower())[0]
    together = word[at - 1 : at + 1].lower() in _TOGETHER
    return plain not in _VOWELS and after in _VOWELS and not together
