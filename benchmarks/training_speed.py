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
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measuring import machine, write_json
from training_turns import OURS, losses_apart, speeds, turns_of

from storypainter.pools import load_pool
from storypainter.training.tuning.adapting import lora_config
from storypainter.training.tuning.bases import Base, open_base
from storypainter.training.tuning.settings import TuningSettings
from storypainter.training.tuning.trainers import make_trainer, quietly, trainer_config

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
    ways: dict[str, Callable[..., Any]] = {OURS: ours, "bare trl": bare_trl, "plain": plain}
    with tempfile.TemporaryDirectory() as folder, quietly():
        trainers = {
            name: make(base, rows, settings, Path(folder) / name) for name, make in ways.items()
        }
        tokens = sum(len(ids) for ids in trainers[OURS].train_dataset["input_ids"])
        found = turns_of(trainers, options.turns)
    report: dict[str, Any] = {
        "machine": machine(),
        "turns": options.turns,
        "rows": options.rows,
        "micro_batch": options.micro_batch,
        "tokens_an_update": tokens,
        "largest_difference_of_losses": losses_apart(found),
        **speeds(found, tokens),
    }
    print(json.dumps(report, indent=1))
    write_json(options.out, "training speed", report)


if __name__ == "__main__":
    main()
