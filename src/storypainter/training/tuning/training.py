"""The flow of one training: data and base -> a folder of its own -> curves, adapter, card."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from storypainter.models.transformers import lora_folder
from storypainter.training.tuning.adapting import adapter_identity, as_in_adapter, lora_shape
from storypainter.training.tuning.base_files import weights_in
from storypainter.training.tuning.bases import Base, address_of, check_base, open_base
from storypainter.training.tuning.card import few_updates, mode_flag, model_card
from storypainter.training.tuning.curves import Curves, curves_of
from storypainter.training.tuning.data import TrainingSet, read_set
from storypainter.training.tuning.flow import (
    Trained,
    go,
    in_its_folder,
    leave,
    note,
    say_left_out,
    tables_of,
    trained_by,
    update_line,
    update_of,
)
from storypainter.training.tuning.folder import TuningFolder, history_of
from storypainter.training.tuning.launching import (
    Launch,
    bf16_weights,
    processor_and_precision,
    stopping,
    this_launch,
)
from storypainter.training.tuning.pace import Pace, rounded
from storypainter.training.tuning.settings import Method, TuningSettings
from storypainter.training.tuning.templates import template_of
from storypainter.training.tuning.trainers import (
    make_callback,
    make_trainer,
    quietly,
    row_lengths,
    trainer_config,
)

#: Raise it when an equal question gives other weights.
VERSION = "1"
_LINE = {
    "loss": "loss {:.4f}",
    "eval_loss": "held out {:.4f}",
    "reward_accuracy": "told apart {:.0%}",
    "eval_reward_accuracy": "held out told apart {:.0%}",
}


def train(
    method: Method,
    data: Path,
    base: str,
    out: Path,
    settings: TuningSettings,
    *,
    from_adapter: str = "",
    chat_template: str = "",
    device: str = "auto",
    say: Callable[[str], None] = lambda line: None,
) -> Trained:
    """Train an adapter; a folder with an unfinished training of the same question goes on.

    Under ``accelerate launch`` every process calls this; the first writes, all share a batch.

    Args:
        method: ``sft``, ``dpo`` or ``dpo-mix``.
        data: the training set's folder.
        base: see :func:`storypainter.training.tuning.bases.open_base`.
        out: the training's folder.
        settings: see there.
        from_adapter: an adapter's folder to go on from: SFT -> DPO.
        chat_template: for a base that has none: ``plain`` or a Jinja file.
        device: ``auto``, ``cpu`` or ``cuda``.
        say: gets a line for the start, some updates and the end.

    Raises:
        BadInput: the data, the base, the adapter or the settings can't be used, or the folder
            holds another training; nothing was written then.
        RunFolderError: the folder is in use or can't be written.
        MissingExtra: trl or peft is not installed.
    """
    launch = this_launch()
    tell = launch.told_to(say)
    rows = read_set(data, method)
    start = lora_folder(from_adapter) if from_adapter else None
    # What needs no model is refused before torch is imported, which takes a while.
    settings.resolved(method, 0, bf16=False, processes=launch.processes)
    if start is not None:
        as_in_adapter(settings, start, lora_shape(start))
    check_base(base)
    tell(f"loading {base}")
    ready = _ready(method, rows, base, chat_template, start, settings, device, launch)
    trained = in_its_folder(
        out,
        ready.config,
        ready.curves,
        lambda folder: _begun(ready, folder, tell),
        main=launch.main,
        say=tell,
    )
    use = (
        f"storypainter tell -n 3 --storyteller {shlex.quote(address_of(base))}"
        f" --adapter {shlex.quote(str(out))}{mode_flag(rows)} --out runs/told"
    )
    made = ready.base.folder if "gguf_sha256" in ready.base.identity else None
    return replace(trained, use=use, base_folder=made)


@dataclass(frozen=True, slots=True)
class _Ready:
    """All that a training needs once its folder is its own."""

    method: Method
    rows: TrainingSet
    base: Base
    settings: TuningSettings
    start: Path | None
    on_cpu: bool
    config: dict[str, dict[str, Any]]

    @property
    def curves(self) -> Curves:
        """The method's table."""
        return curves_of(self.method)


