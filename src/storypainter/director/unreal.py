"""What a text only compares, wishes or tells of: where it is written, so that it is not drawn."""

from __future__ import annotations

import re
from functools import cache

from storypainter.director.phrases import grammar


def unreal_spans(text: str) -> list[tuple[int, int]]:
    """Where a text only compares, wishes or tells of something, up to the end of the clause."""
    return [
        m.span(m.lastgroup or 0) for pattern in _unreal_patterns() for m in pattern.finditer(text)
    ]


def pictured_spans(text: str) -> list[tuple[int, int]]:
    """Where a text tells what a picture or a screen shows."""
    return [
        m.span(m.lastgroup or 0) for pattern in _pictured_patterns() for m in pattern.finditer(text)
    ]


#: "a carrot for a horse that he hasn't got"
_NOT_HAD = (
    r"\b(?:an?|the|his|her|their) (?:[\w-]+ )?[\w-]+ (?:(?:that|which) )?"
    r"(?:he|she|it|they|nobody|that|which) (?:has not|hasn['’]t|have not|haven['’]t|does not|doesn['’]t"
    r"|do not|don['’]t|no longer|never) (?:got|have|had|own|owned|owns|possess|exist|existed|has)\b"
)


@cache
def _unreal_patterns() -> tuple[re.Pattern[str], ...]:
    phrases = sorted(grammar()["unreal_phrases"], key=len, reverse=True)
    start = "|".join(map(re.escape, phrases))
    end = r"[^,.;:!?—–]*?(?=[,.;:!?—–]|\b(?:and|but|while)\b|$)"
    compared = r"\b(?:(?:[a-z]+er|more|less|other|rather) than|(?<!as well )as [\w-]+ as) (?!if)"
    like = r"(?<!would )\blike (?=(?:an?|the|his|her|their|its|one|two|three|some|that|those)\b|\w+s\b)"
    likened = r"\b[a-z]+ as an? [\w-]+(?= (?:at|of|on|in) |[,.;:!?])"
    plain = "|".join(grammar()["simile_adjectives"])
    simile = rf"\b(?:{plain}) as (?:an?|the|one)? ?[\w-]+(?: [\w-]+){{0,2}}(?=[,.;:!?])"
    placed = rf"\bas (?:on|in|at|with|from|under|before|behind|over) (?:an?|the|some)\b{end}"
    saying = (
        r"\b(?:you|we) (?:can|could|cannot|can['’]t|might|may|must|should|would|will|never|always"
        rf"|have never|do not|don['’]t)\b{end}"
    )
    alike = (
        r"\b(?:an?|the) (?P<same>[\w-]+)\b[^,.;:!?]{0,40} (?:is|are) (?:not )?an? (?P=same)\b"
        r"[^,.;:!?]*"
    )
    return (
        re.compile(simile),
        re.compile(saying, re.I),
        re.compile(f"(?P<whole>{alike})", re.I),
        re.compile(_NOT_HAD, re.I),
        re.compile(placed),
        re.compile(rf"\b(?:{start})\b{end}", re.I),
        re.compile(compared + end),
        re.compile(like + end, re.I),
        re.compile(likened),
    )


@cache
def _pictured_patterns() -> tuple[re.Pattern[str], ...]:
    flat = "|".join(grammar()["flat"])
    pictured = (
        r"(?:^|(?<=[.!?;,]\s)|\band )(?:in|on) (?:an?|the|his|her|their|its|one|each) "
        rf"(?:[\w-]+ ){{0,3}}(?:{flat})\b(?P<shown>[^.!?;]*)"
    )
    drawn = (
        r"\b(?:is|are) (?:an?|the|two|three|four|five|six|seven)\b[^.!?;]*"  # "on it are a cat and"
    )
    lying = rf"\bon (?:an?|the|his|her|their|its) (?:[\w-]+ ){{0,2}}(?:sheet|page|paper)s? (?P<laid>{drawn})"
    announced = rf"\b(?:{flat}|telephone|phone|tablet|laptop)s?\b[^.!?;:]*:(?P<told>[^.!?]*)"
    portrayed = rf"\b(?:{flat})s? (?:of|showing|shows?|depicts?|depicting)\b(?P<of>[^.!?;]*)"
    covered = (
        r"\b(?:page|paper|wall ?paper|notebook|book|canvas|poster|tapestry|mural)s?\b[^.!?;]*?"
        r"\b(?:covered|full|filled|crowded|decorated) (?:with|of)\b(?P<all>[^.!?;]*)"
    )
    listed = "|".join(
        ("portrait", "photo", "photograph", "picture", "drawing", "sketch", "snapshot")
    )
    shown = (
        r"\b(?:television|tv|screen|film|video|monitor|poster|painting|photograph|mural)\b[^.!?;:,]*,? "
        r"(?:in which|on which|where)\b(?P<where>[^.!?;]*)"
    )
    of_whom = "head|face|body|heart|voice|eyes|legs|hands|look|strength|expression|smile|patience|grace|air|gait|dignity"
    alike = rf"\bwith (?:the|an?) (?:[\w-]+ )?(?:{of_whom}) of (?P<alike>an? (?:[\w-]+ ?){{1,2}})"
    viewed = rf"(?P<viewed>\b(?:an?|the|two|three) (?:[\w-]+ ){{1,2}}on (?:the|his|her|its|their) (?:[\w-]+ )?(?:{flat})\b(?:, (?:in|with|wearing) [^,.;:!?]*)?)(?!'s|’s)"
    renamed = rf"\b(?:{listed}|painting)s?, (?P<appos>an? [^.;:!?]*)"
    return tuple(
        re.compile(each, re.I)
        for each in (pictured, lying, announced, portrayed, covered, renamed, shown, alike, viewed)
    )
