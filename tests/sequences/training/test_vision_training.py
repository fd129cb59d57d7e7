"""Training of a small vision-language model: it learns, only what was asked, and it resumes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tomllib
from pathlib import Path

import pytest
from tiny_vision import RL, SFT, build_base, build_idefics, write_tasks

from storypainter.errors import AuthFailed, BadInput, MissingExtra
from storypainter.models.rehearsal import Rehearsal
from storypainter.sequences.training import bases
from storypainter.sequences.training.bases import open_vision_base
from storypainter.sequences.training.families import belongs
from storypainter.sequences.training.rewarding import Rewarding
from storypainter.sequences.training.training import train_rl, train_sft
from storypainter.training.tuning import base_files
from training_folders import Killed, flags, hashes, kill_9_at, killed_at, table, weights

torch = pytest.importorskip("torch")
pytest.importorskip("trl")
pytestmark = pytest.mark.usefixtures("one_thread")

GROUNDED = Rewarding({"grounded": 1.0, "length": 0.5})


@pytest.fixture(scope="module")
def whole(vision_base: Path, vision_tasks: Path, tmp_path_factory) -> Path:
    """Supervised learning that nothing interrupted."""
    out = tmp_path_factory.mktemp("whole") / "run"
    assert train_sft(vision_tasks, str(vision_base), out, SFT).finished
    return out


@pytest.fixture(scope="module")
def rewarded(vision_base: Path, vision_tasks: Path, whole: Path, tmp_path_factory) -> Path:
    """Learning by rewards from there that nothing interrupted."""
    out = tmp_path_factory.mktemp("rewarded") / "run"
    given = {"from_adapter": str(whole / "adapter")}
    assert train_rl(vision_tasks, str(vision_base), out, RL, GROUNDED, **given).finished
    return out


# ------------------------------------------------------------------------ learning


def test_sft_lowers_the_loss_on_rows_that_it_sees_again(vision_base: Path, tmp_path: Path):
    tasks = write_tasks(tmp_path / "tasks", 2, 1)
    settings = SFT.model_copy(update={"epochs": 12, "checkpoint_every": 100})
    train_sft(tasks, str(vision_base), tmp_path / "run", settings)
    losses = [row["loss"] for row in table(tmp_path / "run") if "loss" in row]
    assert len(losses) == 12
    assert losses[-1] < 0.5 * losses[0]


@pytest.mark.parametrize(
    ("train", "vision", "through", "whole_parts"),
    [
        ("connector", "lora", set(), {"connector"}),
        ("language", "lora", {"language"}, set()),
        ("connector,language", "lora", {"language"}, {"connector"}),
        ("connector,vision", "lora", {"vision"}, {"connector"}),
        ("connector,language,vision", "full", {"language"}, {"connector", "vision"}),
    ],
)
def test_only_the_asked_parts_change(
    vision_base: Path, vision_tasks: Path, tmp_path: Path, monkeypatch, train, vision, through,
    whole_parts,
):  # fmt: skip
    """In memory and in what is saved; the base's own weights stay as they are."""
    models = []
    original = bases.VisionBase.model

    def kept(self, *, bf16):
        model = original(self, bf16=bf16)
        models.append((model, {n: p.detach().clone() for n, p in model.named_parameters()}))
        return model

    monkeypatch.setattr(bases.VisionBase, "model", kept)
    parts = tuple(train.split(","))
    settings = SFT.model_copy(update={"train": parts, "vision_weights": vision, "evaluations": 1})
    train_sft(vision_tasks, str(vision_base), tmp_path / "run", settings)
    ((model, before),) = models
    after = {
        n.replace(".base_layer", "").replace(".original_module", ""): p
        for n, p in model.named_parameters()
        if "lora_" not in n and "modules_to_save" not in n
    }
    assert after.keys() == before.keys()
    assert all(torch.equal(after[name], before[name]) for name in before)
    family = open_vision_base(str(vision_base)).family
    saved = weights(tmp_path / "run" / "adapter")
    assert {belongs(family, n) for n in saved if "lora_" in n} == through
    assert {belongs(family, n) for n in saved if "lora_" not in n} == whole_parts
    for part in whole_parts:
        names = [n for n in saved if belongs(family, n) == part and "lora_" not in n]
        assert any(not torch.equal(saved[name], before[name]) for name in names)
    for part in through:
        moved = [v for n, v in saved.items() if "lora_B" in n and belongs(family, n) == part]
        assert any(value.abs().max() > 0 for value in moved)


