"""trl's trainers, set up as a training asks; what is trained, in which order, is said here."""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput
from storypainter.training.tuning.adapting import lora_config, with_adapter
from storypainter.training.tuning.answer_head import fits, use_answer_head
from storypainter.training.tuning.bases import Base
from storypainter.training.tuning.batches import UpdateOrder
from storypainter.training.tuning.settings import LARGE, Method, TuningSettings


def trainer_config(
    method: Method,
    settings: TuningSettings,
    output: Path,
    *,
    parameters: int,
    processes: int,
    on_cpu: bool,
) -> Any:
    """``SFTConfig`` or ``DPOConfig``; ``settings`` must be resolved.

    Saving and scoring are left to the callbacks, which also do both at the last update.
    """
    import trl

    own: dict[str, Any] = (
        {"completion_only_loss": True, "packing": False}
        if method == "sft"
        else {"beta": settings.beta, "loss_type": ["sigmoid"]}
    )
    return config_for(
        trl.SFTConfig if method == "sft" else trl.DPOConfig,
        settings,
        output,
        parameters=parameters,
        processes=processes,
        on_cpu=on_cpu,
        # Nothing is cut: rows that are too long were left out.
        own={**own, "max_length": None},
    )


def config_for(
    kind: Any,
    settings: TuningSettings,
    output: Path,
    *,
    parameters: int,
    processes: int,
    on_cpu: bool,
    own: Mapping[str, Any],
) -> Any:
    """A config of trl's with what all trainings have in common; ``settings`` must be resolved.

    Args:
        kind: ``trl.SFTConfig``, say.
        settings: see there.
        output: where checkpoints go.
        parameters: weights of the base.
        processes: how many share a batch.
        on_cpu: whether the processor is used.
        own: what this kind has besides.
    """
    assert settings.micro_batch is not None
    config = kind(
        output_dir=str(output),
        num_train_epochs=settings.epochs,
        per_device_train_batch_size=settings.micro_batch,
        per_device_eval_batch_size=settings.micro_batch,
        gradient_accumulation_steps=settings.batch // (settings.micro_batch * processes),
        learning_rate=settings.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=settings.warm_up,
        weight_decay=settings.weight_decay,
        max_grad_norm=settings.clip,
        optim="adamw_torch",
        seed=settings.seed,
        bf16=settings.precision == "bf16",
        fp16=False,
        use_cpu=on_cpu,
        dataloader_pin_memory=not on_cpu,
        gradient_checkpointing=not on_cpu and parameters >= LARGE,
        logging_strategy="steps",
        logging_steps=1,
        logging_nan_inf_filter=False,
        eval_strategy="no",
        save_strategy="no",
        save_total_limit=2,
        report_to=[],
        disable_tqdm=True,
        push_to_hub=False,
        **own,
    )
    if processes == 1 and config.n_gpu > 1:
        # Several GPUs in one process would be DataParallel, which trl refuses: one is used.
        config._n_gpu = 1
    return config


class WithoutCard:
    """For a trainer of trl's: without its own model card."""

    def create_model_card(self, *_: Any, **__: Any) -> None:
        """Ours stands beside the adapter."""


class WholeHeldout:
    """For a trainer of trl's: each process of a launch scores the whole held-out part.

    Shared out, it would be filled up with rows that are there twice, and its parts would be
    other ones: the mean would be another than of one process alone.
    """

    args: Any
    accelerator: Any
    gather_function: Any

    def get_eval_dataloader(self, eval_dataset: Any = None) -> Any:
        theirs = super().get_eval_dataloader(eval_dataset)  # type: ignore[misc]
        if self.accelerator.num_processes == 1:
            return theirs
        return _unshared(theirs, self.args.eval_batch_size, self.accelerator.device)

    def evaluation_loop(self, *given: Any, **named: Any) -> Any:
        if self.accelerator.num_processes > 1:
            # Every process has the same losses: its own are all that there are.
            self.gather_function = _own_losses(self.accelerator.gradient_state)
        return super().evaluation_loop(*given, **named)  # type: ignore[misc]


