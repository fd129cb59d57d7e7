"""Scores that are older than the story or picture of their item: absent, with the reason."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from storypainter import assembly, pipeline
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

RED, BLUE = "#cc0000", "#0000cc"
PAINTED_AGAIN = "scored before the picture was painted again"


class Judge:
    """Gives every story 0.9, and stops the evaluation before the item that it is told."""

    version = "1"

    def __init__(self, name="alignment", judge="structure", *, stops_at=None):
        self.name = name
        self.judge = judge
        self.identity = {"judge": judge}
        self.stops_at = stops_at

    async def mark(self, subject, caller, *, sample):
        if subject.index == self.stops_at:
            raise KeyboardInterrupt
        return Marks(
            scores=(
                Score(name=self.name, judge=self.judge, version="1", value=0.9, parts={"time": 1}),
            )
        )

    async def summarise(self, marked, missing, caller):
        return Findings()

    async def aclose(self):
        pass


class Folder:
    """A run of given stories whose painter is a script: other colours are other pictures."""

    def __init__(self, root: Path) -> None:
        self.path, self._texts, self._script = root / "run", root / "texts", root / "script.jsonl"
        self.write("A cat sits.", "Two dogs lie here.")

    def write(self, *texts: str) -> None:
        self._texts.write_text("\n---\n".join(texts))

    def paint(self, *colours: str) -> None:
        lines = [json.dumps({"picture": colour}) for colour in colours]
        self._script.write_text("\n".join(lines))
        flags = {"painter": f"rehearsal/{self._script}", "size": "16x16", "max_concurrency": 1}
        rows = read_stories(str(self._texts))
        plan = assembly.prepare_given(resolve(flags, {}), {}, rows)
        with RunFolder(self.path) as folder:
            folder.begin({"n": plan.n, "painter": "rehearsal"}, {}, "test")
            asyncio.run(Run(plan, folder).work())

    def evaluate(self, *judges: Judge) -> None:
        with RunFolder(self.path) as folder:
            plan = EvaluationPlan(EvaluationSpec(max_concurrency=1), judges, {})
            asyncio.run(Evaluation(plan, folder).work())

    def scores(self, name="alignment", judge="structure") -> list[float | Unknown]:
        with RunFolder(self.path, read_only=True) as folder:
            key = Key(name, name.partition(".")[0], judge)
            return [each.scores[key] for each in read_entries(folder).candidates]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Two stories with red pictures, scored."""
    made = Folder(tmp_path)
    made.paint(RED, RED)
    made.evaluate(Judge(), Judge("moment", "offline"))
    return made


def why(value: float | Unknown) -> str:
    assert isinstance(value, Unknown)
    assert value.outdated
    return value.why


def test_scores_of_the_pictures_that_are_there_count(folder):
    assert folder.scores() == [0.9, 0.9]
    assert folder.scores("alignment.time") == [1, 1]


def test_a_score_of_an_earlier_picture_is_absent(folder):
    folder.paint(BLUE, BLUE)
    assert [why(each) for each in folder.scores()] == [f"alignment is absent: {PAINTED_AGAIN}"] * 2
    assert [why(each) for each in folder.scores("alignment.time")] == [
        f"alignment is absent: {PAINTED_AGAIN}"
    ] * 2
    folder.evaluate(Judge())
    assert folder.scores() == [0.9, 0.9]


def test_only_the_story_that_changed_loses_its_scores(folder):
    folder.write("A cat sits.", "Two dogs stand here.")
    folder.paint(RED, RED)
    first, second = folder.scores("moment", "offline")
    assert first == 0.9
    assert why(second) == "moment is absent: scored before the story was written again"


def test_a_score_of_the_text_alone_outlives_the_picture(folder):
    folder.paint(BLUE, BLUE)
    assert folder.scores("moment", "offline") == [0.9, 0.9]


def test_the_same_picture_painted_again_keeps_its_scores(folder, monkeypatch):
    monkeypatch.setattr(pipeline, "STEPS", {**pipeline.STEPS, "picture": "2"})
    folder.paint(RED, RED)
    assert folder.scores() == [0.9, 0.9]


def test_after_an_interrupted_evaluation_what_was_marked_anew_counts(folder):
    folder.paint(BLUE, BLUE)
    with pytest.raises(KeyboardInterrupt):
        folder.evaluate(Judge(stops_at=1))
    with RunFolder(folder.path, read_only=True) as opened:
        first, second = read_entries(opened).candidates
    key = Key("alignment", "alignment", "structure")
    assert first.scores[key] == 0.9
    assert key not in second.scores


def test_when_an_earlier_picture_is_taken_up_again_nothing_is_believed(folder):
    folder.paint(BLUE, BLUE)
    folder.evaluate(Judge())
    folder.paint(RED, RED)  # their steps are done: nothing newer is there than the scores
    assert all("evaluate again" in why(each) for each in folder.scores())
    folder.evaluate(Judge())
    assert folder.scores() == [0.9, 0.9]


def test_a_picture_that_failed_the_second_time(folder):
    folder._script.write_text("")
    refused = json.dumps({"fail": "refused", "message": "no"})
    folder._script.write_text(f"{refused}\n{refused}")
    flags = {"painter": f"rehearsal/{folder._script}", "size": "16x16"}
    rows = read_stories(str(folder._texts))
    with RunFolder(folder.path) as opened:
        opened.begin({"n": 2, "painter": "rehearsal"}, {}, "test")
        plan = assembly.prepare_given(resolve(flags, {}), {}, rows)
        asyncio.run(Run(plan, opened).work())
    assert "before painting the picture again failed" in why(folder.scores()[0])


def test_a_fresh_repetition_comes_before_an_outdated_own_mark(folder):
    class Repeating(Judge):
        async def mark(self, subject, caller, *, sample):
            score = Score(name="alignment", judge="structure", version="1", value=0.2)
            return Marks(scores=(score,))

    folder.paint(BLUE, BLUE)
    folder.evaluate(Repeating("alignment", "a-model"))
    assert folder.scores() == [0.2, 0.2]


def test_the_command_says_it(folder, capsys):
    folder.paint(BLUE, BLUE)
    assert run(cli, ["select", str(folder.path), "--where", "alignment >= 0.5", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["verdict"] for each in found["items"]] == ["unknown", "unknown"]
    assert found["items"][0]["reasons"] == [f"alignment is absent: {PAINTED_AGAIN}"]
    (note,) = found["notes"]
    assert "2 of 2 stories or pictures may have changed since" in note
    assert "--evaluators alignment" in note


def test_a_name_keeps_its_meaning_when_its_scores_are_outdated(folder, capsys):
    folder.evaluate(Judge("semantic_score", "scorer"))
    folder.paint(BLUE, BLUE)
    folder.evaluate(Judge("rubric", "a-model"))
    assert run(cli, ["select", str(folder.path), "--where", "complexity", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["means"] == ["complexity is semantic_score, by scorer (semantic_score)"]
    assert [each["verdict"] for each in found["items"]] == ["unknown", "unknown"]


def test_a_failed_mark_is_told_as_before(folder):
    class Failing(Judge):
        async def mark(self, subject, caller, *, sample):
            raise CallFailed(Verdict.MALFORMED, "no answer")

    folder.evaluate(Failing("lettering", "offline"))
    with RunFolder(folder.path, read_only=True) as opened:
        first, _ = read_entries(opened).candidates
    assert dict(first.failed) == {"lettering": "no answer"}
    assert first.scores[Key("alignment", "alignment", "structure")] == 0.9
