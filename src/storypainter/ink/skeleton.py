"""Bodies: proportions by age, gender and build, and the skeleton of a posed body.

Local coordinates are centimetres; the origin is the ground point between the feet, the body
faces x > 0, y points down (heights are negative). The view is three-quarter: the ``near``
shoulder lies at smaller x, the ``far`` one at larger x.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from storypainter.ink.geometry import Points, as_points, two_bones, vector
from storypainter.ink.poses import Pose, Reach, Step
from storypainter.scene import Age, Build

ARM_STRETCH = 1.45
_HEIGHTS: dict[str, tuple[float, float]] = {  # female, male, in centimetres
    "toddler": (88, 88),
    "child": (122, 124),
    "teen": (158, 164),
    "adult": (165, 176),
    "elder": (157, 168),
}


@dataclass(frozen=True, slots=True)
class Proportions:
    """Lengths and half-widths of a body, in shares of its height."""

    head: float
    neck: float
    torso: float
    thigh: float
    shin: float
    upper_arm: float
    forearm: float
    hand: float
    shoulder: float
    chest: float
    waist: float
    hip: float
    girth: float
    stoop: float = 0.0
    belly: float = 0.0
    bust: float = 0.0
    ankle: float = 0.034


_BY_AGE: dict[str, Proportions] = {
    "toddler": Proportions(
        0.285, 0.006, 0.285, 0.158, 0.156, 0.118, 0.102, 0.056, 0.080, 0.084, 0.092, 0.088, 1.16,
        belly=0.012,
    ),
    "child": Proportions(
        0.232, 0.012, 0.275, 0.196, 0.192, 0.132, 0.118, 0.057, 0.080, 0.074, 0.068, 0.071, 1.02
    ),
    "teen": Proportions(
        0.196, 0.020, 0.275, 0.221, 0.219, 0.148, 0.135, 0.058, 0.082, 0.074, 0.063, 0.068, 0.92
    ),
    "adult": Proportions(
        0.188, 0.018, 0.280, 0.224, 0.220, 0.153, 0.138, 0.060, 0.090, 0.082, 0.070, 0.076, 1.0
    ),
    "elder": Proportions(
        0.194, 0.010, 0.284, 0.208, 0.204, 0.151, 0.136, 0.061, 0.085, 0.081, 0.080, 0.080, 1.02,
        stoop=15.0, belly=0.006,
    ),
}  # fmt: skip
_BUILDS: dict[str, tuple[float, float]] = {  # width of the trunk, belly
    "slim": (0.9, 0.0),
    "medium": (1.0, 0.0),
    "stout": (1.2, 0.024),
}


def body_height(age: Age, gender: str) -> float:
    """The standing height of a person, in centimetres."""
    female, male = _HEIGHTS[age]
    return {"female": female, "male": male}.get(gender, (female + male) / 2)


def proportions(age: Age, gender: str, build: Build) -> Proportions:
    """The proportions of a body."""
    base = _BY_AGE[age]
    grown = age in ("teen", "adult", "elder")
    if grown and gender == "female":
        base = replace(
            base,
            shoulder=base.shoulder * 0.91,
            chest=base.chest * 0.93,
            waist=base.waist * 0.93,
            hip=base.hip * 1.1,
            girth=base.girth * 0.93,
            bust=0.011 if age != "teen" else 0.006,
        )
    elif grown and gender == "male":
        base = replace(
            base, shoulder=base.shoulder * 1.07, chest=base.chest * 1.05, girth=base.girth * 1.05
        )
    width, belly = _BUILDS[build]
    return replace(
        base,
        shoulder=base.shoulder * (1 + (width - 1) * 0.55),
        chest=base.chest * width,
        waist=base.waist * width,
        hip=base.hip * width,
        girth=base.girth * (1 + (width - 1) * 0.75),
        belly=base.belly + belly,
    )


@dataclass(slots=True)
class Arm:
    """One arm: shoulder, elbow and wrist, and the hand's shape, direction and thumb side."""

    shoulder: Points
    elbow: Points
    wrist: Points
    shape: str
    direction: Points
    thumb: int
    stretch: float = 1.0
    reaching: bool = False


