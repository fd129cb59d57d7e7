"""Vision-language models of many families, a few thousand random weights each, and processors.

The models need transformers alone. The processors of most need torchvision, as real ones do
(SmolVLM's num2words as well): whoever builds them asks for it first.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tiny_vision import TEMPLATE, tiny_tokenizer

#: Room for tiny_tokenizer's 400 and every family's own tokens.
VOCABULARY = 448
SIDE = 56
TEXT: dict[str, Any] = {
    "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "head_dim": 8, "vocab_size": VOCABULARY,
    "max_position_embeddings": 4096, "bos_token_id": None, "eos_token_id": 1, "pad_token_id": 1,
}  # fmt: skip
TOWER: dict[str, Any] = {
    "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2,
    "image_size": SIDE, "patch_size": 14,
}  # fmt: skip
ROPE = {"rope_type": "default", "mrope_section": [1, 1, 2], "rope_theta": 10000.0}
LLAMA = {"model_type": "llama", **TEXT}
SIGLIP = {"model_type": "siglip_vision_model", **TOWER}
#: Settings of Qwen-like encoders, which take pictures of any size.
GRID: dict[str, Any] = {
    "depth": 2, "hidden_size": 32, "intermediate_size": 48, "num_heads": 2, "out_hidden_size": 32,
    "patch_size": 14, "spatial_merge_size": 2,
}  # fmt: skip
Ids = Callable[[str], int]


def _numbered(kind: str) -> Ids:
    """The numbers of tokens where no tokenizer is there: any that differ."""
    tokens = TOKENS.get(kind, ("<image>",))
    return lambda token: 3 + tokens.index(token) if token in tokens else 2


#: The tokens that each family's processor wants; the first is a picture's place in a text.
TOKENS: dict[str, tuple[str, ...]] = {
    "llava": ("<image>",),
    "llava_next": ("<image>",),
    "llava_onevision": ("<image>", "<video>"),
    "vipllava": ("<image>",),
    "paligemma": ("<image>",),
    "idefics2": ("<image>", "<fake_token_around_image>", "<end_of_utterance>"),
    "idefics3": ("<image>", "<fake_token_around_image>", "<end_of_utterance>", "<global-img>"),
    "smolvlm": ("<image>", "<fake_token_around_image>", "<end_of_utterance>", "<global-img>",
                "<video>"),
    "gemma3": ("<start_of_image>", "<end_of_image>", "<image_soft_token>"),
    "gemma4": ("<|image|>", "<|image>", "<image|>", "<|audio|>", "<|audio>", "<audio|>"),
    "internvl": ("<IMG_CONTEXT>", "<img>", "</img>", "<video>"),
    "mistral3": ("[IMG]", "[IMG_BREAK]", "[IMG_END]"),
    "aya_vision": ("<image>", "<|START_OF_IMG|>", "<|END_OF_IMG|>", "<|IMG_PATCH|>",
                   "<|IMG_LINE_BREAK|>", "TILE", "TILE_GLOBAL"),
    "lfm2_vl": ("<image>", "<|image_start|>", "<|image_end|>", "<|img_thumbnail|>"),
    "glm4v": ("<|image|>", "<|video|>", "<|begin_of_image|>", "<|end_of_image|>",
              "<|begin_of_video|>", "<|end_of_video|>"),
    "mllama": ("<|image|>", "<|python_tag|>"),
    "ovis2": ("<image>", "<IMG_ATOM>", "<IMG_START>", "<IMG_GRID>", "<IMG_COL>", "<IMG_ROW>",
              "<IMG_END>"),
    "blip-2": ("<image>",),
}  # fmt: skip
QWEN_TOKENS = ("<|image_pad|>", "<|video_pad|>", "<|vision_start|>", "<|vision_end|>")
for _kind in ("qwen2_vl", "qwen2_5_vl", "qwen3_vl"):
    TOKENS[_kind] = QWEN_TOKENS
#: A picture's place as their chat templates write it, where that is more than one token. Without
#: the marks two pictures side by side would be one to these models.
PLACES = dict.fromkeys(
    ("qwen2_vl", "qwen2_5_vl", "qwen3_vl"), "<|vision_start|><|image_pad|><|vision_end|>"
) | {"glm4v": "<|begin_of_image|><|image|><|end_of_image|>"}
#: Tokens that a tokenizer must know by name, for the processors that ask it.
NAMED: dict[str, dict[str, str]] = {
    "gemma3": {"boi_token": "<start_of_image>", "eoi_token": "<end_of_image>",
               "image_token": "<image_soft_token>"},
    "gemma4": {"boi_token": "<|image>", "eoi_token": "<image|>", "image_token": "<|image|>",
               "boa_token": "<|audio>", "eoa_token": "<audio|>", "audio_token": "<|audio|>"},
    "internvl": {"start_image_token": "<img>", "end_image_token": "</img>",
                 "context_image_token": "<IMG_CONTEXT>", "video_token": "<video>"},
}  # fmt: skip


def _qwen(ids: Ids) -> dict[str, Any]:
    return {
        "image_token_id": ids("<|image_pad|>"), "video_token_id": ids("<|video_pad|>"),
        "vision_start_token_id": ids("<|vision_start|>"),
        "vision_end_token_id": ids("<|vision_end|>"),
    }  # fmt: skip


def _llava(ids: Ids, **more: Any) -> dict[str, Any]:
    return {
        "vision_config": SIGLIP, "text_config": LLAMA, "image_token_index": ids("<image>"),
        "image_token_id": ids("<image>"), "vision_feature_select_strategy": "full",
        "vision_feature_layer": -1, **more,
    }  # fmt: skip


def _idefics(ids: Ids) -> dict[str, Any]:
    return {
        "vision_config": TOWER, "text_config": LLAMA, "image_token_id": ids("<image>"),
        "scale_factor": 2, "pad_token_id": 1,
    }  # fmt: skip


PINPOINTS = [[SIDE, 2 * SIDE], [2 * SIDE, SIDE], [2 * SIDE, 2 * SIDE]]
GEMMA_TEXT = {**TEXT, "sliding_window": 64, "query_pre_attn_scalar": 8}
CONFIGS: dict[str, Callable[[Ids], dict[str, Any]]] = {
    "llava": _llava,
    "llava_next": lambda ids: _llava(ids, image_grid_pinpoints=PINPOINTS),
    "llava_onevision": lambda ids: _llava(
        ids, image_grid_pinpoints=PINPOINTS, video_token_id=ids("<video>"),
        vision_aspect_ratio="anyres_max_9",
    ),
    "vipllava": lambda ids: {
        "vision_config": {"model_type": "clip_vision_model", **TOWER}, "text_config": LLAMA,
        "image_token_index": ids("<image>"), "vision_feature_layers": [-1, -2],
    },
    "paligemma": lambda ids: {
        "vision_config": {**SIGLIP, "projection_dim": 32},
        "text_config": {"model_type": "gemma", **TEXT}, "image_token_index": ids("<image>"),
        "projection_dim": 32,
    },
    "idefics2": lambda ids: {
        "vision_config": TOWER, "text_config": {**LLAMA, "model_type": "mistral"},
        "image_token_id": ids("<image>"), "pad_token_id": 1,
        "perceiver_config": {
            "hidden_size": 32, "resampler_n_latents": 4, "resampler_depth": 1,
            "resampler_n_heads": 2, "resampler_head_dim": 8, "num_key_value_heads": 1,
        },
    },
    "idefics3": _idefics,
    "smolvlm": _idefics,
    "gemma3": lambda ids: {
        "vision_config": SIGLIP, "text_config": GEMMA_TEXT, "mm_tokens_per_image": 4,
        "image_token_index": ids("<image_soft_token>"), "image_token_id": ids("<image_soft_token>"),
        "boi_token_index": ids("<start_of_image>"), "eoi_token_index": ids("<end_of_image>"),
    },
    "gemma4": lambda ids: {
        "vision_config": {
            "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2,
            "num_attention_heads": 2, "num_key_value_heads": 2, "head_dim": 8, "patch_size": 16,
            "pooling_kernel_size": 3, "default_output_length": 16,
        },
        "text_config": {
            **GEMMA_TEXT, "vocab_size_per_layer_input": VOCABULARY, "global_head_dim": 8,
            "hidden_size_per_layer_input": 8, "num_kv_shared_layers": 0,
        },
        "audio_config": None, "image_token_id": ids("<|image|>"),
        "boi_token_id": ids("<|image>"), "eoi_token_id": ids("<image|>"),
    },
    "internvl": lambda ids: {
        "vision_config": {**TOWER, "image_size": [SIDE, SIDE], "patch_size": [14, 14]},
        "text_config": {**LLAMA, "model_type": "qwen2"}, "image_token_id": ids("<IMG_CONTEXT>"),
        "downsample_ratio": 0.5,
    },
    "mistral3": lambda ids: {
        # Patches so small that no picture is one token: transformers would squeeze it away.
        "vision_config": {"model_type": "pixtral", **TOWER, "head_dim": 8, "patch_size": 4},
        "text_config": {**LLAMA, "model_type": "mistral"}, "image_token_index": ids("[IMG]"),
        "spatial_merge_size": 2, "vision_feature_layer": -1,
    },
    "aya_vision": lambda ids: {
        "vision_config": SIGLIP, "text_config": {**LLAMA, "model_type": "cohere2"},
        "image_token_index": ids("<|IMG_PATCH|>"), "downsample_factor": 2,
        "adapter_layer_norm_eps": 1e-6, "vision_feature_layer": -1,
        "vision_feature_select_strategy": "full",
    },
    "lfm2_vl": lambda ids: {
        "vision_config": {"model_type": "siglip2_vision_model", **TOWER, "num_patches": 16},
        "text_config": {**LLAMA, "model_type": "lfm2", "layer_types": ["conv", "full_attention"]},
        "image_token_id": ids("<image>"), "downsample_factor": 2, "projector_hidden_size": 32,
    },
    "glm4v": lambda ids: {
        "vision_config": {**GRID, "image_size": SIDE},
        "text_config": {**TEXT, "rope_parameters": {**ROPE, "partial_rotary_factor": 1.0}},
        "image_token_id": ids("<|image|>"), "video_token_id": ids("<|video|>"),
        "image_start_token_id": ids("<|begin_of_image|>"),
        "image_end_token_id": ids("<|end_of_image|>"),
        "video_start_token_id": ids("<|begin_of_video|>"),
        "video_end_token_id": ids("<|end_of_video|>"),
    },
    "mllama": lambda ids: {
        "vision_config": {
            "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2,
            "num_global_layers": 1, "attention_heads": 2, "image_size": SIDE, "patch_size": 14,
            "vision_output_dim": 32, "intermediate_layers_indices": [0], "max_num_tiles": 1,
            "supported_aspect_ratios": [[1, 1]],
        },
        "text_config": {**TEXT, "bos_token_id": 1, "cross_attention_layers": [1]},
        "image_token_index": ids("<|image|>"),
    },
    "ovis2": lambda ids: {
        "vision_config": {**TOWER, "vocab_size": 64, "hidden_stride": 1, "num_visual_indicator_tokens": 5},
        "text_config": {**LLAMA, "model_type": "qwen2"}, "image_token_id": ids("<IMG_ATOM>"),
        "hidden_size": 32, "vocab_size": VOCABULARY,
        "visual_indicator_token_ids": [
            ids(f"<IMG_{each}>") for each in ("START", "GRID", "COL", "ROW", "END")
        ],
    },
    "blip-2": lambda ids: {
        "vision_config": TOWER, "num_query_tokens": 4, "image_token_index": ids("<image>"),
        "qformer_config": {
            "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 1,
            "num_attention_heads": 2, "encoder_hidden_size": 16, "vocab_size": 32,
        },
        "text_config": {
            "model_type": "opt", "hidden_size": 32, "ffn_dim": 48, "num_hidden_layers": 2,
            "num_attention_heads": 4, "vocab_size": VOCABULARY, "word_embed_proj_dim": 32,
            "max_position_embeddings": 512, "pad_token_id": 1, "bos_token_id": None,
            "eos_token_id": 1,
        },
    },
    "qwen2_vl": lambda ids: {
        "vision_config": {**GRID, "embed_dim": 32, "mlp_ratio": 2},
        "text_config": {**TEXT, "rope_parameters": ROPE}, **_qwen(ids),
    },
    "qwen2_5_vl": lambda ids: {
        "vision_config": {**GRID, "window_size": SIDE, "fullatt_block_indexes": [1]},
        "text_config": {**TEXT, "rope_parameters": ROPE}, **_qwen(ids),
    },
    "qwen3_vl": lambda ids: {
        "vision_config": {
            **GRID, "deepstack_visual_indexes": [0, 1], "num_position_embeddings": 16,
        },
        "text_config": {**TEXT, "rope_parameters": ROPE}, **_qwen(ids),
    },
}  # fmt: skip


def small_config(kind: str, ids: Ids | None = None) -> Any:
    """transformers' own config of a family, of two layers."""
    import transformers

    return transformers.AutoConfig.for_model(kind, **CONFIGS[kind](ids or _numbered(kind)))


