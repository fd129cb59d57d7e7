"""How long the embedded painter takes, step by step, and how much memory.

The stories of the planner are painted one after the other in one process. Times are CPU seconds of
that process, which uses one core, so that other work on the machine counts little. Every step's
time is the least of ``--repeats`` runs of the same story (what disturbs only adds), and the median
over the stories is what the last row tells; peak memory is of the whole process.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measuring import median, table, write_json

from storypainter import planner
from storypainter.ink import painter
from storypainter.ink.drawing.canvas import Canvas

#: The functions that the painter calls, by the step that they are.
STEPS = {"solve": "layout", "draw": "draw", "audit": "audit", "regions": "audit", "to_png": "PNG"}


@contextmanager
def timed(found: dict[str, float]) -> Iterator[None]:
    """Adds up the time of the painter's steps while it paints."""

    def wrapped(step: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        def outer(*args: Any, **more: Any) -> Any:
            start = time.process_time()
            try:
                return inner(*args, **more)
            finally:
                found[step] = found.get(step, 0.0) + time.process_time() - start

        return outer

    before = {name: getattr(painter, name) for name in STEPS}
    to_svg = Canvas.to_svg
    for name, inner in before.items():
        setattr(painter, name, wrapped(STEPS[name], inner))
    Canvas.to_svg = wrapped("SVG", to_svg)  # type: ignore[method-assign]
    try:
        yield
    finally:
        for name, inner in before.items():
            setattr(painter, name, inner)
        Canvas.to_svg = to_svg  # type: ignore[method-assign]


def one_story(number: int, seed: int, size: int, repeats: int) -> dict[str, Any]:
    """Paints a story and returns its row: seconds a step, and sizes."""
    scene = planner.plan(seed, number).scene
    runs: list[dict[str, float]] = []
    for _ in range(repeats):
        found: dict[str, float] = {}
        start = time.process_time()
        with timed(found):
            drawing = painter.paint_scene(scene, width=size, height=size)
        found["all"] = time.process_time() - start
        runs.append(found)
    row: dict[str, Any] = {"story": number, "people": len(scene.people)}
    for step in ("layout", "draw", "audit", "SVG", "PNG", "all"):
        row[step] = min(run.get(step, 0.0) for run in runs)
    row["draw to PNG"] = min(
        sum(run.get(s, 0.0) for s in ("draw", "audit", "SVG", "PNG")) for run in runs
    )
    row["SVG KB"] = len(drawing.svg.encode()) / 1000
    row["PNG KB"] = len(drawing.png) / 1000
    row["reports"] = len(drawing.reports)
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=6, help="stories, at most all that the planner has")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--size", type=int, default=1024)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--out", type=Path, help="a JSON file")
    options = parser.parse_args()
    count = min(options.n, planner.available())
    rows = []
    for number in range(count):
        rows.append(one_story(number, options.seed, options.size, options.repeats))
        print(f"story {number}: {rows[-1]['all']:.2f} s", flush=True)
    middle = {key: median(row[key] for row in rows) for key in rows[0] if key != "story"}
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{table([*rows, {**middle, 'story': 'median'}])}\n\npeak memory: {peak_mb:.0f} MB")
    results = {
        "size": options.size,
        "repeats": options.repeats,
        "rows": rows,
        "median": middle,
        "peak_mb": round(peak_mb, 1),
    }
    write_json(options.out, "ink", results)


if __name__ == "__main__":
    main()
