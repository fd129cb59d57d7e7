"""Training on a small base: it learns, only the adapter changes, it resumes to the same curve."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from small_set import SETTINGS, build_base, preference_rows, sft_rows, write_set

from storypainter.cli.main import cli, run
from storypainter.errors import BadInput, MissingExtra, RunFolderError
from storypainter.training.tuning import base_files, bases
from storypainter.training.tuning.settings import Method
from storypainter.training.tuning.training import Trained, train
from training_folders import Killed, flags, hashes, kill_9_at, killed_at, table, weights

torch = pytest.importorskip("torch")
pytest.importorskip("trl")
pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def whole(base: Path, sft_set: Path, tmp_path_factory) -> Path:
    """An SFT that nothing interrupted."""
    out = tmp_path_factory.mktemp("whole") / "run"
    assert train("sft", sft_set, str(base), out, SETTINGS).finished
    return out


# ------------------------------------------------------------------------ learning


def test_sft_lowers_the_loss_on_rows_that_it_sees_again(base: Path, tmp_path: Path):
    rows = sft_rows(4)
    data = write_set(tmp_path / "set", rows, sft_rows(2, 100))
    settings = SETTINGS.model_copy(update={"epochs": 10, "checkpoint_every": 100})
    train("sft", data, str(base), tmp_path / "run", settings)
    losses = [row["loss"] for row in table(tmp_path / "run") if "loss" in row]
    assert len(losses) == 10
    assert losses[-1] < 0.8 * losses[0]


def test_dpo_mix_learns_to_tell_the_answers_apart(base: Path, tmp_path: Path):
    rows = preference_rows(4)
    data = write_set(tmp_path / "set", rows, preference_rows(2, 100))
    settings = SETTINGS.model_copy(update={"epochs": 6, "checkpoint_every": 100, "beta": 0.3})
    train("dpo-mix", data, str(base), tmp_path / "run", settings)
    curve = table(tmp_path / "run")
    assert curve[1]["loss"] == pytest.approx(0.693147, abs=1e-5)  # the policy is its reference
    assert curve[-1]["loss"] < 0.5 * curve[1]["loss"]
    assert curve[-1]["reward_accuracy"] == 1
    assert curve[-1]["reward_margin"] > 0.5
    card = (tmp_path / "run" / "README.md").read_text()
    assert "rejected answers by: smaller 2, student 2" in card


def test_only_the_adapter_changes(base: Path, whole: Path, sft_set: Path):
    """The base's files, and after loading the adapter again the base's weights, are as before."""
    import peft
    from transformers import AutoModelForCausalLM

    before = hashes(base)
    plain = AutoModelForCausalLM.from_pretrained(base)
    saved = {name: value.clone() for name, value in plain.state_dict().items()}
    adapted = peft.PeftModel.from_pretrained(plain, whole / "adapter")
    for name, value in adapted.unload().state_dict().items():
        assert torch.equal(value, saved[name])
    assert hashes(base) == before
    found = weights(whole / "adapter")
    assert all("lora_" in name for name in found)
    # Seven linear layers in each of two blocks, two factors each; the head is none of them.
    assert len(found) == 2 * 7 * 2
    assert all(value.abs().max() > 0 for name, value in found.items() if "lora_B" in name)


def test_weights_in_memory_stay_as_they_are(base: Path, mix_set: Path, tmp_path: Path, monkeypatch):
    models = []
    original = bases.Base.model

    def kept(self, *, bf16):
        model = original(self, bf16=bf16)
        models.append((model, {n: p.detach().clone() for n, p in model.named_parameters()}))
        return model

    monkeypatch.setattr(bases.Base, "model", kept)
    train("dpo", mix_set, str(base), tmp_path / "run", SETTINGS)
    (model, before) = models[0]
    after = {
        n.replace(".base_layer", ""): p for n, p in model.named_parameters() if "lora_" not in n
    }
    assert after.keys() == before.keys()
    assert all(torch.equal(after[name], before[name]) for name in before)


def test_dpo_goes_on_from_an_adapter_with_it_as_reference(
    base: Path, whole: Path, mix_set: Path, tmp_path: Path
):
    out = tmp_path / "run"
    train("dpo", mix_set, str(base), out, SETTINGS, from_adapter=str(whole / "adapter"))
    start = table(out)[0]
    assert start["eval_loss"] == pytest.approx(0.693147, abs=1e-5)
    assert start["eval_reward_margin"] == pytest.approx(0, abs=1e-5)
    assert sorted(p.name for p in (out / "adapter").iterdir()) == [
        "adapter_config.json", "adapter_model.safetensors", "chat_template.jinja",
    ]  # fmt: skip
    reference = weights(sorted((out / "checkpoints").iterdir())[-1] / "ref")
    came_from, result = weights(whole / "adapter"), weights(out / "adapter")
    assert all(torch.equal(reference[name], came_from[name]) for name in came_from)
    assert any(not torch.equal(result[name], came_from[name]) for name in came_from)
    assert "from_adapter" in tomllib.loads((out / "config.toml").read_text())["asked"]


# ---------------------------------------------------------------------- the folder


def test_what_a_training_leaves(base: Path, whole: Path, sft_set: Path):
    assert {p.name for p in whole.iterdir()} == {
        "config.toml", "run.lock", "checkpoints", "curves.csv", "curves.png", "adapter", "README.md",
    }  # fmt: skip
    config = tomllib.loads((whole / "config.toml").read_text())
    assert config["settings"]["learning_rate"] == 0.02
    assert config["settings"]["precision"] == "fp32"
    assert config["data"]["train.jsonl"] == hashes(sft_set)["train.jsonl"]
    assert len(config["base"]["sha256"]) == 64
    assert config["versions"]["trl"]
    curve = table(whole)
    assert [row["step"] for row in curve] == [0, 1, 2, 3, 4, 5, 6]
    assert {at for at, row in enumerate(curve) if "eval_loss" in row} == {0, 2, 3, 4, 6}
    rates = [row["learning_rate"] for row in curve[1:]]
    assert rates[0] == 0  # warm-up: one update of six
    assert rates[1] == 0.02
    assert rates[2:] == sorted(rates[2:], reverse=True)
    assert (whole / "curves.png").read_bytes().startswith(b"\x89PNG")
    card = (whole / "README.md").read_text()
    for part in (
        "24 rows to learn from, 4 held out",
        "written by: own 24",
        "| rank | 4 |",
        "6 updates",
    ):
        assert part in card
    last = f"{curve[-1]['eval_loss']:.4g}"
    assert f"| held-out loss | {curve[0]['eval_loss']:.4g} | {last} |" in card
    adapter = json.loads((whole / "adapter" / "adapter_config.json").read_text())
    assert adapter["base_model_name_or_path"] == base.name
    assert str(base.parent) not in (whole / "adapter" / "adapter_config.json").read_text() + card


def test_the_adapter_is_what_the_transformers_provider_loads(base: Path, whole: Path):
    from storypainter.models.contract import ModelOptions
    from storypainter.models.transformers import create

    model = create(str(base), ModelOptions(adapter=str(whole / "adapter")))
    assert any("adapter" in name for name in model.identity)


def test_a_finished_training_is_not_done_again(base: Path, whole: Path, sft_set: Path):
    before = hashes(whole)
    lines: list[str] = []
    again = train("sft", sft_set, str(base), whole, SETTINGS, say=lines.append)
    assert again.finished
    assert again.step == 6
    assert "done" in lines[-1]
    assert hashes(whole) == before


# -------------------------------------------------------------------------- resuming


def test_a_killed_training_resumes_to_the_same_curve(
    base: Path, sft_set: Path, whole: Path, tmp_path: Path
):
    out = tmp_path / "run"
    for update in (3, 5):
        with pytest.raises(Killed):
            train("sft", sft_set, str(base), out, SETTINGS, say=killed_at(update))
    assert not (out / "adapter").exists()
    lines: list[str] = []
    assert train("sft", sft_set, str(base), out, SETTINGS, say=lines.append).finished
    assert "going on from update 4" in lines
    assert (out / "curves.csv").read_bytes() == (whole / "curves.csv").read_bytes()
    assert hashes(out / "adapter") == hashes(whole / "adapter")
    assert (out / "README.md").read_text() == (whole / "README.md").read_text()


def test_a_killed_dpo_from_an_adapter_resumes_to_the_same_curve(
    base: Path, mix_set: Path, whole: Path, tmp_path: Path
):
    given = {"from_adapter": str(whole / "adapter")}
    train("dpo-mix", mix_set, str(base), tmp_path / "whole", SETTINGS, **given)
    with pytest.raises(Killed):
        train("dpo-mix", mix_set, str(base), tmp_path / "run", SETTINGS, **given, say=killed_at(3))
    train("dpo-mix", mix_set, str(base), tmp_path / "run", SETTINGS, **given)
    for name in ("curves.csv", "adapter/adapter_model.safetensors"):
        assert (tmp_path / "run" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_a_half_written_checkpoint_is_passed_over(
    base: Path, sft_set: Path, whole: Path, tmp_path: Path
):
    out = tmp_path / "run"
    with pytest.raises(Killed):
        train("sft", sft_set, str(base), out, SETTINGS, say=killed_at(5))
    state = out / "checkpoints" / "checkpoint-4" / "trainer_state.json"
    state.write_bytes(state.read_bytes()[:100])
    lines: list[str] = []
    train("sft", sft_set, str(base), out, SETTINGS, say=lines.append)
    assert "going on from update 2" in lines
    assert (out / "curves.csv").read_bytes() == (whole / "curves.csv").read_bytes()


def test_a_kill_before_the_adapter_is_written_costs_no_update(
    base: Path, sft_set: Path, whole: Path, tmp_path: Path
):
    out = tmp_path / "run"
    shutil.copytree(whole, out)
    shutil.rmtree(out / "adapter")
    lines: list[str] = []
    assert train("sft", sft_set, str(base), out, SETTINGS, say=lines.append).finished
    assert not any(line.startswith("update") for line in lines)
    assert hashes(out / "adapter") == hashes(whole / "adapter")
    assert (out / "curves.csv").read_bytes() == (whole / "curves.csv").read_bytes()


def test_ctrl_c_leaves_a_checkpoint_and_says_how_to_go_on(
    base: Path, sft_set: Path, whole: Path, tmp_path: Path
):
    out = tmp_path / "run"
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        if line.startswith("update 3 of 6: loss"):
            os.kill(os.getpid(), signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    stopped = train("sft", sft_set, str(base), out, SETTINGS, say=say)
    assert signal.getsignal(signal.SIGINT) is before
    assert not stopped.finished
    step = stopped.step
    assert (
        lines[-1]
        == f"stopped after update {step} of 6: the same command goes on from update {step}"
    )
    (told,) = [line for line in lines if line.startswith("stopping after this update")]
    assert " s each), with a checkpoint; once more stops at once" in told
    assert (out / "checkpoints" / f"checkpoint-{stopped.step}").is_dir()
    assert stopped.step in (3, 4)
    assert train("sft", sft_set, str(base), out, SETTINGS).finished
    assert (out / "curves.csv").read_bytes() == (whole / "curves.csv").read_bytes()


def test_a_second_ctrl_c_says_where_the_same_command_goes_on(
    base: Path, sft_set: Path, whole: Path, tmp_path: Path
):
    out = tmp_path / "run"
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        if line.startswith("update 3 of 6: loss"):
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        train("sft", sft_set, str(base), out, SETTINGS, say=say)
    assert lines[-1] == "stopped at once: the same command goes on from update 2"
    lines.clear()
    assert train("sft", sft_set, str(base), out, SETTINGS, say=lines.append).finished
    assert "going on from update 2" in lines
    assert (out / "curves.csv").read_bytes() == (whole / "curves.csv").read_bytes()


def test_each_update_says_how_long_is_left_and_few_updates_are_warned_of(
    base: Path, sft_set: Path, tmp_path: Path
):
    lines: list[str] = []
    train("sft", sft_set, str(base), tmp_path / "run", SETTINGS, say=lines.append)
    assert lines[0] == f"loading {base}"
    (warning,) = [line for line in lines if line.startswith("of only 6 updates")]
    assert "the first changes nothing: its learning rate is 0" in warning
    updates = [line for line in lines if line.startswith("update ")]
    assert [" left)" in line for line in updates] == [
        not line.startswith(("update 0 ", "update 6 ")) for line in updates
    ]
    card = (tmp_path / "run" / "README.md").read_text()
    assert "6 updates. Of only 6 updates, the first changes nothing" in card
    still = SETTINGS.model_copy(update={"warm_up": 0})
    lines.clear()
    train("sft", sft_set, str(base), tmp_path / "still", still, say=lines.append)
    assert not any("changes nothing" in line for line in lines)
    assert "Of only" not in (tmp_path / "still" / "README.md").read_text()


@pytest.mark.slow
def test_kill_9_of_the_command_itself(base: Path, sft_set: Path, whole: Path, tmp_path: Path):
    out = tmp_path / "run"
    settings = flags(SETTINGS.model_dump(exclude_defaults=True))
    command = ["train", "sft", str(sft_set), "--base", str(base), "--out", str(out), *settings]
    kill_9_at(3, "-m", "storypainter.cli.main", *command)
    assert run(cli, command) == 0
    assert (out / "curves.csv").read_bytes() == (whole / "curves.csv").read_bytes()


# --------------------------------------------------------------------------- refusals


def test_a_folder_of_other_settings_is_refused_by_name(base: Path, whole: Path, sft_set: Path):
    before = hashes(whole)
    other = SETTINGS.model_copy(update={"rank": 8})
    with pytest.raises(BadInput, match=r"settings\.rank = 4, and 8 is asked for now"):
        train("sft", sft_set, str(base), whole, other)
    assert hashes(whole) == before


def test_a_folder_of_another_base_or_other_data_is_refused(
    base: Path, whole: Path, sft_set: Path, tmp_path: Path
):
    data = write_set(tmp_path / "set", sft_rows(24, 200), sft_rows(4, 100))
    with pytest.raises(BadInput, match=r"data\.train\.jsonl"):
        train("sft", data, str(base), whole, SETTINGS)
    shutil.copytree(base, tmp_path / "other")
    config = json.loads((tmp_path / "other" / "config.json").read_text())
    (tmp_path / "other" / "config.json").write_text(json.dumps({**config, "rms_norm_eps": 1e-5}))
    with pytest.raises(BadInput, match=r"base\.sha256"):
        train("sft", sft_set, str(tmp_path / "other"), whole, SETTINGS)


def test_a_folder_of_something_else_is_refused(base: Path, sft_set: Path, tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(BadInput, match="is no training"):
        train("sft", sft_set, str(base), tmp_path, SETTINGS)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_in_use_is_refused(base: Path, sft_set: Path, tmp_path: Path):
    out = tmp_path / "run"
    refused = []

    def say(line: str) -> None:
        if not refused and not line.startswith("loading"):
            with pytest.raises(RunFolderError, match="in use") as error:
                train("sft", sft_set, str(base), out, SETTINGS)
            refused.append(error)
            raise Killed

    with pytest.raises(Killed):
        train("sft", sft_set, str(base), out, SETTINGS, say=say)
    assert refused


def test_rows_that_are_too_long_are_left_out_and_counted(base: Path, tmp_path: Path):
    long = sft_rows(1, 50)[0]
    long["completion"][0]["content"] *= 40
    data = write_set(tmp_path / "set", [*sft_rows(8), long], sft_rows(2, 100))
    lines: list[str] = []
    train("sft", data, str(base), tmp_path / "run", SETTINGS, say=lines.append)
    assert "1 rows of train are longer than 128 tokens: left out" in lines
    card = (tmp_path / "run" / "README.md").read_text()
    assert "8 rows to learn from" in card
    assert "left out as longer than 128 tokens: 1 and 0" in card
    short = SETTINGS.model_copy(update={"max_length": 16})
    with pytest.raises(BadInput, match="every row is longer than 16 tokens"):
        train("sft", data, str(base), tmp_path / "none", short)
    # Nothing was trained, so that a corrected command may use the folder.
    assert not (tmp_path / "none").exists()


def test_a_rate_that_breaks_the_model_is_said(base: Path, sft_set: Path, tmp_path: Path):
    wild = SETTINGS.model_copy(
        update={"learning_rate": 1.0, "clip": 1e9, "epochs": 20, "alpha": 4000}
    )
    with pytest.raises(BadInput, match="came apart"):
        train("sft", sft_set, str(base), tmp_path / "run", wild)
    assert not (tmp_path / "run" / "adapter").exists()


def test_an_adapter_keeps_its_own_rank(base: Path, whole: Path, mix_set: Path, tmp_path: Path):
    start = str(whole / "adapter")
    with pytest.raises(BadInput, match="--rank 8: the adapter adapter has 4"):
        train(
            "dpo", mix_set, str(base), tmp_path / "run",
            SETTINGS.model_copy(update={"rank": 8}), from_adapter=start,
        )  # fmt: skip
    assert not (tmp_path / "run").exists()


def test_an_adapter_of_another_base_is_refused(whole: Path, sft_set: Path, tmp_path: Path):
    from transformers import LlamaConfig, LlamaForCausalLM

    other = build_base(tmp_path / "wide")
    config = LlamaConfig.from_pretrained(other)
    config.intermediate_size = 64
    LlamaForCausalLM(config).save_pretrained(other)
    with pytest.raises(
        BadInput,
        match=r"does not fit this base: layers\.0\.mlp\.down_proj is made for \d+ inputs and \d+ "
        r"outputs; the base's has 64 and",
    ):
        train(
            "sft", sft_set, str(other), tmp_path / "run", SETTINGS,
            from_adapter=str(whole),
        )  # fmt: skip
    assert not (tmp_path / "run").exists()


def test_what_needs_no_model_is_refused_before_torch_is_imported(sft_set: Path, tmp_path: Path):
    """In a process of its own, where nothing has imported torch yet."""
    code = """
