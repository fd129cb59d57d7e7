"""The loss of learning by rewards beside the supervised term (paper, equation 4)."""

from __future__ import annotations

from typing import Any

from storypainter.sequences.training.settings import RewardSettings


class CombinedLoss:
    """For a trainer of trl's that samples (GRPO, RLOO): L = nll · L_NLL + λ · L_RL.

    The hook: ``compute_loss`` adds to trl's own loss, times λ, the negative log-likelihood of the
    true narratives of the same update's prompts. trl passes on only what was generated, so that
    the rows are kept when completions are made, and dealt out over the parts of the update: each
    row counts once, however many completions were written for it. L_NLL is the mean over an
    update's true tokens, as in supervised learning, however the rows fall into parts.

    With λ = 0 nothing is generated: what remains is supervised learning in this order of rows.
    Held out, the loss is L_NLL alone.

    Attributes:
        wanted: the weights of both terms, and the temperature that completions are sampled at.
        collate: makes a batch of rows with their true narratives.
    """

    wanted: RewardSettings
    collate: Any
    # trl's.
    model: Any
    args: Any
    accelerator: Any
    current_gradient_accumulation_steps: int
    loss_is_scaled_for_ga: bool
    _step: int
    _metrics: Any

    _supervised: list[Any]
    _supervised_tokens: float

    def _generate_and_score_completions(self, inputs: list[dict[str, Any]]) -> Any:
        import torch

        training = self.model.training
        if self.wanted.nll or not training:
            self._keep(inputs, self.args.steps_per_generation if training else 1)
        if not self.wanted.lam:
            # Only so that trl can split it into the parts of the update.
            return {"advantages": torch.zeros(len(inputs))}
        return super()._generate_and_score_completions(inputs)  # type: ignore[misc]

    def _keep(self, inputs: list[dict[str, Any]], parts: int) -> None:
        import torch

        rows = list({row["row"]: row for row in inputs}.values())
        dealt = [rows[at::parts] for at in range(parts)]
        self._supervised = [
            self.collate([dict(row) for row in some]) if some else None for some in dealt
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
        if self.wanted.lam:
            rewarded = super().compute_loss(  # type: ignore[misc]
                model, inputs, return_outputs, num_items_in_batch
            )
            self._note("rl_loss", rewarded.detach() / scale)
            terms.append(self.wanted.lam * rewarded)
        if self.wanted.nll:
            found = self.nll_of(model, self._step % self.args.steps_per_generation)
            # A part without a row of its own has no supervised term: the others carry them all.
            self._note("nll", 0.0 if found is None else found.detach())
            if found is not None:
                terms.append(self.wanted.nll * scale * found)
        return sum(terms) if terms else self._nothing(model)

    def nll_of(self, model: Any, part: int) -> Any:
        """A part's share of the update's mean; None where it has no row."""
        import torch

        batch = self._supervised[part]
        if batch is None:
            return None
        given = {key: value.to(self.accelerator.device) for key, value in batch.items()}
        if self.wanted.temperature == 1:
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
        """Its parts add up to the update's, the processes' are averaged; logs take means."""
        import torch

        here = torch.as_tensor(value, dtype=torch.float32, device=self.accelerator.device)
        everywhere = self.accelerator.gather(here).mean()
        parts = self.current_gradient_accumulation_steps
        self._metrics["train"][name].append(float(everywhere) * parts)
