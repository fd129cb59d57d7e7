"""Models of a few thousand random weights, saved as real ones are, for the real loaders."""

from __future__ import annotations

import json
from pathlib import Path

SENTENCES = (
    "A girl in a yellow raincoat pulls her father to the carousel before it closes.",
    "The baker counts the last loaves while her son sweeps flour from the floor.",
    "Write a story. Tell me what the picture shows, and why it happened.",
    "An old man on the pier waves at the ferry, and nobody on the ferry waves back.",
)
#: What ChatML-like templates do: each message between two marks, then the reply's beginning.
CHAT_TEMPLATE = (
    "{% for message in messages %}<|start|>{{ message['role'] }}\n{{ message['content'] }}<|end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|start|>assistant\n{% endif %}"
)
CONTEXT = 128


def build_tiny_chat_model(
    folder: Path, *, template: str | None = CHAT_TEMPLATE, context: int = CONTEXT
) -> Path:
    """A two-layer Llama with a byte-level BPE tokenizer; the folder that it was saved to."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = _chat_tokenizer(template)
    torch.manual_seed(7)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=32,
            intermediate_size=48,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            max_position_embeddings=context,
            bos_token_id=None,
            eos_token_id=tokenizer.convert_tokens_to_ids("<|end|>"),
            # Larger than usual, so that the random model prefers some tokens to others.
            initializer_range=0.4,
        )
    )
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _chat_tokenizer(template: str | None):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    plain = Tokenizer(models.BPE())
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    plain.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<|start|>", "<|end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    plain.train_from_iterator(SENTENCES, trainer)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=plain, eos_token="<|end|>", pad_token="<|end|>"
    )
    tokenizer.chat_template = template
    return tokenizer


def build_tiny_adapter(folder: Path, base: Path) -> Path:
    """A LoRA adapter with random weights for the model in ``base``, as peft saves it."""
    import peft
    import torch
    from transformers import AutoModelForCausalLM

    torch.manual_seed(11)
    model = AutoModelForCausalLM.from_pretrained(base)
    config = peft.LoraConfig(
        r=4,
        lora_alpha=16,
        target_modules=["q_proj", "v_proj", "down_proj"],
        init_lora_weights=False,  # else it begins as no change at all
        task_type="CAUSAL_LM",
    )
    peft.get_peft_model(model, config).save_pretrained(folder)
    return folder


def build_tiny_diffusion_pipeline(folder: Path, *, safety_checker: bool = False) -> Path:
    """A Stable-Diffusion-style pipeline that paints 16 by 16 pixels by default.

    With ``safety_checker``, one whose thresholds find every picture unsafe.
    """
    import torch
    from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionPipeline
    from transformers import CLIPTextModel

    torch.manual_seed(13)
    tokenizer = _clip_tokenizer(folder.parent / f"{folder.name}-tokenizer")
    pipeline = StableDiffusionPipeline(
        vae=AutoencoderKL(
            block_out_channels=(8,),
            in_channels=3,
            out_channels=3,
            down_block_types=("DownEncoderBlock2D",),
            up_block_types=("UpDecoderBlock2D",),
            latent_channels=4,
            norm_num_groups=4,
            sample_size=16,
        ),
        text_encoder=CLIPTextModel(_clip_text_config(len(tokenizer))),
        tokenizer=tokenizer,
        unet=_unet(),
        scheduler=DDIMScheduler(beta_schedule="scaled_linear", clip_sample=False, steps_offset=1),
        safety_checker=_safety_checker() if safety_checker else None,
        feature_extractor=_feature_extractor() if safety_checker else None,
        requires_safety_checker=safety_checker,
    )
    pipeline.save_pretrained(folder)
    return folder


def _unet():
    from diffusers import UNet2DConditionModel

    return UNet2DConditionModel(
        block_out_channels=(8, 8),
        layers_per_block=1,
        sample_size=16,
        in_channels=4,
        out_channels=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=16,
        attention_head_dim=4,
        norm_num_groups=4,
    )


def _clip_text_config(vocabulary: int):
    from transformers import CLIPTextConfig

    return CLIPTextConfig(
        vocab_size=vocabulary,
        hidden_size=16,
        intermediate_size=24,
        num_hidden_layers=1,
        num_attention_heads=2,
        max_position_embeddings=77,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )


def _clip_tokenizer(folder: Path):
    """CLIP's own tokenizer class over single letters: no merges, so a letter is a token."""
    from transformers import CLIPTokenizer

    letters = "abcdefghijklmnopqrstuvwxyz.,'0123456789"
    names = ["<|startoftext|>", "<|endoftext|>"]
    names += [letter + end for letter in letters for end in ("", "</w>")]
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(json.dumps({name: at for at, name in enumerate(names)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer.from_pretrained(folder, model_max_length=77)


def _safety_checker():
    import torch
    from diffusers.pipelines.stable_diffusion import StableDiffusionSafetyChecker
    from transformers import CLIPConfig, CLIPTextConfig, CLIPVisionConfig

    vision = CLIPVisionConfig(
        hidden_size=16,
        intermediate_size=24,
        num_hidden_layers=1,
        num_attention_heads=2,
        image_size=16,
        patch_size=8,
        projection_dim=8,
    )
    text = CLIPTextConfig(hidden_size=16, intermediate_size=24, num_hidden_layers=1)
    checker = StableDiffusionSafetyChecker(
        CLIPConfig(text_config=text.to_dict(), vision_config=vision.to_dict(), projection_dim=8)
    )
    with torch.no_grad():
        checker.concept_embeds_weights.fill_(-2.0)  # any similarity is above this
    return checker


def _feature_extractor():
    from transformers import CLIPImageProcessorPil

    return CLIPImageProcessorPil(size={"shortest_edge": 16}, crop_size={"height": 16, "width": 16})


def build_tiny_pipeline_adapter(folder: Path, base: Path) -> Path:
    """A LoRA adapter with random weights for the UNet of the pipeline in ``base``."""
    import peft
    import torch
    from diffusers import StableDiffusionPipeline

    torch.manual_seed(17)
    pipeline = StableDiffusionPipeline.from_pretrained(base)
    config = peft.LoraConfig(
        r=2, lora_alpha=8, target_modules=["to_q", "to_v"], init_lora_weights=False
    )
    pipeline.unet.add_adapter(config)
    state = peft.get_peft_model_state_dict(pipeline.unet)
    StableDiffusionPipeline.save_lora_weights(folder, unet_lora_layers=state)
    return folder


def build_tiny_gguf_adapter(path: Path, tensors: dict[str, tuple[int, int]]) -> Path:
    """A LoRA adapter with random weights in llama.cpp's format, rank 4.

    ``tensors`` names the adapted tensors with their (inputs, outputs), as in
    ``{"blk.3.ffn_down.weight": (1536, 576)}``.
    """
    import struct

    import numpy as np

    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    random = np.random.default_rng(19)
    facts = {"general.type": "adapter", "general.architecture": "llama", "adapter.type": "lora"}
    header = b"".join(text(name) + struct.pack("<I", 8) + text(v) for name, v in facts.items())
    header += text("adapter.lora.alpha") + struct.pack("<If", 6, 16.0)
    infos, data = b"", b""
    for name, (inputs, outputs) in tensors.items():
        for suffix, rows, columns in (("lora_a", 4, inputs), ("lora_b", outputs, 4)):
            infos += text(f"{name}.{suffix}")
            infos += struct.pack("<IQQIQ", 2, columns, rows, 0, len(data))
            part = (random.standard_normal((rows, columns)) * 0.2).astype("<f4").tobytes()
            data += part + b"\0" * (-len(part) % 32)
    head = b"GGUF" + struct.pack("<IQQ", 3, 2 * len(tensors), len(facts) + 1) + header + infos
    path.write_bytes(head + b"\0" * (-len(head) % 32) + data)
    return path
