"""Where small loose things go: worn, in a hand, on a table, and only at last on the ground."""

from __future__ import annotations

from functools import cache
from typing import Any

from storypainter.director.drafts import Draft, Span
from storypainter.director.gazetteer import word_list
from storypainter.vocabulary import Vocabulary

NO_PLACE = "no place told for it, and no room on a table or in a hand"
_MOST_ON_THE_GROUND = 6
_SMALL = 72.0  # cm: what is larger stands on the ground as furniture does
_LONG = 130.0  # cm: what is longer is held only where a text says so
_UNKNOWN = (40.0, 40.0)
_RIDDEN = frozenset({"bicycle", "scooter", "motorcycle"})
_CLOSE = 45  # characters between two things of one clause
_ACROSS = 160  # characters between somebody and what a later sentence tells near them


@cache
def bearing() -> dict[str, Any]:
    """The word lists of ``gazetteer/bearing.toml``."""
    return word_list("bearing")


def loosen(drafts: list[Draft], text: str) -> None:
    """Take back a place near something that the text does not tell of close by.

    Two things have to be told of in one clause; a person may be told of in a sentence before.
    """
    for draft in drafts:
        if draft.is_person or draft.near is None or not draft.spans:
            continue
        pairs = [(a, b) for a in draft.spans for b in draft.near.spans]
        if draft.near.acts:
            close = any(_told_together(a, b, text, _ACROSS) for a, b in pairs)
        else:
            close = any(_told_together(a, b, text, _CLOSE) for a, b in pairs)
        if draft.held_by is None and (not close or _leads_on(draft, drafts, text)):
            draft.near, draft.side = None, None


def _leads_on(thing: Draft, drafts: list[Draft], text: str) -> bool:
    """Whether "his" may be of somebody told of next: "at his cart the ice-cream man waits"."""
    if thing.near is None or not thing.near.is_person:
        return False
    at = thing.spans[0].start
    first = max(text.rfind(mark, 0, at) for mark in ".;!?")
    ends = [found for mark in ".;!?" if (found := text.find(mark, at)) >= 0]
    last = min(ends, default=len(text))
    inside = [
        (span.start < at, draft is thing.near)
        for draft in drafts
        if draft.is_person
        for span in draft.spans
        if first < span.start < last
    ]
    return bool(inside) and not any(before for before, _ in inside) and (False, True) not in inside


def _told_together(thing: Span, other: Span, text: str, most: int) -> bool:
    first, last = sorted((thing, other), key=lambda span: span.start)
    between = text[first.end : last.start]
    if len(between) > most:
        return False
    if most == _ACROSS and other.start < thing.start:
        return True
    return not any(mark in between for mark in ".;:!?")


def place(drafts: list[Draft], setting: str, vocabulary: Vocabulary) -> None:
    """Give every small loose thing its place; those for which there is none are left out."""
    _Placer(drafts, setting, vocabulary).run()


def hands_free(person: Draft, vocabulary: Vocabulary) -> bool:
    """Whether a person can take up something that the text does not put into the hands."""
    if not (person.is_person and person.there) or person.holds or person.posture == "lie":
        return False
    busy = bearing()["lists"]["busy"]
    return person.word != "baby" and not any(pose in busy for pose in person.poses)


def _release(thing: Draft) -> None:
    """Take a thing out of the hand; it stays near."""
    if thing.held_by is not None:
        thing.held_by.holds.remove(thing)
        thing.near, thing.held_by, thing.in_mouth = thing.held_by, None, False


