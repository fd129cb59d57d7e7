"""Settings, curves as tables and the command's flags: no torch needed."""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.cli import sequences_train
from storypainter.cli.main import run
from storypainter.errors import BadInput
from storypainter.sequences.training.adapting import _pattern
from storypainter.sequences.training.curves import curves_of
from storypainter.sequences.training.settings import (
    PARTS,
    RewardSettings,
    VisionSettings,
    in_order,
    parts_of,
)

# -------------------------------------------------------------------------- settings


def test_the_connector_learns_whole_and_the_language_model_through_lora_by_default():
    assert VisionSettings().train == ("connector", "language")
    assert VisionSettings().vision_weights == "lora"
    assert RewardSettings().lam == 1
    assert RewardSettings().nll == 1


@pytest.mark.parametrize(
    ("kind", "parameters", "rate"),
    [
        (VisionSettings, 140_000_000, 1e-3),
        (VisionSettings, 7_000_000_000, 2e-4),
        (RewardSettings, 140_000_000, 1e-4),
        (RewardSettings, 7_000_000_000, 2e-5),
    ],
)
def test_the_rate_goes_by_size_and_method(kind, parameters, rate):
    settings = kind().for_model(parameters, bf16=False)
    assert settings.learning_rate == pytest.approx(rate)
    assert settings.precision == "fp32"
    assert settings.batch % settings.micro_batch == 0
    own = kind(learning_rate=0.5).for_model(parameters, bf16=True)
    assert (own.learning_rate, own.precision) == (0.5, "bf16")


@given(st.integers(2, 64), st.integers(2, 8), st.integers(1, 4))
def test_an_update_holds_whole_groups_in_every_process(batch, completions, processes):
    settings = RewardSettings(batch=batch, completions=completions)
    fits = batch % processes == 0 and (batch // processes) % completions == 0
    if not fits:
        with pytest.raises(BadInput):
            settings.for_model(1, bf16=False, processes=processes)
        return
    part = settings.for_model(1, bf16=False, processes=processes).micro_batch
    assert (batch // processes) % part == 0


def test_one_term_of_the_loss_must_be_left():
    with pytest.raises(BadInput, match="--nll 0 and --lambda 0 leave nothing"):
        RewardSettings(nll=0, lam=0).for_model(1, bf16=False)
    assert RewardSettings(nll=0).for_model(1, bf16=False).lam == 1


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=6))
def test_parts_are_read_in_any_order(parts):
    assert parts_of(",".join(parts)) == in_order(parts)
    assert set(parts_of(" , ".join(parts))) == set(parts)


@pytest.mark.parametrize(
    ("text", "said"), [("", "no part is named"), (" , ", "no part is named"),
                       ("language,head", "no part 'head'")],
)  # fmt: skip
def test_other_parts_are_refused(text, said):
    with pytest.raises(BadInput, match=said):
        parts_of(text)


@given(
    st.lists(
        st.from_regex(r"[a-z_]{1,8}(\.([a-z_]{1,8}|[0-9]{1,2})){1,4}", fullmatch=True), min_size=1
    )
)
def test_a_pattern_matches_its_names_whatever_the_block(names):
    pattern = _pattern(names)
    assert all(re.fullmatch(pattern, name) for name in names)
    assert not any(re.fullmatch(pattern, name + "x") for name in names if name + "x" not in names)


def test_a_pattern_matches_no_other_part():
    pattern = _pattern([f"model.language_model.layers.{n}.mlp.up_proj" for n in range(12)])
    assert re.fullmatch(pattern, "model.language_model.layers.7.mlp.up_proj")
    for other in ("model.vision_tower.layers.7.mlp.up_proj", "x.model.language_model.layers.7.mlp.up_proj",
                  "model.language_model.layers.7.mlp.down_proj"):  # fmt: skip
        assert not re.fullmatch(pattern, other)


# ---------------------------------------------------------------------------- curves


