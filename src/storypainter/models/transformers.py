"""Chat models from a folder or a hub id, by transformers and torch in this process.

Weights are read from safetensors only, and no code from a model's folder is run. What can't be
honoured is refused by name, never ignored. ``transformers_writing.py`` writes the replies.
"""

from __future__ import annotations

import importlib.util
import json
import os
import warnings
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storypainter.errors import BadInput, MissingExtra
from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    ModelOptions,
    Verdict,
)
from storypainter.models.embedding_files import MODULES, is_embedding_model
from storypainter.models.local_files import (
    KNOWN,
    Source,
    dequantised_source,
    folder_sha256,
    source,
    user_path,
    weight_files,
)
from storypainter.models.openai_wire import one_line
from storypainter.models.transformers_writing import Loaded, write
from storypainter.models.worker import Watch, Worker, not_loadable, torch_device

if TYPE_CHECKING:
    from storypainter.models.transformers_embedding import TransformersEmbedder

#: What a hub download brings: top-level files, weights under their standard names only.
_DOWNLOADED = ["*.json", "*.jinja", "*.txt", "*.model", "model.safetensors", "model-*.safetensors"]
_NEEDED = ("torch", "transformers", "peft", "accelerate", "safetensors")


def create(name: str, options: ModelOptions) -> TransformersModel | TransformersEmbedder:
    """A chat model by its folder (``/absolute``, ``./relative``) or hub id (``owner/model``).

    ``llama/NAME`` and ``llama/FILE.gguf`` mean the folder of safetensors that training made of
    that GGUF file. One that is made for embedding, if that can be seen on this machine, comes as an Embedder.

    Raises:
        BadInput: no such folder, no model in it, or an adapter that is no LoRA adapter.
        MissingExtra: torch, transformers or peft is not installed.
    """
    if any(importlib.util.find_spec(package) is None for package in _NEEDED):
        raise MissingExtra(f"transformers/{name}", "torch")
    where = _source(name)
    if is_embedding_model(where):
        from storypainter.models import transformers_embedding

        return transformers_embedding.create(name, options)
    if where.folder is not None and not any(where.folder.glob("*.safetensors")):
        raise BadInput(
            f"{where.folder} holds no safetensors weights",
            "only safetensors are read; save the model again with save_pretrained",
        )
    adapter = lora_folder(options.adapter) if options.adapter else None
    from storypainter.models import transformers_seeing  # which builds on this module

    if transformers_seeing.may_see(where):
        return transformers_seeing.TransformersSeer(name, where, adapter, options)
    return TransformersModel(name, where, adapter, options)


def _source(name: str) -> Source:
    plain = name.removeprefix("llama/")
    if plain != name and (plain in KNOWN or plain.endswith(".gguf")):
        return dequantised_source(plain)
    return source(name, "config.json")


def lora_folder(adapter: str) -> Path:
    """The folder of a LoRA adapter as peft saves it, checked before peft sees it.

    A training's folder stands for the adapter in it.

    Raises:
        BadInput: missing, not LoRA, or not in safetensors.
    """
    folder = user_path(adapter).absolute()
    if folder.name in ("adapter_config.json", "adapter_model.safetensors"):
        folder = folder.parent
    if not (folder / "adapter_config.json").is_file():
        inner = folder / "adapter"
        if not (inner / "adapter_config.json").is_file() and (folder / "checkpoints").is_dir():
            raise BadInput(
                f"the training in {folder} has no adapter yet",
                "end it first: the command that began it goes on",
            )
        folder = inner if (inner / "adapter_config.json").is_file() else folder
    try:
        config = json.loads((folder / "adapter_config.json").read_bytes())
    except (OSError, ValueError):
        raise BadInput(
            f"{folder} is no LoRA adapter: it has no readable adapter_config.json",
            "give the folder that the adapter was saved to",
        ) from None
    kind = config.get("peft_type") if isinstance(config, dict) else None
    if kind != "LORA" or config.get("megatron_config"):
        raise BadInput(
            f"{folder} is an adapter of another kind ({kind})", "only LoRA adapters are loaded"
        )
    if not (folder / "adapter_model.safetensors").is_file():
        raise BadInput(
            f"{folder} holds no adapter_model.safetensors",
            "only safetensors are read; save the adapter again with save_pretrained",
        )
    return folder


