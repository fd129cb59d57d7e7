"""``storypainter distill``, from the command to the files."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from storypainter import planner
from storypainter.cli import main
from storypainter.pools import load_pool
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import items, totals
from storypainter.settings import Resolved, RunSpec
from storypainter.training.distilling.asked import Asked
from storypainter.training.distilling.making import Distillation
from storypainter.training.distilling.pool_parts import pool_parts
from storypainter.training.distilling.rows import PreferenceRow, read_rows
from storypainter.training.distilling.telling import read_source, uses
from storypainter.training.distilling.workshop import Interrupted, Workshop

TEST_TEXTS = tuple(story.text for story in load_pool("own_test").stories)
Distill = Callable[..., tuple[int, str, str]]
#: Files that reading leaves alone; a database's own lie beside it.
KEPT = {".json", ".jsonl", ".md", ".parquet"}


@pytest.fixture
def distill(capsys: pytest.CaptureFixture[str]) -> Distill:
    """Run the command in this process; returns (exit code, standard output, standard error)."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = main.run(main.cli, ["distill", *(str(each) for each in arguments)])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def one_line_error(err: str, *words: str) -> None:
    (line,) = [line for line in err.splitlines() if line.startswith("error:")]
    assert "Traceback" not in err
    for word in words:
        assert word in line, line


def manifest(out: Path) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads((out / "dataset.json").read_bytes())
    return plain


def both(out: Path, kind: Any) -> list[Any]:
    return [*read_rows(out / "train.jsonl", kind), *read_rows(out / "heldout.jsonl", kind)]


def teacher_script(path: Path, count: int, seed: int = 9) -> str:
    """The address of a rehearsed teacher that writes good stories."""
    texts = [planner.plan(seed, k).story.text for k in range(count)]
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    return f"rehearsal/{path}"


def given(folder: Path, count: int = 14) -> Path:
    """A file of good stories; a Pool's own story is no copy of it."""
    path = folder / "given.jsonl"
    stories = load_pool("own_train").stories[:count]
    path.write_text("".join(story.to_json() + "\n" for story in stories), "utf-8")
    return path


# ------------------------------------------------------------------------ whole sets


@pytest.fixture(scope="module")
def sft_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sft")
    out, also = folder / "set", f"{given(folder, 5)}:2"
    arguments = ["distill", "sft", "--teacher", "planner", "--also", also, "--prompt", "mini"]
    assert main.run(main.cli, [*arguments, "-n", "16", "--out", str(out), "--quiet"]) == 0
    return out


@pytest.fixture(scope="module")
def pair_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dpo")
    out, also = folder / "set", "own_train"
    arguments = ["distill", "dpo", "--teacher", "planner", "--also", also, "--rejected", "both"]
    more = ["--student", "rehearsal", "-n", "16", "--out", str(out), "--quiet"]
    assert main.run(main.cli, [*arguments, *more]) == 0
    return out


def test_a_set_of_planned_and_given_stories(sft_set: Path) -> None:
    rows = both(sft_set, "sft")
    said = manifest(sft_set)
    assert said["rows"] == {"train": 15, "heldout": 1}
    assert Counter(row.source for row in rows) == {"planner": 8, "given": 8} == said["sources"]
    assert Counter(Counter(row.text for row in rows).values()) == {1: 10, 2: 3}
    assert (said["format"], said["kind"], said["student_prompt"]) == (1, "sft", "mini")
    assert said["teacher"]["address"] == "planner"
    assert said["teacher"]["written"] >= 8
    assert said["filters"]["read"] == 5 + said["teacher"]["written"]
    assert {row.text for row in rows if row.source == "planner"} < {
        planner.plan(0, k).story.text for k in range(said["teacher"]["written"])
    }
    assert all(90 <= len(row.text.split()) <= 180 for row in rows)
    assert all(row.prompt[-1].content.startswith("Tell one picture") for row in rows)


