"""``storypainter experiment`` on the command line."""

from __future__ import annotations

import orjson

from storypainter.cli.main import run

ROWS = '[[rows]]\nname = "one"\nlabel = "One"\n'


def test_runs_resumes_and_writes_the_table(small, tmp_path, capsys):
    path, out = small(ROWS), tmp_path / "exp"
    arguments = ["experiment", str(path), "--out", str(out), "--n", "2"]
    assert run_main(arguments) == 0
    told = capsys.readouterr().out
    assert "One: done" in told
    assert {p.name for p in out.iterdir()} >= {"table.md", "table.tex", "table.csv", "index.html"}
    assert run_main([*arguments, "--json"]) == 0
    assert orjson.loads(capsys.readouterr().out)["rows"]["one"]["status"] == "done"
    assert run_main([*arguments, "--table"]) == 0


def test_failed_rows_give_exit_code_3(small, tmp_path, capsys):
    path = small(ROWS + '[[rows]]\nname = "bad"\nstoryteller = "llama/nothing"\n')
    assert run_main(["experiment", str(path), "--out", str(tmp_path / "e"), "--quiet"]) == 3
    assert "no GGUF file" in (tmp_path / "e" / "table.md").read_text()
    assert run_main(["experiment", str(path), "--out", str(tmp_path / "e"), "--only", "one"]) == 0


def test_dry_run_calls_and_writes_nothing(small, tmp_path, capsys):
    out = tmp_path / "e"
    assert run_main(["experiment", "table1", "--out", str(out), "--dry-run", "--json"]) == 0
    plain = orjson.loads(capsys.readouterr().out)
    assert not out.exists()
    stories = [p for p in plain["parts"] if p["step"] == "story" and p["row"].startswith("gpt-4o-")]
    assert [p["calls"] for p in stories] == [30, 30]  # shared stories count once a mode
    assert plain["likely_usd"] > 0


def test_names_are_listed_and_mistakes_are_one_line(capsys):
    assert run_main(["experiment"]) == 0
    assert "laptop" in capsys.readouterr().out
    assert run_main(["experiment", "tabel1"]) == 2
    assert "did you mean table1" in capsys.readouterr().err


def test_table3_validates_diversity_beside_the_paper(write, tmp_path, capsys):
    path = write(
        'kind = "diversity_validation"\npublished = "table3"\n'
        '[evaluation]\nembedder = "rehearsal"\n[validation]\nlevels = 3\nsize = 8\n'
    )
    out = tmp_path / "t3"
    assert run_main(["experiment", str(path), "--out", str(out)]) == 0
    text = (out / "table.md").read_text()
    assert "0.958 (0.000)" in text
    assert "KNN Distance (w/ summarizer)" in text
    assert "not the same question" in text


def run_main(arguments):
    from storypainter.cli.main import cli

    return run(cli, arguments)
