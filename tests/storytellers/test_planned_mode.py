"""Planned mode: the planner plans, a Writer writes, and what it dropped is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storypainter import planner
from storypainter.cli.main import cli, run
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import items
from storypainter.story import Brief, Story
from storypainter.storytellers.composing import compose_planned, compose_repair
from storypainter.storytellers.planned import faults_of


def told(tmp_path: Path, replies: list[str], *flags: str) -> Story:
    """The story of a run whose Writer plays these replies."""
    script = tmp_path / "script.jsonl"
    script.write_text("".join(json.dumps({"text": text}) + "\n" for text in replies), "utf-8")
    out = tmp_path / "run"
    arguments = ["tell", "--storyteller", f"rehearsal/{script}", "--mode", "planned"]
    assert run(cli, [*arguments, "--seed", "5", "--out", str(out), "--quiet", *flags]) == 0
    with RunFolder(out, read_only=True) as folder:
        (item,) = items(folder)
    assert item.story is not None
    return item.story


def test_a_text_that_keeps_the_plan_is_taken_as_it_is(tmp_path: Path) -> None:
    plan = planner.plan(5, 0)
    story = told(tmp_path, [plan.story.text, "never asked for"])
    assert story.text == plan.story.text
    assert story.chains == plan.story.chains
    assert story.origin is not None
    assert story.origin.mode == "planned"


def test_what_was_dropped_is_asked_for_once(tmp_path: Path) -> None:
    plan = planner.plan(5, 0)
    story = told(tmp_path, ["Rain falls on an empty road.", plan.story.text])
    assert story.text == plan.story.text
    assert any(note.startswith("written again for ") for note in story.notes)


def test_a_second_text_that_is_worse_is_not_taken(tmp_path: Path) -> None:
    plan = planner.plan(5, 0)
    half = " ".join(plan.story.text.split(". ")[:3]) + "."
    story = told(tmp_path, [half, "Rain falls on an empty road."])
    assert story.text == half
    missing = {note.removeprefix("not told: ") for note in story.notes if "not told" in note}
    assert missing
    assert all(clue.text not in missing for chain in story.chains for clue in chain.clues)
    assert len(story.chains) < len(plan.story.chains)


def test_what_the_planner_does_not_know_is_left_to_the_writer(tmp_path: Path) -> None:
    plan = planner.plan(5, 0)
    text = plan.story.text + " A zebra looks on."
    story = told(tmp_path, [text], "--required", "zebra")
    assert story.text == text
    assert not [note for note in story.notes if "zebra" in note]


def test_faults_are_named() -> None:
    plan = planner.plan(5, 0)
    assert not faults_of(plan.story.text, plan)
    stranger = next(noun for noun in planner.nouns() if noun not in plan.story.text)
    found = faults_of(f"{plan.story.text} A {stranger} waits.", plan, ["zebra"])
    assert found.dropped == ("zebra",)
    assert stranger in found.strangers
    conclusion = next(
        chain.conclusion for chain in plan.story.chains if chain.dimension.value == "event"
    )
    assert conclusion in faults_of(f"{plan.story.text} {conclusion}", plan).stated


def test_the_prompt_holds_the_plan_and_the_repair_its_faults() -> None:
    plan = planner.plan(5, 0)
    prompt = compose_planned(plan, Brief(audience="children"), ("a zebra",))
    message = str(prompt.messages[0].content)
    for chain in plan.story.chains:
        assert chain.conclusion in message
        assert all(clue.text in message for clue in chain.clues)
    assert "a zebra" in message
    assert "not told: a zebra" in compose_repair(["not told: a zebra"])


@pytest.mark.parametrize("flags", [("--people", "astronaut"), ("--setting", "the moon")])
def test_an_impossible_plan_is_refused_before_any_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], flags: tuple[str, str]
) -> None:
    out = tmp_path / "run"
    code = run(
        cli,
        ["tell", "--storyteller", "rehearsal", "--mode", "planned", "--out", str(out), *flags],
    )
    assert code == 2
    assert "no planned story suits the brief" in capsys.readouterr().err
    assert not out.exists()
