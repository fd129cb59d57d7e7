"""Tokens a second of SFT: ours, a bare TRL script, a plain Trainer: ``training_speed.py``.

The same base, LoRA, rows and settings for all three, on processors: the stories of our own Pool
after a short prompt, one update of ``--rows`` rows a turn, and the three take turns, so that what
else the machine does meets all of them. A turn's first update is at learning rate 0, so every
turn sees the base itself, and the three losses of a turn must agree.

``bare trl`` is ``SFTTrainer`` as its documentation uses it, with our settings; ``plain`` is
transformers' ``Trainer`` on rows that are tokenised and masked already. Tokens count without
padding. CPU time is the process's, all threads; wall time on a busy machine says less. The ratio
is the median over turns of ours to the other's, from the CPU time.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measuring import machine, write_json

from storypainter.pools import load_pool
from storypainter.training.tuning.bases import Base, open_base
from storypainter.training.tuning.settings import TuningSettings
from storypainter.training.tuning.trainers import (
    lora_config,
    make_trainer,
    quietly,
    trainer_config,
)

PROMPT = "Write a story that one picture can show: a single moment, no dialogue, 90 to 180 words."


def rows_of_pool(n: int, seed: int) -> list[dict[str, Any]]:
    """Rows as training sets have them."""
    stories = random.Random(seed).sample(load_pool("own").stories, n)
    return [
        {
            "prompt": [{"role": "user", "content": f"{PROMPT} Number {at}."}],
            "completion": [{"role": "assistant", "content": story.text}],
        }
        for at, story in enumerate(stories)
    ]


def ours(base: Base, rows: list[Any], settings: TuningSettings, out: Path) -> Any:
    config = _config(settings, out)
    return make_trainer("sft", base, base.model(bf16=False), rows, rows[:1], config, settings)


def bare_trl(base: Base, rows: list[Any], settings: TuningSettings, out: Path) -> Any:
    import datasets
    import trl

    model = base.model(bf16=False)
    return trl.SFTTrainer(
        model=model,
        args=_config(settings, out),
        train_dataset=datasets.Dataset.from_list(rows),
        processing_class=base.tokenizer,
        peft_config=lora_config(settings, model),
    )


def plain(base: Base, rows: list[Any], settings: TuningSettings, out: Path) -> Any:
    import datasets
    import peft
    import transformers

    masked = []
    for row in rows:
        asked = base.tokenizer.apply_chat_template(
            row["prompt"], add_generation_prompt=True, return_dict=False
        )
        whole = base.tokenizer.apply_chat_template(
            row["prompt"] + row["completion"], return_dict=False
        )
        masked.append({"input_ids": whole, "labels": [-100] * len(asked) + whole[len(asked) :]})
    config = _config(settings, out)
    names = transformers.TrainingArguments.__dataclass_fields__
    given = {n: getattr(config, n) for n in names if names[n].init and hasattr(config, n)}
    model = base.model(bf16=False)
    return transformers.Trainer(
        model=peft.get_peft_model(model, lora_config(settings, model)),
        args=transformers.TrainingArguments(**given),
        train_dataset=datasets.Dataset.from_list(masked),
        data_collator=transformers.DataCollatorForSeq2Seq(base.tokenizer),
    )


def _config(settings: TuningSettings, out: Path) -> Any:
    return trainer_config("sft", settings, out, parameters=0, processes=1, on_cpu=True)


def turn(trainer: Any) -> dict[str, float]:
    """One update: its seconds (CPU and wall), its tokens and its loss."""
    import transformers

    clock: dict[str, float] = {}

    class Clock(transformers.TrainerCallback):  # type: ignore[misc]
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="llama/smollm2-135m")
    parser.add_argument("--turns", type=int, default=6)
    parser.add_argument("--rows", type=int, default=16)
    parser.add_argument("--micro-batch", type=int, default=4)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    base = open_base(options.base)
    rows = rows_of_pool(options.rows, 0)
    settings = TuningSettings(batch=options.rows, micro_batch=options.micro_batch).resolved(
        "sft", 0, bf16=False
    )
    ways: dict[str, Callable[..., Any]] = {"ours": ours, "bare trl": bare_trl, "plain": plain}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder, quietly():
        trainers = {
            name: make(base, rows, settings, Path(folder) / name) for name, make in ways.items()
        }
        tokens = sum(len(ids) for ids in trainers["ours"].train_dataset["input_ids"])
        for at in range(options.turns):
            names = list(ways)
            random.Random(at).shuffle(names)
            for name in names:
                found[name].append(turn(trainers[name]))
                print(at, name, found[name][-1], flush=True)
    report: dict[str, Any] = {
        "machine": machine(),
        "turns": options.turns,
        "rows": options.rows,
        "micro_batch": options.micro_batch,
        "tokens_an_update": tokens,
        "largest_difference_of_losses": max(
            max(row["loss"] for row in some) - min(row["loss"] for row in some)
            for some in zip(*found.values(), strict=True)
        ),
    }
    for name, turns in found.items():
        report[name] = {
            "tokens_a_cpu_second": round(tokens / statistics.median(t["cpu"] for t in turns), 1),
            "tokens_a_second": round(tokens / statistics.median(t["wall"] for t in turns), 1),
        }
        if name != "ours":
            ratios = sorted(
                theirs["cpu"] / mine["cpu"]
                for theirs, mine in zip(turns, found["ours"], strict=True)
            )
            report[f"ours to {name}"] = {
                "median": round(statistics.median(ratios), 3),
                "lowest": round(ratios[0], 3),
                "highest": round(ratios[-1], 3),
            }
    print(json.dumps(report, indent=1))
    write_json(options.out, "training speed", report)


if __name__ == "__main__":
    main()
