"""Mixing tasks by weights, within one row."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from storypainter.sequences.tasks.rows import Task


@dataclass(frozen=True, slots=True)
class Mix:
    """How many rows of each task there are.

    ``ran_out`` are the tasks that gave all they had; where a number of rows was asked for, the
    others took their places. ``none`` are tasks of which no row could be made at all.
    """

    rows: Mapping[Task, int]
    ran_out: tuple[Task, ...] = ()
    none: tuple[Task, ...] = ()


def mixed(weights: Mapping[Task, float], available: Mapping[Task, int], n: int = 0) -> Mix:
    """Share ``n`` rows among tasks by their weights.

    Where ``n`` is 0 there are as many rows as the weights allow: the task that has least for its
    weight decides. Else a task that has too few gives all of them, and the others share the rest.

    Args:
        weights: above 0.
        available: how many rows of each task there are.
        n: how many are wanted.
    """
    none = tuple(task for task in weights if not available.get(task))
    open_tasks = {task: weight for task, weight in weights.items() if task not in none}
    if not open_tasks:
        return Mix(dict.fromkeys(weights, 0), (), none)
    if n == 0:
        least = min(available[task] / weight for task, weight in open_tasks.items())
        whole = math.floor(least * sum(open_tasks.values()) + 1e-9)
        shares = _shares(open_tasks, whole, available)
        ran_out = tuple(task for task, weight in open_tasks.items()
                        if math.isclose(available[task] / weight, least))  # fmt: skip
        return Mix({task: shares.get(task, 0) for task in weights}, ran_out, none)
    given: dict[Task, int] = {}
    while open_tasks:
        left = n - sum(given.values())
        whole_weight = sum(open_tasks.values())
        short = [
            task for task, weight in open_tasks.items()
            if left * weight / whole_weight > available[task]
        ]  # fmt: skip
        if not short:
            given |= _shares(open_tasks, left, available)
            break
        for task in short:
            given[task] = available[task]
            del open_tasks[task]
    ran_out = tuple(
        task for task in weights
        if task not in none and task not in open_tasks
    )  # fmt: skip
    return Mix({task: given.get(task, 0) for task in weights}, ran_out, none)


def _shares(
    weights: Mapping[Task, float], n: int, available: Mapping[Task, int]
) -> dict[Task, int]:
    """Whole numbers nearest to the exact shares: the largest remainders are rounded up."""
    whole = sum(weights.values())
    exact = {task: n * weight / whole for task, weight in weights.items()}
    shares = {task: min(math.floor(each + 1e-9), available[task]) for task, each in exact.items()}
    by_remainder = sorted(exact, key=lambda task: shares[task] - exact[task])
    for task in by_remainder:
        if sum(shares.values()) < n and shares[task] < available[task]:
            shares[task] += 1
    return shares
