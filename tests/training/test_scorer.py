"""Training a scorer on a small BERT: it learns, resumes, says what it is, and can be read back."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from small_bert import WORDS, build_small_bert

from storypainter.cli.main import cli, run
from storypainter.errors import BadInput
from storypainter.evaluators.regressor import load_scorer
from storypainter.training import scorer as training
from storypainter.training.fitting import ScorerSettings
from storypainter.training.isa import Data, read_data
from storypainter.training.scorer import Repeat, Task, train_scorer

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.usefixtures("one_thread")
SETTINGS = ScorerSettings(learning_rate=0.02, epochs=6, patience=6)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_small_bert(tmp_path_factory.mktemp("base") / "small-bert")


def text(rich: float, dice: random.Random) -> str:
    """Ten words in a section and ten in a description; ``rich`` of each are the word rich."""

    def some() -> str:
        return " ".join("rich" if dice.random() < rich else dice.choice(WORDS) for _ in range(10))

    return f"[Mental State]\n{some()}\n\n[Description]\n{some()}"


def ratings(folder: Path, n: int = 60) -> Path:
    """The semantic score goes with the word rich, the entity score against it."""
    dice = random.Random(1)
    folder.mkdir()
    rows: dict[str, list[str]] = {"cot": [], "naive": []}
    lines = ["file_name,entity_score,semantic_score"]
    for at in range(n):
        rich = dice.random()
        lines.append(f"{at}.jpg,{1 - rich},{rich}")
        for found in rows.values():
            found.append(json.dumps({"file_name": f"{at}.jpg", "model_output": text(rich, dice)}))
    (folder / "annotation.csv").write_text("\n".join(lines))
    for kind, found in rows.items():
        (folder / f"{kind}.jsonl").write_text("\n".join(found))
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    folder = ratings(tmp_path_factory.mktemp("data") / "isa")
    return read_data([folder], ("semantic", "entity"))


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, base: Path, data: Data) -> Path:
    out = tmp_path_factory.mktemp("trained") / "scorer"
    task = Task(
        heads=("semantic", "entity"),
        repeats=2,
        ablations=True,
        reads="as_given",
        settings=SETTINGS,
    )
    train_scorer(data, str(base), out, task, device="cpu")
    return out


def test_it_learns_both_heads(trained: Path) -> None:
    scorer = load_scorer(trained)
    high, low = scorer.score("rich rich rich rich rich"), scorer.score("plain dog none a boy")
    assert 0 <= low < 0.4 < 0.6 < high <= 1
    entity = load_scorer(trained, head="entity")
    assert entity.score("rich rich rich rich rich") < entity.score("plain dog none a boy")
    assert scorer.identity["weights_sha256"] == entity.identity["weights_sha256"]
    assert scorer.identity != entity.identity
    assert scorer.name == "scorer:semantic"


def test_the_table_has_isas_layout(trained: Path) -> None:
    table = json.loads((trained / "table.json").read_bytes())
    assert [row["variant"] for row in table["rows"]] == [
        "cot", "naive", "without-chains", "without-description",
    ]  # fmt: skip
    cell = table["rows"][0]["numbers"]["semantic"]["pcc"]
    assert cell["n"] == 2
    assert cell["deviation"] >= 0
    assert cell["mean"] > 0.6
    assert (
        table["without_reading"]["semantic"]["rmse"]["mean"]
        > (table["rows"][0]["numbers"]["semantic"]["rmse"]["mean"])
    )
    lines = (trained / "table.md").read_text().splitlines()
    published = next(line for line in lines if line.startswith("| CoT VLISA (BERT), published"))
    numbers = "| 0.144 | 0.328 | 0.812 | 0.802 | 0.111 | 0.288 | 0.902 | 0.897 |"
    assert published.endswith(numbers)
    assert any(line.startswith("| without-chains 2, seed 1 | 12 |") for line in lines)


def test_the_folder_says_what_it_is(trained: Path, data: Data) -> None:
    config = json.loads((trained / "config.json").read_bytes())
    assert config["kind"] == "storypainter-scorer"
    assert config["data"] == data.hash
    assert config["heads"] == ["semantic", "entity"]
    assert config["max_tokens"] == 64  # what the base reads, not the 512 asked for
    assert config["base"]["name"] == "small-bert"
    assert config["metrics"]["semantic"]["n"] == 12
    results = [
        Repeat.from_json((trained / "repeats" / f"cot-{n}" / "result.json").read_bytes())
        for n in range(2)
    ]
    assert config["repeat"]["validation_loss"] == min(one.validation for one in results)
    assert not list((trained / "repeats").glob("*/model.safetensors"))


def test_the_saved_scorer_gives_the_scores_that_were_measured(trained: Path, data: Data) -> None:
    config = json.loads((trained / "config.json").read_bytes())
    best = trained / "repeats" / f"cot-{config['repeat']['number']}" / "result.json"
    scorer = load_scorer(trained)
    texts = {item.id: item.texts["cot"] for item in data.items}
    for name, found in Repeat.from_json(best.read_bytes()).predictions.items():
        assert scorer.score(texts[name]) == pytest.approx(found["semantic"][0], abs=1e-5)


def test_long_texts_are_cut_and_it_says_so(trained: Path) -> None:
    scorer = load_scorer(trained)
    short, long = scorer.read("rich " * 62), scorer.read("rich " * 62 + "plain " * 100)
    assert (short.tokens, short.cut) == (64, False)
    assert (long.tokens, long.cut) == (64, True)
    assert long.value == short.value
    with pytest.raises(BadInput, match="no text"):
        scorer.score(" \n")


def test_a_finished_repeat_is_not_run_again(
    tmp_path: Path, base: Path, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = Task(
        heads=("semantic",),
        repeats=2,
        reads="as_given",
        settings=SETTINGS.model_copy(update={"epochs": 1}),
    )
    whole = tmp_path / "whole"
    table = train_scorer(data, str(base), whole, task, device="cpu")
    fitted = training.fit
    calls = []

    def killed(*args: object, **more: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return fitted(*args, **more)  # type: ignore[arg-type]

    out = tmp_path / "killed"
    monkeypatch.setattr(training, "fit", killed)
    with pytest.raises(KeyboardInterrupt):
        train_scorer(data, str(base), out, task, device="cpu")
    with pytest.raises(BadInput, match="holds no scorer") as unfinished:
        load_scorer(out)
    assert "training is not finished" in unfinished.value.hint
    said: list[str] = []
    assert train_scorer(data, str(base), out, task, device="cpu", say=said.append) == table
    assert len(calls) == 3
    assert "CoT, repeat 1: done before" in said
    assert load_scorer(out).identity == load_scorer(whole).identity
    # And again, when all is done: nothing is trained.
    assert train_scorer(data, str(base), out, task, device="cpu") == table
    assert len(calls) == 3
    with pytest.raises(BadInput, match="holds another training"):
        train_scorer(data, str(base), out, task.model_copy(update={"seed": 1}), device="cpu")


def test_the_callers_generator_is_left_alone(trained: Path) -> None:
    torch.manual_seed(3)
    before = torch.get_rng_state()
    load_scorer(trained).score("rich")
    assert torch.equal(before, torch.get_rng_state())


def test_folders_that_are_no_scorer(tmp_path: Path, trained: Path, base: Path) -> None:
    with pytest.raises(BadInput, match="there is no scorer folder"):
        load_scorer(tmp_path / "nothing")
    with pytest.raises(BadInput, match="holds no scorer"):
        load_scorer(base)
    broken = tmp_path / "broken"
    broken.mkdir()
    config = json.loads((trained / "config.json").read_bytes())
    (broken / "config.json").write_text(json.dumps(config))
    with pytest.raises(BadInput, match=r"lacks model\.safetensors"):
        load_scorer(broken)
    (broken / "model.safetensors").write_bytes(b"no weights")
    (broken / "tokenizer.json").write_bytes((trained / "tokenizer.json").read_bytes())
    with pytest.raises(BadInput, match="can't be loaded"):
        load_scorer(broken).score("rich")
    (broken / "config.json").write_text(json.dumps({**config, "heads": ["semantic"]}))
    with pytest.raises(BadInput, match="has learnt no entity score"):
        load_scorer(broken, head="entity")
    (broken / "config.json").write_text(json.dumps({**config, "max_tokens": "many"}))
    with pytest.raises(BadInput, match="is damaged"):
        load_scorer(broken)


def test_bad_tasks_write_nothing(tmp_path: Path, base: Path, data: Data) -> None:
    out = tmp_path / "out"
    few = Data(data.items[:9])
    with pytest.raises(BadInput, match="9 different texts"):
        train_scorer(few, str(base), out, Task(reads="as_given"), device="cpu")
    with pytest.raises(BadInput, match="no model folder"):
        train_scorer(data, str(tmp_path / "none"), out, Task(reads="as_given"), device="cpu")
    with pytest.raises(BadInput, match="no device 'gpu9'"):
        train_scorer(data, str(base), out, Task(reads="as_given"), device="gpu9")
    assert not out.exists()
    out.mkdir()
    (out / "mine.txt").write_text("keep")
    with pytest.raises(BadInput, match="is there and is no training"):
        train_scorer(data, str(base), out, Task(reads="as_given"), device="cpu")


def test_the_command(tmp_path: Path, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = ratings(tmp_path / "isa", 30), tmp_path / "out"
    arguments = [
        "train",
        "scorer",
        str(folder),
        "--text",
        "as_given",
        "--base",
        str(base),
        "--out",
        str(out),
    ]
    more = ["--head", "both", "--repeats", "1", "--epochs", "1", "--device", "cpu"]
    assert run(cli, [*arguments, *more]) == 0
    captured = capsys.readouterr()
    assert "| features | Semantic Score RMSE |" in captured.out
    assert "CoT, repeat 1 of 1" in captured.err
    assert load_scorer(out, head="entity").score("rich") > 0
    assert run(cli, [*arguments, "--head", "entity"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "holds another training" in error
    (folder / "annotation.csv").write_text("file_name,semantic_score\n0.jpg,7\n")
    assert run(cli, arguments) == 2
    assert "annotation.csv, line 2: semantic_score 7 lies outside" in capsys.readouterr().err
