"""The command line: one file a command, imported when it is used.

Exit codes: 0 done; 2 bad input; 3 finished, but some items failed; 4 the server refused the
key; 5 out of budget; 6 the run folder is in use, damaged or can't be written; 7 no server
answers; 130 interrupted; 1 anything else.
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any

import click

from storypainter import __version__
from storypainter.cli.lazy import lazy_group
from storypainter.errors import StorypainterError

#: Name -> (module, one line for the list of commands).
COMMANDS: dict[str, tuple[str, str]] = {
    "generate": ("generate", "Write stories and paint them."),
    "tell": ("tell", "Write stories only."),
    "paint": ("paint", "Paint stories that are already there."),
    "plan": ("plan", "Plan one story without any model, and show why it holds."),
    "evaluate": ("evaluate", "Score the stories of a run or a file."),
    "validate": ("validate", "Measure how far the evaluators' scores can be trusted."),
    "select": ("select", "Choose stories by their scores, rank them, keep the best of several."),
    "ratings": ("ratings", "Rating sheets for people, their import, and how far raters agree."),
    "train": ("train", "Train a Mini-Storyteller, or a scorer of semantic complexity."),
    "distill": ("distill", "Make a training set for a Mini-Storyteller."),
    "sequences": ("sequences", "Picture sequences: make or read them, tell, train and judge."),
    "experiment": ("experiment", "Run or resume the rows of a table, then make the table."),
    "report": ("report", "Make one HTML page of a run."),
    "runs": ("runs", "List, show, verify and export runs."),
    "models": ("models", "List, probe and pull models."),
    "pool": ("pool", "List, check, split and sample example stories."),
}


@click.group(cls=lazy_group(COMMANDS), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="storypainter")
def cli() -> None:
    """Make Storytelling Images: one picture that tells a story.

    Try: storypainter generate -n 3 --out runs/first
    """


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit with its code."""
    sys.exit(run(cli, arguments))


def run(command: click.Command, arguments: list[str] | None = None, **extra: Any) -> int:
    """Run a click command; every known error becomes one clear line and an exit code."""
    try:
        result = command.main(arguments, standalone_mode=False, **extra)
        return result if isinstance(result, int) else 0
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        return 130
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        return 130
    except click.exceptions.Exit as request:
        return request.exit_code
    except click.ClickException as error:
        _say(error.format_message())
        if isinstance(error, click.UsageError) and error.ctx is not None:
            click.echo(f"Help: {error.ctx.command_path} --help", err=True)
        return 2
    except StorypainterError as error:
        _say(str(error))
        if error.__cause__ is not None and os.environ.get("STORYPAINTER_TRACEBACK"):
            traceback.print_exception(error.__cause__)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output is gone (| head): nothing to tell anybody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _say(message: str) -> None:
    label = click.style("error:", fg="red", bold=True)
    click.echo(f"{label} {message}", err=True)


if __name__ == "__main__":
    main()
