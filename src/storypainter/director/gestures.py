"""Phrases that show a pose or a state of mind: "hands on her hips", "tears run down his face"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from storypainter.director.cast import Cast
from storypainter.director.drafts import Draft
from storypainter.director.gazetteer import gazetteer, word_list

Showing = Literal["pose", "expression"]
_POSSESSIVE = r"(?:(?P<who>his|her|their|its)|the|a|one|both) "
_DENIED = re.compile(r"\b(?:not|no|without|never|n't|not to|as if|trying to)\W*(?:\w+\W+)?$", re.I)
_AGED = re.compile(
    r"\s+of\s+(?:about |nearly |over |some )?(\d\d?|[a-z]+)\b(?! (?:them|the|these))", re.I
)
_LED = re.compile(r"\b(his|her|their)\s+$", re.I)
_REACH = 160  # characters between a person and the phrase that tells of them


def gesture(
    cast: Cast,
    spoken: Sequence[tuple[Draft, int]],
    deeds: Sequence[tuple[int, Draft]],
    text: str,
) -> None:
    """Give people the poses and expressions that phrases of the text show.

    Args:
        cast: whose people are changed.
        spoken: every person that the text tells of, with the offset.
        deeds: the offset of every verb, with each person who does it.
        text: the whole story.
    """
    people = sorted(((at, d) for d, at in spoken if d.is_person), key=lambda p: p[0])
    for kind, word, match in _found(text):
        if _DENIED.search(text[max(0, match.start() - 24) : match.start()]):
            continue
        who = _whose(people, deeds, match, text)
        if who is None:
            continue
        if kind == "pose":
            who.poses.insert(0, word)
        else:
            group = gazetteer().group(word, "expression")
            drawn = group.drawn_as(word, cast.vocabulary) if group else None
            who.expression = who.expression or drawn


def tell_ages(cast: Cast, text: str) -> None:
    """Give people the age behind them: "a girl of ten", "two women of seventy"."""
    for person in (d for d in cast.drafts if d.is_person):
        for span in person.spans:
            if (aged := _AGED.match(text, span.end)) is not None:
                cast.set_years(person, aged[1].casefold())


def _found(text: str) -> Iterator[tuple[Showing, str, re.Match[str]]]:
    for kind, word, pattern in _patterns():
        for match in pattern.finditer(text):
            yield kind, word, match


@cache
def _patterns() -> tuple[tuple[Showing, str, re.Pattern[str]], ...]:
    tables = word_list("gestures")
    kinds: tuple[tuple[Showing, str], ...] = (("pose", "poses"), ("expression", "expressions"))
    return tuple(
        (kind, word, _pattern(phrases))
        for kind, table in kinds
        for word, phrases in tables[table].items()
    )


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    spelled = []
    for number, phrase in enumerate(sorted(phrases, key=len, reverse=True)):
        own = _POSSESSIVE.replace("who", f"who{number}")
        spelled.append(re.escape(phrase).replace(r"\*\ ", f"(?:{own})?"))
    return re.compile(rf"\b(?:{'|'.join(spelled)})\b", re.I)


def _doing(deeds: Sequence[tuple[int, Draft]], sentence: int, before: int) -> Draft | None:
    """The only one who does the last thing told of between two offsets."""
    last = max((at for at, _ in deeds if sentence < at < before), default=None)
    doers = [d for at, d in deeds if at == last]
    return doers[0] if len(doers) == 1 else None


def _whose(
    people: Sequence[tuple[int, Draft]],
    deeds: Sequence[tuple[int, Draft]],
    match: re.Match[str],
    text: str,
) -> Draft | None:
    """The last fitting person before a phrase, in its own sentence if there is one."""
    led = _LED.search(text, max(0, match.start() - 8), match.start())
    start = match.start() if led is None else led.start()
    told = (*match.groupdict().values(), led and led[1])
    owner = next((v for v in told if v), "").casefold()
    gender = {"his": "male", "her": "female"}.get(owner)
    sentence = max(text.rfind(mark, 0, match.start()) for mark in ".!?\n")
    fitting = [
        (at, d)
        for at, d in people
        if match.start() - _REACH < at < match.start()
        and (gender is None or d.gender in (gender, "unspecified"))
    ]
    inside = [d for at, d in fitting if at > sentence]
    doing = _doing(deeds, sentence, match.start())
    behind = text[:start].rstrip(" a").endswith((",", ";"))
    if inside and behind and doing is not None and (not owner or doing in inside):
        return doing  # "she waits for him, head bowed"
    if inside:
        return inside[0] if behind and not owner else inside[-1]
    if fitting and owner:
        return fitting[-1][1]
    return next((d for at, d in people if match.start() < at < match.end() + 60), None)
