"""``storypainter ratings`` and ``validate complexity`` as a user runs them."""

from __future__ import annotations

import asyncio
import csv
import json
from pathlib import Path

import pytest
from test_sheet import png

from storypainter.cli.main import cli, run
from storypainter.cli.validating_complexity import complexity
from storypainter.evaluators.contract import Marks
from storypainter.picture import Picture
from storypainter.runs.folder import RunFolder
from storypainter.score import Score
from storypainter.story import Story

COMPLEXITY = "complexity:a-judge"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr("storypainter.evaluators.correlation._DRAWS", 200)
    monkeypatch.setattr("storypainter.ratings.raters._DRAWS", 100)


def make_run(path: Path, count: int, *, shift: float = 0.0, colour: int = 0) -> Path:
    """A run of painted stories with a complexity mark each: 0.1, 0.2 … plus ``shift``."""

    async def work() -> None:
        with RunFolder(path) as folder:
            folder.begin({"n": count, "painter": "x"}, {}, "test")
            for at in range(count):
                data = png(colour + at * 7)
                digest = folder.keep_file(data, "image/png")
                story = Story(id=f"s{at}", text="A gull walks off with a fish.")
                picture = Picture(
                    file=folder.file_of(digest, "image/png"), sha256=digest,
                    media_type="image/png", width=64, height=48, painter="x",
                )  # fmt: skip
                score = Score(
                    name="rubric", judge="a-judge", version="1", value=(at + 1) / 10 + shift
                )
                count_ = Score(name="clues", judge="a-judge", version="1", value=float(at + 3))
                for step, value in (
                    ("story", story), ("picture", picture),
                    (COMPLEXITY, Marks(scores=(score, count_))),
                ):  # fmt: skip
                    folder.link(at, step, f"{step}-{at}")
                    await folder.done(f"{step}-{at}", step, value.to_json().encode())
            folder.finish()

    asyncio.run(work())
    return path


def rating_file(path: Path, rows: list[tuple[str, str, float]]) -> Path:
    lines = ["item,rater,name,value,scale_min,scale_max"]
    lines += [f"{item},{rater},semantic,{value},1,5" for item, rater, value in rows]
    path.write_text("\n".join(lines) + "\n")
    return path


def people(path: Path, count: int) -> Path:
    rows = [
        (f"s{at}", rater, min(5, 1 + at * 0.5 + extra))
        for at in range(count)
        for rater, extra in (("anna", 0), ("ben", 0.5), ("cleo", 0))
    ]
    return rating_file(path, rows)


