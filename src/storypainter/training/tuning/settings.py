"""How a Mini-Storyteller is trained: what the paper states, and what it leaves open, with reasons."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from storypainter.errors import BadInput
from storypainter.value import Value

Method = Literal["sft", "dpo", "dpo-mix"]
Precision = Literal["auto", "fp32", "bf16"]
METHODS: tuple[Method, ...] = ("sft", "dpo", "dpo-mix")
#: Weights from which on a model counts as large: other learning rate, less kept in memory.
LARGE = 1_000_000_000

Positive = Annotated[int, Field(ge=1)]


class TuningSettings(Value):
    """The settings of one training. Field descriptions are the help texts.

    The paper states (arXiv 2512.07198, section 3.1 and appendix E): LoRA, one epoch, a total
    batch of 16, a cosine schedule with a warm-up of 0.1 of the steps, and 10 % of the data for
    validation. Those are ``epochs``, ``batch``, ``warm_up`` and the data set's held-out part.
    It leaves the rest open, which is ours and part of every result:

    Attributes:
        epochs: passes over the data. The paper's one; more of them learn texts by heart.
        batch: rows an update, over all processes. The paper's 16.
        micro_batch: rows in memory at once, which must divide ``batch``; None chooses 4 for SFT
            and 2 for DPO, which holds two answers a row. It changes speed and memory and not the
            rows of an update.
        warm_up: share of the updates in which the learning rate rises from 0. The paper's 0.1.
        learning_rate: None chooses 1e-3 below a billion weights and 2e-4 from there on, and a
            tenth of it for DPO. LoRA wants about ten times the rate of full training, and a small
            model more than a large one: at 2e-4 one epoch over 2,000 short stories hardly moves
            135 million weights, at 1e-3 their form is learnt in a few hundred rows; 2e-4 is the
            usual rate of LoRA for models of 7 billion. DPO's gradient only says "away from the
            rejected one", and keeps falling long after the two are told apart, so that a full
            rate wears the language down.
        beta: DPO's β, how dearly leaving the reference is paid: 0.1, as in DPO's own paper for
            dialogue (arXiv 2305.18290, section 6) and in trl; smaller lets the model drift.
        rank: LoRA's r. 16 on every linear layer is 3.6 % of SmolLM2-135M's weights and 10 MB in
            half precision; rank 8 halves that.
        alpha: LoRA's α; updates are scaled by α / r. Twice the rank is the usual choice, and
            keeps the scale when the rank changes.
        dropout: LoRA's own. 0: one epoch shows each row once, so there is little to regularise,
            and it costs 30 % of the speed on processors. trl switches it off for DPO.
        max_length: tokens of prompt and answer together. Longer rows are left out and counted,
            never cut: a cut answer teaches not to end. 2,048 holds a CoR-guided prompt with
            three examples and its story.
        precision: auto is bf16 on a GPU that has it and fp32 elsewhere. On processors bf16 is for
            multiplying alone: with avx512_bf16 a small model trains about twice as fast, without
            instructions of that kind several times slower.
        clip: the largest norm of an update's gradient, 1.0 as in most LoRA recipes.
        weight_decay: 0: LoRA's factors start at zero change, and one epoch can't grow them far.
        seed: of LoRA's first weights and the order of the rows.
        evaluations: how often the held-out part is scored while training, evenly spread; its
            first score is the base's own.
        checkpoint_every: updates between two checkpoints: what a kill can cost at most.
    """

    epochs: Annotated[float, Field(gt=0, le=100)] = Field(1, description="passes over the data")
    batch: Positive = Field(16, description="rows an update, over all processes together")
    micro_batch: Positive | None = Field(
        None, description="rows in memory at once; 4 for sft and 2 for dpo if not given"
    )
    warm_up: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.1, description="share of the updates in which the rate rises"
    )
    learning_rate: Annotated[float, Field(gt=0, le=1)] | None = Field(
        None,
        description="1e-3 below a billion weights, else 2e-4, and a tenth of it for dpo, "
        "if not given",
    )
    beta: Annotated[float, Field(gt=0, le=10)] = Field(
        0.1, description="dpo: how dearly leaving the reference is paid"
    )
    rank: Annotated[int, Field(ge=1, le=1024)] = Field(16, description="LoRA's rank")
    alpha: Annotated[float, Field(gt=0, le=4096)] = Field(
        32, description="LoRA's alpha: updates are scaled by alpha / rank"
    )
    dropout: Annotated[float, Field(ge=0, lt=1)] = Field(0, description="LoRA's dropout")
    max_length: Annotated[int, Field(ge=16, le=1 << 20)] = Field(
        2048, description="longer rows (tokens, with the prompt) are left out and counted"
    )
    precision: Precision = Field("auto", description="auto: bf16 where a GPU has it, else fp32")
    clip: Annotated[float, Field(gt=0)] = Field(1.0, description="largest norm of a gradient")
    weight_decay: Annotated[float, Field(ge=0, le=1)] = Field(0.0, description="AdamW's")
    seed: Annotated[int, Field(ge=0, lt=2**31)] = Field(
        0, description="of LoRA's first weights and the order of the rows"
    )
    evaluations: Annotated[int, Field(ge=1, le=1000)] = Field(
        4, description="how often the held-out part is scored while training"
    )
    checkpoint_every: Positive = Field(10, description="updates between two checkpoints")

    def resolved(
        self, method: Method, parameters: int, *, bf16: bool, processes: int = 1
    ) -> TuningSettings:
        """The same settings with nothing left to choose.

        Args:
            method: what is trained.
            parameters: weights of the base model.
            bf16: whether ``auto`` precision means bf16 on this machine.
            processes: how many processes share a batch.

        Raises:
            BadInput: the parts in memory can't make up a batch.
        """
        preference = method != "sft"
        rate = self.learning_rate
        if rate is None:
            rate = 1e-3 if parameters < LARGE else 2e-4
            rate = rate / 10 if preference else rate
        share, rest = divmod(self.batch, processes)
        if rest:
            raise BadInput(
                f"a batch of {self.batch} can't be shared by {processes} processes",
                "give a --batch that their number divides",
            )
        part = self.micro_batch
        if part is None:
            most = min(share, 2 if preference else 4)
            part = next(size for size in range(most, 0, -1) if share % size == 0)
        elif share % part:
            raise BadInput(
                f"--micro-batch {part} does not divide the {share} rows of an update"
                + (f" in each of {processes} processes" if processes > 1 else ""),
                "give a divisor of it",
            )
        precision = self.precision
        if precision == "auto":
            precision = "bf16" if bf16 else "fp32"
        return self.model_copy(
            update={"learning_rate": rate, "micro_batch": part, "precision": precision}
        )
