"""Pulling models through pip, against a stand-in for pip and wheels made here."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput, ServerUnreachable, StorypainterError
from storypainter.models import local_files
from storypainter.models.local_files import (
    KNOWN,
    KnownModel,
    Part,
    file_sha256,
    list_pulled,
    source,
)
from storypainter.models.pull import pull

CONTENT = b"GGUF" + bytes(range(256)) * 64
MEMBER = "tiny_model/tiny.gguf"

#: Copies the wheel beside itself to --dest, after noting how it was called; takes pip's place.
FAKE_PIP = """
import pathlib, shutil, sys, time
here = pathlib.Path(__file__).parent
(here / "called.txt").write_text("\\n".join(sys.argv[1:]))
script = here / "behave.py"
if script.exists():
    exec(script.read_text())
target = pathlib.Path(sys.argv[sys.argv.index("--dest") + 1])
target.mkdir(exist_ok=True)
wanted = open(sys.argv[sys.argv.index("-r") + 1]).read().split("==")[0].replace("-", "_")
shutil.copy(next(here.glob(f"{wanted}-*.whl")), target)
"""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Shelf:
    """A fake pip with one wheel on offer, and the models' folder it fills."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pip = folder / "site" / "pip"
        self.pip.mkdir(parents=True)
        (self.pip / "__main__.py").write_text(FAKE_PIP)
        (self.pip / "__init__.py").write_text("")
        self.models = folder / "models"
        self._monkeypatch = monkeypatch
        monkeypatch.setenv("PYTHONPATH", str(self.pip.parent))
        monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(self.models))
        self.offer({MEMBER: CONTENT, "tiny_model/__init__.py": b"raise SystemExit"})

    def offer(self, members: dict[str, bytes], **changes: object) -> KnownModel:
        """One wheel with these members, and a known model that is its ``MEMBER``."""
        part = self.wheel("tiny-model", members, MEMBER, len(CONTENT))
        of_file = {name: changes.pop(name) for name in ("sha256",) if name in changes}
        known = KnownModel("tiny", (replace(part, **changes),), sha256(CONTENT), "Apache-2.0")
        self._monkeypatch.setitem(KNOWN, "tiny", replace(known, **of_file))
        return KNOWN["tiny"]

    def in_pieces(self, pieces: list[bytes], sizes: list[int] | None = None) -> None:
        """A wheel for each piece, and a known model that is all of them."""
        parts = tuple(
            self.wheel(f"tiny-part{n}", {f"piece{n}": data}, f"piece{n}", size)
            for n, (data, size) in enumerate(
                zip(pieces, sizes or [len(p) for p in pieces], strict=True)
            )
        )
        known = KnownModel("tiny", parts, sha256(CONTENT), "Apache-2.0")
        self._monkeypatch.setitem(KNOWN, "tiny", known)

    def wheel(self, package: str, members: dict[str, bytes], member: str, size: int) -> Part:
        wheel = self.pip / f"{package.replace('-', '_')}-1.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return Part(package, "1.0", sha256(wheel.read_bytes()), member, size)

    def behave(self, code: str) -> None:
        (self.pip / "behave.py").write_text(code)

    def files(self) -> list[str]:
        return sorted(p.name for p in self.models.iterdir()) if self.models.exists() else []


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    return Shelf(tmp_path, monkeypatch)


def test_brings_only_the_named_member(shelf: Shelf) -> None:
    told: list[str] = []
    path = pull("tiny", progress=told.append)
    assert path == shelf.models / "tiny.gguf"
    assert path.read_bytes() == CONTENT
    assert shelf.files() == ["tiny.gguf"]
    assert any("tiny-model 1.0" in line for line in told)
    assert "Apache-2.0" in told[-1]


def test_pieces_in_several_packages_are_put_together_in_order(shelf: Shelf) -> None:
    pieces = [CONTENT[:9000], CONTENT[9000:9001], CONTENT[9001:]]
    shelf.in_pieces(pieces)
    assert pull("tiny").read_bytes() == CONTENT
    assert [m.state for m in list_pulled() if m.known.name == "tiny"] == ["ready"]
    assert shelf.files() == ["tiny.gguf"]


def test_pieces_in_another_order_or_size_are_refused_and_leave_nothing(shelf: Shelf) -> None:
    half = len(CONTENT) // 2
    shelf.in_pieces([CONTENT[half:], CONTENT[:half]])
    with pytest.raises(StorypainterError, match="tiny is not the file that storypainter knows"):
        pull("tiny")
    shelf.in_pieces([CONTENT[:half], CONTENT[half:]], sizes=[half, half - 1])
    with pytest.raises(StorypainterError, match="piece1"):
        pull("tiny")
    assert shelf.files() == []


