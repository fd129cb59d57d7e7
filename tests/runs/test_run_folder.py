from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from storypainter.errors import RunFolderError
from storypainter.reply import CallRecord, Usage
from storypainter.runs import schema
from storypainter.runs.folder import RunFolder, run_folders, write_atomically
from storypainter.runs.items import items, totals
from storypainter.runs.replies import Replies
from storypainter.runs.verify import forget, missing_pictures, verify
from storypainter.story import Story

SPEC = {"n": 2, "painter": "ink", "brief": {"theme": 'a "quoted" theme\n'}, "rpm": None}


def record(key="k1", blob=None, cost=0.25):
    return CallRecord(
        key, "story", "a/b", "chat", {"text": "x"}, blob, "image/png", Usage(3, 4), cost, 0.1, 1
    )


def run_async(coroutine):
    return asyncio.run(coroutine)


def begin(folder, **changes):
    folder.begin({**SPEC, **changes}, {"n": "flag"}, "storypainter generate")
    return folder


def test_a_reply_is_durable_before_keep_returns(tmp_path):
    async def keep(folder):
        digest = await Replies(folder).keep(record(blob=b"\x89PNG-bytes"))
        # Another connection sees it at once: it's committed, not pending.
        with sqlite3.connect(tmp_path / "r" / "run.db") as other:
            assert other.execute("SELECT blob, cost FROM calls").fetchall() == [(digest, 0.25)]
        return digest

    with RunFolder(tmp_path / "r") as folder:
        digest = run_async(keep(folder))
        assert (tmp_path / "r" / "pictures" / f"{digest}.png").read_bytes() == b"\x89PNG-bytes"
        assert Replies(folder).find("k1").reply == {"text": "x"}
        assert Replies(folder).find("k2") is None
        assert Replies(folder).spent() == 0.25


def test_rows_of_one_turn_go_into_one_transaction(tmp_path):
    async def keep_many(folder):
        await asyncio.gather(*(Replies(folder).keep(record(key=f"k{i}")) for i in range(50)))

    with RunFolder(tmp_path / "r") as folder:
        commits = []
        folder.db._db.set_trace_callback(lambda sql: commits.append(sql == "COMMIT"))
        run_async(keep_many(folder))
        assert sum(commits) == 1
        assert folder.db.value("SELECT COUNT(*) FROM calls") == 50


def test_charges_count_as_spent(tmp_path):
    async def charge(folder):
        await Replies(folder).charge("story", "a/b", Usage(1, 2), 0.5)
        await Replies(folder).charge("story", "a/b", Usage(1, None), None)

    with RunFolder(tmp_path / "r") as folder:
        run_async(charge(folder))
        assert Replies(folder).spent() == 0.5
        begin(folder)
        assert (totals(folder).cost, totals(folder).unpriced_calls) == (0.5, 1)


def test_run_toml_is_toml_and_says_where_values_come_from(tmp_path):
    with RunFolder(tmp_path / "r") as folder:
        begin(folder)
    text = (tmp_path / "r" / "run.toml").read_text()
    plain = tomllib.loads(text)
    assert plain["n"] == 2
    assert plain["brief"]["theme"] == SPEC["brief"]["theme"]
    assert "n = 2  # flag" in text


def test_a_second_process_says_so_and_harms_nothing(tmp_path):
    with RunFolder(tmp_path / "r") as folder:
        begin(folder)
        before = sorted(p.name for p in (tmp_path / "r").iterdir())
        code = (
            "from pathlib import Path\nfrom storypainter.runs.folder import RunFolder\n"
            f"RunFolder(Path({str(tmp_path / 'r')!r}))"
        )
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert other.returncode != 0
        assert f"in use by process {os.getpid()}" in other.stderr
        with RunFolder(tmp_path / "r", read_only=True) as reader:
            assert reader.spec()["n"] == 2
        assert sorted(p.name for p in (tmp_path / "r").iterdir()) == before
    with RunFolder(tmp_path / "r"):
        pass  # free again


