"""A second look at a Draft, without the solver: whether its story holds, step by step.

Written apart from ``rules/course.lp`` and from ``draft.py``: it keeps its own books of who is there and what
is true, so that a mistake in the rules can't hide itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from storypainter.planner.plots.draft import Draft
from storypainter.planner.plots.event import BEATS, Event, Truth
from storypainter.planner.plots.reading import Stock

_Atom = tuple[str, tuple[str, ...]]


def problems(draft: Draft) -> list[str]:
    """What is wrong with a Draft, one line each; empty when its story holds."""
    return _Replay(draft).run()


@dataclass(slots=True)
class _Replay:
    draft: Draft
    true: dict[_Atom, int] = field(default_factory=dict)
    here: set[str] = field(default_factory=set)
    were_here: set[str] = field(default_factory=set)
    come_up: set[str] = field(default_factory=set)
    used: set[int] = field(default_factory=set)
    found: list[str] = field(default_factory=list)

    @property
    def _stock(self) -> Stock:
        return self.draft.stock

    def run(self) -> list[str]:
        events = self.draft.events
        self._cast()
        self._beats(events)
        self.here |= {who for who in self.draft.people if who.startswith("b")}
        self.here |= set(self.draft.course.stands_by)
        self.were_here |= self.here
        for moment, event in enumerate(events):
            parts = {n: w for (at, n), w in self.draft.course.parts.items() if at == moment}
            if set(parts) != {*event.people, *event.things}:
                self._say(moment, "its parts are not those of its event")
                continue
            if len(set(parts.values())) < len(parts):
                self._say(moment, "somebody or something takes two parts")
            self._people(moment, event, parts)
            self._things(moment, event, parts)
            self._happen(moment, event, parts)
        self._ends(events[-1])
        for moment, event in enumerate(events[:-1]):
            if moment not in self.used and not event.vain:
                self._say(moment, "nothing that happens later is because of it")
        return self.found

    def _say(self, moment: int, what: str) -> None:
        self.found.append(f"moment {moment + 1} ({self.draft.course.events[moment]}): {what}")

    def _cast(self) -> None:
        people = self.draft.people.values()
        for what, names in (
            ("member of the cast", [each.member.id for each in people]),
            ("noun", [each.noun for each in people]),
            ("thing", [each.kind.id for each in self.draft.things.values()]),
            (
                "element id",
                [*(each.id for each in people), *(each.id for each in self.draft.things.values())],
            ),
        ):
            self.found += [
                f"two have the same {what}: {n}" for n, k in Counter(names).items() if k > 1
            ]
        if not 2 <= len(people) <= 4:
            self.found.append(f"there are {len(people)} people, not 2 to 4")
        for (moment, name), who in self.draft.course.parts.items():
            event = self.draft.events[moment]
            if name in event.people:
                part, person = event.people[name], self.draft.people[who]
                fits = part.admits(person.member.age, frozenset(person.member.marks))
                if not fits or (part.genders and person.gender not in part.genders):
                    self._say(moment, f"{person.noun} can't be {name}")
            elif name in event.things and not (
                self.draft.things[who].kind.names & set(event.things[name])
            ):
                self._say(moment, f"{self.draft.things[who].kind.id} can't be {name}")

    def _beats(self, events: tuple[Event, ...]) -> None:
        ranks = [BEATS.index(each.beat) for each in events]
        if not 3 <= len(ranks) <= 6:
            self.found.append(f"it has {len(ranks)} moments, not 3 to 6")
        if ranks[0] != 0 or ranks[-1] != 4:
            self.found.append("it doesn't begin with an opening and close with an ending")
        if ranks != sorted(ranks):
            self.found.append("its beats are out of order")
        for rank, count in Counter(ranks).items():
            if count > (2 if BEATS[rank] == "attempt" else 1):
                self.found.append(f"{BEATS[rank]} comes up {count} times")
        if len({each.id for each in events}) < len(events):
            self.found.append("an event happens twice")

    def _people(self, moment: int, event: Event, parts: dict[str, str]) -> None:
        for name, part in event.people.items():
            who = parts[name]
            if moment and part.comes == "no" and who not in self.here:
                self._say(moment, f"{name} acts and isn't there")
            if moment and part.comes == "yes" and who in self.were_here:
                self._say(moment, f"{name} arrives and was there before")
            self.here.add(who)
        self.were_here |= self.here

    def _things(self, moment: int, event: Event, parts: dict[str, str]) -> None:
        needed = {name for need in event.needs for name in need.of}
        for name in event.things:
            if name in needed and parts[name] not in self.come_up:
                self._say(moment, f"{name} has never come up")
            if name not in needed and parts[name] in self.come_up:
                self._say(moment, f"{name} is new and has come up before")
        self.come_up |= {parts[name] for name in event.things}

    def _happen(self, moment: int, event: Event, parts: dict[str, str]) -> None:
        before = dict(self.true)
        caused = False
        for need in event.needs:
            atom = _atom(need, parts)
            if atom not in before:
                self._say(moment, f"{need} isn't true")
            elif not self._stock.facts[need.fact].quiet:
                self.used.add(before[atom])
                caused = True
        for wish in event.also:
            atom = _atom(wish, parts)
            if atom in before and not self._stock.facts[wish.fact].quiet:
                self.used.add(before[atom])
                caused = True
        for no in event.without:
            if _atom(no, parts) in before:
                self._say(moment, f"{no} is true and mustn't be")
        if moment and not caused:
            self._say(moment, "nothing earlier is its cause")
        for end in event.ends:
            self.true.pop(_atom(end, parts), None)
        for give in event.gives:
            atom, fact = _atom(give, parts), self._stock.facts[give.fact]
            for other, of in list(self.true):
                known = self._stock.facts[other]
                same = fact.group and known.group == fact.group and (other, of) != atom
                if same and of[known.key] == atom[1][fact.key]:
                    del self.true[other, of]
            self.true[atom] = moment
        held = Counter(of[1] for name, of in self.true if name == "holds")
        for what, count in held.items():
            if count > 1:
                self._say(moment, f"{what} is held by {count} people")
        hands = Counter(of[0] for name, of in self.true if name == "holds")
        for who, count in hands.items():
            if count > 2:
                self._say(moment, f"{who} holds {count} things")
        self.here -= {parts[name] for name, part in event.people.items() if part.leaves}

    def _ends(self, last: Event) -> None:
        moment = len(self.draft.events) - 1
        parts = {n: w for (at, n), w in self.draft.course.parts.items() if at == moment}
        accepted = {_atom(each, parts) for each in last.accepts if set(each.of) <= set(parts)}
        for name, of in self.true:
            if self._stock.facts[name].open and (name, of) not in accepted:
                self._say(moment, f"{name}({', '.join(of)}) is left open")


def _atom(truth: Truth, parts: dict[str, str]) -> _Atom:
    return truth.fact, tuple(parts[name] for name in truth.of)
