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
_REACH = 160  # characters between a person and the phrase that tells of them


def gesture(cast: Cast, spoken: Sequence[tuple[Draft, int]], text: str) -> None:
    """Give people the poses and expressions that phrases of the text show.

    Args:
        cast: whose people are changed.
        spoken: every person that the text tells of, with the offset.
        text: the whole story.
    """
    people = sorted(((at, d) for d, at in spoken if d.is_person), key=lambda p: p[0])
    for kind, word, match in _found(text):
        if _DENIED.search(text[max(0, match.start() - 24) : match.start()]):
            continue
        who = _whose(people, match, text)
        if who is None:
            continue
        if kind == "pose":
            who.poses.insert(0, word)
        else:
            group = gazetteer().group(word, "expression")
            drawn = group.drawn_as(word, cast.vocabulary) if group else None
            who.expression = who.expression or drawn


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


def _whose(people: Sequence[tuple[int, Draft]], match: re.Match[str], text: str) -> Draft | None:
    """The last fitting person before a phrase, in its own sentence if there is one."""
    owner = next((v for v in match.groupdict().values() if v), "").casefold()
    gender = {"his": "male", "her": "female"}.get(owner)
    sentence = max(text.rfind(mark, 0, match.start()) for mark in ".!?\n")
    fitting = [
        (at, d)
        for at, d in people
        if match.start() - _REACH < at < match.start()
        and (gender is None or d.gender in (gender, "unspecified"))
    ]
    inside = [d for at, d in fitting if at > sentence]
    if inside:
        return inside[-1]
    if fitting and owner:
        return fitting[-1][1]
    return next((d for at, d in people if match.start() < at < match.end() + 60), None)
