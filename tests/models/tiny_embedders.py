"""Embedding models of a few thousand random weights, saved as real ones are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tiny_models import SENTENCES

CONTEXT = 64
#: Sentences of different lengths, for models that were built from the same words.
TEXTS = (
    "A girl waves.",
    SENTENCES[0],
    "The old man counts the last loaves before the ferry closes, and nobody waves.",
    "Why?",
)


def build_tiny_qwen3(folder: Path) -> Path:
    """A two-layer Qwen3 as Qwen3-Embedding is saved: a causal language model whose tokenizer
    ends each text with a mark. Without any sentence-transformers file.
    """
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

    plain = Tokenizer(models.BPE())
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    plain.train_from_iterator(
        SENTENCES,
        trainers.BpeTrainer(
            vocab_size=400,
            special_tokens=["<|end|>"],
            initial_alphabet=alphabet,
            show_progress=False,
        ),
    )
    plain.post_processor = processors.TemplateProcessing(
        single="$A <|end|>", special_tokens=[("<|end|>", plain.token_to_id("<|end|>"))]
    )
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=plain, pad_token="<|end|>")
    torch.manual_seed(23)
    model = Qwen3ForCausalLM(
        Qwen3Config(
            vocab_size=len(tokenizer),
            hidden_size=32,
            intermediate_size=48,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            head_dim=8,
            max_position_embeddings=CONTEXT,
            initializer_range=0.4,
        )
    )
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def build_tiny_bert(folder: Path) -> Path:
    """A two-layer BERT over whole words. Without any sentence-transformers file."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    words = sorted({word for text in (*TEXTS, *SENTENCES) for word in _words(text)})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n")
    tokenizer = BertTokenizerFast.from_pretrained(folder, model_max_length=CONTEXT)
    torch.manual_seed(29)
    model = BertModel(
        BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=32,
            intermediate_size=48,
            num_hidden_layers=2,
            num_attention_heads=4,
            max_position_embeddings=CONTEXT,
            initializer_range=0.4,
        )
    )
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else f" {c} " for c in text.lower()).split()


def add_sentence_files(
    folder: Path,
    pooling: dict[str, Any],
    *,
    steps: tuple[str, ...] = ("Normalize",),
    **whole: Any,
) -> Path:
    """Makes a folder one of sentence-transformers; ``whole`` goes into its own config."""
    kinds = ("Transformer", "Pooling", *steps)
    rows = [
        {
            "idx": n,
            "name": str(n),
            "path": "" if n == 0 else f"{n}_{kind}",
            "type": f"sentence_transformers.models.{kind}",
        }
        for n, kind in enumerate(kinds)
    ]
    (folder / "modules.json").write_text(json.dumps(rows))
    (folder / "1_Pooling").mkdir(exist_ok=True)
    size = {"word_embedding_dimension": 32}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(size | pooling))
    if whole:
        (folder / "config_sentence_transformers.json").write_text(json.dumps(whole))
    return folder


def add_dense(folder: Path, number: int, outputs: int = 12) -> Path:
    """The files of a Dense module with random weights; its own folder."""
    import torch
    from safetensors.torch import save_file

    own = folder / f"{number}_Dense"
    own.mkdir()
    fields = {
        "in_features": 32,
        "out_features": outputs,
        "bias": True,
        "activation_function": "torch.nn.modules.activation.Tanh",
    }
    (own / "config.json").write_text(json.dumps(fields))
    torch.manual_seed(31)
    weights = {"linear.weight": torch.randn(outputs, 32), "linear.bias": torch.randn(outputs)}
    save_file(weights, own / "model.safetensors")
    return own


def change(folder: Path, name: str, **fields: Any) -> None:
    """Sets fields of a JSON file, which need not exist."""
    path = folder / name
    before = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(before | fields))