def test_nothing_of_the_test_part_is_anywhere(sft_set: Path, pair_set: Path) -> None:
    for path in (sft_set, pair_set):
        for name in ("train.jsonl", "heldout.jsonl"):
            text = (path / name).read_text("utf-8")
            plain = [json.loads(line) for line in text.splitlines()]
            said = "\n".join(str(turn) for row in plain for turn in _turns(row))
            assert not any(story in said for story in TEST_TEXTS)


def _turns(row: dict[str, Any]) -> list[str]:
    names = ("prompt", "completion", "chosen", "rejected")
    return [turn["content"] for name in names for turn in row.get(name, ())]


def test_the_held_out_prompts_are_not_learnt_from(sft_set: Path, pair_set: Path) -> None:
    for path, kind in ((sft_set, "sft"), (pair_set, "dpo")):
        train = {row.group for row in read_rows(path / "train.jsonl", kind)}  # type: ignore[call-overload]
        held = {row.group for row in read_rows(path / "heldout.jsonl", kind)}  # type: ignore[call-overload]
        assert held
        assert not train & held


def test_parquet_holds_the_rows_of_jsonl(sft_set: Path, pair_set: Path) -> None:
    for path in (sft_set, pair_set):
        for name in ("train", "heldout"):
            lines = (path / f"{name}.jsonl").read_text("utf-8").splitlines()
            assert parquet.read_table(path / f"{name}.parquet").to_pylist() == [
                json.loads(line) for line in lines
            ]


def test_the_manifest_names_every_file_with_its_hash(sft_set: Path) -> None:
    files = manifest(sft_set)["files"]
    there = {
        str(path.relative_to(sft_set)) for path in sft_set.rglob("*")
        if path.is_file() and "runs" not in path.relative_to(sft_set).parts
    }  # fmt: skip
    assert set(files) == there - {"dataset.json"}
    for name, digest in files.items():
        assert hashlib.sha256((sft_set / name).read_bytes()).hexdigest() == digest


def test_llama_factory_reads_supervised_rows(sft_set: Path) -> None:
    folder = sft_set / "llama_factory"
    info = json.loads((folder / "dataset_info.json").read_bytes())
    assert set(info) == {
        f"storypainter_sft_{part}_{layout}"
        for part in ("train", "heldout") for layout in ("alpaca", "sharegpt")
    }  # fmt: skip
    rows = read_rows(sft_set / "train.jsonl", "sft")
    alpaca = info["storypainter_sft_train_alpaca"]
    assert alpaca["columns"]["prompt"] == "instruction"
    assert "ranking" not in alpaca
    plain = json.loads((folder / alpaca["file_name"]).read_bytes())
    column = alpaca["columns"]
    assert [(each[column["prompt"]], each[column["query"]], each[column["response"]])
            for each in plain] == [(row.prompt[0].content, "", row.text) for row in rows]  # fmt: skip
    shared = info["storypainter_sft_train_sharegpt"]
    assert shared["formatting"] == "sharegpt"
    plain = json.loads((folder / shared["file_name"]).read_bytes())
    assert [each[shared["columns"]["messages"]] for each in plain] == [
        [{"from": "human", "value": row.prompt[0].content}, {"from": "gpt", "value": row.text}]
        for row in rows
    ]


def test_llama_factory_reads_preference_rows(pair_set: Path) -> None:
    folder = pair_set / "llama_factory"
    info = json.loads((folder / "dataset_info.json").read_bytes())
    assert all(entry["ranking"] is True for entry in info.values())
    rows = read_rows(pair_set / "train.jsonl", "dpo")
    alpaca = json.loads((folder / info["storypainter_dpo_train_alpaca"]["file_name"]).read_bytes())
    assert [(each["chosen"], each["rejected"]) for each in alpaca] == [
        (row.text, row.rejected[0].content) for row in rows
    ]
    entry = info["storypainter_dpo_train_sharegpt"]
    for each, row in zip(json.loads((folder / entry["file_name"]).read_bytes()), rows, strict=True):
        assert each["conversations"] == [{"from": "human", "value": row.prompt[0].content}]
        assert each[entry["columns"]["chosen"]] == {"from": "gpt", "value": row.text}
        assert each[entry["columns"]["rejected"]]["from"] == "gpt"


