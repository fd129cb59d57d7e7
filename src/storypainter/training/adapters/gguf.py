"""A LoRA adapter of peft's as one GGUF file, for llama.cpp.

The format is llama.cpp's: facts ``general.type`` = adapter, ``adapter.type`` = lora,
``adapter.lora.alpha``, and for each adapted tensor ``NAME.lora_a`` (rank x inputs) and
``NAME.lora_b`` (outputs x rank), scaled by alpha / rank. Converted Llama bases hold the rows of
their query and key weights in another order than transformers does: each head's two halves, which
rotary positions turn together, lie interleaved. The rows of B follow them there. Qwen2 and Gemma 3
bases keep transformers' order; what conversion adds to Gemma's norms doesn't touch LoRA.

Writing needs the package ``gguf`` of the extra [local], and neither torch nor transformers.
"""

from __future__ import annotations

import importlib.util
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from storypainter.errors import BadInput, MissingExtra
from storypainter.models.gguf_metadata import CHAT_TEMPLATE
from storypainter.runs.folder import write_atomically
from storypainter.training.adapters.lora import Lora, Matrix, adapter_folder, read_lora
from storypainter.training.adapters.shapes import BaseShapes, base_file, read_shapes
from storypainter.training.adapters.template import self_contained

NumberType = Literal["f16", "f32"]
Numbers = NDArray[np.float16] | NDArray[np.float32]
#: Architectures whose bases hold query and key rows interleaved (llama.cpp's "normal" rotary).
_INTERLEAVED = frozenset({"llama"})


@dataclass(frozen=True, slots=True)
class Converted:
    """What was written: the file, its size in bytes, and what is in it."""

    path: Path
    size: int
    architecture: str
    pairs: int
    ranks: tuple[int, ...]
    alpha: float
    has_template: bool


def convert_adapter(
    folder: str | Path,
    out: Path,
    *,
    number_type: NumberType = "f16",
    base: str = "",
    licence: str = "",
) -> Converted:
    """Write the LoRA adapter in ``folder`` as the GGUF file ``out``.

    The same adapter gives the same bytes. A chat template that stands beside the adapter goes
    into the file, where ``llama/`` finds it.

    Args:
        folder: an adapter as peft saves it, or a training's folder with one in ``adapter``.
        out: the file to write; it is written whole or not at all.
        number_type: f16 halves the file; f32 loses nothing.
        base: the base model, if not the one that the adapter names; see
            :func:`~storypainter.training.adapters.shapes.base_file`.
        licence: recorded in the file as ``general.license``, if given.

    Raises:
        BadInput: no adapter, one that is more than LoRA, or one that doesn't fit the base.
        MissingExtra: the package gguf is not installed.
        RunFolderError: ``out`` can't be written.
    """
    if importlib.util.find_spec("gguf") is None:
        raise MissingExtra("converting an adapter", "local")
    if out.suffix != ".gguf":
        raise BadInput(f"{out} does not end with .gguf", "give --out FILE.gguf")
    if not out.absolute().parent.is_dir():
        raise BadInput(f"there is no folder {out.absolute().parent}", "make it, or choose another")
    where = adapter_folder(folder)
    lora = read_lora(where)
    if not base and not lora.base:
        raise BadInput(
            f"{where} doesn't say which base model it is for",
            "give --base: the base's folder, its GGUF file, or a known name",
        )
    file = base_file(base or lora.base)
    shapes = read_shapes(file)
    tensors = _tensors(where, lora, shapes, number_type)
    template = self_contained(lora.chat_template, file) if lora.chat_template else ""
    data = _written(lora, shapes, tensors, template, licence)
    write_atomically(out, data)
    return Converted(
        path=out,
        size=len(data),
        architecture=shapes.architecture,
        pairs=len(lora.pairs),
        ranks=lora.ranks,
        alpha=lora.alpha,
        has_template=bool(lora.chat_template),
    )


def interleaved(rows: Matrix, heads: int) -> Matrix:
    """Rows of a query or key matrix in the order of a converted Llama.

    Args:
        rows: ``heads * head`` rows, each head's first half before its second.
        heads: how many heads they make up.

    Returns:
        The same rows, with row i of each head's first half followed by row i of its second.
    """
    count, width = rows.shape
    return rows.reshape(heads, 2, count // heads // 2, width).swapaxes(1, 2).reshape(count, width)


def _tensors(
    where: Path, lora: Lora, shapes: BaseShapes, number_type: NumberType
) -> list[tuple[str, Numbers]]:
    """Names and values as the file holds them, in the order of the blocks."""
    import gguf

    kinds = {value: key for key, value in gguf.MODEL_ARCH_NAMES.items()}
    names = gguf.get_tensor_name_map(kinds[shapes.architecture], shapes.layers)
    linear = shapes.linear()
    found: list[tuple[str, Numbers]] = []
    for (block, layer), (a, b) in sorted(lora.pairs.items()):
        here = f"layers.{block}.{layer}"
        name = names.get_name(f"model.{here}")
        if name is None or layer not in linear or block >= shapes.layers:
            raise BadInput(
                f"{where} adapts {here}, which a {shapes.architecture} base of {shapes.layers} "
                "blocks hasn't got",
                _own_base(lora),
            )
        if (a.shape[1], b.shape[0]) != linear[layer]:
            raise BadInput(
                f"{where}: {here} is made for {a.shape[1]} inputs and {b.shape[0]} outputs; the "
                f"base's has {linear[layer][0]} and {linear[layer][1]}",
                _own_base(lora),
            )
        if shapes.architecture in _INTERLEAVED and layer in _HEADS:
            b = interleaved(b, getattr(shapes, _HEADS[layer]))
        for suffix, matrix in (("lora_a", a), ("lora_b", b)):
            numbers = matrix if number_type == "f32" else _narrowed(matrix, f"{where}: {here}")
            found.append((f"{name}.weight.{suffix}", numbers))
    return found


def _own_base(lora: Lora) -> str:
    recorded = f", which it records as {lora.base}" if lora.base else ""
    return f"give its own base as --base{recorded}"


def _narrowed(matrix: Matrix, where: str) -> NDArray[np.float16]:
    with np.errstate(over="ignore"):  # looked for below
        narrow = matrix.astype(np.float16)
    if not np.isfinite(narrow).all():
        raise BadInput(f"{where} holds numbers too large for f16", "use --type f32")
    return narrow


_HEADS = {"self_attn.q_proj": "heads", "self_attn.k_proj": "kv_heads"}


def _written(
    lora: Lora,
    shapes: BaseShapes,
    tensors: list[tuple[str, Numbers]],
    template: str,
    licence: str,
) -> bytes:
    import gguf

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "adapter.gguf"
        writer = gguf.GGUFWriter(path, shapes.architecture)
        writer.add_type(gguf.GGUFType.ADAPTER)
        writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
        writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, lora.alpha)
        if licence:
            writer.add_license(licence)
        if template:
            writer.add_string(CHAT_TEMPLATE, template)
        for name, matrix in tensors:
            writer.add_tensor(name, matrix)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        return path.read_bytes()
