"""Embedding models from a folder or a hub id, by transformers and torch in this process.

How tokens become one vector is the model's own: its sentence-transformers files decide. Where
it has none, a decoder (a model that transformers knows as a causal language model, and not as a
masked one, like Qwen3) gives its last token's state, and any other the mean over its tokens.
Numbers are in single precision on every device, and vectors have length 1.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storypainter.errors import BadInput, MissingExtra
from storypainter.models import embedding_files
from storypainter.models.contract import CallFailed, ModelOptions, Verdict
from storypainter.models.embedding_files import Module, Pooling
from storypainter.models.local_embedding import LocalEmbedder, Reading
from storypainter.models.local_files import Source, source
from storypainter.models.openai_wire import one_line
from storypainter.models.transformers import quieten_transformers
from storypainter.models.worker import not_loadable, torch_device

if TYPE_CHECKING:
    from storypainter.models.local_embedding import Vectors

_NEEDED = ("torch", "transformers", "safetensors")
_MODULES = frozenset({"Transformer", "Pooling", "Normalize"})
#: A mean over the square root of the length has the mean's direction.
_MODES = {"mean": "mean", "mean_sqrt_len_tokens": "mean", "cls": "cls", "lasttoken": "lasttoken"}


def create(name: str, options: ModelOptions, *, prefix: str | None = None) -> TransformersEmbedder:
    """An embedding model by its folder (``/absolute``, ``./relative``) or hub id.

    Args:
        name: the folder, or ``owner/model`` or ``owner/model@revision``.
        options: ``device`` and ``timeout`` count.
        prefix: what goes before each text, such as an instruction; ``None`` is the model's own
            default, which for most models, and for the documents of all, is nothing.

    Raises:
        BadInput: no such folder, no model in it, or one that can't be loaded safely.
        MissingExtra: torch or transformers is not installed.
    """
    if any(importlib.util.find_spec(package) is None for package in _NEEDED):
        raise MissingExtra(f"transformers/{name}", "torch")
    where = source(name, "config.json")
    if where.folder is not None:
        _steps(where.folder)
    return TransformersEmbedder(name, where, options, prefix)


class TransformersEmbedder(LocalEmbedder):
    """One embedding model in this process; an Embedder. It is loaded at the first call."""

    def __init__(
        self, name: str, where: Source, options: ModelOptions, prefix: str | None = None
    ) -> None:
        super().__init__(f"transformers/{name}", options)
        self._source = where
        self._prefix = prefix

    @cached_property
    def identity(self) -> dict[str, str]:
        """Provider, model, the hash of its files or its hub revision, and a prefix of ours."""
        found = {"provider": "transformers", "model": self._source.label}
        found |= embedding_files.folder_identity(self._source)
        if self._prefix is not None:
            found["prefix"] = self._prefix
        return found

    def _load(self) -> TokenStates:
        quieten_transformers()
        device = torch_device(self._options.device)
        with loading(self._source):
            folder = fetched(self._source, self.identity.get("revision", "main"))
            return _loaded(folder, _steps(folder), self._prefix, device, self.address)


def _steps(folder: Path) -> tuple[Module, ...]:
    """The model's steps, or the one that it has for certain; all safe to load.

    Raises:
        BadInput: steps or pooling that this provider doesn't know.
    """
    steps = embedding_files.modules(folder, _MODULES) or (Module("Transformer", folder),)
    embedding_files.must_be_safe(steps)
    own = [step for step in steps if step.kind == "Pooling"]
    if steps[0].folder != folder or len(own) > 1 or (len(steps) > 1 and not own):
        raise BadInput(
            f"{folder} has its modules in an order that is not supported here",
            f"use sentence-transformers/{folder}",
        )
    if own and (mode := embedding_files.pooling(own[0].folder).mode) not in _MODES:
        raise BadInput(
            f"{folder} pools by {mode}, which is not supported here",
            f"use sentence-transformers/{folder}",
        )
    return steps


# -------------------------------------------------------------------- loading


@contextmanager
def loading(where: Source) -> Iterator[None]:
    """Turns whatever loading may raise into a CallFailed: NOT_FOUND, naming the cause."""
    try:
        yield
    except BadInput as error:
        raise CallFailed(Verdict.NOT_FOUND, error.message, error.hint) from None
    except Exception as error:
        raise not_loadable(where, error) from None


def fetched(where: Source, revision: str) -> Path:
    """The model's folder; a hub id is downloaded into the hub's cache if it is not there."""
    if where.folder is not None:
        return where.folder
    from huggingface_hub import snapshot_download

    allowed = list(embedding_files.DOWNLOADED)
    return Path(snapshot_download(where.hub_id, revision=revision, allow_patterns=allowed))


def _loaded(
    folder: Path, steps: Sequence[Module], prefix: str | None, device: str, address: str
) -> TokenStates:
    import torch
    import transformers

    local: dict[str, Any] = {"trust_remote_code": False, "local_files_only": True}
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder, **local)
    model, report = transformers.AutoModel.from_pretrained(
        folder, dtype=torch.float32, use_safetensors=True, output_loading_info=True, **local
    )
    # Weights that are not in the file are random; only the pooling head may be, it is not used.
    lost = sorted(name for name in report["missing_keys"] if not name.startswith("pooler."))
    if lost:
        raise ValueError(f"its weights lack {len(lost)} of the model's tensors, as {lost[0]}")
    if model.config.is_encoder_decoder:
        raise BadInput(
            f"{folder} holds an encoder with a decoder, which is not supported here",
            f"use sentence-transformers/{folder}",
        )
    settings = embedding_files.text_settings(folder, folder)
    own = [embedding_files.pooling(step.folder) for step in steps if step.kind == "Pooling"]
    pooling = own[0] if own else _usual_pooling(model.config)
    prefix = settings.prefix if prefix is None else prefix
    if prefix and not pooling.sees_prefix:
        raise BadInput(
            f"{folder} leaves a prefix out of its vectors, which is not supported here",
            f"use sentence-transformers/{folder}",
        )
    return TokenStates(
        tokenizer,
        model.to(device).eval(),
        mode=_MODES[pooling.mode],
        prefix=prefix,
        lowercase=settings.lowercase,
        context=context(settings.longest, tokenizer, model.config),
        address=address,
        special=frozenset(tokenizer.all_special_ids),
    )


def _usual_pooling(config: Any) -> Pooling:
    """The pooling of a model that says nothing about it."""
    from transformers.models.auto import modeling_auto

    kind = config.get_text_config().model_type
    is_decoder = (
        kind in modeling_auto.MODEL_FOR_CAUSAL_LM_MAPPING_NAMES
        and kind not in modeling_auto.MODEL_FOR_MASKED_LM_MAPPING_NAMES
    )
    return Pooling("lasttoken" if is_decoder else "mean")


def context(longest: int | None, tokenizer: Any, config: Any) -> int:
    """The least of what the model's files name as its longest text, in tokens."""
    named = (
        longest,
        tokenizer.model_max_length,
        getattr(config.get_text_config(), "max_position_embeddings", None),
    )
    return min(int(length) for length in named if length and length > 0)


