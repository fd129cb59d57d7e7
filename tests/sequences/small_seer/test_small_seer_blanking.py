from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import orjson
import pytest
from PIL import Image

from storypainter.errors import BadInput
from storypainter.sequences.small_seer.blanking import GREY, blank_tasks
from storypainter.sequences.tasks.rows import (
    FORMAT,
    TaskRow,
    answering,
    asking,
    lines,
    read_task_set,
)


def tasks(folder: Path) -> Path:
    (folder / "pictures").mkdir(parents=True)
    names = []
    for name in ("a", "b"):
        Image.new("RGB", (20, 10), (200, 0, 0)).save(folder / "pictures" / f"{name}.png")
        names.append(f"pictures/{name}.png")
    rows = [
        TaskRow(
            id=f"r{at}",
            task="telling",
            images=tuple(names),
            prompt=asking(2, "Tell it."),
            completion=answering(f"Story {at}."),
            sequence="s",
            frames=(0, 1),
        )
        for at in range(3)
    ]
    (folder / "train.jsonl").write_bytes(lines(rows[:2]))
    (folder / "heldout.jsonl").write_bytes(lines(rows[2:]))
    (folder / "sequences.jsonl").write_bytes(b"")
    (folder / "README.md").write_text("# Tasks\n")
    files = {
        each: hashlib.sha256((folder / each).read_bytes()).hexdigest()
        for each in ("train.jsonl", "heldout.jsonl", "sequences.jsonl", "README.md")
    }
    manifest = {"tasks_of_sequences": FORMAT, "rows": {"train": 2, "heldout": 1}, "files": files}
    (folder / "dataset.json").write_bytes(orjson.dumps(manifest))
    return folder


def test_every_picture_is_blank_and_every_row_the_same(tmp_path: Path) -> None:
    given = tasks(tmp_path / "tasks")
    blank_tasks(given, tmp_path / "blank")
    before, after = read_task_set(given), read_task_set(tmp_path / "blank")
    assert (after.train, after.heldout) == (before.train, before.heldout)
    for row in (*after.train, *after.heldout):
        for path in after.pictures(row):
            with Image.open(io.BytesIO(path.read_bytes())) as image:
                assert image.getextrema() == ((GREY, GREY),) * 3
    assert after.manifest["blank_pictures"] is True
    assert "blank" in (tmp_path / "blank" / "README.md").read_text()
    assert json.loads((given / "dataset.json").read_text()).get("blank_pictures") is None


def test_no_tasks_there(tmp_path: Path) -> None:
    (tmp_path / "tasks").mkdir()
    with pytest.raises(BadInput, match="no folder of tasks"):
        blank_tasks(tmp_path / "tasks", tmp_path / "blank")
    assert not (tmp_path / "blank").exists()


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    given = tasks(tmp_path / "tasks")
    with pytest.raises(BadInput, match="there already"):
        blank_tasks(given, given)
