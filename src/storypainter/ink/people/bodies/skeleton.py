"""Bodies: proportions by age, gender and build, and the skeleton of a posed body.

Local coordinates are centimetres; the origin is the ground point between the feet, the body
faces x > 0, y points down (heights are negative). The view is three-quarter: the ``near``
shoulder lies at smaller x, the ``far`` one at larger x.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from storypainter.ink.drawing.geometry import Points, as_points, two_bones, vector
from storypainter.ink.people.bodies.pose_parts import Pose, Reach, Step
from storypainter.scene import Age, Build

#: Arms grow at most this much to reach a target: more would be seen.
ARM_STRETCH = 1.3
#: How far ahead of a seat's middle the knees of a short person must come, in cm: where a seat
#: ends, so that the shins hang before it and not through it.
_SEAT_EDGE = 27.0
#: How short and how long an upper arm that points towards the viewer may look.
_FORESHORTENED = (0.45, 1.0)
#: Seats lower than this share of the shins bring the knees up.
_LOW_SEAT = 0.8
#: Children's heads are larger than this share of their height.
_CHILD_HEAD = 0.21
#: How long a grown-up's legs are for the height: steps of who sits on the ground count on it.
_GROWN_LEGS = 0.444
#: Supports under which the body lies or is on all fours.
FLAT = ("back", "belly", "fours")
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
    "slim": (0.85, -0.003),
    "medium": (1.0, 0.0),
    "stout": (1.3, 0.036),
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
        waist=base.waist * (1 + (width - 1) * 1.35),
        hip=base.hip * width,
        girth=base.girth * (1 + (width - 1) * 0.75),
        belly=base.belly + belly,
    )


@dataclass(slots=True)
class Arm:
    """One arm: shoulder, elbow and wrist, and the hand's shape, direction and thumb side.

    ``goal`` is what the hand's contact point was to meet, where there is such a point.
    """

    shoulder: Points
    elbow: Points
    wrist: Points
    shape: str
    direction: Points
    thumb: int
    stretch: float = 1.0
    reaching: bool = False
    goal: Points | None = None


@dataclass(slots=True)
class Leg:
    """One leg: hip, knee and ankle, and the foot's angle (toes up is positive).

    ``planted`` feet stand on their balls: the heel is up, the toes lie flat on the ground.
    """

    hip: Points
    knee: Points
    ankle: Points
    toes: float
    planted: bool = False


@dataclass(slots=True)
class Skeleton:
    """A posed body in local centimetres; ``floor`` is the y of what carries it."""

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
    floor: float = 0.0
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


#: Where a foot bends when the heel is up: so far ahead of the ankle, in shares of the height.
BALL = 0.044


def sole_depth(body: Proportions, foot: Step) -> float:
    """How far the lowest point of a foot lies below the ankle, in shares of the height."""
    turn = math.radians(-foot.toes)
    size = foot_size(body)
    tip = BALL if _is_planted(foot) else 0.08
    return max(x * size * math.sin(turn) + body.ankle * math.cos(turn) for x in (tip, -0.031))


def _is_planted(foot: Step) -> bool:
    """Whether a foot presses its ball on the ground; one that only trails barely bends."""
    return foot.lift == 0 and -70 < foot.toes < -8


def foot_size(body: Proportions) -> float:
    """How long feet are for the height: toddlers' are chubby, slim grown-ups' a little short."""
    if body.head > 0.26:
        return 1.12
    return 0.9 if body.girth < 0.95 else 1.0


def _leg(hip: Points, foot: Step, body: Proportions, height: float, floor: float = 0.0) -> Leg:
    clear = sole_depth(body, foot) + foot.lift
    ankle = np.array([foot.forward * height, floor - clear * height])
    knee, end = two_bones(hip, ankle, body.thigh * height, body.shin * height, -1)
    return Leg(hip, knee, end, foot.toes, _is_planted(foot))


def _lying_leg(
    hip: Points, foot: Step, body: Proportions, height: float, floor: float, side: int
) -> Leg:
    """A leg along the floor: to the right of the hips (``side`` 1, on the back) or to the left."""
    length = (body.thigh + body.shin) * foot.forward * side
    step = replace(foot, forward=float(hip[0]) / height + length)
    if side < 0:  # the instep lies below a foot that points backwards
        turn = math.radians(-foot.toes)
        clear = max(0.09 * math.sin(turn), 0.022) + foot.lift
        ankle = np.array([step.forward * height, floor - clear * height])
        knee, end = two_bones(hip, ankle, body.thigh * height, body.shin * height, -1)
        return Leg(hip, knee, end, foot.toes)
    return _leg(hip, step, body, height, floor)


def _kneeling_leg(hip: Points, body: Proportions, height: float, floor: float = 0.0) -> Leg:
    """A leg whose knee rests on the ground below the hip, the shin lying behind."""
    drop = floor - hip[1] - 0.045 * height
    thigh = body.thigh * height
    knee = np.array([hip[0] + math.sqrt(max(0.0, thigh**2 - drop**2)) * 0.6, hip[1] + drop])
    ankle = np.array([knee[0] - body.shin * height, floor - 0.026 * height])
    return Leg(hip, knee, ankle, -174.0)


def _sitting_leg(hip: Points, body: Proportions, height: float, spread: float, floor: float) -> Leg:
    """A leg on a seat: thigh forward, shin down; a short one dangles above the ground."""
    thigh, shin = body.thigh * height, body.shin * height
    ground = -body.ankle * height - floor
    # a grown-up's thighs slope down from a high seat until the feet are on the floor
    slope = 0.4 if body.head > _CHILD_HEAD else 0.8
    drop = min(max(0.0, ground - (float(hip[1]) + shin)), thigh * slope)
    knee = hip + np.array([math.sqrt(thigh**2 - drop**2) * 0.97, drop])
    foot_y = min(knee[1] + shin, ground)
    if ground - float(hip[1]) < _LOW_SEAT * shin:  # in a boat or on a sledge the knees come up
        ankle = np.array([hip[0] + 1.02 * thigh + spread * height, ground])
        first, end = two_bones(hip, ankle, thigh, shin, -1)
        return Leg(hip, first, end, 0.0)
    forward = math.sqrt(max(0.0, shin**2 - (foot_y - knee[1]) ** 2))
    ankle = np.array([knee[0] + forward * 0.92 + spread * height, foot_y])
    first, end = two_bones(hip, ankle, thigh, shin, -1)
    dangles = foot_y < ground - 0.03 * height
    return Leg(hip, first, end, -14.0 if dangles else 0.0)


@dataclass(frozen=True, slots=True)
class SeatAt:
    """What carries a body, in local centimetres: its height above the ground, its middle's x, and
    how high the feet of who sits in it stand (the bottom of a boat).
    """

    height: float
    x: float = 0.0
    floor: float = 0.0


def build_skeleton(
    height: float,
    body: Proportions,
    pose: Pose,
    seat: SeatAt | None = None,
    extra_lean: float = 0,
    berth: SeatAt | None = None,
) -> Skeleton:
    """Trunk, head and legs of a posed body; :func:`place_arms` adds the arms.

    ``seat`` carries the hips of who sits or rides, ``berth`` the whole body of who lies; both
    are left out for other poses. Without them people sit on a chair and lie on the ground.
    """
    floor = -berth.height if berth is not None and pose.support in FLAT else 0.0
    pelvis = _pelvis(height, body, pose, seat, floor)
    if pose.support in FLAT:
        pelvis[0] += berth.x if berth is not None else 0.0
        lean = pose.lean
        if pose.support == "back":
            lean = _rested_lean(height, body, pelvis, lean, floor)
    else:
        lean = pose.lean + extra_lean
    pelvis[1] += _missing_ground(height, body, pose, pelvis)
    if pose.support == "seat" and seat is not None:
        floor = -seat.floor
    near_leg, far_leg = _legs(height, body, pose, pelvis, floor)
    share = {"seat": 0.5, "ground": 0.5, "back": 0.0, "belly": 0.3, "fours": 0.3}
    upper = lean + body.stoop * share.get(pose.support, 1.0)
    length = body.torso * height
    chest = pelvis + _up(lean) * (0.55 * length) + _up(upper) * (0.45 * length)
    neck_lean = lean * 0.75 + (upper - lean) * 1.5
    turn = pose.nod + lean * 0.35 + (upper - lean) * 0.1
    if pose.looks == "down":  # the neck bends with a head that hangs
        neck_lean += 0.9 * pose.nod
    if pose.support == "back":
        neck_lean, turn = lean, pose.nod + lean * 0.94
    neck = chest + _up(neck_lean) * ((body.neck + 0.022) * height)
    return Skeleton(height, body, pelvis, chest, lean, upper, neck, turn, near_leg, far_leg, floor)


def _pelvis(
    height: float, body: Proportions, pose: Pose, seat: SeatAt | None, floor: float
) -> Points:
    """Where the hips are: as high as the support wants, the figure's middle near x = 0."""
    legs = body.thigh + body.shin
    trunk = body.torso + body.neck + 0.022
    x, up = pose.shift, _standing_ankle(body, pose) + legs * pose.hips
    match pose.support:
        case "seat":
            level = seat.height / height if seat else body.shin + body.ankle - 0.05 * body.girth
            back = max(-0.08, min(0.05, _SEAT_EDGE / height - body.thigh))
            x = (seat.x / height if seat else 0.0) + back
            up = level + 0.055 * body.girth
        case "saddle":
            if seat is not None:
                x, up = seat.x / height, seat.height / height + 0.03
        case "ground":
            x, up = -0.05, 0.062 * body.girth
        case "knee":
            x, up = pose.shift, body.thigh * 0.97 + 0.045
        case "knees":
            x, up = pose.shift + 0.06, body.thigh * 0.97 + 0.045
        case "fours":
            x, up = (body.shin - trunk - body.head * 0.7) * 0.5, body.thigh * 0.97 + 0.045
        case "back":
            x = (trunk + body.head * 0.94 - legs - 0.03) * 0.5
            up = max(body.hip, body.shoulder * 0.86) + 0.004
        case "belly":
            x = (legs * 0.9 - trunk * math.sin(math.radians(pose.lean)) - body.head * 0.5) * 0.5
            up = body.hip * 0.92 + 0.022
    return np.array([x * height, floor - up * height])


