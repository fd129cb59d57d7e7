"""The plots of a run's page: what is in them, whose Scores, and what is left out."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from page_reading import Seen, read_page
from sample_runs import SPEC, Entry, chains, make_run, rich_entries, sea

from storypainter.evaluation import Evaluation, EvaluationPlan
from storypainter.evaluators.contract import Findings, Marks
from storypainter.report.page import write_report
from storypainter.runs.folder import RunFolder
from storypainter.score import Score
from storypainter.settings import EvaluationSpec
from storypainter.story import Story


class Judge:
    """Gives each story the Scores that it is told, by index."""

    version = "1"

    def __init__(self, name, judge, *scores, warnings=(), doubts=()):
        self.name, self.judge, self.scores = name, judge, scores
        self.identity = {"judge": judge, "scores": repr(scores)}
        self.findings = Findings(warnings=warnings, doubts=doubts)

    async def mark(self, subject, caller, *, sample):
        given = self.scores[subject.index]
        return Marks(scores=tuple(_score(name, self.judge, v) for name, v in given.items()))

    async def summarise(self, marked, missing, caller):
        return self.findings

    async def aclose(self):
        pass


def _score(name, judge, value):
    name, _, other = name.partition("@")
    if isinstance(value, dict):
        return Score(name=name, judge=judge, version="1", value=sum(value.values()), parts=value)
    if value is None:
        return Score(name=name, judge=judge, version="1", absent="not asked")
    return Score(name=name, judge=other or judge, version="1", value=value)


def evaluated(path: Path, *judges: Judge) -> Path:
    with RunFolder(path) as folder:
        asyncio.run(Evaluation(EvaluationPlan(EvaluationSpec(), judges, {}), folder).work())
    return path


def page(run: Path) -> Seen:
    return read_page(write_report(run).path)


def rich(tmp_path: Path) -> Path:
    return make_run(tmp_path / "run", rich_entries())


def titles(seen: Seen) -> list[str]:
    """The plots' titles, by the texts in large letters."""
    text = " ".join(seen.texts)
    known = ("Clues by Dimension", "Alignment by Dimension", "Scores of the stories",
             "Counts of the stories", "Length of the stories")  # fmt: skip
    return [each for each in known if each in text]


def test_a_run_without_chains_and_scores_has_no_plots(tmp_path):
    seen = page(make_run(tmp_path / "run", [Entry(Story(id="a", text="A hen sleeps."), sea())]))
    assert not seen.of_class("plot")
    assert "Plots" not in seen.texts


def test_chains_alone_give_clues_by_dimension(tmp_path):
    seen = page(rich(tmp_path))
    assert titles(seen) == ["Clues by Dimension"]
    assert "n = 1 story with Chains" in seen.text
    # clock and sign for time; one story has no spread, so there is no interval
    assert re.search(r"Clues in the stories' own Chains: .*Time 2\.00(;|,|\.| )", seen.text)


def test_scores_spread_by_judge_and_absent_ones_are_counted(tmp_path):
    run = evaluated(
        rich(tmp_path),
        Judge("alignment", "structure", *({"alignment": v} for v in (0.4, 0.9, None))),
        Judge("alignment", "openai/gpt-4o", *({"alignment": v} for v in (0.5, 0.6, 0.7))),
        Judge("moment", "offline", *({"words": v} for v in (100, 150, 200))),
    )
    seen = page(run)
    assert titles(seen) == ["Clues by Dimension", "Scores of the stories", "Length of the stories"]
    assert "Alignment, by structure: n = 2, 1 missing; median 0.65" in seen.text
    assert "Alignment, by openai/gpt-4o: n = 3; median 0.60" in seen.text
    assert "Words, by offline: n = 3; median 150" in seen.text


def test_scores_from_0_to_1_stand_on_the_whole_scale(tmp_path):
    run = evaluated(
        rich(tmp_path),
        Judge("lettering", "offline", *({"lettering": 0.8 + n / 100} for n in (1, 2, 3))),
    )
    assert {"0.0", "1.0"} <= set(page(run).texts)


