"""Command-line options, made from the settings so that help, types and defaults can't drift."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from storypainter import settings
from storypainter.value import Value

F = TypeVar("F", bound=Callable[..., Any])

STORY = (
    "storyteller", "mode", "pool", "examples", "seed", "temperature", "top_p", "max_tokens",
    "with_chains", "adapter", "briefs", "wording",
)  # fmt: skip
EVALUATION = (
    "judge", "seer", "extraction", "rubric", "scorer", "key_points", "protocol", "summariser",
    "embedder", "neighbours", "pool", "seed",
)  # fmt: skip
PICTURE = (
    "painter", "director", "stand_ins", "size", "quality", "background", "output_format", "template",
    "steps", "guidance", "painter_base_url",
)  # fmt: skip
CALLING = (
    "base_url", "device", "max_concurrency", "start_concurrency", "rpm", "max_cost", "timeout",
)  # fmt: skip
BRIEF_HELP = {
    "setting": "where it happens",
    "people": "somebody who appears, or how many people; may be given several times",
    "required": "something that must be seen; may be given several times",
    "forbidden": "something that must not be seen; may be given several times",
    "language": "the language of the stories",
    "locale": "the culture they are set in",
    "audience": "who they are for",
    "style": "the look of the picture, in words (ink: line, flat or mono)",
    "richness": "sparse, medium or rich",
    "clues": "exactly so many clues",
    "chains": "exactly so many Chains",
    "causal": "exactly so many causal links",
    "at_least": "DIMENSION=N, at least N Chains in it, such as mental_state=2; may be given several times",
    "tension": "unaware (somebody doesn't know), imminent (about to happen) or torn",
}
_MANY = frozenset({"people", "required", "forbidden", "at_least"})
_COUNTS = frozenset({"clues", "chains", "causal"})


def spec_options(*names: str, kind: type[Value] = settings.RunSpec) -> Callable[[F], F]:
    """The options of these settings of a spec, in order."""

    def decorate(function: F) -> F:
        for name in reversed(names):
            function = _option(name, kind)(function)
        return function

    return decorate


def brief_options(function: F) -> F:
    """The options of the Brief (its theme is the command's argument)."""
    for name in reversed(BRIEF_HELP):
        flag = "--" + name.replace("_", "-")
        kind = int if name in _COUNTS else str
        function = click.option(
            flag, name, multiple=name in _MANY, type=kind, help=BRIEF_HELP[name]
        )(function)
    return function


def run_options(function: F) -> F:
    """What all commands that make a run have in common."""
    for option in (
        click.option(
            "--out", "out", type=click.Path(), required=True,
            help="the run folder; the same command again resumes it",
        ),
        click.option(
            "--price", "price", multiple=True, metavar="MODEL=IN/OUT",
            help="your price: dollars a million tokens in/out, or MODEL=EACH dollars a picture",
        ),
        click.option("--dry-run", is_flag=True, help="show the plan and its cost; call nothing"),
        click.option("--json", "as_json", is_flag=True, help="print one JSON object at the end"),
        click.option("--quiet", is_flag=True, help="print errors only"),
    ):  # fmt: skip
        function = option(function)
    return function


def _option(name: str, spec: type[Value]) -> Callable[[F], F]:
    flag = "--" + name.replace("_", "-")
    kind = settings.python_type(name, spec)
    default = settings.default_of(name, spec)
    # By identity: 0 is a default that is worth saying, and equals False.
    shown = (
        "" if default == "" or default is None or default is False else f"  [default: {default}]"
    )
    text = settings.help_of(name, spec) + shown
    # The default is None: what was not given must stay visible to the environment and the file.
    if kind is bool:
        return click.option(flag, name, is_flag=True, default=None, help=text)
    return click.option(flag, name, type=kind, default=None, help=text)
