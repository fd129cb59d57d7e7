"""Encoder, connector and language model in one folder that transformers loads (LLaVA, stock).

    SMALL_SEER/config.json, model.safetensors, processor and tokenizer files, chat_template.jinja
    SMALL_SEER/small_seer.json     of what it was made
    SMALL_SEER/README.md           the card

``AutoModelForImageTextToText`` and ``AutoProcessor`` load it; torchvision is not needed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput, RunFolderError
from storypainter.runs.folder import write_atomically
from storypainter.sequences.small_seer.aligning import align, set_scale
from storypainter.sequences.small_seer.encoder import MEAN, SPREAD, TrainedEncoder, read_encoder
from storypainter.sequences.small_seer.shelf import Shelf

MANIFEST = "small_seer.json"
PLACEHOLDER = "<image>"
#: ChatML as SmolLM2 was tuned to it, with pictures that are counted: a narrative in parts has to
#: say which picture it is at, and 49 placeholders look all alike.
CHAT_TEMPLATE = (
    "{% set shown = namespace(pictures=0) %}"
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\n' }}"
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
    "{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}"
    "{% set shown.pictures = shown.pictures + 1 %}"
    "{{ 'Picture ' ~ shown.pictures ~ ': <image>\n' }}"
    "{% else %}{{ part['text'] }}{% endif %}"
    "{% endfor %}{% endif %}"
    "{{ eos_token + '\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def build(
    encoder: Path,
    base: str,
    out: Path,
    *,
    shelf: Shelf | None = None,
    seed: int = 0,
    say: Callable[[str], None] = lambda line: None,
) -> dict[str, Any]:
    """Put the three parts together; returns the manifest.

    Args:
        encoder: a folder that the training of the encoder has finished.
        base: the language model: ``llama/smollm2-135m``, a GGUF file, a folder or a hub id.
        out: a new folder.
        shelf: pictures to align the connector with; without them its weights are random.
        seed: of the connector's weights.
        say: gets a line a step.

    Raises:
        BadInput: no encoder there, a base that can't be used, or ``out`` is not empty.
        MissingExtra: torch, transformers or what reads the base is not installed.
    """
    from storypainter.training.tuning.bases import open_base

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(f"{out} is there already", "choose another --out, or delete it")
    seen = _encoder(encoder)
    language = open_base(base)
    part = out.with_name(f".{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        made = _build(seen, language, part, shelf, seed, say)
        made = {"base": language.label, "base_identity": dict(language.identity), **made}
        made["encoder_sha256"] = _sha256(encoder / "encoder" / "model.safetensors")
        made["licence"] = language.licence
        write_atomically(part / "README.md", _card(made).encode())
        write_atomically(part / MANIFEST, json.dumps(made, indent=1).encode() + b"\n")
        if out.is_dir():
            out.rmdir()
        part.rename(out)
    except OSError as error:
        raise RunFolderError(
            f"{out} can't be written: {(error.strerror or 'no').lower()}", "choose another --out"
        ) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return made


def _encoder(folder: Path) -> TrainedEncoder:
    from storypainter.models.transformers import quieten_transformers

    quieten_transformers()
    return read_encoder(folder)


def _build(
    seen: TrainedEncoder,
    language: Any,
    folder: Path,
    shelf: Shelf | None,
    seed: int,
    say: Callable[[str], None],
) -> dict[str, Any]:
    import torch
    import transformers

    tokenizer = language.tokenizer
    tokenizer.add_special_tokens({"additional_special_tokens": [PLACEHOLDER]})
    if tokenizer.pad_token_id in (None, tokenizer.eos_token_id):
        # What ends an answer must not look like filling, or it is never learnt.
        tokenizer.pad_token = tokenizer.unk_token or tokenizer.bos_token or tokenizer.eos_token
    tokenizer.padding_side = "left"
    text = language.model(bf16=False)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        if len(tokenizer) > text.get_input_embeddings().num_embeddings:
            text.resize_token_embeddings(len(tokenizer), mean_resizing=False)
        placeholder = tokenizer.convert_tokens_to_ids(PLACEHOLDER)
        config = transformers.LlavaConfig(
            vision_config=seen.encoder.config,
            text_config=text.config,
            image_token_index=placeholder,
            image_seq_length=seen.tokens**2,
            vision_feature_select_strategy="full",
            vision_feature_layer=-1,
            tie_word_embeddings=text.config.tie_word_embeddings,
        )
        model = transformers.LlavaForConditionalGeneration(config)
        model.model.language_model.load_state_dict(text.get_decoder().state_dict())
        model.lm_head.load_state_dict(text.get_output_embeddings().state_dict())
        model.model.vision_tower.load_state_dict(seen.encoder.state_dict())
        with torch.no_grad():  # nobody writes a placeholder
            model.get_input_embeddings().weight[placeholder] = 0
            model.lm_head.weight[placeholder] = 0
        table = model.get_input_embeddings().weight.detach()
        connector = model.model.multi_modal_projector
        set_scale(connector, seen, table[: min(len(table), placeholder)])
        aligned = None
        if shelf is not None:
            say("teaching the connector what patches are called")
            aligned = align(connector, seen, table, tokenizer, shelf, seed=seed, say=say)
    model.generation_config = text.generation_config
    model.generation_config.pad_token_id = tokenizer.pad_token_id
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    model.save_pretrained(folder)
    processor(tokenizer, seen.size, seen.tokens).save_pretrained(folder)
    return {
        "small_seer": 1,
        "parameters": {
            "vision": _count(model.model.vision_tower),
            "connector": _count(connector),
            "language": _count(model.model.language_model),
        },
        "size": seen.size,
        "tokens_a_picture": seen.tokens**2,
        "aligned": aligned,
        "seed": seed,
    }


def processor(tokenizer: Any, size: int, tokens: int) -> Any:
    """LLaVA's processor: pictures become ``size`` pixels wide and high, ``tokens`` squared tokens."""
    import transformers

    images = transformers.SiglipImageProcessorPil(
        size={"height": size, "width": size}, image_mean=[MEAN] * 3, image_std=[SPREAD] * 3
    )
    return transformers.LlavaProcessor(
        image_processor=images,
        tokenizer=tokenizer,
        patch_size=size // tokens,  # of a token: the encoder may begin with finer ones
        vision_feature_select_strategy="full",
        image_token=PLACEHOLDER,
        num_additional_image_tokens=0,
        chat_template=CHAT_TEMPLATE,
    )


def _count(module: Any) -> int:
    return sum(int(value.numel()) for value in module.parameters())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _card(made: dict[str, Any]) -> str:
    parts = made["parameters"]
    licence = f"license: {made['licence']}\n" if made["licence"] else ""
    aligned = made["aligned"]
    told = (
        f"The connector was aligned to word vectors (centred cosine {aligned['before']} before, "
        f"{aligned['after']} after, on pictures held out)."
        if aligned
        else "The connector has random weights."
    )
    return (
        f"---\n{licence}pipeline_tag: image-text-to-text\n---\n\n"
        "# A small LLaVA-style model, before its training\n\n"
        f"{made['base']} ({parts['language']:,} weights), a connector ({parts['connector']:,}) and a "
        f"vision encoder ({parts['vision']:,}) that learnt from drawn pictures alone. A picture is "
        f"{made['size']} pixels wide and high and costs {made['tokens_a_picture']} tokens. {told}\n\n"
        "It tells nothing of use before it is trained: `storypainter sequences train sft`. It knows "
        "drawings of one style; photographs and other drawings it can't read.\n"
    )
