from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput, RunFolderError
from storypainter.picture import Picture
from storypainter.sequence import Frame, Sequence
from storypainter.sequences import sets
from storypainter.sequences.sets import (
    PARTS,
    keep_picture,
    picture_file,
    read_set,
    split_by_source,
    write_set,
)

DATA = {number: f"picture {number}".encode() for number in range(6)}


def _picture(number: int) -> Picture:
    sha256 = hashlib.sha256(DATA[number]).hexdigest()
    return Picture(file=picture_file(sha256, "image/png"), sha256=sha256, media_type="image/png",
                   width=4, height=3, painter="")  # fmt: skip


def _sequence(
    name: str, source: str = "", numbers: Iterable[int] = (0, 1), **more: Any
) -> Sequence:
    frames = tuple(Frame(picture=_picture(each), part=f"{name} {each}.") for each in numbers)
    return Sequence(id=name, kind="comic", source=source or name, frames=frames, **more)


BYTES = {_picture(number).file: data for number, data in DATA.items()}


def _written(path: Path) -> dict[str, Any]:
    parts = {"train": [_sequence("a"), _sequence("b", "s", (2, 3))], "test": [_sequence("c")]}
    return write_set(path, parts, BYTES, seed=7, licence="CC0-1.0", more={"planner": "x"})  # type: ignore[arg-type]


def test_what_is_written_is_read(tmp_path):
    plain = _written(tmp_path / "set")
    found = read_set(tmp_path / "set")
    assert [each.id for each in found] == ["a", "b", "c"]
    assert len(found) == 3
    assert found.sequences("train") == (_sequence("a"), _sequence("b", "s", (2, 3)))
    assert found.sequences("validation") == ()
    assert found.picture_bytes(found.sequences("train")[1].frames[0]) == DATA[2]
    assert found.manifest == plain
    with pytest.raises(BadInput, match="no part 'dev'"):
        found.sequences("dev")


def test_the_manifest_says_what_is_there(tmp_path):
    plain = _written(tmp_path / "set")
    assert plain["rows"] == {"train": 2, "validation": 0, "test": 1}
    assert plain["empty"] == ["validation"]
    assert (plain["kinds"], plain["sources"], plain["pictures"]) == ({"comic": 3}, 3, 4)
    assert (plain["frames"], plain["seed"], plain["planner"]) == (6, 7, "x")
    for name, digest in plain["files"].items():
        assert hashlib.sha256((tmp_path / "set" / name).read_bytes()).hexdigest() == digest


def test_pictures_that_nothing_shows_are_neither_written_nor_kept(tmp_path):
    _written(tmp_path)
    keep_picture(tmp_path, DATA[5], "image/png", (4, 3))
    write_set(tmp_path, {"train": [_sequence("a")]}, BYTES)
    there = sorted(each.name for each in (tmp_path / "pictures").iterdir())
    assert there == sorted(_picture(each).file.split("/")[1] for each in (0, 1))


def test_kept_pictures_need_not_be_given_again(tmp_path):
    for number in (0, 1):
        assert keep_picture(tmp_path, DATA[number], "image/png", (4, 3)) == _picture(number)
    write_set(tmp_path, {"train": [_sequence("a")]})
    assert len(read_set(tmp_path)) == 1


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"train": [_sequence("a"), _sequence("a", "t")]}, "two sequences have the id 'a'"),
        (
            {"train": [_sequence("a", "s")], "test": [_sequence("b", "s")]},
            "would be in train and test",
        ),
        ({"train": [_sequence("a", numbers=(0, 4))]}, "can't be read: no such file"),
    ],
)
def test_a_set_that_would_be_wrong_changes_nothing(tmp_path, parts, said):
    _written(tmp_path)
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    given_bytes = {file: data for file, data in BYTES.items() if file != _picture(4).file}
    with pytest.raises(BadInput, match=said):
        write_set(tmp_path, parts, given_bytes)
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before


def test_wrong_bytes_are_refused(tmp_path):
    with pytest.raises(BadInput, match="not what its hash says"):
        write_set(tmp_path, {"train": [_sequence("a")]}, BYTES | {_picture(0).file: b"other"})
    assert not (tmp_path / sets.MANIFEST).exists()


def test_a_kill_before_the_end_leaves_no_set(tmp_path, monkeypatch):
    _written(tmp_path)
    real = sets.write_atomically

    def stops(path: Path, data: bytes) -> None:
        if path.name == "test.jsonl":
            raise KeyboardInterrupt
        real(path, data)

    monkeypatch.setattr(sets, "write_atomically", stops)
    with pytest.raises(KeyboardInterrupt):
        _written(tmp_path)
    with pytest.raises(BadInput, match="is no set of sequences"):
        read_set(tmp_path)


def _row(path: Path, part: str, line: int, change: Any) -> None:
    """Change a row, and take the file's new hash into the manifest."""
    file = path / f"{part}.jsonl"
    lines = file.read_bytes().split(b"\n")
    row = json.loads(lines[line - 1])
    lines[line - 1] = change if isinstance(change, bytes) else json.dumps(change(row)).encode()
    file.write_bytes(b"\n".join(lines))
    plain = json.loads((path / sets.MANIFEST).read_bytes())
    plain["files"][file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    (path / sets.MANIFEST).write_text(json.dumps(plain))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (b"{broken", r"train\.jsonl, line 2: not a valid Sequence"),
        (b"[]", r"train\.jsonl, line 2: not a valid Sequence"),
        (lambda row: {**row, "frames": []}, r"train\.jsonl, line 2: .*frames"),
        (lambda row: {**row, "colour": 1}, r"train\.jsonl, line 2: .*colour"),
        (lambda row: {**row, "id": "a"}, r"train\.jsonl, line 2: the id 'a' was used before, at "
         r"train\.jsonl, line 1"),
    ],
)  # fmt: skip
def test_a_broken_row_is_named_by_file_and_line(tmp_path, change, said):
    _written(tmp_path)
    _row(tmp_path, "train", 2, change)
    with pytest.raises(BadInput, match=said):
        read_set(tmp_path)


