"""No judge judges what it rewarded: from wherever it is asked, and after trainings were moved."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import pytest
from told_sequences import sequence, told_folder

from storypainter.cli.main import run
from storypainter.cli.sequences_evaluate import command
from storypainter.errors import BadInput
from storypainter.models.catalog import connect_writer
from storypainter.models.contract import ModelOptions
from storypainter.sequences.judging.told import (
    Provenance,
    Rewarded,
    provenance,
    read_told,
    refuse_reward_judges,
)
from training_folders import training

JUDGED = '[asked]\nmethod = "rl"\n[reward_judge]\naddress = "openai/judge1"\n'
OTHER = JUDGED.replace("judge1", "judge2")


def told_by(path: Path, adapter: str, kept: dict[str, object] | None = None) -> Path:
    told_folder(path, [sequence()], model="transformers/base", adapter=adapter)
    if kept is not None:
        plain = orjson.loads((path / "told.json").read_bytes())
        (path / "told.json").write_bytes(orjson.dumps({**plain, **kept}))
    return path


def addresses(found: Provenance) -> list[str]:
    return [each.address for each in found.rewarded]


def evaluate(*arguments: object) -> int:
    return run(command, [str(each) for each in arguments])


@pytest.fixture
def place(tmp_path, monkeypatch):
    """``t`` with a training and what its adapter told there; the working directory is elsewhere."""
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    training(tmp_path / "t" / "runs" / "rlj", JUDGED)
    told_by(tmp_path / "t" / "fab", "runs/rlj/adapter")
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    return tmp_path


# ----------------------------------------------------------------------- from elsewhere


def test_a_judge_is_refused_from_another_directory(place, capsys):
    """told.json as it was written before: the path as it was typed, and nothing else."""
    assert evaluate("f=../t/fab", "--judge", "openai/judge1", "--out", "ev") == 2
    assert "openai/judge1 rewarded the training of 'f'" in capsys.readouterr().err
    assert not Path("ev").exists()


def test_deeper_folders_are_looked_for_from_there_up(place):
    told_by(place / "t" / "told" / "big" / "fab", "runs/rlj")
    assert addresses(provenance(read_told(Path("../t/told/big/fab")))) == ["openai/judge1"]


def test_another_training_of_that_name_here_is_not_taken_for_it(place):
    training(place / "other" / "runs" / "rlj", OTHER)
    assert addresses(provenance(read_told(Path("../t/fab")))) == ["openai/judge1"]


def test_a_path_is_looked_for_here_as_well(place, monkeypatch):
    told_by(place / "far" / "fab", "runs/rlj/adapter")
    assert provenance(read_told(place / "far" / "fab")).unknown
    monkeypatch.chdir(place / "t")
    assert addresses(provenance(read_told(place / "far" / "fab"))) == ["openai/judge1"]


def test_a_folder_with_somebody_elses_config_is_no_training(place):
    training(place / "t" / "lent", "[tool]\nx = 1\n")
    told_by(place / "t" / "b", "lent/adapter")
    found = provenance(read_told(place / "t" / "b"))
    assert "no training is found beside the adapter 'lent/adapter'" in found.unknown
    assert "--training" in found.unknown


def test_a_base_that_is_the_fruit_of_a_training_counts_beside_an_adapter(place):
    training(place / "t" / "runs" / "sft", '[asked]\nmethod = "sft"\n', b"others")
    path = told_by(place / "t" / "b", "runs/sft/adapter")
    plain = {"model": "transformers/runs/rlj/merged", "adapter": "runs/sft/adapter"}
    (path / "told.json").write_bytes(orjson.dumps(plain))
    (place / "t" / "runs" / "rlj" / "merged").mkdir()
    assert addresses(provenance(read_told(path))) == ["openai/judge1"]


def test_a_named_training_brings_those_before_it(place):
    (place / "t" / "runs" / "late" / "adapter").mkdir(parents=True)
    from storypainter.sequences.telling.trainings import adapter_digest

    digest = adapter_digest(place / "t" / "runs" / "rlj" / "adapter")
    config = place / "t" / "runs" / "late" / "config.toml"
    config.write_text(f'[asked]\nfrom_adapter = "{digest}"\n')
    told = read_told(told_by(place / "far", "gone/adapter"))
    assert addresses(provenance(told, [config.parent])) == ["openai/judge1"]
    assert addresses(provenance(told, [config])) == ["openai/judge1"]


# ------------------------------------------------------------------- what told.json keeps


def kept(digest: str = "", lies: str = "", unknown: str = "", *judges: str) -> dict[str, object]:
    rows = [{"training": "rl", "address": each, "model": "", "sha256": ""} for each in judges]
    trained = {"adapter": lies, "rewarded": rows, "unknown": unknown}
    return {"adapter_sha256": digest, "trained": trained}


def test_what_is_kept_holds_without_the_training(place, capsys):
    told_by(place / "far", "gone/adapter", kept("ab", "", "", "openai/judge1", "grounded"))
    assert evaluate(place / "far", "--judge", "openai/vendor/judge1", "--out", "ev") == 2
    error = capsys.readouterr().err
    assert "openai/vendor/judge1 rewarded the training of 'far' as openai/judge1" in error
    assert "rl/config.toml" in error
    assert evaluate(place / "far", "--out", "ev") == 0
    page = Path("ev/tables.md").read_text()
    assert "rewarded by openai/judge1, grounded" in page
    assert "is no independent judgement" in page
    assert "isn't known" not in page


def test_what_is_kept_goes_before_another_training_at_that_place(place):
    told_by(place / "t" / "b", "runs/rlj/adapter", kept("ab"))
    assert provenance(read_told(place / "t" / "b")) == Provenance()


def test_where_it_was_unknown_only_the_same_adapter_is_believed(place):
    from storypainter.sequences.telling.trainings import adapter_digest

    digest = adapter_digest(place / "t" / "runs" / "rlj" / "adapter")
    told_by(place / "t" / "b", "x/adapter", kept("0" * 64, "../runs/rlj/adapter", "nobody knows"))
    found = provenance(read_told(place / "t" / "b"))
    assert (addresses(found), bool(found.unknown)) == ([], True)
    told_by(place / "t" / "c", "x/adapter", kept(digest, "../runs/rlj/adapter", "nobody knows"))
    found = provenance(read_told(place / "t" / "c"))
    assert (addresses(found), found.unknown) == (["openai/judge1"], "")
    shutil.move(place / "t", place / "moved")  # both together
    found = provenance(read_told(place / "moved" / "c"))
    assert (addresses(found), found.unknown) == (["openai/judge1"], "")


def test_narratives_taken_over_keep_what_is_unknown(place):
    path = told_by(place / "b", "", kept("", "", "nobody knows", "openai/judge1"))
    found = provenance(read_told(path))
    assert (addresses(found), found.unknown) == (["openai/judge1"], "nobody knows")


@pytest.mark.parametrize(
    "trained",
    [1, [], {}, {"rewarded": "x"}, {"rewarded": [1, {"address": 2}, {"training": "x"}]}],
)
def test_what_is_no_such_record_is_passed_over(place, trained):
    path = told_by(place / "b", "", {"trained": trained, "adapter_sha256": 5})
    assert provenance(read_told(path)) == Provenance()


def test_a_damaged_told_json_is_refused(place):
    (place / "t" / "fab" / "told.json").write_text("{")
    with pytest.raises(BadInput, match="not valid JSON"):
        read_told(place / "t" / "fab")


# ----------------------------------------------------------------- what config.toml says


def test_the_learnt_reward_is_said_beside_the_judge(place):
    """Also of trainings that named the judge alone: what was asked of them says more."""
    rewards = r'rewards = "{\"grounded\":{\"weight\":1.0},\"judge\":{\"weight\":1.0}}"'
    training(place / "old", JUDGED.replace('"rl"\n', f'"rl"\n{rewards}\n'))
    training(place / "new", f'{JUDGED}also = ["grounded"]\n')
    for name in ("old", "new"):
        told_by(place / f"by-{name}", f"{name}/adapter")
        assert evaluate(place / f"by-{name}", "--out", f"ev-{name}") == 0
        page = Path(f"ev-{name}/tables.md").read_text()
        assert "rewarded by openai/judge1, grounded" in page
        assert "is no independent judgement" in page


def test_models_of_earlier_trainings_are_read(place):
    text = (
        'earlier = ["plugin/x", "openai/other"]\n'
        'earlier_models = { "plugin/x" = { model = "judge9", sha256 = "ab" } }\n'
    )
    training(place / "rl", JUDGED + text)
    told_by(place / "b", "rl/adapter")
    found = provenance(read_told(place / "b")).rewarded
    assert [(each.address, each.model, each.weights) for each in found] == [
        ("openai/judge1", "", ""),
        ("plugin/x", "judge9", "ab"),
        ("openai/other", "", ""),
    ]
    for address in ("openai/router/Judge9", "openai/vendor/other"):
        with pytest.raises(BadInput, match="rewarded the training of 'b' as"):
            refuse_reward_judges(
                [connect_writer(address, ModelOptions(api_key="k"))], {"b": Provenance(found)}
            )


def test_a_message_names_the_address_once(tmp_path):
    known = {"m": Provenance((Rewarded(tmp_path, "openai/gpt-4.1"),))}
    with pytest.raises(BadInput, match=r"rewarded the training of 'm' \("):
        refuse_reward_judges([connect_writer("gpt-4.1", ModelOptions(api_key="k"))], known)
