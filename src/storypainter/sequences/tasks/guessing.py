"""How often an answer can be guessed from the words of its question, without any picture.

A naive Bayes classifier reads the question and the number of pictures; it learns from four fifths
of the sequences and guesses the answers of the last, five times. A task whose answers it finds
teaches a model to read questions, not pictures.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from storypainter.sequences.tasks.balancing import Guess
from storypainter.sequences.tasks.rows import Task, TaskRow

FOLDS = 5
#: Of a form with more rows than this, so many are looked at: the first ones.
MOST_ROWS = 2000
#: A form with fewer rows is not judged.
LEAST_ROWS = 50

_WORD = re.compile(r"\w+")


def guessed_blind(rows: Iterable[TaskRow]) -> list[Guess]:
    """For each form with short answers, how many of them the classifier guesses."""
    forms: dict[tuple[Task, str], list[TaskRow]] = defaultdict(list)
    for row in rows:
        if row.answer and len(forms[row.task, row.form]) < MOST_ROWS:
            forms[row.task, row.form].append(row)
    found = []
    for (task, form), of_form in sorted(forms.items()):
        if len(of_form) < LEAST_ROWS:
            continue
        right = 0
        for fold in range(FOLDS):
            learnt = [row for row in of_form if _fold(row) != fold]
            asked = [row for row in of_form if _fold(row) == fold]
            if learnt and asked:
                right += _right(learnt, asked)
        answers = len({row.answer for row in of_form})
        found.append(Guess(task, form, len(of_form), answers, right, 1 / answers))
    return found


def _fold(row: TaskRow) -> int:
    return hashlib.blake2b(row.sequence.encode(), digest_size=2).digest()[0] % FOLDS


def _features(row: TaskRow) -> Counter[str]:
    return Counter([f"{len(row.images)} pictures", *_WORD.findall(row.question.lower())])


def _right(learnt: Sequence[TaskRow], asked: Sequence[TaskRow]) -> int:
    priors = Counter(row.answer for row in learnt)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in learnt:
        counts[row.answer].update(_features(row))
    known = len({word for each in counts.values() for word in each})
    totals = {answer: each.total() + known for answer, each in counts.items()}
    right = 0
    for row in asked:
        features = _features(row)
        best = max(
            sorted(priors),
            key=lambda answer: (
                math.log(priors[answer])
                + sum(
                    many * math.log((counts[answer][word] + 1) / totals[answer])
                    for word, many in features.items()
                )
            ),
        )
        right += best == row.answer
    return right
