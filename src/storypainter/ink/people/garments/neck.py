"""What hangs round the neck: cords with things on them, chains, beads, cloths."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import (
    bow,
    box,
    circle,
    curve,
    ellipse,
    polygon,
    star,
    tube,
    union,
)
from storypainter.ink.drawing.palette import INK, mix
from storypainter.ink.people.bodies.limbs import Subject
from storypainter.ink.people.garments.cut import MEDIUM

_WHITE = "#fffdf7"
_GOLD = "#d9a83a"


def _round_neck(
    subject: Subject, depth: float, width: float = 0.05
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """A cord that hangs round the neck down to ``depth`` of the trunk."""
    spine = subject.skeleton.spine
    return curve(
        [
            spine(1.07, -width * 0.8),
            spine((1.0 + depth) / 2 + 0.05, -width * 0.72),
            spine(depth, 0.02),
            spine((1.0 + depth) / 2 + 0.05, width + 0.014),
            spine(1.07, width),
        ]
    )


def nape(subject: Subject, shade: str, width: float) -> None:
    """The part of a cord that is seen from behind."""
    spine = subject.skeleton.spine
    subject.pen.ink(
        bow(spine(1.07, -0.045), spine(0.99, 0.0), spine(1.07, 0.045)), width, shade, taper=1
    )


def _hung(
    cord: str, depth: float, width: float, thing: Callable[[Subject, str, float, float], None]
) -> Callable[[Subject, str], None]:
    """Something on a cord round the neck; the cord has its own colour or the thing's."""

    def draw(subject: Subject, shade: str) -> None:
        tone = cord or shade
        if subject.away:
            nape(subject, tone, width)
            return
        line = _round_neck(subject, depth)
        subject.pen.ink(line, width + 0.7, INK, taper=1)
        subject.pen.ink(line, width, tone, taper=1)
        x, y = map(float, subject.skeleton.spine(depth, 0.02))
        thing(subject, shade, x, y)

    return draw


def _stethoscope(subject: Subject, shade: str) -> None:
    spine, pen, height = subject.skeleton.spine, subject.pen, subject.height
    if subject.away:
        nape(subject, shade, 2.2)
        return
    near = curve(
        [spine(1.07, -0.044), spine(0.86, -0.046), spine(0.62, -0.018), spine(0.55, 0.012)]
    )
    far = curve([spine(1.07, 0.052), spine(0.86, 0.062), spine(0.62, 0.044), spine(0.55, 0.012)])
    tail = curve([spine(0.55, 0.012), spine(0.4, 0.006), spine(0.3, 0.03), spine(0.42, 0.052)])
    for line in (near, far, tail):
        pen.ink(line, 3.2, INK, taper=1)
        pen.ink(line, 1.7, mix(shade, "#6fa5cf", 0.35), taper=1)
    pen.shape(circle(spine(0.44, 0.054), 0.02 * height), "#c9c7c8", ink_width=0.9)
    pen.shape(circle(spine(0.44, 0.054), 0.01 * height), "#fffdf7", ink_width=0.5, shade=0)


def _whistle_body(subject: Subject, shade: str, x: float, y: float) -> None:
    h = subject.height
    body = union(
        [circle((x, y + 0.012 * h), 0.014 * h), box(x, y - 0.002 * h, x + 0.03 * h, y + 0.01 * h)]
    )
    subject.pen.shape(body, shade, ink_width=0.8)
    subject.pen.fill(circle((x, y + 0.012 * h), 0.005 * h), INK)


def _medal_disc(subject: Subject, shade: str, x: float, y: float) -> None:
    h = subject.height
    subject.pen.shape(circle((x, y + 0.02 * h), 0.028 * h), shade, ink_width=0.9)
    subject.pen.shape(
        star(x, y + 0.02 * h, 0.016 * h), mix(shade, _WHITE, 0.55), ink_width=0.4, shade=0
    )


