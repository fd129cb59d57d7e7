"""The cast: the drafts of all that a story shows, and which noun or pronoun means which.

Coreference is by simple rules: a definite noun means the last draft of the same group, else (for
``the man`` and its like) the only fitting person; an indefinite one means somebody new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from storypainter.director.drafts import Draft, Span
from storypainter.director.gazetteer import Gazetteer, Kind, gazetteer, word_list
from storypainter.director.phrases import Item, gender_of_name, grammar
from storypainter.director.vocabulary import Vocabulary

NOT_YET = "not drawable yet"
NOT_THERE = "said not to be there"
ONLY_TOLD = "only thought or told of"
NO_WORD = "no word for it"
UNWORN = "worn by nobody"
NO_TEXT = "nothing is said to be written on it"
NO_ROOM = "no room left"

#: Nouns that any person of the same sex and age may be called by.
_GENERAL = frozenset(
    {"man", "woman", "boy", "girl", "child", "lady", "elderly man", "elderly woman", "toddler"}
)
_MOST_OF_A_KIND = 6
_AGES = {"child": {"child", "teen", "toddler"}, "adult": {"adult", "teen", "elder"}}
_YEARS = re.compile(r"(\d{1,2}|[a-z]+)-year-old")
_GROUPS: dict[str, tuple[str, ...]] = {
    "family": ("father", "mother", "boy", "girl"),
    "couple": ("man", "woman"),
    "class": ("pupil",) * 5,
    "team": ("boy",) * 4,
    "choir": ("girl", "boy", "girl", "boy"),
    "twins": ("child", "child"),
    "parents": ("mother", "father"),
    "grandparents": ("grandmother", "grandfather"),
}
_YOUNG_OF_FAMILY = {"daughter": "girl", "son": "boy"}
_UNCOUNTED = frozenset({"", "the", "its", "their", "his", "her"})
_ANYBODY = ("man", "woman")


@dataclass(frozen=True, slots=True)
class Missed:
    """A span of the text that isn't drawn, and why."""

    span: Span
    reason: str


@cache
def looks() -> dict[str, Any]:
    """The word lists of ``gazetteer/looks.toml``, each turned round: word to value."""
    return {
        name: {word: value for value, words in table.items() for word in words}
        for name, table in word_list("looks").items()
    }


@cache
def unlike() -> frozenset[str]:
    """The words of ``gazetteer/unlike.toml``: drawn as themselves or not at all."""
    return frozenset(word_list("unlike")["words"])