def test_the_pinned_models_are_whole_rows() -> None:
    for known in KNOWN.values():
        assert known.parts
        assert known.licence
        for text in (known.sha256, *(part.wheel_sha256 for part in known.parts)):
            assert re.fullmatch(r"[0-9a-f]{64}", text)
    assert KNOWN["gemma3-270m"].size == 253_113_024  # as the parts' files add up


def test_pip_is_held_to_the_pinned_hash_and_to_that_one_package(shelf: Shelf) -> None:
    shelf.behave("(here / 'pinned.txt').write_text(open(sys.argv[sys.argv.index('-r')+1]).read())")
    known = shelf.offer({MEMBER: CONTENT})
    pull("tiny")
    words = (shelf.pip / "called.txt").read_text().split("\n")
    assert {"--require-hashes", "--no-deps", "--only-binary=:all:", "--no-input"} <= set(words)
    pinned = (shelf.pip / "pinned.txt").read_text()
    assert pinned == f"tiny-model==1.0 --hash=sha256:{known.parts[0].wheel_sha256}\n"


def test_what_is_here_and_right_is_not_fetched_again(shelf: Shelf) -> None:
    pull("tiny")
    shelf.behave("sys.exit('pip must not run')")
    assert pull("tiny").read_bytes() == CONTENT


def test_a_damaged_file_is_seen_and_replaced(shelf: Shelf) -> None:
    path = pull("tiny")
    path.write_bytes(CONTENT[:-1] + b"?")
    assert [m.state for m in list_pulled() if m.known.name == "tiny"] == ["damaged"]
    pull("tiny")
    assert path.read_bytes() == CONTENT
    assert [m.state for m in list_pulled() if m.known.name == "tiny"] == ["ready"]


def test_the_list_says_what_is_absent(shelf: Shelf) -> None:
    states = {m.known.name: m.state for m in list_pulled()}
    assert states["tiny"] == "absent"
    assert set(states) == set(KNOWN)


@pytest.mark.parametrize(
    ("changes", "members"),
    [
        ({"wheel_sha256": "0" * 64}, {MEMBER: CONTENT}),
        ({"sha256": "0" * 64}, {MEMBER: CONTENT}),
        ({}, {MEMBER: CONTENT + b"more"}),
        ({}, {MEMBER: CONTENT[:-1]}),
        ({}, {"other/tiny.gguf": CONTENT}),
        ({}, {f"../{MEMBER}": CONTENT}),
    ],
    ids=["wheel", "member", "longer", "shorter", "elsewhere", "outside"],
)
def test_anything_but_the_pinned_file_is_refused_and_leaves_nothing(
    shelf: Shelf, changes: dict[str, object], members: dict[str, bytes]
) -> None:
    shelf.offer(members, **changes)
    with pytest.raises(StorypainterError) as caught:
        pull("tiny")
    assert "\n" not in str(caught.value)
    assert shelf.files() == []


