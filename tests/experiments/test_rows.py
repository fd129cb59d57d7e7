"""Rows run: stories shared, resumed, failures kept, people's pictures taken."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path

import pytest

from storypainter.errors import BadInput, RunFolderError
from storypainter.experiments.asked import Row
from storypainter.experiments.given import expanded
from storypainter.experiments.rows import Interrupted, locked, read_states, resolved_row
from storypainter.experiments.spec import read_experiment
from storypainter.experiments.table import build_table
from storypainter.models.rehearsal import _flat_png
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import items, totals
from storypainter.story import Brief
from storypainter.storytellers.briefs import read_briefs

TWO = """
[[rows]]
name = "one"
label = "One"

[[rows]]
name = "two"
label = "Two"
quality = "high"
"""


def texts(out, name):
    with RunFolder(out / "rows" / name, read_only=True) as folder:
        return [item.story.text for item in items(folder)]


def test_rows_share_their_stories_byte_for_byte(small, run, tmp_path):
    runner = run(small(TWO))
    out = tmp_path / "out"
    assert [state.status for state in runner.states.values()] == ["done", "done"]
    assert texts(out, "one") == texts(out, "two")
    assert len(list((out / "stories").iterdir())) == 1
    folder = next((out / "stories").iterdir())
    with RunFolder(folder, read_only=True) as shared:
        assert totals(shared).calls == 3
    table = build_table(read_experiment(str(small(TWO))), out, {})
    assert table.rows[0].cells["success_rate"].value == 100.0
    assert {d.on for d in table.differences} == {"the same stories"}
    assert all((d.value, d.low) == (0, None) for d in table.differences)
    assert all("all are equal" in d.reason for d in table.differences)


def test_the_same_command_again_calls_nothing(small, run, tmp_path):
    path = small(TWO)
    run(path)
    worked = []

    def counting(work, what):
        asyncio.run(work.work())
        worked.append(sum(stage.done for stage in work.stages.values()))

    run(path, works=counting)
    assert worked
    assert set(worked) == {0}


def test_an_interrupted_experiment_goes_on(small, run, tmp_path):
    path = small(TWO)

    def stops_at_pictures_of_two(work, what):
        if what == "two: pictures":
            work.stop()
        asyncio.run(work.work())

    with pytest.raises(Interrupted):
        run(path, works=stops_at_pictures_of_two)
    states = read_states(tmp_path / "out")
    assert (states["one"].status, states["two"].status) == ("done", "pending")
    assert run(path).states["two"].status == "done"


def test_a_failed_row_is_kept_with_its_reason_and_others_go_on(small, run, tmp_path):
    script = tmp_path / "refuses.jsonl"
    script.write_text('{"fail": "refused", "message": "not this one"}\n' * 3)
    rows = f"""
[[rows]]
name = "bad"
storyteller = "rehearsal/{script}"
[[rows]]
name = "missing"
storyteller = "llama/no-such-model"
{TWO}
[[rows]]
name = "later"
not_runnable = "no weights"
"""
    runner = run(small(rows))
    states = runner.states
    assert states["bad"].status == "failed"
    assert "not this one" in states["bad"].reason
    assert states["missing"].status == "failed"
    assert states["missing"].reason
    assert states["one"].status == states["two"].status == "done"
    table = build_table(read_experiment(str(small(rows))), tmp_path / "out", {})
    by_name = {row.name: row for row in table.rows}
    assert by_name["bad"].cells["words"].value is None
    assert "not this one" in by_name["bad"].cells["words"].reason
    assert by_name["later"].status == "not runnable"


def test_success_rate_counts_painted_of_written(small, run, tmp_path):
    script = tmp_path / "painter.jsonl"
    script.write_text('{"picture": "#aabbcc"}\n{"fail": "refused", "message": "no"}\n')
    row = f'[[rows]]\nname = "one"\npainter = "rehearsal/{script}"\nmax_concurrency = 1\n'
    run(small(row))
    path = small(row)
    table = build_table(read_experiment(str(path)), tmp_path / "out", {})
    cell = table.rows[0].cells["success_rate"]
    assert cell.value == pytest.approx(200 / 3)
    assert cell.n == 3
    assert cell.low < cell.value < cell.high
    assert table.rows[0].status == "partial"


def test_only_and_changed_settings(small, run, tmp_path):
    run(small(TWO), only=("two",))
    table = build_table(read_experiment(str(small(TWO))), tmp_path / "out", {})
    assert [row.status for row in table.rows] == ["pending", "done"]
    changed = read_experiment(str(small(TWO.replace('"high"', '"low"'))))
    table = build_table(changed, tmp_path / "out", {})
    assert "other settings" in table.rows[1].reason
    with pytest.raises(BadInput, match="no such row"):
        run(small(TWO), only=("three",))


def test_an_evaluator_that_cannot_start_costs_its_columns_only(small, run, tmp_path):
    path = small('[[rows]]\nname = "one"\n')
    text = path.read_text().replace('"moment"]', '"moment", "diversity"]')
    path.write_text(text.replace('embedder = "rehearsal"', 'embedder = "llama/nothing"'))
    runner = run(path)
    assert runner.states["one"].status == "partial"
    assert "diversity" in runner.states["one"].unscored
    table = build_table(read_experiment(str(path)), tmp_path / "out", {})
    assert table.rows[0].cells["moment"].value is not None
    assert table.rows[0].cells["diversity"].value is None
    assert table.rows[0].cells["diversity"].reason


def test_peoples_pictures_with_ratings_and_top_human(write, run, tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    lines = []
    for number in range(5):
        (folder / f"p{number}.png").write_bytes(_flat_png(32, 32, "#88aacc", str(number)))
        lines.append(f'{{"id": "p{number}", "story": "A baker holds cake number {number}."}}')
    (tmp_path / "texts.jsonl").write_text("\n".join(lines))
    with (tmp_path / "ratings.csv").open("w") as file:
        writer = csv.writer(file)
        writer.writerow(["item", "rater", "value", "scale_min", "scale_max"])
        for number in range(5):
            writer.writerows([[f"p{number}.png", r, 1 + number + r / 2 if number < 4 else 1, 1, 5]
                              for r in (0, 0.5)])  # fmt: skip
    path = write(f"""
