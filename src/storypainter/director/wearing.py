"""Whether a garment that a text names is on somebody: there has to be a sign of it.

What hangs on a rail, lies over an arm, is carried, folded or blown off is worn by nobody; so is
what a text tells in no way that wearing is told in.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from storypainter.director.gazetteer import word_list
from storypainter.director.phrases import Item

_FAR = 5  # items behind a garment that may tell where it is
_ENDS = frozenset({"mark", "written"})
_OVER = frozenset(
    {"over", "across", "on", "in", "under", "between", "at", "with", "around", "round"}
)
_KEPT_ON = frozenset({"up", "down", "into"})
_FINITE = frozenset({"finite", "be", "have", "auxiliary", "base"})
_BY = frozenset(
    {
        "by",
        "beside",
        "under",
        "near",
        "in",
        "on",
        "at",
        "behind",
        "among",
        "between",
        "below",
        "over",
    }
    | {"beneath", "next", "inside", "atop", "upon", "outside", "before", "above", "across"}
)
_INTO = "into"
_GONE = frozenset({"off", "away", "aside", "from", "out"})


@cache
def worn() -> dict[str, Any]:
    """The word lists of ``[worn]`` in ``gazetteer/garments.toml``."""
    return {key: frozenset(words) for key, words in word_list("garments")["worn"].items()}


def position(items: Sequence[Item], item: Item) -> int:
    """Where an item stands in its sentence."""
    return next((at for at, each in enumerate(items) if each is item), 0)


def taken_off(items: Sequence[Item], at: int, garment: str) -> bool:
    """Whether the words behind a garment tell that it is not on: "a jacket over his arm"."""
    lists = worn()
    words = (items[at].text.casefold(), items[at].word, garment)
    behind = items[at + 1 : at + 1 + _FAR]
    aside = at > 0 and items[at - 1].type == "mark" and not items[at].determiner
    for number, item in enumerate(behind):
        if item.type in _ENDS or (item.type == "conjunction" and number):
            return False
        told = {item.word, item.text.casefold()} & lists["off"]
        if item.type == "verb" and item.form in _FINITE and (number or not (told and aside)):
            return False
        if item.type in ("verb", "adjective", "adverb") and told:
            kept = behind[number + 1].word if number + 1 < len(behind) else ""
            return kept not in _KEPT_ON or (kept == _INTO and not _tucked(behind[number + 2 :]))
        if item.type == "preposition" and item.word in _GONE and item.word != "from":
            return True
        if item.type == "noun":
            before = behind[number - 1] if number else None
            over = before is not None and before.type == "preposition" and before.word in _OVER
            at_hand = item.text.casefold() in lists["off_at"] or item.word in lists["off_at"]
            return over and at_hand and not lists["on_hands"].intersection(words)
    return False


def stays_on(items: Sequence[Item], at: int) -> bool:
    """Whether a garment that is the subject of a verb does what garments do on somebody."""
    verbs: list[Item] = []
    for number, item in enumerate(items[at + 1 :], at + 1):
        if item.type in ("mark", "conjunction") and verbs:
            break
        if item.type == "verb":
            verbs.append(item)
            last = number
        elif verbs and item.type not in ("not", "adverb"):
            break
    if not verbs:
        return True
    following = items[last + 1] if last + 1 < len(items) else None
    if following is not None and {following.word, following.text.casefold()} & worn()["off"]:
        return False
    main = verbs[-1]
    if main.form == "be" and _lies_somewhere(items[last + 1 :]):
        return False
    return main.word in worn()["of_garment"] or main.form in ("be", "have")


def _tucked(behind: Sequence[Item]) -> bool:
    """Whether what something is stuffed into is on a body too: "trousers stuffed into his boots"."""
    noun = next((item for item in behind if item.type == "noun"), None)
    return noun is not None and (noun.has("garment") or noun.unseen in ("body", "wear_part"))


def _lies_somewhere(behind: Sequence[Item]) -> bool:
    """Whether what follows "is" tells a place: "his hat is damp on the floor", not "in tatters"."""
    for number, item in enumerate(behind):
        if item.type == "preposition":
            where = behind[number + 1] if number + 1 < len(behind) else None
            state = where is not None and where.text.casefold() in worn()["states"]
            on_body = where is not None and where.unseen == "body"
            return item.word in _BY and not (state or on_body)
        if item.type not in ("adjective", "adverb"):
            return False
    return False


def handled(items: Sequence[Item], at: int, verb: str, garment: str) -> bool:
    """Whether a verb with a garment as its object leaves it on: "she straightens her hat"."""
    lists = worn()
    around = items[max(0, at - 1) : at + 3]
    gone = any(i.word in _GONE and i.type in ("preposition", "adverb") for i in around)
    if verb in ("put", "have", "throw", "draw"):
        return any(i.word in ("on", "over") for i in around)
    if verb not in lists["handled"] or gone:
        return False
    if verb in lists["hitched"]:
        return garment in lists["hitched_garments"]
    return not (verb in lists["taken_by_hand"] and garment in lists["vessels"])
