"""``storypainter sequences tasks``: from a set to a folder of tasks."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter

import orjson
import pytest
from small_sequences import bare, sausages, write_small_set

from storypainter.cli.main import run
from storypainter.cli.sequences_tasks import command
from storypainter.errors import BadInput
from storypainter.sequences.sets import read_set, split_by_source, write_set
from storypainter.sequences.tasks.rows import read_task_set

OTHER = {"caption": 1, "continuation": 1, "consistency": 1, "emotion": 1, "telling": 2}


@pytest.fixture(scope="module")
def small_set(tmp_path_factory):
    return write_small_set(tmp_path_factory.mktemp("set") / "small")


def tasks(source, out, *flags):
    return run(command, [str(source), "--out", str(out), *flags])


@pytest.fixture(scope="module")
def made(small_set, tmp_path_factory):
    out = tmp_path_factory.mktemp("tasks") / "tasks"
    assert tasks(small_set, out, "--quiet") == 0
    return out


def files(folder):
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*") if path.is_file()
    }  # fmt: skip


def test_weights_are_met_and_the_parts_are_those_of_the_set(small_set, made):
    told, source = read_task_set(made), read_set(small_set)
    counts = Counter(row.task for row in told.train)
    assert counts["telling"] == len(source.sequences("train")) == 48
    assert {task: count * 2 for task, count in counts.items() if task != "telling"} == {
        task: 48 for task in OTHER if task != "telling"
    }
    assert {row.sequence for row in told.train} <= {each.id for each in source.sequences("train")}
    held = {each.id for each in source.sequences("validation")}
    assert {row.sequence for row in told.heldout} <= held
    assert len(told.heldout) == 3 * len(held)


def test_nothing_of_the_test_part_is_used(small_set, made):
    told = read_task_set(made)
    unused = read_set(small_set).sequences("test")
    pictures = {frame.picture.sha256 for each in unused for frame in each.frames}
    assert unused
    assert not told.sequences.keys() & {each.id for each in unused}
    assert not pictures & {path.stem for path in (made / "pictures").iterdir()}


def test_rows_show_the_pictures_of_the_frames_that_they_name(made):
    told = read_task_set(made)
    for row in (*told.train, *told.heldout):
        frames = told.sequences[row.sequence].frames
        for image, at, path in zip(row.images, row.frames, told.pictures(row), strict=True):
            assert at is None or frames[at].picture.file == image
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem


def test_pictures_are_linked_and_not_copied_where_that_can_be(small_set, made):
    for path in (made / "pictures").iterdir():
        assert path.stat().st_ino == (small_set / "pictures" / path.name).stat().st_ino


def test_pictures_are_copied_where_links_cannot_be(small_set, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    assert tasks(small_set, tmp_path / "out", "--quiet", "-n", "6") == 0
    path = next((tmp_path / "out" / "pictures").iterdir())
    assert path.stat().st_nlink == 1
    assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem


def test_the_same_command_again_changes_nothing(small_set, made):
    before = files(made)
    assert tasks(small_set, made, "--quiet") == 0
    assert files(made) == before


def test_the_same_question_gives_the_same_files_elsewhere(small_set, made, tmp_path):
    assert tasks(small_set, tmp_path / "again", "--quiet") == 0
    assert {name: data for name, (data, _) in files(tmp_path / "again").items()} == {
        name: data for name, (data, _) in files(made).items()
    }


def test_a_damaged_folder_is_mended(small_set, tmp_path):
    out = tmp_path / "out"
    assert tasks(small_set, out, "--quiet", "-n", "12") == 0
    before = {name: data for name, (data, _) in files(out).items()}
    (out / "train.jsonl").write_text("{}\n")
    next((out / "pictures").iterdir()).unlink()
    assert tasks(small_set, out, "--quiet", "-n", "12") == 0
    assert {name: data for name, (data, _) in files(out).items()} == before


def test_a_folder_without_a_manifest_is_gone_on_with(small_set, made, tmp_path):
    out = tmp_path / "out"
    (out / "pictures").mkdir(parents=True)
    (out / "pictures" / ("0" * 64 + ".png")).write_bytes(b"of before")
    (out / "train.jsonl").write_text("half")
    assert tasks(small_set, out, "--quiet") == 0
    assert {name: data for name, (data, _) in files(out).items()} == {
        name: data for name, (data, _) in files(made).items()
    }


@pytest.mark.parametrize(("flags", "message"), [
    (["-n", "12"], "tasks of another -n (0, now 12)"),
    (["--seed", "1"], "tasks of another --seed (0, now 1)"),
    (["--frames-max", "4"], "tasks of another --frames-max (6, now 4)"),
    (["--weights", "caption=1,telling=2"], "tasks of another --weights"),
])  # fmt: skip
def test_another_question_is_refused_with_what_differs(small_set, made, flags, message, capsys):
    before = files(made)
    assert tasks(small_set, made, *flags) == 2
    assert message in capsys.readouterr().err
    assert files(made) == before


def test_another_set_is_refused(made, tmp_path, capsys):
    other = write_small_set(tmp_path / "other", 12)
    assert tasks(other, made) == 2
    assert "tasks of another set of sequences" in capsys.readouterr().err


def test_other_folders_are_left_alone(small_set, tmp_path, capsys):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("Dear")
    assert tasks(small_set, tmp_path / "letters") == 6
    assert "is not empty and no folder of tasks (it holds 'letter.txt')" in capsys.readouterr().err
    assert tasks(small_set, small_set) == 6
    assert "is not empty and no folder of tasks" in capsys.readouterr().err
    assert tasks(small_set, tmp_path / "letters" / "letter.txt") == 6
    assert "is not a folder" in capsys.readouterr().err


def test_what_is_asked_for_is_made_and_what_runs_out_is_said(small_set, tmp_path, capsys):
    out = tmp_path / "out"
    assert tasks(small_set, out, "--weights", "consistency=1,telling=9", "-n", "60") == 0
    told = read_task_set(out)
    assert Counter(row.task for row in told.train) == {"telling": 48, "consistency": 12}
    assert "telling ran out to learn from, at 48 rows" in capsys.readouterr().out
    assert told.manifest["ran_out"]["train"] == ["telling"]


def test_telling_from_descriptions_is_made_where_it_is_named(small_set, made, tmp_path):
    assert not any(row.task == "described" for row in read_task_set(made).train)
    out = tmp_path / "out"
    assert tasks(small_set, out, "--quiet", "--weights", "telling=1,described=1") == 0
    rows = read_task_set(out).train
    assert len({row.id for row in rows}) == len(rows) == 2 * 48
    plain = {row.sequence: row for row in rows if row.task == "telling"}
    for row in rows:
        if row.task == "described":
            same = plain[row.sequence]
            assert (row.images, row.text) == (same.images, same.text)
            assert row.question.count("\nPicture ") == len(row.images) - row.question.startswith(
                "Picture 1"
            )
    card = (out / "README.md").read_text("utf-8")
    assert "from all pictures and a description of each" in card


def test_answers_cannot_be_guessed_and_the_card_says_so(made):
    told = read_task_set(made)
    known = {(each["task"], each["form"]): each for each in told.manifest["guessable"]["train"]}
    for form in ("again", "same person", "same place"):
        each = known["consistency", form]
        assert each["right"] <= (each["n"] + 1) // 2
    card = (made / "README.md").read_text()
    assert "best constant answer" in card
    assert "| train | consistency | again |" in card
    assert "| telling | all pictures in order" in card
    assert re.search(
        r"^\| telling .* \| 48 \| .* \[[\d., ]+\] \(95 %, n = 48\) \|$", card, re.MULTILINE
    )


def test_few_answers_have_a_mean_and_no_interval(small_set, tmp_path):
    assert tasks(small_set, tmp_path / "out", "--quiet", "-n", "4", "--weights", "telling=1") == 0
    card = (tmp_path / "out" / "README.md").read_text()
    assert re.search(r"^\| telling .* \(no interval: n = 4, fewer than 5\) \|$", card, re.MULTILINE)


def test_json_says_what_was_made(small_set, tmp_path, capsys):
    assert tasks(small_set, tmp_path / "out", "--json", "-n", "12") == 0
    plain = orjson.loads(capsys.readouterr().out)
    assert plain["rows"]["train"] == 12
    assert plain["tasks"]["train"]["telling"] == 4
    assert plain["weights"] == OTHER


def written(path, *sequences, parts=None):
    """A set of sequences whose pictures lie nowhere."""
    path.mkdir()
    plain = {"format": 1, "files": {}, "licence": ""}
    told = parts or {"train": sequences}
    for part in ("train", "validation", "test"):
        data = b"".join(each.to_json().encode() + b"\n" for each in told.get(part, ()))
        (path / f"{part}.jsonl").write_bytes(data)
        plain["files"][f"{part}.jsonl"] = hashlib.sha256(data).hexdigest()
    (path / "sequences.json").write_bytes(orjson.dumps(plain))
    return path


def test_a_set_without_annotations_is_refused_with_the_reasons(tmp_path, capsys):
    source = written(tmp_path / "set", bare(frames=1))
    assert tasks(source, tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert "no row can be made" in said
    assert "telling: one picture alone" in said or "continuation: one picture alone" in said
    assert not (tmp_path / "out").exists()


def test_a_set_in_another_language_is_refused(tmp_path, capsys):
    assert tasks(written(tmp_path / "set", sausages(language="de")), tmp_path / "out") == 2
    assert "its language is not English" in capsys.readouterr().err


def test_an_empty_set_is_refused(tmp_path, capsys):
    assert tasks(written(tmp_path / "set"), tmp_path / "out") == 2
    assert "has no sequences to train on" in capsys.readouterr().err


def test_a_missing_picture_is_refused_and_the_folder_has_no_manifest(tmp_path, capsys):
    assert tasks(written(tmp_path / "set", sausages()), tmp_path / "out") == 2
    assert "can't be read" in capsys.readouterr().err
    assert not (tmp_path / "out" / "dataset.json").exists()


def test_a_sequence_whose_picture_is_in_another_part_is_passed_over(small_set, tmp_path, capsys):
    source = read_set(small_set)
    parts = {part: source.sequences(part) for part in source.parts}
    copy = parts["test"][0].model_copy(update={"id": "copy", "source": "copy"})
    folder = tmp_path / "set"
    pictures = {
        frame.picture.file: source.picture_bytes(frame) for each in source for frame in each.frames
    }
    write_set(folder, {**parts, "train": (*parts["train"], copy)}, pictures)
    assert tasks(folder, tmp_path / "out", "--quiet") == 0
    told = read_task_set(tmp_path / "out")
    assert "copy" not in told.sequences
    assert list(told.manifest["passed_over"]["train"].values()) == [1]


def test_nothing_to_hold_out_is_said(tmp_path, capsys):
    source = write_small_set(tmp_path / "set", 3)
    assert split_by_source(read_set(source), 0)["validation"] == ()
    assert tasks(source, tmp_path / "out") == 0
    assert "nothing is held out" in capsys.readouterr().out
    assert read_task_set(tmp_path / "out").heldout == ()


def test_a_folder_of_tasks_is_read_strictly(made, tmp_path):
    with pytest.raises(BadInput, match="is no folder of tasks"):
        read_task_set(tmp_path)
    folder = tmp_path / "folder"
    folder.mkdir()
    manifest = folder / "dataset.json"
    plain = orjson.loads((made / "dataset.json").read_bytes())
    for broken, message in [
        (b"{", "not valid JSON"), (b"[]", "not a manifest of tasks"),
        (orjson.dumps({**plain, "rows": {"train": "many"}}), "rows: must count"),
        (orjson.dumps({**plain, "files": {}}), "files: must name the rows"),
        (orjson.dumps({**plain, "files": {**plain["files"], "../secret": "0"}}), "no file of this"),
        (orjson.dumps(plain), "is named by dataset.json and not there"),
    ]:  # fmt: skip
        manifest.write_bytes(broken)
        with pytest.raises(BadInput, match=message):
            read_task_set(folder)


@pytest.mark.parametrize("flags", [["--weights", "x=1"], ["--frames-max", "2"], ["-n", "0"]])
def test_flags_are_checked(small_set, tmp_path, flags):
    assert tasks(small_set, tmp_path / "out", *flags) == 2
    assert not (tmp_path / "out").exists()