def test_a_source_in_two_parts_is_refused(tmp_path):
    _written(tmp_path)
    _row(tmp_path, "test", 1, lambda row: {**row, "source": "s"})
    with pytest.raises(BadInput, match=r"test\.jsonl, line 1: the source 's' is also in train"):
        read_set(tmp_path)


def test_a_row_without_end_is_not_read_into_memory(tmp_path, monkeypatch):
    _written(tmp_path)
    monkeypatch.setattr(sets, "MAX_ROW_BYTES", 100)
    with pytest.raises(BadInput, match=r"train\.jsonl, line 1: beyond the limit"):
        read_set(tmp_path)


def test_a_file_that_was_changed_is_refused(tmp_path):
    _written(tmp_path)
    with (tmp_path / "train.jsonl").open("ab") as file:
        file.write(b"\n")
    with pytest.raises(BadInput, match="is not the file that sequences"):
        read_set(tmp_path)


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"{", "not valid JSON"), (b"[]", "no set's manifest"), (b"{}", "no set's manifest"),
     (b'{"files": {}, "format": 9}', "format 9, and this version reads 1")],
)  # fmt: skip
def test_a_broken_manifest(tmp_path, data, said):
    (tmp_path / sets.MANIFEST).write_bytes(data)
    with pytest.raises(BadInput, match=said):
        read_set(tmp_path)


def test_a_missing_part_is_named(tmp_path):
    _written(tmp_path)
    (tmp_path / "test.jsonl").unlink()
    with pytest.raises(BadInput, match=r"test\.jsonl can't be read: no such file"):
        read_set(tmp_path)


def test_pictures_are_checked(tmp_path):
    _written(tmp_path)
    found = read_set(tmp_path)
    frame = found.sequences("train")[0].frames[0]
    (tmp_path / frame.picture.file).write_bytes(b"another")
    with pytest.raises(BadInput, match="another hash"):
        found.picture_bytes(frame)
    (tmp_path / frame.picture.file).unlink()
    with pytest.raises(BadInput, match="can't be read"):
        found.picture_bytes(frame)


@pytest.mark.parametrize(
    "file", ["../secret", "/etc/passwd", "pictures/../../secret", "pictures/l"]
)
def test_a_picture_outside_the_set_is_not_opened(tmp_path, file):
    (tmp_path / "secret").write_bytes(b"secret")
    _written(tmp_path / "set")
    (tmp_path / "set" / "pictures" / "l").symlink_to(tmp_path / "secret")
    found = read_set(tmp_path / "set")
    sha256 = hashlib.sha256(b"secret").hexdigest()
    picture = _picture(0).model_copy(update={"file": file, "sha256": sha256})
    with pytest.raises(BadInput, match="lies outside"):
        found.picture_bytes(Frame(picture=picture))


def test_a_folder_that_can_not_be_made(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(RunFolderError, match="can't be written"):
        write_set(tmp_path / "file" / "set", {"train": [_sequence("a")]}, BYTES)


def test_the_card_is_plain_about_a_small_set(tmp_path):
    _written(tmp_path)
    card = (tmp_path / "README.md").read_text()
    assert "3 sequences with 6 pictures from 3 sources" in card
    assert "Empty: validation." in card
    assert "| part | 6 of 6 |" in card
    assert "| caption | 0 of 6 |" in card


def test_names_of_strangers_make_no_markup(tmp_path):
    write_set(tmp_path, {"train": [_sequence("a", "x | <script> [l](http://e)\n# H")]}, BYTES)
    card = (tmp_path / "README.md").read_text()
    assert "<script>" not in card
    assert "\n# H" not in card
    assert r"x \| &lt;script&gt; \[l\]" in card


@given(st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), max_size=40), st.integers(0, 99))
def test_splits_part_no_source_and_lose_nothing(sources, seed):
    several = [_sequence(f"s{at}", source) for at, source in enumerate(sources)]
    parts = split_by_source(several, seed)
    assert sorted(each.id for part in PARTS for each in parts[part]) == sorted(
        each.id for each in several
    )
    own = [{each.source for each in parts[part]} for part in PARTS]
    assert sum(map(len, own)) == len(set().union(*own))
    held = round(len(set(sources)) * 0.1)
    assert (len(own[1]), len(own[2])) == (held, held)
    shuffled = split_by_source(several[::-1], seed)
    assert {part: {each.id for each in rows} for part, rows in shuffled.items()} == {
        part: {each.id for each in rows} for part, rows in parts.items()
    }


def test_another_seed_is_another_split():
    several = [_sequence(f"s{at}") for at in range(30)]
    tests = {tuple(each.id for each in split_by_source(several, seed)["test"]) for seed in range(9)}
    assert len(tests) > 5


def test_sources_that_belong_together_stay_together():
    several = [_sequence(f"s{at}") for at in range(30)]
    together = {f"s{at}": "s0" for at in range(15)}
    for seed in range(5):
        parts = split_by_source(several, seed, together)
        assert sum(any(each.id in together for each in parts[part]) for part in PARTS) == 1
