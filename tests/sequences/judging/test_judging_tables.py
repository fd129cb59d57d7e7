"""The tables: means, paired differences, the published rows as published, and the files."""

from __future__ import annotations

import csv
import io

import orjson
import pytest

from storypainter.score import Score
from storypainter.sequences.judging.means import difference, mean_of
from storypainter.sequences.judging.published import published
from storypainter.sequences.judging.tables import (
    TABLE1,
    TABLE3,
    TABLE4,
    Column,
    Table,
    judged_tables,
    of_criteria,
    order_table,
    table_of,
)
from storypainter.sequences.judging.writing import (
    as_csv,
    latex,
    markdown,
    remarks,
    verdicts,
    write_tables,
)

# As the paper prints them.
PAPER = {
    "table1": """
        Qwen-VL 7.8 7.5 7.4 7.6
        MiniGPT-4 8.0 7.7 7.5 7.8
        LLaVA-1.5 7B 8.2 7.9 7.7 8.0
        Our Method 8.9 8.7 8.5 8.7""",
    "table2": """
        Qwen-VL 7.6 7.4 7.3 7.5
        MiniGPT-4 7.9 7.6 7.4 7.7
        LLaVA-1.5 7B 8.1 7.8 7.6 7.9
        Our Method 8.8 8.6 8.4 8.6""",
    "table3": """
        Full Model 8.9 8.7 8.5 8.7
        w/o Instruction Tuning 7.5 7.3 7.2 7.4
        w/o Reinforcement Learning 8.1 7.9 7.7 8.0
        w/o Learned Modules 7.8 7.6 7.4 7.7""",
    "table4": """
        Qwen-VL 7.6 7.5 7.4 7.5
        MiniGPT-4 7.8 7.7 7.5 7.7
        LLaVA-1.5 7B 8.0 7.9 7.8 8.0
        Our Method 8.8 8.7 8.6 8.7""",
}


@pytest.mark.parametrize("name", PAPER)
def test_published_rows_are_as_published(name):
    table = published(name)
    lines = [line.split() for line in PAPER[name].strip().splitlines()]
    assert [(label, *values) for label, values in table.rows] == [
        (" ".join(line[:-4]), *line[-4:]) for line in lines
    ]


def test_what_is_said_of_the_human_table_is_true():
    machine, people = published("table1"), published("table2")
    gaps = [
        round(float(a) - float(b), 1)
        for (_, one), (_, other) in zip(machine.rows, people.rows, strict=True)
        for a, b in zip(one, other, strict=True)
    ]
    assert (gaps.count(0.1), len(gaps)) == (15, 16)
    assert "15 of these 16" in people.notes[0]


def test_the_layouts_hold_the_papers_columns():
    assert set(published("table1").columns) <= set(TABLE1)
    assert published("table3").columns == TABLE3
    assert published("table4").columns == TABLE4
    assert published("grounding") is None


# ------------------------------------------------------------------------------- means


def scored(*values, judge="j"):
    return {
        f"s{at}": Score(name="coherence", judge=judge, version="1", value=value)
        if value is not None
        else Score(name="coherence", judge=judge, version="1", absent="refused")
        for at, value in enumerate(values)
    }


def test_a_mean_has_its_n_its_interval_and_its_absences():
    found = mean_of(scored(4.0, 6.0, 8.0, None), "coherence", least=1, most=10, missing=2)
    assert (found.value, found.n) == (6.0, 3)
    # t(2) = 4.30265, standard error 2/sqrt(3)
    assert found.interval == pytest.approx((6 - 4.30265 * 1.154701, 10.0), abs=1e-4)
    assert found.reason == "2 absent: not told; 1 absent: refused"
    assert found.judge == "j"


def test_a_mean_of_nothing_is_absent():
    assert mean_of(scored(None, None), "coherence").absent == "refused"
    assert mean_of({}, "coherence").absent == "nothing was told"


def test_equal_values_have_no_interval():
    assert mean_of(scored(7.0, 7.0, 7.0), "coherence", least=1, most=10).interval is None


def test_a_paired_difference_by_hand():
    found = difference("coherence", "a", "b", scored(5.0, 7.0, 9.0), scored(4.0, 5.0, 6.0, 3.0))
    # gaps 1, 2, 3: mean 2, standard error 1/sqrt(3), t(2) = 4.30265
    assert (found.value, found.n) == (2.0, 3)
    assert (found.low, found.high) == pytest.approx((2 - 2.48414, 2 + 2.48414), abs=1e-4)


def test_a_difference_of_two_is_absent():
    found = difference("coherence", "a", "b", scored(5.0, 7.0), scored(4.0, 5.0))
    assert found.value is None
    assert "too few" in found.reason


def test_equal_differences_have_no_interval():
    found = difference("coherence", "a", "b", scored(5.0, 6.0, 7.0), scored(4.0, 5.0, 6.0))
    assert (found.value, found.low) == (1.0, None)


# ------------------------------------------------------------------------------- tables


def scores():
    return {
        "mine": {"coherence": scored(5.0, 7.0, 9.0)},
        "other": {"coherence": scored(4.0, 5.0, 6.0)},
    }


def test_judged_tables_have_ours_published_and_differences():
    tables = {table.name: table for table in judged_tables("j", scores(), {})}
    assert set(tables) == {"table1", "table4", "consistency"}
    first = tables["table1"]
    assert [row.system for row in first.rows] == ["mine", "other"]
    assert first.rows[0].cells["coherence"].value == 7.0
    assert first.rows[0].cells["relevance"].absent
    assert first.printed.rows[0][0] == "Qwen-VL"
    assert [(d.one, d.other, d.n) for d in first.differences] == [("mine", "other", 3)]
    assert tables["consistency"].printed is None