def test_the_card_tells_what_the_manifest_knows(pair_set: Path) -> None:
    text = (pair_set / "README.md").read_text("utf-8")
    said = manifest(pair_set)
    assert text.startswith("---\nlicense: other\n")
    for word in ("`planner`", "own_train", "stories by the planner: Apache-2.0", "CC0-1.0",
                 "the terms of that model", said["templates"]["cor_guided"], "n = 16",
                 *said["rejected_by"]):  # fmt: skip
        assert word in text, word
    assert str(said["filters"]["read"]) in text


def test_rejected_answers_come_by_turns(pair_set: Path) -> None:
    rows = both(pair_set, "dpo")
    said = manifest(pair_set)
    assert len(rows) == 16
    by = Counter(row.rejected_by.partition(":")[0] for row in rows)
    assert by == {"student": 8, "near_miss": 8}
    assert sum(said["rejected_by"].values()) == 16
    assert len([name for name in said["rejected_by"] if name.startswith("near_miss:")]) >= 6
    with RunFolder(pair_set / "runs" / "student", read_only=True) as folder:
        answers = {item.story.origin.parameters["answers"]: item.story.text
                   for item in items(folder) if item.story and item.story.origin}  # fmt: skip
    assert {
        row.id: row.rejected[0].content for row in rows if row.rejected_by == "student"
    } == answers


def test_examples_are_of_the_training_part_and_never_the_story_itself(pair_set: Path) -> None:
    train = {story.text for story in load_pool("own_train").stories}
    for row in both(pair_set, "dpo"):
        prompt = row.prompt[0].content
        shown = [text for text in train if text in prompt]
        assert len(shown) == prompt.count("</example>") == 3
        assert row.text not in prompt


# --------------------------------------------------------------------------- teachers


def test_the_student_is_asked_what_the_teacher_was_asked(distill: Distill, tmp_path: Path) -> None:
    teacher = teacher_script(tmp_path / "teacher.jsonl", 12)
    out = tmp_path / "set"
    code, said, err = distill("sft", "--teacher", teacher, "-n", 6, "--out", out)
    assert code == 0, err
    rows = both(out, "sft")
    with RunFolder(out / "runs" / "teacher", read_only=True) as folder:
        told = {item.story.text: item.story.origin for item in items(folder) if item.story}
    for row in rows:
        origin = told[row.text]
        assert origin is not None
        assert [each.text in row.prompt[0].content for each in origin.examples] == [True] * 3
        assert origin.prompt == manifest(out)["templates"]["cor_guided"]
        assert origin.pool == "own_train"
    assert "rows to learn from" in said


def test_a_model_that_writes_from_plans(distill: Distill, tmp_path: Path) -> None:
    teacher = teacher_script(tmp_path / "teacher.jsonl", 8, seed=0)
    out = tmp_path / "set"
    asked = ("sft", "--teacher", teacher, "--teacher-mode", "planned", "--max-concurrency", 1)
    code, _, err = distill(*asked, "--prompt", "mini", "-n", 3, "--out", out)
    assert code == 0, err
    assert manifest(out)["teacher"]["mode"] == "planned"
    with RunFolder(out / "runs" / "teacher", read_only=True) as folder:
        told = [item.story for item in items(folder) if item.story]
    assert all(story.chains and story.themes["place"] for story in told)
    assert {row.text for row in both(out, "sft")} <= {story.text for story in told}


