"""Experiment files of ablations: what is read, what is refused, and the one that comes along."""

from __future__ import annotations

from pathlib import Path

import pytest

from storypainter.cli.main import cli
from storypainter.errors import BadInput
from storypainter.sequences.judging.ablating import read_ablations

ROW = '[[rows]]\nlabel = "{}"\ntold = "x"\ncommands = ["c"]\n'


def test_the_file_that_comes_along_has_the_papers_rows():
    plan = read_ablations(Path("ablations"))
    assert [row.label for row in plan.rows] == [
        "Full model", "w/o instruction tuning", "w/o reinforcement learning", "w/o learned modules",
    ]  # fmt: skip
    assert any("--train language" in line for line in plan.rows[3].commands)
    assert not any("train rl" in line for line in plan.rows[2].commands)
    assert not any("train sft" in line for line in plan.rows[1].commands)


def test_its_commands_are_commands_with_options_that_there_are():
    import click

    for row in read_ablations(Path("ablations")).rows:
        for line in row.commands:
            words = line.split()
            assert words[0] == "storypainter"
            command: click.Command = cli
            context = click.Context(command)
            rest = words[1:]
            while isinstance(command, click.Group):
                command = command.get_command(context, rest.pop(0))
                assert command is not None, line
            options = {name for each in command.params for name in each.opts}
            assert {word for word in rest if word.startswith("--")} <= options, line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[[", "not valid TOML"),
        ('title = "t"\n', "rows"),
        ('title = "t"\nrows = []\n', "rows"),
        ('title = "t"\n' + ROW.format("a") + ROW.format("a"), "two rows"),
        ('title = "t"\n[[rows]]\nlabel = "a"\ntold = "x"\n', "commands"),
        ('title = "t"\nmore = 1\n' + ROW.format("a"), "more"),
    ],
)
def test_a_broken_file_says_what_is_wrong(tmp_path, text, said):
    path = tmp_path / "rows.toml"
    path.write_text(text)
    with pytest.raises(BadInput, match=said):
        read_ablations(path)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(BadInput, match="can't be read"):
        read_ablations(tmp_path / "away.toml")
