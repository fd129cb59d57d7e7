"""A Brief for every item: what is read, what is refused, and who gets which."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from storypainter import assembly
from storypainter.errors import BadInput
from storypainter.pipeline import Plan, Run
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import items
from storypainter.settings import resolve
from storypainter.story import Brief, Story
from storypainter.storytellers.briefs import BriefedTeller, read_briefs

PLACES = ("a quay", "a barn", "a lift")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "briefs.jsonl"
    path.write_text("".join(json.dumps({"id": p, "setting": p}) + "\n" for p in PLACES))
    return path


def prepared(file: Path, tmp_path: Path, **flags: Any) -> Plan:
    script = tmp_path / "script.jsonl"
    script.write_text(json.dumps({"text": "A goat stands in the lift, and the bell hangs still."}))
    flags = {"storyteller": f"rehearsal/{script}", "briefs": str(file), **flags}
    return assembly.prepare(resolve(flags, {}), {}, paint=False)


def messages(plan: Plan, item: int) -> str:
    return "".join(plan.teller.inputs(item)["messages"])


@pytest.mark.parametrize("mode", ["naive", "cor_guided", "mini"])
def test_each_item_is_told_to_its_own_brief(file: Path, tmp_path: Path, mode: str) -> None:
    plan = prepared(file, tmp_path, mode=mode, audience="sailors")
    assert plan.n == plan.spec.n == 3
    for item, place in enumerate(PLACES):
        text = messages(plan, item)
        assert f"Setting: {place}." in text
        assert "sailors" in text  # what all of them share
        assert not any(other in text for other in PLACES if other != place)


def test_a_line_overrides_what_all_share(tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text('{"setting": "a barn"}\n\n{"theme": "rain"}\n')
    found = read_briefs(path, Brief(setting="a quay", required=("a goose",)))
    assert [each.setting for each in found] == ["a barn", "a quay"]
    assert all(each.required == ("a goose",) for each in found)


def test_stories_follow_their_briefs_and_a_second_run_asks_nothing(
    file: Path, tmp_path: Path
) -> None:
    def run() -> tuple[list[Story | None], Run]:
        plan = prepared(file, tmp_path)
        with RunFolder(tmp_path / "run") as folder:
            folder.begin(assembly.recorded(plan.spec), {}, "test")
            work = Run(plan, folder)
            asyncio.run(work.work())
        with RunFolder(tmp_path / "run", read_only=True) as folder:
            return [item.story for item in items(folder)], work

    stories, first = run()
    again, second = run()
    assert len(stories) == 3
    assert all(stories)
    assert again == stories
    assert (first.stages["story"].done, second.stages["story"].reused) == (3, 3)


def test_the_planner_plans_to_each_brief(tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text('{"setting": "library"}\n{"setting": "beach"}\n')
    plan = assembly.prepare(resolve({"briefs": str(path)}, {}), {}, paint=False)
    kinds = [scene.setting.kind for k in range(2) if (scene := plan.teller.scene(k))]
    assert kinds == ["library", "beach"]


def test_fewer_may_be_asked_for_but_not_more(file: Path, tmp_path: Path) -> None:
    assert prepared(file, tmp_path, n=2).n == 2
    with pytest.raises(BadInput, match="holds 3 Briefs, and 4 stories"):
        prepared(file, tmp_path, n=4)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 2: not valid JSON"),
        ('{"place": "a quay"}', "line 2.*place"),
        ('{"clues": 0}', "line 2.*clues"),
        ('{"required": ["a goose"], "forbidden": ["A goose"]}', "line 2.*both required"),
        ('{"style": "line"}', "line 2: style"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text('{"setting": "a quay"}\n' + line + "\n")
    with pytest.raises(BadInput, match=says):
        read_briefs(path, Brief())


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text("\n")
    with pytest.raises(BadInput, match="holds no Brief"):
        read_briefs(path, Brief())


def test_a_brief_that_cannot_be_planned_is_refused_before_any_call(tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text('{"setting": "library"}\n{"setting": "the far side of the moon"}\n')
    with pytest.raises(BadInput, match="moon"):
        assembly.prepare(resolve({"briefs": str(path)}, {}), {}, paint=False)


def test_the_same_brief_has_one_storyteller() -> None:
    made: list[Brief] = []

    def make(brief: Brief) -> Any:
        made.append(brief)
        return object()

    teller = BriefedTeller([Brief(), Brief(), Brief(theme="rain")], make)
    assert teller._of(0) is teller._of(1) is teller.first
    assert teller._of(2) is not teller.first
    assert len(made) == 2
