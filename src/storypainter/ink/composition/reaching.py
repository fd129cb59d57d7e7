"""Where the hands of a staged person go: to what they hold, act on, steer or push."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from storypainter.ink.catalogue import PROPS
from storypainter.ink.composition import units as u
from storypainter.ink.composition.standing import Standing
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.people.bodies.poses import POSES
from storypainter.ink.people.figure import far_hand, near_hand
from storypainter.ink.props.prop import PropKind
from storypainter.scene import Animal, Hold, Person, Prop

if TYPE_CHECKING:
    from storypainter.ink.composition.staging import Staging

#: Poses whose own hands hold what is carried before the body.
_CARRYING = {"read", "sit reading", "photograph", "carry", "hold"}
#: The hand that makes a pose what it is, for poses that do not say so themselves.
_GESTURES = {
    "wave": "near", "point": "far", "shush": "near", "reach up": "far", "salute": "near",
    "talk": "far", "throw": "near", "think": "near",
}  # fmt: skip
_ASLANT = 12.0  # cm between the heights of two grips on what is held aslant, as a rod is
#: Poses whose tool, not the free hand, reaches for what is worked on.
_AT_WORK = ("paint",)
#: How far ahead of the shoulder, in arm lengths, what is touched should be.
_TOUCHING = 0.62
_BACK = 0.55  # how high an animal's back is, in shares of its height
_STEERING, _ASLEEP = ("drive", "ride"), ("sleep", "sleep sitting")


def gesture_of(person: Person) -> str | None:
    """Which hand, ``near`` or ``far``, makes a person's pose what it is."""
    own = POSES[person.pose].gesture
    return own if own in ("near", "far") else _GESTURES.get(person.pose)