def test_the_same_question_continues_and_a_new_one_is_current(tmp_path):
    async def ask(folder):
        first = folder.begin(SPEC, {}, "c")
        assert folder.begin(SPEC, {}, "c") == first
        folder.link(0, "story", "key-of-2")
        folder.db.flush()
        other = folder.begin({**SPEC, "n": 5}, {}, "c")
        assert other != first
        assert len(list(items(folder))) == 5
        again = folder.begin(SPEC, {}, "c")
        assert folder.latest_spec_id() == again
        assert folder.spec()["n"] == 2
        rows = list(folder.db.rows("SELECT item, key FROM items WHERE spec = ?", again))
        assert rows == [(0, "key-of-2")]

    with RunFolder(tmp_path / "r") as folder:
        run_async(ask(folder))


def test_steps_keep_reasons_and_count_failures(tmp_path):
    async def fail_and_do(folder):
        await folder.failed("k", "story", "refused", "not today")
        await folder.failed("k", "story", "refused", "still not")
        row = folder.step("k")
        assert (row.done, row.failures, row.reason) == (False, 2, "still not")
        folder.link(0, "story", "k")
        folder.db.flush()
        item = next(items(folder))
        assert (item.status, item.step, item.reason_kind) == ("failed", "story", "refused")
        story = Story(id="s", text="A dog waits.")
        await folder.done("k", "story", story.to_json().encode())
        assert next(items(folder)).story == story

    with RunFolder(tmp_path / "r") as folder:
        begin(folder)
        run_async(fail_and_do(folder))


# ------------------------------------------------------------------ migrations


def oldest(path: Path) -> None:
    """A run as schema 1 left it."""
    path.mkdir()
    (path / "pictures").mkdir()
    db = sqlite3.connect(path / "run.db")
    db.executescript(schema.MIGRATIONS[0] + ";PRAGMA user_version = 1;")
    db.execute(
        "INSERT INTO specs VALUES (1, 'h', ?, '{}', '0.0', 'c', 0, NULL)",
        (b'{"n":1,"painter":""}',),
    )
    db.execute(
        "INSERT INTO calls VALUES ('k','story','a','chat',?,NULL,1,2,0.5,0.1,1,0)", (b'{"a":1}',)
    )
    db.commit()
    db.close()


def test_the_oldest_schema_is_migrated_with_its_rows(tmp_path):
    oldest(tmp_path / "r")
    with RunFolder(tmp_path / "r") as folder:
        assert folder.db.value("PRAGMA user_version") == schema.VERSION
        assert Replies(folder).find("k").reply == {"a": 1}
        assert Replies(folder).spent() == 0.5


def test_reading_an_old_run_changes_nothing(tmp_path):
    oldest(tmp_path / "r")
    before = (tmp_path / "r" / "run.db").read_bytes()
    with RunFolder(tmp_path / "r", read_only=True) as folder:
        assert totals(folder).cost == 0.5
    assert (tmp_path / "r" / "run.db").read_bytes() == before


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_run_is_refused(tmp_path, read_only):
    oldest(tmp_path / "r")
    with sqlite3.connect(tmp_path / "r" / "run.db") as db:
        db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(RunFolderError, match="newer storypainter"):
        RunFolder(tmp_path / "r", read_only=read_only)


# -------------------------------------------------------------------- verifying


def with_picture(path: Path) -> str:
    with RunFolder(path) as folder:
        begin(folder)

        async def keep():
            digest = await Replies(folder).keep(record(blob=b"picture"))
            await folder.done("p", "picture", f'{{"file":"pictures/{digest}.png"}}'.encode())
            return digest

        return run_async(keep())


def problems(path: Path):
    with RunFolder(path, read_only=True) as folder:
        return {(f.problem, f.file) for f in verify(folder)}