def _ready(
    method: Method,
    rows: TrainingSet,
    base: str,
    chat_template: str,
    start: Path | None,
    settings: TuningSettings,
    device: str,
    launch: Launch,
) -> _Ready:
    """The base opened, nothing left to choose, and what identifies the training."""
    on_cpu, bf16 = processor_and_precision(device)
    opened = open_base(base, chat_template, stated=template_of(start))
    parameters = weights_in(opened.folder)
    resolved = settings.resolved(method, parameters, bf16=bf16, processes=launch.processes)
    asked = {"method": method, "version": VERSION}
    if start is not None:
        asked["from_adapter"] = adapter_identity(start)
        resolved = as_in_adapter(resolved, start, lora_shape(start))
    tables = tables_of(
        resolved,
        opened,
        rows.hashes,
        rows.label,
        parameters=parameters,
        on_cpu=on_cpu,
        processes=launch.processes,
    )
    return _Ready(method, rows, opened, resolved, start, on_cpu, {"asked": asked, **tables})


def _begun(ready: _Ready, folder: TuningFolder, say: Callable[[str], None]) -> Trained:
    """The training, and what is to be said where it is stopped at once."""
    try:
        return _work(ready, folder, say)
    except KeyboardInterrupt:
        step = update_of(folder.last_checkpoint())
        say(f"stopped at once: the same command goes on from update {step}")
        raise


def _work(ready: _Ready, folder: TuningFolder, say: Callable[[str], None]) -> Trained:
    pace = Pace(time.monotonic)
    checkpoint = folder.last_checkpoint()
    if checkpoint is not None:
        pace.earlier(history_of(checkpoint))
    alone = ready.config["machine"]["processes"] == 1
    with quietly(), stopping(say, twice=alone, takes=pace.said) as stop:
        callback = make_callback(ready.settings, _on_log(ready, folder.path, pace, say), stop)
        trainer = _trainer(ready, folder, callback)
        left_out = {
            "train": len(ready.rows.train) - len(trainer.train_dataset),
            "heldout": len(ready.rows.heldout) - len(trainer.eval_dataset),
        }
        say_left_out(left_out, ready.settings.max_length, say)
        lengths = row_lengths(trainer.train_dataset)
        opening = (
            f"{ready.method} on {ready.base.label}: {len(lengths)} rows of"
            f" {sum(lengths) // len(lengths)} tokens on average,"
            f" {len(trainer.eval_dataset)} held out"
        )
        pace.start()
        go(trainer, checkpoint, opening, say)
    trained = trained_by(trainer, ready.curves, folder)
    if not trained.finished:
        say(
            f"stopped after update {trained.step} of {trained.steps}: the same command goes"
            f" on from update {trained.step}"
        )
        return trained
    card = model_card(ready.method, ready.rows, ready.base, ready.config, trained.rows, left_out)
    leave(trainer, trained, ready.base, ready.curves, card, folder)
    return trained


def _on_log(
    ready: _Ready, folder: Path, pace: Pace, say: Callable[[str], None]
) -> Callable[[Sequence[dict[str, Any]], int], None]:
    """What is done with the log: the time is noted in it, the curves are written, a line is said."""

    def on_log(history: Sequence[dict[str, Any]], steps: int) -> None:
        pace.note(history[-1])
        if len(history) == 1:
            warning = few_updates(ready.config["settings"], steps)
            if warning:
                say(warning)
        note(history, ready.curves, folder)
        for row in ready.curves.rows(history[-1:]):
            say(_line(row, steps, pace))

    return on_log


def _trainer(ready: _Ready, folder: TuningFolder, callback: Any) -> Any:
    return make_trainer(
        ready.method,
        ready.base,
        ready.base.model(bf16=bf16_weights(ready.settings, on_cpu=ready.on_cpu)),
        ready.rows.train,
        ready.rows.heldout,
        trainer_config(
            ready.method,
            ready.settings,
            folder.checkpoints,
            parameters=ready.config["base"]["parameters"],
            processes=ready.config["machine"]["processes"],
            on_cpu=ready.on_cpu,
        ),
        ready.settings,
        from_adapter=ready.start,
        callbacks=[callback],
    )


def _line(row: Mapping[str, float], steps: int, pace: Pace) -> str:
    left = pace.left(steps - int(row["step"]))
    spent = f"{pace.seconds:.0f} s" + (f", about {rounded(left)} left" if left else "")
    return update_line(row, steps, _LINE, spent)
