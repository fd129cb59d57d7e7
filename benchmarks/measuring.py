"""What the measurements share: the machine, the efficiency, the clients' commands, the tables."""

from __future__ import annotations

import datetime as dt
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server_process import HERE, FaultServer, Ran, run_client

CHAT_SECONDS = 0.2
IMAGE_SECONDS = 0.4
LATENCY = ("--chat-latency", str(CHAT_SECONDS), "--image-latency", str(IMAGE_SECONDS))
CLIENT_CORE, SERVER_CORE = 0, 1
KEY = "sk-benchmark-key"
CURATOR = HERE / ".venv-curator"
STORYPAINTER = str(Path(sys.executable).with_name("storypainter"))
MODELS = ("--storyteller", "openai/gpt-4o", "--painter", "openai/gpt-image-1")


def machine() -> dict[str, Any]:
    """What the numbers were measured on."""
    model = platform.processor()
    memory = 0.0
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.split(":")[1].strip() for line in lines if "model name" in line), model)
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memory_gb": round(memory, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "date": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "load_average": [round(value, 2) for value in os.getloadavg()],
    }


def settings_for(base_url: str, cap: int | None) -> list[str]:
    """The flags that fix (or, with None, free) the number of calls in flight."""
    fixed = ["--start-concurrency", str(cap), "--max-concurrency", str(cap)] if cap else []
    return ["--base-url", base_url, *fixed]


def storypainter_command(base_url: str, n: int, cap: int | None, out: Path) -> list[str]:
    """Storypainter's own command for ``n`` Pairs."""
    command = [STORYPAINTER, "generate", "-n", str(n), *MODELS]
    return [*command, *settings_for(base_url, cap), "--out", str(out)]


def loop_command(name: str, base_url: str, n: int, cap: int, out: Path) -> list[str]:
    """The command of one of the loops in loops.py."""
    python = CURATOR / "bin" / "python" if name == "curator" else Path(sys.executable)
    arguments = ["--base-url", base_url, "-n", str(n), "--cap", str(cap), "--out", str(out)]
    return [str(python), str(HERE / "loops.py"), name, *arguments, "--key", KEY]


def install_curator() -> None:
    """Give curator a venv of its own; it is never a dependency of storypainter."""
    if (CURATOR / "bin" / "python").exists():
        return
    subprocess.run([sys.executable, "-m", "venv", str(CURATOR)], check=True)
    pip = [str(CURATOR / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "bespokelabs-curator"], check=True)


def versions_of_curator() -> str:
    """The installed version, or what is missing."""
    python = CURATOR / "bin" / "python"
    if not python.exists():
        return "not installed"
    code = "from importlib.metadata import version; print(version('bespokelabs-curator'))"
    asked = subprocess.run([str(python), "-c", code], capture_output=True, text=True)
    return asked.stdout.strip() or "broken"


def environment() -> dict[str, str]:
    """What every client is given: a key, and no colours or terminal."""
    return {"OPENAI_API_KEY": KEY, "NO_COLOR": "1", "TERM": "dumb"}


@dataclass(frozen=True)
class Measured:
    """One client's run against one server."""

    ran: Ran
    span: float
    first_arrival: float
    calls: int
    good: int
    max_in_flight: int
    server_cpu: float

    @property
    def start(self) -> float:
        """Seconds from the start of the process to its first call at the server."""
        return self.first_arrival - self.ran.started

    @property
    def disturbed(self) -> float:
        """How busy the machine was elsewhere, as a share of the run's wall time.

        The time that the client waited for its core, that the host took the core away, and that
        other processes used on any core: cores of one machine share caches, often more.
        """
        others = max(0.0, self.ran.machine_cpu - self.ran.cpu - self.server_cpu)
        return (self.ran.queued + self.ran.stolen + others) / self.ran.wall

    @property
    def rate(self) -> float:
        """Good calls a second between first arrival and last completion."""
        return self.good / self.span if self.span else 0.0


def measure(server: FaultServer, command: Sequence[str], scratch: Path, **more: Any) -> Measured:
    """Run a client and read its run off the server's log.

    The span is from the first arrival to the last completion of calls that the server did not
    reject as such: curator opens with a call that is meant to be rejected.
    """
    server.reset()
    before = server.stats()["cpu_seconds"]
    ran = run_client(command, scratch / "output.txt", core=CLIENT_CORE, env=environment(), **more)
    stats, log = server.stats(), server.log()
    counted = [row for row in log if row["status"] not in (400, 401, 404) or row["fault"]]
    done = [row["completion"] for row in counted if row["completion"] is not None]
    first = counted[0]["arrival"] if counted else math.nan
    return Measured(
        ran=ran,
        span=max(done) - first if done else math.nan,
        first_arrival=first,
        calls=len(counted),
        good=sum(row["status"] == 200 and not row["fault"] for row in counted),
        max_in_flight=stats["max_in_flight"],
        server_cpu=stats["cpu_seconds"] - before,
    )


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder for all runs of a benchmark, removed at its end.

    Files are not deleted between runs: some file systems (ext4) keep away from inodes that were
    freed within the last minutes, and search past all of them whenever a file is made.
    """
    with tempfile.TemporaryDirectory(prefix="storypainter-benchmark-") as folder:
        yield Path(folder)


def emptied(folder: Path) -> None:
    """Give back the space of the files below, not the files."""
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            os.truncate(file, 0)


def ideal(n: int, cap: int, stories_only: bool = False) -> float:
    """Seconds that ``n`` Pairs take if all ``cap`` places are always taken."""
    return math.ceil(n / cap) * (CHAT_SECONDS + (0 if stories_only else IMAGE_SECONDS))


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as a Markdown table; the first row's keys are the columns."""
    columns = list(rows[0])
    cells = [columns, ["---"] * len(columns)]
    cells += [[_cell(row.get(column)) for column in columns] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in cells)


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return (
        f"{value:.3g}"
        if isinstance(value, float) and abs(value) < 100
        else (f"{value:.0f}" if isinstance(value, float) else str(value))
    )


def write_json(path: Path | None, name: str, results: Mapping[str, Any]) -> None:
    """Write results with the machine and the date that they belong to."""
    if path is not None:
        body = {"benchmark": name, "machine": machine(), **results}
        path.write_text(json.dumps(body, indent=2, default=str) + "\n")
        print(f"\nwritten: {path}")


def exported(run: Path, folder: Path) -> list[dict[str, Any]]:
    """The rows of a run, by ``storypainter runs export``."""
    command = [STORYPAINTER, "runs", "export", str(run), "--format", "jsonl", str(folder)]
    asked = subprocess.run(command, capture_output=True, text=True)
    if asked.returncode:
        raise RuntimeError(f"runs export failed: {asked.stderr.strip() or asked.stdout.strip()}")
    files = sorted(folder.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def median(values: Iterable[float]) -> float:
    """The middle value (the lower of two)."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2]
