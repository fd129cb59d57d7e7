"""Things in an animal's mouth: gripped at their edge, below and before the muzzle.

The upper jaw lies over the thing, so that eye and muzzle stay to be seen whatever the thing is.
"""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from storypainter.ink.animals.animal import AnimalKind
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame, Geometry, Point, box
from storypainter.ink.props.outline import outline_of
from storypainter.ink.props.prop import Look, PropKind

#: Things that would spill: they are carried level, by their rim.
_LEVEL = frozenset(
    {
        "plate", "slice of cake", "birthday cake", "wedding cake", "cake stand", "cupcake", "pie",
        "pizza", "bowl", "cat bowl", "mixing bowl", "fruit bowl", "tray", "nest", "goldfish bowl",
        "cup", "coffee cup", "frying pan", "pot", "spaghetti", "stack of plates",
    }
)  # fmt: skip
#: Things that dangle by one end.
_LIMP = frozenset({"rope", "cable", "string", "garden hose", "streamers", "sausages"})
#: What is this much longer than thick lies across the mouth, and may be this much longer.
_LONG, _LONGER = 2.0, 1.5
#: What dangles hides no face, and may be this much longer.
_DANGLING = 1.9
#: How far the muzzle goes on before the place where it bites, in shares of the longest bite.
_LIPS = 0.2


@dataclass(frozen=True, slots=True)
class Bite:
    """How a thing is held: where it is gripped (cm from its foot), how small, how it leans."""

    grip: Point
    scale: float
    degrees: float


def bite_of(kind: AnimalKind, thing: PropKind, look: Look) -> Bite:
    """How a kind of animal holds a thing: as long as ``kind.bite`` at most."""
    shape = outline_of(thing, look)
    left, top, right, bottom = shape.bounds
    wide, tall = right - left, bottom - top
    long = max(wide, tall) > _LONG * min(wide, tall)
    level, limp = thing.word in _LEVEL, thing.word in _LIMP
    hung = bool(thing.grips) and thing.grip()[1] < top + 0.3 * tall and not (level or limp)
    longer = _DANGLING if limp else _LONGER if long and not level else 1.0
    most = kind.bite * longer
    scale = min(1.0, most / max(wide, tall, 1.0))
    middle = ((left + right) / 2, (top + bottom) / 2)
    if hung:
        return Bite(thing.grip(), scale, 0.0)
    if limp:
        return Bite((left + 0.1 * wide, _level_at(shape, left + 0.1 * wide)), scale, 74.0)
    if level:
        return Bite((left + 0.06 * wide, _level_at(shape, left + 0.06 * wide)), scale, 0.0)
    if long:
        return Bite(middle, scale, 100.0 if tall > wide else 10.0)
    if tall > 1.15 * wide:
        return Bite((middle[0], _top_at(shape, middle[0]) + 0.1 * tall), scale, 6.0)
    return Bite((left + 0.14 * wide, _level_at(shape, left + 0.14 * wide)), scale, 16.0)


def box_in_mouth(
    kind: AnimalKind, pose: str, thing: PropKind, look: Look
) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of a thing in a mouth, in cm from the animal's ground point.

    The animal faces right; the whole thing counts, also what the jaw hides. A pose without a
    ``mouth`` gives an empty box at the ground point.
    """
    if pose not in kind.mouth:
        return 0.0, 0.0, 0.0, 0.0
    placed = _frame(kind, pose, thing, bite_of(kind, thing, look), Frame(0.0, 0.0))
    left, top, right, bottom = shapely.transform(
        outline_of(thing, look), lambda points: placed.points(points / thing.scale)
    ).bounds
    return float(left), float(top), float(right), float(bottom)


def draw_in_mouth(
    canvas: Canvas,
    frame: Frame,
    kind: AnimalKind,
    pose: str,
    thing: PropKind,
    look: Look,
    weight: float,
) -> None:
    """Draws a thing into the mouth of an animal that was drawn in ``frame``.

    Args:
        canvas: with an open layer.
        frame: the animal's, in pixels for one cm.
        kind: the animal.
        pose: how it is drawn; one without a ``mouth`` draws nothing.
        thing: what it holds.
        look: how that looks.
        weight: of the lines.
    """
    if pose not in kind.mouth:
        return
    bite = bite_of(kind, thing, look)
    lips = max(1.6, _LIPS * kind.bite)
    jaw = Frame(*kind.mouth[pose], 1.0, kind.jaw.get(pose, 0.0))
    room = 6 * max(kind.bite, 10.0)
    below = box(-room, -room, room, room).difference(box(-room - 1, -room - 1, lips, 0.0))
    with canvas.clip(frame.geometry(jaw.geometry(below))):
        thing.draw(canvas.pen(_frame(kind, pose, thing, bite, frame), weight), look)
    canvas.ink(frame.points(jaw.points([(-1.6 * lips, 0.0), (0.8 * lips, 0.0)])), 0.8 * weight)


def _frame(kind: AnimalKind, pose: str, thing: PropKind, bite: Bite, frame: Frame) -> Frame:
    """The frame in which the thing's own drawing has its grip between the jaws."""
    scale = frame.scale * bite.scale
    held = Frame(0.0, 0.0, scale, bite.degrees, frame.mirror)
    mouth, grip = frame.point(*kind.mouth[pose]), held.point(*bite.grip)
    x, y = mouth[0] - grip[0], mouth[1] - grip[1]
    return Frame(x, y, scale * thing.scale, bite.degrees, frame.mirror)


def _top_at(shape: Geometry, x: float) -> float:
    """The highest y of an outline above ``x``."""
    return float(_across(shape, x)[1])


def _level_at(shape: Geometry, x: float) -> float:
    """The middle of an outline's height at ``x``."""
    _, top, _, bottom = _across(shape, x)
    return float((top + bottom) / 2)


def _across(shape: Geometry, x: float) -> tuple[float, float, float, float]:
    _, top, _, bottom = shape.bounds
    cut = shape.intersection(shapely.LineString([(x, top - 1), (x, bottom + 1)]))
    found: tuple[float, float, float, float] = (cut if not cut.is_empty else shape).bounds
    return found
