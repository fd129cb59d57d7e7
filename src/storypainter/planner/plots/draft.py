"""A plot before it is worded and staged: a Course with who, what, where and when; what is true when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from storypainter.planner.plots.courses import Cell, Course
from storypainter.planner.plots.event import Event, Fact, Kind, Truth
from storypainter.planner.plots.reading import Stock
from storypainter.planner.reading import Worlds
from storypainter.planner.world import Look, Member


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that is true of somebody or something; ``since`` is the moment that gave it."""

    fact: Fact
    of: tuple[str, ...]
    since: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a plot: a member of the setting's cast, dressed for all pictures alike.

    ``id`` is that of the drawn element. ``hair`` is (style, colour, beard or "").
    """

    id: str
    member: Member
    gender: str
    look: Look | None
    colour: str
    hair: tuple[str, str, str]
    skin: str

    @property
    def noun(self) -> str:
        """What they are called, without article."""
        return self.member.noun_of(self.gender)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in a plot: its kind and its colour, in all pictures alike."""

    id: str
    kind: Kind
    colour: str


@dataclass(frozen=True)
class Draft:
    """A Course in one setting, with people (``p1`` …; ``b1`` … only watch) and things (``o1`` …)."""

    stock: Stock
    worlds: Worlds
    cell: Cell
    course: Course
    people: Mapping[str, Person]
    things: Mapping[str, Thing]
    of_day: str
    weather: str
    number: int

    @property
    def events(self) -> tuple[Event, ...]:
        """The events, in their order."""
        return tuple(self.stock.events[name] for name in self.course.events)

    def names(self, moment: int) -> dict[str, str]:
        """Who and what takes part in a moment, by the event's names for them."""
        return {name: who for (at, name), who in self.course.parts.items() if at == moment}

    @cached_property
    def here(self) -> tuple[tuple[str, ...], ...]:
        """Who is in each picture."""
        found: list[tuple[str, ...]] = []
        there = [*self.course.stands_by, *(each for each in self.people if each.startswith("b"))]
        for moment, event in enumerate(self.events):
            names = self.names(moment)
            there += [names[each] for each in event.people if names[each] not in there]
            found.append(tuple(there))
            gone = {names[name] for name, part in event.people.items() if part.leaves}
            there = [each for each in there if each not in gone]
        return tuple(found)

    @cached_property
    def truths(self) -> tuple[tuple[Known, ...], ...]:
        """What is true after each moment, in the order in which it became so."""
        found: list[tuple[Known, ...]] = []
        now: dict[tuple[str, tuple[str, ...]], Known] = {}
        for moment, event in enumerate(self.events):
            names = self.names(moment)
            for end in event.ends:
                now.pop((end.fact, _bound(end, names)), None)
            for give in event.gives:
                fact, of = self.stock.facts[give.fact], _bound(give, names)
                for other in list(now.values()):
                    if _excludes(fact, of, other):
                        del now[other.fact.id, other.of]
                now.pop((fact.id, of), None)
                now[fact.id, of] = Known(fact, of, moment)
            found.append(tuple(now.values()))
        return tuple(found)

    def links(self, moment: int) -> Iterator[tuple[Known, Truth]]:
        """What made a moment possible: each fact that it needs, or would like, and that is true."""
        if moment == 0:
            return
        names, event = self.names(moment), self.events[moment]
        before = {(each.fact.id, each.of): each for each in self.truths[moment - 1]}
        for need in (*event.needs, *event.also):
            found = before.get((need.fact, _bound(need, names)))
            if found is not None and not found.fact.quiet:
                yield found, need

    def true_of(self, moment: int, who: str) -> tuple[Known, ...]:
        """What is true of somebody or something after a moment, the latest first."""
        return tuple(each for each in reversed(self.truths[moment]) if who in each.of)

    def is_gone(self, moment: int, who: str) -> bool:
        """Whether a thing is no longer seen after a moment."""
        return any(
            each.fact.gone and each.of[each.fact.key] == who for each in self.true_of(moment, who)
        )

    def begins(self, thing: str) -> int:
        """The moment in which a thing comes up first."""
        return min(at for (at, _), who in self.course.parts.items() if who == thing)


def _bound(fact: Truth, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names[name] for name in fact.of)


def _excludes(fact: Fact, of: tuple[str, ...], other: Known) -> bool:
    """Whether a fact that begins ends another one of its group."""
    if (
        not fact.group
        or fact.group != other.fact.group
        or (fact.id, of) == (other.fact.id, other.of)
    ):
        return False
    return of[fact.key] == other.of[other.fact.key]
