"""Chat models from a folder or a hub id, by transformers and torch in this process.

Weights are read from safetensors only, and no code from a model's folder is run. Sampling is
ours, token by token from the raw logits with a generator of its own: it is exactly what the
request says, whatever defaults the model's folder carries, and a seed means the same beside
other models in the process. What can't be honoured is refused by name, never ignored.
"""

from __future__ import annotations

import importlib.util
import json
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storypainter.errors import BadInput, MissingExtra
from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    Message,
    ModelOptions,
    TokenLogprob,
    Usage,
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
        self._loaded: _Loaded | None = None

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
        return _write(self._loaded, request, self._options.seed, self.address, watch)


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


def _plain(message: Message) -> dict[str, str]:
    if isinstance(message.content, str):
        return {"role": message.role, "content": message.content}
    texts = [part for part in message.content if isinstance(part, str)]
    if len(texts) != len(message.content):
        raise CallFailed(
            Verdict.INVALID,
            "messages: a transformers/ model reads no pictures",
            "use one that sees",
        )
    return {"role": message.role, "content": "\n".join(texts)}


# -------------------------------------------------------------------- loading


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A model ready to write; ``context`` is how many tokens it can hold, ``ends`` its last."""

    tokenizer: Any
    model: Any
    context: int
    ends: frozenset[int]


def _load(where: Source, revision: str, adapter: Path | None, wanted: str) -> _Loaded:
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
        tokenizer, model = _read(folder, adapter, device)
    except Exception as error:
        raise not_loadable(where, error) from None
    if adapter is not None and (adapter / "chat_template.jinja").is_file():
        # What it was trained with; a base model has none of its own.
        tokenizer.chat_template = (adapter / "chat_template.jinja").read_text("utf-8")
    if not tokenizer.chat_template:
        raise CallFailed(
            Verdict.NOT_FOUND,
            f"the tokenizer of {where.where} has no chat template: it is no chat model",
            "choose an instruct or chat model, or save a chat template with its tokenizer",
        )
    ends = _end_tokens(tokenizer, model)
    # Whatever sampling defaults came with the weights must not add to the request's.
    model.generation_config = transformers.GenerationConfig()
    text_config = model.config.get_text_config()
    context = getattr(text_config, "max_position_embeddings", None)
    return _Loaded(tokenizer, model, int(context or tokenizer.model_max_length), ends)


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


def _read(folder: Path, adapter: Path | None, device: str) -> tuple[Any, Any]:
    import torch
    import transformers

    tokenizer = transformers.AutoTokenizer.from_pretrained(
        folder, trust_remote_code=False, local_files_only=True
    )
    model = transformers.AutoModelForCausalLM.from_pretrained(
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
    return tokenizer, model.to(device).eval()


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


# -------------------------------------------------------------------- writing


def _write(
    loaded: _Loaded, request: ChatRequest, seed: int | None, address: str, watch: Watch
) -> ChatReply:
    import torch

    prompt = _prompt(loaded, request)
    length = int(prompt["input_ids"].shape[1])
    room = loaded.context - length
    if room < 1:
        raise CallFailed(
            Verdict.TOO_LONG,
            f"the prompt has {length} tokens, and {address} holds {loaded.context}",
            "shorten the prompt, or choose a model with a longer context",
        )
    choose = _Choice(request, seed if request.seed is None else request.seed)
    draft = _Draft(loaded, min(request.max_tokens, room), request.stop, watch)
    try:
        with torch.inference_mode():
            _generate(loaded, prompt, choose, draft)
    except torch.OutOfMemoryError:
        raise CallFailed(
            Verdict.TOO_LONG,
            f"{address} ran out of memory on {loaded.model.device}",
            "shorten the prompt, choose a smaller model, or use --device cpu",
        ) from None
    except Exception as error:  # whatever an architecture may raise
        why = f"{type(error).__name__}: {one_line(error)}"
        raise CallFailed(
            Verdict.INVALID,
            f"{address} can't write this: {why}",
            "see whether the model's folder fits its own configuration",
        ) from error
    watch.check()
    usage = Usage(length, len(draft.tokens))
    if not draft.text.strip():
        if draft.finish == "length":
            raise CallFailed(
                Verdict.TOO_LONG,
                "all tokens were used before the first word of the reply",
                "raise --max-tokens",
                usage=usage,
            )
        raise CallFailed(Verdict.MALFORMED, "the reply is empty", usage=usage)
    rows = () if request.logprobs is None else _shown(loaded, choose, draft)
    return ChatReply(draft.text, draft.finish, usage, address, rows)


def _prompt(loaded: _Loaded, request: ChatRequest) -> Any:
    """The messages as the model's own chat template puts them, in tokens on its device."""
    import jinja2

    try:
        found = loaded.tokenizer.apply_chat_template(
            [_plain(message) for message in request.messages],
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
        )
    except jinja2.TemplateError as error:
        raise CallFailed(
            Verdict.INVALID, f"messages: the model's chat template refuses them: {one_line(error)}"
        ) from None
    return found.to(loaded.model.device)


