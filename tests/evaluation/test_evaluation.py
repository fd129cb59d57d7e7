"""The evaluation of a run: streaming marks, resuming, failures, findings, staleness."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storypainter import assembly
from storypainter.cli.progress import Progress
from storypainter.errors import AuthFailed, StorypainterError
from storypainter.evaluation import Evaluation, EvaluationPlan, doubts, read_findings, read_marks
from storypainter.evaluators.contract import Findings, Marks
from storypainter.models.contract import CallFailed, Verdict
from storypainter.pipeline import Run
from storypainter.runs.folder import RunFolder
from storypainter.score import Score
from storypainter.settings import EvaluationSpec, resolve
from storypainter.storytellers.given import read_stories


class Letters:
    """Counts letters; fails where it is told to."""

    name = "letters"
    version = "1"

    def __init__(self, judge="offline", fails=None, threshold=0):
        self.judge = judge
        self.fails = fails or {}
        self.threshold = threshold
        self.marked: list[int] = []
        self.summarised = 0
        self.closed = 0

    @property
    def identity(self):
        return {"judge": self.judge, "version": self.version, "threshold": self.threshold}

    async def mark(self, subject, caller, *, sample):
        self.marked.append(subject.index)
        if subject.index in self.fails:
            raise self.fails[subject.index]
        value = float(len(subject.story.text))
        score = Score(name="letters", judge=self.judge, version="1", value=value)
        return Marks(scores=(score,), data={"sample": sample})

    async def summarise(self, marked, missing, caller):
        self.summarised += 1
        values = [marks.score("letters").value for _, marks in marked]
        score = Score(
            name="mean_letters", judge=self.judge, version="1",
            **({"value": sum(values) / len(values)} if values else {"absent": "no story"}),
            n=len(values), reason=f"{missing} without marks" if missing else "",
        )  # fmt: skip
        return Findings(scores=(score,), warnings=("short",), doubts=("diversity",))

    async def aclose(self):
        self.closed += 1


def made(folder: Path, texts=("A cat sits.", "Two dogs lie here.", "A hen.")) -> Path:
    (folder.parent / "s.txt").write_text("\n---\n".join(texts))
    rows = read_stories(str(folder.parent / "s.txt"))
    plan = assembly.prepare_stories(resolve({}, {}), rows)
    with RunFolder(folder) as run:
        run.begin({"n": plan.n, "painter": ""}, {}, "test")
        asyncio.run(Run(plan, run).work())
    return folder


def evaluate(folder: Path, *evaluators, **spec) -> Evaluation:
    plan = EvaluationPlan(
        EvaluationSpec(**spec), evaluators, {}, tuple(e.aclose for e in evaluators)
    )
    with RunFolder(folder) as run:
        evaluation = Evaluation(plan, run)
        asyncio.run(evaluation.work())
    return evaluation


def found(folder: Path):
    with RunFolder(folder, read_only=True) as run:
        return read_findings(run)


def test_marks_and_findings_are_kept(tmp_path):
    run = made(tmp_path / "r")
    letters = Letters()
    evaluation = evaluate(run, letters)
    assert evaluation.stories == 3
    (only,) = found(run)
    assert (only.name, only.judge, only.stale) == ("letters", "offline", False)
    assert only.findings.score("mean_letters").value == pytest.approx((11 + 18 + 6) / 3)
    with RunFolder(run, read_only=True) as folder:
        marks = dict(read_marks(folder, "letters", "offline"))
    assert marks[1].score("letters").value == 18
    assert letters.closed == 1
    assert doubts(found(run)) == {"diversity": ("short",)}


def test_the_same_evaluation_again_repeats_nothing(tmp_path):
    run = made(tmp_path / "r")
    evaluate(run, Letters())
    again = Letters()
    evaluation = evaluate(run, again)
    assert (again.marked, again.summarised) == ([], 0)
    assert evaluation.stages["letters:offline"].reused == 3
    changed = Letters(threshold=2)  # another identity is another question
    evaluate(run, changed)
    assert (sorted(changed.marked), changed.summarised) == ([0, 1, 2], 1)
    assert len(found(run)) == 1


def test_two_judges_stand_side_by_side(tmp_path):
    run = made(tmp_path / "r")
    evaluate(run, Letters(), Letters("openai/x"))
    assert [each.judge for each in found(run)] == ["offline", "openai/x"]


def test_a_failed_mark_is_absent_with_its_reason_and_tried_again(tmp_path):
    run = made(tmp_path / "r")
    failing = Letters(fails={1: CallFailed(Verdict.MALFORMED, "no answer")})
    evaluation = evaluate(run, failing)
    stage = evaluation.stages["letters:offline"]
    assert (stage.done, stage.failed, stage.reasons) == (2, 1, {"malformed": 1})
    score = found(run)[0].findings.score("mean_letters")
    assert (score.value, score.n, score.reason) == (8.5, 2, "1 without marks")
    healed = Letters()
    evaluate(run, healed)
    assert healed.marked == [1]
    with RunFolder(run, read_only=True) as folder:
        marks = dict(read_marks(folder, "letters", "offline"))
    assert marks[1].data["sample"] == "1:1"  # the second try asks for another answer
    assert found(run)[0].findings.score("mean_letters").n == 3


def test_a_wrong_key_stops_and_leaves_what_was_marked(tmp_path):
    run = made(tmp_path / "r")
    with pytest.raises(AuthFailed):
        evaluate(run, Letters(fails={1: AuthFailed("the key was refused")}))
    assert found(run) == ()
    rest = Letters()
    evaluate(run, rest)
    assert 0 not in rest.marked


def test_a_defect_is_one_clear_line(tmp_path):
    run = made(tmp_path / "r")
    with pytest.raises(StorypainterError, match="internal error in story given-00002"):
        evaluate(run, Letters(fails={1: ZeroDivisionError("x")}))


def test_findings_of_other_stories_are_stale(tmp_path):
    run = made(tmp_path / "r")
    evaluate(run, Letters())
    with RunFolder(run) as folder:
        folder.db.execute("DELETE FROM items WHERE item = 2")
    (only,) = found(run)
    assert only.stale
    assert doubts((only,)) == {}


def test_an_empty_run_has_findings_that_say_so(tmp_path):
    with RunFolder(tmp_path / "r") as folder:
        folder.begin({"n": 2, "painter": ""}, {}, "test")
    evaluate(tmp_path / "r", Letters())
    assert found(tmp_path / "r")[0].findings.score("mean_letters").absent == "no story"


def test_stopping_keeps_marks_and_finds_nothing(tmp_path):
    run = made(tmp_path / "r")
    plan = EvaluationPlan(EvaluationSpec(), (Letters(),), {})
    with RunFolder(run) as folder:
        evaluation = Evaluation(plan, folder)
        evaluation.stop()
        asyncio.run(evaluation.work())
    assert evaluation.stopping
    assert found(run) == ()


def test_a_run_of_an_older_schema_can_be_read(tmp_path):
    run = made(tmp_path / "r")
    with RunFolder(run) as folder:
        folder.db.execute("DROP TABLE findings")
        folder.db.execute("PRAGMA user_version = 2")
    assert found(run) == ()
    evaluate(run, Letters())
    assert len(found(run)) == 1


def test_progress_can_be_watched_from_another_thread(tmp_path):
    run = made(tmp_path / "r")
    plan = EvaluationPlan(EvaluationSpec(), (Letters(),), {})
    with RunFolder(run) as folder:
        evaluation = Evaluation(plan, folder)
        progress = Progress(evaluation, quiet=False)
        with ThreadPoolExecutor(1) as pool:
            before = pool.submit(progress.rows).result()
            asyncio.run(evaluation.work())
            after = pool.submit(progress.rows).result()
    assert before == ["letters:offline: 0/3 done"]
    assert after[0].startswith("letters:offline: 3/3 done")
