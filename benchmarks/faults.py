"""What storypainter does when the server fails, and when it is killed itself.

Every scenario ends with checks that can fail; the exit code is 1 if one did.

    mixed   5 % each of 429, 500, resets, cut bodies and empty choices, 32 calls in flight
    hangs   2 % of the calls are never answered; --timeout 3
    poison  one story is always refused, one always answered 500, one always malformed
    kill    kill -9 at call 500 of 1,000 and again at 800, each time run again
    adapt   the time that a free level needs to reach 90 % of where it ends
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fault_replies as replies
from measuring import (
    CLIENT_CORE,
    LATENCY,
    SERVER_CORE,
    emptied,
    environment,
    exported,
    measure,
    storypainter_command,
    workplace,
    write_json,
)
from server_process import FaultServer, pin_to, run_client, running_server

MIXED = ("429", "500", "reset", "truncate", "empty_choices")
SLOWDOWN = 1.6
#: Exit codes of a run that finished: all items done, or some failed with their reasons.
FINISHED = (0, 3)


class Checks:
    """What must hold; printed as it is found."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def hold(self, what: str, holds: bool, seen: object = "") -> None:
        print(f"  {'ok  ' if holds else 'FAIL'} {what}{f': {seen}' if seen != '' else ''}")
        if not holds:
            self.failed.append(what)


def check_items(checks: Checks, rows: Sequence[Mapping[str, Any]], n: int) -> Counter[str]:
    """Every item is there once, done or failed, and every failure has a reason."""
    ids = {row["id"] for row in rows}
    statuses = Counter(str(row["status"]) for row in rows)
    checks.hold(f"{n} items, each once", len(rows) == len(ids) == n, f"{len(rows)} rows")
    checks.hold("all are done or failed", set(statuses) <= {"done", "failed"}, dict(statuses))
    silent = [row["id"] for row in rows if row["status"] == "failed" and not row["reason"]]
    checks.hold("every failure has its reason", not silent, len(silent))
    return statuses


def check_pictures(checks: Checks, rows: Sequence[Mapping[str, Any]], folder: Path) -> None:
    """Every picture file is whole and was painted from its own row's story."""
    done = [row for row in rows if row["status"] == "done"]
    strangers, damaged = [], []
    for row in done:
        mark = replies.MARK.search(row["story"])
        try:
            notes = replies.notes((folder / row["picture"]).read_bytes())
        except (OSError, TypeError, ValueError) as error:
            damaged.append(f"{row['id']}: {error}")
            continue
        if mark is None or notes["tale"] != mark.group(0):
            strangers.append(row["id"])
    checks.hold("every picture is a whole PNG", not damaged, damaged[:3] or len(done))
    checks.hold("every picture belongs to its story", not strangers, strangers[:3] or len(done))
    tales = Counter(match.group(0) for row in done if (match := replies.MARK.search(row["story"])))
    twice = [tale for tale, count in tales.items() if count > 1]
    checks.hold("no reply serves two items", not twice, twice[:3] or len(tales))


def mixed(checks: Checks, place: Path, n: int, cap: int) -> dict[str, Any]:
    """The same run on a clean and on a failing server."""
    flags = [flag for kind in MIXED for flag in ("--fault", f"{kind}=0.05")]
    figures: dict[str, Any] = {}
    for name, extra in (("clean", []), ("failing", [*flags, "--seed", "3"])):
        with folder_for(place) as folder, _server(*extra) as server:
            run = folder / "run"
            command = storypainter_command(server.base_url, n, cap, run)
            took = measure(server, command, folder)
            rows = exported(run, folder / "rows")
            checks.hold(f"{name}: exit code", took.ran.exit_code in FINISHED, took.ran.exit_code)
            statuses = check_items(checks, rows, n)
            check_pictures(checks, rows, folder / "rows")
            figures[name] = {
                "span": took.span,
                "wall": took.ran.wall,
                "calls": took.calls,
                "statuses": statuses,
                "reasons": Counter(row["reason"] for row in rows if row["status"] == "failed"),
                "faults": server.stats()["faults"],
            }
    ratio = figures["failing"]["wall"] / figures["clean"]["wall"]
    checks.hold(f"within {SLOWDOWN} times the clean wall", ratio <= SLOWDOWN, f"{ratio:.2f}")
    return {**figures, "ratio": ratio}


