"""How long the embedded painter takes, step by step, and how much memory.

Example Scenes of many settings, filled up with bystanders to five and to nine people, are painted
one after the other in one process. Times are CPU seconds of that process, which uses one core, so
that other work on the machine counts little; every step's time is the least of ``--repeats`` runs
of the same Scene (what disturbs only adds). Peak memory is of the whole process. Then a hundred
pictures are painted by two processes, on the clock. Rendering an SVG to PNG is resvg's work: its
share is the floor that ink can't get below.

    python benchmarks/ink.py --repeats 3 --out docs/measured/ink.json
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measuring import median, table, write_json

from storypainter.ink import painter
from storypainter.ink.drawing.canvas import Canvas
from storypainter.scene import Scene

SCENES = Path(__file__).resolve().parent.parent / "tests" / "ink" / "scenes"
#: The functions that the painter calls, by the step that they are.
STEPS = {
    "plan_scene": "plan", "solve": "layout", "draw": "draw", "audit": "audit",
    "regions": "audit", "contact_reports": "audit", "to_png": "PNG",
}  # fmt: skip
COLUMNS = ("plan", "layout", "draw", "audit", "SVG", "PNG", "all")
BYSTANDERS = ("visitor", "tourist", "shopper", "passer-by", "student", "neighbour")
AGES = ("child", "teen", "adult", "adult", "elder")
POSES = ("stand", "walk", "wave", "point", "arms crossed", "hands on hips")


def filled_up(scene: Scene, people: int) -> Scene:
    """A Scene with bystanders, so that it has so many people."""
    rng = random.Random(f"{scene.setting.kind}:{people}")
    plain = scene.model_dump(mode="json", exclude_defaults=True)
    for number in range(len(scene.people), people):
        plain["people"].append(
            {
                "id": f"bystander{number}",
                "role": rng.choice(BYSTANDERS),
                "age": rng.choice(AGES),
                "gender": rng.choice(("female", "male")),
                "pose": rng.choice(POSES),
                "importance": 0.3,
            }
        )
    return Scene.model_validate(plain)


def examples(count: int) -> list[Scene]:
    """Example Scenes, evenly drawn from all settings."""
    files = sorted(SCENES.glob("*.json"))
    step = len(files) / count
    chosen = (files[int(index * step)] for index in range(count))
    return [Scene.from_json(file.read_text(encoding="utf-8")) for file in chosen]


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


def one_scene(scene: Scene, size: int, repeats: int) -> dict[str, Any]:
    """Paints a Scene and returns its row: seconds a step, and sizes."""
    runs: list[dict[str, float]] = []
    for _ in range(repeats):
        found: dict[str, float] = {}
        start = time.process_time()
        with timed(found):
            drawing = painter.paint_scene(scene, width=size, height=size)
        found["all"] = time.process_time() - start
        runs.append(found)
    row: dict[str, Any] = {"setting": scene.setting.kind, "people": len(scene.people)}
    row |= {step: round(min(run.get(step, 0.0) for run in runs), 3) for step in COLUMNS}
    row["SVG KB"] = round(len(drawing.svg.encode()) / 1000)
    row["PNG KB"] = round(len(drawing.png) / 1000)
    row["reports"] = len(drawing.reports)
    return row


def _paint(job: tuple[int, str]) -> int:
    number, text = job
    return len(painter.paint_scene(Scene.from_json(text), seed=number).png)


def hundred(processes: int) -> float:
    """Seconds on the clock for a hundred pictures, the start of the processes included."""
    scenes = examples(50)
    jobs = [(number, scenes[number % 50].to_json()) for number in range(100)]
    start = time.perf_counter()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        done = sum(1 for size in pool.map(_paint, jobs, chunksize=1) if size)
    assert done == 100
    return time.perf_counter() - start


def main() -> None:
    """Measures, prints tables, writes JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=12, help="Scenes for each number of people")
    parser.add_argument("--people", type=int, nargs="*", default=[5, 9])
    parser.add_argument("--size", type=int, default=1024)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--processes", type=int, default=2, help="for a hundred pictures; 0: none")
    parser.add_argument("--out", type=Path, help="a JSON file")
    options = parser.parse_args()
    results: dict[str, Any] = {"size": options.size, "repeats": options.repeats}
    for people in options.people:
        rows = []
        for scene in examples(options.n):
            rows.append(one_scene(filled_up(scene, people), options.size, options.repeats))
        numbers = [key for key in rows[0] if key not in ("setting", "people")]
        middle = {key: round(median(row[key] for row in rows), 3) for key in numbers}
        share = middle["PNG"] / middle["all"]
        print(f"\n{table([*rows, {**middle, 'setting': 'median', 'people': people}])}")
        print(f"rendering alone: {share:.0%} of all")
        results[f"{people} people"] = {"rows": rows, "median": middle, "rendering": round(share, 3)}
    results["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    print(f"\npeak memory: {results['peak_mb']:.0f} MB")
    if options.processes:
        results["hundred pictures"] = {
            "processes": options.processes,
            "seconds": round(hundred(options.processes), 1),
        }
        print(f"a hundred pictures in {options.processes} processes: {results['hundred pictures']}")
    write_json(options.out, "ink", results)


if __name__ == "__main__":
    main()