@pytest.mark.parametrize("prompt", ["naive", "mini"])
def test_other_prompts_for_the_student_of_a_model(
    distill: Distill, tmp_path: Path, prompt: str
) -> None:
    out = tmp_path / "set"
    teacher = teacher_script(tmp_path / "teacher.jsonl", 16)
    asked = ("sft", "--teacher", teacher, "--prompt", prompt, "-n", 10, "--out", out, "--quiet")
    assert distill(*asked) == (0, "", "")
    rows = both(out, "sft")
    assert manifest(out)["held_out_by"] == ("story" if prompt == "naive" else "prompt")
    assert (len({row.group for row in rows}) == 1) is (prompt == "naive")


def test_a_pool_file_gives_the_teacher_its_training_part(distill: Distill, tmp_path: Path) -> None:
    stories = load_pool("own_train").stories[:15]
    pool = tmp_path / "mine.jsonl"
    pool.write_text("".join(story.to_json() + "\n" for story in stories), "utf-8")
    out = tmp_path / "set"
    teacher = teacher_script(tmp_path / "teacher.jsonl", 6)
    assert distill("sft", "--teacher", teacher, "--pool", pool, "-n", 4, "--out", out)[0] == 0
    kept = {json.loads(line)["id"] for line in (out / "runs/pool_train.jsonl").open()}
    with RunFolder(out / "runs" / "teacher", read_only=True) as folder:
        shown = {each.id for item in items(folder) if item.story and item.story.origin
                 for each in item.story.origin.examples}  # fmt: skip
    assert shown <= kept
    assert len(kept) == 9


def test_given_stories_alone(distill: Distill, tmp_path: Path) -> None:
    out = tmp_path / "set"
    asked = (
        "sft",
        "--teacher-stories",
        f"{given(tmp_path, 12)}:2",
        "--prompt",
        "mini",
        "--out",
        out,
    )
    code, _, err = distill(*asked, "-n", 200)
    assert code == 3
    one_line_error(err, "24 rows can be made of the 12 stories", "but 200 are needed")
    assert not (out / "dataset.json").exists()
    assert distill(*asked, "-n", 20, "--quiet") == (0, "", "")
    rows = both(out, "sft")
    assert len(rows) == len({row.id for row in rows}) == 20
    assert max(Counter(row.text for row in rows).values()) == 2
    held = {row.text for row in read_rows(out / "heldout.jsonl", "sft")}
    assert not held & {row.text for row in read_rows(out / "train.jsonl", "sft")}


def test_a_teacher_of_whom_too_little_can_be_used(distill: Distill, tmp_path: Path) -> None:
    out = tmp_path / "set"
    code, _, err = distill("sft", "--teacher", "rehearsal", "-n", 300, "--out", out)
    assert code == 3
    one_line_error(err, "0 of 50 stories can be used", "50 too_short", "choose another teacher")
    with RunFolder(out / "runs" / "teacher", read_only=True) as folder:
        assert totals(folder).calls == 50
    assert not (out / "dataset.json").exists()


# ---------------------------------------------------------------------- dpo and dpo-mix


def test_dpo_mix_rejects_both_models_for_every_prompt(distill: Distill, tmp_path: Path) -> None:
    script = tmp_path / "small.jsonl"
    script.write_text(json.dumps({"text": "Title: A dog\n\nOnce upon a time"}) + "\n")
    out = tmp_path / "set"
    asked = ("dpo-mix", "--teacher-stories", given(tmp_path), "--student", "rehearsal")
    code, _, err = distill(
        *asked, "--smaller", f"rehearsal/{script}", "--prompt", "mini", "-n", 20, "--out", out
    )
    assert code == 0, err
    rows: list[PreferenceRow] = both(out, "dpo-mix")
    assert Counter(row.rejected_by for row in rows) == {"student": 10, "smaller": 10}
    by_text: dict[str, set[str]] = {}
    for row in rows:
        by_text.setdefault(row.text, set()).add(row.group)
    assert len(by_text) == 10
    assert all(len(groups) == 1 for groups in by_text.values())
    # what a model answers is kept as it came
    assert "Title: A dog\n\nOnce upon a time" in {row.rejected[0].content for row in rows}


