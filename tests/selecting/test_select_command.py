"""``storypainter select`` on runs: scores of two judges, failed and absent ones, files, output."""

from __future__ import annotations

import asyncio
import hashlib
import json
from pathlib import Path

import pytest

from storypainter import assembly
from storypainter.cli.main import cli, run
from storypainter.evaluation import Evaluation, EvaluationPlan
from storypainter.evaluators.contract import Findings, Marks
from storypainter.models.contract import CallFailed, Verdict
from storypainter.pipeline import Run
from storypainter.runs.folder import RunFolder
from storypainter.score import Score
from storypainter.selecting.reading import Key, Unknown, read_entries
from storypainter.settings import EvaluationSpec, resolve
from storypainter.storytellers.given import read_stories

TEXTS = ("A cat sits.", "Two dogs lie here.", "A hen.", "Three mice eat.")


class Given:
    """Gives the scores that it is told: one dict an item; an exception fails the item."""

    version = "1"

    def __init__(self, name, judge, *scores, also=()):
        self.name = name
        self.judge = judge
        self.scores = scores
        self.also = also
        self.identity = {"judge": judge, "scores": repr((scores, also))}

    async def mark(self, subject, caller, *, sample):
        asked = self.scores[subject.index]
        if isinstance(asked, Exception):
            raise asked
        return Marks(scores=(*(_score(n, self.judge, v) for n, v in asked.items()), *self.also))

    async def summarise(self, marked, missing, caller):
        warnings = ("half of them copy",) if self.name == "copying" else ()
        return Findings(warnings=warnings, doubts=("alignment",))

    async def aclose(self):
        pass


def _score(name, judge, value):
    if isinstance(value, dict):
        return Score(name=name, judge=judge, version="1", value=1.0, parts=value)
    if value is None:
        return Score(name=name, judge=judge, version="1", absent="low mass")
    return Score(name=name, judge=judge, version="1", value=value)


def made(folder: Path, *evaluators, texts=TEXTS) -> Path:
    source = folder.parent / f"{folder.name}.txt"
    source.write_text("\n---\n".join(texts))
    plan = assembly.prepare_stories(resolve({}, {}), read_stories(str(source)))
    with RunFolder(folder) as made_run:
        made_run.begin({"n": plan.n + 1, "painter": ""}, {}, "test")
        asyncio.run(Run(plan, made_run).work())
        asyncio.run(Evaluation(EvaluationPlan(EvaluationSpec(), evaluators, {}), made_run).work())
    return folder


@pytest.fixture
def scored(tmp_path: Path) -> Path:
    """Four stories by two judges; the Seer fails on the last and can't tell of the third."""
    failed = CallFailed(Verdict.MALFORMED, "no answer")
    return made(
        tmp_path / "run",
        Given("alignment", "structure", *({"alignment": v} for v in (0.9, 0.4, 0.8, 0.2))),
        Given(
            "alignment",
            "openai/gpt-4o",
            {"alignment": 0.7, "clues": {"time": 2.0}},
            {"alignment": 0.9, "clues": {"time": 1.0}},
            {"alignment": None, "clues": {}},
            failed,
        ),
        Given("copying", "offline", *({"copying": v} for v in (0.0, 1.0, 0.0, 0.0))),
    )