def _camera_body(subject: Subject, shade: str, x: float, y: float) -> None:
    h, pen = subject.height, subject.pen
    body = union(
        [
            box(x - 0.056 * h, y - 0.006 * h, x + 0.056 * h, y + 0.064 * h, 0.008 * h),
            box(x - 0.022 * h, y - 0.022 * h, x + 0.02 * h, y + 0.01 * h, 0.004 * h),
        ]
    )
    pen.shape(body, shade, ink_width=0.9)
    pen.shape(
        box(x - 0.054 * h, y + 0.006 * h, x + 0.054 * h, y + 0.018 * h),
        "#c9c7c8",
        ink_width=0.0,
        shade=0,
    )
    pen.shape(circle((x, y + 0.032 * h), 0.027 * h), "#c9c7c8", ink_width=0.7, shade=0)
    pen.shape(circle((x, y + 0.032 * h), 0.019 * h), "#2c3a5c", ink_width=0.6, shade=0)
    pen.fill(circle((x - 0.006 * h, y + 0.026 * h), 0.005 * h), _WHITE)
    pen.fill(circle((x + 0.042 * h, y + 0.0 * h), 0.005 * h), "#c44a37")


def _card(subject: Subject, shade: str, x: float, y: float) -> None:
    h, pen = subject.height, subject.pen
    pen.shape(
        box(x - 0.026 * h, y, x + 0.026 * h, y + 0.06 * h, 0.005 * h),
        _WHITE,
        ink_width=0.7,
        shade=0,
    )
    pen.fill(box(x - 0.024 * h, y + 0.002 * h, x + 0.024 * h, y + 0.014 * h), shade)
    pen.fill(circle((x - 0.008 * h, y + 0.03 * h), 0.009 * h), "#8f8a98")
    pen.ink([(x - 0.016 * h, y + 0.05 * h), (x + 0.016 * h, y + 0.05 * h)], 0.7)


def _cross_shape(subject: Subject, shade: str, x: float, y: float) -> None:
    h = subject.height
    form = union(
        [
            box(x - 0.0065 * h, y - 0.004 * h, x + 0.0065 * h, y + 0.062 * h),
            box(x - 0.022 * h, y + 0.012 * h, x + 0.022 * h, y + 0.025 * h),
        ]
    )
    subject.pen.shape(form, shade, ink_width=0.8, shade=0.5)


def _pendant(subject: Subject, shade: str, x: float, y: float) -> None:
    subject.pen.shape(
        circle((x, y + 0.006 * subject.height), 0.011 * subject.height),
        "#c44a37",
        ink_width=0.6,
        shade=0,
    )


def _binocular_tubes(subject: Subject, shade: str, x: float, y: float) -> None:
    h, pen = subject.height, subject.pen
    for side in (-1, 1):
        pen.shape(
            box(
                x + side * 0.024 * h - 0.02 * h,
                y,
                x + side * 0.024 * h + 0.02 * h,
                y + 0.07 * h,
                0.008 * h,
            ),
            shade,
            ink_width=0.9,
        )
        pen.shape(
            ellipse(x + side * 0.024 * h, y + 0.07 * h, 0.021 * h, 0.008 * h),
            "#a9d3e2",
            ink_width=0.6,
            shade=0,
        )
    pen.shape(
        box(x - 0.008 * h, y + 0.016 * h, x + 0.008 * h, y + 0.04 * h),
        mix(shade, _WHITE, 0.3),
        ink_width=0.5,
        shade=0,
    )


def _beads(depth: float, size: float) -> Callable[[Subject, str], None]:
    def draw(subject: Subject, shade: str) -> None:
        if subject.away:
            return
        line = shapely.LineString(_round_neck(subject, depth, 0.044))
        for share in np.linspace(0.1, 0.9, int(13 * depth**-0.4)):
            spot = line.interpolate(float(share), normalized=True)
            subject.pen.shape(
                circle((spot.x, spot.y), size * subject.height), shade, ink_width=0.45, shade=0
            )

    return draw


def _chain_of_office(subject: Subject, shade: str) -> None:
    if subject.away:
        return
    line = shapely.LineString(_round_neck(subject, 0.6, 0.064))
    for share in np.linspace(0.06, 0.94, 13):
        spot = line.interpolate(float(share), normalized=True)
        subject.pen.shape(
            circle((spot.x, spot.y), 0.012 * subject.height), shade, ink_width=0.6, shade=0
        )
    _medal_disc(subject, shade, *map(float, subject.skeleton.spine(0.6, 0.02)))


