"""The flow of one training: data and base -> a folder of its own -> curves, adapter, card."""

from __future__ import annotations

import contextlib
import importlib.metadata
import math
import os
import platform
import shlex
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from storypainter import __version__
from storypainter.errors import BadInput
from storypainter.models.transformers import lora_folder
from storypainter.pools.reading import read_text
from storypainter.runs.folder import write_atomically
from storypainter.training.tuning.bases import Base, address_of, check_base, open_base
from storypainter.training.tuning.card import few_updates, mode_flag, model_card
from storypainter.training.tuning.curves import CSV, PNG, curve_rows, draw, write_csv
from storypainter.training.tuning.data import TrainingSet, read_set
from storypainter.training.tuning.folder import (
    CARD,
    TuningFolder,
    history_of,
    replace_folder,
)
from storypainter.training.tuning.pace import Pace, rounded
from storypainter.training.tuning.settings import Method, TuningSettings
from storypainter.training.tuning.templates import PLAIN
from storypainter.training.tuning.trainers import (
    make_callback,
    make_trainer,
    quietly,
    row_lengths,
    trainer_config,
)
from storypainter.value import content_hash

#: Raise it when an equal question gives other weights.
VERSION = "1"
TEMPLATE = "chat_template.jinja"
PACKAGES = ("torch", "transformers", "trl", "peft", "accelerate", "datasets")


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
    main = int(os.environ.get("RANK", "0")) == 0
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    tell = say if main else (lambda line: None)
    rows = read_set(data, method)
    start = lora_folder(from_adapter) if from_adapter else None
    # What needs no model is refused before torch is imported, which takes a while.
    settings.resolved(method, 0, bf16=False, processes=processes)
    if start is not None:
        _as_in_adapter(settings, start)
    check_base(base)
    tell(f"loading {base}")
    on_cpu, bf16 = processor_and_precision(device)
    opened = open_base(base, chat_template, stated=template_of(start))
    parameters = weights_in(opened.folder)
    resolved = settings.resolved(method, parameters, bf16=bf16, processes=processes)
    asked = {"method": method, "version": VERSION}
    if start is not None:
        asked["from_adapter"] = adapter_identity(start)
        resolved = _as_in_adapter(resolved, start)
    config = {
        "asked": asked,
        "settings": resolved.model_dump(mode="json"),
        "base": {
            **opened.identity,
            "chat_template": _template_identity(opened),
            "parameters": parameters,
        },
        "data": dict(rows.hashes),
        "names": {"base": opened.label, "data": rows.label},
        "versions": {
            "storypainter": __version__,
            "python": platform.python_version(),
            **{name: importlib.metadata.version(name) for name in PACKAGES},
        },
        "machine": {"device": "cpu" if on_cpu else "cuda", "processes": processes},
    }
    with TuningFolder(out, main=main) as folder:
        for name, change in folder.claim(config).items():
            tell(f"{name} is another version than when this training began: {change}")
        if folder.done:
            history = _finished(folder)
            tell(f"this training is done: {folder.adapter}")
            last = int(history[-1]["step"])
            trained = Trained(last, last, tuple(history), main)
        else:
            trained = _begun(method, rows, opened, folder, resolved, start, on_cpu, config, tell)
    use = (
        f"storypainter tell -n 3 --storyteller {shlex.quote(address_of(base))}"
        f" --adapter {shlex.quote(str(out))}{mode_flag(rows)} --out runs/told"
    )
    made = opened.folder if "gguf_sha256" in opened.identity else None
    return replace(trained, use=use, base_folder=made)


def _begun(
    method: Method,
    rows: TrainingSet,
    base: Base,
    folder: TuningFolder,
    settings: TuningSettings,
    start: Path | None,
    on_cpu: bool,
    config: dict[str, dict[str, Any]],
    say: Callable[[str], None],
) -> Trained:
    """A training in a folder that is its own, and what is to be said where it breaks off."""
    try:
        return _train(method, rows, base, folder, settings, start, on_cpu, config, say)
    except BadInput:
        folder.give_back()
        raise
    except KeyboardInterrupt:
        checkpoint = folder.last_checkpoint()
        step = checkpoint.name.removeprefix("checkpoint-") if checkpoint else "0"
        say(f"stopped at once: the same command goes on from update {step}")
        raise


