from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from storypainter.cli import main, seed
from storypainter.pools import load_pool

ROOT = Path(__file__).resolve().parents[2]
REHEARSED = ("--storyteller", "rehearsal", "--painter", "rehearsal", "--size", "32x32")


@pytest.fixture
def sp(capsys):
    """Run a command in this process; returns (exit code, standard output, standard error)."""

    def call(*arguments: str, command=main.cli):
        code = main.run(command, [str(a) for a in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def one_line_error(err: str, *words: str) -> None:
    lines = [line for line in err.splitlines() if line.startswith("error:")]
    assert len(lines) == 1, err
    assert "Traceback" not in err
    for word in words:
        assert word in lines[0]


# ------------------------------------------------------------------- good input


def test_generate_show_export_verify(sp, tmp_path):
    run = tmp_path / "run"
    code, out, err = sp("generate", "rain", "-n", 3, *REHEARSED, "--out", run)
    assert (code, err) == (0, "")
    assert "3 of 3 stories, 3 pictures" in out
    code, out, _ = sp("runs", "show", run)
    assert (code, out.count("done")) == (0, 3)
    code, out, _ = sp("runs", "show", run, "--item", 2, "--json")
    row = json.loads(out)
    assert (run / row["picture"]).is_file()
    assert "rain" in row["origin"]["parameters"] or row["storyteller"] == "rehearsal"
    assert sp("runs", "verify", run)[0] == 0
    code, out, _ = sp("runs", "export", run, tmp_path / "out")
    assert Path(out.strip()).read_text().count("\n") == 3
    code, out, _ = sp("runs", "list", tmp_path)
    assert "3/3 stories, 3 pictures (rehearsal + rehearsal" in out


def test_json_summary_is_one_object(sp, tmp_path):
    code, out, err = sp("tell", "-n", 2, *REHEARSED[:2], "--out", tmp_path / "r", "--json")
    plain = json.loads(out)
    assert (code, err) == (0, "")
    assert (plain["stories"], plain["pictures"], plain["exit_code"]) == (2, None, 0)


def test_paint_a_file_by_two_painters_shares_the_stories(sp, tmp_path):
    file = tmp_path / "s.jsonl"
    file.write_text(
        '{"id": "a", "story": "A dog waits."}\n{"id": "b", "story": "Ünïcode — “it”."}\n'
    )
    texts = []
    for name in ("one", "two"):
        out = tmp_path / name
        assert sp("paint", file, *REHEARSED[2:], "--style", name, "--out", out)[0] == 0
        rows = [json.loads(r) for r in sp("runs", "show", out, "--json")[1].splitlines()]
        texts.append([(row["id"], row["story"]) for row in rows])
    assert texts[0] == texts[1] == [("a", "A dog waits."), ("b", "Ünïcode — “it”.")]


def test_paint_a_text_and_a_csv(sp, tmp_path):
    assert sp("paint", "A dog waits for a bus.", *REHEARSED[2:], "--out", tmp_path / "t")[0] == 0
    (tmp_path / "s.csv").write_text('img_id,story\n7,"One, two."\n')
    assert sp("paint", tmp_path / "s.csv", *REHEARSED[2:], "--out", tmp_path / "c")[0] == 0
    row = json.loads(sp("runs", "show", tmp_path / "c", "--json")[1])
    assert (row["id"], row["story"], row["mode"]) == ("7", "One, two.", "written")


def test_a_story_that_cannot_be_staged_counts_as_failed_and_says_why(sp, tmp_path):
    german = "Der Hund sitzt auf der Bank und die Frau liest dort ihre Zeitung."
    code, out, _ = sp("paint", german, "--size", "256x256", "--out", tmp_path / "r")
    assert code == 3
    assert "0 pictures, 1 failed" in out
    assert "scene failed: the story is not in English" in out
    code, out, _ = sp("paint", german, "--size", "256x256", "--out", tmp_path / "r", "--json")
    summary = json.loads(out)
    assert code == summary["exit_code"] == 3
    assert (summary["pictures_failed"], summary["success_rate"]) == (1, 0.0)
    assert summary["reasons"] == {"scene": {"text": 1}}


def test_an_export_can_be_painted_again(sp, tmp_path):
    sp("generate", "-n", 2, *REHEARSED, "--out", tmp_path / "r")
    sp("runs", "export", tmp_path / "r", tmp_path / "x")
    code, *_ = sp(
        "paint", tmp_path / "x" / "stories.jsonl", *REHEARSED[2:], "--out", tmp_path / "p"
    )
    assert code == 0


def test_dry_run_calls_and_writes_nothing(sp, tmp_path):
    code, out, _ = sp(
        "generate", "-n", 100, "--storyteller", "gpt-4o", "--painter", "dalle3", "--dry-run",
        "--out", tmp_path / "r",
    )  # fmt: skip
    assert code == 0
    assert "100 calls to gpt-4o: about $" in out
    assert "100 calls to dalle3: about $8.00" in out  # auto quality counts as the dearest
    assert not (tmp_path / "r").exists()
    _, out, _ = sp(
        "generate", "--storyteller", "openai/own", "--painter", "ink", "--base-url", "http://x/v1",
        "--painter", "openai/y", "--dry-run", "--out", tmp_path / "r",
    )  # fmt: skip
    assert out.count("price unknown") == 2


def test_environment_and_config_file(sp, tmp_path, monkeypatch):
    monkeypatch.setenv("STORYPAINTER_STORYTELLER", "rehearsal")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "storypainter.toml").write_text('painter = "rehearsal"\nn = 2\nsize = "16x16"\n')
    assert sp("generate", "--out", "r")[0] == 0
    text = (tmp_path / "r" / "run.toml").read_text()
    assert 'storyteller = "rehearsal"  # environment' in text
    assert "n = 2  # file" in text
    assert "seed = 0  # default" in text


def test_pool_commands(sp, tmp_path):
    assert "own_train" in sp("pool", "list")[1]
    code, out, _ = sp("pool", "check", "own", "--json")
    assert (code, json.loads(out)["stories"]) == (0, len(load_pool("own").stories))
    code, out, _ = sp("pool", "split", "own", tmp_path)
    counts = [len(load_pool(str(tmp_path / f"{n}.jsonl")).stories) for n in ("train", "test")]
    assert sum(counts) == len(load_pool("own").stories)
    assert counts[0] > counts[1] > 0


def test_models_list_and_probe(sp):
    out = sp("models", "list")[1]
    assert "openai/gpt-4o" in out
    assert "rehearsal" in out
    code, out, _ = sp("models", "probe", "rehearsal", "--json")
    assert code == 0
    assert json.loads(out)["abilities"]["chat"]["works"] is True


def test_probe_tells_what_a_server_cannot(sp, fault_server):
    server = fault_server("--no-json-schema")
    code, out, _ = sp("models", "probe", "openai/m", "--base-url", server.base_url)
    assert code == 0
    lines = {line[:18].strip(): line[19:].split()[0] for line in out.splitlines()}
    assert lines["chat"] == "yes"
    assert lines["JSON schema"] == "no"
    assert lines["pictures"] == "yes"
    assert lines["embeddings"] == "yes"


# --------------------------------------------------------------- the paper's command


def test_the_papers_command_as_written(sp, tmp_path):
    out = tmp_path / "path" / "to" / "output_dir"
    arguments = [
        "--llm_name=rehearsal", "--story_gen_mode=cor_guided", "--img_gen_model_name=rehearsal",
        "--N=4", f"--output_dir={out}", "--function=story_img_gen",
        "--story_pool_name=cogbench", "--llm_temperature=1.0",
    ]  # fmt: skip
    ran = subprocess.run(
        [sys.executable, str(ROOT / "storytellingpainter_pipeline.py"), *arguments],
        capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "CogBench is not configured" in ran.stderr
    rows = [json.loads(r) for r in (out / "story_output_rehearsal.jsonl").open()]
    assert [row["img_file_name"] for row in rows] == [f"{i}.png" for i in range(4)]
    assert {"example1_id", "example2_id", "example3_id", "example1", "model_output"} <= rows[
        0
    ].keys()
    assert len(list((out / "image_rehearsal_rehearsal").iterdir())) == 4
    # Again with more: the stories that are there stay, nothing is doubled.
    code, *_ = sp(*[a.replace("--N=4", "--N=6") for a in arguments], command=seed.command)
    again = [json.loads(r) for r in (out / "story_output_rehearsal.jsonl").open()]
    assert code == 0
    assert again[:4] == rows
    assert len(again) == 6


def test_the_papers_other_functions(sp, tmp_path):
    names = ["--llm_name=rehearsal", "--img_gen_model_name=rehearsal"]
    told, painted = tmp_path / "told", tmp_path / "painted"
    code, *_ = sp(
        *names, "--N=3", f"--output_dir={told}", "--function=story_gen",
        "--story_gen_mode=naive", command=seed.command,
    )  # fmt: skip
    assert code == 0
    assert not list(told.glob("image_*"))
    code, *_ = sp(
        *names, f"--output_dir={painted}", "--function=story_img_gen_based_on_story_file",
        f"--story_file={told / 'story_output_rehearsal.jsonl'}", command=seed.command,
    )  # fmt: skip
    assert code == 0
    assert len(list(painted.glob("image_*/*.png"))) == 3
    code, _, err = sp(
        *names, f"--output_dir={painted}", "--function=story_img_gen_based_on_story_file",
        command=seed.command,
    )  # fmt: skip
    assert code == 2
    one_line_error(err, "--story_file")


# --------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("generate", "-n", "0"), ("-n", "greater than or equal to 1")),
        (("generate", "-n", "-3"), ("-n",)),
        (("generate", "-n", "many"), ("'many' is not a valid integer",)),
        (("generate", "--storyteller", "gpt4o"), ("unknown model 'gpt4o'", "gpt-4o")),
        (("generate", "--storyteller", "acme/x"), ("unknown provider 'acme'",)),
        (("generate", "--painter", "rehearsal", "--storyteller", "rehearsal", "--pool", "x.csv"),
         ("x.csv", "does not exist")),
        (("tell", "--storyteller", "openai/m", "--base-url", "ftp://x"), ("base URL",)),
        (("generate", "--temperature", "3"), ("--temperature", "less than or equal to 2")),
        (("generate", "--mode", "wild"), ("--mode",)),
        (("generate", "--price", "gpt-4o"), ("--price",)),
        (("paint", "no-such-file.jsonl"), ("does not exist",)),
        (("paint", "word"), ("no file 'word'",)),
        (("generate", "--size", "huge"), ("--size",)),
    ],
    ids=lambda a: " ".join(a)[:50],
)  # fmt: skip
def test_bad_input_is_one_clear_line(sp, tmp_path, arguments, words):
    code, _, err = sp(*arguments, "--out", tmp_path / "r")
    assert code == 2
    one_line_error(err, *words)
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.jsonl", '{"story": "One."}\n{"story": \n', ("a.jsonl, line 2", "not valid JSON")),
        ("a.jsonl", '{"story": "One."}\n\n[1]\n', ("a.jsonl, line 3", "not a JSON object")),
        ("a.jsonl", '{"tale": "One."}\n', ("line 1", "no story", "tale")),
        ("a.jsonl", "", ("holds no story",)),
        ("a.csv", "id,words\n1,x\n", ("line 1", "no column with stories", "words")),
        ("a.csv", 'id,story\n1,"x\n', ("a.csv", "not valid CSV")),
        ("a.csv", "id,story\n1,x,y\n", ("line 2", "3 cells in a table of 2")),
        ("a.jsonl", '{"id": "a", "story": "x"}\n{"id": "a", "story": "y"}\n', ("line 2", "twice")),
    ],
)
def test_a_broken_story_file_names_the_line(sp, tmp_path, name, text, words):
    (tmp_path / name).write_text(text)
    code, _, err = sp("paint", tmp_path / name, *REHEARSED[2:], "--out", tmp_path / "r")
    assert code == 2
    one_line_error(err, *words)


