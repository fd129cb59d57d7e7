"""What can go wrong, and what to do about it.

Every error carries a message (the cause) and a hint (the next step). The command line prints
both on one line and exits with the error's ``exit_code``.
"""

from __future__ import annotations

from typing import ClassVar


class StorypainterError(Exception):
    """The base of all errors that storypainter raises on purpose.

    Args:
        message: what is wrong and where, one line.
        hint: what to do next, one line; may be empty.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class BadInput(StorypainterError):
    """Input that can't be used: a flag, a file, a value. Nothing was called or written."""

    exit_code = 2


class MissingExtra(BadInput):
    """A part of storypainter that needs an optional dependency which isn't installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs the extra [{extra}], which is not installed",
            f"run: pip install 'storypainter[{extra}]'",
        )


class SomeItemsFailed(StorypainterError):
    """The run finished, but some of its items failed; their reasons are in the run."""

    exit_code = 3


class AuthFailed(StorypainterError):
    """A server refused our key. The run stopped at once."""

    exit_code = 4


class OutOfBudget(StorypainterError):
    """The run's own cost ceiling, or the vendor's quota, is used up."""

    exit_code = 5


class Interrupted(StorypainterError):
    """Somebody asked to stop; everything paid is stored, and the same command goes on."""

    exit_code = 130


class RunFolderError(StorypainterError):
    """A run folder that is in use, damaged, too new, or can't be written."""

    exit_code = 6


class ServerUnreachable(StorypainterError):
    """No server answers at the address."""

    exit_code = 7