def small_model(kind: str, ids: Ids | None = None) -> Any:
    """A model of that config with random weights."""
    import torch
    import transformers

    torch.manual_seed(7)
    return transformers.AutoModelForImageTextToText.from_config(small_config(kind, ids))


def build_small(kind: str, folder: Path) -> Path:
    """Such a model with its processor, saved as real ones are."""
    tokenizer = tiny_tokenizer(*TOKENS[kind], **NAMED.get(kind, {}))
    if kind in ("mllama", "paligemma"):
        tokenizer.bos_token = "<|start|>"
    model = small_model(kind, tokenizer.convert_tokens_to_ids)
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    model.generation_config.pad_token_id = tokenizer.pad_token_id
    model.save_pretrained(folder)
    processor = PROCESSORS[kind](tokenizer)
    place = PLACES.get(kind, TOKENS[kind][0])
    processor.chat_template = TEMPLATE.replace("<image>", place)
    processor.save_pretrained(folder)
    return folder


#: Families whose processors read no videos: their pictures' part also has a form that needs PIL
#: alone, which transformers takes by itself where torchvision is missing.
WITHOUT_TORCHVISION = frozenset(
    {"llava", "llava_next", "vipllava", "paligemma", "idefics2", "idefics3", "gemma3", "aya_vision",
     "mllama", "ovis2", "blip-2"}
)  # fmt: skip


