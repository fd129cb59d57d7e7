"""Cells, differences, and the files and the page made from a table."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import orjson
import pytest

from storypainter.evaluators.contract import Marks
from storypainter.experiments.asked import Row
from storypainter.experiments.columns import (
    BUILT_IN,
    OF_STORIES,
    Cell,
    Column,
    dimension_score,
    mean_cell,
    score_of,
)
from storypainter.experiments.comparing import paired, unpaired
from storypainter.experiments.drawings import checked_fragment, plots
from storypainter.experiments.page import write_page
from storypainter.experiments.spec import read_experiment
from storypainter.experiments.table import ExperimentTable, OurRow, Printed, _shared, build_table
from storypainter.experiments.writing import as_csv, as_json, latex, markdown, write_files
from storypainter.intervals import t_interval, wilson
from storypainter.score import Score
from storypainter.story import Brief, Dimension, Story
from storypainter.storytellers.reading import read_reply


def test_mean_cell_counts_absent_ones_and_carries_its_interval():
    cell = mean_cell(Column("a", "A", scale=100.0), [0.1, 0.2, None, 0.3], "judge", "why")
    assert cell.value == pytest.approx(20)
    assert (cell.n, cell.absent, cell.judge) == (3, 1, "judge")
    assert (cell.low, cell.high) == pytest.approx([100 * x for x in t_interval([0.1, 0.2, 0.3])])


def test_share_has_wilsons_interval_and_nothing_is_never_zero():
    cell = mean_cell(Column("a", "A", kind="share"), [1.0, 0.0, 1.0], "j", "")
    assert (cell.low, cell.high) == pytest.approx(wilson(2, 3))
    empty = mean_cell(Column("a", "A"), [None, None], "j", "no Seer")
    assert (empty.value, empty.absent, empty.reason) == (None, 2, "no Seer")


def test_an_interval_stays_inside_the_range_of_its_score():
    column = BUILT_IN["legible"]
    cell = mean_cell(column, [1.0, 1.0, 0.0], "j", "")
    assert (cell.low, cell.high) == (0.0, 100.0)
    assert mean_cell(column, [1.0, 1.0, 1.0], "j", "").low is None  # equal: nothing to go by
    assert mean_cell(column, [1.0, 0.0], "j", "").low is None
    assert mean_cell(BUILT_IN["words"], [1.0, 2.0, 90.0], "", "").low == 0.0


def test_what_a_story_and_its_record_answer_by_themselves():
    cut = read_reply("A goat " * 100, with_chains=False, brief=Brief(), finish="length")
    whole = read_reply("A goat stands in the lift. " * 20, with_chains=False, brief=Brief())
    stories = [
        Story(id="a", text=cut.text, notes=cut.notes),
        Story(id="b", text=whole.text, notes=whole.notes),
    ]
    assert [OF_STORIES["words"](story) for story in stories] == [200, 120]
    assert [OF_STORIES["fit_length"](story) for story in stories] == [0, 1]
    assert [OF_STORIES["ended"](story) for story in stories] == [0, 1]


def test_a_share_counts_a_story_once_and_on_its_own_scale():
    assert [BUILT_IN["ended"].of_story(value) for value in (0.0, 1.0)] == [0.0, 100.0]
    counts = Column("loops", "Loops (%)", kind="share", scale=100.0)
    assert [counts.of_story(value) for value in (0.0, 1.0, 7.0)] == [0.0, 100.0, 100.0]
    assert Column("words", "# Word", scale=2.0).of_story(7.0) == 14.0


@pytest.mark.parametrize(
    ("one", "other", "on"),
    [
        ({"mode": "naive", "briefs": "a"}, {"mode": "mini", "briefs": "a"}, "the same Briefs"),
        ({"mode": "mini", "briefs": "a"}, {"mode": "mini", "briefs": "b"}, ""),
        ({"mode": "mini"}, {"storyteller": "mini"}, "the same prompts"),
        ({"mode": "mini"}, {"mode": "mini", "setting": "a quay"}, ""),
    ],
)
def test_rows_that_were_asked_the_same_are_compared_by_item(one, other, on):
    rows = [
        Row(str(number), "", settings={"storyteller": "llama/x", **each})
        for number, each in enumerate((one, other))
    ]
    assert _shared(rows[0], rows[1], {}) == on


@pytest.mark.parametrize(
    ("given", "on"),
    [
        ({"stories": "kept.jsonl", "told_to": "a"}, "the same Briefs"),
        ({"stories": "kept.jsonl", "told_to": "b"}, ""),
        ({"stories": "kept.jsonl"}, ""),
        ({"pictures": "folder", "texts": "kept.jsonl"}, ""),
    ],
)
def test_given_stories_are_compared_by_item_where_it_is_known_what_they_answer(given, on):
    settings = {"mode": "mini", "briefs": "a"}
    assert (
        _shared(Row("0", "", settings=settings), Row("1", "", settings=settings, **given), {}) == on
    )


def test_scores_by_judge_and_by_dimension():
    def score(name, judge, value, **parts):
        return Score(name=name, judge=judge, version="1", value=value, parts=parts)

    marks = Marks(
        scores=(
            score("moment", "offline", 0.0),
            score("moment", "m", 1.0),
            score("alignment", "m", 0.5),
            score("alignment_event", "m", 0.25),
            score("visual_clues", "m", 4.0, event=3.0),
        )
    )
    assert score_of(marks, BUILT_IN["moment"], "m").value == 1.0
    assert score_of(marks, BUILT_IN["moment"], "other").judge == "offline"
    assert dimension_score(marks, BUILT_IN["alignment"], Dimension.EVENT) == 25.0
    assert dimension_score(marks, BUILT_IN["visual_clues"], Dimension.EVENT) == 3.0
    assert dimension_score(marks, BUILT_IN["visual_clues"], Dimension.TIME) is None


def test_paired_differences_use_shared_items_only():
    a = {f"s{k}": float(k) + 1.0 for k in range(20)} | {"alone": 900.0}
    b = {f"s{k}": k + 0.1 * (k % 2) for k in range(20)}
    found = paired("c", "a", "b", a, b, "the same stories")
    assert (found.value, found.n) == (pytest.approx(0.95), 20)
    assert 0.9 < found.low < 0.95 < found.high < 1.0
    equal = paired("c", "a", "b", a, {k: v - 2 for k, v in a.items()}, "the same stories")
    assert (equal.value, equal.low) == (2.0, None)
    assert "all are equal" in equal.reason
    apart = unpaired("c", "a", "b", {k: v for k, v in a.items() if k != "alone"}, b)
    assert apart.low < 0 < apart.high  # the same gap, drowned in the spread of the items
    few = paired("c", "a", "b", {"x": 1.0}, {"x": 2.0}, "the same stories")
    assert few.value is None
    assert "too few" in few.reason


def test_bootstrap_interval_is_near_the_normal_one():
    gaps = [((k * 37) % 101) / 101 for k in range(200)]
    a, b = {str(k): gap for k, gap in enumerate(gaps)}, {str(k): 0.0 for k in range(200)}
    found = paired("c", "a", "b", a, b, "x")
    low, high = t_interval(gaps)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.006)


COLUMNS = (Column("words", "# Word", digits=2), Column("human", "Human (%)", scale=100, digits=1))


@pytest.fixture
def table():
    ours = OurRow(
        "a", "=cmd|' /C calc'!A0 & <b>_x_</b> {50%}", "done", "",
        {"words": Cell(12.5, 10.0, 15.0, 30, 2, "count"), "human": Cell(reason="nobody rated")},
        published="p",
    )  # fmt: skip
    dead = OurRow(
        "b", "+dead", "failed", "line\none", {c.key: Cell(reason="line\none") for c in COLUMNS}
    )
    printed = Printed("p", "GPT-4o", {"words": "179.10", "human": "–"})
    other = Printed("q", "Other", {"words": "1.00", "human": "2.0"})
    return ExperimentTable("T & T", COLUMNS, (ours, dead), (printed, other), "a paper, Table 1")


def test_published_rows_stand_beside_ours_as_printed(table):
    assert [getattr(r, "name", None) or r.id for r in table.lines] == ["a", "p", "b", "q"]
    text = markdown(table)
    assert "GPT-4o (published) | 179.10 | –" in text
    assert "quoted as printed in a paper, Table 1" in text
    assert r"12.50 (10.00 to 15.00; n = 30; 2 absent)" in text
    assert "nobody rated" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}


def test_csv_cells_are_no_formulas_and_numbers_stay_numbers(table):
    rows = list(csv.DictReader(io.StringIO(as_csv(table))))
    assert rows[0]["system"].startswith("'=cmd")
    assert rows[2]["system"] == "'+dead"
    assert float(rows[0]["words"]) == 12.5
    assert rows[1]["source"] == "published"
    assert rows[1]["words"] == "179.10"
    assert rows[0]["human_told"] == "absent: nobody rated"


def test_latex_is_balanced_and_escaped(table):
    text = latex(table)
    body = "\n".join(line for line in text.splitlines() if not line.startswith("%"))
    bare = re.sub(r"\\[\\{}$&#%_]", "", body)
    assert bare.count("{") == bare.count("}")
    assert bare.count("$") % 2 == 0
    assert not set("#_%^~<>") & set(bare)
    begun, ended = re.findall(r"\\begin\{(.*?)\}", body), re.findall(r"\\end\{(.*?)\}", body)
    assert sorted(begun) == sorted(ended)
    lines = [line for line in body.splitlines() if line.endswith(r"\\")]
    assert len(lines) == 5
    assert {len(re.findall(r"(?<!\\)&", line)) for line in lines} == {2}
    assert all("\n" not in line for line in text.splitlines())


def test_json_holds_everything(table):
    plain = orjson.loads(as_json(table))
    assert plain["rows"][0]["cells"]["words"]["absent"] == 2
    assert plain["published"][0]["cells"]["words"] == "179.10"


@pytest.mark.parametrize(
    "svg",
    [
        "<svg><script>x</script></svg>",
        '<svg onload="x"></svg>',
        '<svg><a href="http://x"><text/></a></svg>',
        '<svg><image href="x"/></svg>',
        '<svg><rect fill="url(http://x)"/></svg>',
        '<svg style="x"></svg>',
    ],
)
def test_a_drawing_that_runs_or_loads_is_refused(svg):
    with pytest.raises(ValueError, match="may not hold"):
        checked_fragment(svg)


def test_the_page_is_one_file_without_scripts(small, run, tmp_path):
    rows = """
