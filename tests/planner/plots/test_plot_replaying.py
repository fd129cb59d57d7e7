"""The independent checker finds every fault that is planted in a plot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from storypainter.planner.plots.courses import Cell, courses
from storypainter.planner.plots.dealing import Wishes, containing
from storypainter.planner.plots.draft import Draft
from storypainter.planner.plots.event import Event, Fact
from storypainter.planner.plots.reading import Stock
from storypainter.planner.plots.replaying import problems
from storypainter.planner.reading import Worlds

STORY = ("carry_it", "wind_takes_it", "ask_about_it", "ladder_to_it", "give_it_back")


@pytest.fixture(scope="module")
def sound(stock: Stock, worlds: Worlds) -> Draft:
    """A kite that is fetched from a tree by somebody who was asked."""
    for number in range(200):
        for draft in containing(stock, worlds, "ladder_to_it", "park", 1, number):
            if draft.course.events == STORY:
                return draft
    raise AssertionError("no such plot")


def with_events(draft: Draft, *names: str) -> Draft:
    """Its Course with other events; parts of moments that are gone are left out."""
    parts = {key: who for key, who in draft.course.parts.items() if key[0] < len(names)}
    return replace(draft, course=replace(draft.course, events=names, parts=parts))


def changed(draft: Draft, event: str, **fields: object) -> Draft:
    """The same with one event changed."""
    events = dict(draft.stock.events)
    events[event] = Event.model_validate({**events[event].model_dump(), **fields})
    return replace(draft, stock=replace(draft.stock, events=events))


def quiet(draft: Draft, *facts: str) -> Draft:
    known = dict(draft.stock.facts)
    for name in facts:
        known[name] = Fact.model_validate({**known[name].model_dump(), "quiet": True})
    return replace(draft, stock=replace(draft.stock, facts=known))


def recast(draft: Draft, **parts: str) -> Draft:
    """Other people or things in a moment: ``m3_helper="p1"``."""
    found = dict(draft.course.parts)
    for key, who in parts.items():
        moment, _, name = key[1:].partition("_")
        found[int(moment), name] = who
    return replace(draft, course=replace(draft.course, parts=found))


def test_a_sound_plot_has_no_problems(sound: Draft) -> None:
    assert problems(sound) == []


@pytest.mark.parametrize(
    ("plant", "says"),
    [
        (lambda d: with_events(d, *STORY[:4]), "close with an ending"),
        (lambda d: with_events(d, *STORY[:2]), "2 moments"),
        (lambda d: changed(d, "ask_about_it", beat="turn"), "turn comes up 2 times"),
        (lambda d: changed(d, "wind_takes_it", beat="turn"), "out of order"),
        (lambda d: changed(d, "wind_takes_it", gives=["sad(owner)"]), "isn't true"),
        (lambda d: changed(d, "ladder_to_it", ends=["belongs(toy, owner)"]), "isn't true"),
        (lambda d: changed(d, "give_it_back", gives=["holds(owner, toy)"]), "left open"),
        (lambda d: changed(d, "give_it_back", gives=["happy(owner)", "in_tree(toy)"]), "left open"),
        (lambda d: recast(d, m4_helper="p1"), "takes two parts"),
        (lambda d: recast(d, m3_toy="o2", m3_ladder="o1"), "can't be"),
        (lambda d: changed(d, "carry_it", people={"owner": "elder"}), "can't be owner"),
        (lambda d: changed(d, "carry_it", people={"owner": {"ages": "child", "leaves": True}}), "isn't there"),
        (lambda d: changed(d, "ladder_to_it", without=["belongs(toy, owner)"]), "mustn't be"),
        (lambda d: quiet(d, "in_tree", "asked", "sad"), "nothing earlier is its cause"),
        (lambda d: quiet(d, "asked"), "nothing that happens later is because of it"),
        (lambda d: replace(d, people={"p1": d.people["p1"], "p2": replace(d.people["p2"], member=d.people["p1"].member)}), "the same member"),
        (lambda d: replace(d, things={**d.things, "o2": replace(d.things["o2"], kind=d.things["o1"].kind)}), "the same thing"),
        (lambda d: replace(d, people={"p1": d.people["p1"]} | {f"b{n}": d.people["p2"] for n in range(1, 5)} | {"p2": d.people["p2"]}), "not 2 to 4"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(sound: Draft, plant: Callable[[Draft], Draft], says: str) -> None:
    assert any(says in each for each in problems(plant(sound)))


def test_two_who_hold_one_thing_are_found(sound: Draft) -> None:
    facts = dict(sound.stock.facts)
    facts["holds"] = facts["holds"].model_copy(update={"group": ""})
    broken = replace(sound, stock=replace(sound.stock, facts=facts))
    assert any("is held by 2 people" in each for each in problems(broken))


def test_courses_of_a_cell_are_all_sound_and_different(stock: Stock, worlds: Worlds) -> None:
    found = courses(stock, worlds, Cell("park", "summer", "wind_takes_it", 5))
    assert (
        len(found)
        == len({(each.events, tuple(each.parts.items()), each.stands_by) for each in found})
        > 2
    )
    for each in found:
        assert stock.events[each.events[0]].beat == "opening"
        assert each.events[1] == "wind_takes_it"
    assert courses(stock, worlds, Cell("kitchen", "summer", "wind_takes_it", 5)) == ()
    assert Wishes().moments == (3, 6)
