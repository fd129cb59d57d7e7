"""kill -9 at random moments: nothing paid is lost, nothing is paid twice but calls in flight."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import fault_replies
import pytest
from server_process import FaultServer

from storypainter.runs.folder import RunFolder
from storypainter.runs.items import items
from storypainter.runs.verify import verify

PAIRS, CAP = 40, 8


def command(server: FaultServer, out: Path, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "storypainter.cli.main", "generate", "-n", str(PAIRS),
        "--storyteller", "openai/any-writer", "--painter", "openai/any-painter",
        "--base-url", server.base_url, "--max-concurrency", str(CAP),
        "--start-concurrency", str(CAP), "--out", str(out), "--quiet", *more,
    ]  # fmt: skip


def kill_after(server: FaultServer, out: Path, calls: int, delay: float) -> bool:
    """Start the run and kill it ``delay`` seconds after that many more calls.

    Returns whether it was killed (else it had ended by itself).
    """
    target = server.count() + calls
    process = subprocess.Popen(command(server, out), stderr=subprocess.PIPE)
    while process.poll() is None and server.count() < target:
        time.sleep(0.002)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def wait_until_idle(server: FaultServer) -> None:
    """Calls of a killed client still run at the server for a moment."""
    while server.stats()["in_flight"]:
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("seed", "starts"),
    [
        pytest.param(20, 12, marks=pytest.mark.slow),
        *(pytest.param(seed, 30, marks=pytest.mark.soak) for seed in range(5)),
    ],
)
def test_kill_at_many_random_moments(fault_server, tmp_path, seed, starts):
    server = fault_server("--chat-latency", "0.03", "--image-latency", "0.05")
    out = tmp_path / "run"
    draw = random.Random(seed)
    kills = 0
    # Also before the first call, and between a reply's arrival and its transaction.
    for _ in range(starts):
        kills += kill_after(server, out, draw.choice((0, 0, 1, 2, 5)), draw.uniform(0, 0.04))
        wait_until_idle(server)
    assert kills >= 8
    last = subprocess.run(command(server, out), capture_output=True, text=True)
    assert (last.returncode, last.stderr) == (0, "")
    with RunFolder(out, read_only=True) as folder:
        found = list(items(folder))
        assert [item.status for item in found] == ["done"] * PAIRS
        assert list(verify(folder)) == []
        for item in found:
            notes = fault_replies.notes(folder.read_file(item.picture.file))
            assert fault_replies.digest(item.story.text.encode()) in notes.values()
    # Every call beyond one story and one picture an item was in flight at some kill.
    assert server.count() <= 2 * PAIRS + kills * CAP


def test_running_again_calls_nobody(fault_server, tmp_path):
    server = fault_server("--chat-latency", "0.01", "--image-latency", "0.01")
    assert subprocess.run(command(server, tmp_path / "run")).returncode == 0
    calls = server.count()
    assert calls == 2 * PAIRS
    assert subprocess.run(command(server, tmp_path / "run")).returncode == 0
    assert server.count() == calls


def test_the_first_interrupt_lets_calls_in_flight_finish(fault_server, tmp_path):
    server = fault_server("--chat-latency", "0.5", "--image-latency", "0.5")
    out = tmp_path / "run"
    process = subprocess.Popen(
        command(server, out), stderr=subprocess.PIPE, text=True, stdout=subprocess.PIPE
    )
    while server.count() < CAP:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert f"waiting for {CAP} calls in flight" in errors
    wait_until_idle(server)
    assert server.count() == CAP
    with RunFolder(out, read_only=True) as folder:
        assert sum(item.story is not None for item in items(folder)) == CAP
    rest = subprocess.run(command(server, out))
    assert rest.returncode == 0
    assert server.count() == 2 * PAIRS