def _garland(subject: Subject, shade: str) -> None:
    line = shapely.LineString(_round_neck(subject, 0.42, 0.056))
    if subject.away:
        nape(subject, shade, 3.0)
        return
    for index, share in enumerate(np.linspace(0.03, 0.97, 17)):
        spot = line.interpolate(float(share), normalized=True)
        tone = shade if index % 2 else mix(shade, "#edc04f", 0.6)
        subject.pen.shape(
            circle((spot.x, spot.y), 0.016 * subject.height), tone, ink_width=0.5, shade=0
        )


def _press_badge(subject: Subject, shade: str) -> None:
    _hung("#c44a37", 0.56, 1.1, _card)(subject, "#c44a37")


def _tape_measure(subject: Subject, shade: str) -> None:
    if subject.away:
        nape(subject, shade, 2.4)
        return
    spine, pen = subject.skeleton.spine, subject.pen
    for points in (
        [spine(1.07, -0.042), spine(0.8, -0.05), spine(0.3, -0.034)],
        [spine(1.07, 0.05), spine(0.8, 0.062), spine(0.18, 0.056)],
    ):
        line = curve(points)
        pen.shape(
            shapely.LineString(line).buffer(0.0085 * subject.height, cap_style="flat"),
            shade,
            ink_width=0.6,
            shade=0,
        )
        whole = shapely.LineString(line)
        for share in np.linspace(0.1, 0.95, 9):
            spot = whole.interpolate(float(share), normalized=True)
            pen.ink(
                [
                    (spot.x - 0.007 * subject.height, spot.y),
                    (spot.x + 0.002 * subject.height, spot.y),
                ],
                0.5,
            )


def _ruff(subject: Subject, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    line = shapely.LineString(bow(spine(1.08, -0.075), spine(0.86, 0.01), spine(1.08, 0.09)))
    for index, share in enumerate(np.linspace(0, 1, 8)):
        spot = line.interpolate(float(share), normalized=True)
        tone = shade if index % 2 else mix(shade, "#6fa5cf", 0.4)
        pen.shape(circle((spot.x, spot.y), 0.022 * subject.height), tone, ink_width=0.7)


def _neckerchief(subject: Subject, shade: str) -> None:
    spine, pen, h = subject.skeleton.spine, subject.pen, subject.height
    if subject.away:
        pen.shape(
            polygon([spine(1.05, -0.05), spine(0.76, 0.0), spine(1.05, 0.05)]).buffer(0.003 * h),
            shade,
            ink_width=MEDIUM,
        )
        return
    for end in ((0.78, -0.006), (0.76, 0.044)):
        tail = polygon(
            [
                spine(0.95, 0.01),
                spine(0.95, 0.03),
                spine(end[0], end[1] + 0.014),
                spine(end[0] + 0.02, end[1] - 0.012),
            ]
        )
        pen.shape(tail.buffer(0.002 * h), shade, ink_width=MEDIUM, shade=0)
    roll = tube(
        [spine(1.06, -0.046), spine(0.98, 0.004), spine(1.05, 0.054)],
        [(0, 0.014 * h), (0.5, 0.018 * h), (1, 0.014 * h)],
        pieces=6,
    )
    pen.shape(roll, shade, ink_width=MEDIUM)
    pen.shape(circle(spine(0.95, 0.02), 0.013 * h), mix(shade, INK, 0.12), ink_width=0.6, shade=0)


DRAW: dict[str, Callable[[Subject, str], None]] = {
    "stethoscope": _stethoscope,
    "whistle": _hung("#c44a37", 0.6, 1.1, _whistle_body),
    "medal": _hung("#3f658c", 0.56, 2.4, _medal_disc),
    "camera": _hung("#2e2a33", 0.44, 1.6, _camera_body),
    "lanyard": _hung("", 0.5, 1.2, _card),
    "necklace": _hung("", 0.8, 0.7, _pendant),
    "pearls": _beads(0.84, 0.0075),
    "chain of office": _chain_of_office,
    "cross": _hung("", 0.6, 0.7, _cross_shape),
    "ruff": _ruff,
    "tape measure": _tape_measure,
    "binoculars": _hung("#2e2a33", 0.5, 1.4, _binocular_tubes),
    "neckerchief": _neckerchief,
    "garland": _garland,
    "press badge": _press_badge,
    "flower lei": _garland,
}
