"""Experiment files: what is refused, where, and what comes with the package."""

from __future__ import annotations

import pytest

from storypainter.errors import BadInput
from storypainter.experiments.spec import names, read_experiment

ROW = '[[rows]]\nname = "a"\nstoryteller = "planner"\n'


@pytest.mark.parametrize("name", names())
def test_packaged_experiments_are_valid(name):
    experiment = read_experiment(name)
    assert experiment.title
    assert experiment.kind == "diversity_validation" or experiment.rows


def test_table1_has_all_prompted_rows_and_both_rows_of_people():
    rows = read_experiment("table1").rows
    assert len(rows) == 34
    assert sum(bool(row.pictures) for row in rows) == 2
    assert next(row for row in rows if row.name == "cogbench-top30").top_human == 30
    assert {row.n for row in rows if not row.pictures} == {30}
    keys = {row.story_key for row in rows if row.settings.get("storyteller") == "openai/gpt-4o"}
    assert len(keys) == 2  # five rows, two modes: painters share stories


def test_naive_gpt_rows_are_published_as_naive():
    table = read_experiment("table1").published
    value = {row.id: table.value(row, "diversity") for row in table.rows}
    assert value["gpt-4o-naive-dalle3"] == "0.312"
    assert value["gpt-4.1-naive-gpt-image-1-medium"] == "0.262"
    assert value["gpt-4o-cor-gpt-image-1-auto"] == "0.393"
    last = table.row("gpt-4.1-cor-gpt-image-1-auto")
    assert last.values == ("100", "183.13", "8.93", "0.367", "61.0", "62.9")


def test_every_row_of_a_table_stands_beside_its_published_one():
    for name in ("table1", "table2"):
        experiment = read_experiment(name)
        assert {r.published for r in experiment.rows} == {r.id for r in experiment.published.rows}


def test_distilled_rows_say_why_they_do_not_run():
    rows = read_experiment("table2").rows
    assert [bool(r.not_runnable) for r in rows].count(False) == 5
    assert all("Mini" in r.label for r in rows if r.not_runnable)


def test_paper_preset_names_every_judge():
    spec = read_experiment("table1").evaluation
    assert spec["seer"] == "openai/gpt-4o"
    assert spec["key_points"] == "openai/gpt-4.1"
    assert spec["summariser"] == "openai/gpt-4.1-mini"
    assert spec["embedder"].endswith("Qwen3-Embedding-0.6B")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('titel = "x"\n' + ROW, "exp.toml: unknown key 'titel' (did you mean title?)"),
        ('columns = ["wrods"]\n' + ROW, "unknown column 'wrods' (did you mean words?)"),
        (ROW + "paintr = 'ink'\n", "exp.toml, row a: unknown key 'paintr' (did you mean painter?)"),
        (ROW + "painter = 'opnai/x'\n", "exp.toml, row a, painter: unknown provider 'opnai'"),
        (ROW + ROW, "exp.toml, row a: the name is used twice"),
        (ROW + "n = 0\n", "exp.toml, row a, n: 0 is no whole number of at least 1"),
        ('[[rows]]\nname = "A b"\n', "a name is lower-case letters"),
        ('[[rows]]\nname = "a"\ntop_human = 3\n', "top_human needs people's ratings"),
        ('[[rows]]\nname = "a"\npictures = "x"\n', "pictures and texts belong together"),
        (ROW + 'published = "zz"\n', "exp.toml, row a: no published row 'zz'"),
        ('published = "table9"\n' + ROW, "no published table 'table9' (did you mean table"),
        ('preset = "papr"\n' + ROW, "unknown preset 'papr' (did you mean paper?)"),
        ('compare = [["a", "b"]]\n' + ROW, "exp.toml, compare: no row 'b'"),
        (ROW + "[evaluation]\nevaluators = 'momnt'\n", "[evaluation]: no evaluator 'momnt'"),
        (ROW + "[evaluation]\nseer = 'nobody/x'\n", "[evaluation]: unknown provider 'nobody'"),
        (ROW + "[[plots]]\nkind = 'pie'\n", "unknown kind 'pie'"),
        ("x = [", "exp.toml is not valid TOML"),
        ("", "exp.toml: no rows"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(write, text, said):
    with pytest.raises(BadInput) as caught:
        read_experiment(str(write(text, "exp.toml")))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_name_suggests_a_known_one():
    with pytest.raises(BadInput, match="did you mean table1"):
        read_experiment("tabel1")


def test_n_and_base_url_override(write):
    path = write('[defaults]\nn = 30\n[[rows]]\nname = "a"\nn = 12\nstoryteller = "planner"\n')
    experiment = read_experiment(str(path), n=2, base_url="http://127.0.0.1:1/v1")
    assert experiment.rows[0].n == 2
    assert experiment.rows[0].settings["base_url"] == "http://127.0.0.1:1/v1"
    assert experiment.evaluation["base_url"] == "http://127.0.0.1:1/v1"
