"""What every training does around its updates: its question, its folder, its log, its end."""

from __future__ import annotations

import importlib.metadata
import math
import os
import platform
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storypainter import __version__
from storypainter.errors import BadInput
from storypainter.runs.folder import write_atomically
from storypainter.training.tuning.base_files import BaseFiles
from storypainter.training.tuning.curves import Curves
from storypainter.training.tuning.folder import (
    CARD,
    TuningFolder,
    history_of,
    replace_folder,
)
from storypainter.training.tuning.settings import TuningSettings
from storypainter.training.tuning.templates import TEMPLATE

_PACKAGES = ("torch", "transformers", "trl", "peft", "accelerate", "datasets")


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of a call: the last update done, of how many, and the curve's rows.

    ``main`` is False in the processes of a launch that only share the work.
    """

    step: int
    steps: int
    rows: tuple[Mapping[str, float], ...]
    main: bool = True
    #: A command that tells with the adapter, and the folder of safetensors made of a GGUF base.
    use: str = ""
    base_folder: Path | None = None

    @property
    def finished(self) -> bool:
        """Whether the adapter is there."""
        return self.step >= self.steps


def tables_of(
    settings: TuningSettings,
    base: BaseFiles,
    data: Mapping[str, str],
    label: str,
    *,
    parameters: int,
    on_cpu: bool,
    processes: int,
) -> dict[str, dict[str, Any]]:
    """The tables of ``config.toml``, but for ``asked``, which is the training's own.

    Args:
        settings: resolved.
        base: what is trained on.
        data: SHA-256 by file name.
        label: how records name the data.
        parameters: weights of the base.
        on_cpu: whether the processor is used.
        processes: how many share a batch.
    """
    return {
        "settings": settings.model_dump(mode="json"),
        "base": {
            **base.identity,
            "chat_template": base.template_identity,
            "parameters": parameters,
        },
        "data": dict(data),
        "names": {"base": base.label, "data": label},
        "versions": {
            "storypainter": __version__,
            "python": platform.python_version(),
            **{name: importlib.metadata.version(name) for name in _PACKAGES},
        },
        "machine": {"device": "cpu" if on_cpu else "cuda", "processes": processes},
    }


def in_its_folder(
    out: Path,
    config: Mapping[str, Mapping[str, Any]],
    curves: Curves,
    work: Callable[[TuningFolder], Trained],
    *,
    main: bool,
    say: Callable[[str], None],
) -> Trained:
    """Do the work in a folder that is this question's own; what is done already is only read.

    Args:
        out: the folder.
        config: see :meth:`storypainter.training.tuning.folder.TuningFolder.claim`.
        curves: the table of this kind of training.
        work: what is to be done there.
        main: whether this process writes at all.
        say: gets a line for what is worth knowing.

    Raises:
        BadInput: the folder holds another training, or an adapter alone; or what ``work`` raises,
            and then the folder is given back if nothing was trained.
        RunFolderError: the folder is in use or can't be written.
    """
    with TuningFolder(out, main=main) as folder:
        for name, change in folder.claim(config).items():
            say(f"{name} is another version than when this training began: {change}")
        if folder.done:
            say(f"this training is done: {folder.adapter}")
            checkpoint = folder.last_checkpoint()
            if checkpoint is None:
                raise BadInput(
                    f"{folder.path} has an adapter but no checkpoint", "choose another --out"
                )
            rows = curves.rows(history_of(checkpoint))
            last = int(rows[-1]["step"])
            return Trained(last, last, tuple(rows), main)
        try:
            return work(folder)
        except BadInput:
            folder.give_back()
            raise


def say_left_out(left_out: Mapping[str, int], longest: int, say: Callable[[str], None]) -> None:
    """How many rows of each part have more than ``longest`` tokens."""
    for part, count in left_out.items():
        if count:
            say(f"{count} rows of {part} are longer than {longest} tokens: left out")


def note(history: Sequence[Mapping[str, Any]], curves: Curves, folder: Path) -> None:
    """Write the curves of the log so far.

    Raises:
        BadInput: the newest loss is no number.
    """
    curves.write(folder, curves.rows(history))
    if not math.isfinite(float(history[-1].get("loss", 0.0))):
        raise BadInput(
            f"training came apart at update {history[-1].get('step')}: its loss is no number",
            "choose a smaller --learning-rate, and another --out",
        )


def update_line(row: Mapping[str, float], steps: int, forms: Mapping[str, str], spent: str) -> str:
    """What is said of one update.

    Args:
        row: of the curves.
        steps: how many updates there will be.
        forms: how a column's value is said.
        spent: the time.
    """
    found = [form.format(row[name]) for name, form in forms.items() if name in row]
    return f"update {row['step']:.0f} of {steps}: {', '.join(found)}  ({spent})"


def go(trainer: Any, checkpoint: Path | None, opening: str, say: Callable[[str], None]) -> None:
    """Do the updates that are left.

    Args:
        trainer: of transformers' kind.
        checkpoint: the one to go on from.
        opening: a line that says what is trained.
        say: gets it.
    """
    if checkpoint is not None:
        say(f"going on from update {update_of(checkpoint)}")
    say(opening)
    # The start's own score is the curve's first point; a checkpoint brings it along.
    trainer.args.eval_on_start = checkpoint is None
    trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)


def update_of(checkpoint: Path | None) -> str:
    """The number of a checkpoint's last update."""
    return checkpoint.name.removeprefix("checkpoint-") if checkpoint else "0"


def trained_by(trainer: Any, curves: Curves, folder: TuningFolder) -> Trained:
    """What has come of the call so far."""
    state = trainer.state
    rows = tuple(curves.rows(state.log_history))
    return Trained(state.global_step, state.max_steps, rows, folder.main)


def leave(
    trainer: Any, trained: Trained, base: BaseFiles, curves: Curves, card: str, folder: TuningFolder
) -> None:
    """Write what a finished training leaves: its curves, its card and its adapter."""
    if folder.main:
        curves.write(folder.path, trained.rows)
        curves.draw(folder.path, trained.rows)
        write_atomically(folder.path / CARD, card.encode())
        _save(trainer.model, base, folder)
    trainer.accelerator.wait_for_everyone()


def _save(model: Any, base: BaseFiles, folder: TuningFolder) -> None:
    """The adapter alone, without trl's frozen copy, and with no path of this machine in it."""
    part = folder.path / f".adapter.{os.getpid()}.part"
    shutil.rmtree(part, ignore_errors=True)
    model.peft_config["default"].base_model_name_or_path = base.label
    # "auto" would ask the hub whether the base's vocabulary is the original one.
    model.save_pretrained(part, selected_adapters=["default"], save_embedding_layers=False)
    # peft's own card is a form with empty fields; ours stands beside the folder.
    (part / "README.md").unlink(missing_ok=True)
    write_atomically(part / TEMPLATE, base.chat_template.encode())
    replace_folder(part, folder.adapter)
