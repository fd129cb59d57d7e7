"""What is on the cloth, by the name of a pattern: checks, flowers, bars, numbers.

Each drawing gets the person, the area of the garment and its colour. Patterns all over the cloth
show from both sides; what sits on the front is left out from behind.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import (
    Geometry,
    circle,
    curve,
    ellipse,
    polygon,
    star,
    union,
)
from storypainter.ink.drawing.palette import INK, luminance, mix
from storypainter.ink.people.bodies.limbs import FINE, Subject
from storypainter.ink.people.garments import details, world
from storypainter.ink.people.garments.digits import number_shape
from storypainter.ink.people.garments.pattern_base import (
    Draw,
    contrast,
    cross_band,
    grid_over,
    inside_of,
)

_WHITE = "#fffdf7"
_GOLD = "#d9a83a"


def draw_pattern(subject: Subject, area: Geometry, pattern: str, shade: str) -> None:
    """Draws a pattern on ``area``; a name of several patterns (``wrap flowers``) draws each."""
    known = {**_IN_FRONT_OF_ALL, **_ON_ALL}
    for word in (pattern,) if pattern in known else pattern.split():
        if word in _ON_ALL:
            _ON_ALL[word](subject, area, shade)
        elif word in _IN_FRONT_OF_ALL and not subject.away:
            _IN_FRONT_OF_ALL[word](subject, area, shade)


def _check(subject: Subject, area: Geometry, shade: str) -> None:
    inside, height = inside_of(subject, area), subject.height
    left, top, right, bottom = area.bounds
    dark = mix(shade, INK, 0.42)
    lines = [
        shapely.LineString([(x, top), (x, bottom)])
        for x in np.arange(left + 0.012 * height, right, 0.026 * height)
    ] + [
        shapely.LineString([(left, y), (right, y)])
        for y in np.arange(top + 0.012 * height, bottom, 0.026 * height)
    ]
    subject.pen.fill(
        union(line.buffer(0.0042 * height) for line in lines).intersection(inside), dark, 0.8
    )


def _pinstripes(subject: Subject, area: Geometry, shade: str) -> None:
    left, top, right, bottom = area.bounds
    tone = mix(shade, _WHITE, 0.72) if luminance(shade) < 0.5 else mix(shade, "#3f659c", 0.65)
    bars = [
        shapely.LineString([(x, top), (x, bottom)]).buffer(0.0042 * subject.height)
        for x in np.arange(left + 0.01 * subject.height, right, 0.022 * subject.height)
    ]
    subject.pen.fill(union(bars).intersection(inside_of(subject, area)), tone)


def _bars(subject: Subject, area: Geometry, shade: str) -> None:
    left, top, right, bottom = area.bounds
    bars = [
        shapely.LineString([(x, top), (x, bottom)]).buffer(0.0085 * subject.height)
        for x in np.arange(left + 0.012 * subject.height, right, 0.036 * subject.height)
    ]
    subject.pen.fill(union(bars).intersection(inside_of(subject, area)), contrast(shade))


def _scatter(step: float, make: Callable[[float, float, float, int], tuple[Geometry, str]]) -> Draw:
    def draw(subject: Subject, area: Geometry, shade: str) -> None:
        inside = inside_of(subject, area)
        for x, y, number in grid_over(subject, area, step):
            form, tone = make(x, y, subject.height, number)
            cut = form.intersection(inside)
            if not cut.is_empty and cut.area > 0.25 * form.area:
                subject.pen.fill(cut, tone)

    return draw


def _flower(x: float, y: float, height: float, number: int) -> tuple[Geometry, str]:
    petals = [
        circle((x + 0.008 * height * np.cos(a), y + 0.008 * height * np.sin(a)), 0.0075 * height)
        for a in np.arange(5) * 1.257
    ]
    return union(petals), (_WHITE, "#edc04f", "#c44a37")[number % 3]


def _dot(x: float, y: float, height: float, number: int) -> tuple[Geometry, str]:
    return circle((x, y), 0.0055 * height), "#3f658c"


def _clown_dot(x: float, y: float, height: float, number: int) -> tuple[Geometry, str]:
    return circle((x, y), 0.016 * height), ("#c44a37", "#3f658c", "#6f9a5d")[number % 3]


def _diamond(x: float, y: float, height: float, number: int) -> tuple[Geometry, str]:
    wide, tall = 0.015 * height, 0.024 * height
    return polygon([(x - wide, y), (x, y - tall), (x + wide, y), (x, y + tall)]), "#edc04f"


def _gold_star(x: float, y: float, height: float, number: int) -> tuple[Geometry, str]:
    return star(x, y, 0.014 * height), "#f4dd74"


def _wax(x: float, y: float, height: float, number: int) -> tuple[Geometry, str]:
    ring = circle((x, y), 0.019 * height).difference(circle((x, y), 0.011 * height))
    return union([ring, circle((x, y), 0.005 * height)]), ("#2c3a5c", "#fffdf7", "#3f8a69")[
        number % 3
    ]


def _patch(x: float, y: float, height: float, number: int) -> tuple[Geometry, str]:
    tones = ("#553628", "#3f4a2e", "#b0a06c")
    return ellipse(x, y, 0.026 * height, 0.014 * height, 25.0 * number), tones[number % 3]


def _figure(
    subject: Subject, area: Geometry, shade: str, centre: tuple[float, float], size: float
) -> None:
    """The person's number, large and readable from both sides."""
    x, y = map(float, subject.skeleton.spine(*centre))
    size *= subject.height
    turn = -1.0 if subject.pen.frame.mirror else 1.0
    drawn = number_shape(subject.outfit.number)
    x, size = fitted(area, (x, y), size, float(drawn.bounds[2]))
    number = shapely.transform(
        drawn,
        lambda p: np.column_stack([x + turn * size * p[:, 0], y + size * p[:, 1]]),
    )
    subject.pen.fill(number.intersection(area), shade)