def _train(
    method: Method,
    rows: TrainingSet,
    base: Base,
    folder: TuningFolder,
    settings: TuningSettings,
    start: Path | None,
    on_cpu: bool,
    config: dict[str, dict[str, Any]],
    say: Callable[[str], None],
) -> Trained:
    pace = Pace(time.monotonic)
    checkpoint = folder.last_checkpoint()
    if checkpoint is not None:
        pace.earlier(history_of(checkpoint))

    def on_log(history: Sequence[dict[str, Any]], steps: int) -> None:
        pace.note(history[-1])
        if len(history) == 1:
            warning = few_updates(config["settings"], steps)
            if warning:
                say(warning)
        write_csv(folder.path / CSV, curve_rows(history, method), method)
        if not math.isfinite(float(history[-1].get("loss", 0.0))):
            raise BadInput(
                f"training came apart at update {history[-1].get('step')}: its loss is no number",
                "choose a smaller --learning-rate, and another --out",
            )
        for row in curve_rows(history[-1:], method):
            say(_line(row, steps, pace))

    alone = config["machine"]["processes"] == 1
    with quietly(), stopping(say, twice=alone, takes=pace.said) as stop:
        trainer = make_trainer(
            method,
            base,
            base.model(bf16=settings.precision == "bf16"),
            rows.train,
            rows.heldout,
            trainer_config(
                method,
                settings,
                folder.checkpoints,
                parameters=config["base"]["parameters"],
                processes=config["machine"]["processes"],
                on_cpu=on_cpu,
            ),
            settings,
            from_adapter=start,
            callbacks=[make_callback(settings, on_log, stop)],
        )
        left_out = {
            "train": len(rows.train) - len(trainer.train_dataset),
            "heldout": len(rows.heldout) - len(trainer.eval_dataset),
        }
        for part, count in left_out.items():
            if count:
                say(
                    f"{count} rows of {part} are longer than {settings.max_length} tokens: left out"
                )
        if checkpoint is not None:
            say(f"going on from update {checkpoint.name.removeprefix('checkpoint-')}")
        lengths = row_lengths(trainer.train_dataset)
        say(
            f"{method} on {base.label}: {len(lengths)} rows of {sum(lengths) // len(lengths)} tokens"
            f" on average, {len(trainer.eval_dataset)} held out"
        )
        # The base's own score is the curve's first point; a checkpoint brings it along.
        trainer.args.eval_on_start = checkpoint is None
        pace.start()
        trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
    state = trainer.state
    table = curve_rows(state.log_history, method)
    if state.global_step < state.max_steps:
        say(
            f"stopped after update {state.global_step} of {state.max_steps}: the same command goes"
            f" on from update {state.global_step}"
        )
        return Trained(state.global_step, state.max_steps, tuple(table), folder.main)
    if folder.main:
        write_csv(folder.path / CSV, table, method)
        draw(folder.path / PNG, table, method)
        card = model_card(method, rows, base, config, table, left_out)
        write_atomically(folder.path / CARD, card.encode())
        _save(trainer.model, base, folder)
    trainer.accelerator.wait_for_everyone()
    return Trained(state.global_step, state.max_steps, tuple(table), folder.main)


def _save(model: Any, base: Base, folder: TuningFolder) -> None:
    """The adapter alone, without trl's frozen copy, and with no path of this machine in it."""
    part = folder.path / f".adapter.{os.getpid()}.part"
    shutil.rmtree(part, ignore_errors=True)
    model.peft_config["default"].base_model_name_or_path = base.label
    # "auto" would ask the hub whether the base's vocabulary is the original one.
    model.save_pretrained(part, selected_adapters=["default"], save_embedding_layers=False)
    # peft's own card is a form with empty fields; ours stands beside the folder.
    (part / "README.md").unlink(missing_ok=True)
    write_atomically(part / TEMPLATE, base.tokenizer.chat_template.encode())
    replace_folder(part, folder.adapter)