def test_a_member_that_unpacks_to_far_more_than_it_should_is_read_no_further(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.offer({MEMBER: b"\0" * 200_000_000})
    written: list[int] = []
    real = hashlib.sha256

    class Counting:
        def __init__(self) -> None:
            self._inner = real()

        def update(self, data: bytes) -> None:
            written.append(len(data))
            self._inner.update(data)

        def hexdigest(self) -> str:
            return self._inner.hexdigest()

    monkeypatch.setattr("storypainter.models.pull.hashlib.sha256", Counting)
    with pytest.raises(StorypainterError):
        pull("tiny")
    assert sum(written) == len(CONTENT) + 1


def test_pips_own_hash_refusal_is_told_as_such(shelf: Shelf) -> None:
    shelf.behave("sys.exit('ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS')")
    with pytest.raises(StorypainterError, match="its hash differs"):
        pull("tiny")
    assert shelf.files() == []


def test_no_network_is_one_line_without_the_indexs_password(shelf: Shelf) -> None:
    shelf.behave(
        "sys.exit('WARNING: retrying\\nERROR: Could not find a version at"
        " https://me:canary@index.example/simple\\nERROR: No matching distribution')"
    )
    with pytest.raises(ServerUnreachable) as caught:
        pull("tiny")
    assert "canary" not in str(caught.value)
    assert "Could not find a version" in caught.value.message
    assert "run the same command again" in caught.value.hint
    assert shelf.files() == []


def test_a_python_without_pip_says_how_to_get_it(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tmp_path / "bare-python"
    bare.write_text(f'#!/bin/sh\nexec {sys.executable} -S -E "$@"\n')  # no site-packages
    bare.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(bare))
    with pytest.raises(BadInput, match="has no pip") as caught:
        pull("tiny")
    assert "pip install pip" in caught.value.hint


def test_a_pip_in_the_current_folder_is_not_run(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (here / "pip.py").write_text("open('was-run', 'w')")
    monkeypatch.chdir(here)
    pull("tiny")
    assert [p.name for p in here.iterdir()] == ["pip.py"]


def test_a_folder_that_cannot_be_made_is_one_line(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path / "file" / "models"))
    with pytest.raises(BadInput, match="can't write") as caught:
        pull("tiny")
    assert "STORYPAINTER_MODELS_DIR" in caught.value.hint


def test_an_unknown_name_lists_the_known_ones(shelf: Shelf) -> None:
    with pytest.raises(BadInput, match="no local model is known as 'gpt-4o'") as caught:
        pull("gpt-4o")
    assert "smollm2-135m" in caught.value.hint


def test_killed_in_the_middle_there_is_no_file_and_the_next_pull_works(shelf: Shelf) -> None:
    shelf.behave("(here / 'running').touch(); time.sleep(60)")
    known = KNOWN["tiny"]
    code = (
        "from storypainter.models import local_files, pull\n"
        "from storypainter.models.local_files import KnownModel, Part\n"
        f"local_files.KNOWN['tiny'] = {known!r}\n"
        "pull.pull('tiny')"
    )
    process = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    while not (shelf.pip / "running").exists():
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    (left,) = shelf.files()
    assert left.startswith(".pulling-")
    assert not (shelf.models / "tiny.gguf").exists()

    (shelf.pip / "behave.py").unlink()
    long_ago = time.time() - 48 * 3600
    os.utime(shelf.models / left, (long_ago, long_ago))
    assert pull("tiny").read_bytes() == CONTENT
    assert shelf.files() == ["tiny.gguf"]  # what the killed pull left is swept


# ---------------------------------------------------------------------- hashes


def test_a_hash_is_remembered_until_the_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path / "models"))
    path = tmp_path / "weights"
    path.write_bytes(b"one")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert file_sha256(path) == sha256(b"one")
    with monkeypatch.context() as patched:
        patched.setattr(local_files.hashlib, "file_digest", lambda *_: pytest.fail("hashed again"))
        assert file_sha256(path) == sha256(b"one")
    path.write_bytes(b"two")  # same size, new time
    assert file_sha256(path) == sha256(b"two")


def test_a_file_that_has_just_changed_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path / "models"))
    path = tmp_path / "weights"
    path.write_bytes(b"one")
    now = path.stat().st_mtime_ns
    assert file_sha256(path) == sha256(b"one")
    path.write_bytes(b"two")
    os.utime(path, ns=(now, now))  # within the clock's grain, as a fast writer would
    assert file_sha256(path) == sha256(b"two")


@pytest.mark.parametrize("junk", [b"", b"{", b"[]", b"[1, 2]", b"\xff\xfe", b"null"])
def test_a_damaged_note_only_costs_hashing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, junk: bytes
) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path / "models"))
    path = tmp_path / "weights"
    path.write_bytes(b"one")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    file_sha256(path)
    (note,) = (tmp_path / "models" / ".hashes").iterdir()
    note.write_bytes(junk)
    assert file_sha256(path) == sha256(b"one")


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="can't read"):
        file_sha256(tmp_path / "nothing")


# --------------------------------------------------------------------- sources


def test_folders_and_hub_ids_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine" / "model").mkdir(parents=True)
    (tmp_path / "mine" / "model" / "config.json").write_text("{}")
    for name in ("mine/model", "./mine/model", str(tmp_path / "mine" / "model")):
        assert source(name, "config.json").folder == tmp_path / "mine" / "model"
    hub = source("Qwen/Qwen2.5-7B-Instruct", "config.json")
    assert (hub.folder, hub.hub_id, hub.revision) == (None, "Qwen/Qwen2.5-7B-Instruct", "main")
    assert source("gpt2@v1.0", "config.json").revision == "v1.0"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/nowhere/at/all",
        "./nothing",
        "a/b/c",
        "a b",
        "a/../b",
        "~/no/such",
        "a@b c",
        "~nobody-at-all/x",
    ],
)
def test_what_is_neither_is_one_line(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        source(name, "config.json")
    assert caught.value.hint


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_any_name_is_a_source_or_bad_input(name: str) -> None:
    try:
        found = source(name, "config.json")
    except BadInput:
        return
    assert (found.folder is None) != (found.hub_id == "")
