"""What is wrong with one row of a story file."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from storypainter.value import first_problem


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that can't be used: the story's id where it is known, the cause, the next step."""

    story_id: str
    message: str
    hint: str


def problem_of(error: ValidationError, story_id: str) -> Problem:
    """What is wrong with a row's id or text, in the words of a story file."""
    field = error.errors(include_url=False, include_input=False)[0]["loc"][0]
    if field == "id":
        return Problem(
            "",
            f"{story_id[:40]!r} is not a valid id" if story_id else "the id is empty",
            "use letters, digits, _ . : - and begin with a letter or digit",
        )
    if field == "text":
        return Problem(story_id, "the story is empty", "write the story, or remove the row")
    return Problem(story_id, first_problem(error), "correct that field")
