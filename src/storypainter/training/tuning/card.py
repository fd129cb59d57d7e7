"""The model card of a trained adapter: what it learnt from, how, what came of it, what it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from storypainter.models.local_files import KNOWN
from storypainter.training.tuning.bases import Base, address_of
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
from storypainter.training.tuning.data import TrainingSet
from storypainter.training.tuning.settings import Method

#: Fewer updates than this are few: the one that the warm-up takes counts.
FEW = 20
_METHODS = {
    "sft": "supervised fine-tuning: cross-entropy over the answer's tokens (paper, equation 3)",
    "dpo": "direct preference optimisation (paper, equation 4)",
    "dpo-mix": "direct preference optimisation (paper, equation 4) with a smaller model's answers"
    " among the rejected ones",
}
_CURVES = {
    "loss": "training loss",
    "eval_loss": "held-out loss",
    "token_accuracy": "tokens guessed right, training",
    "eval_token_accuracy": "tokens guessed right, held out",
    "reward_margin": "reward margin, training",
    "eval_reward_margin": "reward margin, held out",
    "reward_accuracy": "pairs told apart, training",
    "eval_reward_accuracy": "pairs told apart, held out",
}


def model_card(
    method: Method,
    rows: TrainingSet,
    base: Base,
    config: Config,
    table: Sequence[Mapping[str, float]],
    left_out: Mapping[str, int],
) -> str:
    """The card as Markdown, with a front matter that the hub reads.

    Args:
        method: what was trained.
        rows: the training set.
        base: the base model.
        config: the tables of ``config.toml``.
        table: the curve's rows.
        left_out: rows that were longer than ``max_length``, by part.
    """
    used = {
        "train": len(rows.train) - left_out["train"],
        "heldout": len(rows.heldout) - left_out["heldout"],
    }
    opening = [
        f"A LoRA adapter for {base.label}, trained by {_METHODS[method]}.",
        "It writes stories that one picture can show. Trained with storypainter "
        f"{config['versions']['storypainter']} on trl and peft.",
    ]
    sections = {
        "Data": _data(rows, used, left_out, config),
        "Base": _base(base, config),
        "Settings": settings_table(_settings(method, config)),
        "Curves": [
            *ends_of(table, _CURVES),
            "",
            f"{int(table[-1]['step'])} updates.{_warming(config, table)} Every update is in"
            " `curves.csv`, drawn in `curves.png`. The held-out row of update 0 is the base before"
            " training. A training loss is of one update's rows only; compare held-out values.",
        ],
        "Use": _use(rows, base),
        "Limits": [
            "- Losses say how well it predicts its teacher's texts, not how good its stories are: no"
            " story of this adapter was scored here.",
            f"- It was trained on prompts of one form only ({_prompt_form(rows)}); on others it may"
            " fall back to the base's manner.",
            "- It has the base's knowledge, languages and biases, and may repeat passages of its"
            " training stories: check with the copying evaluator.",
            "- A picture made from its stories is not a validated clinical test.",
        ],
        "Licences": licences(base, _data_licence(rows)),
    }
    title = f"A Mini-Storyteller: {base.label}, {method}"
    return page(base, ("lora", "storypainter"), title, opening, sections)


def _data(
    rows: TrainingSet,
    used: Mapping[str, int],
    left_out: Mapping[str, int],
    config: Config,
) -> list[str]:
    found = [
        f"- `{rows.label}`: {used['train']} rows to learn from, {used['heldout']} held out by prompt"
    ]
    found += left_out_of(config, left_out)
    if rows.sources:
        found.append(f"- written by: {_counted(rows.sources)}")
    if rows.shares:
        found.append(f"- rejected answers by: {_counted(rows.shares)}")
    for name in ("teacher", "student_prompt", "templates", "filters", "seed"):
        if rows.manifest.get(name) is not None:
            found.append(f"- {name.replace('_', ' ')}: {_plain(rows.manifest[name])}")
    return [*found, *hashes_of(config)]


def _base(base: Base, config: Config) -> list[str]:
    return [
        f"- {base.label}, {config['base']['parameters']:,} weights",
        *identity_of(base),
        template_in(base),
    ]


def _settings(method: Method, config: Config) -> dict[str, Any]:
    given = dict(config["settings"])
    if method == "sft":
        given.pop("beta", None)
    if "from_adapter" in config["asked"]:
        given["reference and start"] = f"the adapter {config['asked']['from_adapter'][:16]}…"
    elif method != "sft":
        given["reference"] = "the base"
    return given | machine_and_versions(config)


def few_updates(settings: Mapping[str, Any], steps: int) -> str:
    """What a short training should know of its warm-up; empty for others."""
    if steps >= FEW or not settings["warm_up"]:
        return ""
    return (
        f"of only {steps} updates, the first changes nothing: its learning rate is 0, where the "
        "warm-up begins (transformers' schedule; LLaMA-Factory's is the same)"
    )


def _warming(config: Config, table: Sequence[Mapping[str, float]]) -> str:
    found = few_updates(config["settings"], int(table[-1]["step"]))
    return f" {found[:1].upper()}{found[1:]}." if found else ""


def _use(rows: TrainingSet, base: Base) -> list[str]:
    """How to tell with the adapter; the card names no path of the machine it was made on."""
    gguf = "gguf_sha256" in base.identity
    name = base.label if not gguf or base.label in KNOWN else f"PATH/{base.label}"
    if not gguf and "revision" not in base.identity:
        name = f"PATH/{base.label}"
    mode = mode_flag(rows)
    found = [
        f"    storypainter tell -n 3 --storyteller {address_of(f'llama/{name}' if gguf else name)}"
        f" --adapter RUN{mode} --out runs/told",
        "",
        "`RUN` is the folder that this card is in.",
    ]
    if gguf:
        found[-1] += (
            f" The base's weights as safetensors are in `dequantised/{base.folder.name}` below the"
            " folder of pulled models. On the GGUF file itself:"
        )
        found += [
            "",
            "    storypainter models adapter RUN --out mine.gguf",
            f"    storypainter tell -n 3 --storyteller llama/{name} --adapter mine.gguf{mode}"
            " --out runs/told",
        ]
    return found


def mode_flag(rows: TrainingSet) -> str:
    """`` --mode mini``, say, where the training set tells what its prompts are."""
    asked = rows.manifest.get("student_prompt")
    return f" --mode {asked}" if asked in ("mini", "naive", "cor_guided") else ""


def _prompt_form(rows: TrainingSet) -> str:
    return str(rows.manifest.get("student_prompt") or "those of its data set")


def _data_licence(rows: TrainingSet) -> str:
    return str(rows.manifest.get("licence") or "not stated in its dataset.json")


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        said = {name: part for name, part in value.items() if part not in (None, {})}
        return "; ".join(f"{name} {_plain(part)}" for name, part in said.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(part) for part in value)
    return str(value)
