from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storypainter.errors import BadInput
from storypainter.painters.embedded import InkPainter


def children_of(pid: int) -> set[int]:
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if parent == pid:
                found.add(int(entry.name))
    return found


def alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
def test_drawing_processes_end_with_a_killed_parent(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "storypainter.cli.main", "generate", "-n", "6", "--quiet",
         "--out", str(tmp_path / "r")],
    )  # fmt: skip
    deadline = time.monotonic() + 60
    workers: set[int] = set()
    while len(workers) < 2 and time.monotonic() < deadline and process.poll() is None:
        workers = children_of(process.pid)
        time.sleep(0.05)
    assert workers
    time.sleep(2)  # imports are done, drawing has begun
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(alive, workers))


@pytest.mark.parametrize("size", ["100x1024", "1024x5000", "64x64"])
def test_sizes_out_of_range(size):
    with pytest.raises(BadInput, match="can't draw"):
        InkPainter(size=size, style="", seed=0)


def test_unknown_style():
    with pytest.raises(BadInput, match=r"no style 'oil'"):
        InkPainter(size="auto", style="oil", seed=0)