def test_a_prompt_without_an_answer_is_replaced(distill: Distill, tmp_path: Path) -> None:
    script = tmp_path / "student.jsonl"
    lines = [{"text": "  "}, {"fail": "refused"}, *({"text": f"Bad {k}."} for k in range(30))]
    script.write_text("".join(json.dumps(line) + "\n" for line in lines))
    out = tmp_path / "set"
    asked = ("dpo", "--teacher-stories", given(tmp_path), "--student", f"rehearsal/{script}")
    code, _, err = distill(
        *asked, "--prompt", "mini", "-n", 8, "--max-concurrency", 1, "--out", out
    )
    assert code == 0, err
    assert len(both(out, "dpo")) == 8


def test_a_student_that_never_answers(distill: Distill, tmp_path: Path) -> None:
    script = tmp_path / "student.jsonl"
    script.write_text('{"fail": "refused"}\n' * 40)
    out = tmp_path / "set"
    asked = ("dpo", "--teacher-stories", given(tmp_path), "--student", f"rehearsal/{script}")
    code, _, err = distill(*asked, "--prompt", "mini", "-n", 8, "--out", out)
    assert code == 3
    one_line_error(err, "0 of 8 prompts gave a pair", "8 no_reply")
    assert not (out / "dataset.json").exists()


def test_an_answer_that_is_the_teachers_own_is_no_pair(distill: Distill, tmp_path: Path) -> None:
    source = given(tmp_path, 6)
    first = load_pool("own_train").stories[:6]
    script = tmp_path / "student.jsonl"
    # Whichever story comes first, its teacher's text is among the answers to all others too.
    script.write_text(json.dumps({"text": f" {first[0].text}\n"}) + "\n" + '{"text": "Bad."}\n' * 9)
    asked = ("dpo", "--teacher-stories", source, "--student", f"rehearsal/{script}", "-n", 4)
    more = ("--prompt", "mini", "--max-concurrency", 1, "--seed", _seed_that_asks_first(source))
    out = tmp_path / "set"
    code, _, err = distill(*asked, *more, "--out", out)
    assert code == 0, err
    assert manifest(out)["filters"]["no_pair"] == {"rejected_equals_chosen": 1}
    assert all(row.text != row.rejected[0].content for row in both(out, "dpo"))


def _seed_that_asks_first(source: Path) -> int:
    """A seed under which the file's first story is the first to be asked for."""
    told = read_source(str(source), pool_parts("own"))
    first = told.stories[0]
    return next(seed for seed in range(1000) if uses(told, told.stories, seed)[0] == first)


# -------------------------------------------------------------------- resuming, stopping


def test_the_same_command_again_makes_the_same_files_and_calls_nobody(
    distill: Distill, tmp_path: Path
) -> None:
    out = tmp_path / "set"
    asked = ("dpo", "--teacher", "planner", "--student", "rehearsal", "--out", out, "--quiet")
    assert distill(*asked, "-n", 6)[0] == 0
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    assert distill(*asked, "-n", 6)[0] == 0
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
    first = both(out, "dpo")
    assert distill(*asked, "-n", 9)[0] == 0
    more = {row.id: row for row in both(out, "dpo")}
    assert all(more[row.id] == row for row in first)
    with RunFolder(out / "runs" / "student", read_only=True) as folder:
        assert totals(folder).calls == 9


@pytest.mark.parametrize(
    "change", [("--prompt", "mini"), ("--seed", "4"), ("--also", "own"), ("--min-words", "50")]
)
def test_a_folder_keeps_to_what_it_was_asked_for(
    distill: Distill, sft_set: Path, change: tuple[str, str]
) -> None:
    before = (sft_set / "dataset.json").read_bytes()
    code, _, err = distill("sft", "--teacher", "planner", "-n", 16, "--out", sft_set, *change)
    assert code == 2
    one_line_error(err, "is a training set made with another", "choose another --out")
    assert (sft_set / "dataset.json").read_bytes() == before


