"""The flow of one training: tasks and base -> a folder of its own -> curves, adapter, card."""

from __future__ import annotations

import contextlib
import importlib.metadata
import logging
import math
import os
import platform
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from storypainter import __version__
from storypainter.errors import BadInput
from storypainter.models.transformers import lora_folder
from storypainter.runs.folder import write_atomically
from storypainter.sequences.tasks.rows import Task, TaskRow, TaskSet, read_task_set
from storypainter.sequences.training.adapting import adapted, as_in_adapter
from storypainter.sequences.training.bases import PLAIN, VisionBase, open_vision_base
from storypainter.sequences.training.card import model_card
from storypainter.sequences.training.curves import curve_rows, draw, write_csv
from storypainter.sequences.training.examples import Examples, fitting
from storypainter.sequences.training.pictures import Pictures
from storypainter.sequences.training.rewarding import (
    CountingReward,
    OpenRewards,
    Rewarding,
    judge_record,
)
from storypainter.sequences.training.settings import Method, RewardSettings, VisionSettings
from storypainter.sequences.training.trainers import reward_trainer, sft_trainer, trainer_config
from storypainter.training.tuning.curves import CSV, PNG
from storypainter.training.tuning.folder import (
    CARD,
    TuningFolder,
    history_of,
    replace_folder,
)
from storypainter.training.tuning.trainers import make_callback, quietly
from storypainter.training.tuning.training import (
    PACKAGES,
    TEMPLATE,
    Trained,
    adapter_identity,
    processor_and_precision,
    stopping,
    template_of,
    weights_in,
)
from storypainter.value import content_hash

#: Raise it when an equal question gives other weights.
VERSION = "1"


def train_sft(
    tasks: Path,
    base: str,
    out: Path,
    settings: VisionSettings,
    *,
    only: Sequence[Task] = (),
    from_adapter: str = "",
    chat_template: str = "",
    device: str = "auto",
    say: Callable[[str], None] = lambda line: None,
) -> Trained:
    """Supervised learning (paper, equation 1).

    A folder with an unfinished training of the same question goes on. Under
    ``accelerate launch`` every process calls this; the first writes, all share a batch.

    Args:
        tasks: a folder of tasks.
        base: see :func:`storypainter.sequences.training.bases.open_vision_base`.
        out: the training's folder.
        settings: see there.
        only: the tasks to learn; all by default.
        from_adapter: an adapter's folder to go on from.
        chat_template: for a base that has none.
        device: ``auto``, ``cpu`` or ``cuda``.
        say: gets a line for the start, some updates and the end.

    Raises:
        BadInput: the data, the base, the adapter or the settings can't be used, or the folder
            holds another training; nothing was written then.
        RunFolderError: the folder is in use or can't be written.
        MissingExtra: trl or peft is not installed.
    """
    asked = _Asked("sft", tasks, base, out, from_adapter, chat_template, device, tuple(only))
    return _train(asked, settings, None, say)


def train_rl(
    tasks: Path,
    base: str,
    out: Path,
    settings: RewardSettings,
    rewarding: Rewarding,
    *,
    only: Sequence[Task] = ("telling",),
    from_adapter: str = "",
    chat_template: str = "",
    device: str = "auto",
    say: Callable[[str], None] = lambda line: None,
) -> Trained:
    """Learning by rewards with the supervised term (paper, equations 2 to 4).

    Args:
        tasks: a folder of tasks; the annotations for the grounded reward are in it.
        base: as for :func:`train_sft`.
        out: likewise.
        settings: see there.
        rewarding: the rewards.
        only: the tasks whose prompts are told of; whole narratives by default.
        from_adapter: the adapter of supervised learning to go on from.
        chat_template: as for :func:`train_sft`.
        device: likewise.
        say: likewise.

    Raises:
        BadInput: as for :func:`train_sft`; or nothing was rewarded ten times in a row.
        StorypainterError: what ends a judge's calls (a refused key, money spent, no server). The
            same command goes on from the last checkpoint.
    """
    asked = _Asked("rl", tasks, base, out, from_adapter, chat_template, device, tuple(only))
    return _train(asked, settings, rewarding, say)


