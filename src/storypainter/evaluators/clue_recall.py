"""Whether a text tells a clue, given the text and the clue only.

The clue's content words (nouns, verbs, adjectives, numbers, and what is written in capitals) are
looked for within two consecutive sentences, by lemma; a compound counts for its parts ("laces" in
"shoelaces"). Words for people weigh less, since texts say "he". The score is the weighted share
of words that are found, 0 to 1; ``TOLD`` and more count as told. English only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from storypainter.evaluators.summaries import lexicon_groups
from storypainter.evaluators.tagging import Sentence, Token, sentences

#: The score from which a clue counts as told.
TOLD = 0.6
#: What the score rests on.
VERSION = "1"

_PERSON = 0.35
_SCENERY = frozenset(
    {"be", "have", "do", "can", "stand", "lie", "look", "show", "say", "hold", "wear"}
)
_LIGHT = 0.5


def clue_told(text: str, clue: str) -> float:
    """How much of ``clue`` the best two consecutive sentences of ``text`` tell, 0 to 1.

    A clue without any content word scores 0.
    """
    wanted = [(token, _weight(token)) for each in sentences(clue) for token in _content(each)]
    total = sum(weight for _, weight in wanted)
    if not total:
        return 0.0
    told = [_lemmas(each) for each in sentences(text)]
    best = 0.0
    for start in range(len(told)):
        near = frozenset().union(*told[start : start + 2])
        before = frozenset().union(*told[max(0, start - 2) : start + 2])
        found = sum(
            weight
            for token, weight in wanted
            if _within(token, before if token.lemma in _people() else near)
        )
        best = max(best, found / total)
    return best


def _content(sentence: Sentence) -> tuple[Token, ...]:
    return tuple(token for token in sentence.words if token.tag[:2] in _KINDS or _is_sign(token))


_KINDS = frozenset({"NN", "VV", "AJ", "CR", "NP", "VH", "VB"})


def _is_sign(token: Token) -> bool:
    return len(token.text) > 1 and token.text.isupper()


def _weight(token: Token) -> float:
    if token.lemma in _people():
        return _PERSON
    return _LIGHT if token.lemma in _SCENERY else 1.0


@lru_cache(maxsize=1)
def _people() -> frozenset[str]:
    return lexicon_groups()["people"] | {"keeper", "seller", "player", "one"}


def _lemmas(sentence: Sentence) -> frozenset[str]:
    return frozenset(token.lemma for token in sentence.words) | {
        token.text.casefold() for token in sentence.words
    }


def _within(token: Token, words: frozenset[str]) -> bool:
    lemma = token.lemma
    if lemma in words or token.text.casefold() in words:
        return True
    return len(lemma) > 3 and any(
        len(word) > 3
        and (word.endswith(lemma) or lemma.endswith(word) or _stem(word) == _stem(lemma))
        for word in words
    )


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "ly", "es", "s", "er", "y"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e")


def recall(text: str, clues: Sequence[str]) -> float | None:
    """The share of clues that count as told; None without clues."""
    if not clues:
        return None
    return sum(clue_told(text, clue) >= TOLD for clue in clues) / len(clues)
