"""The model card of a trained adapter: what it learnt from, how, what came of it, what it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from storypainter.models.local_files import KNOWN
from storypainter.training.tuning.bases import Base, address_of
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
    config: Mapping[str, Mapping[str, Any]],
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
    lines = [
        *_front_matter(base),
        f"# A Mini-Storyteller: {base.label}, {method}",
        "",
        f"A LoRA adapter for {base.label}, trained by {_METHODS[method]}.",
        "It writes stories that one picture can show. Trained with storypainter "
        f"{config['versions']['storypainter']} on trl and peft.",
        "",
        "## Data",
        "",
        *_data(rows, used, left_out, config),
        "",
        "## Base",
        "",
        *_base(base, config),
        "",
        "## Settings",
        "",
        "| setting | value |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in _settings(method, config)),
        "",
        "## Curves",
        "",
        "| | first | last |",
        "|---|---|---|",
        *_ends(table),
        "",
        f"{int(table[-1]['step'])} updates.{_warming(config, table)} Every update is in `curves.csv`, drawn in"
        " `curves.png`. The held-out row of update 0 is the base before training. A training loss"
        " is of one update's rows only; compare held-out values.",
        "",
        "## Use",
        "",
        *_use(rows, base),
        "",
        "## Limits",
        "",
        "- Losses say how well it predicts its teacher's texts, not how good its stories are: no"
        " story of this adapter was scored here.",
        f"- It was trained on prompts of one form only ({_prompt_form(rows)}); on others it may"
        " fall back to the base's manner.",
        "- It has the base's knowledge, languages and biases, and may repeat passages of its"
        " training stories: check with the copying evaluator.",
        "- A picture made from its stories is not a validated clinical test.",
        "",
        "## Licences",
        "",
        f"- base: {base.licence or 'not stated in its files; see where it comes from'}",
        f"- data: {_data_licence(rows)}",
    ]
    return "\n".join(lines) + "\n"


def _front_matter(base: Base) -> list[str]:
    lines = ["---", "library_name: peft", "tags: [lora, storypainter]"]
    if "/" in base.label:
        lines.append(f"base_model: {base.label}")
    if base.licence:
        lines.append(f"license: {base.licence.lower()}")
    return [*lines, "---", ""]


def _data(
    rows: TrainingSet,
    used: Mapping[str, int],
    left_out: Mapping[str, int],
    config: Mapping[str, Mapping[str, Any]],
) -> list[str]:
    found = [
        f"- `{rows.label}`: {used['train']} rows to learn from, {used['heldout']} held out by prompt"
    ]
    if sum(left_out.values()):
        found.append(
            f"- left out as longer than {config['settings']['max_length']} tokens:"
            f" {left_out['train']} and {left_out['heldout']}"
        )
    if rows.sources:
        found.append(f"- written by: {_counted(rows.sources)}")
    if rows.shares:
        found.append(f"- rejected answers by: {_counted(rows.shares)}")
    for name in ("teacher", "student_prompt", "templates", "filters", "seed"):
        if rows.manifest.get(name) is not None:
            found.append(f"- {name.replace('_', ' ')}: {_plain(rows.manifest[name])}")
    return [*found, *(f"- {name}: SHA-256 `{value}`" for name, value in rows.hashes.items())]


def _base(base: Base, config: Mapping[str, Mapping[str, Any]]) -> list[str]:
    templates = {
        "own": "the base's own",
        "plain": "storypainter's `plain`, for the base has none",
        "stated": "that of the adapter which training started from",
    }
    template = templates.get(base.template, f"`{base.template}`, given by the trainer")
    return [
        f"- {base.label}, {config['base']['parameters']:,} weights",
        *(f"- {name.replace('_', ' ')}: `{value}`" for name, value in base.identity.items()),
        f"- chat template: {template}; it is in `adapter/chat_template.jinja`",
    ]


def _settings(method: Method, config: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, Any]]:
    given = dict(config["settings"])
    if method == "sft":
        given.pop("beta", None)
    if "from_adapter" in config["asked"]:
        given["reference and start"] = f"the adapter {config['asked']['from_adapter'][:16]}…"
    elif method != "sft":
        given["reference"] = "the base"
    machine = config["machine"]
    given["machine"] = f"{machine['device']}, {machine['processes']} process(es)"
    given |= {k: v for k, v in config["versions"].items() if k != "storypainter"}
    return [(name.replace("_", " "), value) for name, value in given.items()]


def few_updates(settings: Mapping[str, Any], steps: int) -> str:
    """What a short training should know of its warm-up; empty for others."""
    if steps >= FEW or not settings["warm_up"]:
        return ""
    return (
        f"of only {steps} updates, the first changes nothing: its learning rate is 0, where the "
        "warm-up begins (transformers' schedule; LLaMA-Factory's is the same)"
    )


def _warming(config: Mapping[str, Mapping[str, Any]], table: Sequence[Mapping[str, float]]) -> str:
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


def _ends(table: Sequence[Mapping[str, float]]) -> list[str]:
    found = []
    for name, label in _CURVES.items():
        values = [row[name] for row in table if name in row]
        if values:
            found.append(f"| {label} | {values[0]:.4g} | {values[-1]:.4g} |")
    return found


def _prompt_form(rows: TrainingSet) -> str:
    return str(rows.manifest.get("student_prompt") or "those of its data set")


def _data_licence(rows: TrainingSet) -> str:
    return str(rows.manifest.get("licence") or "not stated in its dataset.json")


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        said = {name: part for name, part in value.items() if part is not None}
        return "; ".join(f"{name} {_plain(part)}" for name, part in said.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(part) for part in value)
    return str(value)
