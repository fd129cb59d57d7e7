"""trl's trainers for vision-language models, set up as a training asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from storypainter.sequences.training.bases import VisionBase
from storypainter.sequences.training.combined_loss import CombinedLoss
from storypainter.sequences.training.examples import Examples
from storypainter.sequences.training.settings import RewardSettings, VisionSettings
from storypainter.training.tuning.batches import UpdateOrder, order_of
from storypainter.training.tuning.trainers import (
    WholeHeldout,
    WithoutCard,
    config_for,
    finished,
)

#: A reward as trl calls it: a number for each completion, or None where there is none.
RewardFunction = Callable[..., list[float | None]]


def trainer_config(
    settings: VisionSettings,
    output: Path,
    *,
    parameters: int,
    processes: int,
    on_cpu: bool,
) -> Any:
    """``SFTConfig``, ``GRPOConfig`` or ``RLOOConfig``; ``settings`` must be resolved.

    Saving and scoring are left to the callbacks, which also do both at the last update.
    """
    import trl

    own: dict[str, Any]
    if isinstance(settings, RewardSettings):
        kind = trl.GRPOConfig if settings.algorithm == "grpo" else trl.RLOOConfig
        own = {
            "beta": settings.beta,
            "num_generations": settings.completions,
            "num_generations_eval": 1,
            "max_completion_length": settings.completion_length,
            "temperature": settings.temperature,
            "log_completions": False,
        }
    else:
        kind = trl.SFTConfig
        # Nothing is cut: rows that are too long were left out.
        own = {"completion_only_loss": True, "packing": False, "max_length": None}
    return config_for(
        kind,
        settings,
        output,
        parameters=parameters,
        processes=processes,
        on_cpu=on_cpu,
        # The collator and the rewards want a row's number.
        own={**own, "remove_unused_columns": False},
    )


def sft_trainer(
    base: VisionBase,
    model: Any,
    train: Examples,
    lengths: Sequence[int],
    heldout: Examples,
    config: Any,
    settings: VisionSettings,
    *,
    callbacks: Sequence[Any] = (),
) -> Any:
    """The ``SFTTrainer`` of trl for pictures and text (paper, equation 1; completions' tokens only).

    Args:
        base: for its processor.
        model: with its adapter.
        train: rows to learn from.
        lengths: their tokens.
        heldout: rows to score.
        config: from :func:`trainer_config`.
        settings: resolved.
        callbacks: of transformers' kind.
    """
    import trl

    class Ordered(WithoutCard, WholeHeldout, trl.SFTTrainer):  # type: ignore[misc]
        """trl's trainer with our order of rows and rates."""

        def _get_train_sampler(self, train_dataset: Any = None) -> Any:
            return UpdateOrder(lengths, settings.batch, settings.seed)

        def create_optimizer(self, *given: Any, **named: Any) -> Any:
            return with_rates(super().create_optimizer(*given, **named), self.model, settings)

    trainer = Ordered(
        model=model,
        args=config,
        train_dataset=train.dataset(),
        eval_dataset=heldout.dataset(),
        data_collator=collator(base.processor),
        processing_class=base.processor,
        callbacks=list(callbacks),
    )
    return finished(trainer)


def collator(processor: Any) -> Any:
    """The collator of trl for a prompt with pictures and its completion."""
    from trl.trainer.sft_trainer import DataCollatorForVisionLanguageModeling

    return DataCollatorForVisionLanguageModeling(
        processor=processor, max_length=None, completion_only_loss=True
    )


def reward_trainer(
    base: VisionBase,
    model: Any,
    train: Examples,
    lengths: Sequence[int],
    heldout: Examples,
    config: Any,
    settings: RewardSettings,
    reward: RewardFunction,
    *,
    callbacks: Sequence[Any] = (),
) -> Any:
    """GRPO or RLOO of trl with the combined loss, see :class:`CombinedLoss` (paper, equation 4).

    Args:
        base: for its processor.
        model: with its adapter.
        train: prompts with their true narratives.
        lengths: their tokens.
        heldout: likewise, to score.
        config: from :func:`trainer_config`.
        settings: resolved.
        reward: see :mod:`storypainter.sequences.training.rewards`.
        callbacks: of transformers' kind.
    """
    import trl

    parent = trl.GRPOTrainer if settings.algorithm == "grpo" else trl.RLOOTrainer

    class Rewarded(WithoutCard, WholeHeldout, CombinedLoss, parent):  # type: ignore[misc, valid-type]
        """trl's trainer with the combined loss and our order of prompts and rates."""

        wanted = settings
        collate = collator(base.processor)

        def _get_train_sampler(self, dataset: Any = None) -> Any:
            return PromptOrder(lengths, self.args, settings)

        def create_optimizer(self, *given: Any, **named: Any) -> Any:
            return with_rates(super().create_optimizer(*given, **named), self.model, settings)

    trainer = Rewarded(
        model=model,
        reward_funcs=[reward],
        args=config,
        train_dataset=train.dataset(),
        eval_dataset=heldout.dataset(),
        processing_class=base.processor,
        callbacks=list(callbacks),
    )
    if not settings.beta and "ref" in getattr(trainer.model, "peft_config", {}):
        # A frozen copy of the adapter that trl makes for a penalty that isn't asked for.
        trainer.model.delete_adapter("ref")
    return finished(trainer, answer_head=settings.temperature == 1)


def with_rates(optimizer: Any, model: Any, settings: VisionSettings) -> Any:
    """The optimizer with a rate of its own for weights that learn whole; LoRA's groups come first."""
    if any("whole" in group for group in optimizer.param_groups):
        return optimizer  # the trainer asks again, and has it already
    whole = {id(p) for name, p in model.named_parameters() if "lora_" not in name}
    groups = []
    for share, wanted in ((1.0, False), (settings.whole_rate, True)):
        for group in optimizer.param_groups:
            some = [p for p in group["params"] if (id(p) in whole) == wanted]
            if some:
                rate = group["lr"] * share
                groups.append({**group, "params": some, "lr": rate, "whole": wanted})
    optimizer.param_groups[:] = groups
    return optimizer


class PromptOrder:
    """A sampler as trl's trainers need it: each prompt as often as it has completions.

    trl's own goes on from epoch to epoch, so that a resumed training would meet another order;
    this one is decided by seed and epoch alone.
    """

    def __init__(self, lengths: Sequence[int], config: Any, settings: RewardSettings) -> None:
        self._lengths, self._settings = lengths, settings
        self._prompts = config.generation_batch_size // config.num_generations
        self._repeats = config.num_iterations * config.steps_per_generation
        self._epoch = 0

    def set_epoch(self, epoch: int) -> None:
        """The order of that epoch comes next."""
        self._epoch = epoch

    def __len__(self) -> int:
        updates = len(self._lengths) // self._prompts
        return int(updates * self._prompts * self._settings.completions * self._repeats)

    def __iter__(self) -> Any:
        settings = self._settings
        order = order_of(self._lengths, self._prompts, settings.seed, self._epoch)
        # A last update of fewer prompts would have other groups: it is left to another epoch.
        for start in range(0, len(order) - self._prompts + 1, self._prompts):
            update = [
                row
                for row in order[start : start + self._prompts]
                for _ in range(settings.completions)
            ]
            for _ in range(self._repeats):
                yield from update
