"""From a finished layout to what each drawing needs: places, hands, gazes, things in hands."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from storypainter.ink.boards.kinds import Board
from storypainter.ink.catalogue import ANIMALS, BOARDS, PROPS
from storypainter.ink.composition import units as u
from storypainter.ink.composition.grasp import Grasp, grasp_of, is_at_head
from storypainter.ink.composition.layout import Layout
from storypainter.ink.composition.looks import Looks
from storypainter.ink.composition.plan import Plan
from storypainter.ink.composition.reaching import Reaching, gesture_of
from storypainter.ink.composition.standing import Standing
from storypainter.ink.composition.tugging import Tug, tugs_of
from storypainter.ink.composition.wishes import turned_to
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame, Point
from storypainter.ink.drawing.stage import Stage
from storypainter.ink.kits import ground_of
from storypainter.ink.people.bodies.plan import Berth, plan_person
from storypainter.ink.people.bodies.poses import POSES
from storypainter.ink.people.figure import (
    Held,
    Placement,
    Seat,
    Side,
    far_hand,
    near_hand,
)
from storypainter.ink.props.prop import Look, PropKind
from storypainter.scene import GAZE_WORDS, Animal, Element, Hold, Person, Prop, Sign

#: Flat things, and coils, that one hand holds at their edge.
_HELD_AT_EDGE = frozenset(
    {
        "book", "notebook", "card", "envelope", "paper", "folder", "clipboard", "passport",
        "photograph", "drawing", "ticket", "boarding pass", "library card", "x-ray", "magazine",
        "rope", "cable",
    }
)  # fmt: skip
#: Small things that one carries on the open palm, and how far in cm they stand above its middle.
_ON_PALM, _PALM = frozenset({"ring box", "plate", "nest", "slice of cake"}), 2.0
_BROOM_FITS = 160.0  # cm: smaller people get shorter brooms
#: How far behind its ground point what hangs is drawn (share of the height): less than signs
#: hang before the furniture.
_LIFTED = 0.00195
#: How far from the shoulder, in arm lengths, hands push, and how far in cm a thing moves for it.
_AT_ARMS, _FURTHEST = 0.94, 90.0
#: Poses that push and pull with both hands.
_BOTH_HANDS = ("push", "pull")
_SEAT_STEP = 4.0  # cm that a sitter's feet stand nearer than the bench's


def _on_one_palm(person: Person, prop: Prop) -> bool:
    """Whether a thing stands on an open palm: a present is a small one for who kneels with it."""
    return prop.kind in _ON_PALM or (prop.kind == "gift box" and person.pose == "kneel")


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
        self.reaching = Reaching(self)
        self._tugs: dict[str, Tug] = {}
        self._grasps: dict[str, Grasp | None] = {}
        for index, unit in enumerate(plan.units):
            self._stand_unit(index, unit.id)
        self._turn_actors()
        self._turn_seats()
        self._turn_grounded()
        self._tugs = tugs_of(self.scene, self.plan, self.standing)

    def _stand_unit(self, index: int, unit_id: str) -> None:
        spot, unit = self.layout.spots[index], self.plan.units[index]
        cm = self.stage.cm(spot.y)
        # what hangs on the wall is behind what stands before it
        depth = spot.y - _LIFTED * self.stage.height * bool(unit.lift)
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
        """Whoever lies on a bed, sits in a vehicle or on a motorcycle points the way it does."""
        if person.lies_on is not None:
            return True
        prop = self.props.get(person.sits_on or "")
        if prop is None or person.facing is not None:
            return False
        return PROPS[prop.kind].front is not None or bool(PROPS[prop.kind].helm)

    def _carried_facing(self, actor: Person | Animal, own: Standing) -> int:
        carrier = actor.sits_on or actor.lies_on if isinstance(actor, Person) else actor.place.on
        prop = self.props.get(carrier or "")
        kind = PROPS[prop.kind] if prop is not None else None
        if prop is not None and kind is not None and (kind.front or kind.berth or kind.helm):
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
        holders = {what: holder for what, (holder, _) in self.held.items()}
        pushers = self._pushers()
        beside = {
            prop.id: prop.place.near or ""
            for prop in self.scene.props
            if prop.place.near in self.plan.bodies and self.is_wheeled(prop)
        }
        for what, holder in {**beside, **pushers, **holders}.items():
            prop = self.props.get(what)
            if prop is None or what not in self.standing or not PROPS[prop.kind].grips:
                continue
            own = self.standing[what]
            side = 1 if self.standing[holder].x > own.x else -1
            grip_side = 1 if PROPS[prop.kind].grips[0][0] >= 0 else -1
            self.standing[what] = replace(own, facing=side * grip_side)
        for what, pusher in {**pushers, **holders}.items():
            person = self.elements[pusher]
            if what in pushers or (isinstance(person, Person) and person.pose in _BOTH_HANDS):
                self._move_to_hands(what, person)
        for what, owner in beside.items():
            if what not in pushers and what not in holders:
                self._move_to_hands(what, self.elements[owner], only_nearer=True)

    def is_wheeled(self, prop: Prop) -> bool:
        """Whether a thing stands on the ground with a handle to push it by."""
        kind = PROPS[prop.kind]
        pushed = kind.carry == "push" and bool(kind.grips) and not kind.lies
        return pushed and prop.id in self.standing and prop.id not in self.plan.riders

    def _pushers(self) -> dict[str, str]:
        """By wheeled thing, who pushes or pulls it."""
        return {
            relation.target: person.id
            for person in self.scene.people
            for relation in person.relations
            if relation.kind in ("pushes", "pulls")
            and relation.target in self.props
            and self.is_wheeled(self.props[relation.target])
        }

    def _move_to_hands(self, what: str, person: Element, *, only_nearer: bool = False) -> None:
        """What somebody pushes goes where its handle meets their hands, and what is on it too.

        ``only_nearer`` leaves alone what is in reach already.
        """
        prop = self.props.get(what)
        if prop is None or not self.is_wheeled(prop) or PROPS[prop.kind].tie is not None:
            return
        if person.id not in self.plan.bodies:  # an animal that pulls has no hands
            return
        own, thing = self.standing[person.id], self.standing[what]
        size, side = self.plan.bodies[person.id].size, 1 if thing.x > own.x else -1
        shoulder, handle = own.at(*size.shoulder), thing.at(*PROPS[prop.kind].grip())
        reach = size.reach * own.cm
        if only_nearer and math.dist(shoulder, handle) < reach:
            return
        ahead = math.sqrt(max(0.0, (_AT_ARMS * reach) ** 2 - (handle[1] - shoulder[1]) ** 2))
        dx = shoulder[0] + side * max(0.4 * reach, ahead) - handle[0]
        half = 0.5 * PROPS[prop.kind].size[0] * thing.cm
        room = self.stage.width - half
        dx = max(half, min(room, thing.x + dx)) - thing.x
        if abs(dx) > _FURTHEST * thing.cm:
            return
        unit = self.plan.units[self.plan.where[what][0]]
        for each in (what, *(rider.element for rider in unit.riders)):
            moved = self.standing[each]
            self.standing[each] = replace(moved, x=moved.x + dx)

    def charge_of(self, person: Person) -> Prop | None:
        """The pram or trolley that a Scene puts beside a person who stands, and nobody holds."""
        if POSES[person.pose].support != "feet" or person.sits_on is not None:
            return None
        for prop in self.scene.props:
            near = person.id == prop.place.near or prop.id == person.place.near
            if near and prop.id not in self.held and self.is_wheeled(prop):
                return prop
        return None

    def tug_of(self, person: Person) -> Tug | None:
        """How a person pulls at a rope that somebody else pulls as well; None for others."""
        return self._tugs.get(person.id)

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
            size, board = self.plan.bodies[holder.id].size, self.plan.boards[element.id]
            box = u.held_sign_boxes(holder, size, element, board)[0]
            return own.at((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        prop = self.props[element.id]
        return own.at(
            *u.hand_place(holder, self.plan.bodies[holder.id].size, PROPS[prop.kind], near=False)
        )

    def placement(self, person: Person) -> Placement:
        """Where and how a person stands, reaches and looks."""
        return replace(
            self._stance(person),
            hand_targets=self.reaching.targets(person),
            palms=frozenset(self._palms(person)),
        )

    def _palms(self, person: Person) -> Iterator[Side]:
        """The hands that carry something small on the open palm."""
        for index, hold in enumerate(person.holds):
            prop, side = self.props.get(hold.what), self.side_of(person, hold, index)
            if prop is not None and _on_one_palm(person, prop) and side in ("left", "right"):
                yield "left" if side == "left" else "right"

    def _stance(self, person: Person) -> Placement:
        """Where and how a person stands and looks; the hands are where the pose has them."""
        own = self.standing[person.id]
        y, seat, berth = own.y, None, None
        if person.lies_on is not None:
            berth = Berth(self._height(person.lies_on, "berth") * own.cm, own.x)
        elif person.sits_on is not None:
            step = _SEAT_STEP * own.cm
            y += step
            inside = (
                PROPS[self.props[person.sits_on].kind] if person.sits_on in self.props else None
            )
            floor = inside.floor * inside.scale * own.cm if inside is not None else 0.0
            seat = Seat(self._height(person.sits_on, "seats") * own.cm + step, own.x, floor)
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

    def grasp(self, person: Person) -> Grasp | None:
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
        grasp = self.grasp(person) if index == 0 else None
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
        if person.pose in _BOTH_HANDS:
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

    def held_draws(self, person: Person) -> dict[str, Held]:
        """Callables that draw what each hand holds."""
        found: dict[str, Held] = {}
        for index, hold in enumerate(person.holds):
            prop, sign = self.props.get(hold.what), self.signs.get(hold.what)
            side = self.side_of(person, hold, index)
            if index == 0 and person.id in self._tugs:
                found["both"] = _nothing
                continue
            if self.held[hold.what][0] != person.id:
                continue
            if sign is not None:
                found["right" if side == "both" else side] = self._held_sign(sign)
            if prop is None or hold.what in self.standing:
                continue
            grasp = self.grasp(person) if index == 0 else None
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
        if palm:
            grip = (0.0, _PALM / kind.scale)
        elif both:
            grip = ((first_x + second_x) / 2, (first_y + second_y) / 2)
        elif kind.word in _HELD_AT_EDGE:
            # held at the edge towards the holder: the wrist shows, and what is on the thing
            grip = (-0.36 * kind.extent(prop.state or kind.states[0])[0], first_y)
        small = 0.42 if palm and kind.word not in _ON_PALM else 1.0
        if kind.word in u.SWEPT:
            small = min(1.0, u.STATURE[person.age] / _BROOM_FITS)
        elif both:
            small = self.share_held(person, kind)
        scale = kind.scale * small

        def draw(canvas: Canvas, x: float, y: float, degrees: float, cm: float) -> None:
            turned = Frame(0, 0, cm * small, tilt, mirror).point(*grip)
            frame = Frame(x - turned[0], y - turned[1], cm * scale, tilt, mirror)
            own = person.id if prop.id in self.plan.room else prop.id
            with canvas.part("held", element=own, clues=prop.clues, kind=prop.kind):
                kind.draw(canvas.pen(frame, pen_weight(canvas, cm, kind.weight)), look)

        return draw

    def share_held(self, person: Person, kind: PropKind) -> float:
        """How large what is read is in a person's two hands: short arms hold a smaller map."""
        reach = self.plan.bodies[person.id].size.reach
        wide = kind.size[0] * kind.scale
        return max(0.62, min(1.0, 0.95 * reach / wide)) if kind.carry == "read" else 1.0

    def _tilt(self, person: Person, prop: Prop, kind: PropKind) -> float:
        """Degrees by which a held thing leans forward."""
        if kind.word == "umbrella" and (prop.state or "open") == "open":
            if self.scene.setting.weather in ("rain", "wind") and person.pose in ("walk", "run"):
                return 24.0
            above = self.reaching.above(person, prop)
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


def _nothing(canvas: Canvas, x: float, y: float, degrees: float, cm: float) -> None:
    """What hands close on that is drawn on its own, as the rope between two people."""


def pen_weight(canvas: Canvas, cm: float, weight: float) -> float:
    """Thinner lines for what is drawn smaller."""
    share = cm / (2.4 * canvas.unit)
    return weight * max(0.62, min(1.15, math.sqrt(share)))
