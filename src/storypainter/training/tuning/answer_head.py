"""The logits of the answer's tokens only, and their gradient without computing them twice.

trl never holds the logits of a whole batch: it makes them in tiles, throws them away, and makes
them again for the gradient. On GPUs it leaves out the tokens that carry no loss; on processors it
computes all of them, the prompt's and the padding's too. With a vocabulary of 49,000 to 262,000
tokens the head is a fifth to two thirds of a small model's work, so that both matters.

Here the tokens without loss are left out on processors as well, and the gradient is made with
the logits, once: the log-probability of token y at hidden state h has the gradient W[y] − Σ p W
in h whatever the loss makes of it, and the loss only scales it. That needs a frozen head, which
LoRA has. Values and gradients are trl's up to rounding (a test holds them beside each other).
In half precision (autocast) the two products are made with it, and all else in single precision.
"""

from __future__ import annotations

import functools
import types
from typing import Any

#: Tokens whose logits are in memory at once.
TOKENS_AT_ONCE = 256
#: What a model may do to its logits after the head; trl's own head knows how, this one doesn't.
_SCALES = (
    "final_logit_softcapping",
    "logit_scale",
    "output_multiplier",
    "lm_head_multiplier",
    "logits_scaling",
    "output_router_logits",
)


def fits(model: Any) -> bool:
    """Whether this head says what the model's own says: on the processor, plain, frozen, fp32."""
    import torch

    head = model.get_output_embeddings()
    config = model.config.get_text_config()
    return (
        isinstance(head, torch.nn.Linear)
        and head.weight.device.type == "cpu"
        and head.weight.dtype == torch.float32
        and not any(p.requires_grad for p in head.parameters())
        and all(getattr(config, name, None) in (None, 1.0) for name in _SCALES)
    )


def use_answer_head(model: Any) -> None:
    """Put this head in place of trl's on a model that :func:`fits` and that trl has set up."""
    import torch
    from trl.trainer.utils import FusedCausalLMOutput

    theirs = model.forward
    scored = _scored_function()

    @functools.wraps(type(model).forward)
    def forward(self: Any, *args: Any, **given: Any) -> Any:
        if not given.get("fused_lm_head") or given.get("shift_labels") is not None:
            return theirs(*args, **given)
        labels = given.pop("labels")[:, 1:]
        for name in ("fused_lm_head", "shift_labels", "num_items_in_batch"):
            given.pop(name, None)
        given["use_cache"] = False
        hidden = self.base_model(*args, **given).last_hidden_state[:, :-1]
        mask = labels != -100
        head = self.get_output_embeddings()
        found = scored.apply(hidden[mask], head.weight, head.bias, labels[mask])
        spread = [part.new_zeros(mask.shape).masked_scatter(mask, part) for part in found]
        log_probs, entropy, mean_logits, is_top1 = spread
        return FusedCausalLMOutput(
            loss=-log_probs.sum() / mask.sum().clamp(min=1),
            log_probs=log_probs,
            entropy=entropy,
            mean_logits=mean_logits,
            is_top1=is_top1.to(torch.bool),
            label_mask=mask,
        )

    model.forward = types.MethodType(forward, model)


def _for_products(weight: Any) -> Any:
    """The weight in autocast's precision where that is on, once for all tiles."""
    import torch

    autocast = torch.is_autocast_enabled("cpu")
    return weight.to(torch.get_autocast_dtype("cpu")) if autocast else weight


@functools.cache
def _scored_function() -> Any:
    import torch

    class Scored(torch.autograd.Function):  # type: ignore[misc]
        """Log-probability, entropy, mean logit and whether it is the likeliest, of each token."""

        @staticmethod
        def forward(ctx: Any, hidden: Any, weight: Any, bias: Any, targets: Any) -> Any:
            """``hidden`` (tokens, width), ``weight`` (vocabulary, width), ``targets`` (tokens)."""
            learns = ctx.needs_input_grad[0]
            weight, bias = _for_products(weight), bias if bias is None else _for_products(bias)
            slopes = torch.empty_like(hidden) if learns else hidden.new_empty(0)
            parts = []
            for start in range(0, len(hidden), TOKENS_AT_ONCE):
                some = slice(start, start + TOKENS_AT_ONCE)
                target = targets[some, None]
                given = hidden[some].to(weight.dtype)
                logits = torch.nn.functional.linear(given, weight, bias).float()
                mean = logits.mean(-1)
                best, likeliest = logits.max(-1, keepdim=True)
                logits -= best
                chosen = logits.gather(-1, target)
                shares = logits.exp()
                total = shares.sum(-1, keepdim=True)
                logits *= shares
                entropy = total.log() - logits.sum(-1, keepdim=True) / total
                log_prob = chosen - total.log()
                parts.append(
                    torch.stack(
                        [log_prob[:, 0], entropy[:, 0], mean, (likeliest == target)[:, 0].float()]
                    )
                )
                if learns:
                    shares /= -total
                    shares.scatter_add_(-1, target, torch.ones_like(total))
                    slopes[some] = torch.mm(shares.to(weight.dtype), weight)
            found = torch.cat(parts, 1) if parts else hidden.new_zeros(4, 0)
            log_probs, *others = found.unbind()
            ctx.save_for_backward(slopes)
            ctx.mark_non_differentiable(*others)
            return (log_probs, *others)

        @staticmethod
        def backward(ctx: Any, given: Any, *_: Any) -> Any:
            (slopes,) = ctx.saved_tensors
            return slopes * given[:, None], None, None, None

    return Scored
