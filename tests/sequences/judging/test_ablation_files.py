"""Experiment files of ablations: what is read, what is refused, and the one that comes along."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest
from told_sequences import sequence, told_folder

from storypainter.cli.main import cli
from storypainter.errors import BadInput
from storypainter.sequences.judging.ablating import (
    AblationRow,
    Ablations,
    check_paths,
    commands_of,
    read_ablations,
)
from storypainter.sequences.sets import split_by_source

ROW = '[[rows]]\nlabel = "{}"\ntold = "x"\ncommands = ["c"]\n'


def test_the_file_that_comes_along_has_the_papers_rows():
    plan = read_ablations(Path("ablations"))
    assert [row.label for row in plan.rows] == [
        "Full model", "w/o instruction tuning", "w/o reinforcement learning", "w/o learned modules",
    ]  # fmt: skip
    assert any("--train language" in line for line in plan.rows[3].commands)
    assert not any("train rl" in line for line in plan.rows[2].commands)
    assert not any("train sft" in line for line in plan.rows[1].commands)


def parsed(line):
    """The command of a line and its options, as the command line itself understands them."""
    program, *words = shlex.split(line)
    assert program == "storypainter"
    command: click.Command = cli
    context = click.Context(command)
    while isinstance(command, click.Group):
        name = words.pop(0)
        command = command.get_command(context, name)
        assert command is not None, line
        context = click.Context(command, context, name)
    return command.name, command.make_context(command.name, words, context.parent).params


@pytest.fixture
def plan(tmp_path, monkeypatch):
    """The file that comes along, where the folders are that its commands begin with."""
    monkeypatch.chdir(tmp_path)
    for name in ("tasks", "pictures", "encoder", "sequences"):
        (tmp_path / "data" / name).mkdir(parents=True)
    return read_ablations(Path("ablations"))


def test_the_command_line_understands_every_command(plan):
    for line in (*plan.commands, *(line for row in plan.rows for line in row.commands)):
        assert parsed(line)[1], line


def steps(row):
    """A row's commands with their options, without the names of its own folders."""
    own = ("out", "from_adapter", "adapter")
    found = {}
    for line in row.commands:
        name, options = parsed(line)
        if options.get("shuffle_seed") is None:
            found[name] = {key: value for key, value in options.items() if key not in own}
    return found


def test_rows_differ_in_what_they_ablate_alone(plan):
    full, no_tuning, no_rewards, no_modules = map(steps, plan.rows)
    assert list(full) == ["sft", "rl", "tell"]
    assert full["rl"]["nll"] is None  # the paper's 1
    assert no_tuning == {"rl": full["rl"] | {"nll": 0.0}, "tell": full["tell"]}
    assert no_rewards == {"sft": full["sft"], "tell": full["tell"]}
    language = {"parts": "language"}
    assert no_modules == {
        "sft": full["sft"] | language, "rl": full["rl"] | language, "tell": full["tell"],
    }  # fmt: skip


def test_each_step_goes_on_from_the_one_before(plan):
    for row in plan.rows:
        came = ""
        for line in row.commands:
            _, options = parsed(line)
            before = options.get("from_adapter") or options.get("adapter") or ""
            assert before == (came and f"{came}/adapter"), line
            if options.get("tasks"):
                came = str(options["out"])
        told = [parsed(line)[1] for line in row.commands if " tell " in line]
        assert str(told[0]["out"]) == row.told
    shuffled = parsed(plan.rows[0].commands[-1])[1]
    assert (str(shuffled["out"]), shuffled["shuffle_seed"]) == (plan.rows[0].shuffled, 1)


def test_as_many_are_told_as_the_set_has_for_its_test(plan):
    made = parsed(plan.commands[0])[1]
    assert str(made["out"]) == plan.set
    rows = [sequence(f"s{at}") for at in range(made["number"])]
    test = len(split_by_source(rows, 0)["test"])
    asked = {parsed(line)[1]["n"] for row in plan.rows for line in row.commands if " tell " in line}
    assert asked == {test} == {120}


def test_one_base_is_made_and_learns_in_every_row(plan):
    built = str(next(parsed(line)[1]["out"] for line in plan.commands if " build " in line))
    for row in plan.rows:
        for line in row.commands:
            _, options = parsed(line)
            base = options.get("base") or options["model"].removeprefix("transformers/")
            assert Path(base) == Path(built), line


def test_rows_say_what_they_leave_out(plan):
    assert [bool(row.note) for row in plan.rows] == [False, True, True, True]
    assert all(row.note in commands_of(plan) for row in plan.rows)


def row(told="told", **more):
    return AblationRow(label="a", told=told, commands=("c",), **more)


def test_a_slip_in_a_path_is_told_by_file_and_key(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told_folder(tmp_path / "told", [sequence()])
    plan = Ablations(title="t", rows=(row(shuffled="shufled"),))
    with pytest.raises(BadInput, match=r"x\.toml: row 'a': shuffled = 'shufled': nothing is told"):
        check_paths(plan, "x.toml")
    plan = Ablations(title="t", set="sett", rows=(row(),))
    with pytest.raises(BadInput, match=r"x\.toml: set = 'sett': there is no such folder"):
        check_paths(plan, "x.toml")
    check_paths(plan, "x.toml", of_set=False)  # another set is named on the command line
    # A row that isn't told yet has no shuffled telling either.
    check_paths(Ablations(title="t", rows=(row("away", shuffled="away-too"),)), "x.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[[", "not valid TOML"),
        ('title = "t"\n', "rows"),
        ('title = "t"\nrows = []\n', "rows"),
        ('title = "t"\n' + ROW.format("a") + ROW.format("a"), "two rows"),
        ('title = "t"\n[[rows]]\nlabel = "a"\ntold = "x"\n', "commands"),
        ('title = "t"\npart = "tset"\n' + ROW.format("a"), "part"),
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
