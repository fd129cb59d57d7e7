"""Machine gates for drawn people: hands on what they hold, feet on what carries them, faces free.

Everything is measured on the planned geometry, so that thousands of bodies can be checked
without drawing one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import Points, union
from storypainter.ink.people.bodies import arms, limbs
from storypainter.ink.people.bodies.hands import hand_shape
from storypainter.ink.people.bodies.plan import Plan
from storypainter.ink.people.bodies.skeleton import ARM_STRETCH, Arm, Leg, Skeleton

#: Degrees beyond which a joint would look broken: hips back, hips forward, neck either way.
HIP_BACK, HIP_FORWARD, NECK = 42.0, 165.0, 75.0


@dataclass(frozen=True, slots=True)
class ContactErrors:
    """How far a body is from touching what it should, in body heights; 0 is perfect.

    ``hands`` by ``near`` and ``far``: only hands that have a point to meet. ``feet``: the worst
    gap (or sinking) between a foot, knee or lying body and what carries it, 0 when in the air.
    ``face``: the share of the own face that own arms hide, 0 where the pose means it.
    ``joints`` names what bends or stretches further than a body can.
    """

    hands: dict[str, float]
    feet: float
    face: float
    joints: tuple[str, ...] = ()

    @property
    def worst_hand(self) -> float:
        """The larger hand error, 0 without any."""
        return max(self.hands.values(), default=0.0)


def contact_errors(plan: Plan) -> ContactErrors:
    """Checks a planned person (:func:`body_plan.plan_person`, or ``FigureResult.plan``)."""
    skeleton = plan.skeleton
    hands = {}
    for which, arm in (("near", skeleton.near_arm), ("far", skeleton.far_arm)):
        if arm.goal is not None:
            contact = hand_point(skeleton, arm)
            hands[which] = float(np.hypot(*(contact - arm.goal))) / skeleton.height
    return ContactErrors(
        hands, _support_error(plan), _face_error(plan), tuple(joint_errors(skeleton))
    )


def hand_point(skeleton: Skeleton, arm: Arm) -> Points:
    """The point of a hand that touches or holds, in local centimetres."""
    place = arms.hand_of(skeleton, arm)
    found: Points = place.points(np.array([[hand_shape(arm.shape).contact, 0.0]]))[0]
    return found


def _support_error(plan: Plan) -> float:
    skeleton, pose, height = plan.skeleton, plan.pose, plan.skeleton.height
    lows = [_sole(skeleton, leg) for leg in (skeleton.near_leg, skeleton.far_leg)]
    sunk = max(0.0, *(low - skeleton.floor for low in lows)) / height
    match pose.support:
        case "feet":
            steps = (pose.near_foot, pose.far_foot)
            down = [low for low, step in zip(lows, steps, strict=True) if step.lift == 0]
            return max([sunk] + [abs(low) / height for low in down])
        case "knee":
            return max(sunk, abs(lows[1]) / height, _knee_gap(skeleton, skeleton.near_leg))
        case "knees" | "fours":
            legs = (skeleton.near_leg, skeleton.far_leg)
            return max(sunk, *(_knee_gap(skeleton, leg) for leg in legs))
        case "ground":
            return max(sunk, *(abs(low) / height for low in lows))
        case "back":
            return max(sunk, abs(max(lows) - skeleton.floor) / height)
    return sunk


def _knee_gap(skeleton: Skeleton, leg: Leg) -> float:
    """Between the floor and a knee that rests on it; a knee is about 0.045 heights thick."""
    return abs(float(skeleton.floor - leg.knee[1]) / skeleton.height - 0.045)


def _sole(skeleton: Skeleton, leg: Leg) -> float:
    outline = shapely.get_coordinates(limbs.shoe_outline(skeleton, leg))
    return float(outline[:, 1].max())


def _face_error(plan: Plan) -> float:
    face = arms.face_area(plan.head)
    if plan.pose.over_face or face.is_empty:
        return 0.0
    skeleton = plan.skeleton
    over = [
        arms.arm_area(skeleton, arm)
        for arm, turn in (
            (skeleton.near_arm, plan.near_turn),
            (skeleton.far_arm, plan.far_turn),
        )
        if turn == "last"
    ]
    return float(union(over).intersection(face).area / face.area) if over else 0.0


def joint_errors(skeleton: Skeleton) -> Iterator[str]:
    """What bends further than a body can, one phrase each."""
    legs = (("near", skeleton.near_leg), ("far", skeleton.far_leg))
    for name, leg in legs:
        if _cross(leg.knee - leg.hip, leg.ankle - leg.knee) < -0.5:
            yield f"the {name} knee bends forward"
        swing = _angle(leg.knee - leg.hip, -_heading(skeleton))
        if not -HIP_BACK <= swing <= HIP_FORWARD:
            yield f"the {name} hip swings to {swing:.0f} degrees"
    both = (("near", skeleton.near_arm, -1.0), ("far", skeleton.far_arm, 1.0))
    for name, arm, outward in both:
        if arm.stretch > ARM_STRETCH + 1e-6:
            yield f"the {name} arm is {arm.stretch:.2f} times its length"
        if _bends_back(skeleton, arm, outward):
            yield f"the {name} elbow bends backwards"
    nod = skeleton.head_turn - skeleton.upper_lean
    if abs(nod) > NECK:
        yield f"the neck bends by {nod:.0f} degrees"


def _bends_back(skeleton: Skeleton, arm: Arm, outward: float) -> bool:
    """Whether the elbow bends the way it cannot: only an arm lifted to its own side may seem to."""
    upper, fore = arm.elbow - arm.shoulder, arm.wrist - arm.elbow
    length = float(np.hypot(*upper)) * float(np.hypot(*fore))
    if _cross(upper, fore) < 0.2 * length:
        return False
    heading = _heading(skeleton)
    forward = np.array([-heading[1], heading[0]])
    span = float(np.hypot(*upper))
    lifted = float(np.dot(upper, heading)) > -0.25 * span
    out = max(float(np.dot(part, forward)) * outward for part in (upper, upper + fore))
    return not (lifted or out > 0.26 * span)


def _heading(skeleton: Skeleton) -> Points:
    along: Points = skeleton.chest - skeleton.pelvis
    return along / (float(np.hypot(*along)) or 1.0)


def _cross(first: Points, second: Points) -> float:
    return float(first[0] * second[1] - first[1] * second[0])


def _angle(limb: Points, down: Points) -> float:
    """Degrees by which a limb points forward of ``down``, -180 to 180."""
    forward = np.array([down[1], -down[0]])
    return math.degrees(math.atan2(float(np.dot(limb, forward)), float(np.dot(limb, down))))
