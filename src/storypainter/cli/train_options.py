"""What the commands that train an adapter share: options, settings from flags, the last line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.value import Value, first_problem

if TYPE_CHECKING:
    from storypainter.training.tuning.flow import Trained

V = TypeVar("V", bound=Value)

out_option = click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="the training's folder; the same command again goes on after a kill",
)
template_option = click.option(
    "--chat-template",
    default="",
    metavar="FILE|plain",
    help="for a base that has none: a Jinja file, or plain (ours)",
)
device_option = click.option("--device", type=click.Choice(["auto", "cpu", "cuda"]), default="auto")
quiet_option = click.option("--quiet", is_flag=True, help="print the last line only")


def settings_of(
    kind: type[V],
    given: Mapping[str, Any],
    *,
    hint: Callable[[ValidationError], str],
    flags: Mapping[str, str],
) -> V:
    """The settings that flags ask for.

    Args:
        kind: of settings.
        given: values by field; None is what was not given.
        hint: what to do about a value that can't be.
        flags: of the fields whose flag is not their name.

    Raises:
        BadInput: a value can't be (which flag).
    """
    try:
        return kind(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        where, what = first_problem(error).split(": ", 1)
        flag = flags.get(where, "--" + where.replace("_", "-"))
        raise BadInput(f"{flag}: {what[:1].lower()}{what[1:]}", hint(error)) from None


def teller(quiet: bool) -> Callable[[str], None]:
    """Prints a training's lines to standard error, or nothing."""
    return (lambda line: None) if quiet else (lambda line: click.echo(line, err=True))


def finish(ctx: click.Context, trained: Trained, out: Path) -> None:
    """Say where the adapter is; the exit status of Ctrl-C where training was stopped."""
    if not trained.finished:
        ctx.exit(130)
    if trained.main:
        click.echo(f"adapter: {out / 'adapter'}  (card: {out / 'README.md'})")
