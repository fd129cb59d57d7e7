"""The curves of a training: what trl logs, as a table that grows with it, and as a picture."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from storypainter.runs.folder import write_atomically
from storypainter.training.tuning.settings import Method

CSV, PNG = "curves.csv", "curves.png"
_BOTH = ("step", "epoch", "loss", "eval_loss", "learning_rate", "grad_norm")
_SFT = ("token_accuracy", "eval_token_accuracy")
_PREFERENCE = (
    "reward_chosen", "reward_rejected", "reward_margin", "reward_accuracy",
    "eval_reward_chosen", "eval_reward_rejected", "eval_reward_margin", "eval_reward_accuracy",
)  # fmt: skip
#: trl's names, without its ``eval_``.
_NAMES = {
    "loss": "loss",
    "learning_rate": "learning_rate",
    "grad_norm": "grad_norm",
    "mean_token_accuracy": "token_accuracy",
    "rewards/chosen": "reward_chosen",
    "rewards/rejected": "reward_rejected",
    "rewards/margins": "reward_margin",
    "rewards/accuracies": "reward_accuracy",
}


def columns(method: Method) -> tuple[str, ...]:
    """The table's columns. Rewards are DPO's implicit ones, β times the log-ratio to the reference."""
    return (*_BOTH, *(_SFT if method == "sft" else _PREFERENCE))


def curve_rows(history: Sequence[Mapping[str, Any]], method: Method) -> list[dict[str, float]]:
    """A row an update (and one for step 0, the base as it is), from a Trainer's log history."""
    known = columns(method)
    rows: dict[int, dict[str, float]] = {}
    for entry in history:
        step = int(entry.get("step", 0))
        found: dict[str, float] = {}
        for key, value in entry.items():
            held = key.startswith("eval_")
            name = _NAMES.get(key.removeprefix("eval_"), "")
            name = f"eval_{name}" if held else name
            if name in known and isinstance(value, int | float) and math.isfinite(value):
                found[name] = value
        if found:
            found.setdefault("epoch", float(entry.get("epoch") or 0.0))
            rows.setdefault(step, {"step": step}).update(found)
    return [rows[step] for step in sorted(rows)]


def write_csv(path: Path, rows: Sequence[Mapping[str, float]], method: Method) -> None:
    """Write the table; what a step has no value for stays empty."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns(method), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: f"{value:.10g}" for name, value in row.items()} for row in rows)
    write_atomically(path, text.getvalue().encode())


def draw(path: Path, rows: Sequence[Mapping[str, float]], method: Method) -> None:
    """Draw the losses, the rate, and for preferences the rewards, as a PNG."""
    import matplotlib.figure

    panels = (
        [("loss", ("loss", "eval_loss")), ("learning rate", ("learning_rate",))]
        if method == "sft"
        else [
            ("loss", ("loss", "eval_loss")),
            ("reward margin", ("reward_margin", "eval_reward_margin")),
            ("share of pairs told apart", ("reward_accuracy", "eval_reward_accuracy")),
        ]
    )
    # A figure of its own, without pyplot: nothing here may depend on a display.
    figure = matplotlib.figure.Figure(figsize=(4.2 * len(panels), 3.2), layout="constrained")
    for at, (title, names) in enumerate(panels):
        axes = figure.add_subplot(1, len(panels), at + 1)
        for name in names:
            points = [(row["step"], row[name]) for row in rows if name in row]
            held = name.startswith("eval_")
            axes.plot(
                [x for x, _ in points],
                [y for _, y in points],
                marker="o" if held or len(points) < 3 else "",
                label="held out" if held else "training",
            )
        axes.set(title=title, xlabel="update")
        if len(names) > 1:
            axes.legend()
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=110)
    write_atomically(path, data.getvalue())
