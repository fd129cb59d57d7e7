"""Grounding: what of the pictures' annotations a narrative names, and what it makes up.

Pure functions on a Sequence and a text, offline, without a model. For each picture: which of the
people, deeds, places and feelings that its annotations tell the part told with it names (recall),
and how much of the people, deeds and places that it names any annotation of that picture bears out
(precision). What it names beside that stands in another picture or in none. English only; how
often it is right is measured on labelled parts (``grounding_measuring.py``).

A place that is told once holds until the pictures change it, so recall counts it once for each
stretch of pictures. A person counts as named by a noun or a name. A pronoun names nobody; it says who does something
where the same part says whom it means. What is denied, wished or compared isn't named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Sequence as Ordered
from dataclasses import dataclass
from typing import Literal

from storypainter.errors import BadInput
from storypainter.score import Score
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.grounding_annotated import (
    clauses_of,
    deed_of,
    places_of,
    same_people,
)
from storypainter.sequences.grounding_people import Company, Known, Meant, known
from storypainter.sequences.grounding_reading import (
    Deed,
    PartReading,
    read_part,
)
from storypainter.sequences.grounding_words import (
    VERSION,
    emotion_families,
    verbs,
)

Kind = Literal["people", "actions", "places", "emotions"]
KINDS: tuple[Kind, ...] = ("people", "actions", "places", "emotions")
#: Kinds whose precision is measured: a narrative may tell more feelings than a face shows.
HELD: tuple[Kind, ...] = ("people", "actions", "places")
JUDGE = "annotations, by words"


@dataclass(frozen=True, slots=True)
class Fact:
    """What an annotation tells: the character's id where it is about one, and its words.

    ``idle`` is what everybody does who is simply there (watching, standing): no narrative has to
    tell it, so it counts in no recall.
    """

    kind: Kind
    words: str
    character: str = ""
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Unborne:
    """What a part names and no annotation of its picture has: made up, or of another picture."""

    kind: Kind
    words: str
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class FrameGrounding:
    """One picture and the part told with it.

    Attributes:
        facts: what its annotations tell.
        named: those of the facts that the part names.
        borne: how many different people, deeds and places the part names that an annotation of
            this picture bears out.
        unborne: those that none does.
    """

    facts: tuple[Fact, ...]
    named: tuple[Fact, ...]
    borne: Mapping[Kind, int]
    unborne: tuple[Unborne, ...]


@dataclass(frozen=True, slots=True)
class Grounding:
    """A narrative beside a sequence; ``frames`` has one entry, of all pictures, for one text."""

    frames: tuple[FrameGrounding, ...]

    def recall(self, kind: Kind) -> Score:
        """The share of the annotated facts of a kind that the right part names."""
        facts, named = self._facts(kind)
        if not facts:
            return _score("recall", kind, None, 0, f"the pictures have no annotated {kind}")
        return _score("recall", kind, named / facts, facts, f"{named} of {facts} named")

    def precision(self, kind: Kind) -> Score:
        """The share of what the narrative names of a kind that its picture's annotations have."""
        if kind not in HELD:
            return _score("precision", kind, None, 0, f"isn't measured for {kind}")
        if not self._facts(kind)[0]:
            return _score("precision", kind, None, 0, f"the pictures have no annotated {kind}")
        borne = sum(each.borne[kind] for each in self.frames)
        made_up = self._made_up(kind)
        if not borne + len(made_up):
            return _score("precision", kind, None, 0, f"the narrative names no {kind}")
        other = sum(each.elsewhere for each in made_up)
        told = (
            f"{borne} of {borne + len(made_up)} borne out, {other} of another picture, "
            f"{len(made_up) - other} of none"
        )
        return _score("precision", kind, borne / (borne + len(made_up)), borne + len(made_up), told)

    def f1(self, kind: Kind) -> Score:
        """The harmonic mean of recall and precision; 0 where nothing right is named."""
        recall, precision = self.recall(kind), self.precision(kind)
        if recall.value is None or kind not in HELD:
            absent = recall.absent or precision.absent
            return _score("f1", kind, None, 0, absent or "no recall")
        if precision.value is None or not recall.value + precision.value:
            return _score("f1", kind, 0.0, recall.n or 0, "nothing right is named")
        value = 2 * recall.value * precision.value / (recall.value + precision.value)
        return _score("f1", kind, value, recall.n or 0, "of recall and precision")

    @property
    def scores(self) -> tuple[Score, ...]:
        """All of them, and ``grounding``: the mean F1 of people, actions and places."""
        each = [
            score
            for kind in KINDS
            for score in (
                (self.recall(kind), self.precision(kind), self.f1(kind))
                if kind in HELD
                else (self.recall(kind),)
            )
        ]
        return (self.overall, *each)

    @property
    def overall(self) -> Score:
        """The mean F1 of those of people, actions and places that are annotated."""
        parts: dict[str, float] = {
            kind: value for kind in HELD if (value := self.f1(kind).value) is not None
        }
        if not parts:
            return Score(
                name="grounding", judge=JUDGE, version=VERSION, n=0,
                absent="the pictures have no annotated people, actions or places",
            )  # fmt: skip
        return Score(
            name="grounding", judge=JUDGE, version=VERSION, n=len(self.frames),
            value=sum(parts.values()) / len(parts), parts=dict(parts),
            reason=f"mean F1 of {', '.join(parts)}",
        )  # fmt: skip

    @property
    def unborne(self) -> tuple[tuple[int, Unborne], ...]:
        """All that is made up or misplaced, with its picture's number from 0."""
        return tuple((at, each) for at, one in enumerate(self.frames) for each in one.unborne)

    def _facts(self, kind: Kind) -> tuple[int, int]:
        if kind == "places":
            return self._stretches()
        asked = [
            (fact, fact in each.named)
            for each in self.frames
            for fact in each.facts
            if fact.kind == kind and not fact.idle
        ]
        return len(asked), sum(named for _, named in asked)

    def _stretches(self) -> tuple[int, int]:
        """Stretches of pictures at one place, and of them those in which a part names it."""
        found: list[tuple[str, bool]] = []
        for each in self.frames:
            for fact in each.facts:
                if fact.kind != "places":
                    continue
                named = fact in each.named
                if found and found[-1][0] == fact.words.casefold():
                    named = named or found.pop()[1]
                found.append((fact.words.casefold(), named))
        return len(found), sum(named for _, named in found)

    def _made_up(self, kind: Kind) -> list[Unborne]:
        return [made for each in self.frames for made in each.unborne if made.kind == kind]


