"""From a finished layout to what each drawing needs: places, hands, gazes, things in hands."""

from __future__ import annotations

import math
from dataclasses import replace

from storypainter.ink.boards.kinds import Board
from storypainter.ink.catalogue import ANIMALS, BOARDS, PROPS
from storypainter.ink.composition import units as u
from storypainter.ink.composition.grasp import Grasp, grasp_of, is_at_head
from storypainter.ink.composition.layout import Layout
from storypainter.ink.composition.looks import Looks
from storypainter.ink.composition.plan import Plan
from storypainter.ink.composition.standing import Standing
from storypainter.ink.composition.wishes import turned_to
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame, Point
from storypainter.ink.drawing.stage import Stage
from storypainter.ink.kits import ground_of
from storypainter.ink.people.bodies.plan import Berth, plan_person
from storypainter.ink.people.bodies.poses import POSES
from storypainter.ink.people.figure import Held, Placement, Seat, far_hand, near_hand
from storypainter.ink.props.prop import Look, PropKind
from storypainter.scene import GAZE_WORDS, Animal, Element, Hold, Person, Prop, Sign

#: Poses whose own hands hold what is carried before the body.
_CARRYING = {"read", "sit reading", "photograph", "carry", "hold", "crouch", "kneel"}
#: The hand that makes a pose what it is, for poses that do not say so themselves.
_GESTURES = {
    "wave": "near", "point": "far", "shush": "near", "reach up": "far", "salute": "near",
    "talk": "far", "throw": "near", "think": "near",
}  # fmt: skip
#: Flat things, and coils, that one hand holds at their edge.
_HELD_AT_EDGE = frozenset(
    {
        "book", "notebook", "card", "envelope", "paper", "folder", "clipboard", "passport",
        "photograph", "drawing", "ticket", "boarding pass", "library card", "x-ray", "magazine",
        "rope", "cable",
    }
)  # fmt: skip
_ASLANT = 12.0  # cm between the heights of two grips on what is held aslant, as a rod is
#: Poses whose tool, not the free hand, reaches for what is worked on.
_AT_WORK = ("paint",)
_BROOM_FITS = 160.0  # cm: smaller people get shorter brooms
_SEAT_STEP = 4.0  # cm that a sitter's feet stand nearer than the bench's


def _on_one_palm(person: Person, prop: Prop) -> bool:
    """Whether a present is a small one, offered on one hand by somebody on one knee."""
    return prop.kind == "gift box" and person.pose == "kneel"


def gesture_of(person: Person) -> str | None:
    """Which hand, ``near`` or ``far``, makes a person's pose what it is."""
    own = POSES[person.pose].gesture
    return own if own in ("near", "far") else _GESTURES.get(person.pose)


