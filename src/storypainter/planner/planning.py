"""Choosing and making the story of an item: cell, candidates, Draft, words, Scene."""

from __future__ import annotations

import bisect
import itertools
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import metadata
from typing import TypeVar

from storypainter.errors import BadInput
from storypainter.planner.cells import Cell, cells, known_in, partners
from storypainter.planner.facts import bond_pairs, suits, wider
from storypainter.planner.locales import locale_of, localised
from storypainter.planner.prose import Choices, Prose, Told
from storypainter.planner.reading import Worlds, own_worlds
from storypainter.planner.solving import Asked, Candidates, Draft, solve
from storypainter.planner.staging import Staging
from storypainter.planner.wardrobe import zone_of
from storypainter.planner.wishes import (
    called_for,
    limits_of,
    named_in,
    refusal,
    rules_of,
    wishes_of,
)
from storypainter.planner.world import Look, Setting
from storypainter.pools.wording import mentions, words_of
from storypainter.scene import Person, Scene
from storypainter.story import Brief, Story, StoryOrigin
from storypainter.value import Value

_T = TypeVar("_T")

#: Part of what identifies a planned Story: raised whenever the same call would tell another one.
VERSION = "2"

#: How often an item is planned anew until its words keep every wish, and in how many cells.
_ATTEMPTS, _NEIGHBOURS = 12, 12
#: How many partners of the main situation, and partners of theirs, people, times, details, bonds and
#: ways to see each of these the solver chooses from at a time, and how many selections are tried before
#: it gets everything.
_GIVERS, _NEAR, _FAR, _CAST, _TIMES, _DETAILS, _SELECTIONS = 3, 5, 3, 12, 3, 2, 8
_BONDS, _EVIDENCE = 4, 2
#: How often a selection is asked for a story that tells a time.
_TIMED = 0.6
#: How many of the partners that are dealt are used if they can be.
_HOPED = 2
#: How many of these selections have one image of each situation and not everybody.
_NARROW = 2
#: From how many required words on the order of cells looks at which of them a situation tells.
_MANY = 3
#: How many situations that a wish names are offered at a time; after how many conflicts a solver
#: gives up on a selection; the attempt under which a cell is tried.
_WISHED, _CONFLICTS, _TRIAL = 5, 4000, 1000
#: After so many cells without any story that grants the wishes, a contradiction is looked for.
_CELLS_TRIED = 40
#: How far items, and the selections tried for one item, lie apart on the circle of cards: the
#: fractional parts of multiples of the golden ratio are spread as evenly as can be.
_GOLDEN, _SHIFT = 0.6180339887498949, 0.4142135623730951
#: How much more often a situation comes up that fits few stories: the share of the circle that it gets
#: falls with this power of their number.
_OWN = 1.0
#: How often somebody who could wear what belongs to the locale does.
_LOCAL = 0.6
#: Words of a look that name nothing.
_LOOSE = frozenset(
    {"with", "round", "over", "the", "and", "his", "her", "one", "under", "long", "back"}
)
#: How often a bond is told with the first mentions and not in a sentence of its own.
_MENTIONED = 0.75
#: How often a story has to have a relationship, and how often somebody's everyday clothes go unmentioned.
_RELATED, _SILENT = 0.55, 0.45