def test_a_set_that_is_whole_says_so_and_is_left_as_it_is(distill: Distill, tmp_path: Path) -> None:
    out = tmp_path / "set"
    asked = ("sft", "--teacher", "planner", "--prompt", "mini", "-n", 6, "--out", out)
    first = distill(*asked)[1]
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*.*") if path.suffix in KEPT}
    code, said, err = distill(*asked)
    assert (code, said) == (0, first)
    assert f"{out} is whole already: nothing is made again" in err
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert json.loads(distill(*asked, "--json")[1])["rows"] == manifest(out)["rows"]
    whole = (out / "train.jsonl").read_bytes()
    (out / "train.jsonl").write_bytes(whole + b"\n")  # a damaged set is made again
    assert "whole already" not in distill(*asked)[2]
    assert (out / "train.jsonl").read_bytes() == whole


@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize(
    ("change", "name", "was"),
    [
        (("--temperature", "0.2"), "teacher's temperature", "(1.0, now 0.2)"),
        (("--student-max-tokens", "99"), "student's max tokens", "(512, now 99)"),
        (("--student-base-url", "http://127.0.0.1:9/v1"), "student's base url", "(none, now http"),
        (("--prompt", "naive"), "prompt", "(mini, now naive)"),
    ],
)
def test_other_settings_never_overwrite_a_set_whole_or_half_made(
    distill: Distill, tmp_path: Path, change: tuple[str, str], name: str, was: str, ended: bool
) -> None:
    out = tmp_path / "set"
    teacher = teacher_script(tmp_path / "teacher.jsonl", 6)
    asked = ("dpo", "--teacher", teacher, "--student", "rehearsal", "-n", 4, "--out", out)
    assert distill(*asked, "--prompt", "mini", "--quiet")[0] == 0
    if not ended:
        for path in out.iterdir():
            if path.is_file():
                path.unlink()
    before = {path: path.read_bytes() for path in out.rglob("*.*") if path.suffix in KEPT}
    code, _, err = distill(*asked, "--prompt", "mini", *change)
    assert code == 2
    made = "a training set" if ended else "a half-made training set"
    one_line_error(err, f"is {made} made with another {name} {was}", "choose another --out")
    assert {path: path.read_bytes() for path in before} == before
    free = ("--max-concurrency", 3, "--price", "rehearsal=0/0", "--max-cost", 9, "--licence", "x")
    assert distill(*asked, "--prompt", "mini", *free, "--quiet")[0] == 0


def test_another_text_in_a_file_of_stories_is_another_set(distill: Distill, tmp_path: Path) -> None:
    out, source = tmp_path / "set", given(tmp_path, 6)
    asked = ("sft", "--teacher-stories", source, "--prompt", "mini", "-n", 4, "--out", out)
    assert distill(*asked, "--quiet")[0] == 0
    given(tmp_path, 7)
    code, _, err = distill(*asked)
    assert code == 2
    one_line_error(err, "made with another stories of given")


def test_what_was_read_and_used_is_said_by_who_told_it(distill: Distill, tmp_path: Path) -> None:
    out = tmp_path / "set"
    asked = ("sft", "--teacher", "planner", "--also", f"{given(tmp_path, 5)}:2", "-n", 8)
    dry = distill(*asked, "--out", out, "--dry-run")[1]
    assert "given: 5 stories that are there, each up to 2 times; 4 rows at most" in dry
    assert "filters: 90 to 180 words, one moment, English, no copy" in dry
    plain = json.loads(distill(*asked, "--out", out, "--dry-run", "--json")[1])
    assert plain["sources"] == [{"source": "given", "stories": 5, "times": 2}]
    said = distill(*asked, "--out", out)[1]
    written = manifest(out)["teacher"]["written"]
    assert manifest(out)["filters"]["read_from"] == {"given": 5, "planner": written}
    assert f"given: 5 stories, 4 rows; planner: {written} stories, 4 rows" in said


