"""Who a noun or a pronoun of a narrative means, among the characters of a sequence."""

from __future__ import annotations

from collections.abc import Sequence as Ordered
from dataclasses import dataclass, field

from storypainter.evaluators.tagging import sentences
from storypainter.sequence import Character
from storypainter.sequences.grounding_reading import Noun
from storypainter.sequences.grounding_words import (
    anybody,
    classes_of,
    loose,
    may_be,
    person_groups,
)

_ARTICLES = frozenset({"the", "a", "an", "his", "her", "their", "its", "our", "my"})
_STOPS = frozenset({"in", "with", "of", "who", "from", "at", "on", "and", "wearing"})
_PLAIN = frozenset(
    {"in", "with", "a", "an", "the", "and", "of", "his", "her", "their", "big", "who"}
)
_PLURAL = frozenset({"they", "them", "we", "us", "both", "everybody", "everyone", "all"})


@dataclass(frozen=True, slots=True)
class Known:
    """A character as narratives may call it."""

    id: str
    names: frozenset[str]  # phrases, lower case
    proper: frozenset[str]  # those that are proper names
    groups: frozenset[str]
    classes: frozenset[str]
    looks: frozenset[str]  # lemmas that tell it from others


def known(character: Character) -> Known:
    """A character's names, groups, classes and looks, from what its annotations say."""
    words = character.name.split()
    cut = next(
        (at for at, word in enumerate(words) if at and word.casefold() in _STOPS), len(words)
    )
    head = [word for word in words[:cut] if word.casefold() not in _ARTICLES]
    names = {" ".join(head).casefold(), character.role.casefold().strip()} - {""}
    last = head[-1].casefold() if head else ""
    proper = {
        word.casefold() for word in head if word[:1].isupper() and word.casefold() not in _TITLES
    }
    if proper:
        names |= proper
        proper.add(" ".join(head).casefold())
    elif last:
        names.add(last)
    groups: set[str] = set()
    for name in names - proper:
        groups |= person_groups(name) or set()
    # A role says more than its last word: an old woman is no young one.
    told = [character.role.casefold().strip(), *sorted(names - proper)]
    looks = _lemmas(" ".join([character.look, *words[cut:], *head[:-1]])) - _PLAIN
    return Known(
        character.id,
        frozenset(names),
        frozenset(proper),
        frozenset(groups),
        classes_of([each for each in dict.fromkeys(told) if each]),
        looks,
    )


_TITLES = frozenset({"mr", "mrs", "miss", "ms", "dr", "sir", "lady", "aunt", "uncle"})


def _lemmas(text: str) -> frozenset[str]:
    return frozenset(
        token.lemma for sentence in sentences(text) for token in sentence.tokens if token.is_word
    )


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a noun means: characters by id; ``sure`` when it can be nobody else's name.

    No ids and not ``open``: it names somebody who is no character. ``open`` when it may be one of
    several, or is a word for anybody.
    """

    noun: Noun
    ids: tuple[str, ...]
    sure: bool = False
    open: bool = False


@dataclass(slots=True)
class Company:
    """The characters of a sequence, and who was named so far in the part that is read.

    ``classes`` says whether a word such as "man" names whoever it can stand for; without them it
    is open whom it means.
    """

    cast: Ordered[Known]
    present: frozenset[str]  # ids of those in the picture
    classes: bool = True
    meant: list[Meant] = field(default_factory=list)
    _last: str = ""

    def meet(self, noun: Noun) -> Meant:
        """Resolve a noun, and remember it for pronouns and for those behind it."""
        found = self._meant(noun)
        self.meant.append(found)
        if len(found.ids) == 1:
            self._last = found.ids[0]
        return found

    def _meant(self, noun: Noun) -> Meant:
        groups = person_groups(noun.phrase) or frozenset()
        exact = [each for each in self.cast if noun.phrase in each.names]
        alike = [each for each in self.cast if groups & each.groups]
        # "a young man" and "the children" can stand for whoever "man" and "child" can.
        classes = loose(noun.phrase) | loose(noun.head)
        stands = [each for each in self.cast if classes & each.classes]
        for level, sure in ((exact, True), (alike, True), (stands if self.classes else [], False)):
            here = [each for each in level if each.id in self.present]
            if noun.plural:
                chosen = here or (level if sure else [])
            else:
                chosen = self._one(noun, here, sure) or (
                    [] if here or not sure else self._one(noun, level, sure)
                )
            if chosen:
                return Meant(noun, tuple(each.id for each in chosen), sure)
            if here:
                return Meant(noun, (), open=True)
            if level and sure:
                return Meant(noun, (), open=True)
        # Without classes a man who may be the nurse is neither right nor made up.
        left_open = not self.classes and any(each.id in self.present for each in stands)
        return Meant(noun, (), open=left_open or anybody(noun.phrase))

    def _one(self, noun: Noun, several: list[Known], sure: bool) -> list[Known]:
        """The one that a singular noun means; none where it may be this or that one."""
        if len(several) > 1 and not any(noun.phrase in each.proper for each in several):
            told = [each for each in several if each.looks & noun.beside]
            if len(told) > 1:
                most = max(len(each.looks & noun.beside) for each in told)
                told = [each for each in told if len(each.looks & noun.beside) == most]
            several = told or several
        before = [each for found in self.meant for each in found.ids]
        if len(several) > 1 and noun.other:
            several = [each for each in several if each.id != self._last] or several
        if len(several) > 1:
            if sure and not noun.other:
                again = [each for each in several if each.id in before]
                several = again if len(again) == 1 else several
            else:
                several = [each for each in several if each.id not in before] or several
        return several if len(several) == 1 else []

    def pronoun(self, word: str, sentence: int, at: int) -> tuple[str, ...] | None:
        """Whom a pronoun means by this part alone.

        ``None`` where the part doesn't say: then anybody may be meant who can be.
        """
        if word in _PLURAL:
            return None
        fits = {each.id for each in self.cast if may_be(word, each.classes)}
        before = [
            each
            for found in self.meant
            if (found.noun.sentence, found.noun.at) < (sentence, at)
            for each in found.ids
            if len(found.ids) == 1 and each in fits
        ]
        # Two may be meant by one "she": then the part doesn't say who.
        return (before[-1],) if before else None

    def possible(self, word: str, identity: str) -> bool:
        """Whether a pronoun can mean this character at all."""
        classes = next(each.classes for each in self.cast if each.id == identity)
        return word in _PLURAL or may_be(word, classes)
