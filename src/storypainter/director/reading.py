"""Reads a sentence's items in order: who does what, with what, where; into drafts and actions."""

from __future__ import annotations

from collections.abc import Sequence

from storypainter.director.cast import NOT_THERE, NOT_YET, ONLY_TOLD, UNWORN, looks
from storypainter.director.clauses import Action, Link
from storypainter.director.clothing import Clothing
from storypainter.director.drafts import Draft, Span
from storypainter.director.gazetteer import gazetteer
from storypainter.director.kinship import be_peers, describe_part, identify
from storypainter.director.phrases import Item, grammar

_CLAUSE_MARKS = frozenset(".;:!?—–()")
_NOMINATIVES = frozenset({"he", "she", "they"})
_EYES = frozenset({"eyes", "gaze", "glance", "stare"})
_LOOKED_AT = frozenset({"on", "upon", "at", "to", "towards", "after"})
_LINKING = frozenset({"look", "seem", "appear", "feel", "stay", "remain", "become", "grow", "turn"})


class Reader(Clothing):
    """Reads the items of one sentence after the other; the cast remembers.

    ``text`` is the whole story, which the items' offsets refer to.
    """

    def read(self, items: Sequence[Item]) -> None:
        """Read a sentence."""
        first = next((a for a in self.actions[self.told_before :] if a.subjects), None)
        things = [d for d in first.subjects if not d.is_person] if first is not None else []
        self.topic = things[:1]
        self.told_before = len(self.actions)
        self._begin(items)
        for at, item in enumerate(items):
            self._step(at, item)
        for item in self.to_wear:
            self.cast.miss(item, UNWORN)

    def _step(self, at: int, item: Item) -> None:
        if item.type == "noun":
            self._noun(at, item)
        elif item.type == "verb":
            self._verb(at, item)
        elif item.type == "pronoun":
            self._pronoun(item)
        elif item.type == "preposition":
            if self._inverts(at):
                self.subject, self.verb, self.last = [], None, []
                self.comma, self.joined = True, False
            self._preposition(at, item)
        elif item.type == "conjunction":
            self._conjunction(item)
        elif item.type == "not":
            self._negation(at, item)
        elif item.type == "mark":
            self._mark(item)
        elif item.type == "possessive":
            self.owners, self.possessed = self.last, True
        elif item.type == "written":
            self.written.append((item.text, Span.of(item), list(self.last)))
        elif item.type == "adjective":
            self._adjective(item)
        elif item.type == "adverb":
            if self.verb is not None:
                self.verb.particles.append(item.word)
            self._years(at, item)

    # ------------------------------------------------------------------ nouns

    def _noun(self, at: int, item: Item) -> None:
        words = grammar()
        owners, self.owners = self._owners_of(item), []
        self.possessed = False
        self.negated_here = self.absent or item.determiner in words["none"]
        self.absent = False
        if self._is_unreal(item) or self.negated_here or self._object_is_denied(item):
            self._not_drawn(item)
            return
        following = self.items[at + 1].type if at + 1 < len(self.items) else "mark"
        if item.unseen is not None and not item.has("garment"):
            self._names_a_shadow(item)
            self._part(item, owners)
            return
        if self._is_place(item):
            self.cast.placed.append(Span.of(item))
            self.prep = None
            self.last = []
            return
        wearers = self._wearers(item, owners)
        if wearers is not None:
            self._wear(item, wearers)
            return
        if item.groups.keys() <= {"setting", "garment"} and item.groups and not item.has("role"):
            self._homeless(item)
            return
        owned = self._only_owns(at) or (item.word == "owner" and not item.adjectives)
        found = self.cast.refer(item, create=not owned)
        if following == "possessive":
            self.last = found
            self.spoken += [(draft, item.start) for draft in found]
            return
        be_peers(found, owners)
        self._connect(item, found, owners)
        self.spoken += [(draft, item.start) for draft in self.last]
        if self._names_a_shadow(item):
            return
        if item.word in words["pictures"] and self._of_follows(at):
            self.dreaming = True

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

    def _only_owns(self, at: int) -> bool:
        """Whether a noun need not be there, as in "her uncle's yacht"; a body must be."""
        if [i.type for i in self.items[at + 1 : at + 3]] != ["possessive", "noun"]:
            return [i.type for i in self.items[at + 1 : at + 2]] == ["possessive"]
        thing = self.items[at + 2]
        if thing.has("garment") and self.items[at].determiner in ("a", "an"):
            return True  # "a girl in a man's coat"
        return thing.unseen not in ("body", "wear_part") and not thing.has("garment")

    def _homeless(self, item: Item) -> None:
        if item.has("garment"):
            known = self.cast.drawn_word(item, "garment") is not None
            self.cast.miss(item, UNWORN if known else NOT_YET)
        else:
            self.cast.placed.append(Span.of(item))
        self._consume([])

    def _is_place(self, item: Item) -> bool:
        """Whether a noun only names where it plays: "in the kitchen", "at the beach"."""
        if not item.has("setting") or item.has("role") or item.has("animal"):
            return False
        if not (item.has("prop") or item.has("sign")):
            return True
        return self.prep is not None and self.prep.word in ("in", "inside", "aboard", "at")

    def _is_unreal(self, item: Item) -> bool:
        sits = item.has("role") and item.determiner == "the"  # who is painted is there
        if self.dreaming or (self.depicting and not sits) or self._is_drawn(item):
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

    def _object_is_denied(self, item: Item) -> bool:
        """Whether a noun is the object of a negated verb, as in "has not got a dog"."""
        verb = self.verb
        open_object = verb is not None and not verb.has_object and not self.closed
        return open_object and verb is not None and verb.negated and self.prep is None

    def _not_drawn(self, item: Item) -> None:
        """Something only told of, unless it is known to be there."""
        told = item.determiner in grammar()["definite"] | grammar()["possessive"]
        known = self.cast.refer(item, create=False) if told and item.groups else []
        if not known and not self.negated_here:
            self.told_only.add(item.word)
        if not known and item.groups and not item.groups.keys() <= {"setting"}:
            self.cast.miss(item, NOT_THERE if self.negated_here else ONLY_TOLD)
        self._consume(known)

    def _owners_of(self, item: Item) -> list[Draft]:
        if self.possessed:
            return self.owners
        if item.determiner in grammar()["possessive"]:
            return self.cast.pronoun(item.determiner, self.subject or self.last)
        return []

    def _part(self, item: Item, owners: list[Draft]) -> None:
        """A part of a body or of clothes, or matter: it belongs to somebody, or is not drawn."""
        people = [d for d in owners or self._nearest_actors() if d.acts]
        tables = looks()
        surface = item.text.casefold()
        self.lookers = people if surface in _EYES else []
        if item.unseen in ("body", "wear_part") and people:
            for person in people:
                person.spans.append(Span.of(item))
                if person.is_person:
                    describe_part(person, item, surface, tables)
        elif item.unseen in ("matter", "place"):
            self.cast.scenery.append((item.word, Span.of(item)))
        link = self._take_link([], people, item)
        aside = self.comma and not self.joined  # "she sits, legs crossed"
        taken = self.verb is not None and not (self.closed or self.verb.has_object or aside)
        if link is None and taken and self.verb is not None:
            self.verb.has_object = self.verb.self_part = True
        elif link is None and item.unseen == "matter" and (self.comma or self.joined):
            self.subject, self.last, self.verb = [], [], None  # "and the sun shines"
        self.last_role = "part"

    def _nearest_actors(self) -> list[Draft]:
        for choice in (self.anchors, self.last, self.subject):
            actors = [d for d in choice if d.acts]
            if actors:
                return actors
        return []

    # ------------------------------------------------------------------ syntax

    def _connect(self, item: Item, found: list[Draft], owners: list[Draft]) -> None:
        """Give a noun its part in the sentence: object, behind a preposition, or subject."""
        verb = self.verb
        opens = (self.comma or self.joined) and self.prep is None and self._verb_ahead(item)
        if verb is not None and not verb.has_object and opens:
            verb = None  # "she waits, and her dog barks": a subject of its own
        if self._take_link(found, owners, item) is not None:
            pass
        elif self.inner:
            self.joined = False
            if self.links and self.last_role in ("link", "part") and not self.links[-1].targets:
                self.links[-1].targets = found  # "on the edge of a table"
            if found and found[0].acts and all(d.left_out for d in self.subject):
                self.subject = found  # "it is the shadow of a man"
        elif verb is not None and not self.closed and verb.verb == "be" and not verb.has_object:
            verb.has_object = True
            identify(verb.subjects, found)
        elif verb is not None and not self.closed and not verb.has_object:
            verb.has_object = True
            verb.objects += found
            self.last_role = "object"
        elif verb is not None and not self.closed and verb.objects and not self.joined:
            verb.recipients, verb.objects = verb.objects, found
            self.last_role = "object"
        elif self.joined and self.last_role == "object" and verb and not self._verb_ahead(item):
            verb.objects += found
        elif self.joined and self.last_role == "subject" and self._both_act(found):
            self.subject = [*self.subject, *found]
        elif self.joined and self.last_role == "link" and self.links and not self._verb_ahead(item):
            link = self.links[-1]
            self.links.append(Link(link.word, link.anchors, found, item, link.owners))
        elif self._renames(item, found):
            identify(self.last, found)
            found = self.last
        elif self._stands_aside(item, found):
            self.last_role = "aside"
        else:
            self.subject = found
            self.last_role = "subject"
            self.verb = None
        self._lead_in(found)
        self._dress(found)
        for owner in owners:
            for draft in found:
                if not draft.is_person and draft.near is None and draft.held_by is None:
                    draft.put("near", owner)
                    draft.owner = draft.owner or owner
        self._consume(found)

    def _stands_aside(self, item: Item, found: list[Draft]) -> bool:
        """Whether a thing is only added to a clause: "her son, a cup at his chin, waits"."""
        acting = any(d.acts for d in self.subject) and not any(d.acts for d in found)
        return acting and self.comma and not self.joined and not self._verb_ahead(item)

    def _lead_in(self, found: list[Draft]) -> None:
        """Place what a clause begins with: "behind her, a man", "on the chair lies a hat"."""
        if self.last_role == "link" or not found:
            return
        for link in self.fronted:
            link.anchors = [d for d in found if d not in link.targets]
        self.fronted = []
        verb = self.verb
        if verb is None or self.last_role != "object" or (verb.subjects and not found[0].acts):
            return
        borne = gazetteer().group(verb.verb, "pose") is not None and not verb.inverted
        if not verb.subjects or (borne and not any(d.acts for d in verb.subjects)):
            verb.subjects, verb.objects, verb.inverted = found, [], True

    def _renames(self, item: Item, found: list[Draft]) -> bool:
        """Whether it is a second noun for the one before the comma: "her grandson, a boy"."""
        at = next((i for i, each in enumerate(self.items) if each is item), 0)
        if at < 2 or self.items[at - 1].text != "," or self.items[at - 2].type != "noun":
            return False
        before = self.items[at - 2]
        definite = grammar()["definite"] | grammar()["possessive"]
        one_each = len(self.last) == len(found) == 1 and self.last[0].kind == found[0].kind
        told = before.determiner in definite or before.named
        fresh = item.determiner in ("a", "an") and one_each and self.last[0].acts
        return told and fresh and len(found[0].spans) == 1

    def _both_act(self, found: list[Draft]) -> bool:
        return bool(found) and found[0].acts and any(d.acts for d in self.subject)

    def _verb_ahead(self, item: Item) -> bool:
        """Whether a finite verb follows a noun before the clause ends."""
        behind = [i for i in self.items if i.start > item.start]
        linked = False
        for each in behind[:6]:
            if each.type == "verb":
                return each.form in ("finite", "be", "have", "auxiliary", "base")
            if each.type in ("mark", "conjunction") or (each.type == "pronoun" and not linked):
                return False
            linked = each.type == "preposition"
        return False

    def _take_link(self, found: list[Draft], owners: list[Draft], item: Item) -> Link | None:
        if self.prep is None:
            return None
        link = Link(self.prep.word, list(self.anchors), found, item, owners)
        if self.lookers and found and link.word in _LOOKED_AT:
            for looker in self.lookers:
                looker.relate("looks_at", found[0])
            self.lookers, self.prep = [], None
            return link
        self.links.append(link)
        if not link.anchors and not self.of_part:
            self.fronted.append(link)
        if self.verb is not None and not self.closed:
            self.verb.links.append(link)
        self.prep = None
        self.last_role = "link"
        return link

    def _consume(self, found: list[Draft]) -> None:
        self.prep = None
        self.inner = False
        self.comma = self.joined = False
        self.last = found

    # ------------------------------------------------------------------ other items

    def _verb(self, at: int, item: Item) -> None:
        if item.form == "auxiliary":
            self.negated = False
            return
        subjects = self._subjects_of(at, item)
        words = grammar()
        dream = item.word in words["unreal_verbs"] and item.form != "past"
        denied, self.absent = self.negated or self.absent, False
        action = Action(item.word, item.form, subjects, negated=denied, unreal=dream)
        action.said, action.start = item.text.casefold(), item.start
        action.self_part = at > 0 and self.items[at - 1].unseen == "body"  # "his thumb pushes"
        if self.verb is not None and not self.closed and self.verb.verb in ("be", "have"):
            action.form = (
                {"be": "passive", "have": "perfect"}[self.verb.verb]
                if (item.form == "past")
                else item.form
            )
            action.negated = action.negated or self.verb.negated
        if item.word in ("lose", "miss", "lack", "forget") and item.form != "ing":
            action.negated = True
        thing = bool(subjects) and not any(d.acts for d in subjects)
        if item.word in words["showing_verbs"] and (thing or self._follows_a_thing(at)):
            self.depicting = True
        self.verb = action
        self.actions.append(action)
        self.closed = False
        self.negated = False
        self.prep = None
        self.dreaming = dream
        self.comma = self.joined = False
        for person in subjects:
            if person.is_person and not action.negated and item.word in words["feeling_verbs"]:
                self.cast.feel(person, item.word)

    def _follows_a_thing(self, at: int) -> bool:
        before = self.items[at - 1] if at else None
        return before is not None and before.type == "noun" and not before.has("role")

    def _subjects_of(self, at: int, item: Item) -> list[Draft]:
        """Whose verb it is: a participle's is the noun right before it, if that can act."""
        actors = [d for d in self.last if d.acts]
        carried = self.verb is not None and self.verb.verb in ("be", "have") and not self.closed
        if item.form == "past" and carried and self.verb is not None and not self.verb.has_object:
            return self.verb.subjects  # "the umbrella over her is held"
        before = self.items[at - 1] if at else None
        matter = before is not None and before.type == "noun" and before.unseen is not None
        parts = ("body", "wear_part", "abstract")
        alone = item.form == "ing" or not self.subject
        if matter and before is not None and before.unseen not in parts and alone:
            return []  # "the water running down": nobody that can be drawn does it
        if item.form in ("ing", "past") and not self.comma and actors:
            return actors
        if item.form == "past" and not self.comma and self.last and item.text != item.word:
            return self.last  # "the box marked with a cross"
        if item.form in ("ing", "past", "base") and self.verb is not None:
            return self.verb.subjects
        aside = self.comma or self.last_role in ("link", "inner", "worn")
        return self.subject or ([] if aside else actors)

    def _pronoun(self, item: Item) -> None:
        if item.word in grammar()["relative"]:
            self.subject = self.last or self.subject
            self.verb, self.closed = None, True
            return
        if any(start <= item.start < end for start, end in self.unreal):
            self.prep = None  # "no older than she is"
            return
        if item.word in grammar()["outside"]:
            if self.prep is None and (self.verb is None or self.verb.has_object or self.comma):
                self.subject, self.last, self.verb = [], [], None
            self.prep = None
            return
        verb = self.verb
        object_of = verb is not None and not self.closed and not verb.has_object
        barred = self.subject if object_of and item.word in ("him", "her", "them") else []
        found = self.cast.pronoun(item.word, [] if barred else self.subject, barred)
        if item.word == "it" and self.topic and not self._things_before(item):
            found = self.topic  # what the sentence before was about
        for draft in found:
            self.spoken.append((draft, item.start))
        if item.word in ("himself", "herself", "themselves", "itself"):
            found = []
        acting = item.word in _NOMINATIVES
        if self.inner and not acting:
            self._consume(found)  # "in front of her"
            self.last_role = "inner"
            return
        if self.prep is not None and not acting:
            self._take_link(found, [], item)
        elif not acting and self.verb and not self.closed and not self.verb.has_object:
            self.verb.has_object = True
            self.verb.objects += found
        else:
            self.subject = found
            self.verb = None
            self.last_role = ""
            self._dress(found)
        self._consume(found)

    def _things_before(self, item: Item) -> bool:
        return any(
            each.type == "noun"
            and each.groups.keys() & {"prop", "sign"}
            and each.start < item.start
            for each in self.items
            if not each.has("role") and not each.has("garment")
        )

    def _preposition(self, at: int, item: Item) -> None:
        words = grammar()
        if item.word == "without":
            self.absent = True
            return
        verb = self.verb
        if verb is not None and not self.closed and not verb.has_object:
            verb.particles.append(item.word)
        fresh = verb is not None and not verb.has_object and not verb.links
        after_verb = fresh and not self.closed
        self.anchors = (
            verb.subjects if after_verb and verb is not None else self.last or self.subject
        )
        if verb is not None and verb.self_part and not self.comma and not verb.links:
            self.anchors = verb.subjects
        if self.comma and not self.joined and (verb is None or self.closed) and not self.subject:
            self.anchors = []
        if self.fronted and verb is None and not self.subject and item.word not in ("in", "with"):
            self.anchors = []  # "behind her, on the bench, waits a man": both say where he is
        if item.word == "with" and verb is not None and at and self.items[at - 1].type == "pronoun":
            self.anchors = [d for d in verb.subjects if d.acts] or self.anchors
        beside = verb is not None and bool(verb.links) and not self.comma  # "a hedge with flags"
        if (
            item.word == "with"
            and verb is not None
            and not beside
            and not any(d.acts for d in self.anchors)
        ):
            self.anchors = [d for d in verb.subjects if d.acts] or self.anchors
        before = self.items[at - 1] if at else None
        self.of_part = before is not None and before.type == "noun" and before.unseen == "body"
        if self.of_part:
            self.anchors = [d for d in self.anchors if not d.is_person]  # "chin on the table"
        behind_noun = before is not None and before.type in ("noun", "pronoun")
        self.inner = item.word not in words["places"] and behind_noun
        self.prep = item if item.word in words["places"] else None
        told = verb is not None and verb.verb in words["telling_verbs"]
        if item.word == "about" or (item.word in ("of", "that") and told and not self.closed):
            self.dreaming = True

    def _inverts(self, at: int) -> bool:
        """Whether a clause begins here with its place: "…, and behind her stands a man"."""
        opens = at == 0 or self.items[at - 1].type in ("conjunction", "mark")
        behind = [item.type for item in self.items[at + 1 : at + 4]]
        inverted = behind[1:] == ["verb", "noun"] and behind[0] in ("noun", "pronoun")
        return opens and inverted

    def _conjunction(self, item: Item) -> None:
        self.dreaming = False
        self.depicting = self.depicting and not self.comma
        self.prep = None
        if item.word in ("and", "or", "but"):
            self.joined = True
            self.comma = item.word == "but" or self.comma
        else:
            self.closed = True
            self.verb = None
            self.comma = True

    def _negation(self, at: int, item: Item) -> None:
        following = self.items[at + 1] if at + 1 < len(self.items) else None
        if item.word in ("no", "without", "neither") or (following and following.type == "noun"):
            self.absent = True
        else:
            self.negated = True
            if self.verb is not None and not self.closed:
                self.verb.negated = True

    def _mark(self, item: Item) -> None:
        self.dreaming = self.absent = False
        self.prep = None
        self.comma = True
        if item.text in _CLAUSE_MARKS:
            self.verb, self.closed = None, True
            self.last_role = ""
            self.lookers = []
            if item.text != ":":
                self.subject = []
                self.depicting = False
            elif self._tells_a_picture(item):
                self.depicting = True
        elif self.verb is not None and self.verb.has_object:
            self.closed = True
        if item.text == ",":
            self.joined = self.last_role in ("object", "worn", "link") and self.joined

    def _tells_a_picture(self, colon: Item) -> bool:
        """Whether what follows a colon is in a picture: "a photograph stands there: a man …"."""
        first = next((i for i in self.items if i.type == "noun" and i.start < colon.start), None)
        return first is not None and first.word in grammar()["depicting"]

    def _adjective(self, item: Item) -> None:
        """An adjective behind its noun: "he looks worried", "the door is open", "cheeks red"."""
        verb = self.verb
        linking = verb is not None and not self.closed and verb.verb in ("be", *_LINKING)
        whom = verb.subjects if linking and verb is not None else self.last or self.subject
        if verb is not None and verb.negated:
            return
        for draft in whom:
            if draft.is_person:
                self.cast.describe(draft, [item.text.casefold()])
            elif linking:
                draft.conditions.append(item.text.casefold())
                draft.colour = draft.colour or self.cast.colour([item.text.casefold()])

    def _years(self, at: int, item: Item) -> None:
        """Give a person the age behind it: "a girl of ten"."""
        before = self.items[at - 1] if at else None
        aged = before is not None and before.word == "of" and len(self.last) == 1
        if aged and self.last[0].is_person:
            self.cast.set_years(self.last[0], item.text.casefold())

    def _of_follows(self, at: int) -> bool:
        behind = self.items[at + 1] if at + 1 < len(self.items) else None
        return behind is not None and behind.word in ("of", "show", "with")
