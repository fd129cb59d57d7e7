"""What a sentence only imagines, draws, denies or shows in a picture: a part of its reader."""

from __future__ import annotations

from storypainter.director.cast import ONLY_TOLD
from storypainter.director.clauses import Action
from storypainter.director.naming import Naming
from storypainter.director.phrases import Item, grammar, is_only_made


class Imagining(Naming):
    """The part of the reader of sentences that finds what is told of, but not there."""

    def _names_a_shadow(self, item: Item) -> bool:
        """Whether a thing told of turns out to be only a shadow: "It is the shadow of a man"."""
        verb = self.verb
        shadow = item.word in grammar()["shadows"] | grammar()["depicting"]
        meant = any(i.type == "pronoun" and i.word in ("it", "they") for i in self.items[:3])
        if verb is None or verb.verb != "be" or not shadow or not meant:
            return False
        for draft in verb.subjects:
            if draft.kind == "animal" or (draft.is_person and not draft.name):
                draft.left_out = ONLY_TOLD
        return item.word in grammar()["shadows"]

    def _is_unreal(self, item: Item) -> bool:
        sits = item.has("role") and item.determiner == "the"  # who is painted is there
        if self.dreaming or (self.depicting and not sits) or self._is_drawn(item):
            return True
        if is_only_made(item):
            return True
        if item.word in self.told_only and item.determiner in grammar()["definite"]:
            return not self.cast.knows(item)  # "a chair painted with ducks … on the ducks"
        pictured = any(start <= item.start < end for start, end in self.pictured)
        if pictured and not sits:
            return True
        return any(start <= item.start < end for start, end in self.unreal)

    def _is_drawn(self, item: Item) -> bool:
        """Whether a noun is what somebody draws: "she draws a horse", but "he draws a sword"."""
        verb, words = self.verb, grammar()
        if verb is None or self.closed or verb.has_object or self.prep is not None:
            return False
        living = item.has("animal") or item.has("role")
        if verb.verb == "draw" and item.has("prop") and item.word not in words["drawn_out"]:
            return True
        return living and verb.verb in words["drawing_verbs"]

    def _note_drawing(self, item: Item) -> None:
        """Note of a verb that what it is done to is only drawn."""
        if self.verb is not None and self._is_drawn(item):
            self.verb.draws = True

    def _object_is_denied(self, item: Item) -> bool:
        """Whether a noun is the object of a negated verb, as in "has not got a dog"."""
        verb = self.verb
        open_object = verb is not None and not verb.has_object and not self.closed
        if verb is None or not verb.negated:
            return False
        if self.prep is not None:  # "has not been on a plane"
            never = verb.form in ("perfect", "be") and verb.verb == "be" and not self.closed
            return never and self._is_perfect(verb) and not self.cast.knows(item)
        return open_object

    def _is_perfect(self, verb: Action) -> bool:
        """Whether a verb tells of what has been, up to now: "she has never been to sea"."""
        words = [i.text.casefold() for i in self.items if i.start <= verb.start]
        return words[-1:] == ["been"] and bool({"has", "have", "had"}.intersection(words[-4:]))

    def _tells_a_picture(self, colon: Item) -> bool:
        """Whether what follows a colon is in a picture: "a photograph stands there: a man …"."""
        first = next((i for i in self.items if i.type == "noun" and i.start < colon.start), None)
        return first is not None and first.word in grammar()["depicting"]

    def _of_follows(self, at: int) -> bool:
        behind = self.items[at + 1] if at + 1 < len(self.items) else None
        return behind is not None and behind.word in ("of", "show", "with")
