"""Arms: where hands go, which way elbows bend, and how both keep clear of the own face."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import Frame, Geometry, Points, ellipse, tube, union
from storypainter.ink.people.bodies.hands import HAND_SIZE, HandPlace, hand_shape
from storypainter.ink.people.bodies.pose_parts import HANG_FAR, HANG_NEAR, Pose, Reach
from storypainter.ink.people.bodies.skeleton import (
    Arm,
    Skeleton,
    aim_arm,
    lowered_arm,
    place_arm,
    shoulder_of,
)
from storypainter.ink.people.faces.head import HeadPlan

#: Makes an arm from the side of its bend and the slack of its bones.
_Maker = Callable[[int, float], Arm]
#: Hands that can hold as they are; others close to a grip.
_HOLDING_SHAPES = ("grip", "pinch")
_ON_HEAD = ("mouth", "eye", "cheek", "ear", "brow")
#: A grown-up's arm length in head heights.
_ARM_IN_HEADS = 1.55
#: Bones this much longer than need be give the elbow room to bend below a face.
_SLACKS = (1.0, 1.14, 1.28)


def face_area(head: HeadPlan) -> Geometry:
    """Where brows, eyes, nose and mouth are, in local centimetres; empty when seen from behind."""
    if head.view == "back":
        return shapely.Polygon()
    middle, half = {"three-quarter": (7, 31), "front": (0, 33)}.get(head.view, (20, 25))
    return head_frame(head).geometry(ellipse(middle, 9, half, 38))


def head_frame(head: HeadPlan) -> Frame:
    """Head units (a head is 100 high, its middle at 0, 0) in local centimetres."""
    return Frame(*head.centre, head.size / 100, head.degrees, head.flip)


def arm_area(skeleton: Skeleton, arm: Arm) -> Geometry:
    """The outline of an arm and its hand, in local centimetres."""
    thick = skeleton.body.girth * skeleton.height
    line = np.array([arm.shoulder, arm.elbow, arm.wrist])
    limb = tube(line, [(0, 0.036 * thick), (0.5, 0.034 * thick), (1, 0.029 * thick)], pieces=8)
    return union([limb, hand_of(skeleton, arm).geometry(hand_shape(arm.shape).back)])


def hand_of(skeleton: Skeleton, arm: Arm) -> HandPlace:
    """Where the hand of an arm sits, in local centimetres."""
    size = skeleton.body.hand * skeleton.height * HAND_SIZE
    return HandPlace(arm.wrist, arm.direction, size, arm.thumb)


def covered_face(skeleton: Skeleton, arm: Arm, face: Geometry) -> float:
    """The share of the face that an arm covers, 0 to 1."""
    if face.is_empty:
        return 0.0
    return float(arm_area(skeleton, arm).intersection(face).area / face.area)


def is_idle(reach: Reach) -> bool:
    """Whether an arm just hangs."""
    return reach.anchor == "shoulder" and reach.shape == "relaxed" and reach.down > 0.75


def place_arms(
    skeleton: Skeleton,
    pose: Pose,
    head: HeadPlan,
    targets: Mapping[str, Points],
    holding: Collection[str],
    palms: Collection[str] = (),
) -> None:
    """Gives the skeleton both arms.

    Args:
        skeleton: gets the arms; its trunk and legs stay.
        pose: says where hands go that have no target.
        head: what arms keep clear of.
        targets: what ``near`` and ``far`` hand are to touch, in local centimetres.
        holding: which of ``near`` and ``far`` hold something.
        palms: which of them carry it on the open palm.
    """
    reaches = _reaches(pose, set(targets))
    for which in ("near", "far"):
        reach = reaches[which]
        empty = bool(holding) and which not in holding and which not in targets
        if empty and pose.one_hand_will_do:
            reach = HANG_NEAR if which == "near" else HANG_FAR
        if which in holding and reach.shape not in _HOLDING_SHAPES:
            reach = replace(reach, shape="palm" if which in palms else "grip")
        near = which == "near"
        target = targets.get(which)
        if target is None:
            meant = pose.over_face and reach.anchor in _ON_HEAD
            arm = _posed_arm(skeleton, near, reach, head, meant)
        else:
            arm = _reaching_arm(skeleton, near, reach, head, target, pose.over_face)
        if near:
            skeleton.near_arm = arm
        else:
            skeleton.far_arm = arm


def _reaches(pose: Pose, given: set[str]) -> dict[str, Reach]:
    """Both reaches; where only the hanging hand has a target it takes over the gesture."""
    reaches = {"near": pose.near, "far": pose.far}
    if len(given) == 1:
        (target,) = given
        other = "far" if target == "near" else "near"
        if is_idle(reaches[target]) and not is_idle(reaches[other]):
            reaches = {target: reaches[other], other: reaches[target]}
            reaches[target] = replace(reaches[target], elbow=1)
    return reaches


def pose_goal(skeleton: Skeleton, near: bool, reach: Reach, head: HeadPlan) -> Points:
    """Where a pose wants a hand, in local centimetres."""
    unit = skeleton.arm_length
    if reach.anchor in _ON_HEAD:
        unit = head.size * _ARM_IN_HEADS  # large heads on short arms
    offset = np.array([reach.forward, reach.down]) * unit
    return _anchor_point(skeleton, near, reach, head) + offset


def _anchor_point(skeleton: Skeleton, near: bool, reach: Reach, head: HeadPlan) -> Points:
    shoulder = shoulder_of(skeleton, near)
    turned = -8.0 if head.view == "front" else 0.0
    on_head = {"ear": (-31.0 + turned, 6.0), "cheek": (6.0 + turned, 22.0), "brow": (14.0, -22.0)}
    match reach.anchor:
        case "mouth":
            return np.array(head.mouth)
        case "eye":
            return np.array(head.eyes)
        case "ear" | "cheek" | "brow":
            return np.array(head_frame(head).point(*on_head[reach.anchor]))
        case "hip":
            across = skeleton.body.hip * 1.02
            return skeleton.spine(0.16, -across if near else across)
        case "chest":
            return skeleton.spine(0.75, 0.0)
        case "knee":
            return skeleton.far_leg.knee
        case "foot":
            return skeleton.far_leg.ankle
        case "ground":
            palm = 0.3 * skeleton.body.hand * skeleton.height * HAND_SIZE
            return np.array([shoulder[0], skeleton.floor - palm])
        case _:
            return shoulder


def _posed_arm(
    skeleton: Skeleton, near: bool, reach: Reach, head: HeadPlan, over_face: bool
) -> Arm:
    """An arm as the pose says."""
    goal = pose_goal(skeleton, near, reach, head)
    contact = hand_shape(reach.shape).contact * hand_size(skeleton)
    wrist, fixed = goal, reach.anchor != "shoulder"
    if not fixed:
        wrist = _beside_head(goal, near, head, over_face)
    elif reach.turn is not None:
        angle = math.radians(reach.turn)
        wrist = goal - np.array([math.cos(angle), math.sin(angle)]) * contact

    def made(elbow: int, slack: float) -> Arm:
        return place_arm(skeleton, near, reach, wrist, elbow=elbow, stretch=fixed, slack=slack)

    if reach.upper is None:
        arm = _clear_of_face(skeleton, made, reach.elbow, head, over_face)
    else:
        arm = lowered_arm(skeleton, near, reach, wrist, reach.upper)
    if fixed and reach.turn is not None:
        arm.goal = goal
    return arm


def hand_size(skeleton: Skeleton) -> float:
    """The length of a flat hand in centimetres."""
    return skeleton.body.hand * skeleton.height * HAND_SIZE


def _reaching_arm(
    skeleton: Skeleton,
    near: bool,
    reach: Reach,
    head: HeadPlan,
    target: Points,
    over_face: bool,
) -> Arm:
    """An arm whose hand's contact point meets the target, if it can."""
    shoulder = shoulder_of(skeleton, near)
    away = target - shoulder
    aims = reach.shape == "point" and reach.anchor == "shoulder"
    contact = hand_shape(reach.shape).contact * hand_size(skeleton)
    if aims:
        length = min(float(np.hypot(*away)), skeleton.arm_length * 0.996 + contact)
        target = shoulder + away / (np.hypot(*away) or 1.0) * length
    if reach.shape == "relaxed":
        reach = replace(reach, shape="flat" if away[1] < skeleton.arm_length * 0.5 else "relaxed")
        contact = hand_shape(reach.shape).contact * hand_size(skeleton)

    if reach.shape == "palm":
        return _under(skeleton, near, reach, target, contact)
    if reach.upper is not None and _at_the_head(target, head):
        return _aimed_low(skeleton, near, reach, target, contact, reach.upper)

    def made(elbow: int, slack: float) -> Arm:
        return aim_arm(
            skeleton, near, reach, target, contact, elbow=elbow, stretch=not aims, slack=slack
        )

    arm = _clear_of_face(skeleton, made, reach.elbow, head, over_face or aims)
    if not aims:
        arm.goal = target
    return arm