class _Placer:
    def __init__(self, drafts: list[Draft], setting: str, vocabulary: Vocabulary) -> None:
        self.drafts = drafts
        self.setting = setting
        self.vocabulary = vocabulary
        self.lists: dict[str, list[str]] = bearing()["lists"]

    def run(self) -> None:
        for draft in [d for d in self.drafts if d.held_by is not None and d.kind == "prop"]:
            if draft.word not in self.vocabulary.holdable:
                _release(draft)
        for draft in list(self.drafts):
            if draft.there and draft.kind == "prop":
                self._wear(draft)
        for person in [d for d in self.drafts if d.is_person and len(d.holds) > 1]:
            self._free_a_hand(person)
        loose = [d for d in self.drafts if self._is_loose(d)]
        for draft in [d for d in self.drafts if self._is_long(d)]:
            self._hand_out(draft)
        ranked = sorted(loose, key=lambda d: (-len(d.spans), -max(self._size(d))))
        left = [d for d in ranked if not self._settle(d)]
        for draft in left[_MOST_ON_THE_GROUND:]:
            draft.left_out = NO_PLACE
        for sign in [d for d in self.drafts if d.there and d.kind == "sign"]:
            self._hold_sign(sign)

    # ------------------------------------------------------------------ what is loose

    def _size(self, draft: Draft) -> tuple[float, float]:
        return self.vocabulary.sizes.get(draft.word, _UNKNOWN)

    def _is_loose(self, draft: Draft) -> bool:
        """Whether a thing is small, can be lifted, and has no place yet."""
        if not draft.there or draft.kind != "prop" or draft.held_by is not None:
            return False
        small = draft.word in self.vocabulary.holdable and max(self._size(draft)) <= _SMALL
        if not small or draft.word in self.vocabulary.pushed | set(self.lists["airborne"]):
            return False
        if draft.side == "above" and draft.near is not None:
            return False
        return draft.on is None or not self._carries(draft.on, draft)

    def _is_long(self, draft: Draft) -> bool:
        """Whether a thing is held although it is not small: an umbrella, a fishing rod."""
        if not draft.there or draft.kind != "prop" or draft.held_by is not None or draft.on:
            return False
        size = max(self._size(draft))
        grounded = draft.word in self.lists["grounded"] or draft.word in self.vocabulary.pushed
        return _SMALL < size <= _LONG and draft.word in self.vocabulary.holdable and not grounded

    def _hand_out(self, draft: Draft) -> None:
        if draft.owner is not None and not draft.told:
            self._give(draft, draft.owner)

    def _carries(self, carrier: Draft, thing: Draft | None = None) -> bool:
        """Whether there is room on a thing, for one more or for one that is on it already."""
        if carrier.kind != "prop" or not carrier.there or carrier.held_by is not None:
            return False
        used = [d for d in self.drafts if d.on is carrier and d.there and d is not thing]
        return len(used) < self.vocabulary.surfaces.get(carrier.word, 0)

    def _free_a_hand(self, person: Draft) -> None:
        """Whoever holds something that takes both hands, the eye or the ear holds only one thing."""
        ridden = [d for d in person.holds if "cycle" in person.poses and d.word in _RIDDEN]
        kept = [d for d in person.holds if d.word in self.vocabulary.one_handed] or person.holds[:1]
        kept = ridden or kept
        for thing in [d for d in person.holds if d.kind == "prop" and d not in kept]:
            _release(thing)

    # ------------------------------------------------------------------ where it goes

    def _wear(self, draft: Draft) -> None:
        garment = bearing()["worn"].get(draft.word)
        owner = draft.near
        if draft.held_by is not None:
            owner = draft.held_by if draft.word in self.lists["always_worn"] else None
        if draft.unworn or garment not in self.vocabulary.attire or owner is None or draft.text:
            return
        if not owner.is_person or not owner.there or draft.on is not None or draft.side is not None:
            return
        if all(kind != garment for kind, _ in owner.garments):
            owner.garments.append((garment, draft.colour))
        owner.spans += draft.spans
        draft.spans = []
        if draft.held_by is not None:
            draft.held_by.holds.remove(draft)

    def _settle(self, draft: Draft) -> bool:
        """Find the best place for a loose thing; False if only the ground is left."""
        if draft.owner is not None and not draft.told and self._give(draft, draft.owner):
            return True
        # no hand and no table by default: what is told of it may deny it
        return draft.word in self.lists["grounded"] or draft.told or draft.owner is not None

    def _give(self, draft: Draft, person: Draft) -> bool:
        """Put a thing into somebody's hand, if it is free."""
        if not hands_free(person, self.vocabulary) or draft.holds:
            return False
        person.hold(draft)
        return draft.held_by is person

    def _hold_sign(self, sign: Draft) -> None:
        """A label, a note or a letter is in the hand of whom it is told with."""
        if sign.word not in self.vocabulary.hand_signs or sign.on is not None:
            return
        if sign.word not in ("label", "note", "letter", "menu", "placard"):
            return
        person = sign.owner
        if person is not None and not sign.told and hands_free(person, self.vocabulary):
            person.holds.append(sign)
            sign.held_by, sign.near = person, None
