"""What deeds leave to be seen at the hands: the foam of washing, the motion of stirring."""

from __future__ import annotations

import numpy as np

from storypainter.ink.drawing.geometry import Points, bow, circle, union, vector
from storypainter.ink.people.bodies.limbs import FINE, Subject, hand_contact
from storypainter.ink.people.bodies.pose_parts import Trace

_FOAM = "#f4fbfb"
_BUBBLE = "#cfe8ee"
#: Bubbles of a heap of foam: (x, y, radius) in shares of the hand's length.
_HEAP = ((-0.62, 0.02, 0.3), (-0.2, -0.2, 0.36), (0.3, -0.1, 0.4), (0.72, 0.06, 0.28),
         (0.1, 0.24, 0.36), (-0.36, 0.28, 0.28))  # fmt: skip
#: Bubbles that fly off.
_LOOSE = ((-0.7, -0.86, 0.16), (0.16, -1.16, 0.22), (0.78, -0.74, 0.13), (0.5, -1.7, 0.12))
_GLINT = (vector(-1.0, 0.0), vector(-0.7, -0.8), vector(0.0, -1.0))


def draw_trace(subject: Subject, trace: Trace) -> None:
    """Draws what a deed shows at the hands, over everything else of the figure."""
    skeleton = subject.skeleton
    near, far = (hand_contact(subject, arm) for arm in (skeleton.near_arm, skeleton.far_arm))
    size = 0.085 * subject.height
    if trace == "foam":
        _draw_foam(subject, (near + far) / 2, size)
    else:
        _draw_swirl(subject, far, size)


def _draw_foam(subject: Subject, middle: Points, size: float) -> None:
    pen = subject.pen
    heap = [circle(middle + vector(x, y) * size, radius * size) for x, y, radius in _HEAP]
    pen.shape(union(heap), _FOAM, ink_width=0.7, shade=0.5, solid=False)
    for x, y, radius in _HEAP[1:4]:
        at = middle + vector(x, y) * size
        start, top, end = (at + knot * 0.62 * radius * size for knot in _GLINT)
        pen.ink(bow(start, top, end), FINE)
    for x, y, radius in _LOOSE:
        bubble = circle(middle + vector(x, y) * size, radius * size)
        pen.shape(bubble, _BUBBLE, ink_width=FINE, shade=0, solid=False)


def _draw_swirl(subject: Subject, hand: Points, size: float) -> None:
    """Strokes of a level circle round the hand, open before and behind it."""
    for start, end in ((200, 340), (20, 160)):
        turn = np.radians(np.linspace(start, end, 14))
        ring = np.column_stack([1.15 * np.cos(turn), 0.42 * np.sin(turn) - 0.1])
        subject.pen.ink(hand + ring * size, 0.7, taper=1.0)