def test_the_adapter_says_what_it_said_in_training(vision_base: Path, whole: Path, vision_tasks):
    """Loaded again from its files it has the held-out loss that the curve ends with."""
    import peft
    import transformers

    from storypainter.sequences.tasks.rows import read_task_set
    from storypainter.sequences.training.examples import Examples
    from storypainter.sequences.training.pictures import Pictures
    from storypainter.sequences.training.trainers import collator

    base = transformers.AutoModelForImageTextToText.from_pretrained(vision_base)
    model = peft.PeftModel.from_pretrained(base, whole / "adapter").eval()
    rows = read_task_set(vision_tasks)
    examples = Examples(rows.heldout, rows.folder, Pictures())
    batch = collator(open_vision_base(str(vision_base)).processor)(
        [examples[at] for at in range(len(examples))]
    )
    with torch.no_grad():
        loss = float(model(**batch).loss)
    assert (batch["labels"] != -100).sum() > 20
    assert table(whole)[-1]["eval_loss"] == pytest.approx(loss, rel=0.05)


def test_rl_goes_on_from_the_adapter(whole: Path, rewarded: Path):
    start, end = table(whole)[-1], table(rewarded)
    # Telling alone is held out here, all tasks there; so the start is its own, not the other's.
    assert end[0]["eval_loss"] < table(whole)[0]["eval_loss"]
    assert end[-1]["eval_loss"] < end[0]["eval_loss"]
    assert start["step"] == 4
    before, after = weights(whole / "adapter"), weights(rewarded / "adapter")
    assert before.keys() == after.keys()
    assert any(not torch.equal(before[name], after[name]) for name in before)


def test_rewards_are_in_the_curve(rewarded: Path):
    rows = table(rewarded)
    assert [row["step"] for row in rows] == [0, 1, 2, 3, 4]
    for row in rows[1:]:
        total = row["reward_grounded"] + 0.5 * row["reward_length"]
        assert row["reward"] == pytest.approx(total, abs=1e-5)
        assert row["unscored"] == 0
        assert 0 < row["tokens"] <= 12
        # λ and the weight of L_NLL are 1 here.
        assert row["loss"] == pytest.approx(row["nll"] + row["rl_loss"], abs=1e-4)
    assert {"eval_reward", "eval_loss"} <= rows[-1].keys()


@pytest.mark.slow
def test_another_family_trains_by_the_same_code(vision_tasks: Path, tmp_path: Path):
    base = build_idefics(tmp_path / "idefics3")
    sft = SFT.model_copy(update={"evaluations": 1})
    assert train_sft(vision_tasks, str(base), tmp_path / "sft", sft).finished
    saved = weights(tmp_path / "sft" / "adapter")
    family = open_vision_base(str(base)).family
    assert {belongs(family, name) for name in saved} == {"connector", "language"}
    curve = table(tmp_path / "sft")
    assert curve[-1]["eval_loss"] < curve[0]["eval_loss"]
    start = str(tmp_path / "sft" / "adapter")
    rl = RL.model_copy(update={"evaluations": 1})
    out = tmp_path / "rl"
    assert train_rl(vision_tasks, str(base), out, rl, GROUNDED, from_adapter=start).finished
    after = weights(out / "adapter")
    assert any(not torch.equal(saved[name], after[name]) for name in saved)


# ---------------------------------------------------------------------- the folder


def test_what_a_training_leaves(vision_base: Path, whole: Path, rewarded: Path, vision_tasks: Path):
    for out in (whole, rewarded):
        assert {p.name for p in out.iterdir()} == {
            "config.toml", "run.lock", "checkpoints", "curves.csv", "curves.png", "adapter",
            "README.md",
        }  # fmt: skip
        assert (out / "curves.png").read_bytes().startswith(b"\x89PNG")
        assert sorted(p.name for p in (out / "adapter").iterdir()) == [
            "adapter_config.json", "adapter_model.safetensors", "chat_template.jinja",
        ]  # fmt: skip
        for name in ("adapter/adapter_config.json", "README.md", "config.toml"):
            assert str(vision_base.parent) not in (out / name).read_text()
    config = tomllib.loads((whole / "config.toml").read_text())
    assert config["settings"]["train"] == ["connector", "language"]
    assert config["data"] == {
        name: hashes(vision_tasks)[name]
        for name in ("train.jsonl", "heldout.jsonl", "sequences.jsonl")
    }
    assert "reward_judge" not in config
    assert [row["step"] for row in table(whole)] == [0, 1, 2, 3, 4]
    card = (whole / "README.md").read_text()
    for part in (
        "16 rows to learn from, 4 held out",
        "caption 8, telling 8",
        "connector, language",
    ):
        assert part in card
    card = (rewarded / "README.md").read_text()
    for part in (
        "grounded, weight 1",
        "length, weight 0.5",
        "| λ | 1.0 |",
        "reward judge: grounded",
    ):
        assert part in card