class TransformersModel:
    """One chat model in this process; a Writer. It is loaded at the first call."""

    def __init__(
        self, name: str, where: Source, adapter: Path | None, options: ModelOptions
    ) -> None:
        self.address = f"transformers/{name}"
        self._source = where
        self._adapter = adapter
        self._options = options
        self._worker = Worker("transformers", options.timeout)
        self._loaded: Loaded | None = None

    @cached_property
    def identity(self) -> dict[str, str]:
        """Provider, model, and the hash of its files or its hub revision.

        A folder's hash covers its top-level JSON, template, vocabulary and safetensors files in
        full. A hub id's revision is the commit in this machine's cache, or the revision as asked
        for (``main``) while nothing is cached.
        """
        found = {"provider": "transformers", "model": self._source.label}
        found |= self._source.identity()
        if self._adapter is not None:
            files = weight_files(self._adapter)
            found["adapter_sha256"] = folder_sha256(self._adapter, files)
        if self._options.seed is not None:
            found["seed"] = str(self._options.seed)
        return found

    async def chat(self, request: ChatRequest) -> ChatReply:
        """One chat completion; calls wait for each other.

        The option's timeout counts from when the call has its turn. Without a seed in the
        request, the option's seed counts, and without that each call is new.

        Raises:
            CallFailed: INVALID for what this provider can't honour, TOO_LONG, TIMEOUT, or
                NOT_FOUND when the model can't be loaded.
        """
        _must_be_honourable(request)
        return await self._worker.run(lambda watch: self._write(request, watch))

    async def aclose(self) -> None:
        """Stop running calls and free the weights."""
        await self._worker.aclose(self._unload)

    def _unload(self) -> None:
        self._loaded = None

    def _write(self, request: ChatRequest, watch: Watch) -> ChatReply:
        if self._loaded is None:
            self._loaded = _load(
                self._source,
                self.identity.get("revision", "main"),
                self._adapter,
                self._options.device,
            )
        watch.start()
        return write(self._loaded, request, self._options.seed, self.address, watch)


def _must_be_honourable(request: ChatRequest) -> None:
    """Refuse by name what this provider can't do."""
    if request.schema is not None:
        raise CallFailed(
            Verdict.INVALID,
            "schema: transformers/ models can't be held to a JSON schema",
            "ask for JSON in the prompt, or use llama/ or a server",
        )
    for name in ("frequency_penalty", "presence_penalty"):
        if getattr(request, name) != 0.0:
            raise CallFailed(
                Verdict.INVALID,
                f"{name}: transformers/ models take only 0",
                f"leave --{name.replace('_', '-')} at 0, or use llama/ or a server",
            )
    for name, fits in (
        ("temperature", request.temperature >= 0.0),
        ("top_p", 0.0 <= request.top_p <= 1.0),
        ("max_tokens", request.max_tokens >= 1),
        ("logprobs", request.logprobs is None or request.logprobs >= 0),
        ("messages", bool(request.messages)),
    ):
        if not fits:
            raise CallFailed(Verdict.INVALID, f"{name} is out of range: {getattr(request, name)}")


# -------------------------------------------------------------------- loading


def _load(where: Source, revision: str, adapter: Path | None, wanted: str) -> Loaded:
    """Read tokenizer, weights and adapter.

    Raises:
        CallFailed: NOT_FOUND, naming the cause.
    """
    import transformers

    quieten_transformers()
    device = torch_device(wanted)
    try:
        folder = fetched(where, revision)
        if (folder / MODULES).is_file():
            raise CallFailed(
                Verdict.NOT_FOUND,
                f"{where.where} is an embedding model: it writes nothing",
                "choose an instruct or chat model",
            )
        tokenizer = transformers.AutoTokenizer.from_pretrained(
            folder, trust_remote_code=False, local_files_only=True
        )
        model = read_weights(transformers.AutoModelForCausalLM, folder, adapter, device)
    except Exception as error:
        raise not_loadable(where, error) from None
    give_template(tokenizer, "tokenizer", where, adapter)
    return ready(tokenizer, model)


