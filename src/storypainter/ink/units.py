"""From a Scene to what the layout moves: units of boxes in centimetres, and their wishes.

A unit is one thing that stands somewhere, with all that rides on it: a bench with its sitters,
a person with what they hold. Boxes say what must not be covered (``care``) and what covers
(``hides``); wishes say where a unit would like to be relative to another.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from storypainter.ink.boards import Board
from storypainter.ink.catalogue import ANIMALS, BOARDS, PROPS
from storypainter.ink.figure import FigureSize, measure_person
from storypainter.ink.fixtures import FIXTURES
from storypainter.ink.props import PropKind
from storypainter.ink.stage import FAR_LINE
from storypainter.scene import Animal, Element, Person, Prop, Scene, Sign

FACE_CARE = 70.0
TEXT_CARE = 90.0
STATURE = {"toddler": 88.0, "child": 120.0, "teen": 160.0, "adult": 172.0, "elder": 164.0}
#: Gestures, in statures relative to the shoulder: (left, right, top, bottom), facing right.
GESTURES: dict[str, tuple[float, float, float, float]] = {
    "point": (0.08, 0.46, -0.04, 0.12),
    "hand over": (0.08, 0.44, 0.0, 0.2),
    "wave": (-0.30, -0.04, -0.36, 0.02),
    "reach up": (0.04, 0.26, -0.46, 0.0),
    "push": (0.06, 0.42, 0.0, 0.2),
    "pull": (0.06, 0.42, 0.0, 0.2),
    "photograph": (0.06, 0.30, -0.16, 0.1),
    "hands up": (-0.28, 0.28, -0.36, 0.0),
    "cheer": (-0.28, 0.34, -0.4, 0.0),
    "jump": (-0.28, 0.34, -0.4, 0.0),
    "run": (-0.22, 0.34, 0.0, 0.3),
    "walk": (-0.2, 0.24, 0.1, 0.4),
    "kneel": (0.08, 0.4, 0.04, 0.28),
    "crouch": (0.1, 0.42, 0.02, 0.28),
    "hands on hips": (-0.2, 0.2, 0.04, 0.3),
    "dance": (-0.34, 0.34, -0.24, 0.1),
    "shrug": (-0.3, 0.3, 0.0, 0.24),
}
_WIDE_LEGS = {
    "run": 0.33,
    "walk": 0.17,
    "sneak": 0.2,
    "push": 0.2,
    "pull": 0.18,
    "kneel": 0.34,
    "crouch": 0.2,
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

    def moved(self, dx: float, dy: float) -> Box:
        """The same box elsewhere, and symmetrical about its new place."""
        reach = max(abs(self.left), abs(self.right)) if self.care < FACE_CARE else 0.0
        left, right = (-reach, reach) if reach else (self.left, self.right)
        return Box(left + dx, self.top + dy, right + dx, self.bottom + dy, self.care, self.hides)


@dataclass(frozen=True, slots=True)
class Rider:
    """An element carried by a unit, at (dx, dy) cm from the unit's ground point."""

    element: str
    dx: float
    dy: float


@dataclass(slots=True)
class Unit:
    """What the layout places as one; ``low`` and ``high`` bound its ground y (canvas shares)."""

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


_DEPTHS = {"back": (0.655, 0.715), "middle": (0.755, 0.835), "front": (0.885, 0.945)}


def depth_range(element: Element) -> tuple[float, float]:
    """The bounds of an element's ground y, as shares of the canvas height."""
    depth = element.place.depth
    if depth is not None:
        return _DEPTHS[depth]
    if isinstance(element, Sign):
        return 0.66, 0.80
    if element.place.near is not None:
        return 0.655, 0.955
    return (0.755, 0.945) if isinstance(element, Person | Animal) else (0.70, 0.955)


def sizes_of(scene: Scene) -> dict[str, FigureSize]:
    """The figure sizes of all people, for one pixel per centimetre."""
    return {person.id: measure_person(person, 1.0) for person in scene.people}


def board_of(sign: Sign, *, pinned: bool = False) -> Board:
    """What a Sign writes."""
    text = sign.text.strip() or (sign.date or "")
    time = None
    if sign.time:
        hour, minute = sign.time.split(":")
        time = (int(hour), int(minute))
    if sign.kind != "clock" and not text and sign.time:
        text = sign.time
    return Board(text, time, "pinned" if pinned else sign.state or "")


def is_pinned(sign: Sign) -> bool:
    """Whether a notice hangs on the tree's trunk in place of a post of its own."""
    return sign.kind in ("notice", "poster") and sign.place.anchor == "tree"


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
    pushed = kind.carry == "push" and kind.word != "rake"
    return stood_on or pushed or kind.airs.get(prop.state or kind.states[0], 0) > 0