def _standing_ankle(body: Proportions, pose: Pose) -> float:
    """How high the lower ankle of the standing feet is: on tiptoe higher than on flat feet."""
    standing = [
        sole_depth(body, foot)
        for foot in (pose.near_foot, pose.far_foot)
        if foot.lift == 0 and pose.support == "feet"
    ]
    return min(standing, default=body.ankle)


def _missing_ground(height: float, body: Proportions, pose: Pose, pelvis: Points) -> float:
    """How far the hips must come down for both standing feet to reach the ground, in cm."""
    if pose.support != "feet":
        return 0.0
    length = (body.thigh + body.shin) * 0.999 * height
    side = body.hip * 0.44 * height
    drop = 0.0
    for foot, out in ((pose.near_foot, -side), (pose.far_foot, side * 0.9)):
        across = foot.forward * height - (float(pelvis[0]) + out)
        ankle = -(sole_depth(body, foot) + foot.lift) * height
        if foot.lift == 0:
            down = math.sqrt(max(0.0, length**2 - across**2))
            drop = max(drop, ankle - down - float(pelvis[1]))
    return drop


def _rested_lean(
    height: float, body: Proportions, pelvis: Points, lean: float, floor: float
) -> float:
    """The lean of a body on its back, raised until a large head does not sink into the floor."""
    reach = body.torso + body.neck + 0.022
    while lean < -52:
        heading = _up(lean)
        head = pelvis[1] + heading[1] * (reach + 0.44 * body.head) * height
        if head + 0.45 * body.head * height <= floor:
            break
        lean += 1.0
    return lean


