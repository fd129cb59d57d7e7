"""What a reader would not take, and what was done about it."""

from __future__ import annotations

from typing import Literal, get_args

from storypainter.value import Value

Reason = Literal[
    "missing",
    "unreadable",
    "duplicate",
    "too few pictures",
    "too many pictures",
    "too large",
    "not safe",
    "locked",
    "unsupported",
    "took too long",
    "annotation",
    "ornament",
]
#: What was refused: a whole source, one of its sequences, one picture, or lines of text.
Level = Literal["source", "sequence", "picture", "text"]

REASONS: tuple[Reason, ...] = get_args(Reason)

#: What the reasons mean, for the card.
MEANING: dict[Reason, str] = {
    "missing": "a file that is named isn't there",
    "unreadable": "not the file that it says it is, or a damaged one",
    "duplicate": "the same pixels as an earlier picture (or the same pictures as an earlier sequence)",
    "too few pictures": "fewer pictures than a sequence needs",
    "too many pictures": "more pictures than a sequence may have",
    "too large": "beyond a limit on bytes, pixels, pages or seconds",
    "not safe": "a path that leads out, a link, or an archive that unpacks to far more than it is",
    "locked": "protected by a password or by digital rights management",
    "unsupported": "a kind of file that isn't read here",
    "took too long": "reading was stopped after a time limit",
    "annotation": "the annotations don't fit the pictures, or can't be read",
    "ornament": "too small to be a picture of the story",
}


class Refusal(Value):
    """One thing that was left out.

    ``where`` names the file (and what inside it), ``said`` is what is wrong with it, ``done`` what
    was done; ``hint`` says what to do about it and may be empty.
    """

    level: Level
    reason: Reason
    where: str
    said: str
    done: str
    hint: str = ""

    @property
    def line(self) -> str:
        """One line: ``tale.cbz, 003.png: unreadable: …; the sequence was refused``."""
        text = f"{self.where}: {self.reason}: {self.said}; {self.done}"
        return f"{text} ({self.hint})" if self.hint else text


class Refused(Exception):
    """A reader can't take this; becomes a :class:`Refusal` where it is known what is done.

    Args:
        reason: which kind of fault.
        said: what is wrong, without the file's name.
        where: which file or part of it, if it isn't the whole source.
        hint: what to do about it.
    """

    def __init__(self, reason: Reason, said: str, where: str = "", hint: str = "") -> None:
        super().__init__(said)
        self.reason: Reason = reason
        self.said = said
        self.where = where
        self.hint = hint
