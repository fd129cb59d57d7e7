"""The weather and the season that a text tells: only what is there now, and here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from storypainter.director.daytime import lists, stands_alone
from storypainter.director.language import Token

_Place = tuple[Sequence[Token], int]
_BEFORE = 3  # words before a noun that may deny it


def weather_of(tagged: Sequence[Sequence[Token]], barred: Sequence[tuple[int, int]]) -> str | None:
    """``rain``, ``snow``, ``fog``, ``wind`` or ``cloudy`` where a text tells it, else None.

    What falls counts before what hangs in the air, and that before what only moves.
    """
    found: dict[str, int] = {}
    for tokens, at in _real(tagged, barred):
        for value, sees in _SEEN.items():
            if sees(tokens, at):
                found.setdefault(value, tokens[at].start)
    falling = [value for value in ("rain", "snow") if value in found]
    if falling:
        return min(falling, key=found.__getitem__)
    return next((value for value in ("fog", "wind", "cloudy") if value in found), None)


def snow_lies(tagged: Sequence[Sequence[Token]], barred: Sequence[tuple[int, int]]) -> bool:
    """Whether snow lies where it plays: not only on a coat, on far peaks or in a name."""
    return any(_lies(tokens, at) for tokens, at in _real(tagged, barred))


def season_of(tagged: Sequence[Sequence[Token]], barred: Sequence[tuple[int, int]]) -> str | None:
    """``spring``, ``summer``, ``autumn`` or ``winter`` where a text tells it, else None."""
    found: list[tuple[int, str]] = []
    for tokens, at in _real(tagged, barred):
        word = tokens[at]
        if word.lower in lists()["season"] and _is_season(tokens, at):
            found.append((word.start, word.lower.replace("springtime", "spring")))
    for tokens in tagged:
        real = " ".join(t.lower for t in tokens if not _is_barred(t, barred))
        for value, pattern in _season_signs():
            if match := pattern.search(real):
                found.append((tokens[0].start + match.start(), value))
    if any(_is_noun(t[at], "snow") and _alone(t, at) for t, at in _real(tagged, barred)):
        return "winter"
    return min(found)[1] if found else None


@cache
def _season_signs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (value, re.compile(rf"\b(?:{'|'.join(patterns)})\b"))
        for value, patterns in lists()["season_signs"].items()
    )


def _is_season(tokens: Sequence[Token], at: int) -> bool:
    """Whether a season's name is that of the moment: "in spring", "a winter evening"."""
    behind = tokens[at + 1 : at + 2]
    before = [t.lower for t in tokens[max(0, at - _BEFORE) : at]]
    if set(before) & lists()["other_times"] or (behind and behind[0].lower in ("before", "of")):
        return False
    if behind and behind[0].is_noun:
        return behind[0].lower in lists()["beside_seasons"]
    return tokens[at].lower != "spring" or "in" in before[-2:] or "is" in before[-1:]


def _real(tagged: Sequence[Sequence[Token]], barred: Sequence[tuple[int, int]]) -> Iterator[_Place]:
    for tokens in tagged:
        for at, token in enumerate(tokens):
            if not _is_barred(token, barred):
                yield tokens, at


def _is_barred(token: Token, barred: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in barred)


def _is_noun(token: Token, *words: str) -> bool:
    return token.lower in words and token.tag[:2] in ("NN", "NP", "UN")


def _alone(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun of the weather stands for itself, is not denied, and is here and now."""
    before = {t.lower for t in tokens[max(0, at - _BEFORE) : at]}
    behind = [t.lower for t in tokens[at + 1 : at + 4]]
    plural = at > 0 and tokens[at - 1].tag in (("NN2",) if at > 1 else ("NN2", "VVZ"))
    if plural and not set(behind[:1]) & lists()["acts"]:
        return False  # a verb: "sparks rain on the street", "roads wind"
    if before & lists()["not_now"] or set(behind) & lists()["over"] or behind[:1] == ["of"]:
        return False
    return stands_alone(tokens, at, lists()["beside_weather"])


def _rains(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.lower in ("rains", "raining"):
        return at > 0 and tokens[at - 1].lower in ("it", "is", "'s", "’s", "still")
    if token.lower in ("drizzle", "downpour", "thunderstorm", "cloudburst", "raindrops", "sleet"):
        return _alone(tokens, at)
    return (token.lower == "rainy") or (_is_noun(token, "rain") and _alone(tokens, at))


def _snows(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    behind = [t.lower for t in tokens[at + 1 : at + 4]]
    if token.lower in ("snowing", "snows"):
        return at > 0 and tokens[at - 1].lower in ("it", "is", "'s", "’s", "still")
    if token.lower in ("snowflake", "snowflakes", "snowfall", "blizzard", "snowstorm"):
        return _alone(tokens, at)
    if token.lower == "snowy":
        return bool(set(behind[:1]) & lists()["beside_seasons"])
    if not _is_noun(token, "snow") or not _alone(tokens, at):
        return False
    whirled = at > 0 and tokens[at - 1].lower in lists()["falling"]
    falls = behind[:1] and behind[0] in lists()["falls"]
    return whirled or bool(falls) or (behind[:1] == ["is"] and "falling" in behind)


def _lies(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    behind = [t.lower for t in tokens[at + 1 : at + 8]]
    if token.lower == "snowman" or token.lower in ("snowdrift", "snowdrifts"):
        return True
    if token.lower in ("snowy", "snowed-in", "snow-covered", "snowbound"):
        return bool(set(behind[:2]) & lists()["snowy"])
    if not _is_noun(token, "snow") or not _alone(tokens, at):
        return False
    return not set(behind) & lists()["snowed_on"]


def _is_foggy(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].lower in ("foggy", "misty"):
        return bool({t.lower for t in tokens[at + 1 : at + 2]} & lists()["beside_weather"])
    return _is_noun(tokens[at], "fog", "mist") and _alone(tokens, at)


def _blows(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].lower in ("windy", "stormy", "windswept"):
        return True
    blowing = ("wind", "gale", "gust", "gusts", "storm", "breeze")
    given = {t.lower for t in tokens[at + 1 : at + 2]} & {"of", "from"}
    return _is_noun(tokens[at], *blowing) and not given and _alone(tokens, at)


def _is_cloudy(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.lower in ("overcast", "cloudy"):
        return True
    if _is_noun(token, "hail", "hailstone", "hailstones"):
        return _alone(tokens, at)
    dark = at > 0 and tokens[at - 1].lower in lists()["heavy"]
    return dark and _is_noun(token, "cloud", "clouds", "sky") and _alone(tokens, at)


_SEEN = {"rain": _rains, "snow": _snows, "fog": _is_foggy, "wind": _blows, "cloudy": _is_cloudy}
