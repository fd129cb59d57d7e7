"""Fingers of the far hand around the edge of a thing that hides the hand itself."""

from __future__ import annotations

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import Frame, Geometry, Points, union
from storypainter.ink.people.bodies import limbs
from storypainter.ink.people.bodies.arms import hand_size
from storypainter.ink.people.bodies.limbs import FINE, Subject
from storypainter.ink.people.bodies.skeleton import Arm

#: Shares of a hand's length: how far off an edge may be, how far fingers come over it, how thick
#: they are and how far apart.
_NEAR, _OVER, _THICK, _APART = 1.7, 0.46, 0.1, 0.185
#: Far edges count as this much nearer than lower ones: that is where a hand is looked for.
_AHEAD_FIRST = 0.75


def draw_wrapped_fingers(subject: Subject, frame: Frame, arm: Arm, thing: Geometry) -> None:
    """Four fingers over the nearest edge of ``thing`` (in pixels), ahead of the hand or below it."""
    size = hand_size(subject.skeleton)
    spot = limbs.hand_contact(subject, arm)
    found = _edge(frame, spot, thing, size)
    if found is None:
        return
    edge, inwards = found
    along = np.array([-inwards[1], inwards[0]])
    fingers = []
    for step in (-1.5, -0.5, 0.5, 1.5):
        root = edge + along * (step * _APART * size)
        reach = _OVER * (1.0 if abs(step) < 1 else 0.86) * size
        line = shapely.LineString([root - inwards * 0.1 * size, root + inwards * reach])
        fingers.append(line.buffer(_THICK * size, 6))
    subject.pen.shape(union(fingers), subject.skin, ink_width=0.85, shade=0.6)
    for step in (-1.0, 0.0, 1.0):
        root = edge + along * (step * _APART * size)
        subject.pen.ink([root, root + inwards * (_OVER * 0.8 * size)], FINE)


def _edge(frame: Frame, spot: Points, thing: Geometry, size: float) -> tuple[Points, Points] | None:
    """Where a thing ends ahead of or below a hand, and the way back into it; None if far off."""
    best: tuple[float, Points, Points] | None = None
    for way, weight in (((1.0, 0.0), _AHEAD_FIRST), ((0.0, 1.0), 1.0)):
        end = spot + np.array(way) * _NEAR * size
        ray = shapely.LineString([frame.point(*spot), frame.point(*end)])
        inside = ray.intersection(thing)
        if inside.is_empty:
            continue
        corners = np.array([frame.local(tuple(c)) for c in shapely.get_coordinates(inside)])
        away = (corners - spot) @ np.array(way)
        last = float(away.max())
        if last > (_NEAR - 0.02) * size:
            continue
        if best is None or last * weight < best[0]:
            best = last * weight, spot + np.array(way) * last, -np.array(way)
    return None if best is None else best[1:]
