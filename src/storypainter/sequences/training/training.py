"""The flow of one training: tasks and base -> a folder of its own -> curves, adapter, card."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from storypainter.errors import BadInput
from storypainter.models.transformers import lora_folder
from storypainter.sequences.tasks.rows import Part, Task, TaskRow, TaskSet, read_task_set
from storypainter.sequences.training.adapting import adapted, shape_of
from storypainter.sequences.training.bases import VisionBase, open_vision_base
from storypainter.sequences.training.card import model_card
from storypainter.sequences.training.curves import curves_of
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
from storypainter.training.tuning.adapting import adapter_identity, as_in_adapter, written
from storypainter.training.tuning.base_files import weights_in
from storypainter.training.tuning.curves import Curves
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
)
from storypainter.training.tuning.folder import TuningFolder
from storypainter.training.tuning.launching import (
    Launch,
    bf16_weights,
    processor_and_precision,
    stopping,
    this_launch,
)
from storypainter.training.tuning.templates import template_of
from storypainter.training.tuning.trainers import make_callback, quietly

#: Raise it when an equal question gives other weights.
VERSION = "1"
_LINE = {
    "loss": "loss {:.4f}",
    "eval_loss": "held out {:.4f}",
    "reward": "reward {:.3f}",
    "eval_reward": "reward {:.3f}",
    "unscored": "without {:.0%}",
}


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


def _train(
    asked: _Asked,
    settings: VisionSettings,
    rewarding: Rewarding | None,
    say: Callable[[str], None],
) -> Trained:
    launch = this_launch()
    tell = launch.told_to(say)
    ready = _ready(asked, settings, rewarding, launch)
    return in_its_folder(
        asked.out,
        ready.config,
        ready.curves,
        lambda folder: _work(ready, folder, tell),
        main=launch.main,
        say=tell,
    )


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
    def curves(self) -> Curves:
        """The table of the method and its rewards."""
        parts = tuple(self.rewarding.weights) if self.rewarding is not None else ()
        return curves_of(self.method, parts)


def _ready(
    asked: _Asked, settings: VisionSettings, rewarding: Rewarding | None, launch: Launch
) -> _Ready:
    """Rows and base opened, nothing left to choose, and what identifies the training."""
    rows = read_task_set(asked.tasks)
    train, heldout = _chosen(rows, asked, "train"), _chosen(rows, asked, "heldout")
    start = lora_folder(asked.from_adapter) if asked.from_adapter else None
    base = open_vision_base(asked.base, asked.chat_template, stated=template_of(start))
    on_cpu, bf16 = processor_and_precision(asked.device)
    parameters = weights_in(base.folder)
    resolved = settings.for_model(parameters, bf16=bf16, processes=launch.processes)
    question: dict[str, Any] = {"method": asked.method, "version": VERSION}
    if asked.only:
        question["tasks"] = list(asked.only)
    if start is not None:
        question["from_adapter"] = adapter_identity(start)
        resolved = as_in_adapter(resolved, start, shape_of(start, base.family), written)
    if rewarding is not None:
        question["rewards"] = orjson.dumps(
            rewarding.identity(), option=orjson.OPT_SORT_KEYS
        ).decode()
    record = judge_record(rewarding, start)
    tables = tables_of(
        resolved,
        base,
        rows.manifest["files"],
        asked.tasks.absolute().name,
        parameters=parameters,
        on_cpu=on_cpu,
        processes=launch.processes,
    )
    config = {"asked": question, **({"reward_judge": record} if record else {}), **tables}
    return _Ready(
        asked.method, rows, train, heldout, base, resolved, start, on_cpu, rewarding, config
    )


def _chosen(rows: TaskSet, asked: _Asked, part: Part) -> tuple[TaskRow, ...]:
    found = rows.rows(part, *asked.only)
    if not found:
        wanted = f" of the task {', '.join(asked.only)}" if asked.only else ""
        raise BadInput(
            f"{asked.tasks}: {part}.jsonl has no row{wanted}",
            "make the tasks again, from more sequences",
        )
    return found


def _work(ready: _Ready, folder: TuningFolder, say: Callable[[str], None]) -> Trained:
    alone = ready.config["machine"]["processes"] == 1
    on_log = _on_log(ready, folder.path, say)
    with (
        contextlib.ExitStack() as closing,
        quietly(),
        _quiet_trl(),
        stopping(say, twice=alone) as stop,
    ):
        import transformers

        # Before an adapter is made: its first weights come from the seed as well.
        transformers.set_seed(ready.settings.seed)
        data = _data(ready)
        say_left_out(data.left_out, ready.settings.max_length, say)
        callback = make_callback(ready.settings, on_log, stop)
        trainer, reward = _trainer(ready, data, folder, callback, closing)
        learning = _learning(trainer.model)
        opening = (
            f"{ready.method} on {ready.base.label}: {len(data.lengths)} rows of"
            f" {sum(data.lengths) // len(data.lengths)} tokens on average,"
            f" {len(data.heldout)} held out; {learning:,} weights learn"
        )
        go(trainer, folder.last_checkpoint(), opening, say)
        failures = dict(reward.failures) if reward is not None else {}
    if failures:
        said = ", ".join(f"{reason} {count}" for reason, count in sorted(failures.items()))
        say(f"judge's answers that gave no reward, in this call: {said}")
    trained = trained_by(trainer, ready.curves, folder)
    if not trained.finished:
        say(f"stopped after update {trained.step} of {trained.steps}: the same command goes on")
        return trained
    card = model_card(
        ready.method,
        ready.rows,
        ready.base,
        ready.config,
        trained.rows,
        {"train": len(data.train), "heldout": len(data.heldout)},
        data.left_out,
        learning,
    )
    leave(trainer, trained, ready.base, ready.curves, card, folder)
    return trained


def _on_log(
    ready: _Ready, folder: Path, say: Callable[[str], None]
) -> Callable[[Sequence[Mapping[str, Any]], int], None]:
    """What is done with the log: the curves are written, a line is said."""
    began = time.monotonic()

    def on_log(history: Sequence[Mapping[str, Any]], steps: int) -> None:
        note(history, ready.curves, folder)
        for row in ready.curves.rows(history[-1:]):
            # That every completion had a reward is not worth a word.
            shown = {name: value for name, value in row.items() if value or name != "unscored"}
            say(update_line(shown, steps, _LINE, f"{time.monotonic() - began:.0f} s"))

    return on_log


@dataclass(frozen=True, slots=True)
class _Data:
    """The rows that are short enough.

    Attributes:
        train: what is learnt from.
        lengths: its tokens.
        heldout: what is scored.
        left_out: how many were longer, by part.
    """

    train: Examples
    lengths: list[int]
    heldout: Examples
    left_out: Mapping[str, int]


def _data(ready: _Ready) -> _Data:
    pictures, longest = Pictures(), ready.settings.max_length
    # Both parts are numbered through, as the rewards know them.
    numbers = range(len(ready.train), len(ready.train) + len(ready.heldout))
    learnt = Examples(ready.train, ready.rows.folder, pictures)
    held = Examples(ready.heldout, ready.rows.folder, pictures, numbers)
    train, lengths = fitting(learnt, ready.base.processor, longest)
    heldout, held_lengths = fitting(held, ready.base.processor, longest)
    left_out = {"train": len(learnt) - len(train), "heldout": len(held) - len(heldout)}
    return _Data(train, lengths, _scored(heldout, held_lengths, ready.settings), left_out)


def _scored(heldout: Examples, lengths: Sequence[int], settings: VisionSettings) -> Examples:
    """The held-out rows to score, evenly taken, those about as long as each other side by side."""
    count = min(settings.heldout_rows or len(heldout), len(heldout))
    chosen = [at * len(heldout) // count for at in range(count)]
    return heldout.select(sorted(chosen, key=lambda at: (-lengths[at], at)))


def _trainer(
    ready: _Ready, data: _Data, folder: TuningFolder, callback: Any, closing: contextlib.ExitStack
) -> tuple[Any, CountingReward | None]:
    """The trainer, and its reward if there is one; ``closing`` gets what is open for it."""
    settings = ready.settings
    config = trainer_config(
        settings,
        folder.checkpoints,
        parameters=ready.config["base"]["parameters"],
        processes=ready.config["machine"]["processes"],
        on_cpu=ready.on_cpu,
    )
    model = ready.base.model(bf16=bf16_weights(settings, on_cpu=ready.on_cpu))
    model = adapted(model, settings, ready.base.family, ready.start)
    common = (ready.base, model, data.train, data.lengths, data.heldout, config)
    if not isinstance(settings, RewardSettings):
        return sft_trainer(*common, settings, callbacks=[callback]), None
    prompts = settings.batch // settings.completions
    if len(data.train) < prompts:
        raise BadInput(
            f"{len(data.train)} prompts are fewer than the {prompts} of an update",
            "give a smaller --batch, or more sequences",
        )
    assert ready.rewarding is not None
    targets = [*ready.train, *ready.heldout]
    reward = closing.enter_context(
        OpenRewards(ready.rewarding, targets, ready.rows.sequences, folder.path)
    )
    return reward_trainer(*common, settings, reward, callbacks=[callback]), reward


def _learning(model: Any) -> int:
    return sum(weight.numel() for weight in model.parameters() if weight.requires_grad)


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
