"""Two people who pull at one rope: a straight rope between them, in the fists of both."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from storypainter.ink.composition.plan import Plan
from storypainter.ink.composition.standing import Standing
from storypainter.ink.drawing.geometry import Point
from storypainter.scene import Person, Prop, Scene

#: Things that two people can pull at from both ends.
ROPES = ("rope", "cable")
#: How far in arm lengths the leading hand is from the shoulder, ahead and down.
_AHEAD, _DOWN = 0.82, 0.34
_APART = 17.0  # cm between the hands of one of the two, for a grown-up


@dataclass(frozen=True, slots=True)
class Tug:
    """One end of a rope that two people pull at, in pixels.

    ``hands`` are the leading hand and the one behind it; ``other`` is who has the other end.
    """

    rope: str
    hands: tuple[Point, Point]
    other: str


def tugs_of(scene: Scene, plan: Plan, standing: Mapping[str, Standing]) -> dict[str, Tug]:
    """By person, how they pull at a rope that exactly one other person pulls at as well."""
    found: dict[str, Tug] = {}
    for prop in scene.props:
        pair = _pullers(scene, prop)
        if prop.kind not in ROPES or len(pair) != 2 or prop.id in standing:
            continue
        if not all(person.id in standing for person in pair):
            continue
        ends = [_end(plan, standing, person, other) for person, other in (pair, pair[::-1])]
        # arms that would cross take the rope nearer to themselves
        middle = (ends[0][0] + ends[1][0]) / 2
        for (person, other), end, far in zip(
            (pair, pair[::-1]), ends, (ends[1], ends[0]), strict=True
        ):
            side = 1.0 if standing[other.id].x > standing[person.id].x else -1.0
            gap = 3.0 * standing[person.id].cm
            lead = (min(end[0] * side, middle * side - gap) * side, end[1])
            length = max(1.0, math.dist(lead, far))
            share = _APART * standing[person.id].cm * _size(plan, person) / length
            back = lead[0] - share * (far[0] - lead[0]), lead[1] - share * (far[1] - lead[1])
            if (far[0] - lead[0]) * side <= 0:
                back = lead[0] - side * share * length, lead[1]
            found[person.id] = Tug(prop.id, (lead, back), other.id)
    return found


def _pullers(scene: Scene, prop: Prop) -> list[Person]:
    """Who has a rope in the hands or pulls it."""
    return [
        person
        for person in scene.people
        if any(hold.what == prop.id for hold in person.holds)
        or any(r.kind == "pulls" and r.target == prop.id for r in person.relations)
    ]


def _end(plan: Plan, standing: Mapping[str, Standing], person: Person, other: Person) -> Point:
    """Where the leading hand of a person is who pulls towards themselves."""
    own, size = standing[person.id], plan.bodies[person.id].size
    side = 1.0 if standing[other.id].x > own.x else -1.0
    x, y = own.at(*size.shoulder)
    return x + side * _AHEAD * size.reach * own.cm, y + _DOWN * size.reach * own.cm


def _size(plan: Plan, person: Person) -> float:
    """How large a body is beside a grown-up's."""
    return min(1.0, plan.bodies[person.id].size.reach / 58.0)
