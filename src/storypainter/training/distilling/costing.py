"""What a training set may cost, before anything is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from storypainter import assembly
from storypainter.training.distilling.making import Distillation
from storypainter.training.distilling.telling import most_stories


@dataclass(frozen=True, slots=True)
class Cost:
    """What a part may cost in US dollars; ``None``: the price is unknown.

    ``calls`` and ``likely`` hold if every story can be used, ``most`` for as many as are written at
    most before the set is given up.
    """

    part: str
    address: str
    calls: int
    likely: float | None
    most: float | None


def costs(distillation: Distillation) -> tuple[Cost, ...]:
    """The cost of the teacher's stories and of the students' answers, if nothing is stored yet."""
    return tuple(_costs(distillation))


def _costs(distillation: Distillation) -> Iterator[Cost]:
    asked = distillation.asked
    given = sum(source.times * len(source.stories) for source in distillation.sources)
    teacher = distillation.teacher
    if teacher is not None:
        n = asked.prompts - min(given, asked.prompts // 2)
        plan = distillation.plans[teacher.name]
        (each,) = assembly.estimate(replace(plan, n=n))
        (most,) = assembly.estimate(replace(plan, n=most_stories(n)))
        yield Cost("teacher", teacher.address, each.calls, each.likely, most.most)
    for student in distillation.students:
        n = (asked.prompts + 1) // 2 if asked.rejected == "both" else asked.prompts
        (each,) = assembly.estimate(replace(distillation.plans[student.name], n=n))
        # a student's answer may be as long as it is allowed to be, and often is
        yield Cost(student.name, student.address, each.calls, each.most, each.most)
