"""Processes for pure computation: how many, and how they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from storypainter.processes import MOST, cores, process_pool


@pytest.mark.parametrize(("has", "expected"), [(1, 1), (3, 3), (8, 8), (200, MOST)])
def test_one_process_for_each_core_that_may_be_used(monkeypatch, has, expected):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(has)), raising=False)
    assert cores() == expected


@pytest.mark.parametrize(("has", "expected"), [(None, 1), (4, 4), (64, MOST)])
def test_where_only_the_machine_s_cores_are_known(monkeypatch, has, expected):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: has)
    assert cores() == expected


def test_ctrl_c_is_left_to_the_parent():
    with process_pool(1) as pool:
        assert pool.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN


def test_processes_end_with_a_killed_parent_even_while_they_work():
    # The worker, too, holds the pipe: it is at its end only when both are gone.
    code = (
        "import signal; from storypainter.processes import process_pool\n"
        "if __name__ == '__main__':\n"
        "    work = 'import os, signal; print(os.getpid(), flush=True); signal.pause()'\n"
        "    pool = process_pool(1)\n"
        "    pool.submit(exec, work)\n"
        "    signal.pause()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        process.kill()
        try:
            assert process.communicate(timeout=60) == (b"", None)
        except subprocess.TimeoutExpired:
            os.kill(worker, signal.SIGKILL)
            raise
    assert worker != process.pid