def test_bytes_that_are_no_text(sp, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"id,story\n1,\xff\xfe\n")
    code, _, err = sp("paint", tmp_path / "a.csv", *REHEARSED[2:], "--out", tmp_path / "r")
    assert code == 2
    one_line_error(err, "line 2", "UTF-8")


def test_no_server(sp, tmp_path):
    code, _, err = sp(
        "generate", "--storyteller", "openai/m", "--painter", "openai/p",
        "--base-url", "http://127.0.0.1:9/v1", "--out", tmp_path / "r",
    )  # fmt: skip
    assert code == 7
    one_line_error(err, "no server answers at http://127.0.0.1:9/v1")


def test_a_wrong_key_stops_at_once_and_is_not_shown(sp, tmp_path, fault_server, monkeypatch):
    server = fault_server("--require-key", "right", "--chat-latency", "0.05")
    monkeypatch.setenv("OPENAI_API_KEY", "canary-wrong-key")
    code, out, err = sp(
        "generate", "-n", 200, "--storyteller", "openai/m", "--painter", "openai/p",
        "--base-url", server.base_url, "--out", tmp_path / "r",
    )  # fmt: skip
    assert code == 4
    one_line_error(err, "OPENAI_API_KEY")
    assert server.count() <= 16
    stored = b"".join(p.read_bytes() for p in (tmp_path / "r").rglob("*") if p.is_file())
    assert b"canary" not in stored
    assert "canary" not in out + err


