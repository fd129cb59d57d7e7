"""People: from a Scene's person and a place on the canvas to a drawn figure.

Directions: a person who faces right shows the three-quarter front with the right hand *near*
(at the picture's left) and the left hand *far*; facing left mirrors all of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from storypainter.ink.drawing.canvas import GRIP, Canvas, Pen
from storypainter.ink.drawing.geometry import Frame, Geometry, Point, union
from storypainter.ink.drawing.palette import colour
from storypainter.ink.people.attire import dress
from storypainter.ink.people.bodies import limbs
from storypainter.ink.people.bodies.hands import hand_shape
from storypainter.ink.people.bodies.limbs import Subject
from storypainter.ink.people.bodies.plan import (
    TURNS,
    Berth,
    Box,
    FigureSize,
    Placement,
    Plan,
    Seat,
    Side,
    Turn,
    far_hand,
    measure_person,
    near_hand,
    plan_person,
    pose_of,
)
from storypainter.ink.people.bodies.skeleton import Arm, body_height
from storypainter.ink.people.bodies.traces import draw_trace
from storypainter.ink.people.bodies.wrapping import draw_wrapped_fingers
from storypainter.ink.people.faces.face import SKINS
from storypainter.ink.people.faces.head import Head
from storypainter.ink.people.garments import clothes
from storypainter.scene import Person

__all__ = [
    "Berth",
    "Box",
    "FigureResult",
    "FigureSize",
    "Held",
    "Placement",
    "Seat",
    "Side",
    "draw_person",
    "far_hand",
    "measure_person",
    "near_hand",
    "pose_of",
]

#: Draws a held thing: (canvas, x, y, degrees of the hand, pixels per centimetre).
Held = Callable[[Canvas, float, float, float, float], None]


@dataclass(frozen=True, slots=True)
class FigureResult:
    """What was drawn, in pixels.

    ``hands`` are (x, y, degrees) of each hand's holding point; ``parts`` all solid polygons; ``head_box`` and ``box`` are
    (left, top, right, bottom); ``face`` is a polygon, empty when seen from behind; ``feet`` are
    the lowest points of both shoes, near foot first; ``plan`` is the posed body (for
    :func:`body_contact.contact_errors`).
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
    plan: Plan | None = None

    @property
    def silhouette(self) -> Geometry:
        """The union of everything solid that was drawn."""
        return union(self.parts)


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
    plan = plan_person(person, at, things.keys())
    weight = max(
        0.62, min(1.35, (body_height(person.age, "") * at.cm / (430 * canvas.unit)) ** 0.45)
    )
    pen = canvas.pen(plan.frame, weight)
    outfit = dress(person)
    seated = plan.pose.support in ("seat", "ground", "saddle")
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
        self, canvas: Canvas, subject: Subject, plan: Plan, head: Head, held: Mapping[str, Held]
    ) -> None:
        self.canvas = canvas
        self.subject = subject
        self.plan = plan
        self.head = head
        self.held = held
        self.pen: Pen = subject.pen

    def draw(self) -> None:
        subject, outfit, plan = self.subject, self.subject.outfit, self.plan
        if not subject.away:
            self.head.draw_back()
        if outfit.backpack and not subject.away:
            clothes.draw_backpack(subject)
        self._arms_of("first", None)
        area = self._trunk_and_legs()
        self._arms_of("under the head", area)
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
            x, y = plan.frame.point(*plan.head.mouth)
            self.held["mouth"](self.canvas, x, y, 0.0, plan.at.cm)
        self._arms_of("last", area)
        if plan.pose.trace and not subject.away:
            draw_trace(subject, plan.pose.trace)

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
            clothes.draw_arm_wear(self.subject, arm)
        if not finish:
            return
        held = self._held_by(which)
        if held is not None:
            self._hold(held, arm)
        with self.canvas.part(GRIP):
            clothes.draw_fingers(self.subject, arm)

    def _arms_of(self, turn: Turn, area: Geometry | None) -> None:
        """The arms whose turn it is; a thing in both hands comes with the later one."""
        plan, together = self.plan, self.held.get("both")
        turns = {"far": plan.far_turn, "near": plan.near_turn}
        now = [which for which, own in turns.items() if own == turn]
        for which in now:
            self._arm(which, area, finish=together is None)
        if together is None or not now or TURNS.index(turn) < max(map(TURNS.index, turns.values())):
            return
        spots = [limbs.hand_contact(self.subject, self._arm_of(which)) for which in turns]
        middle = plan.frame.points([(spots[0] + spots[1]) / 2])[0]
        first = len(self.canvas.open_parts)
        together(self.canvas, float(middle[0]), float(middle[1]), 0.0, plan.at.cm)
        thing = union(part.geometry for part in self.canvas.open_parts[first:])
        with self.canvas.part("arm"):
            for which in now:
                self._fingers_on(thing, which, area)

    def _fingers_on(self, thing: Geometry, which: str, area: Geometry | None) -> None:
        """Fingers over a thing in both hands; where it hides a whole hand, lone fingers would
        float on it: the near hand then goes over it, the far one's reach around its edge.
        """
        arm = self._arm_of(which)
        hand = limbs.hand_place(self.subject, arm).geometry(hand_shape(arm.shape).back)
        placed = self.plan.frame.geometry(hand)
        if thing.intersection(placed).area > 0.8 * placed.area:
            if which == "far":
                with self.canvas.part(GRIP):
                    draw_wrapped_fingers(self.subject, self.plan.frame, arm, thing)
                return
            limbs.draw_arm(self.subject, arm, area)
            clothes.draw_arm_wear(self.subject, arm)
        with self.canvas.part(GRIP):
            clothes.draw_fingers(self.subject, arm)

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


def _result(plan: Plan, subject: Subject, head: Head, parts: tuple[Geometry, ...]) -> FigureResult:
    frame, skeleton, facing = plan.frame, plan.skeleton, plan.at.facing
    feet = []
    for leg in (skeleton.near_leg, skeleton.far_leg):
        outline = shapely.get_coordinates(limbs.shoe_outline(skeleton, leg))
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
        plan=plan,
    )


def _bounds(parts: tuple[Geometry, ...]) -> Box:
    left, top, right, bottom = shapely.total_bounds(list(parts))
    return float(left), float(top), float(right), float(bottom)
