"""Words in quotation marks: heard, or read on something in the picture.

Speech can't be painted; a sign can. A quotation is told by who or what comes with it (``she
says``, ``a label marked``), and without such a context by its shape.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from storypainter.evaluators.moment_rules.lexicon import is_living, is_writing, words
from storypainter.evaluators.tagging import Token

Kind = Literal["speech", "written"]

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‹": "›", '"': '"'}
_SENTENCE_END = frozenset(".!?…")
_VERBS = frozenset({"VVZ", "VVB", "VVD", "VVN", "VVG", "VVI"})
_FINITE = frozenset({"VVZ", "VVB", "VVD", "VVN"})
_NOUNS = frozenset({"NN0", "NN1", "NN2", "NP0", "PNP", "PNI", "UNC"})
_SMALL = frozenset(
    ["a", "an", "the", "of", "and", "in", "on", "at", "to", "for", "by", "with", "or", "from"]
)
_WINDOW = 14  # words before a quotation in which its carrier stands
_MOST_SPEAKERS_WORDS = 7  # words behind a quotation in which its speaker's verb stands
_NAME = 5  # words that a title or nickname has at most


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks; offsets hold the marks."""

    start: int
    end: int
    kind: Kind


def quotations(text: str, tokens: Sequence[Token]) -> tuple[Quotation, ...]:
    """The quotations of a text, by the order in which they stand."""
    return tuple(
        Quotation(start, end, _kind(text, tokens, start, end)) for start, end in spans(text)
    )


def spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of what stands in quotation marks. An open one ends with its paragraph."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        mark = text[at]
        end = -1
        if mark in _PAIRS and _opens(text, at):
            end = _closed_by(text, at, _PAIRS[mark])
        elif mark in "'‘" and _opens(text, at):
            end = _single(text, at)
        if end > at:
            found.append((at, end))
            at = end
        else:
            at += 1
    return found


