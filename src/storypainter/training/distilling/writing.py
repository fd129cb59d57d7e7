"""The files of a training set: JSONL, Parquet, LLaMA-Factory's, the card, and last the manifest.

Every file is written whole or not at all. ``dataset.json`` names all others with their hashes and
comes last: a folder with one is complete.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from storypainter import assembly
from storypainter.errors import BadInput, MissingExtra, RunFolderError
from storypainter.runs.folder import write_atomically
from storypainter.training.distilling.asked import Asked
from storypainter.training.distilling.card import FORMAT, card, made_by, manifest
from storypainter.training.distilling.llama_factory import llama_factory
from storypainter.training.distilling.making import Distillation, Made
from storypainter.training.distilling.rows import Row, lines
from storypainter.value import content_hash

MANIFEST = "dataset.json"
ASKED = "runs/asked.json"


def write_set(made: Made, out: Path) -> dict[str, Any]:
    """Write a training set into its folder; returns the manifest.

    Raises:
        MissingExtra: Parquet without pyarrow.
        RunFolderError: the folder can't be written.
    """
    parts: Mapping[str, Sequence[Row]] = {
        "train": made.parts.train,
        "heldout": made.parts.heldout,
    }
    files: dict[str, bytes] = {}
    for name, rows in parts.items():
        files[f"{name}.jsonl"] = lines(rows)
        files[f"{name}.parquet"] = parquet(rows)
    files |= {f"llama_factory/{name}": data for name, data in llama_factory(made).items()}
    plain = manifest(made, {name: _hash(data) for name, data in files.items()})
    files["README.md"] = card(made, plain).encode()
    plain["files"]["README.md"] = _hash(files["README.md"])
    try:
        (out / MANIFEST).unlink(missing_ok=True)
        (out / "llama_factory").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunFolderError(
            f"{out} can't be written: {(error.strerror or 'no').lower()}", "choose another --out"
        ) from None
    for name, data in files.items():
        write_atomically(out / name, data)
    write_atomically(out / MANIFEST, orjson.dumps(plain, option=orjson.OPT_INDENT_2) + b"\n")
    return plain


def check_folder(out: Path, asked: Asked) -> None:
    """Refuse a folder that holds something else, or a set for which something else was asked.

    More or fewer rows, and another licence, may be asked of the same set. What was asked of a
    half-made one stands below its runs (:func:`keep_asked`).

    Raises:
        RunFolderError: it is no folder, or some other folder with files in it.
        BadInput: another training set is there.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise RunFolderError(f"{out} is not a folder", "choose another --out")
    path = out / MANIFEST
    there = sorted(each.name for each in out.iterdir() if each.name != ".DS_Store")
    if there and not path.is_file() and not (out / "runs").is_dir():
        raise RunFolderError(
            f"{out} is not empty and no training set (it holds {there[0]!r})",
            "choose a new folder for --out",
        )
    if not path.is_file():
        path = out / ASKED
    if not path.is_file():
        return
    try:
        before = Asked.model_validate(orjson.loads(path.read_bytes())["asked"])
    except (ValueError, KeyError, TypeError):
        raise _unreadable(path) from None
    free = {"n": 2, "licence": ""}
    one, other = before.model_copy(update=free), asked.model_copy(update=free)
    for name in Asked.model_fields:
        if getattr(one, name) != getattr(other, name):
            raise _another(out, name.replace("_", " "), getattr(one, name), getattr(other, name))


def settings_of(distillation: Distillation) -> dict[str, Any]:
    """What decides a set's rows beside what is asked of it: sampling, servers, files' contents.

    How much may be spent and how many calls are open at once decide nothing.
    """
    found: dict[str, Any] = {}
    for name, resolved in distillation.told_by.items():
        spec = assembly.recorded(resolved.spec)
        names = ("temperature", "top_p", "max_tokens", "base_url", "adapter")
        found |= {f"{name}'s {each.replace('_', ' ')}": spec[each] for each in names}
    for source in distillation.sources:
        found[f"stories of {source.name}"] = content_hash(
            [[each.key, each.story.text] for each in source.stories]
        )
    if not distillation.pool.named:
        pool = distillation.pool
        found["stories of the pool"] = content_hash([pool.train.hash, pool.test.hash])
    return found


def check_settings(out: Path, settings: Mapping[str, Any]) -> None:
    """Refuse a set, whole or half made, whose rows were decided by something else.

    Raises:
        BadInput: what differs; nothing is written then.
    """
    path = out / ASKED
    if not path.is_file():
        return  # begun by a version that didn't keep it
    try:
        before = dict(orjson.loads(path.read_bytes())["settings"])
    except (ValueError, KeyError, TypeError):
        raise _unreadable(path) from None
    for name in dict.fromkeys((*settings, *before)):
        if before.get(name) != settings.get(name):
            raise _another(out, name, before.get(name), settings.get(name))


def keep_asked(out: Path, asked: Asked, settings: Mapping[str, Any]) -> None:
    """Write down what a set is begun with, below its runs."""
    plain = {"asked": asked.to_plain(), "settings": dict(settings)}
    write_atomically(out / ASKED, orjson.dumps(plain, option=orjson.OPT_INDENT_2) + b"\n")


def whole_set(out: Path, asked: Asked) -> dict[str, Any] | None:
    """The manifest of a set that is there as it is asked for, with every file unchanged."""
    try:
        plain = dict(orjson.loads((out / MANIFEST).read_bytes()))
        same = (
            Asked.model_validate(plain["asked"]) == asked
            and plain["format"] == FORMAT
            and plain["made_by"] == made_by(asked)
            and all(_hash((out / name).read_bytes()) == sha for name, sha in plain["files"].items())
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return plain if same else None


def _unreadable(path: Path) -> BadInput:
    return BadInput(
        f"{path} can't be read as what a training set was made with",
        "delete it (what the runs hold is kept), or choose another --out",
    )


def _another(out: Path, name: str, before: object, now: object) -> BadInput:
    made = "a training set" if (out / MANIFEST).is_file() else "a half-made training set"
    return BadInput(
        f"{out} is {made} made with another {name} ({_shown(before)}, now {_shown(now)})",
        "choose another --out, or ask for the same again",
    )


def _shown(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return "none" if value is None or not text else text[:80]


def need_parquet() -> None:
    """Refuse to start where Parquet can't be written in the end.

    Raises:
        MissingExtra: pyarrow isn't installed.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise MissingExtra("a training set's Parquet files", "analysis") from None


def parquet(rows: Sequence[Row]) -> bytes:
    """Rows as a Parquet file, with the columns and nested fields of the JSONL rows."""
    need_parquet()
    import pyarrow
    from pyarrow import parquet as files

    buffer = io.BytesIO()
    files.write_table(pyarrow.Table.from_pylist([row.plain() for row in rows]), buffer)
    return buffer.getvalue()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