def _legs(
    height: float, body: Proportions, pose: Pose, pelvis: Points, floor: float
) -> tuple[Leg, Leg]:
    spread = body.hip * 0.44 * height
    apart = vector(spread, 0)
    if pose.support == "back":
        apart = vector(0.0, -spread * 0.8)
    elif pose.support in ("belly", "fours"):
        apart = vector(spread * 0.5, 0.0)
    near_hip, far_hip = pelvis - apart, pelvis + apart * 0.9
    match pose.support:
        case "seat":
            return (
                _sitting_leg(near_hip, body, height, -0.01, -floor),
                _sitting_leg(far_hip, body, height, 0.015, -floor),
            )
        case "knee":
            return _kneeling_leg(near_hip, body, height), _leg(far_hip, pose.far_foot, body, height)
        case "knees":
            return _kneeling_leg(near_hip, body, height), _kneeling_leg(far_hip, body, height)
        case "fours":
            step = vector(0.05 * height, 0.0)
            near, far = (_kneeling_leg(hip, body, height, floor) for hip in (near_hip, far_hip))
            near.knee, near.ankle = near.knee - step, near.ankle - step
            far.knee, far.ankle = far.knee + step, far.ankle + step
            return near, far
        case "back" | "belly":
            side = 1 if pose.support == "back" else -1
            return (
                _lying_leg(near_hip, pose.near_foot, body, height, floor, side),
                _lying_leg(far_hip, pose.far_foot, body, height, floor, side),
            )
        case "ground":  # short legs are drawn up as far as long ones
            share = min(1.0, (body.thigh + body.shin) / _GROWN_LEGS)
            first, second = (
                replace(foot, forward=foot.forward * share)
                for foot in (pose.near_foot, pose.far_foot)
            )
            return _leg(near_hip, first, body, height), _leg(far_hip, second, body, height)
        case _:
            return (
                _leg(near_hip, pose.near_foot, body, height),
                _leg(far_hip, pose.far_foot, body, height),
            )


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
    slack: float = 1.0,
) -> Arm:
    """The arm whose wrist (not its fingertips) goes to ``goal``, stretched if allowed.

    ``slack`` lengthens the bones even where the goal is near, so that the elbow bends further.
    """
    shoulder = shoulder_of(skeleton, near)
    upper = skeleton.body.upper_arm * skeleton.height
    fore = skeleton.body.forearm * skeleton.height
    distance = float(np.hypot(*(goal - shoulder)))
    needed = distance / ((upper + fore) * 0.999) if stretch else 1.0
    factor = min(ARM_STRETCH, max(slack, needed))
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