class Plan(Value):
    """A Story with the Scene that shows it. ``world`` is the setting that it comes from."""

    story: Story
    scene: Scene
    world: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A Draft with its words and its choices, before they become a Story and a Scene."""

    draft: Draft
    choices: Choices
    told: Told
    scene: Scene


@lru_cache(maxsize=256)
def plan(seed: int, index: int, brief: Brief | None = None) -> Plan:
    """The story at ``index`` (from 0) of the seed's order of all cells that suit ``brief``.

    The same arguments give the same Plan, however many items are asked for. A cell is a setting
    with a main situation; when all have come up, they come up again with other partners, people
    and images. Wishes are met by words: every word of ``theme`` by a situation, a time or the
    setting; what is ``required`` is told in these very words; what is ``forbidden`` occurs nowhere.

    Raises:
        BadInput: the index is negative, or the Brief wishes for something that the planner
            can't honour; the message names the smallest set of wishes that clash.
    """
    if index < 0:
        raise BadInput(f"the index of a planned story is {index}", "count from 0")
    worlds = own_worlds()
    asked = brief or Brief()
    made = make(worlds, seed, index, asked)
    story = story_of(worlds, made, seed, index)
    return Plan(story=story, scene=made.scene, world=made.draft.setting)


def make(worlds: Worlds, seed: int, index: int, brief: Brief) -> Planned:
    """The story at ``index``, worded and staged (BadInput as :func:`plan`)."""
    locale = locale_of(worlds, brief.locale)
    worlds = localised(worlds, locale)
    for step in range(_NEIGHBOURS):  # a cell that has no story gives way to the next one
        cell, turn = _cell_at(worlds, seed, index + step, brief)
        for attempt in range(_ATTEMPTS):
            drafted = draft_of(worlds, cell, turn, (seed, index, attempt), brief)
            if drafted is None:
                break
            made = worded(
                worlds, drafted, f"{seed} {index} {attempt}", brief, locale.ink if locale else ""
            )
            if _keeps(made, brief):
                return made
    raise BadInput(
        f"item {index + 1}: no story was found that keeps every wish",
        "choose another seed, or wish for less",
    )


def _keeps(made: Planned, brief: Brief) -> bool:
    """Whether the words say what is required and nothing that is forbidden."""
    shown = [made.told.text, *entities(made.scene)]
    shown += [garment.kind for person in made.scene.people for garment in person.attire]
    return all(mentions(made.told.text, each) for each in brief.required) and not any(
        mentions(text, each) for each in brief.forbidden for text in shown
    )


def worded(
    worlds: Worlds, drafted: Draft, item: str, brief: Brief | None = None, locale: str = ""
) -> Planned:
    """A Draft with its words and its Scene; ``item`` seeds what the rules leave open."""
    number = random.Random(item).randrange(2**31)
    forbidden = brief.forbidden if brief else ()
    choices = choose(worlds, drafted, number, forbidden)
    told = Prose(worlds, drafted, choices, number).told()
    scene = Staging(worlds, drafted, choices, told, number).scene(locale)
    return Planned(drafted, choices, told, scene)


@dataclass(slots=True)
class _Order:
    """The cells of a seed, and those among them that are known to grant the wishes."""

    cells: tuple[Cell, ...]
    granting: list[Cell] = field(default_factory=list)
    tried: int = 0
    solved: int = 0


@lru_cache(maxsize=64)
def _order(worlds: Worlds, seed: int, brief: Brief) -> _Order:
    """The order of a seed for these wishes; it learns which cells grant them as items are made."""
    order = cells(worlds, seed)
    if len(brief.required) >= _MANY:  # a main situation that grants several comes first
        calls = {name: called_for(rules_of(worlds, name, brief) or "") for name in worlds.settings}
        order = tuple(sorted(order, key=lambda cell: -calls[cell.setting].get(cell.main, 0)))
    return _Order(order)


def _cell_at(worlds: Worlds, seed: int, index: int, brief: Brief) -> tuple[Cell, int]:
    """The cell of an item, and how often its main situation came up before.

    With wishes, the cells that grant them are found one by one, in the seed's order, as far as
    the item needs; so it is the same however many are asked for.
    """
    order = _order(worlds, seed, brief)
    if not wishes_of(brief) and not brief.richness:
        cell = order.cells[index % len(order.cells)]
        return cell, cell.turn + index // len(order.cells)
    while len(order.granting) <= index and order.tried < len(order.cells):
        if not order.granting and order.solved >= _CELLS_TRIED:
            break
        cell = order.cells[order.tried]
        if rules_of(worlds, cell.setting, brief) is None:
            order.tried += 1
            continue
        order.solved += 1
        if draft_of(worlds, cell, cell.turn, (seed, order.tried, _TRIAL), brief) is not None:
            order.granting.append(cell)
        order.tried += 1
    if not order.granting:
        raise refusal(worlds, brief, wishes_of(brief))
    cell = order.granting[index % len(order.granting)]
    return cell, cell.turn + index // len(order.granting)


@dataclass(frozen=True, slots=True)
class _Deal:
    """Deals what a setting has by turns, each item from another place of one large circle.

    The seed puts the cards of a deck in a circle, in the same order in all settings; item k starts
    at k golden sections of it and takes the next cards. So neighbouring items take other cards, all
    cards of a circle come up equally often, and no item needs to know what the others took.
    """

    seed: int
    index: int
    attempt: int

    def some(
        self,
        deck: str,
        every: Sequence[_T],
        most: int,
        weights: Mapping[str, float] | None = None,
    ) -> list[_T]:
        """The next ``most`` of ``every``, or all of them. What has an ``id`` is dealt by it."""
        if len(every) <= most:
            return list(every)
        circle = sorted(every, key=lambda each: self._place(deck, str(getattr(each, "id", each))))
        start = (self.index * _GOLDEN + self.attempt * _SHIFT) % 1.0
        if weights is None:
            first = int(start * len(circle))
        else:
            ends = list(itertools.accumulate(weights[str(each)] for each in circle))
            first = bisect.bisect_right(ends, start * ends[-1]) % len(circle)
        return [circle[(first + step) % len(circle)] for step in range(most)]

    def turn(self, name: str, of: int, most: int) -> int:
        """How often a card has been within reach before, where ``most`` of ``of`` are dealt."""
        return int(self.index * most / max(of, 1) + self._place("turn", name))

    def _place(self, deck: str, name: str) -> float:
        return _place(self.seed, deck, name)


@lru_cache(maxsize=65536)
def _place(seed: int, deck: str, name: str) -> float:
    return random.Random(f"{seed} {deck} {name}").random()


def draft_of(
    worlds: Worlds, cell: Cell, turn: int, item: tuple[int, int, int], brief: Brief
) -> Draft | None:
    """A Draft for a cell, from a selection of what the setting has, or else from all of it.

    ``item`` is seed, index and attempt. A small program is solved in a fraction of the time, and
    a selection dealt by turns spreads what is used more evenly than a solver's own choices.
    """
    seed, index, attempt = item
    rng = random.Random(f"draft {item}")
    setting = worlds.settings[cell.setting]
    wishes = wishes_of(brief)
    rules = rules_of(worlds, cell.setting, brief)
    if rules is None:
        return None
    limits = limits_of(brief)
    wants_time = rng.random() < _TIMED and not wishes
    if not wishes:
        rules += ":- not related.\n" if rng.random() < _RELATED else ":- unasked.\n"
    for number in range(_SELECTIONS):
        deal = _Deal(seed, index, number + _SELECTIONS * attempt)
        asked = _selection(worlds, cell, turn, deal, rules, wide=number >= _NARROW)
        hopes = _hopes(asked, wants_time=wants_time) if number < _NARROW else ()
        drafted = solve(
            worlds, asked, limits, rng.randrange(2**31), Asked(rules, hopes), _CONFLICTS
        )
        if drafted is not None:
            return drafted
    if wishes:
        return None
    every = Candidates(setting, known_in(worlds, cell.setting), cell.main)
    return solve(worlds, every, limits, rng.randrange(2**31), Asked(rules), _CONFLICTS)


def _selection(
    worlds: Worlds,
    cell: Cell,
    turn: int,
    deal: _Deal,
    rules: str,
    *,
    wide: bool,
) -> Candidates:
    """The main situation in one image, some partners, some people, times and details.

    What the wishes name is among them, in all its images. A ``wide`` one has everybody and all
    images, for main situations that are hard to cast.
    """
    setting = worlds.settings[cell.setting]
    named, calls = named_in(rules), called_for(rules)
    images = {situation.id: found for situation, found in known_in(worlds, cell.setting)}
    own = images[cell.main]
    first = int(_place(deal.seed, "image", cell.main) * len(own))
    dealt = [own[(first + turn) % len(own)]]
    chosen = list(own) if wide or cell.main in named["situation"] else dealt
    some = [(worlds.situations[cell.main], tuple(chosen))]
    near = len(partners(worlds, cell.setting, cell.main).near)
    wished = [each for each in images if each in named["situation"] and each != cell.main]
    several = [each for each in wished if calls.get(each, 0) > 1]
    several.sort(key=lambda each: -calls[each])  # those that grant most wishes at once
    for name in dict.fromkeys(
        (
            *several[:_WISHED],
            *deal.some("wished", wished, _WISHED),
            *_partners_of(worlds, cell, deal),
        )
    ):
        found = images[name]
        place = deal.turn(name, near, _GIVERS + _NEAR) % len(found)
        some.append((worlds.situations[name], found if wide or name in wished else (found[place],)))
    needed = {need.fact for situation, _ in some for need in situation.needs}
    useful = [time for time in setting.time if needed.intersection(time.gives)]
    times = deal.some(f"time {setting.id}", useful, _TIMES)
    times += [t for t in setting.time if t.id in named["time"] and t not in times]
    details = deal.some(f"detail {setting.id}", setting.detail, _DETAILS)
    details += [d for d in setting.detail if d.id in named["detail"] and d not in details]
    cast = deal.some(f"cast {setting.id}", setting.cast, 99 if wide else _CAST)
    people = frozenset(member.id for member in cast) | named["person"]
    return Candidates(
        setting,
        tuple(some),
        cell.main,
        people,
        frozenset(each.id for each in times),
        frozenset(each.id for each in details),
        _evidence(worlds, setting, {b.bond for s, _ in some for b in s.bonds}, deal),
    )


def _evidence(
    worlds: Worlds, setting: Setting, wanted: set[str], deal: _Deal
) -> dict[str, frozenset[str]]:
    """The relationships that are asked for and some others, each with some ways to see it."""
    every = [b for b in worlds.relationships.values() if bond_pairs(worlds, setting.id, b.id)]
    chosen = [each for each in every if each.bond in wanted]
    chosen += deal.some("bonds", [each for each in every if each.bond not in wanted], _BONDS)
    found = {}
    for bond in chosen:
        usual = [
            each
            for each in bond.evidence
            if not each.when.season or setting.season in each.when.season
        ]
        others = [each for each in bond.evidence if each not in usual]
        some = deal.some(f"evidence {bond.id}", usual, _EVIDENCE)
        some += deal.some(f"evidence {bond.id}", others, 1)
        found[bond.id] = frozenset(each.id for each in some)
    return found


def _partners_of(worlds: Worlds, cell: Cell, deal: _Deal) -> list[str]:
    """Some givers for each need of the main situation, then others that can be joined to it."""
    found = partners(worlds, cell.setting, cell.main)
    needed = [
        _some(worlds, deal, f"givers {number}", givers, _GIVERS)
        for number, givers in enumerate(found.givers)
    ]
    near = _some(worlds, deal, "near", found.near, _NEAR)
    far = _some(worlds, deal, "far", found.far, _FAR)
    first = [each[0] for each in (*needed, near) if each]
    return list(dict.fromkeys([*first, *itertools.chain(*needed), *near, *far]))


def _hopes(asked: Candidates, *, wants_time: bool) -> tuple[str, ...]:
    """That the first partners that were dealt are used, and that a time is told.

    Without it the solver prefers those that are easy to cast, and they come up all the time.
    """
    dealt = [situation.id for situation, _ in asked.situations if situation.id != asked.main]
    used = [f"use({each})" for each in dealt[:_HOPED]]
    timed = ["now(_)"] if wants_time and asked.times else []
    return (*used[:1], *timed, *used[1:])


def _some(worlds: Worlds, deal: _Deal, deck: str, every: Sequence[str], most: int) -> list[str]:
    """Some situations; of those that could carry a story themselves at most one, if others are left.

    A story with two such matters is the exception: it tends to stack events.
    """
    small = [each for each in every if not worlds.situations[each].main]
    large = [each for each in every if worlds.situations[each].main]
    chosen = deal.some(deck, small, most - 1, weights=_weights(worlds))
    return chosen + deal.some(f"{deck} main", large, most - len(chosen), weights=_weights(worlds))


@lru_cache(maxsize=32)
def _weights(worlds: Worlds) -> dict[str, float]:
    """How much of the circle each situation gets: little for what fits nearly every story.

    What a situation can be joined to, times the settings that it can be in, is about how often it
    is among the cards.
    """
    every = worlds.situations.values()
    gives = Counter(
        fact
        for each in every
        if each.main
        for fact in {fact for give in each.gives for fact in wider(worlds, give.fact)}
    )
    needs = Counter(need.fact for each in every if each.main for need in each.needs)
    found = {}
    for each in every:
        bound = [image.settings or each.settings for image in each.image]
        places = len(set().union(*bound)) if all(bound) else len(worlds.settings)
        joins = sum(gives[need.fact] for need in each.needs)
        given = {fact for give in each.gives for fact in wider(worlds, give.fact)}
        joins += sum(needs[fact] for fact in given)
        found[each.id] = (places * max(joins, 1)) ** -_OWN
    return found


def choose(worlds: Worlds, drafted: Draft, seed: int, forbidden: Sequence[str] = ()) -> Choices:
    """What the rules leave open: the order of telling, looks, colours, how bonds are told."""
    rng = random.Random(f"choices {seed}")
    colour: dict[str, str] = {}
    form: dict[tuple[str, str], str] = {}
    joined: set[str] = set()
    taken: set[str] = set()
    setting = worlds.settings[drafted.setting]
    for bond, a, b, evidence in drafted.bonds:
        seen = next(e for e in worlds.relationships[bond].evidence if e.id == evidence)
        told_by_looks = {m.id for m in setting.cast if m.looks} & {a, b}
        mention = bool(seen.first) and not told_by_looks and rng.random() < _MENTIONED
        form[a, b] = "mention" if mention else "tell"
        if seen.colours:
            colour[f"{a}+{b}"] = rng.choice(seen.colours)
            taken.add(colour[f"{a}+{b}"])
        joined |= {a, b}
    look: dict[str, Look | None] = {}
    for member in setting.cast:
        if member.id not in drafted.genders:
            continue
        found = _look(worlds, drafted, member.id, look, rng, forbidden)
        if member.id in joined and not member.looks:
            found = None
        look[member.id] = found
        if found is not None and found.colours:
            free = [each for each in found.colours if each not in taken] or list(found.colours)
            colour[member.id] = rng.choice(free)
            taken.add(colour[member.id])
    plain = [person for person, found in look.items() if found in worlds.looks]
    silent = frozenset(person for person in plain if rng.random() < _SILENT)
    return Choices(tuple(_telling_order(worlds, drafted, rng)), look, colour, form, silent)


def _look(
    worlds: Worlds,
    drafted: Draft,
    person: str,
    others: dict[str, Look | None],
    rng: random.Random,
    forbidden: Sequence[str],
) -> Look | None:
    """The look that the Draft names, or an everyday one that nobody else has."""
    member = next(m for m in worlds.settings[drafted.setting].cast if m.id == person)
    if person in drafted.looks:
        return member.looks[drafted.looks[person]]
    taken = {
        zone_of(garment)
        for (situation, role), who in drafted.parts.items()
        if who == person
        for garment in _worn(worlds, drafted, situation, role)
    }
    told = _story_words(worlds, drafted)
    fitting = [
        each
        for each in worlds.looks
        if each not in others.values()
        and suits(each.where, each.unless, worlds.settings[drafted.setting])
        and not taken.intersection(zone_of(garment) for garment in each.wear)
        and not any(mentions(" ".join((each.say, *each.wear)), wish) for wish in forbidden)
        and not _worn_words(each).intersection(told)
        and each.who.admits(member.age, frozenset(member.marks))
        and (not each.who.genders or drafted.genders[person] in each.who.genders)
        and all(
            not allowed or drafted.scene[key] in allowed
            for key, allowed in (
                ("season", each.when.season),
                ("weather", each.when.weather),
                ("of_day", each.when.of_day),
            )
        )
    ]
    local = [each for each in fitting if each.locales]
    if local and rng.random() < _LOCAL:
        return rng.choice(local)
    return rng.choice(fitting) if fitting else None


@lru_cache(maxsize=4096)
def _worn_words(look: Look) -> frozenset[str]:
    """The words of a look that could be taken for a thing that a story tells of."""
    said = re.sub(r"\{\w+(\.\w+)?\}|\w+:", " ", look.say)
    return frozenset(word for word in words_of(said) if len(word) > 2) - _LOOSE


def _story_words(worlds: Worlds, drafted: Draft) -> set[str]:
    """All words in the tellings of a Draft's images."""
    found: set[str] = set()
    for situation, shown in drafted.images.items():
        images = worlds.situations[situation].image
        found.update(_words_of_telling(next(i for i in images if i.id == shown).tell))
    return found