def _finished(folder: TuningFolder) -> list[dict[str, float]]:
    checkpoint = folder.last_checkpoint()
    if checkpoint is None:
        raise BadInput(f"{folder.path} has an adapter but no checkpoint", "choose another --out")
    method: Method = folder.read_config()["asked"]["method"]
    return curve_rows(history_of(checkpoint), method)


def _line(row: Mapping[str, float], steps: int, pace: Pace) -> str:
    named = {
        "loss": "loss {:.4f}",
        "eval_loss": "held out {:.4f}",
        "reward_accuracy": "told apart {:.0%}",
        "eval_reward_accuracy": "held out told apart {:.0%}",
    }
    found = [form.format(row[name]) for name, form in named.items() if name in row]
    left = pace.left(steps - int(row["step"]))
    spent = f"{pace.seconds:.0f} s" + (f", about {rounded(left)} left" if left else "")
    return f"update {row['step']:.0f} of {steps}: {', '.join(found)}  ({spent})"


def processor_and_precision(wanted: str) -> tuple[bool, bool]:
    """Whether the processor is used, and whether bfloat16 is the machine's better choice."""
    import torch

    there = torch.cuda.is_available()
    if wanted == "cuda" and not there:
        raise BadInput("torch finds no CUDA device here", "use --device auto or cpu")
    on_cpu = wanted == "cpu" or not there
    return on_cpu, not on_cpu and torch.cuda.is_bf16_supported(including_emulation=False)


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


def _as_in_adapter(settings: TuningSettings, adapter: Path) -> TuningSettings:
    """The settings with the shape of an adapter that is there already.

    Raises:
        BadInput: another shape was asked for.
    """
    config = orjson.loads((adapter / "adapter_config.json").read_bytes())
    shape = {"rank": "r", "alpha": "lora_alpha", "dropout": "lora_dropout"}
    its = {name: config[key] for name, key in shape.items() if key in config}
    for name in settings.model_fields_set & its.keys():
        if getattr(settings, name) != its[name]:
            raise BadInput(
                f"--{name} {getattr(settings, name):g}: the adapter {adapter.name} has {its[name]}",
                f"leave out --{name}: training goes on with the adapter's own",
            )
    return settings.model_copy(update=its)


def _template_identity(base: Base) -> str:
    """``own`` is told apart by the base's files and ``plain`` is one text; others by their hash."""
    if base.template in ("own", PLAIN):
        return base.template
    return f"{base.template} {content_hash(base.tokenizer.chat_template)}"


def template_of(adapter: Path | None) -> str:
    """The chat template that an adapter was trained with, or an empty text."""
    path = adapter / TEMPLATE if adapter else None
    return read_text(path) if path is not None and path.is_file() else ""


def adapter_identity(folder: Path) -> str:
    """The hash of an adapter's config and weights."""
    from storypainter.models.local_files import folder_sha256

    files = [folder / "adapter_config.json", folder / "adapter_model.safetensors"]
    return folder_sha256(folder, files)


@contextlib.contextmanager
def stopping(
    say: Callable[[str], None], *, twice: bool, takes: Callable[[], str] = lambda: ""
) -> Iterator[Callable[[], bool]]:
    """Ctrl-C ends training after the update that is under way; a second one at once.

    ``takes`` says how long an update takes. Not at once (``twice`` false) under a launcher: it
    passes a Ctrl-C on that its processes have got already.
    """
    asked = threading.Event()

    def ask(number: int, _: object) -> None:
        if asked.is_set() and twice:
            raise KeyboardInterrupt
        if not asked.is_set():
            say(
                f"stopping after this update{takes()}, with a checkpoint"
                + ("; once more stops at once" if twice else "")
            )
        asked.set()

    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