[[rows]]
name = "one"
label = "<script>alert(1)</script>"
[[rows]]
name = "two"
label = "Two"
quality = "high"
[[rows]]
name = "plans"
label = "Plans"
stories = "given.jsonl"
painter = "none"
[[plots]]
kind = "scatter"
title = "Words"
x = "words"
y = "words"
"""
    told = Path("given.jsonl")
    told.write_text(
        '{"id": "g", "text": "A baker runs.", "chains": [{"dimension": "event", "clues": '
        '[{"text": "a baker runs"}], "conclusion": "the baker is late"}]}'
    )
    path = small(rows)
    run(path)
    experiment = read_experiment(str(path))
    out = tmp_path / "out"
    table = build_table(experiment, out, {})
    page = write_page(experiment, table, out).read_text()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "Content-Security-Policy" in page
    assert "default-src &#x27;none&#x27;" in page
    assert "Painters side by side" in page
    assert page.count("<svg") >= 2  # the plot, and the graph of a planned story's Chains
    assert not re.search(r'(?:src|href)="(?!data:|#)', page)
    assert [p.name for p in write_files(table, out)] == [
        "table.md", "table.tex", "table.csv", "table.json",
    ]  # fmt: skip


def test_plots_by_dimension_are_bars_or_panels_and_leave_out_what_has_no_values(write):
    plot = '[[plots]]\nkind = "{}"\ntitle = "Clues"\ncolumn = "visual_clues"\n'
    path = write(
        'columns = ["visual_clues"]\n[[rows]]\nname = "a"\nstoryteller = "planner"\n'
        + plot.format("dimension_bars")
        + plot.format("dimension_panels")
    )
    experiment = read_experiment(str(path))
    column = experiment.columns[0]

    def row(label, bars):
        return OurRow(label, label, "done", "", {column.key: Cell(1.0)}, bars={column.key: bars})

    known = {Dimension.EVENT: (3.0, 2.0, 4.0)}
    rows = (row("Naive: GPT-4o", known), row("CoR-Guided: GPT-4o", known), row("none", {}))
    drawn = list(plots(experiment, ExperimentTable("T", (column,), rows)))
    assert len(drawn) == 2
    assert all(checked_fragment(svg).startswith("<svg") for svg in drawn)
    assert "CoR-Guided" in drawn[1]
    assert "GPT-4o" in drawn[1]
    assert "none" not in re.sub(r'fill="none"', "", drawn[1])
    many = tuple(row(f"r{k}", known) for k in range(9))
    assert len(list(plots(experiment, ExperimentTable("T", (column,), many)))) == 3