def test_one_poisoned_item_costs_that_item(sp, tmp_path, fault_server):
    (tmp_path / "s.jsonl").write_text(
        "".join(
            json.dumps({"id": f"s{i}", "story": f"Story {i} {word}."}) + "\n"
            for i, word in enumerate(["plain", "always-refused", "always-malformed", "always-500"])
        )
    )
    server = fault_server(
        "--poison", "always-refused=refused", "--poison", "always-malformed=malformed",
        "--poison", "always-500=500",
    )  # fmt: skip
    code, _, _ = sp(
        "paint", tmp_path / "s.jsonl", "--painter", "openai/p", "--base-url", server.base_url,
        "--out", tmp_path / "r",
    )  # fmt: skip
    assert code == 3
    rows = [json.loads(r) for r in sp("runs", "show", tmp_path / "r", "--json")[1].splitlines()]
    assert [row["reason_kind"] for row in rows] == ["", "refused", "malformed", "transient"]
    assert [row["status"] for row in rows] == ["done", "failed", "failed", "failed"]
    assert len(list((tmp_path / "r" / "pictures").iterdir())) == 1


def test_a_ceiling_stops_before_it_is_passed(sp, tmp_path, fault_server):
    server = fault_server()
    arguments = (
        "tell", "-n", 50, "--storyteller", "openai/m", "--base-url", server.base_url,
        "--price", "openai/m=100/100", "--out", tmp_path / "r", "--mode", "naive",
    )  # fmt: skip
    code, _, err = sp(*arguments, "--max-cost", "2")
    assert code == 5
    one_line_error(err, "raise --max-cost")
    spent = json.loads(sp(*arguments, "--max-cost", "2", "--json")[1])
    assert 0 < spent["cost_usd"] <= 2
    assert 0 < spent["stories"] < 50
    assert sp(*arguments, "--max-cost", "500")[0] == 0


