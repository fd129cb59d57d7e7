"""What a training records of those whose judgement it rewarded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storypainter.models.catalog import connect_writer
from storypainter.models.contract import ModelOptions
from storypainter.sequences.telling.trainings import Rewarded, chain
from storypainter.sequences.training.rewarding import Rewarding, judge_record
from storypainter.training.tuning.folder import TuningFolder


def rewarding(*names: str, judge: str = "") -> Rewarding:
    writer = connect_writer(judge, ModelOptions(api_key="k")) if judge else None
    return Rewarding(dict.fromkeys((*names, *(["judge"] if judge else [])), 1.0), writer)


def trained(folder: Path, record: dict[str, Any]) -> Path:
    """A training's folder with this record, as a training writes it; its adapter's place."""
    with TuningFolder(folder) as kept:
        table = {"reward_judge": record} if record else {}
        kept.claim({"asked": {"method": "rl"}, **table})
    return folder / "adapter"


def written(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "config.toml").write_text(text)
    return folder / "adapter"


def test_a_judge_and_the_grounded_reward_are_both_recorded():
    found = judge_record(rewarding("grounded", "length", judge="openai/judge1"), None)
    assert (found["address"], found["also"]) == ("openai/judge1", ["grounded"])
    assert found["model_model"] == "judge1"


@pytest.mark.parametrize(
    ("names", "address"), [(("grounded", "length"), "grounded"), (("length",), "length")]
)
def test_without_a_judge_the_reward_is_named(names, address):
    assert judge_record(rewarding(*names), None) == {"address": address}


def test_nobody_rewarded_is_no_record(tmp_path):
    assert judge_record(None, None) == {}
    assert judge_record(None, tmp_path / "adapter") == {}
    assert judge_record(None, written(tmp_path / "a", '[asked]\nmethod = "sft"\n')) == {}


def test_models_of_earlier_trainings_are_recorded_through_several(tmp_path):
    start = trained(
        tmp_path / "1", judge_record(rewarding("grounded", judge="openai/vendor/judge1"), None)
    )
    start = trained(tmp_path / "2", judge_record(None, start))  # supervised learning goes between
    start = trained(tmp_path / "3", judge_record(rewarding(judge="openai/judge2"), start))
    last = judge_record(rewarding(judge="openai/judge3"), start)
    assert last["address"] == "openai/judge3"
    assert last["earlier"] == ["openai/judge2", "openai/vendor/judge1", "grounded"]
    assert last["earlier_models"] == {
        "openai/vendor/judge1": {"model": "vendor/judge1"},
        "openai/judge2": {"model": "judge2"},
    }
    trained(tmp_path / "4", last)
    assert chain(tmp_path / "4") == (
        [
            Rewarded(tmp_path / "4", "openai/judge3", "judge3"),
            Rewarded(tmp_path / "4", "openai/judge2", "judge2"),
            Rewarded(tmp_path / "4", "openai/vendor/judge1", "vendor/judge1"),
            Rewarded(tmp_path / "4", "grounded"),
        ],
        True,
    )


def test_who_is_rewarded_again_is_no_earlier_one(tmp_path):
    start = trained(tmp_path / "1", judge_record(rewarding("grounded", judge="openai/j"), None))
    found = judge_record(rewarding("grounded", judge="openai/j"), start)
    assert "earlier" not in found
    assert "earlier_models" not in found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('reward_judge = "openai/old"\n', ["openai/old"]),
        ('[reward_judge]\naddress = "openai/old"\nearlier = ["x/y"]\n', ["openai/old", "x/y"]),
        (
            '[asked]\nrewards = "{\\"grounded\\": {}, \\"judge\\": {}}"\n'
            '[reward_judge]\naddress = "openai/old"\n',
            ["openai/old", "grounded"],
        ),
        ('[asked]\nrewards = "{\\"grounded\\": {}}"\n[reward_judge]\naddress = "grounded"\n',
         ["grounded"]),
    ],
)  # fmt: skip
def test_records_of_old_are_taken_over(tmp_path, text, names):
    start = written(tmp_path / "old", text)
    assert judge_record(rewarding(judge="openai/new"), start)["earlier"] == names
    before = judge_record(None, start)
    assert [before["address"], *before.get("also", []), *before.get("earlier", [])] == names


def test_a_checkpoints_training_is_found(tmp_path):
    trained(tmp_path / "run", judge_record(rewarding("grounded"), None))
    start = tmp_path / "run" / "checkpoints" / "checkpoint-3"
    assert judge_record(None, start) == {"address": "grounded"}
