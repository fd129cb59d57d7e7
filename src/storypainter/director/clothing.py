"""Who wears what a text tells of: a part of the reader of its sentences."""

from __future__ import annotations

from collections.abc import Sequence

from storypainter.director.cast import NOT_YET, UNWORN, Cast
from storypainter.director.clauses import Action, Link
from storypainter.director.drafts import Draft, Span
from storypainter.director.phrases import Item, grammar
from storypainter.director.unreal import pictured_spans, unreal_spans

_TUGGED = frozenset({"pull", "drag", "tug", "clutch", "grip", "open", "fold"})


class Clothing:
    """What a reader knows in the middle of a sentence, and how it puts clothes on people.

    ``text`` is the whole story, which the items' offsets refer to.
    """

    def __init__(self, cast: Cast, text: str) -> None:
        self.cast = cast
        self.unreal = unreal_spans(text)
        self.pictured = pictured_spans(text)
        self.told_only: set[str] = set()
        self.topic: list[Draft] = []
        self.told_before = 0
        self.actions: list[Action] = []
        self.links: list[Link] = []
        self.written: list[tuple[str, Span, list[Draft]]] = []
        self.spoken: list[tuple[Draft, int]] = []  # who is told of, with its offset
        self._begin([])

    def _begin(self, items: Sequence[Item]) -> None:
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
        self.lookers: list[Draft] = []

    def _wearers(self, item: Item, owners: list[Draft]) -> list[Draft] | None:
        """Who wears a noun, or None if it is a thing by itself."""
        if not item.has("garment"):
            return None
        words = grammar()
        people = [d for d in owners if d.is_person]
        opens = not self.subject and self.verb is None and not self.anchors
        known = self.cast.drawn_word(item, "garment") is not None and not self.possessed
        if opens and known and self.prep is not None and item.determiner in words["possessive"]:
            self.to_wear.append(item)  # "in his socks, a man": his who is told of next
            return []
        if self.prep is not None and self.prep.word in ("in", "with"):
            anchors = [d for d in self.anchors if d.is_person]
            if anchors and not people:
                return anchors
            if not self.anchors and not people and self.prep.word == "in":
                self.to_wear.append(item)
                return []
        verb = self.verb if not self.closed or self.joined else None
        if verb is not None and self.prep is None and verb.verb in words["wearing"]:
            return [d for d in verb.subjects if d.is_person]
        if self.last_role == "worn" and self.joined and self.prep is None:
            return self.wearers
        holding = verb is not None and self.prep is None and verb.verb in words["holding"]
        if people and not holding and self.prep is None:
            return people
        bare = not item.determiner and self.comma and self.prep is None
        if bare and self.subject and self.subject[0].is_person:
            return self.subject
        worn = self.cast.drawn_word(item, "garment") and not self.cast.drawn_word(item, "prop")
        if people and worn and not holding:
            return people
        if item.has("prop") or item.has("sign"):
            return None
        if holding and people and verb is not None and verb.verb in _TUGGED:
            return people
        return [] if holding else people or None

    def _wear(self, item: Item, wearers: list[Draft]) -> None:
        word = self.cast.drawn_word(item, "garment")
        if word is None or not wearers:
            if item not in self.to_wear or word is None:
                self.cast.miss(item, NOT_YET if word is None else UNWORN)
        else:
            for person in wearers:
                hers = person.gender == "male" and word in grammar()["for_women"]
                if all(word != kind for kind, _ in person.garments) and not hers:
                    person.garments.append((word, self.cast.colour(item.adjectives)))
                person.spans.append(Span.of(item))
        for thing in (d for d in self.anchors if not d.acts and self.prep is not None):
            thing.told = True  # "a card on his best suit"
            for person in wearers[:1]:
                thing.put("near", person)
        if self.verb is not None and not self.comma:
            self.verb.has_object = True
        self.prep = None
        self.comma = self.joined = False
        self.last_role, self.wearers = "worn", wearers

    def _dress(self, found: list[Draft]) -> None:
        """Put on somebody what a clause begins with: "in slippers, on the step, a man waits"."""
        people = [d for d in found if d.is_person]
        if not self.to_wear or not people or self.last_role == "link":
            return
        for item in self.to_wear:
            word = self.cast.drawn_word(item, "garment")
            for person in people:
                if word is not None:
                    person.garments.append((word, self.cast.colour(item.adjectives)))
                    person.spans.append(Span.of(item))
        self.to_wear = []
