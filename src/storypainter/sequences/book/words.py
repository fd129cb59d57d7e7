"""What stands in a book beside its story, in the story's language where we know the words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_NAMES = {
    "english": "en",
    "german": "de", "deutsch": "de",
    "french": "fr", "français": "fr",
    "spanish": "es", "español": "es",
}  # fmt: skip


class Words:
    """The words of one language.

    Args:
        language: a tag (``de``, ``pt-BR``) or an English name; English where we lack its words.
    """

    def __init__(self, language: str) -> None:
        self.tag = language_tag(language)
        known = _all()
        primary = (self.tag or "").partition("-")[0].lower()
        self.own_tag = primary if primary in known else "en"
        self._words = known[self.own_tag]

    @property
    def direction(self) -> str | None:
        """``rtl`` for a language that is written from the right."""
        primary = (self.tag or "").partition("-")[0].lower()
        return "rtl" if primary in _RIGHT_TO_LEFT else None

    def say(self, name: str, **values: object) -> str:
        """One of the phrases, with its places filled."""
        found = Template(self._words[name]).substitute({k: str(v) for k, v in values.items()})
        return found

    def subtitle(self, pictures: int) -> str:
        """``A story in six pictures``."""
        if pictures == 1:
            return self.say("one")
        numbers = self._words["numbers"]
        count = numbers[pictures - 1] if pictures <= len(numbers) else str(pictures)
        return self.say("many", count=count)

    def listed(self, items: list[str]) -> str:
        """``a, b and c``."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.say('and')} {items[-1]}"


def language_tag(language: str) -> str | None:
    """``de`` for ``de`` or ``German``; ``None`` for what we can't name."""
    language = language.strip()
    named = _NAMES.get(language.casefold())
    if named:
        return named
    return language if _TAG.fullmatch(language) else None


@cache
def _all() -> dict[str, dict[str, Any]]:
    text = files("storypainter.sequences.book").joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)
