"""The base of a Mini-Storyteller: a causal language model from a folder, the hub, or a GGUF file.

A GGUF file is made into a folder of safetensors once: training needs plain weights. What a
quantised file lost stays lost, so the adapter is trained on just the weights that it will meet.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput, MissingExtra
from storypainter.models.local_files import (
    KNOWN,
    dequantised_path,
    file_sha256,
    pulled_file,
    source,
    user_path,
)
from storypainter.models.transformers import fetched, quieten_transformers
from storypainter.models.worker import not_loadable
from storypainter.training.tuning.templates import set_template

_NEEDED = ("torch", "transformers", "trl", "peft", "accelerate", "datasets", "matplotlib")


@dataclass(frozen=True, slots=True)
class Base:
    """A base model whose files are on this machine.

    Attributes:
        label: how records name it: a hub id, a well-known name, or the folder's own name.
        identity: what tells its weights apart: a SHA-256 or a hub revision.
        folder: where config, weights and tokenizer are.
        tokenizer: with its chat template.
        template: ``own``, ``plain`` or a file's name.
        licence: as the model says it, or empty.
    """

    label: str
    identity: Mapping[str, str]
    folder: Path
    tokenizer: Any
    template: str
    licence: str

    def model(self, *, bf16: bool) -> Any:
        """The weights, in single precision or bfloat16, on the processor.

        Raises:
            BadInput: they can't be loaded, or some are missing.
        """
        import torch
        import transformers

        try:
            model, report = transformers.AutoModelForCausalLM.from_pretrained(
                self.folder,
                dtype=torch.bfloat16 if bf16 else torch.float32,
                use_safetensors=True,
                trust_remote_code=False,
                local_files_only=True,
                output_loading_info=True,
            )
        except Exception as error:  # whatever damaged or foreign files make the library raise
            raise _not_a_base(self.folder, error) from None
        if report["missing_keys"]:
            lost = sorted(report["missing_keys"])
            raise BadInput(
                f"the weights of {self.label} lack {len(lost)} tensors, as {lost[0]}",
                "copy the whole folder again",
            )
        return model


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
        where = source(name, "config.json")
        try:
            folder = fetched(where, where.revision)
        except Exception as error:  # the hub's many errors, and the network's
            found = not_loadable(where, error)
            raise BadInput(found.message, found.hint) from None
        label, identity = where.label, where.identity()
        licence = _licence(folder)
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
    if any(importlib.util.find_spec(package) is None for package in _NEEDED):
        raise MissingExtra("training a Mini-Storyteller", "train")
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
        raise _not_a_base(path, error) from None
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
    import transformers

    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(
            folder, trust_remote_code=False, local_files_only=True
        )
    except Exception as error:
        raise _not_a_base(folder, error) from None
    if not getattr(tokenizer, "is_fast", False):
        raise BadInput(f"{folder} has no tokenizer.json", "choose a model with a fast tokenizer")
    return tokenizer


def _licence(folder: Path) -> str:
    """What the front matter of the model's own card says."""
    try:
        head = (folder / "README.md").read_text("utf-8")[:4000]
    except (OSError, UnicodeDecodeError):
        return ""
    found = re.search(r"^license:\s*['\"]?([\w.+-]+)", head, re.M) if head[:3] == "---" else None
    return found.group(1) if found else ""


def _not_a_base(where: Path, error: BaseException) -> BadInput:
    why = " ".join(f"{type(error).__name__}: {error}".split()).replace(os.fspath(where), where.name)
    return BadInput(
        f"the base {where} can't be loaded: {why[:200]}",
        "give a causal language model: a folder with config.json and safetensors, or a GGUF file",
    )
