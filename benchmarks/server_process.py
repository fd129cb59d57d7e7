"""Start, ask and stop the fault server, and run a client on a core of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SAMPLE_EVERY = 0.02
#: The cores that this process was given, before it pinned itself to one of them.
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


@dataclass
class FaultServer:
    """A running fault server: its addresses and its controls."""

    root: str
    process: subprocess.Popen[str]

    @property
    def base_url(self) -> str:
        """What a client is given as its base URL."""
        return self.root + "/v1"

    def _ask(self, path: str, method: str = "GET") -> bytes:
        request = urllib.request.Request(self.root + path, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            data: bytes = answer.read()
        return data

    def stats(self) -> dict[str, Any]:
        """Counts, first arrival, last completion; see ``fault_server.FaultServer.stats``."""
        counts: dict[str, Any] = json.loads(self._ask("/_control/stats"))
        return counts

    def count(self) -> int:
        """How many calls have come; cheaper than :meth:`stats`."""
        return int(json.loads(self._ask("/_control/count"))["calls"])

    def log(self) -> list[dict[str, Any]]:
        """Every call so far, in order of arrival."""
        return [json.loads(line) for line in self._ask("/_control/log").splitlines()]

    def reset(self) -> None:
        """Forget all calls and start the draws of faults afresh."""
        self._ask("/_control/reset", "POST")

    def stop(self) -> None:
        """End the server; it writes its log if it was asked to."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def pin_to(core: int | None) -> Callable[[], None] | None:
    """What a process runs to stay on one core; None where that can't be.

    With BENCHMARK_FIRST=1 in the environment it also goes before all other work of the machine
    (nice -20, in a scheduling group of its own), which needs the rights for it.
    """
    if core is None or not CORES:
        return None
    wanted = CORES[core % len(CORES)]

    def settle() -> None:
        os.sched_setaffinity(0, {wanted})
        if os.environ.get("BENCHMARK_FIRST") == "1":
            _go_first()

    return settle


def _go_first() -> None:
    with suppress(PermissionError):
        os.setsid()
    os.setpriority(os.PRIO_PROCESS, 0, -20)
    group = Path("/proc/self/autogroup")
    if group.exists():
        group.write_text("-20")


def start_server(*flags: str, core: int | None = None) -> FaultServer:
    """Start a server on a free loopback port and wait until it listens."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "fault_server.py"), *flags],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=pin_to(core),
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        process.wait()
        process.stdout.close()
        raise RuntimeError(f"the fault server did not start (exit code {process.returncode})")
    return FaultServer(json.loads(line)["root"], process)


@contextmanager
def running_server(*flags: str, core: int | None = None) -> Iterator[FaultServer]:
    """A server for the length of a ``with`` block."""
    server = start_server(*flags, core=core)
    try:
        yield server
    finally:
        server.stop()


@dataclass
class Ran:
    """A client's run as the machine saw it.

    ``peak_mb`` is the largest resident set of the process (VmHWM); ``queued`` the seconds that it
    was ready to run but had to wait for its core, ``stolen`` those for which the machine's host
    took the core away, ``machine_cpu`` what all processes of the machine used meanwhile.
    """

    exit_code: int
    started: float
    wall: float
    cpu: float
    peak_mb: float
    queued: float
    stolen: float
    machine_cpu: float
    output: str = field(repr=False, default="")


def _peak_mb(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    except (OSError, ValueError):
        pass
    return 0.0


def _queued(pid: int) -> float:
    total = 0.0
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        pass
    return total


def _core_times(core: int | None) -> tuple[float, float]:
    """Seconds so far: that the host took this core away, and that all cores were busy."""
    name = f"cpu{CORES[core % len(CORES)]}" if core is not None and CORES else "cpu"
    try:
        lines = Path("/proc/stat").read_text().splitlines()
        fields = {line.split()[0]: line.split()[1:] for line in lines if line.startswith("cpu")}
        tick = os.sysconf("SC_CLK_TCK")
        user, nice, system, _idle, _wait, irq, soft = map(int, fields["cpu"][:7])
        return int(fields[name][7]) / tick, (user + nice + system + irq + soft) / tick
    except (OSError, KeyError, ValueError):
        return 0.0, 0.0


def run_client(
    command: Sequence[str],
    output: Path,
    core: int | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = 900.0,
    kill_when: Callable[[], bool] | None = None,
) -> Ran:
    """Run a command to its end (or kill -9 it when ``kill_when`` says so) and measure it."""
    stolen_before, busy_before = _core_times(core)
    with output.open("wb") as sink:
        started = time.monotonic()
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            preexec_fn=pin_to(core),
        )
        peak = queued = 0.0
        try:
            while True:
                pid, status, used = os.wait4(process.pid, os.WNOHANG)
                if pid:
                    break
                peak = max(peak, _peak_mb(process.pid))
                queued = max(queued, _queued(process.pid))
                overdue = time.monotonic() - started > timeout
                if overdue or (kill_when is not None and kill_when()):
                    process.kill()
                time.sleep(SAMPLE_EVERY)
        except BaseException:
            process.kill()
            raise
        wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = used.ru_utime + used.ru_stime
    text = output.read_text(errors="replace")
    stolen_after, busy_after = _core_times(core)
    return Ran(
        exit_code=process.returncode,
        started=started,
        wall=wall,
        cpu=cpu,
        peak_mb=peak,
        queued=queued,
        stolen=stolen_after - stolen_before,
        machine_cpu=busy_after - busy_before,
        output=text,
    )
