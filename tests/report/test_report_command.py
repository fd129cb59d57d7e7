from __future__ import annotations

import orjson
import pytest
from page_reading import read_page
from sample_runs import make_run, rich_entries

from storypainter.cli.main import cli, run


@pytest.fixture
def made(tmp_path):
    return make_run(tmp_path / "run", rich_entries())


def test_report_prints_where_the_page_is(made, capsys):
    assert run(cli, ["report", str(made)]) == 0
    assert capsys.readouterr().out == f"{made / 'report.html'}\n"
    read_page(made / "report.html")


def test_report_json_prints_the_numbers(made, tmp_path, capsys):
    page = tmp_path / "mail.html"
    assert run(cli, ["report", str(made), "--out", str(page), "--json"]) == 0
    plain = orjson.loads(capsys.readouterr().out)
    assert plain["page"] == str(page)
    assert plain["stories"] == 3
    assert plain["pictures"] == 2
    assert plain["success_rate"]["n"] == 3
    assert plain["success_rate"]["interval"] == pytest.approx([20.7655, 93.8508], abs=1e-3)
    assert plain["linked"] is False
    assert page.is_file()
    assert not (made / "report.html").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nowhere"], 6, "holds no run.db"),
        (["{run}", "--out", "{run}/run.db"], 2, "no name for an HTML page"),
        ([], 2, "Missing argument"),
    ],
)
def test_errors_are_one_line_and_an_exit_code(made, capsys, arguments, code, message):
    assert run(cli, ["report", *(each.format(run=made) for each in arguments)]) == code
    assert message in capsys.readouterr().err