def lowered_arm(skeleton: Skeleton, near: bool, reach: Reach, goal: Points, upper: float) -> Arm:
    """The arm whose upper part points ``upper`` degrees and whose wrist is at ``goal``.

    The upper arm is foreshortened until the forearm is as long as it is; what is left over the
    forearm stretches, as far as :data:`ARM_STRETCH` (beyond it the elbow follows the hand).
    """
    shoulder = shoulder_of(skeleton, near)
    fore = skeleton.body.forearm * skeleton.height
    angle = math.radians(upper)
    along = np.array([math.cos(angle), math.sin(angle)])
    lengths = np.linspace(*_FORESHORTENED, 24) * skeleton.body.upper_arm * skeleton.height
    gaps = [abs(float(np.hypot(*(goal - shoulder - along * length))) - fore) for length in lengths]
    joint = shoulder + along * lengths[int(np.argmin(gaps))]
    span = float(np.hypot(*(goal - joint)))
    if span > ARM_STRETCH * fore:
        joint = goal + (joint - goal) * (ARM_STRETCH * fore / span)
        span = ARM_STRETCH * fore
    if reach.turn is None:
        direction = (goal - joint) / (span or 1.0)
    else:
        turned = math.radians(reach.turn)
        direction = np.array([math.cos(turned), math.sin(turned)])
    return Arm(
        shoulder,
        joint,
        as_points(goal),
        reach.shape,
        direction,
        reach.thumb,
        max(1.0, span / fore),
        reaching=True,
    )


def aim_arm(
    skeleton: Skeleton,
    near: bool,
    reach: Reach,
    target: Points,
    contact: float,
    *,
    elbow: int,
    stretch: bool,
    slack: float = 1.0,
) -> Arm:
    """The arm whose hand, in line with the forearm, meets ``target`` with its contact point.

    ``contact`` is how far that point lies from the wrist, in centimetres; see :func:`place_arm`.
    """
    shoulder = shoulder_of(skeleton, near)
    upper = skeleton.body.upper_arm * skeleton.height
    fore = skeleton.body.forearm * skeleton.height
    distance = float(np.hypot(*(target - shoulder)))
    needed = (distance - contact) / ((upper + fore) * 0.998) if stretch else 1.0
    factor = min(ARM_STRETCH, max(slack, needed))
    joint, tip = two_bones(shoulder, target, upper * factor, fore * factor + contact, elbow)
    direction = (tip - joint) / (np.hypot(*(tip - joint)) or 1.0)
    wrist = joint + direction * fore * factor
    return Arm(
        shoulder, joint, wrist, reach.shape, direction, reach.thumb, factor, reaching=stretch
    )