columns = ["success_rate", "words", "human"]
[[rows]]
name = "all"
n = 9
pictures = "${{PICTURES}}"
texts = "{tmp_path}/texts.jsonl"
ratings = "{tmp_path}/ratings.csv"
[[rows]]
name = "top"
pictures = "${{PICTURES}}"
texts = "{tmp_path}/texts.jsonl"
ratings = "{tmp_path}/ratings.csv"
top_human = 2
[[rows]]
name = "unset"
pictures = "${{NOWHERE}}"
texts = "own"
""")
    environment = {"PICTURES": str(folder)}
    runner = run(path, environment=environment)
    assert "NOWHERE is not set" in runner.states["unset"].reason
    table = build_table(read_experiment(str(path)), tmp_path / "out", environment)
    everyone, top, _ = table.rows
    assert everyone.cells["human"].n == 5
    assert everyone.cells["success_rate"].value == 100
    # (x - 1) / 4 of 4.125 and 3.125: the two highest means
    assert top.cells["human"].value == pytest.approx(100 * ((3.125 + 2.125) / 2) / 4)
    assert set(top.values["human"]) == {"p3", "p2"}


def test_one_process_works_in_a_folder(small, run, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    with locked(out), pytest.raises(RunFolderError, match="in use"):
        run(small(TWO))


def test_max_cost_is_refused_where_a_price_is_unknown(small, run, tmp_path):
    row = '[[rows]]\nname = "a"\nstoryteller = "openai/x"\nbase_url = "http://127.0.0.1:9/v1"\n'
    runner = run(small(row), max_cost=1.0)
    assert "price of openai/x is unknown" in runner.states["a"].reason


def test_stories_that_a_judge_could_not_score_are_absent_with_the_reason(small, run, tmp_path):
    path = small('[[rows]]\nname = "one"\n')
    path.write_text(path.read_text().replace("embedder =", 'judge = "rehearsal"\nembedder ='))
    text = path.read_text().replace('"moment"]', '"dialogue"]')
    path.write_text(
        text + '[[column]]\nkey = "dialogue"\nevaluator = "moment"\nscore = "dialogue"\n'
    )
    runner = run(path)
    assert runner.states["one"].status == "partial"
    assert "3 stories could not be scored" in runner.states["one"].unmarked["moment"]
    table = build_table(read_experiment(str(path)), tmp_path / "out", {})
    cell = table.rows[0].cells["dialogue"]
    assert (cell.value, cell.absent) == (None, 3)
    assert "could not be scored" in cell.reason


def test_a_file_that_comes_with_us_is_found_by_its_name():
    path = Path(expanded("shipped:minis.briefs.jsonl", {}))
    assert len(read_briefs(path, Brief())) == 60
    with pytest.raises(BadInput, match=r"no file '\.\./presets\.toml' comes"):
        expanded("shipped:../presets.toml", {})


def test_rows_are_told_to_the_briefs_of_a_file(tmp_path):
    (tmp_path / "b.jsonl").write_text('{"setting": "beach"}\n{"setting": "library"}\n')
    row = Row("a", "A", settings={"briefs": "${BRIEFS}/b.jsonl", "n": 2})
    resolved, _ = resolved_row(row, {"BRIEFS": str(tmp_path)})
    assert resolved.spec.briefs == str(tmp_path / "b.jsonl")
