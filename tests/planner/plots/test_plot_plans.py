"""Plots: the same people and things in every picture, causes that run forward, reproducible, spread."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.ink import check_scene
from storypainter.planner.plots import Plot, Wishes, draft_plot, plan_plot
from storypainter.planner.plots.dealing import containing
from storypainter.planner.plots.reading import Stock
from storypainter.planner.plots.replaying import problems
from storypainter.planner.reading import Worlds


def looks(plot: Plot) -> list[str]:
    """What changes from picture to picture and mustn't."""
    found: list[str] = []
    seen: dict[str, object] = {}
    for moment in plot.moments:
        scene = moment.scene
        every: list[tuple[str, object]] = [
            ("setting", (scene.setting.kind, scene.setting.season, scene.setting.time_of_day)),
        ]
        for person in scene.people:
            own = (person.role, person.age, person.gender, person.build, person.skin)
            every.append((person.id, (*own, person.hair, person.attire)))
        every += [(animal.id, (animal.species, animal.colour)) for animal in scene.animals]
        every += [(prop.id, (prop.kind, prop.colour)) for prop in scene.props]
        for name, how in every:
            if seen.setdefault(name, how) != how and not name.startswith("extra."):
                found.append(f"{name}: {seen[name]} is {how}")
    return found


def unlike(plot: Plot) -> list[str]:
    """What of the annotations the Scenes don't have."""
    found = []
    names = {each.id for each in plot.characters}
    for number, moment in enumerate(plot.moments):
        drawn = {each.id for each in (*moment.scene.people, *moment.scene.animals)}
        shown = [each.character for each in moment.shown]
        people = {each.id for each in moment.scene.people}
        if not set(shown) <= drawn or not people <= set(shown) or not set(shown) <= names:
            found.append(f"{number}: {shown} are said to be shown, and {drawn} are drawn")
        if len(set(shown)) < len(shown):
            found.append(f"{number}: somebody is shown twice")
        if not all(each.action for each in moment.shown):
            found.append(f"{number}: somebody does nothing")
        emotions = {each.character for each in moment.shown if each.emotion}
        if not people <= emotions:
            found.append(f"{number}: somebody feels nothing")
    return found


@given(st.integers(0, 2**31 - 1), st.integers(0, 5000))
@settings(max_examples=30, deadline=None)
def test_the_same_people_and_things_are_in_every_picture(seed: int, index: int) -> None:
    plot = plan_plot(seed, index)
    assert looks(plot) == []
    assert unlike(plot) == []
    assert all(0 <= each.cause < each.effect < len(plot.moments) for each in plot.causes)
    assert {each.effect for each in plot.causes} == set(range(1, len(plot.moments)))
    assert len(plot.moments[-1].scene.people) >= 2 or len(plot.characters) >= 2
    for moment in plot.moments:
        check_scene(moment.scene)


def test_the_checker_finds_nothing_wrong_in_200_plots() -> None:
    wrong = {index: problems(draft_plot(1, index)) for index in range(200)}
    assert {index: each for index, each in wrong.items() if each} == {}


def test_the_same_arguments_give_the_same_plot_in_another_process() -> None:
    ours = [plan_plot(4, index).to_json() for index in (3, 11)]
    code = (
        "from storypainter.planner.plots import plan_plot\n"
        "for index in (11, 3): print(plan_plot(4, index).to_json())"
    )
    theirs = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert theirs.stdout.splitlines() == [ours[1], ours[0]]


def test_plots_are_spread_over_settings_families_and_lengths(stock: Stock) -> None:
    drafts = [draft_plot(2, index) for index in range(96)]
    settings_ = Counter(each.cell.setting for each in drafts)
    assert set(settings_) == set(stock.places)
    assert max(settings_.values()) <= 3 * min(settings_.values())
    families = Counter(stock.family[each.cell.trouble] for each in drafts)
    assert set(families) == {
        stock.family[e.id] for e in stock.events.values() if e.beat == "trouble"
    }
    assert {each.cell.moments for each in drafts} == {3, 4, 5, 6}
    casts = {tuple(sorted(p.member.id for p in each.people.values())) for each in drafts}
    assert len(casts) > 70


def test_wishes_are_granted() -> None:
    wishes = Wishes(("kitchen", "park"), (5, 5), (3, 3))
    for index in range(6):
        draft = draft_plot(0, index, wishes)
        assert draft.cell.setting in ("kitchen", "park")
        assert len(draft.events) == 5
        assert len(draft.people) == 3


@pytest.mark.parametrize("count", [2, 3, 4])
def test_as_many_people_as_asked_for_are_in_a_plot(count: int) -> None:
    for index in range(4):
        assert len(plan_plot(3, index, Wishes(people=(count, count))).characters) >= count
        assert len(draft_plot(3, index, Wishes(people=(count, count))).people) == count


@pytest.mark.parametrize(
    ("wishes", "says"),
    [
        (Wishes(("moon",)), "no plots are set in 'moon'"),
        (Wishes((), (2, 6)), "3 to 6 moments"),
        (Wishes((), (5, 4)), "3 to 6 moments"),
        (Wishes((), (3, 6), (1, 4)), "2 to 4 people"),
        (Wishes((), (3, 6), (3, 9)), "2 to 4 people"),
    ],
)
def test_what_nothing_grants_is_refused(wishes: Wishes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        plan_plot(0, 0, wishes)


def test_every_event_happens_in_some_plot(stock: Stock, worlds: Worlds) -> None:
    never = [name for name in stock.events if not list(containing(stock, worlds, name))]
    assert never == []