class Staging:
    """All elements of a laid-out Scene, ready to be drawn."""

    def __init__(self, plan: Plan, layout: Layout, stage: Stage, seed: int = 0) -> None:
        self.plan = plan
        self.ground = ground_of(plan.scene.setting, seed)
        self.scene = plan.scene
        self.layout = layout
        self.stage = stage
        self.held = u.held_ids(plan.scene)
        self.elements: dict[str, Element] = {each.id: each for each in plan.scene.elements}
        self.props = {prop.id: prop for prop in plan.scene.props}
        self.signs = {sign.id: sign for sign in plan.scene.signs}
        self.standing: dict[str, Standing] = {}
        self.looks = Looks(plan, self.held, self.standing, self.ground)
        self._grasps: dict[str, Grasp | None] = {}
        for index, unit in enumerate(plan.units):
            self._stand_unit(index, unit.id)
        self._turn_actors()
        self._turn_seats()
        self._turn_grounded()

    def _stand_unit(self, index: int, unit_id: str) -> None:
        spot, unit = self.layout.spots[index], self.plan.units[index]
        cm = self.stage.cm(spot.y)
        # what hangs on the wall is behind what stands before it
        depth = spot.y - 2.0 * bool(unit.lift)
        self.standing[unit_id] = Standing(spot.x, spot.y - unit.lift * cm, cm, spot.facing, depth)
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
            if isinstance(actor, Person) and self._faces_as_carried(actor):
                facing = self._carried_facing(actor, own)
            elif actor.facing in ("left", "right"):
                facing = 1 if actor.facing == "right" else -1
            elif target in self.elements:
                goal = self.focus(target)[0]
                if abs(goal - own.x) > 6 * own.cm:
                    facing = (1 if goal > own.x else -1) * (-1 if away else 1)
            elif actor.id in self.plan.riders:
                facing = self._carried_facing(actor, own)
            self.standing[actor.id] = Standing(own.x, own.y, own.cm, facing, own.depth)

    def _faces_as_carried(self, person: Person) -> bool:
        """Whoever lies on a bed or sits in a vehicle points the way it does."""
        if person.lies_on is not None:
            return True
        prop = self.props.get(person.sits_on or "")
        return prop is not None and PROPS[prop.kind].front is not None and person.facing is None

    def _carried_facing(self, actor: Person | Animal, own: Standing) -> int:
        carrier = actor.sits_on or actor.lies_on if isinstance(actor, Person) else actor.place.on
        prop = self.props.get(carrier or "")
        if prop is not None and (PROPS[prop.kind].front or PROPS[prop.kind].berth):
            return self.standing[prop.id].facing
        return 1 if own.x < self.stage.width / 2 else -1

    def _turn_seats(self) -> None:
        """A seat for one faces the way its sitter does, or the table that it stands at."""
        for prop in self.scene.props:
            kind, own = PROPS[prop.kind], self.standing.get(prop.id)
            if own is None or kind.seats is None or len(kind.seats.places) != 1:
                continue
            sitter = next((p for p in self.scene.people if p.sits_on == prop.id), None)
            facing = own.facing
            if sitter is not None:
                facing = self.standing[sitter.id].facing
            elif prop.place.near in self.standing:
                facing = 1 if self.standing[prop.place.near or ""].x > own.x else -1
            self.standing[prop.id] = Standing(own.x, own.y, own.cm, facing, own.depth)

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
            left, top, right, bottom = self.plan.bodies[element.id].size.head_box
            return own.at((left + right) / 2, (top + bottom) / 2)
        if isinstance(element, Animal):
            return own.at(*ANIMALS[element.species].head[u.animal_pose(element)])
        if isinstance(element, Sign):
            left, top, right, bottom = BOARDS[element.kind].text_box(self.plan.boards[element.id])
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
        if isinstance(element, Sign):
            box = u.held_sign_box(
                holder, self.plan.bodies[holder.id].size, element, self.plan.boards[element.id]
            )
            return own.at((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        prop = self.props[element.id]
        return own.at(
            *u.hand_place(holder, self.plan.bodies[holder.id].size, PROPS[prop.kind], near=False)
        )

    def placement(self, person: Person) -> Placement:
        """Where and how a person stands, reaches and looks."""
        return replace(self._stance(person), hand_targets=self._hands(person))

    def _stance(self, person: Person) -> Placement:
        """Where and how a person stands and looks; the hands are where the pose has them."""
        own = self.standing[person.id]
        y, seat, berth = own.y, None, None
        if person.lies_on is not None:
            berth = Berth(self._height(person.lies_on, "berth") * own.cm, own.x)
        elif person.sits_on is not None:
            step = _SEAT_STEP * own.cm
            y += step
            seat = Seat(self._height(person.sits_on, "seats") * own.cm + step, own.x)
        facing = "away" if person.facing == "away" else "right" if own.facing > 0 else "left"
        return Placement(
            own.x,
            y,
            own.cm,
            facing,  # type: ignore[arg-type]
            gaze_target=self._gaze(person),
            seat=seat,
            berth=berth,
        )

    def _height(self, carrier: str, way: str) -> float:
        """How high in cm people sit (``seats``) or lie (``berth``) on a prop."""
        prop = self.props.get(carrier)
        if prop is None:
            return 40.0
        kind = PROPS[prop.kind]
        surface = getattr(kind, way) or kind.surface
        return surface.height * kind.scale if surface else 40.0

    def _gaze(self, person: Person) -> Point | None:
        own = self.standing[person.id]
        left, top, right, bottom = self.plan.bodies[person.id].size.head_box
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

    def _grasp(self, person: Person) -> Grasp | None:
        """How a person holds at the head what they hold first; None where they do not."""
        if person.id not in self._grasps:
            self._grasps[person.id] = self._found_grasp(person)
        return self._grasps[person.id]

    def _found_grasp(self, person: Person) -> Grasp | None:
        what = person.holds[0].what if person.holds else ""
        prop = self.props.get(what)
        own = prop is not None and what not in self.standing and self.held[what][0] == person.id
        if prop is None or not own or person.facing == "away":
            return None
        kind = PROPS[prop.kind]
        if not is_at_head(person.pose, kind):
            return None
        # reaching bends the trunk and moves the head, and the thing goes where the head is
        stance = self._stance(person)
        grasp = grasp_of(plan_person(person, stance), kind)
        for _ in range(2):
            reaching = replace(stance, hand_targets=grasp.targets)
            grasp = grasp_of(plan_person(person, reaching, (grasp.side,)), kind)
        return grasp

    def side_of(self, person: Person, hold: Hold, index: int) -> str:
        """Which hand holds: that of the pose's deed; as the Scene says; the far one, then the near."""
        if hold.hand == "mouth":
            return hold.hand
        grasp = self._grasp(person) if index == 0 else None
        if grasp is not None:
            return grasp.side
        facing = "right" if self.standing[person.id].facing > 0 else "left"
        deed = {"near": near_hand(facing), "far": far_hand(facing), "both": "both"}
        pose = POSES[person.pose]
        if pose.own_hands and index == 0 and pose.gesture in deed:
            return deed[pose.gesture]
        if hold.hand == "both":
            return hold.hand
        if hold.hand in ("left", "right"):
            return self._spared(person, hold.hand)
        prop = self.props.get(hold.what)
        if prop is not None and hold.what in self.standing and not self.looks.flies(hold.what):
            return self._towing_side(person, hold.what, facing)
        if prop is not None and _on_one_palm(person, prop):
            return far_hand(facing)
        if prop is not None and PROPS[prop.kind].carry in ("two", "read", "eyes"):
            return "both"
        return far_hand(facing) if index == 0 else near_hand(facing)

    def _towing_side(self, person: Person, thing: str, facing: str) -> str:
        """The hand that is nearer to what it pushes or pulls; both where the pose uses both."""
        if person.pose in ("push", "pull"):
            return "both"
        ahead = (self.standing[thing].x - self.standing[person.id].x) * self.standing[
            person.id
        ].facing
        return far_hand(facing) if ahead >= 0 else near_hand(facing)

    def _spared(self, person: Person, hand: str) -> str:
        """The other hand, where the pose's gesture needs this one: what is done goes first."""
        gives = any(relation.kind == "hands_to" for relation in person.relations)
        which = gesture_of(person)
        if len(person.holds) > 1 or gives or which is None or POSES[person.pose].own_hands:
            return hand
        facing = "right" if self.standing[person.id].facing > 0 else "left"
        gesture = (near_hand if which == "near" else far_hand)(facing)
        return {"left": "right", "right": "left"}[hand] if hand == gesture else hand

    def _hands(self, person: Person) -> dict[str, Point | None]:
        own = self.standing[person.id]
        facing = "right" if own.facing > 0 else "left"
        targets: dict[str, Point | None] = {}
        taken: set[str] = set()
        for index, hold in enumerate(person.holds):
            side = self.side_of(person, hold, index)
            taken |= {"left", "right"} if side == "both" else {side}
            grasp = self._grasp(person) if index == 0 else None
            if grasp is not None:
                targets.update(grasp.targets)
                continue
            self._hold_targets(person, hold, side, targets)
        self._relation_targets(person, facing, taken, targets)
        self._keep_gesture(person, facing, targets)
        return targets

    def _keep_gesture(self, person: Person, facing: str, targets: dict[str, Point | None]) -> None:
        """A hand that waves goes on waving while the other one holds something."""
        which = gesture_of(person)
        if which is None or len(targets) != 1 or POSES[person.pose].own_hands:
            return
        side = near_hand(facing) if which == "near" else far_hand(facing)
        if side in targets:
            return
        reach = POSES[person.pose].near if which == "near" else POSES[person.pose].far
        own, size = self.standing[person.id], self.plan.bodies[person.id].size
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
        if self.held[hold.what][0] != person.id and hold.what in self.elements:
            for each in ("left", "right") if side == "both" else (side,):
                targets[each] = self.focus(hold.what)
            return
        if POSES[person.pose].own_hands and hold.what not in self.standing:
            return
        if hold.what in self.plan.boards and side in ("left", "right"):
            targets[side] = own.at(*u.held_sign_place(person, self.plan.bodies[person.id].size))
        if prop is None or side == "mouth":
            return
        kind = PROPS[prop.kind]
        if hold.what in self.standing and not self.looks.flies(hold.what):
            self._towing_hands(hold.what, side, kind, facing, targets)
            return
        if side == "both":
            self._two_hands(person, prop, kind, targets)
            return
        near = side == near_hand(facing)
        point = self._above(person, prop) or own.at(
            *u.hand_place(person, self.plan.bodies[person.id].size, kind, near=near)
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
        thing = self.standing[what]
        first, second = thing.at(*kind.grip(0)), thing.at(*kind.grip(1))
        if side != "both":
            targets[side] = first
            return
        if kind.tie is not None:
            tie = thing.at(kind.tie[0] * kind.scale, kind.tie[1] * kind.scale)
            share = 16 * thing.cm / max(1.0, math.dist(first, tie))
            second = first[0] + share * (first[0] - tie[0]), first[1] + share * (first[1] - tie[1])
        targets[far_hand(facing)], targets[near_hand(facing)] = first, second

    def _above(self, person: Person, prop: Prop) -> Point | None:
        """A thing held above another one moves towards it as far as the arm goes."""
        if prop.place.side != "above" or prop.place.near not in self.elements:
            return None
        own, size = self.standing[person.id], self.plan.bodies[person.id].size
        goal = self.focus(prop.place.near)
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
        own, size = self.standing[person.id], self.plan.bodies[person.id].size
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
        half, rise = abs(second[0] - first[0]) / 2, (second[1] - first[1]) / 2
        if first == second and kind.carry == "two":
            half = 0.44 * kind.extent(prop.state or kind.states[0])[0]
        half = min(half, 0.26 * reach)
        rise = max(-0.2 * reach, min(0.2 * reach, rise if second[0] >= first[0] else -rise))
        x, y = sx + 0.5 * reach, sy + 0.46 * reach
        targets[far_hand(facing)] = own.at(x + half, y + rise)
        targets[near_hand(facing)] = own.at(x - half, y - rise)

    def _relation_targets(
        self, person: Person, facing: str, taken: set[str], targets: dict[str, Point | None]
    ) -> None:
        own, size = self.standing[person.id], self.plan.bodies[person.id].size
        free = [side for side in (far_hand(facing), near_hand(facing)) if side not in taken]
        for relation in person.relations:
            if relation.target not in self.elements:
                continue
            kind = relation.kind
            if kind == "hands_to":
                self._offer(person, relation.target, targets)
            elif kind == "points_at" and free:
                targets[free.pop(0)] = self.focus(relation.target)
            elif kind == "reaches_for" and person.pose in _AT_WORK and person.holds:
                side = self.side_of(person, person.holds[0], 0)
                if side in ("left", "right"):
                    targets[side] = self._just_short(person, relation.target)
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
        shoulder = own.at(*self.plan.bodies[person.id].size.shoulder)
        away = (goal[0] - shoulder[0], goal[1] - shoulder[1])
        length = max(1.0, (away[0] ** 2 + away[1] ** 2) ** 0.5)
        short = max(0.3, 1 - 40 * own.cm / length)
        return shoulder[0] + away[0] * short, shoulder[1] + away[1] * short

    def _offer(self, person: Person, taker: str, targets: dict[str, Point | None]) -> None:
        """The giving hand goes towards the taker's chest."""
        own, size = self.standing[person.id], self.plan.bodies[person.id].size
        sides = [self.side_of(person, hold, i) for i, hold in enumerate(person.holds)]
        shoulder = own.at(*size.shoulder)
        reach = size.reach * own.cm
        goal = self.focus(taker)
        drop = 0.30 * reach
        if taker in self.plan.bodies:
            other = self.standing[taker]
            goal = other.at(*self.plan.bodies[taker].size.shoulder)
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
            other, size = self.standing[target], self.plan.bodies[target].size
            side = 1 if own.x > other.x else -1
            x, y = other.at(*size.shoulder)
            return x + side * 0.10 * u.STATURE[element.age] * other.cm, y + 3 * other.cm
        return self.focus(target)

    def held_draws(self, person: Person) -> dict[str, Held]:
        """Callables that draw what each hand holds."""
        found: dict[str, Held] = {}
        for index, hold in enumerate(person.holds):
            prop, sign = self.props.get(hold.what), self.signs.get(hold.what)
            side = self.side_of(person, hold, index)
            if self.held[hold.what][0] != person.id:
                continue
            if sign is not None:
                found["right" if side == "both" else side] = self._held_sign(sign)
            if prop is None or hold.what in self.standing:
                continue
            grasp = self._grasp(person) if index == 0 else None
            if grasp is not None:
                found[side] = self._grasped(person, prop, grasp)
            else:
                found[side] = self.held_draw(person, prop, both=side == "both")
        return found

    def _held_sign(self, sign: Sign) -> Held:
        kind, board = BOARDS[sign.kind], self.plan.boards[sign.id]
        grip = kind.grip(board)

        def draw(canvas: Canvas, x: float, y: float, degrees: float, cm: float) -> None:
            frame = Frame(x - grip[0] * cm, y - grip[1] * cm, cm)
            with canvas.part("held", element=sign.id, clues=sign.clues, kind=sign.kind):
                kind.draw(canvas.pen(frame, pen_weight(canvas, cm, 0.85)), board)

        return draw

    def _grasped(self, person: Person, prop: Prop, grasp: Grasp) -> Held:
        """Draws what is held at the head where the head wants it."""
        kind, look = PROPS[prop.kind], self.look(prop)
        owner = person.id if prop.id in self.plan.room else prop.id

        def draw(canvas: Canvas, x: float, y: float, degrees: float, cm: float) -> None:
            with canvas.part("held", element=owner, clues=prop.clues, kind=prop.kind):
                pen = canvas.pen(grasp.frame, pen_weight(canvas, cm, kind.weight))
                grasp.draw(pen, look)

        return draw

    def held_draw(self, person: Person, prop: Prop, *, both: bool) -> Held:
        """Draws ``prop`` so that its grip lies in the hand."""
        kind = PROPS[prop.kind]
        look = self.look(prop)
        mirror = self.standing[person.id].facing < 0
        tilt = self._tilt(person, prop, kind)
        (first_x, first_y), (second_x, second_y) = kind.grip(0), kind.grip(1)
        palm = _on_one_palm(person, prop)
        grip = (first_x, first_y)
        if both or palm:
            grip = ((first_x + second_x) / 2, (first_y + second_y) / 2)
        elif kind.word in _HELD_AT_EDGE:
            # held at the edge towards the holder: the wrist shows, and what is on the thing
            grip = (-0.36 * kind.extent(prop.state or kind.states[0])[0], first_y)
        small = 0.42 if palm else 1.0
        if kind.word in u.SWEPT:
            small = min(1.0, u.STATURE[person.age] / _BROOM_FITS)
        scale = kind.scale * small

        def draw(canvas: Canvas, x: float, y: float, degrees: float, cm: float) -> None:
            turned = Frame(0, 0, cm * small, tilt, mirror).point(*grip)
            frame = Frame(x - turned[0], y - turned[1], cm * scale, tilt, mirror)
            own = person.id if prop.id in self.plan.room else prop.id
            with canvas.part("held", element=own, clues=prop.clues, kind=prop.kind):
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
        return self.looks.look(prop)

    def board(self, sign: Sign) -> Board:
        """What a sign writes."""
        return self.plan.boards[sign.id]


def pen_weight(canvas: Canvas, cm: float, weight: float) -> float:
    """Thinner lines for what is drawn smaller."""
    share = cm / (2.4 * canvas.unit)
    return weight * max(0.62, min(1.15, math.sqrt(share)))
