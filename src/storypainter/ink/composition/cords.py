"""Cords between a hand and what it holds from afar: the rope of a sledge, the line of a rod."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storypainter.ink.catalogue import PROPS
from storypainter.ink.composition.staging import Staging
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.forms import band, path
from storypainter.ink.drawing.geometry import Frame, Point
from storypainter.ink.people.bodies.plan import far_hand, near_hand
from storypainter.ink.props.prop import RED
from storypainter.scene import Person

Hands = Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Cord:
    """A taut cord through some points of the canvas, in pixels.

    ``name`` is the thing it belongs to, ``depth`` where it is painted; ``width`` is in cm, 0 for
    a thin line.
    """

    name: str
    points: tuple[Point, ...]
    depth: float
    cm: float
    width: float


def cords_of(staging: Staging, person: Person, hands: Hands) -> list[Cord]:
    """The cords of a drawn person, whose ``hands`` are those of their FigureResult."""
    found = []
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
        if prop.id in staging.standing:
            thing = staging.standing[prop.id]
            front = thing.at(tie[0] * scale, tie[1] * scale)
            depth = max(own.depth, thing.depth) + 0.3
            found.append(Cord(prop.id, (*places, front), depth, own.cm, 2.2))
            continue
        end = staging.looks.line_end(person)
        if end is None or not places:
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
    rope = band(path(*cord.points), cord.width * cord.cm)
    canvas.shape(rope, RED, ink_width=0.5, shade=0)
