"""What words of a sentence may name in a Scene: read from ``scene_reading_words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from storypainter.vocabulary import painter_vocabulary

_NO_PLURALS = ("ss", "us", "is")
_IRREGULAR = {
    "children": "child",
    "feet": "foot",
    "geese": "goose",
    "knives": "knife",
    "leaves": "leaf",
    "loaves": "loaf",
    "men": "man",
    "mice": "mouse",
    "shelves": "shelf",
    "teeth": "tooth",
    "women": "woman",
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by what they name.

    ``names`` maps a word of the painter's vocabulary to its other names, ``people`` a noun to
    (gender, ages), ``colours`` a shade to its family, ``looks`` a pose, expression or state to
    the words that describe it, ``relations`` a kind of relation to its verbs and nouns, ``times``
    the same for hours, weathers and seasons. ``things`` are the last words of all names,
    ``compounds`` the last two of those that have two; ``places`` the words for settings.
    """

    names: Mapping[str, tuple[str, ...]]
    people: Mapping[str, tuple[str, frozenset[str]]]
    colours: Mapping[str, str]
    looks: Mapping[str, frozenset[str]]
    relations: Mapping[str, frozenset[str]]
    times: Mapping[str, frozenset[str]]
    silent_nouns: frozenset[str]
    silent_verbs: frozenset[str]
    things: frozenset[str]
    compounds: frozenset[tuple[str, str]]
    places: frozenset[str]
    features: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    found: Mapping[str, Any] = tomllib.loads(words_text())
    names = {kind: tuple(others) for kind, others in found["names"].items()}
    looks: dict[str, set[str]] = {}
    for word, told in (*found["poses"].items(), *found["states"].items()):
        looks.setdefault(word, set()).update(told, singulars(word.split()))
    for family in found["expressions"]:
        for word in family["of"]:
            looks.setdefault(word, {word}).update(family["words"])
    relations = {kind: frozenset(words) for kind, words in found["relations"].items()}
    times = {word: frozenset(words) for word, words in found["times"].items()}
    every = _thing_words(names)
    return Lexicon(
        names=names,
        people={
            noun: (gender, frozenset(ages.split()))
            for noun, (gender, ages) in found["people"].items()
        },
        colours={
            shade: family
            for family, shades in found["colours"].items()
            for shade in (family, *shades)
        },
        looks={word: frozenset(told) for word, told in looks.items()},
        relations=relations,
        times=times,
        silent_nouns=frozenset(found["silent"]["nouns"]),
        silent_verbs=frozenset(found["silent"]["verbs"]),
        things=frozenset(words[-1] for words in every),
        compounds=frozenset((words[-2], words[-1]) for words in every if len(words) > 1),
        places=frozenset(
            word for kind in painter_vocabulary().settings for word in singulars(kind.split())
        ),
        features=frozenset().union(*looks.values(), *relations.values()),
    )


def words_text() -> str:
    """The file itself: part of the identity of whoever judges by it."""
    return files("storypainter.evaluators").joinpath("scene_reading_words.toml").read_text("utf-8")


def _thing_words(names: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The names of everything that a Scene may hold, word by word."""
    vocabulary = painter_vocabulary()
    kinds = [
        word
        for kind in ("prop", "animal", "sign", "role", "garment")
        for word in vocabulary.words(kind)
    ]
    every = [*kinds, *(other for others in names.values() for other in others)]
    return [tuple(singulars(name.split())) for name in every]


def names_of(kind: str) -> tuple[tuple[str, ...], ...]:
    """All names of a kind, each as its words in the singular."""
    return tuple(tuple(singulars(name.split())) for name in (kind, *lexicon().names.get(kind, ())))


def singulars(words: Iterable[str]) -> list[str]:
    """:func:`singular` of each word."""
    return [singular(word) for word in words]


def singular(word: str) -> str:
    """A lower-case word without a plural's ending: ``boxes`` is ``box``, ``glass`` stays."""
    word = word.casefold()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(_NO_PLURALS):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes", "toes")):
        return word[:-2]
    return word[:-1]