class Reaching:
    """The hand targets of all people of a staged Scene."""

    def __init__(self, staging: Staging) -> None:
        self.staging = staging

    def targets(self, person: Person) -> dict[str, Point | None]:
        """By ``left`` and ``right``, where a hand is to be, in pixels."""
        own = self.staging.standing[person.id]
        facing = "right" if own.facing > 0 else "left"
        targets: dict[str, Point | None] = {}
        taken: set[str] = set()
        tug = self.staging.tug_of(person)
        if tug is not None:
            targets.update(zip((far_hand(facing), near_hand(facing)), tug.hands, strict=True))
            return targets
        for index, hold in enumerate(person.holds):
            side = self.staging.side_of(person, hold, index)
            taken |= {"left", "right"} if side == "both" else {side}
            grasp = self.staging.grasp(person) if index == 0 else None
            if grasp is not None:
                targets.update(grasp.targets)
                continue
            self._hold_targets(person, hold, side, targets)
        self._relation_targets(person, facing, taken, targets)
        self._at_the_helm(person, facing, taken, targets)
        self._at_a_handle(person, facing, taken, targets)
        self._keep_gesture(person, facing, targets)
        return targets

    def _at_the_helm(
        self, person: Person, facing: str, taken: set[str], targets: dict[str, Point | None]
    ) -> None:
        """Hands without another task are on the wheel or the handlebar of what somebody drives."""
        prop = self.staging.props.get(person.sits_on or person.stands_on or "")
        if prop is None or not PROPS[prop.kind].helm or self._driver_of(prop) != person.id:
            return
        thing, kind = self.staging.standing[prop.id], PROPS[prop.kind]
        if thing.facing != self.staging.standing[person.id].facing:
            return
        for side, (x, y) in zip((near_hand(facing), far_hand(facing)), kind.helm, strict=True):
            if side in taken or side in targets or not self._is_at_leisure(person, side, facing):
                continue
            targets[side] = thing.at(x * kind.scale, y * kind.scale)

    def _driver_of(self, prop: Prop) -> str | None:
        """Who has the first seat of a vehicle."""
        seated = (p.id for p in self.staging.scene.people if prop.id in (p.sits_on, p.stands_on))
        return next(seated, None)

    def _is_at_leisure(self, person: Person, side: str, facing: str) -> bool:
        """Whether a hand rests, as the pose has it, or steers anyway."""
        pose = POSES[person.pose]
        if pose.support in ("back", "belly") or person.pose in _ASLEEP:
            return False
        reach = pose.near if side == near_hand(facing) else pose.far
        return person.pose in _STEERING or (
            reach.anchor == "knee" or (reach.anchor == "shoulder" and reach.down > 0.6)
        )

    def _at_a_handle(
        self, person: Person, facing: str, taken: set[str], targets: dict[str, Point | None]
    ) -> None:
        """The idle hand of who stands at a pram is on its handle."""
        prop = self.staging.charge_of(person)
        if prop is None:
            return
        thing, own = self.staging.standing[prop.id], self.staging.standing[person.id]
        size = self.staging.plan.bodies[person.id].size
        goal = thing.at(*PROPS[prop.kind].grip())
        if math.dist(goal, own.at(*size.shoulder)) > 1.12 * size.reach * own.cm:
            return
        ahead = (goal[0] - own.x) * own.facing > 0
        order = (far_hand(facing), near_hand(facing))
        for side in order if ahead else order[::-1]:
            rests = self._is_at_leisure(person, side, facing) or POSES[person.pose].one_hand_will_do
            if side not in taken and side not in targets and rests:
                targets[side] = goal
                return

    def _keep_gesture(self, person: Person, facing: str, targets: dict[str, Point | None]) -> None:
        """A hand that waves goes on waving while the other one holds something."""
        which = gesture_of(person)
        if which is None or len(targets) != 1 or POSES[person.pose].own_hands:
            return
        side = near_hand(facing) if which == "near" else far_hand(facing)
        if side in targets:
            return
        reach = POSES[person.pose].near if which == "near" else POSES[person.pose].far
        own, size = self.staging.standing[person.id], self.staging.plan.bodies[person.id].size
        left, top, right, bottom = size.head_box
        x, y = size.shoulder
        if reach.anchor == "mouth":
            x, y = (left + right) / 2 + 0.16 * (right - left), bottom - 0.24 * (bottom - top)
        elif reach.anchor == "eye":
            x, y = (left + right) / 2 + 0.2 * (right - left), -size.eye_height
        elif which == "near":
            x -= 0.08 * u.STATURE[person.age]
        targets[side] = own.at(x + reach.forward * size.reach, y + reach.down * size.reach)

    def _hold_targets(
        self, person: Person, hold: Hold, side: str, targets: dict[str, Point | None]
    ) -> None:
        own, prop = self.staging.standing[person.id], self.staging.props.get(hold.what)
        facing = "right" if own.facing > 0 else "left"
        if self.staging.held[hold.what][0] != person.id and hold.what in self.staging.elements:
            for each in ("left", "right") if side == "both" else (side,):
                targets[each] = self.staging.focus(hold.what)
            return
        if POSES[person.pose].own_hands and hold.what not in self.staging.standing:
            return
        if hold.what in self.staging.plan.boards and side in ("left", "right"):
            targets[side] = own.at(
                *u.held_sign_place(person, self.staging.plan.bodies[person.id].size)
            )
        if prop is None or side == "mouth":
            return
        kind = PROPS[prop.kind]
        if hold.what in self.staging.standing and not self.staging.looks.flies(hold.what):
            self._towing_hands(hold.what, side, kind, facing, targets)
            return
        if side == "both":
            self._two_hands(person, prop, kind, targets)
            return
        near = side == near_hand(facing)
        point = self.above(person, prop) or own.at(
            *u.hand_place(person, self.staging.plan.bodies[person.id].size, kind, near=near)
        )
        targets[side] = point

    def _towing_hands(
        self,
        what: str,
        side: str,
        kind: PropKind,
        facing: str,
        targets: dict[str, Point | None],
    ) -> None:
        """Hands on the handle of what is pushed, or one behind the other on its taut rope."""
        thing = self.staging.standing[what]
        first, second = thing.at(*kind.grip(0)), thing.at(*kind.grip(1))
        if side != "both":
            targets[side] = first
            return
        if kind.tie is not None:
            tie = thing.at(kind.tie[0] * kind.scale, kind.tie[1] * kind.scale)
            share = 16 * thing.cm / max(1.0, math.dist(first, tie))
            second = first[0] + share * (first[0] - tie[0]), first[1] + share * (first[1] - tie[1])
        targets[far_hand(facing)], targets[near_hand(facing)] = first, second

    def above(self, person: Person, prop: Prop) -> Point | None:
        """A thing held above another one moves towards it as far as the arm goes."""
        if prop.place.side != "above" or prop.place.near not in self.staging.elements:
            return None
        own, size = self.staging.standing[person.id], self.staging.plan.bodies[person.id].size
        goal = self.staging.focus(prop.place.near)
        shoulder = own.at(*size.shoulder)
        reach = size.reach * own.cm
        dx = max(-0.9 * reach, min(0.9 * reach, goal[0] - shoulder[0]))
        # its shaft must not stand before the own face
        left, _, right, _ = size.head_box
        middle = own.at((left + right) / 2, 0)[0]
        clear = 0.66 * (right - left) * own.cm
        if abs(shoulder[0] + dx - middle) < clear:
            dx = middle + math.copysign(clear, goal[0] - middle) - shoulder[0]
        return shoulder[0] + dx, shoulder[1] + 0.16 * reach

    def _two_hands(
        self, person: Person, prop: Prop, kind: PropKind, targets: dict[str, Point | None]
    ) -> None:
        own, size = self.staging.standing[person.id], self.staging.plan.bodies[person.id].size
        facing = "right" if own.facing > 0 else "left"
        sx, sy = size.shoulder
        reach = size.reach
        if kind.carry == "play":
            targets[far_hand(facing)] = own.at(sx + 0.40 * reach, sy + 0.66 * reach)
            targets[near_hand(facing)] = own.at(sx + 0.16 * reach, sy + 0.74 * reach)
            return
        first, second = kind.grip(0), kind.grip(1)
        if person.pose in _CARRYING and abs(second[1] - first[1]) < _ASLANT:
            return
        small = self.staging.share_held(person, kind)
        half, rise = small * abs(second[0] - first[0]) / 2, (second[1] - first[1]) / 2
        if first == second and kind.carry == "two":
            half = 0.44 * kind.extent(prop.state or kind.states[0])[0]
        half = min(half, (0.42 if kind.carry == "read" else 0.26) * reach)
        rise = max(-0.2 * reach, min(0.2 * reach, rise if second[0] >= first[0] else -rise))
        x, y = sx + 0.5 * reach, sy + 0.46 * reach
        targets[far_hand(facing)] = own.at(x + half, y + rise)
        targets[near_hand(facing)] = own.at(x - half, y - rise)

    def _relation_targets(
        self, person: Person, facing: str, taken: set[str], targets: dict[str, Point | None]
    ) -> None:
        own, size = self.staging.standing[person.id], self.staging.plan.bodies[person.id].size
        free = [side for side in (far_hand(facing), near_hand(facing)) if side not in taken]
        for relation in person.relations:
            if relation.target not in self.staging.elements:
                continue
            kind = relation.kind
            if kind == "hands_to":
                self._offer(person, relation.target, targets)
            elif kind == "points_at" and free:
                targets[free.pop(0)] = self.staging.focus(relation.target)
            elif kind == "reaches_for" and person.pose in _AT_WORK and person.holds:
                side = self.staging.side_of(person, person.holds[0], 0)
                if side in ("left", "right"):
                    targets[side] = self._just_short(person, relation.target)
            elif kind == "reaches_for" and free:
                targets[free.pop(0)] = self._just_short(person, relation.target)
            elif (
                kind in ("pushes", "pulls") and len(free) == 2 and self._has_handle(relation.target)
            ):
                thing = self.staging.props[relation.target]
                self._towing_hands(thing.id, "both", PROPS[thing.kind], facing, targets)
                free.clear()
            elif kind in ("touches", "hugs", "pushes", "pulls") and free:
                goal = self._touch_point(relation.target, own)
                if kind == "touches":
                    goal = self._off_the_body(person, relation.target, goal)
                targets[free.pop(0)] = goal
                if kind in ("hugs", "pushes", "pulls") and free:
                    targets[free.pop(0)] = (goal[0], goal[1] + 0.1 * size.reach * own.cm)

    def _has_handle(self, target: str) -> bool:
        """Whether what is pushed or pulled stands on the ground and has a handle to do it by."""
        prop = self.staging.props.get(target)
        return prop is not None and self.staging.is_wheeled(prop)

    def _just_short(self, person: Person, target: str) -> Point:
        """A point before the target, so that the reaching hand does not cover it."""
        own, goal = self.staging.standing[person.id], self.staging.focus(target)
        shoulder = own.at(*self.staging.plan.bodies[person.id].size.shoulder)
        away = (goal[0] - shoulder[0], goal[1] - shoulder[1])
        length = max(1.0, (away[0] ** 2 + away[1] ** 2) ** 0.5)
        short = max(0.3, 1 - 40 * own.cm / length)
        goal = shoulder[0] + away[0] * short, shoulder[1] + away[1] * short
        return self._beside_own_head(person, goal)

    def _beside_own_head(self, person: Person, goal: Point) -> Point:
        """A hand that reaches past the own head does so ahead of it, where it is seen."""
        own, size = self.staging.standing[person.id], self.staging.plan.bodies[person.id].size
        left, top, right, bottom = size.head_box
        x, y = (goal[0] - own.x) * own.facing / own.cm, (goal[1] - own.y) / own.cm
        hand, ahead = 0.16 * (right - left), right + 0.34 * (right - left)
        if not (left - hand < x < ahead and 1.3 * top < y < bottom + hand):
            return goal
        reach = 1.05 * size.reach
        rise = math.sqrt(max(0.0, reach**2 - (ahead - size.shoulder[0]) ** 2))
        return own.at(ahead, max(y, size.shoulder[1] - rise))

    def _offer(self, person: Person, taker: str, targets: dict[str, Point | None]) -> None:
        """The giving hand goes towards the taker's chest."""
        own, size = self.staging.standing[person.id], self.staging.plan.bodies[person.id].size
        sides = [self.staging.side_of(person, hold, i) for i, hold in enumerate(person.holds)]
        shoulder = own.at(*size.shoulder)
        reach = size.reach * own.cm
        goal = self.staging.focus(taker)
        drop = 0.30 * reach
        if taker in self.staging.plan.bodies:
            other = self.staging.standing[taker]
            goal = other.at(*self.staging.plan.bodies[taker].size.shoulder)
            drop = max(-0.1 * reach, min(0.6 * reach, goal[1] - shoulder[1]))
        point = (shoulder[0] + own.facing * 0.80 * reach, shoulder[1] + drop)
        if "both" in sides:
            targets["left"], targets["right"] = (
                (point[0], point[1] - 2 * own.cm),
                (point[0], point[1] + 2 * own.cm),
            )
        elif sides:
            targets[sides[0]] = point

    def _off_the_body(self, person: Person, target: str, goal: Point) -> Point:
        """Where something large that is close is touched: ahead, not with a folded arm."""
        own, size = self.staging.standing[person.id], self.staging.plan.bodies[person.id].size
        element = self.staging.elements[target]
        if isinstance(element, Animal):
            box = u.animal_boxes(element)[0]
        elif isinstance(element, Prop):
            box = u.prop_boxes(element)[0][0]
        else:
            return goal
        shoulder = own.at(*size.shoulder)
        ahead = (goal[0] - shoulder[0]) * own.facing / own.cm
        wanted = _TOUCHING * size.reach
        push = max(0.0, min(0.4 * (box.right - box.left), wanted - ahead))
        return goal[0] + own.facing * push * own.cm, goal[1]

    def _touch_point(self, target: str, own: Standing) -> Point:
        element = self.staging.elements[target]
        if isinstance(element, Person):
            other, size = self.staging.standing[target], self.staging.plan.bodies[target].size
            side = 1 if own.x > other.x else -1
            x, y = other.at(*size.shoulder)
            return x + side * 0.10 * u.STATURE[element.age] * other.cm, y + 3 * other.cm
        head = self.staging.focus(target)
        if isinstance(element, Animal):
            back = self.staging.standing[target].at(0.0, _BACK * u.animal_boxes(element)[0].top)
            # a hand does not reach across the back for the face
            return back if abs(back[0] - own.x) < abs(head[0] - own.x) else head
        return head
