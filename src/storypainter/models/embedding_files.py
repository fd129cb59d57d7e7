"""What an embedding model's folder says about itself, in the files of sentence-transformers.

``modules.json`` lists the steps from a text to its vector, each with its kind and its folder;
``1_Pooling/config.json`` says how tokens become one vector; ``sentence_bert_config.json`` how
long a text may be; ``config_sentence_transformers.json`` what goes before it. All of it is
hostile until checked: kinds are names that are looked up here, never imported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput
from storypainter.models.local_files import Source, folder_sha256, weight_files

MODULES = "modules.json"
_POOLING_FLAGS = {
    "pooling_mode_cls_token": "cls",
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_max_tokens": "max",
    "pooling_mode_mean_sqrt_len_tokens": "mean_sqrt_len_tokens",
    "pooling_mode_weightedmean_tokens": "weightedmean",
    "pooling_mode_lasttoken": "lasttoken",
}
#: The weights that a module must have beside it; without these, the library takes a pickle.
_WEIGHTS = {
    "Transformer": "*.safetensors",
    "Dense": "model.safetensors",
    "LayerNorm": "model.safetensors",
}
#: What a hub download brings: JSON and vocabularies from everywhere, weights under their
#: standard names from the top and from the folders that modules have (``2_Dense``).
DOWNLOADED = (
    "*.json",
    "*.txt",
    "*.model",
    "model.safetensors",
    "model-*.safetensors",
    "[0-9]_*/model.safetensors",
)


@dataclass(frozen=True, slots=True)
class Module:
    """One step: ``kind`` is its class's bare name, ``folder`` where its own files lie."""

    kind: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Pooling:
    """How tokens become a vector: ``mean``, ``cls``, ``lasttoken`` and rarer ones by name, more
    than one joined with ``+``. ``sees_prefix`` is false where the prefix's tokens don't count.
    """

    mode: str
    sees_prefix: bool = True


@dataclass(frozen=True, slots=True)
class TextSettings:
    """``longest`` is the most tokens of a text, ``prefix`` what goes before each by default."""

    longest: int | None
    lowercase: bool
    prefix: str


def is_embedding_model(where: Source) -> bool:
    """Whether the folder, or the hub id's copy on this machine, is made for embedding."""
    folder = where.folder
    if folder is None:
        from huggingface_hub import constants

        commit = where.commit
        if commit is None:
            return False
        cached = Path(constants.HF_HUB_CACHE) / f"models--{where.hub_id.replace('/', '--')}"
        folder = cached / "snapshots" / commit
    return (folder / MODULES).is_file()


def modules(folder: Path, known: Iterable[str]) -> tuple[Module, ...]:
    """The steps of the model in ``folder``, in order; none if it has no ``modules.json``.

    Raises:
        BadInput: the file is damaged, leads out of the folder, or names a kind that is not in
            ``known``, or one from outside sentence-transformers.
    """
    if not (folder / MODULES).is_file():
        return ()
    rows = _read(folder / MODULES)
    found: list[Module] = []
    for row in rows if isinstance(rows, list) else ():
        kind, place = (row.get("type"), row.get("path")) if isinstance(row, dict) else (None, None)
        if not isinstance(kind, str) or not isinstance(place, str):
            raise _damaged(folder / MODULES)
        if not re.fullmatch(r"[\w-]*", place):
            raise BadInput(f"{folder / MODULES} leads to {place!r}", "a module lies in one folder")
        name = kind.rpartition(".")[2]
        if not kind.startswith("sentence_transformers.") or name not in known:
            raise BadInput(
                f"{folder} needs the module {kind}, which is not supported here",
                f"only these are: {', '.join(sorted(known))}; a server may run it (openai/…)",
            )
        found.append(Module(name, folder / place))
    if not found or found[0].kind != "Transformer":
        raise _damaged(folder / MODULES)
    return tuple(found)


