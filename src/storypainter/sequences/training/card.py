"""The model card of a trained adapter: what it learnt from, how, what came of it, what it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from storypainter.sequences.tasks.rows import TaskSet
from storypainter.sequences.training.bases import VisionBase
from storypainter.sequences.training.settings import Method
from storypainter.training.tuning.card_parts import (
    Config,
    ends_of,
    hashes_of,
    identity_of,
    left_out_of,
    licences,
    machine_and_versions,
    page,
    settings_table,
    template_in,
)

_METHODS = {
    "sft": "supervised learning: cross-entropy over the answers' tokens (paper, equation 1)",
    "rl": "learning by rewards beside the supervised term (paper, equations 2 to 4)",
}
_CURVES = {
    "loss": "training loss",
    "nll": "its supervised term, L_NLL",
    "rl_loss": "its reward term, L_RL",
    "eval_loss": "held-out L_NLL",
    "token_accuracy": "tokens guessed right, training",
    "eval_token_accuracy": "tokens guessed right, held out",
    "reward": "reward, training",
    "eval_reward": "reward, held out",
    "unscored": "share without a reward",
    "tokens": "tokens of a narrative",
    "cut": "share cut off",
}


def model_card(
    method: Method,
    rows: TaskSet,
    base: VisionBase,
    config: Config,
    table: Sequence[Mapping[str, float]],
    used: Mapping[str, int],
    left_out: Mapping[str, int],
    learning: int,
) -> str:
    """The card as Markdown, with a front matter that the hub reads.

    Args:
        method: what was trained.
        rows: the folder of tasks.
        base: the base model.
        config: the tables of ``config.toml``.
        table: the curve's rows.
        used: rows that were learnt from and scored, by part.
        left_out: rows that were longer than ``max_length``, by part.
        learning: weights that learn.
    """
    opening = [
        f"An adapter for {base.label}, trained by {_METHODS[method]}.",
        "It answers about picture sequences and tells stories over them. Trained with storypainter "
        f"{config['versions']['storypainter']} on trl and peft.",
    ]
    sections = {
        "Data": _data(rows, config, used, left_out),
        "Base": _base(base, config, learning),
        "Rewards": _rewards(config),
        "Settings": settings_table(_settings(config)),
        "Curves": [
            *ends_of(table, _CURVES),
            "",
            f"{int(table[-1]['step'])} updates. Every update is in `curves.csv`, drawn in"
            " `curves.png`. The held-out row of update 0 is the start, before training. A training"
            " loss is of one update's rows only; compare held-out values.",
        ],
        "Limits": [
            "- Losses and rewards say how well it learnt what it was asked to learn, not how good its"
            " narratives are: nobody has judged them here.",
            "- It was trained on the wordings of its tasks; on others it may fall back to the base's"
            " manner. It may name what no picture shows.",
            "- It has the base's knowledge, languages and biases, and may repeat passages of its"
            " training narratives.",
        ],
        "Licences": licences(base, _data_licence(rows)),
    }
    tags = ("lora", "storypainter", "visual-storytelling")
    return page(base, tags, f"Visual storytelling: {base.label}, {method}", opening, sections)


def _data(
    rows: TaskSet, config: Config, used: Mapping[str, int], left_out: Mapping[str, int]
) -> list[str]:
    only = config["asked"].get("tasks", [])
    counts = Counter(row.task for row in rows.train if not only or row.task in only)
    return [
        f"- `{config['names']['data']}`: {used['train']} rows to learn from,"
        f" {used['heldout']} held out and scored; {len(rows.sequences)} sequences",
        f"- tasks: {', '.join(f'{task} {count}' for task, count in sorted(counts.items()))}",
        *left_out_of(config, left_out),
        *hashes_of(config),
    ]


def _base(base: VisionBase, config: Config, learning: int) -> list[str]:
    parts = config["settings"]["train"]
    return [
        f"- {base.label} ({base.family.name}), {config['base']['parameters']:,} weights",
        *identity_of(base),
        f"- learnt: {', '.join(parts)}; {learning:,} weights"
        + ("" if "connector" in parts else "; the connector stays at its initial weights"),
        template_in(base),
    ]


def _rewards(config: Config) -> list[str]:
    if "reward_judge" not in config:
        return []
    rewards = orjson.loads(config["asked"].get("rewards", "{}"))
    lines = []
    for name, its in rewards.items():
        said = f"- {name}, weight {its['weight']:g}, version {its['version']}"
        if name == "judge":
            said += f": {its['address']}, prompt `{its['prompt'][:16]}…`"
        elif name == "length":
            said += f": no penalty from {its['shortest']:g} to {its['longest']:g} true lengths"
        lines.append(said)
    judge = config["reward_judge"]
    named = " and ".join((judge["address"], *judge.get("also", [])))
    earlier = "".join(f"; earlier: {address}" for address in judge.get("earlier", []))
    when = "" if rewards else ", in the training that this one went on from"
    return [
        *lines,
        f"- reward judge: {named}{when}{earlier}. It must not judge what it brought"
        " about: evaluate with another.",
    ]


def _settings(config: Config) -> dict[str, Any]:
    given = dict(config["settings"])
    if "from_adapter" in config["asked"]:
        given["start"] = f"the adapter {config['asked']['from_adapter'][:16]}…"
    given |= machine_and_versions(config)
    if "lam" in given:
        given["λ"] = given.pop("lam")
    else:
        given.pop("beta", None)  # a preference's, which nothing here has
    return {k: ", ".join(v) if isinstance(v, list) else v for k, v in given.items()}


def _data_licence(rows: TaskSet) -> str:
    licence = rows.manifest.get("licence")
    if isinstance(licence, str) and licence:
        return licence
    return "not stated in its manifest"
