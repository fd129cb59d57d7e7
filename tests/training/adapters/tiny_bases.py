"""Tiny random models of each architecture, their GGUF files, and adapters for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

SENTENCES = (
    "A girl in a yellow raincoat pulls her father to the carousel before it closes.",
    "The baker counts the last loaves while her son sweeps flour from the floor.",
    "user assistant system Write a story about a kitten and a lost ring, please.",
)
TEMPLATE = (
    "{% for message in messages %}<|start|>{{ message['role'] }}\n{{ message['content'] }}<|end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|start|>assistant\n{% endif %}"
)
SIZES = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 256,
    "initializer_range": 0.1,
    "tie_word_embeddings": False,  # tied, a random model only repeats its last token
}
LINEAR = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def tiny_tokenizer(template: str | None = TEMPLATE) -> Any:
    """Byte-level BPE over ASCII alone, so that every reply is text that JSON can carry."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    plain = Tokenizer(models.BPE())
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    plain.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=220,
        special_tokens=["<|start|>", "<|end|>"],
        initial_alphabet=[*map(chr, range(33, 127)), "Ġ", "Ċ"],
        show_progress=False,
    )
    plain.train_from_iterator(SENTENCES, trainer)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=plain, eos_token="<|end|>", pad_token="<|end|>"
    )
    tokenizer.chat_template = template
    return tokenizer


def build_tiny(kind: str, folder: Path, *, template: str | None = TEMPLATE) -> Path:
    """A model of ``llama``, ``qwen2`` or ``gemma3`` with weights that half precision holds."""
    import torch
    import transformers

    tokenizer = tiny_tokenizer(template)
    facts = {
        **SIZES,
        "vocab_size": len(tokenizer),
        "bos_token_id": None,
        "eos_token_id": tokenizer.convert_tokens_to_ids("<|end|>"),
        "pad_token_id": None,
    }
    if kind == "llama":
        config: Any = transformers.LlamaConfig(**facts)
    elif kind == "qwen2":
        config = transformers.Qwen2Config(**facts)
    else:  # heads wider than hidden / heads; one layer of each kind of attention
        config = transformers.Gemma3TextConfig(
            **facts,
            head_dim=16,
            query_pre_attn_scalar=16,
            sliding_window=64,
            layer_types=["sliding_attention", "sliding_attention"],
        )
    torch.manual_seed(5)
    model = transformers.AutoModelForCausalLM.from_config(config)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if name.endswith("bias"):
                weight.normal_(0, 0.2)
            if name.startswith("lm_head"):
                weight.mul_(10)  # clear preferences, and the blocks stay calm
            weight.copy_(weight.half().float())
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def build_adapter(
    folder: Path, base: Path, *, dtype: Any = None, chat_template: str = "", **changes: Any
) -> Path:
    """LoRA with random weights on every linear layer, as peft saves it."""
    import peft
    import torch
    from transformers import AutoModelForCausalLM

    torch.manual_seed(11)
    model = AutoModelForCausalLM.from_pretrained(base)
    plain: dict[str, Any] = {
        "r": 4,
        "lora_alpha": 6,
        "target_modules": LINEAR,
        "init_lora_weights": False,  # else it begins as no change at all
        "task_type": "CAUSAL_LM",
    }
    adapted = peft.get_peft_model(model, peft.LoraConfig(**plain | changes))
    with torch.no_grad():
        for name, weight in adapted.named_parameters():
            if "lora_" in name:
                weight.copy_((weight * 3).half().float())
    if dtype is not None:
        adapted = adapted.to(dtype)
    adapted.save_pretrained(folder)
    if chat_template:
        (folder / "chat_template.jinja").write_text(chat_template)
    return folder


def write_base_gguf(folder: Path, out: Path, *, with_template: bool = True) -> Path:
    """The model in ``folder`` as a GGUF file in half precision, as llama.cpp's converter lays it
    out."""
    import gguf
    from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

    config = AutoConfig.from_pretrained(folder)
    weights = AutoModelForCausalLM.from_pretrained(folder).state_dict()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    architecture = {"gemma3_text": "gemma3"}.get(config.model_type, config.model_type)
    heads, kv_heads = config.num_attention_heads, config.num_key_value_heads
    head = getattr(config, "head_dim", None) or config.hidden_size // heads

    writer = gguf.GGUFWriter(out, architecture)
    writer.add_type(gguf.GGUFType.MODEL)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_key_length(head)
    writer.add_value_length(head)
    if architecture == "gemma3":
        writer.add_sliding_window(config.sliding_window)
        writer.add_rope_freq_base(config.rope_parameters["full_attention"]["rope_theta"])
    else:
        writer.add_rope_dimension_count(head)
        writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    _write_vocabulary(writer, tokenizer, config.vocab_size, with_template)

    names = gguf.get_tensor_name_map(
        {name: arch for arch, name in gguf.MODEL_ARCH_NAMES.items()}[architecture],
        config.num_hidden_layers,
    )
    for name, tensor in weights.items():
        if name == "lm_head.weight" and config.tie_word_embeddings:
            continue
        values = tensor.float().numpy()
        if architecture == "llama" and name.endswith(("q_proj.weight", "k_proj.weight")):
            values = _rotary_rows_interleaved(values, heads if "q_proj" in name else kv_heads)
        if architecture == "gemma3" and name.endswith("norm.weight"):
            values = values + 1
        target = names.get_name(name, try_suffixes=(".weight", ".bias"))
        assert target is not None, name
        kind = np.float32 if values.ndim == 1 else np.float16
        writer.add_tensor(target, np.ascontiguousarray(values.astype(kind)))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return out


def _rotary_rows_interleaved(values: np.ndarray, heads: int) -> np.ndarray:
    """Row by row, as the rotary embedding pairs them: (0, half), (1, half + 1), …"""
    size = values.shape[0] // heads
    order = [
        start + i + half
        for start in range(0, values.shape[0], size)
        for i in range(size // 2)
        for half in (0, size // 2)
    ]
    return values[order]


def _write_vocabulary(writer: Any, tokenizer: Any, size: int, with_template: bool) -> None:
    import gguf
    import orjson

    plain = orjson.loads(tokenizer.backend_tokenizer.to_str())
    tokens = tokenizer.convert_ids_to_tokens(range(size))
    special = set(tokenizer.all_special_tokens) | {"<|start|>"}
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(
        [gguf.TokenType.CONTROL if t in special else gguf.TokenType.NORMAL for t in tokens]
    )
    writer.add_token_merges([" ".join(pair) for pair in plain["model"]["merges"]])
    writer.add_eos_token_id(tokenizer.eos_token_id)
    writer.add_add_bos_token(False)
    if with_template:
        writer.add_chat_template(tokenizer.chat_template)
