"""Whom a noun names: by whose it is, by a second noun, by a list or by a comparative alone."""

from __future__ import annotations

from dataclasses import replace

from storypainter.director.cast import gender_of_noun
from storypainter.director.clothing import Clothing
from storypainter.director.doing import MEMBERS
from storypainter.director.drafts import Draft
from storypainter.director.phrases import Item, grammar
from storypainter.director.wearing import worn

_CLAUSE_MARKS = frozenset(".;:!?—–()")
_LISTS = frozenset({"a", "an", "some", "one", "two", "three", "four", "five", "six", "the"})
_BESIDE = frozenset({"at", "behind", "beside", "before", "near", "above", "below", "opposite"})
_PUT_ON = frozenset({"wear", "don", "sport"})
_ANYBODY = frozenset(
    {"child", "kid", "person", "figure", "toddler", "teenager", "youngster", "adult"}
)
#: Which of several a word means.
_OF_SEVERAL = {"one": 0, "first": 0, "other": 1, "another": 1, "second": 1, "third": 2, "fourth": 3}
#: What tells of people: whom it tells of may be known.
_TOLD_ABOUT = frozenset({"story", "tale", "picture", "scene", "image", "narrative", "text", "plot"})
_OURS = frozenset({"my", "our", "your"})

#: Who is somebody's: whose need not be there.
_OF_SOMEBODY = frozenset(
    {"wife", "husband", "mother", "father", "son", "daughter", "brother", "sister", "friend"}
    | {"captain", "coach", "leader", "conductor", "owner", "widow", "widower", "director", "boss"}
    | {"foreman", "teacher", "neighbour", "parents", "head", "member", "guest", "uncle", "aunt"}
    | {"grandmother", "grandfather", "manager", "youngest", "oldest", "trainer", "child", "cousin"}
)