def test_verify_finds_missing_altered_and_unknown_files(tmp_path):
    digest = with_picture(tmp_path / "r")
    file = tmp_path / "r" / "pictures" / f"{digest}.png"
    assert problems(tmp_path / "r") == set()
    file.write_bytes(b"PICTURE")  # same size
    assert problems(tmp_path / "r") == {("altered", f"pictures/{digest}.png")}
    file.unlink()
    (tmp_path / "r" / "pictures" / "mine.png").write_bytes(b"x")
    assert problems(tmp_path / "r") == {
        ("missing", f"pictures/{digest}.png"),
        ("unknown", "pictures/mine.png"),
    }
    (tmp_path / "r" / "run.toml").unlink()
    assert ("missing", "run.toml") in problems(tmp_path / "r")


def test_forgetting_moves_aside_and_lets_the_next_run_make_it_again(tmp_path):
    digest = with_picture(tmp_path / "r")
    file = tmp_path / "r" / "pictures" / f"{digest}.png"
    file.write_bytes(b"edited by hand")
    with RunFolder(tmp_path / "r") as folder:
        assert missing_pictures(folder) == 1
        assert forget(folder, tuple(verify(folder))) == 1
        assert missing_pictures(folder) == 0
        assert Replies(folder).find("k1") is None
        assert folder.step("p") is None
    assert file.with_name(file.name + ".altered").read_bytes() == b"edited by hand"


# ------------------------------------------------------------------ unhappy paths


def test_a_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(RunFolderError, match=r"not empty and no run folder.*thesis\.docx"):
        RunFolder(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_in_place_of_the_folder(tmp_path):
    (tmp_path / "r").write_text("")
    with pytest.raises(RunFolderError, match="not a folder"):
        RunFolder(tmp_path / "r")


def test_a_damaged_database(tmp_path):
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "run.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(RunFolderError, match="damaged or no storypainter run"):
        RunFolder(tmp_path / "r")


def test_no_run_there(tmp_path):
    with pytest.raises(RunFolderError, match=r"holds no run\.db"):
        RunFolder(tmp_path, read_only=True)


def test_too_little_free_space_is_refused_before_anything(tmp_path, monkeypatch):
    import shutil

    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(RunFolderError, match="free for"):
        RunFolder(tmp_path / "r")


def test_a_full_disk_while_writing_a_picture(tmp_path, monkeypatch):
    def no_space(handle, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", no_space)
    with pytest.raises(RunFolderError, match="no space left") as caught:
        write_atomically(tmp_path / "x.png", b"data")
    assert "nothing is lost" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_while_committing_reaches_every_writer(tmp_path):
    async def write_two(folder):
        folder.db._db.execute("PRAGMA max_page_count = 1")
        big = record(key="big", cost=None)
        results = await asyncio.gather(
            *(
                Replies(folder).keep(
                    CallRecord(
                        f"k{i}",
                        "s",
                        "a",
                        "chat",
                        {"text": "x" * 100_000},
                        None,
                        "",
                        Usage(),
                        None,
                        0.0,
                        1,
                    )
                )
                for i in range(2)
            ),
            return_exceptions=True,
        )
        assert all(isinstance(r, RunFolderError) and "disk is full" in str(r) for r in results)
        with pytest.raises(RunFolderError):
            await Replies(folder).keep(big)

    folder = RunFolder(tmp_path / "r")
    run_async(write_two(folder))
    folder.db._broken = None
    folder.close()


def test_half_written_files_of_a_killed_process_are_swept(tmp_path):
    with_picture(tmp_path / "r")
    (tmp_path / "r" / "pictures" / ".abc.png.123.part").write_bytes(b"half")
    with RunFolder(tmp_path / "r"):
        pass
    assert not list((tmp_path / "r" / "pictures").glob(".*"))


def test_files_outside_the_folder_are_not_read(tmp_path):
    (tmp_path / "secret").write_text("s")
    with RunFolder(tmp_path / "r") as folder, pytest.raises(RunFolderError, match="outside"):
        folder.read_file("../secret")


def test_run_folders_lists_runs_only(tmp_path):
    with_picture(tmp_path / "b")
    with_picture(tmp_path / "a")
    (tmp_path / "other").mkdir()
    assert [p.name for p in run_folders(tmp_path)] == ["a", "b"]
    assert list(run_folders(tmp_path / "none")) == []
