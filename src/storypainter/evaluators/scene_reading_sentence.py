"""What a sentence asks of a picture: what is to be read, what is named, and how it is to look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storypainter.evaluators.scene_reading import letters
from storypainter.evaluators.scene_reading_lexicon import Lexicon, lexicon, singular
from storypainter.evaluators.tagging import Token, is_known, sentences

_QUOTED = re.compile(r"[\"“„«]([^\"”“»]+)[\"”“»]")
_CAPITALS = re.compile(
    r"(?:\b[A-Z0-9][A-Z0-9'’.:!?&,-]*[!?.]?\s+)*\b[A-Z][A-Z0-9'’-]*[A-Z0-9][!?]?"
    r"(?:\s+[A-Z0-9][A-Z0-9'’.:!?&-]*)*"
)
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
_WORDY = ("VV", "AJ")
_BEFORE_NOUNS = ("NN", "NP", "AJ", "VVN", "VVG", "CRD")


@dataclass(frozen=True, slots=True)
class Naming:
    """A thing that is named: its last word, and the words before it that may be part of it."""

    noun: str
    before: tuple[str, ...] = ()
    colours: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sentence asks of a picture.

    ``read`` are texts, in capitals; ``named`` things that must be there; ``looks`` words that
    the lexicon knows of poses, expressions, states and relations; ``unknown`` nouns of which it
    can't be said whether they name a thing.
    """

    read: tuple[str, ...]
    named: tuple[Naming, ...]
    looks: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it can be looked for."""
        return not (self.read or self.named or self.looks)


def ask(sentence: str) -> Asked:
    """What an English sentence asks of a picture."""
    read = [match[1] for match in _QUOTED.finditer(sentence)]
    rest = _QUOTED.sub(" ", sentence)
    read += [match[0] for match in _CAPITALS.finditer(rest)]
    rest = _CAPITALS.sub(" ", rest)
    read += _CLOCK.findall(rest)
    tokens = [token for each in sentences(_CLOCK.sub(" ", rest)) for token in each.tokens]
    words, known = _Words(), lexicon()
    for at, token in enumerate(tokens):
        if token.is_word:
            words.take(tokens, at, known)
    texts = tuple(dict.fromkeys(filter(None, map(letters, read))))
    return Asked(
        texts,
        tuple(dict.fromkeys(words.named)),
        tuple(dict.fromkeys(words.looks)),
        tuple(dict.fromkeys(words.unknown)),
    )


class _Words:
    """The words of a sentence as they are sorted."""

    def __init__(self) -> None:
        self.named: list[Naming] = []
        self.looks: list[str] = []
        self.unknown: list[str] = []

    def take(self, tokens: Sequence[Token], at: int, known: Lexicon) -> None:
        token, word = tokens[at], base(tokens[at])
        if _is_noun(tokens, at, known):
            word = singular(token.text)
            self._noun(tokens, at, word, known)
        elif token.tag.startswith(_WORDY) and _says_looks(word, known):
            self.looks.append(word)

    def _noun(self, tokens: Sequence[Token], at: int, word: str, known: Lexicon) -> None:
        if _goes_on(tokens, at, known):
            return  # the first part of a compound, taken with its last word
        if word in known.silent_nouns:
            return
        if word in known.things or word in known.people:
            self.named.append(_naming(tokens, at, word, known))
        elif word in known.features:
            self.looks.append(word)
        elif word not in known.colours:
            if word in known.places or any(word in told for told in known.times.values()):
                self.looks.append(word)
            else:
                self.unknown.append(word)


def _says_looks(word: str, known: Lexicon) -> bool:
    return word in known.features and word not in known.silent_verbs and word not in known.colours


def base(token: Token) -> str:
    """A word as the lexicon has it: a noun in the singular, a verb in its base form."""
    if token.tag.startswith("V"):
        return token.lemma
    return singular(token.text)


def _is_noun(tokens: Sequence[Token], at: int, known: Lexicon) -> bool:
    """Whether a word is a noun by its tag, or must be one whatever its tag is."""
    token = tokens[at]
    if token.tag.startswith(("NN", "NP")):
        return True
    word = singular(token.text)
    before = tokens[at - 1].text.casefold() if at else ""
    if (before, word) in known.compounds and not token.tag.startswith("VV"):
        return True  # a watering can
    if token.tag.startswith(("AJ", "UNC")):
        return word in known.people
    return word in known.things and not is_known(token.text.casefold())  # wellingtons


def _goes_on(tokens: Sequence[Token], at: int, known: Lexicon) -> bool:
    """Whether the next word is a noun of the same compound."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or not following.is_word or not _is_noun(tokens, at + 1, known):
        return False
    word = singular(following.text)
    return word in known.things or word in known.people


def _naming(tokens: Sequence[Token], at: int, word: str, known: Lexicon) -> Naming:
    before: list[str] = []
    for token in reversed(tokens[:at]):
        if not token.is_word or not token.tag.startswith(_BEFORE_NOUNS):
            break
        before.insert(0, base(token) if token.tag.startswith("NN") else token.text.casefold())
    colours = frozenset(known.colours[each] for each in before if each in known.colours)
    return Naming(word, tuple(each for each in before if each not in known.colours), colours)