# -------------------------------------------------------------------- embedding


@contextmanager
def computing(address: str) -> Iterator[None]:
    """Turns whatever an architecture may raise into a CallFailed."""
    import torch

    try:
        yield
    except torch.OutOfMemoryError:
        raise CallFailed(
            Verdict.TOO_LONG,
            f"{address} ran out of memory",
            "shorten the texts, choose a smaller model, or use --device cpu",
        ) from None
    except Exception as error:
        raise CallFailed(
            Verdict.INVALID,
            f"{address} can't embed this: {type(error).__name__}: {one_line(error)}",
            "see whether the model's folder fits its own configuration",
        ) from error


@dataclass(frozen=True)
class TokenStates:
    """A loaded model whose last hidden states are pooled here; an Encoder."""

    tokenizer: Any
    model: Any
    mode: str
    prefix: str
    lowercase: bool
    context: int
    address: str
    special: frozenset[int]

    @property
    def dimensions(self) -> int:
        return int(self.model.config.get_text_config().hidden_size)

    def read(self, text: str) -> Reading:
        """The token ids of the text behind its prefix, with the marks that the model wants."""
        whole = self.prefix + text
        with computing(self.address):
            ids = self.tokenizer(whole.lower() if self.lowercase else whole)["input_ids"]
        return Reading(0 if self.special.issuperset(ids) else len(ids), ids)

    def encode(self, contents: Sequence[Any]) -> Vectors:
        """One pooled state a text.

        Padding stands on the right, masked: a decoder never looks there, and positions stay the
        text's own.
        """
        import torch

        length = max(map(len, contents))
        shape = (len(contents), length)
        tokens = torch.full(shape, self.tokenizer.pad_token_id or 0, dtype=torch.long)
        mask = torch.zeros(shape, dtype=torch.long)
        for row, ids in enumerate(contents):
            tokens[row, : len(ids)] = torch.tensor(ids)
            mask[row, : len(ids)] = 1
        with computing(self.address), torch.inference_mode():
            mask = mask.to(self.model.device)
            states = self.model(
                input_ids=tokens.to(self.model.device), attention_mask=mask
            ).last_hidden_state
            found: Vectors = _pooled(states, mask, self.mode).cpu().numpy()
        return found


def _pooled(states: Any, mask: Any, mode: str) -> Any:
    """From (texts, tokens, dimensions) to (texts, dimensions)."""
    import torch

    if mode == "cls":
        return states[:, 0]
    if mode == "lasttoken":
        return states[torch.arange(len(states), device=states.device), mask.sum(dim=1) - 1]
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(dim=1) / weights.sum(dim=1)
