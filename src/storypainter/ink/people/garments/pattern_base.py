"""What patterns are drawn with: places over an area, bands across the trunk, sashes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import (
    Geometry,
    circle,
)
from storypainter.ink.drawing.palette import luminance
from storypainter.ink.people.bodies.limbs import FINE, Subject
from storypainter.ink.people.garments.cut import MEDIUM

_WHITE = "#fffdf7"
_GOLD = "#d9a83a"

#: Draws on the person, the area of the garment and its colour.
Draw = Callable[[Subject, Geometry, str], None]


def contrast(shade: str) -> str:
    """White on dark cloth, ink blue on light cloth."""
    return _WHITE if luminance(shade) < 0.55 else "#2c3a5c"


def cross_band(subject: Subject, along: float, width: float) -> Geometry:
    """A band across the trunk at ``along``; ``width`` in shares of the height."""
    ends = [subject.skeleton.spine(along, across) for across in (-0.22, 0.0, 0.22)]
    return shapely.LineString(ends).buffer(width * subject.height / 2, cap_style="flat")


def inside_of(subject: Subject, area: Geometry) -> Geometry:
    """The area without its edge, so that a pattern leaves the outline free."""
    return area.buffer(-0.005 * subject.height)


def grid_over(subject: Subject, area: Geometry, step: float) -> Iterator[tuple[float, float, int]]:
    """Places on a loose grid over an area, in shares of the height apart; and their number."""
    left, top, right, bottom = area.bounds
    size = step * subject.height
    number = 0
    for row, y in enumerate(np.arange(top + size * 0.5, bottom, size * 0.9)):
        for x in np.arange(left + size * (0.3 + 0.5 * (row % 2)), right, size):
            number += 1
            yield float(x), float(y), number


def sash_at(
    subject: Subject, area: Geometry, tone: str, along: float, width: float, *, knot: bool
) -> None:
    """A sash round the trunk at ``along``, ``width`` in shares of the height; with a knot in front."""
    band = cross_band(subject, along, width).intersection(area.buffer(0.002 * subject.height))
    subject.pen.shape(band, tone, ink_width=MEDIUM, shade=0.5)
    if knot and not subject.away:
        spine = subject.skeleton.spine
        for end in ((-0.06, 0.0), (-0.1, 0.05)):
            tail = shapely.LineString(
                [spine(along, 0.024), spine(along + end[0] * 2.4, 0.01 + end[1])]
            )
            subject.pen.shape(
                tail.buffer(0.009 * subject.height, cap_style="flat"), tone, ink_width=FINE, shade=0
            )
        subject.pen.shape(
            circle(spine(along, 0.024), 0.014 * subject.height), tone, ink_width=FINE, shade=0
        )
