"""Balance: no answer is so frequent that saying it always would do.

Answers are balanced in cells: exercises of one form with the same possible answers and as many
pictures. Of the ways to ask one thing the one is taken whose answer is rarest so far; what is left
over of the frequent answers is dropped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Generic, TypeVar

from storypainter.sequences.tasks.exercise import Exercise
from storypainter.sequences.tasks.rows import Task, TaskRow

T = TypeVar("T")

#: With more than two answers one may have so many times its even share.
SURPLUS = 1.25
#: Where there are very many answers, a share up to this one is never too large.
NEVER_TOO_LARGE = 0.1


@dataclass(frozen=True, slots=True)
class Of(Generic[T]):
    """An exercise of something: of a sequence, whose id may stand in ``source``."""

    source: T
    exercise: Exercise


Cell = tuple[str, tuple[str, ...], int]


def cell(exercise: Exercise) -> Cell:
    """What an exercise's answer is balanced within."""
    return exercise.form, exercise.options, len(exercise.shown)


def chosen(groups: Iterable[list[Of[T]]]) -> list[Of[T]]:
    """One exercise of each group: the one whose answer is rarest among those taken so far.

    Args:
        groups: the ways to ask one thing of one sequence, each in an order that decides ties.
    """
    answers: Counter[tuple[Cell, str]] = Counter()
    about: Counter[tuple[Cell, str, str]] = Counter()
    taken = []
    for group in groups:
        rarest = [_used(each.exercise, about, answers) for each in group]
        best = group[rarest.index(min(rarest))]
        key = cell(best.exercise)
        answers[key, best.exercise.answer] += 1
        about[key, best.exercise.about, best.exercise.answer] += 1
        taken.append(best)
    return taken


def _used(
    exercise: Exercise,
    about: Counter[tuple[Cell, str, str]],
    answers: Counter[tuple[Cell, str]],
) -> tuple[int, int]:
    """How often an exercise's answer was taken: for its subject, then for all."""
    key = cell(exercise)
    return about[key, exercise.about, exercise.answer], answers[key, exercise.answer]


def trimmed(exercises: Iterable[Of[T]]) -> tuple[list[Of[T]], Counter[str]]:
    """Exercises without the surplus of frequent answers, in the same order; and how many went.

    Of two possible answers none may have more than half, of ``k`` none more than ``SURPLUS / k``.
    A cell with one answer alone, which could be given without looking, goes altogether. Exercises
    without an ``answer`` stay.
    """
    cells: dict[Cell, list[Of[T]]] = defaultdict(list)
    everything = list(exercises)
    for each in everything:
        if each.exercise.answer:
            cells[cell(each.exercise)].append(each)
    most = {
        key: largest(Counter(each.exercise.answer for each in several), len(key[1]))
        for key, several in cells.items()
    }
    kept: list[Of[T]] = []
    left_out: Counter[str] = Counter()
    used: Counter[tuple[Cell, str]] = Counter()
    for each in everything:
        key = cell(each.exercise)
        if each.exercise.answer:
            if used[key, each.exercise.answer] >= most[key]:
                left_out[each.exercise.form] += 1
                continue
            used[key, each.exercise.answer] += 1
        kept.append(each)
    return kept, left_out


def largest(answers: Mapping[str, int], options: int = 0) -> int:
    """How many exercises with one answer a cell may have.

    Args:
        answers: how many there are with each answer.
        options: how many answers are possible; 0 where they can't be listed: those that come up.
    """
    if len(answers) < 2:
        return 0
    limit = allowed(options or len(answers))
    for most in range(max(answers.values()), 1, -1):
        if most <= limit * sum(min(most, each) for each in answers.values()):
            return most
    return 1


def allowed(options: int) -> float:
    """The largest share that one of so many answers may have."""
    return 0.5 if options == 2 else max(SURPLUS / options, NEVER_TOO_LARGE)


def in_turns(exercises: Iterable[Of[T]]) -> list[Of[T]]:
    """Exercises so ordered that every beginning of the list has all forms and answers in turn."""
    forms: dict[str, dict[tuple[Cell, str], list[Of[T]]]] = defaultdict(lambda: defaultdict(list))
    for each in exercises:
        forms[each.exercise.form][cell(each.exercise), each.exercise.answer].append(each)
    return _by_turns([_by_turns(list(answers.values())) for answers in forms.values()])


def _by_turns(several: list[list[Of[T]]]) -> list[Of[T]]:
    return [each for turn in zip_longest(*several) for each in turn if each is not None]


@dataclass(frozen=True, slots=True)
class Guess:
    """How often the best constant answer to a form is right.

    ``expected`` is the share that guessing among the answers that come up would have on average.
    """

    task: Task
    form: str
    n: int
    answers: int
    right: int
    expected: float

    @property
    def share(self) -> float:
        """The share of questions that the best constant answer gets right."""
        return self.right / self.n


def constant_answers(rows: Iterable[TaskRow]) -> list[Guess]:
    """The best constant answer for each form with short answers, knowing the number of pictures."""
    cells: dict[tuple[Task, str], dict[int, Counter[str]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for row in rows:
        if row.answer:
            cells[row.task, row.form][len(row.images)][row.answer] += 1
    found = []
    for (task, form), by_size in sorted(cells.items()):
        n = sum(each.total() for each in by_size.values())
        right = sum(max(each.values()) for each in by_size.values())
        expected = sum(each.total() / len(each) for each in by_size.values()) / n
        answers = len(set().union(*by_size.values()))
        found.append(Guess(task, form, n, answers, right, expected))
    return found
