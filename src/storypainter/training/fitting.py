"""Fitting a network to rated texts: batches, warm-up, weight decay, early stopping.

A short loop of our own: what decides the numbers stands here and not in the defaults of a
trainer, and the same seed gives the same weights on the same machine.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from storypainter.errors import BadInput
from storypainter.evaluators.regressor import as_batch, predict
from storypainter.value import Value


class ScorerSettings(Value):
    """How a scorer is trained. What ISA states (arXiv 2501.01982) is kept: 512 tokens, batch 16.

    It states no more, so the rest follows the custom of fine-tuning BERT (arXiv 1810.04805,
    appendix A.3) and is part of every result:

    Attributes:
        max_tokens: texts are cut here; fewer where the base reads fewer.
        batch: texts a step.
        part: texts in memory at once; changes speed and memory, not the sum that a step takes.
        learning_rate: 2e-5, the smallest of BERT's custom: a few thousand texts are little, and
            larger rates forget what the base knows. A network from scratch needs about 5e-4.
        epochs: at most so many; early stopping ends most runs before.
        patience: epochs without a better validation loss before it stops: one may be chance.
        warm_up: the share of steps in which the rate rises from 0, because the new head's first
            gradients are noise to the encoder; then it falls to 0 in a straight line.
        weight_decay: 0.01 as BERT's own training; none on biases and normalisations.
        dropout: before the head, as in the encoder.
        clip: the largest norm of a step's gradient; keeps one odd batch from undoing the base.
    """

    max_tokens: Annotated[int, Field(ge=8, le=8192)] = 512
    batch: Annotated[int, Field(ge=1, le=1024)] = 16
    part: Annotated[int, Field(ge=1, le=1024)] = 8
    learning_rate: Annotated[float, Field(gt=0, le=1)] = 2e-5
    epochs: Annotated[int, Field(ge=1, le=1000)] = 10
    patience: Annotated[int, Field(ge=1, le=1000)] = 2
    warm_up: Annotated[float, Field(ge=0, lt=1)] = 0.1
    weight_decay: Annotated[float, Field(ge=0, le=1)] = 0.01
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0.1
    clip: Annotated[float, Field(gt=0)] = 1.0


@dataclass(frozen=True, slots=True)
class Rated:
    """Token ids of texts, and their scores: a row a text, a column a head, all in [0, 1]."""

    texts: Sequence[Sequence[int]]
    scores: Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Mean squared errors an epoch (training, validation), and the epoch that was kept (from 1)."""

    losses: tuple[tuple[float, float], ...]
    kept: int

    @property
    def validation(self) -> float:
        """The validation loss of the weights that were kept."""
        return self.losses[self.kept - 1][1]


def fit(
    network: Any,
    train: Rated,
    validation: Rated,
    settings: ScorerSettings,
    *,
    pad: int,
    seed: int,
    say: Callable[[str], None] = lambda line: None,
) -> Fitted:
    """Train ``network`` on its own device; it ends with the weights of its best epoch.

    Args:
        network: as :func:`storypainter.evaluators.regressor.make_network` makes it.
        train: what it learns from.
        validation: what decides which epoch is kept and when to stop; never learnt from.
        settings: see there.
        pad: the token that fills a batch.
        seed: of the order of texts and of dropout; torch's generator is left as it was.
        say: gets a line an epoch.

    Raises:
        BadInput: the rate was too large, and the loss is no number any more.
    """
    import torch

    optimiser = torch.optim.AdamW(_groups(network, settings.weight_decay))
    steps = math.ceil(len(train.texts) / settings.batch) * settings.epochs
    losses: list[tuple[float, float]] = []
    best: dict[str, Any] = {}
    kept, step = 0, 0
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        for epoch in range(1, settings.epochs + 1):
            network.train()
            total = 0.0
            for batch in _batches(len(train.texts), settings.batch, seed, epoch):
                for group in optimiser.param_groups:
                    group["lr"] = settings.learning_rate * _slope(step, steps, settings.warm_up)
                total += _step(network, train, batch, settings, pad) * len(batch)
                torch.nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
                optimiser.step()
                optimiser.zero_grad()
                step += 1
            if not math.isfinite(total):
                raise BadInput(
                    f"training came apart in epoch {epoch}: its loss is no number",
                    "choose a smaller --learning-rate",
                )
            losses.append((total / len(train.texts), loss_on(network, validation, pad)))
            say(f"epoch {epoch}: training {losses[-1][0]:.5f}, validation {losses[-1][1]:.5f}")
            if kept == 0 or losses[-1][1] < losses[kept - 1][1]:
                kept = epoch
                best = {name: t.detach().cpu().clone() for name, t in network.state_dict().items()}
            elif epoch - kept >= settings.patience:
                break
    network.load_state_dict(best)
    network.eval()
    return Fitted(tuple(losses), kept)


def scores_of(network: Any, texts: Sequence[Sequence[int]], pad: int) -> list[list[float]]:
    """Scores of many texts, in their order; long ones together, so that little is filled."""
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    found: list[list[float]] = [[] for _ in texts]
    for start in range(0, len(order), 16):
        some = order[start : start + 16]
        for at, row in zip(some, predict(network, [texts[at] for at in some], pad), strict=True):
            found[at] = row
    return found


def loss_on(network: Any, rated: Rated, pad: int) -> float:
    """The mean squared error over texts and heads."""
    rows = zip(scores_of(network, rated.texts, pad), rated.scores, strict=True)
    errors = [(a - b) ** 2 for row, truth in rows for a, b in zip(row, truth, strict=True)]
    return sum(errors) / len(errors)


def _step(
    network: Any, rated: Rated, batch: Sequence[int], settings: ScorerSettings, pad: int
) -> float:
    """Gradients of one batch, gathered part by part; its mean squared error."""
    import torch

    device = next(network.parameters()).device
    total = 0.0
    for start in range(0, len(batch), settings.part):
        some = batch[start : start + settings.part]
        scores = torch.tensor([list(rated.scores[at]) for at in some], device=device)
        given = network(*as_batch([rated.texts[at] for at in some], pad, device))
        share = len(some) / len(batch)
        loss = torch.nn.functional.mse_loss(given, scores) * share
        loss.backward()
        total += float(loss.detach())
    return total


def _batches(n: int, size: int, seed: int, epoch: int) -> Iterator[list[int]]:
    order = list(range(n))
    random.Random(f"{seed}/{epoch}").shuffle(order)
    for start in range(0, n, size):
        yield order[start : start + size]


def _slope(step: int, steps: int, warm_up: float) -> float:
    """The share of the full rate at a step: up from 0, then down to 0, in straight lines."""
    rising = warm_up * steps
    if step < rising:
        return (step + 1) / (rising + 1)
    return (steps - step) / max(1.0, steps - rising)


def _groups(network: Any, weight_decay: float) -> list[dict[str, Any]]:
    """Matrices decay, vectors (biases, normalisations) do not."""
    named = [value for value in network.parameters() if value.requires_grad]
    return [
        {"params": [value for value in named if value.ndim > 1], "weight_decay": weight_decay},
        {"params": [value for value in named if value.ndim <= 1], "weight_decay": 0.0},
    ]
