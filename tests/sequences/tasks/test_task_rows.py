"""Rows of tasks as files: what is read, and what is refused by file and line."""

from __future__ import annotations

import json

import pytest

from storypainter.errors import BadInput
from storypainter.sequences.tasks.rows import (
    TaskRow,
    answering,
    asking,
    lines,
    read_task_rows,
)

PICTURE = "pictures/a.png"


def plain(**fields):
    row = {
        "id": "s/describe/1", "task": "caption", "images": [PICTURE],
        "prompt": [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "?"}]}],
        "completion": [{"role": "assistant", "content": [{"type": "text", "text": "A hat."}]}],
        "sequence": "s", "frames": [0],
    }  # fmt: skip
    return {**row, **fields}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pictures").mkdir()
    (tmp_path / PICTURE).write_bytes(b"png")
    return tmp_path


def written(folder, *rows):
    path = folder / "train.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_row_is_read(folder):
    (row,) = read_task_rows(written(folder, plain()))
    assert (row.question, row.text, row.task, row.frames) == ("?", "A hat.", "caption", (0,))


def test_rows_survive_the_way_through_a_file(folder):
    row = TaskRow(
        id="s/again/1", task="consistency", images=(PICTURE, PICTURE), prompt=asking(2, "Again?"),
        completion=answering("No."), sequence="s", frames=(0, None), form="again", answer="no",
    )  # fmt: skip
    path = folder / "heldout.jsonl"
    path.write_bytes(lines([row]))
    assert read_task_rows(path) == [row]


def said(role, *content):
    return [{"role": role, "content": list(content)}]


TEXT = {"type": "text", "text": "x"}
IMAGE = {"type": "image"}


@pytest.mark.parametrize(("fields", "message"), [
    ({"completion": said("assistant", {"type": "text", "text": " \n"})}, "completion"),
    ({"completion": said("assistant")}, "completion"),
    ({"completion": said("user", TEXT)}, "must be a message of the assistant"),
    ({"completion": said("assistant", IMAGE, TEXT)}, "must be text alone"),
    ({"prompt": said("assistant", IMAGE, TEXT)}, "must end with a message of the user"),
    ({"prompt": said("user", IMAGE)}, "asks something"),
    ({"prompt": said("user", TEXT)}, "1 images, but 0 image parts in the prompt"),
    ({"prompt": said("user", IMAGE, IMAGE, TEXT)}, "1 images, but 2 image parts"),
    ({"prompt": said("user", {"type": "video"}, TEXT)}, "prompt"),
    ({"frames": [0, 1]}, "1 images, but 2 frames"),
    ({"frames": [-1]}, "frames"),
    ({"task": "singing"}, "task"),
    ({"images": []}, "images"),
    ({"images": ["pictures/../../a.png"]}, "leads out of the folder"),
    ({"images": ["/etc/a.png"]}, "leads out of the folder"),
    ({"images": ["pictures/a.svg"]}, "no path of a PNG, JPEG or WebP picture"),
    ({"images": ["http://host/a.png"]}, "no path of a PNG"),
    ({"images": ["pictures\\a.png"]}, "no path of a PNG"),
    ({"images": ["pictures/missing.png"]}, "no picture 'pictures/missing.png'"),
    ({"surprise": 1}, "surprise"),
])  # fmt: skip
def test_a_broken_row_is_refused_by_file_and_line(folder, fields, message):
    path = written(folder, plain(id="whole"), plain(**fields))
    with pytest.raises(BadInput) as error:
        read_task_rows(path)
    assert error.value.message.startswith("train.jsonl, line 2: ")
    assert message in error.value.message


def test_a_picture_that_leads_outside_is_refused(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "a.png"
    outside.write_bytes(b"png")
    (folder / "pictures" / "link.png").symlink_to(outside)
    with pytest.raises(BadInput, match="lies outside"):
        read_task_rows(written(folder, plain(images=["pictures/link.png"])))


def test_an_id_is_used_once(folder):
    with pytest.raises(BadInput, match="line 3: the id 's/describe/1' was used before, at line 1"):
        read_task_rows(written(folder, plain(), plain(id="other"), plain()))


def test_a_line_that_is_no_json_is_refused(folder):
    path = written(folder, plain())
    path.write_text(path.read_text() + "\n{broken\n")
    with pytest.raises(BadInput, match=r"train\.jsonl, line 3"):
        read_task_rows(path)


def test_a_file_without_rows_or_without_a_place_is_refused(folder):
    with pytest.raises(BadInput, match="holds no row"):
        read_task_rows(written(folder))
    with pytest.raises(BadInput, match="does not exist"):
        read_task_rows(folder / "nowhere.jsonl")
    with pytest.raises(BadInput, match="is not a regular file"):
        read_task_rows(folder / "pictures")
