"""From a Scene to what the layout moves: units of boxes in centimetres, and their wishes.

A unit is one thing that stands somewhere, with all that rides on it: a bench with its sitters,
a person with what they hold. Boxes say what must not be covered (``care``) and what covers
(``hides``); wishes say where a unit would like to be relative to another.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import shapely

from storypainter.ink.boards.kind import post_places
from storypainter.ink.boards.kinds import Board
from storypainter.ink.catalogue import ANIMALS, BOARDS, PROPS
from storypainter.ink.composition.grasp import box_at_head, is_at_head
from storypainter.ink.drawing.geometry import Points
from storypainter.ink.drawing.stage import Shape, Span
from storypainter.ink.kits import Kit
from storypainter.ink.people.bodies.limbs import shoe_outline
from storypainter.ink.people.bodies.plan import (
    Berth,
    FigureSize,
    Placement,
    Seat,
    measure_person,
    plan_person,
)
from storypainter.ink.people.bodies.plan import Plan as BodyPlan
from storypainter.ink.people.bodies.skeleton import Skeleton
from storypainter.ink.props.prop import PropKind, look_of
from storypainter.scene import Animal, Element, Person, Prop, Scene, Sign

#: Long handles that two hands push and pull, but that leave the ground.
SWEPT = frozenset({"rake", "broom", "mop", "spade"})
FACE_CARE = 70.0
TEXT_CARE = 90.0
#: Of a whole figure: enough to stay inside the picture, too little to keep others from crossing it.
EXTENT_CARE = 5.0
#: Half the thickness of a trunk and the thickness of a limb, in body heights.
TRUNK, LIMB = 0.115, 0.07
#: Birds fly between so and so much higher above the ground, in cm; bees are drawn in the air.
_LOWEST_FLIGHT, _FLIGHTS = 105.0, 110.0
_HIGH = frozenset({"bee"})
STATURE = {
    "toddler": 88.0,
    "child": 120.0,
    "teen": 160.0,
    "adult": 172.0,
    "elder": 164.0,
}


@dataclass(frozen=True, slots=True)
class Box:
    """(left, top, right, bottom) in cm from the ground point, facing right."""

    left: float
    top: float
    right: float
    bottom: float
    care: float
    hides: float = 1.0

    def raised(self, lift: float) -> Box:
        """The same box so many cm higher."""
        return replace(self, top=self.top - lift, bottom=self.bottom - lift)

    def moved(self, dx: float, dy: float) -> Box:
        """The same box elsewhere, and symmetrical about its new place."""
        reach = max(abs(self.left), abs(self.right)) if self.care < FACE_CARE else 0.0
        left, right = (-reach, reach) if reach else (self.left, self.right)
        return Box(
            left + dx,
            self.top + dy,
            right + dx,
            self.bottom + dy,
            self.care,
            self.hides,
        )


@dataclass(frozen=True, slots=True)
class Body:
    """A posed person as the layout sees them: sizes and boxes in cm, facing right."""

    size: FigureSize
    boxes: tuple[Box, ...]
    plan: BodyPlan

    @property
    def width(self) -> float:
        """How much ground the person takes, in cm."""
        return max(box.right for box in self.boxes[1:4]) - min(box.left for box in self.boxes[1:4])


@dataclass(frozen=True, slots=True)
class Rider:
    """An element carried by a unit, at (dx, dy) cm from the unit's ground point."""

    element: str
    dx: float
    dy: float