@lru_cache(maxsize=4096)
def _words_of_telling(text: str) -> frozenset[str]:
    return frozenset(words_of(text))


def _worn(worlds: Worlds, drafted: Draft, situation: str, role: str) -> tuple[str, ...]:
    """What the image of a situation puts on a role."""
    images = worlds.situations[situation].image
    row = next(i for i in images if i.id == drafted.images[situation]).draw.get(role)
    return row.wear if row is not None else ()


def _telling_order(worlds: Worlds, drafted: Draft, rng: random.Random) -> list[str]:
    """Time, place and situations in one of the orders in which such a picture is described."""
    main = drafted.main
    causes = [x for x in drafted.images if x != main and _leads_to(drafted, x, main)]
    effects = [x for x in drafted.images if x != main and x not in causes]
    rng.shuffle(causes)
    rng.shuffle(effects)
    pattern = rng.choices(
        [[*causes, main, *effects], [main, *causes, *effects], [*effects, main, *causes],
         [*causes, *effects, main], [main, *effects, *causes]],
        weights=[35, 25, 12, 14, 14],
    )[0]  # fmt: skip
    order = list(pattern)
    # not at the end: nobody closes a description with the furniture
    order.insert(rng.randrange(len(order)), "place")
    if drafted.time:
        order.insert(rng.choice([0, 0, 1, 2]), "time")
    return order