def test_an_edited_picture_is_found_before_anything_is_called(sp, tmp_path):
    run = tmp_path / "r"
    sp("generate", "-n", 2, *REHEARSED, "--out", run)
    picture = next((run / "pictures").iterdir())
    picture.write_bytes(picture.read_bytes() + b"edited")
    code, _, err = sp("generate", "-n", 2, *REHEARSED, "--out", run)
    assert code == 6
    one_line_error(err, "missing or altered", "runs verify")
    assert sp("runs", "verify", run)[0] == 6
    assert sp("runs", "verify", run, "--forget")[0] == 0
    assert sp("generate", "-n", 2, *REHEARSED, "--out", run)[0] == 0
    code, out, _ = sp("runs", "verify", run)
    assert code == 0
    assert out.startswith("unknown: pictures/")  # the edited file was put aside, not deleted


def test_a_missing_extra_says_the_install_line(sp, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    sp("generate", *REHEARSED, "--out", tmp_path / "r")
    code, _, err = sp("runs", "export", tmp_path / "r", tmp_path / "x", "--format", "parquet")
    assert code == 2
    one_line_error(err, "pip install 'storypainter[analysis]'")


def test_no_run_there(sp, tmp_path):
    code, _, err = sp("runs", "show", tmp_path)
    assert code == 6
    one_line_error(err, "holds no run.db")
    assert sp("runs", "list", tmp_path / "none")[0] == 6


@pytest.mark.parametrize("name", list(main.COMMANDS))
def test_every_command_has_help(sp, name):
    code, out, _ = sp(name, "--help")
    assert code == 0
    assert "Usage:" in out


# ------------------------------------------------------------- what a run says at its end


def test_stories_that_were_cut_are_counted(sp, tmp_path):
    script = tmp_path / "script.jsonl"
    story = "A dog waits at the door while rain runs down the pane. Its lead hangs from a hook."
    rows = [{"text": story, "finish": "length"}, {"text": story}, {"text": story}]
    script.write_text("".join(json.dumps(row) + "\n" for row in rows))
    limits = ("--max-concurrency", 1, "--start-concurrency", 1)
    told = ("tell", "-n", 3, "--storyteller", f"rehearsal/{script}", "--mode", "naive", *limits)
    out = sp(*told, "--out", tmp_path / "run")[1]
    assert "3 of 3 stories, 1 of 3 cut at the token limit" in out
    whole = tmp_path / "whole.jsonl"
    whole.write_text(json.dumps({"text": story}) + "\n")
    told = ("tell", "-n", 1, "--storyteller", f"rehearsal/{whole}", "--mode", "naive")
    assert "token limit" not in sp(*told, "--out", tmp_path / "other")[1]


@pytest.mark.parametrize("storyteller", ["planner", "rehearsal", "openai/gpt-4.1"])
def test_an_adapter_is_never_ignored(sp, tmp_path, storyteller):
    out = tmp_path / "run"
    told = ("tell", "--storyteller", storyteller, "--adapter", "some.gguf", "--out", out)
    code, _, err = sp(*told)
    assert code == 2
    one_line_error(err, "takes no", "adapter", storyteller)
    assert not out.exists()


def test_what_a_vendor_has_ended_is_told_in_the_past():
    from datetime import date

    from storypainter.models.catalog import KnownModel

    known = KnownModel("openai/x", ("write",), retired="2026-05-12")
    assert "OpenAI ends it on 2026-05-12" in known.ending(date(2026, 5, 11))
    assert "OpenAI ended it on 2026-05-12" in known.ending(date(2026, 5, 12))
    assert KnownModel("openai/y", ("write",)).ending(date(2026, 5, 12)) == ""


@pytest.mark.parametrize("costs", [True, False])
def test_stopping_speaks_of_money_only_where_calls_cost_some(capsys, costs):
    import asyncio
    import os
    import signal
    from types import SimpleNamespace

    from storypainter.cli.running import with_signals

    asked = asyncio.Event()

    async def work() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        await asked.wait()

    watched = SimpleNamespace(
        caller=SimpleNamespace(in_flight=2, costs_money=costs),
        work=work, stop=asked.set, stopping=True,
    )  # fmt: skip
    asyncio.run(with_signals(watched))
    err = capsys.readouterr().err
    assert "waiting for 2 calls in flight" in err
    assert ("paid for" in err) is costs


def test_progress_says_why_calls_were_sent_again():
    from types import SimpleNamespace

    from storypainter.cli.progress import Progress
    from storypainter.models.calling import StepCount
    from storypainter.steps import StageCount

    count = StepCount(retries=2, retried="no answer within 300 s")
    watched = SimpleNamespace(
        caller=SimpleNamespace(counts={"story": count}), total=3, stages={"story": StageCount()}
    )
    (row,) = Progress(watched, quiet=True).rows()
    assert "2 retries, the last as no answer within 300 s" in row
