"""The folder of one training: what was asked, its checkpoints, its curves and its adapter.

    config.toml    what was asked, the base, the data's hashes, versions of packages
    checkpoints/   the newest two; the same command goes on from the last whole one
    curves.csv, curves.png
    adapter/       LoRA as peft saves it, and the chat template that it was trained with
    README.md      the model card

A folder belongs to one question: another one is refused, never mixed in.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import orjson

from storypainter.errors import BadInput, RunFolderError
from storypainter.runs.folder import write_atomically
from storypainter.runs.locking import take_lock
from storypainter.training.tuning.curves import CSV

CONFIG, CHECKPOINTS, ADAPTER, CARD = "config.toml", "checkpoints", "adapter", "README.md"
#: A checkpoint without one of these is half written. The state is written last.
_WHOLE = ("adapter_model.safetensors", "optimizer.pt", "scheduler.pt", "trainer_state.json")
_TABLES = ("asked", "settings", "base", "data")  # what tells one question from another


class TuningFolder:
    """One training's folder. Use as a context manager; only one process writes to it.

    Args:
        path: the folder; made by :meth:`claim`.
        main: whether this process writes at all; the others of a launch only read.
    """

    def __init__(self, path: Path, *, main: bool = True) -> None:
        self.path = path.absolute()
        self.main = main
        self.checkpoints = self.path / CHECKPOINTS
        self.adapter = self.path / ADAPTER
        self._lock: IO[str] | None = None
        self._fresh = False

    def __enter__(self) -> TuningFolder:
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            self._lock.close()

    @property
    def done(self) -> bool:
        """Whether the training has ended, and its adapter is there."""
        return (self.adapter / "adapter_config.json").is_file()

    def claim(self, config: Mapping[str, Mapping[str, Any]]) -> Mapping[str, str]:
        """Make the folder this question's own, or see that it is.

        Args:
            config: tables ``asked``, ``settings``, ``base``, ``data``, which tell questions
                apart, and ``names``, ``versions`` and ``machine``, which don't.

        Returns:
            packages whose versions are others than when it was begun, as ``then -> now``.

        Raises:
            BadInput: it holds a training that asked for something else, or other files.
            RunFolderError: in use, or can't be written.
        """
        path = self.path / CONFIG
        if not self.main:
            return {}
        if self.path.exists() and not path.is_file() and not self._is_empty():
            raise BadInput(f"{self.path} is there and is no training", "choose another --out")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = take_lock(self.path / "run.lock", self.path)
        except OSError as error:
            raise RunFolderError(
                f"{self.path} can't be written: {error.strerror}", "choose another --out"
            ) from None
        if not path.is_file():
            write_atomically(path, _toml(config).encode())
            self._fresh = True
            return {}
        before = self.read_config()
        for table in _TABLES:
            _must_agree(self.path, table, before.get(table, {}), config.get(table, {}))
        was, now = before.get("versions", {}), config.get("versions", {})
        return {
            name: f"{was[name]} -> {now[name]}"
            for name in was
            if now.get(name, was[name]) != was[name]
        }

    def give_back(self) -> None:
        """Undo a claim of this call under which nothing was trained, so that another may come."""
        began = any(self.checkpoints.glob("*")) or (self.path / CSV).exists()
        if not self._fresh or began:
            return
        for name in (CONFIG, "run.lock"):
            (self.path / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # whatever else is in it stays
            for folder in (self.checkpoints, self.path):
                if folder.exists():
                    folder.rmdir()

    def read_config(self) -> dict[str, Any]:
        """What ``config.toml`` says.

        Raises:
            BadInput: it is damaged.
        """
        path = self.path / CONFIG
        try:
            return tomllib.loads(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            raise BadInput(f"{path} is damaged", "choose another --out") from None

    def last_checkpoint(self) -> Path | None:
        """The newest whole checkpoint; half-written ones go."""
        found = []
        for path in self.checkpoints.glob("checkpoint-*"):
            number = path.name.removeprefix("checkpoint-")
            if not number.isdigit():
                continue
            if _is_whole(path):
                found.append((int(number), path))
            elif self.main:
                shutil.rmtree(path, ignore_errors=True)
        return max(found)[1] if found else None

    def _is_empty(self) -> bool:
        return self.path.is_dir() and all(p.name == "run.lock" for p in self.path.iterdir())


def history_of(checkpoint: Path) -> list[dict[str, Any]]:
    """What the Trainer had logged when the checkpoint was written."""
    return list(orjson.loads((checkpoint / "trainer_state.json").read_bytes())["log_history"])


def replace_folder(part: Path, final: Path) -> None:
    """Put a finished folder in its place: whole or not there."""
    old = final.with_name(f".{final.name}.{os.getpid()}.old")
    if final.exists():
        final.rename(old)
    part.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def _is_whole(checkpoint: Path) -> bool:
    if not all((checkpoint / name).is_file() for name in _WHOLE):
        return False
    try:
        orjson.loads((checkpoint / "trainer_state.json").read_bytes())["log_history"]
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        return False
    return any(checkpoint.glob("rng_state*.pth"))


def _must_agree(
    folder: Path, table: str, before: Mapping[str, Any], now: Mapping[str, Any]
) -> None:
    for name in sorted(before.keys() | now.keys()):
        if before.get(name) != now.get(name):
            raise BadInput(
                f"{folder} was begun with {table}.{name} = {_said(before.get(name))},"
                f" and {_said(now.get(name))} is asked for now",
                "choose another --out, or give the same command as before",
            )


def _said(value: Any) -> str:
    return "nothing" if value is None else orjson.dumps(value).decode()


def _toml(config: Mapping[str, Mapping[str, Any]]) -> str:
    lines = ["# Written by storypainter train; a record."]
    for table, values in config.items():
        lines += ["", f"[{table}]"]
        lines += [
            f"{_key(key)} = {_value(value)}" for key, value in values.items() if value is not None
        ]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return (
        orjson.dumps(name).decode()
        if not name.replace("_", "").replace("-", "").isalnum()
        else name
    )


def _value(value: Any) -> str:
    # A JSON string, number, boolean or list of strings is valid TOML as it stands; JSON's
    # numbers in the form 1e-05 are too.
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items())
        return f"{{ {inner} }}"
    return orjson.dumps(value).decode().replace("\x7f", "\\u007f")
