"""The files of a base that is trained on: found or downloaded, read without code of theirs."""

from __future__ import annotations

import importlib.util
import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from storypainter.errors import BadInput, MissingExtra
from storypainter.models.local_files import Source, source
from storypainter.models.transformers import fetched
from storypainter.models.worker import not_loadable
from storypainter.training.tuning.templates import PLAIN
from storypainter.value import content_hash

_NEEDED = ("torch", "transformers", "trl", "peft", "accelerate", "datasets", "matplotlib")


@dataclass(frozen=True, slots=True)
class BaseFiles:
    """A base model whose files are on this machine.

    Attributes:
        label: how records name it: a hub id, a well-known name, or the folder's own name.
        identity: what tells its weights apart: a SHA-256 or a hub revision.
        folder: where config, weights and tokenizer or processor are.
        processing_class: the tokenizer or processor, with its chat template.
        template: ``own``, ``plain``, ``stated`` or a file's name.
        licence: as the model says it, or empty.
        auto_class: the class of transformers that its weights are loaded by.
        wanted: what to give instead where they can't be.
    """

    label: str
    identity: Mapping[str, str]
    folder: Path
    processing_class: Any
    template: str
    licence: str
    auto_class: ClassVar[str]
    wanted: ClassVar[str]

    @property
    def chat_template(self) -> str:
        """The template itself, in Jinja."""
        return str(self.processing_class.chat_template)

    @property
    def template_identity(self) -> str:
        """``own`` is told apart by the base's files and ``plain`` is one text; others by their hash."""
        if self.template in ("own", PLAIN):
            return self.template
        return f"{self.template} {content_hash(self.processing_class.chat_template)}"

    def model(self, *, bf16: bool) -> Any:
        """The weights, in single precision or bfloat16, on the processor.

        Raises:
            BadInput: they can't be loaded, or some are missing.
        """
        import torch
        import transformers

        try:
            model, report = getattr(transformers, self.auto_class).from_pretrained(
                self.folder,
                dtype=torch.bfloat16 if bf16 else torch.float32,
                use_safetensors=True,
                trust_remote_code=False,
                local_files_only=True,
                output_loading_info=True,
            )
        except Exception as error:  # whatever damaged or foreign files make the library raise
            raise not_a_base(self.folder, error, self.wanted) from None
        if report["missing_keys"]:
            lost = sorted(report["missing_keys"])
            raise BadInput(
                f"the weights of {self.label} lack {len(lost)} tensors, as {lost[0]}",
                "copy the whole folder again",
            )
        return model


def must_be_trainable_here(purpose: str) -> None:
    """Refuse ``purpose`` where trl, peft or what they need is not installed.

    Raises:
        MissingExtra: one of them isn't.
    """
    if any(importlib.util.find_spec(package) is None for package in _NEEDED):
        raise MissingExtra(purpose, "train")


def fetched_base(name: str) -> tuple[Source, Path]:
    """Where a base that is no GGUF file comes from, and its folder; downloaded if it is not here.

    Raises:
        BadInput: no such model, or it can't be downloaded.
    """
    where = source(name, "config.json")
    try:
        return where, fetched(where, where.revision)
    except Exception as error:  # the hub's many errors, and the network's
        found = not_loadable(where, error)
        raise BadInput(found.message, found.hint) from None


def part_of_base(auto_class: str, folder: Path, wanted: str) -> Any:
    """What a class of transformers (``AutoTokenizer``, say) reads from a base's folder.

    Raises:
        BadInput: it can't be read; ``wanted`` says what to give instead.
    """
    import transformers

    try:
        return getattr(transformers, auto_class).from_pretrained(
            folder, trust_remote_code=False, local_files_only=True
        )
    except Exception as error:
        raise not_a_base(folder, error, wanted) from None


def licence_of(folder: Path) -> str:
    """What the front matter of the model's own card says."""
    try:
        head = (folder / "README.md").read_text("utf-8")[:4000]
    except (OSError, UnicodeDecodeError):
        return ""
    found = re.search(r"^license:\s*['\"]?([\w.+-]+)", head, re.M) if head[:3] == "---" else None
    return found.group(1) if found else ""


def weights_in(folder: Path) -> int:
    """How many weights a model's folder holds, by the headers of its safetensors files.

    Raises:
        BadInput: it holds none, or a damaged file.
    """
    from safetensors import safe_open

    total = 0
    for path in sorted(folder.glob("*.safetensors")):
        try:
            with safe_open(path, framework="pt") as weights:
                names = weights.keys()
                total += sum(math.prod(weights.get_slice(name).get_shape()) for name in names)
        except Exception as error:
            raise BadInput(f"{path} is damaged: {error}", "copy the whole folder again") from None
    if not total:
        raise BadInput(
            f"{folder} holds no safetensors weights",
            "only safetensors are read; save the model again with save_pretrained",
        )
    return total


def not_a_base(where: Path, error: BaseException, wanted: str) -> BadInput:
    """The one line for files that no base can be read from."""
    why = " ".join(f"{type(error).__name__}: {error}".split()).replace(os.fspath(where), where.name)
    return BadInput(f"the base {where} can't be loaded: {why[:200]}", wanted)
