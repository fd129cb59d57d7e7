"""Telling: all pictures in order, the whole narrative in numbered parts (``parts.py``).

A task of its own, ``described``, gives a description of each picture as well: for models that look
at each picture by itself before they tell (``sequences tell --look-first``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storypainter.sequence import Sequence
from storypainter.sequences.tasks import saying
from storypainter.sequences.tasks.describing import description
from storypainter.sequences.tasks.exercise import Asked, Exercise, Lack, shown
from storypainter.sequences.tasks.parts import write_parts
from storypainter.sequences.tasks.rows import Task
from storypainter.sequences.tasks.wordings import numbered

TASK: Final[Task] = "telling"
DESCRIBED: Final[Task] = "described"


def exercises(sequence: Sequence, limit: int) -> Iterator[Asked]:
    """The narrative of a sequence; longer ones in stretches, each after the part before it.

    A stretch has ``limit`` pictures, the last one what is left; a single picture that is left is
    told with the stretch before it, of which it takes a picture away.
    """
    return _told(sequence, limit, TASK)


def described(sequence: Sequence, limit: int) -> Iterator[Asked]:
    """The same, asked with the description of each picture (``describing.description``)."""
    return _told(sequence, limit, DESCRIBED)


def _told(sequence: Sequence, limit: int, task: Task) -> Iterator[Asked]:
    parts = [each.part.strip() for each in sequence.frames]
    for first, end in stretches(len(parts), limit):
        form = "on" if first else "whole"
        if end - first < 2:
            yield Lack(task, form, "one picture alone")
        elif not any(parts) and sequence.story.strip():
            yield Lack(task, form, "the narrative is in one piece, not in parts")
        elif not all(parts[first:end]):
            yield Lack(task, form, "a picture has no part of the narrative")
        elif first and not parts[first - 1]:
            yield Lack(task, form, "the part before it is not known")
        else:
            fields = {"before": saying.sentence(parts[first - 1])} if first else {}
            key = str(first + 1)
            if task == DESCRIBED:
                key = f"described-{key}"
                seen = [description(sequence, each) for each in sequence.frames[first:end]]
                if not all(seen):
                    yield Lack(task, form, "a picture has no description")
                    continue
                fields["descriptions"] = numbered(seen)
            pictures = shown(sequence, *range(first, end))
            text = write_parts(parts[first:end])
            yield Exercise(task, form, key, pictures, text, fields)


def stretches(pictures: int, limit: int) -> list[tuple[int, int]]:
    """(first, end) of consecutive stretches of at most ``limit`` pictures, none of one picture.

    >>> stretches(5, 6), stretches(8, 3), stretches(7, 3)
    ([(0, 5)], [(0, 3), (3, 6), (6, 8)], [(0, 3), (3, 5), (5, 7)])
    """
    found = [(at, min(at + limit, pictures)) for at in range(0, pictures, limit)]
    if len(found) > 1 and limit > 2 and pictures % limit == 1:
        (before, _), (last, end) = found[-2:]
        found[-2:] = [(before, last - 1), (last - 1, end)]
    return found