def pooling(folder: Path) -> Pooling:
    """What a Pooling module's ``config.json`` says, in its newer or its older form.

    Raises:
        BadInput: missing or damaged.
    """
    plain = _read_fields(folder / "config.json")
    mode = plain.get("pooling_mode")
    if mode is None:
        mode = [name for flag, name in _POOLING_FLAGS.items() if plain.get(flag) is True]
    modes = [mode] if isinstance(mode, str) else mode
    if not isinstance(modes, list) or not modes or not all(isinstance(m, str) for m in modes):
        raise _damaged(folder / "config.json")
    return Pooling("+".join(modes), plain.get("include_prompt") is not False)


def text_settings(folder: Path, transformer: Path) -> TextSettings:
    """What becomes of a text before the tokenizer sees it.

    Args:
        folder: the model's.
        transformer: that of its Transformer module, usually the same.

    Raises:
        BadInput: damaged.
    """
    sentences = next(_sentence_settings(transformer), {})
    path = folder / "config_sentence_transformers.json"
    whole = _read_fields(path) if path.is_file() else {}
    longest = sentences.get("max_seq_length")
    prompts, default = whole.get("prompts"), whole.get("default_prompt_name")
    prefix = prompts.get(default) if isinstance(prompts, dict) and default is not None else ""
    return TextSettings(
        longest if type(longest) is int and longest > 0 else None,
        sentences.get("do_lower_case") is True,
        prefix if isinstance(prefix, str) else "",
    )


def must_be_safe(steps: Iterable[Module]) -> None:
    """Refuse what the loaders would take from elsewhere, or from a pickle.

    Raises:
        BadInput: weights that are not safetensors, an adapter, an activation or a setting that
            names code.
    """
    for step in steps:
        weights = _WEIGHTS.get(step.kind)
        if weights and not any(step.folder.glob(weights)):
            raise BadInput(
                f"{step.folder} holds no safetensors weights",
                "only safetensors are read; save the model again with save_pretrained",
            )
        if (step.folder / "adapter_config.json").is_file():
            raise BadInput(
                f"{step.folder} holds an adapter, which names its base elsewhere",
                "merge it into its base and save the model again",
            )
        if step.kind == "Dense":
            _must_be_torchs_own(step.folder)
        for settings in _sentence_settings(step.folder):
            for name, value in settings.items():
                if name.endswith(("_args", "_kwargs")) and "/" in json.dumps(value):
                    raise BadInput(
                        f"{step.folder} names code or files elsewhere, in {name} of its settings",
                        "take that entry out, if the model works without it",
                    )


def _must_be_torchs_own(dense: Path) -> None:
    """Refuse an activation that the library would not load: it would take another instead."""
    name = _read_fields(dense / "config.json").get("activation_function", "")
    if name and not re.fullmatch(r"torch\.nn\.modules\.(activation|linear)\.\w+", str(name)):
        raise BadInput(
            f"{dense} names the activation {name}, which is none of torch's own",
            "save the model again with one of torch.nn.modules.activation",
        )


def folder_identity(where: Source) -> dict[str, str]:
    """As :meth:`Source.identity`; a folder's hash covers the folders of its modules, too."""
    if where.folder is None:
        return where.identity()
    files = set(weight_files(where.folder))
    if (where.folder / MODULES).is_file():
        for row in _read(where.folder / MODULES):
            files.update(weight_files(where.folder / row["path"]))
    return {"sha256": folder_sha256(where.folder, files)}


def _sentence_settings(folder: Path) -> Iterator[dict[str, Any]]:
    """The settings of a Transformer module: ``sentence_bert_config.json`` or an older name."""
    for path in sorted(folder.glob("sentence_*_config.json")):
        yield _read_fields(path)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        raise _damaged(path) from None


def _read_fields(path: Path) -> dict[str, Any]:
    plain = _read(path)
    if not isinstance(plain, dict):
        raise _damaged(path)
    return plain


def _damaged(path: Path) -> BadInput:
    return BadInput(f"{path} can't be read", "get the model's folder again")
