"""``storypainter train sft|dpo|dpo-mix``: Mini-Storytellers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

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
from storypainter.training.tuning.settings import Method, TuningSettings

_HELP: dict[Method, str] = {
    "sft": "Train a small model to write as the teacher wrote (SFT, LoRA).",
    "dpo": "Train a small model to prefer the teacher's answers to the rejected ones (DPO, LoRA).",
    "dpo-mix": "As dpo, with a smaller model's answers among the rejected ones.",
}


def command_for(method: Method) -> click.Command:
    """The command that trains by ``method``."""

    @click.command(method, help=_HELP[method])
    @click.argument(
        "data", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DATA"
    )
    @click.option(
        "--base",
        required=True,
        metavar="MODEL",
        help="llama/smollm2-135m, a .gguf file, a folder of safetensors, or a hub id",
    )
    @out_option
    @click.option(
        "--from-adapter",
        default="",
        metavar="FOLDER",
        help="go on from the adapter of this training (SFT, then DPO)",
    )
    @template_option
    @spec_options(
        *(name for name in TuningSettings.model_fields if name != "beta" or method != "sft"),
        kind=TuningSettings,
    )
    @device_option
    @quiet_option
    @click.pass_context
    def command(
        ctx: click.Context,
        /,
        data: Path,
        base: str,
        out: Path,
        from_adapter: str,
        chat_template: str,
        device: str,
        quiet: bool,
        **settings: Any,
    ) -> None:
        from storypainter.training.tuning.training import train

        asked = settings_of(TuningSettings, settings, hint=_hint, flags={})
        trained = train(
            method,
            data,
            base,
            out,
            asked,
            from_adapter=from_adapter,
            chat_template=chat_template,
            device=device,
            say=teller(quiet),
        )
        finish(ctx, trained, out)
        if trained.main and not quiet:
            if trained.base_folder is not None:
                click.echo(f"its base as safetensors: {trained.base_folder}")
            click.echo(f"tell with it: {trained.use}")

    return command


def _hint(error: ValidationError) -> str:
    """What may be given instead, where a number is out of its range."""
    limits = error.errors(include_url=False)[0].get("ctx", {})
    words = {"ge": "{} or more", "gt": "more than {}", "le": "{} or less", "lt": "less than {}"}
    said = [words[name].format(value) for name, value in limits.items() if name in words]
    return f"give {' and '.join(said)}" if said else "correct it"
