"""From events to courses of events, by clingo: which events follow each other, with whom and what.

A Course is abstract: people are ``1``, ``2`` …, things ``o(1)``, ``o(2)`` …. Who and what they are is
dealt afterwards (``dealing.py``) among those who fit all that they do.
"""

from __future__ import annotations

import atexit
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from storypainter.planner.facts import suits
from storypainter.planner.plots.event import Event, Kind, Truth
from storypainter.planner.plots.reading import Stock
from storypainter.planner.reading import Worlds
from storypainter.planner.statements import Statement, add, parsed
from storypainter.planner.world import Member, Setting, When

#: How many courses of a cell are looked at; a plot has any of their orders of events, with equal chance.
MOST_COURSES = 300
#: After so many conflicts the solver gives up on further courses (a count, unlike seconds, is the
#: same on every machine).
_CONFLICTS = 60_000


@dataclass(frozen=True, slots=True)
class Course:
    """Events in their order; ``parts`` maps (moment from 0, name) to a person or a thing.

    People are ``p1`` … in the order in which they come up, things ``o1`` …; ``stands_by`` is who is
    there from the beginning without doing anything yet.
    """

    events: tuple[str, ...]
    parts: Mapping[tuple[int, str], str]
    stands_by: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Who takes part, in the order in which they come up."""
        return tuple(sorted({each for each in self.parts.values() if each.startswith("p")}))

    @property
    def things(self) -> tuple[str, ...]:
        """What takes part, in the order in which it comes up."""
        return tuple(sorted({each for each in self.parts.values() if each.startswith("o")}))


@dataclass(frozen=True, slots=True)
class Cell:
    """Where and when a plot is set, which trouble it is about, how long it is, who may be there.

    ``block``: which of its courses are looked at where there are more than ``MOST_COURSES``.
    """

    setting: str
    season: str
    trouble: str
    moments: int
    people: int = 4
    block: int = 0


def candidates(setting: Setting) -> tuple[tuple[str, Member, str], ...]:
    """Who can be met: (name for the solver, member, gender)."""
    return tuple(
        (f"{member.id}_{gender}", member, gender)
        for member in setting.cast
        for gender in member.genders
    )


def in_season(when: When, season: str) -> bool:
    """Whether something that is limited to seasons can be in one of them."""
    return not when.season or season in when.season


@lru_cache(maxsize=512)
def known_events(stock: Stock, worlds: Worlds, setting: str, season: str) -> tuple[Event, ...]:
    """The events that can happen in a setting at a season, with all the pieces that they need."""
    place = worlds.settings[setting]
    return tuple(
        each
        for each in stock.events.values()
        if (not each.settings or setting in each.settings)
        and suits(each.where, each.unless, place)
        and in_season(each.when, season)
        and all(setting in stock.pieces.get(piece, {}) for piece in each.pieces)
        and all(_kinds_of(stock, worlds, setting, season, names) for names in each.things.values())
    )


@lru_cache(maxsize=512)
def known_kinds(stock: Stock, worlds: Worlds, setting: str, season: str) -> tuple[Kind, ...]:
    """The kinds of things that can be seen in a setting at a season."""
    place = worlds.settings[setting]
    return tuple(
        each
        for each in stock.kinds.values()
        if suits(each.where, each.unless, place) and in_season(each.when, season)
    )


def _kinds_of(
    stock: Stock, worlds: Worlds, setting: str, season: str, names: Iterable[str]
) -> tuple[Kind, ...]:
    wanted = frozenset(names)
    return tuple(k for k in known_kinds(stock, worlds, setting, season) if k.names & wanted)


@lru_cache(maxsize=4096)
def courses(stock: Stock, worlds: Worlds, cell: Cell) -> tuple[Course, ...]:
    """The courses of a cell, at most ``MOST_COURSES``: always the same ones in the same order."""
    events = known_events(stock, worlds, cell.setting, cell.season)
    if cell.trouble not in {each.id for each in events}:
        return ()
    program = "\n".join(_facts(stock, worlds, cell, relevant(events, cell.trouble)))
    found = _solved(program, 0)
    return found if len(found) < MOST_COURSES else _solved(program, cell.block)


@lru_cache(maxsize=4096)
def _solved(program: str, block: int) -> tuple[Course, ...]:
    """A block of the courses of a program of facts; settings often make the same program.

    A solver goes from course to neighbouring course; every block begins at another one.
    """
    import clingo

    seed = random.Random(f"{block} {program}").randrange(2**31)
    solver = clingo.Control(
        [
            f"--models={MOST_COURSES}",
            f"--seed={seed}",
            f"--solve-limit={_CONFLICTS}",
            "--warn=none",
            "--rand-freq=1",
            "--sign-def=rnd",
            "--project=project",
        ]
    )
    add(solver, _rules())
    solver.add("base", [], program)
    solver.ground([("base", [])])
    found: list[Course] = []
    with solver.solve(yield_=True) as handle:
        for model in handle:
            found.append(_course(str(each) for each in model.symbols(shown=True)))
    return tuple(found)


@lru_cache(maxsize=1)
def _rules() -> tuple[Statement, ...]:
    folder = resources.files("storypainter.planner.plots") / "rules"
    return parsed((folder / "course.lp").read_text("utf-8"))


#: Let go while clingo, which has to free them, is still there.
atexit.register(_rules.cache_clear)


def relevant(events: tuple[Event, ...], trouble_id: str) -> tuple[Event, ...]:
    """The events that can be in a course with a trouble, by their facts; the solver gets no others.

    Openings give something that the trouble needs, later events need what the trouble or an event
    after it may give.
    """
    trouble = next(each for each in events if each.id == trouble_id)
    kept = [trouble]
    wanted = {need.fact for need in trouble.needs}
    openings = [
        each
        for each in events
        if each.beat == "opening" and (wanted & {give.fact for give in each.gives})
    ]
    usable = {give.fact for each in (trouble, *openings) for give in each.gives}
    later = [each for each in events if each.beat not in ("opening", "trouble")]
    while True:
        ready = [e for e in later if e not in kept and {n.fact for n in e.needs} <= usable]
        if not ready:
            break
        kept += ready
        usable |= {give.fact for each in ready for give in each.gives}
    chosen = {each.id for each in (*openings, *kept)}
    return tuple(each for each in events if each.id in chosen)


def _facts(stock: Stock, worlds: Worlds, cell: Cell, events: tuple[Event, ...]) -> Iterable[str]:
    kinds = known_kinds(stock, worlds, cell.setting, cell.season)
    sorts = _sorts(worlds.settings[cell.setting], events)
    alike = _alike(kinds, events)
    yield f"last({cell.moments}). key({cell.trouble}). #const most={cell.people}."
    yield " ".join(f"sort({index},{count})." for index, (_, count) in enumerate(sorts))
    yield " ".join(f"kind({index},{count})." for index, (_, count) in enumerate(alike))
    used: set[str] = set()
    for event in events:
        e = event.id
        yield f"event({e}). beat({e},{event.beat})."
        if event.vain:
            yield f"vain({e})."
        for index, (name, part) in enumerate(event.people.items()):
            yield f"role({e},{name},{index}). comes({e},{name},{part.comes})."
            if part.leaves:
                yield f"leaves({e},{name})."
            for number, (parts, _) in enumerate(sorts):
                if (e, name) in parts:
                    yield f"fits({e},{name},{number})."
        for index, (name, names) in enumerate(event.things.items()):
            yield f"thing({e},{name},{index})."
            if name in event.new_things:
                yield f"new({e},{name})."
            for number, (asked, _) in enumerate(alike):
                if asked & set(names):
                    yield f"is({e},{name},{number})."
        for what, facts in (
            ("need", event.needs), ("also", event.also), ("unmet", event.without),
            ("gives", event.gives), ("ends", event.ends), ("accepts", event.accepts),
        ):  # fmt: skip
            for index, fact in enumerate(facts):
                used.add(fact.fact)
                yield f"{what}({e},{index},{_terms(fact)})."
    for name in sorted(used):
        known = stock.facts[name]
        if known.group:
            yield f"group({name},{known.group},{known.key})."
        if known.open:
            yield f"open({name})."
        if known.quiet:
            yield f"quiet({name})."


def _sorts(
    setting: Setting, events: tuple[Event, ...]
) -> list[tuple[frozenset[tuple[str, str]], int]]:
    """The cast by the parts that people can take: (parts, how many people); those of no part left out."""
    found: dict[frozenset[tuple[str, str]], set[str]] = {}
    for _, member, gender in candidates(setting):
        parts = frozenset(
            (event.id, name)
            for event in events
            for name, part in event.people.items()
            if part.admits(member.age, frozenset(member.marks))
            and (not part.genders or gender in part.genders)
        )
        if parts:
            found.setdefault(parts, set()).add(member.id)
    return [(parts, min(len(members), 4)) for parts, members in found.items()]


def _alike(kinds: tuple[Kind, ...], events: tuple[Event, ...]) -> list[tuple[frozenset[str], int]]:
    """The kinds of things by what events ask for them: (names, how many kinds)."""
    asked = {name for event in events for names in event.things.values() for name in names}
    found: dict[frozenset[str], int] = {}
    for kind in kinds:
        names = kind.names & asked
        if names:
            found[names] = found.get(names, 0) + 1
    return list(found.items())


def _terms(fact: Truth) -> str:
    return ",".join((fact.fact, *(*fact.of, "none", "none")[:2]))


def _course(atoms: Iterable[str]) -> Course:
    events: dict[int, str] = {}
    parts: dict[tuple[int, str], str] = {}
    by: list[str] = []
    for atom in atoms:
        name, _, rest = atom.removesuffix(")").partition("(")
        if name == "happens":
            moment, event = rest.split(",")
            events[int(moment) - 1] = event
        elif name == "stands_by":
            by.append(f"p{rest}")
        else:
            moment, part, who = rest.split(",")
            parts[int(moment) - 1, part] = (
                f"o{who[2:].rstrip(')')}" if who.startswith("o(") else f"p{who}"
            )
    return Course(
        tuple(events[index] for index in range(len(events))),
        dict(sorted(parts.items())),
        tuple(sorted(by)),
    )