def _leads_to(drafted: Draft, source: str, target: str) -> bool:
    reached, pending = {source}, [source]
    while pending:
        at = pending.pop()
        for link in drafted.links:
            if link.source == at and link.target not in reached:
                reached.add(link.target)
                pending.append(link.target)
    return target in reached


def story_of(worlds: Worlds, made: Planned, seed: int, index: int) -> Story:
    """The Story of a worded Draft."""
    drafted = made.draft
    setting = worlds.settings[drafted.setting]
    main = worlds.situations[drafted.main]
    causes = [c for c in made.told.chains if (c.id or "").startswith(f"cause.{main.id}.")]
    others = [c for c in made.told.chains if (c.id or "").startswith(f"{main.id}.")]
    gist = (causes or others)[0].conclusion
    themes = {"place": setting.noun, "mood": main.mood, "event": main.kind}
    if drafted.time:
        themes["time"] = drafted.time.replace("_", " ")
    if drafted.bonds:
        themes["relation"] = drafted.bonds[0][0].replace("_", " ")
    return Story(
        id=f"plan-{drafted.setting}-{main.id}-{seed}-{index}".replace("_", "-")[:128],
        text=made.told.text,
        chains=made.told.chains,
        entities=entities(made.scene),
        gist=gist,
        title=main.id.replace("_", " ").capitalize(),
        themes=themes,
        origin=StoryOrigin(
            storyteller="planner",
            mode="planned",
            seed=seed,
            parameters={"version": version(), "world": drafted.setting, "index": index},
        ),
    )