@dataclass(slots=True)
class Unit:
    """What the layout places as one; ``low`` and ``high`` bound its ground y (canvas shares).

    What is ``hung`` is on the wall or on cords, what else has a ``lift`` flies. ``furniture`` belongs to the setting, not to the Scene; what is ``fixed`` has its place
    (shares of the canvas); ``x_span`` bounds the middle of what is not; both may be mirrored.
    """

    id: str
    kind: str
    boxes: list[Box]
    low: float
    high: float
    width: float
    facing: int = 0
    looks: str | None = None
    flees: str | None = None
    riders: list[Rider] = field(default_factory=list)
    flat: bool = False
    person: bool = False
    lift: float = 0.0
    hung: bool = False
    furniture: bool = False
    fixed: tuple[float, float] | None = None
    x_span: Span = (0.0, 1.0)
    basin: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """``subject`` wants to be ``near`` to ``far`` cm from ``target``, on a side of it.

    ``side`` is -1 (left), 1 (right) or 0 (either); ``ahead`` bounds how much nearer to the
    viewer the subject stands, in shares of the canvas height. ``subject_dx``/``target_dx`` are
    the places of the riders meant, in cm.
    """

    subject: int
    target: int
    near: float
    far: float
    side: int = 0
    ahead: tuple[float, float] = (-0.5, 0.5)
    weight: float = 4.0
    subject_dx: float = 0.0
    target_dx: float = 0.0
    opposite: int | None = None
    clear: bool = False


def depth_range(element: Element, shape: Shape) -> Span:
    """The bounds of an element's ground y, as shares of the canvas height."""
    bands = {"back": shape.back, "middle": shape.middle, "front": shape.front}
    if element.place.depth is not None:
        far, near = bands[element.place.depth]
        return far, near - 0.005 * (element.place.depth == "front")
    if isinstance(element, Sign):
        return shape.back[0] + 0.005, shape.middle[1] - 0.035
    if element.place.near is not None:
        return shape.back[0], shape.front[1] + 0.005
    if isinstance(element, Person | Animal):
        return shape.middle[0], shape.front[1] - 0.005
    return sum(shape.back) / 2 + 0.015, shape.front[1] + 0.005


def bodies_of(scene: Scene) -> dict[str, Body]:
    """The posed bodies of all people, on what carries them, for one pixel per centimetre."""
    props = {prop.id: PROPS[prop.kind] for prop in scene.props}
    found = {}
    for person in scene.people:
        seat = berth = None
        if person.sits_on in props:
            kind = props[person.sits_on or ""]
            surface = kind.seats or kind.surface
            seat = Seat(surface.height * kind.scale if surface else 40.0, 0.0)
        elif person.lies_on in props:
            kind = props[person.lies_on or ""]
            surface = kind.berth or kind.surface
            berth = Berth(surface.height * kind.scale if surface else 0.0, 0.0)
        size = measure_person(person, 1.0, seat=seat, berth=berth)
        plan = plan_person(person, Placement(0.0, 0.0, 1.0, "right", seat=seat, berth=berth))
        found[person.id] = Body(size, tuple(person_boxes(person, size, plan)), plan)
    return found


def free_id(wish: str, elements: Iterable[Element]) -> str:
    """An id for something that no Scene told of: the wished one, numbered if it is taken."""
    taken = {each.id for each in elements}
    stem = wish.replace(" ", "-")
    numbered = (stem if n == 1 else f"{stem}-{n}" for n in itertools.count(1))
    return next(name for name in numbered if name not in taken)


def board_of(sign: Sign, mount: str, locale: str = "") -> Board:
    """What a Sign writes, mounted so."""
    time = None
    if sign.time:
        hour, minute = sign.time.split(":")
        time = (int(hour), int(minute))
    text = sign.text.strip()
    if not text and not sign.date and sign.time and "clock" not in sign.kind:
        text = sign.time
    dated = sign.kind == "calendar"
    if sign.date and not dated:
        text = text or sign.date
    return Board(text, time, sign.state or "", mount, sign.date or "" if dated else "", locale)


def mount_of(sign: Sign, scene: Scene, kit: Kit, pinned: bool) -> str:
    """What carries a sign: a hand, a table, what it is pinned to, the wall, or its own stand."""
    mounts = BOARDS[sign.kind].mounts
    held = any(hold.what == sign.id for person in scene.people for hold in person.holds)
    if held and "held" in mounts:
        return "held"
    order: tuple[str, ...] = ("post", "stand", "hanging", "table", "wall")
    if sign.place.on is not None:
        order = ("table", "stand", "wall")
    elif pinned or (kit.indoors and sign.place.depth != "front"):  # in front is no wall
        order = ("wall", "hanging", "stand", "table", "post")
    return next((mount for mount in order if mount in mounts), mounts[0])


