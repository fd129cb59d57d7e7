"""Story continuation: the first picture and its description, the narrative that follows (3.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storypainter.sequence import Sequence
from storypainter.sequences.tasks import saying
from storypainter.sequences.tasks.describing import description
from storypainter.sequences.tasks.exercise import Asked, Exercise, Lack, frames, shown
from storypainter.sequences.tasks.rows import Task

TASK: Final[Task] = "continuation"


def exercises(sequence: Sequence, limit: int) -> Iterator[Asked]:
    """The rest of the narrative, a paragraph a picture: from the first picture, and from all."""
    told = frames(sequence, limit)
    described = description(sequence, told[0])
    opening = saying.sentence(told[0].part)
    rest = [each.part for each in told[1:]]
    reason = ""
    if len(told) < 2:
        reason = "one picture alone"
    elif not all(each.strip() for each in rest):
        reason = "a later picture has no part of the narrative"
    elif not described:
        reason = "the first picture has no description"
    if reason:
        yield Lack(TASK, "first", reason)
        yield Lack(TASK, "pictures", reason)
        return
    text = saying.paragraphs(rest)
    fields = {"description": described}
    if opening and not saying.said_in(opening, described):
        fields["opening"] = opening
        yield Exercise(TASK, "first and opening", "1", shown(sequence, 0), text, fields)
    else:
        yield Exercise(TASK, "first", "1", shown(sequence, 0), text, fields)
    fields = {"description": described}
    yield Exercise(TASK, "pictures", "1", shown(sequence, *range(len(told))), text, fields)