def test_alignment_by_dimension_is_a_mean_over_the_pairs_that_have_it(tmp_path):
    given = (
        {"alignment_event": 0.5, "alignment_time": 1.0},
        {"alignment_event": 1.0, "alignment_time": None},
        {"alignment_event": 0.75, "alignment_time": None},
    )
    seen = page(evaluated(rich(tmp_path), Judge("alignment", "structure", *given)))
    assert "Alignment by Dimension" in seen.text
    assert re.search(r"Event 0\.75 \(0\.129 to 1\.00\)|Event 0\.75 \(0\.13 to 1\.00\)", seen.text)
    assert "by structure (n = 3)" in seen.text


def test_clues_that_a_seer_saw_stand_beside_the_stories_own(tmp_path):
    given = ({"visual_clues": {"time": 3.0, "event": 1.0}},) * 3
    seen = page(evaluated(rich(tmp_path), Judge("complexity", "openai/gpt-4o", *given)))
    assert "Clues seen by openai/gpt-4o" in seen.text
    assert "n = 3 pictures seen by openai/gpt-4o" in seen.text


def test_a_second_judge_who_repeats_scores_adds_none(tmp_path):
    words = [{"words": v} for v in (100, 150, 200)]
    repeated = [{"words@offline": 1.0}] * 3
    run = evaluated(
        rich(tmp_path), Judge("moment", "offline", *words), Judge("moment", "z-model", *repeated)
    )
    assert "Words, by offline: n = 3; median 150" in page(run).text


def test_a_plug_ins_first_score_has_a_plot(tmp_path):
    given = [{"warmth": v, "other": 1.0} for v in (20.0, 30.0, 40.0)]
    seen = page(evaluated(rich(tmp_path), Judge("charm", "ours", *given)))
    assert "Warmth, by ours: n = 3; median 30.0" in seen.text
    assert "Other, by ours" not in seen.text


def test_what_doubts_a_score_stands_above_its_plot(tmp_path):
    run = evaluated(
        rich(tmp_path),
        Judge("structure", "chains", *({"clues": v} for v in (5, 6, 7))),
        Judge("copying", "offline", *({"copying": 1.0},) * 3, warnings=("3 of 3 copy",),
              doubts=("structure",)),
    )  # fmt: skip
    assert "Structure: 3 of 3 copy" in page(run).text


def test_scores_of_an_earlier_picture_are_left_out(tmp_path):
    run = evaluated(
        rich(tmp_path),
        Judge("alignment", "structure", *({"alignment": v} for v in (0.4, 0.9, 0.1))),
    )
    with RunFolder(run) as folder:
        folder.begin(SPEC, {}, "test")
        before = folder.db.value("SELECT key FROM items WHERE item = 0 AND step = 'picture'")
        changed = folder.step(before).result.replace(b"gpt-image-1", b"gpt-image-2")
        folder.db.execute("UPDATE items SET key = 'new' WHERE item = 0 AND step = 'picture'")
        asyncio.run(folder.done("new", "picture", changed))
    text = page(run).text
    assert "alignment, by structure: 1 story is left out" in text
    assert "Alignment, by structure: n = 2" in text


def test_hostile_names_stay_texts(tmp_path):
    name = '<script>alert("1")</script>'
    run = evaluated(rich(tmp_path), Judge("charm", name, *({"url(x) & <b>": 1.0},) * 3))
    seen = page(run)
    assert "url(x) & <b>" in seen.text.replace("Url", "url")
    assert not seen.all("script")


def test_the_plots_are_the_same_each_time(tmp_path):
    run = evaluated(rich(tmp_path), Judge("moment", "offline", *({"words": v} for v in (1, 2, 3))))
    first = write_report(run, tmp_path / "a.html").path.read_bytes()
    assert write_report(run, tmp_path / "b.html").path.read_bytes() == first
    assert len(chains()) == 7
