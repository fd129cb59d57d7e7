"""People: from a Scene's person and a place on the canvas to a drawn figure.

Directions: a person who faces right shows the three-quarter front with the right hand *near*
(at the picture's left) and the left hand *far*; facing left mirrors all of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import shapely

from storypainter.errors import BadInput
from storypainter.ink import clothes, limbs
from storypainter.ink.attire import dress
from storypainter.ink.canvas import Canvas, Pen
from storypainter.ink.face import SKINS
from storypainter.ink.geometry import Frame, Geometry, Point, Points, union, vector
from storypainter.ink.hands import hand_shape
from storypainter.ink.head import Head, HeadPlan, plan_head
from storypainter.ink.limbs import Subject
from storypainter.ink.palette import colour
from storypainter.ink.poses import POSES, Pose, Reach
from storypainter.ink.skeleton import (
    Arm,
    SeatAt,
    Skeleton,
    body_height,
    build_skeleton,
    crosses,
    place_arm,
    proportions,
    shoulder_of,
)
from storypainter.scene import Person

Side = Literal["left", "right"]
#: Draws a held thing: (canvas, x, y, degrees of the hand, pixels per centimetre).
Held = Callable[[Canvas, float, float, float, float], None]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Seat:
    """What a person sits on: its height above the ground and the x of its middle, in pixels."""

    height: float
    x: float


@dataclass(frozen=True, slots=True)
class Placement:
    """Where and how a person stands on the canvas.

    Args:
        x, ground_y: the ground point between the feet, in pixels.
        cm: pixels for one centimetre.
        facing: the way the body points.
        hand_targets: where a hand is to touch or hold, in pixels; by ``left`` and ``right``.
        gaze_target: what the eyes look at, in pixels; ``None`` looks ahead.
        seat: what the person sits on, for poses that sit.
        profile: shows the head from the side.
    """

    x: float
    ground_y: float
    cm: float
    facing: Literal["left", "right", "away"] = "right"
    hand_targets: Mapping[str, Point | None] = field(default_factory=dict)
    gaze_target: Point | None = None
    seat: Seat | None = None
    profile: bool = False


@dataclass(frozen=True, slots=True)
class FigureResult:
    """What was drawn, in pixels.

    ``hands`` are (x, y, degrees) of each hand's holding point; ``parts`` all solid polygons; ``head_box`` and ``box`` are
    (left, top, right, bottom); ``face`` is a polygon, empty when seen from behind; ``feet`` are
    the lowest points of both shoes, near foot first.
    """

    hands: dict[str, tuple[float, float, float]]
    eyes: Point
    mouth: Point
    head_box: Box
    box: Box
    face: Geometry
    pupils: list[Point]
    feet: list[Point]
    parts: tuple[Geometry, ...]

    @property
    def silhouette(self) -> Geometry:
        """The union of everything solid that was drawn."""
        return union(self.parts)


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


@dataclass(slots=True)
class _Plan:
    """A person before drawing: the skeleton in local centimetres and the frame to pixels."""

    person: Person
    at: Placement
    pose: Pose
    frame: Frame
    skeleton: Skeleton
    head: HeadPlan


def _plan(person: Person, at: Placement, held: Mapping[str, Held]) -> _Plan:
    pose = pose_of(person, at.seat is not None)
    height = body_height(person.age, person.gender)
    body = proportions(person.age, person.gender, person.build)
    frame = Frame(at.x, at.ground_y, at.cm, mirror=at.facing == "left")
    seat = None
    if at.seat is not None:
        seat = SeatAt(at.seat.height / at.cm, frame.local((at.seat.x, at.ground_y))[0])
    skeleton = build_skeleton(height, body, pose, seat)
    targets = _local_targets(at, frame)
    lean = _reaching_lean(skeleton, pose, targets)
    if lean:
        skeleton = build_skeleton(height, body, pose, seat, lean)
    gaze = frame.local(at.gaze_target) if at.gaze_target is not None else None
    head = plan_head(person, skeleton, gaze, at.facing == "away", at.profile, at.cm)
    _place_arms(skeleton, pose, head, targets, held, at.facing)
    return _Plan(person, at, pose, frame, skeleton, head)


def _local_targets(at: Placement, frame: Frame) -> dict[str, Points]:
    """Hand targets by ``near`` and ``far``, in local centimetres."""
    near = near_hand(at.facing)
    return {
        "near" if side == near else "far": np.array(frame.local(target))
        for side, target in at.hand_targets.items()
        if target is not None
    }


def _reaching_lean(skeleton: Skeleton, pose: Pose, targets: Mapping[str, Points]) -> float:
    """How far the trunk leans towards a target that the arm alone would miss, in degrees."""
    most = 0.0
    for which, target in targets.items():
        if (pose.near if which == "near" else pose.far).shape == "point":
            continue
        away = target - shoulder_of(skeleton, which == "near")
        missing = float(np.hypot(*away)) / skeleton.arm_length - 1.08
        if missing > 0:
            wanted = math.copysign(min(13.0, missing * 55), float(away[0]))
            most = wanted if abs(wanted) > abs(most) else most
    return most


def _is_idle(reach: Reach) -> bool:
    return reach.anchor == "shoulder" and reach.shape == "relaxed" and reach.down > 0.75


def _place_arms(
    skeleton: Skeleton,
    pose: Pose,
    head: HeadPlan,
    targets: Mapping[str, Points],
    held: Mapping[str, Held],
    facing: str,
) -> None:
    reaches = {"near": pose.near, "far": pose.far}
    given = set(targets)
    if len(given) == 1:
        (target,) = given
        other = "far" if target == "near" else "near"
        if _is_idle(reaches[target]) and not _is_idle(reaches[other]):
            reaches = {target: reaches[other], other: reaches[target]}
            reaches[target] = replace(reaches[target], elbow=1)
    holding = {"near" if side == near_hand(facing) else "far" for side in held if side != "both"}
    if "both" in held:
        holding = {"near", "far"}
    for which in ("near", "far"):
        reach = reaches[which]
        empty = bool(holding) and which not in holding and which not in given
        if empty and pose.one_hand_will_do:
            reach = replace(POSES["stand"].near if which == "near" else POSES["stand"].far)
        if which in holding and reach.shape not in ("grip", "fist", "point"):
            reach = replace(reach, shape="grip")
        arm = _solve_arm(skeleton, which == "near", reach, head, targets.get(which), pose.over_face)
        if which == "near":
            skeleton.near_arm = arm
        else:
            skeleton.far_arm = arm


def _anchor_point(skeleton: Skeleton, near: bool, reach: Reach, head: HeadPlan) -> Points:
    match reach.anchor:
        case "mouth":
            return np.array(head.mouth)
        case "eye" | "cheek" | "ear":
            return np.array(head.eyes)
        case "hip":
            across = skeleton.body.hip * 1.02
            return skeleton.spine(0.16, -across if near else across)
        case "chest":
            return skeleton.spine(0.75, 0.0)
        case _:
            return shoulder_of(skeleton, near)


def _solve_arm(
    skeleton: Skeleton,
    near: bool,
    reach: Reach,
    head: HeadPlan,
    target: Points | None,
    over_face: bool,
) -> Arm:
    """Places one arm so that its hand's contact point meets the target (or the pose's goal)."""
    shoulder = shoulder_of(skeleton, near)
    size = skeleton.body.hand * skeleton.height * limbs.HAND_SIZE
    contact = hand_shape(reach.shape).contact * size
    elbow, stretch = reach.elbow, target is not None
    if target is None:
        offset = np.array([reach.forward, reach.down]) * skeleton.arm_length
        goal = _anchor_point(skeleton, near, reach, head) + offset
        if reach.anchor == "shoulder":
            goal = _beside_head(goal, near, head, over_face)
            return place_arm(skeleton, near, reach, goal, elbow=elbow, stretch=False)
        if reach.turn is not None:
            angle = math.radians(reach.turn)
            goal = goal - np.array([math.cos(angle), math.sin(angle)]) * contact
        return place_arm(skeleton, near, reach, goal, elbow=elbow, stretch=True)
    away = target - shoulder
    if reach.shape == "point" and reach.anchor == "shoulder":
        length = min(float(np.hypot(*away)), skeleton.arm_length * 0.985 + contact)
        target, stretch = shoulder + away / (np.hypot(*away) or 1.0) * length, False
    if reach.shape == "relaxed":
        reach = replace(reach, shape="flat" if away[1] < skeleton.arm_length * 0.5 else "relaxed")
        contact = hand_shape(reach.shape).contact * size
    reach = replace(reach, turn=None)
    best: Arm | None = None
    for bend in (elbow, -elbow):
        arm = _aim(skeleton, near, reach, target, contact, bend, stretch)
        clear = over_face or not crosses(arm, np.array(head.centre), head.size * 0.42)
        if clear:
            return arm
        best = best or arm
    assert best is not None
    return best


def _beside_head(goal: Points, near: bool, head: HeadPlan, over_face: bool) -> Points:
    """A raised hand kept clear of a large head: moved outwards, to its own side."""
    room = head.size * 0.86
    away = goal - np.array(head.centre)
    if over_face or abs(away[1]) > room or abs(away[0]) > room:
        return goal
    if goal[1] > head.centre[1] + head.size * 0.5:
        return goal
    return np.array([head.centre[0] + (-room if near else room), goal[1]])


def _aim(
    skeleton: Skeleton,
    near: bool,
    reach: Reach,
    target: Points,
    contact: float,
    elbow: int,
    stretch: bool,
) -> Arm:
    """The hand's direction follows the forearm, which follows the hand: three rounds settle it."""
    goal = target
    arm = place_arm(skeleton, near, reach, goal, elbow=elbow, stretch=stretch)
    for _ in range(3):
        direction = arm.direction
        goal = target - direction * contact
        arm = place_arm(skeleton, near, reach, goal, elbow=elbow, stretch=stretch)
    arm.direction = direction
    return arm