@dataclass(frozen=True, slots=True)
class _Asked:
    method: Method
    tasks: Path
    base: str
    out: Path
    from_adapter: str
    chat_template: str
    device: str
    only: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    """All that a training needs once its folder is its own."""

    method: Method
    rows: TaskSet
    train: tuple[TaskRow, ...]
    heldout: tuple[TaskRow, ...]
    base: VisionBase
    settings: VisionSettings
    start: Path | None
    on_cpu: bool
    rewarding: Rewarding | None
    config: dict[str, dict[str, Any]]

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the rewards."""
        return tuple(self.rewarding.weights) if self.rewarding is not None else ()


def _train(
    asked: _Asked,
    settings: VisionSettings,
    rewarding: Rewarding | None,
    say: Callable[[str], None],
) -> Trained:
    main = int(os.environ.get("RANK", "0")) == 0
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    tell = say if main else (lambda line: None)
    rows = read_task_set(asked.tasks)
    train, heldout = rows.rows("train", *asked.only), rows.rows("heldout", *asked.only)
    for part, found in (("train", train), ("heldout", heldout)):
        if not found:
            wanted = f" of the task {', '.join(asked.only)}" if asked.only else ""
            raise BadInput(
                f"{asked.tasks}: {part}.jsonl has no row{wanted}",
                "make the tasks again, from more sequences",
            )
    start = lora_folder(asked.from_adapter) if asked.from_adapter else None
    base = open_vision_base(asked.base, asked.chat_template, stated=template_of(start))
    on_cpu, bf16 = processor_and_precision(asked.device)
    parameters = weights_in(base.folder)
    resolved = settings.for_model(parameters, bf16=bf16, processes=processes)
    question: dict[str, Any] = {"method": asked.method, "version": VERSION}
    if asked.only:
        question["tasks"] = list(asked.only)
    if start is not None:
        question["from_adapter"] = adapter_identity(start)
        resolved = as_in_adapter(resolved, start, base.family)
    config: dict[str, dict[str, Any]] = {"asked": question}
    if rewarding is not None:
        question["rewards"] = orjson.dumps(
            rewarding.identity(), option=orjson.OPT_SORT_KEYS
        ).decode()
    if record := judge_record(rewarding, start):
        config["reward_judge"] = record
    config |= {
        "settings": resolved.model_dump(mode="json"),
        "base": {
            **base.identity,
            "chat_template": _template_identity(base),
            "parameters": parameters,
        },
        "data": dict(rows.manifest["files"]),
        "names": {"base": base.label, "data": asked.tasks.absolute().name},
        "versions": {
            "storypainter": __version__,
            "python": platform.python_version(),
            **{name: importlib.metadata.version(name) for name in PACKAGES},
        },
        "machine": {"device": "cpu" if on_cpu else "cuda", "processes": processes},
    }
    with TuningFolder(asked.out, main=main) as folder:
        for name, change in folder.claim(config).items():
            tell(f"{name} is another version than when this training began: {change}")
        if folder.done:
            tell(f"this training is done: {folder.adapter}")
            checkpoint = folder.last_checkpoint()
            if checkpoint is None:
                raise BadInput(
                    f"{folder.path} has an adapter but no checkpoint", "choose another --out"
                )
            parts = tuple(rewarding.weights) if rewarding is not None else ()
            history = curve_rows(history_of(checkpoint), asked.method, parts)
            last = int(history[-1]["step"])
            return Trained(last, last, tuple(history), main)
        ready = _Ready(
            asked.method, rows, train, heldout, base, resolved, start, on_cpu, rewarding, config
        )
        try:
            return _work(ready, folder, tell)
        except BadInput:
            folder.give_back()
            raise


def _work(ready: _Ready, folder: TuningFolder, say: Callable[[str], None]) -> Trained:
    began = time.monotonic()
    method, parts, settings = ready.method, ready.parts, ready.settings

    def on_log(history: Sequence[Mapping[str, Any]], steps: int) -> None:
        write_csv(folder.path / CSV, curve_rows(history, method, parts), method, parts)
        if not math.isfinite(float(history[-1].get("loss", 0.0))):
            raise BadInput(
                f"training came apart at update {history[-1].get('step')}: its loss is no number",
                "choose a smaller --learning-rate, and another --out",
            )
        for row in curve_rows(history[-1:], method, parts):
            say(_line(row, steps, time.monotonic() - began))

    alone = ready.config["machine"]["processes"] == 1
    reward: CountingReward | None = None
    with (
        contextlib.ExitStack() as closing,
        quietly(),
        _quiet_trl(),
        stopping(say, twice=alone) as stop,
    ):
        import transformers

        # Before an adapter is made: its first weights come from the seed as well.
        transformers.set_seed(settings.seed)
        pictures = Pictures()
        examples = Examples(ready.train, ready.rows.folder, pictures)
        train, lengths = fitting(examples, ready.base.processor, settings.max_length)
        targets = [*ready.train, *ready.heldout]
        held = Examples(
            ready.heldout,
            ready.rows.folder,
            pictures,
            range(len(ready.train), len(targets)),
        )
        heldout, held_lengths = fitting(held, ready.base.processor, settings.max_length)
        left_out = {
            "train": len(ready.train) - len(train),
            "heldout": len(ready.heldout) - len(heldout),
        }
        heldout = _scored(heldout, held_lengths, settings)
        for part, count in left_out.items():
            if count:
                say(
                    f"{count} rows of {part} are longer than {settings.max_length} tokens: left out"
                )
        config = trainer_config(
            settings,
            folder.checkpoints,
            parameters=ready.config["base"]["parameters"],
            processes=ready.config["machine"]["processes"],
            on_cpu=ready.on_cpu,
        )
        model = ready.base.model(bf16=settings.precision == "bf16")
        given: dict[str, Any] = {"callbacks": [make_callback(settings, on_log, stop)]}
        common = (
            ready.base,
            adapted(model, settings, ready.base.family, ready.start),
            train,
            lengths,
            heldout,
            config,
        )
        if isinstance(settings, RewardSettings):
            prompts = settings.batch // settings.completions
            if len(train) < prompts:
                raise BadInput(
                    f"{len(train)} prompts are fewer than the {prompts} of an update",
                    "give a smaller --batch, or more sequences",
                )
            assert ready.rewarding is not None
            reward = closing.enter_context(
                OpenRewards(ready.rewarding, targets, ready.rows.sequences, folder.path)
            )
            trainer = reward_trainer(*common, settings, reward, **given)
        else:
            trainer = sft_trainer(*common, settings, **given)
        checkpoint = folder.last_checkpoint()
        if checkpoint is not None:
            say(f"going on from update {checkpoint.name.removeprefix('checkpoint-')}")
        say(
            f"{method} on {ready.base.label}: {len(lengths)} rows of"
            f" {sum(lengths) // len(lengths)} tokens on average, {len(heldout)} held out;"
            f" {_learning(trainer.model):,} weights learn"
        )
        # What the start scores is the curve's first point; a checkpoint brings it along.
        trainer.args.eval_on_start = checkpoint is None
        trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
        failures = dict(reward.failures) if reward is not None else {}
    state = trainer.state
    table = curve_rows(state.log_history, method, parts)
    if failures:
        said = ", ".join(f"{reason} {count}" for reason, count in sorted(failures.items()))
        say(f"judge's answers that gave no reward, in this call: {said}")
    if state.global_step < state.max_steps:
        say(
            f"stopped after update {state.global_step} of {state.max_steps}: the same command goes on"
        )
        return Trained(state.global_step, state.max_steps, tuple(table), folder.main)
    if folder.main:
        write_csv(folder.path / CSV, table, method, parts)
        draw(folder.path / PNG, table, method, parts)
        used = {"train": len(train), "heldout": len(heldout)}
        card = model_card(
            method,
            ready.rows,
            ready.base,
            ready.config,
            table,
            used,
            left_out,
            _learning(trainer.model),
        )
        write_atomically(folder.path / CARD, card.encode())
        _save(trainer.model, ready.base, folder)
    trainer.accelerator.wait_for_everyone()
    return Trained(state.global_step, state.max_steps, tuple(table), folder.main)


def _scored(heldout: Examples, lengths: Sequence[int], settings: VisionSettings) -> Examples:
    """The held-out rows to score, evenly taken, those about as long as each other side by side."""
    count = min(settings.heldout_rows or len(heldout), len(heldout))
    chosen = [at * len(heldout) // count for at in range(count)]
    return heldout.select(sorted(chosen, key=lambda at: (-lengths[at], at)))


def _learning(model: Any) -> int:
    return sum(weight.numel() for weight in model.parameters() if weight.requires_grad)


def _save(model: Any, base: VisionBase, folder: TuningFolder) -> None:
    """The adapter alone, without trl's frozen copy, and with no path of this machine in it."""
    part = folder.path / f".adapter.{os.getpid()}.part"
    shutil.rmtree(part, ignore_errors=True)
    model.peft_config["default"].base_model_name_or_path = base.label
    # "auto" would ask the hub whether the base's vocabulary is the original one.
    model.save_pretrained(part, selected_adapters=["default"], save_embedding_layers=False)
    # peft's own card is a form with empty fields; ours stands beside the folder.
    (part / "README.md").unlink(missing_ok=True)
    write_atomically(part / TEMPLATE, base.processor.chat_template.encode())
    replace_folder(part, folder.adapter)


def _template_identity(base: VisionBase) -> str:
    """``own`` is told apart by the base's files and ``plain`` is one text; others by their hash."""
    if base.template in ("own", PLAIN):
        return base.template
    return f"{base.template} {content_hash(base.processor.chat_template)}"


def _line(row: Mapping[str, float], steps: int, seconds: float) -> str:
    named = {
        "loss": "loss {:.4f}",
        "eval_loss": "held out {:.4f}",
        "reward": "reward {:.3f}",
        "eval_reward": "reward {:.3f}",
        "unscored": "without {:.0%}",
    }
    found = [
        form.format(row[name])
        for name, form in named.items()
        if name in row and (name != "unscored" or row[name])
    ]
    return f"update {row['step']:.0f} of {steps}: {', '.join(found)}  ({seconds:.0f} s)"


@contextlib.contextmanager
def _quiet_trl() -> Iterator[None]:
    """No whole row on stderr for each completion without a reward; the curves count them."""
    logger = logging.getLogger("trl")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
