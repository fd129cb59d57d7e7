"""The time of day that a text tells: by its words, by the light, by a clock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from storypainter.director.gazetteer import word_list
from storypainter.director.inscriptions import late, time_in
from storypainter.director.language import Token

_CLOCK = re.compile(r"\b(?:clock|watch|wristwatch|dial)s?\b")
_NOON = ("11:30", "12:45")


def real_text(text: str, barred: Sequence[tuple[int, int]]) -> str:
    """A text in lower case, with blanks for what is only compared, pictured or written."""
    letters = list(text.lower() if len(text.lower()) == len(text) else text)
    for start, end in barred:
        letters[start:end] = " " * (min(end, len(letters)) - start)
    return "".join(letters)


def stands_alone(tokens: Sequence[Token], at: int, beside: frozenset[str]) -> bool:
    """Whether a word names a time or a weather of its own, not a thing as in "evening dress".

    ``beside`` are the nouns that may follow it: "the evening light".
    """
    behind = tokens[at + 1 : at + 2]
    if behind and behind[0].text[0].isupper():
        return False  # a name: "Snow White"
    if not behind or not behind[0].is_noun:
        return True
    return behind[0].lower in beside or behind[0].lower in lists()["acts"]


@cache
def lists() -> dict[str, Any]:
    """The word lists of ``gazetteer/skies.toml``."""
    data = word_list("skies")
    return {k: frozenset(v) if isinstance(v, list) else v for k, v in data.items()}


@cache
def _phrases(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (value, re.compile(rf"\b(?:{'|'.join(patterns)})\b"))
        for value, patterns in lists()[name].items()
    )


def time_of_day(
    text: str, tagged: Sequence[Sequence[Token]], barred: Sequence[tuple[int, int]]
) -> str | None:
    """``dawn``, ``morning``, ``noon``, ``afternoon``, ``evening``, ``night``, or None: not told.

    What is said in words counts first, then the light, then a clock, then lamps in use.
    """
    real = real_text(text, barred)
    named = [*_named(tagged, barred)]
    named += [
        (m.start(), value) for value, pattern in _phrases("light") for m in pattern.finditer(real)
    ]
    if named:
        return min(named)[1]
    daylight = any(pattern.search(real) for _, pattern in _phrases("daylight"))
    dark = not daylight and _is_dark(real)
    by_clock = late(real) or _by_clock(real, tagged, dark=dark)
    return by_clock or ("night" if dark else None)


def _named(
    tagged: Sequence[Sequence[Token]], barred: Sequence[tuple[int, int]]
) -> list[tuple[int, str]]:
    """(offset, time) of each word that says what time it is now."""
    words = {word: value for value, each in lists()["named"].items() for word in each}
    return [
        (token.start, words[token.lower])
        for tokens in tagged
        for at, token in enumerate(tokens)
        if token.lower in words
        and not any(start <= token.start < end for start, end in barred)
        and not _is_name(tokens, at)
        and stands_alone(tokens, at, lists()["beside_times"])
        and not _of_another_time(tokens, at)
    ]


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is somebody's name: "Dawn pushes a pram", but "Dawn breaks"."""
    if not tokens[at].text[0].isupper():
        return False
    behind = tokens[at + 1 : at + 2]
    deed = bool(behind) and behind[0].tag[:2] == "VV" and behind[0].lower not in lists()["acts"]
    return at > 0 or (deed and tokens[at].lower == "dawn")


def _of_another_time(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word tells of another time: "the night before", "until morning", "last night"."""
    token = tokens[at]
    behind = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if behind in ("before", "after", "ago", "long") or token.tag == "NN2":
        return True
    for word in reversed(tokens[max(0, at - 3) : at]):
        if word.lower in lists()["other_times"]:
            return not (word.lower in ("before", "after") and token.lower in lists()["edges"])
        if word.tag[:2] in ("NN", "VV", "PU", "CJ") and word.lower not in ("'s", "’s"):
            return False
    return False


def _is_dark(real: str) -> bool:
    """Whether lamps are in use, or lights and nightclothes speak for the night together."""
    if any(pattern.search(real) for _, pattern in _phrases("dark")):
        return True
    lights, clothes = (pattern for _, pattern in _phrases("towards_night"))
    found = {match[0].removesuffix("s") for match in lights.finditer(real)}
    if any(pattern.search(real) for _, pattern in _phrases("candles_by_day")):
        found.discard("candle")
    return bool(found) and (len(found) > 1 or clothes.search(real) is not None)


def _by_clock(real: str, tagged: Sequence[Sequence[Token]], *, dark: bool) -> str | None:
    """The time that a clock shows; where it could be before or after noon, by the light."""
    for tokens in tagged:
        sentence = real[tokens[0].start : tokens[-1].end]
        if not _CLOCK.search(sentence) or (shown := time_in(sentence)) is None:
            continue
        hour, minute = (int(part) for part in shown.split(":"))
        if hour > 12 or hour == 0:
            return _of_day(hour)
        if dark:
            return "evening" if 5 <= hour <= 9 else "night"
        if _NOON[0] <= f"{hour:02d}:{minute:02d}" <= _NOON[1]:
            return "noon"
        return "morning" if 9 <= hour <= 11 else None
    return None


def _of_day(hour: int) -> str:
    ends = ((5, "night"), (7, "dawn"), (11, "morning"), (13, "noon"), (18, "afternoon"))
    return next((v for end, v in ends if hour < end), "evening" if hour < 22 else "night")
