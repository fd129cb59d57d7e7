"""Clues for causes that an answer gives without any: ``Because X, Y``.

The image semantic assessment task (ISA, arXiv 2501.01982) has causes in that form. X is often what
is seen, and often what is only thought ("because nobody watched"). It is taken for a clue where the
answer itself names it as seen: in a clue of another category, or in the description.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storypainter.evaluators.features import Inference
from storypainter.story import Clue, Dimension

_CAUSE_FIRST = re.compile(r"because\s+(?!of\b)([^,]+),\s*\S", re.IGNORECASE)
_CAUSE_LAST = re.compile(r"\S.*?,?\s+because\s+(?!of\b)(.+)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_DENIES = re.compile(
    r"\b(?:no|not|nobody|nothing|none|never|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE
)
_FUNCTION_WORDS = (
    "a an the this that these those some any each both all another other his her its their my your "
    "our he she it they him them who which what there here and or but so as while when where then "
    "than of in on at to for by with from into onto up down out off over under behind before beside "
    "near about around through between against towards toward is are was were be been being am has "
    "have had having do does did doing will would can could may might must shall should just still "
    "already very too also only now one s t"
)
#: Words that name nothing: what is left of a text are its content words.
_EMPTY = frozenset(_FUNCTION_WORDS.split())
#: A clue of fewer content words says too little to be found again in a cause.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Seen:
    """The other categories' clues with their content words, and all words named as seen."""

    clues: tuple[tuple[Clue, frozenset[str]], ...]
    words: frozenset[str]


def with_causes(inferences: Sequence[Inference], description: str) -> tuple[Inference, ...]:
    """The inferences, causes without clues with those that the answer names as seen.

    A cause ("Because the stool tips, the boy falls", "The boy falls because the stool tips") whose
    words hold all words of another category's clue has that clue. Else the cause itself is the clue
    if all its content words stand in the other clues or in the description, in whatever form. A
    cause that denies something gets none: what isn't there can't be pointed at.
    """
    causal = Dimension.EVENT_CAUSAL_RELATIONSHIP
    if not any(each.dimension is causal and not each.clues for each in inferences):
        return tuple(inferences)
    others = [clue for each in inferences if each.dimension is not causal for clue in each.clues]
    known = tuple((clue, _content(clue.text)) for clue in others)
    seen = _Seen(known, _content(description).union(*(words for _, words in known)))
    return tuple(
        each.model_copy(update={"clues": _clues(each.conclusion, seen)})
        if each.dimension is causal and not each.clues
        else each
        for each in inferences
    )


def _clues(conclusion: str, seen: _Seen) -> tuple[Clue, ...]:
    match = _CAUSE_FIRST.match(conclusion) or _CAUSE_LAST.match(conclusion)
    if match is None or _DENIES.search(match[1]):
        return ()
    cause = match[1].strip(" .,;:")
    words = _content(cause)
    named = {
        clue.text: clue for clue, needed in seen.clues if len(needed) >= _FEWEST and needed <= words
    }
    if named:
        return tuple(named.values())
    return (Clue(text=cause),) if words and words <= seen.words else ()


def _content(text: str) -> frozenset[str]:
    """The content words of a text, each cut to what its forms have in common."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(_stem(word) for word in words if word not in _EMPTY)


def _stem(word: str) -> str:
    """``stops``, ``stopped`` and ``stopping`` as ``stop``; for comparing, not for reading."""
    for ending, put in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3 and not (ending in ("s", "es") and stem.endswith("s")):
            word = stem + put
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word
