"""The mean of a Score over stories, as all findings give it: n, interval, and what is absent and why."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from storypainter.evaluators.contract import Marks, Subject
from storypainter.intervals import bounded_t_interval
from storypainter.score import Score

Marked = Sequence[tuple[Subject, Marks]]


def mean_score(
    marked: Marked,
    missing: int,
    name: str,
    judge: str,
    version: str,
    *,
    told: str = "",
    most: float = 1.0,
) -> Score:
    """The mean of a Score over stories.

    Its interval is Student's, ended at 0 and ``most``; none where all stories have the same value,
    since their spread is then unknown and not nothing. ``parts`` holds the number of stories
    without a value (``absent``) and the means of those parts that every value has; the reason
    lists why values are absent, each with its count.

    Args:
        marked: stories with their marks.
        missing: how many stories could not be marked.
        name: of the Scores that are averaged, and of this one.
        judge: of this Score.
        version: of this Score.
        told: what the number is, for its reason.
        most: the highest value that the Score can have (``math.inf`` for counts); 0 is the lowest.
    """
    scores = [score for _, marks in marked if (score := marks.score(name)) is not None]
    known = [score for score in scores if score.value is not None]
    values = [score.value for score in known if score.value is not None]
    reasons = Counter(score.absent for score in scores if score.absent)
    reasons += Counter({"not scored": len(marked) - len(scores), "could not be marked": missing})
    left_out = "; ".join(f"{count} absent: {why}" for why, count in reasons.items())
    if not values:
        only = next(iter(reasons), "there are no stories")
        absent = left_out if len(reasons) > 1 else only  # one reason for all needs no count
        return Score(name=name, judge=judge, version=version, absent=absent, n=0)
    shared = [part for part in known[0].parts if all(part in each.parts for each in known)]
    parts = {part: math.fsum(each.parts[part] for each in known) / len(known) for part in shared}
    return Score(
        name=name,
        judge=judge,
        version=version,
        value=math.fsum(values) / len(values),
        n=len(values),
        interval=bounded_t_interval(values, most=most),
        reason="; ".join(filter(None, (told, left_out))),
        parts={**parts, "absent": float(sum(reasons.values()))},
    )