import sys
from pathlib import Path
from storypainter.errors import BadInput
from storypainter.training.tuning.settings import TuningSettings
from storypainter.training.tuning.training import train

data, folder = map(Path, sys.argv[1:])
said = []
for base, settings in (
    ("owner/model", TuningSettings(micro_batch=3)),
    ("smollm2-135m", TuningSettings()),
    ("./nowhere", TuningSettings()),
    ("llama/unheard-of", TuningSettings()),
):
    try:
        train("sft", data, base, folder / "run", settings, say=said.append)
    except BadInput as error:
        print(error)
assert said == [] and "torch" not in sys.modules
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(sft_set), str(tmp_path)],
        env={**os.environ, "STORYPAINTER_MODELS_DIR": str(tmp_path / "models")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    batch, name, folder, known = done.stdout.splitlines()
    assert "--micro-batch 3 does not divide the 16 rows" in batch
    assert "write --base llama/smollm2-135m" in name
    assert "there is no model folder" in folder
    assert "no local model is known as 'unheard-of'" in known


def test_what_is_not_installed_is_named(sft_set: Path, tmp_path: Path, monkeypatch):
    found = base_files.importlib.util.find_spec
    monkeypatch.setattr(
        base_files.importlib.util, "find_spec", lambda name: None if name == "trl" else found(name)
    )
    with pytest.raises(MissingExtra, match=r"pip install 'storypainter\[train\]'"):
        train("sft", sft_set, "anything", tmp_path / "run", SETTINGS)
    assert not (tmp_path / "run").exists()


def test_the_command(base: Path, sft_set: Path, tmp_path: Path, capsys):
    out = tmp_path / "run"
    command = ["train", "sft", str(sft_set), "--base", str(base), "--out", str(out), "--batch", "8"]
    assert run(cli, [*command, "--max-length", "128", "--quiet"]) == 0
    assert capsys.readouterr().out == f"adapter: {out / 'adapter'}  (card: {out / 'README.md'})\n"
    assert run(cli, [*command, "--max-length", "128"]) == 0
    told = capsys.readouterr().out.splitlines()[-1]
    told_with = f"--storyteller transformers/{base} --adapter {out} --out runs/told"
    assert told == f"tell with it: storypainter tell -n 3 {told_with}"
    assert f"transformers/PATH/{base.name} --adapter RUN --out" in (out / "README.md").read_text()
    config = tomllib.loads((out / "config.toml").read_text())["settings"]
    # The paper's, and ours for a small model.
    assert (config["epochs"], config["warm_up"], config["rank"]) == (1, 0.1, 16)
    assert (config["learning_rate"], config["micro_batch"]) == (1e-3, 4)
    assert run(cli, [*command, "--micro-batch", "3"]) == 2
    assert "--micro-batch 3 does not divide the 8 rows" in capsys.readouterr().err
    for flag, value, says in (
        ("--rank", "0", "give 1 or more"),
        ("--alpha", "0", "give more than 0"),
        ("--warm-up", "1", "give less than 1"),
        ("--precision", "fp8", "--precision: "),
    ):
        assert run(cli, [*command, flag, value]) == 2
        assert says in capsys.readouterr().err
    assert run(cli, ["train", "sft", str(sft_set), "--base", "x", "--out", "y", "--beta", "1"]) == 2
    assert run(cli, ["train", "dpo", "--help"]) == 0
    assert "--beta" in capsys.readouterr().out


def test_trained_says_when_it_is_finished():
    assert Trained(6, 6, ()).finished
    assert not Trained(5, 6, ()).finished


def test_time_is_not_in_the_curve(whole: Path):
    assert "runtime" not in (whole / "curves.csv").read_text()
    assert time.strftime("%Y") not in (whole / "curves.csv").read_text()


@pytest.mark.slow
@pytest.mark.parametrize(("method", "heldout"), [("sft", 4), ("sft", 3), ("dpo", 5)])
def test_two_processes_share_a_batch_and_come_to_the_same_curve(
    base: Path, tmp_path: Path, method: Method, heldout: int
):
    """Held-out rows that don't divide are scored once each, too."""
    out, whole = tmp_path / "run", tmp_path / "whole"
    rows = sft_rows if method == "sft" else preference_rows
    data = write_set(tmp_path / "set", rows(24), rows(heldout, 100))
    assert train(method, data, str(base), whole, SETTINGS, device="cpu").finished
    settings = flags(SETTINGS.model_dump(exclude_defaults=True))
    launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    command = ["train", method, str(data), "--base", str(base), "--out", str(out), *settings]
    done = subprocess.run(
        [sys.executable, *launcher, "-m", "storypainter.cli.main", *command, "--device", "cpu"],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("adapter:") == 1
    assert done.stderr.count("update 3 of 6: loss") == 1
    assert f", {heldout} held out" in done.stderr
    config = tomllib.loads((out / "config.toml").read_text())
    assert config["machine"]["processes"] == 2
    for mine, alone in zip(table(out), table(whole), strict=True):
        assert mine == pytest.approx(alone, rel=1e-4)