def is_notice(sign: Sign) -> bool:
    """Whether a sign is paper that can be pinned to something in place of a post of its own."""
    return sign.kind in ("notice", "poster")


def actors(scene: Scene) -> list[Person | Animal]:
    """The people and the animals of a Scene, people first."""
    return [*scene.people, *scene.animals]


def held_ids(scene: Scene) -> dict[str, tuple[str, str]]:
    """What is in a hand (or mouth): held id to (holder id, hand)."""
    found: dict[str, tuple[str, str]] = {}
    for holder in actors(scene):
        for hold in holder.holds:
            found.setdefault(hold.what, (holder.id, hold.hand))
    return found


def grounded_hold(scene: Scene, prop: Prop) -> bool:
    """Whether a held prop stays on the ground (a ladder, a pram) or flies (a kite)."""
    kind = PROPS[prop.kind]
    stood_on = any(
        person.stands_on == prop.id or person.sits_on == prop.id for person in scene.people
    )
    pushed = kind.carry == "push" and kind.word not in SWEPT
    return stood_on or pushed or kind.airs.get(prop.state or kind.states[0], 0) > 0


def person_boxes(person: Person, size: FigureSize, plan: BodyPlan) -> list[Box]:
    """The boxes of a person without what they hold, in cm, facing right."""
    skeleton = plan.skeleton
    thick = 0.5 * LIMB * skeleton.height
    weight = 0.6 + 0.6 * person.importance
    left, top, right, bottom = size.head_box
    boxes = [Box(left - 2, top - 5, right + 2, bottom, FACE_CARE * weight)]
    trunk = [skeleton.pelvis, skeleton.chest]
    legs = [point for leg in (skeleton.near_leg, skeleton.far_leg) for point in (leg.hip, leg.knee)]
    feet = [leg.ankle for leg in (skeleton.near_leg, skeleton.far_leg)]
    boxes.append(_around(trunk, TRUNK * skeleton.height, 14 * weight))
    lower = _around(legs + feet, thick, 7)
    wide = lower.right - lower.left > 0.4 * skeleton.height
    boxes.append(Box(lower.left, lower.top, lower.right, lower.bottom, 7, 0.7 if wide else 0.95))
    boxes.append(_around(feet, thick, 8, 0.6))
    body = boxes[1]
    for arm in (skeleton.near_arm, skeleton.far_arm):
        hand = arm.wrist + arm.direction * 0.07 * skeleton.height
        reach = max(body.left - hand[0], hand[0] - body.right, body.top - hand[1], 0.0)
        if reach > 0.05 * skeleton.height:
            boxes.append(_around([arm.elbow, hand], thick, 16, 0.4))
    boxes.append(_extent(skeleton, size))
    return boxes


def _extent(skeleton: Skeleton, size: FigureSize) -> Box:
    """All of a body with its elbows and shoes: it hides nothing, but stays inside the picture."""
    thin = 0.045 * skeleton.height
    arms = [
        point
        for arm in (skeleton.near_arm, skeleton.far_arm)
        for point in (arm.elbow, arm.wrist, arm.wrist + arm.direction * 0.09 * skeleton.height)
    ]
    shoes = [
        point
        for leg in (skeleton.near_leg, skeleton.far_leg)
        for point in shapely.get_coordinates(shoe_outline(skeleton, leg))
    ]
    limbs, feet = _around(arms, thin, EXTENT_CARE, 0.0), _around(shoes, 0.0, EXTENT_CARE, 0.0)
    return Box(
        min(limbs.left, feet.left, size.head_box[0] - 2),
        min(limbs.top, feet.top),
        max(limbs.right, feet.right, size.head_box[2] + 2),
        max(limbs.bottom, feet.bottom),
        EXTENT_CARE,
        0.0,
    )


