"""A vision-language model of a few thousand weights, and a folder of tasks that it can learn from."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from storypainter.picture import Picture
from storypainter.sequence import Character, Depiction, Frame, Sequence
from storypainter.sequences.tasks.parts import write_parts
from storypainter.sequences.tasks.rows import FORMAT, TaskRow, answering, asking, lines
from storypainter.sequences.training.settings import RewardSettings, VisionSettings

TEMPLATE = (
    "{% for message in messages %}<|start|>{{ message['role'] }}\n{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<image>{% else %}{{ part['text'] }}{% endif %}{% endfor %}<|end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|start|>assistant\n{% endif %}"
)
COLOURS = {
    "red": (200, 30, 30),
    "blue": (30, 30, 200),
    "green": (30, 160, 60),
    "grey": (90, 90, 90),
}
ACTIONS = ("climbs the tree", "feeds the ducks", "drops the cake", "waves at the boat")
PLACES = ("park", "harbour", "kitchen")
EMOTIONS = ("happy", "sad", "proud")
SETTINGS: dict[str, Any] = {
    "batch": 4, "micro_batch": 2, "learning_rate": 0.02, "rank": 4, "alpha": 8, "max_length": 256,
    "checkpoint_every": 2,
}  # fmt: skip
SFT = VisionSettings(**SETTINGS)
RL = RewardSettings(
    **{**SETTINGS, "batch": 8, "micro_batch": 4},
    completions=4,
    completion_length=12,
    heldout_rows=2,
)


def build_base(folder: Path, *, template: str | None = TEMPLATE, seed: int = 7) -> Path:
    """A LLaVA of two layers with a SigLIP of two, saved as real ones are."""
    import torch
    import transformers

    torch.manual_seed(seed)
    tokenizer = tiny_tokenizer()
    model = transformers.LlavaForConditionalGeneration(
        transformers.LlavaConfig(
            vision_config=transformers.SiglipVisionConfig(
                hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
                image_size=16, patch_size=8,
            ),
            text_config=transformers.LlamaConfig(
                vocab_size=len(tokenizer), hidden_size=32, intermediate_size=48,
                num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
                max_position_embeddings=512, bos_token_id=None,
                eos_token_id=tokenizer.eos_token_id, initializer_range=0.4,
            ),
            image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
            vision_feature_select_strategy="full",
            vision_feature_layer=-1,
        )
    )  # fmt: skip
    model.save_pretrained(folder)
    processor = transformers.LlavaProcessor(
        # The one that needs PIL alone.
        transformers.SiglipImageProcessorPil(size={"height": 16, "width": 16}),
        tokenizer,
        patch_size=8,
        vision_feature_select_strategy="full",
        chat_template=template,
    )
    processor.save_pretrained(folder)
    return folder


def build_idefics(folder: Path) -> Path:
    """An Idefics3 of the same size, which cuts pictures into tiles (here: none, they are small)."""
    import torch
    import transformers

    torch.manual_seed(7)
    tokenizer = tiny_tokenizer("<fake_token_around_image>", "<end_of_utterance>", "<global-img>")
    model = transformers.Idefics3ForConditionalGeneration(
        transformers.Idefics3Config(
            vision_config={
                "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2,
                "num_attention_heads": 2, "image_size": 32, "patch_size": 8,
            },
            text_config={
                "model_type": "llama", "vocab_size": len(tokenizer), "hidden_size": 32,
                "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4,
                "num_key_value_heads": 2, "max_position_embeddings": 512, "bos_token_id": None,
                "eos_token_id": tokenizer.eos_token_id, "pad_token_id": tokenizer.pad_token_id,
            },
            image_token_id=tokenizer.convert_tokens_to_ids("<image>"),
            pad_token_id=tokenizer.pad_token_id,
            scale_factor=2,
        )
    )  # fmt: skip
    model.save_pretrained(folder)
    pictures = transformers.Idefics3ImageProcessorPil(
        size={"longest_edge": 32}, max_image_size={"longest_edge": 32}, do_image_splitting=False
    )
    processor = transformers.Idefics3Processor(
        pictures, tokenizer, image_seq_len=4, chat_template=TEMPLATE
    )
    processor.save_pretrained(folder)
    return folder


def tiny_tokenizer(*special: str, **named: str) -> Any:
    """Byte-level BPE over a few sentences, with marks for turns and pictures.

    ``named`` are tokens that some processors ask the tokenizer for by name (``boi_token``).
    """
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    plain = Tokenizer(models.BPE())
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    plain.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<|start|>", "<|end|>", *dict.fromkeys(("<image>", *special))],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    plain.train_from_iterator([part(0, at) for at in range(12)] + ["Tell the story."], trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=plain,
        eos_token="<|end|>",
        pad_token="<|end|>",
        extra_special_tokens=named,
    )


def part(at: int, number: int) -> str:
    mood, action = EMOTIONS[(at + number) % 3], ACTIONS[(at + number) % 4]
    return f"The {mood} girl {action} in the {PLACES[at % 3]}."


def write_tasks(folder: Path, sequences: int = 8, heldout: int = 2, *, pictures: int = 2) -> Path:
    """Sequences of flat pictures, each with a row of telling and one of caption."""
    import PIL.Image

    (folder / "pictures").mkdir(parents=True)
    shas = []
    for name, colour in COLOURS.items():
        path = folder / "pictures" / f"{name}.png"
        PIL.Image.new("RGB", (24, 20), colour).save(path)
        shas.append((f"pictures/{name}.png", hashlib.sha256(path.read_bytes()).hexdigest()))
    rows: dict[str, list[TaskRow]] = {"train": [], "heldout": []}
    told = []
    for at in range(sequences + heldout):
        sequence = sequence_of(at, [shas[(at + n) % len(shas)] for n in range(pictures)])
        told.append(sequence)
        rows["heldout" if at >= sequences else "train"] += rows_of(sequence)
    for name, some in rows.items():
        (folder / f"{name}.jsonl").write_bytes(lines(some))
    (folder / "sequences.jsonl").write_text("".join(each.model_dump_json() + "\n" for each in told))
    write_manifest(folder, {name: len(some) for name, some in rows.items()})
    return folder


def write_manifest(folder: Path, counts: dict[str, int]) -> None:
    names = ("train.jsonl", "heldout.jsonl", "sequences.jsonl")
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    manifest = {"tasks_of_sequences": FORMAT, "rows": counts, "files": files, "licence": "CC0-1.0"}
    (folder / "dataset.json").write_text(json.dumps(manifest))


def sequence_of(at: int, pictures: list[tuple[str, str]]) -> Sequence:
    frames = [
        Frame(
            picture=Picture(
                file=file, media_type="image/png", width=24, height=20, sha256=sha, painter="flat"
            ),
            part=part(at, number),
            caption=f"A girl in a {PLACES[at % 3]}.",
            place=f"the {PLACES[at % 3]}",
            shown=(
                Depiction(
                    character="girl",
                    action=ACTIONS[(at + number) % 4],
                    emotion=EMOTIONS[(at + number) % 3],
                ),
            ),
        )
        for number, (file, sha) in enumerate(pictures)
    ]
    return Sequence(
        id=f"s{at}",
        kind="generated",
        source=f"story {at}",
        characters=(Character(id="girl", name="the girl", look="in a red coat", role="girl"),),
        frames=tuple(frames),
    )


def rows_of(sequence: Sequence) -> list[TaskRow]:
    files = tuple(frame.picture.file for frame in sequence.frames)
    telling = TaskRow(
        id=f"{sequence.id}/telling",
        task="telling",
        images=files,
        prompt=asking(len(files), "Tell the story."),
        completion=answering(write_parts(frame.part for frame in sequence.frames)),
        sequence=sequence.id,
        frames=tuple(range(len(files))),
    )
    caption = TaskRow(
        id=f"{sequence.id}/caption",
        task="caption",
        images=files[:1],
        prompt=asking(1, "Describe the picture."),
        completion=answering(sequence.frames[0].caption),
        sequence=sequence.id,
        frames=(0,),
    )
    return [telling, caption]
