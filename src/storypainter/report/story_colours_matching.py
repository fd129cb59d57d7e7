"""Where a story's text tells a clue: the words of one sentence that the clue's own words match.

A clue says what can be seen in words that read by themselves ("the girl holds two laces"); the
text has other forms and other words. The clue is placed on the stretch of one sentence that has
most of its words, by weight, and nowhere where no sentence has half of them. This compares words
and understands none: a paraphrase in other words is not found, and of two sentences with the same
words the first is taken. It needs no language: words are compared without common endings, signs
of scripts without spaces one by one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

#: A place needs this share of the clue's words, by weight.
ENOUGH = 0.5
#: The same where signs stand for words: single signs agree by chance more easily.
ENOUGH_SIGNS = 0.6
_LONGEST = 60  # words (or signs) of a stretch: a text without full stops must not take forever
_GAP = 0.12  # what a word between costs, as a share of its own weight

# Scripts that write no spaces between words: a sign is a word.
_SIGN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SIGN}]|(?:(?![{_SIGN}])[^\W_])+(?:['’](?:(?![{_SIGN}])[^\W_])+)*")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?؟।…]+[\"'”’»)]*(?=\s|$)|[。！？]+[」』”]*|(?=\n)|$)")
_ENDINGS = (
    "ingly", "ungen", "ende", "enden", "ings", "ing", "est", "end", "ern", "ies", "ed", "es", "en",
    "er", "em", "ly", "e", "s", "n", "t", "y",
)  # fmt: skip
_FUNCTION_WORDS = """a an the and or of in on at to from by with for into onto over under up down out off as is
    are was were be been being has have had do does did it its he she they them his her their him
    this that these those there here one some no not nor so than then who whom whose which what
    where when while all both each says say beside before behind
    der die das ein eine einer eines einem einen dem den des und oder in im an am auf aus bei mit
    nach von vom zu zum zur ist sind war hat haben er sie es sein seine seiner ihr ihre ihrer sich
    nicht kein keine über unter vor hinter neben zwischen auch noch schon wie als
    le la les un une des du de et ou à au aux en dans sur sous avec pour par est sont il elle ils
    elles son sa ses leur leurs qui que el los las una unos unas y o del al con por para es su sus
    se lo"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its place, what it is compared by, and what it weighs (0 to 1)."""

    start: int
    end: int
    key: str
    weight: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clue stands: character offsets, and the share of its words found there."""

    start: int
    end: int
    share: float


class Text:
    """A story's text, ready for clues to be looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._sentences = [
            [_word(match, found.start()) for match in _WORD.finditer(found.group())]
            for found in _SENTENCE.finditer(text)
        ]
        self._common = Counter(
            key for sentence in self._sentences for key in {word.key for word in sentence}
        )

    def place(self, clue: str) -> Place | None:
        """The best place of ``clue``; None where no sentence has enough of its words."""
        its = [_word(match, 0) for match in _WORD.finditer(clue)]
        wanted = {
            word.key: word.weight / (1 + 0.25 * max(0, self._common[word.key] - 1))
            for word in its
            if word.weight
        }
        total = sum(wanted.values())
        if not total:
            return None
        whole = _literally(clue).search(self.text)
        if whole is not None:
            return Place(whole.start(), whole.end(), 1.0)
        signs = sum(bool(re.match(f"[{_SIGN}]", key)) for key in wanted) * 2 > len(wanted)
        enough = total * (ENOUGH_SIGNS if signs else ENOUGH) - 1e-9
        best: tuple[float, Place, list[Word]] | None = None
        for sentence in self._sentences:
            for score, found, start, end, weight in _stretches(sentence, wanted, total):
                if (
                    found >= min(2, len(wanted))
                    and weight >= enough
                    and (best is None or score > best[0] + 1e-9)
                ):
                    best = score, Place(start, end, weight / total), sentence
        return _with_neighbours(best[1], best[2], {word.key for word in its}) if best else None


def _stretches(
    sentence: Sequence[Word], wanted: dict[str, float], total: float
) -> Iterator[tuple[float, int, int, int, float]]:
    """Each stretch of a sentence from one wanted word to another.

    Its score, how many wanted words it has, where it starts and ends, and their weight.
    """
    for first, opening in enumerate(sentence):
        if opening.key not in wanted:
            continue
        left = dict(wanted)
        weight = gap = 0.0
        for word in sentence[first : first + _LONGEST]:
            gain = left.pop(word.key, 0.0)
            if gain:
                weight += gain
                yield weight - gap, len(wanted) - len(left), opening.start, word.end, weight
                if not left:
                    break
            elif word.key not in wanted:
                gap += _GAP * max(word.weight, 0.15)
                if gap > total:
                    break


def _with_neighbours(place: Place, sentence: Sequence[Word], keys: set[str]) -> Place:
    """The place with the words right before and after it that are the clue's as well ("a")."""
    start, end = place.start, place.end
    for word in reversed([word for word in sentence if word.end <= place.start]):
        if word.key not in keys:
            break
        start = word.start
    for word in (word for word in sentence if word.start >= place.end):
        if word.key not in keys:
            break
        if word.weight:  # "sits on" would end in the air
            end = word.end
    return Place(start, end, place.share)


@cache
def _literally(clue: str) -> re.Pattern[str]:
    inner = r"\s+".join(map(re.escape, clue.split()))
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.IGNORECASE)


def _word(match: re.Match[str], offset: int) -> Word:
    start, end = match.start() + offset, match.end() + offset
    return Word(start, end, *_compared(match.group()))


@cache
def _compared(written: str) -> tuple[str, float]:
    """What a word is compared by, and its weight."""
    word = unicodedata.normalize("NFKC", written).casefold()
    if re.match(f"[{_SIGN}]", word):
        return word, 0.1 if "\u3041" <= word <= "\u309f" else 0.5
    word = re.sub(r"['’]s?$|['’].*$", "", word)
    if word in _FUNCTION or (len(word) == 1 and not word.isdigit()):
        return word, 0.0
    return _stem(word), 1.0


def _stem(word: str) -> str:
    for _ in range(2):
        ending = next(
            (each for each in _ENDINGS if word.endswith(each) and len(word) - len(each) >= 3), ""
        )
        if not ending:
            break
        word = word[: len(word) - len(ending)]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word