def draw_person(
    canvas: Canvas,
    person: Person,
    at: Placement,
    held: Mapping[str, Held] | None = None,
) -> FigureResult:
    """Draws a person into the open layer.

    Args:
        canvas: with an open layer.
        person: a Scene's person.
        at: where and how they stand.
        held: draws what the hands hold, by ``left``, ``right``, ``both`` or ``mouth``; each is
            called at the right moment, after the palm and before the fingers.

    Raises:
        BadInput: no layer is open, or a word is not in the vocabulary.
    """
    things = dict(held or {})
    plan = _plan(person, at, things)
    weight = max(
        0.62, min(1.35, (body_height(person.age, "") * at.cm / (430 * canvas.unit)) ** 0.45)
    )
    pen = canvas.pen(plan.frame, weight)
    outfit = dress(person)
    seated = plan.pose.support in ("seat", "ground")
    skin = SKINS.get(person.skin) or colour(person.skin)
    subject = Subject(pen, plan.skeleton, outfit, skin, at.facing == "away", seated)
    head = Head(canvas, person, outfit, plan.head, plan.frame, weight)
    first = len(canvas.open_parts)
    _Figure(canvas, subject, plan, head, things).draw()
    parts = tuple(part.geometry for part in canvas.open_parts[first:])
    return _result(plan, subject, head, parts)


