"""What is worn at the waist and hangs there: belts with tools, sashes, bags, stains."""

from __future__ import annotations

from collections.abc import Callable

import shapely

from storypainter.ink.drawing.geometry import (
    box,
    circle,
    curve,
    ellipse,
    polygon,
    union,
    vector,
)
from storypainter.ink.drawing.palette import INK, mix
from storypainter.ink.people.bodies.limbs import FINE, Subject
from storypainter.ink.people.garments.belt_things import draw_belt
from storypainter.ink.people.garments.cut import MEDIUM, trunk
from storypainter.ink.people.garments.pattern_base import contrast, cross_band

_WHITE = "#fffdf7"
_GOLD = "#d9a83a"


def _handbag(subject: Subject, shade: str) -> None:
    """A small bag that hangs from the far shoulder."""
    spine, pen, h = subject.skeleton.spine, subject.pen, subject.height
    x, y = map(float, spine(0.16, 0.1))
    strap = [spine(1.02, 0.066), vector(x - 0.02 * h, y), vector(x + 0.03 * h, y)]
    pen.ink([strap[0], strap[1]], 1.5, mix(shade, INK, 0.3), taper=1)
    pen.ink([strap[0], strap[2]], 1.5, mix(shade, INK, 0.3), taper=1)
    pen.shape(box(x - 0.045 * h, y, x + 0.055 * h, y + 0.08 * h, 0.012 * h), shade)
    pen.ink([(x - 0.043 * h, y + 0.028 * h), (x + 0.053 * h, y + 0.028 * h)], 0.7)
    pen.shape(circle((x + 0.005 * h, y + 0.03 * h), 0.008 * h), _GOLD, ink_width=0.5, shade=0)


def _tool_belt(subject: Subject, shade: str) -> None:
    draw_belt(subject, shade, 0.026)
    spine, pen, h = subject.skeleton.spine, subject.pen, subject.height
    for across in (-0.066, 0.076):
        x, y = map(float, spine(0.1, across))
        handle = -1 if across < 0 else 1
        pen.shape(
            box(x - 0.006 * h, y - 0.05 * h, x + 0.006 * h, y + 0.03 * h),
            "#c44a37",
            ink_width=0.6,
            shade=0,
        )
        pen.shape(
            box(
                x - 0.02 * h + handle * 0.012 * h,
                y - 0.034 * h,
                x - 0.008 * h + handle * 0.012 * h,
                y + 0.03 * h,
            ),
            "#a29d98",
            ink_width=0.6,
            shade=0,
        )
        pouch = polygon(
            [
                (x - 0.03 * h, y - 0.006 * h),
                (x + 0.03 * h, y - 0.006 * h),
                (x + 0.024 * h, y + 0.072 * h),
                (x - 0.024 * h, y + 0.072 * h),
            ]
        )
        pen.shape(pouch.buffer(0.004 * h), shade, ink_width=0.9)
        pen.ink([(x - 0.028 * h, y + 0.018 * h), (x + 0.028 * h, y + 0.018 * h)], 0.6)
    if not subject.away:
        pen.shape(circle(spine(0.12, 0.022), 0.011 * h), _GOLD, ink_width=0.5, shade=0)


def _duty_belt(subject: Subject, shade: str) -> None:
    draw_belt(subject, shade, 0.032)
    spine, pen, h = subject.skeleton.spine, subject.pen, subject.height
    for across, tall in ((-0.06, 0.05), (-0.028, 0.036), (0.07, 0.056)):
        x, y = map(float, spine(0.12, across))
        pen.shape(
            box(x - 0.015 * h, y - 0.012 * h, x + 0.015 * h, y + tall * h, 0.005 * h),
            mix(shade, _WHITE, 0.12),
            ink_width=0.8,
            shade=0,
        )
    if not subject.away:
        pen.shape(
            box(*(spine(0.12, 0.02) - 0.012 * h), *(spine(0.12, 0.02) + 0.012 * h)),
            "#c9c7c8",
            ink_width=0.5,
            shade=0,
        )


def _money_belt(subject: Subject, shade: str) -> None:
    draw_belt(subject, shade, 0.02)
    x, y = map(float, subject.skeleton.spine(0.1, 0.03))
    h = subject.height
    subject.pen.shape(box(x - 0.05 * h, y - 0.006 * h, x + 0.03 * h, y + 0.05 * h, 0.01 * h), shade)
    subject.pen.ink(
        [(x - 0.045 * h, y + 0.012 * h), (x + 0.025 * h, y + 0.012 * h)],
        0.7,
        mix(shade, _WHITE, 0.5),
    )


