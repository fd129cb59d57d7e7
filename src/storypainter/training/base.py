"""The base model of a scorer: a text encoder from a folder or a hub id, and its tokenizer.

Safetensors only, and no code of the model's own is run.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput, MissingExtra
from storypainter.evaluators.regressor import make_network
from storypainter.models.contract import CallFailed
from storypainter.models.local_files import Source, source
from storypainter.models.transformers import quieten_transformers
from storypainter.models.transformers_embedding import fetched, loading
from storypainter.models.worker import torch_device

_NEEDED = ("torch", "transformers", "safetensors")


@dataclass(frozen=True, slots=True)
class Base:
    """A base model whose files are on this machine; its weights are read once a repeat.

    ``max_tokens`` is what it can read at most, marks included; ``pad`` fills a batch.
    """

    label: str
    identity: Mapping[str, str]
    folder: Path
    device: str
    tokenizer: Any
    max_tokens: int
    pad: int

    def tokens(self, texts: Sequence[str]) -> tuple[list[list[int]], int]:
        """Token ids of each text, and how many texts were cut."""
        found = self.tokenizer.encode_batch(list(texts))
        return [one.ids for one in found], sum(bool(one.overflowing) for one in found)

    def network(self, heads: int, dropout: float, seed: int) -> Any:
        """The encoder as its files say, with new heads drawn by ``seed``, on the device.

        Raises:
            BadInput: the weights can't be loaded, or lack some.
        """
        import torch

        encoder = _encoder(self.folder)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            return make_network(encoder, heads, dropout).to(self.device)


def open_base(name: str, *, max_tokens: int, device: str) -> Base:
    """The base model of that name; a hub id is downloaded if it is not on this machine.

    Args:
        name: a folder, or ``owner/model`` or ``owner/model@revision``.
        max_tokens: texts are cut here, or earlier where the base reads less.
        device: ``auto``, ``cpu``, ``cuda``…

    Raises:
        BadInput: no such model, one that is no text encoder, or one without a fast tokenizer.
        MissingExtra: torch or transformers is not installed.
    """
    if any(importlib.util.find_spec(package) is None for package in _NEEDED):
        raise MissingExtra("training a scorer", "torch")
    where = source(name, "config.json")
    quieten_transformers()
    try:
        chosen = torch_device(device)
        with loading(where):
            folder = fetched(where, where.revision)
            tokenizer = _tokenizer(folder)
            encoder = _encoder(folder)
    except CallFailed as error:
        raise BadInput(error.message, error.hint) from None
    pad = tokenizer.pad_token_id
    if not getattr(tokenizer, "is_fast", False) or pad is None:
        raise BadInput(
            f"{where.where} has no tokenizer.json with a padding token",
            "choose an encoder of the BERT family with a fast tokenizer",
        )
    most = min(max_tokens, _positions(encoder), int(min(tokenizer.model_max_length, 10**6)))
    plain = tokenizer.backend_tokenizer
    plain.no_padding()
    plain.enable_truncation(most)
    identity = _identity(where)
    return Base(where.label, identity, folder, chosen, plain, most, int(pad))


def _identity(where: Source) -> dict[str, str]:
    return where.identity()


def _tokenizer(folder: Path) -> Any:
    import transformers

    return transformers.AutoTokenizer.from_pretrained(
        folder, trust_remote_code=False, local_files_only=True
    )


def _encoder(folder: Path) -> Any:
    """The encoder with its weights, in single precision, on the processor."""
    import torch
    import transformers

    local: dict[str, Any] = {"trust_remote_code": False, "local_files_only": True}
    try:
        model, report = transformers.AutoModel.from_pretrained(
            folder, dtype=torch.float32, use_safetensors=True, output_loading_info=True, **local
        )
    except Exception as error:  # whatever damaged or foreign files make the library raise
        why = " ".join(f"{type(error).__name__}: {error}".split())
        raise BadInput(
            f"the base {folder} can't be loaded: {why[:200]}",
            "give the folder of an encoder with config.json and model.safetensors",
        ) from None
    # A pooling head is not used here, so it may be missing; everything else must be there.
    lost = sorted(name for name in report["missing_keys"] if not name.startswith("pooler."))
    if lost:
        raise BadInput(
            f"the weights of {folder} lack {len(lost)} tensors, as {lost[0]}",
            "copy the whole folder again",
        )
    config = model.config
    if config.is_encoder_decoder or not hasattr(config, "hidden_size"):
        raise BadInput(f"{folder} is no text encoder", "choose one of the BERT family")
    return model


def _positions(encoder: Any) -> int:
    """How many tokens fit; RoBERTa's kind keeps the first positions for padding."""
    table = getattr(getattr(encoder, "embeddings", None), "position_embeddings", None)
    if table is not None and getattr(table, "padding_idx", None) is not None:
        return int(table.num_embeddings) - int(table.padding_idx) - 1
    return int(getattr(encoder.config, "max_position_embeddings", 0) or 512)
