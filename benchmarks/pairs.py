"""1,000 Pairs at 200 ms a chat call and 400 ms an image call, with 32 to 256 calls in flight.

Client and server have a core each. Efficiency is what an ideal client would need, divided by the
time between the first arrival and the last completion at the server: the client's start and end
are reported by themselves. Peers run in turn with storypainter, against the same server.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measuring import (
    CURATOR,
    LATENCY,
    SERVER_CORE,
    Measured,
    emptied,
    ideal,
    install_curator,
    loop_command,
    measure,
    median,
    storypainter_command,
    table,
    versions_of_curator,
    workplace,
    write_json,
)
from server_process import FaultServer, pin_to, running_server

CAPS = (32, 64, 128, 256)
FLOORS = {32: 0.95, 64: 0.92, 128: 0.88, 256: 0.65}
CLIENTS = ("storypainter", "aiohttp", "sdk", "curator")
FEW = 20
#: A run during which the machine was busier elsewhere than this share of its time is repeated.
QUIET = 0.08


def run_one(
    server: FaultServer,
    place: Path,
    client: str,
    n: int,
    cap: int,
    repeats: int,
    tries: int = 0,
) -> tuple[dict[str, Any], list[Measured]]:
    """Measure one client at one cap; the row holds the medians of ``repeats`` runs.

    A run during which the machine was busy elsewhere is repeated, up to ``tries`` runs in all;
    then the least disturbed ones count, and the row says how disturbed they were.
    """
    runs: list[Measured] = []
    while len(runs) < max(repeats, tries):
        scratch = Path(tempfile.mkdtemp(dir=place))
        if client == "storypainter":
            command = storypainter_command(server.base_url, n, cap, scratch / "run")
        else:
            command = loop_command(client, server.base_url, n, cap, scratch / "run")
        runs.append(measure(server, command, scratch))
        emptied(scratch)
        if sum(run.disturbed <= QUIET for run in runs) >= repeats:
            break
    runs = sorted(runs, key=lambda run: run.disturbed)[:repeats]
    return _row(client, n, cap, runs), runs


def _row(client: str, n: int, cap: int, runs: Sequence[Measured]) -> dict[str, Any]:
    stories_only = client == "curator"
    wanted = n if stories_only else 2 * n
    failed = next((run for run in runs if run.ran.exit_code or run.good != wanted), None)
    if failed is not None:
        why = failed.ran.output.strip().splitlines()[-1:] or [""]
        why_short = f"exit {failed.ran.exit_code}, {failed.good} of {wanted} calls: {why[0][:80]}"
        return {"in flight": cap, "client": client, "efficiency": None, "note": why_short}
    best = ideal(n, cap, stories_only)
    shares = [best / run.span for run in runs]
    return {
        "in flight": cap,
        "client": client + (" (stories only)" if stories_only else ""),
        "efficiency": median(shares),
        "lowest": min(shares),
        "highest": max(shares),
        "calls/s": median(run.rate for run in runs),
        "CPU ms a call": median(run.ran.cpu for run in runs) / wanted * 1000,
        "peak MB": median(run.ran.peak_mb for run in runs),
        "start s": median(run.start for run in runs),
        "whole s": median(run.ran.wall for run in runs),
        "most at once": max(run.max_in_flight for run in runs),
        "disturbed": max(run.disturbed for run in runs),
        "server CPU s": median(run.server_cpu for run in runs),
        "note": "",
    }


def one_by_one(server: FaultServer, place: Path, n: int) -> dict[str, Any]:
    """The sequential loop on a few Pairs; its time for ``n`` is an extrapolation and says so."""
    row, runs = run_one(server, place, "one-by-one", FEW, 1, 1)
    seconds = runs[0].span / FEW * n
    row["client"] = "one by one"
    row["note"] = f"{FEW} Pairs measured; {n} would take {seconds:.0f} s (extrapolated)"
    return row


def beside_peers(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Storypainter's efficiency divided by each peer's, at each cap."""
    ratios = []
    for cap in sorted({row["in flight"] for row in rows}):
        here = {row["client"]: row.get("efficiency") for row in rows if row["in flight"] == cap}
        ours = here.pop("storypainter", None)
        if not ours:
            continue
        shares = {name: ours / other if other else None for name, other in here.items()}
        floor = FLOORS.get(cap)
        verdict = "" if floor is None else ("reached" if ours >= floor else "MISSED")
        ratios.append({"in flight": cap, "ours": ours, "floor": floor, "": verdict, **shares})
    return ratios


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--caps", type=_numbers, default=CAPS)
    parser.add_argument("--clients", type=lambda text: tuple(text.split(",")), default=CLIENTS)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--tries", type=int, default=6, help="runs at most, for quiet ones")
    parser.add_argument("--install-curator", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.install_curator:
        install_curator()
    clients = [name for name in options.clients if name != "curator" or CURATOR.exists()]
    if len(clients) < len(options.clients):
        print("curator is left out: run once with --install-curator")
    pin = pin_to(SERVER_CORE)
    if pin is not None:
        pin()
    rows: list[dict[str, Any]] = []
    with workplace() as place, running_server(*LATENCY, core=SERVER_CORE) as server:
        for cap in options.caps:
            for client in clients:
                row, _ = run_one(
                    server, place, client, options.n, cap, options.repeats, options.tries
                )
                rows.append(row)
                print(f"{client} at {cap}: {row['efficiency'] or row['note']}", flush=True)
        last = one_by_one(server, place, options.n)
    print(f"\n{table([*rows, last])}\n")
    ratios = beside_peers(rows)
    if ratios:
        print(f"storypainter's efficiency, and divided by each peer's:\n\n{table(ratios)}")
    results = {
        "pairs": options.n,
        "repeats": options.repeats,
        "curator": versions_of_curator(),
        "rows": [*rows, last],
        "beside_peers": ratios,
    }
    write_json(options.json, "pairs", results)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


if __name__ == "__main__":
    main()
