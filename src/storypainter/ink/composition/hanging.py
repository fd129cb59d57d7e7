"""What hangs: a free stretch of wall for every sign, or cords from the ceiling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from storypainter.ink.catalogue import PROPS
from storypainter.ink.drawing.stage import Stage
from storypainter.ink.kits import Kit, Piece
from storypainter.scene import Prop

#: How far before the back wall the foot of furniture stands that leans on it (share of height).
BEFORE_WALL = 0.012
#: In cm: bare wall beside what hangs and at the picture's edges, how high what hangs reaches, and
#: from which height on it is over everybody's head.
BESIDE, EDGE, HIGHEST, OVERHEAD = 6.0, 8.0, 240.0, 186.0
#: In cm: how far from what it belongs to a sign hangs at most, if it can be helped.
NEAR = 110.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a piece of the wall stands: x as a share of the width, y as one of the height."""

    x: float
    y: float


class Laid(NamedTuple):
    """A piece of a bay, the x of its middle in cm from the left edge, and whether a Scene names it."""

    piece: Piece
    x: float
    needed: bool


class Taken(NamedTuple):
    """A part of the wall that is not bare, in cm from the left edge and from the floor."""

    left: float
    right: float
    low: float
    high: float
    sign: bool = False


@dataclass(frozen=True, slots=True)
class Hung:
    """What hangs by itself: size and usual height of its lower edge in cm, and what it belongs to."""

    id: str
    width: float
    high: float
    low: float
    by: str | None


@dataclass(frozen=True, slots=True)
class Places:
    """The spots of what hangs on the wall and from the ceiling, by id.

    ``far`` is what hangs far from what it belongs to, ``taken`` the wall that all of it takes.
    """

    wall: dict[str, Spot]
    cords: dict[str, Spot]
    far: set[str]
    taken: list[Taken]


def hang(
    props: tuple[Prop, ...],
    kit: Kit,
    stage: Stage,
    hung: list[Hung],
    laid: list[Laid],
    *,
    spread: bool,
) -> Places:
    """Places for what hangs: on free wall, as near as may be to what it is meant for."""
    taken = [taken_by(each.piece, each.x) for each in laid]
    middles = {each.piece.word: each.x for each in reversed(laid)}
    for prop in props:
        if prop.kind in middles:
            middles.setdefault(prop.id, middles[prop.kind])
    places = Places({}, {}, set(), [])
    for each in hung:
        goal = middles.get(each.by or "")
        found = None
        if kit.hung == "wall" or each.low + each.high > HIGHEST:
            found = _free_place(each, kit, stage, taken, goal, spread=spread)
            if found is not None:
                places.wall[each.id] = _spot(each, *found, kit, stage)
        if found is None:
            found = _free_place(each, kit, stage, taken, goal, spread=spread, least=OVERHEAD)
            in_front = found is None
            found = found or (_least_taken(each, kit, stage, taken), 0.0)
            places.cords[each.id] = _spot(each, *found, kit, stage, in_front=in_front)
        x, low = found[0], each.low + found[1]
        if goal is not None and abs(x - goal) > NEAR + each.width / 2:
            places.far.add(each.id)
        own = Taken(x - each.width / 2, x + each.width / 2, low, low + each.high, sign=True)
        taken.append(own)
        places.taken.append(own)
        middles[each.id] = x
    return places


def taken_by(piece: Piece, x: float) -> Taken:
    """The part of the wall that a piece of furniture takes, its middle at ``x`` cm."""
    kind = PROPS[piece.word]
    width, high = kind.extent(piece.state or kind.states[0])
    low = kind.hangs or 0.0
    return Taken(x - width / 2, x + width / 2, low, low + high)


def _under_ceiling(kit: Kit, stage: Stage) -> float:
    """How high in cm what hangs may reach."""
    seen = (stage.far_line - kit.ceiling * stage.height) / stage.cm(stage.far_line)
    return min(HIGHEST, seen)


def _free_place(
    each: Hung,
    kit: Kit,
    stage: Stage,
    taken: list[Taken],
    goal: float | None,
    *,
    spread: bool,
    least: float = 0.0,
) -> tuple[float, float] | None:
    """The x on the wall and how far it is raised, in cm, where something has bare wall around it."""
    half, top = each.width / 2 + BESIDE, _under_ceiling(kit, stage)
    edges = [max(EDGE, kit.bare[0] * stage.wall), min(stage.wall - EDGE, kit.bare[1] * stage.wall)]
    # below a ceiling, aside: gates and castles are in the middle
    usual = stage.wall * (0.5 if kit.hung == "wall" else 0.26)
    best: tuple[float, float, float] | None = None
    for step in range(12):
        up = 12.0 * step
        low, high = each.low + up - 4, each.low + up + each.high + 4
        if low < least or (step and high - 4 > top):
            continue
        for left, right in _stretches(taken, low, high, edges[0], edges[1]):
            if right - left < 2 * half:
                continue
            wish = (left + right) / 2 if spread else left + half
            if kit.hung == "ceiling" and goal is None:
                wish = usual
            x = min(max(wish if goal is None else goal, left + half), right - half)
            far = abs(x - usual if goal is None else x - goal) / stage.wall
            cost = 0.045 * step + far * (0.5 if goal is None else 2.0)
            if best is None or cost < best[0]:
                best = (cost, x, up)
    return None if best is None else best[1:]


def _stretches(
    taken: list[Taken], low: float, high: float, start: float, end: float
) -> list[tuple[float, float]]:
    """The free stretches of wall between two heights, in cm from the left edge."""
    blocked = sorted((t.left, t.right) for t in taken if t.low < high and t.high > low)
    found, left = [], start
    for begin, stop in blocked:
        if begin > left:
            found.append((left, min(begin, end)))
        left = max(left, stop)
    return [*found, (left, end)] if left < end else found


def _least_taken(each: Hung, kit: Kit, stage: Stage, taken: list[Taken]) -> float:
    """Where something hides least of what stands and hangs at the wall."""
    half = each.width / 2

    def hidden(x: float) -> float:
        return sum(
            max(0.0, min(t.right, x + half + BESIDE) - max(t.left, x - half - BESIDE))
            * max(0.0, min(t.high, each.low + each.high) - max(t.low, each.low))
            * (3.0 if t.sign else 1.0)
            for t in taken
        )

    start = max(EDGE, kit.bare[0] * stage.wall) + half
    end = min(stage.wall - EDGE, kit.bare[1] * stage.wall) - half
    steps = [start + max(0.0, end - start) * k / 40 for k in range(41)]
    return min(steps, key=lambda x: hidden(x) + 0.05 * abs(x - stage.wall / 2))


def _spot(
    each: Hung, x: float, up: float, kit: Kit, stage: Stage, *, in_front: bool = False
) -> Spot:
    """The ground point that puts the lower edge of what hangs ``up`` cm higher than usual.

    What hangs ``in_front`` of furniture has its ground point nearer than that. Nothing hangs higher
    than the picture, or the room, is.
    """
    far, height = stage.far_line, stage.height
    if in_front:
        y = far + (BEFORE_WALL + 0.004) * height
        cut = (each.low + each.high) * stage.cm(y) - (y - kit.ceiling * height)
        return Spot(x / stage.wall, (y + max(0.0, cut)) / height)
    up = min(up, max(_under_ceiling(kit, stage) - each.high, 0.0) - each.low)
    edge = far - (each.low + up) * stage.cm(far)
    y = far
    for _ in range(3):  # the scale changes a little with the ground point
        y = edge + each.low * stage.cm(y)
    return Spot(x / stage.wall, y / height)