def _generate(loaded: _Loaded, prompt: Any, choose: _Choice, draft: _Draft) -> None:
    """Let transformers drive the model; we choose each token and say when to stop."""
    import transformers

    loaded.model.generate(
        **prompt,
        generation_config=transformers.GenerationConfig(
            do_sample=False, max_new_tokens=draft.most, pad_token_id=min(loaded.ends, default=0)
        ),
        logits_processor=[choose],
        stopping_criteria=[draft],
    )


class _Choice:
    """Chooses the next token from raw logits; keeps log-probabilities if they were asked for.

    Args:
        request: whose temperature (0 takes the best), top_p and logprobs count.
        seed: of this call's own generator; ``None`` draws one.
    """

    def __init__(self, request: ChatRequest, seed: int | None) -> None:
        import torch

        self._request = request
        self._generator = torch.Generator(device="cpu")
        if seed is None:
            self._generator.seed()
        else:
            self._generator.manual_seed(seed % 2**63)
        #: For each token chosen: its own log-probability, then (token, log-probability) of the
        #: likeliest ones. Before temperature and top_p, as servers give them.
        self.logprobs: list[tuple[float, list[tuple[int, float]]]] = []

    def __call__(self, _: Any, logits: Any) -> Any:
        """A logits processor: of a row of raw logits, only the chosen token's is left."""
        import torch

        token = self._chosen(logits[0].float().cpu())
        only = torch.full_like(logits, float("-inf"))
        only[0, token] = 0.0
        return only

    def _chosen(self, scores: Any) -> int:
        """The token; on the processor, so that a seed means the same on every device."""
        import torch

        if self._request.temperature == 0.0:
            token = int(scores.argmax())
        else:
            odds = torch.softmax(scores.double() / self._request.temperature, dim=-1)
            odds = _nucleus(odds, self._request.top_p)
            token = int(torch.multinomial(odds, 1, generator=self._generator))
        if self._request.logprobs is not None:
            self._note(torch.log_softmax(scores, dim=-1), token, self._request.logprobs)
        return token

    def _note(self, logprobs: Any, token: int, count: int) -> None:
        values, tokens = logprobs.topk(min(count, len(logprobs)))
        best = list(zip(tokens.tolist(), values.tolist(), strict=True))
        self.logprobs.append((float(logprobs[token]), best))


def _nucleus(odds: Any, top_p: float) -> Any:
    """The smallest set of likeliest tokens whose probabilities reach ``top_p``; others 0."""
    import torch

    if top_p >= 1.0:
        return odds
    ranked, order = odds.sort(descending=True)
    before = ranked.cumsum(0) - ranked
    before[0] = -1.0  # the best always stays
    return torch.zeros_like(odds).scatter(0, order, ranked.where(before < top_p, 0.0))


@dataclass(slots=True)
class _Draft:
    """The reply so far, and why it ended."""

    loaded: _Loaded
    most: int
    stop: tuple[str, ...]
    watch: Watch
    tokens: list[int] = field(default_factory=list)
    text: str = ""
    finish: str = ""

    def __call__(self, tokens: Any, _: Any, **unused: Any) -> Any:
        """A stopping criterion: one truth for the only row of the batch."""
        return tokens.new_tensor([self.add(int(tokens[0, -1]))]).bool()

    def add(self, token: int) -> bool:
        """Take a token; true when the reply has ended, or nobody waits for it."""
        self.tokens.append(token)
        if token in self.loaded.ends:
            self.finish = "stop"
        elif self.stop and self._cut_at_stop():
            self.finish = "stop"
            return True
        elif len(self.tokens) >= self.most:
            self.finish = "length"
        if self.finish:
            self.text = self._decoded(len(self.tokens) - (self.finish == "stop"))
        return bool(self.finish) or self.watch.is_over

    def _cut_at_stop(self) -> bool:
        text = self._decoded(len(self.tokens))
        places = [place for place in map(text.find, self.stop) if place >= 0]
        if places:
            self.text = text[: min(places)]
        return bool(places)

    def _decoded(self, count: int) -> str:
        found: str = self.loaded.tokenizer.decode(self.tokens[:count], skip_special_tokens=True)
        return found

    def shown(self) -> int:
        """How many tokens the text is made of: without the ending one or the stop string."""
        count = len(self.tokens)
        while count and (
            self.tokens[count - 1] in self.loaded.ends
            or len(self._decoded(count - 1)) >= len(self.text)
        ):
            count -= 1
        return count


def _shown(loaded: _Loaded, choose: _Choice, draft: _Draft) -> tuple[TokenLogprob, ...]:
    decode: Callable[[list[int]], str] = loaded.tokenizer.decode
    rows = list(zip(draft.tokens, choose.logprobs, strict=True))[: draft.shown()]
    return tuple(
        TokenLogprob(decode([token]), own, tuple((decode([t]), value) for t, value in best))
        for token, (own, best) in rows
    )