def _of(name: str) -> Any:
    """A class of transformers; a picture processor in the form that can be used here."""
    import transformers

    pil = name.endswith("ImageProcessor") and importlib.util.find_spec("torchvision") is None
    return getattr(transformers, f"{name}Pil" if pil else name)


SQUARE = {"height": SIDE, "width": SIDE}
PIXELS = {"shortest_edge": SIDE * SIDE, "longest_edge": 4 * SIDE * SIDE}
PROCESSORS: dict[str, Callable[[Any], Any]] = {
    "llava": lambda t: _of("LlavaProcessor")(
        _of("SiglipImageProcessor")(size=SQUARE), t, patch_size=14,
        vision_feature_select_strategy="full",
    ),
    "llava_next": lambda t: _of("LlavaNextProcessor")(
        _of("LlavaNextImageProcessor")(
            size={"shortest_edge": SIDE}, crop_size=SQUARE, image_grid_pinpoints=PINPOINTS
        ), t, patch_size=14, vision_feature_select_strategy="full",
    ),
    "llava_onevision": lambda t: _of("LlavaOnevisionProcessor")(
        _of("LlavaOnevisionImageProcessor")(size=SQUARE, image_grid_pinpoints=PINPOINTS), t,
        _of("LlavaOnevisionVideoProcessor")(size=SQUARE), num_image_tokens=16,
        vision_feature_select_strategy="full",
    ),
    "vipllava": lambda t: _of("LlavaProcessor")(
        _of("CLIPImageProcessor")(size={"shortest_edge": SIDE}, crop_size=SQUARE), t,
        patch_size=14, vision_feature_select_strategy="default", num_additional_image_tokens=1,
    ),
    "paligemma": lambda t: _of("PaliGemmaProcessor")(_paligemma_pictures(), t),
    "idefics2": lambda t: _of("Idefics2Processor")(
        _of("Idefics2ImageProcessor")(size={"shortest_edge": 28, "longest_edge": SIDE}), t,
        image_seq_len=4,
    ),
    "idefics3": lambda t: _of("Idefics3Processor")(
        _of("Idefics3ImageProcessor")(
            size={"longest_edge": 2 * SIDE}, max_image_size={"longest_edge": SIDE}
        ), t, image_seq_len=4,
    ),
    "smolvlm": lambda t: _of("SmolVLMProcessor")(
        _of("SmolVLMImageProcessor")(
            size={"longest_edge": 2 * SIDE}, max_image_size={"longest_edge": SIDE}
        ), t, _of("SmolVLMVideoProcessor")(
            size={"longest_edge": SIDE}, max_image_size={"longest_edge": SIDE}
        ), image_seq_len=4,
    ),
    "gemma3": lambda t: _of("Gemma3Processor")(
        _of("Gemma3ImageProcessor")(size=SQUARE), t, image_seq_length=4
    ),
    "gemma4": lambda t: _of("Gemma4Processor")(
        _of("Gemma4AudioFeatureExtractor")(), _of("Gemma4ImageProcessor")(max_soft_tokens=70), t,
        _of("Gemma4VideoProcessor")(max_soft_tokens=70), image_seq_length=70,
    ),
    "internvl": lambda t: _of("InternVLProcessor")(
        _of("GotOcr2ImageProcessor")(size=SQUARE, crop_to_patches=True, max_patches=4), t,
        _of("InternVLVideoProcessor")(size=SQUARE), image_seq_length=4,
    ),
    "mistral3": lambda t: _of("PixtralProcessor")(
        _of("PixtralImageProcessor")(
            size={"longest_edge": SIDE}, patch_size={"height": 8, "width": 8}
        ), t, patch_size=4, spatial_merge_size=2,
    ),
    "aya_vision": lambda t: _of("AyaVisionProcessor")(
        _of("GotOcr2ImageProcessor")(size=SQUARE, crop_to_patches=True, max_patches=4), t,
        patch_size=14, img_size=SIDE, downsample_factor=2,
    ),
    "lfm2_vl": lambda t: _of("Lfm2VlProcessor")(
        _of("Lfm2VlImageProcessor")(
            encoder_patch_size=14, tile_size=SIDE, min_image_tokens=4, max_image_tokens=16,
            max_tiles=4,
        ), t,
    ),
    "glm4v": lambda t: _of("Glm4vProcessor")(
        _of("Glm4vImageProcessor")(size=PIXELS), t, _of("Glm4vVideoProcessor")(size=PIXELS)
    ),
    "mllama": lambda t: _of("MllamaProcessor")(
        _of("MllamaImageProcessor")(size=SQUARE, max_image_tiles=1), t
    ),
    "ovis2": lambda t: _of("Ovis2Processor")(
        _of("Ovis2ImageProcessor")(size=SQUARE), t, image_seq_length=16
    ),
    "blip-2": lambda t: _of("Blip2Processor")(
        _of("BlipImageProcessor")(size=SQUARE), t, num_query_tokens=4
    ),
    "qwen2_vl": lambda t: _of("Qwen2VLProcessor")(
        _of("Qwen2VLImageProcessor")(size=PIXELS), t, _of("Qwen2VLVideoProcessor")(size=PIXELS)
    ),
    "qwen2_5_vl": lambda t: _of("Qwen2_5_VLProcessor")(
        _of("Qwen2VLImageProcessor")(size=PIXELS), t, _of("Qwen2VLVideoProcessor")(size=PIXELS)
    ),
    "qwen3_vl": lambda t: _of("Qwen3VLProcessor")(
        _of("Qwen2VLImageProcessor")(size=PIXELS), t, _of("Qwen3VLVideoProcessor")(size=PIXELS)
    ),
}  # fmt: skip


def _paligemma_pictures() -> Any:
    pictures = _of("SiglipImageProcessor")(size=SQUARE)
    pictures.image_seq_length = 16
    return pictures