def person_boxes(person: Person, size: FigureSize) -> list[Box]:
    """The boxes of a person without what they hold, in cm, facing right."""
    stature = STATURE[person.age]
    left, top, right, bottom = size.head_box
    sx, sy = size.shoulder
    seated = person.sits_on is not None
    hip = sy + 0.31 * stature
    half = 0.12 * stature
    weight = 0.6 + 0.6 * person.importance
    boxes = [
        Box(left - 2, top - 5, right + 2, bottom, FACE_CARE * weight),
        Box(sx - half, sy - 4, sx + half, hip, 14 * weight),
    ]
    legs = _WIDE_LEGS.get(person.pose, 0.1) * stature
    if seated:
        boxes.append(Box(-0.1 * stature, hip - 6, 0.26 * stature, 0, 4, 0.8))
    elif person.pose == "sit ground":
        boxes.append(Box(-0.16 * stature, -0.2 * stature, 0.42 * stature, 0, 6, 0.8))
    elif hip < -8:
        boxes.append(Box(-legs, hip, legs, 0, 7, 0.7 if legs > 0.12 * stature else 0.95))
    if not seated:
        boxes.append(Box(-0.11 * stature, -15, 0.11 * stature, 0, 8, 0.6))
    gesture = GESTURES.get(person.pose)
    if gesture and not (seated and person.pose not in ("point", "wave", "hand over")):
        a, b, c, d = (share * stature for share in gesture)
        boxes.append(Box(sx + a, sy + c, sx + b, sy + d, 16, 0.4))
    return boxes


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


def held_box(person: Person, size: FigureSize, prop: Prop, *, near: bool) -> Box:
    """The box of a held prop."""
    kind = PROPS[prop.kind]
    state = prop.state or kind.states[0]
    width, height = kind.extent(state)
    x, y = hand_place(person, size, kind, near=near)
    grip = kind.grip()
    middle = x if kind.carry in ("two", "read", "eyes") else x - grip[0]
    if kind.carry == "eyes":
        y = size.head_box[3]
    if kind.word == "umbrella" and state != "closed":
        middle, width, height = x + 0.24 * height, 1.06 * width, height + 4
        return Box(middle - width / 2, y - height, middle + width / 2, y - 0.5 * height, 18.0, 0.95)
    foot = y - grip[1]
    care = 24.0 * (0.5 + prop.importance) if prop.clues else 10.0
    return Box(middle - width / 2, foot - height, middle + width / 2, foot, care, 0.7)


def fixture_range(word: str) -> tuple[float, float]:
    """Where a fixture's foot may stand."""
    if FIXTURES[word].far:
        return FAR_LINE, FAR_LINE + 0.002
    return {
        "tree": (0.675, 0.715),
        "lamp post": (0.66, 0.70),
        "fountain": (0.665, 0.70),
        "flower bed": (0.67, 0.80),
        "pond edge": (0.775, 0.82),
    }.get(word, (0.66, 0.72))


def fixture_boxes(word: str) -> list[Box]:
    """The boxes of a fixture: only its solid part hides what is behind."""
    fixture = FIXTURES[word]
    width, height = fixture.size
    wide, tall = fixture.solid
    if fixture.flat:
        return [Box(-width / 2, -height * 0.6, width / 2, height * 0.4, 1.2, 0.0)]
    boxes = [Box(-wide / 2, -tall, wide / 2, 0, 3.0 if word != "gate" else 5.0, 0.9)]
    if word == "tree":
        boxes.append(Box(-width / 2, -height, width / 2, -175, 3.0, 0.95))
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
        Box(hx - 10, hy - 12, hx + 14, hy + 10, care * 1.3),
    ]


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


def prop_boxes(prop: Prop) -> tuple[list[Box], float, float]:
    """The boxes of a prop that stands by itself, its width and how high it flies, in cm."""
    kind = PROPS[prop.kind]
    state = prop.state or kind.states[0]
    width, height = kind.extent(state, lying=True)
    lift = kind.airs.get(state, 0.0)
    care = 26.0 * (0.5 + prop.importance) if prop.clues else 5.0
    hides = 0.15 if kind.flat else 0.85
    if kind.word == "park bench":
        care, hides = 3.0 + 3.0 * bool(prop.clues), 0.7
    if kind.word == "picnic blanket":
        care = 1.5
    return [Box(-width / 2, -height - lift, width / 2, -lift, care, hides)], width, lift


def sign_boxes(sign: Sign) -> tuple[list[Box], float]:
    """The boxes of a sign that stands by itself, and its width."""
    kind = BOARDS[sign.kind]
    board = board_of(sign)
    left, top, right, bottom = kind.text_box(board)
    width, _ = kind.measure(board)
    boxes = [Box(left - 2, top - 2, right + 2, bottom + 1, TEXT_CARE)]
    if sign.kind == "banner":
        boxes += [Box(x - 5, bottom, x + 5, 0, 1.0, 0.6) for x in (left + 4, right - 4)]
    elif bottom < -12:
        boxes.append(Box(-6, bottom, 6, 0, 1.0, 0.5))
    return boxes, width
