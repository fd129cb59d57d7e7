"""``storypainter plan`` and ``runs show --explain``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storypainter.cli.main import cli, run
from storypainter.scene import Scene
from storypainter.story import Story


def shown(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(cli, list(arguments)) == code
    captured = capsys.readouterr()
    return captured.err if code else captured.out


def test_a_plan_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "plan", "--seed", "3")
    assert "Chains, set in a" in text
    assert text == shown(capsys, "plan", "--seed", "3")
    assert text != shown(capsys, "plan", "--seed", "3", "--item", "2")


def test_it_is_explained_as_text_svg_and_mermaid(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "\nEvent Causal Relationship\n" in shown(capsys, "plan", "--explain")
    assert "flowchart LR" in shown(capsys, "plan", "--explain", "--as", "mermaid")
    file = tmp_path / "graph.svg"
    line = shown(capsys, "plan", "--explain", "--as", "svg", "--save", str(file))
    assert line.startswith(f"{file}: ")
    assert file.read_text("utf-8").startswith("<svg")


def test_json_holds_the_story_and_its_scene(capsys: pytest.CaptureFixture[str]) -> None:
    row = json.loads(shown(capsys, "plan", "--json"))
    story, scene = Story.model_validate(row["story"]), Scene.model_validate(row["scene"])
    carried = {clue for element in scene.elements for clue in element.clues}
    assert {clue.id for chain in story.chains for clue in chain.clues} <= carried


def test_what_cannot_be_planned_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "plan", "--required", "zebra", code=2)
    assert "none has the required 'zebra'" in text
    assert text.count("\n") == 1
    assert "at least" not in text


def test_a_graph_that_can_t_be_written_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = shown(capsys, "plan", "--explain", "--save", str(tmp_path / "no" / "g.svg"), code=2)
    assert "can't be written" in text


def test_a_run_explains_its_items(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = str(tmp_path / "run")
    shown(capsys, "tell", "-n", "2", "--out", out, "--quiet")
    assert "Location\n" in shown(capsys, "runs", "show", out, "--item", "2", "--explain")
    assert "name it: --item 1" in shown(capsys, "runs", "show", out, "--explain", code=2)


def test_a_story_without_chains_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = str(tmp_path / "run")
    shown(capsys, "tell", "--storyteller", "rehearsal", "--out", out, "--quiet")
    text = shown(capsys, "runs", "show", out, "--item", "1", "--explain", code=2)
    assert "the Chains of story-00001 are not known" in text
