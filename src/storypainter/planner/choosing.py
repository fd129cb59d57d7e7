"""What the rules leave open and a seed chooses: the order of telling, looks, colours, forms."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import lru_cache

from storypainter.planner.facts import suits
from storypainter.planner.prose import Choices
from storypainter.planner.reading import Worlds
from storypainter.planner.solving import Draft
from storypainter.planner.wardrobe import zone_of
from storypainter.planner.world import Look
from storypainter.pools.wording import mentions, words_of

#: How often somebody who could wear what belongs to the locale does.
_LOCAL = 0.6
#: Words of a look that name nothing.
_LOOSE = frozenset(
    {"with", "round", "over", "the", "and", "his", "her", "one", "under", "long", "back"}
)
#: How often a bond is told with the first mentions and not in a sentence of its own, and how often
#: somebody's everyday clothes go unmentioned.
_MENTIONED, _SILENT = 0.75, 0.45


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
        for each in _everyday(worlds, drafted.setting, person)
        if not taken.intersection(zone_of(garment) for garment in each.wear)
        and not any(mentions(" ".join((each.say, *each.wear)), wish) for wish in forbidden)
        and not _worn_words(each).intersection(told)
        and (not each.who.genders or drafted.genders[person] in each.who.genders)
        and all(
            not allowed or drafted.scene[key] in allowed
            for key, allowed in (
                ("season", each.when.season),
                ("weather", each.when.weather),
                ("of_day", each.when.of_day),
            )
        )
        and each not in others.values()
    ]
    local = [each for each in fitting if each.locales]
    if local and rng.random() < _LOCAL:
        return rng.choice(local)
    return rng.choice(fitting) if fitting else None


@lru_cache(maxsize=2048)
def _everyday(worlds: Worlds, setting: str, person: str) -> tuple[Look, ...]:
    """The everyday looks that somebody of a setting's cast may have at all."""
    place = worlds.settings[setting]
    member = next(each for each in place.cast if each.id == person)
    marks = frozenset(member.marks)
    return tuple(
        each
        for each in worlds.looks
        if suits(each.where, each.unless, place) and each.who.admits(member.age, marks)
    )


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
