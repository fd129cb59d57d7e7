"""The base of a Mini-Storyteller: a causal language model from a folder, the hub, or a GGUF file.

A GGUF file is made into a folder of safetensors once: training needs plain weights. What a
quantised file lost stays lost, so the adapter is trained on just the weights that it will meet.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from storypainter.errors import BadInput, MissingExtra
from storypainter.models.local_files import (
    KNOWN,
    dequantised_path,
    file_sha256,
    pulled_file,
    source,
    user_path,
)
from storypainter.models.transformers import quieten_transformers
from storypainter.training.tuning.base_files import (
    BaseFiles,
    fetched_base,
    licence_of,
    must_be_trainable_here,
    not_a_base,
    part_of_base,
)
from storypainter.training.tuning.templates import set_template

_WANTED = "give a causal language model: a folder with config.json and safetensors, or a GGUF file"


@dataclass(frozen=True, slots=True)
class Base(BaseFiles):
    """A causal language model whose files are on this machine."""

    auto_class: ClassVar[str] = "AutoModelForCausalLM"
    wanted: ClassVar[str] = _WANTED

    @property
    def tokenizer(self) -> Any:
        """With its chat template and a token for padding."""
        return self.processing_class


def open_base(name: str, chat_template: str = "", *, stated: str = "") -> Base:
    """The base model of that name.

    Args:
        name: ``llama/NAME`` or the path of a ``.gguf`` file; or a folder of safetensors; or a hub
            id (``owner/model``, ``owner/model@revision``), downloaded if it is not here.
        chat_template: see :func:`storypainter.training.tuning.templates.set_template`.
        stated: likewise; a well-known base has its own.

    Raises:
        BadInput: no such model, or one that can't be trained on.
        MissingExtra: trl, peft or what they need is not installed.
    """
    check_base(name)
    quieten_transformers()
    gguf = gguf_file(name)
    if gguf is not None:
        path, label, licence = gguf
        stated = stated or (KNOWN[label].chat_template if label in KNOWN else "")
        folder = dequantised(path)
        identity = {"gguf_sha256": file_sha256(path)}
    else:
        where, folder = fetched_base(name)
        label, identity = where.label, where.identity()
        licence = licence_of(folder)
    tokenizer = _tokenizer(folder)
    template = set_template(tokenizer, chat_template, stated)
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return Base(label, identity, folder, tokenizer, template, licence)


def check_base(name: str) -> None:
    """Refuse what can be known to be no base before anything large is imported or read.

    Raises:
        BadInput: no such model or folder.
        MissingExtra: trl, peft or what they need is not installed.
    """
    must_be_trainable_here("training a Mini-Storyteller")
    if gguf_file(name) is None:
        source(name, "config.json")


def address_of(base: str) -> str:
    """How ``--storyteller`` names the base, for transformers with peft's adapter on it.

    Args:
        base: as :func:`open_base` takes it.
    """
    is_gguf = base.startswith("llama/") or base.endswith(".gguf")
    return (
        f"transformers/llama/{base.removeprefix('llama/')}" if is_gguf else f"transformers/{base}"
    )


def gguf_file(name: str) -> tuple[Path, str, str] | None:
    """File, label and licence of a base given as ``llama/…`` or ``….gguf``; None for any other.

    Raises:
        BadInput: the name is not known, its file is not here yet, or it is no GGUF file.
    """
    plain = name.removeprefix("llama/")
    if plain == name and not name.endswith(".gguf"):
        if name in KNOWN and not user_path(name).is_dir():
            raise BadInput(f"{name} is a GGUF model's name", f"write --base llama/{name}")
        return None
    label, licence = Path(plain).name, ""
    if plain.endswith(".gguf"):
        path = user_path(plain).absolute()
        hint = "check the path"
    else:
        path = pulled_file(plain)
        label, licence = plain, KNOWN[plain].licence
        hint = f"run: storypainter models pull {plain}"
    if not path.is_file():
        raise BadInput(f"there is no GGUF file {path}", hint)
    with path.open("rb") as stream:
        if stream.read(4) != b"GGUF":
            raise BadInput(f"{path} is no GGUF file (it does not begin with GGUF)", hint)
    return path, label, licence


def dequantised(path: Path) -> Path:
    """The folder of safetensors with the weights and the tokenizer of a GGUF file, made once.

    Several processes may ask at once: one makes it, the others wait.

    Raises:
        BadInput: the file can't be read as a model, or the folder can't be written.
    """
    if importlib.util.find_spec("gguf") is None:
        raise MissingExtra("training on a GGUF file", "train")
    folder = dequantised_path(path)
    parent = folder.parent
    if folder.is_dir():
        return folder
    with _alone(parent):
        if folder.is_dir():
            return folder
        part = parent / f".{folder.name}.part"
        shutil.rmtree(part, ignore_errors=True)
        try:
            _convert(path, part)
            part.rename(folder)
        except OSError as error:
            raise BadInput(
                f"{folder} can't be written: {error.strerror or error}",
                "free some space, or set STORYPAINTER_MODELS_DIR",
            ) from None
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return folder


def _convert(path: Path, folder: Path) -> None:
    import torch
    import transformers

    given: dict[str, Any] = {"gguf_file": path.name, "trust_remote_code": False}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(path.parent, **given)
        model = transformers.AutoModelForCausalLM.from_pretrained(
            path.parent, dtype=torch.float32, **given
        )
    except OSError:
        raise
    except Exception as error:  # whatever a damaged or foreign file makes the library raise
        raise not_a_base(path, error, _WANTED) from None
    # The weights are plain now; with these two left, saving them fails.
    model.hf_quantizer = None
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system frees when the process dies."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("a")
    except OSError as error:
        raise BadInput(
            f"{folder} can't be written: {error.strerror}", "set STORYPAINTER_MODELS_DIR"
        ) from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _tokenizer(folder: Path) -> Any:
    tokenizer = part_of_base("AutoTokenizer", folder, _WANTED)
    if not getattr(tokenizer, "is_fast", False):
        raise BadInput(f"{folder} has no tokenizer.json", "choose a model with a fast tokenizer")
    return tokenizer
