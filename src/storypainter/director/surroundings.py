"""Where and when: the setting, time of day, weather and season that a text tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from storypainter.director.belonging import ANYWHERE
from storypainter.director.daytime import time_of_day
from storypainter.director.gazetteer import gazetteer, word_list
from storypainter.director.language import Token
from storypainter.director.places import Told, imagined, places_told, signs_told
from storypainter.director.weather import season_of, snow_lies, weather_of
from storypainter.scene import Setting
from storypainter.vocabulary import Vocabulary

_MOST = 100.0
_FROM_CLUES = 2.0  # below this a place is told only by what belongs to it


@cache
def _lists() -> dict[str, Any]:
    return word_list("surroundings")


def surroundings(
    text: str,
    tagged: Sequence[Sequence[Token]],
    barred: Sequence[tuple[int, int]],
    vocabulary: Vocabulary,
    *,
    hint: str = "",
) -> tuple[Setting, str | None]:
    """The Setting that a text tells, and the story's own place where the painter lacks it.

    Args:
        text: the story.
        tagged: its sentences.
        barred: offsets of what is only compared, pictured or written, which says nothing.
        vocabulary: the painter's words.
        hint: where it plays, in words, if that is known; it wins over the text.
    """
    barred = [*barred, *imagined(tagged)]
    told = places_told(tagged, barred)
    for word, hinted in places_in(hint).items():
        told[hinted] = Told(hinted, clearly=_MOST + len(word))
    place = _place(told, signs_told(tagged, barred), vocabulary)
    kind, wanted = _drawn(place, vocabulary)
    weather = weather_of(tagged, barred)
    season = season_of(tagged, barred)
    lies = snow_lies(tagged, barred)
    if weather == "snow" or lies:
        season = season or "winter"
        snowy = _lists()["in_snow"].get(place or "", kind)
        if snowy != kind and snowy in vocabulary.settings:
            kind, wanted = snowy, None
        elif lies and weather is None:
            weather = "snow"
    found = {"time_of_day": time_of_day(text, tagged, barred), "weather": weather, "season": season}
    return Setting.model_validate({"kind": kind, **{k: v for k, v in found.items() if v}}), wanted


def places_in(hint: str) -> dict[str, str]:
    """The places that a hint names: the gazetteer's word for each, and the place."""
    words = gazetteer().words("setting")
    said = hint.casefold()
    return {w: group.word for w, group in words if re.search(rf"\b{re.escape(w)}s?\b", said)}


def _place(
    told: Mapping[str, Told], signs: tuple[bool, bool], vocabulary: Vocabulary
) -> str | None:
    """The place that a text tells best, or None; within a wide one the place that clues tell."""
    fitting = {name: each for name, each in told.items() if each.is_told}
    if not fitting:
        return None
    best = max(sorted(fitting), key=lambda name: fitting[name].score)
    inner = [n for n in _lists()["within"].get(best, ()) if n in fitting]
    if inner:
        best = max(inner, key=lambda name: fitting[name].score)
    indoors, outdoors = signs
    kind, wanted = _drawn(best, vocabulary)
    against = outdoors if kind in vocabulary.indoors else indoors
    if told[best].clearly < _FROM_CLUES and against and wanted is None:
        return None
    return best


def _drawn(place: str | None, vocabulary: Vocabulary) -> tuple[str, str | None]:
    """The painter's setting for a place, and the place itself if the painter lacks it."""
    if place is None:
        return _default(vocabulary), None
    for name in (place, *_lists()["alike"].get(place, ())):
        group = gazetteer().group(name, "setting")
        drawn = group.drawn_as(name, vocabulary) if group is not None else None
        if drawn is not None:
            return drawn, None if name == place else place
    return _default(vocabulary), place


def _default(vocabulary: Vocabulary) -> str:
    """The setting that says nothing of where it is, if the painter has it."""
    return next(
        (k for k in (ANYWHERE, "street") if k in vocabulary.settings), min(vocabulary.settings)
    )


def shown_by(setting: Setting, word: str, vocabulary: Vocabulary) -> bool:
    """Whether a setting shows something by itself: an indoor one its walls, rainy weather rain."""
    if setting.kind == ANYWHERE:
        return False
    where = "indoors" if setting.kind in vocabulary.indoors else "outdoors"
    table = _lists()["scenery"]
    shown = (where, setting.weather, setting.time_of_day, setting.kind)
    return any(word in table.get(name, ()) for name in shown)