def ground(sequence: Sequence, narrative: str | Ordered[str], *, classes: bool = True) -> Grounding:
    """Hold a narrative against the annotations of a sequence's pictures.

    Args:
        sequence: pictures with what is known of them; its own parts and story aren't looked at.
        narrative: a part for each picture, in order (empty ones are told with nothing), or one
            text, which is held against all pictures together.
        classes: whether words such as "man" and "child" name whoever they can stand for. They do
            for readers, and can be guessed: "the man, the toddler and the woman" in every part
            gets .64 of people (F1) on generated sequences, and .14 without.

    Raises:
        BadInput: not as many parts as pictures.
    """
    if isinstance(narrative, str):
        whole = _Annotated(sequence, range(len(sequence.frames)), classes)
        return Grounding((whole.hold(narrative),))
    if len(narrative) != len(sequence.frames):
        raise BadInput(
            f"{sequence.id}: {len(narrative)} parts for {len(sequence.frames)} pictures",
            "give a part for each picture (an empty one tells nothing), or the text in one piece",
        )
    return Grounding(
        tuple(_Annotated(sequence, (at,), classes).hold(part) for at, part in enumerate(narrative))
    )


def facts_of(sequence: Sequence, at: int) -> tuple[Fact, ...]:
    """What the annotations of one picture tell, by kind."""
    return _Annotated(sequence, (at,)).facts


def _score(what: str, kind: str, value: float | None, n: int, told: str) -> Score:
    name = f"{kind}_{what}"
    if value is None:
        return Score(name=name, judge=JUDGE, version=VERSION, absent=told, n=n)
    return Score(name=name, judge=JUDGE, version=VERSION, value=value, reason=told, n=n)


