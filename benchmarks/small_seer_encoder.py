"""How fast pictures are drawn to learn from, how fast encoders learn, and what they tell apart.

    python benchmarks/small_seer_encoder.py speed --out docs/measured/small-seer-speed.json
    python benchmarks/small_seer_encoder.py table ENCODER… --out docs/measured/small-seer-encoder.json

``speed`` draws some plots in this process, step by step, and lets encoders of several shapes learn
for a few updates: seconds on the clock and of the processor (which count little of what else runs).
``table`` puts the reports of trained encoders side by side: macro-F1 on pictures that were held
out, its 95 % interval, and the better of two guesses that see no picture.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from measuring import table, write_json

from storypainter.sequences.small_seer.encoder import (
    EncoderSettings,
    as_input,
    features,
    make_encoder,
)

SHAPES = {
    "focal 2,2,6": EncoderSettings(),
    "swin 2,2,6": EncoderSettings(architecture="swin"),
    "swin 1,1,6": EncoderSettings(architecture="swin", layers=(1, 1, 6)),
    "siglip 8": EncoderSettings(architecture="siglip", layers=(8,)),
}
#: What drawing consists of: module, function, step.
STEPS = (
    ("storypainter.ink.composition.planning", "plan_scene", "plan"),
    ("storypainter.ink.composition.layout", "solve", "layout"),
    ("storypainter.ink.painter", "draw", "draw"),
    ("storypainter.ink.composition.audit", "audit", "audit"),
    ("storypainter.ink.drawing.render", "to_pixels", "render"),
)


@contextmanager
def timed(found: dict[str, float]) -> Iterator[None]:
    """Adds up the processor's time of each step of drawing."""
    import importlib

    def wrapped(step: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        def outer(*args: Any, **more: Any) -> Any:
            begun = time.process_time()
            try:
                return inner(*args, **more)
            finally:
                found[step] = found.get(step, 0.0) + time.process_time() - begun

        return outer

    before = []
    for module, name, step in STEPS:
        home = importlib.import_module(module)
        before.append((home, name, getattr(home, name)))
        setattr(home, name, wrapped(step, getattr(home, name)))
    try:
        yield
    finally:
        for home, name, inner in before:
            setattr(home, name, inner)


def drawing(plots: int, size: int, grid: int) -> dict[str, Any]:
    """Pictures of some plots, drawn one after the other."""
    from storypainter.planner.plots import plan_plot
    from storypainter.sequences.small_seer.labelled import drawn_plot

    drawn_plot(plan_plot(0, 0), 0, size, grid)  # what is read once is not counted
    found: dict[str, float] = {}
    begun, clock = time.process_time(), time.perf_counter()
    planned = [plan_plot(0, number) for number in range(1, plots + 1)]
    planning = time.process_time() - begun
    with timed(found):
        count = sum(len(drawn_plot(plot, 1, size, grid)) for plot in planned)
    seconds = time.process_time() - begun
    return {
        "pictures": count,
        "cpu_seconds_a_picture": round(seconds / count, 3),
        "seconds_a_picture": round((time.perf_counter() - clock) / count, 3),
        "steps": {
            "plot": round(planning / count, 3),
            **{step: round(value / count, 3) for step, value in found.items()},
        },
    }


def learning(shape: EncoderSettings, batch: int, updates: int, *, bf16: bool) -> dict[str, Any]:
    """Forward and backward through an encoder, on noise."""
    import torch

    encoder = make_encoder(shape).train()
    pixels = np.random.default_rng(0).integers(0, 256, (batch, shape.size, shape.size, 3))
    given = as_input(pixels.astype(np.uint8))

    def step() -> None:
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            seen = features(encoder, given)
        seen.float().pow(2).mean().backward()

    step()
    begun, clock = time.process_time(), time.perf_counter()
    for _ in range(updates):
        step()
    return {
        "weights": sum(each.numel() for each in encoder.parameters()),
        "tokens": shape.tokens**2,
        "threads": torch.get_num_threads(),
        "pictures_a_second": round(batch * updates / (time.perf_counter() - clock), 1),
        "pictures_a_cpu_second": round(batch * updates / (time.process_time() - begun), 1),
    }


def speed(options: argparse.Namespace) -> dict[str, Any]:
    """Measure and print."""
    found: dict[str, Any] = {"drawing": drawing(options.plots, 196, 28)}
    print(json.dumps(found["drawing"], indent=1))
    found["learning"] = {
        f"{name}, {'bf16' if bf16 else 'fp32'}": learning(
            shape, options.batch, options.updates, bf16=bf16
        )
        for name, shape in SHAPES.items()
        for bf16 in (False, True)
    }
    print(table([{"encoder": name, **row} for name, row in found["learning"].items()]))
    return found


def reports(folders: list[Path]) -> dict[str, Any]:
    """Read and print the reports of trained encoders."""
    found = {}
    for folder in folders:
        report = json.loads((folder / "report.json").read_bytes())
        found[folder.name] = report
        print(f"\n{folder.name}: {report['pictures']} pictures, {report['seconds']:.0f} s")
        rows = [{"attribute": name, **row} for name, row in report["attributes"].items()]
        print(table(rows) if rows else "nothing could be measured")
    return {"encoders": found}


def main() -> None:
    """Measures, prints tables, writes JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ways = parser.add_subparsers(dest="way", required=True)
    fast = ways.add_parser("speed")
    fast.add_argument("--plots", type=int, default=8)
    fast.add_argument("--batch", type=int, default=32)
    fast.add_argument("--updates", type=int, default=3)
    fast.add_argument("--out", type=Path)
    beside = ways.add_parser("table")
    beside.add_argument("encoders", type=Path, nargs="+")
    beside.add_argument("--out", type=Path)
    options = parser.parse_args()
    results = speed(options) if options.way == "speed" else reports(options.encoders)
    write_json(options.out, f"small seer, {options.way}", results)


if __name__ == "__main__":
    main()
