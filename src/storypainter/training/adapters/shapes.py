"""What a conversion must know of the base model: its architecture and the sizes of its layers."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput
from storypainter.models.gguf_metadata import read_metadata
from storypainter.models.local_files import KNOWN, pulled_file, user_path

#: llama.cpp's name of each architecture, by ``model_type`` of a config.json.
ARCHITECTURES: Mapping[str, str] = {
    "llama": "llama",
    "qwen2": "qwen2",
    "gemma3_text": "gemma3",
    "gemma3": "gemma3",
}
_HINT = "give --base: the base's folder, its GGUF file, or a known name such as smollm2-135m"


@dataclass(frozen=True, slots=True)
class BaseShapes:
    """A base model's architecture and sizes.

    Attributes:
        architecture: as llama.cpp names it.
        layers: blocks.
        hidden: the residual stream's width.
        feed_forward: the width inside a block's feed-forward part.
        heads: attention heads.
        kv_heads: heads of keys and values; fewer than ``heads`` where several share one.
        head: one head's width.
    """

    architecture: str
    layers: int
    hidden: int
    feed_forward: int
    heads: int
    kv_heads: int
    head: int

    def linear(self) -> dict[str, tuple[int, int]]:
        """(inputs, outputs) of each linear layer of a block, by its name in transformers."""
        queries, keys = self.heads * self.head, self.kv_heads * self.head
        return {
            "self_attn.q_proj": (self.hidden, queries),
            "self_attn.k_proj": (self.hidden, keys),
            "self_attn.v_proj": (self.hidden, keys),
            "self_attn.o_proj": (queries, self.hidden),
            "mlp.gate_proj": (self.hidden, self.feed_forward),
            "mlp.up_proj": (self.hidden, self.feed_forward),
            "mlp.down_proj": (self.feed_forward, self.hidden),
        }


def read_shapes(path: Path) -> BaseShapes:
    """The shapes of the base model that :func:`base_file` found; no weights are read.

    Raises:
        BadInput: damaged, or its architecture is none that can be converted.
    """
    return _of_gguf(path) if path.suffix == ".gguf" else _of_config(path)


def base_file(name: str) -> Path:
    """The file that tells a base model's shapes: its GGUF file or its config.json.

    Args:
        name: a known name (``smollm2-135m``, with or without ``llama/``), the path of a GGUF
            file, a folder with config.json, or a hub id that is in the hub's cache.

    Raises:
        BadInput: it is not on this machine.
    """
    known = name.removeprefix("llama/")
    if known in KNOWN:
        return pulled_file(known)
    path = user_path(name.removeprefix("llama/") if name.endswith(".gguf") else name)
    if path.is_file() and path.suffix == ".gguf":
        return path
    if (path / "config.json").is_file():
        return path / "config.json"
    cached = _cached_config(name)
    if cached is not None:
        return cached
    raise BadInput(f"the base model {name!r} is not on this machine", _HINT)


def _cached_config(hub_id: str) -> Path | None:
    """The config.json of a hub id in the hub's cache, if its library is installed."""
    try:
        from huggingface_hub import constants
    except ImportError:
        return None
    front, _, revision = hub_id.partition("@")
    folder = Path(constants.HF_HUB_CACHE) / f"models--{front.replace('/', '--')}"
    if ".." in hub_id or os.sep in revision:
        return None
    try:
        commit = (folder / "refs" / (revision or "main")).read_text("ascii").strip()
    except (OSError, ValueError):
        commit = revision
    path = folder / "snapshots" / commit / "config.json"
    return path if commit and path.is_file() else None


def _of_gguf(path: Path) -> BaseShapes:
    facts = read_metadata(path)
    architecture = facts.get("general.architecture")
    if architecture not in set(ARCHITECTURES.values()):
        raise _other_architecture(path, architecture)

    def number(key: str, otherwise: int | None = None) -> int:
        return _number(path, f"{architecture}.{key}", facts.get(f"{architecture}.{key}"), otherwise)

    hidden, heads = number("embedding_length"), number("attention.head_count")
    return BaseShapes(
        architecture=str(architecture),
        layers=number("block_count"),
        hidden=hidden,
        feed_forward=number("feed_forward_length"),
        heads=heads,
        kv_heads=number("attention.head_count_kv", heads),
        head=number("attention.key_length", hidden // heads),
    )


def _of_config(path: Path) -> BaseShapes:
    try:
        config: Any = json.loads(path.read_bytes())
    except (OSError, ValueError):
        raise BadInput(f"{path} is no readable JSON", "copy the whole folder again") from None
    kind = config.get("model_type") if isinstance(config, dict) else None
    if not isinstance(kind, str) or kind not in ARCHITECTURES:
        raise _other_architecture(path, kind)
    if isinstance(config.get("text_config"), dict):  # a model that also sees
        config = config["text_config"]

    def number(key: str, otherwise: int | None = None) -> int:
        return _number(path, key, config.get(key), otherwise)

    hidden, heads = number("hidden_size"), number("num_attention_heads")
    return BaseShapes(
        architecture=ARCHITECTURES[kind],
        layers=number("num_hidden_layers"),
        hidden=hidden,
        feed_forward=number("intermediate_size"),
        heads=heads,
        kv_heads=number("num_key_value_heads", heads),
        # Gemma 3's own default, where its config leaves it out
        head=number("head_dim", 256 if kind.startswith("gemma3") else hidden // heads),
    )


def _number(path: Path, key: str, value: object, otherwise: int | None) -> int:
    found = otherwise if value is None else value
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise BadInput(f"{path} has no usable {key}", "give another --base")
    return found


def _other_architecture(path: Path, found: object) -> BadInput:
    return BadInput(
        f"{path} is a model of the architecture {found!r}, whose adapters can't be converted",
        f"convertible: {', '.join(sorted(set(ARCHITECTURES.values())))}; "
        "transformers/ takes the adapter as it is",
    )
