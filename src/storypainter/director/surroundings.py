"""Where and when: the setting, time of day, weather and season that a text tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from storypainter.director.gazetteer import gazetteer, word_list
from storypainter.director.phrases import Item
from storypainter.director.vocabulary import Vocabulary
from storypainter.scene import Setting

_INTO = frozenset({"in", "at", "inside", "into", "on", "through", "across", "outside", "along"})
_WEIGHT_OF_PLACE = 3.0
_WEIGHT_OF_FIRST = 2.0
_WEIGHT_OF_WORD = 1.0
_WEIGHT_OF_HINT = 100.0


@cache
def _moods() -> dict[str, Any]:
    return word_list("surroundings")


def setting_votes(sentences: Sequence[Sequence[Item]], hint: str = "") -> dict[str, float]:
    """How strongly a text speaks for each setting of the gazetteer."""
    votes: dict[str, float] = {}
    cues = _moods()["cues"]
    for number, items in enumerate(sentences):
        before = ""
        for item in items:
            if item.type == "noun":
                if item.has("setting") and item.determiner != "no":
                    weight = _WEIGHT_OF_PLACE if before in _INTO else _WEIGHT_OF_WORD
                    weight += _WEIGHT_OF_FIRST if number == 0 else 0.0
                    _add(votes, item.groups["setting"].word, weight)
                for place in cues.get(_cue(item), ()):
                    _add(votes, place, 0.8)
            before = item.word if item.type == "preposition" else before
            if item.type not in ("preposition", "adjective", "mark"):
                before = "" if item.type != "noun" else before
    for word, group in gazetteer().words("setting"):
        if hint and re.search(rf"\b{re.escape(word)}s?\b", hint.casefold()):
            _add(votes, group.word, _WEIGHT_OF_HINT + len(word))
    return votes


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
    if not votes:
        return _default(vocabulary, indoors=False), None
    wanted = max(sorted(votes), key=votes.__getitem__)
    group = gazetteer().group(wanted, "setting")
    if group is not None and (known := group.drawn_as(wanted, vocabulary)):
        return known, None
    alike = [w for w in _moods()["alike"].get(wanted, ()) if w in vocabulary.settings]
    if alike:
        return alike[0], wanted
    return _default(vocabulary, indoors=wanted in _moods()["indoors"]), wanted


def _default(vocabulary: Vocabulary, indoors: bool) -> str:
    preferred = ("living room", "kitchen") if indoors else ("street", "park")
    same = sorted(k for k in vocabulary.settings if (k in vocabulary.indoors) is indoors)
    return next(
        (k for k in (*preferred, *same) if k in vocabulary.settings), min(vocabulary.settings)
    )


def setting_of(kind: str, words: Iterable[str], locale: str = "") -> Setting:
    """The Setting with what a text's words (lower case, in order) tell of time and weather."""
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
    if found.get("weather") == "snow":
        found.setdefault("season", "winter")
    return Setting.model_validate({"kind": kind, "locale": locale, **found})


def shown_by(setting: Setting, word: str, vocabulary: Vocabulary) -> bool:
    """Whether a setting shows something by itself: an indoor one its walls, rainy weather rain."""
    where = "indoors" if setting.kind in vocabulary.indoors else "outdoors"
    table = _moods()["scenery"]
    shown = (where, setting.weather, setting.time_of_day, setting.kind)
    return any(word in table.get(name, ()) for name in shown)


def _denied(padded: str, at: int) -> bool:
    return padded[:at].endswith((" no", " not", " without", " never"))