def told(capsys, *arguments: str) -> tuple[int, str, str]:
    code = run(cli, ["select", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def plain(capsys, *arguments: str) -> dict:
    code, out, err = told(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


# ----------------------------------------------------------------------- reading


def test_what_is_read_of_a_run(scored):
    with RunFolder(scored, read_only=True) as folder:
        entries = read_entries(folder)
    first, _, third, last = entries.candidates
    assert first.scores[Key("alignment", "alignment", "structure")] == 0.9
    assert first.scores[Key("clues.time", "alignment", "openai/gpt-4o")] == 2.0
    absent = third.scores[Key("alignment", "alignment", "openai/gpt-4o")]
    assert absent == Unknown("alignment is absent: low mass")
    assert dict(last.failed) == {"alignment": "no answer"}
    assert first.texts == {"storyteller": "given", "mode": "written"}
    assert entries.without == ((4, "not written yet"),)


def test_a_judges_own_marks_come_before_a_repetition_of_them(tmp_path):
    stale = Score(name="words", judge="offline", version="0", value=9.0)
    folder = made(
        tmp_path / "run",
        Given("moment", "a-model", {}, also=(stale,)),
        Given("moment", "offline", {"words": 3.0}),
        Given("moment", "z-model", {}, also=(stale,)),
        texts=TEXTS[:1],
    )
    with RunFolder(folder, read_only=True) as read:
        (only,) = read_entries(read).candidates
    assert only.scores[Key("words", "moment", "offline")] == 3.0


# ----------------------------------------------------------------------- command


def test_chosen_not_chosen_and_unknown(capsys, scored):
    before = contents(scored)
    condition = "alignment@openai/gpt-4o >= 0.5 and not copied"
    code, out, _ = told(capsys, str(scored), "--where", condition)
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "1 of 4 stories chosen, 2 unknown (without a story: 1)"
    assert "copied is copying, by offline (copying)" in out
    assert "given-00001  alignment@openai/gpt-4o 0.7 >= 0.5; copied (copying): no, 0" in out
    assert "given-00003  alignment is absent: low mass" in out
    assert "given-00004  alignment is missing: alignment failed: no answer" in out
    assert "warning: alignment: half of them copy" in out
    assert "     1  copied" in lines
    assert contents(scored) == before


def test_an_absent_score_does_not_matter_where_the_rest_decides(capsys, scored):
    condition = "alignment@structure >= 0.5 or alignment@openai/gpt-4o >= 0.5"
    found = plain(capsys, str(scored), "--where", condition)
    assert [each["verdict"] for each in found["items"]] == ["chosen"] * 3 + ["unknown"]
    assert (found["chosen"], found["not_chosen"], found["unknown"]) == (3, 0, 1)
    assert found["without_story"] == [{"item": 5, "reason": "not written yet"}]


def test_two_judges_without_a_name_are_an_error(capsys, scored):
    code, out, err = told(capsys, str(scored), "--where", "not copied and alignment > 0.5")
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert lines[0] == (
        "error: --where, character 16: several judges gave alignment: openai/gpt-4o, structure "
        "(say whose: alignment@openai/gpt-4o or alignment@structure)"
    )
    assert lines[1:] == ["  not copied and alignment > 0.5", "  " + " " * 15 + "^"]


def test_none_chosen_says_so_and_is_no_error(capsys, scored):
    code, out, _ = told(capsys, str(scored), "--where", "copied and not copied")
    assert code == 0
    assert out.startswith("none of 4 stories chosen")


def test_out_keeps_stories_scores_and_reasons(capsys, scored, tmp_path):
    out = tmp_path / "selection.jsonl"
    ranked = ("--rank", "alignment@structure", "--top", "1")
    code, _, _ = told(capsys, str(scored), "--where", "not copied", *ranked, "--out", str(out))
    assert code == 0
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [(row["item"], row["verdict"]) for row in rows] == [
        (1, "chosen"), (2, "not chosen"), (3, "not chosen"), (4, "not chosen"),
    ]  # fmt: skip
    assert rows[0]["story"] == "A cat sits."
    assert (rows[0]["rank"], rows[0]["place"]) == (0.9, 1)
    assert {score["name"] for score in rows[0]["scores"]} == {"alignment", "clues", "copying"}
    assert rows[1]["reasons"] == ["copied (copying): yes, 1"]
    assert rows[2]["reasons"] == ["place 2 of 3, and the first 1 are kept"]
    # what was chosen can be painted or evaluated like any file of stories
    assert [given.story.text for given in read_stories(str(out))] == list(TEXTS)
    told(capsys, str(scored), "--where", "copied", "--out", str(out), "--only-chosen")
    assert [json.loads(line)["item"] for line in out.read_text().splitlines()] == [2]


def test_ranked_order_is_the_order_of_the_file(capsys, scored, tmp_path):
    out = tmp_path / "selection.jsonl"
    told(capsys, str(scored), "--rank", "-alignment@structure", "--out", str(out))
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row["item"] for row in rows] == [4, 2, 3, 1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "nothing is asked for"),
        (("--where", "copied", "--top", "3"), "--top keeps the best"),
        (("--where", "copied", "--only-chosen"), "--only-chosen says what --out holds"),
        (("--where", "copied", "--out", "run/x.jsonl"), "lies in the run, which is not changed"),
        (("--where", "copied", "--out", "."), "is a folder"),
        (("--where", "copied", "--out", "no/x.jsonl"), "there is no folder no"),
    ],
)
def test_bad_input(capsys, scored, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    before = contents(tmp_path)
    code, out, err = told(capsys, "run", *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert contents(tmp_path) == before


def test_no_run(capsys, tmp_path):
    code, _, err = told(capsys, str(tmp_path / "none"), "--where", "a")
    assert (code, err.count("\n")) == (6, 1)


def test_scores_of_a_built_in_evaluator_are_found(capsys, tmp_path):
    source, folder = tmp_path / "stories.txt", str(tmp_path / "run")
    source.write_text("A cat sits on a chair.\n---\nA hen sleeps. Later it wakes up and runs away.")
    arguments = [str(source), "--out", folder, "--evaluators", "moment", "--quiet"]
    assert run(cli, ["evaluate", *arguments]) == 0
    found = plain(capsys, folder, "--where", "one_moment and mode = written")
    assert [each["verdict"] for each in found["items"]] == ["chosen", "not chosen"]
    assert found["means"] == ["one_moment is moment, by offline (moment)"]


def test_help_says_what_short_names_mean(capsys):
    code, out, _ = told(capsys, "--help")
    text = " ".join(out.split())
    assert code == 0
    for said in ("copied is copying", "one_moment is moment", "complexity is semantic_score"):
        assert said in text
