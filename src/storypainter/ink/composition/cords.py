"""Cords between a hand and what it holds from afar: the rope of a sledge, the line of a rod, the
rope that two people pull at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storypainter.ink.catalogue import PROPS
from storypainter.ink.composition.staging import Staging
from storypainter.ink.composition.tugging import Tug
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.forms import band, join, oval, path
from storypainter.ink.drawing.geometry import Frame, Point
from storypainter.ink.people.bodies.arms import hand_size
from storypainter.ink.people.bodies.plan import far_hand, near_hand
from storypainter.ink.props.prop import DARK, RED
from storypainter.scene import Person, Prop

#: The radius of a closed hand, in shares of a flat one's length.
_FIST = 0.34
Hands = Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Cord:
    """A taut cord through some points of the canvas, in pixels.

    ``name`` is the thing it belongs to, ``depth`` where it is painted; ``width`` is in cm, 0 for
    a thin line. ``fists`` (x, y, radius) close around it; ``tails`` are its loose ends. Where the
    cord is all that is drawn of an element, that is its ``whole``.
    """

    name: str
    points: tuple[Point, ...]
    depth: float
    cm: float
    width: float
    fists: tuple[tuple[float, float, float], ...] = ()
    tails: tuple[tuple[Point, ...], ...] = ()
    hue: str = RED
    whole: Prop | None = None


def cords_of(staging: Staging, person: Person, hands: Hands) -> list[Cord]:
    """The cords of a drawn person, whose ``hands`` are those of their FigureResult."""
    found = []
    tug = staging.tug_of(person)
    if tug is not None:
        return [_tugged(staging, person, tug, hands)] if _holds_first(staging, person, tug) else []
    for index, hold in enumerate(person.holds):
        prop = staging.props.get(hold.what)
        if prop is None or not staging.look(prop).tied:
            continue
        tie = PROPS[prop.kind].tie or (0.0, 0.0)
        scale = PROPS[prop.kind].scale
        own = staging.standing[person.id]
        facing = "right" if own.facing > 0 else "left"
        side = staging.side_of(person, hold, index)
        sides = [near_hand(facing), far_hand(facing)] if side == "both" else [side]
        places = [hands[each][:2] for each in sides if each in hands]
        if not places:
            continue  # what is held in the mouth has no cord to a hand
        if prop.id in staging.standing:
            thing = staging.standing[prop.id]
            front = thing.at(tie[0] * scale, tie[1] * scale)
            depth = max(own.depth, thing.depth) + 0.3
            fists = _fists(staging, person, places)
            found.append(Cord(prop.id, (*places, front), depth, own.cm, 2.2, fists))
            continue
        end = staging.looks.line_end(person)
        if end is None:
            continue
        middle = (sum(x for x, _ in places) / len(places), sum(y for _, y in places) / len(places))
        (a, b), (c, d) = PROPS[prop.kind].grip(0), PROPS[prop.kind].grip(1)
        grip = ((a + c) / 2, (b + d) / 2) if side == "both" else (a, b)
        rod = Frame(*middle, own.cm, 0.0, own.facing < 0)
        tip = rod.point(tie[0] * scale - grip[0], tie[1] * scale - grip[1])
        found.append(Cord(prop.id, (tip, end), own.depth + 0.3, own.cm, 0.0))
    return found


def draw_cord(canvas: Canvas, cord: Cord) -> None:
    """Draws a cord into the open layer: a red rope or a thin line."""
    if not cord.width:
        canvas.ink(path(*cord.points), 0.5, solid=True)
        return
    wide = cord.width * cord.cm
    rope = join(band(cord.points, wide), *(band(path(*tail), wide) for tail in cord.tails))
    rope = rope.difference(join(*(oval(x, y, radius) for x, y, radius in cord.fists)))
    whole = cord.whole
    if whole is None:
        canvas.shape(rope, cord.hue, ink_width=0.5, shade=0)
        return
    with canvas.part("held", element=whole.id, clues=whole.clues, kind=whole.kind):
        canvas.shape(rope, cord.hue, ink_width=0.7, shade=0)


def _fists(
    staging: Staging, person: Person, places: Iterable[Point]
) -> tuple[tuple[float, float, float], ...]:
    """The fists of a person around a cord at some places."""
    size = hand_size(staging.plan.bodies[person.id].plan.skeleton)
    radius = _FIST * size * staging.standing[person.id].cm
    return tuple((x, y, radius) for x, y in places)


def _holds_first(staging: Staging, person: Person, tug: Tug) -> bool:
    """Whether it is this one of the two for whom their rope is drawn."""
    ids = [each.id for each in staging.scene.people]
    return ids.index(person.id) < ids.index(tug.other)


def _tugged(staging: Staging, person: Person, tug: Tug, hands: Hands) -> Cord:
    """The rope between two people, taut, with an end hanging down behind each of them.

    The other's hands are where they were sent; a hand that is not there yet pulls it anyway.
    """
    own, prop = staging.standing[person.id], staging.props[tug.rope]
    other = next(each for each in staging.scene.people if each.id == tug.other)
    theirs = staging.tug_of(other)
    assert theirs is not None
    near, far = near_hand(_facing(own.facing)), far_hand(_facing(own.facing))
    mine = (hands[far][:2], hands[near][:2]) if far in hands and near in hands else tug.hands
    points = (mine[1], mine[0], *theirs.hands)
    drop = 0.5 * staging.plan.bodies[person.id].size.reach * own.cm
    tails = []
    for (x, y), (ahead, _) in ((mine[1], mine[0]), (theirs.hands[1], theirs.hands[0])):
        back = -1.0 if ahead > x else 1.0
        swing = back * 5 * own.cm
        tails.append(((x, y), (x + swing, y + 0.3 * drop), (x + 0.6 * swing, y + drop)))
    depth = max(own.depth, staging.standing[other.id].depth) + 0.3
    fists = (*_fists(staging, person, mine), *_fists(staging, other, theirs.hands))
    hue = staging.look(prop).tint("#d8bd85" if prop.kind == "rope" else DARK)
    return Cord(prop.id, points, depth, own.cm, 3.6, fists, tuple(tails), hue, prop)


def _facing(side: int) -> str:
    return "right" if side > 0 else "left"
