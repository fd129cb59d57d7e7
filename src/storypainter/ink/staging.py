"""From a finished layout to what each drawing needs: places, hands, gazes, things in hands."""

from __future__ import annotations

import math
from dataclasses import dataclass

from storypainter.ink import units as u
from storypainter.ink.boards import Board
from storypainter.ink.canvas import Canvas
from storypainter.ink.catalogue import ANIMALS, BOARDS, PROPS
from storypainter.ink.figure import Held, Placement, Seat, far_hand, near_hand
from storypainter.ink.geometry import Frame, Point
from storypainter.ink.layout import Layout
from storypainter.ink.poses import POSES
from storypainter.ink.props import Look, PropKind, look_of
from storypainter.ink.stage import Stage
from storypainter.ink.wishes import Plan, turned_to
from storypainter.scene import GAZE_WORDS, Animal, Element, Hold, Person, Prop, Sign

#: Poses that put both hands where a thing carried before the body goes.
_BOTH_HANDED = {"read", "sit reading", "photograph", "carry", "hold", "crouch", "kneel"}
#: The hand that a pose needs for its gesture.
GESTURE_HANDS = {
    "wave": "near", "point": "far", "shush": "near", "reach up": "far", "salute": "near",
    "cover mouth": "near", "talk": "far", "throw": "near", "think": "near",
}  # fmt: skip
_SEAT_STEP = 4.0  # cm that a sitter's feet stand nearer than the bench's


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an element is: ground point in pixels, pixels per cm, 1 or -1, painting depth."""

    x: float
    y: float
    cm: float
    facing: int
    depth: float

    def at(self, dx: float, dy: float) -> Point:
        """A point given in cm, facing right, from the ground point."""
        return self.x + self.facing * dx * self.cm, self.y + dy * self.cm


class Staging:
    """All elements of a laid-out Scene, ready to be drawn."""

    def __init__(self, plan: Plan, layout: Layout, stage: Stage) -> None:
        self.plan = plan
        self.scene = plan.scene
        self.layout = layout
        self.stage = stage
        self.held = u.held_ids(plan.scene)
        self.elements: dict[str, Element] = {each.id: each for each in plan.scene.elements}
        self.props = {prop.id: prop for prop in plan.scene.props}
        self.standing: dict[str, Standing] = {}
        for index, unit in enumerate(plan.units):
            self._stand_unit(index, unit.id)
        self._turn_actors()
        self._turn_grounded()

    def _stand_unit(self, index: int, unit_id: str) -> None:
        spot, unit = self.layout.spots[index], self.plan.units[index]
        cm = self.stage.cm(spot.y)
        self.standing[unit_id] = Standing(spot.x, spot.y - unit.lift * cm, cm, spot.facing, spot.y)
        for order, rider in enumerate(unit.riders):
            x, y = spot.x + spot.facing * rider.dx * cm, spot.y + rider.dy * cm
            depth = spot.y + 0.5 + 0.1 * order
            self.standing[rider.element] = Standing(x, y, cm, 1, depth)

    def _turn_actors(self) -> None:
        """People and animals face what they deal with, now that all places are known."""
        for actor in u.actors(self.scene):
            own = self.standing.get(actor.id)
            if own is None:
                continue
            facing = own.facing
            target, away = turned_to(actor)
            if actor.facing in ("left", "right"):
                facing = 1 if actor.facing == "right" else -1
            elif target in self.elements:
                goal = self.focus(target)[0]
                if abs(goal - own.x) > 6 * own.cm:
                    facing = (1 if goal > own.x else -1) * (-1 if away else 1)
            elif actor.id in self.plan.riders:
                facing = 1 if own.x < self.stage.width / 2 else -1
            self.standing[actor.id] = Standing(own.x, own.y, own.cm, facing, own.depth)

    def _turn_grounded(self) -> None:
        """A pram or a cart turns its handle to who pushes it."""
        for what, (holder, _) in self.held.items():
            prop = self.props.get(what)
            if prop is None or what not in self.standing or not PROPS[prop.kind].grips:
                continue
            own = self.standing[what]
            side = 1 if self.standing[holder].x > own.x else -1
            grip_side = 1 if PROPS[prop.kind].grips[0][0] >= 0 else -1
            self.standing[what] = Standing(own.x, own.y, own.cm, side * grip_side, own.depth)

    def focus(self, element_id: str | None) -> Point:
        """The point of an element that others look at or point to, in pixels."""
        element = self.elements[element_id or ""]
        if element.id in self.held and element.id not in self.standing:
            return self._held_focus(element)
        own = self.standing[element.id]
        if isinstance(element, Person):
            left, top, right, bottom = self.plan.sizes[element.id].head_box
            return own.at((left + right) / 2, (top + bottom) / 2)
        if isinstance(element, Animal):
            return own.at(*ANIMALS[element.species].head[u.animal_pose(element)])
        if isinstance(element, Sign):
            left, top, right, bottom = BOARDS[element.kind].text_box(u.board_of(element))
            return own.at((left + right) / 2, (top + bottom) / 2)
        assert isinstance(element, Prop)
        kind = PROPS[element.kind]
        _, height = kind.extent(element.state or kind.states[0])
        return own.at(0, -height * (0.62 if kind.word == "kite" else 0.5))

    def _held_focus(self, element: Element) -> Point:
        holder_id, _ = self.held[element.id]
        holder, own = self.elements[holder_id], self.standing[holder_id]
        if isinstance(holder, Animal):
            return own.at(*ANIMALS[holder.species].head[u.animal_pose(holder)])
        assert isinstance(holder, Person)
        prop = self.props[element.id]
        return own.at(
            *u.hand_place(holder, self.plan.sizes[holder.id], PROPS[prop.kind], near=False)
        )

    def placement(self, person: Person) -> Placement:
        """Where and how a person stands, reaches and looks."""
        own = self.standing[person.id]
        y, seat = own.y, None
        if person.sits_on is not None:
            step = _SEAT_STEP * own.cm
            y += step
            seat = Seat(self._seat_height(person.sits_on) * own.cm + step, own.x)
        facing = "away" if person.facing == "away" else "right" if own.facing > 0 else "left"
        return Placement(
            own.x,
            y,
            own.cm,
            facing,  # type: ignore[arg-type]
            hand_targets=self._hands(person),
            gaze_target=self._gaze(person),
            seat=seat,
        )

    def _seat_height(self, carrier: str) -> float:
        prop = self.props.get(carrier)
        surface = PROPS[prop.kind].surface if prop else None
        return surface.height if surface else 40.0

    def _gaze(self, person: Person) -> Point | None:
        own = self.standing[person.id]
        left, top, right, bottom = self.plan.sizes[person.id].head_box
        eyes = own.at((left + right) / 2, (top + bottom) / 2)
        word = person.gaze
        if word is None:
            target, _ = turned_to(person)
            return self.focus(target) if target in self.elements else None
        if word in GAZE_WORDS:
            step = {
                "left": (-300, 0),
                "right": (300, 0),
                "up": (own.facing * 60, -300),
                "down": (own.facing * 60, 300),
            }
            dx, dy = step.get(word, (0, 0))
            return (eyes[0] + dx * own.cm, eyes[1] + dy * own.cm) if dx or dy else None
        return self.focus(word)

    def side_of(self, person: Person, hold: Hold, index: int) -> str:
        """Which hand holds: as the Scene says, else the far one first, then the near one."""
        if hold.hand in ("both", "mouth"):
            return hold.hand
        if hold.hand in ("left", "right"):
            return self._spared(person, hold.hand)
        prop = self.props.get(hold.what)
        if prop is not None and PROPS[prop.kind].carry in ("two", "read", "eyes"):
            return "both"
        facing = "right" if self.standing[person.id].facing > 0 else "left"
        return far_hand(facing) if index == 0 else near_hand(facing)

    def _spared(self, person: Person, hand: str) -> str:
        """The other hand, where the pose's gesture needs this one: what is done goes first."""
        gives = any(relation.kind == "hands_to" for relation in person.relations)
        if len(person.holds) > 1 or gives or person.pose not in GESTURE_HANDS:
            return hand
        facing = "right" if self.standing[person.id].facing > 0 else "left"
        gesture = (near_hand if GESTURE_HANDS[person.pose] == "near" else far_hand)(facing)
        return {"left": "right", "right": "left"}[hand] if hand == gesture else hand

    def _hands(self, person: Person) -> dict[str, Point | None]:
        own = self.standing[person.id]
        facing = "right" if own.facing > 0 else "left"
        targets: dict[str, Point | None] = {}
        taken: set[str] = set()
        for index, hold in enumerate(person.holds):
            side = self.side_of(person, hold, index)
            taken |= {"left", "right"} if side == "both" else {side}
            self._hold_targets(person, hold, side, targets)
        self._relation_targets(person, facing, taken, targets)
        self._keep_gesture(person, facing, targets)
        return targets

    def _keep_gesture(self, person: Person, facing: str, targets: dict[str, Point | None]) -> None:
        """A hand that waves goes on waving while the other one holds something."""
        which = GESTURE_HANDS.get(person.pose)
        if which is None or len(targets) != 1:
            return
        side = near_hand(facing) if which == "near" else far_hand(facing)
        if side in targets:
            return
        reach = POSES[person.pose].near if which == "near" else POSES[person.pose].far
        own, size = self.standing[person.id], self.plan.sizes[person.id]
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
        own, prop = self.standing[person.id], self.props.get(hold.what)
        facing = "right" if own.facing > 0 else "left"
        if prop is None or side == "mouth":
            return
        kind = PROPS[prop.kind]
        if hold.what in self.standing and not self.plan.units[self.plan.where[hold.what][0]].lift:
            first, second = kind.grip(0), kind.grip(1)
            thing = self.standing[hold.what]
            targets[far_hand(facing)] = thing.at(*first)
            if side == "both":
                targets[near_hand(facing)] = thing.at(*second)
            return
        if side == "both":
            self._two_hands(person, prop, kind, targets)
            return
        near = side == near_hand(facing)
        point = self._above(person, prop) or own.at(
            *u.hand_place(person, self.plan.sizes[person.id], kind, near=near)
        )
        targets[side] = point

    def _above(self, person: Person, prop: Prop) -> Point | None:
        """A thing held above another one moves towards it as far as the arm goes."""
        if prop.place.side != "above" or prop.place.near not in self.elements:
            return None
        own, size = self.standing[person.id], self.plan.sizes[person.id]
        goal = self.focus(prop.place.near)
        shoulder = own.at(*size.shoulder)
        reach = size.reach * own.cm
        dx = max(-0.9 * reach, min(0.9 * reach, goal[0] - shoulder[0]))
        return shoulder[0] + dx, shoulder[1] + 0.16 * reach

    def _two_hands(
        self, person: Person, prop: Prop, kind: PropKind, targets: dict[str, Point | None]
    ) -> None:
        own, size = self.standing[person.id], self.plan.sizes[person.id]
        facing = "right" if own.facing > 0 else "left"
        sx, sy = size.shoulder
        reach = size.reach
        if kind.carry == "play":
            targets[far_hand(facing)] = own.at(sx + 0.40 * reach, sy + 0.66 * reach)
            targets[near_hand(facing)] = own.at(sx + 0.16 * reach, sy + 0.74 * reach)
            return
        if person.pose in _BOTH_HANDED:
            return
        first, second = kind.grip(0), kind.grip(1)
        half = min(abs(second[0] - first[0]) / 2, 0.26 * reach)
        x, y = sx + 0.5 * reach, sy + 0.46 * reach
        targets[far_hand(facing)] = own.at(x + half, y)
        targets[near_hand(facing)] = own.at(x - half, y)

    def _relation_targets(
        self, person: Person, facing: str, taken: set[str], targets: dict[str, Point | None]
    ) -> None:
        own, size = self.standing[person.id], self.plan.sizes[person.id]
        free = [side for side in (far_hand(facing), near_hand(facing)) if side not in taken]
        for relation in person.relations:
            if relation.target not in self.elements:
                continue
            kind = relation.kind
            if kind == "hands_to":
                self._offer(person, relation.target, targets)
            elif kind == "points_at" and free:
                targets[free.pop(0)] = self.focus(relation.target)
            elif kind == "reaches_for" and free:
                targets[free.pop(0)] = self._just_short(person, relation.target)
            elif kind in ("touches", "hugs", "pushes", "pulls") and free:
                goal = self._touch_point(relation.target, own)
                targets[free.pop(0)] = goal
                if kind in ("hugs", "pushes", "pulls") and free:
                    targets[free.pop(0)] = (goal[0], goal[1] + 0.1 * size.reach * own.cm)

    def _just_short(self, person: Person, target: str) -> Point:
        """A point before the target, so that the reaching hand does not cover it."""
        own, goal = self.standing[person.id], self.focus(target)
        shoulder = own.at(*self.plan.sizes[person.id].shoulder)
        away = (goal[0] - shoulder[0], goal[1] - shoulder[1])
        length = max(1.0, (away[0] ** 2 + away[1] ** 2) ** 0.5)
        short = max(0.3, 1 - 40 * own.cm / length)
        return shoulder[0] + away[0] * short, shoulder[1] + away[1] * short

    def _offer(self, person: Person, taker: str, targets: dict[str, Point | None]) -> None:
        """The giving hand goes towards the taker's chest."""
        own, size = self.standing[person.id], self.plan.sizes[person.id]
        sides = [self.side_of(person, hold, i) for i, hold in enumerate(person.holds)]
        shoulder = own.at(*size.shoulder)
        reach = size.reach * own.cm
        goal = self.focus(taker)
        drop = 0.30 * reach
        if taker in self.plan.sizes:
            other = self.standing[taker]
            goal = other.at(*self.plan.sizes[taker].shoulder)
            drop = max(-0.1 * reach, min(0.6 * reach, goal[1] - shoulder[1]))
        point = (shoulder[0] + own.facing * 0.80 * reach, shoulder[1] + drop)
        if "both" in sides:
            targets["left"], targets["right"] = (
                (point[0], point[1] - 2 * own.cm),
                (point[0], point[1] + 2 * own.cm),
            )
        elif sides:
            targets[sides[0]] = point

    def _touch_point(self, target: str, own: Standing) -> Point:
        element = self.elements[target]
        if isinstance(element, Person):
            other, size = self.standing[target], self.plan.sizes[target]
            side = 1 if own.x > other.x else -1
            x, y = other.at(*size.shoulder)
            return x + side * 0.10 * u.STATURE[element.age] * other.cm, y + 3 * other.cm
        return self.focus(target)

    def held_draws(self, person: Person) -> dict[str, Held]:
        """Callables that draw what each hand holds."""
        found: dict[str, Held] = {}
        for index, hold in enumerate(person.holds):
            prop = self.props.get(hold.what)
            if prop is None or hold.what in self.standing:
                continue
            side = self.side_of(person, hold, index)
            found[side] = self.held_draw(person, prop, both=side == "both")
        return found

    def held_draw(self, person: Person, prop: Prop, *, both: bool) -> Held:
        """Draws ``prop`` so that its grip lies in the hand."""
        kind = PROPS[prop.kind]
        look = self.look(prop)
        mirror = self.standing[person.id].facing < 0
        tilt = self._tilt(person, prop, kind)
        (first_x, first_y), (second_x, second_y) = kind.grip(0), kind.grip(1)
        grip = ((first_x + second_x) / 2, (first_y + second_y) / 2) if both else (first_x, first_y)
        small = 0.42 if prop.kind == "gift box" and person.pose == "kneel" else 1.0
        scale = kind.scale * small

        def draw(canvas: Canvas, x: float, y: float, degrees: float, cm: float) -> None:
            turned = Frame(0, 0, cm * small, tilt, mirror).point(*grip)
            frame = Frame(x - turned[0], y - turned[1], cm * scale, tilt, mirror)
            with canvas.part("held", element=prop.id, clues=prop.clues, kind=prop.kind):
                kind.draw(canvas.pen(frame, pen_weight(canvas, cm, kind.weight)), look)

        return draw

    def _tilt(self, person: Person, prop: Prop, kind: PropKind) -> float:
        """Degrees by which a held thing leans forward."""
        if kind.word == "umbrella" and (prop.state or "open") == "open":
            if self.scene.setting.weather in ("rain", "wind") and person.pose in ("walk", "run"):
                return 24.0
            above = self._above(person, prop)
            return 10.0 if above else 4.0
        if kind.word == "umbrella":
            return 12.0
        if kind.carry == "play":
            return 62.0
        if kind.word == "paint brush":
            return 20.0
        if kind.word == "watering can" and prop.state == "pouring":
            return 24.0
        return 0.0

    def look(self, prop: Prop) -> Look:
        """How a prop looks."""
        return look_of(PROPS[prop.kind], prop.state, prop.colour, prop.text, 0)

    def board(self, sign: Sign) -> Board:
        """What a sign writes."""
        return u.board_of(sign, pinned=sign.id in self.plan.riders and u.is_pinned(sign))


def pen_weight(canvas: Canvas, cm: float, weight: float) -> float:
    """Thinner lines for what is drawn smaller."""
    share = cm / (2.4 * canvas.unit)
    return weight * max(0.62, min(1.15, math.sqrt(share)))