def hangs(checks: Checks, place: Path, n: int, cap: int) -> dict[str, Any]:
    """Calls that are never answered are given up after --timeout and sent again."""
    with folder_for(place) as folder, _server("--fault", "hang=0.02") as server:
        run = folder / "run"
        command = [*storypainter_command(server.base_url, n, cap, run), "--timeout", "3"]
        took = measure(server, command, folder, timeout=300)
        rows = exported(run, folder / "rows")
        hung = server.stats()["faults"].get("hang", 0)
        checks.hold("some calls hung", hung > 0, hung)
        checks.hold("exit code", took.ran.exit_code in FINISHED, took.ran.exit_code)
        statuses = check_items(checks, rows, n)
        check_pictures(checks, rows, folder / "rows")
        return {"wall": took.ran.wall, "hung": hung, "statuses": statuses}


def poison(checks: Checks, place: Path, n: int, cap: int) -> dict[str, Any]:
    """Three poisoned stories cost three items, and nothing else."""
    kinds = {"tale 5-": "refused", "tale 9-": "500", "tale 14-": "malformed"}
    flags = [flag for text, kind in kinds.items() for flag in ("--poison", f"{text}={kind}")]
    with folder_for(place) as folder, _server(*flags) as server:
        run = folder / "run"
        command = storypainter_command(server.base_url, n, cap, run)
        took = measure(server, command, folder, timeout=300)
        rows = exported(run, folder / "rows")
        checks.hold("exit code 3: some failed", took.ran.exit_code == 3, took.ran.exit_code)
        statuses = check_items(checks, rows, n)
        check_pictures(checks, rows, folder / "rows")
        failed = [row for row in rows if row["status"] == "failed"]
        hit = sorted(text for row in failed for text in kinds if text in (row["story"] or ""))
        checks.hold("exactly the poisoned ones failed", hit == sorted(kinds) and len(failed) == 3)
        checks.hold("no failed item has a picture", not any(row["picture"] for row in failed))
        return {
            "wall": took.ran.wall,
            "statuses": statuses,
            "reasons": {str(row["id"]): row["reason"] for row in failed},
        }


def kill(checks: Checks, place: Path, n: int, cap: int) -> dict[str, Any]:
    """Kill -9 twice, then to the end: nothing is lost, little is paid twice."""
    with folder_for(place) as folder, _server() as server:
        run = folder / "run"
        command = storypainter_command(server.base_url, n, cap, run)
        in_flight: list[int] = []
        for at in (n, int(1.6 * n)):
            left = _run_and_kill(command, folder, server, at)
            in_flight.append(left)
            checks.hold(f"killed at call {at}", left > 0, f"{left} in flight")
        last = run_client(command, folder / "last.txt", CLIENT_CORE, environment())
        checks.hold("the last run finishes", last.exit_code == 0, last.exit_code)
        rows = exported(run, folder / "rows")
        statuses = check_items(checks, rows, n)
        checks.hold("no item is lost", statuses["done"] == n, dict(statuses))
        check_pictures(checks, rows, folder / "rows")
        # A call that the client left is paid too: the vendor does the work all the same. One
        # that was answered may still lie unread in the client's socket, so the number in flight
        # is the client's, the cap; the server's own count is beside it.
        paid = Counter(row["endpoint"] for row in server.log())
        repaid = {endpoint: count - n for endpoint, count in paid.items()}
        total = sum(repaid.values())
        checks.hold(
            "repaid calls are at most those in flight at the two kills",
            0 <= total <= 2 * cap,
            f"{total} of {2 * cap} ({sum(in_flight)} unanswered); {repaid}",
        )
        again = run_client(command, folder / "again.txt", CLIENT_CORE, environment())
        extra = server.count() - sum(paid.values())
        checks.hold("running it once more calls nothing", again.exit_code == extra == 0, extra)
        return {"in_flight_at_kills": in_flight, "repaid": repaid, "statuses": statuses}


