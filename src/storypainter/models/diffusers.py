"""Text-to-image pipelines from a folder or a hub id, by diffusers and torch in this process.

Weights are read from safetensors only, no code from a pipeline's folder is run, and only parts
that diffusers and transformers themselves define are built. A picture that the pipeline's own
safety checker held back, or that came out black, is a refusal, not a picture.
"""

from __future__ import annotations

import importlib.util
import inspect
import io
import json
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput, MissingExtra
from storypainter.models.contract import (
    CallFailed,
    ImageReply,
    ImageRequest,
    ModelOptions,
    Verdict,
)
from storypainter.models.local_files import Source, file_sha256, source, user_path
from storypainter.models.openai_wire import one_line
from storypainter.models.transformers import quieten_transformers
from storypainter.models.worker import Watch, Worker, not_loadable, torch_device

_INDEX = "model_index.json"
_NEEDED = ("torch", "diffusers", "transformers", "PIL")


@dataclass(frozen=True, slots=True)
class Setting:
    """One of a request's settings: the pipeline's own name for it, and what it may be."""

    own_name: str
    kind: type[int] | type[float] | type[str]
    least: float = 0
    most: float = 0

    def checked(self, name: str, value: Any) -> Any:
        """The value, if it is of the kind and within the range; else CallFailed INVALID."""
        accepted = (int, float) if self.kind is float else self.kind
        if isinstance(value, bool) or not isinstance(value, accepted):
            raise _invalid(name, f"{value!r} is no {self.kind.__name__}")
        if not isinstance(value, str) and not self.least <= value <= self.most:
            raise _invalid(name, f"{value} is not within {self.least:g} to {self.most:g}")
        return value


#: What a request's settings may hold.
SETTINGS = {
    "steps": Setting("num_inference_steps", int, 1, 1000),
    "guidance": Setting("guidance_scale", float, 0, 100),
    "seed": Setting("generator", int, 0, 2**63 - 1),
    "negative_prompt": Setting("negative_prompt", str),
}
#: Sides in pixels; the latent grid of every pipeline in use divides by eight.
_SIDE_STEP, _LEAST_SIDE, _MOST_SIDE = 8, 8, 4096


def create(name: str, options: ModelOptions) -> DiffusersModel:
    """A text-to-image pipeline by its folder or hub id (``owner/model``).

    Raises:
        BadInput: no such folder, no pipeline or no safetensors in it, or a missing adapter.
        MissingExtra: torch or diffusers is not installed.
    """
    if any(importlib.util.find_spec(package) is None for package in _NEEDED):
        raise MissingExtra(f"diffusers/{name}", "diffusers")
    where = source(name, _INDEX)
    if where.folder is not None and not any(where.folder.glob("*/*.safetensors")):
        raise BadInput(
            f"{where.folder} holds no safetensors weights",
            "only safetensors are read; save the pipeline again with save_pretrained",
        )
    adapter = _lora_file(options.adapter) if options.adapter else None
    return DiffusersModel(name, where, adapter, options)


def _lora_file(adapter: str) -> Path:
    """The one safetensors file of a LoRA adapter for pipelines."""
    path = user_path(adapter).absolute()
    files = sorted(path.glob("*.safetensors")) if path.is_dir() else [path]
    if len(files) != 1 or files[0].suffix != ".safetensors" or not files[0].is_file():
        raise BadInput(
            f"{path} is no LoRA adapter for a pipeline",
            "give one .safetensors file, or a folder that holds exactly one",
        )
    return files[0]


class DiffusersModel:
    """One text-to-image pipeline in this process; an Illustrator. Loaded at the first call."""

    def __init__(
        self, name: str, where: Source, adapter: Path | None, options: ModelOptions
    ) -> None:
        self.address = f"diffusers/{name}"
        self._source = where
        self._adapter = adapter
        self._options = options
        self._worker = Worker("diffusers", options.timeout)
        self._pipeline: Any = None

    @cached_property
    def identity(self) -> dict[str, str]:
        """Provider, model, and the hash of its files or its hub revision.

        A folder's hash covers the JSON, vocabulary and safetensors files of the pipeline and of
        its parts, in full. A hub id's revision is the commit in this machine's cache, or the
        revision as asked for (``main``) while nothing is cached.
        """
        found = {"provider": "diffusers", "model": self._source.label}
        found |= self._source.identity(depth=1)
        if self._adapter is not None:
            found["adapter_sha256"] = file_sha256(self._adapter)
        if self._options.seed is not None:
            found["seed"] = str(self._options.seed)
        return found

    async def illustrate(self, request: ImageRequest) -> ImageReply:
        """One picture as PNG; calls wait for each other.

        ``settings`` may hold ``steps``, ``guidance``, ``seed`` and ``negative_prompt``; what it
        does not hold is the pipeline's own default, and a seed also the option's. Where the
        pipeline reads only the beginning of a long prompt, ``revised_prompt`` is that beginning.

        Raises:
            CallFailed: INVALID for what this provider can't honour, REFUSED, TIMEOUT, or
                NOT_FOUND when the pipeline can't be loaded.
        """
        wish = _wish(request, self._options.seed)
        return await self._worker.run(lambda watch: self._paint(wish, watch))

    async def aclose(self) -> None:
        """Stop running calls and free the weights."""
        await self._worker.aclose(self._unload)

    def _unload(self) -> None:
        self._pipeline = None

    def _paint(self, wish: _Wish, watch: Watch) -> ImageReply:
        if self._pipeline is None:
            self._pipeline = _load(
                self._source,
                self.identity.get("revision", "main"),
                self._adapter,
                self._options.device,
            )
        watch.start()
        data = _paint(self._pipeline, wish, self.address, watch)
        read = _part_that_is_read(self._pipeline, wish.prompt)
        return ImageReply(
            data, "image/png", "" if read == wish.prompt else read, model=self.address
        )