def entities(scene: Scene) -> tuple[str, ...]:
    """The concrete things that can be seen in a Scene, each named once."""
    found: list[str] = []
    for each in scene.elements:
        if isinstance(each, Person):
            found.append(each.role)
        elif hasattr(each, "species"):
            found.append(each.species)
        else:
            text = getattr(each, "text", "")
            found.append(f"{each.kind} {text}".strip())
    return tuple(dict.fromkeys(found))


def check(seed: int, brief: Brief) -> None:
    """Refuse a Brief that no story of a seed suits (BadInput as :func:`plan`)."""
    plan(seed, 0, brief)


def version() -> str:
    """What a plan depends on besides its arguments: this module, the worlds and the solver.

    Another release of the solver may answer otherwise, and other worlds hold other stories.
    """
    return f"{VERSION} {own_worlds().digest} clingo {metadata.version('clingo')}"


def knows(required: str) -> bool:
    """Whether some story can tell these words.

    Raises:
        BadInput: they name nothing.
    """
    worlds = own_worlds()
    (wish,) = wishes_of(Brief(required=(required,)))
    return any(wish.rules(worlds, each) is not None for each in worlds.settings.values())


@lru_cache(maxsize=1)
def nouns() -> tuple[str, ...]:
    """The nouns of all people that the worlds have, in alphabetical order."""
    return tuple(
        sorted(
            {
                member.noun_of(gender)
                for setting in own_worlds().settings.values()
                for member in setting.cast
                for gender in member.genders
            }
        )
    )
