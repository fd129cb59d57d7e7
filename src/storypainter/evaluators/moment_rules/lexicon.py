"""The word lists of the Moment rules, and whether a noun names a living being.

The lists are data: ``words.toml``, and people, animals and places from ``lexicon.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from storypainter.evaluators.tagging import Token
from storypainter.value import content_hash

_DOER = ("er", "or")


@cache
def words(section: str, name: str) -> frozenset[str]:
    """One list of ``words.toml``."""
    return frozenset(str(_plain()[section][name]).split())


@cache
def lists_hash() -> str:
    """The hash of all lists that the rules read; part of their identity."""
    return content_hash([_text("moment_rules/words.toml"), _text("lexicon.toml")])


def is_writing(lemma: str, *, surely: bool = False) -> bool:
    """Whether a noun names something written, or (unless ``surely``) what may have words on it."""
    part = lemma if lemma in words("written", "nouns") else lemma.rpartition("-")[2]
    listed = part in words("written", "nouns")
    return listed or (not surely and part in words("written", "surfaces"))


def is_living(token: Token) -> bool | None:
    """Whether a noun or pronoun names a person, an animal or a group; ``None`` for unknown."""
    lemma = token.lemma.rpartition("-")[2]
    if token.tag == "PNP":
        return True if lemma in words("grammar", "personal") else None
    if token.tag in ("PNI", "PNQ") or token.tag == "NP0":
        return True
    if lemma in _beings() or lemma.endswith(tuple(words("grammar", "living_endings"))):
        return True
    if lemma in words("people", "body") or lemma in _things() or is_writing(lemma):
        return False
    if lemma in words("grammar", "groups"):
        return None
    return None if not lemma.endswith(_DOER) or len(lemma) < 5 else True


def is_abstract(token: Token) -> bool:
    """Whether a noun names nothing that could be seen."""
    lemma = token.lemma
    if lemma in words("abstract", "nouns"):
        return True
    return (lemma.endswith("ness") and lemma not in _NESS) or (
        lemma.endswith("ship") and lemma not in _SHIPS and not lemma.endswith(("warship", "eship"))
    )


_NESS = frozenset(
    {"witness", "harness", "wilderness", "business", "governess", "lioness", "patroness", "fitness"}
)
_SHIPS = frozenset(
    {"ship", "airship", "township", "battleship", "steamship", "spaceship", "starship", "flagship"}
)


@cache
def _beings() -> frozenset[str]:
    plain = tomllib.loads(_text("lexicon.toml"))
    listed = frozenset(f"{plain['people']} {plain['animals']}".split())
    return listed | words("living", "beings")


@cache
def animals() -> frozenset[str]:
    """Nouns for animals."""
    return frozenset(str(tomllib.loads(_text("lexicon.toml"))["animals"]).split())


@cache
def _things() -> frozenset[str]:
    plain = tomllib.loads(_text("lexicon.toml"))
    named = f"{plain['place']} {plain['time']}".split()
    return frozenset(named) | words("living", "not_doers")


@cache
def _plain() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_text("moment_rules/words.toml"))


def _text(name: str) -> str:
    return files("storypainter.evaluators").joinpath(name).read_text("utf-8")