def _opens(text: str, at: int) -> bool:
    """A mark opens before a letter, digit or dash that follows it, and not inside a word."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] in "«‹":
        return True
    return not before.isalnum() and not after.isspace()


def _closed_by(text: str, start: int, closers: str) -> int:
    stop = text.find("\n\n", start)
    stop = len(text) if stop < 0 else stop
    ends = [end for closer in closers if (end := text.find(closer, start + 1, stop)) > 0]
    return min(ends) + 1 if ends else stop


def _single(text: str, start: int) -> int:
    """The end of words in single marks; -1 where the mark is an apostrophe."""
    for match in re.finditer(r"['’]", text[start + 1 : start + 400]):
        end = start + 1 + match.start()
        before, after = text[end - 1], text[end + 1 : end + 2]
        if "\n" in text[start:end]:
            return -1
        if not before.isspace() and not after.isalnum():
            return end + 1
    return -1


# ------------------------------------------------------------------------------ kinds


def _kind(text: str, tokens: Sequence[Token], start: int, end: int) -> Kind:
    inside = text[start + 1 : end].rstrip("\"'”’»›“").strip()
    if not any(map(str.isalpha, inside)):
        return "written"
    before = list(_before(tokens, start))  # the nearest first
    behind = _told_behind(list(_behind(tokens, end)), inside)
    told = behind if behind == "speech" else _told_before(before, inside) or behind
    if told is not None:
        return told
    following = text[end : end + 2].strip()
    named = not before and inside[-1] not in ",.!?…" and following[:1].isalnum()
    if named or _looks_written(inside, begins=not before):
        return "written"  # "Closed for lunch" hangs on the door
    return "written" if not before and _sign_before(tokens, start) else "speech"


def _told_before(before: Sequence[Token], inside: str) -> Kind | None:
    """By the nearest verb before the quotation, or the thing that carries it."""
    carrier = any(is_writing(token.lemma, surely=True) for token in before) or (
        any(is_writing(token.lemma) for token in before)
        and (_plainly_written(inside) or _placed(before) or not any(map(is_living, before)))
    )
    for at, token in enumerate(before):
        if token.tag not in _VERBS:
            continue
        spoken = token.lemma in words("speech", "quote")
        written = token.lemma in words("written", "verbs")
        if not spoken and not written:
            break
        if written and (token.tag == "VVN" or not spoken):
            return "written"
        speaker = _speaker(before[at + 1 :])
        if speaker is None:
            return "written" if carrier or written else "speech"
        if is_writing(speaker.lemma) or speaker.lemma in ("it", "which", "that"):
            return "written"
        return "written" if token.lemma == "read" else "speech"
    return "written" if carrier else None


def _placed(before: Sequence[Token]) -> bool:
    """Whether a place begins the sentence: ``On the shirt of the boy: "…"``."""
    return len(before) < _WINDOW and before[-1].lemma in ("on", "across", "over", "above", "under")


def _speaker(window: Sequence[Token]) -> Token | None:
    """Whose verb it is: the nearest noun before it that no preposition governs."""
    for at, token in enumerate(window):
        if token.tag in ("CJT", "DTQ", "PNQ"):
            return next((t for t in window[at + 1 :] if t.tag in _NOUNS), token)
        if token.tag not in _NOUNS:
            continue
        back = at + 1
        while back < len(window) and window[back].tag in ("AJ0", "NN1", "NP0", "POS"):
            back += 1
        if back < len(window) and window[back].tag in ("AT0", "DPS", "DT0", "CRD"):
            back += 1
        if back == len(window) or window[back].tag not in ("PRP", "PRF"):
            return token
    return None


def _told_behind(behind: Sequence[Token], inside: str) -> Kind | None:
    """By a verb of speech behind it: ``"…," asks the guide``; or of writing: ``reads a sign``."""
    if not behind:
        return None
    ended = inside[-1] in ",!?….—-" or behind[0].text == ","
    following = [token for token in behind if token.is_word]
    for at, token in enumerate(following[:_MOST_SPEAKERS_WORDS]):
        if at == 0 and token.tag in ("CJC", "CJS", "PRP"):
            return None
        told = token.lemma in words("speech", "quote")
        written = token.tag in _VERBS and token.lemma in words("written", "verbs")
        if written and (token.tag == "VVN" or not told):
            return "written"
        if told and token.tag in _FINITE:
            near = following[:at] if at else following[1:5]
            nouns = [each for each in near if each.tag in _NOUNS]
            return _said_by(nouns[-1:] if at else nouns[:1], inside, ended=ended)
        if token.tag in ("VVZ", "VVD", "VBZ", "VBD") and token.lemma != "be":
            return None
    return None


def _said_by(who: Sequence[Token], inside: str, *, ended: bool) -> Kind | None:
    if any(is_writing(each.lemma) for each in who):
        return "written"
    living = all(is_living(each) for each in who)
    if not living and _looks_written(inside, begins=False):
        return "written"
    return "speech" if ended or (living and who) else None


def _looks_written(inside: str, *, begins: bool) -> bool:
    """Capitals, or a short name or title without an end of its own."""
    if _plainly_written(inside):
        return True
    parts = inside.split()
    if len(parts) > _NAME or inside[-1] in ",!?…" or (inside[-1] == "." and begins):
        return False
    titled = all(part[0].isupper() or not part[0].isalpha() or part in _SMALL for part in parts)
    return not begins and (titled or len(parts) <= 3)


def _plainly_written(inside: str) -> bool:
    """Mostly capitals, as on a sign."""
    letters = [letter for letter in inside if letter.isalpha()]
    return len(letters) > 1 and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def _sign_before(tokens: Sequence[Token], start: int) -> bool:
    """Whether the sentence before is a short one about something written."""
    at = bisect_right(tokens, start, key=lambda token: token.end)
    while at and not tokens[at - 1].is_word:
        at -= 1
    sentence: list[Token] = []
    while at and tokens[at - 1].text not in _SENTENCE_END and len(sentence) <= _WINDOW:
        at -= 1
        sentence.append(tokens[at])
    nouns = [token for token in sentence if token.is_noun]
    written = any(is_writing(token.lemma) for token in nouns)
    return len(sentence) <= _WINDOW and written and not any(map(is_living, nouns))


def _before(tokens: Sequence[Token], start: int) -> Iterator[Token]:
    """The words before a quotation within its sentence, the nearest first."""
    count = 0
    for at in range(bisect_right(tokens, start, key=lambda token: token.end) - 1, -1, -1):
        token = tokens[at]
        if token.text[0] in _SENTENCE_END or count == _WINDOW:
            return
        if token.is_word:
            count += 1
            yield token


def _behind(tokens: Sequence[Token], end: int) -> Iterator[Token]:
    """The tokens behind a quotation within its sentence."""
    first = bisect_left(tokens, end, key=lambda token: token.start)
    for token in tokens[first : first + 4 * _WINDOW]:
        if token.text[0] in _SENTENCE_END or token.text[0] in _PAIRS:
            return
        yield token
