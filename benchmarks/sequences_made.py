"""How fast sequences are made: planning and drawing apart, at two sizes of picture.

    python benchmarks/sequences_made.py -n 24 --json docs/measured/sequences-made.json

One process plans plots 0 to n-1 of a seed (the first ones solve what later ones find solved), then draws
each at each size; seconds of one processor a sequence, as means with t intervals over the sequences, which differ
in their number of pictures (processor seconds, for the machine may have other work). ``--workers`` also times
the whole command, with files, in so many processes, by the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from storypainter.ink.series import draw_story
from storypainter.intervals import t_interval
from storypainter.planner.plots import plan_plot
from storypainter.sequences.making import Asked, make

SIZES = (512, 112)


def mean(values: Sequence[float]) -> dict[str, Any]:
    """A mean with its interval."""
    interval = t_interval(values) or (None, None)
    low, high = interval
    return {"mean": sum(values) / len(values), "low": low, "high": high, "n": len(values)}


def measured(count: int, seed: int, workers: int) -> dict[str, Any]:
    """All figures of the benchmark."""
    plan_plot(seed, 0)  # reads the worlds
    planning, plots = [], []
    for index in range(1, count + 1):
        began = time.process_time()
        plots.append(plan_plot(seed, index))
        planning.append(time.process_time() - began)
    pictures = [len(plot.moments) for plot in plots]
    found: dict[str, Any] = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "sequences": count,
        "pictures": sum(pictures),
        "planning": mean(planning),
        "drawing": {},
        "made": {},
    }
    draw_story([plots[0].moments[0].scene], size=SIZES[0], seed=0)  # loads ink
    for size in SIZES:
        drawing, reports = [], 0
        for index, plot in enumerate(plots):
            began = time.process_time()
            drawn = draw_story([each.scene for each in plot.moments], size=size, seed=index)
            drawing.append(time.process_time() - began)
            reports += sum(bool(each.reports) for each in drawn)
        found["drawing"][size] = {
            **mean(drawing),
            "a_picture": sum(drawing) / sum(pictures),
            "sequences_a_second": count / (sum(drawing) + sum(planning)),
            "pictures_with_reports": reports,
        }
        if workers:
            with tempfile.TemporaryDirectory() as folder:
                began = time.perf_counter()
                make(Path(folder) / "set", count, Asked(seed=seed, size=size), workers=workers)
                seconds = time.perf_counter() - began
            found["made"][size] = {
                "workers": workers,
                "seconds": seconds,
                "sequences_a_second": count / seconds,
            }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-n", type=int, default=24)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found = measured(options.n, options.seed, options.workers)
    print(f"{found['sequences']} sequences, {found['pictures']} pictures, {found['machine']}")
    plan = found["planning"]
    print(f"planning: {plan['mean']:.3f} s a sequence ({plan['low']:.3f} to {plan['high']:.3f})")
    for size, row in found["drawing"].items():
        print(
            f"drawing at {size}: {row['mean']:.2f} s a sequence ({row['low']:.2f} to "
            f"{row['high']:.2f}), {row['a_picture']:.2f} s a picture, with planning "
            f"{row['sequences_a_second']:.3f} sequences a second on one core; "
            f"{row['pictures_with_reports']} pictures with reports"
        )
    for size, row in found["made"].items():
        print(
            f"made at {size} with {row['workers']} workers: {row['sequences_a_second']:.3f} "
            "sequences a second, files included"
        )
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