class _Annotated:
    """What is known of some pictures of a sequence (mostly one), to hold a part against."""

    def __init__(self, sequence: Sequence, numbers: Iterable[int], classes: bool = True) -> None:
        self.classes = classes
        self.cast = tuple(known(each) for each in sequence.characters)
        self.names = frozenset(name for each in self.cast for name in each.names)
        self.frames = tuple(sequence.frames[at] for at in numbers)
        self.others = tuple(each for each in sequence.frames if each not in self.frames)
        self.present = frozenset(each.character for frame in self.frames for each in frame.shown)
        self.told = self._captions(self.frames)
        self.told_elsewhere = self._captions(self.others)
        self.facts = tuple(dict.fromkeys(self._facts()))
        # Of pictures with a caption only, those are there whom the caption names.
        self.present |= frozenset(each.character for each in self.facts if each.character)

    def _captions(self, frames: Iterable[Frame]) -> tuple[PartReading, ...]:
        return tuple(
            read_part(text, self.names, annotation=True)
            for frame in frames
            for text in (frame.caption, frame.event, *clauses_of(frame))
            if text
        )

    # --------------------------------------------------------------------------------- facts

    def _facts(self) -> Iterable[Fact]:
        words = {each.id: each for each in self.cast}
        called = {each.id: min(each.names, default=each.id) for each in words.values()}
        shown = [each for frame in self.frames for each in frame.shown]
        for each in shown:
            yield Fact("people", called[each.character], each.character)
        if not shown:
            yield from self._captioned()
        for each in shown:
            if each.action:
                idle = deed_of(each.action).groups <= verbs("idle")
                yield Fact("actions", each.action, each.character, idle)
        for frame in self.frames:
            if frame.place:
                yield Fact("places", frame.place)
        for each in shown:
            if each.emotion and each.emotion.casefold() != "neutral":
                yield Fact("emotions", each.emotion, each.character)

    def _captioned(self) -> Iterable[Fact]:
        """People and deeds that captions name, where nothing says who is shown."""
        company = Company(self.cast, frozenset(each.id for each in self.cast))
        for reading in self.told:
            for noun in reading.nouns:
                meant = company.meet(noun)
                if meant.ids and meant.sure:
                    yield from (Fact("people", noun.phrase, each) for each in meant.ids)
                elif not meant.open:
                    yield Fact("people", noun.phrase)
            for deed in reading.deeds:
                if deed.lemma not in verbs("soft"):
                    yield Fact("actions", deed.lemma)

    # --------------------------------------------------------------------------------- parts

    def hold(self, part: str) -> FrameGrounding:
        """Hold the part that is told with these pictures against them."""
        reading = read_part(part, self.names)
        company = Company(self.cast, self.present, self.classes)
        meant = [company.meet(noun) for noun in reading.nouns]
        people = self._people(meant)
        actions = self._actions(reading, company, meant)
        places = self._places(reading)
        feelings = self._feelings(reading, company, meant)
        named = {*people.named, *actions.named, *places.named, *feelings}
        return FrameGrounding(
            facts=self.facts,
            named=tuple(fact for fact in self.facts if fact in named),
            borne={"people": people.borne, "actions": actions.borne, "places": places.borne},
            unborne=(*people.unborne, *actions.unborne, *places.unborne),
        )

    def _people(self, meant: Iterable[Meant]) -> _Found:
        found = _Found()
        facts = [fact for fact in self.facts if fact.kind == "people"]
        bystanders = [fact for fact in facts if not fact.character]
        told = {noun.phrase for reading in self.told for noun in reading.nouns}
        for each in meant:
            for identity in each.ids:
                if identity in self.present:
                    found.take(identity, [f for f in facts if f.character == identity])
                elif self._named_in(self.told, identity):
                    found.take(identity, [])
                else:
                    found.make_up("people", each.noun.head, True, identity)
            if each.ids or each.open:
                continue
            phrase = each.noun.phrase
            same = [fact for fact in bystanders if same_people(fact.words, phrase)]
            if same or any(same_people(phrase, other) for other in told):
                found.take(phrase, same)
            else:
                elsewhere = any(
                    same_people(phrase, noun.phrase)
                    for reading in self.told_elsewhere
                    for noun in reading.nouns
                )
                found.make_up("people", each.noun.head, elsewhere, each.noun.head)
        return found

    def _named_in(self, readings: Iterable[PartReading], identity: str) -> bool:
        names = next(each.names for each in self.cast if each.id == identity)
        return any(noun.phrase in names for reading in readings for noun in reading.nouns)

    def _actions(self, reading: PartReading, company: Company, meant: list[Meant]) -> _Found:
        found = _Found()
        facts = [(fact, deed_of(fact.words)) for fact in self.facts if fact.kind == "actions"]
        told = [deed for each in self.told for deed in each.deeds]
        soft, mutual = verbs("soft"), verbs("mutual")
        others = frozenset(
            group
            for frame in self.others
            for each in frame.shown
            if each.action
            for group in deed_of(each.action).groups
        ) | frozenset(
            group for each in self.told_elsewhere for deed in each.deeds for group in deed.groups
        )
        for deed in reading.deeds:
            doer = self._doer(deed, company, meant)
            alike = [
                (fact, asked)
                for fact, asked in facts
                if deed.groups & asked.groups and asked.object_told(deed, reading)
            ]
            both = bool(deed.groups & mutual)
            right = [
                fact
                for fact, asked in alike
                if both or asked.suffered or doer.may_be(fact.character)
            ]
            if right:
                found.take(" ".join(sorted(deed.groups)[:1]), right)
            elif deed.groups <= {"stand"} and set(doer.ids or ()) & self.present:
                continue  # whoever is there may well stand there
            elif deed.lemma in soft or deed.phrase or doer.nobody:
                continue
            elif not alike and any(deed.groups & other.groups for other in told):
                found.take(" ".join(sorted(deed.groups)[:1]), [])
            else:
                elsewhere = bool(alike) or bool(deed.groups & others)
                found.make_up("actions", deed.lemma, elsewhere, deed.lemma)
        return found

    def _doer(self, deed: Deed, company: Company, meant: list[Meant]) -> _Doer:
        return self._who(deed.sentence, deed.subject, deed.pronoun, company, meant)

    def _who(
        self, sentence: int, subject: int, pronoun: str, company: Company, meant: list[Meant]
    ) -> _Doer:
        if subject < 0:
            return _Doer()
        for each in meant:
            if (each.noun.sentence, each.noun.at) == (sentence, subject):
                if each.open:
                    return _Doer()
                # Whoever is coordinated with the subject does it, too: "Tom and his niece row".
                return _Doer((*each.ids, *self._beside(each, meant)))
        if pronoun:
            who = company.pronoun(pronoun, sentence, subject)
            if who is not None:
                return _Doer(who)
            possible = tuple(each.id for each in self.cast if company.possible(pronoun, each.id))
            if not possible:  # "it hurt so much that he sat down": no animal is there
                return _Doer()
            return _Doer(
                possible,
                anyone=pronoun in ("nobody", "somebody", "someone", "everybody", "everyone"),
            )
        return _Doer((), nobody=True)

    def _beside(self, one: Meant, meant: list[Meant]) -> tuple[str, ...]:
        near = [
            each
            for each in meant
            if each.noun.sentence == one.noun.sentence and 0 < one.noun.at - each.noun.at <= 3
        ]
        return tuple(identity for each in near for identity in each.ids)

    def _places(self, reading: PartReading) -> _Found:
        found = _Found()
        facts = [(fact, places_of(fact.words)) for fact in self.facts if fact.kind == "places"]
        told = frozenset(
            group for each in self.told for place in each.places for group in place.groups
        )
        elsewhere = frozenset(group for frame in self.others for group in places_of(frame.place)[0])
        for place in reading.places:
            same = [
                fact
                for fact, (groups, words) in facts
                if place.groups & groups or place.words in words
            ]
            if same:
                found.take(min(place.groups), same)
            elif place.groups & told:
                found.take(min(place.groups), [])
            elif place.told:
                found.make_up("places", place.words, bool(place.groups & elsewhere), place.words)
        for fact, (groups, words) in facts:  # a place that no gazetteer has, by its own words
            if not groups and words and words <= reading.lemmas:
                found.take(fact.words, [fact])
        return found

    def _feelings(
        self, reading: PartReading, company: Company, meant: list[Meant]
    ) -> frozenset[Fact]:
        facts = [
            (fact, emotion_families(fact.words)) for fact in self.facts if fact.kind == "emotions"
        ]
        found: set[Fact] = set()
        for each in reading.feelings:
            who = self._who(each.sentence, each.subject, each.pronoun, company, meant)
            for fact, families in facts:
                if each.families & families and (who.nobody or who.may_be(fact.character)):
                    found.add(fact)
        return frozenset(found)


class _Found:
    """Facts that are named, and what else is: each thing counts once."""

    def __init__(self) -> None:
        self.named: set[Fact] = set()
        self.unborne: list[Unborne] = []
        self._borne: set[str] = set()
        self._made_up: set[str] = set()

    @property
    def borne(self) -> int:
        return len(self._borne)

    def take(self, what: str, facts: Iterable[Fact]) -> None:
        self.named.update(facts)
        self._borne.add(what)

    def make_up(self, kind: Kind, words: str, elsewhere: bool, what: str) -> None:
        if what not in self._made_up and what not in self._borne:
            self._made_up.add(what)
            self.unborne.append(Unborne(kind, words, elsewhere))


@dataclass(frozen=True, slots=True)
class _Doer:
    """Who does something: these characters; ``None`` where the text doesn't say."""

    ids: tuple[str, ...] | None = None
    nobody: bool = False
    anyone: bool = False

    def may_be(self, identity: str) -> bool:
        if self.nobody:
            return False
        return self.ids is None or self.anyone or not identity or identity in self.ids


__all__ = ["Fact", "FrameGrounding", "Grounding", "Known", "Unborne", "facts_of", "ground"]
