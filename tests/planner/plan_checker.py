"""An independent check of a plan: from the Story and the Scene alone, without the planner's rules.

It reads ids: a clue's id is ``situation.clue`` (or ``time.``, ``place.``, a person, ``a-b.``), a
causal Chain's id ``cause.situation.fact``.
"""

from __future__ import annotations

from collections import Counter
from graphlib import CycleError, TopologicalSorter

from storypainter.pools.wording import words_of
from storypainter.scene import Scene
from storypainter.story import Chain, Dimension, Story

_SMALL = frozenset(["the", "and", "his", "her", "with", "for", "one", "two", "its", "has", "are"])
_CAUSE = Dimension.EVENT_CAUSAL_RELATIONSHIP


def breaches(story: Story, scene: Scene) -> list[str]:
    """What is wrong with a plan, one line each; nothing if all is well."""
    return [
        *_people(scene),
        *_clues(story, scene),
        *_causes(story),
        *_one_story(story, scene),
        *_prose(story),
    ]


def _people(scene: Scene) -> list[str]:
    found = []
    ids = Counter(person.id for person in scene.people)
    found += [f"{name} is there {count} times" for name, count in ids.items() if count > 1]
    for person in scene.people:
        places = [person.sits_on, person.stands_on, person.lies_on]
        if sum(place is not None for place in places) > 1:
            found.append(f"{person.id} sits, stands and lies")
        if len(person.holds) > 2:
            found.append(f"{person.id} holds {len(person.holds)} things")
    held = Counter(hold.what for person in scene.people for hold in person.holds)
    found += [f"{what} is held by {count}" for what, count in held.items() if count > 1]
    return found


def _clues(story: Story, scene: Scene) -> list[str]:
    carried = {clue for element in scene.elements for clue in element.clues}
    told = {clue.id for chain in story.chains for clue in chain.clues}
    found = [f"the clue {clue} is carried by nothing" for clue in sorted(map(str, told - carried))]
    found += [f"the Scene carries {clue}, which no Chain has" for clue in sorted(carried - told)]
    text = set(words_of(story.text))
    for chain in story.chains:
        for clue in chain.clues:
            words = [word for word in words_of(clue.text) if len(word) > 2 and word not in _SMALL]
            if words and not text & {form for word in words for form in (word, word[:-1])}:
                found.append(f"no word of the clue {clue.text!r} is in the text")
    return found


def edges_of(chains: tuple[Chain, ...]) -> set[tuple[str, str]]:
    """(source, effect) of every causal Chain."""
    edges = set()
    for chain in chains:
        if chain.dimension is _CAUSE:
            effect = str(chain.id).split(".")[1]
            for clue in chain.clues:
                source = str(clue.id).rpartition(".")[0]
                if source != effect:
                    edges.add((source, effect))
    return edges


def _causes(story: Story) -> list[str]:
    edges = edges_of(story.chains)
    found = [] if edges else ["there is no cause"]
    order: TopologicalSorter[str] = TopologicalSorter()
    for source, effect in edges:
        order.add(effect, source)
    try:
        order.prepare()
    except CycleError as error:
        found.append(f"causes run in a circle: {error.args[1]}")
    for chain in story.chains:
        if chain.dimension is _CAUSE:
            groups = {str(clue.id).rpartition(".")[0] for clue in chain.clues}
            if len(groups) < 2:
                found.append(f"{chain.id} joins nothing")
    return found


def _one_story(story: Story, scene: Scene) -> list[str]:
    """Whether all situations hang together by causes."""
    situations = {
        str(chain.id).split(".")[0]
        for chain in story.chains
        if chain.dimension in (Dimension.EVENT, Dimension.MENTAL_STATE)
    }
    edges = edges_of(story.chains)
    reached = {next(iter(sorted(situations)))}
    while more := {
        b for a, b in edges | {(b, a) for a, b in edges} if a in reached and b not in reached
    }:
        reached |= more
    return [f"{each} hangs together with nothing" for each in sorted(situations - reached)]


def _prose(story: Story) -> list[str]:
    found = []
    if "{" in story.text or "[" in story.text or "  " in story.text:
        found.append("marks or double spaces are left in the text")
    for bad in (
        " a a",
        " a e",
        " a i",
        " an b",
        " an c",
        " the the ",
        " on he ",
        " of he ",
        " on she ",
        " of she ",
    ):
        if bad in f" {story.text} ":
            found.append(f"{bad.strip()!r} in the text")
    return found