class _Figure:
    """The order of drawing: from what lies behind to what lies in front."""

    def __init__(
        self, canvas: Canvas, subject: Subject, plan: _Plan, head: Head, held: Mapping[str, Held]
    ) -> None:
        self.canvas = canvas
        self.subject = subject
        self.plan = plan
        self.head = head
        self.held = held
        self.pen: Pen = subject.pen

    def draw(self) -> None:
        subject, outfit = self.subject, self.subject.outfit
        far_in_front = self._far_arm_in_front()
        if not subject.away:
            self.head.draw_back()
        if outfit.backpack and not subject.away:
            clothes.draw_backpack(subject)
        if not far_in_front:
            self._arm("far", None)
        area = self._trunk_and_legs()
        near_behind_head = self._near_arm_behind_head()
        if near_behind_head:
            self._arm("near", area)
        clothes.draw_neck(subject)
        clothes.draw_collar(subject)
        clothes.draw_bow_tie(subject)
        if subject.away:
            self.head.draw_front()
            self.head.draw_back()
            if outfit.backpack:
                clothes.draw_backpack(subject)
        else:
            if outfit.scarf:
                clothes.draw_scarf(subject)
            self.head.draw_front()
        if "mouth" in self.held:
            x, y = self.plan.frame.point(*self.plan.head.mouth)
            self.held["mouth"](self.canvas, x, y, 0.0, self.plan.at.cm)
        self._front_arms(area, far_in_front, not near_behind_head)

    def _trunk_and_legs(self) -> Geometry:
        subject, outfit = self.subject, self.subject.outfit
        skeleton = self.plan.skeleton
        covered = outfit.bottom.kind in ("trousers", "shorts")
        limbs.draw_legs(subject, clothes.pelvis_area(subject) if covered else None)
        tucked = clothes.is_tucked(outfit)
        low = -0.05 if subject.seated else -0.17
        area = clothes.trunk(skeleton, low)
        if outfit.bottom.kind == "dress":
            skirt = clothes.skirt_area(subject, outfit.bottom.length, 0.03)
            body = clothes.trunk(skeleton, -0.05)
            area = clothes.dress_area(skirt, body, subject.height)
            clothes.draw_skirt(subject, area, outfit.bottom.colour)
        elif outfit.bottom.kind == "skirt":
            clothes.draw_skirt(
                subject, clothes.skirt_area(subject, outfit.bottom.length), outfit.bottom.colour
            )
            area = clothes.trunk_above(skeleton, 0.16)
            clothes.draw_top(subject, area)
        elif tucked:
            area = clothes.trunk_above(skeleton, 0.2 if outfit.bib else 0.12)
            clothes.draw_top(subject, area)
            if outfit.top.tucked:
                clothes.draw_belt(subject, clothes.trunk(skeleton, 0.0), outfit.belt or "#3a2c28")
        else:
            clothes.draw_top(subject, area)
        return self._over_the_top(area)

    def _over_the_top(self, area: Geometry) -> Geometry:
        subject, outfit = self.subject, self.subject.outfit
        clothes.draw_tie(subject)
        if outfit.bib:
            clothes.draw_bib(subject, clothes.trunk(self.plan.skeleton, -0.16))
        if outfit.outer:
            area = clothes.draw_outer(subject)
        if outfit.apron:
            legs = (self.plan.skeleton.near_leg, self.plan.skeleton.far_leg)
            over = [area, *(limbs.trouser_leg(subject, leg) for leg in legs)]
            clothes.draw_apron(
                subject, union(over).buffer(0.03 * subject.height).buffer(-0.03 * subject.height)
            )
        if outfit.sash:
            clothes.draw_sash(subject, area)
        if outfit.badge:
            clothes.draw_badge(subject)
        if outfit.backpack or outfit.shoulder_bag:
            clothes.draw_straps(subject, area)
        return area

    def _far_arm_in_front(self) -> bool:
        arm = self.plan.skeleton.far_arm
        if self.subject.away:
            return False
        if self.plan.pose.far_arm_front or self._held_by("far") or "both" in self.held:
            return True
        if not arm.reaching:
            return False
        edge = self.plan.skeleton.spine(0.5, self.plan.skeleton.body.waist * 0.6)
        return bool(
            arm.wrist[0] < edge[0] and arm.wrist[1] < self.plan.skeleton.pelvis[1]
        ) and bool(arm.wrist[0] > self.plan.skeleton.near_leg.hip[0])

    def _near_arm_behind_head(self) -> bool:
        arm = self.plan.skeleton.near_arm
        head = self.plan.head
        if self.plan.pose.over_face:
            return False
        raised = bool(arm.elbow[1] < arm.shoulder[1] or arm.wrist[1] < arm.shoulder[1])
        return raised and crosses(arm, np.array(head.centre), head.size * 0.62)

    def _held_by(self, which: str) -> Held | None:
        facing = self.plan.at.facing
        side = near_hand(facing) if which == "near" else far_hand(facing)
        return self.held.get(side)

    def _arm_of(self, which: str) -> Arm:
        skeleton = self.plan.skeleton
        return skeleton.near_arm if which == "near" else skeleton.far_arm

    def _arm(self, which: str, area: Geometry | None, *, finish: bool = True) -> None:
        arm = self._arm_of(which)
        with self.canvas.part("arm"):
            limbs.draw_arm(self.subject, arm, area)
        if not finish:
            return
        held = self._held_by(which)
        if held is not None:
            self._hold(held, arm)
        with self.canvas.part("arm"):
            limbs.draw_fingers(self.subject, arm)

    def _front_arms(self, area: Geometry, far: bool, near: bool) -> None:
        together = self.held.get("both")
        if far:
            self._arm("far", area, finish=together is None)
        if near:
            self._arm("near", area, finish=together is None)
        if together is None:
            return
        spots = [limbs.hand_contact(self.subject, self._arm_of(w)) for w in ("near", "far")]
        middle = self.plan.frame.points([(spots[0] + spots[1]) / 2])[0]
        together(self.canvas, float(middle[0]), float(middle[1]), 0.0, self.plan.at.cm)
        with self.canvas.part("arm"):
            for which in ("far", "near"):
                limbs.draw_fingers(self.subject, self._arm_of(which))

    def _hold(self, held: Held, arm: Arm) -> None:
        x, y, degrees = _hand_on_canvas(self.plan.frame, self.subject, arm)
        held(self.canvas, x, y, degrees, self.plan.at.cm)