def told(capsys, *arguments: object, command=cli) -> tuple[int, str, str]:
    code = run(command, [str(each) for each in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_import_keeps_ratings_and_adds_nothing_twice(tmp_path, capsys):
    folder = make_run(tmp_path / "run", 6)
    file = people(tmp_path / "r.csv", 6)
    code, out, _ = told(capsys, "ratings", "import", folder, file)
    assert code == 0
    assert "18 new ratings, 0 known before" in out
    before = (folder / "ratings.jsonl").read_bytes()
    lines = [json.loads(line) for line in before.splitlines()]
    assert lines[0] == {
        "rating": {
            "item": "s0", "rater": "anna", "name": "semantic", "value": 1.0,
            "scale_min": 1.0, "scale_max": 5.0,
        },
        "source": "r.csv",
    }  # fmt: skip
    code, out, _ = told(capsys, "ratings", "import", folder, file, "--json")
    assert json.loads(out) == {
        "new": 0, "known": 18, "replaced": 0, "total": 18, "of_other_runs": 0,
    }  # fmt: skip
    assert (folder / "ratings.jsonl").read_bytes() == before


def test_a_contradiction_is_an_error_unless_it_replaces(tmp_path, capsys):
    folder = make_run(tmp_path / "run", 3)
    told(capsys, "ratings", "import", folder, people(tmp_path / "r.csv", 3))
    other = rating_file(tmp_path / "later.csv", [("s1", "anna", 5)])
    code, _, err = told(capsys, "ratings", "import", folder, other)
    assert code == 2
    assert "'anna' gave 's1' 5, but 1.5 in r.csv" in err
    code, out, _ = told(capsys, "ratings", "import", folder, other, "--replace")
    assert code == 0
    assert "1 replaced; 9 in" in out


@pytest.mark.parametrize(
    ("rows", "why"),
    [([("nobody", "anna", 3)], "'nobody' is no item"), ([("s0", "anna", 7)], "outside the scale")],
)
def test_a_bad_import_leaves_the_run_as_it_was(tmp_path, capsys, rows, why):
    folder = make_run(tmp_path / "run", 2)
    file = rating_file(tmp_path / "r.csv", [("s0", "ben", 3), *rows])
    code, _, err = told(capsys, "ratings", "import", folder, file)
    assert code == 2
    assert why in err
    assert err.count("\n") == 1
    assert not (folder / "ratings.jsonl").exists()


def test_no_run_is_made_by_an_import(tmp_path, capsys):
    file = people(tmp_path / "r.csv", 2)
    code, _, err = told(capsys, "ratings", "import", tmp_path / "nowhere", file)
    assert code == 2
    assert "no run folder" in err
    assert not (tmp_path / "nowhere").exists()


def test_from_sheet_to_run(tmp_path, capsys):
    """A sheet of two runs; its file, with the key, goes to the run that each picture is of."""
    one = make_run(tmp_path / "one", 4)
    two = make_run(tmp_path / "two", 4, colour=100)
    page = tmp_path / "sheet.html"
    code, out, _ = told(capsys, "ratings", "sheet", one, two, "--out", page, "--json")
    assert code == 0
    assert json.loads(out)["pictures"] == 8
    key = json.loads((tmp_path / "sheet.key.json").read_text())
    file = tmp_path / "anna.csv"
    with file.open("w", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["item", "rater", "name", "value", "scale_min", "scale_max", "scale_step"])
        for opaque in key["items"]:
            writer.writerow([opaque, "anna", "semantic", 3.5, 1, 5, 0.5])
    code, _, err = told(capsys, "ratings", "import", one, file)
    assert code == 2
    assert "need its --key" in err
    for folder in (one, two):
        code, out, _ = told(
            capsys, "ratings", "import", folder, file, "--key", tmp_path / "sheet.key.json"
        )
        assert "4 new ratings, 0 known before, 4 of other runs left out" in out
    stored = [json.loads(line) for line in (two / "ratings.jsonl").read_text().splitlines()]
    assert {line["rating"]["item"] for line in stored} == {"s0", "s1", "s2", "s3"}
    other = tmp_path / "other.html"
    code, out, _ = told(capsys, "ratings", "sheet", one, "--out", other, "--sample", 3, "--json")
    assert json.loads(out)["pictures"] == 3


def test_an_altered_picture_is_not_shown_to_anybody(tmp_path, capsys):
    folder = make_run(tmp_path / "run", 3)
    victim = next((folder / "pictures").glob("*.png"))
    victim.write_bytes(png(200))
    code, _, err = told(capsys, "ratings", "sheet", folder, "--out", tmp_path / "sheet.html")
    assert code == 2
    assert "not the one that was painted" in err
    assert not (tmp_path / "sheet.html").exists()


def test_agreement_of_a_run_and_of_files(tmp_path, capsys):
    folder = make_run(tmp_path / "run", 8)
    file = people(tmp_path / "r.csv", 8)
    told(capsys, "ratings", "import", folder, file)
    code, of_run, _ = told(capsys, "ratings", "agreement", folder)
    assert code == 0
    for name in ("ICC(1,1)", "ICC(3,k)", "alpha, interval", "alpha, ordinal", "n = 8"):
        assert name in of_run
    _, of_file, _ = told(capsys, "ratings", "agreement", file)
    assert of_file == of_run
    code, out, _ = told(capsys, "ratings", "agreement", file, "--json")
    assert json.loads(out)[0]["name"] == "semantic"
    empty = make_run(tmp_path / "empty", 2)
    code, _, err = told(capsys, "ratings", "agreement", empty)
    assert code == 2
    assert "holds no ratings" in err


def test_a_share_is_corrected(tmp_path, capsys):
    rows = ["judge,person"] + ["yes,"] * 60 + ["no,"] * 40
    rows += ["yes,yes"] * 45 + ["no,yes"] * 5 + ["no,no"] * 40 + ["yes,no"] * 10
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(rows) + "\n")
    code, out, _ = told(capsys, "ratings", "correct", path, "--json")
    assert code == 0
    assert json.loads(out)["value"] == pytest.approx(0.4 / 0.7)
    path.write_text("judge,person\nperhaps,\n")
    code, _, err = told(capsys, "ratings", "correct", path)
    assert code == 2
    assert "answers.csv, line 2: neither yes nor no" in err


# ------------------------------------------------------------------ validate complexity


def test_complexity_of_a_run(tmp_path, capsys):
    folder = make_run(tmp_path / "run", 8)
    told(capsys, "ratings", "import", folder, people(tmp_path / "r.csv", 8))
    code, out, _ = told(capsys, folder, "--json", command=complexity)
    assert code == 0
    (found,) = json.loads(out)  # the count of clues lies on no [0, 1] and is left out
    assert (found["score"], found["judge"]) == ("complexity, rubric", "a-judge")
    scores = {each["name"]: each for each in found["scores"]}
    assert scores["Spearman"]["value"] == pytest.approx(1)
    assert scores["pairwise accuracy"]["n"] == 8
    # automatic 0.1 … 0.8; people's means 1/24 up in steps of 1/8, the last capped at 5
    human = [(at * 0.5 * 2 + min(4, at * 0.5 + 0.5)) / 3 / 4 for at in range(8)]
    expected = sum((at + 1) / 10 - human[at] for at in range(8)) / 8
    assert scores["mean automatic − people"]["value"] == pytest.approx(expected)


def test_complexity_of_several_runs_shows_which_is_overrated(tmp_path, capsys):
    runs = [make_run(tmp_path / "plain", 8), make_run(tmp_path / "tuned", 8, shift=0.2, colour=90)]
    for folder in runs:
        told(capsys, "ratings", "import", folder, people(tmp_path / "r.csv", 8))
    code, out, _ = told(capsys, *runs, "--trained", "tuned", command=complexity)
    assert code == 0
    assert "overrated by +20.0 points" in out
    assert "never rank trained against untrained systems" in out
    code, _, err = told(capsys, *runs, "--trained", "else", command=complexity)
    assert code == 2
    assert "--trained 'else' is no source" in err


def test_complexity_of_a_file(tmp_path, capsys):
    path = tmp_path / "scores.csv"
    path.write_text(
        "item,source,automatic,trained,anna,ben,cleo\n"
        "a,x,0.2,no,2,1.5,\nb,x,0.5,no,3,3,2.5\nc,y,0.9,yes,4,,4\nd,y,0.8,yes,3.5,3,3\n"
    )
    code, out, _ = told(capsys, path, "--judge", "some/judge", command=complexity)
    assert code == 0
    assert "judge: some/judge" in out
    assert "Kendall tau-b" in out
    rows = [
        {"item": "a", "automatic": 0.2, "ratings": [2, 1.5]},
        {"item": "b", "automatic": 0.5, "ratings": {"anna": 3, "ben": 3, "cleo": 2.5}},
        {"item": "c", "automatic": 0.9, "ratings": [4, 4]},
    ]
    (tmp_path / "s.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, out, _ = told(capsys, tmp_path / "s.jsonl", "--json", command=complexity)
    assert code == 0
    assert json.loads(out)[0]["tables"][0]["rows"] == [[3, 0, 2, 3]]


def test_complexity_of_a_file_with_ratings_beside_it(tmp_path, capsys):
    scores = tmp_path / "scores.csv"
    scores.write_text("item,automatic\n" + "".join(f"s{n},0.{n}\n" for n in range(1, 7)))
    ratings = people(tmp_path / "r.csv", 7)
    code, _, err = told(capsys, scores, "--ratings", ratings, command=complexity)
    assert code == 2
    assert "'s0' has no automatic score" in err
    ratings = rating_file(tmp_path / "r.csv", [(f"s{n}", "a", 1 + n / 2) for n in range(1, 6)])
    code, out, _ = told(capsys, scores, "--ratings", ratings, "--json", command=complexity)
    assert code == 0
    assert json.loads(out)[0]["tables"][0]["rows"][0][:2] == [5, 1]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("item,automatic,anna\na,70,3\n", "automatic is '70', not a number from 0 to 1"),
        ("item,automatic,anna\na,0.7,3.3\n", "3.3 is off the scale 1 to 5 in steps of 0.5"),
        ("item,automatic,trained,anna\na,0.7,perhaps,3\n", "trained is 'perhaps'"),
        ("item,automatic,anna\na,0.7,3\na,0.6,3\n", "'a' is there twice"),
        ("item,score,anna\na,0.7,3\n", "no column 'automatic'"),
    ],
)
def test_a_bad_table_is_one_line(tmp_path, capsys, text, why):
    path = tmp_path / "scores.csv"
    path.write_text(text)
    code, _, err = told(capsys, path, command=complexity)
    assert code == 2
    assert why in err
    assert "scores.csv, line" in err


def test_a_run_without_what_is_needed(tmp_path, capsys):
    folder = make_run(tmp_path / "run", 3)
    code, _, err = told(capsys, folder, command=complexity)
    assert code == 2
    assert "holds no ratings" in err
    told(capsys, "ratings", "import", folder, people(tmp_path / "r.csv", 3))
    code, _, err = told(capsys, folder, "--score", "clues", command=complexity)
    assert code == 2
    assert "holds no complexity score from 0 to 1 called clues" in err