def test_some_other_folder_is_left_alone(distill: Distill, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x")
    code, _, err = distill("sft", "--teacher", "planner", "-n", 2, "--out", tmp_path)
    assert code == 6
    one_line_error(err, "no training set", "thesis.tex")
    code, _, err = distill("sft", "--teacher", "planner", "-n", 2, "--out", tmp_path / "thesis.tex")
    assert code == 6
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_stopped_set_is_only_runs_and_goes_on(tmp_path: Path) -> None:
    asked = Asked(kind="dpo", n=10, teacher="planner", student="rehearsal", prompt="mini")
    stop_at = iter([4, None, 3, None, None, None])

    def works(run: Any, what: str) -> None:
        async def work() -> None:
            left = next(stop_at)
            task = asyncio.ensure_future(run.work())
            while left is not None and not task.done() and run.stages["story"].done < left:
                await asyncio.wait({task}, timeout=0.001)
            if left is not None:
                run.stop()
            await task

        asyncio.run(work())

    out = tmp_path / "set"
    resolved = Resolved(RunSpec(start_concurrency=1, max_concurrency=1), {}, {})
    student = resolved.spec.model_copy(update={"storyteller": "rehearsal"})
    students = {"student": Resolved(student, {}, {})}

    def again() -> Distillation:
        return Distillation(asked, resolved, Workshop(out, os.environ, works), students)

    for _ in range(2):
        with pytest.raises(Interrupted):
            again().make()
        assert [path.name for path in out.iterdir()] == ["runs"]
    made = again().make()
    assert len(made.rows) == 10
    with RunFolder(out / "runs" / "student", read_only=True) as folder:
        assert totals(folder).calls == 10


@pytest.mark.slow
def test_killed_at_random_moments_it_goes_on_and_pays_once(
    fault_server: Any, tmp_path: Path
) -> None:
    server = fault_server("--chat-latency", "0.05")
    out, n, cap = tmp_path / "set", 14, 3
    command = [
        sys.executable, "-m", "storypainter.cli.main", "distill", "dpo", "--teacher-stories", f"{given(tmp_path, 8)}:2",
        "--prompt", "mini", "--student", "openai/any", "--base-url", server.base_url, "-n", str(n),
        "--max-concurrency", str(cap), "--start-concurrency", str(cap), "--out", str(out), "--quiet",
    ]  # fmt: skip
    draw, kills = random.Random(1), 0
    for _ in range(2):
        target = server.count() + draw.choice((1, 3, 5))
        process = subprocess.Popen(command, stderr=subprocess.PIPE)
        while process.poll() is None and server.count() < target:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kills += process.returncode == -signal.SIGKILL
        assert not (out / "dataset.json").exists()
        assert [path.name for path in out.iterdir()] == ["runs"]
        while server.stats()["in_flight"]:
            time.sleep(0.01)
    assert kills == 2
    last = subprocess.run(command, capture_output=True, text=True)
    assert (last.returncode, last.stderr) == (0, "")
    assert len(both(out, "dpo")) == n
    assert server.count() <= n + kills * cap


# ------------------------------------------------------------------------------- money


PRICED = ("--base-url", "http://127.0.0.1:9/v1", "--price", "openai/any=1000/1000")


def test_the_ceiling_holds_for_all_runs_together(
    distill: Distill, fault_server: Any, tmp_path: Path
) -> None:
    server = fault_server()
    out = tmp_path / "set"
    asked = (
        "dpo",
        "--teacher-stories",
        given(tmp_path),
        "--prompt",
        "mini",
        "--student",
        "openai/any",
    )
    more = ("--base-url", server.base_url, "--price", "openai/any=0/1000", "--out", out, "-n", 12)
    limits = ("--max-concurrency", 1, "--student-max-tokens", 300)
    code, _, err = distill(*asked, *more, *limits, "--max-cost", 1)
    assert code == 5
    one_line_error(err, "raise --max-cost")
    with RunFolder(out / "runs" / "student", read_only=True) as folder:
        assert 0 < totals(folder).cost <= 1
    assert not (out / "dataset.json").exists()
    assert distill(*asked, *more, *limits, "--max-cost", 100)[0] == 0
    assert server.count() == 12


def test_a_ceiling_needs_prices(distill: Distill, tmp_path: Path) -> None:
    out = tmp_path / "set"
    asked = ("sft", "--teacher", "openai/any", "--base-url", "http://127.0.0.1:9/v1", "-n", 4)
    code, _, err = distill(*asked, "--max-cost", 1, "--out", out)
    assert code == 2
    one_line_error(err, "the price of openai/any is unknown", "--price")
    assert not out.exists()


def test_a_dry_run_shows_the_cost_and_writes_nothing(distill: Distill, tmp_path: Path) -> None:
    out = tmp_path / "set"
    asked = ("dpo", "--teacher", "openai/any", "--student", "openai/any", *PRICED, "-n", 10)
    code, said, _ = distill(*asked, "--out", out, "--dry-run")
    assert code == 0
    assert "dpo, 10 rows; nothing is called or written." in said
    assert "teacher  10 calls to openai/any: about $" in said
    assert "student  10 calls to openai/any: about $" in said
    plain = json.loads(distill(*asked, "--out", out, "--dry-run", "--json")[1])
    teacher, student = plain["parts"]
    assert 0 < teacher["likely_usd"] < teacher["most_usd"]
    assert student["part"] == "student"
    assert not out.exists()
    free = distill("sft", "--teacher", "planner", "--also", "own", "--out", out, "--dry-run")
    assert "planner (embedded): free" in free[1]


# ------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sft",), ("nobody teaches",)),
        (("sft", "--teacher", "planner", "--teacher-stories", "own"), ("exclude each other",)),
        (("sft", "--teacher", "planner", "--student", "rehearsal"), ("sft has no rejected",)),
        (("sft", "--teacher", "planner", "--teacher-mode", "naive"), ("the planner plans",)),
        (("sft", "--teacher", "nobody/x"), ("nobody",)),
        (("sft", "--teacher", "planner", "--pool", "own_test"), ("for measuring",)),
        (("sft", "--teacher", "planner", "--pool", "nowhere.jsonl"), ("does not exist",)),
        (("sft", "--teacher", "planner", "--also", "nowhere.jsonl"), ("nowhere.jsonl",)),
        (("sft", "--teacher", "planner", "--min-words", "200"), ("--min-words 200 is more than",)),
        (("dpo", "--teacher", "planner"), ("dpo needs a --student",)),
        (("dpo", "--teacher", "planner", "--student", "planner"), ("no model that could be",)),
        (("dpo", "--teacher", "planner", "--smaller", "rehearsal"), ("--smaller is for dpo-mix",)),
        (
            ("dpo", "--teacher", "planner", "--student", "rehearsal", "--rejected", "near_miss"),
            ("near misses need no --student",),
        ),
        (("dpo-mix", "--teacher", "planner", "--student", "rehearsal"), ("needs the --smaller",)),
        (
            ("dpo-mix", "--teacher", "planner", "--student", "rehearsal", "--smaller", "rehearsal"),
            ("the --student itself",),
        ),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(
    distill: Distill, tmp_path: Path, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    out = tmp_path / "set"
    code, _, err = distill(*arguments, "-n", 3, "--out", out)
    assert code == 2
    one_line_error(err, *words)
    assert not out.exists()


def test_without_pyarrow_it_says_so_first(
    distill: Distill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    code, _, err = distill("sft", "--teacher", "planner", "-n", 2, "--out", tmp_path / "set")
    assert code == 2
    one_line_error(err, "Parquet", "pip install 'storypainter[analysis]'")
    assert not (tmp_path / "set").exists()
