"""What ``told.json`` keeps of the trainings behind a teller."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import pytest

from storypainter.sequences.telling.rewarded import (
    Provenance,
    provenance_of,
    read_facts,
    teller_of,
    training_facts,
)
from storypainter.sequences.telling.trainings import Rewarded, adapter_digest
from training_folders import training

JUDGED = (
    '[asked]\nmethod = "rl"\n[reward_judge]\naddress = "openai/judge1"\n'
    'model_model = "judge1"\nalso = ["grounded"]\n'
)
BASE = "transformers/owner/base"


def write(out: Path, facts: dict[str, object], model: str = BASE, adapter: str = "") -> None:
    out.mkdir(exist_ok=True)
    (out / "told.json").write_bytes(orjson.dumps({"model": model, "adapter": adapter, **facts}))


def read(out: Path) -> Provenance:
    return provenance_of(out, teller_of(read_facts(out)))


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("typed", ["runs/rl", "runs/rl/adapter", "./runs/rl/adapter/"])
def test_the_adapter_and_whom_its_training_rewarded_are_kept(tmp_path, typed):
    adapter = training(tmp_path / "runs" / "rl", JUDGED)
    facts = training_facts(Path("told/out"), BASE, typed)
    assert facts["adapter_sha256"] == adapter_digest(adapter)
    assert facts["trained"] == {
        "adapter": "../../runs/rl/adapter",
        "rewarded": [
            {"training": "rl", "address": "openai/judge1", "model": "judge1", "sha256": ""},
            {"training": "rl", "address": "grounded", "model": "", "sha256": ""},
        ],
        "unknown": "",
    }
    assert str(tmp_path) not in orjson.dumps(facts).decode()


def test_it_holds_when_the_training_is_gone(tmp_path, monkeypatch):
    training(tmp_path / "runs" / "rl", JUDGED)
    write(tmp_path / "out", training_facts(Path("out"), BASE, "runs/rl"), adapter="runs/rl")
    shutil.rmtree(tmp_path / "runs")
    (tmp_path / "away").mkdir()
    monkeypatch.chdir(tmp_path / "away")
    assert read(tmp_path / "out") == Provenance(
        (Rewarded(Path("rl"), "openai/judge1", "judge1"), Rewarded(Path("rl"), "grounded"))
    )


def test_what_this_directory_names_goes_before_what_lies_by_the_told_folder(tmp_path):
    """While telling it is known where the path was typed."""
    training(tmp_path / "runs" / "rl", JUDGED)
    training(tmp_path / "far" / "runs" / "rl", JUDGED.replace("judge1", "judge2"), b"others")
    facts = training_facts(Path("far/out"), BASE, "runs/rl")
    assert facts["trained"]["rewarded"][0]["address"] == "openai/judge1"


def test_supervised_learning_alone_is_known_to_reward_nobody(tmp_path):
    training(tmp_path / "sft", '[asked]\nmethod = "sft"\n')
    facts = training_facts(Path("out"), BASE, "sft")
    assert (facts["trained"]["rewarded"], facts["trained"]["unknown"]) == ([], "")


def test_the_trainings_before_are_kept_as_well(tmp_path):
    digest = adapter_digest(training(tmp_path / "runs" / "rl", JUDGED))
    text = f'[asked]\nmethod = "sft"\nfrom_adapter = "{digest}"\n'
    training(tmp_path / "runs" / "sft", text, b"others")
    facts = training_facts(Path("out"), BASE, "runs/sft")
    assert [row["address"] for row in facts["trained"]["rewarded"]] == ["openai/judge1", "grounded"]
    shutil.rmtree(tmp_path / "runs" / "rl")
    assert (
        "went on from an adapter"
        in training_facts(Path("b"), BASE, "runs/sft")["trained"]["unknown"]
    )


@pytest.mark.parametrize(
    ("text", "why"), [("[[[", "is no training's config.toml"), (None, "no training is found")]
)
def test_what_cant_be_found_out_is_unknown_with_its_reason(tmp_path, text, why):
    adapter = training(tmp_path / "rl", text or "")
    if text is None:
        (tmp_path / "rl" / "config.toml").unlink()
    facts = training_facts(Path("out"), BASE, "rl/adapter")
    assert facts["adapter_sha256"] == adapter_digest(adapter)
    assert why in facts["trained"]["unknown"]
    assert "--training" in facts["trained"]["unknown"]


def test_an_adapter_that_went_meanwhile_stops_nothing(tmp_path):
    facts = training_facts(Path("out"), BASE, "gone/adapter")
    assert facts["adapter_sha256"] == ""
    assert "isn't known" in facts["trained"]["unknown"]


def test_without_an_adapter_there_is_nothing_to_keep(tmp_path):
    assert training_facts(Path("out"), BASE, "") == {}
    assert training_facts(Path("out"), "", "") == {}
    assert training_facts(Path("out"), "rehearsal", "") == {}


def test_a_model_out_of_a_trainings_folder_is_kept(tmp_path):
    training(tmp_path / "runs" / "rl", JUDGED)
    (tmp_path / "runs" / "rl" / "merged").mkdir()
    facts = training_facts(Path("out"), "transformers/runs/rl/merged", "")
    assert facts["trained"]["rewarded"][0]["address"] == "openai/judge1"


def test_a_training_of_this_very_directory_is_no_bases(tmp_path):
    training(tmp_path, JUDGED)
    assert training_facts(Path("out"), "openai/gpt-4o", "") == {}


# ----------------------------------------------------------------------------- resuming


def test_a_resumed_telling_keeps_what_was_known(tmp_path):
    training(tmp_path / "rl", JUDGED)
    first = training_facts(Path("out"), BASE, "rl/adapter")
    write(tmp_path / "out", first, adapter="rl/adapter")
    assert training_facts(Path("out"), BASE, "rl/adapter") == first
    (tmp_path / "rl" / "config.toml").unlink()
    assert training_facts(Path("out"), BASE, "rl/adapter") == first


def test_a_resumed_telling_learns_what_was_unknown(tmp_path):
    training(tmp_path / "rl", JUDGED)
    (tmp_path / "rl" / "config.toml").rename(tmp_path / "later.toml")
    write(tmp_path / "out", training_facts(Path("out"), BASE, "rl"), adapter="rl")
    assert read(tmp_path / "out").unknown
    (tmp_path / "later.toml").rename(tmp_path / "rl" / "config.toml")
    facts = training_facts(Path("out"), BASE, "rl")
    assert facts["trained"]["unknown"] == ""
    assert facts["trained"]["rewarded"][0]["address"] == "openai/judge1"


def test_a_telling_from_before_is_resumed(tmp_path):
    training(tmp_path / "rl", JUDGED)
    write(tmp_path / "out", {}, adapter="rl")
    assert training_facts(Path("out"), BASE, "rl")["trained"]["rewarded"]


def test_another_adapter_at_that_place_has_its_own_record(tmp_path):
    training(tmp_path / "rl", JUDGED)
    write(tmp_path / "out", training_facts(Path("out"), BASE, "rl"), adapter="rl")
    shutil.rmtree(tmp_path / "rl")
    training(tmp_path / "rl", '[asked]\nmethod = "sft"\n', b"others")
    assert training_facts(Path("out"), BASE, "rl")["trained"]["rewarded"] == []


@pytest.mark.parametrize("text", ["{", "[]", '{"trained": 3}'])
def test_a_damaged_told_json_stops_nothing(tmp_path, text):
    training(tmp_path / "rl", JUDGED)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "told.json").write_text(text)
    assert training_facts(Path("out"), BASE, "rl")["trained"]["rewarded"]


# ------------------------------------------------------------------- narratives taken over


@pytest.mark.parametrize("new", [True, False])
def test_a_book_that_is_taken_over_brings_its_reward_judges(tmp_path, new):
    training(tmp_path / "rl", JUDGED)
    facts = training_facts(Path("first"), BASE, "rl") if new else {}
    write(tmp_path / "first", facts, adapter="rl")
    taken = training_facts(Path("second"), "", "", (Path("first/book.json"),))
    assert [row["address"] for row in taken["trained"]["rewarded"]] == ["openai/judge1", "grounded"]
    assert taken["trained"]["unknown"] == ""
    shutil.rmtree(tmp_path / "rl")
    write(tmp_path / "second", taken, model="")
    assert [each.address for each in read(tmp_path / "second").rewarded] == [
        "openai/judge1",
        "grounded",
    ]


def test_a_set_that_is_taken_over_brings_nothing(tmp_path):
    (tmp_path / "set").mkdir()
    assert training_facts(Path("out"), "", "", (Path("set"),)) == {}
