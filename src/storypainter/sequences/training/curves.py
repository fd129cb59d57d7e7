"""The curves of a training of a vision-language model, as a table that grows and as a picture."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from storypainter.runs.folder import write_atomically
from storypainter.sequences.training.settings import Method

_BOTH = ("step", "epoch", "loss", "eval_loss", "learning_rate", "grad_norm")
_SFT = ("token_accuracy", "eval_token_accuracy")
_RL = (
    "nll", "rl_loss", "reward", "reward_spread", "unscored", "kl", "entropy", "tokens", "cut",
    "eval_reward", "eval_unscored", "eval_tokens", "eval_cut",
)  # fmt: skip
#: The trainers' names, without ``eval_``. A reward's parts come beside it, as ``reward_grounded``.
_NAMES = {
    "loss": "loss",
    "learning_rate": "learning_rate",
    "grad_norm": "grad_norm",
    "mean_token_accuracy": "token_accuracy",
    "nll": "nll",
    "rl_loss": "rl_loss",
    "reward": "reward",
    "reward_std": "reward_spread",
    "unscored": "unscored",
    "kl": "kl",
    "entropy": "entropy",
    "completions/mean_length": "tokens",
    "completions/clipped_ratio": "cut",
}


def columns(method: Method, parts: Sequence[str] = ()) -> tuple[str, ...]:
    """The table's columns.

    ``loss`` is what is minimised; held out it is L_NLL alone, in nats a token, for both methods.
    ``unscored`` is the share of completions without a reward, ``cut`` of those that were cut off,
    ``tokens`` their mean length.

    Args:
        method: what is trained.
        parts: names of the reward's parts.
    """
    if method == "sft":
        return (*_BOTH, *_SFT)
    named = [f"{held}reward_{part}" for held in ("", "eval_") for part in parts]
    return (*_BOTH, *_RL, *named)


def curve_rows(
    history: Sequence[Mapping[str, Any]], method: Method, parts: Sequence[str] = ()
) -> list[dict[str, float]]:
    """A row an update (and one for step 0, before training), from a Trainer's log history."""
    known = columns(method, parts)
    names = {**_NAMES, **{f"reward_{part}": f"reward_{part}" for part in parts}}
    rows: dict[int, dict[str, float]] = {}
    for entry in history:
        found: dict[str, float] = {}
        for key, value in entry.items():
            held = "eval_" if key.startswith("eval_") else ""
            name = held + names.get(key.removeprefix("eval_"), "")
            if name in known and isinstance(value, int | float) and math.isfinite(value):
                found[name] = value
        if found:
            step = int(entry.get("step", 0))
            found.setdefault("epoch", float(entry.get("epoch") or 0.0))
            rows.setdefault(step, {"step": step}).update(found)
    return [rows[step] for step in sorted(rows)]


def write_csv(
    path: Path, rows: Sequence[Mapping[str, float]], method: Method, parts: Sequence[str] = ()
) -> None:
    """Write the table; what a step has no value for stays empty."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns(method, parts), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: f"{value:.10g}" for name, value in row.items()} for row in rows)
    write_atomically(path, text.getvalue().encode())


def draw(
    path: Path, rows: Sequence[Mapping[str, float]], method: Method, parts: Sequence[str] = ()
) -> None:
    """Draw the losses and the rate, and for rewards these and the lengths, as a PNG."""
    import matplotlib.figure

    panels: list[tuple[str, tuple[str, ...]]] = [
        ("loss", ("loss", "eval_loss")),
        ("learning rate", ("learning_rate",)),
    ]
    if method == "rl":
        shown = ("reward", "eval_reward", *(f"reward_{part}" for part in parts if len(parts) > 1))
        panels = [
            ("loss", ("loss", "nll", "rl_loss", "eval_loss")),
            ("reward", shown),
            ("tokens of a narrative", ("tokens", "eval_tokens")),
        ]
    # A figure of its own, without pyplot: nothing here may depend on a display.
    figure = matplotlib.figure.Figure(figsize=(4.2 * len(panels), 3.2), layout="constrained")
    for at, (title, names) in enumerate(panels):
        axes = figure.add_subplot(1, len(panels), at + 1)
        for name in names:
            points = [(row["step"], row[name]) for row in rows if name in row]
            if not points:
                continue
            held = name.startswith("eval_")
            axes.plot(
                [x for x, _ in points],
                [y for _, y in points],
                marker="o" if held or len(points) < 3 else "",
                label=_label(name),
            )
        axes.set(title=title, xlabel="update")
        if len(names) > 1:
            axes.legend(fontsize="small")
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=110)
    write_atomically(path, data.getvalue())


def _label(name: str) -> str:
    if name.startswith("eval_"):
        return "held out"
    labels = {"loss": "training", "nll": "L_NLL", "rl_loss": "L_RL", "reward": "training"}
    return labels.get(name, name.removeprefix("reward_").replace("_", " "))
