"""A LoRA adapter as peft saves it, read without torch and refused where it is more than LoRA."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storypainter.errors import BadInput
from storypainter.models.transformers import lora_folder

CONFIG, WEIGHTS, TEMPLATE = (
    "adapter_config.json",
    "adapter_model.safetensors",
    "chat_template.jinja",
)
#: No adapter that this is made for is larger; it is read into memory whole.
MOST_BYTES = 4 << 30
#: What a config may say without changing what the weights mean beyond plain LoRA.
_HARMLESS = frozenset(
    {
        "task_type",
        "peft_type",
        "auto_mapping",
        "peft_version",
        "base_model_name_or_path",
        "revision",
        "inference_mode",
        "r",
        "lora_alpha",
        "lora_dropout",
        "rank_pattern",
        "use_rslora",
        "init_lora_weights",
        "target_modules",
        "exclude_modules",
        "layers_to_transform",
        "layers_pattern",
        "megatron_core",
        "qalora_group_size",
        "loftq_config",
        "eva_config",
        "corda_config",
        "lora_ga_config",
        "runtime_config",
        "ensure_weight_tying",
    }
)
#: How a config says that it doesn't use something.
_UNUSED: tuple[object, ...] = (None, False, "none", "", [], {})
#: Ways to begin that leave the base as it is; the others (PiSSA, OLoRA, …) change its weights.
_PLAIN_BEGINNINGS = (True, False, None, "gaussian", "orthogonal", "eva")
_NAME = re.compile(
    r"base_model\.model\."
    r"(?:model\.language_model|language_model\.model|model)\.layers\.(\d{1,4})\."
    r"([a-z_]+\.[a-z_]+)\.lora_(A|B)\.weight"
)

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lora:
    """A LoRA adapter: ``output += alpha / rank * B @ (A @ input)`` for each adapted layer.

    Attributes:
        base: the base model's name as the adapter records it; may be empty.
        alpha: such that ``alpha / rank`` is the scale of every pair, with the pair's own rank.
        pairs: (block, layer's name) -> (A of rank x inputs, B of outputs x rank).
        chat_template: what it was trained with, or empty.
    """

    base: str
    alpha: float
    pairs: Mapping[tuple[int, str], tuple[Matrix, Matrix]]
    chat_template: str

    @property
    def ranks(self) -> tuple[int, ...]:
        """The ranks that occur, ascending."""
        return tuple(sorted({a.shape[0] for a, _ in self.pairs.values()}))


def adapter_folder(name: str | Path) -> Path:
    """The folder of an adapter, or the one inside a training's folder.

    Raises:
        BadInput: neither.
    """
    return lora_folder(str(name))


def read_lora(folder: Path) -> Lora:
    """Read a folder that :func:`adapter_folder` found.

    Raises:
        BadInput: damaged, or more than LoRA on linear layers; names what it is.
    """
    path = folder / CONFIG
    try:
        config = json.loads(path.read_bytes())
    except (OSError, ValueError):
        raise BadInput(f"{path} is no readable JSON", "save the adapter again") from None
    _must_be_plain(path, config)
    pairs = _pairs(folder / WEIGHTS)
    alpha = _alpha(path, config, pairs)
    base = config.get("base_model_name_or_path")
    template = folder / TEMPLATE
    try:
        text = template.read_text("utf-8") if template.is_file() else ""
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"{template} is no readable text", "save the adapter again") from None
    return Lora(base if isinstance(base, str) else "", alpha, pairs, text)


def _must_be_plain(path: Path, config: Mapping[str, Any]) -> None:
    hint = "llama.cpp knows plain LoRA only; transformers/ takes the adapter as it is"
    for name, value in config.items():
        if name not in _HARMLESS and value not in _UNUSED:
            raise BadInput(f"{path}: {name} = {_said(value)} can't be converted to GGUF", hint)
    begun = config.get("init_lora_weights", True)
    if not any(begun is plain or begun == plain for plain in _PLAIN_BEGINNINGS):
        raise BadInput(
            f"{path}: init_lora_weights = {_said(begun)} changed the base's own weights, "
            "which a GGUF adapter can't say",
            "convert it to plain LoRA first (peft: path_initial_model_for_weight_conversion)",
        )


def _said(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"


def _alpha(
    path: Path,
    config: Mapping[str, Any],
    pairs: Mapping[tuple[int, str], tuple[Matrix, Matrix]],
) -> float:
    """Alpha as llama.cpp uses it: a pair's scale is alpha over the pair's own rank."""
    alpha, rank, pattern = (config.get(k) for k in ("lora_alpha", "r", "rank_pattern"))
    if isinstance(alpha, bool) or not isinstance(alpha, int | float) or not 0 < alpha < 1e6:
        raise BadInput(f"{path}: lora_alpha is no positive number", "save the adapter again")
    ranks = [rank, *pattern.values()] if isinstance(pattern, dict) else [rank]
    stated = {each for each in ranks if isinstance(each, int)}
    found = {a.shape[0] for a, _ in pairs.values()}
    if not found <= stated:
        raise BadInput(
            f"{path.parent}: the weights have rank {min(found - stated)}, and {CONFIG} says {rank}",
            "save the adapter again",
        )
    if not config.get("use_rslora"):
        return float(alpha)
    if len(found) > 1:
        raise BadInput(
            f"{path}: use_rslora with rank_pattern can't be converted to GGUF",
            "one alpha can't scale several ranks by their square root; use one rank",
        )
    return float(alpha) * math.sqrt(found.pop())  # alpha / sqrt(r), written as a share of r


def _pairs(path: Path) -> dict[tuple[int, str], tuple[Matrix, Matrix]]:
    halves: dict[tuple[int, str], dict[str, Matrix]] = {}
    for name, matrix in _tensors(path):
        match = _NAME.fullmatch(name)
        if match is None:
            raise BadInput(
                f"{path}: {name} can't be converted to GGUF",
                "only LoRA on the linear layers of the blocks can be: no embeddings, output "
                "layer, biases, or modules saved whole",
            )
        halves.setdefault((int(match[1]), match[2]), {})[match[3]] = matrix
    pairs: dict[tuple[int, str], tuple[Matrix, Matrix]] = {}
    for (block, layer), half in halves.items():
        where = f"{path}: layers.{block}.{layer}"
        if set(half) != {"A", "B"}:
            raise BadInput(f"{where} has lora_{min(half)} only", "save the adapter again")
        a, b = half["A"], half["B"]
        if a.ndim != 2 or b.ndim != 2 or a.shape[0] != b.shape[1] or a.shape[0] < 1:
            raise BadInput(
                f"{where}: {a.shape} and {b.shape} are no LoRA pair", "save the adapter again"
            )
        pairs[block, layer] = (a, b)
    if not pairs:
        raise BadInput(f"{path} holds no LoRA weights", "save the adapter again")
    return pairs


def _tensors(path: Path) -> list[tuple[str, Matrix]]:
    """Names and values; bfloat16 too, which numpy doesn't know."""
    import safetensors

    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(f"{path} is larger than {MOST_BYTES >> 30} GB", "convert a smaller one")
        rows = safetensors.deserialize(path.read_bytes())  # type: ignore[no-untyped-call]
    except OSError as error:
        raise BadInput(f"can't read {path}: {error.strerror}", "check its permissions") from None
    except safetensors.SafetensorError as error:
        raise BadInput(
            f"{path} is damaged: {' '.join(str(error).split())}", "save the adapter again"
        ) from None
    found: list[tuple[str, Matrix]] = []
    for name, row in rows:
        matrix = _matrix(row)
        if matrix is None:
            raise BadInput(
                f"{path}: {name} is in {row['dtype']}",
                "save the adapter in float32, float16 or bfloat16",
            )
        if not np.isfinite(matrix).all():
            raise BadInput(f"{path}: {name} holds numbers that are not finite", "train it again")
        found.append((name, matrix))
    return found


def _matrix(row: Mapping[str, Any]) -> Matrix | None:
    data, shape = row["data"], row["shape"]
    if row["dtype"] == "BF16":  # the upper half of a float32
        upper = np.frombuffer(data, "<u2").astype("<u4") << np.uint32(16)
        return upper.view("<f4").astype(np.float32).reshape(shape)
    kind = {"F16": "<f2", "F32": "<f4", "F64": "<f8"}.get(row["dtype"])
    return None if kind is None else np.frombuffer(data, kind).astype(np.float32).reshape(shape)
