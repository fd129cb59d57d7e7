"""Choosing and making the story of an item: cell, candidates, Draft, words, Scene."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import metadata
from typing import Literal

from storypainter.errors import BadInput
from storypainter.planner.cells import Cell, cells, known_in
from storypainter.planner.choosing import choose
from storypainter.planner.dealing import Deal, hopes_of, selection
from storypainter.planner.locales import locale_of, localised
from storypainter.planner.plain import PlainProse
from storypainter.planner.prose import Choices, Prose, Told
from storypainter.planner.reading import Worlds, own_worlds
from storypainter.planner.solving import Asked, Candidates, Draft, solve
from storypainter.planner.staging import Staging
from storypainter.planner.wishes import (
    called_for,
    limits_of,
    refusal,
    rules_of,
    wishes_of,
)
from storypainter.pools.wording import mentions
from storypainter.scene import Person, Scene
from storypainter.story import Brief, Story, StoryOrigin
from storypainter.value import Value

#: Part of what identifies a planned Story: raised whenever the same call would tell another one.
VERSION = "4"

#: How often an item is planned anew until its words keep every wish, and in how many cells.
_ATTEMPTS, _NEIGHBOURS = 12, 12
#: How many selections are tried before the solver gets everything, and how many of them have one
#: image of each situation and not everybody.
_SELECTIONS, _NARROW = 8, 2
#: How often a story is to tell a time, and how often it has to have a relationship.
_TIMED, _RELATED = 0.6, 0.55
#: From how many required words on the order of cells looks at which of them a situation tells.
_MANY = 3
#: After how many conflicts a solver gives up on a selection; the attempt under which a cell is tried.
_CONFLICTS, _TRIAL = 4000, 1000
#: After so many cells without any story that grants the wishes, a contradiction is looked for.
_CELLS_TRIED = 40


class Plan(Value):
    """A Story with the Scene that shows it. ``world`` is the setting that it comes from."""

    story: Story
    scene: Scene
    world: str


Wording = Literal["written", "plain"]


@dataclass(frozen=True, slots=True)
class Planned:
    """A Draft with its words and its choices, before they become a Story and a Scene."""

    draft: Draft
    choices: Choices
    told: Told
    scene: Scene


@lru_cache(maxsize=256)
def plan(seed: int, index: int, brief: Brief | None = None, wording: Wording = "written") -> Plan:
    """The story at ``index`` (from 0) of the seed's order of all cells that suit ``brief``.

    The same arguments give the same Plan, however many items are asked for. A cell is a setting
    with a main situation; when all have come up, they come up again with other partners, people
    and images. Wishes are met by words: every word of ``theme`` by a situation, a time or the
    setting; what is ``required`` is told in these very words; what is ``forbidden`` occurs nowhere.
    ``wording`` decides the text and nothing else: ``written`` has the worlds' own sentences,
    ``plain`` one for each clue (``plain.py``).

    Raises:
        BadInput: the index is negative, or the Brief wishes for something that the planner
            can't honour; the message names the smallest set of wishes that clash.
    """
    if index < 0:
        raise BadInput(f"the index of a planned story is {index}", "count from 0")
    worlds = own_worlds()
    asked = brief or Brief()
    made = make(worlds, seed, index, asked, wording)
    story = story_of(worlds, made, seed, index)
    return Plan(story=story, scene=made.scene, world=made.draft.setting)


def make(
    worlds: Worlds, seed: int, index: int, brief: Brief, wording: Wording = "written"
) -> Planned:
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
                worlds, drafted, f"{seed} {index} {attempt}", brief, locale.ink if locale else "",
                wording,
            )  # fmt: skip
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
    worlds: Worlds,
    drafted: Draft,
    item: str,
    brief: Brief | None = None,
    locale: str = "",
    wording: Wording = "written",
) -> Planned:
    """A Draft with its words and its Scene; ``item`` seeds what the rules leave open."""
    number = random.Random(item).randrange(2**31)
    forbidden = brief.forbidden if brief else ()
    choices = choose(worlds, drafted, number, forbidden)
    prose = PlainProse if wording == "plain" else Prose
    told = prose(worlds, drafted, choices, number).told()
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
        deal = Deal(seed, index, number + _SELECTIONS * attempt)
        asked = selection(worlds, cell, turn, deal, rules, wide=number >= _NARROW)
        hopes = hopes_of(asked, wants_time=wants_time) if number < _NARROW else ()
        drafted = solve(
            worlds, asked, limits, rng.randrange(2**31), Asked(rules, hopes), _CONFLICTS
        )
        if drafted is not None:
            return drafted
    if wishes:
        return None
    every = Candidates(setting, known_in(worlds, cell.setting), cell.main)
    return solve(worlds, every, limits, rng.randrange(2**31), Asked(rules), _CONFLICTS)


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


@lru_cache(maxsize=1)
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
