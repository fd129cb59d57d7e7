"""Making the plot of an item: deal, word, stage."""

from __future__ import annotations

from functools import lru_cache
from importlib import metadata

from storypainter.planner.locales import localised
from storypainter.planner.plots.dealing import Wishes, deal
from storypainter.planner.plots.draft import Draft
from storypainter.planner.plots.plot import Moment, Plot
from storypainter.planner.plots.reading import own_stock
from storypainter.planner.plots.staging import scene
from storypainter.planner.plots.wording import Words, characters
from storypainter.planner.reading import own_worlds

#: Part of what identifies a Plot: raised whenever the same call would give another one.
VERSION = "2"


def plan_plot(seed: int, index: int, wishes: Wishes | None = None) -> Plot:
    """The plot at ``index`` (from 0) of a seed; the same arguments give the same Plot.

    Raises:
        BadInput: the wishes name an unknown setting, or no plot grants them.
    """
    return plot_of(draft_plot(seed, index, wishes), f"{seed}-{index}")


def draft_plot(seed: int, index: int, wishes: Wishes | None = None) -> Draft:
    """The Draft of :func:`plan_plot`: what it consists of, before words and Scenes."""
    return deal(own_stock(), localised(own_worlds(), None), seed, index, wishes or Wishes())


def plot_of(draft: Draft, name: str) -> Plot:
    """A Draft with its words and its Scenes; ``name`` makes its id."""
    scenes = [scene(draft, index) for index in range(len(draft.events))]
    words = Words(draft, [{animal.id for animal in each.animals} for each in scenes])
    worded = words.moments()
    place = draft.stock.places[draft.cell.setting]
    moments = tuple(
        Moment(
            scene=scenes[index],
            caption=each.caption,
            part=each.part,
            event=each.event,
            place=f"the {place.noun}",
            time=f"{draft.of_day} in {draft.cell.season}",
            shown=each.shown,
            beat=draft.events[index].beat,
            what=draft.events[index].id,
        )
        for index, each in enumerate(worded)
    )
    return Plot(
        id=f"plot-{draft.cell.setting}-{draft.cell.trouble}-{name}".replace("_", "-")[:128],
        title=_title(draft),
        setting=draft.cell.setting,
        family=draft.stock.family[draft.cell.trouble],
        characters=characters(draft),
        moments=moments,
        causes=words.causes(),
    )


def _title(draft: Draft) -> str:
    """Such as "The girl and the kite": who comes up first, and what the trouble is about, or whom."""
    trouble = draft.course.events.index(draft.cell.trouble)
    event, names = draft.events[trouble], draft.names(trouble)
    first = draft.people[draft.course.people[0]].noun
    for name in (*event.things, *event.people):
        who = names[name]
        if who in draft.things:
            return f"The {first} and the {draft.things[who].kind.noun.later}"
        if who != draft.course.people[0]:
            return f"The {first} and the {draft.people[who].noun}"
    return f"The {first} {draft.stock.places[draft.cell.setting].at}"


@lru_cache(maxsize=1)
def version() -> str:
    """What a plot depends on besides its arguments: this room, its events, the worlds, the solver."""
    stock, worlds = own_stock().digest, own_worlds().digest
    return f"{VERSION} {stock} {worlds} clingo {metadata.version('clingo')}"
