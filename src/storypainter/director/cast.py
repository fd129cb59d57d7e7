"""The cast: the drafts of all that a story shows, and which noun or pronoun means which.

Coreference is by simple rules: a definite noun means the last draft of the same group, else (for
``the man`` and its like) the only fitting person; an indefinite one means somebody new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from storypainter.director.drafts import Draft, Span
from storypainter.director.gazetteer import Gazetteer, Kind, gazetteer, word_list
from storypainter.director.mending import compounds
from storypainter.director.phrases import Item, gender_of_name, grammar
from storypainter.vocabulary import Vocabulary

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
#: What else somebody may be called who was told of by one of these.
_WIDER: dict[str, tuple[str, ...]] = {
    "girl": ("child", "toddler"),
    "boy": ("child", "toddler"),
    "toddler": ("child", "girl", "boy"),
    "child": ("toddler", "boy", "girl"),
    "woman": ("lady",),
    "lady": ("woman",),
    "elderly woman": ("woman", "lady"),
    "elderly man": ("man",),
}
_NUMBERED = frozenset({"same", "two", "three", "four", "five", "six", "these", "those", "of"})
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
#: Nouns for somebody told of before.
_ANAPHORIC = frozenset({"stranger", "newcomer", "unknown man", "companion"})
#: Who meets equals: a child's rival is a child.
_EQUALS = frozenset({"rival", "classmate", "opponent", "teammate"})
_OLD = frozenset({"elderly man", "elderly woman"})
_OLDER = frozenset({"old", "oldest", "older", "elder", "eldest", "aged", "ancient", "elderly"})
_SMALL = frozenset({"small", "little", "tiny", "baby", "kid"})
_OF_ANY_AGE = frozenset(
    {"brother", "sister", "cousin", "friend", "rival", "player", "patient", "passenger", "guest"}
    | {"visitor", "tourist", "customer", "neighbour", "skater", "swimmer", "dancer", "cyclist"}
    | {"acrobat", "goalkeeper", "assistant", "volunteer", "stranger", "hiker", "nephew", "niece"}
    | {"musician", "artist", "apprentice", "prisoner", "king", "volunteer", "passer-by", "climber"}
)
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
        self._groups: dict[str, list[Draft]] = {}
        self._counted: list[Draft] = []
        self.listed: list[Draft] = []  # whom a list behind a colon tells one by one
        self._names: Gazetteer = gazetteer()

    # ------------------------------------------------------------------ nouns

    def refer(
        self, item: Item, *, create: bool = True, owners: Sequence[Draft] = ()
    ) -> list[Draft]:
        """The drafts that a noun means: known ones, or new ones if ``create``.

        ``owners``: whose it is, by a possessive.
        """
        if item.has("role") or (item.named and not item.groups):
            found = self._known_people(item) or (self._new_people(item) if create else [])
        else:
            found = self._known_things(item, owners) or (self._new_things(item) if create else [])
        for draft in found:
            if create and draft not in self.drafts:
                self._add(draft)  # who was only an owner is there himself
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

    def told_as(self, group: str) -> list[Draft]:
        """Whom the text told of as a group, by its noun: "family"."""
        return self._groups.get(group, [])

    def present(self) -> list[Draft]:
        """The people told of one by one, with those who are only named as owners."""
        absent = [d for d in self._recent if d.is_person and d not in self.drafts]
        return [d for d in [*self.drafts, *absent] if d.is_person and not d.anonymous]

    def name_absent(self, item: Item) -> list[Draft]:
        """Somebody whom the text only names as an owner: "his" may mean him, but nobody draws him."""
        if not item.has("role") or item.plural:
            return []
        owner = self._draft_of(item)
        self.describe(owner, item.adjectives)
        self._touch(owner)
        return [owner]

    def one_of_pair(self, word: str) -> list[Draft]:
        """Who of two is "the younger" or "the taller": whom no such word has told of yet."""
        pair = [d for d in self._pair if d.is_person]
        if len(pair) > 2 and all(d.spare and len(d.spans) == 1 for d in pair[2:]):
            for person in pair[2:]:
                person.spans = []  # "the players … the older": they are two
            pair = self._pair = pair[:2]
        if len(pair) != 2:
            return []
        known = [d for d in pair if word in d.adjectives]
        free = [d for d in pair if not any(a.endswith("er") for a in d.adjectives)]
        chosen = (known or free)[:1]
        for person in chosen:
            person.adjectives.add(word)
            self._touch(person)
        return chosen

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
        named = {item.word} if " of " in item.word else {surface, item.word}
        if named & unlike() and word not in self.vocabulary.words(kind):
            return None
        return group.drawn_as(word, self.vocabulary, self.furniture)

    # ------------------------------------------------------------------ people

    def _known_people(self, item: Item) -> list[Draft]:
        words = grammar()
        if item.determiner in words["new"] or any(a in words["new"] for a in item.adjectives):
            return []
        if item.word == "people" and (told := self._people_again(item)):
            return told
        if not item.named and item.determiner in words["members"]:
            return self._member(item)
        people = [
            d for d in reversed(self._recent) if d.is_person and (self._is_one(d) or d.anonymous)
        ]
        if item.named and not item.groups:
            return [p for p in people if p.name == item.word][:1]
        if item.determiner and item.determiner not in words["definite"] | words["possessive"]:
            return []
        word = item.groups["role"].word
        same = [p for p in people if p.said == word]
        if item.plural and not item.determiner and not item.named:
            return []  # "women in coats": others than those told of
        many = item.plural or word == "crowd"
        if many and item.determiner in words["definite"] and item.word in self._groups:
            return [d for d in self._groups[item.word] if d.there]
        if item.word in _GROUPS and item.determiner in words["definite"] | words["possessive"]:
            return self._groups.get(item.word, [])
        if not same and item.determiner in ("the", "their") and word in _YOUNG_OF_FAMILY:
            same = [p for p in people if p.said == _YOUNG_OF_FAMILY[word] and not p.poses][:1]
            for person in same:
                person.word = self.drawn_word(item, "role") or person.word
        if item.plural and not same and word in _GENERAL:
            together = [p for p in self._pair if p.is_person and _fits(p, gender_of_noun(item))]
            known = self._known_group(same, word, people)
            return known or (together if len(together) == len(self._pair) else [])
        if item.plural:
            return self._known_group(same, word, people)
        if same:
            return [max(same, key=lambda p: self._fit(p, item))]
        if item.word in words["counterparts"] and item.determiner == "the":
            return self._counterpart(item)
        if item.word in _ANAPHORIC and item.determiner in words["definite"] and people:
            return self._anaphora(people)
        if word in _OLD and item.determiner in words["definite"]:
            aged = [p for p in people if p.adjectives & _OLDER and _fits(p, gender_of_noun(item))]
            if len(aged) == 1 and all(p.said != word for p in people):
                aged[0].age = "elder"
                return aged  # "the oldest miner … the old man"
        if word in _GENERAL and item.determiner in words["definite"]:
            age, gender = _age_of(item, word), gender_of_noun(item)
            fitting = [
                p for p in people if _fits(p, gender) and p.age in _AGES.get(age, {age, "adult"})
            ]
            exact = [p for p in fitting if p.age == age == "elder" and p.gender == gender]
            fitting = exact if len(exact) == 1 else fitting
            if len(fitting) == 1 and _may_be_called(fitting[0], word):
                if fitting[0].gender == "unspecified":
                    fitting[0].gender = gender
                return fitting
            open_ones = [p for p in fitting if p.gender == "unspecified"]
            if len({p.said for p in fitting}) == 1 and open_ones and len(open_ones) == len(fitting):
                open_ones[0].gender = gender  # "two guests … the woman" is one of them
                return open_ones[:1]
        return []

    def _people_again(self, item: Item) -> list[Draft]:
        """The same number of people told again, and "these people", who are those told of."""
        if item.determiner == "some" and item.count == len(self._counted) > 1:
            return self._counted if _adds_nothing(item, self._counted) else []
        if item.determiner in ("these", "those"):
            return [d for d in self.drafts if d.is_person and d.there]
        return []

    @staticmethod
    def _anaphora(people: list[Draft]) -> list[Draft]:
        """Whom a word like "the stranger" means: somebody told of, if there is one only."""
        return people if len(people) == 1 else []

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
        if item.plural and item.count == len(group) > 1:
            return group if _adds_nothing(item, group) else []
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
        definite = item.determiner in grammar()["definite"]
        if item.word in _ANAPHORIC and definite and any(d.is_person for d in self._recent):
            return []
        left = [] if item.plural else self._leave_crowd(item, counted=word in _GENERAL)
        members = _GROUPS.get(item.word)
        if members is None and word == "crowd":
            counted = item.word == "people" and item.determiner == "some" and item.plural
            members = (_ANYBODY * 3)[: item.count] if counted else _ANYBODY * 2
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
        if item.word in _GROUPS or item.plural or word == "crowd":
            self._groups.setdefault(item.word, made)
        if item.word == "people" and item.determiner == "some" and item.count <= _MOST_OF_A_KIND:
            self._counted = made
        self._tell_one_by_one(made)
        made[0].spans += left  # a crowd of which everybody is told of by now
        for person in made if item.word == "people" else ():
            person.anonymous = True
        return made

    def _tell_one_by_one(self, made: list[Draft]) -> None:
        """Let those of a list take the places of the group that it tells of."""
        for person in made[:6] if self.listed else ():
            if self.listed:
                whole = self.listed.pop(0)
                person.spans += whole.spans
                whole.spans = []

    def _leave_crowd(self, item: Item, counted: bool) -> list[Span]:
        """Of people told of as a number, one less is nameless: "five people … the father"."""
        of_number = self._counted if counted else self._recent
        crowd = [d for d in of_number if d.anonymous and d.spans]
        crowd = crowd if counted else [d for d in crowd if len(d.spans) <= 1]
        gender = gender_of_noun(item)
        fitting = [d for d in crowd if _fits(d, gender)] or crowd
        if not fitting:
            return []
        told, fitting[0].spans, fitting[0].anonymous = fitting[0].spans, [], False
        return told if len(crowd) == 1 else []

    def _new_member(self, role: str) -> Draft:
        group = self._names.group(role, "role")
        groups: dict[Kind, Any] = {"role": group} if group else {}
        return self._new_person(Item("noun", role, 0, 0, role, groups=groups))

    def _new_person(self, item: Item) -> Draft:
        return self._add(self._draft_of(item))

    def _draft_of(self, item: Item) -> Draft:
        word = item.groups["role"].word
        gender, age = gender_of_noun(item), _age_of(item, word)
        role = self.drawn_word(item, "role") or _plain_role(gender, age)
        role = role if role in self.vocabulary.roles else _plain_role("male", age)
        if word in _EQUALS and any(d.age in ("child", "teen") for d in self.drafts):
            age = next(d.age for d in self.drafts[::-1] if d.age in ("child", "teen"))
        if gender == "unspecified" and item.name:
            gender = gender_of_name(item.name)
        return Draft("person", role, word, gender=gender, age=age)

    def describe(self, person: Draft, adjectives: Iterable[str]) -> None:
        """Give a person what adjectives tell: age, build, hair, skin, expression."""
        tables = looks()
        for word in adjectives:
            person.adjectives.add(word)
            age = tables["ages"].get(word)
            if age in ("teen", "toddler") or (age is not None and person.age == "adult"):
                person.age = age
            if word in _SMALL and person.age == "adult" and person.said in _OF_ANY_AGE:
                person.age = "child"  # "a small brother"
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

    def _known_things(self, item: Item, owners: Sequence[Draft] = ()) -> list[Draft]:
        words = grammar()
        definite = item.determiner in words["definite"] | words["possessive"] or bool(
            owners and not item.determiner
        )
        names = {group.word for group in item.groups.values()}
        recent = [d for d in reversed(self._recent) if not d.is_person]
        same = [d for d in recent if d.said in names] or self._called_shorter(item, recent)
        if owners:
            same = [d for d in same if d.owner is None or d.owner in owners]
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

    def _called_shorter(self, item: Item, recent: list[Draft]) -> list[Draft]:
        """Things told of by a longer name, or drawn as the same: "a lunch box … the box"."""
        ending = f" {item.word}"
        longer = [d for d in recent if any(s.text.casefold().endswith(ending) for s in d.spans)]
        kinds: tuple[Kind, ...] = ("animal", "sign", "prop")
        drawn = {self.drawn_word(item, kind) for kind in kinds} - {None}
        return longer or [d for d in recent if d.word in drawn]

    def _new_things(self, item: Item) -> list[Draft]:
        definite = item.determiner in grammar()["definite"]
        if definite and item.word in compounds()["general"]:
            self.miss(item, ONLY_TOLD)  # "the gift" is something told of under its own name
            return []
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
            if other_than and any(d in other_than for d in self._pair):
                return []  # "two boys drop the bricks and gather them up"
            doing = {id(d) for d in other_than or []}
            people = [d for d in self._recent if d.is_person and id(d) not in doing][-2:]
            told = [] if doing & {id(d) for d in self._pair} else self._pair
            return told or (people if len(people) == 2 else [])
        if word in ("it", "its"):
            things = [d for d in subject if not d.is_person]
            return things or [d for d in reversed(self._recent) if not d.is_person][:1]
        gender = "male" if word in words["he"] else "female"
        first = [d for d in subject if d.is_person] if len(subject) == 1 else []
        barred = {id(d) for d in [*(other_than or []), *(subject if len(subject) > 1 else [])]}
        choice = [d for d in [*first, *reversed(self._recent)] if id(d) not in barred]
        choice = [d for d in choice if self._is_one(d) or d in first]
        exact = [d for d in choice if d.is_person and d.gender == gender]
        open_ones = [d for d in choice if d.is_person and d.gender == "unspecified"]
        newest = [d for d in choice if d in exact or d in open_ones][:1]
        unlikely = bool(newest) and newest[0].age == "toddler" and newest[0] not in first
        unlikely = unlikely or (
            bool(newest) and newest[0] not in self.drafts
        )  # "a driver's jacket"
        if unlikely and newest[0] in open_ones and exact:
            newest = exact[:1]  # "a father rocks a baby … he weeps"
        if word in words["possessive"] and exact and newest[0] not in first:
            newest = exact[:1]  # "his" alone makes nobody a man where there is one
        for person in newest:
            if person.gender == "unspecified":
                person.gender = gender
                if not person.name:
                    person.adjectives.add(gender)
            self._touch(person)
        return newest

    def _is_one(self, draft: Draft) -> bool:
        """Whether a draft stands for somebody or something of its own, not for one of a crowd."""
        renamed = draft.is_person and not draft.spans and draft in self.drafts
        return not draft.anonymous and not renamed

    def _touch(self, draft: Draft) -> None:
        if draft in self._recent:
            self._recent.remove(draft)
        self._recent.append(draft)

    def _add(self, draft: Draft) -> Draft:
        self.drafts.append(draft)
        return draft


def _may_be_called(person: Draft, word: str) -> bool:
    """Whether a general noun may mean somebody told of by another: "a girl … the child"."""
    return person.said not in _GENERAL or word in _WIDER.get(person.said, ())


def _adds_nothing(item: Item, group: Sequence[Draft]) -> bool:
    """Whether a noun's adjectives tell of a group what was told of it before."""
    told = {word for person in group for word in person.adjectives}
    return set(item.adjectives) <= told | _NUMBERED


def gender_of_noun(item: Item) -> str:
    """The sex that a noun for a person tells, or ``unspecified``."""
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
