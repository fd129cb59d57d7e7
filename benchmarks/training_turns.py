"""Ways of training that take turns: what an update of each costs, and the ratios between them."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Mapping
from typing import Any

#: The way that the others are compared with.
OURS = "ours"


def turns_of(trainers: Mapping[str, Any], turns: int) -> dict[str, list[dict[str, float]]]:
    """Turns by way; in each of them every way has one update, in an order of the turn's own."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in trainers}
    for at in range(turns):
        names = list(trainers)
        random.Random(at).shuffle(names)
        for name in names:
            found[name].append(_turn(trainers[name]))
            print(at, name, found[name][-1], flush=True)
    return found


def _turn(trainer: Any) -> dict[str, float]:
    """One update: its seconds (CPU and wall) and its loss."""
    import transformers

    clock: dict[str, float] = {}

    class Clock(transformers.TrainerCallback):  # type: ignore[misc]
        # Before the first rows are fetched: making them is part of the work.
        def on_epoch_begin(self, *_: Any, **__: Any) -> None:
            clock.update(cpu=-time.process_time(), wall=-time.perf_counter())

        def on_step_end(self, *_: Any, **__: Any) -> None:
            clock["cpu"] += time.process_time()
            clock["wall"] += time.perf_counter()

    callback = Clock()
    trainer.add_callback(callback)
    trainer.remove_callback(transformers.PrinterCallback)
    trainer.train()
    trainer.remove_callback(callback)
    loss = next(row["loss"] for row in trainer.state.log_history if "loss" in row)
    return {**clock, "loss": float(loss)}


def losses_apart(found: Mapping[str, list[dict[str, float]]]) -> float:
    """The largest difference between the losses of one turn."""
    return max(
        max(row["loss"] for row in some) - min(row["loss"] for row in some)
        for some in zip(*found.values(), strict=True)
    )


def speeds(found: Mapping[str, list[dict[str, float]]], tokens: int) -> dict[str, Any]:
    """Tokens a second of each way, and the ratios of ours to the others, for a report.

    Args:
        found: of :func:`turns_of`.
        tokens: of an update.
    """
    report: dict[str, Any] = {}
    for name, turns in found.items():
        report[name] = {
            "tokens_a_cpu_second": round(tokens / statistics.median(t["cpu"] for t in turns), 1),
            "tokens_a_second": round(tokens / statistics.median(t["wall"] for t in turns), 1),
        }
    for name, turns in found.items():
        if name == OURS:
            continue
        pairs = zip(turns, found[OURS], strict=True)
        ratios = sorted(theirs["cpu"] / mine["cpu"] for theirs, mine in pairs)
        report[f"ours to {name}"] = {
            "median": round(statistics.median(ratios), 3),
            "lowest": round(ratios[0], 3),
            "highest": round(ratios[-1], 3),
        }
    return report
