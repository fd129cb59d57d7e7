"""The curves of a training of a vision-language model, which differ by method and rewards."""

from __future__ import annotations

from collections.abc import Sequence

from storypainter.sequences.training.settings import Method
from storypainter.training.tuning.curves import BOTH, LOGGED, RATE, SFT, Curves, Panel

_RL = (
    "nll", "rl_loss", "reward", "reward_spread", "unscored", "kl", "entropy", "tokens", "cut",
    "eval_reward", "eval_unscored", "eval_tokens", "eval_cut",
)  # fmt: skip
_REWARDED = {
    "nll": "nll",
    "rl_loss": "rl_loss",
    "reward": "reward",
    "reward_std": "reward_spread",
    "unscored": "unscored",
    "kl": "kl",
    "entropy": "entropy",
    "completions/mean_length": "tokens",
    "completions/clipped_ratio": "cut",
}
_LABELS = {"loss": "training", "nll": "L_NLL", "rl_loss": "L_RL", "reward": "training"}


def curves_of(method: Method, parts: Sequence[str] = ()) -> Curves:
    """The table of a vision-language model.

    ``loss`` is what is minimised; held out it is L_NLL alone, in nats a token, for both methods.
    ``unscored`` is the share of completions without a reward, ``cut`` of those that were cut off,
    ``tokens`` their mean length. A reward's parts come beside it, as ``reward_grounded``.

    Args:
        method: what is trained.
        parts: names of the reward's parts.
    """
    if method == "sft":
        return Curves((*BOTH, *SFT), LOGGED, (_panel("loss", "loss", "eval_loss"), RATE))
    rewards = [f"reward_{part}" for part in parts]
    shown = rewards if len(parts) > 1 else []
    return Curves(
        (*BOTH, *_RL, *rewards, *(f"eval_{name}" for name in rewards)),
        {**LOGGED, **_REWARDED, **{name: name for name in rewards}},
        (
            _panel("loss", "loss", "nll", "rl_loss", "eval_loss"),
            _panel("reward", "reward", "eval_reward", *shown),
            _panel("tokens of a narrative", "tokens", "eval_tokens"),
        ),
    )


def _panel(title: str, *names: str) -> Panel:
    return Panel(title, {name: _label(name) for name in names}, legend="small")


def _label(name: str) -> str:
    if name.startswith("eval_"):
        return "held out"
    return _LABELS.get(name, name.removeprefix("reward_").replace("_", " "))
