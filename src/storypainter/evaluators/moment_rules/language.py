"""Is a text English? The rules of the Moment evaluator read no other language."""

from __future__ import annotations

import re

from storypainter.evaluators.moment_rules.lexicon import words
from storypainter.evaluators.tagging import is_known

#: English prose has 25 to 55 % of the function words that we count, other languages up to 10 %.
_FUNCTION_WORDS = 0.14
#: The tagger knows 85 to 100 % of the words of English stories, 20 to 55 % of other languages'.
_KNOWN = 0.75
_WORD = re.compile(r"[^\W\d_]+")


def not_english(text: str) -> str | None:
    """Why a text is not judged by rules for English, or ``None`` if it is English.

    Either sign will do: a verbless "A boy. A dog. A kite." has no function word that other
    languages lack, a text full of names has words that no tagger knows.
    """
    found = [word.casefold() for word in _WORD.findall(text)]
    if not found:
        return "the text holds no word"
    function_words = words("grammar", "english")
    share = sum(word in function_words for word in found) / len(found)
    if share >= _FUNCTION_WORDS or sum(map(is_known, found)) >= _KNOWN * len(found):
        return None
    return f"seems not to be English ({share:.0%} English function words); the rules are for it"
