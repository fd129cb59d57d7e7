"""What a folder of tasks is asked to be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, field_validator

from storypainter.errors import BadInput
from storypainter.sequences.tasks.rows import MAX_IMAGES, TASKS, Task
from storypainter.value import Seed, Value

#: How much of each task is mixed in: the paper's four in equal shares, and telling twice as much.
#: ``described`` is for models that shall look first, and is asked for by name.
WEIGHTS: Mapping[Task, float] = {
    "caption": 1,
    "continuation": 1,
    "consistency": 1,
    "emotion": 1,
    "telling": 2,
}


class Asked(Value):
    """Everything that decides the rows, beside the set itself.

    Attributes:
        set: the hash of the set's rows.
        wordings: the hash of the questions' wordings.
        phrases: the hash of how places, times and feelings are said.
        weights: what is mixed; a task that isn't named isn't made.
        n: how many rows there are to learn from; 0: as many as the weights allow.
        frames_max: the most pictures of a sequence that one row shows.
    """

    set: str
    wordings: str
    phrases: str = ""
    weights: dict[Task, Annotated[float, Field(gt=0, le=1000)]] = Field(min_length=1)
    n: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    frames_max: Annotated[int, Field(ge=3, le=MAX_IMAGES)] = 6
    seed: Seed = 0

    @field_validator("weights")
    @classmethod
    def _in_order(cls, weights: dict[Task, float]) -> dict[Task, float]:
        return {task: weights[task] for task in TASKS if task in weights}


def parsed_weights(text: str) -> dict[Task, float]:
    """Weights as they are written: ``caption=1,telling=2``; a weight of 0 leaves a task out.

    Raises:
        BadInput: no such list, a task that isn't there or is named twice, a weight that is no
            number from 0 to 1000, or nothing but zeros.
    """
    hint = "write TASK=NUMBER,…, such as caption=1,telling=2"
    if not text.strip():
        return dict(WEIGHTS)
    found: dict[Task, float] = {}
    for each in text.split(","):
        name, equals, number = each.partition("=")
        task = next((known for known in TASKS if known == name.strip()), None)
        if task is None:
            raise BadInput(
                f"--weights: there is no task {name.strip()[:40]!r}",
                f"tasks are {', '.join(TASKS)}",
            )
        if task in found:
            raise BadInput(f"--weights: {task} is there twice", hint)
        try:
            weight = float(number)
        except ValueError:
            weight = -1.0
        if not equals or not 0 <= weight <= 1000:
            raise BadInput(f"--weights: {number.strip()[:40]!r} is no weight from 0 to 1000", hint)
        found[task] = weight
    found = {task: weight for task, weight in found.items() if weight}
    if not found:
        raise BadInput("--weights: every task has the weight 0", hint)
    return found