def test_markdown_marks_what_is_published_and_names_the_judge():
    text = markdown(judged_tables("judge x", scores(), {"mine": 1})[0])
    assert "judged by judge x" in text
    assert "| Qwen-VL (published) | 7.8 | 7.5 | 7.4 | – | 7.6 |" in text
    assert "| mine | 7.0 (2.0 to 10.0; n = 3) | absent |" in text
    assert "mine: Coherence: 1 absent: not told" in text
    assert "nothing of them was measured here" in text
    assert "2.00 (−0.48 to 4.48)" in text


def test_latex_escapes_and_sets_published_rows_apart():
    rows = {"50%_of & more": {"coherence": scored(5.0, 7.0, 9.0)}}
    text = latex(judged_tables("j", rows, {})[0])
    assert r"50\%\_of \& more & 7.0 [2.0, 10.0] (3) & absent" in text
    assert r"\textit{Our Method (published)}" in text
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")


def test_csv_says_where_each_row_is_from_and_runs_no_formula():
    rows = {"=cmd()": {"coherence": scored(5.0, 7.0, 9.0)}}
    read = list(csv.DictReader(io.StringIO(as_csv([judged_tables("j", rows, {})[0]]))))
    assert [(row["system"], row["source"]) for row in read][:2] == [
        ("'=cmd()", "ours"),
        ("Qwen-VL", "published"),
    ]
    assert read[0]["coherence"] == "7.0"
    assert read[0]["coherence_told"] == "j"
    assert read[1]["coherence"] == "7.8"
    assert "Table 1" in read[1]["coherence_told"]


def test_a_score_of_the_whole_set_takes_the_means_place():
    whole = {"mine": {"bleu": Score(name="bleu", judge="lib", version="1", value=12.5, n=3)}}
    table = table_of(
        "surface", "t", "", (Column("bleu", "BLEU", 0, 100, 1),), scores(), {}, whole=whole
    )
    assert table.rows[0].cells["bleu"].value == 12.5
    assert "BLEU: by lib" in markdown(table)


def test_order_differences_are_true_less_shuffled():
    pairs = {"mine": ({"coherence": scored(5.0, 7.0, 9.0)}, {"coherence": scored(4.0, 5.0, 6.0)})}
    (found,) = order_table(pairs, of_criteria(["coherence"]))
    assert (found.other, found.value) == ("mine, shuffled", 2.0)


@pytest.mark.parametrize(
    ("true", "lost", "said"),
    [
        ((5.0, 7.0, 9.0, 8.0), (3.0, 4.0, 5.0, 5.0), "shuffled pictures scored lower: Coherence."),
        ((3.0, 4.0, 5.0, 5.0), (5.0, 7.0, 9.0, 8.0), "shuffled pictures scored higher: Coherence."),
        ((5.0, 7.0, 9.0), (6.0, 5.0, 9.0), "no difference shown: Coherence."),
        ((5.0, 7.0, 9.0), (5.0, 7.0, 9.0), "no difference shown: Coherence."),
        ((5.0, 7.0, 9.0), (4.0, 6.0, 8.0), "scored lower (by the same in every sequence"),
        ((5.0, 7.0), (4.0, 6.0), "too few sequences to say: Coherence."),
    ],
)
def test_order_sensitivity_is_said_in_words(true, lost, said):
    columns = of_criteria(["coherence"])
    pairs = {"mine": ({"coherence": scored(*true)}, {"coherence": scored(*lost)})}
    table = Table("order", "Order sensitivity", "j", columns, (), None, order_table(pairs, columns))
    assert verdicts(table)[0].startswith("mine: ")
    assert said in verdicts(table)[0]
    assert verdicts(table)[0] in remarks(table)
    assert not verdicts(judged_tables("j", scores(), {})[0])


def test_each_outcome_has_its_columns():
    columns = of_criteria(["coherence", "relevance"])
    true = {"coherence": scored(5.0, 7.0, 9.0, 8.0), "relevance": scored(5.0, 7.0, 9.0, 8.0)}
    lost = {"coherence": scored(3.0, 4.0, 5.0, 5.0), "relevance": scored(6.0, 5.0, 9.0, 9.0)}
    table = Table(
        "order", "t", "j", columns, (), None, order_table({"mine": (true, lost)}, columns)
    )
    assert verdicts(table) == [
        "mine: shuffled pictures scored lower: Coherence.",
        "mine: no difference shown: Relevance.",
    ]


def test_files_are_written_for_people_and_programs(tmp_path):
    tables = judged_tables("j1", scores(), {}) + judged_tables("j2", scores(), {})
    write_tables(tables, tmp_path, "A title", ["a note"])
    names = {path.name for path in tmp_path.iterdir()}
    assert {
        "tables.md",
        "tables.json",
        "table1.md",
        "table1.csv",
        "table1.tex",
        "table4.csv",
    } <= names
    assert "judged by j1" in (tmp_path / "table1.md").read_text()
    assert "judged by j2" in (tmp_path / "table1.md").read_text()
    rows = list(csv.DictReader(io.StringIO((tmp_path / "table1.csv").read_text())))
    assert [row["judge"] for row in rows if row["system"] == "mine"] == ["j1", "j2"]
    assert sum(row["source"] == "published" for row in rows) == 4
    plain = orjson.loads((tmp_path / "tables.json").read_bytes())
    assert plain["notes"] == ["a note"]
    assert plain["tables"][0]["published"][3]["values"]["coherence"] == "8.9"
