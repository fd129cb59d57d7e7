"""How a vision-language model is trained here: what the paper leaves open, with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from storypainter.errors import BadInput
from storypainter.training.tuning.settings import LARGE, Positive, TuningSettings

Method = Literal["sft", "rl"]
Part = Literal["connector", "language", "vision"]
PARTS: tuple[Part, ...] = ("connector", "language", "vision")
Algorithm = Literal["grpo", "rloo"]
VisionWeights = Literal["lora", "full"]


class VisionSettings(TuningSettings):
    """The settings of supervised learning (paper, equation 1). Field descriptions are help texts.

    The paper states none. What it shares with the training of a Mini-Storyteller is explained
    there (:class:`storypainter.training.tuning.settings.TuningSettings`); its own are:

    Attributes:
        train: the parts that learn, of connector, language and vision. By default the connector
            with all its weights and the language model through LoRA: the connector is the paper's
            "learned module", and small; the language model must learn to tell, for which LoRA is
            enough; an encoder that has seen hundreds of millions of pictures loses more by a few
            thousand of them than it gains. Without ``connector`` it stays at its initial weights:
            the paper's ablation without learned modules.
        vision_weights: how the vision encoder learns where ``train`` names it: through LoRA, or
            with all its weights, which an encoder of a few million weights needs that is new to
            its pictures.
        whole_rate: the rate of weights that learn whole (the connector, and the encoder if asked), as
            a share of ``learning_rate``. LoRA's factors begin at no change and want a large rate; a
            whole connector at the same rate breaks what the language model reads within an update
            or two. A tenth is the ratio of LLaVA-1.5's own recipe for LoRA (2e-5 to 2e-4).
        max_length: tokens of a row, its pictures' included; LLaVA-1.5 spends 576 a picture, so
            that six of them and a narrative are more than a text model's usual 2,048.
        heldout_rows: how many held-out rows are scored; 0 is all of them.
    """

    train: tuple[Part, ...] = ("connector", "language")
    micro_batch: Positive | None = Field(
        None, description="rows in memory at once; at most 4 if not given"
    )
    learning_rate: Annotated[float, Field(gt=0, le=1)] | None = Field(
        None, description="1e-3 below a billion weights, else 2e-4, if not given"
    )
    vision_weights: VisionWeights = Field(
        "lora", description="how the vision encoder learns where --train names it: lora or full"
    )
    whole_rate: Annotated[float, Field(gt=0, le=1)] = Field(
        0.1, description="the rate of weights that learn whole, as a share of --learning-rate"
    )
    max_length: Annotated[int, Field(ge=16, le=1 << 20)] = Field(
        4096, description="longer rows (tokens, pictures' included) are left out and counted"
    )
    heldout_rows: Annotated[int, Field(ge=0)] = Field(
        0, description="held-out rows to score; 0 for all of them"
    )

    def for_model(self, parameters: int, *, bf16: bool, processes: int = 1) -> VisionSettings:
        """The same settings with nothing left to choose; see ``TuningSettings.resolved``.

        Raises:
            BadInput: the parts in memory can't make up a batch.
        """
        resolved = self.resolved("sft", parameters, bf16=bf16, processes=processes)
        return self.model_copy(update=_chosen(resolved))


class RewardSettings(VisionSettings):
    """The settings of learning by rewards (paper, equations 2 to 4).

    The paper names λ and no value of it, and neither the estimator of equation 3 nor a batch.

    Attributes:
        algorithm: how the gradient of the expected reward (equation 3) is estimated. ``rloo`` is
            REINFORCE with the other completions' mean as baseline (arXiv 2402.14740): unbiased,
            but a sum over a narrative's tokens, a hundred times L_NLL's scale. ``grpo``
            (arXiv 2402.03300, with the token mean of arXiv 2503.14476) divides by the group's
            spread and by tokens, as L_NLL does, so that λ = 1 weighs both terms alike; and it
            spares a pass over the completions. Hence grpo.
        lam: λ of equation 4. 0 trains by L_NLL alone, and generates nothing.
        nll: the weight of L_NLL, 1 in the paper; 0 is learning by rewards alone.
        completions: narratives written for each prompt, which are each other's baseline.
        batch: completions an update, over all processes: 4 prompts of 4 by default.
        temperature: that they are written at; 1 is the model itself, of which the expectation in
            equation 3 is.
        completion_length: tokens that a narrative may have. What is longer is cut, and counted.
        beta: how dearly leaving the start is paid (KL); 0, for the paper has no such term and
            L_NLL holds the model to its data.
        learning_rate: None chooses a tenth of supervised learning's: a reward's gradient is noise
            for the most part, and the model has learnt its form already.
        heldout_rows: 16, for every one of them is a narrative to write.
    """

    algorithm: Algorithm = Field("grpo", description="grpo or rloo: how the gradient is estimated")
    lam: Annotated[float, Field(ge=0, le=1000)] = 1.0
    nll: Annotated[float, Field(ge=0, le=1000)] = Field(
        1.0, description="weight of the supervised term (the paper's 1); 0 for rewards alone"
    )
    completions: Annotated[int, Field(ge=2, le=256)] = Field(
        4, description="narratives written for each prompt"
    )
    batch: Annotated[int, Field(ge=2)] = Field(
        16, description="completions an update, over all processes together"
    )
    learning_rate: Annotated[float, Field(gt=0, le=1)] | None = Field(
        None, description="1e-4 below a billion weights, else 2e-5, if not given"
    )
    temperature: Annotated[float, Field(gt=0, le=2)] = Field(
        1.0, description="that narratives are written at"
    )
    completion_length: Annotated[int, Field(ge=1, le=8192)] = Field(
        256, description="tokens that a narrative may have"
    )
    beta: Annotated[float, Field(ge=0, le=10)] = Field(
        0.0, description="how dearly leaving the start is paid (KL); the paper has no such term"
    )
    heldout_rows: Annotated[int, Field(ge=0)] = Field(
        16, description="held-out rows to score; 0 for all of them"
    )

    def for_model(self, parameters: int, *, bf16: bool, processes: int = 1) -> RewardSettings:
        """The same settings with nothing left to choose.

        Raises:
            BadInput: the parts in memory can't make up a batch, the completions of a prompt don't
                fit into it, or both terms of the loss have the weight 0.
        """
        if not self.nll and not self.lam:
            raise BadInput(
                "--nll 0 and --lambda 0 leave nothing to learn from", "raise one of them"
            )
        share = self.batch // processes
        if share % self.completions:
            raise BadInput(
                f"a batch of {self.batch} is no multiple of {self.completions} completions"
                + (f" in each of {processes} processes" if processes > 1 else ""),
                "give another --batch or --completions",
            )
        resolved = self.resolved("sft", parameters, bf16=bf16, processes=processes)
        update = _chosen(resolved)
        if self.learning_rate is None:
            update["learning_rate"] = (1e-3 if parameters < LARGE else 2e-4) / 10
        return self.model_copy(update=update)


def parts_of(text: str) -> tuple[Part, ...]:
    """``connector,language`` as parts, in a fixed order.

    Raises:
        BadInput: another word, or none at all.
    """
    asked = [word.strip() for word in text.split(",") if word.strip()]
    strange = next((word for word in asked if word not in PARTS), None)
    if strange is not None or not asked:
        raise BadInput(
            f"--train {text}: {'no part is named' if strange is None else f'no part {strange!r}'}",
            f"name some of {', '.join(PARTS)}, with commas between them",
        )
    return in_order(asked)


def in_order(parts: Iterable[str]) -> tuple[Part, ...]:
    """Parts without repetition, as :data:`PARTS` has them."""
    there = set(parts)
    return tuple(part for part in PARTS if part in there)


def _chosen(resolved: TuningSettings) -> dict[str, object]:
    names = ("learning_rate", "micro_batch", "precision")
    return {name: getattr(resolved, name) for name in names}