def _hand_on_canvas(frame: Frame, subject: Subject, arm: Arm) -> tuple[float, float, float]:
    local = limbs.hand_contact(subject, arm)
    placed = frame.points([local, local + arm.direction])
    along = placed[1] - placed[0]
    return (
        float(placed[0][0]),
        float(placed[0][1]),
        math.degrees(math.atan2(along[1], along[0])),
    )


def _result(plan: _Plan, subject: Subject, head: Head, parts: tuple[Geometry, ...]) -> FigureResult:
    frame, skeleton, facing = plan.frame, plan.skeleton, plan.at.facing
    feet = []
    for leg in (skeleton.near_leg, skeleton.far_leg):
        outline = shapely.get_coordinates(limbs.foot_outline(subject, leg))
        feet.append(frame.point(*outline[np.argmax(outline[:, 1])]))
    return FigureResult(
        hands={
            near_hand(facing): _hand_on_canvas(frame, subject, skeleton.near_arm),
            far_hand(facing): _hand_on_canvas(frame, subject, skeleton.far_arm),
        },
        eyes=frame.point(*plan.head.eyes),
        mouth=frame.point(*plan.head.mouth),
        head_box=head.box,
        box=_bounds(parts),
        face=head.face,
        pupils=list(head.pupils),
        feet=feet,
        parts=parts,
    )


def _bounds(parts: tuple[Geometry, ...]) -> Box:
    left, top, right, bottom = shapely.total_bounds(list(parts))
    return float(left), float(top), float(right), float(bottom)


def measure_person(person: Person, cm: float) -> FigureSize:
    """How much room a person in their pose needs; cheap, nothing is drawn.

    Args:
        person: a Scene's person.
        cm: pixels for one centimetre.
    """
    at = Placement(0.0, 0.0, 1.0, "right")
    plan = _plan(person, at, {})
    skeleton, head = plan.skeleton, plan.head
    points = [skeleton.pelvis, skeleton.chest]
    for arm in (skeleton.near_arm, skeleton.far_arm):
        points += [arm.shoulder, arm.elbow, arm.wrist + arm.direction * 0.07 * skeleton.height]
    for leg in (skeleton.near_leg, skeleton.far_leg):
        points += [leg.hip, leg.knee, leg.ankle + vector(0.08 * skeleton.height, 0), leg.ankle]
    half = head.size * 0.56
    left, right = head.centre[0] - half, head.centre[0] + half
    top, bottom = head.centre[1] - head.size * 0.62, head.centre[1] + head.size * 0.5
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
