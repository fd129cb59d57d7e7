"""From answers about key points to the Scores of a Pair: means over points and over Dimensions.

Every mean leaves out points without an answer and says how many those are. A dependency mean
counts a causal point only if all its ancestors hold, as in the Davidsonian Scene Graph (Cho et
al. 2024, arXiv 2310.18235), with all ancestors instead of the parents alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from storypainter.evaluators.alignment_asking import Answer, Given
from storypainter.evaluators.key_points import Point
from storypainter.score import Score
from storypainter.story import Dimension

#: What stands for a degree below it in a geometric mean, so that one point can't make it zero.
FLOOR = 0.01

BY_DIMENSION = tuple(f"alignment_{each.value}" for each in Dimension)
#: The Scores of the protocol ``yes_no`` and of the structural judge, in order.
OF_ANSWERS = (
    "alignment",
    "alignment_by_dimension",
    *BY_DIMENSION,
    "alignment_clues",
    "alignment_conclusions",
    "alignment_dependent",
    "alignment_soft",
    "alignment_soft_dependent",
    "alignment_geometric",
    "alignment_geometric_dependent",
)
#: The Scores of the protocol ``scores``.
OF_SCORES = ("alignment_holistic", "alignment_by_dimension", *BY_DIMENSION)

#: A point's value, or ``None`` where it has none.
Value = Callable[[int], float | None]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Who judges: the judge and version that every Score carries."""

    judge: str
    version: str

    def score(
        self, name: str, values: Sequence[float | None], none: str, *, geometric: bool = False
    ) -> Score:
        """The mean of the values that are known; absent with ``none`` where none is.

        ``n`` counts the known values, ``parts`` the points and those without an answer.
        """
        known = [value for value in values if value is not None]
        parts = {"points": float(len(values)), "absent": float(len(values) - len(known))}
        if not known:
            why = f"no answer to any of {len(values)} key points" if values else none
            return self.absent(name, why).model_copy(update={"n": 0, "parts": parts})
        mean = geometric_mean(known) if geometric else math.fsum(known) / len(known)
        return Score(
            name=name,
            judge=self.judge,
            version=self.version,
            value=mean,
            n=len(known),
            parts=parts,
        )

    def absent(self, name: str, reason: str) -> Score:
        """A Score without a value."""
        return Score(name=name, judge=self.judge, version=self.version, absent=reason)


def geometric_mean(values: Sequence[float]) -> float:
    """The geometric mean; values below :data:`FLOOR` count as FLOOR.

    Raises:
        ValueError: no values.
    """
    if not values:
        raise ValueError("the mean of nothing")
    return math.exp(math.fsum(math.log(max(value, FLOOR)) for value in values) / len(values))


# ---------------------------------------------------------------------- values of points


def plain(answers: Sequence[Answer]) -> Value:
    """1 for yes, 0 for no."""
    return lambda at: _bit(answers[at].yes)


def soft(answers: Sequence[Answer]) -> Value:
    """The degree of yes."""
    return lambda at: answers[at].p if answers[at].yes is not None else None


def dependent(points: Sequence[Point], answers: Sequence[Answer], value: Value) -> Value:
    """A point's value if all its ancestors hold; 0 if one doesn't.

    ``None`` where the point has no answer, or no ancestor fails but one has no answer.
    """

    def gated(at: int) -> float | None:
        own = value(at)
        held = [answers[each].yes for each in points[at].ancestors]
        if own is None or False in held:
            return own if own is None else 0.0
        return None if None in held else own

    return gated


def _bit(yes: bool | None) -> float | None:
    return None if yes is None else float(yes)


# ---------------------------------------------------------------------------- scores


def scores_of_answers(
    points: Sequence[Point], answers: Sequence[Answer], who: Labelled
) -> tuple[Score, ...]:
    """All Scores of a Pair from the answers to its key points, named as :data:`OF_ANSWERS`."""
    every = range(len(points))
    hard, degree = plain(answers), soft(answers)
    clues = [hard(at) for at in every if points[at].is_clue]
    others = [hard(at) for at in every if not points[at].is_clue]
    hard_dependent = dependent(points, answers, hard)
    degree_dependent = dependent(points, answers, degree)
    by_dimension = _by_dimension(points, hard, who)
    unknown = "there are no key points"
    scores = [
        who.score("alignment", [hard(at) for at in every], unknown),
        _over_dimensions(by_dimension, who),
        *by_dimension,
        who.score("alignment_clues", clues, "no key point is a clue"),
        who.score("alignment_conclusions", others, "no key point is a conclusion"),
        who.score("alignment_dependent", [hard_dependent(at) for at in every], unknown),
    ]
    softs = (
        ("alignment_soft", degree, False),
        ("alignment_soft_dependent", degree_dependent, False),
        ("alignment_geometric", degree, True),
        ("alignment_geometric_dependent", degree_dependent, True),
    )
    has_degrees = all(each.p is not None for each in answers if each.yes is not None)
    for name, value, geometric in softs:
        if has_degrees:
            values = [value(at) for at in every]
            scores.append(who.score(name, values, unknown, geometric=geometric))
        else:
            scores.append(who.absent(name, "the Seer gave no probabilities, only yes and no"))
    return tuple(scores)


def scores_of_given(points: Sequence[Point], given: Given, who: Labelled) -> tuple[Score, ...]:
    """All Scores of a Pair that a Seer scored itself, named as :data:`OF_SCORES`."""
    counts = {each: sum(p.key.dimension is each for p in points) for each in Dimension}
    found = []
    for dimension, name in zip(Dimension, BY_DIMENSION, strict=True):
        value = given.dimensions.get(dimension)
        if value is None:
            why = "the Seer gave it no score" if counts[dimension] else _none_of(dimension)
            absent = who.absent(name, why)
            found.append(absent.model_copy(update={"n": 0, "parts": _counted(counts[dimension])}))
        else:
            parts = _counted(counts[dimension])
            score = who.score(name, [value], "")
            found.append(score.model_copy(update={"n": counts[dimension], "parts": parts}))
    holistic = who.score("alignment_holistic", [given.overall], "")
    holistic = holistic.model_copy(update={"n": len(points), "parts": _counted(len(points))})
    return (holistic, _over_dimensions(found, who), *found)


def _counted(points: int) -> dict[str, float]:
    return {"points": float(points)}


def _by_dimension(points: Sequence[Point], value: Value, who: Labelled) -> list[Score]:
    found = []
    for dimension, name in zip(Dimension, BY_DIMENSION, strict=True):
        own = [value(at) for at, point in enumerate(points) if point.key.dimension is dimension]
        found.append(who.score(name, own, _none_of(dimension)))
    return found


def _none_of(dimension: Dimension) -> str:
    return f"the story has no key point in {dimension.label}"


def _over_dimensions(scores: Sequence[Score], who: Labelled) -> Score:
    """The mean over the Dimensions that have a score; ``n`` counts Dimensions."""
    known: Mapping[str, float] = {
        each.name: each.value for each in scores if each.value is not None
    }
    unanswered = [each for each in scores if each.value is None and each.parts.get("points")]
    if not known:
        return who.absent("alignment_by_dimension", "no Dimension has a score")
    score = who.score("alignment_by_dimension", list(known.values()), "")
    parts = {"dimensions": float(len(known)), "absent": float(len(unanswered))}
    return score.model_copy(update={"parts": parts})
