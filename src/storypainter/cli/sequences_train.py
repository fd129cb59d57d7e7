"""``storypainter sequences train sft|rl``: vision-language models that tell stories."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, TypeVar

import click

from storypainter import assembly
from storypainter.cli.options import spec_options
from storypainter.cli.train_options import (
    device_option,
    finish,
    out_option,
    quiet_option,
    settings_of,
    teller,
    template_option,
)
from storypainter.errors import BadInput
from storypainter.models.calling import Limits
from storypainter.models.catalog import connect_writer
from storypainter.models.contract import ModelOptions
from storypainter.sequences.tasks.rows import TASKS
from storypainter.sequences.training.settings import (
    RewardSettings,
    VisionSettings,
    parts_of,
)

S = TypeVar("S", bound=VisionSettings)
#: Fields with an option of their own, or without any.
_OWN = frozenset({"train", "lam"})
_REWARDS = ("grounded", "judge", "length")


@click.group("train")
def command() -> None:
    """Train a vision-language model on tasks: sft, then rl."""


_COMMON = (
    click.argument(
        "tasks", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="TASKS"
    ),
    click.option(
        "--base",
        required=True,
        metavar="MODEL",
        help="a vision-language model: a folder of safetensors, or a hub id",
    ),
    out_option,
    click.option("--from-adapter", default="", metavar="FOLDER", help="go on from this adapter"),
    template_option,
    click.option(
        "--train",
        "parts",
        default=None,
        metavar="PARTS",
        help="what learns, of connector, language and vision, with commas between them"
        "  [default: connector,language]",
    ),
)


def _common(function: Any) -> Any:
    for option in reversed(_COMMON):
        function = option(function)
    return function


def _names(kind: type[VisionSettings], *without: str) -> tuple[str, ...]:
    return tuple(name for name in kind.model_fields if name not in _OWN | set(without))


@command.command("sft", help="Supervised learning on all tasks (paper, equation 1).")
@_common
@click.option(
    "--task",
    "only",
    multiple=True,
    type=click.Choice(TASKS),
    help="learn this task alone; may be given several times  [default: all]",
)
@spec_options(*_names(VisionSettings, "beta"), kind=VisionSettings)
@quiet_option
@device_option
@click.pass_context
def _sft(
    ctx: click.Context,
    /,
    tasks: Path,
    base: str,
    out: Path,
    from_adapter: str,
    chat_template: str,
    parts: str | None,
    only: tuple[Any, ...],
    device: str,
    quiet: bool,
    **settings: Any,
) -> None:
    from storypainter.sequences.training.training import train_sft

    asked = _settings(VisionSettings, settings, parts)
    trained = train_sft(
        tasks,
        base,
        out,
        asked,
        only=only,
        from_adapter=from_adapter,
        chat_template=chat_template,
        device=device,
        say=teller(quiet),
    )
    finish(ctx, trained, out)


@command.command(
    "rl", help="Learning by rewards beside the supervised term (paper, equations 2 to 4)."
)
@_common
@click.option(
    "--reward",
    "rewards",
    required=True,
    multiple=True,
    metavar="NAME[=WEIGHT]",
    help="grounded (what the pictures' annotations hold, offline), judge (--judge against the true "
    "narrative) or length (a penalty outside the band); may be given several times  [weight: 1]",
)
@click.option(
    "--judge", "address", default="", metavar="MODEL", help="who judges, as openai/gpt-4o"
)
@click.option("--base-url", default="", help="the judge's server, where it is not OpenAI's")
@click.option("--max-cost", type=float, default=None, help="US dollars that judging may cost")
@click.option(
    "--price",
    "price",
    multiple=True,
    metavar="MODEL=IN/OUT",
    help="the judge's price where it isn't known: dollars a million tokens in/out",
)
@click.option("--max-concurrency", type=click.IntRange(1, 512), default=8, show_default=True)
@click.option(
    "--shortest",
    type=click.FloatRange(0, min_open=True),
    default=0.6,
    show_default=True,
    help="length: a narrative without a penalty has at least this share of the true one's words",
)
@click.option(
    "--longest",
    type=click.FloatRange(0, min_open=True),
    default=1.5,
    show_default=True,
    help="length: and at most this share",
)
@click.option(
    "--lambda",
    "lam",
    type=float,
    default=None,
    help="λ, the weight of the rewards' loss; 0 is supervised learning  [default: 1.0]",
)
@click.option(
    "--task",
    "only",
    multiple=True,
    # A question of described gives away what the rewards look for.
    type=click.Choice([task for task in TASKS if task != "described"]),
    help="tell of this task's prompts; may be given several times  [default: telling]",
)
@spec_options(*_names(RewardSettings), kind=RewardSettings)
@quiet_option
@device_option
@click.pass_context
def _rl(
    ctx: click.Context,
    /,
    tasks: Path,
    base: str,
    out: Path,
    from_adapter: str,
    chat_template: str,
    parts: str | None,
    rewards: tuple[str, ...],
    address: str,
    base_url: str,
    max_cost: float | None,
    price: tuple[str, ...],
    max_concurrency: int,
    shortest: float,
    longest: float,
    only: tuple[Any, ...],
    device: str,
    quiet: bool,
    **settings: Any,
) -> None:
    from storypainter.sequences.training.rewarding import Rewarding
    from storypainter.sequences.training.training import train_rl

    asked = _settings(RewardSettings, settings, parts)
    weights = _weights(rewards)
    if ("judge" in weights) != bool(address):
        raise BadInput(
            "--reward judge needs --judge MODEL" if not address else "--judge needs --reward judge",
            "give both, or neither",
        )
    if shortest > longest:
        raise BadInput(f"--shortest {shortest:g} is above --longest {longest:g}", "correct one")
    judge = None
    if address:
        options = ModelOptions(
            base_url=base_url or None,
            api_key=os.environ.get("OPENAI_API_KEY", "").strip() or None,
            connections=max_concurrency,
        )
        judge = connect_writer(address, options)
    rewarding = Rewarding(
        weights,
        judge,
        (judge.aclose,) if judge is not None else (),
        (shortest, longest),
        Limits(
            max_concurrency=max_concurrency,
            start_concurrency=max_concurrency,
            max_cost=max_cost,
        ),
        assembly.read_prices(dict(assembly.read_price_flag(text) for text in price)),
    )
    trained = train_rl(
        tasks,
        base,
        out,
        asked,
        rewarding,
        only=only or ("telling",),
        from_adapter=from_adapter,
        chat_template=chat_template,
        device=device,
        say=teller(quiet),
    )
    finish(ctx, trained, out)


def _settings(kind: type[S], given: dict[str, Any], parts: str | None) -> S:
    train = parts_of(parts) if parts is not None else None
    return settings_of(
        kind, {**given, "train": train}, hint=lambda error: "correct it", flags={"lam": "--lambda"}
    )


def _weights(rewards: tuple[str, ...]) -> dict[str, float]:
    """``("grounded", "length=0.5")`` as weights by name.

    Raises:
        BadInput: no such reward, one that is there twice, or a weight that is none.
    """
    found: dict[str, float] = {}
    for each in rewards:
        name, given, text = each.partition("=")
        if name not in _REWARDS:
            raise BadInput(f"--reward {each}: no reward {name!r}", f"known: {', '.join(_REWARDS)}")
        try:
            weight = float(text) if given else 1.0
        except ValueError:
            weight = 0.0
        if not 0 < weight <= 1000:
            raise BadInput(f"--reward {each}: no weight above 0", "write it as grounded=0.5")
        if name in found:
            raise BadInput(f"--reward {name} is there twice", "give it once")
        found[name] = weight
    if set(found) == {"length"}:
        raise BadInput(
            "--reward length alone rewards any text of that length", "add another reward"
        )
    return found