def _comb_pocket(subject: Subject, shade: str) -> None:
    """A hairdresser's holster: scissors and a comb stick out."""
    draw_belt(subject, shade, 0.018)
    pen, h = subject.pen, subject.height
    x, y = map(float, subject.skeleton.spine(0.08, 0.07))
    for dx in (-0.014, 0.0):
        pen.ink(
            shapely.get_coordinates(circle((x + dx * h, y - 0.05 * h), 0.011 * h).exterior),
            1.1,
            "#c44a37",
            closed=True,
        )
        pen.ink([(x + dx * h, y - 0.038 * h), (x - 0.006 * h, y)], 1.2, "#a29d98", taper=1)
    comb = box(x + 0.012 * h, y - 0.06 * h, x + 0.022 * h, y + 0.01 * h)
    pen.shape(comb, "#edc04f", ink_width=0.6, shade=0)
    for step in range(5):
        pen.ink(
            [
                (x + 0.022 * h, y - (0.054 - step * 0.01) * h),
                (x + 0.03 * h, y - (0.054 - step * 0.01) * h),
            ],
            0.6,
        )
    pen.shape(
        box(x - 0.03 * h, y - 0.008 * h, x + 0.03 * h, y + 0.062 * h, 0.006 * h),
        mix(shade, _WHITE, 0.12),
        ink_width=0.9,
    )


def _harness(subject: Subject, shade: str) -> None:
    draw_belt(subject, shade, 0.026)
    spine, pen, h = subject.skeleton.spine, subject.pen, subject.height
    for across in (-0.05, 0.06):
        x, y = map(float, spine(0.04, across))
        pen.ink(
            shapely.get_coordinates(ellipse(x, y + 0.03 * h, 0.01 * h, 0.022 * h).exterior),
            1.1,
            "#c44a37",
            closed=True,
        )
    if not subject.away:
        pen.ink(
            curve(
                [
                    spine(0.1, 0.02),
                    spine(-0.12, -0.03),
                    spine(-0.2, 0.02),
                    spine(-0.12, 0.06),
                    spine(0.1, 0.02),
                ]
            ),
            2.4,
            "#c44a37",
            taper=1,
        )


def _waist_sash(subject: Subject, shade: str) -> None:
    body = trunk(subject.skeleton, -0.1, grow=0.006)
    sash = cross_band(subject, 0.2, 0.044).intersection(body)
    subject.pen.shape(sash, shade, ink_width=MEDIUM)
    if subject.away:
        return
    spine = subject.skeleton.spine
    for end in ((-0.32, -0.05), (-0.24, -0.022)):
        tail = shapely.LineString([spine(0.16, -0.03), spine(*end)]).buffer(
            0.011 * subject.height, cap_style="flat"
        )
        subject.pen.shape(tail, shade, ink_width=FINE, shade=0)


def _obi(subject: Subject, shade: str) -> None:
    body = trunk(subject.skeleton, -0.1, grow=0.01)
    sash = cross_band(subject, 0.36, 0.084).intersection(body)
    subject.pen.shape(sash, shade, ink_width=0.9)
    cord = cross_band(subject, 0.36, 0.014).intersection(body)
    subject.pen.shape(cord, mix(shade, contrast(shade), 0.6), ink_width=0.4, shade=0)
    if subject.away:
        spine = subject.skeleton.spine
        knot = polygon(
            [spine(*c) for c in ((0.62, -0.04), (0.62, 0.04), (0.12, 0.036), (0.12, -0.036))]
        )
        subject.pen.shape(knot.buffer(0.006 * subject.height), shade)


def _cummerbund(subject: Subject, shade: str) -> None:
    """Nothing shows of it where a jacket is closed; the waistcoat stands for it."""
    if subject.away:
        return
    spine = subject.skeleton.spine
    form = polygon([spine(*c) for c in ((0.34, 0.0), (0.34, 0.05), (0.14, 0.062), (0.14, -0.006))])
    subject.pen.shape(form, shade, ink_width=FINE, shade=0)


def _paint_splashes(subject: Subject, shade: str) -> None:
    if subject.away:
        return
    spine, pen, h = subject.skeleton.spine, subject.pen, subject.height
    tones = (shade, "#c44a37", "#edc04f", "#6f9a5d") if shade != "#2e2a33" else (shade,) * 4
    for index, (along, across) in enumerate(
        (
            (0.56, -0.03),
            (0.3, 0.05),
            (0.12, -0.02),
            (0.62, 0.056),
            (-0.2, 0.03),
            (-0.36, -0.03),
            (0.4, 0.0),
        )
    ):
        x, y = map(float, spine(along, across))
        spot = union(
            [
                circle((x, y), 0.012 * h),
                circle((x + 0.012 * h, y + 0.008 * h), 0.007 * h),
                circle((x - 0.01 * h, y - 0.01 * h), 0.004 * h),
            ]
        )
        pen.fill(spot, tones[index % 4])


DRAW: dict[str, Callable[[Subject, str], None]] = {
    "handbag": _handbag,
    "cummerbund": _cummerbund,
    "tool belt": _tool_belt,
    "duty belt": _duty_belt,
    "paint splashes": _paint_splashes,
    "waist sash": _waist_sash,
    "obi": _obi,
    "comb pocket": _comb_pocket,
    "money belt": _money_belt,
    "harness": _harness,
}