def _around(points: list[Points], margin: float, care: float, hides: float = 1.0) -> Box:
    """The box around some points with a margin, in cm."""
    xs, ys = [float(p[0]) for p in points], [float(p[1]) for p in points]
    return Box(min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin, care, hides)


def hand_place(
    person: Person, size: FigureSize, kind: PropKind, *, near: bool
) -> tuple[float, float]:
    """Where a hand holds a prop, in cm from the ground point, facing right."""
    sx, sy = size.shoulder
    reach = size.reach
    side = -1.0 if near else 1.0
    carried = kind.carry or "front"
    if carried in ("two", "read", "play", "eyes"):
        return sx + 0.5 * reach, sy + 0.42 * reach
    if carried == "low":
        return sx + side * 0.2 * reach, sy + 0.92 * reach
    if carried == "raised":
        if kind.word == "umbrella":
            return sx + 0.50 * reach, sy + 0.26 * reach
        return sx + (0.46 if side > 0 else -0.34) * reach, sy + 0.30 * reach
    if carried == "ear":
        return sx + 0.12 * reach, sy - 0.22 * reach
    if carried == "lead":
        return sx + (0.42 if side > 0 else -0.2) * reach, sy + 0.74 * reach
    return sx + (0.56 if side > 0 else -0.38) * reach, sy + 0.46 * reach


def held_box(person: Person, body: Body, prop: Prop, *, near: bool) -> Box:
    """The box of a held prop."""
    kind, size = PROPS[prop.kind], body.size
    state = prop.state or kind.states[0]
    if not near and is_at_head(person.pose, kind):
        look = look_of(kind, state, None, "", 0, where="held")
        weight = 24.0 * (0.5 + prop.importance) if prop.clues else 10.0
        return Box(*box_at_head(body.plan, kind, look), weight, 0.7)
    width, height = kind.extent(state)
    x, y = hand_place(person, size, kind, near=near)
    grip = kind.grip()
    middle = x if kind.carry in ("two", "read", "eyes") else x - grip[0]
    if kind.carry == "eyes":
        y = size.head_box[3]
    care = 24.0 * (0.5 + prop.importance) if prop.clues else 10.0
    if kind.word == "umbrella" and state != "closed":
        middle, width, height = x + 0.24 * height, 1.06 * width, height + 4
        half = width / 2
        return Box(middle - half, y - height, middle + half, y - 0.5 * height, care + 6, 0.95)
    foot = y - grip[1]
    return Box(middle - width / 2, foot - height, middle + width / 2, foot, care, 0.7)


def other_hand_box(body: Body, prop: Prop) -> Box:
    """Where a thing may be that is held in the ``left`` or the ``right`` hand: which of the two is
    behind depends on where the person turns. It hides nothing there, but stays in the picture.
    """
    width, height = PROPS[prop.kind].extent(prop.state or PROPS[prop.kind].states[0])
    x, y = -0.62 * body.size.reach, body.size.shoulder[1] + 0.55 * body.size.reach
    half = max(width, height) / 2
    return Box(x - half, y - half, x + half, y + half, EXTENT_CARE, 0.0)


def held_sign_place(person: Person, size: FigureSize) -> tuple[float, float]:
    """Where a hand holds a sign up, in cm from the ground point, facing right."""
    sx, sy = size.shoulder
    return sx + 0.70 * size.reach, sy + 0.33 * size.reach


def held_sign_boxes(person: Person, size: FigureSize, sign: Sign, board: Board) -> list[Box]:
    """The boxes of a sign in a hand: its lettering, and the stick under it."""
    kind = BOARDS[sign.kind]
    left, top, right, bottom = kind.text_box(board)
    x, y = held_sign_place(person, size)
    grip = kind.grip(board)
    foot = y - grip[1]
    boxes = [Box(x + left, foot + top, x + right, foot + bottom, TEXT_CARE, 0.9)]
    if kind.stick:
        boxes.append(Box(x - 6, foot + bottom, x + 6, foot, 1.0, 0.8))
    return boxes


