"""Settings, the order of rows, curves as tables, and faults of training sets: no torch needed."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_set import preference_rows, sft_rows, write_set

from storypainter.errors import BadInput
from storypainter.training.tuning.batches import UpdateOrder, order_of
from storypainter.training.tuning.curves import curves_of
from storypainter.training.tuning.data import read_set
from storypainter.training.tuning.pace import Pace, rounded
from storypainter.training.tuning.settings import TuningSettings
from storypainter.training.tuning.trainers import score_steps

# -------------------------------------------------------------------------- settings


def test_the_papers_settings_are_the_defaults():
    settings = TuningSettings()
    assert (settings.epochs, settings.batch, settings.warm_up) == (1, 16, 0.1)


@pytest.mark.parametrize(
    ("method", "parameters", "rate"),
    [
        ("sft", 135_000_000, 1e-3),
        ("dpo", 135_000_000, 1e-4),
        ("sft", 1_000_000_000, 2e-4),
        ("dpo-mix", 8_000_000_000, 2e-5),
    ],
)
def test_the_rate_goes_by_size_and_method(method, parameters, rate):
    resolved = TuningSettings().resolved(method, parameters, bf16=False)
    assert resolved.learning_rate == pytest.approx(rate)
    assert resolved.precision == "fp32"
    assert TuningSettings().resolved(method, parameters, bf16=True).precision == "bf16"
    own = TuningSettings(learning_rate=0.5).resolved(method, parameters, bf16=False)
    assert own.learning_rate == 0.5


@given(st.integers(1, 64), st.integers(1, 8), st.sampled_from(["sft", "dpo"]))
def test_parts_always_make_up_a_batch(batch, processes, method):
    settings = TuningSettings(batch=batch)
    if batch % processes:
        with pytest.raises(BadInput, match="can't be shared"):
            settings.resolved(method, 1, bf16=False, processes=processes)
        return
    part = settings.resolved(method, 1, bf16=False, processes=processes).micro_batch
    assert part is not None
    assert batch % (part * processes) == 0
    assert part <= (4 if method == "sft" else 2)


# ----------------------------------------------------------------------------- order


@given(
    st.lists(st.integers(1, 500), max_size=80),
    st.integers(1, 17),
    st.integers(0, 9),
    st.integers(0, 3),
)
def test_an_update_has_the_rows_of_a_plain_shuffle(lengths, batch, seed, epoch):
    order = order_of(lengths, batch, seed, epoch)
    plain = order_of([1] * len(lengths), batch, seed, epoch)
    assert sorted(order) == list(range(len(lengths)))
    for start in range(0, len(order), batch):
        update = order[start : start + batch]
        assert set(update) == set(plain[start : start + batch])
        found = [lengths[at] for at in update]
        assert found == sorted(found, reverse=True)


def test_the_order_goes_by_seed_and_epoch():
    sampler = UpdateOrder([1] * 50, 16, 0)
    first = list(sampler)
    assert first == list(sampler)
    sampler.set_epoch(1)
    assert first != list(sampler)
    sampler.set_epoch(0)
    assert first == list(sampler)
    assert first != list(UpdateOrder([1] * 50, 16, 1))
    assert len(sampler) == 50


@given(st.integers(1, 500), st.integers(1, 20))
def test_the_last_update_is_always_scored(last, times):
    steps = score_steps(last, times)
    assert last in steps
    assert all(1 <= step <= last for step in steps)
    assert len(steps) == min(last, times) or last < 2 * times


# ---------------------------------------------------------------------------- curves


def test_a_log_becomes_a_row_an_update(tmp_path: Path):
    history = [
        {"eval_loss": 4.0, "eval_runtime": 1.5, "epoch": 0, "step": 0},
        {"loss": 3.5, "learning_rate": 0.0, "grad_norm": 1.0, "epoch": 0.5, "step": 1},
        {"loss": math.nan, "learning_rate": 1e-3, "epoch": 1.0, "step": 2},
        {"eval_loss": 3.0, "eval_mean_token_accuracy": 0.25, "epoch": 1.0, "step": 2},
        {"train_runtime": 9.0, "train_loss": 3.2, "epoch": 1.0, "step": 2},
    ]
    curves = curves_of("sft")
    rows = curves.rows(history)
    assert rows == [
        {"step": 0, "epoch": 0.0, "eval_loss": 4.0},
        {"step": 1, "epoch": 0.5, "loss": 3.5, "learning_rate": 0.0, "grad_norm": 1.0},
        {"step": 2, "epoch": 1.0, "learning_rate": 1e-3, "eval_loss": 3.0,
         "eval_token_accuracy": 0.25},
    ]  # fmt: skip
    curves.write(tmp_path, rows)
    with (tmp_path / "curves.csv").open() as stream:
        read = list(csv.DictReader(stream))
    assert tuple(read[0]) == curves.columns
    assert read[1]["loss"] == "3.5"
    assert read[2]["loss"] == ""


def test_rewards_are_in_the_curves_of_preferences_only():
    entry = {"step": 1, "loss": 0.6, "rewards/margins": 0.2, "rewards/accuracies": 1.0}
    assert curves_of("dpo").rows([entry])[0]["reward_margin"] == 0.2
    assert "reward_margin" not in curves_of("sft").rows([entry])[0]


# ------------------------------------------------------------------------------ pace


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_pace_counts_updates_not_loading_and_not_the_bases_own_score():
    clock = Clock()
    pace = Pace(clock)
    clock.now += 50  # loading
    pace.start()
    assert pace.said() == ""
    clock.now += 30  # the base's own score
    history: list[dict[str, Any]] = [{"step": 0, "eval_loss": 4.0}]
    pace.note(history[-1])
    assert pace.left(10) is None
    for step in (1, 2):
        clock.now += 20
        history.append({"step": step, "loss": 1.0})
        pace.note(history[-1])
    assert pace.seconds == 120
    assert pace.left(10) == pytest.approx(200)
    assert pace.left(0) is None
    assert pace.said() == " (about 20 s each)"

    later = Clock()
    resumed = Pace(later)
    resumed.earlier(history)
    later.now += 10
    resumed.start()
    assert resumed.left(8) is None
    later.now += 5
    resumed.note({"step": 3, "loss": 1.0})
    assert resumed.seconds == 135  # counted on
    assert resumed.left(2) == pytest.approx(10)
    # A log of before the time stood in it.
    Pace(later).earlier([{"step": 3, "loss": 1.0}])
    assert curves_of("sft").rows(history)[1] == {"step": 1, "epoch": 0.0, "loss": 1.0}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (89, "89 s"), (90, "2 min"), (3600, "60 min"), (7500, "2 h 5 min")],
)
def test_times_are_rounded(seconds, words):
    assert rounded(seconds) == words


# ----------------------------------------------------------------------------- data


def test_a_broken_row_is_named_by_file_and_line(tmp_path: Path):
    rows = sft_rows(4)
    del rows[2]["completion"]
    data = write_set(tmp_path / "set", rows, sft_rows(1, 100))
    with pytest.raises(BadInput, match=r"train\.jsonl, line 3: completion"):
        read_set(data, "sft")
    (data / "train.jsonl").write_text('{"id": "a", "prompt":\n')
    with pytest.raises(BadInput, match=r"train\.jsonl, line 1: not valid JSON"):
        read_set(data, "sft")


def test_an_empty_answer_is_said_to_be_one(tmp_path: Path):
    rows = sft_rows(3)
    rows[1]["completion"][0]["content"] = " \n"
    with pytest.raises(BadInput, match=r"line 2: completion: the answer is empty"):
        read_set(write_set(tmp_path / "sft", rows, sft_rows(1, 100)), "sft")
    pairs = preference_rows(3)
    pairs[2]["rejected"][0]["content"] = ""
    with pytest.raises(BadInput, match=r"line 3: rejected: the answer is empty"):
        read_set(write_set(tmp_path / "dpo", pairs, preference_rows(1, 100)), "dpo")
    rows = sft_rows(1)
    rows[0]["prompt"][0]["content"] = ""
    with pytest.raises(BadInput, match=r"line 1: prompt\[0\]\.content: is empty"):
        read_set(write_set(tmp_path / "mute", rows, sft_rows(1, 100)), "sft")


def test_preference_rows_are_no_sft_rows(tmp_path: Path):
    data = write_set(tmp_path / "set", preference_rows(4), preference_rows(1, 100))
    with pytest.raises(BadInput, match=r"train\.jsonl, line 1"):
        read_set(data, "sft")


def test_a_pairs_answers_belong_to_its_own_prompt(tmp_path: Path):
    rows = preference_rows(4)
    data = write_set(tmp_path / "set", rows, preference_rows(1, 100))
    groups = [row["group"] for row in read_set(data, "dpo").train]
    # Rows that were put together from two others: the prompt of one with the answers of the next.
    mixed = [
        {**row, "group": group, "prompt": rows[(at + 1) % 4]["prompt"]}
        for at, (row, group) in enumerate(zip(rows, groups, strict=True))
    ]
    write_set(tmp_path / "mixed", mixed, preference_rows(1, 100))
    with pytest.raises(BadInput, match=r"train\.jsonl, line 1: .*hash of the prompt"):
        read_set(tmp_path / "mixed", "dpo")


def test_missing_files_are_named(tmp_path: Path):
    with pytest.raises(BadInput, match="no training set"):
        read_set(tmp_path / "nowhere", "sft")
    data = write_set(tmp_path / "set", sft_rows(2), [])
    with pytest.raises(BadInput, match=r"heldout\.jsonl holds no row"):
        read_set(data, "sft")
    (data / "heldout.jsonl").unlink()
    with pytest.raises(BadInput, match=r"there is no .*heldout\.jsonl.*or write heldout\.jsonl"):
        read_set(data, "sft")


def test_a_prompt_in_both_parts_is_refused(tmp_path: Path):
    data = write_set(tmp_path / "set", sft_rows(4), sft_rows(1, 3))
    with pytest.raises(
        BadInput, match=r"1 prompts .* train\.jsonl line 4 and heldout\.jsonl line 1"
    ):
        read_set(data, "sft")
    text = (data / "train.jsonl").read_text()
    (data / "train.jsonl").write_text("\n" + text)
    (data / "heldout.jsonl").write_text(
        "".join(json.dumps(row) + "\n\n" for row in [*sft_rows(2, 100), *sft_rows(1, 3)])
    )
    with pytest.raises(BadInput, match=r"first is train\.jsonl line 5 and heldout\.jsonl line 5"):
        read_set(data, "sft")


def test_dpo_mix_needs_both_and_counts_them(tmp_path: Path):
    data = write_set(tmp_path / "set", preference_rows(6), preference_rows(2, 100))
    assert read_set(data, "dpo-mix").shares == {"smaller": 3, "student": 3}
    own = [row for row in preference_rows(8) if row["rejected_by"] == "student"]
    write_set(tmp_path / "own", own, preference_rows(2, 100))
    with pytest.raises(BadInput, match="by the smaller"):
        read_set(tmp_path / "own", "dpo-mix")
    assert read_set(tmp_path / "own", "dpo").shares == {"student": 4}


def test_near_misses_count_as_one_kind(tmp_path: Path):
    rows = preference_rows(4)
    for row, kind in zip(rows, ("dialogue", "tense", "summary", "dialogue"), strict=True):
        row["rejected_by"] = f"near_miss:{kind}"
    data = write_set(tmp_path / "set", rows, preference_rows(2, 100))
    assert read_set(data, "dpo").shares == {"near_miss": 4}


def test_the_manifest_must_fit(tmp_path: Path):
    data = write_set(tmp_path / "sft", sft_rows(2), sft_rows(1, 100), kind="sft", licence="CC0-1.0")
    assert read_set(data, "sft").manifest["licence"] == "CC0-1.0"
    with pytest.raises(BadInput, match="a training set for sft, not for dpo"):
        read_set(data, "dpo")
    mix = write_set(tmp_path / "mix", preference_rows(2), preference_rows(1, 100), kind="dpo-mix")
    assert read_set(mix, "dpo").shares  # as DPO the same rows are fine
    (data / "dataset.json").write_text("[]")
    with pytest.raises(BadInput, match="does not describe a training set"):
        read_set(data, "sft")
    changed = {"kind": "sft", "files": {"train.jsonl": "0" * 64}}
    (data / "dataset.json").write_text(json.dumps(changed))
    with pytest.raises(
        BadInput,
        match=r"train\.jsonl is not the file that dataset\.json describes.*SHA-256 into dataset",
    ):
        read_set(data, "sft")
