"""Nouns that may name a person and here name none: a record player, a tin soldier, a boat's twin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from storypainter.director.gazetteer import word_list
from storypainter.director.phrases import Item

_LITTLE = frozenset({"baby", "infant", "newborn", "toddler", "child", "kid"})


@cache
def _lists() -> dict[str, Any]:
    return word_list("people")["senses"]  # type: ignore[no-any-return]


@cache
def _words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", text.casefold()))


def names_no_person(item: Item, text: str, items: Sequence[Item], at: int) -> bool:
    """Whether a noun for a person names a thing, a toy or a costume in a story's text."""
    if not item.has("role"):
        return False
    lists = _lists()
    word = item.word
    made = set(item.adjectives) & set(lists["materials"])
    if made and word in lists["figures"]:
        return True  # "a tin soldier"
    if any(f"{each} {word}" in lists["things"] for each in item.adjectives):
        return True  # "a record player"
    if item.determiner == "its" and word in lists["peers"]:
        bears = any(i.has("animal") or i.word in _LITTLE for i in items[:at])
        return not bears  # a boat's neighbour
    needed = lists["needs"].get(word)
    if needed is not None and not _words_of(text) & set(needed):
        return True
    spoiled = lists["spoiled"].get(word, ())
    return bool(_words_of(text) & set(spoiled))
