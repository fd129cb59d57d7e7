"""Things held at the head: a camera before the face, a phone at the ear, a trumpet at the lips.

The thing goes where the head is, the hands where the thing is; the eyes stay free.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import shapely

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import rect
from storypainter.ink.drawing.geometry import Frame, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.people.bodies.arms import head_frame
from storypainter.ink.people.bodies.plan import Plan as BodyPlan
from storypainter.ink.people.bodies.plan import far_hand, near_hand
from storypainter.ink.props.outline import outline_of
from storypainter.ink.props.prop import DARK, WHITE, Look, PropKind

Draw = Callable[[Pen, Look], None]
_FILMS, _CALLS, _BLOWS = "photograph", "phone", "blow"
_LEAN = -14.0  # degrees of a phone along the jaw
#: Arms of this length in cm hold what is drawn for grown-ups; shorter ones hold smaller things.
_FULL_ARM, _SMALLEST = 46.0, 0.55


@dataclass(frozen=True, slots=True)
class _Blown:
    """A thing at the lips: where it is blown, where hands hold it (near, far), how it leans."""

    lips: Point
    hands: tuple[Point, ...]
    degrees: float = 0.0
    turned: bool = False


#: In cm of the thing's own drawing. One hand is the far one, which the viewer sees beside the face.
_AT_LIPS = {
    "trumpet": _Blown((-31.0, -10.0), ((-9.0, -5.0), (9.0, -5.0)), -4.0),
    "flute": _Blown((0.5, -51.0), ((0.0, -33.0), (0.0, -15.0)), -48.0),
    "party horn": _Blown((-16.0, -7.0), ((-6.0, -6.0),)),
    "megaphone": _Blown((-22.0, -15.5), ((-3.5, -4.0),), -4.0),
    "whistle": _Blown((12.0, -11.0), ((-3.0, -4.0),), 0.0, turned=True),
}


@dataclass(frozen=True, slots=True)
class Grasp:
    """How a thing at the head is held, all in pixels.

    ``side`` is the hand that holds it: ``left``, ``right`` or ``both``; ``targets`` is where hands
    go; ``frame`` where the thing is; ``draw`` draws it as it is seen from this side.
    """

    side: str
    targets: dict[str, Point]
    frame: Frame
    draw: Draw


def is_at_head(pose: str, kind: PropKind) -> bool:
    """Whether a pose holds a kind of thing at the head."""
    if pose == _FILMS:
        return kind.carry in ("eyes", "ear") and kind.word not in _AT_LIPS
    if pose in (_CALLS, _BLOWS) and kind.word in _AT_LIPS:
        return True
    return pose == _CALLS and kind.word == "phone"


def grasp_of(body: BodyPlan, kind: PropKind) -> Grasp:
    """How a posed person holds a thing at the head; see :func:`is_at_head`."""
    if kind.word in _AT_LIPS:
        return _blowing(body, kind, _AT_LIPS[kind.word])
    if body.person.pose == _CALLS:
        return _calling(body, kind)
    return _filming(body, kind)


def box_at_head(body: BodyPlan, kind: PropKind, look: Look) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of a thing held at the head, in pixels of the body's placement."""
    frame, own = grasp_of(body, kind).frame, 1 / kind.scale
    shape = shapely.transform(outline_of(kind, look), lambda points: frame.points(points * own))
    left, top, right, bottom = shape.bounds
    return float(left), float(top), float(right), float(bottom)


def _filming(body: BodyPlan, kind: PropKind) -> Grasp:
    """A camera before the cheek, its finder at the far eye; a phone at arm's length."""
    head, facing = body.head, body.at.facing
    ahead = -1.0 if head.flip else 1.0
    phone = kind.carry == "ear"
    left = 0.0 if phone else kind.size[0] * _scale(body, kind) * 0.36
    x = head.centre[0] + ahead * (0.46 * head.size + left + (9.0 if phone else 0.0))
    y = head.eyes[1] + (0.5 if phone else 0.62) * head.size
    frame = _frame(body, (x, y), kind, 0.0, ahead < 0)
    points = ((-1.0, -3.0), (1.0, -5.0)) if phone else (kind.grips[0], kind.grips[-1])
    near, far = (frame.point(*point) for point in points)
    targets: dict[str, Point] = {near_hand(facing): near, far_hand(facing): far}
    return Grasp("both", targets, frame, _draw_phone_edge if phone else kind.draw)


def _calling(body: BodyPlan, kind: PropKind) -> Grasp:
    """A phone at the ear that the viewer sees; who looks back over the shoulder uses the other."""
    head, facing = body.head, body.at.facing
    out = -44.0 if head.view == "front" else -36.0
    x, y = head_frame(head).point(out, 6.0)
    held, free = near_hand(facing), far_hand(facing)
    targets: dict[str, Point] = {}
    if head.flip:
        held, free = free, held
        shoulder, reach = body.skeleton.near_arm.shoulder, body.skeleton.arm_length
        down = float(shoulder[0]) - 0.12 * reach, float(shoulder[1]) + 0.9 * reach
        targets[free] = body.frame.point(*down)
    targets[held] = body.frame.point(x, y)
    dx, dy = Frame(0.0, 0.0, _scale(body, kind), _LEAN, head.flip).point(0.0, -8.0)
    frame = _frame(body, (x - dx, y - dy), kind, _LEAN, head.flip)
    return Grasp(held, targets, frame, kind.draw)


def _blowing(body: BodyPlan, kind: PropKind, blown: _Blown) -> Grasp:
    """The mouthpiece between the lips, a hand or two on the thing."""
    head, facing = body.head, body.at.facing
    turned = head.flip != blown.turned
    dx, dy = Frame(0.0, 0.0, _scale(body, kind), blown.degrees, turned).point(*blown.lips)
    foot = head.mouth[0] - dx, head.mouth[1] - dy
    frame = _frame(body, foot, kind, blown.degrees, turned)
    points = [frame.point(*point) for point in blown.hands]
    if len(points) == 1:
        return Grasp(far_hand(facing), {far_hand(facing): points[0]}, frame, kind.draw)
    near, far = points[1 if head.flip else 0], points[0 if head.flip else 1]
    return Grasp("both", {near_hand(facing): near, far_hand(facing): far}, frame, kind.draw)


def _frame(
    body: BodyPlan, foot: tuple[float, float], kind: PropKind, degrees: float, turned: bool
) -> Frame:
    """The thing's frame in pixels, its foot at a point of the body's own centimetres."""
    x, y = body.frame.point(*foot)
    mirror = body.frame.mirror != turned
    return Frame(x, y, body.frame.scale * _scale(body, kind), degrees, mirror)


def _scale(body: BodyPlan, kind: PropKind) -> float:
    """Centimetres for one of the thing's own: children hold smaller cameras and trumpets."""
    return kind.scale * max(_SMALLEST, min(1.0, body.skeleton.arm_length / _FULL_ARM))


def _draw_phone_edge(pen: Pen, look: Look) -> None:
    """A phone seen from its side, its screen to the left."""
    body = look.tint(DARK)
    pen.shape(rect(-2.2, -22, 2.2, 0, 1.2), body, ink_width=0.9)
    pen.fill(rect(-2.0, -20, -0.9, -2), "#bfe0e6")
    pen.shape(rect(2.0, -20, 3.4, -14.5, 0.5), mix(body, WHITE, 0.3), ink_width=0.5, shade=0)
