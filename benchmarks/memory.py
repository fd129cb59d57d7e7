"""Peak memory: 1,000 Pairs with 64 calls in flight, and what 10,000 stories add over 100.

The figure is the largest resident set (VmHWM) of the command's own process.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from measuring import (
    LATENCY,
    MODELS,
    SERVER_CORE,
    STORYPAINTER,
    Measured,
    measure,
    settings_for,
    storypainter_command,
    table,
    write_json,
)
from server_process import pin_to, running_server

CAP = 64
MOST_MB = 150
MOST_ADDED_MB = 60


def pairs(n: int) -> Measured:
    """``n`` Pairs at the latencies of the benchmark."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(*LATENCY, core=SERVER_CORE) as server,
    ):
        command = storypainter_command(server.base_url, n, CAP, Path(folder) / "run")
        return measure(server, command, Path(folder))


def stories(n: int) -> Measured:
    """``n`` stories alone, at a latency that keeps all places taken."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server("--chat-latency", "0.05", core=SERVER_CORE) as server,
    ):
        command = [STORYPAINTER, "tell", "-n", str(n), *MODELS[:2]]
        command += [*settings_for(server.base_url, CAP), "--out", str(Path(folder) / "run")]
        return measure(server, command, Path(folder))


def _row(what: str, took: Measured, wanted: int) -> dict[str, Any]:
    if took.ran.exit_code or took.good != wanted:
        last = took.ran.output.strip().splitlines()[-1:]
        raise SystemExit(f"{what}: exit {took.ran.exit_code}, {took.good} good calls; {last}")
    return {
        "what": what,
        "peak MB": took.ran.peak_mb,
        "CPU ms a call": took.ran.cpu / wanted * 1000,
        "whole s": took.ran.wall,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    pin = pin_to(SERVER_CORE)
    if pin is not None:
        pin()
    rows = [
        _row("1,000 Pairs", pairs(1000), 2000),
        _row("100 stories", stories(100), 100),
        _row("10,000 stories", stories(10_000), 10_000),
    ]
    print(table(rows))
    added = rows[2]["peak MB"] - rows[1]["peak MB"]
    verdicts = {
        f"1,000 Pairs under {MOST_MB} MB": rows[0]["peak MB"] < MOST_MB,
        f"10,000 stories add under {MOST_ADDED_MB} MB": added < MOST_ADDED_MB,
    }
    print(f"\n10,000 stories add {added:.1f} MB over 100 stories")
    write_json(options.json, "memory", {"rows": rows, "added_mb": added, "verdicts": verdicts})
    missed = [what for what, holds in verdicts.items() if not holds]
    if missed:
        raise SystemExit(f"missed: {'; '.join(missed)}")


if __name__ == "__main__":
    main()