@dataclass(slots=True)
class Leg:
    """One leg: hip, knee and ankle, and the foot's angle (toes up is positive)."""

    hip: Points
    knee: Points
    ankle: Points
    toes: float


@dataclass(slots=True)
class Skeleton:
    """A posed body in local centimetres."""

    height: float
    body: Proportions
    pelvis: Points
    chest: Points
    lean: float
    upper_lean: float
    neck: Points
    head_turn: float
    near_leg: Leg
    far_leg: Leg
    near_arm: Arm = field(init=False)
    far_arm: Arm = field(init=False)

    def spine(self, along: float, across: float) -> Points:
        """A point of the trunk: ``along`` 0 at the hips to 1 at the shoulders; ``across`` in
        shares of the height, positive forward. The trunk bends where the person stoops.
        """
        clipped = max(0.0, min(1.15, along))
        control = self.pelvis + _up(self.lean) * (0.55 * self.body.torso * self.height)
        first, second = control - self.pelvis, self.chest - control
        place = self.pelvis + 2 * clipped * first + clipped**2 * (second - first)
        heading = first + clipped * (second - first)
        heading = heading / np.hypot(*heading)
        if along < 0:
            place = place + heading * (along * self.body.torso * self.height)
        forward = np.array([-heading[1], heading[0]])
        return as_points(place + forward * (across * self.height))

    @property
    def arm_length(self) -> float:
        """Shoulder to wrist, unstretched."""
        return (self.body.upper_arm + self.body.forearm) * self.height


def _up(lean: float) -> Points:
    angle = math.radians(lean)
    return np.array([math.sin(angle), -math.cos(angle)])


def sole_depth(body: Proportions, toes: float) -> float:
    """How far the lowest point of a foot lies below the ankle, in shares of the height."""
    turn = math.radians(-toes)
    size = foot_size(body)
    return max(x * size * math.sin(turn) + body.ankle * math.cos(turn) for x in (0.08, -0.031))


def foot_size(body: Proportions) -> float:
    """How long feet are for the height: toddlers' are chubby, slim grown-ups' a little short."""
    if body.head > 0.26:
        return 1.12
    return 0.9 if body.girth < 0.95 else 1.0


def _leg(hip: Points, foot: Step, body: Proportions, height: float, floor: float = 0.0) -> Leg:
    clear = sole_depth(body, foot.toes) + foot.lift
    ankle = np.array([foot.forward * height, floor - clear * height])
    knee, end = two_bones(hip, ankle, body.thigh * height, body.shin * height, -1)
    return Leg(hip, knee, end, foot.toes)


def _kneeling_leg(hip: Points, body: Proportions, height: float) -> Leg:
    """A leg whose knee rests on the ground below the hip, the shin lying behind."""
    drop = -hip[1] - 0.045 * height
    thigh = body.thigh * height
    knee = np.array([hip[0] + math.sqrt(max(0.0, thigh**2 - drop**2)) * 0.6, hip[1] + drop])
    ankle = np.array([knee[0] - body.shin * height, -0.026 * height])
    return Leg(hip, knee, ankle, -174.0)


def _sitting_leg(hip: Points, body: Proportions, height: float, spread: float) -> Leg:
    """A leg on a seat: thigh forward, shin down; a short one dangles above the ground."""
    thigh, shin = body.thigh * height, body.shin * height
    ground = -body.ankle * height
    drop = min(max(0.0, ground - (float(hip[1]) + shin)), thigh * 0.4)
    knee = hip + np.array([math.sqrt(thigh**2 - drop**2) * 0.97, drop])
    foot_y = min(knee[1] + shin, ground)
    forward = math.sqrt(max(0.0, shin**2 - (foot_y - knee[1]) ** 2))
    ankle = np.array([knee[0] + forward * 0.92 + spread * height, foot_y])
    first, end = two_bones(hip, ankle, thigh, shin, -1)
    dangles = foot_y < ground - 0.03 * height
    return Leg(hip, first, end, -14.0 if dangles else 0.0)


