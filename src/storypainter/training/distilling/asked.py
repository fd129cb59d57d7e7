"""What a training set is asked to be."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from storypainter.training.distilling.rows import Kind
from storypainter.value import Seed, Value

#: How many rows each kind has by default (paper, section 3.2).
ROWS = {"sft": 2000, "dpo": 2000, "dpo-mix": 4000}
StudentPrompt = Literal["cor_guided", "naive", "mini"]
Rejected = Literal["", "student", "near_miss", "both"]


class Asked(Value):
    """Everything that decides a training set.

    ``teacher`` is an address, ``planner``, or empty where all stories are there already
    (``stories``); ``also`` are stories mixed in, each source with how many times one of its stories
    is used at most. ``student`` and ``smaller`` write what is rejected; ``rejected`` (empty: by the
    student) is for ``dpo`` alone. ``licence`` is what the maker says of the whole set.
    """

    kind: Kind
    n: Annotated[int, Field(ge=1, le=1_000_000)]
    teacher: str = ""
    teacher_mode: str = ""
    stories: str = ""
    also: tuple[str, ...] = ()
    student: str = ""
    smaller: str = ""
    rejected: Rejected = ""
    prompt: StudentPrompt = "cor_guided"
    pool: str = "own"
    examples: Annotated[int, Field(ge=1, le=20)] = 3
    seed: Seed = 0
    wording: Literal["written", "plain"] = "written"
    min_words: Annotated[int, Field(ge=1)] = 90
    max_words: Annotated[int, Field(ge=1)] = 180
    licence: str = ""

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.min_words > self.max_words:
            raise ValueError(
                f"--min-words {self.min_words} is more than --max-words {self.max_words}"
            )
        if not self.teacher and not self.stories:
            raise ValueError("nobody teaches: name --teacher or --teacher-stories")
        if self.teacher and self.stories:
            raise ValueError("--teacher and --teacher-stories exclude each other: use --also")
        self._check_rejected()
        return self

    def _check_rejected(self) -> None:
        """Whether there is somebody for every kind of rejected answer, and nobody without a part."""
        if self.kind != "dpo-mix" and self.smaller:
            raise ValueError("--smaller is for dpo-mix")
        if self.kind == "sft" and (self.student or self.rejected):
            raise ValueError("sft has no rejected answers: drop --student and --rejected")
        if self.asks_student and not self.student:
            near = ", or --rejected near_miss" if self.kind == "dpo" else ""
            raise ValueError(f"{self.kind} needs a --student, whose answers are rejected{near}")
        if self.student and not self.asks_student and self.kind != "sft":
            raise ValueError("near misses need no --student: drop it, or use --rejected both")
        if self.kind == "dpo-mix":
            if self.rejected not in ("", "student"):
                raise ValueError("dpo-mix rejects answers of two models: drop --rejected")
            if not self.smaller:
                raise ValueError("dpo-mix needs the --smaller sibling of the student")
            if self.smaller == self.student:
                raise ValueError("the --smaller sibling is the --student itself")
            if self.n % 2:
                raise ValueError(f"dpo-mix has two rows a prompt: -n {self.n} is odd")

    @property
    def asks_student(self) -> bool:
        """Whether the student has to answer prompts."""
        return self.kind == "dpo-mix" or (self.kind == "dpo" and self.rejected != "near_miss")

    @property
    def prompts(self) -> int:
        """How many prompts the rows need."""
        return self.n // 2 if self.kind == "dpo-mix" else self.n