class Cast:
    """All drafts so far, in order of their first mention."""

    def __init__(self, vocabulary: Vocabulary, setting: str) -> None:
        self.vocabulary = vocabulary
        self.furniture = sorted(vocabulary.furniture.get(setting, ()))
        self.drafts: list[Draft] = []
        self.missed: list[Missed] = []
        self.placed: list[Span] = []
        self.scenery: list[tuple[str, Span]] = []
        self._recent: list[Draft] = []
        self._pair: list[Draft] = []
        self._names: Gazetteer = gazetteer()

    # ------------------------------------------------------------------ nouns

    def refer(self, item: Item, *, create: bool = True) -> list[Draft]:
        """The drafts that a noun means: known ones, or new ones if ``create``."""
        if item.has("role") or (item.named and not item.groups):
            found = self._known_people(item) or (self._new_people(item) if create else [])
        else:
            found = self._known_things(item) or (self._new_things(item) if create else [])
        for draft in found:
            draft.spans.append(Span.of(item))
            draft.name = item.name or draft.name
            self._touch(draft)
            if draft.is_person:
                self.describe(draft, item.adjectives)
            else:
                self._qualify(draft, item.adjectives)
        if len(found) > 1 and found[0].acts:
            self._pair = found
        return found

    def knows(self, item: Item) -> bool:
        """Whether a noun means somebody or something told of before."""
        if item.has("role"):
            return bool(self._known_people(item))
        return bool(self._known_things(item))

    def miss(self, item: Item, reason: str) -> None:
        """Note that a noun is not drawn, and why."""
        self.missed.append(Missed(Span.of(item), reason))

    def drawn_word(self, item: Item, kind: Kind) -> str | None:
        """The painter's word for a noun in one of its kinds, or None."""
        group = item.groups.get(kind)
        if group is None:
            return None
        surface = item.text.casefold()
        word = surface if self._names.group(surface, kind) is group else item.word
        if {surface, item.word} & unlike() and word not in self.vocabulary.words(kind):
            return None
        return group.drawn_as(word, self.vocabulary, self.furniture)

    # ------------------------------------------------------------------ people

    def _known_people(self, item: Item) -> list[Draft]:
        words = grammar()
        if item.determiner in words["new"] or any(a in words["new"] for a in item.adjectives):
            return []
        if not item.named and item.determiner in words["members"]:
            return self._member(item)
        people = [d for d in reversed(self._recent) if d.is_person]
        if item.named and not item.groups:
            return [p for p in people if p.name == item.word][:1]
        if item.determiner and item.determiner not in words["definite"] | words["possessive"]:
            return []
        word = item.groups["role"].word
        same = [p for p in people if p.said == word]
        if not same and item.determiner in ("the", "their") and word in _YOUNG_OF_FAMILY:
            same = [p for p in people if p.said == _YOUNG_OF_FAMILY[word] and not p.poses][:1]
            for person in same:
                person.word = self.drawn_word(item, "role") or person.word
        if item.plural and not same and word in _GENERAL:
            together = [p for p in self._pair if p.is_person and _fits(p, _gender_of(item))]
            known = self._known_group(same, word, people)
            return known or (together if len(together) == len(self._pair) else [])
        if item.plural:
            return self._known_group(same, word, people)
        if same:
            return [max(same, key=lambda p: self._fit(p, item))]
        if item.word in words["counterparts"] and item.determiner == "the":
            return self._counterpart(item)
        if word in _GENERAL and item.determiner in words["definite"]:
            age, gender = _age_of(item, word), _gender_of(item)
            fitting = [
                p for p in people if _fits(p, gender) and p.age in _AGES.get(age, {age, "adult"})
            ]
            exact = [p for p in fitting if p.age == age == "elder" and p.gender == gender]
            fitting = exact if len(exact) == 1 else fitting
            if len(fitting) == 1 and fitting[0].said not in _GENERAL:
                return fitting
            open_ones = [p for p in fitting if p.gender == "unspecified"]
            if len({p.said for p in fitting}) == 1 and open_ones and len(open_ones) == len(fitting):
                open_ones[0].gender = gender  # "two guests … the woman" is one of them
                return open_ones[:1]
        return []

    def _counterpart(self, item: Item) -> list[Draft]:
        """Who of several told of together has a role: "two women … the buyer … the seller"."""
        pair = [d for d in self._pair if d.is_person and d.said in _GENERAL and len(d.spans) == 1]
        for person in pair[:1]:
            person.said = item.groups["role"].word
        return pair[:1]

    def _member(self, item: Item) -> list[Draft]:
        """One or more of a group told of before: "four cooks … one cook", "two of the cooks"."""
        role = item.groups.get("role")
        group = [d for d in self._recent if d.is_person and role and d.said == role.word]
        if len(group) < 2 or item.count >= len(group):
            return []
        fresh = sorted(group, key=lambda d: (len(d.spans), group.index(d)))
        return fresh[: max(1, item.count)]

    @staticmethod
    def _known_group(same: list[Draft], word: str, people: list[Draft]) -> list[Draft]:
        if len(same) > 1:
            return same[::-1]
        if word == "child":
            young = [p for p in people if p.age in ("child", "toddler", "teen")]
            return young[::-1] if len(young) > 1 else []
        return []

    @staticmethod
    def _fit(person: Draft, item: Item) -> int:
        """How many adjectives agree, so that "the little girl" isn't the tall one."""
        return len(person.adjectives & set(item.adjectives))

    def _new_people(self, item: Item) -> list[Draft]:
        if item.named and not item.groups:
            gender = gender_of_name(item.word)
            role = {"female": "girl", "male": "boy"}.get(gender, "child")
            return [
                self._add(Draft("person", role, role, age="child", gender=gender, name=item.word))
            ]
        word = item.groups["role"].word
        if not item.plural and word not in _GENERAL:
            self._leave_crowd(item)
        members = _GROUPS.get(item.word)
        if members is None and word == "crowd":
            members = _ANYBODY * 2
        if members is not None:
            made = [self._new_member(role) for role in members]
            uncounted = len(set(members)) == 1 or item.word == "crowd"
        else:
            number = min(item.count if item.plural else 1, _MOST_OF_A_KIND)
            made = [self._new_person(item) for _ in range(max(1, number))]
            told = item.determiner == "some"  # which stands for any number
            uncounted = not told or item.count > _MOST_OF_A_KIND
        for person in made[2:]:
            person.spare = uncounted
        for person in made if item.word == "people" else ():
            person.anonymous = True
        return made

    def _leave_crowd(self, item: Item) -> None:
        """Of people told of as a number, one less is nameless: "five people … the father"."""
        crowd = [d for d in self._recent if d.anonymous and len(d.spans) <= 1]
        gender = _gender_of(item)
        fitting = [d for d in crowd if _fits(d, gender)] or crowd
        if fitting:
            fitting[0].spans, fitting[0].anonymous = [], False

    def _new_member(self, role: str) -> Draft:
        group = self._names.group(role, "role")
        groups: dict[Kind, Any] = {"role": group} if group else {}
        return self._new_person(Item("noun", role, 0, 0, role, groups=groups))

    def _new_person(self, item: Item) -> Draft:
        word = item.groups["role"].word
        gender, age = _gender_of(item), _age_of(item, word)
        role = self.drawn_word(item, "role") or _plain_role(gender, age)
        role = role if role in self.vocabulary.roles else _plain_role("male", age)
        if gender == "unspecified" and item.name:
            gender = gender_of_name(item.name)
        return self._add(Draft("person", role, word, gender=gender, age=age))

    def describe(self, person: Draft, adjectives: Iterable[str]) -> None:
        """Give a person what adjectives tell: age, build, hair, skin, expression."""
        tables = looks()
        for word in adjectives:
            person.adjectives.add(word)
            age = tables["ages"].get(word)
            if age in ("teen", "toddler") or (age is not None and person.age == "adult"):
                person.age = age
            person.build = tables["builds"].get(word, person.build)
            if word in tables["hair_colours"] and ("-" in word or word.startswith("blond")):
                person.hair_colour = tables["hair_colours"][word]
            person.hair_style = tables["hair"].get(word, person.hair_style)
            person.beard = tables["beards"].get(word, person.beard)
            person.skin = tables["skins"].get(word, person.skin)
            if (years := _YEARS.fullmatch(word)) is not None:
                self.set_years(person, years[1])
            self.feel(person, word)

    def set_years(self, person: Draft, years: str) -> None:
        """Give a person an age in years, in digits or as a word."""
        number = int(years) if years.isdecimal() else int(grammar()["numbers"].get(years, 0))
        if number:
            limits = ((3, "toddler"), (12, "child"), (18, "teen"), (64, "adult"))
            person.age = next((age for limit, age in limits if number <= limit), "elder")

    def feel(self, person: Draft, word: str) -> None:
        """Give a person the expression that a word names, unless there is one already."""
        group = self._names.group(word, "expression")
        drawn = group.drawn_as(word, self.vocabulary) if group else None
        if drawn is not None and person.expression is None:
            person.expression = drawn

    # ------------------------------------------------------------------ things

    def _known_things(self, item: Item) -> list[Draft]:
        words = grammar()
        definite = item.determiner in words["definite"] | words["possessive"]
        names = {group.word for group in item.groups.values()}
        same = [d for d in reversed(self._recent) if not d.is_person and d.said in names]
        if definite and not same and item.word in words["species"]:
            animals = [d for d in reversed(self._recent) if d.kind == "animal"]
            birds = [d for d in animals if d.word in words["birds"]]
            return (birds if item.word == "bird" else animals)[:1]
        if definite and len(same) > 1 and any(a in words["new"] for a in item.adjectives):
            return same[:1]  # "the third easel" of three
        if not definite or any(a in words["new"] for a in item.adjectives):
            return []
        colour = self.colour(item.adjectives)
        fitting = [d for d in same if colour is None or d.colour in (None, colour)]
        return (fitting[::-1] if item.plural else fitting[:1]) if fitting else []

    def _new_things(self, item: Item) -> list[Draft]:
        for kind in ("animal", "sign", "prop"):
            word = self.drawn_word(item, kind)
            if word is not None:
                break
        else:
            if item.groups or item.unseen is None:
                self.miss(item, NOT_YET if item.groups else NO_WORD)
            return []
        said = item.groups[kind].word
        number = 1
        if item.plural and not said.endswith("s"):
            number = min(item.count if item.determiner else 2, 4)
            if word in self.furniture and item.count == 3 and item.determiner in _UNCOUNTED:
                number = 1  # "the doors" of a room: it has its own
            many = word in word_list("belonging")["many"]["words"]
            if many or item.text.casefold() in grammar()["pairs"]:
                number = 1
        made = [self._add(Draft(kind, word, said)) for _ in range(max(1, number))]
        return made

    def colour(self, adjectives: Iterable[str]) -> str | None:
        """The first colour among adjectives, as the painter's palette names it."""
        before = ""
        for word in adjectives:
            plain = "grey" if word == "gray" else word
            if plain in self.vocabulary.colours:
                shade = before in ("dark", "light", "pale", "bright")
                return f"{before} {plain}" if shade else plain
            before = word
        return None

    def _qualify(self, thing: Draft, adjectives: Iterable[str]) -> None:
        words = list(adjectives)
        thing.colour = thing.colour or self.colour(words)
        thing.conditions += words

    # ------------------------------------------------------------------ pronouns

    def pronoun(
        self, word: str, subject: list[Draft], other_than: list[Draft] | None = None
    ) -> list[Draft]:
        """The drafts that he, she, they or it mean; the current subject goes first.

        ``other_than``: who can't be meant, as "she watches her" is about two women.
        """
        words = grammar()
        if word in words["they"]:
            if len(subject) > 1:
                return subject
            people = [d for d in self._recent if d.is_person][-2:]
            return self._pair or (people if len(people) == 2 else [])
        if word in ("it", "its"):
            things = [d for d in subject if not d.is_person]
            return things or [d for d in reversed(self._recent) if not d.is_person][:1]
        gender = "male" if word in words["he"] else "female"
        first = [d for d in subject if d.is_person] if len(subject) == 1 else []
        barred = {id(d) for d in [*(other_than or []), *(subject if len(subject) > 1 else [])]}
        choice = [d for d in [*first, *reversed(self._recent)] if id(d) not in barred]
        exact = [d for d in choice if d.is_person and d.gender == gender]
        open_ones = [d for d in choice if d.is_person and d.gender == "unspecified"]
        newest = [d for d in choice if d in exact or d in open_ones][:1]
        if word in words["possessive"] and exact and newest[0] not in first:
            newest = exact[:1]  # "his" alone makes nobody a man where there is one
        for person in newest:
            if person.gender == "unspecified":
                person.gender = gender
                if not person.name:
                    person.adjectives.add(gender)
            self._touch(person)
        return newest

    def _touch(self, draft: Draft) -> None:
        if draft in self._recent:
            self._recent.remove(draft)
        self._recent.append(draft)

    def _add(self, draft: Draft) -> Draft:
        self.drafts.append(draft)
        return draft


def _gender_of(item: Item) -> str:
    table = word_list("people")["genders"]
    names = (
        item.text.casefold(),
        item.word,
        item.word.rpartition(" ")[2],
        item.groups["role"].word,
    )
    return next((g for name in names for g, words in table.items() if name in words), "unspecified")


def _age_of(item: Item, word: str) -> str:
    table = word_list("people")["ages"]
    names = (item.text.casefold(), item.word, word)
    return next((age for name in names for age, words in table.items() if name in words), "adult")


def _fits(person: Draft, gender: str) -> bool:
    return gender == "unspecified" or person.gender in (gender, "unspecified")


def _plain_role(gender: str, age: str) -> str:
    young = age in ("child", "teen", "toddler")
    if gender == "unspecified":
        return "child" if young else "person"
    roles = ("girl", "boy") if young else ("woman", "man")
    return roles[0] if gender == "female" else roles[1]
