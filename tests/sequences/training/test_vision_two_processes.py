"""Two processes that share a training of a vision-language model: the same losses, and whole scores."""

from __future__ import annotations

import pytest
from tiny_vision import RL, SFT

from training_folders import flags, launched, same_curves, table, weights

pytest.importorskip("trl")
pytestmark = pytest.mark.slow


def in_one_and_two(tmp_path, *command):
    """The folders that one process and two together leave."""
    one, two = tmp_path / "one", tmp_path / "two"
    launched(1, *command, "--device", "cpu", "--out", str(one))
    launched(2, *command, "--device", "cpu", "--out", str(two))
    assert "processes = 2" in (two / "config.toml").read_text()
    return one, two


def test_supervised_learning_ends_where_one_process_does(tmp_path, vision_base, vision_tasks):
    # Three held-out rows can't be shared evenly: each process has to score them all.
    settings = SFT.model_dump(include=SFT.model_fields_set) | {"heldout_rows": 3}
    command = ["sequences", "train", "sft", str(vision_tasks), "--base", str(vision_base)]
    one, two = in_one_and_two(tmp_path, *command, *flags(settings))
    same_curves(table(one), table(two))
    alone, shared = weights(one / "adapter"), weights(two / "adapter")
    for name, value in alone.items():
        assert (value - shared[name]).abs().max() < 1e-4, name


def test_learning_by_rewards_has_the_same_supervised_term(tmp_path, vision_base, vision_tasks):
    """Processes sample by themselves, so that only what comes before an update's end is the same."""
    settings = RL.model_dump(include=RL.model_fields_set) | {"heldout_rows": 3}
    command = ["sequences", "train", "rl", str(vision_tasks), "--base", str(vision_base)]
    command += ["--task", "caption", "--reward", "grounded", "--reward", "length=0.5"]
    one, two = (table(each) for each in in_one_and_two(tmp_path, *command, *flags(settings)))
    # The first update's rate is 0: the second one still meets the first weights.
    for name, last in (("eval_loss", 1), ("nll", 2)):
        found = [[row.get(name) for row in rows[: last + 1]] for rows in (one, two)]
        assert found[0] == pytest.approx(found[1], abs=1e-4), name
        assert any(found[0])
    assert len(one) == len(two)
