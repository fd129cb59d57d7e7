"""Does a text mention a thing? Case-folded word matching that tolerates simple plurals."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ARTICLES = frozenset({"a", "an", "the", "some", "one"})
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "person",
    "feet": "foot",
    "teeth": "tooth",
    "mice": "mouse",
    "geese": "goose",
}
#: Scripts that are written without spaces between words: Thai, Lao, Khmer, kana, Han.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def mentions(text: str, phrase: str, *, gap: int = 0) -> bool:
    """Whether ``text`` contains the words of ``phrase`` in order.

    Case, a leading article and simple English plurals don't matter; up to ``gap`` other words
    may stand between two of the phrase's words ("red umbrella" and "red, dripping umbrella").
    In scripts without spaces the phrase is looked for as it is. A phrase without any word
    (``"!"``) is never mentioned.
    """
    if _UNSPACED.search(phrase):
        return _folded(phrase) in _folded(text)
    wanted = words_of(phrase)
    if len(wanted) > 1 and wanted[0] in _ARTICLES:
        wanted = wanted[1:]
    if not wanted:
        return False
    found = [_forms(word) for word in words_of(text)]
    return any(
        _matches_from(found, start, [_forms(word) for word in wanted], gap)
        for start in range(len(found))
    )


def words_of(text: str) -> list[str]:
    """The case-folded words of a text, possessive endings removed."""
    words = _WORD.findall(_folded(text))
    return [re.sub(r"['’]s$", "", word).replace("’", "'") for word in words]


def same_word(one: str, other: str) -> bool:
    """Whether two case-folded words agree but for a simple plural."""
    return not _forms(one).isdisjoint(_forms(other))


def _matches_from(
    found: list[frozenset[str]], start: int, wanted: list[frozenset[str]], gap: int
) -> bool:
    if found[start].isdisjoint(wanted[0]):
        return False
    at = start
    for forms in wanted[1:]:
        following = range(at + 1, min(at + 2 + gap, len(found)))
        at = next((i for i in following if not found[i].isdisjoint(forms)), -1)
        if at < 0:
            return False
    return True


@lru_cache(maxsize=8192)
def _forms(word: str) -> frozenset[str]:
    """The word and what it may be the plural of."""
    forms = {word, _IRREGULAR.get(word, word)}
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        forms.add(word[:-1])
        if word.endswith("es"):
            forms.add(word[:-2])
        if word.endswith("ies"):
            forms.add(word[:-3] + "y")
        if word.endswith("ves"):
            forms |= {word[:-3] + "f", word[:-3] + "fe"}
    return frozenset(forms)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