def fitted(
    area: Geometry, at: tuple[float, float], size: float, half: float
) -> tuple[float, float]:
    """The x and the size at which a number, ``half`` units to either side, is whole on a shirt."""
    x, y = at
    for _ in range(6):
        rows = [y - 0.9 * size, y, y + 0.9 * size]
        spans = [shapely.LineString([(x - 99, row), (x + 99, row)]) for row in rows]
        inside = [span.intersection(area) for span in spans]
        if any(each.is_empty for each in inside):
            return x, size
        left, right = max(e.bounds[0] for e in inside), min(e.bounds[2] for e in inside)
        room = (right - left) / 2 / (1.12 * half)
        if room >= size or size < 1.0:
            break
        size = max(0.6 * size, room)
    slack = max(0.0, (right - left) / 2 - 1.12 * half * size)
    middle = (left + right) / 2
    return max(middle - slack, min(middle + slack, x)), size


def _number(subject: Subject, area: Geometry, shade: str) -> None:
    _figure(subject, area, contrast(shade), (0.52, 0.0 if subject.away else 0.016), 0.052)
    trim = cross_band(subject, -0.13, 0.014).intersection(inside_of(subject, area))
    subject.pen.fill(trim, contrast(shade))


def _race_number(subject: Subject, area: Geometry, shade: str) -> None:
    spine = subject.skeleton.spine
    middle = 0.0 if subject.away else 0.016
    paper = polygon(
        [
            spine(*c)
            for c in (
                (0.7, middle - 0.048),
                (0.7, middle + 0.05),
                (0.36, middle + 0.05),
                (0.36, middle - 0.048),
            )
        ]
    )
    subject.pen.shape(paper, _WHITE, ink_width=FINE, shade=0)
    _figure(subject, paper, "#2c3a5c", (0.52, middle), 0.034)


def _chest_band(subject: Subject, area: Geometry, shade: str) -> None:
    for along, tone in ((0.62, "#2c3a5c"), (0.5, _WHITE)):
        subject.pen.fill(
            cross_band(subject, along, 0.028).intersection(inside_of(subject, area)), tone
        )


def _swim(subject: Subject, area: Geometry, shade: str) -> None:
    for side in (-1, 1):
        ends = [
            subject.skeleton.spine(a, side * c)
            for a, c in ((-0.1, 0.066), (0.4, 0.05), (0.8, 0.07))
        ]
        line = shapely.LineString(ends).buffer(0.01 * subject.height)
        subject.pen.fill(line.intersection(inside_of(subject, area)), mix(shade, _WHITE, 0.65))


def _bikini(subject: Subject, area: Geometry, shade: str) -> None:
    """The skin above and below the band of a bikini top."""
    band = cross_band(subject, 0.66, 0.06)
    subject.pen.shape(area.difference(band), subject.skin, ink_width=0.6, shade=0)


def _bare(subject: Subject, area: Geometry, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    pen.ink(curve([spine(0.76, -0.05), spine(0.68, -0.01), spine(0.74, 0.014)]), 0.55)
    pen.ink(curve([spine(0.74, 0.014), spine(0.68, 0.05), spine(0.76, 0.075)]), 0.55)
    pen.ink([spine(0.28, 0.018), spine(0.22, 0.018)], 0.7)


def _fringe(subject: Subject, area: Geometry, shade: str) -> None:
    left, top, right, bottom = area.bounds
    inside = inside_of(subject, area)
    for x in np.arange(left, right, 0.014 * subject.height):
        cut = shapely.LineString(
            [(x, bottom), ((x + subject.skeleton.pelvis[0]) / 2, top)]
        ).intersection(inside)
        if cut.geom_type == "LineString" and not cut.is_empty:
            subject.pen.ink(shapely.get_coordinates(cut), 0.5)


ALL_OVER: dict[str, Draw] = {
    "check": _check,
    "pinstripes": _pinstripes,
    "bars": _bars,
    "clown": _scatter(0.075, _clown_dot),
    "flowers": _scatter(0.07, _flower),
    "dots": _scatter(0.05, _dot),
    "diamonds": _scatter(0.062, _diamond),
    "stars": _scatter(0.085, _gold_star),
    "wax print": _scatter(0.066, _wax),
    "camouflage": _scatter(0.056, _patch),
    "number": _number,
    "race number": _race_number,
    "chest band": _chest_band,
    "swim": _swim,
    "clown dots": _scatter(0.06, _clown_dot),
    "bikini": _bikini,
    "fringe": _fringe,
}

IN_FRONT: dict[str, Draw] = {
    "bare": _bare,
}
_ON_ALL: dict[str, Draw] = {**ALL_OVER, **details.ALL_OVER, **world.ALL_OVER}
_IN_FRONT_OF_ALL: dict[str, Draw] = {
    **IN_FRONT,
    **details.IN_FRONT,
    **world.IN_FRONT,
}
