"""Which plot comes k-th: its cell, one of the cell's courses, who is in it, what, and how they look.

Cells go round the settings; each time a trouble comes next that has come up least there, of the family that
has come up least anywhere. So a set is spread over settings, troubles and families. Plot k of a seed is the same however many are asked for.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from storypainter.errors import BadInput
from storypainter.planner.facts import suits
from storypainter.planner.plots.courses import (
    Cell,
    Course,
    candidates,
    courses,
    known_events,
    known_kinds,
    relevant,
)
from storypainter.planner.plots.draft import Draft, Person, Thing
from storypainter.planner.plots.event import Event, Kind
from storypainter.planner.plots.reading import Stock
from storypainter.planner.reading import Worlds
from storypainter.planner.world import Look, Member, Setting

_T = TypeVar("_T")

#: How many moments a plot can have.
FEWEST, MOST = 3, 6
#: How often somebody who does nothing is there as well.
_BY = 0.4
#: How many people may only watch, where more people are asked for than act.
_WATCHERS = 2
#: How many courses of a cell are tried: not for every one the cast has people who are all different.
_COURSES = 8
#: How many blocks of courses are gone through, one in each round of all cells.
_BLOCKS = 64

_HAIR_COLOURS = ("black", "dark brown", "brown", "blonde", "auburn", "light brown")
_SKINS = ("pale", "light", "olive", "tan", "brown", "dark")
_STYLES: dict[tuple[str, bool], tuple[str, ...]] = {
    ("female", False): (
        "bob",
        "ponytail",
        "long",
        "wavy",
        "braids",
        "bun",
        "curly bob",
        "pigtails",
    ),
    ("female", True): ("bun", "short", "curly bob", "low bun"),
    ("male", False): ("short", "curly", "side parting", "messy", "crew cut", "undercut"),
    ("male", True): ("balding", "bald", "receding", "short"),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked of plots: ids of settings (none: any), how many moments, how many people."""

    settings: tuple[str, ...] = ()
    moments: tuple[int, int] = (FEWEST, MOST)
    people: tuple[int, int] = (2, 4)


def check_wishes(stock: Stock, wishes: Wishes) -> None:
    """Refuse wishes that no plot can grant (BadInput)."""
    for each in wishes.settings:
        if each not in stock.places:
            raise BadInput(
                f"no plots are set in {each!r}", f"settings are {', '.join(sorted(stock.places))}"
            )
    if not FEWEST <= wishes.moments[0] <= wishes.moments[1] <= MOST:
        raise BadInput(
            f"plots have {FEWEST} to {MOST} moments, not {wishes.moments[0]} to {wishes.moments[1]}",
            "ask for 3-6, or for one number of these",
        )
    if not 2 <= wishes.people[0] <= wishes.people[1] <= 4:
        raise BadInput(
            f"plots have 2 to 4 people, not {wishes.people[0]} to {wishes.people[1]}",
            "ask for 2-4, or for one number of these",
        )