def test_a_log_of_rewards_becomes_a_row_an_update(tmp_path: Path):
    history = [
        {"eval_loss": 4.0, "eval_reward": 0.25, "eval_runtime": 1.5, "epoch": 0, "step": 0},
        {
            "loss": 3.5, "nll": 3.25, "rl_loss": 0.25, "reward": 0.5, "reward_std": 0.125,
            "rewards/reward/mean": 9.0, "reward_grounded": 0.75, "unscored": 0.25,
            "completions/mean_length": 40.0, "completions/clipped_ratio": 0.5, "epoch": 0.5, "step": 1,
        },
        {"loss": 3.0, "reward": None, "reward_grounded": math.nan, "unscored": 1.0, "epoch": 1, "step": 2},
    ]  # fmt: skip
    curves = curves_of("rl", ("grounded",))
    rows = curves.rows(history)
    assert rows == [
        {"step": 0, "epoch": 0.0, "eval_loss": 4.0, "eval_reward": 0.25},
        {"step": 1, "epoch": 0.5, "loss": 3.5, "nll": 3.25, "rl_loss": 0.25, "reward": 0.5,
         "reward_spread": 0.125, "reward_grounded": 0.75, "unscored": 0.25, "tokens": 40.0,
         "cut": 0.5},
        {"step": 2, "epoch": 1, "loss": 3.0, "unscored": 1.0},
    ]  # fmt: skip
    curves.write(tmp_path, rows)
    with (tmp_path / "curves.csv").open() as stream:
        read = list(csv.DictReader(stream))
    assert tuple(read[0]) == curves.columns
    # No reward is an empty cell, never 0.
    assert read[2]["reward"] == ""
    assert "reward_grounded" not in curves_of("sft").rows(history)[1]


# --------------------------------------------------------------------------- command


def asked(tmp_path: Path, *flags: str) -> list[str]:
    (tmp_path / "tasks").mkdir(exist_ok=True)
    return ["rl", str(tmp_path / "tasks"), "--base", "x", "--out", str(tmp_path / "run"), *flags]


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--reward", "judge"], "--reward judge needs --judge MODEL"),
        (["--reward", "grounded", "--judge", "rehearsal"], "--judge needs --reward judge"),
        (["--reward", "kindness"], "no reward 'kindness'"),
        (["--reward", "grounded=0"], "no weight above 0"),
        (["--reward", "grounded=much"], "no weight above 0"),
        (["--reward", "grounded", "--reward", "grounded=2"], "is there twice"),
        (["--reward", "length"], "--reward length alone"),
        (["--reward", "grounded", "--lambda", "-1"], "--lambda: "),
        (["--reward", "grounded", "--train", "head"], "no part 'head'"),
        (["--reward", "grounded", "--shortest", "2", "--longest", "1"], "--shortest 2 is above"),
        (["--reward", "grounded", "--completions", "1"], "--completions: "),
        (["--reward", "judge", "--judge", "rehearsal", "--price", "cheap"], "--price"),
        (["--reward", "judge", "--judge", "nobody/knows"], "unknown provider 'nobody'"),
    ],
)
def test_flags_are_checked_before_anything_is_read(tmp_path: Path, capsys, flags, said):
    assert run(sequences_train.command, asked(tmp_path, *flags)) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_a_folder_that_holds_no_tasks_is_refused(tmp_path: Path, capsys):
    assert run(sequences_train.command, asked(tmp_path, "--reward", "grounded")) == 2
    assert "is no folder of tasks" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_every_setting_has_its_flag(capsys):
    for method, kind in (("sft", VisionSettings), ("rl", RewardSettings)):
        assert run(sequences_train.command, [method, "--help"]) == 0
        text = capsys.readouterr().out
        for name in kind.model_fields:
            flag = {"lam": "--lambda"}.get(name, "--" + name.replace("_", "-"))
            assert (flag + " " in text) == (name != "beta" or method == "rl"), flag
