"""Making sets of generated sequences: whole, resumable, the same however many are asked for."""

from __future__ import annotations

import os
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from storypainter import ink
from storypainter.cli.main import run
from storypainter.cli.sequences_make import command
from storypainter.errors import BadInput, RunFolderError
from storypainter.runs.locking import take_lock
from storypainter.sequence import Sequence
from storypainter.sequences import making
from storypainter.sequences.making import LOG, Asked, make
from storypainter.sequences.sets import MANIFEST, read_set, write_set

ASKED = Asked(settings=("park",), moments=(3, 3), people=(2, 2), size=48)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of two sequences."""
    out = tmp_path_factory.mktemp("made") / "set"
    make(out, 2, ASKED, workers=1)
    return out


def read_pictures(made: Path) -> dict[str, bytes]:
    return {f"pictures/{each.name}": each.read_bytes() for each in (made / "pictures").iterdir()}


class Stop(Exception):
    """A run that is killed."""


def drawn_from(made: Path, monkeypatch: pytest.MonkeyPatch, stop_at: int = -1) -> list[int]:
    """Gives the sequences of a set instead of drawing them again; which were asked for."""
    known = read_set(made)
    indices = known.manifest["indices"]
    by_index = {indices[each.id]: each for each in known}
    asked: list[int] = []

    def give(index: int, _: Asked, out: Path) -> tuple[Sequence, int]:
        if index == stop_at:
            raise Stop
        asked.append(index)
        for frame in by_index[index].frames:
            target = out / frame.picture.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(known.picture_bytes(frame))
        return by_index[index], 0

    monkeypatch.setattr(making, "_make_one", give)
    return asked


def test_a_set_has_what_was_asked_for(made: Path) -> None:
    found = read_set(made)
    assert len(found) == 2
    assert found.manifest["kinds"] == {"generated": 2}
    assert found.manifest["sources"] == 2
    assert not (made / LOG).exists()
    card = (made / "README.md").read_text("utf-8")
    assert "2 stories in 6 pictures of 48 pixels" in card
    assert "license: cc0-1.0" in card
    assert "the park: 2" in card
    assert "(no interval: n = 2, fewer than 5)" in card
    for each in found:
        assert len(each.frames) == 3
        assert each.licence == "CC0-1.0"
        assert each.source == each.id
        assert len(each.characters) >= 2
        for frame in each.frames:
            assert (frame.picture.width, frame.picture.height) == (48, 48)
            assert found.picture_bytes(frame).startswith(b"\x89PNG")
            assert frame.caption
            assert frame.part
            assert frame.event
            assert frame.shown
            assert frame.place == "the park"
            assert " in " in frame.time
        assert len({frame.picture.sha256 for frame in each.frames}) == 3


def test_a_stopped_run_goes_on_where_it_was(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "set"
    drawn_from(made, monkeypatch, stop_at=1)
    with pytest.raises(Stop):
        make(out, 2, ASKED, workers=1)
    assert not (out / MANIFEST).exists()
    with (out / LOG).open("ab") as log:
        log.write(b'{"index": 1, "row": {"id"')  # torn by a kill
    asked = drawn_from(made, monkeypatch)
    told: list[tuple[int, int]] = []
    again = make(out, 2, ASKED, workers=1, done=lambda a, b: told.append((a, b)))
    assert asked == [1]
    assert again.new == 1
    assert told == [(1, 2), (2, 2)]
    for part in ("train", "validation", "test"):
        assert read_set(out).sequences(part) == read_set(made).sequences(part)


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    out = tmp_path / "set"
    out.mkdir()
    with (
        take_lock(out / making.LOCK, out),
        pytest.raises(RunFolderError, match=f"set is in use by process {os.getpid()}"),
    ):
        make(out, 2, ASKED, workers=1)
    assert not (out / LOG).exists()


def test_the_same_command_again_changes_nothing(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (made / MANIFEST).read_bytes()
    asked = drawn_from(made, monkeypatch)
    assert make(made, 2, ASKED, workers=1).new == 0
    assert asked == []
    assert (made / MANIFEST).read_bytes() == before


def test_a_finished_set_is_extended(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "set"
    asked = drawn_from(made, monkeypatch)
    make(out, 1, ASKED, workers=1)
    assert make(out, 2, ASKED, workers=1).new == 1
    assert asked == [0, 1]
    assert list(read_set(out)) == list(read_set(made))


def test_a_picture_that_was_lost_is_drawn_again(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "set"
    drawn_from(made, monkeypatch, stop_at=1)
    with pytest.raises(Stop):
        make(out, 2, ASKED, workers=1)
    next((out / "pictures").iterdir()).unlink()
    asked = drawn_from(made, monkeypatch)
    make(out, 2, ASKED, workers=1)
    assert asked == [0, 1]


@pytest.mark.parametrize(
    ("asked", "count", "says"),
    [
        (Asked(seed=1, settings=("park",), moments=(3, 3), people=(2, 2), size=48), 2,
         r"made otherwise: seed: was 0, now 1 \("),
        (Asked(settings=("beach", "park"), moments=(3, 4), people=(2, 2), size=64), 2,
         r"settings: was park, now beach, park; moments: was 3, now 3-4; size: was 48, now 64 \("),
        (Asked(moments=(3, 3), people=(2, 2), size=48), 2, r"settings: was park, now any \("),
        (ASKED, 1, "more than 1"),
    ],
)  # fmt: skip
def test_another_set_is_not_overwritten(made: Path, asked: Asked, count: int, says: str) -> None:
    before = (made / MANIFEST).read_bytes()
    with pytest.raises(BadInput, match=says):
        make(made, count, asked, workers=1)
    assert (made / MANIFEST).read_bytes() == before


def test_another_set_that_is_being_made_is_not_overwritten(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "set"
    drawn_from(made, monkeypatch, stop_at=1)
    with pytest.raises(Stop):
        make(out, 2, ASKED, workers=1)
    other = Asked(seed=1, settings=("park",), moments=(3, 3), people=(2, 2), size=48)
    with pytest.raises(BadInput, match=r"is being made otherwise: seed: was 0, now 1 \("):
        make(out, 2, other, workers=1)


def test_a_set_of_another_version_names_the_version(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "set"
    drawn_from(made, monkeypatch)
    make(out, 1, ASKED, workers=1)
    monkeypatch.setattr(ink, "VERSION", "0")
    with pytest.raises(BadInput, match=r"otherwise: version of ink: was \S+, now 0 \(") as error:
        make(out, 2, ASKED, workers=1)
    assert error.value.hint == "choose another --out"


def test_a_set_that_was_not_made_is_named(made: Path, tmp_path: Path) -> None:
    write_set(tmp_path, {"train": read_set(made)}, read_pictures(made))
    with pytest.raises(BadInput, match="made otherwise: not by sequences make"):
        make(tmp_path, 2, ASKED, workers=1)


@pytest.mark.parametrize("line", [b"{}", b"[1]", b"nonsense", b'{"index": 0, "row": 3}'])
def test_a_damaged_log_is_refused_with_its_line(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: bytes
) -> None:
    out = tmp_path / "set"
    drawn_from(made, monkeypatch, stop_at=0)
    with pytest.raises(Stop):
        make(out, 2, ASKED, workers=1)
    with (out / LOG).open("ab") as log:
        log.write(line + b"\n")
    with pytest.raises(BadInput, match=r"making\.jsonl, line 2"):
        make(out, 2, ASKED, workers=1)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BadInput, match="no empty folder"):
        make(tmp_path, 1, ASKED, workers=1)
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--setting", "moon"], "no plots are set in 'moon'"),
        (["--moments", "2-6"], "not within 3-6"),
        (["--moments", "5-3"], "5-3: the first is larger than the last"),
        (["--moments", "8-2"], "8-2: the first is larger than the last"),
        (["--moments", "many"], "neither a number nor a range"),
        (["--people", "1"], "not within 2-4"),
        (["--size", "8"], "--size"),
        (["--style", "oils"], "oils"),
        (["-n", "0"], "-n"),
    ],
)
def test_bad_options_are_refused_in_one_line(
    tmp_path: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "set"
    assert run(command, [*arguments, "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert "Traceback" not in said
    assert not out.exists()


def test_the_command_says_what_it_made(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_from(made, monkeypatch)
    options = ["-n", "2", "--setting", "park", "--moments", "3", "--people", "2", "--size", "48"]
    out = tmp_path / "set"
    found = CliRunner().invoke(command, [*options, "--workers", "1", "--out", str(out)])
    assert found.exit_code == 0
    assert "2 sequences, 6 pictures" in found.output
    plain = CliRunner().invoke(command, [*options, "--workers", "1", "--json", "--out", str(out)])
    row = orjson.loads(plain.stdout)
    assert row["new"] == 0
    assert row["manifest"]["frames"] == 6