def test_whose_judgement_was_rewarded_is_in_the_config(
    vision_base: Path, vision_tasks: Path, rewarded: Path, tmp_path: Path
):
    """Evaluation reads it, to refuse the same judge."""
    found = tomllib.loads((rewarded / "config.toml").read_text())["reward_judge"]
    assert found == {"address": "grounded"}
    text = json.dumps({"reason": "so", "score": 4})
    judge = Rehearsal("", ({"text": text},) * 200)
    settings = RL.model_copy(update={"evaluations": 1})
    out = tmp_path / "run"
    train_rl(vision_tasks, str(vision_base), out, settings, Rewarding({"judge": 1.0}, judge))
    found = tomllib.loads((out / "config.toml").read_text())["reward_judge"]
    assert found["address"] == "rehearsal"
    assert found["model_provider"] == "rehearsal"
    given = [row["reward_judge"] for row in table(out) if "reward_judge" in row]
    assert given == [pytest.approx(3 / 9)] * 4
    assert "rehearsal" in (out / "README.md").read_text()
    assert (out / "judge" / "run.db").is_file()


def test_whose_judgement_was_rewarded_earlier_is_not_forgotten(
    vision_base: Path, vision_tasks: Path, rewarded: Path, tmp_path: Path
):
    """Supervised learning, or another judge, after rewards: the earlier judge may not come back."""
    start = {"from_adapter": str(rewarded / "adapter")}
    sft = SFT.model_copy(update={"evaluations": 1})
    train_sft(vision_tasks, str(vision_base), tmp_path / "sft", sft, **start)
    found = tomllib.loads((tmp_path / "sft" / "config.toml").read_text())
    assert found["reward_judge"] == {"address": "grounded"}
    assert "reward judge: grounded" in (tmp_path / "sft" / "README.md").read_text()
    judge = Rehearsal("", ({"text": json.dumps({"reason": "so", "score": 4})},) * 200)
    rl = RL.model_copy(update={"evaluations": 1})
    start = {"from_adapter": str(tmp_path / "sft" / "adapter")}
    out = tmp_path / "rl"
    train_rl(vision_tasks, str(vision_base), out, rl, Rewarding({"judge": 1.0}, judge), **start)
    found = tomllib.loads((out / "config.toml").read_text())["reward_judge"]
    assert found["address"] == "rehearsal"
    assert found["earlier"] == ["grounded"]
    assert "earlier: grounded" in (out / "README.md").read_text()


def test_a_finished_training_is_not_done_again(
    vision_base: Path, whole: Path, rewarded: Path, vision_tasks: Path
):
    before = hashes(whole), hashes(rewarded)
    lines: list[str] = []
    assert train_sft(vision_tasks, str(vision_base), whole, SFT, say=lines.append).step == 4
    again = train_rl(
        vision_tasks, str(vision_base), rewarded, RL, GROUNDED,
        from_adapter=str(whole / "adapter"), say=lines.append,
    )  # fmt: skip
    assert again.finished
    assert all("done" in line for line in lines)
    assert (hashes(whole), hashes(rewarded)) == before


# -------------------------------------------------------------------------- resuming


def test_a_killed_training_resumes_to_the_same_curve(
    vision_base: Path, vision_tasks: Path, whole: Path, tmp_path: Path
):
    out = tmp_path / "run"
    with pytest.raises(Killed):
        train_sft(vision_tasks, str(vision_base), out, SFT, say=killed_at(3))
    assert not (out / "adapter").exists()
    lines: list[str] = []
    assert train_sft(vision_tasks, str(vision_base), out, SFT, say=lines.append).finished
    assert "going on from update 2" in lines
    assert (out / "curves.csv").read_bytes() == (whole / "curves.csv").read_bytes()
    assert hashes(out / "adapter") == hashes(whole / "adapter")
    assert (out / "README.md").read_text() == (whole / "README.md").read_text()


