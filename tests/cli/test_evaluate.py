"""``storypainter evaluate`` and ``validate`` as a user runs them, offline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storypainter.cli.main import cli, run
from storypainter.pools import load_pool

STORIES = list(load_pool("own").stories[:8])


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    path = tmp_path / "stories.jsonl"
    rows = [{"id": f"s{n}", "story": story.text} for n, story in enumerate(STORIES)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def told(capsys, *arguments: str) -> tuple[int, str, str]:
    code = run(cli, list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def scores(out: str) -> dict[str, dict]:
    plain = json.loads(out)
    return {
        f"{each['evaluator']}.{score['name']}": score
        for each in plain["findings"]
        for score in each["scores"]
    }


def test_a_file_is_scored_and_nothing_is_left_behind(capsys, stories, tmp_path):
    before = sorted(tmp_path.iterdir())
    code, out, _ = told(capsys, "evaluate", str(stories), "--json")
    assert code == 0
    found = scores(out)
    assert found["diversity.diversity"]["n"] == 8
    assert 0 < found["diversity.diversity"]["value"] < 1
    assert found["diversity.diversity"]["interval"][0] < found["diversity.diversity"]["value"]
    words = sum(story.words for story in STORIES) / 8
    assert found["moment.words"]["value"] == pytest.approx(words)
    assert sorted(tmp_path.iterdir()) == before


def test_diversity_brings_copying_along_and_carries_its_warning(capsys, tmp_path):
    path = tmp_path / "copies.jsonl"
    source = STORIES[0].text
    row = {"story": source, "example1_id": "x", "example1": source}
    path.write_text("".join(json.dumps(row) + "\n" for _ in range(7)))
    code, out, _ = told(capsys, "evaluate", str(path), "--evaluators", "diversity")
    assert code == 0
    assert "copying (judge: offline, version" in out
    part = out.split("\ndiversity (judge")[1]
    assert "warning: 7 of 7 stories copy" in part


def test_k_stories_are_too_few_and_say_so(capsys, tmp_path):
    path = tmp_path / "few.txt"
    path.write_text("\n---\n".join(story.text for story in STORIES[:5]))
    code, out, _ = told(capsys, "evaluate", str(path), "--evaluators", "diversity", "--json")
    assert code == 0
    score = scores(out)["diversity.diversity"]
    assert score.get("value") is None
    assert score["absent"] == "needs K + 1 stories: 5 given, 6 needed"


def test_a_run_keeps_its_scores_and_reports_them(capsys, tmp_path):
    out = str(tmp_path / "run")
    assert told(capsys, "tell", "-n", "6", "--out", out)[0] == 0
    code, first, _ = told(capsys, "evaluate", out)
    assert code == 0
    assert "diversity (judge: lexical + wordllama, version" in first
    code, again, _ = told(capsys, "evaluate", out)
    assert again == first
    assert told(capsys, "report", out)[0] == 0
    page = (tmp_path / "run" / "report.html").read_text()
    assert "lexical + wordllama" in page
    assert "Near duplicates" in page or "Most frequent words" in page


def test_a_folder_of_texts_is_scored(capsys, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for n, story in enumerate(STORIES):
        (folder / f"story {n}.txt").write_text(story.text)
    code, out, _ = told(capsys, "evaluate", str(folder), "--evaluators", "moment")
    assert code == 0
    assert out.startswith("8 stories\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--evaluators", "diversty"), "no evaluator 'diversty'"),
        (("--evaluators", ","), "no evaluator is named"),
        (("--embedder", "wordlama"), "unknown model 'wordlama'"),
        (("--pool", "nowhere.jsonl"), "nowhere.jsonl does not exist"),
        (("--neighbours", "0"), "--neighbours: input should be greater than or equal to 1"),
        (("--judge", "openai/gpt-4o"), "a model is asked, and nothing would keep its replies"),
    ],
)
def test_bad_input_is_one_line(capsys, stories, arguments, message):
    code, out, err = told(capsys, "evaluate", str(stories), *arguments)
    assert code == 2
    assert out == ""
    assert message in err


def test_a_missing_file_is_one_line(capsys, tmp_path):
    code, _, err = told(capsys, "evaluate", str(tmp_path / "none.jsonl"))
    assert (code, err.count("\n")) == (2, 1)


def test_out_is_for_files_only(capsys, tmp_path):
    out = str(tmp_path / "run")
    assert told(capsys, "tell", "-n", "1", "--out", out)[0] == 0
    code, _, err = told(capsys, "evaluate", out, "--out", str(tmp_path / "x"))
    assert code == 2
    assert "a run keeps its own scores" in err


def test_a_paid_judge_keeps_its_replies_and_pays_once(capsys, stories, tmp_path):
    out = str(tmp_path / "scores")
    arguments = (
        "evaluate",
        str(stories),
        "--evaluators",
        "moment",
        "--judge",
        "rehearsal",
        "--out",
        out,
    )
    first = told(capsys, *arguments)
    assert (tmp_path / "scores" / "run.db").is_file()
    again = told(capsys, *arguments)
    assert first[0] == again[0]


def test_validate_diversity_on_generated_groups(capsys, tmp_path):
    save = tmp_path / "groups.jsonl"
    code, out, _ = told(
        capsys,
        "validate",
        "diversity",
        "--levels",
        "4",
        "--size",
        "12",
        "--save",
        str(save),
        "--json",
    )
    assert code == 0
    (found,) = json.loads(out)["sets"]
    assert [group["level"] for group in found["groups"]] == [0.25, 0.5, 0.75, 1.0]
    assert found["with_level"]["KNN Distance (w/ summarizer)"]["spearman"]["value"] == 1.0
    assert found["with_human"] == {}
    ratings = tmp_path / "ratings.csv"
    rows = [f"level-{n},r{rater},{n},1,5" for n in range(1, 5) for rater in range(2)]
    ratings.write_text("item,rater,value,scale_min,scale_max\n" + "\n".join(rows) + "\n")
    code, out, _ = told(capsys, "validate", "diversity", str(save), "--ratings", str(ratings))
    assert code == 0
    assert "with the true level" in out
    assert "with people" in out


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("nobody,r,3,1,5", "which is no group"),
        ("level-1,r,9,1,5", "line 2"),
        ("level-1,r,3,5,1", "scale_min must be below scale_max"),
        ("level-1,r", "2 cells in a table of 5 columns"),
    ],
)
def test_broken_ratings_are_one_line(capsys, tmp_path, row, message):
    ratings = tmp_path / "ratings.csv"
    ratings.write_text(f"item,rater,value,scale_min,scale_max\n{row}\n")
    code, _, err = told(
        capsys, "validate", "diversity", "--levels", "3", "--size", "7", "--ratings", str(ratings)
    )
    assert code == 2
    assert message in err


def test_a_sample_of_a_pool_can_be_evaluated(capsys, tmp_path):
    path = tmp_path / "drawn.jsonl"
    assert told(capsys, "pool", "sample", "own", str(path), "-n", "7", "--seed", "3")[0] == 0
    first = path.read_text()
    assert first.count("\n") == 7
    told(capsys, "pool", "sample", "own", str(path), "-n", "7", "--seed", "3")
    assert path.read_text() == first
    code, out, _ = told(capsys, "evaluate", str(path), "--evaluators", "copying", "--json")
    assert (code, scores(out)["copying.copying_share"]["value"]) == (0, 0.0)


def test_validate_moment_and_copying_print_both_halves(capsys, tmp_path):
    code, out, _ = told(capsys, "validate", "moment", "--json")
    assert code == 0
    found = json.loads(out)
    assert found["held_out"]["n"] >= 60
    assert found["held_out"]["kinds"]["any"]["f1"]["value"] >= 0.9
    code, out, _ = told(capsys, "validate", "copying", "--json")
    assert code == 0
    assert json.loads(out)["held out"]["copies, recall"]["share"] == 1.0
    path = tmp_path / "mine.jsonl"
    path.write_text('{"id": "a", "text": "A cat sits.", "kinds": ["sequences"]}\n')
    code, _, err = told(capsys, "validate", "moment", str(path))
    assert code == 2
    assert "line 1: unknown kind 'sequences'" in err
