"""How fast stories are planned: ``python benchmarks/planner_speed.py [-n 1000] [--processes 2]``.

Plans consecutive stories of a seed with their Scenes, split over processes; the worlds are read
in each process, and that counts. Prints stories a second, the mean and the slowest story.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import time
from pathlib import Path

from measuring import write_json


def planned(task: tuple[int, int, int]) -> list[float]:
    """The seconds of each story of a share."""
    from storypainter.planner import plan

    first, last, step = task
    found = []
    for index in range(first, last, step):
        start = time.perf_counter()
        plan(0, index)
        found.append(time.perf_counter() - start)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    tasks = [(start, options.n, options.processes) for start in range(options.processes)]
    start = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(options.processes) as pool:
        shares = pool.map(planned, tasks)
    seconds = time.perf_counter() - start
    every = sorted(value for share in shares for value in share)
    found = {
        "stories": len(every),
        "processes": options.processes,
        "seconds": round(seconds, 2),
        "stories_a_second": round(len(every) / seconds, 1),
        "mean_ms": round(1000 * sum(every) / len(every), 1),
        "median_ms": round(1000 * every[len(every) // 2], 1),
        "slowest_ms": round(1000 * every[-1], 1),
    }
    print(json.dumps(found, indent=1))
    write_json(options.out, "planner speed", found)


if __name__ == "__main__":
    main()
