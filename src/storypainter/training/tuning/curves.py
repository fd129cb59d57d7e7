"""The curves of a training: what trl logs, as a table that grows with it, and as a picture."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storypainter.runs.folder import write_atomically
from storypainter.training.tuning.settings import Method

CSV, PNG = "curves.csv", "curves.png"
#: Columns of every training, and of every SFT.
BOTH = ("step", "epoch", "loss", "eval_loss", "learning_rate", "grad_norm")
SFT = ("token_accuracy", "eval_token_accuracy")
_PREFERENCE = (
    "reward_chosen", "reward_rejected", "reward_margin", "reward_accuracy",
    "eval_reward_chosen", "eval_reward_rejected", "eval_reward_margin", "eval_reward_accuracy",
)  # fmt: skip
#: What transformers' Trainer and every SFT log: its names, without ``eval_``, and ours.
LOGGED = {
    "loss": "loss",
    "learning_rate": "learning_rate",
    "grad_norm": "grad_norm",
    "mean_token_accuracy": "token_accuracy",
}
_REWARDS = {
    "rewards/chosen": "reward_chosen",
    "rewards/rejected": "reward_rejected",
    "rewards/margins": "reward_margin",
    "rewards/accuracies": "reward_accuracy",
}


@dataclass(frozen=True, slots=True)
class Panel:
    """One diagram of the picture.

    Attributes:
        title: above it.
        lines: the label of each column that is drawn.
        legend: the size of its letters.
    """

    title: str
    lines: Mapping[str, str]
    legend: str = "medium"


RATE = Panel("learning rate", {"learning_rate": "training"})


@dataclass(frozen=True, slots=True)
class Curves:
    """The table of one kind of training.

    Attributes:
        columns: of ``curves.csv``.
        names: the trainer's names, without its ``eval_``, and ours.
        panels: of ``curves.png``.
    """

    columns: tuple[str, ...]
    names: Mapping[str, str]
    panels: tuple[Panel, ...]

    def rows(self, history: Sequence[Mapping[str, Any]]) -> list[dict[str, float]]:
        """A row an update (and one for step 0, before training), from a Trainer's log history."""
        rows: dict[int, dict[str, float]] = {}
        for entry in history:
            found: dict[str, float] = {}
            for key, value in entry.items():
                held = "eval_" if key.startswith("eval_") else ""
                name = held + self.names.get(key.removeprefix("eval_"), "")
                if name in self.columns and isinstance(value, int | float) and math.isfinite(value):
                    found[name] = value
            if found:
                step = int(entry.get("step", 0))
                found.setdefault("epoch", float(entry.get("epoch") or 0.0))
                rows.setdefault(step, {"step": step}).update(found)
        return [rows[step] for step in sorted(rows)]

    def write(self, folder: Path, rows: Sequence[Mapping[str, float]]) -> None:
        """Write the table; what a step has no value for stays empty."""
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, self.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: f"{value:.10g}" for name, value in row.items()} for row in rows)
        write_atomically(folder / CSV, text.getvalue().encode())

    def draw(self, folder: Path, rows: Sequence[Mapping[str, float]]) -> None:
        """Draw the panels as a PNG."""
        import matplotlib.figure

        # A figure of its own, without pyplot: nothing here may depend on a display.
        figure = matplotlib.figure.Figure(
            figsize=(4.2 * len(self.panels), 3.6), layout="constrained"
        )
        for at, panel in enumerate(self.panels):
            axes = figure.add_subplot(1, len(self.panels), at + 1)
            for name, label in panel.lines.items():
                points = [(row["step"], row[name]) for row in rows if name in row]
                if not points:
                    continue
                held = name.startswith("eval_")
                axes.plot(
                    [x for x, _ in points],
                    [y for _, y in points],
                    marker="o" if held or len(points) < 3 else "",
                    # A line from the first score to the last would say what nobody measured.
                    linestyle="" if held and len(points) < 3 else "-",
                    label=label,
                )
            axes.set(title=panel.title, xlabel="update")
            if len(panel.lines) > 1:
                # Below the axes: inside, it would lie on the curves.
                axes.legend(
                    fontsize=panel.legend,
                    loc="upper center",
                    bbox_to_anchor=(0.5, -0.18),
                    ncols=2,
                    frameon=False,
                )
        data = io.BytesIO()
        figure.savefig(data, format="png", dpi=110)
        write_atomically(folder / PNG, data.getvalue())


def curves_of(method: Method) -> Curves:
    """The table of a text model. Rewards are DPO's implicit ones, β times the log-ratio to the reference."""
    loss = _held_out("loss", "loss")
    if method == "sft":
        return Curves((*BOTH, *SFT), LOGGED, (loss, RATE))
    rewards = (
        _held_out("reward margin", "reward_margin"),
        _held_out("share of pairs told apart", "reward_accuracy"),
    )
    return Curves((*BOTH, *_PREFERENCE), LOGGED | _REWARDS, (loss, *rewards))


def _held_out(title: str, name: str) -> Panel:
    return Panel(title, {name: "training", f"eval_{name}": "held out"})