def make_trainer(
    method: Method,
    base: Base,
    model: Any,
    train: Sequence[Mapping[str, Any]],
    heldout: Sequence[Mapping[str, Any]],
    config: Any,
    settings: TuningSettings,
    *,
    from_adapter: Path | None = None,
    callbacks: Sequence[Any] = (),
) -> Any:
    """The trainer, with its rows tokenised and those that are too long left out.

    Args:
        method: ``sft``, or one of the two DPOs, which differ in their data only.
        base: for its tokenizer.
        model: its weights; they are frozen and LoRA is put on them.
        train: rows in trl's conversational form.
        heldout: likewise.
        config: from :func:`trainer_config`.
        settings: resolved.
        from_adapter: an adapter to go on from, instead of a new one. For DPO it is the reference
            as well, as a frozen copy that trl makes; without it the reference is the base.
        callbacks: of transformers' kind.

    Raises:
        BadInput: no row is short enough, or the adapter isn't one for this base.
    """
    import datasets
    import trl

    parent = trl.SFTTrainer if method == "sft" else trl.DPOTrainer

    class Ordered(WithoutCard, WholeHeldout, parent):  # type: ignore[misc, valid-type]
        """trl's trainer with our order of rows."""

        def _get_train_sampler(self, train_dataset: Any = None) -> Any:
            rows = self.train_dataset if train_dataset is None else train_dataset
            return UpdateOrder(row_lengths(rows), settings.batch, settings.seed)

    names = ("prompt", "completion") if method == "sft" else ("prompt", "chosen", "rejected")
    with quietly():
        trainer = Ordered(
            model=with_adapter(model, from_adapter) if from_adapter else model,
            args=config,
            train_dataset=datasets.Dataset.from_list([{n: r[n] for n in names} for r in train]),
            eval_dataset=datasets.Dataset.from_list([{n: r[n] for n in names} for r in heldout]),
            processing_class=base.tokenizer,
            peft_config=None if from_adapter else lora_config(settings, model),
            callbacks=list(callbacks),
        )
        trainer.train_dataset = _fitting(trainer.train_dataset, settings.max_length)
        found = _fitting(trainer.eval_dataset, settings.max_length)
        lengths = row_lengths(found)
        # Scored in parts of rows about as long as each other.
        by_length = sorted(range(len(lengths)), key=lambda at: (-lengths[at], at))
        trainer.eval_dataset = found.select(by_length)
    return finished(trainer)


def _fitting(rows: Any, longest: int) -> Any:
    """The tokenised rows that are short enough."""
    short = [at for at, length in enumerate(row_lengths(rows)) if length <= longest]
    if not short:
        raise BadInput(f"every row is longer than {longest} tokens", "give a larger --max-length")
    return rows.select(short)


def finished(trainer: Any, *, answer_head: bool = True) -> Any:
    """The trainer without a printed log, and with our head where it says what the model's says.

    Args:
        trainer: one of trl's, set up.
        answer_head: whether the head may be ours; it knows no temperature of sampling.
    """
    import transformers

    trainer.remove_callback(transformers.PrinterCallback)
    inner = trainer.accelerator.unwrap_model(trainer.model).get_base_model()
    if answer_head and fits(inner):
        use_answer_head(inner)
    return trainer


def _unshared(loader: Any, batch: int, device: Any) -> Any:
    """A data loader with the same rows in the same order, all of them in this process."""
    import torch
    from accelerate.data_loader import prepare_data_loader

    plain = torch.utils.data.DataLoader(
        loader.dataset, batch_size=batch, shuffle=False, collate_fn=loader.collate_fn
    )
    return prepare_data_loader(plain, device, num_processes=1, process_index=0, put_on_device=True)


def _own_losses(state: Any) -> Callable[[Any], Any]:
    """In place of gathering: a part's loss, as often as the part has rows."""

    def own(losses: Any) -> Any:
        last = state.end_of_dataloader and state.remainder > 0
        return losses[: state.remainder] if last else losses

    return own


def row_lengths(rows: Any) -> list[int]:
    """Tokens of each tokenised row; of a pair, its prompt with the longer answer."""
    if "input_ids" in rows.column_names:
        return [len(ids) for ids in rows["input_ids"]]
    columns = (rows["prompt_ids"], rows["chosen_ids"], rows["rejected_ids"])
    return [len(p) + max(len(c), len(r)) for p, c, r in zip(*columns, strict=True)]


def make_callback(
    settings: TuningSettings,
    on_log: Callable[[Sequence[dict[str, Any]], int], None],
    stop: Callable[[], bool],
) -> Any:
    """The one callback: when to score and save, what to do with the log, and when to stop.

    Args:
        settings: resolved.
        on_log: gets the whole log so far, and how many updates there will be.
        stop: asked after each update; if true, a checkpoint is written and training ends.
    """
    import transformers

    class Rhythm(transformers.TrainerCallback):  # type: ignore[misc]
        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> Any:
            step, last = state.global_step, state.max_steps
            control.should_evaluate = step in score_steps(last, settings.evaluations)
            control.should_save = step % settings.checkpoint_every == 0 or step == last
            if _any_of(stop(), args.device):
                control.should_save = True
                control.should_training_stop = True
            return control

        def on_log(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            if state.is_world_process_zero:
                on_log(state.log_history, state.max_steps)

    return Rhythm()


def _any_of(asked: bool, device: Any) -> bool:
    """Whether any process of the launch was asked: all must stop after the same update."""
    import torch

    if not (torch.distributed.is_available() and torch.distributed.is_initialized()):
        return asked
    found = torch.tensor(int(asked), device=device)
    torch.distributed.all_reduce(found, torch.distributed.ReduceOp.MAX)
    return bool(found.item())


def score_steps(last: int, times: int) -> frozenset[int]:
    """The updates after which the held-out part is scored: evenly spread, the last among them."""
    return frozenset(max(1, round(last * at / times)) for at in range(1, times + 1))


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """No progress bars or notes of the libraries, and no note of this training to any server."""
    import datasets
    from huggingface_hub import constants

    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    constants.HF_HUB_DISABLE_TELEMETRY = True
    shown = datasets.is_progress_bar_enabled()
    datasets.disable_progress_bars()
    try:
        with warnings.catch_warnings():
            # Names that transformers gives up, which trl and peft still use.
            warnings.simplefilter("ignore", FutureWarning)
            yield
    finally:
        if shown:
            datasets.enable_progress_bars()
