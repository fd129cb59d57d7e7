"""Words that tell the same: for people, deeds, places and feelings of narratives over pictures.

People, animals and places are those of the director's gazetteer; ``grounding_words.toml`` adds
what it lacks or groups too coarsely for comparing two texts. English only.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from storypainter.director.gazetteer import gazetteer, word_list

#: Raise it when an equal narrative may become another grounding.
VERSION = "1"

#: The kinds of people that a loose noun ("the boy", "a lady") can stand for.
CLASSES = ("boy", "girl", "man", "woman", "elder_man", "elder_woman", "animal")
_MALE = frozenset({"boy", "man", "elder_man"})
_FEMALE = frozenset({"girl", "woman", "elder_woman"})
_CHILDREN = frozenset({"boy", "girl"})
_ADULTS = frozenset({"man", "woman"})
_PEOPLE = frozenset(CLASSES) - {"animal"}


@cache
def word_table() -> Mapping[str, Any]:
    """``grounding_words.toml`` as plain data."""
    text = (files("storypainter.sequences") / "grounding_words.toml").read_text("utf-8")
    return tomllib.loads(text)


# ------------------------------------------------------------------------------- deeds


@cache
def _actions() -> Mapping[str, frozenset[str]]:
    return _by_word(word_table()["actions"])


def action_groups(verb: str, behind: Iterable[str] = ()) -> frozenset[str]:
    """The groups of a verb (lemma), with the particles and words that stand behind it.

    A verb that the table lacks is a group by itself.
    """
    table = _actions()
    found = set(table.get(verb, ()))
    for word in behind:
        found |= table.get(f"{verb} {word}", frozenset())
    return frozenset(found) or frozenset({verb})


def is_action(verb: str) -> bool:
    """Whether the table has this verb."""
    return verb in _actions()


def verbs(name: str) -> frozenset[str]:
    """A list of verbs of the table: ``soft``, ``empty``, ``particles``, ``unreal``."""
    return frozenset(word_table()["verbs"][name])


@cache
def action_phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Deeds told by other words: (group, pattern on lower-case text)."""
    return tuple((name, re.compile(text)) for name, text in word_table()["phrases"].items())


# ---------------------------------------------------------------------------- feelings


@cache
def _emotions() -> Mapping[str, frozenset[str]]:
    return _by_word(word_table()["emotions"])


def emotion_families(words: str) -> frozenset[str]:
    """The families of a feeling as it is annotated: a word or a short phrase.

    A word that the table lacks is a family by itself.
    """
    plain = " ".join(words.casefold().split())
    table = _emotions()
    found = set(table.get(plain, ()))
    if not found:
        for word in plain.split():
            found |= table.get(word, frozenset())
    return frozenset(found) or (frozenset({plain}) if plain else frozenset())


def emotion_words() -> frozenset[str]:
    """All words and phrases of feelings."""
    return frozenset(_emotions())


# ------------------------------------------------------------------------------ people


@cache
def _people() -> Mapping[str, frozenset[str]]:
    """Nouns for people and animals -> the groups that they belong to."""
    found: dict[str, set[str]] = {}
    for kind in ("role", "animal"):
        for group in gazetteer().groups:
            if group.kind == kind:
                for word in (group.word, *group.others):
                    found.setdefault(word.casefold(), set()).add(group.word)
    for name, others in word_table()["people"]["more"].items():
        for word in (name, *others):
            found.setdefault(word, set()).add(name)
    for name in (*CLASSES, "child", "adult"):
        for word in word_table()["people"][name]:
            found.setdefault(word, set())
    for word in word_table()["people"]["never"]:
        found.pop(word, None)
    return {word: frozenset(groups) for word, groups in found.items()}


def person_groups(noun: str) -> frozenset[str] | None:
    """The groups of a noun for a person or an animal; ``None`` where it is none."""
    return _people().get(noun)


def loose(noun: str) -> frozenset[str]:
    """The classes of people that a noun can stand for, though nobody is called that."""
    table = word_table()["people"]
    found = {name for name in CLASSES if noun in table[name]}
    if noun in table["child"]:
        found |= _CHILDREN
    if noun in table["adult"]:
        found |= _ADULTS
    if noun in table["anybody"]:
        found |= _PEOPLE
    return frozenset(found)


def anybody(noun: str) -> bool:
    """Whether a noun says nothing of who is meant ("a friend", "the stranger")."""
    return noun in word_table()["people"]["anybody"]


@cache
def _senses() -> Mapping[str, Mapping[str, frozenset[str]]]:
    table = word_list("people")
    return {
        name: {key: frozenset(words) for key, words in table[name].items()}
        for name in ("ages", "genders")
    }


def classes_of(nouns: Iterable[str]) -> frozenset[str]:
    """What people a character may be, by what they are called; all of them where nothing tells."""
    ages: set[str] = set()
    genders: set[str] = set()
    named: set[str] = set()
    known = False
    for noun in nouns:
        groups = person_groups(noun)
        known = known or groups is not None
        if any(_is_animal(each) for each in (noun, *(groups or ()))):
            return frozenset({"animal"})
        for name in CLASSES:
            if noun in word_table()["people"][name]:
                named.add(name)
        if noun in word_table()["people"]["child"]:
            ages.add("child")
        ages |= {age for age, words in _senses()["ages"].items() if noun in words}
        genders |= {each for each, words in _senses()["genders"].items() if noun in words}
    found = frozenset(named) or _PEOPLE
    if not named:
        if ages & {"toddler", "child"}:
            found = _CHILDREN
        elif "teen" in ages:
            found = _CHILDREN | _ADULTS
        elif "elder" in ages:
            found = frozenset({"elder_man", "elder_woman"})
        elif known:
            found = _ADULTS
    if len(genders) == 1:
        found &= _MALE if "male" in genders else _FEMALE
    return found or _PEOPLE


def _is_animal(noun: str) -> bool:
    group = gazetteer().group(noun, "animal")
    return group is not None and noun in _people()


def may_be(pronoun: str, classes: frozenset[str]) -> bool:
    """Whether he, she or it can mean somebody of these classes."""
    if pronoun in ("he", "him", "his", "himself"):
        return bool(classes & (_MALE | {"animal"}))
    if pronoun in ("she", "her", "herself"):
        return bool(classes & (_FEMALE | {"animal"}))
    if pronoun in ("it", "its", "itself"):
        return "animal" in classes
    return True


# ------------------------------------------------------------------------------ places


@cache
def _places() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in gazetteer().groups:
        if group.kind == "setting":
            for word in (group.word, *group.others):
                found.setdefault(word.casefold(), set()).add(group.word)
    for name, others in word_table()["places"]["more"].items():
        for word in (name, *others):
            found.setdefault(word, set()).add(name)
    return {word: frozenset(groups) for word, groups in found.items()}


def place_groups(words: str) -> frozenset[str] | None:
    """The groups of a word or phrase for a place; ``None`` where it is none."""
    return _places().get(words)


def doubtful_place(words: str) -> bool:
    """Whether a word for a place mostly means something else, or any place at all."""
    table = word_table()["places"]
    return words in table["never"] or words in table["soft"]


def _by_word(groups: Mapping[str, Iterable[str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, words in groups.items():
        for word in words:
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}