def animal_boxes(animal: Animal) -> list[Box]:
    """The boxes of an animal."""
    kind = ANIMALS[animal.species]
    pose = animal_pose(animal)
    width, height = kind.sizes[pose]
    hx, hy = kind.head[pose]
    care = 42.0 if animal.clues else 14.0
    return [
        Box(-width / 2, -height, width / 2, 0, care),
        Box(hx - 10, hy - 12, hx + 14, hy + 10, max(30.0, care * 1.3)),
    ]


def flight_of(animal: Animal) -> float:
    """How high in cm above its ground point a bird flies by itself; 0 for whoever doesn't.

    Birds of a flock differ. What somebody holds, or what does something to somebody, is with them.
    """
    bound = animal.relations or animal.place.on or animal.place.near
    if animal_pose(animal) != "fly" or animal.species in _HIGH or bound:
        return 0.0
    return _LOWEST_FLIGHT + _FLIGHTS * (zlib.crc32(animal.id.encode()) % 100) / 100


def animal_pose(animal: Animal) -> str:
    """The drawn pose: a standing dog that pulls strains, a bird that touches something pecks."""
    poses = ANIMALS[animal.species].poses
    does = {relation.kind for relation in animal.relations}
    if animal.pose == "stand":
        if "pulls" in does and "pull" in poses:
            return "pull"
        if does & {"touches", "reaches_for"} and "peck" in poses:
            return "peck"
    return animal.pose if animal.pose in poses else poses[0]


def prop_boxes(prop: Prop, *, furniture: bool = False) -> tuple[list[Box], float, float]:
    """The boxes of a prop that stands by itself, its width and how high it hangs or flies, in cm."""
    kind = PROPS[prop.kind]
    state = prop.state or kind.states[0]
    width, height = kind.extent(state, lying=True)
    lift = kind.hangs if kind.hangs is not None else kind.airs.get(state, 0.0)
    care = 26.0 * (0.5 + prop.importance) if prop.clues else 5.0
    hides = 0.15 if kind.flat else 0.85
    if furniture:
        care = 1.2 if kind.flat else 3.0
    elif kind.surface or kind.seats or kind.berth:
        care, hides = min(care, 3.0 + 34.0 * prop.importance * bool(prop.clues)), 0.7
    if kind.flat:
        share = (-0.6, 0.4) if furniture or kind.basin else (-1.0, 0.0)
        return (
            [
                Box(
                    -width / 2,
                    height * share[0],
                    width / 2,
                    height * share[1],
                    min(care, 26.0 if prop.clues else 1.5),
                    0.0 if furniture else hides,
                )
            ],
            width,
            lift,
        )
    if kind.solid is None:
        return (
            [Box(-width / 2, -height - lift, width / 2, -lift, care, hides)],
            width,
            lift,
        )
    wide, tall = kind.solid
    boxes = [Box(-wide / 2, -tall - lift, wide / 2, -lift, care, 0.9)]
    if tall < 0.8 * height:
        boxes.append(Box(-width / 2, -height, width / 2, -tall + 25, care, 0.95))
    return boxes, width, lift


def sign_boxes(sign: Sign, board: Board) -> tuple[list[Box], float, float]:
    """The boxes of a sign that stands or hangs by itself, its width, and how high it hangs."""
    kind = BOARDS[sign.kind]
    left, top, right, bottom = kind.text_box(board)
    width, _ = kind.measure(board)
    if sign.state in kind.whole:
        return [Box(left - 2, top - 2, right + 2, bottom + 1, TEXT_CARE)], width, 0.0
    lift = kind.hangs if kind.mount(board) in ("wall", "hanging") else 0.0
    boxes = [Box(left - 2, top - 2 - lift, right + 2, bottom + 1 - lift, TEXT_CARE)]
    if lift:
        return boxes, width, lift
    if sign.kind == "banner":
        boxes += [Box(x - 5, bottom, x + 5, 0, 1.0, 0.6) for x in (left + 4, right - 4)]
    elif bottom < -12:
        boxes += [Box(x - 5, bottom, x + 5, 0, 1.0, 0.5) for x in post_places(width)]
    return boxes, width, lift
