"""``storypainter sequences build``, from the command to the files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sequences.reading.made_sources import comic, folder, pdf, picture, video, zipped
from storypainter.cli.main import run
from storypainter.cli.sequences_build import command
from storypainter.errors import MissingExtra
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.building import building
from storypainter.sequences.building.assembling import sources_together
from storypainter.sequences.reading.choosing import Unit
from storypainter.sequences.sets import read_set

Build = Callable[..., tuple[int, str, str]]


@pytest.fixture
def make(capsys: pytest.CaptureFixture[str]) -> Build:
    def build(*arguments: Any) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(command, [str(each) for each in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return build


def _library(root: Path, count: int = 3) -> Path:
    for number in range(count):
        comic(root / f"c{number}.cbz", 3, 3 * number)
    return root


def _files(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file()
    }


def test_a_library_becomes_a_set(tmp_path, make):
    root = _library(tmp_path / "lib", 2)
    folder(root / "album", 3, 7)
    pdf(root / "book.pdf")
    video(root / "clip.avi")
    code, out, err = make(root, "--out", tmp_path / "set", "--licence", "CC-BY-4.0")
    assert code == 0
    assert "5 sequences, 15 pictures (train 5, validation 0, test 0)" in out
    assert "empty: validation, test" in out
    assert "[5/5]" in err
    found = read_set(tmp_path / "set")
    assert {each.source: each.kind for each in found} == {
        "lib/album": "photographs", "lib/book.pdf": "illustrated book", "lib/c0.cbz": "comic",
        "lib/c1.cbz": "comic", "lib/clip.avi": "video",
    }  # fmt: skip
    for each in found:
        assert each.licence == "CC-BY-4.0"
        assert all(found.picture_bytes(frame) for frame in each.frames)
    assert not (tmp_path / "set" / "building").exists()
    assert str(tmp_path) not in b"".join(_files(tmp_path / "set").values()).decode("latin-1")


def test_the_same_again_changes_nothing_and_reads_nothing(tmp_path, make, monkeypatch):
    root = _library(tmp_path / "lib")
    make(root, "--out", tmp_path / "set")
    before = _files(tmp_path / "set")
    monkeypatch.setattr(Unit, "read", lambda *_: pytest.fail("it was read again"))
    code, _, err = make(root, "--out", tmp_path / "set")
    assert (code, _files(tmp_path / "set")) == (0, before)
    assert "nothing to do" in err


def test_sources_that_changed_are_read_again(tmp_path, make):
    root = _library(tmp_path / "lib")
    make(root, "--out", tmp_path / "set")
    comic(root / "c3.cbz", 2, 9)
    code, out, _ = make(root, "--out", tmp_path / "set")
    assert code == 0
    assert "4 sequences" in out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--seed", "3"], "another seed (0, now 3)"),
        (["--kind", "educational"], "another kind (none, now educational)"),
        (["--frames-max", "9"], "another frames max (50, now 9)"),
        (["--part", "test"], "another part (none, now test)"),
    ],
)
def test_a_set_belongs_to_one_question(tmp_path, make, more, said):
    root = _library(tmp_path / "lib", 1)
    make(root, "--out", tmp_path / "set")
    before = _files(tmp_path / "set")
    code, _, err = make(root, "--out", tmp_path / "set", *more)
    assert code == 2
    assert said in err
    assert _files(tmp_path / "set") == before


def test_other_sources_are_refused_with_what_differs(tmp_path, make):
    first, other = _library(tmp_path / "x" / "lib", 1), _library(tmp_path / "y" / "lib", 1)
    third = _library(tmp_path / "more", 1)
    make(first, "--out", tmp_path / "set")
    assert "another list of sources (lib, now lib, more)" in make(
        first, third, "--out", tmp_path / "set"
    )[2].replace("\n", " ")
    assert "(lib, now lib elsewhere)" in make(other, "--out", tmp_path / "set")[2]


def test_a_folder_with_something_else_is_refused(tmp_path, make):
    root = _library(tmp_path / "lib", 1)
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "mine.txt").write_text("x")
    code, _, err = make(root, "--out", tmp_path / "set")
    assert code == 6
    assert "it holds 'mine.txt'" in err
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "sequences.json").write_text('{"format": 1, "files": {}}')
    code, _, err = make(root, "--out", tmp_path / "made")
    assert (code, "did not make" in err) == (2, True)
    code, _, err = make(root, "--out", tmp_path / "set" / "mine.txt")
    assert (code, "is not a folder" in err) == (6, True)


def test_what_is_refused_is_counted_everywhere(tmp_path, make):
    root = _library(tmp_path / "lib", 2)
    zipped(root / "evil.cbz", {"../x.png": picture(1)})
    zipped(root / "short.cbz", {"1.png": picture(8)})
    zipped(root / "broken.cbz", {"1.png": picture(1), "2.png": b"x"})
    (root / "rar.cbr").write_bytes(b"Rar!\x1a\x07\x00")
    code, out, err = make(root, "--out", tmp_path / "set")
    assert code == 3
    assert "sources left out: 1 not safe, 1 unsupported" in out
    assert "lib/broken.cbz, 2.png: unreadable" in err
    plain = read_set(tmp_path / "set").manifest
    assert plain["refused"] == {
        "sources": {"not safe": 1, "unsupported": 1},
        "sequences": {"too few pictures": 1, "unreadable": 1},
        "pictures": {},
        "texts": {},
    }
    lines = (tmp_path / "set" / "refused.jsonl").read_text().splitlines()
    assert {json.loads(line)["where"] for line in lines} == {
        "lib/evil.cbz", "lib/short.cbz", "lib/broken.cbz, 2.png", "lib/rar.cbr",
    }  # fmt: skip
    card = (tmp_path / "set" / "README.md").read_text()
    assert "| sources | not safe | 1 |" in card
    # A sequence that was refused leaves no picture behind.
    assert len(list((tmp_path / "set" / "pictures").iterdir())) == plain["pictures"] == 6


@pytest.mark.parametrize("there", [False, True])
def test_nothing_that_can_be_read_leaves_nothing(tmp_path, make, there):
    path = zipped(tmp_path / "t.cbz", {"1.png": picture(1), "2.png": b"x"})
    if there:
        (tmp_path / "set").mkdir()
    code, _, err = make(path, "--out", tmp_path / "set")
    assert code == 2
    assert "not one sequence could be read: t.cbz, 2.png: unreadable" in err
    assert _files(tmp_path / "set") == {} if there else not (tmp_path / "set").exists()


@pytest.mark.parametrize(("first", "left"), [("c0.cbz", False), ("c1.cbz", True)])
def test_a_missing_library_leaves_only_what_was_read(tmp_path, make, monkeypatch, first, left):
    root, real = _library(tmp_path / "lib", 2), building.read_unit

    def lacks(unit: Unit, *rest: Any) -> Any:
        if unit.name.endswith(first):
            raise MissingExtra("reading PDFs", "sequences")
        return real(unit, *rest)

    monkeypatch.setattr(building, "read_unit", lacks)
    code, _, err = make(root, "--out", tmp_path / "set")
    assert code != 0
    assert "pip install 'storypainter[sequences]'" in err
    assert (tmp_path / "set").exists() == left


def test_a_dry_run_checks_everything_and_writes_nothing(tmp_path, make):
    root = _library(tmp_path / "lib", 2)
    zipped(root / "x.cbz", {"1.png": b"x", "2.png": b"y"})
    code, out, _ = make(root, "--dry-run", "--json")
    told = json.loads(out)
    assert code == 3
    assert (told["rows"]["train"], told["frames"], told["set"]) == (2, 6, None)
    assert told["refused"]["sequences"] == {"unreadable": 1}
    make(root, "--dry-run", "--out", tmp_path / "set")
    assert not (tmp_path / "set").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lib"], "no folder for the set"),
        (["nowhere", "--out", "set"], "nowhere: no such file or folder"),
        (["lib", "lib", "--out", "set"], "a source is given twice"),
        (["lib", "--out", "set", "--frames-max", "1"], "--frames-max 1 is less than"),
    ],
)
def test_bad_questions_are_refused_before_anything_is_read(tmp_path, make, monkeypatch, arguments, said):  # fmt: skip
    monkeypatch.chdir(tmp_path)
    _library(tmp_path / "lib", 1)
    code, _, err = make(*arguments)
    assert code == 2
    assert said in err
    assert not (tmp_path / "set").exists()


def test_a_set_inside_its_own_source_is_refused(tmp_path, make):
    root = _library(tmp_path / "lib", 1)
    code, _, err = make(root, "--out", root / "set")
    assert code == 2
    assert "lies inside the source" in err
    assert not (root / "set").exists()


def test_a_set_is_no_source(tmp_path, make):
    """Its pictures lie there by their hashes: as one folder they are a story out of order."""
    root = _library(tmp_path / "lib", 1)
    assert make(root, "--out", tmp_path / "set")[0] == 0
    code, _, err = make(tmp_path / "set", "--out", tmp_path / "again")
    assert code == 2
    assert "is a set already (give it to sequences tasks" in err
    assert not (tmp_path / "again").exists()


def test_a_picture_that_comes_later_is_seen(tmp_path, make):
    folder(tmp_path / "images", 2)
    rows = [{"images": [f"{each}.png" for each in names], "story": "Both."}
            for names in ((1, 2), (1, 3))]  # fmt: skip
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, out, _ = make(path, "--out", tmp_path / "set")
    assert (code, "1 sequence, 2 pictures" in out) == (3, True)
    (tmp_path / "images" / "3.png").write_bytes(picture(3))
    code, out, _ = make(path, "--out", tmp_path / "set")
    assert (code, "2 sequences, 4 pictures" in out) == (0, True)
    assert (tmp_path / "set" / "refused.jsonl").read_bytes() == b""


def test_one_part_may_be_asked_for(tmp_path, make):
    root = _library(tmp_path / "lib")
    code, _, _ = make(root, "--out", tmp_path / "set", "--part", "test", "--kind", "educational")
    assert code == 0
    found = read_set(tmp_path / "set")
    assert [each.kind for each in found.sequences("test")] == ["educational"] * 3


def test_ten_sources_fill_every_part(tmp_path, make):
    for number in range(10):
        pages = {f"{at}.png": picture(at, size=(90 + number, 72)) for at in range(2)}
        zipped(tmp_path / "lib" / f"c{number}.cbz", pages)
    assert "(train 8, validation 1, test 1)" in make(tmp_path / "lib", "--out", tmp_path / "set")[1]


def test_sources_of_the_same_name_are_two_sources(tmp_path, make):
    one, other = comic(tmp_path / "a" / "t.cbz", 2), comic(tmp_path / "b" / "t.cbz", 2, 4)
    make(one, other, "--out", tmp_path / "set")
    assert {each.source for each in read_set(tmp_path / "set")} == {"t.cbz", "t.cbz (2)"}


def test_a_folder_in_use_is_refused(tmp_path, make):
    root = _library(tmp_path / "lib", 1)
    (tmp_path / "set" / "building").mkdir(parents=True)
    from storypainter.runs.locking import take_lock

    with take_lock(tmp_path / "set" / "building" / "lock", tmp_path / "set"):
        code, _, err = make(root, "--out", tmp_path / "set")
    assert (code, "is in use" in err) == (6, True)


def test_after_an_interruption_the_same_command_goes_on(tmp_path, make, monkeypatch):
    root = _library(tmp_path / "lib", 4)
    expected = tmp_path / "whole"
    make(root, "--out", expected)
    real, read = building.read_unit, []

    def stops(unit: Unit, *rest: Any) -> Any:
        if unit.name.endswith("c2.cbz") and "c2" not in read:
            read.append("c2")
            raise KeyboardInterrupt
        read.append(unit.name)
        return real(unit, *rest)

    monkeypatch.setattr(building, "read_unit", stops)
    code, _, _ = make(root, "--out", tmp_path / "set")
    assert code == 130
    assert not (tmp_path / "set" / "sequences.json").exists()
    # Another question into the half-made folder is refused as well.
    assert make(root, "--out", tmp_path / "set", "--seed", "1")[0] == 2
    code, _, _ = make(root, "--out", tmp_path / "set")
    assert code == 0
    assert read == ["lib/c0.cbz", "lib/c1.cbz", "c2", "lib/c2.cbz", "lib/c3.cbz"]
    assert _files(tmp_path / "set") == _files(expected)


def test_a_source_that_changed_meanwhile_is_read_again(tmp_path, make, monkeypatch):
    root = _library(tmp_path / "lib", 2)
    real = building.read_unit

    def stops(unit: Unit, *rest: Any) -> Any:
        if unit.name.endswith("c1.cbz"):
            raise KeyboardInterrupt
        return real(unit, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(building, "read_unit", stops)
        make(root, "--out", tmp_path / "set")
    comic(root / "c0.cbz", 5, 4)
    make(root, "--out", tmp_path / "set")
    assert [len(each.frames) for each in read_set(tmp_path / "set")] == [5, 3]


def test_a_kill_leaves_what_can_be_gone_on_with(tmp_path, make):
    root = _library(tmp_path / "lib", 30)
    code = (
        "import sys; from storypainter.cli.main import run; "
        "from storypainter.cli.sequences_build import command; run(command, sys.argv[1:])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(root), "--out", str(tmp_path / "set")],
        stderr=subprocess.PIPE, env=dict(os.environ),
    ) as process:  # fmt: skip
        assert process.stderr is not None
        while b"[3/30]" not in process.stderr.readline():
            assert process.poll() is None
        process.kill()
    assert not (tmp_path / "set" / "sequences.json").exists()
    make(root, "--out", tmp_path / "whole")
    assert make(root, "--out", tmp_path / "set")[0] == 0
    assert _files(tmp_path / "set") == _files(tmp_path / "whole")


def _shows(name: str, source: str) -> Sequence:
    from storypainter.picture import Picture

    shown = Picture(file="pictures/x.png", sha256="0" * 64, media_type="image/png", width=1,
                    height=1, painter="")  # fmt: skip
    return Sequence(id=name, kind="comic", source=source, frames=(Frame(picture=shown),))


def test_sources_that_share_pictures_are_one_group():
    several = [_shows(name, name) for name in "abcde"]
    pixels = {
        "a": ("1", "2", "3"),
        "b": ("3", "4", "5"),
        "c": ("5", *(f"c{each}" for each in range(20))),
        "d": ("", "", "d1"),
        "e": ("", "e1"),
    }
    # b and c share one of b's three pictures; d and e share only pictures of one colour.
    assert sources_together(several, pixels) == {"a": "a", "b": "a", "c": "a"}
    lone = {name: (*(f"{name}{each}" for each in range(9)), "x") for name in "ab"}
    assert sources_together(several[:2], lone) == {}


def test_a_page_that_everybody_prints_binds_nothing():
    several = [_shows(f"s{each}", f"s{each}") for each in range(30)]
    assert sources_together(several, {f"s{each}": ("logo", str(each)) for each in range(30)}) == {}
