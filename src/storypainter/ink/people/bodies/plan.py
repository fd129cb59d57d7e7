"""A person before drawing: where they are, how their body is posed, what overlaps what.

Directions: a person who faces right shows the three-quarter front with the right hand *near*
(at the picture's left) and the left hand *far*; facing left mirrors all of it. Seen from
behind, the left hand is near.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import shapely

from storypainter.errors import BadInput
from storypainter.ink.drawing.geometry import Frame, Geometry, Point, Points, vector
from storypainter.ink.people.bodies import arms
from storypainter.ink.people.bodies.pose_parts import Pose, Step
from storypainter.ink.people.bodies.poses import POSES
from storypainter.ink.people.bodies.skeleton import (
    FLAT,
    Arm,
    SeatAt,
    Skeleton,
    body_height,
    build_skeleton,
    proportions,
    shoulder_of,
)
from storypainter.ink.people.faces.head import HeadPlan, plan_head
from storypainter.scene import Person

Side = Literal["left", "right"]
Box = tuple[float, float, float, float]
#: When an arm is drawn: before the trunk, between trunk and head, or over the head.
Turn = Literal["first", "under the head", "last"]
TURNS: tuple[Turn, ...] = ("first", "under the head", "last")


@dataclass(frozen=True, slots=True)
class Seat:
    """What a person sits on: its height above the ground and the x of its middle, in pixels.

    ``floor`` is how high the feet stand inside it, as in a boat.
    """

    height: float
    x: float
    floor: float = 0.0


@dataclass(frozen=True, slots=True)
class Berth:
    """What a person lies on: its height above the ground and the x of its middle, in pixels."""

    height: float
    x: float


@dataclass(frozen=True, slots=True)
class Placement:
    """Where and how a person stands on the canvas.

    Args:
        x, ground_y: the ground point between the feet (below the middle of who lies), in pixels.
        cm: pixels for one centimetre.
        facing: the way the body points; who lies on the back has the feet there.
        hand_targets: where a hand is to touch or hold, in pixels; by ``left`` and ``right``.
        gaze_target: what the eyes look at, in pixels; ``None`` looks ahead.
        seat: what the person sits on, for poses that sit.
        profile: shows the head from the side.
        berth: what the person lies on, for poses that lie; ``None`` is the ground.
        palms: which hands, ``left`` and ``right``, carry something on the open palm.
    """

    x: float
    ground_y: float
    cm: float
    facing: Literal["left", "right", "away"] = "right"
    hand_targets: Mapping[str, Point | None] = field(default_factory=dict)
    gaze_target: Point | None = None
    seat: Seat | None = None
    profile: bool = False
    berth: Berth | None = None
    palms: frozenset[Side] = frozenset()


@dataclass(frozen=True, slots=True)
class FigureSize:
    """How much room a person needs, in pixels, relative to the ground point (y up is negative).

    ``shoulder`` is the middle between both shoulders; ``reach`` the arm's length from there.
    """

    width: float
    height: float
    head_box: Box
    reach: float
    eye_height: float
    shoulder: Point


@dataclass(slots=True)
class Plan:
    """A posed person: the skeleton in local centimetres, the frame to pixels, what overlaps."""

    person: Person
    at: Placement
    pose: Pose
    frame: Frame
    skeleton: Skeleton
    head: HeadPlan
    near_turn: Turn = "last"
    far_turn: Turn = "first"

    @property
    def lies(self) -> bool:
        """Whether the trunk is nearer to level than upright."""
        return self.pose.support in FLAT


def near_hand(facing: str) -> Side:
    """Which hand is on the near side (at the trailing edge of the picture of the body)."""
    return "right" if facing == "right" else "left"


def far_hand(facing: str) -> Side:
    """Which hand is on the far side, the leading edge: it points, reaches and gives."""
    return "left" if facing == "right" else "right"


def pose_of(person: Person, seated: bool = False) -> Pose:
    """The pose of a person; sitting on something turns standing poses into sitting ones.

    Raises:
        BadInput: the pose is not in the vocabulary.
    """
    try:
        pose = POSES[person.pose]
    except KeyError:
        raise BadInput(
            f"person {person.id!r}: ink knows no pose {person.pose!r}",
            f"use one of: {', '.join(sorted(POSES))}",
        ) from None
    if (seated or person.sits_on) and pose.support == "feet":
        return replace(pose, support="seat", lean=min(pose.lean, 8.0), far_arm_front=True)
    return pose


def plan_person(person: Person, at: Placement, holding: Collection[str] = ()) -> Plan:
    """Poses a person; nothing is drawn.

    Args:
        person: a Scene's person.
        at: where and how they stand.
        holding: what hands hold something: of ``left``, ``right``, ``both``, ``mouth``.

    Raises:
        BadInput: pose or expression is not in the vocabulary.
    """
    pose = pose_of(person, at.seat is not None)
    frame = Frame(at.x, at.ground_y, at.cm, mirror=at.facing == "left")
    targets = _local_targets(at, frame)
    skeleton = _built(person, at, pose, frame, targets)
    head = _headed(person, at, pose, frame, skeleton)
    sides = {
        "near" if side == near_hand(at.facing) else "far" for side in holding if side in _SIDES
    }
    if "both" in holding:
        sides = {"near", "far"}
    palms = {"near" if side == near_hand(at.facing) else "far" for side in at.palms}
    arms.place_arms(skeleton, pose, head, targets, sides, palms)
    plan = Plan(person, at, pose, frame, skeleton, head)
    plan.near_turn, plan.far_turn = _near_turn(plan), _far_turn(plan, "far" in sides)
    return plan


_SIDES = ("left", "right")
#: The share of the own face that an arm that reaches for something may take: chin and cheek.
_GRAZES = 0.07


def _built(
    person: Person, at: Placement, pose: Pose, frame: Frame, targets: Mapping[str, Points]
) -> Skeleton:
    """Trunk and legs; the trunk leans and the knees bend towards what the arms would miss."""
    height = body_height(person.age, person.gender)
    body = proportions(person.age, person.gender, person.build)
    seat, berth = (
        None
        if place is None
        else SeatAt(
            place.height / at.cm,
            frame.local((place.x, at.ground_y))[0],
            place.floor / at.cm if isinstance(place, Seat) else 0.0,
        )
        for place in (at.seat, at.berth)
    )
    skeleton = build_skeleton(height, body, pose, seat, berth=berth)
    if pose.support in FLAT:
        return skeleton
    lean = _reaching_lean(skeleton, pose, targets)
    if not lean:
        return skeleton
    skeleton = build_skeleton(height, body, pose, seat, lean)
    moved = _on_other_legs(skeleton, pose, targets)
    return skeleton if moved is pose else build_skeleton(height, body, moved, seat, lean)


def _headed(
    person: Person, at: Placement, pose: Pose, frame: Frame, skeleton: Skeleton
) -> HeadPlan:
    """The head, turned to what it looks at; deeds that need eyes look at the own hands."""
    away = at.facing == "away"
    gaze = frame.local(at.gaze_target) if at.gaze_target is not None else None
    if pose.support == "back" and gaze is not None:
        rise = float(skeleton.neck[1]) - gaze[1]
        gaze = gaze if rise > abs(gaze[0] - float(skeleton.neck[0])) else None
    if gaze is None and person.gaze is None and pose.watches:
        head = plan_head(person, skeleton, None, away, at.profile, pose.looks)
        hands = arms.pose_goal(skeleton, False, pose.far, head)
        gaze = float(hands[0]), float(hands[1])
    return plan_head(person, skeleton, gaze, away, at.profile, pose.looks)


def _local_targets(at: Placement, frame: Frame) -> dict[str, Points]:
    """Hand targets by ``near`` and ``far``, in local centimetres."""
    near = near_hand(at.facing)
    return {
        "near" if side == near else "far": np.array(frame.local(target))
        for side, target in at.hand_targets.items()
        if target is not None
    }


def _missing(skeleton: Skeleton, pose: Pose, which: str, target: Points) -> float:
    """How many arm lengths a target lies beyond an easy reach; pointing needs no reach."""
    if (pose.near if which == "near" else pose.far).shape == "point":
        return 0.0
    away = target - shoulder_of(skeleton, which == "near")
    return max(0.0, float(np.hypot(*away)) / skeleton.arm_length - 1.08)


def _reaching_lean(skeleton: Skeleton, pose: Pose, targets: Mapping[str, Points]) -> float:
    """How far the trunk leans towards a target that the arm alone would miss, in degrees."""
    most = 0.0
    for which, target in targets.items():
        missing = _missing(skeleton, pose, which, target)
        if missing > 0:
            ahead = float(target[0] - shoulder_of(skeleton, which == "near")[0])
            wanted = math.copysign(min(18.0 if ahead > 0 else 10.0, missing * 60), ahead)
            most = wanted if abs(wanted) > abs(most) else most
    return most


def _on_other_legs(skeleton: Skeleton, pose: Pose, targets: Mapping[str, Points]) -> Pose:
    """The pose with bent knees for a target that is still too low, on tiptoe for one too high."""
    if pose.support != "feet":
        return pose
    drop = 0.0
    for which, target in targets.items():
        missing = _missing(skeleton, pose, which, target)
        below = float(target[1] - shoulder_of(skeleton, which == "near")[1])
        if missing > 0.1 and below < -0.7 * skeleton.arm_length:
            return replace(
                pose, hips=1.0, near_foot=_on_toes(pose.near_foot), far_foot=_on_toes(pose.far_foot)
            )
        if missing > 0.2 and below > 0.7 * skeleton.arm_length:
            drop = max(drop, (missing - 0.2) * skeleton.arm_length)
    legs = (skeleton.body.thigh + skeleton.body.shin) * skeleton.height
    return replace(pose, hips=max(0.5, pose.hips - min(0.4, drop / legs))) if drop else pose


def _on_toes(foot: Step) -> Step:
    return foot if foot.lift else replace(foot, toes=min(foot.toes, -34.0))


def _reaches_ahead(plan: Plan, arm: Arm) -> bool:
    """Whether a hand is in front of the trunk rather than beside it."""
    return bool(arm.wrist[0] > arm.shoulder[0] + 0.045 * plan.skeleton.height)


def _near_turn(plan: Plan) -> Turn:
    arm = plan.skeleton.near_arm
    if plan.at.facing == "away":
        return "first" if _reaches_ahead(plan, arm) else "under the head"
    return "under the head" if _hides_the_face(plan, arm) else "last"


def _far_turn(plan: Plan, holds: bool) -> Turn:
    arm = plan.skeleton.far_arm
    if plan.at.facing == "away":
        return "first"
    if not (plan.pose.far_arm_front or holds or _far_reaches_across(plan, arm)):
        return "first"
    return "under the head" if _hides_the_face(plan, arm) else "last"


def _hides_the_face(plan: Plan, arm: Arm) -> bool:
    """Whether an arm would lie over the own face by mistake: no pose means it, no hand is there."""
    face = arms.face_area(plan.head)
    if plan.pose.over_face or (arm.goal is not None and _holds(face, arm.goal)):
        return False
    side = (near_hand if arm is plan.skeleton.near_arm else far_hand)(plan.at.facing)
    allowed = _GRAZES if plan.at.hand_targets.get(side) is not None else 0.0
    return arms.covered_face(plan.skeleton, arm, face) > allowed


def _holds(area: Geometry, point: Points) -> bool:
    return bool(shapely.contains_xy(area, float(point[0]), float(point[1])))


def _far_reaches_across(plan: Plan, arm: Arm) -> bool:
    if not arm.reaching:
        return False
    skeleton = plan.skeleton
    edge = skeleton.spine(0.5, skeleton.body.waist * 0.6)
    return bool(arm.wrist[0] < edge[0] and arm.wrist[1] < skeleton.pelvis[1]) and bool(
        arm.wrist[0] > skeleton.near_leg.hip[0]
    )


def measure_person(
    person: Person, cm: float, *, seat: Seat | None = None, berth: Berth | None = None
) -> FigureSize:
    """How much room a person in their pose needs; cheap, nothing is drawn.

    Args:
        person: a Scene's person.
        cm: pixels for one centimetre.
        seat: what they sit on, where known; x counts from the ground point.
        berth: what they lie on, where known; the ground otherwise.
    """
    at = Placement(0.0, 0.0, cm, "right", seat=seat, berth=berth)
    plan = plan_person(person, at)
    skeleton, head = plan.skeleton, plan.head
    points = [skeleton.pelvis, skeleton.chest]
    for arm in (skeleton.near_arm, skeleton.far_arm):
        points += [arm.shoulder, arm.elbow, arm.wrist + arm.direction * 0.07 * skeleton.height]
    for leg in (skeleton.near_leg, skeleton.far_leg):
        points += [leg.hip, leg.knee, leg.ankle + vector(0.08 * skeleton.height, 0), leg.ankle]
    left, right, top, bottom = _head_extent(head)
    xs = [float(point[0]) for point in points] + [left, right]
    margin = 0.05 * skeleton.height
    width = 2 * max(abs(min(xs) - margin), abs(max(xs) + margin))
    highest = min([float(point[1]) for point in points] + [top])
    return FigureSize(
        width=width * cm,
        height=-highest * cm,
        head_box=(left * cm, top * cm, right * cm, bottom * cm),
        reach=(skeleton.arm_length + 0.06 * skeleton.height) * cm,
        eye_height=-head.eyes[1] * cm,
        shoulder=(float(skeleton.chest[0]) * cm, float(skeleton.chest[1]) * cm),
    )


def _head_extent(head: HeadPlan) -> tuple[float, float, float, float]:
    """(left, right, top, bottom) of a head with its hair, turned as it is, in centimetres."""
    frame = arms.head_frame(head)
    corners = frame.points([(56 * x, 56 * y - 6) for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1))])
    return (
        float(corners[:, 0].min()),
        float(corners[:, 0].max()),
        float(corners[:, 1].min()),
        float(corners[:, 1].max()),
    )