# -------------------------------------------------------------------- requests


@dataclass(frozen=True, slots=True)
class _Wish:
    """A checked request: what the pipeline is called with, but for the generator."""

    prompt: str
    seed: int | None
    arguments: dict[str, Any]


def _wish(request: ImageRequest, seed: int | None) -> _Wish:
    """Refuse by name what this provider can't do; a lone ``seed`` setting wins over ``seed``."""
    if request.images or request.mask is not None:
        raise _invalid("images", "it paints from text only")
    for name, value, fits in (
        ("quality", request.quality, ("", "auto")),
        ("background", request.background, ("", "auto", "opaque")),
        ("output_format", request.output_format, ("", "png")),
    ):
        if value not in fits:
            raise _invalid(name, f"it knows no {value!r}")
    if not request.prompt.strip():
        raise _invalid("prompt", "it is empty")
    arguments: dict[str, Any] = {}
    for name, value in request.settings.items():
        if name not in SETTINGS:
            raise _invalid(name, f"the settings are {', '.join(SETTINGS)}")
        arguments[SETTINGS[name].own_name] = SETTINGS[name].checked(name, value)
    chosen = arguments.pop("generator", seed)
    return _Wish(request.prompt, chosen, arguments | _sides(request.size))


def _sides(size: str) -> dict[str, int]:
    if size == "auto":
        return {}
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})", size)
    sides = tuple(map(int, found.groups())) if found else ()
    if not sides or any(s % _SIDE_STEP or not _LEAST_SIDE <= s <= _MOST_SIDE for s in sides):
        raise _invalid(
            "size",
            f"{size!r} is no WIDTHxHEIGHT in multiples of {_SIDE_STEP} up to {_MOST_SIDE}",
        )
    return {"width": sides[0], "height": sides[1]}


def _invalid(name: str, why: str) -> CallFailed:
    return CallFailed(
        Verdict.INVALID, f"{name}: a diffusers/ pipeline can't do that: {why}", f"change {name}"
    )


# -------------------------------------------------------------------- loading


def _load(where: Source, revision: str, adapter: Path | None, wanted: str) -> Any:
    """Read the pipeline and its adapter.

    Raises:
        CallFailed: NOT_FOUND, naming the cause.
    """
    quieten_transformers()
    _quieten_diffusers()
    device = torch_device(wanted)
    try:
        folder = where.folder or Path(_downloaded(where, revision))
        _must_be_known_parts(folder)
        pipeline = _read(folder, _dtype(device))
        if adapter is not None:
            pipeline.load_lora_weights(
                str(adapter.parent), weight_name=adapter.name, use_safetensors=True
            )
        pipeline.to(device)
    except Exception as error:
        raise not_loadable(where, error) from None
    if "prompt" not in inspect.signature(type(pipeline).__call__).parameters:
        raise CallFailed(
            Verdict.NOT_FOUND,
            f"{where.where} is a {type(pipeline).__name__}, which does not paint from text",
            "choose a text-to-image pipeline",
        )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def _quieten_diffusers() -> None:
    from diffusers.utils import logging

    logging.disable_progress_bar()
    if "DIFFUSERS_VERBOSITY" not in os.environ:
        logging.set_verbosity_error()


def _downloaded(where: Source, revision: str) -> str:
    """The folder of a hub id in the cache, downloaded if it is not there."""
    from diffusers import DiffusionPipeline
    from huggingface_hub import hf_hub_download

    # First the index alone: its failure says more than the download's own.
    hf_hub_download(where.hub_id, _INDEX, revision=revision)
    found: str = DiffusionPipeline.download(
        where.hub_id, revision=revision, use_safetensors=True, trust_remote_code=False
    )
    return found


