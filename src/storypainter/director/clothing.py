"""Who wears what a text tells of: a part of the reader of its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storypainter.director.cast import NOT_YET, UNWORN, Cast
from storypainter.director.clauses import Action, Link
from storypainter.director.drafts import Draft, Span
from storypainter.director.phrases import Item, grammar
from storypainter.director.unreal import pictured_spans, unreal_spans
from storypainter.director.wearing import handled, position, stays_on, taken_off, worn

_PREPOSED = ["preposition", "noun", "conjunction"]
_TWO_COLOURS = ["preposition", "adjective", "conjunction"]
_PARTICIPLES = ("ed", "wn", "ung", "rn", "ent")


class Clothing:
    """What a reader knows in the middle of a sentence, and how it puts clothes on people.

    ``text`` is the whole story, which the items' offsets refer to.
    """

    def __init__(self, cast: Cast, text: str) -> None:
        self.cast = cast
        self.text = text
        self.unreal = unreal_spans(text)
        self.pictured = pictured_spans(text)
        self.told_only: set[str] = set()
        self.topic: list[Draft] = []
        self.told_before = 0
        self.actions: list[Action] = []
        self.links: list[Link] = []
        self.written: list[tuple[str, Span, list[Draft]]] = []
        self.spoken: list[tuple[Draft, int]] = []  # who is told of, with its offset
        self.sentence_before = 0  # where the sentence before begins
        self.items: Sequence[Item] = ()
        self._begin([])

    def _begin(self, items: Sequence[Item]) -> None:
        self.sentence_before = self.items[0].start if self.items else 0
        self.items = items
        self.subject: list[Draft] = []
        self.verb: Action | None = None
        self.last: list[Draft] = []
        self.last_role = ""
        self.prep: Item | None = None
        self.inner = False  # behind a preposition that tells no place: "the house of the | baker"
        self.of_part = False
        self.anchors: list[Draft] = []
        self.negated = False
        self.absent = False
        self.comma = True
        self.joined = False
        self.dreaming = False
        self.depicting = False
        self.owners: list[Draft] = []
        self.possessed = False
        self.closed = True
        self.wearers: list[Draft] = []
        self.fronted: list[Link] = []
        self.to_wear: list[Item] = []
        self.cast.listed = []
        self.lookers: list[Draft] = []

    def _wearers(self, item: Item, owners: list[Draft]) -> list[Draft] | None:
        """Who wears a noun, or None if it is a thing by itself."""
        if not item.has("garment"):
            return None
        at = position(self.items, item)
        word = self.cast.drawn_word(item, "garment") or ""
        wearers = self._clothed(item, at, owners, word)
        if item in self.to_wear or (wearers and not taken_off(self.items, at, word)):
            return wearers
        by_itself = wearers is None or item.has("prop") or item.has("sign")
        return None if by_itself else []

    def _clothed(self, item: Item, at: int, owners: list[Draft], word: str) -> list[Draft] | None:
        """Who a clause puts a garment on; nobody, or None, where it does not tell."""
        possessed = at > 0 and self.items[at - 1].type == "possessive"
        owned = possessed or item.determiner in grammar()["possessive"]
        people = [d for d in owners if d.is_person] if self._sure(owners, possessed) else []
        begun = self.verb is not None and bool(self.verb.subjects)
        leads = word and not possessed and not begun and not self._told_here()
        if (
            leads
            and self.prep is not None
            and (self.prep.word == "in" or (owned and self.prep.word in ("on", "over", "under")))
        ):
            self.to_wear.append(item)  # "in his socks, a man": his who is told of next
            return []
        anchors = [d for d in self.anchors if d.is_person]
        preposed = at > 1 and self.items[at - 1].type == "preposition"
        if preposed and self.items[at - 2].has("role") and self.last:
            anchors = [d for d in self.last if d.is_person]  # "the belt of a woman in a coat"
        if self.prep is not None and self.prep.word in ("in", "with") and anchors:
            lent = possessed and (self.prep.word == "in" or not self.items[at - 2].has("role"))
            if not owned or (lent and all(d not in self.cast.drafts for d in owners)):
                return anchors
            if self.prep.word == "in" and people:
                return people
        if anchors and not owned and self._joined_to_worn(at):
            return anchors
        verb = self.verb if not self.closed or self.joined else None
        if verb is not None and self.prep is None and verb.verb in grammar()["wearing"]:
            return [] if self._body_wears(at) else [d for d in verb.subjects if d.is_person]
        listed = self.joined or (self.comma and self._lists_clothes(item, at))
        if self.last_role == "worn" and listed and self.prep is None and not owned:
            return self.wearers
        if owned:
            return people if people and self._on_owner(item, at, word) else []
        told = self.subject and self.subject[0].is_person and self.comma and self.prep is None
        if told and (self._absolute(item, at) or (item.determiner and self._put_on(at))):
            return self.subject
        return None

    def _joined_to_worn(self, at: int) -> bool:
        """Whether a garment is the second of a pair: "with a grey plait and earphones"."""
        before = self.items[max(0, at - 3) : at]
        types = [i.type for i in before]
        if types not in (_PREPOSED, _TWO_COLOURS) or before[0].word not in ("in", "with"):
            return False
        return before[1].type == "adjective" or before[1].unseen is not None

    def _lists_clothes(self, item: Item, at: int) -> bool:
        """Whether the noun before is a garment of a list: "in tie, gold watch and socks"."""
        behind = self.items[at + 1].type if at + 1 < len(self.items) else "mark"
        if item.determiner not in ("", "a", "an") or (
            item.determiner and behind not in ("mark", "conjunction")
        ):
            return False
        before = next((i for i in reversed(self.items[:at]) if i.type == "noun"), None)
        alone = all(i.type != "verb" for i in self.items[at - 2 : at])
        owned = grammar()["possessive"]
        return (
            before is not None
            and before.has("garment")
            and before.determiner not in owned
            and alone
        )

    def _told_here(self) -> bool:
        """Whether the sentence has told of a person so far."""
        return bool(self._people_from(self.items[0].start))

    def _people_from(self, start: int, end: int | None = None) -> list[Draft]:
        return [
            d for d, at in self.spoken if d.is_person and at >= start and (end is None or at < end)
        ]

    def _sure(self, owners: list[Draft], possessed: bool) -> bool:
        """Whether a possessive can mean only those whom it is taken for."""
        if possessed or not owners:
            return True
        doers = self.verb.subjects if self.verb is not None else []
        if len(owners) > 1:
            return owners in (self.subject, doers, self.anchors)
        owner = owners[0]
        here = [d for d in self._people_from(self.items[0].start) if d.gender == owner.gender]
        if owner in here:
            alone = all(d is owner for d in here)
            since = self.verb.start if self.verb is not None and owner in doers else 0
            after = [d for d, at in self.spoken if at > since > 0 and d.gender == owner.gender]
            led = bool(since) and all(d is owner for d in after)
            return (
                alone or led or here[-1] is owner or (owner in self.subject and self.prep is None)
            )
        if here:
            return False
        before = self._people_from(self.sentence_before, self.items[0].start)
        told = [d for d in before if d.gender == owner.gender]
        known = [d for d in self.cast.present() if d.gender == owner.gender]
        led = bool(told) and not self._told_here()
        return all(d is owner for d in (told if led else known))

    def _body_wears(self, at: int) -> bool:
        """Whether it is a limb that wears something: "a wrist, which wears a watch"."""
        verb = next((n for n in range(at - 1, -1, -1) if self.items[n].type == "verb"), 0)
        before = [i for i in self.items[max(0, verb - 3) : verb] if i.type != "mark"]
        relative = bool(before) and before[-1].word in ("which", "that")
        return relative and len(before) > 1 and before[-2].unseen is not None

    def _absolute(self, item: Item, at: int) -> bool:
        """Whether a garment without an article is added to a clause: "he waits, hat pulled low"."""
        behind = self.items[at + 1] if at + 1 < len(self.items) else None
        if item.determiner or behind is None:
            return False
        if behind.type == "verb":
            participle = behind.form == "finite" and behind.text.endswith(_PARTICIPLES)
            return behind.form in ("past", "ing") or participle
        if behind.type == "written":
            return True
        if behind.type == "conjunction" and at + 2 < len(self.items):
            other = self.items[at + 2]  # "shirt and trousers soaked"
            return other.has("garment") and self._absolute(other, at + 2)
        if behind.type == "mark" and at and self.items[at - 1].type == "mark":
            last = self.actions[-1].verb if self.actions else "be"
            return last in ("be", "stand", "wait", "sit", "walk", "come")
        return behind.type in ("adjective", "adverb") or (
            behind.type == "preposition" and behind.word in worn()["places"]
        )

    def _put_on(self, at: int) -> bool:
        """Whether a garment is told to be on a body: "a cap on his head"."""
        where, body = (*self.items[at + 1 : at + 3], None, None)[:2]
        if where is None or body is None or where.word not in ("on", "over", "round", "around"):
            return False
        return where.type == "preposition" and body.unseen == "body"

    def _on_owner(self, item: Item, at: int, word: str) -> bool:
        """Whether somebody has their garment on, by what a clause tells of it."""
        lists = worn()
        verb = self.verb if not self.closed or self.joined else None
        if self.prep is not None:
            if self.prep.word == "with":
                return self._absolute(replace(item, determiner=""), at)
            if self.prep.word == "to":
                before = next((i for i in reversed(self.items[:at]) if i.type == "verb"), None)
                return before is not None and before.word in lists["fastened"]
            inside = self.prep.word in ("in", "into", "from") and word in lists["vessels"]
            return self.prep.word in lists["places"] and not inside
        if self.inner:
            near = self.items[max(0, at - 5) : at]
            led = near[-3:] if near and near[-1].type == "possessive" else near[-1:]
            of = any(i.word == "of" for i in led)
            return of and word not in lists["bags"] and all(i.word != "by" for i in near)
        aside = self.comma and not self.joined
        if aside and not self._verb_follows(item):
            return self._absolute(replace(item, determiner=""), at)
        taking = verb is not None and (not verb.has_object or self.joined)
        if (not taking or self.comma or self.joined) and self._verb_follows(item):
            return stays_on(self.items, at)
        if taking and verb is not None:
            doing = self.items[
                at - 1
            ]  # "is unbuttoning his shirt", which is taken for an adjective
            stem = doing.text.casefold().removesuffix("ing") if doing.type == "adjective" else ""
            told = next((v for v in (stem, f"{stem}e") if v in lists["handled"]), verb.verb)
            return handled(self.items, at, told, word)
        return False

    def _verb_follows(self, item: Item) -> bool:
        """Whether a finite verb with a noun as its subject follows in the clause."""
        for each in self.items[position(self.items, item) + 1 :][:6]:
            if each.type == "verb":
                return each.form in ("finite", "be", "have", "auxiliary", "base")
            if each.type in ("mark", "conjunction", "pronoun"):
                return False
        return False

    def _wear(self, item: Item, wearers: list[Draft]) -> None:
        word = self.cast.drawn_word(item, "garment")
        medical = item.word != "mask" or any(d.said in worn()["medical"] for d in wearers)
        word = word if medical else None
        for person in wearers:
            self._tell_age(person, item, word or item.word)
        if word is None or not wearers:
            if item not in self.to_wear or word is None:
                self.cast.miss(item, NOT_YET if word is None else UNWORN)
        else:
            for person in wearers:
                hers = person.gender == "male" and word in grammar()["for_women"]
                word = self._kind_of(wearers[0], item, word)
                if word and all(word != kind for kind, _ in person.garments) and not hers:
                    person.garments.append((word, self._colour_of(item)))
                person.spans.append(Span.of(item))
        for thing in (d for d in self.anchors if not d.acts and self.prep is not None):
            thing.told = True  # "a card on his best suit"
            for person in wearers[:1]:
                thing.put("near", person)
        if self.verb is not None and not self.comma and self.prep is None:
            self.verb.has_object = True
        self.prep = None
        self.comma = self.joined = False
        self.last_role, self.wearers = "worn", wearers

    def _preposition_of(self, item: Item) -> str:
        at = position(self.items, item)
        return self.items[at - 1].word if at else ""

    def _dress(self, found: list[Draft]) -> None:
        """Put on somebody what a clause begins with: "in slippers, on the step, a man waits"."""
        people = [d for d in found if d.is_person]
        if not self.to_wear or not people or self.last_role == "link":
            return
        for item in self.to_wear:
            word = self.cast.drawn_word(item, "garment")
            his = {"his": "male", "her": "female"}.get(item.determiner, "")
            fits = [d for d in people if not his or d.gender in (his, "unspecified")]
            if not fits or (self.verb is not None and self._preposition_of(item) != "in"):
                self.cast.miss(item, UNWORN)
                continue
            for person in people:
                if word is not None:
                    person.garments.append((word, self.cast.colour(item.adjectives)))
                    person.spans.append(Span.of(item))
        self.to_wear = []

    def _colour_of(self, item: Item) -> str | None:
        """The colour of a garment, unless it has two: "in red and white socks"."""
        at = position(self.items, item)
        types = [i.type for i in self.items[max(0, at - 2) : at]]
        return None if types == _TWO_COLOURS[1:] else self.cast.colour(item.adjectives)

    def _kind_of(self, person: Draft, item: Item, word: str) -> str:
        """A mere "hat" or "mask" is drawn as what most people of the kind wear."""
        if item.word == "mask" and "surgical mask" in self.cast.vocabulary.words("garment"):
            return "surgical mask"
        if item.word in ("hat", "hats") and worn()["other_hats"].intersection(item.adjectives):
            return ""  # a hat of a shape of its own
        plain = item.word in ("hat", "hats") and "sun hat" in self.cast.vocabulary.words("garment")
        return "sun hat" if plain and (person.gender != "male" or person.age == "child") else word

    @staticmethod
    def _tell_age(person: Draft, item: Item, word: str) -> None:
        """Note what only grown-ups wear: "in her office shoes"."""
        if {word, item.word} & worn()["grown"] or worn()["of_grown_ups"] & set(item.adjectives):
            person.adjectives.add("grown-up")
