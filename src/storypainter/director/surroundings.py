"""Where and when: the setting, time of day, weather and season that a text tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from storypainter.director.belonging import PLAIN
from storypainter.director.gazetteer import gazetteer, word_list
from storypainter.director.phrases import Item
from storypainter.director.vocabulary import Vocabulary
from storypainter.scene import Setting

_INTO = frozenset({"in", "at", "inside", "into", "on", "through", "across", "outside", "along"})
_ABOARD = frozenset({"in", "inside", "aboard", "into"})
_AWAY = frozenset({"outside", "opposite", "below"})
_ASIDE = frozenset({"of", "from", "towards"})
_WEIGHT_OF_PLACE = 3.0
_WEIGHT_OF_FIRST = 2.0
_WEIGHT_OF_WORD = 1.0
_WEIGHT_OF_CUE = 0.8
_LEAST_TOLD = 1.5  # a place told of as such, or two things that speak for the same
_SEEN = "seen through"  # what stands behind "through" is seen, not where it plays
_WEIGHT_OF_HINT = 100.0


@cache
def _moods() -> dict[str, Any]:
    return word_list("surroundings")


def setting_votes(
    sentences: Sequence[Sequence[Item]], hint: str = "", unreal: Sequence[tuple[int, int]] = ()
) -> dict[str, float]:
    """How strongly a text speaks for each setting of the gazetteer.

    ``unreal`` are the offsets of what is only compared or wished for, which says nothing.
    """
    votes: dict[str, float] = {}
    seen: set[str] = set()
    for number, items in enumerate(sentences):
        before = ""
        for item, behind in zip(items, [*items[1:], None], strict=True):
            told_of = any(start <= item.start < end for start, end in unreal)
            away = behind is not None and behind.word in _AWAY
            if item.type == "noun" and not told_of and not away:
                _vote(votes, item, before, seen, first=number == 0)
            if item.type == "preposition":
                before = _SEEN if item.word == "through" or before == _SEEN else item.word
            elif (item.type == "mark" and before == _SEEN) or (
                item.type not in ("adjective", "mark", "noun") and before != _SEEN
            ):
                before = ""
    for word, group in gazetteer().words("setting"):
        if hint and re.search(rf"\b{re.escape(word)}s?\b", hint.casefold()):
            _add(votes, group.word, _WEIGHT_OF_HINT + len(word))
    return votes


def _vote(votes: dict[str, float], item: Item, before: str, seen: set[str], *, first: bool) -> None:
    """What a noun says of the place; a thing that could be a place says little but with "in".

    A place before another noun counts too, as in "the museum hall" and "the park lamps"; each
    thing that speaks for a place does so once.
    """
    if item.determiner == "no" or item.word in _moods()["no_cue"]["words"]:
        return
    opening = _WEIGHT_OF_FIRST * first
    if before == _SEEN:
        return
    thing = item.has("prop") or item.has("sign") or item.has("role")
    if item.has("setting") and (not thing or before in _INTO):
        inside = before in (_ABOARD if thing else _INTO)
        weight = (_WEIGHT_OF_PLACE if inside else _WEIGHT_OF_WORD) + opening
        _add(votes, item.groups["setting"].word, weight * (0.5 if before in _ASIDE else 1.0))
    elif item.word.rpartition(" ")[2] in _moods()["parts"]["words"]:
        for word in (*item.adjectives, *item.word.split()[:-1]):
            group = gazetteer().group(word, "setting")
            if group is not None and gazetteer().group(word, "prop") is None:
                _add(votes, group.word, _WEIGHT_OF_WORD + 0.5 * opening + (before in _INTO))
    cue = item.word if item.word in _moods()["cues"] else _cue(item)
    if item.word in word_list("unlike")["words"]:
        return
    if cue not in seen:
        seen.add(cue)
        for place in _moods()["cues"].get(cue, ()):
            _add(votes, place, _WEIGHT_OF_CUE * (1.5 if first else 1.0))


def _cue(item: Item) -> str:
    group = next(
        (item.groups[k] for k in ("prop", "sign", "animal", "role") if k in item.groups), None
    )
    return group.word if group else item.word


def _add(votes: dict[str, float], word: str, weight: float) -> None:
    votes[word] = votes.get(word, 0.0) + weight


def choose_setting(votes: dict[str, float], vocabulary: Vocabulary) -> tuple[str, str | None]:
    """The painter's setting, and the story's own where the painter lacks it.

    Where the painter has no kit for the strongest place, the one most like it is taken.
    """
    if not votes or max(votes.values()) < _LEAST_TOLD:
        return _default(vocabulary), None
    wanted = max(sorted(votes), key=votes.__getitem__)
    group = gazetteer().group(wanted, "setting")
    if group is not None and (known := group.drawn_as(wanted, vocabulary)):
        return known, None
    for other in _moods()["alike"].get(wanted, ()):
        like = gazetteer().group(other, "setting")
        drawn = like.drawn_as(other, vocabulary) if like is not None else None
        if drawn is None and other in vocabulary.settings:
            drawn = other
        if drawn is not None:
            return drawn, wanted
    return _default(vocabulary), wanted


def _default(vocabulary: Vocabulary) -> str:
    """The setting that says nothing of where it is, if the painter has it."""
    return next(
        (k for k in (PLAIN, "street") if k in vocabulary.settings), min(vocabulary.settings)
    )


def setting_of(
    kind: str, words: Iterable[str], vocabulary: Vocabulary, by_clock: str | None = None
) -> Setting:
    """The Setting, a snowy one in snow, with what a text's words (lower case, in order) tell of time and weather.

    ``by_clock`` is the time of day that a clock of the text shows.
    """
    padded = f" {' '.join(words)} "
    found: dict[str, str] = {}
    for field in ("time_of_day", "weather", "season"):
        table: dict[str, list[str]] = _moods()[field]
        firsts = [
            (at, value)
            for value, phrases in table.items()
            for phrase in phrases
            if (at := padded.find(f" {phrase} ")) >= 0 and not _denied(padded, at)
        ]
        if firsts:
            found[field] = min(firsts)[1]
    if by_clock is not None:
        found.setdefault("time_of_day", by_clock)
    if "time_of_day" not in found:
        hints: dict[str, list[str]] = _moods()["time_hints"]
        for value, phrases in hints.items():
            if any(f" {phrase} " in padded for phrase in phrases):
                found["time_of_day"] = value
    if found.get("weather") == "snow":
        found.setdefault("season", "winter")
        snowy = _moods()["in_snow"].get(kind, kind)
        kind = snowy if snowy in vocabulary.settings else kind
    return Setting.model_validate({"kind": kind, **found})


def shown_by(setting: Setting, word: str, vocabulary: Vocabulary) -> bool:
    """Whether a setting shows something by itself: an indoor one its walls, rainy weather rain."""
    where = "indoors" if setting.kind in vocabulary.indoors else "outdoors"
    table = _moods()["scenery"]
    shown = (where, setting.weather, setting.time_of_day, setting.kind)
    return any(word in table.get(name, ()) for name in shown)


def _denied(padded: str, at: int) -> bool:
    """Whether a word is denied, or tells of another time: "the night before", "last night"."""
    other = padded[at:].startswith((" night before", " evening before", " morning after"))
    return other or padded[:at].endswith((" no", " not", " without", " never", " last"))