def _must_be_known_parts(folder: Path) -> None:
    """Refuse an index that names other modules: diffusers would import them by name."""
    from diffusers import pipelines

    index = json.loads((folder / _INDEX).read_bytes())
    if not isinstance(index, dict) or not isinstance(index.get("_class_name"), str):
        raise ValueError(f"{_INDEX} names no pipeline class that diffusers defines")
    for name, part in index.items():
        if name.startswith("_") or not isinstance(part, list):
            continue
        library = part[0] if part else None
        if library in (None, "diffusers", "transformers"):
            continue
        if not isinstance(library, str) or not hasattr(pipelines, library):
            raise ValueError(f"{_INDEX} wants the part {name} from {library!r}: code is not run")


def _dtype(device: str) -> Any:
    """Single precision on the processor, half on a GPU."""
    import torch

    if device == "cpu":
        return torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16


def _read(folder: Path, dtype: Any) -> Any:
    import diffusers

    how = {
        "use_safetensors": True,
        "trust_remote_code": False,
        "local_files_only": True,
        "dtype": dtype,
    }
    try:
        return diffusers.AutoPipelineForText2Image.from_pretrained(folder, **how)
    except ValueError as error:
        if "can't find a pipeline linked" not in str(error):
            raise
    # Not every text-to-image pipeline is registered as one.
    return diffusers.DiffusionPipeline.from_pretrained(folder, **how)


# -------------------------------------------------------------------- painting


def _paint(pipeline: Any, wish: _Wish, address: str, watch: Watch) -> bytes:
    """PNG bytes."""
    import torch

    accepted = inspect.signature(type(pipeline).__call__).parameters
    for name in wish.arguments:
        if name not in accepted:
            raise _invalid(name, f"{type(pipeline).__name__} has no such setting")
    arguments = dict(wish.arguments)
    generator = torch.Generator(device="cpu")  # so that a seed means the same on every device
    generator.manual_seed(generator.seed() if wish.seed is None else wish.seed)
    if "callback_on_step_end" in accepted:
        arguments["callback_on_step_end"] = _stopper(watch)
    try:
        found = pipeline(prompt=wish.prompt, generator=generator, output_type="pil", **arguments)
    except torch.OutOfMemoryError:
        raise CallFailed(
            Verdict.INVALID,
            f"{address} ran out of memory on {pipeline.device}",
            "ask for a smaller size, choose a smaller model, or use --device cpu",
        ) from None
    except Exception as error:  # a scheduler's arithmetic, a prompt that a part can't take
        why = f"{type(error).__name__}: {one_line(error)}"
        raise CallFailed(
            Verdict.INVALID,
            f"{address} can't paint this: {why}",
            "change the size, the steps or the guidance",
        ) from error
    watch.check()
    return _png(found, address)


def _stopper(watch: Watch) -> Any:
    """Ends the pipeline's loop at its next step when nobody waits for the picture."""

    def look(pipeline: Any, step: int, timestep: Any, values: dict[str, Any]) -> dict[str, Any]:
        if watch.is_over:
            pipeline._interrupt = True
        return values

    return look


def _png(found: Any, address: str) -> bytes:
    if any(getattr(found, "nsfw_content_detected", None) or ()):
        raise CallFailed(
            Verdict.REFUSED,
            f"the safety checker of {address} held the picture back",
            "change the prompt",
        )
    image = found.images[0].convert("RGB")
    if not any(most for _, most in image.getextrema()):
        raise CallFailed(
            Verdict.REFUSED,
            f"{address} painted only black: its safety checker, or numbers beyond half precision",
            "change the prompt, or use --device cpu",
        )
    stream = io.BytesIO()
    image.save(stream, format="PNG")
    return stream.getvalue()


def _part_that_is_read(pipeline: Any, prompt: str) -> str:
    """The beginning of the prompt that fits the pipeline's widest text encoder."""
    windows = [
        _window(pipeline, tokenizer, prompt)
        for name, tokenizer in pipeline.components.items()
        if re.fullmatch(r"tokenizer(_\d)?", name) and tokenizer is not None
    ]
    return max(windows, key=len, default=prompt)


def _window(pipeline: Any, tokenizer: Any, prompt: str) -> str:
    """What one tokenizer leaves of the prompt under the pipeline's own limit."""
    limit = tokenizer.model_max_length
    parameter = inspect.signature(type(pipeline).__call__).parameters.get("max_sequence_length")
    if parameter is not None and not type(tokenizer).__name__.startswith("CLIP"):
        limit = parameter.default
    whole = tokenizer(prompt, truncation=False).input_ids
    if not isinstance(limit, int) or len(whole) <= limit:
        return prompt
    if not tokenizer.is_fast:  # it knows no offsets
        return str(tokenizer.decode(whole[:limit], skip_special_tokens=True))
    cut = tokenizer(prompt, truncation=True, max_length=limit, return_offsets_mapping=True)
    return prompt[: max(end for _, end in cut["offset_mapping"])]
