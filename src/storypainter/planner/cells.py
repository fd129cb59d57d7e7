"""Where each item of a set is set and what it is about: a seeded order, spread by construction.

A cell is a setting with a main situation. The order goes round the settings, and each time takes
the main situation that has come up least; so no two stories share setting and main situation
while others are left, and item k does not depend on how many are asked for.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from storypainter.planner.facts import casting, suits, wider
from storypainter.planner.markup import names, telling
from storypainter.planner.reading import Worlds
from storypainter.planner.world import Image, Need, Setting, Situation


@dataclass(frozen=True, slots=True)
class Cell:
    """A setting with a main situation; ``turn`` counts how often the situation came before."""

    setting: str
    main: str
    turn: int


def cells(worlds: Worlds, seed: int) -> tuple[Cell, ...]:
    """Every cell once, in the seed's order."""
    rng = random.Random(f"cells {seed}")
    settings = sorted(worlds.settings)
    rng.shuffle(settings)
    left = {}
    for setting in settings:
        mains = [s.id for s, _ in known_in(worlds, setting) if s.main]
        rng.shuffle(mains)
        left[setting] = mains
    order: list[Cell] = []
    come: Counter[str] = Counter()
    moods: Counter[str] = Counter()
    while any(left.values()):
        for setting in settings:
            mains = left[setting]
            if not mains:
                continue
            least = min(
                mains,
                key=lambda each: (
                    come[each],
                    moods[worlds.situations[each].mood],
                    mains.index(each),
                ),
            )
            mains.remove(least)
            order.append(Cell(setting, least, come[least]))
            come[least] += 1
            moods[worlds.situations[least].mood] += 1
    return tuple(order)


@lru_cache(maxsize=256)
def known_in(worlds: Worlds, setting_id: str) -> tuple[tuple[Situation, tuple[Image, ...]], ...]:
    """The situations that can be shown in a setting, each with the images that can."""
    setting = worlds.settings[setting_id]
    found = []
    for situation in worlds.situations.values():
        images = tuple(each for each in situation.image if fits(each, situation, setting))
        if images and _has_people(setting, situation):
            found.append((situation, images))
    return tuple(found)


def _has_people(setting: Setting, situation: Situation) -> bool:
    """Whether the cast has a person of its own for every part of a situation."""
    fitting = sorted(
        (
            [m.id for m in setting.cast if role.admits(m.age, frozenset(m.marks))]
            for role in situation.roles.values()
        ),
        key=len,
    )

    def cast(part: int, taken: frozenset[str]) -> bool:
        return part == len(fitting) or any(
            cast(part + 1, taken | {person}) for person in fitting[part] if person not in taken
        )

    return cast(0, frozenset())


def fits(image: Image, situation: Situation, setting: Setting) -> bool:
    """Whether a setting can show an image: listed, of the right kind, with every slot it uses."""
    listed = image.settings or situation.settings
    if listed and setting.id not in listed:
        return False
    if not suits((*image.where, *situation.where), (*image.unless, *situation.unless), setting):
        return False
    return required_slots(image, situation) <= setting.slot.keys()


def required_slots(image: Image, situation: Situation) -> frozenset[str]:
    """The names that an image uses and that are neither roles nor things of its own."""
    own = {*situation.roles, *situation.things, *image.things, *image.draw}
    used: set[str] = set()
    for sentence in telling(image.tell):
        for wording in sentence.wordings:
            used |= names(wording)
    for name, row in image.draw.items():
        used |= {row.sits_on, row.stands_on, row.lies_on, row.near, row.on}
        used |= {*row.holds, *row.does.values()}
        if not row.is_thing and name not in situation.roles:
            used.add(name)
            own.discard(name)
    return frozenset(used - own - {""})


@dataclass(frozen=True, slots=True)
class Partners:
    """What can share a story with a main situation, by id.

    ``givers``: for each of its hard needs what meets it; ``near``: whatever is joined to it
    directly; ``far``: what is joined to those.
    """

    givers: tuple[tuple[str, ...], ...]
    near: tuple[str, ...]
    far: tuple[str, ...]


@lru_cache(maxsize=4096)
def partners(worlds: Worlds, setting: str, main: str) -> Partners:
    """The partners of a main situation in a setting, in alphabetical order."""
    givers, near = _joins(worlds, setting)
    first = near[main]
    second = {far for each in first for far in near[each]} - {main, *first}
    own = worlds.situations[main]
    hard = [need for need in own.needs if not need.optional]
    return Partners(
        tuple(
            tuple(
                sorted(
                    each
                    for each in givers.get(need.fact, set()) - {main}
                    if _castable(worlds, setting, own, need, each)
                )
            )
            for need in hard
        ),
        tuple(sorted(first)),
        tuple(sorted(second)),
    )


@lru_cache(maxsize=64)
def _joins(worlds: Worlds, setting: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Who gives each fact in a setting, and who can be joined to whom."""
    known = [situation for situation, _ in known_in(worlds, setting)]
    near: dict[str, set[str]] = {each.id: set() for each in known}
    givers: dict[str, set[str]] = {}
    for each in known:
        for give in each.gives:
            for fact in wider(worlds, give.fact):
                givers.setdefault(fact, set()).add(each.id)
    for each in known:
        for need in each.needs:
            for giver in givers.get(need.fact, ()):
                if giver != each.id and _castable(worlds, setting, each, need, giver):
                    near[each.id].add(giver)
                    near[giver].add(each.id)
    return givers, near


def _castable(worlds: Worlds, setting: str, situation: Situation, need: Need, giver: str) -> bool:
    """Whether a setting's cast has people for a need of a situation and what gives it.

    Nobody acts in both, and whoever is in both may take both parts.
    """
    source = worlds.situations[giver]
    for give in source.gives:
        if need.fact not in wider(worlds, give.fact):
            continue
        pairs = list(zip(need.of, give.of, strict=False))
        if all(
            (situation.roles[a].bears or source.roles[b].bears)
            and _takers(worlds, setting, situation.id, a) & _takers(worlds, setting, giver, b)
            for a, b in pairs
        ):
            return True
    return False


@lru_cache(maxsize=16384)
def _takers(worlds: Worlds, setting: str, situation: str, role: str) -> frozenset[str]:
    return frozenset(person for key, person in casting(worlds, setting, situation) if key == role)
