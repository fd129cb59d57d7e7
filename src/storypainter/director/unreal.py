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


@cache
def _unreal_patterns() -> tuple[re.Pattern[str], ...]:
    phrases = sorted(grammar()["unreal_phrases"], key=len, reverse=True)
    start = "|".join(map(re.escape, phrases))
    end = r"[^,.;:!?—–]*?(?=[,.;:!?—–]|\b(?:and|but|while)\b|$)"
    compared = r"\b(?:[a-z]+er than|as [a-z]+ as) (?:an?|the|his|her|their) "
    likened = r"\b[a-z]+ as an? [\w-]+(?= (?:at|of|on|in) |[,.;:!?])"
    pictured = (
        r"(?:^|(?<=[.!?;]\s))(?:In|On) (?:an?|the|his|her|their|one) (?:[\w-]+ ){0,3}"
        r"(?:photograph|photo|portrait|snapshot|painting|poster|postcard)\b(?P<shown>[^.!?]*)"
    )
    return (
        re.compile(rf"\b(?:{start})\b{end}", re.I),
        re.compile(compared + end),
        re.compile(likened),
        re.compile(pictured),
    )
