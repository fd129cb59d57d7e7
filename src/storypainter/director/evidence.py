"""Nouns with a second sense: what a text has to tell beside them for the sense that is drawn.

Lists alone never end: where a second sense is common, the sense that the painter draws needs a
word that speaks for it, and falls with a word of its own sentence that speaks for the other one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

from storypainter.director.gazetteer import Kind, gazetteer, word_list
from storypainter.director.language import Token
from storypainter.director.phrases import Item, grammar

_DRAWN: frozenset[Kind] = frozenset({"prop", "sign", "animal", "role"})
_THINGS: frozenset[Kind] = frozenset({"prop", "sign"})
_LISTING = frozenset({"and", "or"})


@cache
def _lists() -> dict[str, Any]:
    return word_list("evidence")


@cache
def _among(name: str, key: str) -> frozenset[str]:
    return frozenset(_lists()[name][key])


def words_of(tokens: Iterable[Token]) -> frozenset[str]:
    """The words of some tokens in lower case, and each two that stand side by side."""
    words = [token.lower for token in tokens if token.text[0].isalnum()]
    return frozenset((*words, *(f"{a} {b}" for a, b in pairwise(words))))


def evident(items: Sequence[Item], here: Collection[str], text: Collection[str]) -> list[Item]:
    """The items of a sentence, without the senses for which nothing speaks.

    Args:
        items: the sentence.
        here: its words and pairs of words, in lower case.
        text: those of the whole text.
    """
    return [_evident(items, at, here, text) for at in range(len(items))]


def _evident(items: Sequence[Item], at: int, here: Collection[str], text: Collection[str]) -> Item:
    item = items[at]
    if item.type != "noun" or not item.groups.keys() & _DRAWN:
        return item
    if _is_mass(items, at) or _is_likeness(item) or _is_fitted(items, at):
        return _nothing(item)
    if _is_figure(items, at) or _is_put_on(items, at):
        return _nothing(item)
    needed = _told(item, "needs")
    barred = _told(item, "beside")
    own = {item.word, item.text.casefold()}
    lacking = needed is not None and not _any(needed, text, own)
    if not lacking and not (barred is not None and _any(barred, here, own)):
        return item
    return _instead(item, text)


def _told(item: Item, table: str) -> list[str] | None:
    """What a table says of a noun, by its own word or by the singular of it."""
    words: dict[str, list[str]] = _lists()[table]
    names = (item.word, item.word.removesuffix("s"))
    return next((words[name] for name in names if name in words), None)


def _any(told: Iterable[str], words: Collection[str], own: Collection[str]) -> bool:
    """Whether any of the words is among others; a noun's own forms speak for nothing."""
    exact = [each for each in told if not each.endswith("*")]
    stems = tuple(each.removesuffix("*") for each in told if each.endswith("*"))
    others = [word for word in words if word not in own]
    return any(each in words and each not in own for each in exact) or any(
        word.startswith(stems) for word in others
    )


def _nothing(item: Item) -> Item:
    return replace(item, groups={}, unseen="thing_part")


def _instead(item: Item, text: Collection[str]) -> Item:
    """What a noun means whose usual sense falls out, or nothing."""
    if item.has("garment") and (item.plural or item.word in _among("mass", "worn")):
        return replace(item, groups={"garment": item.groups["garment"]})
    for sense in _lists()["instead"]:
        if sense["word"] not in (item.word, item.word.removesuffix("s")):
            continue
        if "with" in sense and not _any(sense["with"], text, {item.word, item.text.casefold()}):
            continue
        group = gazetteer().group(sense["means"], "prop")
        if group is not None:
            return replace(item, word=sense["means"], groups={"prop": group}, unseen=None)
    return _nothing(item)


# ---------------------------------------------------------------- matter, food, likenesses, parts


def _is_mass(items: Sequence[Item], at: int) -> bool:
    """Whether a bare noun names matter or food: "behind glass", "a plate with chicken"."""
    item = items[at]
    if item.has("animal") and _among("mass", "cooked") & set(item.adjectives):
        return True
    if item.determiner or item.plural or item.named or not _may_be_mass(item):
        return False
    before = items[at - 1] if at else None
    if before is None or before.type in ("possessive", "not"):
        return False
    if item.has("garment") and before.type != "verb":
        return False  # "in suit and tie"
    if before.text.casefold() in (",", "same"):
        return False  # "he waits, pen in hand"
    if before.text.casefold() not in _LISTING:
        return True
    nouns = [each for each in items[:at] if each.type == "noun"]
    return not (nouns and nouns[-1].determiner)  # "a knife and fork" have one article


def _may_be_mass(item: Item) -> bool:
    if item.has("animal"):
        return item.word in _among("mass", "meat")
    bare = not item.adjectives and item.word in _among("mass", "bare")
    return bare or item.word in _among("mass", "words")


def _is_likeness(item: Item) -> bool:
    """Whether a thing is only painted or chalked somewhere, or a small copy: "a sugar bus"."""
    if not item.groups.keys() & _THINGS:
        return False
    told = set(item.adjectives)
    names = {item.word, item.text.casefold(), *(group.word for group in item.groups.values())}
    if told & _among("likeness", "on_flat") and names & _among("likeness", "painted"):
        return True
    return bool(told & _among("likeness", "small")) and not names & _among("likeness", "as_good")


def _is_put_on(items: Sequence[Item], at: int) -> bool:
    """Whether a thing is told to be chalked or tattooed on something: "a goal is chalked on it"."""
    if not items[at].groups.keys() & _DRAWN:
        return False
    behind = list(items[at + 1 : at + 4])
    if behind and behind[0].form in ("be", "have"):
        behind = behind[1:]
    if len(behind) < 2 or behind[1].type != "preposition":
        return False
    flat = behind[0].text.casefold() in _among("likeness", "on_flat") - {"printed", "carved"}
    return flat and behind[0].type != "noun" and behind[1].word in ("on", "onto", "across", "over")


def _is_figure(items: Sequence[Item], at: int) -> bool:
    """Whether "of" or "in" makes a saying, a card or a model of a noun: "the king of hearts"."""
    item, behind, before = items[at], items[at + 1 : at + 3], items[max(0, at - 2) : at]
    of_what = behind[1].text.casefold() if len(behind) == 2 and behind[0].word == "of" else ""
    if item.has("role") and of_what in _among("mass", "suits"):
        return True
    if len(behind) == 2 and behind[0].word == "in" and item.word in _among("mass", "large"):
        return behind[1].word in _among("mass", "vessels")
    housed = len(before) == 2 and before[0].has("role") and before[1].word == "of"
    return housed and item.word == "house"  # "the lady of the house"


def _is_fitted(items: Sequence[Item], at: int) -> bool:
    """Whether a thing is told of as a part of another one: "envelopes with a clear window"."""
    name = items[at].word.rpartition(" ")[2].removesuffix("s")
    before = items[at - 1] if at > 1 else None
    if before is None or before.type != "preposition" or before.word != "with":
        return False
    owner = items[at - 2]
    if owner.has("role"):
        return name in _among("mass", "of_people")
    if name not in _among("mass", "fitted"):
        return False
    made = owner.groups.keys() & _THINGS and not owner.groups.keys() & {"role", "setting"}
    return bool(made) and owner.word not in grammar()["fitted_out"]
