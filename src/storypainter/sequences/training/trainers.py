"""trl's trainers for vision-language models, set up as a training asks.

The one hook of ours is in :func:`reward_trainer`: the combined loss of equation 4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from storypainter.sequences.training.bases import VisionBase
from storypainter.sequences.training.examples import Examples
from storypainter.sequences.training.settings import RewardSettings, VisionSettings
from storypainter.training.tuning.answer_head import fits, use_answer_head
from storypainter.training.tuning.batches import UpdateOrder, order_of
from storypainter.training.tuning.settings import LARGE

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

    assert settings.micro_batch is not None
    given: dict[str, Any] = {
        "output_dir": str(output),
        "num_train_epochs": settings.epochs,
        "per_device_train_batch_size": settings.micro_batch,
        "per_device_eval_batch_size": settings.micro_batch,
        "gradient_accumulation_steps": settings.batch // (settings.micro_batch * processes),
        "learning_rate": settings.learning_rate,
        "lr_scheduler_type": "cosine",
        "warmup_steps": settings.warm_up,
        "weight_decay": settings.weight_decay,
        "max_grad_norm": settings.clip,
        "optim": "adamw_torch",
        "seed": settings.seed,
        "bf16": settings.precision == "bf16",
        "fp16": False,
        "use_cpu": on_cpu,
        "dataloader_pin_memory": not on_cpu,
        "gradient_checkpointing": not on_cpu and parameters >= LARGE,
        "remove_unused_columns": False,  # the collator and the rewards want a row's number
        "logging_strategy": "steps",
        "logging_steps": 1,
        "logging_nan_inf_filter": False,
        "eval_strategy": "no",
        "save_strategy": "no",
        "save_total_limit": 2,
        "report_to": [],
        "disable_tqdm": True,
        "push_to_hub": False,
    }
    if isinstance(settings, RewardSettings):
        kind = trl.GRPOConfig if settings.algorithm == "grpo" else trl.RLOOConfig
        config = kind(
            beta=settings.beta,
            num_generations=settings.completions,
            num_generations_eval=1,
            max_completion_length=settings.completion_length,
            temperature=settings.temperature,
            log_completions=False,
            **given,
        )
    else:
        # Nothing is cut: rows that are too long were left out.
        config = trl.SFTConfig(completion_only_loss=True, packing=False, max_length=None, **given)
    if processes == 1 and config.n_gpu > 1:
        # Several GPUs in one process would be DataParallel, which trl refuses: one is used.
        config._n_gpu = 1
    return config


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

    class Ordered(trl.SFTTrainer):  # type: ignore[misc]
        """trl's trainer with our order of rows and without its own model card."""

        def _get_train_sampler(self, train_dataset: Any = None) -> Any:
            return UpdateOrder(lengths, settings.batch, settings.seed)

        def create_optimizer(self, *given: Any, **named: Any) -> Any:
            return with_rates(super().create_optimizer(*given, **named), self.model, settings)

        def create_model_card(self, *_: Any, **__: Any) -> None:
            return

    trainer = Ordered(
        model=model,
        args=config,
        train_dataset=train.dataset(),
        eval_dataset=heldout.dataset(),
        data_collator=collator(base.processor),
        processing_class=base.processor,
        callbacks=list(callbacks),
    )
    return _finished(trainer)


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
    """GRPO or RLOO of trl with the combined loss L = nll · L_NLL + λ · L_RL (paper, equation 4).

    The hook: ``compute_loss`` adds to trl's own loss, times λ, the negative log-likelihood of the
    true narratives of the same update's prompts. trl passes on only what was generated, so that
    the rows are kept when completions are made, and dealt out over the parts of the update: each
    row counts once, however many completions were written for it. L_NLL is the mean over an
    update's true tokens, as in supervised learning, however the rows fall into parts.

    With λ = 0 nothing is generated: what remains is supervised learning in this order of rows.
    Held out, the loss is L_NLL alone.

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
    import torch
    import trl

    parent = trl.GRPOTrainer if settings.algorithm == "grpo" else trl.RLOOTrainer
    collate = collator(base.processor)

    class Combined(parent):  # type: ignore[misc, valid-type]
        """trl's trainer with the supervised term beside the rewards'."""

        _supervised: list[Any]
        _supervised_tokens: float

        def _get_train_sampler(self, dataset: Any = None) -> Any:
            return PromptOrder(lengths, self.args, settings)

        def create_optimizer(self, *given: Any, **named: Any) -> Any:
            return with_rates(super().create_optimizer(*given, **named), self.model, settings)

        def create_model_card(self, *_: Any, **__: Any) -> None:
            return

        def _generate_and_score_completions(self, inputs: list[dict[str, Any]]) -> Any:
            training = self.model.training
            if settings.nll or not training:
                self._keep(inputs, self.args.steps_per_generation if training else 1)
            if not settings.lam:
                # Only so that trl can split it into the parts of the update.
                return {"advantages": torch.zeros(len(inputs))}
            return super()._generate_and_score_completions(inputs)

        def _keep(self, inputs: list[dict[str, Any]], parts: int) -> None:
            rows = list({row["row"]: row for row in inputs}.values())
            dealt = [rows[at::parts] for at in range(parts)]
            self._supervised = [
                collate([dict(row) for row in some]) if some else None for some in dealt
            ]
            counts = [(b["labels"][:, 1:] != -100).sum() for b in self._supervised if b is not None]
            here = torch.stack(counts).sum().float().to(self.accelerator.device)
            everywhere = self.accelerator.gather(here).sum() / self.accelerator.num_processes
            self._supervised_tokens = float(everywhere)

        def compute_loss(
            self,
            model: Any,
            inputs: Any,
            return_outputs: bool = False,
            num_items_in_batch: Any = None,
        ) -> Any:
            training = self.model.training
            if not training:
                return self.nll_of(model, 0)
            parts = self.current_gradient_accumulation_steps
            # GRPO's loss is that of its part of the update, RLOO's is divided by the parts later.
            scale = 1.0 if self.loss_is_scaled_for_ga else float(parts)
            terms = []
            if settings.lam:
                rewarded = super().compute_loss(model, inputs, return_outputs, num_items_in_batch)
                self._note("rl_loss", rewarded.detach() / scale)
                terms.append(settings.lam * rewarded)
            if settings.nll:
                found = self.nll_of(model, self._step % self.args.steps_per_generation)
                # A part without a row of its own has no supervised term: the others carry them all.
                self._note("nll", 0.0 if found is None else found.detach())
                if found is not None:
                    terms.append(settings.nll * scale * found)
            return sum(terms) if terms else self._nothing(model)

        def nll_of(self, model: Any, part: int) -> Any:
            """A part's share of the update's mean; None where it has no row."""
            batch = self._supervised[part]
            if batch is None:
                return None
            given = {key: value.to(self.accelerator.device) for key, value in batch.items()}
            if settings.temperature == 1:
                found = model(**given, use_cache=False, fused_lm_head=True)
                return -found.log_probs.sum() / self._supervised_tokens
            # trl's head divides by the temperature of sampling, which a likelihood doesn't have.
            labels = given.pop("labels")[:, 1:]
            logits = model(**given, use_cache=False).logits[:, :-1]
            return (
                torch.nn.functional.cross_entropy(
                    logits.flatten(0, 1).float(), labels.flatten(), reduction="sum"
                )
                / self._supervised_tokens
            )

        def _nothing(self, model: Any) -> Any:
            weights = (p for p in model.parameters() if p.requires_grad)
            return sum(p.sum() for p in weights) * 0.0

        def _note(self, name: str, value: Any) -> None:
            """Its parts add up to the update's; logs take means."""
            parts = self.current_gradient_accumulation_steps
            self._metrics["train"][name].append(float(value) * parts)

    trainer = Combined(
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
    return _finished(trainer, settings.temperature)


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


def _finished(trainer: Any, temperature: float = 1.0) -> Any:
    import transformers

    trainer.remove_callback(transformers.PrinterCallback)
    inner = trainer.accelerator.unwrap_model(trainer.model).get_base_model()
    # Ours knows no temperature of sampling.
    if temperature == 1 and fits(inner):
        use_answer_head(inner)
    return trainer
