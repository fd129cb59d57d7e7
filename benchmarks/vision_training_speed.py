"""Tokens a second of SFT with pictures: ours beside a bare TRL script: ``vision_training_speed.py``.

The same base, adapter, rows and settings for both, on processors: pictures of flat shapes with a
made-up narrative of four parts, one update of ``--rows`` rows a turn, and the two take turns, so
that what else the machine does meets both. A turn's first update is at learning rate 0, so every
turn sees the same weights, and the losses of a turn must agree; the script fails where they don't.

The base is SmolLM2-135M's weights (from its GGUF file) behind a SigLIP encoder of 6.5 million
random weights at 112 pixels, 49 tokens a picture, joined by LLaVA's connector: the speed of a model
doesn't depend on what it has learnt. ``bare trl`` is ``SFTTrainer`` as its documentation uses it,
with our settings and the same order of rows. Tokens count with pictures' and without padding. CPU
time is the process's, all threads; wall time on a busy machine says less. The ratio is the median
over turns of ours to the other's, from the CPU time. ``--bf16`` has a third way take turns: ours
with products in half precision, which pays on processors that have instructions for it.
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

from storypainter.sequences.tasks.parts import write_parts
from storypainter.sequences.tasks.rows import TaskRow, answering, asking
from storypainter.sequences.training.adapting import adapted
from storypainter.sequences.training.bases import VisionBase, open_vision_base
from storypainter.sequences.training.examples import Examples, fitting
from storypainter.sequences.training.pictures import Pictures
from storypainter.sequences.training.settings import VisionSettings
from storypainter.sequences.training.trainers import sft_trainer, trainer_config
from storypainter.training.tuning.bases import open_base
from storypainter.training.tuning.templates import PLAIN
from storypainter.training.tuning.trainers import quietly

#: A token of SmolLM2's that no text has, for a picture's place.
PLACE = "<empty_output>"
SIDE, PATCH = 112, 16
HALF = "ours in bf16"
WHO = ("girl", "baker", "old man", "dog", "nurse", "boy in the red coat")
DOES = ("climbs the tree", "drops the cake", "waves at the ferry", "looks for the lost ring")
WHERE = ("park", "harbour", "kitchen", "market square", "classroom")


def build_base(folder: Path, text: str) -> Path:
    """The model, saved as any other; see above."""
    import torch
    import transformers

    base = open_base(text)
    words = base.model(bf16=False)
    torch.manual_seed(0)
    tokenizer = base.tokenizer
    model = transformers.LlavaForConditionalGeneration(
        transformers.LlavaConfig(
            vision_config=transformers.SiglipVisionConfig(
                hidden_size=256,
                intermediate_size=1024,
                num_hidden_layers=8,
                num_attention_heads=4,
                image_size=SIDE,
                patch_size=PATCH,
                vision_use_head=False,
            ),
            text_config=words.config,
            image_token_index=tokenizer.convert_tokens_to_ids(PLACE),
            vision_feature_select_strategy="full",
            vision_feature_layer=-1,
            tie_word_embeddings=words.config.tie_word_embeddings,
        )
    )
    model.model.language_model.load_state_dict(words.model.state_dict())
    model.lm_head.load_state_dict(words.lm_head.state_dict())
    model.save_pretrained(folder)
    transformers.LlavaProcessor(
        transformers.SiglipImageProcessorPil(size={"height": SIDE, "width": SIDE}),
        tokenizer,
        patch_size=PATCH,
        vision_feature_select_strategy="full",
        image_token=PLACE,
    ).save_pretrained(folder)
    return folder


def rows_with_pictures(folder: Path, n: int, pictures: int) -> list[TaskRow]:
    """Rows of whole narratives with their pictures, 512 pixels wide, as sets have them."""
    import PIL.Image
    import PIL.ImageDraw

    chance = random.Random(0)
    rows = []
    for at in range(n):
        files, parts = [], []
        for number in range(pictures):
            picture = PIL.Image.new("RGB", (512, 512), tuple(chance.choices(range(256), k=3)))
            pen = PIL.ImageDraw.Draw(picture)
            for _ in range(40):
                x, y, size = chance.randrange(512), chance.randrange(512), chance.randrange(120)
                pen.ellipse((x, y, x + size, y + size), tuple(chance.choices(range(256), k=3)))
            files.append(f"{at}-{number}.png")
            picture.save(folder / files[-1])
            parts.append(
                " ".join(
                    f"The {chance.choice(WHO)} {chance.choice(DOES)} in the {chance.choice(WHERE)}."
                    for _ in range(chance.randint(2, 4))
                )
            )
        rows.append(
            TaskRow(
                id=str(at),
                task="telling",
                images=tuple(files),
                prompt=asking(pictures, f"Tell the story of these {pictures} pictures, in parts."),
                completion=answering(write_parts(parts)),
                sequence=str(at),
                frames=tuple(range(pictures)),
            )
        )
    return rows


def ours(base: VisionBase, examples: Examples, settings: VisionSettings, out: Path) -> Any:
    train, lengths = fitting(examples, base.processor, settings.max_length)
    model = adapted(base.model(bf16=False), settings, base.family, None)
    return sft_trainer(base, model, train, lengths, train, _config(settings, out), settings)


def ours_in_bf16(base: VisionBase, examples: Examples, settings: VisionSettings, out: Path) -> Any:
    return ours(base, examples, settings.model_copy(update={"precision": "bf16"}), out)


def bare_trl(base: VisionBase, examples: Examples, settings: VisionSettings, out: Path) -> Any:
    import datasets
    import trl

    rows = [examples[at] for at in range(len(examples))]
    plain = [{name: row[name] for name in ("prompt", "completion", "images")} for row in rows]
    return trl.SFTTrainer(
        model=adapted(base.model(bf16=False), settings, base.family, None),
        args=_config(settings, out),
        train_dataset=datasets.Dataset.from_list(plain),
        processing_class=base.processor,
    )


def _config(settings: VisionSettings, out: Path) -> Any:
    return trainer_config(settings, out, parameters=0, processes=1, on_cpu=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="", help="a vision-language model; else the one above")
    parser.add_argument("--text", default="llama/smollm2-135m", help="its language model")
    parser.add_argument("--turns", type=int, default=6)
    parser.add_argument("--rows", type=int, default=8)
    parser.add_argument("--pictures", type=int, default=4)
    parser.add_argument("--micro-batch", type=int, default=4)
    parser.add_argument("--bf16", action="store_true", help="ours in half precision, too")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    ways: dict[str, Callable[..., Any]] = {OURS: ours, "bare trl": bare_trl}
    if options.bf16:
        ways[HALF] = ours_in_bf16
    settings = VisionSettings(batch=options.rows, micro_batch=options.micro_batch).for_model(
        0, bf16=False
    )
    with tempfile.TemporaryDirectory() as name, quietly():
        folder = Path(name)
        base = (
            open_vision_base(options.base)
            if options.base
            else open_vision_base(str(build_base(folder / "base", options.text)), PLAIN)
        )
        rows = rows_with_pictures(folder, options.rows, options.pictures)
        # Each has its own: what one has opened must not help the other.
        trainers = {
            way: make(base, Examples(rows, folder, Pictures()), settings, folder / way)
            for way, make in ways.items()
        }
        tokens = sum(Examples(rows, folder, Pictures()).lengths(base.processor))
        found = turns_of(trainers, options.turns)
    apart = losses_apart({way: turns for way, turns in found.items() if way != HALF})
    report: dict[str, Any] = {
        "machine": machine(),
        "turns": options.turns,
        "rows": options.rows,
        "pictures_a_row": options.pictures,
        "micro_batch": options.micro_batch,
        "tokens_an_update": tokens,
        "largest_difference_of_losses": apart,
        **speeds(found, tokens),
    }
    print(json.dumps(report, indent=1))
    write_json(options.out, "vision training speed", report)
    assert apart < 1e-4, "the losses differ: these are not the same trainings"


if __name__ == "__main__":
    main()
