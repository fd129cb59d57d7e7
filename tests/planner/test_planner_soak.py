"""The full counts: a thousand plans, every cell, two hundred pictures."""

from __future__ import annotations

from collections import Counter

import pytest

from planner.plan_checker import breaches
from storypainter.ink import paint_scene
from storypainter.planner import plan
from storypainter.planner.cells import Cell, cells
from storypainter.planner.planning import draft_of, own_worlds
from storypainter.story import Brief

pytestmark = pytest.mark.soak


@pytest.mark.parametrize("seed", range(10))
def test_a_hundred_plans_have_no_breach(seed: int) -> None:
    found = Counter[str]()
    for index in range(100):
        made = plan(seed, index)
        found.update(f"{made.story.id}: {each}" for each in breaches(made.story, made.scene))
    assert found == Counter()


@pytest.mark.parametrize("setting", sorted(own_worlds().settings))
def test_every_main_situation_of_a_setting_has_a_plan(setting: str) -> None:
    worlds = own_worlds()
    mains = [cell.main for cell in cells(worlds, 0) if cell.setting == setting]
    none = [
        main
        for number, main in enumerate(mains)
        if draft_of(worlds, Cell(setting, main, 0), 0, (1, number, 0), Brief()) is None
    ]
    assert none == []


def test_of_two_hundred_pictures_at_most_three_in_a_hundred_hide_a_clue() -> None:
    hidden = []
    for index in range(200):
        made = plan(90210, index)
        reports = paint_scene(made.scene).reports
        if any("a clue needs" in each for each in reports):
            hidden.append((made.story.id, reports))
    assert len(hidden) <= 6, hidden
