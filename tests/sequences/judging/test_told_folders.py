"""Told folders: what is read of them, and that no judge judges what it rewarded."""

from __future__ import annotations

from pathlib import Path

import pytest
from told_sequences import sequence, told_folder

from storypainter.errors import BadInput
from storypainter.models.catalog import connect_writer
from storypainter.models.contract import ModelOptions
from storypainter.models.local_files import folder_sha256
from storypainter.sequences.judging.recorded import Recorded
from storypainter.sequences.judging.told import (
    Provenance,
    Rewarded,
    Teller,
    ToldFolder,
    provenance,
    read_told,
    refuse_reward_judges,
)


def test_a_folder_is_read_in_order_with_its_teller(tmp_path):
    path = told_folder(
        tmp_path / "a", [sequence("s2"), sequence("s1")], model="openai/gpt-4o", adapter="x/adapter"
    )
    told = read_told(path)
    assert list(told.sequences) == ["s2", "s1"]
    assert told.name == "a"
    assert told.teller == Teller("openai/gpt-4o", "x/adapter")
    assert told.picture_bytes(told.sequences["s1"].frames[0]).startswith(b"\x89PNG")


def test_a_single_book_is_read(tmp_path):
    path = told_folder(tmp_path / "a", [sequence()])
    (path / "told.jsonl").unlink()
    (path / "book.json").write_text(sequence().to_json())
    assert list(read_told(path).sequences) == ["s1"]
    assert list(read_told(path / "book.json").sequences) == ["s1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no told sequence"),
        ('{"id": "x"}\n', "line 1"),
        ("nonsense\n", "line 1"),
        (sequence().to_json() + "\n" + sequence().to_json() + "\n", "line 2.*told before"),
    ],
)
def test_a_broken_row_is_named(tmp_path, text, said):
    path = told_folder(tmp_path / "a", [])
    (path / "told.jsonl").write_text(text)
    with pytest.raises(BadInput, match=said):
        read_told(path)


def test_a_folder_with_nothing_told_says_what_makes_one(tmp_path):
    with pytest.raises(BadInput, match="sequences tell"):
        read_told(tmp_path)


def test_a_picture_outside_the_folder_is_refused(tmp_path):
    path = told_folder(tmp_path / "a", [sequence()])
    told = read_told(path)
    frame = told.sequences["s1"].frames[0]
    away = frame.model_copy(
        update={"picture": frame.picture.model_copy(update={"file": "../x.png"})}
    )
    with pytest.raises(BadInput):
        told.picture_bytes(away)


# ------------------------------------------------------------------------ reward judges


def training(path: Path, text: str) -> Path:
    (path / "adapter").mkdir(parents=True)
    (path / "config.toml").write_text(text)
    return path


def told_by(adapter: Path | str, model: str = "transformers/some/base") -> ToldFolder:
    return ToldFolder("mine", Path(), {}, Recorded(Teller(model, str(adapter))))


@pytest.mark.parametrize(
    "text",
    [
        '[reward_judge]\naddress = "openai/gpt-4.1"\nmodel_model = "gpt-4.1"\n',
        'reward_judge = "openai/gpt-4.1"\n',
        '[reward_judge]\naddress = "grounded"\nearlier = ["openai/gpt-4.1"]\n',
    ],
)
@pytest.mark.parametrize("judge", ["openai/gpt-4.1", "gpt-4.1"])
def test_the_judge_that_rewarded_is_refused(tmp_path, text, judge):
    run = training(tmp_path / "rl", text)
    known = {"mine": provenance(told_by(run / "adapter"))}
    writer = connect_writer(judge, ModelOptions(api_key="k"))
    with pytest.raises(BadInput, match="rewarded the training of 'mine'"):
        refuse_reward_judges([writer], known)


def test_the_same_model_behind_another_address_is_refused(tmp_path):
    known = {"m": Provenance((Rewarded(tmp_path, "elsewhere/gpt-4.1", "GPT-4.1"),))}
    writer = connect_writer("openai/gpt-4.1", ModelOptions(api_key="k"))
    with pytest.raises(BadInput):
        refuse_reward_judges([writer], known)


def test_another_judge_may_judge(tmp_path):
    run = training(tmp_path / "rl", 'reward_judge = "openai/gpt-4.1"\n')
    known = {"mine": provenance(told_by(run / "adapter"))}
    refuse_reward_judges([connect_writer("openai/gpt-4o", ModelOptions(api_key="k"))], known)
    assert known["mine"].rewarded[0].address == "openai/gpt-4.1"


def test_a_supervised_training_rewarded_nobody(tmp_path):
    run = training(tmp_path / "sft", '[asked]\nmethod = "sft"\n')
    assert provenance(told_by(run / "adapter")) == Provenance()


def test_a_training_before_is_found_by_its_adapters_hash(tmp_path):
    first = training(tmp_path / "first", 'reward_judge = "openai/gpt-4.1"\n')
    (first / "adapter" / "adapter_config.json").write_text("{}")
    (first / "adapter" / "adapter_model.safetensors").write_bytes(b"weights")
    digest = folder_sha256(first / "adapter", sorted((first / "adapter").iterdir()))
    second = training(tmp_path / "second", f'[asked]\nfrom_adapter = "{digest}"\n')
    found = provenance(told_by(second / "adapter"))
    assert [each.training.name for each in found.rewarded] == ["first"]
    assert not found.unknown


def test_a_training_before_that_is_gone_is_said(tmp_path):
    second = training(tmp_path / "second", '[asked]\nfrom_adapter = "0123"\n')
    found = provenance(told_by(second / "adapter"))
    assert "--training" in found.unknown
    assert not provenance(told_by(second / "adapter"), [second]).unknown


def test_an_adapter_that_is_gone_is_said(tmp_path):
    found = provenance(told_by(tmp_path / "away" / "adapter"))
    assert "isn't known" in found.unknown


def test_a_training_named_besides_counts(tmp_path):
    run = training(tmp_path / "rl", 'reward_judge = "openai/gpt-4.1"\n')
    found = provenance(told_by(tmp_path / "away"), [run])
    assert [each.address for each in found.rewarded] == ["openai/gpt-4.1"]


def test_a_merged_model_is_traced_by_its_folder(tmp_path):
    run = training(tmp_path / "rl", 'reward_judge = "openai/gpt-4.1"\n')
    found = provenance(told_by("", f"transformers/{run / 'adapter'}"))
    assert [each.address for each in found.rewarded] == ["openai/gpt-4.1"]


def test_a_damaged_config_is_said(tmp_path):
    run = training(tmp_path / "rl", "[[[")
    with pytest.raises(BadInput, match=r"config\.toml"):
        provenance(told_by(run / "adapter"))
