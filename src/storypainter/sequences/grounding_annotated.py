"""What annotations tell, in the words of their clauses: deeds, places, who is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from storypainter.evaluators.tagging import Token, sentences
from storypainter.sequence import Frame
from storypainter.sequences.grounding_reading import (
    BEHIND,
    Deed,
    PartReading,
    read_part,
    verb_lemma,
)
from storypainter.sequences.grounding_words import (
    action_groups,
    action_phrases,
    anybody,
    doubtful_place,
    is_action,
    person_groups,
    place_groups,
    verbs,
)

_ABOUT_TO = re.compile(r"^(?:is|are|was|were) (?:just )?about to ", re.IGNORECASE)
_SUFFERED = re.compile(
    r"(?:is|are|was|were|gets?) (?:being )?[a-z]+(?:ed|en|t|n) by ", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Asked:
    """An annotated deed: its verb's groups, and its object where the verb says too little."""

    groups: frozenset[str]
    lemma: str
    objects: frozenset[str]
    suffered: bool  # done to the character by another: "is comforted by the old woman"

    def object_told(self, deed: Deed, reading: PartReading) -> bool:
        """Whether a part that tells the verb tells its object, too, where it has to."""
        empty = verbs("empty")
        if not self.objects or (self.lemma not in empty and deed.lemma not in empty):
            return True
        return bool(self.objects & reading.lemmas)


def clauses_of(frame: Frame) -> Iterable[str]:
    """The annotated deeds as sentences: "holds the baby" bears out that a baby is there."""
    return (f"Somebody {each.action}." for each in frame.shown if each.action)


def deed_of(action: str) -> Asked:
    """An action clause without its subject: "climbs the tree", "sits on the ground"."""
    lemma, behind, objects = annotated_verb(action)
    groups = action_groups(lemma, behind)
    # "puts an arm round the girl": told by the same words as in a narrative.
    groups |= {name for name, told in action_phrases() if told.search(action.casefold())}
    second = annotated_second(action)
    if second is not None:
        groups |= action_groups(*second)
    return Asked(groups, lemma, objects, _SUFFERED.match(action.strip()) is not None)


def places_of(words: str) -> tuple[frozenset[str], frozenset[str]]:
    """The groups of an annotated place, and its own words."""
    plain = " ".join(words.casefold().split())
    for article in ("the ", "a ", "an ", "in ", "at ", "on "):
        plain = plain.removeprefix(article)
    groups = set(place_groups(plain) or ())
    reading = read_part(words)
    for place in reading.places:
        if not doubtful_place(place.words) or len(plain.split()) == 1:
            groups |= place.groups
    return frozenset(groups), frozenset(
        {plain, *reading.lemmas} - {"the", "a", "an", "in", "at", "on"}
    )


def same_people(one: str, other: str) -> bool:
    """Whether two nouns can name the same somebody, where no character tells."""
    if one == other:
        return True
    groups, others = person_groups(one), person_groups(other)
    return bool(groups and others and groups & others) or (anybody(one) and anybody(other))


@lru_cache(maxsize=4096)
def annotated_verb(action: str) -> tuple[str, tuple[str, ...], frozenset[str]]:
    """An action clause without its subject: its verb's lemma, what stands behind, its nouns."""
    plain = _ABOUT_TO.sub("", action.strip())
    found = sentences(f"She {plain}.")
    tokens = found[0].tokens[1:] if found else ()
    words = [token for token in tokens if token.is_word]
    if not words:
        return action.strip().casefold(), (), frozenset()
    # "is sleeping": what counts is the last verb of the first verb group.
    at = 0
    while (
        at + 1 < len(words)
        and words[at].lemma in ("be", "have")
        and (words[at + 1].tag.startswith("V") or words[at + 1].text.endswith("ing"))
    ):
        at += 1
    verb = words[at]
    return (
        _as_verb(verb),
        _following(words, at),
        frozenset(token.lemma for token in words[at + 1 :] if token.is_noun),
    )


@lru_cache(maxsize=4096)
def annotated_second(action: str) -> tuple[str, tuple[str, ...]] | None:
    """The second verb of "kneels beside the scout and looks after his knee", if there is one."""
    found = sentences(f"She {action.strip()}.")
    words = [token for token in (found[0].tokens[1:] if found else ()) if token.is_word]
    for at, token in enumerate(words[:-1]):
        if token.lemma == "and" and at:
            verb = words[at + 1]
            lemma = _as_verb(verb)
            if is_action(lemma) or verb.tag.startswith("V"):
                return lemma, _following(words, at + 1)
    return None


def _following(words: Sequence[Token], at: int) -> tuple[str, ...]:
    near = words[at + 1 : at + 1 + BEHIND]
    return tuple(
        [token.lemma for token in near if token.text in verbs("particles")]
        + [token.lemma for token in near if token.is_noun]
    )


def _as_verb(token: Token) -> str:
    """The lemma of the first word of an action, which is a verb whatever the tagger says."""
    lemma = verb_lemma(token)
    word = token.text.casefold()
    if is_action(lemma) or token.tag.startswith("V"):
        return lemma
    for base in (word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)):
        if is_action(base):
            return base
    return lemma
