"""Reads a sentence's items in order: who does what, with what, where; into drafts and actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storypainter.director.cast import NO_WORD, NOT_THERE, NOT_YET, ONLY_TOLD, UNWORN, looks
from storypainter.director.clauses import MEANT, Action, Link
from storypainter.director.doing import MEMBERS, doer, is_participle, lemma_of
from storypainter.director.drafts import Draft, Span
from storypainter.director.imagining import Imagining
from storypainter.director.kinship import be_peers, describe_part, identify
from storypainter.director.phrases import Item, grammar
from storypainter.director.placing import bearing
from storypainter.director.senses import names_no_person

_CLAUSE_MARKS = frozenset(".;:!?—–()")
_NOMINATIVES = frozenset({"he", "she", "they"})
_EYES = frozenset({"eyes", "gaze", "glance", "stare"})
_LOOKED_AT = frozenset({"on", "upon", "at", "to", "towards", "after"})
_NEW_ONE = frozenset({"a", "an", "the", "one", "another"})
_OF_A_BICYCLE = frozenset({"handlebar", "handlebars", "pedal", "pedals"})
_RESULTS = frozenset({"open", "shut", "free", "loose"})
_LINKING = frozenset({"look", "seem", "appear", "feel", "stay", "remain", "become", "grow", "turn"})


class Reader(Imagining):
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
            if not self._opens_with_member(at, item):
                self._adjective(item)
        elif item.type == "adverb":
            if self._opens_with_member(at, item):
                return
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
            self._note_drawing(item)
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
        owned = self._only_owns(at) or (
            item.word == "owner" and not item.adjectives and not (at == 0 and self._acts_later())
        )
        owned = owned or self._belongs_to(at)
        if names_no_person(item, self.text, self.items, at):
            self.cast.miss(item, NO_WORD)
            self._fill_object()
            self._consume([])
            return
        member = self._one_of_those(at, item)
        found = self.cast.refer(self._as_told(at, item), create=not owned, owners=owners)
        if member is not None and found and not owned:
            identify([member], found)
            found = [member]
        if owned and not found and following == "possessive":
            found = self.cast.name_absent(item)
        if following == "possessive":
            self.last = found
            self.spoken += [(draft, item.start) for draft in found]
            return
        for draft in found:
            draft.unworn = draft.unworn or item.has("garment")
        be_peers(found, owners)
        self._connect(item, found, owners)
        self.spoken += [(draft, item.start) for draft in self.last]
        if self._names_a_shadow(item):
            return
        if item.word in words["pictures"] and self._of_follows(at):
            self.dreaming = True

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

    def _not_drawn(self, item: Item) -> None:
        """Something only told of, unless it is known to be there."""
        told = item.determiner in grammar()["definite"] | grammar()["possessive"]
        known = self.cast.refer(item, create=False) if told and item.groups else []
        if not known and not self.negated_here:
            self.told_only.add(item.word)
        if not known and item.groups and not item.groups.keys() <= {"setting"}:
            self.cast.miss(item, NOT_THERE if self.negated_here else ONLY_TOLD)
        if not known:
            self._fill_object()
        self._consume(known)

    def _fill_object(self) -> None:
        """Close the place behind a verb that a noun takes which is not drawn: "there lies a toy"."""
        verb = self.verb
        if verb is not None and not self.closed and self.prep is None and not self.inner:
            verb.has_object = verb.taken = True
            self.fronted = []

    def _part(self, item: Item, owners: list[Draft]) -> None:
        """A part of a body or of clothes, or matter: it belongs to somebody, or is not drawn."""
        people = [d for d in owners or self._nearest_actors() if d.acts]
        tables = looks()
        surface = item.text.casefold()
        self.lookers = people if surface in _EYES else []
        if item.word in _OF_A_BICYCLE and item.determiner in ("his", "her"):
            for person in [each for each in owners if each.is_person]:
                person.poses.append("cycle")
        if item.unseen in ("body", "wear_part") and people:
            for person in people:
                person.spans.append(Span.of(item))
                if person.is_person:
                    describe_part(person, item, surface, tables)
        elif item.unseen == "thing_part":
            for owner in [each for each in owners if not each.acts][:1]:
                owner.spans.append(Span.of(item))  # "its door" is seen on the bus
        elif item.unseen in ("matter", "place"):
            self.cast.scenery.append((item.word, Span.of(item)))
        link = self._take_link([], people, item)
        aside = self.comma and not self.joined  # "she sits, legs crossed"
        taken = self.verb is not None and not (self.closed or self.verb.has_object or aside)
        if link is None and taken and self.verb is not None:
            self.verb.has_object = self.verb.self_part = True
        elif link is None and self._begins_clause(item, owners):
            self.subject, self.last, self.verb = [], [], None  # "and the sun shines"
        self.last_role = "part"

    def _begins_clause(self, item: Item, owners: Sequence[Draft]) -> bool:
        """Whether a part or matter is a clause's subject: "beyond it the peaks are pink"."""
        fronted = self.fronted and not owners and item.unseen != "body" and self._verb_ahead(item)
        return bool(fronted) or (item.unseen == "matter" and (self.comma or self.joined))

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
        if verb is not None and not verb.has_object and (opens or self._set_off(verb)):
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
        elif verb and not self.closed and not verb.has_object and not self._is_added(item):
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
        for owner in [each for each in owners if each.acts]:
            for draft in found:
                if not draft.is_person and draft.near is None and draft.held_by is None:
                    draft.put("near", owner)
                    draft.owner = draft.owner or owner
        self._consume(found)

    def _set_off(self, verb: Action) -> bool:
        """Whether a comma right behind a verb keeps a noun from being its object."""
        inserted = verb.links or verb.particles or verb.verb in ("be", "have") or verb.inverted
        led = not verb.subjects  # "in the corner sits, alone, a man"
        return self.comma and not self.joined and not (inserted or led) and self.prep is None

    def _stands_aside(self, item: Item, found: list[Draft]) -> bool:
        """Whether a thing is only added to a clause: "her son, a cup at his chin, waits"."""
        acting = any(d.acts for d in self.subject) and not any(d.acts for d in found)
        return acting and self.comma and not self.joined and not self._verb_ahead(item)

    def _lead_in(self, found: list[Draft]) -> None:
        """Place what a clause begins with: "behind her, a man", "on the chair lies a hat"."""
        if self.last_role == "link" or not found:
            return
        fronted, self.fronted = self.fronted, []
        for link in fronted:
            link.anchors = [d for d in found if d not in link.targets]
        verb = self.verb
        if verb is None or self.last_role != "object" or (verb.subjects and not found[0].acts):
            return
        if verb.taken:
            return  # "the carved lion that lies there": it is of what is not drawn
        borne = verb.verb in bearing()["lists"]["placing_verbs"] and not verb.inverted
        if not verb.subjects or (borne and not any(d.acts for d in verb.subjects)):
            verb.subjects, verb.objects, verb.inverted = found, [], True
            verb.links += [link for link in fronted if link not in verb.links]

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
        of_nobody = self.verb is not None and self.verb.taken and not self.closed
        if not link.anchors and not self.of_part and not of_nobody:
            self.fronted.append(link)
        if self.verb is not None and not self.closed:
            self.verb.links.append(link)
        self.prep = None
        self.last_role = "link"
        return link

    # ------------------------------------------------------------------ other items

    def _verb(self, at: int, item: Item) -> None:
        if item.form == "auxiliary":
            self.negated = False
            return
        if self._is_result(at, item):
            return
        subjects = self._doers(at, item)
        words = grammar()
        dream = item.word in words["unreal_verbs"] and item.form != "past"
        denied, self.absent = self.negated or self.absent, False
        verb = lemma_of(item)
        dream = dream and verb == item.word
        action = Action(verb, item.form, subjects, negated=denied, unreal=dream)
        action.said, action.start = item.text.casefold(), item.start
        if any(start <= item.start < end for start, end in self.pictured):
            action.negated = True  # what is done in a photograph
        action.meant = at > 0 and self.items[at - 1].text.casefold() in MEANT
        limb = at > 0 and self.items[at - 1].unseen == "body"  # "his thumb pushes"
        limb = limb and not any(i.unseen != "body" for i in doer(self.items, at).items)
        action.limb = action.self_part = limb
        action.taken = self._of_what_is_not_drawn(at, subjects)
        if self.verb is not None and not self.closed and self.verb.verb in ("be", "have"):
            action.form = (
                {"be": "passive", "have": "perfect"}[self.verb.verb]
                if (item.form == "past")
                else item.form
            )
            action.negated = action.negated or self.verb.negated
        if item.word not in ("be", "fix", "rest", "settle", "fall", "turn", "stay"):
            self.lookers = []
        if action.form == "finite" and is_participle(self.items, at):
            action.form = "past"  # "an envelope hugged to him"
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

    def _is_result(self, at: int, item: Item) -> bool:
        """Whether a word taken for a verb tells what comes of the one before: "kicks open a door"."""
        before = self.items[at - 1] if at else None
        opens = item.text.casefold() in _RESULTS and before is not None and before.type == "verb"
        return opens and before is not None and before.form in ("finite", "ing", "base")

    def _of_what_is_not_drawn(self, at: int, subjects: Sequence[Draft]) -> bool:
        """Whether a verb's doer is told, but not drawn: "the carved lion that lies on a cart"."""
        found = doer(self.items, at)
        return bool(found.items) and found.known and not (subjects or found.behind)

    def _follows_a_thing(self, at: int) -> bool:
        before = self.items[at - 1] if at else None
        led = bool(self.fronted) and not self.subject  # "above the rim show two eyes"
        return before is not None and before.type == "noun" and not before.has("role") and not led

    def _doers(self, at: int, item: Item) -> list[Draft]:
        """Whose verb it is, by the order of the words; where that does not tell, by what was read."""
        guessed = self._subjects_of(at, item)
        found = doer(self.items, at)
        if not found.known or (found.items and found.items[0].unseen == "body"):
            return guessed
        told = [d for each in found.items for d in self._named_by(each)]
        told = list(dict.fromkeys(told))
        if found.behind and not told:
            self.subject = []
        elif item.form == "finite" and told:
            self.subject = told
        return told

    def _named_by(self, item: Item) -> list[Draft]:
        """Whom an item names; "one", "the other" and "both" are of those last told of together."""
        if item.type != "adverb":
            return [draft for draft, start in self.spoken if start == item.start]
        return MEMBERS[item.word](self._group_before(item.start))

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
            before = [i for i in self.items if i.end <= item.start][-1:]
            unknown = bool(before) and before[0].type == "noun" and not self.last
            self.subject = [] if unknown else self.last or self.subject
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
        if self._is_named_next(item):
            return
        verb = self.verb
        object_of = verb is not None and not self.closed and not verb.has_object
        object_of = object_of or (verb is None and (self.prep is not None or self.inner))
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
            self.anchors = []  # "chin on the table"
        if item.word == "of" and before is not None and before.text.casefold() == "out":
            item = replace(item, word="from")  # "out of the suitcase"
        behind_noun = before is not None and before.type in ("noun", "pronoun")
        full = before is not None and before.type == "adjective" and item.word == "of"
        self.inner = item.word not in words["places"] and (behind_noun or full)
        self.prep = item if item.word in words["places"] else None
        told = verb is not None and verb.verb in words["telling_verbs"]
        if item.word == "about" or (item.word in ("of", "that") and told and not self.closed):
            self.dreaming = True

    def _inverts(self, at: int) -> bool:
        """Whether a clause begins here with its place: "…, and behind her stands a man"."""
        opens = at == 0 or self.items[at - 1].type in ("conjunction", "mark")
        behind = [item.type for item in self.items[at + 1 : at + 4]]
        inverted = behind[1:] == ["verb", "noun"] and behind[0] in ("noun", "pronoun")
        led = behind == ["noun", "noun", "verb"] and self.items[at + 2].determiner in _NEW_ONE
        return opens and (inverted or led)

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
            if item.text in ":—–":
                self._list_people(item)
            if item.text != ":":
                self.subject = []
                self.depicting = False
            elif self._tells_a_picture(item):
                self.depicting = True
        elif self.verb is not None and self.verb.has_object:
            self.closed = True
        if item.text == ",":
            self._list_people(item)
            self.joined = self.last_role in ("object", "worn", "link") and self.joined

    def _adjective(self, item: Item) -> None:
        """An adjective behind its noun: "he looks worried", "the door is open", "cheeks red"."""
        verb = self.verb
        if self._names_one_of_two(item):
            return
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