@dataclass(frozen=True, slots=True)
class SeatAt:
    """A seat in local centimetres: its height above the ground and where its middle is."""

    height: float
    x: float = 0.0


def build_skeleton(
    height: float, body: Proportions, pose: Pose, seat: SeatAt | None = None, extra_lean: float = 0
) -> Skeleton:
    """Trunk, head and legs of a posed body; :func:`place_arms` adds the arms."""
    legs = body.thigh + body.shin
    x, y = pose.shift * height, -(body.ankle + legs * pose.hips) * height
    if pose.support == "seat":
        level = seat.height if seat else (body.shin + body.ankle - 0.05 * body.girth) * height
        x, y = (seat.x if seat else 0.0) - 0.08 * height, -level - 0.055 * body.girth * height
    elif pose.support == "ground":
        x, y = -0.05 * height, -0.062 * body.girth * height
    elif pose.support == "knee":
        y = -(body.thigh * 0.97 + 0.045) * height
    pelvis = np.array([x, y])
    spread = body.hip * 0.44 * height
    near_hip, far_hip = pelvis - vector(spread, 0), pelvis + vector(spread * 0.9, 0)
    if pose.support == "seat":
        near_leg = _sitting_leg(near_hip, body, height, -0.01)
        far_leg = _sitting_leg(far_hip, body, height, 0.015)
    elif pose.support == "knee":
        near_leg = _kneeling_leg(near_hip, body, height)
        far_leg = _leg(far_hip, pose.far_foot, body, height)
    else:
        near_leg = _leg(near_hip, pose.near_foot, body, height)
        far_leg = _leg(far_hip, pose.far_foot, body, height)
    lean = pose.lean + extra_lean
    upper = lean + body.stoop * (0.5 if pose.support in ("seat", "ground") else 1.0)
    length = body.torso * height
    chest = pelvis + _up(lean) * (0.55 * length) + _up(upper) * (0.45 * length)
    neck_lean = lean * 0.75 + (upper - lean) * 1.5
    neck = chest + _up(neck_lean) * ((body.neck + 0.022) * height)
    turn = pose.nod + lean * 0.35 + (upper - lean) * 0.1
    return Skeleton(height, body, pelvis, chest, lean, upper, neck, turn, near_leg, far_leg)


def shoulder_of(skeleton: Skeleton, near: bool) -> Points:
    """The joint of an arm."""
    across = skeleton.body.shoulder - 0.03 * skeleton.body.girth
    return skeleton.spine(0.885, -across if near else across * 0.94)


def place_arm(
    skeleton: Skeleton,
    near: bool,
    reach: Reach,
    goal: Points,
    *,
    elbow: int,
    stretch: bool,
) -> Arm:
    """The arm whose wrist (not its fingertips) goes to ``goal``, stretched if allowed."""
    shoulder = shoulder_of(skeleton, near)
    upper = skeleton.body.upper_arm * skeleton.height
    fore = skeleton.body.forearm * skeleton.height
    distance = float(np.hypot(*(goal - shoulder)))
    factor = min(ARM_STRETCH, max(1.0, distance / ((upper + fore) * 0.999))) if stretch else 1.0
    joint, wrist = two_bones(shoulder, goal, upper * factor, fore * factor, elbow)
    if reach.turn is None:
        direction = wrist - joint
        direction = direction / (np.hypot(*direction) or 1.0)
    else:
        angle = math.radians(reach.turn)
        direction = np.array([math.cos(angle), math.sin(angle)])
    return Arm(
        shoulder, joint, wrist, reach.shape, direction, reach.thumb, factor, reaching=stretch
    )


def crosses(arm: Arm, centre: Points, radius: float) -> bool:
    """Whether upper arm or forearm passes within ``radius`` of ``centre``."""
    return any(
        _distance(centre, start, end) < radius
        for start, end in ((arm.shoulder, arm.elbow), (arm.elbow, arm.wrist))
    )


def _distance(point: Points, start: Points, end: Points) -> float:
    along = end - start
    share = float(np.dot(point - start, along) / (np.dot(along, along) or 1.0))
    return float(np.hypot(*(point - start - along * max(0.0, min(1.0, share)))))
