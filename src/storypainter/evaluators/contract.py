"""What an evaluator is: marks for each story, findings over the whole set.

An evaluator scores each :class:`Subject` by itself (so that marks stream, and a resumed
evaluation repeats nothing) and may then look at all of them together. Everything that decides
its numbers is in ``identity``; it goes into the keys under which marks and findings are stored.
Third parties register a factory under the entry point group ``storypainter.evaluators``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic import Field

from storypainter.errors import StorypainterError
from storypainter.models.calling import Caller
from storypainter.models.contract import CallFailed, ImagePart, Verdict
from storypainter.picture import Picture
from storypainter.scene import Scene
from storypainter.score import Score
from storypainter.story import Story
from storypainter.value import Value


class Files(Protocol):
    """Where the files that a Picture names lie."""

    def read_file(self, relative: str) -> bytes:
        """The bytes of a file, by its path relative to the run folder.

        Raises:
            StorypainterError: it is missing, changed or too large.
        """
        ...


@dataclass(frozen=True, slots=True)
class Subject:
    """What is evaluated: a Story, with what else the run knows of the item (0-based ``index``).

    ``files`` is where the Picture's files are read; it is no part of what the subject is.
    """

    index: int
    story: Story
    scene: Scene | None = None
    picture: Picture | None = None
    files: Files | None = field(default=None, compare=False, repr=False)

    def look(self) -> ImagePart | None:
        """The painted picture as a Seer gets it; ``None`` where there is none to read.

        Raises:
            CallFailed: the file is missing or is not the one that was painted; this item fails,
                the others go on.
        """
        if self.picture is None or self.files is None:
            return None
        try:
            data = self.files.read_file(self.picture.file)
        except StorypainterError as error:
            raise CallFailed(Verdict.INVALID, error.message, error.hint) from error
        digest = hashlib.sha256(data).hexdigest()
        if digest != self.picture.sha256:
            raise CallFailed(
                Verdict.INVALID,
                f"{self.picture.file} is not the picture that was painted",
                "restore the file",
            )
        return ImagePart(data, self.picture.media_type, sha256=digest)

    def drawing(self) -> str | None:
        """The picture's SVG, where its painter left one."""
        if self.picture is None or self.files is None or self.picture.svg is None:
            return None
        return self.files.read_file(self.picture.svg).decode("utf-8")


class Passage(Value):
    """Why: a kind of finding (``sequence``), the words of the text that show it, where.

    ``start`` and ``end`` are character offsets into the story; equal where there is no place.
    """

    kind: str
    text: str
    start: int = 0
    end: int = 0


class Marks(Value):
    """What an evaluator says of one story: Scores, the passages behind them, and its own data.

    ``data`` is what :meth:`Evaluator.summarise` needs again (a summary, the nearest example);
    it holds plain JSON values only.
    """

    scores: tuple[Score, ...] = ()
    passages: tuple[Passage, ...] = ()
    data: dict[str, Any] = Field(default_factory=dict)

    def score(self, name: str) -> Score | None:
        """The Score of that name."""
        return next((score for score in self.scores if score.name == name), None)


class Table(Value):
    """A table to show: a title, column heads, rows of text or numbers, and what was cut."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | int | None, ...], ...] = ()
    note: str = ""


class Findings(Value):
    """What an evaluator says of the whole set.

    ``warnings`` must be shown wherever a score that they put in doubt is shown: ``doubts`` names
    those scores (``diversity``), as one warning a line. ``subjects`` is the hash of the set that
    was looked at; whoever stores the findings sets it.
    """

    scores: tuple[Score, ...] = ()
    tables: tuple[Table, ...] = ()
    warnings: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    subjects: str = ""

    def score(self, name: str) -> Score | None:
        """The Score of that name."""
        return next((score for score in self.scores if score.name == name), None)


class Evaluator(Protocol):
    """Scores stories. ``name`` is what ``--evaluators`` calls it.

    ``judge`` names who judges in a few words (``offline``, ``openai/gpt-4.1-mini``);
    ``version`` changes whenever equal input may get another score; ``identity`` is everything
    that decides the scores (judge, version, thresholds, models, template hashes).
    """

    name: str
    judge: str
    version: str

    @property
    def identity(self) -> Mapping[str, Any]: ...

    async def mark(self, subject: Subject, caller: Caller, *, sample: str) -> Marks:
        """Marks for one story. ``sample`` tells a second try from a first.

        Raises:
            CallFailed: a model that it asks gave no usable answer; no marks then, never a zero.
        """
        ...

    async def summarise(
        self, marked: Sequence[tuple[Subject, Marks]], missing: int, caller: Caller
    ) -> Findings:
        """Findings over all marked stories; ``missing`` stories could not be marked."""
        ...

    async def aclose(self) -> None: ...
