"""Dealing what a solver may choose from: cards in circles, each item from another place of them.

A small program is solved in a fraction of the time that everything takes, and a selection dealt by
turns spreads what is used more evenly than a solver's own choices.
"""

from __future__ import annotations

import bisect
import itertools
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from storypainter.planner.cells import Cell, known_in, partners
from storypainter.planner.facts import bond_pairs, wider
from storypainter.planner.reading import Worlds
from storypainter.planner.solving import Candidates
from storypainter.planner.wishes import called_for, named_in
from storypainter.planner.world import Image, Setting

_T = TypeVar("_T")

#: How many partners of the main situation, and partners of theirs, people, times, details, bonds and
#: ways to see each of these the solver chooses from at a time.
_GIVERS, _NEAR, _FAR, _CAST, _TIMES, _DETAILS = 3, 5, 3, 12, 3, 2
_BONDS, _EVIDENCE = 4, 2
#: How many of the partners that are dealt are used if they can be.
_HOPED = 2
#: How many situations that a wish names are offered at a time.
_WISHED = 5
#: How far items, and the selections tried for one item, lie apart on the circle of cards: the
#: fractional parts of multiples of the golden ratio are spread as evenly as can be.
_GOLDEN, _SHIFT = 0.6180339887498949, 0.4142135623730951
#: How much more often a situation comes up that fits few stories: the share of the circle that it gets
#: falls with this power of their number.
_OWN = 1.0


@dataclass(frozen=True, slots=True)
class Deal:
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


def selection(
    worlds: Worlds,
    cell: Cell,
    turn: int,
    deal: Deal,
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
    images = _images_in(worlds, cell.setting)
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


@lru_cache(maxsize=256)
def _images_in(worlds: Worlds, setting: str) -> dict[str, tuple[Image, ...]]:
    """The images of each situation that can be shown in a setting."""
    return {situation.id: found for situation, found in known_in(worlds, setting)}


def _evidence(
    worlds: Worlds, setting: Setting, wanted: set[str], deal: Deal
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


def _partners_of(worlds: Worlds, cell: Cell, deal: Deal) -> list[str]:
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


def hopes_of(asked: Candidates, *, wants_time: bool) -> tuple[str, ...]:
    """That the first partners that were dealt are used, and that a time is told.

    Without it the solver prefers those that are easy to cast, and they come up all the time.
    """
    dealt = [situation.id for situation, _ in asked.situations if situation.id != asked.main]
    used = [f"use({each})" for each in dealt[:_HOPED]]
    timed = ["now(_)"] if wants_time and asked.times else []
    return (*used[:1], *timed, *used[1:])


def _some(worlds: Worlds, deal: Deal, deck: str, every: Sequence[str], most: int) -> list[str]:
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