def deal(stock: Stock, worlds: Worlds, seed: int, index: int, wishes: Wishes) -> Draft:
    """The plot at ``index`` (from 0) of a seed.

    Raises:
        BadInput: the wishes contradict each other, or nothing grants them.
    """
    check_wishes(stock, wishes)
    order = _order(stock, worlds, seed, wishes)
    lengths = list(range(wishes.moments[0], wishes.moments[1] + 1))
    block = (seed + index // max(len(order), 1)) % _BLOCKS
    for step, (setting, trouble) in enumerate(_cells(order, index)):
        rng = random.Random(f"plot {seed} {index} {step}")
        seasons = stock.places[setting].seasons
        season = rng.choice(seasons)
        rng.shuffle(lengths)
        for moments in lengths:
            cell = Cell(setting, season, trouble, moments, wishes.people[1], block)
            known = courses(stock, worlds, cell)
            fitting = [each for each in known if len(each.people) >= wishes.people[0] - _WATCHERS]
            for course in _shuffled_by_events(fitting, rng):
                draft = _draft(stock, worlds, cell, course, rng, wishes)
                if draft is not None:
                    return draft
    raise BadInput(
        "no plot grants these wishes", "ask for fewer people, other moments or another setting"
    )


def _shuffled_by_events(every: list[Course], rng: random.Random) -> list[Course]:
    """A few courses: each order of events has the same chance, however many ways there are to cast it."""
    found: dict[tuple[str, ...], list[Course]] = {}
    for each in every:
        found.setdefault(each.events, []).append(each)
    chosen = rng.sample(sorted(found), min(len(found), _COURSES))
    return [
        each for events in chosen for each in rng.sample(found[events], min(len(found[events]), 2))
    ]


def _cells(order: tuple[tuple[str, str], ...], index: int) -> Iterator[tuple[str, str]]:
    """The cells for an item: its own, the others of that setting, those of other settings."""
    if not order:
        return
    at = index % len(order)
    turned = (*order[at:], *order[:at])
    seen: set[tuple[str, str]] = set()
    for same in (True, False):
        for each in turned:
            if (each[0] == order[at][0]) == same and each not in seen:
                seen.add(each)
                yield each


@lru_cache(maxsize=64)
def _order(stock: Stock, worlds: Worlds, seed: int, wishes: Wishes) -> tuple[tuple[str, str], ...]:
    """(setting, trouble) in the seed's order, which goes round the settings again and again."""
    rng = random.Random(f"plots {seed}")
    settings = sorted(wishes.settings or stock.places)
    rng.shuffle(settings)
    left: dict[str, list[str]] = {}
    for setting in settings:
        found = {
            event.id
            for season in stock.places[setting].seasons
            for event in known_events(stock, worlds, setting, season)
            if event.beat == "trouble" and _can_begin(stock, worlds, setting, season, event)
        }
        left[setting] = sorted(found)
        rng.shuffle(left[setting])
    order: list[tuple[str, str]] = []
    here: Counter[tuple[str, str]] = Counter()
    come: Counter[str] = Counter()
    families: Counter[str] = Counter()
    for _ in range(max((len(each) for each in left.values()), default=0)):
        for setting in settings:
            if not left[setting]:
                continue
            least = min(
                left[setting],
                key=lambda each, at=setting: (  # type: ignore[misc]
                    here[at, each],
                    families[stock.family[each]],
                    come[each],
                    left[at].index(each),
                ),
            )
            here[setting, least] += 1
            come[least] += 1
            families[stock.family[least]] += 1
            order.append((setting, least))
    return tuple(order)


def _can_begin(stock: Stock, worlds: Worlds, setting: str, season: str, trouble: Event) -> bool:
    """Whether some opening there gives all that a trouble needs."""
    needed = {need.fact for need in trouble.needs}
    return any(
        each.beat == "opening" and needed <= {give.fact for give in each.gives}
        for each in known_events(stock, worlds, setting, season)
    )


def _draft(
    stock: Stock,
    worlds: Worlds,
    cell: Cell,
    course: Course,
    rng: random.Random,
    wishes: Wishes,
) -> Draft | None:
    cast = _cast(stock, worlds, cell, course, rng)
    kinds = _kinds(stock, worlds, cell, course, rng)
    if cast is None or kinds is None:
        return None
    setting = worlds.settings[cell.setting]
    fewest = max(wishes.people[0], 2)
    free = wishes.people[1] - len(cast)
    more = max(fewest - len(cast), int(free > 0 and rng.random() < _BY))
    taken = {member.id for member, _ in cast.values()}
    others = [each for each in candidates(setting) if each[1].id not in taken]
    rng.shuffle(others)
    for number in range(min(more, len(others))):
        _, member, gender = others[number]
        if any(member.id == each.id for each, _ in cast.values()):
            continue
        cast[f"b{number + 1}"] = (member, gender)
    if len(cast) < fewest:
        return None
    of_day = _of_day(stock, course, rng)
    if of_day is None:
        return None
    weather = rng.choice(("clear", "clear", "cloudy"))
    people = _people(worlds, cell, cast, weather, rng)
    worn = {each.colour for each in people.values()}
    things = {}
    for name, kind in kinds.items():
        colours = [each for each in kind.colours if each not in worn] or list(kind.colours)
        colour = rng.choice(colours) if colours else ""
        worn.add(colour)
        things[name] = Thing(kind.id.replace("_", "-"), kind, colour)
    return Draft(stock, worlds, cell, course, people, things, of_day, weather, rng.randrange(2**31))


def _of_day(stock: Stock, course: Course, rng: random.Random) -> str | None:
    """A time of the day that all events allow."""
    days = ["morning", "noon", "afternoon", "afternoon", "evening"]
    for name in course.events:
        when = stock.events[name].when.of_day
        days = [each for each in days if not when or each in when]
    return rng.choice(days) if days else None


def _cast(
    stock: Stock, worlds: Worlds, cell: Cell, course: Course, rng: random.Random
) -> dict[str, tuple[Member, str]] | None:
    """Somebody of the cast for each person of a course, all different."""
    everybody = [
        (member, gender) for _, member, gender in candidates(worlds.settings[cell.setting])
    ]
    fitting: dict[str, list[tuple[Member, str]]] = dict.fromkeys(course.people, everybody)
    for (moment, name), who in course.parts.items():
        part = stock.events[course.events[moment]].people.get(name)
        if part is not None:
            fitting[who] = [
                (member, gender)
                for member, gender in fitting[who]
                if part.admits(member.age, frozenset(member.marks))
                and (not part.genders or gender in part.genders)
            ]
    return _matched({who: _shuffled(each, rng) for who, each in fitting.items()}, lambda m: m[0].id)


def _kinds(
    stock: Stock, worlds: Worlds, cell: Cell, course: Course, rng: random.Random
) -> dict[str, Kind] | None:
    """A kind for each thing of a course, all different."""
    known = known_kinds(stock, worlds, cell.setting, cell.season)
    fitting: dict[str, list[Kind]] = {each: list(known) for each in course.things}
    for (moment, name), what in course.parts.items():
        names = stock.events[course.events[moment]].things.get(name)
        if names is not None:
            fitting[what] = [kind for kind in fitting[what] if kind.names & set(names)]
    return _matched({what: _shuffled(each, rng) for what, each in fitting.items()}, lambda k: k.id)


def _shuffled(items: list[_T], rng: random.Random) -> list[_T]:
    return rng.sample(items, len(items))


def _matched(fitting: dict[str, list[_T]], key: Callable[[_T], str]) -> dict[str, _T] | None:
    """One of its own for each; the first that works, in the order given."""
    names = sorted(fitting, key=lambda each: len(fitting[each]))

    def match(at: int, taken: frozenset[str]) -> dict[str, _T] | None:
        if at == len(names):
            return {}
        for each in fitting[names[at]]:
            if key(each) not in taken:
                rest = match(at + 1, taken | {key(each)})
                if rest is not None:
                    return {names[at]: each, **rest}
        return None

    found = match(0, frozenset())
    return None if found is None else {name: found[name] for name in sorted(found)}


# ---------------------------------------------------------------------- how people look


def _people(
    worlds: Worlds,
    cell: Cell,
    cast: dict[str, tuple[Member, str]],
    weather: str,
    rng: random.Random,
) -> dict[str, Person]:
    setting = worlds.settings[cell.setting]
    found: dict[str, Person] = {}
    looks: list[Look] = []
    colours: set[str] = set()
    hairs: set[str] = set()
    styles: set[str] = set()
    for name in sorted(cast):
        member, gender = cast[name]
        look = _look(worlds, setting, member, gender, cell.season, weather, looks, rng)
        colour = ""
        if look is not None:
            looks.append(look)
            if look.colours:
                free = [each for each in look.colours if each not in colours]
                colour = rng.choice(free or list(look.colours))
                colours.add(colour)
        old = member.age == "elder"
        style = _other(_STYLES[gender, old], styles, rng)
        hair = rng.choice(("white", "grey")) if old else _other(_HAIR_COLOURS, hairs, rng)
        beard = ""
        if gender == "male" and member.age in ("adult", "elder"):
            beard = rng.choice(("", "", "full", "moustache", "stubble"))
        found[name] = Person(
            id=f"{member.id}-{rng.randrange(16**4):04x}".replace("_", "-"),
            member=member,
            gender=gender,
            look=look,
            colour=colour,
            hair=(style, hair, beard),
            skin=rng.choice(_SKINS),
        )
    return found


def _other(every: tuple[str, ...], taken: set[str], rng: random.Random) -> str:
    """One that nobody has yet, if there is one left."""
    found = rng.choice([each for each in every if each not in taken] or list(every))
    taken.add(found)
    return found


def _look(
    worlds: Worlds,
    setting: Setting,
    member: Member,
    gender: str,
    season: str,
    weather: str,
    taken: list[Look],
    rng: random.Random,
) -> Look | None:
    """What somebody wears: clothes of their trade, or everyday ones that nobody else has."""
    every = member.looks or worlds.looks
    marks = frozenset(member.marks)
    fitting = [
        each
        for each in every
        if each not in taken
        and not each.locales
        and (not each.when.season or season in each.when.season)
        and (not each.when.weather or weather in each.when.weather)
        and suits(each.where, each.unless, setting)
        and each.who.admits(member.age, marks)
        and (not each.who.genders or gender in each.who.genders)
    ]
    if not fitting and member.looks:
        fitting = list(member.looks)
    return rng.choice(fitting) if fitting else None


def containing(
    stock: Stock, worlds: Worlds, event: str, setting: str = "", count: int = 1, seed: int = 0
) -> Iterator[Draft]:
    """Plots in which an event happens, in different settings if it can be in several; for authors."""
    rng = random.Random(f"containing {event} {seed}")
    beat = stock.events[event].beat
    given = 0
    settings = [setting] if setting else rng.sample(sorted(stock.places), len(stock.places))
    lengths = list(range(FEWEST + (beat in ("attempt", "turn")), MOST + 1))
    for place in settings * count:
        for season in stock.places[place].seasons:
            known = known_events(stock, worlds, place, season)
            if event not in {each.id for each in known}:
                continue
            troubles = (
                [e.id for e in known if e.beat == "trouble"] if beat != "trouble" else [event]
            )
            rng.shuffle(troubles)
            rng.shuffle(lengths)
            draft = None
            for trouble, moments in ((t, n) for t in troubles for n in lengths):
                cell = Cell(place, season, trouble, moments)
                if event not in {each.id for each in relevant(known, trouble)}:
                    continue
                fitting = [each for each in courses(stock, worlds, cell) if event in each.events]
                if fitting:
                    course = rng.choice(fitting)
                    draft = _draft(stock, worlds, cell, course, rng, Wishes())
                    break
            if draft is not None:
                given += 1
                yield draft
                if given >= count:
                    return
                break