def _run_and_kill(command: Sequence[str], folder: Path, server: FaultServer, at: int) -> int:
    """Run until the server has seen ``at`` calls, kill -9; the calls then left unanswered."""
    marks: dict[str, float] = {}

    def due() -> bool:
        if "now" not in marks and server.count() >= at:
            marks["now"] = server.stats()["now"]
        return "now" in marks

    ran = run_client(
        command, folder / "killed.txt", CLIENT_CORE, environment(), kill_when=due, timeout=300
    )
    if ran.exit_code != -9:
        return 0
    return sum(
        row["status"] == "client left" and float(row["completion"]) >= marks["now"]
        for row in server.log()
    )


def adapt(checks: Checks, place: Path, n: int, cap: int) -> dict[str, Any]:
    """How fast concurrency finds its level, on a free server and on one with a limit."""
    figures = {}
    for name, flags in (("free", ()), ("48 at once", ("--max-inflight", "48"))):
        with folder_for(place) as folder, _server(*flags) as server:
            run = folder / "run"
            command = storypainter_command(server.base_url, n, None, run)
            command += ["--max-concurrency", str(cap)]
            took = measure(server, command, folder, timeout=300)
            checks.hold(f"{name}: exit code 0", took.ran.exit_code == 0, took.ran.exit_code)
            log = server.log()
            figures[name] = level_reached(log)
            figures[name]["refused"] = sum(row["status"] == 429 for row in log)
            figures[name]["span"] = took.span
            print(f"  {name}: {figures[name]}")
    return figures


def level_reached(log: Sequence[Mapping[str, Any]], bucket: float = 0.1) -> dict[str, float]:
    """The final level of calls in flight, and the seconds to 90 % of it, from the server's log.

    The level in a tenth of a second is the largest number in flight; the final level is the
    median of the last half of the run, without its last second, in which the work runs out.
    """
    first = log[0]["arrival"]
    levels: dict[int, int] = {}
    for row in log:
        slot = int((row["arrival"] - first) / bucket)
        levels[slot] = max(levels.get(slot, 0), row["in_flight"])
    last = max(levels) - int(1 / bucket)
    late = sorted(level for slot, level in levels.items() if last / 2 <= slot <= last)
    final = late[len(late) // 2] if late else max(levels.values())
    reached = next(slot for slot, level in sorted(levels.items()) if level >= 0.9 * final)
    return {"final_level": final, "seconds_to_90_percent": round(reached * bucket, 2)}


@contextmanager
def folder_for(place: Path) -> Iterator[Path]:
    """A folder of a scenario's own; its files are emptied, see ``measuring.workplace``."""
    folder = Path(tempfile.mkdtemp(dir=place))
    yield folder
    emptied(folder)


def _server(*flags: str) -> Any:
    return running_server(*LATENCY, *flags, core=SERVER_CORE)


SCENARIOS: dict[str, tuple[Callable[[Checks, Path, int, int], dict[str, Any]], int, int]] = {
    "mixed": (mixed, 1000, 32),
    "hangs": (hangs, 300, 32),
    "poison": (poison, 60, 16),
    "kill": (kill, 500, 32),
    "adapt": (adapt, 2000, 256),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenarios", nargs="*", default=list(SCENARIOS))
    parser.add_argument("-n", type=int, help="Pairs, instead of the scenario's own number")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    pin = pin_to(SERVER_CORE)
    if pin is not None:
        pin()
    checks, results = Checks(), {}
    with workplace() as place:
        for name in options.scenarios:
            scenario, n, cap = SCENARIOS[name]
            n = options.n or n
            print(f"{name}: {n} Pairs, {cap} calls in flight", flush=True)
            results[name] = scenario(checks, place, n, cap)
    write_json(options.json, "faults", {"results": results, "failed": checks.failed})
    if checks.failed:
        raise SystemExit(f"failed: {'; '.join(checks.failed)}")


if __name__ == "__main__":
    main()
