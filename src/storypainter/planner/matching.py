"""Whether a text says what somebody wished for, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_ARTICLES = frozenset({"a", "an", "the", "some", "any"})
#: Words of a wish that say nothing about a story.
_EMPTY_WORDS = frozenset(
    {"a", "an", "and", "about", "any", "at", "by", "during", "for", "from", "in", "is", "of", "on"}
    | {"one", "or", "picture", "scene", "set", "some", "story", "stories", "the", "to", "with"}
)


def words_of(text: str) -> list[str]:
    """The words of a text, folded to lower case, without possessive endings."""
    return re.findall(r"[^\W_]+", text.casefold().replace("’", "'").replace("'s", ""))


def telling_words(wish: str) -> list[str]:
    """The words of a wish that say something."""
    return [word for word in words_of(wish) if word not in _EMPTY_WORDS]


def phrase_of(wish: str) -> list[str]:
    """The words of a wish without its first article."""
    words = words_of(wish)
    while words and words[0] in _ARTICLES:
        words = words[1:]
    return words


def forms_of(word: str) -> frozenset[str]:
    """The word with its likely singulars and plurals: dog, dogs; berry, berries; bus, buses."""
    forms = {word, word + "s", word + "es"}
    if word.endswith("y"):
        forms.add(word[:-1] + "ies")
    for ending, singular in (("s", ""), ("es", ""), ("ies", "y")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            forms.add(word.removesuffix(ending) + singular)
    return frozenset(forms)


def says(text: Sequence[str], phrase: Iterable[str]) -> bool:
    """Whether the words of ``phrase`` stand in ``text`` in a row, each in singular or plural."""
    forms = [forms_of(word) for word in phrase]
    return any(
        all(text[start + place] in each for place, each in enumerate(forms))
        for start in range(len(text) - len(forms) + 1)
    )