@pytest.mark.parametrize("algorithm", ["grpo", "rloo"])
def test_killed_learning_by_rewards_resumes_to_the_same_curve(
    vision_base: Path, vision_tasks: Path, whole: Path, tmp_path: Path, algorithm
):
    """Over the end of an epoch, where trl's own order of prompts would differ after a resume."""
    settings = RL.model_copy(update={"algorithm": algorithm, "epochs": 2, "beta": 0.1})
    given = {"from_adapter": str(whole / "adapter")}

    def train(name: str, say=lambda line: None):
        out = tmp_path / name
        return train_rl(vision_tasks, str(vision_base), out, settings, GROUNDED, **given, say=say)

    assert train("whole").finished
    for update in (3, 7):
        with pytest.raises(Killed):
            train("run", killed_at(update))
    lines: list[str] = []
    assert train("run", lines.append).finished
    assert "going on from update 6" in lines
    assert table(tmp_path / "run") == table(tmp_path / "whole")
    assert hashes(tmp_path / "run" / "adapter") == hashes(tmp_path / "whole" / "adapter")
    assert all("kl" in row for row in table(tmp_path / "run")[1:])


def test_a_judge_that_refuses_the_key_ends_it_and_the_same_command_goes_on(
    vision_base: Path, vision_tasks: Path, tmp_path: Path
):
    good = [{"text": json.dumps({"reason": "so", "score": n})} for n in (3, 8, 5)]
    settings = RL.model_copy(update={"evaluations": 1, "checkpoint_every": 1})
    out = tmp_path / "run"

    def train(*script: dict):
        rewarding = Rewarding({"judge": 1.0}, Rehearsal("", script))
        # A rehearsal is told apart by its script, which differs here: the same model to the folder.
        rewarding.judge.identity = {"provider": "rehearsal", "model": "", "revision": "1"}
        return train_rl(vision_tasks, str(vision_base), out, settings, rewarding)

    with pytest.raises(AuthFailed):
        train(*good * 6, {"fail": "auth", "message": "no such key"})
    assert (out / "checkpoints" / "checkpoint-1").is_dir()
    assert train(*good * 60).finished
    assert [row["step"] for row in table(out)] == [0, 1, 2, 3, 4]


def test_a_completion_without_a_reward_is_left_out(
    vision_base: Path, vision_tasks: Path, tmp_path: Path
):
    """Every second answer is none: the rest is learnt from, and the curve says how much."""
    script = (
        {"fail": "refused", "message": "no"},
        {"text": json.dumps({"reason": "", "score": 7})},
    )
    judge = Rehearsal("", script * 300)
    settings = RL.model_copy(update={"evaluations": 1})
    lines: list[str] = []
    train_rl(
        vision_tasks, str(vision_base), tmp_path / "run", settings, Rewarding({"judge": 1.0}, judge),
        say=lines.append,
    )  # fmt: skip
    rows = table(tmp_path / "run")[1:]
    assert all(0 < row["unscored"] < 1 for row in rows)
    # What is there is all alike: mean 6/9, and no spread. A 0 for a failure would show in both.
    assert all(row["reward"] == pytest.approx(6 / 9) for row in rows)
    assert all(row["reward_spread"] == pytest.approx(0, abs=1e-6) for row in rows)
    assert any("gave no reward, in this call: refused" in line for line in lines)