def _under(skeleton: Skeleton, near: bool, reach: Reach, target: Points, contact: float) -> Arm:
    """An arm whose level hand, palm up, lies below what it carries."""
    level = replace(reach, turn=-6.0, thumb=1)
    angle = math.radians(-6.0)
    wrist = target - np.array([math.cos(angle), math.sin(angle)]) * contact
    arm = place_arm(skeleton, near, level, wrist, elbow=1, stretch=True)
    arm.goal = target
    return arm


def _at_the_head(target: Points, head: HeadPlan) -> bool:
    return float(np.hypot(*(target - np.array(head.centre)))) < 0.9 * head.size


def _aimed_low(
    skeleton: Skeleton, near: bool, reach: Reach, target: Points, contact: float, upper: float
) -> Arm:
    """An arm with a low elbow whose hand, in line with the forearm, meets a target at the head."""
    wrist, arm = target, None
    for _ in range(4):  # the hand's direction and the elbow's place settle together
        arm = lowered_arm(skeleton, near, replace(reach, turn=None), wrist, upper)
        wrist = target - arm.direction * contact
    assert arm is not None
    arm.wrist, arm.goal = wrist, target
    return arm


def _clear_of_face(
    skeleton: Skeleton,
    made: _Maker,
    elbow: int,
    head: HeadPlan,
    over_face: bool,
) -> Arm:
    """The first way to bend the arm that leaves the face free, else the one that covers least."""
    face = face_area(head)
    best: tuple[float, Arm] | None = None
    for slack in _SLACKS:
        for bend in (elbow, -elbow):
            arm = made(bend, slack)
            if over_face:
                return _lower_elbow(skeleton, arm, made(-bend, slack), face)
            covered = covered_face(skeleton, arm, face)
            if covered == 0.0:
                return arm
            if best is None or covered < best[0] - 0.01:
                best = (covered, arm)
    assert best is not None
    return best[1]


def _lower_elbow(skeleton: Skeleton, arm: Arm, other: Arm, face: Geometry) -> Arm:
    """The arm, or the one bent the other way where stooping would lift the elbow to the face."""
    rise = float(arm.shoulder[1] - arm.elbow[1])
    if rise < 0.62 * float(np.hypot(*(arm.elbow - arm.shoulder))):
        return arm
    hidden = covered_face(skeleton, other, face) - covered_face(skeleton, arm, face)
    return other if hidden < 0.06 else arm


def _beside_head(goal: Points, near: bool, head: HeadPlan, over_face: bool) -> Points:
    """A raised hand kept clear of a large head: moved outwards, to its own side."""
    room = head.size * 0.86
    away = goal - np.array(head.centre)
    if over_face or abs(away[1]) > room or abs(away[0]) > room:
        return goal
    if goal[1] > head.centre[1] + head.size * 0.5:
        return goal
    return np.array([head.centre[0] + (-room if near else room), goal[1]])
