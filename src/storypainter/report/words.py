"""How the report puts numbers, names and beginnings of texts into words."""

from __future__ import annotations

import re

from storypainter.report.reading import Ledger
from storypainter.score import Score
from storypainter.story import Story

_SENTENCE_END = re.compile(r"(?<=[.!?。！？؟।])[\"'”’»)]*(?:\s|$)|(?<=[。！？])")
NBSP = "\u00a0"
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def counted(n: int, one: str, many: str = "") -> str:
    """``1 story``, ``1,200 stories``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def shortened(text: str, limit: int) -> str:
    """``text`` on one line, cut at a word where it is longer than ``limit`` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else cut).rstrip(" ,;:–-") + "…"


def first_sentence(text: str, limit: int = 300) -> str:
    """The first sentence of a text."""
    line = " ".join(text[: 4 * limit].split())
    end = _SENTENCE_END.search(line)
    return shortened(line[: end.end()].strip() if end else line, limit)


def description(story: Story) -> str:
    """What a picture of this Story shows, for those who don't see it: gist or first sentence."""
    return shortened(story.gist, 300) or first_sentence(story.text)


def language_tag(language: str) -> str | None:
    """``language`` where it is a tag such as ``de`` or ``pt-BR``, for a ``lang`` attribute."""
    return language if _LANGUAGE_TAG.fullmatch(language) else None


def spread(score: Score) -> str:
    """How many a Score rests on, its interval, and its reason: the small print below it."""
    parts = [f"n{NBSP}={NBSP}{score.n:,}"] if score.n is not None else []
    if score.interval is not None:
        low, high = (f"{bound:.1f}".replace("-", "−") for bound in score.interval)
        parts.append(f"95 % interval {low} to {high}")
    if score.reason:
        parts.append(score.reason)
    return "; ".join(parts)


def money(ledger: Ledger) -> tuple[str, str]:
    """What was paid, and the small print; an unknown price is never a silent 0."""
    if not ledger.calls:
        return "free", "no model was called"
    if not ledger.cost_known:
        return "unknown", f"no price is known for any of {counted(ledger.calls, 'call')}"
    digits = 4 if 0 < ledger.cost < 0.1 else 2
    sum_known = f"${ledger.cost:,.{digits}f}"
    if not ledger.unpriced:
        return sum_known, counted(ledger.calls, "call")
    return f"{sum_known} +", f"and {ledger.unpriced:,} of {ledger.calls:,} calls at unknown prices"


def tokens(ledger: Ledger) -> tuple[str, str]:
    """Tokens read and written, and the small print."""
    if not ledger.calls:
        return "none", "no model was called"
    if not ledger.tokens_known:
        return "unknown", f"none of {counted(ledger.calls, 'call')} told them"
    total = f"{ledger.input_tokens + ledger.output_tokens:,}"
    small = f"{ledger.input_tokens:,} read, {ledger.output_tokens:,} written"
    if not ledger.untold_tokens:
        return total, small
    return f"{total} +", f"{small}; {ledger.untold_tokens:,} of {ledger.calls:,} calls did not tell"