def quieten_transformers() -> None:
    """No progress bars and notes on stderr, unless the user has asked for them."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    if "TRANSFORMERS_VERBOSITY" not in os.environ:
        logging.set_verbosity_error()


def fetched(where: Source, revision: str) -> Path:
    """The model's folder; a hub id is downloaded into the hub's cache if it is not there."""
    if where.folder is not None:
        return where.folder
    from huggingface_hub import snapshot_download

    found = snapshot_download(
        where.hub_id, revision=revision, allow_patterns=_DOWNLOADED, ignore_patterns=["*/*"]
    )
    return Path(found)


def read_weights(stock: Any, folder: Path, adapter: Path | None, device: str) -> Any:
    """Weights, and the adapter over them, on their device and ready for inference.

    Args:
        stock: the ``Auto...`` class of transformers that reads them.
        folder: the model's.
        adapter: of LoRA, or None.
        device: as torch calls it.

    Raises:
        CallFailed: NOT_FOUND for an adapter of another base; besides, whatever damaged files make
            the libraries raise.
    """
    import torch

    model = stock.from_pretrained(
        folder,
        # Half precision is several times slower than single on most processors.
        dtype=torch.float32 if device == "cpu" else "auto",
        use_safetensors=True,
        trust_remote_code=False,
        local_files_only=True,
    )
    if adapter is not None:
        import peft

        wrong = adapter_misfit(model, adapter)
        if wrong:
            raise CallFailed(
                Verdict.NOT_FOUND,
                f"the adapter {adapter} does not fit {folder}: {wrong}",
                f"give the base that it was trained on{recorded_base(adapter)}",
            )
        with warnings.catch_warnings():  # peft still reads a name that transformers gives up
            warnings.simplefilter("ignore", FutureWarning)
            model = peft.PeftModel.from_pretrained(model, str(adapter), is_trainable=False)
    return model.to(device).eval()


def give_template(prompting: Any, what: str, where: Source, adapter: Path | None) -> None:
    """Let a model prompt by the chat template that its adapter was trained with, if it has one.

    Args:
        prompting: a tokenizer or a processor.
        what: which of them, for the error.
        where: the model.
        adapter: of LoRA, or None.

    Raises:
        CallFailed: NOT_FOUND when there is no chat template.
    """
    if adapter is not None and (adapter / "chat_template.jinja").is_file():
        # A base model may have none of its own.
        prompting.chat_template = (adapter / "chat_template.jinja").read_text("utf-8")
    if not prompting.chat_template:
        raise CallFailed(
            Verdict.NOT_FOUND,
            f"the {what} of {where.where} has no chat template: it is no chat model",
            f"choose an instruct or chat model, or save a chat template with its {what}",
        )


def ready(tokenizer: Any, model: Any) -> Loaded:
    """A model to write with, its sampling defaults put aside."""
    import transformers

    ends = _end_tokens(tokenizer, model)
    # Whatever sampling defaults came with the weights must not add to the request's.
    model.generation_config = transformers.GenerationConfig()
    context = getattr(model.config.get_text_config(), "max_position_embeddings", None)
    return Loaded(tokenizer, model, int(context or tokenizer.model_max_length), ends)


def recorded_base(adapter: Path) -> str:
    """``, which it records as NAME``; empty where the adapter's config names no base."""
    try:
        config = json.loads((adapter / "adapter_config.json").read_bytes())
    except (OSError, ValueError):
        return ""
    name = config.get("base_model_name_or_path") if isinstance(config, dict) else None
    return f", which it records as {name[:200]}" if isinstance(name, str) and name else ""


def adapter_misfit(model: Any, adapter: Path) -> str:
    """What shows that a LoRA adapter is made for another base; empty where nothing does.

    peft would name whole tables of sizes, or pass over layers that the base hasn't got.

    Args:
        model: the base, loaded.
        adapter: a folder that :func:`lora_folder` found.
    """
    import safetensors

    halves: dict[str, dict[str, tuple[int, ...]]] = {}
    try:
        with safetensors.safe_open(adapter / "adapter_model.safetensors", "pt") as weights:
            for key in weights.keys():  # noqa: SIM118 - it is no dict
                layer, mark, half = key.partition(".lora_")
                if mark and half in ("A.weight", "B.weight"):
                    shape = tuple(weights.get_slice(key).get_shape())
                    halves.setdefault(layer.removeprefix("base_model.model."), {})[half[0]] = shape
    except Exception as error:  # whatever a damaged file makes the library raise
        return f"its adapter_model.safetensors is damaged ({one_line(error)})"
    for layer, half in sorted(halves.items()):
        # As elsewhere: counted from the blocks on.
        short = layer[layer.find("layers.") :] if "layers." in layer else layer
        try:
            module = model.get_submodule(layer)
        except AttributeError:
            return f"it adapts {short}, which the base hasn't got"
        sizes = (getattr(module, "in_features", None), getattr(module, "out_features", None))
        a, b = half.get("A"), half.get("B")
        if None in sizes or a is None or b is None or len(a) != 2 or len(b) != 2:
            continue  # no linear layer: peft's own business
        if (a[1], b[0]) != sizes:
            return (
                f"{short} is made for {a[1]} inputs and {b[0]} outputs; the base's has "
                f"{sizes[0]} and {sizes[1]}"
            )
    return ""


def _end_tokens(tokenizer: Any, model: Any) -> frozenset[int]:
    """The tokens that end a reply, as the tokenizer and the model's folder name them."""
    named = model.generation_config.eos_token_id
    several = named if isinstance(named, list) else [named]
    return frozenset(t for t in (*several, tokenizer.eos_token_id) if t is not None)