class Naming(Clothing):
    """The part of the reader of sentences that finds who is meant."""

    def _acts_later(self) -> bool:
        """Whether the first noun of a sentence does something: "Its owner, past eighty, turns"."""
        for item in self.items[1:]:
            if item.type in ("conjunction", "pronoun") or item.text in _CLAUSE_MARKS:
                return False
            if item.type == "verb":
                return item.form == "finite"
        return False

    def _belongs_to(self, at: int) -> bool:
        """Whether a noun only tells whose somebody is: "the captain of the team"."""
        behind = self.items[max(0, at - 2) : at]
        if [i.type for i in behind] != ["noun", "preposition"] or behind[1].word != "of":
            return False
        item = self.items[at]
        definite = item.determiner in grammar()["definite"] | grammar()["possessive"]
        return definite and item.has("role") and behind[0].word in _OF_SOMEBODY

    def _only_owns(self, at: int) -> bool:
        """Whether a noun need not be there, as in "her uncle's yacht"; a body must be."""
        if [i.type for i in self.items[at + 1 : at + 3]] != ["possessive", "noun"]:
            return [i.type for i in self.items[at + 1 : at + 2]] == ["possessive"]
        thing = self.items[at + 2]
        if thing.has("garment") and self.items[at].determiner in ("a", "an"):
            return True  # "a girl in a man's coat"
        if thing.has("garment") and self.items[at].determiner in {"", *grammar()["possessive"]}:
            return self.verb is None or self.verb.verb not in worn()["handled"] - _PUT_ON
        drawn = self.prep is not None and self.prep.word == "with" and bool(self.anchors)
        if drawn and self.items[at].determiner in ("a", "an") and thing.unseen == "body":
            return not any(d.acts for d in self.anchors)  # "a lamp with a running man's foot"
        return thing.unseen not in ("body", "wear_part") and not thing.has("garment")

    def _owners_of(self, item: Item) -> list[Draft]:
        if self.possessed:
            return self.owners
        if item.determiner == "whose":
            return self.last or self.subject
        if item.determiner in _OURS:
            return []
        if item.determiner in grammar()["possessive"]:
            if any(start <= item.start < end for start, end in self.pictured):
                return []
            by = self.prep is not None and self.prep.word in _BESIDE and not item.has("garment")
            if by and self.verb is None and len(self.subject) == 1:
                other = self.cast.pronoun(item.determiner, [])  # "a guard at her elbow"
                return other or self.cast.pronoun(item.determiner, self.subject)
            return self.cast.pronoun(item.determiner, self.subject or self.last)
        return []

    def _renames(self, item: Item, found: list[Draft]) -> bool:
        """Whether it is a second noun for the one before the comma: "her grandson, a boy"."""
        at = next((i for i, each in enumerate(self.items) if each is item), 0)
        if at < 2 or self.items[at - 1].text != "," or self.items[at - 2].type != "noun":
            return False
        before = self.items[at - 2]
        definite = grammar()["definite"] | grammar()["possessive"]
        one_each = len(self.last) == len(found) == 1 and self.last[0].kind == found[0].kind
        told = before.determiner in definite or before.named
        told = told or (before.word in _ANYBODY and item.word not in _ANYBODY)  # "a child, a boy"
        told = told or (before.word == item.word and not item.adjectives)  # "a man, a man"
        fresh = item.determiner in ("a", "an") and one_each and self.last[0].acts
        return told and fresh and len(found[0].spans) == 1

    def _is_added(self, item: Item) -> bool:
        """Whether a thing is only told to be in a hand: "he watches her, a shovel in his fist"."""
        behind = [i for i in self.items if i.start > item.start][:2]
        held = len(behind) == 2 and behind[0].type == "preposition" and behind[1].unseen == "body"
        return self.comma and not self.joined and held and not item.has("role")

    def _consume(self, found: list[Draft]) -> None:
        self.prep = None
        self.inner = False
        self.comma = self.joined = False
        self.last = found

    def _list_people(self, colon: Item) -> None:
        """Note whom a list behind a colon tells one by one: "two guests come: a man and a boy"."""
        behind = [i for i in self.items if i.start > colon.start][:1]
        many = [d for d in self.subject if d.is_person and d.gender == "unspecified"]
        listing = bool(behind) and behind[0].has("role") and behind[0].determiner in _LISTS
        if colon.text == ",":
            listing = listing and self._number_listed(colon) == len(many)
        if listing and len(many) > 1:
            self.cast.listed = many

    def _number_listed(self, mark: Item) -> int:
        """How many people a list behind a mark tells of: ", a boy and a girl"."""
        number = 0
        for item in (i for i in self.items if i.start > mark.start):
            if item.type == "verb" or item.text in _CLAUSE_MARKS:
                break
            number += item.has("role") and item.determiner in ("a", "an") and not item.plural
        return number

    def _group_before(self, start: int) -> list[Draft]:
        """Those of several who act that were last told of together before an offset."""
        groups: dict[int, list[Draft]] = {}
        for draft, at in self.spoken:
            if draft.acts and at < start:
                groups.setdefault(at, []).append(draft)
        return next((g for _, g in sorted(groups.items(), reverse=True) if len(g) > 1), [])

    def _one_of_those(self, at: int, item: Item) -> Draft | None:
        """Whom a noun tells of a group: "two children: one, a boy, …; the other is a girl"."""
        if not item.has("role") or item.determiner not in ("a", "an") or item.plural:
            return None
        skipped = ("adjective", "preposition")
        before = [i for i in self.items[:at] if i.type not in skipped or i.word in _OF_SEVERAL]
        led = bool(before) and (before[-1].text == "," or before[-1].form == "be")
        word = before[-2].text.casefold() if led and len(before) > 1 else ""
        number = _OF_SEVERAL.get(word)
        opener = before[-3] if led and len(before) > 2 else None
        opens = opener is None or opener.text.casefold() == "the" or opener.type != "noun"
        group = [d for d in self._group_before(item.start) if d.is_person]
        if number is None or not opens or number >= len(group):
            return None
        genders = {group[number].gender, gender_of_noun(item), "unspecified"}
        return group[number] if len(genders) < 3 else None

    def _opens_with_member(self, at: int, item: Item) -> bool:
        """Whether a clause begins with one of several people: "One, in a red coat, waits"."""
        number = _OF_SEVERAL.get(item.text.casefold()) if item.word in MEMBERS else None
        before = [i for i in self.items[max(0, at - 2) : at] if i.text.casefold() != "the"][-1:]
        behind = self.items[at + 1].type if at + 1 < len(self.items) else "noun"
        opens = not before or before[0].type in ("mark", "conjunction")
        group = [d for d in self._group_before(item.start) if d.is_person]
        if number is None or not opens or number >= len(group):
            return False
        if behind not in ("mark", "verb", "preposition"):
            return False
        self.subject = self.last = [group[number]]
        self.verb, self.last_role, self.prep = None, "subject", None
        self.comma = self.joined = self.inner = False
        self.spoken.append((group[number], item.start))
        return True

    def _is_named_next(self, item: Item) -> bool:
        """Whether a noun tells who a pronoun is: "she, the tailor's wife"; "it all" is no thing."""
        behind = [i for i in self.items if i.start > item.start][:2]
        if item.word == "it" and behind and behind[0].text.casefold() == "all":
            self.prep = None
            return True
        if item.word not in ("he", "she") or len(behind) < 2 or behind[0].text != ",":
            return False
        return behind[1].has("role") and behind[1].determiner in ("the", "a", "an", "his", "her")

    def _things_before(self, item: Item) -> bool:
        return any(
            each.type == "noun"
            and each.groups.keys() & {"prop", "sign"}
            and each.start < item.start
            for each in self.items
            if not each.has("role") and not each.has("garment")
        )

    def _as_told(self, at: int, item: Item) -> Item:
        """A noun with the determiner that tells whether somebody new is meant by it.

        "The man beside him" is another; "the story is about a woman" tells of her again.
        """
        if not item.has("role") or item.plural:
            return item
        if item.determiner == "the" and self._is_beside_like(at, item):
            return replace(item, determiner="another")
        first = next((i for i in self.items if i.type == "noun"), item)
        again = first.word in _TOLD_ABOUT and item.determiner in ("a", "an")
        known = [d for d in self.cast.present() if d.said == item.word]
        return replace(item, determiner="the") if again and len(known) == 1 else item

    def _is_beside_like(self, at: int, item: Item) -> bool:
        """Whether somebody is told to be beside one of the same sex, who is the only one known."""
        behind = self.items[at + 1 : at + 4]
        near = next((n for n, i in enumerate(behind) if i.type == "pronoun"), None)
        if near is None or not near or behind[near - 1].type != "preposition":
            return False
        between = all(i.type in ("preposition", "adverb", "adjective") for i in behind[:near])
        like = {"him": "man", "her": "woman"}.get(behind[near].word)
        beside = behind[near - 1].word in _BESIDE or behind[0].text.casefold() == "next"
        sex = {"him": "male", "her": "female"}.get(behind[near].word)
        known = [d for d in self.cast.present() if d.gender == sex and d.age != "child"]
        return between and beside and like == item.word and len(known) == 1

    def _names_one_of_two(self, item: Item) -> bool:
        """Whether an adjective stands for one of two people: "The younger twists her fingers"."""
        at = next((n for n, each in enumerate(self.items) if each is item), 0)
        compared = item.text.casefold().endswith("er") and item.text.casefold() != item.word
        if not at or self.items[at - 1].text.casefold() != "the" or not compared:
            return False
        found = self.cast.one_of_pair(item.text.casefold())
        if found and self.prep is None and (self.comma or self.joined or self.verb is None):
            self.subject, self.verb, self.last_role = found, None, "subject"
        if found:
            self.spoken += [(draft, item.start) for draft in found]
            self._consume(found)
        return bool(found)
