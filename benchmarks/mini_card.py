"""The model card of a shipped Mini-Storyteller, from its training, its scores and its stories.

    python benchmarks/mini_card.py DATA TRAINING SCORES RUN --name smollm2-135m [--note TEXT …] --out CARD.md

DATA is the training set, TRAINING the folder that ``storypainter train`` made, SCORES the JSON of ``mini_storyteller.py``, RUN
the run whose first ten stories are shown, unpicked.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from storypainter.models.mini import SHIPPED
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import items
from storypainter.story import Brief
from storypainter.storytellers.briefs import read_briefs

SHOWN = 10
MEASURED = (
    ("90 to 180 words and ended by itself", "fits_and_ended"),
    ("dialogue or sequence", "dialogue_or_sequence"),
    ("loops", "loops"),
    ("one moment, by the rules", "one_moment"),
)


def percent(found: Mapping[str, Any]) -> str:
    low, high = (100 * end for end in found["interval"])
    return f"{100 * found['share']:.1f} % ({low:.1f} to {high:.1f})"


def mean(found: Mapping[str, Any], scale: float = 1.0, digits: int = 0, unit: str = "") -> str:
    low, high = (scale * end for end in found["interval"])
    return f"{scale * found['mean']:.{digits}f}{unit} ({low:.{digits}f} to {high:.{digits}f})"


def scores(found: Mapping[str, Any]) -> str:
    best = next(run for run in found["base"] if run["run"] == found["best_base"])
    rows = [(what, percent(found["mini"][key]), percent(best[key])) for what, key in MEASURED]
    rows.append(("words", mean(found["mini"]["words"]), mean(best["words"])))
    grams = [mean(run["shared_8_grams"], 100, 1, " %") for run in (found["mini"], best)]
    rows.append(("8-grams that occur in training", *grams))
    lines = [
        f"| {found['mini']['asked']} unseen Briefs | with the adapter | the base alone |",
        "|---|---|---|",
        *(f"| {what} | {ours} | {theirs} |" for what, ours, theirs in rows),
    ]
    beside = found["diversity_at_equal_n"]
    if "absent" in beside:
        diversity = f"Diversity beside the base is absent: {beside['absent']}."
    else:
        ours, theirs = beside["mini"], beside["base"]
        diversity = (
            f"Diversity at equal n ({ours['n']}): {ours['value']:.3f} ({ours['interval'][0]:.3f} to "
            f"{ours['interval'][1]:.3f}); of the base's stories that neither loop nor copy, over all "
            f"its settings: {theirs['value']:.3f} ({theirs['interval'][0]:.3f} to "
            f"{theirs['interval'][1]:.3f}). Judge: {ours['judge']}."
        )
    held = mean(found["heldout_shared_8_grams"], 100, 1, " %")
    return "\n".join(lines) + (
        f"\n\nHeld-out stories of the same teachers share {held} of their 8-grams with training. {diversity} "
        f"The base alone is the best of {len(found['base'])} settings of prompt and temperature "
        f"({found['best_base']}). Shares have Wilson's 95 % interval, means a bootstrap over stories; no "
        "person and no model has judged what the stories mean."
    )


def command(data: Path) -> str:
    asked = json.loads((data / "dataset.json").read_text("utf-8"))["asked"]
    kind = asked.pop("kind")
    flags = [
        f"--{name.replace('_', '-')} {value}" if name != "n" else f"-n {value}"
        for name, values in asked.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return f"storypainter distill {kind} {' '.join(flags)}"


def training(folder: Path) -> str:
    config = tomllib.loads((folder / "config.toml").read_text("utf-8"))
    rows = (folder / "curves.csv").read_text("utf-8").splitlines()
    names = rows[0].split(",")
    losses = [dict(zip(names, row.split(","), strict=True)) for row in rows[1:]]
    held_out = [(row["step"], float(row["eval_loss"])) for row in losses if row["eval_loss"]]
    settings = ", ".join(
        f"{name.replace('_', ' ')} {value}" for name, value in config["settings"].items()
    )
    curve = ", ".join(f"{loss:.2f} after {step}" for step, loss in held_out)
    versions = ", ".join(f"{name} {value}" for name, value in config["versions"].items())
    hashes = "; ".join(f"{name} `{digest[:16]}…`" for name, digest in config["data"].items())
    return (
        f"Method {config['asked']['method']}; {settings}. Held-out loss: {curve} updates. Data (SHA-256): "
        f"{hashes}. Base (SHA-256): `{config['base']['gguf_sha256'][:16]}…`. Versions: {versions}."
    )


def stories(run: Path) -> str:
    with RunFolder(run, read_only=True) as folder:
        told = [item.story for item in items(folder)][:SHOWN]
    asked = tomllib.loads((run / "run.toml").read_text("utf-8"))
    wishes = read_briefs(Path(asked["briefs"]), Brief())[:SHOWN]
    found = []
    for number, (story, wish) in enumerate(zip(told, wishes, strict=True), start=1):
        plain = wish.model_dump(mode="json", exclude_defaults=True)
        order = "; ".join(
            f"{k}: {', '.join(v) if isinstance(v, list) else v}" for k, v in plain.items()
        )
        text = story.text if story is not None else "(no story could be read)"
        found.append(f"{number}. *{order}*: {text}")
    return "\n".join(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("training", type=Path)
    parser.add_argument("scores", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--name", default="smollm2-135m")
    parser.add_argument("--note", action="append", default=[])
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    mini = SHIPPED[asked.name]
    found = json.loads(asked.scores.read_text("utf-8"))
    sampled = ", ".join(f"{name} {value}" for name, value in mini.sampling.items())
    card = f"""# mini/{mini.name}

A LoRA adapter for {mini.base} that makes it a Mini-Storyteller: asked in a line or two, it writes one paragraph about
one picture. It comes with storypainter; llama.cpp runs it without torch or a GPU.

## What it is good for, and what not

It has learnt the form: one moment, the right length, an end, no dialogue, plain sentences about what can be seen. It
has **not** learnt to put a story together: things and people come and go, two people "both wear" three different
things, and what was asked for is often missing. Whoever needs a story that hangs together
should take `planner` or a larger model. It is here as the worked example of distillation, as a fast Writer for trying
things out, and as the smallest baseline. English only. It was never taught to refuse anything; its teachers wrote
nothing cruel.

## Data

{found["training_stories"]} stories by the planner and by the training part of the Pool `own` (the test part is in none of them), each with the
short prompt that it answers in hindsight: a setting, a theme, things that it names (`{command(asked.data)}`). Stories that
are not one moment, copies, near duplicates and stories outside 90 to 180 words were left out. {" ".join(asked.note)}

## Training

{training(asked.training)}

## Scores

{scores(found)}

## Ten consecutive stories, unpicked

Sampled as by default: {sampled}.

{stories(asked.run)}

## Licence

Apache-2.0, as storypainter; the base is Apache-2.0, the Pool's stories are CC0.
"""
    asked.out.write_text(card, "utf-8")
    print(asked.out)


if __name__ == "__main__":
    main()