def test_ctrl_c_leaves_a_checkpoint_and_says_how_to_go_on(
    vision_base: Path, vision_tasks: Path, whole: Path, tmp_path: Path
):
    out = tmp_path / "run"
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        if line.startswith("update 1 of 4: loss"):
            os.kill(os.getpid(), signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    stopped = train_sft(vision_tasks, str(vision_base), out, SFT, say=say)
    assert signal.getsignal(signal.SIGINT) is before
    assert not stopped.finished
    assert stopped.step in (1, 2)
    assert lines[-1] == f"stopped after update {stopped.step} of 4: the same command goes on"
    assert (out / "checkpoints" / f"checkpoint-{stopped.step}").is_dir()
    assert train_sft(vision_tasks, str(vision_base), out, SFT).finished
    assert (out / "curves.csv").read_bytes() == (whole / "curves.csv").read_bytes()


@pytest.mark.slow
def test_kill_9_of_the_command_itself(
    vision_base: Path, vision_tasks: Path, whole: Path, tmp_path: Path
):
    from storypainter.cli.main import run
    from storypainter.cli.sequences_train import command as group

    out = tmp_path / "run"
    settings = flags(SFT.model_dump(exclude_defaults=True))
    command = ["sft", str(vision_tasks), "--base", str(vision_base), "--out", str(out), *settings]
    program = (
        "import sys; from storypainter.cli.sequences_train import command; command(sys.argv[1:])"
    )
    kill_9_at(3, "-c", program, *command)
    assert run(group, command) == 0
    assert (out / "curves.csv").read_bytes() == (whole / "curves.csv").read_bytes()


# --------------------------------------------------------------------------- refusals


def test_a_folder_of_another_question_is_refused_by_name(
    vision_base: Path, vision_tasks: Path, whole: Path, rewarded: Path
):
    before = hashes(whole), hashes(rewarded)
    with pytest.raises(BadInput, match=r"settings\.rank = 4, and 8 is asked for now"):
        train_sft(vision_tasks, str(vision_base), whole, SFT.model_copy(update={"rank": 8}))
    with pytest.raises(BadInput, match=r"asked\.tasks"):
        train_sft(vision_tasks, str(vision_base), whole, SFT, only=["caption"])
    given = {"from_adapter": str(whole / "adapter")}
    with pytest.raises(BadInput, match=r"asked\.rewards"):
        train_rl(
            vision_tasks, str(vision_base), rewarded, RL, Rewarding({"grounded": 2.0}), **given
        )
    other = RL.model_copy(update={"lam": 0.5})
    with pytest.raises(BadInput, match=r"settings\.lam = 1\.0, and 0\.5 is asked for now"):
        train_rl(vision_tasks, str(vision_base), rewarded, other, GROUNDED, **given)
    assert (hashes(whole), hashes(rewarded)) == before


def test_rows_that_are_too_long_are_left_out_and_counted(vision_base: Path, tmp_path: Path):
    tasks = write_tasks(tmp_path / "tasks", 6, 2, pictures=3)
    lines: list[str] = []
    settings = SFT.model_copy(update={"max_length": 64})
    train_sft(tasks, str(vision_base), tmp_path / "run", settings, say=lines.append)
    assert "6 rows of train are longer than 64 tokens: left out" in lines
    assert "left out as longer than 64 tokens: 6 and 2" in (tmp_path / "run/README.md").read_text()
    short = SFT.model_copy(update={"max_length": 16})
    with pytest.raises(BadInput, match="every row is longer than 16 tokens"):
        train_sft(tasks, str(vision_base), tmp_path / "none", short)
    # Nothing was trained, so that a corrected command may use the folder.
    assert not (tmp_path / "none").exists()
    few = RL.model_copy(update={"batch": 32})
    with pytest.raises(BadInput, match="6 prompts are fewer than the 8 of an update"):
        train_rl(tasks, str(vision_base), tmp_path / "none", few, GROUNDED)
    assert not (tmp_path / "none").exists()


def test_an_adapter_keeps_its_own_shape(vision_base: Path, vision_tasks, whole: Path, tmp_path):
    start = {"from_adapter": str(whole / "adapter")}
    for change, said in (
        ({"rank": 8}, "--rank 8: the adapter adapter has 4"),
        ({"train": ("language",)}, "--train language: the adapter adapter has connector,language"),
    ):
        settings = RL.model_validate({**RL.model_dump(), **change})
        with pytest.raises(BadInput, match=said):
            train_rl(vision_tasks, str(vision_base), tmp_path / "run", settings, GROUNDED, **start)
    assert not (tmp_path / "run").exists()


def test_an_adapter_of_another_base_is_refused(vision_tasks, whole: Path, tmp_path: Path):
    from transformers import LlavaConfig, LlavaForConditionalGeneration

    other = build_base(tmp_path / "wide")
    config = LlavaConfig.from_pretrained(other)
    config.text_config.intermediate_size = 64
    LlavaForConditionalGeneration(config).save_pretrained(other)
    with pytest.raises(BadInput, match="does not fit this base"):
        train_sft(
            vision_tasks, str(other), tmp_path / "run", SFT, from_adapter=str(whole / "adapter")
        )
    assert not (tmp_path / "run").exists()


def test_a_base_that_sees_nothing_is_refused(vision_tasks, tmp_path: Path):
    from transformers import LlamaConfig, LlamaForCausalLM

    LlamaForCausalLM(
        LlamaConfig(vocab_size=8, hidden_size=4, intermediate_size=4, num_hidden_layers=1,
                    num_attention_heads=1, num_key_value_heads=1)
    ).save_pretrained(tmp_path / "text")  # fmt: skip
    with pytest.raises(BadInput, match="llama is no vision-language model"):
        train_sft(vision_tasks, str(tmp_path / "text"), tmp_path / "run", SFT)
    with pytest.raises(BadInput, match="nowhere"):
        train_sft(vision_tasks, str(tmp_path / "nowhere"), tmp_path / "run", SFT)
    assert not (tmp_path / "run").exists()


def test_a_base_without_a_template_needs_one(vision_tasks, tmp_path: Path):
    base = build_base(tmp_path / "plain", template=None)
    with pytest.raises(BadInput, match="no chat template"):
        train_sft(vision_tasks, str(base), tmp_path / "run", SFT)
    (tmp_path / "blind.jinja").write_text("{% for m in messages %}{{ m['role'] }}{% endfor %}")
    with pytest.raises(BadInput, match="gives a picture no place"):
        train_sft(
            vision_tasks, str(base), tmp_path / "run", SFT,
            chat_template=str(tmp_path / "blind.jinja"),
        )  # fmt: skip
    settings = SFT.model_copy(update={"evaluations": 1})
    assert train_sft(
        vision_tasks, str(base), tmp_path / "run", settings, chat_template="plain"
    ).finished
    template = (tmp_path / "run" / "adapter" / "chat_template.jinja").read_text()
    assert "### Request" in template
    assert "<image>" in template
    # The adapter brings it along.
    assert train_sft(
        vision_tasks, str(base), tmp_path / "more", settings,
        from_adapter=str(tmp_path / "run" / "adapter"),
    ).finished  # fmt: skip


def test_a_damaged_picture_is_named(vision_base: Path, tmp_path: Path):
    tasks = write_tasks(tmp_path / "tasks", 4, 1)
    red = tasks / "pictures" / "red.png"
    red.write_bytes(red.read_bytes()[:60])
    with pytest.raises(BadInput, match=r"red\.png"):
        train_sft(tasks, str(vision_base), tmp_path / "run", SFT)
    red.write_bytes(b"not a picture")
    with pytest.raises(BadInput, match=r"red\.png can't be read as a picture"):
        train_sft(tasks, str(vision_base), tmp_path / "other", SFT)


def test_a_huge_picture_is_refused_unopened(tmp_path: Path, monkeypatch):
    import PIL.Image

    from storypainter.sequences.training import pictures

    PIL.Image.new("L", (300, 200)).save(tmp_path / "big.png")
    monkeypatch.setattr(pictures, "MOST_PIXELS", 50_000)
    with pytest.raises(BadInput, match=r"big\.png has 300 x 200 pixels"):
        pictures.Pictures().open(tmp_path / "big.png")


def test_pictures_in_memory_are_bounded(tmp_path: Path):
    import PIL.Image

    from storypainter.sequences.training.pictures import Pictures

    for name in "abc":
        PIL.Image.new("RGB", (10, 10)).save(tmp_path / f"{name}.png")
    pictures = Pictures(kept=600)
    first = pictures.open(tmp_path / "a.png")
    assert pictures.open(tmp_path / "a.png") is first
    pictures.open(tmp_path / "b.png")
    pictures.open(tmp_path / "c.png")
    assert pictures.open(tmp_path / "a.png") is not first


def test_what_is_not_installed_is_named(vision_tasks, tmp_path: Path, monkeypatch):
    found = base_files.importlib.util.find_spec
    monkeypatch.setattr(
        base_files.importlib.util, "find_spec", lambda name: None if name == "trl" else found(name)
    )
    with pytest.raises(MissingExtra, match=r"pip install 'storypainter\[train\]'"):
        train_sft(vision_tasks, "anything", tmp_path / "run", SFT)


def test_tasks_without_such_rows_are_refused(vision_base: Path, vision_tasks, tmp_path: Path):
    with pytest.raises(BadInput, match=r"train\.jsonl has no row of the task emotion"):
        train_rl(vision_tasks, str(vision_base), tmp_path / "run", RL, GROUNDED, only=["emotion"])
    shutil.copytree(vision_tasks, tmp_path / "broken")
    (tmp_path / "broken" / "train.jsonl").write_text("{}\n")
    with pytest.raises(BadInput, match=r"train\.jsonl was changed"):
        train_sft(tmp_path / "broken", str(vision_base), tmp_path / "run", SFT)
    assert not (tmp_path / "run").exists()
